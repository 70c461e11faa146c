"""An observation that a second, independent reading of its sentence reads in another way."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.oracle import differences

_COLUMNS = {
    "text": ("numeral", "数字"),
    "value": ("value", "数值"),
    "value_max": ("upper value", "上端数值"),
    "unit": ("unit", "单位"),
    "bound": ("bound", "界限"),
    "amount": ("amount", "量值"),
    "amount_max": ("upper amount", "上端量值"),
}


def _find(page: Page) -> Iterator[Found]:
    for row in page.observations:
        for difference in differences(row):
            en, zh = _COLUMNS[difference.column]
            yield Found(row, said={"en": en, "zh": zh, "stated": difference.stated, "read": difference.read})


RULE = Rule(
    id="second_reading",
    severity="error",
    looks_at="rows",
    en="The {en} of {row:name} is {stated}; a second reading of {row:quote} gives “{read}”.",
    zh="{row:name}的{zh}记为“{stated}”，而另行读取{row:quote}得“{read}”。",
    find=_find,
    example="",
    near_miss="2021年，全市工业用电量增长-5.8%，新增学位3万2千个，完成投资500万元至1.2亿元。",
)
