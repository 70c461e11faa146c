"""What units are in base units, as far as metrology fixes it; a list of its own beside the table of units."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_BASES: dict[str, dict[str, str]] = {
    "元": {"元": "1", "角": "0.1", "人民币": "1"},
    "平方米": {"平方米": "1", "m2": "1", "公顷": "1e4", "平方公里": "1e6", "平方千米": "1e6", "km2": "1e6"},
    "米": {"米": "1", "公里": "1e3", "千米": "1e3", "km": "1e3", "里": "500", "厘米": "0.01", "毫米": "0.001"},
    "千克": {"千克": "1", "公斤": "1", "吨": "1e3", "斤": "0.5", "克": "0.001", "担": "50"},
    "立方米": {"立方米": "1", "m3": "1", "方": "1", "立方": "1", "升": "0.001"},
    "千瓦": {"千瓦": "1", "兆瓦": "1e3", "瓦": "0.001", "MW": "1e3", "GW": "1e6", "kW": "1"},
    "千瓦时": {"千瓦时": "1", "度": "1", "兆瓦时": "1e3"},
    "%": {"%": "1", "‰": "0.1", "成": "10", "比例": "100"},
    "百分点": {"百分点": "1", "个百分点": "1"},
    "标准箱": {"标准箱": "1", "标箱": "1", "TEU": "1"},
}
_SQUARE_METRES_OF_MU = Decimal(2000) / 3


@lru_cache(maxsize=4096)
def factor(word: str, base: str) -> Decimal | None:
    """How many base units a unit is; None where nothing here says so. A count without a word counts 个."""
    parts, bases = word.split("/"), base.split("/")
    if word == base or len(parts) != len(bases):
        return Decimal(1) if word == base else None
    above, *below = (_single(part.partition("(")[0], of) for part, of in zip(parts, bases, strict=True))
    for divisor in below:
        above = above / divisor if above is not None and divisor else None
    return above


def ratio(text: str, word: str) -> Decimal | None:
    """How many of one unit that with which a text begins is: 公里 before anything is 1000 米; None if nothing says so."""
    areas = {**_BASES["平方米"], "亩": str(_SQUARE_METRES_OF_MU)}
    for known in (areas, *_BASES.values()):
        if word in known and (found := max((other for other in known if text.startswith(other)), key=len, default="")):
            return Decimal(known[found]) / Decimal(known[word])
    return None


def _single(word: str, base: str) -> Decimal | None:
    if word == base or (not word and base == "个"):
        return Decimal(1)
    if word == "亩" and base == "平方米":
        return _SQUARE_METRES_OF_MU
    known = _BASES.get(base, {}).get(word)
    return Decimal(known) if known else None
