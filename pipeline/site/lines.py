"""Which statements stand on one axis, and which of them make a line.

A panel holds what can be compared: one measure, one comparison and one base unit; of ranks one list and one thing that is
ranked. Years, several years taken together, parts of a year, and growth since an earlier year are panels of their own. A
series is what one place, or one subject in it, states on one statistical basis. A statement without a date is in none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from pipeline.meaning.amounts import amount_of
from pipeline.meaning.calendar import interval
from pipeline.meaning.indicators import told_in
from pipeline.site.data import Record

# The time that the statements of a panel speak of.
YEAR, YEARS, PART, SINCE = "year", "years", "part", "since"


@dataclass(frozen=True, slots=True)
class Point:
    """A statement on a chart.

    start, end: years with decimals, where the number of a year is its middle; low, high: ends of what is stated, in base
    units; fact: from a table beside the reports.
    """

    row: Record
    start: float
    end: float
    low: float
    high: float
    fact: bool

    @property
    def year(self) -> int:
        """The year that it ends in."""
        return round(self.end - 0.5)


@dataclass(frozen=True, slots=True)
class Series:
    """The statements on one place, subject and basis, in the order of time."""

    place_id: str
    subject: str
    basis: str
    points: Sequence[Point]

    @property
    def line(self) -> list[Point]:
        """One result for each time: those before estimates, exact ones before bounded, the latest of equals."""
        best: dict[tuple[float, float], Point] = {}
        for point in self.points:
            if point.row["status"] != "target":
                key = (point.start, point.end)
                best[key] = max(best.get(key, point), point, key=_worth)
        return list(best.values())


def _worth(point: Point) -> tuple[bool, bool, bool]:
    return point.row["status"] == "actual", point.row["bound"] == "exact", not point.fact


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands on one axis: `unit` is the base unit, `time` one of YEAR, YEARS, PART and SINCE."""

    measure: str
    comparison: str
    unit: str
    time: str
    series: Sequence[Series]

    @property
    def points(self) -> list[Point]:
        """All points, series by series."""
        return [point for series in self.series for point in series.points]

    @property
    def lined(self) -> bool:
        """Whether a line may join the results of a place: of totals of several years or against others it may not."""
        return self.time == YEAR and self.comparison != "versus"


def absolute(panel: Panel) -> bool:
    """Whether larger places have larger values, so that a nation and a county are not held beside each other."""
    per = panel.unit.startswith(("%", "‰", "百分点")) or "/" in panel.unit
    return panel.measure in ("level", "change") and not per


def full(fact: Record) -> Record:
    """A fact with the columns that only observations have."""
    value, most = Decimal(repr(fact["value"])), fact["value_max"]
    unit = told_in(fact.get("indicator_id") or "", fact["unit"] or "", fact["measure"])
    low, high, base = amount_of(fact["measure"], value, None if most is None else Decimal(repr(most)), unit)
    given = {"observation_id": None, "same_as": None, "subject": None, "reference_end": None, "pool": None}
    amounts = {"amount": low and float(low), "amount_max": high and float(high), "base_unit": base or None}
    return {"rank_of": None, **given, **amounts, **fact}


def ends(row: Record) -> tuple[float, float]:
    """Both ends of what a row states, in base units where it has them."""
    if row["amount"] is not None:
        return row["amount"], row["amount_max"] if row["amount_max"] is not None else row["amount"]
    return row["value"], row["value_max"] if row["value_max"] is not None else row["value"]


@cache
def span(period: str) -> tuple[str, float, float] | None:
    """What kind of time a period is, with its start and end; none for what names no days."""
    days = interval(period)
    if not days[0] or days[1] >= _LAST:
        return None
    start, end = _decimal(date.fromisoformat(days[0])), _after(date.fromisoformat(days[1]))
    whole = start.is_integer() and end.is_integer()
    time = PART if not whole else YEAR if end - start == 1 else YEARS
    return time, start - 0.5, end - 0.5


# After it there is no day that could be told.
_LAST = "9999"


def _after(day: date) -> float:
    return _decimal(date.fromordinal(day.toordinal() + 1))


def _decimal(day: date) -> float:
    first = date(day.year, 1, 1).toordinal()
    return day.year + (day.toordinal() - first) / (date(day.year + 1, 1, 1).toordinal() - first)


def _point(row: Record, *, fact: bool) -> tuple[str, Point] | None:
    """A row on the axis of time, with the kind of its time; none where it has no date, or repeats another."""
    placed = None if row["same_as"] else span(row["period"] or "")
    if placed is None:
        return None
    time, start, end = placed
    if row["comparison"] == "since":
        if row["reference_end"] is None:
            return None
        time, start = SINCE, _after(row["reference_end"]) - 0.5
    low, high = ends(row)
    return time, Point(row, start, end, low, high, fact)


def panels(observations: Iterable[Record], facts: Iterable[Record]) -> list[Panel]:
    """The panels of an indicator, the fullest first; what stands alone is in none."""
    found: dict[_Axis, dict[tuple[str, str, str], list[Point]]] = defaultdict(lambda: defaultdict(list))
    rows = [(row, False) for row in observations] + [(full(row), True) for row in facts]
    for row, fact in rows:
        placed = _point(row, fact=fact)
        if placed is None or (row["measure"] == "rank" and not row["pool"]):
            continue
        time, point = placed
        series = found[_axis(row, time)][row["place_id"] or "", row["subject"] or "", row["basis"] or ""]
        if not fact or all(_told(point) != _told(other) for other in series):
            series.append(point)
    made = [
        Panel(
            measure,
            comparison,
            unit,
            time,
            [Series(*name, sorted(points, key=_when)) for name, points in members.items()],
        )
        for (measure, comparison, unit, time, _), members in found.items()
    ]
    several = [panel for panel in made if len(panel.points) > 1]
    return sorted(several, key=lambda panel: -len(panel.points))


# Measure, comparison, base unit, kind of time, and what a rank is of.
_Axis = tuple[str, str, str, str, tuple[str, ...]]


def _axis(row: Record, time: str) -> _Axis:
    ranked: tuple[str, ...] = ()
    if row["measure"] == "rank":
        # 全省 is another list in each province.
        ranked = (row["pool"] or "", row["rank_of"] or "", (row["place_id"] or "")[:5])
    return row["measure"], row["comparison"] or "", row["base_unit"] or row["unit"] or "", time, ranked


def _when(point: Point) -> tuple[float, float]:
    return point.end, point.start


def _told(point: Point) -> tuple[object, ...]:
    return point.start, point.end, point.low, point.high, point.row["bound"], point.row["status"]


@dataclass(frozen=True, slots=True)
class Slice:
    """Series beside each other at one time: the targets for it, and the results of it or of the year before."""

    results: int
    targets: int
    series: Sequence[tuple[Series, Sequence[Point]]]


def slices(panel: Panel) -> list[Slice]:
    """The ways to hold the series of years beside each other, the fullest first, later ones first among equals."""
    years = {point.year for point in panel.points}
    made = []
    for year in years:
        for before in (0, 1) if panel.time == YEAR else (0,):
            found = []
            for series in panel.series:
                points = [p for p in series.points if p.year == year - (p.row["status"] != "target") * before]
                if points:
                    found.append((series, points))
            made.append(Slice(year - before, year, found))
    return sorted(made, key=lambda one: (-_both(one), -len(one.series), -one.targets, -one.results))


def _both(one: Slice) -> int:
    """How many series have target and result."""
    return sum(len({p.row["status"] == "target" for p in points}) == 2 for _, points in one.series)
