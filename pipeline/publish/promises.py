"""Promises: each target with its later result, and with what the report of the next year makes of it.

Whether a target was met is what `outcomes` says; where no result is known, whether a report that could have told it is held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from pipeline.arrow import records
from pipeline.collection.outcomes import better_way, same_unit
from pipeline.publish.headline import by_place_and_year
from pipeline.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

Record = Mapping[str, Any]
_VERDICTS = {"yes": "met", "no": "missed", "undecidable": "undecidable", "not_comparable": "not_comparable"}
# Of several results the first that decides it; a report goes before a table.
_DECIDES = ("met", "missed", "undecidable", "not_comparable")
_TARGET = ("value", "value_max", "unit", "bound", "phrase", "modality", "basis", "stated_in", "quote")
_RESULT = ("value", "value_max", "unit", "bound", "phrase", "status", "basis", "quote")
_SAME = ("place_id", "indicator_id", "indicator_text", "subject", "measure", "comparison")
# How much a bound asks for, of a value that is to be reached.
_FORCE = {"exact": 2, "at_least": 2, "at_most": 2, "over": 2, "under": 2, "range": 1, "about": 1, "nearly": 0}
_BY_LIST = ("list", "table")


def promises(tables: Mapping[str, pa.Table]) -> list[dict[str, object]]:
    """The rows of the table, in the order of the targets, those of facts last.

    `observations` are the targets and their results; only tables that they are made from are needed.
    """
    rows = {name: records(table) for name, table in tables.items()}
    observations = {row["observation_id"]: row for row in rows["observations"]}
    facts = {row["fact_id"]: row for row in rows["facts"]}
    found = _by_target(rows["outcomes"])
    names = {
        row[key]: row for table, key in (("places", "place_id"), ("indicators", "indicator_id")) for row in rows[table]
    }
    reports = {row["report_id"]: row for row in rows["reports"]}
    following = _Following(rows)
    made = []
    for target in (*observations.values(), *facts.values()):
        if target["status"] != "target" or target.get("same_as") or not target["period"] or not target["place_id"]:
            continue
        identifier = target.get("observation_id") or target["fact_id"]
        row: dict[str, object] = {"promise_id": identifier, **_about(target, names)}
        row |= {f"target_{name}": target.get(name) for name in _TARGET}
        row |= {"target_observation": target.get("observation_id"), "target_fact": target.get("fact_id")}
        row |= {"target_report": target.get("report_id"), "target_date": _date(target, reports)}
        outcome = _chosen(found.get(identifier, ()), reports, observations)
        if outcome:
            result = observations.get(outcome["result_id"]) or facts[outcome["result_fact"]]
            row |= {f"result_{name}": result.get(name) for name in _RESULT}
            row |= {"result_observation": result.get("observation_id"), "result_fact": result.get("fact_id")}
            row |= {"result_report": result.get("report_id"), "result_date": _date(result, reports)}
            row["result_source"] = f"{result['source']}（{result['issuer']}）" if "source" in result else None
            row |= {"verdict": _VERDICTS[outcome["met"]], "gap": outcome["gap"], "note": outcome["note"]}
        else:
            row["verdict"] = "not_reported" if following.after(target) else "not_yet_known"
        made.append(row | (following.in_facts(target) if "fact_id" in target else following.of(target)))
    return made


def _by_target(outcomes: Iterable[Record]) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in outcomes:
        found[row["target_id"] or row["target_fact"]].append(row)
    return found


def _chosen(
    outcomes: Iterable[Record], reports: Mapping[str, Record], observations: Mapping[str, Record]
) -> Record | None:
    def rank(row: Record) -> tuple[int, bool, str, str]:
        result = observations.get(row["result_id"])
        date = str(_date(result, reports) or "") if result else ""
        return _DECIDES.index(_VERDICTS[row["met"]]), result is None, date, row["outcome_id"]

    return min(outcomes, key=rank, default=None)


def _date(row: Record, reports: Mapping[str, Record]) -> object:
    if "source_date" in row:
        return row["source_date"]
    return reports.get(row["report_id"], {}).get("date")


def _about(target: Record, names: Mapping[str, Record]) -> dict[str, object]:
    place, indicator = names.get(target["place_id"], {}), names.get(target["indicator_id"], {})
    return {
        "place_id": target["place_id"],
        "place_zh": place.get("name_zh"),
        "place_en": place.get("name_en"),
        "place_level": place.get("level"),
        "indicator_id": target["indicator_id"],
        "indicator_zh": indicator.get("name_zh"),
        "indicator_en": indicator.get("name_en"),
        **{name: target.get(name) for name in ("indicator_text", "subject", "measure", "comparison", "period")},
    }


class _Following:
    """What the reports after a target say of it."""

    def __init__(self, rows: Mapping[str, Sequence[Record]]) -> None:
        self._reports = by_place_and_year(rows["reports"], rows["report_periods"])
        self._home = {report["report_id"]: place_year for place_year, report in self._reports.items()}
        self._last: dict[str, int] = {}
        for place, year in self._reports:
            self._last[place] = max(year, self._last.get(place, year))
        self._targets: dict[tuple[object, ...], list[Record]] = defaultdict(list)
        self._listed: set[str] = set()
        for row in rows["observations"]:
            if row["status"] == "target":
                self._targets[row["report_id"], *_key(row)].append(row)
                if row["stated_in"] in _BY_LIST:
                    self._listed.add(row["report_id"])
        self._facts = {(*_key(row), row["period"]): row for row in rows["facts"] if row["status"] == "target"}
        self._words = {(row["report_id"], row["indicator_id"]): row for row in rows["qualitative_targets"]}

    def after(self, target: Record) -> bool:
        """Whether a report of the place is held that was delivered after the period of the target."""
        last = int(str(target["period"]).rpartition("/")[2][:4])
        return self._last.get(target["place_id"], 0) > last

    def in_facts(self, target: Record) -> dict[str, object]:
        """The same for a target of a year that a fact states, from the facts on the year after."""
        if not target["period"].isdigit():
            return {}
        row = self._facts.get((*_key(target), str(int(target["period"]) + 1)))
        return {"renewal": renewal(target, row), "next_fact": row["fact_id"]} if row else {}

    def of(self, target: Record) -> dict[str, object]:
        """The columns on the target of the report of the next year; empty where that is not known."""
        place_year = self._home.get(target.get("report_id", ""))
        if place_year is None or not target["period"].isdigit() or int(target["period"]) != place_year[1]:
            return {}
        report = self._reports.get((place_year[0], place_year[1] + 1))
        if report is None or target["modality"] == "stretch":
            return {}
        name = report["report_id"]
        rows = [row for row in self._targets.get((name, *_key(target)), ()) if row["modality"] != "stretch"]
        row = min(rows, key=lambda row: (row["stated_in"] not in _BY_LIST, row["start"]), default=None)
        if row:
            said = {"next_phrase": row["phrase"], "next_observation": row["observation_id"]}
            return {"next_report": name, "renewal": renewal(target, row), **said}
        words = self._words.get((name, target["indicator_id"]))
        if words:
            return {"next_report": name, "renewal": "softened", "next_phrase": words["text"]}
        dropped = target["stated_in"] in _BY_LIST and name in self._listed
        return {"next_report": name, "renewal": "dropped" if dropped else None}


def _key(row: Record) -> tuple[object, ...]:
    return tuple(map(row.get, _SAME))


def renewal(target: Record, later: Record) -> str:
    """What a later target makes of an earlier one for the same thing: kept, raised, softened or changed."""
    factor = same_unit(cast(Row, target), cast(Row, later))
    if factor is None:
        return "changed"
    one, two = (_aim(row) for row in (target, later))
    two *= factor
    if one == two:
        before, now = _FORCE[target["bound"]], _FORCE[later["bound"]]
        return "kept" if before == now else "softened" if now < before else "raised"
    way = better_way(cast(Row, target))
    if not way:
        return "changed"
    return "raised" if (two > one) == (way == "higher") else "softened"


def _aim(row: Record) -> Decimal:
    """The value that is aimed at: of a range its lower end, which is what has to be reached."""
    return Decimal(repr(row["value"]))
