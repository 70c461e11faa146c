"""The pages of reports: what a report is, its words with every numeral marked, and its glossary."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.site.data import PRESS, Data, Part, Record
from pipeline.site.links import Here, commitments_page, numeral_anchor, place_page, report_page
from pipeline.site.row_pages import observation_url, original_link, report_name
from pipeline.site.said import notes_in_chinese
from pipeline.site.shown_values import confidence_text, meaning_text, measure_text, period_text
from pipeline.site.site_files import file_links
from pipeline.site.templating import page, words
from pipeline.site.tongue import WORDS, Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "reports/index.md"
# Sources often come as one endless line: after about so many characters the next sentence begins a new paragraph.
_PARAGRAPH = 160
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]*[”’）)]*")


def report_pages(say: Tongue, data: Data) -> Pages:
    """A page for each report, and their list."""
    yield INDEX, _list(say, data)
    for report_id, report in data.reports.items():
        yield report_page(report_id), _report(say, data, report)


def _list(say: Tongue, data: Data) -> str:
    here = Here(INDEX, say.code)
    link = Markup('<a href="{}">{}</a>')
    rows = []
    # Government documents first, the newest at the top.
    dated = sorted(data.reports.values(), key=lambda row: (_date(row), row["report_id"]), reverse=True)
    for report in sorted(dated, key=lambda row: row["kind"] in PRESS):
        report_id = report["report_id"]
        listed = words(say, "report.listed", date=report["published"]) if report["published"] else ""
        rows.append(
            [
                link.format(here.url(report_page(report_id)), report_name(say, data, report)),
                say.word("kind", report["kind"]),
                _date(report) or listed,
                say.number(data.stored.numerals.get(report_id, Counter()).total()),
                say.number(data.count_of_report(report_id)),
            ]
        )
    title = words(say, "report.title")
    return page(
        say,
        "reports.html",
        title,
        title=title,
        searched=data.searched,
        explore=link.format(here.url("explore.md"), words(say, "report.explore")),
        heads=[words(say, f"report.{key}") for key in ("name", "kind", "date", "numerals", "observations")],
        rows=rows,
    )


def _report(say: Tongue, data: Data, report: Record) -> str:
    report_id = report["report_id"]
    here = Here(report_page(report_id), say.code)
    name = report_name(say, data, report)
    rows = data.of_report(report_id)
    press = report["kind"] in PRESS
    numerals = data.of("numerals", "report_id", report_id)
    painter = Painter(say, data, here, data.texts.text(report_id), numerals, rows)
    counts = Counter(row["kind"] for row in numerals)
    promises = data.promises.get(report_id, Counter()).total()
    return page(
        say,
        "report.html",
        name,
        meta={"description": words(say, "report.description", name=name, n=len(rows)).unescape()},
        title=name,
        above=[(words(say, "report.title"), here.url(INDEX))],
        facts=_facts(say, data, here, report, data.of("report_periods", "report_id", report_id)),
        files=file_links(say, here, "reports", report_id) if rows else [],
        numerals=len(numerals),
        ledger=[(kind, counts[kind]) for kind in WORDS["numeral"] if counts[kind]],
        press=press,
        quotations=painter.quotations(rows) if press else [],
        parts=[] if press else list(_parts(say, painter, data.texts.parts(report_id))),
        promises=(here.url(commitments_page(report_id)), promises) if promises else None,
        terms=data.of("terms", "report_id", report_id),
    )


def _facts(say: Tongue, data: Data, here: Here, report: Record, periods: list[Record]) -> list[tuple[Markup, object]]:
    chinese, link = Markup('<span lang="zh">{}</span>'), Markup('<a href="{}">{}</a>')
    given = " ".join(filter(None, (report["post"], report["speaker"])))
    place = data.places.get(report["place_id"] or "")
    whole = data.reports.get(report["excerpt_of"] or "")
    spoken = say(", ", "，").join(
        f"{period_text(say, row['period'])} ({say.word('role', row['role'])})" for row in periods
    )
    pairs: list[tuple[str, object]] = [
        ("heading", chinese.format(report["title"]) if report["title"] else ""),
        ("kind", say.word("kind", report["kind"])),
        ("place", link.format(here.url(place_page(place["place_id"])), say.name(place)) if place else ""),
        ("issuer", chinese.format(report["issuer"]) if report["issuer"] else ""),
        ("given", chinese.format(given) if given else ""),
        ("assembly", chinese.format(report["assembly"]) if report["assembly"] else ""),
        ("document_number", chinese.format(report["document_number"]) if report["document_number"] else ""),
        ("date", _date(report)),
        ("published", report["published"]),
        ("spoken", spoken),
        (
            "excerpt_of",
            link.format(here.url(report_page(whole["report_id"])), report_name(say, data, whole)) if whole else "",
        ),
        ("source", words(say, "cite.from_to", file=report["source_file"], start=report["start"], stop=report["stop"])),
        ("original", original_link(report)),
        ("sha256", Markup("<code>{}</code>").format(report["sha256"])),
        ("complete", "" if report["complete"] else words(say, "report.incomplete")),
        ("note", say(report["note"] or "", notes_in_chinese(report["note"] or ""))),
    ]
    return [(words(say, f"report.{key}"), text) for key, text in pairs]


def _date(report: Record) -> str:
    """The date of a report as far as it is known: a day, a month or a year."""
    return str(report["date"] or "")[: {"year": 4, "month": 7}.get(report["date_precision"], 10)]


def _parts(say: Tongue, painter: Painter, parts: list[Part]) -> Iterator[dict[str, Any]]:
    """What the page shows of each part: its heading, its time and role where they are new, and its words."""
    spoken = ("", "")
    for number, part in enumerate(parts, 1):
        start = part.heading_stop if part.heading else part.start
        told = (part.role, part.period) != spoken and bool(part.heading)
        speaks = say(", ", "，").join(filter(None, (say.word("role", part.role), period_text(say, part.period))))
        yield {
            "id": f"s{number}",
            "level": min(part.depth + 1, 4),
            "heading": " ".join(painter.text[part.start : start].split()) if part.heading else "",
            "anchors": painter.anchors(part.start, start),
            "speaks": speaks if told else "",
            "paragraphs": painter.paragraphs(start, part.stop),
            "cards": painter.cards(start, part.stop),
        }
        spoken = (part.role, part.period)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: a numeral of some `kind`, with the offset and status of its observation, or what lies between."""

    text: str
    kind: str = ""
    start: int | None = None
    status: str = ""


class Painter:
    """Cuts stretches of one source text into segments, so that the numerals of one report are marked."""

    def __init__(
        self, say: Tongue, data: Data, here: Here, text: str, numerals: Iterable[Record], rows: Iterable[Record]
    ) -> None:
        self.say, self.data, self.here, self.text = say, data, here, text
        self.numerals = sorted(numerals, key=lambda row: row["start"])
        self.starts = [row["start"] for row in self.numerals]
        self.rows: dict[int, list[Record]] = defaultdict(list)
        for row in rows:
            self.rows[row["start"]].append(row)

    def between(self, start: int, stop: int) -> list[Record]:
        """The numerals that begin in a span."""
        return self.numerals[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]

    def anchors(self, start: int, stop: int) -> list[str]:
        """Places to jump to for the observations in a heading, which bears no marks."""
        return [numeral_anchor(row["start"]) for row in self.between(start, stop) if row["start"] in self.rows]

    def paragraphs(self, start: int, stop: int) -> list[list[Segment]]:
        """A span as paragraphs."""
        return [self.segments(*span) for span in paragraph_spans(self.text, start, stop)]

    def quotations(self, rows: Iterable[Record]) -> list[dict[str, Any]]:
        """The sentences of these rows, each with its cards."""
        spans = sorted({(row["quote_start"], row["quote_stop"]) for row in rows})
        return [{"segments": self.segments(*span), "cards": self.cards(*span)} for span in spans]

    def segments(self, start: int, stop: int) -> list[Segment]:
        """A span with its numerals apart; together they are its text."""
        out, last = [], start
        for row in self.between(start, stop):
            end = min(row["stop"], stop)
            out.append(Segment(self.text[last : row["start"]]))
            found = self.rows.get(row["start"])
            shown = self.text[row["start"] : end]
            out.append(
                Segment(shown, row["kind"], row["start"], found[0]["status"]) if found else Segment(shown, row["kind"])
            )
            last = end
        return [*out, Segment(self.text[last:stop])]

    def cards(self, start: int, stop: int) -> list[tuple[int, list[dict[str, Any]]]]:
        """The cards of the observations in a span, by the offset of their numeral."""
        return [
            (numeral["start"], [self._card(row) for row in self.rows[numeral["start"]]])
            for numeral in self.between(start, stop)
            if numeral["start"] in self.rows
        ]

    def _card(self, row: Record) -> dict[str, Any]:
        say, data = self.say, self.data
        place = say.name(data.places[row["place_id"]]) if row["place_id"] else ""
        about = [
            measure_text(say, row),
            place,
            row["subject"],
            period_text(say, row["period"]),
            confidence_text(say, row),
        ]
        meaning = meaning_text(say, data, row)
        return {
            "name": say.name(data.indicators[row["indicator_id"]]),
            "link": observation_url(self.here, row),
            "written": row["phrase"],
            "meaning": "" if meaning == row["phrase"] else meaning,
            "status": row["status"],
            "modality": row["modality"],
            "about": " · ".join(filter(None, about)),
        }


def paragraph_spans(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a span: its lines, and of long lines as many sentences as make a readable paragraph."""
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        first = last = start
        for match in _SENTENCE.finditer(text, start, end):
            last = match.end()
            if last - first >= _PARAGRAPH:
                yield first, last
                first = last
        if text[first:end].strip():
            yield first, end
        start = end + 1
