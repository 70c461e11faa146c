"""Geographical coordinates: 北纬43°04′～45°26′ is one value in degrees, or a range, of several numerals."""

from __future__ import annotations

import re

from pipeline.reading.numerals.draft import Draft

_POINT = r"\d{1,3}°\s?(?:\d{1,2}(?:\.\d{1,4})?\s?[′'’]\s?(?:\d{1,2}(?:\.\d{1,4})?\s?[″\"”])?)?"
_SPAN = re.compile(rf"(?<![\d.])(?P<first>{_POINT})(?:\s?(?:[~—\-]{{1,2}}|至|到)\s?(?P<last>{_POINT}))?(?![Cc\d])")


def join_coordinates(text: str, drafts: list[Draft]) -> None:
    """Give the numerals of coordinates, in place, their kinds: the first has the degrees, the others are its parts."""
    if "°" not in text:
        return
    at = 0
    for span in _SPAN.finditer(text):
        while at < len(drafts) and drafts[at].start < span.start():
            at += 1
        inner = drafts[at : at + 6]
        parts = [draft for draft in inner if draft.start < span.end()]
        # Degrees alone are of an angle or of a temperature.
        if len(parts) < 2 or parts[0].value is None:
            continue
        first, *rest = parts
        first.kind, first.unit, first.dimension, first.multiplier = "observation", "°", "angle", ""
        first.phrase_stop = first.unit_stop = span.end()
        for draft in rest:
            draft.kind = "observation_part"
            if span["last"] and draft.start == span.start("last"):
                first.value_max, first.bound = draft.value, "range"
