"""The first and the last day of a period."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from pipeline.knowledge import vocabulary

_CENSUSES: dict[str, dict[str, int]] = vocabulary("time")["censuses"]
_PART = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


def within(year: str, part: str) -> str:
    """The period of a part of a year as the vocabulary tells it: H1, Q3, 07, or months from one to another (01/09)."""
    first, _, last = part.partition("/")
    return f"{year}-{first}/{year}-{last}" if last else f"{year}-{first}"


def census_year(kind: str, nth: str) -> str:
    """The year of a national census (人口, 七 → 2020), or an empty string."""
    year = _CENSUSES.get(kind, {}).get(nth)
    return str(year) if year else ""


@lru_cache(maxsize=4096)
def interval(period: str) -> tuple[str, str]:
    """ISO dates of the first and the last day of a period (2021, 2021-H1, 2021-Q3, 2018-03, 2020-02-15, 2017/2021).

    Both are empty for an empty period and for one that names no day of the calendar.
    """
    first, _, last = period.partition("/")
    start, stop = _days(first), _days(last or first)
    return (start[0], stop[1]) if start and stop else ("", "")


def _days(part: str) -> tuple[str, str] | None:
    match = _PART.fullmatch(part)
    if match is None or match[1] == "0000":
        return None
    year, half, quarter, month, day = match[1], match[2], match[3], match[4], match[5]
    if half:
        first, last = (1, 6) if half == "1" else (7, 12)
    elif quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif month:
        first = last = int(month)
    else:
        first, last = 1, 12
    if not 1 <= first <= 12:
        return None
    days = monthrange(int(year), last)[1]
    if day:
        return (f"{year}-{month}-{day}",) * 2 if 1 <= int(day) <= days else None
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{days}"
