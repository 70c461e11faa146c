"""Which program has made a part: a hash of everything that decides what is extracted from a text.

What that is follows from the imports of the extraction, so that a change elsewhere (a help text, a page, a format) leaves
parts as they are.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parents[1]
# Where the extraction begins, and what is read as data.
_BEGINS = ("extract.py", "run/pieces.py", "run/parts.py")
_DATA = ("vocabulary", "catalogue")
# Modules that are found by their place and not by an import.
_FOUND = "collection/findings/rules"
_IMPORT = re.compile(
    r"^[ \t]*from pipeline([\w.]*) import (\([^)]*\)|[^\n]*)|^[ \t]*import pipeline([\w.]*)", re.MULTILINE
)


@cache
def code_version() -> str:
    """The hash."""
    from pipeline.own_catalogue import held
    from pipeline.run.parts import columns, tables

    digest = sha256(f"{sys.version_info[:2]} {unicodedata.unidata_version}".encode())
    # Of the schemas, names and types count, and not the words that describe them.
    digest.update(repr([(name, *columns(name).items()) for name in tables()]).encode())
    for path in deciding():
        digest.update(f"\0{path.relative_to(_HERE).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    for name, content in held().files:
        digest.update(f"\0{Path(name).name}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def deciding() -> list[Path]:
    """The files that decide what is in a part."""
    seen: set[Path] = set()
    waiting = [*(_HERE / name for name in _BEGINS), *(_HERE / _FOUND).glob("*.py")]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += _imported(path)
    data = (path for name in _DATA for path in (_HERE / name).rglob("*") if path.suffix in (".yaml", ".csv", ".py"))
    return sorted(seen | set(data))


def _imported(path: Path) -> Iterator[Path]:
    """The modules of this program that a module imports, with the packages that they are in."""
    for package, names, module in _IMPORT.findall(path.read_text(encoding="utf-8")):
        parts = (package or module).strip(".").split(".") if (package or module) else []
        for length in range(len(parts)):
            yield from _file(parts[: length + 1])
        for name in re.findall(r"\w+", names):
            yield from _file([*parts, name])


def _file(parts: list[str]) -> Iterator[Path]:
    at = _HERE.joinpath(*parts)
    for path in (at.with_suffix(".py"), at / "__init__.py"):
        if parts and path.is_file():
            yield path
