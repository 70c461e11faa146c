"""Names for indicators that nobody has described yet, composed from a bilingual list of terms.

A phrase is cut into the fewest terms of `catalogue/terms.yaml`; each has a facet (event, qualifier, area, noun,
attribute, link) that says where it goes in English: 拆除 | 违建 | 面积 → area of illegal structures demolished. What the list
does not cover has no composed name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge import any_of, catalogue, vocabulary
from pipeline.meaning.amounts import dimension
from pipeline.meaning.naming.english import announce, verbs_at, with_amount
from pipeline.meaning.naming.grammar import is_noun_phrase, understood
from pipeline.meaning.naming.phrases import normalised
from pipeline.meaning.naming.senses import HOLLOW, Token, is_only, sense_of
from pipeline.meaning.naming.terms import SOUND, is_guess, segment, segment_loosely

_LONGEST_PHRASE = 120
_LOOSE = re.compile(
    r"^(?:(?:to|among|in|of|for|on|by|and) )+|(?<!disposed)(?<!applied)(?<!dealt)(?: (?:to|of|for|and|with|among|in and))+$"
)
# What stands on both sides of a plus are two things as well as one: 甲技术+乙技术.
_SUM = re.compile(r"(?<=[\u4e00-\u9fff])\+(?=[\u4e00-\u9fff])")
_LETTER = re.compile("[a-z]")
# Phase III capacity of power capacity: what is measured twice.
_REPEATED = re.compile(r"\b(\w{5,}) of (?:\w+ ){0,2}\1\b")
_WORDS = catalogue("naming")
_SHARES: tuple[str, ...] = tuple(vocabulary("constructions")["shares"]["properties"])
# What a figure in a dimension is that the phrase itself does not announce: (English, Chinese).
ANNOUNCED: dict[str, tuple[str, str]] = {
    kind: (english, chinese) for kind, (english, chinese) in _WORDS["announced"].items()
}
_KINDS: dict[str, list[str]] = _WORDS["kinds"]
_MEASURES: tuple[str, ...] = tuple(_WORDS["measures"])
_COMPLETED: dict[str, str] = _WORDS["completed"]
_NEVER_WITH = frozenset(_WORDS["never_with"])
_MONEY = re.compile(rf"{any_of(_WORDS['money'])}$")


@dataclass(frozen=True, slots=True)
class Name:
    """A composed name; `name_en` is empty where the list of terms does not cover the phrase.

    `dimension` is that of the level, empty where the phrase leaves it open (能力).
    """

    name_zh: str
    name_en: str
    dimension: str


@lru_cache(maxsize=1 << 14)
def compose(text: str, measure: str, unit: str) -> Name:
    """The name of what a phrase states. `measure` and `unit` as in the table `observations`."""
    plain = normalised(text)
    entry = _entries().get(plain)
    if entry and entry.get("when", dimension(unit)) != dimension(unit):
        entry = None
    tokens = segment(plain) if len(plain) <= _LONGEST_PHRASE else None
    if tokens and is_guess(tokens):
        tokens = None
    natural = entry.get("dimension", "count") if entry else _dimension(tokens or [], plain)
    announced = _announced(natural, measure, unit)
    kind = "" if natural or len(tokens or []) > 1 else _kind(measure, unit)
    title = plain.removesuffix(tokens[-1][0]) if tokens and len(tokens) > 1 and tokens[-1][0] in HOLLOW else plain
    shown = (entry or {}).get("zh", title or text)
    added = announced[1] or (_KINDS[kind][1] if kind else "")
    if added and not plain.endswith((added, *(_MEASURES if not tokens else ()))):
        shown += f"（{added}）"
    english = ""
    if entry:
        english = _capital(with_amount(announced[0], entry["en"]))
    elif (
        tokens and not all(is_only(token, "event") or is_only(token, "drop") for token in tokens) and understood(tokens)
    ):
        english = _capital(_tied(announce(announced[0], tokens))) + (f" ({_KINDS[kind][0]})" if kind else "")
    return Name(
        shown,
        english if _LETTER.search(english.lower()) and not _REPEATED.search(english) else "",
        announced[2] or natural,
    )


@lru_cache(maxsize=1 << 14)
def in_english(text: str) -> str:
    """English for a phrase that the list of terms covers in part (see `segment_loosely`); empty where it covers too little."""
    plain = normalised(text)
    if not plain or len(plain) > _LONGEST_PHRASE or _SUM.search(plain):
        return ""
    if (strict := segment(plain)) and not is_guess(strict) and not understood(strict):
        return ""  # every word is known; what stands in brackets may not be left out to make it simpler
    tokens = segment_loosely(plain)
    kept = sum(len(word) for word, senses in tokens if senses[0].extra != SOUND)
    thing = any(sense_of(token, "noun", "area", "attribute") for token in tokens)
    english = announce("", tokens) if thing and 2 * kept >= len(plain) and understood(tokens) else ""
    english = _tied(english)
    return _capital(english) if _LETTER.search(english) and not _REPEATED.search(english) else ""


@lru_cache(maxsize=1 << 12)
def with_done(who: str, clause: str) -> str:
    """English for somebody who does something: 医院, 开设专科门诊 → hospitals with specialist clinics opened.

    Empty where the clause is more than a word for what is done and what it is done with.
    """
    doer, done = segment(normalised(who)), segment(normalised(clause))
    if not doer or not done or len(done) < 2 or not is_noun_phrase(doer):
        return ""
    verb = _COMPLETED.get(done[0][0]) or next(
        (sense.english for sense in done[0][1] if sense.facet == "event" and " " not in sense.english), ""
    )
    if not verb or verb in _NEVER_WITH or verbs_at(done[1:]) or not is_noun_phrase(done[1:]):
        return ""
    return _capital(f"{_tied(announce('', doer))} with {_tied(announce('', done[1:]))} {verb}")


def _announced(natural: str, measure: str, unit: str) -> tuple[str, str, str]:
    """English, Chinese and dimension of what the unit adds to the phrase; empty where the phrase says it itself."""
    if measure not in {"level", "change"} or not unit or not natural:
        return "", "", ""
    stated = dimension(unit)
    top = stated.split("/")[0]
    if (
        top == natural
        or stated == "multiple"
        or (measure == "change" and unit == "位")
        or (stated == "percentage_points" and measure == "change")
    ):
        return "", "", ""
    english, chinese = ANNOUNCED.get(top, (top.replace("_", " "), unit))
    return english, chinese, top


def _kind(measure: str, unit: str) -> str:
    """What tells a bare 产能 in kilowatt-hours from one in tonnes or in vehicles."""
    stated = dimension(unit) if measure in {"level", "change"} and unit else ""
    return stated if stated in _KINDS else ""


def _dimension(tokens: list[Token], plain: str) -> str:
    """The dimension of the level that a phrase announces: that of its last attribute, otherwise a count."""
    if any(word == "占" for word, _ in tokens[1:]):
        return "ratio"
    for token in reversed(tokens):
        if is_only(token, "drop"):
            continue
        found = sense_of(token, "attribute")
        if found:
            return "" if found.extra == "any" else found.extra
        if sense_of(token, "noun") and _MONEY.search(token[0]):
            return "money"
        break
    return "ratio" if plain.endswith(_SHARES) else "count"


def _tied(english: str) -> str:
    """The name without words that tie it to what was left out, and without the place for a thing that it does not name."""
    return _LOOSE.sub("", english).replace("… ", "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, str]]:
    """Hand-written names by normalised phrase."""
    return {normalised(phrase): entry for phrase, entry in (catalogue("entries") or {}).items()}
