"""The pages of commitments: what a government has said it will do, one by one, with values, agencies and outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipeline.site.data import PRESS, Data, Record, grouped
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
# Data may nest as deep as they like; pages do not.
_DEEPEST = 8


def commitment_pages(say: Tongue, data: Data) -> Pages:
    """A page for each report that makes commitments, and their list."""
    yield INDEX, _list(say, data)
    for report_id in data.promises:
        yield commitments_page(report_id), _of_report(say, data, data.reports[report_id])


def _list(say: Tongue, data: Data) -> str:
    here = Here(INDEX, say.code)
    rows = [
        (
            report_name(say, data, data.reports[report_id]),
            here.url(commitments_page(report_id)),
            [(kind, count) for kind in _KINDS if (count := found[kind])],
        )
        for report_id, found in data.promises.items()
    ]
    title = words(say, "commitment.title")
    return page(say, "commitments.html", title, title=title, rows=rows)


def _of_report(say: Tongue, data: Data, report: Record) -> str:
    report_id = report["report_id"]
    made = _Commitments(data, report_id)
    rows = [row for row in made.rows.values() if row["kind"] != "undertaking"]
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
            (kind, [_view(say, data, here, row, made) for row in rows if row["kind"] == kind])
            for kind in _KINDS
            if any(row["kind"] == kind for row in rows)
        ],
    )


class _Commitments:
    """All commitments of a report by their identifiers, with what belongs to each."""

    def __init__(self, data: Data, report_id: str) -> None:
        self.rows = {row["commitment_id"]: row for row in data.of("commitments", "report_id", report_id)}
        self.above = {row["parent_id"] for row in self.rows.values() if row["parent_id"]}
        self.responsible = grouped(data.of("commitment_agencies", "report_id", report_id), "commitment_id")
        observed = {row["observation_id"]: row for row in data.of_report(report_id)}
        self.stated: dict[str, list[Record]] = defaultdict(list)
        for one in data.of("commitment_observations", "report_id", report_id):
            if one["observation_id"] in observed:
                self.stated[one["commitment_id"]].append(observed[one["observation_id"]])
        self.outcomes = data.notes([row for rows in self.stated.values() for row in rows]).outcomes

    def depth(self, commitment: Record) -> int:
        """How many commitments a commitment is part of."""
        above, depth = commitment["parent_id"], 0
        while above in self.rows and depth < _DEEPEST:
            above, depth = self.rows[above]["parent_id"], depth + 1
        return depth


def _view(say: Tongue, data: Data, here: Here, row: Record, made: _Commitments) -> dict[str, Any]:
    text = str(row["text"] or "")
    title = str(row["title"] or "")
    # What has parts leaves its values to them.
    below = row["commitment_id"] in made.above
    observed = [] if below else made.stated.get(row["commitment_id"], [])
    agencies = sorted(made.responsible.get(row["commitment_id"], []), key=lambda entry: entry["position"])
    return {
        "id": row["commitment_id"],
        "number": row["number"],
        "title": title or text[:_LONG],
        "text": text if title and len(text) <= _LONG and not below and not text.rstrip("。").endswith(title) else "",
        "depth": min(made.depth(row), 3),
        "read": here.url(report_page(row["report_id"]), part_anchor(data, row["report_id"], row["start"])),
        "deadline": period_text(say, row["deadline"]) if row["deadline"] else row["deadline_text"] or "",
        "agencies": say(", ", "、").join(say.name(data.agencies[entry["agency_id"]]) for entry in agencies),
        "open_ended": any(entry["open_ended"] for entry in agencies),
        "stated": [
            (
                say.name(data.indicators[one["indicator_id"]]),
                meaning_text(say, data, one),
                observation_url(here, one),
            )
            for one in observed
        ],
        "outcomes": [
            (
                say.word("met", outcome["met"]),
                meaning_text(say, data, result),
                "" if "fact_id" in result else observation_url(here, result),
            )
            for one in observed
            for outcome in made.outcomes.get(one["observation_id"], ())
            if outcome["target_id"] == one["observation_id"]
            for result in [outcome["result"]]
        ],
    }


def part_anchor(data: Data, report_id: str, start: int) -> str:
    """The anchor of the part of a report in which an offset lies; of an article, which is quoted only, its sentences."""
    if data.reports[report_id]["kind"] in PRESS:
        return "sentences"
    inside = [number for number, part in enumerate(data.texts.parts(report_id), 1) if part.start <= start]
    return f"s{inside[-1] if inside else 1}"
