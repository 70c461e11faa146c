"""Levels of one core indicator, some years apart, of which one is many times the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.collection.findings.figures import amounts, is_amount, whole
from pipeline.collection.findings.rule import HEAD, Found, Page, Rule
from pipeline.knowledge import catalogue
from pipeline.rows import Row

_TIMES = 10
_YEARS = 5
_FIGURES = 30


def _find(page: Page) -> Iterator[Found]:
    core = catalogue("indicators")
    stated: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in page.first:
        if row["indicator_id"] in core and is_amount(row) and str(row["period"] or "").isdigit():
            key = (row["place_id"], row["subject"] or "", row["indicator_id"], row["base_unit"])
            stated[key].append(row)
    for rows in stated.values():
        for number, row in enumerate(rows[:_FIGURES]):
            other = next((other for other in rows[:number] if _far(row, other)), None)
            if other is not None:
                yield Found(row, other)


def _far(row: Row, other: Row) -> bool:
    """Whether they are of different times or kinds, near each other, and one is out of all proportion."""
    if (row["period"], row["status"]) == (other["period"], other["status"]):
        return False
    if abs(whole(row["period"]) - whole(other["period"])) > _YEARS:
        return False
    (low, high), (least, most) = amounts(row), amounts(other)
    return 0 < _TIMES * high < least or 0 < _TIMES * most < low


RULE = Rule(
    id="order_of_magnitude",
    severity="warning",
    looks_at="report",
    en="{row:name} is {other:value} ({other:period}) and {row:value} ({row:period}): one is more than ten times the other. "
    "{other:quote} {row:quote}",
    zh="{row:name}{other:period}年为{other:value}，{row:period}年为{row:value}，相差十倍以上：{other:quote}{row:quote}",
    find=_find,
    example=HEAD + "2020年，全市进出口总额300亿元。2021年，全市进出口总额3亿元。",
    near_miss=HEAD + "2020年，全市进出口总额300亿元。2021年，全市进出口总额350亿元。",
)
