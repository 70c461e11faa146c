"""Where a report names administrative areas, and which it means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.knowledge import vocabulary
from pipeline.meaning.gazetteer import Gazetteer, gazetteer
from pipeline.text.pairs import Pairs

_WORDS = vocabulary("places")
_ORDINARY = frozenset(_WORDS["ordinary_words"])
_TAILS = tuple(_WORDS["name_tail"])


class Mention(NamedTuple):
    """A name of an area in the text. `deictic`: a word like 全市 whose meaning depends on the report."""

    start: int
    stop: int
    place_id: str
    deictic: bool


def mentions(text: str, place_id: str, on: str) -> list[Mention]:
    """The areas named in `text`, in order and without overlaps, as a report of `place_id` dated `on` means them."""
    places = gazetteer()
    pointing = _deictic(places, place_id)
    found: list[Mention] = []
    for start, stop, word in _leftmost_longest(text):
        if word in pointing:
            found.append(Mention(start, stop, pointing[word], True))
        elif meant := _meant(places, word, place_id, on):
            short = places.name(meant) != word
            if not (short and _longer_name(text, stop)):
                found.append(Mention(start, stop, meant, False))
    return found


@cache
def _names() -> dict[str, list[str]]:
    """All names in full and in short and the deictic words by their first two characters, the longest first."""
    places = gazetteer()
    words = {word for words in _WORDS["deictic"].values() for word in words}
    words |= {*places.full, *places.short} - _ORDINARY
    names: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        names.setdefault(word[:2], []).append(word)
    return names


@cache
def _beginnings() -> Pairs:
    return Pairs(_names())


def _leftmost_longest(text: str) -> Iterator[tuple[int, int, str]]:
    """All names in the text without overlaps."""
    names = _names()
    free = 0
    for start in _beginnings().offsets(text):
        if start < free:
            continue
        for word in names.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                free = start + len(word)
                yield start, free, word
                break


def _meant(places: Gazetteer, word: str, place_id: str, on: str) -> str:
    """The place that a report means by a name; a county's short name is one only near home."""
    meant = places.by_name(word, place_id, on)
    if meant and places.name(meant) != word and places.level(meant) == "county":
        home = places.parent(place_id) if places.level(place_id) == "county" else place_id
        if places.parent(meant) != home:
            return ""
    return meant


@cache
def _deictic(places: Gazetteer, place_id: str) -> dict[str, str]:
    """What 全市, 全省 and the like mean in a report of that place: the word of the lowest level wins."""
    meanings: dict[str, str] = {}
    for place in (place_id, *places.ancestors(place_id)):
        level = places.level(place)
        if level == "province" and places.name(place).endswith("市"):
            level = "prefecture"  # a municipality calls itself 全市
        words = _WORDS["deictic"].get(level, ())
        # 全区 is the whole of an autonomous region or of a district, never of an ordinary province.
        word_of_region = places.name(place).endswith("区")
        for word in words:
            if word_of_region or "区" not in word:
                meanings.setdefault(word, place)
    return meanings


def _longer_name(text: str, stop: int) -> bool:
    """Whether the name goes on into another one: 中山 in 中山大学, 绵阳 in 绵阳至成都; not before a dash of two strokes."""
    return text.startswith(_TAILS, stop) and not text.startswith("——", stop)
