"""Confidence: how sure a row is, from its own document alone."""

import json
import re
from pathlib import Path

import pytest
import yaml

from pipeline.documents.split import split
from pipeline.extract import extract_text, read_report, resolve
from pipeline.meaning import confidence
from pipeline.text.sources import read_source

REPORT = """甲县政府工作报告
——2024年1月10日在甲县第十七届人民代表大会第三次会议上
各位代表：现在，我代表县人民政府向大会报告工作，请予审议。
一、2023年工作回顾
地区生产总值增长6.2%。一般公共预算收入完成23.4亿元、增长5.1%。
新建农村公路120公里。
二、2024年工作安排
地区生产总值增长6%左右。
"""


def test_every_row_has_one_between_nothing_and_certainty() -> None:
    rows = extract_text(REPORT)["observations"]
    assert len(rows) == 5
    assert all(0 < row["confidence"] < 1 for row in rows)
    assert all(row["confidence"].as_tuple().exponent >= -3 for row in rows)


def test_a_name_that_is_cut_is_less_sure_than_a_whole_one() -> None:
    whole, cut = (
        extract_text(REPORT + text)["observations"][-1] for text in ("新建农村公路80公里。", "推进实现80公里。")
    )
    assert cut["confidence"] < whole["confidence"]


def test_errors_come_in_clusters_so_that_the_rows_around_a_row_tell_of_it() -> None:
    assert confidence.of_neighbours([3, 1, 5]) == [3.0, 4.0, 2.0]
    assert confidence.of_neighbours([2]) == [2]
    assert confidence.of_neighbours([]) == []
    # Four before and four behind, no further.
    assert confidence.of_neighbours([0, *[1] * 8, 0])[4] == 7 / 8
    sure, doubtful = "新建农村公路80公里。" * 4, "推进实现80公里。" * 4
    of_last = [
        extract_text(REPORT + text + "新建水库3座。")["observations"][-1]["confidence"] for text in (sure, doubtful)
    ]
    assert of_last[0] > of_last[1]


def test_of_two_figures_that_exclude_each_other_at_most_one_is_right() -> None:
    alone = extract_text(REPORT)["observations"]
    beside = extract_text(REPORT.replace("新建农村", "全县一般公共预算收入完成234亿元。新建农村"))["observations"]
    sure = {row["text"]: row["confidence"] for row in beside if row["status"] == "actual"}
    assert next(row["confidence"] for row in alone if row["text"] == "23.4") > sure["23.4"]
    assert max(sure["23.4"], sure["234"]) <= 0.5


@pytest.fixture
def held(tmp_path):
    """What holds for the last row of the report with a further sentence."""

    def of(sentence: str) -> set[str]:
        path = tmp_path / "report.txt"
        path.write_text(REPORT + sentence + "\n", encoding="utf-8")
        source = read_source(path)
        reading = read_report(source, next(iter(split(source))))
        return list(confidence.features(reading, resolve(reading)))[-1]

    return of


@pytest.mark.parametrize(
    ("sentence", "several"),
    [
        ("“十五五”时期新建农村公路80公里。", True),
        ("十三五规划的农村公路新建80公里。", True),
        ("“十五”计划的农村公路新建80公里。", True),
        ("在十五个村新建农村公路80公里。", False),
    ],
)
def test_the_name_of_any_plan_tells_of_several_years(held, sentence: str, several: bool) -> None:
    assert any(name.startswith(f"several-years,period={several},") for name in held(sentence))


@pytest.mark.parametrize(
    ("sentence", "beside"),
    [
        ("地区生产总值增长6%左右。", "same"),
        ("地区生产总值增长7%左右。", "else"),
        ("2026年地区生产总值增长7%左右。", "other-time"),
        ("新建农村学校8所。", "alone"),
    ],
)
def test_what_the_document_says_elsewhere_counts(held, sentence: str, beside: str) -> None:
    assert f"beside={beside}" in held(sentence)


def test_the_pages_have_no_figures_of_their_own(root: Path) -> None:
    for language in ("en", "zh"):
        page = (root / "docs" / language / "quality.md").read_text(encoding="utf-8")
        section = page.split("{#confidence}")[1].split("\n## ")[0]
        assert not re.search(r"\d", re.sub(r"\b2026\b|60%", "", section))
    measured = json.loads((root / "docs" / "confidence.json").read_text(encoding="utf-8"))
    assert measured["unread"]["rows"] > 1000


def test_other_documents_change_nothing() -> None:
    alone = extract_text(REPORT)["observations"]
    beside = extract_text(REPORT + "\f" + REPORT.replace("甲县", "乙县").replace("6.2", "7.1"))["observations"]
    assert [row["confidence"] for row in beside[: len(alone)]] == [row["confidence"] for row in alone]


def test_the_coefficients_are_short_and_finite() -> None:
    model = yaml.safe_load(Path(confidence.__file__).with_name("coefficients.yaml").read_text(encoding="utf-8"))
    assert len(model["weights"]) > 50
    assert all(abs(weight) < 10 and round(weight, 3) == weight for weight in model["weights"].values())
