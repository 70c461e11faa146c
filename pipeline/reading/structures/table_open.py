"""Tables with separated cells whose heads are free words: what a column holds is told by its cells and by its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Table, TableNumeral
from pipeline.reading.structures.table_cells import table_of
from pipeline.reading.structures.table_columns import Column, columns_of, timed
from pipeline.reading.structures.table_grids import cell_row, fitted, folded_span, folded_text, grouped
from pipeline.reading.structures.table_spaced import spaced
from pipeline.reading.structures.table_strings import strings
from pipeline.reading.structures.table_words import (
    BOUND,
    CLOSES,
    GROUPS,
    HEADS,
    MOST_ROWS,
    OPENS,
    TIME,
    UNIT,
    UNIT_LINE,
)
from pipeline.text.fold import Folded

_WORDS = vocabulary("structure")["table"]
_BARS = re.compile(r"[|｜│┃]")
_GAPS = re.compile(r"[ \u00a0\u3000][ \u00a0\u3000]+")  # found faster than two or more of a class
_RULE = re.compile(r"[\s|｜│┃:\-—─═+┼├┤]*")
_LINE = re.compile(r"[^\n]+")
_FIGURE = re.compile(rf"{OPENS}[-—+]?\d[\d., ]*(?:{UNIT.pattern})?(?:{BOUND})?{CLOSES}|[-—+/…·*]*|持平|\.\.\.")
# 60周岁及以上, 500-2000元: a class of things as the name of a row.
_CLASS = re.compile("岁|及?以[上下]$")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_OF_YEAR = re.compile(r"(?:19|20)\d\d年")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d年?")
_GROWS = re.compile(_WORDS["growth_words"])
_CHANGED_BY = re.compile(_WORDS["changed_by"])
_UNIT_IN_HEAD = re.compile(r"\(±?([^()]{1,12})\)|±?(%)$")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?!\d)")
_TITLE = re.compile(r"\s*(?:续?表|附[表件])\s?[\d一二三四五六七八九十]{1,3}[:：\s.、]?")
_LONGEST_LINE = 600
_MOST_COLUMNS = 30
_LEAST_FIGURES = 4

Row = list[Span]


def open_tables(folded: Folded, source: str, taken: Sequence[Table]) -> Iterator[Table]:
    """The tables outside those that are read already."""
    if not folded.text:
        return
    starts = [table.start for table in taken]
    first, last = folded.offsets[0], folded.offsets[-1] + 1
    for rows in chain(_blocks(source, first, last), strings(source, first, last), spaced(source, first, last)):
        start = bisect_left(folded.offsets, rows[0][0][0])
        before = bisect_left(starts, start + 1) - 1
        if before >= 0 and start < taken[before].stop:
            continue
        table = _table(folded, source, rows) or _unread(folded, source, rows)
        # A table further on may have had its title taken by an earlier reader.
        if table and not any(
            table.start < other.stop and other.start < table.stop for other in taken[before : before + 3]
        ):
            yield table


def _blocks(source: str, first: int, last: int) -> Iterator[list[Row]]:
    """Runs of lines with several cells each; rules between them are passed over. A title in a cell begins a new one."""
    rows: list[Row] = []
    before = first
    barred = _BARS.search(source, first, last) is not None
    for start, stop in _lines(source, first, last, barred):
        cells = _cells(source, start, stop, barred) if stop - start <= _LONGEST_LINE else []
        apart = source.count("\n", before, start) > 1
        before = stop
        if apart and rows and len(cells) > 1 and _begins_another(source, rows[-1], cells):
            if len(rows) > 1:
                yield rows
            rows = []
        if len(cells) > 1 and len(rows) < MOST_ROWS:
            if rows and _TITLE.match(source, *cells[0]) and not any(source[slice(*cell)].strip() for cell in cells[1:]):
                if len(rows) > 1:
                    yield rows
                rows = []
            rows.append(cells)
        elif not _RULE.fullmatch(source, start, stop):
            if len(rows) > 1:
                yield rows
            rows = []
    if len(rows) > 1:
        yield rows


def _width(source: str, row: Row) -> int:
    """How many cells a line has between the first and the last with content."""
    filled = [at for at, cell in enumerate(row) if source[slice(*cell)].strip()]
    return filled[-1] - filled[0] + 1 if filled else 0


def _begins_another(source: str, before: Row, row: Row) -> bool:
    """Whether a row behind an empty line is of another table: of another width, or of heads behind figures."""
    if _width(source, row) != _width(source, before):
        return True
    figures = (_DIGITS.search(source, cells[0][0], cells[-1][1]) for cells in (before, row))
    return [bool(found) for found in figures] == [True, False]


def _lines(source: str, first: int, last: int, barred: bool) -> Iterator[Span]:
    """The lines with content; where cells of a row with bars are broken, as many as have the bars of the row before."""
    bars = 0
    begun, seen = -1, 0
    for line in _LINE.finditer(source, first, last):
        short = barred and line.end() - line.start() <= _LONGEST_LINE
        count = len(_BARS.findall(source, *line.span())) if short else 0
        if begun >= 0:
            seen += count
            if count and seen < bars:
                continue
            yield (begun, line.end()) if seen == bars else line.span()
            begun = -1
        elif count == 1 < bars and len(line[0].strip()) == 1:
            begun, seen = line.start(), 1
        else:
            bars = count
            yield line.span()


def _cells(source: str, start: int, stop: int, barred: bool) -> Row:
    """The cells of a line, by bars, by tabs, else by gaps of two blanks or more; a line without has one cell or none.

    barred: whether there are bars at all.
    """
    mark = (
        _BARS
        if barred and _BARS.search(source, start, stop)
        else re.compile("\t")
        if source.find("\t", start, stop) >= 0
        else _GAPS
    )
    if mark is _GAPS:
        while start < stop and source[start].isspace():
            start += 1
        while stop > start and source[stop - 1].isspace():
            stop -= 1
    cells: Row = []
    at = start
    for found in mark.finditer(source, start, stop):
        cells.append((at, found.start()))
        at = found.end()
    cells.append((at, stop))
    if mark is _BARS:
        if _RULE.fullmatch(source, start, stop):
            return []
        for edge in (0, -1):
            if len(cells) > 1 and not source[slice(*cells[edge])].strip():
                cells.pop(edge)
    return cells if len(cells) <= _MOST_COLUMNS else []


def _table(folded: Folded, source: str, rows: list[Row]) -> Table | None:
    rows = [each for row in rows for each in _apart(source, row)]
    texts = [[folded_text(folded, cell) for cell in row] for row in rows]
    # The unit of all figures stands behind the title.
    while len(rows) > 2 and any(UNIT_LINE.match(cell) for cell in texts[0]):
        rows, texts = rows[1:], texts[1:]
    # Cells of a page open with a mark, also the first.
    while all(len(row) > 1 and not row[0] for row in texts):
        rows, texts = [row[1:] for row in rows], [row[1:] for row in texts]
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    first = next((row for row in texts if len(row) == width), texts[0])
    rows = [grouped(row, first) if width > 2 else row for row in rows]
    rows = [fitted(row, width, row[-1][1]) if 2 < len(row) < width else row for row in rows]
    texts = [[folded_text(folded, cell) for cell in row] for row in rows]
    rows, texts, width = _one_below_another(rows, texts, width)
    head = next((at for at, row in enumerate(texts) if _is_body(row)), 0)
    least = min(2, width - 1)
    heads_of = [
        row
        for row in range(head)
        if sum(map(bool, texts[row])) >= least and len(texts[row]) <= width and not _TITLE.match(texts[row][0])
    ]
    body = [at for at in range(head, len(rows)) if len(rows[at]) == width]
    if not heads_of or not body or len(heads_of) > 3:
        return None
    heads = _heads([texts[row] for row in heads_of], width)
    columns = columns_of(heads) or _columns(heads, [texts[row] for row in body])
    if columns is None:
        return None
    found = []
    for at in body:
        spans = [folded_span(folded, cell) for cell in rows[at]]
        row = cell_row(folded.text, columns, spans)
        if row:
            begin, stop = row.name
            is_figure = _FIGURE.fullmatch(folded.text, begin, stop) and not _CLASS.search(folded.text, begin, stop)
            if is_figure and not TIME.fullmatch(folded.text, begin, stop):
                continue
            found.append(row)
    if not found:
        return None
    start = folded_span(folded, (rows[heads_of[0]][0][0], rows[heads_of[0]][-1][1]))[0]
    while start and folded.text[start - 1] in "|｜│┃ ":
        start -= 1
    begin = folded_span(folded, rows[body[0]][0])[0]
    return table_of(folded.text, start, "separated", heads, columns, found, 0, begin)


def _one_below_another(rows: list[Row], texts: list[list[str]], width: int) -> tuple[list[Row], list[list[str]], int]:
    """The rows of a table that has two side by side (收入项目 预算数 支出项目 预算数): the right one's below the left one's."""
    head = next((at for at, row in enumerate(texts) if _is_body(row)), 0)
    half, odd = divmod(width, 2)
    if odd or half < 2 or not head or len(texts[head - 1]) != width:
        return rows, texts, width
    heads = texts[head - 1]
    if heads[1:half] != heads[half + 1 :] or not all(heads):
        return rows, texts, width
    names = [row[half] for row in texts[head:] if len(row) == width and row[half]]
    if not names or any(_FIGURE.fullmatch(name) for name in names):
        return rows, texts, width
    # Rows of other widths, such as a second line of heads, are left out with their cells.
    whole = [(row, cells) for row, cells in zip(rows[head:], texts[head:], strict=True) if len(row) == width]
    halves = [
        (part, side) for row, cells in whole for part, side in ((row[:half], cells[:half]), (row[half:], cells[half:]))
    ]
    kept = [(rows[head - 1][:half], heads[:half]), *halves]
    return [row for row, _ in kept], [cells for _, cells in kept], half


def _unread(folded: Folded, source: str, rows: list[Row]) -> Table | None:
    """A table that could not be interpreted: its numerals are accounted for as such. What is mostly words is none."""
    filled = [cell for row in rows for span in row if (cell := folded_text(folded, span))]
    figures = [cell for cell in filled if _FIGURE.fullmatch(cell) and any(map(str.isdigit, cell))]
    ruled = all(
        "\t" in source[row[0][0] : row[-1][1]] or _BARS.search(source, row[0][0] - 1, row[-1][1]) for row in rows
    )
    if len(figures) < _LEAST_FIGURES or len(figures) * (2 if ruled else 1.5) < len(filled):
        return None
    start, stop = folded_span(folded, (rows[0][0][0], rows[-1][-1][1]))
    numerals = tuple(
        TableNumeral(*digits.span(), "time" if _OF_YEAR.match(folded.text, digits.start(), stop) else "unread")
        for digits in _DIGITS.finditer(folded.text, start, stop)
    )
    return Table(start, stop, "", "separated", (), (), numerals)


def _apart(source: str, row: Row) -> list[Row]:
    """The rows of a line in whose cells those of several times stand together (1季度 2季度, 2.0 1.9)."""
    pieces = [
        [(cell[0] + piece.start(), cell[0] + piece.end()) for piece in re.finditer(r"\S+", source[slice(*cell)])]
        for cell in row
        if source[slice(*cell)].strip()
    ]
    count = len(pieces[0]) if pieces else 0
    if count < 2 or any(len(cells) != count for cells in pieces) or len(pieces) < 2:
        return [row]
    return (
        [list(cells) for cells in zip(*pieces, strict=True)]
        if all(TIME.fullmatch(source, *cell) for cell in pieces[0])
        else [row]
    )


def _is_body(row: Sequence[str]) -> bool:
    """Whether a row has figures behind its first cell; years alone are heads."""
    figures = [cell for cell in row[1:] if cell and any(c.isdigit() for c in cell) and _FIGURE.fullmatch(cell)]
    return any(not _YEAR_ONLY.fullmatch(cell) for cell in figures)


def _heads(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The head of each column, of one or several rows of heads: an upper one holds for those to the right of it."""
    aligned = []
    for row in rows:
        cells = [*row, *[""] * (width - len(row))]
        # The empty cell above the names was left out, and the others have moved to the left.
        if cells[-1] == "" and _holds_figures(cells[0]):
            cells = ["", *cells[:-1]]
        aligned.append(cells)
    for upper in aligned[:-1]:
        for at in range(2, width):
            upper[at] = upper[at] or upper[at - 1]
    return ["".join(dict.fromkeys(row[at] for row in aligned)) for at in range(width)]


def _holds_figures(head: str) -> bool:
    return bool(_UNIT_IN_HEAD.search(head) or _GROWS.search(head) or HEADS.get(head) in ("level", "growth"))


def _columns(heads: Sequence[str], body: Sequence[Sequence[str]]) -> list[Column] | None:
    """What each column holds: names, units, figures or notes."""
    columns: list[Column] = []
    named = False
    sorted_by = next((at for at, head in enumerate(heads) if head in GROUPS), -1)
    # 类别 beside 指标 only sorts the rows.
    sorts = sorted_by >= 0 and any(HEADS.get(head) == "indicator" and head not in GROUPS for head in heads)
    for at, head in enumerate(heads):
        cells = [row[at] for row in body if row[at]]
        figures = sum(bool(_FIGURE.fullmatch(cell)) and "岁" not in cell for cell in cells)
        role = HEADS.get(head, "")
        if sorts and at == sorted_by:
            columns.append(Column("note", "", "", ""))
        elif role == "row_number":
            columns.append(Column("row_number", "", "", ""))
        elif role == "unit" or (cells and figures < len(cells) and all(UNIT.fullmatch(cell) for cell in cells)):
            columns.append(Column("unit", "", "", ""))
        elif not named and (figures * 2 < max(len(cells), 1) or _are_times(head, cells)):
            columns.append(Column("indicator", "", "", ""))
            named = True
        elif figures * 2 < max(len(cells), 1):
            columns.append(Column("note", "", "", ""))
        else:
            columns.append(_figures(head))
    roles = {column.role for column in columns}
    return timed(columns, heads) if named and roles & {"level", "growth", "change"} else None


def _are_times(head: str, cells: Sequence[str]) -> bool:
    """Whether a first column has the years or months of its rows."""
    return bool(cells) and (head in _WORDS["times"] or not head) and all(TIME.fullmatch(cell) for cell in cells)


def _figures(head: str) -> Column:
    """A column of figures by its head."""
    unit = _UNIT_IN_HEAD.search(head)
    role = "change" if _CHANGED_BY.search(head) else "growth" if _GROWS.search(head) else "level"
    year = _YEAR.search(head)
    return Column(role, (unit[1] or unit[2]) if unit else "", "", year[1] if year else "")
