"""What only shows when all reports lie side by side: repeated text, outcomes of targets, contradicting figures."""

from __future__ import annotations

from pipeline.collection.findings import of_series
from pipeline.collection.fingerprints import TABLE
from pipeline.collection.outcomes import outcomes
from pipeline.collection.repeated import link_repeated
from pipeline.rows import Rows

__all__ = ["reconcile"]


def reconcile(tables: Rows) -> Rows:
    """The tables of single reports, completed by what they say about each other, without the fingerprints."""
    reports, observations = link_repeated(
        tables.get("reports", []), tables.get("observations", []), tables.get(TABLE, [])
    )
    first = [row for row in observations if not row["same_as"]]
    whole: Rows = {name: rows for name, rows in tables.items() if name != TABLE}
    return {
        **whole,
        "reports": reports,
        "observations": observations,
        "outcomes": outcomes(reports, first),
        "findings": [*whole.get("findings", []), *of_series(first)],
    }
