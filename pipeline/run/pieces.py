"""The unit of work: a file, or of a large one a piece with some of its reports, so that memory follows the reports."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pipeline.collection.fingerprints import TABLE, fingerprints
from pipeline.correct import moved as corrections_within
from pipeline.correct import refuse_strays
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.extract import extract_report
from pipeline.models import Report, Source, within
from pipeline.rows import Row, Rows

# Characters of a file that is worked on whole, and of the reports in a piece of a larger one.
WHOLE = 2_000_000
PIECE = 100_000
_OFFSETS = ("start", "stop", "quote_start", "quote_stop")


@dataclass(frozen=True, slots=True)
class Piece:
    """A source with all its reports, or some `reports` of it with the text that they stand in.

    `offset` is where that text begins in the file; the offsets of the reports count from there.
    """

    source: Source
    reports: tuple[Report, ...] = ()
    offset: int = 0

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.source.name

    def rows(self) -> list[Rows]:
        """The rows of every report, with offsets in the file."""
        reports = self.reports or _all(self.source)
        found = ({**extract_report(self.source, report), **_prints(self.source, report)} for report in reports)
        return [_moved(rows, self.offset) for rows in found]


def cut(source: Source) -> list[Piece]:
    """The pieces of a source, in the order of its reports; what is left between the reports is a piece of its own."""
    if len(source.text) <= WHOLE:
        return [Piece(source)]
    return [_piece(source, reports) for reports in _gathered(_all(source))]


def _all(source: Source) -> Sequence[Report]:
    """The reports of a source. Raises InputError for a correction that is of none of them."""
    reports = split(source)
    refuse_strays(source, reports)
    return reports


def _gathered(reports: Sequence[Report]) -> Iterator[list[Report]]:
    waiting: list[Report] = []
    for report in reports:
        alone = not is_read(report.kind)
        if waiting and (alone or report.stop - waiting[0].start > PIECE):
            yield waiting
            waiting = []
        waiting.append(report)
        if alone:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _piece(source: Source, reports: Sequence[Report]) -> Piece:
    start, stop = min(report.start for report in reports), max(report.stop for report in reports)
    moved = tuple(
        replace(
            report,
            start=report.start - start,
            stop=report.stop - start,
            spans=tuple((first - start, last - start) for first, last in report.spans),
        )
        for report in reports
    )
    locations = tuple(
        place._replace(start=place.start - start, stop=place.stop - start)
        for place in within(source.locations, start, stop)
    )
    corrections = corrections_within(source.corrections, start, reports)
    text = source.text[start:stop]
    return Piece(replace(source, text=text, locations=locations, parts=(), corrections=corrections), moved, start)


def _prints(source: Source, report: Report) -> Rows:
    """The fingerprints of a report, by which a collection tells what two of them share."""
    if not is_read(report.kind):
        return {}
    return {TABLE: fingerprints(report.report_id, source.text[report.start : report.stop], report.start)}


def _moved(tables: Rows, offset: int) -> Rows:
    if not offset:
        return tables
    return {name: [_moved_row(row, offset) for row in rows] for name, rows in tables.items()}


def _moved_row(row: Row, offset: int) -> Row:
    moved: Row = {name: cast(int, row[name]) + offset for name in _OFFSETS if row.get(name) is not None}
    if isinstance(places := row.get("places"), array):
        moved["places"] = array("Q", (place + offset for place in places))
    return {**row, **moved}
