import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import catalogue
from pipeline.resolve.compose import compose, segment
from pipeline.resolve.definitions import Use, aliases, codes, describe, indicator_tables


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
