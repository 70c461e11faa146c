"""The models of the tables, as someone with a frame of their own uses them."""

import io

import pandas as pd
import pandera.errors
import pytest
import sample_package

from pipeline import model, schema
from pipeline.arrow import to_arrow
from pipeline.errors import BaogaoError
from pipeline.publish.writers import encoded


@pytest.fixture(scope="module")
def observations():
    return to_arrow("observations", sample_package.tables()["observations"])


def frames(table):
    csv = encoded("csv", "observations", table)
    parquet = encoded("parquet", "observations", table)
    return {
        "csv": pd.read_csv(io.BytesIO(csv)),
        "parquet": pd.read_parquet(io.BytesIO(parquet)),
        "arrow": pd.read_parquet(io.BytesIO(parquet), dtype_backend="pyarrow"),
    }


@pytest.mark.parametrize("form", ["csv", "parquet", "arrow"])
def test_a_frame_of_any_origin_is_valid_and_gets_the_types(form, observations):
    found = model("observations").validate(frames(observations)[form], lazy=True)
    assert found["value"].tolist() == observations["value"].to_pylist()
    assert schema.pandera_schema("observations").validate(found) is not None  # which takes no other types


def test_a_wrong_value_a_wrong_column_and_a_repeated_key_are_told(observations):
    frame = frames(observations)["csv"]
    for changed, told in (
        (frame.assign(bound="roughly"), "bound"),
        (frame.assign(period="FY17"), "period"),
        (frame.rename(columns={"bound": "bounds"}), "bounds"),
        (pd.concat([frame, frame]), "observation_id"),
    ):
        with pytest.raises(pandera.errors.SchemaErrors, match=told):
            model("observations").validate(changed, lazy=True)


def test_years_beside_empty_cells_stay_years():
    frame = pd.DataFrame({"report_id": ["r", "s"], "role": ["plan", "plan"], "period": [2018.0, None]})
    with pytest.raises(pandera.errors.SchemaErrors, match="not_nullable"):
        model("report_periods").validate(frame, lazy=True)
    assert model("report_periods").validate(frame[:1])["period"].tolist() == ["2018"]


def test_an_unknown_table_is_told():
    with pytest.raises(BaogaoError, match=r"There is no table 'observation'\. Tables are: .*observations"):
        model("observation")
