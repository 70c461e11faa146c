"""A report of which it is uncertain where it looks back and where ahead."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Rule
from pipeline.documents.outline import doubt
from pipeline.reading.result import Reading
from pipeline.rows import Rows

_DONE = "全市已修通公路8公里，比上年多2公里。\n" * 100


def _find(reading: Reading, rows: Rows) -> Iterator[Found]:
    if doubt(reading.passages):
        yield Found(rows["reports"][0])


RULE = Rule(
    id="uncertain_parts",
    severity="warning",
    looks_at="document",
    en="It is uncertain which part of {row:report_id} looks back and which looks ahead: status and period of its figures may be wrong.",
    zh="这份报告的回顾部分与安排部分难以确定，其中数据的状态和时期可能有误。",
    find=_find,
    example=HEAD + _DONE,
    near_miss=HEAD + _DONE + "二、2022年工作安排\n" + "全市将修建公路9公里，力争年内通车。\n" * 100,
)
