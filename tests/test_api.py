"""The functions for Python: paths and texts in, data frames out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
import sample_package
from click.testing import CliRunner

from pipeline import api, schema
from pipeline.cli import main
from pipeline.errors import BaogaoError, InputError
from pipeline.publish.packages import write_packages

TEXT = "政府工作报告\n——2026年1月8日在安吉县第十七届人民代表大会第五次会议上\n安吉县人民政府县长 王一\n各位代表：\n一、2025年工作回顾\n2025年，全县地区生产总值增长6.2%左右。\n二、2026年工作安排\n新建学校3所。\n"


@pytest.fixture(scope="module")
def tables():
    return api.read_text(TEXT, place="浙江省安吉县", year=2026)


def test_a_text_gives_frames_with_names(tables):
    row = tables["observations"].iloc[0]
    assert (row.value, row.indicator_zh, row.place_zh, row.period) == (6.2, "地区生产总值", "安吉县", "2025")
    assert row.report_date == date(2026, 1, 8)
    assert tables["observations"].value.dtype == "float64"
    assert tuple(tables["observations"].columns) == schema.columns("observations_flat")
    assert TEXT[row.start : row.stop] == row.text


def test_numbers_exactly_as_they_are_written(tables):
    exact = api.read_text(TEXT, place="浙江省安吉县", exact=True)["observations"]
    assert exact.value[0] == Decimal("6.2")
    assert exact.observation_id.tolist() == tables["observations"].observation_id.tolist()


def test_files_and_folders(tmp_path, tables):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert api.extract(str(tmp_path))["observations"].value.tolist() == tables["observations"].value.tolist()
    assert api.extract(tmp_path / "a.txt")["reports"].source_file.tolist() == ["a.txt"]
    assert "6.2" in api.explain(tmp_path / "a.txt", TEXT.index("6.2"))


@pytest.mark.parametrize("more", [{"kind": "letter"}, {"place": "无此县"}])
def test_what_is_said_of_a_text_is_checked(more):
    with pytest.raises(InputError):
        api.read_text(TEXT, **more)


def test_built_packages(tmp_path):
    write_packages(sample_package.tables(), tmp_path)
    assert api.load("headline_panel", tmp_path).target_low.dtype == "float64"
    assert api.check(tmp_path, reports=None).columns.tolist() == ["rule", "table", "row", "place", "message"]
    assert api.diff(str(tmp_path), str(tmp_path)).empty
    assert api.export(tmp_path, tmp_path / "x.db").is_file()
    assert "\ngdp:" not in api.curate(tmp_path)
    with pytest.raises(BaogaoError, match="no table"):
        api.load("others", tmp_path)
    with pytest.raises(BaogaoError, match="baogao build"):
        api.load("observations", tmp_path / "none")


def test_rules_are_listed():
    found = api.rules()
    assert isinstance(found, pd.DataFrame)
    assert found.id.is_unique


def test_every_function_says_what_it_raises():
    for name in api.__all__:
        told = getattr(api, name).__doc__
        assert told, name
        assert "Raises:" in told or name == "rules" or isinstance(getattr(api, name), type), name


def test_the_command_gives_names_too(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    given = [str(tmp_path / "a.txt"), "--place", "浙江省安吉县", "--output"]
    for more, name in (([], "a.xlsx"), (["--names"], "a.csv")):
        done = CliRunner().invoke(main, ["extract", *given, str(tmp_path / name), *more])
        assert done.exit_code == 0, done.output
    sheet, table = pd.read_excel(tmp_path / "a.xlsx"), pd.read_csv(tmp_path / "a.csv")
    assert sheet.place_zh.tolist() == table.place_zh.tolist() == ["安吉县", "安吉县"]
    assert sheet.indicator_zh[0] == table.indicator_zh[0] == "地区生产总值"


def test_folders_become_packages_and_pages(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reports" / "b.exe").write_text("", encoding="utf-8")
    built = api.build(tmp_path / "reports", tmp_path / "packages", workers=1, formats=["csv", "parquet"])
    assert built.set_index("table").rows["reports"] == 1
    assert built.attrs["left_out"] == []
    assert [told.partition(":")[0] for told in built.attrs["not_read"]] == ["b.exe"]
    page = api.review(tmp_path / "reports" / "a.txt", output=tmp_path / "review.html")
    assert "6.2" in page.read_text(encoding="utf-8")
    with pytest.raises(BaogaoError, match=r"score\.py"):
        api.score(tmp_path, tmp_path / "packages", tmp_path / "reports")
