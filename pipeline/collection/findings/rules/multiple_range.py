"""A multiple that is not above 0."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.figures import decimal
from pipeline.collection.findings.rule import Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        if row["measure"] == "multiple" and decimal(row["value"]) <= 0:
            yield Found(row)


RULE = Rule(
    id="multiple_range",
    severity="error",
    looks_at="rows",
    en="A multiple of {row:value} is not possible ({row:name}).",
    zh="{row:name}的倍数为{row:value}，不合常理。",
    find=_find,
    example="2021年，全市机器人产量是上年的0倍。",
    near_miss="2021年，全市机器人产量是上年的1.5倍。",
)
