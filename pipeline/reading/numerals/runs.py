"""What is left over beside a numeral: a quantity that is no whole run of digits, or joined to another in no form, is not read.

The definition is that of docs/en/method.md: a run is read as one numeral, a range or a list; one whose neighbour is left over
is `unread`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.scan import bound_rank
from pipeline.reading.numerals.signs import DOUBLINGS, MINUS_WORD, RANGE_MARKS
from pipeline.text.chinese_numbers import DIGITS, POINT, SCALES

# Marks that between digits are a decimal point, the mark of a date, or nothing that is known.
_POINTS = frozenset("·•∙‧・･")
_OPENS = frozenset("\n。;:(—-")
_MINUS_BEHIND_DIGITS = re.compile(rf"[0-9][.{''.join(sorted(_POINTS))}]?{MINUS_WORD}\Z")
_FROM = re.compile(r"[从由自][^,。;\n]{0,16}\Z")
_RANGE = re.compile(r"[-—~至到]{1,2}")
_REACH = 20
# Behind 多 a multiplier from 万 on or the unit follows, and no further digits: 八十多十万; not 八十多千米.
_GOES_ON = re.compile(f"[多余](?:[{''.join(DIGITS)}十]|百(?!分)|千(?![米瓦克伏]))")
_TENTHS, _MOST_TENTHS = "成", 10
# Digits of both kinds make no number, and of two 多 one is left over: 3亿五千万, 5多万多亿; not 3万一线工人.
_D, _S = "".join(DIGITS), "".join(SCALES)
_OTHER_DIGITS = f"[多余几]?(?:零?[{_D}][{_S}]|[零〇十][{_D}]|十(?=[,。;、\n)]|$)|[{_D}]{{3}})"
_MIXED = re.compile(f"[多余几]?[百千万亿]+(?:{_OTHER_DIGITS})|[多余几][百千万亿]+[多余几][万亿]")
_MIXED_BEHIND_TWO = re.compile(f"[百千万亿]*(?:{_OTHER_DIGITS}|十)|[百千]?万?分之")
# What is told in parts or times has no multiplier and no other unit.
_PARTS = frozenset(vocabulary("chinese-numerals")["parts"])
_NOT_OF_PARTS: tuple[str, ...] = tuple(vocabulary("chinese-numerals")["not_of_parts"])
# Decimals behind what has none: 五成点八, 两倍点三.
_DECIMALS = re.compile(f"{POINT}[{''.join(DIGITS)}]")


def leave_unread(text: str, drafts: Sequence[Draft]) -> None:
    """Make those drafts unread whose value something beside them would change: what it is, the text does not say."""
    previous: Draft | None = None
    for draft in drafts:
        if draft.kind == "observation" and (_is_cut(text, draft) or _is_behind_dash(text, draft)):
            draft.kind = "unread"
        if draft.unit == DOUBLINGS and draft.sign_start >= 0 and draft.kind == "observation":
            draft.kind = "unread"  # -3至5番
        if draft.rank and draft.kind == "observation" and "第" in text[max(0, draft.start - 1) : draft.start + 1]:
            bound_rank(text, draft)
        if previous is not None and text[previous.stop : draft.start] == "." and previous.kind != "structure":
            for torn in (previous, draft):  # 2,846,15.072.12
                torn.kind = "unread" if torn.kind == "observation" else torn.kind
        if previous is not None and _is_torn(text, previous, draft):
            previous.kind = "unread"
        previous = draft


def _is_cut(text: str, draft: Draft) -> bool:
    """Whether the numeral goes on beside it, or is none with its unit: 6•23百, 八千多十多万."""
    start, stop = draft.start, draft.stop
    if text[start - 1 : start] in _POINTS and text[start - 2 : start - 1].isdigit():
        return True
    if text[stop : stop + 1] in _POINTS and text[stop + 1 : stop + 2].isdigit():
        return True
    if not draft.chinese:
        mixed = _MIXED if draft.text[-1].isdecimal() and not SCALES.keys() & set(draft.text) else _MIXED_BEHIND_TWO
        return mixed.match(text, stop) is not None
    if draft.unit in _PARTS and text.startswith(_NOT_OF_PARTS, stop):
        return True  # 五成亿元, 百分之五%
    tenths = draft.unit == _TENTHS and draft.value is not None and abs(draft.value) > _MOST_TENTHS  # 十三成
    return tenths or _GOES_ON.match(text, stop) is not None or _DECIMALS.match(text, stop) is not None


def _is_behind_dash(text: str, draft: Draft) -> bool:
    """Whether a dash before the numeral is neither its sign nor the mark of a range, nor opens the line."""
    start = draft.begin
    if draft.sign_start >= 0 or draft.unit == DOUBLINGS:  # nothing doubles less than once
        return False
    if text[start - 1 : start] == MINUS_WORD and _MINUS_BEHIND_DIGITS.search(text, max(0, start - 3), start):
        return True
    return text[start - 1 : start] in RANGE_MARKS and start > 1 and text[start - 2] not in _OPENS


def _is_torn(text: str, first: Draft, second: Draft) -> bool:
    """Whether a number without a unit stands before the mark of a range and what makes none with it: 5左右到8万天."""
    return (
        (first.kind == "observation" or (first.kind == "name" and bool(first.after)))
        and not first.unit
        and first.value_max is None
        and second.kind in ("observation", "threshold")
        and _RANGE.fullmatch(text, first.phrase_stop, second.phrase_start) is not None
        and not _FROM.search(text, max(0, first.phrase_start - _REACH), first.phrase_start)
    )
