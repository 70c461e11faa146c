"""Sentences and clauses of folded text."""

from __future__ import annotations

import re

from pipeline.models import Sentence, Span

# A full stop ends a sentence wherever it stands; the closing quote or bracket behind it still belongs to it.
_SENTENCE = re.compile(r"[^。！？\n]+(?:[。！？]+[”’」』)]*)?|[。！？]+")
# Commas, semicolons and colons end a clause, but not inside brackets or inside a number or a clock time.
_BREAK = re.compile(r"[(\[]|[)\]]|[,;:!?](?!\d{3}(?!\d)(?<=\d,\d{3}))")


def sentences(text: str) -> list[Sentence]:
    """Sentences of `text` in order. Every character but 。！？ runs and newlines standing alone lies in exactly one."""
    found = []
    for match in _SENTENCE.finditer(text):
        start, stop = match.span()
        found.append(Sentence(start, stop, _clauses(text, start, stop)))
    return found


def _clauses(text: str, start: int, stop: int) -> tuple[Span, ...]:
    """Split at commas, semicolons and colons outside brackets; a clause includes the mark that ends it."""
    clauses: list[Span] = []
    depth, at = 0, start
    for match in _BREAK.finditer(text, start, stop):
        mark = match[0]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 or match.start() - at > _LONGEST_BRACKET:
            # A bracket that never closes must not swallow the rest of the report.
            clauses.append((at, match.end()))
            at, depth = match.end(), 0
    if at < stop:
        clauses.append((at, stop))
    return tuple(clauses)


_LONGEST_BRACKET = 120
