"""A sentence written in another way says the same, and one that says something else is read so; the oracle agrees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract_text
from pipeline.oracle import differences

WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
THINGS = st.sampled_from(["全市水泥产量", "规模以上工业用电量", "旅游收入", "民间投资", "新增学位"])
DECIMALS = st.builds(lambda whole, part: f"{whole}.{part}", st.integers(1, 98), st.integers(1, 9))
UNITS = st.sampled_from(["元", "吨", "人", "个", "平方米"])
POWERS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def first(text):
    """The first observation, and that the second reading agrees with it."""
    row = extract_text(f"2021年，{text}。", "a.txt")["observations"][0]
    assert list(differences(row)) == []
    return row


def same(row, other, *but):
    columns = {"value", "unit", "measure", "bound", "amount", "indicator_text", *but}
    assert {name: row[name] for name in columns} == {name: other[name] for name in columns}


@settings(max_examples=40)
@given(THINGS, DECIMALS)
def test_a_sign_is_the_value_s(thing, number):
    rise, fall, signed = (first(f"{thing}{words}{number}%") for words in ("增长", "下降", "增长-"))
    assert rise["value"] == Decimal(number)
    assert fall["value"] == signed["value"] == -Decimal(number)
    same(signed, first(f"{thing}增长负{number}%"))


@settings(max_examples=40)
@given(THINGS, st.integers(1_000, 9_999_999), UNITS, st.sampled_from(["", "万", "亿"]))
def test_separators_change_nothing(thing, number, unit, power):
    plain = first(f"{thing}达到{number}{power}{unit}")
    assert plain["value"] == number
    same(plain, first(f"{thing}达到{number:,}{power}{unit}"))
    for blank in (" ", "\u00a0", "\u202f"):
        same(plain, first(f"{thing}达到{f'{number:,}'.replace(',', blank)}{power}{unit}"))


@settings(max_examples=40)
@given(THINGS, DECIMALS, st.sampled_from(["增长", "下降", "增长-"]))
def test_width_and_the_kind_of_point_change_nothing(thing, number, words):
    plain = first(f"{thing}{words}{number}%")
    same(plain, first(f"{thing}{words}{number}%".translate(WIDE)))
    for point in "·•∙‧・。﹒":
        same(plain, first(f"{thing}{words}{number.replace('.', point)}%"))


@settings(max_examples=60)
@given(THINGS, st.integers(1, 9_999), UNITS, st.sampled_from(list(POWERS)))
def test_a_multiplier_scales_the_amount(thing, number, unit, power):
    row = first(f"{thing}达到{number}{power}{unit}")
    assert (row["value"], row["unit"]) == (number, power + unit)
    assert row["amount"] == number * POWERS[power] * (1000 if unit == "吨" else 1)


@settings(max_examples=40)
@given(THINGS, st.integers(1, 99), st.integers(1, 9), UNITS)
def test_two_multipliers_are_one_number(thing, many, more, unit):
    row = first(f"{thing}达到{many}亿{more}000万{unit}")
    assert row["amount"] == (many * 10**8 + more * 10**7) * (1000 if unit == "吨" else 1)


@settings(max_examples=40)
@given(THINGS, st.integers(1, 40), st.integers(1, 40), UNITS)
def test_a_range_has_both_ends(thing, low, step, unit):
    for mark in "-—～至":
        row = first(f"{thing}达到{low}{mark}{low + step}万{unit}")
        assert (row["value"], row["value_max"], row["bound"]) == (low, low + step, "range")


LARGE = ["算力规模达到每秒{}亿亿次", "算力规模达到{}百亿亿次", "存储能力达到{}万亿亿次", "运算能力达到{}千亿亿次"]


@pytest.mark.parametrize("sentence", LARGE)
def test_three_multipliers(sentence):
    row = first(sentence.format("2.5"))
    power = sentence.partition("{}")[2].removesuffix("次")
    assert (row["value"], row["unit"]) == (Decimal("2.5"), f"{power}次")
