"""PDF files: paragraphs put together from lines, tables as lines of cells, without what is printed at the edges of pages.

PDFium (pypdfium2, extra `pdf`) reads what browsers read, has wheels for every system, a free licence and the speed for
collections; pdfplumber works in pure Python, pypdf knows no places of characters, PyMuPDF is under the AGPL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.errors import InputError
from pipeline.models import Layer, Location
from pipeline.text.readers import Options
from pipeline.text.readers.layers import squeezed
from pipeline.text.readers.pdf_pages import PdfError, pages_of

_SAVE = "Copy the report's text into a .txt file"
_MOST_BYTES = 300_000_000
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[—–\-－·• ]*(?:第? ?\d{1,4} ?页?|\d{1,4} ?/ ?\d{1,4})(?: ?[,，/]? ?共 ?\d{1,4} ?页)?[—–\-－·• ]*"
)
_SENTENCE_END = frozenset("。！？!?")
_EDGE = 3
_LEAST_PAGES = 3
# Lines of a page from which two columns can be told.
_LEAST_LINES = 8
_LEAST_COLUMN = 8


@dataclass(slots=True)
class _Line:
    """What stands on one base line of a page: its cells from left to right."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    cells: list[str]

    @property
    def text(self) -> str:
        return "\t".join(self.cells)

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a PDF. Raises InputError for what is none, is locked or damaged, or a scan without text."""
    if len(data) > _MOST_BYTES:
        raise InputError(name, "", "this file is too large to be a report", _SAVE)
    try:
        found = pages_of(data)
    except PdfError as error:
        raise InputError(name, "", f"this PDF cannot be read: {error}", _SAVE) from error
    remarks: list[str] = []
    pages = []
    empty = []
    for number, page in enumerate(found, 1):
        runs = [_Line(number, run[0], run[1], run[2], run[3], [squeezed(run[4])]) for run in page["lines"]]
        if not runs:
            empty.append((number, page["pictures"]))
        columns = _columns(runs)
        if columns:
            remarks.append(f"page {number} is set in two columns, which are read one after the other")
        pages.append([line for column in columns or [runs] for line in _rows(column)])
    if not any(pages):
        problem = (
            "this PDF is a scan: its pages are pictures" if any(count for _, count in empty) else "this PDF has no text"
        )
        raise InputError(name, "", problem, "Have its characters recognised (OCR), and give the result")
    if empty:
        numbers = ", ".join(str(number) for number, _ in empty)
        remarks.append(f"pages without text, perhaps pictures: {numbers}")
    text, locations = _joined(_without_edges(pages))
    return Layer(text, "utf-8", "pdf", plain=False, locations=locations, remarks=tuple(remarks))


def _columns(runs: Sequence[_Line]) -> list[list[_Line]]:
    """The runs of a page that is set in two columns, by column; an empty list for other pages."""
    if len(runs) < 2 * _LEAST_LINES:
        return []
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    middle, quarter = (left + right) / 2, (right - left) / 4
    sides: tuple[list[_Line], list[_Line]] = ([], [])
    for run in runs:
        if run.right <= middle or run.left >= middle:
            sides[run.left >= middle].append(run)
    long = [sum(len(run.text) >= _LEAST_COLUMN and run.right - run.left > quarter for run in side) for side in sides]
    across = len(runs) - len(sides[0]) - len(sides[1])
    if min(long) < _LEAST_LINES or across > min(long) / 2:
        return []
    # What runs over both columns stands above them.
    above = [run for run in runs if run.right > middle > run.left]
    return [above, *sides]


def _rows(runs: Sequence[_Line]) -> list[_Line]:
    """The lines of a page from the top to the bottom; runs on one base line are the cells of a line."""
    levels: list[list[_Line]] = []
    for run in sorted(runs, key=lambda run: -(run.top + run.bottom)):
        middle = (run.top + run.bottom) / 2
        if levels and levels[-1][0].bottom < middle < levels[-1][0].top:
            levels[-1].append(run)
        else:
            levels.append([run])
    return [_row(sorted(level, key=lambda run: run.left)) for level in levels]


def _row(runs: Sequence[_Line]) -> _Line:
    """One line of the runs on a base line; those that touch are one cell."""
    first = runs[0]
    line = _Line(first.page, first.left, first.bottom, first.right, first.top, list(first.cells))
    for run in runs[1:]:
        if run.left - line.right < 0.6 * line.size:
            line.cells[-1] += run.text
        else:
            line.cells += run.cells
        line.right = max(line.right, run.right)
    return line


def _without_edges(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers, and without what stands above or below the text of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_DIGITS.sub("0", line.text) for line in (*page[:_EDGE], *page[-_EDGE:])})
    least = max(_LEAST_PAGES, len(pages) / 2)
    kept = []
    for page in pages:
        while page and _at_edge(page[0], counts, least):
            page = page[1:]
        while page and _at_edge(page[-1], counts, least):
            page = page[:-1]
        kept.append(page)
    return kept


def _at_edge(line: _Line, counts: Counter[str], least: float) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or counts[_DIGITS.sub("0", line.text)] >= least


def _joined(pages: Sequence[Sequence[_Line]]) -> tuple[str, tuple[Location, ...]]:
    """The paragraphs of all pages: a line that fills the column goes on in the next one that is not indented."""
    pieces: list[str] = []
    locations: list[Location] = []
    length = 0
    before: _Line | None = None
    for page in pages:
        edges = _margins(page)
        for number, line in enumerate(page, 1):
            between = (
                ("" if before is not None and _goes_on(before, line, edges) else "\n") if before is not None else ""
            )
            for cell in line.cells:
                pieces.append(between)
                length += len(between)
                locations.append(Location(length, length + len(cell), line.page, f"line {number}"))
                pieces.append(cell)
                length += len(cell)
                between = "\t"
            before = line
    return "".join([*pieces, "\n"]), tuple(locations)


def _margins(page: Sequence[_Line]) -> tuple[float, float]:
    """Where the lines of a page begin and end: those of prose, where it has any."""
    prose = [line for line in page if len(line.cells) == 1 and len(line.text) > 2 * _LEAST_COLUMN] or list(page)
    return min((line.left for line in prose), default=0.0), max((line.right for line in prose), default=0.0)


def _goes_on(before: _Line, line: _Line, edges: tuple[float, float]) -> bool:
    """Whether `line` goes on with the paragraph of the line before it."""
    left, right = edges
    if len(before.cells) > 1 or len(line.cells) > 1 or not before.text:
        return False
    size = median((before.size, line.size))
    full = before.right >= right - 2.2 * size
    indented = line.left > left + 1.2 * size
    same = 0.75 < before.size / line.size < 1.33
    return full and not indented and (same or before.text[-1] not in _SENTENCE_END)
