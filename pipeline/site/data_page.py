"""The pages of the packages: what is in them, column by column, and every file with its size and checksum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline import schema
from pipeline.publish.croissant import schema_org
from pipeline.publish.descriptor import LICENSE
from pipeline.publish.descriptor import files as files_of
from pipeline.site.data import DESCRIPTOR, Data
from pipeline.site.home import downloads
from pipeline.site.html_tables import table
from pipeline.site.html_text import front_matter, html_text, markdown_text
from pipeline.site.links import Here, crumbs, package_page
from pipeline.site.shown_values import size_text
from pipeline.site.site_files import package_file, spreadsheet_name
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]


def package_pages(say: Tongue, data: Data) -> Pages:
    """A page for each package, and their list."""
    yield "data/index.md", _list(say, data)
    for name in data.descriptors:
        yield package_page(name), _package(say, data, name)


def _words(say: Tongue, thing: schema.Package | schema.Table | schema.Column) -> tuple[str, str]:
    return say(thing.title, thing.title_zh), say(thing.description, thing.description_zh)


def _list(say: Tongue, data: Data) -> str:
    here = Here("data/index.md", say.code)
    title = say("Data", "数据")
    parts = [front_matter(title), f"# {title}\n\n"]
    parts.append(
        say(
            "Two data packages hold the same observations: one relational, with everything, and one that is ready for "
            "analysis. Each table is there as CSV and as Parquet.\n\n",
            "同一批数据以两个数据包发布：一个是完整的关系型数据包，一个是可直接分析的数据包。每张表都有 CSV 和 Parquet 两种格式。\n\n",
        )
    )
    parts.append(say("All observations in one table:\n\n", "全部数据，一张总表：\n\n"))
    parts.append(f"{downloads(say, data, here)}\n\n")
    for name in data.descriptors:
        package = schema.package(name)
        words = _words(say, package)
        parts.append(f"## [{markdown_text(words[0])}]({here.md(package_page(name))})\n\n{markdown_text(words[1])}\n\n")
        rows = sum(data.rows(name, member) for member in package.tables)
        size = size_text(sum(file.size for file in data.files[name].values()))
        count = len(package.tables)
        parts.append(say(f"{count} tables, {rows:,} rows, {size}.\n\n", f"{count} 张表，{rows:,} 行，{size}。\n\n"))
        link = here.file(package_file(name, DESCRIPTOR))
        files = f"{here.url(package_page(name))}#files"
        parts.append(
            f'<p class="downloads"><a class="md-button" href="{files}">{say("Files to download", "下载各表文件")}</a> '
            f'<a class="md-button" href="{link}" download>{DESCRIPTOR}</a></p>\n\n'
        )
    parts.append(
        say(
            f"How to load them: [Reuse]({here.md('reuse.md')}). How good they are: [Quality]({here.md('quality.md')}).\n",
            f"如何读取见[数据使用]({here.md('reuse.md')})，质量如何见[质量]({here.md('quality.md')})。\n",
        )
    )
    return "".join(parts)


def _package(say: Tongue, data: Data, name: str) -> str:
    here = Here(package_page(name), say.code)
    package = schema.package(name)
    descriptor = data.descriptors[name]
    title, description = _words(say, package)
    parts = [
        front_matter(title, description=description, search={"boost": 0.3}, dataset=_dataset(say, data, name, here)),
        f"# {markdown_text(title)}\n\n",
        crumbs(here, [(say("Data", "数据"), "data/index.md")]),
        f"{markdown_text(description)}\n\n",
        _about(say, here, name, descriptor),
        f"## {say('Files', '文件')} {{#files}}\n\n",
        say(
            "CSV files are UTF-8 and hold the text byte by byte as the reports have it, which may begin with a sign that "
            "spreadsheet programs take for a formula. The copy for spreadsheets puts an apostrophe before such cells.\n\n",
            "CSV 文件为 UTF-8 编码，逐字保留原文；个别单元格的首字符可能被电子表格软件当作公式。“电子表格用”副本在这类单元格前加了撇号。\n\n",
        ),
        _files(say, data, here, name, descriptor),
    ]
    for name_of in package.tables:
        parts.append(_dictionary(say, data, here, schema.table(name_of), package))
    return "".join(parts)


def _about(say: Tongue, here: Here, name: str, descriptor: Any) -> str:
    link = here.file(package_file(name, "datapackage.json"))
    note = say(
        "for our data and text; not for the sentences quoted from the reports",
        "适用于本项目的数据与文字，不适用于所引报告原句",
    )
    citation = say(
        f"The Baogao contributors, {descriptor['title']}, version {descriptor['version']}.",
        f"Baogao 贡献者：《{descriptor['title_zh']}》，版本 {descriptor['version']}。",
    )
    sources = say(", ", "、").join(f"<code>{html_text(source['title'])}</code>" for source in descriptor["sources"])
    pairs = [
        (say("Descriptor", "描述文件"), f'<a href="{link}">datapackage.json</a> (Data Package v2)'),
        (say("Version", "版本"), html_text(descriptor["version"])),
        (say("Newest source", "最新来源"), html_text(str(descriptor.get("newest_source", ""))[:10])),
        (say("Licence", "许可"), f'<a href="{LICENSE["path"]}">CC BY 4.0</a> {note}'),
        (say("Cite as", "引用"), html_text(citation)),
        (say("Made from", "来源文件"), sources),
    ]
    body = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs if text)
    return f'<dl class="facts">{body}</dl>\n\n'


def _files(say: Tongue, data: Data, here: Here, name: str, descriptor: Any) -> str:
    heads = [say("File", "文件"), say("Rows", "行数"), say("Size", "大小"), "SHA-256"]
    files = data.files[name]
    body = []
    for resource in files_of(descriptor):
        path = resource["path"]
        cell = f'<a href="{here.file(package_file(name, path))}" download>{html_text(path)}</a>'
        if path.endswith(".csv"):
            copy = here.file(package_file(name, spreadsheet_name(path)))
            cell += f' <small><a href="{copy}" download>{say("for spreadsheets", "电子表格用")}</a></small>'
        digest = str(resource.get("hash", "")).partition(":")[2]
        rows = f"{files[path].rows:,}" if "hash" in resource else ""
        cells = [cell, rows, size_text(files[path].size), f"<code>{html_text(digest)}</code>"]
        body.append(cells)
    return f"{table('files', heads, body)}\n\n"


def _dictionary(say: Tongue, data: Data, here: Here, declared: schema.Table, package: schema.Package) -> str:
    title, description = _words(say, declared)
    keys = {column: key for key in declared.foreign_keys for column in key.columns}
    heads = [say("Column", "列"), say("Type", "类型"), say("Meaning", "含义"), say("Constraints", "约束")]
    body = []
    for column in declared.columns:
        name, meaning = _words(say, column)
        notes = []
        if column.name in declared.primary_key:
            notes.append(say("key", "主键"))
        elif column.required:
            notes.append(say("always there", "必填"))
        if "enum" in column.constraints:
            values = ", ".join(f"<code>{html_text(value)}</code>" for value in column.constraints["enum"])
            notes.append(values)
        if column.name in keys and keys[column.name].table in package.tables:
            other = keys[column.name].table
            notes.append(f'{say("points at", "引用")} <a href="#{other}">{other}</a>')
        cells = [
            f"<code>{column.name}</code>",
            html_text(say.word("type", column.type)),
            f"<strong>{html_text(name)}</strong>{say('. ', '。')}{html_text(meaning)}",
            "<br>".join(notes),
        ]
        body.append(cells)
    rows = data.rows(package.name, declared.name)
    count = say(f"{rows:,} rows.", f"{rows:,} 行。")
    return (
        f"## {markdown_text(title)} {{#{declared.name}}}\n\n`{declared.name}` {markdown_text(description)} {count}\n\n"
        f"{table('dictionary', heads, body)}\n\n"
    )


def _dataset(say: Tongue, data: Data, name: str, here: Here) -> dict[str, Any]:
    descriptor = data.descriptors[name]
    title, description = _words(say, schema.package(name))
    return {
        **schema_org(descriptor),
        "name": title,
        "description": f"{description} {say(descriptor.get('rights', ''), descriptor.get('rights_zh', ''))}".rstrip(),
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
