"""The tables of a collection as they are published, from rows of reports, for tests that need no files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.collection import database as store
from pipeline.collection.gather import File
from pipeline.collection.texts import Entry
from pipeline.collection.workspace import collect, query
from pipeline.models import Source
from pipeline.rows import RELATIONAL, Rows
from pipeline.run.local import run_here
from pipeline.run.parts import Parts, pack
from pipeline.run.pieces import Piece
from pipeline.schema import package_tables


def untold(step: str, done: int, total: int) -> None:
    pass


def extracted(source: Source) -> list[Rows]:
    return Piece(source).rows()


@contextmanager
def workspace(files: Sequence[list[Rows]]) -> Iterator[tuple[Path, list[Entry]]]:
    """A workspace of files, each with the rows of its reports."""
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(Path(folder))
        for number, reports in enumerate(files):
            parts.write(f"{number:04}", pack(reports))
        found = [File(number, 0, f"{number:04}", parts) for number in range(len(files))]
        path = Path(folder) / "workspace"
        yield path, collect(path, found, lambda entries: set(), run_here, untold)


def tables_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    with store.opened(path, read_only=True) as database:
        return {name: list(store.rows(database, query(name))) for name in package_tables(RELATIONAL)}


def published(*files: list[Rows]) -> dict[str, list[dict[str, Any]]]:
    """The rows of all relational tables."""
    with workspace(files) as (path, _):
        return tables_of(path)
