"""Kinds of documents: their profiles are the only place that knows them."""

import json
import re
from pathlib import Path

import pytest

from pipeline.documents.outline import outline
from pipeline.documents.profiles import is_read, profile, profiles
from pipeline.documents.split import split
from pipeline.models import Report, Source
from pipeline.text.fold import fold

ROOT = Path(__file__).parent.parent
KINDS = [one.kind for one in profiles()]
_ASKED = re.compile(
    r"""kind["'\])]*\s*(?:==|!=|(?:not )?in)\s*[("'\[{]*(?:%s)\b|["'](?:%s)["']\s*(?:==|!=)"""
    % (("|".join(KINDS),) * 2)
)


def test_no_code_asks_for_a_kind_by_name() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "pipeline").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _ASKED.search(line)
    ]
    assert asked == []


@pytest.mark.parametrize("line", ['if report.kind == "plan":', 'row["kind"] in ("news", "other")', "kind = 'residue'"])
def test_that_would_be_noticed(line: str) -> None:
    assert bool(_ASKED.search(line)) == ("==" in line or " in " in line)


def test_every_kind_may_stand_in_the_tables() -> None:
    for name in ("reports", "observations_flat"):
        fields = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))["fields"]
        stated = next(field for field in fields if field["name"] in ("kind", "report_kind"))["constraints"]["enum"]
        assert {*stated, "residue"} == set(KINDS)


def test_every_key_is_explained() -> None:
    guide = (ROOT / "pipeline/vocabulary/profiles/README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"\w+", " ".join(row.split("|")[1] for row in guide.splitlines() if row[:1] == "|")))
    stated = set()
    for path in (ROOT / "pipeline/vocabulary/profiles").glob("*.yaml"):
        stated |= set(re.findall(r"^(\w+):", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert stated <= explained


def test_only_what_is_left_over_is_not_read() -> None:
    assert [kind for kind in KINDS if not is_read(kind)] == ["residue"]
    assert not profile("news").may_be_shown
    assert profile("budget").may_be_shown


def only(text: str, **facts: object) -> Report:
    reports = [report for report in split(Source("a.txt", text, "utf-8", facts)) if is_read(report.kind)]
    assert len(reports) == 1
    return reports[0]


def moods(text: str, report: Report) -> dict[str, tuple[str, str]]:
    """Period and status of the passage in which each word in 「」 stands."""
    folded = fold(text, report.start, report.stop)
    passages = outline(folded.text, report)
    found = {}
    for word in re.finditer("「(.+?)」", folded.text):
        passage = next(one for one in passages if one.start <= word.start() < one.stop)
        found[word[1]] = passage.period, passage.status
    return found


BUDGET = (
    "关于佛山市2023年预算执行情况和2024年预算草案的报告\n——2024年1月9日在佛山市第十六届人民代表大会第四次会议上\n佛山市财政局\n"
    "各位代表：\n受市人民政府委托，现将预算执行情况和预算草案提请大会审查。\n一、2023年财政预算执行情况\n（一）一般公共预算\n"
    "全市一般公共预算收入「已收」800亿元。\n二、2024年财政预算草案\n（一）一般公共预算\n全市一般公共预算收入「拟收」830亿元。\n"
)
PLAN_EXECUTION = BUDGET.replace(
    "2023年预算执行情况和2024年预算草案", "2023年国民经济和社会发展计划执行情况与2024年计划草案"
)
PLAN_EXECUTION = PLAN_EXECUTION.replace("2023年财政预算执行情况", "2023年国民经济和社会发展计划执行情况")
PLAN_EXECUTION = PLAN_EXECUTION.replace("2024年财政预算草案", "2024年国民经济和社会发展计划")
COMMUNIQUE = "2022年佛山市国民经济和社会发展统计公报\n佛山市统计局\n（2023年3月20日）\n一、综合\n全年地区「生产」总值1.2万亿元，增长2.1%。\n"
OUTLINE = (
    "佛山市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n第一章 发展环境\n第一节 “十三五”时期发展成就\n新建「学校」50所。\n"
    "第二章 总体要求\n第一节 主要目标\n到2025年，「人口」达到1000万人。\n"
)
PARTY = (
    "乘势而上 奋力争先\n——在中国共产党佛山市第十三次代表大会上的报告\n（2021年10月8日）\n李某某\n同志们：\n"
    "现在，我代表中共佛山市第十二届委员会向大会作报告。\n一、过去五年的工作\n五年来，新建「桥梁」20座。\n二、今后五年的奋斗目标\n再建「隧道」9条。\n"
)
NEWS = "佛山外贸开门红\n本报佛山2022年7月12日讯（记者 张某）今年上半年，佛山市「出口」1200亿元，增长12%。\n"


@pytest.mark.parametrize(
    ("text", "kind", "identifier", "date", "title", "parts"),
    [
        (
            BUDGET,
            "budget",
            "cn-440600-2024-budget",
            "2024-01-09",
            "关于佛山市2023年预算执行情况和2024年预算草案的报告",
            {"已收": ("2023", "actual"), "拟收": ("2024", "target")},
        ),
        (
            "佛山市2024年1—4月财政预算执行情况\n佛山市财政局\n2024年5月16日\n一、收入\n全市一般公共预算收入「累计」300亿元。\n",
            "budget",
            "cn-440600-2024-budget",
            "2024-05-16",
            "佛山市2024年1—4月财政预算执行情况",
            {"累计": ("2024-01/2024-04", "actual")},
        ),
        (
            PLAN_EXECUTION,
            "plan_execution",
            "cn-440600-2024-plan-execution",
            "2024-01-09",
            "关于佛山市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告",
            {"已收": ("2023", "actual"), "拟收": ("2024", "target")},
        ),
        (
            COMMUNIQUE,
            "communique",
            "cn-440600-2022-communique",
            "2023-03-20",
            "2022年佛山市国民经济和社会发展统计公报",
            {"生产": ("2022", "actual")},
        ),
        (
            OUTLINE,
            "outline",
            "cn-440600-2021-outline",
            "",
            "佛山市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
            {"学校": ("2016/2020", "actual"), "人口": ("2021/2025", "target")},
        ),
        (
            PARTY,
            "congress_report",
            "cn-440600-2021-congress-report",
            "2021-10-08",
            "乘势而上 奋力争先",
            {"桥梁": ("2017/2021", "actual"), "隧道": ("2022/2026", "target")},
        ),
        (
            NEWS,
            "news",
            "cn-440600-2022-news-",
            "2022-07-12",
            "佛山外贸开门红",
            {"出口": ("2022-H1", "actual")},
        ),
        (
            "佛山年鉴2022\n【概况】 佛山市位于广东省中部，全市总面积「辽阔」3798平方千米，辖5个区、21个镇。2021年，常住人口961万人。\n",
            "yearbook",
            "cn-440600-2021-yearbook",
            "",
            "佛山年鉴2022",
            {"辽阔": ("2021", "actual")},
        ),
        (
            "在佛山市经济工作座谈会上的讲话\n（2022年8月3日）\n全市已建「公园」30个。\n",
            "other",
            "cn-440600-2022-other-",
            "2022-08-03",
            "在佛山市经济工作座谈会上的讲话",
            {"公园": ("2022", "actual")},
        ),
    ],
)
def test_a_document_of_each_kind(
    text: str, kind: str, identifier: str, date: str, title: str, parts: dict[str, tuple[str, str]]
) -> None:
    report = only(text)
    assert (report.kind, report.date, report.title) == (kind, date, title)
    assert re.fullmatch(identifier + ("[0-9a-f]{6}" if identifier.endswith("-") else ""), report.report_id)
    assert moods(text, report) == parts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("关于佛山市2023年预算执行情况和2024年预算草案的决议\n会议同意该报告，预算收入为800亿元。\n", "other"),
        ("《佛山市统计公报》解读\n本报讯（记者 张某）公报显示，全市生产总值增长2.1%，人口增加3万人。\n", "news"),
        ("佛山市人民政府关于印发预算管理办法的通知\n各区人民政府：\n现将《办法》印发给你们。\n", "plan"),
        (
            "2019年政府工作报告\n各位代表：\n现在，我代表市人民政府向大会报告工作，连同《预算报告》一并审议。\n",
            "work_report",
        ),
    ],
)
def test_near_misses(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("政府工作报告（摘要）", "work_report"),
        ("2023年云溪镇人民政府工作报告", "work_report"),
        ("在佛山市第十四届人民代表大会第一次会议上的政府工作报告", "work_report"),
        ("佛山市人民检察院工作报告", "other"),
        ("关于佛山市2022年市级决算（草案）的报告", "budget"),
        ("佛山市2024年财政预算调整方案（草案）的报告", "budget"),
        ("2023年6月佛山市财政收支情况", "budget"),
        ("佛山市2024年上半年国民经济和社会发展计划执行情况的报告", "plan_execution"),
        ("佛山市第七次全国人口普查公报（第一号）", "communique"),
        ("佛山市“十四五”教育发展规划", "outline"),
        ("佛山市人民政府关于印发佛山市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要的通知", "outline"),
        ("佛山市人民政府关于印发2024年重点工作分工方案的通知", "plan"),
        ("佛山市推动制造业发展三年行动计划（2023—2025年）", "plan"),
        ("南海区概况", "yearbook"),
        ("佛山市2023年生产总值增长5%", "news"),
        ("《政府工作报告》解读：十个关键词", "news"),
        ("2024年政府工作报告亮点速览", "news"),
        ("佛山市市长李某某作政府工作报告", "news"),
        ("关于佛山市2023年预算执行情况和2024年预算的决议", "other"),
    ],
)
def test_titles_tell_the_kind_and_stay_as_they_stand(title: str, kind: str) -> None:
    report = only(f"{title}\n全市上下共同努力，新建学校9所，人民生活改善。\n各方面都有进步，企业增加3家。\n")
    assert (report.kind, report.title) == (kind, title)


def test_plan_and_budget_of_one_congress_have_two_identifiers() -> None:
    assert only(BUDGET).report_id != only(PLAN_EXECUTION).report_id


def test_news_of_one_place_and_year_have_their_own_identifiers() -> None:
    other = NEWS.replace("外贸开门红", "工业新变化")
    assert only(NEWS).report_id != only(other).report_id
    assert only(NEWS).report_id == only(NEWS.replace("1200", "1300")).report_id


def test_an_identifier_may_be_stated() -> None:
    assert only(BUDGET, id="foshan-budget-2024").report_id == "foshan-budget-2024"


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("政 府 工 作 报 告\n（二〇二四年一月十六日）\n", "政府工作报告", "2024-01-16"),
        ("# 政府工作报告\n（2024年01月06日）\n", "政府工作报告", "2024-01-06"),
        (
            "首页 | 政务公开 | 网站地图\n政府工作报告\n——2024年1月6日在佛山市第十六届人民代表大会第四次会议上\n",
            "政府工作报告",
            "2024-01-06",
        ),
        ("---\ntitle: 政府工作报告\ndate: 2024-01-06\n---\n", "政府工作报告", ""),
        ("新华社佛山1月6日电 政府工作报告\n", "政府工作报告", ""),
        (
            "2024年政府工作报告——2024年1月6日在佛山市第十六届人民代表大会第四次会议上　　",
            "2024年政府工作报告",
            "2024-01-06",
        ),
    ],
)
def test_titles_and_dates_in_many_forms(head: str, title: str, date: str) -> None:
    text = f"{head}佛山市市长 李某某\n各位代表：\n现在，我代表佛山市人民政府，向大会报告工作。\n一、2023年工作回顾\n新建学校9所。\n"
    report = only(text)
    assert (report.kind, report.title, report.date) == ("work_report", title, date)


def test_a_title_broken_over_lines() -> None:
    text = BUDGET.replace("执行情况和2024年预算草案的报告", "执行情况\n和2024年预算草案的报告", 1)
    assert only(text).title == "关于佛山市2023年预算执行情况和2024年预算草案的报告"


@pytest.mark.parametrize(
    ("facts", "head", "period"),
    [
        ({}, "（2024年6月12日）\n", "2024-01/2024-05"),
        ({}, "发布时间：2024-06-12　来源：某某网\n", "2024-01/2024-05"),
        ({"date": "2025-01-20"}, "", "2024-01/2024-05"),
        ({"date": "2025-07-20"}, "", "2025-01/2025-05"),
        ({}, "", ""),
    ],
)
def test_months_without_a_year(facts: dict[str, object], head: str, period: str) -> None:
    text = f"佛山市财政运行情况\n{head}元至5月，全市累计完成一般公共预算「收入」300亿元，增长2%。\n"
    report = only(text, place="佛山市", **facts)
    assert moods(text, report) == {"收入": (period, "actual")}


SHORT = (
    "{name}2025年政府工作报告\n——2025年1月8日在{name}第十七届人民代表大会第五次会议上\n{name}人民政府县长 张某\n各位代表：\n"
    "现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2024年工作回顾\n全县地区生产总值增长5.2%，各项事业都有进步，"
    "人民生活继续改善，社会大局保持稳定，财政收入平稳增长。\n二、2025年工作安排\n地区生产总值增长5.5%左右，城镇新增就业2000人。\n"
)


def test_short_reports_with_heads_of_their_own_are_told_apart() -> None:
    text = SHORT.format(name="婺源县") + SHORT.format(name="安吉县")
    assert [report.place_id for report in split(Source("a.txt", text, "utf-8"))] == ["cn-361130", "cn-330523"]
    twice = SHORT.format(name="婺源县") * 2
    assert len([report for report in split(Source("a.txt", twice, "utf-8")) if is_read(report.kind)]) == 1
