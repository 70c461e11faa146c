"""The same sources give byte-identical packages on every run, wherever and however they are built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import schema

BUILD = """
import sys
from pathlib import Path
import pipeline.build
from pipeline.cli import main
pipeline.build._WORTH_PROCESSES = 0
main(["build", "--reports", sys.argv[1], "--output", sys.argv[2], "--workers", sys.argv[3]])
"""
MADE = {
    "b.txt": "临川市政府工作报告\n2021年，全市地区生产总值增长8.2%，居全省第3位，粮食产量12.5万吨。计划2022年增长7%左右。\n",
    "a.txt": "记者：有什么目标？\n局长：全县将新建学校3所、医院2家，分别投资1.2亿元和3000万元。\n",
    "B.txt": "全縣糧食產量較上年增長8.2%。\n",
}
# Environment, number of workers, and whether the files are put into the folder the other way round.
WAYS = {
    "C locale": ({"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}, 1, False),
    "Turkish locale, three processes": (
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4294967295"},
        3,
        True,
    ),
    "without UTF-8 mode": ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 2, True),
}


def built(folder: Path, sources: dict[str, str], way: str) -> dict[str, str]:
    """Hashes of all published files, from a build in its own process."""
    environment, workers, reverse = WAYS[way]
    reports = folder / "reports"
    reports.mkdir(parents=True)
    for name in sorted(sources, reverse=reverse):
        (reports / name).write_text(sources[name], encoding="utf-8", newline="")
    names = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, reports, folder / "packages", str(workers)],
        env={**names, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return hashes(folder / "packages")


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def sources(root: Path) -> dict[str, str]:
    """Made texts, and the two shortest of the real ones."""
    real = sorted((root / "reports").glob("*.txt"), key=lambda path: path.stat().st_size)[:2]
    return {**MADE, **{path.name: path.read_bytes().decode() for path in real}}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, sources: dict[str, str]) -> Path:
    folder = tmp_path_factory.mktemp("first")
    built(folder, sources, "C locale")
    return folder / "packages"


@pytest.mark.parametrize("way", [way for way in WAYS if way != "C locale"])
def test_the_same_bytes(way: str, tmp_path: Path, sources: dict[str, str], first: Path) -> None:
    expected = hashes(first)
    assert len(expected) > 30
    assert built(tmp_path, sources, way) == expected


def test_other_sources_change_no_identifier(tmp_path: Path, first: Path) -> None:
    """Rows of a report are the same with and without other reports beside it."""
    from pipeline.diff import diff

    built(tmp_path, MADE, "C locale")
    found = diff(tmp_path / "packages", first)
    assert found.counts().keys() == {"added"}
    for name in schema.packages():
        for table in schema.package_tables(name):
            alone, beside = (by_key(folder / name, table) for folder in (tmp_path / "packages", first))
            changed = {key: (row, beside.get(key)) for key, row in alone.items() if beside.get(key) != row}
            assert changed == {}, table


def by_key(package: Path, table: str) -> dict[object, object]:
    """The rows of a table by their primary key."""
    rows = pq.read_table(package / f"{table}.parquet").to_pylist()
    return {tuple(row[column] for column in schema.table(table).primary_key): row for row in rows}
