"""Patterns made from lists of words, to be matched at a place: forwards, or backwards on reversed text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.knowledge import any_of


def ahead(words: Iterable[str], tail: str = "") -> re.Pattern[str]:
    """A pattern for one of the words, longest first, to match at the place where it should begin."""
    return re.compile(any_of(words) + tail)


def behind(words: Iterable[str], tail: str = "") -> re.Pattern[str]:
    """A pattern for one of the words, to match on text that is written backwards; `tail` stands before the word."""
    return re.compile(any_of(word[::-1] for word in words) + tail)
