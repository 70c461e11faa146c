"""Prepare a release: packages, checks, what has changed, archives, list of parts, checksums.

    python scripts/release.py 0.2.0 --date 2026-12-01

It sets the version and the day, builds and checks the packages, and puts all files of the release into build/release: the same
bytes on every machine with the versions of the lock files. What is then to do by hand stands in CONTRIBUTING.md. A file that
reproduces a press item ends it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build" / "release"
PACKAGES = ROOT / "datapackages"
# The time stamp of all files in the archives.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_version(version: str, day: str, root: Path = ROOT) -> None:
    """Write version and day where they are said: the code, the citation, the publication and the changelog."""
    for path, pattern, new in (
        ("pipeline/__init__.py", r'^__version__ = ".*"$', f'__version__ = "{version}"'),
        ("CITATION.cff", r"^version: .*$", f"version: {version}"),
        ("CITATION.cff", r"^date-released: .*$", f'date-released: "{day}"'),
        ("reports/publication.yaml", r"^released:.*$", f"released: {day}"),
    ):
        text = (root / path).read_text(encoding="utf-8")
        new_text, count = re.subn(pattern, new, text, flags=re.M)
        if count != 1:
            sys.exit(f"{path}: there is no line {pattern}")
        (root / path).write_text(new_text, encoding="utf-8", newline="\n")
    path = root / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8")
    if f"\n## {version} " not in text:
        text = text.replace("\n## Unreleased\n", f"\n## Unreleased\n\n## {version} – {day}\n", 1)
        path.write_text(text, encoding="utf-8", newline="\n")


def zenodo(document: Mapping[str, Any]) -> bytes:
    """What Zenodo is told of a release (.zenodo.json), by the descriptor of the relational package."""
    told = {
        "upload_type": "dataset",
        "title": document["title"],
        "description": f"{document['description']} {document['rights']}",
        "version": document["version"],
        "publication_date": document["created"][:10],
        "creators": [{"name": each["title"]} for each in document["contributors"]],
        "license": document["licenses"][0]["name"],
        "access_right": "open",
        "keywords": document["keywords"],
        "language": "zho",
        "notes": document["rights_zh"],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def archive(folder: Path, target: Path) -> None:
    """A ZIP file of a folder, the same bytes for the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, path.read_bytes())


def run(*command: str, **more: Any) -> bytes:
    """What a command prints; the release ends where it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed.")
    return done.stdout


def changes(since: str) -> bytes:
    """What has changed since the packages of a commit or tag, as text."""
    with TemporaryDirectory() as folder:
        old = io.BytesIO(run("git", "archive", since, "datapackages"))
        with tarfile.open(fileobj=old) as file:
            file.extractall(folder, filter="data")
        return run(*BAOGAO, "diff", f"{folder}/datapackages", "datapackages")


def last_release(version: str) -> str:
    """The newest tag of another version; without one, the last commit of the day on which CITATION.cff says it was released.

    Empty where there was no other version.
    """

    def git(*command: str) -> list[str]:
        done = subprocess.run(("git", *command), cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.split()

    tags = [
        tag for tag in git("tag", "--merged", "HEAD", "--list", "v*", "--sort=-version:refname") if tag != f"v{version}"
    ]
    if tags:
        return tags[0]
    for commit in git("log", "--format=%H", "--", "CITATION.cff"):
        told = yaml.safe_load(run("git", "show", f"{commit}:CITATION.cff"))
        if told["version"] != version:
            day = git("log", "-1", "--format=%H", f"--until={told['date-released']}T23:59:59")
            return day[0][:12] if day else ""
    return ""


def press_lines(reports: Path) -> list[bytes]:
    """Paragraphs of press items; what we quote of these is a sentence."""
    from pipeline.documents.profiles import profile
    from pipeline.documents.split import split
    from pipeline.text.folder import find_sources
    from pipeline.text.sources import read_source

    found = []
    for file in find_sources(reports).files:
        source = read_source(file.path, file.name)
        for report in split(source):
            if not profile(report.kind).may_be_shown:
                lines = source.text[report.start : report.stop].split("\n")
                found += [line.strip() for line in lines if line.count("。") > 1]
    return [line.encode() for line in found]


def members(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, or what is packed in it, whatever is packed in that."""
    if name.endswith((".zip", ".whl", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for each in packed.namelist():
                yield from members(f"{name}/{each}", packed.read(each))
    elif name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            for entry in packed.getmembers():
                if file := packed.extractfile(entry):
                    yield from members(f"{name}/{entry.name}", file.read())
    else:
        yield name, content


def refuse_press(target: Path, lines: Iterable[bytes]) -> None:
    """End the release if one of its files reproduces a press item."""
    for path in sorted(target.iterdir()):
        for name, content in members(path.name, path.read_bytes()):
            for line in lines:
                if line in content:
                    sys.exit(f"{name} holds the text of a press item: {line.decode()[:40]}…")


BAOGAO = (sys.executable, "-m", "pipeline")


def main() -> None:
    """Prepare the release."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("version")
    options.add_argument("--parts", default=sys.executable, help="Python with cyclonedx_py, which lists the parts")
    options.add_argument("--date", required=True, help="day of the release: 2026-12-01")
    options.add_argument(
        "--since", help="commit or tag of the last release; else the newest tag or, without one, its day"
    )
    given = options.parse_args()
    if not _VERSION.fullmatch(given.version) or not _DAY.fullmatch(given.date):
        options.error("a version is 0.2.0, a day 2026-12-01")
    set_version(given.version, given.date)
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    run(*BAOGAO, "build")
    run(sys.executable, "scripts/make_annotations.py")
    run(*BAOGAO, "check")
    document = json.loads((PACKAGES / "work-reports/datapackage.json").read_bytes())
    (ROOT / ".zenodo.json").write_bytes(zenodo(document))
    if since := given.since or last_release(given.version):
        (TARGET / f"changes-since-{since}.txt").write_bytes(changes(since))
    epoch = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}
    run(sys.executable, "-m", "hatchling", "build", "--directory", str(TARGET), env=epoch)
    archive(PACKAGES, TARGET / f"baogao-data-{given.version}.zip")
    run(*BAOGAO, "export", "sqlite", "--output", str(TARGET / f"baogao-{given.version}.db"))
    parts = (
        "cyclonedx_py",
        "requirements",
        "requirements/run.txt",
        "--pyproject",
        "pyproject.toml",
        "--output-reproducible",
    )
    run(given.parts, "-m", *parts, "--output-file", str(TARGET / f"baogao-{given.version}.cdx.json"))
    refuse_press(TARGET, press_lines(ROOT / "reports"))
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(TARGET.iterdir())]
    (TARGET / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    print("".join(sums), end="")


if __name__ == "__main__":
    main()
