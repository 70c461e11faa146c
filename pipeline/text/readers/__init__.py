"""Readers: one module a format, each a function from the bytes of a file to its text layer with the way back.

`FORMATS` is the registry. A reader is loaded when a file needs it, so that what it takes need not be installed for others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from pipeline.models import Layer

PLAIN = "plain"
# By the lower-case ending: the module of this room with a function `read`.
FORMATS: Mapping[str, str] = {
    ".txt": PLAIN,
    ".md": PLAIN,
    ".markdown": PLAIN,
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "tabular",
    ".tsv": "tabular",
    ".xlsx": "tabular",
    ".jsonl": "tabular",
    ".ndjson": "tabular",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the files. `columns`: for a role (text, place, year, title, url, …) the name of its column."""

    columns: Mapping[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """A function that takes the text layer out of a file; `name` is what errors call it. Raises InputError."""

    def __call__(self, data: bytes, name: str, options: Options) -> Layer:
        """The text layer of `data`."""


def ending(name: str) -> str:
    """The ending by which the format of a file is told."""
    return PurePath(name).suffix.lower()


def read_layer(data: bytes, name: str, options: Options | None = None) -> Layer:
    """The text layer of a file's bytes, by the ending of its name; what has no known ending is read as plain text.

    Raises InputError for bytes that are not of that format.
    """
    module = import_module(f"{__name__}.{FORMATS.get(ending(name), PLAIN)}")
    return cast(Reader, module.read)(data, name, options or Options())
