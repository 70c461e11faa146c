from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract_text
from pipeline.meaning.amounts import amount, amount_of, base_units, dimension, unit, units
from pipeline.unit_table import words


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("12.5", "亿元", ("1250000000", "元")),
        ("1.6", "万亿元", ("1600000000000", "元")),
        ("3", "亿美元", ("300000000", "美元")),
        ("1", "百亿元", ("10000000000", "元")),
        ("3", "万亩", ("20000000", "平方米")),
        ("1", "亩", ("666.666666666667", "平方米")),
        ("2.4", "平方公里", ("2400000", "平方米")),
        ("85", "公里", ("85000", "米")),
        ("7", "千克", ("7", "千克")),
        ("7", "万吨", ("70000000", "千克")),
        ("30", "亿斤", ("1500000000", "千克")),
        ("5", "万千瓦", ("50000", "千瓦")),
        ("6", "亿千瓦时", ("600000000", "千瓦时")),
        ("2", "万吨标准煤", ("20000", "吨标准煤")),
        ("21", "微克/立方米", ("21", "微克/立方米")),
        ("4", "万吨/日", ("40000000", "千克/天")),
        ("880", "元/月", ("880", "元/月")),
        ("3", "成", ("30", "%")),
        ("-0.5", "比例", ("-50", "%")),
        ("1.2", "个百分点", ("1.2", "百分点")),
        ("48", "小时", ("2", "天")),
        ("5", "个工作日", ("5", "工作日")),
        ("9.1", "万个", ("91000", "个")),
        ("12", "万个标准箱", ("120000", "标准箱")),
        ("40", "家", ("40", "个")),
        ("3", "万蔸", ("30000", "蔸")),
        ("8.8", "万", ("88000", "个")),
        ("5", "", ("5", "个")),
        ("90", "％", ("90", "%")),
    ],
)
def test_amounts(value: str, text: str, expected: tuple[str, str]) -> None:
    found = amount(Decimal(value), text)
    assert found is not None
    assert (format(found[0], "f"), found[1]) == expected


def test_pure_numbers_have_no_amount() -> None:
    assert amount(Decimal(1), "番") is None
    assert amount_of("growth", Decimal(8), None, "%") == (None, None, "")
    assert amount_of("rank", Decimal(3), None, "位") == (None, None, "")
    assert amount_of("multiple", Decimal(3), None, "倍") == (None, None, "")
    assert amount_of("level", Decimal(3), Decimal(4), "万家") == (Decimal(30000), Decimal(40000), "个")
    assert amount_of("change", Decimal(-2), None, "万吨") == (Decimal(-20000000), None, "千克")


def test_dimensions() -> None:
    assert dimension("万亩") == dimension("平方公里") == "area"
    assert dimension("亿元") == dimension("万美元") == "money"
    assert dimension("家") == dimension("万户") == dimension("蔸") == dimension("") == "count"
    assert dimension("元/平方米") == "money/area"


def test_rows_of_the_table_units() -> None:
    rows = units({"亿元", "万亩", "家", "万家", "蔸"})
    texts = {row.text: row for row in rows}
    assert {"亿元", "元", "万亩", "平方米", "家", "万家", "蔸"} <= set(texts)
    assert texts["亿元"].unit_id == "yuan_e8"
    assert texts["亿元"].name_en == "hundred million yuan"
    assert texts["万亩"].factor == Decimal("6666666.66666667")
    assert texts["平方米"] == next(row for row in base_units({"万亩"}) if row.unit_id == "square_metre")


def test_a_unit_written_in_two_ways_has_two_rows_and_one_identifier() -> None:
    rows = {row.text: row for row in units({"万标箱", "万个标准箱", "万套（户）"})}
    assert rows["万标箱"].unit_id == rows["万个标准箱"].unit_id == "teu_e4"
    assert rows["万套（户）"].unit_id == "tao_e4"


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\uffa0"])
def test_what_takes_no_room_is_no_part_of_a_unit(mark: str) -> None:
    (row,) = extract_text(f"推广农机9万{mark}台（{mark}套）。")["observations"]
    assert row["unit"] == "万台（套）"


def test_rows_of_units_do_not_depend_on_each_other() -> None:
    alone = next(row for row in units({"万个"}) if row.text == "万个")
    assert alone in units({"万个", "万", "万家", "亿千瓦时", "亿度"})


def test_codes_of_base_units() -> None:
    found = {row.unit_id: row for row in base_units({"亿美元", "元/平方米", "立方米/天"})}
    assert found["us_dollar"].iso_4217 == "USD"
    assert found["square_metre"].ucum == "m2"
    assert found["cubic_metre_per_day"].ucum == "m3/d"
    assert found["yuan_per_square_metre"].ucum == ""


def test_what_stands_behind_two_slashes_divides_both_times() -> None:
    assert amount(Decimal(3), "吨/万人/年") == (Decimal("0.3"), "千克/人/年")


def test_identifiers_of_units_are_unique_by_meaning() -> None:
    meanings: dict[str, tuple[object, ...]] = {}
    for text in words():
        found = unit(text)
        meaning = (found.factor, found.base_unit, found.dimension)
        assert meanings.setdefault(found.unit_id, meaning) == meaning, text


def test_base_units_are_their_own_base() -> None:
    for text in words():
        base = unit(unit(text).base_unit)
        assert base.factor == 1, text
        assert base.base_unit == unit(text).base_unit, text
        assert base.dimension == dimension(text), text


@given(st.text(max_size=60))
def test_any_text_is_some_unit(text: str) -> None:
    found = unit(text)
    assert found.unit_id.isascii()
    assert not found.unit_id.isdigit()
    assert found.factor > 0


def test_classifiers_of_one_thing_have_one_base_unit() -> None:
    assert amount(Decimal(3), "万家") == (Decimal(30000), "个")
    assert {unit(word).base_unit for word in ("个", "家", "项", "件", "部", "座", "所")} == {"个"}
    assert unit("名").base_unit == unit("人").base_unit == "人"
    assert unit("场次").base_unit == "场"
    assert unit("万家").word == "家"


def test_a_classifier_in_brackets_behind_another_says_nothing() -> None:
    assert unit("条(段)").base_unit == unit("条").base_unit
    assert unit("户(套)").base_unit == unit("套").base_unit != unit("户").base_unit


def test_what_tells_another_count_keeps_its_unit() -> None:
    words = ("人次", "户", "批", "类", "场", "次", "种", "辆", "户次")
    assert [unit(word).base_unit for word in words] == list(words)
