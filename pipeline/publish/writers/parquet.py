"""Parquet: nothing in a file depends on the machine, the time, or how the rows come."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from pipeline import schema
from pipeline.memory import give_back

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a row group: below this number, rows wait in memory.
_GROUP = 8_192


class Parquet:
    """Writes Parquet, row group by row group."""

    extension = "parquet"
    mediatype = "application/vnd.apache.parquet"
    streams = True
    tabular = True

    def __init__(self, name: str, stream: IO[bytes], when: str = "") -> None:
        import pyarrow.parquet as pq

        target = schema.arrow_schema(name)
        self._file: Any = pq.ParquetWriter(stream, target, compression="snappy", store_schema=False)
        self._waiting: pa.Table = target.empty_table()
        self._written = False

    def add(self, rows: pa.Table) -> None:
        """Write whole row groups; the rest waits."""
        import pyarrow as pa

        # A copy: columns of the database's own rows go together, and here each goes when it is written.
        own = pa.table([column.combine_chunks() for column in rows.columns], schema=rows.schema)
        self._waiting = pa.concat_tables([self._waiting, own])
        while self._waiting.num_rows >= _GROUP:
            self._write()

    def close(self) -> None:
        """Write what waits, and the end of the file."""
        if self._waiting.num_rows or not self._written:
            self._write()
        self._file.close()
        # What a table took is for the next one, whoever allocates it.
        give_back()

    def _write(self) -> None:
        """Write a row group, with each column in one piece: how rows come must not show in the file.

        The pieces of a column go as soon as it is whole: all of both would be twice the rows.
        """
        import pyarrow as pa

        columns = self._waiting.slice(0, _GROUP).columns
        self._waiting = self._waiting.slice(_GROUP)
        for at, column in enumerate(columns):
            columns[at] = column.combine_chunks()
        rows = pa.table(columns, schema=self._waiting.schema)
        self._file.write_table(rows, row_group_size=max(1, rows.num_rows))
        self._written = True
