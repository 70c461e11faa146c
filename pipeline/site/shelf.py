"""Rows on disk, those of one key beside each other: a page takes its own, and the others are not in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.arrow import records
from pipeline.collection import dealt

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Rows that are written and read at a time.
_TOGETHER = 500
_BATCH = 4_096


class Shelf:
    """The rows in a file, in the order of their keys.

    `spans`: of each key, in the order in which they come first in the table, its first row and how many it has.
    """

    def __init__(self, path: Path, spans: Mapping[str, tuple[int, int]]) -> None:
        self._path = path
        self.spans = spans
        # The next page often takes the rows beside these.
        self._batch = lru_cache(maxsize=2)(self._read)

    def count(self, key: str) -> int:
        """How many rows a key has."""
        return self.spans.get(key, (0, 0))[1]

    def rows(
        self, key: str, start: int = 0, stop: int | None = None, columns: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """Rows of a key in their order, from `start` to before `stop`, with all columns or with these."""
        return [row for some in self.tables(key, start, stop, columns) for row in records(some)]

    def tables(
        self, key: str, start: int = 0, stop: int | None = None, columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The same, some hundreds at a time."""
        first, count = self.spans.get(key, (0, 0))
        begin, end = first + start, first + (count if stop is None else min(stop, count))
        while begin < end:
            number, at = divmod(begin, _TOGETHER)
            taken = min(end - begin, _TOGETHER - at)
            yield self._batch(number, None if columns is None else tuple(columns)).slice(at, taken)
            begin += taken

    def _read(self, number: int, columns: tuple[str, ...] | None) -> pa.RecordBatch:
        import pyarrow as pa

        with pa.OSFile(str(self._path)) as source:
            if columns is None:
                return pa.ipc.open_file(source).get_batch(number)
            known = pa.ipc.open_file(source).schema.names
            options = pa.ipc.IpcReadOptions(included_fields=[known.index(name) for name in columns])
            source.seek(0)
            return pa.ipc.open_file(source, options=options).get_batch(number)


def shelve(
    database: duckdb.DuckDBPyConnection, folder: Path, name: str, columns: Sequence[str], key: str, order: str
) -> Shelf:
    """Put the rows of the table `name`, which has a column `_ordinal`, into a file; those without a key are left out.

    `order` is that of the rows of one key. Only keys are sorted in the database: it cannot sort very many wide rows.
    """
    import pyarrow as pa

    database.execute(
        "create or replace table placed as select _ordinal, _key, row_number() over (order by _first, _key, _order) - 1 as _row "
        f'from (select _ordinal, "{key}" as _key, {order} as _order, min(_ordinal) over (partition by "{key}") as _first '
        f'from {name} where "{key}" is not null)'
    )
    spans = database.execute("select _key, min(_row), count(*) from placed group by _key order by 2").fetchall()
    path = folder / f"{name.rpartition('.')[2]}-{key}.arrow"
    total = sum(count for _, _, count in spans)
    count = dealt.piles(total)
    listed = ", ".join(f'one."{column}"' for column in columns)
    query = f"select {listed}, _row, (_row * {count} // {max(total, 1)})::integer as {dealt.PILE} from {name} one join placed using (_ordinal)"
    with dealt.Piles(folder, path.stem) as kept:
        reader = database.sql(query).to_arrow_reader(_BATCH)
        target = pa.schema([field for field in reader.schema if field.name in set(columns)])
        for rows in reader:
            kept.add(rows)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, target, options=options) as writer:
        waiting = target.empty_table()
        for rows in dealt.in_order(folder, path.stem, count, ["_row"]):
            waiting = pa.concat_tables([waiting, rows.select(target.names)])
            whole = waiting.num_rows // _TOGETHER * _TOGETHER
            # A batch has so many rows, but for the last one, whatever the piles have.
            writer.write_table(waiting.slice(0, whole).combine_chunks(), _TOGETHER)
            waiting = waiting.slice(whole)
        writer.write_table(waiting.combine_chunks(), _TOGETHER)
    for number in range(count):
        (folder / f"{path.stem}-{number}.arrow").unlink(missing_ok=True)
    return Shelf(path, {key: (first, count) for key, first, count in spans})
