"""A result for a period that had not begun when the report was made."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Page, Rule
from pipeline.collection.findings.rules.period_reach import year_of, years


def _find(page: Page) -> Iterator[Found]:
    told = year_of(page.report)
    for row in page.observations:
        if told and row["status"] != "target" and (reach := years(row)) and reach[0] > told:
            yield Found(row, None, {"year": told})


RULE = Rule(
    id="future_result",
    severity="warning",
    looks_at="rows",
    en="A report of {year} gives a result for {row:period}.",
    zh="{year}年的报告给出了尚未到来的{row:period}年的结果。",
    find=_find,
    example=HEAD + "到2027年末已完成技改投资5亿元。",
    near_miss=HEAD + "到2021年末已完成技改投资5亿元。",
)
