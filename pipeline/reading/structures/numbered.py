"""The numbers that open the items of a list: 一、 (一) 1. (1) 一是."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents.outline import passage_at
from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage, Span
from pipeline.text.chinese_numbers import small_number

CHINESE = "一二三四五六七八九十"
MARKER = re.compile(
    rf"(?P<l1>[{CHINESE}]{{1,3}})、(?=[^{CHINESE}、])"
    rf"|\((?P<l2>[{CHINESE}]{{1,3}})\)、?(?=[^,、)])"
    r"|(?P<l3>(?<!\d)\d{1,3})[.、](?=[^\d、])"
    r"|\((?P<l4>\d{1,3})\)、?(?=[^,、)])"
    rf"|(?P<l5>第?[{CHINESE}]{{1,3}})[是要](?=[^,。否])"
)
# Before a number stands the end of a sentence; (一) may stand anywhere, where it goes on.
_BEFORE = {
    1: "。！？!?;:”)]》\n",
    2: "。！？!?;:,”)]》\n",
    3: "。！？!?;:”)]》\n",
    4: "。！？!?;:,”)]》\n",
    5: "。！？!?;:”)]》\n",
}
_MAY_BEGIN = re.compile(rf"[{CHINESE}第(\d]")
# Inside a stretch of the text, where only one in brackets may stand behind a word.
_BEGINS_INSIDE = re.compile(rf"[{CHINESE}第(\d](?<![^{re.escape(_BEFORE[1])}][^(])")
ANNEX = re.compile(r"(?<=[。\n])(?:附[件表录](?=[::\d一二三\n])|抄送[::]|主题词[::]|责任编辑)")
_PERORATION = re.compile(rf"(?<=。){any_of(vocabulary('structure')['list']['perorations'])}")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Marker:
    """A number that opens an item. level: 1 一、 2 (一) 3 1. 4 (1) 5 一是."""

    level: int
    value: int
    start: int
    stop: int
    number: Span
    run: int = 0


def markers_in(text: str, start: int, stop: int) -> list[Marker]:
    """The numbers of `text[start:stop]` that belong to a list of two items or more."""
    found: list[Marker] = []
    last: dict[int, int] = {}
    runs: dict[int, int] = {}
    for match in _each_marker(text, start, stop):
        group = match.lastgroup or "l1"
        level = int(group[1])
        value = small_number(match[group])
        before = text[match.start() - 1] if match.start() > start else "\n"
        expected = value == 1 or value == last.get(level, 0) + 1
        opens = 2 not in last or found[-1].level == 1
        glued = level == 2 and before.isalpha() and (value > 1 or opens)
        if not value or not expected or not (before in _BEFORE[level] or glued):
            continue
        if value == 1:
            runs[level] = match.start() * 10 + level
        if level not in runs:
            continue
        last[level] = value
        found.append(Marker(level, value, match.start(), match.end(), match.span(group), runs[level]))
    lengths: dict[int, int] = {}
    for marker in found:
        lengths[marker.run] = lengths.get(marker.run, 0) + 1
    return [marker for marker in found if lengths[marker.run] > 1]


def _each_marker(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    # A plain character class is found much faster than an alternation.
    first = _MAY_BEGIN.match(text, start, stop) or _BEGINS_INSIDE.search(text, start, stop)
    while first:
        marker = MARKER.match(text, first.start(), stop)
        start = marker.end() if marker else first.end()
        if marker:
            yield marker
        first = _BEGINS_INSIDE.search(text, start, stop)


def item_end(text: str, markers: Sequence[Marker], index: int, stop: int) -> int:
    """Where an item ends: before the next number of its level or above."""
    marker = markers[index]
    for at in range(index + 1, len(markers)):
        other = markers[at]
        if other.level <= marker.level:
            if other.run == marker.run or marker.level < 5:
                return other.start
            stop = other.start
            break
    if marker.level == 5:
        return last_end(text, markers, index, stop)
    annex = ANNEX.search(text, marker.stop, stop)
    return annex.start() if annex else stop


def last_end(text: str, markers: Sequence[Marker], index: int, stop: int) -> int:
    """Where the last item of 一是…二是… ends: after as many sentences as the items before it have, at most."""
    marker = markers[index]
    line = text.find("\n", marker.stop, stop)
    stop = line if line >= 0 else stop
    several = False
    at, following = index - 1, marker.start
    while at >= 0 and not several and (markers[at].run == marker.run or markers[at].level > marker.level):
        if markers[at].run == marker.run:
            several = "。" in text[markers[at].stop : following - 1]
            following = markers[at].start
        at -= 1
    if several:
        peroration = _PERORATION.search(text, marker.stop, stop)
        return peroration.start() if peroration else stop
    sentence = text.find("。", marker.stop, stop)
    return sentence + 1 if sentence >= 0 else stop


def stripped(text: str, start: int, stop: int) -> int:
    """The end without blanks and line breaks."""
    while stop > start and text[stop - 1] in "\n ":
        stop -= 1
    return stop


def heading(marker: Marker, text: str, passages: Sequence[Passage]) -> str:
    """The heading of the passage that begins with an item, without its number; empty if none does."""
    passage = passage_at(passages, marker.start)
    if passage is None or passage.start != marker.start or marker.level > 2:
        return ""
    heading = passage.section.rpartition(" > ")[2].removeprefix(text[marker.start : marker.stop]).strip("\n")
    return heading if len(heading) <= _LONGEST_TITLE else ""


def first_clause(text: str, start: int, stop: int) -> str:
    """The first sentence, or the first clause of a long one."""
    limit = min(stop, start + _LONGEST_TITLE)
    end = start
    while end < limit and text[end] not in "。;:\n！!":
        end += 1
    if end == limit and limit < stop:
        comma = text.find(",", start, limit)
        end = comma if comma > start else limit
    return text[start:end].rstrip(",")


def section_at(passages: Sequence[Passage], at: int, own: bool) -> str:
    """The headings above an item; `own`: the item is the last of them itself."""
    passage = passage_at(passages, at)
    if passage is None:
        return ""
    if own and passage.start == at:
        return passage.section.rpartition(" > ")[0].replace("\n", "")
    return passage.section.replace("\n", "")
