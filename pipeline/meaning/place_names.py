"""Where a text names administrative areas. A name is whole: no other word runs across its edges.

新增城市 does not name 增城, nor 形成都市圈 成都, nor 大庆祝活动 大庆: the character before the name or behind it makes a word
with the one at the edge, and what is left makes one too. Names in a row, each in the area of the one before (江苏苏州昆山),
are one name, that of the last. A name that is a common noun as well (城区, 古城区) needs the name of its city before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge import common_words, vocabulary
from pipeline.meaning.gazetteer import Gazetteer, gazetteer
from pipeline.records import Record
from pipeline.text.pairs import Pairs

_WORDS = vocabulary("places")
_ORDINARY = frozenset(_WORDS["ordinary_words"])
_NOUNS = frozenset(_WORDS["common_nouns"])
# Names of two characters.
_SHORTEST = 2
_TAILS = tuple(_WORDS["name_tail"])
_NOT_LEVEL = frozenset(_WORDS["not_level_words"])
_DEICTIC = frozenset(word for words in _WORDS["deictic"].values() for word in words)
_COMMON = common_words()  # 形成, 都市
_LEVELS: tuple[str, ...] = tuple(_WORDS["level_ends"])
# With what the line of a title or a congress leads to the name of its place.
_LEADS: tuple[str, ...] = tuple(_WORDS["leads"])


@dataclass(slots=True, unsafe_hash=True)
class PlaceName(Record):
    """A name in a text: `word` is the last of a chain as written, `ids` the places that it may stand for.

    chained: names of places that it lies in stand before it. bare: without its level word. A word such as 全市 has no
    `ids`.
    """

    start: int
    stop: int
    word: str
    ids: tuple[str, ...]
    chained: bool

    @property
    def bare(self) -> bool:
        """Whether it is without its level word."""
        return not self.word.endswith(_LEVELS)


def place_names(text: str, within: bool = False) -> Iterator[PlaceName]:
    """The names of areas and the words for one's own (全市), in order and without overlaps.

    within: those with which a longer name begins too (绵阳 of 绵阳机场).
    """
    places, names = gazetteer(), _names()
    free = 0
    for start in _beginnings().offsets(text):
        if start < free:
            continue
        for word in names.get(text[start : start + 2], ()):
            if text.startswith(word, start) and _is_whole(text, start, word, places):
                break
        else:
            continue
        free = start + len(word)
        if word in _DEICTIC:
            yield PlaceName(start, free, word, (), False)
            continue
        ids = places.named(word)
        last, chained = word, False
        while further := _next_in(text, free, ids, places):
            last, ids = further
            free, chained = free + len(last), True
        if chained or _stands_alone(text, start, word):
            if not within and not _ends_in_level(last) and _goes_on(text, free):
                continue
            yield PlaceName(start, free, last, ids, chained)


def _ends_in_level(name: str) -> bool:
    """Whether a name ends in the word for its level; 州 in 泉州 is part of the name."""
    return name.endswith(_LEVELS) and (len(name) > _SHORTEST or name[-1] != "州")


def is_common_noun(word: str) -> bool:
    """Whether the full name of some place is also a noun: 城区."""
    return word in _NOUNS


def _next_in(text: str, at: int, above: tuple[str, ...], places: Gazetteer) -> tuple[str, tuple[str, ...]] | None:
    """The name at `at` of places that lie in one of `above`, and those places."""
    for word in _chain_names().get(text[at : at + 2], ()):
        if text.startswith(word, at):
            within = tuple(
                place_id
                for place_id in places.named(word)
                if place_id not in above and any(places.within(place_id, outer) for outer in above)
            )
            if within and not _ends_in_word(text, at, word, places):
                return word, within
    return None


def _is_whole(text: str, start: int, word: str, places: Gazetteer) -> bool:
    """Whether no other word runs across the edges of the name."""
    before = text[start - 1 : start + 1] in _COMMON if start else False
    if before and (text[start + 1 : start + 3] in _COMMON or word in _DEICTIC):
        return False
    return not _ends_in_word(text, start, word, places)


def _ends_in_word(text: str, start: int, word: str, places: Gazetteer) -> bool:
    """Whether the last character belongs to a word that goes on behind the name: 大|庆祝, 朝阳|市场."""
    stop = start + len(word)
    across = text[stop - 1 : stop + 1]
    if word in places.full or word in _DEICTIC:
        return across in _NOT_LEVEL
    behind = text[stop : stop + 2]
    return across in _COMMON and behind not in _COMMON and behind not in _chain_names()


def _stands_alone(text: str, start: int, word: str) -> bool:
    """Whether a name may stand without those of the places it lies in.

    One of one syllable (和县) only behind a mark, a year, 关于, or the 在 of a congress line (2月3日在和县).
    """
    return (
        len(word) > _SHORTEST
        or word[-1] == "州"
        or not word.endswith(_LEVELS)
        or start == 0
        or not "一" <= text[start - 1] <= "鿿"
        or text.endswith(_LEADS, 0, start)
        or (text[start - 1] == "年" and text[start - 2 : start - 1].isdecimal())
    )


def _goes_on(text: str, stop: int) -> bool:
    """Whether a short name goes on into another one: 中山 in 中山大学, 绵阳 in 绵阳至成都; not before a dash of two strokes."""
    return text.startswith(_TAILS, stop) and not text.startswith("——", stop)


@cache
def _names() -> dict[str, list[str]]:
    """All names in full and in short and the deictic words by their first two characters, the longest first."""
    places = gazetteer()
    return _by_beginning(_DEICTIC | ({*places.full, *places.short} - _ORDINARY))


@cache
def _chain_names() -> dict[str, list[str]]:
    """The names that may stand behind that of a place they lie in: full ones whatever else they mean."""
    places = gazetteer()
    return _by_beginning({*places.full, *({*places.short} - _ORDINARY)})


def _by_beginning(words: set[str] | frozenset[str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        names.setdefault(word[:2], []).append(word)
    return names


@cache
def _beginnings() -> Pairs:
    return Pairs(_names())
