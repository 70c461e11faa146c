"""How sure it is that all strict fields of a row are right, from what is known of its own document alone.

A logistic model over the trace: the rules that made the row, the distances between the words that they rested on, the form of
the name, and the part of the report that the row stands in. The coefficients are data (`confidence.yaml`), trained on
annotated documents, each left out in turn (`scripts/train_confidence.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from math import exp
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from pipeline.reading.result import Reading, Resolved

# Shapes of names that are rarely whole.
_SHAPES = {
    "bare": re.compile(r"^(?:.{0,2}(?:产值|规模|面积|收入|投资|资金|总量|总额|数量|比重|占比|增速|产量|产能|率))$"),
    "verb-end": re.compile(r"(?:推进|推动|实现|达到|完成|开展|实施|提升|提高|带动|促进|打造|形成|保持|突破|落实)$"),
    "light-begin": re.compile(
        r"^(?:其中|同时|以及|和|与|及|并|为|在|将|对|从|向|使|让|把|被|由|等|的|了|也|均|都|还|又|再)"
    ),
    "punctuation": re.compile(r"[,;:!?。，；：！？()（）]"),
    "digits": re.compile(r"[0-9]"),
    "list": re.compile("[、和与及]"),
}
_LENGTHS = (2, 4, 8, 12, 18, 26)
_DISTANCES = (0, 1, 4, 10, 20, 40)
_SENTENCES = (30, 60, 120, 240)
_DECIDED = attrgetter("field", "rule")
_MARKS = (
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


class _Group(NamedTuple):
    """Names of what holds for a row, and what they weigh together."""

    names: frozenset[str]
    weight: float


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[Decimal]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    intercept = _model()["intercept"]
    return [
        _written(round(1 / (1 + exp(-intercept - sum([group.weight for group in groups]))), 3))
        for groups in _groups(reading, resolved)
    ]


@lru_cache(maxsize=1 << 10)
def _written(confidence: float) -> Decimal:
    return Decimal(str(confidence))


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    for groups in _groups(reading, resolved):
        yield set().union(*(group.names for group in groups))


def _groups(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[tuple[_Group, ...]]:
    """What holds for each row, in groups without a common member, which many rows share."""
    in_sentence = Counter(row.fact.sentence.start for row in resolved)
    at_numeral = Counter(row.fact.numeral.start for row in resolved)
    report = reading.report
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        numeral, sentence = fact.numeral, fact.sentence
        yield (
            _of_trace(tuple(map(_DECIDED, chain(fact.trace, time.trace, where.trace)))),
            _of_name(where.indicator),
            _of_part(report.kind, passage.role, time.status, fact.measure, fact.bound),
            _of_form(
                _step(max(fact.head_start - numeral.stop, numeral.start - fact.head_stop, 0), _DISTANCES),
                _step(sentence.stop - sentence.start, _SENTENCES),
                min(in_sentence[sentence.start], 9),
                min(at_numeral[numeral.start], 3),
                min(fact.clause, 4),
                min(len(fact.trace), 6),
            ),
            _of_marks(
                not fact.unit,
                numeral.chinese,
                bool(where.subject),
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
            ),
        )


@lru_cache(maxsize=1 << 14)
def _of_trace(steps: tuple[tuple[str, str], ...]) -> _Group:
    return _group(f"{field}={rule}" for field, rule in steps)


@lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> _Group:
    shapes = [f"shape={shape}" for shape, pattern in _SHAPES.items() if pattern.search(name)]
    return _group([*shapes, f"name-length={_step(len(name), _LENGTHS)}"])


@lru_cache(maxsize=1 << 12)
def _of_part(kind: str, role: str, status: str, measure: str, bound: str) -> _Group:
    return _group(
        [f"kind={kind}", f"role={role}", f"role,status={role},{status}", f"measure={measure}", f"bound={bound}"]
    )


@lru_cache(maxsize=1 << 14)
def _of_form(*values: int) -> _Group:
    names = ("distance", "sentence", "rows", "joint", "clause", "steps")
    return _group(f"{name}={value}" for name, value in zip(names, values, strict=True))


@lru_cache(maxsize=1 << 12)
def _of_marks(*hold: bool) -> _Group:
    return _group(name for name, holds in zip(_MARKS, hold, strict=True) if holds)


def _group(names: Iterable[str]) -> _Group:
    held = frozenset(names)
    weights: dict[str, float] = _model()["weights"]
    # In one order: what is added up in another may differ in its last digit.
    return _Group(held, sum(weights.get(name, 0.0) for name in sorted(held)))


def _step(value: int, limits: Sequence[int]) -> int:
    """The smallest limit that the value does not pass, or the last with one added."""
    return next((limit for limit in limits if value <= limit), limits[-1] + 1)


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return model
