"""How sure it is that all strict fields of a row are right, from what is known of its own document alone.

A logistic model over the trace: the rules that made the row, the distances between the words that they rested on, the form of
the name, and the part of the report that the row stands in. The coefficients are data (`confidence.yaml`), trained on
annotated documents, each left out in turn (`scripts/train_confidence.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain, compress, starmap
from math import exp
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline.knowledge import knowledge

if TYPE_CHECKING:
    from pipeline.reading.result import Reading, Resolved

# Shapes of names that are rarely whole.
_VERB = re.compile("推进|推动|实现|达到|完成|开展|实施|提升|提高|带动|促进|打造|形成|保持|突破|落实")
_SHAPES: dict[str, Callable[[str], object]] = {
    "bare": re.compile(
        r"(?:.{0,2}(?:产值|规模|面积|收入|投资|资金|总量|总额|数量|比重|占比|增速|产量|产能|率))$"
    ).match,
    "verb-end": lambda name: _VERB.fullmatch(name[-2:]),
    "light-begin": re.compile(
        r"(?:其中|同时|以及|和|与|及|并|为|在|将|对|从|向|使|让|把|被|由|等|的|了|也|均|都|还|又|再)"
    ).match,
    "punctuation": re.compile(r"[,;:!?。，；：！？()（）]").search,
    "digits": re.compile(r"[0-9]").search,
    "list": re.compile("[、和与及]").search,
}
# What counts as one, by the largest of it; the last is whatever is larger.
_LENGTHS = (2, 4, 8, 12, 18, 26, 27)
_DISTANCES = (0, 1, 4, 10, 20, 40, 41)
_SENTENCES = (30, 60, 120, 240, 241)
_DECIDED = attrgetter("field", "rule")
_MARKS = tuple(
    (mark, None)
    for mark in (
        "no-unit",
        "chinese",
        "subject",
        "other-place",
        "no-place",
        "own-period",
        "no-period",
        "passage-of-years",
        "period-of-years",
        "own-status",
        "old-value",
        "unsure-part",
        "unknown-thing",
        "issued",
    )
)

# What holds for a row: a name with its value, or a mark without one.
_Feature = tuple[str, Any]


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[Decimal]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    return [_confidence(sum(starmap(_weight, held))) for held in _held(reading, resolved)]


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    for held in _held(reading, resolved):
        yield set(starmap(_named, held))


def _held(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[list[_Feature]]:
    """What holds for each row, nothing twice."""
    in_sentence = Counter([row.fact.sentence.start for row in resolved])
    at_numeral = Counter([row.fact.numeral.start for row in resolved])
    report = reading.report
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        numeral, sentence = fact.numeral, fact.sentence
        marks = (
            not fact.unit,
            numeral.chinese,
            where.subject,
            where.place_id != report.place_id,
            not report.place_id,
            time.period != passage.period,
            not time.period,
            "/" in passage.period,
            "/" in time.period,
            time.status != passage.status,
            fact.earlier,
            not passage.sure,
            row.indicator_id.startswith("x_"),
            "." not in row.indicator_id,
        )
        distance = max(fact.head_start - numeral.stop, numeral.start - fact.head_stop, 0)
        yield [
            *set(map(_DECIDED, chain(fact.trace, time.trace, where.trace))),
            *_of_name(where.indicator),
            ("kind", report.kind),
            ("role", passage.role),
            ("role,status", f"{passage.role},{time.status}"),
            ("measure", fact.measure),
            ("bound", fact.bound),
            ("distance", _step(distance, _DISTANCES)),
            ("sentence", _step(sentence.stop - sentence.start, _SENTENCES)),
            ("rows", min(in_sentence[sentence.start], 9)),
            ("joint", min(at_numeral[numeral.start], 3)),
            ("clause", min(fact.clause, 4)),
            ("steps", min(len(fact.trace), 6)),
            *compress(_MARKS, marks),
        ]


@lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[_Feature, ...]:
    shapes = [("shape", shape) for shape, holds in _SHAPES.items() if holds(name)]
    return (*shapes, ("name-length", _step(len(name), _LENGTHS)))


def _step(value: int, steps: Sequence[int]) -> int:
    """The first of the steps that the value does not pass, or the last."""
    return steps[min(bisect_left(steps, value), len(steps) - 1)]


def _named(name: str, value: Any) -> str:
    return name if value is None else f"{name}={value}"


@lru_cache(maxsize=1 << 12)
def _weight(name: str, value: Any) -> int:
    """What a feature adds, in thousandths, which are added up exactly in any order."""
    weights: dict[str, float] = _model()["weights"]
    return round(1000 * weights.get(_named(name, value), 0))


@lru_cache(maxsize=1 << 14)
def _confidence(weight: int) -> Decimal:
    return Decimal(str(round(1 / (1 + exp(-_model()["intercept"] - weight / 1000)), 3)))


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = knowledge("meaning/confidence")
    return model
