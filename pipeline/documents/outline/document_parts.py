"""The passages of a document in parts, by its headings and by the sentences that turn to another time.

A reading is held against what such a document must have. One that makes no sense is read again: first as if no heading
stood there, so that sentences decide, then cut where talk of what was done gives way to talk of what is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.documents.outline.annexes import add_annexes, annex_start
from pipeline.documents.outline.outline_words import (
    DIGITS,
    NUMBER,
    NUMBER_BEGINS,
    PLAN_NAME,
    PLAN_ROLES,
    SENTENCE_START,
    YEAR,
)
from pipeline.documents.outline.part_titles import (
    TitleWords,
    are_possible,
    is_ahead,
    is_of_year,
    roles_named,
    segments_of,
    several_years,
    title_at,
    title_stop,
    title_words,
)
from pipeline.documents.outline.sense import makes_sense, turning_point, with_doubt
from pipeline.documents.outline.walk import Walk
from pipeline.documents.outline.years import Years
from pipeline.documents.profiles import Profile
from pipeline.knowledge import vocabulary
from pipeline.models import Passage
from pipeline.prefilter import Characters, filtered
from pipeline.text.chinese_numbers import small_number

_WORDS = vocabulary("headings")
_GLUED_NUMBER = re.compile(rf"\((?<=[^\W\d_]\()(?P<two>[{DIGITS}]{{1,3}})\)(?=[^,、)\W])")
_ADDRESS, _ADDRESS_BEGINS = re.compile(_WORDS["address"]), Characters(_WORDS["address"])
_SWITCHES = {role: filtered(_WORDS["switches"][role]) for role in ("review", "review_years", "plan", "plan_years")}
_OF_YEARS = re.compile(_WORDS["switches"]["of_years"])
_PARAGRAPH = re.compile(_WORDS["switches"]["review_paragraph"])
# The year of a horizon, and how many years ahead it makes a plan of several.
_HORIZON = re.compile(r"到(20\d\d)年")
_FAR_AHEAD = 3
# “十四五”以来: what was done so far of a plan that still runs.
_SINCE = "以来"
_DRAFTED = re.compile(_WORDS["switches"]["drafted"])
_PLAN_OPENING = re.compile(_WORDS["switches"]["plan_opening"])
_PROBLEMS = filtered(_WORDS["switches"]["problems"])
_PROBLEM_NOUNS = re.compile(_WORDS["switches"]["problems_nouns"])
_CLOSING = re.compile(_WORDS["switches"]["closing"])
_MEANT = re.compile(_WORDS["extract_plan"])
_SAID_DONE = re.compile(_WORDS["extract_review"])
_EXTRACT = 3000
_DEPARTMENT_DRAFT = re.compile(vocabulary("documents")["department_draft"])
_TITLE = 200
# How sure a reading is that rests on sentences alone, on moods alone, or that makes no sense.
_BY_SENTENCES, _BY_MOOD, _NO_SENSE = 0.8, 0.6, 0.5
# Marks of layout before a heading: those of Markdown and of pages, bullets, brackets, an Arabic number before a year.
_MARKUP = re.compile(
    r"(?:[#*>■◆●▶★◎▲【\[《—–·]|</?[a-z][^<>]{0,100}>|&[a-z]{2,6};|\d{1,2}[.、](?=(?:19|20)\d\d年))+(?=\S)"
)
_MARKUP_BEGINS = Characters(_MARKUP.pattern)
# The parts in which a numbered sentence may open another.
_MAY_TURN = ("front", "review", "review_years", "plan_years")
_REVIEWS = ("review", "review_years", "problems")


def of_parts(text: str, years: Years, known: Profile) -> list[Passage]:
    """The passages, in order and without gaps; `sure` is lower where no reading makes sense."""
    starts = sentence_starts(text)
    annex = annex_start(text, starts)
    words = title_words(known.kind)
    marked = any(
        _is_marked(words, text, _behind_markup(text, at), end)
        for at, end in zip(starts, [*starts[1:], len(text)], strict=True)
        if at < annex
    )
    first = _walked(text, years, known, starts, annex, marked)
    if known.title_year == "review" and _DEPARTMENT_DRAFT.search(text, 0, _TITLE):
        return [replace(passage, role="plan", period=years.plan, status="target") for passage in first]
    if makes_sense(first, known):
        return first
    second = _walked(text, years, known, starts, annex, marked=False) if marked else first
    if makes_sense(second, known):
        return with_doubt(second, _BY_SENTENCES)
    cut = turning_point(text, starts, annex)
    third = _walked(text, years, known, starts, annex, marked, cut) if cut else first
    return with_doubt(third, _BY_MOOD) if cut and makes_sense(third, known) else with_doubt(first, _NO_SENSE)


def _is_marked(words: TitleWords, text: str, at: int, end: int) -> bool:
    number = NUMBER.match(text, at) if NUMBER_BEGINS[text[at : at + 1]] else None
    return bool(title_at(words, text, number.end() if number else at, end, numbered=number is not None))


def _walked(
    text: str, years: Years, known: Profile, starts: list[int], annex: int, marked: bool, cut: int = 0
) -> list[Passage]:
    """One reading. marked: whether headings decide where parts begin; cut: where the plan is known to begin."""
    walk = Walk(years, known)
    closing = _closing_start(text, starts, annex)
    if not marked and not cut and not years.review_years and known.address and _first_role(text) == "plan":
        walk.role, walk.period, walk.status = "plan", years.plan, "target"
    if cut and walk.role == "front":
        walk.role = "review"
    for index, at in enumerate(starts):
        if at >= annex:
            break
        end = min(starts[index + 1] if index + 1 < len(starts) else len(text), annex)
        if at == closing:
            walk.turn(at, "closing", years.of("closing"), "target")
            walk.headings = []
        elif walk.role != "closing":
            if at == cut and cut:
                walk.turn(at, "plan", years.plan, "target")
            _sentence(walk, text, at, end, marked)
    add_annexes(walk, text, starts, annex)
    walk.close(len(text))
    return walk.passages


def sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence begins, and inside them numbered headings glued to what stands before."""
    starts = {0, *(match.end() for match in SENTENCE_START.finditer(text))} - {len(text)}
    starts.update(match.start() for match in _GLUED_NUMBER.finditer(text))
    return sorted(starts)


def _first_role(text: str) -> str:
    """What an extract without part titles is about: the plan if it speaks of what will be done."""
    meant, done = (len(words.findall(text, 0, _EXTRACT)) for words in (_MEANT, _SAID_DONE))
    return "plan" if meant > 2 * done else "review"


def _behind_markup(text: str, at: int) -> int:
    """Where the words of a heading begin behind marks of its layout."""
    mark = _MARKUP.match(text, at) if _MARKUP_BEGINS[text[at : at + 1]] else None
    return mark.end() if mark else at


def _sentence(walk: Walk, text: str, at: int, end: int, marked: bool) -> None:
    """Read one sentence of the body: a heading, a change of time, or neither."""
    if walk.looked_back and text[at - 1 : at] == "\n":
        walk.turn(at, "plan_years", walk.years.plan_years, "target")
        walk.looked_back = False
    at = min(_behind_markup(text, at), end - 1)
    number = NUMBER.match(text, at) if NUMBER_BEGINS[text[at : at + 1]] else None
    if number and (is_expected(walk, number) or title_at(walk.words, text, number.end(), end, numbered=True)):
        open_number(walk, text, at, number, end)
        return
    if number is None and (stop := title_at(walk.words, text, at, end)):
        title = text[at:stop]
        segments = segments_of(walk.words, title, walk.years)
        if are_possible(segments, walk.years) and segments[0] != (walk.role, walk.period):
            walk.head(at, 0, title)
            walk.numbers = {1: 0, 2: 0}
            _enter(walk, at, segments)
            _switch(walk, text, stop, at, end, marked)
            return
    address = _ADDRESS.match(text, at) if _ADDRESS_BEGINS[text[at : at + 1]] else None
    _switch(walk, text, address.end() if address else at, at, end, marked)


def is_expected(walk: Walk, number: re.Match[str]) -> bool:
    """Numbers that go on counting, or begin anew, are headings; others are lists inside a sentence."""
    level, text = (1, number["one"]) if number["one"] else (2, number["two"])
    if text is None:
        return True
    value = small_number(text)
    return value == 1 or 0 < value - walk.numbers[level] <= 2


def open_number(walk: Walk, text: str, at: int, number: re.Match[str], end: int) -> None:
    """Open the heading that a number begins at `at`, and turn to the part that its title names, if it names one."""
    level = 1 if number["one"] else 2 if number["two"] else 0
    if level:
        walk.numbers[level] = small_number(number[level])
    after = number.end()
    stop = title_at(walk.words, text, after, end, numbered=True)
    walk.head(at, level, text[at : stop or title_stop(text, after)])
    if stop:
        _enter(walk, at, segments_of(walk.words, text[after:stop], walk.years))
        _switch(walk, text, stop, at, end, True)
    elif walk.role == "problems":
        walk.turn(at, "plan", walk.years.plan, "target")
    elif walk.role in _MAY_TURN:
        _open_sentence(walk, text, at, after, end, level)


def _open_sentence(walk: Walk, text: str, at: int, after: int, end: int, level: int) -> None:
    """Turn where a numbered sentence stands for a title and begins with the time that it is about.

    一、过去五年,我们奋力前行; 三、今后五年,我们要….
    """
    years = walk.years
    back = walk.role != "plan_years"
    if back and (over := _SWITCHES["review_years"].match(text, after, end)) and not is_ahead(over[0], years):
        walk.turn(at, "review_years", several_years(over[0], "review", years), "actual")
    elif (
        level == 1
        and (ahead := _SWITCHES["plan_years"].match(text, after, end))
        and (is_ahead(ahead[0], years) or not PLAN_NAME.search(ahead[0]))
    ):
        walk.turn(at, "plan_years", several_years(ahead[0], "plan", years), "target")
    elif level == 1 and (plan := _SWITCHES["plan"].match(text, after, end)) and is_of_year(plan[0], years.plan):
        walk.turn(at, "plan", years.plan, "target")


def _enter(walk: Walk, at: int, segments: list[tuple[str, str]]) -> None:
    if segments:
        walk.part = walk.headings[-1][0]
        role, period = segments[0]
        walk.turn(at, role, period, "target" if role in PLAN_ROLES else "actual")


def _switch(walk: Walk, text: str, at: int, begin: int, end: int, marked: bool) -> None:
    """Change role or period where the sentence from `at` says so; the passage then begins at `begin`."""
    years = walk.years
    if walk.role == "front":
        # Under a heading that names no time (一、圆满收官,事业有了新突破) sentences say what is looked back on.
        if (match := _SWITCHES["review_years"].match(text, at, end)) and not is_ahead(match[0], years):
            walk.turn(begin, "review_years", several_years(match[0], "review", years), "actual")
    elif walk.role in _REVIEWS:
        if _looks_ahead(walk, text, at, end, marked and not walk.looked_back):
            walk.looked_back = False
            return
        if (
            walk.role != "problems"
            and _PROBLEMS.search(text, at, min(end, at + 60))
            and _PROBLEM_NOUNS.search(text, at, end)
        ):
            walk.turn(begin, "problems", years.review, "actual")
        elif (match := _SWITCHES["review_years"].match(text, at, end)) and (
            match[0].endswith(_SINCE) or not is_ahead(match[0], years)
        ):
            walk.turn(begin, "review_years", several_years(match[0], "review", years), "actual")
        elif (
            (match := _of_the_year(text, at, begin, end))
            and is_of_year(match[0], years.review)
            and not (walk.role == "review_years" and YEAR.match(text, at) and _OF_YEARS.search(text, at, end))
        ):
            walk.turn(begin, "review", years.review, "actual")
    elif walk.role in PLAN_ROLES:
        if (match := _SWITCHES["plan"].match(text, at, end)) and is_of_year(match[0], years.plan):
            walk.turn(begin, "plan", years.plan, "target")
        elif (
            (match := _SWITCHES["plan_years"].match(text, at, end))
            and walk.role == "plan"
            and not walk.inside(2)
            and not _is_near(match[0], years)
        ):
            walk.turn(begin, "plan_years", several_years(match[0], "plan", years), "target")
        elif (
            walk.role == "plan_years"
            and walk.known.times == "window"
            and text[begin - 1 : begin] == "\n"
            and (match := _SWITCHES["review_years"].match(text, at, end))
            and PLAN_NAME.search(match[0])
            and not is_ahead(match[0], years)
        ):
            # A plan without headings looks back in paragraphs that open with the plan before.
            walk.turn(begin, "review_years", several_years(match[0], "review", years), "actual")
            walk.looked_back = True


def _is_near(said: str, years: Years) -> bool:
    """Whether a horizon (到2030年) is so near that the sentence alone is about it, and not a plan of several years."""
    horizon = _HORIZON.match(said)
    return bool(horizon) and bool(years.given) and int(horizon[1]) < years.given + _FAR_AHEAD  # type: ignore[index]


def _of_the_year(text: str, at: int, begin: int, end: int) -> re.Match[str] | None:
    """The words that turn a review to its year; more of them where they open a paragraph."""
    match = _SWITCHES["review"].match(text, at, end)
    return match or (_PARAGRAPH.match(text, at, end) if text[begin - 1 : begin] == "\n" else None)


def _looks_ahead(walk: Walk, text: str, at: int, end: int, marked: bool) -> bool:
    """Enter the plan where a title names review and plan together, or where there are no titles at all."""
    years = walk.years
    both = any(
        level == 0 or level == 1
        for level, title in walk.headings
        if roles_named(walk.words, title) == {"review", "plan"}
    )
    if not both and marked:
        return False
    if (match := _DRAFTED.search(text, at, end)) and is_ahead(match[0], years):
        walk.turn(at, "plan_years", several_years(match[0], "plan", years), "target")
        return True
    if (match := _SWITCHES["plan_years"].match(text, at, end)) and (
        is_ahead(match[0], years) or not PLAN_NAME.search(match[0])
    ):
        walk.turn(at, "plan_years", several_years(match[0], "plan", years), "target")
        return True
    if (
        (match := _SWITCHES["plan"].match(text, at, end))
        and is_of_year(match[0], years.plan)
        and (_PLAN_OPENING.search(text, at, end))
    ):
        walk.turn(at, "plan", years.plan, "target")
        return True
    return False


def _closing_start(text: str, starts: list[int], annex: int) -> int:
    """Where the last address to the deputies begins, if a peroration follows it."""
    for at in reversed(starts[: bisect_right(starts, annex - 1)]):
        if at < annex * 0.7:
            break
        if _ADDRESS.match(text, at) and _CLOSING.search(text, at, min(annex, at + 400)):
            return at
    return -1
