"""The passages of documents in one mood: plans, articles, announcements, interviews."""

from __future__ import annotations

import re

from pipeline.documents.outline.document_parts import is_expected, open_number, sentence_starts
from pipeline.documents.outline.outline_words import NUMBER, PART_OF_YEAR, PARTS, PLAN_ROLES, SHORT_LINE, YEAR
from pipeline.documents.outline.walk import Walk
from pipeline.documents.outline.years import Years
from pipeline.documents.profiles import Profile
from pipeline.knowledge import vocabulary
from pipeline.meaning.calendar import within
from pipeline.models import Passage

_WORDS = vocabulary("headings")
_INTENDED = re.compile(_WORDS["mood_paragraphs"])
_MOOD = {status: re.compile(words) for status, words in _WORDS["mood_headings"].items()}
_BULLETS = "▶■◆●★◎▲"
# 2021年,在…下,全市…; 过去一年,…
_PAST_YEAR = re.compile(_WORDS["switches"]["past_year"])


def of_moods(text: str, years: Years, known: Profile) -> list[Passage]:
    """One mood throughout, but for headings and paragraphs that say otherwise."""
    walk = Walk(years, known)
    planned = walk.role in PLAN_ROLES
    for at in sentence_starts(text):
        number = NUMBER.match(text, at)
        if number and is_expected(walk, number):
            open_number(walk, text, at, number, len(text))
        elif planned:
            _look_back(walk, text, at, years)
        elif at == 0 or text[at - 1] == "\n":
            line = text.find("\n", at, at + SHORT_LINE + 1)
            if line > at and text[line - 1] not in "。;！？":
                _mood_heading(walk, at, text[at:line], years)
            elif _INTENDED.match(text, at):
                walk.turn(at, "plan", years.plan, "target")
            elif text[at] not in _BULLETS and walk.role == "plan" and not walk.listed:
                walk.turn(at, "body", years.review, "actual")
    walk.close(len(text))
    return walk.passages


def _look_back(walk: Walk, text: str, at: int, years: Years) -> None:
    """In a plan for a year: a paragraph that opens with a year before tells how that one went, up to the year planned."""
    planned = years.plan[:4]
    opens = at == 0 or text[at - 1] == "\n"
    if walk.role == "body" and (opens or text.startswith(f"{planned}年", at)):
        walk.turn(at, "plan", years.plan, "target")
    told = _PAST_YEAR.match(text, at) if opens and len(years.plan) == 4 else None
    if told and (year := told["year"] or str(int(planned) - 1)) < planned:
        walk.turn(at, "body", year, "actual")


def _mood_heading(walk: Walk, at: int, line: str, years: Years) -> None:
    walk.listed = False
    if _MOOD["target"].search(line):
        walk.listed = True
        walk.head(at, 0, line)
        walk.turn(at, "plan", years.plan, "target")
    elif _MOOD["actual"].search(line):
        walk.head(at, 0, line)
        part = PART_OF_YEAR.search(line)
        year = YEAR.search(line)
        base = year[0] if year else years.review[:4]
        told = year[0] if year else years.review
        walk.turn(at, "body", within(base, PARTS[part[0]]) if part and base else told, "actual")
    elif line[0] in _BULLETS and len(line) > 3:
        walk.head(at, 0, line.lstrip(_BULLETS))
        walk.turn(at, "body", years.review, "actual")
