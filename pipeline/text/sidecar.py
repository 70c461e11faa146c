"""The facts that a file NAME.yaml beside a source states.

All values are read as the text that stands there: YAML's own readings of 012, 1:30:00 or 1_000 are not asked for. What each
key is for and how it is written is data, in `vocabulary/sidecar.yaml`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from pipeline.errors import InputError
from pipeline.knowledge import vocabulary, vocabulary_names

KEYS: Mapping[str, Mapping[str, str]] = vocabulary("sidecar")
_KINDS = tuple(kind for kind in vocabulary_names("profiles") if vocabulary(f"profiles/{kind}")["layout"] != "none")
# In characters: far above what facts need.
_LONGEST = 2_000
# A number as it is written everywhere: no zeros before it, which some read as octal, and no 1_000.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WHOLE = re.compile("0|[1-9][0-9]{0,10}")
_TRUTH = {"true": True, "false": False}
_YEAR = re.compile("[12][0-9]{3}")
_DATE = re.compile("[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_ADDRESS = re.compile(r"https?://\S+")
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_UNPRINTED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_WRONG = {
    "kind": "unknown kind `{}`",
    "date": "`{}` is not a date",
    "year": "`{}` is not such a period",
    "years": "`{}` is not such a period",
    "address": "`{}` is no address of a page",
    "identifier": "`{}` is no identifier",
    "truth": "neither true nor false",
}
_REMEDY = {
    "kind": f"Known are {', '.join(_KINDS)}",
    "date": "Write 2018-01-18, or 2018-01 where the day is unknown",
    "year": "Write 2017",
    "years": "Write 2013/2017",
    "address": "Write it in full, from https:// on",
    "identifier": "Use lower-case letters, digits and hyphens",
    "truth": "Write true or false",
}


def facts_of(data: bytes, name: str) -> dict[str, object]:
    """The facts in the bytes of the file `name`: of its only report, or a list `reports`, each with its `number`.

    Values are text, `complete` is a bool. Raises InputError.
    """
    from pipeline.text.strict_yaml import read_yaml

    parsed = read_yaml(data, name)
    if not isinstance(parsed, dict):
        raise InputError(name, "", "this is not a list of `key: value` lines", f"Use the keys {', '.join(KEYS)}")
    if "reports" not in parsed:
        return checked(parsed, name, "")
    entries = parsed["reports"]
    if len(parsed) > 1 or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problem = "`reports` must be the only key and hold a list of facts"
        raise InputError(name, "", problem, "Begin every entry with `- number: 1` and its facts below")
    found = [_entry(entry, name, at) for at, entry in enumerate(entries, start=1)]
    numbers = [entry["number"] for entry in found]
    for at, number in enumerate(numbers, start=1):
        if number in numbers[: at - 1]:
            raise InputError(name, f"entry {at}", f"report {number} has facts above", "Put them into one entry")
    return {"reports": found}


def _entry(entry: Mapping[str, object], name: str, at: int) -> dict[str, object]:
    number = whole_number(entry.get("number"))
    if not number:
        problem = "`number` is missing or is not the place of a report in the file"
        raise InputError(name, f"entry {at}", problem, "Count the reports from 1")
    rest = {key: value for key, value in entry.items() if key != "number"}
    return {"number": number, **checked(rest, name, f"entry {at}")}


def checked(facts: Mapping[str, object], name: str, place: str) -> dict[str, object]:
    """The facts of one report, each in its form. Raises InputError that says where: `name`, and `place` in it."""
    for key in facts:
        if key not in KEYS:
            raise InputError(name, place, f"unknown key `{shown(key)}`", f"Known are {', '.join(KEYS)}")
    return {key: _value(key, value, name, f"{place}, `{key}`" if place else f"`{key}`") for key, value in facts.items()}


def _value(key: str, value: object, name: str, place: str) -> object:
    if not isinstance(value, str) or not value.strip():
        raise InputError(name, place, "this is not a text", "Write one value, in quotation marks if need be")
    kind = KEYS[key]["type"]
    text = value.strip()
    if kind == "text":
        text = " ".join(text.split("\n"))
    refuse_odd(text, name, place)
    if kind == "truth" and text in _TRUTH:
        return _TRUTH[text]
    if kind in _REMEDY and not _fits(kind, text):
        raise InputError(name, place, _WRONG[kind].format(text), _REMEDY[kind])
    return text


def refuse_odd(text: str, name: str, place: str) -> None:
    """Raise InputError for a value with characters that cannot be printed, or far too many."""
    odd = next((char for char in text if unicodedata.category(char) in _UNPRINTED), "")
    if odd:
        raise InputError(name, place, f"the value has the character U+{ord(odd):04X}", "Remove it")
    if len(text) > _LONGEST:
        raise InputError(name, place, f"the value has {len(text):,} characters", f"Write at most {_LONGEST:,}")


def number_of(text: str, name: str, place: str) -> Decimal:
    """The number that a value states. Raises InputError."""
    if not _NUMBER.fullmatch(text):
        remedy = "Write 2600 or -5.8, without separators; the multiplier is in the unit"
        raise InputError(name, place, f"`{shown(text)}` is no number", remedy)
    return Decimal(text)


def whole_number(value: object) -> int | None:
    """The whole number that a value is as it is written; None where it is none, or could be meant otherwise (012)."""
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else None


def _fits(kind: str, text: str) -> bool:
    match kind:
        case "kind":
            return text in _KINDS
        case "date":
            return _is_date(text)
        case "year":
            return bool(_YEAR.fullmatch(text))
        case "years":
            first, _, last = text.partition("/")
            return bool(_YEAR.fullmatch(first) and _YEAR.fullmatch(last)) and first <= last
        case "address":
            return bool(_ADDRESS.fullmatch(text))
        case "identifier":
            return bool(_IDENTIFIER.fullmatch(text))
    return False


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return False
    return True


def shown(key: object) -> str:
    """A key for a message: its beginning, without characters that cannot be printed."""
    return str(key)[:60].encode("unicode_escape").decode("ascii") if not str(key).isprintable() else str(key)[:60]
