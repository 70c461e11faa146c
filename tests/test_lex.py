"""The lexer: kinds, values, units and bounds of numerals."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Numeral
from pipeline.reading.numerals import lex


def one(text: str, digits: str) -> Numeral:
    found = [n for n in lex(text) if n.text == digits]
    assert len(found) == 1, found
    return found[0]


def kinds(text: str) -> list[str]:
    return [n.kind for n in lex(text)]


@pytest.mark.parametrize(
    ("text", "digits", "value", "unit"),
    [
        ("实现税收36.5亿元", "36.5", "36.5", "亿元"),
        ("吸纳就业8.8万人以上", "8.8", "8.8", "万人"),
        ("总量突破1.6万亿元。", "1.6", "1.6", "万亿元"),
        ("比重提高2.4个百分点", "2.4", "2.4", "个百分点"),
        ("浓度降到28微克/立方米", "28", "28", "微克/立方米"),
        ("处理能力达900吨/日", "900", "900", "吨/日"),
        ("能耗折合30万吨标准煤", "30", "30", "万吨标准煤"),
        ("客流达到450万人次", "450", "450", "万人次"),
        ("死亡率控制在0.7人/百亿元以下", "0.7", "0.7", "人/百亿元"),
        ("发电70亿千瓦时", "70", "70", "亿千瓦时"),
        ("装机500千瓦。", "500", "500", "千瓦"),
        ("办理时限压减至5个工作日", "5", "5", "个工作日"),
        ("筹集公租房300套(间)", "300", "300", "套(间)"),
        ("发放补助每人每月880元", "880", "880", "元/月"),
        ("医保补助每人每年不低于480元", "480", "480", "元/年"),
        ("整治违建46宗", "46", "46", "宗"),
        ("产值1,234.5万元", "1,234.5", "1234.5", "万元"),
        ("帮助6万贫困人口脱贫", "6", "6", "万"),
        ("覆盖3000人口", "3000", "3000", ""),
        ("铺设轨道12榀。", "12", "12", "榀"),
        ("把全市划成6大片区", "6", "6", ""),
        ("增长率0.5‰", "0.5", "0.5", "‰"),
        ("规模扩大3倍", "3", "3", "倍"),
        ("产能10GWh", "10", "10", "GWh"),
        ("贷款1.2万多亿元", "1.2", "1.2", "万亿元"),
        # a classifier before words that begin like another word of it, and those words
        ("培养40名优秀学员", "40", "40", "名"),
        ("为3.5万名城乡老人体检", "3.5", "3.5", "万名"),
        ("引进4家电商平台", "4", "4", "家"),
        ("组建7家长三角联盟", "7", "7", "家"),
        ("完成6项目标任务", "6", "6", "项"),
        ("记录80种植物", "80", "80", "种"),
        ("扶持3万家庭就业", "3", "3", "万"),
        ("经济总量迈上700亿台阶", "700", "700", "亿"),
        ("新建8个台阶", "8", "8", "个"),
    ],
)
def test_value_and_unit(text: str, digits: str, value: str, unit: str) -> None:
    numeral = one(text, digits)
    assert (numeral.kind, numeral.value, numeral.unit) == ("observation", Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("增长8%", "exact"),
        ("增长8%左右", "about"),
        ("增长约8%", "about"),
        ("受益近8万人", "nearly"),
        ("投资超8亿元", "over"),
        ("投资突破8亿元", "over"),
        ("清理8万余处", "over"),
        ("清理800多处", "over"),
        ("达标率8%以上", "at_least"),
        ("不少于8家", "at_least"),
        ("每镇至少建成2所学校", "at_least"),
        ("每县最多保留2所学校", "at_most"),
        ("最多的县建成2所学校", "exact"),
        ("失业率控制在8%以内", "at_most"),
        ("涨幅不超过8%", "at_most"),
        ("浓度控制在8微克/立方米内", "at_most"),
        ("8小时内办结", "at_most"),
        ("占比不足8%", "under"),
        ("占比低于8%", "under"),
    ],
)
def test_bound(text: str, bound: str) -> None:
    assert [n.bound for n in lex(text)] == [bound]


def test_phrase_takes_in_modifiers_and_unit() -> None:
    text = "全年新增约8.8万人以上就业"
    numeral = one(text, "8.8")
    assert text[numeral.start : numeral.stop] == "8.8"
    assert text[numeral.phrase_start : numeral.phrase_stop] == "约8.8万人以上"


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("分别达到900个、700个、200个以上", ["at_least"] * 3),
        ("分别下降20%和50%以上", ["at_least"] * 2),
        ("分别超过90家、70家", ["over"] * 2),
        ("分别增长17.5%、11%左右", ["exact", "about"]),
        ("增长12.5%、9.1%", ["exact"] * 2),
        ("新建学校9所,新增床位300张以上", ["exact", "at_least"]),
        ("改造至少7条街巷和6个广场", ["at_least"] * 2),
        ("选取至少7条道路,整治6个片区", ["at_least", "exact"]),
    ],
)
def test_reach_of_modifiers_in_lists(text: str, bounds: list[str]) -> None:
    assert [n.bound for n in lex(text)] == bounds


def test_unit_written_once_holds_for_the_list() -> None:
    numerals = lex("分别建成90、70、20个以上")
    assert [n.unit for n in numerals] == ["个"] * 3
    assert [n.bound for n in numerals] == ["at_least"] * 3


def test_unit_just_written_is_restored() -> None:
    assert [n.unit for n in lex("时限由25个工作日缩短至最多7个。")] == ["个工作日"] * 2
    assert [n.unit for n in lex("审批工作日分别压缩为15个、20个。")] == ["个工作日"] * 2
    assert [n.unit for n in lex("低保标准提高到每月900元和700元")] == ["元/月"] * 2
    assert [n.unit for n in lex("增速分别高于全省2.5个、3个百分点")] == ["个百分点"] * 2
    assert [n.unit for n in lex("新建学校7个次发达镇")] == ["个"]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("培育10-20家企业", 10, 20, "家"),
        ("打造1—2个品牌", 1, 2, "个"),
        ("增长5%—6%", 5, 6, "%"),
        ("组建3至5个团队", 3, 5, "个"),
    ],
)
def test_range_is_one_observation(text: str, low: int, high: int, unit: str) -> None:
    first, second = lex(text)
    assert (first.value, first.value_max, first.unit, first.bound) == (low, high, unit, "range")
    assert (first.kind, second.kind) == ("observation", "observation_part")
    assert text[first.phrase_start : first.phrase_stop].endswith(unit)


def test_from_to_is_no_range() -> None:
    first, second = lex("自给率从10至80%")
    assert (first.kind, first.unit, first.bound) == ("observation", "%", "exact")
    assert (second.kind, second.unit) == ("observation", "%")


def test_ratio_and_fraction() -> None:
    assert kinds("收入比缩小到2.3:1") == ["observation", "observation_part"]
    assert kinds("产业结构调整为9.5:40.5:50") == ["observation"] * 3
    first, second = lex("产量占全国1/4")
    assert (first.value, first.unit, second.kind) == (Decimal("0.25"), "比例", "observation_part")


@pytest.mark.parametrize(
    "text",
    [
        "2019年",
        "到2019年底",
        "9月",
        "9月12日",
        "连续9年增长",
        "未来3年",
        "建市30周年",
        "2016—2020年",
        "2016-06-20",
        "(2016—2020)",
        "第3季度",
        "前11个月",
        "于8:30开幕",
        "24小时值守",
    ],
)
def test_time(text: str) -> None:
    assert set(kinds(text)) == {"time"}


@pytest.mark.parametrize(
    "text",
    [
        "审批时限压缩至32个工作日",
        "建设只用了120天",
        "出行时间缩短至2小时",
        "平均受教育年限达到11.2年",
        "人均预期寿命达到79.5岁",
    ],
)
def test_duration_as_result(text: str) -> None:
    assert kinds(text) == ["observation"]


@pytest.mark.parametrize(
    "text",
    [
        "培育“3+3”产业",
        "落实“1+2+N”工作部署",
        "推进“8421”工程",
        "覆盖5G网络",
        "改造国道G107线",
        "降低PM2.5浓度",
        "改造国道107线",
        "地铁3号线",
        "打造2.0版",
        "世界500强企业",
        "建成15分钟生活圈",
        "建设“1小时交通圈”",
        "优化12345政务服务热线",
        "处置“4·12”事故",
        "4×100米接力",
        "开展“雷霆2018”行动",
        "2019世界机器人大会",
        "第9届省运会",
        "220千伏东山输变电工程",
        "某石化100万吨乙烯项目",
        "年产9万吨薄膜材料和8万吨碳纤维项目投产",
        "落实稳经济35条",
        "百年一遇和50年一遇防洪标准",
        "240小时过境免签政策",
    ],
)
def test_name(text: str) -> None:
    assert set(kinds(text)) == {"name"}


def test_product_code_is_a_name_but_amount_with_letters_is_not() -> None:
    assert kinds("GDP2600亿元") == ["observation"]
    assert kinds("采购KN95口罩") == ["name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("引进投资2000万元以上项目30个", ["threshold", "observation"]),
        ("产值超20亿元企业达90家", ["threshold", "observation"]),
        ("培育2家以上年销售收入超3亿元的龙头企业", ["observation", "threshold"]),
        ("为65周岁以上老人体检", ["threshold"]),
        ("建设20万吨级码头", ["threshold"]),
        ("0—3岁婴幼儿托位", ["threshold", "threshold"]),
        ("总投资超50亿元", ["observation"]),
        ("覆盖率未达30%的镇街", ["threshold"]),
        ("70%以上的行政村", ["observation"]),
        ("投入3亿元完善园区", ["observation"]),
        ("设立总规模超50亿元的基金", ["observation"]),
    ],
)
def test_threshold(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在全国150个城市中排名第12", ["context", "observation"]),
        ("全县40个乡镇中33个完成改造", ["context", "observation"]),
        ("20个断面水质达标率100%", ["context", "observation"]),
        ("退出全国150个城市空气质量“后十位”", ["context"]),
        ("修好9个村后20名工人返回", ["observation", "observation"]),
        ("是全国30个试点城市之一", ["context"]),
        ("未完成的8项中,有3项延期", ["context", "observation"]),
        ("9条列入整治计划的河流,4条已完成治理", ["context", "observation"]),
        ("12个县(市、区)中8个增长", ["context", "observation"]),
        ("排全省21个地市第5位", ["context", "observation"]),
        ("14种产品产量居全省第1位", ["observation", "observation"]),
        ("新增2万个普通高中学位", ["observation"]),
        ("每10万人口拥有大学生", ["context"]),
    ],
)
def test_context(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\n3.数字政府:指",
        "\n12、完善机制",
        "“绿岛计划”[4]",
        "(见附表2)",
        "字号府办[2016]9号",
        "索引号:0071/2016-14",
        "(3)完善制度",
    ],
)
def test_structure(text: str) -> None:
    assert set(kinds(text)) == {"structure"}


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("排名全国第15", 15, "exact"),
        ("居全省第5位", 5, "exact"),
        ("上升至23位", 23, "exact"),
        ("进入全国前100名", 100, "at_most"),
        ("位居全省第二。", 2, "exact"),
        ("总分居全国第四,", 4, "exact"),
        ("进入全省前三名", 3, "at_most"),
        ("成为全国第三大港", 3, "exact"),
        ("综合指数排东江第三;", 3, "exact"),
        ("年度考核第一名。", 1, "exact"),
        ("成为全国第六个试点城市", 6, "exact"),
        ("稳居全省第8位以上", 8, "at_most"),
        ("排名不低于第九位。", 9, "at_most"),
        ("位次跌到全国第40位以下", 40, "at_least"),
        ("收入居全国最低第7位", 7, "exact"),
    ],
)
def test_rank(text: str, value: int, bound: str) -> None:
    (numeral,) = lex(text)
    assert (numeral.kind, numeral.rank, numeral.value, numeral.unit) == ("observation", True, value, "位")
    assert numeral.bound == bound


def test_words_that_end_like_a_front_are_none() -> None:
    (numeral,) = lex("目前12名专家到岗")
    assert (numeral.rank, numeral.unit) == (False, "名")


def test_a_multiplier_behind_more_and_its_unit_are_no_number() -> None:
    assert [(n.text, n.kind, n.unit) for n in lex("发电2300余亿千瓦时。")] == [("2300", "observation", "亿千瓦时")]
    assert [n.kind for n in lex("面积亿千万亩。")] == ["unread"]


def test_a_classifier_in_brackets_is_a_unit_behind_chinese_numerals_too() -> None:
    assert [(n.text, n.unit) for n in lex("推广农机七千台(套),财政收入9亿元。")] == [("七千", "台(套)"), ("9", "亿元")]


def test_a_rank_with_a_bound_that_says_two_things_is_unread() -> None:
    assert [n.kind for n in lex("位次超过第9位，成为全国第六个以上。")] == ["unread"] * 2


def test_ranks_in_a_list() -> None:
    assert [(n.rank, n.unit) for n in lex("分列全国第12、13、15位")] == [(True, "位")] * 3


def test_change_of_rank_is_no_rank() -> None:
    (numeral,) = lex("排名提升6位,")
    assert (numeral.kind, numeral.rank, numeral.unit) == ("observation", False, "位")


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("占比超过八成,", "8", "成", "over"),
        ("把支出的七成以上用于民生", "7", "成", "at_least"),
        ("时间压缩三分之一以上", "0.3333", "比例", "at_least"),
        ("规模翻一番。", "1", "番", "exact"),
        ("规模翻两番。", "2", "番", "exact"),
        ("规模增长两番。", "2", "番", "exact"),
        ("规模翻一番半。", "1.5", "番", "exact"),
        ("产值突破百亿元,", "1", "百亿元", "over"),
        ("产值突破三百亿元大关", "300", "亿元", "over"),
        ("增长百分之五。", "5", "%", "exact"),
        ("产量增长两倍,", "2", "倍", "exact"),
        ("城区半小时通达", "0.5", "小时", "exact"),
        ("产量占全省近一半。", "0.5", "比例", "nearly"),
        ("建成二十四个站点", "24", "个", "exact"),
        ("带动上千家农户", "1", "千家", "at_least"),
        ("培育百余家农场", "1", "百家", "over"),
        ("举办百场比赛", "1", "百场", "exact"),
        ("引进万余名工匠", "1", "万名", "over"),
        ("产量保持在百万吨以上。", "1", "百万吨", "at_least"),
        ("成为产值超千亿元的县。", "1", "千亿元", "over"),
        ("成为人口超百万的县。", "1", "百万", "over"),
        ("产值向百亿迈进,", "1", "百亿", "exact"),
        ("产值向千亿元目标冲刺。", "1", "千亿元", "exact"),
        ("新增百万吨产能,", "1", "百万吨", "exact"),
        ("完成文化普查和百部志书编修。", "1", "百部", "exact"),
        ("防洪标准达到五十年一遇。", "50", "年一遇", "exact"),
    ],
)
def test_chinese_quantity(text: str, value: str, unit: str, bound: str) -> None:
    (numeral,) = lex(text)
    assert numeral.chinese
    assert (numeral.kind, numeral.value, numeral.unit, numeral.bound) == ("observation", Decimal(value), unit, bound)


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("引进亿元以上项目。", "亿", "threshold"),
        ("产值超百亿元企业增多。", "百亿", "threshold"),
        ("建设万吨级泊位。", "万", "threshold"),
        ("新增百万吨级码头。", "百万", "threshold"),
        ("增加每千人床位数。", "千", "context"),
    ],
)
def test_chinese_sizes_of_things(text: str, number: str, kind: str) -> None:
    (numeral,) = lex(text)
    assert (numeral.text, numeral.kind) == (number, kind)


def test_how_rare_a_flood_is() -> None:
    found = lex("防洪标准由20年一遇提高到五十年或100年一遇,遭遇50年一遇洪水,百年一遇。")
    assert [(one.text, one.kind, one.unit) for one in found if one.kind == "observation"] == [
        ("20", "observation", "年一遇"),
        ("五十", "observation", "年一遇"),
        ("100", "observation", "年一遇"),
    ]


def test_a_fraction_behind_digits_is_unread() -> None:
    assert [n.kind for n in lex("死亡率降到7万分之三。")] == ["name", "unread"]
    assert [n.kind for n in lex("死亡率降到万分之三。")] == ["observation"]
    assert lex("他三番五次来访。") == []


def test_chinese_range() -> None:
    (numeral,) = lex("降低两到三成。")
    assert (numeral.value, numeral.value_max, numeral.bound) == (2, 3, "range")


@pytest.mark.parametrize(
    "text",
    [
        "实现零的突破",
        "稳居首位",
        "实现两位数增长",
        "实施三年行动",
        "发展四大产业",
        "建成一批项目",
        "建设一流园区",
        "连续十二年增长",
        "举行两次活动",
        "打造千亿级产业集群",
        "培育百亿元企业",
        "第一产业",
        "第一书记",
        "第一,坚持创新",
        "把安全放在第一位",
        "前三季度",
        "成为典范",
        "信心百倍",
        "“十四五”规划",
        "第二十三届",
        "一小时生活圈",
        "实现第二个百年奋斗目标",
        "一半山水一半城",
        "走进千家万户",
        "惠及成千上万人",
        "实施百名工匠培养工程",
        "会上百名代表发言",
        "开展百企千村行动",
        "销量在第二、第三季度好转。",
        "第二、第三产业占比回落。",
        "实施百亿斤产能提升工程",
        "新增百亿元企业",
        "向百日目标迈进",
    ],
)
def test_chinese_numbers_that_state_no_quantity(text: str) -> None:
    assert lex(text) == []


def test_flattened_table() -> None:
    text = "主要指标表序号指标单位绝对值增长(%)1生产总值亿元210.0592工业增加值亿元88.417.503财政收入亿元15.306.2备注"
    numerals = [(n.text, n.kind, n.unit) for n in lex(text)]
    assert numerals == [
        ("1", "structure", ""),
        ("210.05", "observation", "亿元"),
        ("9", "observation", "%"),
        ("2", "structure", ""),
        ("88.41", "observation", "亿元"),
        ("7.50", "observation", "%"),
        ("3", "structure", ""),
        ("15.30", "observation", "亿元"),
        ("6.2", "observation", "%"),
    ]


def test_row_numbers_of_a_flattened_list() -> None:
    text = "实事项目序号项目内容1完成小学扩建。2新建公园2个。3环湖步道贯通。"
    assert [(n.text, n.kind) for n in lex(text)] == [
        ("1", "structure"),
        ("2", "structure"),
        ("2", "observation"),
        ("3", "structure"),
    ]


def test_heading_number_before_a_year() -> None:
    assert [(n.text, n.kind) for n in lex("\n20.2026年工作:")] == [("20", "structure"), ("2026", "time")]
    assert [(n.text, n.kind) for n in lex("附表12018年目标")] == [("1", "structure"), ("2018", "time")]


_ALPHABET = "0123456789.,、-—~:/%()[]“”+×·\n 第前超近约至从百千万亿元家个年月日岁级号以上成倍位名中率序号指标AGm。;"


def _check(text: str) -> None:
    numerals = lex(text)
    covered: list[int] = []
    for numeral in numerals:
        assert text[numeral.start : numeral.stop] == numeral.text
        assert 0 <= numeral.phrase_start <= numeral.start < numeral.stop <= numeral.phrase_stop <= len(text)
        if not numeral.chinese:
            covered.extend(i for i in range(numeral.start, numeral.stop) if text[i].isascii() and text[i].isdigit())
    assert covered == [m.start() for m in re.finditer("[0-9]", text)]
    starts = [numeral.start for numeral in numerals]
    assert starts == sorted(set(starts))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=_ALPHABET, max_size=80))
def test_every_digit_is_covered_once(text: str) -> None:
    _check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    _check(text)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,234,",
        "1.",
        "百千万",
        "第一",
        "从1至",
        "1+",
        "1-",
        "1、",
        "1个",
        "“1",
        "2中",
        "序号指标1",
        "一",
        "1:",
        "1/",
    ],
)
def test_time_grows_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begin = time.process_time()
        lex(text)
        return time.process_time() - begin

    seconds(1000)
    # A machine that does something else for a moment is slow once; what is not in proportion is so each time.
    assert any(seconds(20_000) < 12 * seconds(5_000) + 0.2 for _ in range(3))


def test_long_runs_of_digits_have_no_value() -> None:
    (numeral,) = lex("9" * 10_000)
    assert (numeral.kind, numeral.value) == ("name", None)


@pytest.mark.parametrize(
    ("text", "digits", "kind"),
    [
        ("意外险参保对象扩大到65周岁以上的户籍老人。", "65", "threshold"),
        ("领取年龄提高到65周岁。", "65", "observation"),
        ("建成时速250公里高铁3条。", "250", "threshold"),
        ("最高运行时速达250公里。", "250", "observation"),
        ("启动0.2微克攻坚行动,改善空气质量。", "0.2", "name"),
        ("启动8项专项行动。", "8", "observation"),
        # what each of those that are counted has passed or entered, and what all of them have together
        ("有6家企业产值超30亿元。", "30", "threshold"),
        ("6家企业总产值超30亿元。", "30", "observation"),
        ("6家企业产值超30亿元,增长9%。", "30", "observation"),
        ("6家企业实现产值超30亿元。", "30", "observation"),
        ("12个镇入围全国前90名。", "90", "threshold"),
        ("3项指标增速居全国前5位。", "5", "observation"),
        # classes by size, and how many are in them
        ("引进亿元以上项目32个,其中20亿元以上7个。", "20", "threshold"),
        ("完成投资20亿元以上,新建泵站7座。", "20", "observation"),
        ("在8个人口30万以上的县设点。", "30", "threshold"),
        ("全市人口30万以上。", "30", "observation"),
        # an item of a list in quotation marks, and one of its kind
        ("第2个“五年计划”开始。", "2", "name"),
        ("建成全省第2个枢纽。", "2", "observation"),
        # the number of an item that touches a count, and a decimal
        ("3．15种金属:铜、铅。", "15", "observation"),
        ("3.15万吨铜入库。", "3.15", "observation"),
        # how far from a thing, along what, and on how many days more than that much
        ("车站80米内停车比例达70%。", "80", "threshold"),
        ("误差控制在5米内。", "5", "observation"),
        ("治理沿岸2公里废弃地块。", "2", "threshold"),
        ("整治沿岸2公里。", "2", "observation"),
        ("电站90天超2万千瓦运行。", "2", "threshold"),
        ("负荷90天后超2亿千瓦。", "2", "observation"),
        ("6个县收入超7亿元,2个突破9亿元。", "9", "threshold"),
        ("新建学校2个,突破9亿元。", "9", "observation"),
        # the size of those of which a share is told
        ("70%以上的村经营收入超过20万元。", "20", "threshold"),
        ("70%以上的村受益,经营收入超过20万元。", "20", "observation"),
        ("超20万元村占比达到70%。", "20", "threshold"),
        ("超20万元用于绿化。", "20", "observation"),
        # places and things that a rate is told of, and a pool of which somebody has a share
        ("沿海6市PM2.5浓度下降9%。", "6", "context"),
        ("60个断面优良比例连续4年保持100%。", "60", "context"),
        ("建设沿海6市轨道网。", "6", "observation"),
        ("在推广的70项做法中,我市超过五分之一。", "70", "context"),
        ("推广70项做法,我市超过五分之一。", "70", "observation"),
        # people counted with the classifier of ranks
        ("为60位70岁以上老人体检。", "60", "observation"),
        # the name of a drive and the year it was for; a year without its unit; a streak
        ("开展“守平安2020年清查行动”。", "2020", "name"),
        ("落实“2020年行动计划”。", "2020", "time"),
        ("告别2020,迎来新年。", "2020", "time"),
        ("告别2020户危房。", "2020", "observation"),
        ("产量实现7连增。", "7", "time"),
        # rules known by their number
        ("落实自治区9条规定。", "9", "name"),
        ("清理9条规定。", "9", "observation"),
        ("共建21世纪海上丝绸之路。", "21", "name"),
        ("约占全省1/8,4300万人受益。", "4300", "observation"),
        # a proportion and a time of day
        ("师生比优化到1:18。", "18", "observation"),
        ("演出于19:30开始。", "30", "time"),
    ],
)
def test_amounts_that_say_which(text: str, digits: str, kind: str) -> None:
    assert one(text, digits).kind == kind
