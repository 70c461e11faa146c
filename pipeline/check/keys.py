"""Checks of the schemas: types, constraints, primary and foreign keys."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.check.violation import Violation, place_of
from pipeline.collection import database as store

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Keys of one kind that are named when they are wrong.
_MOST = 20


def constraints(name: str, table: pa.Table, files: Mapping[str, str]) -> list[Violation]:
    """Rows that break a constraint of the table's schema, as pandera finds them."""
    from pandera.errors import SchemaErrors

    if not table.num_rows:
        return []
    frame = schema.frame(table)
    try:
        schema.pandera_schema(name).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        return [
            _violation(name, column, check, value, index, table, files)
            for column, check, value, index in zip(
                cases["column"], cases["check"], cases["failure_case"], cases["index"], strict=True
            )
        ]
    return []


def _violation(
    name: str, column: Any, check: Any, value: Any, index: Any, table: pa.Table, files: Mapping[str, str]
) -> Violation:
    number = int(index) if isinstance(index, int) or str(index).isdigit() else -1
    place = place_of(table.slice(number, 1).to_pylist()[0], files) if number >= 0 else ""
    rule = {"not_nullable": "required", "field_uniqueness": "unique", "multiple_fields_uniqueness": "primary_key"}
    value = value.item() if hasattr(value, "item") else value
    return Violation(rule.get(str(check), str(check)), name, number + 1, place, f"{column} is {value!r:.80}")


def foreign_keys(tables: Mapping[str, pa.Table], files: Mapping[str, str]) -> list[Violation]:
    """Rows that point at a row that is not there."""
    found = []
    targets: dict[tuple[str, tuple[str, ...]], set[tuple[Any, ...]]] = {}
    for name, table in tables.items():
        for key in schema.table(name).foreign_keys:
            if key.table not in tables:
                continue
            target = (key.table, key.other_columns)
            if target not in targets:
                targets[target] = set(_tuples(tables[key.table], key.other_columns))
            for number, values in enumerate(_tuples(table, key.columns)):
                if None not in values and values not in targets[target]:
                    place = place_of(table.slice(number, 1).to_pylist()[0], files)
                    message = f"{', '.join(key.columns)} is {values!r:.120}, which {key.table} does not have"
                    found.append(Violation("foreign_key", name, number + 1, place, message))
    return found


def across(files: Mapping[str, Sequence[Path]]) -> list[Violation]:
    """The same, and primary keys that repeat, for tables that lie in Parquet files, one or several for each table.

    The keys are compared by a database on disk.
    """
    found: list[Violation] = []
    with tempfile.TemporaryDirectory(prefix="baogao-keys-") as folder, store.opened(Path(folder) / "keys") as database:
        for name, paths in files.items():
            source = f"read_parquet({store.literal(paths)})"
            if "source_file" not in schema.columns(name) and "reports" in files and "report_id" in schema.columns(name):
                reports = f"(select report_id, source_file from read_parquet({store.literal(files['reports'])}))"
                source = f"{source} left join {reports} using (report_id)"
            elif "source_file" not in schema.columns(name):
                source = f"(select *, '' as source_file from {source})"
            database.execute(f"create view {name} as select * from {source}")
        for name in files:
            found += _repeated(database, name)
            for key in schema.table(name).foreign_keys:
                if key.table in files:
                    found += _dangling(database, name, key)
    return found


def _repeated(database: duckdb.DuckDBPyConnection, name: str) -> Iterator[Violation]:
    keys = schema.table(name).primary_key
    columns = ", ".join(keys)
    query = f"select {columns}, min(source_file) as file from {name} group by {columns} having count(*) > 1"
    for row in store.rows(database, f"{query} order by all limit {_MOST}"):
        values = tuple(row[key] for key in keys)
        message = f"{columns} is {values!r:.120} in several rows"
        yield Violation("primary_key", name, 0, row["file"] or "", message)


def _dangling(database: duckdb.DuckDBPyConnection, name: str, key: schema.ForeignKey) -> Iterator[Violation]:
    columns, others = ", ".join(key.columns), ", ".join(key.other_columns)
    given = " and ".join(f"{column} is not null" for column in key.columns)
    same = " and ".join(f"one.{a} = other.{b}" for a, b in zip(key.columns, key.other_columns, strict=True))
    query = (
        f"select distinct {columns}, source_file as file from {name} one "
        f"anti join (select {others} from {key.table}) other on {same} where {given} order by all limit {_MOST}"
    )
    for row in store.rows(database, query):
        values = tuple(row[column] for column in key.columns)
        message = f"{columns} is {values!r:.120}, which {key.table} does not have"
        yield Violation("foreign_key", name, 0, row["file"] or "", message)


def _tuples(table: pa.Table, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return list(zip(*(table[column].to_pylist() for column in columns), strict=True))
