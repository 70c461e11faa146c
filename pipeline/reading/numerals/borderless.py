"""Numerals of tables that lost their cell borders: 2018年…表序号指标目标(%)1生产总值7.92工业增加值8.23….

Row numbers are consecutive, and a number's last digits may be the number of the next row (7.92: 7.9 and row 2). Two
values of one row may run together too (330.028: 330.02 and 8); statistics have two decimals at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.scan import LONGEST_VALUE, new_draft
from pipeline.reading.numerals.unit_phrases import DIMENSION, unit_at

_HEADER = re.compile(r"序号[\u4e00-\u9fff()%:、/]{2,60}(?=[0-9])")
_RUN = re.compile(r"[0-9][0-9.]*")
_VALUE = re.compile(r"[0-9]+\.[0-9]{2}(?=[0-9])|[0-9]+\.[0-9](?=[0-9]\.)|[0-9]+(?:\.[0-9]+)?")
_LABEL = re.compile(r"[\u4e00-\u9fff“(]")
# Where a table ends: a new line, or a row number that does not come within so many characters.
_LONGEST_ROW = 300
_UNIT_BEFORE = re.compile(r"[\u4e00-\u9fff/]{1,6}$")


def tables(text: str) -> dict[int, list[Draft]]:
    """Drafts of the numerals in such tables, by the offset at which their run of digits begins."""
    found: dict[int, list[Draft]] = {}
    stop = 0
    for header in _HEADER.finditer(text):
        if header.start() >= stop:
            stop = _rows(text, header, found)
    return found


def _rows(text: str, header: re.Match[str], found: dict[int, list[Draft]]) -> int:
    """Read the rows behind a header; returns where the table ends."""
    percent = "%" in header[0]
    row, stop = 1, header.end()
    for run in _RUN.finditer(text, stop):
        if run.start() - stop > _LONGEST_ROW or "\n" in text[stop : run.start()]:
            break
        digits, number = run[0].rstrip("."), str(row)
        # A unit behind the digits speaks against a row number, unless a sentence ends before them.
        apart = text[run.start() - 1] in "。;" or not unit_at(text, run.end())
        label = apart and bool(_LABEL.match(text, run.end()))
        if digits == number and label and not text.startswith("年", run.end()):
            found[run.start()] = [_row_number(text, run.start(), number)]
        elif label and row > 1 and digits.endswith(number) and len(digits) > len(number):
            cut = len(digits) - len(number)
            values = list(_values(text, run.start(), digits[:cut], percent))
            found[run.start()] = [*values, _row_number(text, run.start() + cut, number)]
        elif digits.count(".") > 1 and row > 1:
            found[run.start()] = list(_values(text, run.start(), digits, percent))
            continue
        else:
            continue
        row, stop = row + 1, run.end()
    return stop


def _row_number(text: str, start: int, number: str) -> Draft:
    draft = new_draft(text, start, start + len(number))
    draft.kind = "structure"
    return draft


def _values(text: str, start: int, digits: str, percent: bool) -> Iterator[Draft]:
    """The values that a run of digits holds; a growth rate follows the amount, whose unit stands before it."""
    parts = list(_VALUE.finditer(digits.strip(".")))
    for part in parts:
        draft = new_draft(text, start + part.start(), start + part.end())
        draft.kind = "observation" if len(part[0]) <= LONGEST_VALUE else "name"
        unit = _unit_before(text, draft.start)
        if unit:
            draft.unit, draft.dimension = unit, DIMENSION.get(unit, "number")
        elif percent:
            draft.unit, draft.dimension = "%", "ratio"
        yield draft


def _unit_before(text: str, start: int) -> str:
    """The unit at the end of a row's label: 固定资产投资亿元 298.55."""
    label = _UNIT_BEFORE.search(text[max(0, start - 6) : start])
    if label is None:
        return ""
    for at in range(len(label[0])):
        tail = label[0][at:]
        rest = tail.lstrip("百千万亿")
        if rest in DIMENSION and DIMENSION[rest] not in ("counted", "calendar"):
            return tail
    return ""
