"""What only shows when all reports lie side by side: repeated text, outcomes of targets, contradicting figures."""

from __future__ import annotations

from pipeline.reconcile.fingerprints import TABLE, fingerprints
from pipeline.reconcile.repeated import link_repeated
from pipeline.rows import Rows

__all__ = ["fingerprints", "reconcile"]


def reconcile(tables: Rows) -> Rows:
    """The tables of single reports, completed by what they say about each other; working tables are left out."""
    whole: Rows = {name: rows for name, rows in tables.items() if not name.startswith("_")}
    linked = link_repeated(tables.get("reports", []), tables.get("observations", []), tables.get(TABLE, []))
    whole["reports"], whole["observations"] = linked
    return whole
