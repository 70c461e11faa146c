"""Tables as XLSX workbooks, the same bytes for the same rows."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from pipeline import schema

if TYPE_CHECKING:
    import pyarrow as pa

# XML has no way to write these, and a cell holds no more characters than this.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
# What must not be written as it is: such characters, and text that would become a formula or an error value.
_SPECIAL = re.compile(rf"\A[=#]|{_ILLEGAL.pattern}")
_EPOCH = datetime(1980, 1, 1)
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Xlsx:
    """Writes a workbook with the rows on the first sheet and the meaning of each column, in both languages, on the second.

    Text is written as text, never as a formula. Control characters, which a workbook cannot hold, are left out.
    """

    extension = "xlsx"
    mediatype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    streams = False
    tabular = True

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        from openpyxl import Workbook

        self._name, self._stream, self._count = name, stream, 0
        self._book = Workbook(write_only=True)
        self._book.properties.created = _EPOCH
        self._sheet = self._book.create_sheet("data")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([_heading(self._sheet, column) for column in schema.columns(name)])

    def add(self, rows: pa.Table) -> None:
        """Add rows."""
        self._count += rows.num_rows
        for values in zip(*(rows[column].to_pylist() for column in rows.column_names), strict=True):
            self._sheet.append([_cell(self._sheet, value) for value in values])

    def close(self) -> None:
        """Write the workbook."""
        from openpyxl.utils import get_column_letter

        columns = schema.table(self._name).columns
        meaning = self._book.create_sheet("columns")
        meaning.freeze_panes = "A2"
        meaning.append([_heading(meaning, text) for text in ("column", "type", "meaning", "列名", "含义")])
        for column in columns:
            meaning.append([column.name, column.type, column.description, column.title_zh, column.description_zh])
        buffer = io.BytesIO()
        self._book.save(buffer)
        self._stream.write(_settled(buffer, f"A1:{get_column_letter(len(columns))}{self._count + 1}"))


def _heading(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: object) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str) or (not _SPECIAL.search(value) and len(value) <= _LONGEST):
        return value
    made = WriteOnlyCell(sheet, _ILLEGAL.sub("", value)[:_LONGEST])
    made.data_type = "s"  # text that begins with = is no formula
    return made


def _settled(saved: io.BytesIO, extent: str) -> bytes:
    """The same workbook with a fixed time in place of that of saving, and the extent of the first sheet.

    Without the extent, readers that stream would give shorter rows where the last cells are empty.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            elif entry == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetViews>", f'<dimension ref="{extent}"/><sheetViews>'.encode(), 1)
            new.writestr(zipfile.ZipInfo(entry, _EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
