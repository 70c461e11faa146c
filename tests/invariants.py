"""What must be true of every text, whatever it says: the checks of a build, in memory and without the slow ones."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.check import keys, provenance, values
from pipeline.collection import reconcile
from pipeline.collection.findings import of_pages, pages
from pipeline.documents.split import split
from pipeline.encode import encode
from pipeline.extract import extract_report
from pipeline.meaning.naming.dictionary import dictionary
from pipeline.models import Source
from pipeline.publish.analysis_ready import analysis_ready
from pipeline.publish.arrow import csv_bytes, to_arrow
from pipeline.rows import Rows, merged

# No cell may be longer than what readers of CSV take by default.
LONGEST_CELL = 131_072


def broken(content: str) -> list[str]:
    """The rules that a package made from a text alone breaks; an exception is a fault too."""
    source = Source("text.txt", content, "utf-8")
    tables = tables_of(source)
    tables["findings"] = [*tables["findings"], *of_pages(pages(tables))]
    arrow = {name: to_arrow(name, tables.get(name, ())) for name in schema.package_tables("work-reports")}
    rows = {name: table.to_pylist() for name, table in arrow.items()}
    found = [message for name in rows for message in _constraints(name, rows[name])]
    found += map(str, keys.foreign_keys(arrow, {}))
    found += map(str, values.contradictions(rows))
    found += map(str, values.unrecorded(rows))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / source.name).write_bytes(content.encode())
        found += map(str, provenance.against_sources(rows, Path(folder)))
    for name, table in [*arrow.items(), *analysis_ready(arrow).items()]:
        csv_bytes(name, table)
    encode(tables.get("observations", []), "json")
    return found


def tables_of(source: Source) -> Rows:
    """The tables of a package with this source alone."""
    return dictionary(reconcile(merged(extract_report(source, report) for report in split(source))))


def _constraints(name: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    """What pandera checks, without its second of preparation."""
    table = schema.table(name)
    taken = set()
    for row in rows:
        key = tuple(row[column] for column in table.primary_key)
        if key in taken:
            yield f"{name}: the key {key} is there twice"
        taken.add(key)
        for column in table.columns:
            yield from _cell(name, column.name, column.constraints, row[column.name])


def _cell(table: str, column: str, constraints: Mapping[str, Any], value: Any) -> Iterator[str]:
    where = f"{table}.{column} is {value!r:.100}"
    if value is None:
        if constraints.get("required"):
            yield f"{where}, which is required"
        return
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        yield f"{where}, too long"
    if "enum" in constraints and value not in constraints["enum"]:
        yield f"{where}, none of the values allowed"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        yield f"{where}, not of its pattern"
    if "minimum" in constraints and value < constraints["minimum"]:
        yield f"{where}, too small"
    if "maximum" in constraints and value > constraints["maximum"]:
        yield f"{where}, too large"
