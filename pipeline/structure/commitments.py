"""What a government promises to do: tasks of a plan, livelihood projects, numbered undertakings of a report.

All three are numbered lists. Numbers are read in the order of the text (一、 (一) 1. 一是) and count only where they
go on: a 1 opens a list, a 2 follows a 1. So a number inside a sentence does not cut a task in two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Passage, Report, Span
from pipeline.structure import Commitment, CommitmentAgency

_V = vocabulary("structure")
_LIST = _V["list"]
_AGENCIES = _V["agencies"]
_PLAN_TITLES: list[str] = vocabulary("headings")["part_titles"]["plan"]


_CHINESE = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"(?P<l1>[{_CHINESE}]{{1,3}})、(?=[^{_CHINESE}、])"
    rf"|\((?P<l2>[{_CHINESE}]{{1,3}})\)、?(?=[^,、)])"
    r"|(?P<l3>(?<!\d)\d{1,3})[.、](?=[^\d、])"
    r"|\((?P<l4>\d{1,3})\)、?(?=[^,、)])"
    rf"|(?P<l5>第?[{_CHINESE}]{{1,3}})[是要](?=[^,。否])"
)
_MARKER_BEGINS = re.compile(rf"[{_CHINESE}第(\d]")
# Before a number stands the end of a sentence; (一) may stand anywhere, where it goes on.
_BEFORE = {
    1: "。！？!?;:”)]》\n",
    2: "。！？!?;:,”)]》\n",
    3: "。！？!?;:”)]》\n",
    4: "。！？!?;:,”)]》\n",
    5: "。！？!?;:”)]》\n",
}
_ANNEX = re.compile(r"(?<=[。\n])(?:附[件表录](?=[::\d一二三\n])|抄送[::]|主题词[::]|责任编辑)")
_LIVELIHOOD = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)年)?(?P<before>[^,。;:\n\d]{{0,10}}?)(?P<count>\d{{1,3}}|[{_CHINESE}两]{{1,3}})(?:件|项|大|类|个)(?:{_LIST['livelihood']})"
)
_LIVELIHOOD_WORD = re.compile(any_of(_LIST["livelihood_words"]))
_LIST_TITLE = re.compile(
    rf"(?:(?:19|20)\d\d年)?[^,。;:\n\d]{{0,12}}?(?:{_LIST['livelihood']})(?:清单|安排|一览表|表|目录|任务)*\n"
)
_HEADS = re.compile(rf"\n?(?:{any_of(_LIST['livelihood_heads'])}\n?){{2,6}}")
_DONE = re.compile(_LIST["done"])
_SEMICOLON = re.compile(r"[;;]")
_AFTER_CUE = re.compile(r",?(?:分别是|分别为|包括|主要是|主要包括|具体是|是)?[,:]|[。\n]")
_ADDRESS = re.compile(rf"(?<=[。！!\n])(?:{vocabulary('headings')['address']})")
_PERORATION = re.compile(r"(?<=。)(?:我们|让我们|各位|同时|此外)")
_DEADLINES = [re.compile(pattern) for pattern in _LIST["deadlines"]]
_ANY_DEADLINE = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in _LIST["deadlines"]))
_LONGEST_TITLE = 60
_LONGEST_DATED = 300
_LONGEST_ANNEX = 30_000
_LOOK_AHEAD = 1200
_LONGEST_SENTENCE = 6000
_MOST_ITEMS = 200
# More announcements of livelihood projects than this are not found in one report.
_MOST_CUES = 30

_ENDING = re.compile(rf"{any_of(_AGENCIES['endings'])}(?:\([^()]*\))?$")
_SHARED = re.compile(rf"{any_of(_AGENCIES['shared'])}$")
_LABEL = re.compile(_AGENCIES["labels"])
_SUPPORT, _LEAD = re.compile(_AGENCIES["support"]), re.compile(_AGENCIES["lead"])
_VERB = re.compile(rf"(?:等)?{any_of(_AGENCIES['verbs'])}$")
_OPEN = re.compile(rf"{any_of(_AGENCIES['open_ended'])}$")
_ONWARDS: str = _AGENCIES["onwards"]
_LONGEST_NAME = 30
_LONGEST_BRACKET = 1500


@dataclass(frozen=True, slots=True)
class _Marker:
    """A number that opens an item. level: 1 一、 2 (一) 3 1. 4 (1) 5 一是."""

    level: int
    value: int
    start: int
    stop: int
    number: Span
    run: int = 0


def find_commitments(text: str, report: Report, passages: Sequence[Passage]) -> list[Commitment]:
    """The commitments of one report, in order of the text, parents before their children.

    `text` is the folded text that the passages divide. Tasks are looked for in plans, undertakings in the plan parts
    of work reports, livelihood projects in both. Never raises on any input.
    """
    found: list[Commitment] = []
    lists = list(_livelihood(text, passages))
    if report.kind == "plan":
        _add(found, _tasks(text, passages))
    elif report.kind == "work_report":
        for start, stop in _plan_parts(passages):
            _add(found, _undertakings(text, passages, start, stop, lists))
    for items in lists:
        _add(found, items)
    return _finished(_with_inherited(_sorted(found)), report.period("plan"))


def _add(found: list[Commitment], items: Sequence[Commitment]) -> None:
    """Append a list whose parents are counted from its own beginning."""
    base = len(found)
    found += [item if item.parent is None else item._replace(parent=item.parent + base) for item in items]


def _sorted(items: list[Commitment]) -> list[Commitment]:
    """In order of the text, with the parents' indices kept right."""
    order = sorted(range(len(items)), key=lambda index: (items[index].start, -items[index].stop))
    moved = {old: new for new, old in enumerate(order)}
    return [
        item if (p := item.parent) is None else item._replace(parent=moved[p]) for item in map(items.__getitem__, order)
    ]


# --- numbered lists -----------------------------------------------------------------------------------------------


def chinese_number(number: str) -> int:
    """一 … 九十九 as a number; 0 for anything else."""
    number = number.removeprefix("第")
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.partition("十")
    if not ten:
        return _CHINESE.find(number) + 1 if len(number) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_CHINESE.find(tens) + 1 if tens else 1) * 10 + (_CHINESE.find(ones) + 1 if ones else 0)


def _markers(text: str, start: int, stop: int) -> list[_Marker]:
    """The numbers of `text[start:stop]` that belong to a list of two items or more."""
    found: list[_Marker] = []
    last: dict[int, int] = {}
    runs: dict[int, int] = {}
    for match in _each_marker(text, start, stop):
        group = match.lastgroup or "l1"
        level = int(group[1])
        value = chinese_number(match[group])
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
        found.append(_Marker(level, value, match.start(), match.end(), match.span(group), runs[level]))
    lengths: dict[int, int] = {}
    for marker in found:
        lengths[marker.run] = lengths.get(marker.run, 0) + 1
    return [marker for marker in found if lengths[marker.run] > 1]


def _each_marker(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    # A plain character class is found much faster than an alternation.
    while first := _MARKER_BEGINS.search(text, start, stop):
        marker = _MARKER.match(text, first.start(), stop)
        start = marker.end() if marker else first.end()
        if marker:
            yield marker


def _end(text: str, markers: Sequence[_Marker], index: int, stop: int) -> int:
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
        return _last_end(text, markers, index, stop)
    annex = _ANNEX.search(text, marker.stop, stop)
    return annex.start() if annex else stop


def _last_end(text: str, markers: Sequence[_Marker], index: int, stop: int) -> int:
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


def _strip(text: str, start: int, stop: int) -> int:
    """The end without blanks and line breaks."""
    while stop > start and text[stop - 1] in "\n ":
        stop -= 1
    return stop


def _heading(marker: _Marker, text: str, passages: Sequence[Passage]) -> str:
    """The heading of the passage that begins with an item, without its number; empty if none does."""
    passage = _passage(passages, marker.start)
    if passage is None or passage.start != marker.start or marker.level > 2:
        return ""
    heading = passage.section.rpartition(" > ")[2].removeprefix(text[marker.start : marker.stop]).strip("\n")
    return heading if len(heading) <= _LONGEST_TITLE else ""


def _first_clause(text: str, start: int, stop: int) -> str:
    """The first sentence, or the first clause of a long one."""
    limit = min(stop, start + _LONGEST_TITLE)
    end = start
    while end < limit and text[end] not in "。;:\n！!":
        end += 1
    if end == limit and limit < stop:
        comma = text.find(",", start, limit)
        end = comma if comma > start else limit
    return text[start:end].rstrip(",")


def _passage(passages: Sequence[Passage], at: int) -> Passage | None:
    index = bisect_right(passages, at, key=lambda passage: passage.start) - 1
    return passages[index] if index >= 0 and at < passages[index].stop else None


def _section(passages: Sequence[Passage], at: int, own: bool) -> str:
    """The headings above an item; `own`: the item is the last of them itself."""
    passage = _passage(passages, at)
    if passage is None:
        return ""
    if own and passage.start == at:
        return passage.section.rpartition(" > ")[0].replace("\n", "")
    return passage.section.replace("\n", "")


# --- plans and work reports ---------------------------------------------------------------------------------------


def _tasks(text: str, passages: Sequence[Passage]) -> list[Commitment]:
    """The tasks of a plan: the items of the level at which agencies are named, else of (一), else of the first."""
    markers = _markers(text, 0, len(text))
    ends = [_end(text, markers, index, len(text)) for index in range(len(markers))]
    named: dict[int, int] = {}
    for index, marker in enumerate(markers):
        following = markers[index + 1].start if index + 1 < len(markers) else ends[index]
        if _closing(text, marker.stop, min(following, ends[index])):
            named[marker.level] = named.get(marker.level, 0) + 1
    levels = {marker.level for marker in markers}
    level = max(named, key=lambda key: (named[key], -key)) if named else 2 if 2 in levels else min(levels, default=0)
    return [
        _commitment("task", text, passages, marker, stop)
        for marker, stop in zip(markers, ends, strict=True)
        if marker.level == level
    ]


def _plan_parts(passages: Sequence[Passage]) -> Iterator[Span]:
    """The stretches of a work report that set out future work."""
    start = stop = -1
    for passage in passages:
        if passage.role not in ("plan", "plan_years"):
            continue
        if passage.start != stop:
            if stop > start:
                yield start, stop
            start = passage.start
        stop = passage.stop
    if stop > start:
        yield start, stop


def _undertakings(
    text: str, passages: Sequence[Passage], start: int, stop: int, lists: Sequence[Sequence[Commitment]]
) -> list[Commitment]:
    """The numbered undertakings of a plan part, each under the one that holds it."""
    markers = _markers(text, start, stop)
    taken = [(items[0].start, items[-1].stop) for items in lists]
    last_of_run = {marker.run: index for index, marker in enumerate(markers)}
    found: list[Commitment] = []
    open_items: list[tuple[int, int, int]] = []
    for index, marker in enumerate(markers):
        end = _end(text, markers, index, stop)
        # The others end where the next one begins.
        if last_of_run[marker.run] == index:
            end = min(end, _break(text, passages, marker.start, end))
        end = _strip(text, marker.stop, end)
        before = bisect_right(taken, (marker.start, stop + 1)) - 1
        if before >= 0 and marker.start < taken[before][1]:
            continue
        item = _commitment("undertaking", text, passages, marker, end)
        if marker.level == 1 and _is_part(item.title):
            continue
        open_items = [(level, at, to) for level, at, to in open_items if level < marker.level and marker.start < to]
        found.append(item._replace(parent=open_items[-1][1] if open_items else None))
        open_items.append((marker.level, len(found) - 1, end))
    return found


def _break(text: str, passages: Sequence[Passage], at: int, stop: int) -> int:
    """Where the text behind `at` leaves the part of the report or the section that `at` is in, or turns to the deputies."""
    address = _ADDRESS.search(text, at, stop)
    stop = address.start() if address else stop
    index = bisect_right(passages, at, key=lambda passage: passage.start) - 1
    if index < 0:
        return stop
    own = passages[index]
    for passage in passages[index + 1 :]:
        if passage.start >= stop or passage.role != own.role or not passage.section.startswith(own.section):
            return min(stop, passage.start)
    return stop


def _is_part(title: str) -> bool:
    """Whether a heading names a part of the report (2030年工作安排) and not something to do."""
    return title.endswith(tuple(_PLAN_TITLES)) and bool(
        re.search(r"\d{4}年|今[年后]|未来|“?十[一二三四五六]五|下一?[年步]", title)
    )


def _commitment(
    kind: str, text: str, passages: Sequence[Passage], marker: _Marker, stop: int, section: str | None = None
) -> Commitment:
    stop = _strip(text, marker.stop, stop)
    bracket = _closing(text, marker.stop, stop)
    return Commitment(
        kind,
        text[slice(*marker.number)],
        *marker.number,
        _heading(marker, text, passages) or _first_clause(text, marker.stop, bracket[0] - 1 if bracket else stop),
        text[marker.start : stop],
        _section(passages, marker.start, marker.level <= 2) if section is None else section,
        marker.start,
        stop,
        agencies=tuple(_agencies(text, *bracket)) if bracket else (),
    )


# --- livelihood projects ------------------------------------------------------------------------------------------


def _livelihood(text: str, passages: Sequence[Passage]) -> Iterator[list[Commitment]]:
    """The lists of livelihood projects: in an annex, in a table, or in a sentence."""
    at = tried = 0
    for cue in _cues(text):
        passage = _passage(passages, cue.start())
        if cue.start() < at or (passage and passage.role in ("front", "review", "review_years", "problems")):
            continue
        tried += 1
        if tried > _MOST_CUES:
            break
        groups = cue.groupdict()
        count = chinese_number(groups.get("count") or "")
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
    above = _section(passages, cue.start(), True)
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
    passage = _passage(passages, at)
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
        body = _first_clause(text, start, end)
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
    match = re.compile(rf"([{_CHINESE}]{{1,3}})[、.]?([^\d。;\n]{{2,40}})\n?(?={following}\D)").match(text, at)
    if match is None or chinese_number(match[1]) != value:
        # The title may begin with a numeral of its own (一二三产融合): take as much of it as counts on.
        match = re.compile(rf"([{_CHINESE}]{{1,2}}?)[、.]?([^\d。;\n]{{2,40}})\n?(?={following}\D)").match(text, at)
        if match is None or chinese_number(match[1]) != value:
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
    first = _passage(passages, start)
    for passage in passages[bisect_right(passages, start, key=lambda p: p.start) :]:
        if first is None or passage.role != first.role:
            stop = min(stop, passage.start)
            break
    annex = _ANNEX.search(text, start, stop)
    markers = _markers(text, start, annex.start() if annex else stop)
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
        item_stop = _end(text, markers, index, end)
        if marker is run[-1] and len(run) == len(markers):
            item_stop = _line_end(text, run, item_stop)
        item = _commitment("livelihood", text, (), marker, item_stop, section)
        if marker.level == top:
            parent = len(found)
            found.append(item)
        else:
            found.append(item._replace(parent=parent))
    return found


def _line_end(text: str, run: Sequence[_Marker], stop: int) -> int:
    """The end of the last item: it has as many lines as those before it."""
    lines = max((text.count("\n", a.stop, _strip(text, a.stop, b.start)) for a, b in pairwise(run)), default=0)
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
    marker = _MARKER.match(text, start)
    if marker and (marker.lastgroup in ("l5", "l3", "l2")) and chinese_number(marker[marker.lastgroup]) == 1:
        markers = _markers(text, start, limit)
        run = [m for m in markers if markers and m.run == markers[0].run]
        if len(run) < 3 or (count and len(run) != count):
            return []
        ends = [m.start for m in run[1:]] + [_last_end(text, run, len(run) - 1, limit)]
        return [_commitment("livelihood", text, (), m, end, section) for m, end in zip(run, ends, strict=True)]
    sentence = text.find("。", start, limit)
    stop = sentence if sentence >= 0 else limit
    spans = _pieces(text, start, stop, ";")
    if len(spans) < 3 or (count and abs(len(spans) - count) > 1):
        spans = _pieces(text, start, stop, ",")
        if not count or len(spans) != count:
            return []
    return [
        Commitment("livelihood", "", at, at, _first_clause(text, at, to), text[at:to], section, at, to)
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


# --- agencies -----------------------------------------------------------------------------------------------------


def _closing(text: str, start: int, stop: int) -> Span | None:
    """The inside of the brackets that close an item and name agencies, or None."""
    stop = _strip(text, start, stop)
    while stop > start and text[stop - 1] in "。;":
        stop -= 1
    if stop - start < 4 or text[stop - 1] not in ")]":
        return None
    depth = 0
    for at in range(stop - 1, max(start, stop - _LONGEST_BRACKET) - 1, -1):
        if text[at] in ")]":
            depth += 1
        elif text[at] in "([":
            depth -= 1
            if depth == 0:
                inside = (at + 1, stop - 1)
                return inside if _names_agencies(text, *inside) else None
    return None


def _names_agencies(text: str, start: int, stop: int) -> bool:
    names = [agency.name for agency in _agencies(text, start, stop)]
    good = sum(bool(_ENDING.search(name)) and len(name) <= _LONGEST_NAME for name in names)
    return good > 0 and 2 * good > len(names)


def _agencies(text: str, start: int, stop: int) -> list[CommitmentAgency]:
    """The agencies named in `text[start:stop]`, in order, with shared endings restored."""
    pieces = [_piece(text, *span) for span in _outer_pieces(text, start, stop)]
    pieces = [piece for piece in pieces if piece.name]
    # 甲区、乙县政府: from the last to the first, a bare name takes the ending of the one behind it.
    ending = ""
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        shared = _SHARED.search(piece.name)
        if shared:
            ending = shared[0]
        elif ending and not _ENDING.search(piece.name) and not piece.closes:
            pieces[index] = replace(piece, name=piece.name + ending)
        else:
            ending = ""
    roles: list[str] = []
    role = ""
    for piece in reversed(pieces):
        role = piece.verb_role or (role if not piece.closes else "")
        roles.append(role)
    roles.reverse()
    found: list[CommitmentAgency] = []
    label = ""
    for piece, role in zip(pieces, roles, strict=True):
        label = piece.label_role or label
        open_ended = piece.open_ended
        found.append(
            CommitmentAgency(
                piece.name, len(found) + 1, label or role or "responsible", open_ended, piece.start, piece.stop
            )
        )
    # 等 closes the whole list, whichever name it stands behind last.
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """One name of a list. `closes`: a verb stands behind it, which ends a group of names."""

    name: str
    start: int
    stop: int
    label_role: str = ""
    verb_role: str = ""
    closes: bool = False
    open_ended: bool = False


def _outer_pieces(text: str, start: int, stop: int) -> list[Span]:
    """The span cut at 、 , ; outside of inner brackets."""
    spans: list[Span] = []
    depth, at = 0, start
    for index in range(start, stop):
        char = text[index]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char in "、,;。" and depth <= 0:
            spans.append((at, index))
            at = index + 1
    spans.append((at, stop))
    return spans


def _piece(text: str, start: int, stop: int) -> _Piece:
    """A name without label, verb and 等."""
    label_role = ""
    while start < stop and text[start] == "\n":
        start += 1
    label = _LABEL.match(text, start, stop)
    if label:
        start = label.end()
        label_role = _role(label[0]) or "responsible"
    content = text[start:stop]
    if content in (_ONWARDS, ""):
        return _Piece("", start, start)
    verb = _VERB.search(content)
    verb_role = ""
    if verb and verb.start() > 0:
        verb_role = _role(verb[0]) or "responsible"
        content = content[: verb.start() + (verb[0].startswith("等"))]
    opened = _OPEN.search(content)
    if opened and opened.start() > 0:
        content = content[: opened.start()]
    name = content.replace("\n", "")
    return _Piece(name, start, start + len(content), label_role, verb_role, bool(verb_role), bool(opened))


def _role(words: str) -> str:
    """Lead or support, where the words say so."""
    if _SUPPORT.search(words):
        return "support"
    return "lead" if _LEAD.search(words) else ""


def _with_inherited(items: list[Commitment]) -> list[Commitment]:
    """Give the items after “甲局、乙局,下同” those agencies, up to the next that names its own.

    Where a verb stands before 下同 (甲局落实,下同), only that verb is left out from there on, and nothing is handed on.
    """
    found: list[Commitment] = []
    handed: tuple[CommitmentAgency, ...] = ()
    for item in items:
        if item.agencies:
            tail = item.text[-30:]
            bare = _ONWARDS in tail and not _VERB.search(tail[: tail.find(_ONWARDS)].rstrip(",、"))
            handed = item.agencies if bare else ()
        elif handed and item.kind == "task":
            item = item._replace(agencies=handed)
        found.append(item)
    return found


# --- deadlines ----------------------------------------------------------------------------------------------------


def _finished(items: list[Commitment], period: str) -> list[Commitment]:
    """With deadlines; what a parent's children say, its deadline and its agencies, is not said of the parent."""
    first_child: dict[int, int] = {}
    for item in items:
        if item.parent is not None:
            first_child.setdefault(item.parent, item.start)
    found: list[Commitment] = []
    for index, item in enumerate(items):
        own = item.text
        if index in first_child:
            own = item.text[: first_child[index] - item.start]
            item = item._replace(agencies=())
        # A date somewhere in a whole section is not the section's deadline.
        stated = item.kind != "undertaking" or len(own) <= _LONGEST_DATED
        deadline, words = _latest_deadline(own, period.rpartition("/")[2][:4]) if stated else ("", "")
        found.append(item._replace(deadline=deadline, deadline_text=words))
    return found


def _latest_deadline(text: str, year: str) -> tuple[str, str]:
    """The latest deadline that a text states and its words, or two empty strings; `year` is that of the plan."""
    best = ("", "")
    for mark in _ANY_DEADLINE.finditer(text):
        match = next(found for pattern in _DEADLINES if (found := pattern.match(text, mark.start())))
        value = _deadline(match, year)
        if value and (not best[0] or _rank(value) > _rank(best[0])):
            best = value, match[0]
    return best


def _deadline(match: re.Match[str], year: str) -> str:
    """The period of a deadline: 2016-09-30, 2016-09, 2016-H1, 2016-Q3 or 2016."""
    groups = match.groupdict()
    year = groups.get("year") or year
    if not year:
        return ""
    month, day = groups.get("month"), groups.get("day")
    if month:
        if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
            return ""
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    if "上半年" in match[0]:
        return f"{year}-H1"
    quarter = re.search("[一二三四](?=季度)", match[0])
    return f"{year}-Q{_CHINESE.index(quarter[0]) + 1}" if quarter else year


def _rank(deadline: str) -> tuple[str, float]:
    """To compare deadlines by when they end."""
    rest = deadline[5:]
    month = {"H1": 6.0, "Q1": 3.0, "Q2": 6.0, "Q3": 9.0, "Q4": 12.0, "": 12.5}.get(rest)
    return deadline[:4], month if month is not None else float(rest.replace("-", "."))
