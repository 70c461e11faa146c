"""Which statements are about the place as a whole and about one year, and which of them speaks for it.

A report says of its place what else it says of parts of it: 中欧班列带动全省进出口400亿元 is no foreign trade of the
province, and 五年累计下降17% no change of a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.collection.findings.figures import amounts, interval
from pipeline.knowledge import any_of, catalogue, vocabulary
from pipeline.meaning.amounts import unit
from pipeline.meaning.indicators import core

Record = Mapping[str, Any]

_WORDS = vocabulary("reconcile")
_WHOLE = re.compile(any_of(_WORDS["whole_place"]))
_EFFECT = re.compile(any_of(_WORDS["effect"]))
_RUNNING = re.compile(any_of(_WORDS["running_total"]))
_OF_YEAR = re.compile(rf"(?:{any_of(_WORDS['within_year'])})[^,，;；。]{{0,12}}?{any_of(_WORDS['running_total'])}")
# 关中5市PM2.5浓度: some places of several.
_SOME = re.compile(rf"\d+个?(?:{any_of(_WORDS['some_of'])})?{any_of(_WORDS['areas'])}")
_CLAUSE = re.compile(r"[,，;；。:：\n]")
_VALUE = re.compile(rf"(?:{any_of(_WORDS['reaching'])})*[\d－-][^、]*$")
_REACHING = re.compile(rf"(?:{any_of(_WORDS['reaching'])})+$")
_MILESTONE = re.compile(rf"(?:{any_of(_WORDS['crossing'])})[^,，;；。]{{0,12}}$")
_STEP = re.compile(rf"[^,，;；。]{{0,12}}?{any_of(_WORDS['milestone'])}")
# A name of so few characters may go on with the one before: 甲茶产值增长8%、出口增长50%.
_BARE = 4
_PLACES = {"list": 0, "table": 1, "body": 2, "glossary": 3}
_EXACT = ("exact", "about")


def about_whole_place(row: Record) -> bool:
    """Whether the words before a figure of a headline indicator leave it to the place as a whole, and to its period."""
    before = _CLAUSE.split(row["quote"][: row["start"] - row["quote_start"]])[-1]
    if _RUNNING.search(before) and not _OF_YEAR.search(before):
        return False
    if row["stated_in"] in ("list", "table"):
        return True
    if row["measure"] == "level" and not row["unit"] and unit(_unit_of(row["indicator_id"])).dimension != "count":
        return False
    effect = _EFFECT.search(before)
    if effect and not _WHOLE.search(before, effect.end()):
        return False
    return not _SOME.search(before) and not _goes_on_with_another(before, row)


def _unit_of(indicator: str) -> str:
    return str(catalogue("indicators")[indicator].get("unit") or "")


def _goes_on_with_another(before: str, row: Record) -> bool:
    """Whether a bare name stands behind that of something narrower: 甲茶综合产值增长8%、出口增长50%."""
    *others, own = before.split("、")
    if not others or not any(map(str.isdigit, others[-1])):
        return False
    # Where the name was restored from the one before, it goes on with the right one.
    if row["indicator_text"] != _REACHING.sub("", own) or len(row["indicator_text"]) > _BARE:
        return False
    name = _REACHING.sub("", _VALUE.sub("", others[-1]))
    return bool(name) and not core(name, row["measure"], row["unit"] or "") and not _WHOLE.match(name)


def choices(rows: Iterable[Record]) -> list[Record]:
    """The statements of one report for one cell that exclude each other, the preferred first.

    The list of targets goes before the body, words for the whole place before none, then the first; of statements that can all be
    true, the most exact stands for them. A milestone that was passed (迈上4万亿元台阶) is no level where another is stated.
    """
    rows = list(rows)
    rows = [row for row in rows if not _is_milestone(row)] or rows
    found: list[list[Record]] = []
    for row in sorted(rows, key=_preference):
        same = next((group for group in found if all(_agree(row, other) for other in group)), None)
        if same is None:
            found.append([row])
        else:
            same.append(row)
    return [min(group, key=_exactness) for group in found]


def _is_milestone(row: Record) -> bool:
    quote, at = row["quote"], row["start"] - row["quote_start"]
    return bool(_MILESTONE.search(quote, 0, at) or _STEP.match(quote, at))


def _preference(row: Record) -> tuple[int, bool, int]:
    said = row["quote"] or ""
    return _PLACES.get(row["stated_in"] or "", 0), not _WHOLE.search(said), int(row["start"])


def _exactness(row: Record) -> tuple[int, bool, bool, int]:
    """A table may repeat what the text says with more words, so the place goes before the bound."""
    return _PLACES.get(row["stated_in"] or "", 0), row["bound"] not in _EXACT, row["status"] == "estimate", row["start"]


def _agree(row: Record, other: Record) -> bool:
    """Whether two figures can both be true, with a generous reading of their words."""
    one, two = _reach(row), _reach(other)
    return one[0] <= two[1] and two[0] <= one[1]


def _reach(row: Record) -> tuple[Decimal, Decimal]:
    given = {name: row[name] for name in ("value", "value_max", "bound", "unit", "amount")}
    for name in ("value", "value_max", "amount"):
        if isinstance(given[name], float):
            given[name] = Decimal(repr(given[name])).normalize()
    return amounts(given) if given["amount"] is not None and row["measure"] != "growth" else interval(given)


def first_stated(rows: Sequence[Record]) -> Record | None:
    """The preferred statement, if there is one."""
    return next(iter(choices(rows)), None)
