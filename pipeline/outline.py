"""The parts of a report: headings, what is review and what is plan, and the time that each passage speaks of.

Many reports reach us as one line with their headings glued to the text, so nothing here relies on line breaks: a part
begins where a title of the known build, a number or an opening phrase stands at the beginning of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage, Report

_V = vocabulary("headings")
_PLANS: dict[str, list[int]] = vocabulary("time")["plans"]
_NUMBERS: dict[str, int] = vocabulary("time")["numbers"]
_PARTS: dict[str, str] = vocabulary("time")["parts"]


_TITLES = _V["part_titles"]
_TIMES = f"{_V['times']['years']}|{_V['times']['year']}"
_NOUNS = {word: role for role in ("review", "plan") for word in _TITLES[role]}
# Possessive runs: the words are many and the input is hostile.
_TITLE = re.compile(f"(?:{_TIMES}|{any_of([*_NOUNS, *_TITLES['between']])})++")
_TITLE_WORD = re.compile(
    f"(?P<years>{_V['times']['years']})|(?P<year>{_V['times']['year']})|(?P<noun>{any_of(_NOUNS)})|."
)
_PAST = re.compile(_V["times"]["past"])
_AHEAD = re.compile(_V["times"]["ahead"])
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WEAK = frozenset(_TITLES["weak"])
_CONTINUED = re.compile(_TITLES["continued"])
_DIGITS = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(?P<one>[{_DIGITS}]{{1,3}})、(?![{_DIGITS}]、)|\((?P<two>[{_DIGITS}]{{1,3}})\)、?|第[{_DIGITS}]{{1,3}}部分[:、 ]?"
)
_SENTENCE_START = re.compile(r"[。！？!?\n:]+[”’」』)\]]*")
_GLUED_NUMBER = re.compile(rf"\((?<=[^\W\d_]\()(?P<two>[{_DIGITS}]{{1,3}})\)(?=[^,、)\W])")
_ADDRESS = re.compile(_V["address"])
_SWITCHES = {role: re.compile(_V["switches"][role]) for role in ("review", "review_years", "plan", "plan_years")}
_DRAFTED = re.compile(_V["switches"]["drafted"])
_PLAN_OPENING = re.compile(_V["switches"]["plan_opening"])
_PROBLEMS = re.compile(_V["switches"]["problems"])
_PROBLEM_NOUNS = re.compile(_V["switches"]["problems_nouns"])
_CLOSING = re.compile(_V["switches"]["closing"])
_MEANT = re.compile(_V["extract_plan"])
_SAID_DONE = re.compile(_V["extract_review"])
_ANNEXES = _V["annexes"]
_GLOSSARY = re.compile(_ANNEXES["glossary"])
_TABLE = re.compile(rf"(?:{_ANNEXES['table']})(?=(?:19|20)\d\d年|[^\d表件录后]):?\n?")
_TASKS = re.compile(_ANNEXES["tasks"])
_DONE = re.compile(_ANNEXES["actual"])
_AIMED = re.compile(_ANNEXES["target"])
_HEAD = re.compile(_ANNEXES["head"])
_INTENDED = re.compile(_V["mood_paragraphs"])
_MOOD = {status: re.compile(words) for status, words in _V["mood_headings"].items()}
_OPENERS = re.compile(any_of(_V["openers"]))
_INSIDE = re.compile(f"{any_of(_V['before_openers'])}\\Z")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_PLAN_NAME = re.compile("|".join(sorted(_PLANS, key=len, reverse=True)))
_SPAN_YEARS = re.compile(rf"([{_DIGITS}两])年")
_PART_OF_YEAR = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_FIRST_MONTHS = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:前(?P<first>[一两二三四五六七八九十]|\d{1,2})个?月|1[—\-~至](?P<last>\d{1,2})月)"
)
_TERM = re.compile(r"(?:\d{1,3}[.、]|\[\d{1,3}\])?[“《]?(?P<term>[^:。,;\n]{2,24}?)[”》]?(?::|是指|,是指|,指)")
_LONGEST_TITLE = 60
_LEAD = 100
_EXTRACT = 3000
# Bounds on how much of the body is searched for the terms of a glossary.
_MOST_TERMS = 400
_BODY = 200_000
_BULLETS = "▶■◆●★◎▲"
_SHORT_LINE = 34
_REVIEWS = ("review", "review_years", "problems")
_PLAN_ROLES = ("plan", "plan_years")


@dataclass(frozen=True, slots=True)
class _Years:
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


def outline(text: str, report: Report) -> list[Passage]:
    """Passages of `text`, the folded text of one report, in order and without gaps (none for an empty text)."""
    if not text:
        return []
    years = _years(text, report)
    passages = _work_report(text, years) if report.kind == "work_report" else _other(text, report, years)
    return _with_terms(text, passages)


def _years(text: str, report: Report) -> _Years:
    given = given_year(report)
    review, plan = report.period("review"), report.period("plan")
    if report.kind == "work_report" and given:
        review, plan = review or str(given - 1), plan or str(given)
    elif report.kind == "news":
        review = _leading_period(text) or review or (str(given) if given else "")
    review = review or (str(given) if given and report.kind != "plan" else "")
    plan = plan or (str(given) if given else "")
    return _Years(given, review, report.period("review_years"), plan, report.period("plan_years"))


def _leading_period(text: str) -> str:
    """The time with which a piece of news begins, at the end of its title or behind it."""
    year = _YEAR.search(text, 0, _LEAD)
    if not year:
        return ""
    if months := _FIRST_MONTHS.match(text, year.start()):
        stated = months["first"] or months["last"]
        last = int(stated) if stated.isdigit() else _NUMBERS[stated]
        if 1 < last <= 12:
            return f"{year[0]}-01/{year[0]}-{last:02d}"
    part = _PART_OF_YEAR.match(text, year.end() + 1)
    return f"{year[0]}-{_PARTS[part[0]]}" if part and _PARTS[part[0]][0] in "HQ" else year[0]


# --- work reports -------------------------------------------------------------------------------------------------


class _Walk:
    """The state while a report is read from its beginning: open headings, role, period."""

    def __init__(self, years: _Years) -> None:
        self.years = years
        self.role, self.period, self.status = "front", years.review, "actual"
        self.headings: list[tuple[int, str]] = []
        self.numbers = {1: 0, 2: 0}
        self.passages: list[Passage] = []
        self.start = 0
        self.listed = False
        self.headed, self.part = -1, 0

    def turn(self, at: int, role: str, period: str, status: str) -> None:
        """From `at` on the report speaks of another time or in another mood."""
        if (role, period, status) != (self.role, self.period, self.status):
            self.close(at)
            if at != self.headed:
                # What follows belongs to the part, not to the last of its chapters.
                self.headings = [h for h in self.headings if h[0] <= self.part]
            self.role, self.period, self.status = role, period, status

    def head(self, at: int, level: int, title: str) -> None:
        """A heading opens at `at`."""
        self.close(at)
        self.headed = at
        self.headings = [h for h in self.headings if h[0] < level]
        self.headings.append((level, title))

    def inside(self, level: int) -> bool:
        """Whether a heading of that level is open."""
        return any(found == level for found, _ in self.headings)

    def close(self, at: int) -> None:
        """End the passage that is open."""
        if at > self.start:
            section = " > ".join(title for _, title in self.headings)
            self.passages.append(Passage(self.start, at, self.role, self.period, self.status, section))
            self.start = at


def _work_report(text: str, years: _Years) -> list[Passage]:
    walk = _Walk(years)
    starts = _sentence_starts(text)
    annex = _annex_start(text, starts)
    marked = any(_titled(text, at, end) for at, end in zip(starts, [*starts[1:], len(text)], strict=True) if at < annex)
    closing = _closing_start(text, starts, annex)
    if not marked and not years.review_years and _first_role(text) == "plan":
        walk.role, walk.period, walk.status = "plan", years.plan, "target"
    for index, at in enumerate(starts):
        if at >= annex:
            break
        end = min(starts[index + 1] if index + 1 < len(starts) else len(text), annex)
        if at == closing:
            walk.turn(at, "closing", years.of("closing"), "target")
            walk.headings = []
        elif walk.role != "closing":
            _sentence(walk, text, at, end, marked)
    _annexes(walk, text, starts, annex)
    walk.close(len(text))
    return walk.passages


def _sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence begins, and inside them numbered headings glued to what stands before."""
    starts = {0, *(match.end() for match in _SENTENCE_START.finditer(text))} - {len(text)}
    starts.update(match.start() for match in _GLUED_NUMBER.finditer(text))
    return sorted(starts)


def _first_role(text: str) -> str:
    """What an extract without part titles is about: the plan if it speaks of what will be done."""
    meant, done = (len(words.findall(text, 0, _EXTRACT)) for words in (_MEANT, _SAID_DONE))
    return "plan" if meant > 2 * done else "review"


def _sentence(walk: _Walk, text: str, at: int, end: int, marked: bool) -> None:
    """Read one sentence of the body: a heading, a change of time, or neither."""
    number = _NUMBER.match(text, at)
    if number and (_expected(walk, number) or _titled(text, number.end(), end, numbered=True)):
        _numbered(walk, text, at, number, end)
        return
    if number is None and (stop := _titled(text, at, end)):
        title = text[at:stop]
        segments = _segments(title, walk.years)
        if _possible(segments, walk.years) and segments[0] != (walk.role, walk.period):
            walk.head(at, 0, title)
            walk.numbers = {1: 0, 2: 0}
            _enter(walk, at, segments)
            _switch(walk, text, stop, at, end, marked)
            return
    address = _ADDRESS.match(text, at)
    _switch(walk, text, address.end() if address else at, at, end, marked)


def _expected(walk: _Walk, number: re.Match[str]) -> bool:
    """Numbers that go on counting, or begin anew, are headings; others are lists inside a sentence."""
    level, text = (1, number["one"]) if number["one"] else (2, number["two"])
    if text is None:
        return True
    value = _value(text)
    return value == 1 or 0 < value - walk.numbers[level] <= 2


def _value(number: str) -> int:
    """一 … 九十九 as a number."""
    if number in _NUMBERS:
        return _NUMBERS[number]
    tens, _, ones = number.partition("十")
    return _NUMBERS.get(tens, 1) * 10 + _NUMBERS.get(ones, 0)


def _numbered(walk: _Walk, text: str, at: int, number: re.Match[str], end: int) -> None:
    level = 1 if number["one"] else 2 if number["two"] else 0
    if level:
        walk.numbers[level] = _value(number[level])
    after = number.end()
    stop = _titled(text, after, end, numbered=True)
    walk.head(at, level, text[at : stop or _title_stop(text, after)])
    if stop:
        _enter(walk, at, _segments(text[after:stop], walk.years))
        _switch(walk, text, stop, at, end, True)
    elif walk.role == "problems":
        walk.turn(at, "plan", walk.years.plan, "target")


def _titled(text: str, at: int, end: int, numbered: bool = False) -> int:
    """Where the part title that begins at `at` ends, or 0 if none does."""
    run = _TITLE.match(text, at, min(end, at + _LONGEST_TITLE))
    if not run:
        return 0
    time, nouns = False, []
    for word in _TITLE_WORD.finditer(text, at, run.end()):
        time = time or word.lastgroup in ("year", "years")
        if word.lastgroup == "noun":
            nouns.append((word.end(), word[0], time))
    for stop, noun, timed in reversed(nouns):
        strong = numbered or noun not in _WEAK or (text[at - 1 : at] in ("", "\n") and len(noun) > 2)
        after = text[stop] if stop < len(text) else "\n"
        if after == "\n" or (after == "。" and numbered):
            if timed or ((numbered or noun not in _WEAK) and stop - at >= 4):
                return stop
        elif not _CONTINUED.match(text, stop) and (strong if timed else numbered and noun not in _WEAK):
            return stop
    return 0


def _segments(title: str, years: _Years) -> list[tuple[str, str]]:
    """(role, period) of each time that a part title names, in order."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[bool, str]] = []
    nouns = []
    words = list(_TITLE_WORD.finditer(title))
    last = max((word.start() for word in words if word.lastgroup == "noun"), default=0)
    for word in words:
        # 工作 alone is what is reviewed or planned; the noun behind it tells which.
        if word.lastgroup == "noun" and (word[0] != "工作" or word.start() == last):
            nouns.append(_NOUNS[word[0]])
            found += [_segment(several, time, nouns[-1], years) for several, time in waiting]
            waiting = []
        elif word.lastgroup in ("year", "years"):
            waiting.append((word.lastgroup == "years", word[0]))
    if not found and nouns:
        found.append((nouns[0], years.of(nouns[0])))
    return found


def _segment(several: bool, time: str, noun_role: str, years: _Years) -> tuple[str, str]:
    """Role and period of one time in a title. The time says which way it looks, else the noun does."""
    year = _YEAR.match(time.translate(_CHINESE_DIGITS))
    named = int(year[0]) if year else 0
    plan = _PLAN_NAME.search(time)
    if plan and years.given:
        named = _PLANS[plan[0]][1]
    if _PAST.search(time) or 0 < named < years.given:
        role = "review"
    elif _AHEAD.search(time) or (years.given and named > years.given) or (year and named == years.given):
        role = "plan"
    else:
        role = noun_role
    if several:
        return f"{role}_years", _several(time, role, years)
    return role, str(named) if named else years.of(role)


def _several(time: str, role: str, years: _Years) -> str:
    """The interval that a phrase such as 过去五年 or “十四五”时期 means here."""
    plan = _PLAN_NAME.search(time)
    if plan:
        first, last = _PLANS[plan[0]]
        return f"{first}/{last}"
    stated = years.of(f"{role}_years")
    if "/" in stated:
        return stated
    span = _SPAN_YEARS.search(time)
    count = _NUMBERS[span[1]] if span else 5
    if role == "review" and years.review[:4].isdigit():
        last = int(years.review[:4])
        return f"{last - count + 1}/{last}"
    if years.plan[:4].isdigit():
        first = int(years.plan[:4])
        return f"{first}/{first + count - 1}"
    return stated


def _possible(segments: list[tuple[str, str]], years: _Years) -> bool:
    """A plan cannot lie before the year it is given in, nor a review behind it."""
    for role, period in segments:
        last = period[-4:]
        if (
            years.given
            and last.isdigit()
            and (int(last) < years.given if role in _PLAN_ROLES else int(last) > years.given)
        ):
            return False
    return bool(segments)


def _enter(walk: _Walk, at: int, segments: list[tuple[str, str]]) -> None:
    if segments:
        walk.part = walk.headings[-1][0]
        role, period = segments[0]
        walk.turn(at, role, period, "target" if role in _PLAN_ROLES else "actual")


def _switch(walk: _Walk, text: str, at: int, begin: int, end: int, marked: bool) -> None:
    """Change role or period where the sentence from `at` says so; the passage then begins at `begin`."""
    years = walk.years
    if walk.role in _REVIEWS:
        if _looks_ahead(walk, text, at, end, marked):
            return
        if (
            walk.role != "problems"
            and _PROBLEMS.search(text, at, min(end, at + 60))
            and _PROBLEM_NOUNS.search(text, at, end)
        ):
            walk.turn(begin, "problems", years.review, "actual")
        elif (match := _SWITCHES["review_years"].match(text, at, end)) and not _ahead(match[0], years):
            walk.turn(begin, "review_years", _several(match[0], "review", years), "actual")
        elif (match := _SWITCHES["review"].match(text, at, end)) and _of_year(match[0], years.review):
            walk.turn(begin, "review", years.review, "actual")
    elif walk.role in _PLAN_ROLES:
        if (match := _SWITCHES["plan"].match(text, at, end)) and _of_year(match[0], years.plan):
            walk.turn(begin, "plan", years.plan, "target")
        elif (match := _SWITCHES["plan_years"].match(text, at, end)) and walk.role == "plan" and not walk.inside(2):
            walk.turn(begin, "plan_years", _several(match[0], "plan", years), "target")


def _looks_ahead(walk: _Walk, text: str, at: int, end: int, marked: bool) -> bool:
    """Enter the plan where a title names review and plan together, or where there are no titles at all."""
    years = walk.years
    both = any(level == 0 or level == 1 for level, title in walk.headings if _role_words(title) == {"review", "plan"})
    if not both and marked:
        return False
    if (match := _DRAFTED.search(text, at, end)) and _ahead(match[0], years):
        walk.turn(at, "plan_years", _several(match[0], "plan", years), "target")
        return True
    if (match := _SWITCHES["plan_years"].match(text, at, end)) and (
        _ahead(match[0], years) or not _PLAN_NAME.search(match[0])
    ):
        walk.turn(at, "plan_years", _several(match[0], "plan", years), "target")
        return True
    if (
        (match := _SWITCHES["plan"].match(text, at, end))
        and _of_year(match[0], years.plan)
        and (_PLAN_OPENING.search(text, at, end))
    ):
        walk.turn(at, "plan", years.plan, "target")
        return True
    return False


@lru_cache(maxsize=1 << 10)
def _role_words(title: str) -> frozenset[str]:
    words = (word for word in _TITLE_WORD.finditer(title) if word.lastgroup == "noun")
    return frozenset(_NOUNS[word[0]] for word in words if len(word[0]) > 1)


def _ahead(phrase: str, years: _Years) -> bool:
    """Whether a phrase names a five-year plan that is still running or to come."""
    plan = _PLAN_NAME.search(phrase)
    return plan is not None and _PLANS[plan[0]][1] > years.given


def _of_year(phrase: str, period: str) -> bool:
    """Whether a phrase speaks of that year; one without a year number does."""
    year = _YEAR.search(phrase)
    return year is None or period.startswith(year[0])


def _closing_start(text: str, starts: list[int], annex: int) -> int:
    """Where the last address to the deputies begins, if a peroration follows it."""
    for at in reversed(starts[: bisect_right(starts, annex - 1)]):
        if at < annex * 0.7:
            break
        if _ADDRESS.match(text, at) and _CLOSING.search(text, at, min(annex, at + 400)):
            return at
    return -1


# --- annexes ------------------------------------------------------------------------------------------------------


def _annex_start(text: str, starts: list[int]) -> int:
    """Where the annexes begin: the first marker of one in the last part of the text."""
    for at in starts[bisect_right(starts, len(text) * 2 // 5) :]:
        if _annex_kind(text, at):
            return at
    return len(text)


def _annex_kind(text: str, at: int) -> str:
    """What annex begins at `at`: table, glossary, tasks, or empty."""
    before = text[at - 1] if at else "\n"
    if before == ":":
        return ""
    alone = before == "\n" and text.find("\n", at, at + _SHORT_LINE + 1) >= 0
    if match := _GLOSSARY.match(text, at):
        after = text[match.end() : match.end() + 1]
        return "glossary" if after not in ("。", ",", "的", "、") and (len(match[0]) > 2 or alone) else ""
    if match := _TABLE.match(text, at):
        title = text[match.end() : match.end() + 40]
        if _GLOSSARY.search(title):
            return "glossary"
        if _YEAR.match(title) or _HEAD.search(title) or alone:
            return "tasks" if _TASKS.search(title) else "table"
    return ""


def _annexes(walk: _Walk, text: str, starts: list[int], annex: int) -> None:
    for at in starts[bisect_right(starts, annex - 1) :]:
        kind = _annex_kind(text, at)
        if not kind:
            continue
        mark = _TABLE.match(text, at)
        after = mark.end() if mark and kind != "glossary" else at
        title = _annex_title(text, after)
        year = _YEAR.search(title)
        aimed = kind == "tasks" or (bool(_AIMED.search(title)) and not _DONE.search(title))
        period = year[0] if year else walk.years.plan if aimed else walk.years.review
        walk.headings = []
        walk.head(at, 0, title.strip(":\n"))
        walk.turn(at, kind, period, "target" if aimed else "actual")


def _annex_title(text: str, at: int) -> str:
    line = text.find("\n", at, at + _SHORT_LINE)
    stop = line if line > at else min(len(text), at + _SHORT_LINE)
    glossary = _GLOSSARY.search(text, at, stop)
    if glossary:
        return text[at : glossary.end()]
    head = _HEAD.search(text, at + 4, stop)
    while head and text[head.end() : head.end() + 1] in ("完", "情", "表", "目"):
        head = _HEAD.search(text, head.end(), stop)
    return text[at : head.start() if head else stop]


def _with_terms(text: str, passages: list[Passage]) -> list[Passage]:
    """Cut glossaries at their entries: each speaks of the time of the passage that uses the term."""
    found: list[Passage] = []
    begins = [p.start for p in passages]
    entries, default_period = 0, _first_of(passages, ("plan", "review", "body"))
    for passage in passages:
        if passage.role != "glossary":
            found.append(passage)
            continue
        default = replace(passage, period=default_period, status="actual")
        at, current = passage.start, default
        for start in _SENTENCE_START.finditer(text, passage.start, passage.stop):
            entry = _TERM.match(text, start.end(), passage.stop)
            if not entry:
                continue
            entries += 1
            used = text.find(entry["term"], 0, min(passage.start, _BODY)) if entries <= _MOST_TERMS else -1
            user = passages[bisect_right(begins, used) - 1] if used >= 0 else default
            if (user.period, user.status) != (current.period, current.status) and start.end() > at:
                found.append(replace(current, start=at, stop=start.end()))
                at = start.end()
            current = replace(passage, period=user.period, status=user.status)
        if passage.stop > at:
            found.append(replace(current, start=at, stop=passage.stop))
    return found


def _first_of(passages: list[Passage], roles: tuple[str, ...]) -> str:
    return next((p.period for role in roles for p in passages if p.role == role), "")


# --- titles -------------------------------------------------------------------------------------------------------


def _title_stop(text: str, at: int) -> int:
    """Where the title of a numbered heading ends: at 。 or the line's end, or where the first sentence begins."""
    stop = at
    limit = min(len(text), at + _LONGEST_TITLE + 40)
    while stop < limit and text[stop] not in "。\n！:;":
        stop += 1
    clause = text.find(",", at, stop) + 1
    if (stop < len(text) and text[stop] == "\n") or (not clause and stop - at <= _SHORT_LINE):
        return stop
    clause = clause or at
    for opener in _OPENERS.finditer(text, clause + 6, stop):
        if not _INSIDE.search(text, opener.start() - 3, opener.start()) and opener.end() < stop:
            return opener.start()
    return min(stop, at + _LONGEST_TITLE)


# --- other kinds --------------------------------------------------------------------------------------------------


def _other(text: str, report: Report, years: _Years) -> list[Passage]:
    """A plan, an interview or a piece of news: one mood throughout, but for headings that say otherwise."""
    walk = _Walk(years)
    planned = report.kind == "plan"
    walk.role = "plan" if planned else "body"
    walk.period, walk.status = (years.plan, "target") if planned else (years.review, "actual")
    for at in _sentence_starts(text):
        number = _NUMBER.match(text, at)
        if number and _expected(walk, number):
            _numbered(walk, text, at, number, len(text))
        elif not planned and (at == 0 or text[at - 1] == "\n"):
            line = text.find("\n", at, at + _SHORT_LINE + 1)
            if line > at and text[line - 1] not in "。;！？":
                _mood_heading(walk, at, text[at:line], years)
            elif _INTENDED.match(text, at):
                walk.turn(at, "plan", years.plan, "target")
            elif text[at] not in _BULLETS and walk.role == "plan" and not walk.listed:
                walk.turn(at, "body", years.review, "actual")
    walk.close(len(text))
    return walk.passages


def _mood_heading(walk: _Walk, at: int, line: str, years: _Years) -> None:
    walk.listed = False
    if _MOOD["target"].search(line):
        walk.listed = True
        walk.head(at, 0, line)
        walk.turn(at, "plan", years.plan, "target")
    elif _MOOD["actual"].search(line):
        walk.head(at, 0, line)
        part = _PART_OF_YEAR.search(line)
        year = _YEAR.search(line)
        base = year[0] if year else years.review[:4]
        walk.turn(at, "body", f"{base}-{_PARTS[part[0]]}" if part and base else base or years.review, "actual")
    elif line[0] in _BULLETS and len(line) > 3:
        walk.head(at, 0, line.lstrip(_BULLETS))
        walk.turn(at, "body", years.review, "actual")
