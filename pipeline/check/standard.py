"""Validate packages by the standard's own tool, frictionless, before they are published.

Every descriptor and the schema of every resource is validated, and of each CSV file header and first rows: frictionless reads some
thousands of cells a second, and all rows have been checked by then (`check.batches`). `frictionless validate` on a published package
reads everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.check.violation import Violation
from pipeline.progress import Tell
from pipeline.publish.layout import table_of

# Cells of a file that are read, but at least some rows.
_CELLS = 400
_ROWS = 3
# Files in parts of one table that are read.
_PARTS = 5


def check_files(folder: Path, tell: Tell) -> list[Violation]:
    """What frictionless finds wrong in the packages below a folder."""
    paths = sorted(folder.glob("*/datapackage.json"))
    found: list[Violation] = []
    tell("Validate", 0, len(paths))
    for done, path in enumerate(paths, 1):
        found += _of_package(path)
        tell("Validate", done, len(paths))
    return found


def _of_package(path: Path) -> Iterator[Violation]:
    from frictionless import FrictionlessException, Package, Resource

    document = json.loads(path.read_bytes())
    resources = document["resources"]
    try:
        Package.from_descriptor({**document, "resources": resources[:1]}, basepath=str(path.parent))
    except FrictionlessException as error:
        yield from _said(path.parent.name, error)
    for resource in _sample(resources):
        try:
            # The schema is named by its file, as it is published: one inside is validated thrice.
            read = Resource.from_descriptor(resource, basepath=str(path.parent))
            found = _begun(read)
        except FrictionlessException as error:
            yield from _said(resource["name"], error)
            continue
        for wrong in found:
            yield Violation("standard", resource["name"], 0, "", f"frictionless: {wrong.type}: {wrong.note}")


def _begun(table: Any) -> list[Any]:
    """What is wrong with the header and the first rows of a table. Raises FrictionlessException."""
    from frictionless.errors import SourceError

    # They are for the check of keys, which has all rows.
    table.schema.foreign_keys = []
    for field in table.schema.fields:
        # It would be copied twice, and checked each time, which takes longer than all the rest; nobody changes it here.
        field.to_copy = partial(_same, field)
    with table:
        if not table.labels:
            return [SourceError(note="the source is empty")]
        rows = table.read_rows(size=max(_ROWS, _CELLS // len(table.schema.fields)))
        return [*table.header.errors, *(error for row in rows for error in row.errors)]


def _same(field: Any) -> Any:
    return field


def _said(name: str, error: Any) -> Iterator[Violation]:
    for reason in error.reasons or [error.error]:
        yield Violation("standard", name, 0, "", f"frictionless: {reason.type}: {reason.note}")


def _sample(resources: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The CSV files of all tables, of those in many parts the first; without what concerns the whole file."""
    seen: dict[str, int] = {}
    for resource in resources:
        if resource["format"] != "csv":
            continue
        table = table_of(resource["path"])
        if seen.get(table, 0) >= _PARTS:
            continue
        seen[table] = seen.get(table, 0) + 1
        yield {key: value for key, value in resource.items() if key not in ("hash", "bytes")}
