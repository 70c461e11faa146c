"""From the part of every source: its rows, a line for each report, and what texts and statements may be compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.collection.findings.rules.growth_against_levels import GROWS_BY, grows
from pipeline.collection.fingerprints import TABLE
from pipeline.collection.index import rows_of_text
from pipeline.collection.outcomes import PAIRED_BY, can_be_paired
from pipeline.collection.repeated import MEANING, meanings, unique_prints
from pipeline.collection.texts import Entry, text_number
from pipeline.documents.profiles import is_read
from pipeline.rows import Row, Rows
from pipeline.run.parts import Parts, tables

if TYPE_CHECKING:
    import pyarrow as pa

# The tables of a part whose rows go into the workspace, and those that reports are compared by.
GATHERED = tuple(name for name in tables() if name != TABLE)
# What is read of those here: all columns, or what statements are compared by.
_READ = {"reports": (), "observations": sorted({*MEANING, *PAIRED_BY, *GROWS_BY}), TABLE: ()}


@dataclass(frozen=True, slots=True)
class File:
    """A piece of a source, both by their numbers, and the part that has its rows."""

    number: int
    piece: int
    key: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Gathered:
    """Of the reports of a piece: a line for each, and rows for the index, `comparable` and `raw`, by table."""

    entries: list[Entry]
    tables: dict[str, pa.Table]


def gather(file: File) -> Gathered:
    """The rows of the reports of a piece, and what the comparison of all reports has to know of them."""
    import pyarrow as pa

    entries = []
    found: dict[str, list[pa.Table]] = defaultdict(list)
    part = file.parts.read(file.key)
    for number, rows in enumerate(part.rows(_READ)):
        entry = _entry(file, number, rows)
        entries.append(entry)
        observations = rows.get("observations", [])
        if is_read(entry.kind):
            prints = rows_of_text(entry.text, unique_prints(rows[TABLE][0]), meanings(observations))
            for name, table in prints.items():
                found[name].append(table)
        places = [(entry.text, number) for number in range(len(observations))]
        found["comparable"].append(comparable(places, observations))
    first = text_number(file.number, file.piece, 0)
    names = [name for name in GATHERED if name in part.content.column_names]
    found.update({f"raw.{name}": [_flat(part.content[name].combine_chunks(), first)] for name in names})
    return Gathered(entries, {name: pa.concat_tables(pieces) for name, pieces in found.items()})


def _flat(rows: pa.ListArray, first: int) -> pa.Table:
    """The rows of a table of all reports, each with the number of its report, which is `first` for the first, and its place in it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    reports = pc.list_parent_indices(rows).to_numpy()
    begins = np.cumsum(rows.value_lengths()) - rows.value_lengths()
    one = rows.flatten()
    columns = [reports + first, np.arange(len(one)) - begins.take(reports), *one.flatten()]
    return pa.table(columns, names=["_text", "_ordinal", *(field.name for field in one.type)])


def _entry(file: File, number: int, rows: Rows) -> Entry:
    [report] = rows["reports"]
    prints = rows.get(TABLE)
    texts = ("report_id", "kind", "place_id", "source_file", "date", "published")
    return Entry(
        text=text_number(file.number, file.piece, number),
        file=file.number,
        key=file.key,
        number=number,
        start=_int(report["start"]),
        stop=_int(report["stop"]),
        complete=bool(report["complete"]),
        characters=_int(prints[0]["characters"] if prints else report["characters"]),
        **{name: str(report[name] or "") for name in texts},
    )


def _int(value: Any) -> int:
    return int(value)


def comparable(places: Sequence[tuple[int, int]], observations: Sequence[Row]) -> pa.Table:
    """Which observations can be compared with those of other reports: targets with results, levels with rates.

    `places` are the numbers of their reports, and their own there.
    """
    import pyarrow as pa

    judged = [(*place, can_be_paired(row), grows(row)) for place, row in zip(places, observations, strict=True)]
    rows = [row for row in judged if row[2] or row[3]]
    kinds = {"_text": pa.int64(), "_ordinal": pa.int64(), "paired": pa.bool_(), "growing": pa.bool_()}
    return pa.table({name: pa.array([row[at] for row in rows], kind) for at, (name, kind) in enumerate(kinds.items())})


def together(gathered: Sequence[Gathered], name: str) -> pa.Table | None:
    """The rows of several files for one table, if there are any."""
    import pyarrow as pa

    pieces = [each.tables[name] for each in gathered if name in each.tables]
    return pa.concat_tables(pieces) if pieces else None
