"""Whether the parts that were found make sense, and where a text turns from what was done to what is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.documents.outline.outline_words import NUMBER
from pipeline.documents.profiles import Profile
from pipeline.knowledge import vocabulary
from pipeline.models import Passage

_WORDS = vocabulary("headings")
_MEANT = re.compile(_WORDS["moods"]["meant"])
_DONE = re.compile(_WORDS["moods"]["done"])
_ROLES = {"review": ("review", "review_years", "problems"), "plan": ("plan", "plan_years")}
_OUTSIDE = ("closing", "table", "tasks", "glossary")
# A shorter body is an extract, which need not have all parts.
_LEAST = 1500
# Reviews speak of intentions nearly as often as of results, plans hardly of results: a word for what was done tells
# so many times more than one for what is meant.
_WEIGHT = 1.75
# The share of words for what was done must fall by so much, and so many words of each side must stand there.
_FALL = 0.25
_ENOUGH = 6
_EDGE = 0.1
_NEARLY = 0.8


def makes_sense(passages: Sequence[Passage], known: Profile) -> bool:
    """Whether each role that such a document must have has at least its share of the body."""
    body = sum(one.stop - one.start for one in passages if one.role not in _OUTSIDE)
    if body < _LEAST:
        return True
    return all(_length(passages, _ROLES.get(role, (role,))) >= least * body for role, least in known.must.items())


def _length(passages: Sequence[Passage], roles: Sequence[str]) -> int:
    return sum(one.stop - one.start for one in passages if one.role in roles)


def with_doubt(passages: Sequence[Passage], sure: float) -> list[Passage]:
    """The passages, of which none is surer than `sure`."""
    return [replace(one, sure=min(one.sure, sure)) for one in passages]


def turning_point(text: str, starts: Sequence[int], annex: int) -> int:
    """The sentence from which on the text speaks of what is meant and no longer of what was done; 0 if none is clear."""
    bounds = [at for at in starts if at < annex]
    stops = [*bounds[1:], annex]
    done = [len(_DONE.findall(text, at, stop)) for at, stop in zip(bounds, stops, strict=True)]
    meant = [len(_MEANT.findall(text, at, stop)) for at, stop in zip(bounds, stops, strict=True)]
    before = list(accumulate((_WEIGHT * did - means for did, means in zip(done, meant, strict=True)), initial=0.0))
    inner = [k for k, at in enumerate(bounds) if _EDGE * annex < at < (1 - _EDGE) * annex]
    # A part begins with a line where there are lines.
    lines = [k for k in inner if text[bounds[k] - 1 : bounds[k]] == "\n"]
    best = max(lines or inner, key=lambda k: before[k], default=0)
    # … and with a chapter where one begins at nearly as clear a turn.
    chapters = [k for k in lines if (number := NUMBER.match(text, bounds[k])) and number["one"]]
    if best and (chapter := max(chapters, key=lambda k: before[k], default=0)):
        best = chapter if before[chapter] >= _NEARLY * before[best] else best
    if not best:
        return 0
    past, ahead = sum(done[:best]), sum(meant[best:])
    if past < _ENOUGH or ahead < _ENOUGH:
        return 0
    fall = past / (past + sum(meant[:best])) - sum(done[best:]) / (ahead + sum(done[best:]))
    return bounds[best] if fall >= _FALL else 0
