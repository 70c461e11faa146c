"""The titles of parts: which words make one, and of what time and in what mood it speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from pipeline.documents.outline.outline_words import (
    DIGITS,
    PART_OF_YEAR,
    PARTS,
    PLAN_NAME,
    PLAN_ROLES,
    PLANS,
    SHORT_LINE,
    YEAR,
)
from pipeline.documents.outline.years import Years
from pipeline.documents.profiles import profile
from pipeline.knowledge import any_of, vocabulary
from pipeline.meaning.calendar import within
from pipeline.prefilter import Characters
from pipeline.text.chinese_numbers import DIGITS as DIGIT_VALUES
from pipeline.text.chinese_numbers import small_number

_WORDS = vocabulary("headings")
_TITLES = _WORDS["part_titles"]
_TIMES = f"{_WORDS['times']['years']}|{_WORDS['times']['year']}"
_PAST = re.compile(_WORDS["times"]["past"])
_AHEAD = re.compile(_WORDS["times"]["ahead"])
_CHINESE_DIGITS = str.maketrans({character: str(value) for character, value in DIGIT_VALUES.items()})
_WEAK = frozenset(_TITLES["weak"])
_CONTINUED = re.compile(_TITLES["continued"])
_OPENERS = re.compile(any_of(_WORDS["openers"]))
_INSIDE = re.compile(f"{any_of(_WORDS['before_openers'])}\\Z")
_SPAN_YEARS = re.compile(rf"([{DIGITS}两])年")
_LONGEST_TITLE = 60
_LOOKS_BACK = re.compile(
    rf"(?=[^。,:;\n]{{0,{_LONGEST_TITLE}}}(?:{_TIMES}))[^。:;\n]{{4,{_LONGEST_TITLE}}}{any_of(_TITLES['looks_back'])}(?=\n)"
)
# What markup, brackets and bullets leave behind a title before its line ends.
_TRAIL = re.compile(r"(?:[】\]》*#:]|</?[a-z][^<>]{0,100}>)*")


class TitleWords:
    """The words of part titles: those that all documents share, and those of one kind."""

    def __init__(self, own: Mapping[str, list[str]]) -> None:
        # What a word means in one kind goes before what it means in all.
        self.nouns = {
            word: role for found in (_TITLES, own) for role in ("review", "plan") for word in found.get(role, [])
        }
        between = [*self.nouns, *_TITLES["between"], *own.get("between", [])]
        # Words that tell a plan only with a time before them and at the end: 2024年预算, but not 一般公共预算.
        self.last = frozenset(own.get("last", []))
        last = sorted(self.last)
        as_last = f"{any_of(last)}(?=[\\n。]|\\Z)|" if last else ""
        known = f"{as_last}{any_of(self.nouns)}"
        self.nouns |= dict.fromkeys(last, "plan")
        self.weak = frozenset(_TITLES["weak"])
        # Possessive runs: the words are many and the input is hostile.
        title = f"(?:{_TIMES}|{as_last}{any_of(between)})++"
        self.title, self.title_begins = re.compile(title), Characters(title)
        self.word = re.compile(
            f"(?P<years>{_WORDS['times']['years']})|(?P<year>{_WORDS['times']['year']})|(?P<noun>{known})|."
        )


@cache
def title_words(kind: str) -> TitleWords:
    """The words of the part titles of that kind of document."""
    return TitleWords(profile(kind).headings)


def title_at(words: TitleWords, text: str, at: int, end: int, numbered: bool = False) -> int:
    """Where the part title that begins at `at` ends, or 0 if none does."""
    begins = words.title_begins[text[at : at + 1]]
    run = words.title.match(text, at, min(end, at + _LONGEST_TITLE)) if begins else None
    if not run:
        # 一、砥砺奋进的2021年工作回顾: whatever stands before it, a line that ends so looks back.
        line = _LOOKS_BACK.match(text, at, end) if numbered else None
        return line.end() if line else 0
    time, nouns = False, []
    for word in words.word.finditer(text, at, run.end()):
        time = time or word.lastgroup in ("year", "years")
        if word.lastgroup == "noun":
            nouns.append((word.end(), word[0], time))
    for stop, noun, timed in reversed(nouns):
        if noun in words.last and not timed:
            continue
        strong = numbered or noun not in words.weak or (text[at - 1 : at] in ("", "\n") and len(noun) > 2)
        after = text[trail.end()] if (trail := _TRAIL.match(text, stop)) and trail.end() < len(text) else "\n"
        if after == "\n" or (after == "。" and numbered):
            if timed or ((numbered or noun not in words.weak) and stop - at >= 4):
                return stop
        elif not _CONTINUED.match(text, stop) and (strong if timed else numbered and noun not in words.weak):
            return stop
    return 0


def segments_of(words: TitleWords, title: str, years: Years) -> list[tuple[str, str]]:
    """(role, period) of each time that a part title names, in order."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[bool, str]] = []
    nouns = []
    parts = list(words.word.finditer(title))
    last = max((word.start() for word in parts if word.lastgroup == "noun"), default=0)
    for word in parts:
        # 工作 alone is what is reviewed or planned; the noun behind it tells which.
        if word.lastgroup == "noun" and (word[0] != "工作" or word.start() == last):
            nouns.append(words.nouns[word[0]])
            found += [_segment(several, time, nouns[-1], years, title) for several, time in waiting]
            waiting = []
        elif word.lastgroup in ("year", "years"):
            waiting.append((word.lastgroup == "years", word[0]))
    if not found and nouns:
        found.append((nouns[0], years.of(nouns[0])))
    return found


def _segment(several: bool, time: str, noun_role: str, years: Years, title: str) -> tuple[str, str]:
    """Role and period of one time in a title. The time says which way it looks, else the noun does."""
    year = YEAR.match(time.translate(_CHINESE_DIGITS))
    named = int(year[0]) if year else 0
    plan = PLAN_NAME.search(time) if "届" not in time else None  # 十五届政府 is no 十五
    if plan and years.given:
        named = PLANS[plan[0]][1]
    part = PART_OF_YEAR.search(title) if noun_role == "review" and named == years.given else None
    if part and not several:
        return "review", within(str(named), PARTS[part[0]])  # 2023年上半年预算执行情况, told in that year
    if _PAST.search(time) or 0 < named < years.given:
        role = "review"
    elif _AHEAD.search(time) or (years.given and named > years.given) or (year and named == years.given):
        role = "plan"
    else:
        role = noun_role
    if several:
        return f"{role}_years", several_years(time, role, years)
    return role, str(named) if named else years.of(role)


def several_years(time: str, role: str, years: Years) -> str:
    """The interval that a phrase such as 过去五年 or “十四五”时期 means here."""
    plan = PLAN_NAME.search(time) if "届" not in time else None  # 十五届政府 is no 十五
    if plan:
        first, last = PLANS[plan[0]]
        if role == "review" and years.review[:4].isdigit():
            last = max(first, min(last, int(years.review[:4])))  # a plan that is still running
        return f"{first}/{last}"
    stated = years.of(f"{role}_years")
    if "/" in stated:
        return stated
    span = _SPAN_YEARS.search(time)
    count = small_number(span[1]) if span else 5
    if role == "review" and years.review[:4].isdigit():
        last = int(years.review[:4])
        return f"{last - count + 1}/{last}"
    if years.plan[:4].isdigit():
        first = int(years.plan[:4])
        return f"{first}/{first + count - 1}"
    return stated


def are_possible(segments: list[tuple[str, str]], years: Years) -> bool:
    """A plan cannot lie before the year it is given in, nor a review behind it."""
    for role, period in segments:
        last = period[-4:]
        if (
            years.given
            and last.isdigit()
            and (int(last) < years.given if role in PLAN_ROLES else int(last) > years.given)
        ):
            return False
    return bool(segments)


@lru_cache(maxsize=1 << 10)
def roles_named(words: TitleWords, title: str) -> frozenset[str]:
    """The roles that the nouns of a title name."""
    nouns = (word for word in words.word.finditer(title) if word.lastgroup == "noun")
    return frozenset(words.nouns[word[0]] for word in nouns if len(word[0]) > 1)


def is_ahead(phrase: str, years: Years) -> bool:
    """Whether a phrase names a five-year plan that is still running or to come."""
    plan = PLAN_NAME.search(phrase)
    return plan is not None and PLANS[plan[0]][1] > years.given


def is_of_year(phrase: str, period: str) -> bool:
    """Whether a phrase speaks of that year; one without a year number does."""
    year = YEAR.search(phrase)
    return year is None or period.startswith(year[0])


def title_stop(text: str, at: int) -> int:
    """Where the title of a numbered heading ends: at 。 or the line's end, or where the first sentence begins."""
    stop = at
    limit = min(len(text), at + _LONGEST_TITLE + 40)
    while stop < limit and text[stop] not in "。\n！:;":
        stop += 1
    clause = text.find(",", at, stop) + 1
    if (stop < len(text) and text[stop] == "\n") or (not clause and stop - at <= SHORT_LINE):
        return stop
    clause = clause or at
    for opener in _OPENERS.finditer(text, clause + 6, stop):
        if not _INSIDE.search(text, opener.start() - 3, opener.start()) and opener.end() < stop:
            return opener.start()
    return min(stop, at + _LONGEST_TITLE)
