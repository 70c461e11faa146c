"""Builds of many files: processes, parts on disk, resuming, leaving out what fails, URLs."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import pipeline.build
from pipeline.build import build
from pipeline.check import check_package
from pipeline.cli import main
from pipeline.documents.split import split
from pipeline.errors import BaogaoError, InputError
from pipeline.extract import extract_source
from pipeline.models import Source
from pipeline.run import Died, cut, run_here, run_processes
from pipeline.run.parts import Parts, opened, pack, unpack
from pipeline.text.sources import read_source

TOWNS = ("东莞", "佛山", "中山", "惠州", "江门", "茂名")


def text(town: str, year: int = 2022) -> str:
    return (
        f"{year}年{town}市政府工作报告\n{year}年1月10日在{town}市人民代表大会上 市长 王某\n各位代表:\n"
        f"一、{year - 1}年工作回顾\n全市地区生产总值增长{6 + len(town) / 10}%,粮食产量12.50万吨,新建公园{year - 2000}个。\n"
        f"二、{year}年工作安排\n地区生产总值增长7%左右,城镇新增就业3万人以上。\n"
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for town in TOWNS:
        (folder / f"{town}.txt").write_text(text(town), encoding="utf-8")
    return folder


@pytest.fixture
def always_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.build, "_WORTH_PROCESSES", 0)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.usefixtures("always_processes")
def test_the_same_bytes_for_every_number_of_workers(reports, tmp_path):
    built = {}
    for workers in (1, 2, 5):
        build(reports, tmp_path / f"packages-{workers}", workers=workers)
        built[workers] = contents(tmp_path / f"packages-{workers}")
    assert built[1] == built[2] == built[5]
    assert {path.name for path in tmp_path.iterdir() if path.name.endswith(".parts")} == set()


def test_packing_keeps_every_value():
    source = Source("a.txt", text("东莞"), "utf-8")
    rows = extract_source(source)
    for back in unpack(pack([rows, rows])):
        for table, found in rows.items():
            # A table without rows is not there.
            for row, same in zip(found, back.get(table, []), strict=True):
                assert {**dict.fromkeys(same), **row} == same
    given = [{"value": Decimal("12.50"), "text": None}, {"value": Decimal("0E+2"), "text": "x"}]
    [back] = unpack(pack([{"observations": given}]))
    assert [str(row["value"]) for row in back["observations"]] == ["12.50", "0E+2"]
    with pytest.raises(ValueError, match="columns that the schema does not have"):
        pack([{"observations": [{"worth": 1}]}])
    with pytest.raises(ValueError, match="no packed rows"):
        unpack(b"something else")


def test_resume_reads_only_what_is_new_or_changed(reports, tmp_path, monkeypatch):
    once, again = tmp_path / "once", tmp_path / "again"
    assert build(reports, again, resume=True).resumed == 0
    (reports / "佛山.txt").write_text(text("佛山", 2021), encoding="utf-8")
    (reports / "中山.txt").unlink()
    seen = []
    extract_part = pipeline.build.extract_part
    monkeypatch.setattr(pipeline.build, "extract_part", lambda piece: (seen.append(piece.name), extract_part(piece))[1])
    assert build(reports, again, resume=True).resumed == len(TOWNS) - 2
    assert seen == ["佛山.txt"]
    build(reports, once)
    assert contents(once) == contents(again)
    assert len(list((tmp_path / ".again.parts").glob("*/*"))) == len(TOWNS) - 1


def test_resume_reads_again_what_has_another_sidecar(reports, tmp_path):
    build(reports, tmp_path / "packages", resume=True)
    (reports / "佛山.yaml").write_text("note: 摘自网络\n", encoding="utf-8")
    assert build(reports, tmp_path / "packages", resume=True).resumed == len(TOWNS) - 1
    found = pq.read_table(tmp_path / "packages" / "work-reports" / "reports.parquet").to_pylist()
    assert [row["note"] for row in found if row["source_file"] == "佛山.txt"] == ["摘自网络"]


@pytest.fixture
def collection(root, reports, monkeypatch) -> str:
    """The name of a source with many reports, beside the others, which is cut into pieces."""
    name = max((root / "reports").glob("*.txt"), key=lambda path: path.stat().st_size).name
    shutil.copy(root / "reports" / name, reports / name)
    monkeypatch.setattr("pipeline.run.pieces.WHOLE", 1000)
    monkeypatch.setattr("pipeline.run.pieces.PIECE", 20_000)
    return name


def test_a_large_file_is_cut_at_its_reports(collection, reports, tmp_path, monkeypatch):
    pieces = cut(read_source(reports / collection))
    assert [len(piece.reports) for piece in pieces] == [5, 1, 1, 1, 2, 1]
    assert build(reports, tmp_path / "cut", resume=True).resumed == 0
    assert build(reports, tmp_path / "cut", resume=True).resumed == len(TOWNS) + 1
    build(reports, tmp_path / "parted", resume=True, layout="parts")
    assert check_package(tmp_path / "parted", reports) == []
    monkeypatch.setattr("pipeline.run.pieces.WHOLE", 1_000_000)
    build(reports, tmp_path / "whole")
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")


def test_a_piece_is_made_anew_when_its_reports_are_read_otherwise():
    source = Source("a.txt", "全文", "utf-8")
    [piece] = cut(source)
    [report, *_] = split(Source("a.txt", text("东莞"), "utf-8"))
    other = replace(report, report_id="another")
    keys = [Parts.key(piece.source), *(Parts.key(piece.source, (one,), 0) for one in (report, other))]
    assert len({*keys, Parts.key(piece.source, (report,), 5)}) == 4
    assert keys[1] == Parts.key(piece.source, (replace(other, report_id=report.report_id),), 0)


def test_files_with_the_same_menu_and_names_that_differ_in_chinese(tmp_path):
    (tmp_path / "reports").mkdir()
    for town in TOWNS[:2]:
        (tmp_path / "reports" / f"{town}.txt").write_text("首页 > 2022-02-01\n\n" + text(town), encoding="utf-8")
    assert build(tmp_path / "reports", tmp_path / "packages").kinds == {"residue": 2, "work_report": 2}


def test_a_piece_that_fails_costs_its_file(collection, reports, tmp_path, monkeypatch):
    def faulty(source, report, true=pipeline.extract.extract_report):
        if source.name == collection and report.kind == "residue":
            raise RecursionError("too deep")
        return true(source, report)

    monkeypatch.setattr("pipeline.run.pieces.extract_report", faulty)
    summary = build(reports, tmp_path / "packages", keep_going=True)
    assert [failure.name for failure in summary.failed] == [collection]
    assert summary.rows["reports"] == len(TOWNS)


def test_another_program_reads_everything_again(reports, tmp_path, monkeypatch):
    build(reports, tmp_path / "packages", resume=True)
    monkeypatch.setattr("pipeline.run.parts.code_version", lambda: "another")
    assert build(reports, tmp_path / "packages", resume=True).resumed == 0


def test_a_part_that_is_cut_off_is_made_again(reports, tmp_path):
    build(reports, tmp_path / "packages", resume=True)
    part = next((tmp_path / ".packages.parts").glob("*/*"))
    part.write_bytes(part.read_bytes()[:50])
    assert build(reports, tmp_path / "packages", resume=True).resumed == len(TOWNS) - 1


def test_a_build_that_failed_can_be_resumed(reports, tmp_path):
    (reports / "龙门.txt").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="龙门"):
        build(reports, tmp_path / "packages", workers=1)
    assert not (tmp_path / "packages").exists()
    (reports / "龙门.txt").write_text(text("龙门"), encoding="utf-8")
    assert build(reports, tmp_path / "packages", resume=True).resumed == len(TOWNS)


@pytest.mark.usefixtures("always_processes")
@pytest.mark.parametrize("workers", [1, 2])
def test_keep_going_leaves_out_what_fails(workers, reports, tmp_path):
    build(reports, tmp_path / "good")
    (reports / "damaged.txt").write_bytes("全市".encode() + b"\x00" * 40)
    (reports / "拷贝.txt").write_text(text("东莞"), encoding="utf-8")
    assert run("build", "--reports", reports, "--output", tmp_path / "packages").exit_code == 1
    result = run("build", "--reports", reports, "--output", tmp_path / "packages", "--keep-going", "--workers", workers)
    assert result.exit_code == 3, result.output
    lines = result.stderr.splitlines()
    assert "damaged.txt" in lines[0]
    assert "拷贝.txt" in lines[1]
    assert "2 files" in lines[-1]
    good, made = contents(tmp_path / "good"), contents(tmp_path / "packages")
    about = "work-reports/datapackage.json"
    assert {name for name in good | made if good.get(name) != made.get(name)} == {about}
    assert [each["path"] for each in json.loads(made[about])["leftOut"]] == ["damaged.txt", "拷贝.txt"]
    assert "NUL" in made[about].decode() or "U+0000" in made[about].decode()
    assert check_package(tmp_path / "packages", reports) == []
    (tmp_path / "packages" / about).write_bytes(good[about])
    found = [(one.rule, one.place) for one in check_package(tmp_path / "packages", reports)]
    assert found == [("source", "damaged.txt"), ("source", "拷贝.txt")]


def test_a_fault_of_the_program_names_the_file(reports, tmp_path, monkeypatch):
    def faulty(source, report, true=pipeline.extract.extract_report):
        if source.name == "惠州.txt":
            raise RecursionError("too deep")
        return true(source, report)

    monkeypatch.setattr("pipeline.run.pieces.extract_report", faulty)
    with pytest.raises(BaogaoError, match=r"惠州\.txt: a fault of the program \(RecursionError: too deep"):
        build(reports, tmp_path / "packages")
    summary = build(reports, tmp_path / "packages", keep_going=True)
    assert [failure.name for failure in summary.failed] == ["惠州.txt"]


def test_rows_that_break_a_rule_cost_one_file(reports, tmp_path, monkeypatch):
    def wrong(source, report, true=pipeline.extract.extract_report):
        rows = true(source, report)
        if source.name == "惠州.txt":
            rows["numerals"][0]["text"] = "9"
        return rows

    monkeypatch.setattr("pipeline.run.pieces.extract_report", wrong)
    with pytest.raises(BaogaoError, match="break"):
        build(reports, tmp_path / "packages")
    summary = build(reports, tmp_path / "packages", keep_going=True)
    assert [failure.name for failure in summary.failed] == ["惠州.txt"]
    assert summary.rows["reports"] == len(TOWNS) - 1


def test_nothing_is_published_if_every_file_fails(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_bytes(b"%PDF-1.4")
    with pytest.raises(BaogaoError, match="No file could be used"):
        build(tmp_path / "reports", tmp_path / "packages", keep_going=True)
    # The file of the lock stays: to remove it would let two builds in.
    assert {path.name for path in tmp_path.iterdir()} - {".packages.lock"} == {"reports"}


def square_or_die(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_a_process_that_dies_costs_only_its_own_item():
    found = dict(run_processes(square_or_die, ((f"k{n}", n) for n in range(40)), 2))
    assert isinstance(found.pop("k13"), Died)
    assert found == {f"k{n}": n * n for n in range(40) if n != 13}


# Prints the processes that work for it, and waits.
AT_WORK = """
import os, sys, time
from pipeline.run.local import run_processes
sys.path.append("tests")
from test_scale import process_and_sleep
if __name__ == "__main__":
    for key, process in run_processes(process_and_sleep, [("a", 0), ("b", 0), ("c", 60)], 2):
        print(process, flush=True)
"""


def process_and_sleep(seconds: float) -> int:
    time.sleep(seconds or 0.5)
    return os.getpid()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_workers_end_when_the_main_process_is_killed(root):
    command = [sys.executable, "-c", AT_WORK]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as main_process:
        workers = {int(main_process.stdout.readline()) for _ in range(2)}
        main_process.kill()
    until = time.monotonic() + 20
    while workers and time.monotonic() < until:
        time.sleep(0.05)
        workers = {worker for worker in workers if is_there(worker)}
    assert workers == set()


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_items_are_taken_as_they_are_worked_off():
    taken = []

    def items():
        for n in range(100):
            taken.append(n)
            yield n, n

    results = run_processes(abs, items(), 2)
    next(results)
    assert len(taken) <= 5
    results.close()
    assert list(run_here(abs, [("a", -1)])) == [("a", 1)]


def test_parts_are_one_builds_own(tmp_path):
    folder = tmp_path / "parts"
    with opened(folder, resume=False) as parts:
        parts.write("ab", pack([]))
        assert parts.has("ab")
        assert not parts.has("cd")
    assert not folder.exists()
    with pytest.raises(KeyError), opened(folder, resume=True):
        raise KeyError
    assert not folder.exists()


def test_a_part_is_written_beside_and_moved_in(tmp_path, monkeypatch):
    parts = Parts(tmp_path)
    parts.write("ab", pack([]))

    def breaks(path, data):
        with path.open("wb") as file:
            file.write(data[:9])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", breaks)
    with pytest.raises(OSError, match="No space"):
        parts.write("ab", pack([]))
    assert parts.has("ab")


def test_sources_and_packages_at_urls(reports, tmp_path, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    build(reports, tmp_path / "packages")
    memory = fsspec.filesystem("memory")
    for path in reports.iterdir():
        memory.pipe_file(f"/scale/in/{path.name}", path.read_bytes())
    result = run("build", "--reports", "memory://scale/in", "--output", "memory://scale/out")
    assert result.exit_code == 0, result.output
    found = {name.removeprefix("/scale/out/"): memory.cat_file(name) for name in memory.find("/scale/out")}
    assert found == contents(tmp_path / "packages")
    build(f"file://{reports}", f"file://{tmp_path}/copy")
    assert contents(tmp_path / "copy") == contents(tmp_path / "packages")


def test_a_url_that_leads_nowhere(tmp_path):
    pytest.importorskip("fsspec")
    for url in ("file:///no/such/folder", "nonsense://x"):
        result = run("build", "--reports", url, "--output", tmp_path / "packages")
        assert result.exit_code == 1
        assert url in result.stderr
        assert "Traceback" not in result.output


def test_an_engine_without_a_scheduler(reports, tmp_path):
    result = run("build", "--reports", reports, "--output", tmp_path / "packages", "--engine", "dask")
    assert result.exit_code == 1
    assert "--scheduler" in result.stderr
    shutil.rmtree(reports)
