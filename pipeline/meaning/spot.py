"""A figure in its sentence, as the rules on time and status look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from pipeline.meaning.time_words import Cue, Frame, cues, is_interval_of_years
from pipeline.models import Fact, Span
from pipeline.prefilter import Filtered
from pipeline.rules import Words, pattern, signs_of

# Of a sentence that does not end only this much around the figure is read.
_WINDOW = 2000


@dataclass(slots=True)
class Spot:
    """A fact in its sentence. Offsets count in `sentence`.

    at: the figure; segment: where its part of the sentence between ; begins; clause, clause_stop: its clause;
    begin: offset of the sentence in `text`. signs: which words of rules may stand in it. governing: the time
    expression before the figure that reaches it; behind: one behind it in its clause; cue: the first of the two that there is;
    period, status: what has been found of them.
    """

    fact: Fact
    text: str
    begin: int
    sentence: str
    at: int
    segment: int
    clause: int
    clause_stop: int
    cues: tuple[Cue, ...]
    signs: int
    frame: Frame
    governing: Cue | None = None
    behind: Cue | None = None
    cue: Cue | None = None
    period: str = ""
    status: str = ""

    def known(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What is known of the figure under the names that rules use in `when`."""
        return _reader(names)(self)

    @property
    def known_cue(self) -> str:
        """Whether a time expression governs the figure, and whether it names an interval."""
        return "none" if self.cue is None else "from" if "from" in self.cue.groups else "named"

    @property
    def length(self) -> str:
        """Whether the period found is one or an interval of several years."""
        return "several" if is_interval_of_years(self.period) else "one"

    @property
    def age(self) -> str:
        """Whether the figure is the old value of two."""
        return "old" if self.fact.earlier else "new"

    @property
    def compared(self) -> str:
        """The rule that told the comparison."""
        return next((rule for field, rule, *_ in self.fact.trace if field == "comparison"), "")

    def find(self, region: str, words: Words) -> Span | None:
        """Where the words stand in a region of the sentence, as offsets in the report; None if they do not."""
        if bounds := _REGIONS.get(region):
            start, stop = bounds(self)
            match = words.look(self.sentence, start, stop)
            return (self.begin + match.start(), self.begin + match.end()) if match else None
        if region in ("name", "reference"):
            told = self.fact.indicator if region == "name" else self.fact.reference
            return (self.fact.head_start, self.fact.head_stop) if words.look(told) else None
        if region == "unit":
            return (self.fact.numeral.start, self.fact.numeral.phrase_stop) if words.look(self.fact.unit) else None
        return self._governing(words.pattern)

    def place(self, start: int, stop: int) -> Span:
        """Offsets in the sentence as offsets in the report."""
        return self.begin + start, self.begin + stop

    def before(self, words: re.Pattern[str] | Filtered) -> re.Match[str] | None:
        """The first match in the clause before the figure."""
        return words.search(self.sentence, self.clause, self.at)

    @property
    def item(self) -> int:
        """Where the figure's item of a list begins: behind the last 、 of its clause that a value stands before."""
        mark = self.sentence.rfind("、", self.clause, self.at)
        return mark + 1 if any(map(str.isdigit, self.sentence[self.clause : max(mark, self.clause)])) else self.clause

    def _governing(self, words: Filtered) -> Span | None:
        """Such a verb before the figure, directly or before the first of several values."""
        verbs = list(words.finditer(self.sentence, self.clause, self.at))
        if not verbs or not pattern("{shared_values}").match(self.sentence[verbs[-1].end() : self.at]):
            return None
        return self.place(*verbs[-1].span())


# Where a spot has what rules ask for in `when`.
_VALUES = {
    "measure": "fact.measure",
    "comparison": "fact.comparison",
    "mood": "frame.passage.status",
    "role": "frame.passage.role",
    "kind": "frame.report.kind",
    "status": "status",
    "years": "frame.years",
    "period": "length",
    "cue": "known_cue",
    "old": "age",
    "compared": "compared",
}


@cache
def _reader(names: tuple[str, ...]) -> Callable[[Spot], tuple[str, ...]]:
    paths = [_VALUES[name] for name in names]
    if len(paths) > 1:
        return attrgetter(*paths)
    # attrgetter gives no tuple for one.
    readers = [attrgetter(path) for path in paths]
    return lambda spot: tuple(reader(spot) for reader in readers)


_REGIONS: dict[str, Callable[[Spot], Span]] = {
    "sentence": lambda spot: (0, spot.at),
    "segment": lambda spot: (spot.segment, spot.at),
    "clause": lambda spot: (spot.clause, spot.at),
    "clauses_before": lambda spot: (0, spot.clause),
    "item": lambda spot: (spot.item, spot.at),
    "behind": lambda spot: (spot.at, spot.clause_stop),
    "after": lambda spot: (spot.at + len(spot.fact.numeral.text), spot.clause_stop),
}


def spot_of(fact: Fact, text: str, frame: Frame) -> Spot:
    """The fact in its sentence; offsets of the fact and `text` are those of the folded report."""
    clause_start, clause_stop = fact.sentence.clauses[fact.clause]
    begin, stop = fact.sentence.start, fact.sentence.stop
    if stop - begin > _WINDOW:
        begin, stop = max(begin, fact.numeral.start - _WINDOW), min(stop, fact.numeral.stop + _WINDOW)
    sentence, times, signs = _looked_at(text, begin, stop)
    at = fact.numeral.start - begin
    clause = clause_start - begin
    clause_stop -= begin
    return Spot(
        fact,
        text,
        begin,
        sentence,
        at,
        segment=sentence.rfind(";", 0, at) + 1,
        clause=clause if clause > 0 else 0,
        clause_stop=clause_stop if clause_stop < len(sentence) else len(sentence),
        cues=times,
        signs=signs,
        frame=frame,
    )


@lru_cache(maxsize=64)
def _looked_at(text: str, begin: int, stop: int) -> tuple[str, tuple[Cue, ...], int]:
    """A sentence, its time expressions, and which words of rules may stand in it."""
    sentence = text[begin:stop]
    return sentence, cues(sentence), signs_of(sentence)
