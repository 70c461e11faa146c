"""Bad input through the commands: a right result, or one line that says what is wrong where and what to do.

Whatever happens, packages published before stay as they are unless the new ones are complete.
"""

from __future__ import annotations

import codecs
import csv
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.check import check_package
from pipeline.cli import main

TEXT = "临川市政府工作报告\n2021年，全市地区生产总值增长8.2%，粮食产量12.5万吨。\n"
ROWS = [("8.2", "8.2"), ("12.5", "12.5")]
FULL_WIDTH = "２０２１年，全市地区生产总值增长８．２％，粮食产量１２．５万吨。\n"
TRADITIONAL = "二〇二一年，全縣地區生產總值達到三百億元，較上年增長8.2%；糧食產量12.5萬噸，較上年減少一成。\n"
DIGITS = "7" * 10_000

# name: (bytes of the source, (text, value) of the observations)
READ = {
    "one line": (TEXT.encode(), ROWS),
    "UTF-8 with a mark": (TEXT.encode("utf-8-sig"), ROWS),
    "UTF-16 with a mark": (TEXT.encode("utf-16"), ROWS),
    "UTF-16 without a mark": (TEXT.encode("utf-16-be"), ROWS),
    "GB18030": (TEXT.encode("gb18030"), ROWS),
    "CR": (TEXT.replace("\n", "\r").encode(), ROWS),
    "CRLF": (TEXT.replace("\n", "\r\n").encode(), ROWS),
    "tabs and form feeds": (TEXT.replace("，", "，\t\x0c").encode(), ROWS),
    "full width": (FULL_WIDTH.encode(), [("８．２", "8.2"), ("１２．５", "12.5")]),
    "Traditional Chinese": (
        TRADITIONAL.encode(),
        [("三百億", "300"), ("8.2", "8.2"), ("12.5", "12.5"), ("一成", "-1")],
    ),
    "no line break": (TEXT.replace("\n", "").encode() * 200, [*ROWS * 200]),
    "10,000 digits": ((TEXT + f"项目{DIGITS}个。\n").encode(), ROWS),
    "many parts": ((TEXT + "版本0.1.2.3，编号1.2.3.4.5。\n").encode(), ROWS),
    "thousands separators": ("出口1,234.5亿元。\n".encode(), [("1,234.5", "1234.5")]),
    "clock times": ((TEXT + "会议12:30开始，2018-1-3结束。\n").encode(), ROWS),
    "nested brackets": (("（" * 5000 + TEXT + "）" * 5000).encode(), ROWS),
    "no numeral": ("各位代表，现在我报告政府工作。\n".encode(), []),
    "English": (b"In the year 2021 growth was fast. See chapter 3.\n", []),
    "only full stops": ("。。。\n。\n".encode(), []),
    "one character": ("一".encode(), []),
}

# name: (bytes of the source, what the message says)
REFUSED = {
    "empty": (b"", "is empty"),
    "only a mark": (codecs.BOM_UTF8, "is empty"),
    "white space": ("\u3000 \r\n\t\u00a0".encode(), "only white space"),
    "NUL": ("增长\x008%".encode(), "line 1, character 3"),
    "control characters": ("报告\n增长\x1b[31m8%".encode(), "U+001B"),
    "random bytes": (bytes(range(128, 256)) * 20, "not text"),
    "PDF": (b"%PDF-1.7 ...", "a PDF file"),
    "broken UTF-8": (TEXT.encode() * 50 + b"\xff\xfe\xfd" + TEXT.encode(), "0xff"),
    "UTF-16 that breaks off": (TEXT.encode("utf-16")[:-1], "byte"),
}

FACTS = {
    "no YAML": ("date: [2021", "line"),
    "unknown key": ("dat: 2021-01-01", "unknown key `dat`"),
    "no date": ("date: soon", "not a date"),
    "unknown place": ("place: ../../etc", "place"),
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "another place of the file"),
    "deep nesting": ("[" * 20_000, "not YAML"),
    "bytes": ("title: \x00", "NUL"),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def advice(result: Result) -> str:
    """The one line that an error must be."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    lines = result.stderr.strip().splitlines()
    assert lines[0].startswith("Error: "), result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert lines[0].count(". ") + lines[0].endswith(".") >= 2, "what to do is missing"
    return lines[0]


@pytest.fixture
def published(tmp_path: Path, once: dict[str, bytes]) -> Path:
    """A folder with packages that an earlier build has published."""
    folder = tmp_path / "packages"
    for name, content in once.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("earlier")
    (folder / "reports").mkdir()
    (folder / "reports" / "earlier.txt").write_text(TEXT, encoding="utf-8")
    assert run("build", "--reports", folder / "reports", "--output", folder / "packages").exit_code == 0
    return contents(folder / "packages")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def rows_of(data: str) -> list[dict[str, str]]:
    csv.field_size_limit(131_072)
    return list(csv.DictReader(io.StringIO(data, newline="")))


@pytest.mark.parametrize("name", READ)
def test_read_right(name: str, reports: Path, published: Path) -> None:
    data, expected = READ[name]
    source = reports / "source.txt"
    source.write_bytes(data)
    shown = run("extract", source, "--format", "csv")
    assert shown.exit_code == 0, shown.output
    assert [(row["text"], row["value"]) for row in rows_of(shown.stdout)] == expected
    built = run("build", "--reports", reports, "--output", published)
    assert built.exit_code == 0, built.output
    assert check_package(published, reports) == []
    table = (published / "work-reports" / "observations.csv").read_text(encoding="utf-8")
    assert [(row["text"], row["value"]) for row in rows_of(table)] == expected


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_advice(name: str, reports: Path, published: Path, once: dict[str, bytes]) -> None:
    data, message = REFUSED[name]
    (reports / "good.txt").write_text(TEXT, encoding="utf-8")
    source = reports / "source.txt"
    source.write_bytes(data)
    for command in (("extract", source), ("build", "--reports", reports, "--output", published)):
        line = advice(run(*command))
        assert "source.txt" in line
        assert message in line
    assert contents(published) == once


@pytest.mark.parametrize("name", FACTS)
def test_facts_refused_with_advice(name: str, reports: Path, published: Path, once: dict[str, bytes]) -> None:
    facts, message = FACTS[name]
    source = reports / "source.txt"
    source.write_text(TEXT, encoding="utf-8")
    (reports / "source.yaml").write_text(facts, encoding="utf-8")
    for command in (("extract", source), ("build", "--reports", reports, "--output", published)):
        line = advice(run(*command))
        assert "source.yaml" in line
        assert message in line
    assert contents(published) == once


def test_two_sources_of_one_report(reports: Path, published: Path, once: dict[str, bytes]) -> None:
    for name in ("one.txt", "two.txt"):
        (reports / name).write_text(TEXT, encoding="utf-8")
    line = advice(run("build", "--reports", reports, "--output", published))
    assert "one.txt" in line
    assert "two.txt" in line
    assert contents(published) == once


@pytest.mark.parametrize(
    "name",
    ["a\\..\\evil.txt", "$(touch evil).txt", "-rf.txt", "<b>&amp;.txt", "'\",;.txt", "报告 1.txt", "x" * 251 + ".txt"],
)
def test_odd_names_stay_names(name: str, reports: Path, published: Path, tmp_path: Path) -> None:
    (reports / name).write_text(TEXT, encoding="utf-8")
    built = run("build", "--reports", reports, "--output", published)
    assert built.exit_code == 0, built.output
    assert check_package(published, reports) == []
    table = (published / "work-reports" / "reports.csv").read_text(encoding="utf-8")
    assert rows_of(table)[0]["source_file"] == name
    assert all(path.name == "reports" or "packages" in path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", [b"bad-\xff.txt", b"two\nlines.txt", b"red\x1b[31m.txt"])
def test_names_that_are_no_text(name: bytes, reports: Path, published: Path, once: dict[str, bytes]) -> None:
    source = Path(os.fsdecode(os.fsencode(reports) + b"/" + name))
    try:
        source.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such names")
    for command in (("extract", source), ("build", "--reports", reports, "--output", published)):
        assert "name" in advice(run(*command))
    assert contents(published) == once


def test_a_name_with_a_path_in_it(tmp_path: Path) -> None:
    line = advice(run("extract", tmp_path / "no" / "such" / "folder" / "report.txt"))
    assert "no such file" in line


def test_a_folder_in_the_place_of_a_file(reports: Path, published: Path, once: dict[str, bytes]) -> None:
    (reports / "source.txt").mkdir()
    assert "source.txt" in advice(run("build", "--reports", reports, "--output", published))
    assert contents(published) == once


def test_no_sources(reports: Path, published: Path, once: dict[str, bytes]) -> None:
    assert "no reports here" in advice(run("build", "--reports", reports, "--output", published))
    assert "no such folder" in advice(run("build", "--reports", reports / "no", "--output", published))
    assert contents(published) == once


@pytest.mark.parametrize("suffix", [".txt", ".yaml"])
def test_an_unreadable_file(
    suffix: str, reports: Path, published: Path, once: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = reports / "source.txt"
    source.write_text(TEXT, encoding="utf-8")
    (reports / "source.yaml").write_text("date: 2021-01-01\n", encoding="utf-8")
    fail_on(monkeypatch, "read_bytes", lambda path: path == source.with_suffix(suffix), errno.EACCES)
    for command in (("extract", source), ("build", "--reports", reports, "--output", published)):
        line = advice(run(*command))
        assert f"source{suffix}" in line
        assert "Permission denied" in line
    monkeypatch.undo()
    assert contents(published) == once


def fail_on(monkeypatch: pytest.MonkeyPatch, method: str, concerned: Callable[[Path], bool], code: int) -> None:
    """Let a method of Path fail as the system would; tests may run as root, whom no permission stops."""
    true = getattr(Path, method)

    def failing(path: Path, *arguments: object, **named: object) -> object:
        if concerned(path):
            raise OSError(code, os.strerror(code), str(path))
        return true(path, *arguments, **named)

    monkeypatch.setattr(Path, method, failing)


def test_a_missing_output_folder_is_made(reports: Path, tmp_path: Path) -> None:
    (reports / "source.txt").write_text(TEXT, encoding="utf-8")
    assert run("build", "--reports", reports, "--output", tmp_path / "new" / "packages").exit_code == 0
    assert check_package(tmp_path / "new" / "packages", reports) == []


@pytest.mark.parametrize(
    ("code", "message"), [(errno.EROFS, "Read-only"), (errno.EACCES, "Permission"), (errno.ENOSPC, "disk is full")]
)
def test_an_output_that_takes_nothing(
    code: int,
    message: str,
    reports: Path,
    published: Path,
    once: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (reports / "source.txt").write_text(TEXT, encoding="utf-8")
    fail_on(monkeypatch, "open", lambda path: path.name == "observations.csv", code)
    line = advice(run("build", "--reports", reports, "--output", published))
    monkeypatch.undo()
    assert message.casefold() in line.casefold()
    assert contents(published) == once


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk(reports: Path) -> None:
    source = reports / "source.txt"
    source.write_text(TEXT, encoding="utf-8")
    line = advice(run("extract", source, "--format", "csv", "--output", "/dev/full"))
    assert "No space left" in line


@pytest.mark.parametrize("form", ["table", "csv", "json", "parquet"])
def test_a_text_without_observations_has_every_form(form: str, reports: Path) -> None:
    source = reports / "source.txt"
    source.write_text("各位代表！\n", encoding="utf-8")
    assert run("extract", source, "--format", form, "--output", reports / "rows").exit_code == 0
    assert (reports / "rows").stat().st_size > 0


def test_a_quote_has_a_bounded_length(reports: Path) -> None:
    source = reports / "source.txt"
    source.write_text("粮食产量12.5万吨、" * 20_000, encoding="utf-8")
    shown = run("extract", source, "--format", "csv")
    rows = rows_of(shown.stdout)
    assert len(rows) == 20_000
    assert max(len(row["quote"]) for row in rows) <= 2_000


def test_standard_input_and_output(reports: Path) -> None:
    result = CliRunner().invoke(main, ["extract", "-", "--format", "csv"], input=b"\xff\xfe\xfd")
    assert "Error: -" in advice(result)
