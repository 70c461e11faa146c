"""One table of units for the lexer, the tables in texts, and the amounts."""

from decimal import Decimal

import pytest

from pipeline.extract import extract_text
from pipeline.meaning.amounts import unit
from pipeline.reading.numerals import lex
from pipeline.unit_table import CLASSES, entries, words

# Read behind any number; `told` are not looked for, and of a calendar there are dates and spans.
_BEHIND = ("measured", "counted", "ratio", "duration", "position", "composed")


def test_a_word_has_one_unit() -> None:
    written = [word for entry in entries().values() for part in entry.written.values() for word in part]
    assert sorted(written) == sorted(set(written))
    assert {name for entry in entries().values() for name in entry.written} <= set(CLASSES)


def test_every_unit_behind_a_number_is_read_as_itself() -> None:
    sentences = {f"2023年，全市某项标准达到350{word}。": word for word in words(*_BEHIND)}
    rows = {str(row["quote"]): row for row in extract_text("\n".join(sentences))["observations"]}
    read = {word: rows[sentence]["unit"] if sentence in rows else None for sentence, word in sentences.items()}
    assert {word: unit(str(found)).unit_id for word, found in read.items()} == {
        word: unit(word).unit_id for word in read
    }


@pytest.mark.parametrize("word", words("calendar"))
def test_every_unit_of_the_calendar_is_read_as_itself(word: str) -> None:
    [numeral] = [found for found in lex(f"全市某项指标达到12{word}。") if found.value == Decimal(12)]
    assert unit(numeral.unit).unit_id == unit(word).unit_id


@pytest.mark.parametrize(
    ("text", "unit_read"),
    [
        ("新建厂房面积300m2,绿地20公顷。", "m2"),
        ("储能电站容量350MWH。", "MWH"),
        ("出口5亿卢布。", "亿卢布"),
        ("新建光缆300皮长公里。", "皮长公里"),
        ("培训时长达到40学时。", "学时"),
        ("平均得分85.6分。", "分"),
        ("算力达到5000P。", "P"),
    ],
)
def test_units_in_sentences(text: str, unit_read: str) -> None:
    assert lex(text)[0].unit == unit_read


@pytest.mark.parametrize(
    ("text", "number"),
    [("支持3DMark测试。", "3"), ("建设5GWiFi网络。", "5"), ("设3分部。", "3")],
)
def test_words_that_only_look_like_units(text: str, number: str) -> None:
    found = next(numeral for numeral in lex(text) if numeral.text == number)
    assert found.unit not in ("分", "D", "GW", "G")


def test_minutes_behind_an_hour_are_no_score() -> None:
    kinds = {numeral.text: numeral.kind for numeral in lex("活动于8时30分开始,平均得分85分。")}
    assert kinds == {"8": "time", "30": "time", "85": "observation"}
