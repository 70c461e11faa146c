"""Patterns as they were compiled before: a browser would spend most of its first seconds on compiling a thousand of them.

They are recorded with the interpreter that uses them (`pipeline/site/prepare.mjs`); another one compiles the patterns itself.
"""

from __future__ import annotations

import marshal
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".bin")
# The compiler of the standard library, and what makes patterns of its code.
_compiler: Any = import_module("re._compiler")
_sre: Any = import_module("_sre")
_prefilter: Any = import_module("pipeline.prefilter")


@contextmanager
def recorded() -> Iterator[None]:
    """Write the patterns that the block compiles."""
    found: dict[tuple[str, int], tuple[Any, ...]] = {}
    guards: dict[str, str] = {}
    make, guard = _sre.compile, _prefilter.guarded

    def compiled(text: str, flags: int, code: list[int], *groups: Any) -> Any:
        found[text, asked[-1]] = (int(flags), array("I", code).tobytes(), *groups)
        return make(text, flags, code, *groups)

    def guarded(text: str) -> str:
        return guards.setdefault(text, guard(text))

    class Recorder:
        """The module `_sre`, but for its function that makes a pattern."""

        def __getattr__(self, name: str) -> Any:
            return compiled if name == "compile" else getattr(_sre, name)

    asked: list[int] = []
    compile_ = _compiler.compile

    def asks(text: Any, flags: int = 0) -> Any:
        asked.append(int(flags))
        return compile_(text, flags)

    with (
        _in_place(_compiler, "_sre", Recorder()),
        _in_place(_compiler, "compile", asks),
        _in_place(_prefilter, "guarded", guarded),
    ):
        yield
    FILE.write_bytes(zlib.compress(marshal.dumps((sys.version, guards, found)), 9))


def use() -> None:
    """Take patterns from what was recorded, where this interpreter did so."""
    if not FILE.is_file():
        return
    version, guards, found = marshal.loads(zlib.decompress(FILE.read_bytes()))
    if version != sys.version:
        return
    compile_: Callable[..., Any] = _compiler.compile
    guard = _prefilter.guarded

    def compiled(text: Any, flags: int = 0) -> Any:
        known = found.get((text, int(flags)))
        if known is None:
            return compile_(text, flags)
        flags, code, *groups = known
        return _sre.compile(text, flags, array("I", code).tolist(), *groups)

    _compiler.compile = compiled
    _prefilter.guarded = lambda text: guards.get(text) or guard(text)


@contextmanager
def _in_place(module: Any, name: str, value: object) -> Iterator[None]:
    kept = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, kept)
