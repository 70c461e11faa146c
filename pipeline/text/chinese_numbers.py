"""The one reader of numbers in Chinese characters: 三百二十, 二〇二六, 一亿零四百万, 二十六点一万亿."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.knowledge import vocabulary

_WORDS = vocabulary("chinese-numerals")
DIGITS: dict[str, int] = _WORDS["digits"]
SCALES: dict[str, int] = _WORDS["scales"]
POINT: str = _WORDS["point"]
# 一万二 counts thousands, which has no decimals.
_SHORT = re.compile(f"[百千万亿][{''.join(DIGITS)}]$")
_TEN, _MYRIAD = 10, 10_000
_PAIR = 2


@lru_cache(maxsize=1 << 12)
def chinese_number(text: str) -> Decimal | None:
    """The value of a number in Chinese characters or in Arabic digits; None where it is not well formed.

    百亿 is 10000000000, 一万二 is 12000, 二〇二六 (digits alone) is 2026. Two digits side by side before a scale
    (三四十) are no number.
    """
    if not text or text.isdecimal():
        return Decimal(int(text)) if text else None
    whole, point, rest = text.partition(POINT)
    if not point:
        return _whole(text)
    # 一百一十点二万亿: what stands behind the decimals multiplies the whole.
    decimals = rest.rstrip("".join(SCALES))
    value = None if _SHORT.search(whole) else _whole(whole)
    if value is None or not decimals or any(digit not in DIGITS for digit in decimals):
        return None
    scale = rest[len(decimals) :]
    if scale and _whole("一" + scale) is None:
        return None  # 一点五亿万
    value += Decimal(f"0.{''.join(str(DIGITS[digit]) for digit in decimals)}")
    for sign in scale:
        value *= SCALES[sign]
    return value


def small_number(text: str) -> int:
    """The value of an ordinal or a count (第十二 is 12, 二〇二六 is 2026); 0 where it is no such number."""
    value = chinese_number(text.removeprefix("第"))
    return int(value) if value is not None else 0


def _whole(text: str) -> Decimal | None:
    if all(character in DIGITS for character in text):
        # 二〇二六; 三四 is not 34 but three or four.
        digits = "".join(str(DIGITS[character]) for character in text)
        return Decimal(digits) if len(text) == 1 or len(text) > 3 or "0" in digits else None
    total = Decimal(0)  # what is closed by 亿 or 万
    section = 0  # what waits for 万 or 亿
    lowest = _MYRIAD  # the scale before in the section
    digit: int | None = None
    last = 0  # the scale before, where no 零 stands between
    closed = 0  # how many scales from 万 on follow each other
    for character in text:
        if character in DIGITS:
            if digit is not None and (digit or not DIGITS[character]):
                return None
            digit = DIGITS[character]
            closed = 0
            last = 0 if digit == 0 else last
            continue
        scale = SCALES.get(character)
        # Nothing is zero times a scale (零万), but 一万零十五 is 10015.
        if scale is None or (digit == 0 and (scale > _TEN or not (total or section))):
            return None
        if scale < _MYRIAD:
            # Without a digit a scale only begins a number (百亿, 十二), or is the ten of 一百十.
            if lowest <= scale or (digit is None and (total or (section and scale > _TEN))):
                return None
            lowest, closed = scale, 0
            section += (digit or 1) * scale
        else:
            closed += 1
            if closed > _PAIR or (digit and last == _MYRIAD):
                return None  # 万万万; 六万七亿 may be 60007 and 67000
            section += _behind(digit, last if last < _MYRIAD else 0)
            # 二万八千亿, 万亿, 亿亿: what is closed by a scale that is not larger is multiplied as well.
            small, large = (total % scale, total - total % scale) if total else (Decimal(0), Decimal(0))
            if large and not section and last == scale:
                if large >= scale * _MYRIAD and scale == _MYRIAD:
                    return None  # 三亿二万万
                small, large = large, Decimal(0)
            if large % (scale * _MYRIAD) or (large and not (small or section)):
                return None  # 三亿二亿, 三百万二百万, 六亿万
            total = large + ((small + section) or 1) * scale
            section, lowest = 0, _MYRIAD
        digit, last = None, scale
    return None if digit == 0 else total + section + _behind(digit, last)  # 七十零


def _behind(digit: int | None, last: int) -> int:
    """What a digit counts: 一万二 is 12000, directly behind a scale from 百 on it counts the next lower one."""
    return digit * last // 10 if digit and last > _TEN else digit or 0
