"""Which administrative area a title, a heading or a whole text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from pipeline.knowledge import vocabulary
from pipeline.meaning.gazetteer import gazetteer, short_name
from pipeline.text.pairs import Pairs

_NATION = "cn"
_NATION_WORDS = tuple(vocabulary("documents")["nation_words"])
_COUNTED = 50_000
_LONGEST = 14
_HEADING = 60


def by_name(name: str) -> str:
    """The identifier of a place by its full or short name, else empty."""
    return gazetteer().by_name(name)


def name(place_id: str) -> str:
    """The full official name, or an empty string."""
    return gazetteer().name(place_id)


def leading(text: str, near: str = "") -> str:
    """The place that `text` names first, the last one of a chain such as 四川省绵阳市江油市; else empty.

    near: a place by which names that several places share are decided.
    """
    found, at = "", 0
    while at < min(len(text), _HEADING):
        length, place_id = _name_at(text, at, found, near)
        if place_id:
            found, at = place_id, at + length
        elif found:
            break
        else:
            at += 1
    return found


def _name_at(text: str, at: int, above: str, near: str) -> tuple[int, str]:
    """Length and place of the longest name that begins at `at`."""
    places = gazetteer()
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        known = text[at : at + length]
        if known not in places.full and known not in places.short:
            continue
        place_id = places.by_name(known, above or near)
        # Short names of counties are ordinary words too often, and a chain goes from the larger to the smaller.
        usable = known in places.full or places.level(place_id) != "county" or at == 0
        if place_id and usable and (not above or (place_id != above and places.within(place_id, above))):
            return length, place_id
    return 0, ""


def most_named(title: str, text: str) -> str:
    """The place named most often: among those in the title, areas before regions, if it names any, else in the text."""
    mentions = _mentions(text)
    counts = _counts(mentions, _usual_names())
    titled = {_usual_names()[known] for known in mentions if known in title and known in _usual_names()}
    areas = {place_id for place_id in titled if gazetteer().level(place_id) != "region"}
    return _most({place_id: counts[place_id] for place_id in areas or titled} or counts)


def governed(text: str, level_word: str) -> str:
    """The place whose government speaks in `text`, by the names in it; empty if it names none.

    level_word: the end of its name (市 of 全市) where it is known. Else mentions of its parts count for half.
    """
    mentions = _mentions(text)
    if level_word:
        return _most(_counts(mentions, _names_ending_in(level_word)))
    counts = _counts(mentions, _usual_names())
    counts.pop(_NATION, None)
    rolled = dict(counts)
    for place_id, count in counts.items():
        for above in gazetteer().ancestors(place_id)[:-1]:
            count = count / 2
            rolled[above] = rolled.get(above, 0) + count
    return _most(rolled)


def _mentions(text: str) -> Counter[str]:
    """How often each name stands in the text, inside longer names too."""
    text = text[:_COUNTED]
    names, begins = _by_beginning()
    counts: Counter[str] = Counter()
    for at in begins.offsets(text):
        for known in names.get(text[at : at + 2], ()):
            if text.startswith(known, at):
                counts[known] += 1
    return counts


def _counts(mentions: Mapping[str, int], names: Mapping[str, str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for known, count in mentions.items():
        place_id = names.get(known)
        if place_id:
            counts[place_id] = counts.get(place_id, 0) + count
    return counts


def _most(counts: Mapping[str, float]) -> str:
    return max(counts, key=lambda place_id: (counts[place_id], place_id)) if counts else ""


@cache
def _by_beginning() -> tuple[dict[str, list[str]], Pairs]:
    """All names that are counted by their first two characters, and where such a beginning may stand."""
    names: dict[str, list[str]] = {}
    for known in {*_usual_names(), *(short_name(place.name_zh) for place in gazetteer())}:
        names.setdefault(known[:2], []).append(known)
    return names, Pairs(names)


@cache
def _usual_names() -> dict[str, str]:
    """Names and what they stand for wherever they occur: short names down to prefectures, which full ones contain.

    Counties count by their full names only, since short ones are ordinary words too often.
    """
    places = gazetteer()
    names: dict[str, list[str]] = {}
    for place in places:
        if place.place_id != _NATION and not place.valid_to:
            short = short_name(place.name_zh)
            names.setdefault(place.name_zh if place.level == "county" else short, []).append(place.place_id)
    for alias, ids in places.short.items():
        if any(places.level(place_id) == "region" for place_id in ids):
            names.setdefault(alias, []).extend(ids)
    unique = {known: ids[0] for known, ids in names.items() if len(set(ids)) == 1}
    return unique | dict.fromkeys(_NATION_WORDS, _NATION)


@cache
def _names_ending_in(level_word: str) -> dict[str, str]:
    """Short names of the places whose full names end in that level word."""
    here = (place for place in gazetteer() if not place.valid_to and place.name_zh.endswith(level_word))
    return {short_name(place.name_zh): place.place_id for place in here}
