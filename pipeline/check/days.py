"""The days of a period, told without the extraction's own calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_PART = re.compile(r"([0-9]{4})(?:-(H[12]|Q[1-4]|[0-9]{2})(?:-([0-9]{2}))?)?")


@lru_cache(maxsize=4096)
def days(period: str) -> tuple[date, date] | None:
    """The first and the last day of a period, both included; None where the calendar does not have it."""
    first, _, last = period.partition("/")
    begin, end = _of(first), _of(last or first)
    return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None


def _of(part: str) -> tuple[date, date] | None:
    match = _PART.fullmatch(part)
    if match is None:
        return None
    year, within, day = int(match[1]), match[2] or "", match[3]
    months = {"H": 6, "Q": 3, "": 12}.get(within[:1] if within[:1] in "HQ" else "0", 1)
    try:
        if day:
            return (date(year, int(within), int(day)),) * 2
        number = 1 if not within else int(within[1:] if months > 1 else within)
        begin = date(year, (number - 1) * months + 1, 1)
        after = begin.month + months
        following = date(year + (after > 12), after - 12 if after > 12 else after, 1)
    except (ValueError, OverflowError):
        return None
    return begin, following - timedelta(days=1)
