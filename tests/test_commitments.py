"""Numbered tasks, livelihood projects and undertakings, with their agencies."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.documents.outline import outline
from pipeline.documents.split import split
from pipeline.models import Passage, Report, ReportPeriod
from pipeline.reading.structures import Commitment
from pipeline.reading.structures.commitments import find_commitments
from pipeline.text.chinese_numbers import small_number
from pipeline.text.fold import fold
from pipeline.text.sources import read_source

REPORTS = Path(__file__).parent.parent / "reports"


def report(kind: str, text: str) -> Report:
    periods = (ReportPeriod("plan", "2030"),)
    return Report("x", kind, "x.txt", 0, len(text), ((0, len(text)),), "", "utf-8", "cn", periods=periods)


def plan(text: str) -> list[Commitment]:
    return find_commitments(text, report("plan", text), [Passage(0, len(text), "plan", "2030", "target", "")])


def agencies(brackets: str) -> list[tuple[str, str, bool]]:
    text = f"(一)修路。修路十条。{brackets}\n(二)架桥。架桥两座。"
    return [(agency.name, agency.role, agency.open_ended) for agency in plan(text)[0].agencies]


@pytest.mark.parametrize(
    ("written", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("四十七", 47), ("第三", 3), ("十十", 0), ("元", 0)],
)
def test_small_number(written: str, value: int) -> None:
    assert small_number(written) == value


def test_tasks_of_a_plan() -> None:
    text = (
        "一、抓建设\n(一)修路。9月底前修好(含桥)十条路,投资3亿元。(市交通局、市财政局等)\n(二)种树。种树2万亩。(市林业局)\n"
        "二、抓民生\n(三)办学。办学三所:1.甲校;2.乙校。(市教育局)\n附件:项目表"
    )
    tasks = plan(text)
    assert [(task.number, task.title) for task in tasks] == [("一", "修路"), ("二", "种树"), ("三", "办学")]
    assert {task.kind for task in tasks} == {"task"}
    assert (tasks[0].deadline, tasks[0].deadline_text) == ("2030-09", "9月底前")
    assert tasks[2].text == "(三)办学。办学三所:1.甲校;2.乙校。(市教育局)"
    assert all(text[task.start : task.stop] == task.text for task in tasks)
    assert all(text[task.number_start : task.number_stop] == task.number for task in tasks)


def test_a_number_in_a_sentence_is_no_task() -> None:
    text = "(一)修路。推进(三)期工程。(二)架桥。在甲路(一)段架桥。(三)植树。植树。"
    assert [task.title for task in plan(text)] == ["修路", "架桥", "植树"]


@pytest.mark.parametrize(
    ("brackets", "expected"),
    [
        ("(市教育局、市财政局等)", [("市教育局", "responsible", False), ("市财政局", "responsible", True)]),
        ("(市教育局、市财政局落实,下同)", [("市教育局", "responsible", False), ("市财政局", "responsible", False)]),
        (
            "(市水务局,东区、西区、南山县政府等)",
            [
                ("市水务局", "responsible", False),
                ("东区政府", "responsible", False),
                ("西区政府", "responsible", False),
                ("南山县政府", "responsible", True),
            ],
        ),
        (
            "[各县(市、区)政府,甲新区、乙试验区(东片)管委会]",
            [
                ("各县(市、区)政府", "responsible", False),
                ("甲新区管委会", "responsible", False),
                ("乙试验区(东片)管委会", "responsible", False),
            ],
        ),
        (
            "(市住建局牵头,市财政局、市审计局配合)",
            [("市住建局", "lead", False), ("市财政局", "support", False), ("市审计局", "support", False)],
        ),
        (
            "(牵头单位:市民政局;配合单位:市残联、市妇联)",
            [("市民政局", "lead", False), ("市残联", "support", False), ("市妇联", "support", False)],
        ),
        ("(含改建、扩建)", []),
    ],
)
def test_agencies(brackets: str, expected: list[tuple[str, str, bool]]) -> None:
    assert agencies(brackets) == expected


def test_agencies_are_handed_on_where_only_they_can_be_meant() -> None:
    text = "(一)修路。修路。(市交通局,下同)\n(二)架桥。架桥。\n(三)种树。种树。(市林业局)\n(四)浇水。浇水。"
    assert [[agency.name for agency in task.agencies] for task in plan(text)] == [
        ["市交通局"],
        ["市交通局"],
        ["市林业局"],
        [],
    ]


def work_report(text: str) -> list[Commitment]:
    folded = fold(text, 0, len(text)).text
    about = report("work_report", text)
    return find_commitments(folded, about, outline(folded, about))


def test_undertakings_of_the_plan_part_only() -> None:
    text = (
        "各位代表:\n一、2029年工作回顾\n(一)经济增长。增长5%。\n(二)民生改善。新增学位100个。\n二、2030年工作安排\n"
        "(一)发展工业。一是引进企业10家;二是新增用地200亩。\n(二)发展农业。种粮3万亩。\n各位代表!让我们团结奋斗,开启新征程!"
    )
    found = work_report(text)
    assert [(c.number, c.title, c.parent) for c in found] == [
        ("一", "发展工业", None),
        ("一", "引进企业10家", 0),
        ("二", "新增用地200亩", 0),
        ("二", "发展农业", None),
    ]
    assert found[3].text == "(二)发展农业。种粮3万亩。"


def test_livelihood_projects_in_one_sentence() -> None:
    text = "2030年工作安排\n努力改善民生。办好三件民生实事:新建公园3个;改造老旧小区20个,惠及2000户;新增学位500个。抓好稳定工作。"
    found = [c for c in work_report(text) if c.kind == "livelihood"]
    assert [c.text for c in found] == ["新建公园3个", "改造老旧小区20个,惠及2000户", "新增学位500个"]


def test_livelihood_projects_in_sentences() -> None:
    text = "2030年工作安排\n今年办好3件民生实事。一是建公园3个。二是修路5条。三是装灯300盏。我们要努力工作。"
    found = [c for c in work_report(text) if c.kind == "livelihood"]
    assert [(c.number, c.title) for c in found] == [("一", "建公园3个"), ("二", "修路5条"), ("三", "装灯300盏")]


def test_livelihood_projects_in_a_table_that_runs_together() -> None:
    text = "2030年甲市两项民生实事序号项目任务目标一改善出行1修路12条。2建桥2座。二照护老人3新增床位50张。4给80岁老人送餐。名词解释"
    found = work_report("2029年工作回顾完成很多。2030年工作安排继续努力。" + text)
    assert [(c.number, c.title, c.parent) for c in found] == [
        ("一", "改善出行", None),
        ("1", "修路12条", 0),
        ("2", "建桥2座", 0),
        ("二", "照护老人", None),
        ("3", "新增床位50张", 3),
        ("4", "给80岁老人送餐", 3),
    ]
    assert found[0].text == "一改善出行1修路12条。2建桥2座。"


def test_livelihood_projects_in_an_annex() -> None:
    text = (
        "2029年工作回顾\n成绩很多,成绩很大,成绩来之不易。\n2030年工作安排\n继续努力,再接再厉,争取更大成绩。\n附件\n2030年民生实事\n"
        "1.建公园3个(牵头单位:住建局)。\n2.修路5条;装灯300盏(牵头单位:交通局、供电局)。\n3.送戏下乡20场(牵头单位:文旅局)。"
    )
    found = [c for c in work_report(text) if c.kind == "livelihood"]
    assert [(c.number, c.title, len(c.agencies)) for c in found] == [
        ("1", "建公园3个", 1),
        ("2", "修路5条", 2),
        ("3", "送戏下乡20场", 1),
    ]


def test_what_was_done_is_no_commitment() -> None:
    text = "2029年工作回顾\n十件民生实事全部完成:建成公园3个;修路5条;装灯300盏。\n2030年工作安排\n继续努力。"
    assert not work_report(text)


def test_deadlines() -> None:
    text = "(一)甲。上半年完成。\n(二)乙。三年内完成。\n(三)丙。2031年6月30日前完成,年内开工。\n(四)丁。年底总结。"
    assert [task.deadline for task in plan(text)] == ["2030-H1", "", "2031-06-30", ""]


@pytest.mark.parametrize("seed", range(3))
def test_hostile_input(seed: int) -> None:
    pieces = [
        "一、",
        "(一)",
        "(二)",
        "1.",
        "2.",
        "一是",
        "二是",
        "。",
        "\n",
        "年内",
        "十件民生实事:",
        ";",
        "序号项目任务目标",
        "一甲1乙。2丙。",
        "(市甲局、",
        ")",
        "附件",
    ]
    rng = random.Random(seed)
    text = "2030年工作安排\n" + "".join(rng.choice(pieces) for _ in range(30_000))
    begin = time.process_time()
    plan(text)
    about = report("work_report", text)
    find_commitments(text, about, [Passage(0, len(text), "plan", "2030", "target", "")])
    assert time.process_time() - begin < 5


def commitments_of(name: str) -> dict[str, list[Commitment]]:
    source = read_source(REPORTS / name)
    found = {}
    for about in split(source):
        if about.kind in ("plan", "work_report"):
            folded = fold(source.text, about.start, about.stop).text
            found[about.report_id] = find_commitments(folded, about, outline(folded, about))
    return found


def test_the_tasks_of_the_plan() -> None:
    (tasks,) = commitments_of("zhaoqing-2016-plan.txt").values()
    assert [small_number(task.number) for task in tasks] == list(range(1, 48))
    assert [len(task.agencies) for task in tasks[-4:]] == [8, 0, 0, 0]
    assert all(
        task.agencies and task.agencies[-1].open_ended == task.text.rstrip(")]").endswith(("等", "等落实,下同"))
        for task in tasks[:44]
    )
    assert len({agency.name for task in tasks for agency in task.agencies}) > 50


def test_the_livelihood_projects_of_2018() -> None:
    found = commitments_of("guangdong-2018-collection.txt")
    kaiping = [c for c in found["cn-440783-2018-work-report"] if c.kind == "livelihood"]
    assert sum(c.parent is None for c in kaiping) == 10
    assert [int(c.number) for c in kaiping if c.parent is not None] == list(range(1, 37))
    assert sum(c.kind == "livelihood" for c in found["cn-440800-2018-work-report"]) == 10
