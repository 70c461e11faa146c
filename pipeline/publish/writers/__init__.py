"""The formats of tables, one file each, and their registry.

A writer takes the rows of one table a batch at a time and writes them to a stream. A new format is a file with a class that
`Writer` describes, and a line here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Writer(Protocol):
    """Writes one table to a stream, and the same bytes for the same rows however they come."""

    extension: str
    mediatype: str
    # Whether it holds as many rows as there are, a batch of them in memory at a time.
    streams: bool
    # Whether tools of the standard read it as a table.
    tabular: bool

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        """Begin the table `name`; `when` is the date-time of its newest source, for formats that have a time stamp."""

    def add(self, rows: pa.Table) -> None:
        """Add rows, which have the columns and types of the schema."""

    def close(self) -> None:
        """Write what waits. The stream stays open."""


# Rows that a format holds that does not stream: a sheet of a workbook has no more.
MOST = 1_048_575


# The writer of every format by its name, which is its extension: module and class. CSV and Parquet hold all tables.
_WRITERS = {
    "csv": ("comma", "Csv"),
    "parquet": ("parquet", "Parquet"),
    "xlsx": ("spreadsheet", "Xlsx"),
    "dta": ("stata", "Stata"),
}
FORMATS = tuple(_WRITERS)


@cache
def writers() -> Mapping[str, type[Writer]]:
    """The writer of every format by its name."""
    return {form: getattr(import_module(f"{__name__}.{module}"), name) for form, (module, name) in _WRITERS.items()}


def encoded(form: str, name: str, rows: pa.Table, when: str = "") -> bytes:
    """A table in a format. Raises KeyError for an unknown one."""
    stream = io.BytesIO()
    writer = writers()[form](name, stream, when)
    writer.add(rows)
    writer.close()
    return stream.getvalue()
