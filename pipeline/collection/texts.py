"""The reports of a collection, by a line for each, and how they are worked off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.documents.profiles import is_read
from pipeline.models import Span

# What belongs to no single province.
NATION = "cn"
_PROVINCE = len("cn-44")
_YEAR = re.compile(r"-(\d{4})-")
# More pieces than a file has, and more reports than a piece has.
_MOST = 1 << 20
# Characters of the reports that are in memory at a time, in each process.
BATCH = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line for each report: where its rows are (the key of a part, the number in it), and what sorts it.

    `text` numbers the reports in the order of files and of reports in them, `file` the sources by name. `start` and `stop`
    are offsets in the source.
    """

    text: int
    file: int
    key: str
    number: int
    report_id: str
    kind: str
    place_id: str
    source_file: str
    start: int
    stop: int
    date: str
    published: str
    complete: bool
    characters: int

    @property
    def province(self) -> str:
        """The province of the report (see `province_of`)."""
        return province_of(self.place_id)

    @property
    def year(self) -> str:
        """The year of delivery, or `undated`."""
        found = _YEAR.search(self.report_id)
        return self.date[:4] or (found[1] if found else "undated")


def text_number(file: int, piece: int, number: int) -> int:
    """The number of a report, from those of its file, of the piece of the file and of the report in that."""
    return (file * _MOST + piece) * _MOST + number


def province_of(place_id: str) -> str:
    """The province (cn-44) of a place; cn is the nation, what has no place, and a region across provinces."""
    return place_id[:_PROVINCE] if place_id[len("cn-") : _PROVINCE].isdigit() else NATION


def batched(entries: Iterable[Entry], most: int | None = None) -> Iterator[list[Entry]]:
    """Reports in their order, so many at a time that they have about `most` characters together, or `BATCH`."""
    most = most or BATCH
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and size + entry.characters > most:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.characters
    if batch:
        yield batch


def answered_for(entries: Iterable[Entry]) -> dict[int, list[Span]]:
    """The stretches of its source whose digits each report has to account for, by the number of the report.

    What lies between the reports is for the residue, and where there is none for the first report, which has no row
    for it: no digit is nobody's. The last stretch of a file is open to its end.
    """
    found: dict[int, list[Span]] = {}
    for _, of_file in groupby(entries, key=lambda entry: entry.file):
        reports = list(of_file)
        spans = sorted((entry.start, entry.stop) for entry in reports if is_read(entry.kind))
        found.update({entry.text: [(entry.start, entry.stop)] for entry in reports})
        ends = [0, *(stop for _, stop in spans)]
        begins = [*(start for start, _ in spans), _FOREVER]
        between = [(end, begin) for end, begin in zip(ends, begins, strict=True) if end < begin]
        rest = next((entry for entry in reports if not is_read(entry.kind)), None)
        if rest:
            found[rest.text] = between
        else:
            found[reports[0].text] += between
    return found


_FOREVER = 1 << 62


def by_file(entries: Iterable[Entry], stretches: Mapping[int, list[Span]]) -> dict[str, list[Span]]:
    """The stretches of some reports by the names of their sources, in order."""
    found: dict[str, list[Span]] = defaultdict(list)
    for entry in entries:
        found[entry.source_file] += stretches[entry.text]
    return {name: sorted(spans) for name, spans in found.items()}
