"""Which files of a folder are sources, and what is said of the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.errors import InputError
from pipeline.text.fact_tables import read_facts
from pipeline.text.folder import find_sources
from pipeline.text.sources import read_source

TEXT = "政府工作报告\n——2031年1月8日在甲县第九届人民代表大会第一次会议上\n各位代表：\n一、2030年工作回顾\n全县新增企业12家。\n"


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")


def test_sources_stand_in_folders_and_have_endings_in_capitals(tmp_path: Path) -> None:
    put(tmp_path, "b.TXT", "甲省/乙市.txt", "a.md")
    found = find_sources(tmp_path)
    assert [file.name for file in found.files] == ["a.md", "b.TXT", "甲省/乙市.txt"]
    assert found.skipped == ()


def test_packages_made_beside_the_reports_are_none(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "packages/work-reports/datapackage.json", "packages/work-reports/observations.csv")
    found = find_sources(tmp_path)
    assert [file.name for file in found.files] == ["a.txt"]
    assert [(file.name, file.reason) for file in found.skipped] == [
        ("packages/work-reports", "a data package, not reports")
    ]


def test_what_is_not_read_is_named_with_the_reason(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.txt",
        "a.yaml",
        "a.corrections.yaml",
        "README.md",
        "SOURCE.txt",
        "facts/gdp.csv",
        "x.wps",
        "b.yml",
        "c.yaml",
    )
    (tmp_path / "empty").mkdir()
    found = find_sources(tmp_path)
    assert [file.name for file in found.files] == ["a.txt"]
    assert {file.name: file.reason for file in found.skipped} == {
        "README.md": "describes the folder",
        "SOURCE.txt": "describes the folder",
        "x.wps": "not a format that is read",
        "b.yml": "facts beside a source are read from files that end in .yaml",
        "c.yaml": "there is no source of this name beside it",
        "empty": "an empty folder",
    }


def test_a_folder_without_sources_is_an_error_that_names_what_is_there(tmp_path: Path) -> None:
    put(tmp_path, "x.wps")
    with pytest.raises(InputError, match=r"no reports here \(x\.wps: not a format that is read\)"):
        find_sources(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
def test_links_and_pipes_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    put(tmp_path, "outside.txt", "reports/a.txt")
    (reports / "inside.txt").symlink_to("a.txt")
    (reports / "out.txt").symlink_to(tmp_path / "outside.txt")
    (reports / "loop.txt").symlink_to("loop.txt")
    (reports / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(reports / "pipe.txt")
    found = find_sources(reports)
    assert [file.name for file in found.files] == ["a.txt", "inside.txt"]
    assert {file.name: file.reason for file in found.skipped} == {
        "out.txt": "a link that leads out of the folder",
        "zero.txt": "a link that leads out of the folder",
        "loop.txt": "a link that leads nowhere",
        "pipe.txt": "not a regular file",
    }
    for path in (reports / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(InputError, match="no regular file"):
            read_source(path)
    (reports / "facts").mkdir()
    os.mkfifo(reports / "facts" / "a.csv")
    with pytest.raises(InputError, match="no regular file"):
        read_facts(reports)


def test_a_build_reads_folders_and_says_what_it_left_out(tmp_path: Path) -> None:
    put(tmp_path / "reports", "甲/a.txt", "b.wps")
    summary = build(tmp_path / "reports", tmp_path / "out", workers=1)
    assert summary.rows["reports"] == 1
    assert [str(file) for file in summary.skipped] == ["b.wps: not a format that is read"]
    assert "甲/a.txt" in (tmp_path / "out" / "work-reports" / "reports.csv").read_text(encoding="utf-8")
