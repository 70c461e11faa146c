"""From the rows of every report into the database: what has to be looked at together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.collection import database as store
from pipeline.collection.findings.rules.growth_against_levels import grows
from pipeline.collection.fingerprints import TABLE
from pipeline.collection.index import INDEXED, Index, rows_of_text
from pipeline.collection.large.texts import Entry
from pipeline.collection.outcomes import can_be_paired
from pipeline.collection.repeated import meanings, unique_prints
from pipeline.documents.profiles import is_read
from pipeline.rows import Row, Rows
from pipeline.run.parts import Parts

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# What two statements of a figure are compared by, in the words of the table `observations`.
_WORDS = (
    *("observation_id", "report_id", "indicator_id", "indicator_text", "subject", "place_id", "measure", "unit"),
    *("bound", "status", "modality", "comparison", "reference", "basis", "period", "period_end", "base_unit", "quote"),
)
_NUMBERS = ("value", "value_max", "low", "high", "amount")
_PLACES = ("start", "stop", "quote_start")
_WHOLE = ("text", "ordinal", "uses", *_PLACES)
_USES = ("indicator_id", "indicator_text", "measure", "unit")
_AGENCY = ("agency_id", "name_zh", "name_en", "place_id")

_COLUMNS = {
    "statements": ("text", "ordinal", *_PLACES, *_WORDS, *_NUMBERS),
    "uses": ("text", "uses", *_USES),
    "places_used": ("text", "place_id"),
    "agencies_named": ("text", *_AGENCY),
}
TABLES = tuple(_COLUMNS)
# Files whose rows go into the database at once.
_FILES = 64


@dataclass(frozen=True, slots=True)
class File:
    """A piece of a source, both by their numbers, and the part that has its rows."""

    number: int
    piece: int
    key: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Gathered:
    """Of the reports of a piece: a line for each, and rows for the database by table."""

    entries: list[Entry]
    tables: dict[str, pa.Table]


def gather(file: File) -> Gathered:
    """What the database has to know of the reports of a piece."""
    import pyarrow as pa

    entries = []
    found: dict[str, list[pa.Table]] = defaultdict(list)
    for number, tables in enumerate(file.parts.read(file.key)):
        entry = _entry(file, number, tables)
        entries.append(entry)
        observations = tables.get("observations", [])
        if is_read(entry.kind):
            hashes, said = unique_prints(tables[TABLE][0]), meanings(observations)
            for name, table in rows_of_text(entry.text, hashes, said).items():
                found[name].append(table)
        agencies = [{name: row.get(name) for name in _AGENCY} for row in tables.get("agencies", ())]
        for name, rows in (
            ("statements", _statements(observations)),
            ("uses", _uses(tables)),
            ("places_used", _places(tables)),
            ("agencies_named", agencies),
        ):
            found[name].append(_arrow(name, [{"text": entry.text, **row} for row in rows]))
    return Gathered(entries, {name: pa.concat_tables(pieces) for name, pieces in found.items()})


def _entry(file: File, number: int, tables: Rows) -> Entry:
    [report] = tables["reports"]
    prints = tables.get(TABLE)
    texts = ("report_id", "kind", "place_id", "source_file", "date", "published")
    return Entry(
        file=file.number,
        piece=file.piece,
        key=file.key,
        number=number,
        start=_int(report["start"]),
        stop=_int(report["stop"]),
        complete=bool(report["complete"]),
        characters=_int(prints[0]["characters"] if prints else report["characters"]),
        **{name: str(report[name] or "") for name in texts},
    )


def _int(value: Any) -> int:
    return int(value)


def _statements(observations: Iterable[Row]) -> list[Row]:
    """The observations that can be compared with those of other reports; the sentence only where it is quoted."""
    found = []
    for ordinal, row in enumerate(observations):
        growing = grows(row)
        if growing or can_be_paired(row):
            words = {name: str(row.get(name) or "") for name in _WORDS if name != "quote" or growing}
            numbers = {name: str(row[name]) for name in _NUMBERS if row.get(name) is not None}
            found.append({"ordinal": ordinal, **words, **numbers, **{name: row[name] for name in _PLACES}})
    return found


def _uses(tables: Rows) -> list[Row]:
    """How often the report states an indicator in the same words."""
    rows = (row for name in ("observations", "_phrases") for row in tables.get(name, ()))
    counted = Counter(tuple(str(row.get(name) or "") for name in _USES) for row in rows)
    return [{**dict(zip(_USES, use, strict=True)), "uses": count} for use, count in counted.items()]


def _places(tables: Rows) -> list[Row]:
    used = {str(row["place_id"]) for rows in tables.values() for row in rows if row.get("place_id")}
    return [{"place_id": place_id} for place_id in used]


def _arrow(name: str, rows: list[Row]) -> pa.Table:
    import pyarrow as pa

    types = {column: pa.int64() if column in _WHOLE else pa.string() for column in _COLUMNS[name]}
    return pa.table({column: pa.array([row.get(column) for row in rows], kind) for column, kind in types.items()})


def prepared(database: duckdb.DuckDBPyConnection) -> Index:
    """Make the tables in the database; the index of its texts."""
    for name, columns in _COLUMNS.items():
        declared = ", ".join(f"{column} {'bigint' if column in _WHOLE else 'varchar'}" for column in columns)
        database.execute(f"create table {name} ({declared})")
    return Index(database)


def keep(database: duckdb.DuckDBPyConnection, gathered: Iterable[Gathered]) -> Iterator[Entry]:
    """Put what was gathered from files into the database, many files at a time; gives the lines of their reports."""
    waiting: list[Gathered] = []
    for each in gathered:
        yield from each.entries
        waiting.append(each)
        if len(waiting) >= _FILES:
            _insert(database, waiting)
            waiting = []
    _insert(database, waiting)


def _insert(database: duckdb.DuckDBPyConnection, gathered: Sequence[Gathered]) -> None:
    import pyarrow as pa

    for name in (*_COLUMNS, *INDEXED):
        if pieces := [each.tables[name] for each in gathered if name in each.tables]:
            store.insert(database, name, pa.concat_tables(pieces))


def statement(row: Row) -> Row:
    """An observation as it was kept: the columns that `_statements` names."""
    numbers = {name: Decimal(str(row[name])) if row[name] is not None else None for name in _NUMBERS}
    return {**row, **numbers}


def columns() -> Sequence[str]:
    """The columns of the statements that go to those who compare them."""
    return (*_WORDS, *_NUMBERS, *_PLACES)
