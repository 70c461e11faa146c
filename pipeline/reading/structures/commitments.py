"""What a government promises to do: tasks of a plan, livelihood projects, numbered undertakings of a report.

All three are numbered lists. Numbers are read in the order of the text (一、 (一) 1. 一是) and count only where they
go on: a 1 opens a list, a 2 follows a 1. So a number inside a sentence does not cut a task in two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.documents.outline import passage_index
from pipeline.documents.profiles import profile
from pipeline.knowledge import vocabulary
from pipeline.models import Passage, Report, Span
from pipeline.reading.structures import Commitment
from pipeline.reading.structures.deadlines import with_deadlines
from pipeline.reading.structures.items import commitment_of
from pipeline.reading.structures.livelihood import livelihood_lists
from pipeline.reading.structures.numbered import item_end, markers_in, stripped
from pipeline.reading.structures.responsible import closing_bracket, with_inherited

_PLAN_TITLES: list[str] = vocabulary("headings")["part_titles"]["plan"]
_ADDRESS = re.compile(rf"(?<=[。！!\n])(?:{vocabulary('headings')['address']})")


def find_commitments(text: str, report: Report, passages: Sequence[Passage]) -> list[Commitment]:
    """The commitments of one report, in order of the text, parents before their children.

    `text` is the folded text that the passages divide. Tasks are looked for in plans, undertakings in the plan parts
    of work reports, livelihood projects in both. Never raises on any input.
    """
    found: list[Commitment] = []
    lists = list(livelihood_lists(text, passages))
    looked_for = profile(report.kind).commitments
    if looked_for == "tasks":
        _add(found, _tasks(text, passages))
    elif looked_for == "undertakings":
        for start, stop in _plan_parts(passages):
            _add(found, _undertakings(text, passages, start, stop, lists))
    for items in lists:
        _add(found, items)
    return with_deadlines(with_inherited(_sorted(found)), report.period("plan"))


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


def _tasks(text: str, passages: Sequence[Passage]) -> list[Commitment]:
    """The tasks of a plan: the items of the level at which agencies are named, else of (一), else of the first."""
    markers = markers_in(text, 0, len(text))
    ends = [item_end(text, markers, index, len(text)) for index in range(len(markers))]
    named: dict[int, int] = {}
    for index, marker in enumerate(markers):
        following = markers[index + 1].start if index + 1 < len(markers) else ends[index]
        if closing_bracket(text, marker.stop, min(following, ends[index])):
            named[marker.level] = named.get(marker.level, 0) + 1
    levels = {marker.level for marker in markers}
    level = max(named, key=lambda key: (named[key], -key)) if named else 2 if 2 in levels else min(levels, default=0)
    return [
        commitment_of("task", text, passages, marker, stop)
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
    markers = markers_in(text, start, stop)
    taken = [(items[0].start, items[-1].stop) for items in lists]
    last_of_run = {marker.run: index for index, marker in enumerate(markers)}
    found: list[Commitment] = []
    open_items: list[tuple[int, int, int]] = []
    for index, marker in enumerate(markers):
        end = item_end(text, markers, index, stop)
        # The others end where the next one begins.
        if last_of_run[marker.run] == index:
            end = min(end, _break(text, passages, marker.start, end))
        end = stripped(text, marker.stop, end)
        before = bisect_right(taken, (marker.start, stop + 1)) - 1
        if before >= 0 and marker.start < taken[before][1]:
            continue
        item = commitment_of("undertaking", text, passages, marker, end)
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
    if not passages:
        return stop
    index = passage_index(passages, at)
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
