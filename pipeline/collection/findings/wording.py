"""The words of findings: what templates may say about an observation, in both languages."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from pipeline.knowledge import catalogue

# How the bound of a value is put into words.
AROUND = {
    "about": ("about {}", "{}左右"),
    "over": ("more than {}", "超过{}"),
    "at_least": ("at least {}", "{}以上"),
    "at_most": ("at most {}", "{}以内"),
    "under": ("less than {}", "不足{}"),
    "nearly": ("nearly {}", "近{}"),
}


class Wording:
    """Fills the templates of one language; formats of an observation: name, value, quote, unit, period."""

    def __init__(self, language: str) -> None:
        self._chinese = language == "zh"

    def filled(self, template: str, said: Mapping[str, Any]) -> str:
        """A template with what is said, by the names of its fields. Raises KeyError for a field that is not."""
        return "".join(
            text if field is None else text + self._field(said[field], form) for text, field, form in _parsed(template)
        )

    def _field(self, value: Any, form: str) -> str:
        """What a field of a template says."""
        if not form:
            return str(value)
        if form == "dimension":
            return dimension(str(value))[self._chinese]
        if form == "value":
            return value_zh(value) if self._chinese else value_en(value)
        if form == "quote":
            return f"“{clipped(value)}”"
        column = {"name": "indicator_text"}.get(form, form)
        said = str(value[column] if value[column] is not None else "")
        return said.replace("/", "–") if column == "period" else said


@cache
def _parsed(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """The pieces of a template: the text before a field, its name and its format."""
    return tuple((text, field, form or "") for text, field, form, _ in string.Formatter().parse(template))


def value_en(row: Mapping[str, Any]) -> str:
    """A value in English, with its bound and unit."""
    number = plain(row["value"])
    if row.get("value_max") not in (None, ""):
        number = f"{number} to {plain(row['value_max'])}"
    written = f"{number}{row['unit'] or ''}"
    return AROUND[row["bound"]][0].format(written) if row["bound"] in AROUND else written


def value_zh(row: Mapping[str, Any]) -> str:
    """The same in Chinese."""
    number = plain(row["value"]).replace("-", "−")
    if row.get("value_max") not in (None, ""):
        number = f"{number}–{plain(row['value_max']).replace('-', '−')}"
    written = f"第{number}位" if row["measure"] == "rank" and row["unit"] == "位" else f"{number}{row['unit'] or ''}"
    return AROUND[row["bound"]][1].format(written) if row["bound"] in AROUND else written


def plain(value: object) -> str:
    """A number without exponent and without the zeros of a double."""
    text = f"{Decimal(str(value)):f}"
    return text.removesuffix(".0") if isinstance(value, float) else text


def clipped(row: Mapping[str, Any], size: int = 60) -> str:
    """The sentence of an observation, shortened to so many characters around the figure."""
    quote, at = str(row["quote"]), int(row["start"]) - int(row["quote_start"])
    begin, stop = max(0, at - size // 2), min(len(quote), at + size // 2)
    return ("…" if begin else "") + " ".join(quote[begin:stop].split()) + ("…" if stop < len(quote) else "")


def dimension(name: str) -> tuple[str, str]:
    """The words for a dimension, as money or money/duration, in English and Chinese."""
    known = catalogue("dimensions")
    words: Sequence[tuple[str, str]] = [known.get(part, (part, part)) for part in name.split("/") if part]
    if len(words) == 2:
        return f"{words[0][0]} per unit of {words[1][0]}", f"单位{words[1][1]}的{words[0][1]}"
    return " ".join(word[0] for word in words), "".join(word[1] for word in words)
