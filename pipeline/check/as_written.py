"""What tables repeat of a text beside its figures: phrases, titles, numbers of tasks, terms; and in which order they count.

A build does not ask this of the rows that it has just made.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.check.violation import Violation, place_of
from pipeline.text.even import even
from pipeline.text.fold import Folded, fold

Rows = Sequence[Mapping[str, Any]]
_DIGIT = re.compile("[0-9０-９]")
_BLANK = re.compile(r"\s+")
# Numerals in Chinese that count in identifiers; those in digits all do, but for page numbers.
_COUNTED = ("observation", "observation_part", "unread")
# Columns that repeat words of the stretch that their row quotes.
_REPEATED = {
    "commitments": ("number", "title", "deadline_text"),
    "qualitative_targets": ("reference",),
    "terms": ("number", "term", "definition"),
}


def otherwise_written(
    tables: Mapping[str, Rows], reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """Rows of these reports that repeat other words than stand in their texts, by the names of the sources."""
    folded: dict[str, Folded] = {}

    def words(report_id: str, start: int, stop: int) -> str:
        report = reports[report_id]
        if report_id not in folded:
            folded[report_id] = fold(texts[report["source_file"]], report["start"], report["stop"])
        whole = folded[report_id]
        return _bare(whole.text[bisect_left(whole.offsets, start) : bisect_left(whole.offsets, stop)])

    known = {name for name, report in reports.items() if report["source_file"] in texts}
    yield from _phrases(tables["observations"], {name: reports[name] for name in known}, texts)
    yield from _ordinals(tables, {name: reports[name] for name in known}, texts)
    for table, columns in _REPEATED.items():
        for number, row in enumerate(tables[table], 1):
            if row["report_id"] in known and any(row[column] for column in columns):
                stated = words(row["report_id"], row["start"], row["stop"])
                for column in columns:
                    if row[column] and _bare(row[column]) not in stated:
                        message = f"{column} is {row[column]!r:.60}, which does not stand in {stated!r:.60}"
                        yield _violation(table, number, row, reports, message)
    yield from _mentions(tables, known, reports, words)


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


def _violation(
    table: str, number: int, row: Mapping[str, Any], reports: Mapping[str, Mapping[str, Any]], message: str
) -> Violation:
    files = {name: report["source_file"] for name, report in reports.items()}
    return Violation("provenance", table, number, place_of(row, files), message)


def _phrases(
    observations: Rows, reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """A phrase stands around its numeral."""
    for number, row in enumerate(observations, 1):
        if row["report_id"] not in reports:
            continue
        text, phrase = texts[reports[row["report_id"]]["source_file"]], row["phrase"]
        at = text.find(phrase, max(0, row["start"] - len(phrase)), row["stop"] + len(phrase))
        if not 0 <= at <= row["start"] < row["stop"] <= at + len(phrase):
            message = f"phrase is {phrase!r:.60}, which does not stand around {row['text']!r:.40}"
            yield _violation("observations", number, row, reports, message)


def _ordinals(
    tables: Mapping[str, Rows], reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """An identifier ends in the ordinal of its numeral among those of its sentence."""
    begins = {name: even(texts[name]).removed for name in {report["source_file"] for report in reports.values()}}
    counted: dict[str, list[int]] = {name: [] for name in reports}
    for row in tables["numerals"]:
        if row["report_id"] in reports and (row["kind"] in _COUNTED or _DIGIT.search(row["text"])):
            removed = begins[reports[row["report_id"]]["source_file"]]
            if not any(start <= row["start"] < stop for start, stop in removed):
                counted[row["report_id"]].append(row["start"])
    for starts in counted.values():
        starts.sort()
    for number, row in enumerate(tables["observations"], 1):
        if row["report_id"] not in reports or not row["observation_id"].startswith(f"{row['report_id']}-"):
            continue
        starts = counted[row["report_id"]]
        true = bisect_right(starts, row["start"]) - bisect_left(starts, row["quote_start"])
        stated = row["observation_id"][len(row["report_id"]) + 1 :].split("-")[1:2]
        if stated != [str(true)]:
            message = f"{row['observation_id']} is of the numeral {true} of its sentence"
            files = {row["report_id"]: reports[row["report_id"]]["source_file"]}
            yield Violation("identifier", "observations", number, place_of(row, files), message)


def _mentions(
    tables: Mapping[str, Rows],
    known: set[str],
    reports: Mapping[str, Mapping[str, Any]],
    words: Callable[[str, int, int], str],
) -> Iterator[Violation]:
    """Where a term is mentioned, it or its number stands."""
    entries = {row["term_id"]: row for row in tables["terms"]}
    for number, row in enumerate(tables["term_mentions"], 1):
        entry = entries.get(row["term_id"])
        if entry is None or entry["report_id"] not in known:
            continue
        stated = words(entry["report_id"], row["start"], row["stop"])
        if not any(entry[column] and stated and _bare(entry[column]) in stated for column in ("term", "number")):
            message = f"{stated!r:.60} is neither the term {entry['term']!r:.40} nor its number"
            yield _violation("term_mentions", number, {**row, "report_id": entry["report_id"]}, reports, message)
