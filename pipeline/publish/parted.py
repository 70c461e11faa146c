"""Write a package whose largest tables come in parts: a folder for each such table, a resource for each part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.publish import descriptor
from pipeline.publish.tables import csv_bytes, parquet_bytes

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is written: its table and name, how many rows it has, and its resource in each form."""

    table: str
    name: str
    rows: int
    resources: dict[str, dict[str, Any]]


def write_part(folder: Path, name: str, part: str, table: pa.Table, parted: Collection[str]) -> Part:
    """Write a part of a table below the folder of its package; `part` is its name, as cn-44-2018."""
    (folder / name).mkdir(parents=True, exist_ok=True)
    resources = {}
    for form in FORMS:
        content = csv_bytes(name, table) if form == "csv" else parquet_bytes(table)
        (folder / name / f"{part}.{form}").write_bytes(content)
        resources[form] = descriptor.part_resource(name, form, content, part, parted)
    return Part(name, part, table.num_rows, resources)


class Package:
    """A package below `folder`, gathered from its blocks; `parted` are the tables that come in parts.

    Tables that are not parted wait in memory, as Arrow, until the end.
    """

    def __init__(self, folder: Path, name: str, parted: Collection[str]) -> None:
        self._name = name
        self._folder = folder / name
        self._parted = [table for table in schema.package_tables(name) if table in parted]
        self._waiting: dict[str, list[pa.Table]] = defaultdict(list)
        self._resources: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.rows: Counter[str] = Counter()
        for table in self._parted:
            (self._folder / table).mkdir(parents=True, exist_ok=True)

    def take(self, parts: Iterable[Part]) -> None:
        """Count and describe parts that were written, in the order of publication."""
        for part in parts:
            self.rows[part.table] += part.rows
            for form, resource in part.resources.items():
                self._resources[part.table, form].append(resource)

    def add(self, name: str, table: pa.Table) -> None:
        """Add rows to a table that is published whole."""
        self.rows[name] += table.num_rows
        self._waiting[name].append(table)

    def whole(self, name: str) -> pa.Table:
        """All rows that were added to a table."""
        import pyarrow as pa

        rows = pa.concat_tables(self._waiting[name])
        # The panel is sorted, and so it is as a whole.
        return rows.sort_by([("place_id", "ascending"), ("year", "ascending")]) if "year" in rows.column_names else rows

    def finish(self, reports: pa.Table) -> None:
        """Write what waits, and the descriptor; `reports` tells sources and date."""
        for name in schema.package_tables(self._name):
            if name in self._parted:
                continue
            table = self.whole(name)
            for form in FORMS:
                content = csv_bytes(name, table) if form == "csv" else parquet_bytes(table)
                (self._folder / f"{name}.{form}").write_bytes(content)
                self._resources[name, form].append(descriptor.part_resource(name, form, content, "", self._parted))
        resources = [
            resource
            for form in FORMS
            for name in schema.package_tables(self._name)
            for resource in self._resources[name, form]
        ]
        rows = reports.select(["source_file", "date", "published"]).to_pylist()
        document = descriptor.descriptor(
            self._name, resources, (row["source_file"] for row in rows), descriptor.created(rows)
        )
        (self._folder / "datapackage.json").write_bytes(descriptor.to_bytes(document))
