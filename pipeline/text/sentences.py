"""Sentences and clauses of folded text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Sentence, Span

# A full stop ends a sentence wherever it stands; the closing quote or bracket behind it still belongs to it.
_SENTENCE = re.compile(r"[^。！？\n]+(?:[。！？]+[”’」』)]*)?|[。！？]+")
# Commas, semicolons and colons end a clause, but not inside brackets or inside a number or a clock time. One class of
# characters at the beginning is found much faster than an alternation.
_BREAK = re.compile(r"[,;:!?](?!\d(?:(?<=\d:\d)|\d\d(?!\d)(?<=\d,\d{3})))")
_BRACKET = re.compile(r"[()\[\]]")
_IN_NUMBER = frozenset("0123456789.,:")
_HEADINGS = vocabulary("headings")["glued"]
# 二、农业全年粮食产量9万吨: a heading whose line break was lost, and the time or the place with which its text begins.
_GLUED = re.compile(
    rf"[^,;:。\d\n]{{0,24}}?(?<![第、])[一二三四五六七八九十]{{1,3}}、(?![一二三四五六七八九十])(?:[^,;:。\d\n]{{0,12}}?[和与、])?[^,;:。\d\n]{{0,6}}?{any_of(_HEADINGS['ends'])}"
    rf"(?=(?:{any_of(_HEADINGS['before'])}|(?:19|20)\d\d年)(?!(?:同比|比上年)?[增降下上提达为占]))"
)
_FAR = 28
# In characters. The longest sentence of a real report seen so far has 482.
_LONGEST = 2000
_LONGEST_BRACKET = 120


def sentences(text: str) -> list[Sentence]:
    """Sentences of `text` in order. Every character but 。！？ runs and newlines standing alone lies in exactly one.

    A sentence is the quote of every number in it, so a text without full stops is cut into parts of a bounded length.
    """
    breaks, brackets = ([mark.end() for mark in marks.finditer(text)] for marks in (_BREAK, _BRACKET))
    found: list[Sentence] = []
    passed = enclosed = 0
    for start, stop in _spans(text):
        last = bisect_right(breaks, stop, passed)
        ends, passed = breaks[passed:last], last
        if enclosed < len(brackets) and brackets[enclosed] <= stop:
            last = bisect_right(brackets, stop, enclosed)
            ends, enclosed = _outside(text, start, sorted([*ends, *brackets[enclosed:last]])), last
        if not ends or ends[-1] < stop:
            ends.append(stop)
        found.append(Sentence(start, stop, tuple(pairwise([start, *ends]))))
    return found


def _spans(text: str) -> Iterator[Span]:
    """Where the sentences stand, in order."""
    for match in _SENTENCE.finditer(text):
        start, stop = match.span()
        far = start + _FAR
        if text.find("、", start, far if far < stop else stop) > 0 and (glued := _GLUED.match(text, start, stop)):
            yield start, glued.end()
            start = glued.end()
        if stop - start <= _LONGEST:
            yield start, stop
        else:
            yield from _bounded(text, start, stop)


def _bounded(text: str, start: int, stop: int) -> Iterator[Span]:
    """The sentence in parts of at most `_LONGEST` characters, cut behind a mark where there is one."""
    while stop - start > _LONGEST:
        latest = start + _LONGEST
        cut = max(text.rfind(mark, start + _LONGEST // 2, latest) for mark in ";,:、") + 1 or latest
        whole = cut
        # A numeral of usual length stays whole: 1,234 or 12:30 at the edge.
        while text[whole] in _IN_NUMBER and text[whole - 1] in _IN_NUMBER and cut - whole < _LONGEST // 4:
            whole -= 1
        cut = whole if cut - whole < _LONGEST // 4 else cut
        yield start, cut
        start = cut
    yield start, stop


def _outside(text: str, at: int, marks: list[int]) -> list[int]:
    """The offsets behind the marks that end clauses, of those that stand outside brackets; a clause includes its mark."""
    ends = []
    depth = 0
    for end in marks:
        mark = text[end - 1]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 or end - at > _LONGEST_BRACKET + 1:
            # A bracket that never closes must not swallow the rest of the report.
            ends.append(end)
            at, depth = end, 0
    return ends
