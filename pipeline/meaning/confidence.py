"""How sure it is that all strict fields of a row are right, from what is known of its own document alone.

A logistic model: the distances between the words that the row rests on, the form of the name, the part of the report that it stands
in, what the document says of the same thing elsewhere, and how sure the rows around it are. The words are data (`vocabulary/confidence.yaml`), and so are the
coefficients (`coefficients.yaml`), trained on annotated documents, each left out in turn (`scripts/train_confidence.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import accumulate, compress, starmap
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.knowledge import any_of, knowledge, vocabulary
from pipeline.prefilter import filtered

if TYPE_CHECKING:
    from pipeline.models import Fact
    from pipeline.reading.result import Reading, Resolved

_W: dict[str, Any] = vocabulary("confidence")
_VERBS, _VERB_CHARACTERS = frozenset(_W["verbs"]), frozenset(_W["verb_characters"])
# Shapes of names that are rarely whole.
_SHAPES: dict[str, Callable[[str], object]] = {
    "bare": re.compile(f"^.{{0,2}}{any_of(_W['bare'])}$").match,
    "verb-end": lambda name: name[-2:] in _VERBS or name[-1:] in _VERB_CHARACTERS,
    "light-begin": re.compile(any_of(_W["light"])).match,
    "attribute": re.compile(_W["attribute"]).search,
    "new": re.compile(_W["new"]).match,
}
# And by single characters, which most names do not have.
_CHARACTERS = {
    "punctuation": ',;:!?。，；：！？()（）"“”‘’《》<>',
    "digits": r"\d",
    "latin": "A-Za-z",
    "list": "、",
    "joined": _W["joining"],
}
_MARKED = re.compile(f"[{''.join(_CHARACTERS.values())}]").search
_BY_CHARACTERS = {shape: re.compile(f"[{characters}]").search for shape, characters in _CHARACTERS.items()}
_ENCLOSING = re.compile('[“"(]')
# A name that begins with what was done in a time, and is no stock.
_FLOW = filtered(f"^.{{0,3}}?(?:[{_W['flow_characters']}]|{any_of(_W['flows'])})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLANS: list[str] = list(vocabulary("time")["plans"])
# A plan's name of two characters may be a number: 十五.
_PLAN = (
    f"{any_of(name for name in _PLANS if len(name) > 2)}|"
    f'(?<=[“"]){any_of(name for name in _PLANS if len(name) == 2)}(?=[”"])'
)
# What tells of several years, of one year, of a level that was reached.
_YEARS = filtered(f"{any_of(_W['several_years'])}|{_PLAN}")
_ONE_YEAR = filtered(any_of(_W["one_year"]))
_REACHED = re.compile(any_of(_W["reached"]))
_TIMES: str = _W["times"]


def _steps(*steps: int) -> tuple[int, ...]:
    """What counts as one, by its size: the first of the steps that it does not pass; the last is whatever is larger."""
    return tuple(steps[bisect_left(steps, size)] for size in range(steps[-1] + 1))


_LENGTHS = _steps(2, 3, 4, 5, 6, 8, 10, 14, 18, 24, 25)
_GAPS = _steps(0, 1, 2, 4, 8, 16, 30, 31)
_SENTENCES = _steps(20, 40, 80, 120, 200, 400, 401)
_NUMBERS = _steps(1, 2, 3, 4, 6, 8, 12, 16, 17)
_SHARES = _steps(0, 5, 10, 20, 40, 60, 90, 100)
_NEAR = 4
_GROWTHS = _steps(5, 10, 20, 40, 100, 101)
_SIGNS = {**dict.fromkeys(",;。!?:", "stop"), "、": "list", **dict.fromkeys('“”"《》‘’', "quote")}

# What holds for a row: a name with its value, or a mark without one.
_Feature = tuple[str, Any]


@dataclass(slots=True)
class _Stated:
    """A sentence with rows: its text, whether marks enclose some of it, what it says of time, and what holds for all its rows."""

    text: str
    encloses: bool
    several_years: bool
    one_year: bool
    held: _Held


@dataclass(slots=True)
class _Known:
    """What the rows of a document have in common."""

    in_sentence: Counter[int]
    at_numeral: Counter[int]
    names: Counter[str]
    # Rows with a name that others have: by name and measure, with period and unit too, and with the value too.
    things: Counter[tuple[object, ...]]
    alike: Counter[tuple[object, ...]]
    agreeing: Counter[tuple[object, ...]]
    sentences: dict[int, _Stated]
    # By the start of a passage: rows, sentences with rows, and how many of these speak of several years.
    passages: dict[int, list[int]]
    periods: Counter[tuple[int, str]]
    near: dict[int, int]


class _Held(NamedTuple):
    """Features that hold together for many rows, and what they add, in thousandths."""

    features: tuple[_Feature, ...]
    weight: int


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[Decimal]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    weight = _weights().__getitem__
    weights = [
        named.weight + timed.weight + told.weight + sum(map(weight, held))
        for named, timed, told, held in _held(reading, resolved)
    ]
    model = _model()
    own, neighbours = round(1000 * model["own"]), round(1000 * model["neighbours"])
    return [
        _confidence((own * mine + neighbours * round(beside)) // 1000)
        for mine, beside in zip(weights, of_neighbours(weights), strict=True)
    ]


def of_neighbours(weights: Sequence[float]) -> list[float]:
    """The mean of up to four weights before and up to four behind each: errors come in clusters. Of a single row its own."""
    sums = [0.0, *accumulate(weights)]
    found = []
    for place, mine in enumerate(weights):
        first, last = max(0, place - _NEAR), min(len(weights), place + _NEAR + 1)
        others = last - first - 1
        found.append((sums[last] - sums[first] - mine) / others if others else mine)
    return found


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    for named, timed, told, held in _held(reading, resolved):
        yield set(starmap(_named, (*named.features, *timed.features, *told.features, *held)))


def _known(reading: Reading, resolved: Sequence[Resolved]) -> _Known:
    sentences: dict[int, _Stated] = {}
    passages: dict[int, list[int]] = {}
    for row in resolved:
        start, stop = row.fact.sentence.start, row.fact.sentence.stop
        counts = passages.setdefault(row.passage.start, [0, 0, 0])
        counts[0] += 1
        if start not in sentences:
            text = reading.folded.text[start:stop]
            several = bool(_YEARS.search(text))
            one = bool(_ONE_YEAR.search(text))
            sentences[start] = _Stated(text, bool(_ENCLOSING.search(text)), several, one, _of_sentence(text))
            counts[1] += 1
            counts[2] += several
    names = Counter([row.where.indicator for row in resolved])
    agreeing = Counter([_stated_of(row) for row in resolved if names[row.where.indicator] > 1])
    things: Counter[tuple[object, ...]] = Counter()
    alike: Counter[tuple[object, ...]] = Counter()
    for stated, count in agreeing.items():
        things[stated[:2]] += count
        alike[stated[:4]] += count
    order = sorted(sentences)
    speak = [sentences[start].several_years for start in order]
    return _Known(
        Counter([row.fact.sentence.start for row in resolved]),
        Counter([row.fact.numeral.start for row in resolved]),
        names,
        things,
        alike,
        agreeing,
        sentences,
        passages,
        Counter([(row.passage.start, row.time.period) for row in resolved]),
        {start: min(sum(speak[max(0, n - 3) : n + 3]), 3) for n, start in enumerate(order)},
    )


def _stated_of(row: Resolved) -> tuple[object, ...]:
    """Name, measure, period, unit and value."""
    fact = row.fact
    return row.where.indicator, fact.measure, row.time.period, fact.unit, fact.value


def _beside(row: Resolved, known: _Known) -> str:
    """Whether the document states the same again, something else of the same time, something of another time, or nothing."""
    if known.names[row.where.indicator] == 1:
        return "alone"
    stated = _stated_of(row)
    if (same := known.agreeing[stated]) > 1:
        return "same"
    if known.alike[stated[:4]] > same:
        return "else"
    return "other-time" if known.things[stated[:2]] > same else "alone"


def _held(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[tuple[_Held, _Held, _Held, list[_Feature]]]:
    """What holds for each row: by its name, by its time and kind, by its sentence, and by where it stands; nothing twice."""
    known = _known(reading, resolved)
    report, length = reading.report, len(reading.folded.text) or 1
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        stated = known.sentences[fact.sentence.start]
        counts = known.passages[passage.start]
        kind, spoken = _period_kind(time.period), _period_kind(passage.period)
        same = "same" if time.period == passage.period else "other"
        measure, comparison = fact.measure, time.comparison or fact.comparison
        held = _of_words(fact, stated, kind, where.indicator)
        held += (
            (
                "thing",
                "unknown" if row.indicator_id.startswith("x_") else "composed" if "." in row.indicator_id else "core",
            ),
            ("flow,period", (_flows(where.indicator), kind, passage.role)),
            ("made-up", where.indicator not in stated.text),
            ("passage-of-years", (_SHARES[100 * counts[2] // max(counts[1], 1)], _of_passage(same, spoken))),
            ("like-period", _SHARES[100 * known.periods[passage.start, time.period] // counts[0]]),
            ("passage", _SHARES[min(100 * (passage.stop - passage.start) // length, 100)]),
            ("rows", min(known.in_sentence[fact.sentence.start], 9)),
            ("joint", min(known.at_numeral[fact.numeral.start], 3)),
            ("same-name", min(known.names[where.indicator], 3)),
            ("beside", _beside(row, known)),
        )
        if measure == "rank":
            held.append(("rank", where.place_id == report.place_id))
        if fact.unit == "倍" or _TIMES in fact.numeral.text:
            held.append(("times", comparison))
        if measure == "growth" and comparison == "yoy" and fact.unit == "%":
            held.append(("growth", _GROWTHS[min(int(abs(fact.value)), 101)]))
        marks = (fact.numeral.chinese, where.subject, where.place_id != report.place_id, fact.earlier, passage.sure < 1)
        held += compress(_MARKS, marks)
        yield (
            _of_name(where.indicator),
            _of_time(
                passage.role,
                time.status,
                kind,
                spoken,
                same,
                measure,
                comparison,
                stated.several_years,
                stated.one_year,
                known.near[fact.sentence.start],
            ),
            stated.held,
            held,
        )


_MARKS = tuple((mark, None) for mark in ("chinese", "subject", "other-place", "old-value", "unsure-part"))


def _of_words(fact: Fact, stated: _Stated, kind: str, name: str) -> list[_Feature]:
    """What the words between the name and the numeral, and those around them, say."""
    text, begin = stated.text, fact.sentence.start
    start, stop = fact.numeral.phrase_start - begin, fact.numeral.phrase_stop - begin
    head_start, head_stop = fact.head_start - begin, fact.head_stop - begin
    held: list[_Feature] = [
        ("next", _sign(text[stop : stop + 1])),
        ("before", _sign(text[start - 1 : start] if start else "")),
    ]
    if stated.encloses:
        if text.count("“", 0, start) > text.count("”", 0, start) or text.count('"', 0, start) % 2:
            held.append(("in-quotes", None))
        if text.rfind("(", 0, start) > text.rfind(")", 0, start):
            held.append(("in-brackets", None))
    if stated.several_years and _YEARS.search(text, max(0, start - 14), start):
        held.append(("near,period", kind))
    if _REACHED.search(text, max(0, start - 5), start):
        held.append(("reached,period", (kind, fact.measure)))
    if not 0 <= head_start < head_stop <= len(text):
        return held
    behind = head_start >= stop - 1
    gap = max(0, head_start - stop if behind else start - head_stop)
    head = text[head_start:head_stop]
    named = "whole" if name == head else "longer" if head in name else "shorter" if name in head else "apart"
    held += (
        ("cut", (behind, _sign(text[head_start - 1 : head_start] if head_start else ""))),
        ("head-end", (behind, _sign(text[head_stop : head_stop + 1]))),
        ("gap", _GAPS[min(gap, 31)]),
        ("head", named),
    )
    return held


def _of_sentence(text: str) -> _Held:
    """What the length of a sentence and its numbers say."""
    return _together(
        ("sentence", _SENTENCES[min(len(text), 401)]), ("numbers", _NUMBERS[min(len(_NUMBER.findall(text)), 17)])
    )


@lru_cache(maxsize=1 << 14)
def _of_time(
    role: str,
    status: str,
    kind: str,
    spoken: str,
    same: str,
    measure: str,
    comparison: str,
    several_years: bool,
    one_year: bool,
    near: int,
) -> _Held:
    """What the part of the report, the time and the kind of a figure, and the times around it say; few of them ever meet."""
    return _together(
        ("role", role),
        ("role,period", (role, kind, same)),
        ("role,status", (role, status)),
        ("status,period", (status, kind)),
        ("period", (kind, spoken, same)),
        ("measure,period", (measure, kind)),
        ("comparison,period", (comparison, kind)),
        ("several-years,period", (several_years, kind)),
        ("one-year,period", (one_year, kind)),
        ("near-years", (near, _of_passage(same, spoken))),
    )


def _of_passage(same: str, spoken: str) -> str:
    """Whether the period is that of the passage, and what kind that is of where it is no year."""
    return same if spoken == "year" else f"{same},{spoken}"


def _together(*found: _Feature) -> _Held:
    return _Held(found, sum(map(_weights().__getitem__, found)))


@lru_cache(maxsize=1 << 14)
def _flows(name: str) -> bool:
    return bool(_FLOW.match(name))


@lru_cache(maxsize=1 << 14)
def _sign(character: str) -> str:
    """What kind of character it is."""
    if not character:
        return "end"
    if sign := _SIGNS.get(character):
        return sign
    return (
        "word"
        if "\u4e00" <= character <= "\u9fff"
        else "latin"
        if character.isalpha()
        else "digit"
        if character.isdigit()
        else "other"
    )


@lru_cache(maxsize=1 << 10)
def _period_kind(period: str) -> str:
    return "none" if not period else "several" if "/" in period else "part" if "-" in period else "year"


@lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> _Held:
    """What the form of a name says."""
    shapes = [("shape", shape) for shape, holds in _SHAPES.items() if holds(name)]
    if _MARKED(name):
        shapes += [("shape", shape) for shape, holds in _BY_CHARACTERS.items() if holds(name)]
    return _together(*shapes, ("name-length", _LENGTHS[min(len(name), 25)]))


def _named(name: str, value: Any) -> str:
    if value is None:
        return name
    return f"{name}={','.join(map(str, value)) if isinstance(value, tuple) else value}"


class _Weights(dict[_Feature, int]):
    """What a feature adds, in thousandths, which are added up exactly in any order."""

    def __missing__(self, feature: _Feature) -> int:
        weights: dict[str, float] = _model()["weights"]
        self[feature] = found = round(1000 * weights.get(_named(*feature), 0))
        return found


@cache
def _weights() -> _Weights:
    return _Weights()


@lru_cache(maxsize=1 << 14)
def _confidence(weight: int) -> Decimal:
    return Decimal(str(round(1 / (1 + exp(-_model()["intercept"] - weight / 1000)), 3)))


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = knowledge("meaning/coefficients")
    return model
