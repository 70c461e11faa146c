"""Text that stands in two reports: which report is an extract of which, and which observations are the same.

The fingerprints of all reports meet in one inverted index. What two texts share gives anchors, points that stand for
the same place in both; between two anchors, the same numeral among the same characters is the same statement. Sorting
takes the most time; each report is compared only with those it shares fingerprints with, and of the many that share a
common phrase only with the longest few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from pipeline.rows import Row

Ints = npt.NDArray[np.int64]
Pair = tuple[int, int]

# An extract has this share of its fingerprints in the whole, and at least so many.
_CONTAINED = 0.6
_FEWEST = 5
# What reports of more places than this say is a phrase in use, unless nearly nothing else stands in a report.
_COMMON = 8
_OWN_WORDS = 0.1
# How many of the longest reports with a fingerprint the others are compared with.
_LEADERS = 3
# An observation belongs to a shared passage if an anchor is so near, in characters.
_NEAR = 120
# Characters on each side of a numeral that are compared, and how many must agree.
_CONTEXT = 10
_AGREE = 5
# Two reports that are not extracts of each other state the same fact if these columns agree.
_MEANING = ("place_id", "subject", "indicator_id", "measure", "value", "value_max", "unit", "bound", "comparison")
_WHEN = ("period", "status")


def link_repeated(
    reports: Sequence[Row], observations: Sequence[Row], prints: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """`reports` with `excerpt_of` and `observations` with `same_as`, in their order; the input stays as it is.

    `prints` are the rows of `fingerprints`. What is stated first leads: a whole text before its extract, then the
    earlier report, then the longer one.
    """
    ranked = _ranked(reports, prints)
    places = {str(row["report_id"]): str(row.get("place_id") or "") for row in reports}
    pairs, own = _shared([_unique(row) for row in ranked], [places.get(str(row["report_id"]), "") for row in ranked])
    extracts = _extracts(ranked, pairs, own)
    wholes = {str(ranked[part]["report_id"]): str(ranked[whole]["report_id"]) for part, whole in extracts.items()}
    of_report: dict[str, list[Row]] = defaultdict(list)
    for row in observations:
        of_report[str(row["report_id"])].append(row)
    for rows in of_report.values():
        rows.sort(key=lambda row: _int(row["start"]))
    order = _order(reports, ranked, wholes)
    links = _Links(order)
    meanings = {name: {_means(row) for row in rows} for name, rows in of_report.items()}
    for part, whole in sorted(pairs):
        one, two = (str(ranked[index]["report_id"]) for index in (part, whole))
        strict = extracts.get(part) != whole
        # Most reports that share phrases speak of different places or years, and state nothing that is the same.
        if strict and meanings.get(one, set()).isdisjoint(meanings.get(two, ())):
            continue
        anchors = _anchors(ranked[part], ranked[whole])
        for row, other in _matched(of_report[one], of_report[two], anchors, strict=strict):
            links.join(row, other)
    first = links.first()
    return (
        [{**row, "excerpt_of": wholes.get(str(row["report_id"]), "")} for row in reports],
        [{**row, "same_as": first.get(str(row["observation_id"]), "")} for row in observations],
    )


def _int(value: object) -> int:
    return int(value)  # type: ignore[call-overload,no-any-return]


def _ranked(reports: Sequence[Row], prints: Sequence[Row]) -> list[Row]:
    """The fingerprints by how much of a whole their text is: the longest first, of equal ones the complete."""
    complete = {str(row["report_id"]): row.get("complete") is not False for row in reports}

    def rank(row: Row) -> tuple[int, bool, str]:
        name = str(row["report_id"])
        return -_int(row["characters"]), not complete.get(name, True), name

    return sorted(prints, key=rank)


def _unique(row: Row) -> npt.NDArray[np.uint64]:
    hashes: Any = row["hashes"]
    return np.unique(np.frombuffer(hashes, dtype=np.uint64)) if len(hashes) else np.zeros(0, dtype=np.uint64)


def _shared(hashes: Sequence[npt.NDArray[np.uint64]], places: Sequence[str]) -> tuple[dict[Pair, Pair], list[Pair]]:
    """How many fingerprints two reports share, as (shorter, longer) → (uncommon ones, all).

    And for every report how many of its fingerprints are uncommon, and how many it has.
    """
    sizes = np.array([len(each) for each in hashes], dtype=np.int64)
    if not sizes.sum():
        return {}, [(0, 0) for _ in hashes]
    keys = np.concatenate(hashes)
    owner = np.repeat(np.arange(len(hashes), dtype=np.int64), sizes)
    # Stable, so that the owners of one fingerprint come in their rank.
    by_key = np.argsort(keys, kind="stable")
    keys, owner = keys[by_key], owner[by_key]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    counts = np.diff(np.concatenate((begins, [len(keys)])))
    first = np.repeat(begins, counts)
    uncommon = np.repeat(_places_of(keys, owner, places) <= _COMMON, counts)
    own = np.bincount(owner[uncommon], minlength=len(hashes))
    found: dict[Pair, Pair] = {}
    codes, rare = [], []
    for leader in range(_LEADERS):
        later = np.flatnonzero(np.arange(len(keys)) - first > leader)
        codes.append(owner[later] * len(hashes) + owner[first[later] + leader])
        rare.append(uncommon[later])
    pairs, place = np.unique(np.concatenate(codes), return_inverse=True)
    every = np.bincount(place, minlength=len(pairs))
    few = np.bincount(place, weights=np.concatenate(rare), minlength=len(pairs)).astype(np.int64)
    for code, all_of, some in zip(pairs.tolist(), every.tolist(), few.tolist(), strict=True):
        if all_of >= _FEWEST:
            found[divmod(code, len(hashes))] = (some, all_of)
    return found, list(zip(own.tolist(), sizes.tolist(), strict=True))


def _places_of(keys: npt.NDArray[np.uint64], owner: Ints, places: Sequence[str]) -> Ints:
    """Of how many places the reports with each fingerprint are; `keys` are sorted."""
    number = {place: index for index, place in enumerate(dict.fromkeys(places))}
    place = np.array([number[each] for each in places], dtype=np.int64)[owner]
    order = np.lexsort((place, keys))
    keys, place = keys[order], place[order]
    begins = np.concatenate(([True], keys[1:] != keys[:-1]))
    fresh = np.concatenate(([True], place[1:] != place[:-1])) | begins
    return np.add.reduceat(fresh.astype(np.int64), np.flatnonzero(begins))


def _extracts(ranked: Sequence[Row], pairs: dict[Pair, Pair], own: Sequence[Pair]) -> dict[int, int]:
    """Which text is an extract of which; of several wholes the one that has the most of it, then the longest."""
    best: dict[int, tuple[float, int]] = {}
    for (part, whole), (some, every) in pairs.items():
        uncommon, size = own[part]
        shared, possible = (some, uncommon) if uncommon >= _OWN_WORDS * size else (every, size)
        if shared < _FEWEST or shared < _CONTAINED * possible:
            continue
        # The shared passages must follow one another as they do in the whole.
        if len(_anchors(ranked[part], ranked[whole])) >= _CONTAINED * shared:
            best[part] = max(best.get(part, (0.0, 0)), (shared / possible, -whole))
    found = {part: -whole for part, (_, whole) in best.items()}
    # An extract of an extract is one of the whole.
    for part in sorted(found):
        found[part] = found.get(found[part], found[part])
    return found


def _anchors(part: Row, whole: Row) -> list[Pair]:
    """Offsets of the same place in both texts, rising in both."""
    one, other = _once(part), _once(whole)
    shared, mine, theirs = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    if not len(shared):
        return []
    places = np.stack((one[1][mine], other[1][theirs]), axis=1)
    return _rising([(a, b) for a, b in places[np.argsort(places[:, 0])].tolist()])


def _once(row: Row) -> tuple[npt.NDArray[np.uint64], Ints]:
    """The fingerprints that stand in a text just once, and where."""
    hashes: Any = row["hashes"]
    places: Any = row["places"]
    keys, index, counts = np.unique(np.frombuffer(hashes, dtype=np.uint64), return_index=True, return_counts=True)
    single = counts == 1
    return keys[single], np.frombuffer(places, dtype=np.uint64)[index[single]].astype(np.int64)


def _rising(points: Sequence[Pair]) -> list[Pair]:
    """The longest run of points whose second number rises too."""
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(points):
        at = bisect_left(tails, second)
        before.append(heads[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            heads.append(index)
        else:
            tails[at], heads[at] = second, index
    run = []
    at = heads[-1] if heads else -1
    while at >= 0:
        run.append(points[at])
        at = before[at]
    return run[::-1]


def _matched(
    parts: Sequence[Row], others: Sequence[Row], anchors: Sequence[Pair], *, strict: bool
) -> Iterator[tuple[Row, Row]]:
    """Pairs of observations on the same numeral of both texts. `strict`: only those that mean the same."""
    starts = [_int(row["start"]) for row in others]
    mine = [anchor[0] for anchor in anchors]
    taken: set[int] = set()
    for at, facts in _by_numeral(parts):
        spot = _spot(at, mine, anchors)
        if spot is None:
            continue
        expected, low, high = spot
        best: tuple[int, int, int] | None = None
        for index in range(bisect_left(starts, low), len(others)):
            there = starts[index]
            if there > high:
                break
            if there in taken:
                continue
            score = _agreement(facts[0], others[index])
            if score >= _AGREE:
                rank = (score, -min(abs(there - each) for each in expected), -there)
                best = max(best or rank, rank)
        if best is None:
            continue
        begin = bisect_left(starts, -best[2])
        candidates = [row for row in others[begin : begin + len(facts) + 8] if _int(row["start"]) == -best[2]]
        pairs = list(_paired(facts, candidates, strict=strict))
        if pairs:
            taken.add(-best[2])
        yield from pairs


def _by_numeral(rows: Iterable[Row]) -> list[tuple[int, list[Row]]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_int(row["start"])].append(row)
    return sorted(grouped.items())


def _spot(at: int, mine: Sequence[int], anchors: Sequence[Pair]) -> tuple[list[int], int, int] | None:
    """Where in the other text the place `at` should be: by the anchors around it, and from where to where at most."""
    index = bisect_left(mine, at + 1)
    around = [anchor for anchor in anchors[max(0, index - 1) : index + 1] if abs(anchor[0] - at) <= _NEAR]
    if not around:
        return None
    expected = [at + there - here for here, there in around]
    low = anchors[index - 1][1] if index else expected[0] - _NEAR
    high = anchors[index][1] + _NEAR if index < len(anchors) else expected[-1] + _NEAR
    return expected, max(low, min(expected) - _NEAR), min(high, max(expected) + _NEAR)


def _agreement(row: Row, other: Row) -> int:
    """How many characters around the two numerals agree; 0 where the numerals do not."""
    if _digits(row) != _digits(other):
        return 0
    (left, right), (left_too, right_too) = _around(row), _around(other)
    before = _common(left[::-1], left_too[::-1])
    after = _common(right, right_too)
    # At the edge of a sentence there is less to compare.
    whole = before + after == min(len(left), len(left_too)) + min(len(right), len(right_too))
    return max(before + after, _AGREE if whole and before + after else 0)


def _digits(row: Row) -> str:
    """The numeral without the marks of its typography; a line may break in it."""
    return "".join(normalize("NFKC", str(row["text"])).split())


def _around(row: Row) -> tuple[str, str]:
    quote, base = str(row["quote"]), _int(row["quote_start"])
    before, after = quote[: _int(row["start"]) - base], quote[_int(row["stop"]) - base :]
    # Twice the length leaves enough when marks and blanks are taken out.
    return _plain(before[-2 * _CONTEXT :])[-_CONTEXT:], _plain(after[: 2 * _CONTEXT])[:_CONTEXT]


def _plain(text: str) -> str:
    return "".join(c for c in normalize("NFKC", text).lower() if c.isalnum() or c == "%")


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _paired(facts: Sequence[Row], candidates: Sequence[Row], *, strict: bool) -> Iterator[tuple[Row, Row]]:
    """The facts of one numeral with those of the same numeral elsewhere: what means the same, then in their order."""
    left = list(candidates)
    rest = []
    for row in facts:
        same = next((other for other in left if _means(row) == _means(other)), None)
        if same is None:
            rest.append(row)
        else:
            left.remove(same)
            yield row, same
    if not strict:
        # Another surrounding can change how a fact is read, but not that it is the same fact.
        yield from zip(rest, left, strict=False)


def _means(row: Row) -> tuple[object, ...]:
    return tuple(row.get(column) or None for column in (*_MEANING, *_WHEN))


def _order(reports: Sequence[Row], ranked: Sequence[Row], wholes: dict[str, str]) -> dict[str, tuple[bool, str, int]]:
    """By which report leads among those that state the same."""
    rank = {str(row["report_id"]): index for index, row in enumerate(ranked)}
    return {
        name: (name in wholes, str(row.get("date") or "9999"), rank.get(name, len(rank)))
        for row in reports
        for name in [str(row["report_id"])]
    }


class _Links:
    """Observations that are the same, joined as they are found."""

    def __init__(self, order: dict[str, tuple[bool, str, int]]) -> None:
        self._order = order
        self._parent: dict[str, str] = {}
        self._rows: dict[str, Row] = {}

    def join(self, row: Row, other: Row) -> None:
        """State that two rows are the same observation."""
        for each in (row, other):
            name = str(each["observation_id"])
            self._parent.setdefault(name, name)
            self._rows.setdefault(name, each)
        one, two = self._root(str(row["observation_id"])), self._root(str(other["observation_id"]))
        if one != two:
            leads, follows = sorted((one, two), key=self._rank)
            self._parent[follows] = leads

    def first(self) -> dict[str, str]:
        """For every joined observation but the first of its kind, the first."""
        return {name: root for name in self._parent if (root := self._root(name)) != name}

    def _root(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def _rank(self, name: str) -> tuple[tuple[bool, str, int], int, str]:
        row = self._rows[name]
        return self._order[str(row["report_id"])], _int(row["start"]), name
