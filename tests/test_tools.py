"""Packages open in the tools that people have: each table once, with its types."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import schema
from pipeline.publish.descriptor import files

PACKAGES = tuple(schema.packages())


@pytest.mark.parametrize("package", PACKAGES)
def test_frictionless_publishes_to_sqlite(packages: Path, package: str, tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    from frictionless import Package

    Package(str(packages / package / "datapackage.json")).publish(f"sqlite:///{(tmp_path / 'x.db').as_posix()}")
    with closing(sqlite3.connect(tmp_path / "x.db")) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        assert sorted(tables) == sorted(schema.package_tables(package))
        for name in tables:
            [(count,)] = database.execute(f'select count(*) from "{name}"')
            assert count == pq.read_metadata(packages / package / f"{name}.parquet").num_rows


@pytest.mark.parametrize("package", PACKAGES)
def test_every_table_is_a_resource_once(packages: Path, package: str) -> None:
    document = json.loads((packages / package / "datapackage.json").read_bytes())
    assert [resource["name"] for resource in document["resources"]] == list(schema.package_tables(package))
    forms = ("csv", "parquet", *schema.package(package).also)
    for resource, name in zip(document["resources"], schema.package_tables(package), strict=True):
        assert [file["path"] for file in (resource, *resource["alternates"])] == [f"{name}.{form}" for form in forms]
    for file in files(document):
        assert (packages / package / file["path"]).stat().st_size == file["bytes"]


@pytest.mark.parametrize("package", PACKAGES)
def test_polars_reads_csv_without_options(packages: Path, package: str) -> None:
    polars = pytest.importorskip("polars")
    for name in schema.package_tables(package):
        frame = polars.read_csv(packages / package / f"{name}.csv")
        stored = pq.read_table(packages / package / f"{name}.parquet")
        assert frame.shape == stored.shape
        for column in {"report_date", "reference_start", "reference_end"} & set(frame.columns):
            assert frame[column].str.to_date().to_list() == stored[column].to_pylist(), (name, column)


@pytest.mark.parametrize("package", PACKAGES)
def test_duckdb_reads_csv_without_options(packages: Path, package: str) -> None:
    import duckdb

    for name in schema.package_tables(package):
        path = (packages / package / f"{name}.csv").as_posix()
        [(count,)] = duckdb.sql(f"select count(*) from '{path}'").fetchall()
        assert count == pq.read_metadata(packages / package / f"{name}.parquet").num_rows


@pytest.mark.parametrize("package", PACKAGES)
def test_pandas_reads_csv_without_options(packages: Path, package: str) -> None:
    import pandas as pd

    for name in schema.package_tables(package):
        dates = [column.name for column in schema.table(name).columns if column.type == "date"]
        frame = pd.read_csv(packages / package / f"{name}.csv", parse_dates=dates)
        stored = pq.read_table(packages / package / f"{name}.parquet")
        assert frame.shape == stored.shape
        for column in dates:
            assert frame[column].notna().sum() == stored.num_rows - stored[column].null_count, (name, column)
