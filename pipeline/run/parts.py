"""Rows on disk between the steps: one file of packed rows for each source, named by what went in.

The name is a hash of the source (name, text, facts) and of the program (code and vocabulary), so a part that is there
need not be made again. Rows are kept as JSON, by columns: no part can run code when it is read, and decimals keep their
zeros, which tell how exact a figure is.
"""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.models import Report, Source
from pipeline.rows import Row, Rows

# What decides what is in a part; a change of anything else leaves parts as they are.
_ROOMS = {"text", "documents", "reading", "meaning", "vocabulary", "catalogue"}
_FILES = {
    "extract.py",
    "assemble.py",
    "assemble_structures.py",
    "models.py",
    "rows.py",
    "knowledge.py",
    "collection/fingerprints.py",
    "run/parts.py",
    "run/pieces.py",
}
_FAST = 1


def pack(reports: Sequence[Rows]) -> bytes:
    """The rows of several reports as bytes, the same for the same rows."""
    content = [{name: _columns(rows) for name, rows in tables.items()} for tables in reports]
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), _FAST)


def unpack(data: bytes) -> list[Rows]:
    """The rows as they were packed. Raises ValueError for bytes that are no part, or not all of it."""
    try:
        content = json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(f"no packed rows: {error}") from None
    # Equal texts are kept once: most columns repeat few values.
    known: dict[object, object] = {}
    return [{name: _rows(table, known) for name, table in tables.items()} for tables in content]


def _columns(rows: Sequence[Row]) -> dict[str, object]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[row.get(name) for row in rows] for name in names]
    kinds = [next((kind for kind, (held, _, _) in _KINDS.items() if _has(cells, held)), "") for cells in columns]
    packed = [
        [_KINDS[kind][1](cell) if isinstance(cell, _KINDS[kind][0]) else cell for cell in cells] if kind else cells
        for kind, cells in zip(kinds, columns, strict=True)
    ]
    return {"names": names, "kinds": kinds, "columns": packed}


def _has(cells: Sequence[object], kind: type) -> bool:
    return any(isinstance(cell, kind) for cell in cells)


def _rows(table: dict[str, Any], known: dict[object, object]) -> list[Row]:
    columns = []
    for kind, cells in zip(table["kinds"], table["columns"], strict=True):
        if kind:
            restore = _KINDS[kind][2]
            columns.append([restore(cell) if isinstance(cell, str) else cell for cell in cells])
        else:
            columns.append([known.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in cells])
    return [dict(zip(table["names"], cells, strict=True)) for cells in zip(*columns, strict=True)]


def _from_hex(text: str) -> array[int]:
    return array("Q", bytes.fromhex(text))


def _to_hex(cell: Any) -> str:
    return cell.tobytes().hex()  # type: ignore[no-any-return]


# What JSON does not have: the type, and how it becomes a text and is made from it again.
_KINDS: dict[str, tuple[type, Callable[[Any], str], Callable[[str], object]]] = {
    "decimal": (Decimal, str, Decimal),
    "date": (date, date.isoformat, date.fromisoformat),
    "array": (array, _to_hex, _from_hex),
}


@cache
def code_version() -> str:
    """A hash of everything that decides what is extracted from a text."""
    here = Path(__file__).parents[1]
    files = sorted(
        path
        for path in here.rglob("*")
        if path.suffix in (".py", ".yaml", ".csv")
        and (path.relative_to(here).parts[0] in _ROOMS or path.relative_to(here).as_posix() in _FILES)
    )
    digest = sha256(f"{sys.version_info[:2]} {unicodedata.unidata_version}".encode())
    for path in files:
        digest.update(f"\0{path.relative_to(here).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Parts:
    """A folder of parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def key(source: Source, reports: Sequence[Report] = (), offset: int = 0) -> str:
        """The name of the part of a source, or of a piece: its text, its reports and where it begins in the file."""
        facts = json.dumps(source.facts, sort_keys=True, default=str)
        digest = sha256("\0".join((code_version(), source.name, source.encoding, facts, "")).encode())
        digest.update(source.text.encode("utf-8", "surrogatepass"))
        if reports:
            # What is known of them comes from the whole file, and not only from the text of the piece.
            digest.update(f"\0{offset}\0{reports!r}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:40]

    def has(self, key: str) -> bool:
        """Whether the part is there, and whole."""
        try:
            zlib.decompress(self._path(key).read_bytes())
        except (OSError, zlib.error):
            return False
        return True

    def write(self, key: str, data: bytes) -> None:
        """Keep a part; one that is there is whole, however the program ends."""
        path = self._path(key)
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(data)
        fresh.replace(path)

    def read(self, key: str) -> list[Rows]:
        """The rows of every report of the source. Raises OSError, ValueError."""
        return unpack(self._path(key).read_bytes())

    def keep_only(self, keys: set[str]) -> None:
        """Remove what sources have left that are gone or changed."""
        for path in self._folder.glob("*/*"):
            if path.stem not in keys or path.suffix != ".part":
                path.unlink()

    def _path(self, key: str) -> Path:
        # Thousands of files in one folder are slow in many file systems.
        return self._folder / key[:2] / f"{key}.part"


@contextmanager
def opened(folder: Path, *, resume: bool) -> Iterator[Parts]:
    """The parts in `folder`, which is made; the caller holds the lock of the output that they are for.

    Without `resume` the folder is empty at the beginning, and gone at the end. It stays where the block fails, so that
    the work done so far can be resumed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not resume:
            _empty(folder)
        yield Parts(folder)
        if not resume:
            shutil.rmtree(folder)
        elif not any(folder.iterdir()):
            folder.rmdir()
    except BaseException:
        # Nothing was done: nothing is left behind.
        if not any(folder.iterdir()):
            folder.rmdir()
        raise


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path)
