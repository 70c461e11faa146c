"""Small readings of front matter: half-width characters, Chinese numerals, dates."""

from __future__ import annotations

import re

from pipeline.text.characters import exchange, exchanged

# These stay as they are: Chinese full stops of another kind end sentences, ASCII ones do not.
_KEPT = frozenset("！？；，")
_HALF_WIDTH = exchange(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT}
    | {"\u3000": " ", "\u00a0": " ", "∶": ":"}
)
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_DATE = re.compile(
    r"((?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})\s?[年./-]\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[月./-]\s?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?日|(?!\d))"
)


def half_width(text: str) -> str:
    """The text with half-width digits, letters, brackets and blanks, character by character."""
    return exchanged(text, _HALF_WIDTH)


def chinese_number(text: str) -> int:
    """十四 → 14, 二〇二六 → 2026, 12 → 12; 0 if it is no such number."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    number = 0
    for digit in text:
        if digit not in _DIGITS:
            return 0
        number = number * 10 + _DIGITS[digit]
    return number


def dates(text: str) -> list[str]:
    """The full dates in `text` (2018年1月18日, 2018-1-18, 二〇一八年一月十八日), as ISO dates in order."""
    found = []
    for match in _DATE.finditer(text):
        year, month, day = (chinese_number(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(f"{year:04}-{month:02}-{day:02}")
    return found
