"""A user's own things and indicators: what they change, and what is said of those that are written wrongly."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import own_catalogue, own_entries
from pipeline.errors import InputError
from pipeline.knowledge import catalogue
from pipeline.meaning.indicators import resolve_indicator
from pipeline.meaning.naming.definitions import Use, describe
from pipeline.meaning.naming.issued import issued
from pipeline.meaning.naming.phrases import normalised
from pipeline.run.local import run_processes
from pipeline.run.version import code_version
from pipeline.text.folder import find_sources

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


@pytest.fixture(autouse=True)
def as_before():
    """What a test uses is not used by the next."""
    with own_catalogue.beside():
        named = own_catalogue._state.named
        yield
        own_catalogue._state.named = named


def merged(folder: Path, name: str) -> dict[str, Any]:
    own_catalogue.use(folder)
    found: dict[str, Any] = own_entries.phrases() if name == "phrases" else catalogue(name)
    return found


def test_an_entry_of_the_catalogue_keeps_what_the_user_does_not_say(tmp_path):
    gdp = merged(write(tmp_path), "indicators")["gdp"]
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
        ("indicators", "cats: {name: {zh: 猫}, facets: [gdp, amount, built]}\n", "line 1", "not four"),
        ("indicators", "cats: {name: {zh: 猫}, facets: [cats, count, '', '']}\n", "line 1", "unknown thing `cats`"),
        ("phrases", "新增喵喵: {zh: 猫}\n", "line 1", "unknown key"),
        ("phrases", "gdp: {aliases: {zh: [喵]}}\n新增喵喵: {name: {zh: 猫}}\n", "line 2", "both languages"),
        ("phrases", "喵喵: {name: {zh: 猫, en: Cats}, facets: [gdp, amount, meow, '']}\n", "line 1", "unknown event"),
        ("indicators", "cats: {name: {zh: 猫}}\ncats: {name: {zh: 狗}}\n", "line 2", "twice"),
    ],
)
def test_what_is_written_wrongly_is_told_with_its_line(tmp_path, name, text, place, message):
    write(tmp_path, **{"indicators" if name == "phrases" else name: text})
    with pytest.raises(InputError, match=message) as found:
        merged(tmp_path, name)
    assert found.value.place.startswith(place)
    assert found.value.name.endswith(".yaml")
    assert found.value.remedy


def test_a_folder_without_such_files_and_one_named_after_the_catalogue_was_read(tmp_path):
    with pytest.raises(InputError, match=r"things\.yaml"):
        own_catalogue.use(tmp_path)
    assert resolve_indicator("喵喵总值", "level", "亿元") != "gdp"
    own_catalogue.use(write(tmp_path))
    assert resolve_indicator("喵喵总值", "level", "亿元") == "gdp"


# A phrase with a name of its own in one unit, and one that is made of something else than its words say.
PHRASES = """\
新建喵喵亭: {name: {zh: 喵喵亭, en: Meow pavilions}, unit: 座}
喵喵总动员: {name: {zh: 喵喵动员会, en: Meow rallies}, facets: [conferences, count, held, 喵喵]}
"""


def test_a_phrase_has_the_name_and_the_facets_that_the_user_gives_it(tmp_path):
    before = resolve_indicator("新建喵喵亭", "level", "座")
    merged(write(tmp_path, indicators=PHRASES), "indicators")
    assert resolve_indicator("新建喵喵亭", "level", "座") == before
    assert describe(before, {Use("新建喵喵亭", "level", "座"): 1})["name_en"] == "Meow pavilions"
    length = describe(resolve_indicator("新建喵喵亭", "level", "公里"), {Use("新建喵喵亭", "level", "公里"): 1})
    assert length["name_en"] != "Meow pavilions"  # another unit
    rallies = resolve_indicator("喵喵总动员", "level", "场")
    assert rallies.startswith("conferences.count.held-")
    described = describe(rallies, {Use("喵喵总动员", "level", "场"): 1})
    assert (described["name_zh"], described["event"], described["scope"]) == ("喵喵动员会", "held", "喵喵")


def test_the_folder_beside_the_sources_is_used_while_they_are_read(tmp_path):
    reports = tmp_path / "reports"
    (reports / "2022").mkdir(parents=True)
    file = reports / "2022" / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    mine = write(reports / "catalogue")
    (found,) = find_sources(reports).files
    assert found.name == "2022/a.txt"
    plain = code_version()
    for source in (file, reports):
        with own_catalogue.beside(source) as told:
            assert Path(told) == mine
            assert code_version() != plain  # what an earlier build has read without it is read anew
            assert resolve_indicator("乐园景气指数", "level", "") == "park_climate"
    assert resolve_indicator("乐园景气指数", "level", "") != "park_climate"
    assert code_version() == plain


def test_of_several_folders_beside_the_sources_the_user_names_one(tmp_path):
    one, other = (write_below(tmp_path / name) for name in ("one", "other"))
    with pytest.raises(InputError, match="another catalogue"), own_catalogue.beside(one, other):
        pass
    own_catalogue.use(one / "catalogue")
    with own_catalogue.beside(one, other) as told:
        assert Path(told) == one / "catalogue"
    with own_catalogue.beside(tmp_path) as told:
        assert Path(told) == one / "catalogue"


def write_below(folder: Path) -> Path:
    folder.mkdir()
    write(folder / "catalogue")
    return folder


def indicator(phrase: str) -> str:
    return resolve_indicator(phrase, "level", "亿元")


def test_the_processes_of_a_build_use_what_it_uses(tmp_path):
    """Also where it has read the catalogue without it before."""
    assert resolve_indicator("喵喵总值", "level", "亿元") != "gdp"
    with own_catalogue.beside(write_below(tmp_path / "reports")):
        assert list(run_processes(indicator, [(0, "喵喵总值")], 1)) == [(0, "gdp")]


def test_what_curate_writes_can_be_used_as_it_is(tmp_path, packages):
    from pipeline.curate import proposals

    count, text = proposals(packages / "work-reports")
    found = merged(write(tmp_path, indicators=text), "indicators")
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
def test_what_the_page_shows_can_be_used(language, tmp_path, root):
    page = (root / f"docs/{language}/catalogue.md").read_text(encoding="utf-8")
    indicators, phrases, things = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    folder = write(tmp_path, things, indicators + phrases)
    assert "cable_parks" in merged(folder, "things")["infrastructure"]
    assert len(merged(folder, "phrases")) == 2
    assert "乐园指数" in merged(folder, "indicators")["park_climate"]["aliases"]["zh"]


def test_a_build_uses_what_stands_beside_the_sources(sample_site):
    indicators = (sample_site / "datapackages/work-reports/indicators.csv").read_text(encoding="utf-8")
    assert "本县新建的5G基站,Base stations of our own," in indicators


def test_names_beside_the_published_reports_are_of_phrases_that_they_state(packages, root):
    import pyarrow.parquet as pq

    table = pq.read_table(packages / "work-reports/observations.parquet", columns=["indicator_text"])
    stated = {normalised(text) for text in table[0].to_pylist() if text}
    stated |= {normalised(entry.phrase) for entry in issued().values()}
    named = merged(root / "reports" / "catalogue", "phrases")
    assert named
    for phrase, entries in named.items():
        assert normalised(phrase) in stated, phrase
        assert all(entry.name_en.replace("–", "-").isascii() for entry in entries), phrase
