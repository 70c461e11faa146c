"""A range that does not grow."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        value, most = row["value"], row.get("value_max")
        if most not in (None, "") and (abs(most) <= abs(value) or value * most < 0):  # type: ignore
            yield Found(row)


RULE = Rule(
    id="range_order",
    severity="warning",
    looks_at="rows",
    en="The range of {row:name} goes the wrong way or changes its sign: {row:value}.",
    zh="{row:name}的区间两端次序或符号异常：{row:value}。",
    find=_find,
    example="2021年，全市工业增加值增长-2%至5%。",
    near_miss="2021年，全市工业用电量10—12亿千瓦时。",
)
