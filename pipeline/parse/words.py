"""Word lists with longest match at a position, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.knowledge import vocabulary


class Words:
    """A set of words; finds the longest that ends or begins at a position."""

    __slots__ = ("_lengths", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def at_end(self, text: str) -> int:
        """Length of the longest word that `text` ends with, or 0."""
        return next((n for n in self._lengths if text[-n:] in self._words), 0)

    def at_start(self, text: str, start: int = 0) -> int:
        """Length of the longest word that begins at `start`, or 0."""
        return next((n for n in self._lengths if text[start : start + n] in self._words), 0)

    def first(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Position and length of the first word at or after `start`, or None."""
        for at in range(start, len(text)):
            length = self.at_start(text, at)
            if length:
                return at, length
        return None


_PREDICATES = vocabulary("predicates")

RISE = Words(_PREDICATES["rise"])
FALL = Words(_PREDICATES["fall"])
FALL_TRANSITIVE = Words(_PREDICATES["fall_transitive"])
BURDEN: tuple[str, ...] = tuple(_PREDICATES["burden"])
# A verb of change with its result (提高到, 缩小至) says that a value is reached.
_RESULT = [verb + end for verb in (*_PREDICATES["rise"], *_PREDICATES["fall"]) for end in ("到", "至", "为")]
_REACH = [*_PREDICATES["reach"], *_RESULT]
REACH = Words(_REACH)
REACH_OR_CHANGE = Words([*_REACH, *_PREDICATES["rise"], *_PREDICATES["fall"]])
# Words of reaching that are followed by a value, not by the name of a thing.
VALUE_REACHED = Words(set(_REACH) - set(_PREDICATES["adverb"]))
ADVERB = Words(_PREDICATES["adverb"])
LEAD_IN = Words(_PREDICATES["lead_in"])
EVENT = Words([*_PREDICATES["event"], *("新" + event for event in _PREDICATES["event"])])
LIGHT_PREDICATE = Words(_PREDICATES["light_predicate"])
ATTRIBUTE = Words(_PREDICATES["attribute"])
KEEP_START = Words(_PREDICATES["keep_start"])
KEEP_END = Words(_PREDICATES["keep_end"])
LIGHT_EVENT = Words(_PREDICATES["light_event"])
PREDICATE_START = Words(_PREDICATES["predicate_start"])
SHARED_MODIFIER = Words(_PREDICATES["shared_modifier"])
PARALLEL: tuple[tuple[str, ...], ...] = tuple(tuple(group) for group in _PREDICATES["parallel"])
COMPLETE_EVENT: frozenset[str] = frozenset(_PREDICATES["complete_event"])
PAIRS: dict[str, tuple[str, str]] = {word: (first, second) for word, first, second in _PREDICATES["pairs"]}
