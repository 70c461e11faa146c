"""The headline panel, made from the relational tables by pure functions.

The panel puts the target that a report sets for its year beside the result that the report of the next year gives. It
never fills one from the other, and tells a target without a number, a target that is not stated, and a list of targets
that was not found apart. Statements that exclude each other are all there: `choice` 1 is the preferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.arrow import records, to_arrow
from pipeline.documents.profiles import kinds_that_speak_for_a_year
from pipeline.knowledge import catalogue
from pipeline.meaning.amounts import amount_of, interval_of
from pipeline.meaning.indicators import told_in
from pipeline.publish.whole_place import about_whole_place, choices, first_stated

if TYPE_CHECKING:
    import pyarrow as pa

Record = Mapping[str, Any]
# Documents that set targets for the year and report on them; where a place has several, the first speaks.
SETS_TARGETS = kinds_that_speak_for_a_year()
_MEASURES = ("growth", "level", "change")
_STATEMENT = (
    "value", "value_max", "unit", "low", "high", "bound", "modality", "status", "phrase", "basis", "stated_in", "quote",
)  # fmt: skip
# The tables that the panel is made from.
FROM = ("reports", "report_periods", "observations", "qualitative_targets", "facts", "places", "indicators")


def panels(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The headline panel and its wide twin; only tables that they are made from are needed."""
    panel = headline_panel(tables)
    return {
        "headline_panel": to_arrow("headline_panel", panel),
        "headline_panel_wide": to_arrow("headline_panel_wide", headline_panel_wide(panel)),
    }


def headline() -> list[dict[str, str]]:
    """The indicators of the panel, in its order: indicator, measure, and the stem of their columns."""
    entries: list[dict[str, str]] = catalogue("headline")["indicators"]
    return entries


@dataclass(slots=True)
class _Cell:
    """What the reports say about one place, year, indicator and measure, in the order of their years."""

    targets: list[Record] = field(default_factory=list)
    stretches: list[Record] = field(default_factory=list)
    relations: list[Record] = field(default_factory=list)
    facts: dict[str, list[Record]] = field(default_factory=lambda: {"target": [], "result": []})
    results: list[Record] = field(default_factory=list)
    later: list[Record] = field(default_factory=list)


def headline_panel(tables: Mapping[str, pa.Table]) -> list[dict[str, object]]:
    """The rows for each place × year × headline indicator × measure of which a report could or does speak."""
    return panel_of({name: records(tables[name]) for name in FROM})


def panel_of(tables: Mapping[str, Sequence[Record]]) -> list[dict[str, object]]:
    """The same from rows with all their columns, of the tables that `FROM` names."""
    measures = {entry["indicator"]: entry["measure"] for entry in headline()}
    by_year = by_place_and_year(tables["reports"], tables["report_periods"])
    home = {row["report_id"]: row for row in by_year.values()}
    cells: dict[tuple[str, int, str, str], _Cell] = defaultdict(_Cell)
    observations = [row for row in tables["observations"] if _speaks_for_cell(row, home, measures)]
    for row in sorted(observations, key=lambda row: (_year(home[row["report_id"]]), row["start"])):
        _file(row, home[row["report_id"]], cells)
    relations = [
        row for row in tables["qualitative_targets"] if row["indicator_id"] in measures and row["report_id"] in home
    ]
    for row in sorted(relations, key=_at):
        report = home[row["report_id"]]
        if row["place_id"] in (None, report["place_id"]) and row["period"] in (None, str(_year(report))):
            key = (report["place_id"], _year(report), row["indicator_id"], measures[row["indicator_id"]])
            cells[key].relations.append(row)
    told_by_facts = _file_facts(tables["facts"], measures, cells)
    listed = {row["report_id"] for row in observations if row["stated_in"] in ("list", "table")}
    listed |= {row["report_id"] for row in relations}
    told_by_reports = {pair for place, year in by_year for pair in ((place, year), (place, year - 1))}
    # Years that only a later report names have no target of their own and no next report: they are left out.
    rows: list[dict[str, object]] = []
    names = _names(tables)
    for place, year in sorted(told_by_reports | told_by_facts):
        setting, following = by_year.get((place, year)), by_year.get((place, year + 1))
        for indicator, measure in measures.items():
            other = [m for m in _MEASURES if m != measure and (place, year, indicator, m) in cells]
            # Of a year without reports there is only what facts say.
            silent = (place, year) not in told_by_reports and (place, year, indicator, measure) not in cells
            for each in (*(() if silent else (measure,)), *other):
                key = (place, year, indicator, each)
                common = _common(key, cells.get(key, _Cell()), setting, following, listed, names)
                rows += _choices(common, cells.get(key, _Cell()))
    return rows


def by_place_and_year(reports: Iterable[Record], periods: Iterable[Record]) -> dict[tuple[str, int], Record]:
    """The report that speaks for each place and year, with its `year`."""
    planned = _planned(periods)
    dated = [{**row, "year": _year_of(row, planned.get(row["report_id"]))} for row in reports if _speaks_for_year(row)]
    by_year: dict[tuple[str, int], Record] = {}
    for row in sorted(dated, key=lambda row: (SETS_TARGETS.index(row["kind"]), row["date"], row["report_id"])):
        by_year.setdefault((row["place_id"], _year(row)), row)
    return by_year


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


def _at(row: Record) -> int:
    return int(row["start"])


def _speaks_for_year(report: Record) -> bool:
    return bool(report["kind"] in SETS_TARGETS and report["date"] and report["place_id"] and not report["excerpt_of"])


def _speaks_for_cell(row: Record, home: Mapping[str, Record], measures: Mapping[str, str]) -> bool:
    report = home.get(row["report_id"])
    return (
        report is not None
        and row["indicator_id"] in measures
        and row["place_id"] == report["place_id"]
        and not row["subject"]
        and not row["same_as"]
        and row["measure"] in _MEASURES
        and row["comparison"] in (None, "yoy")
        and (row["period"] or "").isdigit()
        and about_whole_place(row)
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


def _file_facts(
    facts: Iterable[Record], measures: Mapping[str, str], cells: dict[tuple[str, int, str, str], _Cell]
) -> set[tuple[str, int]]:
    """Put the facts on headline indicators into their cells; the places and years that they speak of."""
    told = set()
    for row in facts:
        if row["indicator_id"] in measures and row["measure"] in _MEASURES and row["period"].isdigit():
            if row["comparison"] not in (None, "yoy"):
                continue
            year = int(row["period"])
            part = "target" if row["status"] == "target" else "result"
            cells[row["place_id"], year, row["indicator_id"], row["measure"]].facts[part].append(_statement(row))
            told.add((row["place_id"], year))
    return told


def _statement(fact: Record) -> Record:
    """A fact with the columns of an observation that the panel shows."""
    value, most = (None if fact[name] is None else _exact(fact[name]) for name in ("value", "value_max"))
    assert value is not None
    low, high = interval_of(value, most, fact["bound"])
    amount, _, base = amount_of(
        fact["measure"], value, most, told_in(fact.get("indicator_id") or "", fact["unit"] or "", fact["measure"])
    )
    floats = {name: None if number is None else float(number) for name, number in (("low", low), ("high", high))}
    given = dict.fromkeys(("observation_id", "phrase", "stated_in", "quote"))
    return {**given, **fact, **floats, "amount": None if amount is None else float(amount), "base_unit": base or None}


def _names(tables: Mapping[str, Sequence[Record]]) -> dict[str, Record]:
    return {
        row[key]: row
        for table, key in (("places", "place_id"), ("indicators", "indicator_id"))
        for row in tables[table]
    }


def _common(
    key: tuple[str, int, str, str],
    cell: _Cell,
    setting: Record | None,
    following: Record | None,
    listed: set[str],
    names: Mapping[str, Record],
) -> dict[str, object]:
    """The columns of a cell that do not depend on which of its statements is chosen."""
    place, year, indicator, measure = key
    relation = cell.relations[0] if cell.relations else None
    if cell.targets:
        answer = "stated"
    elif cell.facts["target"]:
        answer = "fact"
    elif relation:
        answer = "relation"
    elif setting is None:
        answer = "no_report"
    else:
        answer = "not_stated" if setting["report_id"] in listed else "list_not_found"
    return {
        "place_id": place,
        "place_zh": names.get(place, {}).get("name_zh"),
        "place_en": names.get(place, {}).get("name_en"),
        "place_level": names.get(place, {}).get("level"),
        "year": year,
        "indicator_id": indicator,
        "indicator_zh": names.get(indicator, {}).get("name_zh"),
        "indicator_en": names.get(indicator, {}).get("name_en"),
        "measure": measure,
        "target_report": setting and setting["report_id"],
        "target_answer": answer,
        "target_relation": relation and relation["relation"],
        "target_reference": relation and relation["reference"],
        "target_relation_text": relation and relation["text"],
        "result_report": following and following["report_id"],
        "result_answer": _result_answer(cell, following),
    }


def _result_answer(cell: _Cell, following: Record | None) -> str:
    if cell.results:
        return "stated"
    if cell.facts["result"]:
        return "fact"
    return "not_stated" if following else "no_report"


def _choices(common: Mapping[str, object], cell: _Cell) -> list[dict[str, object]]:
    """A row for each of the statements of a cell that exclude each other; one side without a choice is the same in all."""
    targets, results = choices(cell.targets), choices(cell.results)
    last = [row for row in cell.later if row["report_id"] == cell.later[-1]["report_id"]]
    beside = {"stretch": first_stated(cell.stretches), "later": first_stated(last)}
    known = set(schema.columns("headline_panel"))
    facts = {part: next(iter(found), None) for part, found in cell.facts.items()}
    # Where no report speaks the facts do; that they are facts is told beside.
    targets, results = targets or cell.facts["target"][:1], results or cell.facts["result"][:1]
    rows = []
    for number in range(max(len(targets), len(results), 1)):
        stated = {"target": _nth(targets, number), "result": _nth(results, number), **beside}
        row = {**common, "choice": number + 1, "later_report": beside["later"] and beside["later"]["report_id"]}
        row |= {f"{part}_fact": fact and fact["fact_id"] for part, fact in facts.items()}
        row["base_unit"] = next((s["base_unit"] for s in stated.values() if s and s["base_unit"]), None)
        for part, source in stated.items():
            if source:
                row[f"{part}_observation"] = source["observation_id"]
                values = {**source, "low": _based(source, "low"), "high": _based(source, "high")}
                row |= {f"{part}_{name}": values[name] for name in _STATEMENT if f"{part}_{name}" in known}
        rows.append(row)
    return rows


def _nth(rows: list[Record], number: int) -> Record | None:
    if len(rows) > 1:
        return rows[number] if number < len(rows) else None
    return rows[0] if rows else None


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
        if source["choice"] > 1:
            continue
        common = ("place_id", "place_zh", "place_en", "place_level", "year", "target_report", "result_report")
        row = rows.setdefault((source["place_id"], source["year"]), {name: source[name] for name in common})
        stem = stems.get((source["indicator_id"], source["measure"]))
        if stem:
            said = {**source, "relation": source["target_relation"], "stated_in": source.get("target_stated_in")}
            row.update({f"{stem}_{name}": value for name, value in said.items() if f"{stem}_{name}" in known})
    return list(rows.values())
