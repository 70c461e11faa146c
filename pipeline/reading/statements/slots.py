"""The words that stand before and behind each quantity of a sentence."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.models import Numeral, Sentence
from pipeline.prefilter import filtered
from pipeline.reading.statements.phrase import LONGEST
from pipeline.records import Record

_ENCLOSED = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|“[^“”]{0,40}”|《[^《》]{0,60}》")
_LEVELS = re.compile(r"、(?<=[省市县区镇家]、)(?=[省市县区镇村])")
_CLAUSE_MARK = re.compile(r"[,;:!?。！？\n(\[●]")
_LAST_MARK = re.compile(f"(?s:.*){_CLAUSE_MARK.pattern}")
_STOP_MARK = re.compile(r"[,;:!?。！？\n、(\[)\]●]")
_SMALL = vocabulary("function_words")
_NEEDY = any_of(vocabulary("constructions")["behind"]["needy"])
# 能耗高、占地多的工厂: coordinated attributes before the thing, with 、 between them.
_ATTRIBUTES = filtered(
    rf"^(?:(?:[^,;:。、\d]{{0,4}}{_NEEDY}、)+[^,;:。、\d]{{2,20}}|"
    r"[^,;:。、\d]{1,8}[级型类]、[^,;:。、\d]{1,8}[级型类][^,;:。、\d]{1,20}|[^,;:。、的]{2,6}、[^,;:。、的]{2,8}的[^,;:。、]{2,20}|[^,;:。、的]{2,10}、(?:[^,;:。、的]{2,10}、){0,2}[^,;:。、]{2,10}等[^,;:。、]{2,20})"
)
_SEPARATOR = re.compile(rf"^(?:、|,|;|:|{any_of(_SMALL['between_values'])}|—|~|-)?$")
_CONJUNCTION_END = re.compile(rf"(?:、|{any_of(_SMALL['joining_things'])}|(?<![惠涉触普波遍顾以])及)$")
_CONJUNCTION_START = re.compile(rf"^(?:、|{any_unless(_SMALL['joining_unless'])}|以及)")


@dataclass(slots=True, unsafe_hash=True)
class Slot(Record):
    """A quantity between `lead` (the words before it that can name it) and `trail` (those behind it).

    `link`: how it hangs on the quantity before: none (first of the sentence), value (nothing but a separator between
    them), list (、 or 和), joined (no mark between them: the trail of the one is the lead of the other), clause.
    `context` is what stands between the last quantity and the lead, in earlier clauses; `after` what follows the trail.
    """

    numeral: Numeral
    clause: int
    link: str
    lead: str
    lead_start: int
    trail: str
    trail_open: bool
    context: str
    after: str


def slots(text: str, sentence: Sentence, numerals: Sequence[Numeral], numbering: Sequence[int] = ()) -> list[Slot]:
    """One slot for each of `numerals`, which are the quantities of the sentence in order.

    `numbering` are the offsets behind numbers of the document's own structure; no name reaches across one.
    """
    found: list[Slot] = []
    at, clause = sentence.start, 0
    before = "none"
    gaps = [_gap(text, a.phrase_stop, b.phrase_start) for a, b in itertools.pairwise(numerals)]
    for index, numeral in enumerate(numerals):
        if index == 0:
            start = max(at, numeral.phrase_start - 4 * LONGEST)
            lead_at = _lead_start(text, start, numeral.phrase_start)
            link, context = before, text[max(at, lead_at - 2 * LONGEST) : lead_at]
        else:
            gap = gaps[index - 1]
            link, lead_at, context = gap.link, gap.lead_start, gap.context
        if index < len(gaps):
            trail, trail_open = gaps[index].trail, gaps[index].trail_open
        else:
            stop = min(sentence.stop, numeral.phrase_stop + 2 * LONGEST)
            masked = _mask(text[numeral.phrase_stop : stop])
            trail = text[numeral.phrase_stop : numeral.phrase_stop + _trail_stop(masked)]
            trail_open = False
        while clause < len(sentence.clauses) - 1 and sentence.clauses[clause][1] <= numeral.start:
            clause += 1
        if lead_at < numeral.phrase_start - LONGEST:
            lead_at = numeral.phrase_start - LONGEST
        number = bisect_right(numbering, numeral.phrase_start) - 1
        if number >= 0 and numbering[number] > lead_at:
            lead_at = numbering[number]
        lead = text[lead_at : numeral.phrase_start]
        if text.startswith("均", numeral.phrase_start):
            lead += "均"  # 年均超20%: the bound is 超; 甲、乙均突破9万家: each of them
        found.append(
            Slot(
                numeral, clause, link, lead, lead_at, trail, trail_open, context, _after(text, sentence, numeral, trail)
            )
        )
    return found


def _after(text: str, sentence: Sentence, numeral: Numeral, trail: str) -> str:
    start = numeral.phrase_stop + len(trail)
    stop = start + LONGEST
    return text[start : stop if stop < sentence.stop else sentence.stop]


def _trail_stop(masked: str) -> int:
    """Where the words behind a number end: at the first mark, but not inside a coordination that leads to a noun."""
    end: int
    if "、" in masked and (more := _ATTRIBUTES.match(masked)):
        end = more.end()
    else:
        mark = _STOP_MARK.search(masked)
        end = mark.start() if mark else len(masked)
    return end


class _Gap(NamedTuple):
    link: str
    trail: str
    trail_open: bool
    lead_start: int
    context: str


def _gap(text: str, start: int, stop: int) -> _Gap:
    """Divide what stands between two quantities into the trail of the first and the lead of the second."""
    if stop <= start:
        return _Gap("value", "", False, stop, "")
    far = stop - start > 6 * LONGEST
    gap = text[start : start + 3 * LONGEST] if far else text[start:stop]
    if _SEPARATOR.match(gap):
        return _Gap("value", "", False, stop, "")
    masked = _mask(gap)
    end = _CONJUNCTION_END.search(masked) if not far else None
    mark = _STOP_MARK.search(masked)
    if end and (mark is None or mark.start() >= end.start()):
        return _Gap("list", gap[: end.start()], False, stop, "")
    if mark is None and not far:
        if _CONJUNCTION_START.match(gap):
            return _Gap("list", "", False, start + len(_CONJUNCTION_START.match(gap)[0]), "")  # type: ignore[index]
        return _Gap("joined", gap, True, start, "")
    first = _trail_stop(masked)
    trail = "" if _CONJUNCTION_START.match(gap) else gap[:first]
    lead = _lead_start(text, max(start + first, stop - 4 * LONGEST), stop)
    in_list = not far and not _CLAUSE_MARK.search(masked)
    if in_list:
        lead = start + first + 1 if trail or first == 0 else start + len(_CONJUNCTION_START.match(gap)[0])  # type: ignore[index]
        return _Gap("list", trail, False, lead, "")
    return _Gap("clause", trail, False, lead, text[max(start + first, lead - 2 * LONGEST) : lead])


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def _lead_start(text: str, start: int, stop: int) -> int:
    """Where the last clause before `stop` begins."""
    words = text[start:stop]
    if "," in words and _THOUSANDS.search(words):
        words = _THOUSANDS.sub("□", words)  # of a number that was not read
    last = _LAST_MARK.match(_mask(words))
    return start + (last.end() if last else 0)


def _mask(text: str) -> str:
    """Blank out closed brackets, quotes and titles, so that marks inside them do not count."""
    if "(" in text or "“" in text or "《" in text or "[" in text:
        text = _ENCLOSED.sub(lambda match: "□" * len(match[0]), text)
    return _LEVELS.sub("□", text) if "、" in text else text
