"""The database: what it holds, and that other programs show it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pyarrow.parquet as pq
import pytest
import sample_package
from click.testing import CliRunner

from pipeline import schema
from pipeline.cli import main
from pipeline.publish.packages import write_packages
from pipeline.publish.sqlite import export


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sqlite")
    write_packages(sample_package.tables(), folder / "packages")
    return folder / "packages"


@pytest.fixture(scope="module")
def made(built):
    result = CliRunner().invoke(
        main, ["export", "sqlite", "--datapackages", str(built), "--output", str(built.parent / "x.db")]
    )
    assert result.exit_code == 0, result.output
    return built.parent / "x.db"


def test_all_rows_with_their_keys(built, made):
    with closing(sqlite3.connect(made)) as database:
        for package in schema.packages():
            for name in schema.package_tables(package):
                rows = database.execute(f"select * from {name}")
                assert tuple(column[0] for column in rows.description) == schema.columns(name)
                assert len(rows.fetchall()) == pq.read_metadata(built / package / f"{name}.parquet").num_rows
        keys = {(key[3], key[2]) for key in database.execute("pragma foreign_key_list(observations)")}
        assert {("report_id", "reports"), ("indicator_id", "indicators")} <= keys
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_views_and_labels(built, made):
    with closing(sqlite3.connect(made)) as database:
        dates = database.execute("select distinct report_date from observations_flat order by 1").fetchall()
        assert dates == [("2018-01-10",), ("2019-01-10",)]
        assert database.execute("select count(*) from panel where target_low is not null").fetchone()[0] > 0
        label = "select label_en, label_zh from labels where table_name = ? and column_name = ? and code = ?"
        assert database.execute(label, ("observations", "bound", "at_least")).fetchall() == [("at least", "以上")]
        assert database.execute(label, ("headline_panel", "target_bound", "at_least")).fetchall() == [
            ("at least", "以上")
        ]
        assert database.execute(label, ("numerals", "kind", "time")).fetchall() == [("Time", "时间")]


def test_the_same_packages_give_the_same_database(built, made):
    export(built, built.parent / "again.db")
    assert (built.parent / "again.db").read_bytes() == made.read_bytes()


def test_datasette_shows_what_columns_mean(made):
    app = pytest.importorskip("datasette.app")
    import asyncio

    metadata = json.loads(made.with_name("x.metadata.json").read_text(encoding="utf-8"))
    served = app.Datasette([str(made)], metadata=metadata)
    page = asyncio.run(served.client.get("/x/observations")).text
    assert schema.table("observations").description in page
    assert "Creative Commons" in page


def test_packages_that_are_missing(tmp_path):
    result = CliRunner().invoke(main, ["export", "sqlite", "--datapackages", str(tmp_path)])
    assert result.exit_code == 1
    assert "Make it first: baogao build" in result.output
