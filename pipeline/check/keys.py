"""Checks of the schemas: types, constraints, primary and foreign keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
        schema.pandera_schema(name, arrow=True).validate(frame, lazy=True)
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


def across(database: duckdb.DuckDBPyConnection, names: Collection[str]) -> list[Violation]:
    """Primary keys that repeat, and rows that point at a row that is not there, in these tables of a workspace."""
    found: list[Violation] = []
    for name in names:
        if _any(database, _repeats(name)):
            found += _repeated(database, name, names)
        for key in schema.table(name).foreign_keys:
            if key.table in names and _any(database, _points_nowhere(name, key)):
                found += _dangling(database, name, key, names)
    return found


def _any(database: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Whether a query has rows: asked of the keys alone, since next to none is wrong."""
    [(found,)] = database.execute(f"select exists ({query})").fetchall()
    return bool(found)


def _repeats(name: str) -> str:
    columns = ", ".join(schema.table(name).primary_key)
    return f"select 1 from published.{name} group by {columns} having count(*) > 1"


def _points_nowhere(name: str, key: schema.ForeignKey, rows: str = "", chosen: str = "1") -> str:
    """A query for what is chosen of the rows that point at no row."""
    given = " and ".join(f"one.{column} is not null" for column in key.columns)
    same = " and ".join(f"one.{a} = other.{b}" for a, b in zip(key.columns, key.other_columns, strict=True))
    rows = rows or f"published.{name}"
    return f"select {chosen} from {rows} one anti join published.{key.table} other on {same} where {given}"


def _placed(name: str, names: Collection[str]) -> str:
    """A table with the source file of each row, or an empty text, and where in it the row stands."""
    columns = schema.columns(name)
    where = ", ".join(f"{c} as _{c}" if c in columns else f"null::bigint as _{c}" for c in ("start", "stop"))
    if "source_file" in columns:
        return f"(select *, source_file as _file, {where} from published.{name})"
    if "report_id" in columns and "reports" in names:
        reports = "(select report_id, source_file as _file from published.reports)"
        return f"(select *, {where} from published.{name} left join {reports} using (report_id))"
    return f"(select *, null::varchar as _file, {where} from published.{name})"


def _repeated(database: duckdb.DuckDBPyConnection, name: str, names: Collection[str]) -> Iterator[Violation]:
    keys = schema.table(name).primary_key
    columns = ", ".join(keys)
    query = f"select {columns}, min(_file) as file from {_placed(name, names)} group by {columns} having count(*) > 1"
    for row in store.rows(database, f"{query} order by all limit {_MOST}"):
        values = tuple(row[key] for key in keys)
        message = f"{columns} is {values!r:.120} in several rows"
        yield Violation("primary_key", name, 0, row["file"] or "", message)


def _dangling(
    database: duckdb.DuckDBPyConnection, name: str, key: schema.ForeignKey, names: Collection[str]
) -> Iterator[Violation]:
    query = f"{_points_nowhere(name, key, _placed(name, names), 'one.*')} order by _text, _ordinal limit {_MOST}"
    before = f"select count(*) as rows from published.{name} where (_text, _ordinal) < (?, ?)"
    for row in list(store.rows(database, query)):
        [counted] = store.rows(database, before, row["_text"], row["_ordinal"])
        values = tuple(row[column] for column in key.columns)
        message = f"{', '.join(key.columns)} is {values!r:.120}, which {key.table} does not have"
        place = {"source_file": row["_file"] or "", "start": row["_start"], "stop": row["_stop"]}
        yield Violation("foreign_key", name, counted["rows"] + 1, place_of(place, {}), message)
