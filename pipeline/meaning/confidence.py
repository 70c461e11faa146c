"""How sure it is that all strict fields of a row are right, from what is known of its own document alone.

A logistic model: the distances between the words that the row rests on, the form of the name, the part of the report that it stands
in, what the document says of the same thing elsewhere, and how sure the rows around it are. The words are data (`vocabulary/confidence.yaml`), and so are the
coefficients (`coefficients.yaml`), trained on annotated documents, each left out in turn (`scripts/train_confidence.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import accumulate
from math import exp
from operator import getitem
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.knowledge import any_of, knowledge, vocabulary
from pipeline.prefilter import filtered

if TYPE_CHECKING:
    from pipeline.models import Fact
    from pipeline.reading.result import Reading, Resolved

_W: dict[str, Any] = vocabulary("confidence")
_VERBS, _VERB_CHARACTERS = frozenset(_W["verbs"]), frozenset(_W["verb_characters"])
# Shapes of names that are rarely whole: bare behind two characters at most.
_BARE = frozenset(_W["bare"])
_ATTRIBUTE: str = _W["attribute"]
_NEW: str = _W["new"]
_LIGHT = re.compile(any_of(_W["light"])).match
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
_NUMBER = re.compile(r"\d\d*(?:\.\d+)?")  # found faster than \d+
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
_MANY = 3
_GROWTHS = _steps(5, 10, 20, 40, 100, 101)
_SIGNS = {**dict.fromkeys(",;。!?:", "stop"), "、": "list", **dict.fromkeys('“”"《》‘’', "quote")}

# The value of what does not hold for a row; what holds without a value has None.
_ABSENT = object()


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

    in_sentence: dict[int, int]
    at_numeral: dict[int, int]
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
    """The values of some features, and what they add together, in thousandths."""

    features: tuple[_Feature, ...]
    values: tuple[Any, ...]
    weight: int

    def names(self) -> Iterator[str]:
        """The names of those that hold."""
        for feature, value in zip(self.features, self.values, strict=True):
            if value is not _ABSENT:
                yield feature.named(value)


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[Decimal]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    weights = [a.weight + b.weight + c.weight + d.weight for a, b, c, d in _held(reading, resolved)]
    model = _model()
    own, neighbours = round(1000 * model["own"]), round(1000 * model["neighbours"])
    return [
        _confidence((own * mine + neighbours * round(beside)) // 1000)
        for mine, beside in zip(weights, of_neighbours(weights), strict=True)
    ]


def of_neighbours(weights: Sequence[float]) -> list[float]:
    """The mean of up to four weights before and up to four behind each: errors come in clusters. Of a single row its own."""
    sums, count = [0.0, *accumulate(weights)], len(weights)
    found = []
    for place, mine in enumerate(weights):
        first = place - _NEAR if place > _NEAR else 0
        last = place + _NEAR + 1 if place + _NEAR < count else count
        others = last - first - 1
        found.append((sums[last] - sums[first] - mine) / others if others else mine)
    return found


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    for together in _held(reading, resolved):
        yield {name for held in together for name in held.names()}


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
        _counted([row.fact.sentence.start for row in resolved], 9),
        _counted([row.fact.numeral.start for row in resolved], _MANY),
        names,
        things,
        alike,
        agreeing,
        sentences,
        passages,
        Counter([(row.passage.start, row.time.period) for row in resolved]),
        {start: min(sum(speak[max(0, n - 3) : n + 3]), 3) for n, start in enumerate(order)},
    )


def _counted(starts: Iterable[int], most: int) -> dict[int, int]:
    """How often each stands there, up to `most`."""
    return {start: count if count < most else most for start, count in Counter(starts).items()}


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


def _held(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[tuple[_Held, _Held, _Held, _Held]]:
    """What holds for each row: by its name, by its time and kind, by its sentence, and by where it stands; nothing twice."""
    known = _known(reading, resolved)
    report, length = reading.report, len(reading.folded.text) or 1
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        name, measure, comparison = where.indicator, fact.measure, time.comparison or fact.comparison
        stated = known.sentences[fact.sentence.start]
        counts = known.passages[passage.start]
        kind, spoken = _period_kind(time.period), _period_kind(passage.period)
        same = "same" if time.period == passage.period else "other"
        of_name, flows = _of_name(name)
        elsewhere = where.place_id != report.place_id
        of_row = (
            *_of_words(fact, stated, kind, name),
            "unknown" if row.indicator_id.startswith("x_") else "composed" if "." in row.indicator_id else "core",
            (flows, kind, passage.role),
            name not in stated.text,
            (_SHARES[100 * counts[2] // max(counts[1], 1)], _of_passage(same, spoken)),
            _SHARES[100 * known.periods[passage.start, time.period] // counts[0]],
            _SHARES[min(100 * (passage.stop - passage.start) // length, 100)],
            known.in_sentence[fact.sentence.start],
            known.at_numeral[fact.numeral.start],
            known.names[name] if known.names[name] < _MANY else _MANY,
            _beside(row, known),
            (not elsewhere) if measure == "rank" else _ABSENT,
            comparison if fact.unit == "倍" or _TIMES in fact.numeral.text else _ABSENT,
            _GROWTHS[min(int(abs(fact.value)), 101)]
            if measure == "growth" and comparison == "yoy" and fact.unit == "%"
            else _ABSENT,
            None if fact.numeral.chinese else _ABSENT,
            None if where.subject else _ABSENT,
            None if elsewhere else _ABSENT,
            None if fact.earlier else _ABSENT,
            None if passage.sure < 1 else _ABSENT,
        )
        yield (
            of_name,
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
            _together(_OF_ROW, of_row),
        )


def _of_words(fact: Fact, stated: _Stated, kind: str, name: str) -> tuple[Any, ...]:
    """What the words between the name and the numeral, and those around them, say."""
    text, begin = stated.text, fact.sentence.start
    start, stop = fact.numeral.phrase_start - begin, fact.numeral.phrase_stop - begin
    head_start, head_stop = fact.head_start - begin, fact.head_stop - begin
    quoted = bracketed = near = reached = cut = end = gap = named = _ABSENT
    if stated.encloses:
        if text.count("“", 0, start) > text.count("”", 0, start) or text.count('"', 0, start) % 2:
            quoted = None
        if text.rfind("(", 0, start) > text.rfind(")", 0, start):
            bracketed = None
    if stated.several_years and _YEARS.search(text, max(0, start - 14), start):
        near = kind
    if _REACHED.search(text, start - 5 if start > 5 else 0, start):
        reached = kind, fact.measure
    if 0 <= head_start < head_stop <= len(text):
        behind = head_start >= stop - 1
        head = text[head_start:head_stop]
        cut = behind, _SIGN[text[head_start - 1 : head_start] if head_start else ""]
        end = behind, _SIGN[text[head_stop : head_stop + 1]]
        gap = head_start - stop if behind else start - head_stop
        gap = _GAPS[0 if gap < 0 else gap if gap < 31 else 31]
        named = "whole" if name == head else "longer" if head in name else "shorter" if name in head else "apart"
    next_sign, sign_before = _SIGN[text[stop : stop + 1]], _SIGN[text[start - 1 : start] if start else ""]
    return next_sign, sign_before, quoted, bracketed, near, reached, cut, end, gap, named


def _of_sentence(text: str) -> _Held:
    """What the length of a sentence and its numbers say."""
    return _together(_OF_SENTENCE, (_SENTENCES[min(len(text), 401)], _NUMBERS[min(len(_NUMBER.findall(text)), 17)]))


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
    values = (
        role,
        (role, kind, same),
        (role, status),
        (status, kind),
        (kind, spoken, same),
        (measure, kind),
        (comparison, kind),
        (several_years, kind),
        (one_year, kind),
        (near, _of_passage(same, spoken)),
    )
    return _together(_OF_TIME, values)


def _of_passage(same: str, spoken: str) -> str:
    """Whether the period is that of the passage, and what kind that is of where it is no year."""
    return same if spoken == "year" else f"{same},{spoken}"


def _together(features: tuple[_Feature, ...], values: tuple[Any, ...]) -> _Held:
    return _Held(features, values, sum(map(getitem, features, values)))


class _Signs(dict[str, str]):
    """What kind of character each is; empty at the end of a sentence."""

    def __missing__(self, character: str) -> str:
        han = "\u4e00" <= character <= "\u9fff"
        kind = "word" if han else "latin" if character.isalpha() else "digit" if character.isdigit() else "other"
        self[character] = kind
        return kind


_SIGN = _Signs({**_SIGNS, "": "end"})


@lru_cache(maxsize=1 << 10)
def _period_kind(period: str) -> str:
    return "none" if not period else "several" if "/" in period else "part" if "-" in period else "year"


@lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[_Held, bool]:
    """What the form of a name says, and whether it is of something that was done in a time."""
    found: list[Any] = [_LENGTHS[min(len(name), 25)]]
    if name in _BARE or name[1:] in _BARE or name[2:] in _BARE:
        found.append("bare")
    if name[-2:] in _VERBS or name[-1:] in _VERB_CHARACTERS:
        found.append("verb-end")
    if _LIGHT(name):
        found.append("light-begin")
    if _ATTRIBUTE in name:
        found.append("attribute")
    if name.startswith(_NEW):
        found.append("new")
    if _MARKED(name):
        found += [shape for shape, holds in _BY_CHARACTERS.items() if holds(name)]
    return _together(_OF_NAME[: len(found)], tuple(found)), bool(_FLOW.match(name))


class _Feature(dict[Any, int]):
    """What a feature adds by its value, in thousandths, which are added up exactly in any order."""

    def __init__(self, name: str) -> None:
        super().__init__({_ABSENT: 0})
        self._name = name

    def named(self, value: Any) -> str:
        """The name of the feature with its value, as the coefficients have it."""
        if value is None:
            return self._name
        return f"{self._name}={','.join(map(str, value)) if isinstance(value, tuple) else value}"

    def __missing__(self, value: Any) -> int:
        weights: dict[str, float] = _model()["weights"]
        self[value] = found = round(1000 * weights.get(self.named(value), 0))
        return found


def _features(names: str) -> tuple[_Feature, ...]:
    return tuple(map(_Feature, names.split()))


# In the order in which their values are told.
_OF_ROW = _features(
    "next before in-quotes in-brackets near,period reached,period cut head-end gap head thing flow,period made-up passage-of-years"
    " like-period passage rows joint same-name beside rank times growth chinese subject other-place old-value unsure-part"
)
_OF_TIME = _features(
    "role role,period role,status status,period period measure,period comparison,period several-years,period one-year,period near-years"
)
_OF_SENTENCE = _features("sentence numbers")
_NAME_LENGTH, _SHAPE = _features("name-length shape")
# Of any number of shapes.
_OF_NAME = (_NAME_LENGTH, *[_SHAPE] * (5 + len(_CHARACTERS)))


@lru_cache(maxsize=1 << 14)
def _confidence(weight: int) -> Decimal:
    return Decimal(str(round(1 / (1 + exp(-_model()["intercept"] - weight / 1000)), 3)))


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = knowledge("meaning/coefficients")
    return model
