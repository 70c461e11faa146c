"""What the page calls that reads a report in the reader's own browser.

The steps are those of `baogao extract`; beside them there are views of what they found, in pieces that a page can show. It runs where there are neither files beside it nor numpy, Arrow and pandas; `pipeline/site/browser_archive.py` says what comes along.
What goes to the page is JSON in ASCII, so that no character of a text can break the way.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from pipeline.arrow import plain, typed_rows
from pipeline.correct import refuse_strays
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.errors import InputError
from pipeline.explain import trace_of
from pipeline.extract import Share, extract_report, read_report, resolve
from pipeline.knowledge import catalogue
from pipeline.marked import Mark, marked_page, marks
from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Report, Source
from pipeline.names import FLAT, flat_rows
from pipeline.publish.headline import FROM, panel_of
from pipeline.publish.writers.comma import without_arrow
from pipeline.reading.result import Reading, Resolved
from pipeline.rows import Rows, merged
from pipeline.site.said import in_chinese
from pipeline.text.readers import FORMATS, ending
from pipeline.text.sidecar import checked
from pipeline.text.sources import read_source

# In characters: what is read in half a minute, and in less memory than browsers give a page.
MOST = 1_000_000
# The readers that need nothing but the standard library and what comes along.
READERS = ("plain", "html", "docx")
# In characters: a longer line is cut, and of a longer sentence what is around the numeral is shown.
_BLOCK = 4_000
_AROUND = 300
_PERIODS = ("review", "review_years", "plan", "plan_years")

Tell = Callable[[int, int], None]


class Desk:
    """One document that is read, and what the page asks about it."""

    def __init__(
        self, path: Path, told: Sequence[Mapping[str, object]] = (), tell: Tell = lambda done, all: None
    ) -> None:
        """Read the file `path`, with what stands beside it.

        `told` are facts of its reports, each with the `number` of its report, which go before those of `NAME.yaml`; `tell` is
        called with the characters that are done and all of them. Raises InputError.
        """
        if FORMATS.get(ending(path.name), "plain") not in READERS:
            raise InputError(
                path.name,
                "",
                "files of this kind are not read in a browser",
                "Read it with `baogao extract`, or copy its text and paste it",
            )
        source = read_source(path)
        if len(source.text) > MOST:
            problem = f"it has {len(source.text):,} characters, and here at most {MOST:,} are read"
            raise InputError(path.name, "", problem, "Read it with `baogao extract`, or cut it into its reports")
        self.source = _with_facts(source, told)
        self.reports = split(self.source)
        refuse_strays(self.source, self.reports)
        found = []
        for report in self.reports:
            found.append(extract_report(self.source, report, _among(report, tell, len(source.text))))
        self.rows: Rows = merged(found)
        self._kept: dict[int, tuple[Reading, list[Resolved]]] = {}

    def overview(self) -> str:
        """What was found: the reports with what is known of them, the counts, and the headline targets."""
        periods: dict[str, dict[str, str]] = {}
        for row in self.rows.get("report_periods", ()):
            periods.setdefault(str(row["report_id"]), {})[str(row["role"])] = str(row["period"])
        reports = [
            {
                "number": number,
                **{name: getattr(report, name) or "" for name in ("report_id", "title", "kind", "date", "place_id")},
                **_names_of_place(report.place_id),
                **{role: periods.get(report.report_id, {}).get(role, "") for role in _PERIODS},
            }
            for number, report in enumerate((one for one in self.reports if is_read(one.kind)), 1)
        ]
        return _json(
            {
                "name": self.source.name,
                "characters": len(self.source.text),
                "remarks": self.source.remarks,
                "remarks_zh": [in_chinese(remark) for remark in self.source.remarks],
                "reports": reports,
                "rows": len(self._flat),
                "numerals": len(self.rows.get("numerals", ())),
                "blocks": len(self._blocks),
                "headline": self._headline(),
            }
        )

    def lines(self, first: int, most: int, doubtful: bool = False) -> str:
        """Rows for the table, from `first` on: in the order of the text, or the least sure first."""
        chosen = self._doubtful if doubtful else range(len(self._flat))
        return _json([self._line(at) for at in chosen[first : first + most]])

    def line(self, at: int) -> str:
        """One row."""
        return _json(self._line(at))

    def blocks(self, first: int, most: int) -> str:
        """Stretches of the text from `first` on, each as pieces: a text, or a numeral with its kind, status and rows."""
        return _json([self._pieces(start, stop) for start, stop in self._blocks[first : first + most]])

    def trace(self, at: int) -> str:
        """For the row `at`, by groups of columns, the rules that decided it and the words they rested on."""
        start = self._flat[at]["start"]
        report = next(one for one in self.reports if one.start <= start < one.stop)
        reading, resolved = self._read_again(report)
        here = [one for one in resolved if _start(reading, one) == start]
        same = [number for number, row in enumerate(self._flat) if row["start"] == start]
        # A row that was added by hand has no trace; those of one numeral are in one order.
        one = here[min(same.index(at), len(here) - 1)] if here else None
        return _json(trace_of(reading, one) if one else {})

    def csv(self) -> bytes:
        """All rows with names beside codes, as `baogao extract --names --format csv` writes them."""
        return without_arrow(FLAT, flat_rows(self.rows))

    def html(self) -> bytes:
        """The whole text with every numeral marked, as `baogao extract --format html` writes it."""
        return marked_page([(self.source, self.rows)])

    def _read_again(self, report: Report) -> tuple[Reading, list[Resolved]]:
        """A report with what rows do not keep; the last one asked for is kept."""
        if report.start not in self._kept:
            reading = read_report(self.source, report)
            self._kept = {report.start: (reading, resolve(reading))}
        return self._kept[report.start]

    @cached_property
    def _flat(self) -> list[dict[str, Any]]:
        """The rows in the order of the text, with names beside codes."""
        named = typed_rows(FLAT, flat_rows(self.rows))
        rows = typed_rows("observations", self.rows.get("observations", ()))
        both = [{**row, **names} for row, names in zip(rows, named, strict=True)]
        return sorted(both, key=lambda row: int(row["start"]))

    @cached_property
    def _at(self) -> dict[str, int]:
        return {row["observation_id"]: at for at, row in enumerate(self._flat)}

    @cached_property
    def _doubtful(self) -> list[int]:
        return sorted(range(len(self._flat)), key=lambda at: float(self._flat[at]["confidence"]))

    @cached_property
    def _marks(self) -> list[Mark]:
        return marks(self.rows, count(0))

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self._marks]

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """The lines of the text that are not blank, the longest ones cut, though not in a numeral."""
        found, start = [], 0
        for line in self.source.text.splitlines(keepends=True):
            stop = start + len(line)
            while stop - start > _BLOCK:
                cut = self._outside(start + _BLOCK)
                found.append((start, cut))
                start = cut
            if self.source.text[start:stop].strip():
                found.append((start, stop))
            start = stop
        return found

    def _outside(self, at: int) -> int:
        """The offset, or the end of the numeral that it is inside."""
        before = bisect_right(self._starts, at - 1) - 1
        return max(at, self._marks[before].stop) if before >= 0 else at

    def _pieces(self, start: int, stop: int) -> list[object]:
        pieces: list[object] = []
        text, at = self.source.text, start
        for mark in self._marks[bisect_right(self._starts, start - 1) : bisect_right(self._starts, stop - 1)]:
            rows = [self._at[str(row["observation_id"])] for _, row in mark.rows]
            status = mark.rows[0][1]["status"] if mark.rows else ""
            end = min(mark.stop, stop)
            pieces += [text[at : mark.start], [text[mark.start : end], mark.kind, status, rows]]
            at = end
        return [piece for piece in (*pieces, text[at:stop].rstrip()) if piece]

    def _line(self, at: int) -> dict[str, object]:
        row = self._flat[at]
        quote, start, stop = row["quote"], row["start"] - row["quote_start"], row["stop"] - row["quote_start"]
        shown = {
            name: row[name] or ""
            for name in (
                "indicator_zh", "indicator_en", "indicator_id", "indicator_text", "measure", "comparison", "rank_of", "pool", "status",
                "modality", "period", "place_zh", "place_en", "subject", "rule", "unit", "bound", "review",
            )
        }  # fmt: skip
        most = "" if row["value_max"] is None else f"–{plain(row['value_max'])}"
        return {
            **shown,
            "at": at,
            "start": row["start"],
            "written": row["phrase"] or f"{plain(row['value'])}{most}{row['unit'] or ''}",
            "confidence": row["confidence"],
            "quote": [
                ("…" if start > _AROUND else "") + quote[max(0, start - _AROUND) : start],
                quote[start:stop],
                quote[stop : stop + _AROUND] + ("…" if len(quote) - stop > _AROUND else ""),
            ],
        }

    def _headline(self) -> list[dict[str, object]]:
        """The headline targets that the reports set for their years, numbers before targets without one."""
        tables: dict[str, list[dict[str, Any]]] = {
            name: [] if name in ("facts", "places", "indicators") else typed_rows(name, self.rows.get(name, ()))
            for name in FROM
        }
        found = []
        for row in panel_of(tables):
            if row["target_answer"] not in ("stated", "relation"):
                continue
            indicator = str(row["indicator_id"])
            found.append(
                {
                    **_names_of_place(str(row["place_id"])),
                    **{name: row.get(name) or "" for name in ("year", "measure", "target_modality", "target_relation")},
                    "indicator_id": indicator,
                    **{f"indicator_{code}": name for code, name in catalogue("indicators")[indicator]["name"].items()},
                    "written": row.get("target_phrase") or row.get("target_relation_text") or "",
                    "at": self._at.get(str(row.get("target_observation") or "")),
                }
            )
        return found


def _with_facts(source: Source, told: Sequence[Mapping[str, object]]) -> Source:
    """The source with what the reader says of its reports, beside what its file says or in place of it."""
    if not told:
        return source
    entries = source.facts.get("reports")
    known: dict[int, dict[str, object]] = (
        {int(entry["number"]): dict(entry) for entry in entries}
        if isinstance(entries, list)
        else {1: dict(source.facts)}
    )
    for entry in told:
        number = int(str(entry["number"]))
        facts = {key: value for key, value in entry.items() if key != "number" and value}
        known[number] = {**known.get(number, {}), **checked(facts, source.name, f"report {number}")}
    return replace(source, facts={"reports": [{**facts, "number": number} for number, facts in sorted(known.items())]})


def _among(report: Report, tell: Tell, length: int) -> Share:
    """`tell` for one report of a source: how far it is becomes characters."""
    return lambda share: tell(report.start + round(share * (report.stop - report.start)), length)


def _start(reading: Reading, one: Resolved) -> int:
    numeral = one.fact.numeral
    return reading.folded.span(numeral.start, numeral.stop)[0]


def _names_of_place(place_id: str) -> dict[str, str]:
    if not place_id:
        return {"place_zh": "", "place_en": ""}
    place = gazetteer().place(place_id)
    return {"place_zh": place.name_zh, "place_en": place.name_en}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def opened(path: str, told: str, tell: Tell) -> tuple[Desk | None, str]:
    """The desk with a file on it and its overview; or none, and what an InputError says, in its parts.

    `told` is JSON: the list of facts that `Desk` takes.
    """
    try:
        desk = Desk(Path(path), json.loads(told), tell)
    except InputError as error:
        said = {name: str(getattr(error, name)) for name in ("place", "problem", "remedy")}
        chinese = {f"{name}_zh": in_chinese(text) for name, text in said.items()}
        return None, _json({"name": error.name, **said, **chinese})
    return desk, desk.overview()
