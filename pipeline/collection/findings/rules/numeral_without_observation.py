"""A numeral that states a quantity and has no observation."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.documents.profiles import is_read


def _find(page: Page) -> Iterator[Found]:
    # What is left between reports has none by design.
    if not is_read(page.report["kind"]):
        return
    read = {row["start"] for row in page.observations}
    for row in page.numerals:
        if row["kind"] == "observation" and row["start"] not in read:
            yield Found(row)


RULE = Rule(
    id="numeral_without_observation",
    severity="warning",
    looks_at="rows",
    en="{row:text} at {row:start} of {row:report_id} states a quantity that was not understood.",
    zh="{row:report_id} 第 {row:start} 字符处的“{row:text}”陈述了一个数量，但未能识别。",
    find=_find,
    example="",
    near_miss="2021年，全市粮食产量12万吨。",
)
