"""The sign before a number: 增长-3.2%, 负1.5%, 零下12℃; not 10-20家, 减负46亿元 or a dash."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.unit_phrases import DIMENSION, MEASURED
from pipeline.text.chinese_numbers import DIGITS, SCALES

_SIGNS = vocabulary("bounds")["signs"]
# Between two numbers these are the mark of a range.
RANGE_MARKS = frozenset(_SIGNS["minus"])
MINUS_WORD: str = _SIGNS["minus_word"]
_BELOW_ZERO: str = _SIGNS["below_zero"]
_MARKS = frozenset([*_SIGNS["minus"], *_SIGNS["plus"]])
_ENDS = frozenset([*_MARKS, MINUS_WORD, _BELOW_ZERO[-1]])
_BEFORE_ANY = frozenset(_SIGNS["before"])
_OTHER_WORDS = frozenset(_SIGNS["other_words"])
_VERBS: tuple[str, ...] = tuple(_SIGNS["verbs"])
# 超过负3亿元: what words of bounds end in.
_BOUND_ENDS = frozenset(word[-1] for words in vocabulary("bounds")["before"].values() for word in words)
_PUNCTUATION = frozenset(",、;:(“")
# Behind a number in Chinese characters, or a multiplier, the mark is that of a range: 三亿-5亿元.
_NUMERALS = frozenset([*DIGITS, *SCALES, "多", "余"])
_AFTER = any_of(word for words in vocabulary("bounds")["after"].values() for word in words)
_NUMBER = "".join([*DIGITS, *SCALES])
_QUANTITY = re.compile(rf"[\d{_NUMBER}]+[多余]?[万亿]*((?:[^\W\d{_NUMBER}]|/){{0,4}}?|[%‰])[多余]?半?(?:{_AFTER})?\Z")
_REACH = 10
DOUBLINGS = "番"
_YEAR = re.compile("(?:18|19|20|21)[0-9]{2}")
# A whole number without a unit that is no longer may number something.
_LONGEST_CODE = 4


def sign_of(text: str, draft: Draft) -> None:
    """Fill `sign_start` and `phrase_start` of a draft, and give its value the sign, where one stands before it."""
    start = draft.start
    last = text[start - 1 : start]
    if last not in _ENDS or not last or draft.value is None:
        return
    if draft.dimension in ("calendar", "duration", "position") and (last != MINUS_WORD or _YEAR.fullmatch(draft.text)):
        return  # 不负2025年
    if draft.unit == DOUBLINGS:
        return  # nothing doubles less than once: the mark is a dash
    sign = _BELOW_ZERO if text.endswith(_BELOW_ZERO, 0, start) else last
    at = start - len(sign)
    before = text[at - 1 : at] if at else ""
    if sign == last == _BELOW_ZERO[-1]:
        return
    told = before != "" and before not in _NUMERALS and (before in _BEFORE_ANY or before in _BOUND_ENDS)
    code = not draft.unit and len(draft.text) <= _LONGEST_CODE and draft.text.isdecimal()
    measured = draft.dimension in MEASURED or draft.dimension in ("ratio", "number") or (not draft.unit and not code)
    if sign == MINUS_WORD:
        held = before not in _OTHER_WORDS or text.endswith(_VERBS, 0, at)
    elif sign == _BELOW_ZERO:
        plain = draft.unit[len(draft.multiplier) :]
        held = draft.dimension == "temperature" or plain == "度" or (plain == "" and draft.dimension != "number")
    else:
        beside = before in _PUNCTUATION or ("\u4e00" <= before <= "\u9fff" and before not in _NUMERALS)
        year = not draft.unit and _YEAR.fullmatch(draft.text)
        held = ((told and not year) or (measured and beside)) and not _behind_quantity(text, at)
    if held:
        draft.sign_start = draft.phrase_start = at
        if sign not in _SIGNS["plus"]:
            draft.value = -draft.value


def _behind_quantity(text: str, at: int) -> bool:
    """Whether a quantity in Chinese characters ends at a place: 九倍半-6.5, 三百人以上-5万."""
    quantity = _QUANTITY.search(text, max(0, at - _REACH), at)
    return quantity is not None and (
        not quantity[1] or DIMENSION.get(quantity[1].partition("/")[0]) not in (None, "calendar")
    )
