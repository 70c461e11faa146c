"""The sign before a number: 增长-3.2%, 负1.5%, 零下12℃; not 10-20家, 减负46亿元 or a dash."""

from __future__ import annotations

from pipeline.knowledge import vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.unit_phrases import MEASURED
from pipeline.text.chinese_numbers import DIGITS, SCALES

_SIGNS = vocabulary("bounds")["signs"]
# Between two numbers these are the mark of a range.
RANGE_MARKS = frozenset(_SIGNS["minus"])
_MINUS_WORD: str = _SIGNS["minus_word"]
_BELOW_ZERO: str = _SIGNS["below_zero"]
_MARKS = frozenset([*_SIGNS["minus"], *_SIGNS["plus"]])
_ENDS = frozenset([*_MARKS, _MINUS_WORD, _BELOW_ZERO[-1]])
_BEFORE_ANY = frozenset(_SIGNS["before"])
_OTHER_WORDS = frozenset(_SIGNS["other_words"])
# 超过负3亿元: what words of bounds end in.
_BOUND_ENDS = frozenset(word[-1] for words in vocabulary("bounds")["before"].values() for word in words)
_PUNCTUATION = frozenset(",、;:(")
# Behind a number in Chinese characters, or a multiplier, the mark is that of a range: 三亿-5亿元.
_NUMERALS = frozenset([*DIGITS, *SCALES, "多", "余"])


def sign_of(text: str, draft: Draft) -> None:
    """Fill `sign_start` and `phrase_start` of a draft, and give its value the sign, where one stands before it."""
    start = draft.start
    last = text[start - 1 : start]
    if last not in _ENDS or not last or draft.value is None or draft.dimension in ("calendar", "duration", "position"):
        return
    sign = _BELOW_ZERO if text.endswith(_BELOW_ZERO, 0, start) else last
    at = start - len(sign)
    before = text[at - 1 : at] if at else ""
    if sign == last == _BELOW_ZERO[-1]:
        return
    told = before in _BEFORE_ANY and before != ""
    measured = (
        draft.dimension in MEASURED or draft.dimension == "ratio" or (draft.dimension == "number" and last == "-")
    )
    if sign == _MINUS_WORD:
        told = told or before in _MARKS or before in _BOUND_ENDS
        held = before not in _OTHER_WORDS and (told or draft.dimension in ("ratio", "temperature", "number"))
    elif sign == _BELOW_ZERO:
        held = draft.dimension == "temperature" or draft.unit in ("度", "")
    else:
        word = before in _PUNCTUATION or ("\u4e00" <= before <= "\u9fff" and before not in _NUMERALS)
        held = (told and not (len(draft.text) == 4 and not draft.unit)) or (measured and word)
    if held:
        draft.sign_start = draft.phrase_start = at
        if sign not in _SIGNS["plus"]:
            draft.value = -draft.value
