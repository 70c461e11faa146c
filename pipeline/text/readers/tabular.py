"""Tables as files: CSV, Excel and JSON lines, with one report a row or with a table of figures.

Where a column holds texts, each row is a report, and its other columns say what the text may not: place, year, title,
address. Otherwise the rows are the layer themselves, their cells parted by tabs, and read as a table of a text is.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.errors import InputError
from pipeline.knowledge import vocabulary
from pipeline.models import Layer, Location, Part
from pipeline.text.decode import decode
from pipeline.text.even import is_markup
from pipeline.text.readers import Options, ending
from pipeline.text.readers.archive import Archive
from pipeline.text.readers.layers import LayerWriter, squeezed

# What a column may hold.
ROLES = tuple(vocabulary("typography")["columns"])
_SAMPLE = 20
# A column with cells of so many characters holds texts, whatever it is called.
_LONG = 200
_MOST_CELLS = 20_000_000

Row = tuple[str, list[str]]
"""A row: where it stands in the file, and its cells."""


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a table. Raises InputError for what is none, is damaged, or lacks a column that the user named."""
    form = ending(name)
    encoding = "utf-8"
    if form == ".xlsx":
        sheets = list(_sheets(data, name))
    else:
        text, encoding = decode(data, name)
        sheets = [list((_json_rows if form in (".jsonl", ".ndjson") else _csv_rows)(text, name, form))]
    parts = [(rows, roles) for rows in sheets if rows and (roles := _roles(rows, options, name))]
    if parts:
        return _reports(parts, encoding, name)
    if options.columns.get("text"):
        heads = ", ".join(cell for rows in sheets if rows for cell in rows[0][1] if cell)
        raise InputError(name, "", f"there is no column {options.columns['text']}", f"The columns are {heads}")
    writer = LayerWriter()
    for rows in sheets:
        for place, cells in rows:
            writer.row([(cell, f"{place}{_column(number)}") for number, cell in enumerate(cells)])
        writer.gap()
    if not writer.text.strip():
        raise InputError(name, "", "the table is empty", "Put the reports into it, one a row")
    return Layer(writer.text, encoding, "table", plain=False, locations=tuple(writer.locations))


def _reports(sheets: Sequence[tuple[list[Row], dict[str, int]]], encoding: str, name: str) -> Layer:
    """One layer of all reports, joined by form feeds."""
    pieces: list[str] = []
    locations: list[Location] = []
    parts: list[Part] = []
    at = empty = 0
    for rows, roles in sheets:
        for place, cells in rows[1:]:
            text = _text(_cell(cells, roles["text"]), name)
            if not text:
                empty += 1
                continue
            if pieces:
                pieces.append("\f")
                at += 1
            pieces.append(text)
            facts = {
                role: value for role, number in roles.items() if role != "text" and (value := _cell(cells, number))
            }
            parts.append(Part(at, at + len(text), facts))
            locations.append(Location(at, at + len(text), None, place.rstrip("!")))
            at += len(text)
    if not parts:
        raise InputError(name, "", "no row has a text", "Name the column that holds the texts with --column text=NAME")
    remarks = (f"{empty} rows without a text",) if empty else ()
    return Layer("".join(pieces), encoding, "table", False, tuple(locations), remarks, tuple(parts))


def _text(cell: str, name: str) -> str:
    """The text of a report in a cell, which may be a piece of a web page."""
    text = cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").strip()
    if text and is_markup(text):
        from pipeline.text.readers.html import layer_of_markup

        text = layer_of_markup(text, "", name).text.strip()
    return text


def _roles(rows: Sequence[Row], options: Options, name: str) -> dict[str, int]:
    """The columns by what they hold; empty where no column holds texts."""
    heads = [squeezed(cell) for cell in rows[0][1]]
    found: dict[str, int] = {}
    for role, column in options.columns.items():
        if column in heads:
            found[role] = heads.index(column)
    for number, head in enumerate(heads):
        role = _words().get(head.lower(), "")
        if role and role not in found and number not in found.values():
            found[role] = number
    if options.columns.get("text"):
        return found if "text" in found else {}
    lengths = [max((len(_cell(cells, n)) for _, cells in rows[1 : _SAMPLE + 1]), default=0) for n in range(len(heads))]
    if "text" not in found or lengths[found["text"]] < _LONG // 4:
        longest = max(range(len(heads)), key=lambda n: lengths[n], default=0)
        if not heads or lengths[longest] < _LONG or longest in found.values():
            return {}
        found["text"] = longest
    return found


@cache
def _words() -> dict[str, str]:
    return {word: role for role, words in vocabulary("typography")["columns"].items() for word in words}


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""


def _column(number: int) -> str:
    """The letters of a spreadsheet's column: 0 → A, 27 → AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _csv_rows(text: str, name: str, form: str) -> Iterator[Row]:
    sample = text[:20_000].split("\n", 1)[0]
    delimiter = "\t" if form == ".tsv" else max(",;\t", key=sample.count)
    csv.field_size_limit(max(len(text), 131_072))
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if any(cell.strip() for cell in cells):
                yield f"row {number} ", cells
    except csv.Error as error:
        raise InputError(name, "", f"this is no CSV ({error})", "Save it as CSV in UTF-8 again") from error


def _json_rows(text: str, name: str, form: str) -> Iterator[Row]:
    """The objects of JSON lines as rows; the heads are all their keys."""
    found: list[tuple[int, dict[str, object]]] = []
    heads: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            problem = f"this is no JSON ({error!s:.80})"
            raise InputError(name, f"line {number}", problem, "Put one object into each line") from error
        if not isinstance(entry, dict):
            raise InputError(
                name, f"line {number}", "this is no object", "Put one object with named values into each line"
            )
        found.append((number, entry))
        heads.update(dict.fromkeys(entry))
    yield "line 0 ", list(heads)
    for number, entry in found:
        yield f"line {number} ", [_shown(entry.get(head)) for head in heads]


def _sheets(data: bytes, name: str) -> Iterator[list[Row]]:
    """The rows of every sheet of an Excel file."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        advice = "Install it: pip install 'baogao[excel]', or save the file as CSV"
        raise InputError(name, "", "Excel files need openpyxl", advice) from error
    Archive(data, name).bounded()
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        left = _MOST_CELLS
        for sheet in book.worksheets:
            rows: list[Row] = []
            if hasattr(sheet, "reset_dimensions"):
                sheet.reset_dimensions()
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                left -= len(values)
                if left < 0:
                    raise InputError(name, sheet.title, "the table is too large", "Save it as CSV")
                cells = [_shown(value) for value in values]
                if any(cells):
                    rows.append((f"{sheet.title}!{number}", cells))
            yield rows
    except InputError:
        raise
    except Exception as error:
        # What a damaged workbook makes openpyxl raise is not documented.
        problem = f"this is no Excel file ({type(error).__name__}: {error!s:.80})"
        raise InputError(name, "", problem, "Save it as .xlsx or CSV again") from error


def _shown(value: object) -> str:
    """A value as a text; a number without the digits that only its binary form has."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return repr(round(value, 10)).removesuffix(".0") if value == value else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)
