"""What several modules of this room look for."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import Characters, filtered

PLANS: dict[str, list[int]] = vocabulary("time")["plans"]
PARTS: dict[str, str] = vocabulary("time")["parts"]
DIGITS = "一二三四五六七八九十"
_NUMBERS = rf"(?P<one>[{DIGITS}]{{1,3}})、(?![{DIGITS}]、)|\((?P<two>[{DIGITS}]{{1,3}})\)、?|第[{DIGITS}]{{1,3}}{any_of(vocabulary('headings')['numbered_parts'])}[:、 ]?"
NUMBER, NUMBER_BEGINS = filtered(_NUMBERS), Characters(_NUMBERS)
# One character of a class is found much faster than one or more of them.
SENTENCE_START = re.compile(r"[。！？!?\n:][。！？!?\n:]*[”’」』)\]]*")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
PLAN_NAME = re.compile(any_of(PLANS))
PART_OF_YEAR = re.compile(any_of(PARTS))
SHORT_LINE = 34
PLAN_ROLES = ("plan", "plan_years")
