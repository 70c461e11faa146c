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
# Rows that are written at a time.
_ROWS = 4_096


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
        for batch in rows.to_batches(max_chunksize=_ROWS):
            self._stream.write(_joined(self._name, batch))

    def close(self) -> None:
        """Nothing waits."""


def _joined(name: str, rows: pa.RecordBatch) -> bytes:
    """The lines of a table, put together by Arrow; Python writes each value of a column once, and most texts not at all."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = []
    for column, declared in zip(rows.columns, schema.table(name).columns, strict=True):
        if declared.type != "string" or _has_quoted(column):
            known = column.dictionary_encode()
            written = [_WRITE[declared.type](value) for value in values(known.dictionary)]
            column = pa.array(written, pa.string()).take(known.indices)
        cells.append(column)
    lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
    together = pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines)
    whole: bytes = pc.binary_join(together, "\n")[0].as_buffer().to_pybytes()
    return whole + b"\n" if len(lines) else b""


def _has_quoted(column: pa.StringArray) -> bool:
    """Whether a value of a column may have to be quoted."""
    import pyarrow as pa

    _, ends, content = column.buffers()
    if content is None:
        return False
    edges = pa.Array.from_buffers(pa.int32(), len(column) + 1, [None, ends], offset=column.offset)
    first, last = edges[0].as_py(), edges[-1].as_py()
    text = content.slice(first, last - first).to_pybytes()
    return any(mark in text for mark in (b'"', b",", b"\r", b"\n"))


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
