import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import catalogue
from pipeline.meaning.amounts import amount_of, dimension, unit
from pipeline.meaning.indicators import core, resolve_indicator, told_in

GOLD = Path(__file__).parents[2] / "shared" / "gold"
IDENTIFIER = re.compile(r"[a-z0-9]+([_.-][a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "measure", "unit", "expected"),
    [
        ("地区生产总值", "level", "亿元", "gdp"),
        ("国内生产总值", "growth", "%", "gdp"),
        ("GDP", "growth", "%", "gdp"),
        ("全省经济总量", "level", "万亿元", "gdp"),
        ("经济增长", "growth", "%", "gdp"),
        ("GDP增速", "rank", "位", "gdp"),
        ("规上工业增加值", "growth", "%", "industrial_value_added"),
        ("规模以上工业企业增加值", "level", "亿元", "industrial_value_added"),
        ("高企", "level", "家", "high_tech_enterprises"),
        ("国家高新技术企业总数", "level", "家", "high_tech_enterprises"),
        ("地方财政一般预算收入", "level", "亿元", "budget_revenue"),
        ("一般公共预算收入(剔除减税因素)", "growth", "%", "budget_revenue"),
        ("R&D经费投入占GDP的比重", "level", "%", "rd_intensity"),
        ("城镇新增就业人数", "level", "万人", "urban_jobs"),
        ("居民消费价格", "level", "%", "cpi"),
        ("空气质量优良", "level", "天", "air_quality_good_days"),
        ("空气质量优良", "level", "%", "air_quality_good_days_share"),
        ("经营主体总量", "level", "万户", "market_entities"),
        ("新登记经营主体", "level", "万户", "new_market_entities"),
        ("累计建成5G基站", "level", "个", "base_stations_5g"),
        ("优良天数", "change", "天", "air_quality_good_days"),
        ("优良天数比例", "change", "个百分点", "air_quality_good_days_share"),
        ("市PM2.5浓度", "growth", "%", "pm25"),
        ("县财政用于民生类支出", "level", "亿元", "livelihood_spending"),
        ("城乡居民基础养老金调增", "growth", "%", "basic_pension"),
    ],
)
def test_synonyms_are_one_indicator(text: str, measure: str, unit: str, expected: str) -> None:
    assert resolve_indicator(text, measure, unit) == expected


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("新增高新技术企业", "level", "家"),
        ("高新技术企业培育入库", "level", "家"),
        ("重点交通项目完成投资", "level", "亿元"),
        ("内资项目投资额", "level", "亿元"),
        ("学前教育学位", "level", "个"),
        ("城乡居民养老保险参保率", "level", "%"),
        ("技术合同", "level", "份"),
        ("经济总量跨过千亿级台阶", "level", "个"),
        ("人均一般公共预算收入", "level", "元"),
        ("新增高速公路通车里程", "level", "公里"),
        ("户籍人口城镇化率", "level", "%"),
        ("生产总值占全省比重", "level", "%"),
        ("地区生产总值增速", "change", "个百分点"),
    ],
)
def test_different_things_stay_apart(text: str, measure: str, unit: str) -> None:
    assert core(text, measure, unit) == ""
    assert resolve_indicator(text, measure, unit) not in catalogue("indicators")


def test_a_pace_is_the_thing_where_it_is_compared_with_another_place() -> None:
    assert core("地区生产总值增速", "change", "个百分点", comparison="versus") == "gdp"


def test_a_subject_may_carry_the_narrowing() -> None:
    assert core("临港片区生产总值", "growth", "%") == ""
    assert core("片区生产总值", "growth", "%", subject="临港经济区") == "gdp"
    assert core("县域生产总值", "level", "亿元", subject="县域") == "gdp"
    assert core("货物吞吐量", "level", "万吨", subject="某某机场") == ""


def test_passengers_of_an_airport_are_air_passengers() -> None:
    assert resolve_indicator("旅客", "level", "万人次", "某某国际机场") == "air_passengers"
    assert resolve_indicator("旅客", "level", "万人次", "某某火车站") != "air_passengers"


def test_the_unit_decides_where_words_do_not() -> None:
    assert core("重点项目投资", "level", "个") == ""
    assert core("重点项目投资", "level", "亿元") == "key_project_investment"


def test_a_figure_without_a_unit_is_told_in_that_of_a_measured_indicator() -> None:
    assert amount_of("level", Decimal(40), None, told_in("primary_share", ""))[2] == "%"
    assert amount_of("level", Decimal("2.5"), None, told_in("urban_rural_income_ratio", ""))[2] == ""
    assert amount_of("level", Decimal(3), None, told_in("high_tech_enterprises", ""))[2] == "个"
    assert amount_of("level", Decimal(3), None, told_in("primary_share", "个"))[2] == "个"


def test_firms_told_in_households_are_as_many_as_those_told_in_their_own_classifier() -> None:
    for firms in ("little_giants", "market_entities.count.net_new", "tea_houses.count.new-0a1b2c3d"):
        assert amount_of("level", Decimal(6), None, told_in(firms, "万户"))[:3:2] == (Decimal(60000), "个")
    for homes in ("old_compounds_households", "rural_housing_renovated", "urban_villages.households.renovated"):
        assert amount_of("level", Decimal(6), None, told_in(homes, "万户"))[2] == "户"
    assert told_in("little_giants", "户次") == "户次"


def test_people_told_in_places_are_people_and_places_in_an_order_are_not() -> None:
    assert told_in("painters.persons.new", "位") == "人"
    assert told_in("painters.persons", "万位") == "万人"
    assert told_in("painters.persons", "位", "change") == "位"
    assert told_in("painters.count", "位") == "位"
    # People that nothing but a multiplier counts, whatever else the identifier holds.
    assert told_in("people.persons-cc5d4466", "万") == told_in("people.persons", "万") == "万人"
    assert told_in("enterprises.count-cc5d4466", "万") == "万"


def test_an_alias_names_one_indicator_in_each_dimension() -> None:
    from pipeline.meaning.indicators import _aliases

    entries = catalogue("indicators")
    for alias, concepts in _aliases().items():
        # Households are not the things that they live in: 改造老旧小区 in 个 and in 万户.
        dimensions = [(dimension(unit), unit == "户") for unit in (entries[concept]["unit"] for concept in concepts)]
        assert len(set(dimensions)) == len(dimensions), alias


def test_entries_are_complete() -> None:
    topics = catalogue("topics")
    systems = {"WDI", "SDG", "NBS"}
    for concept, entry in catalogue("indicators").items():
        assert IDENTIFIER.fullmatch(concept)
        assert entry["name"]["zh"], concept
        assert entry["name"]["en"], concept
        assert len(entry["definition"]["zh"]) > 12, concept
        assert len(entry["definition"]["en"]) > 35, concept
        assert entry["source"], concept
        assert entry["topic"] in topics, concept
        assert unit(entry["unit"]).factor > 0
        assert len(entry["aliases"]["zh"]) == len(set(entry["aliases"]["zh"])), concept
        for measure, system, code, match in entry.get("codes", ()):
            assert measure in {"level", "growth", "change", "rank", "multiple"}
            assert system in systems
            assert code
            assert match in {"exact", "close", "broad"}


def test_every_alias_resolves_to_its_entry() -> None:
    for concept, entry in catalogue("indicators").items():
        for alias in entry["aliases"]["zh"]:
            assert core(alias, "level", entry["unit"]) == concept, alias


def test_topics_form_a_tree() -> None:
    topics = catalogue("topics")
    for parent, name_zh, name_en in topics.values():
        assert not parent or parent in topics
        assert name_zh
        assert name_en.isascii()


@given(st.text(min_size=1, max_size=80), st.sampled_from(["level", "growth", "rank", "change"]), st.text(max_size=6))
def test_identifiers_are_stable_ascii(text: str, measure: str, unit: str) -> None:
    found = resolve_indicator(text, measure, unit)
    assert IDENTIFIER.fullmatch(found)
    assert not found.isdigit()
    assert found == resolve_indicator.__wrapped__(text, measure, unit)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold annotations are not here")
def test_concepts_of_the_gold() -> None:
    rows = [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    rows = [row for row in rows if row["kind"] == "observation"]
    right = 0
    for row in rows:
        concept = core(
            row["indicator"], row["measure"], row["unit"] or "", row["subject"] or "", row["comparison"] or ""
        )
        accepted = [row["concept"], *row.get("alternatives", {}).get("concept", [])]
        right += (concept or None) in accepted
    assert right >= 0.98 * len(rows)


def test_households_of_no_known_thing() -> None:
    assert resolve_indicator("稳定消除返贫风险", "level", "万户", "", "")
