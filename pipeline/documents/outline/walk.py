"""The state while a report is read from its beginning."""

from __future__ import annotations

from pipeline.documents.outline.part_titles import title_words
from pipeline.documents.outline.years import Years
from pipeline.documents.profiles import Profile
from pipeline.models import Passage


class Walk:
    """The state while a report is read from its beginning: open headings, role, period."""

    def __init__(self, years: Years, known: Profile) -> None:
        self.years, self.known = years, known
        self.words = title_words(known.kind)
        self.role, self.status = known.begins
        self.period = years.of(self.role)
        self.headings: list[tuple[int, str]] = []
        self.numbers = {1: 0, 2: 0}
        self.passages: list[Passage] = []
        self.start = 0
        self.listed = self.looked_back = False
        self.headed, self.part = -1, 0

    def turn(self, at: int, role: str, period: str, status: str) -> None:
        """From `at` on the report speaks of another time or in another mood."""
        if (role, period, status) != (self.role, self.period, self.status):
            self.close(at)
            if at != self.headed:
                # What follows belongs to the part, not to the last of its chapters.
                self.headings = [h for h in self.headings if h[0] <= self.part]
            self.role, self.period, self.status = role, period, status

    def head(self, at: int, level: int, title: str) -> None:
        """A heading opens at `at`."""
        self.close(at)
        self.headed = at
        self.headings = [h for h in self.headings if h[0] < level]
        self.headings.append((level, title))

    def inside(self, level: int) -> bool:
        """Whether a heading of that level is open."""
        return any(found == level for found, _ in self.headings)

    def close(self, at: int) -> None:
        """End the passage that is open."""
        if at > self.start:
            section = " > ".join(title for _, title in self.headings)
            self.passages.append(Passage(self.start, at, self.role, self.period, self.status, section))
            self.start = at
