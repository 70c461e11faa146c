"""Tables whose cells stand one behind the other without separators, or one in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Table
from pipeline.reading.structures.qualitative import find_relation
from pipeline.reading.structures.table_cells import table_of
from pipeline.reading.structures.table_columns import (
    Column,
    RawRow,
    Shape,
    Split,
    columns_of,
    shape_of,
    unit_start,
    value_of,
)
from pipeline.reading.structures.table_grids import cell_row
from pipeline.reading.structures.table_words import ANNEX_NUMBER, BOUNDS, COLUMN, MOST_ROWS, NOTE, VALUE_ROLES, YEAR

_WORDS = vocabulary("structure")["table"]
_DIGIT_NAME = "|".join(_WORDS["digit_names"])
_PART = _WORDS["part"]
_NAME = re.compile(rf"(?:{_PART}:?)?(?:{_DIGIT_NAME}|[^\d。,;:！？!?\n\-—+]){{2,40}}")
_MOST_GLUED_VALUES = 5
# More ways to split a row than this are not worth weighing.
_MOST_SPLITS = 200


def glued_table(text: str, start: int, stop: int, floor: int) -> Table | None:
    """The table whose head is `text[start:stop]` and whose cells follow without separators, or one in each line."""
    pieces = list(re.finditer(rf"{COLUMN}", text[start:stop]))
    heads = [piece[0] for piece in pieces]
    columns = columns_of(heads)
    if columns is None:
        return None
    by_line = text[start:stop].count("\n") >= len(heads) - 1 > 0
    # Words that may be heads also stand in prose (项目完成投资…): only row numbers or units make sure.
    if not by_line and not {"row_number", "unit"} & {column.role for column in columns}:
        return None
    rows = list(_line_rows(text, stop, columns) if by_line else _run_rows(text, stop, columns))
    if len(rows) < 2:
        return None
    return table_of(text, start, "lines" if by_line else "run_together", heads, columns, rows, floor)


def _run_rows(text: str, at: int, columns: Sequence[Column]) -> Iterator[RawRow]:
    """The rows of a table whose cells run together, from `at` on."""
    shape = shape_of(
        columns[0].role == "row_number",
        any(column.role == "unit" for column in columns),
        sum(column.role in VALUE_ROLES for column in columns),
    )
    ordinal = 1
    for _ in range(MOST_ROWS):
        at += text.startswith("\n", at)
        # A row that is part of the one above (其中:…) may go without a number.
        own = shape.numbered and not text.startswith(_PART, at)
        number = str(ordinal) if own else ""
        name = _NAME.match(text, at + len(number))
        if name is None or not text.startswith(number, at):
            return
        ordinal += own
        row, ahead = _run_row(text, (at, at + len(number)), name.span(), ordinal, shape)
        if row is None:
            return
        yield row
        if not ahead:
            return
        at = row.stop


def _run_row(text: str, number: Span, name: Span, following: int, shape: Shape) -> tuple[RawRow | None, bool]:
    """The row of that number and name, and whether another row follows it, whose number would be `following`."""
    start, stop = name
    stated = find_relation(text[start:stop])
    if stated and stated.start >= 2:
        words = (start + stated.start, start + stated.stop)
        behind = shape.region.match(text, words[1] + text.startswith("\n", words[1]))
        ahead = behind is not None and behind[0].strip() == str(following)
        unit_at = unit_start(text, start, words[0]) if shape.has_unit else words[0]
        name_stop = unit_at if unit_at > start else words[0]
        return RawRow(number, (start, name_stop), text[name_stop : words[0]], (), words, words, words[1]), ahead
    unit_at = unit_start(text, start, stop) if shape.has_unit else stop
    region = shape.region.match(text, stop)
    if region is None or (shape.has_unit and unit_at == stop):
        return None, False
    for end, ahead in _ends(text, *region.span(), following, shape):
        splits = tuple(_splits(text, region.start(), end, shape))
        if splits:
            return RawRow(
                number, (start, unit_at), text[unit_at:stop], splits, (0, 0), (region.start(), end), end
            ), ahead
    return None, False


def _ends(text: str, start: int, stop: int, following: int, shape: Shape) -> Iterator[tuple[int, bool]]:
    """Where the values of a row may end inside the digits `text[start:stop]`, the likeliest first.

    Another row follows where the digits end in its number and what comes then looks like a row.
    """
    while stop > start and text[stop - 1] in " \n":
        stop -= 1
    number = str(following) if shape.numbered else ""
    if text.startswith(number, stop - len(number)) and _row_ahead(text, stop, shape):
        yield stop - len(number), True
    if text.startswith(_PART, stop) and _row_ahead(text, stop, shape):
        yield stop, True
    year = text[max(start, stop - 4) : stop]
    if text[stop : stop + 1] == "年" and YEAR.match(year + "年"):
        yield stop - 4, False
    yield stop, False


def _row_ahead(text: str, at: int, shape: Shape) -> bool:
    """Whether a row may begin with its name at `at`."""
    at += text.startswith("\n", at)
    name = _NAME.match(text, at)
    if name is None or NOTE.match(text, at) or ANNEX_NUMBER.match(text, at) or text[at] in "年月日%,、)":
        return False
    stated = find_relation(name[0])
    if stated and stated.start >= 2:
        return True
    if shape.has_unit and unit_start(text, at, name.end()) == name.end():
        return False
    return shape.region.match(text, name.end()) is not None


def _splits(text: str, start: int, stop: int, shape: Shape) -> Iterator[Split]:
    """All ways to read `text[start:stop]` as the values of a row; blanks, signs, units and bounds are certain cuts."""
    chunks = list(shape.chunk.finditer(text, start, stop))
    if not chunks or not len(chunks) <= shape.count <= _MOST_GLUED_VALUES:
        return
    found = 0
    for parts in _compositions(shape.count, len(chunks)):
        ways = [list(islice(_cuts(text, chunk, part), _MOST_SPLITS)) for chunk, part in zip(chunks, parts, strict=True)]
        for way in product(*ways):
            yield tuple(value for values in way for value in values)
            found += 1
            if found >= _MOST_SPLITS:
                return


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """The ways to write `total` as a sum of `parts` numbers of one or more."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in _compositions(total - first, parts - 1):
            yield first, *rest


def _cuts(text: str, chunk: re.Match[str], count: int) -> Iterator[Split]:
    """The ways to read a run of digits as `count` well-formed numbers."""
    start, stop = chunk.span(1)
    unit, bound = chunk[2] or "", BOUNDS.get(chunk[3] or "", "exact")
    if stop - start > 40:
        return
    yield from _parts(text, start, stop, count, unit, bound)


def _parts(text: str, start: int, stop: int, count: int, unit: str, bound: str) -> Iterator[Split]:
    if count == 1:
        value = value_of(text, start, stop, unit, bound)
        if value:
            yield (value,)
        return
    for at in range(start + 1, stop):
        first = value_of(text, start, at)
        if first:
            for rest in _parts(text, at, stop, count - 1, unit, bound):
                yield first, *rest


def _line_rows(text: str, at: int, columns: Sequence[Column]) -> Iterator[RawRow]:
    """The rows of a table that has one cell in each line."""
    at += text.startswith("\n", at)
    for ordinal in range(1, MOST_ROWS):
        spans: list[Span] = []
        cursor = at
        while len(spans) < len(columns) and cursor < len(text):
            end = text.find("\n", cursor)
            end = len(text) if end < 0 else end
            spans.append((cursor, end))
            cursor = end + 1
        if len(spans) < len(columns):
            return
        if columns[0].role == "row_number" and text[slice(*spans[0])] != str(ordinal):
            return
        row = cell_row(text, columns, spans)
        if row is None:
            return
        yield row
        at = cursor
