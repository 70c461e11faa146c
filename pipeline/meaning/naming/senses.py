"""What a term may mean, and what can be told of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.knowledge import catalogue

_WORDS = catalogue("naming")
JOINING: frozenset[str] = frozenset(_WORDS["joining"])
HOLLOW: frozenset[str] = frozenset(_WORDS["hollow"])
_LEVELS: frozenset[str] = frozenset(_WORDS["levels"])


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a term. `extra` is the topic of a noun or the dimension of an attribute; ^: an event before its thing."""

    facet: str
    english: str
    extra: str = ""


Token = tuple[str, tuple[Sense, ...]]


def without_share(tokens: list[Token]) -> list[Token]:
    """The tokens without a final word for a share."""
    stop = len(tokens)
    while stop and (_is_share(tokens[stop - 1]) or is_only(tokens[stop - 1], "drop")):
        stop -= 1
    return tokens[:stop]


def _is_share(token: Token) -> bool:
    return any(sense.facet == "attribute" and sense.english == "share" for sense in token[1])


def is_event(token: Token) -> bool:
    """Whether the term can be nothing but an event."""
    return is_only(token, "event")


def is_only(token: Token, facet: str) -> bool:
    """Whether the term has that facet in all of its senses."""
    for sense in token[1]:  # noqa: SIM110 (asked most often of all; a generator takes twice as long)
        if sense.facet != facet:
            return False
    return True


def sense_of(token: Token, *facets: str) -> Sense | None:
    """The sense with the first of these facets that the term has."""
    for facet in facets:
        for sense in token[1]:
            if sense.facet == facet:
                return sense
    return None


def is_noun(token: Token) -> bool:
    """Whether the term is a thing and not only a word before one: 省 is provincial before 资金."""
    return bool(sense_of(token, "noun", "area")) and not (token[0] in _LEVELS and sense_of(token, "qualifier"))
