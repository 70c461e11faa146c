"""Numbers as the site prints them: as written, and as amounts in base units."""

from __future__ import annotations

from pipeline.arrow import plain
from pipeline.collection.findings.wording import AROUND
from pipeline.site.data import Data, Record
from pipeline.site.tongue import Tongue

_STEPS_EN = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_STEPS_ZH = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


def short(value: float) -> str:
    """A number to six digits, with separators."""
    rounded = float(f"{value:.6g}")
    digits = plain(rounded).partition(".")
    return f"{int(digits[0]):,}".replace("-", "−") + digits[1] + digits[2] if abs(rounded) >= 1 else _minus(rounded)


def _minus(value: float) -> str:
    return plain(value).replace("-", "−")


def value_text(say: Tongue, row: Record) -> str:
    """The value with unit and bound, as the words put it; no markup."""
    unit = row["unit"] or ""
    if row["measure"] == "rank" and row["value_max"] is None and unit == "位":
        number = say(f"no. {plain(row['value'])}", f"第{plain(row['value'])}位")
        return number if row["bound"] == "exact" else f"{number} {say.word('bound', row['bound'])}"
    number = _minus(row["value"])
    if row["value_max"] is not None:
        number = f"{number}–{_minus(row['value_max'])}"
    gap = say(" ", "") if unit and not unit.startswith(("%", "‰")) else ""
    written = f"{number}{gap}{unit}"
    return say(*AROUND[row["bound"]]).format(written) if row["bound"] in AROUND else written


def meaning_text(say: Tongue, data: Data, row: Record) -> str:
    """The value with its bound in the reader's units: about 2 trillion yuan, 2万亿元左右."""
    amount = amount_text(say, data, row)
    if not amount:
        return _read_unit(say, data, row)
    return say(*AROUND[row["bound"]]).format(amount) if row["bound"] in AROUND else amount


def _read_unit(say: Tongue, data: Data, row: Record) -> str:
    """The value as written, its unit in the reader's language."""
    unit = str(row["unit"] or "")
    if say.code == "zh" or not unit or unit in ("%", "‰") or row["measure"] == "rank":
        return value_text(say, row)
    name = _POINTS if unit.endswith("百分点") else unit_name(say, data, row["base_unit"] or unit)
    return value_text(say, {**row, "unit": name})


_POINTS = "percentage points"


def written_text(say: Tongue, row: Record) -> str:
    """The value in the words of the report; in English with what they mean, where they are not plain."""
    phrase, meaning = str(row["phrase"]), value_text(say, row)
    plain_phrase = phrase.replace("-", "−").replace(" ", "")
    return phrase if say.code == "zh" or plain_phrase == meaning.replace(" ", "") else f"{phrase} ({meaning})"


def confidence_text(say: Tongue, row: Record) -> str:
    """How sure it is that all fields of the row are right; empty where that was not estimated."""
    if row["confidence"] is None:
        return ""
    return say(f"sure {row['confidence']:.2f}", f"可信度 {row['confidence']:.2f}")


def amount_text(say: Tongue, data: Data, row: Record) -> str:
    """The amount in base units in this language; empty where the words as written say the same."""
    if row["amount"] is None or not row["base_unit"] or row["unit"] in _CLEAR:
        return ""
    step, unit = handy(say, data, row["base_unit"], row["amount"])
    if _BARE.issuperset(row["unit"] or ""):
        unit = ""  # 450万 names no unit
    number = scaled(say, row["amount"] / step)
    written = _minus(row["value"])
    if row["amount_max"] is not None:
        number = f"{number}–{scaled(say, row['amount_max'] / step)}"
        written = f"{written}–{_minus(row['value_max'])}"
    amount = f"{number}{say(' ', '')}{unit}".rstrip()
    return "" if amount.replace(",", "") == f"{written}{row['unit'] or ''}" else amount


# Multipliers without a classifier.
_BARE = frozenset("十百千万亿")
# Units that a reader of either language knows, or that add nothing to the number.
_CLEAR = ("%", "百分点", "个百分点", "个", None)


def unit_name(say: Tongue, data: Data, unit: str) -> str:
    """A unit's name in English, or as it is written.

    A counter for several kinds of things (条: lines, roads or villages) has none: what is counted the indicator says.
    """
    known = data.base_unit_names.get(unit, {})
    name = str(known.get("name_en") or unit)
    counter = known.get("dimension") == "count" and (" or " in name or name == "items")
    return say("" if counter else name, unit)


def handy(say: Tongue, data: Data, unit: str, amount: float) -> tuple[float, str]:
    """The unit in which people give such an amount, and how many base units it is."""
    for step, english, chinese in _HANDY.get(unit, ()):
        if abs(amount) >= step:
            return step, say(english, chinese)
    return 1, unit_name(say, data, unit)


# The largest first; the last one is for whatever is smaller.
_HANDY = {
    "千克": ((1000, "tonnes", "吨"),),
    "千克/天": ((1000, "tonnes per day", "吨/天"),),
    "米": ((1000, "kilometres", "公里"),),
    "平方米": ((1e6, "square kilometres", "平方公里"),),
    "天": ((1, "days", "天"), (1 / 24, "hours", "小时"), (1 / 1440, "minutes", "分钟")),
}


def scaled(say: Tongue, amount: float) -> str:
    """An amount with a word for its size: 2.6 trillion, 2.6万亿."""
    for step, word in (say.code == "zh" and _STEPS_ZH) or _STEPS_EN:
        if abs(amount) >= step:
            return f"{short(amount / step)}{say(' ', '')}{word}"
    return short(amount)


def period_text(say: Tongue, period: str | None) -> str:
    """A period for reading: 2017–2021, first half of 2021, 2021年上半年."""
    if not period:
        return say("no date", "无日期")
    first, _, last = period.partition("/")
    if last in ("", first):
        return _part_of_year(say, first)
    return f"{_part_of_year(say, first)}–{_part_of_year(say, last)}"


def _part_of_year(say: Tongue, period: str) -> str:
    """A year, or a part of one in words; a day in Chinese as it is written there."""
    year, _, part = period.partition("-")
    if part in _PARTS:
        return say(f"{_PARTS[part][0]} {year}", f"{year}年{_PARTS[part][1]}")
    if not part:
        return year
    month, _, day = part.partition("-")
    chinese = f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
    english = f"{day and f'{int(day)} '}{_MONTHS[int(month) - 1]} {year}"
    return say(english, chinese)


_PARTS = {
    "H1": ("first half of", "上半年"),
    "H2": ("second half of", "下半年"),
    "Q1": ("first quarter of", "一季度"),
    "Q2": ("second quarter of", "二季度"),
    "Q3": ("third quarter of", "三季度"),
    "Q4": ("fourth quarter of", "四季度"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def period_html(say: Tongue, period: str | None) -> str:
    """A period that does not break at the end of a line."""
    return f'<span class="period">{period_text(say, period)}</span>'


def measure_text(say: Tongue, row: Record) -> str:
    """The measure, with what it compares to."""
    if row["measure"] == "change" and row["comparison"] == "versus":
        return say("Difference from another", "与其他对象的差距")
    # A level in per cent is a rate, which nobody calls a total.
    ratio = row["measure"] == "level" and str(row["unit"] or "").startswith(("%", "‰"))
    words = [say("Rate", "比率") if ratio else say.word("measure", row["measure"])]
    if row["comparison"]:
        words.append(say.word("comparison", row["comparison"]))
    return say(", ", "，").join(words)


def size_text(size: int) -> str:
    """A file's size."""
    for step, word in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= step:
            return f"{size / step:.1f} {word}"
    return f"{size} B"
