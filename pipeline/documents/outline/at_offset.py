"""The passage at an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from pipeline.models import Passage

_START = attrgetter("start")


def passage_index(passages: Sequence[Passage], offset: int) -> int:
    """Which of the passages of a report, in order and without gaps, covers an offset of its folded text."""
    return (bisect_right(passages, offset, key=_START) or 1) - 1


def passage_at(passages: Sequence[Passage], offset: int) -> Passage | None:
    """The passage that covers an offset; None where the report has none."""
    return passages[passage_index(passages, offset)] if passages else None
