"""The times that a report looks back on and ahead to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields

from pipeline.documents.front_matter import chinese_number
from pipeline.knowledge import vocabulary

_WORDS = vocabulary("documents")
_REVIEW = re.compile(_WORDS["review"])
_PLAN = re.compile(_WORDS["plan"])
_REVIEW_YEARS = re.compile(_WORDS["review_years"])
_PLAN_YEARS = re.compile(_WORDS["plan_years"])
_FIVE_YEARS = re.compile(_WORDS["five_years"])
_PLAN_PERIOD_TIME = re.compile(_WORDS["plan_period_time"])
_PLAN_PERIOD_AHEAD = re.compile(_WORDS["plan_period_ahead"])
_PLAN_BEGINS = re.compile(_WORDS["plan_begins"])
_ANY_PLAN_PERIOD = re.compile("(十[一二三四五六七八九]?|二十[一二三四五]?)五")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|年度)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?\s?[-—–~至到]{1,2}\s?((?:19|20)\d\d)年")
# Line breaks may part a word; between digits they part numbers.
_BLANKS = re.compile(r"\s(?:(?<!\d\s)\s*|\s*(?!\d))")
_READ = 60_000


@dataclass(frozen=True, slots=True)
class Years:
    """Periods by role: a year, or a first and a last year as 2017/2021."""

    review: str = ""
    review_years: str = ""
    plan: str = ""
    plan_years: str = ""

    @staticmethod
    def roles() -> tuple[str, ...]:
        """The names of the roles."""
        return tuple(field.name for field in fields(Years))

    def items(self) -> list[tuple[str, str]]:
        """Role and period, in the order of the roles."""
        return [(role, getattr(self, role)) for role in self.roles()]

    def main(self) -> str:
        """The year that a report without a date is filed under."""
        return (self.plan or self.review or self.plan_years or self.review_years)[:4]


def periods(kind: str, title: str, date: str, text: str, published: str = "") -> Years:
    """What a report of that kind speaks of; `text` in half-width characters, dates in ISO form or empty."""
    text = _BLANKS.sub("", text[:_READ])
    if kind == "work_report":
        return _of_work_report(title, date, text)
    if kind == "plan":
        return _of_plan(title, date, text)
    if kind == "interview":
        year = date[:4] or _opening_year(text) or _first_year(text, text)
        return Years(review=year, plan=year)
    return Years(review=_first_year(text[:200], text) or date[:4] or published[:4])


def _of_work_report(title: str, date: str, text: str) -> Years:
    planned, reviewed = _PLAN.search(text), _REVIEW.search(text)
    if date:
        # Delivered at the end of the year, a report is on the next one.
        plan = int(date[:4]) + (date[5:7] in ("11", "12"))
    elif reviewed:
        plan = int(reviewed[1]) + 1
    elif planned:
        plan = int(planned[1])
    else:
        plan = int(_first_year(title, "") or _opening_year(text) or 0)
    if not plan:
        return Years()
    review = plan - 1
    past, coming = _plan_period(review), _plan_period(plan)
    review_years = plan_years = ""
    if review == past[1] and (_FIVE_YEARS.search(text) or _names_plan(_PLAN_PERIOD_TIME, text, past)):
        review_years = f"{past[0]}/{past[1]}"
    elif _REVIEW_YEARS.search(text):
        review_years = f"{review - 4}/{review}"
    if plan == coming[0] and _names_plan(_PLAN_PERIOD_AHEAD, text, coming):
        plan_years = f"{coming[0]}/{coming[1]}"
    elif _PLAN_YEARS.search(text):
        plan_years = f"{plan}/{plan + 4}"
    return Years(str(review), review_years, str(plan), plan_years)


def _names_plan(pattern: re.Pattern[str], text: str, period: tuple[int, int]) -> bool:
    """Whether the text speaks of that five-year plan in the words of `pattern`."""
    return any(_span(match[1]) == period for match in pattern.finditer(text))


def _of_plan(title: str, date: str, text: str) -> Years:
    span = _YEARS.search(title)
    if span:
        return Years(plan_years=f"{span[1]}/{span[2]}")
    named = _ANY_PLAN_PERIOD.search(title)
    year = _first_year(title, "")
    if named and not year:
        first, last = _span(named[0][:-1])
        return Years(plan_years=f"{first}/{last}")
    years = _YEAR.findall(title)
    if len(years) > 1 and int(years[-1]) == int(years[0]) + 1:
        return Years(review=years[0], plan=years[-1])
    return Years(plan=year or date[:4] or _first_year(text, ""))


def _opening_year(text: str) -> str:
    """The year in which a five-year plan is said to begin."""
    match = _PLAN_BEGINS.search(text)
    return str(_span(match[1])[0]) if match else ""


def _first_year(text: str, rest: str) -> str:
    """The first year named in `text`, else the one that `rest` names most often."""
    match = _YEAR.search(text)
    if match:
        return match[1]
    counts = Counter(_YEAR.findall(rest))
    return max(counts, key=lambda year: (counts[year], year)) if counts else ""


def _span(plan: str) -> tuple[int, int]:
    """First and last year of a five-year plan, 十四 → 2021, 2025."""
    known = _WORDS["five_year_plan"]
    first = known["year"] + 5 * (chinese_number(plan) - known["plan"])
    return first, first + 4


def _plan_period(year: int) -> tuple[int, int]:
    """First and last year of the five-year plan that the year lies in."""
    known = _WORDS["five_year_plan"]
    first = year - (year - known["year"]) % 5
    return first, first + 4
