"""Values of others in brackets, behind the words that compare with them: 比全省(7%)、全国(6%)分别高0.5、1.5个百分点."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Numeral, Span
from pipeline.reading.statements.head import Head, Memory
from pipeline.reading.statements.measure import Comparison, is_less
from pipeline.reading.statements.phrase import Tail, clean, strip_lead, strip_tail
from pipeline.reading.statements.slots import Slot

_WORDS = vocabulary("constructions")["others"]
_COMPARED = re.compile(
    rf"(?P<than>{any_of(_WORDS['than'])})(?:[^,;:。()]{{0,16}}\([^()]{{1,12}}\)[和及与、]){{0,3}}"
    rf"[^,;:。()]{{0,12}}?{any_of(_WORDS['who'])}{any_of(_WORDS['level'])}?\("
)
# 与2010年(普查数,下同)的|90万人|相比; 比2010年的|3.1人|减少0.5人
_OF_ANOTHER_YEAR = re.compile(
    rf"[与同和比较](?:(?:(?:19|20)\d\d年?[到至—~-])?(?:19|20)\d\d年|{any_of(vocabulary('time')['last_years'])}|第[一二三四五六]次)[^,;。()\d]{{0,12}}"
    rf"(?:\([^()]{{0,24}}\))?的(?P<pace>{any_of(_WORDS['paces'])})?$"
)
_MEASURED_AGAINST = re.compile(rf"{any_of(_WORDS['against'])}|{any_of(_WORDS['moved'])}了?(?=\d)")
# What ends the words before such a value: 的, or the last character of a pace.
_LEADS = frozenset({"的", *(word[-1] for word in _WORDS["paces"])})
_BESIDE = re.compile(rf"{any_of(_WORDS['who'])}{any_of(_WORDS['level'])}?[为是]?")
_VALUE = re.compile(r"[\d%‰]\Z|\d[^,;:。()\d]{1,8}\Z")
_INSIDE = 12
# How far back the words that compare begin.
_FAR = 100
_NEAR = 4
# 增长7%,高于全国同期|6%|的增速: the pace of others without brackets.
_ABOVE = re.compile(rf"{any_of(_WORDS['than'])}{any_of(_WORDS['who'])}(?:同期|同类)?{any_of(_WORDS['level'])}?$")
_THEIR_PACE = re.compile(rf"的(?:[两三二]年)?(?:平均)?{any_of([*_WORDS['paces'], '涨幅', '平均水平', '水平'])}(?![\d])")
# 实现9%左右的增长, 7%的速度可以…
_PACE_ALONE = re.compile(rf"的{any_of(_WORDS['pace_words'])}(?=[,;。]|$|{any_of(_WORDS['behind_pace'])})")
_ECONOMY = "经济"
RULE = "ellipsis.of-others"


def value_of_others(numeral: Numeral, memory: Memory) -> Head | None:
    """The head of a value of another place in brackets: what was told before grows there as it does here, or is as large."""
    text = memory.text
    if not text.startswith("(", numeral.phrase_start - 1) or not text.startswith(")", numeral.phrase_stop):
        return None
    if not memory.heads or memory.carried or numeral.unit != "%" or not _compared(memory, numeral.phrase_start):
        return None
    return Head([memory.heads[-1]], Tail("", change=memory.grew), "ellipsis", memory.spans, how="of-others")


def pace_of_others(numeral: Numeral, memory: Memory) -> Head | None:
    """The head of the pace of another place told beside it: 增长7%,高于全国同期6%的增速."""
    if numeral.unit != "%" or not memory.heads or memory.carried:
        return None
    text = memory.text
    if not text.startswith("的", numeral.phrase_stop) or not _THEIR_PACE.match(text, numeral.phrase_stop):
        return None
    if not _ABOVE.search(text[max(memory.start, numeral.phrase_start - _FAR) : numeral.phrase_start]):
        return None
    tail = Tail("", change=memory.grew, average="两年" in text[numeral.phrase_stop : numeral.phrase_stop + _NEAR])
    return Head([memory.heads[-1]], tail, "ellipsis", memory.spans, how="of-others")


def pace_alone(slot: Slot, memory: Memory, span: Span) -> Head | None:
    """The head of a pace of which nothing says whose it is: 7%的速度可以实现充分就业 speaks of the economy."""
    if slot.numeral.unit != "%" or (memory.heads and not memory.carried):
        return None
    lead = clean(strip_lead(strip_tail(slot.lead).text))
    if lead or not _PACE_ALONE.match(slot.trail):
        return None
    told = not slot.context or _ECONOMY in slot.context
    return Head([_ECONOMY], Tail("", change=1), "context", span, how="pace-alone") if told else None


def value_beside(numeral: Numeral, memory: Memory) -> Head | None:
    """The head of what another place has, told in a bracket behind the value here: 生产总值增长5.5%(全国5%)."""
    text, stop = memory.text, numeral.phrase_start
    opened = text.rfind("(", max(memory.start, stop - _INSIDE), stop)
    if opened < 0 or not text.startswith(")", numeral.phrase_stop) or not memory.heads or memory.carried:
        return None
    if (
        numeral.unit != memory.unit
        or not _BESIDE.fullmatch(text, opened + 1, stop)
        or not _VALUE.search(text, 0, opened)
    ):
        return None
    return Head([memory.heads[-1]], Tail("", change=memory.grew), "ellipsis", memory.spans, how="of-others")


def more_than_others(numeral: Numeral, lead: str, memory: Memory) -> Head | None:
    """The head of a gap with nothing but that value between it and the words that compare: 高于全省(7%)0.8个百分点."""
    if lead.lstrip(")") or "百分点" not in numeral.unit or not memory.heads or memory.carried:
        return None
    opened = memory.text.rfind("(", memory.start, numeral.phrase_start) + 1
    than = _compared(memory, opened) if memory.text.startswith(")", numeral.phrase_start - 1) else None
    if not than:
        return None
    versus = Comparison("", "versus", "", -1 if is_less(than) else 1, than)
    return Head([memory.heads[-1]], Tail(""), "ellipsis", memory.spans, versus, how="more-than-others")


def is_of_another_year(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the value from `stop` to `end` is of the year before it, and another one is measured against it."""
    return bool(_of_another_year(text, start, stop, end))


def _of_another_year(text: str, start: int, stop: int, end: int) -> re.Match[str] | None:
    if text[stop - 1 : stop] not in _LEADS or not _MEASURED_AGAINST.match(text, end):
        return None
    return _OF_ANOTHER_YEAR.search(text[max(start, stop - _FAR) : stop])


def value_of_another_year(numeral: Numeral, memory: Memory) -> Head | None:
    """The head of such a value: that of the value which is compared with it."""
    if not memory.heads or memory.carried:
        return None
    told = _of_another_year(memory.text, memory.start, numeral.phrase_start, numeral.phrase_stop)
    if not told:
        return None
    tail = Tail("", change=1, average="年" in told["pace"]) if told["pace"] else Tail("")
    return Head([memory.heads[-1]], tail, "ellipsis", memory.spans, how="of-another-year")


def _compared(memory: Memory, stop: int) -> str:
    """The word that compares with whoever stands before the bracket that opens before `stop`, or nothing."""
    *_, found = (None, *_COMPARED.finditer(memory.text, max(memory.start, stop - _FAR), stop))
    return found["than"] if found and found.end() == stop else ""
