"""Whether files lie where they belong, and the analysis-ready tables are what the relational ones give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection.texts import Entry
from pipeline.progress import Tell
from pipeline.publish.analysis_ready import flat_query
from pipeline.publish.layout import PARTED, parts_of
from pipeline.publish.panel import panels_of
from pipeline.rows import READY
from pipeline.run.jobs import Run

if TYPE_CHECKING:
    import duckdb

_FLAT = "observations_flat"
_DIFFERS = "is not what the tables of work-reports give"


def misplaced(files: Mapping[str, Sequence[Path]], entries: Sequence[Entry]) -> Iterator[Violation]:
    """Parts that belong to no report, parts that are missing, and rows in the part of another report."""
    import pyarrow.parquet as pq

    for name in (name for name in PARTED if name in files and files[name][0].parent.name == f"{name}.parquet"):
        parts = parts_of(entries)
        stems = {path.stem: path for path in files[name]}
        for stem in sorted(stems.keys() ^ parts.keys()):
            message = "has no file" if stem in parts else "is the part of no report"
            yield Violation("part", f"{name}.parquet/{stem}", 0, "", message)
        for stem in sorted(stems.keys() & parts.keys()):
            known = {entry.report_id for entry in parts[stem]}
            ids = pq.read_table(stems[stem], columns=["report_id"])["report_id"].unique().to_pylist()
            for report_id in sorted(set(ids) - known):
                message = f"has rows of {report_id}, of another part"
                yield Violation("part", f"{name}.parquet/{stem}.parquet", 0, "", message)


def differing(path: Path, ready: Mapping[str, Sequence[Path]], run: Run, tell: Tell) -> list[Violation]:
    """The tables of `analysis-ready` in these files that differ from what the workspace at `path` gives."""
    import pyarrow.parquet as pq

    panels = {name: path.with_name(f"{name}.parquet") for name in schema.package_tables(READY) if name != _FLAT}
    with ExitStack() as files:
        writers = {
            name: files.enter_context(pq.ParquetWriter(file, schema.arrow_schema(name)))
            for name, file in panels.items()
        }
        for name, rows in panels_of(path, run, tell):
            writers[name].write_table(rows)
    made = {_FLAT: f"({flat_query()})", **{n: f"read_parquet({store.files([file])})" for n, file in panels.items()}}
    with store.opened(path, read_only=True) as database:
        return [
            Violation("derived", name, 0, "", _DIFFERS)
            for name, source in made.items()
            if differs(database, name, f"read_parquet({store.files(ready[name])})", source)
        ]


def differs(database: duckdb.DuckDBPyConnection, name: str, one: str, other: str) -> bool:
    """Whether two tables or queries with the columns of a table have other rows than each other."""
    columns = ", ".join(f'"{column}"' for column in schema.columns(name))
    stored, true = f"(select {columns} from {one})", f"(select {columns} from {other})"
    query = f"(({stored} except all {true}) union all ({true} except all {stored})) limit 1"
    return bool(list(store.rows(database, f"from ({query})")))
