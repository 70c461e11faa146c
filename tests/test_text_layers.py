"""The text layers of files that are no plain text are published, and a check holds them against the files."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import documents
import pytest

from pipeline.build import build
from pipeline.check import check_package
from pipeline.check.provenance import Sources, layers_of, misplaced
from pipeline.publish.text_layers import path_of, withheld
from pipeline.text.readers import Options, read_layer

COLUMN = '甲,链接,时间,乙\n1,https://example.com/1,2031/1/9,"{}"\n'
NEWS = "<p>本报讯（记者 某某）2031年一季度，安吉县实现地区生产总值150.2亿元，同比增长5.1%。</p>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reports` of every layer and the packages made of them."""
    top = tmp_path_factory.mktemp("layers")
    (top / "reports" / "县").mkdir(parents=True)
    other = documents.TEXT.replace("2031", "2030").replace("安吉", "德清")
    third = documents.TEXT.replace("2031", "2029").replace("安吉", "长兴")
    for name, data in {
        "县/a.docx": documents.docx(),
        "b.csv": COLUMN.format(other).encode(),
        "news.html": NEWS.encode(),
        "plain.txt": third.encode(),
    }.items():
        (top / "reports" / name).write_bytes(data)
    build(
        top / "reports", top / "out", workers=1, formats=("csv", "parquet"), columns={"text": "乙", "published": "时间"}
    )
    return top


def test_layers_are_files_of_the_package(built: Path) -> None:
    package = built / "out" / "work-reports"
    texts = {path.relative_to(package).as_posix() for path in (package / "texts").rglob("*.txt")}
    assert texts == {"texts/县/a.docx.txt", "texts/b.csv.txt"}
    layer = read_layer(documents.docx(), "a.docx")
    assert (package / "texts/县/a.docx.txt").read_bytes().decode() == layer.text
    document = json.loads((package / "datapackage.json").read_bytes())
    assert document["resources"][-1]["path"] == sorted(texts)
    assert document["sourceColumns"] == {"text": "乙", "published": "时间"}
    assert check_package(built / "out", built / "reports") == []
    assert "tbl[1]/tr[3]/tc[3]" in (package / "locations.csv").read_text(encoding="utf-8")


def test_what_a_row_of_a_table_says_is_in_reports(built: Path) -> None:
    rows = (built / "out/work-reports/reports.csv").read_text(encoding="utf-8")
    [row] = [line for line in rows.split("\n") if "b.csv" in line]
    assert "https://example.com/1" in row
    assert "2031-01-09" in row


def test_standard_tools_read_the_package(built: Path) -> None:
    from frictionless import Package

    package = Package(str(built / "out/work-reports/datapackage.json"))
    assert package.get_resource("texts").validate().valid


def test_altered_layers_are_found_with_and_without_the_files(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "out", tmp_path / "out")
    texts = tmp_path / "out/work-reports/texts"
    (texts / "b.csv.txt").unlink()
    altered = texts / "县/a.docx.txt"
    altered.write_bytes(altered.read_bytes().replace(b"612.5", b"612.6"))
    found = {(violation.rule, violation.table) for violation in check_package(tmp_path / "out")}
    assert {("missing_file", "texts/b.csv.txt"), ("provenance", "observations"), ("provenance", "reports")} <= found
    sources = Sources(built / "reports", Options({"text": "乙"}), tmp_path / "out/work-reports")
    kinds = {"县/a.docx": "docx", "b.csv": "table", "plain.txt": "text", "news.html": "html"}
    rows = [{"source_file": name, "encoding": "utf-8", "layer": kind} for name, kind in kinds.items()]
    sources = replace(sources, withheld=frozenset({"news.html"}))
    assert [violation.table for violation in layers_of(rows, sources)[1]] == [
        "texts/县/a.docx.txt",
        "texts/b.csv.txt",
    ]


def test_locations_are_those_of_the_reader() -> None:
    layer = read_layer(documents.docx(), "a.docx")
    report = {"report_id": "r", "source_file": "a.docx", "kind": "work_report", "start": 0, "stop": len(layer.text)}
    rows = [{"report_id": "r", **place._asdict()} for place in layer.locations]
    assert list(misplaced({"reports": [report], "locations": rows}, {"a.docx": layer}, whole=True)) == []
    rows[4]["element"] = "p[1]"
    [violation] = misplaced({"reports": [report], "locations": rows}, {"a.docx": layer}, whole=True)
    assert (violation.table, violation.row) == ("locations", 5)
    rows[4]["stop"] += 10
    found = misplaced({"reports": [report], "locations": rows}, {"a.docx": layer}, whole=False)
    assert [violation.row for violation in found] == [6]


def test_a_press_item_withholds_the_layer_of_its_file() -> None:
    row = {"source_file": "a.csv", "layer": "table", "source_url": None}
    assert withheld([{**row, "kind": "work_report"}, {**row, "kind": "news"}]) == {"a.csv"}
    assert withheld([{**row, "kind": "other"}]) == set()
    assert withheld([{**row, "kind": "other", "layer": "html"}]) == {"a.csv"}


def test_long_names_are_cut_and_stay_apart() -> None:
    one, other = (path_of(f"夹/{'报' * 82}{mark}.docx") for mark in "甲乙")
    assert one != other
    assert all(len(path.rpartition("/")[2].encode()) < 250 for path in (one, other))
    assert path_of("a.docx") == "texts/a.docx.txt"
