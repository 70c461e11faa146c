"""The deadlines that items state: 9月底前, 上半年内."""

from __future__ import annotations

import re

from pipeline.knowledge import vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.structures import Commitment
from pipeline.reading.structures.numbered import CHINESE

_LIST = vocabulary("structure")["list"]
_DEADLINES = [re.compile(pattern) for pattern in _LIST["deadlines"]]
_ANY_DEADLINE = filtered("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in _LIST["deadlines"]))
_LONGEST_DATED = 300


def with_deadlines(items: list[Commitment], period: str) -> list[Commitment]:
    """With deadlines; what a parent's children say, its deadline and its agencies, is not said of the parent."""
    first_child: dict[int, int] = {}
    for item in items:
        if item.parent is not None:
            first_child.setdefault(item.parent, item.start)
    found: list[Commitment] = []
    for index, item in enumerate(items):
        own = item.text
        if index in first_child:
            own = item.text[: first_child[index] - item.start]
            item = item._replace(agencies=())
        # A date somewhere in a whole section is not the section's deadline.
        stated = item.kind != "undertaking" or len(own) <= _LONGEST_DATED
        deadline, words = _latest_deadline(own, period.rpartition("/")[2][:4]) if stated else ("", "")
        found.append(item._replace(deadline=deadline, deadline_text=words))
    return found


def _latest_deadline(text: str, year: str) -> tuple[str, str]:
    """The latest deadline that a text states and its words, or two empty strings; `year` is that of the plan."""
    best = ("", "")
    for mark in _ANY_DEADLINE.finditer(text):
        match = next(found for pattern in _DEADLINES if (found := pattern.match(text, mark.start())))
        value = _deadline(match, year)
        if value and (not best[0] or _rank(value) > _rank(best[0])):
            best = value, match[0]
    return best


def _deadline(match: re.Match[str], year: str) -> str:
    """The period of a deadline: 2016-09-30, 2016-09, 2016-H1, 2016-Q3 or 2016."""
    groups = match.groupdict()
    year = groups.get("year") or year
    if not year:
        return ""
    month, day = groups.get("month"), groups.get("day")
    if month:
        if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
            return ""
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    if "上半年" in match[0]:
        return f"{year}-H1"
    quarter = re.search("[一二三四](?=季度)", match[0])
    return f"{year}-Q{CHINESE.index(quarter[0]) + 1}" if quarter else year


def _rank(deadline: str) -> tuple[str, float]:
    """To compare deadlines by when they end."""
    rest = deadline[5:]
    month = {"H1": 6.0, "Q1": 3.0, "Q2": 6.0, "Q3": 9.0, "Q4": 12.0, "": 12.5}.get(rest)
    return deadline[:4], month if month is not None else float(rest.replace("-", "."))
