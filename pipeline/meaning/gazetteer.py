"""Administrative areas: their names, parents and identifiers.

The table is `catalogue/places.csv`, which `scripts/make_gazetteer.py` makes from the listings of GB/T 2260.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.knowledge import HERE, catalogue, vocabulary

_WORDS = vocabulary("places")
_FULL = re.compile(
    "(.{2,}?)((?:" + "|".join(_WORDS["peoples"]) + ")*)(" + "|".join(_WORDS["level_words"]) + ")",
)
_RANKS = {"nation": 0, "region": 1, "province": 2, "prefecture": 3, "county": 4, "township": 5, "zone": 6}


class Place(NamedTuple):
    """A row of `catalogue/places.csv`; the fields are its columns."""

    place_id: str
    gb_code: str
    iso_3166_2: str
    name_zh: str
    name_en: str
    level: str
    parent_id: str
    valid_from: str
    valid_to: str
    successor_id: str


def short_name(name: str) -> str:
    """The name without its level word and peoples: 涪城区 → 涪城, 恩施土家族苗族自治州 → 恩施.

    A name of which that would leave one character stays whole.
    """
    match = _FULL.fullmatch(name)
    return match[1] if match else name


class Gazetteer:
    """The places by identifier and by name. Use `gazetteer()`, which loads it once."""

    def __init__(self, places: list[Place], aliases: dict[str, list[str]]) -> None:
        self._places = {place.place_id: place for place in places}
        self._children: dict[str, list[str]] = {}
        # Full names apart from short ones: 朝阳区 may be many, 朝阳 even more.
        self.full: dict[str, list[str]] = {}
        self.short: dict[str, list[str]] = {}
        for place in places:
            self._children.setdefault(place.parent_id, []).append(place.place_id)
            self.full.setdefault(place.name_zh, []).append(place.place_id)
            short = short_name(place.name_zh)
            if short != place.name_zh:
                self.short.setdefault(short, []).append(place.place_id)
                # 三江县 for 三江侗族自治县.
                if place.name_zh.endswith(tuple(_WORDS["autonomous"])):
                    self.short.setdefault(short.removesuffix("族") + place.name_zh[-1], []).append(place.place_id)
            for alias in aliases.get(place.place_id, ()):
                self.short.setdefault(alias, []).append(place.place_id)
        for name, ids in self.short.items():
            # 河北 is the province, not the district of that name.
            if len(ids) > 1 and any(self._places[one].level == "province" for one in ids):
                self.short[name] = [one for one in ids if self._places[one].level != "county"]
        self._named = {name: tuple(dict.fromkeys(ids)) for name, ids in {**self.short, **self.full}.items()}

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._places

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def place(self, place_id: str) -> Place:
        """The place. Raises KeyError."""
        return self._places[place_id]

    def name(self, place_id: str) -> str:
        """The full official name, or an empty string."""
        place = self._places.get(place_id)
        return place.name_zh if place else ""

    def parent(self, place_id: str) -> str:
        """The next higher place, or an empty string."""
        place = self._places.get(place_id)
        return place.parent_id if place else ""

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """The places above, the next first, the nation last."""
        found = []
        while place_id := self.parent(place_id):
            found.append(place_id)
        return tuple(found)

    def children(self, place_id: str) -> tuple[str, ...]:
        """The places directly below that are valid today."""
        return tuple(child for child in self._children.get(place_id, ()) if not self._places[child].valid_to)

    def within(self, place_id: str, outer: str) -> bool:
        """Whether the first place is the second or lies in it."""
        places = self._places
        while place_id and place_id != outer:
            place_id = places[place_id].parent_id if place_id in places else ""
        return bool(place_id)

    def level(self, place_id: str) -> str:
        """Its level as in the table, or an empty string."""
        place = self._places.get(place_id)
        return place.level if place else ""

    def named(self, name: str) -> tuple[str, ...]:
        """The places with that full name, else those with that short name."""
        return self._named.get(name, ())

    def by_name(self, name: str, within: str = "", on: str = "") -> str:
        """The identifier of the place that `name`, in full or in short, stands for; empty if unknown or undecided.

        `within` and `on` as in `nearest`.
        """
        return self.nearest(self.named(name), within, on)

    @lru_cache(maxsize=65536)  # noqa: B019 (there is one gazetteer, and it lives as long as the process)
    def nearest(self, candidates: tuple[str, ...], within: str = "", on: str = "") -> str:
        """The one of several places that share a name that is meant; empty if that is undecided.

        within: the place whose report names it; its own parts come first, then what is near. on: ISO date at which
        the name was used; without it today's places come first.
        """
        if not candidates:
            return ""
        ranked = sorted((self._rank(place_id, within, on), place_id) for place_id in candidates)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return ""
        return ranked[0][1]

    def _rank(self, place_id: str, within: str, on: str) -> tuple[int, int, int]:
        # Nearness to the report's place, validity at the date, level: the lowest is meant.
        place = self._places[place_id]
        above = self.ancestors(within) if within else ()
        if within and self.within(place_id, within):
            near = 0
        elif place_id in above:
            near = 1
        else:
            shared = next((i for i, outer in enumerate(above) if self.within(place_id, outer)), len(above))
            near = 2 + shared
        began = not on or place.valid_from <= on
        ended = bool(place.valid_to) and (not on or place.valid_to <= on)
        return near, ended or not began, _RANKS[place.level]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once."""
    with (HERE / "catalogue" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        places = [Place._make(row) for row in rows]
    aliases = {place_id: entry.get("aliases", []) for place_id, entry in catalogue("zones").items()}
    return Gazetteer(places, aliases)
