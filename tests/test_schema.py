"""The schemas: complete, sound, and the same for Arrow and pandera."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import schema
from pipeline.knowledge import catalogue

ALL = [name for package in schema.all_packages() for name in schema.package_tables(package)]


def test_every_schema_file_is_published_once():
    files = {path.stem for path in (Path(__file__).parent.parent / "schemas").glob("*.json")}
    assert files == set(ALL)
    assert len(ALL) == len(set(ALL))


@pytest.mark.parametrize("name", ALL)
def test_declaration(name):
    table = schema.table(name)
    assert table.name == name
    assert all((table.title, table.title_zh, table.description, table.description_zh))
    columns = schema.columns(name)
    assert len(set(columns)) == len(columns)
    for column in table.columns:
        assert all((column.title, column.title_zh, column.description, column.description_zh)), column.name
        assert column.type in ("string", "number", "integer", "boolean", "date")
        assert re.fullmatch("[a-z][a-z0-9_]*", column.name)
        assert re.search("[一-鿿]|SHA", column.title_zh)
        # frictionless reads a missing integer or boolean of a Parquet file as not-a-number, so there are none.
        if column.type in ("integer", "boolean"):
            assert column.required, column.name
        if "pattern" in column.constraints:
            re.compile(column.constraints["pattern"])
    assert set(table.primary_key) <= set(columns)
    assert all(column.required for column in table.columns if column.name in table.primary_key)


@pytest.mark.parametrize("package", schema.all_packages())
def test_foreign_keys_stay_in_their_package_and_point_at_keys(package):
    tables = schema.package_tables(package)
    for name in tables:
        for key in schema.table(name).foreign_keys:
            assert key.table in tables
            assert key.other_columns == schema.table(key.table).primary_key
            types = {column.name: column.type for column in schema.table(name).columns}
            others = {column.name: column.type for column in schema.table(key.table).columns}
            assert [types[c] for c in key.columns] == [others[c] for c in key.other_columns]


@pytest.mark.parametrize("name", ALL)
def test_frictionless_reads_the_schema(name):
    from frictionless import Schema

    read = Schema.from_descriptor(json.loads(json.dumps(dict(schema.table(name).descriptor))))
    assert tuple(field.name for field in read.fields) == schema.columns(name)


@pytest.mark.parametrize("name", ALL)
def test_arrow_and_pandera_have_the_columns(name):
    assert tuple(schema.arrow_schema(name).names) == schema.columns(name)
    assert tuple(schema.pandera_schema(name).columns) == schema.columns(name)


@pytest.mark.parametrize(
    ("period", "valid"),
    [
        ("2021", True),
        ("2021-H1", True),
        ("2021-Q3", True),
        ("2018-03", True),
        ("2020-02-15", True),
        ("2017/2021", True),
        ("2021-01/2021-09", True),
        ("21", False),
        ("2021-H3", False),
        ("2021/", False),
        ("2021\n", False),
    ],
)
def test_periods(period, valid):
    column = next(c for c in schema.table("observations").columns if c.name == "period")
    assert bool(re.fullmatch(column.constraints["pattern"], period)) == valid


def test_wide_panel_has_the_columns_of_the_headline_indicators():
    entries = catalogue("headline")["indicators"]
    parts = [f"{part}_{end}" for part in ("target", "stretch", "result", "later") for end in ("low", "high", "bound")]
    expected = {
        f"{entry['column']}_{part}" for entry in entries for part in ("target_answer", "relation", "stated_in", *parts)
    }
    columns = set(schema.columns("headline_panel_wide"))
    common = {"place_id", "place_zh", "place_en", "place_level", "year", "target_report", "result_report"}
    assert columns == expected | common
    assert max(map(len, columns)) <= 32  # Stata's limit


def test_schemas_of_a_wheel(tmp_path, monkeypatch):
    target = tmp_path / "_schemas"
    target.mkdir()
    (target / "topics.json").write_bytes((Path(__file__).parent.parent / "schemas/topics.json").read_bytes())
    monkeypatch.setattr(schema, "_FOLDERS", (target, tmp_path / "schemas"))
    schema.table.cache_clear()
    assert schema.columns("topics")[0] == "topic_id"
    schema.table.cache_clear()


def test_importing_is_cheap():
    code = "import sys, pipeline.schema, pipeline.publish, pipeline.check; print([m for m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("pandas", "pandera", "pyarrow", "frictionless", "openpyxl"):
        assert f"'{heavy}'" not in loaded
