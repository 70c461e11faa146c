"""The commands: help, streams, formats, exit codes, advice instead of tracebacks."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import __version__
from pipeline.cli import main

TEXT = "东莞市政府工作报告\n2021年,全市地区生产总值增长8.2%,粮食产量12.5万吨。2022年,地区生产总值增长7%左右。\n"
HEAVY = ("pandas", "pyarrow", "frictionless", "pandera", "mkdocs", "jieba", "rich", "yaml")


def run(*arguments, input=None):
    return CliRunner().invoke(main, [str(a) for a in arguments], input=input)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_version():
    assert run("--version").output == f"baogao, version {__version__}\n"


@pytest.mark.parametrize("name", list(main.commands))
def test_help_has_examples_that_the_command_accepts(name):
    command = main.commands[name]
    shown = run(name, "--help")
    assert shown.exit_code == 0
    for line, _ in command.examples:
        assert line in shown.output
        words = shlex.split(line.split("|")[-1])
        assert words[:2] == ["baogao", name]
        command.make_context(name, words[2:])


def test_help_loads_nothing_heavy():
    code = f"""
import sys
from pipeline.cli import main
try:
    main(["--help"])
except SystemExit:
    print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("source", ["file", "-"])
def test_extract_csv(report, source):
    result = (
        run("extract", report, "--format", "csv")
        if source == "file"
        else run("extract", "-", "--format", "csv", input=TEXT)
    )
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["text"], row["measure"], row["bound"]) for row in rows] == [
        ("8.2", "growth", "exact"),
        ("12.5", "level", "exact"),
        ("7", "growth", "about"),
    ]
    assert all(TEXT[int(row["start"]) : int(row["stop"])] == row["text"] for row in rows)


def test_extract_formats_agree(report, tmp_path):
    import pyarrow.parquet as pq

    output = tmp_path / "rows.parquet"
    assert run("extract", report, "--format", "parquet", "--output", output).exit_code == 0
    rows = json.loads(run("extract", report, "--format", "json").stdout)
    table = pq.read_table(output).to_pylist()
    assert [row["observation_id"] for row in rows] == [row["observation_id"] for row in table]
    assert [row["value"] for row in rows] == [8.2, 12.5, 7]
    shown = run("extract", report).stdout
    assert all(word in shown for word in ("粮食产量", "12.5 万吨", "7 %", "about"))


def test_nothing_but_data_on_standard_output(report):
    result = run("extract", report, "--format", "json")
    assert result.stderr == ""
    assert len(json.loads(result.stdout)) == 3


def test_a_pipe_that_closes_early_is_no_error(report):
    report.write_text(TEXT * 2000, encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m pipeline extract {shlex.quote(str(report))} --format csv | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.stdout.startswith("observation_id,")
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of Unix")
def test_a_closed_standard_output_is_told(report):
    command = [sys.executable, "-m", "pipeline", "extract", str(report), "--format", "csv"]
    ended = subprocess.run(command, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1), text=True)
    assert ended.returncode == 1
    assert "Standard output is closed." in ended.stderr


def test_text_cannot_command_the_terminal(report):
    report.write_text("全县建成\x1b]0;x\x07公园12个。\n", encoding="utf-8")
    assert "\x1b" not in run("extract", report).stdout


def test_explain(report):
    result = run("explain", report, "--at", TEXT.index("12.5"))
    assert result.exit_code == 0, result.output
    assert all(word in result.stdout for word in ("粮食产量", "12.5", "万吨", "2021"))


def test_explain_shows_the_whole_trace_of_one_numeral(report):
    said = run("explain", report, "--at", TEXT.index("12.5")).stdout
    assert "【12.5】" in said
    assert said.count("Observation ") == 1
    for field in ("indicator", "measure", "place"):
        rules = said.partition(f"  {field} ")[2].splitlines()[1]
        assert rules.startswith("    "), said


def test_explain_names_the_numerals_where_none_is_asked_for(report):
    result = run("explain", report, "--at", TEXT.index("粮食产量"))
    assert result.exit_code == 0
    assert str(TEXT.index("12.5")) in result.stdout


@pytest.mark.parametrize("text", ["· · ·\n", "网页导航\n"])
def test_explain_of_a_text_without_sentences(tmp_path, text):
    file = tmp_path / "empty.txt"
    file.write_text(text, encoding="utf-8")
    for at in range(len(text)):
        result = run("explain", file, "--at", at)
        assert result.exit_code == 0, result.output
        assert "column start" in result.stdout or "numerals" in result.stdout


def test_explain_beyond_the_end(report):
    result = run("explain", report, "--at", 10**6)
    assert result.exit_code == 1
    assert str(len(TEXT)) in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "missing.txt"),
        ("explain", "missing.txt", "--at", "1"),
        ("build", "--reports", "missing"),
        ("check", "missing"),
        ("score", "missing"),
        ("curate", "--datapackages", "missing"),
    ],
)
def test_what_is_missing_is_named_with_advice(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("Error: ")
    assert "missing" in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_text_that_is_read_is_never_written_over(report, tmp_path):
    source = tmp_path / "a.txt"
    source.write_bytes(Path(report).read_bytes())
    (tmp_path / "link.csv").symlink_to(source)
    for output in (source, tmp_path / "link.csv"):
        result = CliRunner().invoke(main, ["extract", str(source), "--format", "csv", "--output", str(output)])
        assert result.exit_code == 1
        assert "is the text that is read" in result.stderr
        assert source.read_bytes() == Path(report).read_bytes()


def test_output_that_cannot_be_written(report, tmp_path):
    result = run("extract", report, "--format", "csv", "--output", tmp_path / "no" / "such" / "folder.csv")
    assert result.exit_code == 1
    assert "--output" in result.stderr


def test_build_and_check(report, tmp_path):
    output = tmp_path / "packages"
    built = run("build", "--reports", report.parent, "--output", output, "--workers", 1)
    assert built.exit_code == 0, built.output
    with (output / "work-reports" / "observations.csv").open(encoding="utf-8") as stream:
        assert sum(1 for _ in csv.DictReader(stream)) == 3
    assert run("check", output, "--reports", report.parent).exit_code == 0


def test_check_names_what_is_wrong(report, tmp_path):
    output = tmp_path / "packages"
    assert run("build", "--reports", report.parent, "--output", output, "--workers", 1).exit_code == 0
    table = output / "work-reports" / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("12.5", "99.5"), encoding="utf-8")
    result = run("check", output, "--reports", report.parent)
    assert result.exit_code == 1
    assert "observations" in result.output


def test_score(tmp_path):
    gold, packages = tmp_path / "gold", tmp_path / "packages"
    gold.mkdir()
    (packages / "work-reports").mkdir(parents=True)
    (packages / "work-reports" / "observations.csv").write_text("")
    (gold / "score.py").write_text("print('{\"numerals\": 3}')")
    kept = tmp_path / "score.json"
    result = run("score", gold, "--datapackages", packages, "--output", kept)
    assert result.exit_code == 0, result.output
    assert json.loads(kept.read_text())["numerals"] == 3


def test_score_of_the_rules_alone(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("甲县新增企业12家。", encoding="utf-8")
    package, gold = tmp_path / "packages" / "work-reports", tmp_path / "gold"
    for folder in (gold, package):
        folder.mkdir(parents=True)
    for name, text in {
        "observations": "report_id,start\n",
        "corrections": "correction_id\na\n",
        "reports": "source_file\na.txt\n",
        "places": "place_id\n",
    }.items():
        (package / f"{name}.csv").write_text(text, encoding="utf-8")
    count = "import csv, json, sys; rows = list(csv.DictReader(open(sys.argv[1] + '/observations.csv', encoding='utf-8')))\n"
    (gold / "score.py").write_text(count + "print(json.dumps({'numerals': len(rows)}))", encoding="utf-8")
    kept = tmp_path / "score.json"
    given = ("--datapackages", package.parent, "--reports", tmp_path / "reports", "--output", kept)
    result = run("score", gold, *given)
    assert result.exit_code == 0, result.output
    assert json.loads(kept.read_text())["rules_alone"] == {"numerals": 1}
    assert "Rules alone" in result.output


def test_extract_shows_the_least_sure_rows_first(tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("甲县粮食产量12.5万吨。推进实现80公里。新建学校3所。", encoding="utf-8")
    rows = json.loads(run("extract", report, "--doubtful", "--format", "json").output)
    sure = [row["confidence"] for row in rows]
    assert sure == sorted(sure)
    assert [row["start"] for row in rows] != sorted(row["start"] for row in rows)
    assert f"{sure[0]:.3f}" in run("extract", report, "--doubtful").output


def test_extract_takes_several_inputs_and_the_format_from_the_name_of_the_output(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("甲县新增企业12家。", encoding="utf-8")
    (folder / "x.wps").write_text("", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>乙县新增企业30家。</p>", encoding="utf-8")
    (tmp_path / "c.csv").write_text("甲,乙\n1,丙县新增企业5家。\n", encoding="utf-8")
    output = tmp_path / "out.csv"
    names = [str(path) for path in (folder, tmp_path / "b.html", tmp_path / "c.csv")]
    done = CliRunner().invoke(main, ["extract", *names, "--column", "text=乙", "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "x.wps: not a format that is read" in done.stderr
    rows = output.read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[2] for row in rows[1:]] == ["12", "30", "5"]


def test_facts_for_all_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新增企业12家。", encoding="utf-8")
    facts = ["--place", "110105", "--year", "2030", "--kind", "news", "--format", "json"]
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), *facts])
    (row,) = json.loads(done.stdout)
    assert (row["place_id"], row["period"]) == ("cn-110105", "2030")
    assert CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), "--kind", "x"]).exit_code == 2
    assert CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), "--output", "x.zzz"]).exit_code == 2


def test_extract_html_marks_every_numeral_and_obeys_nothing_in_the_text(tmp_path: Path) -> None:
    text = (
        "甲市2022年政府工作报告\n\n2021年工作回顾\n\n生产总值增长8%、<script>投资</script>增长9%,入库项目1-2个。\n\n"
        "2022年工作安排\n\n力争“&lt;”型企业达到50家。\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    output = tmp_path / "a.html"
    assert CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), "--output", str(output)]).exit_code == 0
    page = output.read_text(encoding="utf-8")
    read = _Page()
    read.feed(page)
    assert not read.open, "every element is closed"
    assert "script" not in read.elements
    assert "".join(read.shown).split() == [line for line in text.split() if line]
    assert len(read.figures) == 4
    assert set(read.targets) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


class _Page(HTMLParser):
    """The text of a page's lines without what was put into it, its elements, identifiers and links inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.shown: list[str] = []
        self.figures: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.lines = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.elements.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if told.get("class") == "text":
            self.lines = True
        if (told.get("class") or "").startswith("figure"):
            self.figures.append(str(told["href"]))
        self.ids += [told["id"]] if told.get("id") else []
        self.targets += [str(told["href"])[1:]] if told.get("href") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "p" and self.lines:
            self.lines = False
            self.shown.append("\n")

    def handle_data(self, data: str) -> None:
        if self.lines and self.open[-1] not in ("sup", "small") and "small" not in self.open:
            self.shown.append(data)


def test_a_fault_of_the_program_is_told_without_a_traceback(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("增长5%。", encoding="utf-8")

    def broken(source):
        raise KeyError("x")

    monkeypatch.setattr("pipeline.extract.extract_source", broken)
    monkeypatch.delenv("BAOGAO_TRACEBACK", raising=False)
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt")])
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert "A fault of the program (KeyError: 'x')" in done.output
    monkeypatch.setenv("BAOGAO_TRACEBACK", "1")
    assert isinstance(CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt")]).exception, KeyError)


SHORT = [
    MemoryError(),
    ImportError("pandas.so: failed to map segment from shared object"),
    OSError(12, "Cannot allocate memory"),
]


@pytest.mark.parametrize("error", SHORT, ids=lambda error: type(error).__name__)
def test_too_little_memory_is_told_as_that(tmp_path, monkeypatch, error):
    (tmp_path / "a.txt").write_text("增长5%。", encoding="utf-8")

    def starved(source):
        raise error

    monkeypatch.setattr("pipeline.extract.extract_source", starved)
    monkeypatch.delenv("BAOGAO_TRACEBACK", raising=False)
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt")])
    assert (done.exit_code, done.output.count("There is not enough memory")) == (1, 1)


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("增长5%。", encoding="utf-8")
    locked = tmp_path / "locked"
    locked.mkdir()

    def refused(source):
        raise PermissionError(13, "Permission denied", str(locked / "within" / "a.csv"))

    monkeypatch.setattr("pipeline.extract.extract_source", refused)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked)
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt")])
    assert f"{locked}: Permission denied. Give yourself the right to look into the folder" in " ".join(
        done.output.split()
    )
