"""Regular files, which end: what comes out of a pipe or a device may be waited for without end, so neither is opened."""

from __future__ import annotations

import stat
from pathlib import Path

from pipeline.errors import InputError


def regular_bytes(path: Path) -> bytes:
    """The content of a file. Raises InputError where it is no regular file, and OSError where it cannot be read."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(str(path), "", "this is no regular file", "Give what comes from a pipe as -")
    return path.read_bytes()


def refuse_irregular(package: Path) -> None:
    """Raise InputError if a package has anything in it but files and folders; links that lead nowhere are not looked at."""
    for path in sorted(package.rglob("*")):
        if path.exists() and not path.is_file() and not path.is_dir():
            raise InputError(str(path), "", "this is no regular file, and no build writes another", "Remove it")
