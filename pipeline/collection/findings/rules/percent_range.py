"""A percentage that is hardly possible."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from pipeline.collection.findings.figures import decimal
from pipeline.collection.findings.rule import Found, Page, Rule

_LARGEST = {"growth": 10_000, "level": 1_000, "change": 100}  # percent, and percentage points
_PERCENT = {"growth": ("%",), "level": ("%",), "change": ("百分点", "个百分点")}


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        measure = str(row["measure"])
        if normalize("NFKC", str(row["unit"] or "")).replace(" ", "") in _PERCENT.get(measure, ()):
            lowest = -_LARGEST["change"] if measure == "change" else -100
            if not lowest <= decimal(row["value"]) <= _LARGEST[measure]:
                yield Found(row)


RULE = Rule(
    id="percent_range",
    severity="error",
    looks_at="rows",
    en="A {row:measure} of {row:value} is hardly possible ({row:name}).",
    zh="{row:name}为{row:value}，不合常理。",
    find=_find,
    example="2021年，全市园区税收增长99999%。",
    near_miss="2021年，全市园区税收增长999%。",
)
