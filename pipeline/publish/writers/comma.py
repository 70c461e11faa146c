"""CSV: UTF-8, LF, no byte order mark, missing values empty, numbers as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from pipeline import schema
from pipeline.arrow import Row, plain, typed, values

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
        self._name = name
        self._stream = stream
        stream.write(_head(name))

    def add(self, rows: pa.Table) -> None:
        """Write rows."""
        self._stream.write(_lines(self._name, [values(column) for column in rows.columns]))

    def close(self) -> None:
        """Nothing waits."""


def without_arrow(name: str, rows: Iterable[Row]) -> bytes:
    """The same file of rows of the table `name`, where there is no Arrow. Raises ValueError as `to_arrow`."""
    return _head(name) + _lines(name, typed(name, rows))


def _head(name: str) -> bytes:
    return (",".join(schema.columns(name)) + "\n").encode()


def _lines(name: str, cells: Sequence[list[Any]]) -> bytes:
    """The lines of a table by its columns, which are in the order of the schema."""
    kinds = [column.type for column in schema.table(name).columns]
    columns = [_written(column, kind) for column, kind in zip(cells, kinds, strict=True)]
    return "\n".join([*map(",".join, zip(*columns, strict=True)), ""]).encode()


def _written(cells: list[Any], kind: str) -> list[str]:
    """The cells of a column as they stand in the file."""
    if kind == "string":
        texts = [cell or "" for cell in cells]
        # Looked at all together: in most columns nothing has to be quoted.
        if not _QUOTED.search("\0".join(texts)):
            return texts
    write = _WRITE[kind]
    # Most columns repeat few values.
    known: dict[Any, str] = {value: write(value) for value in set(cells) if value is not None}
    known[None] = ""
    return [known[value] for value in cells]
