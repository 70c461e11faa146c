"""What must be true of every text, whatever it says: the checks of a build."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from collected import extracted, published, tables_of, untold, workspace

from pipeline.arrow import to_arrow
from pipeline.check import Violation, keys, provenance, values
from pipeline.check.batches import check_rows
from pipeline.check.provenance import Sources
from pipeline.collection.findings import of_pages, of_series, pages
from pipeline.collection.outcomes import outcomes
from pipeline.collection.repeated import meanings
from pipeline.collection.workspace import OWN
from pipeline.encode import encode
from pipeline.extract import extract_source
from pipeline.meaning.naming.dictionary import unit_rows
from pipeline.models import Source
from pipeline.oracle import differences
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
    return [*found, *misread(tables["observations"])]


def misread(observations: Sequence[Any]) -> list[str]:
    """What a second reading of the quotes reads in another way."""
    return [
        f"{one.column} of {row['phrase']} ({row['text']}, {row['rule']}) is {one.stated}, a second reading has {one.read}"
        for row in observations
        for one in differences(row)
    ]


def broken_of(texts: Sequence[str]) -> dict[int, list[str]]:
    """By the numbers of texts, the rules that their rows break: constraints, values, provenance, ledger, second reading.

    Hundreds of texts are looked at together and without a database, which is fast; what compares reports is left out.
    """
    found: dict[int, list[str]] = defaultdict(list)
    rows: list[Rows] = []
    named: dict[str, str] = {}
    known: set[object] = set()
    for number, text in enumerate(texts):
        source = Source(f"{number}.txt", text, "utf-8")
        try:
            made = extract_source(source)
            if known & _names(made):
                # Two documents of one name do not fit into one package: as of a sidecar, each gets one of its own.
                own = [{"number": at, "id": f"text-{number}-{at}"} for at in range(1, _documents(made) + 1)]
                made = extract_source(replace(source, facts={"reports": own}))
        except Exception as error:
            found[number].append(repr(error))
            continue
        known |= _names(made)
        named[source.name] = text
        rows.append(made)
        for said in misread(made.get("observations", [])):
            found[number].append(said)
    for violation in _broken(merged(rows), named):
        found[int(violation.place.partition(".")[0])].append(str(violation))
    return dict(found)


def _names(rows: Rows) -> set[object]:
    return {row["report_id"] for row in rows.get("reports", [])}


def _documents(rows: Rows) -> int:
    return sum(row["kind"] != "residue" for row in rows["reports"])


def _broken(rows: Rows, texts: dict[str, str]) -> list[Violation]:
    """The rules that the rows of texts break, by the names of the texts."""
    tables = {name: to_arrow(name, rows.get(name, ())) for name in OWN}
    used = {str(row["unit"]) for row in rows.get("observations", []) if row["unit"]}
    tables |= {name: to_arrow(name, found) for name, found in unit_rows(used).items()}
    files = dict(zip(*(tables["reports"][c].to_pylist() for c in ("report_id", "source_file")), strict=True))
    found = [violation for name in OWN for violation in keys.constraints(name, tables[name], files)]
    plain = {name: table.to_pylist() for name, table in tables.items()}
    return [*found, *values.contradictions(plain), *provenance.against_texts(plain, texts)]


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
