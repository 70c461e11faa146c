"""Read the knowledge that is kept as data.

`vocabulary/` says how the language works, `catalogue/` what the things are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
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
def vocabulary_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder of `vocabulary/`, sorted."""
    return tuple(sorted(path.stem for path in (HERE / "vocabulary" / folder).glob("*.yaml")))


@cache
def catalogue(name: str) -> Any:
    """The parsed content of `catalogue/NAME.yaml`, with the user's own. Raises FileNotFoundError, InputError."""
    from pipeline.own_catalogue import with_own

    return with_own(name, _load(HERE / "catalogue" / f"{name}.yaml"))


@cache
def catalogue_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `catalogue/NAME.csv`. Raises FileNotFoundError."""
    with (HERE / "catalogue" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, as a group that is not captured.

    Words with the same beginning share it: at a character with which none begins, and most are such, nothing is tried.
    """
    return f"(?:{_branches(sorted(set(words)))})"


def _branches(words: Iterable[str]) -> str:
    """The sorted words as branches, one for each first character; none of the words is empty."""
    branches = []
    for first, same in groupby(words, key=lambda word: word[0]):
        ends = [word[1:] for word in same]
        rest = _branches(ends[1:] if not ends[0] else ends)
        branches.append(re.escape(first) + (f"(?:{rest})" if rest else "") + ("?" if rest and not ends[0] else ""))
    return "|".join(branches)


def any_unless(words: Mapping[str, Iterable[str]]) -> str:
    """A pattern for any of the words where none of the words listed with it follows (居, but not 居民)."""
    return "(?:" + "|".join(f"{re.escape(word)}(?!{any_of(after)})" for word, after in words.items()) + ")"
