"""Numerals that could not be interpreted: no well-formed number, or cells of a table whose heads tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.collection.findings.rule import HEAD, Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    """The first of those that follow one another, as in a table, with their count."""
    rows = sorted(page.numerals, key=lambda row: int(str(row["start"])))
    for unread, group in groupby(rows, key=lambda row: row["kind"] == "unread"):
        if unread:
            first, *more = group
            yield Found(first, said={"more": f" and {len(more)} behind it" if more else "", "count": len(more) + 1})


RULE = Rule(
    id="numeral_unread",
    severity="warning",
    looks_at="rows",
    en="{row:text} at {row:start} of {row:report_id}{more} could not be interpreted, as a number or in its table; not read, not even in part.",
    zh="第 {row:start} 字符处的“{row:text}”起共 {count} 处数字无法解读（不是完整的数，或所在表格无法理解），未予读取，也未读其中一部分。",
    find=_find,
    example=HEAD + "地区生产总值增长8.5.6%。",
    near_miss=HEAD + "地区生产总值增长8.5%，完成投资1,234.5亿元。",
)
