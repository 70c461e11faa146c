"""Stretches of a text, asked for many places: which of them holds a place is found without looking at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.models import Span


class Stretches:
    """Stretches that may touch or overlap; those that do are one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._stops: list[int] = []
        for start, stop in sorted(spans):
            if self._stops and start <= self._stops[-1]:
                self._stops[-1] = max(self._stops[-1], stop)
            else:
                self._starts.append(start)
                self._stops.append(stop)

    def stop_of(self, at: int) -> int:
        """Where the stretch that holds a place ends; 0 where none does."""
        index = bisect_right(self._starts, at) - 1
        return self._stops[index] if index >= 0 and at < self._stops[index] else 0

    def __contains__(self, at: int) -> bool:
        """Whether a place is in one of them."""
        return self.stop_of(at) > 0
