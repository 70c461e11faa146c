"""Checks on what the observations say.

Rules of two kinds. `contradictions` are mistakes of the pipeline: columns of one row that do not fit each other.
`doubts` may be true of an unusual text: they are published in the table `findings`, and a package whose findings leave
one out is in error, so that nothing passes in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import isclose
from typing import Any
from unicodedata import normalize

from pipeline.check.violation import Violation, place_of

Rows = Sequence[Mapping[str, Any]]
_WITH_AMOUNT = ("level", "change")
_COMPARED = ("growth", "change")
_EARLIEST = 1900
_FARTHEST = 60  # years ahead that plans reach: carbon neutrality by 2060
_LARGEST = {"growth": 10_000, "level": 1_000, "change": 100}  # percent, and percentage points
_PERCENT = {"growth": ("%",), "level": ("%",), "change": ("百分点", "个百分点")}


def contradictions(tables: Mapping[str, Rows]) -> list[Violation]:
    """Observations whose columns contradict each other or the ledger."""
    files = {row["report_id"]: row["source_file"] for row in tables["reports"]}
    kinds = {(row["report_id"], row["start"]): row["kind"] for row in tables["numerals"]}
    units = {row["text"]: row for row in tables["units"]}
    found = []
    for number, row in enumerate(tables["observations"], 1):
        for rule, message in _contradictions(row, units):
            found.append(Violation(rule, "observations", number, place_of(row, files), message))
        kind = kinds.get((row["report_id"], row["start"]))
        if kind not in (None, "observation"):
            message = f"the ledger calls the numeral {row['text']!r:.40} {kind}"
            found.append(Violation("ledger", "observations", number, place_of(row, files), message))
        if not row["observation_id"].startswith(f"{row['report_id']}-"):
            message = f"{row['observation_id']} does not begin with the report's identifier"
            found.append(Violation("identifier", "observations", number, place_of(row, files), message))
    return found


def _contradictions(row: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    low, high = row["low"], row["high"]
    if low is not None and high is not None and low > high:
        yield "interval", f"low {low} is above high {high}"
    if (row["bound"] == "range") != (row["value_max"] is not None):
        yield "range", f"bound is {row['bound']} and value_max is {row['value_max']}"
    elif (expected := _interval(row)) != (low, high):
        yield "interval", f"{row['bound']} {row['value']} has low and high {expected}, not {(low, high)}"
    if (row["status"] != "target") and row["modality"]:
        yield "modality", f"modality is {row['modality']} and status is {row['status']}"
    if row["comparison"] and row["measure"] not in _COMPARED:
        yield "comparison", f"comparison is {row['comparison']} and measure is {row['measure']}"
    if row["measure"] == "rank" and row["unit"] not in (None, "位", "名"):
        yield "rank_unit", f"the unit of a rank is {row['unit']}"
    if (row["period"] is None) != (row["period_start"] is None):
        yield "period_days", f"period is {row['period']} and period_start is {row['period_start']}"
    elif row["period"] is not None and not _covers(row):
        yield "period_days", f"{row['period']} is not {row['period_start']} to {row['period_end']}"
    yield from _amount(row, units)


def _interval(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """The interval as the bound gives it; of a decrease, the bound is of its size."""
    value, bound = row["value"], row["bound"]
    if bound == "range":
        return min(value, row["value_max"]), max(value, row["value_max"])
    if bound in ("exact", "about"):
        return value, value
    below = bound in ("at_most", "under", "nearly")
    return (None, value) if below != (value < 0) else (value, None)


def _covers(row: Mapping[str, Any]) -> bool:
    """Whether the days are those of the period, as far as its years tell."""
    first, _, last = row["period"].partition("/")
    start, end = row["period_start"], row["period_end"]
    return bool(end and start <= end and start.year == int(first[:4]) and end.year == int((last or first)[:4]))


def _amount(row: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    amount, amount_max = row["amount"], row["amount_max"]
    if row["measure"] not in _WITH_AMOUNT:
        if amount is not None or amount_max is not None or row["base_unit"]:
            yield "amount", f"a {row['measure']} has no amount"
        return
    if (amount is None) != (row["base_unit"] is None):
        yield "amount", f"amount is {amount} and base_unit is {row['base_unit']}"
        return
    unit = units.get(_clean(row["unit"]))
    if amount is None or unit is None:
        return
    if row["base_unit"] != unit["base_unit"]:
        yield "amount", f"base_unit of {row['unit']} is {unit['base_unit']}, not {row['base_unit']}"
    for value, stated in ((row["value"], amount), (row["value_max"], amount_max)):
        true = None if value is None else _product(value, unit["factor"])
        if (true is None) != (stated is None) or (true is not None and not isclose(true, stated, rel_tol=1e-12)):
            yield "amount", f"{value} {row['unit']} are {true} {unit['base_unit']}, not {stated}"


def _product(value: float, factor: float) -> float:
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def _clean(unit: str | None) -> str:
    return normalize("NFKC", unit or "").replace(" ", "")


def doubts(tables: Mapping[str, Rows]) -> list[dict[str, object]]:
    """Rows of the table `findings` for what is unusual: ranges, periods, percentages, dimensions, lost numerals."""
    years = {row["report_id"]: int(row["date"][:4]) for row in tables["reports"] if row["date"]}
    observations = tables["observations"]
    found: list[dict[str, object]] = []
    for row in observations:
        for rule, severity, message in _doubts(row, years.get(row["report_id"])):
            found.append(_finding(rule, severity, row, message))
    found += _dimensions(tables)
    found += _lost(tables)
    return found


def _lost(tables: Mapping[str, Rows]) -> Iterator[dict[str, object]]:
    """Numerals that state a quantity and have no observation. What is left between reports has none by design."""
    residue = {row["report_id"] for row in tables["reports"] if row["kind"] == "residue"}
    read = {(row["report_id"], row["start"]) for row in tables["observations"]}
    for row in tables["numerals"]:
        report, start = row["report_id"], row["start"]
        if row["kind"] == "observation" and report not in residue and (report, start) not in read:
            yield {
                "finding_id": f"numeral-without-observation-{report}-{start}",
                "rule": "numeral_without_observation",
                "severity": "warning",
                "observation_id": None,
                "message": f"{row['text']:.40} at {start} of {report} states a quantity that was not understood.",
            }


def _finding(rule: str, severity: str, row: Mapping[str, Any], message: str) -> dict[str, object]:
    return {
        "finding_id": f"{rule.replace('_', '-')}-{row['observation_id']}",
        "rule": rule,
        "severity": severity,
        "observation_id": row["observation_id"],
        "message": message,
    }


def _doubts(row: Mapping[str, Any], year: int | None) -> Iterator[tuple[str, str, str]]:
    value, value_max, measure = row["value"], row["value_max"], row["measure"]
    if value_max is not None and (abs(value_max) <= abs(value) or value * value_max < 0):
        yield "range_order", "warning", f"The range goes from {value:g} to {value_max:g}."
    if row["period_start"] and row["period_end"] and year:
        first, last = row["period_start"].year, row["period_end"].year
        if row["status"] != "target" and first > year:
            yield "period_reach", "warning", f"A report of {year} gives a result for {row['period']}."
        elif first < _EARLIEST or last > year + _FARTHEST:
            yield "period_reach", "warning", f"A report of {year} speaks of {row['period']}."
    unit = _clean(row["unit"])
    if unit in _PERCENT.get(measure, ()):
        lowest = -_LARGEST["change"] if measure == "change" else -100
        if not lowest <= value <= _LARGEST[measure]:
            yield "percent_range", "error", f"A {measure} of {value:g}{unit} is hardly possible."
    if measure == "rank" and (value < 1 or value != int(value)):
        yield "rank_range", "error", f"A rank of {value:g} is not possible."
    if measure == "multiple" and value <= 0:
        yield "multiple_range", "error", f"A multiple of {value:g} is not possible."


def _dimensions(tables: Mapping[str, Rows]) -> Iterator[dict[str, object]]:
    """Levels of an indicator in units of another dimension than its usual one."""
    by_text = {row["text"]: row["dimension"] for row in tables["units"]}
    by_id = {row["unit_id"]: row["dimension"] for row in tables["units"]}
    usual = {row["indicator_id"]: by_id.get(row["unit_id"]) for row in tables["indicators"]}
    rows: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for row in tables["observations"]:
        dimension = by_text.get(_clean(row["unit"]))
        if row["measure"] == "level" and row["unit"] and dimension:
            rows[row["indicator_id"]].append((dimension, row))
    for indicator, measured in rows.items():
        expected = usual.get(indicator)
        for dimension, row in measured:
            if expected and dimension != expected:
                message = f"{row['unit']} measures {dimension}, {indicator} is otherwise measured as {expected}."
                yield _finding("unit_dimension", "warning", row, message)


def unrecorded(tables: Mapping[str, Rows]) -> list[Violation]:
    """Doubts that the table `findings` leaves out."""
    files = {row["report_id"]: row["source_file"] for row in tables["reports"]}
    recorded = {row["finding_id"] for row in tables["findings"]}
    rows = {row["observation_id"]: (number, row) for number, row in enumerate(tables["observations"], 1)}
    found = []
    for doubt in doubts(tables):
        if doubt["finding_id"] not in recorded:
            number, row = rows.get(str(doubt["observation_id"]), (0, {}))
            message = f"{doubt['message']} The table findings does not say so"
            found.append(Violation(str(doubt["rule"]), "observations", number, place_of(row, files), message))
    return found
