"""The columns of a table, by the words of its heads, and its rows before they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.knowledge import any_of
from pipeline.models import Span
from pipeline.reading.structures.table_words import (
    ACTUAL,
    BOUND,
    ESTIMATE,
    HEADS,
    NUMBER,
    SIMPLE,
    TARGET,
    UNIT,
    UNIT_WORDS,
    VALUE_ROLES,
)
from pipeline.unit_table import MULTIPLIER_WORDS, not_before

_LONGEST_UNIT = 12
_COLUMN_PARTS = re.compile(
    rf"(?P<year>(?:19|20)\d\d(?=年))?(?:年度?)?(?P<word>{any_of(HEADS)})?(?:\((?P<unit>[^()\n]{{1,12}})\)|±?(?P<sign>%))?"
)
_GUARDED = "|".join(re.escape(word) + not_before(word) for word in sorted(UNIT_WORDS, key=len, reverse=True))
_RATIO = "[%‰]"
_OWN_UNIT = rf"{any_of(MULTIPLIER_WORDS)}?(?:{_GUARDED})(?:/(?:{SIMPLE}|月|日|年|天|人))?"
_WELL_FORMED = re.compile(r"[-—+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table without separators are made of; `region` are the digits behind a name."""

    numbered: bool
    has_unit: bool
    count: int
    region: re.Pattern[str]
    chunk: re.Pattern[str]


def shape_of(numbered: bool, has_unit: bool, count: int) -> Shape:
    """The patterns of rows with `count` values, by whether they have a number and a column of units."""
    # Where a column has the units, none stands behind a number.
    unit = _RATIO if has_unit else _OWN_UNIT
    return Shape(
        numbered,
        has_unit,
        count,
        re.compile(rf"(?:{NUMBER}(?:{unit})?(?:{BOUND})?[ \n]?)+"),
        re.compile(rf"({NUMBER})({unit})?({BOUND})?"),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: what it holds by its head, the unit and the time that the head states."""

    role: str
    unit: str
    status: str
    period: str


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it stands in a cell."""

    start: int
    stop: int
    value: Decimal
    decimals: int
    unit: str = ""
    bound: str = "exact"


Split = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before its values are decided: where its parts stand, and all ways to read its values."""

    number: Span
    name: Span
    unit: str
    splits: tuple[Split, ...]
    words: Span
    values: Span
    stop: int
    note: str = ""


def columns_of(heads: Sequence[str]) -> list[Column] | None:
    """What each column holds, or None where these are not the heads of a table of indicators."""
    columns: list[Column] = []
    for head in heads:
        parts = _COLUMN_PARTS.fullmatch(head)
        if not parts or not (parts["year"] or parts["word"]):
            return None
        role = HEADS.get(parts["word"] or "", "level")
        status = "target" if TARGET.search(head) else "estimate" if ESTIMATE.search(head) else ""
        if not status and ACTUAL.search(head):
            status = "actual"
        period = parts["year"] or ""
        if role == "growth" and not status and not period:
            # The growth of what the column before it holds.
            before = [column for column in columns if column.role == "level"][-1:]
            status, period = (before[0].status, before[0].period) if before else ("", "")
        columns.append(Column(role, parts["unit"] or parts["sign"] or "", status, period))
    roles = [column.role for column in columns]
    if roles.count("indicator") != 1 or not any(role in VALUE_ROLES for role in roles):
        return None
    return columns


def unit_start(text: str, start: int, stop: int) -> int:
    """Where the unit at the end of `text[start:stop]` begins; `stop` if there is none."""
    for at in range(max(start + 1, stop - _LONGEST_UNIT), stop):
        if UNIT.fullmatch(text, at, stop):
            return at
    return stop


def value_of(text: str, start: int, stop: int, unit: str = "", bound: str = "exact") -> Value | None:
    """The number at `start:stop`, or None where it is not well formed."""
    digits = text[start:stop].replace(",", "").replace("—", "-")
    if not _WELL_FORMED.fullmatch(text, start, stop):
        return None
    return Value(start, stop, Decimal(digits), len(digits.partition(".")[2]), unit, bound)
