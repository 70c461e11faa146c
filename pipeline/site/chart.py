"""Charts as HTML and SVG drawn at build time: one line for each place and period, one mark for each statement.

Positions are percentages, so a chart fits every width without scaling its text. A result is a filled circle, an
estimate a circle with a light centre, a target an empty diamond. What is no exact number does not look like one: an
arrow leads on where the words only give one end, a dashed line goes both ways for “about”, a bar joins a range.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.site.data import Data, Record
from pipeline.site.html_text import html_text
from pipeline.site.shown_values import measure_text, period_text, scaled, unit_name, value_text
from pipeline.site.tongue import Tongue

_MOST_ROWS = 40
# On a linear scale the smaller ones of amounts this far apart could not be told from nothing.
_WIDE = 50
_LEFT, _RIGHT = 3.0, 97.0
_SHAPES = {
    "actual": '<circle r="5"/>',
    "estimate": '<circle r="5"/><circle class="core" r="2.2"/>',
    "target": '<path d="M0-6.5 6.5 0 0 6.5-6.5 0Z"/>',
}
_RIGHTWARD = '<path class="reach" d="M8 0H21M17-3.5 21 0 17 3.5"/>'
_LEFTWARD = '<path class="reach" d="M-8 0H-21M-17-3.5-21 0-17 3.5"/>'
_ABOUT = '<path class="reach" stroke-dasharray="2 2" d="M-18 0H-7M7 0H18"/>'
_REACH = {
    "at_least": _RIGHTWARD,
    "over": _RIGHTWARD,
    "at_most": _LEFTWARD,
    "under": _LEFTWARD,
    "about": _ABOUT,
    "nearly": '<path class="reach" d="M-8 0H-13"/>',
    "beyond": '<path class="reach" d="M8 0H13"/>',
}
# The bounds speak of the size of a value, so those of a decrease point the other way.
_OPPOSITE = {"at_least": "at_most", "over": "under", "at_most": "at_least", "under": "over", "nearly": "beyond"}


def charts(say: Tongue, data: Data, rows: Iterable[Record]) -> str:
    """The charts of an indicator's observations; empty where nothing can be compared."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for row in rows:
        if not row["same_as"]:
            unit = row["base_unit"] or row["unit"] or ""
            groups[row["measure"], row["comparison"] or "", unit].append(row)
    several = [(unit, members) for (_, _, unit), members in groups.items() if len(members) > 1]
    several.sort(key=lambda group: -len(group[1]))
    figures = [_chart(say, data, members, unit) for unit, members in several]
    shown = [row for _, members in several for row in members]
    return f"{_legend(say, shown)}\n" + "\n".join(figures) + "\n\n" if figures else ""


def _legend(say: Tongue, rows: Sequence[Record]) -> str:
    """What the marks of these rows mean."""
    statuses = {row["status"] for row in rows}
    bounds = {row["bound"] for row in rows}
    marks = [(status, "exact", say.word("status", status)) for status in _SHAPES if status in statuses]
    marks += [("actual", bound, say.word("bound", bound)) for bound in _KEYS if bound in bounds]
    keys = "".join(
        f'<span class="key"><svg class="sample">{_mark(status, bound, "50%")}</svg>{html_text(word)}</span>'
        for status, bound, word in marks
    )
    return f'<div class="legend" aria-hidden="true" data-search-exclude>{keys}</div>'


_KEYS = ("about", "at_least", "over", "at_most", "under", "nearly")


def _chart(say: Tongue, data: Data, rows: list[Record], unit: str) -> str:
    first = rows[0]
    shown = sorted(rows, key=lambda row: bool(row["subject"]))[:_MOST_ROWS]
    chosen = {row["observation_id"] for row in shown}
    rows = [row for row in rows if row["observation_id"] in chosen]
    ends = [end for row in rows for end in _ends(row)]
    scale = Scale(min(ends), max(ends), zero=first["measure"] in ("level", "growth", "change"))
    lines: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for row in rows:
        lines[row["place_id"] or "", row["subject"] or "", row["period"] or ""].append(row)
    numbers = {place_id: number for number, place_id in enumerate(data.places)}
    body = []
    before = None
    for place_id, subject, period in sorted(lines, key=lambda key: (numbers.get(key[0], -1), *key[1:])):
        name = say.name(data.places[place_id]) if place_id else say("no place", "无地区")
        members = lines[place_id, subject, period]
        body.append(_line(say, members, "" if place_id == before else name, period_text(say, period), subject, scale))
        before = place_id
    ticks = "".join(
        f'<text x="{x:.1f}%" y="12" text-anchor="{_side(x)}">{html_text(_tick(say, first, value))}</text>'
        for value, x in scale.ticks
    )
    body.append(f'<div class="line axis"><span class="label"></span><svg height="18">{ticks}</svg><span></span></div>')
    label = measure_text(say, first)
    if unit and first["measure"] != "rank":
        label += f"{say(', ', '，')}{unit_name(say, data, unit)}"
    if scale.logarithmic:
        label += say(" (logarithmic scale)", "（对数刻度）")
    return (
        f'<figure class="chart" data-search-exclude><figcaption>{html_text(label)}</figcaption>'
        f'<div role="img" aria-label="{html_text(_summary(say, rows))}">{"".join(body)}</div></figure>'
    )


def _summary(say: Tongue, rows: Sequence[Record]) -> str:
    return say(
        f"Chart of {len(rows)} statements; the table below has them all.", f"{len(rows)} 项陈述的图示，详见下表。"
    )


def _line(say: Tongue, rows: list[Record], place: str, period: str, subject: str, scale: Scale) -> str:
    grid = "".join(f'<line class="grid" x1="{x:.1f}%" x2="{x:.1f}%" y1="0" y2="100%"/>' for _, x in scale.ticks)
    marks: list[str] = []
    texts: list[str] = []
    for row in rows:
        low, high = _ends(row)
        if high != low:
            ends = f'x1="{scale.at(low):.2f}%" x2="{scale.at(high):.2f}%"'
            marks.append(f'<line class="bar {row["status"]}" {ends} y1="50%" y2="50%"/>')
        bound = str(row["bound"])
        if low < 0:
            bound = _OPPOSITE.get(bound, bound)
        marks += [_mark(row["status"], bound, f"{scale.at(end):.2f}%") for end in dict.fromkeys((low, high))]
        texts.append(f'<span class="{row["status"]}">{html_text(value_text(say, row))}</span>')
    label = f"{html_text(period)}" + (f"<small>{html_text(subject)}</small>" if subject else "")
    return (
        f'<div class="line"><span class="place">{html_text(place)}</span><span class="label">{label}</span><svg height="24">{grid}{"".join(dict.fromkeys(marks))}</svg>'
        f'<span class="value">{"".join(dict.fromkeys(texts))}</span></div>'
    )


def _mark(status: str, bound: str, x: str) -> str:
    reach = _REACH.get(bound, "")
    return f'<svg x="{x}" y="50%" overflow="visible" class="mark {status}">{reach}{_SHAPES[status]}</svg>'


def _ends(row: Record) -> tuple[float, float]:
    """Both ends of what a row states, in base units where it has them."""
    if row["amount"] is not None:
        return row["amount"], row["amount_max"] if row["amount_max"] is not None else row["amount"]
    return row["value"], row["value_max"] if row["value_max"] is not None else row["value"]


def _tick(say: Tongue, row: Record, value: float) -> str:
    unit = row["unit"] or ""
    return scaled(say, value) + ("%" if unit == "%" or row["base_unit"] == "%" else "")


def _side(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"


class Scale:
    """From values to percentages of the width; logarithmic where positive values lie far apart."""

    def __init__(self, low: float, high: float, *, zero: bool) -> None:
        self.logarithmic = low > 0 and high / low > _WIDE
        if self.logarithmic:
            powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            values = [10.0**power for power in powers]
            step = max(1, math.ceil((len(values) - 1) / 4))
            self.low, self.high = values[0], values[-1]
            values = values[::step]
        else:
            if zero:
                low, high = min(low, 0.0), max(high, 0.0)
            if low == high:
                low, high = low - 1, high + 1
            size = _nice((high - low) / 3)
            first = math.floor(low / size + 1e-9)
            last = math.ceil(high / size - 1e-9)
            values = [number * size for number in range(first, last + 1)]
            self.low, self.high = values[0], values[-1]
        self.ticks = [(value, self.at(value)) for value in values]

    def at(self, value: float) -> float:
        """Where a value stands, in percent of the width."""
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return _LEFT + (_RIGHT - _LEFT) * share


def _nice(size: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that is at least `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= size * (1 - 1e-9))
