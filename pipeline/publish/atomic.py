"""Publish a whole output folder in one step.

The new content is written beside the output folder and then changes places with it, by one system call
(renameat2 with RENAME_EXCHANGE, Linux). A build that is killed at any moment leaves either the previous packages or the
new ones, complete; what it leaves beside them is removed by the next build. A lock lets one build wait for another.

Where the system cannot exchange folders, the previous output is moved aside and the new one moved in. A kill between
these two moves leaves the previous packages under `.NAME.previous`, from where the next build puts them back.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import schema
from pipeline.errors import BaogaoError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
# What the desktop or git leaves in a folder, and nobody misses.
_TRIFLES = {".gitkeep", ".DS_Store"}
_REASONS = {
    errno.ENOSPC: "the disk is full. Make room and build again; the previous packages are untouched",
    errno.EDQUOT: "your disk quota is used up. Make room and build again; the previous packages are untouched",
    errno.EFBIG: "a file grew larger than the system allows; the previous packages are untouched",
    errno.EROFS: "the disk is read-only. Give another folder with --output",
    errno.EACCES: "you may not write there. Change the permissions, or give another folder with --output",
    errno.EPERM: "you may not write there. Change the permissions, or give another folder with --output",
    errno.ENOTDIR: "a part of the path is a file and not a folder. Give another folder with --output",
    errno.EEXIST: "a part of the path is a file and not a folder. Give another folder with --output",
    errno.EBUSY: "the folder is a mount point and cannot be replaced. Give a folder inside it with --output",
    errno.EXDEV: "the folder is a mount point and cannot be replaced. Give a folder inside it with --output",
    errno.ENOENT: "the folder cannot be made there. Give another folder with --output",
    errno.ENAMETOOLONG: "the path is too long. Give another folder with --output",
}


def publish(output: Path, fill: Callable[[Path], None]) -> None:
    """Replace the folder `output` by what `fill` writes into an empty folder, all at once or not at all.

    `fill` gets the empty folder; if it raises, nothing is published. Waits while another build publishes to the same
    folder. Raises BaogaoError where the output cannot be written or holds files that are none of ours.
    """
    output = output.resolve()
    with explained(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        with _alone(output.with_name(f".{output.name}.lock")):
            staged = output.with_name(f".{output.name}.staged")
            previous = output.with_name(f".{output.name}.previous")
            _recover(output, previous)
            _refuse_strangers(output)
            _remove(staged)
            staged.mkdir()
            try:
                fill(staged)
                _flush(staged)
                _replace(staged, output, previous)
            finally:
                shutil.rmtree(staged, ignore_errors=True)


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


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when the process ends, however it ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _recover(output: Path, previous: Path) -> None:
    """Undo the first of two moves that a killed build did not complete."""
    if not previous.exists():
        return
    if output.exists():
        _remove(previous)
    else:
        previous.rename(output)


def _refuse_strangers(output: Path) -> None:
    """The output folder is replaced as a whole, so nothing may be lost that no build has written."""
    if not output.exists():
        return
    if not output.is_dir():
        raise BaogaoError(f"{output}: this is a file. Give a folder with --output.")
    strangers = sorted(
        entry.name
        for entry in output.iterdir()
        if entry.name not in _TRIFLES
        and not (entry.name in schema.packages() and (entry / "datapackage.json").is_file())
    )
    if strangers:
        listed = ", ".join(strangers[:3]) + (" …" if len(strangers) > 3 else "")
        raise BaogaoError(
            f"{output}: the folder holds other things than data packages ({listed}), which publishing would remove. "
            "Give an empty or a new folder with --output."
        )


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _flush(folder: Path) -> None:
    """Have the system write everything below `folder` to disk, so that a power cut finds it there."""
    for path in (folder, *folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
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
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(other))
