"""The dictionary: what the identifiers of the other tables stand for, from what the database has counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.arrow import to_arrow
from pipeline.collection import database as store
from pipeline.meaning.naming.definitions import Use, broader_rows, described, thing_rows
from pipeline.meaning.naming.dictionary import fixed_tables
from pipeline.progress import Tell
from pipeline.rows import RELATIONAL, Row
from pipeline.run.jobs import Run, each
from pipeline.run.parts import columns, tables
from pipeline.schema import of_reports, package_tables

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Indicators = list[tuple[str, dict[Use, int]]]
# They have a further column `_ordinal`, the order of publication.
DICTIONARY = tuple(name for name in package_tables(RELATIONAL) if name not in (*of_reports(), "facts", "outcomes"))
# Indicators in one job.
_PIECE = 2_000
_STATED = ("observations", "_phrases")
_USES = """
select indicator_id, coalesce(indicator_text, '') as indicator_text, coalesce(measure, '') as measure,
    coalesce(unit, '') as unit, count(*)::bigint as uses
from ({stated}) group by all order by all
"""


def explain(database: duckdb.DuckDBPyConnection, run: Run, tell: Tell) -> None:
    """Make the tables of the dictionary in the database."""
    for name in DICTIONARY:
        store.create(database, name, to_arrow(name, ()))
        database.execute(f"alter table {name} add column _ordinal bigint")
    with_places = [name for name in (*tables(), "facts") if "place_id" in columns(name)]
    places = _distinct(database, "place_id", with_places)
    units = _distinct(database, "unit", ["observations"])
    agencies = store.rows(database, "select * exclude (_text, _ordinal) from raw.agencies order by _text, _ordinal")
    for name, rows in fixed_tables(places, units, agencies).items():
        _insert(database, name, to_arrow(name, rows), 0)
    stated = " union all ".join(f"select indicator_id, indicator_text, measure, unit from raw.{n}" for n in _STATED)
    stated += " union all select indicator_id, '' as indicator_text, measure, unit from raw.facts"
    uses = store.rows(database, _USES.format(stated=stated))
    for number, found in each(run, _described, _indicators(uses), "Explain", tell):
        for name, table in found.items():
            _insert(database, name, table, number)
    _add_broader(database)


def _add_broader(database: duckdb.DuckDBPyConnection) -> None:
    """Add the broader indicators that were not stated themselves, and the things of all; then order by identifier."""
    facets = "indicator_id, broader_id, thing_id, property, event"
    broader = broader_rows(store.rows(database, f"select {facets} from indicators"))
    _insert(database, "indicators", to_arrow("indicators", broader), 1 << 20)
    database.execute(
        "create or replace table indicators as "
        "select * exclude _ordinal, row_number() over (order by indicator_id) as _ordinal from indicators"
    )
    named = store.rows(database, "select distinct thing_id from indicators where thing_id is not null")
    _insert(database, "things", to_arrow("things", thing_rows(str(row["thing_id"]) for row in named)), 0)


def _distinct(database: duckdb.DuckDBPyConnection, column: str, names: Iterable[str]) -> Iterator[str]:
    query = " union ".join(f"select {column} from raw.{name} where {column} <> ''" for name in names)
    yield from (str(row[column]) for row in store.rows(database, query))


def _insert(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, piece: int) -> None:
    """Add rows with what keeps them in order: pieces come in any order."""
    import pyarrow as pa

    first = piece << 32
    store.insert(
        database, name, rows.append_column("_ordinal", pa.array(range(first, first + rows.num_rows), pa.int64()))
    )


def _indicators(rows: Iterable[Row]) -> Iterator[Indicators]:
    """The indicators by identifier with their uses, many at a time."""
    piece: Indicators = []
    for indicator_id, found in groupby(rows, key=lambda row: str(row["indicator_id"])):
        said = (row for row in found if row["indicator_text"])
        uses = {
            Use(*(str(row[n]) for n in ("indicator_text", "measure", "unit"))): int(str(row["uses"])) for row in said
        }
        piece.append((indicator_id, uses))
        if len(piece) >= _PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _described(indicators: Indicators) -> dict[str, pa.Table]:
    return {name: to_arrow(name, rows) for name, rows in described(indicators).items()}
