"""Patterns made from lists of words, to be matched at a place: forwards, or backwards on reversed text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def ahead(words: Iterable[str], tail: str = "") -> re.Pattern[str]:
    """A pattern for one of the words, longest first, to match at the place where it should begin."""
    return re.compile(_either(words) + tail)


def behind(words: Iterable[str], tail: str = "") -> re.Pattern[str]:
    """A pattern for one of the words, to match on text that is written backwards; `tail` stands before the word."""
    return re.compile(_either(word[::-1] for word in words) + tail)


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)) + ")"
