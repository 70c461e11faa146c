"""A document of which it stays open which place it is of."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.collection.findings.rule import HEAD, Found, Rule
from pipeline.documents.profiles import is_read
from pipeline.reading.result import Reading
from pipeline.rows import Rows


def _find(reading: Reading, rows: Rows) -> Iterator[Found]:
    if is_read(reading.report.kind) and not reading.report.place_id:
        yield Found(rows["reports"][0])


_DONE = "全区新建公园12个。\n"

RULE = Rule(
    id="place_open",
    severity="warning",
    looks_at="document",
    en="It is open which place {row:report_id} is of; its figures have none. Say it with `place` in a .yaml file beside the text.",
    zh="这份文件属于哪个地区未能确定，其中数据不带地区；请在正文旁的附注文件中写明地区。",
    find=_find,
    example=HEAD.replace("东莞市", "朝阳区") + _DONE,
    near_miss=HEAD.replace("东莞市", "北京市朝阳区") + _DONE,
)
