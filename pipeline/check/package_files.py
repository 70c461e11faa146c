"""Checks on the files of a package: the descriptor is complete, hashes are right, CSV and Parquet agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline import schema
from pipeline.check.violation import Violation
from pipeline.publish import descriptor
from pipeline.publish.arrow import csv_bytes
from pipeline.publish.writer import file_at

_COMPLETE = ("$schema", "name", "title", "description", "version", "licenses", "sources", "contributors", "resources")


def check_files(folder: Path) -> tuple[str, dict[str, list[Path]], list[Violation]]:
    """The package's name, the Parquet files of its tables as far as they can be read, and what is wrong with its files.

    One row group of one file is in memory at a time.
    """
    path = folder / "datapackage.json"
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        return folder.name, {}, [Violation("descriptor", path.name, 0, "", f"cannot be read: {error}")]
    name = str(document.get("name")) if isinstance(document, dict) else ""
    if name not in schema.all_packages():
        return folder.name, {}, [Violation("descriptor", path.name, 0, "", f"{name!r:.60} is no package known here")]
    found = [
        Violation("descriptor", path.name, 0, "", f"the property {key} is missing")
        for key in _COMPLETE
        if not document.get(key)
    ]
    resources = {str(resource.get("path")): resource for resource in document.get("resources") or ()}
    expected = _expected(name, folder, resources)
    for file in sorted(expected.keys() ^ resources.keys()):
        missing = "the descriptor has no resource for it" if file in expected else "no table known here has this path"
        found.append(Violation("descriptor", file, 0, "", missing))
    files = {entry.relative_to(folder).as_posix() for entry in folder.rglob("*") if not entry.is_dir()}
    for file in sorted(files - expected.keys() - {path.name}):
        found.append(Violation("stray_file", file, 0, "", "belongs to no resource"))
    parted = {table for file, (table, _) in expected.items() if "/" in file}
    readable: dict[str, list[Path]] = {}
    for file, (table, form) in expected.items():
        try:
            stored = file_at(folder / file)
        except OSError as error:
            found.append(Violation("missing_file", Path(file).name, 0, "", f"cannot be read: {error.strerror}"))
            continue
        if file in resources:
            part = PurePosixPath(file).stem if "/" in file else ""
            true = (
                descriptor.part_resource(table, form, stored, part, parted)
                if parted
                else descriptor.resource(table, form, stored)
            )
            found += _described(file, resources[file], true)
        if form == "parquet":
            wrong = _parquet(table, file, folder / file)
            if not wrong:
                readable.setdefault(table, []).append(folder / file)
                wrong = _twins(table, folder / file)
            found += wrong
    return name, readable, found


def _expected(name: str, folder: Path, resources: Collection[str]) -> dict[str, tuple[str, str]]:
    """The files that a package should have, with table and form; a folder with a table's name holds its parts.

    A further form, which a plain install cannot write, may be left out, but only for all tables.
    """
    tables = schema.package_tables(name)
    parted = {table for table in tables if (folder / table).is_dir()}
    also = [form for form in schema.package(name).also if any(path.endswith(f".{form}") for path in resources)]
    forms = ("csv", "parquet") if parted else ("csv", "parquet", *also)
    result = {}
    for form in forms:
        for table in tables:
            if table in parted:
                parts = sorted({path.stem for path in (folder / table).iterdir()})
                result.update({f"{table}/{part}.{form}": (table, form) for part in parts})
            else:
                result[f"{table}.{form}"] = (table, form)
    return result


def _described(file: str, stated: Mapping[str, Any], true: Mapping[str, Any]) -> list[Violation]:
    """Where a resource in the descriptor differs from what its file and its schema give."""
    found = []
    for key in sorted(true.keys() | stated.keys()):
        if stated.get(key) != true.get(key):
            rule = "hash" if key in ("hash", "bytes") else "descriptor"
            message = f"{key} is {stated.get(key)!r:.80}, it should be {true.get(key)!r:.80}"
            found.append(Violation(rule, file, 0, "", message))
    return found


def _parquet(table: str, file: str, path: Path) -> list[Violation]:
    """Whether a file is Parquet, whole, and has the columns and types of the schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = schema.arrow_schema(table)
    try:
        with pq.ParquetFile(path) as content:
            read = content.schema_arrow
            for group in range(content.num_row_groups):
                content.read_row_group(group)
    except (OSError, ValueError, pa.ArrowException) as error:
        return [Violation("missing_file", file, 0, "", f"is no Parquet file: {error}")]
    if read.equals(target):
        return []
    wrong = [f"{f.name} {f.type}" for f in read if f not in set(target)]
    lacking = [name for name in target.names if name not in read.names]
    message = f"columns or types are not those of the schema (wrong {wrong[:5]}, lacking {lacking[:5]})"
    return [Violation("columns", table, 0, "", message)]


def _twins(table: str, path: Path) -> list[Violation]:
    """Whether the CSV file beside a Parquet file, where there is one, holds the same."""
    import pyarrow.parquet as pq

    twin = path.with_suffix(".csv")
    if not twin.is_file():
        return []
    with twin.open("rb") as text:
        equal = all(text.read(len(piece)) == piece for piece in _csv_pieces(table, path)) and not text.read(1)
    return [] if equal else _same(table, twin.read_bytes(), csv_bytes(table, pq.read_table(path)))


def _csv_pieces(table: str, path: Path) -> Iterator[bytes]:
    """What the CSV file of a Parquet file has to hold: its head, and the rows of each row group."""
    import pyarrow.parquet as pq

    yield csv_bytes(table, schema.arrow_schema(table).empty_table())
    with pq.ParquetFile(path) as content:
        for group in range(content.num_row_groups):
            yield csv_bytes(table, content.read_row_group(group), header=False)


def _same(table: str, content: bytes, expected: bytes) -> list[Violation]:
    """Where the content of a CSV file differs from the expected one: the first row that does."""
    message = "the CSV file is written differently from how it is published (line ends, quotes or encoding)"
    row = 0
    rows = [csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")) for data in (content, expected)]
    csv.field_size_limit(max(len(content), len(expected), 131_072))
    for number, (one, other) in enumerate(zip_longest(*rows)):
        if one != other:
            row, message = number, f"CSV has {_shown(one, other)}, Parquet has {_shown(other, one)}"
            break
    return [Violation("csv_and_parquet", table, row, "", message)]


def _shown(one: list[str] | None, other: list[str] | None) -> str:
    if one is None:
        return "no such row"
    cells = [cell for cell, twin in zip(one, other or [], strict=False) if cell != twin]
    return repr(cells[:3] or one[:3])[:120]
