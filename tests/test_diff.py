"""What changed between two builds, and why."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.build import build
from pipeline.cli import main
from pipeline.diff import _matched, diff, encode
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
    assert found.counts() == {"changed": {"source": 1}}
    assert found.changes[0].columns["value"] == (8.2, 8.3)
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
        ({"review": "checked", "confidence": 0.986}, "review"),
        ({"review": "corrected", "period": "2020"}, "correction"),
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


def test_rows_are_matched_whose_sentence_has_changed(built: Path, tmp_path: Path) -> None:
    """By what they are about, and with what they have gained or lost."""
    reread = reworded(built, tmp_path / "other", {"12.5": 12.3, "1.5": -2.5})
    found = {change.row["text"]: change for change in diff(built, reread).changes}
    assert {change.kind for change in found.values()} == {"changed"}
    change = found["12.5"]
    assert change.old_id != change.observation_id
    assert change.columns["value"] == (12.5, 12.3)
    shown = encode(diff(built, reread), "table").decode()
    assert "value: 12.5 → 12.3 (−0.2)" in shown
    assert "value: -1.5 → -2.5 (−1)" in shown
    lines = list(csv.DictReader(io.StringIO(encode(diff(built, reread), "csv").decode())))
    [line] = [one for one in lines if one["old"] == "12.5" and one["column"] == "value"]
    assert (line["old_observation_id"], line["new"], line["difference"]) == (change.old_id, "12.3", "-0.2")


def test_of_several_that_say_the_same_nothing_tells_which_is_which(built: Path) -> None:
    row = {"report_id": "a", "indicator_id": "b", "measure": "level", "status": "actual", "start": 1}
    gone = [{**row, "observation_id": name, "start": n} for n, name in enumerate("xy")]
    assert _matched(gone, [{**row, "observation_id": "z", "start": 9}]) == {}
    assert _matched(gone[:1], [{**row, "observation_id": "z", "start": 9}]) == {"z": "x"}


def reworded(package: Path, folder: Path, values: dict[str, float]) -> Path:
    """A copy in which rows stand in another sentence and have other values."""
    shutil.copytree(package, folder)
    path = folder / "work-reports" / "observations.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        if row["text"] in values:
            row.update(observation_id=f"{row['observation_id']}-9", value=values[row["text"]], quote="另一句。")
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="a pipe that a shell closes")
def test_a_reader_who_has_had_enough(built: Path, tmp_path: Path) -> None:
    other = altered(built, tmp_path / "other", quote="长" * 1_000_000)
    command = [sys.executable, "-m", "pipeline", "diff", str(built), str(other), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
