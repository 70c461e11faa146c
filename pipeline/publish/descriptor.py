"""The packages' `datapackage.json`: valid Data Package v2, and valid to frictionless, which reads v1."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import __version__, schema
from pipeline.publish import layout
from pipeline.publish.writers import writers

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENSE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
# frictionless counts no bytes of files that its readers open by themselves, and would call the count wrong.
_COUNTED = ("csv",)


class File(NamedTuple):
    """A file by its size in bytes and its hash, in hexadecimal digits."""

    size: int
    sha256: str


def file_at(path: Path) -> File:
    """A file, which is not read into memory as a whole. Raises OSError."""
    with path.open("rb") as file:
        return File(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def resource(table: str, form: str, file: File, part: str = "", parted: Collection[str] = ()) -> dict[str, Any]:
    """The resource of one file, in a package where the tables `parted` come in parts.

    The CSV file has the table's name; other forms refer to each other within the form. A foreign key points at one
    resource, so those to tables in parts are left out.
    """
    declared = schema.table(table)
    writer = writers()[form]
    result: dict[str, Any] = {
        "name": _resource_name(f"{table}-{part}" if part else table, form),
        "type": "table",
        "title": f"{declared.title}, {part}" if part else declared.title,
        "title_zh": f"{declared.title_zh}，{part}" if part else declared.title_zh,
        "description": declared.description,
        "description_zh": declared.description_zh,
        "path": layout.file_of(table, form, part),
        "format": form,
        "mediatype": writer.mediatype,
        "encoding": "utf-8",
    }
    if form in _COUNTED:
        result["bytes"] = file.size
    result["hash"] = f"sha256:{file.sha256}"
    if not writer.tabular:
        del result["type"]  # no standard tool reads it as a table, so it is a file
        return result
    result["schema"] = _schema(declared.descriptor, form)
    targets = {_resource_name(name, form) for name in parted}
    if keys := result["schema"].pop("foreignKeys", None):
        kept = [key for key in keys if (key["reference"]["resource"] or _resource_name(table, form)) not in targets]
        if kept:
            result["schema"]["foreignKeys"] = kept
    return result


def _resource_name(table: str, form: str) -> str:
    return table if form == "csv" else f"{table}-{form}"


def _schema(declared: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The declared schema; its foreign keys point at resources of the same form.

    Only the CSV resource says what each column means: its twins would repeat it word by word.
    """
    result = dict(declared)
    if form != "csv":
        kept = ("name", "type", "constraints")
        result["fields"] = [{key: field[key] for key in kept if key in field} for field in declared["fields"]]
    if keys := result.pop("foreignKeys", None):
        result["foreignKeys"] = [
            {
                "fields": key["fields"],
                "reference": {
                    "resource": _resource_name(key["reference"]["resource"], form)
                    if key["reference"]["resource"]
                    else "",
                    "fields": key["reference"]["fields"],
                },
            }
            for key in keys
        ]
    return result


def created(reports: Iterable[Mapping[str, object]]) -> str:
    """When the newest source was delivered or published, as a date-time; empty if no report is dated."""
    dates = [str(row[column]) for row in reports for column in ("date", "published") if row.get(column)]
    return max(dates, default="") and (max(dates) + "-01-01")[:10] + "T00:00:00Z"


def descriptor(
    package: str, resources: Sequence[Mapping[str, Any]], sources: Iterable[str], created: str
) -> dict[str, Any]:
    """The descriptor of a package with these resources, made from these source files."""
    about = schema.package(package)
    result: dict[str, Any] = {
        "$schema": PROFILE,
        "name": package,
        "title": about.title,
        "title_zh": about.title_zh,
        "description": about.description,
        "description_zh": about.description_zh,
        "version": __version__,
        "created": created,
        "keywords": list(about.keywords),
        "licenses": [LICENSE],
        "sources": [{"title": name} for name in sorted(set(sources))],
        "contributors": [{"title": "Baogao contributors", "roles": ["creator"]}],
        "resources": list(resources),
    }
    if not created:
        del result["created"]
    return result


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """The descriptor's bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
