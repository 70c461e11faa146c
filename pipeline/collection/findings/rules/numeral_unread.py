"""A numeral that could not be read as a whole: a point, a comma or digits beside it are left over."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    yield from (Found(row) for row in page.numerals if row["kind"] == "unread")


RULE = Rule(
    id="numeral_unread",
    severity="warning",
    looks_at="rows",
    en="{row:text} at {row:start} of {row:report_id} is no well-formed number; it was not read, not even in part.",
    zh="第 {row:start} 字符处的“{row:text}”不是完整的数，未予读取，也未读其中一部分。",
    find=_find,
    example=HEAD + "地区生产总值增长8.5.6%。",
    near_miss=HEAD + "地区生产总值增长8.5%，完成投资1,234.5亿元。",
)
