import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import catalogue
from pipeline.meaning.naming.compose import compose, in_english
from pipeline.meaning.naming.definitions import aliases, codes, describe
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
        ("累计建成公园", "个", "Public parks completed, cumulative"),
        ("向困难群众发放补贴", "亿元", "Subsidies paid to needy people"),
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
        ("专家入选国家人才计划", "名", "Experts nationally selected for talent programmes"),
        ("专家入选人才名单", "名", "Experts selected in talent lists"),
        ("每10万人刑事案件数", "件", "Criminal cases per 100,000 people"),
        ("每百元主营业务收入成本", "元", "Costs of main business revenue per 100 yuan"),
    ],
)  # fmt: skip
def test_names(text: str, unit: str, expected: str) -> None:
    found = compose(text, "level", unit)
    assert found.name_en == expected


def test_a_proper_first_word_keeps_its_capital() -> None:
    assert is_proper("Guangdong brands")
    assert is_proper("A-level scenic areas")
    assert is_proper("PM2.5 stations")
    assert not is_proper("New volunteer stations")


def test_an_entry_for_one_dimension_holds_only_there() -> None:
    assert compose("支持企业", "level", "亿元").name_en == "Funds spent in support of enterprises"
    assert compose("支持企业", "level", "家").name_en == "Enterprises supported"


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ordinary words that narrow are told in English, not in pinyin.
        ("信用评级AAA级以上企业", "AAA-rated or above"),
        ("举办促消费活动", "Consumption-promoting events held"),
        ("关键核心技术获得突破", "Key core technologies in which breakthroughs were made"),
        ("3人制足球场", "hree-a-side"),
    ],
)  # fmt: skip
def test_ordinary_words_have_english(text: str, expected: str) -> None:
    assert expected in (compose(text, "growth", "").name_en or in_english(text))
