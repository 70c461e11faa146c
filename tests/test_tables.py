"""Tables in every form in which plain text keeps them."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.extract import extract_text
from pipeline.reading.structures import Table
from pipeline.reading.structures.tables import find_tables
from pipeline.text.even import even
from pipeline.text.fold import fold

REPORTS = Path(__file__).parent.parent / "reports"

EXPECTED = [
    ("地区生产总值", "512.40", "亿元", "level", "6.1", "growth"),
    ("粮食产量", "88.2", "万吨", "level", "-1.5", "growth"),
    ("居民人均可支配收入", "31250", "元", "level", "7.5", "growth"),
]
TAB = "2030年甲市主要指标完成情况表\n序号\t指标\t单位\t绝对值\t增长(%)\n1\t地区生产总值\t亿元\t512.40\t6.1\n" + (
    "2\t粮食产量\t万吨\t88.2\t-1.5\n3\t居民人均可支配收入\t元\t31250\t7.5\n"
)


def tables(text: str) -> list[Table]:
    return find_tables(fold(text, 0, len(text)), even(text).text)


def values(text: str) -> list[tuple[str, ...]]:
    (table,) = tables(text)
    return [
        (
            row.indicator,
            row.cells[0].text,
            row.cells[0].unit,
            row.cells[0].measure,
            row.cells[1].text,
            row.cells[1].measure,
        )
        for row in table.rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        TAB,
        TAB.replace("\t", " | "),
        "\n".join(f"| {line} |" for line in TAB.replace("\t", " | ").splitlines()).replace(
            "完成情况表 |", "完成情况表"
        ),
        TAB.replace("\t", "   "),
        TAB.replace("\t", "\n"),
        "2030年甲市主要指标完成情况表<table><tr>"
        + "</tr>\n<tr>".join(
            "".join(f"<td class='c'><p>{cell}</p></td>" for cell in line.split("\t")) for line in TAB.splitlines()[1:]
        )
        + "</tr></table>",
    ],
    ids=["tabs", "bars", "edged bars", "blanks", "lines", "html"],
)
def test_cells_with_separators(text: str) -> None:
    assert values(text) == EXPECTED


def test_cells_that_run_together() -> None:
    text = "全市粮食产量下降1.5%。附表12030年甲市主要指标完成情况表" + "".join(TAB.split("\n", 1)[1].split())
    assert values(text) == EXPECTED


def test_status_period_and_title() -> None:
    (table,) = tables(TAB)
    assert table.title == "2030年甲市主要指标完成情况表"
    assert {cell.title_status for cell in table.cells} == {"actual"}


def test_a_note_makes_named_rows_estimates() -> None:
    (table,) = tables(TAB + "注:粮食产量为预计数。\n此外,各项工作顺利。")
    assert [row.cells[0].status for row in table.rows] == ["actual", "estimate", "actual"]
    assert table.note == "注:粮食产量为预计数。"


def test_targets_in_words() -> None:
    text = "附表22031年甲市预期目标表序号指标预期增长目标(%)1地区生产总值6左右2城镇登记失业率3.5以内3居民收入与经济增长同步2031年甲市实事"
    (table,) = tables(text)
    first, second, third = table.rows
    assert (first.cells[0].text, first.cells[0].bound, first.cells[0].measure) == ("6", "about", "growth")
    assert (second.cells[0].text, second.cells[0].bound, second.cells[0].measure) == ("3.5", "at_most", "level")
    assert (third.state, third.indicator, third.words) == ("words", "居民收入", "与经济增长同步")
    assert {cell.status or cell.title_status for cell in table.cells} == {"target"}
    assert text[: table.stop].endswith("同步")


def test_ambiguous_digits_are_not_guessed() -> None:
    (table,) = tables("主要指标表:序号指标单位绝对值增长(%)1出口亿元1232进口亿元4563实际利用外资亿元789")
    assert [row.state for row in table.rows] == ["undecidable"] * 3
    assert table.cells == ()
    assert [row.number for row in table.rows] == ["1", "2", "3"]


def test_figures_in_the_text_decide() -> None:
    text = "去年出口12亿元,增长3%。主要指标表:序号指标单位绝对值增长(%)1出口亿元1232进口亿元4563实际利用外资亿元789"
    (table,) = tables(text)
    assert [cell.text for cell in table.rows[0].cells] == ["12", "3"]
    assert table.rows[1].state == "undecidable"


def test_years_in_the_head_are_periods() -> None:
    (table,) = tables(
        "序号\t指标\t2030年完成\t2031年目标\n1\t高速公路里程(公里)\t120\t150\n2\t学位(个)\t3000\t4500以上\n"
    )
    assert [(c.indicator, c.unit, c.status, c.told[:4], c.bound) for c in table.cells] == [
        ("高速公路里程", "公里", "actual", "2030", "exact"),
        ("高速公路里程", "公里", "target", "2031", "exact"),
        ("学位", "个", "actual", "2030", "exact"),
        ("学位", "个", "target", "2031", "at_least"),
    ]


def test_every_digit_of_a_table_has_one_kind() -> None:
    text = "附表12030年甲市主要指标完成情况表" + "".join(TAB.split("\n", 1)[1].split()) + "备注:PM2.5为第3季度预计数。"
    (table,) = tables(text)
    folded = fold(text, 0, len(text)).text
    covered = [at for numeral in table.numerals for at in range(numeral.start, numeral.stop)]
    assert len(covered) == len(set(covered))
    assert {at for at in range(table.start, table.stop) if folded[at].isdigit()} <= set(covered)
    kinds = [(folded[n.start : n.stop], n.kind) for n in table.numerals[:3]]
    assert kinds == [("1", "structure"), ("2030", "time"), ("1", "structure")]


def test_indicator_names_with_digits() -> None:
    (table,) = tables("表:序号指标单位绝对值1PM2.5浓度微克/立方米222城镇调查失业率%5.13常住人口万人120.4")
    assert [(c.indicator, c.unit, c.text) for c in table.cells] == [
        ("PM2.5浓度", "微克/立方米", "22"),
        ("城镇调查失业率", "%", "5.1"),
        ("常住人口", "万人", "120.4"),
    ]


def test_rows_that_are_part_of_the_row_above() -> None:
    text = "序号指标单位绝对值增长(%)1工业增加值亿元88.20-1.52其中:轻工业亿元30.102.53投资亿元61.404.1其中:技改投资亿元9.803.04出口亿元7.205.5"
    (table,) = tables(text)
    assert [(row.number, row.indicator) for row in table.rows] == [
        ("1", "工业增加值"),
        ("2", "其中:轻工业"),
        ("3", "投资"),
        ("", "其中:技改投资"),
        ("4", "出口"),
    ]
    assert [row.cells[1].text for row in table.rows] == ["-1.5", "2.5", "4.1", "3.0", "5.5"]
    assert {cell.status for cell in table.cells} == {"actual"}


def test_units_beside_the_numbers_and_a_title_like_a_head() -> None:
    text = "附表1\n2030年主要指标序号指标名称2030年预期目标\n1地区生产总值增长6%左右\n2城镇新增就业3万人以上\n3PM2.5浓度控制在25微克/立方米以内"
    (table,) = tables(text)
    assert [(c.indicator, c.text, c.unit, c.measure, c.bound) for c in table.cells] == [
        ("地区生产总值", "6", "%", "growth", "about"),
        ("城镇新增就业", "3", "万人", "level", "at_least"),
        ("PM2.5浓度", "25", "微克/立方米", "level", "at_most"),
    ]


def test_prose_is_no_table() -> None:
    assert not tables("全年重点项目完成投资12亿元,其中省重点项目完成投资3亿元。指标完成情况良好,1个项目单位增长5%。")


@pytest.mark.parametrize("seed", range(3))
def test_hostile_input(seed: int) -> None:
    pieces = [
        "序号指标单位绝对值增长(%)",
        "1",
        "2",
        "地区生产总值",
        "亿元",
        "1" * 60,
        "\n",
        "\t",
        "|",
        "<td>",
        "</tr>",
        "<table>",
        "%",
        ".",
        "备注",
    ]
    rng = random.Random(seed)
    text = "".join(rng.choice(pieces) for _ in range(20_000))
    begin = time.process_time()
    tables(text)
    assert time.process_time() - begin < 5


def test_the_two_tables_of_a_source() -> None:
    source = (REPORTS / "guangdong-2018-collection.txt").read_text(encoding="utf-8")
    first, second = tables(source)
    assert [len(table.cells) for table in (first, second)] == [14, 6]
    assert all(row.state == "complete" for row in first.rows)
    assert [row.state for row in second.rows] == ["complete"] * 6 + ["words"]
    folded = fold(source, 0, len(source))
    for cell in (*first.cells, *second.cells):
        assert source[slice(*folded.span(cell.start, cell.stop))] == cell.text


def cells(text: str) -> list[tuple[str, str, str, str, str]]:
    return [
        (str(row["indicator_text"]), str(row["value"]), str(row["unit"] or ""), str(row["measure"]), str(row["period"]))
        for row in extract_text(text)["observations"]
        if str(row["rule"]).startswith("table")
    ]


def test_heads_in_free_words() -> None:
    text = "2030年甲市主要产品产量\n产品名称\t计量单位\t产量\t比上年增长（%）\n水泥\t万吨\t38.6\t持平\n铜材\t万吨\t1 256.8\t-0.2\n2031年将新增企业5家。\n"
    assert cells(text) == [
        ("水泥产量", "38.6", "万吨", "level", "2030"),
        ("铜材产量", "1256.8", "万吨", "level", "2030"),
        ("铜材产量", "-0.2", "%", "growth", "2030"),
    ]


def test_the_unit_stands_above_and_heads_in_two_rows() -> None:
    text = "\n| 指标 | 2030年 | | 2029年 |\n| | 绝对额 | 增长（±%） | 绝对额 |\n|---|---|---|---|\n| 其中：工业 | 80.1 | -1.6 | 82.0 |\n"
    assert cells("各项贷款\n单位：亿元" + text) == [
        ("工业", "80.1", "亿元", "level", "2030"),
        ("工业", "-1.6", "%", "growth", "2030"),
        ("工业", "82.0", "亿元", "level", "2029"),
    ]


def test_prose_with_gaps_is_no_table() -> None:
    assert tables("各位代表：  现在报告工作。\n新增企业12家，  增长5%。\n") == []


def test_a_title_tells_of_a_part_of_its_year_and_of_first_counts() -> None:
    text = (
        "表1:2019年上半年甲市主要指标初步核算数据\n指标\t绝对额(亿元)\t同比增长(%)\n"
        "地区生产总值\t386.5\t7.7\n第一产业\t35.6\t3.4\n第二产业\t175.1\t7.8\n"
    )
    rows = extract_text(text)["observations"]
    assert {(row["period"], row["status"]) for row in rows} == {("2019-H1", "estimate")}
    whole = extract_text(text.replace("上半年", "").replace("初步核算", ""))["observations"]
    assert {(row["period"], row["status"]) for row in whole} == {("2019", "actual")}
