"""The words, numbers and units of tables as patterns."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.unit_table import MULTIPLIER_WORDS, words

_WORDS = vocabulary("structure")["table"]
BOUNDS: dict[str, str] = {word: bound for bound, words in vocabulary("bounds")["after"].items() for word in words}
UNIT_WORDS = list(words("measured", "duration", "ratio", "counted", "position"))
SIMPLE = rf"{any_of(MULTIPLIER_WORDS)}?{any_of(UNIT_WORDS)}"
UNIT = re.compile(rf"{SIMPLE}(?:/(?:{SIMPLE}|{any_of(_WORDS['per'])}))?")
HEADS = {word: role for role, words in _WORDS["heads"].items() for word in words}
VALUE_ROLES = ("level", "growth", "multiple", "change")
PROPERTIES: tuple[str, ...] = tuple(_WORDS["properties"])
GROUPS = frozenset(_WORDS["groups"])
# Words of groups are too common to tell a head where cells run together.
_COMMON = [word for word, role in HEADS.items() if role != "group"]
COLUMN = (
    rf"(?:(?:19|20)\d\d年度?{any_of(_COMMON)}?|{any_of(_COMMON)})"
    r"(?:\([^()\n]{1,12}\)|±?%)?"
)
BOUND = any_of(BOUNDS)
SIGNS: dict[str, str] = _WORDS["bounds"]
# A value in square brackets is the sum over the years of a plan.
OPENS, CLOSES = rf"[\[〔]?[{''.join(SIGNS)}]?", r"[\]〕]?"
NUMBER = r"[-—+]?\d[\d.,]*"
NOTE = re.compile(rf"\n?{any_of(_WORDS['notes'])}[::]?[^。\n]{{2,200}}。?")
TARGET, ACTUAL, ESTIMATE = (re.compile(_WORDS[key]) for key in ("target", "actual", "estimate"))
ANNEX_NUMBER = re.compile(rf"(?:{_WORDS['annex']}|表)(\d{{1,2}})(?=(?:19|20)\d\d年|\D|$)")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
SENTENCE_END = re.compile(r"[。！？!?\n]")
# A year, or a part of one, as the name of a row.
TIME = re.compile(
    r"(?:(?:19|20)\d\d年?)?(?:[\d一二三四五六七八九十]{1,2}月份?|1[-—至]\d{1,2}月|[一二三四1-4]季度"
    rf"|{any_of(vocabulary('time')['parts_of_row'])})?"
    r"(?:累计)?(?<=.)"
)
UNIT_LINE = re.compile(rf"\(?(?:计量)?单位[:：]({UNIT.pattern})")
MOST_ROWS = 500
