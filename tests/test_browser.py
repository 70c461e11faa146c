"""What a browser runs: the archive alone, without anything that a browser lacks, gives what the command gives."""

from __future__ import annotations

import ast
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import docx, html
from site_sample import ATTACKS, report

from pipeline.browser import MOST, Desk, opened
from pipeline.encode import encode
from pipeline.errors import InputError
from pipeline.extract import extract_source
from pipeline.knowledge import HERE, knowledge
from pipeline.marked import marked_page
from pipeline.names import FLAT, flat_rows
from pipeline.site.browser_archive import archive, archive_name
from pipeline.site.said import notes_in_chinese
from pipeline.text.sources import read_source

# Run with the archive and the standard library alone.
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from pipeline.browser import opened
for path in sys.argv[2:]:
    desk, told = opened(path, "[]", print)
    assert desk, told
    Path(path + ".csv").write_bytes(desk.csv())
    Path(path + ".marked").write_bytes(desk.html())
assert not {"numpy", "pyarrow", "pandas", "click"} & {name.partition(".")[0] for name in sys.modules}
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> list[Path]:
    """A document in each form that is read, one with facts beside it."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "a.txt").write_text(report(2019), encoding="utf-8")
    (folder / "b.html").write_bytes(html())
    (folder / "c.docx").write_bytes(docx())
    (folder / "d.md").write_text(report(2019).replace("怀集县", "本县"), encoding="gb18030")
    (folder / "d.yaml").write_text("place: 广东省肇庆市怀集县\n", encoding="utf-8")
    return [folder / name for name in ("a.txt", "b.html", "c.docx", "d.md")]


def unpacked() -> dict[str, bytes]:
    """The files of the archive by their paths, taken out as the page does it."""
    content = gzip.decompress(archive())
    at = 4 + int.from_bytes(content[:4], "little")
    found = {}
    for name, size in json.loads(content[4:at]):
        found[name.removeprefix("/baogao/")] = content[at : at + size]
        at += size
    assert at == len(content)
    assert at % 16 == 0
    return found


def test_the_archive_alone_gives_in_a_browser_the_rows_of_the_command(texts, tmp_path):
    for name, content in unpacked().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-I", "-S", "-c", ALONE, tmp_path, *texts]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert ended.returncode == 0, ended.stderr
    for path in texts:
        source = read_source(path)
        rows = extract_source(source)
        assert rows["observations"], path.name
        assert path.with_name(path.name + ".csv").read_bytes() == encode(flat_rows(rows), "csv", table=FLAT), path.name
        assert path.with_name(path.name + ".marked").read_bytes() == marked_page([(source, rows)]), path.name


def test_the_archive_has_all_modules_that_its_modules_import():
    files = unpacked()
    modules = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in files if name.endswith(".py")
    }
    lacking = set()
    for name, content in files.items():
        if name.startswith("pipeline/") and name.endswith(".py"):
            for node in ast.walk(ast.parse(content)):
                lacking |= {module for module in imported(node) if module not in modules}
    others = {module.partition(".")[0] for module in lacking} - sys.stdlib_module_names
    assert others <= {"numpy", "pandas", "pandera", "pyarrow"}, "what the extraction does without"


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; of `from a import b` also `a.b` where it is one of ours."""
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        for one in node.names:
            inner = f"{node.module}.{one.name}"
            if (HERE.parent / Path(*inner.split("."))).with_suffix(".py").is_file():
                yield inner


def test_what_is_said_in_chinese_is_what_the_code_says():
    code = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("*.py"))
    said = knowledge("site/locale/said")
    parts = {part for english in said for part in re.split(r"\{\d\}| (?=stands here)", english) if part.strip(" ,()`:")}
    assert not [part for part in parts if part not in code]
    for english, chinese in said.items():
        assert sorted(re.findall(r"\{\d\}", english)) == sorted(re.findall(r"\{\d\}", chinese)), english


@pytest.mark.parametrize(
    ("name", "content", "told", "said"),
    [
        ("a.txt", b" \n", "[]", "文件为空，或只有空白"),
        ("a.txt", "投资\x07增长5%。".encode(), "[]", "第 1 行第 3 个字符：此处有控制字符 U+0007"),
        ("a.docx", b"PK\x03\x04", "[]", "这不是 Office 文件"),
        ("a.pdf", b"%PDF", "[]", "浏览器中不能读取这类文件"),
        ("a.txt", "投资增长5%。".encode(), '[{"number": 1, "date": "gestern"}]', "“gestern”不是日期"),
        ("a.txt", "投资增长5%。".encode(), '[{"number": 1, "place": "无此县"}]', "地名表中没有“无此县”"),
    ],
)
def test_errors_are_said_in_chinese_too(tmp_path, name, content, told, said):
    (tmp_path / name).write_bytes(content)
    desk, text = opened(str(tmp_path / name), told, lambda done, all: None)
    assert desk is None
    error = json.loads(text)
    assert said in "：".join(part for part in (error["place_zh"], error["problem_zh"]) if part)
    assert re.search("[一-鿿]", error["remedy_zh"])
    assert not re.search("[一-鿿]", re.sub("`.*?`|无此县|北京市朝阳区", "", error["problem"] + error["remedy"]))


def test_notes_on_reports_are_said_in_chinese():
    notes = "An extract: title and opening are missing.; The glossary breaks off in the entry 某词"
    assert notes_in_chinese(notes) == "节选：缺标题和开头；名词解释在“某词”一条中断。"
    assert notes_in_chinese("The annex is missing: 附件:a.doc") == "缺附件：附件:a.doc。"
    assert notes_in_chinese("来自档案馆。") == "来自档案馆。"
    assert notes_in_chinese("") == ""


def test_it_is_told_how_far_a_long_report_is_read(tmp_path):
    text = "投资增长5%。" * 500
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    heard: list[tuple[int, int]] = []
    Desk(tmp_path / "a.txt", tell=lambda done, all: heard.append((done, all)))
    assert len(heard) > 4
    assert heard == sorted(heard)
    assert {all for _, all in heard} == {len(text)}


def test_the_archive_of_the_same_code_is_the_same():
    name = archive_name()
    archive.cache_clear()
    assert archive_name() == name


def test_the_page_gets_every_character_and_every_row(texts):
    desk = Desk(texts[0])
    about = json.loads(desk.overview())
    blocks = json.loads(desk.blocks(0, about["blocks"]))
    said = "".join(piece if isinstance(piece, str) else piece[0] for block in blocks for piece in block)
    assert "".join(said.split()) == "".join(desk.source.text.split())
    assert all(attack.replace(" ", "") in "".join(said.split()) for attack in ATTACKS)
    marked = [at for block in blocks for piece in block if not isinstance(piece, str) for at in piece[3]]
    assert marked == list(range(about["rows"]))
    lines = json.loads(desk.lines(0, about["rows"]))
    assert [line["at"] for line in lines] == marked
    for line in lines:
        start = line["start"]
        assert desk.source.text[start : start + len(line["quote"][1])] == line["quote"][1]
    sure = [line["confidence"] for line in json.loads(desk.lines(0, about["rows"], doubtful=True))]
    assert sure == sorted(sure)
    trace = json.loads(desk.trace(0))
    assert lines[0]["rule"] == trace["indicator"][0][0]
    assert {(row["indicator_id"], row["written"]) for row in about["headline"]} >= {
        ("gdp", "8%左右"),
        ("budget_revenue", "5%"),
    }


def test_what_the_reader_says_goes_before_what_was_inferred(texts):
    told = [{"number": 1, "place": "湖南省", "date": "2021-02-03", "title": ""}]
    about = json.loads(Desk(texts[3], told).overview())["reports"][0]
    assert (about["place_zh"], about["date"]) == ("湖南省", "2021-02-03")
    assert about["title"] == "2019年政府工作报告"
    beside = json.loads(Desk(texts[3]).overview())["reports"][0]
    assert beside["place_zh"] == "怀集县"
    with pytest.raises(InputError, match="is not a date"):
        Desk(texts[3], [{"number": 1, "date": "gestern"}])


def test_what_a_browser_does_not_read_is_refused_with_advice(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError, match="baogao extract"):
        Desk(tmp_path / "a.pdf")
    assert MOST >= 500_000
    monkeypatch.setattr("pipeline.browser.MOST", 10)
    (tmp_path / "a.txt").write_text("投资增长5%。" * 2, encoding="utf-8")
    with pytest.raises(InputError, match="at most 10"):
        Desk(tmp_path / "a.txt")


def test_long_lines_are_cut_outside_numerals(tmp_path):
    (tmp_path / "a.txt").write_text("各项投资增长12.5%，" * 1000, encoding="utf-8")
    desk = Desk(tmp_path / "a.txt")
    blocks = json.loads(desk.blocks(0, 99))
    assert len(blocks) == 3
    assert all(isinstance(piece, str) or piece[0] == "12.5" for block in blocks for piece in block)


def test_the_page_says_where_it_lacks_its_program():
    from types import SimpleNamespace
    from typing import Any

    from pipeline.site.reader import reader_page
    from pipeline.site.tongue import Tongue

    data: Any = SimpleNamespace(npm=frozenset(), reports={}, places={})
    for code, said in (("en", "without the program"), ("zh", "未包含浏览器程序")):
        shown = reader_page(Tongue(code), data)
        assert said in shown
        assert "<script" not in shown
        assert "reference/commands/#baogao-extract" in shown
