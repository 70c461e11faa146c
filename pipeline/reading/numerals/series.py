"""What numerals that stand side by side share: ranges, units and bounds of lists."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import prod

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.scan import BOUND_AFTER, BOUND_BEFORE
from pipeline.reading.numerals.signs import sign_of
from pipeline.unit_table import MULTIPLIER_WORDS, MULTIPLIERS, words

_NAMES = vocabulary("names")
_SMALL = vocabulary("function_words")
_LETTER = re.compile("[A-Za-z]")
_RANGE = re.compile("[-—~]{1,2}|[至到]")
_FROM = re.compile(r"[^,。;\n0-9]{0,3}[从由自]")
_SHORTENED = re.compile(rf"[^,。;\n]{{0,2}}?[,]?{any_of(_NAMES['shortened'])}[为至到]{{1,2}}")
_ENDS = re.compile(r"[,。;、)!！？\n]|$")
_LIST = re.compile(rf"、|{any_of(_SMALL['joining_or_choosing'])}")
_LONGEST_MARK = max(map(len, _SMALL["joining_or_choosing"]))
# 20:38:42: the parts of a whole, and no time of day.
_PART_BEFORE = re.compile(r"(?<!\d)\d{1,2}:\Z")
_THREE_PARTS = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?![:\d])")
# Between things that are counted and named together: 1条|道路和|1个片区.
_NOUN_AND = re.compile(rf"[^,。;:、\n0-9]{{1,8}}?{any_of(_SMALL['joining'])}")
_PER_MANY: frozenset[str] = frozenset(vocabulary("units")["per_many"])
_WHOLE = 100
_DATE_BEFORE = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?\s?\Z")
_PROPORTION = re.compile(rf"{any_of(vocabulary('units')['proportions'])}[^,。;\n]{{0,10}}\Z")
_NEAR = 16


def is_between(text: str, first: Draft, second: Draft) -> bool:
    """Whether nothing but the mark of a range stands between two numerals with their units."""
    return bool(_RANGE.fullmatch(text, first.phrase_stop, second.phrase_start))


def is_range(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numerals are the ends of one range: 10-20家, 5%—5.5%, 3至5个."""
    gap = text[first.phrase_stop : second.phrase_start]
    if not _RANGE.fullmatch(gap) or first.value is None or second.value is None or second.value_max is not None:
        return False  # 5到8到9万 is no range
    if first.after or second.before:
        return False  # 5左右到8万, 3%到超5%: a range has its bounds before it or behind it
    if not second.unit or (first.unit and first.unit != second.unit and ratio_of_units(first, second) is None):
        return False
    if gap[0] in "至到" and _FROM.match(text[max(0, first.phrase_start - 4) : first.phrase_start][::-1]):
        return False
    if first.unit and (ratio := ratio_of_units(first, second)) is not None:
        upper = scaled(second.value, ratio)
        return abs(first.value) < abs(upper) or first.value < upper
    return first.value < second.value or (
        bool(second.multiplier) and first.value < second.value * int(_factor(second.multiplier))
    )


def ratio_of_units(first: Draft, second: Draft) -> Fraction | None:
    """How many of the first unit the second is, where both measure in the same one: 万元 and 亿元, 万 and 亿元."""
    plain, other = (draft.unit[len(draft.multiplier) :] for draft in (first, second))
    if plain and plain != other:
        units = words()
        one, two = units.get(plain), units.get(other)
        if one is None or two is None or one.base != two.base or one.dimension == "count":
            return None
        return _factor(second.multiplier) * Fraction(two.factor) / _factor(first.multiplier) / Fraction(one.factor)
    if first.unit and not (plain or second.multiplier) and second.dimension == "ratio":
        return None  # 1万亿-35%
    return _factor(second.multiplier) / _factor(first.multiplier)


def _factor(multiplier: str) -> Fraction:
    return Fraction(prod(int(MULTIPLIERS[sign]) for sign in multiplier))


def scaled(value: Decimal, ratio: Fraction) -> Decimal:
    """The value times the ratio, without zeros that the writer has not written."""
    product = Fraction(value) * ratio
    exact = Decimal(product.numerator) / Decimal(product.denominator)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def is_ratio(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numerals are parts of one ratio: 2.1:1, 7.4:39.6:53. Times of day have two digits on each side."""
    if text[first.stop : second.start] != ":" or first.unit or first.value is None or second.value is None:
        return False
    if second.value_max is not None:
        return False  # 比例1:1-2 has a range on its other side
    if "." in first.text or "." in second.text or second.text == "1" or second.kind == "observation":
        return True
    if _PROPORTION.search(text, max(0, first.start - _NEAR), first.start):
        return True  # 师生比1:20
    before = _PART_BEFORE.search(text, max(0, first.start - 3), first.start)
    parts = _THREE_PARTS.match(text, before.start() if before else first.start)
    if parts is None or sum(map(int, parts.groups())) != _WHOLE:
        return False
    return not _DATE_BEFORE.search(text, max(0, parts.start() - _NEAR), parts.start())


def is_fraction(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numerals are a fraction: 占全国1/4."""
    if text[first.stop : second.start] != "/" or first.unit or second.unit:
        return False
    if _LETTER.match(text, second.stop):
        return False  # 4/5G
    if not (first.value and second.value) or text[first.start - 1 : first.start] in ("/", "-"):
        return False
    return first.value < second.value <= 100 and "." not in first.text + second.text


def is_per_many(text: str, first: Draft, second: Draft) -> bool:
    """Whether the second numeral says of how many the first is a rate: 8.5/10万."""
    if text[first.stop : second.start] != "/" or first.unit or first.value is None:
        return False
    return second.text in ("1", "10", "100") and second.unit == second.multiplier in _PER_MANY


def is_listed(text: str, first: Draft, second: Draft) -> bool:
    """Whether nothing but a listing mark stands between two numerals with their units."""
    start, stop = first.phrase_stop, second.phrase_start
    return stop - start <= _LONGEST_MARK and bool(_LIST.fullmatch(text, start, stop))


def share_units(text: str, drafts: list[Draft]) -> None:
    """Restore the unit that is written in full beside: 每月800元和600元, 由25个工作日缩短至7个, 900万、700万人次."""
    for first, second in reversed(list(pairwise(drafts))):
        money = first.unit in MULTIPLIER_WORDS and second.unit.endswith("元") and second.unit[:-1] in MULTIPLIER_WORDS
        if money and is_listed(text, first, second):
            first.unit, first.dimension = first.unit + "元", second.dimension  # 1.2万亿、8000亿元
    for first, second in pairwise(drafts):
        alike = first.unit in MULTIPLIER_WORDS and first.unit == second.multiplier
        if alike and second.unit.startswith(first.unit) and is_listed(text, first, second):
            first.unit, first.dimension = second.unit, second.dimension  # 1409万、1305万人次
            if first.sign_start < 0:
                sign_of(text, first)  # 零下7万和零下12万度
            continue
        shorter = first.unit.startswith(second.unit) and len(first.unit) > len(second.unit) > 0
        if not shorter or not _ENDS.match(text, second.phrase_stop):
            continue
        days = first.unit == "个工作日"
        listed = ("/" in first.unit or days) and is_listed(text, first, second)
        if listed or (days and _SHORTENED.fullmatch(text, first.phrase_stop, second.phrase_start)):
            second.unit, second.dimension = first.unit, first.dimension


def share_ranks(text: str, drafts: list[Draft]) -> None:
    """第12、13、15位: all are ranks."""
    for first, second in pairwise(drafts):
        bare = second.kind == "observation" and second.unit in ("", "位", "名") and not second.rank
        if first.rank and bare and is_listed(text, first, second):
            second.rank, second.unit = True, "位"


def share_bounds(text: str, drafts: list[Draft]) -> None:
    """Let a bound before the first or behind the last value of a list reach the others."""
    for one, following in pairwise(drafts):
        # 至少3条街巷和1个广场
        same = one.kind == following.kind == "observation" and one.dimension == following.dimension == "counted"
        bounded = one.bound in ("at_least", "at_most") and not one.after
        if (
            same
            and bounded
            and following.bound == "exact"
            and _NOUN_AND.fullmatch(text, one.phrase_stop, following.phrase_start)
        ):
            following.bound = one.bound
    group: list[Draft] = []
    for draft in drafts:
        if draft.kind != "observation" or draft.rank:
            if draft.kind != "observation_part":
                _share(group)
                group = []
            continue
        if group and not is_listed(text, group[-1], draft):
            _share(group)
            group = []
        group.append(draft)
    _share(group)


def _share(group: list[Draft]) -> None:
    if len(group) < 2:
        return
    first, last = group[0], group[-1]
    if first.before and not any(draft.before or draft.after for draft in group[1:]):
        for draft in group[1:]:
            if draft.bound == "exact":
                draft.bound = BOUND_BEFORE[first.before]
    if last.after and last.after in BOUND_AFTER and not any(draft.before or draft.after for draft in group[:-1]):
        for draft in group[:-1]:
            if draft.bound == "exact" and not _measured(draft, last):
                draft.bound = BOUND_AFTER[last.after]


def _measured(draft: Draft, last: Draft) -> bool:
    """A value with more decimals than the rounded last one was plainly measured."""
    return draft.unit == last.unit and "." in draft.text and "." not in last.text
