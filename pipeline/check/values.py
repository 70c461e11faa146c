"""Checks on what the observations say.

Columns of one row that do not fit each other are mistakes of the pipeline. What may be true of an unusual text is a
finding; a package whose findings leave one out is in error, so that nothing passes in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import isclose
from typing import Any

from pipeline.check.days import days
from pipeline.check.violation import Violation, place_of
from pipeline.collection.findings import of_pages, pages
from pipeline.meaning.indicators import told_in

Rows = Sequence[Mapping[str, Any]]
_WITH_AMOUNT = ("level", "change")
_PERIODS = (("period", "period_start", "period_end"), ("reference_period", "reference_start", "reference_end"))
_SENTENCE_AND_ORDINAL = re.compile("-[0-9a-f]{8}-[0-9]+(?:-[0-9]+)?")
_COMPARED = ("growth", "change")
_NO_BASE: dict[str, Any] = {"name_zh": None, "dimension": None}
_COUNTED: dict[str, Any] = {"name_zh": "个", "factor": 1.0, "dimension": "count"}  # what no unit is written for


def contradictions(tables: Mapping[str, Rows]) -> list[Violation]:
    """Observations whose columns contradict each other or the ledger."""
    files = {row["report_id"]: row["source_file"] for row in tables["reports"]}
    kinds = {(row["report_id"], row["start"]): row["kind"] for row in tables["numerals"]}
    units = _units(tables)
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
        elif not _SENTENCE_AND_ORDINAL.fullmatch(row["observation_id"], len(row["report_id"])):
            message = f"{row['observation_id']} does not go on with eight hexadecimal digits and the numeral's ordinal"
            found.append(Violation("identifier", "observations", number, place_of(row, files), message))
    return [*found, *_of_one_numeral(tables["observations"], files), *_links(tables, files)]


def _of_one_numeral(observations: Rows, files: Mapping[str, str]) -> Iterator[Violation]:
    """Observations of one numeral that count it differently."""
    first: dict[tuple[str, int], Mapping[str, Any]] = {}
    for number, row in enumerate(observations, 1):
        before = first.setdefault((row["report_id"], row["start"]), row)
        if _numbered(row) != _numbered(before):
            message = f"{row['observation_id']} counts the numeral otherwise than {before['observation_id']}"
            yield Violation("identifier", "observations", number, place_of(row, files), message)


def _numbered(row: Mapping[str, Any]) -> list[str]:
    """The sentence and the ordinal of an observation's identifier."""
    return str(row["observation_id"])[len(row["report_id"]) :].split("-")[1:3]


def _links(tables: Mapping[str, Rows], files: Mapping[str, str]) -> Iterator[Violation]:
    """Observations whose innermost commitment is another than the one that they are linked with."""
    linked = {row["observation_id"]: row["commitment_id"] for row in tables["commitment_observations"]}
    spans: dict[str, list[Mapping[str, Any]]] = {}
    for row in tables["commitments"]:
        spans.setdefault(row["report_id"], []).append(row)
    for number, row in enumerate(tables["observations"], 1):
        around = [one for one in spans.get(row["report_id"], ()) if one["start"] <= row["start"] < one["stop"]]
        shortest = min((one["stop"] - one["start"] for one in around), default=0)
        true = {one["commitment_id"] for one in around if one["stop"] - one["start"] == shortest} or {None}
        if linked.get(row["observation_id"]) not in true:
            message = (
                f"is linked with the commitment {linked.get(row['observation_id'])}, it stands in {min(map(str, true))}"
            )
            yield Violation("commitment", "observations", number, place_of(row, files), message)


def _units(tables: Mapping[str, Rows]) -> dict[str, Mapping[str, Any]]:
    """The units as they are written, each with its base unit's name and dimension."""
    bases = {row["unit_id"]: row for row in tables["base_units"]}
    return {row["unit"]: {**bases.get(row["base_unit_id"], _NO_BASE), **row} for row in tables["units"]}


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
    if (row["status"] == "target") != bool(row["stated_in"]):
        yield "stated_in", f"stated_in is {row['stated_in']} and status is {row['status']}"
    if row["comparison"] and row["measure"] not in _COMPARED:
        yield "comparison", f"comparison is {row['comparison']} and measure is {row['measure']}"
    if row["measure"] == "rank" and row["unit"] not in (None, "位", "名"):
        yield "rank_unit", f"the unit of a rank is {row['unit']}"
    for name, start, end in _PERIODS:
        period, stated = row[name], (row[start], row[end])
        if stated.count(None) not in (0, 2) or (period is None) != (stated[0] is None):
            yield "period_days", f"{name} is {period}, {start} is {row[start]} and {end} is {row[end]}"
        elif period is not None and days(period) != stated:
            yield "period_days", f"{period} is not {row[start]} to {row[end]}"
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


def _amount(row: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    amount, amount_max = row["amount"], row["amount_max"]
    if row["measure"] not in _WITH_AMOUNT:
        if amount is not None or amount_max is not None or row["base_unit"]:
            yield "amount", f"a {row['measure']} has no amount"
        return
    if (amount is None) != (row["base_unit"] is None):
        yield "amount", f"amount is {amount} and base_unit is {row['base_unit']}"
        return
    word = told_in(str(row.get("indicator_id") or ""), row["unit"] or "", row["measure"])
    unit = units.get(word) if word else _COUNTED
    if unit is None:
        return  # a key that points nowhere
    if (amount is None) != (unit["dimension"] == "multiple"):
        yield "amount", f"amount is {amount} and the unit is {row['unit']}"
        return
    if amount is None:
        return
    if row["base_unit"] != unit["name_zh"]:
        yield "amount", f"base_unit of {row['unit']} is {unit['name_zh']}, not {row['base_unit']}"
    for value, stated in ((row["value"], amount), (row["value_max"], amount_max)):
        true = None if value is None else _product(value, unit["factor"])
        if (true is None) != (stated is None) or (true is not None and not isclose(true, stated, rel_tol=1e-12)):
            yield "amount", f"{value} {row['unit']} are {true} {unit['name_zh']}, not {stated}"


def _product(value: float, factor: float) -> float:
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def unrecorded(tables: Mapping[str, Rows]) -> list[Violation]:
    """What the rules of findings see in the rows of a report and the table `findings` leaves out."""
    files = {row["report_id"]: row["source_file"] for row in tables["reports"]}
    recorded = {row["finding_id"] for row in tables["findings"]}
    numbers = {row["observation_id"]: number for number, row in enumerate(tables["observations"], 1)}
    found = []
    for finding in of_pages(pages(tables), ("rows",)):
        if finding["finding_id"] not in recorded:
            number = numbers.get(str(finding["observation_id"]), 0)
            message = f"{finding['message_en']} The table findings does not say so"
            found.append(Violation(str(finding["rule"]), "observations", number, place_of(finding, files), message))
    return found
