import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import catalogue
from pipeline.meaning.naming.compose import compose
from pipeline.meaning.naming.definitions import Use, aliases, codes, describe, indicator_tables
from pipeline.meaning.naming.english import is_proper
from pipeline.meaning.naming.terms import segment


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("新建5G基站", "个", "Newly built 5G base stations"),
        ("拆除违法建筑面积", "万平方米", "Area of illegal structures demolished"),
        ("新增省级众创空间", "家", "New provincial makerspaces"),
        ("淘汰老旧车", "辆", "Old vehicles phased out"),
        ("完成整治的河涌", "条", "Creeks cleaned up"),
        ("产值超10亿元企业", "家", "Enterprises with output value over 1 billion yuan"),
        ("5000平方米以上超市", "家", "Supermarkets of at least 5000 square metres"),
        ("龙头企业牵头组建创新联合体", "家", "Innovation consortia formed by leading enterprises"),
        ("装备制造业增加值占规上工业增加值比重", "%",
         "Value added of equipment manufacturing as a share of above-designated-size industrial value added"),
        ("累计建成公园", "个", "Parks completed, cumulative"),
        ("向困难群众发放补贴", "亿元", "Subsidies issued to needy people"),
        # Levels of government before what is measured are adjectives.
        ("获得省专项资金", "万元", "Provincial special funds received"),
        ("市级财政教育投入", "亿元", "Municipal fiscal spending on education"),
        # Money is spent on work, and works are of what they improve.
        ("乡镇卫生院升级改造完成投资", "亿元", "Investment completed in upgrading of township health centres"),
        ("国道升级改造项目", "个", "National highway upgrading projects"),
        ("投入完善社区基础设施", "万元", "Funding for improvement of community infrastructure"),
        ("启动污水处理厂提标改造", "座", "Sewage treatment plants whose upgrading was launched"),
        # What is new is what was done in the period.
        ("新增投产企业", "家", "Newly commissioned enterprises"),
        ("新增开工项目", "个", "Projects started"),
        ("省道、县道、乡道", "条", "Provincial highways, county roads and township roads"),
        ("招商项目中已动工", "个", "Investment promotion projects started"),
        ("累计完成投资", "亿元", "Investment completed, cumulative"),
        ("每10万人刑事案件数", "件", "Criminal cases per 100,000 people"),
        ("每百元主营业务收入成本", "元", "Costs of main business revenue per 100 yuan"),
    ],
)  # fmt: skip
def test_names(text: str, unit: str, expected: str) -> None:
    found = compose(text, "level", unit)
    assert found.composed
    assert found.name_en == expected


def test_phrases_that_say_the_same_share_an_identifier() -> None:
    assert compose("棚户区改造", "level", "户").indicator_id == compose("改造棚户区", "level", "户").indicator_id
    assert compose("新增养老床位数", "level", "张").indicator_id == compose("新增养老床位", "level", "张").indicator_id


def test_a_new_thing_is_not_the_thing() -> None:
    assert compose("新增养老床位", "level", "张").indicator_id != compose("养老床位", "level", "张").indicator_id


def test_levels_of_one_identifier_share_a_dimension() -> None:
    by_length, by_area = (compose("完善提升生态景观林带", "level", unit) for unit in ("公里", "亩"))
    assert by_length.indicator_id != by_area.indicator_id
    assert (by_length.dimension, by_area.dimension) == ("length", "area")
    assert by_length.name_zh.endswith("（长度）")
    growth = compose("工业用电量", "growth", "%")
    assert growth.indicator_id == compose("工业用电量", "level", "亿千瓦时").indicator_id
    assert growth.dimension == "electricity"


def test_a_bare_capacity_keeps_its_dimension() -> None:
    by_number, by_energy = (compose("产能", "level", unit) for unit in ("万辆", "GWh"))
    assert by_number.indicator_id != by_energy.indicator_id
    assert (by_number.name_en, by_energy.name_en) == ("Capacity", "Capacity (electricity)")


def test_a_proper_first_word_keeps_its_capital() -> None:
    assert is_proper("Guangdong brands")
    assert is_proper("A-level scenic areas")
    assert is_proper("PM2.5 stations")
    assert not is_proper("New volunteer stations")


def test_an_entry_for_one_dimension_holds_only_there() -> None:
    assert compose("火电机组", "level", "%").name_en.endswith("share of the national total")
    assert compose("火电机组", "level", "台").name_en == "Thermal power units"


def test_unknown_words_stay_proposed() -> None:
    found = compose("新增薅黼黻", "level", "个")
    assert not found.composed
    assert re.fullmatch("x_[0-9a-f]{8}", found.indicator_id)
    row = describe(found.indicator_id, Counter({Use("新增薅黼黻", "level", "个"): 1}))
    assert row["curation"] == "proposed"
    assert row["name_en"] is None


def test_description_of_a_composed_indicator() -> None:
    uses = Counter({Use("新增养老床位", "level", "张"): 3, Use("新增养老床位数", "growth", "%"): 1})
    row = describe(compose("新增养老床位", "level", "张").indicator_id, uses)
    assert row["curation"] == "composed"
    assert row["name_zh"] == "新增养老床位"
    assert row["name_en"] == "New elderly-care beds"
    assert row["topic_id"] == "security"
    assert row["unit_id"] == "zhang"
    assert "不是期末总数" in str(row["definition_zh"])
    assert "not the stock" in str(row["definition_en"])


@pytest.mark.parametrize(
    ("text", "unit", "chinese", "english"),
    [
        ("公园建成", "个", "建成的公园的数量，按个计。只计时期内建成的", "what is still being built or was completed before"),
        ("淘汰黄标车", "辆", "黄标车指", "China I"),
        ("签约超1亿元项目", "个", "“超1亿元”是计数的条件，不符合的不计", "The limit in the name is a condition"),
        ("农村垃圾处理率", "%", "以百分数表示。经处理的数量占产生（排放）量的百分比", "as a percentage of what is produced"),
        ("装备制造业增加值占规上工业增加值比重", "%", "装备制造业增加值与规模以上工业增加值之比", "the amount itself"),
        ("污水处理能力", "万立方米/日", "报告所述时点的污水处理能力，按立方米/天计", "at the time"),
        ("公交线路", "条", "报告所述时点或时期的公交线路的数量，按条计，当期新增的另列", "additions are another"),
        ("新建和改造公园", "个", "合并计算", "are counted together"),
        ("新增灌溉面积", "万亩", "新增的灌溉面积，按平方米计", "in square metres"),
    ],
)  # fmt: skip
def test_definitions_say_what_counts(text: str, unit: str, chinese: str, english: str) -> None:
    row = describe(compose(text, "level", unit).indicator_id, Counter({Use(text, "level", unit): 1}))
    assert chinese in str(row["definition_zh"])
    assert english in str(row["definition_en"])


def test_money_for_work_is_not_work() -> None:
    row = describe("x", Counter({Use("学校建设投入", "level", "亿元"): 1}))
    assert "含在建和建成" not in str(row["definition_zh"])


def test_the_source_of_a_meaning_is_named() -> None:
    row = describe("x", Counter({Use("新增规上工业企业研发机构", "level", "家"): 1}))
    assert "“四上”企业入库标准" in str(row["definition_source"])


def test_the_glossary_is_whole() -> None:
    glossary = catalogue("glossary")
    for word, (chinese, english, source) in glossary["things"].items():
        assert source == "" or source in glossary["sources"], word
        assert not chinese.endswith("。"), word
        assert english.endswith("."), word
    for word, (chinese, english) in glossary["measures"].items():
        assert not chinese.endswith("。"), word
        assert english.endswith("."), word
    for parts, chinese, english in glossary["events"]:
        assert parts
        assert not chinese.endswith("。"), chinese
        assert english.endswith("."), english


def test_words_for_work_are_events() -> None:
    terms = catalogue("terms")
    events = {english.lstrip("^") for english in terms["events"].values()}
    assert set(terms["works"]) - events <= {"integrated"}
    assert set(terms["topics"]) <= set(catalogue("topics"))


def test_description_of_a_core_indicator() -> None:
    row = describe("gdp", {})
    assert row["curation"] == "core"
    assert row["unit_id"] == "yuan"
    assert {"indicator_id": "gdp", "alias": "GDP", "language": "zh"} in aliases("gdp", [])
    assert {code["system"] for code in codes("gdp")} == {"WDI", "NBS"}


def test_every_term_is_english_and_clean() -> None:
    terms = catalogue("terms")
    groups = [terms["events"], terms["qualifiers"], terms["areas"], terms["links"]]
    groups += [*terms["nouns"].values(), *terms["attributes"].values()]
    for group in groups:
        for word, english in group.items():
            assert isinstance(english, str), word
            assert not re.search("[\u4e00-\u9fff]", english), word
            assert english == english.strip(), word
            assert english, word


def test_topics_of_nouns_exist() -> None:
    assert set(catalogue("terms")["nouns"]) <= set(catalogue("topics"))


@given(st.text(alphabet="新增建成5G基站面积占比的和、(1亿元以上企业", max_size=150))
def test_segments_make_up_the_phrase(text: str) -> None:
    tokens = segment(text)
    if tokens is not None and "(" not in text:
        assert "".join(word for word, _ in tokens) == text


_UNIT_OF = {"money": "元", "ratio": "%"}


def test_hand_written_entries() -> None:
    dimensions = {"money", "ratio", "area", "length", "mass", "duration", "score", "age", "power", "count"}
    for phrase, entry in catalogue("entries").items():
        assert set(entry) <= {"zh", "en", "dimension", "topic", "when"}, phrase
        assert entry["en"].replace("–", "-").isascii(), phrase
        assert entry["topic"] in catalogue("topics"), phrase
        assert entry.get("dimension", "count") in dimensions, phrase
        assert compose(phrase, "growth", _UNIT_OF.get(entry.get("when", ""), "%")).name_en == entry["en"]


def test_tables_of_the_dictionary() -> None:
    rows = [
        {"indicator_id": "gdp", "indicator_text": "生产总值", "measure": "level", "unit": "亿元"},
        {"indicator_id": "exports"},
        {"indicator_id": "parks_completed", "indicator_text": "建成公园", "measure": "level", "unit": "个"},
    ]
    tables = indicator_tables(rows)
    assert [row["indicator_id"] for row in tables["indicators"]] == ["exports", "gdp", "parks_completed"]
    assert [row["curation"] for row in tables["indicators"]] == ["core", "core", "composed"]
    assert {"indicator_id": "parks_completed", "alias": "建成公园", "language": "zh"} in tables["indicator_aliases"]
    assert {row["indicator_id"] for row in tables["indicator_codes"]} == {"exports", "gdp"}


def test_no_composed_identifier_is_that_of_a_core_indicator() -> None:
    for phrase in ("税收", "出口", "地区生产总值", "空气质量优良"):
        assert compose(phrase, "growth", "%").indicator_id not in catalogue("indicators")
