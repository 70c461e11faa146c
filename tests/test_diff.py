"""What changed between two builds, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.build import build
from pipeline.cli import main
from pipeline.diff import diff, encode
from pipeline.errors import BaogaoError

ONE = "2022年安吉县政府工作报告\n2021年，全县地区生产总值增长8.2%。粮食产量12.5万吨，下降1.5%。\n"
TWO = "2022年安吉县新闻\n2021年，全县新建学校3所。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("built"), {"one.txt": ONE, "two.txt": TWO})


def made(folder: Path, sources: dict[str, str]) -> Path:
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for name, text in sources.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    build(folder / "reports", folder / "packages", workers=1)
    return folder / "packages"


def altered(package: Path, folder: Path, **columns: object) -> Path:
    """A copy in which the first observation has other values; only what `diff` reads is changed."""
    shutil.copytree(package, folder)
    path = folder / "work-reports" / "observations.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0].update(columns)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    return folder


def test_the_same(built: Path) -> None:
    found = diff(built, built)
    assert found.changes == ()
    assert found.same == 4
    assert diff(built / "work-reports", built) == found


def test_new_and_removed_reports(built: Path, tmp_path: Path) -> None:
    fewer = made(tmp_path, {"one.txt": ONE})
    added = diff(fewer, built)
    assert [(c.kind, c.why, c.row["text"]) for c in added.changes] == [("added", "source", "3")]
    assert diff(built, fewer).counts() == {"removed": {"source": 1}}


def test_a_sentence_with_another_number(built: Path, tmp_path: Path) -> None:
    other = made(tmp_path, {"one.txt": ONE.replace("8.2", "8.3"), "two.txt": TWO})
    found = diff(built, other)
    assert found.counts() == {"added": {"source": 1}, "removed": {"source": 1}}
    assert found.same == 3


def test_text_before_moves_what_follows(built: Path, tmp_path: Path) -> None:
    other = made(
        tmp_path, {"one.txt": ONE.replace("2021年，", "2021年，各位代表，").replace("。粮", "。\n粮"), "two.txt": TWO}
    )
    found = diff(built, other)
    assert found.counts()["moved"] == {"source": 2}


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"rule": "other", "period": "2020"}, "rule"),
        ({"indicator_id": "other", "amount": 1.0}, "catalogue"),
        ({"period": "2020"}, "vocabulary"),
        ({"bound": "about", "indicator_id": "other"}, "vocabulary"),
    ],
)
def test_why_a_row_changed(built: Path, tmp_path: Path, columns: dict[str, object], why: str) -> None:
    (change,) = diff(built, altered(built, tmp_path / "other", **columns)).changes
    assert (change.kind, change.why, set(change.columns)) == ("changed", why, set(columns))


def test_readable(built: Path, tmp_path: Path) -> None:
    text = encode(diff(built, altered(built, tmp_path / "other", value=9.0, subject="\x1b[31m")), "table").decode()
    assert "value: 8.2 → 9" in text
    assert "1 changed: 1 by vocabulary" in text
    assert "3 observations are the same" in text
    assert "\x1b" not in text


def test_command(built: Path, tmp_path: Path) -> None:
    other = altered(built, tmp_path / "other", value=9.0)
    result = CliRunner().invoke(main, ["diff", str(built), str(other), "--format", "json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["same"] == 3
    assert document["counts"] == {"changed": {"vocabulary": 1}}
    assert document["changes"][0]["columns"] == {"value": [8.2, 9.0]}
    assert document["changes"][0]["row"]["period"] == "2021"


def test_no_package(built: Path, tmp_path: Path) -> None:
    with pytest.raises(BaogaoError, match="no data package"):
        diff(built, tmp_path)
    broken = altered(built, tmp_path / "broken")
    (broken / "work-reports" / "observations.parquet").write_bytes(b"PAR1")
    with pytest.raises(BaogaoError, match="Build the package again"):
        diff(built, broken)
