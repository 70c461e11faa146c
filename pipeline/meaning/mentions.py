"""Which administrative areas a report means by the names in its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.knowledge import vocabulary
from pipeline.meaning.gazetteer import Gazetteer, gazetteer
from pipeline.meaning.place_names import PlaceName, is_common_noun, place_names
from pipeline.records import Record

_DEICTIC = vocabulary("places")["deictic"]

# Behind 县 it belongs to that: 县域.
_OF_COUNTIES = "域"


@dataclass(slots=True, unsafe_hash=True)
class Mention(Record):
    """A name of an area in the text.

    deictic: a word like 全市 whose meaning depends on the report. full: the full name, or one behind that of a larger area.
    """

    start: int
    stop: int
    place_id: str
    deictic: bool
    full: bool


def mentions(text: str, place_id: str, on: str) -> list[Mention]:
    """The areas named in `text`, in order and without overlaps, as a report of `place_id` dated `on` means them."""
    places = gazetteer()
    pointing = _deictic(places, place_id)
    found: list[Mention] = []
    for name in place_names(text):
        if not name.ids:
            if name.word in pointing:
                found.append(Mention(name.start, name.stop, pointing[name.word], True, False))
        elif text.startswith(_OF_COUNTIES, name.stop):
            continue  # 新建县域医院
        elif meant := _meant(places, name, place_id, on):
            full = name.chained or name.word == places.name(meant)
            found.append(Mention(name.start, name.stop, meant, False, full))
    return found


def _meant(places: Gazetteer, name: PlaceName, place_id: str, on: str) -> str:
    """The place that a report means by a name; a county's short name and a common noun are one only near home."""
    meant = places.nearest(name.ids, place_id, on)
    if meant and not name.chained and (is_common_noun(name.word) or (name.bare and places.level(meant) == "county")):
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
        words = _DEICTIC.get(level, ())
        # 全区 is the whole of an autonomous region or of a district, never of an ordinary province.
        word_of_region = places.name(place).endswith("区")
        for word in words:
            if word_of_region or "区" not in word:
                meanings.setdefault(word, place)
    return meanings
