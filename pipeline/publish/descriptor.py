"""The packages' `datapackage.json`: valid Data Package v2, and valid to frictionless, which reads v1."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import __version__, schema
from pipeline.codes import codes_of
from pipeline.documents.profiles import is_read, kinds_quoted
from pipeline.publish import layout
from pipeline.publish.publication import Publication
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
RIGHTS_ZH = (
    "许可协议适用于本项目的数据与文字，不适用于所引报告原句：政府文件属公开文件；新闻稿版权归其发布单位所有，此处仅作为数据依据"
    "逐句引用。"
)
# What the descriptor says of the sentences of a table that quotes, beside the licence of the rest.
_QUOTED = {
    "name": "notspecified",
    "title": "Quoted sentences: government documents are public documents, press articles belong to their publishers",
}
# The rights in a source, by whether its documents may be shown whole.
_PUBLIC = ("Government documents: public documents", "政府文件，属公开文件")
_PRESS = (
    "Press articles: they belong to their publishers and are quoted by the sentence",
    "新闻稿，版权归发布单位所有，逐句引用",
)
_BOTH = (
    "Government documents, and press articles that belong to their publishers",
    "政府文件；新闻稿版权归发布单位所有",
)
# Which columns of tables with one report a row the user has named, by what they hold.
COLUMNS = "sourceColumns"
# The sources that the build left out, each with the reason.
LEFT_OUT = "leftOut"
# frictionless counts no bytes of files that its readers open by themselves, and would call the count wrong.
_COUNTED = ("csv",)


NOBODY = Publication()


class Facts(NamedTuple):
    """What is known of the sources of a package.

    `newest` is the date-time of the newest, `first` and `last` are the days between which all lies that is stated, `places`
    are those of the reports.
    """

    sources: Sequence[Mapping[str, Any]] = ()
    newest: str = ""
    first: str = ""
    last: str = ""
    places: Sequence[Mapping[str, Any]] = ()


NOTHING = Facts()


class File(NamedTuple):
    """A file by its size in bytes and its hash, in hexadecimal digits."""

    size: int
    sha256: str


def file_at(path: Path) -> File:
    """A file, which is not read into memory as a whole. Raises OSError."""
    with path.open("rb") as file:
        return File(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def resource(table: str, form: str, file: File, part: str = "") -> dict[str, Any]:
    """The resource of one file."""
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
    result["schema"] = schema_file(table)
    return result


def schema_file(table: str) -> str:
    """The path in its package of the schema of a table, which all its resources refer to."""
    return f"schemas/{table}.json"


def published_schema(table: str, parted: Collection[str] = ()) -> dict[str, Any]:
    """The schema of a table in a package where the tables `parted` come in parts.

    A foreign key points at one resource, so those to tables in parts are left out.
    """
    return _schema(schema.table(table), parted)


def alternate(table: str, form: str, file: File, part: str = "") -> dict[str, Any]:
    """What the resource of a table says of a further file with the same rows."""
    return {
        "path": layout.file_of(table, form, part),
        "format": form,
        "mediatype": writers()[form].mediatype,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def together(table: str, files: Iterable[tuple[str, str, File]]) -> list[dict[str, Any]]:
    """The resources of the files of a table, given as format, part and file.

    Rows are a resource once: tools of the standard make a table of every resource. The other formats of the same rows are
    `alternates` of the first.
    """
    found: dict[str, dict[str, Any]] = {}
    for form, part, file in sorted(files, key=lambda each: (each[1], FORMATS.index(each[0]))):
        if part in found:
            found[part].setdefault("alternates", []).append(alternate(table, form, file, part))
        else:
            found[part] = resource(table, form, file, part)
    return list(found.values())


def files(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a descriptor says of every file of its package, the alternates among them."""
    for one in document.get("resources") or ():
        rest = {key: value for key, value in one.items() if key != "alternates"}
        # Of data in several files the standard has a list of paths.
        yield from ({**rest, "path": path} for path in rest["path"]) if isinstance(rest.get("path"), list) else (rest,)
        yield from one.get("alternates") or ()


def _schema(table: schema.Table, parted: Collection[str]) -> dict[str, Any]:
    """The declared schema, as SQL takes it too, with the labels of codes.

    Databases hold a pattern against missing values, which a column that is not required has: there it is left out.
    """
    declared = table.descriptor
    result = {**declared, "fields": [_field(table.name, field) for field in declared["fields"]]}
    if keys := result.pop("foreignKeys", None):
        kept = [key for key in keys if (key["reference"]["resource"] or table.name) not in parted]
        if kept:
            result["foreignKeys"] = kept
    return result


def _field(table: str, declared: Mapping[str, Any]) -> dict[str, Any]:
    constraints = declared.get("constraints", {})
    kept = {key: value for key, value in constraints.items() if key != "pattern" or constraints.get("required")}
    result = {key: value for key, value in declared.items() if key != "constraints"}
    if known := codes_of(table, declared["name"]):
        told = [known.codes[code] for code in constraints.get("enum", ())]
        labels = [{"value": one.code, "label": one.label_en, "label_zh": one.label_zh} for one in told]
        result.update({"categories": labels} if labels else {})
    return {**result, "constraints": kept} if kept else result


def newest(reports: Iterable[Mapping[str, object]]) -> str:
    """The day on which the newest source was delivered or published, as a date-time; empty if no report is dated."""
    dates = [str(row[column]) for row in reports for column in ("date", "published") if row.get(column)]
    return max(dates, default="") and (max(dates) + "-01-01")[:10] + "T00:00:00Z"


def sources_of(reports: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sources of a package by their files, with date, rights, and address where one is known.

    `reports` have source_file, date, published, and where it is known kind and source_url.
    """
    files: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in reports:
        files[row["source_file"]].append(row)
    found = []
    for name in sorted(files):
        rows = files[name]
        result: dict[str, Any] = {"title": name}
        # One file may hold documents of several addresses: each is a source of its own then.
        addresses = sorted({row["source_url"] for row in rows if row.get("source_url")})
        if day := newest(rows)[:10]:
            result["date"] = day
        kinds = {row["kind"] for row in rows if row.get("kind") and is_read(row["kind"])}
        if kinds:
            quoted = kinds & set(kinds_quoted())
            rights = _PUBLIC if not quoted else _PRESS if quoted == kinds else _BOTH
            result |= {"rights": rights[0], "rights_zh": rights[1]}
        found += [{**result, "path": address} for address in addresses] or [result]
    return found


def descriptor(
    package: str, resources: Sequence[Mapping[str, Any]], facts: Facts = NOTHING, publication: Publication = NOBODY
) -> dict[str, Any]:
    """The descriptor of a package with these resources, by what is known of its sources and its publisher."""
    about = schema.package(package)
    license = dict(publication.license)
    result: dict[str, Any] = {
        "$schema": PROFILE,
        "name": package,
        "id": publication.ids.get(package),
        "title": about.title,
        "title_zh": about.title_zh,
        "description": about.description,
        "description_zh": about.description_zh,
        "homepage": publication.homepage,
        "version": __version__,
        "created": publication.released and f"{publication.released}T00:00:00Z",
        "newest_source": facts.newest,
        "keywords": [*about.keywords, *about.keywords_zh],
        "licenses": [license] if license else [],
        "rights": RIGHTS if license else RIGHTS.partition(". ")[2],
        "rights_zh": RIGHTS_ZH if license else RIGHTS_ZH.partition("不适用于")[2],
        "temporal": {"start": facts.first, "end": facts.last} if facts.first and facts.last else None,
        "spatial": list(facts.places),
        "sources": list(facts.sources),
        "contributors": [{"title": name, "roles": ["creator"]} for name in publication.creators],
        "resources": [licensed(each, license) for each in resources],
    }
    return {key: value for key, value in result.items() if value or key in ("sources", "resources")}


def cited(document: Mapping[str, Any]) -> str:
    """How to cite a package."""
    names = ", ".join(each["title"] for each in document["contributors"])
    year = f" ({document['created'][:4]})" if document.get("created") else ""
    link = document.get("homepage") or document.get("id")
    return f"{names}{year}: {document['title']}, version {document['version']}.{f' {link}' if link else ''}"


def tables(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The resources of a descriptor that are tables."""
    return [resource for resource in document["resources"] if "schema" in resource]


def licensed(resource: Mapping[str, Any], license: Mapping[str, str]) -> dict[str, Any]:
    """A resource with its licences: of what is ours, and of the sentences that its table quotes."""
    if "schema" not in resource:
        return dict(resource)
    quoted = schema.quotes(layout.table_of(str(resource["path"])))
    found = [*([dict(license)] if license else []), *([_QUOTED] if quoted else [])]
    return {**resource, **({"licenses": found} if found else {})}


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """The descriptor's bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
