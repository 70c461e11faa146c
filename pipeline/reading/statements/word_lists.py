"""Word lists with longest match at a position, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.knowledge import vocabulary


class Words:
    """A set of words; finds the longest that ends or begins at a position."""

    __slots__ = ("_begin", "_end", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        # Lengths, the longest first, by the character that is looked at first: most texts are ruled out by it.
        self._begin = _lengths((word[0], len(word)) for word in self._words)
        self._end = _lengths((word[-1], len(word)) for word in self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def at_end(self, text: str) -> int:
        """Length of the longest word that `text` ends with, or 0."""
        for length in self._end.get(text[-1:], ()):
            if text[-length:] in self._words:
                return length
        return 0

    def at_start(self, text: str, start: int = 0) -> int:
        """Length of the longest word that begins at `start`, or 0."""
        for length in self._begin.get(text[start : start + 1], ()):
            if text[start : start + length] in self._words:
                return length
        return 0

    def first(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Position and length of the first word at or after `start`, or None."""
        for at in range(start, len(text)):
            for length in self._begin.get(text[at], ()):
                if text[at : at + length] in self._words:
                    return at, length
        return None


def _lengths(words: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for character, length in words:
        found.setdefault(character, set()).add(length)
    return {character: sorted(lengths, reverse=True) for character, lengths in found.items()}


_PREDICATES = vocabulary("predicates")

RISE = Words(_PREDICATES["rise"])
FALL = Words(_PREDICATES["fall"])
RISE_OR_FALL = Words([*_PREDICATES["rise"], *_PREDICATES["fall"]])
FALL_TRANSITIVE = Words(_PREDICATES["fall_transitive"])
BURDEN: tuple[str, ...] = tuple(_PREDICATES["burden"])
# A verb of change with its result (提高到, 缩小至) says that a value is reached.
# A rate of change that reaches a value (增幅为8%) stays one.
_RATES = frozenset(vocabulary("constructions")["changes"]["rates"])
_RESULT = [
    verb + end
    for verb in (*_PREDICATES["rise"], *_PREDICATES["fall"])
    if verb not in _RATES
    for end in vocabulary("function_words")["resulting"]
]
# Of two words of bounds the first is left before the phrase of the value: 下降不足|不低于3%.
_BOUNDS = [word for words in vocabulary("bounds")["before"].values() for word in words if len(word) > 1]
_REACH = [*_PREDICATES["reach"], *_RESULT, *_BOUNDS]
REACH = Words(_REACH)
REACH_OR_CHANGE = Words([*_REACH, *_PREDICATES["rise"], *_PREDICATES["fall"]])
# Words of reaching that are followed by a value, not by the name of a thing.
VALUE_REACHED = Words(set(_REACH) - set(_PREDICATES["adverb"]))
ADVERB = Words(_PREDICATES["adverb"])
LEAD_IN = Words(_PREDICATES["lead_in"])
EVENT = Words([*_PREDICATES["event"], *("新" + event for event in _PREDICATES["event"])])
BUILD = Words(_PREDICATES["build"])
LIGHT_PREDICATE = Words(_PREDICATES["light_predicate"])
ATTRIBUTE = Words(_PREDICATES["attribute"])
KEEP_START = Words(_PREDICATES["keep_start"])
KEEP_END = Words(_PREDICATES["keep_end"])
LIGHT_EVENT = Words(_PREDICATES["light_event"])
EVENT_ALONE = frozenset(_PREDICATES["event_alone"])
PREDICATE_START = Words(_PREDICATES["predicate_start"])
SHARED_MODIFIER = Words(_PREDICATES["shared_modifier"])
SHARED_SCOPE = Words(_PREDICATES["shared_scope"])
PARALLEL: tuple[tuple[str, ...], ...] = tuple(tuple(group) for group in _PREDICATES["parallel"])
COMPLETE_EVENT: frozenset[str] = frozenset(_PREDICATES["complete_event"])
PAIRS: dict[str, tuple[str, str]] = {word: (first, second) for word, first, second in _PREDICATES["pairs"]}
