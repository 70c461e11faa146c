"""Wide rows in an order, however many: they are dealt out to files, and the rows of each file are sorted by themselves.

A database reads more rows than memory holds, but to sort some hundred thousand of forty columns DuckDB needs more than it may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

# The column that names the file of a row, from 0.
PILE = "_pile"
# Files that are open at a time, and rows that are sorted at a time unless there are too many for that.
MOST_PILES = 200
ROWS = 5_000


def piles(rows: int) -> int:
    """How many files so many rows are dealt out to."""
    return max(1, min(MOST_PILES, -(-rows // ROWS)))


class Piles:
    """Writes each row to the file `name` of its pile in `folder`, without the column PILE."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._open = ExitStack()
        self._writers: dict[int, Any] = {}

    def __enter__(self) -> Piles:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def add(self, table: pa.Table | pa.RecordBatch) -> None:
        """Deal out rows, of which there may be none."""
        import pyarrow as pa

        if not table.num_rows:
            return

        numbers = np.asarray(table.column(PILE))
        order = np.argsort(numbers, kind="stable")
        rows = table.drop_columns([PILE]).take(pa.array(order))
        found, begins = np.unique(numbers[order], return_index=True)
        for number, begin, end in zip(found.tolist(), begins, [*begins[1:], len(order)], strict=True):
            if number not in self._writers:
                options = pa.ipc.IpcWriteOptions(compression="lz4")
                sink = self._open.enter_context(pa.OSFile(str(_path(self._folder, self._name, number)), "wb"))
                self._writers[number] = self._open.enter_context(pa.ipc.new_stream(sink, rows.schema, options=options))
            self._writers[number].write(rows.slice(begin, end - begin))


def pile(folder: Path, name: str, number: int) -> pa.Table | None:
    """The rows of a pile as they came, or None where there are none."""
    import pyarrow as pa

    path = _path(folder, name, number)
    if not path.is_file():
        return None
    with pa.OSFile(str(path)) as source:
        return pa.ipc.open_stream(source).read_all()


def in_order(folder: Path, name: str, count: int, keys: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of each of `count` piles, sorted by `keys`, which no row lacks."""
    for number in range(count):
        if (rows := pile(folder, name, number)) is not None:
            yield rows.sort_by([(key, "ascending") for key in keys])


def _path(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}-{number}.arrow"
