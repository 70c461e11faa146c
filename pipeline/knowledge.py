"""Read the knowledge that is kept as data.

`vocabulary/` says how the language works, `catalogue/` what the things are.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The YAML files together, in an archive for browsers, where reading them takes seconds: pipeline/site/browser_archive.py.
COMPILED = "knowledge.json"


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of `vocabulary/NAME.yaml`. Raises FileNotFoundError."""
    return knowledge(f"vocabulary/{name}")


@cache
def vocabulary_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder of `vocabulary/`, sorted."""
    start = f"vocabulary/{folder}/"
    return tuple(sorted(name.removeprefix(start) for name in knowledge_names() if name.startswith(start)))


@cache
def common_words() -> frozenset[str]:
    """Common words of two characters."""
    return frozenset(first + second for first, seconds in vocabulary("common_words").items() for second in seconds)


@cache
def catalogue(name: str) -> Any:
    """The parsed content of `catalogue/NAME.yaml`, with the user's own. Raises FileNotFoundError, InputError."""
    from pipeline.own_entries import with_own

    return with_own(name, knowledge(f"catalogue/{name}"))


@cache
def catalogue_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `catalogue/NAME.csv`. Raises FileNotFoundError."""
    with (HERE / "catalogue" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def knowledge(name: str) -> Any:
    """The parsed content of `NAME.yaml` in this package. Raises FileNotFoundError."""
    if (together := _together()) is not None and name in together:
        return together[name]
    if name not in _READ:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        _READ[name] = yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
    return _READ[name]


# What does not rest on the user's catalogue, and so stays known when that is another one.
_READ: dict[str, Any] = {}


@cache
def knowledge_names() -> tuple[str, ...]:
    """The names that `knowledge` knows of the vocabulary, the catalogue, the model of confidence and the words of the site, sorted."""
    if (together := _together()) is not None:
        return tuple(together)
    folders = ("vocabulary", "catalogue", "meaning", "site/locale")
    found = (path.relative_to(HERE) for folder in folders for path in (HERE / folder).rglob("*.yaml"))
    return tuple(sorted(path.with_suffix("").as_posix() for path in found))


@cache
def _together() -> dict[str, Any] | None:
    path = HERE / COMPILED
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


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
