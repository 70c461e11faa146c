"""Parts that are all listed, in a sentence or by definition, and a sum that is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.collection.findings.figures import (
    amounts,
    any_word,
    by_sentence,
    clause_end,
    comparable,
    is_amount,
    total,
    whole,
)
from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.knowledge import catalogue
from pipeline.rows import Row

# A sum is stated right behind its parts.
_REACH = 12


def _find(page: Page) -> Iterator[Found]:
    yield from _in_sentences(page.first)
    yield from _by_definition(page.first)


def _in_sentences(rows: Sequence[Row]) -> Iterator[Found]:
    before, after = any_word("splits_into"), any_word("adds_up_to")
    for run in by_sentence(rows):
        quote, base = str(run[0]["quote"]), whole(run[0]["quote_start"])
        for match in before.finditer(quote):
            here, stop = base + match.end(), base + clause_end(quote, match.end())
            stated = next((row for row in reversed(run) if whole(row["start"]) < here and is_amount(row)), None)
            yield from _added(stated, [row for row in run if here <= whole(row["start"]) < stop])
        for match in after.finditer(quote):
            here = base + match.end()
            begin = max(quote.rfind(mark, 0, match.start()) for mark in "；;。") + base
            stated = next((row for row in run if here <= whole(row["start"]) <= here + _REACH), None)
            yield from _added(stated, [row for row in run if begin < whole(row["start"]) < base + match.start()])


def _added(stated: Row | None, listed: Sequence[Row]) -> Iterator[Found]:
    if stated is None or not is_amount(stated) or len(listed) < 2:
        return
    # Anything else among the parts (a growth rate, another unit, a vague figure) may be no part, or not the only one.
    if all(is_amount(row) and comparable(row, stated) and row["bound"] == "exact" for row in listed):
        yield from _differing(stated, listed)


def _by_definition(rows: Sequence[Row]) -> Iterator[Found]:
    """Wholes beside all the parts that they have by definition."""
    levels: dict[tuple[object, ...], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["measure"] == "level" and row["period"] and is_amount(row):
            key = tuple(row.get(name) or "" for name in ("place_id", "subject", "period", "status"))
            levels[key].setdefault(str(row["indicator_id"]), row)
    for found in levels.values():
        for name, parts in catalogue("polarity")["sums"].items():
            if name not in found or not all(part in found for part in parts):
                continue
            listed = [found[part] for part in parts]
            if {row["base_unit"] for row in (*listed, found[name])} == {found[name]["base_unit"]}:
                yield from _differing(found[name], listed)


def _differing(stated: Row, listed: Sequence[Row]) -> Iterator[Found]:
    low, high = total(listed)
    least, most = amounts(stated)
    if low > most or high < least:
        parts = " + ".join(f"{row['indicator_text']}{row['value']}{row['unit'] or ''}" for row in listed)
        yield Found(stated, listed[0], {"parts": parts})


RULE = Rule(
    id="sum_against_parts",
    severity="warning",
    looks_at="report",
    en="{parts} do not add up to {row:name} {row:value}: {row:quote}",
    zh="分项之和与总量不符：{parts}，而总量{row:name}为{row:value}：{row:quote}",
    find=_find,
    example="2021年，全市进出口总额30亿元,出口10亿元,进口15亿元。",
    near_miss="2021年，全市进出口总额30亿元,出口12亿元,进口18亿元。",
)
