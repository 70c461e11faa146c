"""What became of the targets of a report, told from the report of the next year."""

import pytest

from pipeline.arrow import to_arrow
from pipeline.collection.outcomes import outcomes
from pipeline.extract import extract_text
from pipeline.meaning.naming.dictionary import places
from pipeline.publish.promises import promises
from pipeline.rows import merged

FIRST = """2030年深圳市政府工作报告
——2030年1月9日在深圳市第九届人民代表大会第一次会议上
深圳市人民政府市长 王某
各位代表：
一、2029年工作回顾
全市地区生产总值增长5.5%。
二、2030年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长6%以上，固定资产投资增长8%左右，社会消费品零售总额增长7%，城镇新增就业12万人以上，城镇调查失业率5%以内，一般公共预算收入增长4%，居民人均可支配收入增长6%。
新建农村公路300公里。
"""
SECOND = """2031年深圳市政府工作报告
——2031年1月12日在深圳市第九届人民代表大会第二次会议上
深圳市人民政府市长 王某
各位代表：
一、2030年工作回顾
全市地区生产总值增长6.3%，固定资产投资增长3.1%，社会消费品零售总额增长5.2%，城镇新增就业13.5万人，新建农村公路312公里。
二、2031年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长5.5%左右，固定资产投资增长8%左右，城镇新增就业13万人以上，城镇调查失业率5.5%以内，社会消费品零售总额稳定增长，居民人均可支配收入增长6%以上。
"""


@pytest.fixture(scope="module")
def made() -> dict[tuple[object, object], dict[str, object]]:
    rows = merged(extract_text(text) for text in (FIRST, SECOND))
    rows["outcomes"] = outcomes(rows["reports"], rows["observations"])
    rows["places"] = places({"cn-440300"})
    names = (
        "reports",
        "report_periods",
        "observations",
        "qualitative_targets",
        "outcomes",
        "places",
        "indicators",
        "facts",
    )
    found = promises({name: to_arrow(name, rows.get(name, ())) for name in names})
    to_arrow("promises", found)
    return {(row["period"], row["indicator_id"]): row for row in found}


@pytest.mark.parametrize(
    ("indicator", "verdict", "renewal"),
    [
        ("gdp", "met", "softened"),
        ("fixed_asset_investment", "undecidable", "kept"),
        ("retail_sales", "missed", "softened"),
        ("urban_jobs", "met", "raised"),
        ("surveyed_unemployment", "not_reported", "softened"),
        ("budget_revenue", "not_reported", "dropped"),
        ("disposable_income", "not_reported", "kept"),
    ],
)
def test_what_became_of_a_target(made, indicator, verdict, renewal) -> None:
    row = made["2030", indicator]
    assert (row["verdict"], row["renewal"]) == (verdict, renewal)
    assert (row["target_stated_in"], row["place_zh"]) == ("list", "深圳市")
    assert (
        made["2031", indicator]["verdict"] == "not_yet_known"
        if indicator not in ("retail_sales", "budget_revenue")
        else True
    )


def test_both_sentences_and_what_is_no_headline(made) -> None:
    row = next(row for row in made.values() if row["indicator_text"] == "新建农村公路")
    assert (row["verdict"], row["gap"], row["result_value"]) == ("met", 12, 312)
    assert row["target_quote"] == "新建农村公路300公里。"
    assert "312公里" in str(row["result_quote"])
    assert row["renewal"] is None  # it was not in the list, so it did not leave it
