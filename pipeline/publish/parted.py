"""Write a package whose largest tables come in parts: a folder for each such table, a resource for each part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.publish import descriptor
from pipeline.publish.tables import csv_bytes, parquet_bytes

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = ("csv", "parquet")


class Package:
    """A package below `folder`, written as its rows come; `parted` are the tables that come in parts.

    Tables that are not parted wait in memory, as Arrow, until the end.
    """

    def __init__(self, folder: Path, name: str, parted: Sequence[str]) -> None:
        self._name = name
        self._folder = folder / name
        self._parted = [table for table in schema.package_tables(name) if table in parted]
        self._waiting: dict[str, list[pa.Table]] = defaultdict(list)
        self._resources: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.rows: Counter[str] = Counter()
        for table in self._parted:
            (self._folder / table).mkdir(parents=True)

    def write_part(self, name: str, part: str, table: pa.Table) -> None:
        """Write a part of a table; `part` is its name, as cn-44-2018."""
        self.rows[name] += table.num_rows
        for form in FORMS:
            content = csv_bytes(name, table) if form == "csv" else parquet_bytes(table)
            (self._folder / name / f"{part}.{form}").write_bytes(content)
            self._resources[name, form].append(descriptor.part_resource(name, form, content, part, self._parted))

    def add(self, name: str, table: pa.Table) -> None:
        """Add rows to a table that is published whole."""
        self.rows[name] += table.num_rows
        self._waiting[name].append(table)

    def whole(self, name: str) -> pa.Table:
        """All rows that were added to a table."""
        import pyarrow as pa

        return pa.concat_tables(self._waiting[name])

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
