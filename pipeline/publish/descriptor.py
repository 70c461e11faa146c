"""The packages' `datapackage.json`: valid Data Package v2, and valid to frictionless, which reads v1."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import __version__, schema
from pipeline.publish import layout
from pipeline.publish.writers import FORMATS, writers

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENSE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
RIGHTS = (
    "The licence covers our data and text. The sentences quoted from the reports are not ours: government documents are public "
    "documents; press articles belong to their publishers and are quoted by the sentence."
)
# Which columns of tables with one report a row the user has named, by what they hold.
COLUMNS = "sourceColumns"
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

    A foreign key points at one resource, so those to tables in parts are left out.
    """
    declared = schema.table(table)
    result: dict[str, Any] = {
        "name": f"{table}-{part}" if part else table,
        "type": "table",
        "title": f"{declared.title}, {part}" if part else declared.title,
        "title_zh": f"{declared.title_zh}，{part}" if part else declared.title_zh,
        "description": declared.description,
        "description_zh": declared.description_zh,
        **alternate(table, form, file, part),
        "encoding": "utf-8",
    }
    if form not in _COUNTED:
        del result["bytes"]
    if not writers()[form].tabular:
        del result["type"]  # no standard tool reads it as a table, so it is a file
        return result
    result["schema"] = _schema(declared.descriptor, parted)
    return result


def alternate(table: str, form: str, file: File, part: str = "") -> dict[str, Any]:
    """What the resource of a table says of a further file with the same rows."""
    return {
        "path": layout.file_of(table, form, part),
        "format": form,
        "mediatype": writers()[form].mediatype,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def together(table: str, files: Iterable[tuple[str, str, File]], parted: Collection[str] = ()) -> list[dict[str, Any]]:
    """The resources of the files of a table, given as format, part and file.

    Rows are a resource once: tools of the standard make a table of every resource. The other formats of the same rows are
    `alternates` of the first.
    """
    found: dict[str, dict[str, Any]] = {}
    for form, part, file in sorted(files, key=lambda each: (each[1], FORMATS.index(each[0]))):
        if part in found:
            found[part].setdefault("alternates", []).append(alternate(table, form, file, part))
        else:
            found[part] = resource(table, form, file, part, parted)
    return list(found.values())


def files(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a descriptor says of every file of its package, the alternates among them."""
    for one in document.get("resources") or ():
        rest = {key: value for key, value in one.items() if key != "alternates"}
        # Of data in several files the standard has a list of paths.
        yield from ({**rest, "path": path} for path in rest["path"]) if isinstance(rest.get("path"), list) else (rest,)
        yield from one.get("alternates") or ()


def _schema(declared: Mapping[str, Any], parted: Collection[str]) -> dict[str, Any]:
    """The declared schema, as SQL takes it too.

    Databases hold a pattern against missing values, which a column that is not required has: there it is left out.
    """
    result = {**declared, "fields": [_field(field) for field in declared["fields"]]}
    if keys := result.pop("foreignKeys", None):
        kept = [key for key in keys if (key["reference"]["resource"] or declared["name"]) not in parted]
        if kept:
            result["foreignKeys"] = kept
    return result


def _field(declared: Mapping[str, Any]) -> dict[str, Any]:
    constraints = declared.get("constraints", {})
    kept = {key: value for key, value in constraints.items() if key != "pattern" or constraints.get("required")}
    result = {key: value for key, value in declared.items() if key != "constraints"}
    return {**result, "constraints": kept} if kept else result


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
