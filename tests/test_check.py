"""The checks: a sound package passes, and every rule finds the copy that breaks it."""

from __future__ import annotations

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sample_package

from pipeline.arrow import to_arrow
from pipeline.check import CheckError, Violation, check_package, check_tables, keys, raise_for, standard, values
from pipeline.collection import findings
from pipeline.errors import BaogaoError
from pipeline.publish import descriptor
from pipeline.publish.companions import companions
from pipeline.publish.packages import write_packages
from pipeline.publish.writers import encoded


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return sample_package.write_sources(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    write_packages(sample_package.tables(), folder)
    return folder


@pytest.fixture
def copy(sound, tmp_path):
    shutil.copytree(sound / "work-reports", tmp_path / "work-reports")
    return tmp_path / "work-reports"


def broken(changes):
    """The sample's tables with changed rows: (table, row from 0, or None to add one, changes, or None to drop it)."""
    tables = sample_package.tables()
    for table, number, change in changes:
        if number is None:
            tables[table].append(change)
        elif change is None:
            del tables[table][number]
        else:
            tables[table][number] = {**tables[table][number], **change}
    arrow = {name: to_arrow(name, rows) for name, rows in tables.items()}
    seen = findings.pages({name: table.to_pylist() for name, table in arrow.items()})
    found = [*tables["findings"], *findings.of_pages(seen, ["rows"])]
    return {**arrow, "findings": to_arrow("findings", found)}


@pytest.fixture
def check(sources, monkeypatch):
    """Check the sample with changed rows; the schemas of tables without a change, which take long, are left out."""

    def run(changes):
        changed = {table for table, _, _ in changes}
        whole = keys.constraints

        def some(name, table, files):
            return whole(name, table, files) if name in changed else []

        monkeypatch.setattr(keys, "constraints", some)
        return check_tables("work-reports", broken(changes), sources)

    return run


def test_a_sound_package_passes(sound, sources):
    assert check_package(sound, sources) == []
    assert check_package(sound / "work-reports", sources) == []
    assert check_package(sound / "analysis-ready") == []
    raise_for(sound, sources)


OBSERVATION = [
    ("enum", {"status": "done"}, "status is 'done'"),
    ("pattern", {"period": "FY17", "period_start": None, "period_end": None}, "period is 'FY17'"),
    ("required", {"quote": None}, "quote"),
    ("minimum", {"start": -1}, "start is -1"),
    ("foreign_key", {"indicator_id": "nothing"}, "which indicators does not have"),
    ("foreign_key", {"same_as": "nothing"}, "which observations does not have"),
    ("foreign_key", {"start": 29}, "which numerals does not have"),
    ("interval", {"low": 9}, "low 9.0 is above high 7.6"),
    ("interval", {"high": 8}, "exact 7.6 has low and high"),
    ("range", {"bound": "range"}, "bound is range"),
    ("modality", {"modality": "ensure"}, "status is actual"),
    ("stated_in", {"stated_in": "list"}, "status is actual"),
    ("comparison", {"measure": "multiple"}, "measure is multiple"),
    ("period_days", {"period_start": None}, "period is 2017"),
    ("period_days", {"period_end": "2018-12-31"}, "2017-01-01 to 2018-12-31"),
    ("period_days", {"period_start": "2017-12-01", "period_end": "2017-02-01"}, "2017"),
    ("amount", {"amount": 7.6, "base_unit": "%"}, "a growth has no amount"),
    ("identifier", {"observation_id": "x"}, "does not begin with"),
    ("provenance", {"quote": "过去两年"}, "quote is '过去两年'"),
    ("provenance", {"stop": 34}, "the source has '7.6%'"),
]


@pytest.mark.parametrize(("rule", "change", "message"), OBSERVATION)
def test_observations(check, rule, change, message):
    changes = [("observations", 0, change)]
    if rule in ("identifier",):
        for table in ("outcomes", "findings", "commitment_observations"):
            changes.append((table, 0, None))
    found = [violation for violation in check(changes) if violation.rule == rule]
    assert any(message in str(violation) for violation in found), found
    assert any(v.table == "observations" and v.row == 1 and v.place.startswith("2018.txt:") for v in found)


OTHER = [
    ("primary_key", "topics", [("topics", None, {"topic_id": "economy", "name_zh": "b", "name_en": "B"})]),
    ("unique", "units", [("units", None, {"unit_id": "x", "unit": "亿元", "factor": 1, "base_unit_id": "yuan"})]),
    ("foreign_key", "places", [("places", 1, {"parent_id": "cn-99"})]),
    ("provenance", "reports", [("reports", 0, {"sha256": "0" * 64})]),
    ("provenance", "reports", [("reports", 0, {"characters": 3})]),
    ("provenance", "reports", [("reports", 2, {"stop": 9999})]),
    ("provenance", "numerals", [("numerals", 1, {"text": "7.7"})]),
    ("provenance", "commitments", [("commitments", 0, {"text": "（一）"})]),
    ("provenance", "qualitative_targets", [("qualitative_targets", 0, {"text": "同步"})]),
    ("provenance", "terms", [("terms", 0, {"term": "三减", "definition": "无"})]),
    ("provenance", "term_mentions", [("term_mentions", 0, {"start": 0, "stop": 1})]),
    ("ledger", "numerals", [("numerals", 9, None)]),
    ("ledger", "numerals", [("numerals", None, {"report_id": "cn-361000-2019-work-report", "text": "01", "start": 1, "stop": 3, "kind": "time"})]),
    ("ledger", "observations", [("numerals", 1, {"kind": "name"})]),
    ("source", "reports", [("reports", 2, {"source_file": "2020.txt"})]),
    ("source", "reports", [("reports", 2, {"encoding": "ascii"})]),
    ("amount", "observations", [("observations", 6, {"amount": 2600})]),
    ("amount", "observations", [("observations", 6, {"base_unit": "美元"})]),
    ("amount", "observations", [("observations", 6, {"base_unit": None})]),
    ("amount", "observations", [("observations", 4, {"amount_max": None})]),
    ("amount", "observations", [("observations", 6, {"amount": None, "base_unit": None})]),
    ("foreign_key", "observations", [("observations", 6, {"unit": "亿两"})]),
    ("rank_unit", "observations", [("observations", 6, {"measure": "rank", "amount": None, "base_unit": None})]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "table", "changes"), OTHER)
def test_other_tables(check, rule, table, changes):
    found = check(changes)
    assert any(violation.rule == rule and violation.table == table for violation in found), found


DOUBTS = [
    ("range_order", 4, {"value": 12.0, "value_max": 10.0, "amount": 12e7, "amount_max": 10e7}),
    ("range_order", 4, {"value": -1.0, "value_max": 12.0, "low": -1.0, "amount": -1e7}),
    ("period_reach", 0, {"period": "1017", "period_start": "1017-01-01", "period_end": "1017-12-31"}),
    ("percent_range", 0, {"value": -120.0, "low": -120.0, "high": -120.0}),
    ("percent_range", 0, {"value": 76543.0, "low": 76543.0, "high": 76543.0}),
    ("rank_range", 0, {"measure": "rank", "unit": "位", "comparison": None}),
    ("multiple_range", 0, {"measure": "multiple", "value": 0.0, "low": 0.0, "high": 0.0, "comparison": None}),
    ("unit_dimension", 6, {"unit": "万吨", "amount": 26e9, "base_unit": "千克"}),
]


@pytest.mark.parametrize(("rule", "number", "change"), DOUBTS)
def test_what_is_unusual_has_to_be_among_the_findings(check, sources, rule, number, change):
    changes = [("observations", number, change)]
    tables = broken(changes)
    recorded = tables["findings"].to_pylist()
    [finding] = [row for row in recorded if row["rule"] == rule]
    assert finding["observation_id"] == sample_package.tables()["observations"][number]["observation_id"]
    # Of a changed unit the table of units knows nothing, which is told apart from this.
    of_units = {"dictionary", "foreign_key"} if "unit" in change else set()
    assert {violation.rule for violation in check(changes)} <= of_units
    # A package that keeps silent about it is in error.
    kept = [row for row in recorded if row["rule"] != rule]
    found = check_tables("work-reports", {**tables, "findings": to_arrow("findings", kept)}, sources)
    assert {violation.rule for violation in found} - of_units == {rule}


def test_a_numeral_that_was_not_understood_is_a_finding(check):
    tables = sample_package.tables()
    structure = next(n for n, row in enumerate(tables["numerals"]) if row["kind"] == "structure" and row["start"] > 20)
    changes = [("numerals", structure, {"kind": "observation"})]
    [_, finding] = broken(changes)["findings"].to_pylist()
    assert finding["rule"] == "numeral_without_observation"
    assert check(changes) == []


def test_usual_observations_raise_no_doubt():
    tables = sample_package.tables()
    assert findings.of_pages(findings.pages(tables), ["rows"]) == []


def rules(folder):
    return {violation.rule for violation in check_package(folder)}


def test_marks_of_patterns_in_a_folders_name_are_characters_like_any_other(sound, tmp_path):
    """DuckDB and glob take `*` and `[…]` for patterns; the sibling that they would find as well is damaged."""
    for name in ("a*[b]", "axb"):
        shutil.copytree(sound / "analysis-ready", tmp_path / name / "analysis-ready")
    for path in (tmp_path / "axb").rglob("*.parquet"):
        path.write_bytes(b"none")
    assert check_package(tmp_path / "a*[b]" / "analysis-ready") == []


def test_amounts_are_multiplied_in_decimals(monkeypatch):
    """The product of 1.1 and 1.1 in doubles is 1.2100000000000002; a check that compares exactly must not call 1.21 wrong."""
    monkeypatch.setattr(values, "isclose", lambda one, other, rel_tol: one == other)
    units = {"x": {"dimension": "count", "factor": 1.1, "name_zh": "个"}}
    row = {
        "measure": "level",
        "value": 1.1,
        "value_max": None,
        "unit": "x",
        "amount": 1.21,
        "amount_max": None,
        "base_unit": "个",
    }
    assert list(values._amount(row, units)) == []
    assert [rule for rule, _ in values._amount({**row, "amount": 1.22}, units)] == ["amount"]


def test_a_changed_file_is_found(copy):
    path = copy / "places.csv"
    path.write_bytes(path.read_bytes().replace("抚州市".encode(), "他市".encode()))
    found = check_package(copy)
    assert {violation.rule for violation in found} == {"hash", "csv_and_parquet"}
    assert any(violation.table == "places" and violation.row == 3 for violation in found)


def test_line_ends_are_part_of_the_file(copy):
    path = copy / "places.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "csv_and_parquet" in rules(copy)


def test_missing_and_stray_files_are_found(copy):
    (copy / "topics.csv").unlink()
    (copy / "topics.csv.tmp").touch()
    assert rules(copy) == {"missing_file", "stray_file"}


def test_damaged_files_are_found(copy):
    (copy / "topics.parquet").write_bytes(b"PAR1")
    assert {"missing_file", "hash"} <= rules(copy)


def test_other_columns_are_found(copy):
    pq.write_table(pa.table({"topic_id": ["economy"]}), copy / "topics.parquet")
    assert "columns" in rules(copy)


@pytest.mark.parametrize("key", ["rights", "sources", "version", "keywords", "title"])
def test_an_incomplete_descriptor_is_found(copy, key):
    document = json.loads((copy / "datapackage.json").read_bytes())
    del document[key]
    (copy / "datapackage.json").write_bytes(descriptor.to_bytes(document))
    assert rules(copy) == {"descriptor"}


def test_resources_that_say_something_else_are_found(copy):
    document = json.loads((copy / "datapackage.json").read_bytes())
    document["resources"][0]["title"] = "Others"
    document["resources"].pop()
    (copy / "datapackage.json").write_bytes(descriptor.to_bytes(document))
    (copy / "schemas" / "places.json").write_text("{}")
    found = [(violation.rule, violation.table) for violation in check_package(copy)]
    beside = ["README.md", "croissant.json", "schemas/places.json"]
    files = ["reports.csv", "term_mentions.csv", "term_mentions.parquet"]
    assert sorted(found) == sorted(
        [*(("descriptor", file) for file in files + beside), ("stray_file", "schemas/term_mentions.json")]
    )


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "other"}'])
def test_descriptors_that_are_none(copy, content):
    (copy / "datapackage.json").write_text(content)
    assert rules(copy) == {"descriptor"}


def rewritten(folder, name, table):
    """Publish other rows of a table."""
    document = json.loads((folder / "datapackage.json").read_bytes())
    paths = [folder / file["path"] for file in descriptor.files(document) if file["path"].startswith(f"{name}.")]
    for path in paths:
        path.write_bytes(encoded(path.suffix[1:], name, table, document["newest_source"]))
    [new] = descriptor.together(name, [(path.suffix[1:], "", descriptor.file_at(path)) for path in paths])
    new = descriptor.licensed(new, {})
    document["resources"] = [new if r["name"] == name else r for r in document["resources"]]
    (folder / "datapackage.json").write_bytes(descriptor.to_bytes(document))
    for path, content in companions(document).items():
        (folder / path).write_bytes(content)


def test_derived_tables_follow_the_relational_ones(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "all")
    rows = pq.read_table(sound / "analysis-ready/observations_flat.parquet").to_pylist()
    folder = tmp_path / "all/analysis-ready"
    rows[0]["indicator_en"] = "Something else"
    rewritten(folder, "observations_flat", to_arrow("observations_flat", rows))
    assert [violation.rule for violation in check_package(tmp_path / "all")] == ["derived"]


def test_no_packages(tmp_path):
    with pytest.raises(BaogaoError, match="no data packages here"):
        check_package(tmp_path)


def test_a_failed_check_says_rule_table_row_and_place(copy, sources):
    arrow = broken([("numerals", 1, {"text": "7.7"})])
    rewritten(copy, "numerals", arrow["numerals"])
    with pytest.raises(CheckError) as caught:
        raise_for(copy, sources)
    assert "provenance: numerals, row 2 (2018.txt:30-33): text is '7.7', the source has '7.6'" in str(caught.value)
    assert all(isinstance(violation, Violation) for violation in caught.value.violations)


def test_a_row_is_that_of_the_file_whatever_its_order(sources, monkeypatch):
    monkeypatch.setattr(keys, "constraints", lambda name, table, files: [])
    tables = sample_package.tables()
    for name in ("observations", "numerals", "reports"):
        tables[name].reverse()
    wrong = tables["observations"][1]
    wrong["amount"] = 1.0
    found = check_tables("work-reports", {name: to_arrow(name, rows) for name, rows in tables.items()}, sources)
    assert [(one.rule, one.table, one.row) for one in found if one.rule == "amount"] == [("amount", "observations", 2)]
    assert str(wrong["start"]) in found[0].place


def test_a_schema_is_validated_once_and_what_is_published_is_read(copy, monkeypatch):
    from frictionless import Schema

    document = json.loads((copy / "datapackage.json").read_bytes())
    kept = [resource for resource in document["resources"] if resource["name"] in ("reports", "units", "findings")]
    (copy / "datapackage.json").write_text(json.dumps({**document, "resources": kept}), encoding="utf-8")
    validate, seen = Schema.metadata_validate.__func__, []

    def counted(cls, given, **options):
        seen.append(len(given["fields"]))
        return validate(cls, given, **options)

    monkeypatch.setattr(Schema, "metadata_validate", classmethod(counted))
    assert standard.check_files(copy.parent, lambda step, done, total: None) == []
    assert len(seen) == len(kept)

    head, *rows = (copy / "units.csv").read_text(encoding="utf-8").splitlines()
    (copy / "units.csv").write_text("\n".join([head.replace("factor", "times"), *rows]), encoding="utf-8")
    (copy / "reports.csv").write_bytes(b"")
    found = standard.check_files(copy.parent, lambda step, done, total: None)
    assert {(violation.table, violation.message.split(":")[1].strip()) for violation in found} == {
        ("units", "incorrect-label"),
        ("reports", "source-error"),
    }
