"""Preparing a release: what is written, and that it is the same every time."""

from __future__ import annotations

import json
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
