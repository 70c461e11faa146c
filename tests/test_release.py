"""Preparing a release: what is written, and that it is the same every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml

from pipeline import __version__

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import release  # noqa: E402


def test_version_and_day_are_set_everywhere(tmp_path):
    for name in ("pipeline/__init__.py", "CITATION.cff", "reports/publication.yaml", "CHANGELOG.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for _ in range(2):
        release.set_version("9.8.7", "2031-02-03", tmp_path)
    assert '__version__ = "9.8.7"' in (tmp_path / "pipeline/__init__.py").read_text(encoding="utf-8")
    citation = yaml.safe_load((tmp_path / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], str(citation["date-released"])) == ("9.8.7", "2031-02-03")
    assert "\nreleased: 2031-02-03\n" in (tmp_path / "reports/publication.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8").count("## 9.8.7 – 2031-02-03") == 1


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    published = yaml.load((ROOT / "reports/publication.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert citation["version"] == __version__
    assert str(citation["date-released"]) == published["released"]
    assert [author["name"] for author in citation["authors"]] == published["creators"]


def test_zenodo_is_told_what_the_descriptor_says(packages):
    document = json.loads((packages / "work-reports/datapackage.json").read_bytes())
    if "rights" not in document:
        pytest.skip("the packages are of an older build")
    told = json.loads(release.zenodo(document))
    assert told["version"] == document["version"]
    assert told["license"] == "CC-BY-4.0"
    assert "not ours" in told["description"]


def test_an_archive_is_the_same_every_time(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("b.csv", "a.csv"):
        (folder / name).write_text(name, encoding="utf-8")
    for name in ("1.zip", "2.zip"):
        release.archive(folder, tmp_path / name)
        (folder / "b.csv").touch()
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "1.zip").namelist() == ["data/a.csv", "data/b.csv"]


def test_no_source_text_is_in_wheel_or_sdist(tmp_path):
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    [source] = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(source) as file:
        sources = {name.partition("/")[2] for name in file.getnames()}
    wheels = set(zipfile.ZipFile(wheel).namelist())
    texts = {path.name for path in (ROOT / "reports").glob("*.txt")}
    assert texts
    assert not {name for name in sources | wheels if Path(name).name in texts}
    assert {"pipeline/cli.py", "schemas/observations.json", "mkdocs.yml", "LICENSE-DATA"} <= sources
    assert {
        "pipeline/_schemas/observations.json",
        "pipeline/_site/mkdocs.yml",
        "pipeline/catalogue/codes.yaml",
    } <= wheels


def test_workflows_and_forms_can_be_read():
    for path in (ROOT / ".github").rglob("*.yml"):
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict), path
    ran = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert "bash .ci/run" in ran
    assert "Not run yet" in ran


def test_what_a_release_is_compared_with(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "ROOT", tmp_path)

    def git(*command: str, day: str = "2031-02-03") -> str:
        moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}
        named = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *named, *command], cwd=tmp_path, env={**os.environ, **moment}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def say(version: str, day: str) -> None:
        (tmp_path / "CITATION.cff").write_text(f'version: {version}\ndate-released: "{day}"\n', encoding="utf-8")
        git("add", ".")
        git("commit", "--quiet", "-m", "x", day=day)

    git("init", "--quiet")
    say("0.1.0", "2031-02-03")
    first = git("rev-parse", "HEAD")
    git("commit", "--quiet", "--allow-empty", "-m", "y", day="2031-03-04")
    assert release.last_release("0.1.0") == ""
    assert release.last_release("0.2.0") == first[:12]
    say("0.2.0", "2031-04-05")
    assert release.last_release("0.2.0") == first[:12]
    git("tag", "v0.1.9")
    git("tag", "v0.2.0")
    assert release.last_release("0.2.0") == "v0.1.9"


def test_a_file_that_reproduces_a_press_item_ends_the_release(tmp_path):
    text = "记者从市政府获悉,项目已经开工。有关负责人作了介绍。"
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "news.txt").write_text(
        f"某市项目开工\n2019-05-06\n新华社某市5月6日电 某市6日签约项目12个。\n{text}\n", encoding="utf-8"
    )
    lines = release.press_lines(tmp_path / "reports")
    assert lines == [text.encode()]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("记者从市政府获悉,项目已经开工。", encoding="utf-8")
    (tmp_path / "made").mkdir()
    release.archive(tmp_path / "data", tmp_path / "made" / "data.zip")
    release.refuse_press(tmp_path / "made", lines)
    (tmp_path / "data" / "a.csv").write_text(text, encoding="utf-8")
    release.archive(tmp_path / "data", tmp_path / "made" / "data.zip")
    with pytest.raises(SystemExit, match=r"data\.zip/data/a\.csv holds the text"):
        release.refuse_press(tmp_path / "made", lines)
