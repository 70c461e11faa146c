"""The times of a report: the year it is given in and what each of its parts speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.documents.outline.outline_words import NUMBERS, PART_OF_YEAR, PARTS, YEAR
from pipeline.models import Report

_FIRST_MONTHS = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:前(?P<first>[一两二三四五六七八九十]|\d{1,2})个?月|1[—\-~至](?P<last>\d{1,2})月)"
)
_LEAD = 100


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
    """The year from which a report tells its times, 0 if nothing tells it; a work report's is the year it plans."""
    plan, review = report.period("plan")[:4], report.period("review")[:4]
    if report.kind == "work_report" and plan.isdigit():
        return int(plan)
    if report.date[:4].isdigit():
        return int(report.date[:4])
    if plan.isdigit():
        return int(plan)
    return int(review) + (report.kind == "work_report") if review.isdigit() else 0


def years_of(text: str, report: Report) -> Years:
    """The times of a report, from what is known of it and, of news, from its opening."""
    given = given_year(report)
    review, plan = report.period("review"), report.period("plan")
    if report.kind == "work_report" and given:
        review, plan = review or str(given - 1), plan or str(given)
    elif report.kind == "news":
        review = _leading_period(text) or review or (str(given) if given else "")
    review = review or (str(given) if given and report.kind != "plan" else "")
    plan = plan or (str(given) if given else "")
    return Years(given, review, report.period("review_years"), plan, report.period("plan_years"))


def _leading_period(text: str) -> str:
    """The time with which a piece of news begins, at the end of its title or behind it."""
    year = YEAR.search(text, 0, _LEAD)
    if not year:
        return ""
    if months := _FIRST_MONTHS.match(text, year.start()):
        stated = months["first"] or months["last"]
        last = int(stated) if stated.isdigit() else NUMBERS[stated]
        if 1 < last <= 12:
            return f"{year[0]}-01/{year[0]}-{last:02d}"
    part = PART_OF_YEAR.match(text, year.end() + 1)
    return f"{year[0]}-{PARTS[part[0]]}" if part and PARTS[part[0]][0] in "HQ" else year[0]
