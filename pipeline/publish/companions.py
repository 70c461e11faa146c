"""What stands in a package beside its tables and its descriptor, all made from the descriptor alone.

The schemas that the resources refer to, a README, how to cite, and the description that Croissant has of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from pipeline import schema
from pipeline.publish import croissant, descriptor, layout

README, CITATION, CROISSANT = "README.md", "CITATION.cff", "croissant.json"


def companions(document: Mapping[str, Any], parted: Collection[str] = ()) -> dict[str, bytes]:
    """The files by their paths in the package, for its descriptor and the tables that come in parts."""
    tables = dict.fromkeys(layout.table_of(resource["path"]) for resource in descriptor.tables(document))
    schemas = {name: descriptor.published_schema(name, parted) for name in tables}
    found = {descriptor.schema_file(name): descriptor.to_bytes(declared) for name, declared in schemas.items()}
    found[README] = _readme(document, tables).encode()
    if document.get("contributors"):
        found[CITATION] = _citation(document).encode()
    found[CROISSANT] = descriptor.to_bytes(croissant.dataset(document, schemas))
    return found


def paths(document: Mapping[str, Any]) -> set[str]:
    """The paths of what `companions` gives for a descriptor."""
    tables = {layout.table_of(resource["path"]) for resource in descriptor.tables(document)}
    named = {CITATION} if document.get("contributors") else set()
    return {README, CROISSANT, *named, *map(descriptor.schema_file, tables)}


def _readme(document: Mapping[str, Any], tables: Collection[str]) -> str:
    name = document["name"]
    lines = [f"# {document['title']}", "", f"{document['title_zh']}", ""]
    lines += [document["description"], "", document["description_zh"], ""]
    lines += ["| Table 表 | Contents 内容 |", "| --- | --- |"]
    for each in tables:
        declared = schema.table(each)
        lines.append(f"| `{each}` | {declared.description} {declared.description_zh} |")
    lines += [
        "",
        "`datapackage.json` describes the package ([Data Package v2](https://datapackage.org)): `frictionless validate "
        "datapackage.json` checks it. Columns, their types, meanings and codes with labels in both languages are in `schemas/`. "
        "CSV is UTF-8 without byte order mark, missing values are empty; the same rows in other formats are the `alternates` of "
        "their resource.",
        "",
        "`datapackage.json` 按 Data Package v2 描述本数据包；各列的类型、含义和代码的中英文标签见 `schemas/`。CSV 为 UTF-8 编码，缺失值为空；"
        "其他格式的同一批数据列在各资源的 `alternates` 中。",
        "",
        "```python",
        "import pandas as pd",
        "",
        f'frame = pd.read_parquet("{name}/{next(iter(tables))}.parquet")',
        "```",
        "",
        "## Rights 权利",
        "",
    ]
    lines += [f"{each['title']}: <{each['path']}>. " for each in document.get("licenses", ())]
    lines += [document["rights"], "", document["rights_zh"]]
    if document.get("contributors"):
        lines += ["", "## Citation 引用", "", descriptor.cited(document)]
    return "\n".join(lines) + "\n"


def _citation(document: Mapping[str, Any]) -> str:
    result: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use the data, please cite it as below.",
        "title": document["title"],
        "abstract": document["description"],
        "type": "dataset",
        "version": document["version"],
        "authors": [{"name": each["title"]} for each in document["contributors"]],
        "keywords": document["keywords"],
    }
    if licenses := [each["name"] for each in document.get("licenses", ())]:
        result["license"] = licenses
    if document.get("created"):
        result["date-released"] = document["created"][:10]
    if document.get("homepage"):
        result["url"] = document["homepage"]
    if document.get("id"):
        result["identifiers"] = [{"type": "other", "value": document["id"]}]
    return yaml.safe_dump(result, allow_unicode=True, sort_keys=False, width=110)
