"""The rows of the tables, made from what the steps found in one report; offsets go back to the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import cast

from pipeline.meaning.amounts import amount_of, interval_of
from pipeline.meaning.calendar import interval
from pipeline.meaning.confidence import confidences
from pipeline.meaning.indicators import told_in
from pipeline.models import Fact, Numeral, Report, Source, within
from pipeline.reading.numerals.patterns import ahead
from pipeline.reading.numerals.scan import BOUND_AFTER
from pipeline.reading.result import Reading, Resolved
from pipeline.rows import Row, Rows
from pipeline.text import identity
from pipeline.text.even import even
from pipeline.text.fold import Folded, without_unseen

_REPORT = (
    "report_id title kind issuer speaker post assembly document_number place_id date published source_file source_url layer start stop "
    "characters sha256 encoding excerpt_of complete note"
)
_BOUND = ahead(BOUND_AFTER)

_DIGITS = re.compile("[0-9０-９]+(?:\\.[0-9０-９]+)*")


_ENDS_ADDRESS = re.compile(r"[\s\"'<>()]")

_PRECISION = {4: "year", 7: "month", 10: "day"}


def report_rows(report: Report, *notes: str) -> Rows:
    """The rows of `reports` and `report_periods`; `notes` are added to what the reader has noted."""
    row: Row = {column: getattr(report, column) for column in _REPORT.split()}
    row["note"] = "; ".join(part for part in (report.note, *notes) if part)
    row["date_precision"] = _PRECISION.get(len(report.date), "")
    periods: list[Row] = [{"report_id": report.report_id, "role": p.role, "period": p.period} for p in report.periods]
    return {"reports": [row], "report_periods": periods}


def location_rows(report: Report, source: Source) -> list[Row]:
    """The rows of `locations`: where the stretches of the report stand in the file that its text layer was taken from."""
    found = within(source.locations, report.start, report.stop)
    return [{"report_id": report.report_id, **place._asdict()} for place in found]


def ledger_rows(report: Report, folded: Folded, numerals: Iterable[Numeral], source: str) -> list[Row]:
    """The rows of `numerals`. Digits in what folding takes out, such as page numbers, are of kind `structure`."""
    rows: list[Row] = []
    if removed := even(source).removed:
        spans = report.spans
        for start, stop in removed:
            if any(first <= start and stop <= last for first, last in spans):
                rows += [
                    {
                        "report_id": report.report_id,
                        "text": digits[0],
                        "start": digits.start(),
                        "stop": digits.end(),
                        "kind": "name" if _in_address(source, digits.start(), start) else "structure",
                    }
                    for digits in _DIGITS.finditer(source, start, stop)
                ]
    for numeral in numerals:
        start, stop = folded.span(numeral.start, numeral.stop)
        rows.append(
            {
                "report_id": report.report_id,
                "text": source[start:stop],
                "start": start,
                "stop": stop,
                "kind": numeral.kind,
            }
        )
    return sorted(rows, key=lambda row: cast(int, row["start"])) if removed else rows


def _in_address(source: str, at: int, start: int) -> bool:
    """Whether what stands at `at` belongs to the address of a page or a picture."""
    begin = max(source.rfind("://", start, at), source.rfind('="/', start, at))
    return begin >= 0 and not _ENDS_ADDRESS.search(source, begin + 2, at)


def _counts(numeral: Numeral) -> bool:
    """Whether the numeral counts in the identifiers of its sentence's rows: more of the others in the ledger change none."""
    return not numeral.chinese or numeral.kind in ("observation", "observation_part", "unread")


def observation_rows(reading: Reading, resolved: Sequence[Resolved], source: str) -> list[Row]:
    """The rows of `observations`."""
    folded = reading.folded
    starts = [numeral.start for numeral in reading.numerals if _counts(numeral)]
    table = identity.table_of(source[reading.report.start : reading.report.stop])
    digests: dict[int, tuple[str, int, int, int]] = {}
    used: dict[str, int] = {}
    rows: list[Row] = []
    sure = confidences(reading, resolved)
    for row, confidence in zip(resolved, sure, strict=True):
        fact, passage, time, where, indicator_id = row.fact, row.passage, row.time, row.where, row.indicator_id
        sentence, numeral = fact.sentence, fact.numeral
        if sentence.start not in digests:
            start, stop = folded.span(sentence.start, sentence.stop)
            digest = identity.digest(source[start:stop], table)
            digests[sentence.start] = digest, start, stop, bisect_left(starts, sentence.start)
        digest, quote_start, quote_stop, first = digests[sentence.start]
        name = f"{reading.report.report_id}-{digest}-{bisect_left(starts, numeral.start) - first + 1}"
        nth = used[name] = used.get(name, 0) + 1
        identifier = name if nth == 1 else f"{name}-{nth}"
        start, stop = folded.span(numeral.start, numeral.stop)
        low, high = interval_of(fact.value, fact.value_max, fact.bound)
        first_day, last_day = interval(time.period)
        reference_start, reference_end = interval(time.reference_period)
        amount, amount_max, base_unit = amount_of(
            fact.measure, fact.value, fact.value_max, told_in(indicator_id, fact.unit, fact.measure)
        )
        rows.append(
            {
                "observation_id": identifier,
                "report_id": reading.report.report_id,
                "text": source[start:stop],
                "start": start,
                "stop": stop,
                "indicator_id": indicator_id,
                "indicator_text": where.indicator,
                "subject": where.subject,
                "place_id": where.place_id,
                "measure": fact.measure,
                "value": fact.value,
                "value_max": fact.value_max,
                "phrase": _phrase(folded, fact, source),
                "unit": _as_written(fact.unit, folded, numeral, source),
                "bound": fact.bound,
                "low": low,
                "high": high,
                "status": time.status,
                "modality": time.modality,
                "comparison": fact.comparison,
                "reference": fact.reference,
                "reference_period": time.reference_period,
                "reference_start": reference_start,
                "reference_end": reference_end,
                "basis": fact.basis,
                "rank_of": fact.rank_of,
                "pool": fact.pool,
                "stated_in": reading.stated_in(fact.numeral.start, fact.rule) if time.status == "target" else "",
                "period": time.period,
                "period_start": first_day,
                "period_end": last_day,
                "amount": amount,
                "amount_max": amount_max,
                "base_unit": base_unit,
                "section": passage.section,
                "quote": source[quote_start:quote_stop],
                "quote_start": quote_start,
                "quote_stop": quote_stop,
                "rule": fact.rule,
                "confidence": confidence,
            }
        )
    return rows


def _phrase(folded: Folded, fact: Fact, source: str) -> str:
    """The value as written with its modifiers: 5%左右, 超2600亿元, -5.8%."""
    text, numeral = folded.text, fact.numeral
    start, stop = numeral.phrase_start, numeral.phrase_stop
    if text[start] == "(":
        # The unit stands in brackets before the number and is no part of it.
        start = max(text.rfind(mark, start, numeral.start) for mark in "):") + 1
    if start == numeral.start and stop == numeral.stop:
        # A cell of a table: its digits alone.
        start -= fact.value < 0 and text[start - 1 : start] in ("-", "—")
        stop += len(fact.unit) if fact.unit and text.startswith(fact.unit, stop) else 0
        bound = _BOUND.match(text, stop) if fact.bound != "exact" else None
        stop = bound.end() if bound else stop
    begin, end = folded.span(start, stop)
    return source[begin:end]


def _as_written(unit: str, folded: Folded, numeral: Numeral, source: str) -> str:
    """The unit in the typography of the source, where that differs in more than its width: 万套（户）."""
    at = folded.text.find(unit, numeral.stop, numeral.phrase_stop) if "(" in unit else -1
    if at < 0:
        return unit
    start, stop = folded.span(at, at + len(unit))
    # A line that ends in it is layout, and what takes no room is no part of it.
    return "".join(without_unseen(even(source).text[start:stop]).split())
