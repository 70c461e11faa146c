"""One report through the steps from its text to the rows of the tables. Pure: no files, no state."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from pipeline.fold import Folded, fold
from pipeline.lex import lex
from pipeline.models import Fact, Numeral, Passage, Report, Sentence, Source, Time, Where
from pipeline.outline import outline
from pipeline.parse import parse
from pipeline.parse.phrase import clean, strip_lead
from pipeline.read import decode, split
from pipeline.reconcile.fingerprints import fingerprints
from pipeline.resolve.amounts import amount_of
from pipeline.resolve.calendar import interval
from pipeline.resolve.gazetteer import gazetteer
from pipeline.resolve.indicators import core, resolve_indicator
from pipeline.resolve.places import PlaceReader
from pipeline.resolve.time import time_of
from pipeline.rows import Rows, merged
from pipeline.sentences import sentences
from pipeline.structure import Table, TableCell
from pipeline.structure.observed import table_facts, with_tables
from pipeline.structure.tables import find_tables


@dataclass(frozen=True, slots=True)
class Reading:
    """What the steps up to `parse` find in one report; offsets in `folded.text`."""

    report: Report
    folded: Folded
    passages: list[Passage]
    numerals: list[Numeral]
    sentences: list[Sentence]
    facts: list[Fact]
    tables: list[Table]

    def passage_at(self, offset: int) -> Passage:
        """The passage that covers an offset."""
        starts = [passage.start for passage in self.passages]
        return self.passages[max(0, bisect_right(starts, offset) - 1)]


def extract_text(text: str, name: str = "-") -> Rows:
    """The rows of all reports in a text. `name` stands for the file in identifiers and messages."""
    return extract_source(Source(name, text, "utf-8"))


def extract_bytes(data: bytes, name: str) -> Rows:
    """The rows of all reports in a file's bytes. Raises InputError for bytes that are no text."""
    text, encoding = decode(data, name)
    return extract_source(Source(name, text, encoding))


def extract_source(source: Source) -> Rows:
    """The rows of all reports in a source."""
    rows = merged(extract_report(source, report) for report in split(source))
    return {table: found for table, found in rows.items() if not table.startswith("_")}


def extract_report(source: Source, report: Report) -> Rows:
    """The rows of one report of a source, for all tables that are made from one report alone."""
    rows: Rows = {"reports": [_report_row(report)]}
    rows["report_periods"] = [
        {"report_id": report.report_id, "role": p.role, "period": p.period} for p in report.periods
    ]
    rows["numerals"] = []
    if report.kind == "residue":
        for start, stop in report.spans:
            folded = fold(source.text, start, stop)
            rows["numerals"] += _ledger(report, folded, lex(folded.text), source.text)
        return rows
    reading = read_report(source, report)
    rows["numerals"] = _ledger(report, reading.folded, reading.numerals, source.text)
    rows["observations"] = _observations(reading, source.text)
    rows["_fingerprints"] = fingerprints(report.report_id, source.text[report.start : report.stop], report.start)
    return rows


def read_report(source: Source, report: Report) -> Reading:
    """Take one report through the steps from `fold` to `parse`."""
    folded = fold(source.text, report.start, report.stop)
    passages = outline(folded.text, report)
    tables = find_tables(folded, source.text)
    numerals = with_tables(folded.text, lex(folded.text), tables)
    found = sentences(folded.text)
    prose = [s for s in found if not any(table.start <= s.start < table.stop for table in tables)]
    facts = parse(folded.text, prose, _outside(numerals, tables), passages)
    facts += [fact for table in tables for fact in table_facts(table)]
    facts.sort(key=lambda fact: fact.numeral.start)
    return Reading(report, folded, passages, numerals, found, facts, tables)


def _outside(numerals: list[Numeral], tables: list[Table]) -> list[Numeral]:
    return (
        [n for n in numerals if not any(table.start <= n.start < table.stop for table in tables)]
        if tables
        else numerals
    )


def resolve(reading: Reading) -> list[tuple[Fact, Passage, Time, Where, str]]:
    """Every fact with its passage, its time, its place and subject, and its indicator_id."""
    text, report = reading.folded.text, reading.report
    places = PlaceReader(text, report, reading.sentences)
    starts = [passage.start for passage in reading.passages]
    cells = {cell.start: cell for table in reading.tables for cell in table.cells}
    resolved = []
    for fact in reading.facts:
        passage = reading.passages[max(0, bisect_right(starts, fact.numeral.start) - 1)]
        time = time_of(fact, text, passage, report)
        if fact.numeral.start in cells:
            time = _time_of_cell(cells[fact.numeral.start], time)
        for where in places.wheres(fact):
            name = _tidied(where.indicator, fact)
            own = _own_level(name, where.place_id)
            indicator_id = core(own, fact.measure, fact.unit, where.subject, fact.comparison) if own else ""
            indicator_id = indicator_id or resolve_indicator(
                name, fact.measure, fact.unit, where.subject, fact.comparison
            )
            resolved.append((fact, passage, time, replace(where, indicator=name), indicator_id))
    return resolved


# 集团公司(含参股企业)净利润: what is left in brackets of a subject that was taken out.
_ASIDE = re.compile(r"^\([^()]*\)")


def _tidied(indicator: str, fact: Fact) -> str:
    """The indicator after its place was taken out, without the light words that the place stood before."""
    if indicator != fact.indicator:
        indicator = clean(strip_lead(_ASIDE.sub("", indicator))) or indicator
    return indicator or fact.indicator or fact.numeral.text


def _own_level(name: str, place_id: str) -> str:
    """The name without the word for the level of its own place (市财政收入 in a city), or an empty string."""
    levels = {"province": "省", "prefecture": "市", "county": "市县区"}.get(gazetteer().level(place_id), "")
    return name[1:] if len(name) > 4 and name[0] in levels and name[1] not in "场民政级直属内外辖区县域" else ""


def _time_of_cell(cell: TableCell, time: Time) -> Time:
    """What title, header and notes of a table say goes before what its place in the report says."""
    status = cell.status or time.status
    modality = time.modality or "plain" if status == "target" else ""
    return replace(time, status=status, modality=modality, period=cell.period or time.period)


def _report_row(report: Report) -> dict[str, object]:
    columns = [
        "report_id",
        "title",
        "kind",
        "issuer",
        "speaker",
        "post",
        "assembly",
        "document_number",
        "place_id",
        "date",
        "published",
        "source_file",
        "start",
        "stop",
        "characters",
        "sha256",
        "encoding",
        "excerpt_of",
        "complete",
        "note",
    ]
    return {column: getattr(report, column) for column in columns}


def _ledger(report: Report, folded: Folded, numerals: Iterable[Numeral], source: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
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
    return rows


def _observations(reading: Reading, source: str) -> list[dict[str, object]]:
    folded = reading.folded
    ordinal = {n.start: i for i, n in enumerate(reading.numerals)}
    digests: dict[int, tuple[str, int, int, int]] = {}
    used: Counter[str] = Counter()
    rows = []
    for fact, passage, time, where, indicator_id in resolve(reading):
        sentence, numeral = fact.sentence, fact.numeral
        if sentence.start not in digests:
            start, stop = folded.span(sentence.start, sentence.stop)
            digest = sha256(folded.text[sentence.start : sentence.stop].encode()).hexdigest()[:8]
            digests[sentence.start] = digest, start, stop, ordinal[numeral.start]
        digest, quote_start, quote_stop, first = digests[sentence.start]
        name = f"{reading.report.report_id}-{digest}-{ordinal[numeral.start] - first + 1}"
        used[name] += 1
        identifier = name if used[name] == 1 else f"{name}-{used[name]}"
        start, stop = folded.span(numeral.start, numeral.stop)
        low, high = interval_of(fact.value, fact.value_max, fact.bound)
        first_day, last_day = interval(time.period)
        amount, amount_max, base_unit = amount_of(fact.measure, fact.value, fact.value_max, fact.unit)
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
                "unit": fact.unit,
                "bound": fact.bound,
                "low": low,
                "high": high,
                "status": time.status,
                "modality": time.modality,
                "comparison": fact.comparison,
                "reference": fact.reference,
                "reference_period": time.reference_period,
                "basis": fact.basis,
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
            }
        )
    return rows


def interval_of(value: Decimal, value_max: Decimal | None, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """The interval that the words assert. The bound is of the size, so for a decrease the ends change places."""
    if bound == "range" and value_max is not None:
        return min(value, value_max), max(value, value_max)
    low: Decimal | None = None if bound in ("at_most", "under", "nearly") else value
    high: Decimal | None = None if bound in ("at_least", "over") else value
    return (high, low) if value < 0 and None in (low, high) else (low, high)
