"""From the rows of a table to its cells, with indicator, unit, measure and status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.reading.statements.phrase import attribute_of
from pipeline.reading.structures import Table, TableCell, TableNumeral, TableRow
from pipeline.reading.structures.table_choices import decided
from pipeline.reading.structures.table_columns import Column, RawRow, Value
from pipeline.reading.structures.table_words import (
    ACTUAL,
    ANNEX_NUMBER,
    ESTIMATE,
    NOTE,
    PROPERTIES,
    SENTENCE_END,
    TARGET,
    TIME,
    UNIT,
    UNIT_LINE,
    VALUE_ROLES,
)

_WORDS = vocabulary("structure")["table"]
_RATES, _GROWS = re.compile(_WORDS["rates"]), re.compile(_WORDS["grows"])
_LEADING = re.compile(_WORDS["leading"])
_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)$")
_ANNEX = re.compile(_WORDS["annex"])
# Behind the digits of a class of age: 0|-15岁, 60|周岁及以上.
_OF_AGE = re.compile(r"(?:[-—–~～至到]\d{1,3})?周?岁")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_TITLE = 60
_LONGEST_THING = 24
_WORD = re.compile(r"[^\W\d_]")
_OF_TIME = re.compile(r"(?:19|20)\d\d年|\d{1,2}(?:[-—至~]\d{1,2})?(?:季度|月)|\d{1,2}日")
_YEAR_AT = re.compile(r"(?:19|20)\d\d")
_TITLE_GROWS = re.compile(rf"{any_of(_WORDS['growth_titles'])}{any_of(_WORDS['title_ends'])}?(?:\(±?%\))?$")
_TITLE_WORDS = re.compile(
    r"^[|｜\s]*表\s?\d+|[|｜│┃]|附[表件]\s?\d*|(?:19|20)\d\d(?:\s?[-—至]\s?(?:19|20)\d\d)?年?|[\d—\-~至]+月份?|[一二三四1-4]季度|[上下]半年|"
    rf"(?:全[国省市县区州旗]|各[省市县区州旗]+|分[省市县区州旗]+|\S{{2,8}}?[省市县区州旗]各[省市县区州旗]+)|及其?{any_of(_WORDS['told_besides'])}|(?:增长|发展)速度|"
    rf"{any_of(_WORDS['title_words'])}|表$|[:：\s,，()%]"
)
_SEVERAL = re.compile(f"{any_of(_WORDS['several'])}|[和与及、]")
# A word of the whole budget is no word for what is meant; one for what was done may be in what is meant.
_TARGET_OR_DONE = re.compile(any_of(_WORDS["target_or_done"]))
# 其中 or its sign before the name of a row, so near.
_PART, _MARKED = re.compile(r"(?:其中[:：]?|#)\s*$"), 6
_LONGEST_FIRST = sorted((*PROPERTIES, "贷款余额", "存款余额"), key=len, reverse=True)
_FOOTNOTE = re.compile(r"(?:[①-⑳*＊†※]|\[\d{1,2}\])+$")


def table_of(
    text: str,
    start: int,
    layout: str,
    heads: Sequence[str],
    columns: Sequence[Column],
    rows: list[RawRow],
    floor: int,
    body: int = -1,
) -> Table:
    """The table of these rows, with title and notes. `body` is where its heads end, if not where the first row begins."""
    title_start = _title_start(text, start, floor)
    if not _WORD.search(text, title_start, start):
        title_start = start
    title = text[title_start:start].strip("\n")
    stop = rows[-1].stop
    note = NOTE.match(text, stop)
    if note:
        stop = note.end()
    if len(rows) > 1:
        rows = decided(text, rows, columns, title_start, stop)
    values = _with_title([column for column in columns if column.role in VALUE_ROLES], title)
    estimated = _estimated(note[0] if note else "", text, rows)
    about = _About(title, _rows_are(text, rows, columns, heads), _thing_of(title))
    read = [
        _row(text, row, values, about, row.name in estimated, time, adds)
        for row, time, adds in zip(rows, _times(text, rows), _of_totals(text, rows), strict=True)
    ]
    return Table(
        title_start,
        stop,
        title,
        layout,
        tuple(heads),
        tuple(read),
        tuple(_numerals(text, title_start, stop, read, rows, body)),
        note[0].strip("\n") if note else "",
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What holds for a whole table: its title, what its rows are (things | places | times), and what the title names."""

    title: str
    rows: str
    thing: str


def _with_title(columns: Sequence[Column], title: str) -> list[Column]:
    """The columns with the unit of the title, and as growth where the title alone says that they are."""
    stated = UNIT_LINE.search(title)
    growth = bool(_TITLE_GROWS.search(UNIT_LINE.sub("", title).strip(" \n,")))
    found = []
    for column in columns:
        if growth and column.role == "level" and not (column.unit or column.thing or column.added):
            column = replace(column, role="growth", unit="%", comparison="yoy")
        elif stated and column.role in ("level", "change") and not column.unit:
            column = replace(column, unit=stated[1])
        found.append(column)
    return found


def _rows_are(text: str, rows: Sequence[RawRow], columns: Sequence[Column], heads: Sequence[str]) -> str:
    """Whether the rows of a table are things, places or times, by the head of their names and by the names."""
    head = next(head for column, head in zip(columns, heads, strict=True) if column.role == "indicator")
    if head in _WORDS["places"]:
        return "places"
    times = sum(bool(TIME.fullmatch(text, *row.name)) for row in rows)
    return "times" if times == len(rows) or (head in _WORDS["times"] and times * 2 > len(rows)) else "things"


def _times(text: str, rows: Sequence[RawRow]) -> Iterator[str]:
    """The names of rows as times: a quarter or a month is of the year named last above it."""
    year = ""
    for row in rows:
        name = text[slice(*row.name)]
        stated = _YEAR_AT.match(name)
        year = stated[0] if stated else year
        rest = name[stated.end() :].lstrip("年") if stated else name
        yield f"{year}年{rest}" if year else rest


def _of_totals(text: str, rows: Sequence[RawRow]) -> Iterator[str]:
    """What each row takes from the total of which it is a part: 发电量 above 其中:火电; parts go on until a whole name."""
    total = unit = ""
    parts = False
    for row in rows:
        name = text[slice(*row.name)]
        marked = bool(_PART.search(text, max(0, row.name[0] - _MARKED), row.name[0]))
        whole = bool(attribute_of(name)) or name.endswith(PROPERTIES)
        parts = (marked or (parts and row.unit == unit)) and not whole
        if not parts and not (marked and whole):
            total, unit = name, row.unit
        yield next((property_ for property_ in _LONGEST_FIRST if total.endswith(property_)), "") if parts else ""


def _thing_of(title: str) -> str:
    """What a title names that is no table of several things."""
    name = _TITLE_WORDS.sub("", UNIT_LINE.sub("", title))
    return "" if _SEVERAL.search(name) or not 2 <= len(name) <= _LONGEST_THING else name


def _title_start(text: str, start: int, floor: int) -> int:
    """Where the title before a table's head begins: at the end of the sentence or of the table before it."""
    low = max(floor, start - _LONGEST_TITLE, 0)
    annexes = [match.start() for match in _ANNEX.finditer(text, low, start)]
    if annexes:
        return annexes[-1]
    above = text.rfind("\n", low, start - 1) + 1
    if above > low and start - above < _LONGEST_TITLE and UNIT_LINE.match(text, above):
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


def _row(
    text: str, raw: RawRow, columns: Sequence[Column], about: _About, estimated: bool, time: str, adds: str
) -> TableRow:
    """A finished row."""
    start, stop = raw.name
    marks = _FOOTNOTE.search(text, start, stop)
    if marks and marks.start() > start:
        stop = marks.start()
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
    # A rate that has levels of its own in the row is not told once more in the column of growth.
    beside = any(
        column.role == "level" and not column.added and value.decimals >= 0
        for column, value in zip(columns, raw.splits[0], strict=True)
    )
    cells = [
        _cell(text, row, column, value, unit, bool(grows), about, estimated, time, beside, adds)
        for column, value in zip(columns, raw.splits[0], strict=True)
        if value.decimals >= 0 and (about.rows == "things" or column.thing or about.thing)
    ]
    return replace(row, cells=tuple(cells))


def _cell(
    text: str,
    row: TableRow,
    column: Column,
    value: Value,
    unit: str,
    grows: bool,
    about: _About,
    estimated: bool,
    time: str,
    beside: bool,
    adds: str,
) -> TableCell:
    measure = "growth" if grows else column.role
    own_unit = value.unit or column.unit
    comparison = column.comparison
    if column.role == "multiple":
        own_unit = "%"
    elif column.role == "growth":
        own_unit = own_unit.lstrip("±") or "%"
        if value.summed:
            comparison = "since"
        if grows:
            pass
        elif unit in ("%", "‰") and (beside or not _RATES.search(row.indicator)):
            measure, own_unit = "change", "个百分点"
        elif _RATES.search(row.indicator):
            measure = "level"
        elif value.summed:
            measure, own_unit = "level", value.unit or unit or own_unit
        if measure == "level":
            comparison = ""
    else:
        own_unit = value.unit or (column.unit if column.added else unit or column.unit)
    told = _TARGET_OR_DONE.sub("", about.title)
    status = "target" if TARGET.search(told) and not ACTUAL.search(told) else ""
    status = status or ("actual" if ACTUAL.search(told) else "")
    if (estimated or ESTIMATE.search(about.title)) and (column.status or status) != "target":
        status = "estimate"
    name = _with(row.indicator, adds) if about.rows == "things" else column.thing or about.thing
    if about.rows == "things" and column.measured and not adds and not attribute_of(name):
        name = _with(name, column.measured)  # 粮食 under 产量
    return TableCell(
        value.start,
        value.stop,
        text[value.start : value.stop],
        value.value,
        name if name.endswith(column.added) else name + column.added,
        row.indicator_start,
        row.indicator_stop,
        own_unit,
        measure,
        status if status == "estimate" else column.status,
        status,
        time + column.told if about.rows == "times" else column.told,
        column.shift,
        comparison or ("yoy" if measure in ("growth", "change") else ""),
        value.bound,
    )


def _with(name: str, property_: str) -> str:
    """The name with a property, without saying twice what both say: 太阳能发电 and 发电量."""
    shared = next((length for length in range(len(property_), 0, -1) if name.endswith(property_[:length])), 0)
    return name + property_[shared:]


def _numerals(
    text: str, start: int, stop: int, rows: Sequence[TableRow], raws: Sequence[RawRow], body: int
) -> Iterator[TableNumeral]:
    """All digits of a table with what they are; what stands among its rows and is read by none of them is unread."""
    known: list[TableNumeral] = []
    first, last = min(row.start for row in rows), max(row.stop for row in rows)
    first = min(first, body) if body >= 0 else first
    for row, raw in zip(rows, raws, strict=True):
        if raw.number[1] > raw.number[0]:
            known.append(TableNumeral(*raw.number, "structure"))
        known += [TableNumeral(cell.start, cell.stop, "observation") for cell in row.cells]
        kind = "time" if TIME.fullmatch(row.indicator) else "name"
        known += [
            TableNumeral(digits.start(), digits.end(), "threshold" if _OF_AGE.match(text, digits.end()) else kind)
            for digits in _DIGITS.finditer(text, row.indicator_start, row.indicator_stop)
        ]
    at = start
    for numeral in [*sorted(known, key=lambda n: n.start), TableNumeral(stop, stop, "")]:
        for low, high, inner in ((at, first, False), (max(at, first), last, True), (max(at, last), stop, False)):
            yield from _others(text, low, min(high, numeral.start), unread=inner)
        if numeral.kind:
            yield numeral
        at = max(at, numeral.stop)


def _others(text: str, start: int, stop: int, *, unread: bool) -> Iterator[TableNumeral]:
    """The digits of a title, a head or a note, or `unread` ones of the rows."""
    if start >= stop:
        return
    number = ANNEX_NUMBER.search(text, start, stop)
    at = start
    if number:
        yield TableNumeral(*number.span(1), "structure")
        at = number.end(1)
    for digits in _DIGITS.finditer(text, at, stop):
        other = "unread" if unread else "structure"
        kind = "time" if _OF_TIME.match(text, digits.start(), stop) else other
        yield TableNumeral(digits.start(), digits.end(), kind)
