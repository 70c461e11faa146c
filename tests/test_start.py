"""The page on the first ten minutes: every step does what the page says, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main

DOCS = Path(__file__).parents[1] / "docs"


def blocks(mark: str, language: str = "en") -> list[str]:
    """The blocks of code with this mark, without their indent."""
    page = (DOCS / language / "start.md").read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{{{re.escape(mark)}}}\n(.*?)^ *```", page, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if re.match(r" *(at|\d+) ", line) and "observations" not in line]


def test_both_languages_have_the_same_code():
    found = [
        re.findall(r"^ *```.*?^ *```", (DOCS / language / "start.md").read_text(encoding="utf-8"), re.M | re.S)
        for language in ("en", "zh")
    ]
    assert len(found[0]) == 8
    assert found[0] == found[1]


def test_reading_a_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(*blocks(".text .report"), encoding="utf-8")
    printed = []
    for line in "".join(blocks(".sh .read")).splitlines():
        program, *arguments = line.split()
        done = CliRunner().invoke(main, arguments)
        assert (program, done.exit_code) == ("baogao", 0), done.output
        printed.append(done.stdout)
    assert words(printed[0]) == words(blocks(".text .rows")[0])
    assert "6" in printed[1]
    assert len(Path("rows.csv").read_text(encoding="utf-8").splitlines()) == len(words(printed[0]))
    assert "地区生产总值" in Path("report.html").read_text(encoding="utf-8")


def test_what_is_downloaded_is_as_the_page_says(packages, monkeypatch, capsys):
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.chdir(packages.parent)
    [code] = blocks(".python .download")
    exec(code, {})
    assert "左右" in capsys.readouterr().out
    book = openpyxl.load_workbook(packages / "analysis-ready/promises.xlsx", read_only=True)
    assert {"data", "columns", "codes"} <= set(book.sheetnames)


def test_frictionless_reads_a_table(packages, monkeypatch, capsys):
    monkeypatch.chdir(packages.parent)
    [code] = blocks(".python .frictionless")
    exec(code, {})
    assert len(capsys.readouterr().out.splitlines()) == 3
