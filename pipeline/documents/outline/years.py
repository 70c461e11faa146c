"""The times of a report: the year it is given in and what each of its parts speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.documents.front_matter import stated_until
from pipeline.documents.outline.outline_words import PARTS
from pipeline.documents.profiles import profile
from pipeline.knowledge import vocabulary
from pipeline.meaning.calendar import within
from pipeline.models import Report
from pipeline.text.chinese_numbers import small_number

_MONTHS = r"(?:前(?P<first>[两二三四五六七八九十]{1,2}|\d{1,2})个?月|[1一元]月?[—\-~至到]{1,2}(?:(?P<last>\d{1,2}|[二三四五六七八九十]{1,2})月|(?P<quarter>[2-4二三四])季度))"
_PARTS_OF_YEAR = "|".join(sorted(PARTS, key=len, reverse=True))
_LEADING = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)年?)?(?:{_MONTHS}|(?P<part>{_PARTS_OF_YEAR})|(?P<month>\d{{1,2}})月份)|(?P<bare>(?:19|20)\d\d)(?=年(?!\d{{1,2}}月))"
)
_LEAD = 100
_COMPARED = re.compile(rf"{vocabulary('documents')['compared_year']}\Z")
# 力争到2030年: a year only aimed at.
_AIMED: tuple[str, ...] = tuple(vocabulary("documents")["horizon_year"])
_AIMED_BEHIND = re.compile(vocabulary("documents")["horizon_behind"])


@dataclass(frozen=True, slots=True)
class Years:
    """The report's times: the year it is given in and what each role speaks of."""

    given: int
    review: str
    review_years: str
    plan: str
    plan_years: str

    def of(self, role: str) -> str:
        """Default period of a role."""
        if role == "review_years":
            return self.review_years or self.review
        if role == "plan_years":
            return self.plan_years or self.plan
        if role in ("plan", "closing", "tasks"):
            return self.plan
        return self.review


def given_year(report: Report) -> int:
    """The year from which a report tells its times, what 今年 means in it; 0 if nothing tells it."""
    known = profile(report.kind)
    plan, review = report.period("plan")[:4], report.period("review")[:4]
    if known.this_year == "plan" and plan.isdigit():
        return int(plan)
    if report.date[:4].isdigit():
        return int(report.date[:4])
    plan = plan or report.period("plan_years")[:4]
    if plan.isdigit():
        return int(plan)
    return int(review) + known.opens_year if review.isdigit() else 0


def years_of(text: str, report: Report) -> Years:
    """The times of a report, from what is known of it and from what it says at its beginning."""
    known = profile(report.kind)
    given = given_year(report)
    review, plan = report.period("review"), report.period("plan")
    if known.leading_period:
        review = _leading_period(text, review, report.date) or review
    if known.opens_year and given:
        review, plan = review or str(given - 1), plan or str(given)
    if not review and given and known.begins[1] == "actual":
        review = str(given)
    if known.times == "window":
        plan = plan or report.period("plan_years")
    plan = plan or (str(given) if given else "")
    return Years(given, review, report.period("review_years"), plan, report.period("plan_years"))


def _leading_period(text: str, review: str, date: str) -> str:
    """The time with which a document begins, at the end of its title or behind it, in the year named or known."""
    begins = stated_until(text)
    for found in _LEADING.finditer(text, begins, begins + _LEAD):
        before = text[max(found.start() - 2, 0) : found.start()]
        if _COMPARED.search(before) or before.endswith(_AIMED) or _AIMED_BEHIND.match(text, found.end()):
            continue
        year = found["year"] or found["bare"] or review[:4] or date[:4]
        if not year:
            return ""
        stated = found["first"] or found["last"] or found["quarter"]
        if stated:
            last = small_number(stated) * (3 if found["quarter"] else 1)
            if not 1 < last <= 12:
                continue
            if not found["year"] and date[:4] == year and int(date[5:7] or 12) < last:
                # What is told in January of eleven months is of the year before.
                year = str(int(year) - 1)
            return f"{year}-01/{year}-{last:02d}"
        if found["month"]:
            month = int(found["month"])
            return f"{year}-{month:02d}" if 1 <= month <= 12 else year
        part = PARTS[found["part"]] if found["part"] else ""
        if part:
            return within(year, part)
        if found["year"] or found["bare"]:
            return year
    return ""
