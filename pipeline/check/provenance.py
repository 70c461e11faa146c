"""Checks against the sources: recorded text is what stands there, and every digit is accounted for once."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.check.as_written import otherwise_written
from pipeline.check.violation import Violation, place_of
from pipeline.check.whole_quotes import is_whole
from pipeline.collection.texts import Entry
from pipeline.documents.profiles import is_read
from pipeline.errors import InputError
from pipeline.models import Layer, Location, Span, within
from pipeline.oracle.numbers import measured_behind
from pipeline.publish import text_layers
from pipeline.text import identity
from pipeline.text.fold import Folded, fold
from pipeline.text.readers import Options
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


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the texts are that rows are compared with.

    `folder` holds the source files, which are read with `options`, `package` the published text layers; without a folder the
    rows are compared with these alone. `withheld` are the sources whose layer is not published.
    """

    folder: Path | None = None
    options: Options = field(default_factory=Options)
    package: Path | None = None
    withheld: frozenset[str] = frozenset()


def against_sources(
    tables: Mapping[str, Rows],
    sources: Sources,
    stretches: Mapping[str, Sequence[Span]] | None = None,
    *,
    made_now: bool = False,
) -> list[Violation]:
    """All differences between the tables of `work-reports` and the sources.

    `stretches` are the parts of each file, by its name, whose digits the tables account for; all of it if left out.
    `made_now`: the rows were made from these texts just now, and what they repeat of them is not looked for again.
    """
    layers, found = layers_of(tables["reports"], sources)
    found += misplaced(tables, layers, whole=sources.folder is not None)
    texts = {name: layer.text for name, layer in layers.items()}
    found += against_texts(tables, texts, stretches)
    if not made_now and not found:
        found += otherwise_written(tables, {row["report_id"]: row for row in tables["reports"]}, texts)
    return found


def against_texts(
    tables: Mapping[str, Rows], texts: Mapping[str, str], stretches: Mapping[str, Sequence[Span]] | None = None
) -> list[Violation]:
    """The same for sources whose text layers are at hand, by their names."""
    reports = {row["report_id"]: row for row in tables["reports"]}
    found = list(_reports(tables["reports"], texts))
    for table, start, stop, text in _QUOTING:
        found += _quotes(table, tables[table], (start, stop, text), reports, texts)
    found += _parts_of_sentences(tables["observations"], reports, texts)
    found += _identifiers(tables, reports, texts)
    found += _lost(tables, reports, texts)
    found += _terms(tables, reports, texts)
    ledger: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, row in enumerate(tables["numerals"], 1):
        if row["report_id"] in reports:
            ledger[reports[row["report_id"]]["source_file"]].append((row["start"], row["stop"], number))
    for name, text in texts.items():
        whole = [(0, len(text))] if stretches is None else stretches[name]
        found += _accounted(name, text, whole, sorted(ledger[name]))
    return found


def layers_of(reports: Rows, sources: Sources) -> tuple[dict[str, Layer], list[Violation]]:
    """The text layers of the sources, as their files give them, else as they are published."""
    layers: dict[str, Layer | None] = {}
    found = []
    for number, row in enumerate(reports, 1):
        name = row["source_file"]
        if name in layers:
            continue
        published = _published(name, sources)
        if sources.folder is None:
            layers[name] = None if published is None else Layer(published, row["encoding"], row["layer"], plain=False)
            continue
        try:
            layers[name] = layer = layer_of(below(sources.folder, name), name, sources.options)
        except InputError as error:
            layers[name] = None
            found.append(Violation("source", "reports", number, name, f"the source cannot be read: {error}"))
            continue
        if layer.encoding != row["encoding"]:
            message = f"the source is in {layer.encoding}, not in {row['encoding']}"
            found.append(Violation("source", "reports", number, name, message))
        if layer.kind != row["layer"]:
            found.append(
                Violation("source", "reports", number, name, f"layer is {row['layer']}, the source gives {layer.kind}")
            )
        expected = None if layer.plain or name in sources.withheld else layer.text
        if sources.package is not None and published != expected:
            message = _difference(published, expected)
            found.append(Violation("text_layer", text_layers.path_of(name), 0, name, message))
    return {name: layer for name, layer in layers.items() if layer and layer.text}, found


def _published(name: str, sources: Sources) -> str | None:
    """The text layer in the package, None where there is none."""
    if sources.package is None:
        return None
    try:
        return (sources.package / text_layers.path_of(name)).read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, ValueError):
        return None


def _difference(published: str | None, expected: str | None) -> str:
    if published is None:
        return "the text layer is not published, or is no text"
    if expected is None:
        return "the text layer of this source is not to be published"
    at = next((at for at, (one, other) in enumerate(zip(published, expected, strict=False)) if one != other), None)
    at = min(len(published), len(expected)) if at is None else at
    return f"from character {at} on it is {published[at : at + 20]!r}, the source gives {expected[at : at + 20]!r}"


def misplaced(tables: Mapping[str, Rows], layers: Mapping[str, Layer], *, whole: bool) -> Iterator[Violation]:
    """Locations that are not where the reader of the file has them; with published layers alone, not in their report."""
    stated: dict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(tables.get("locations", ()), 1):
        stated[row["report_id"]].append((number, row))
    for report in tables["reports"]:
        name, rows = report["source_file"], stated[report["report_id"]]
        if name not in layers or not is_read(report["kind"]):
            continue
        last = report["start"]
        for number, row in rows:
            if not last <= row["start"] < row["stop"] <= report["stop"]:
                yield Violation("provenance", "locations", number, place_of(row, {row["report_id"]: name}), _MISPLACED)
            last = row["stop"]
        if not whole:
            continue
        expected = list(within(layers[name].locations, report["start"], report["stop"]))
        found = [Location(row["start"], row["stop"], row["page"], row["element"]) for _, row in rows]
        if found != expected:
            at = next((at for at, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), -1)
            number = rows[at][0] if at >= 0 else rows[-1][0] if rows else 0
            message = (
                f"the file has {expected[at]} here"
                if at >= 0
                else f"the file has {len(expected)} places, not {len(found)}"
            )
            yield Violation("provenance", "locations", number, place_of(report, {}), message)


_MISPLACED = "lies outside its report, or overlaps the row before it"


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
    judged: dict[tuple[str, int, int], bool] = {}
    for number, row in enumerate(rows, 1):
        report = reports.get(row["report_id"])
        if report is None or report["source_file"] not in texts or row["report_id"] in tabular:
            continue
        start, stop = row["quote_start"], row["quote_stop"]
        here = (row["report_id"], start, stop)
        if here not in judged:
            judged[here] = is_whole(texts[report["source_file"]], start, stop, (report["start"], report["stop"]))
        if not judged[here]:
            place = f"{report['source_file']}:{start}-{stop}"
            yield Violation("quote", "observations", number, place, "quote is not a whole sentence of the source")


def _identifiers(
    tables: Mapping[str, Rows], reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """Identifiers that are not made from their sentence, as documented."""
    exchanges: dict[str, Any] = {}
    digests: dict[tuple[str, str], str] = {}
    for number, row in enumerate(tables["observations"], 1):
        name, report = row["report_id"], reports.get(row["report_id"])
        if report is None or report["source_file"] not in texts or not row["observation_id"].startswith(f"{name}-"):
            continue
        if name not in exchanges:
            exchanges[name] = identity.table_of(texts[report["source_file"]][report["start"] : report["stop"]])
        if (name, row["quote"]) not in digests:
            digests[name, row["quote"]] = identity.digest(row["quote"], exchanges[name])
        true = digests[name, row["quote"]]
        stated = row["observation_id"][len(name) + 1 :].partition("-")[0]
        if stated != true:
            message = f"{row['observation_id']} has the digest {stated}, that of its sentence is {true}"
            yield Violation("identifier", "observations", number, place_of(row, {name: report["source_file"]}), message)


def _lost(
    tables: Mapping[str, Rows], reports: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """Numerals called names or times before a unit of money or a percentage; what the reading called so is a finding."""
    recorded = {(row["report_id"], row["start"]) for row in tables["findings"] if row["rule"] == _CALLED_NAME}
    for number, row in enumerate(tables["numerals"], 1):
        report = reports.get(row["report_id"])
        if report is None or report["source_file"] not in texts or row["kind"] not in ("name", "time"):
            continue
        text = texts[report["source_file"]]
        if (
            is_read(report["kind"])
            and measured_behind(text, row["stop"])
            and (row["report_id"], row["start"]) not in recorded
        ):
            place = f"{report['source_file']}:{row['start']}-{row['stop']}"
            message = (
                f"{text[row['start'] : row['stop'] + 4]!r} states a quantity, and the ledger calls it {row['kind']}"
            )
            yield Violation("ledger", "numerals", number, place, message)


_CALLED_NAME = "numeral_called_name"


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
