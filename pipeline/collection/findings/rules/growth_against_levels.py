"""The levels of two years and a growth rate between them that cannot all be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from pipeline.collection.findings.figures import amounts, interval, is_amount, whole
from pipeline.collection.findings.rule import HEAD, Found, Rule
from pipeline.knowledge import catalogue
from pipeline.rows import Row

# What figures have in common that are held together.
SERIES = ("place_id", "subject", "indicator_id")
# Percentage points that prices, or later revisions, may put between a growth rate and the growth of the levels.
_PRICES = Decimal(25)
_REVISION = Decimal(8)
# Figures given for one level that are compared.
_FIGURES = 30


# The columns that tell it.
GROWS_BY = ("indicator_id", "status", "period", "measure", "amount", "unit", "comparison", "basis")


def grows(row: Row) -> bool:
    """Whether a figure is a level or a growth rate of an indicator whose levels and rates are held together."""
    if row["indicator_id"] not in _margins() or row["status"] == "target" or not str(row["period"] or "").isdigit():
        return False
    if row["measure"] == "level":
        return is_amount(row)
    return row["measure"] == "growth" and row["comparison"] == "yoy" and row["unit"] == "%" and not row.get("basis")


@cache
def _margins() -> Mapping[str, Decimal]:
    """How far, in percentage points, levels and rates of an indicator may be from each other."""
    known = catalogue("polarity")
    return dict.fromkeys(known["constant_prices"], _PRICES) | dict.fromkeys(known["current_prices"], _REVISION)


def _find(rows: Sequence[Row]) -> Iterator[Found]:
    own: dict[tuple[object, ...], Row] = {}
    # Of the many reports that state the same level, the first stands for all.
    levels: dict[tuple[object, ...], dict[object, Row]] = defaultdict(dict)
    rates: list[tuple[tuple[object, ...], int, Row]] = []
    for row in rows:
        if not grows(row):
            continue
        key, year = tuple(row.get(name) or "" for name in SERIES), whole(row["period"])
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
            low, high = amounts(now)
            least, most = amounts(earlier)
            if now["base_unit"] != earlier["base_unit"] or least <= 0:
                continue
            slow, fast = 100 * (low / most - 1), 100 * (high / least - 1)
            margin = _margins()[str(rate["indicator_id"])]
            stated = interval(rate)
            if stated[0] - margin > fast or stated[1] + margin < slow:
                said = {"now": now, "slow": f"{slow:.1f}", "fast": f"{fast:.1f}"}
                yield Found(rate, earlier, said)


RULE = Rule(
    id="growth_against_levels",
    severity="warning",
    looks_at="series",
    en="{row:name} went from {other:value} ({other:period}) to {now:value} ({now:period}), {slow}% to {fast}% more; the "
    "text says {row:value}, further off than prices or revisions explain: {other:quote} {row:quote}",
    zh="{row:name}{other:period}年为{other:value}，{now:period}年为{now:value}，按此计算增长{slow}%至{fast}%，而原文称增长"
    "{row:value}，差距超出价格变动或数据修订所能解释的范围：{other:quote}{row:quote}",
    find=_find,
    example=HEAD + "2020年，地区生产总值200亿元。2021年，地区生产总值400亿元，增长7.6%。",
    near_miss=HEAD + "2020年，地区生产总值200亿元。2021年，地区生产总值216亿元，增长7.6%。",
)
