"""Findings: every rule with its example, figures that cannot all be right, and figures that only look so."""

import re
from decimal import Decimal

import pytest
from collected import extracted, published

from pipeline.collection import findings
from pipeline.meaning.amounts import amount_of
from pipeline.models import Source

LATIN = re.compile(r"[A-Za-z]{3,}")


def of_texts(texts):
    """The findings in each of some texts, by rule: a text stands for itself, so that one collection holds them all.

    A form feed stands between two reports.
    """
    found = {name: {} for name in texts}
    parts = (
        extracted(Source(f"{name}.txt", piece, "utf-8", {"id": f"{name.replace('_', '-')}-{number}"}))
        for name, text in texts.items()
        for number, piece in enumerate(text.split("\f"))
    )
    tables = published(*parts)
    source = {row["report_id"]: row["source_file"].removesuffix(".txt") for row in tables["reports"]}
    for row in tables["findings"]:
        found[source[row["report_id"]]][row["rule"]] = row
    return found


@pytest.fixture(scope="module")
def examples():
    return of_texts({rule.id: rule.example for rule in findings.rules().values() if rule.example})


@pytest.fixture(scope="module")
def near_misses():
    return of_texts({rule.id: rule.near_miss for rule in findings.rules().values()})


@pytest.mark.parametrize("rule", findings.rules().values(), ids=list(findings.rules()))
def test_every_rule_finds_its_example_and_leaves_its_near_miss_alone(rule, examples, near_misses):
    assert rule.id not in near_misses[rule.id]
    if rule.example:
        found = examples[rule.id][rule.id]
        assert found["severity"] == rule.severity
        assert found["message_en"]
        assert "None" not in found["message_en"] + found["message_zh"]
        assert not LATIN.search(found["message_zh"]), found["message_zh"]


def test_rules_are_known_by_the_names_of_their_files():
    assert {name: rule.id for name, rule in findings.rules().items()} == {name: name for name in findings.rules()}


def test_findings_say_the_figures(examples):
    growth = examples["growth_against_levels"]["growth_against_levels"]
    assert growth["message_zh"].startswith(
        "地区生产总值2020年为200亿元，2021年为400亿元，按此计算增长99.3%至100.8%，而原文称增长7.6%"
    )
    wrong = examples["unit_dimension"]["unit_dimension"]
    assert wrong["message_zh"] == "单位“元”计量的是金额，而“城乡居民医保财政补助标准”通常以单位时间的金额计量。"


def rows(text, *figures, year=2019, **more):
    """Rows of observations of a text: `figures` are (number, indicator, unit[, changes]), in their order."""
    report, at, made = f"cn-990100-{year}-work-report", 0, []
    for number, indicator, unit, *changes in figures:
        at = text.index(number, at)
        begin = text.rfind("。", 0, at) + 1
        stop = text.find("。", at) + 1 or len(text)
        row = {
            "observation_id": f"{report}-{begin}-{at}",
            "report_id": report,
            "text": number,
            "start": at,
            "stop": at + len(number),
            "quote": text[begin:stop],
            "quote_start": begin,
            "indicator_id": indicator,
            "indicator_text": indicator,
            "place_id": "cn-990100",
            "subject": "",
            "measure": "level",
            "value": Decimal(number),
            "value_max": None,
            "unit": unit,
            "bound": "exact",
            "status": "actual",
            "comparison": "",
            "basis": "",
            "period": str(year - 1),
            "section": "",
            **more,
        }
        for change in changes:
            row.update(change)
        row["amount"], row["amount_max"], row["base_unit"] = amount_of(
            row["measure"], row["value"], row["value_max"], row["unit"]
        )
        made.append(row)
        at += len(number)
    return made


def rules(*made):
    reports = [{"report_id": name} for name in sorted({row["report_id"] for row in made})]
    pages = findings.pages({"reports": reports, "observations": made})
    found = [*findings.of_pages(pages, ["report"]), *findings.of_series(made)]
    return [(row["rule"], row["message_en"]) for row in found]


@pytest.mark.parametrize(
    ("indicator", "value", "bound", "found"),
    [
        ("服务业增加值占比", "104", "exact", True),
        ("服务业增加值占比", "100", "exact", False),
        ("5G网络覆盖率", "120", "at_least", True),
        ("5G网络覆盖率", "101", "at_most", False),
        ("占全市投资的比重", "130", "exact", True),
        # These can be above 100%.
        ("养老保险参保率", "104", "exact", False),
        ("投资计划完成率", "118.5", "exact", False),
        ("高中毛入学率", "105", "exact", False),
        ("占年度计划", "118", "exact", False),
        ("进出口总额占生产总值比重", "150", "exact", False),
    ],
)
def test_shares_above_the_whole(indicator, value, bound, found):
    made = rows(f"{indicator}达到{value}%。", (value, indicator, "%", {"bound": bound}))
    assert [rule for rule, _ in rules(*made)] == ["share_above_whole"] * found


def completion(done, rate, total="全年安排事项200件。", before="已完成"):
    text = f"{total}其中{before}{done}件。事项完成率达到{rate}%。"
    figures = [("200", "安排事项", "件"), (done, "完成事项", "件"), (rate, "事项完成率", "%")]
    return rules(*rows(text, *figures))


def test_a_rate_against_its_counts():
    ((rule, message),) = completion("190", "98")
    assert rule == "rate_against_counts"
    assert message.startswith("190件 of 200件 are 95.0%, the text says 事项完成率 98%:")
    assert completion("190", "95") == []
    assert completion("191", "96") == [], "95.5 is rounded to 96"
    assert completion("10", "95", before="未完成") == []


def test_a_rate_that_any_of_the_counts_explains():
    text = "全年安排项目500个,其中省级100个,已完成98个。完成率98%。"
    made = rows(text, ("500", "项目", "个"), ("100", "省级项目", "个"), ("98", "完成项目", "个"), ("98", "完成率", "%"))
    assert rules(*made) == []


def test_a_rate_of_something_else():
    text = "收到建议200件,办结150件,代表满意率达到99%。"
    made = rows(text, ("200", "建议", "件"), ("150", "办结建议", "件"), ("99", "代表满意率", "%"))
    assert rules(*made) == []


def part(text, *figures):
    return [rule for rule, _ in rules(*rows(text, *figures))]


def test_parts_above_the_whole():
    money = [("80", "投资", "亿元"), ("90", "工业投资", "亿元")]
    assert part("完成投资80亿元,其中工业投资90亿元。", *money) == ["part_above_whole"]
    assert part("完成投资80亿元、增长超预期,其中,工业投资90亿元。", *money) == []
    units = [("80", "投资", "亿元"), ("9000", "工业投资", "万元")]
    assert part("完成投资80亿元,其中工业投资9000万元。", *units) == []
    over = [("80", "投资", "亿元", {"bound": "over"}), ("90", "工业投资", "亿元")]
    assert part("完成投资超80亿元,其中工业投资90亿元。", *over) == []
    after = [("80", "造林", "亩"), ("20", "生态林", "亩"), ("300", "修复草原", "亩")]
    assert part("造林80亩、其中生态林20亩,修复草原300亩。", *after) == []
    average = [("6", "检验量", "批次"), ("50", "抽检", "批次")]
    assert part("每千人检验6批次,其中抽检50批次。", *average) == []
    target = [("80", "投资", "亿元"), ("90", "工业投资", "亿元", {"status": "target"})]
    assert part("完成投资80亿元,其中工业投资90亿元。", *target) == []


@pytest.mark.parametrize(
    ("text", "numbers", "found"),
    [
        ("任务90项,分解为经济40项、民生30项、生态30项。", ("90", "40", "30", "30"), True),
        ("任务100项,分解为经济40项、民生30项、生态30项。", ("100", "40", "30", "30"), False),
        ("新建学校12项、医院9项,合计20项。", ("12", "9", "20"), True),
        ("新建学校12项、医院8项,合计20项。", ("12", "8", "20"), False),
        # One part alone, or a list that the sentence does not close, says nothing.
        ("新建学校12项,合计20项。", ("12", "20"), False),
        ("新建学校12项;医院9项、公园1项,合计10项。", ("12", "9", "1", "10"), False),
    ],
)
def test_sums_in_a_sentence(text, numbers, found):
    made = rows(text, *((number, f"事项{index}", "项") for index, number in enumerate(numbers)))
    assert [rule for rule, _ in rules(*made)] == ["sum_against_parts"] * found


def test_a_sum_with_another_kind_of_figure_in_its_list_is_left_alone():
    made = rows("学校12项、增长5%、医院9项,合计20项。", ("12", "学校", "项"), ("5", "学校", "%"), ("20", "总数", "项"))
    made[1]["measure"] = "growth"
    assert rules(*made) == []


def test_rounding_of_many_parts_is_no_contradiction():
    made = rows(
        "投资1.4亿元、1.4亿元、1.4亿元,合计4.3亿元。", *((n, "投资", "亿元") for n in ("1.4", "1.4", "1.4", "4.3"))
    )
    assert rules(*made) == []


def test_a_whole_by_definition():
    text = "生产总值1000亿元,第一产业100亿元,第二产业400亿元,第三产业{}亿元。"
    names = ("gdp", "primary_value_added", "secondary_value_added", "tertiary_value_added")
    for third, found in (("500", []), ("560", ["sum_against_parts"])):
        made = rows(text.format(third), *zip(("1000", "100", "400", third), names, ["亿元"] * 4, strict=True))
        assert [rule for rule, _ in rules(*made)] == found


GROWTH = {"measure": "growth", "comparison": "yoy"}


def years(indicator, earlier, level, growth, **more):
    first = rows(f"达到{earlier}亿元。", (earlier, indicator, "亿元"), year=2019)
    second = rows(
        f"达到{level}亿元,增长{growth}%。",
        (level, indicator, "亿元"),
        (growth, indicator, "%", {**GROWTH, **more}),
        year=2020,
    )
    return [rule for rule, _ in rules(*first, *second)]


@pytest.mark.parametrize(
    ("indicator", "earlier", "level", "growth", "found"),
    [
        ("gdp", "1000", "1080", "6.5", False),
        # Prices can do that, ...
        ("gdp", "1000", "1200", "6.5", False),
        # ... but not that.
        ("gdp", "1000", "1500", "6.5", True),
        ("gdp", "1000", "600", "6.5", True),
        ("retail_sales", "1000", "1120", "9", False),
        ("retail_sales", "1000", "1300", "9", True),
        # No convention says how level and growth belong together.
        ("fixed_asset_investment", "1000", "1500", "9", False),
    ],
)
def test_levels_of_two_reports_against_the_growth(indicator, earlier, level, growth, found):
    assert years(indicator, earlier, level, growth) == ["growth_against_levels"] * found


def test_a_growth_with_a_basis_of_its_own_or_of_a_target_is_left_alone():
    assert years("retail_sales", "1000", "1300", "9", basis="可比") == []
    assert years("retail_sales", "1000", "1300", "9", status="target") == []
    assert years("retail_sales", "1000", "1300", "9", comparison="annual_average") == []


def test_findings_have_both_figures_and_identifiers_of_their_own():
    made = rows("完成投资80亿元,其中工业投资90亿元。", ("80", "投资", "亿元"), ("90", "工业投资", "亿元"))
    pages = findings.pages({"reports": [{"report_id": made[0]["report_id"]}], "observations": made})
    (found,) = findings.of_pages(pages, ["report"])
    assert found["observation_id"] == made[1]["observation_id"]
    assert found["other_observation_id"] == made[0]["observation_id"]
    assert found["finding_id"] == f"part-above-whole-{made[1]['observation_id']}.{made[0]['observation_id']}"
    assert "90亿元" in found["message_en"]
    assert "80亿元" in found["message_en"]
