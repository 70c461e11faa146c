"""Tables as XLSX workbooks, the same bytes for the same rows."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

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


def xlsx_bytes(name: str, table: pa.Table) -> bytes:
    """A workbook with the rows on the first sheet and the meaning of each column, in both languages, on the second.

    Text is written as text, never as a formula. Control characters, which a workbook cannot hold, are left out.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.created = _EPOCH
    bold = Font(bold=True)

    def heading(sheet: object, text: str) -> object:
        cell = WriteOnlyCell(sheet, text)
        cell.font = bold
        return cell

    def cell(sheet: object, value: object) -> object:
        if not isinstance(value, str) or (not _SPECIAL.search(value) and len(value) <= _LONGEST):
            return value
        made = WriteOnlyCell(sheet, _ILLEGAL.sub("", value)[:_LONGEST])
        made.data_type = "s"  # text that begins with = is no formula
        return made

    rows = book.create_sheet("data")
    rows.freeze_panes = "A2"
    rows.append([heading(rows, column) for column in table.column_names])
    for values in zip(*(table[column].to_pylist() for column in table.column_names), strict=True):
        rows.append([cell(rows, value) for value in values])
    meaning = book.create_sheet("columns")
    meaning.freeze_panes = "A2"
    meaning.append([heading(meaning, text) for text in ("column", "type", "meaning", "列名", "含义")])
    for column in schema.table(name).columns:
        meaning.append([column.name, column.type, column.description, column.title_zh, column.description_zh])
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer, f"A1:{get_column_letter(table.num_columns)}{table.num_rows + 1}")


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
