"""Figures that come from tables and not from a text: `facts/*.csv` in the folder of the reports.

Each file is a data set, such as the figures of a statistical communiqué or somebody's hand-coded table. Its first line names the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from pipeline import schema
from pipeline.errors import InputError
from pipeline.knowledge import catalogue
from pipeline.meaning.gazetteer import gazetteer
from pipeline.regular import regular_bytes
from pipeline.rows import Row
from pipeline.text.decode import decode
from pipeline.text.sidecar import number_of, refuse_odd, shown

FOLDER = "facts"
# The columns of a file, and what they are in the table.
_COLUMNS = {
    "place": "place_id", "indicator": "indicator_id", "measure": "measure", "comparison": "comparison", "period": "period",
    "value": "value", "value_max": "value_max", "unit": "unit", "bound": "bound", "status": "status", "modality": "modality",
    "basis": "basis", "source": "source", "issuer": "issuer", "date": "source_date", "address": "source_url",
}  # fmt: skip
_NEEDED = ("place", "indicator", "measure", "period", "value", "source", "issuer")
_KEY = ("place_id", "indicator_id", "measure", "comparison", "period", "status", "modality", "basis", "source")
_NUMBERS = ("value", "value_max")
_SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_PLACE_AND_LEVEL = "Give the identifier of the table places (cn-440300), or the full official name"


def read_facts(folder: Path) -> list[Row]:
    """The rows of the table `facts` from the data sets of a folder of reports, in the order of their names.

    Raises InputError, naming the line, for a file that cannot be used.
    """
    found: list[Row] = []
    for path in sorted((folder / FOLDER).glob("*.csv")):
        name = f"{FOLDER}/{path.name}"
        try:
            data = regular_bytes(path)
        except OSError as error:
            raise InputError(name, "", f"it cannot be read ({error.strerror})", "Check its permissions") from error
        found += facts_of(data, name)
    return found


def facts_of(data: bytes, name: str) -> list[Row]:
    """The rows in the bytes of the file `name`. Raises InputError."""
    dataset = Path(name).stem
    if not _SLUG.fullmatch(dataset):
        problem = "the name of a data set has other characters than small letters, digits and hyphens"
        raise InputError(name, "", problem, "Rename it, such as communique-2018.csv")
    text, _ = decode(data, name)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, given in _lines(lines, name):
        row = _row(given, name, f"line {number}")
        key = tuple(row[column] for column in _KEY)
        if key in seen:
            problem = f"it states what line {seen[key]} states"
            raise InputError(name, f"line {number}", problem, "Remove one of the two, or tell their sources apart")
        seen[key] = number
        digest = sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:8]
        rows.append({"fact_id": f"{dataset}-{digest}", "dataset": dataset, **row})
    return rows


def _lines(lines: Iterator[list[str]], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with content, by column, each with its number."""
    try:
        header = [cell.strip() for cell in next(lines, [])]
        if unknown := [cell for cell in header if cell not in _COLUMNS]:
            raise InputError(
                name, "line 1", f"unknown column `{shown(unknown[0])}`", f"Known are {', '.join(_COLUMNS)}"
            )
        if lacking := [column for column in _NEEDED if column not in header]:
            raise InputError(name, "line 1", f"the column {lacking[0]} is missing", f"Needed are {', '.join(_NEEDED)}")
        for number, cells in enumerate(lines, 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problem = f"{len(cells)} values for {len(header)} columns"
                raise InputError(name, f"line {number}", problem, "Put a value with a comma into quotation marks")
            yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise InputError(name, "", f"this is not CSV ({error})", "Save it as CSV with commas, in UTF-8") from error


def _row(given: Mapping[str, str], name: str, place: str) -> Row:
    for column in _NEEDED:
        if not given[column]:
            raise InputError(name, place, f"`{column}` is empty", "Say it, or leave the line out")
    row: Row = dict.fromkeys(_COLUMNS.values(), "")
    for column, text in given.items():
        refuse_odd(text, name, f"{place}, `{column}`")
        row[_COLUMNS[column]] = text
    row["place_id"] = _place(given["place"], name, f"{place}, `place`")
    if given["indicator"] not in catalogue("indicators"):
        problem = f"`{shown(given['indicator'])}` is no core indicator"
        raise InputError(name, f"{place}, `indicator`", problem, "Take one of the table indicators with curation core")
    row["bound"] = row["bound"] or "exact"
    row["status"] = row["status"] or "actual"
    if row["measure"] == "growth":
        row["comparison"] = row["comparison"] or "yoy"
    if row["status"] == "target":
        row["modality"] = row["modality"] or "plain"
    for column in _NUMBERS:
        row[column] = _number(str(row[column]), name, f"{place}, `{column}`")
    if (row["bound"] == "range") != (row["value_max"] is not None):
        raise InputError(name, place, "a range and nothing else has two values", "Mend `bound` or `value_max`")
    _hold(row, name, place)
    return row


def _place(text: str, name: str, place: str) -> str:
    known = gazetteer()
    if text in known:
        return text
    named = known.named(text)
    if len(named) == 1:
        return named[0]
    problem = f"several places have the name {shown(text)}" if named else f"there is no place {shown(text)}"
    raise InputError(name, place, problem, _PLACE_AND_LEVEL)


def _number(text: str, name: str, place: str) -> Decimal | None:
    return number_of(text, name, place) if text else None


def _hold(row: Row, name: str, place: str) -> None:
    """Hold the words of a row against the codes and patterns of the table."""
    columns = {known: column for column, known in _COLUMNS.items()}
    for column in schema.table("facts").columns:
        value, limits = row.get(column.name), column.constraints
        if column.name not in columns or not value or not isinstance(value, str):
            continue
        where = f"{place}, `{columns[column.name]}`"
        if "enum" in limits and value not in limits["enum"]:
            raise InputError(name, where, f"unknown code `{shown(value)}`", f"Known are {', '.join(limits['enum'])}")
        if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
            raise InputError(name, where, f"`{shown(value)}` is not of the form that is asked for", column.description)
