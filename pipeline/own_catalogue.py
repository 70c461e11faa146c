"""A user's own things and indicators, beside those of the catalogue or in their place.

A folder may hold `things.yaml`, `indicators.yaml` and `issued.csv`, in the form of the files of `pipeline/catalogue`; what
`baogao curate` writes is such an `indicators.yaml`. The folder is told by the environment variable BAOGAO_CATALOGUE, so
that the processes of a build read it too; the commands set it from `--catalogue`.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import BaogaoError, InputError

if TYPE_CHECKING:
    import yaml

VARIABLE = "BAOGAO_CATALOGUE"
ISSUED = "issued.csv"
_THINGS, _INDICATORS = "things.yaml", "indicators.yaml"
_FILES = (_THINGS, _INDICATORS, ISSUED)
# Of an indicator: what an entry may say. The last two are for the curator's eyes.
_KEYS = ("name", "definition", "source", "topic", "unit", "aliases", "facets", "codes", "count", "example")
_IN_LANGUAGES = ("zh", "en")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]|[A-Z0-9]")

_Entries = dict[str, dict[str, Any]]
# The folders with which this process has read the catalogue: one, since what was read is kept.
_read: set[str] = set()


def use(folder: Path) -> None:
    """Take the things and indicators of `folder` from now on, in this process and those that it starts.

    Raises InputError for a folder without such files, BaogaoError where this process has read the catalogue already.
    """
    if not any((folder / name).is_file() for name in _FILES):
        raise InputError(str(folder), "", f"none of {', '.join(_FILES)} is there", "Name the folder that holds them")
    chosen = str(folder.resolve())
    if _read and {chosen} != _read:
        raise BaogaoError(f"The catalogue was read before {folder} was named. Name it first, or set {VARIABLE}.")
    os.environ[VARIABLE] = chosen


def files() -> list[Path]:
    """The user's files that are there."""
    folder = os.environ.get(VARIABLE)
    return [path for name in _FILES if folder and (path := Path(folder) / name).is_file()]


def with_own(name: str, content: Any) -> Any:
    """The content of the catalogue's file `name`, with what the user's file of that name adds or says otherwise.

    Raises InputError that names file and line.
    """
    merge: Callable[[Any, Path], Any] | None = {"things": _with_things, "indicators": _with_indicators}.get(name)
    if merge:
        _read.add(os.environ.get(VARIABLE, ""))
    path = next((path for path in files() if path.name == f"{name}.yaml"), None)
    return merge(content, path) if merge and path else content


def issued_rows() -> Iterator[dict[str, str]]:
    """The rows of the user's `issued.csv`. Raises InputError where its columns are others."""
    for path in files():
        if path.name == ISSUED:
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                columns = ["indicator_id", "phrase", "unit", "since"]
                if reader.fieldnames != columns:
                    raise InputError(str(path), "line 1", "the columns are others", f"They are {','.join(columns)}")
                yield from reader


def _with_things(content: Mapping[str, Mapping[str, list[str]]], path: Path) -> _Entries:
    found: _Entries = {topic: dict(entries) for topic, entries in content.items()}
    known = {key: topic for topic, entries in found.items() for key in entries}
    own = list(_entries(_mapping(path), path, depth=2))
    for (topic, key), _, _ in own:
        known.setdefault(key, topic)
    for (topic, key), value, line in own:
        if topic not in found:
            raise _wrong(path, line, f"unknown topic `{topic}`", f"Known are {', '.join(found)}")
        _check_identifier(key, path, line)
        texts = isinstance(value, list) and all(isinstance(part, str) for part in value)
        if not texts or len(value) not in (2, 3) or not all(value[:2]):
            problem = f"`{key}` is not a list of names"
            raise _wrong(
                path, line, problem, "Write [中文名|别名, English name], and the broader thing where it has one"
            )
        if len(value) == 3 and value[2] and value[2] not in known:
            raise _wrong(
                path, line, f"the broader thing `{value[2]}` is unknown", "Name one of things.yaml, or leave it out"
            )
        for entries in found.values():
            entries.pop(key, None)
        found[topic][key] = value
    return found


def _with_indicators(content: Mapping[str, Mapping[str, Any]], path: Path) -> _Entries:
    found: _Entries = {key: dict(entry) for key, entry in content.items()}
    for (key,), value, line in _entries(_mapping(path), path, depth=1):
        _check_identifier(key, path, line)
        if not isinstance(value, dict):
            raise _wrong(path, line, f"`{key}` is no entry", f"Give it {', '.join(_KEYS[:-2])}")
        for name in value:
            if name not in _KEYS:
                raise _wrong(path, line, f"`{key}` has the unknown key `{name}`", f"Known are {', '.join(_KEYS)}")
        for name in ("name", "definition", "aliases"):
            part = value.get(name, {})
            if not isinstance(part, dict) or not part.keys() <= set(_IN_LANGUAGES):
                raise _wrong(path, line, f"`{name}` of `{key}` is not given by language", "Write {zh: …, en: …}")
        found[key] = _entry(key, value, found.get(key), path, line)
    return found


def _entry(key: str, own: dict[str, Any], known: dict[str, Any] | None, path: Path, line: int) -> dict[str, Any]:
    """An indicator of the catalogue with what the user says of it, or one of the user's alone."""
    base = known or {"name": {}, "definition": {}, "source": "", "topic": "", "unit": "", "aliases": {}}
    entry = {
        **base,
        **{
            name: value
            for name, value in own.items()
            if name in ("source", "topic", "unit", "facets", "codes") and value
        },
    }
    for name in ("name", "definition"):
        entry[name] = {code: own.get(name, {}).get(code) or base[name].get(code, "") for code in _IN_LANGUAGES}
    if not _CHINESE.search(entry["name"]["zh"]):
        raise _wrong(path, line, f"`{key}` has no Chinese name", "Write name: {zh: …, en: …}")
    if any(entry["definition"].values()) and not entry["source"]:
        raise _wrong(path, line, f"the definition of `{key}` has no source", "Name the book or page in `source`")
    aliases = {}
    for code in _IN_LANGUAGES:
        more = own.get("aliases", {}).get(code, [])
        if not isinstance(more, list):
            raise _wrong(path, line, f"the aliases of `{key}` are no list", "Write aliases: {zh: [甲, 乙], en: []}")
        aliases[code] = list(dict.fromkeys([*base["aliases"].get(code, []), *more]))
    if not aliases["zh"]:
        aliases["zh"] = [entry["name"]["zh"]]
    return {**entry, "aliases": aliases}


def _mapping(path: Path) -> tuple[dict[str, Any], yaml.Node | None]:
    """What a file holds, and its nodes, which know their lines."""
    import yaml

    from pipeline.text.strict_yaml import read_yaml

    data = path.read_bytes()
    parsed = read_yaml(data, str(path))
    if parsed in (None, ""):
        return {}, None
    if not isinstance(parsed, dict):
        raise InputError(
            str(path), "line 1", "this is not a list of `key: value` lines", "See the page on your own things"
        )
    return parsed, yaml.compose(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)


def _entries(
    file: tuple[dict[str, Any], yaml.Node | None], path: Path, depth: int
) -> Iterator[tuple[tuple[str, ...], Any, int]]:
    """The entries `depth` keys deep: their keys, what they hold and the line they begin in."""

    def walk(content: Any, node: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, int]]:
        for key, value in node.value:
            inner, line = content[key.value], key.start_mark.line + 1
            if len(keys) + 1 == depth:
                yield (*keys, key.value), inner, line
            elif isinstance(inner, dict):
                yield from walk(inner, value, (*keys, key.value))
            else:
                raise _wrong(path, line, f"`{key.value}` holds no entries", "Write one entry a line below it")

    content, node = file
    if node is not None:
        yield from walk(content, node, ())


def _check_identifier(key: str, path: Path, line: int) -> None:
    if not _IDENTIFIER.fullmatch(key):
        raise _wrong(path, line, f"`{key}` is no identifier", "Use lower-case letters, digits and _")


def _wrong(path: Path, line: int, problem: str, remedy: str) -> InputError:
    return InputError(str(path), f"line {line}", problem, remedy)
