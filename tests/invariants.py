"""What must be true of every text, whatever it says: the checks of a build."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from collected import extracted, published, tables_of, untold, workspace

from pipeline.check.provenance import Sources
from pipeline.check.rows import check_rows
from pipeline.collection.findings import of_pages, of_series, pages
from pipeline.collection.outcomes import outcomes
from pipeline.collection.repeated import meanings
from pipeline.encode import encode
from pipeline.models import Source
from pipeline.publish.packages import write
from pipeline.rows import Rows, merged
from pipeline.run.local import run_here

# No cell may be longer than what readers of CSV take by default.
LONGEST_CELL = 131_072


def broken(content: str) -> list[str]:
    """The rules that a package made from a text alone breaks; an exception is a fault too."""
    source = Source("text.txt", content, "utf-8")
    with workspace([extracted(source)]) as (path, entries), tempfile.TemporaryDirectory() as folder:
        (Path(folder) / source.name).write_bytes(content.encode())
        tables = tables_of(path)
        found = list(map(str, check_rows(path, tables, entries, Sources(Path(folder)), run_here, untold)))
        write(path, entries, Path(folder) / "packages", run_here, untold, formats=["csv"])
    for name, rows in tables.items():
        for row in rows:
            found += [f"{name}.{column}, too long" for column, cell in row.items() if _is_long(cell)]
    encode(tables["observations"], "json")
    return found


def tables_of_source(source: Source) -> dict[str, list[dict[str, Any]]]:
    """The tables of a package with this source alone."""
    return published(extracted(source))


def judged(source: Source) -> Rows:
    """The rows of a source, after all that is asked about them; the database is left out, whose work is not counted."""
    rows = merged(extracted(source))
    stated = rows.get("observations", [])
    meanings(stated)
    return {
        **rows,
        "findings": [*of_pages(pages(rows)), *of_series(stated)],
        "outcomes": outcomes(rows.get("reports", []), stated),
    }


def _is_long(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) > LONGEST_CELL
