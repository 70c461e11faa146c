"""The parts of a report: headings, what is review and what is plan, and the time that each passage speaks of.

Many reports reach us as one line with their headings glued to the text, so nothing here relies on line breaks: a part
begins where a title of the known build, a number or an opening phrase stands at the beginning of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.documents.outline.annexes import with_terms
from pipeline.documents.outline.document_parts import of_parts
from pipeline.documents.outline.moods import of_moods
from pipeline.documents.outline.years import Years, years_of
from pipeline.documents.profiles import Profile, profile
from pipeline.models import Passage, Report


def outline(text: str, report: Report) -> list[Passage]:
    """Passages of `text`, the folded text of one report, in order and without gaps (none for an empty text)."""
    if not text:
        return []
    years = years_of(text, report)
    known = profile(report.kind)
    passages = _LAYOUTS[known.layout](_YEAR.sub(_in_digits, text), years, known)
    written = {_in_digits(year): year[0] for year in _YEAR.finditer(text)}
    if written:
        passages = [replace(one, section=_as_written(one.section, written)) for one in passages]
    return with_terms(text, passages)


def _in_digits(year: re.Match[str]) -> str:
    """一九九八年 as 1998年, which has as many characters."""
    return year[0].translate(_DIGITS)


def _as_written(section: str, written: Mapping[str, str]) -> str:
    for digits, year in written.items():
        section = section.replace(digits, year)
    return section


def doubt(passages: Sequence[Passage]) -> str:
    """A note where the parts are uncertain; empty if they are not."""
    unsure = [one for one in passages if one.sure < 1]
    return _DOUBT if unsure else ""


_YEAR = re.compile("(?:一[八九]|二[〇○零])[〇○零一二三四五六七八九]{2}年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DOUBT = "It is uncertain which part looks back and which looks ahead: status and period may be wrong"
_LAYOUTS: dict[str, Callable[[str, Years, Profile], list[Passage]]] = {"parts": of_parts, "moods": of_moods}
