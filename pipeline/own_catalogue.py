"""Which folder with things and indicators of the user's own is used: see `pipeline.own_entries` for what its files say.

A folder may hold `things.yaml`, `indicators.yaml` and `issued.csv`, in the form of the files of `pipeline/catalogue`; what
`baogao curate` writes is such an `indicators.yaml`. It is the folder `catalogue` beside the sources, unless the commands'
`--catalogue` or the environment variable BAOGAO_CATALOGUE names another. Its files are read once, and what was read goes to
the other processes of a build, also on other machines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError

VARIABLE = "BAOGAO_CATALOGUE"
FOLDER = "catalogue"
THINGS, INDICATORS, ISSUED = "things.yaml", "indicators.yaml", "issued.csv"
_FILES = (THINGS, INDICATORS, ISSUED)


class Held(NamedTuple):
    """A user's catalogue: its folder as it was named, and its files with their contents. Empty where there is none."""

    folder: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(slots=True)
class _State:
    """What this process uses, and whether the user named it."""

    held: Held | None = None
    named: bool = False


_state = _State()


def use(folder: Path) -> None:
    """Take the things and indicators of `folder` from now on, whatever stands beside the sources.

    Raises InputError for a folder without such files.
    """
    held = _held_in(folder)
    if not held.files:
        raise InputError(str(folder), "", f"none of {', '.join(_FILES)} is there", "Name the folder that holds them")
    hold(held)
    _state.named = True


def held() -> Held:
    """The user's catalogue that this process uses. Raises InputError where the environment names a folder without one."""
    if _state.held is None:
        if folder := os.environ.get(VARIABLE):
            use(Path(folder))
        else:
            _state.held = Held()
    return _state.held or Held()


def hold(what: Held) -> None:
    """Use this catalogue, and forget all that was concluded from another one."""
    if _state.held is not None and what.files != _state.held.files:
        _forget()
    _state.held = what


@contextmanager
def beside(*sources: Path) -> Iterator[str]:
    """Use the catalogue beside these folders or files while the block runs, unless the user has named one; gives its folder, or nothing.

    Of a file it is that of its folder or of the nearest folder above it. Raises InputError where they have several.
    """
    before = held()
    found = {folder.resolve(): folder for source in sources if (folder := _folder_beside(source))}
    if len(found) > 1 and not _state.named:
        one, other = sorted(map(str, found.values()))[:2]
        raise InputError(
            one, "", f"another catalogue than {other}", "Read the folders one by one, or name one with --catalogue"
        )
    if not _state.named:
        hold(_held_in(next(iter(found.values()))) if found else Held())
    try:
        yield held().folder
    finally:
        hold(before)


def is_catalogue(folder: Path) -> bool:
    """Whether a folder holds files of a catalogue."""
    return any((folder / name).is_file() for name in _FILES)


def read_file(name: str) -> tuple[str, bytes] | None:
    """The path and the content of one of the files that are used, or None."""
    return next((file for file in held().files if Path(file[0]).name == name), None)


def _folder_beside(source: Path) -> Path | None:
    above = (source,) if source.is_dir() else source.absolute().parents
    return next((folder / FOLDER for folder in above if is_catalogue(folder / FOLDER)), None)


def _held_in(folder: Path) -> Held:
    try:
        files = tuple((path.as_posix(), path.read_bytes()) for name in _FILES if (path := folder / name).is_file())
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise InputError(str(error.filename or folder), "", problem, "Check its permissions") from error
    return Held(str(folder), files)


def _forget() -> None:
    """Forget whatever functions of this program have kept: much of it rests on the catalogue."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == __package__:
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
