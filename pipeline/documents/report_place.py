"""Which administrative area a document is of.

It is the one by which the document calls itself (in the name of its congress, its title, its issuer, its opening). A name
that several places have is decided by what else there says which, by the areas above them that the text names, then by
the file name; else it stays open. A document that names itself nowhere is of the place that its text speaks of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.knowledge import any_of, vocabulary
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.place_names import PlaceName, is_common_noun, place_names

_NATION = "cn"
_WORDS = vocabulary("documents")["places"]
_NATIONAL = re.compile(rf"(?!{_WORDS['not_nation']}){any_of(_WORDS['nation'])}")
_SEATED = tuple(_WORDS["seated"])
_MEDIUM, _OWN_LEVEL = re.compile(_WORDS["medium"]), re.compile(_WORDS["own_level"])
LOCATED = re.compile(_WORDS["located"])
_BESIDE = re.compile(_WORDS["beside"])
_DATELINE = re.compile("|".join(_WORDS["datelines"]))
_SOURCE = re.compile(_WORDS["source"])
_COUNTED = 50_000
_OPENING = 600
_HEADING = 60
_HAN = "一-鿿"
# What may stand between the name of an area and that of its part: (内蒙古)阿拉善左旗, (安徽省)关于怀宁县.
_PARTED = re.compile(r"[\s()（）【】\[\]·・,，/—-]{0,4}(?:(?<=[)）】\]])关于)?")
# What follows the name of a county in short.
_AFTER_SHORT = re.compile(rf"(?![{_HAN}])|{any_of(_WORDS['after_short_name'])}|[一二三四五六七八九十〇○零]{{2,4}}年")
_AUTHORITY = tuple(_WORDS["authorities"])
# A document calls itself by such a name, whether the gazetteer has it or not: 江北新区, 清华镇.
_SELF_NAME = re.compile(
    rf"(?:[{_HAN}]{{0,24}}关于|在)?(?P<name>(?:(?!关于)[{_HAN}]){{2,30}}?{any_of(_WORDS['levels'])})"
    rf"(?=第?[一二三四五六七八九十百]{{1,4}}届|(?:19|20)\d\d年?(?:度)?{any_of(_WORDS['titles_begin'])}|(?:人民)?政府工作报告)"
)
_NOT_A_NAME = re.compile(f"(?:{any_of(_WORDS['not_self_names'])})")
# So many provinces in a text, none of them named most of the time, make it one of the country.
_MANY = 5
# A mention of a city's committee or government weighs as much as so many of the city.
_WEIGHT = 4
# So many times as often as the next must the place that decides be named.
_CLEARLY = 2


class Decided(NamedTuple):
    """The identifier of a place, empty if it stays open, and what is to be said of that."""

    place_id: str
    note: str = ""


def stated(text: str) -> tuple[str, ...]:
    """The places that a fact may mean: an identifier, a code of GB/T 2260, a full name, or names from the largest on."""
    places = gazetteer()
    for identifier in (text, f"cn-{text}"):
        if identifier in places:
            return (identifier,)
    text = re.sub(r"[\s·,，、/>-]", "", text)
    found = next(place_names(text), None)
    chained = found and found.chained and (found.start, found.stop) == (0, len(text))
    ids = found.ids if found and chained else places.named(text)
    today = tuple(one for one in ids if not places.place(one).valid_to)
    return today or ids


def name(place_id: str) -> str:
    """The full official name, or an empty string."""
    return gazetteer().name(place_id)


def full_name(place_id: str) -> str:
    """The full name with those of the areas above but the nation: 北京市朝阳区."""
    places = gazetteer()
    return "".join(places.name(one) for one in (*reversed(places.ancestors(place_id)[:-1]), place_id))


def own_place(names: Sequence[str], text: str, file_stem: str, on: str) -> Decided:
    """The place by which a document calls itself; without a note if it does not.

    names: what names it, the surest first: congress or issuer, title, opening. file_stem: the name of its file, empty if
    that holds other documents too. on: its date, ISO.
    """
    ids: tuple[str, ...] = ()
    called = ""
    for at, text_of_name in enumerate(names):
        found = _designated(text_of_name, on)
        unknown = _unknown(text_of_name, found[1]) if at < 2 and not ids else ""
        if unknown:
            return Decided("", f"{unknown} is not in the gazetteer, so the place is open.")
        if found[0]:
            # What is less sure only tells the places apart.
            ids = tuple(one for one in ids if one in found[0]) or ids or found[0]
            called = called or found[2]
        if len(ids) == 1:
            return Decided(ids[0])
    if ids:
        return _decided(ids, called, text, file_stem, on)
    filed = _designated(file_stem, on)
    return _decided(filed[0], filed[2], text, "", on) if filed[0] else Decided("")


def _decided(ids: tuple[str, ...], called: str, text: str, file_stem: str, on: str) -> Decided:
    """One of several places with a name, by what is named in the text and by the file name."""
    rest = _by_superior(ids, text) if len(ids) > 1 else ids
    if len(rest) > 1:
        filed = _designated(file_stem, on)[0]
        within = [one for one in rest if any(gazetteer().within(one, outer) for outer in filed)]
        rest = tuple(within) or rest
    if len(rest) == 1:
        return Decided(rest[0])
    several = ", ".join(full_name(one) for one in rest)
    return Decided("", f"{called} may be {several}: say which with `place` in a file beside the text.")


def _by_superior(ids: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of the places in whose province, then in whose prefecture, the text says they are."""
    places = gazetteer()
    counts = _named_areas(text)
    for level in ("province", "prefecture"):
        named: dict[str, float] = {}
        for one in ids:
            line = (one, *places.ancestors(one))
            outer = next((above for above in line if places.level(above) == level), "")
            lower = line[: line.index(outer)] if outer else ()
            named[outer] = max(named.get(outer, 0), counts[outer] + sum(counts[part] for part in lower))
        best = sorted(named, key=lambda outer: -named[outer])
        if len(best) > 1 and named[best[0]] < max(1, _CLEARLY * named[best[1]]):
            return ids
        ids = tuple(one for one in ids if not best[0] or places.within(one, best[0]))
    return ids


def _named_areas(text: str) -> Counter[str]:
    """How often areas are named for sure, their committees and governments counting for more."""
    counts: Counter[str] = Counter()
    for found in place_names(text[:_COUNTED]):
        if len(found.ids) == 1:
            counts[found.ids[0]] += _WEIGHT if text.startswith(_AUTHORITY, found.stop) else 1
        elif found.bare:
            # 吉林 in short: the province or the city in it.
            counts.update(one for one in found.ids if gazetteer().level(one) in ("province", "prefecture"))
    return counts


def _designated(text: str, on: str) -> tuple[tuple[str, ...], int, str]:
    """The places that the first name in `text` may stand for, where it ends, and the name."""
    places = gazetteer()
    ids: tuple[str, ...] = ()
    stop, called = 0, ""
    text = _DATELINE.sub("\n", text[:_HEADING])
    for found in place_names(text):
        if ids and not _PARTED.fullmatch(text, stop, found.start):
            break
        if not found.ids or not _usable(text, found, bool(ids)):
            continue
        inner = tuple(one for one in found.ids if any(one != outer and places.within(one, outer) for outer in ids))
        if ids and not inner:
            break
        ids, stop, called = inner or found.ids, found.stop, found.word
    return _of_their_time(ids, on), stop, called


def _usable(text: str, found: PlaceName, chained: bool) -> bool:
    """Whether the name may be that of the document's own place.

    Short names of counties are ordinary words too often; common nouns (城区) are names where the text begins with them.
    """
    levels = {gazetteer().level(one) for one in found.ids}
    if found.bare and levels == {"county"} and not found.chained:
        return (chained or found.start == 0) and bool(_AFTER_SHORT.match(text, found.stop))
    return True


def _of_their_time(ids: tuple[str, ...], on: str) -> tuple[str, ...]:
    """The places that were there on that day or are today; if none was, all."""
    every = [gazetteer().place(one) for one in ids]
    valid = [
        one for one in every if (not one.valid_to or (on and on < one.valid_to)) and (not on or one.valid_from <= on)
    ]
    return tuple(one.place_id for one in valid or every)


def _unknown(text: str, known: int) -> str:
    """The name by which a congress or a title calls its place where it goes on behind what the gazetteer has of it."""
    match = _SELF_NAME.match(text)
    if match and match.start("name") >= known:
        known = match.start("name") + _designated(match["name"], "")[1]  # 某区财政局关于某区2022年预算…
    rest = text[max(known, match.start("name")) : match.end()] if match else ""
    return match["name"] if match and rest and not _NOT_A_NAME.fullmatch(rest) else ""


def of_source(text: str, on: str) -> str:
    """The place of the office of statistics or government from which news has its figures (记者从甲市统计局获悉); else empty."""
    found = _SOURCE.search(text, 0, _OPENING)
    ids = _of_their_time(gazetteer().named(found["place"]), on) if found else ()
    return ids[0] if len(ids) == 1 and gazetteer().level(ids[0]) != "nation" else ""


def of_medium(text: str, around: str, on: str) -> str:
    """The place of a local paper that the page names, where the text speaks of its own (我省) on that level; else empty."""
    own = _OWN_LEVEL.search(text)
    if own is None:
        return ""
    for medium in _MEDIUM.finditer(around):
        for one in _of_their_time(gazetteer().named(medium["place"]), on):
            if gazetteer().name(one).endswith(own["level"]):
                return one
    return ""


def of_paper(around: str, on: str) -> str:
    """The place of a local paper that a page names, for a text that names none itself; else empty."""
    found = next(iter(_MEDIUM.finditer(around)), None)
    ids = _of_their_time(gazetteer().named(found["place"]), on) if found else ()
    return ids[0] if len(ids) == 1 else ""


def spoken_of(title: str, text: str) -> str:
    """The place of which news speaks: named in the title, areas before regions, else named most often; empty at a tie.

    Where it was written (北京1月5日电) says nothing of that.
    """
    text = _BESIDE.sub("", text[:_COUNTED])
    counts, titled = _with_nation(text), _with_nation(title)
    areas = [one for one in titled if gazetteer().level(one) != "region"]
    found = _most({one: counts[one] or titled[one] for one in areas or titled} or counts)
    provinces = [count for one, count in counts.items() if gazetteer().level(one) == "province"]
    if not titled and len(provinces) >= _MANY and 2 * max(provinces) < sum(provinces):
        return _NATION  # What one province after the other has reached is told of the country.
    own = Counter(own["level"] for own in _OWN_LEVEL.finditer(text))
    if titled or not own or _of_level(own, found) or counts[found] > _CLEARLY * own.total():
        return found
    # 天门 in short, where 全市 says that a city is meant.
    undated = _DATELINE.sub("\n", text)
    short = next(filter(None, (_most(_counts(undated, level)) for level, _ in own.most_common())), "")
    return short or _of_level(own, *gazetteer().ancestors(found))


def _of_level(own: Iterable[str], *places: str) -> str:
    """The first of the places of which a text may say 我市 and the like; empty if there is none."""
    return next((one for one in places if gazetteer().name(one).endswith(tuple(own))), "")


def seated(text: str) -> str:
    """The place by which a port, an airport or a custom house is called, of which alone a text speaks; empty at a tie."""
    text = _DATELINE.sub("\n", text[:_COUNTED])
    names = place_names(text, within=True)
    return _most(Counter(one.ids[0] for one in names if len(one.ids) == 1 and text.startswith(_SEATED, one.stop)))


def _with_nation(text: str) -> Counter[str]:
    text = _DATELINE.sub("\n", text)
    counts = _counts(text, "")
    if nation := len(_NATIONAL.findall(text)):
        counts[_NATION] += nation
    return counts


def governed(text: str, level_word: str) -> str:
    """The place whose government speaks in `text`, by the names in it; empty if it names none or several as often.

    level_word: the end of its name (市 of 全市) where it is known. Else mentions of its parts count for half.
    """
    counts: dict[str, float] = dict(_counts(text[:_COUNTED], level_word))
    rolled = dict(counts)
    for place_id, count in counts.items() if not level_word else ():
        for above in gazetteer().ancestors(place_id)[:-1]:
            count = count / 2
            rolled[above] = rolled.get(above, 0) + count
    return _most(rolled)


def _counts(text: str, level_word: str) -> Counter[str]:
    """How often the text names each place, by names that mean one place wherever they stand.

    Short names of counties are ordinary words too often, so they count only where level_word says of which level the
    place is; then no others count.
    """
    places = gazetteer()
    counts: Counter[str] = Counter()
    for found in place_names(text):
        ids = [one for one in found.ids if not places.place(one).valid_to] or list(found.ids)
        if level_word:
            ids = [one for one in ids if places.name(one).endswith(level_word)]
        elif found.bare and not found.chained:
            ids = [one for one in ids if places.level(one) != "county"]
        if len(ids) == 1 and (found.chained or not is_common_noun(found.word)):
            counts[ids[0]] += 1
    return counts


def _most(counts: Mapping[str, float]) -> str:
    """The place named most often, if there is one."""
    best = sorted(counts, key=lambda one: (-counts[one], one))[:2]
    clear = len(best) == 1 or (len(best) == 2 and counts[best[0]] > counts[best[1]])
    return best[0] if clear and counts[best[0]] > 0 else ""
