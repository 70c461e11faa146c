"""From the rows of a table to its cells, with indicator, unit, measure and status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Table, TableCell, TableNumeral, TableRow
from pipeline.reading.structures.table_choices import decided
from pipeline.reading.structures.table_columns import Column, RawRow, Value
from pipeline.reading.structures.table_words import (
    ACTUAL,
    ANNEX_NUMBER,
    ESTIMATE,
    NOTE,
    SENTENCE_END,
    TARGET,
    UNIT,
    VALUE_ROLES,
    YEAR,
)

_WORDS = vocabulary("structure")["table"]
_RATES, _GROWS = re.compile(_WORDS["rates"]), re.compile(_WORDS["grows"])
_LEADING = re.compile(_WORDS["leading"])
_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)$")
_ANNEX = re.compile(_WORDS["annex"])
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_TITLE = 60
_UNIT_LINE = re.compile(rf"\(?(?:计量)?单位[:：]({UNIT.pattern})")


def table_of(
    text: str, start: int, layout: str, heads: Sequence[str], columns: Sequence[Column], rows: list[RawRow], floor: int
) -> Table:
    """The table of these rows, with title and notes."""
    title_start = _title_start(text, start, floor)
    title = text[title_start:start].strip("\n")
    stop = rows[-1].stop
    note = NOTE.match(text, stop)
    if note:
        stop = note.end()
    if len(rows) > 1:
        rows = decided(text, rows, columns, title_start, stop)
    stated = _UNIT_LINE.search(title)
    values = [
        replace(column, unit=stated[1]) if stated and column.role == "level" and not column.unit else column
        for column in columns
        if column.role in VALUE_ROLES
    ]
    estimated = _estimated(note[0] if note else "", text, rows)
    read = [_row(text, row, values, title, row.name in estimated) for row in rows]
    return Table(
        title_start,
        stop,
        title,
        layout,
        tuple(heads),
        tuple(read),
        tuple(_numerals(text, title_start, stop, read, rows)),
        note[0].strip("\n") if note else "",
    )


def _title_start(text: str, start: int, floor: int) -> int:
    """Where the title before a table's head begins: at the end of the sentence or of the table before it."""
    low = max(floor, start - _LONGEST_TITLE, 0)
    annexes = [match.start() for match in _ANNEX.finditer(text, low, start)]
    if annexes:
        return annexes[-1]
    above = text.rfind("\n", low, start - 1) + 1
    if above > low and start - above < _LONGEST_TITLE and _UNIT_LINE.match(text, above):
        return _title_start(text, above, floor)
    ends = [match.end() for match in SENTENCE_END.finditer(text, low, start)]
    if low == floor:
        ends.insert(0, low)
    # A line of its own for the title: it ends where the head begins.
    if len(ends) > 1 and ends[-1] == start:
        return ends[-2]
    return ends[-1] if ends else start


def _estimated(note: str, text: str, rows: Sequence[RawRow]) -> set[Span]:
    """The names of the rows that a note calls estimated; all, where it names none."""
    if not ESTIMATE.search(note):
        return set()
    named = {row.name for row in rows if text[slice(*row.name)] in note}
    return named or {row.name for row in rows}


def _row(text: str, raw: RawRow, columns: Sequence[Column], title: str, estimated: bool) -> TableRow:
    """A finished row."""
    start, stop = raw.name
    inner = _IN_BRACKETS.search(text[start:stop])
    unit = raw.unit
    if inner and UNIT.fullmatch(inner[1]):
        unit = unit or inner[1]
        stop = start + inner.start()
    indicator = text[start:stop]
    led = _LEADING.search(indicator)
    if led and led.start() >= 2:
        stop = start + led.start()
        indicator = text[start:stop]
    grows = _GROWS.search(indicator)
    if grows and grows.start() >= 2:
        stop = start + grows.start()
        indicator = text[start:stop]
    row_start = raw.number[0] if raw.number[1] > raw.number[0] else start
    row = TableRow(
        row_start,
        raw.stop,
        text[slice(*raw.number)],
        indicator,
        start,
        stop,
        words=text[slice(*raw.words)],
        words_start=raw.words[0],
        words_stop=raw.words[1],
        note=raw.note,
    )
    if not raw.splits:
        return replace(row, state="words")
    if len(raw.splits) > 1:
        return replace(row, state="undecidable")
    estimated = estimated or bool(ESTIMATE.search(raw.note))
    cells = [
        _cell(text, row, column, value, unit, bool(grows), title, estimated)
        for column, value in zip(columns, raw.splits[0], strict=True)
        if value.decimals >= 0
    ]
    return replace(row, cells=tuple(cells))


def _cell(
    text: str, row: TableRow, column: Column, value: Value, unit: str, grows: bool, title: str, estimated: bool
) -> TableCell:
    measure = "growth" if grows else column.role
    own_unit = value.unit or column.unit
    if column.role == "growth":
        own_unit = own_unit.lstrip("±") or "%"
        if _RATES.search(row.indicator):
            measure = "level"
        elif unit in ("%", "‰"):
            measure, own_unit = "change", "个百分点"
    else:
        own_unit = value.unit or unit or column.unit
    status = column.status
    if not status:
        status = "target" if TARGET.search(title) and not ACTUAL.search(title) else ""
        status = status or ("actual" if ACTUAL.search(title) else "")
    if (estimated or ESTIMATE.search(title)) and status != "target":
        status = "estimate"
    year = YEAR.search(title)
    return TableCell(
        value.start,
        value.stop,
        text[value.start : value.stop],
        value.value,
        row.indicator,
        row.indicator_start,
        row.indicator_stop,
        own_unit,
        measure,
        status,
        column.period or (year[0] if year else ""),
        value.bound,
    )


def _numerals(
    text: str, start: int, stop: int, rows: Sequence[TableRow], raws: Sequence[RawRow]
) -> Iterator[TableNumeral]:
    """All digits of a table with what they are."""
    known: list[TableNumeral] = []
    for row, raw in zip(rows, raws, strict=True):
        if raw.number[1] > raw.number[0]:
            known.append(TableNumeral(*raw.number, "structure"))
        known += [TableNumeral(cell.start, cell.stop, "observation") for cell in row.cells]
        known += [
            TableNumeral(digits.start(), digits.end(), "name")
            for digits in _DIGITS.finditer(text, row.indicator_start, row.indicator_stop)
        ]
    at = start
    for numeral in [*sorted(known, key=lambda n: n.start), TableNumeral(stop, stop, "")]:
        yield from _others(text, at, numeral.start)
        if numeral.kind:
            yield numeral
        at = max(at, numeral.stop)


def _others(text: str, start: int, stop: int) -> Iterator[TableNumeral]:
    """The digits of a title, a head, a note or an undecided row."""
    number = ANNEX_NUMBER.search(text, start, stop)
    at = start
    if number:
        yield TableNumeral(*number.span(1), "structure")
        at = number.end(1)
    for digits in _DIGITS.finditer(text, at, stop):
        year = YEAR.match(text, digits.start(), stop)
        yield TableNumeral(digits.start(), digits.end(), "time" if year and year.end() == digits.end() else "structure")
