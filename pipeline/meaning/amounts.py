"""Values in base units: 2600 亿元 is 260000000000 元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import lru_cache
from unicodedata import normalize

from pipeline.unit_table import MULTIPLIERS, UnitEntry, counting, entries, words

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
_MULTIPLIER = re.compile(f"([{''.join(MULTIPLIERS)}])")
_PER = re.compile(r"[/每·]+")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written.

    `numerator / denominator` base units make one of it; `dimension` says what it measures (money, area, count …).
    `base_unit` is the Chinese name of the base unit, `word` its own without a multiplier: 家 of 万家. `ucum` and `iso_4217`:
    its codes, if there are any.
    """

    unit_id: str
    text: str
    numerator: Decimal
    denominator: Decimal
    base_unit: str
    base_unit_id: str
    dimension: str
    name_en: str
    ucum: str = ""
    iso_4217: str = ""
    word: str = ""

    @property
    def factor(self) -> Decimal:
        """Base units in one of this unit, to 15 significant digits."""
        return _plain(_CONTEXT.divide(self.numerator, self.denominator))


@lru_cache(maxsize=65536)
def unit(text: str) -> Unit:
    """What a unit is, from its text with the multiplier (万亩, 元/月). Unknown words count themselves."""
    clean = normalize("NFKC", text).replace(" ", "")
    word, power = clean, Decimal(1)
    known = _known()
    # 千克 and 千瓦 are units of their own; a multiplier is taken off only where the whole is not a unit.
    while word not in known and _PER.split(word)[0] not in known and (match := _MULTIPLIER.match(word)):
        for sign in match[1]:
            power = _EXACT.multiply(power, Decimal(MULTIPLIERS[sign]))
        word = word[match.end() :]
        if word.startswith("个") and len(word) > 1 and word not in known:
            word = word[1:]
    if word not in known:
        top, *below = (part for part in _PER.split(word) if part) if _PER.search(word) else (word,)
        if below and len(clean) <= _LONGEST:
            return _scaled(_ratio(word, unit(top), [unit(part) for part in below]), text, power)
    word = word or "个"
    return _scaled(known.get(word) or _entry(counting(word)), text, power)


def _ratio(text: str, top: Unit, below: Sequence[Unit]) -> Unit:
    """The unit `top` by each of those `below`, one after the other."""
    numerator, denominator = top.numerator, top.denominator
    for part in below:
        numerator = _EXACT.multiply(numerator, part.denominator)
        denominator = _EXACT.multiply(denominator, part.numerator)
    parts = [top, *below]
    codes = [part.ucum for part in parts]
    return Unit(
        "_per_".join(part.unit_id for part in parts),
        text,
        numerator,
        denominator,
        "/".join(part.base_unit for part in parts),
        "_per_".join(part.base_unit_id for part in parts),
        "/".join(part.dimension for part in parts),
        " per ".join([top.name_en, *(_singular(part.name_en) for part in below)]),
        "/".join(codes) if all(codes) and not any("/" in code for code in codes[1:]) else "",
    )


def amount(value: Decimal, text: str) -> tuple[Decimal, str] | None:
    """A value in base units and the base unit, or None where the unit is a pure number (倍, 番).

    A missing unit counts: 8.8 万 is 88000 个.
    """
    found = unit(text)
    if found.dimension == "multiple":
        return None
    exact = value
    if found.numerator != found.denominator:
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
    """The rows of the table `units`: the units in use as they are written, and the base units, by their text."""
    wanted = {text for text in texts if text} | set(BASE_UNITS.values())
    wanted |= {unit(text).base_unit for text in wanted}
    return [unit(text) for text in sorted(wanted)]


def base_units(texts: set[str]) -> list[Unit]:
    """The rows of the table `base_units`: those in which amounts in these units are told, by their identifier."""
    found = {base.unit_id: base for base in (unit(row.base_unit) for row in units(texts))}
    return [found[key] for key in sorted(found)]


@lru_cache(maxsize=1)
def _known() -> dict[str, Unit]:
    """The units of the table by every text in which they are written; ℃ and °C are written alike."""
    known = {word: _entry(entry) for word, entry in words().items()}
    for word, entry in tuple(known.items()):
        known.setdefault(normalize("NFKC", word), entry)
    return known


def _entry(entry: UnitEntry) -> Unit:
    top, _, below = entry.factor.partition("/")
    base = entries().get(entry.base, entry)
    return Unit(
        entry.unit_id,
        entry.name_zh,
        Decimal(top),
        Decimal(below or 1),
        base.name_zh,
        base.unit_id,
        entry.dimension,
        entry.name_en,
        entry.ucum,
        entry.iso_4217,
        entry.name_zh,
    )


def _scaled(entry: Unit, text: str, power: Decimal) -> Unit:
    """The unit as written, with its multiplier: yuan, 10^8 → yuan_e8, 100 million yuan."""
    if power == 1:
        return replace(entry, text=text or entry.text)
    zeros = power.adjusted()
    return replace(
        entry,
        unit_id=f"{entry.unit_id}_e{zeros}",
        text=text,
        numerator=_EXACT.multiply(entry.numerator, power),
        name_en=f"{_ENGLISH_POWERS.get(zeros, f'10^{zeros}')} {entry.name_en}",
        ucum="",
        iso_4217="",
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


def interval_of(value: Decimal, value_max: Decimal | None, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """The interval that the words assert. The bound is of the size, so for a decrease the ends change places."""
    if bound == "range" and value_max is not None:
        return min(value, value_max), max(value, value_max)
    low: Decimal | None = None if bound in ("at_most", "under", "nearly") else value
    high: Decimal | None = None if bound in ("at_least", "over") else value
    return (high, low) if value < 0 and None in (low, high) else (low, high)
