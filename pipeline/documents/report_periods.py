"""The times that a report looks back on and ahead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields

from pipeline.documents.profiles import Profile
from pipeline.knowledge import any_of, vocabulary
from pipeline.meaning.calendar import census_year
from pipeline.prefilter import Filtered, filtered
from pipeline.text.chinese_numbers import small_number

_WORDS = vocabulary("documents")
_REVIEW = re.compile(_WORDS["review"])
_PLAN = filtered(_WORDS["plan"])
_REVIEW_YEARS = filtered(_WORDS["review_years"])
_PLAN_YEARS = re.compile(_WORDS["plan_years"])
_FIVE_YEARS = re.compile(_WORDS["five_years"])
_PLAN_PERIOD_TIME = filtered(_WORDS["plan_period_time"])
_PLAN_PERIOD_AHEAD = filtered(_WORDS["plan_period_ahead"])
_PLAN_BEGINS = re.compile(_WORDS["plan_begins"])
_ANY_PLAN_PERIOD = re.compile("(十[一二三四五六七八九]?|二十[一二三四五])(?:个五年|五)")
_SINCE_YEAR = re.compile(_WORDS["since_year"])
# How long a term is, and no longer is.
_TERM, _LONGEST_TERM = 5, 6
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|年度)")
_NUMBERED_REPORT = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:政府)?工作报告)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?\s?[-—–~至到]{1,2}\s?((?:19|20)\d\d)年")
# Line breaks may part a word; between digits they part numbers.
_BLANKS = re.compile(r"\s(?:(?<!\d\s)\s*|\s*(?!\d))")
_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d年\d{1,2}月[^()]{0,30}\)")
_READ = 60_000
_LEAD = 200
_COUNTED_AT = re.compile(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日零时")
_COUNTED_WITHIN = 1000
_CENSUS = re.compile(rf"第(?P<nth>[一二三四五六七])次(?:全国)?(?P<kind>{any_of(vocabulary('time')['censuses'])})普查")
_LAST_YEAR_NAMED = re.compile(r"去年(?:[^\d。]|[。?？](?=[^。?？]{0,16}[::])){0,40}?((?:19|20)\d\d)年")
_EXECUTED = re.compile(_WORDS["executed"])
_DRAFT_ALONE = re.compile(_WORDS["draft_alone"])
_WITHIN_YEAR = re.compile(_WORDS["within_year"])
_THIS_YEAR = re.compile(rf"今年,?[^,。;]{{0,8}}?{any_of(_WORDS['of_this_year'])}")
_WHOLE_YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d年(?!\d{{1,2}}月|{any_of(_WORDS['not_whole_year'])})")
_COMPARED = re.compile(rf"{_WORDS['compared_year']}\Z")
_COMPARED_AS = re.compile(_WORDS["compared_as"])
_HORIZON = re.compile(rf"{any_of(_WORDS['horizon_year'])}\Z")
_HORIZON_BEHIND = re.compile(_WORDS["horizon_behind"])


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a report before its times are: dates in ISO form or empty, text without blanks."""

    known: Profile
    title: str
    date: str
    published: str
    text: str


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


def periods(known: Profile, title: str, date: str, text: str, published: str = "") -> Years:
    """What a report of that kind speaks of; `text` in half-width characters, dates in ISO form or empty."""
    text = _BLANKS.sub("", text[:_READ])
    return _TIMES[known.times](_Told(known, title, date, published, text))


def _annual(told: _Told) -> Years:
    """Of a report on the year before and the year that begins."""
    title, date, text = told.title, told.date, told.text
    if told.known.title_year == "review":
        return _of_two_years(told)
    if date:
        # Delivered at the end of the year, a report is on the next one.
        plan = int(date[:4]) + (date[5:7] in ("11", "12"))
    elif reviewed := _REVIEW.search(text):
        plan = int(reviewed[1]) + 1
    elif planned := Counter(_PLAN.findall(text)):
        plan = int(max(planned, key=lambda year: (planned[year], year)))
    else:
        numbered = _NUMBERED_REPORT.search(title)
        plan = int(numbered[1] if numbered else _first_year(title, "") or _opening_year(text) or 0)
    if not plan:
        return Years()
    review = plan - 1
    past, coming = _plan_period(review), _plan_period(plan)
    review_years = plan_years = ""
    if review == past[1] and (_FIVE_YEARS.search(text) or _names_plan(_PLAN_PERIOD_TIME, text, past)):
        review_years = f"{past[0]}/{past[1]}"
    elif term := _REVIEW_YEARS.search(text):
        review_years = f"{_term_begins(term, text, review)}/{review}"
    if plan == coming[0] and _names_plan(_PLAN_PERIOD_AHEAD, text, coming):
        plan_years = f"{coming[0]}/{coming[1]}"
    elif _PLAN_YEARS.search(text):
        plan_years = f"{plan}/{plan + 4}"
    return Years(str(review), review_years, str(plan), plan_years)


def _term_begins(term: re.Match[str], text: str, review: int) -> int:
    """The first year of a term under review: named, counted, or the first of five."""
    since = _SINCE_YEAR.search(text, term.end(), term.end() + _LEAD)
    if since and review - _LONGEST_TERM < int(since[1]) < review:
        return int(since[1])
    return review - (small_number(term["count"]) if term["count"] else _TERM) + 1


def _of_two_years(told: _Told) -> Years:
    """Of a report on how a plan or a budget was carried out and on the next: the years of its title, else its date's."""
    years = [int(year) for year in _YEAR.findall(told.title)] or [
        int(year) for year in _EXECUTED.findall(told.text)[:1]
    ]
    given = int(told.date[:4] or 0)
    if len(years) > 1:
        return Years(review=str(years[0]), plan=str(years[-1]))
    if years and _DRAFT_ALONE.search(told.title):
        return Years(review=str(years[0] - 1), plan=str(years[0]))
    # The date in brackets says when it is given, not of what part of a year it is.
    lead = _IN_BRACKETS.sub("", told.text[:_LEAD])
    within = bool(_WITHIN_YEAR.search(told.title) or _WITHIN_YEAR.search(lead))
    if not years:
        # A month's accounts are of the year in which they are given, those of a year of the one before.
        years = [given - (not within)] if given else [int(year) for year in _YEAR.findall(told.text)[:1]]
    review = years[0] if years else 0
    if not review:
        return Years()
    return Years(review=str(review), plan=str(review if within else review + 1))


def _congress(told: _Told) -> Years:
    """Of a report that a committee gives at the end of its five years."""
    given = int(told.date[:4] or _first_year(told.title, "") or 0)
    if not given:
        return Years()
    return Years(str(given), f"{given - 4}/{given}", str(given + 1), f"{given + 1}/{given + 5}")


def _told_of(told: _Told) -> Years:
    """Of an article, an entry, an announcement: the year of its title, that with which it begins, or its date's."""
    title, date = told.title, told.date
    named = next((match[1] for match in _YEAR.finditer(title) if not _is_ahead(title, match)), "")
    if told.known.title_year == "review" and named:
        return Years(review=named)
    if counted := _COUNTED_AT.search(told.text, 0, _COUNTED_WITHIN):
        return Years(review=counted[1])  # 2020年11月1日零时: when a census counted
    if told.known.title_year == "review" and (census := _CENSUS.search(title)):
        return Years(review=census_year(census["kind"], census["nth"]))
    given = date or told.published
    beginning = next(
        (
            match[1]
            for match in _YEAR.finditer(told.text[:_LEAD])
            if not _is_compared(told.text, match)
            and not (given and match[1] > given[:4])
            and not _is_ahead(told.text, match)
        ),
        "",
    )
    year = (
        beginning or _year_before(told) or date[:4] or (named and str(int(named) - (told.known.title_year == "after")))
    )
    year = year or _year_told_most(told.text) or told.published[:4]
    # 2011年新增…。今年将新增…: without a date, this year is the one behind the year told of.
    undated = not given and beginning and _THIS_YEAR.search(told.text) and _WHOLE_YEAR.search(told.text)
    return Years(review=year, plan=str(int(year) + 1) if undated else "")


def _year_told_most(text: str) -> str:
    """The year that a text without a date speaks of most often, not only as one aimed at; empty if there is none."""
    told = (year for year in _YEAR.finditer(text) if not _is_ahead(text, year) and not _is_compared(text, year))
    counts = Counter(year[1] for year in told)
    return max(counts, key=lambda year: (counts[year], year)) if counts else ""


def _year_before(told: _Told) -> str:
    """The year before the date, if the text speaks of it more often than of any other and not only to compare."""
    counts = Counter(match[1] for match in _YEAR.finditer(told.text) if not _is_compared(told.text, match))
    often = max(counts, key=lambda year: (counts[year], year)) if counts else ""
    return often if often and told.date and int(told.date[:4]) - int(often) == 1 else ""


def _interview(told: _Told) -> Years:
    year = told.date[:4] or _opening_year(told.text)
    if not year and (last := _LAST_YEAR_NAMED.search(told.text)):
        # 去年的成绩如何?2022年,…
        year = str(int(last[1]) + 1)
    year = year or _first_year(told.text, told.text)
    return Years(review=_year_before(told) or year, plan=year)


def _is_compared(text: str, year: re.Match[str]) -> bool:
    """Whether a year is only what others are compared with (比2019年)."""
    before = text[max(year.start() - 2, 0) : year.start()]
    return bool(_COMPARED.search(before) or _COMPARED_AS.match(text, year.end()))


def _is_ahead(text: str, year: re.Match[str]) -> bool:
    """Whether a year is only one that is aimed at (到2030年, 力争2030年, 2035年远景目标)."""
    aimed = _HORIZON.search(text[max(year.start() - 2, 0) : year.start()])
    return bool(aimed or _HORIZON_BEHIND.match(text, year.end()))


def _names_plan(pattern: Filtered, text: str, period: tuple[int, int]) -> bool:
    """Whether the text speaks of that five-year plan in the words of `pattern`."""
    return any(_span(match[1]) == period for match in pattern.finditer(text))


def _window(told: _Told) -> Years:
    """Of a plan, by its title: several years, a five-year plan, or one year."""
    title = told.title
    span = _YEARS.search(title)
    if span:
        return Years(plan_years=f"{span[1]}/{span[2]}")
    named = _ANY_PLAN_PERIOD.search(title)
    year = _first_year(title, "")
    if named and (not year or told.known.layout == "parts"):
        first, last = _span(named[1])
        if told.known.layout != "parts":
            return Years(plan_years=f"{first}/{last}")
        return Years(str(first - 1), f"{first - 5}/{first - 1}", "", f"{first}/{last}")
    years = _YEAR.findall(title)
    if len(years) > 1 and int(years[-1]) == int(years[0]) + 1:
        return Years(review=years[0], plan=years[-1])
    return Years(plan=year or told.date[:4] or _first_year(told.text, "") or told.published[:4])


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
    first = known["year"] + 5 * (small_number(plan) - known["plan"])
    return first, first + 4


def _plan_period(year: int) -> tuple[int, int]:
    """First and last year of the five-year plan that the year lies in."""
    known = _WORDS["five_year_plan"]
    first = year - (year - known["year"]) % 5
    return first, first + 4


_TIMES: dict[str, Callable[[_Told], Years]] = {
    "annual": _annual,
    "congress": _congress,
    "window": _window,
    "told": _told_of,
    "interview": _interview,
}
