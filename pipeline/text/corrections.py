"""What readers put right: the files NAME.corrections.yaml and NAME.review.csv beside a source.

Corrections say what is to be otherwise in the rows that are read from the source. A review says which rows readers have
found right; it is void for a row that has changed since (`fields_digest`). Columns, their types and their codes are those of the schemas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date as day
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from pipeline import schema
from pipeline.errors import InputError
from pipeline.models import Correction, Review
from pipeline.text.decode import decode
from pipeline.text.sidecar import number_of, refuse_odd, shown, whole_number

CORRECTIONS, REVIEW = ".corrections.yaml", ".review.csv"
KIND = "kind"
"""The column of the ledger, which a correction may set as well."""
# Where a row stands, what follows from its other columns, and how it was made.
_WHERE = {"observation_id", "report_id", "text", "start", "stop", "section", "quote", "quote_start", "quote_stop"}
_AMOUNTS = {"low", "high", "amount", "amount_max", "base_unit"}
_DAYS = {"reference_start", "reference_end", "period_start", "period_end"}
_MADE = _WHERE | _AMOUNTS | _DAYS | {"rule", "confidence", "review", "same_as"}
_NUMBERS = (Decimal, float, int)
# An addition says at least these.
_ADDED = ("indicator_text", "measure", "value", "status")
_ACTIONS = ("set", "add", "withdraw")
_KEYS = ("observation", "start", "text", *_ACTIONS, "was", "reason", "date")
REVIEW_COLUMNS = ("observation_id", "digest", "readers", "date")


@cache
def readings() -> Mapping[str, schema.Column]:
    """The columns of an observation that tell how it was read, which are those that a correction may set."""
    return {column.name: column for column in schema.table("observations").columns if column.name not in _MADE}


def beside(name: str, ending: str) -> str:
    """The name of the file with this ending beside the source `name`."""
    return PurePosixPath(name).with_suffix("").name + ending


def corrections_of(data: bytes, name: str) -> tuple[Correction, ...]:
    """The corrections in the bytes of the file `name`, in their order. Raises InputError."""
    from pipeline.text.strict_yaml import read_yaml

    parsed = read_yaml(data, name)
    if not isinstance(parsed, list) or not all(isinstance(entry, dict) for entry in parsed):
        raise InputError(name, "", "this is not a list of corrections", "Begin every entry with `- observation: …`")
    return tuple(_correction(entry, name, f"entry {number}") for number, entry in enumerate(parsed, 1))


def _correction(entry: Mapping[str, Any], name: str, place: str) -> Correction:
    for key in entry:
        if key not in _KEYS:
            raise InputError(name, place, f"unknown key `{shown(key)}`", f"Known are {', '.join(_KEYS)}")
    actions = [action for action in _ACTIONS if action in entry]
    if len(actions) != 1:
        raise InputError(name, place, "an entry does one thing", f"Give it one of {', '.join(_ACTIONS)}")
    [action] = actions
    for key in ("reason", "date"):
        if not _text(entry.get(key, ""), name, f"{place}, `{key}`"):
            raise InputError(name, place, f"`{key}` is missing", "Say why the row is changed, and on which day")
    observation, text = (_text(entry.get(key, ""), name, f"{place}, `{key}`") for key in ("observation", "text"))
    if not observation and not ("start" in entry and text):
        problem = "it is not said which row is meant"
        raise InputError(name, place, problem, "Give `observation`, or `start` and `text` of its numeral")
    if action == "add" and not text:
        raise InputError(name, place, "an addition has no row yet", "Give `start` and `text` of its numeral")
    if action == "withdraw":
        fields: Mapping[str, object] = {KIND: _value(KIND, entry["withdraw"], name, f"{place}, `withdraw`")}
    else:
        fields = _fields(entry[action], name, f"{place}, `{action}`", kind=action == "set")
        lacking = [column for column in _ADDED if action == "add" and not fields.get(column)]
        if lacking:
            raise InputError(name, place, f"an addition lacks {', '.join(lacking)}", "Say them too")
    return Correction(
        file=name,
        place=place,
        action=action,
        observation_id=observation,
        start=_start(entry.get("start"), name, f"{place}, `start`"),
        text=text,
        fields=fields,
        was=_fields(entry.get("was", {}), name, f"{place}, `was`", kind=True) if entry.get("was") else {},
        reason=_text(entry["reason"], name, f"{place}, `reason`"),
        date=_date(entry["date"], name, f"{place}, `date`"),
    )


def _fields(given: object, name: str, place: str, *, kind: bool) -> dict[str, object]:
    if not isinstance(given, dict) or not given:
        raise InputError(name, place, "this is not a list of `column: value` lines", "Write one column a line")
    known = [*readings(), *([KIND] if kind else [])]
    for key in given:
        if key not in known:
            raise InputError(name, place, f"unknown column `{shown(key)}`", f"Known are {', '.join(known)}")
    return {key: _value(key, value, name, f"{place}, `{key}`") for key, value in given.items()}


def _value(column: str, value: object, name: str, place: str) -> object:
    """A value as rows have it: a number as it is written, or a text; nothing is an empty text, or None for a number."""
    text = _text(value, name, place)
    declared = _kind_column() if column == KIND else readings()[column]
    if not text:
        if declared.required:
            raise InputError(name, place, "the column cannot be empty", "Give it a value, or leave it out")
        return None if declared.type == "number" else ""
    if declared.type == "number":
        return number_of(text, name, place)
    if text not in (codes := declared.constraints.get("enum", [text])):
        raise InputError(name, place, f"unknown code `{text}`", f"Known are {', '.join(codes)}")
    if not re.fullmatch(declared.constraints.get("pattern", ".*"), text):
        raise InputError(name, place, f"`{text}` is not written as this column is", declared.description)
    return text


@cache
def _kind_column() -> schema.Column:
    return next(column for column in schema.table("numerals").columns if column.name == KIND)


def _text(value: object, name: str, place: str) -> str:
    if not isinstance(value, str):
        raise InputError(name, place, "this is not a text", "Write one value, in quotation marks if need be")
    text = " ".join(value.split("\n")).strip()
    refuse_odd(text, name, place)
    return text


def _start(value: object, name: str, place: str) -> int | None:
    if value is None:
        return None
    start = whole_number(value)
    if start is None:
        raise InputError(name, place, "this is no offset", "Take it from the column start")
    return start


def _date(value: object, name: str, place: str) -> str:
    text = _text(value, name, place)
    try:
        return day.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(name, place, f"`{text}` is no day", "Write 2026-11-29") from None


def reviews_of(data: bytes, name: str) -> tuple[Review, ...]:
    """The rows of a review in the bytes of the file `name`. Raises InputError."""
    text, _ = decode(data, name)
    lines = csv.reader(io.StringIO(text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), newline=""))
    found = []
    try:
        if tuple(next(lines, ())) != REVIEW_COLUMNS:
            raise InputError(
                name, "line 1", "these are not the columns of a review", f"Write {','.join(REVIEW_COLUMNS)}"
            )
        for number, line in enumerate(lines, 2):
            if not line:
                continue
            place = f"line {number}"
            if len(line) != len(REVIEW_COLUMNS) or not all(line):
                raise InputError(name, place, "a value is missing or too many", f"Give {', '.join(REVIEW_COLUMNS)}")
            readers = whole_number(line[2])
            if not readers:
                raise InputError(name, place, f"`{shown(line[2])}` is no number of readers", "Count them from 1")
            found.append(Review(line[0], line[1], readers, _date(line[3], name, place)))
    except csv.Error as error:
        raise InputError(name, "", f"this is not CSV ({error})", "Save it as CSV, or remove it") from error
    return tuple(found)


@cache
def _judged() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that a reader judges, and each as it begins its part of what the digest is made of."""
    columns = ("quote", "text", *readings())
    return columns, tuple(f"{column}=" for column in columns)


def fields_digest(row: Mapping[str, Any]) -> str:
    """Sixteen hexadecimal digits for all that a reader of a row judges: its sentence, and how it was read."""
    columns, begins = _judged()
    values = [
        begin + (value if isinstance(value, str) else _plain(value))
        for begin, value in zip(begins, map(row.get, columns), strict=True)
    ]
    return sha256("\0".join(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: object) -> str:
    """A value in one spelling, whether it comes from the text, from CSV or from Parquet."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{Decimal(str(value)).normalize():f}" if isinstance(value, _NUMBERS) else str(value)
