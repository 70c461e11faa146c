"""The packages' `datapackage.json`: valid Data Package v2, and valid to frictionless, which reads v1."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline import __version__, schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIATYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "dta": "application/x-stata-dta",
}
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


def file_of(content: bytes) -> File:
    """The file with that content."""
    return File(len(content), hashlib.sha256(content).hexdigest())


def resource(table: str, form: str, file: File) -> dict[str, Any]:
    """The resource of one file. The CSV file has the table's name; other forms refer to each other within the form."""
    declared = schema.table(table)
    result: dict[str, Any] = {
        "name": _resource_name(table, form),
        "type": "table",
        "title": declared.title,
        "title_zh": declared.title_zh,
        "description": declared.description,
        "description_zh": declared.description_zh,
        "path": f"{table}.{form}",
        "format": form,
        "mediatype": MEDIATYPES[form],
        "encoding": "utf-8",
    }
    if form in _COUNTED:
        result["bytes"] = file.size
    result["hash"] = f"sha256:{file.sha256}"
    if form == "dta":
        del result["type"]  # no standard tool reads it as a table, so it is a file
    else:
        result["schema"] = _schema(declared.descriptor, form)
    return result


def part_resource(table: str, form: str, file: File, part: str, parted: Collection[str]) -> dict[str, Any]:
    """The resource of a file in a package where the tables `parted` come in parts; `part` is empty for other tables.

    A foreign key points at one resource, so those to such tables are left out.
    """
    result = resource(table, form, file)
    if part:
        result["name"] = _resource_name(f"{table}-{part}", form)
        result["path"] = f"{table}/{part}.{form}"
        result["title"] = f"{result['title']}, {part}"
        result["title_zh"] = f"{result['title_zh']}，{part}"
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
