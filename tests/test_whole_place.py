"""Which statements the headline panel takes for those of the whole place and of one year, and which it prefers."""

import pytest

from pipeline.publish.whole_place import about_whole_place, choices


def row(quote, number, indicator="trade_total", text="进出口", **more):
    at = quote.index(number)
    given = {"observation_id": f"o{at}", "indicator_id": indicator, "indicator_text": text, "quote": quote, "start": at}
    value = float(number)
    common = {"quote_start": 0, "measure": "growth", "value": value, "value_max": None, "unit": "%", "amount": None}
    return {**common, "bound": "exact", "status": "actual", "stated_in": None, **given, **more}


@pytest.mark.parametrize(
    ("quote", "number", "more"),
    [
        ("全省外贸进出口增长6.5%、出口增长4.2%。", "4.2", {"indicator_id": "exports", "text": "出口"}),
        ("地区生产总值增长5%，外贸班列开行80列。进出口增长7.1%。", "7.1", {}),
        (
            "全年累计完成固定资产投资增长3.5%。",
            "3.5",
            {"indicator_id": "fixed_asset_investment", "text": "固定资产投资"},
        ),
        ("自贸区带动全省进出口增长6.1%。", "6.1", {}),
        ("实施茶叶种植面积3320万亩、产量1285万吨。", "1285", {"measure": "level", "unit": "万吨", "text": "茶叶产量"}),
    ],
)
def test_of_the_whole_place(quote, number, more):
    more = dict(more)
    assert about_whole_place(
        row(quote, number, more.pop("indicator_id", "trade_total"), more.pop("text", "进出口"), **more)
    )


@pytest.mark.parametrize(
    ("quote", "number", "more"),
    [
        ("茶乡班列开行80列，带动甲省进出口40.5亿元。", "40.5", {"measure": "level", "unit": "亿元"}),
        ("丙港拉动外贸进出口增长9.1%。", "9.1", {}),
        ("山茶综合产值增长8%、出口增长50.6%。", "50.6", {"indicator_id": "exports", "text": "出口"}),
        ("全省能耗强度累计下降17.3%。", "17.3", {"indicator_id": "energy_intensity", "text": "能耗强度"}),
        ("河东6市PM2.5浓度下降24.7%。", "24.7", {"indicator_id": "pm25", "text": "PM2.5浓度"}),
        ("国控12个城市PM2.5浓度下降10.8%。", "10.8", {"indicator_id": "pm25", "text": "PM2.5浓度"}),
        (
            "河东6市PM2.5浓度改善。",
            "6",
            {"indicator_id": "pm25", "measure": "level", "unit": None, "text": "PM2.5浓度"},
        ),
    ],
)
def test_of_something_narrower(quote, number, more):
    more = dict(more)
    assert not about_whole_place(
        row(quote, number, more.pop("indicator_id", "trade_total"), more.pop("text", "进出口"), **more)
    )


def test_statements_that_exclude_each_other_are_all_kept_and_the_list_goes_first():
    body = row("力争进出口增长9%。", "9", status="target", stated_in="body")
    listed = row("主要预期目标是：就业稳定，进出口增长6%。", "6", status="target", stated_in="list")
    again = row("预期进出口增长6.0%。", "6.0", status="target", stated_in="body")
    assert [found["value"] for found in choices([body, again, listed])] == [6.0, 9.0]


def test_the_most_exact_of_what_can_all_be_true():
    over = row("生产总值突破3万亿元。", "3", bound="over", measure="level", unit="万亿元", amount=3e12)
    exact = row("生产总值达3.6万亿元。", "3.6", measure="level", unit="万亿元", amount=3.6e12)
    step = row("生产总值连续迈上1万亿元、2万亿元两个台阶。", "1", measure="level", unit="万亿元", amount=1e12)
    assert choices([step, over, exact]) == [exact]
    assert choices([step]) == [step]
