"""Two figures of one report for the same thing, place, time and status that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.collection.findings.figures import amounts, any_word, interval, is_amount
from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.rows import Row

# What two figures have in common that must agree, and what else a figure may be told by.
_TOLD_BY = (
    *("place_id", "subject", "indicator_id", "measure", "period", "status"),
    *("comparison", "reference_period", "basis", "rank_of", "pool", "base_unit"),
)
# Figures of one kind that are compared: a report that states more of them does not mean the same by all.
_FIGURES = 30


def contradictory(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """The later and the earlier of two figures that cannot both be right, each later one once."""
    stated: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["period"]:
            stated[tuple([value or "" for value in map(row.get, _TOLD_BY)])].append(row)
    for same in stated.values():
        for number, row in enumerate(same[:_FIGURES] if len(same) > 1 else ()):
            other = next((other for other in same[:number] if excluded(row, other)), None)
            if other is not None:
                yield row, other


def excluded(row: Row, other: Row) -> bool:
    """Whether no value is in both, however rounding and words are read.

    Parts may have the name of their sum, and a higher aim stands beside the first.
    """
    if "stretch" in (row.get("modality"), other.get("modality")):
        return False
    if row["quote_start"] == other["quote_start"] and any_word("adds_up_to").search(str(row["quote"])):
        return False
    ends = amounts if is_amount(row) and is_amount(other) else interval
    (low, high), (least, most) = ends(row), ends(other)
    return high < least or most < low


def _find(page: Page) -> Iterator[Found]:
    yield from (Found(row, other) for row, other in contradictory(page.first))


RULE = Rule(
    id="two_values",
    severity="warning",
    looks_at="report",
    en="{row:name} is {row:value} and {other:value} for the same time ({row:period}), as it is read; one of them is something "
    "else: {other:quote} {row:quote}",
    zh="{row:name}在同一时期（{row:period}）读得{other:value}和{row:value}两个值，其一应另有所指：{other:quote}{row:quote}",
    find=_find,
    example="2021年，全市进出口总额300亿元。2021年，全市进出口总额480亿元。",
    near_miss="2021年，全市进出口总额300亿元。2021年，全市进出口总额突破290亿元。",
)
