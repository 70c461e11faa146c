"""A report's text in one typography, with the way back to the source.

Reports come with full-width and half-width digits and punctuation, blanks for layout and lines broken in the middle
of a word, some in Traditional characters. Reading rules should not have to know. Folding maps characters one to one
(０ → 0, ， → ,, 億 → 亿), drops blanks and soft line breaks, and keeps for every character its offset in the source.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import cache

from pipeline.knowledge import vocabulary
from pipeline.models import Span
from pipeline.text.characters import Exchange, exchange, exchanged
from pipeline.text.even import RADICALS, even
from pipeline.text.wrapping import Wrapping, wrapping

try:
    from numpy import arange
except ImportError:  # in a browser

    def arange(start: int, stop: int, dtype: str) -> array[int]:  # type: ignore[no-redef]
        """The whole numbers from `start` to `stop`, as an array of another module would hold them."""
        return array(dtype, range(start, stop))


_FOLDED: dict[str, str] = {
    **RADICALS,
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "！": "！",
    "!": "！",
    "?": "？",
    "？": "？",
    "｡": "。",
    "﹪": "%",
    "℅": "%",
    "．": ".",
    "․": ".",
    "∶": ":",
    "〔": "[",
    "〕": "]",
    "【": "[",
    "】": "]",
    "“": "“",
    "”": "”",
    "–": "—",
    "―": "—",
    "─": "—",
    "－": "—",
    "−": "-",
    "﹣": "-",
    "‐": "-",
    "‑": "-",
    "﹢": "+",
    "﹒": ".",
    "﹐": ",",
    "︰": ":",
    "﹕": ":",
    "ː": ":",
    "꞉": ":",
    "～": "~",
    "〜": "~",
}
_EXCHANGE = exchange(_FOLDED)
# All blanks one by one, up to the last of them: a class of literals is found twice as fast as one with \s in it, and one
# character of a class much faster than one or more of them.
_ANY_BLANK = (
    rf"[{re.escape(''.join(filter(str.isspace, map(chr, range(0x3001)))))}\u200b-\u200d\u2060\u00ad\ufeff\u0000-\u001f]"
)
_BLANK = re.compile(f"{_ANY_BLANK}{_ANY_BLANK}*")
# Of these, what takes no room, also inside a number.
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\u00ad\ufeff")
_UNSEEN_ONE = re.compile(f"[{''.join(_UNSEEN)}]")
# A point of another kind that can only be a decimal point: 8·5%.
# or with more digits than a day or a month has (3·17 is one). A pattern that begins with one class is found fastest.
_POINT = re.compile(
    r"[·•∙‧・･。](?<=[0-9].)(?:(?=[0-9]{1,4}(?:[%‰万亿]|个?百分点))|(?<!。)(?:(?<=[0-9]{3}.)(?=[0-9])|(?=[0-9]{3})))"
)
# Of a text in Traditional characters about a third differ from simplified ones.
_SAMPLE = 20_000
_TRADITIONAL = 0.1
_HAN = re.compile("[一-鿿]")
# Of a number that has more than one digit.
_DIGIT = re.compile("[0-9０-９.．,，·•∙‧・･]")
# 9\n2026年, 9\n1—9月: a year or a month ends no other number.
_TIME = re.compile("(?:19|20|１９|２０)[0-9０-９]{2}年|[0-9０-９]{1,2}(?:[-—–－][0-9０-９]{1,2})?月")
_IN_NUMBER = frozenset("0123456789.,，．０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `offsets[i]` is the source offset of character i."""

    text: str
    offsets: array[int]

    def span(self, start: int, stop: int) -> Span:
        """Source offsets of the folded span `start:stop`, which must not be empty."""
        return self.offsets[start], self.offsets[stop - 1] + 1


def fold(source: str, start: int, stop: int) -> Folded:
    """Fold `source[start:stop]`, without what `even` takes out of the whole source.

    Hard line breaks become one newline each; other blanks go, except between ASCII words.
    """
    source = even(source).text
    pieces: list[str] = []
    offsets: array[int] = array("L")
    at = start
    lines = wrapping(source, start, stop)
    for blank in _BLANK.finditer(source, start, stop):
        if blank.start() > at:
            pieces.append(source[at : blank.start()])
            offsets.frombytes(arange(at, blank.start(), dtype="L").tobytes())
        kept = _keep(source, blank, start, stop, lines)
        if kept:
            pieces.append(kept)
            offsets.append(blank.start())
        at = blank.end()
    if at < stop:
        pieces.append(source[at:stop])
        offsets.frombytes(arange(at, stop, dtype="L").tobytes())
    table = _table(source[start : min(stop, start + _SAMPLE)])
    return Folded(_POINT.sub(".", exchanged("".join(pieces), table)), offsets)


def _table(sample: str) -> Exchange:
    """What to exchange, by a sample of the text: single characters prove nothing, names keep old forms."""
    traditional, both = _traditional()
    if not traditional.pattern.search(sample):
        return _EXCHANGE
    return both if len(traditional.pattern.findall(sample)) > _TRADITIONAL * len(_HAN.findall(sample)) else _EXCHANGE


@cache
def _traditional() -> tuple[Exchange, Exchange]:
    """The exchange of the characters that only Traditional texts have, and that of all characters in such a text."""
    words = vocabulary("traditional")
    table = dict(zip("".join(words["traditional"]), "".join(words["simplified"]), strict=True))
    variants = dict(zip("".join(words["variants"]), "".join(words["variants_simplified"]), strict=True))
    return exchange(table), exchange({**variants, **table, **_FOLDED})


@cache
def _simplifying() -> Exchange:
    return exchange({old: new for old, new in _traditional()[1].table.items() if old not in _FOLDED})


def without_unseen(text: str) -> str:
    """The text without characters that take no room."""
    return _UNSEEN_ONE.sub("", text)


def simplified(text: str) -> str:
    """The text in simplified characters where it is in Traditional ones, one for one; else as it is."""
    traditional = _table(text[:_SAMPLE]) is not _EXCHANGE
    return exchanged(text, _simplifying()) if traditional else text


def _keep(source: str, blank: re.Match[str], start: int, stop: int, lines: Wrapping) -> str:
    """What stands for a run of blanks: a newline, a blank, or nothing."""
    before, after = blank.start(), blank.end()
    if before == start or after == stop:
        return ""
    if "\n" in blank[0] or "\r" in blank[0]:
        line = max(source.rfind("\n", start, before), source.rfind("\r", start, before), start - 1) + 1
        if not lines.soft(source, line, before, after):
            return "\n"
        if source[before - 1] in _IN_NUMBER and source[after] in _IN_NUMBER:
            # A number broken by the layout, unless the second half is a time.
            return "\n" if source[before - 1].isdigit() and _TIME.match(source, after) else ""
    if _UNSEEN.issuperset(blank[0]):
        return ""
    around = source[before - 1] + source[after]
    if around.isascii():
        return " " if around.isalnum() else ""
    # １２　３４ are two cells, ２　０　１　８ is one number in spaced print.
    return (
        " "
        if around.isdecimal() and (_DIGIT.match(source, after + 1) or _DIGIT.match(source, max(before - 2, start)))
        else ""
    )
