"""Tables whose cells single blanks part: a name, and as many figures in every line as the heads above tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.models import Span

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_FIGURE = r"[-—+－]?\d[\d.,]*%?"
# The name may have blanks in it (粮 食); what ends in a mark of a sentence is no row.
_ROW = re.compile(
    rf"[ \u3000]*(?P<name>[^\s\d。；;，,:：|｜\t][^。；;，,:：|｜\t\n]*?)(?P<figures>(?:[ \u3000]+{_FIGURE})+)[ \u3000]*"
)
_FIGURES = re.compile(_FIGURE)
_MARKS = re.compile("[。；;，,:：!！?？|｜\\t]")
_LAST_PART = re.compile(r"\S(?:[(（][^()（）]{1,8}[)）])?")
_LONGEST, _MOST, _LEAST_ROWS = 80, 8, 3

Row = list[Span]


def spaced(source: str, first: int, last: int) -> Iterator[list[Row]]:
    """The rows of such tables between `first` and `last`, the heads first; offsets of the source."""
    heads: Row = []
    rows: list[Row] = []
    for line in _LINE.finditer(source, first, last):
        if not source[line.start() : line.end()].strip():
            continue
        row = _row(source, *line.span())
        if row and heads and len(row) == len(rows[0] if rows else heads):
            rows.append(row)
            continue
        if len(rows) >= _LEAST_ROWS:
            yield [heads, *rows]
        heads, rows = ([], []) if row else (_heads(source, *line.span()), [])
    if len(rows) >= _LEAST_ROWS:
        yield [heads, *rows]


def _row(source: str, start: int, stop: int) -> Row:
    """The name and the figures of a line; empty if it is none of a table."""
    match = _ROW.fullmatch(source, start, stop) if stop - start <= _LONGEST else None
    if not match:
        return []
    return [match.span("name"), *(figure.span() for figure in _FIGURES.finditer(source, *match.span("figures")))]


def _heads(source: str, start: int, stop: int) -> Row:
    """The heads in a line, the characters of one that blanks part together (项 目, 产 量(吨)); empty if it is no such line."""
    if stop - start > _LONGEST or _MARKS.search(source, start, stop):
        return []
    cells: Row = []
    for word in _WORD.finditer(source, start, stop):
        pair = cells and cells[-1][1] - cells[-1][0] == 1 and _LAST_PART.fullmatch(word[0])
        cells = [*cells[:-1], (cells[-1][0], word.end())] if pair else [*cells, word.span()]
    return cells if 1 < len(cells) <= _MOST else []
