"""Glossaries at the end of reports (名词解释) and the footnote marks in the text that point to them.

Entries are found by their numbers where they have numbers, which count up from 1, and else by the colon behind a term
at the beginning of a sentence. Nothing relies on line breaks: many glossaries reach us as one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Term, TermMention
from pipeline.text.anchors import around

_V = vocabulary("structure")["glossary"]
_HEAD = re.compile(_V["heads"])
_HEAD_END = re.compile(_V["head_ends"])
_LONGEST_HEAD = 60
_WEAK = frozenset(_V["weak"])
_NO_TERM = re.compile("|".join(re.escape(word) for word in _V["no_terms"]))
_ENDS = re.compile(rf"(?<=[。\n])\(?(?:{_V['ends']})")
_NUMBER = re.compile(r"(?:注)?(?P<open>[\[(]?)(?P<number>\d{1,3})(?P<close>[\])][.、:]?|[.、:])")
_TERM = re.compile(r"(?P<term>[^:。,;！？!?\n]{1,40}?)(?P<mark>:\n?|\n)")
_BOUNDARY = re.compile(r"(?<=[。！？!?\n])")
_ANNEX = re.compile(r"附[件录表]\d{0,2}$")
_MARK = re.compile(r"\[(\d{1,3})\]")
_BEFORE = frozenset("。！？!?;；”’)]》\n:…")
_FINAL = frozenset("。！？!?")
_LONGEST_ENTRY = 4000
_LONGEST_TERM = 60
_MOST_HEADS = 20


def find_glossary(text: str) -> list[Term]:
    """The entries of the glossary in a report, in order; none if it has no glossary.

    Where a text breaks off, its last entry has `complete` false.
    """
    tried = 0
    for head in around(_HEAD, _HEAD_END, text, _LONGEST_HEAD):
        if not _opens(text, head):
            continue
        tried += 1
        if tried > _MOST_HEADS:
            break
        start = head.end()
        while start < len(text) and text[start] in ":\n)》":
            start += 1
        spans = _numbered(text, start) or _unnumbered(text, start)
        if len(spans) >= 2:
            return _terms(text, spans)
    return []


def find_mentions(text: str, terms: Sequence[Term]) -> list[TermMention]:
    """The footnote marks ([1] … [30]) in the text before the glossary, each with the entry it points to."""
    index = {term.number: at for at, term in enumerate(terms) if term.number}
    if not index:
        return []
    return [
        TermMention(index[mark[1]], *mark.span(1))
        for mark in _MARK.finditer(text, 0, terms[0].start)
        if mark[1] in index
    ]


def _opens(text: str, head: re.Match[str]) -> bool:
    """Whether these words are the head of a glossary and not part of a sentence."""
    before = text[head.start() - 1] if head.start() else "\n"
    after = text[head.end() : head.end() + 1]
    if head[0] in _WEAK:
        return before == "\n" and after in ("\n", ":")
    placed = before in _BEFORE or _ANNEX.search(text, max(0, head.start() - 6), head.start())
    return bool(placed) and after not in ("", "。", ",", "、", ";")


def _numbered(text: str, start: int) -> list[tuple[Span, int, int]]:
    """(span of the number, where the entry begins behind it, where it ends) of each numbered entry."""
    first = _NUMBER.match(text, start)
    if first is None or first["number"] != "1":
        return []
    found: list[tuple[Span, int, int]] = []
    number, begin = first.span("number"), first.end()
    while True:
        following = _next_number(text, begin, first, len(found) + 2)
        end = following.start() if following else _last_end(text, begin, [span[1:] for span in found])
        found.append((number, begin, end))
        if following is None:
            return found
        number, begin = following.span("number"), following.end()


def _next_number(text: str, start: int, first: re.Match[str], value: int) -> re.Match[str] | None:
    """The number of the next entry, written like the first and behind the end of a sentence."""
    sign = f"{first['open']}{value}{first['close']}"
    limit = min(len(text), start + _LONGEST_ENTRY)
    at = text.find(sign, start, limit)
    while at >= 0:
        begin = at - text.startswith("注", max(at - 1, 0))
        match = _NUMBER.match(text, begin)
        if match and match["number"] == str(value) and text[begin - 1] in _BEFORE:
            term = _TERM.match(text, match.end(), match.end() + _LONGEST_TERM)
            if text[begin - 1] == "\n" or term:
                return match
        at = text.find(sign, at + 1, limit)
    return None


def _unnumbered(text: str, start: int) -> list[tuple[Span, int, int]]:
    """The same for a glossary without numbers: an entry begins where a term with a colon opens a sentence."""
    begins: list[int] = []
    if _is_term(text, start):
        begins.append(start)
    else:
        return []
    end = _ENDS.search(text, start)
    stop = end.start() if end else len(text)
    for boundary in _BOUNDARY.finditer(text, start + 1, stop):
        if _is_term(text, boundary.start(), stop):
            begins.append(boundary.start())
    spans = list(pairwise(begins))
    spans.append((begins[-1], _last_end(text, begins[-1], spans)))
    return [((begin, begin), begin, stop) for begin, stop in spans]


def _is_term(text: str, at: int, stop: int | None = None) -> bool:
    """Whether a term with its colon stands at `at`."""
    term = _TERM.match(text, at, min(len(text), at + _LONGEST_TERM) if stop is None else min(stop, at + _LONGEST_TERM))
    return bool(term) and term is not None and term["mark"][0] == ":" and not _NO_TERM.match(term["term"])


def _last_end(text: str, start: int, before: Sequence[Span]) -> int:
    """Where the last entry ends: it has as many lines as the entries before it, and none of what pages add."""
    lines = max((text.count("\n", a, b - 1) for a, b in before), default=0)
    limit = min(len(text), start + _LONGEST_ENTRY)
    end = _ENDS.search(text, start, limit)
    limit = end.start() if end else limit
    at = start
    for _ in range(lines + 1):
        line = text.find("\n", at, limit)
        if line < 0:
            return limit
        at = line + 1
    return at


def _terms(text: str, spans: Sequence[tuple[Span, int, int]]) -> list[Term]:
    """The entries with term and definition apart."""
    found: list[Term] = []
    for number, begin, end in spans:
        while end > begin and text[end - 1] in "\n ":
            end -= 1
        term, definition = _parts(text, begin, end)
        start = number[0] if number[1] > number[0] else begin
        while start > 0 and number[1] > number[0] and text[start - 1] in "[(注":
            start -= 1
        found.append(
            Term(
                text[slice(*number)],
                *number,
                text[slice(*term)].replace("\n", ""),
                text[slice(*definition)].replace("\n", ""),
                start,
                end,
            )
        )
    last = found[-1]
    closed = sum(term.definition[-1:] in _FINAL for term in found[:-1])
    # Only where the other definitions end with a full stop does a missing one say that the text breaks off.
    if last.definition[-1:] not in _FINAL and 2 * closed > len(found) - 1:
        found[-1] = replace(last, complete=False)
    return found


def _parts(text: str, start: int, stop: int) -> tuple[Span, Span]:
    """The spans of term and definition in an entry."""
    limit = min(stop, start + _LONGEST_TERM)
    for separator in _V["separators"]:
        at = text.find(separator, start, limit)
        if at > start:
            behind = at + len(separator) if separator == ":" else at
            while behind < stop and text[behind] == "\n":
                behind += 1
            return (start, at), (behind, stop)
    line = text.find("\n", start, limit)
    at = line if line > start else limit
    return (start, at), (min(at + (line > start), stop), stop)
