"""What the readers of structures hand on together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.outline import outline
from pipeline.documents.split import split
from pipeline.meaning.agencies import resolve_agency
from pipeline.models import Passage, Report
from pipeline.reading.structures import list_numbers
from pipeline.reading.structures.commitments import find_commitments
from pipeline.reading.structures.glossary import find_glossary, find_mentions
from pipeline.reading.structures.qualitative import find_qualitative_targets, find_target_lists
from pipeline.reading.structures.tables import find_tables
from pipeline.text.fold import fold
from pipeline.text.sources import read_source

PIECES = st.sampled_from(
    [
        "一、",
        "(一)",
        "(二)",
        "1.",
        "2.",
        "[1]",
        "一是",
        "二是",
        "，",
        "。",
        "；",
        "：",
        "序号",
        "指标",
        "单位",
        "绝对值",
        "增长(%)",
        "1",
        "2",
        "3.5",
        "٣",
        "²",
        "99年13月32日前",
        "地区生产总值",
        "亿元",
        "与经济增长同步",
        "主要预期目标是：",
        "名词解释",
        "附表1",
        "2030年",
        "三件民生实事",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "|",
        "\t",
        "\n",
        "备注",
        "预计",
        "（市财政局、",
        "）",
        "各县政府等",
        "下同",
        "完成",
        "任务",
        "力争",
    ]
)
REPORTS = Path(__file__).parent.parent / "reports"


def test_all_structures_of_the_sources() -> None:
    for path in sorted(REPORTS.glob("*.txt")):
        source = read_source(path)
        for about in split(source):
            if about.kind == "residue":
                continue
            folded = fold(source.text, about.start, about.stop)
            passages = outline(folded.text, about)
            tables = find_tables(folded, source.text)
            commitments = find_commitments(folded.text, about, passages)
            terms = find_glossary(folded.text)
            mentions = find_mentions(folded.text, terms)
            # Numbers of lists are digits, apart from each other and from tables.
            numbers = list_numbers(commitments, terms, mentions)
            assert all(folded.text[start:stop].isdigit() for start, stop in numbers)
            assert all(a[1] <= b[0] for a, b in pairwise(numbers))
            assert not any(t.start <= start < t.stop for t in tables for start, _ in numbers)
            # Everything stands where it says, also in the source.
            for item in commitments:
                assert folded.text[item.start : item.stop] == item.text
                assert item.parent is None or commitments[item.parent].start <= item.start
                assert item.parent is None or item.stop <= commitments[item.parent].stop
            for target in find_qualitative_targets(
                folded.text, passages, find_target_lists(folded.text, passages), tables
            ):
                assert folded.text[target.start : target.stop] == target.text
                assert folded.text[target.indicator_start : target.indicator_stop] == target.indicator
                assert about.start <= folded.span(target.start, target.stop)[0] < about.stop


def test_targets_in_words_of_the_work_reports() -> None:
    found = {}
    for name in ("guangdong-2018-collection.txt", "sichuan-tianjin-zhaoqing-collection.txt"):
        source = read_source(REPORTS / name)
        for about in split(source):
            if about.kind == "work_report":
                folded = fold(source.text, about.start, about.stop)
                passages = outline(folded.text, about)
                tables = find_tables(folded, source.text)
                targets = find_qualitative_targets(
                    folded.text, passages, find_target_lists(folded.text, passages), tables
                )
                found[about.report_id] = sorted((t.relation, t.period) for t in targets)
    assert found == {
        "cn-441900-2018-work-report": [("as_assigned", "2018")],
        "cn-440800-2018-work-report": [("as_assigned", "2018")],
        "cn-440783-2018-work-report": [("in_step_with", "2018")],
        "cn-441284-2018-work-report": [("as_assigned", "2018")] * 4 + [("in_step_with", "2018")],
        "cn-120000-2023-work-report": [
            ("as_assigned", "2023"),
            ("flat_or_rising", "2023"),
            ("in_step_with", "2023"),
            ("in_step_with", "2023"),
        ],
        "cn-441200-2022-work-report": [("as_assigned", "2022"), ("in_step_with", "2022")],
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=120), st.sampled_from(["plan", "work_report"]))
def test_nothing_raises_and_spans_hold(pieces: list[str], kind: str) -> None:
    source = "".join(pieces)
    folded = fold(source, 0, len(source))
    text = folded.text
    about = Report("x", kind, "x.txt", 0, len(source), ((0, len(source)),), "", "utf-8", "cn")
    passages = [Passage(0, len(text), "plan", "2030", "target", "")] if text else []
    tables = find_tables(folded, source)
    for table in tables:
        spans = [(numeral.start, numeral.stop) for numeral in table.numerals]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(text[cell.start : cell.stop] == cell.text for cell in table.cells)
    commitments = find_commitments(text, about, passages)
    assert all(text[item.start : item.stop] == item.text for item in commitments)
    assert all(item.parent is None or item.parent < at for at, item in enumerate(commitments))
    for item in commitments:
        for agency in item.agencies:
            assert resolve_agency(agency.name, "cn-440600").agency_id
    terms = find_glossary(text)
    assert all(term.start <= term.number_start <= term.number_stop <= term.stop for term in terms)
    find_mentions(text, terms)
    for target in find_qualitative_targets(text, passages, find_target_lists(text, passages), tables):
        assert text[target.start : target.stop] == target.text
