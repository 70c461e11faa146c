"""Which files of a folder are sources, and why the others are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.own_catalogue import FOLDER as _CATALOGUE
from pipeline.own_catalogue import is_catalogue
from pipeline.text.readers import FORMATS, ending

# Folders and files that describe a collection or belong to its sources.
_DESCRIPTOR = "datapackage.json"
_FACTS = "facts"
_DESCRIBE = ("README", "SOURCE", "LICENSE", "CHANGELOG")
# Who publishes the packages: read by what writes them.
PUBLICATION = "publication.yaml"
_BESIDE = (".yaml", ".corrections.yaml", ".review.csv")
_LONGEST_LIST = 12


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of the folder that is not read as a source, and the reason."""

    name: str
    reason: str

    def __str__(self) -> str:
        name = self.name if self.name.isprintable() else ascii(self.name)
        return f"{name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `name` is its path below the folder of the sources, with / between folders."""

    path: Path
    name: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Found:
    """The sources of a folder in the order of their names, and what is not read."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]


def find_sources(folder: Path) -> Found:
    """The sources in `folder` and the folders below it.

    Hidden files and links that lead out of the folder are left out. Raises InputError where the folder is not there,
    cannot be read, or has no source.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "", "there is no such folder", "Name the folder of your reports with --reports")
    skipped: list[Skipped] = []
    files = sorted(_files(folder, folder, skipped), key=lambda file: file.name)
    reasons = {file.name: _unread(file.path) for file in files}
    sources = [file for file in files if not reasons[file.name] and not _stem_beside(file.path)]
    stems = {file.path.with_suffix("") for file in sources}
    for file in files:
        beside = _stem_beside(file.path)
        reason = reasons[file.name] or ("there is no source of this name beside it" if beside else "")
        if reason and beside not in stems:
            skipped.append(Skipped(file.name, reason))
    skipped.sort(key=lambda file: file.name)
    if not sources:
        seen = f" ({listed(skipped)})" if skipped else ""
        known = ", ".join(FORMATS)
        raise InputError(str(folder), "", f"no reports here{seen}", f"Put files into it that end in {known}")
    return Found(tuple(sources), tuple(skipped))


def listed(skipped: list[Skipped] | tuple[Skipped, ...]) -> str:
    """The files that were not read with their reasons, in one line; of many the first."""
    shown = [str(file) for file in skipped[:_LONGEST_LIST]]
    more = len(skipped) - len(shown)
    return "; ".join([*shown, f"and {more} more"] if more else shown)


def _files(folder: Path, top: Path, skipped: list[Skipped]) -> Iterator[SourceFile]:
    """All regular files below `folder`; what is no part of the collection goes to `skipped`."""
    try:
        entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError as error:
        problem = f"the folder cannot be read ({error.strerror})"
        raise InputError(str(folder), "", problem, "Check its permissions") from error
    if not entries and folder != top:
        skipped.append(Skipped(folder.relative_to(top).as_posix(), "an empty folder"))
    for entry in entries:
        path = folder / entry.name
        name = path.relative_to(top).as_posix()
        reason = _outside(path, top) if entry.is_symlink() else ""
        if not reason and entry.is_dir():
            if entry.name == _FACTS and folder == top and not entry.is_symlink():
                continue  # read by `pipeline.text.fact_tables`
            if entry.name == _CATALOGUE and folder == top and is_catalogue(path):
                continue  # read by `pipeline.own_entries`
            if entry.name.lower() == _FACTS:
                reason = "figures of statistics, not reports"
            elif entry.is_symlink():
                reason = "a link to a folder"
            elif (path / _DESCRIPTOR).is_file():
                reason = "a data package, not reports"
            else:
                yield from _files(path, top, skipped)
                continue
        if not reason and not stat.S_ISREG(path.stat().st_mode):
            reason = "not a regular file"
        if reason:
            skipped.append(Skipped(name, reason))
        elif name != PUBLICATION:
            yield SourceFile(path, name)


def _outside(path: Path, top: Path) -> str:
    """Why a link is not followed; empty where it leads to a file in the folder."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    return "" if target.is_relative_to(top.resolve()) else "a link that leads out of the folder"


def _unread(path: Path) -> str:
    """Why a file is no source; empty where it is one, or stands beside one."""
    if path.name.startswith(_DESCRIBE):
        return "describes the folder"
    if _stem_beside(path):
        return ""
    if ending(path.name) == ".yml":
        return "facts beside a source are read from files that end in .yaml"
    return "" if ending(path.name) in FORMATS else "not a format that is read"


def _stem_beside(path: Path) -> Path | None:
    """The path without ending of the source that a file with facts or corrections belongs to."""
    for end in sorted(_BESIDE, key=len, reverse=True):
        if path.name.endswith(end):
            return path.with_name(path.name[: -len(end)])
    return None
