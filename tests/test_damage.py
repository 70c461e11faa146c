"""Damage of a text is mended where that is certain, else said."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_bytes
from pipeline.text.damage import mended, remarks_on

TEXT = "甲县增长三成。\n公共服务更优。\n"


def test_utf_8_read_as_gbk_is_mended_where_nothing_is_lost() -> None:
    text = "甲县粮食产量，增长。\r\n" * 12
    whole = "".join(line for line in text.splitlines(keepends=True) if len(line.strip().encode()) % 2 == 0) or text
    garbled = whole.encode().decode("gb18030", "surrogateescape")
    assert mended(garbled) == whole or max(garbled) >= "\udc80"


def test_utf_8_read_as_latin_1_is_mended() -> None:
    assert mended(TEXT.encode().decode("latin-1")) == TEXT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("鍏ㄥ競锛屽湴鍖虹敓浜ф�诲�煎锛屽姞鍏ㄥ競鐨勪腑鍥戒汉姘戯紝鏀垮簻銆�" * 3, "garbled"),
        ("全县增长5%，新增\ufffd\ufffd3家。", "2 characters are lost"),
        ("The county's output grew by 5 per cent over the year. " * 8, "no Chinese"),
    ],
)
def test_what_cannot_be_mended_is_said(text: str, said: str) -> None:
    assert any(said in remark for remark in remarks_on(text))
    rows = extract_bytes(text.encode(), "a.txt")
    assert any(said in str(row["note"]) for row in rows["reports"])
    assert any(said in str(row["message_en"]) for row in rows["findings"] if row["rule"] == "text_damaged")


@pytest.mark.parametrize(
    "text", [TEXT, "㵲阳镇整治䶮溪12公里，安装LED灯5000盏。", "涓流之水，铁锛与锄头。" * 5, "5\uf06c3家"]
)
def test_sound_texts_are_left_alone(text: str) -> None:
    assert mended(text) == text
    assert remarks_on(text) == ()
