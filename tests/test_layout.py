"""Packages in parts: the same rows as in one piece, checked, and valid to the standard's tools."""

import io
import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_scale import contents

import pipeline.extract
from pipeline import schema
from pipeline.build import build
from pipeline.check import check_package, keys
from pipeline.check.provenance import _accounted, overlaps
from pipeline.collection import database as store
from pipeline.collection import workspace
from pipeline.collection.texts import Entry, answered_for, batched
from pipeline.errors import BaogaoError
from pipeline.publish.layout import parts_of
from pipeline.publish.writers import encoded, writers
from pipeline.run.jobs import in_order

# What a newspaper of another province prints of a report.
PRINTED = (
    "锦江两岸新增滨水步道86公里,沿线老旧院落改造412个,引进咖啡馆与独立书店57家,夜间游船班次增加到每天34班,"
    "市民满意度达到96.4%,周边商铺租金上涨12.5%,非遗手工艺人工作室入驻29家,河长制巡查发现问题整改1,208件。"
)
COMMON = (
    "全市上下凝心聚力、攻坚克难,统筹推进各项重点工作,经济社会发展保持良好态势,人民生活持续改善。"
    "完善公共文化服务体系,新建社区书屋{n}个,举办群众文化活动{m}场。"
)
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
    for number, place in enumerate(PLACES):
        for year in (2021, 2022):
            said = (
                f"{year}年{place}市政府工作报告\n{OWN[place]}\n{COMMON.format(n=number + year, m=year * 2 + number)}\n"
            )
            said += f"一、{year - 1}年工作回顾\n{year - 1}年,地区生产总值增长{7.6 - number % 2:.1f}%,完成投资{year % 100}.5亿元。\n"
            said += f"二、{year}年工作安排\n地区生产总值增长7%。\n"
            (folder / "reports" / f"{place}-{year}.txt").write_text(said, encoding="utf-8")
    with (folder / "reports" / "成都-2022.txt").open("a", encoding="utf-8") as file:
        file.write(f"{PRINTED}\n")
    (folder / "reports" / "转载.txt").write_text(f"天津日报2022年3月1日电\n{PRINTED}\n", encoding="utf-8")
    build(folder / "reports", folder / "whole")
    summary = build(folder / "reports", folder / "parted", layout="parts")
    build(folder / "reports", folder / "again", workers=1, layout="parts")
    return folder, summary


def rows(folder: Path, table: str) -> list[dict]:
    """The rows of a table, single or in parts, which are read by the same name."""
    return sorted(pq.read_table(folder / f"{table}.parquet", schema=schema.arrow_schema(table)).to_pylist(), key=str)


@pytest.mark.parametrize("package", list(schema.packages()))
def test_the_same_rows_as_in_one_piece(package, built):
    folder, summary = built
    for table in schema.package_tables(package):
        assert rows(folder / "parted" / package, table) == rows(folder / "whole" / package, table), table
    assert summary.kinds == {"news": 1, "work_report": 2 * len(PLACES)}
    assert summary.rows["reports"] == 2 * len(PLACES) + 1
    assert summary.rows["observations"] == len(rows(folder / "whole" / "work-reports", "observations"))


def test_one_resource_for_each_province_and_year(built):
    folder, _ = built
    descriptor = json.loads((folder / "parted" / "work-reports" / "datapackage.json").read_text(encoding="utf-8"))
    parts = [r["path"] for r in descriptor["resources"] if r["path"].startswith("observations.csv/")]
    provinces = ("cn-12", "cn-44", "cn-51")
    named = [f"observations.csv/{province}-{year}.csv" for province in provinces for year in (2021, 2022)]
    # The newspaper's dateline does not say of which place its figures are.
    assert parts == sorted([*named, "observations.csv/cn-2022.csv"])


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
    part = folder / "again" / "work-reports" / "observations.csv" / "cn-44-2022.csv"
    part.write_text(part.read_text(encoding="utf-8").replace("1.2,", "9.2,"), encoding="utf-8")
    (part.parent / "stray.txt").write_text("x", encoding="utf-8")
    found = {(v.rule, v.table) for v in check_package(folder / "again" / "work-reports", folder / "reports")}
    assert ("hash", "observations.csv/cn-44-2022.csv") in found
    assert ("csv_and_parquet", "observations") in found
    assert ("stray_file", "observations.csv/stray.txt") in found


def rewritten(path: Path, change) -> None:
    """Change the rows of a Parquet file and of its CSV twin."""
    table = change(pq.read_table(path))
    name = path.parent.stem
    path.write_bytes(encoded("parquet", name, table))
    (path.parents[1] / f"{name}.csv" / f"{path.stem}.csv").write_bytes(encoded("csv", name, table))


def replaced(table, column, row, value):
    values = table[column].to_pylist()
    values[row] = value
    return table.set_column(table.column_names.index(column), column, pa.array(values, table[column].type))


def test_wrong_rows_in_parts_are_found(built, tmp_path):
    folder, _ = built

    def rules(table, part, change):
        shutil.rmtree(tmp_path / "packages", ignore_errors=True)
        shutil.copytree(folder / "parted", tmp_path / "packages")
        [path] = (tmp_path / "packages").glob(f"*/{table}.parquet/{part}.parquet")
        rewritten(path, change)
        return {(v.rule, v.table) for v in check_package(tmp_path / "packages", folder / "reports")} - {
            ("hash", f"{table}.{form}/{part}.{form}") for form in ("csv", "parquet")
        }

    def strange(table):
        last = max(row for row, kind in enumerate(table["kind"].to_pylist()) if kind == "time")
        return replaced(table, "report_id", last, "cn-510100-2022-work-report")

    assert ("interval", "observations") in rules("observations", "cn-12-2021", lambda t: replaced(t, "low", 0, 1.0))
    assert ("provenance", "numerals") in rules("numerals", "cn-12-2021", lambda t: replaced(t, "text", 0, "1"))
    assert ("ledger", "numerals") in rules("numerals", "cn-12-2021", lambda t: t.slice(1))
    assert ("part", "numerals.parquet/cn-12-2021.parquet") in rules("numerals", "cn-12-2021", strange)
    assert rules("observations_flat", "cn-12-2021", lambda t: replaced(t, "place_zh", 0, "某市")) == {
        ("derived", "observations_flat")
    }
    assert ("enum", "observations") in rules("observations", "cn-12-2021", lambda t: replaced(t, "bound", 0, "maybe"))
    assert ("foreign_key", "observations") in rules(
        "observations", "cn-12-2021", lambda t: replaced(t, "same_as", 0, "nothing")
    )


def test_a_file_with_reports_of_several_provinces(root, tmp_path):
    summary = build(root / "reports", tmp_path / "packages", workers=1, layout="parts")
    assert summary.kinds["work_report"] > 3
    assert check_package(tmp_path / "packages", root / "reports") == []
    parts = {path.name for path in (tmp_path / "packages" / "work-reports" / "numerals.csv").iterdir()}
    assert any(name.startswith("cn-44-") for name in parts)
    assert any(name.startswith("cn-12-") for name in parts)


def test_rows_that_break_a_rule_cost_one_file(built, tmp_path, monkeypatch):
    folder, _ = built

    def wrong(source, report, true=pipeline.extract.extract_report):
        found = true(source, report)
        if source.name == "成都-2021.txt":
            found["numerals"][0]["text"] = "9"
        return found

    monkeypatch.setattr("pipeline.run.pieces.extract_report", wrong)
    summary = build(folder / "reports", tmp_path / "packages", keep_going=True)
    assert [failure.name for failure in summary.failed] == ["成都-2021.txt"]
    assert summary.rows["reports"] == 2 * len(PLACES)


def test_reports_of_other_provinces_are_compared_too(built):
    folder, _ = built
    package = folder / "parted" / "work-reports"
    wholes = {row["place_id"]: row["excerpt_of"] for row in rows(package, "reports") if row["kind"] == "news"}
    assert wholes == {None: "cn-510100-2022-work-report"}
    stated = {row["observation_id"]: row for row in rows(package, "observations")}
    firsts = {(row["report_id"], stated[row["same_as"]]["report_id"]) for row in stated.values() if row["same_as"]}
    assert any("news" in one and other == "cn-510100-2022-work-report" for one, other in firsts)
    assert {row["met"] for row in rows(package, "outcomes")} >= {"no"}


def entry(file: int, number: int, place: str, *, kind: str = "work_report", span=(0, 100), date: str = "2018-01-05"):
    return Entry(
        text=file * 100 + number,
        file=file,
        key=f"k{file}",
        number=number,
        report_id=f"{place}-2018-{kind}-{file}-{number}",
        kind=kind,
        place_id=place,
        source_file=f"{file}.txt",
        start=span[0],
        stop=span[1],
        date=date,
        published="",
        complete=True,
        characters=span[1] - span[0],
    )


def test_parts_are_provinces_and_years():
    entries = [
        entry(0, 0, "cn-441900", span=(10, 50)),
        entry(0, 1, "cn-110000", span=(60, 90), date="2019-02"),
        entry(0, 2, "", kind="residue", span=(0, 100), date=""),
        entry(1, 0, "cn", date="2020"),
        entry(2, 0, "cn-greater-bay-area", date=""),
    ]
    names = {name: [each.report_id for each in found] for name, found in parts_of(entries).items()}
    assert {name: len(found) for name, found in names.items()} == {
        "cn-11-2018": 1,
        "cn-11-2019": 1,
        "cn-2018": 1,
        "cn-2020": 1,
        "cn-44-2018": 1,
    }
    assert "residue" in names["cn-11-2018"][0]


def test_batches_are_of_one_size(monkeypatch):
    monkeypatch.setattr("pipeline.collection.texts.BATCH", 70)
    reports = [entry(0, n, "cn-441900", span=(0, size)) for n, size in enumerate((40, 30, 100, 10, 50, 20))]
    assert [[each.number for each in batch] for batch in batched(reports)] == [[0, 1], [2], [3, 4], [5]]


def test_every_digit_of_a_file_has_a_report_to_answer_for_it():
    first, second = entry(0, 0, "cn-441900", span=(10, 50)), entry(0, 1, "cn-110000", span=(60, 90))
    rest = entry(0, 2, "", kind="residue", span=(0, 100))
    whole = answered_for([first, second, rest])
    assert whole[first.text] == [(10, 50)]
    assert whole[rest.text][:2] == [(0, 10), (50, 60)]
    assert whole[rest.text][2][0] == 90
    # Without residue the first report answers for what lies between, and so for digits that nobody has a row for.
    assert [span[0] for span in answered_for([first, second])[first.text]] == [10, 0, 50, 90]
    assert sorted(answered_for([entry(1, 0, "cn-441900", span=(0, 40))])[entry(1, 0, "cn-441900").text])[0] == (0, 40)


def test_results_come_in_the_order_of_the_jobs():
    assert list(in_order([(2, "c"), (0, "a"), (3, "d"), (1, "b")])) == ["a", "b", "c", "d"]


def test_a_database_without_room_says_so(tmp_path):
    def crowded():
        with store.opened(tmp_path / "database") as database:
            database.execute("set max_temp_directory_size = '1MB'")
            database.execute("set memory_limit = '20MB'")
            database.execute("select count(*) from (select distinct hash(range) from range(20_000_000))").fetchall()

    with pytest.raises(BaogaoError, match=r"cannot go on \(.*\)\. Make room on the disk"):
        crowded()


def across(files):
    with store.opened() as database:
        workspace.from_files(database, files)
        return keys.across(database, files.keys())


def test_keys_across_files_are_compared_on_disk(built, tmp_path):
    folder, _ = built
    package = folder / "whole" / "work-reports"
    files = {name: [package / f"{name}.parquet"] for name in schema.package_tables("work-reports")}
    assert across(files) == []
    cut = pq.read_table(package / "indicators.parquet").slice(1)
    pq.write_table(cut, tmp_path / "indicators.parquet")
    twice = {**files, "indicators": [tmp_path / "indicators.parquet"], "topics": files["topics"] * 2}
    found = {(violation.rule, violation.table) for violation in across(twice)}
    assert {("primary_key", "topics"), ("foreign_key", "observations"), ("foreign_key", "indicator_aliases")} <= found
    assert ("foreign_key", "reports") not in found


def in_pieces(form, table, size, monkeypatch):
    monkeypatch.setattr("pipeline.publish.writers.parquet._GROUP", 10)
    stream = io.BytesIO()
    writer = writers()[form]("numerals", stream)
    for at in range(0, table.num_rows, size):
        writer.add(table.slice(at, size))
    writer.close()
    return stream.getvalue()


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx", "dta"])
def test_the_same_bytes_however_rows_come(form, built, monkeypatch):
    table = pq.read_table(built[0] / "whole" / "work-reports" / "numerals.parquet")
    found = {size: in_pieces(form, table, size, monkeypatch) for size in (1, 4, 25, table.num_rows)}
    assert len(set(found.values())) == 1


def test_other_tools_read_parts_as_they_are(built):
    """By the folder of a format, or by all files in it."""
    folder, summary = built
    count = summary.rows["observations"]
    package = folder / "parted" / "work-reports"
    assert len(pd.read_parquet(package / "observations.parquet")) == count
    assert pl.read_parquet(package / "observations.parquet").height == count
    assert pl.scan_csv(package / "observations.csv" / "*.csv", infer_schema_length=None).collect().height == count
    for pattern in ("observations.parquet/*.parquet", "observations.csv/*.csv"):
        [(rows,)] = duckdb.sql(f"select count(*) from '{package / pattern}'").fetchall()
        assert rows == count
    frames = [pd.read_csv(path) for path in sorted((package / "observations.csv").iterdir())]
    assert sum(map(len, frames)) == count


def test_formats_can_be_left_out(built, tmp_path):
    folder, _ = built
    build(folder / "reports", tmp_path / "packages", formats=["parquet"], workers=1)
    names = {path.suffix for path in (tmp_path / "packages").rglob("*.*") if path.is_file()}
    assert names == {".parquet", ".json", ".md"}
    assert check_package(tmp_path / "packages", folder / "reports") == []


def test_reports_that_overlap_are_found():
    apart = [entry(0, 0, "cn-441900", span=(10, 50)), entry(0, 1, "cn-110000", span=(50, 90))]
    assert list(overlaps([*apart, entry(0, 2, "", kind="residue", span=(0, 100))])) == []
    [found] = overlaps([*apart, entry(0, 2, "cn-110000", span=(80, 95)), entry(1, 0, "cn", span=(0, 99))])
    assert (found.rule, found.place) == ("provenance", "0.txt:80-95")


def test_a_numeral_of_another_report_is_found():
    text, rows = "2018年增长8%", [(0, 4, 1), (7, 8, 2)]
    assert list(_accounted("a.txt", text, [(0, len(text))], rows)) == []
    [found] = _accounted("a.txt", text, [(0, 5)], rows)
    assert (found.rule, found.row) == ("ledger", 2)


def test_keep_going_leaves_out_a_file_with_broken_keys(built, tmp_path, monkeypatch):
    folder, _ = built

    def wrong(source, report, true=pipeline.extract.extract_report):
        found = true(source, report)
        if source.name == "成都-2021.txt":
            kept = ("report_id", "place_id", "period", "text", "start", "stop")
            row = {name: found["observations"][0][name] for name in kept}
            found["qualitative_targets"] = [{**row, "indicator_id": "nothing", "relation": "in_step"}]
        return found

    monkeypatch.setattr("pipeline.run.pieces.extract_report", wrong)
    summary = build(folder / "reports", tmp_path / "packages", keep_going=True, workers=1)
    assert [failure.name for failure in summary.failed] == ["成都-2021.txt"]
    assert "indicator_id is ('nothing',)" in str(summary.failed[0].error)
    assert summary.rows["reports"] == 2 * len(PLACES)


def test_damaged_packages_in_parts_are_described(built, tmp_path):
    folder, _ = built
    shutil.copytree(folder / "parted", tmp_path / "named-otherwise")
    assert check_package(tmp_path / "named-otherwise", folder / "reports") == []
    (tmp_path / "named-otherwise" / "work-reports" / "places.parquet").unlink()
    found = {(v.rule, v.table) for v in check_package(tmp_path / "named-otherwise", folder / "reports")}
    assert ("missing_file", "places.parquet") in found
    for form in ("csv", "parquet"):
        part = folder / "parted" / "work-reports" / f"observations.{form}" / f"cn-12-2021.{form}"
        shutil.copy(part, part.with_stem("extra"))
    try:
        found = {(v.rule, v.table) for v in check_package(folder / "parted" / "work-reports", folder / "reports")}
    finally:
        for form in ("csv", "parquet"):
            (folder / "parted" / "work-reports" / f"observations.{form}" / f"extra.{form}").unlink()
    assert ("descriptor", "observations.csv/extra.csv") in found
