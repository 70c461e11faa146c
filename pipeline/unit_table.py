"""The table of units (vocabulary/units.yaml), from which the lexer and the amounts are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from pipeline.knowledge import vocabulary

_TABLE = vocabulary("units")
# How a number with the word reads; see the table.
CLASSES = ("measured", "counted", "ratio", "duration", "calendar", "position", "told", "composed")
# What each word before a unit multiplies it by, and the words that two of them make (百万, 千亿, 万亿).
MULTIPLIERS: Mapping[str, str] = _TABLE["multipliers"]
MULTIPLIER_WORDS = (
    *MULTIPLIERS,
    *(small + large for large in "万亿" for small in MULTIPLIERS if int(MULTIPLIERS[small]) < int(MULTIPLIERS[large])),
)
_NOT_BEFORE: Mapping[str, frozenset[str]] = {unit: frozenset(after) for unit, after in _TABLE["not_before"].items()}
_STANDS_BEFORE: Mapping[str, list[str]] = _TABLE["stands_before"]


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of the table. `factor` (a number or a fraction) units `base` make one; `written`: its words by class."""

    unit_id: str
    dimension: str
    factor: str
    base: str
    name_zh: str
    name_en: str
    ucum: str
    iso_4217: str
    written: Mapping[str, tuple[str, ...]]


@cache
def entries() -> Mapping[str, UnitEntry]:
    """All units by identifier, in the order of the table; words that only count come last."""
    found = {}
    for unit_id, line in _TABLE["units"].items():
        written = {name: tuple(words) for name, words in line.items() if name in CLASSES}
        found[unit_id] = UnitEntry(
            unit_id,
            line["dimension"],
            line.get("factor", "1"),
            line.get("base", unit_id),
            next(iter(written.values()))[0],
            line["en"],
            line.get("ucum", ""),
            line.get("iso_4217", ""),
            written,
        )
    for word in _TABLE["classifiers"]:
        found[counting_id(word)] = counting(word)
    return found


def not_before(word: str) -> str:
    """A pattern for what may not follow a unit: other words begin with it, and one in letters is a whole word."""
    after = "".join(sorted(_NOT_BEFORE.get(word, ())))
    letters = "A-Za-z0-9" if word[-1].isascii() and word[-1].isalpha() else ""
    if not after and not letters:
        return ""
    stands = f"(?={'|'.join(_STANDS_BEFORE[word])})|" if word in _STANDS_BEFORE else ""
    return f"(?:{stands}(?![{after}{letters}]))"


def counting_id(word: str) -> str:
    """The identifier of a unit that is only the word for what it counts."""
    return "u_" + sha256(word.encode()).hexdigest()[:8]


def counting(word: str) -> UnitEntry:
    """The unit that a word makes which the table does not explain: it counts what it names."""
    name = counting_id(word)
    return UnitEntry(name, "count", "1", name, word, f"units counted in {word}", "", "", {"counted": (word,)})


@cache
def words(*classes: str) -> Mapping[str, UnitEntry]:
    """Every word of these classes (of all, if none is named) with its unit."""
    return {
        word: entry
        for entry in entries().values()
        for name, written in entry.written.items()
        if not classes or name in classes
        for word in written
    }


def without_multiplier(unit: str) -> str:
    """The unit that a multiplier stands before: 万人 is 人, 千瓦 stays."""
    if unit in words():
        return unit
    longest = max((word for word in MULTIPLIER_WORDS if unit.startswith(word)), key=len, default="")
    return unit[len(longest) :]
