"""What figures may be, for rules that hold them together: rounding, words, parts and wholes.

A rule speaks only where rounding, prices and the words (左右, 超) leave no way out, and only about figures that are
plainly about each other; what it misses costs less than an alarm that is false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from pipeline.knowledge import vocabulary
from pipeline.meaning.amounts import unit
from pipeline.rows import Row

Interval = tuple[Decimal, Decimal]
# How far the words may reach when a contradiction is looked for: generous, so that only the impossible is found.
_ABOUT = Decimal("0.05")
_BEYOND = Decimal("0.25")
# Characters before a count that say what was counted.
_BEFORE = 14


def interval(row: Row) -> Interval:
    """The values that a figure may have: its rounding, and a generous reading of its words."""
    value = decimal(row["value"])
    step = Decimal(0) if counted(row) else half_step(value)
    most = row.get("value_max")
    low, high = value, value if not is_told(most) else decimal(most)
    low, high = min(low, high) - step, max(low, high) + step
    bound, size = row["bound"], max(abs(low), abs(high))
    if bound == "about":
        return low - size * _ABOUT, high + size * _ABOUT
    up = bound in ("over", "at_least")
    if value < 0:
        up = bound in ("under", "at_most", "nearly")
    if bound in ("over", "at_least", "under", "at_most", "nearly"):
        return (low, high + size * _BEYOND) if up else (low - size * _BEYOND, high)
    return low, high


def amounts(row: Row) -> Interval:
    """The same in base units."""
    value = decimal(row["value"])
    factor = decimal(row["amount"]) / value if value else unit(str(row["unit"] or "")).factor
    low, high = interval(row)
    return low * factor, high * factor


def total(rows: Sequence[Row]) -> Interval:
    """The sum of several figures in base units."""
    lows, highs = zip(*(amounts(row) for row in rows), strict=True)
    return sum(lows, Decimal(0)), sum(highs, Decimal(0))


def half_step(value: Decimal) -> Decimal:
    """Half of the last digit, the most that rounding can have taken."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def counted(row: Row) -> bool:
    """Whether a figure is a count in full, which is not rounded."""
    value, known = decimal(row["value"]), unit(str(row["unit"] or ""))
    return value == value.to_integral_value() and known.dimension == "count" and known.factor == 1


def lead(row: Row) -> str:
    """The words right before a numeral, and what it counts."""
    quote = str(row["quote"])
    at = whole(row["start"]) - whole(row["quote_start"])
    return re.split(r"[,，;；。]", quote[max(0, at - _BEFORE) : at])[-1]


def is_amount(row: Row) -> bool:
    """Whether a figure is a level in a unit, and no share."""
    return row["measure"] == "level" and is_told(row.get("amount")) and row["unit"] not in ("%", "‰", "成")


def is_total(row: Row) -> bool:
    """Whether an amount is a total and no average, which has no parts."""
    said = f"{row['indicator_text']}{lead(row)}{row['unit']}"
    return is_amount(row) and not any(word in said for word in words()["average"])


def comparable(row: Row, other: Row) -> bool:
    """Whether two amounts can be part and whole: of the same unit, time and status."""
    if any((row.get(name) or "") != (other.get(name) or "") for name in ("base_unit", "period", "status")):
        return False
    # Two counts of 个 may count anything; a classifier of its own says more.
    own = {unit(str(one["unit"] or "")).word for one in (row, other)}
    return row["base_unit"] != "个" or row["unit"] == other["unit"] or (len(own) == 1 and "个" not in own)


def by_sentence(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Observations of one report by their sentences."""
    for _, run in groupby(rows, key=lambda row: row["quote_start"]):
        yield list(run)


def clause_end(quote: str, at: int, marks: str = ";；。") -> int:
    """Where the first of `marks` after `at` stands, or the sentence ends."""
    ends = [place for mark in marks if (place := quote.find(mark, at)) >= 0]
    return min(ends, default=len(quote))


@cache
def words() -> Mapping[str, Any]:
    """The words that tell parts, wholes and averages."""
    known: Mapping[str, Any] = vocabulary("reconcile")
    return known


@cache
def any_word(name: str) -> re.Pattern[str]:
    """A pattern of a list of these words."""
    return re.compile("|".join(map(re.escape, words()[name])))


def is_told(value: object) -> bool:
    """Whether a column has a number; one is not held against a text, which takes longer than all else that is asked of it."""
    return isinstance(value, Decimal) or value not in (None, "")


def whole(value: object) -> int:
    """A whole number."""
    return int(str(value))


def decimal(value: object) -> Decimal:
    """A number as it was written."""
    return value if isinstance(value, Decimal) else Decimal(str(value))
