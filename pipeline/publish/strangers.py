"""What a folder holds that no job of ours has written: such a folder is not replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline import schema
from pipeline.errors import BaogaoError
from pipeline.publish.companions import paths as companions
from pipeline.publish.descriptor import files

SITE = ".baogao-site"
DESCRIPTOR = "datapackage.json"
# What the desktop or git leaves in a folder, and nobody misses.
TRIFLES = {".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"}
_NAMED = 3


def refuse_strangers(output: Path) -> None:
    """The output folder is replaced as a whole, so nothing may be lost that no job has written. Raises BaogaoError."""
    if not output.exists():
        return
    if not output.is_dir():
        raise BaogaoError(f"{output}: this is a file. Give a folder with --output.")
    found = sorted(_strangers(output))
    if found:
        listed = ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
        raise BaogaoError(
            f"{output}: the folder holds things that Baogao has not written ({listed}), which publishing would remove. "
            "Move them elsewhere, or give an empty or a new folder with --output."
        )


def _strangers(output: Path) -> Iterator[str]:
    """The paths below `output`, with slashes, of what is there and not ours."""
    if (output / SITE).is_file():
        # Version 0.1.0 left the list empty.
        if names := (output / SITE).read_text(encoding="utf-8").splitlines():
            yield from _besides(output, {SITE, *names})
        return
    for entry in output.iterdir():
        if entry.name in schema.all_packages() and (ours := listed(entry)):
            yield from (f"{entry.name}/{name}" for name in _besides(entry, ours))
        elif entry.name not in TRIFLES:
            yield entry.name


def _besides(folder: Path, ours: set[str]) -> Iterator[str]:
    for name in files_below(folder):
        if name not in ours and name.rpartition("/")[2] not in TRIFLES:
            yield name


def files_below(folder: Path) -> list[str]:
    """The paths of all files below a folder, with slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def listed(package: Path) -> set[str]:
    """The files of a package by its descriptor, which is one of them; none where there is no descriptor of ours."""
    try:
        document = json.loads((package / DESCRIPTOR).read_bytes())
        paths = [*companions(document), *(file["path"] for file in files(document))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return set()
    return {DESCRIPTOR, *(path for path in paths if isinstance(path, str))}


def mark_site(folder: Path) -> None:
    """Write down which files the site consists of, when all are there."""
    names = files_below(folder)
    (folder / SITE).write_text("".join(f"{name}\n" for name in names), encoding="utf-8", newline="\n")
