"""A numeral before a unit of money or a percentage that was read as a name or a time."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Rule
from pipeline.oracle.numbers import measured_behind
from pipeline.reading.result import Reading
from pipeline.rows import Rows


def _find(reading: Reading, rows: Rows) -> Iterator[Found]:
    text, folded = reading.folded.text, reading.folded
    for numeral in reading.numerals:
        if numeral.kind in ("name", "time") and measured_behind(text, numeral.stop):
            start, stop = folded.span(numeral.start, numeral.stop)
            row = {"report_id": reading.report.report_id, "start": start, "stop": stop, "text": numeral.text}
            yield Found(row)


RULE = Rule(
    id="numeral_called_name",
    severity="warning",
    looks_at="document",
    en="{row:text} at {row:start} of {row:report_id} was read as a part of a name or a time, though a unit stands behind it.",
    zh="第 {row:start} 字符处的“{row:text}”后面有计量单位，却作为名称或时间读取。",
    find=_find,
    example=HEAD + "落实“三个75%”要求。",
    near_miss=HEAD + "全市用电量增长7.5%，实施“1+6”行动，建设百亿元产业园3个。",
)
