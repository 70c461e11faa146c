"""A part of the packages, as the reports of a province and a year: checked and written a batch of reports at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection.findings import of_pages, pages
from pipeline.collection.large.large_dictionary import DICTIONARY
from pipeline.collection.large.texts import Entry, batched, by_file, rows_of
from pipeline.models import Span
from pipeline.publish.analysis_ready import observations_flat
from pipeline.publish.arrow import parquet_writer, to_arrow
from pipeline.publish.descriptor import File
from pipeline.publish.packages import READY, RELATIONAL
from pipeline.publish.writer import Writer
from pipeline.rows import Rows, merged
from pipeline.run.parts import Parts

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# The tables that come in parts, and their packages.
PARTED = {"observations": RELATIONAL, "numerals": RELATIONAL, "observations_flat": READY}
# Tables of statements about statements, which the database has; the rules inside a report add to the findings.
COMPARED = ("outcomes",)


@dataclass(frozen=True, slots=True)
class Job:
    """The reports of one part or of several, the digits that each of them answers for, and where everything is.

    `folder` is that of the packages.
    """

    parts: list[tuple[str, list[Entry]]]
    stretches: dict[int, list[Span]]
    rows: Parts
    database: Path
    sources: Path
    folder: Path

    @property
    def name(self) -> str:
        """The name of the first part."""
        return self.parts[0][0]


def interim(folder: Path) -> Path:
    """Where tables are between the steps."""
    return folder / "interim"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a job: its name, the rules its rows break, by table their number, by table and part the files."""

    name: str
    broken: list[Violation]
    rows: Counter[str]
    files: dict[tuple[str, str], dict[str, File]]


def write_parts(job: Job) -> Written:
    """Check the rows of the reports and write them; those of tables that are published in one piece to `interim`."""
    from pipeline.check import check_batch

    own = [name for name in schema.package_tables(RELATIONAL) if name not in (*DICTIONARY, *COMPARED)]
    folder = interim(job.folder) / job.name
    # A job whose process died is done again.
    folder.mkdir(parents=True, exist_ok=True)
    whole: dict[str, Any] = {n: parquet_writer(n, folder / f"{n}.parquet") for n in own if n not in PARTED}
    writers = {
        (name, part): Writer(job.folder / package / name, name, part)
        for part, _ in job.parts
        for name, package in PARTED.items()
    }
    part_of = {entry.report_id: part for part, entries in job.parts for entry in entries}
    broken: list[Violation] = []
    with store.opened(job.database, read_only=True) as database:
        for batch in batched(entry for _, entries in job.parts for entry in entries):
            tables = _tables(job.rows, batch, database, own)
            broken += check_batch(tables, own, job.sources, by_file(batch, job.stretches))
            tables["observations_flat"] = observations_flat(tables)
            for name in PARTED:
                for part, rows in _split(tables[name], part_of):
                    writers[name, part].add(rows)
            for name, file in whole.items():
                file.write_table(tables[name])
    for file in whole.values():
        file.close()
    files = {key: writer.close() for key, writer in writers.items()}
    counts: Counter[str] = Counter()
    for (name, _), writer in writers.items():
        counts[name] += writer.rows
    return Written(job.name, broken, counts, files)


def _split(table: pa.Table, part_of: Mapping[str, str]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each part, which follow one another."""
    parts = [part_of[report_id] for report_id in table["report_id"].to_pylist()]
    at = 0
    for part, found in groupby(parts):
        size = len(list(found))
        yield part, table.slice(at, size)
        at += size


def _tables(
    parts: Parts, batch: Sequence[Entry], database: duckdb.DuckDBPyConnection, own: Sequence[str]
) -> dict[str, pa.Table]:
    """The relational tables of some reports, with as much of the dictionary as they need."""
    rows = _completed(merged(tables for _, tables in rows_of(parts, batch)), batch, database)
    known = {name: to_arrow(name, ()) for name in (*DICTIONARY, *COMPARED)}
    for name in ("places", "topics", "units", "base_units"):
        query = f"select * exclude ordinal from {name} order by ordinal"
        known[name] = store.table(database, query, schema.arrow_schema(name))
    query = "select * exclude ordinal from indicators where indicator_id in (select unnest(?)) order by ordinal"
    used = sorted({str(row["indicator_id"]) for row in rows["observations"]})
    known["indicators"] = store.table(database, query, schema.arrow_schema("indicators"), used)
    seen = {**rows, **{name: known[name].to_pylist() for name in ("base_units", "indicators")}}
    findings = [*rows.get("findings", ()), *of_pages(pages(seen))]
    place = {entry.report_id: number for number, entry in enumerate(batch)}
    findings.sort(key=lambda row: (place[str(row["report_id"])], row["start"], row["finding_id"]))
    rows = {**rows, "findings": findings}
    found = {name: to_arrow(name, rows.get(name, ())) for name in own}
    return {name: {**found, **known}[name] for name in schema.package_tables(RELATIONAL)}


def _completed(rows: Rows, batch: Sequence[Entry], database: duckdb.DuckDBPyConnection) -> Rows:
    """The rows with what the comparison of all reports has found, and with the findings inside each report."""
    names = [entry.report_id for entry in batch]
    same = "select observation_id, first from same where report_id in (select unnest(?))"
    first = {row["observation_id"]: row["first"] for row in store.rows(database, same, names)}
    excerpts = "select report_id, whole from excerpts where report_id in (select unnest(?))"
    wholes = {row["report_id"]: row["whole"] for row in store.rows(database, excerpts, names)}
    observations = [{**row, "same_as": first.get(str(row["observation_id"]))} for row in rows.get("observations", [])]
    return {
        **rows,
        "reports": [{**row, "excerpt_of": wholes.get(str(row["report_id"]))} for row in rows["reports"]],
        "observations": observations,
    }
