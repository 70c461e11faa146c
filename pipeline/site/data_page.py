"""The pages of the packages: what is in them, column by column, and every file with its size and checksum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from pipeline import schema
from pipeline.publish.croissant import schema_org
from pipeline.publish.descriptor import LICENSE
from pipeline.publish.descriptor import files as files_of
from pipeline.site.data import DESCRIPTOR, Data
from pipeline.site.home import download_files
from pipeline.site.links import Here, package_page
from pipeline.site.shown_values import size_text
from pipeline.site.site_files import package_file, schema_file, spreadsheet_name
from pipeline.site.templating import page, words
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "data/index.md"


def package_pages(say: Tongue, data: Data) -> Pages:
    """A page for each package, and their list."""
    yield INDEX, _list(say, data)
    for name in data.descriptors:
        yield package_page(name), _package(say, data, name)


def _words(say: Tongue, thing: schema.Package | schema.Table | schema.Column) -> tuple[str, str]:
    return say(thing.title, thing.title_zh), say(thing.description, thing.description_zh)


def _list(say: Tongue, data: Data) -> str:
    here = Here(INDEX, say.code)
    packages = []
    for name in data.descriptors:
        package = schema.package(name)
        title, description = _words(say, package)
        packages.append(
            {
                "title": title,
                "description": description,
                "link": here.url(package_page(name)),
                "tables": len(package.tables),
                "rows": sum(data.rows(name, member) for member in package.tables),
                "size": sum(file.size for file in data.files[name].values()),
                "descriptor": here.file(package_file(name, DESCRIPTOR)),
            }
        )
    title = words(say, "data.title")
    links: dict[str, Any] = {
        key: Markup('<a href="{}">{}</a>').format(here.url(f"{key}.md"), words(say, f"data.{key}"))
        for key in ("reuse", "quality", "api")
    }
    return page(
        say,
        "data.html",
        title,
        title=title,
        files=download_files(say, data, here),
        analysis=here.url(package_page("analysis-ready")),
        packages=packages,
        **links,
    )


def _package(say: Tongue, data: Data, name: str) -> str:
    here = Here(package_page(name), say.code)
    package = schema.package(name)
    title, description = _words(say, package)
    return page(
        say,
        "package.html",
        title,
        meta={"description": description, "dataset": _dataset(say, data, name)},
        title=title,
        above=[(words(say, "data.title"), here.url(INDEX))],
        description=description,
        facts=_facts(say, data, here, name),
        heads=[words(say, f"data.{key}") for key in ("file", "rows", "size")] + ["SHA-256"],
        files=_files(say, data, here, name),
        columns=[words(say, f"data.{key}") for key in ("column", "type", "meaning", "constraints")],
        tables=[_dictionary(say, data, here, schema.table(table), package) for table in package.tables],
    )


def _facts(say: Tongue, data: Data, here: Here, name: str) -> list[tuple[Markup, object]]:
    descriptor = data.descriptors[name]
    link = here.file(package_file(name, DESCRIPTOR))
    licence = Markup('<a href="{}">{}</a> ').format(LICENSE["path"], data.settings.licence)
    title = say(str(descriptor["title"]), str(descriptor.get("title_zh") or descriptor["title"]))
    sources = [Markup("<code>{}</code>").format(source["title"]) for source in descriptor["sources"]]
    pairs: list[tuple[str, object]] = [
        ("descriptor", Markup('<a href="{}">{}</a> (Data Package v2)').format(link, DESCRIPTOR)),
        ("version", descriptor["version"]),
        ("newest", str(descriptor.get("newest_source", ""))[:10]),
        ("licence", licence + words(say, "data.licence_note")),
        (
            "cite",
            words(say, "data.citation", site=data.settings.title(say), title=title, version=descriptor["version"]),
        ),
        ("sources", Markup(say(", ", "、")).join(sources)),
    ]
    return [(words(say, f"data.{key}"), text) for key, text in pairs]


def _files(say: Tongue, data: Data, here: Here, name: str) -> list[list[object]]:
    files = data.files[name]
    body: list[list[object]] = []
    for resource in files_of(data.descriptors[name]):
        path = resource["path"]
        cell = Markup('<a href="{}" download>{}</a>').format(here.file(package_file(name, path)), path)
        if path.endswith(".csv"):
            copy = here.file(package_file(name, spreadsheet_name(path)))
            cell += Markup(' <small><a href="{}" download>{}</a></small>').format(copy, words(say, "files.spreadsheet"))
        # A text layer has neither rows nor a hash in the descriptor.
        digest = str(resource.get("hash", "")).partition(":")[2]
        rows = say.number(files[path].rows) if "hash" in resource else ""
        body.append([cell, rows, size_text(files[path].size), Markup("<code>{}</code>").format(digest)])
    return body


def _dictionary(
    say: Tongue, data: Data, here: Here, declared: schema.Table, package: schema.Package
) -> dict[str, object]:
    title, description = _words(say, declared)
    keys = {column: key for key in declared.foreign_keys for column in key.columns}
    rows = []
    for column in declared.columns:
        name, meaning = _words(say, column)
        notes: list[Markup] = []
        if column.name in declared.primary_key:
            notes.append(words(say, "data.key"))
        elif column.required:
            notes.append(words(say, "data.required"))
        if "enum" in column.constraints:
            values = [Markup("<code>{}</code>").format(value) for value in column.constraints["enum"]]
            notes.append(Markup(", ").join(values))
        if column.name in keys and keys[column.name].table in package.tables:
            other = keys[column.name].table
            notes.append(words(say, "data.points_at") + Markup(' <a href="#{}">{}</a>').format(other, other))
        text = Markup("<strong>{}</strong>{}{}").format(name, say(". ", "。"), meaning)
        code = Markup("<code>{}</code>").format(column.name)
        rows.append([code, say.word("type", column.type), text, Markup("<br>").join(notes)])
    return {
        "id": declared.name,
        "title": title,
        "description": description,
        "count": data.rows(package.name, declared.name),
        "schema": here.file(schema_file(declared.name)),
        "rows": rows,
    }


def _dataset(say: Tongue, data: Data, name: str) -> dict[str, Any]:
    descriptor = data.descriptors[name]
    title, description = _words(say, schema.package(name))
    return {
        **schema_org(descriptor),
        "name": title,
        "description": f"{description} {say(descriptor.get('rights', ''), descriptor.get('rights_zh', ''))}".rstrip(),
        "dateModified": str(descriptor.get("newest_source", ""))[:10],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["path"],
                "encodingFormat": resource["mediatype"],
                # Left out where the site's address is not known.
                **({"contentUrl": f"{data.site_url}data/{name}/{resource['path']}"} if data.site_url else {}),
            }
            for resource in files_of(descriptor)
        ],
    }
