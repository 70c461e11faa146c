"""A part with more than its whole: 其中, or a part by definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.collection.findings.figures import (
    amounts,
    any_word,
    by_sentence,
    clause_end,
    comparable,
    is_amount,
    is_total,
    whole,
)
from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.knowledge import catalogue
from pipeline.rows import Row


def _find(page: Page) -> Iterator[Found]:
    yield from _in_sentences(page)
    yield from _by_definition(page)


def _by_definition(page: Page) -> Iterator[Found]:
    """Exports above foreign trade, and the like."""
    wholes = {part: whole for whole, parts in catalogue("polarity")["parts"].items() for part in parts}
    stated: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in page.first:
        if row["period"] and is_amount(row):
            stated[_about(row, str(row["indicator_id"]))].append(row)
    for row in page.first:
        whole = wholes.get(str(row["indicator_id"]))
        if whole and row["period"] and is_amount(row):
            others = stated[_about(row, whole)]
            other = next((other for other in others if amounts(row)[0] > amounts(other)[1]), None)
            if other is not None:
                yield Found(row, other)


def _about(row: Row, indicator: str) -> tuple[object, ...]:
    return (indicator, *(row.get(name) or "" for name in ("place_id", "subject", "period", "status", "base_unit")))


def _in_sentences(page: Page) -> Iterator[Found]:
    cue = any_word("part_of")
    for run in by_sentence(page.first):
        quote, base = str(run[0]["quote"]), whole(run[0]["quote_start"])
        for match in cue.finditer(quote):
            here = base + match.start()
            # What comes after the next comma need not be a part any more.
            stop = base + clause_end(quote, match.end(), ",，;；。")
            begin = max(quote.rfind(mark, 0, match.start()) for mark in "；;。") + base
            wholes = [row for row in run if begin < whole(row["start"]) < here and is_total(row)]
            for row in run:
                if not here < whole(row["start"]) < stop or not is_total(row):
                    continue
                same = [other for other in wholes if comparable(row, other)]
                if not same:
                    continue
                largest = max(same, key=lambda other: amounts(other)[1])
                if amounts(row)[0] > amounts(largest)[1]:
                    yield Found(row, largest)


RULE = Rule(
    id="part_above_whole",
    severity="warning",
    looks_at="report",
    en="{row:name} {row:value} is said to be part of {other:name} {other:value}: {row:quote}",
    zh="“其中”项大于总项：{row:name}{row:value}，而其所属的{other:name}仅为{other:value}：{row:quote}",
    find=_find,
    example="2021年，全市完成投资80亿元,其中工业投资90亿元。",
    near_miss="2021年，全市完成投资80亿元,其中工业投资9000万元。",
)
