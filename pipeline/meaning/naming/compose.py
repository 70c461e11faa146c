"""Names for indicators that nobody has described yet, composed from a bilingual list of terms.

A phrase is cut into the fewest terms of `catalogue/terms.yaml`; each has a facet (event, qualifier, area, noun,
attribute, link) that says where it goes in English: 拆除 | 违建 | 面积 → area of illegal structures demolished. The English
name gives the identifier, so that phrases which say the same share it. What the list does not cover gets an identifier
from its hash and stays `proposed` until a curator names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.amounts import dimension
from pipeline.meaning.naming.english import announce, with_amount
from pipeline.meaning.naming.phrases import normalised
from pipeline.meaning.naming.senses import HOLLOW, JOINING, Token, is_event, is_noun, is_only, sense_of, without_share
from pipeline.meaning.naming.terms import is_guess, segment

_LONGEST_PHRASE = 120
_LONGEST_ID = 72
_LETTER = re.compile("[a-z]")
_SLUG = re.compile(r"[a-z0-9]+")
_WORDS = catalogue("naming")
# What a figure in a dimension is that the phrase itself does not announce: (English, Chinese).
ANNOUNCED: dict[str, tuple[str, str]] = {
    kind: (english, chinese) for kind, (english, chinese) in _WORDS["announced"].items()
}
_MONEY = re.compile(rf"{any_of(_WORDS['money'])}$")
_GENERAL: frozenset[str] = frozenset(_WORDS["general_topics"])


@dataclass(frozen=True, slots=True)
class Name:
    """A composed name. `dimension` is that of the level, empty where the phrase leaves it open (能力).

    `headed` is the phrase with the thing at its end (建成的公园), empty where that cannot be told; `attribute` is what
    of the thing is measured (面积), empty for things that are only counted.
    """

    indicator_id: str
    name_zh: str
    name_en: str
    topic_id: str
    dimension: str
    events: tuple[str, ...]
    headed: str
    attribute: str
    limits: tuple[str, ...]
    whole: str
    composed: bool
    by_hand: bool = False


class _Reading(NamedTuple):
    """How a phrase was understood. `own` is the dimension of its level; `english` is empty where a term is unknown."""

    plain: str
    entry: dict[str, str] | None
    tokens: list[Token] | None
    announced: tuple[str, str, str]
    own: str
    kind: str
    english: str


@lru_cache(maxsize=1 << 16)
def _read(text: str, measure: str, unit: str) -> _Reading:
    """What the identifier needs; the rest of a name is made once for each indicator and not for each phrase."""
    plain = normalised(text)
    entry = _entries().get(plain)
    if entry and entry.get("when", dimension(unit)) != dimension(unit):
        entry = None
    tokens = segment(plain) if len(plain) <= _LONGEST_PHRASE else None
    if tokens and is_guess(tokens):
        tokens = None
    natural = entry.get("dimension", "count") if entry else _dimension(tokens or [], plain)
    announced = _announced(natural, measure, unit)
    own = announced[2] or natural
    kind = "" if natural or len(tokens or []) > 1 else _kind(measure, unit)
    if entry and "zh" in entry:
        # What was done and what is measured is read from the name that was written by hand.
        tokens = segment(normalised(entry["zh"]))
    if entry:
        english = _capital(with_amount(announced[0], entry["en"]))
    elif tokens:
        english = _capital(announce(announced[0], tokens)) + (f" ({kind})" if kind else "")
    else:
        english = ""
    if not _LETTER.search(english.lower()):
        english = ""
    return _Reading(plain, entry, tokens, announced, own, kind, english)


@lru_cache(maxsize=1 << 16)
def compose(text: str, measure: str, unit: str) -> Name:
    """The name of the indicator that a phrase states. `composed` is false where the list of terms does not cover it."""
    plain, entry, tokens, announced, own, kind, english = _read(text, measure, unit)
    title = plain.removesuffix(tokens[-1][0]) if tokens and len(tokens) > 1 and tokens[-1][0] in HOLLOW else plain
    shown = (entry or {}).get("zh", title or text) + (
        f"（{announced[1] or ANNOUNCED[kind][1]}）" if announced[1] or kind else ""
    )
    if not english:
        return Name(_fallback(plain, announced[0]), shown, "", "governance", own, (), "", "", (), "", False)
    return Name(
        indicator_id=_identifier(english),
        name_zh=shown,
        name_en=english,
        topic_id=(entry or {}).get("topic") or _topic(tokens or [], plain, own),
        dimension=own,
        events=tuple(token[0] for token in tokens or [] if is_event(token)),
        headed="" if entry else _headed(tokens or []),
        attribute=_attribute(tokens or []),
        limits=tuple(word for word, senses in tokens or [] if senses and senses[0].facet == "limit"),
        whole=_whole(tokens or []),
        composed=True,
        by_hand=bool(entry),
    )


def composed_id(text: str, measure: str, unit: str) -> str:
    """The identifier of a phrase outside the core; lower-case ASCII, the same for phrases with the same English name."""
    read = _read(text, measure, unit)
    return _identifier(read.english) if read.english else _fallback(read.plain, read.announced[0])


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
    return stated if stated in {"electricity", "power", "mass", "volume", "area", "energy"} else ""


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
    return "ratio" if plain.endswith(("率", "比重", "占比")) else "count"


def _topic(tokens: list[Token], plain: str, own: str) -> str:
    """The topic of the last noun that has one of its own; projects and reforms are of the field that they serve."""
    found = [sense.extra for token in reversed(tokens) if (sense := sense_of(token, "noun")) and not _measured(token)]
    for topic in found:
        if topic not in _GENERAL:
            return topic
    for topic, words in catalogue("terms")["topics"].items():
        if any(word in plain for word in words):
            return str(topic)
    return found[0] if found else "finance" if own == "money" else "output"


def _measured(token: Token) -> bool:
    return bool(sense_of(token, "attribute"))


def _attribute(tokens: list[Token]) -> str:
    """The word for what is measured, where the phrase ends in one."""
    for token in reversed(tokens):
        if is_only(token, "drop"):
            continue
        return token[0] if _measured(token) else ""
    return ""


def _headed(tokens: list[Token]) -> str:
    """The phrase with the thing last: 建成公园 and 公园建成 → 建成的公园; empty where the thing cannot be told."""
    kept = [token for token in tokens if not is_only(token, "drop")]
    words = [word for word, _ in kept]
    done = [is_event(token) or word in JOINING for token, word in zip(kept, words, strict=True)]
    if not kept or all(done) or "占" in words or "中" in words:
        return ""
    first, last = done.index(False), len(done) - done[::-1].index(False)
    if first and not any(done[first:last]):
        return f"{''.join(words[:first])}的{''.join(words[first:])}" if last == len(done) else ""
    if last < len(done) and not first and is_noun(kept[last - 1]) and not _measured(kept[last - 1]):
        return f"{''.join(words[last:])}的{''.join(words[:last])}"
    return ""


def _whole(tokens: list[Token]) -> str:
    words = [word for word, _ in tokens]
    if "占" not in words[1:]:
        return ""
    return "".join(word for word, _ in without_share(tokens[words.index("占", 1) + 1 :]))


def _identifier(english: str) -> str:
    slug = "_".join(_SLUG.findall(english.lower().replace("'", "")))
    if len(slug) > _LONGEST_ID:
        cut = slug[:_LONGEST_ID].rsplit("_", 1)[0]
        slug = f"{cut}_{sha256(slug.encode()).hexdigest()[:6]}"
    return f"{slug}_stated" if slug in catalogue("indicators") or slug.isdigit() else slug


def _fallback(plain: str, announced: str) -> str:
    return "x_" + sha256(f"{plain}|{announced}".encode()).hexdigest()[:8]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, str]]:
    """Hand-written names by normalised phrase."""
    return {normalised(phrase): entry for phrase, entry in (catalogue("entries") or {}).items()}
