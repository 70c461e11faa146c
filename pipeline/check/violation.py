"""What a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule. `row` counts the rows of the table from 1, 0 is the table or file as a whole.

    `place` is where in the sources: file:start-stop, or empty.
    """

    rule: str
    table: str
    row: int
    place: str
    message: str

    def __str__(self) -> str:
        where = f"{self.table}, row {self.row}" if self.row else self.table
        return f"{self.rule}: {where}{f' ({self.place})' if self.place else ''}: {self.message}"


def place_of(row: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """Where a row comes from; `files` has the source file of each report."""
    name = row.get("source_file") or files.get(row.get("report_id") or "", "")
    start, stop = row.get("start"), row.get("stop")
    if start is None or stop is None:
        return str(name)
    return f"{name}:{start}-{stop}"
