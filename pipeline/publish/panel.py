"""The headline panel of a workspace, some places at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.collection import database as store
from pipeline.progress import Tell
from pipeline.publish.headline import SETS_TARGETS, headline, panels
from pipeline.run.jobs import Run, each, in_order

if TYPE_CHECKING:
    import pyarrow as pa

# Places whose reports are in memory at a time.
_PLACES = 50
_OF_REPORTS = ("report_periods", "qualitative_targets")
_KNOWN = {"places": "place_id", "indicators": "indicator_id"}


@dataclass(frozen=True, slots=True)
class _Places:
    """Some places, and the file of the workspace."""

    places: list[str]
    path: Path


def panels_of(path: Path, run: Run, tell: Tell) -> Iterator[dict[str, pa.Table]]:
    """The panel and its wide twin, in pieces by place, of the workspace at `path`."""
    query = (
        "select distinct place_id from published.reports "
        f"where place_id is not null and kind in {SETS_TARGETS} order by all"
    )
    with store.opened(path, read_only=True) as database:
        places = [str(row["place_id"]) for row in store.rows(database, query)]
    jobs = [_Places(places[first : first + _PLACES], path) for first in range(0, len(places), _PLACES)]
    yield from in_order(each(run, _panels, jobs, "Panel", tell, len(jobs)))


def _panels(job: _Places) -> dict[str, pa.Table]:
    indicators = tuple(entry["indicator"] for entry in headline())
    places = store.literal(job.places)
    told = f"(from published.reports where place_id in {places} and kind in {SETS_TARGETS})"
    sources = {
        "reports": told,
        **{name: f"published.{name} semi join {told} using (report_id)" for name in _OF_REPORTS},
        "observations": f"(from published.observations where indicator_id in {indicators}) "
        f"semi join {told} using (report_id, place_id)",
        **{
            name: f"published.{name} where {key} in {places if name == 'places' else indicators}"
            for name, key in _KNOWN.items()
        },
    }
    with store.opened(job.path, read_only=True) as database:
        return panels(
            {
                name: store.table(
                    database,
                    f"select {', '.join(schema.columns(name))} from {source} order by _text, _ordinal",
                    schema.arrow_schema(name),
                )
                for name, source in sources.items()
            }
        )
