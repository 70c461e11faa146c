"""Tables as Stata files with variable and value labels, the same bytes for the same rows."""

from __future__ import annotations

import io
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from pipeline import arrow, schema

if TYPE_CHECKING:
    import pyarrow as pa

_LABEL = 80  # characters of a label
_FIXED_TEXT = 244  # bytes; longer text goes to strL, which takes the room it needs and keeps repeated text once


class Stata:
    """Writes a Stata file (format 118, Stata 14 and newer); `when` is its time stamp.

    Columns with a list of allowed values become labelled numbers.
    """

    extension = "dta"
    mediatype = "application/x-stata-dta"
    streams = False
    tabular = False

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        self._name, self._stream, self._when = name, stream, when
        self._rows: list[pa.Table] = [schema.arrow_schema(name).empty_table()]

    def add(self, rows: pa.Table) -> None:
        """Keep rows."""
        self._rows.append(rows)

    def close(self) -> None:
        """Write the file."""
        import pyarrow as pa

        self._stream.write(_bytes(self._name, pa.concat_tables(self._rows), self._when))


def _bytes(name: str, table: pa.Table, when: str) -> bytes:
    import pandas as pd

    declared = schema.table(name)
    data: dict[str, Any] = {}
    dates: dict[Any, Any] = {}
    long: list[str] = []
    for column in declared.columns:
        values = arrow.values(table[column.name])
        if column.type == "string" and "enum" in column.constraints and values:  # pandas: no labels without rows
            data[column.name] = pd.Categorical(values, categories=column.constraints["enum"])
        elif column.type == "string":
            data[column.name] = pd.Series(["" if value is None else value for value in values], dtype=object)
            if any(len(value.encode()) > _FIXED_TEXT for value in values if value):
                long.append(column.name)
        elif column.type == "date":
            data[column.name] = pd.Series(values, dtype="datetime64[s]")  # seconds reach any year
            dates[column.name] = "td"
        elif column.type == "boolean":
            data[column.name] = pd.Series(values, dtype="Int8").astype("float64" if None in values else "int8")
        elif column.type == "integer" and None not in values:
            data[column.name] = pd.Series(values, dtype="int64")
        else:
            data[column.name] = pd.Series(values, dtype="float64")
    buffer = io.BytesIO()
    pd.DataFrame(data, columns=list(schema.columns(name))).to_stata(
        buffer,
        write_index=False,
        version=118,
        time_stamp=datetime.fromisoformat(when[:19]) if when else datetime(1980, 1, 1),
        data_label=f"{declared.title} {declared.title_zh}"[:_LABEL],
        variable_labels={column.name: f"{column.title} {column.title_zh}"[:_LABEL] for column in declared.columns},
        convert_dates=dates,
        convert_strl=long,
    )
    return buffer.getvalue()
