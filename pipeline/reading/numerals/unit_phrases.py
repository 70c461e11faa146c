"""Multiplier and unit behind a number."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.numerals.patterns import ahead
from pipeline.unit_table import MULTIPLIER_WORDS, not_before, words

_NAMES = vocabulary("names")
_SMALL = vocabulary("function_words")
_WITHIN = vocabulary("bounds")["within"]

# What a number with the unit measures, if its class is measured; otherwise the class: counted, duration, calendar,
# ratio, position.
DIMENSION: dict[str, str] = {
    word: entry.dimension if name == "measured" else name
    for name in ("measured", "counted", "ratio", "duration", "calendar", "position")
    for word, entry in words(name).items()
}
MEASURED = frozenset(entry.dimension for entry in words("measured").values())
# And of what may be counted as well.
MEASURED_OR_NUMBER = MEASURED | {"number"}
_NOT_BEFORE = {word: re.compile(after) for word in DIMENSION if (after := not_before(word))}
# The lengths of the units that begin with a character, the longest first.
_LENGTHS = {
    first: sorted({len(unit) for unit in same}, reverse=True)
    for first, same in groupby(sorted(DIMENSION), key=itemgetter(0))
}

_MORE = "".join(_WITHIN["over"])
_ABOUT = "".join(_WITHIN["about"])
# 亿 may multiply all of it once more: 百亿亿次.
_MULTIPLIER = re.compile(
    rf"([{_MORE}{_ABOUT}]?)((?:{ahead(MULTIPLIER_WORDS, '(?![万亿]?分之(?![上下内间外])|(?<![万亿])分)').pattern})亿?)?([{_MORE}]?)"
)
_SPLIT_SCALE = re.compile(rf"(?<=[十百千])[{_MORE}](万亿?|亿)")
_SPLIT_MULTIPLIER = re.compile(rf"[{_MORE}]亿")
_SPLIT_SPAN = re.compile(rf"多({any_of(_NAMES['split_spans'])})")
# A single character between a number and a mark is a classifier that the lists lack.
_UNKNOWN = re.compile(rf"[\u4e00-\u9fff](?={any_of(_SMALL['bounding'])}?[,。;、!？\n)])")
# 人/百亿元, 元/万吨
_EACH_SO_MANY = re.compile("[百千万][万亿]?|亿")
_NO_CLASSIFIER = frozenset("金银铜和及与至到的中等后前内外时元或并而是在由从后多余来几分为强线版号级型代路期")


class Measure(NamedTuple):
    """What stands behind a number; `stop` is where it ends. `more`: over for 多 and 余, about for 来, else empty."""

    stop: int
    multiplier: str
    unit: str
    dimension: str
    more: str


def unit_at(text: str, at: int) -> str:
    """The longest unit that stands at `at`, or an empty string."""
    for length in _LENGTHS.get(text[at : at + 1], ()):
        unit = text[at : at + length]
        if unit in DIMENSION:
            forbidden = _NOT_BEFORE.get(unit)
            if forbidden is None or forbidden.match(text, at + length):
                return unit
    return ""


def measure_at(text: str, at: int) -> Measure:
    """Read multiplier and unit behind the digits that end at `at`."""
    match = _MULTIPLIER.match(text, at)
    assert match is not None  # every part is optional
    first, multiplier, second = match[1], match[2] or "", match[3]
    begin = match.end()
    if multiplier in ("千", "百") and (unit := unit_at(text, match.start(2))):
        # 千 is the beginning of the unit: 千瓦时, 千米.
        multiplier, second, begin = "", "", match.start(2)
    else:
        unit = unit_at(text, begin)
    if not unit and second and (split := _SPLIT_SCALE.match(text, match.end(2))):
        # 1千余万元
        multiplier, unit = multiplier + split[1], unit_at(text, split.end())
        dimension = DIMENSION.get(unit, "number")
        stop, unit = _compound(text, split.end() + len(unit), unit)
        return Measure(stop, multiplier, multiplier + unit, dimension, "over")
    if unit == "台阶" and "亿" in multiplier:
        unit = ""  # 迈上1200亿台阶
    if not unit and second:
        # 多 is the beginning of another word: 5万多元化.
        begin, second = match.end(2), ""
        unit = unit_at(text, begin)
    if not unit and not multiplier and first:
        return Measure(at, "", "", "", "")
    dimension = DIMENSION.get(unit, "")
    stop = begin + len(unit)
    if not unit and (unknown := _UNKNOWN.match(text, begin)) and unknown[0] not in _NO_CLASSIFIER:
        unit, dimension, stop = unknown[0], "counted", unknown.end()
    if multiplier == "万" and not unit and (split := _SPLIT_MULTIPLIER.match(text, match.end(2))):
        # 1.2万多亿元
        multiplier, second, unit = "万亿", split[0][0], unit_at(text, split.end())
        dimension, stop = DIMENSION.get(unit, ""), split.end() + len(unit)
    elif unit == "个" and (span := _SPLIT_SPAN.match(text, stop)):
        # 3个多月
        unit, second, stop = "个" + span[1], "多", span.end()
        dimension = DIMENSION[unit]
    if unit:
        stop, unit = _compound(text, stop, unit)
    if not dimension and multiplier:
        dimension = "number"
    more = "over" if second or (first and first in _MORE) else "about" if first else ""
    return Measure(stop, multiplier, multiplier + unit, dimension, more)


_SEVERAL_TIMES = re.compile(r"\((?:[辆艘架列][、/])*[辆艘架列]\)次")


def _compound(text: str, stop: int, unit: str) -> tuple[int, str]:
    """Add what belongs to the unit behind it: 套(间), 微克/立方米, 元/万吨, 人/百亿元, 微克每立方米."""
    mark = text[stop : stop + 1]
    if mark == "(":
        other = unit_at(text, stop + 1)
        if other and text[stop + 1 + len(other) : stop + 2 + len(other)] == ")":
            return stop + len(other) + 2, f"{unit}({other})"
        if several := _SEVERAL_TIMES.match(text, stop):
            return several.end(), f"{unit}{several[0]}"  # 辆(艘、架)次
    elif mark == "/":
        multiplied = _EACH_SO_MANY.match(text, stop + 1)
        multiplier = multiplied[0] if multiplied else ""
        other = unit_at(text, stop + 1 + len(multiplier))
        if other:
            return stop + 1 + len(multiplier) + len(other), f"{unit}/{multiplier}{other}"
    elif mark == "每":
        # 微克每立方米, 次每秒
        other = unit_at(text, stop + 1)
        if other == "秒" or (DIMENSION.get(unit) in MEASURED and DIMENSION.get(other) in MEASURED):
            return stop + 1 + len(other), f"{unit}每{other}"
    return stop, unit
