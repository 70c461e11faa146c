"""Small readings of front matter: half-width characters, dates, blocks of stated facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from pipeline.text.characters import exchange, exchanged
from pipeline.text.chinese_numbers import small_number
from pipeline.text.even import NOTHING
from pipeline.text.fold import simplified as in_simplified

# These stay as they are: Chinese full stops of another kind end sentences, ASCII ones do not.
_KEPT = frozenset("！？；，")
_HALF_WIDTH = exchange(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT}
    | {"\u3000": " ", "\u00a0": " ", "∶": ":"}
)
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# A full date as people write it, without groups.
DATE = rf"{_YEAR}\s?[年./-]\s?{_MONTH}\s?[月./-]\s?{_MONTH}(?:\s?日|(?!\d))"
_DATE = re.compile(rf"({_YEAR})\s?[年./-]\s?({_MONTH})\s?[月./-]\s?({_MONTH})(?:\s?日|(?!\d))")
_BLOCK = re.compile(r"\s*(?:---[^\S\n]*\n)?(?=[A-Za-z_]{2,20}:)(?P<lines>(?:[^\n]*\n){1,60}?)---[^\S\n]*(?:\n|$)")
# … in folded text, where blanks and breaks before its end are gone.
_FOLDED_BLOCK = re.compile(
    r"\s*(?:---\n)?(?=(?:title|date|url|source|author|layout|categories|tags):)(?:[^\n]*\n){0,60}?[^\n]*---(?:\n|\Z)"
)
_STATED = re.compile(r"^([A-Za-z_]{2,20}):[^\S\n]*(['\"]?)(\S[^\n]*?)\2[^\S\n]*$", re.MULTILINE)
_KEYS = {"url": "source_url", "link": "source_url", "source_url": "source_url", "pubdate": "date", "published": "date"}
# Readings in brackets that a converter of web pages has put behind characters: 報(bào)告.
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}\)")


def half_width(text: str) -> str:
    """The text with half-width digits, letters, brackets and blanks, without what `even` has taken out of it."""
    return exchanged(text, _HALF_WIDTH).replace(NOTHING, "")


def simplified(text: str) -> str:
    """Half-width text in simplified characters, without the readings that some converters add."""
    return in_simplified(_PINYIN.sub("", text))


def stated_before(text: str) -> tuple[Mapping[str, str], int]:
    """What a block `---` of `key: value` lines before a text states, and where the text begins."""
    block = _BLOCK.match(text)
    if not block:
        return {}, 0
    pairs = {match[1].lower(): match[3].strip() for match in _STATED.finditer(block["lines"])}
    return {_KEYS.get(key, key): value for key, value in pairs.items()}, block.end()


def stated_until(folded: str) -> int:
    """Where such a block ends in folded text; 0 if there is none."""
    block = _FOLDED_BLOCK.match(folded)
    return block.end() if block else 0


def stated_date(stated: Mapping[str, str]) -> str:
    """The date of such a block as an ISO date, whatever its form; empty if there is none."""
    value = stated.get("date", "")
    if found := dates(value):
        return found[0]
    try:
        return parsedate_to_datetime(value).date().isoformat() if value else ""
    except ValueError:
        return ""


def dates(text: str) -> list[str]:
    """The full dates in `text` (2018年1月18日, 2018-1-18, 二〇一八年一月十八日), as ISO dates in order."""
    found = []
    for match in _DATE.finditer(text):
        year, month, day = (small_number(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(f"{year:04}-{month:02}-{day:02}")
    return found
