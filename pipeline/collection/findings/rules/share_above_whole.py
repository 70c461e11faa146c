"""Shares of a whole above 100%."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.figures import interval, words
from pipeline.collection.findings.rule import Found, Page, Rule


def _find(page: Page) -> Iterator[Found]:
    known = words()
    begins, ends = tuple(known["share_begins"]), tuple(known["share_of_whole"])
    for row in page.first:
        name = str(row["indicator_text"])
        if row["measure"] != "level" or row["unit"] != "%" or not (name.startswith(begins) or name.endswith(ends)):
            continue
        if any(word in name for word in known["not_of_whole"]):
            continue
        if interval(row)[0] > 100 and row["bound"] not in ("at_most", "under", "nearly"):
            yield Found(row)


RULE = Rule(
    id="share_above_whole",
    severity="error",
    looks_at="report",
    en="{row:name} of {row:value}: a share is at most 100%.",
    zh="{row:name}为{row:value}，而比重不应超过100%。",
    find=_find,
    example="2021年，全市服务业增加值占比104%。",
    near_miss="2021年，全市养老保险参保率104%。",
)
