"""Properties of the whole extraction that hold for every text: random mixes of the words that it knows, and any text."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import broken, broken_of

from pipeline.extract import extract_text
from pipeline.knowledge import catalogue, vocabulary
from pipeline.text.fold import fold
from pipeline.text.sentences import sentences

VOCABULARIES = (
    "bounds chinese-numerals constructions documents headings names places predicates reconcile relations rules/roles structure"
    " time units"
)
MARKS = [*"，。；：、！？（）()[]“”《》—～-/·%.,:\n\u3000 \r", "\r\n", "……", "●", "①"]
NUMERALS = [
    "0",
    "1",
    "8.2",
    "12.5",
    "1,234.5",
    "１２",
    "2018",
    "2021年",
    "十",
    "三百",
    "两",
    "一二",
    "1-2",
    "3/4",
    "1:2",
]
UNITS = [
    "%",
    "个百分点",
    "亿元",
    "万人",
    "元/人",
    "倍",
    "位",
    "个",
    "公里",
    "平方米",
    "成",
    "件",
    "℃",
    "吨标准煤",
    "万",
    "亿",
]
LEADS = ["东莞市政府工作报告\n", "各位代表：\n", "一、", "（一）", "1．", "附件", "名词解释", "——在市人民代表大会上"]
EVERY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@cache
def words() -> list[str]:
    """Words of the vocabulary as they are, without patterns, and the names of the indicators."""
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, str) and not re.search(r"[\\\[\](){}|?*+^$]", value):
            found.add(value)
        elif isinstance(value, dict):
            collect([*value.keys(), *value.values()])
        elif isinstance(value, list):
            for content in value:
                collect(content)

    for name in VOCABULARIES.split():
        collect(vocabulary(name))
    collect([entry["name"]["zh"] for entry in catalogue("indicators").values()])
    return sorted(found)


def texts() -> st.SearchStrategy[str]:
    """Texts of known words, numbers, units and marks, in any order."""
    word = st.deferred(lambda: st.sampled_from(words()))
    numeral, unit = st.sampled_from(NUMERALS), st.sampled_from(UNITS)
    quantity = st.tuples(word, numeral, unit).map("".join)
    piece = st.one_of(word, quantity, numeral, unit, st.sampled_from(MARKS), st.sampled_from(LEADS))
    return st.lists(piece, max_size=40).map("".join)


@settings(max_examples=60, suppress_health_check=EVERY)
@given(texts())
def test_known_words_in_any_order_give_sound_packages(text: str) -> None:
    assert broken(text) == []


def test_the_language_of_numbers_gives_sound_packages(root: Path) -> None:
    sys.path.append(str(root / "fuzz"))
    import combined
    import drawn

    assert broken_of([one.text_of(number) for number in range(100) for one in (drawn, combined)]) == {}


@settings(max_examples=30, suppress_health_check=EVERY)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\f"), max_size=80))
def test_any_text_gives_sound_packages(text: str) -> None:
    assert broken(text) == []


@settings(max_examples=50)
@given(texts())
def test_the_same_text_gives_the_same_rows(text: str) -> None:
    assert extract_text(text) == extract_text(text)


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text, 0, len(text))
    assert len(folded.text) == len(folded.offsets)
    assert list(folded.offsets) == sorted(set(folded.offsets))
    for character, offset in zip(folded.text, folded.offsets, strict=True):
        assert character == text[offset] or not (character.isdigit() and text[offset].isdigit()) or text[offset] >= "０"


@settings(max_examples=100)
@given(texts().map(lambda text: text * 100))
def test_sentences_are_bounded_and_cover_the_text(text: str) -> None:
    at = 0
    for sentence in sentences(text):
        assert not text[at : sentence.start].strip("\n")
        assert 0 < sentence.stop - sentence.start <= 2_050
        edges = [sentence.start, *(stop for _, stop in sentence.clauses)]
        assert [start for start, _ in sentence.clauses] == edges[:-1]
        assert edges[-1] == sentence.stop
        at = sentence.stop
    assert not text[at:].strip("\n")


# Texts that random search and fuzzing found, cut down to what matters; each once raised or broke a rule.
FOUND = [
    "（一）PM2.5浓度保持在不足2万6百分点上下。",
    "民间投资减少至少2413百倍。",
    "上半年财政收入保持在零下7万至661984.392℃》",
    "附表1：主要指标\n专利授权量保持在近180.2千克\n五年来PM2.5浓度下降到不少于七亿/30\xa0991吨标准煤0.0\u3000\n1；",
    " \n",
    "1人…",
    "名词解释表：\n1:",
    "名词解释去）:：。1:",
    "1：1-2方",
    "2021年，用电量增长不低于5%，下降至少3%。",
    "投入３０００万分三期拨付，快递业务量 ６０４９ ５２１２ ３。",
    "补助三万至五万元，贷款九千九百四十三亿二万元、三百万二百万元、3万亿400元。",
    "城镇新增就业分别为１２３　４５　６。",
    "（一）年内，研发投入由20429亿至35亿美元（一）年内，研发投入由20429亿至35亿美元的、",
    "水泥产量、水泥产量分别达31和7吨。",
    "失业率不低于约14.71亿千5万亿分之二千四百三十九。",
    "政府工作报告\n1—9月水泥产量保持在5万吨，\n一、20211年工作回顾\n旅游收入不超过约5百亩\n",
]


# The same of the second reading (fuzz/many.py); these are looked at together.
MISREAD = [
    "新建学校新增一万:12平方公里，",
    "森林覆盖率由三分之一降到2，失业率由5‰提高到3。",
    "1—9月快递业务量由1272859百到118万亩\n到2025年存款余额增至1950条，\n\n一、2021年工作回顾\n研发投入居全国第十七\n\n（一）五年来专利授权量34件。",
    "研发投入为九千四百九十六点一美元之内四千二百七十九～6\n 63亿，",
    "民间投资达8万亩，1—破8844.145亿条之内。",
    "专利授权量由至少由至少65百分点、",
    "供热能力减少超过86万9千千瓦。",
    "旅游收入不超过五千八百四十五点〇万余万元，绿地五万多万亩。",
    "2025年，财政收入、投资分别共不少于1以内和0万亿-008兆瓦以上。",
    "民间投资降低逾八千八百八十七‰上下-979.288千、2021年企业12家。",
    "高速公路里程压减至三百四十四以内四倍半-1461639.0；",
    "1．去年床位−1079110个百分点，增幅达3%；",
    "——到2025年旅游收入提高到八倍倍左右。",
    "集装箱吞吐量不超过4万亿元/人上下，每年-七千二百二十二万。",
    "民间投资新增1万3千米的，用电量共逾18，水泥产量5万2千克。",
    "累计0千—607.91万元，旅游收入达到不超过0万至411162亿元以上。",
    "高速公路里程突破0.761万3元/人-七十九多万，农村公路不少于19•57件－三千亿。",
    "财政收入逾41万倍，4至9与4382万亿；",
    "居民消费价格较上年下降+千分之二百‰左右。",
    "水泥产量力争达到00到逾9.588万到007778933·378平方公里、",
    "城镇新增就业下降和到不少于229.3百个百分点；",
    "用电量较上年下降半数8403711万百分点，",
    "集装箱吞吐量占972标准箱的以及1亿7264千万吨，老旧小区为零下五千七百七十六亿或0.4℃。",
    "年内新建学校增-0.518名以下、增幅达7542吨以上，失业率不超过七百十一二余亿度。",
    "老旧小区达到7万毫克/升以内-1463060千，绿地面积是将近87.671元/人ﾲ-555千，",
    "水泥产量增加至突破3万余亿名，粮食产量下降二十六点〇点〇亿%。",
    "存款余额由四千亿提高到1,281平方公里。存款余额增加不低于0.427平方米之内\nPM2.5浓度年均增长不超过9484220.193千563700-6倍；",
    "——用电量负464541千米以下，城镇新增就业60万1千～1419893亿千瓦时左右。",
    "新建学校分别为―859万所。",
    "今年财政收入下降-0%、专利授权量约突破36.93亿个百分点、",
    "财政收入负增长至少八倍半、1\u202f857\u202f042%以下，床位、绿地面积下降-翻一番之内。",
    "研发投入、森林覆盖率分别建成近115至5左右、2千千克上下。水泥产量、规模以上工业增加值分别降千克至不超过15万所和04件；",
    "五年来，集装箱吞吐量实现－9,342口总额，床位分别约8269.293的，逾二千三百五十五岁多\u3000-三分之二千五百四十九。",
    "上半年，森林覆盖率下降到各7884161张，PM２．５浓度建成－３:５，２１１．１个百分点之内％吨，新增就业降至百分点-30百、",
    "城镇新增就业由1058.851万亿人以内提高到超过1 631,181千人次，地区生产总值约31千克个-2,863.659千，农村公路217斤以内)-一成，",
    "存款余额从45·18左右到不少于3408万1千人次以内，投入分别达到近8976480以下、不超过4518—0。65万标准箱之内。",
    "新建，内之月个亿十六百八少3427个百分点，地区生产总值超过不于少三分之七百零三，出口降低不11834个百分点，就业缩减和突破0.8%，",
    "失业率新建不低于六千零二十八毫 克/升的七成五.、粮食产量新建7.5万亿元及二百一十七亿四十二万万平方米，",
    "快递业务量居全省第32名、水泥产量由约4,0-5193808.10上下到0.5亿天上下，用地350亩到不低于40万平方米左右，出口总额不低近25个百分点",
    "2021年，床位减少不低于〇二亿亿八亿二个百分点以下、企业提高到13公里百分之八千九百七十四\uffee，",
    "去年，专利授权量增加将近１３８９‰－三分之一千八百八十二\n",
    # Torn ranges and lists, dashes that join nothing, points between no decimals, words of change that are torn.
    "PM2.5浓度是736276,48与8千到975981度以上；里程由超１０:８．３３上下到突破百分之二百零六以上。条件在4-至5以内和突破68百亩左右",
    "用电量超过不少于3,547万亿斤天-022千，床位稳定在八千所以上-35百，专利授权量为0亿元以内，-00.22螉，新建学校居全国-第三十五名，",
    "旅游收入至少215百至-9774小时、企业分别:不足4.0亿条和-610森。1—9升－1,886、水泥产量五十多十多万千瓦时，",
    "失业率力争达到超过2,846,15．072.12.3千瓦的、产值稳定在549․9美元之内，粮食产量下降十三成，企业增长2717,957．0上下",
    "存款余额年均增少不长于六千点一个百分点，床位超5张1少至十三个百分点，里程6•23百个百分点的降幅为不超过½，",
    "床位超50到0.850上下和不少于91亿之内，快递业务量14．770‰以内～三分之三，床位突破超175,647左右和不低于490万—8593039平方米，",
    "民间投资分别达不低于8千克的和零下2万亿0℃，存款余额由零下一千三百七十八多万至少8℃。",
    # Digits behind 多, bounds before and behind ranks, falls whose number was not read, units with what takes no room.
    "农村公路从0。86百多万07319到高提亿至1907人次之内，床位5万余0.5个。",
    "居民消费价格由超第二十七；绿地面积是不足第十三，企业居全省第8位以上、第三十六个以内，旅游收入排名不低于第九位。",
    "里程（至少0度上下）增长2．64平方米；投入不足318年之内，专利授权量近6亿件 降低四千一三千百平方米的\n人口自然增长率为至少00.392公斤以内。",
    "床位不低于0万名的、缩减约½平方米之内、全年人口自然增长率五分之六千二百上下，企业缩减很多、人口增长率8%。",
    "到2025年，床位控制在83万台(\u200b套)左右，专利授权量约不少于4018亿台(\uffa0套)以上，快递业务量2亿\u00ad台(套)。",
    "研发投入下降了不超过43百倍/公斤，用电量减少0.5倍(立方米)，",
    "存款余额—与3917亿4万2806。存款3亿5千7百万，存款1亿2000万6千元，",
    "用电量减少5亿度，低约3万平方米，增幅达2,714个百分点左右，降低人口自然增长率3个百分点。",
    "增速回落+0.46余亿个至7余个百分点，粮食产量至少4.5.6倍的比至少负翻两番番左右，床位0.3余万张至5余张。",
    "用电量回落各0.357万千瓦—025561万万千瓦八十三多万，床位3万张至4万万张。",
    "财政收入下降了—0.7几千瓦的降幅:-八千万台(套)\n",
    "压减约2 300余亿千瓦至不低于0。815余个百分点左右，企业增长-1,300亿元余、7百万的降幅，",
    "压减+第6余个以内-+1,300几左右\n企业增长近−百余亿位余至不低于三四十万万千瓦的降幅。",
    # Falls told each by its own or in two bounds, decimals behind tenths, and lines that end in a number.
    "一、2021年工作回顾\n公路里程达25公顷之内32048\n到2025年民间投资达8亩的，",
    "床位减少了依次为逾002个百分点以上，万元GDP能耗较上年下降超超过6、7个百分点之内；",
    "里程突破六成点〇亿—1,208%，失业率达七七成六之内，旅游收入比上年增少一千二百万亿元以内，",
    "绿地面积新增超13•64分:）依次为4,590\n2022建近十六件的",
    "进出口总额从不超过8338万亿或8,430,175万元以内提高到突破0.472的，就业较上年下降突破06,358,592、0.86%；",
    # Chinese digits behind Arabic ones, doublings below zero, marks of ranges that are doubled.
    "“十四五”期间老旧小区不低于236万8千六百五十四天多，下降236万8千分之二，增产2万3千5百十斤。",
    "下降负4到0.5番，用电量约4到到1亿6千万，下降一半以上到三%，占比为三分之一～一半。",
    "企业（不低于零下06多万左右以及零下十三点五多万度至超过-翻两番千瓦的；",
    "一、2021年工作回顾\n6月31日以来，用电量增长3%；2020年2月29日旅游收入同比下降6%。床位下降3,480、三四十个百分点。",
    "企业居三千七百四十五六倍半，约负八十倍半，约七八成多万，七八成千家企业，",
    "民间投资居全省第6位至9位，失业率第6位至08位以上。",
    "失业率由4978.464百年下降为不少于6万5千、2408.108万人以上，名医5位到7位。",
    "财政收入增幅达不低于—4万6千 零下27013千%；回落人口增长率由4%的降幅。",
]


def test_what_was_misread_stays_mended() -> None:
    assert broken_of(MISREAD) == {}


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found_stays_mended(text: str) -> None:
    assert broken(text) == []


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    (row,) = extract_text("全縣糧食產量較上年增長8.2%。")["observations"]
    assert (row["indicator_text"], row["measure"], row["quote"]) == (
        "粮食产量",
        "growth",
        "全縣糧食產量較上年增長8.2%。",
    )
    simplified = "著名品牌乾坤湾景区，名称里只有这一個繁体字"
    assert "個" in fold(simplified, 0, len(simplified)).text


def test_a_number_is_not_cut_where_a_sentence_is() -> None:
    text = "增长1,234,567.8亿元" * 1000
    assert all(text[s.stop - 1 : s.stop + 1] not in ("1,", "4,", ",2", ",5", "7.", ".8") for s in sentences(text))
