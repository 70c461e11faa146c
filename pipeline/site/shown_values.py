"""Numbers as the site prints them: as written, and as amounts in base units."""

from __future__ import annotations

from pipeline.collection.findings.wording import AROUND
from pipeline.publish.arrow import plain
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
    number = scaled(say, row["amount"])
    written = _minus(row["value"])
    if row["amount_max"] is not None:
        number = f"{number}–{scaled(say, row['amount_max'])}"
        written = f"{written}–{_minus(row['value_max'])}"
    amount = f"{number}{say(' ', '')}{unit_name(say, data, row['base_unit'])}"
    return "" if amount.replace(",", "") == f"{written}{row['unit'] or ''}" else amount


# Units that a reader of either language knows, or that add nothing to the number.
_CLEAR = ("%", "百分点", "个百分点", "个", None)


def unit_name(say: Tongue, data: Data, unit: str) -> str:
    """A unit's name in English, or as it is written."""
    return say(str(data.base_unit_names.get(unit, {}).get("name_en") or unit), unit)


def scaled(say: Tongue, amount: float) -> str:
    """An amount with a word for its size: 2.6 trillion, 2.6万亿."""
    for step, word in (say.code == "zh" and _STEPS_ZH) or _STEPS_EN:
        if abs(amount) >= step:
            return f"{short(amount / step)}{say(' ', '')}{word}"
    return short(amount)


def period_text(say: Tongue, period: str | None) -> str:
    """A period for reading: 2017–2021."""
    first, _, last = (period or say("no date", "无日期")).partition("/")
    return f"{first}–{last}" if last not in ("", first) else first


def period_html(say: Tongue, period: str | None) -> str:
    """A period that does not break at the end of a line."""
    return f'<span class="period">{period_text(say, period)}</span>'


def measure_text(say: Tongue, row: Record) -> str:
    """The measure, with what it compares to."""
    words = [say.word("measure", row["measure"])]
    if row["comparison"]:
        words.append(say.word("comparison", row["comparison"]))
    return say(", ", "，").join(words)


def size_text(size: int) -> str:
    """A file's size."""
    for step, word in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= step:
            return f"{size / step:.1f} {word}"
    return f"{size} B"
