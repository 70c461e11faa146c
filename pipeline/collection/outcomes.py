"""Targets beside their later results, and whether the words say that they were met.

A target says which results would meet it, a result says between which values the figure lies. Met is yes if every
value that the result leaves open meets the target, no if none does, else undecidable: 左右 has no stated tolerance,
and none is made up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache, lru_cache

from pipeline.knowledge import catalogue, vocabulary
from pipeline.meaning.amounts import interval_of, unit
from pipeline.meaning.naming.facets import facets
from pipeline.meaning.naming.phrases import normalised
from pipeline.rows import Row

# What a target and its result have in common, beside the indicator.
SHARED = ("place_id", "subject", "measure", "comparison", "reference", "period")
# The columns that pairing and judging read beside those, of targets and of results.
_JUDGED_BY = (
    *("observation_id", "report_id", "start", "indicator_id", "indicator_text", "status", "modality", "period_end"),
    *("value", "value_max", "low", "high", "bound", "unit", "basis"),
)
READ = (*SHARED, *_JUDGED_BY)
_YEAR = re.compile(r"-(\d{4})-")
# A name of fewer characters that is not in the catalogue may mean many things.
_SHORTEST = 4
# Of so many statements of one thing in a report, further ones are not looked at.
_MANY = 30
# What a double holds, so that a gap between two units has no tail.
_DIGITS = Context(prec=15)


@dataclass(frozen=True, slots=True)
class Region:
    """Values from `low` to `high`; None is without end. The ends belong to it unless they are open."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Region) -> bool:
        """Whether every value of this region lies in the other."""
        above = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        below = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return above and below

    def apart(self, other: Region) -> bool:
        """Whether no value lies in both."""
        return self._below(other) or other._below(self)

    def _below(self, other: Region) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def times(self, factor: Decimal) -> Region:
        """The region in another unit, `factor` above 0."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Region(low, high, self.low_open, self.high_open)

    def mirrored(self) -> Region:
        """The region with all signs changed."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Region(low, high, self.high_open, self.low_open)


_ALL = Region()


def asserted(row: Row) -> Region:
    """The values that the words of a result leave open. About leaves all open: nobody says how far."""
    bound, low, high = row["bound"], _number(row["low"]), _number(row["high"])
    if bound == "about":
        return _ALL
    strict = bound in ("over", "under", "nearly")
    return Region(low, high, strict, strict)


def demanded(row: Row, better: str) -> tuple[Region, Region]:
    """The values that meet a target for certain, and those that may.

    `better` (higher | lower | empty) is used where the words name a value and no direction.
    """
    value, bound = _decimal(row["value"]), row["bound"]
    if bound in ("exact", "about", "nearly") and value < 0:
        # The bound is of the size of a decrease.
        sure, possible = _directed(-value, str(bound), {"higher": "lower", "lower": "higher"}.get(better, ""))
        return sure.mirrored(), possible.mirrored()
    if bound in ("exact", "about", "nearly"):
        return _directed(value, str(bound), better)
    low, high = _number(row["low"]), _number(row["high"])
    if bound == "range":
        region = Region(None if better == "lower" else low, None if better == "higher" else high)
    else:
        strict = bound in ("over", "under")
        region = Region(low, high, strict, strict)
    return region, region


def _directed(value: Decimal, bound: str, better: str) -> tuple[Region, Region]:
    side = {"higher": Region(low=value), "lower": Region(high=value)}.get(better)
    if bound == "exact":
        return (side, side) if side else (Region(value, value), _ALL)
    if bound == "about":
        return side or Region(value, value), _ALL
    # 近 is below the value, by how much is not said.
    if better == "higher":
        return Region(low=value), _ALL
    if better == "lower":
        return Region(high=value), Region(high=value)
    return Region(value, value, True, True), Region(high=value, high_open=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target was met, by how much the result is above it, and why: one of REASONS, or nothing to add."""

    met: str
    gap: Decimal | None
    reason: str


# What a verdict rests on beside the two figures.
REASONS = ("scope", "basis", "units", "both_about", "vague", "direction", "open", "higher", "lower")


def judge(target: Row, result: Row) -> tuple[str, Decimal | None, str]:
    """Columns met, gap and note for a target and its result, which share place, measure, comparison and period."""
    found = verdict(target, result)
    return found.met, found.gap, _note(found.reason, target, result)


def verdict(target: Row, result: Row) -> Verdict:
    """The same, with a reason in place of the note. Rows may be those of the built tables."""
    if not _same_thing(target, result):
        return Verdict("not_comparable", None, "scope")
    if _basis(target) != _basis(result):
        return Verdict("not_comparable", None, "basis")
    factor = _factor(target, result)
    if isinstance(factor, str):
        return Verdict(factor, None, "units")
    better = better_way(target)
    sure, possible = demanded(target, better)
    region = asserted(result).times(factor)
    gap = None
    if target.get("value_max") in (None, "") and result.get("value_max") in (None, ""):
        gap = _DIGITS.plus(_decimal(result["value"]) * factor - _decimal(target["value"])).normalize() + 0
    same_words = target["bound"] == result["bound"] == "about" and gap == 0
    if same_words or region.within(sure):
        met = "yes"
    elif region.apart(possible):
        met = "no"
    else:
        met = "undecidable"
    return Verdict(met, gap, _reason(met, target, result, better, same_words))


def _reason(met: str, target: Row, result: Row, better: str, same_words: bool) -> str:
    if same_words:
        return "both_about"
    if met == "undecidable" and vague(target, result):
        return "vague"
    if met == "undecidable":
        return "direction" if target["bound"] == "exact" and not better else "open"
    return better if target["bound"] in ("exact", "about", "nearly", "range") else ""


def vague(target: Row, result: Row) -> list[str]:
    """The bounds of the two of which nobody says how far they reach."""
    return sorted({str(row["bound"]) for row in (target, result)} & {"about", "nearly"})


def _note(reason: str, target: Row, result: Row) -> str:
    if reason == "scope":
        return f"The scope differs: {target['indicator_text']} and {result['indicator_text']}."
    if reason == "basis":
        words = [str(row.get("basis") or "no basis stated") for row in (target, result)]
        return f"The basis differs: {words[0]}; {words[1]}."
    if reason == "units":
        return f"The units differ: {target['unit'] or 'none'}; {result['unit'] or 'none'}."
    more = {
        "both_about": "Both are about the same value.",
        "vague": f"How far “{' and '.join(vague(target, result))}” reaches is not said.",
        "direction": "The words do not say which direction is the better one.",
        "open": "The result leaves open values that meet the target and values that do not.",
        "higher": "Of this indicator, higher is better.",
        "lower": "Of this indicator, lower is better.",
    }
    said = f"{_worded(target)} was the target, {_worded(result)} the result."
    return f"{said} {more[reason]}" if reason else said


_WORDS = {
    "exact": "{}",
    "about": "about {}",
    "over": "over {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "under": "under {}",
    "nearly": "nearly {}",
    "range": "{} to {}",
}
_OF_DECREASE = {"over": "below {}", "at_least": "{} or below", "at_most": "{} or above", "under": "above {}"}


def _worded(row: Row) -> str:
    value, bound = _decimal(row["value"]), str(row["bound"])
    words = _OF_DECREASE.get(bound, _WORDS[bound]) if value < 0 else _WORDS[bound]
    numbers = [f"{number:f}" for number in (value, _number(row.get("value_max"))) if number is not None]
    return words.format(*numbers) + str(row["unit"] or "")


def _factor(target: Row, result: Row) -> Decimal | str:
    """What a value of the result is multiplied with to have the unit of the target, or why that cannot be."""
    if target["unit"] == result["unit"] or target["measure"] == "rank":
        return Decimal(1)
    one, two = unit(str(target["unit"] or "")), unit(str(result["unit"] or ""))
    if one.dimension != two.dimension or (one.base_unit != two.base_unit and one.dimension != "count"):
        # A multiple and a percentage may say the same thing, but no rule says how.
        return "undecidable" if "multiple" in (one.dimension, two.dimension) else "not_comparable"
    return two.factor / one.factor


def same_unit(target: Row, result: Row) -> Decimal | None:
    """What a value of the result is multiplied with to have the unit of the target; None where there is no such number."""
    factor = _factor(target, result)
    return factor if isinstance(factor, Decimal) else None


def _basis(row: Row) -> str:
    """The basis of a growth rate, what the text says or what is usual; and of a level, whether it is told for each year."""
    text = str(row.get("basis") or "")
    if row["measure"] == "level":
        words = vocabulary("constructions")["compared"]
        return "each_year" if text in (*words["each_year"], *words["mean_of_years"]) else ""
    usual = "constant_prices" if row["indicator_id"] in catalogue("polarity")["constant_prices"] else ""
    if row["measure"] != "growth" or not text:
        return usual if row["measure"] == "growth" else ""
    kind = next((kind for kind, words in _bases() if any(word in text for word in words)), text)
    return usual if usual and kind == "like_for_like" and text.startswith("可比") else kind


@cache
def _bases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((kind, tuple(words)) for kind, words in vocabulary("reconcile")["basis"].items())


def better_way(row: Row) -> str:
    """Which values of a figure are the better ones: higher, lower, or empty where that is not known."""
    if row["measure"] == "rank":
        return "lower"
    way = _polarity().get(str(row["indicator_id"]), "")
    if way or row["measure"] != "level":
        return way
    # What is promised to be done: 新建学校8所 is met by ten. A fact is on a core indicator and has no words.
    name = str(row.get("indicator_text") or "")
    return "higher" if name and _event(name, str(row["unit"] or "")) in catalogue("polarity")["done"] else ""


@lru_cache(maxsize=4096)
def _event(name: str, stated_unit: str) -> str:
    return facets(name, "level", stated_unit).event


@cache
def _polarity() -> Mapping[str, str]:
    return {indicator: way for way, indicators in catalogue("polarity")["better"].items() for indicator in indicators}


def outcomes(reports: Sequence[Row], observations: Sequence[Row]) -> list[Row]:
    """Rows of the table `outcomes`, in the order of the targets. `observations` without repeated ones.

    Every target is judged by each report that could know the result: one delivered not before the target was set and not
    before the period was over. Of several statements in one report that of the same scope and basis goes before others,
    then that of the same name, a measured one before an estimate, an exact one before others, then the first. Names that
    are not in the catalogue and stand in a report for several figures may be of several things, and are left out.
    """
    dates = {str(row["report_id"]): str(row.get("date") or "") or _year_of(str(row["report_id"])) for row in reports}
    stated = [row for row in observations if can_be_paired(row)]
    targets = sorted((row for row in stated if row["status"] == "target"), key=lambda row: _place(row, dates))
    results = _by_key(row for row in stated if row["status"] != "target")
    aims = _by_key(targets)
    found: list[Row] = []
    seen: set[tuple[object, ...]] = set()
    for target in targets:
        words = tuple(target.get(name) or "" for name in ("bound", "value", "value_max", "unit", "basis"))
        keys = _keys(target)
        same = (target["report_id"], *keys[0], *words, target.get("modality") == "stretch")
        if same in seen or _ambiguous(aims[keys[0]][str(target["report_id"])]):
            continue
        seen.add(same)
        known: dict[str, list[Row]] = defaultdict(list)
        for key in keys:
            for report, rows in results.get(key, {}).items():
                known[report] += rows
        for report in sorted(known, key=lambda name: (dates.get(name, ""), name)):
            rows = [row for row in known[report] if _later(target, row, dates)]
            result = min(rows, key=lambda row: _worth(row, target), default=None)
            if result is None or _ambiguous(rows):
                continue
            met, gap, note = judge(target, result)
            found.append({**_ids(target, result), "met": met, "gap": gap, "note": note})
    return found


def outcomes_of_facts(facts: Sequence[Row], observations: Sequence[Row]) -> list[Row]:
    """The same for targets and results of which one at least is a fact, a row of that table.

    `observations` are about whole places. A fact is a result that could be known, whenever its source was published.
    """
    rows = [*observations, *map(as_statement, facts)]
    results: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["status"] != "target":
            results[_of_fact(row)].append(row)
    found: list[Row] = []
    for target in (row for row in rows if row["status"] == "target"):
        for result in results.get(_of_fact(target), ()):
            if "fact_id" in target or "fact_id" in result:
                met, gap, note = judge(target, result)
                found.append({**_ids(target, result), "met": met, "gap": gap, "note": note})
    return found


def as_statement(fact: Row) -> Row:
    """A fact with the columns that a target or a result is judged by."""
    value, most = _decimal(fact["value"]), _number(fact.get("value_max"))
    low, high = interval_of(value, most, str(fact["bound"]))
    return {**fact, "indicator_text": "", "subject": "", "low": low, "high": high}


def _of_fact(row: Row) -> tuple[object, ...]:
    return tuple(row.get(name) or "" for name in ("place_id", "indicator_id", "measure", "comparison", "period"))


def _ids(target: Row, result: Row) -> Row:
    """The columns that name target and result, each an observation or a fact."""
    ids: Row = {}
    for part, row in (("target", target), ("result", result)):
        ids[f"{part}_id"], ids[f"{part}_fact"] = row.get("observation_id"), row.get("fact_id")
    names = [str(ids[f"{part}_id"] or ids[f"{part}_fact"]) for part in ("target", "result")]
    return {"outcome_id": "_".join(names), **ids}


def _by_key(rows: Iterable[Row]) -> dict[tuple[object, ...], dict[str, list[Row]]]:
    """Rows by what they are about and by report; of very many in one report the first."""
    found: dict[tuple[object, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for key in _keys(row):
            same = found[key][str(row["report_id"])]
            if len(same) < _MANY:
                same.append(row)
    return found


# The columns that tell it.
PAIRED_BY = ("period", "place_id", "indicator_id", "indicator_text")


def can_be_paired(row: Row) -> bool:
    """Whether a target or result says of when and where it is, and of what: core, or more than 项目 or 投资."""
    if not row["period"] or not row["place_id"]:
        return False
    return row["indicator_id"] in catalogue("indicators") or len(_name(row)) >= _SHORTEST


def _ambiguous(rows: Sequence[Row]) -> bool:
    """Whether rows with one name that is not in the catalogue give several figures."""
    rows = [row for row in rows if row["indicator_id"] not in catalogue("indicators")]
    return len({(row["value"], row["value_max"], row["unit"]) for row in rows}) > 1


def _place(row: Row, dates: Mapping[str, str]) -> tuple[str, str, int]:
    report = str(row["report_id"])
    return dates.get(report, ""), report, int(str(row["start"]))


def _worth(row: Row, target: Row) -> tuple[bool, bool, bool, bool, bool, int]:
    return (
        not _same_thing(target, row),
        _basis(row) != _basis(target),
        _name(row) != _name(target),
        row["status"] != "actual",
        row["bound"] != "exact",
        int(str(row["start"])),
    )


def _later(target: Row, result: Row, dates: Mapping[str, str]) -> bool:
    """Whether the result is stated when it could be known, and not before the target."""
    set_on, known_on = dates.get(str(target["report_id"]), ""), dates.get(str(result["report_id"]), "")
    last_day = str(result.get("period_end") or "")
    if not set_on or not known_on or not last_day:
        return False
    if target["report_id"] != result["report_id"]:
        size = min(len(set_on), len(known_on))
        if known_on[:size] < set_on[:size]:
            return False
    return last_day[:7] <= known_on[:7] if len(known_on) >= 7 else last_day[:4] < known_on[:4]


def _year_of(report_id: str) -> str:
    match = _YEAR.search(report_id)
    return match[1] if match else ""


def _keys(row: Row) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """What a target and its result share: all but the indicator, and that by its identifier or by its name."""
    common = tuple(row.get(column) or "" for column in SHARED)
    return (*common, str(row["indicator_id"])), (*common, _pattern("scope").sub("", _name(row)), "")


def _same_thing(target: Row, result: Row) -> bool:
    """Whether two rows are of one indicator. Two that are not core are if they differ only in words that say nothing."""
    one, two = target["indicator_id"], result["indicator_id"]
    if one == two or not {one, two}.isdisjoint(catalogue("indicators")):
        return one == two
    return _name(target) == _name(result)


def _name(row: Row) -> str:
    """The name of an indicator without the words that do not change what it is."""
    return _shortened(str(row["indicator_text"]))


@lru_cache(maxsize=4096)
def _shortened(name: str) -> str:
    return _pattern("says_nothing").sub("", normalised(name))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(vocabulary("reconcile")[name], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _number(value: object) -> Decimal | None:
    return _decimal(value) if isinstance(value, Decimal) or value not in (None, "") else None
