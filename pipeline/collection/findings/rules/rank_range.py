"""A rank that is no whole number from 1."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.figures import decimal
from pipeline.collection.findings.rule import Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        value = decimal(row["value"])
        if row["measure"] == "rank" and (value < 1 or value != int(value)):
            yield Found(row)


RULE = Rule(
    id="rank_range",
    severity="error",
    looks_at="rows",
    en="A rank of {row:value} is not possible ({row:name}).",
    zh="{row:name}的位次为{row:value}，不合常理。",
    find=_find,
    example="2021年，全市人均粮食产量居全省第0位。",
    near_miss="2021年，全市人均粮食产量居全省第1位。",
)
