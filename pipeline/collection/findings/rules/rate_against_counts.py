"""A completion rate beside the counts it is made of: 共100项,完成90项,完成率95%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.collection.findings.figures import counted, decimal, half_step, lead, whole, words
from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.rows import Row

# Characters between the counts and the rate that is made of them.
_REACH = 160


def _find(page: Page) -> Iterator[Found]:
    for index, rate in enumerate(page.first):
        name = str(rate["indicator_text"])
        if rate["measure"] != "level" or rate["unit"] != "%" or not name.endswith("率") or len(name) < 3:
            continue
        if rate["status"] == "target" or rate["bound"] != "exact":
            continue
        done = name[-3:-1]
        counts = [row for row in _before(page.first, index) if _is_count(row)]
        pairs = [
            (part, all_of_them)
            for place, part in enumerate(counts)
            if _says(part, done)
            for all_of_them in counts[:place]
            if _is_whole(all_of_them, part, done)
        ]
        stated = decimal(rate["value"])
        # If any of the counts explain the rate, those are meant.
        if not pairs or any(abs(_percent(*pair) - stated) <= half_step(stated) for pair in pairs):
            continue
        part, all_of_them = pairs[-1]
        yield Found(rate, part, {"whole": all_of_them, "percent": f"{_percent(part, all_of_them):.1f}"})


def _percent(part: Row, all_of_them: Row) -> Decimal:
    return 100 * decimal(part["value"]) / decimal(all_of_them["value"])


def _is_count(row: Row) -> bool:
    if row["measure"] != "level" or row["bound"] != "exact" or row["status"] == "target":
        return False
    return counted(row)


def _says(row: Row, done: str) -> bool:
    """Whether a count is of what was done, by the words right before it."""
    before, found, _ = lead(row).rpartition(done)
    return bool(found) and not before.endswith(tuple(words()["not_done"]))


def _is_whole(row: Row, part: Row, done: str) -> bool:
    """Whether a count can be the one that `part` is a part of."""
    said = lead(row)
    return (
        row["unit"] == part["unit"]
        and row["start"] != part["start"]
        and decimal(row["value"]) >= decimal(part["value"])
        and decimal(row["value"]) > 0
        and done not in said
        and not any(word in said for word in words()["not_done"])
    )


def _before(rows: Sequence[Row], index: int) -> list[Row]:
    """The rows of the same section that end shortly before a row, in their order."""
    rate = rows[index]
    found: list[Row] = []
    for row in reversed(rows[:index]):
        if whole(rate["start"]) - whole(row["start"]) > _REACH or row["section"] != rate["section"]:
            break
        found.append(row)
    return found[::-1]


RULE = Rule(
    id="rate_against_counts",
    severity="warning",
    looks_at="report",
    en="{other:value} of {whole:value} are {percent}%, the text says {row:name} {row:value}: {whole:quote} … {row:quote}",
    zh="{whole:value}中的{other:value}为{percent}%，而原文称{row:name}为{row:value}：{whole:quote}{row:quote}",
    find=_find,
    example="2021年，全年安排事项200件。其中已完成190件。事项完成率达到98%。",
    near_miss="2021年，全年安排事项200件。其中已完成190件。事项完成率达到95%。",
)
