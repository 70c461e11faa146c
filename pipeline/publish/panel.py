"""The headline panel and the promises of a workspace, some places at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.collection import database as store
from pipeline.collection import dealt
from pipeline.progress import Tell
from pipeline.publish.headline import SETS_TARGETS, headline, panels
from pipeline.publish.promises import promises
from pipeline.run.jobs import Run, each, in_order

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Places in one job, and statements that it has in memory; those of a place are in one.
_PLACES = 50
_STATEMENTS = 5_000
_INDICATORS = tuple(entry["indicator"] for entry in headline())
# What is read of each place (`_of`), with what is read before it.
_READ: Mapping[str, str] = {
    "told": f"select place_id as _of, * from published.reports where kind in {SETS_TARGETS} and place_id is not null",
    **{
        name: f"select _of, one.* from published.{name} one join (select _of, report_id from told) using (report_id)"
        for name in ("report_periods", "qualitative_targets")
    },
    "facts": "select place_id as _of, * from published.facts",
    "outcomes": "select coalesce(target.place_id, fact.place_id) as _of, one.* from published.outcomes one "
    "left join published.observations target on target.observation_id = target_id "
    "left join published.facts fact on fact.fact_id = target_fact",
}
# Statements are many and wide: they are dealt out to the jobs.
_FIGURES = (
    "from published.observations one join (select _of, report_id from told) using (report_id) "
    f"where one.place_id = _of and indicator_id in {_INDICATORS}"
)
_TARGETS = "from published.observations one where status = 'target'"
_RESULTS = (
    "from published.observations one join (select distinct _of, result_id as observation_id from outcomes) "
    "using (observation_id) where status <> 'target'"
)
# Each with what its place is.
_DEALT: Mapping[str, Sequence[tuple[str, str]]] = {
    "figures": (("_of", _FIGURES),),
    "stated": (("place_id", _TARGETS), ("_of", _RESULTS)),
}
# How many there are, by place and report.
_COUNTED = " union all ".join(
    f"select '{name}' as name, {of} as _of, report_id, count(*) as statements {which} group by all"
    for name, queries in _DEALT.items()
    for of, which in queries
)
_OF_REPORTS = (
    "select _of, one.* from published.reports one join (select _of, report_id from counted where name = 'stated' "
    "union select _of, report_id from told) using (report_id)"
)
# The places, and how many statements there are of each.
_KNOWN = """
select _of, sum(statements)::bigint as statements from (
    select place_id as _of, 0 as statements from published.reports union all select _of, 0 from facts
    union all select _of, statements from counted
) where _of is not null group by all order by all
"""
_TARGETS_OF_TEXTS = """
select _text, count(*) as targets from published.observations where status = 'target' group by _text order by _text
"""
# Facts stand behind all texts.
_BEHIND = 1 << 62
# Rows that are given at a time.
_ROWS = 4_096


@dataclass(frozen=True, slots=True)
class _Places:
    """Some places, the file of the workspace, and the folder with what is read of each place, of statements the pile."""

    places: list[str]
    path: Path
    folder: Path
    pile: int


def panels_of(path: Path, run: Run, tell: Tell) -> Iterator[tuple[str, pa.Table]]:
    """Rows of the panel, of its wide twin and of the promises of the workspace at `path`, in the order of each table.

    The first two are by place, promises in the order of the targets, those of facts last.
    """
    import pyarrow as pa

    with TemporaryDirectory(prefix="panel-", dir=path.parent) as name:
        folder = Path(name)
        jobs, begins = _prepared(path, folder)
        with dealt.Piles(folder, "promises") as kept:
            for found in in_order(each(run, _panels, jobs, "Panel", tell, len(jobs))):
                rows = found.pop("promises")
                numbers = np.searchsorted(begins, rows["_text"].to_numpy(), side="right")
                kept.add(rows.append_column(dealt.PILE, pa.array(numbers)))
                yield from found.items()
        for rows in dealt.in_order(folder, "promises", len(begins) + 1, ["_text", "_ordinal"]):
            for begin in range(0, rows.num_rows, _ROWS):
                yield "promises", rows.slice(begin, _ROWS).select(schema.columns("promises"))


def _prepared(path: Path, folder: Path) -> tuple[list[_Places], list[int]]:
    """Put what is read of each place beside each other, in files; the jobs, and the texts with which the piles of promises begin."""
    with store.opened(path, read_only=True) as database:
        # Tables that have been written are not read again.
        store.let_go(database)

        def keep(name: str, query: str) -> None:
            file = folder / f"{name}.parquet"
            database.execute(f"copy ({query}) to {store.literal(file)} (row_group_size 4096)")
            database.execute(f"create temp view {name} as from read_parquet({store.files([file])})")

        for name, query in _READ.items():
            keep(name, f"{query} order by _of, _text, _ordinal")
        keep("counted", _COUNTED)
        keep("reports", f"{_OF_REPORTS} order by _of, _text, _ordinal")
        # Not by a cursor, which would not see the views.
        known = list(_together(database.execute(_KNOWN).fetchall()))
        piles = min(len(known), dealt.MOST_PILES)
        jobs = [_Places(places, path, folder, at * piles // len(known)) for at, places in enumerate(known)]
        store.replace(database, "piles", _piles(jobs))
        for name, queries in _DEALT.items():
            with dealt.Piles(folder, name) as kept:
                for of, which in queries:
                    query = f"select * from (select {of} as _of, one.* {which}) join piles using (_of)"
                    for rows in database.sql(query).to_arrow_reader(_ROWS):
                        kept.add(rows)
        return jobs, _begins(database.execute(_TARGETS_OF_TEXTS).fetchall())


def _piles(jobs: Sequence[_Places]) -> pa.Table:
    """The pile of each place."""
    import pyarrow as pa

    rows = [(place, job.pile) for job in jobs for place in job.places]
    columns = [pa.array([place for place, _ in rows], pa.string()), pa.array([pile for _, pile in rows], pa.int32())]
    return pa.table(columns, names=["_of", dealt.PILE])


def _begins(texts: Sequence[tuple[int, int]]) -> list[int]:
    """The texts with which a further pile begins, so that each has about the same number of targets."""
    most = max(dealt.ROWS, sum(targets for _, targets in texts) // dealt.MOST_PILES)
    begins = []
    size = 0
    for text, targets in texts:
        if size and size + targets > most:
            begins.append(text)
            size = 0
        size += targets
    return begins


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
    figures, stated = (_statements(job, name) for name in _DEALT)
    with store.opened(job.path, read_only=True) as database:
        same = _tables(database, shared)
        of_panel = _tables(database, {"reports": read("told"), "indicators": f"{named} {_INDICATORS}"})
        used = {name for rows in (stated, same["facts"]) for name in rows["indicator_id"].unique().to_pylist() if name}
        of_promises = _tables(
            database,
            {
                "reports": read("reports"),
                "outcomes": read("outcomes"),
                "indicators": f"{named} {store.literal(sorted(used))}::varchar[]",
            },
        )
        order = {
            row["fact_id"]: (_BEHIND, row["_ordinal"])
            for row in store.rows(database, f"select fact_id, _ordinal from {read('facts')}")
        }
    columns = list(schema.columns("observations"))
    made = promises({**same, **of_promises, "observations": stated.select(columns)})
    return {
        **panels({**same, **of_panel, "observations": figures.select(columns)}),
        "promises": _placed(to_arrow("promises", made), stated, order),
    }


def _statements(job: _Places, name: str) -> pa.Table:
    """The statements of the places of a job, in the order of texts, with that order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = schema.arrow_schema("observations")
    order = [pa.field("_text", pa.int64()), pa.field("_ordinal", pa.int64())]
    rows = dealt.pile(job.folder, name, job.pile)
    if rows is None:
        return pa.schema([*columns, *order]).empty_table()
    rows = rows.filter(pc.is_in(rows["_of"], pa.array(job.places, rows["_of"].type)))
    return (
        rows.select([*columns.names, "_text", "_ordinal"])
        .cast(pa.schema([*columns, *order]))
        .sort_by([("_text", "ascending"), ("_ordinal", "ascending")])
    )


def _placed(rows: pa.Table, stated: pa.Table, facts: Mapping[str, tuple[int, int]]) -> pa.Table:
    """Promises with the places that their targets, statements or facts, have in the order of all."""
    import pyarrow as pa

    of_statements = zip(*(stated[name].to_pylist() for name in ("observation_id", "_text", "_ordinal")), strict=True)
    order = {**facts, **{name: (text, ordinal) for name, text, ordinal in of_statements}}
    places = [order[name] for name in rows["promise_id"].to_pylist()]
    for at, name in enumerate(("_text", "_ordinal")):
        rows = rows.append_column(name, pa.array([place[at] for place in places], pa.int64()))
    return rows


def _tables(database: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> dict[str, pa.Table]:
    return {
        name: store.table(
            database,
            f"select {', '.join(schema.columns(name))} from {source} order by _text, _ordinal",
            schema.arrow_schema(name),
        )
        for name, source in sources.items()
    }
