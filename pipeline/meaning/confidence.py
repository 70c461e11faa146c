"""How sure it is that all strict fields of a row are right, from what is known of its own document alone.

A logistic model over the trace: the rules that made the row, the distances between the words that they rested on, the form of
the name, and the part of the report that the row stands in. The coefficients are data (`confidence.yaml`), trained on
annotated documents, each left out in turn (`scripts/train_confidence.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[float]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    model = _model()
    weights: dict[str, float] = model["weights"]
    return [
        round(1 / (1 + exp(-model["intercept"] - sum(weights.get(name, 0.0) for name in found))), 3)
        for found in features(reading, resolved)
    ]


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    in_sentence = Counter(row.fact.sentence.start for row in resolved)
    at_numeral = Counter(row.fact.numeral.start for row in resolved)
    report = reading.report
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        name, numeral, sentence = where.indicator, fact.numeral, fact.sentence
        found = {f"{step.field}={step.rule}" for step in (*fact.trace, *time.trace, *where.trace)}
        found |= {f"shape={shape}" for shape, pattern in _SHAPES.items() if pattern.search(name)}
        found |= {
            f"kind={report.kind}",
            f"role={passage.role}",
            f"role,status={passage.role},{time.status}",
            f"measure={fact.measure}",
            f"bound={fact.bound}",
            f"name-length={_step(len(name), _LENGTHS)}",
            f"distance={_step(_between(fact.head_start, fact.head_stop, numeral.start, numeral.stop), _DISTANCES)}",
            f"sentence={_step(sentence.stop - sentence.start, _SENTENCES)}",
            f"rows={min(in_sentence[sentence.start], 9)}",
            f"joint={min(at_numeral[numeral.start], 3)}",
            f"clause={min(fact.clause, 4)}",
            f"steps={min(len(fact.trace), 6)}",
        }
        for holds, feature in (
            (not fact.unit, "no-unit"),
            (numeral.chinese, "chinese"),
            (bool(where.subject), "subject"),
            (where.place_id != report.place_id, "other-place"),
            (not report.place_id, "no-place"),
            (time.period != passage.period, "own-period"),
            (not time.period, "no-period"),
            ("/" in passage.period, "passage-of-years"),
            ("/" in time.period, "period-of-years"),
            (time.status != passage.status, "own-status"),
            (fact.earlier, "old-value"),
            (row.indicator_id.startswith("x_"), "unknown-thing"),
            ("." not in row.indicator_id, "issued"),
        ):
            if holds:
                found.add(feature)
        yield found


def _step(value: int, limits: Sequence[int]) -> int:
    """The smallest limit that the value does not pass, or the last with one added."""
    return next((limit for limit in limits if value <= limit), limits[-1] + 1)


def _between(start: int, stop: int, other_start: int, other_stop: int) -> int:
    return max(other_start - stop, start - other_stop, 0)


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return model
