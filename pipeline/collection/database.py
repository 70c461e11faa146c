"""A database for what may not fit into memory: DuckDB sorts, joins and counts, and spills to disk what is too large.

Queries whose results are published or depend on an order say `order by`: without it the order is not defined.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.arrow import records
from pipeline.errors import SHORT_OF_MEMORY, BaogaoError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Of one database; what needs more is spilled. Who only reads sorts some thousands of rows at a time.
_MEMORY, _READING, _RESTING = "200MB", "120MB", "40MB"
# Bytes of addresses that DuckDB takes when it is loaded and opens its first database, before it has any row.
_ROOM = 800_000_000
# Rows that are in memory at a time when a result is read.
_BATCH = 4_096


# Databases that this process keeps open for its readers: to open one takes a tenth of a second.
_KEPT: dict[Path, duckdb.DuckDBPyConnection] = {}


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """While this lasts nobody writes the database at `path`, and its readers in this process share one connection."""
    with opened(path, read_only=True) as connection:
        _KEPT[path] = connection
        try:
            yield
        finally:
            del _KEPT[path]


@contextmanager
def opened(path: Path | None = None, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in the file `path`, or in memory. Several processes may read one that nobody writes.

    Raises BaogaoError where it cannot go on.
    """
    if "duckdb" not in sys.modules:
        _refuse_want_of_room()
    import duckdb

    with tempfile.TemporaryDirectory(prefix="spill-", dir=path and path.parent) as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _READING if read_only else _MEMORY,
            # Each thread that sorts keeps blocks of its own in memory.
            "threads": 1,
            "preserve_insertion_order": False,
            # What is spilled is for this connection alone.
            "temp_directory": spill,
            # Nothing is fetched from the net.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        try:
            kept = _KEPT.get(path) if read_only and path else None
            # A cursor is a connection to the same database with temporary tables of its own.
            with (
                kept.cursor()
                if kept is not None
                else duckdb.connect(str(path or ":memory:"), read_only=read_only, config=settings) as connection
            ):
                yield connection
        except duckdb.Error as error:
            # A commit that finds no room is told as a fault of the transaction.
            full = "Could not write file" in str(error)
            crowded = full or isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException)
            advice = "Make room on the disk, or use fewer processes: --workers 1" if crowded else "Report the fault"
            if "?" in str(path):
                advice = "Choose an output folder without a question mark in its path"
            where = f"in {path.parent}" if path else "in memory"
            problem = f"The database {where} cannot go on ({str(error).splitlines()[0]:.200})"
            raise BaogaoError(f"{problem}. {advice}.") from error


def _refuse_want_of_room() -> None:
    """Raise BaogaoError where a limit of the system (ulimit -v) leaves too little: DuckDB ends a process that gets no room."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    taken = Path("/proc/self/statm")
    if limit == resource.RLIM_INFINITY or not taken.is_file():
        return
    pages = int(taken.read_text(encoding="ascii").split()[0])
    if limit - pages * resource.getpagesize() < _ROOM:
        raise BaogaoError(SHORT_OF_MEMORY)


def let_go(database: duckdb.DuckDBPyConnection) -> None:
    """Keep no more of a database that is only read in memory than it needs when it rests: what is asked for is read again."""
    database.execute(f"set memory_limit = '{_RESTING}'")
    database.execute(f"set memory_limit = '{_READING}'")


def create(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make a table with the columns, types and rows of another."""
    database.register("_rows", rows)
    database.execute(f"create table {name} as select * from _rows")
    database.unregister("_rows")


def replace(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """The same for a table of this connection alone, in place of one of that name."""
    database.register("_rows", rows)
    database.execute(f"create or replace temp table {name} as select * from _rows")
    database.unregister("_rows")


def insert(database: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Add rows to a table, by the names of their columns."""
    database.register("_rows", rows)
    database.execute(f"insert into {name} by name select * from _rows")
    database.unregister("_rows")


def _reader(database: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> pa.RecordBatchReader:
    # A cursor of its own: another query on the connection would end this one.
    return database.cursor().sql(query, params=list(values)).to_arrow_reader(_BATCH)


def rows(database: duckdb.DuckDBPyConnection, query: str, *values: object) -> Iterator[dict[str, Any]]:
    """The rows that a query gives, as they are asked for."""
    for batch in _reader(database, query, values):
        yield from records(batch)


def read(database: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    """The same, some thousands at a time."""
    yield from _reader(database, query, ())


def batches(database: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema) -> Iterator[pa.Table]:
    """The same with these columns and types."""
    import pyarrow as pa

    for batch in _reader(database, query, ()):
        yield pa.Table.from_batches([batch]).cast(schema)


def table(database: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema, *values: object) -> pa.Table:
    """The same, all at once."""
    return _reader(database, query, values).read_all().cast(schema)


def files(paths: Iterable[Path | str]) -> str:
    """Paths as the functions take them that read files: a star or a bracket in a name is no pattern."""
    return literal(re.sub(r"[*?[]", r"[\g<0>]", str(path)) for path in paths)


def literal(value: Path | Iterable[object]) -> str:
    """A text, a path or a list of them as it is written in a query."""
    if isinstance(value, Path | str):
        return "'" + str(value).replace("'", "''") + "'"
    return f"[{', '.join(literal(str(each)) for each in value)}]"
