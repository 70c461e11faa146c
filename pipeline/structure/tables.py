"""Tables of indicators in a text, also where their cells run together without separators.

Reports reach us as plain text, and a table in them as whatever the web page made of it: cells with tabs or bars, one
cell in a line, HTML, or one run of characters. For the last kind the cells are recovered by what holds for any such
table: the column heads say how many values a row has, row numbers count up, units are known words, and a run of digits
must split so that its row is complete. A run that splits in several ways is decided by figures that the text states
for the same indicator, then by the decimals of the rows that are certain. A row that stays open is reported as
undecidable, and nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, product

from pipeline.fold import Folded
from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.structure import Table, TableCell, TableNumeral, TableRow
from pipeline.structure.qualitative import find_relation

_V = vocabulary("structure")["table"]
_UNITS = vocabulary("units")
_BOUNDS: dict[str, str] = {word: bound for bound, words in vocabulary("bounds")["after"].items() for word in words}


_UNIT_WORDS = [
    word
    for group in (
        *_UNITS["measured"].values(),
        _UNITS["duration"],
        _UNITS["ratio"],
        *_UNITS["counted"],
        _UNITS["position"],
    )
    for word in group
]
_SIMPLE = rf"{any_of(_UNITS['multipliers'])}?{any_of(_UNIT_WORDS)}"
_UNIT = re.compile(rf"{_SIMPLE}(?:/(?:{_SIMPLE}|月|日|年|天|人))?")
_LONGEST_UNIT = 12

_HEADS = {word: role for role, words in _V["heads"].items() for word in words}
_VALUE_ROLES = ("level", "growth")
_COLUMN = (
    rf"(?:(?:19|20)\d\d年度?{any_of(_HEADS)}?|{any_of(_HEADS)})"
    r"(?:\([^()\n]{1,12}\)|±?%)?"
)
_COLUMN_PARTS = re.compile(
    rf"(?P<year>(?:19|20)\d\d(?=年))?(?:年度?)?(?P<word>{any_of(_HEADS)})?(?:\((?P<unit>[^()\n]{{1,12}})\)|±?(?P<sign>%))?"
)
_FIRST_HEADS = any_of([*_V["heads"]["row_number"], *_V["heads"]["indicator"]])
_FIRST_HEAD = re.compile(_FIRST_HEADS)
_HEADER = re.compile(rf"(?:{_FIRST_HEADS})(?:\n?{_COLUMN}){{1,8}}")

_DIGIT_NAME = "|".join(_V["digit_names"])
_PART = _V["part"]
_NAME = re.compile(rf"(?:{_PART}:?)?(?:{_DIGIT_NAME}|[^\d。,;:！？!?\n\-—+]){{2,40}}")
_BOUND = any_of(_BOUNDS)
_NUMBER = r"[-—+]?\d[\d.,]*"
_NOT_BEFORE: dict[str, str] = _UNITS["not_before"]
_GUARDED = "|".join(
    rf"{re.escape(word)}(?![{_NOT_BEFORE[word]}])" if word in _NOT_BEFORE else re.escape(word)
    for word in sorted(_UNIT_WORDS, key=len, reverse=True)
)
_RATIO = "[%‰]"
_OWN_UNIT = rf"{any_of(_UNITS['multipliers'])}?(?:{_GUARDED})(?:/(?:{_SIMPLE}|月|日|年|天|人))?"
_WELL_FORMED = re.compile(r"[-—+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,4})?")
_CELL = re.compile(rf"(?:约|超|近)?({_NUMBER})({_UNIT.pattern})?({_BOUND})?")
_NOTE = re.compile(rf"\n?{any_of(_V['notes'])}[::]?[^。\n]{{2,200}}。?")
_TARGET, _ACTUAL, _ESTIMATE = (re.compile(_V[key]) for key in ("target", "actual", "estimate"))
_RATES, _GROWS = re.compile(_V["rates"]), re.compile(_V["grows"])
_LEADING = re.compile(_V["leading"])
_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)$")
_ANNEX = re.compile(_V["annex"])
_ANNEX_NUMBER = re.compile(rf"(?:{_V['annex']}|表)(\d{{1,2}})(?=(?:19|20)\d\d年|\D|$)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_EMPTY = frozenset({"", "-", "—", "——", "--", "/", "\\", "…", "*"})
_LONGEST_TITLE = 60
_MOST_ROWS = 500
_MOST_TABLES = 200
_MOST_ROUNDS = 8
_MOST_GLUED_VALUES = 5
# Figures for the same indicator are looked for this far from a table.
_REACH = 60_000
# More ways to split a row than this are not worth weighing.
_MOST_SPLITS = 200


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the rows of a table without separators are made of; `region` are the digits behind a name."""

    numbered: bool
    has_unit: bool
    count: int
    region: re.Pattern[str]
    chunk: re.Pattern[str]


def _shape(numbered: bool, has_unit: bool, count: int) -> _Shape:
    # Where a column has the units, none stands behind a number.
    unit = _RATIO if has_unit else _OWN_UNIT
    return _Shape(
        numbered,
        has_unit,
        count,
        re.compile(rf"(?:{_NUMBER}(?:{unit})?(?:{_BOUND})?[ \n]?)+"),
        re.compile(rf"({_NUMBER})({unit})?({_BOUND})?"),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    role: str
    unit: str
    status: str
    period: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A number as it stands in a cell."""

    start: int
    stop: int
    value: Decimal
    decimals: int
    unit: str = ""
    bound: str = "exact"


_Split = tuple[_Value, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row before its values are decided: where its parts stand, and all ways to read its values."""

    number: Span
    name: Span
    unit: str
    splits: tuple[_Split, ...]
    words: Span
    values: Span
    stop: int
    note: str = ""


def find_tables(folded: Folded, source: str) -> list[Table]:
    """The tables of indicators in one folded report, in order of the text; `source` is the text it was folded from.

    Offsets of the tables count in `folded.text`. Never raises on any input.
    """
    tables = [*_html_tables(folded, source), *_separated_tables(folded, source)]
    tables.sort(key=lambda table: table.start)
    starts = [table.start for table in tables]
    glued: list[Table] = []
    at = 0
    for header in _HEADER.finditer(folded.text):
        before = bisect_left(starts, header.end()) - 1
        if header.start() < at or (before >= 0 and header.start() < tables[before].stop):
            continue
        if len(glued) >= _MOST_TABLES:
            break
        # The title may begin like a head (主要指标完成情况序号指标…): try every word that opens one.
        for opening in _FIRST_HEAD.finditer(folded.text, header.start(), header.end()):
            head = _HEADER.match(folded.text, opening.start())
            table = _glued_table(folded.text, *head.span(), at) if head else None
            if table:
                glued.append(table)
                at = table.stop
                break
    return sorted([*tables, *glued], key=lambda table: table.start)


# --- columns ------------------------------------------------------------------------------------------------------


def _columns(heads: Sequence[str]) -> list[_Column] | None:
    """What each column holds, or None where these are not the heads of a table of indicators."""
    columns: list[_Column] = []
    for head in heads:
        parts = _COLUMN_PARTS.fullmatch(head)
        if not parts or not (parts["year"] or parts["word"]):
            return None
        role = _HEADS.get(parts["word"] or "", "level")
        status = "target" if _TARGET.search(head) else "estimate" if _ESTIMATE.search(head) else ""
        if not status and _ACTUAL.search(head):
            status = "actual"
        period = parts["year"] or ""
        if role == "growth" and not status and not period:
            # The growth of what the column before it holds.
            before = [column for column in columns if column.role == "level"][-1:]
            status, period = (before[0].status, before[0].period) if before else ("", "")
        columns.append(_Column(role, parts["unit"] or parts["sign"] or "", status, period))
    roles = [column.role for column in columns]
    if roles.count("indicator") != 1 or not any(role in _VALUE_ROLES for role in roles):
        return None
    return columns


def _unit_start(text: str, start: int, stop: int) -> int:
    """Where the unit at the end of `text[start:stop]` begins; `stop` if there is none."""
    for at in range(max(start + 1, stop - _LONGEST_UNIT), stop):
        if _UNIT.fullmatch(text, at, stop):
            return at
    return stop


def _value(text: str, start: int, stop: int, unit: str = "", bound: str = "exact") -> _Value | None:
    digits = text[start:stop].replace(",", "").replace("—", "-")
    if not _WELL_FORMED.fullmatch(text, start, stop):
        return None
    return _Value(start, stop, Decimal(digits), len(digits.partition(".")[2]), unit, bound)


# --- cells without separators, or one in a line -------------------------------------------------------------------


def _glued_table(text: str, start: int, stop: int, floor: int) -> Table | None:
    """The table whose head is `text[start:stop]` and whose cells follow without separators, or one in each line."""
    pieces = list(re.finditer(rf"{_COLUMN}", text[start:stop]))
    heads = [piece[0] for piece in pieces]
    columns = _columns(heads)
    if columns is None:
        return None
    by_line = text[start:stop].count("\n") >= len(heads) - 1 > 0
    # Words that may be heads also stand in prose (项目完成投资…): only row numbers or units make sure.
    if not by_line and not {"row_number", "unit"} & {column.role for column in columns}:
        return None
    rows = list(_line_rows(text, stop, columns) if by_line else _run_rows(text, stop, columns))
    if len(rows) < 2:
        return None
    return _table(text, start, "lines" if by_line else "run_together", heads, columns, rows, floor)


def _run_rows(text: str, at: int, columns: Sequence[_Column]) -> Iterator[_Raw]:
    """The rows of a table whose cells run together, from `at` on."""
    shape = _shape(
        columns[0].role == "row_number",
        any(column.role == "unit" for column in columns),
        sum(column.role in _VALUE_ROLES for column in columns),
    )
    ordinal = 1
    for _ in range(_MOST_ROWS):
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


def _run_row(text: str, number: Span, name: Span, following: int, shape: _Shape) -> tuple[_Raw | None, bool]:
    """The row of that number and name, and whether another row follows it, whose number would be `following`."""
    start, stop = name
    stated = find_relation(text[start:stop])
    if stated and stated.start >= 2:
        words = (start + stated.start, start + stated.stop)
        behind = shape.region.match(text, words[1] + text.startswith("\n", words[1]))
        ahead = behind is not None and behind[0].strip() == str(following)
        unit_at = _unit_start(text, start, words[0]) if shape.has_unit else words[0]
        name_stop = unit_at if unit_at > start else words[0]
        return _Raw(number, (start, name_stop), text[name_stop : words[0]], (), words, words, words[1]), ahead
    unit_at = _unit_start(text, start, stop) if shape.has_unit else stop
    region = shape.region.match(text, stop)
    if region is None or (shape.has_unit and unit_at == stop):
        return None, False
    for end, ahead in _ends(text, *region.span(), following, shape):
        splits = tuple(_splits(text, region.start(), end, shape))
        if splits:
            return _Raw(number, (start, unit_at), text[unit_at:stop], splits, (0, 0), (region.start(), end), end), ahead
    return None, False


def _ends(text: str, start: int, stop: int, following: int, shape: _Shape) -> Iterator[tuple[int, bool]]:
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
    if text[stop : stop + 1] == "年" and _YEAR.match(year + "年"):
        yield stop - 4, False
    yield stop, False


def _row_ahead(text: str, at: int, shape: _Shape) -> bool:
    """Whether a row may begin with its name at `at`."""
    at += text.startswith("\n", at)
    name = _NAME.match(text, at)
    if name is None or _NOTE.match(text, at) or _ANNEX_NUMBER.match(text, at) or text[at] in "年月日%,、)":
        return False
    stated = find_relation(name[0])
    if stated and stated.start >= 2:
        return True
    if shape.has_unit and _unit_start(text, at, name.end()) == name.end():
        return False
    return shape.region.match(text, name.end()) is not None


def _splits(text: str, start: int, stop: int, shape: _Shape) -> Iterator[_Split]:
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


def _cuts(text: str, chunk: re.Match[str], count: int) -> Iterator[_Split]:
    """The ways to read a run of digits as `count` well-formed numbers."""
    start, stop = chunk.span(1)
    unit, bound = chunk[2] or "", _BOUNDS.get(chunk[3] or "", "exact")
    if stop - start > 40:
        return
    if count == 1:
        value = _value(text, start, stop, unit, bound)
        if value:
            yield (value,)
        return
    for at in range(start + 1, stop):
        first = _value(text, start, at)
        if first is None:
            continue
        for rest in _rest(text, at, stop, count - 1, unit, bound):
            yield first, *rest


def _rest(text: str, start: int, stop: int, count: int, unit: str, bound: str) -> Iterator[_Split]:
    if count == 1:
        value = _value(text, start, stop, unit, bound)
        if value:
            yield (value,)
        return
    for at in range(start + 1, stop):
        first = _value(text, start, at)
        if first:
            for rest in _rest(text, at, stop, count - 1, unit, bound):
                yield first, *rest


def _line_rows(text: str, at: int, columns: Sequence[_Column]) -> Iterator[_Raw]:
    """The rows of a table that has one cell in each line."""
    at += text.startswith("\n", at)
    for ordinal in range(1, _MOST_ROWS):
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
        row = _cell_row(text, columns, spans)
        if row is None:
            return
        yield row
        at = cursor


# --- cells with separators ----------------------------------------------------------------------------------------

_HEAD_LINE = re.compile(rf"^[^\n]*{any_of(_V['heads']['indicator'])}[^\n]*$", re.MULTILINE)
_BARS = re.compile(r"[|｜│┃]")
_BLANKS = re.compile(r"\t|[ \u00a0\u3000]+")
_RULE = re.compile(r"[\s|｜│┃:\-—─═+┼├┤]*")
_LONGEST_LINE = 400


def _separated_tables(folded: Folded, source: str) -> Iterator[Table]:
    """Tables with a row in each line and tabs, bars or blanks between the cells."""
    if not folded.text:
        return
    first, last = folded.offsets[0], folded.offsets[-1] + 1
    at = first
    for line in _HEAD_LINE.finditer(source, first, last):
        if line.start() < at or line.end() - line.start() > _LONGEST_LINE:
            continue
        spans = _line_cells(source, line.start(), line.end())
        heads = [_folded_text(folded, span) for span in spans]
        columns = _columns(heads) if len(heads) >= 2 else None
        if columns is None:
            continue
        rows: list[_Raw] = []
        cursor = line.end() + 1
        misfits = 0
        while cursor < last and misfits < 2 and len(rows) < _MOST_ROWS:
            end = source.find("\n", cursor, last)
            end = last if end < 0 else end
            cells = _line_cells(source, cursor, min(end, cursor + _LONGEST_LINE))
            row = None
            if len(cells) == len(columns):
                row = _cell_row(folded.text, columns, [_folded_span(folded, cell) for cell in cells])
            if row:
                rows.append(row)
                misfits = 0
            elif not _RULE.fullmatch(source, cursor, end):
                misfits += 1
            cursor = end + 1
        if rows:
            start, _ = _folded_span(folded, line.span())
            table = _table(folded.text, start, "separated", heads, columns, rows, 0)
            yield table
            at = folded.offsets[table.stop - 1]


def _line_cells(source: str, start: int, stop: int) -> list[Span]:
    """The cells of a line as spans of the source."""
    bars = bool(_BARS.search(source, start, stop))
    cells: list[Span] = []
    at = start
    for mark in (_BARS if bars else _BLANKS).finditer(source, start, stop):
        cells.append((at, mark.start()))
        at = mark.end()
    cells.append((at, stop))
    tabs = source.find("\t", start, stop) >= 0
    if not bars and not tabs:
        return [cell for cell in cells if cell[1] > cell[0]]
    # A bar at the edge of the line opens or closes the row and is no cell.
    for edge in (0, -1):
        if len(cells) > 1 and not source[slice(*cells[edge])].strip():
            cells.pop(edge)
    return cells


def _folded_span(folded: Folded, span: Span) -> Span:
    """The folded span of a span of the source; empty where the source has only blanks there."""
    start, stop = (bisect_left(folded.offsets, at) for at in span)
    while start < stop and folded.text[start] in " \n":
        start += 1
    while stop > start and folded.text[stop - 1] in " \n":
        stop -= 1
    return start, stop


def _folded_text(folded: Folded, span: Span) -> str:
    return folded.text[slice(*_folded_span(folded, span))].replace("\n", "")


_TAG = re.compile(r"<(/?)(table|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_INNER_TAG = re.compile(r"<[^<>]{0,200}>")


def _html_tables(folded: Folded, source: str) -> Iterator[Table]:
    """Tables in HTML."""
    if not folded.text:
        return
    grid: list[list[Span]] = []
    opened: int | None = None
    for tag in _TAG.finditer(source, folded.offsets[0], folded.offsets[-1] + 1):
        closing, name = bool(tag[1]), tag[2].lower()
        if name == "tr" and not closing:
            grid.append([])
        elif name in ("td", "th"):
            if closing and opened is not None and grid:
                grid[-1].append(_inner(source, opened, tag.start()))
            opened = None if closing else tag.end()
        elif name == "table":
            if closing and grid:
                table = _grid_table(folded, grid)
                if table:
                    yield table
            grid = []


def _inner(source: str, start: int, stop: int) -> Span:
    """The text of an HTML cell without the tags around it."""
    while tag := _INNER_TAG.match(source, start, stop):
        start = tag.end()
    at = source.find("<", start, stop)
    return start, at if at >= 0 else stop


def _grid_table(folded: Folded, grid: list[list[Span]]) -> Table | None:
    heads = [_folded_text(folded, span) for span in grid[0]]
    columns = _columns(heads)
    if columns is None:
        return None
    rows = [
        row
        for cells in grid[1:]
        if len(cells) == len(columns)
        and (row := _cell_row(folded.text, columns, [_folded_span(folded, cell) for cell in cells]))
    ]
    if not rows:
        return None
    start, _ = _folded_span(folded, grid[0][0])
    return _table(folded.text, start, "html", heads, columns, rows, 0)


def _cell_row(text: str, columns: Sequence[_Column], spans: Sequence[Span]) -> _Raw | None:
    """A row whose cells are known."""
    number = name = words = (0, 0)
    unit = note = ""
    values: list[_Value] = []
    for column, (start, stop) in zip(columns, spans, strict=True):
        content = text[start:stop]
        if column.role == "row_number":
            number = (start, stop)
        elif column.role == "indicator":
            name = (start, stop)
        elif column.role == "unit":
            unit = content
        elif column.role == "note":
            note = content
        else:
            cell = _CELL.fullmatch(text, start, stop) if stop - start < 40 else None
            value = _value(text, *cell.span(1), cell[2] or "", _BOUNDS.get(cell[3] or "", "exact")) if cell else None
            if value:
                values.append(value)
            elif content not in _EMPTY:
                words = (start, stop)
            values += [] if value else [_Value(start, start, Decimal(0), -1)]
    filled = any(value.decimals >= 0 for value in values)
    if name[1] <= name[0] or name[1] - name[0] > 60 or not (filled or find_relation(text[slice(*words)] or "无")):
        return None
    splits = (tuple(values),) if filled else ()
    start = min(start for start, stop in spans if stop > start)
    return _Raw(number, name, unit, splits, words, (start, start), max(stop for _, stop in spans), note)


# --- from rows to a table -----------------------------------------------------------------------------------------


def _table(
    text: str, start: int, layout: str, heads: Sequence[str], columns: Sequence[_Column], rows: list[_Raw], floor: int
) -> Table:
    """The table of these rows, with title and notes."""
    title_start = _title_start(text, start, floor)
    title = text[title_start:start].strip("\n")
    stop = rows[-1].stop
    note = _NOTE.match(text, stop)
    if note:
        stop = note.end()
    if len(rows) > 1:
        rows = _decide(text, rows, columns, title_start, stop)
    values = [column for column in columns if column.role in _VALUE_ROLES]
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
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, start)]
    if low == floor:
        ends.insert(0, low)
    # A line of its own for the title: it ends where the head begins.
    if len(ends) > 1 and ends[-1] == start:
        return ends[-2]
    return ends[-1] if ends else start


def _decide(text: str, rows: list[_Raw], columns: Sequence[_Column], start: int, stop: int) -> list[_Raw]:
    """Narrow the ways to read each row: by figures that the text states, then by the decimals of certain rows."""
    kinds = [column.role for column in columns if column.role in _VALUE_ROLES]
    rows = [replace(row, splits=_supported(text, row, start, stop)) if len(row.splits) > 1 else row for row in rows]
    rows = _plausible(_fit(rows, kinds), kinds)
    return _common_format(_fit(rows, kinds), kinds)


def _fit(rows: list[_Raw], kinds: Sequence[str]) -> list[_Raw]:
    """Let the decimals of certain rows decide others, as long as that makes more of them certain."""
    for _ in rows[:_MOST_ROUNDS]:
        decimals = _certain_decimals(rows, kinds)
        narrowed = [_fitting(row, kinds, decimals) for row in rows]
        if narrowed == rows:
            break
        rows = narrowed
    return rows


def _plausible(rows: list[_Raw], kinds: Sequence[str]) -> list[_Raw]:
    """Among several ways to read a row, keep those without a growth of 100% or more, if there are any."""
    return [
        replace(row, splits=tuple(split for split in row.splits if _grows_plausibly(split, kinds)) or row.splits)
        if len(row.splits) > 1
        else row
        for row in rows
    ]


def _grows_plausibly(split: _Split, kinds: Sequence[str]) -> bool:
    return all(kind != "growth" or abs(value.value) < 100 for kind, value in zip(kinds, split, strict=True))


def _supported(text: str, row: _Raw, start: int, stop: int) -> tuple[_Split, ...]:
    """The ways to read a row that most figures of the text speak for; all ways where none does."""
    figures = _figures(text, text[slice(*row.name)], start, stop)
    scores = [sum(abs(value.value) in figures for value in split) for split in row.splits]
    best = max(scores)
    return tuple(split for split, score in zip(row.splits, scores, strict=True) if score == best)


def _figures(text: str, name: str, start: int, stop: int) -> set[Decimal]:
    """The numbers that stand close behind the indicator's name, outside the table."""
    names = {name, name.replace("规模以上", "规上"), re.sub(r"^(?:地方|城乡|全体|外贸|全社会)", "", name)}
    low, high = start - _REACH, stop + _REACH
    found: set[Decimal] = set()
    for variant in names:
        at = text.find(variant, max(low, 0), high)
        for _ in range(8):
            if at < 0:
                break
            if not start <= at < stop:
                behind = at + len(variant)
                end = _SENTENCE_END.search(text, behind, behind + 40)
                clause = text[behind : end.start() if end else behind + 40]
                found.update(Decimal(figure[0]) for figure in _FIGURE.finditer(clause) if len(figure[0]) < 20)
            at = text.find(variant, at + 1, high)
    return found


def _certain_decimals(rows: Sequence[_Raw], kinds: Sequence[str]) -> dict[tuple[int, str], set[int]]:
    """How many decimals the certain rows have, by column and unit."""
    found: dict[tuple[int, str], set[int]] = {}
    for row in rows:
        if len(row.splits) == 1:
            for column, value in enumerate(row.splits[0]):
                if value.decimals >= 0:
                    found.setdefault((column, row.unit if kinds[column] == "level" else "%"), set()).add(value.decimals)
    return found


def _fitting(row: _Raw, kinds: Sequence[str], decimals: dict[tuple[int, str], set[int]]) -> _Raw:
    """Keep the ways to read a row whose decimals are those of the certain rows, if there are any."""
    if len(row.splits) < 2:
        return row
    splits = row.splits
    for column, kind in enumerate(kinds):
        known = decimals.get((column, row.unit if kind == "level" else "%"))
        if known:
            splits = tuple(split for split in splits if split[column].decimals in known) or splits
    return replace(row, splits=splits) if splits != row.splits else row


def _common_format(rows: list[_Raw], kinds: Sequence[str]) -> list[_Raw]:
    """Where no row is certain: the one format of decimals in which every row reads in exactly one way, if only one."""
    open_rows = [row for row in rows if len(row.splits) > 1]
    if len(open_rows) < 2 or any(len(row.splits) == 1 for row in rows):
        return rows
    readings: dict[tuple[int, ...], list[tuple[Span, _Split]]] = {}
    for row in open_rows:
        for split in row.splits:
            readings.setdefault(tuple(value.decimals for value in split), []).append((row.name, split))
    names = [row.name for row in open_rows]
    complete = [dict(found) for found in readings.values() if [name for name, _ in found] == names]
    if len(complete) != 1:
        return rows
    return [replace(row, splits=(complete[0][row.name],)) if row.name in complete[0] else row for row in rows]


def _estimated(note: str, text: str, rows: Sequence[_Raw]) -> set[Span]:
    """The names of the rows that a note calls estimated; all, where it names none."""
    if not _ESTIMATE.search(note):
        return set()
    named = {row.name for row in rows if text[slice(*row.name)] in note}
    return named or {row.name for row in rows}


def _row(text: str, raw: _Raw, columns: Sequence[_Column], title: str, estimated: bool) -> TableRow:
    """A finished row."""
    start, stop = raw.name
    inner = _IN_BRACKETS.search(text[start:stop])
    unit = raw.unit
    if inner and _UNIT.fullmatch(inner[1]):
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
    estimated = estimated or bool(_ESTIMATE.search(raw.note))
    cells = [
        _cell(text, row, column, value, unit, bool(grows), title, estimated)
        for column, value in zip(columns, raw.splits[0], strict=True)
        if value.decimals >= 0
    ]
    return replace(row, cells=tuple(cells))


def _cell(
    text: str, row: TableRow, column: _Column, value: _Value, unit: str, grows: bool, title: str, estimated: bool
) -> TableCell:
    measure = "growth" if grows else column.role
    own_unit = value.unit or column.unit
    if column.role == "growth":
        own_unit = own_unit or "%"
        if _RATES.search(row.indicator):
            measure = "level"
        elif unit in ("%", "‰"):
            measure, own_unit = "change", "个百分点"
    else:
        own_unit = value.unit or unit or column.unit
    status = column.status
    if not status:
        status = "target" if _TARGET.search(title) and not _ACTUAL.search(title) else ""
        status = status or ("actual" if _ACTUAL.search(title) else "")
    if estimated and status != "target":
        status = "estimate"
    year = _YEAR.search(title)
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
    text: str, start: int, stop: int, rows: Sequence[TableRow], raws: Sequence[_Raw]
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
    number = _ANNEX_NUMBER.search(text, start, stop)
    at = start
    if number:
        yield TableNumeral(*number.span(1), "structure")
        at = number.end(1)
    for digits in _DIGITS.finditer(text, at, stop):
        year = _YEAR.match(text, digits.start(), stop)
        yield TableNumeral(digits.start(), digits.end(), "time" if year and year.end() == digits.end() else "structure")
