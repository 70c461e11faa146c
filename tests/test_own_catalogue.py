"""A user's own things and indicators: what they change, and what is said of those that are written wrongly."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline import own_catalogue
from pipeline.errors import BaogaoError, InputError

TEXT = "2022年政府工作报告\n——2022年1月11日在某市人民代表大会上\n一、2021年工作回顾\n新建喵喵驿站35座，乐园景气指数达到82.5。\n"
THINGS = "infrastructure:\n  meow_stations: [喵喵驿站, meow stations, roads]\n"
INDICATORS = """\
park_climate:
  name: {zh: 乐园景气指数, en: Climate index of amusement parks}
  definition: {zh: 每季度由园方评分。, en: Scored by the parks each quarter.}
  source: 某市统计手册
  topic: consumption
  aliases: {zh: [乐园景气指数]}
gdp:
  aliases: {zh: [喵喵总值]}
"""


def write(folder: Path, things: str = THINGS, indicators: str = INDICATORS) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (("things.yaml", things), ("indicators.yaml", indicators)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def extracted(tmp_path: Path, *options: str) -> dict[str, str]:
    """From the numbers of the text to the indicators, by the command in a process of its own."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "extract", str(tmp_path / "a.txt"), "--format", "csv", *options]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0, done.stderr.decode()
    return {row["text"]: row["indicator_id"] for row in csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))}


def test_own_things_and_indicators_are_found(tmp_path):
    own = extracted(tmp_path, "--catalogue", str(write(tmp_path / "mine")))
    assert own == {"35": "meow_stations.count.built", "82.5": "park_climate"}
    assert extracted(tmp_path).keys() == own.keys()
    assert not set(extracted(tmp_path).values()) & set(own.values())


def merged(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> object:
    monkeypatch.setenv(own_catalogue.VARIABLE, str(folder))
    path = Path(own_catalogue.__file__).parent / "catalogue" / f"{name}.yaml"
    monkeypatch.setattr(own_catalogue, "_read", set())
    return own_catalogue.with_own(name, yaml.safe_load(path.read_text(encoding="utf-8")))


def test_an_entry_of_the_catalogue_keeps_what_the_user_does_not_say(tmp_path, monkeypatch):
    gdp = merged(monkeypatch, write(tmp_path), "indicators")["gdp"]
    assert gdp["name"]["en"] == "Gross domestic product"
    assert {"喵喵总值", "GDP"} <= set(gdp["aliases"]["zh"])


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("things", "infrastructure:\n  猫: [猫, cats]\n", "line 2", "no identifier"),
        ("things", "cats:\n  cats: [猫, cats]\n", "line 2", "unknown topic"),
        ("things", "infrastructure:\n  cats: [猫]\n", "line 2", "no list|not a list"),
        ("things", "infrastructure:\n\n  cats: [猫, cats, nowhere]\n", "line 3", "broader thing"),
        ("things", "infrastructure: cats\n", "line 1", "holds no entries"),
        ("indicators", "cats:\n  name: {en: Cats}\n", "line 1", "Chinese name"),
        ("indicators", "cats: {name: {zh: 猫}, colour: red}\n", "line 1", "unknown key"),
        ("indicators", "cats: {name: {zh: 猫}, definition: {en: Cats.}}\n", "line 1", "no source"),
        ("indicators", "cats: {name: 猫}\n", "line 1", "by language"),
        ("indicators", "cats: {name: {zh: 猫}}\ncats: {name: {zh: 狗}}\n", "line 2", "twice"),
    ],
)
def test_what_is_written_wrongly_is_told_with_its_line(tmp_path, monkeypatch, name, text, place, message):
    write(tmp_path, **{name: text})
    with pytest.raises(InputError, match=message) as found:
        merged(monkeypatch, tmp_path, name)
    assert found.value.place.startswith(place)
    assert found.value.name.endswith(f"{name}.yaml")
    assert found.value.remedy


def test_a_folder_without_such_files_and_a_folder_named_too_late(tmp_path, monkeypatch):
    with pytest.raises(InputError, match=r"things\.yaml"):
        own_catalogue.use(tmp_path)
    monkeypatch.setattr(own_catalogue, "_read", {""})
    with pytest.raises(BaogaoError, match="was read before"):
        own_catalogue.use(write(tmp_path))


def test_what_curate_writes_can_be_used_as_it_is(tmp_path, packages, monkeypatch):
    from pipeline.curate import proposals

    count, text = proposals(packages / "work-reports")
    found = merged(monkeypatch, write(tmp_path, indicators=text), "indicators")
    written = yaml.safe_load(text) or {}
    assert len(written) == count
    assert written.keys() <= found.keys()


def test_identifiers_are_issued_once(tmp_path, packages, monkeypatch):
    from pipeline import curate

    monkeypatch.setattr(curate, "issued", dict)
    register = tmp_path / "issued.csv"
    number = curate.issue(packages / "work-reports", register)
    first = register.read_bytes()
    assert number == first.count(b"\n") - 1 > 500
    assert curate.issue(packages / "work-reports", register) == 0
    assert register.read_bytes() == first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_page_shows_can_be_used(language, tmp_path, monkeypatch, root):
    page = (root / f"docs/{language}/catalogue.md").read_text(encoding="utf-8")
    indicators, things = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    folder = write(tmp_path, things, indicators)
    assert "cable_parks" in merged(monkeypatch, folder, "things")["infrastructure"]
    assert "乐园指数" in merged(monkeypatch, folder, "indicators")["park_climate"]["aliases"]["zh"]
