"""Find every numeral of a report and say what it is."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from pipeline.models import Numeral
from pipeline.reading.numerals.borderless import tables
from pipeline.reading.numerals.chinese import FRACTION_PLACES, chinese
from pipeline.reading.numerals.coordinates import join_coordinates
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.kinds import kind, structure
from pipeline.reading.numerals.runs import leave_unread
from pipeline.reading.numerals.scan import scan
from pipeline.reading.numerals.series import (
    is_between,
    is_fraction,
    is_listed,
    is_per_many,
    is_range,
    is_ratio,
    ratio_of_units,
    scaled,
    share_bounds,
    share_ranks,
    share_units,
)
from pipeline.reading.numerals.signs import sign_of
from pipeline.reading.numerals.unit_phrases import MEASURED
from pipeline.text.chinese_numbers import SCALES

__all__ = ["lex"]

# A rank has the first of them.
_RANKS = ("位", "名")
# 在5万元至8万元之间
_BETWEEN = "之间"


def lex(text: str) -> list[Numeral]:
    """All numerals of folded `text`, in order; offsets count in `text`. Never raises.

    Every Arabic digit lies in exactly one numeral. Of numerals in Chinese characters only those that state a
    quantity are there. A range has its value on the first numeral, and `observation_part` on the second.
    """
    drafts = scan(text, tables(text))
    previous: Draft | None = None
    for draft in drafts:
        if not draft.kind and structure(text, draft, previous):
            draft.kind = "structure"
        previous = draft
    following: Draft | None = None
    for draft in reversed(drafts):
        if not draft.kind:
            _decide(text, draft, following)
        following = draft
    drafts = _apart(sorted([*drafts, *_ranges(text, chinese(text))], key=attrgetter("start")))
    _ranges(text, drafts, mixed=True)
    join_coordinates(text, drafts)
    leave_unread(text, drafts)
    share_units(text, drafts)
    share_ranks(text, drafts)
    share_bounds(text, drafts)
    return [draft.done() for draft in drafts]


def _apart(drafts: list[Draft]) -> list[Draft]:
    """The drafts without those in Chinese characters that begin inside the one before: 7亿千5万|亿分之二 was not read."""
    stops = [0, *(draft.stop for draft in drafts)]
    return [draft for draft, before in zip(drafts, stops, strict=False) if draft.start >= before or not draft.chinese]


def _ranges(text: str, drafts: list[Draft], mixed: bool = False) -> list[Draft]:
    """Join numbers in Chinese characters that are the ends of a range: 百分之五至百分之八; `mixed`: 三万至5万元."""
    for first, second in pairwise(drafts):
        if mixed and first.chinese == second.chinese:
            continue
        plain = (
            first.kind == "observation"
            and second.kind in ("observation", "threshold")
            and not (first.rank or second.rank or first.value_max)
        )
        if plain and is_range(text, first, second):
            _range(text, first, second)
    return drafts


def _decide(text: str, draft: Draft, following: Draft | None) -> None:
    """Give a draft its kind, with regard to the next numeral where both belong together."""
    near = following is not None and following.start - draft.stop <= 8
    if following is not None and near:
        if is_ratio(text, draft, following):
            _ratio(draft, following)
            return
        if is_fraction(text, draft, following):
            _fraction(draft, following)
            return
        if is_per_many(text, draft, following):
            _per_many(draft, following)
            return
        open_end = not draft.unit or (draft.dimension == "number" and following.dimension == "temperature")
        if open_end and draft.sign_start < 0 and following.unit and is_between(text, draft, following):
            draft.dimension = following.dimension  # 零下9至零下5℃, 零下7万至6万℃
            sign_of(text, draft)
        if following.kind != "structure" and is_range(text, draft, following):
            _range(text, draft, following)
            return
        bare = not draft.unit and draft.value is not None and text[draft.start - 1 : draft.start] not in ("/", "第")
        if bare and following.unit and is_listed(text, draft, following):
            # 1000、600、300个以上; 3、4月; 第14、15位
            draft.kind = following.kind
            if following.kind in ("observation", "threshold"):
                draft.unit, draft.dimension, draft.multiplier = (
                    following.unit,
                    following.dimension,
                    following.multiplier,
                )
                if not SCALES.keys().isdisjoint(draft.text):  # 8万7千、2675万人
                    draft.unit, draft.multiplier = following.unit[len(following.multiplier) :], ""
                draft.rank = following.rank
                if draft.sign_start < 0:
                    sign_of(text, draft)
            return
        if draft.unit == "个" and following.unit == "个百分点" and is_listed(text, draft, following):
            draft.unit, draft.dimension = following.unit, following.dimension
        if not draft.unit and text[draft.stop : following.start] in ("至", "到") and following.unit == "%":
            draft.unit, draft.dimension = "%", "ratio"
    draft.kind = kind(text, draft, following)
    if draft.kind == "observation" and _cut(text, draft):
        draft.kind = "unread"


def _cut(text: str, draft: Draft) -> bool:
    """Whether a point before the digits is left over: .5亿元. A sentence may end in such a point before a count."""
    start = draft.begin
    measured = draft.dimension in MEASURED or draft.dimension in ("ratio", "number")
    return measured and text[start - 1 : start] == "." and not text[start - 2 : start - 1].isdigit()


def _ratio(draft: Draft, following: Draft) -> None:
    """Join the two sides of a ratio to one (2.1:1); of a longer ratio each part is a value."""
    draft.kind = "observation"
    if following.text in ("1", "100"):
        following.kind = "observation_part"
        draft.phrase_stop = following.phrase_stop
        if draft.bound == "exact":
            draft.bound = following.bound
    elif following.kind not in ("observation", "observation_part"):
        following.kind = "observation"


def _fraction(draft: Draft, following: Draft) -> None:
    """Join numerator and denominator: 1/4 is 0.25."""
    assert draft.value is not None
    assert following.value
    draft.kind, following.kind = "observation", "observation_part"
    draft.value = (draft.value / following.value).quantize(FRACTION_PLACES)
    draft.unit, draft.dimension = "比例", "ratio"
    draft.phrase_stop, draft.after = following.phrase_stop, following.after
    if draft.bound == "exact":
        draft.bound = following.bound


def _per_many(draft: Draft, following: Draft) -> None:
    """Make the denominator a part of the unit: 死亡率8.5/10万."""
    draft.kind, following.kind = "observation", "context"
    draft.unit = f"/{following.text}{following.multiplier}"
    draft.dimension, draft.phrase_stop, draft.unit_stop = "ratio", following.phrase_stop, following.phrase_stop


def _range(text: str, draft: Draft, following: Draft) -> None:
    """Join the ends of a range; a range of something else than an observation has one kind."""
    places = draft.unit == following.unit and draft.unit in _RANKS
    if following.kind != "observation" or (following.rank and not places):
        draft.kind = following.kind
        return
    following.rank = False
    if places and text[draft.start - 1 : draft.start] == "第":  # 第5位至7位
        draft.rank, draft.phrase_start = True, min(draft.phrase_start, draft.start - 1)
        draft.unit = following.unit = _RANKS[0]
    assert draft.value is not None
    assert following.value is not None
    draft.kind = "observation"
    draft.value_max = following.value
    nothing = not draft.value and draft.unit == draft.multiplier  # 0万亿-8兆瓦: of nothing the multiplier tells nothing
    if draft.unit and draft.unit != following.unit and not nothing:
        # 500万元至1.2亿元: both are told in the unit of the first.
        ratio = ratio_of_units(draft, following)
        draft.value_max = scaled(following.value, ratio or Fraction(1))
        draft.unit = (
            draft.unit if draft.unit != draft.multiplier else draft.unit + following.unit[len(following.multiplier) :]
        )
        draft.dimension = following.dimension
    elif not draft.unit and (draft.value >= following.value or not SCALES.keys().isdisjoint(draft.text)):
        # 5000至1万元, 6万1千至9亿元
        ratio = ratio_of_units(draft, following)
        draft.value_max = scaled(following.value, ratio or Fraction(1))
        draft.unit, draft.dimension = following.unit[len(following.multiplier) :], following.dimension
    else:
        draft.unit, draft.dimension, draft.multiplier = following.unit, following.dimension, following.multiplier
    draft.unit_stop = following.unit_stop
    draft.bound = "range"
    draft.phrase_stop = following.phrase_stop + len(_BETWEEN) * text.startswith(_BETWEEN, following.phrase_stop)
    following.kind = "observation_part"
    following.phrase_start = draft.phrase_start
