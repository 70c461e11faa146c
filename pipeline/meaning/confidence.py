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
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import compress, starmap
from math import exp
from typing import TYPE_CHECKING, Any

from pipeline.knowledge import knowledge

if TYPE_CHECKING:
    from pipeline.models import Fact
    from pipeline.reading.result import Reading, Resolved

# Shapes of names that are rarely whole.
_VERB = re.compile(
    "推进|推动|实现|达到|完成|开展|实施|提升|提高|带动|促进|打造|形成|保持|突破|落实|超过|新增|增长|下降"
)
_VERBS = frozenset("至到达超为是成增降建破用供送引设入办于")
_SHAPES: dict[str, Callable[[str], object]] = {
    "bare": re.compile(
        "^.{0,2}(?:产值|规模|面积|收入|投资|资金|总量|总额|数量|比重|占比|增速|产量|产能|率|量|值|数|项目|企业|首批|任务|人|工程)$"
    ).match,
    "verb-end": lambda name: _VERB.fullmatch(name[-2:]) or name[-1:] in _VERBS,
    "light-begin": re.compile(
        "^(?:其中|同时|以及|和|与|及|并|为|在|将|对|从|向|使|让|把|被|由|等|的|了|也|均|都|还|又|再|以|实施|推进|推动|加快|完成|实现|支持|打造|"
        "培育|壮大|开展|建设|建成|新建|新增)"
    ).match,
    "punctuation": re.compile('[,;:!?。，；：！？()（）"“”‘’《》<>]').search,
    "digits": re.compile(r"\d").search,
    "latin": re.compile("[A-Za-z]").search,
    "list": re.compile("、").search,
    "joined": re.compile("[和与及]").search,
    "attribute": re.compile("的").search,
    "new": re.compile("^新").search,
}
# A name that begins with what was done in a time, and is no stock.
_FLOW = re.compile("^.{0,3}?(?:[新建增投培创开改治引签发办修减转授落推]|完成|实现)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# What tells of several years, of one year, of a level that was reached.
_YEARS = re.compile("年均|累计|五年|5年|翻番|翻一番|连跨|十四五|跃升|增量|以来|期间|连续")
_ONE_YEAR = re.compile("去年|上年|今年|全年|当年")
_REACHED = re.compile("达|突破|超过|升至|降至|增至|跃升|稳定在|保持")
# What counts as one, by the largest of it; the last is whatever is larger.
_LENGTHS = (2, 3, 4, 5, 6, 8, 10, 14, 18, 24, 25)
_GAPS = (0, 1, 2, 4, 8, 16, 30, 31)
_SENTENCES = (20, 40, 80, 120, 200, 400, 401)
_NUMBERS = (1, 2, 3, 4, 6, 8, 12, 16, 17)
_SHARES = (0, 5, 10, 20, 40, 60, 90, 100)
_GROWTHS = (5, 10, 20, 40, 100, 101)
_SIGNS = {**dict.fromkeys(",;。!?:", "stop"), "、": "list", **dict.fromkeys('“”"《》‘’', "quote")}

# What holds for a row: a name with its value, or a mark without one.
_Feature = tuple[str, Any]


@dataclass(slots=True)
class _Stated:
    """A sentence with rows: its text, how many numbers it holds, and what it says of time."""

    text: str
    numbers: int
    several_years: bool
    one_year: bool


@dataclass(slots=True)
class _Known:
    """What the rows of a document have in common."""

    in_sentence: Counter[int]
    at_numeral: Counter[int]
    names: Counter[str]
    sentences: dict[int, _Stated]
    # By the start of a passage: rows, sentences with rows, and how many of these speak of several years.
    passages: dict[int, list[int]]
    periods: Counter[tuple[int, str]]
    near: dict[int, int]


def confidences(reading: Reading, resolved: Sequence[Resolved]) -> list[Decimal]:
    """The confidence of each row, between 0 and 1, with three decimals."""
    weight = _weights().__getitem__
    return [_confidence(sum(map(weight, held))) for held in _held(reading, resolved)]


def features(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[set[str]]:
    """The names of what holds for each row."""
    for held in _held(reading, resolved):
        yield set(starmap(_named, held))


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
            sentences[start] = _Stated(text, len(_NUMBER.findall(text)), several, bool(_ONE_YEAR.search(text)))
            counts[1] += 1
            counts[2] += several
    order = sorted(sentences)
    speak = [sentences[start].several_years for start in order]
    return _Known(
        Counter([row.fact.sentence.start for row in resolved]),
        Counter([row.fact.numeral.start for row in resolved]),
        Counter([row.where.indicator for row in resolved]),
        sentences,
        passages,
        Counter([(row.passage.start, row.time.period) for row in resolved]),
        {start: min(sum(speak[max(0, n - 3) : n + 3]), 3) for n, start in enumerate(order)},
    )


def _held(reading: Reading, resolved: Sequence[Resolved]) -> Iterator[list[_Feature]]:
    """What holds for each row, nothing twice."""
    known = _known(reading, resolved)
    report, length = reading.report, len(reading.folded.text) or 1
    for row in resolved:
        fact, passage, time, where = row.fact, row.passage, row.time, row.where
        stated = known.sentences[fact.sentence.start]
        counts = known.passages[passage.start]
        kind, spoken = _period_kind(time.period), _period_kind(passage.period)
        same = "same" if time.period == passage.period else "other"
        own = same if spoken == "year" else f"{same},{spoken}"
        measure, comparison = fact.measure, time.comparison or fact.comparison
        yield [
            *_of_name(where.indicator),
            *_of_words(fact, stated, kind),
            ("role", passage.role),
            ("role,period", (passage.role, kind, same)),
            ("role,status", (passage.role, time.status)),
            ("status,period", (time.status, kind)),
            ("period", (kind, spoken, same)),
            ("measure,period", (measure, kind)),
            ("comparison,period", (comparison, kind)),
            (
                "thing",
                "unknown" if row.indicator_id.startswith("x_") else "composed" if "." in row.indicator_id else "core",
            ),
            ("flow,period", (_flows(where.indicator), kind, passage.role)),
            ("made-up", where.indicator not in stated.text),
            ("several-years,period", (stated.several_years, kind)),
            ("one-year,period", (stated.one_year, kind)),
            ("passage-of-years", (_step(100 * counts[2] // counts[1], _SHARES), own)),
            ("near-years", (known.near[fact.sentence.start], own)),
            ("like-period", _step(100 * known.periods[passage.start, time.period] // counts[0], _SHARES)),
            ("passage", _step(100 * (passage.stop - passage.start) // length, _SHARES)),
            ("rows", min(known.in_sentence[fact.sentence.start], 9)),
            ("joint", min(known.at_numeral[fact.numeral.start], 3)),
            ("same-name", min(known.names[where.indicator], 3)),
            *((("rank", where.place_id == report.place_id),) if measure == "rank" else ()),
            *((("times", comparison),) if fact.unit == "倍" or "翻" in fact.numeral.text else ()),
            *(
                (("growth", _step(int(abs(fact.value)), _GROWTHS)),)
                if measure == "growth" and comparison == "yoy" and fact.unit == "%"
                else ()
            ),
            *compress(
                _MARKS,
                (
                    fact.numeral.chinese,
                    where.subject,
                    where.place_id != report.place_id,
                    fact.earlier,
                    passage.sure < 1,
                ),
            ),
        ]


_MARKS = tuple((mark, None) for mark in ("chinese", "subject", "other-place", "old-value", "unsure-part"))


def _of_words(fact: Fact, stated: _Stated, kind: str) -> Iterator[_Feature]:
    """What the words between the name and the numeral, and those around them, say."""
    text, begin = stated.text, fact.sentence.start
    start, stop = fact.numeral.phrase_start - begin, fact.numeral.phrase_stop - begin
    head_start, head_stop = fact.head_start - begin, fact.head_stop - begin
    yield "sentence", _step(len(text), _SENTENCES)
    yield "numbers", _step(stated.numbers, _NUMBERS)
    yield "next", _sign(text[stop : stop + 1])
    yield "before", _sign(text[start - 1 : start] if start else "")
    if text.count("“", 0, start) > text.count("”", 0, start) or text.count('"', 0, start) % 2:
        yield "in-quotes", None
    if text.rfind("(", 0, start) > text.rfind(")", 0, start):
        yield "in-brackets", None
    if stated.several_years and _YEARS.search(text, max(0, start - 14), start):
        yield "near,period", kind
    if _REACHED.search(text, max(0, start - 5), start):
        yield "reached,period", (kind, fact.measure)
    if not 0 <= head_start < head_stop <= len(text):
        return
    behind = head_start >= stop - 1
    yield "cut", (behind, _sign(text[head_start - 1 : head_start] if head_start else ""))
    yield "head-end", (behind, _sign(text[head_stop : head_stop + 1]))
    gap = text[stop:head_start] if behind else text[head_stop:start]
    yield "gap", _step(len(gap), _GAPS)


@lru_cache(maxsize=1 << 14)
def _flows(name: str) -> bool:
    return bool(_FLOW.match(name))


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


def _period_kind(period: str) -> str:
    return "none" if not period else "several" if "/" in period else "part" if "-" in period else "year"


@lru_cache(maxsize=1 << 14)
def _of_name(name: str) -> tuple[_Feature, ...]:
    shapes = [("shape", shape) for shape, holds in _SHAPES.items() if holds(name)]
    return (*shapes, ("name-length", _step(len(name), _LENGTHS)))


def _step(value: int, steps: Sequence[int]) -> int:
    """The first of the steps that the value does not pass, or the last."""
    return steps[min(bisect_left(steps, value), len(steps) - 1)]


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
    model: dict[str, Any] = knowledge("meaning/confidence")
    return model
