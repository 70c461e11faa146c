"""Packages open in the tools that people have: each table once, with its types, without a warning.

A test names its tool and what it does with it; `make interop` makes a table of that for the page on reuse.
"""

from __future__ import annotations

import datetime
import functools
import http.server
import json
import logging
import math
import shutil
import sqlite3
import subprocess
import threading
import warnings
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import schema
from pipeline.publish.descriptor import files

PACKAGES = tuple(schema.packages())
# Deprecations inside a tool are its own affair.
OWN = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in OWN:
            warnings.simplefilter("ignore", kind)
        yield


@pytest.fixture
def address(packages: Path):
    """The packages at an address of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(packages))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def stored(packages: Path, package: str, name: str):
    return pq.read_table(packages / package / f"{name}.parquet")


def published(source: str, packages: Path, package: str, folder: Path) -> None:
    """Let frictionless publish a package to a database, and count its rows."""
    from frictionless import Package

    Package(source).publish(f"sqlite:///{(folder / 'x.db').as_posix()}")
    with closing(sqlite3.connect(folder / "x.db")) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        assert sorted(tables) == sorted(schema.package_tables(package))
        for name in tables:
            [(count,)] = database.execute(f'select count(*) from "{name}"')
            assert count == stored(packages, package, name).num_rows


@pytest.mark.tool("frictionless", "publish to SQLite")
@pytest.mark.parametrize("package", PACKAGES)
def test_frictionless_publishes_to_sqlite(packages: Path, package: str, tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    published(str(packages / package / "datapackage.json"), packages, package, tmp_path)


@pytest.mark.tool("frictionless", "publish to SQLite from an address")
@pytest.mark.parametrize("package", PACKAGES)
def test_frictionless_publishes_from_an_address(packages: Path, address: str, package: str, tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    published(f"{address}/{package}/datapackage.json", packages, package, tmp_path)


@pytest.mark.tool("frictionless", "read and validate from an address, schemas by reference")
def test_frictionless_reads_from_an_address(packages: Path, address: str) -> None:
    from frictionless import Package

    read = Package(f"{address}/work-reports/datapackage.json").get_resource("places")
    assert tuple(read.schema.field_names) == schema.columns("places")
    assert read.schema.get_field("level").constraints["enum"]
    assert [row.to_dict() for row in read.read_rows()] == stored(packages, "work-reports", "places").to_pylist()
    assert read.validate().valid


def on_the_command_line(*arguments: str) -> dict[str, object]:
    """What a command of frictionless prints as JSON."""
    from frictionless.console import console
    from typer.testing import CliRunner

    done = CliRunner().invoke(console, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def described_and_extracted(source: str, packages: Path) -> None:
    told = on_the_command_line("describe", source)
    tables = [each["name"] for each in told["resources"] if each.get("schema")]
    assert tables == list(schema.package_tables("work-reports"))
    rows = on_the_command_line("extract", source, "--name", "places")["places"]
    assert len(rows) == stored(packages, "work-reports", "places").num_rows


@pytest.mark.tool("frictionless", "validate, every table on the command line")
@pytest.mark.parametrize("package", PACKAGES)
def test_frictionless_validates(packages: Path, package: str) -> None:
    report = on_the_command_line("validate", str(packages / package / "datapackage.json"))
    assert report["valid"]
    assert [task["name"] for task in report["tasks"]] == list(schema.package_tables(package))
    assert (report["stats"]["errors"], report["stats"]["warnings"]) == (0, 0)


@pytest.mark.tool("frictionless", "describe and extract on the command line")
def test_frictionless_describes_and_extracts_by_command(packages: Path) -> None:
    described_and_extracted(str(packages / "work-reports/datapackage.json"), packages)


@pytest.mark.tool("frictionless", "describe and extract from an address")
def test_frictionless_describes_and_extracts_from_an_address(packages: Path, address: str) -> None:
    described_and_extracted(f"{address}/work-reports/datapackage.json", packages)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_table_is_a_resource_once(packages: Path, package: str) -> None:
    document = json.loads((packages / package / "datapackage.json").read_bytes())
    tables = [resource for resource in document["resources"] if resource["name"] != "texts"]
    assert [resource["name"] for resource in tables] == list(schema.package_tables(package))
    forms = ("csv", "parquet", *schema.package(package).also)
    for resource, name in zip(tables, schema.package_tables(package), strict=True):
        assert [file["path"] for file in (resource, *resource["alternates"])] == [f"{name}.{form}" for form in forms]
    for file in files({"resources": tables}):
        assert (packages / package / file["path"]).stat().st_size == file["bytes"]


@pytest.mark.tool("polars", "read CSV, types by all rows")
@pytest.mark.parametrize("package", PACKAGES)
def test_polars_reads_csv(packages: Path, package: str) -> None:
    polars = pytest.importorskip("polars")
    for name in schema.package_tables(package):
        # By default the first hundred rows decide, which may be whole numbers only.
        frame = polars.read_csv(packages / package / f"{name}.csv", infer_schema_length=None)
        rows = stored(packages, package, name)
        assert frame.shape == rows.shape
        for column in {"report_date", "reference_start", "reference_end"} & set(frame.columns):
            assert frame[column].str.to_date().to_list() == rows[column].to_pylist(), (name, column)


@pytest.mark.tool("polars", "read Parquet")
@pytest.mark.parametrize("package", PACKAGES)
def test_polars_reads_parquet(packages: Path, package: str) -> None:
    polars = pytest.importorskip("polars")
    for name in schema.package_tables(package):
        frame = polars.read_parquet(packages / package / f"{name}.parquet")
        assert frame.to_dicts() == stored(packages, package, name).to_pylist()


@pytest.mark.tool("duckdb", "read CSV without options")
@pytest.mark.parametrize("package", PACKAGES)
def test_duckdb_reads_csv_without_options(packages: Path, package: str) -> None:
    import duckdb

    for name in schema.package_tables(package):
        path = (packages / package / f"{name}.csv").as_posix()
        [(count,)] = duckdb.sql(f"select count(*) from '{path}'").fetchall()
        assert count == stored(packages, package, name).num_rows


@pytest.mark.tool("duckdb", "read Parquet")
@pytest.mark.parametrize("package", PACKAGES)
def test_duckdb_reads_parquet(packages: Path, package: str) -> None:
    import duckdb

    kinds = {"string": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}
    for name in schema.package_tables(package):
        found = duckdb.sql(f"describe select * from '{(packages / package / f'{name}.parquet').as_posix()}'").fetchall()
        assert [row[1] for row in found] == [kinds[column.type] for column in schema.table(name).columns]


@pytest.mark.tool("pandas", "read CSV without options")
@pytest.mark.parametrize("package", PACKAGES)
def test_pandas_reads_csv_without_options(packages: Path, package: str) -> None:
    import pandas as pd

    for name in schema.package_tables(package):
        dates = [column.name for column in schema.table(name).columns if column.type == "date"]
        frame = pd.read_csv(packages / package / f"{name}.csv", parse_dates=dates)
        rows = stored(packages, package, name)
        assert frame.shape == rows.shape
        for column in dates:
            assert frame[column].notna().sum() == rows.num_rows - rows[column].null_count, (name, column)


@pytest.mark.tool("pandas", "read Parquet")
@pytest.mark.parametrize("package", PACKAGES)
def test_pandas_reads_parquet(packages: Path, package: str) -> None:
    import pandas as pd

    for name in schema.package_tables(package):
        frame = pd.read_parquet(packages / package / f"{name}.parquet")
        wrong = [
            column.name
            for column in schema.table(name).columns
            if (column.type == "number") != (frame[column.name].dtype == "float64")
        ]
        assert not wrong, name


@pytest.mark.tool("openpyxl", "read the Excel files, cell by cell")
def test_openpyxl_reads_the_same_cells(packages: Path) -> None:
    from openpyxl import load_workbook

    name = "headline_panel"
    sheet = load_workbook(packages / "analysis-ready" / f"{name}.xlsx", read_only=True)["data"]
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading == schema.columns(name)
    expected = [tuple(row.values()) for row in stored(packages, "analysis-ready", name).to_pylist()]
    assert [tuple(map(as_cell, row)) for row in rows] == [tuple(map(as_cell, row)) for row in expected]


def as_cell(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value.date()
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.tool("pandas", "read the Stata files")
@pytest.mark.parametrize("name", schema.package_tables("analysis-ready"))
def test_stata_files_hold_the_same(packages: Path, name: str) -> None:
    import pandas as pd

    frame = pd.read_stata(packages / "analysis-ready" / f"{name}.dta")
    rows = stored(packages, "analysis-ready", name)
    assert frame.shape == rows.shape
    for column in schema.table(name).columns:
        expected = rows[column.name].to_pylist()
        if column.type == "string":
            found = ["" if isinstance(value, float) else str(value) for value in frame[column.name]]
            assert found == ["" if value is None else value for value in expected], column.name
        elif column.type == "number":
            found = [None if math.isnan(value) else value for value in frame[column.name]]
            assert found == expected, column.name


@pytest.mark.tool("pyreadstat", "read the Stata files by ReadStat, with the labels of columns and codes")
@pytest.mark.parametrize("name", schema.package_tables("analysis-ready"))
def test_readstat_reads_the_stata_files(packages: Path, name: str) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    frame, about = pyreadstat.read_dta(packages / "analysis-ready" / f"{name}.dta")
    rows = stored(packages, "analysis-ready", name)
    assert frame.shape == rows.shape
    assert all(about.column_labels)
    for column in schema.table(name).columns:
        if column.type == "number":
            found = [None if math.isnan(value) else value for value in frame[column.name]]
            assert found == rows[column.name].to_pylist(), column.name
    for column, labels in about.variable_value_labels.items():
        found = [None if math.isnan(number) else labels[number] for number in frame[column]]
        assert found == rows[column].to_pylist(), column


@pytest.mark.tool("dplib-py", "read, and turn into DCAT and CKAN")
@pytest.mark.parametrize("package", PACKAGES)
def test_dplib_turns_it_into_dcat(packages: Path, package: str) -> None:
    warnings.simplefilter("ignore", UserWarning)  # dplib shadows a name of its own base class
    pytest.importorskip("dplib")
    pytest.importorskip("rdflib")
    from dplib.models import Package
    from dplib.plugins.ckan.models import CkanPackage
    from dplib.plugins.dcat.models import DcatPackage

    read = Package.from_path(str(packages / package / "datapackage.json"))
    text = DcatPackage.from_dp(read).to_text(format="turtle")
    assert f"<{read.id}> a dcat:Dataset" in text
    assert "dct:title" in text
    assert CkanPackage.from_dp(read).title == read.title


@pytest.mark.tool("mlcroissant", "load croissant.json without an issue, and read records")
@pytest.mark.parametrize("package", PACKAGES)
def test_croissant_is_valid_and_gives_rows(packages: Path, package: str, caplog: pytest.LogCaptureFixture) -> None:
    croissant = pytest.importorskip("mlcroissant")
    caplog.set_level(logging.WARNING)
    dataset = croissant.Dataset(str(packages / package / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    name = {"work-reports": "reports"}.get(package, "headline_panel")
    records = list(dataset.records(name))
    rows = stored(packages, package, name)
    key = schema.table(name).primary_key[0]
    assert [row[f"{name}/{key}"].decode() for row in records] == rows[key].to_pylist()


@pytest.mark.tool("check-datapackage", "--strict, without an issue")
@pytest.mark.parametrize("package", PACKAGES)
def test_check_datapackage_finds_nothing(packages: Path, package: str) -> None:
    # It needs Python 3.12, so it may be a program of another environment.
    program = shutil.which("check-datapackage")
    if not program:
        pytest.skip("check-datapackage is not installed")
    command = [program, "check", str(packages / package / "datapackage.json"), "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def exported(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the published packages."""
    from pipeline.publish.sqlite import export

    path = tmp_path_factory.mktemp("exported") / "x.db"
    export(packages, path)
    return path


@pytest.mark.tool("sqlite3", "query the database of `baogao export sqlite`")
def test_sqlite_answers_a_question(exported: Path) -> None:
    with closing(sqlite3.connect(exported)) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []
        assert database.execute("select count(*) from panel where target_low is not null").fetchone()[0]


@pytest.mark.tool("datasette", "show that database with what its columns mean")
def test_datasette_shows_the_database(exported: Path) -> None:
    app = pytest.importorskip("datasette.app")
    import asyncio

    metadata = json.loads(exported.with_name("x.metadata.json").read_text(encoding="utf-8"))
    served = app.Datasette([str(exported)], metadata=metadata)
    page = asyncio.run(served.client.get("/x/labels.json?_shape=array&code=at_least&table_name=observations")).json()
    assert [(row["column_name"], row["label_en"], row["label_zh"]) for row in page] == [("bound", "at least", "以上")]


def in_r(library: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What R prints; a warning is an error."""
    rscript = shutil.which("Rscript")
    if not rscript:
        pytest.skip("R is not installed")
    monkeypatch.chdir(folder)
    code = f"options(warn = 2)\n{code}"
    done = subprocess.run([rscript, "-e", code], capture_output=True, text=True, check=False)
    if "there is no package" in done.stderr:
        pytest.skip(f"{library} is not installed")
    assert done.returncode == 0, done.stderr
    return done.stdout


def shapes(packages: Path, names: tuple[str, ...]) -> str:
    return "".join("{1} {0}\n".format(*reversed(stored(packages, "analysis-ready", name).shape)) for name in names)


@pytest.mark.tool("R readr", "run the snippet of this page")
def test_readr_reads_csv(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (packages.parent / "docs/en/reuse.md").read_text(encoding="utf-8")
    snippet = page.split("```r\n")[1].split("```")[0]
    code = f"{snippet}\nstopifnot(nrow(problems(observations)) == 0); cat(nrow(observations))"
    printed = in_r("readr", code, packages.parent, monkeypatch)
    assert printed.endswith(str(stored(packages, "work-reports", "observations").num_rows))


@pytest.mark.tool("R base", "read.csv without options")
def test_r_reads_csv_without_a_library(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = schema.package_tables("analysis-ready")
    code = "".join(f'cat(dim(read.csv("{name}.csv")), "\\n")\n' for name in names)
    printed = in_r("R", code, packages / "analysis-ready", monkeypatch)
    assert printed.replace(" \n", "\n") == shapes(packages, names)


_IN_R = {
    "haven": 'frame <- haven::read_dta("{name}.dta")\n',
    "readxl": 'frame <- readxl::read_excel("{name}.xlsx", sheet = "data", guess_max = 100000)\n',
}
_NUMBERS = {"observations_flat": "value", "headline_panel": "target_low", "promises": "target_value"}


@pytest.mark.parametrize(
    "library",
    [
        pytest.param("haven", marks=pytest.mark.tool("R haven", "read the Stata files")),
        pytest.param("readxl", marks=pytest.mark.tool("R readxl", "read the Excel files")),
    ],
)
def test_r_reads_files_of_stata_and_excel(library: str, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tuple(_NUMBERS)
    code = "".join(
        f'{_IN_R[library].format(name=name)}cat(dim(frame), "\\n")\n'
        f"stopifnot(is.numeric(frame${column}), any(!is.na(frame${column})))\n"
        for name, column in _NUMBERS.items()
    )
    printed = in_r(library, code, packages / "analysis-ready", monkeypatch)
    assert printed.replace(" \n", "\n") == shapes(packages, names)


@pytest.mark.parametrize("name", ["croissant", "dcat"])
def test_snippets_for_catalogues_run(packages: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    pytest.importorskip("mlcroissant" if name == "croissant" else "dplib")
    warnings.simplefilter("ignore", UserWarning)
    page = (packages.parent / "docs/en/reuse.md").read_text(encoding="utf-8")
    code = page.split(f"```{{.python .{name}}}\n")[1].split("```")[0]
    monkeypatch.chdir(packages.parent)
    exec(code, {})
    assert capsys.readouterr().out.strip()
