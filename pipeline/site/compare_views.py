"""Comparisons for the headline targets: places of one level beside each other, and the nation year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from pipeline.publish.headline import headline
from pipeline.site.chart import chart_scripts, charts
from pipeline.site.data import Data, Record
from pipeline.site.lines import YEAR, Panel, Point, Slice, absolute, panels, slices
from pipeline.site.links import Here, compare_page, indicator_page, place_page
from pipeline.site.row_pages import observation_url
from pipeline.site.shown_values import meaning_text, measure_text
from pipeline.site.stored import FIGURES
from pipeline.site.templating import page, words
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "compare/index.md"
_LEVELS = ("province", "prefecture", "county")
_COMPARISONS = ("", "yoy")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """What can be compared of one headline target: places by level, each with the fullest slice of years; the nation."""

    indicator_id: str
    places: Sequence[tuple[str, Panel, Slice]]
    nation: Sequence[Panel]


def comparison(data: Data, indicator_id: str) -> Comparison | None:
    """The comparison of an indicator; none where it is no headline target, or nothing stands beside anything."""
    measure = {entry["indicator"]: entry["measure"] for entry in headline()}.get(indicator_id)
    if measure is None or indicator_id not in data.indicators:
        return None
    rows, facts = data.of_indicator(indicator_id, columns=FIGURES), data.facts_of_indicator.get(indicator_id, [])
    places, nation = [], []
    for panel in panels(rows, facts):
        if panel.measure != measure or panel.time != YEAR or panel.comparison not in _COMPARISONS:
            continue
        whole = [one for one in panel.series if not one.subject]
        level = {one.place_id: data.places.get(one.place_id, {}).get("level") for one in whole}
        for name in _LEVELS:
            beside = (name,) if absolute(panel) else (name, "nation")
            several = replace(panel, series=[one for one in whole if level[one.place_id] in beside])
            best = next(iter(slices(several)), None)
            if best and sum(level[one.place_id] == name for one, _ in best.series) >= _FEWEST:
                places.append((name, several, best))
        own = replace(panel, series=[one for one in whole if level[one.place_id] == "nation"])
        if len({point.year for point in own.points}) >= _FEWEST:
            nation.append(own)
    return Comparison(indicator_id, places, nation) if places or nation else None


def comparisons(data: Data) -> Iterator[Comparison]:
    """All comparisons, in the order of the headline targets, one after the other: each holds its rows."""
    found = (comparison(data, entry["indicator"]) for entry in headline())
    return (one for one in found if one)


def compare_pages(say: Tongue, data: Data) -> Pages:
    """A page for each headline target, and their list."""
    yield INDEX, _list(say, data, comparisons(data))
    for one in comparisons(data):
        yield compare_page(one.indicator_id), _page(say, data, one)


def compare_link(say: Tongue, data: Data, here: Here, indicator_id: str) -> Markup:
    """A link to the comparison of an indicator; empty where there is none."""
    if comparison(data, indicator_id) is None:
        return Markup()
    return Markup('<a href="{}">{}</a>').format(here.url(compare_page(indicator_id)), words(say, "compare.link"))


def compared_places(data: Data) -> set[str]:
    """The places that stand in a comparison."""
    return {one.place_id for found in comparisons(data) for _, _, chosen in found.places for one, _ in chosen.series}


def _list(say: Tongue, data: Data, found: Iterable[Comparison]) -> str:
    here = Here(INDEX, say.code)
    rows = []
    for one in found:
        name = say.name(data.indicators[one.indicator_id])
        places = [
            words(say, f"compare.n_{level}", n=_places(data, level, chosen), years=_years(say, chosen))
            for level, _, chosen in one.places
        ]
        spans = [sorted(point.year for point in panel.points) for panel in one.nation]
        nation = max((f"{years[0]}–{years[-1]}" for years in spans), default="")
        link = Markup('<a href="{}">{}</a>').format(here.url(compare_page(one.indicator_id)), name)
        measure = (one.nation or [panel for _, panel, _ in one.places])[0].points[0].row
        rows.append([link, measure_text(say, measure), Markup("<br>").join(places), nation])
    title = words(say, "compare.title")
    heads = [words(say, key) for key in ("indicators.name", "row.measure", "compare.places", "compare.nation_years")]
    return page(say, "comparisons.html", title, title=title, heads=heads, rows=rows)


def _places(data: Data, level: str, chosen: Slice) -> int:
    return len({one.place_id for one, _ in chosen.series if data.places[one.place_id]["level"] == level})


def _years(say: Tongue, chosen: Slice) -> str:
    if chosen.results == chosen.targets:
        return str(chosen.targets)
    return str(words(say, "chart.pair", results=str(chosen.results), targets=str(chosen.targets)))


def _page(say: Tongue, data: Data, found: Comparison) -> str:
    here = Here(compare_page(found.indicator_id), say.code)
    name = say.name(data.indicators[found.indicator_id])
    title = words(say, "compare.of", name=name)
    sections = []
    for number, (level, panel, chosen) in enumerate(found.places):
        anchor = f"{level}-{number}" if number and level == found.places[number - 1][0] else level
        sections.append(
            {
                "id": anchor,
                "title": words(say, f"compare.{level}"),
                "charts": charts(say, data, here, found.indicator_id, only=[panel], name=anchor, view="place"),
                "heads": [
                    words(say, "row.place"),
                    words(say, "compare.result", year=str(chosen.results)),
                    words(say, "compare.target", year=str(chosen.targets)),
                ],
                "rows": [_place_row(say, data, here, place, points) for place, points in _ordered(data, chosen)],
            }
        )
    for number, panel in enumerate(found.nation):
        anchor = f"nation-{number}" if number else "nation"
        sections.append(
            {
                "id": anchor,
                "title": words(say, "compare.nation"),
                "charts": charts(say, data, here, found.indicator_id, only=[panel], name=anchor),
                "heads": [words(say, key) for key in ("compare.year", "compare.aim", "compare.outcome", "place.met")],
                "rows": _nation_rows(say, data, here, panel),
            }
        )
    return page(
        say,
        "compare.html",
        title.unescape(),
        meta={
            "description": words(say, "compare.description", name=name).unescape(),
            "scripts": ["sort.js", *chart_scripts(data)],
        },
        title=title,
        above=[
            (words(say, "compare.title"), here.url(INDEX)),
            (name, here.url(indicator_page(found.indicator_id))),
        ],
        sections=sections,
    )


def _ordered(data: Data, chosen: Slice) -> list[tuple[str, list[Point]]]:
    """The points of each place, in the order of places."""
    by_place: dict[str, list[Point]] = {}
    for one, points in chosen.series:
        by_place.setdefault(one.place_id, []).extend(points)
    return [(place_id, by_place[place_id]) for place_id in data.places if place_id in by_place]


Cell = tuple[object, float | str]


def _place_row(say: Tongue, data: Data, here: Here, place_id: str, points: Sequence[Point]) -> list[Cell]:
    name = say.name(data.places[place_id])
    link = Markup('<a href="{}">{}</a>').format(here.url(place_page(place_id)), name)
    results = [point for point in points if point.row["status"] != "target"]
    targets = [point for point in points if point.row["status"] == "target"]
    return [(link, ""), _cell(say, data, here, results), _cell(say, data, here, targets)]


def _cell(say: Tongue, data: Data, here: Here, points: Sequence[Point]) -> Cell:
    """What is stated, with the number that it is sorted by."""
    texts: dict[str, Markup] = {}
    for point in points:
        text = meaning_text(say, data, point.row)
        estimate = f" ({say.word('status', 'estimate')})" if point.row["status"] == "estimate" else ""
        basis = f" ({point.row['basis']})" if point.row["basis"] else ""
        texts.setdefault(f"{text}{estimate}{basis}", _linked(here, point, f"{text}{estimate}{basis}"))
    return Markup("<br>").join(texts.values()), points[0].low if points else ""


def _linked(here: Here, point: Point, text: str) -> Markup:
    """A value that leads to its row; what comes from a table says from which."""
    if not point.fact:
        return Markup('<a href="{}">{}</a>').format(observation_url(here, point.row), text)
    return Markup('<span title="{}">{}</span>').format(point.row["source"], text)


def _nation_rows(say: Tongue, data: Data, here: Here, panel: Panel) -> list[list[Cell]]:
    verdicts = data.stored.verdicts([_identity(point.row) for point in panel.points])
    by_year: dict[int, list[Point]] = {}
    for point in panel.points:
        by_year.setdefault(point.year, []).append(point)
    rows = []
    for year, points in sorted(by_year.items(), reverse=True):
        targets = [point for point in points if point.row["status"] == "target"]
        results = [point for point in points if point.row["status"] != "target"]
        met = [verdicts[key] for point in targets if (key := _identity(point.row)) in verdicts]
        said = say.word("met", met[0]) if met else ""
        cells = [_cell(say, data, here, side) for side in (targets, results)]
        rows.append([(str(year), float(year)), *cells, (said, said)])
    return rows


def _identity(row: Record) -> str:
    return str(row["observation_id"] or row.get("fact_id"))
