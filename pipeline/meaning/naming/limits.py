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
_WEAK: frozenset[str] = frozenset(_LIMITS["weak"])
_LIMIT = re.compile(
    rf"(?P<before>{any_of(_LIMITS['before'])})?(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九])?(?P<multiplier>[十百千万亿]*)"
    rf"(?P<unit>{any_of(_LIMITS['units'])}|(?<=亿)级?)(?P<after>{any_of(_LIMITS['after'])})?"
)
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
_PER_UNITS: dict[str, str] = catalogue("naming")["per"]
_PER = re.compile(rf"每(?P<number>\d{{1,6}})?(?P<multiplier>[百千万亿]*)(?P<unit>{any_of(_PER_UNITS)})")


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
    english = f"{word} {_number(number)} {_UNITS[match['unit']]}"
    return match.end(), (match[0], (Sense("limit", english),))


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
