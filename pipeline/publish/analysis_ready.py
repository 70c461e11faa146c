"""The analysis-ready tables, made from the relational ones by pure functions.

The panel puts the target that a report sets for its year beside the result that the report of the next year gives. It
never fills one from the other, and tells a target without a number, a target that is not stated, and a list of targets
that was not found apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.documents.profiles import kinds_that_speak_for_a_year
from pipeline.knowledge import catalogue
from pipeline.publish.arrow import to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

Record = Mapping[str, Any]
# A list of targets is where this many core indicators have a target within so many characters.
_LIST_TARGETS = 3
_LIST_REACH = 600
# Documents that set targets for the year and report on them; where a place has several, the first speaks.
SETS_TARGETS = kinds_that_speak_for_a_year()
_STATEMENT = ("value", "value_max", "unit", "low", "high", "bound", "modality", "status")


def panels(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The headline panel and its wide twin; only tables that they are made from are needed."""
    panel = headline_panel(tables)
    return {
        "headline_panel": to_arrow("headline_panel", panel),
        "headline_panel_wide": to_arrow("headline_panel_wide", headline_panel_wide(panel)),
    }


# What each column of observations_flat is that the observations do not have.
_JOINED = {
    "report_title": "report.title",
    "report_kind": "report.kind",
    # The first day where only the month or the year is known.
    "report_date": "report.date || substr('-01-01', length(report.date) - 3)",
    "report_date_precision": "report.date_precision",
    "source_file": "report.source_file",
    "place_zh": "place.name_zh",
    "place_en": "place.name_en",
    "place_level": "place.level",
    "indicator_zh": "indicator.name_zh",
    "indicator_en": "indicator.name_en",
    "topic_id": "indicator.topic_id",
    "curation": "indicator.curation",
}


def flat_columns(written: Mapping[str, str] | None = None) -> str:
    """The columns of the flat table as a query chooses them; `written` has those of which a database has its own writing."""
    joined = {**_JOINED, **(written or {})}
    return ", ".join(f"{joined.get(name, f'stated.{name}')} as {name}" for name in schema.columns("observations_flat"))


def flat_query(where: str = "true") -> str:
    """The observations of a workspace, in their order, with the names of place, indicator and report."""
    chosen = flat_columns({"report_date": f"try_cast({_JOINED['report_date']} as date)"})
    return (
        f"select {chosen} from (select * from published.observations where {where}) stated "
        "left join published.reports report on report.report_id = stated.report_id "
        "left join published.places place on place.place_id = stated.place_id "
        "left join published.indicators indicator on indicator.indicator_id = stated.indicator_id "
        "order by stated._text, stated._ordinal"
    )


@dataclass(slots=True)
class _Cell:
    """What the reports say about one place, year, indicator and measure, in the order of their years."""

    targets: list[Record] = field(default_factory=list)
    stretches: list[Record] = field(default_factory=list)
    relations: list[Record] = field(default_factory=list)
    results: list[Record] = field(default_factory=list)
    later: list[Record] = field(default_factory=list)


def headline_panel(tables: Mapping[str, pa.Table]) -> list[dict[str, object]]:
    """One row for each place × year × headline indicator × measure of which a report could or does speak."""
    measures = {entry["indicator"]: entry["measure"] for entry in headline()}
    planned = _planned(tables["report_periods"].to_pylist())
    reports = [
        {**row, "year": _year_of(row, planned.get(row["report_id"]))}
        for row in tables["reports"].to_pylist()
        if _speaks_for_year(row)
    ]
    by_year: dict[tuple[str, int], Record] = {}
    for row in sorted(reports, key=lambda row: (SETS_TARGETS.index(row["kind"]), row["date"], row["report_id"])):
        by_year.setdefault((row["place_id"], _year(row)), row)
    home = {row["report_id"]: row for row in by_year.values()}
    cells: dict[tuple[str, int, str, str], _Cell] = defaultdict(_Cell)
    observations = [row for row in tables["observations"].to_pylist() if _about_whole_place(row, home, measures)]
    for row in sorted(observations, key=lambda row: (_year(home[row["report_id"]]), row["start"])):
        _file(row, home[row["report_id"]], cells)
    relations = [
        row
        for row in tables["qualitative_targets"].to_pylist()
        if row["indicator_id"] in measures and row["report_id"] in home
    ]
    for row in relations:
        report = home[row["report_id"]]
        if row["place_id"] in (None, report["place_id"]) and row["period"] in (None, str(_year(report))):
            key = (report["place_id"], _year(report), row["indicator_id"], measures[row["indicator_id"]])
            cells[key].relations.append(row)
    spoken = sorted({pair for place, year in by_year for pair in ((place, year), (place, year - 1))})
    lists = _target_lists(observations, relations)
    # Years that only a later report names have no target of their own and no next report: they are left out.
    rows: list[dict[str, object]] = []
    names = _names(tables)
    for place, year in spoken:
        for indicator, measure in measures.items():
            other = [m for m in ("growth", "level", "change") if m != measure and (place, year, indicator, m) in cells]
            for each in (measure, *other):
                key = (place, year, indicator, each)
                cell = cells.get(key, _Cell())
                setting, next_report = by_year.get((place, year)), by_year.get((place, year + 1))
                rows.append(_panel_row(key, cell, setting, next_report, lists, names))
    return rows


def headline() -> list[dict[str, str]]:
    """The indicators of the panel, in its order: indicator, measure, and the stem of their columns."""
    entries: list[dict[str, str]] = catalogue("headline")["indicators"]
    return entries


def _planned(periods: Iterable[Record]) -> dict[str, int]:
    """The one year that a report plans for, where it does."""
    return {
        row["report_id"]: int(row["period"]) for row in periods if row["role"] == "plan" and row["period"].isdigit()
    }


def _year_of(report: Record, planned: int | None) -> int:
    """The year that a report sets targets for: of one delivered in December, that is the next."""
    delivered = int(report["date"][:4])
    return planned if planned == delivered + 1 else delivered


def _year(report: Record) -> int:
    return int(report["year"])


def _speaks_for_year(report: Record) -> bool:
    return bool(report["kind"] in SETS_TARGETS and report["date"] and report["place_id"] and not report["excerpt_of"])


def _about_whole_place(row: Record, home: Mapping[str, Record], measures: Mapping[str, str]) -> bool:
    report = home.get(row["report_id"])
    return (
        report is not None
        and row["indicator_id"] in measures
        and row["place_id"] == report["place_id"]
        and not row["subject"]
        and not row["same_as"]
        and row["measure"] in ("level", "growth", "change")
        and row["comparison"] in (None, "yoy")
        and (row["period"] or "").isdigit()
    )


def _file(row: Record, report: Record, cells: dict[tuple[str, int, str, str], _Cell]) -> None:
    year = int(row["period"])
    delivered = _year(report)
    cell = (report["place_id"], year, row["indicator_id"], row["measure"])
    if row["status"] == "target":
        if year == delivered:
            kind = cells[cell].stretches if row["modality"] == "stretch" else cells[cell].targets
            kind.append(row)
    elif delivered == year + 1:
        cells[cell].results.append(row)
    elif delivered > year + 1:
        cells[cell].later.append(row)


def _target_lists(observations: Iterable[Record], relations: Iterable[Record]) -> dict[str, tuple[int, int]]:
    """For each report with a list of targets, from where to where in the source it goes."""
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in observations:
        if row["status"] == "target":
            places[row["report_id"]].append((row["start"], row["indicator_id"]))
    for row in relations:
        places[row["report_id"]].append((row["start"], row["indicator_id"]))
    result = {}
    for report, stated in places.items():
        stated.sort()
        starts = [start for start, _ in stated]
        best = (0, 0, 0)
        for first, start in enumerate(starts):
            last = bisect_right(starts, start + _LIST_REACH)
            count = len({indicator for _, indicator in stated[first:last]})
            best = max(best, (count, -start, starts[last - 1]))
        if best[0] >= _LIST_TARGETS:
            result[report] = (-best[1], best[2])
    return result


def _names(tables: Mapping[str, pa.Table]) -> dict[str, Record]:
    return {
        row[key]: row
        for table, key in (("places", "place_id"), ("indicators", "indicator_id"))
        for row in tables[table].to_pylist()
    }


def _panel_row(
    key: tuple[str, int, str, str],
    cell: _Cell,
    setting: Record | None,
    following: Record | None,
    lists: Mapping[str, tuple[int, int]],
    names: Mapping[str, Record],
) -> dict[str, object]:
    place, year, indicator, measure = key
    bounds = lists.get(setting["report_id"]) if setting else None
    target = _preferred(cell.targets, bounds)
    relation = _preferred(cell.relations, bounds)
    result = min(cell.results, key=_at, default=None)
    later = next((row for row in cell.later if row["report_id"] == cell.later[-1]["report_id"]), None)
    if target:
        answer = "stated"
    elif relation:
        answer = "relation"
    elif setting is None:
        answer = "no_report"
    else:
        answer = "not_stated" if bounds else "list_not_found"
    stated = (target, _preferred(cell.stretches, bounds), result, later)
    row: dict[str, object] = {
        "place_id": place,
        "place_zh": names.get(place, {}).get("name_zh"),
        "place_en": names.get(place, {}).get("name_en"),
        "place_level": names.get(place, {}).get("level"),
        "year": year,
        "indicator_id": indicator,
        "indicator_zh": names.get(indicator, {}).get("name_zh"),
        "indicator_en": names.get(indicator, {}).get("name_en"),
        "measure": measure,
        "base_unit": next((s["base_unit"] for s in stated if s and s["base_unit"]), None),
        "target_report": setting and setting["report_id"],
        "target_answer": answer,
        "target_relation": relation and relation["relation"],
        "target_reference": relation and relation["reference"],
        "result_report": following and following["report_id"],
        "result_answer": "stated" if result else ("not_stated" if following else "no_report"),
        "later_report": later and later["report_id"],
    }
    known = set(schema.columns("headline_panel"))
    for part, source in zip(("target", "stretch", "result", "later"), stated, strict=True):
        if source:
            row[f"{part}_observation"] = source["observation_id"]
            values = {**source, "low": _based(source, "low"), "high": _based(source, "high")}
            row.update({f"{part}_{name}": values[name] for name in _STATEMENT if f"{part}_{name}" in known})
    return row


def _at(row: Record) -> int:
    return int(row["start"])


def _preferred(rows: list[Record], bounds: tuple[int, int] | None) -> Record | None:
    """The first statement inside the list of targets, else the first of all; of the same in other places the first."""
    rows = sorted(rows, key=_at)
    if not bounds or not rows:
        return rows[0] if rows else None
    starts = [row["start"] for row in rows]
    inside = rows[bisect_left(starts, bounds[0]) : bisect_right(starts, bounds[1])]
    chosen = (inside or rows)[0]
    # A table may repeat what the text says with more words.
    said = ("value", "value_max", "unit", "bound")
    return next(row for row in rows if all(row.get(name) == chosen.get(name) for name in said))


def _based(row: Record, end: str) -> float | None:
    """One end of the interval in base units, where the row has an amount to tell the factor by."""
    value = row[end]
    if value is None or row["amount"] is None or not row["value"]:
        return value  # type: ignore[no-any-return]
    return float(_exact(value) * _exact(row["amount"]) / _exact(row["value"]))


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))


def headline_panel_wide(panel: Iterable[Record]) -> list[dict[str, object]]:
    """One row for each place × year, with the headline measure of each indicator in columns of its own."""
    stems = {(entry["indicator"], entry["measure"]): entry["column"] for entry in headline()}
    known = set(schema.columns("headline_panel_wide"))
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for source in panel:
        common = ("place_id", "place_zh", "place_en", "place_level", "year", "target_report", "result_report")
        row = rows.setdefault((source["place_id"], source["year"]), {name: source[name] for name in common})
        stem = stems.get((source["indicator_id"], source["measure"]))
        if stem:
            row.update({f"{stem}_{name}": value for name, value in source.items() if f"{stem}_{name}" in known})
    return list(rows.values())
