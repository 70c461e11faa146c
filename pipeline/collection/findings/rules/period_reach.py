"""A period that a report can hardly speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.collection.findings.rule import HEAD, Found, Page, Rule
from pipeline.rows import Row

_EARLIEST = 1900
_FARTHEST = 60  # years ahead that plans reach: carbon neutrality by 2060


def year_of(report: Mapping[str, Any]) -> int:
    """The year of a report, or 0."""
    return int(str(report["date"])[:4]) if report.get("date") else 0


def years(row: Row) -> tuple[int, int] | None:
    """The first and the last year of a period."""
    start, end = row.get("period_start"), row.get("period_end")
    return (int(str(start)[:4]), int(str(end)[:4])) if start and end else None


def _find(page: Page) -> Iterator[Found]:
    told = year_of(page.report)
    for row in page.observations:
        if told and (reach := years(row)) and (reach[0] < _EARLIEST or reach[1] > told + _FARTHEST):
            yield Found(row, None, {"year": told})


RULE = Rule(
    id="period_reach",
    severity="warning",
    looks_at="rows",
    en="A report of {year} speaks of {row:period}.",
    zh="{year}年的报告所述时期为{row:period}年，相距过远。",
    find=_find,
    example=HEAD + "到2095年，全市森林覆盖率达到60%。",
    near_miss=HEAD + "到2060年，全市森林覆盖率达到60%。",
)
