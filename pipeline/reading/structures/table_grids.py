"""Tables whose cells have separators: tabs, blanks or bars."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Table
from pipeline.reading.structures.qualitative import find_relation
from pipeline.reading.structures.table_cells import table_of
from pipeline.reading.structures.table_columns import Column, RawRow, Value, columns_of, value_of
from pipeline.reading.structures.table_words import BOUND, BOUNDS, CLOSES, GROUPS, MOST_ROWS, NUMBER, OPENS, SIGNS, UNIT
from pipeline.text.fold import Folded

_SMALL = vocabulary("function_words")
_WORDS = vocabulary("structure")["table"]
_CELL = re.compile(
    rf"{any_of(_SMALL['nearing'])}?(?P<opens>{OPENS})({NUMBER})({UNIT.pattern})?({BOUND})?{CLOSES}({BOUND})?"
)
_EMPTY = frozenset({"", "-", "—", "——", "--", "/", "\\", "…", "*"})
_HEAD = re.compile(any_of(_WORDS["heads"]["indicator"]))
_BARS = re.compile(r"[|｜│┃]")
_BLANKS = re.compile(r"\t|[ \u00a0\u3000]+")
_GAPS = re.compile(r"[ \u00a0\u3000]{2,}")
_WIDE = re.compile(r"[^\s][ \u00a0\u3000]{2,}[^\s]")
_RULE = re.compile(r"[\s|｜│┃:\-—─═+┼├┤]*")
_LEADING_MARKS = re.compile(
    r"(?:其中[:：]?(?![:：])|#|[一二三四五六七八九十]{1,2}、|[(（]\d{1,2}[)）](?=\D)|\d{1,2}[.、](?=\D))+"
)
_DIGITS = re.compile(r"\d{1,2}")
_LONGEST_LINE = 400
_THOUSANDS = re.compile(r"[-—+]?\d{1,3}(?: \d{3})+(?:\.\d{1,4})?")


def separated_tables(folded: Folded, source: str) -> Iterator[Table]:
    """Tables with a row in each line and tabs, bars or blanks between the cells."""
    if not folded.text:
        return
    first, last = folded.offsets[0], folded.offsets[-1] + 1
    at = first
    for start, stop in _head_lines(source, first, last):
        if start < at or stop - start > _LONGEST_LINE:
            continue
        spans = [cell for cell in _line_cells(source, start, stop) if source[slice(*cell)].strip()]
        heads = [folded_text(folded, span) for span in spans]
        columns = columns_of(heads) if len(heads) >= 2 else None
        if columns is None:
            continue
        rows: list[RawRow] = []
        cursor = stop + 1
        misfits = 0
        while cursor < last and misfits < 2 and len(rows) < MOST_ROWS:
            end = source.find("\n", cursor, last)
            end = last if end < 0 else end
            cells = _line_cells(source, cursor, min(end, cursor + _LONGEST_LINE))
            row = None
            if source.find("\t", cursor, min(end, cursor + _LONGEST_LINE)) >= 0:
                cells = fitted(cells, len(columns), end)
            cells = grouped(cells, heads)
            if len(cells) == len(columns):
                row = cell_row(folded.text, columns, [folded_span(folded, cell) for cell in cells])
            if row:
                rows.append(row)
                misfits = 0
            elif not _RULE.fullmatch(source, cursor, end):
                misfits += 1
            cursor = end + 1
        if rows:
            begin, _ = folded_span(folded, (start, stop))
            body = folded_span(folded, (stop, cursor))[0]
            table = table_of(folded.text, begin, "separated", heads, columns, rows, 0, body)
            yield table
            at = folded.offsets[table.stop - 1]


def _head_lines(source: str, first: int, last: int) -> Iterator[Span]:
    """The lines between `first` and `last` that have a word with which heads of columns name the indicators."""
    at = first
    for word in _HEAD.finditer(source, first, last):
        if word.start() < at:
            continue
        start = source.rfind("\n", 0, word.start()) + 1
        stop = source.find("\n", word.end(), last)
        at = stop if stop >= 0 else last
        if start >= first:
            yield start, at


def _line_cells(source: str, start: int, stop: int) -> list[Span]:
    """The cells of a line as spans of the source."""
    bars = bool(_BARS.search(source, start, stop))
    cells: list[Span] = []
    at = start
    # Where gaps are wide, a single blank stands inside a cell.
    blanks = _GAPS if source.find("\t", start, stop) < 0 and _WIDE.search(source, start, stop) else _BLANKS
    for mark in (_BARS if bars else blanks).finditer(source, start, stop):
        cells.append((at, mark.start()))
        at = mark.end()
    cells.append((at, stop))
    if not bars:
        tabs = source.find("\t", start, stop) >= 0
        return cells if tabs else [cell for cell in cells if cell[1] > cell[0]]
    # A bar at the edge of the line opens or closes the row and is no cell.
    for edge in (0, -1):
        if len(cells) > 1 and not source[slice(*cells[edge])].strip():
            cells.pop(edge)
    return cells


def fitted(cells: list[Span], width: int, stop: int) -> list[Span]:
    """The cells of a line with tabs in so many columns: empty ones at its end are written, left out, or too many."""
    cells = cells[:width] + [cell for cell in cells[width:] if cell[1] > cell[0]]
    return cells + [(stop, stop)] * (width - len(cells))


def grouped(cells: list[Span], heads: Sequence[str]) -> list[Span]:
    """The cells of a row, whose first was left out where it stands under the group of the row before."""
    lacks = heads[0] in GROUPS and len(cells) == len(heads) - 1
    return [(cells[0][0], cells[0][0]), *cells] if lacks else cells


def folded_span(folded: Folded, span: Span) -> Span:
    """The folded span of a span of the source; empty where the source has only blanks there."""
    start, stop = (bisect_left(folded.offsets, at) for at in span)
    while start < stop and folded.text[start] in " \n":
        start += 1
    while stop > start and folded.text[stop - 1] in " \n":
        stop -= 1
    return start, stop


def folded_text(folded: Folded, span: Span) -> str:
    """The folded text of a span of the source, without line breaks."""
    return folded.text[slice(*folded_span(folded, span))].replace("\n", "")


def _spaced(text: str, start: int, stop: int) -> Value | None:
    """A number with blanks between its thousands."""
    if not _THOUSANDS.fullmatch(text, start, stop):
        return None
    digits = text[start:stop].replace(" ", "").replace("—", "-")
    return Value(start, stop, Decimal(digits), len(digits.partition(".")[2]))


def _value(text: str, cell: re.Match[str]) -> Value | None:
    """The number of a cell with its unit and bound; None where it is not well formed."""
    bound = SIGNS.get(cell["opens"][-1:]) or BOUNDS.get(cell[4] or cell[5] or "", "exact")
    value = value_of(text, *cell.span(2), cell[3] or "", bound)
    return replace(value, summed=True) if value and cell["opens"][:1] in ("[", "〔") else value


def cell_row(text: str, columns: Sequence[Column], spans: Sequence[Span]) -> RawRow | None:
    """A row whose cells are known."""
    number = name = words = (0, 0)
    unit = note = ""
    values: list[Value] = []
    for column, (start, stop) in zip(columns, spans, strict=True):
        content = text[start:stop]
        if column.role == "row_number":
            number = (start, stop)
        elif column.role == "indicator":
            mark = _LEADING_MARKS.match(text, start, stop)
            name = (mark.end() if mark else start, stop)
            digits = _DIGITS.search(text, start, mark.end()) if mark else None
            number = digits.span() if digits and number == (0, 0) else number
        elif column.role == "unit":
            unit = content
        elif column.role == "note":
            note = content
        else:
            cell = _CELL.fullmatch(text, start, stop) if stop - start < 40 else None
            value = _value(text, cell) if cell else None
            value = value or _spaced(text, start, stop)
            if value:
                values.append(value)
            elif content not in _EMPTY:
                words = (start, stop)
            values += [] if value else [Value(start, start, Decimal(0), -1)]
    filled = any(value.decimals >= 0 for value in values)
    if name[1] <= name[0] or name[1] - name[0] > 60 or not (filled or find_relation(text[slice(*words)] or "无")):
        return None
    splits = (tuple(values),) if filled else ()
    start = min(start for start, stop in spans if stop > start)
    return RawRow(number, name, unit, splits, words, (start, start), max(stop for _, stop in spans), note)
