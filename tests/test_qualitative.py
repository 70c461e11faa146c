"""Targets without a number."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.documents.outline import outline
from pipeline.documents.split import split
from pipeline.knowledge import vocabulary
from pipeline.models import Passage
from pipeline.reading.structures.qualitative import find_qualitative_targets, find_relation, find_target_lists
from pipeline.reading.structures.tables import find_tables
from pipeline.text.fold import fold
from pipeline.text.sources import read_source

REPORTS = Path(__file__).parent.parent / "reports"


def read(items: str) -> list[tuple[str, str, str]]:
    text = f"2030年全市经济社会发展主要预期目标是:地区生产总值增长5%左右,新增就业3万人,{items}。围绕上述目标,重点抓好十项工作。"
    passages = [Passage(0, len(text), "plan", "2030", "target", "")]
    targets = find_qualitative_targets(text, passages, find_target_lists(text, passages))
    assert all(target.period == "2030" for target in targets)
    assert all(text[target.start : target.stop] == target.text for target in targets)
    assert all(text[target.indicator_start : target.indicator_stop] == target.indicator for target in targets)
    return [(target.indicator, target.relation, target.reference) for target in targets]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("居民收入增长与经济增长基本同步", [("居民收入", "in_step_with", "经济增长")]),
        (
            "财政收入、居民收入和经济增长保持同步",
            [("财政收入", "in_step_with", "经济增长"), ("居民收入", "in_step_with", "经济增长")],
        ),
        ("投资增速高于全省平均水平", [("投资", "above", "全省平均水平")]),
        (
            "居民收入快于经济增长、高于全省平均水平",
            [("居民收入", "above", "经济增长"), ("居民收入", "above", "全省平均水平")],
        ),
        ("固定资产投资增速保持在全省平均水平以上", [("固定资产投资", "not_below", "全省平均水平")]),
        ("外贸进出口力争实现正增长", [("外贸进出口", "positive", "")]),
        ("物价总水平保持基本稳定", [("物价总水平", "keep_stable", "")]),
        ("进出口稳中有升", [("进出口", "flat_or_rising", "")]),
        ("单位生产总值能耗控制在省下达目标以内", [("单位生产总值能耗", "as_assigned", "省下达目标")]),
        (
            "完成省下达的节能降碳和主要污染物减排任务",
            [("节能降碳", "as_assigned", "省下达"), ("主要污染物减排", "as_assigned", "省下达")],
        ),
        ("空气质量稳定达标", [("空气质量", "reach_standard", "")]),
        ("社会消费品零售总额增长6%,力争取得更好结果", [("社会消费品零售总额", "better", "")]),
        ("空气质量达标天数300天", []),
        ("城镇调查失业率5.5%左右", []),
        ("粮食产量稳定在90万吨", []),
    ],
)
def test_relations(items: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(items) == expected


def test_a_list_in_several_sentences() -> None:
    text = "经济主要预期目标是:地区生产总值增长5%。固定资产投资增长6%,出口增长7%。粮食等指标完成任务。各级要抓好落实,努力工作,不断前进。"
    ((start, stop),) = find_target_lists(text, [])
    assert text[start:stop].startswith("地区")
    assert text[start:stop].endswith("完成任务")


def test_a_list_with_an_item_a_line() -> None:
    text = "主要预期目标是:\n——地区生产总值增长5%;\n——出口增长7%左右。\n——城镇新增就业3万人。\n重点做好十项工作,新建学校8所。"
    ((start, stop),) = find_target_lists(text, [])
    assert text[start:stop].endswith("城镇新增就业3万人")


def test_no_list_in_the_review_or_in_prose() -> None:
    text = "年初确定的主要预期目标是:地区生产总值增长5%,出口增长7%。"
    assert not find_target_lists(text, [Passage(0, len(text), "review", "2029", "actual", "")])
    assert not find_target_lists("我们的主要目标是:发展更好,生活更美,生态更优。", [])


def test_rows_of_tables_with_words() -> None:
    text = "附表2031年甲市主要预期目标表序号指标预期增长目标(%)1地区生产总值62居民收入与经济增长同步3进出口总额4"
    (target,) = find_qualitative_targets(text, [], [], find_tables(fold(text, 0, len(text)), text))
    assert (target.indicator, target.relation, target.reference, target.period) == (
        "居民收入",
        "in_step_with",
        "经济增长",
        "2031",
    )


def test_the_vocabulary_is_complete() -> None:
    relations = vocabulary("relations")["relations"]
    assert len({relation["id"] for relation in relations}) == len(relations)
    assert all(relation["name_zh"] and relation["name_en"] for relation in relations)


@pytest.mark.parametrize(
    "unit", ["主要预期目标是:", "与经济增长", "力争努力确保", "目标是:增长5%,", "完成国家下达的、"]
)
def test_hostile_input(unit: str) -> None:
    text = "主要预期目标是:" + unit * 20_000
    begin = time.process_time()
    find_qualitative_targets(text, [], find_target_lists(text, []))
    find_relation(text[:120])
    assert time.process_time() - begin < 5


def test_random_input() -> None:
    rng = random.Random(1)
    text = "".join(
        rng.choice(["主要目标是:", "增长", "5%", ",", "。", "与", "同步", "、", "\n", "完成", "任务"])
        for _ in range(30_000)
    )
    find_qualitative_targets(text, [], find_target_lists(text, []))


def test_every_work_report_of_the_sources_has_its_list() -> None:
    for name in ("guangdong-2018-collection.txt", "sichuan-tianjin-zhaoqing-collection.txt"):
        source = read_source(REPORTS / name)
        for about in split(source):
            if about.kind == "work_report":
                text = fold(source.text, about.start, about.stop).text
                assert len(find_target_lists(text, outline(text, about))) == 1, about.report_id
