"""What Linux alone has is hidden: extraction, build, check and site give the same bytes without it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import cli

ROOT = Path(__file__).parents[1]
# As on Windows: no fcntl, no fork, no system calls by name, no folder that opens as a file.
HIDDEN = """
import ctypes, errno, multiprocessing, os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
multiprocessing.get_all_start_methods = lambda: ["spawn"]
del os.O_DIRECTORY, errno.EDQUOT
class NoLibrary(ctypes.CDLL):
    def __init__(self, name, *arguments, **options):
        if name is None:
            raise TypeError("no library of that name")
        super().__init__(name, *arguments, **options)
ctypes.CDLL = NoLibrary
from pipeline.publish import atomic
assert atomic.sys.platform == "linux"
atomic.sys = type("system", (), {"platform": "win32"})
"""


def run(code: str, *arguments: str) -> bytes:
    """What a program prints, where Chinese is not in the encoding that the system gives to pipes."""
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning:filelock", "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        env={
            "PATH": "",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "cp1252",
            "NO_MKDOCS_2_WARNING": "true",
            "SITE_URL": os.environ["SITE_URL"],
        },
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """All files but the lock, which some systems leave behind."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


COMMANDS = """
import json, sys
from pipeline.cli import main
for command in json.loads(sys.argv[1]):
    main(command, prog_name="baogao", standalone_mode=False)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="hides what only Linux has")
def test_extract_build_and_check_need_nothing_that_only_linux_has(sample_site, tmp_path):
    text, csv, output = sample_site / "reports/county-2018.txt", tmp_path / "county.csv", tmp_path / "packages"
    build = ["build", "--reports", sample_site / "reports", "--output", output, "--workers", "1"]
    commands = [
        ["extract", text],
        ["extract", text, "--format", "csv", "--output", csv],
        build,
        build,  # the second time in place of the first
        ["check", output, "--reports", sample_site / "reports"],
    ]
    printed = run(HIDDEN + COMMANDS, json.dumps([[str(word) for word in command] for command in commands]))
    extracted = CliRunner().invoke(cli.main, ["extract", str(text)]).stdout
    assert printed.startswith(extracted.encode())
    assert contents(output) == contents(sample_site / "datapackages")
    assert csv.read_bytes().startswith(b"\xef\xbb\xbf") or csv.read_bytes().count(b"\n") > 20


@pytest.mark.skipif(sys.platform != "linux", reason="hides what only Linux has")
def test_the_site_needs_nothing_that_only_linux_has(sample_site, tmp_path):
    output = tmp_path / "site"
    options = {"--datapackages": sample_site / "datapackages", "--reports": sample_site / "reports", "--output": output}
    run(HIDDEN + COMMANDS, json.dumps([["site", *(str(word) for pair in options.items() for word in pair)]]))
    # Pagefind puts its filters into another order each time, and calls its files after what is in them.
    pages = {
        path
        for path in contents(sample_site / "site")
        if path.endswith((".html", ".csv", ".json")) and not path.startswith("pagefind/")
    }
    assert {path: contents(output)[path] for path in pages} == {
        path: contents(sample_site / "site")[path] for path in pages
    }


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def test_text_is_written_with_the_same_line_ends_and_encoding_everywhere():
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for call in calls(path):
            name = ast.unparse(call.func).rpartition(".")[2]
            given = {keyword.arg for keyword in call.keywords}
            told = f"{path.relative_to(ROOT)}: {ast.unparse(call)}"
            if name == "write_text" and not ast.unparse(call.func).startswith("formatter."):
                assert {"encoding", "newline"} <= given, told
            if name == "read_text" and not call.args:
                assert "encoding" in given, told
