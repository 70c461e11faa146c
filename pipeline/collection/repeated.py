"""Text that stands in two reports: which report is an extract of which, and which observations are the same.

The fingerprints of all reports meet in one inverted index (`index`). What two texts share gives anchors, points that
stand for the same place in both; between two anchors, the same numeral among the same characters is the same statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b
from typing import Any, NamedTuple
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from pipeline.collection.index import CONTAINED, Candidate
from pipeline.rows import Row

Ints = npt.NDArray[np.int64]
Pair = tuple[int, int]
Rank = tuple[bool, str, int]

# An observation belongs to a shared passage if an anchor is so near, in characters.
_NEAR = 120
# Characters on each side of a numeral that are compared, and how many must agree.
_CONTEXT = 10
_AGREE = 5
# Two reports that are not extracts of each other state the same fact if these columns agree.
MEANING = (
    *("place_id", "subject", "indicator_id", "measure", "value", "value_max", "unit", "bound", "comparison"),
    *("period", "status"),
)


class Statement(NamedTuple):
    """An observation by where it stands."""

    report_id: str
    start: int
    observation_id: str


class Text(NamedTuple):
    """What two texts are compared by: a row of the fingerprints, and the observations by where they stand."""

    prints: Row
    observations: Sequence[Row]


Read = Callable[[int], Text]
"""Gives a text by its rank."""


def _int(value: object) -> int:
    return int(value)  # type: ignore[call-overload,no-any-return]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Observations by where they stand."""
    return sorted(rows, key=lambda row: _int(row["start"]))


def leading(
    reports: Iterable[Mapping[str, object]], ranked: Sequence[str], extracts: Container[str]
) -> dict[str, Rank]:
    """By which report leads among those that state the same; `ranked` are the identifiers by rank."""
    place = {name: index for index, name in enumerate(ranked)}
    return {
        name: (name in extracts, str(row.get("date") or "9999"), place.get(name, len(place)))
        for row in reports
        for name in [str(row["report_id"])]
    }


def unique_prints(row: Row) -> npt.NDArray[np.uint64]:
    """The fingerprints of a text, each once."""
    hashes: Any = row["hashes"]
    return np.unique(np.frombuffer(hashes, dtype=np.uint64)) if len(hashes) else np.zeros(0, dtype=np.uint64)


def meanings(observations: Iterable[Row]) -> npt.NDArray[np.uint64]:
    """What observations mean, each once, as hashes: equal meanings have equal ones."""
    said = {"\0".join([_plain_value(value) for value in _means(row)]) for row in observations}
    digests = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in said)
    return np.unique(np.frombuffer(digests, dtype=np.uint64))


def _plain_value(value: object) -> str:
    return value if type(value) is str else str(value.normalize() if isinstance(value, Decimal) else value)


def contained(candidate: Candidate, read: Read) -> tuple[int, int, float]:
    """(part, whole, the share of the part that is in it); the share is 0 if the part is no extract of the whole.

    The shared passages must follow one another as they do in the whole.
    """
    part, whole, shared, possible = candidate
    enough = len(_anchors(read(part).prints, read(whole).prints)) >= CONTAINED * shared
    return part, whole, shared / possible if enough else 0.0


def rooted(found: Iterable[tuple[int, int, float]]) -> dict[int, int]:
    """Which text is an extract of which, from what `contained` gives.

    Of several wholes it is the one that has the most of the part, then the longest; an extract of an extract is one of
    the whole.
    """
    best: dict[int, tuple[float, int]] = {}
    for part, whole, share in found:
        if share:
            best[part] = max(best.get(part, (0.0, 0)), (share, -whole))
    wholes = {part: -whole for part, (_, whole) in best.items()}
    for part in sorted(wholes):
        wholes[part] = wholes.get(wholes[part], wholes[part])
    return wholes


def matched(part: Text, whole: Text, *, strict: bool) -> Iterator[tuple[Statement, Statement]]:
    """Observations that are the same in both texts. `strict`: only those that mean the same."""
    anchors = _anchors(part.prints, whole.prints)
    for row, other in _matched(part.observations, whole.observations, anchors, strict=strict):
        yield _statement(row), _statement(other)


def _statement(row: Row) -> Statement:
    return Statement(str(row["report_id"]), _int(row["start"]), str(row["observation_id"]))


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
    return tuple([value or None for value in map(row.get, MEANING)])


class Links:
    """Observations that are the same, joined as they are found; `leading` tells which report leads."""

    def __init__(self, leading: Mapping[str, Rank]) -> None:
        self._leading = leading
        self._parent: dict[Statement, Statement] = {}

    def join_all(self, pairs: Iterable[tuple[Statement, Statement]]) -> None:
        """State of every pair that both are the same observation."""
        for pair in pairs:
            one, two = map(self._root, pair)
            if one != two:
                leads, follows = sorted((one, two), key=self._rank)
                self._parent[follows] = leads

    def first(self) -> Iterator[tuple[Statement, Statement]]:
        """Every joined observation but the first of its kind, and the first."""
        yield from ((name, self._root(name)) for name in list(self._parent))

    def _root(self, name: Statement) -> Statement:
        root = name
        while root in self._parent:
            root = self._parent[root]
        while name != root:
            self._parent[name], name = root, self._parent[name]
        return root

    def _rank(self, name: Statement) -> tuple[Rank, int, str]:
        return self._leading[name.report_id], name.start, name.observation_id
