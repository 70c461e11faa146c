"""Both packages of a large collection, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.check import CheckError, Violation, keys
from pipeline.collection import database as store
from pipeline.collection.large.compare import FINDINGS, OUTCOMES, compare
from pipeline.collection.large.gather import TABLES, File, gather, keep, prepared
from pipeline.collection.large.jobs import Run, each, in_order
from pipeline.collection.large.large_dictionary import DICTIONARY, explain
from pipeline.collection.large.panel import panels_of_parts
from pipeline.collection.large.texts import Entry, answered_for, in_parts, overlaps, together
from pipeline.collection.large.write_parts import COMPARED, PARTED, Job, Written, interim, write_parts
from pipeline.progress import Tell
from pipeline.publish import descriptor
from pipeline.publish.packages import READY, RELATIONAL
from pipeline.publish.writer import FORMS, Writer, write
from pipeline.run.parts import Parts

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Refuse = Callable[[Sequence[Entry]], set[int]]
# Tables that are not made, or not all of them, where the rows of reports are checked.
_UNCHECKED = (*DICTIONARY, *COMPARED, "findings")
_Resources = dict[tuple[str, str], list[dict[str, Any]]]


def write_large(
    files: Sequence[File], parts: Parts, sources: Path, folder: Path, refuse: Refuse, run: Run, tell: Tell
) -> tuple[Counter[str], Counter[str]]:
    """Write both packages into `folder` from the parts of the files; the counts of rows by table, and of kinds.

    `refuse` is given the reports of all files and gives the files that are left out. Rows are checked as they are
    written: raises CheckError for those that break a rule, BaogaoError where memory does not suffice.
    """
    interim(folder).mkdir(parents=True)
    path = interim(folder) / "database"
    with store.opened(path) as database:
        entries = _compared(database, files, parts, refuse, run, tell)
        explain(database, run, tell)
    written = _parts_written(entries, parts, path, sources, folder, run, tell)
    rows, resources = _described(written)
    broken = [*overlaps(entries), *(violation for job in written for violation in job.broken)]
    with store.opened(path, read_only=True) as database:
        for name in schema.package_tables(RELATIONAL):
            if name not in PARTED:
                pieces = _pieces(database, folder, name, [job.name for job in written])
                rows[name], found = _write_whole(folder / RELATIONAL, name, pieces, resources)
                broken += found
    if not broken:
        broken = keys.across(_files(folder, RELATIONAL))
    if broken:
        raise CheckError(broken)
    _write_panels(folder, resources, run, tell)
    rmtree(interim(folder))
    about = [{"source_file": e.source_file, "date": e.date, "published": e.published} for e in entries]
    for package in schema.packages():
        listed = [one for form in FORMS for name in schema.package_tables(package) for one in resources[name, form]]
        names = (entry.source_file for entry in entries)
        document = descriptor.descriptor(package, listed, names, descriptor.created(about))
        (folder / package / "datapackage.json").write_bytes(descriptor.to_bytes(document))
    return rows, Counter(entry.kind for entry in entries)


def _compared(
    database: duckdb.DuckDBPyConnection, files: Sequence[File], parts: Parts, refuse: Refuse, run: Run, tell: Tell
) -> list[Entry]:
    """Fill the database; the reports in the order of their files."""
    index = prepared(database)
    gathered = (found for _, found in each(run, gather, files, "Gather", tell, len(files)))
    entries = sorted(keep(database, gathered), key=lambda entry: entry.text)
    refused = refuse(entries)
    gone = [entry.text for entry in entries if entry.file in refused]
    for name in TABLES if gone else ():
        database.execute(f"delete from {name} where text in (select unnest(?))", [gone])
    entries = [entry for entry in entries if entry.file not in refused]
    compare(database, index, entries, parts, run, tell)
    return entries


def _parts_written(
    entries: Sequence[Entry], parts: Parts, database: Path, sources: Path, folder: Path, run: Run, tell: Tell
) -> list[Written]:
    """Write the parts; what became of them, in the order of the parts."""
    stretches = answered_for(entries)
    jobs = [
        Job(
            named,
            {entry.text: stretches[entry.text] for _, found in named for entry in found},
            parts,
            database,
            sources,
            folder,
        )
        for named in together(in_parts(entries))
    ]
    return list(in_order(each(run, write_parts, jobs, "Write", tell, len(jobs))))


def _described(written: Iterable[Written]) -> tuple[Counter[str], _Resources]:
    """How many rows the tables in parts have, and their resources by table and form."""
    rows: Counter[str] = Counter()
    resources: _Resources = {
        (name, form): [] for p in schema.packages() for name in schema.package_tables(p) for form in FORMS
    }
    for job in written:
        rows.update(job.rows)
        for (name, part), files in job.files.items():
            for form, file in files.items():
                resources[name, form].append(descriptor.part_resource(name, form, file, part, tuple(PARTED)))
    return rows, resources


def _pieces(database: duckdb.DuckDBPyConnection, folder: Path, name: str, jobs: Iterable[str]) -> Iterator[pa.Table]:
    """The rows of a table that is published in one piece."""
    import pyarrow.parquet as pq

    queries = {"outcomes": OUTCOMES, "findings": FINDINGS}
    if name in DICTIONARY:
        queries[name] = f"select * exclude ordinal from {name} order by ordinal"
    else:
        for job in jobs:
            path = interim(folder) / job / f"{name}.parquet"
            if path.exists():
                with pq.ParquetFile(path) as file:
                    yield from (file.read_row_group(group) for group in range(file.num_row_groups))
    if name in queries:
        yield from store.batches(database, queries[name], schema.arrow_schema(name))


def _write_whole(
    folder: Path, name: str, pieces: Iterable[pa.Table], resources: _Resources
) -> tuple[int, list[Violation]]:
    """Write a table in one piece, and its resources; the number of rows, and the constraints that they break."""
    broken: list[Violation] = []

    def checked() -> Iterator[pa.Table]:
        for rows in pieces:
            if name in _UNCHECKED:
                broken.extend(keys.constraints(name, rows, {}))
            yield rows

    count, files = write(folder, name, name, checked())
    for form, file in files.items():
        resources[name, form].append(descriptor.part_resource(name, form, file, "", tuple(PARTED)))
    return count, broken


def _files(folder: Path, package: str) -> dict[str, list[Path]]:
    """The Parquet files of every table of a package."""
    return {
        name: sorted((folder / package / name).glob("*.parquet"))
        if name in PARTED
        else [folder / package / f"{name}.parquet"]
        for name in schema.package_tables(package)
    }


def _write_panels(folder: Path, resources: _Resources, run: Run, tell: Tell) -> None:
    names = [name for name in schema.package_tables(READY) if name not in PARTED]
    writers = {name: Writer(folder / READY, name, name) for name in names}
    for tables in panels_of_parts(folder / RELATIONAL, run, tell):
        for name, writer in writers.items():
            writer.add(tables[name])
    for name, writer in writers.items():
        for form, file in writer.close().items():
            resources[name, form].append(descriptor.part_resource(name, form, file, "", tuple(PARTED)))
