"""The pages of places: which documents are here, what a place reported and what it aimed at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from pipeline.site.compare_views import INDEX as COMPARISONS
from pipeline.site.compare_views import compared_places
from pipeline.site.data import Data, Record
from pipeline.site.home import matrix_values
from pipeline.site.links import Here, commitments_page, indicator_page, place_page, report_page
from pipeline.site.place_facts import became, figures
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.shown_values import meaning_text, measure_text, period_text
from pipeline.site.site_files import file_links
from pipeline.site.stored import FIGURES
from pipeline.site.templating import page, words
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "places/index.md"
_DEEPEST = 8


def place_pages(say: Tongue, data: Data) -> Pages:
    """A page for each place, and their tree."""
    yield INDEX, _tree(say, data)
    reports = data.grouped("reports", "place_id")
    facts = data.grouped("facts", "place_id")
    compared = compared_places(data)
    for place_id, place in data.places.items():
        said = (
            reports.get(place_id, []),
            data.of("qualitative_targets", "place_id", place_id),
            facts.get(place_id, []),
        )
        yield place_page(place_id), _place(say, data, place, *said, compared=place_id in compared)


def _tree(say: Tongue, data: Data) -> str:
    """The places with something to show, each below the one that it is part of."""
    here = Here(INDEX, say.code)
    spoken = spoken_of(data)
    lines = []
    stack = [(0, place) for place in reversed(data.places.values()) if place["parent_id"] not in data.places]
    while stack:
        depth, place = stack.pop()
        if place["place_id"] not in spoken:
            continue
        lines.append((depth, say.name(place), here.url(place_page(place["place_id"])), _count(data, place)))
        stack += [(depth + 1, child) for child in reversed(data.children.get(place["place_id"], []))]
    title = words(say, "place.title")
    return page(
        say,
        "places.html",
        title,
        title=title,
        nested=_nested(lines),
        matrix=matrix_values(say, data, here, list(data.held)),
    )


def _nested(lines: list[tuple[int, str, str, int]]) -> Markup:
    """Nested lists, written without recursion because data may nest as deep as they like."""
    out, open_lists = [Markup("<ul>")], 0
    for number, (depth, name, link, count) in enumerate(lines):
        if number and depth > open_lists:
            out.append(Markup("<ul>"))
        elif number:
            out.append(Markup("</li>" + "</ul></li>" * (open_lists - depth)))
        open_lists = depth
        out.append(Markup('<li><a href="{}">{}</a>').format(link, name) + (f" ({count:,})" if count else ""))
    closing = Markup("</li>" + "</ul></li>" * open_lists) if lines else Markup()
    return Markup("\n").join(out) + closing + Markup("</ul>")


def _count(data: Data, place: Record) -> int:
    return data.count_of_place(place["place_id"])


def spoken_of(data: Data) -> set[str]:
    """The places with observations, reports or facts, and those above them."""
    found = set()
    stated = {row["place_id"] for row in (*data.reports.values(), *data.tables["facts"])}
    for place_id in data.places_stated | stated:
        above = data.places.get(place_id or "")
        while above and above["place_id"] not in found:
            found.add(above["place_id"])
            above = data.places.get(above["parent_id"] or "")
    return found


def _place(
    say: Tongue,
    data: Data,
    place: Record,
    reports: list[Record],
    relations: list[Record],
    facts: list[Record],
    *,
    compared: bool,
) -> str:
    place_id = place["place_id"]
    here = Here(place_page(place_id), say.code)
    name = say.name(place)
    rows = data.of_place(place_id, FIGURES)
    other = str(place["name_en" if say.code == "zh" else "name_zh"] or "")
    shown = [report for report in reports if report["report_id"] in data.reports]
    main, others = _sorted_out(data, rows)
    return page(
        say,
        "place.html",
        f"{name} {other}" if other and other != name else name,
        meta={"description": words(say, "place.description", name=name, n=len(rows)).unescape()},
        title=name,
        other=other,
        above=[(words(say, "place.title"), here.url(INDEX)), *_above(say, data, here, place)],
        facts=_facts(say, data, here, place),
        matrix=matrix_values(say, data, here, [place_id]) if place_id in data.held else None,
        reports=[
            (
                report_name(say, data, report),
                here.url(report_page(report["report_id"])),
                data.count_of_report(report["report_id"]),
            )
            for report in shown
        ],
        promises=[
            (report_name(say, data, report), here.url(commitments_page(report["report_id"])), count)
            for report in shown
            if (count := data.promises.get(report["report_id"], Counter()).total())
        ],
        empty=not rows and not shown and not relations and not facts,
        compare=here.url(COMPARISONS) if compared else "",
        became=became(say, data, here, place_id),
        became_heads=[words(say, key) for key in _BECAME],
        figures=figures(say, data, here, facts),
        figures_heads=[words(say, key) for key in _FIGURES],
        relations=[_relation(say, data, here, row) for row in relations],
        files=file_links(say, here, "places", place_id) if rows else [],
        main=_groups(say, data, here, main),
        others=[
            (
                say.name(data.topics[topic]) if topic else words(say, "topic.unfiled"),
                len(members),
                _groups(say, data, here, members),
            )
            for topic, members in others
        ],
    )


_BECAME = ("indicators.name", "row.measure", "row.period", "place.aimed", "place.reported", "place.met")
_FIGURES = ("indicators.name", "row.measure", "row.period", "home.value", "row.status", "report.source")


def _above(say: Tongue, data: Data, here: Here, place: Record) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    above = data.places.get(place["parent_id"] or "")
    while above and len(found) < _DEEPEST:
        found.insert(0, (say.name(above), here.url(place_page(above["place_id"]))))
        above = data.places.get(above["parent_id"] or "")
    return found


def _facts(say: Tongue, data: Data, here: Here, place: Record) -> list[tuple[Markup, object]]:
    link = Markup('<a href="{}">{}</a>')

    def linked(one: Record) -> Markup:
        return link.format(here.url(place_page(one["place_id"])), say.name(one))

    spoken = spoken_of(data) if place["place_id"] in data.children else set()
    below = [child for child in data.children.get(place["place_id"], []) if child["place_id"] in spoken]
    parent = data.places.get(place["parent_id"] or "")
    return [
        (words(say, "place.level"), say.word("level", place["level"])),
        (words(say, "place.code"), place["gb_code"]),
        (words(say, "place.parent"), linked(parent) if parent else ""),
        (words(say, "place.below"), Markup(say(", ", "、")).join(linked(child) for child in below)),
        (words(say, "place.abolished"), place["valid_to"]),
    ]


def _relation(say: Tongue, data: Data, here: Here, row: Record) -> dict[str, object]:
    return {
        "link": here.url(indicator_page(row["indicator_id"])),
        "name": say.name(data.indicators[row["indicator_id"]]),
        "period": row["period"],
        "relation": row["relation"],
        "text": row["text"],
    }


def _sorted_out(data: Data, rows: list[Record]) -> tuple[list[Record], list[tuple[str, list[Record]]]]:
    """The core indicators of the place itself, and everything else by topic."""
    by_topic: dict[str, list[Record]] = defaultdict(list)
    main = []
    for row in rows:
        if row["same_as"]:
            continue
        indicator = data.indicators[row["indicator_id"]]
        if indicator["curation"] == "core" and not row["subject"]:
            main.append(row)
        else:
            by_topic[indicator["topic_id"] or ""].append(row)
    return main, [(topic, by_topic[topic]) for topic in [*data.topics, ""] if topic in by_topic]


def _groups(say: Tongue, data: Data, here: Here, rows: list[Record]) -> list[dict[str, Any]]:
    """A group for each indicator and subject; in it a line for each measure and period, with results beside targets."""
    groups: dict[tuple[str, str], dict[tuple[str, str, str], dict[bool, list[Record]]]] = {}
    for row in rows:
        lines = groups.setdefault((row["indicator_id"], row["subject"] or ""), {})
        line = lines.setdefault((row["measure"], row["comparison"] or "", row["period"] or ""), {})
        line.setdefault(row["status"] == "target", []).append(row)
    return [
        {
            "name": say.name(data.indicators[indicator_id]),
            "link": here.url(indicator_page(indicator_id)),
            "subject": subject,
            "lines": [
                {
                    "measure": measure_text(say, next(iter(line.values()))[0]),
                    "period": Markup('<span class="period">{}</span>').format(period_text(say, period)),
                    "reported": _values(say, data, here, line.get(False, [])),
                    "aimed": _values(say, data, here, line.get(True, [])),
                }
                for (_, _, period), line in sorted(lines.items())
            ],
        }
        for (indicator_id, subject), lines in groups.items()
    ]


def _values(say: Tongue, data: Data, here: Here, rows: list[Record]) -> Markup:
    links: dict[str, Markup] = {}
    for row in rows:
        estimate = f" ({say.word('status', 'estimate')})" if row["status"] == "estimate" else ""
        text = meaning_text(say, data, row) + estimate
        links.setdefault(text, Markup('<a href="{}">{}</a>').format(observation_url(here, row), text))
    return Markup("<br>").join(links.values())
