"""The dictionary of a large collection: what its identifiers stand for, from what the database has counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.collection import database as store
from pipeline.collection.large.jobs import Run, each
from pipeline.meaning.naming.definitions import Use, broader_rows, described, redirect_rows, thing_rows
from pipeline.meaning.naming.dictionary import agencies, places, topics, unit_rows
from pipeline.progress import Tell
from pipeline.publish.arrow import to_arrow
from pipeline.rows import Row

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Indicators = list[tuple[str, dict[Use, int]]]
# They have a further column `ordinal`, the order of publication.
DICTIONARY = (
    "places",
    "topics",
    "units",
    "base_units",
    "things",
    "indicators",
    "indicator_aliases",
    "indicator_codes",
    "indicator_redirects",
    "agencies",
)
# Indicators in one job.
_PIECE = 2_000
_USES = """
select indicator_id, indicator_text, measure, unit, sum(uses)::bigint as uses from uses
group by all order by all
"""


def explain(database: duckdb.DuckDBPyConnection, run: Run, tell: Tell) -> None:
    """Make the tables of the dictionary in the database."""
    for name in DICTIONARY:
        database.register("_rows", to_arrow(name, ()))
        database.execute(f"create table {name} as select *, 0::bigint as ordinal from _rows")
        database.unregister("_rows")
    named = store.rows(database, "select * exclude text from agencies_named order by text")
    used = (str(row["place_id"]) for row in store.rows(database, "select distinct place_id from places_used"))
    units = (str(row["unit"]) for row in store.rows(database, "select distinct unit from uses where unit <> ''"))
    for name, rows in (
        ("agencies", agencies(named)),
        ("places", places(used)),
        ("topics", topics()),
        *unit_rows(units).items(),
        ("indicator_redirects", redirect_rows()),
    ):
        _insert(database, name, to_arrow(name, rows), 0)
    for number, tables in each(run, _described, _indicators(store.rows(database, _USES)), "Explain", tell):
        for name, table in tables.items():
            _insert(database, name, table, number)
    _add_broader(database)


def _add_broader(database: duckdb.DuckDBPyConnection) -> None:
    """Add the broader indicators that were not stated themselves, and the things of all; then order by identifier."""
    facets = "indicator_id, broader_id, thing_id, property, event"
    broader = broader_rows(store.rows(database, f"select {facets} from indicators"))
    _insert(database, "indicators", to_arrow("indicators", broader), 1 << 20)
    database.execute(
        "create or replace table indicators as select * exclude ordinal, row_number() over (order by indicator_id) as ordinal from indicators"
    )
    named = store.rows(database, "select distinct thing_id from indicators where thing_id is not null")
    _insert(database, "things", to_arrow("things", thing_rows(str(row["thing_id"]) for row in named)), 0)


def _insert(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, piece: int) -> None:
    """Add rows with what keeps them in order: pieces come in any order."""
    import pyarrow as pa

    first = piece << 32
    store.insert(
        database, name, rows.append_column("ordinal", pa.array(range(first, first + rows.num_rows), pa.int64()))
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
