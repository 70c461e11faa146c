"""The parts of reports, on texts made up for the purpose."""

from itertools import pairwise

import pytest

from pipeline.documents.outline import doubt, given_year, outline
from pipeline.documents.profiles import profile
from pipeline.documents.report_periods import periods
from pipeline.models import Passage, Report, ReportPeriod
from pipeline.text.fold import fold
from pipeline.text.wrapping import Wrapping


def report(kind: str = "work_report", date: str = "2019-01-15", **periods: str) -> Report:
    stated = tuple(ReportPeriod(role, period) for role, period in periods.items())
    return Report("r", kind, "f.txt", 0, 0, ((0, 0),), "", "utf-8", "cn-000000", date=date, periods=stated)


YEAR = {"review": "2018", "plan": "2019"}
YEARS = {"review": "2021", "review_years": "2017/2021", "plan": "2022", "plan_years": "2022/2026"}


def at(text: str, words: str, passages: list[Passage]) -> Passage:
    """The passage in which `words` begin."""
    where = text.index(words)
    return next(p for p in passages if p.start <= where < p.stop)


def brief(passage: Passage) -> tuple[str, str, str]:
    return passage.role, passage.period, passage.status


def test_parts_of_a_report_in_one_line() -> None:
    text = (
        "各位代表:现在,我向大会报告工作。2018年工作回顾2018年是本届政府的第二年。一、工业经济稳步回升。工业投资30亿元。"
        "二、城乡面貌明显改变。新修公路8公里。同时,我们也清醒认识到,发展中还有不少困难和问题,企业只有20家。"
        "2019年工作安排2019年是关键之年。全市经济增长7%。(一)抓好项目建设。新开工项目5个。(二)抓好农业生产。粮食产量3万吨。"
        "各位代表!蓝图已经绘就。让我们更加紧密地团结起来,努力奋斗!名词解释双百工程:指100个项目和100家企业。"
    )
    passages = outline(text, report(**YEAR))
    assert passages[0].start == 0
    assert passages[-1].stop == len(text)
    assert all(a.stop == b.start for a, b in pairwise(passages))
    assert brief(at(text, "现在,", passages)) == ("front", "2018", "actual")
    assert brief(at(text, "工业投资", passages)) == ("review", "2018", "actual")
    assert at(text, "工业投资", passages).section == "2018年工作回顾 > 一、工业经济稳步回升"
    assert at(text, "新修公路", passages).section == "2018年工作回顾 > 二、城乡面貌明显改变"
    assert brief(at(text, "企业只有", passages)) == ("problems", "2018", "actual")
    assert brief(at(text, "全市经济", passages)) == ("plan", "2019", "target")
    assert at(text, "粮食产量", passages).section == "2019年工作安排 > (二)抓好农业生产"
    assert brief(at(text, "让我们", passages)) == ("closing", "2019", "target")
    assert at(text, "双百工程", passages).role == "glossary"


def test_title_ends_where_the_sentence_begins() -> None:
    text = "2018年工作回顾2018年是转型之年。一、着力扩大开放,不断增强发展动力深入推进通关改革。口岸增至3个。2019年工作计划2019年很重要。"
    passages = outline(text, report(**YEAR))
    assert at(text, "口岸", passages).section == "2018年工作回顾 > 一、着力扩大开放,不断增强发展动力"


def test_subject_of_a_sentence_is_no_title() -> None:
    text = "2018年工作回顾\n2018年目标任务顺利完成,新增企业3家。2018年政府工作的成绩有目共睹。\n2019年工作安排\n2019年工作总体要求是:稳中求进。"
    passages = outline(text, report(**YEAR))
    assert brief(at(text, "新增企业", passages)) == ("review", "2018", "actual")
    assert brief(at(text, "稳中求进", passages)) == ("plan", "2019", "target")
    assert len({p.section for p in passages}) == 2


def test_review_of_one_and_of_several_years_alternate() -> None:
    text = (
        "2021年和本届政府工作回顾去年是不平凡的一年。新建桥梁4座。各位代表!过去五年,我们攻坚克难。新建桥梁21座。"
        "新一届政府目标任务未来五年,是重要的五年。新建桥梁30座。2022年工作安排全市主要预期目标是:生产总值增长7%。"
    )
    passages = outline(text, report(date="2022-01-11", **YEARS))
    assert brief(at(text, "桥梁4座", passages)) == ("review", "2021", "actual")
    assert brief(at(text, "桥梁21座", passages)) == ("review_years", "2017/2021", "actual")
    assert brief(at(text, "桥梁30座", passages)) == ("plan_years", "2022/2026", "target")
    assert brief(at(text, "生产总值", passages)) == ("plan", "2022", "target")


@pytest.mark.parametrize(
    "words",
    [
        "——这五年,实力大幅跃升。",
        "“十四五”五年来,实力大幅跃升。",
        "站在“十四五”收官节点回望,五年来我们奋力拼搏。",
        "五年砥砺前行,五年春华秋实。",
        "“十四五”是我市极不平凡的五年。",
        "刚刚过去的五年,我们奋力拼搏。",
    ],
)
def test_words_that_turn_a_review_to_several_years(words: str) -> None:
    text = f"一、2025年工作回顾\n2025年,全市奋力拼搏。投资30亿元。\n{words}新修公路8公里。\n二、2026年工作安排\n新建学校5所。"
    passages = outline(text, report(date="2026-01-15", review="2025", plan="2026"))
    assert brief(at(text, "投资", passages)) == ("review", "2025", "actual")
    assert brief(at(text, "新修", passages)) == ("review_years", "2021/2025", "actual")


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("特别是2025年,全市奋力拼搏。", "review"),
        ("2025年全市上下奋力拼搏。", "review"),
        # near: a figure of that year among those of all
        ("2025年产值达到9亿元。", "review_years"),
        ("2025年,全市产值达到9亿元,年均增长7%。", "review_years"),
        ("2025年,全市产值增长7%。", "review"),
    ],
)
def test_words_that_turn_a_review_of_years_to_its_last(words: str, role: str) -> None:
    text = f"一、过去五年工作回顾\n五年来,投资30亿元。\n{words}新修公路8公里。\n二、2026年工作安排\n新建学校5所。"
    passages = outline(text, report(date="2026-01-15", review="2025", review_years="2021/2025", plan="2026"))
    assert at(text, "新修", passages).role == role


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("过去四年工作回顾", "2018/2021"),
        ("本届人民政府工作回顾", "2018/2021"),
        ("十五届政府工作回顾", "2018/2021"),
        # near: the government to come has goals
        ("新一届政府工作目标任务", "2022/2026"),
    ],
)
def test_terms_by_their_name_or_length(title: str, period: str) -> None:
    text = f"一、{title}\n新建学校50所。"
    stated = {"review": "2021", "review_years": "2018/2021", "plan": "2022", "plan_years": "2022/2026"}
    assert at(text, "学校50所", outline(text, report(date="2022-01-11", **stated))).period == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("一、过去四年工作回顾\n四年来,我们奋力拼搏。", "2018/2021"),
        ("一、本届政府工作回顾\n2019年以来,我们奋力拼搏。", "2019/2021"),
        ("一、过去五年工作回顾\n五年来,我们奋力拼搏。", "2017/2021"),
        # near: no term is reviewed
        ("一、2021年工作回顾\n四年磨一剑,我们奋力拼搏。", ""),
    ],
)
def test_how_long_the_term_was_that_is_reviewed(text: str, period: str) -> None:
    assert periods(profile("work_report"), "政府工作报告", "2022-01-11", text).review_years == period


def test_a_numbered_line_above_a_long_paragraph_is_its_heading_whatever_commas_it_has() -> None:
    heading = "(一)坚持稳中求进,综合实力跃上新的台阶"
    paragraph = "生产总值从90亿元提高到160亿元,累计完成500亿元,人均突破9万元,固定资产投资达到60亿元。"
    assert not Wrapping().soft(f"{heading}\n{paragraph}", 0, len(heading), len(heading) + 1)
    # near: the next line is as short
    assert Wrapping().soft(f"{heading}\n{paragraph[:20]}", 0, len(heading), len(heading) + 1)


def test_year_in_the_middle_of_a_review_of_years_changes_nothing() -> None:
    text = "一、过去五年工作回顾\n五年来,我们砥砺前行。2021年全市财政收入达到90亿元。新建学校50所。\n二、2022年工作安排\n新建学校6所。"
    passages = outline(text, report(date="2022-01-11", **YEARS))
    assert brief(at(text, "学校50所", passages)) == ("review_years", "2017/2021", "actual")


@pytest.mark.parametrize(
    ("title", "review", "plan"),
    [
        ("二、“十四五”时期发展成就和“十五五”时期主要目标任务", "2021/2025", "2026/2030"),
        ("“十四五”时期工作总结和“十五五”时期重点任务", "2021/2025", "2026/2030"),
    ],
)
def test_title_that_joins_review_and_plan(title: str, review: str, plan: str) -> None:
    text = f"{title}\n五年间,全省修路400公里。\n“十五五”时期,是承前启后的五年。全省修路500公里。\n三、2026年重点工作\n修路80公里。"
    years = {"review": "2025", "review_years": "2021/2025", "plan": "2026", "plan_years": "2026/2030"}
    passages = outline(text, report(date="2026-01-20", **years))
    assert brief(at(text, "全省修路400", passages)) == ("review_years", review, "actual")
    assert brief(at(text, "全省修路500", passages)) == ("plan_years", plan, "target")
    assert brief(at(text, "修路80", passages)) == ("plan", "2026", "target")


def test_list_of_industries_is_no_heading() -> None:
    text = "2018年工作回顾\n全年经济平稳。一、二、三产业增加值分别增长4%、5%、6%。\n2019年工作安排\n新增就业2万人。"
    passages = outline(text, report(**YEAR))
    assert at(text, "增加值", passages).section == "2018年工作回顾"


@pytest.mark.parametrize(
    ("title", "role", "period"),
    [
        ("一、2018年工作情况", "review", "2018"),
        ("一、过去一年的主要工作", "review", "2018"),
        ("一、过去五年的工作", "review_years", "2014/2018"),
        ("一、2018年国民经济和社会发展计划执行情况", "review", "2018"),
        ("第一部分:2018年工作总结", "review", "2018"),
        ("二、2019年经济社会发展总体要求和政策取向", "plan", "2019"),
        ("三、2019年政府工作任务", "plan", "2019"),
        ("二、下一步工作打算", "plan", "2019"),
        ("三、扎实做好2019年各项工作", "plan", "2019"),
        ("二、今后五年发展的指导思想和主要目标", "plan_years", "2019/2023"),
        ("二、新一届政府的工作目标和任务", "plan_years", "2019/2023"),
        ("二、二〇一九年工作安排", "plan", "2019"),
    ],
)
def test_titles_as_they_are_worded_elsewhere(title: str, role: str, period: str) -> None:
    years = {"review": "2018", "review_years": "2014/2018", "plan": "2019", "plan_years": "2019/2023"}
    last = outline(f"各位代表:现在报告工作。\n{title}\n企业共有30家。", report(**years))[-1]
    assert (last.role, last.period) == (role, period)
    assert last.section


def test_numbers_may_run_on_across_chapters() -> None:
    text = "一、稳增长\n(一)抓投资。投资9亿元。\n二、调结构\n(二)抓创新。建平台3个。\n(三)抓转型。技改40家。"
    passages = outline(text, report("plan", date="2016-05-20", plan="2016"))
    assert at(text, "技改", passages).section == "二、调结构 > (三)抓转型"
    assert {brief(p) for p in passages} == {("plan", "2016", "target")}


def test_annexed_tables_have_their_own_year_and_status() -> None:
    text = (
        "2018年工作回顾全市平稳发展(见附表1)。2019年工作计划全市生产总值增长8%(见附表2)。各位代表!让我们一起奋斗!"
        "附表12018年全市主要指标完成情况表序号指标单位1生产总值亿元附表22019年全市预期目标表序号指标1生产总值8"
    )
    passages = outline(text, report(**YEAR))
    assert brief(at(text, "附表12018", passages)) == ("table", "2018", "actual")
    text_two = text.replace("亿元附表2", "亿元。附表2")
    passages = outline(text_two, report(**YEAR))
    assert brief(at(text_two, "附表22019", passages)) == ("table", "2019", "target")
    assert at(text_two, "附表22019", passages).section == "2019年全市预期目标表"


def test_glossary_entries_take_the_time_of_the_part_that_uses_them() -> None:
    text = (
        "2018年工作回顾\n实施雁阵计划。\n2019年工作安排\n启动清泉工程。\n各位代表,让我们努力奋斗!\n名词解释\n"
        "1.雁阵计划:扶持50家企业。\n2.清泉工程:新建水厂6座。"
    )
    passages = outline(text, report(**YEAR))
    assert brief(at(text, "扶持50家", passages)) == ("glossary", "2018", "actual")
    assert brief(at(text, "新建水厂", passages)) == ("glossary", "2019", "target")


def test_livelihood_list_is_tasks() -> None:
    text = "2018年工作回顾\n平稳。\n2019年工作安排\n奋进。\n各位代表!让我们团结奋斗!\n附件\n2019年全省民生实事\n1.新建幼儿园30所。"
    passages = outline(text, report(**YEAR))
    assert brief(at(text, "幼儿园", passages)) == ("tasks", "2019", "target")


def test_interview_turns_to_the_future_and_back() -> None:
    text = (
        "记者:如何推动发展?\n市长:近年来引进企业80家。\n要加快项目建设。新建园区3个。\n▶改善民生\n记者:成效如何?\n市长:已建学校9所。\n"
        "上半年经济亮点\n●生产总值增长12%。\n工作清单\n●新增学位2万个。"
    )
    passages = outline(text, report("interview", date="2021-07", review="2021"))
    assert brief(at(text, "引进企业", passages)) == ("body", "2021", "actual")
    assert brief(at(text, "新建园区", passages)) == ("plan", "2021", "target")
    assert brief(at(text, "已建学校", passages)) == ("body", "2021", "actual")
    assert brief(at(text, "生产总值", passages)) == ("body", "2021-H1", "actual")
    assert brief(at(text, "新增学位", passages)) == ("plan", "2021", "target")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020年初,某市口罩紧缺。日产5万只。", "2020"),
        ("某市外贸开门红\n2021年前两个月,进出口快速增长。出口占六成。", "2021-01/2021-02"),
        ("2019年上半年,某市消费回暖。零售额80亿元。", "2019-H1"),
    ],
)
def test_news_speaks_of_the_time_it_opens_with(text: str, period: str) -> None:
    assert outline(text, report("news", date="", review="2025"))[-1].period == period


def test_extract_without_titles_is_read_by_its_verbs() -> None:
    text = "围绕目标,我们将抓好以下工作:\n一、加快产业发展\n力争新增企业30家。推进园区建设。"
    passages = outline(text, report(date="2022-01-05"))
    assert {brief(p) for p in passages} == {("plan", "2022", "target")}


def test_given_year_comes_from_the_date_or_the_periods() -> None:
    assert given_year(report(date="2018-01-18")) == 2018
    assert given_year(report(date="", plan="2020")) == 2020
    assert given_year(report(date="2018-12-28", plan="2019")) == 2019
    assert given_year(report(date="", review="2019")) == 2020
    assert given_year(report("news", date="", review="2019")) == 2019
    assert given_year(report(date="")) == 0


def test_empty_text_has_no_passages() -> None:
    assert outline("", report()) == []


@pytest.mark.parametrize(
    "piece",
    [
        "一、",
        "(一)",
        "附表1。",
        "各位代表!",
        "名词解释甲:乙。",
        "2018年工作回顾",
        "“十三五”时期",
        "《",
        "工作",
        "附表\n",
    ],
)
def test_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    # benchmarks/ measures how the time grows; here a text that took quadratic time would not come to an end.
    passages = outline(piece * 16_000, report(**YEAR))
    assert passages[-1].stop == len(piece) * 16_000


REVIEWED = "全市已建成道路8条，完成投资30亿元，比上年增长5%。\n" * 40
PLANNED = "我们将修建道路9条，力争完成投资40亿元，加快推进项目建设。\n" * 60


@pytest.mark.parametrize(
    "heading",
    [
        "二、2019年工作安排",
        "## 二、2019年工作安排",
        "**二、2019年工作安排**",
        "<p>二、2019年工作安排</p>",
        "&nbsp;&nbsp;二、2019年工作安排",
        "第二部分 2019年工作安排",
        "【2019年工作安排】",
        "■2019年工作安排",
        "2.2019年工作安排",
        "（二）2019年工作安排",
    ],
)
def test_headings_of_many_forms(heading: str) -> None:
    text = f"一、2018年工作回顾\n{REVIEWED}{heading}\n{PLANNED}"
    passages = outline(fold(text, 0, len(text)).text, report(**YEAR))
    assert [brief(one) for one in passages] == [("review", "2018", "actual"), ("plan", "2019", "target")]
    assert all(one.sure == 1 for one in passages)


@pytest.mark.parametrize(
    ("title", "role", "period"),
    [
        ("一、砥砺奋进、再谱新篇的2018年工作回顾", "review", "2018"),
        ("一、“十五”时期经济和社会发展情况总体回顾", "review_years", "2001/2005"),
    ],
)
def test_a_numbered_line_that_names_a_time_looks_back(title: str, role: str, period: str) -> None:
    text = f"{title}\n{REVIEWED}二、2019年工作安排\n{PLANNED}"
    assert brief(outline(fold(text, 0, len(text)).text, report(**YEAR))[0]) == (role, period, "actual")


def test_a_plan_that_still_runs_is_told_up_to_the_year_reviewed() -> None:
    text = f"一、2018年工作回顾\n“十三五”以来，全市新建学校9所。\n{REVIEWED}二、2019年工作安排\n{PLANNED}"
    found = outline(fold(text, 0, len(text)).text, report(**YEAR))
    assert ("review_years", "2016/2018", "actual") in map(brief, found)


@pytest.mark.parametrize("review", ["一、2018年工作回顾\n", ""])
def test_without_a_heading_the_moods_tell_where_the_plan_begins(review: str) -> None:
    text = fold(review + REVIEWED + PLANNED, 0, len(review + REVIEWED + PLANNED)).text
    passages = outline(text, report(**YEAR))
    assert brief(at(text, "道路8条", passages)) == ("review", "2018", "actual")
    assert brief(at(text, "道路9条", passages)) == ("plan", "2019", "target")
    assert passages[-1].start == text.index("我们将修建")
    assert {one.sure for one in passages} == {0.6}
    assert doubt(passages)


def test_a_report_without_a_word_of_the_future_is_doubted() -> None:
    text = fold("一、2018年工作回顾\n" + REVIEWED * 2, 0, len(REVIEWED) * 2).text
    passages = outline(text, report(**YEAR))
    assert {brief(one) for one in passages} == {("review", "2018", "actual")}
    assert doubt(passages)
    assert not doubt(outline(text[:1000], report(**YEAR))), "a short text is an extract"


def test_the_last_of_several_years_holds_until_they_are_named_again() -> None:
    text = (
        "一、过去五年工作回顾\n五年来,我们砥砺前行。新建学校50所。特别是刚刚过去的2021年,我们迎难而上。新建学校7所。新建医院2家。"
        "五年来,我们改善民生。新建公园9个。\n二、2022年工作安排\n新建学校6所。"
    )
    passages = outline(text, report(date="2022-01-11", **YEARS))
    assert [at(text, words, passages).period for words in ("学校50", "学校7", "医院2", "公园9", "学校6")] == [
        "2017/2021",
        "2021",
        "2021",
        "2017/2021",
        "2022",
    ]


def test_a_numbered_sentence_that_begins_with_its_time_stands_for_a_title() -> None:
    text = (
        "一、过去五年,我们奋力前行\n“十三五”末,产值90亿元。\n(一)五年来,我们做强产业。新建学校50所。\n"
        "(二)抓好民生。新建公园9个。\n二、今后五年,我们要再创佳绩。新建医院3家。\n三、2022年,我们要开好局。新建泵站2座。"
    )
    passages = outline(text, report(date="2022-01-11", **YEARS))
    assert [brief(at(text, words, passages))[:2] for words in ("产值", "学校", "公园", "医院", "泵站")] == [
        ("review_years", "2017/2021"),
        ("review_years", "2017/2021"),
        ("review_years", "2017/2021"),
        ("plan_years", "2022/2026"),
        ("plan", "2022"),
    ]


@pytest.mark.parametrize(
    "words", ["二、2021年规模工业企业突破90家。", "(二)过去的短板逐步补齐。", "二、未来产业加快布局。"]
)
def test_a_numbered_sentence_about_something_else_is_no_title(words: str) -> None:
    text = f"一、2021年工作回顾\n2021年,我们奋力拼搏。产值90亿元。\n{words}新建学校5所。\n三、2022年工作安排\n新建泵站2座。"
    passages = outline(text, report(date="2022-01-11", **YEARS))
    assert brief(at(text, "新建学校", passages)) == ("review", "2021", "actual")
