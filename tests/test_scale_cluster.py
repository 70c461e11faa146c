"""The engine of a cluster: a real scheduler and worker processes on this machine."""

import os
import pydoc
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from test_scale import contents, text

from pipeline.build import build
from pipeline.errors import BaogaoError
from pipeline.run import Died
from pipeline.run.parts import code_version

distributed = pytest.importorskip("distributed")

from pipeline.run.cluster import run_dask  # noqa: E402


@pytest.fixture
def scheduler(tmp_path: Path):
    """A scheduler and two worker processes; the worker's processes by their ids come from the scheduler."""
    code_version.cache_clear()  # as of now, like that of the workers
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s"}
    written = tmp_path / "scheduler.json"
    where = ("--host", "127.0.0.1", "--no-dashboard")
    started = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "distributed.cli.dask_scheduler",
                "--port",
                "0",
                "--scheduler-file",
                written,
                *where,
            ],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
    ]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", written, "--nthreads", "1"]
    started += [
        subprocess.Popen(
            [*worker, "--no-nanny", *where, "--local-directory", tmp_path / f"worker-{n}"],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        for n in range(2)
    ]
    try:
        for _ in range(600):
            if written.exists() and written.stat().st_size:
                break
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(written), set_as_default=False, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            yield client
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in range(2003, 2023):
        (folder / f"{year}.txt").write_text(text("东莞", year), encoding="utf-8")
    return folder


def test_a_worker_that_is_killed_loses_nothing(scheduler, reports, tmp_path):
    address = scheduler.scheduler.address
    build(reports, tmp_path / "local", workers=1)
    pids = scheduler.run(os.getpid)
    assert len(set(pids.values())) == 2

    def kill(step: str, done: int, total: int) -> None:
        if step == "Extract" and done == 3:
            os.kill(min(pids.values()), signal.SIGKILL)

    build(reports, tmp_path / "cluster", engine="dask", scheduler=address, progress=kill)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")
    assert len(scheduler.scheduler_info()["workers"]) == 1


def test_work_that_is_under_way_is_done_again(scheduler):
    pids = scheduler.run(os.getpid)
    threading.Timer(1, os.kill, (max(pids.values()), signal.SIGKILL)).start()
    items = ((n, 0.05) for n in range(80))
    assert dict(run_dask(time.sleep, items, scheduler.scheduler.address)) == dict.fromkeys(range(80))


class Another:
    """A version that the workers see as their own."""

    def __call__(self) -> str:
        return "another"

    def __reduce__(self):
        return pydoc.locate, ("pipeline.run.parts.code_version",)


def test_a_worker_with_another_program_is_refused(scheduler, monkeypatch):
    monkeypatch.setattr("pipeline.run.cluster.code_version", Another())
    with pytest.raises(BaogaoError, match="another version"):
        list(run_dask(abs, [(1, 1)], scheduler.scheduler.address))


def test_no_scheduler(monkeypatch):
    monkeypatch.setattr("pipeline.run.cluster._PATIENCE", 1)
    with pytest.raises(BaogaoError, match="no scheduler answers"):
        list(run_dask(abs, [(1, 1)], "tcp://127.0.0.1:9"))
    with pytest.raises(BaogaoError, match="no scheduler answers"):
        list(run_dask(abs, [(1, 1)], "nonsense"))


def test_a_late_worker_with_another_program_gives_no_rows(monkeypatch):
    from pipeline.own_catalogue import Held
    from pipeline.run import cluster

    assert isinstance(cluster._checked("another", Held(), abs, -1), Died)
    assert cluster._checked(cluster.code_version(), Held(), abs, -1) == 1
