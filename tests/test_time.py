"""When facts hold and how they are meant, on sentences made up for the purpose. <12> marks the figure."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.meaning import time_words
from pipeline.meaning.calendar import within
from pipeline.meaning.when import frame_of, time_of
from pipeline.models import Fact, Numeral, Passage, Report, ReportPeriod, Time
from pipeline.text.sentences import sentences

PASSAGES = {
    "review": ("review", "2021", "actual"),
    "years": ("review_years", "2017/2021", "actual"),
    "plan": ("plan", "2022", "target"),
    "plan_years": ("plan_years", "2022/2026", "target"),
}
PERIODS = {"review": "2021", "review_years": "2017/2021", "plan": "2022", "plan_years": "2022/2026"}


def when(
    marked: str,
    passage: str = "review",
    *,
    measure: str = "level",
    comparison: str = "",
    indicator: str = "",
    unit: str = "",
    earlier: bool = False,
    kind: str = "work_report",
    date: str = "2022-01-11",
) -> Time:
    start = marked.index("<")
    digits = re.findall("<(.+?)>", marked)[0]
    text = marked.replace("<", "").replace(">", "")
    sentence = next(s for s in sentences(text) if s.start <= start < s.stop)
    clause = next(i for i, (a, b) in enumerate(sentence.clauses) if a <= start < b)
    stop = start + len(digits)
    fact = Fact(
        Numeral(start, stop, digits, "observation", start, stop),
        sentence,
        clause,
        indicator,
        start,
        start,
        measure,
        Decimal(1),
        None,
        unit,
        "exact",
        comparison,
        "",
        "",
        "test",
        earlier,
    )
    role, period, status = PASSAGES.get(passage, ("body", passage, "actual"))
    periods = tuple(ReportPeriod(*item) for item in PERIODS.items()) if kind == "work_report" else ()
    source = Report("r", kind, "f", 0, 0, ((0, 0),), "", "utf-8", "cn-000000", date=date, periods=periods)
    return time_of(fact, text, frame_of(Passage(0, len(text), role, period, status, ""), source))._replace(trace=())


def test_unmarked_figures_take_the_passage() -> None:
    assert when("新增企业<30>家。") == Time("actual", "", "2021", "")
    assert when("新增企业<30>家。", "plan") == Time("target", "plain", "2022", "")


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("预计全市生产总值<900>亿元,增长7%。", "estimate"),
        ("预计,全市生产总值900亿元;投资<80>亿元,增长7%。", "estimate"),
        ("2021年,预计生产总值900亿元;投资<80>亿元。", "estimate"),
        ("生产总值预计达到<900>亿元,人均6万元;财政收入80亿元。", "estimate"),
        ("生产总值预计达到900亿元,人均<6>万元;财政收入80亿元。", "estimate"),
        ("生产总值预计达到900亿元;财政收入<80>亿元。", "actual"),
        ("预计全市生产总值900亿元。财政收入<80>亿元。", "actual"),
        ("初步核算,全县生产总值<90>亿元。", "estimate"),
    ],
)
def test_reach_of_estimates(marked: str, status: str) -> None:
    assert when(marked).status == status


def test_a_note_makes_its_indicators_estimates() -> None:
    text = "地区生产总值增长<8>%。备注:地区生产总值和居民人均可支配收入为预计完成数。"
    assert when(text, indicator="地区生产总值").status == "estimate"
    assert when(text, indicator="固定资产投资").status == "actual"


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("引进项目40个,计划总投资<120>亿元。", "actual"),
        ("签约项目12个,计划投资<50>亿元。", "actual"),
        ("项目全部建成后将新增产能<20>万吨。", "target"),
        ("规划建设新城,力争到2025年人口达到<30>万人。", "target"),
        ("到2023年,产值达到<300>亿元。", "target"),
        ("全力争取上级支持,到位资金<12>亿元。", "actual"),
        ("争取到上级资金<12>亿元。", "actual"),
        ("提前实现翻番目标,总量达<500>亿元。", "actual"),
        ("将全县划分为<6>大片区。", "actual"),
        ("确保货物<24>小时内运达。", "actual"),
    ],
)
def test_intentions_in_a_review(marked: str, status: str) -> None:
    assert when(marked).status == status


@pytest.mark.parametrize(
    ("marked", "status", "period"),
    [
        ("去年全市接待游客<300>万人次,今年要再上台阶。", "actual", "2021"),
        ("2021年新增企业50家,2022年力争新增<60>家。", "target", "2022"),
        ("目前,全市已建成泵站<14>座。", "actual", "2021"),
        ("确保已开工的<30>所学校全部建成。", "target", "2022"),
        ("推动<12>个产业园提质增效。", "target", "2022"),
    ],
)
def test_results_in_a_plan(marked: str, status: str, period: str) -> None:
    found = when(marked, "plan")
    assert (found.status, found.period) == (status, period)


@pytest.mark.parametrize(
    ("marked", "modality"),
    [
        ("确保粮食产量<20>万吨。", "ensure"),
        ("力争新增企业<30>家。", "strive"),
        ("主要预期目标是:生产总值增长5%左右,在实际工作中努力争取更好结果;财政收入增长<4>%。", "expect"),
        ("人均预期寿命达到<80>岁。", "plain"),
        ("实施工匠培优计划,新增技能人才<9>万人。", "plain"),
        ("计划新建泵站<6>座。", "plan"),
        ("主要预期目标是:生产总值增长<7>%,投资增长8%。", "expect"),
        ("计划投资<8>亿元。", "plan"),
        ("新建公路<50>公里。", "plain"),
        ("主要预期目标是:生产总值增长6.5%,实际工作按<7>%左右争取。", "stretch"),
        ("主要预期目标是:生产总值增长6.5%,实际工作按7%左右争取;投资增长<8>%。", "expect"),
        # a word inside a list of aims holds for its own; near: one that opens the sentence
        ("生产总值增长5%,力争投资增长6%,物价涨幅保持在<2>%左右。", "plain"),
        ("力争全年完成投资90亿元,增长6%,新增就业<9>万人。", "strive"),
        ("今年主要预期指标安排如下:生产总值增长<7>%,投资增长8%。", "expect"),
        ("主要预期目标拟定为:生产总值增长<7>%,投资增长8%。", "expect"),
        ("生产总值增长6%,冲刺<7>%。", "strive"),
    ],
)
def test_force_of_targets(marked: str, modality: str) -> None:
    assert when(marked, "plan").modality == modality


def test_a_list_of_targets_ends_in_a_part_without_paragraphs() -> None:
    opened = "主要预期目标是:生产总值增长7%,投资增长8%。财政收入增长<6>%,出口增长5%。"
    filler = "我们要把各项工作做深做细。" * 150
    assert when(opened + filler, "plan").modality == "expect"
    assert when(opened.replace("<6>", "6") + filler + "新建学校<9>所。", "plan").modality == "plain"


@pytest.mark.parametrize(
    ("marked", "period"),
    [
        ("上半年,工业产值<80>亿元。", "2021-H1"),
        ("一季度用电量<3>亿千瓦时。", "2021-Q1"),
        ("前三季度出口<9>亿元。", "2021-01/2021-09"),
        ("1—5月,投资完成<20>亿元。", "2021-01/2021-05"),
        ("2021年前两个月出口<9>亿元。", "2021-01/2021-02"),
        ("2020年9月,日产量突破<12>万只,占比超六成。", "2020-09"),
        ("2021年10月1日,接待游客<5>万人次。", "2021-10-01"),
        ("截至2020年底,路网总长<300>公里。", "2020"),
        ("去年新增学位<2>万个。", "2021"),
        ("2016年以来累计融资<12>亿元。", "2016/2021"),
        ("本届政府以来新建学校<40>所。", "2017/2021"),
        ("连续9年无重大事故,隐患整改<80>处。", "2021"),
        ("为近五年来最高,增长<8>%。", "2021"),
        ("提前3个月交付住房<600>套。", "2021"),
        ("修订《发展规划(2016—2020年)》,新建泵站<3>座。", "2021"),
        ("<20>项工程于2020年完工。", "2020"),
        ("当年动工<8>个。", "2021"),
        ("2017、2018连续两年排名前<20>位。", "2017/2018"),
        ("扩大2万亩2019年至2020年,新建泵站<3>座。", "2019/2020"),
        ("编号22019至2020年间,新建泵站<3>座。", "2020"),
        ("2020年至2019年,新建泵站<3>座。", "2021"),
        ("2020年2月29日,接待游客<5>万人次。", "2020-02-29"),
        ("2021年2月29日,接待游客<5>万人次。", "2021-02"),
        ("6月31日,接待游客<5>万人次。", "2021-06"),
    ],
)
def test_times_that_a_sentence_names(marked: str, period: str) -> None:
    measure = "rank" if "排名" in marked else "level"
    assert when(marked, measure=measure).period == period


def test_quarter_of_the_month_named_before() -> None:
    assert when("至2020年4月投产。首批<20>万只于当季末交付。", "2020", kind="news", date="").period == "2020-Q2"


@pytest.mark.parametrize(
    ("marked", "period"),
    [
        ("到2025年,铁路里程达到<400>公里;公路里程达到3000公里。", "2025"),
        ("到2025年,铁路里程达到400公里;公路里程达到<3000>公里。", "2025"),
        ("“十四五”期间,新建公路<800>公里。", "2021/2025"),
        ("“十五五”末,人口达到<500>万人。", "2030"),
        ("今后三年,新增学位<3>万个。", "2022/2024"),
        ("未来五年,新建医院<10>所。", "2022/2026"),
        ("三年投入<30>亿元。", "2022/2024"),
        ("6月底前完成改造<60>户,新增床位200张。", "2022-06"),
        ("6月底前完成改造60户,新增床位<200>张。", "2022"),
    ],
)
def test_horizons_of_targets(marked: str, period: str) -> None:
    assert when(marked, "plan").period == period


@pytest.mark.parametrize(
    ("marked", "unit", "period"),
    [
        ("高速公路里程达到<600>公里。", "公里", "2021"),
        ("企业增至<90>家。", "家", "2021"),
        ("服务业占比超过<55>%。", "%", "2021"),
        ("覆盖率达<98>%,新增企业30家。", "%", "2021"),
        ("新增企业<300>家。", "家", "2017/2021"),
        ("累计引进人才<4>万人。", "万人", "2017/2021"),
        ("税费累计减免超过<400>亿元。", "亿元", "2017/2021"),
        ("每年开展活动超过<300>场。", "场", "2017/2021"),
        ("优良率稳定在<90>%以上。", "%", "2017/2021"),
        ("棚户区改造超过<11>万户。", "万户", "2017/2021"),
        ("养老机构达到900个、床位<10>万张。", "万张", "2021"),
        ("学前学位新增13万个、中学学位<15>万个。", "万个", "2017/2021"),
        ("<27>家企业实现上市。", "家", "2017/2021"),
        ("<27>家外国银行在本市经营。", "家", "2021"),
        ("市区到各县<1>小时通达。", "小时", "2021"),
        ("低保标准提高到每月<800>元。", "元", "2021"),
        ("2020年全市人口达到<80>万人;新建桥梁30座。", "万人", "2020"),
        ("2020年全市人口达到80万人。新建桥梁<30>座。", "座", "2017/2021"),
    ],
)
def test_last_values_and_totals_of_several_years(marked: str, unit: str, period: str) -> None:
    assert when(marked, "years", unit=unit).period == period


@pytest.mark.parametrize(
    ("marked", "period"), [("经济总量力争达到<2>万亿元。", "2026"), ("新建学校<100>所。", "2022/2026")]
)
def test_plans_over_several_years(marked: str, period: str) -> None:
    assert when(marked, "plan_years").period == period


def test_a_total_beside_what_was_added_is_a_last_value() -> None:
    marked = "累计新增企业9万户、总量达<40>万户。"
    assert when(marked, "years", unit="万户", indicator="企业总量").period == "2021"
    assert when("累计开行班列2万列、占全国<30>%。", "years", unit="%", indicator="班列占全国比重").period != "2021"


def test_a_span_behind_the_figure() -> None:
    assert when("推动<300>家企业3年内完成改造。", "plan", unit="家").period == "2022/2024"


def test_growth_over_several_years() -> None:
    assert (
        when("工业增加值年均增长<8>%。", "years", measure="growth", comparison="annual_average").period == "2017/2021"
    )
    assert when("浓度降至37微克、五年下降<40>%。", measure="growth", comparison="since") == Time(
        "actual", "", "2017/2021", "2016/2016", "since"
    )
    assert when("浓度降至37微克、五年下降40%,优良率达到<73>%。", unit="%").period == "2021"
    assert when("2021年总量达到9万亿元,十年增加<7>万亿元。", measure="change", comparison="since").period == "2012/2021"
    ranked = when("用水效率排全省第<3>。", "years", measure="rank")
    assert ranked.period == "2021"


def test_old_values_take_their_own_year_or_none() -> None:
    assert when("企业从<12>家增至40家。", earlier=True) == Time("actual", "", "", "")
    assert when("企业从2015年的<12>家增至40家。", earlier=True).period == "2015"
    assert when("企业由2015年的12家增至<40>家。").period == "2021"
    assert when("确保时限从<20>天压减至5天。", "plan", earlier=True).status == "actual"


@pytest.mark.parametrize(
    ("marked", "measure", "comparison", "reference"),
    [
        ("用电量同比增长<5>%。", "growth", "yoy", "2020/2020"),
        ("上半年用电量增长<5>%。", "growth", "yoy", "2020-H1/2020-H1"),
        ("能耗比2015年下降<3>%。", "growth", "since", "2015/2015"),
        ("收入较2019年提高<2>个百分点。", "change", "since", "2019/2019"),
        ("事故较“十一五”同期下降<3>%。", "growth", "since", "2006/2010"),
        ("收入比“十一五”增长<3>%。", "growth", "since", "2006/2010"),
        ("收入比“十一五”末增长<3>%。", "growth", "since", "2010/2010"),
        ("总量是2011年的<3>倍。", "multiple", "", "2011/2011"),
        ("总量是十年前的<3>倍。", "multiple", "", "2011/2011"),
        ("增速高于全省<2>个百分点。", "change", "versus", ""),
        ("人口<80>万人。", "level", "", ""),
    ],
)
def test_reference_period(marked: str, measure: str, comparison: str, reference: str) -> None:
    found = when(marked, measure=measure, comparison=comparison)
    assert found.reference_period == reference
    assert found.period in ("2021", "2021-H1")


def test_what_comes_with_completion_has_no_date() -> None:
    assert when("项目投产后将新增产值<20>亿元。") == Time("target", "plain", "", "")


def test_targets_of_an_interview_have_the_date_they_name_or_none() -> None:
    interview = {"kind": "interview", "date": "2021-07"}
    assert when("努力实现全年新引进项目<90>个。", "2021", **interview) == Time("target", "strive", "2021", "")
    assert when("要努力尽快实现产值超<300>亿元。", "2021", **interview).period == ""
    assert when("未来3年新增学位<8>万个。", "2021", **interview) == Time("target", "plain", "2021/2023", "")
    assert when("推动全市<800>个支部开展学习。", "2021", **interview).status == "actual"


def test_a_sentence_without_end_is_read_in_a_window() -> None:
    marked = "今年新增企业3家," * 20_000 + "去年新增企业<30>家"
    assert when(marked, "plan").period == "2021"


@given(st.text("0123年月日前个过去未来今后近最这接下当第本任“十三四五”期末间全年底一上半季度以-至", max_size=24))
def test_the_first_characters_looked_for_miss_no_time(text: str) -> None:
    """Places at which no time expression can begin are passed over; every one must be found all the same."""
    found = [match.span() for match in time_words._CUE.finditer(text)]
    assert found == [match.span() for match in re.finditer(time_words._EXPRESSION, text)]


def test_a_part_of_a_year_names_its_year_at_both_ends() -> None:
    assert within("2013", "01/09") == "2013-01/2013-09"
    assert within("2013", "H1") == "2013-H1"
