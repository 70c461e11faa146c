"""Publish a whole output folder, packages or site, in one step.

The new content is written beside the output folder and then changes places with it, by one system call
(renameat2 with RENAME_EXCHANGE, Linux). A job that is killed at any moment leaves either the previous content or the
new one, complete; what it leaves beside it is removed by the next job. A lock lets one job wait for another.

Where the system cannot exchange folders, the previous output is moved aside and the new one moved in. A kill between
these two moves leaves the previous content under `.NAME.previous`, from where the next job puts it back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pipeline import schema
from pipeline.errors import BaogaoError
from pipeline.publish.lock import alone
from pipeline.publish.strangers import refuse_strangers

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
# Files that the system is told to write to disk at a time.
_FLUSHED = 16
# Windows can open no folder as a file, and need not: it writes the names of new files through.
_FLUSHES_FOLDERS = hasattr(os, "O_DIRECTORY")
_BUSY = (
    "you may not write there, or a program has one of its files open. Close it, change the permissions, or give another"
)
_REASONS = {
    errno.ENOSPC: "the disk is full. Make room and try again; what was published is untouched",
    getattr(
        errno, "EDQUOT", -1
    ): "your disk quota is used up. Make room and try again; what was published is untouched",
    errno.EFBIG: "a file grew larger than the system allows; what was published is untouched",
    errno.EROFS: "the disk is read-only. Give another folder with --output",
    errno.EACCES: f"{_BUSY} folder with --output",
    errno.EPERM: f"{_BUSY} folder with --output",
    errno.ENOTDIR: "a part of the path is a file and not a folder. Give another folder with --output",
    errno.EEXIST: "a part of the path is a file and not a folder. Give another folder with --output",
    errno.EBUSY: "the folder is a mount point and cannot be replaced. Give a folder inside it with --output",
    errno.EXDEV: "the folder is a mount point and cannot be replaced. Give a folder inside it with --output",
    errno.ENOENT: "the folder cannot be made there. Give another folder with --output",
    errno.ENAMETOOLONG: "the path is too long. Give another folder with --output",
}


def publish(output: Path, fill: Callable[[Path], None]) -> None:
    """Replace the folder `output` by what `fill` writes into an empty folder, all at once or not at all.

    `fill` gets the empty folder; if it raises, nothing is published. Waits while another job publishes to the same
    folder. Raises BaogaoError where the output cannot be written or holds files that are none of ours.
    """
    output = output.resolve()
    with prepared(output):
        staged = output.with_name(f".{output.name}.staged")
        _remove(staged)
        staged.mkdir()
        try:
            fill(staged)
            _carry_over(output, staged)
            _flush(staged)
            _replace(staged, output, _previous(output))
            _flush_one(output.parent)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


@contextmanager
def prepared(output: Path) -> Iterator[None]:
    """Have the resolved folder `output` for this job alone, after all that may forbid to replace it was looked at.

    A long job begins with it, so that it does not find at its end that it may not publish. Raises BaogaoError.
    """
    with explained(output):
        if output == output.parent:
            raise BaogaoError(f"{output}: this is the root of the disk. Give a folder in it with --output.")
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(output):
            _recover(output, _previous(output))
            refuse_strangers(output)
            yield


def _previous(output: Path) -> Path:
    return output.with_name(f".{output.name}.previous")


@contextmanager
def explained(output: Path) -> Iterator[None]:
    """Say in plain words why the output cannot be written."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0)
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else output
        if reason is None or not _concerns(path, output):
            raise
        raise BaogaoError(f"{output}: {reason}.") from error


def _concerns(path: Path, output: Path) -> bool:
    """Whether a path is the output, a folder above it, or what is written beside it: other files have other troubles."""
    if output.is_relative_to(path) or path.is_relative_to(output):
        return True
    beside = path.is_relative_to(output.parent) and path.relative_to(output.parent).parts[0]
    return bool(beside) and str(beside).startswith(f".{output.name}.")


def _recover(output: Path, previous: Path) -> None:
    """Undo the first of two moves that a killed build did not complete."""
    if not previous.exists():
        return
    if output.exists():
        _remove(previous)
    else:
        previous.rename(output)


def _carry_over(output: Path, staged: Path) -> None:
    """Packages that another job has made stay beside the new ones."""
    for name in schema.all_packages():
        if (output / name).is_dir() and not (staged / name).exists():
            shutil.copytree(output / name, staged / name)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()  # what it leads to is not ours
    elif folder.exists():
        shutil.rmtree(folder)


def _flush(folder: Path) -> None:
    """Have the system write everything below `folder` to disk, so that a power cut finds it there."""
    # Many at a time: the disk then takes as long for all as for a few.
    with ThreadPoolExecutor(_FLUSHED) as pool:
        for _ in pool.map(_flush_one, (folder, *folder.rglob("*"))):
            pass


def _flush_one(path: Path) -> None:
    """Have the system write a file to disk, or which names a folder holds: a rename lasts only then."""
    if path.is_dir() and not _FLUSHES_FOLDERS:
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(staged: Path, output: Path, previous: Path) -> None:
    """Put `staged` in the place of `output`; what was there is then at `staged`, or gone."""
    if not output.exists():
        staged.rename(output)
    elif not exchange(staged, output):
        output.rename(previous)
        staged.rename(output)
        _remove(previous)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step. False where the system does not offer it; raises OSError."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(other))
