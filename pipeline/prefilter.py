"""Patterns that see sooner where they cannot match: by the two characters with which a match can begin, and by those it needs.

An alternation is tried branch by branch at every character of a text, and most characters begin none of them; what begins
with anything is tried at each. The characters are computed from the pattern itself, so that both agree whatever words are
added. Many patterns are ruled out together by the signs of a text (`Signs`), which are taken once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from importlib import import_module
from itertools import pairwise
from operator import or_
from typing import Any, NamedTuple

# The parser of the standard library. What of its trees is not known here may begin with any character.
_parser: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ZERO_WIDTH = ("ASSERT", "ASSERT_NOT", "AT")
# A mark, a digit or a range of characters stands in a text about as often as so many characters of words.
_MARK = 10
# And a character as often as so many pairs.
_SINGLE = 20
# A longer match may be of any length.
_FAR = 1000
_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}


def beginning(pattern: str) -> str:
    """A pattern of one or two character classes that every match of `pattern` begins with; empty where none can be told."""
    return _beginning(parsed(pattern))


@lru_cache(maxsize=64)
def parsed(pattern: str) -> Any:
    """The tree of a pattern, which several questions on one pattern share."""
    return _parser.parse(pattern)


def _beginning(tree: Sequence[Any]) -> str:
    told = _of_sequence(tree)
    if told.empty or told.first is None:
        return ""
    return _class(told.first) + ("" if told.single or told.second is None else _class(told.second))


class Filtered:
    """A pattern that is tried only where a text has a character that every match needs; the methods are those of `re`.

    Each method is made when it is first asked for: no pattern is compiled before a text needs it. What stands in its place
    until then makes it.
    """

    __slots__ = ("_guarded", "_has", "_searched", "_written", "findall", "finditer", "fullmatch", "match", "search")

    def __init__(self, pattern: str) -> None:
        self._written, self._guarded = pattern, ""
        self.match: Any = self._first_match
        self.fullmatch: Any = self._first_fullmatch
        self.search: Any = self._first_search
        self.findall: Any = self._first_findall
        self.finditer: Any = self._first_finditer

    @property
    def pattern(self) -> str:
        """What is searched for, behind a look at what it begins with."""
        if not self._guarded:
            self._guarded = guarded(self._written)
        return self._guarded

    def anchored(self) -> Any:
        """`match`, made now."""
        tree = parsed(self._written)
        needs = _class_needed(tree)
        # What begins with one of few characters is seen not to match at once.
        ahead = _ahead(needs, tree) if needs and not _beginning(tree) else ""
        anchored = re.compile(ahead + self.pattern)
        self.match, self.fullmatch = anchored.match, anchored.fullmatch
        return self.match

    def searching(self) -> Any:
        """`search`, made now."""
        needs = needed(self._written)
        pattern = re.compile(self.pattern)
        self._has, self._searched = re.compile(needs).search, pattern
        self.search = self._search if needs else pattern.search
        self.findall = self._findall if needs else pattern.findall
        self.finditer = self._finditer if needs else pattern.finditer
        return self.search

    def _first_match(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        found: re.Match[str] | None = self.anchored()(text, start, stop)
        return found

    def _first_fullmatch(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        self.anchored()
        found: re.Match[str] | None = self.fullmatch(text, start, stop)
        return found

    def _first_search(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        found: re.Match[str] | None = self.searching()(text, start, stop)
        return found

    def _first_findall(self, text: str, start: int = 0, stop: int = sys.maxsize) -> list[Any]:
        self.searching()
        found: list[Any] = self.findall(text, start, stop)
        return found

    def _first_finditer(self, text: str, start: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        self.searching()
        found: Iterator[re.Match[str]] = self.finditer(text, start, stop)
        return found

    def _search(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        return self._searched.search(text, start, stop) if self._has(text, start, stop) else None

    def _findall(self, text: str, start: int = 0, stop: int = sys.maxsize) -> list[Any]:
        return self._searched.findall(text, start, stop) if self._has(text, start, stop) else []

    def _finditer(self, text: str, start: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self._searched.finditer(text, start, stop) if self._has(text, start, stop) else iter(())


class Characters(dict[str, bool]):
    """Whether a match of a pattern may begin with each character, which is seen sooner than by a match."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        told = _of_sequence(parsed(pattern))
        self._match = re.compile("" if told.empty or told.first is None else _class(told.first)).match

    def __missing__(self, character: str) -> bool:
        self[character] = found = bool(self._match(character))
        return found


def _ahead(needs: str, tree: Any) -> str:
    """A look for one of the characters that a match needs, no further than the longest match reaches."""
    longest = tree.getwidth()[1]
    return rf"(?=[^{needs[1:-1]}]{{0,{longest - 1}}}+{needs})" if longest <= _FAR else rf"(?=[^{needs[1:-1]}]*+{needs})"


def filtered(pattern: str) -> Filtered:
    """`pattern` compiled, behind a look at what it would begin with where `re` does not look there itself."""
    return Filtered(pattern)


def guarded(pattern: str) -> str:
    """The pattern behind that look, or as it is where none is needed."""
    tree = parsed(pattern)
    begins = "" if _is_looked_for(tree) else _beginning(tree)
    return f"(?={begins})(?:{pattern})" if begins else pattern


def _is_looked_for(tree: Sequence[Any]) -> bool:
    """Whether `re` runs to the characters that the pattern can begin with: one, a class, or branches that begin with one."""
    if not len(tree):
        return False
    name, argument = str(tree[0][0]), tree[0][1]
    if name == "SUBPATTERN":
        return _is_looked_for(argument[-1])
    if name == "BRANCH":
        return all(len(branch) and str(branch[0][0]) == "LITERAL" for branch in argument[1])
    return name in ("LITERAL", "IN")


def needed(pattern: str) -> str:
    """A class of characters of which every match of `pattern` has one; empty where none can be told."""
    return _class_needed(parsed(pattern))


def _class_needed(tree: Sequence[Any]) -> str:
    found = _needed(tree)
    return _class(found) if found else ""


def _needed(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The fewest characters of which what matches the sequence has one, words before marks; None where none can be told."""
    told = [_needed_by(str(operation), argument) for operation, argument in sequence]
    return min((members for members in reversed(told) if members), key=_frequency, default=None)


def signs_needed(pattern: str) -> frozenset[str]:
    """Signs of which every match of `pattern` has one: characters, alone or two side by side; empty where none can be told."""
    return _signs(parsed(pattern)) or frozenset()


class Signs:
    """Which of several sets of signs a text has, as a number with a bit for each: one look at it for all of them."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        self._bits = {signs: 1 << place for place, signs in enumerate(dict.fromkeys(sets))}
        every = frozenset[str]().union(*self._bits)
        firsts, seconds = ("".join(re.escape(sign[at]) for sign in every if at < len(sign)) for at in (0, 1))
        self._look = re.compile(f"(?=([{firsts}][{seconds}]?))").findall
        self._of_pair = _BitsOfPairs(self._bits)

    def bits(self, sets: Iterable[frozenset[str]]) -> int:
        """The bits of these sets together."""
        return reduce(or_, map(self._bits.__getitem__, sets), 0)

    def of(self, text: str) -> int:
        """The bits of the sets of which the text has a sign."""
        return reduce(or_, map(self._of_pair.__getitem__, set(self._look(text))), 0)


class _BitsOfPairs(dict[str, int]):
    """The bits of the sets that have a pair of characters or the first of them."""

    def __init__(self, bits: Mapping[frozenset[str], int]) -> None:
        super().__init__()
        self._bits = bits

    def __missing__(self, pair: str) -> int:
        told = [bit for signs, bit in self._bits.items() if pair in signs or pair[0] in signs]
        self[pair] = found = reduce(or_, told, 0)
        return found


def _signs(sequence: Sequence[Any]) -> frozenset[str] | None:
    """The rarest signs of which what matches the sequence has one; None where none can be told."""
    items = [item for item in sequence if str(item[0]) not in _ZERO_WIDTH]
    told = [_signs_of(str(operation), argument) for operation, argument in items]
    told += [_side_by_side(one, other) for one, other in pairwise(items)]
    return min((signs for signs in told if signs), key=_often, default=None)


def _signs_of(name: str, argument: Any) -> frozenset[str] | None:
    if name in _REPEATS:
        return _signs(argument[-1]) if argument[0] else None
    if name == "SUBPATTERN" and not argument[1]:
        return _signs(argument[-1])
    if name == "BRANCH":
        return reduce(_either, map(_signs, argument[1]))
    return _characters(_of_item(name, argument)) if name in ("LITERAL", "IN") else None


def _side_by_side(one: Any, other: Any) -> frozenset[str] | None:
    """The pairs that a character and what follows it begin with."""
    if str(one[0]) not in ("LITERAL", "IN"):
        return None
    first, second = (_characters(_of_item(str(operation), argument)) for operation, argument in (one, other))
    return frozenset(a + b for a in first for b in second) if first and second else None


def _characters(told: _Told) -> frozenset[str] | None:
    """What it begins with, where that is always one of some characters and no class or range of them."""
    if told.empty or told.first is None or not told.first.isdisjoint(_CATEGORIES.values()):
        return None
    plain = frozenset(member.removeprefix("\\") for member in told.first)
    return plain if all(len(member) == 1 for member in plain) else None


def _often(signs: frozenset[str]) -> int:
    """How often one of them may be expected: a pair of characters much less than one."""
    return sum(1 if len(sign) > 1 else _SINGLE if sign.isalpha() else _MARK * _SINGLE for sign in signs)


def _frequency(members: frozenset[str]) -> int:
    return sum(1 if member.isalpha() else _MARK for member in members)


def _needed_by(name: str, argument: Any) -> frozenset[str] | None:
    if name == "LITERAL":
        return frozenset([re.escape(chr(argument))])
    if name == "IN":
        return _members(argument)
    if name in _REPEATS:
        return _needed(argument[-1]) if argument[0] else None
    if name == "SUBPATTERN" and not argument[1]:
        return _needed(argument[-1])
    if name == "BRANCH":
        return reduce(_either, map(_needed, argument[1]))
    return None


class _Told(NamedTuple):
    """The members of the classes for the first and the second character of a match, None for any character.

    empty, single: whether a match may have no character, or one.
    """

    first: frozenset[str] | None
    second: frozenset[str] | None
    empty: bool
    single: bool


_NONE: frozenset[str] = frozenset()
_NOTHING = _Told(_NONE, _NONE, empty=True, single=False)
_ANYTHING = _Told(None, None, empty=True, single=True)


def _class(members: frozenset[str]) -> str:
    return f"[{''.join(sorted(members))}]"


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


def _then(one: _Told, other: _Told) -> _Told:
    """One after the other."""
    return _Told(
        _either(one.first, other.first if one.empty else _NONE),
        _either(_either(one.second, other.first if one.single else _NONE), other.second if one.empty else _NONE),
        one.empty and other.empty,
        (one.single and other.empty) or (one.empty and other.single),
    )


def _or(one: _Told, other: _Told) -> _Told:
    """One or the other."""
    return _Told(
        _either(one.first, other.first),
        _either(one.second, other.second),
        one.empty or other.empty,
        one.single or other.single,
    )


def _of_sequence(sequence: Iterable[Any]) -> _Told:
    return reduce(_then, (_of_item(str(operation), argument) for operation, argument in sequence), _NOTHING)


def _of_item(name: str, argument: Any) -> _Told:
    if name in _ZERO_WIDTH:
        return _NOTHING
    if name == "LITERAL":
        return _one_of(frozenset([re.escape(chr(argument))]))
    if name == "IN":
        return _one_of(_members(argument))
    if name in _REPEATS:
        least, most, repeated = argument
        once = _of_sequence(repeated)
        told = _then(once, once if least > 1 else _or(once, _NOTHING)) if most > 1 else once
        return told if least else _or(told, _NOTHING)
    if name == "SUBPATTERN" and not argument[1]:
        return _of_sequence(argument[-1])
    if name == "BRANCH":
        return reduce(_or, map(_of_sequence, argument[1]))
    return _ANYTHING


def _one_of(members: frozenset[str] | None) -> _Told:
    return _Told(members, _NONE, empty=False, single=True)


def _members(items: Iterable[Any]) -> frozenset[str] | None:
    found = set()
    for operation, argument in items:
        name = str(operation)
        if name == "LITERAL":
            found.add(re.escape(chr(argument)))
        elif name == "RANGE":
            found.add("-".join(re.escape(chr(edge)) for edge in argument))
        elif name == "CATEGORY" and str(argument) in _CATEGORIES:
            found.add(_CATEGORIES[str(argument)])
        else:
            return None
    return frozenset(found)
