"""Which of several ways to read the digits of a row is the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.reading.structures.table_columns import Column, RawRow, Split
from pipeline.reading.structures.table_words import SENTENCE_END, VALUE_ROLES

_SCOPE = re.compile(f"^{any_of(vocabulary('structure')['table']['scopes'])}")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MOST_ROUNDS = 8
# Figures for the same indicator are looked for this far from a table.
_REACH = 60_000


def decided(text: str, rows: list[RawRow], columns: Sequence[Column], start: int, stop: int) -> list[RawRow]:
    """Narrow the ways to read each row: by figures that the text states, then by the decimals of certain rows."""
    kinds = [column.role for column in columns if column.role in VALUE_ROLES]
    rows = [replace(row, splits=_supported(text, row, start, stop)) if len(row.splits) > 1 else row for row in rows]
    rows = _plausible(_fit(rows, kinds), kinds)
    return _common_format(_fit(rows, kinds), kinds)


def _fit(rows: list[RawRow], kinds: Sequence[str]) -> list[RawRow]:
    """Let the decimals of certain rows decide others, as long as that makes more of them certain."""
    for _ in rows[:_MOST_ROUNDS]:
        decimals = _certain_decimals(rows, kinds)
        narrowed = [_fitting(row, kinds, decimals) for row in rows]
        if narrowed == rows:
            break
        rows = narrowed
    return rows


def _plausible(rows: list[RawRow], kinds: Sequence[str]) -> list[RawRow]:
    """Among several ways to read a row, keep those without a growth of 100% or more, if there are any."""
    return [
        replace(row, splits=tuple(split for split in row.splits if _grows_plausibly(split, kinds)) or row.splits)
        if len(row.splits) > 1
        else row
        for row in rows
    ]


def _grows_plausibly(split: Split, kinds: Sequence[str]) -> bool:
    return all(kind != "growth" or abs(value.value) < 100 for kind, value in zip(kinds, split, strict=True))


def _supported(text: str, row: RawRow, start: int, stop: int) -> tuple[Split, ...]:
    """The ways to read a row that most figures of the text speak for; all ways where none does."""
    figures = _figures(text, text[slice(*row.name)], start, stop)
    scores = [sum(abs(value.value) in figures for value in split) for split in row.splits]
    best = max(scores)
    return tuple(split for split, score in zip(row.splits, scores, strict=True) if score == best)


def _figures(text: str, name: str, start: int, stop: int) -> set[Decimal]:
    """The numbers that stand close behind the indicator's name, outside the table."""
    names = {name, name.replace("规模以上", "规上"), _SCOPE.sub("", name)}
    low, high = start - _REACH, stop + _REACH
    found: set[Decimal] = set()
    for variant in names:
        at = text.find(variant, max(low, 0), high)
        for _ in range(8):
            if at < 0:
                break
            if not start <= at < stop:
                behind = at + len(variant)
                end = SENTENCE_END.search(text, behind, behind + 40)
                clause = text[behind : end.start() if end else behind + 40]
                found.update(Decimal(figure[0]) for figure in _FIGURE.finditer(clause) if len(figure[0]) < 20)
            at = text.find(variant, at + 1, high)
    return found


def _certain_decimals(rows: Sequence[RawRow], kinds: Sequence[str]) -> dict[tuple[int, str], set[int]]:
    """How many decimals the certain rows have, by column and unit."""
    found: dict[tuple[int, str], set[int]] = {}
    for row in rows:
        if len(row.splits) == 1:
            for column, value in enumerate(row.splits[0]):
                if value.decimals >= 0:
                    found.setdefault((column, row.unit if kinds[column] == "level" else "%"), set()).add(value.decimals)
    return found


def _fitting(row: RawRow, kinds: Sequence[str], decimals: dict[tuple[int, str], set[int]]) -> RawRow:
    """Keep the ways to read a row whose decimals are those of the certain rows, if there are any."""
    if len(row.splits) < 2:
        return row
    splits = row.splits
    for column, kind in enumerate(kinds):
        known = decimals.get((column, row.unit if kind == "level" else "%"))
        if known:
            splits = tuple(split for split in splits if split[column].decimals in known) or splits
    return replace(row, splits=splits) if splits != row.splits else row


def _common_format(rows: list[RawRow], kinds: Sequence[str]) -> list[RawRow]:
    """Where no row is certain: the one format of decimals in which every row reads in exactly one way, if only one."""
    open_rows = [row for row in rows if len(row.splits) > 1]
    if len(open_rows) < 2 or any(len(row.splits) == 1 for row in rows):
        return rows
    readings: dict[tuple[int, ...], list[tuple[Span, Split]]] = {}
    for row in open_rows:
        for split in row.splits:
            readings.setdefault(tuple(value.decimals for value in split), []).append((row.name, split))
    names = [row.name for row in open_rows]
    complete = [dict(found) for found in readings.values() if [name for name, _ in found] == names]
    if len(complete) != 1:
        return rows
    return [replace(row, splits=(complete[0][row.name],)) if row.name in complete[0] else row for row in rows]
