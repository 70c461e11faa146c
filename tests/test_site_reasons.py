"""Findings and outcomes in Chinese."""

import re

import pytest

from pipeline.build import build
from pipeline.collection.outcomes import REASONS
from pipeline.site import reasons
from pipeline.site.data import Data, load
from pipeline.site.reasons import finding_text, outcome_reason
from pipeline.site.settings import Settings
from pipeline.site.tongue import WORDS, Tongue
from pipeline.unit_table import entries

EN, ZH = Tongue("en"), Tongue("zh")
LATIN = re.compile(r"[A-Za-z]{3,}")
PLAN = (
    "今年主要预期目标：地区生产总值增长8%左右，粮食产量10万吨，城镇新增就业1万人，规模以上工业增加值增长9%以上。"
    "力争旅游总收入突破20亿元。新建公路20公里。全年可比价税收增长5%。"
)
REVIEW = (
    "过去一年，地区生产总值400亿元，增长7.6%。服务业增加值占比104%。全年安排事项200件。其中已完成190件。事项完成率达到98%。"
    "完成投资80亿元,其中工业投资90亿元。进出口总额30亿元,出口10亿元,进口15亿元。园区税收增长99999%。工业用电量12—10亿千瓦时。"
    "人均粮食产量居全省第0位。粮食产量9.5万吨，城镇新增就业1万人，规模以上工业增加值增长8%以上，新建公路15公里。到2027年末已完成技改投资5亿元。"
)


def report(year: int, review: str, plan: str) -> str:
    return (
        f"{year}年政府工作报告\n（{year}年1月23日在怀集县第十六届人民代表大会第四次会议上）\n怀集县人民政府县长 张三\n"
        f"各位代表：\n现在，我代表县人民政府，向大会报告政府工作，请予审议。\n一、{year - 1}年工作回顾\n{review}\n"
        f"二、{year}年工作安排\n{plan}{'我们要抓好各项工作。' * 40}\n"
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Data:
    folder = tmp_path_factory.mktemp("reasons")
    (folder / "reports").mkdir()
    for year, review, plan in ((2018, "过去一年，地区生产总值200亿元。", PLAN), (2019, REVIEW, "")):
        (folder / "reports" / f"{year}.txt").write_text(report(year, review, plan), encoding="utf-8")
    build(folder / "reports", folder / "packages", workers=1)
    return load(folder / "packages", folder / "reports", folder / "none.json", Settings())


def test_every_reason_has_words_in_both_languages():
    assert set(REASONS) == {*reasons._REASONS, *reasons._DIFFER, "vague"}


def test_findings_are_chinese_on_chinese_pages(data):
    rows = data.stored.first_findings(1_000)
    rules = {row["rule"] for row in rows}
    assert {"share_above_whole", "rate_against_counts", "part_above_whole", "sum_against_parts"} <= rules
    assert {"growth_against_levels", "percent_range", "rank_range"} <= rules
    for row in rows:
        assert finding_text(EN, row) == row["message_en"]
        text = finding_text(ZH, row)
        assert not LATIN.search(text), text
        assert "None" not in text


def test_outcomes_say_why(data):
    found = {row["note"]: row for row in data.outcomes_of_place("cn-441224")}
    assert len(found) >= 4
    for note, row in found.items():
        english, chinese = outcome_reason(EN, row), outcome_reason(ZH, row)
        # The published note begins with the two figures, which the page shows anyway.
        assert bool(english) == bool(chinese) == (not note.endswith("the result."))
        assert not LATIN.search(chinese), chinese
    vague = next(row for note, row in found.items() if "about" in note)
    assert outcome_reason(ZH, vague) == "“左右”的幅度未作说明"


def test_every_dimension_has_a_word():
    used = {entry.dimension for entry in entries().values()}
    assert used <= WORDS["dimension"].keys()
