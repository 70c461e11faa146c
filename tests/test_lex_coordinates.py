"""Coordinates, years without digits, dates of feeds and addresses."""

from __future__ import annotations

from pipeline.extract import extract_text
from pipeline.reading.numerals import lex


def kinds(text: str) -> list[tuple[str, str]]:
    return [(numeral.text, numeral.kind) for numeral in lex(text)]


def test_coordinates_are_one_value_in_degrees() -> None:
    first, *rest = lex("北纬43°04′~45°26′,坡度25°以上耕地3万亩")
    assert (first.value, first.value_max, first.unit, first.bound) == (43, 45, "°", "range")
    assert [numeral.kind for numeral in rest] == ["observation_part"] * 3 + ["threshold", "observation"]


def test_times_without_a_date_of_their_own() -> None:
    assert kinds("20XX年工作回顾") == [("20", "time")]
    assert kinds("Tue, 24 Aug 2021") == [("24", "time"), ("2021", "time")]
    assert kinds("甲旗年鉴2022卷") == [("2022", "structure")]


def test_digits_of_an_address_are_a_name() -> None:
    text = '某县情况\n<p style="width:7px">开头</p>\n<img src="https://a.cn/20200514/34.png">\n新增企业5家。\n'
    rows = extract_text(text)["numerals"]
    assert [(row["text"], row["kind"]) for row in rows] == [
        ("7", "structure"),
        ("20200514", "name"),
        ("34", "name"),
        ("5", "observation"),
    ]
