"""Checks against the sources: recorded text is what stands there, and every digit is accounted for once."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.check.sentences import is_whole
from pipeline.check.violation import Violation, place_of
from pipeline.collection.texts import Entry
from pipeline.documents.profiles import is_read
from pipeline.errors import InputError
from pipeline.models import Span
from pipeline.text.fold import Folded, fold
from pipeline.text.sources import below, layer_of

Rows = Sequence[Mapping[str, Any]]
# The digits of Chinese typography, half and full width; numbers in other scripts are no figures of a report.
_DIGITS = re.compile(r"[0-9０-９]+")
_BLANK = re.compile(r"\s+")
# (start, stop, text) columns of tables that quote their report.
_QUOTING = (
    ("observations", "start", "stop", "text"),
    ("observations", "quote_start", "quote_stop", "quote"),
    ("numerals", "start", "stop", "text"),
    ("corrections", "start", "stop", "text"),
    ("qualitative_targets", "start", "stop", "text"),
    ("commitments", "start", "stop", "text"),
)


def against_sources(
    tables: Mapping[str, Rows], folder: Path, stretches: Mapping[str, Sequence[Span]] | None = None
) -> list[Violation]:
    """All differences between the tables of `work-reports` and the source files in `folder`.

    `stretches` are the parts of each file, by its name, whose digits the tables account for; all of it if left out.
    """
    reports = {row["report_id"]: row for row in tables["reports"]}
    texts, found = _texts(tables["reports"], folder)
    found += _reports(tables["reports"], texts)
    for table, start, stop, text in _QUOTING:
        found += _quotes(table, tables[table], (start, stop, text), reports, texts)
    found += _parts_of_sentences(tables["observations"], reports, texts)
    found += _terms(tables, reports, texts)
    ledger: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(tables["numerals"], 1):
        if row["report_id"] in reports:
            ledger[reports[row["report_id"]]["source_file"]].append((row["start"], row["stop"], number))
    for name, text in texts.items():
        whole = [(0, len(text))] if stretches is None else stretches[name]
        found += _accounted(name, text, whole, sorted(ledger[name]))
    return found


def _texts(reports: Rows, folder: Path) -> tuple[dict[str, str], list[Violation]]:
    texts: dict[str, str] = {}
    found = []
    for number, row in enumerate(reports, 1):
        name = row["source_file"]
        if name in texts:
            continue
        try:
            layer = layer_of(below(folder, name), name)
            texts[name] = layer.text
            if layer.encoding != row["encoding"]:
                message = f"the source is in {layer.encoding}, not in {row['encoding']}"
                found.append(Violation("source", "reports", number, name, message))
        except InputError as error:
            texts[name] = ""
            found.append(Violation("source", "reports", number, name, f"the source cannot be read: {error}"))
    return {name: text for name, text in texts.items() if text}, found


def _reports(reports: Rows, texts: Mapping[str, str]) -> Iterator[Violation]:
    order = sorted(enumerate(reports, 1), key=lambda item: (item[1]["source_file"], item[1]["start"]))
    for number, row in order:
        name = row["source_file"]
        if name not in texts:
            continue
        place = place_of(row, {})
        text = texts[name][row["start"] : row["stop"]]
        if not 0 <= row["start"] < row["stop"] <= len(texts[name]):
            yield Violation("provenance", "reports", number, place, "lies outside the source")
        elif is_read(row["kind"]):
            if row["characters"] != len(text):
                yield Violation("provenance", "reports", number, place, f"has {len(text)} characters")
            if row["sha256"] != hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
                yield Violation("provenance", "reports", number, place, "sha256 is not that of the text")


def _quotes(
    table: str,
    rows: Rows,
    columns: tuple[str, str, str],
    reports: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, str],
) -> Iterator[Violation]:
    start, stop, column = columns
    for number, row in enumerate(rows, 1):
        report = reports.get(row["report_id"])
        text = texts.get(report["source_file"]) if report else None
        if report is None or text is None:
            continue  # named by the foreign key check, or by the check of the sources
        place = f"{report['source_file']}:{row[start]}-{row[stop]}"
        if text[row[start] : row[stop]] != row[column]:
            message = f"{column} is {row[column]!r:.60}, the source has {text[row[start] : row[stop]]!r:.60}"
            yield Violation("provenance", table, number, place, message)
        elif not report["start"] <= row[start] < row[stop] <= report["stop"]:
            yield Violation("provenance", table, number, place, f"lies outside its report {report['report_id']}")


def _parts_of_sentences(
    rows: Rows, reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """Quotes that are no whole sentence. In a report with tables a sentence may begin where a table ends, without a mark."""
    tabular = {row["report_id"] for row in rows if row["rule"].startswith("table")}
    for number, row in enumerate(rows, 1):
        report = reports.get(row["report_id"])
        if report is None or report["source_file"] not in texts or row["report_id"] in tabular:
            continue
        start, stop = row["quote_start"], row["quote_stop"]
        if not is_whole(texts[report["source_file"]], start, stop, (report["start"], report["stop"])):
            place = f"{report['source_file']}:{start}-{stop}"
            yield Violation("quote", "observations", number, place, "quote is not a whole sentence of the source")


def _terms(
    tables: Mapping[str, Rows], reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """An entry holds its term or its definition, as folding leaves them; a mention lies in its report."""
    entries = {row["term_id"]: row for row in tables["terms"]}
    folded: dict[str, Folded] = {}
    for table in ("terms", "term_mentions"):
        for number, row in enumerate(tables[table], 1):
            entry = entries.get(row["term_id"])
            report = reports.get(entry["report_id"]) if entry else None
            if entry is None or report is None or report["source_file"] not in texts:
                continue
            source = texts[report["source_file"]]
            if report["report_id"] not in folded:
                folded[report["report_id"]] = fold(source, report["start"], report["stop"])
            slice_ = _BLANK.sub("", _slice(folded[report["report_id"]], row["start"], row["stop"]))
            place = f"{report['source_file']}:{row['start']}-{row['stop']}"
            if not report["start"] <= row["start"] < row["stop"] <= report["stop"] or not slice_:
                yield Violation("provenance", table, number, place, "lies outside its report")
            elif table == "terms" and not any(_BLANK.sub("", row[c]) in slice_ for c in ("term", "definition")):
                message = f"the source has {slice_!r:.60}, neither the term nor its definition"
                yield Violation("provenance", table, number, place, message)


def _slice(folded: Folded, start: int, stop: int) -> str:
    """The folded text between two offsets of the source."""
    return folded.text[bisect_left(folded.offsets, start) : bisect_left(folded.offsets, stop)]


def _accounted(
    name: str, text: str, stretches: Sequence[Span], rows: list[tuple[int, int, int]]
) -> Iterator[Violation]:
    """Every digit of the stretches, and no other, in exactly one row of the ledger.

    `rows` are (start, stop, row number) by start.
    """
    last = 0
    for start, stop, number in rows:
        if start < last:
            yield Violation("ledger", "numerals", number, f"{name}:{start}-{stop}", "overlaps the row before it")
        last = max(last, stop)
    begins = [start for start, _ in stretches]
    for start, stop, number in rows:
        here = bisect_right(begins, start) - 1
        if here < 0 or stop > stretches[here][1]:
            yield Violation("ledger", "numerals", number, f"{name}:{start}-{stop}", "lies in text of another report")
    at = 0
    for run in (run for start, stop in stretches for run in _DIGITS.finditer(text, start, stop)):
        position = run.start()
        while position < run.end():
            while at < len(rows) and rows[at][1] <= position:
                at += 1
            if at < len(rows) and rows[at][0] <= position:
                position = rows[at][1]
                continue
            gap = min(run.end(), rows[at][0]) if at < len(rows) else run.end()
            message = f"no row accounts for {text[position:gap]!r:.60}"
            yield Violation("ledger", "numerals", 0, f"{name}:{position}-{gap}", message)
            position = gap


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
