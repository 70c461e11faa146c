"""Results of the same place, time and indicator that two reports give differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.collection.findings.rule import HEAD, Found, Rule
from pipeline.collection.findings.rules.growth_against_levels import SERIES, grows
from pipeline.collection.findings.rules.two_values import excluded
from pipeline.rows import Row

# Of the many reports that state a figure, the first few stand for all.
_FIGURES = 30


def _find(rows: Sequence[Row]) -> Iterator[Found]:
    stated: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not grows(row):
            continue
        key = tuple(row.get(name) or "" for name in (*SERIES, "measure", "period", "base_unit"))
        others = stated[key]
        other = next((one for one in others if one["report_id"] != row["report_id"] and excluded(row, one)), None)
        if other is not None:
            yield Found(row, other)
        if len(others) < _FIGURES:
            others.append(row)


_OTHER = HEAD.replace("2022年", "2023年").replace("2021年", "2022年").replace("第四次", "第五次")

RULE = Rule(
    id="two_reports",
    severity="info",
    looks_at="series",
    en="{row:name} in {row:period} is {other:value} in one report and {row:value} in another, which may be a revision or "
    "another scope: {other:quote} {row:quote}",
    zh="{row:name}{row:period}年的数值在两份报告中不同，一为{other:value}，一为{row:value}，可能经过修订或范围不同："
    "{other:quote}{row:quote}",
    find=_find,
    example=HEAD + "2021年，地区生产总值200亿元。\f" + _OTHER + "2021年，地区生产总值230亿元。",
    near_miss=HEAD + "2021年，粮食产量200万吨。\f" + _OTHER + "2021年，粮食产量200.1万吨左右。",
)
