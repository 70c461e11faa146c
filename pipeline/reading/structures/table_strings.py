"""Tables whose lines were lost: one cell in a line, or all cells of a table in one line with bars between them.

Where the figures of a row stand behind its name, the first row tells how many cells a row has; where a page was read
column by column, the number of figures does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures.table_words import BOUND, CLOSES, OPENS, UNIT

_WORDS = vocabulary("structure")["table"]
_FIRST_HEADS = frozenset((*_WORDS["heads"]["indicator"], *_WORDS["groups"], *_WORDS["first_heads"], *_WORDS["places"]))
_LINE = re.compile(r"[^\n]+")
_BARS = re.compile(r"[|｜│┃]")
_MARKS = " \t\u00a0\u3000|｜│┃\r"
_NUMBER = re.compile(rf"{OPENS}[-—+－]?\d[\d., ]*(?:{UNIT.pattern})?(?:{BOUND})?{CLOSES}")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_EMPTY = frozenset({"-", "—", "——", "--", "/", "…", "持平"})
_UNIT_LINE = re.compile(r"[(（]?(?:计量)?单位\s?[:：]")
_SENTENCE = re.compile("[。；;!！?？]")
_LONGEST_CELL = 30
_LONGEST_LINE = 4000
_LEAST_CELLS, _LEAST_BARS = 8, 8
_LEAST_ROWS, _WIDEST = 2, 7
# How many cells without a figure may stand before the first of a table.
_FAR = 80
_BLANKS = re.compile(r"\s+")

Row = list[Span]


def strings(source: str, first: int, last: int) -> Iterator[list[Row]]:
    """The rows of tables that have lost their lines between `first` and `last`, the heads first; offsets of the source."""
    cells: list[Span] = []
    for line in _LINE.finditer(source, first, last):
        start, stop = _stripped(source, *line.span())
        if start == stop:
            continue
        if _is_cell(source, start, stop):
            if not _UNIT_LINE.match(source, start):
                cells.append((start, stop))
            continue
        yield from _tables(source, cells)
        cells = []
        if stop - start <= _LONGEST_LINE and len(bars := list(_BARS.finditer(source, start, stop))) >= _LEAST_BARS:
            yield from _tables(source, _between(source, start, stop, [bar.start() for bar in bars]))
    yield from _tables(source, cells)


def _stripped(source: str, start: int, stop: int) -> Span:
    while start < stop and source[start] in _MARKS:
        start += 1
    while stop > start and source[stop - 1] in _MARKS:
        stop -= 1
    return start, stop


def _is_cell(source: str, start: int, stop: int) -> bool:
    return (
        stop - start <= _LONGEST_CELL
        and not _SENTENCE.search(source, start, stop)
        and not _BARS.search(source, start, stop)
        and "\t" not in source[start:stop]
    )


def _between(source: str, start: int, stop: int, bars: Sequence[int]) -> list[Span]:
    """The cells between the bars of a line; of what stands before the first bar, its last word."""
    edges = [start, *(bar + 1 for bar in bars)]
    cells = [_stripped(source, begin, end) for begin, end in zip(edges, [*bars, stop], strict=True)]
    begin, end = cells[0]
    cells[0] = (max(source.rfind(mark, begin, end) for mark in " \u3000。") + 1 or begin, end)
    return [cell for cell in cells if cell[0] < cell[1]]


def _tables(source: str, cells: list[Span]) -> Iterator[list[Row]]:
    """The tables in a string of cells, in order; every run of figures is looked at once."""
    if len(cells) < _LEAST_CELLS:
        return
    texts = [_BLANKS.sub("", source[slice(*cell)]) for cell in cells]
    figures = [_is_figure(text) for text in texts]
    at = 0
    while (first := next((place for place in range(at, len(figures)) if figures[place]), -1)) >= 0:
        found = _row_by_row(texts, figures, at, first) or _column_by_column(texts, figures, at, first)
        if found:
            rows, at = found
            yield [[cells[place] for place in row] for row in rows]
        else:
            at = next((place for place in range(first, len(figures)) if not figures[place]), len(figures))


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


def _row_by_row(
    texts: Sequence[str], figures: Sequence[bool], begin: int, first: int
) -> tuple[list[list[int]], int] | None:
    """Places of the cells by row, and where the table ends: heads, then names each with its figures."""
    values = 1
    while first + values < len(texts) and (figures[first + values] or texts[first + values] in _EMPTY):
        values += 1
        if values > _WIDEST:
            return None
    units = first > begin + 1 and bool(UNIT.fullmatch(texts[first - 1]))
    width = values + 1 + units
    begins = first - 1 - units
    if begins - begin < width:
        return None
    # Of two tables side by side (收入 执行数 支出 执行数) the heads of the left one stand first, below the line for the unit.
    beside = (
        begins - 2 * width >= begin
        and texts[begins - 2 * width + 1 : begins - width] == texts[begins - width + 1 : begins]
    )
    rows = [list(range(begins - width * (1 + beside), begins - width * beside))]
    at = begins
    while at + width <= len(texts) and not figures[at] and texts[at] not in _EMPTY:
        told = range(at + 1 + units, at + width)
        if not all(figures[place] or texts[place] in _EMPTY for place in told) or not any(
            figures[place] for place in told
        ):
            break
        rows.append(list(range(at, at + width)))
        at += width
    heads = [texts[place] for place in rows[0]]
    return (rows, at) if len(rows) > _LEAST_ROWS and len(set(heads)) == width else None


def _column_by_column(
    texts: Sequence[str], figures: Sequence[bool], begin: int, first: int
) -> tuple[list[list[int]], int] | None:
    """The same where all names stand first, and the figures of each column together."""
    begins = next((at for at in range(max(begin, first - _FAR), first) if texts[at] in _FIRST_HEADS), -1)
    if begins < 0:
        return None
    stop = next((at for at in range(first, len(figures)) if not figures[at]), len(figures))
    for width in range(2, _WIDEST + 1):
        rows = first - begins - width
        if rows >= _LEAST_ROWS and stop - first == rows * (width - 1):
            body = [
                [begins + width + row, *(first + column * rows + row for column in range(width - 1))]
                for row in range(rows)
            ]
            return [list(range(begins, begins + width)), *body], stop
    return None
