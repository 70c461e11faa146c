"""The normalisation from which identifiers of sentences are made. It is frozen: better folding must change no identifier.

It is folding as it was when the first identifiers were published. Nothing here is to be mended.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

from pipeline.knowledge import vocabulary
from pipeline.text.characters import Exchange, exchange, exchanged

_FORMS = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "！": "！",
    "!": "！",
    "?": "？",
    "？": "？",
    "｡": "。",
    "﹪": "%",
    "．": ".",
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
    "～": "~",
    "〜": "~",
}
# One character of a class is found much faster than one or more of them.
_ANY_BLANK = r"[\s\u00a0\u3000\u200b\ufeff\u0000-\u001f]"
_BLANK = re.compile(f"{_ANY_BLANK}{_ANY_BLANK}*")
_SAMPLE = 20_000
_TRADITIONAL = 0.1


def table_of(report: str) -> Exchange:
    """The exchange for the sentences of a report, by the beginning of its text."""
    traditional, simplified, both = _tables()
    sample = report[:_SAMPLE]
    return both if len(traditional.pattern.findall(sample)) > _TRADITIONAL * len(sample) else simplified


def digest(quote: str, table: Exchange) -> str:
    """Eight hexadecimal digits for a sentence as it stands in the text layer."""
    return sha256(exchanged(_BLANK.sub(_kept, quote), table).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _kept(blank: re.Match[str]) -> str:
    before = blank.string[blank.start() - 1 : blank.start()]
    after = blank.string[blank.end() : blank.end() + 1]
    if not before or not after or (_has_break(blank[0]) and before.isdigit() and after.isdigit()):
        return ""
    around = before + after
    return " " if around.isascii() and around.isalnum() else ""


def _has_break(blank: str) -> bool:
    return "\n" in blank or "\r" in blank


@cache
def _tables() -> tuple[Exchange, Exchange, Exchange]:
    words = vocabulary("traditional")
    table = dict(zip("".join(words["traditional"]), "".join(words["simplified"]), strict=True))
    return exchange(table), exchange(_FORMS), exchange({**table, **_FORMS})
