"""Read a source and what files beside it say: facts, corrections, and what readers have checked."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.errors import InputError
from pipeline.models import Layer, Source
from pipeline.regular import regular_bytes
from pipeline.text.corrections import CORRECTIONS, REVIEW, beside, corrections_of, reviews_of
from pipeline.text.readers import Options, read_layer
from pipeline.text.sidecar import facts_of


def read_source(path: Path, name: str = "", options: Options | None = None, *, corrected: bool = True) -> Source:
    """The text layer of `path`, and the facts of `NAME.yaml` beside it; `name` is what tables and errors call it.

    `corrected` brings what readers put right and found right (`NAME.corrections.yaml`, `NAME.review.csv`).

    Facts are either those of the only report, or a list `reports` of facts with the `number` of their report in the
    file, from 1. Values are text, `complete` is a bool. Raises InputError, which names file, place and remedy.
    """
    name = name or path.name
    _refuse_odd_name(name)
    source = as_source(layer_of(path, name, options), name, _facts(path.with_suffix(".yaml")))
    if not corrected:
        return source
    put_right, checked = (path.with_name(beside(path.name, ending)) for ending in (CORRECTIONS, REVIEW))
    return replace(
        source,
        corrections=corrections_of(_bytes(put_right), put_right.name) if _is_there(put_right) else (),
        reviews=reviews_of(_bytes(checked), checked.name) if _is_there(checked) else (),
    )


def layer_of(path: Path, name: str = "", options: Options | None = None) -> Layer:
    """The text layer of the file `path`. Raises InputError."""
    return read_layer(_bytes(path), name or path.name, options)


def below(folder: Path, name: str) -> Path:
    """The path of the source with this name in a folder of sources; a name that leads out of it is of no file there."""
    parts = PurePosixPath(name).parts
    return (
        folder.joinpath(*parts) if ".." not in parts and not name.startswith("/") else folder / PurePosixPath(name).name
    )


def as_source(layer: Layer, name: str, facts: Mapping[str, object] | None = None) -> Source:
    """A text layer as the source called `name`."""
    return Source(
        name,
        layer.text,
        layer.encoding,
        facts or {},
        layer.kind,
        layer.plain,
        layer.locations,
        layer.remarks,
        layer.parts,
    )


def _refuse_odd_name(name: str) -> None:
    """The name is published in the tables and printed in messages, so it must be a text."""
    if not name.isprintable():
        shown = name.encode("unicode_escape", "surrogateescape").decode("ascii")
        problem = "the name of the file has bytes or characters that cannot be printed"
        raise InputError(shown, "", problem, "Rename the file")


def _bytes(path: Path) -> bytes:
    try:
        return regular_bytes(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(str(path), "", "there is no such file", "Check the name")
    if isinstance(error, IsADirectoryError):
        return InputError(str(path), "", "this is a folder", "Name a file in it")
    return InputError(str(path), "", f"the file cannot be read ({error.strerror})", "Check its permissions")


def _facts(path: Path) -> Mapping[str, object]:
    try:
        path.stat()
    except OSError as error:
        # A name may be too long with .yaml only.
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            other = path.with_suffix(".yml")
            if error.errno == errno.ENOENT and other.is_file():
                problem = "facts beside a source are read from files that end in .yaml"
                raise InputError(other.name, "", problem, f"Rename it to {path.name}") from error
            return {}
        raise _unreadable(path, error) from error
    return facts_of(_bytes(path), path.name)


def _is_there(path: Path) -> bool:
    """Whether there is a file; a name may be too long with another ending only."""
    try:
        path.stat()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            return False
        raise _unreadable(path, error) from error
    return True
