"""Tables as XLSX workbooks, the same bytes for the same rows."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from pipeline import __version__, schema
from pipeline.arrow import values
from pipeline.codes import codes_of
from pipeline.errors import lacking
from pipeline.publish.descriptor import RIGHTS, RIGHTS_ZH

if TYPE_CHECKING:
    import pyarrow as pa

# XML has no way to write these, and a cell holds no more characters than this.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
_EPOCH = datetime(1980, 1, 1)
# Days before this one are no dates to Excel.
_FIRST_DAY = date(1900, 3, 1)
_OPTIONS = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
# Widths of columns in characters: of sentences, which are wrapped, and of others by their kind.
_SENTENCE, _MEANING, _IDENTIFIER, _DAY, _PLAIN = 70, 60, 26, 11, 13
_WRAPPED = re.compile(r"(?:.*_)?(?:quote|text|definition|definition_en|definition_zh|section)")


class Xlsx:
    """Writes a workbook: the rows, the meaning of each column, the codes with their labels, and what all this is.

    The first sheet has one heading, which stays in sight and filters, so that programs read it as a table; the others are in
    both languages. Text is written as text, never as a formula. Control characters, which a workbook cannot hold, are left out.
    """

    extension = "xlsx"
    mediatype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    streams = False
    tabular = True

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        try:
            from xlsxwriter import Workbook
        except ImportError as error:
            raise lacking("Writing XLSX files", "excel") from error
        self._declared, self._stream, self._count = schema.table(name), stream, 0
        self._buffer = io.BytesIO()
        self._book: Any = Workbook(self._buffer, _OPTIONS)
        about = {"title": self._declared.title, "comments": f"{self._declared.description} {RIGHTS}"}
        self._book.set_properties({**about, "created": _EPOCH})
        self._bold = self._book.add_format({"bold": True, "valign": "top"})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._top = self._book.add_format({"valign": "top"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._sheet = self._begin("data", schema.columns(name))
        self._formats = [self._set_column(at, column) for at, column in enumerate(self._declared.columns)]

    def _begin(self, name: str, headings: tuple[str, ...]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, text in enumerate(headings):
            sheet.write_string(0, at, text, self._bold)
        return sheet

    def _set_column(self, at: int, column: schema.Column) -> Any:
        """The format of the cells of a column, whose width is set."""
        if column.type == "string" and _WRAPPED.fullmatch(column.name):
            width, form = _SENTENCE if column.name.endswith("quote") else _IDENTIFIER, self._wrap
        elif column.type == "date":
            width, form = _DAY, self._day
        else:
            width = _IDENTIFIER if column.name.endswith(("_id", "_observation", "title", "_report")) else _PLAIN
            form = self._top
        # Room for the name and the arrow of the filter.
        self._sheet.set_column(at, at, max(width, min(len(column.name) + 3, _IDENTIFIER)), form)
        return form

    def add(self, rows: pa.Table) -> None:
        """Add rows."""
        columns = [values(column) for column in rows.columns]
        for number in range(rows.num_rows):
            self._count += 1
            for at, (cells, form) in enumerate(zip(columns, self._formats, strict=True)):
                if (value := cells[number]) is not None:
                    self._write(at, value, form)

    def _write(self, at: int, value: Any, form: Any) -> None:
        sheet, row = self._sheet, self._count
        if isinstance(value, str):
            sheet.write_string(row, at, _ILLEGAL.sub("", value)[:_LONGEST], form)
        elif isinstance(value, bool):
            sheet.write_boolean(row, at, value, form)
        elif isinstance(value, date):
            if value < _FIRST_DAY:
                sheet.write_string(row, at, value.isoformat(), self._top)
            else:
                sheet.write_datetime(row, at, value, form)
        else:
            sheet.write_number(row, at, value, form)

    def close(self) -> None:
        """Write the workbook."""
        columns = self._declared.columns
        self._sheet.autofilter(0, 0, self._count, len(columns) - 1)
        meanings = [(c.name, c.type, c.title, c.description, c.title_zh, c.description_zh) for c in columns]
        self._list(
            "columns",
            ("column", "type", "name", "meaning", "列名", "含义"),
            meanings,
            (26, 9, 26, _MEANING, 22, _MEANING),
        )
        self._list("codes", ("column", "code", "meaning", "含义"), self._codes(), (26, 22, 40, 30))
        self._list("about 说明", ("", ""), self._about(), (22, 110))
        self._book.close()
        self._stream.write(self._buffer.getvalue())

    def _codes(self) -> list[tuple[str, ...]]:
        return [
            (column.name, code, known.codes[code].label_en, known.codes[code].label_zh)
            for column in self._declared.columns
            if (known := codes_of(self._declared.name, column.name))
            for code in column.constraints.get("enum", ())
        ]

    def _about(self) -> list[tuple[str, ...]]:
        declared = self._declared
        return [
            ("Table", f"{declared.title}. {declared.description}"),
            ("表", f"{declared.title_zh}。{declared.description_zh}"),
            ("Sheets", "data: the rows. columns: what each column means. codes: what each code of a column means."),
            ("工作表", "data：数据；columns：各列含义；codes：各代码含义。"),
            ("Missing values", "Empty cells: the report does not say, or the column does not apply."),
            ("缺失值", "单元格为空：报告未说明，或该列不适用。"),
            ("Rights", RIGHTS),
            ("权利", RIGHTS_ZH),
            ("Made by", f"Baogao {__version__}"),
        ]

    def _list(
        self, name: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]
    ) -> None:
        sheet = self._begin(name, headings)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width, self._wrap)
        for number, row in enumerate(rows, 1):
            for at, text in enumerate(row):
                sheet.write_string(number, at, text, self._wrap)
