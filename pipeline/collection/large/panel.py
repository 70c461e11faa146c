"""The headline panel of packages in parts, made from their Parquet files, some places at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.collection import database as store
from pipeline.collection.large.jobs import Run, each, in_order
from pipeline.collection.large.texts import province_of
from pipeline.progress import Tell
from pipeline.publish.analysis_ready import SETS_TARGETS, headline, panels

if TYPE_CHECKING:
    import pyarrow as pa

# Places whose reports are in memory at a time.
_PLACES = 50
_OF_REPORTS = ("report_periods", "qualitative_targets")
_KNOWN = ("places", "indicators")


@dataclass(frozen=True, slots=True)
class _Places:
    """Some places, and the folder of the relational package."""

    places: list[str]
    folder: Path


def panels_of_parts(package: Path, run: Run, tell: Tell) -> Iterator[dict[str, pa.Table]]:
    """The panel and its wide twin, in pieces by place, from the folder of the relational package."""
    reports = store.literal(package / "reports.parquet")
    query = (
        f"select distinct place_id from {reports} where place_id is not null and kind in {SETS_TARGETS} order by all"
    )
    with store.opened() as database:
        places = [str(row["place_id"]) for row in store.rows(database, query)]
    jobs = [_Places(places[first : first + _PLACES], package) for first in range(0, len(places), _PLACES)]
    yield from in_order(each(run, _panels, jobs, "Panel", tell, len(jobs)))


def _panels(job: _Places) -> dict[str, pa.Table]:
    indicators = tuple(entry["indicator"] for entry in headline())
    # The reports of a place are in the parts of its province.
    provinces = {province_of(place) for place in job.places}
    files = [
        path
        for path in sorted((job.folder / "observations").glob("*.parquet"))
        if path.stem.rpartition("-")[0] in provinces
    ]
    with store.opened() as database:

        def read(name: str, source: str, order: str) -> pa.Table:
            query = f"select {', '.join(schema.columns(name))} from {source} order by {order}"
            return store.table(database, query, schema.arrow_schema(name))

        places = store.literal(job.places)
        database.execute(
            f"create table told as select *, file_row_number as number "
            f"from read_parquet({store.literal(job.folder / 'reports.parquet')}, file_row_number = true) "
            f"where place_id in {places} and kind in {SETS_TARGETS}"
        )
        tables = {"reports": read("reports", "told", "number")}
        for name in _OF_REPORTS:
            source = f"read_parquet({store.literal(job.folder / f'{name}.parquet')}, file_row_number = true)"
            tables[name] = read(name, f"{source} semi join told using (report_id)", "file_row_number")
        source = f"read_parquet({store.literal(files)}, filename = true, file_row_number = true)"
        source = f"(from {source} where indicator_id in {indicators}) semi join told using (report_id, place_id)"
        tables["observations"] = read("observations", source, "filename, file_row_number")
        for name in _KNOWN:
            key = schema.table(name).primary_key[0]
            which = places if name == "places" else indicators
            source = f"{store.literal(job.folder / f'{name}.parquet')} where {key} in {which}"
            tables[name] = read(name, source, key)
    return panels(tables)
