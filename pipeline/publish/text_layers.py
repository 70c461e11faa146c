"""Text layers as files of a package: what was taken out of web pages, Word and PDF files and tables.

Offsets count in them, so whoever has the package can look up a figure without the readers. A plain text is its own layer and
is not published; neither is what holds a press item, which is quoted by the sentence.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.documents.profiles import kinds_quoted, profile

# Both the folder in the package and the name of the resource.
TEXTS = "texts"
# Bytes of the name of a file that every file system takes, with some to spare for the ending.
_LONGEST = 240


def path_of(source_file: str) -> str:
    """The path of a source's text layer in the package; a name that would be too long is cut and told by a digest."""
    folder, _, name = source_file.rpartition("/")
    if len(name.encode()) > _LONGEST:
        start = name.encode()[: _LONGEST - 13].decode("utf-8", "ignore")
        name = f"{start}~{sha256(name.encode()).hexdigest()[:12]}"
    return "/".join(part for part in (TEXTS, folder, f"{name}.txt") if part)


def withheld(reports: Iterable[Mapping[str, Any]]) -> set[str]:
    """The sources with a press item, by the rows of `reports`; a page of the web of which no kind is known may be one."""
    return {row["source_file"] for row in reports if row["kind"] in kinds_quoted() and _may_be_press(row)}


def _may_be_press(row: Mapping[str, Any]) -> bool:
    return not profile(row["kind"]).perhaps_press or row["layer"] == "html" or bool(row["source_url"])


def write(layers: Mapping[str, Path], package: Path) -> list[str]:
    """Copy text layers, by the names of their sources, into a package; their paths in it, in order."""
    found = {path_of(name): kept for name, kept in layers.items()}
    for path, kept in found.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, package / path)
    return sorted(found)


def resource(paths: Iterable[str]) -> dict[str, Any]:
    """The one resource of all text layers; their hashes stand in the table of reports."""
    return {
        "name": TEXTS,
        "title": "Text layers",
        "title_zh": "文字层",
        "description": "The texts that offsets count in, of sources that are no plain text: `texts/SOURCE_FILE.txt`. They "
        "are government documents and not ours.",
        "description_zh": "各偏移量所指的文字层（源文件不是纯文本的）：texts/源文件名.txt。均为政府文件，不属本项目所有。",
        "path": list(paths),
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
    }
