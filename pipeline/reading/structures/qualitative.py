"""Targets without a number: 居民收入与经济增长同步, 实现正增长, 完成省下达的任务.

They are looked for where a report lists its main expected targets, and in the rows of tables that have words in place
of a number. So a reader can tell “stated without a number” from “not stated” and from “no list found”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage, Span
from pipeline.prefilter import Signs, signs_needed
from pipeline.reading.structures import QualitativeTarget, Table
from pipeline.text.anchors import around

_WORDS = vocabulary("relations")
_PATTERNS = [(relation["id"], pattern) for relation in _WORDS["relations"] for pattern in relation["patterns"]]
_NEEDED = [[signs for signs in [signs_needed(pattern)] if signs] for _, pattern in _PATTERNS]
_SIGNS = Signs(signs for needed in _NEEDED for signs in needed)
# Each with the signs that a text which states it has.
_RELATIONS = [
    (name, re.compile(pattern), _SIGNS.bits(needed)) for (name, pattern), needed in zip(_PATTERNS, _NEEDED, strict=True)
]


_LIST = re.compile(rf"(?:{'|'.join(_WORDS['list_cues'])})\n?{any_of(_WORDS['list_verbs'])}\n?")
_LIST_NOUN = re.compile(any_of(_WORDS["list_nouns"]))
_LONGEST_CUE = 40
_NOT_LIST = re.compile(any_of(_WORDS["not_list"]))
_ITEM = re.compile(r"[^,;。！？\n]+")
_LEADING = re.compile(rf"(?:(?:\d{{4}}年|{any_of(_WORDS['leading'])}):?)+")
_TRAILING = re.compile(rf"{any_of(_WORDS['trailing'])}+$")
_JOINT = re.compile(any_of(_WORDS["joints"]))
_NUMBER = re.compile(r"\d")
_BEFORE_NUMBER = re.compile(
    rf"[^\d]{{2,40}}?(?={any_of(_WORDS['before_value'])}*[在到为]?[^\d、,;]{{0,2}}\d+[.\d]*(?![.\d]*[A-Za-z]))"
)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
# Longer items are prose, not targets.
_LONGEST_ITEM = 120
_LONGEST_LIST = 1500
_BULLETS = ("—", "-", "•", "●")
_REVIEW = frozenset({"front", "review", "review_years", "problems", "glossary"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation found in a text: its name, to what it refers, and the spans of match and indicator (relative)."""

    relation: str
    reference: str
    start: int
    stop: int
    indicator: Span


def find_relation(text: str) -> Relation | None:
    """The relation that `text` states in words, such as 居民收入与经济增长基本同步, or None.

    `text` is one item of a list, without commas; longer than 120 characters gives None.
    """
    if len(text) > _LONGEST_ITEM:
        return None
    best: tuple[str, re.Match[str]] | None = None
    signs = _SIGNS.of(text)
    for relation, pattern, needed in _RELATIONS:
        match = pattern.search(text) if needed & signs == needed else None
        if match and (best is None or match.start() < best[1].start()):
            best = relation, match
    if best is None:
        return None
    relation, match = best
    indicator = match.span("indicator") if "indicator" in match.re.groupindex else (0, match.start())
    return Relation(relation, match["reference"].removesuffix("的"), match.start(), match.end(), indicator)


def find_target_lists(text: str, passages: Sequence[Passage]) -> list[Span]:
    """Where the main expected targets are listed, in order; empty if no list is found.

    A list is the sentence behind 主要预期目标是 with the sentences of its paragraph that go on with targets, and the lines
    after it that begin with a dash. It must have two items at least, and must not stand in the part that looks back.
    """
    return [(start, stop) for _, start, stop in opened_lists(text, passages)]


def opened_lists(text: str, passages: Sequence[Passage] = (), least: int = 2) -> Iterator[tuple[int, int, int]]:
    """The same, each with the offset of the words that open it, of at least so many items."""
    at = 0
    for cue in around(_LIST, _LIST_NOUN, text, _LONGEST_CUE):
        if cue.start() < at or _role(passages, cue.start()) in _REVIEW:
            continue
        stop = _list_stop(text, cue.end(), least)
        if stop > cue.end():
            yield cue.start(), cue.end(), stop
            at = stop


def find_qualitative_targets(
    text: str, passages: Sequence[Passage], lists: Sequence[Span], tables: Sequence[Table] = ()
) -> list[QualitativeTarget]:
    """The targets without a number in the lists of main targets and in the tables, in order of the text."""
    targets: list[QualitativeTarget] = []
    for start, stop in lists:
        targets.extend(_targets_of(text, start, stop, _period(passages, start)))
    for table in tables:
        for row in table.rows:
            stated = find_relation(row.words) if row.words else None
            if stated:
                targets.append(
                    QualitativeTarget(
                        row.indicator,
                        row.indicator_start,
                        row.indicator_stop,
                        stated.relation,
                        stated.reference,
                        _period_of(table.title),
                        text[row.indicator_start : row.words_stop],
                        row.indicator_start,
                        row.words_stop,
                    )
                )
    return sorted(targets, key=lambda target: (target.start, target.indicator_start))


def _list_stop(text: str, start: int, least: int) -> int:
    """Where the list that begins at `start` ends; `start` itself if there is none."""
    stop = items = 0
    at = start
    while at < len(text) and at - start < _LONGEST_LIST:
        end = _sentence_stop(text, at)
        sentence = text[at:end]
        good, all_items = _count_targets(sentence)
        if 2 * good <= all_items or (at > start and _NOT_LIST.match(sentence)):
            break
        items += good
        stop = end
        at = end + 1
        if text.startswith("\n", end) or text.startswith("\n", at):
            at = end + 1 if text.startswith("\n", end) else at + 1
            if not text.startswith(_BULLETS, at):
                break
    return stop if items >= least else start


def _sentence_stop(text: str, start: int) -> int:
    """The offset of the 。 or newline that ends the sentence at `start`."""
    ends = [at for mark in "。\n" if (at := text.find(mark, start, start + _LONGEST_LIST)) >= 0]
    return min(ends, default=min(len(text), start + _LONGEST_LIST))


def _count_targets(sentence: str) -> tuple[int, int]:
    """How many items of a sentence state a target, and how many there are."""
    items = [item[0] for item in _ITEM.finditer(_FOOTNOTE.sub("", _BRACKETED.sub("", sentence)))]
    good = sum(1 for item in items if _NUMBER.search(item) or find_relation(item))
    return good, len(items)


def _targets_of(text: str, start: int, stop: int, period: str) -> Iterator[QualitativeTarget]:
    """The targets without a number in one list."""
    spans: list[Span] = []
    for item in _ITEM.finditer(text, start, stop):
        stated = find_relation(item[0])
        if stated is None or _NUMBER.search(item[0][stated.start : stated.stop]):
            spans = _indicators(text, item.start(), item.end())[:1]
            continue
        begin, end = stated.indicator
        # 力争更好结果 names nothing: it speaks of the indicator of the item before.
        spans = _indicators(text, item.start() + begin, item.start() + end) or spans
        for relation in _relations_of(item[0], stated):
            for at, to in spans:
                yield QualitativeTarget(
                    text[at:to], at, to, relation.relation, relation.reference, period, item[0], *item.span()
                )


def _relations_of(item: str, first: Relation) -> Iterator[Relation]:
    """The relation of an item, and a second one that is joined to it (高于财力增速、高于周边平均水平)."""
    yield first
    if item[first.stop : first.stop + 1] == "、":
        second = find_relation(item[first.stop + 1 :])
        if second and second.start == 0:
            yield second


def _indicators(text: str, start: int, stop: int) -> list[Span]:
    """The indicators that are named in `text[start:stop]` before its first number, joined by 、 or 和."""
    before_number = _BEFORE_NUMBER.match(text, start, stop)
    start, stop = _trim(text, start, before_number.end() if before_number else stop)
    if stop <= start:
        return []
    pieces: list[Span] = []
    at = start
    for joint in _JOINT.finditer(text, start, stop):
        pieces.append((at, joint.start()))
        at = joint.end()
    pieces.append((at, stop))
    pieces = [_trim(text, *piece) for piece in pieces]
    # 水、土壤等环境质量; 甲河、乙河干流水质; 反映资源节约和环境质量的各项指标: one thing and not several.
    at, to = pieces[-1]
    short = min(b - a for a, b in pieces)
    if short < 2 or (short <= 3 and to - at >= 6) or "的" in text[at:to]:
        return [(start, stop)]
    return pieces


def _trim(text: str, start: int, stop: int) -> Span:
    """The span without the words around an indicator that are no part of its name."""
    leading = _LEADING.match(text, start, stop)
    if leading and leading.end() < stop:
        start = leading.end()
    trailing = _TRAILING.search(text[start:stop])
    if trailing and trailing.start() > 0:
        stop = start + trailing.start()
    return start, stop


def _at(passages: Sequence[Passage], offset: int) -> Passage | None:
    return next((passage for passage in passages if passage.start <= offset < passage.stop), None)


def _role(passages: Sequence[Passage], offset: int) -> str:
    passage = _at(passages, offset)
    return passage.role if passage else ""


def _period(passages: Sequence[Passage], offset: int) -> str:
    passage = _at(passages, offset)
    return passage.period if passage else ""


def _period_of(title: str) -> str:
    year = re.search(r"(?:19|20)\d{2}(?=年)", title)
    return year[0] if year else ""
