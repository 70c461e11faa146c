"""The bilingual list of terms, and a phrase cut into the fewest of them."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.knowledge import catalogue
from pipeline.meaning.gazetteer import gazetteer, short_name
from pipeline.meaning.naming.limits import LIMIT_BEGINS, NUMBER_BEGINS, denominator_at, limit_at, quantity_at
from pipeline.meaning.naming.phrases import normalised
from pipeline.meaning.naming.senses import JOINING, Sense, Token, is_only

_PLACE_WORD = re.compile(r" (?:City|Municipality|Province|County|District|Autonomous .*|Special .*)$")
_NEVER = 10**6
# The price of a character in no term.
_NAME = 6
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+\-]*")
_SURE: frozenset[str] = frozenset(catalogue("naming")["sure"])
_BRACKETS = re.compile(r"(?<=.)\([^()]*\)|[()]")
# What may not be left out of a name, and from where on something is no name.
_NO = re.compile("[不未无非免否禁零]")
# The most characters that are shown romanised, and what marks them.
LONGEST_SOUND = 8
SOUND = "sound"
_LEFTOVERS: dict[str, str] = catalogue("naming")["leftovers"]


def segment(plain: str) -> list[Token] | None:
    """A normalised phrase cut into the fewest terms, or None where some of it is in no term."""
    tokens = _cut(plain)
    if tokens is None and "(" in plain:
        # 新增(恢复)灌溉面积: what stands in brackets stands beside what is before them.
        tokens = _cut(plain.replace("(", "、").replace(")", "").strip("、"))
    return tokens


def segment_loosely(plain: str) -> list[Token]:
    """A normalised phrase cut into terms; a word that is none is romanised, so that what it narrows does not read as the whole.

    Empty where what has no English says no (指标不及预期), is a single character, or is too long to be read.
    """
    merged: list[Token] = []
    before_unsure = False
    for word, senses in _cut(_BRACKETS.sub("", plain), loosely=True) or ():
        sign = not senses or (len(word) == 1 and word not in _SURE and word not in JOINING)
        unsure = sign and not (senses and is_only((word, senses), "drop"))
        # Two known characters side by side are a word that is not known: 高 | 原.
        if merged and unsure and (not merged[-1][1] or (before_unsure and len(merged[-1][0]) == 1)):
            merged[-1] = (merged[-1][0] + word, ())
        else:
            merged.append((word, senses))
        before_unsure = unsure
    merged = [token for token in merged if token[1] or any(map(str.isalnum, token[0]))]
    left = [word for word, senses in merged if not senses and word not in _LEFTOVERS]
    if any(_NO.search(word) or not 1 < len(word) <= LONGEST_SOUND for word in left):
        return []
    return [(word, senses or (_leftover(word),)) for word, senses in merged]


def _leftover(word: str) -> Sense:
    english = _LEFTOVERS.get(word)
    return Sense("qualifier", english) if english else Sense("qualifier", romanised(word), SOUND)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    return {sign: sound for sound, signs in catalogue("pinyin").items() for sign in signs}


def romanised(word: str) -> str:
    """A name in pinyin, as one word: 金芙蓉 → Jinfurong. What is no Chinese character stays."""
    sounds = _sounds()
    return "".join(sounds.get(sign, sign) for sign in word).capitalize()


def _cut(plain: str, *, loosely: bool = False) -> list[Token] | None:
    # From the end to the beginning, so that of two ways with equally many terms the one with the longer first term wins.
    terms, lengths = all_terms()
    size = len(plain)
    steps: list[tuple[int, Token] | None] = [None] * size
    cost = [_NEVER] * size + [0]
    for start in range(size - 1, -1, -1):
        sign, best = plain[start], _NEVER
        # One term costs less than two; a single character costs more than a word, so that words win.
        for length in lengths.get(plain[start : start + 2], ()):
            stop = start + length
            price = 2 + cost[stop] if stop <= size else _NEVER
            if price < best and (token := terms.get(plain[start:stop])):
                best, steps[start] = price, (stop, token)
        if 3 + cost[start + 1] < best and (token := terms.get(sign)):
            best, steps[start] = 3 + cost[start + 1], (start + 1, token)
        if sign in LIMIT_BEGINS and (limit := limit_at(plain, start)) and 1 + cost[limit[0]] < best:
            best, steps[start] = 1 + cost[limit[0]], limit
        if sign in NUMBER_BEGINS and (size_of := quantity_at(plain, start)) and 2 + cost[size_of[0]] < best:
            best, steps[start] = 2 + cost[size_of[0]], size_of
        if (sign == "每" or not start) and (each := denominator_at(plain, start)) and 1 + cost[each[0]] < best:
            best, steps[start] = 1 + cost[each[0]], each
        if sign.isascii() and (latin := _LATIN.match(plain, start)) and 3 + cost[latin.end()] < best:
            best = 3 + cost[latin.end()]
            steps[start] = (latin.end(), (latin[0], (Sense("qualifier", latin[0]),)))
        if loosely and best >= _NEVER:
            best, steps[start] = _NAME + cost[start + 1], (start + 1, (sign, ()))
        cost[start] = best
    tokens: list[Token] = []
    at = 0
    while at < size:
        step = steps[at]
        if step is None:
            return None
        at = step[0]
        tokens.append(step[1])
    return tokens or None


def is_guess(tokens: list[Token]) -> bool:
    """Whether the cut rests on single characters, which mean too many things to be sure of their meaning."""
    return (
        sum(len(word) == 1 and not is_only((word, senses), "drop") for word, senses in tokens if word not in _SURE) > 1
    )


@lru_cache(maxsize=1)
def all_terms() -> tuple[dict[str, Token], dict[str, tuple[int, ...]]]:
    """All terms, each with its senses, and the lengths of those that begin with two characters, longest first."""
    source = catalogue("terms")
    terms: dict[str, list[Sense]] = {}

    def add(word: str, sense: Sense) -> None:
        form = normalised(word)
        if form:
            terms.setdefault(form, []).append(sense)

    for word, english in source["events"].items():
        add(word, Sense("event", english.lstrip("^"), "^" if english.startswith("^") else ""))
    for topic, entries in catalogue("things").items():
        for entry in entries.values():
            for word in str(entry[0]).split("|"):
                add(word, Sense("noun", str(entry[1]), topic))
    for topic, words in source["nouns"].items():
        for word, english in words.items():
            add(word, Sense("noun", english, topic))
    for kind, words in source["attributes"].items():
        for word, english in words.items():
            add(word, Sense("attribute", english, kind))
    for word, english in source["qualifiers"].items():
        add(word, Sense("qualifier", english))
    for word, english in source["areas"].items():
        add(word, Sense("area", english))
    for word, english in source["links"].items():
        add(word, Sense("link", english))
    for word in source["drop"]:
        add(word, Sense("drop", ""))
    terms["、"] = [Sense("link", ",")]
    for word, english in _place_names().items():
        if word not in terms:
            terms[word] = [Sense("qualifier", english)]
    lengths: dict[str, set[int]] = {}
    for word in terms:
        if len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    return (
        {word: (word, tuple(senses)) for word, senses in terms.items()},
        {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()},
    )


def _place_names() -> dict[str, str]:
    """Names of places, as a phrase may still hold one; short names of counties are too often common words."""
    names: dict[str, str] = {}
    for place in gazetteer():
        english = _PLACE_WORD.sub("", place.name_en)
        names.setdefault(normalised(place.name_zh), english)
        if place.level in {"region", "province", "prefecture"}:
            names.setdefault(normalised(short_name(place.name_zh)), english)
    return {name: english for name, english in names.items() if len(name) > 1}
