"""Charts at build time: what the template `charts.html` draws of the panels of an indicator.

Lengths along the axis of time, and along the values of places beside each other, are percentages, so that a chart fits
every width without scaling its text. A result is a filled circle, an estimate an empty one, a target an empty diamond;
what comes from a table beside the reports is smaller. What is no exact number does not look like one: an arrow leads on
where the words only give one end, a dashed line goes both ways for “about”, a bar joins a range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from pipeline.site import npm
from pipeline.site.data import Data
from pipeline.site.lines import YEAR, Panel, Point, Series, Slice, absolute, panels, slices
from pipeline.site.links import Here
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.scale import Scale, years
from pipeline.site.shown_values import handy, meaning_text, measure_text, period_text, scaled, unit_name
from pipeline.site.stored import FIGURES
from pipeline.site.templating import filled, words
from pipeline.site.tongue import Tongue, locale

# More lines than these nobody follows; more rows than these no screen holds; more points than these make a page slow.
_MOST_LINES = 5
_MOST_ROWS = 40
_MOST_POINTS = 600
HEIGHT, _TOP, _BOTTOM = 260, 24, 26
# Between the names of two lines.
_LEADING = 15
_FROM_ZERO = ("level", "growth", "change")
# The bounds speak of the size of a value, so those of a decrease point the other way.
_OPPOSITE = {"at_least": "at_most", "over": "under", "at_most": "at_least", "under": "over", "nearly": "beyond"}


def charts(
    say: Tongue,
    data: Data,
    here: Here,
    indicator_id: str,
    *,
    only: Sequence[Panel] | None = None,
    name: str = "",
    view: str = "",
) -> Markup:
    """The charts of an indicator, or of these panels of it; empty where nothing can be compared.

    `name` tells them from others of the page; with `view` "place" they show places beside each other first.
    """
    facts = data.facts_of_indicator.get(indicator_id, [])
    chosen = panels(data.of_indicator(indicator_id, columns=FIGURES), facts) if only is None else only
    names: Counter[str] = Counter()
    figures = []
    for panel in chosen:
        stem = "-".join(filter(None, ("chart", name, panel.measure, panel.comparison, panel.time)))
        names[stem] += 1
        figure = _figure(say, data, here, panel, f"{stem}-{names[stem]}" if names[stem] > 1 else stem)
        if figure:
            if view == "place":
                figure |= {"view": view, "over_time": None}
            figures.append(figure)
    if not figures:
        return Markup()
    drawn = sum(figure["count"] for figure in figures)
    return filled(
        say,
        "charts.html",
        figures=figures,
        left=data.count(indicator_id) + len(facts) - drawn if only is None else 0,
        npm=here.file(f"{npm.FOLDER}/") if "charts" in data.npm else "",
        words={key.removeprefix("chart."): text for key, text in locale(say.code).items() if key.startswith("chart.")},
    )


def chart_scripts(data: Data) -> list[str]:
    """What a page with charts loads, where npm's packages are at hand."""
    return ["chart.js"] if "charts" in data.npm else []


def _figure(say: Tongue, data: Data, here: Here, panel: Panel, name: str) -> dict[str, Any] | None:
    """What the template shows of a panel; none where neither its times nor its places are beside each other."""
    lines = _lines(data, panel)
    over_time = len({(p.start, p.end) for one in lines for p in one.points}) > 1
    compared = _compared(data, panel)
    if not over_time and len(compared.series) < 2:
        return None
    first = panel.points[0].row
    size = max(abs(end) for point in panel.points for end in (point.low, point.high))
    step, unit = handy(say, data, panel.unit, size) if first["amount"] is not None else (1, panel.unit)
    percent = "%" if panel.unit in ("%", "‰") else ""
    shown = _Shown(say, data, here, step, panel.unit if percent else "")
    statuses = {point.row["status"] for point in panel.points}
    bounds = {point.row["bound"] for point in panel.points}
    label = "" if panel.measure == "rank" else (percent and panel.unit) or unit_name(say, data, unit)
    return {
        "name": name,
        "title": measure_text(say, first) + (words(say, f"chart.{panel.time}") if panel.time != YEAR else ""),
        "unit": f"{label}{words(say, 'chart.among', what=first['pool']) if first['pool'] else ''}",
        "suffix": shown.suffix,
        "zero": panel.measure in _FROM_ZERO,
        "time": panel.time,
        "lined": panel.lined,
        "falling": panel.measure == "rank",
        "chosen": [number for number, one in enumerate(panel.series) if one in lines],
        "series": [
            (_key(one), say.word("level", _level(data, one)), int(_level(data, one) == "nation"))
            for one in panel.series
        ],
        "absolute": absolute(panel),
        "view": "",
        "over_time": shown.over_time(panel, lines) if over_time else None,
        "compared": shown.compared(panel, compared) if len(compared.series) > 1 else None,
        "keys": [(status, say.word("status", status)) for status in _STATUSES if status in statuses],
        "small": any(point.fact for point in panel.points),
        "bounds": [
            (alike[0], say(", ", "、").join(say.word("bound", bound) for bound in alike if bound in bounds))
            for alike in _ALIKE
            if bounds & set(alike)
        ],
        "count": len(panel.points),
        "rows": shown.rows(panel),
    }


_STATUSES = ("actual", "estimate", "target")
# Bounds that are drawn alike.
_ALIKE = (("about",), ("at_least", "over"), ("at_most", "under"), ("nearly",))


def _lines(data: Data, panel: Panel) -> list[Series]:
    """The series that are shown at first: those with the most times, of amounts only places of one level."""
    ordered = sorted(panel.series, key=lambda one: (bool(one.subject), -len({p.end for p in one.points})))
    if absolute(panel):
        level = _level(data, ordered[0])
        ordered = [
            one for one in ordered if _level(data, one) == level and bool(one.subject) == bool(ordered[0].subject)
        ]
    counts = [len({(p.start, p.end) for p in one.points}) for one in ordered]
    if panel.time == YEAR and max(counts) > 1:
        # Beside a long line, two points tell nothing.
        ordered = [one for one, count in zip(ordered, counts, strict=True) if count > max(1, max(counts) // 3)]
    return ordered[:_MOST_LINES]


def _key(series: Series) -> str:
    """What names a series in an address."""
    return "~".join(filter(None, (series.place_id, series.subject, series.basis)))


def _level(data: Data, series: Series) -> str:
    return str(data.places.get(series.place_id, {}).get("level") or "")


def _compared(data: Data, panel: Panel) -> Slice:
    """The places that are shown beside each other: those of the level that has the most, not of different ones."""
    places = [one for one in panel.series if not one.subject]
    found = []
    for level in dict.fromkeys(_level(data, one) for one in places):
        series = [one for one in places if _level(data, one) in ((level,) if absolute(panel) else (level, "nation"))]
        found += slices(Panel(panel.measure, panel.comparison, panel.unit, panel.time, series))[:1]
    best = max(found, key=lambda one: len(one.series), default=None)
    return best if best and len(best.series) > 1 else slices(panel)[0]


class _Shown:
    """Points and series as the template takes them. `step`: base units in the unit of the axis."""

    def __init__(self, say: Tongue, data: Data, here: Here, step: float, suffix: str) -> None:
        self.say, self.data, self.here, self.step, self.suffix = say, data, here, step, suffix

    def name(self, series: Series) -> str:
        place = self.data.places.get(series.place_id)
        parts = [self.say.name(place) if place else words(self.say, "chart.no_place"), series.subject, series.basis]
        return self.say(", ", "，").join(filter(None, parts))

    def tick(self, value: float) -> str:
        return scaled(self.say, value) + self.suffix

    def ends(self, point: Point) -> tuple[float, float]:
        return point.low / self.step, point.high / self.step

    def value(self, point: Point) -> str:
        return meaning_text(self.say, self.data, point.row)

    def over_time(self, panel: Panel, lines: Sequence[Series]) -> dict[str, Any]:
        points = [point for one in lines for point in one.points]
        values = [end for point in points for end in self.ends(point)]
        scale = Scale(min(values), max(values), zero=panel.measure in _FROM_ZERO)
        middles = panel.time == YEAR
        first = min((p.start + p.end) / 2 if middles else p.start for p in points)
        last = max((p.start + p.end) / 2 if middles else p.end for p in points)
        pad = 0.4 if middles else 0.0
        first, last = first - pad, last + pad
        falling = panel.measure == "rank"

        def x(year: float) -> str:
            return f"{1 + 98 * (year - first) / (last - first):.2f}"

        def y(value: float) -> float:
            share = scale.at(value)
            return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (share if falling else 1 - share), 1)

        drawn = []
        for number, one in enumerate(lines):
            line = one.line if panel.lined else []
            marks = []
            for point in sorted(one.points, key=_on_top):
                low, high = self.ends(point)
                marks.append(
                    {
                        "x": x((point.start + point.end) / 2),
                        "from": "" if middles else x(point.start),
                        "to": "" if middles else x(point.end),
                        "ends": [y(end) for end in dict.fromkeys((low, high))],
                        "status": point.row["status"],
                        "bound": _bound(point),
                        "fact": point.fact,
                        "title": f"{self.name(one)} {period_text(self.say, point.row['period'])}: {self.value(point)}",
                    }
                )
            joined = [
                (x((a.start + a.end) / 2), y(self.ends(a)[0]), x((b.start + b.end) / 2), y(self.ends(b)[0]),
                 b.end - a.end > 1.5 or "estimate" in (a.row["status"], b.row["status"]))
                for a, b in pairwise(line)
            ]  # fmt: skip
            last_point = line[-1] if line else one.points[-1]
            drawn.append(
                {"number": number, "name": self.name(one), "marks": marks, "joined": joined,
                 "label": y(self.ends(last_point)[1])}
            )  # fmt: skip
        _spread(drawn)
        return {
            "height": HEIGHT,
            "base": HEIGHT - _BOTTOM,
            "values": [(y(value), self.tick(value)) for value in scale.values],
            "years": [(x(year), str(year)) for year in years(first, last, 9)],
            "lines": drawn,
            "logarithmic": scale.logarithmic,
        }

    def compared(self, panel: Panel, chosen: Slice) -> dict[str, Any]:
        shown = sorted(chosen.series, key=lambda pair: self._rank(pair[0], pair[1]))[:_MOST_ROWS]
        values = [end for _, points in shown for point in points for end in self.ends(point)]
        # Marks without lines or bars need no zero; amounts are told by their size.
        scale = Scale(min(values), max(values), zero=absolute(panel))

        def x(value: float) -> str:
            return f"{3 + 94 * scale.at(value):.2f}"

        lines = []
        for one, points in shown:
            marks = [
                {
                    "ends": [x(end) for end in dict.fromkeys(self.ends(point))],
                    "status": point.row["status"],
                    "bound": _bound(point),
                    "fact": point.fact,
                }
                for point in sorted(points, key=_on_top)
            ]
            texts = dict.fromkeys((point.row["status"], self.value(point)) for point in sorted(points, key=_order))
            lines.append((self.name(one), _level(self.data, one) == "nation", marks, list(texts)))
        when: dict[str, list[str]] = {}
        for _, points in shown:
            for point in points:
                told = period_text(self.say, point.row["period"])
                if told not in when.setdefault(point.row["status"], []):
                    when[point.row["status"]].append(told)
        return {
            "lines": lines,
            "ticks": [(x(value), self.tick(value), _side(scale.at(value))) for value in scale.values],
            "when": [(self.say.word("status", status), sorted(times)) for status, times in when.items()],
            "logarithmic": scale.logarithmic,
            "results": chosen.results,
            "targets": chosen.targets,
        }

    def _rank(self, series: Series, points: Sequence[Point]) -> tuple[bool, bool, float, float]:
        """The nation first, then by target and by result, the largest first; places without a target at the end."""
        first, last = (pick(points, key=lambda point: point.row["status"] != "target") for pick in (min, max))
        return _level(self.data, series) != "nation", first.row["status"] != "target", -first.low, -last.low

    def rows(self, panel: Panel) -> list[dict[str, Any]]:
        found = []
        for number, one in enumerate(panel.series):
            name = self.name(one)
            for point in one.points:
                low, high = self.ends(point)
                found.append(
                    {
                        "place": name,
                        "period": period_text(self.say, point.row["period"]),
                        "value": self.value(point),
                        "status": point.row["status"],
                        "modality": point.row["modality"],
                        **self._source(point),
                        # What the script draws: series, time, ends, bound, status, whether it is a fact.
                        "point": [
                            number, round(point.start, 3), round(point.end, 3), low, high, _bound(point),
                            point.row["status"], int(point.fact),
                        ],
                    }
                )  # fmt: skip
        return found[:_MOST_POINTS]

    def _source(self, point: Point) -> dict[str, str]:
        row = point.row
        if not point.fact:
            report = report_name(self.say, self.data, self.data.reports[row["report_id"]])
            return {"link": observation_url(self.here, row), "source": report, "external": ""}
        address = str(row["source_url"] or "")
        known = address if address.startswith(("https://", "http://")) else ""
        return {"link": known, "source": row["source"], "external": "external"}


def _order(point: Point) -> int:
    """Results are told before targets."""
    return _STATUSES.index(point.row["status"])


def _on_top(point: Point) -> bool:
    """Results are drawn after targets, which would hide them."""
    return str(point.row["status"]) != "target"


def _bound(point: Point) -> str:
    bound = str(point.row["bound"])
    return _OPPOSITE.get(bound, bound) if point.low < 0 else bound


def _spread(lines: list[dict[str, Any]]) -> None:
    """Move the names of lines apart that would overprint each other, as little as needed, within the chart."""
    ordered = sorted(lines, key=lambda one: one["label"])
    for before, one in pairwise(ordered):
        one["label"] = max(one["label"], before["label"] + _LEADING)
    lowest: float = HEIGHT - _BOTTOM + 4
    for one in reversed(ordered):
        one["label"] = min(one["label"], lowest)
        lowest = one["label"] - _LEADING


def _side(share: float) -> str:
    return "start" if share < 0.06 else "end" if share > 0.94 else "middle"
