"""Glossaries with and without numbers, and the marks that point to them."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.documents.split import split
from pipeline.reading.structures import Term
from pipeline.reading.structures.glossary import find_glossary, find_mentions
from pipeline.text.fold import fold
from pipeline.text.sources import read_source

REPORTS = Path(__file__).parent.parent / "reports"
BODY = "推进三通[1]工程,做好双保[2]。按〔2029〕3号文办理。让我们努力奋斗!"
ENTRIES = [("三通", "指通水、通电、通路。水要清。"), ("双保", "即保供、保价。"), ("1+2体系", "一个中心、两个基地。")]


def pairs(terms: list[Term]) -> list[tuple[str, str]]:
    return [(term.term, term.definition) for term in terms]


@pytest.mark.parametrize(
    "head", ["名词解释", "名词注解:", "有关用语说明:", "附件2\n名词解释\n", "《政府工作报告》名词注释\n"]
)
@pytest.mark.parametrize("number", ["{}.", "[{}]", "{}、", ""])
@pytest.mark.parametrize("line", ["{}:{}", "{}:\n{}\n"])
def test_entries(head: str, number: str, line: str) -> None:
    text = BODY + head + "".join(number.format(k) + line.format(*entry) for k, entry in enumerate(ENTRIES, 1))
    folded = fold(text, 0, len(text)).text
    terms = find_glossary(folded)
    assert pairs(terms) == ENTRIES
    assert all(term.complete for term in terms)
    assert [term.number for term in terms] == (["1", "2", "3"] if number else ["", "", ""])
    assert all(folded[term.number_start : term.number_stop] == term.number for term in terms)
    assert [folded[mention.start : mention.stop] for mention in find_mentions(folded, terms)] == (
        ["1", "2"] if number else []
    )


def test_a_text_that_breaks_off() -> None:
    terms = find_glossary(BODY + "名词解释三通:指通水、通电、通路。双保:即保供")
    assert [(term.term, term.complete) for term in terms] == [("三通", True), ("双保", False)]


def test_definitions_without_full_stops_are_complete() -> None:
    terms = find_glossary("努力!\n名词解释\n1.三通:通水\n2.双保:保供\n3.四有:有水有电")
    assert [term.complete for term in terms] == [True, True, True]


def test_what_pages_add_is_no_part_of_the_last_entry() -> None:
    terms = find_glossary("努力!\n名词解释\n1.三通:通水。\n2.双保:保供。\n责任编辑:某某\n打印本页")
    assert terms[-1].definition == "保供。"


def test_no_glossary() -> None:
    assert not find_glossary("做好名词解释工作。推进名词解释、术语说明:加强宣传。")
    assert not find_mentions("推进[1]。", [])


@pytest.mark.parametrize("unit", ["名词解释1.甲:", "名词解释甲:乙。", "\n注释\n[1]", "1.甲:乙。", "名词解释\n1."])
def test_hostile_input(unit: str) -> None:
    text = unit * 30_000
    begin = time.process_time()
    find_mentions(text, find_glossary(text))
    assert time.process_time() - begin < 5


def test_random_input() -> None:
    rng = random.Random(1)
    text = "".join(rng.choice(["名词解释", "1.", "2.", "甲", ":", "。", "\n", "[1]", "指"]) for _ in range(30_000))
    find_glossary(text)


def test_the_glossaries_of_a_source() -> None:
    source = read_source(REPORTS / "guangdong-2018-collection.txt")
    counts = {}
    for about in split(source):
        text = fold(source.text, about.start, about.stop).text
        terms = find_glossary(text)
        if terms and about.kind == "work_report":
            counts[about.report_id] = len(terms), len(find_mentions(text, terms)), terms[-1].complete
    assert counts == {
        "cn-441900-2018-work-report": (28, 0, True),
        "cn-440800-2018-work-report": (11, 0, False),
        "cn-440783-2018-work-report": (30, 30, True),
    }
