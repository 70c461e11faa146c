"""Read the knowledge that is kept as data.

`vocabulary/` says how the language works, `catalogue/` what the things are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of `vocabulary/NAME.yaml`. Raises FileNotFoundError."""
    return _load(HERE / "vocabulary" / f"{name}.yaml")


@cache
def catalogue(name: str) -> Any:
    """The parsed content of `catalogue/NAME.yaml`. Raises FileNotFoundError."""
    return _load(HERE / "catalogue" / f"{name}.yaml")


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, as a group that is not captured."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def any_unless(words: Mapping[str, Iterable[str]]) -> str:
    """A pattern for any of the words where none of the words listed with it follows (居, but not 居民)."""
    return "(?:" + "|".join(f"{re.escape(word)}(?!{any_of(after)})" for word, after in words.items()) + ")"
