"""Check the rows of a workspace, a batch of reports at a time: what is in memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.arrow import records, to_arrow
from pipeline.check import keys, provenance, put_right, values, verdicts
from pipeline.check.provenance import Sources
from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection import workspace
from pipeline.collection.texts import Entry, answered_for, batched, by_file
from pipeline.models import Span
from pipeline.progress import Tell
from pipeline.rows import RELATIONAL
from pipeline.run.jobs import Run, each, in_order

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def check_rows(
    path: Path,
    names: Collection[str],
    entries: Sequence[Entry],
    sources: Sources,
    run: Run,
    tell: Tell,
    *,
    looked: bool = False,
) -> list[Violation]:
    """All broken rules of these tables of the workspace at `path`: constraints, values, sources, then keys.

    `entries` are its reports, `sources` what the rows are compared with. `looked`: the findings were made from these rows
    just now, and are not looked for again.
    """
    complete = set(schema.package_tables(RELATIONAL)) <= set(names)
    stretches = answered_for(entries)
    own = [name for name in names if name in workspace.OWN] if entries else []
    jobs = [_Job(path, tuple(name for name in names if name not in own))]
    for batch in batched(entries):
        where = f"_text between {batch[0].text} and {batch[-1].text}"
        jobs.append(_Job(path, tuple(own), where, complete, by_file(batch, stretches), _of(sources, batch), looked))
    found = list(provenance.overlaps(entries))
    for violations in in_order(each(run, _check, jobs, "Check", tell, len(jobs))):
        found += violations
    if any(violation.rule in _OF_SCHEMAS for violation in found):
        return found
    with store.opened(path, read_only=True) as database:
        judged = verdicts.otherwise(database) if {"outcomes", "observations", "facts"} <= set(names) else ()
        repeated = verdicts.unlike(database) if "observations" in names else ()
        return [*keys.across(database, names), *judged, *repeated, *found]


def _of(sources: Sources, batch: Sequence[Entry]) -> Sources:
    """The sources of some reports, without what is said of others."""
    return replace(sources, withheld=sources.withheld & {entry.source_file for entry in batch})


# Rows that break these are not looked at by the rules on keys.
_OF_SCHEMAS = ("required", "unique", "primary_key", "enum", "pattern", "minimum", "maximum")


@dataclass(frozen=True, slots=True)
class _Job:
    """Tables, the rows of them that are looked at, and whether they are all the tables of some reports.

    `stretches` are the parts of the source files whose digits these reports account for.
    """

    path: Path
    names: tuple[str, ...]
    where: str = "true"
    complete: bool = False
    stretches: Mapping[str, Sequence[Span]] | None = None
    sources: Sources = field(default_factory=Sources)
    looked: bool = False


def _check(job: _Job) -> list[Violation]:
    with store.opened(job.path, read_only=True) as database:
        found: list[Violation] = []
        if job.where == "true":
            for name in job.names:
                before = 0
                for rows in workspace.batches(database, name):
                    found += _numbered(keys.constraints(name, rows, {}), {name: before})
                    before += rows.num_rows
            return found
        tables = dict(_tables(database, job))
        reports = tables.get("reports")
        origin = {} if reports is None else dict(zip(*(reports[c].to_pylist() for c in _ORIGIN), strict=True))
        for name in job.names:
            found += keys.constraints(name, tables[name], origin)
        if job.complete and not found:
            rows = {name: records(table) for name, table in tables.items()}
            found = [*values.contradictions(rows), *(() if job.looked else values.unrecorded(rows))]
            found += () if job.looked else put_right.otherwise(rows)
            if job.sources.folder or job.sources.package:
                found += provenance.against_sources(rows, job.sources, job.stretches, made_now=job.looked)
        if job.looked:
            return _numbered(found, _before(database, job) if found else {})
        return _as_in_files(found, database, job)


_ORIGIN = ("report_id", "source_file")


def _numbered(found: Sequence[Violation], before: Mapping[str, int]) -> list[Violation]:
    """Violations whose rows count from the first of the table."""
    return [replace(v, row=v.row + before.get(v.table, 0)) if v.row else v for v in found]


def _as_in_files(found: Sequence[Violation], database: duckdb.DuckDBPyConnection, job: _Job) -> list[Violation]:
    """The same where tables stand in files, whose rows may have another order than the reports."""
    rows: dict[str, list[int]] = {}
    for name in {violation.table for violation in found if violation.row} & set(job.names):
        query = f"select _ordinal from published.{name} where {job.where} order by _text, _ordinal"
        rows[name] = [row["_ordinal"] for row in store.rows(database, query)]
    return [replace(v, row=rows[v.table][v.row - 1]) if v.row and v.table in rows else v for v in found]


def _before(database: duckdb.DuckDBPyConnection, job: _Job) -> dict[str, int]:
    first = job.where.split()[2]
    query = "select count(*) as rows from published.{} where _text < {}"
    return {name: next(store.rows(database, query.format(name, first)))["rows"] for name in job.names}


def _tables(database: duckdb.DuckDBPyConnection, job: _Job) -> Iterator[tuple[str, pa.Table]]:
    """The tables of some reports, with as much of the dictionary as the rules read."""
    for name in job.names:
        yield name, store.table(database, workspace.query(name, job.where), schema.arrow_schema(name))
    if job.complete:
        of_batch = f"select indicator_id from published.observations where {job.where}"
        for name in schema.package_tables(RELATIONAL):
            if name in ("units", "base_units", "indicators"):
                which = f"indicator_id in ({of_batch})" if name == "indicators" else "true"
                yield name, store.table(database, workspace.query(name, which), schema.arrow_schema(name))
            elif name not in job.names:
                yield name, to_arrow(name, ())
