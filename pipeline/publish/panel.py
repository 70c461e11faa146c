"""The headline panel and the promises of a workspace, some places at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.collection import database as store
from pipeline.progress import Tell
from pipeline.publish.arrow import to_arrow
from pipeline.publish.headline import SETS_TARGETS, headline, panels
from pipeline.publish.promises import promises
from pipeline.run.jobs import Run, each, in_order

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Places whose reports are in memory at a time.
_PLACES = 50
_OF_REPORTS = ("report_periods", "qualitative_targets")


@dataclass(frozen=True, slots=True)
class _Places:
    """Some places, and the file of the workspace."""

    places: list[str]
    path: Path


def panels_of(path: Path, run: Run, tell: Tell) -> Iterator[dict[str, pa.Table]]:
    """The panel, its wide twin and the promises, in pieces by place, of the workspace at `path`."""
    query = (
        "select place_id from published.reports where place_id is not null "
        "union select place_id from published.observations where place_id is not null and status = 'target' "
        "union select place_id from published.facts order by all"
    )
    with store.opened(path, read_only=True) as database:
        places = [str(row["place_id"]) for row in store.rows(database, query)]
    jobs = [_Places(places[first : first + _PLACES], path) for first in range(0, len(places), _PLACES)]
    yield from in_order(each(run, _panels, jobs, "Panel", tell, len(jobs)))


def _panels(job: _Places) -> dict[str, pa.Table]:
    places = store.literal(job.places)
    known = {
        "places": f"published.places where place_id in {places}",
        "facts": f"published.facts where place_id in {places}",
    }
    indicators = tuple(entry["indicator"] for entry in headline())
    told = f"(from published.reports where place_id in {places} and kind in {SETS_TARGETS})"
    of_reports = {name: f"published.{name} semi join {told} using (report_id)" for name in _OF_REPORTS}
    of_panel = {
        **known,
        **of_reports,
        "reports": told,
        "observations": f"(from published.observations where indicator_id in {indicators}) "
        f"semi join {told} using (report_id, place_id)",
        "indicators": f"published.indicators where indicator_id in {indicators}",
    }
    targets = f"(from published.observations where status = 'target' and place_id in {places})"
    facts = f"(select fact_id from published.facts where place_id in {places})"
    answers = (
        f"(from published.outcomes where target_id in (select observation_id from {targets}) or target_fact in {facts})"
    )
    stated = (
        f"(from published.observations where observation_id in (select result_id from {answers}) union all {targets})"
    )
    of_promises = {
        **known,
        **of_reports,
        "reports": f"published.reports where report_id in (select report_id from {stated}) "
        f"or report_id in (select report_id from {told})",
        "observations": stated,
        "outcomes": answers,
        "indicators": f"published.indicators where indicator_id in (select indicator_id from {stated} "
        f"union all select indicator_id from published.facts where place_id in {places})",
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
