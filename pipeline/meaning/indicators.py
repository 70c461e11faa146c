"""From an indicator phrase to the identifier of an indicator.

Core indicators are found by exact lookup of the normalised phrase in their aliases: what is not an alias is another
thing (新增高新技术企业 is not 高新技术企业). All other phrases are told by what they are made of (see
`pipeline.meaning.naming.facets` and `issued`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.knowledge import any_of, any_unless, catalogue, vocabulary
from pipeline.meaning.amounts import dimension
from pipeline.meaning.amounts import unit as unit_of
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.naming.facets import facets, holds_verb, own_phrase
from pipeline.meaning.naming.issued import core_facets, identify, issued
from pipeline.meaning.naming.phrases import normalised
from pipeline.prefilter import filtered
from pipeline.unit_table import MULTIPLIER_WORDS

_WORDS = vocabulary("phrases")
# Words for the place as a whole, for totals and for verbs that say nothing: a phrase is the same with and without.
_PREFIX = filtered(f"{any_of(_WORDS['prefixes'])}|{any_unless(_WORDS['prefixes_unless'])}")
_SUFFIX = re.compile(rf"{any_of(_WORDS['suffixes'])}$")
# The pace of a thing is the thing where its growth is stated or ranked.
_PACE = re.compile(rf"{any_of(_WORDS['before_paces'])}?{any_of(_WORDS['paces'])}$")
_COUNTED_WITH_PACE = frozenset({"growth", "rank", "multiple"})
_OWN_PLACE = re.compile(f"占{any_of(_WORDS['own_places'])}(?={any_of(_WORDS['of_own_place'])})")
_OF_AIR = re.compile(any_of(_WORDS["air"]))
_AIR = re.compile(
    f"(?:{any_of(_WORDS['air_places'])}|(?:地级|设区)(?:及以上|以上)?(?:城市|市))?(?:环境)?(?={_OF_AIR.pattern})"
)
# A change may be stated in points or in ranks, whatever the level is measured in.
_CHANGES = frozenset({"percentage_points", "ratio", "score"})
# With a subject a phrase may begin with a general word for it: 片区生产总值 of 水乡经济区.
_GROUP = re.compile(any_of(_WORDS["groups"]))
# Multipliers that alone tell an amount of money.
_LARGE: frozenset[str] = frozenset(_WORDS["large"])
# No alias is nearly as long; a longer phrase is not searched.
_LONGEST = 60
# The levels that a place may call its own, before things that are its own.
_OF_LEVEL = f"(?={any_of(_WORDS['of_level'])})"
_LEVEL_WORDS = {
    "province": filtered(f"自治区级?|省级|(?<![市县区])市级|省{_OF_LEVEL}"),
    "prefecture": filtered(f"市级|市{_OF_LEVEL}"),
    "county": filtered(f"[县区市]级|[县区市]{_OF_LEVEL}"),
}
_LEVEL_SIGNS = {"province": "省", "prefecture": "市", "county": "市县区"}
_OWN = frozenset(catalogue("facets")["own_level"])
# Of a growth or its change the short name will do: 投资增长5%, 投资增速快于全国1个百分点.
_CHANGING = frozenset({"growth", "change"})
# Dimensions of which a number without a unit is told; ratios by their sign.
_MEASURED = frozenset({"ratio", "concentration"})
_RATIO, _TIMES = "比例", "倍"
_PERSONS = "人"
_HOUSEHOLDS = "户"
_FIRM, _PLACES = "家", "位"
# What the levels of a concept may be stated in, besides its own dimension.
_ALSO: dict[str, frozenset[str]] = {
    "money/duration": frozenset({"money", "money/count", "money/duration/count", "money/count/duration"}),
    "energy/money": frozenset({"energy", "ratio"}),
    "duration": frozenset({"count"}),
    # PM2.5 is often given as 每立方米30微克.
    "concentration": frozenset({"mass", "mass/volume"}),
}


def indicator_of(name: str, place_id: str, measure: str, unit: str, subject: str = "", comparison: str = "") -> str:
    """The indicator_id of a name in a place: the word for the level of its own place says nothing (市财政收入 in a city)."""
    if (own_words := own_phrase(name, measure, unit)) and own_words.facets:
        return identify(name, measure, unit)
    owns = tuple(_own_level(name, place_id))
    for own in (*owns, name) if owns else ():
        if found := core(own, measure, unit, subject, comparison):
            return found
    for own in owns:
        if facets(own, measure, unit).thing in _OWN:
            return identify(own, measure, unit)
    return resolve_indicator(name, measure, unit, subject, comparison)


def _own_level(name: str, place_id: str) -> Iterator[str]:
    """The name without the word for the level of its own place, wherever in it one stands before a thing of the place."""
    level = gazetteer().level(place_id)
    if len(name) > 4 and name[0] in _LEVEL_SIGNS.get(level, "") and name[1] not in "场民政级直属内外辖市区县域":
        yield name[1:]
    words = _LEVEL_WORDS.get(level)
    if words and (match := words.search(name)) and len(name) > len(match[0]) + 1:
        yield name[: match.start()] + name[match.end() :]


@lru_cache(maxsize=1 << 17)
def resolve_indicator(text: str, measure: str, unit: str, subject: str = "", comparison: str = "") -> str:
    """The indicator_id of a phrase. `unit` as written, `subject` the narrower thing that the figure is about, or empty.

    Never empty for a phrase that is not empty; the identifier of an unknown phrase is stable.
    """
    return core(text, measure, unit, subject, comparison) or identify(text, measure, unit)


def core(text: str, measure: str, unit: str, subject: str = "", comparison: str = "") -> str:
    """The identifier of the core indicator that the phrase names, or an empty string."""
    pace = measure in _COUNTED_WITH_PACE or comparison == "versus"
    changes = measure in _CHANGING
    for form in _forms(text, subject, pace):
        for concept in _aliases().get(form, ()):
            if _fits(concept, measure, unit, subject):
                return concept
        if changes and not subject and form in _of_pace():
            return _of_pace()[form]
    return ""


def _forms(text: str, subject: str, pace: bool) -> Iterator[str]:
    """The phrase and what is left of it without the words that say nothing, the fullest form first."""
    plain = normalised(text)
    if len(plain) > _LONGEST:
        return
    heads = [plain]
    if subject:
        named = normalised(subject)
        if named and plain.startswith(named):
            heads.append(plain[len(named) :])
        if match := _GROUP.match(heads[-1]):
            heads.append(heads[-1][match.end() :])
        if "机场" in named and plain.startswith("旅客"):
            heads.append(f"机场{plain}")
    # 占全市生产总值比重 is 占生产总值比重; a share in a larger place is another thing.
    if "占" in plain:
        heads += [_OWN_PLACE.sub("占", head) for head in heads if "占" in head]
    # Air is measured in the urban area: that is no narrowing.
    if _OF_AIR.search(plain):
        heads += [head[match.end() :] for head in heads if (match := _AIR.match(head)) and match[0]]
    seen = set()
    for form in heads:  # which grows
        if not form or form in seen:
            continue
        seen.add(form)
        yield form
        if pace and (match := _PACE.search(form)):
            heads.append(form[: match.start()])
        if match := _PREFIX.match(form):
            heads.append(form[match.end() :])
        if match := _SUFFIX.search(form):
            heads.append(form[: match.start()])


def _fits(concept: str, measure: str, unit: str, subject: str) -> bool:
    """Whether a figure in that unit can be one of the concept."""
    if "机场" in subject and concept == "port_cargo_throughput":
        return False
    if measure not in {"level", "change"} or not unit:
        return True
    own, stated = _dimensions()[concept], dimension(unit)
    if own == stated == "count" and not _counted_alike(str(catalogue("indicators")[concept]["unit"]), unit):
        return False
    if measure == "change" and stated in _CHANGES:
        return True
    if own == "money" and unit.removesuffix("台阶") in _LARGE and measure == "level":
        return True  # 迈上5万亿台阶
    return not own or own == stated or stated in _ALSO.get(own, frozenset())


def is_added_elsewhere(indicator_id: str, name: str) -> bool:
    """Whether a core indicator tells what was done in a period, and the name of a figure under it does not say that it was."""
    if indicator_id not in catalogue("indicators"):
        return False
    event = core_facets(indicator_id).event
    return bool(event) and not holds_verb(normalised(name))


def told_in(indicator_id: str, unit: str, measure: str = "level") -> str:
    """The unit of a figure: as written, or where none is that of its core indicator, if that is not counted: 5:40:55 are %.

    A ratio such as 2.5:1 is a pure number. People are counted in 人 where nothing but a multiplier stands (9万贫困人口) or
    where a level is told in 位, which of a change are places in an order; firms told in 户 are as many as those told in 家.
    """
    if unit in MULTIPLIER_WORDS and _counts_people(indicator_id):
        return unit + _PERSONS
    if unit.endswith(_PLACES) and measure == "level" and _counts_people(indicator_id):
        return unit.removesuffix(_PLACES) + _PERSONS
    if unit.endswith(_HOUSEHOLDS) and unit_of(unit).word == _HOUSEHOLDS and _counts_things(indicator_id):
        return unit.removesuffix(_HOUSEHOLDS) + _FIRM
    return unit or _implied_units().get(indicator_id, "")


def _counts_people(indicator_id: str) -> bool:
    core = catalogue("indicators").get(indicator_id)
    return core["unit"] == _PERSONS if core else indicator_id.partition("-")[0].split(".")[1:2] == ["persons"]


@lru_cache(maxsize=1024)
def _counts_things(indicator_id: str) -> bool:
    """Whether an indicator counts, and neither persons nor households."""
    if indicator_id in catalogue("indicators"):
        return core_facets(indicator_id).property == "count"
    known = issued().get(indicator_id)
    told = known.facets.property if known else indicator_id.partition("-")[0].split(".")[1:2]
    return told in ("count", ["count"])


@lru_cache(maxsize=1)
def _implied_units() -> dict[str, str]:
    stated = {concept: str(entry["unit"]) for concept, entry in catalogue("indicators").items()}
    measured = {concept: unit for concept, unit in stated.items() if dimension(unit) in _MEASURED}
    return {concept: _TIMES if unit == _RATIO else unit for concept, unit in measured.items()}


def _counted_alike(own: str, stated: str) -> bool:
    """Whether both units count one kind of thing: compounds (个) are not the households (万户) in them; firms are either."""
    return (unit_of(stated).base_unit == _HOUSEHOLDS) == (own == _HOUSEHOLDS) or own == _FIRM


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for concept, entry in catalogue("indicators").items():
        for alias in entry["aliases"]["zh"]:
            form = normalised(alias)
            if concept not in known.get(form, ()):
                known[form] = (*known.get(form, ()), concept)
    return known


@lru_cache(maxsize=1)
def _of_pace() -> dict[str, str]:
    """Names that mean a core indicator where its growth is told."""
    return {
        normalised(alias): concept
        for concept, entry in catalogue("indicators").items()
        for alias in entry["aliases"].get("of_pace", ())
    }


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, str]:
    """Of the level of each core indicator; empty where an entry names no unit, which then may be any."""
    return {concept: entry["unit"] and dimension(entry["unit"]) for concept, entry in catalogue("indicators").items()}
