"""The map of CONTRIBUTING.md: each change is made in a copy, in the files that the map names, and shows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RULE = '''
"""A value of seventeen."""
from pipeline.collection.findings.rule import Found, Rule

def _find(page):
    for row in page.observations:
        if row["value"] == 17:
            yield Found(row)

RULE = Rule(id="seventeen", severity="notice", looks_at="rows", en="Seventeen.", zh="十七。", find=_find,
            example="2021年，全市工业用电量17亿千瓦时。", near_miss="2021年，全市工业用电量18亿千瓦时。")
'''
READER = '''
"""Texts written backwards."""
from pipeline.text.readers import plain

def read(data, name, options):
    return plain.read(data.decode()[::-1].encode(), name, options)
'''
WRITER = """
class Meow:
    extension, mediatype, streams, tabular = "meow", "text/x-meow", True, False

    def __init__(self, name, stream, when=""):
        self._stream = stream

    def add(self, rows):
        self._stream.write(b"meow" * rows.num_rows)

    def close(self):
        pass
"""
# Prints what the changed copy makes of each change.
LOOK = """
import json, sys
from pathlib import Path
import pipeline
from pipeline.extract import extract_text
from pipeline.text.readers import Options, read_layer
from pipeline.collection.findings import rules
from pipeline.meaning.naming.compose import compose
from pipeline.arrow import to_arrow
from pipeline.publish.writers import encoded
def row(text):
    found = extract_text(text)["observations"]
    return [(str(r["value"]), r["unit"], r["bound"], r["place_id"]) for r in found]
print(json.dumps({
    "home": str(Path(pipeline.__file__).parents[1]),
    "unit": row("2021年，全市公共储能规模达到350喵瓦。"),
    "word": row("2021年，全市工业用电量12亿千瓦时左偏右。"),
    "place": row("2021年，喵喵市工业用电量12亿千瓦时。"),
    "finding": sorted(rules()),
    "kind": [r["kind"] for r in extract_text("喵喵公报\\n2021年，全市工业用电量12亿千瓦时。\\n")["reports"]],
    "writer": encoded("meow", "report_periods", to_arrow("report_periods", [{"report_id": "a", "role": "plan", "period": "2021"}])).decode(),
    "name": compose("新建喵喵屋", "level", "座").name_en,
    "reader": read_layer("。12量电用".encode(), "x.back", Options()).text,
}))
"""


def table() -> dict[str, list[str]]:
    """The files that the map names for each change."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("## Where does my change go?")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (an? [^|]+?) \| (.+) \|$", section, re.MULTILINE)
    return {change.partition(",")[0]: re.findall(r"`([^`]+)`", files) for change, files in rows}


def test_every_change_is_on_the_map_with_two_files_at_most():
    expected = {
        "a unit",
        "a word",
        "a wrong place",
        "a wrong name",
        "a wrong name of what one report alone states",
        "a wrong row",
        "a kind of document",
        "an input format",
    }
    assert table().keys() == expected | {"an output format", "a page", "a finding"}
    for change, files in table().items():
        assert 1 <= len([file for file in files if not file.endswith("/")]) <= 2, change


@pytest.mark.parametrize("change", table())
def test_the_files_of_the_map_are_there(change):
    for file in table()[change]:
        folder, _, name = file.rpartition("/")
        if "NAME" in name:
            like = [path for path in (ROOT / folder).glob(name.replace("NAME", "*")) if path.stem != "__init__"]
            assert like, file
        else:
            assert (ROOT / file).exists(), file


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """What a copy of the program says in which eight changes were made, each in the files that the map names."""
    home = tmp_path_factory.mktemp("map")
    for folder in ("pipeline", "schemas"):
        shutil.copytree(ROOT / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def put(change: str, number: int, old: str, new: str) -> None:
        path = home / table()[change][number]
        text = path.read_text(encoding="utf-8")
        assert old in text, (change, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    put("a unit", 0, "units:\n", "units:\n  meow: {dimension: power, en: meows, measured: [喵瓦]}\n")
    put("a word", 1, "about: [左右", "about: [左偏右, 左右")
    with (home / table()["a wrong place"][0]).open("a", encoding="utf-8", newline="\n") as file:
        file.write("cn-990000,990000,,喵喵市,Meow,prefecture,cn,,,\n")
    (home / table()["a finding"][0].replace("NAME", "seventeen")).write_text(RULE, encoding="utf-8")
    put("an input format", 1, '".txt": PLAIN,', '".txt": PLAIN,\n    ".back": "backwards",')
    (home / table()["an input format"][0].replace("NAME", "backwards")).write_text(READER, encoding="utf-8")
    put("a wrong name", 0, "建设项目: construction projects", "喵喵屋: meow houses, 建设项目: construction projects")
    profiles = home / table()["a kind of document"][0]
    known = profiles.with_name("communique.yaml").read_text(encoding="utf-8")
    told = re.sub("(?m)^title:.*$", "title: 喵喵公报", known)
    profiles.with_name("meow.yaml").write_text(told, encoding="utf-8", newline="\n")
    put("a kind of document", 1, '"communique",', '"communique", "meow",')
    put("an output format", 1, '    "csv":', '    "meow": ("meow", "Meow"),\n    "csv":')
    (home / table()["an output format"][0].replace("NAME", "meow")).write_text(WRITER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LOOK], cwd=home, capture_output=True, env={"PYTHONPATH": str(home)}
    )
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stdout)
    assert Path(said["home"]) == home
    return said


def test_a_unit(changed):
    assert [row[:2] for row in changed["unit"]] == [["350", "喵瓦"]]


def test_a_word(changed):
    assert [row[2] for row in changed["word"]] == ["about"]


def test_a_place(changed):
    assert [row[3] for row in changed["place"]] == ["cn-990000"]


def test_a_finding(changed):
    assert "seventeen" in changed["finding"]


def test_an_input_format(changed):
    assert changed["reader"] == "用电量21。"


def test_a_name(changed):
    assert "meow houses" in changed["name"]


def test_a_kind_of_document(changed):
    assert changed["kind"] == ["meow"]


def test_an_output_format(changed):
    assert changed["writer"] == "meow"
