"""Values in base units: 2600 亿元 is 260000000000 元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

from pipeline.knowledge import catalogue

# 15 significant digits: what a double holds, so that CSV, Parquet and spreadsheets agree.
_CONTEXT = Context(prec=15)
_EXACT = Context(prec=60)
# Growth, ranks and multiples are pure numbers; they have no amount.
_WITH_AMOUNT = frozenset({"level", "change"})
# The base unit of a dimension; that of an indicator of which no level is stated.
BASE_UNITS = {
    "money": "元", "ratio": "%", "area": "平方米", "length": "米", "mass": "千克", "volume": "立方米", "power": "千瓦",
    "electricity": "千瓦时", "energy": "吨标准煤", "duration": "天", "score": "分", "concentration": "微克/立方米", "count": "个",
}  # fmt: skip
_MULTIPLIER = re.compile(r"(亿|百万|千万|十万|万|千|百|十)")
_PER = re.compile(r"[/每·]+")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written.

    `numerator / denominator` base units make one of it; `dimension` says what it measures (money, area, count …).
    """

    unit_id: str
    text: str
    numerator: Decimal
    denominator: Decimal
    base_unit: str
    dimension: str
    name_en: str

    @property
    def factor(self) -> Decimal:
        """Base units in one of this unit, to 15 significant digits."""
        return _plain(_CONTEXT.divide(self.numerator, self.denominator))


@lru_cache(maxsize=65536)
def unit(text: str) -> Unit:
    """What a unit is, from its text with the multiplier (万亩, 元/月). Unknown words count themselves."""
    clean = normalize("NFKC", text).replace(" ", "")
    numerator, denominator, word = Decimal(1), Decimal(1), clean
    power = Decimal(1)
    known = _known()
    # 千克 and 千瓦 are units of their own; a multiplier is taken off only where the whole is not a unit.
    while word not in known and _PER.split(word)[0] not in known and (match := _MULTIPLIER.match(word)):
        for sign in match[1]:
            power = _EXACT.multiply(power, _multipliers()[sign])
        word = word[match.end() :]
        if word.startswith("个") and len(word) > 1 and word not in known:
            word = word[1:]
    if word in known:
        entry = known[word]
        return _scaled(entry, clean, power)
    top, *below = (part for part in _PER.split(word) if part) if _PER.search(word) else (word,)
    if below and len(clean) <= _LONGEST:
        upper, lower = unit(top), unit("/".join(below))
        numerator = _EXACT.multiply(upper.numerator, lower.denominator)
        denominator = _EXACT.multiply(upper.denominator, lower.numerator)
        entry = Unit(
            f"{upper.unit_id}_per_{lower.unit_id}",
            word,
            numerator,
            denominator,
            f"{upper.base_unit}/{lower.base_unit}",
            f"{upper.dimension}/{lower.dimension}",
            f"{upper.name_en} per {_singular(lower.name_en)}",
        )
        return _scaled(entry, clean, power)
    word = word or "个"
    if word in known:
        return _scaled(known[word], clean, power)
    slug = "u_" + sha256(word.encode()).hexdigest()[:8]
    return _scaled(Unit(slug, word, Decimal(1), Decimal(1), word, "count", f"units counted in {word}"), clean, power)


def amount(value: Decimal, text: str) -> tuple[Decimal, str] | None:
    """A value in base units and the base unit, or None where the unit is a pure number (倍, 番).

    A missing unit counts: 8.8 万 is 88000 个.
    """
    found = unit(text)
    if found.dimension == "multiple":
        return None
    exact = _EXACT.divide(_EXACT.multiply(value, found.numerator), found.denominator)
    return _plain(_CONTEXT.plus(exact)), found.base_unit


def amount_of(
    measure: str, value: Decimal, value_max: Decimal | None, text: str
) -> tuple[Decimal | None, Decimal | None, str]:
    """The columns amount, amount_max and base_unit; all empty for growth, rank and multiple."""
    if measure not in _WITH_AMOUNT:
        return None, None, ""
    low = amount(value, text)
    if low is None:
        return None, None, ""
    high = amount(value_max, text) if value_max is not None else None
    return low[0], high[0] if high else None, low[1]


def dimension(text: str) -> str:
    """What a unit measures: money, count, area, ratio …; `count` for a missing unit."""
    return unit(text).dimension


def units(texts: set[str]) -> list[Unit]:
    """The rows of the table `units` for the units in use and the base units, one for each unit_id."""
    wanted = {text for text in texts if text} | set(BASE_UNITS.values())
    wanted |= {unit(text).base_unit for text in wanted}
    rows: dict[str, Unit] = {}
    for text in sorted(wanted, key=lambda item: (len(item), item)):
        found = unit(text)
        rows.setdefault(found.unit_id, found)
    return [rows[key] for key in sorted(rows)]


@lru_cache(maxsize=1)
def _multipliers() -> dict[str, Decimal]:
    return {sign: Decimal(factor) for sign, factor in catalogue("units")["multipliers"].items()}


@lru_cache(maxsize=1)
def _known() -> dict[str, Unit]:
    known = {}
    for text, (unit_id, kind, factor, base, english) in catalogue("units")["units"].items():
        top, _, below = str(factor).partition("/")
        known[text] = Unit(unit_id, text, Decimal(top), Decimal(below or 1), base, kind, english)
    for text, entry in tuple(known.items()):
        known.setdefault(normalize("NFKC", text), entry)
    return known


def _scaled(entry: Unit, text: str, power: Decimal) -> Unit:
    """The unit with its multiplier: yuan, 10^8 → yuan_e8, 100 million yuan."""
    if power == 1:
        return Unit(
            entry.unit_id,
            text or entry.text,
            entry.numerator,
            entry.denominator,
            entry.base_unit,
            entry.dimension,
            entry.name_en,
        )
    zeros = power.adjusted()
    return Unit(
        f"{entry.unit_id}_e{zeros}",
        text,
        _EXACT.multiply(entry.numerator, power),
        entry.denominator,
        entry.base_unit,
        entry.dimension,
        f"{_ENGLISH_POWERS.get(zeros, f'10^{zeros}')} {entry.name_en}",
    )


_ENGLISH_POWERS = {
    1: "ten",
    2: "hundred",
    3: "thousand",
    4: "ten thousand",
    5: "hundred thousand",
    6: "million",
    7: "ten million",
    8: "hundred million",
    9: "billion",
    10: "ten billion",
    11: "hundred billion",
    12: "trillion",
}


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent."""
    reduced = value.normalize(_EXACT)
    return (
        reduced.quantize(Decimal(1)) if reduced == reduced.to_integral_value() and reduced.adjusted() < 27 else reduced
    )
