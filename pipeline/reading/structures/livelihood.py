"""Lists of livelihood projects: 十件民生实事, in a sentence, in an annex or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.documents.outline import passage_at, passage_index
from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage, Span
from pipeline.reading.structures import Commitment
from pipeline.reading.structures.items import commitment_of
from pipeline.reading.structures.numbered import (
    ANNEX,
    CHINESE,
    MARKER,
    Marker,
    first_clause,
    item_end,
    last_end,
    markers_in,
    section_at,
    stripped,
)
from pipeline.text.chinese_numbers import small_number

_LIST = vocabulary("structure")["list"]
_LIVELIHOOD = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)年)?(?P<before>[^,。;:\n\d]{{0,10}}?)(?P<count>\d{{1,3}}|[{CHINESE}两]{{1,3}}){any_of(_LIST['counters'])}(?:{_LIST['livelihood']})"
)
_LIVELIHOOD_WORD = re.compile(any_of(_LIST["livelihood_words"]))
_LIST_TITLE = re.compile(
    rf"(?:(?:19|20)\d\d年)?[^,。;:\n\d]{{0,12}}?(?:{_LIST['livelihood']}){any_of(_LIST['titles'])}*\n"
)
_HEADS = re.compile(rf"\n?(?:{any_of(_LIST['livelihood_heads'])}\n?){{2,6}}")
_DONE = re.compile(_LIST["done"])
_AFTER_CUE = re.compile(rf",?{any_of(_LIST['leads'])}?[,:]|[。\n]")
_LONGEST_ANNEX = 30_000
_LOOK_AHEAD = 1200
_LONGEST_SENTENCE = 6000
_MOST_ITEMS = 200
# More announcements of livelihood projects than this are not found in one report.
_MOST_CUES = 30


def livelihood_lists(text: str, passages: Sequence[Passage]) -> Iterator[list[Commitment]]:
    """The lists of livelihood projects: in an annex, in a table, or in a sentence."""
    at = tried = 0
    for cue in _cues(text):
        passage = passage_at(passages, cue.start())
        if cue.start() < at or (passage and passage.role in ("front", "review", "review_years", "problems")):
            continue
        tried += 1
        if tried > _MOST_CUES:
            break
        groups = cue.groupdict()
        count = small_number(groups.get("count") or "")
        items = _list_after(text, cue, count, passages)
        if items:
            yield items
            at = items[-1].stop


def _cues(text: str) -> Iterator[re.Match[str]]:
    """What may announce a list of livelihood projects; only the text before their names is looked at closely."""
    for word in _LIVELIHOOD_WORD.finditer(text):
        low = max(0, word.start() - 30)
        low = max(low, text.rfind("\n", low, word.start()) + 1)
        cue = _LIVELIHOOD.search(text, low, word.end() + 2) or _LIST_TITLE.match(text, low, word.end() + 12)
        if cue and cue.end() >= word.end():
            yield cue


def _list_after(text: str, cue: re.Match[str], count: int, passages: Sequence[Passage]) -> list[Commitment]:
    """The list that a cue announces, or nothing."""
    stop = cue.end()
    above = section_at(passages, cue.start(), True)
    section = cue[0].strip("\n")
    if above:
        section = above if above.endswith(section) else f"{above} > {section}"
    heads = _HEADS.match(text, stop)
    if heads and (items := _table_list(text, heads.end(), section)):
        return items
    line_start = cue.start() == 0 or text[cue.start() - 1] == "\n" or _at_passage_start(passages, cue.start())
    if line_start and (cue[0].endswith("\n") or text[stop : stop + 1] in ("\n", "")):
        return _annex_list(text, stop, section, count, passages)
    after = _AFTER_CUE.match(text, stop)
    if not after or _DONE.search(cue[0]) or 0 < count < 3:
        return []
    return _sentence_list(text, after.end(), section, count)


def _at_passage_start(passages: Sequence[Passage], at: int) -> bool:
    passage = passage_at(passages, at)
    return passage is not None and passage.start == at


def _table_list(text: str, at: int, section: str) -> list[Commitment]:
    """A list whose column heads stand before it: bare numbers, in sections with 一, 二 …, running on across them.

    一改善出行1建成…。2修缮…。二照护老人3新增…。
    """
    found: list[Commitment] = []
    parent: int | None = None
    sections = ordinal = 0
    while len(found) < _MOST_ITEMS:
        at += text.startswith("\n", at)
        head = _bare_head(text, at, sections + 1, ordinal + 1)
        if head:
            sections += 1
            number, title = head
            found.append(
                Commitment(
                    "livelihood", text[slice(*number)], *number, text[slice(*title)], "", section, number[0], title[1]
                )
            )
            parent = len(found) - 1
            at = title[1] + text.startswith("\n", title[1])
        digits = str(ordinal + 1)
        if not text.startswith(digits, at) or text[at + len(digits) : at + len(digits) + 1] in tuple("0123456789"):
            break
        ordinal += 1
        end = _bare_end(text, at, sections, ordinal)
        start = at + len(digits) + (text[at + len(digits) : at + len(digits) + 1] in (".", "、"))
        body = first_clause(text, start, end)
        found.append(
            Commitment("livelihood", digits, at, at + len(digits), body, text[at:end], section, at, end, parent)
        )
        if parent is not None:
            found[parent] = found[parent]._replace(stop=end)
        at = end
    if ordinal < 2:
        return []
    return [item._replace(text=text[item.start : item.stop]) for item in found]


def _bare_head(text: str, at: int, value: int, following: int) -> tuple[Span, Span] | None:
    """Number and title of a section at `at`: 二照护老人, with the number of its first item behind it."""
    match = re.compile(rf"([{CHINESE}]{{1,3}})[、.]?([^\d。;\n]{{2,40}})\n?(?={following}\D)").match(text, at)
    if match is None or small_number(match[1]) != value:
        return None
    return match.span(1), match.span(2)


def _bare_end(text: str, at: int, sections: int, ordinal: int) -> int:
    """Where item `ordinal` ends: where the next item or section begins, else with its sentence."""
    following = str(ordinal + 1)
    limit = min(len(text), at + _LOOK_AHEAD)
    first = 0
    for mark in re.compile(r"[。;\n]").finditer(text, at, limit):
        end = mark.end()
        first = first or end
        begin = end + text.startswith("\n", end)
        if (
            text.startswith(following, begin)
            and not text[begin + len(following) : begin + len(following) + 1].isdigit()
        ):
            return end
        if _bare_head(text, begin, sections + 1, ordinal + 1):
            return end
    return first or limit


def _annex_list(text: str, start: int, section: str, count: int, passages: Sequence[Passage]) -> list[Commitment]:
    """A list in an annex: its items are numbered and begin on their own lines."""
    stop = min(len(text), start + _LONGEST_ANNEX)
    first = passage_at(passages, start)
    for passage in passages[passage_index(passages, start) + 1 :]:
        if first is None or passage.role != first.role:
            stop = min(stop, passage.start)
            break
    annex = ANNEX.search(text, start, stop)
    markers = markers_in(text, start, annex.start() if annex else stop)
    if not markers or markers[0].value != 1 or markers[0].start - start > 400:
        return []
    top = markers[0].level
    run = [marker for marker in markers if marker.run == markers[0].run]
    if (count and len(run) != count) or len(run) < 3:
        return []
    end = annex.start() if annex else stop
    found: list[Commitment] = []
    parent: int | None = None
    for index, marker in enumerate(markers):
        if marker.level < top or (marker.level == top and marker.run != run[0].run):
            break
        item_stop = item_end(text, markers, index, end)
        if marker is run[-1] and len(run) == len(markers):
            item_stop = _line_end(text, run, item_stop)
        item = commitment_of("livelihood", text, (), marker, item_stop, section)
        if marker.level == top:
            parent = len(found)
            found.append(item)
        else:
            found.append(item._replace(parent=parent))
    return found


def _line_end(text: str, run: Sequence[Marker], stop: int) -> int:
    """The end of the last item: it has as many lines as those before it."""
    lines = max((text.count("\n", a.stop, stripped(text, a.stop, b.start)) for a, b in pairwise(run)), default=0)
    end = run[-1].stop
    for _ in range(lines + 1):
        at = text.find("\n", end + 1, stop)
        if at < 0:
            return stop
        end = at
    return end


def _sentence_list(text: str, start: int, section: str, count: int) -> list[Commitment]:
    """A list in one sentence (甲;乙;丙。) or in several (一是…。二是…。)."""
    start += text.startswith("\n", start)
    limit = min(len(text), start + _LONGEST_SENTENCE)
    line = text.find("\n", start, limit)
    limit = line if line >= 0 else limit
    marker = MARKER.match(text, start)
    if marker and (marker.lastgroup in ("l5", "l3", "l2")) and small_number(marker[marker.lastgroup]) == 1:
        markers = markers_in(text, start, limit)
        run = [m for m in markers if markers and m.run == markers[0].run]
        if len(run) < 3 or (count and len(run) != count):
            return []
        ends = [m.start for m in run[1:]] + [last_end(text, run, len(run) - 1, limit)]
        return [commitment_of("livelihood", text, (), m, end, section) for m, end in zip(run, ends, strict=True)]
    sentence = text.find("。", start, limit)
    stop = sentence if sentence >= 0 else limit
    spans = _pieces(text, start, stop, ";")
    if len(spans) < 3 or (count and abs(len(spans) - count) > 1):
        spans = _pieces(text, start, stop, ",")
        if not count or len(spans) != count:
            return []
    return [
        Commitment("livelihood", "", at, at, first_clause(text, at, to), text[at:to], section, at, to)
        for at, to in spans
        if to > at
    ]


def _pieces(text: str, start: int, stop: int, mark: str) -> list[Span]:
    """`text[start:stop]` cut at every `mark`."""
    spans: list[Span] = []
    at = start
    while (end := text.find(mark, at, stop)) >= 0:
        spans.append((at, end))
        at = end + 1
    return [*spans, (at, stop)]
