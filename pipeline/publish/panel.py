"""The headline panel and the promises of a workspace, some places at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.collection import database as store
from pipeline.progress import Tell
from pipeline.publish.headline import SETS_TARGETS, headline, panels
from pipeline.publish.promises import promises
from pipeline.run.jobs import Run, each, in_order

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Places in one job, and statements that it has in memory; those of a place are in one.
_PLACES = 50
_STATEMENTS = 10_000
_INDICATORS = tuple(entry["indicator"] for entry in headline())
# What is read of each place (`_of`), with the tables that are read before it.
_TOLD = f"select place_id as _of, * from published.reports where kind in {SETS_TARGETS} and place_id is not null"
_READ: Mapping[str, str] = {
    "told": _TOLD,
    **{
        name: f"select _of, one.* from published.{name} one join (select _of, report_id from told) using (report_id)"
        for name in ("report_periods", "qualitative_targets")
    },
    "facts": "select place_id as _of, * from published.facts",
    "figures": "select _of, one.* from published.observations one join (select _of, report_id from told) using (report_id) "
    f"where one.place_id = _of and indicator_id in {_INDICATORS}",
    "outcomes": "select coalesce(target.place_id, fact.place_id) as _of, one.* from published.outcomes one "
    "left join published.observations target on target.observation_id = target_id "
    "left join published.facts fact on fact.fact_id = target_fact",
    "stated": "select place_id as _of, * from published.observations where status = 'target' union all "
    "select _of, one.* from published.observations one "
    "join (select distinct _of, result_id as observation_id from outcomes) using (observation_id) where status <> 'target'",
    "reports": "select _of, one.* from published.reports one join "
    "(select _of, report_id from stated union select _of, report_id from told) using (report_id)",
}
# The places, and how many statements there are of each.
_KNOWN = """
select _of, sum(statements)::bigint as statements from (
    select place_id as _of, 0 as statements from published.reports union all select _of, 0 from facts
    union all select _of, 1 from stated union all select _of, 1 from figures
) where _of is not null group by all order by all
"""
_IN_ORDER = """
select {columns} from read_parquet({files}) one
left join published.observations target on target.observation_id = target_observation
left join published.facts fact on fact.fact_id = target_fact
order by target._text nulls last, target._ordinal, fact._text, fact._ordinal
"""


@dataclass(frozen=True, slots=True)
class _Places:
    """Some places, the file of the workspace, and the folder with what is read of each place."""

    places: list[str]
    path: Path
    folder: Path


def panels_of(path: Path, run: Run, tell: Tell) -> Iterator[tuple[str, pa.Table]]:
    """Rows of the panel, of its wide twin and of the promises of the workspace at `path`, in the order of each table.

    The first two are by place, promises in the order of the targets, those of facts last.
    """
    import pyarrow.parquet as pq

    with TemporaryDirectory(prefix="panel-", dir=path.parent) as name:
        folder = Path(name)
        jobs = [_Places(places, path, folder) for places in _prepared(path, folder)]
        kept = folder / "promises"
        target = schema.arrow_schema("promises")
        with pq.ParquetWriter(kept, target) as made:
            for found in in_order(each(run, _panels, jobs, "Panel", tell, len(jobs))):
                made.write_table(found.pop("promises"))
                yield from found.items()
        chosen = ", ".join(f"one.{column}" for column in target.names)
        query = _IN_ORDER.format(columns=chosen, files=store.files([kept]))
        with store.opened(path, read_only=True) as database:
            for rows in store.batches(database, query, target):
                yield "promises", rows


def _prepared(path: Path, folder: Path) -> list[list[str]]:
    """Put what is read of each place beside each other, in files; the places, several at a time."""
    with store.opened(path, read_only=True) as database:
        for name, query in _READ.items():
            file = folder / f"{name}.parquet"
            database.execute(
                f"copy ({query} order by _of, _text, _ordinal) to {store.literal(file)} (row_group_size 4096)"
            )
            database.execute(f"create temp view {name} as from read_parquet({store.files([file])})")
        # Not by a cursor, which would not see the views.
        return list(_together(database.execute(_KNOWN).fetchall()))


def _together(known: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    places: list[str] = []
    size = 0
    for place, more in known:
        if places and (len(places) >= _PLACES or size + more > _STATEMENTS):
            yield places
            places, size = [], 0
        places.append(place)
        size += more
    if places:
        yield places


def _panels(job: _Places) -> dict[str, pa.Table]:
    # They follow one another, so that most of a file need not be read.
    within = f"_of between {store.literal(job.places[0])} and {store.literal(job.places[-1])}"

    def read(name: str) -> str:
        return f"read_parquet({store.files([job.folder / f'{name}.parquet'])}) where {within}"

    shared = {
        **{name: read(name) for name in ("report_periods", "qualitative_targets", "facts")},
        "places": f"published.places where place_id in {store.literal(job.places)}",
    }
    named = "published.indicators where indicator_id in"
    of_panel = {
        **shared,
        "reports": read("told"),
        "observations": read("figures"),
        "indicators": f"{named} {_INDICATORS}",
    }
    of_promises = {
        **shared,
        "reports": read("reports"),
        "observations": read("stated"),
        "outcomes": read("outcomes"),
        "indicators": f"{named} (select indicator_id from {read('stated')} union all select indicator_id from {read('facts')})",
    }
    with store.opened(job.path, read_only=True) as database:
        return {
            **panels(_tables(database, of_panel)),
            "promises": to_arrow("promises", promises(_tables(database, of_promises))),
        }


def _tables(database: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> dict[str, pa.Table]:
    return {
        name: store.table(
            database,
            f"select {', '.join(schema.columns(name))} from {source} order by _text, _ordinal",
            schema.arrow_schema(name),
        )
        for name, source in sources.items()
    }
