"""Write a table as CSV and Parquet a batch of rows at a time: what is in memory does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.publish.arrow import csv_bytes, parquet_writer
from pipeline.publish.descriptor import File

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = ("csv", "parquet")
# Rows of a row group: below this number, rows wait in memory.
_GROUP = 50_000


class Writer:
    """Writes the table `name` to `stem`.csv and `stem`.parquet in `folder`, which is made if need be."""

    def __init__(self, folder: Path, name: str, stem: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._name = name
        self._paths = {form: folder / f"{stem}.{form}" for form in FORMS}
        self._paths["csv"].write_bytes(csv_bytes(name, _empty(name)))
        self._parquet: Any = parquet_writer(name, self._paths["parquet"])
        self._waiting: list[pa.Table] = []
        self.rows = 0

    def add(self, rows: pa.Table) -> None:
        """Add rows, which have the columns and types of the schema."""
        import pyarrow as pa

        self.rows += rows.num_rows
        self._waiting.append(rows)
        if sum(piece.num_rows for piece in self._waiting) < _GROUP:
            return
        # The same row groups however the rows come.
        waiting = pa.concat_tables(self._waiting)
        while waiting.num_rows >= _GROUP:
            self._write(waiting.slice(0, _GROUP))
            waiting = waiting.slice(_GROUP)
        self._waiting = [waiting]

    def close(self) -> dict[str, File]:
        """Write what waits; size and hash of the file in each form."""
        import pyarrow as pa

        if self._waiting and (rows := pa.concat_tables(self._waiting)).num_rows:
            self._write(rows)
        self._parquet.close()
        return {form: file_at(path) for form, path in self._paths.items()}

    def _write(self, rows: pa.Table) -> None:
        with self._paths["csv"].open("ab") as file:
            file.write(csv_bytes(self._name, rows, header=False))
        self._parquet.write_table(rows, row_group_size=rows.num_rows)


def _empty(name: str) -> pa.Table:
    from pipeline.schema import arrow_schema

    return arrow_schema(name).empty_table()


def file_at(path: Path) -> File:
    """A file, which is not read into memory as a whole. Raises OSError."""
    with path.open("rb") as file:
        return File(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def write(folder: Path, name: str, stem: str, batches: Iterable[pa.Table]) -> tuple[int, dict[str, File]]:
    """Write all batches; how many rows there are, and the files."""
    writer = Writer(folder, name, stem)
    for rows in batches:
        writer.add(rows)
    return writer.rows, writer.close()
