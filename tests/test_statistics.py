"""What statistical offices write beside a figure: other places, other years, bases and remarks; all texts are made up."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_text
from pipeline.reading.numerals import lex

RELEASE = "青阳县2024年上半年经济运行情况\n青阳县统计局 2024年7月25日\n"
CENSUS = "湖州市第七次全国人口普查公报（第二号）\n湖州市统计局\n2021年6月3日\n"

COLUMNS = ("text", "indicator_text", "measure", "place_id", "comparison", "reference_period", "period")


def told(text: str) -> list[str]:
    """The fields of each row that are looked at here, joined by bars."""
    rows = extract_text(text)["observations"]
    return ["|".join("" if row[column] is None else str(row[column]) for column in COLUMNS) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # values of others in brackets are theirs, and grow as ours do
        (
            RELEASE + "上半年，全县生产总值增长6%，比全省（5.3%）和全国（5%）分别高0.7、1个百分点。\n",
            [
                "6|生产总值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "5.3|生产总值|growth|cn-340000|yoy|2023-H1/2023-H1|2024-H1",
                "5|生产总值|growth|cn|yoy|2023-H1/2023-H1|2024-H1",
                "0.7|生产总值|change|cn-341723|versus||2024-H1",
                "1|生产总值|change|cn-341723|versus||2024-H1",
            ],
        ),
        (
            RELEASE + "上半年，城镇调查失业率5%，低于全国平均水平（5.2%）0.2个百分点。\n",
            [
                "5|城镇调查失业率|level|cn-341723|||2024-H1",
                "5.2|城镇调查失业率|level|cn|||2024-H1",
                "0.2|城镇调查失业率|change|cn-341723|versus||2024-H1",
            ],
        ),
        # what the brackets say of the thing itself stays ours
        (
            RELEASE + "上半年，全县工业投资9亿元（占全部投资的40%），增长6%。\n",
            [
                "9|工业投资|level|cn-341723|||2024-H1",
                "40|工业投资占全部投资比重|level|cn-341723|||2024-H1",
                "6|工业投资|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # values of another year, and what is measured from it
        (
            CENSUS + "全市常住人口为90000人，与2010年第六次全国人口普查的80000人相比，增加10000人，增长12.5%。\n",
            [
                "90000|常住人口|level|cn-330500|||2020",
                "80000|常住人口|level|cn-330500|||2010",
                "10000|常住人口|change|cn-330500|since|2010/2010|2020",
                "12.5|常住人口|growth|cn-330500|since|2010/2010|2020",
            ],
        ),
        (
            CENSUS + "出生人口性别比为105.1，较第六次全国人口普查的107.3下降2.2。\n",
            [
                "105.1|出生人口性别比|level|cn-330500|||2020",
                "107.3|出生人口性别比|level|cn-330500|||2010",
                "2.2|出生人口性别比|change|cn-330500|since|2010/2010|2020",
            ],
        ),
        (
            CENSUS + "与2010年相比，城镇人口增加9人，城镇人口比重上升3个百分点。\n",
            [
                "9|城镇人口|change|cn-330500|since|2010/2010|2020",
                "3|城镇人口比重|change|cn-330500|since|2010/2010|2020",
            ],
        ),
        # figures reported before are no time
        (
            RELEASE + "与年初报告的执行数相比，收入总计增加9亿元，支出增加3亿元。\n",
            [
                "9|收入总计|change|cn-341723|versus||2024-H1",
                "3|支出|change|cn-341723|versus||2024-H1",
            ],
        ),
        # consumer prices against the year before are their rise
        (
            RELEASE + "上半年，居民消费价格比上年同期上涨0.4%，工业生产者出厂价格比上年同期下降1.2%。\n",
            [
                "0.4|居民消费价格|level|cn-341723|||2024-H1",
                "1.2|工业生产者出厂价格|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
    ],
)
def test_what_figures_are_compared_with(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("人口性别比(以女性为100)为105.1。", ["context", "observation"]),
        ("居民消费价格指数(上年=100)为102.1。", ["context", "observation"]),
        ("学校以民办为主,增至100所。", ["observation"]),
    ],
)
def test_what_an_index_is_counted_on(text: str, kinds: list[str]) -> None:
    assert [numeral.kind for numeral in lex(text)] == kinds
