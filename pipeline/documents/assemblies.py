"""The congress before which a report was given."""

from __future__ import annotations

import re

from pipeline.documents.view import HAN, View
from pipeline.models import Span

_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"
_ASSEMBLY = re.compile(
    rf"在\s?([{HAN}]{{0,24}}?)(第?{_NUMBER}届(?:全国)?人(?:民代表大会|大)(?:常务委员会|常委会)?(?:第)?{_NUMBER}次(?:全体)?会议)"
    rf"|在((?:中国共产党|中共)[{HAN}]{{0,24}}?)(第?{_NUMBER}(?:次|届)[{HAN}]{{0,12}}?代表大会(?:第?{_NUMBER}次(?:全体)?会议)?)"
)


def assembly_of(view: View) -> str:
    """The full name of the congress, empty if none is named."""
    match = _ASSEMBLY.search(re.sub(r"\s", "", view.front))
    return "".join(part or "" for part in match.groups()) if match else ""


def assembly_span(text: str) -> Span | None:
    """Where `text`, which has no blanks, names a congress with the 在 before it."""
    match = _ASSEMBLY.search(text)
    return match.span() if match else None
