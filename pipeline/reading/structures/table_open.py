"""Tables with separated cells whose heads are free words: what a column holds is told by its cells and by its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Table
from pipeline.reading.structures.table_cells import table_of
from pipeline.reading.structures.table_columns import Column, columns_of
from pipeline.reading.structures.table_grids import cell_row, folded_span, folded_text
from pipeline.reading.structures.table_words import ACTUAL, ESTIMATE, HEADS, MOST_ROWS, TARGET, UNIT
from pipeline.text.fold import Folded

_WORDS = vocabulary("structure")["table"]
_BARS = re.compile(r"[|｜│┃]")
_GAPS = re.compile(r"[ \u00a0\u3000]{2,}")
_RULE = re.compile(r"[\s|｜│┃:\-—─═+┼├┤]*")
_LINE = re.compile(r"[^\n]+")
_FIGURE = re.compile(rf"[-—+]?\d[\d., ]*(?:{UNIT.pattern})?|[-—+/…·*]*|持平|\.\.\.")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d年?")
_GROWS = re.compile(_WORDS["growth_words"])
_UNIT_IN_HEAD = re.compile(r"\(±?([^()]{1,12})\)|±?(%)$")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?!\d)")
_LEADING_MARKS = re.compile(r"(?:其中[:：]?|#|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、])+(?=\D)")
_LONGEST_LINE = 600
_MOST_COLUMNS = 30

Row = list[Span]


def open_tables(folded: Folded, source: str, taken: Sequence[Table]) -> Iterator[Table]:
    """The tables outside those that are read already."""
    if not folded.text:
        return
    starts = [table.start for table in taken]
    for rows in _blocks(source, folded.offsets[0], folded.offsets[-1] + 1):
        start = bisect_left(folded.offsets, rows[0][0][0])
        before = bisect_left(starts, start + 1) - 1
        if before >= 0 and start < taken[before].stop:
            continue
        table = _table(folded, rows)
        # A table further on may have had its title taken by an earlier reader.
        if table and not any(
            table.start < other.stop and other.start < table.stop for other in taken[before : before + 3]
        ):
            yield table


def _blocks(source: str, first: int, last: int) -> Iterator[list[Row]]:
    """Runs of lines with several cells each; rules between them are passed over."""
    rows: list[Row] = []
    for line in _LINE.finditer(source, first, last):
        cells = _cells(source, line.start(), line.end()) if line.end() - line.start() <= _LONGEST_LINE else []
        if len(cells) > 1 and len(rows) < MOST_ROWS:
            rows.append(cells)
        elif not _RULE.fullmatch(source, line.start(), line.end()):
            if len(rows) > 1:
                yield rows
            rows = []
    if len(rows) > 1:
        yield rows


def _cells(source: str, start: int, stop: int) -> Row:
    """The cells of a line, by bars, by tabs, else by gaps of two blanks or more; a line without has one cell or none."""
    mark = (
        _BARS
        if _BARS.search(source, start, stop)
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


def _table(folded: Folded, rows: list[Row]) -> Table | None:
    texts = [[folded_text(folded, cell) for cell in row] for row in rows]
    # Cells of a page open with a mark, also the first.
    while all(len(row) > 1 and not row[0] for row in texts):
        rows, texts = [row[1:] for row in rows], [row[1:] for row in texts]
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    head = next((at for at, row in enumerate(texts) if _is_body(row)), 0)
    heads_of = [row for row in range(head) if sum(bool(cell) for cell in texts[row]) >= 2 and len(texts[row]) <= width]
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
            mark = _LEADING_MARKS.match(folded.text, begin, stop)
            found.append(replace(row, name=(mark.end(), stop)) if mark else row)
    if not found:
        return None
    start = folded_span(folded, (rows[heads_of[0]][0][0], rows[heads_of[0]][-1][1]))[0]
    while start and folded.text[start - 1] in "|｜│┃ ":
        start -= 1
    return table_of(folded.text, start, "separated", heads, columns, found, 0)


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
    for at, head in enumerate(heads):
        cells = [row[at] for row in body if row[at]]
        figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
        role = HEADS.get(head, "")
        if role == "row_number":
            columns.append(Column("row_number", "", "", ""))
        elif role == "unit" or (cells and figures < len(cells) and all(UNIT.fullmatch(cell) for cell in cells)):
            columns.append(Column("unit", "", "", ""))
        elif not named and figures * 2 < max(len(cells), 1):
            columns.append(Column("indicator", "", "", ""))
            named = True
        elif figures * 2 < max(len(cells), 1):
            columns.append(Column("note", "", "", ""))
        else:
            columns.append(_figures(head, columns))
    roles = {column.role for column in columns}
    return columns if named and roles & {"level", "growth"} else None


def _figures(head: str, before: Sequence[Column]) -> Column:
    """A column of figures by its head."""
    unit = _UNIT_IN_HEAD.search(head)
    role = "growth" if _GROWS.search(head) else "level"
    status = "target" if TARGET.search(head) else "estimate" if ESTIMATE.search(head) else ""
    status = status or ("actual" if ACTUAL.search(head) else "")
    year = _YEAR.search(head)
    period = year[1] if year else ""
    if role == "growth" and not period:
        levels = [column for column in before if column.role == "level"][-1:]
        status, period = (status or levels[0].status, levels[0].period) if levels else (status, "")
    return Column(role, (unit[1] or unit[2]) if unit else "", status, period)
