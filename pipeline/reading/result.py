"""What the steps from `fold` to `resolve` have found in one report."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.documents.outline import passage_index
from pipeline.models import Fact, Numeral, Passage, Report, Sentence, Time, Where
from pipeline.reading.structures import Structures
from pipeline.records import Record
from pipeline.text.fold import Folded


@dataclass(frozen=True, slots=True)
class Reading:
    """What the steps up to `parse` find in one report; offsets in `folded.text`."""

    report: Report
    folded: Folded
    passages: list[Passage]
    numerals: list[Numeral]
    sentences: list[Sentence]
    facts: list[Fact]
    structures: Structures

    def passage_at(self, offset: int) -> Passage:
        """The passage that covers an offset."""
        return self.passages[passage_index(self.passages, offset)]

    def stated_in(self, offset: int, rule: str) -> str:
        """Where a target at an offset is stated: in a table, the report's list of main targets, a glossary, or its text."""
        if rule.startswith("table"):
            return "table"
        if any(start <= offset < stop for start, stop in self.structures.lists):
            return "list"
        return "glossary" if self.passage_at(offset).role == "glossary" else "body"


@dataclass(slots=True, unsafe_hash=True)
class Resolved(Record):
    """A fact with its passage, its time, its place and subject, and its indicator."""

    fact: Fact
    passage: Passage
    time: Time
    where: Where
    indicator_id: str
