"""What the extraction says of a text, in the language of the reader: `locale/said.yaml` has the Chinese for each sentence."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge import knowledge

_PART = re.compile(r"\\\{\d\\\}")
# Notes come one after another.
_NOTES = re.compile(r"(?<=\.)(?: |; ?)|; ")


def in_chinese(text: str) -> str:
    """The Chinese for a sentence of the extraction, or for a place in a file; the text itself where there is none."""
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(text):
            return chinese.format(*found.groups())
    return text


def notes_in_chinese(text: str) -> str:
    """The Chinese for the notes on a report, of which some may have been written by hand."""
    return "；".join(in_chinese(note).rstrip("。") for note in _NOTES.split(text) if note) + ("。" if text else "")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences as patterns, those that say most first: `line {0}` also fits what `line {0}, character {1}` says."""
    found = sorted(knowledge("site/locale/said").items(), key=lambda pair: -len(pair[0]))
    return tuple((re.compile(_PART.sub("(.+)", re.escape(english))), chinese) for english, chinese in found)
