"""One SQLite database of both packages: tables with their keys and indexes, and views.

Beside it stands what Datasette shows of its tables and columns. The same packages give the same bytes by the same version
of SQLite.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.errors import BaogaoError
from pipeline.publish.analysis_ready import flat_columns
from pipeline.publish.descriptor import LICENSE, RIGHTS, files
from pipeline.publish.layout import table_of
from pipeline.regular import refuse_irregular
from pipeline.rows import RELATIONAL

# A view here, as it is made from other tables.
_FLAT = "observations_flat"
_BATCH = 20_000
_TYPES = {"string": "text", "number": "real", "integer": "integer", "boolean": "integer", "date": "text"}
_VIEWS = {
    _FLAT: schema.table(_FLAT).description,
    "labels": "The codes of every column that has a list of them, with their labels in both languages.",
    "panel": "Headline indicators of a place and year for which there is a target or a result.",
}
_LABELS = """
create view labels as
select table_name, column_name, code, label_en, label_zh from coded_columns join codes using (code_list)
"""
_PANEL = """
create view panel as
select place_zh, place_en, year, indicator_zh, indicator_en, measure, choice, target_low, target_high, target_bound, target_modality,
    target_stated_in, target_phrase, target_relation, result_low, result_high,
    result_phrase, result_status, base_unit, target_observation, result_observation
from headline_panel
where target_observation is not null or target_relation is not null or result_observation is not null
"""


def export(datapackages: Path, output: Path) -> Path:
    """Write the database `output` from the packages below a folder; gives the path of Datasette's metadata beside it.

    Some thousands of rows are in memory at a time. Raises BaogaoError where a package is missing or has no Parquet files, or the
    database cannot be written.
    """
    stored = {package: _stored(datapackages / package) for package in schema.packages()}
    about = output.with_name(f"{output.stem}.metadata.json")
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=output.parent) as folder:
            made = Path(folder) / "database"
            with closing(sqlite3.connect(made, isolation_level=None)) as database:
                _fill(database, {name: paths for tables in stored.values() for name, paths in tables.items()})
            made.replace(output)
        about.write_text(_metadata(output.stem), encoding="utf-8", newline="\n")
    except (OSError, sqlite3.OperationalError) as error:
        raise BaogaoError(f"{output} cannot be written ({error}). Name another place with --output.") from error
    return about


def _stored(folder: Path) -> dict[str, list[Path]]:
    """The Parquet files of each table of a package."""
    refuse_irregular(folder)
    try:
        document = json.loads((folder / "datapackage.json").read_bytes())
    except OSError as error:
        raise BaogaoError(f"{folder} is not a built package. Make it first: baogao build") from error
    found: dict[str, list[Path]] = {name: [] for name in _tables(folder.name)}
    for file in files(document):
        if file["format"] == "parquet" and table_of(file["path"]) in found:
            found[table_of(file["path"])].append(folder / file["path"])
    if lacking := [name for name, paths in found.items() if not paths]:
        raise BaogaoError(
            f"{folder} has no Parquet files of {', '.join(lacking)}. Build it with all formats: baogao build"
        )
    return found


def _tables(package: str) -> list[str]:
    return [name for name in schema.package_tables(package) if name != _FLAT]


def _fill(database: sqlite3.Connection, stored: Mapping[str, Iterable[Path]]) -> None:
    database.execute("pragma journal_mode = off")
    database.execute("begin")
    for name, paths in stored.items():
        database.execute(_create(name))
        marks = ", ".join("?" * len(schema.columns(name)))
        for rows in _rows(paths):
            database.executemany(f"insert into {name} values ({marks})", rows)
    for name in stored:
        for columns in _indexed(name):
            database.execute(f"create index {name}_{'_'.join(columns)} on {name} ({_listed(columns)})")
    database.execute(
        f"create view {_FLAT} as select {flat_columns()} from observations stated "
        "left join reports report on report.report_id = stated.report_id "
        "left join places place on place.place_id = stated.place_id "
        "left join indicators indicator on indicator.indicator_id = stated.indicator_id"
    )
    database.execute(_PANEL)
    database.execute(_LABELS)
    database.execute("commit")
    database.execute("analyze")


def _create(name: str) -> str:
    declared = schema.table(name)
    lines = [
        f'"{column.name}" {_TYPES[column.type]}{" not null" if column.required else ""}' for column in declared.columns
    ]
    lines.append(f"primary key ({_listed(declared.primary_key)})")
    for key in declared.foreign_keys:
        other = "observations" if key.table == _FLAT else key.table
        lines.append(f"foreign key ({_listed(key.columns)}) references {other} ({_listed(key.other_columns)})")
    return f"create table {name} ({', '.join(lines)})"


def _indexed(name: str) -> Iterator[tuple[str, ...]]:
    """The columns by which a table is joined, but for those that its primary key begins with."""
    declared = schema.table(name)
    for columns in dict.fromkeys(key.columns for key in declared.foreign_keys):
        if declared.primary_key[: len(columns)] != columns:
            yield columns


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _rows(paths: Iterable[Path]) -> Iterator[list[tuple[Any, ...]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in paths:
        with pq.ParquetFile(path) as content:
            for batch in content.iter_batches(_BATCH):
                columns = [
                    (column.cast(pa.string()) if pa.types.is_date(column.type) else column).to_pylist()
                    for column in batch.columns
                ]
                yield list(zip(*columns, strict=True))


def _metadata(database: str) -> str:
    package = schema.package(RELATIONAL)
    tables: dict[str, Any] = {
        name: {
            "title": schema.table(name).title,
            "description": schema.table(name).description,
            "columns": {column.name: column.description for column in schema.table(name).columns},
        }
        for each in schema.packages()
        for name in schema.package_tables(each)
    }
    tables["panel"] = {"title": "Panel", "description": _VIEWS["panel"]}
    tables["labels"] = {"title": "Labels of codes", "description": _VIEWS["labels"]}
    document = {
        "title": package.title,
        "description": f"{package.description} {RIGHTS}",
        "license": LICENSE["title"],
        "license_url": LICENSE["path"],
        "databases": {database: {"tables": tables}},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
