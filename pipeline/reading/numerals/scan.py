"""Find Arabic numerals and read what qualifies them: multiplier, unit, bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.knowledge import vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.patterns import ahead, behind
from pipeline.reading.numerals.unit_phrases import measure_at

_BOUNDS = vocabulary("bounds")
# More digits than this are a code, never a quantity.
LONGEST_VALUE = 18
# Words for bounds and cues stand within so many characters of the number.
REACH = 16

_NUMBER = re.compile(
    # a date
    r"(?P<date>(?:19|20)[0-9]{2}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9]))"
    # a version or an address: 0.1.2.3
    r"|(?P<parts>[0-9]+(?:\.[0-9]+){3,}+)"
    # a number with thousands separators
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    # the number of a heading before a year: 1.2022年
    r"|(?<![0-9.])[0-9]{1,2}(?=\.(?:19|20)[0-9]{2}年)"
    # the number of an annex before a year: 附表12018年
    r"|(?<=附[表件])[0-9](?=(?:19|20)[0-9]{2}年)"
    r"|[0-9]+(?:\.[0-9]+)?"
)
_DIGIT = re.compile(r"[0-9]")
_DIGITS = re.compile(r"[0-9]+")

BOUND_BEFORE = {word: bound for bound, words in _BOUNDS["before"].items() for word in words}
BOUND_AFTER = {word: bound for bound, words in _BOUNDS["after"].items() for word in words}
_BEFORE = behind(BOUND_BEFORE)
NOT_BOUND_BEFORE = behind(_BOUNDS["not_bound_before"])
_CONTROL = behind(_BOUNDS["control"])
_AFTER = ahead(BOUND_AFTER)
_INSIDE = _BOUNDS["at_most_inside"]
_ABOUT_SHARE = re.compile(r"[^,。;、:\n0-9]{0,8}占约")
# 超过全市总量50%
_OVER_SHARE = re.compile(r"[^,。;、:\n0-9]{0,8}[国省市区县州球]全(?:过超|超)")
_PER_PERSON = re.compile(r"[^,。;\n]{0,12}(月|年)每[\u4e00-\u9fff]每")
# 审批工作日压缩为20个
_WORKDAYS = re.compile(r"[^,。;\n0-9]{0,12}日作工")
# 每月880元, 每月提高65元
_PER_TIME = re.compile(r"(?:高提|加增|放发|贴补|助补|到|至)?(月|年)每")
# 超每千人6.6批次
_PER_HEAD = re.compile(r"[人户亩名][百千万]?每")
# 起 and 许 are bounds only where the words end.
_ENDS_HERE = re.compile(r"[,。;、)!？\n的]|$")


def scan(text: str, known: Mapping[int, list[Draft]] | None = None) -> list[Draft]:
    """A draft for every run of Arabic digits, in order, with value, unit and bound; kinds only for dates.

    `known`: drafts that were read before, by the offset of the first; they replace what is found there.
    """
    known = known or {}
    drafts: list[Draft] = []
    at = 0
    # A plain character class is found much faster than an alternation.
    while digit := _DIGIT.search(text, at):
        match = _NUMBER.match(text, digit.start())
        assert match is not None  # the last alternative is any run of digits
        ready = known.get(match.start())
        drafts.extend(ready if ready else _drafts(text, match))
        at = ready[-1].stop if ready else match.end()
    return drafts


def _drafts(text: str, match: re.Match[str]) -> Iterator[Draft]:
    if match["date"]:
        for part in _DIGITS.finditer(text, match.start(), match.end()):
            yield Draft(part.start(), part.end(), part[0], match.start(), match.end(), "time", Decimal(part[0]))
        return
    if match["parts"]:
        yield Draft(match.start(), match.end(), match[0], match.start(), match.end(), "name")
        return
    draft = new_draft(text, match.start(), match.end())
    if draft.value is not None:
        measure(text, draft)
    yield draft


def new_draft(text: str, start: int, stop: int) -> Draft:
    """A draft for the digits `start:stop`; without a value where they are too many for a quantity."""
    digits = text[start:stop]
    value = Decimal(digits.replace(",", "")) if len(digits) <= LONGEST_VALUE else None
    return Draft(start, stop, digits, start, stop, value=value, unit_stop=stop)


def measure(text: str, draft: Draft) -> None:
    """Fill unit, bound and phrase of a draft from the words around it."""
    stop, draft.multiplier, draft.unit, draft.dimension, more = measure_at(text, draft.stop)
    draft.unit_stop = stop
    if more:
        draft.bound = more
    elif text[stop : stop + 1] in ("多", "余") and draft.unit:
        draft.bound = "over"
        stop += 1
    draft.phrase_stop = stop
    backwards = text[max(0, draft.start - REACH) : draft.start][::-1]
    _bound_before(draft, backwards)
    _bound_after(text, draft, backwards)
    if draft.unit == "个" and _WORKDAYS.match(backwards):
        draft.unit, draft.dimension = "个工作日", "duration"
    if draft.unit == "元":
        per = _PER_PERSON.match(backwards) or _PER_TIME.match(backwards, draft.start - draft.phrase_start)
        if per:
            draft.unit += "/" + per[1]


def _bound_before(draft: Draft, backwards: str) -> None:
    per = _PER_HEAD.match(backwards)
    match = _BEFORE.match(backwards, per.end() if per else 0)
    if match and not NOT_BOUND_BEFORE.match(backwards):
        draft.before = match[0][::-1]
        draft.bound = BOUND_BEFORE[draft.before]
        draft.phrase_start = draft.start - match.end()
    elif draft.bound == "exact" and _ABOUT_SHARE.match(backwards):
        draft.bound = "about"
    elif draft.bound == "exact" and draft.unit in ("%", "成") and _OVER_SHARE.match(backwards):
        draft.bound = "over"


def _bound_after(text: str, draft: Draft, backwards: str) -> None:
    stop = draft.phrase_stop
    match = _AFTER.match(text, stop)
    if match and (len(match[0]) > 1 or _ENDS_HERE.match(text, match.end())):
        draft.after = match[0]
        if draft.bound in ("exact", "about"):
            draft.bound = BOUND_AFTER[draft.after]
        draft.phrase_stop = match.end()
    elif text[stop : stop + 1] == _INSIDE and (draft.dimension == "duration" or _CONTROL.match(backwards)):
        draft.after = _INSIDE
        draft.bound = "at_most"
        draft.phrase_stop = stop + 1
