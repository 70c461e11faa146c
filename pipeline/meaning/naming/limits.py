"""Limits and denominators inside a name: 投资超1亿元, 每10万人."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.naming.senses import Sense, Token
from pipeline.text.chinese_numbers import SCALES, chinese_number

_LIMITS = catalogue("naming")["limits"]
_ENGLISH: dict[str, str] = {**_LIMITS["before"], **_LIMITS["after"]}
_UNITS: dict[str, str] = {**_LIMITS["units"], "": _LIMITS["money"], "级": _LIMITS["money"]}
# The characters with which a limit may begin; Chinese digits occur in round sums only: 超五百亿元.
LIMIT_BEGINS = frozenset([*(word[0] for word in _LIMITS["before"]), *"0123456789一二三四五六七八九十百千万亿"])
_OF_AGE: dict[str, str] = _LIMITS["ages"]
_WEAK: frozenset[str] = frozenset(_LIMITS["weak"])
_LIMIT = re.compile(
    rf"(?P<before>{any_of(_LIMITS['before'])})?(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九])?(?P<multiplier>[十百千万亿]*)"
    rf"(?P<unit>{any_of(_LIMITS['units'])}|(?<=亿)级?)(?P<after>{any_of(_LIMITS['after'])})?"
)
# The characters with which a size may begin: 500千伏, 百万千瓦级.
NUMBER_BEGINS = frozenset("0123456789百千万亿")
_SIZES: dict[str, str] = _LIMITS["sizes"]
_SIZE = re.compile(rf"(?P<number>\d+(?:\.\d+)?)?(?P<multiplier>[百千万亿]*)(?P<unit>{any_of(_SIZES)})(?P<class>级)?")
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
_PER_UNITS: dict[str, str] = catalogue("naming")["per"]
_PER = re.compile(
    rf"(?:每|^(?=[百千万]+人口))(?P<number>\d{{1,6}})?(?P<multiplier>[百千万亿]*)(?P<unit>{any_of(_PER_UNITS)})"
)


def limit_at(plain: str, start: int) -> tuple[int, Token] | None:
    """The limit that stands at `start` and where it ends: 超1亿元, over 100 million yuan."""
    match = _LIMIT.match(plain, start)
    if not match or not (match["number"] or match["multiplier"]) or not (match["before"] or match["after"]):
        return None
    number = _value(match["number"]) if match["number"] else Decimal(1)
    for sign in match["multiplier"]:
        number *= SCALES[sign]
    word = _ENGLISH[match["before"] or match["after"]]
    if match["before"] in _WEAK and match["after"]:
        word = _ENGLISH[match["after"]]
    if match["unit"].endswith("岁"):
        word = _OF_AGE.get(match["after"] or "", word)
    english = f"{word} {_number(number)} {_UNITS[match['unit']]}"
    return match.end(), (match[0], (Sense("limit", english),))


def quantity_at(plain: str, start: int) -> tuple[int, Token] | None:
    """The size by which a thing is called, and where it ends: 500千伏, 500-kilovolt; 百万千瓦级, 1-million-kilowatt-class."""
    match = _SIZE.match(plain, start)
    if not match or not (match["number"] or match["multiplier"]) or (start and plain[start - 1] == "第"):
        return None
    if match["unit"] == "年" and len(match["number"] or "") == len("2026"):
        return None  # a year, not how many
    number = Decimal(match["number"] or 1)
    for sign in match["multiplier"]:
        number *= SCALES[sign]
    size = _number(number).replace(" ", "-") if number >= Decimal(10) ** 6 else f"{number:,f}"
    english = f"{size}-{_SIZES[match['unit']]}{'-class' if match['class'] else ''}"
    return match.end(), (match[0], (Sense("qualifier", english),))


def denominator_at(plain: str, start: int) -> tuple[int, Token] | None:
    """The denominator that stands at `start` and where it ends: 每10万人, per 100,000 people."""
    match = _PER.match(plain, start)
    if not match or not (match["number"] or match["multiplier"]):
        return None
    number = Decimal(match["number"] or 1)
    for sign in match["multiplier"]:
        number *= SCALES[sign]
    return match.end(), (match[0], (Sense("qualifier", f"per {number:,f} {_PER_UNITS[match['unit']]}"),))


def _value(written: str) -> Decimal:
    """The number of a limit, which has Arabic digits or one Chinese one."""
    return chinese_number(written) or Decimal(written)


def _number(number: Decimal) -> str:
    for power, name in _WORDS:
        if number >= Decimal(10) ** power:
            return f"{(number / Decimal(10) ** power).normalize():f} {name}"
    return f"{number.normalize():f}"
