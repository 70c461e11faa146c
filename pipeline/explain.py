"""Tell how a sentence was read: the tool with which a rule is mended."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from pipeline.documents.split import split
from pipeline.errors import InputError
from pipeline.extract import extract_report, read_report
from pipeline.models import Numeral, Report, Sentence, Source, Span
from pipeline.reading.result import Reading

# What the lines above an observation have said already.
_SAID = {"observation_id", "report_id", "text", "start", "stop", "section", "quote", "quote_start", "quote_stop"}


def explain(source: Source, offset: int) -> str:
    """How the sentence at `offset` (code points in the source) was read, as text of several lines.

    Raises InputError for an offset beyond the end.
    """
    if offset >= len(source.text):
        problem = f"there is no character {offset}: the text has {len(source.text)}"
        raise InputError(source.name, "", problem, "Take the offset from the column start")
    report = next(report for report in split(source) if any(a <= offset < b for a, b in report.spans))
    if report.kind == "residue":
        return f"Character {offset} belongs to no report: it is what is left of the web page between the reports."
    reading = read_report(source, report)
    # The folded character at the offset, or the last one before it where folding dropped it.
    at = max(0, bisect_right(reading.folded.offsets, offset) - 1)
    sentence = next((s for s in reading.sentences if s.start <= at < s.stop), None)
    lines = [_report(report), *_passage(reading, at)]
    if sentence is None:
        return "\n".join([*lines, f"Character {offset} lies between two sentences."])
    start, stop = reading.folded.span(sentence.start, sentence.stop)
    lines += ["", f"Sentence {start}–{stop}", *_clauses(reading, sentence)]
    lines += ["", "Numerals", *_numerals(reading, sentence)]
    rows = extract_report(source, report).get("observations", [])
    lines += ["", "Observations", *_observations([row for row in rows if start <= _place(row) < stop])]
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


def _clauses(reading: Reading, sentence: Sentence) -> Iterator[str]:
    for number, (start, stop) in enumerate(sentence.clauses, 1):
        yield f"  {number:>2}  {_line(reading.folded.text[start:stop])}"


def _numerals(reading: Reading, sentence: Sentence) -> Iterator[str]:
    inside = [n for n in reading.numerals if sentence.start <= n.start < sentence.stop]
    for numeral in inside:
        yield f"  {_source_start(reading, (numeral.start, numeral.stop)):>6}  {_numeral(reading, numeral)}"
    if not inside:
        yield "  none"


def _numeral(reading: Reading, numeral: Numeral) -> str:
    phrase = _line(reading.folded.text[numeral.phrase_start : numeral.phrase_stop])
    marks = [f"“{phrase}”", numeral.kind]
    if numeral.kind in ("observation", "threshold"):
        marks += [f"unit {numeral.unit or 'none'}", f"bound {numeral.bound}"]
    return ", ".join([*marks, *(["rank"] if numeral.rank else [])])


def _observations(rows: list[dict[str, object]]) -> Iterator[str]:
    for row in rows:
        yield f"  {row['start']:>6}  {row['observation_id']}"
        for column, value in row.items():
            if column not in _SAID and value not in (None, ""):
                yield f"          {column:<17} {_line(str(value))}"
    if not rows:
        yield "  none"


def _place(row: Mapping[str, object]) -> int:
    start = row["start"]
    assert isinstance(start, int)
    return start


def _source_start(reading: Reading, span: Span) -> int:
    return reading.folded.span(*span)[0]


def _line(text: str) -> str:
    """On one line, and without control characters, which a terminal would obey."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text).strip()
