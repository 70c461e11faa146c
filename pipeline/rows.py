"""Rows on their way to the tables."""

from __future__ import annotations

from collections.abc import Iterable

RELATIONAL, READY = "work-reports", "analysis-ready"
"""The packages: all that reports say, and tables for analysis made from that."""

Row = dict[str, object]
Rows = dict[str, list[Row]]
"""Rows by table name; a row is a mapping by column name as `schemas/` declares them."""


def merged(parts: Iterable[Rows]) -> Rows:
    """The rows of several reports in one mapping, in the order given."""
    whole: Rows = {}
    for part in parts:
        for table, rows in part.items():
            whole.setdefault(table, []).extend(rows)
    return whole
