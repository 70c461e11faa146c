"""Read a source and the facts that a YAML file beside it states."""

from __future__ import annotations

import datetime
import errno
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import yaml

from pipeline.errors import InputError
from pipeline.knowledge import vocabulary, vocabulary_names
from pipeline.models import Layer, Source
from pipeline.text.decode import decode
from pipeline.text.readers import Options, read_layer

PERIOD_ROLES = ("review", "review_years", "plan", "plan_years")
_TEXTS = ("title", "kind", "issuer", "speaker", "post", "assembly", "document_number", "place", "note")
_DATES = ("date", "published")
_KEYS = (*_TEXTS, *_DATES, *PERIOD_ROLES, "complete")
_KINDS = tuple(kind for kind in vocabulary_names("profiles") if vocabulary(f"profiles/{kind}")["layout"] != "none")


def read_source(path: Path, name: str = "", options: Options | None = None) -> Source:
    """The text layer of `path`, and the facts of `NAME.yaml` beside it; `name` is what tables and errors call it.

    Facts are either those of the only report, or a list `reports` of facts with the `number` of their report in the
    file, from 1. Values are text, `complete` is a bool. Raises InputError, which names file, place and remedy.
    """
    name = name or path.name
    _refuse_odd_name(name)
    return as_source(layer_of(path, name, options), name, _facts(path.with_suffix(".yaml")))


def layer_of(path: Path, name: str = "", options: Options | None = None) -> Layer:
    """The text layer of the file `path`. Raises InputError."""
    return read_layer(_bytes(path), name or path.name, options)


def below(folder: Path, name: str) -> Path:
    """The path of the source with this name in a folder of sources; a name that leads out of it is of no file there."""
    parts = PurePosixPath(name).parts
    return (
        folder.joinpath(*parts) if ".." not in parts and not name.startswith("/") else folder / PurePosixPath(name).name
    )


def as_source(layer: Layer, name: str, facts: Mapping[str, object] | None = None) -> Source:
    """A text layer as the source called `name`."""
    return Source(
        name,
        layer.text,
        layer.encoding,
        facts or {},
        layer.kind,
        layer.plain,
        layer.locations,
        layer.remarks,
        layer.parts,
    )


def _refuse_odd_name(name: str) -> None:
    """The name is published in the tables and printed in messages, so it must be a text."""
    if not name.isprintable():
        shown = name.encode("unicode_escape", "surrogateescape").decode("ascii")
        problem = "the name of the file has bytes or characters that cannot be printed"
        raise InputError(shown, "", problem, "Rename the file")


def _bytes(path: Path) -> bytes:
    """The content of a regular file: what has no end, as a device or a pipe, must not be waited for."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise InputError(str(path), "", "this is no regular file", "Give what comes from a pipe as -")
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(str(path), "", "there is no such file", "Check the name")
    if isinstance(error, IsADirectoryError):
        return InputError(str(path), "", "this is a folder", "Name a file in it")
    return InputError(str(path), "", f"the file cannot be read ({error.strerror})", "Check its permissions")


def _facts(path: Path) -> Mapping[str, object]:
    try:
        path.stat()
    except OSError as error:
        # A name may be too long with .yaml only.
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            return {}
        raise _unreadable(path, error) from error
    data = _bytes(path)
    text, _ = decode(data, path.name)
    try:
        parsed = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, character {mark.column + 1}" if mark else ""
        problem = f"this is not YAML ({getattr(error, 'problem', None) or error})"
        raise InputError(path.name, place, problem, "Mend it, or remove the file") from error
    if not isinstance(parsed, dict):
        raise InputError(path.name, "", "this is not a list of `key: value` lines", f"Use the keys {', '.join(_KEYS)}")
    if "reports" not in parsed:
        return _checked(parsed, path.name, "")
    entries = parsed["reports"]
    if len(parsed) > 1 or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problem = "`reports` must be the only key and hold a list of facts"
        raise InputError(path.name, "", problem, "Begin every entry with `- number: 1` and its facts below")
    return {"reports": [_entry(entry, path.name, at) for at, entry in enumerate(entries, start=1)]}


def _entry(entry: dict[object, object], name: str, at: int) -> dict[str, object]:
    number = entry.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        problem = "`number` is missing or is not the place of a report in the file"
        raise InputError(name, f"entry {at}", problem, "Count the reports from 1")
    rest = {key: value for key, value in entry.items() if key != "number"}
    return {"number": number, **_checked(rest, name, f"entry {at}")}


def _checked(facts: dict[object, object], name: str, place: str) -> dict[str, object]:
    for key in facts:
        if key not in _KEYS:
            raise InputError(name, place, f"unknown key `{key}`", f"Known are {', '.join(_KEYS)}")
    return {str(key): _value(str(key), value, name, place) for key, value in facts.items()}


def _value(key: str, value: object, name: str, place: str) -> object:
    place = f"{place}, `{key}`" if place else f"`{key}`"
    if key == "complete":
        if not isinstance(value, bool):
            raise InputError(name, place, "neither true nor false", "Write true or false")
        return value
    # YAML reads 2018-01-18 as a date and 2018 as a number.
    text = value.isoformat() if type(value) is datetime.date else str(value) if type(value) is int else value
    if not isinstance(text, str) or not text.strip():
        raise InputError(name, place, "this is not a text", "Write one value, in quotation marks if need be")
    if key == "kind" and text not in _KINDS:
        raise InputError(name, place, f"unknown kind `{text}`", f"Known are {', '.join(_KINDS)}")
    if key in _DATES and not _is_date(text):
        raise InputError(
            name, place, f"`{text}` is not a date", "Write 2018-01-18, or 2018-01 where the day is unknown"
        )
    if key in PERIOD_ROLES and not _is_period(key, text):
        example = "2013/2017" if key.endswith("years") else "2017"
        raise InputError(name, place, f"`{text}` is not such a period", f"Write {example}")
    return text.strip()


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return False
    return len(text) in (7, 10)


def _is_period(role: str, text: str) -> bool:
    years = text.split("/")
    well_formed = all(year.isascii() and year.isdigit() and len(year) == 4 for year in years)
    return well_formed and len(years) == (2 if role.endswith("years") else 1) and years == sorted(years)
