"""Publishing in one step: kills, two builds at once, outputs that cannot be written."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import BaogaoError
from pipeline.publish import atomic, publish

ROOT = Path(__file__).parent.parent
FILES = 12
# Publishes generation after generation until it is killed; every file of one generation says the same.
WRITER = """
import sys, itertools
from pathlib import Path
from pipeline.publish import publish, atomic
if sys.argv[2] == "moves":
    atomic.exchange = lambda one, other: False
def fill(folder, stamp):
    (folder / "work-reports").mkdir()
    for number in range(int(sys.argv[3])):
        with open(folder / "work-reports" / f"{number}.csv", "w") as file:
            for line in range(50):
                print(stamp, file=file, flush=line % 10 == 0)
    (folder / "work-reports" / "datapackage.json").write_text(stamp)
print("ready", flush=True)
for stamp in itertools.count():
    publish(Path(sys.argv[1]), lambda folder: fill(folder, f"{sys.argv[4]}-{stamp}"))
"""


def fill(stamp):
    def write(folder):
        (folder / "work-reports").mkdir()
        (folder / "work-reports" / "datapackage.json").write_text(stamp)

    return write


def published(output):
    return (output / "work-reports/datapackage.json").read_text()


def whole(output):
    """The stamp of a complete generation."""
    package = output / "work-reports"
    stamp = (package / "datapackage.json").read_text()
    assert sorted(path.name for path in package.iterdir()) == sorted(
        [*(f"{number}.csv" for number in range(FILES)), "datapackage.json"]
    )
    assert all((package / f"{number}.csv").read_text() == f"{stamp}\n" * 50 for number in range(FILES))
    return stamp


def start(output, way="exchange", name="a"):
    arguments = [sys.executable, "-c", WRITER, str(output), way, str(FILES), name]
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
    processes = [start(output, name=name) for name in "ab"]
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
