"""Tell how a numeral was read: the tool with which a rule is mended."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from pipeline.assemble import observation_rows
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.errors import InputError
from pipeline.extract import read_report, resolve
from pipeline.models import Numeral, Report, Sentence, Source, Step
from pipeline.reading.result import Reading, Resolved

# The columns that a trace accounts for, in the order in which they are shown, with those shown beside each.
SHOWN = {
    "indicator": ("indicator_text", "indicator_id"),
    "measure": ("measure", "rank_of", "pool"),
    "value": ("value", "value_max", "unit", "bound"),
    "comparison": ("comparison", "reference", "reference_period", "basis"),
    "status": ("status",),
    "modality": ("modality",),
    "period": ("period",),
    "place": ("place_id", "subject"),
}
# The longest words shown of those that decided, in characters.
_LONGEST = 40


def explain(source: Source, offset: int) -> str:
    """How the numeral at `offset` (code points in the source) was read, as text of several lines.

    Where no numeral stands there, the sentence and its numerals. Raises InputError for an offset beyond the end.
    """
    if offset >= len(source.text):
        problem = f"there is no character {offset}: the text has {len(source.text)}"
        raise InputError(source.name, "", problem, "Take the offset from the column start")
    report = next((report for report in split(source) if any(a <= offset < b for a, b in report.spans)), None)
    if report is None or not is_read(report.kind):
        return f"Character {offset} belongs to no report. Take the offset of a numeral from the column start."
    reading = read_report(source, report)
    # The folded character at the offset, or the last one before it where folding dropped it.
    at = max(0, bisect_right(reading.folded.offsets, offset) - 1)
    lines = [_report(report), *_passage(reading, at)]
    sentence = next((s for s in reading.sentences if s.start <= at < s.stop), None)
    if sentence is None:
        return "\n".join([*lines, "", f"Character {offset} stands in no sentence. Take it from the column start."])
    inside = [n for n in reading.numerals if sentence.start <= n.start < sentence.stop]
    # The digits, or else the words that belong to them.
    numeral = next((n for n in inside if n.start <= at < n.stop), None)
    numeral = numeral or next((n for n in inside if n.phrase_start <= at < n.phrase_stop), None)
    lines += ["", *_sentence(reading, sentence, numeral)]
    if numeral is None:
        lines += ["", f"Character {offset} is part of no numeral. The numerals of the sentence are:"]
        return "\n".join([*lines, *(f"  {_start(reading, n):>6}  {_numeral(reading, n)}" for n in inside)])
    lines += ["", f"Numeral  {_numeral(reading, numeral)}"]
    resolved = resolve(reading)
    rows = observation_rows(reading, resolved, source.text)
    for found, row in zip(resolved, rows, strict=True):
        if found.fact.numeral.start == numeral.start:
            lines += ["", *_observation(reading, found, row)]
    return "\n".join(lines)


def _report(report: Report) -> str:
    periods = ", ".join(f"{p.role} {p.period}" for p in report.periods)
    return f"Report   {report.report_id}, characters {report.start}–{report.stop}; {periods or 'no periods'}"


def _passage(reading: Reading, at: int) -> Iterator[str]:
    passage = reading.passage_at(at)
    start, stop = reading.folded.span(passage.start, passage.stop)
    period = passage.period or "none"
    yield f"Passage  {passage.role}, characters {start}–{stop}; period {period}, status {passage.status}"
    yield f"Section  {_line(passage.section) or 'none'}"


def _sentence(reading: Reading, sentence: Sentence, numeral: Numeral | None) -> Iterator[str]:
    """The clauses, with the numeral in 【】."""
    text = reading.folded.text
    start, stop = reading.folded.span(sentence.start, sentence.stop)
    yield f"Sentence {start}–{stop}"
    for number, (first, last) in enumerate(sentence.clauses, 1):
        if numeral is not None and first <= numeral.start < last:
            parts = text[first : numeral.start], text[numeral.start : numeral.stop], text[numeral.stop : last]
            shown = "{}【{}】{}".format(*map(_line, parts))
        else:
            shown = _line(text[first:last])
        yield f"  {number:>2}  {shown}"


def _numeral(reading: Reading, numeral: Numeral) -> str:
    marks = [f"“{_words(reading, numeral.phrase_start, numeral.phrase_stop)}”", numeral.kind]
    if numeral.kind in ("observation", "threshold"):
        marks += [f"unit {numeral.unit or 'none'}", f"bound {numeral.bound}"]
    return ", ".join([*marks, *(["rank"] if numeral.rank else [])])


def _observation(reading: Reading, found: Resolved, row: Mapping[str, object]) -> Iterator[str]:
    """The row, one line for each of its columns that rules decided, with the rules and the words behind it."""
    yield f"Observation {row['observation_id']}"
    trace = trace_of(reading, found)
    for field, columns in SHOWN.items():
        value = "  ".join(_line(str(row[c])) for c in columns if row.get(c) not in (None, ""))
        steps = trace.get(field, [])
        if not value and not steps:
            continue
        yield f"  {field:<11} {value or 'none'}"
        for rule, words in steps:
            yield f"    {rule}" + (f"  “{words}”" if words else "")


def trace_of(reading: Reading, found: Resolved) -> dict[str, list[tuple[str, str]]]:
    """By the groups of columns of `SHOWN`, the rules that decided them with the words that each rested on."""
    numeral = found.fact.numeral
    spoken = Step("value", "numeral", numeral.phrase_start, numeral.phrase_stop)
    trace: dict[str, list[tuple[str, str]]] = {}
    for step in map(Step._make, (*found.fact.trace, spoken, *found.time.trace, *found.where.trace)):
        trace.setdefault(step.field, []).append((step.rule, _words(reading, step.start, step.stop)))
    return trace


def _words(reading: Reading, start: int, stop: int) -> str:
    words = _line(reading.folded.text[start:stop])
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 2 :]}"


def _start(reading: Reading, numeral: Numeral) -> int:
    return reading.folded.span(numeral.start, numeral.stop)[0]


def _line(text: str) -> str:
    """On one line, and without control characters, which a terminal would obey."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text).strip()
