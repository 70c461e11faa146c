"""Figures that cannot all be right: rows of the table `findings`. Nothing is corrected.

A rule speaks only where rounding, prices and the words (左右, 超) leave no way out, and only about figures that are
plainly about each other; what it misses costs less than an alarm that is false.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from pipeline.knowledge import catalogue, vocabulary
from pipeline.meaning.amounts import unit
from pipeline.rows import Row

Interval = tuple[Decimal, Decimal]
# How far the words may reach when a contradiction is looked for: generous, so that only the impossible is found.
_ABOUT = Decimal("0.05")
_BEYOND = Decimal("0.25")
# Percentage points that prices, or later revisions, may put between a growth rate and the growth of the levels.
_PRICES = Decimal(25)
_REVISION = Decimal(8)
# Figures given for one level that are compared.
_FIGURES = 30
# Characters between the counts and the rate that is made of them.
_REACH = 160
# Characters before a count that say what was counted.
_BEFORE = 14
# A sum is stated right behind its parts.
_SUM_REACH = 12


def findings(reports: Sequence[Row], observations: Sequence[Row]) -> list[Row]:
    """Contradictions among the observations (without repeated ones), by rule and in the order of the reports."""
    position = {str(row["report_id"]): index for index, row in enumerate(reports)}
    rows = sorted(
        observations, key=lambda row: (position.get(str(row["report_id"]), len(position)), _int(row["start"]))
    )
    return [*within_reports(rows), *growths(rows)]


def within_reports(rows: Sequence[Row]) -> list[Row]:
    """Contradictions inside single reports; `rows` are observations by report and start."""
    rules = (_shares, _rates, _parts, _sums, _wholes)
    return _once(finding for rule in rules for finding in rule(rows))


def _once(found: Iterable[Row]) -> list[Row]:
    first: dict[object, Row] = {}
    for finding in found:
        first.setdefault(finding["finding_id"], finding)
    return list(first.values())


def _finding(rule: str, severity: str, row: Row, other: Row | None, message: str) -> Row:
    name = f"{rule.replace('_', '-')}-{row['observation_id']}"
    return {
        "finding_id": f"{name}.{other['observation_id']}" if other else name,
        "rule": rule,
        "severity": severity,
        "observation_id": row["observation_id"],
        "other_observation_id": other["observation_id"] if other else "",
        "message": message,
    }


def _shares(rows: Sequence[Row]) -> Iterator[Row]:
    """Shares of a whole above 100%."""
    words = _words()
    begins, ends = tuple(words["share_begins"]), tuple(words["share_of_whole"])
    for row in rows:
        name = str(row["indicator_text"])
        if row["measure"] != "level" or row["unit"] != "%" or not (name.startswith(begins) or name.endswith(ends)):
            continue
        if any(word in name for word in words["not_of_whole"]):
            continue
        if _interval(row)[0] > 100 and row["bound"] not in ("at_most", "under", "nearly"):
            yield _finding("share_above_whole", "error", row, None, f"{name} of {_said(row)}: a share is at most 100%.")


def _rates(rows: Sequence[Row]) -> Iterator[Row]:
    """A completion rate beside the counts it is made of: 共100项,完成90项,完成率95%."""
    for run in _by_report(rows):
        for index, rate in enumerate(run):
            name = str(rate["indicator_text"])
            if rate["measure"] != "level" or rate["unit"] != "%" or not name.endswith("率") or len(name) < 3:
                continue
            if rate["status"] == "target" or rate["bound"] != "exact":
                continue
            done = name[-3:-1]
            counts = [row for row in _before(run, index) if _is_count(row)]
            pairs = [
                (part, whole)
                for place, part in enumerate(counts)
                if _says(part, done)
                for whole in counts[:place]
                if _is_whole(whole, part, done)
            ]
            stated = _decimal(rate["value"])
            # If any of the counts explain the rate, those are meant.
            if not pairs or any(abs(_percent(*pair) - stated) <= _step(stated) for pair in pairs):
                continue
            part, whole = pairs[-1]
            message = (
                f"{_said(part)} of {_said(whole)} are {_percent(part, whole):.1f}%, the text says {name} {_said(rate)}: "
                f"“{clipped(whole)}” … “{clipped(rate)}”"
            )
            yield _finding("rate_against_counts", "warning", rate, part, message)


def _percent(part: Row, whole: Row) -> Decimal:
    return 100 * _decimal(part["value"]) / _decimal(whole["value"])


def _is_count(row: Row) -> bool:
    if row["measure"] != "level" or row["bound"] != "exact" or row["status"] == "target":
        return False
    return _counted(row)


def _counted(row: Row) -> bool:
    """Whether a figure is a count in full, which is not rounded."""
    value, known = _decimal(row["value"]), unit(str(row["unit"] or ""))
    return value == value.to_integral_value() and known.dimension == "count" and known.factor == 1


def _lead(row: Row) -> str:
    """The words right before a numeral, and what it counts."""
    quote = str(row["quote"])
    at = _int(row["start"]) - _int(row["quote_start"])
    return re.split(r"[,，;；。]", quote[max(0, at - _BEFORE) : at])[-1]


def _says(row: Row, done: str) -> bool:
    """Whether a count is of what was done, by the words right before it."""
    before, found, _ = _lead(row).rpartition(done)
    return bool(found) and not before.endswith(tuple(_words()["not_done"]))


def _is_whole(row: Row, part: Row, done: str) -> bool:
    """Whether a count can be the one that `part` is a part of."""
    lead = _lead(row)
    return (
        row["unit"] == part["unit"]
        and row["start"] != part["start"]
        and _decimal(row["value"]) >= _decimal(part["value"])
        and _decimal(row["value"]) > 0
        and done not in lead
        and not any(word in lead for word in _words()["not_done"])
    )


def _parts(rows: Sequence[Row]) -> Iterator[Row]:
    """其中 with more than the whole."""
    cue = _any("part_of")
    for run in _by_sentence(rows):
        quote, base = str(run[0]["quote"]), _int(run[0]["quote_start"])
        for match in cue.finditer(quote):
            here = base + match.start()
            # What comes after the next comma need not be a part any more.
            stop = base + _clause_end(quote, match.end(), ",，;；。")
            begin = max(quote.rfind(mark, 0, match.start()) for mark in "；;。") + base
            wholes = [row for row in run if begin < _int(row["start"]) < here and _is_total(row)]
            for row in run:
                if not here < _int(row["start"]) < stop or not _is_total(row):
                    continue
                same = [other for other in wholes if _comparable(row, other)]
                if not same:
                    continue
                whole = max(same, key=lambda other: _amounts(other)[1])
                if _amounts(row)[0] > _amounts(whole)[1]:
                    message = (
                        f"{row['indicator_text']} {_said(row)} is said to be part of {whole['indicator_text']} "
                        f"{_said(whole)}: “{clipped(row)}”"
                    )
                    yield _finding("part_above_whole", "warning", row, whole, message)


def _sums(rows: Sequence[Row]) -> Iterator[Row]:
    """Parts that are all listed in a sentence, and a sum that is another."""
    before, after = _any("splits_into"), _any("adds_up_to")
    for run in _by_sentence(rows):
        quote, base = str(run[0]["quote"]), _int(run[0]["quote_start"])
        for match in before.finditer(quote):
            here, stop = base + match.end(), base + _clause_end(quote, match.end())
            whole = next((row for row in reversed(run) if _int(row["start"]) < here and _is_amount(row)), None)
            yield from _added(whole, [row for row in run if here <= _int(row["start"]) < stop])
        for match in after.finditer(quote):
            here = base + match.end()
            begin = max(quote.rfind(mark, 0, match.start()) for mark in "；;。") + base
            whole = next((row for row in run if here <= _int(row["start"]) <= here + _SUM_REACH), None)
            yield from _added(whole, [row for row in run if begin < _int(row["start"]) < base + match.start()])


def _added(whole: Row | None, listed: Sequence[Row]) -> Iterator[Row]:
    if whole is None or not _is_amount(whole) or len(listed) < 2:
        return
    # Anything else among the parts (a growth rate, another unit, a vague figure) may be no part, or not the only one.
    if not all(_is_amount(row) and _comparable(row, whole) and row["bound"] == "exact" for row in listed):
        return
    low, high = _total(listed)
    least, most = _amounts(whole)
    if low > most or high < least:
        parts = " + ".join(_said(row) for row in listed)
        message = f"{parts} do not add up to {_said(whole)}: “{clipped(whole)}”"
        yield _finding("sum_against_parts", "warning", whole, listed[0], message)


def _wholes(rows: Sequence[Row]) -> Iterator[Row]:
    """Wholes beside all the parts that they have by definition, in one report."""
    levels: dict[tuple[object, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["measure"] == "level" and row["period"] and _is_amount(row):
            key = tuple(row.get(name) or "" for name in ("report_id", "place_id", "subject", "period", "status"))
            levels[key].setdefault(str(row["indicator_id"]), row)
    for found in levels.values():
        for name, parts in catalogue("polarity")["sums"].items():
            if name not in found or not all(part in found for part in parts):
                continue
            listed = [found[part] for part in parts]
            if {row["base_unit"] for row in (*listed, found[name])} != {found[name]["base_unit"]}:
                continue
            low, high = _total(listed)
            least, most = _amounts(found[name])
            if low > most or high < least:
                said = " + ".join(f"{row['indicator_text']} {_said(row)}" for row in listed)
                message = f"{said} do not add up to {found[name]['indicator_text']} {_said(found[name])}."
                yield _finding("sum_against_parts", "warning", found[name], listed[0], message)


def grows(row: Row) -> bool:
    """Whether a figure is a level or a growth rate of an indicator whose levels and rates are held together."""
    if row["indicator_id"] not in _margins() or row["status"] == "target" or not str(row["period"] or "").isdigit():
        return False
    if row["measure"] == "level":
        return _is_amount(row)
    return row["measure"] == "growth" and row["comparison"] == "yoy" and row["unit"] == "%" and not row.get("basis")


@cache
def _margins() -> Mapping[str, Decimal]:
    """How far, in percentage points, levels and rates of an indicator may be from each other."""
    known = catalogue("polarity")
    return dict.fromkeys(known["constant_prices"], _PRICES) | dict.fromkeys(known["current_prices"], _REVISION)


SERIES = ("place_id", "subject", "indicator_id")


def growths(rows: Sequence[Row]) -> list[Row]:
    """The levels of two years and a growth rate between them that cannot all be right.

    `rows` are observations by report and start, all of those with the same `SERIES`.
    """
    return _once(_growths(rows))


def _growths(rows: Sequence[Row]) -> Iterator[Row]:
    own: dict[tuple[object, ...], Row] = {}
    # Of the many reports that state the same level, the first stands for all.
    levels: dict[tuple[object, ...], dict[object, Row]] = defaultdict(dict)
    rates: list[tuple[tuple[object, ...], int, Row]] = []
    for row in rows:
        if not grows(row):
            continue
        key, year = tuple(row.get(name) or "" for name in SERIES), _int(row["period"])
        if row["measure"] == "growth":
            rates.append((key, year, row))
            continue
        own.setdefault((*key, year, row["report_id"]), row)
        figures = levels[*key, year]
        if len(figures) < _FIGURES:
            figures.setdefault((row["value"], row["unit"], row["bound"]), row)
    for series, year, rate in rates:
        now = own.get((*series, year, rate["report_id"]))
        if now is None:
            continue
        for earlier in levels.get((*series, year - 1), {}).values():
            if now["base_unit"] != earlier["base_unit"]:
                continue
            low, high = _amounts(now)
            least, most = _amounts(earlier)
            if least <= 0:
                continue
            slow, fast = 100 * (low / most - 1), 100 * (high / least - 1)
            margin = _margins()[str(rate["indicator_id"])]
            stated = _interval(rate)
            if stated[0] - margin > fast or stated[1] + margin < slow:
                message = (
                    f"{rate['indicator_text']} went from {_said(earlier)} ({year - 1}) to {_said(now)} ({year}), "
                    f"{slow:.1f}% to {fast:.1f}% more; the text says {_said(rate)}, further off than prices or "
                    f"revisions explain: “{clipped(earlier)}” “{clipped(rate)}”"
                )
                yield _finding("growth_against_levels", "warning", rate, earlier, message)


def _by_report(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for _, run in groupby(rows, key=lambda row: row["report_id"]):
        yield list(run)


def _by_sentence(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for _, run in groupby(rows, key=lambda row: (row["report_id"], row["quote_start"])):
        yield list(run)


def _before(run: Sequence[Row], index: int) -> list[Row]:
    """The rows of the same section that end shortly before a row, in their order."""
    rate = run[index]
    found: list[Row] = []
    for row in reversed(run[:index]):
        if _int(rate["start"]) - _int(row["start"]) > _REACH or row["section"] != rate["section"]:
            break
        found.append(row)
    return found[::-1]


def _clause_end(quote: str, at: int, marks: str = ";；。") -> int:
    """Where the first of `marks` after `at` stands, or the sentence ends."""
    ends = [place for mark in marks if (place := quote.find(mark, at)) >= 0]
    return min(ends, default=len(quote))


def _is_amount(row: Row) -> bool:
    return row["measure"] == "level" and row.get("amount") not in (None, "") and row["unit"] not in ("%", "‰", "成")


def _is_total(row: Row) -> bool:
    """Whether an amount is a total and no average, which has no parts."""
    said = f"{row['indicator_text']}{_lead(row)}{row['unit']}"
    return _is_amount(row) and not any(word in said for word in _words()["average"])


def _comparable(row: Row, other: Row) -> bool:
    """Whether two amounts can be part and whole: of the same unit, time and status."""
    if any((row.get(name) or "") != (other.get(name) or "") for name in ("base_unit", "period", "status")):
        return False
    # Two counts of 个 may count anything; a classifier of its own says more.
    return row["base_unit"] != "个" or row["unit"] == other["unit"]


def _interval(row: Row) -> Interval:
    """The values that a figure may have: its rounding, and a generous reading of its words."""
    value = _decimal(row["value"])
    step = Decimal(0) if _counted(row) else _step(value)
    most = row.get("value_max")
    low, high = value, value if most in (None, "") else _decimal(most)
    low, high = min(low, high) - step, max(low, high) + step
    bound, size = row["bound"], max(abs(low), abs(high))
    if bound == "about":
        return low - size * _ABOUT, high + size * _ABOUT
    up = bound in ("over", "at_least")
    if value < 0:
        up = bound in ("under", "at_most", "nearly")
    if bound in ("over", "at_least", "under", "at_most", "nearly"):
        return (low, high + size * _BEYOND) if up else (low - size * _BEYOND, high)
    return low, high


def _amounts(row: Row) -> Interval:
    """The same in base units."""
    value = _decimal(row["value"])
    factor = _decimal(row["amount"]) / value if value else unit(str(row["unit"] or "")).factor
    low, high = _interval(row)
    return low * factor, high * factor


def _total(rows: Sequence[Row]) -> Interval:
    lows, highs = zip(*(_amounts(row) for row in rows), strict=True)
    return sum(lows, Decimal(0)), sum(highs, Decimal(0))


def _step(value: Decimal) -> Decimal:
    """Half of the last digit, the most that rounding can have taken."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def _said(row: Row) -> str:
    most = row.get("value_max")
    tail = "" if most in (None, "") else f" to {_decimal(most):f}"
    bound = "" if row["bound"] in ("exact", "range") else f"{str(row['bound']).replace('_', ' ')} "
    return f"{bound}{_decimal(row['value']):f}{tail}{row['unit'] or ''}"


def clipped(row: Mapping[str, object], size: int = 60) -> str:
    """The sentence of an observation, shortened to so many characters around the figure."""
    quote, at = str(row["quote"]), _int(row["start"]) - _int(row["quote_start"])
    begin, stop = max(0, at - size // 2), min(len(quote), at + size // 2)
    return ("…" if begin else "") + " ".join(quote[begin:stop].split()) + ("…" if stop < len(quote) else "")


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = vocabulary("reconcile")
    return words


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words()[name])))


def _int(value: object) -> int:
    return int(str(value))


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
