"""Packages: what is written, and that others can read it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sample_package
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import schema
from pipeline.arrow import plain, to_arrow
from pipeline.errors import InputError
from pipeline.publish.companions import companions
from pipeline.publish.croissant import schema_org
from pipeline.publish.descriptor import NOTHING, Facts, File, descriptor, files, newest, published_schema
from pipeline.publish.descriptor import resource as resource_of
from pipeline.publish.packages import write_packages
from pipeline.publish.publication import Publication, publication_of
from pipeline.publish.writers import encoded
from pipeline.publish.writers.comma import without_arrow

PACKAGES = ("work-reports", "analysis-ready")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    write_packages(sample_package.tables(), folder)
    return folder


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_frictionless_finds_the_package_valid(built, package):
    from frictionless import Package

    report = Package(str(built / package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])[:10]


@pytest.mark.parametrize("package", PACKAGES)
def test_descriptor_is_valid_data_package_v2(built, package):
    dplib = pytest.importorskip("dplib")
    from jsonschema.validators import validator_for

    profile = json.loads((Path(dplib.__file__).parent / "profiles/2.0/datapackage.json").read_bytes())
    document = json.loads((built / package / "datapackage.json").read_bytes())
    assert [error.message for error in validator_for(profile)(profile).iter_errors(document)] == []


def test_dplib_reads_the_descriptor(built):
    pytest.importorskip("dplib")
    from dplib.models import Package

    read = Package.from_path(str(built / "work-reports/datapackage.json"))
    assert len(read.resources) == len(schema.package_tables("work-reports"))


def test_descriptor_says_what_is_needed(built):
    document = json.loads((built / "work-reports/datapackage.json").read_bytes())
    assert document["newest_source"] == "2019-01-10T00:00:00Z"
    assert document["temporal"] == {"start": "2017-01-01", "end": "2018-12-31"}
    assert [place["title"] for place in document["spatial"]] == ["Fuzhou"]
    assert {source["rights"] for source in document["sources"]} == {"Government documents: public documents"}
    # Who publishes stands beside the sources; here nobody says so.
    assert not {"id", "homepage", "licenses", "contributors", "created"} & document.keys()
    assert [source["title"] for source in document["sources"]] == ["2018.txt", "2019.txt"]
    for resource in document["resources"]:
        assert {"name", "path", "format", "mediatype", "encoding", "hash", "schema"} <= resource.keys()
    for file in files(document):
        content = (built / "work-reports" / file["path"]).read_bytes()
        assert (file["hash"], file["bytes"]) == ("sha256:" + hashlib.sha256(content).hexdigest(), len(content))
    schemas = {
        r["name"]: json.loads((built / "work-reports" / r["schema"]).read_bytes()) for r in document["resources"]
    }
    keys = {name: declared.get("foreignKeys", []) for name, declared in schemas.items()}
    assert keys["report_periods"][0]["reference"]["resource"] == "reports"


def test_only_columns_that_always_have_a_value_have_a_pattern(built):
    places = json.loads((built / "work-reports/schemas/places.json").read_bytes())["fields"]
    patterns = {field["name"]: field.get("constraints", {}).get("pattern") for field in places}
    assert patterns["place_id"]
    assert patterns["parent_id"] is None


@pytest.mark.parametrize("package", PACKAGES)
def test_csv_and_parquet_hold_the_same(built, package):
    for name in schema.package_tables(package):
        content = (built / package / f"{name}.csv").read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        table = pq.read_table(built / package / f"{name}.parquet")
        assert rows[0] == table.column_names == list(schema.columns(name))
        assert len(rows) - 1 == table.num_rows
        assert table.schema.equals(schema.arrow_schema(name))
        assert to_arrow(name, table).equals(table)


def test_other_tools_read_the_tables(built):
    frame = pd.read_csv(built / "work-reports/observations.csv")
    assert frame["value"].tolist() == [7.6, 8, 9, 5, 10, 8.1, 2600, 1.2]
    duckdb = pytest.importorskip("duckdb")
    for form in ("csv", "parquet"):
        path = built / f"work-reports/observations.{form}"
        assert duckdb.sql(f"select sum(amount) from '{path}'").fetchall() == [(260100012000.0,)]


def test_the_same_rows_give_the_same_bytes_everywhere(built, tmp_path):
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests'); import sample_package;"
        "from pipeline.publish.packages import write_packages; write_packages(sample_package.tables(), Path(sys.argv[1]))"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONPATH": "."}
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", code, tmp_path], env={**os.environ, **other}, cwd=root, check=True)
    assert hashes(tmp_path) == hashes(built)


def test_no_formula_and_no_control_character_in_the_workbook(tmp_path):
    from openpyxl import load_workbook

    tables = sample_package.tables()
    tables["observations"][0]["section"] = "=HYPERLINK(1)\x0b"
    write_packages(tables, tmp_path)
    sheet = load_workbook(tmp_path / "analysis-ready/observations_flat.xlsx")["data"]
    headings = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, headings.index("section") + 1)
    assert (cell.value, cell.data_type) in (("=HYPERLINK(1)", "s"), ("=HYPERLINK(1)", "inlineStr"))
    assert sheet.max_column == len(schema.columns("observations_flat"))


def test_workbooks_are_as_people_expect_them(built):
    from openpyxl import load_workbook

    book = load_workbook(built / "analysis-ready/observations_flat.xlsx")
    assert book.sheetnames == ["data", "columns", "codes", "about 说明"]
    sheet = book["data"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    quote = schema.columns("observations_flat").index("quote") + 1
    assert sheet.cell(2, quote).alignment.wrap_text
    assert sheet.column_dimensions[sheet.cell(1, quote).column_letter].width > 60
    codes = {tuple(cell.value for cell in row) for row in book["codes"].iter_rows(min_row=2)}
    assert ("bound", "at_least", "at least", "以上") in codes
    assert [cell.value for cell in book["columns"][2]][2::2] == ["Observation", "观测值标识"]
    assert "not ours" in " ".join(str(cell.value) for cell in book["about 说明"]["B"])


def test_workbooks_hold_the_rows(built):
    stored = pq.read_table(built / "analysis-ready/observations_flat.parquet").to_pandas()
    frame = pd.read_excel(built / "analysis-ready/observations_flat.xlsx", dtype={"period": str}, parse_dates=False)
    assert frame.shape == stored.shape
    assert frame.quote.tolist() == stored.quote.tolist()
    assert frame.value.tolist() == stored.value.tolist()
    assert [day.date() for day in frame.report_date] == stored.report_date.tolist()


def test_stata_files_have_labels(built):
    with pd.read_stata(built / "analysis-ready/headline_panel.dta", iterator=True) as reader:
        labels, values = reader.variable_labels(), reader.value_labels()
        frame = reader.read()
    assert labels["target_low"].startswith("Target low ")
    assert values["target_answer"][0] == "stated"
    gdp = frame[(frame.indicator_id == "gdp") & (frame.year == 2018) & (frame.measure == "growth")].iloc[0]
    assert (gdp.target_low, gdp.target_bound, gdp.result_low) == (8, "about", 8.1)


def panel(built) -> dict[tuple[int, str, str], dict[str, object]]:
    rows = pq.read_table(built / "analysis-ready/headline_panel.parquet").to_pylist()
    return {(row["year"], row["indicator_id"], row["measure"]): row for row in rows}


def test_panel_keeps_targets_and_results_apart(built):
    rows = panel(built)
    gdp = rows[2018, "gdp", "growth"]
    assert (gdp["target_answer"], gdp["target_low"], gdp["target_high"]) == ("stated", 8, 8)
    assert (gdp["result_answer"], gdp["result_low"], gdp["result_status"]) == ("stated", 8.1, "actual")
    earlier = rows[2017, "gdp", "growth"]
    assert (earlier["target_answer"], earlier["target_low"]) == ("no_report", None)
    assert earlier["result_low"] == 7.6


def test_panel_tells_the_kinds_of_no_number_apart(built):
    rows = panel(built)
    income = rows[2018, "disposable_income", "growth"]
    assert (income["target_answer"], income["target_relation"]) == ("relation", "in_step_with")
    assert rows[2018, "cpi", "level"]["target_answer"] == "not_stated"  # the list is there and leaves it out
    assert rows[2019, "gdp", "growth"]["target_answer"] == "list_not_found"
    assert rows[2019, "gdp", "growth"]["result_answer"] == "no_report"


def test_panel_in_base_units(built):
    grain = panel(built)[2018, "grain_output", "level"]
    assert (grain["target_low"], grain["target_high"], grain["base_unit"]) == (10**8, 12 * 10**7, "千克")
    jobs = panel(built)[2018, "urban_jobs", "level"]
    assert (jobs["target_answer"], jobs["result_low"]) == ("not_stated", 12_000)


def test_panel_keeps_stretch_targets_and_later_statements_beside():
    from pipeline.publish.headline import headline_panel
    from pipeline.schema import package_tables

    tables = sample_package.tables()
    gdp = tables["observations"][1]
    tables["observations"].append(
        {**gdp, "observation_id": "s", "start": gdp["start"] + 1, "low": 8.5, "modality": "stretch"}
    )
    tables["reports"].append({**tables["reports"][2], "report_id": "later", "date": "2020-01-10"})
    result = tables["observations"][5]
    tables["observations"].append({**result, "observation_id": "l", "report_id": "later", "low": 8.0, "high": 8.0})
    arrow = {name: to_arrow(name, tables[name]) for name in package_tables("work-reports")}
    row = next(r for r in headline_panel(arrow) if r["indicator_id"] == "gdp" and r["year"] == 2018)
    assert (row["target_low"], row["stretch_low"], row["result_low"], row["later_low"]) == (8, 8.5, 8.1, 8.0)
    assert row["later_report"] == "later"


def test_wide_panel(built):
    rows = pq.read_table(built / "analysis-ready/headline_panel_wide.parquet").to_pylist()
    row = next(row for row in rows if row["year"] == 2018)
    assert (row["gdp_growth_target_low"], row["gdp_growth_result_low"]) == (8, 8.1)
    assert (row["industry_growth_target_low"], row["industry_growth_target_high"]) == (9, None)
    assert row["income_growth_target_answer"] == "relation"


def test_a_report_without_observations_gives_packages(tmp_path):
    from frictionless import Package

    write_packages({"reports": [sample_package.tables()["reports"][1]]}, tmp_path)
    for package in PACKAGES:
        assert Package(str(tmp_path / package / "datapackage.json")).validate().valid


@pytest.mark.parametrize(
    ("value", "text"),
    [(8.2, "8.2"), (2600.0, "2600"), (1e22, "1" + "0" * 22), (1e-7, "0.0000001"), (-0.3333, "-0.3333"), (0.0, "0")],
)
def test_plain_numbers(value, text):
    assert plain(value) == text


def test_numbers_come_out_as_they_were_written():
    written = ["8.20", "0.1", "123456789.12345", "-70", "-0.0", "1600000000000"]
    rows = [{"target_id": f"a{n}", "result_id": "b", "met": "yes", "gap": Decimal(t)} for n, t in enumerate(written)]
    content = encoded("csv", "outcomes", to_arrow("outcomes", rows)).decode()
    assert [line.split(",")[6] for line in content.splitlines()[1:]] == [
        "8.2", "0.1", "123456789.12345", "-70", "0", "1600000000000",
    ]  # fmt: skip


def test_awkward_text_survives_in_csv_and_parquet():
    text = 'a,"b"\r\nc\rd\n=1,２ \u2028'
    rows = [{"term_id": "t", "report_id": "r", "term": text, "definition": " x", "start": 0, "stop": 1}]
    table = to_arrow("terms", rows)
    [_, row] = csv.reader(io.StringIO(encoded("csv", "terms", table).decode(), newline=""))
    assert row[3:5] == [text, " x"]
    assert pq.read_table(io.BytesIO(encoded("parquet", "terms", table)))["term"].to_pylist() == [text]


@pytest.mark.parametrize("texts", [["a", None, ""], ["a", "b,c"], ['"', "\r"], ["\n"], [None], []])
def test_csv_is_the_same_with_arrow_and_without(texts):
    rows = [
        {"term_id": f"t{at}", "report_id": "r", "term": text, "definition": "甲", "start": at, "stop": None}
        for at, text in enumerate(texts)
    ]
    table = to_arrow("terms", rows)
    assert encoded("csv", "terms", table) == without_arrow("terms", rows)
    assert encoded("csv", "terms", table.slice(1)) == without_arrow("terms", rows[1:])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"topic": "x"}, "columns that the schema does not have"),
        ({"topic_id": 5}, "row 1, column topic_id: 5 is no string"),
        (("a", "b"), "2 values for 4 columns"),
    ],
)
def test_rows_that_do_not_fit(row, message):
    with pytest.raises(ValueError, match=message):
        to_arrow("topics", [row])


@pytest.mark.parametrize("value", [Decimal("1e400"), float("nan"), "8", True])
def test_numbers_that_are_none(value):
    with pytest.raises(ValueError, match="column gap"):
        to_arrow("outcomes", [{"target_id": "a", "result_id": "b", "met": "yes", "gap": value}])


def test_rows_as_sequences_and_arrow_tables():
    by_name = to_arrow("topics", [{"topic_id": "a", "name_zh": "甲", "name_en": "A"}])
    assert to_arrow("topics", [("a", None, "甲", "A")]).equals(by_name)
    assert to_arrow("topics", by_name).equals(by_name)
    assert to_arrow("topics", []).num_rows == 0
    assert isinstance(by_name, pa.Table)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [(["2018-01-10", "2019"], "2019-01-01T00:00:00Z"), (["2018-02"], "2018-02-01T00:00:00Z"), ([None], "")],
)
def test_newest_is_the_last_date_of_the_sources(dates, expected):
    assert newest([{"date": value, "published": ""} for value in dates]) == expected


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.floats(allow_nan=False, allow_infinity=False))
    )
)
def test_any_text_and_number_comes_back(rows):
    table = to_arrow(
        "outcomes",
        [
            {"target_id": f"t{n}", "result_id": "r", "met": "yes", "gap": number, "note": text}
            for n, (text, number) in enumerate(rows)
        ],
    )
    read = list(csv.reader(io.StringIO(encoded("csv", "outcomes", table).decode(), newline="")))[1:]
    assert [(row[7], float(row[6])) for row in read] == rows
    assert pq.read_table(io.BytesIO(encoded("parquet", "outcomes", table))).equals(table)


def test_who_publishes_is_said_once(tmp_path):
    stated = (
        "creators: [A, B]\nhomepage: https://example.org/data\nreleased: 2026-01-31\nids: {work-reports: 'urn:x:y'}\n"
    )
    license = "license: {name: CC0-1.0, title: Zero, path: 'https://example.org/zero'}\n"
    (tmp_path / "publication.yaml").write_text(stated + license, encoding="utf-8")
    known = publication_of(tmp_path)
    document = descriptor("work-reports", [resource_of("observations", "csv", File(1, "0"))], NOTHING, known)
    assert (document["id"], document["homepage"], document["created"]) == (
        "urn:x:y", "https://example.org/data", "2026-01-31T00:00:00Z",
    )  # fmt: skip
    assert [name["title"] for name in document["contributors"]] == ["A", "B"]
    # What is quoted is not covered by the licence of the rest.
    assert [each["name"] for each in document["resources"][0]["licenses"]] == ["CC0-1.0", "notspecified"]
    beside = companions(document)
    citation = yaml.safe_load(beside["CITATION.cff"])
    assert citation["authors"] == [{"name": "A"}, {"name": "B"}]
    assert citation["url"] == "https://example.org/data"
    assert "A, B (2026)" in beside["README.md"].decode()
    assert json.loads(beside["croissant.json"])["citeAs"].startswith("A, B (2026)")


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "x: 1",
        "homepage: example.org",
        "released: January",
        "creators: A",
        "license: {name: x}",
        "ids: {a: b c}",
        "a: {",
    ],
)
def test_a_publication_that_cannot_be_used_is_refused_with_advice(tmp_path, text):
    (tmp_path / "publication.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"publication\.yaml"):
        publication_of(tmp_path)


def test_codes_have_labels_in_both_languages():
    for package in schema.all_packages():
        for name in schema.package_tables(package):
            for field in published_schema(name)["fields"]:
                if codes := field.get("constraints", {}).get("enum"):
                    told = {one["value"]: (one["label"], one["label_zh"]) for one in field["categories"]}
                    assert list(told) == codes, (name, field["name"])
                    assert all(all(pair) for pair in told.values()), (name, field["name"])


def test_schema_org_and_croissant_say_the_same():
    facts = Facts(
        [{"title": "a.txt", "path": "https://example.org/a"}], "", "2017-01-01", "2018-12-31", [{"title": "Anji"}]
    )
    known = Publication(
        creators=("A",), homepage="https://example.org", released="2026-01-31", ids={"work-reports": "urn:x:y"}
    )
    document = descriptor("work-reports", [resource_of("places", "csv", File(1, "0"))], facts, known)
    said = schema_org(document)
    assert said["temporalCoverage"] == "2017-01-01/2018-12-31"
    assert (said["spatialCoverage"], said["isBasedOn"], said["identifier"]) == (
        ["Anji"],
        ["https://example.org/a"],
        "urn:x:y",
    )
    croissant = json.loads(companions(document)["croissant.json"])
    same = ("name", "description", "version", "keywords", "temporalCoverage", "spatialCoverage", "datePublished", "url")
    assert [croissant[key] for key in same] == [said[key] for key in same]
    [file], [records] = croissant["distribution"], croissant["recordSet"]
    assert file["sha256"] == "0"
    assert [field["name"] for field in records["field"]] == list(schema.columns("places"))
