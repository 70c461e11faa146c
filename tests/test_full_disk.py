"""Every write of a build fails in turn: the disk is full or read-only, or a permission is missing."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import ClassVar

import pytest
from click.testing import CliRunner

from pipeline.check import standard
from pipeline.cli import main

CODES = (errno.ENOSPC, errno.EROFS, errno.EACCES)
SHARES = 16
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Disk:
    """What is written below a folder, in order; the write with the number `fails` is refused, and all behind it of its kind.

    Python tells an audit hook of every file that it opens, makes, moves or removes; a hook cannot be taken away, so it
    rests while `top` is None.
    """

    top: Path | None = None
    fails = -1
    code = errno.ENOSPC
    seen: ClassVar[list[tuple[str, str]]] = []
    alone = Lock()

    @classmethod
    def hook(cls, event: str, arguments: tuple[object, ...]) -> None:
        if cls.top is None:
            return
        match event, arguments:
            case "open", (str() | bytes() | os.PathLike() as path, mode, int(flags)):
                if not (flags & _WRITES or any(mark in str(mode or "") for mark in "wax+")):
                    return
            case "os.mkdir" | "os.remove" | "os.rmdir", (path, *_):
                pass
            case "os.rename", (_, path, *_):
                pass
            case "os.fsync", (path,):
                pass
            case _:
                return
        cls.write(event, os.fsdecode(path))  # type: ignore[arg-type]

    @classmethod
    def write(cls, event: str, path: str) -> None:
        """Note a write, or refuse it."""
        assert cls.top is not None
        if not Path(path).is_relative_to(cls.top) or Path(path) == cls.top:
            return
        # Files are flushed by several threads.
        with cls.alone:
            cls.seen.append((event, path))
            refused = len(cls.seen) - 1 == cls.fails
        if refused:
            raise OSError(cls.code, os.strerror(cls.code), path)


sys.addaudithook(Disk.hook)


@pytest.fixture(scope="module", autouse=True)
def disk() -> Iterator[None]:
    """Flushing is told to no hook."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if Disk.top is not None:
            Disk.hook("os.fsync", (Path(f"/proc/self/fd/{handle}").readlink(),))
        real(handle)

    with pytest.MonkeyPatch.context() as patch:
        if Path("/proc/self/fd").is_dir():
            patch.setattr(os, "fsync", fsync)
        # What is written is sound, and looking at it takes most of the time.
        patch.setattr(standard, "check_files", lambda *given, **named: [])
        yield
    Disk.top = None


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def build(top: Path, fails: int, code: int = errno.ENOSPC) -> tuple[int, str]:
    """Exit code and what is told of a build in which the write of this number is refused."""
    Disk.top, Disk.fails, Disk.code, Disk.seen = top, fails, code, []
    arguments = ["build", "--workers", "1", "--reports", str(top / "reports"), "--output", str(top / "packages")]
    try:
        result = CliRunner().invoke(main, [*arguments, "--format", "csv"])
    finally:
        Disk.top = None
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def kinds(seen: list[tuple[str, str]], top: Path) -> list[int]:
    """The first write of every kind: what is done, how deep in which folder, to a file with which ending."""
    firsts: dict[tuple[str, ...], int] = {}
    for number, (event, path) in enumerate(seen):
        parts = Path(path).relative_to(top).parts
        firsts.setdefault((event, *parts[:1], str(len(parts)), Path(path).suffix), number)
    return sorted(firsts.values())


def write(top: Path, value: str) -> None:
    text = f"临川市政府工作报告\n2021年，粮食产量{value}万吨。\n"
    (top / "reports/a.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int], list[tuple[str, str]]]:
    """A folder with packages, and the writes of a build that replaces them: their numbers, one of each kind, and all."""
    top = tmp_path_factory.mktemp("disk")
    (top / "reports").mkdir()
    for value in ("12.5", "13.5"):
        write(top, value)
        assert build(top, -1)[0] == 0
    write(top, "14.5")
    return top, kinds(Disk.seen, top), Disk.seen


@pytest.mark.parametrize("share", range(SHARES))
def test_a_write_that_fails_leaves_the_packages_and_tells_what_to_do(built, share):
    top, numbers, seen = built
    assert len(numbers) > SHARES
    for number in numbers[share::SHARES]:
        before, code = hashes(top / "packages"), CODES[number % len(CODES)]
        status, told = build(top, number, code)
        what = f"{seen[number]} {errno.errorcode[code]}: {told}"
        assert "Traceback" not in told, what
        if status:
            assert str(top) in told, what
            assert told.count("\n") < 4, what
        if hashes(top / "packages") != before:
            # It failed behind the exchange: what is there is whole, and what the next build gives.
            after = hashes(top / "packages")
            assert build(top, -1)[0] == 0
            assert hashes(top / "packages") == after, what
            write(top, str(15.5 + number))
        else:
            assert status, what


@pytest.mark.parametrize("code", [None, *CODES], ids=["gone", *map(errno.errorcode.get, CODES)])
def test_a_folder_for_temporary_files_that_cannot_be_used_is_told(built, tmp_path, monkeypatch, code):
    top, _, _ = built
    temporary = tmp_path / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    if code:
        temporary.mkdir()
        Disk.top, Disk.fails, Disk.code, Disk.seen = temporary, 0, code, []
    try:
        result = CliRunner().invoke(main, ["check", str(top / "packages")])
    finally:
        Disk.top = None
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert str(temporary) in result.output
    assert "TMPDIR" in result.output
    assert result.output.count("\n") < 4
