"""Packages in parts: the same rows as in one piece, checked, and valid to the standard's tools."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from test_scale import contents

import pipeline.build
from pipeline import schema
from pipeline.build import build
from pipeline.check import check_package
from pipeline.large import grouped, provinces_of

# Text that no two provinces share.
OWN = {
    "东莞": "全市外贸进出口总额1.2万亿元,电子信息制造业增加值增长5.1%。",
    "佛山": "家电产业集群产值达4800亿元,陶瓷企业搬迁改造23家。",
    "成都": "轨道交通运营里程558公里,天府绿道累计建成3000公里。",
    "绵阳": "科技城新区引进项目61个,研发投入强度7.1%。",
    "天津": "港口集装箱吞吐量2100万标准箱,滨海新区新增企业5.6万户。",
}
PLACES = ("东莞", "佛山", "成都", "绵阳", "天津")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sources, their packages in one piece, and in parts."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "reports").mkdir()
    for place in PLACES:
        for year in (2021, 2022):
            said = f"{year}年{place}市政府工作报告\n{OWN[place]}\n{year - 1}年,完成投资{year % 100}.5亿元。"
            (folder / "reports" / f"{place}-{year}.txt").write_text(said, encoding="utf-8")
    build(folder / "reports", folder / "whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.build, "LARGE", 0)
        summary = build(folder / "reports", folder / "parted")
        build(folder / "reports", folder / "again", workers=1)
    return folder, summary


def rows(folder: Path, table: str) -> list[dict]:
    files = (
        [folder / f"{table}.parquet"]
        if (folder / f"{table}.parquet").exists()
        else sorted((folder / table).glob("*.parquet"))
    )
    found = [row for file in files for row in pq.read_table(file).to_pylist()]
    return sorted(found, key=str)


@pytest.mark.parametrize("package", list(schema.packages()))
def test_the_same_rows_as_in_one_piece(package, built):
    folder, summary = built
    for table in schema.package_tables(package):
        assert rows(folder / "parted" / package, table) == rows(folder / "whole" / package, table), table
    assert summary.rows["reports"] == summary.kinds["work_report"] == 2 * len(PLACES)
    assert summary.rows["observations"] == len(rows(folder / "whole" / "work-reports", "observations"))


def test_one_resource_for_each_province_and_year(built):
    folder, _ = built
    descriptor = json.loads((folder / "parted" / "work-reports" / "datapackage.json").read_text(encoding="utf-8"))
    parts = [
        r["path"] for r in descriptor["resources"] if r["path"].startswith("observations/") and r["format"] == "csv"
    ]
    provinces = ("cn-12", "cn-44", "cn-51")
    assert parts == [f"observations/{province}-{year}.csv" for province in provinces for year in (2021, 2022)]


def test_the_parts_pass_every_check(built):
    folder, _ = built
    assert check_package(folder / "parted", folder / "reports") == []
    assert contents(folder / "parted") == contents(folder / "again")
    assert {path.name for path in folder.iterdir() if path.name.endswith((".parts", ".staged"))} == set()


def test_the_descriptor_is_valid(built):
    from frictionless import Package

    folder, _ = built
    for package in schema.packages():
        report = Package(str(folder / "parted" / package / "datapackage.json")).validate()
        assert report.valid, report.flatten(["name", "type", "note"])[:5]


def test_a_part_that_was_changed_is_found(built):
    folder, _ = built
    part = folder / "again" / "work-reports" / "observations" / "cn-44-2022.csv"
    part.write_text(part.read_text(encoding="utf-8").replace("1.2,", "9.2,"), encoding="utf-8")
    (part.parent / "stray.txt").write_text("x", encoding="utf-8")
    found = {(v.rule, v.table) for v in check_package(folder / "again" / "work-reports", folder / "reports")}
    assert ("hash", "observations/cn-44-2022.csv") in found
    assert ("csv_and_parquet", "observations") in found
    assert ("stray_file", "observations/stray.txt") in found


def test_a_file_with_reports_of_several_provinces(root, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.build, "LARGE", 0)
    summary = build(root / "reports", tmp_path / "packages", workers=1)
    assert summary.kinds["work_report"] > 3
    assert check_package(tmp_path / "packages", root / "reports") == []
    parts = {path.name for path in (tmp_path / "packages" / "work-reports" / "numerals").iterdir()}
    assert any(name.startswith("cn-44-") for name in parts)
    assert any(name.startswith("cn-12-") for name in parts)


def test_rows_that_break_a_rule_cost_one_file(built, tmp_path, monkeypatch):
    folder, _ = built

    def wrong(source, report, true=pipeline.extract.extract_report):
        found = true(source, report)
        if source.name == "成都-2021.txt":
            found["numerals"][0]["text"] = "9"
        return found

    monkeypatch.setattr("pipeline.extract.extract_report", wrong)
    monkeypatch.setattr(pipeline.build, "LARGE", 0)
    summary = build(folder / "reports", tmp_path / "packages", keep_going=True)
    assert [failure.name for failure in summary.failed] == ["成都-2021.txt"]
    assert summary.rows["reports"] == 2 * len(PLACES) - 1


def test_provinces_of_one_file_are_worked_on_together():
    assert grouped([["cn-11"], ["cn-12", "cn-44"], ["cn-51"]]) == {
        "cn-11": "cn-11",
        "cn-12": "cn-12",
        "cn-44": "cn-12",
        "cn-51": "cn-51",
    }
    chain = grouped([["cn-12", "cn-13"], ["cn-44", "cn-51"], ["cn-13", "cn-51"], ["cn", "cn-44"]])
    assert set(chain.values()) == {"cn"}
    rows = [{"place_id": place, "kind": "work_report"} for place in ("cn-441900", "cn", "cn-greater-bay-area", None)]
    assert provinces_of([*rows, {"place_id": "cn-110000", "kind": "residue"}]) == ["cn", "cn-44"]
