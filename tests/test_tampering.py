"""What `baogao check` says of packages that somebody has altered, all files and hashes made anew; and what it misses.

Every row is one tampering: what is changed, and the beginning of the message it gets. MISSED is what no check without the
extraction can notice, with the reason; `baogao check --rebuild` does.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from zlib import crc32

import pyarrow.parquet as pq
import pytest
import sample_package
from test_facts import fact

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.build import build
from pipeline.check import check_package, check_tables, keys
from pipeline.check.rebuilt import differing
from pipeline.diff import diff
from pipeline.errors import InputError
from pipeline.publish.packages import write_packages
from pipeline.publish.sqlite import export
from pipeline.publish.writers import encoded
from pipeline.site.data import load
from pipeline.site.settings import Settings

sys.path.append(str(Path(__file__).parents[1] / "fuzz"))
import tamper

NUMBER = {"value": 9.9, "low": 9.9, "high": 9.9}
# Observations of the sample: 0 增长7.6%, 1 增长８%左右, 2 增长9%以上, 4 10-12万吨, 6 2600亿元, 7 1.2万人.
ROWS = [
    ("value", "observations", 0, NUMBER, "second_reading: observations, row 1"),
    ("ten times the value", "observations", 6, {"value": 26000, "low": 26000, "high": 26000, "amount": 2.6e12}, "second_reading"),
    ("sign", "observations", 0, {"value": -7.6, "low": -7.6, "high": -7.6}, "second_reading"),
    ("sign of a level", "observations", 6, {"value": -2600, "low": -2600, "high": -2600, "amount": -2600e8}, "second_reading"),
    ("unit", "observations", 6, {"unit": "万吨", "amount": 26e9, "base_unit": "千克"}, "second_reading"),
    ("multiplier", "observations", 7, {"unit": "亿元", "amount": 1.2e8, "base_unit": "元"}, "second_reading"),
    ("bound dropped", "observations", 2, {"bound": "exact", "high": 9}, "second_reading"),
    ("bound made up", "observations", 0, {"bound": "nearly", "low": None}, "second_reading"),
    ("upper end", "observations", 4, {"value_max": 120, "high": 120, "amount_max": 12e8}, "second_reading"),
    ("range cut", "observations", 4, {"value_max": None, "bound": "exact", "high": 10, "amount_max": None}, "second_reading"),
    ("amount", "observations", 6, {"amount": 2600e7}, "amount"),
    ("month that is none", "observations", 0, {"period": "2017-13"}, "period_days: observations, row 1"),
    ("month with the days of a year", "observations", 0, {"period": "2017-03"}, "period_days"),
    ("period", "observations", 0, {"period": "2016"}, "period_days"),
    ("identifier", "observations", 3, {"observation_id": "cn-361000-2018-work-report-x"}, "identifier"),
    ("identifier of another sentence", "observations", 3, {"observation_id": "cn-361000-2018-work-report-00000000-1"}, "identifier: observations, row 4"),
    ("quote cut short", "observations", 0, {"quote": "过去一年，地区生产总值增长7.6%", "quote_stop": 34}, "quote"),
    ("place in the source", "observations", 0, {"start": 29}, "foreign_key"),
    ("indicator that is none", "observations", 0, {"indicator_id": "nothing"}, "foreign_key"),
    ("modality of a result", "observations", 0, {"modality": "ensure"}, "modality"),
    ("observation dropped", "observations", 3, None, "numeral_without_observation"),
    ("numeral dropped", "numerals", 1, None, "foreign_key"),
    ("numeral of a name dropped", "numerals", 9, None, "ledger"),
    ("kind of a numeral", "numerals", 1, {"kind": "name"}, "ledger"),
    ("hash of a text", "reports", 0, {"sha256": "0" * 64}, "provenance"),
    ("task", "commitments", 0, {"text": "（一）"}, "provenance"),
    ("task dropped", "commitments", 0, None, "foreign_key"),
    ("report dropped", "reports", 0, None, "foreign_key"),
    ("same as a row that is none", "observations", 0, {"same_as": "cn-361000-2018-work-report-00000000-1"}, "foreign_key"),
    ("phrase with a bound", "observations", 0, {"phrase": "7.6%左右"}, "second_reading: observations, row 1"),
    ("level for a growth", "observations", 0, {"measure": "level"}, "comparison"),
    ("verdict", "outcomes", 0, {"met": "no"}, "outcome"),
    ("gap", "outcomes", 0, {"gap": 9.9}, "outcome"),
    ("result of something else", "outcomes", 0, {"result_id": "cn-361000-2019-work-report-cb461a6b-5"}, "outcome"),
    ("figure of a task dropped", "commitment_observations", 0, None, "commitment: observations, row 2"),
    ("figure of another task", "observations", 0, {"start": 83, "stop": 84}, "commitment: observations, row 1"),
    ("factor of a unit", "units", 0, {"factor": 10.0}, "dictionary: units, row 1"),
    ("name of a place", "places", 0, {"name_zh": "别处"}, "dictionary: places, row 1"),
    ("name of an indicator", "indicators", 0, {"name_en": "Other"}, "dictionary: indicators, row 1"),
    ("definition of a term", "terms", 0, {"definition": "别的"}, "provenance: terms, row 1"),
    ("outcome dropped", "outcomes", 0, None, "outcome: outcomes: the row"),
    ("number of a task", "commitments", 0, {"number": "（九）"}, "provenance: commitments, row 1"),
    ("correction dropped", "corrections", 0, None, "correction: observations, row 2"),
    ("words of a finding", "findings", 0, {"message_en": "All is well."}, "finding: findings, row 1"),
    ("qualitative target dropped", "qualitative_targets", 0, None, "dictionary"),
    ("level of a place", "places", 0, {"level": "county"}, "dictionary: places, row 1"),
    ("name of a topic", "topics", 0, {"name_en": "Other"}, "dictionary: topics, row 1"),
    ("name of a base unit", "base_units", 0, {"name_en": "other"}, "dictionary: base_units, row 1"),
    ("code dropped", "codes", 0, None, "dictionary: codes"),
    ("list of a column dropped", "coded_columns", 0, None, "dictionary: coded_columns"),
    ("name of a list of codes", "code_lists", 0, {"name_en": "Other"}, "dictionary: code_lists, row 1"),
    ("format of a source", "reports", 0, {"layer": "pdf"}, "source: reports, row 1"),
    ("how exact a date is", "reports", 0, {"date_precision": "year"}, "provenance: reports, row 1"),
    ("name of a unit", "units", 0, {"unit_id": "yuan"}, "dictionary: units, row 1"),
    ("English name of a place", "places", 0, {"name_en": "Elsewhere"}, "dictionary: places, row 1"),
    ("ordinal of an identifier", "observations", 7, {"observation_id": "cn-361000-2019-work-report-cb461a6b-7"}, "identifier: observations, row 8"),
    ("phrase of another sentence", "observations", 0, {"phrase": "到7.6%"}, "provenance: observations, row 1"),
    ("corrected by nobody", "observations", 0, {"review": "corrected"}, "correction: observations, row 1"),
    ("what a correction does", "corrections", 0, {"is": "ensure"}, "correction: corrections, row 1"),
    ("what a target goes with", "qualitative_targets", 0, {"reference": "物价"}, "provenance: qualitative_targets, row 1"),
    ("repeats what says something else", "observations", 5, {"same_as": "cn-361000-2018-work-report-ad1f8bdb-1"}, "repeated"),
]  # fmt: skip

MISSED = [
    ("another true indicator", "observations", 0, {"indicator_id": "urban_jobs"}, "what a figure is about is the extraction's"),
    ("status", "observations", 0, {"status": "estimate"}, "it is told by words far away"),
    ("comparison", "observations", 0, {"comparison": "annual_average"}, "it is told by words far away"),
    ("place", "observations", 0, {"place_id": "cn"}, "it is told by the passage"),
    ("whole period", "observations", 0,
     {"period": "2016", "period_start": "2016-01-01", "period_end": "2016-12-31"}, "it is told by the passage"),
    ("confidence", "observations", 0, {"confidence": 0.1}, "only the model gives it"),
    ("title", "reports", 0, {"title": "政府工作汇报"}, "titles come from sidecars as well"),
    ("speaker", "reports", 0, {"speaker": "某某"}, "speakers come from sidecars as well"),
    ("kind of a report", "reports", 0, {"kind": "plan"}, "kinds come from sidecars as well"),
    ("day of a report", "reports", 0, {"date": "2018-02-10"}, "dates come from sidecars as well"),
    ("whether a report is whole", "reports", 0, {"complete": False}, "it may come from a sidecar"),
    ("section", "observations", 0, {"section": "别处"}, "only the outline tells it"),
    ("subject", "observations", 0, {"subject": "某企业"}, "it is told by the passage"),
    ("basis", "observations", 0, {"basis": "可比价"}, "it is told by words far away"),
    ("reference", "observations", 0, {"reference": "上年"}, "it is told by words far away"),
    ("indicator as written", "observations", 0, {"indicator_text": "别的"}, "what a figure is about is the extraction's"),
    ("rule", "observations", 0, {"rule": "head-behind.thing"}, "only the extraction knows it"),
    ("review", "observations", 0, {"review": "checked"}, "it comes from a file beside the source"),
    ("who answers for a task", "commitment_agencies", 0, None, "only the reading of lists finds them"),
    ("name of an agency", "agencies", 0, {"name_zh": "某局"}, "agencies are resolved by names of the vocabulary"),
    ("deadline", "commitments", 0, {"deadline": "2019"}, "it may be told by a heading"),
    ("period of a part of a report", "report_periods", 0, None, "only the outline tells it"),
    ("kind of a numeral without observation", "numerals", 9, {"kind": "time"}, "only the reading tells name from time"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return sample_package.write_sources(tmp_path_factory.mktemp("reports"))


@pytest.fixture
def check(sources, monkeypatch):
    """Check the sample with one row changed or dropped; the schemas, which take long and hold, are left out."""

    def run(table, number, change):
        monkeypatch.setattr(keys, "constraints", lambda name, rows, files: [])
        tables = sample_package.tables()
        if change is None:
            del tables[table][number]
        else:
            tables[table][number] |= change
        arrow = {name: to_arrow(name, rows) for name, rows in tables.items()}
        return [str(violation) for violation in check_tables("work-reports", arrow, sources)]

    return run


@pytest.mark.parametrize(("what", "table", "number", "change", "message"), ROWS, ids=[row[0] for row in ROWS])
def test_an_altered_row_is_noticed(check, what, table, number, change, message):
    found = check(table, number, change)
    assert any(violation.startswith(message) for violation in found), found


@pytest.mark.parametrize(("what", "table", "number", "change", "reason"), MISSED, ids=[row[0] for row in MISSED])
def test_what_is_not_noticed(check, what, table, number, change, reason):
    assert check(table, number, change) == []


# Every column: fuzz/tamper.py, which has the list of those that no check can judge.
COLUMNS = [
    (table, column)
    for table in schema.package_tables("work-reports")
    for column in schema.columns(table)
    if crc32(f"{table}.{column}".encode()) % 8 == 0
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_column_is_noticed_or_listed(sources, monkeypatch, table, column):
    whole = keys.constraints
    monkeypatch.setattr(keys, "constraints", lambda name, *given: whole(name, *given) if name == table else [])
    tables = sample_package.tables()
    for one in (one for one in tamper.tamperings(table, tables[table]) if one.column == column):
        found = tamper.said(tables, one, sources)
        assert bool(found) != (column in tamper.LISTED.get(table, {})), found


def test_what_is_listed_as_not_noticed_is_a_column():
    listed = {(table, column) for table, columns in tamper.LISTED.items() for column in columns}
    assert listed <= {
        (t, c) for p in schema.all_packages() for t in schema.package_tables(p) for c in schema.columns(t)
    }


def test_a_fact_that_no_file_has_is_noticed(sources, monkeypatch):
    monkeypatch.setattr(keys, "constraints", lambda name, rows, files: [])
    tables = sample_package.tables() | {"facts": [fact(9.3, period="2015")]}
    found = check_tables("work-reports", {name: to_arrow(name, rows) for name, rows in tables.items()}, sources)
    assert any(
        str(violation).startswith("provenance: facts, row 1: there is no row d-actual-2015") for violation in found
    )


def edit(folder, change):
    path = folder / "work-reports/datapackage.json"
    path.write_text(json.dumps(change(json.loads(path.read_bytes()))), encoding="utf-8")


def other(folder, form):
    """Change one value of the panel in a format beside CSV and Parquet."""
    rows = pq.read_table(folder / "analysis-ready/headline_panel.parquet").to_pylist()
    rows[0]["indicator_en"] = "Other"
    content = encoded(form, "headline_panel", to_arrow("headline_panel", rows))
    (folder / f"analysis-ready/headline_panel.{form}").write_bytes(content)


FILES = [
    ("package gone", lambda f: shutil.rmtree(f / "analysis-ready"), "missing_package: analysis-ready: it is missing"),
    ("descriptor gone", lambda f: (f / "analysis-ready/datapackage.json").unlink(), "missing_package: analysis-ready: its datapackage.json is missing"),
    ("file beside the packages", lambda f: (f / "more.csv").touch(), "stray_file: more.csv: belongs to no package"),
    ("folder beside the packages", lambda f: (f / "others").mkdir(), "stray_file: others: belongs to no package"),
    ("file in a package", lambda f: (f / "work-reports/more.csv").touch(), "stray_file: more.csv"),
    ("table gone", lambda f: (f / "work-reports/topics.csv").unlink(), "missing_file: topics.csv"),
    ("resources that are an object", lambda f: edit(f, lambda d: {**d, "resources": {"a": 1}}), "descriptor: datapackage.json: resources is not"),
    ("resources that are numbers", lambda f: edit(f, lambda d: {**d, "resources": [1]}), "descriptor: datapackage.json: resources is not"),
    ("a list for a descriptor", lambda f: edit(f, lambda d: [1]), "descriptor: datapackage.json: '' is no package"),
    ("another licence", lambda f: edit(f, lambda d: {**d, "licenses": [{"name": "CC0-1.0"}]}), "descriptor: agencies.csv: licenses is"),
    ("another version", lambda f: edit(f, lambda d: {**d, "version": "9"}), "descriptor: datapackage.json: version is"),
    ("another source", lambda f: edit(f, lambda d: {**d, "sources": [{"title": "b.txt"}]}), "descriptor: datapackage.json: sources is"),
    ("another date", lambda f: edit(f, lambda d: {**d, "newest_source": "2001-01-01T00:00:00Z"}), "descriptor: datapackage.json: newest_source is"),
    ("another place", lambda f: edit(f, lambda d: {**d, "spatial": []}), "descriptor: datapackage.json: spatial is"),
    ("a cell of a workbook", lambda f: other(f, "xlsx"), "further_format: headline_panel.xlsx, row 1: has"),
    ("a value of a Stata file", lambda f: other(f, "dta"), "further_format: headline_panel.dta, row 1: has"),
    ("a workbook that is none", lambda f: (f / "analysis-ready/headline_panel.xlsx").write_text("x"), "further_format: headline_panel.xlsx: cannot be read"),
    ("another title", lambda f: edit(f, lambda d: {**d, "title": "Other"}), "descriptor: datapackage.json: title is"),
    ("hash", lambda f: edit(f, lambda d: {**d, "resources": [{**d["resources"][0], "hash": "sha256:0"}, *d["resources"][1:]]}), "hash"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    write_packages(sample_package.tables(), folder)
    return folder


@pytest.mark.parametrize(("what", "tamper", "message"), FILES, ids=[row[0] for row in FILES])
def test_altered_files_are_noticed(built, tmp_path, monkeypatch, what, tamper, message):
    monkeypatch.setattr(keys, "constraints", lambda name, rows, files: [])
    folder = tmp_path / "packages"
    shutil.copytree(built, folder)
    tamper(folder)
    found = [str(violation) for violation in check_package(folder)]
    assert any(violation.startswith(message) for violation in found), found


def test_a_figure_that_became_a_name_is_noticed(sources):
    tables = sample_package.tables()
    del tables["observations"][0]
    tables["numerals"][2] |= {"kind": "name"}
    found = check_tables("work-reports", {name: to_arrow(name, rows) for name, rows in tables.items()}, sources)
    assert "states a quantity, and the ledger calls it name" in "\n".join(map(str, found))


def test_what_no_rule_notices_a_build_anew_does(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_text("临川市政府工作报告\n2021年，粮食产量12.5万吨。\n", encoding="utf-8")
    build(tmp_path / "reports", tmp_path / "packages", formats=["csv", "parquet"])
    assert differing(tmp_path / "packages", tmp_path / "reports") == []
    table = tmp_path / "packages/work-reports/reports.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("工作报告", "工作汇报"), encoding="utf-8", newline="")
    (tmp_path / "packages/work-reports/topics.csv").unlink()
    (tmp_path / "packages/work-reports/more.csv").touch()
    assert [str(violation) for violation in differing(tmp_path / "packages", tmp_path / "reports")] == [
        "rebuild: work-reports/more.csv: a build makes no such file",
        "rebuild: work-reports/topics.csv: is missing",
        "rebuild: work-reports/reports.csv: is not what a build from the sources gives, from row 1 on",
    ]


READERS = {
    "check": check_package,
    "diff": lambda folder: diff(folder, folder),
    "export": lambda folder: export(folder, folder.with_name("made.sqlite")),
    "site": lambda folder: load(folder, folder, folder / "score.json", Settings()),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Unix")
@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_in_a_package_is_refused_and_not_waited_for(built, tmp_path, reader):
    folder = tmp_path / "packages"
    shutil.copytree(built, folder)
    (folder / "work-reports/observations.parquet").unlink()
    os.mkfifo(folder / "work-reports/observations.parquet")
    with pytest.raises(InputError, match="no regular file"):
        READERS[reader](folder)
