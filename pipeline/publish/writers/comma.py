"""CSV: UTF-8, LF, no byte order mark, missing values empty, numbers as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from pipeline import schema
from pipeline.publish.arrow import plain

if TYPE_CHECKING:
    import pyarrow as pa

_QUOTED = re.compile(r'[",\r\n]')


def _cell(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


_WRITE: Mapping[str, Callable[[Any], str]] = {
    "string": _cell,
    "number": plain,
    "integer": str,
    "boolean": lambda value: "true" if value else "false",
    "date": date.isoformat,
}


class Csv:
    """Writes CSV."""

    extension = "csv"
    mediatype = "text/csv"
    streams = True
    tabular = True

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        self._columns = schema.table(name).columns
        self._stream = stream
        stream.write((",".join(column.name for column in self._columns) + "\n").encode())

    def add(self, rows: pa.Table) -> None:
        """Write rows."""
        columns = [_written(rows[column.name].to_pylist(), _WRITE[column.type]) for column in self._columns]
        lines = [*map(",".join, zip(*columns, strict=True)), ""]
        self._stream.write("\n".join(lines).encode())

    def close(self) -> None:
        """Nothing waits."""


def _written(values: list[Any], write: Callable[[Any], str]) -> list[str]:
    # Most columns repeat few values.
    known: dict[Any, str] = {value: write(value) for value in set(values) if value is not None}
    known[None] = ""
    return [known[value] for value in values]
