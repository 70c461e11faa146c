"""The second reading of values: its own numbers, and what it says of rows that are right and of rows that are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import extract_text
from pipeline.oracle import differences
from pipeline.oracle.numbers import arabic_at, chinese, chinese_at, clean

CHINESE = {
    "三百二十": "320",
    "一亿零四百万": "104000000",
    "三亿五千万": "350000000",
    "十二点五万": "125000",
    "一百一十点二万亿": "110200000000000",
    "一万二": "12000",
    "一万零二": "10002",
    "二十亿零三": "2000000003",
    "百亿": "10000000000",
    "二〇二六": "2026",
    "六十四点七": "64.7",
    "三四十": None,
    "点五": None,
}


@pytest.mark.parametrize(("text", "value"), CHINESE.items())
def test_chinese_numerals(text, value):
    assert chinese(text) == (None if value is None else Decimal(value))


ARABIC = {
    "1,234.5亿元": "123450000000",
    "1 234.5亿元": "123450000000",
    "1\u00a0234.5万吨": "12345000",
    "３亿5000万元": "350000000",
    "2万3千元": "23000",
    "1万5000人": "15000",
    "8·5%": "8.5",
    "8.\u20605%": "8.5",
    "12千瓦": "12",
    "12千米": "12",
    "3百分点": "3",
    "5百户": "500",
    "10万2026年": "100000",
    "12万345元": "120345",
    "0,168个": "0",
    "6万1十九万亩": "60000",
    "2万3千一线工人": "23000",
    "247万9千分之二": "2470000",
    "2万亿百分之一": "2000000000000",
    "5万分之三": "5",
}


@pytest.mark.parametrize(("text", "size"), ARABIC.items())
def test_arabic_numerals(text, size):
    number = arabic_at(clean(text))
    assert number is not None
    assert number.size == Decimal(size)


PHRASES = {
    "三分之一": ("0.3333", "比例"),
    "百分之六十五点七": ("65.7", "%"),
    "千分之三": ("3", "‰"),
    "六成五": ("6.5", "成"),
    "翻了两番": ("2", "番"),
    "翻番": ("1", "番"),
    "翻两番半": ("2.5", "番"),
    "一倍半": ("1.5", "倍"),
    "一半": ("0.5", "比例"),
    "第十二": ("12", "位"),
    "前三名": ("3", "位"),
    "两到三成": ("2", "成"),
}


@pytest.mark.parametrize(("text", "read"), PHRASES.items())
def test_phrases(text, read):
    number = chinese_at(text)
    assert number is not None
    assert (f"{number.value:.4f}".rstrip("0").rstrip("."), number.unit) == read


SENTENCES = [
    "2021年，全市工业用电量增长-5.8%。",
    "2021年，全市工业用电量下降5.8%左右。",
    "2021年，完成投资3亿5000万元。",
    "2021年，新增学位10-20个。",
    "2021年，甲、乙、丙三区工业产值分别达1000、600、500亿元以上。",
    "2021年，全市粮食产量超过12.5万吨，增长两成。",
    "2021年，民间投资占全部投资的三分之一以上。",
    "2021年，工业总产值突破百亿元，排名全省第二。",
    "2021年，新增高标准农田1.5万亩。",
    "2021年，全市工业用电量增长不低于5%，工业能耗下降至少3%。",
    "2021年，高标准农田达三千万千瓦，旅游收入增长了8.869个百分点，提高到-2.9%。",
    "2021年，补助5000元至1万元，失业率降到5个百分点以内。",
    "2021年，快递业务量12 345 7件。",
    "2021年，汇聚上千家企业，培育上万支队伍。",
    "2021年，财政收入（超过三百九十吨左右）下降了约25.6个百分点，用电量下降—约2.5%。",
    "2021年，工业用电量增长-9或-8%，失业率低3.2个百分点，机构压减5个、2.5个百分点。",
    "2021年，贫困人口由1.2万人减少到800，工业产值由3.2万亿元增加到4.5。",
    "2021年，绿化面积由61万增加到72.4，税务登记由520万,企业数96.1，农户数降为6或8个百分点。",
    "2021年，投资三万至5万元，气温在零下12至零下5℃，工业产值1万亿-35%。",
    "2021年，贷款分别为9万和2万亿元，补助不少于660到不少于708万元。",
    "2021年，用电量降至超九万吨以内、进出口负增长2.9%，出口近5%以内降幅为3%。",
    "2021年，新增学位20个，达到学位总数的百分之三十。",
    "2021年，水泥产量（不低于90分左右）降低超2.5倍，失业率控制在4.5百分点之内。",
    "2021年，投入负579床，出口负1,483天，气温达到零下5百度，粮食产量2万3千余亿吨。",
    "2021年，财政收入下降约0.23百人或1,330个百分点以内，投入至少零下400-100百折以上。",
    "2021年，投入零下7万亿元/人至9万亿元左右，完成0.2亿亿元 -9亿元，税收负0.5左右，翻两番。",
    "2021年，比率升至千分之三-四千五百余亿%以内，水泥产量达3086%到520折左右，床位5、8和9万张。",
    "2021年，公路减少突破93.1亿百或27个百分点，增长不低于5‰以上的降幅-3百，余0亿元－八百八十四万十六万元。",
    "2021年，就业率五成两，出口占三分之一、财政收入增长‑3%，税收下降，降幅为‐5亿元。",
    "2021年，产值达1.28万亿、1.18万亿、8200亿元，增速快3.4个、1个百分点，床位5、8万张到9万张。",
    "2021年，空置率、差错率下降了依次为3.5个百分点、2个百分点，进出口从不超过93万亿或9,430,175万元提高到突破0.6。",
]


def rows(text):
    found = extract_text(text, "a.txt")["observations"]
    assert found
    return found


@pytest.mark.parametrize("text", SENTENCES)
def test_rows_as_the_sentence_says_them(text):
    assert [difference for row in rows(text) for difference in differences(row)] == []


CHANGES = [
    (0, {"value": 5.8}, "value"),
    (1, {"value": 5.8}, "value"),
    (1, {"value": -58}, "value"),
    (1, {"bound": "exact"}, "bound"),
    (2, {"value": 3}, "value"),
    (2, {"amount": 35e8}, "amount"),
    (3, {"value_max": None, "bound": "exact"}, "value_max"),
    (3, {"value_max": 200}, "value_max"),
    (4, {"unit": "万元"}, "value"),
    (5, {"bound": "nearly"}, "bound"),
    (5, {"text": "2.5", "start": 18}, "text"),
    (5, {"unit": "亿吨"}, "value"),
    (6, {"value": 3}, "value"),
    (7, {"value": -1}, "value"),
    (8, {"amount": 15000}, "amount"),
    (14, {"value": 25.6}, "value"),
    (16, {"value": 25.6, "unit": "万人"}, "value"),
    (21, {"unit": "%"}, "unit"),
    (22, {"value": 579}, "value"),
    (28, {"value": 1.18}, "value"),
    (28, {"unit": "亿元"}, "value"),
    (30, {"value": 3.5}, "value"),
    (30, {"text": "3"}, "text"),
]


@pytest.mark.parametrize(("number", "change", "column"), CHANGES)
def test_rows_that_say_something_else(number, change, column):
    row = {**rows(SENTENCES[number])[0], **change}
    assert column in {difference.column for difference in differences(row)}


def test_a_fraction_elsewhere_in_the_sentence_makes_nothing_a_share():
    [bed, *_] = rows("2021年，全市新建养老床位25张，每个街道都有一处日间照料站点，其中三分之二由社会力量运营。")
    assert "unit" in {difference.column for difference in differences({**bed, "unit": "%"})}
