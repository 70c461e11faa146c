"""What a user's own files of the catalogue say, held against what they may say: every error names file and line.

`things.yaml` and `indicators.yaml` have the form of those of `pipeline/catalogue`. In `indicators.yaml` an entry may also stand under
a phrase as reports write it, in Chinese: it gives the name of what the phrase states, and where it is needed what that is made of;
a list of such entries, where that is not the same in every unit.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import InputError
from pipeline.knowledge import catalogue
from pipeline.own_catalogue import INDICATORS, ISSUED, THINGS, read_file

if TYPE_CHECKING:
    import yaml

# Of an indicator: what an entry may say. The last two are for the curator's eyes.
_KEYS = ("name", "definition", "source", "topic", "unit", "aliases", "facets", "codes", "count", "example")
# … and of a phrase.
_OF_PHRASE = ("name", "unit", "facets")
_FACETS = ("thing", "property", "event", "scope")
_IN_LANGUAGES = ("zh", "en")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*")
_NAME = re.compile(r"[\u3400-\u9fff]|[A-Z0-9]")
_PHRASE = re.compile(r"[\u3400-\u9fff]")

_Entries = dict[str, dict[str, Any]]


class Named(NamedTuple):
    """What the user says of a phrase: its names; the unit of its level, as written, or empty; thing, property, event and scope, or none."""

    name_zh: str
    name_en: str
    unit: str
    facets: tuple[str, ...]


def with_own(name: str, content: Any) -> Any:
    """The content of the catalogue's file `name`, with what the user's file of that name adds or says otherwise.

    Raises InputError that names file and line.
    """
    if name == "things":
        file = read_file(THINGS)
        return _with_things(content, *file) if file else content
    if name == "indicators":
        file = read_file(INDICATORS)
        return _with_indicators(content, *file) if file else content
    return content


def phrases() -> dict[str, tuple[Named, ...]]:
    """What the user says of phrases, by unit where it differs. Raises InputError that names file and line."""
    file = read_file(INDICATORS)
    if not file:
        return {}
    return {
        key: tuple(_named(key, each, file[0], line) for each in (value if isinstance(value, list) else [value]))
        for (key,), value, line in _listed(*file, depth=1)
        if _PHRASE.search(key)
    }


def _named(key: str, value: Any, path: str, line: int) -> Named:
    _check_entry(key, value, _OF_PHRASE, path, line)
    name = value.get("name", {})
    if not _NAME.search(name.get("zh", "")) or not name.get("en"):
        raise _wrong(path, line, f"`{key}` has no name in both languages", "Write name: {zh: …, en: …}")
    return Named(name["zh"], name["en"], value.get("unit", ""), tuple(value.get("facets", ())))


def _check_facets(key: str, facets: Any, path: str, line: int) -> None:
    if not isinstance(facets, list) or len(facets) != len(_FACETS):
        problem = f"the facets of `{key}` are not four"
        raise _wrong(path, line, problem, f'Write [{", ".join(_FACETS)}], with "" where there is none')
    for facet, given in zip(_FACETS[:-1], facets, strict=False):
        if given not in _known(facet) and (given or facet != "event"):
            remedy = "Write one that the tables things and indicators have"
            raise _wrong(path, line, f"`{key}` has the unknown {facet} `{given}`", remedy)


@cache
def _known(facet: str) -> frozenset[str]:
    if facet == "thing":
        return frozenset(key for entries in catalogue("things").values() for key in entries)
    return frozenset(catalogue({"property": "properties", "event": "events"}[facet]))


def issued_rows() -> Iterator[dict[str, str]]:
    """The rows of the user's `issued.csv`. Raises InputError where its columns are others."""
    if file := read_file(ISSUED):
        path, data = file
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
        columns = ["indicator_id", "phrase", "unit", "since"]
        if reader.fieldnames != columns:
            raise InputError(path, "line 1", "the columns are others", f"They are {','.join(columns)}")
        yield from reader


def _with_things(content: Mapping[str, Mapping[str, list[str]]], path: str, data: bytes) -> _Entries:
    found: _Entries = {topic: dict(entries) for topic, entries in content.items()}
    known = {key: topic for topic, entries in found.items() for key in entries}
    own = list(_listed(path, data, depth=2))
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


def _with_indicators(content: Mapping[str, Mapping[str, Any]], path: str, data: bytes) -> _Entries:
    found: _Entries = {key: dict(entry) for key, entry in content.items()}
    for (key,), value, line in _listed(path, data, depth=1):
        if _PHRASE.search(key):
            continue
        _check_identifier(key, path, line)
        _check_entry(key, value, _KEYS, path, line)
        found[key] = _entry(key, value, found.get(key), path, line)
    return found


def _check_entry(key: str, value: Any, keys: tuple[str, ...], path: str, line: int) -> None:
    if not isinstance(value, dict):
        raise _wrong(path, line, f"`{key}` is no entry", f"Give it {', '.join(keys)}")
    for name in value:
        if name not in keys:
            raise _wrong(path, line, f"`{key}` has the unknown key `{name}`", f"Known are {', '.join(keys)}")
    for name in ("name", "definition", "aliases"):
        part = value.get(name, {})
        if not isinstance(part, dict) or not part.keys() <= set(_IN_LANGUAGES):
            raise _wrong(path, line, f"`{name}` of `{key}` is not given by language", "Write {zh: …, en: …}")
    if "facets" in value:
        _check_facets(key, value["facets"], path, line)


def _entry(key: str, own: dict[str, Any], known: dict[str, Any] | None, path: str, line: int) -> dict[str, Any]:
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
    if not _NAME.search(entry["name"]["zh"]):
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


def _listed(path: str, data: bytes, depth: int) -> Iterator[tuple[tuple[str, ...], Any, int]]:
    """The entries of a file `depth` keys deep: their keys, what they hold and the line they begin in."""

    def walk(content: Any, node: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, int]]:
        for key, value in node.value:
            inner, line = content[key.value], key.start_mark.line + 1
            if len(keys) + 1 == depth:
                yield (*keys, key.value), inner, line
            elif isinstance(inner, dict):
                yield from walk(inner, value, (*keys, key.value))
            else:
                raise _wrong(path, line, f"`{key.value}` holds no entries", "Write one entry a line below it")

    content, node = _parsed(path, data)
    if node is not None:
        yield from walk(content, node, ())


@cache
def _parsed(path: str, data: bytes) -> tuple[dict[str, Any], yaml.Node | None]:
    """What a file holds, and its nodes, which know their lines."""
    import yaml

    from pipeline.text.strict_yaml import read_yaml

    parsed = read_yaml(data, path)
    if parsed in (None, ""):
        return {}, None
    if not isinstance(parsed, dict):
        raise InputError(path, "line 1", "this is not a list of `key: value` lines", "See the page on your own things")
    return parsed, yaml.compose(data.decode("utf-8-sig"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def _check_identifier(key: str, path: str, line: int) -> None:
    if not _IDENTIFIER.fullmatch(key):
        raise _wrong(path, line, f"`{key}` is no identifier", "Use lower-case letters, digits and _")


def _wrong(path: str, line: int, problem: str, remedy: str) -> InputError:
    return InputError(path, f"line {line}", problem, remedy)
