"""Three questions that a reader may have, answered with a few lines of pandas on the published package."""

from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parents[1] / "datapackages" / "work-reports"
if not (FOLDER / "datapackage.json").is_file():
    pytest.skip("the packages are not built", allow_module_level=True)


@pytest.fixture(scope="module")
def reports():
    return pd.read_parquet(FOLDER / "reports.parquet")


@pytest.fixture(scope="module")
def observations():
    """Every statement once."""
    rows = pd.read_parquet(FOLDER / "observations.parquet")
    return rows[rows["same_as"].isna()]


def test_which_reports_of_2018_aim_lower_than_the_year_before(reports, observations):
    of_2018 = reports[(reports["kind"] == "work_report") & reports["date"].str.startswith("2018")]
    growth = observations.merge(of_2018[["report_id", "place_id"]]).query(
        "indicator_id == 'gdp' and measure == 'growth' and comparison == 'yoy' and subject.isna()"
    )
    before = growth[(growth["period"] == "2017") & (growth["status"] != "target")].drop_duplicates("place_id")
    aims = growth[(growth["period"] == "2018") & (growth["status"] == "target")]
    official = aims[aims["modality"] != "stretch"].drop_duplicates("place_id")
    both = before.merge(official, on="place_id", suffixes=("_before", "_aim")).set_index("place_id")
    lower = both[both["value_aim"] < both["value_before"]]

    columns = ["value_before", "bound_before", "value_aim", "bound_aim"]
    assert dict(zip(lower.index, lower[columns].itertuples(index=False, name=None), strict=True)) == {
        "cn-441900": (8.2, "about", 8.0, "exact"),
        "cn-440800": (7.7, "exact", 7.5, "about"),
        "cn-440783": (8.0, "exact", 7.9, "exact"),
    }
    stretch = aims[aims["modality"] == "stretch"].set_index("place_id")
    assert stretch[["value", "bound"]].to_dict("index") == {"cn-440800": {"value": 8.0, "bound": "about"}}


def test_did_dongguan_complete_98_6_percent_of_its_tasks(observations):
    findings = pd.read_parquet(FOLDER / "findings.parquet")
    dongguan = observations[observations["report_id"] == "cn-441900-2018-work-report"].set_index("observation_id")
    (finding,) = (
        findings[findings["rule"] == "rate_against_counts"]
        .merge(dongguan["place_id"], left_on="observation_id", right_index=True)
        .itertuples()
    )
    stated, done = dongguan.loc[finding.observation_id], dongguan.loc[finding.other_observation_id]
    around = dongguan[dongguan["start"].between(done["start"] - 80, stated["start"]) & (dongguan["unit"] == "项")]
    total, completed, *_, excused = around.sort_values("start")["value"]

    assert (total, completed, total - completed, excused) == (355, 343, 12, 7)
    assert stated["value"] == 98.6
    assert round(100 * completed / total, 1) == 96.6, "what the counts say"
    assert round(100 * (completed + excused) / total, 1) == 98.6, "what the report seems to have counted"


def test_what_the_districts_of_tianjin_add_up_to(observations):
    places = pd.read_parquet(FOLDER / "places.parquet").set_index("place_id")
    goals = observations.query(
        "indicator_id == 'gdp' and measure == 'level' and status == 'target' and period == '2027'"
    )
    whole = goals[goals["place_id"] == "cn-120000"].iloc[0]
    parts = goals[goals["place_id"].map(places["parent_id"]) == "cn-120000"].set_index("place_id")

    assert (whole["value"], whole["unit"], whole["bound"]) == (2, "万亿元", "about")
    assert (parts["amount"] / 1e8).to_dict() == {
        "cn-120116": 9000,
        "cn-120103": 1300,
        "cn-120111": 1000,
        "cn-120114": 1000,
        "cn-120113": 1000,
        "cn-120101": 1000,
    }
    assert parts["amount"].sum() / whole["amount"] == pytest.approx(0.715)
