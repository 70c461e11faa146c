"""The columns of a table, by the words of its heads, and its rows before they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.prefilter import guarded
from pipeline.reading.structures.table_words import (
    ACTUAL,
    BOUND,
    ESTIMATE,
    GROUPS,
    HEADS,
    NUMBER,
    PROPERTIES,
    SIMPLE,
    TARGET,
    UNIT,
    UNIT_WORDS,
    VALUE_ROLES,
)
from pipeline.unit_table import MULTIPLIER_WORDS, not_before

_WORDS = vocabulary("structure")["table"]
_LONGEST_UNIT = 12
_DIGIT = re.compile(r"[\d一二三四上下前全]")
_IN_HEAD = re.compile(r"\([^()]*\)|±?%")
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d年])")
_COMPARED = re.compile(
    rf"[比较]?{any_of(_WORDS['compared_times'])}{any_of(_WORDS['same_times'])}?|{any_of(_WORDS['compared'])}"
)
_YEAR_BEFORE = re.compile(_WORDS["year_before"])
_COMPLETION, _SHARE = re.compile(_WORDS["completion"]), re.compile(_WORDS["share"])
_OF_PAST = re.compile(_WORDS["of_past"])
_AVERAGE, _PREVIOUS = re.compile(_WORDS["average"]), re.compile(_WORDS["previous"])
_NO_THING = re.compile(
    r"\([^()]*\)|±?[%‰]|(?:19|20)\d\d年?|[\d—\-~至]+月份?|[一二三四1-4]季度|[上下]半年|"
    rf"{_COMPARED.pattern}|{_WORDS['growth_words']}|(?:增长|发展)?速度|绝对[值数量额]|本[年月期]|{any_of(_WORDS['head_words'])}|"
    r"[()\s:：、,]"
)
_COLUMN_PARTS = re.compile(
    rf"(?P<year>(?:19|20)\d\d(?=年))?(?:年度?)?(?P<word>{any_of(HEADS)})?(?:\((?P<unit>[^()\n]{{1,12}})\)|±?(?P<sign>%))?"
)
_GUARDED = "|".join(re.escape(word) + not_before(word) for word in sorted(UNIT_WORDS, key=len, reverse=True))
_RATIO = "[%‰]"
_OWN_UNIT = rf"{any_of(MULTIPLIER_WORDS)}?(?:{_GUARDED})(?:/(?:{SIMPLE}|{any_of(_WORDS['per'])}))?"
_WELL_FORMED = re.compile(r"[-—+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table without separators are made of; `region` are the digits behind a name."""

    numbered: bool
    has_unit: bool
    count: int
    region: re.Pattern[str]
    chunk: re.Pattern[str]


@cache
def shape_of(numbered: bool, has_unit: bool, count: int) -> Shape:
    """The patterns of rows with `count` values, by whether they have a number and a column of units."""
    # Where a column has the units, none stands behind a number.
    unit = _RATIO if has_unit else _OWN_UNIT
    return Shape(
        numbered,
        has_unit,
        count,
        re.compile(rf"(?:{NUMBER}(?:{unit})?(?:{BOUND})?[ \n]?)+"),
        re.compile(guarded(rf"({NUMBER})({unit})?({BOUND})?")),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: what it holds by its head, the unit and the year that the head states.

    `measured` is the property of the things in the rows that it tells (产量).
    `told` are its words for its time, `shift` the years to go from that; `added` is what it adds to the names of rows, `thing`
    what it names itself.
    """

    role: str
    unit: str
    status: str
    period: str
    told: str = ""
    shift: int = 0
    comparison: str = ""
    added: str = ""
    thing: str = ""
    measured: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it stands in a cell; `summed`: in brackets, over the years of a plan."""

    start: int
    stop: int
    value: Decimal
    decimals: int
    unit: str = ""
    bound: str = "exact"
    summed: bool = False


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
        columns.append(Column(role, parts["unit"] or parts["sign"] or "", "", parts["year"] or ""))
    columns = timed(with_groups(columns, heads), heads)
    roles = [column.role for column in columns]
    if roles.count("indicator") != 1 or not any(role in VALUE_ROLES for role in roles):
        return None
    return columns


def with_groups(columns: Sequence[Column], heads: Sequence[str]) -> list[Column]:
    """The columns, of which those that only sort the rows (类别 beside 指标) are notes."""
    named = any(column.role == "indicator" and head not in GROUPS for column, head in zip(columns, heads, strict=True))
    return [
        replace(column, role="note") if named and head in GROUPS else column
        for column, head in zip(columns, heads, strict=True)
    ]


def timed(columns: Sequence[Column], heads: Sequence[str]) -> list[Column]:
    """The columns with what their heads say of time, status and comparison.

    A growth whose head tells no time is that of the latest of the levels before it.
    """
    found: list[Column] = []
    for column, head in zip(columns, heads, strict=True):
        if column.role not in VALUE_ROLES:
            found.append(column)
            continue
        if column.role == "level" and _OF_PAST.search(head):
            base = _base([other for other in found if other.role == "level" and not other.added])
            found.append(replace(column, role="multiple", unit="%", status="actual", told=base.told if base else ""))
            continue
        if column.role == "level" and (added := _added(head)):
            column = replace(column, added=added, unit="%")
        status = "actual" if column.added else _status(head)
        levels = [other for other in found if other.role == "level" and not other.added]
        comparison = ""
        if column.role == "growth":
            comparison = "annual_average" if _AVERAGE.search(head) else "previous" if _PREVIOUS.search(head) else "yoy"
            told = _IN_HEAD.sub("", _COMPARED.sub("", head))
            base = _base(levels)
            if base and not _DIGIT.search(told) and comparison != "annual_average":
                status, told = status or base.status, base.told
        else:
            told = _IN_HEAD.sub("", head)
        shift = 0
        if column.role == "level" and _YEAR_BEFORE.search(head):
            base = levels[-1] if levels else None
            shift = int(column.period) - int(base.period) if base and column.period and base.period else -1
            told = base.told if base else told
        told = _BARE_YEAR.sub(r"\g<0>年", told)
        thing = _thing(head)
        if column.role == "growth" and not thing and levels:
            thing = levels[-1].thing
        measured = thing if thing in PROPERTIES else ""
        if column.role == "growth" and not measured and levels:
            measured = levels[-1].measured
        found.append(
            replace(
                column, status=status, told=told, shift=shift, comparison=comparison, thing=thing, measured=measured
            )
        )
    return found


def _base(levels: Sequence[Column]) -> Column | None:
    """The latest of the levels that a growth stands behind."""
    now = [level for level in levels if not level.shift] or levels
    return max(enumerate(now), key=lambda item: (item[1].period, item[0]))[1] if now else None


def _added(head: str) -> str:
    """What a head of rates of completion, or of shares, adds to the names of rows; empty for others."""
    if done := _COMPLETION.search(head):
        return f"完成{done['of']}" if done["of"] else done["rate"]
    share = _SHARE.search(head)
    return (share[0].rstrip("%").removesuffix("构成") or "比重") if share else ""


def _status(head: str) -> str:
    status = "target" if TARGET.search(head) else "estimate" if ESTIMATE.search(head) else ""
    return status or ("actual" if ACTUAL.search(head) else "")


def _thing(head: str) -> str:
    """What a head names, without unit, time and growth; empty where it has only such words."""
    name = _NO_THING.sub("", head)
    return name if len(name) > 1 else ""


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
