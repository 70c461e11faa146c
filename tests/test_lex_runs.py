"""A run of digits is read as a whole or not at all."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_text


def read(text: str) -> tuple[list[str], list[str]]:
    """The numerals that are read, and those that are told as unread."""
    ledger = extract_text(f"2021年，{text}。", "a.txt")["numerals"]
    kinds = ("observation", "unread")
    told = [[row["text"] for row in ledger if row["kind"] == kind] for kind in kinds]
    return told[0], told[1]


UNREAD = {
    "用电量达15.072.12.3千瓦": ["15.072.12.3"],
    "用电量达2,846,15.072.12.3千瓦": ["2,846,15.072", "12.3"],
    "公路里程达6•23百公里": ["23"],
    "粮食产量达八十多十万吨": ["八十"],
    "粮食产量下降十三成": ["十三"],
    "参保率达五成点八": ["五成"],
    "接种率达八七成": ["八七成"],
    "接种率达七八成五": ["七八成"],
    "财政收入达4亿六千万元": ["4"],
    "参训1亿4千万零六人": ["1亿4千"],
    "用电量达6多万多亿千瓦时": ["6"],
    "产量达七成亿吨": ["七成"],
    "产值-3至5番": ["3"],
    "产值是前年的十三四倍半": ["十三四"],
    "增长百分之六%": ["百分之六"],
    "用电量超5千克-3千": ["3"],
    "企业-538座": ["538"],
    "用水量达5左右到8万吨": ["5"],
}
READ = {
    "用电量达15.072千瓦": ["15.072"],
    "公路里程达6·23万公里": ["6·23"],
    "产值达549․9亿元": ["549․9"],
    "粮食产量达八十多万吨": ["八十"],
    "粮食产量下降三成": ["三成"],
    "接种率达七八成": ["七八成"],
    "接种率达七成八": ["七成八"],
    "财政收入达4亿6千万元": ["4亿6千"],
    "产值是前年的十三倍半": ["十三"],
    "投资达1.6万多亿元": ["1.6"],
    "参训4万一线工人": ["4"],
    "占比达三分之一到一半": ["三分之一"],
    "粮食产量达八十多千米": ["八十"],
    "用电量增长-3.5%": ["3.5"],
    "新增企业5-8家": ["5"],
    "用水量由5万吨左右提高到8万吨": ["5", "8"],
    "——企业538座": ["538"],
}


@pytest.mark.parametrize(("text", "left"), UNREAD.items())
def test_what_leaves_something_over_is_told_and_not_read(text: str, left: list[str]) -> None:
    assert read(text)[1] == left


@pytest.mark.parametrize(("text", "numerals"), READ.items())
def test_what_is_whole_is_read(text: str, numerals: list[str]) -> None:
    assert read(text) == (numerals, [])


@pytest.mark.parametrize(
    ("text", "measure", "most"),
    [("出口居全省第6位至9位", "rank", 9), ("出口居全省第6位—9位", "rank", 9), ("新增名医6位至9位", "level", 9)],
)
def test_a_place_to_a_place_is_a_range_of_ranks(text: str, measure: str, most: int) -> None:
    [row] = extract_text(f"2021年，{text}。", "a.txt")["observations"]
    assert (row["measure"], row["value"], row["value_max"], row["unit"]) == (measure, 6, most, "位")


def test_a_number_with_multipliers_of_its_own_takes_the_unit_alone() -> None:
    rows = extract_text("2021年，甲、乙用工分别不少于6万5千、2408万人。", "a.txt")["observations"]
    assert [(row["value"], row["unit"]) for row in rows] == [(65000, "人"), (2408, "万人")]
