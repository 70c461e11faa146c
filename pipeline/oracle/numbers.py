"""Read numbers a second time: in Arabic or Chinese numerals, with separators, multipliers, fractions and ranges.

Nothing here is shared with the extraction, not even its lists of words: a fault of one must not be a fault of both.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

POWERS = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}
_ONES = {
    sign: value
    for value, signs in enumerate(("零〇○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_NONE = "".join(sign for sign, value in _ONES.items() if value == 0)
NUMERALS = "".join([*_ONES, *POWERS])
_TRADITIONAL = str.maketrans(
    "億萬兩點個幾餘倍負畝噸戶輛間張條種項處場臺層頭門歲過約達與內長減縮滑漲",
    "亿万两点个几余倍负亩吨户辆间张条种项处场台层头门岁过约达与内长减缩滑涨",
)

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
# Numbers in one character, which are no digits of another: ①, ½, ²; and a circle that is no zero.
_SIGNS = re.compile("[²³¹¼-¾⁰-₎⅐-↉①-⓿❶-➓㈠-㋿\uffee]")
# ２　０　１ is one number in spaced print.
_SPACED = re.compile("(?<![０-９．，.,])[０-９](?:[^\\S\n\r]+[０-９](?![０-９．，.,·•]))+")
_BETWEEN = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_BLANK = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
# A point that is none of the usual ones, and can be no other mark.
_POINT = re.compile(
    "(?<=[0-9])(?:[·•∙‧・。](?=[0-9]{1,4}(?:[%‰万亿]|个?百分点))|(?<=[0-9]{3})[·•∙‧・](?=[0-9])|[·•∙‧・](?=[0-9]{3}))"
)
_ARABIC = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile("([1-9])千([1-9])百(?=[万亿])")
# A multiplier, from small to large (千万亿); in 千克, 千瓦 and 百分点 it belongs to the unit, before 分之 to a fraction.
_SCALE = re.compile(
    r"(?:(?![百千]?[万亿]{0,2}分之(?![上下内间外]))(?:十|百(?!分[点之]|帕)|千(?![克瓦米伏焦卡帕赫安乏]|比特|字节))?万{0,2}亿{0,2})?"
)
_CHINESE = re.compile(f"[{NUMERALS}]+(?:点[{''.join(_ONES)}]+[{''.join(POWERS)}]*)?")
# 上千家: a round number, told by its multiplier.
_ROUND = re.compile(f"[上成]([{''.join(POWERS)}]+)")
_OF_UNIT = re.compile("千[克瓦米伏焦卡帕赫安乏]|百[帕分]")
_PAIR = re.compile(rf"(.*?)([一二两三四五六七八])([二两三四五六七八九])([{''.join(POWERS)}]*)")
_NTH = re.compile(rf"[第前]([{NUMERALS}]+)[位名个大]?")
_DOUBLED = re.compile(rf"翻了?([{NUMERALS}]?)番(半?)")
_FRACTION = re.compile(rf"([{NUMERALS}]+)分之([{NUMERALS}]+(?:点[{''.join(_ONES)}]+)?|[0-9.]+)")
_TENTHS = re.compile(
    rf"([{''.join(_ONES)}十])(?:[到至、—–~-]?([{''.join(_ONES)}]))?成((?:[一二三四五六七八九](?=[,。;、)的左右以上之多余!?]|\.(?![0-9])|$))?)"
)
_TIMES = re.compile(rf"([{NUMERALS}]+)倍(半?)")


_HALF = re.compile("一半(?=[,。;、)左以上的多余!?\\s]|$)")


class Number(NamedTuple):
    """A number as it is written: `value` without its last multiplier, `scale` that multiplier, `stop` behind it.

    `most` is the upper one of two side by side (三四十); `unit` the unit that is part of the numeral (三成); `plain` is
    false where the value could be told in another multiplier as well (3亿5000万).
    """

    value: Decimal
    scale: Decimal
    stop: int
    most: Decimal | None = None
    unit: str = ""
    plain: bool = True

    @property
    def size(self) -> Decimal:
        """The number with its multiplier."""
        return self.value * self.scale


# Most texts have nothing but these, of which only marks change.
_PLAIN = re.compile(
    "[{}{}]*".format(
        "".join(f"{chr(one + 1)}-{chr(other - 1)}" for one, other in pairwise([0x4DFF, *sorted(_TRADITIONAL), 0xA000])),
        "0-9A-Za-z.,:;&%+/()~—，。、；：（）“”《》！？％-",
    )
)


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """A text in one typography, without blanks but one between digits."""
    if _PLAIN.fullmatch(text):
        return _POINT.sub(".", normalize("NFKC", text))
    seen = _SPACED.sub(lambda digits: "".join(digits[0].split()), _UNSEEN.sub("", text))
    flat = normalize("NFKC", _SIGNS.sub("□", seen)).translate(_TRADITIONAL)
    return _POINT.sub(".", _BLANK.sub("", _BETWEEN.sub(" ", flat)))


@lru_cache(maxsize=16)
def flat(text: str) -> str | None:
    """The text as `clean` leaves it and every piece of it, character for character; None where pieces may be left otherwise."""
    if not _PLAIN.fullmatch(text):
        return None
    found = normalize("NFKC", text)
    return None if _POINT.search(found) else found


_WAN = Decimal(10_000)
# 1.2万多亿元, 3千余万亩
_MORE_YI = re.compile("[多余]亿")
_MORE_SCALES = re.compile("[多余](万亿?|亿)")
# Money and percentages are quantities whatever stands before them.
_QUANTITY = re.compile("[^\\S\n\r]*(?:[%％‰]|个百分点|[万亿]{1,2}元)")


def measured_behind(text: str, at: int) -> bool:
    """Whether a unit of money or of a percentage stands at a place of a text as it is."""
    return _QUANTITY.match(text, at) is not None


def scale_at(text: str, at: int) -> tuple[Decimal, int]:
    """The multiplier at a place, 1 if there is none, and where it ends."""
    match = _SCALE.match(text, at)
    assert match is not None  # every part is optional
    return _power(match[0]), match.end()


@lru_cache(maxsize=256)
def _power(marks: str) -> Decimal:
    return Decimal(10) ** sum(POWERS[sign] for sign in marks)


def arabic_at(text: str, at: int = 0) -> Number | None:
    """The number in Arabic digits at a place of a clean text."""
    if match := _THOUSANDS.match(text, at):  # 1千5百亿
        scale, stop = scale_at(text, match.end())
        return Number(Decimal(match[1]) * 1000 + Decimal(match[2]) * 100, scale, stop, plain=False)
    match = _ARABIC.match(text, at)
    if match is None:
        return None
    value = Decimal(match[0].replace(",", "").replace(" ", ""))
    scale, stop = scale_at(text, match.end())
    if scale == _WAN and _MORE_YI.match(text, stop):
        scale, stop = scale * 10 ** POWERS["亿"], stop + 2
    elif 1 < scale < _WAN and (more := _MORE_SCALES.match(text, stop)):
        scale, stop = scale * _power(more[1]), more.end()
    number = Number(value, scale, stop)
    # 3亿5000万, 2万3千; behind 3.5万 another number begins
    while (
        number.scale > 1
        and number.value
        and number.value == number.value.to_integral_value()
        and (behind := _ARABIC.match(text, number.stop + (zero := text.startswith("零", number.stop))))
    ):
        thousands = _THOUSANDS.match(text, behind.start())  # 3亿5千7百万
        less, end = scale_at(text, (thousands or behind).end())
        if less.adjusted() == POWERS["十"] and text[end : end + 1] in _ONES and not text.startswith("零下", end):
            break  # 6万1十九万
        if (
            less == 1
            and text.startswith("千", end)
            and not text.startswith("千分", end)
            and len(behind[0]) == 1
            and number.scale == _WAN
        ):
            less, end = Decimal(1000), end + 1  # 1万3千米
        rest = Decimal(behind[0].replace(",", "").replace(" ", ""))
        if thousands:
            rest = Decimal(thousands[1]) * 1000 + Decimal(thousands[2]) * 100
        whole = (
            less > 1
            or zero
            or (
                number.scale.adjusted() - 1 <= len(behind[0]) <= number.scale.adjusted() and text[end : end + 1] != "年"
            )
        )
        if not whole or rest * less >= number.scale:
            break
        number = Number((number.size + rest * less) / less, less, end, plain=False)
    return number


def chinese_at(text: str, at: int = 0) -> Number | None:
    """The number in Chinese numerals at a place of a clean text, with the unit that is part of it."""
    if match := _NTH.match(text, at):
        return _made(chinese(match[1]), match.end(), "位")
    if match := _DOUBLED.match(text, at):
        value = chinese(match[1] or "一")
        return _made(value and value + (Decimal("0.5") if match[2] else 0), match.end(), "番")
    if match := _FRACTION.match(text, at):
        under, over = chinese(match[1]), _either(match[2])
        if under is None or over is None or not under:
            return None
        per = {Decimal(100): "%", Decimal(1000): "‰"}.get(under)
        return _made(over if per else over / under, match.end(), per or "比例")
    if match := _TENTHS.match(text, at):
        value, most = chinese(match[1]), chinese(match[2]) if match[2] else None
        half = (chinese(match[3]) or Decimal(0)) / 10 if match[3] else Decimal(0)
        return _made(None if value is None else value + half, match.end(), "成", most)
    if (match := _TIMES.match(text, at)) and ((value := chinese(match[1])) is not None or match[2]):
        return _made(None if value is None else value + (Decimal("0.5") if match[2] else 0), match.end(), "倍")
    if _HALF.match(text, at):
        return _made(Decimal("0.5"), at + 2, "比例")
    if text.startswith("半", at):
        return _made(Decimal("0.5"), at + 1, "")
    if match := _ROUND.match(text, at):
        return Number(Decimal(1), Decimal(10) ** sum(POWERS[sign] for sign in match[1]), match.end(), plain=False)
    match = _CHINESE.match(text, at)
    if match is None:
        return None
    if match[0] in POWERS and _OF_UNIT.match(text, at):
        return Number(Decimal(1), Decimal(1), at)  # 突破千瓦
    # 四千万千瓦
    unit = (match[0][-2:-1] in POWERS or "点" in match[0]) and _OF_UNIT.match(text, match.end() - 1)
    return _written(match[0][:-1], match.end() - 1) if unit else _written(match[0], match.end())


def chinese(text: str) -> Decimal | None:
    """The value of Chinese numerals; None where they are no well-formed number."""
    whole, point, rest = text.partition("点")
    if point:
        digits = rest.rstrip("".join(POWERS))
        value = chinese(whole)
        if value is None or not digits or any(sign not in _ONES for sign in digits):
            return None
        marks = rest[len(digits) :]
        if marks and chinese("一" + marks) is None:
            return None
        scale = sum(POWERS[sign] for sign in marks)
        return (value + Decimal("0." + "".join(str(_ONES[sign]) for sign in digits))).scaleb(scale)
    if text and all(sign in _ONES for sign in text):
        told = "".join(str(_ONES[sign]) for sign in text)
        return Decimal(told) if len(told) == 1 or len(told) > 3 or "0" in told else None
    for mark, power in POWERS.items():
        above, found, below = text.rpartition(mark)
        if (two := above.rpartition(mark)) and two[0].endswith(("万", "亿")) and two[2]:
            # 九万亿三千亿, 二亿亿八亿
            larger, smaller = chinese(two[0] + mark), chinese(two[2] + mark + below)
            return None if larger is None or smaller is None or smaller >= larger else larger + smaller
        if found:
            many = chinese(above) if above else Decimal(1)
            rest_value = _below(below, mark, power)
            if many is None or rest_value is None or rest_value >= Decimal(10) ** power:
                return None
            return many.scaleb(power) + rest_value
    return None


def _below(text: str, mark: str, power: int) -> Decimal | None:
    """What stands behind a multiplier: 一万二 is twelve thousand, 一万零二 is ten thousand and two."""
    if not text:
        return Decimal(0)
    if text in _ONES and mark != "十":
        return Decimal(_ONES[text]).scaleb(power - 1)
    return chinese(text.lstrip(_NONE))


def _written(text: str, stop: int) -> Number | None:
    """A number with its last multiplier apart: 二十四万 is 24 with 万; of two side by side (三四十万) both."""
    digits = text.rstrip("亿万")
    scale = Decimal(10) ** sum(POWERS[sign] for sign in text[len(digits) :])
    whole, most = chinese(text), None
    if whole is None and (pair := _PAIR.fullmatch(text)) and _ONES[pair[2]] + 1 == _ONES[pair[3]]:
        whole, most = (chinese(pair[1] + pair[one] + pair[4]) for one in (2, 3))
    if whole is None:
        return None
    return Number(whole / scale, scale, stop, most and most / scale, plain=False)


def _either(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else chinese(text)


def _made(value: Decimal | None, stop: int, unit: str, most: Decimal | None = None) -> Number | None:
    return None if value is None else Number(value, Decimal(1), stop, most, unit)
