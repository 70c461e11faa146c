"""What stands behind the body of a report: tables, lists of tasks, glossaries."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.documents.outline.at_offset import passage_index
from pipeline.documents.outline.outline_words import SENTENCE_START, SHORT_LINE, YEAR
from pipeline.documents.outline.walk import Walk
from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage
from pipeline.prefilter import Characters

_WORDS = vocabulary("headings")
_ANNEXES = _WORDS["annexes"]
_GLOSSARY = re.compile(_ANNEXES["glossary"])
_TABLE = re.compile(rf"(?:{_ANNEXES['table']})(?=(?:19|20)\d\d年|[^\d表件录后]):?\n?")
_BEGINS = Characters(f"(?:{_GLOSSARY.pattern})|{_TABLE.pattern}")
_TASKS = re.compile(_ANNEXES["tasks"])
_DONE = re.compile(_ANNEXES["actual"])
_AIMED = re.compile(_ANNEXES["target"])
_HEAD = re.compile(_ANNEXES["head"])
_TERM = re.compile(
    rf"(?:\d{{1,3}}[.、]|\[\d{{1,3}}\])?[“《]?(?P<term>[^:。,;\n]{{2,24}}?)[”》]?{any_of(_ANNEXES['meaning'])}"
)
# Bounds on how much of the body is searched for the terms of a glossary.
_MOST_TERMS = 400
_BODY = 200_000


def annex_start(text: str, starts: list[int]) -> int:
    """Where the annexes begin: the first marker of one in the last part of the text."""
    for at in starts[bisect_right(starts, len(text) * 2 // 5) :]:
        if _annex_kind(text, at):
            return at
    return len(text)


def _annex_kind(text: str, at: int) -> str:
    """What annex begins at `at`: table, glossary, tasks, or empty."""
    before = text[at - 1] if at else "\n"
    if before == ":" or not _BEGINS[text[at : at + 1]]:
        return ""
    alone = before == "\n" and text.find("\n", at, at + SHORT_LINE + 1) >= 0
    if match := _GLOSSARY.match(text, at):
        after = text[match.end() : match.end() + 1]
        return "glossary" if after not in ("。", ",", "的", "、") and (len(match[0]) > 2 or alone) else ""
    if match := _TABLE.match(text, at):
        title = text[match.end() : match.end() + 40]
        if _GLOSSARY.search(title):
            return "glossary"
        if YEAR.match(title) or _HEAD.search(title) or alone:
            return "tasks" if _TASKS.search(title) else "table"
    return ""


def add_annexes(walk: Walk, text: str, starts: list[int], annex: int) -> None:
    """Turn to each annex where it begins; the first is at `annex`."""
    for at in starts[bisect_right(starts, annex - 1) :]:
        kind = _annex_kind(text, at)
        if not kind:
            continue
        mark = _TABLE.match(text, at)
        after = mark.end() if mark and kind != "glossary" else at
        title = _annex_title(text, after)
        year = YEAR.search(title)
        aimed = kind == "tasks" or (bool(_AIMED.search(title)) and not _DONE.search(title))
        period = year[0] if year else walk.years.plan if aimed else walk.years.review
        walk.headings = []
        walk.head(at, 0, title.strip(":\n"))
        walk.turn(at, kind, period, "target" if aimed else "actual")


def _annex_title(text: str, at: int) -> str:
    line = text.find("\n", at, at + SHORT_LINE)
    stop = line if line > at else min(len(text), at + SHORT_LINE)
    glossary = _GLOSSARY.search(text, at, stop)
    if glossary:
        return text[at : glossary.end()]
    head = _HEAD.search(text, at + 4, stop)
    while head and text[head.end() : head.end() + 1] in ("完", "情", "表", "目"):
        head = _HEAD.search(text, head.end(), stop)
    return text[at : head.start() if head else stop]


def with_terms(text: str, passages: list[Passage]) -> list[Passage]:
    """Cut glossaries at their entries: each speaks of the time of the passage that uses the term."""
    found: list[Passage] = []
    entries, default_period = 0, _first_of(passages, ("plan", "review", "body"))
    for passage in passages:
        if passage.role != "glossary":
            found.append(passage)
            continue
        default = replace(passage, period=default_period, status="actual")
        at, current = passage.start, default
        for start in SENTENCE_START.finditer(text, passage.start, passage.stop):
            entry = _TERM.match(text, start.end(), passage.stop)
            if not entry:
                continue
            entries += 1
            used = text.find(entry["term"], 0, min(passage.start, _BODY)) if entries <= _MOST_TERMS else -1
            user = passages[passage_index(passages, used)] if used >= 0 else default
            if (user.period, user.status) != (current.period, current.status) and start.end() > at:
                found.append(replace(current, start=at, stop=start.end()))
                at = start.end()
            current = replace(passage, period=user.period, status=user.status)
        if passage.stop > at:
            found.append(replace(current, start=at, stop=passage.stop))
    return found


def _first_of(passages: list[Passage], roles: tuple[str, ...]) -> str:
    return next((p.period for role in roles for p in passages if p.role == role), "")
