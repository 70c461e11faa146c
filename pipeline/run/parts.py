"""Rows on disk between the steps: one Arrow file for each source, named by what went in.

A part has one row for each report and one column for each table with rows, which holds the list of them. Numbers are kept as
they were written, with the zeros that tell how exact they are. The name is a hash of the source (name, text, facts) and
of the program (see `version`), so a part that is there need not be made again.
"""

from __future__ import annotations

import json
import os
import shutil
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline import schema
from pipeline.arrow import records, values
from pipeline.collection.fingerprints import TABLE
from pipeline.errors import BaogaoError
from pipeline.models import Report, Source
from pipeline.rows import Row, Rows
from pipeline.run.version import code_version

if TYPE_CHECKING:
    import pyarrow as pa

# What reports add to the dictionary.
_ADDED = ("agencies",)
# Columns of tables that one step tells the next and that are not published.
_PRIVATE: Mapping[str, Mapping[str, str]] = {
    TABLE: {"report_id": "string", "characters": "integer", "hashes": "array", "places": "array"},
    "_phrases": {"indicator_id": "string", "indicator_text": "string", "measure": "string", "unit": "string"},
}


@cache
def columns(table: str) -> Mapping[str, str]:
    """The columns of a table in a part, with their types by Table Schema, or `array` (of unsigned 64 bits)."""
    return _PRIVATE.get(table) or {column.name: column.type for column in schema.table(table).columns}


def tables() -> tuple[str, ...]:
    """The tables of a part."""
    return (*schema.of_reports(), *_ADDED, *_PRIVATE)


@cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    # A text holds any type that must come back as it was written.
    types = {"integer": pa.int64(), "boolean": pa.bool_(), "array": pa.binary()}
    return pa.schema(
        [
            pa.field(
                name,
                pa.list_(
                    pa.struct(
                        [pa.field(column, types.get(kind, pa.string())) for column, kind in columns(name).items()]
                    )
                ),
            )
            for name in tables()
        ]
    )


def pack(reports: Sequence[Rows]) -> bytes:
    """The rows of several reports as bytes, the same for the same rows. Raises ValueError for unknown columns."""
    import pyarrow as pa

    target = _schema()
    for rows in reports:
        if unknown := rows.keys() - set(target.names):
            raise ValueError(f"tables that the schemas do not have: {sorted(unknown)}")
    target = pa.schema([field for field in target if any(rows.get(field.name) for rows in reports)])
    content = [
        pa.array([_packed(field.name, rows.get(field.name, ())) for rows in reports], type=field.type)
        for field in target
    ]
    buffer = pa.BufferOutputStream()
    # Parquet takes twice as long for a few hundred rows in many columns, and makes files of half the size.
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(buffer, target, options=options) as file:
        file.write_table(pa.Table.from_arrays(content, schema=target))
    packed: bytes = buffer.getvalue().to_pybytes()
    return packed


def _packed(name: str, rows: Sequence[Row]) -> list[Row]:
    kinds = columns(name)
    known = kinds.keys()
    changed = [column for column, kind in kinds.items() if kind in ("number", "date", "array")]
    packed = []
    for row in rows:
        if not row.keys() <= known:
            raise ValueError(f"{name}: columns that the schema does not have: {sorted(row.keys() - known)}")
        written = row.copy()
        for column in changed:
            if (value := row.get(column)) is not None:
                written[column] = value.tobytes() if isinstance(value, array) else str(value)
        packed.append(written)
    return packed


def unpack(data: bytes, only: Sequence[str] | None = None) -> list[Rows]:
    """The rows as they were packed, of all tables or of some. Raises ValueError for bytes that are no part, or not all of it."""
    return _rows(_content(data, only), {})


def _content(data: bytes, only: Sequence[str] | None) -> pa.Table:
    import pyarrow as pa

    try:
        names = pa.ipc.open_file(data).schema.names
        chosen = None if only is None else [at for at, name in enumerate(names) if name in only]
        options = pa.ipc.IpcReadOptions(included_fields=chosen, use_threads=False)
        content = pa.ipc.open_file(data, options=options).read_all()
        # What was damaged on disk must not be looked up beyond its end.
        content.validate(full=True)
        return content
    except (OSError, pa.ArrowException) as error:
        raise ValueError(f"no packed rows: {error}") from None


def _rows(content: pa.Table, chosen: Mapping[str, Sequence[str]]) -> list[Rows]:
    """The rows of each report; of the tables that are `chosen`, these columns."""
    import pyarrow as pa

    reports: list[Rows] = [{} for _ in range(content.num_rows)]
    for name in content.column_names:
        lists = content[name].combine_chunks()
        one = lists.flatten()
        cells = pa.table(one.flatten(), names=[field.name for field in one.type])
        rows: list[Row] = list(records(cells.select(list(chosen[name])) if name in chosen else cells))
        rows, begin = restored(name, rows), 0
        for report, length in zip(reports, values(lists.value_lengths()), strict=True):
            if length is not None:
                report[name] = rows[begin : begin + length]
                begin += length
    return reports


def restored(name: str, rows: list[Row]) -> list[Row]:
    """The same rows of a part, numbers and arrays put in place of how they are kept."""
    kinds = columns(name)
    here = rows[0].keys() if rows else ()
    numbers = [column for column, kind in kinds.items() if kind == "number" and column in here]
    arrays = [column for column, kind in kinds.items() if kind == "array" and column in here]
    for row in rows:
        for column in numbers:
            if written := row[column]:
                row[column] = Decimal(str(written))
        for column in arrays:
            row[column] = array("Q", cast(bytes, row[column]))
    return rows


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was read: a row for each report, a column for each table, which has the list of its rows."""

    path: Path
    content: pa.Table

    def rows(self, only: Mapping[str, Sequence[str]] | None = None) -> list[Rows]:
        """The rows of every report, of all tables that were read, or of some with these columns, or all where none are named.

        Raises BaogaoError where they are damaged.
        """
        with _explained(self.path):
            if only is None:
                return _rows(self.content, {})
            there = self.content.select([name for name in only if name in self.content.column_names])
            return _rows(there, {name: columns for name, columns in only.items() if columns})


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, ArithmeticError) as error:
        advice = "Delete the file, and build again"
        raise BaogaoError(f"{path}: kept rows are damaged ({error!s:.120}). {advice}.") from error


class Parts:
    """A folder of parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def key(source: Source, reports: Sequence[Report] = (), offset: int = 0) -> str:
        """The name of the part of a source, or of a piece: its text, its reports and where it begins in the file."""
        beside = [source.facts, source.corrections, source.reviews]
        facts = json.dumps(
            [*beside, source.layer, source.locations, source.parts, source.remarks], sort_keys=True, default=str
        )
        digest = sha256("\0".join((code_version(), source.name, source.encoding, facts, "")).encode())
        digest.update(source.text.encode("utf-8", "surrogatepass"))
        if reports:
            # What is known of them comes from the whole file, and not only from the text of the piece.
            digest.update(f"\0{offset}\0{reports!r}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:40]

    def has(self, key: str) -> bool:
        """Whether the part is there, and whole: its end is written last."""
        try:
            with self.path(key).open("rb") as file:
                file.seek(-6, os.SEEK_END)
                return file.read() == b"ARROW1"
        except OSError:
            return False

    def write(self, key: str, data: bytes) -> None:
        """Keep a part; one that is there is whole, however the program ends."""
        path = self.path(key)
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(data)
        fresh.replace(path)

    def read(self, key: str, only: Sequence[str] | None = None) -> Part:
        """The part, with all tables or some. Raises OSError, BaogaoError for one that was damaged or put there."""
        path = self.path(key)
        with _explained(path):
            return Part(path, _content(path.read_bytes(), only))

    def keep_layer(self, key: str, text: str) -> None:
        """Keep the text layer of the source whose part, or first part, has this key."""
        path = self.layer(key)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

    def layer(self, key: str) -> Path:
        """The file of a text layer."""
        return self.path(key).with_suffix(".txt")

    def keep_only(self, keys: set[str]) -> None:
        """Remove what sources have left that are gone or changed."""
        for path in self._folder.glob("*/*"):
            if path.stem not in keys or path.suffix not in (".arrow", ".txt"):
                path.unlink()

    def path(self, key: str) -> Path:
        """The file of a part."""
        # Thousands of files in one folder are slow in many file systems.
        return self._folder / key[:2] / f"{key}.arrow"


@contextmanager
def opened(folder: Path, *, resume: bool) -> Iterator[Parts]:
    """The parts in `folder`, which is made; the caller holds the lock of the output that they are for.

    Without `resume` the folder is empty at the beginning, and gone at the end. It stays where the block fails, so that
    the work done so far can be resumed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not resume:
            _empty(folder)
        yield Parts(folder)
        if not resume:
            shutil.rmtree(folder)
        elif not any(folder.iterdir()):
            folder.rmdir()
    except BaseException:
        # Nothing was done: nothing is left behind.
        if not any(folder.iterdir()):
            folder.rmdir()
        raise


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path)
