"""One report through the steps from its text to the rows of the tables. Pure: no files, no state."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from pipeline.assemble import ledger_rows, location_rows, observation_rows, report_rows
from pipeline.assemble_structures import structure_rows
from pipeline.collection.findings import of_document
from pipeline.collection.findings.rules.two_values import contradictory
from pipeline.correct import corrected, refuse_strays
from pipeline.documents.front_matter import stated_until
from pipeline.documents.outline import doubt, outline
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.knowledge import any_of, catalogue, vocabulary
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.indicators import indicator_of, is_added_elsewhere
from pipeline.meaning.subjects import subject_at
from pipeline.meaning.table_times import time_of_cell
from pipeline.meaning.when import frame_of, time_of
from pipeline.meaning.where import PlaceReader
from pipeline.models import Fact, Numeral, Passage, Report, Sentence, Source, Time, Where
from pipeline.reading.numerals import lex
from pipeline.reading.result import Reading, Resolved
from pipeline.reading.statements import parse
from pipeline.reading.statements.phrase import clean, owner_of, strip_lead
from pipeline.reading.statements.word_lists import ATTRIBUTE
from pipeline.reading.structures import Table
from pipeline.reading.structures.observed import as_structured, find_structures, table_facts
from pipeline.rows import Row, Rows, merged
from pipeline.text.fold import fold
from pipeline.text.readers import read_layer
from pipeline.text.sentences import sentences
from pipeline.text.sources import as_source
from pipeline.text.stretches import Stretches

# How far the reading of a report is: from 0 to 1.
Share = Callable[[float], None]
# Every so many sentences or facts it is told.
_TOLD = 200
_Item = TypeVar("_Item")


def extract_text(text: str, name: str = "-") -> Rows:
    """The rows of all reports in a text. `name` stands for the file in identifiers and messages."""
    return extract_source(Source(name, text, "utf-8"))


def extract_bytes(data: bytes, name: str) -> Rows:
    """The rows of all reports in a file's bytes, read by the ending of its name. Raises InputError."""
    return extract_source(as_source(read_layer(data, name), name))


def extract_source(source: Source) -> Rows:
    """The rows of all reports in a source. Raises InputError for a correction that does not fit."""
    with _no_cycles():
        reports = split(source)
        refuse_strays(source, reports)
        return merged(extract_report(source, report) for report in reports)


def extract_report(source: Source, report: Report, tell: Share | None = None) -> Rows:
    """The rows of one report of a source, for all tables that are made from one report alone. `tell` hears how far it is."""
    with _no_cycles():
        return _extract_report(source, report, tell)


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Without the collector of cycles: what is made of one report has none, and looking for them takes a sixth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _counted(items: Sequence[_Item], tell: Share | None, first: float, last: float) -> Iterable[_Item]:
    """The items, while it is told how many were taken, as a share between `first` and `last`."""
    if tell is None:
        return items
    return _telling(items, tell, first, last)


def _telling(items: Sequence[_Item], tell: Share, first: float, last: float) -> Iterator[_Item]:
    for at, item in enumerate(items):
        if at % _TOLD == 0:
            tell(first + (last - first) * at / len(items))
        yield item


def _extract_report(source: Source, report: Report, tell: Share | None) -> Rows:
    if not is_read(report.kind):
        parts = [(span, fold(source.text, *span)) for span in report.spans]
        ledger = [
            row
            for span, folded in parts
            for row in ledger_rows(replace(report, spans=(span,)), folded, lex(folded.text), source.text)
        ]
        return {**report_rows(report), "numerals": ledger}
    reading = read_report(source, report, tell)
    read = observation_rows(reading, resolve(reading, tell), source.text)
    ledger = ledger_rows(report, reading.folded, reading.numerals, source.text)
    right = corrected(source, reading, read, ledger)
    _doubt_contradictions(right["observations"])
    rows = {
        **report_rows(report, reading.structures.note, doubt(reading.passages)),
        **right,
        "locations": location_rows(report, source),
        **structure_rows(reading, right["observations"], source.text),
    }
    return {**rows, "findings": of_document(reading, rows)}


# Of two figures that exclude each other at most one is right.
_ONE_OF_TWO = Decimal("0.5")


def _doubt_contradictions(observations: list[Row]) -> None:
    """Rows of one report that contradict each other are less sure, where no reader has looked at them."""
    for pair in contradictory(observations):
        for row in pair:
            if row["review"] == "none":
                row["confidence"] = min(Decimal(str(row["confidence"])), _ONE_OF_TWO)


def read_report(source: Source, report: Report, tell: Share | None = None) -> Reading:
    """Take one report through the steps from `fold` to `parse`."""
    folded = fold(source.text, report.start, report.stop)
    passages = outline(folded.text, report)
    structures = find_structures(folded, source.text, report, passages)
    tables = structures.tables
    numerals = as_structured(folded.text, lex(folded.text), structures)
    found = sentences(folded.text)
    if begins := stated_until(folded.text):
        # What a file states of its text above it is no statement of the text.
        found = [sentence for sentence in found if sentence.start >= begins]
        numerals = [_as_stated(numeral) if numeral.start < begins else numeral for numeral in numerals]
    prose = _counted(_prose(found, tables), tell, 0.1, 0.4)
    facts = parse(folded.text, prose, _outside(numerals, tables), passages)
    facts += [fact for table in tables for fact in table_facts(table)]
    facts.sort(key=lambda fact: fact.numeral.start)
    return Reading(report, folded, passages, numerals, found, facts, structures)


def _as_stated(numeral: Numeral) -> Numeral:
    return numeral._replace(kind="structure", value=None) if numeral.kind == "observation" else numeral


def _prose(found: list[Sentence], tables: list[Table]) -> list[Sentence]:
    """The sentences outside tables; of one that begins in a table, what follows the table."""
    if not tables:
        return found
    inside = Stretches((table.start, table.stop) for table in tables)
    prose = []
    for sentence in found:
        stop = inside.stop_of(sentence.start)
        if stop <= sentence.start:
            prose.append(sentence)
        elif stop < sentence.stop:
            clauses = tuple((max(start, stop), end) for start, end in sentence.clauses if end > stop)
            prose.append(Sentence(stop, sentence.stop, clauses))
    return prose


def _outside(numerals: list[Numeral], tables: list[Table]) -> list[Numeral]:
    if not tables:
        return numerals
    inside = Stretches((table.start, table.stop) for table in tables)
    return [n for n in numerals if n.start not in inside]


def resolve(reading: Reading, tell: Share | None = None) -> list[Resolved]:
    """Every fact with its passage, its time, its place and subject, and its indicator_id.

    One step after the other for all facts: what a step reads is at hand for the next fact.
    """
    timed = list(_timed(reading, _counted(reading.facts, tell, 0.4, 0.55)))
    entries = [(term.term, (term.start, term.stop)) for term in reading.structures.terms]
    places = PlaceReader(reading.folded.text, reading.report, reading.sentences, entries)
    placed = [places.wheres(fact) for fact, _, _ in _counted(timed, tell, 0.55, 0.7)]
    resolved: list[Resolved] = []
    for (fact, passage, time), wheres in zip(_counted(timed, tell, 0.7, 0.85), placed, strict=True):
        for where in wheres:
            where = _of_work_behind(where, fact, reading.folded.text)
            name = _without_own_place(_tidied(where.indicator, fact), where.place_id)
            indicator_id = indicator_of(name, where.place_id, fact.measure, fact.unit, where.subject, fact.comparison)
            where = where if name == where.indicator else where._replace(indicator=name)
            based = _as_total(fact, indicator_id, name, reading.folded.text)
            resolved.append(Resolved(based, passage, time, where, indicator_id))
    return _like_their_levels(_of_places_told(_shared_out(resolved)))


def _as_total(fact: Fact, indicator_id: str, name: str, text: str) -> Fact:
    """The fact, on the basis that it is the total so far where others under the indicator are what was added in a year."""
    if fact.measure != "level" or fact.basis or not is_added_elsewhere(indicator_id, name):
        return fact
    reached = _REACHED.search(text, max(0, fact.numeral.phrase_start - _LONGEST_REACHED), fact.numeral.phrase_start)
    return fact._replace(basis=reached[0]) if reached else fact


_REACHED_WORDS: list[str] = vocabulary("constructions")["compared"]["reached"]
_LONGEST_REACHED = max(map(len, _REACHED_WORDS))
_REACHED = re.compile(rf"{any_of(_REACHED_WORDS)}(?=$)")


def _timed(reading: Reading, facts: Iterable[Fact]) -> Iterator[tuple[Fact, Passage, Time]]:
    """Every fact with its passage and its time."""
    text = reading.folded.text
    frames = [frame_of(passage, reading.report) for passage in reading.passages]
    starts = [passage.start for passage in reading.passages]
    cells = {cell.start: (cell, table.title) for table in reading.structures.tables for cell in table.cells}
    for fact in facts:
        frame = frames[max(0, bisect_right(starts, fact.numeral.start) - 1)]
        time = time_of(fact, text, frame)
        if time.comparison != fact.comparison:
            fact = fact._replace(comparison=time.comparison)
        if fact.numeral.start in cells:
            time = time_of_cell(*cells[fact.numeral.start], time, frame)
        yield fact, frame.passage, time


def _of_work_behind(where: Where, fact: Fact, text: str) -> Where:
    """The work with a name of its own whose property stands before it is the subject (投资3亿元的××快速路)."""
    if fact.rule != "property-of-behind" or where.subject:
        return where
    thing = owner_of(where.indicator)
    if not thing or not text.startswith("的" + thing, fact.numeral.phrase_stop):
        return where
    name, _, kind = subject_at(thing, 0, len(thing), False)
    named = name == thing and kind in ("works", "zone", "org", "firm")
    return where._replace(subject=name, indicator=where.indicator[len(thing) :]) if named else where


def _shared_out(resolved: list[Resolved]) -> list[Resolved]:
    """Give figures for places of a list the whole name that stands behind the last (甲、乙地铁客运量分别为…).

    The parser does not know the names of places, so it gave the first only the property at the end.
    """
    for index in range(len(resolved) - 2, -1, -1):
        one, other = resolved[index], resolved[index + 1]
        name, whole = one.where.indicator, other.where.indicator
        listed = one.fact.head_start == other.fact.head_start and one.where.place_id != other.where.place_id
        if listed and name != whole and name in ATTRIBUTE and whole.endswith(name):
            where = one.where._replace(indicator=whole)
            resolved[index] = one._replace(where=where, indicator_id=other.indicator_id)
    return resolved


def _of_places_told(resolved: list[Resolved]) -> list[Resolved]:
    """Give figures of which the name of a place is all that is told what the place before has (甲省收入9亿元,乙省也达到8亿元)."""
    for index, one in enumerate(resolved):
        if not index or not _is_place(one):
            continue
        for before in reversed(resolved[max(0, index - _ROWS_BACK) : index]):
            if before.fact.sentence.start != one.fact.sentence.start:
                break
            alike = one.fact.measure != "level" or one.fact.unit[-1:] == before.fact.unit[-1:]
            if alike and before.fact.measure != "rank" and not _is_place(before):
                where = one.where._replace(indicator=before.where.indicator)
                resolved[index] = one._replace(where=where, indicator_id=before.indicator_id)
                break
    return resolved


def _like_their_levels(resolved: list[Resolved]) -> list[Resolved]:
    """Give a growth or a rank, whose unit does not say what is measured, the indicator of the level told with it.

    培育新品种30万亩、增长5%: it is the area that grew.
    """
    for index, one in enumerate(resolved):
        if one.fact.measure not in _UNSAID or one.indicator_id in catalogue("indicators"):
            continue
        near = (*reversed(resolved[max(0, index - _ROWS_BACK) : index]), *resolved[index + 1 : index + 2])
        for other in near:
            alike = other.where.indicator == one.where.indicator and other.where.subject == one.where.subject
            if other.fact.measure == "level" and alike and other.fact.sentence.start == one.fact.sentence.start:
                resolved[index] = one._replace(indicator_id=other.indicator_id)
                break
    return resolved


# What is measured is told by the level of these.
_UNSAID = frozenset(("growth", "rank"))
# How many rows back in the sentence the thing may be told.
_ROWS_BACK = 4
_LIGHT = tuple("也均则仅都")


def _is_place(one: Resolved) -> bool:
    """Whether the name of the figure's place is all that its indicator says."""
    name = one.where.indicator
    if len(name) > _LONGEST_PLACE + 1:
        return False
    name = name[:-1] if name.endswith(_LIGHT) else name
    return 1 < len(name) <= _LONGEST_PLACE and gazetteer().name(one.where.place_id).startswith(name)


_LONGEST_PLACE = 8


# 集团公司(含参股企业)净利润: what is left in brackets of a subject that was taken out.
_ASIDE = re.compile(r"^\([^()]*\)")


def _without_own_place(name: str, place_id: str) -> str:
    """The name without the place of the figure where something was settled (国家实验室落户甲省)."""
    settled = _SETTLED.search(name)
    place = name[settled.end() :] if settled else ""
    own = len(place) > 1 and gazetteer().name(place_id).startswith(place)
    return name.removesuffix(place) if own else name


_SETTLED = re.compile(rf"(?<=.){any_of(vocabulary('places')['settled'])}")


def _tidied(indicator: str, fact: Fact) -> str:
    """The indicator after its place was taken out, without the light words that the place stood before."""
    if indicator.startswith("级") and (at := fact.indicator.find(indicator)) > 0:
        indicator = fact.indicator[at - 1] + indicator  # 湖州市级工厂: of that level
    if indicator != fact.indicator:
        indicator = clean(strip_lead(_ASIDE.sub("", indicator))) or indicator
    return indicator or fact.indicator or fact.numeral.text
