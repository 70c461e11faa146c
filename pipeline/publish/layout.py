"""How the tables of packages lie in files: each in a single file, or the largest in parts by province and year.

The user chooses, whatever the size. Parts of one format lie in a folder of their own that is named as the single file
would be (`observations.parquet/cn-44-2018.parquet`), so that readers which take a folder read either by the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Literal

from pipeline.collection.texts import NATION, Entry, batched
from pipeline.documents.profiles import is_read

Layout = Literal["single", "parts"]
# The tables that come in parts.
PARTED = ("observations", "numerals", "observations_flat")
# Characters of the reports whose rows are sorted at a time.
_STRETCH = 1_000_000


def file_of(table: str, form: str, part: str = "") -> str:
    """The path of a file in its package."""
    return f"{table}.{form}/{part}.{form}" if part else f"{table}.{form}"


def table_of(path: str) -> str:
    """The table that a file of a package belongs to."""
    return PurePosixPath(path).parts[0].rpartition(".")[0]


def part_of(path: str) -> str:
    """The part that a file is, or an empty string."""
    return PurePosixPath(path).stem if "/" in path else ""


def parts_of(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """The reports of each part, named by province and year: cn-44-2018, or cn-44-undated.

    What is left between the reports of a file is with the first of their provinces.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    for _, of_file in groupby(entries, key=lambda entry: entry.file):
        reports = list(of_file)
        first = min((entry.province for entry in reports if is_read(entry.kind)), default=NATION)
        for entry in reports:
            found[f"{entry.province if is_read(entry.kind) else first}-{entry.year}"].append(entry)
    return {name: found[name] for name in sorted(found)}


def stretches(layout: Layout, table: str, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The part and the reports (as a condition on `_text`) of each stretch of rows of a table, in their order."""
    if layout == "parts" and table in PARTED:
        for part, reports in parts_of(entries).items():
            for batch in batched(reports, _STRETCH):
                numbers = [entry.text for entry in batch]
                within = f"_text between {numbers[0]} and {numbers[-1]}"
                yield part, f"{within} and _text in ({', '.join(map(str, numbers))})"
    else:
        for batch in batched(entries, _STRETCH):
            yield "", f"_text between {batch[0].text} and {batch[-1].text}"
