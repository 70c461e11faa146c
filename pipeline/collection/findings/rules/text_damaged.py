"""A document whose text is damaged, or was not read in full: what its reader has remarked."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import Found, Rule
from pipeline.reading.result import Reading
from pipeline.rows import Rows


def _find(reading: Reading, rows: Rows) -> Iterator[Found]:
    if reading.report.remarks:
        yield Found(rows["reports"][0], said={"remarks": "; ".join(reading.report.remarks)})


RULE = Rule(
    id="text_damaged",
    severity="warning",
    looks_at="document",
    en="The text of {row:report_id} is damaged, or was not read as it stands: {remarks}.",
    zh="这份文件的正文有损坏，或未能照原样读取，数据可能缺漏；详见该报告的备注。",
    find=_find,
    # It takes the bytes of a file to find something.
    example="",
    near_miss="某县2022年工作总结\n全年新增企业5家。\n",
)
