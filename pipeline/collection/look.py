"""The findings in single reports, a batch of reports at a time, and the table of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.collection import database as store
from pipeline.collection.findings import of_pages, pages
from pipeline.collection.texts import Entry, batched
from pipeline.progress import Tell
from pipeline.run.jobs import Run, each
from pipeline.run.parts import columns, restored

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_ALL = """
create table published.findings as
select _text, row_number() over (order by _text, found.start, finding_id) as _ordinal, found.*
from (select * exclude (_text, _ordinal) from findings_read union all by name select * from findings_found) found
join (select _text, report_id from raw.reports) using (report_id)
"""
_OF_INDICATORS = "select * from indicators where indicator_id in (select unnest(?))"


@dataclass(frozen=True, slots=True)
class _Batch:
    """Reports that follow one another, from the first to the last number, in the database at `path`."""

    path: Path
    first: int
    last: int


def look(path: Path, entries: Sequence[Entry], run: Run, tell: Tell) -> None:
    """Make the table of findings in the workspace at `path`."""
    look_into(path, entries, run, tell)
    with store.opened(path) as database:
        database.execute(_ALL)


def look_into(path: Path, entries: Sequence[Entry], run: Run, tell: Tell) -> None:
    """Add what shows in single reports to the table `findings_found`."""
    import pyarrow.parquet as pq

    jobs = [_Batch(path, batch[0].text, batch[-1].text) for batch in batched(entries)]
    # Nobody writes the database while jobs read it.
    kept = path.with_name("findings")
    with pq.ParquetWriter(kept, schema.arrow_schema("findings")) as found:
        for _, rows in each(run, _look, jobs, "Look", tell, len(jobs)):
            found.write_table(rows)
    with store.opened(path) as database:
        database.execute(f"insert into findings_found by name select * from read_parquet({store.files([kept])})")


def _look(job: _Batch) -> pa.Table:
    with store.opened(job.path, read_only=True) as database:
        seen = {name: _rows(database, name, job) for name in ("reports", "observations", "numerals")}
        used = sorted({str(row["indicator_id"]) for row in seen["observations"]})
        seen["indicators"] = list(store.rows(database, _OF_INDICATORS, used))
        seen["base_units"] = list(store.rows(database, "select * from base_units"))
    return to_arrow("findings", of_pages(pages(seen)))


def _rows(database: duckdb.DuckDBPyConnection, name: str, job: _Batch) -> list[dict[str, object]]:
    chosen = ", ".join(f'"{column}"' for column in columns(name))
    source = f"raw.{name}"
    if name == "observations":
        source = f"(select * exclude same_as from {source}) left join same using (report_id, observation_id)"
        chosen = chosen.replace('"same_as"', "first as same_as")
    query = f"select {chosen} from {source} where _text between ? and ? order by _text, _ordinal"
    return restored(name, list(store.rows(database, query, job.first, job.last)))
