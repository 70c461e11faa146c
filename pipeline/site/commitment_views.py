"""The pages of commitments: what a government has said it will do, one by one, with values, agencies and outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.site.data import PRESS, Data, Record
from pipeline.site.links import Here, commitments_page, report_page
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.shown_values import meaning_text, period_text
from pipeline.site.templating import page, words
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "commitments/index.md"
# A text longer than this is a section of its own, which the report shows.
_LONG = 240
_KINDS = ("livelihood", "task")


def commitment_pages(say: Tongue, data: Data) -> Pages:
    """A page for each report that makes commitments, and their list."""
    yield INDEX, _list(say, data)
    for report_id, rows in data.promises.items():
        yield commitments_page(report_id), _of_report(say, data, data.reports[report_id], rows)


def _list(say: Tongue, data: Data) -> str:
    here = Here(INDEX, say.code)
    rows = [
        (
            report_name(say, data, data.reports[report_id]),
            here.url(commitments_page(report_id)),
            [(kind, count) for kind in _KINDS if (count := sum(row["kind"] == kind for row in found))],
        )
        for report_id, found in data.promises.items()
    ]
    title = words(say, "commitment.title")
    return page(say, "commitments.html", title, title=title, rows=rows)


def _of_report(say: Tongue, data: Data, report: Record, rows: list[Record]) -> str:
    report_id = report["report_id"]
    here = Here(commitments_page(report_id), say.code)
    name = report_name(say, data, report)
    title = words(say, "commitment.of", name=name).unescape()
    return page(
        say,
        "commitments_of.html",
        title,
        meta={"description": words(say, "commitment.description", name=name, n=len(rows)).unescape()},
        title=title,
        above=[(words(say, "commitment.title"), here.url(INDEX)), (name, here.url(report_page(report_id)))],
        kinds=[
            (kind, [_view(say, data, here, row) for row in rows if row["kind"] == kind])
            for kind in _KINDS
            if any(row["kind"] == kind for row in rows)
        ],
    )


def _view(say: Tongue, data: Data, here: Here, row: Record) -> dict[str, Any]:
    text = str(row["text"] or "")
    title = str(row["title"] or "")
    # What has parts leaves its values to them.
    below = row["commitment_id"] in data.commitments_below
    own = () if below else data.promised.get(row["commitment_id"], ())
    observed = [data.observation[one] for one in own if one in data.observation]
    agencies = sorted(data.responsible.get(row["commitment_id"], []), key=lambda entry: entry["position"])
    return {
        "id": row["commitment_id"],
        "number": row["number"],
        "title": title or text[:_LONG],
        "text": text if title and len(text) <= _LONG and not below and not text.rstrip("。").endswith(title) else "",
        "depth": min(data.depth(row), 3),
        "read": here.url(report_page(row["report_id"]), part_anchor(data, row["report_id"], row["start"])),
        "deadline": period_text(say, row["deadline"]) if row["deadline"] else row["deadline_text"] or "",
        "agencies": say(", ", "、").join(say.name(data.agencies[entry["agency_id"]]) for entry in agencies),
        "open_ended": any(entry["open_ended"] for entry in agencies),
        "stated": [
            (
                say.name(data.indicators[one["indicator_id"]]),
                meaning_text(say, data, one),
                observation_url(data, here, one),
            )
            for one in observed
        ],
        "outcomes": [
            (
                say.word("met", outcome["met"]),
                meaning_text(say, data, result),
                "" if "fact_id" in result else observation_url(data, here, result),
            )
            for one in observed
            for outcome in data.outcomes.get(one["observation_id"], ())
            if outcome["target_id"] == one["observation_id"]
            for result in [data.sides(outcome)[1]]
        ],
    }


def part_anchor(data: Data, report_id: str, start: int) -> str:
    """The anchor of the part of a report in which an offset lies; of an article, which is quoted only, its sentences."""
    if data.reports[report_id]["kind"] in PRESS:
        return "sentences"
    inside = [number for number, part in enumerate(data.parts[report_id], 1) if part.start <= start]
    return f"s{inside[-1] if inside else 1}"
