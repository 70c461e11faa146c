"""Which agency a name in a report stands for: 市发展改革局 in a plan of Mianyang is 绵阳市发展和改革局."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.knowledge import any_of, catalogue, vocabulary
from pipeline.meaning.gazetteer import Gazetteer, gazetteer

_WORDS = vocabulary("structure")["agencies"]
_LEVELS = re.compile(any_of(_WORDS["levels"]))
_GOVERNMENT = re.compile(r"(?P<place>.*?)(?:人民)?政府$")
_COMMITTEE = re.compile(r"(?P<zone>.+?)(?:管委会|管理委员会)$")
_ALL = re.compile(r"各.{1,20}$")
_BANK = re.compile(rf"(?:中国)?(?:人民银行|人行)(?P<place>.{{2,8}}?)(?P<branch>市?{any_of(_WORDS['branches'])})$")
_LONGEST_PLACE = 8


class Agency(NamedTuple):
    """A row of the table `agencies`; `name_en` is empty where no English name is known."""

    agency_id: str
    name_zh: str
    name_en: str
    place_id: str


class _Type(NamedTuple):
    slug: str
    zh: str
    en: str


@lru_cache(maxsize=65536)
def resolve_agency(name: str, place_id: str, on: str = "") -> Agency:
    """The agency that `name` stands for in a report of the place `place_id` of the ISO date `on`.

    Full names are composed of the place and the type of agency. An agency of no known type gets an identifier from its
    name; so the same name in reports of the same place is always the same agency.
    """
    places = gazetteer()
    for read in (_all, _government, _committee, _bank, _bureau):
        agency = read(name, place_id, on, places)
        if agency:
            return agency
    return _unknown(name, place_id, name)


def _all(name: str, place_id: str, on: str, places: Gazetteer) -> Agency | None:
    """各县(市、区)政府: all governments of a level together."""
    match = _ALL.fullmatch(name)
    if match is None:
        return None
    own, english = _names(place_id, places)
    if name.endswith("政府") and re.search("[县区市]", name):
        return Agency(
            f"{place_id}-county-governments",
            own + name,
            f"Governments of the counties, cities and districts of {english}",
            place_id,
        )
    if re.search("[镇乡街]", name):
        return Agency(
            f"{place_id}-township-governments",
            own + name,
            f"Governments of the towns and subdistricts of {english}",
            place_id,
        )
    return _unknown(name, place_id, own + name)


def _government(name: str, place_id: str, on: str, places: Gazetteer) -> Agency | None:
    """涪城区政府, 市政府."""
    match = _GOVERNMENT.fullmatch(name)
    if match is None:
        return None
    named = match["place"]
    found = (
        _of_level(named, place_id, places)
        if not named or _LEVELS.fullmatch(named)
        else places.by_name(named, place_id, on)
    )
    if not found:
        return None
    chinese, english = _names(found, places)
    return Agency(f"{found}-peoples-government", f"{chinese}人民政府", f"People's Government of {english}", found)


def _committee(name: str, place_id: str, on: str, places: Gazetteer) -> Agency | None:
    """科创新区管委会."""
    match = _COMMITTEE.fullmatch(name)
    if match is None:
        return None
    found = places.by_name(match["zone"], place_id, on)
    if not found:
        return _unknown(name, place_id, f"{match['zone']}管理委员会")
    chinese, english = _names(found, places)
    return Agency(
        f"{found}-administrative-committee", f"{chinese}管理委员会", f"Administrative Committee of {english}", found
    )


def _bank(name: str, place_id: str, on: str, places: Gazetteer) -> Agency | None:
    """人行绵阳市中心支行: a branch of the central bank."""
    match = _BANK.fullmatch(name)
    if match is None:
        return None
    found = places.by_name(match["place"] + match["branch"][:1], place_id, on) or places.by_name(
        match["place"], place_id, on
    )
    if not found:
        return None
    full = f"中国人民银行{match['place']}{match['branch']}"
    return Agency(f"{found}-peoples-bank", full, f"People's Bank of China, {_names(found, places)[1]} Branch", found)


def _bureau(name: str, place_id: str, on: str, places: Gazetteer) -> Agency | None:
    """市教育局, 绵阳海关, 教育局."""
    level = _LEVELS.match(name)
    if level and (found := _typed(name[level.end() :])):
        return _compose(found, _of_level(level[0], place_id, places) or place_id, places)
    if found := _typed(name):
        return _compose(found, place_id, places)
    for stop in range(min(len(name) - 2, _LONGEST_PLACE), 1, -1):
        found = _typed(name[stop:])
        named = places.by_name(name[:stop], place_id, on) if found else ""
        if found and named:
            composed = _compose(found, named, places)
            # 绵阳海关 has no 市 in its name: keep the place as the text writes it.
            return composed._replace(name_zh=name[:stop] + found.zh)
    if level:
        owner = _of_level(level[0], place_id, places)
        if owner:
            return _unknown(name[level.end() :], owner, _names(owner, places)[0] + name[level.end() :])
    return None


def _compose(found: _Type, place_id: str, places: Gazetteer) -> Agency:
    chinese, english = _names(place_id, places)
    party = found.zh.startswith("委")
    name_zh = f"中共{chinese}{found.zh}" if party else chinese + found.zh
    name_en = f"{found.en} of {english}" if party or " of the " in found.en else f"{english} {found.en}"
    return Agency(f"{place_id}-{found.slug}", name_zh, name_en.strip(), place_id)


@cache
def _stems() -> dict[str, _Type]:
    """Types of agency by every stem they are called by."""
    found: dict[str, _Type] = {}
    for slug, entry in catalogue("agencies")["types"].items():
        if "whole" not in entry:
            found.update({stem: _Type(slug, entry["zh"], entry["en"]) for stem in entry.get("aliases", ())})
            found.update({stem: _Type(slug, stem, entry["en"]) for stem in (entry["zh"], *entry.get("also", ()))})
    return found


@cache
def _wholes() -> dict[str, _Type]:
    """Agencies by their whole names."""
    entries = catalogue("agencies")
    found = {
        whole: _Type(slug, entry["zh"], entry["en"])
        for slug, entry in entries["types"].items()
        for whole in entry.get("whole", ())
    }
    found.update({name: _Type(entry["slug"], entry["zh"], entry["en"]) for name, entry in entries["agencies"].items()})
    return found


def _typed(rest: str) -> _Type | None:
    """The type of agency that a name without its place stands for."""
    whole = _wholes().get(rest)
    if whole:
        return whole
    for ending, words in catalogue("agencies")["endings"].items():
        stem = _stems().get(rest.removesuffix(ending)) if rest.endswith(ending) else None
        if stem:
            english = stem.en if stem.en.endswith("Administration") else f"{stem.en} {words['en']}"
            return _Type(stem.slug, stem.zh + words["zh"], english)
    return None


def _of_level(level: str, place_id: str, places: Gazetteer) -> str:
    """The place of that level that a report of `place_id` means: 省 its province, 市 its city; empty if none."""
    if not level:
        return place_id
    chain = (place_id, *places.ancestors(place_id))
    if level in ("省", "自治区"):
        return next((place for place in chain if places.level(place) == "province"), "")
    return next((place for place in chain if places.name(place).endswith(level)), "")


def _names(place_id: str, places: Gazetteer) -> tuple[str, str]:
    """The Chinese and the English name of a place; its identifier where it is unknown."""
    if place_id not in places:
        return "", place_id
    place = places.place(place_id)
    return place.name_zh, place.name_en


def _unknown(name: str, place_id: str, name_zh: str) -> Agency:
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return Agency(f"{place_id}-agency-{digest}", name_zh, "", place_id)
