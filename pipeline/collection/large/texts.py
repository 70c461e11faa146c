"""Reports whose rows lie in parts on disk."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.check.violation import Violation
from pipeline.documents.profiles import is_read
from pipeline.models import Span
from pipeline.rows import Rows
from pipeline.run.parts import Parts

_NATION = "cn"
_PROVINCE = len("cn-44")
_YEAR = re.compile(r"-(\d{4})-")
# More pieces than a file has, and more reports than a piece has.
_MOST = 1 << 20
# Characters of the reports that are in memory at a time, in each process.
BATCH = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line for each report: where its rows are (the key of a part, the number in it), and what sorts it.

    `file` counts the sources by name, from 0, and `piece` the pieces that a large one was cut into. `start` and `stop` are offsets in the source.
    """

    file: int
    piece: int
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
    def text(self) -> int:
        """The number of the report, in the order of files and of reports in them."""
        return (self.file * _MOST + self.piece) * _MOST + self.number

    @property
    def province(self) -> str:
        """The province of the report (see `province_of`)."""
        return province_of(self.place_id)

    @property
    def year(self) -> str:
        """The year of delivery, or `undated`."""
        found = _YEAR.search(self.report_id)
        return self.date[:4] or (found[1] if found else "undated")


def province_of(place_id: str) -> str:
    """The province (cn-44) of a place; cn is the nation, what has no place, and a region across provinces."""
    return place_id[:_PROVINCE] if place_id[len("cn-") : _PROVINCE].isdigit() else _NATION


def rows_of(parts: Parts, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Rows]]:
    """The rows of reports, read when they are asked for; a part that several reports in a row are in is read once."""
    for key, found in groupby(entries, key=lambda entry: entry.key):
        rows = parts.read(key)
        yield from ((entry, rows[entry.number]) for entry in found)


def in_parts(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The reports of each part of the packages, named by province and year: cn-44-2018, or cn-44-undated.

    What is left between the reports of a file is with the first of their provinces.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    for _, of_file in groupby(entries, key=lambda entry: entry.file):
        reports = list(of_file)
        first = min((entry.province for entry in reports if is_read(entry.kind)), default=_NATION)
        for entry in reports:
            found[f"{first if not is_read(entry.kind) else entry.province}-{entry.year}"].append(entry)
    return {name: found[name] for name in sorted(found)}


def batched(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The same reports, so many at a time that they have about `BATCH` characters together."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and size + entry.characters > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.characters
    if batch:
        yield batch


def together(parts: Mapping[str, list[Entry]]) -> Iterator[list[tuple[str, list[Entry]]]]:
    """The parts, in their order, several at a time where they are small: checking a few rows takes as long as many."""
    piece: list[tuple[str, list[Entry]]] = []
    size = 0
    for name, entries in parts.items():
        piece.append((name, entries))
        size += sum(entry.characters for entry in entries)
        if size >= BATCH:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


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


def overlaps(entries: Iterable[Entry]) -> Iterator[Violation]:
    """Reports that stand in the same text of a source."""
    for _, of_file in groupby(entries, key=lambda entry: entry.file):
        stop = 0
        for entry in sorted(of_file, key=lambda entry: entry.start):
            if not is_read(entry.kind):
                continue
            if entry.start < stop:
                place = f"{entry.source_file}:{entry.start}-{entry.stop}"
                yield Violation("provenance", "reports", 0, place, "overlaps the report before it")
            stop = max(stop, entry.stop)
