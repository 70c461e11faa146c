"""Check packages in parts: what is in memory does not grow with the number of reports."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.check import check_batch, keys
from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection.large import texts
from pipeline.collection.large.jobs import each, in_order
from pipeline.collection.large.panel import panels_of_parts
from pipeline.collection.large.texts import Entry
from pipeline.collection.large.write_parts import PARTED
from pipeline.documents.profiles import is_read
from pipeline.models import Span
from pipeline.publish.analysis_ready import observations_flat
from pipeline.publish.arrow import to_arrow
from pipeline.publish.packages import READY, RELATIONAL
from pipeline.publish.writer import Writer, file_at
from pipeline.run import run_processes

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Files = Mapping[str, Sequence[Path]]
# Rows whose values are checked at once.
_ROWS = 20_000


def in_parts(files: Files) -> bool:
    """Whether a table of a package has a folder of its own."""
    return any(path.parent.name == table for table, paths in files.items() for path in paths)


def check_parts(packages: Mapping[str, Files], sources: Path | None) -> list[Violation]:
    """All broken rules of packages, by name the Parquet files of their tables; at least one comes in parts."""
    found: list[Violation] = []
    for files in packages.values():
        for name, paths in files.items():
            for rows in _pieces(paths):
                found += keys.constraints(name, rows, {})
        found += keys.across(files)
    relational, ready = packages.get(RELATIONAL, {}), packages.get(READY, {})
    # The rules below rely on complete tables whose values keep to their schemas.
    if found or len(relational) < len(schema.package_tables(RELATIONAL)):
        return found
    derived = len(ready) == len(schema.package_tables(READY))
    entries = _entries(relational["reports"])
    stretches = texts.answered_for(entries)
    parts = texts.in_parts(entries)
    found = [*texts.overlaps(entries), *_misnamed(relational, parts), *_misnamed(ready if derived else {}, parts)]
    run = partial(run_processes, workers=os.cpu_count() or 1)
    jobs = [
        _Job(
            named,
            {entry.text: stretches[entry.text] for _, listed in named for entry in listed},
            relational,
            ready if derived else {},
            sources,
        )
        for named in texts.together(parts)
    ]
    for violations in in_order(each(run, _check, jobs, "Check", _untold)):
        found += violations
    if derived and not found:
        found += _panels(relational["reports"][0].parent, ready)
    return found


def _misnamed(files: Files, parts: Collection[str]) -> Iterator[Violation]:
    """Files in parts that no report belongs to, and parts that have no file."""
    for name in (name for name in PARTED if name in files):
        stems = {path.stem for path in files[name]}
        for stem in sorted(stems ^ set(parts)):
            message = "has no file" if stem in parts else "is the part of no report"
            yield Violation("part", f"{name}/{stem}", 0, "", message)


def _untold(step: str, done: int, total: int) -> None:
    """A check is silent."""


def _pieces(paths: Sequence[Path]) -> Iterator[pa.Table]:
    """The rows of files, some thousands at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    waiting: list[pa.RecordBatch] = []
    for path in paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS):
                waiting.append(batch)
                if sum(each.num_rows for each in waiting) >= _ROWS:
                    yield pa.Table.from_batches(waiting)
                    waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _entries(paths: Sequence[Path]) -> list[Entry]:
    """A line for each report, in the order of the sources."""
    columns = ("source_file", "start", "stop", "characters", "complete")
    words = ("report_id", "kind", "place_id", "date", "published")
    texts_of = ", ".join(f"coalesce({column}, '') as {column}" for column in words)
    query = f"select {', '.join(columns)}, {texts_of} from read_parquet({store.literal(paths)})"
    with store.opened() as database:
        rows = list(store.rows(database, query))
    # What is left between the reports of a source stands behind them.
    rows.sort(key=lambda row: (row["source_file"], not is_read(row["kind"]), row["start"]))
    files = {name: number for number, name in enumerate(dict.fromkeys(row["source_file"] for row in rows))}
    return [
        Entry(file=files[row["source_file"]], piece=0, key="", number=number, **row) for number, row in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class _Job:
    """The reports of one part or of several, the digits that each answers for, and the files of both packages."""

    parts: list[tuple[str, list[Entry]]]
    stretches: dict[int, list[Span]]
    relational: Files
    ready: Files
    sources: Path | None


def _check(job: _Job) -> list[Violation]:
    """The broken rules of the rows of some reports."""
    found = [violation for part, entries in job.parts for violation in _strangers(job, part, entries)]
    with store.opened() as database:
        known = store.literal(entry.report_id for _, entries in job.parts for entry in entries)
        for name, paths in job.relational.items():
            if name not in PARTED:
                which = f"where report_id in {known}" if "report_id" in schema.columns(name) else ""
                source = f"read_parquet({store.literal(paths)}, file_row_number = true)"
                kind = "table" if which else "view"
                database.execute(f"create {kind} {name} as select * from {source} {which}")
        for batch in texts.batched(entry for _, entries in job.parts for entry in entries):
            reports = [entry.report_id for entry in batch]
            tables = _tables(job, database, reports)
            found += check_batch(tables, (), job.sources, texts.by_file(batch, job.stretches))
            flat = observations_flat(tables)
            if job.ready and not flat.equals(_of_parts(job, "observations_flat", job.ready, reports)):
                found.append(Violation("derived", "observations_flat", 0, batch[0].source_file, _DIFFERS))
    return found


_DIFFERS = "is not what the tables of work-reports give"


def _strangers(job: _Job, part: str, entries: Sequence[Entry]) -> Iterator[Violation]:
    """Rows in a part that belong to a report of another one."""
    import pyarrow.parquet as pq

    known = {entry.report_id for entry in entries}
    for name, files in ((name, {**job.relational, **job.ready}.get(name, ())) for name in PARTED):
        for path in files:
            if path.stem == part:
                ids = pq.read_table(path, columns=["report_id"])["report_id"].unique().to_pylist()
                for report_id in sorted(set(ids) - known):
                    yield Violation("part", f"{name}/{path.name}", 0, "", f"has rows of {report_id}, of another part")


# What the rules on values read of the tables in one piece, beside those with a report_id; a list of identifiers stands
# for the question mark.
_READ = {
    "places": ("", "true"),
    "units": ("", "true"),
    "base_units": ("", "true"),
    "indicators": ("indicator_id", "indicator_id in (select unnest(?))"),
    "term_mentions": ("report_id", "term_id in (select term_id from terms where report_id in (select unnest(?)))"),
}


def _tables(job: _Job, database: duckdb.DuckDBPyConnection, reports: list[str]) -> dict[str, pa.Table]:
    """The relational tables of some reports, as far as the rules read them; the others are empty."""
    observations = _of_parts(job, "observations", job.relational, reports)
    tables = {}
    for name in schema.package_tables(RELATIONAL):
        columns = schema.columns(name)
        if name in PARTED:
            tables[name] = _of_parts(job, name, job.relational, reports)
            continue
        which = ("report_id", "report_id in (select unnest(?))") if "report_id" in columns else _READ.get(name)
        if which is None:
            tables[name] = to_arrow(name, ())
            continue
        column, condition = which
        values = [
            observations[column].unique().to_pylist() if column in ("indicator_id", "observation_id") else reports
        ]
        query = f"select {', '.join(columns)} from {name} where {condition} order by file_row_number"
        tables[name] = store.table(database, query, schema.arrow_schema(name), *(values if column else ()))
    return tables


def _of_parts(job: _Job, name: str, files: Files, reports: list[str]) -> pa.Table:
    """The rows of some reports in a table that comes in parts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = {part for part, _ in job.parts}
    found = [pq.read_table(path, filters=[("report_id", "in", reports)]) for path in files[name] if path.stem in parts]
    return to_arrow(name, pa.concat_tables(found) if found else ())


def _panels(folder: Path, ready: Files) -> Iterator[Violation]:
    """Whether the panels are what the relational tables give."""
    run = partial(run_processes, workers=os.cpu_count() or 1)
    names = [name for name in schema.package_tables(READY) if name not in PARTED]
    with tempfile.TemporaryDirectory(prefix="baogao-panel-") as place:
        writers = {name: Writer(Path(place), name, name) for name in names}
        for tables in panels_of_parts(folder, run, _untold):
            for name, writer in writers.items():
                writer.add(tables[name])
        for name, writer in writers.items():
            if writer.close()["parquet"] != file_at(ready[name][0]):
                yield Violation("derived", name, 0, "", _DIFFERS)
