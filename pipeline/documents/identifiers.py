"""The identifiers of reports."""

from __future__ import annotations

import re
from hashlib import sha256

from pipeline.documents.front_matter import half_width, simplified
from pipeline.documents.profiles import Profile

_DIGITS = 6
_NO_WORD = re.compile(r"[\W_]+")


def report_id(known: Profile, place_id: str, year: str, title: str, digest: str, whole: bool) -> str:
    """Place, year and kind, and what more tells a report from others: of its title or of its text.

    digest: the SHA-256 of its text; whole: whether it is more than an extract.
    """
    mark = ""
    if not place_id or not year or not whole:
        mark = digest[:_DIGITS]
    elif known.identifier == "title":
        mark = title_digest(title) or digest[:_DIGITS]
    return "-".join(part for part in (place_id, year, known.kind.replace("_", "-"), mark) if part)


def title_digest(title: str) -> str:
    """Six hex digits of a title, whatever its typography; empty for a title without a word."""
    words = _NO_WORD.sub("", simplified(half_width(title))).lower()
    return sha256(words.encode()).hexdigest()[:_DIGITS] if words else ""
