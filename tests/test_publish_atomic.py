"""Publishing in one step: kills, two builds at once, outputs that cannot be written."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import BaogaoError
from pipeline.publish import atomic
from pipeline.publish.atomic import prepared, publish
from pipeline.publish.lock import alone
from pipeline.publish.strangers import mark_site

ROOT = Path(__file__).parent.parent
FILES = 12
# Publishes generation after generation until it is killed; every file of one generation says the same.
WRITER = """
import sys, itertools, json, time
from pathlib import Path
import filelock
from pipeline import schema
from pipeline.publish import atomic; from pipeline.publish.atomic import publish
schema.packages()
if sys.argv[2] == "moves":
    atomic.exchange = lambda one, other: False
def fill(folder, stamp):
    (folder / "work-reports").mkdir()
    for number in range(int(sys.argv[3])):
        with open(folder / "work-reports" / f"{number}.csv", "w") as file:
            for line in range(50):
                print(stamp, file=file, flush=line % 10 == 0)
    files = [{"path": f"{number}.csv"} for number in range(int(sys.argv[3]))]
    (folder / "work-reports" / "datapackage.json").write_text(json.dumps({"version": stamp, "resources": files}))
print("ready", flush=True)
for stamp in itertools.count():
    publish(Path(sys.argv[1]), lambda folder: fill(folder, f"{sys.argv[4]}-{stamp}"))
    time.sleep(float(sys.argv[5]))
"""


def fill(stamp, name="work-reports"):
    def write(folder):
        (folder / name).mkdir()
        (folder / name / "datapackage.json").write_text(json.dumps({"version": stamp, "resources": []}))

    return write


def published(output, name="work-reports"):
    return json.loads((output / name / "datapackage.json").read_text())["version"]


def whole(output):
    """The stamp of a complete generation."""
    package = output / "work-reports"
    stamp = published(output)
    assert sorted(path.name for path in package.iterdir()) == sorted(
        [*(f"{number}.csv" for number in range(FILES)), "datapackage.json"]
    )
    assert all((package / f"{number}.csv").read_text() == f"{stamp}\n" * 50 for number in range(FILES))
    return stamp


# Holds the lock until it is killed.
HOLDER = """
import sys, time
from pathlib import Path
from pipeline.publish.lock import alone
with alone(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""


def start(output, way="exchange", name="a", pause=0, program=WRITER):
    arguments = [sys.executable, "-c", program, str(output), way, str(FILES), name, str(pause)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def siblings(output):
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def test_publishes_and_replaces(tmp_path):
    output = tmp_path / "new" / "datapackages"
    publish(output, fill("first"))
    assert published(output) == "first"
    publish(output, fill("second"))
    assert published(output) == "second"
    assert siblings(output) == [".datapackages.lock"]


def test_a_failing_build_leaves_the_previous_packages(tmp_path):
    output = tmp_path / "datapackages"
    publish(output, fill("first"))

    def fails(folder):
        fill("second")(folder)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(output, fails)
    assert published(output) == "first"
    assert siblings(output) == [".datapackages.lock"]


def test_what_a_link_beside_the_output_leads_to_is_not_removed(tmp_path):
    output, others = tmp_path / "datapackages", tmp_path / "others"
    others.mkdir()
    (others / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / ".datapackages.staged").symlink_to(others, target_is_directory=True)
    publish(output, fill("first"))
    assert published(output) == "first"
    assert [path.name for path in others.iterdir()] == ["notes.txt"]


def test_killed_at_any_moment(tmp_path):
    output = tmp_path / "datapackages"
    draw = random.Random(1)
    left = 0
    for _ in range(50):
        process = start(output)
        time.sleep(draw.uniform(0, 0.06))
        kill(process)
        if output.exists():
            whole(output)
        left += (tmp_path / ".datapackages.staged").exists()
    assert left > 5  # some kills came in the middle
    publish(output, fill("next"))
    assert published(output) == "next"
    assert siblings(output) == [".datapackages.lock"]


def test_killed_where_folders_cannot_be_exchanged(tmp_path):
    output = tmp_path / "datapackages"
    publish(output, fill("first"))
    draw = random.Random(2)
    for _ in range(10):
        process = start(output, way="moves")
        time.sleep(draw.uniform(0, 0.06))
        kill(process)
        publish(output, fill("next"))
        assert published(output) == "next"
        assert siblings(output) == [".datapackages.lock"]


def test_the_gap_between_two_moves_is_mended(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic, "exchange", lambda one, other: False)
    output = tmp_path / "datapackages"
    publish(output, fill("first"))
    output.rename(tmp_path / ".datapackages.previous")  # as if killed after the first move

    def fails(folder):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(output, fails)
    assert published(output) == "first"
    publish(output, fill("second"))
    assert published(output) == "second"
    assert siblings(output) == [".datapackages.lock"]


def test_two_builds_at_once(tmp_path):
    output = tmp_path / "datapackages"
    processes = [start(output, name=name, pause=0.1) for name in "ab"]
    seen = set()
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        time.sleep(0.05)
        try:
            stamp = published(output)
        except FileNotFoundError:
            continue
        seen.add(stamp.split("-")[0])
    for process in processes:
        assert process.poll() is None  # neither has failed
        kill(process)
    whole(output)
    assert seen == {"a", "b"}


def test_replaces_only_what_a_build_has_written(tmp_path):
    output = tmp_path / "documents"
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")
    with pytest.raises(BaogaoError, match=r"thesis\.txt"):
        publish(output, fill("x"))
    assert (output / "thesis.txt").read_text() == "years of work"
    (output / "thesis.txt").unlink()
    (output / "work-reports").mkdir()
    (output / "work-reports/mine.csv").touch()
    with pytest.raises(BaogaoError, match="work-reports"):
        publish(output, fill("x"))
    (output / "work-reports/datapackage.json").write_text("{}")
    with pytest.raises(BaogaoError, match="work-reports"):
        publish(output, fill("x"))


@pytest.mark.parametrize("name", ["notes.xlsx", "work-reports/notes.xlsx", "work-reports/mine/thesis.tex"])
def test_a_file_of_the_users_stops_a_build_before_it_begins(tmp_path, name):
    output = tmp_path / "datapackages"
    publish(output, fill("first"))
    (output / name).parent.mkdir(exist_ok=True)
    (output / name).write_text("years of work")
    (output / "work-reports/Thumbs.db").touch()  # nobody misses it
    with pytest.raises(BaogaoError, match=name), prepared(output):
        raise AssertionError
    assert (output / name).read_text() == "years of work"
    assert published(output) == "first"


def test_what_another_job_has_published_stays(tmp_path):
    output = tmp_path / "datapackages"
    publish(output, fill("first"))
    publish(output, fill("other", "analysis-ready"))
    assert published(output) == "first"
    assert published(output, "analysis-ready") == "other"


def test_a_site_is_replaced_but_not_what_was_put_into_it(tmp_path):
    def site(folder):
        (folder / "zh").mkdir()
        (folder / "zh/index.html").write_text("x")
        mark_site(folder)

    output = tmp_path / "site"
    publish(output, site)
    publish(output, site)
    (output / "zh/CNAME").write_text("example.org")
    with pytest.raises(BaogaoError, match="zh/CNAME"):
        publish(output, site)
    assert (output / "zh/CNAME").read_text() == "example.org"


def test_who_waits_is_told_for_whom_and_gives_up_in_time(tmp_path, caplog):
    output = tmp_path / "datapackages"
    process = start(output, program=HOLDER)
    with pytest.raises(BaogaoError, match=f"process {process.pid} on .* is still writing"), alone(output, patience=0.2):
        raise AssertionError
    assert f"waits for process {process.pid}" in caplog.text
    kill(process)
    with alone(output, patience=1), alone(output, patience=0):  # the lock of a killed job is free
        pass
    assert siblings(output) == [".datapackages.lock"]


def test_the_root_of_the_disk_is_no_output():
    with pytest.raises(BaogaoError, match="root of the disk"):
        publish(Path(Path.cwd().anchor), fill("x"))


def test_an_empty_folder_is_filled(tmp_path):
    output = tmp_path / "datapackages"
    output.mkdir()
    (output / ".gitkeep").touch()
    publish(output, fill("x"))
    assert published(output) == "x"


def test_through_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "datapackages").symlink_to(tmp_path / "disk")
    publish(tmp_path / "datapackages", fill("x"))
    assert published(tmp_path / "disk") == "x"
    assert (tmp_path / "datapackages").is_symlink()


@pytest.mark.parametrize("below", ["", "/datapackages"])
def test_the_output_is_a_file(tmp_path, below):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BaogaoError, match="file"):
        publish(Path(f"{tmp_path}/file{below}"), fill("x"))
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(BaogaoError, match="may not write"):
        publish(tmp_path / "datapackages", fill("x"))
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not write"),
        (errno.EDQUOT, "quota"),
    ],
)
def test_troubles_while_writing_are_told_in_plain_words(tmp_path, code, message):
    output = tmp_path / "datapackages"
    publish(output, fill("first"))

    def fails(folder):
        (folder / "half").write_text("x")
        raise OSError(code, os.strerror(code), str(folder / "half"))

    with pytest.raises(BaogaoError, match=message) as caught:
        publish(output, fails)
    assert str(output) in str(caught.value)
    assert published(output) == "first"
    assert siblings(output) == [".datapackages.lock"]


@pytest.mark.parametrize("other", ["/elsewhere/report.txt", "{beside}/reports/report.txt"])
def test_troubles_with_other_files_stay_what_they_are(tmp_path, other):
    def fails(folder):
        raise PermissionError(errno.EACCES, "Permission denied", other.format(beside=tmp_path))

    with pytest.raises(PermissionError):
        publish(tmp_path / "datapackages", fails)


def test_all_is_flushed_before_it_changes_places(tmp_path, monkeypatch):
    """A power cut behind a rename must find what was renamed, and the rename, on the disk."""
    told = []
    replace = atomic._replace
    monkeypatch.setattr(os, "fsync", lambda handle: told.append(os.fstat(handle).st_ino))
    monkeypatch.setattr(atomic, "_replace", lambda *given: (told.append("change"), replace(*given)))
    publish(tmp_path / "datapackages", fill("first"))
    before, after = told[: told.index("change")], told[told.index("change") + 1 :]
    package = tmp_path / "datapackages" / "work-reports"
    assert (package / "datapackage.json").stat().st_ino in before
    if os.name == "posix":
        assert package.stat().st_ino in before
        assert after == [tmp_path.stat().st_ino]
