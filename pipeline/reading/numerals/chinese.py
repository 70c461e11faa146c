"""Quantities that are written in Chinese characters: 八成, 三分之一, 翻一番, 突破百亿元, 全省第二, 前三名.

Only patterns that state a value are read. Most Chinese numbers name, count loosely or number something, and counts from
one to ten are left out.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge import vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.patterns import ahead, behind
from pipeline.reading.numerals.scan import NOT_BOUND_BEFORE, measure
from pipeline.reading.numerals.unit_phrases import unit_at

_WORDS = vocabulary("chinese-numerals")
_DIGITS: dict[str, int] = _WORDS["digits"]
_SCALES: dict[str, int] = _WORDS["scales"]
# No number in use is longer; it also bounds the work on hostile text.
_LONGEST = 12
_DIGIT = "[" + "".join(_DIGITS) + "]"
_COUNT = f"[{''.join(_DIGITS)}{''.join(_SCALES)}]{{1,{_LONGEST}}}"

_CANDIDATE = re.compile(
    rf"第(?P<rank>{_COUNT})(?P<suffix>[位名大个]?)"
    rf"|前(?P<front>{_COUNT})(?P<title>[位名]?)"
    rf"|翻了?(?P<doubled>{_DIGIT})番"
    rf"|(?P<under>{_COUNT})分之(?P<over>{_COUNT})"
    rf"|(?P<tenths>{_DIGIT})(?:[到至、—-]?(?P<most>{_DIGIT}))?成"
    rf"|(?P<times>{_DIGIT}|十)倍"
    rf"|半(?=个?小时)"
    rf"|(?P<half>一半)"
    rf"|(?P<round>{_DIGIT}?[{''.join(_SCALES)}][{''.join(_DIGITS)}{''.join(_SCALES)}]{{0,{_LONGEST}}})"
)
# Where a candidate may begin: a plain character class is found much faster than an alternation.
_START = re.compile(f"[第前翻半{''.join(_DIGITS)}{''.join(_SCALES)}]")
_BEFORE_RANK = frozenset(_WORDS["before_rank"])
_RANK_VERB = re.compile(r"[^,。;、\n0-9]{0,8}?" + behind(_WORDS["rank_verbs"]).pattern)
_BEFORE_NTH = frozenset(_WORDS["before_nth"])
_BEFORE_HALF = frozenset(_WORDS["before_half"])
_NO_RANK = behind(_WORDS["no_rank"])
_RANK_ENDS = re.compile(r"[,。;、!！？)\n和及与的(]|$|(?:之列|行列)")
_NO_TENTHS = frozenset(_WORDS["no_tenths"])
_NO_TENTHS_BEFORE = frozenset(_WORDS["no_tenths_before"])
_BEFORE_TIMES = frozenset(_WORDS["before_times"])
_BEFORE_ROUND = behind(_WORDS["before_round"])
_AFTER_ROUND = re.compile(r"[,。;、!！？)\n]|$|的(?=[0-9])|" + ahead(_WORDS["after_round"]).pattern)
# 2个产值超千亿: a class of things, written backwards
_COUNTED_CLASS = re.compile(r"[^,。;、\n0-9]{2,8}[个家][0-9一二两三四五六七八九十]")
_NO_COUNT = frozenset(_WORDS["no_count"])
_BEFORE_NO_COUNT = frozenset(_WORDS["before_no_count"])
_CIRCLE = re.compile(r"个?小时[^,。;\n]{0,6}圈")
# Fractions are rounded to four places.
FRACTION_PLACES = Decimal("0.0001")


def chinese(text: str) -> list[Draft]:
    """Drafts of the quantities in Chinese numerals, in order."""
    found: list[Draft] = []
    at = 0
    while start := _START.search(text, at):
        match = _CANDIDATE.match(text, start.start())
        at = match.end() if match else start.end()
        draft = _read(text, match, found[-1] if found else None) if match else None
        if draft is not None:
            found.append(draft)
    return found


def number(text: str) -> Decimal | None:
    """The value of a Chinese number: 三百二十 is 320, 百亿 is 10000000000. None where it is not well formed."""
    total = section = digit = 0
    has_digit = False
    for character in text:
        if character in _DIGITS:
            if has_digit and digit:
                return None
            digit, has_digit = _DIGITS[character], True
            continue
        scale = _SCALES[character]
        if scale < 10000:
            section += (digit if has_digit else 1) * scale
        else:
            section += digit
            total = (total + section or 1) * scale if scale > total else total + (section or 1) * scale
            section = 0
        digit, has_digit = 0, False
    return Decimal(total + section + digit)


def _read(text: str, match: re.Match[str], previous: Draft | None) -> Draft | None:
    """The quantity of one candidate, or None where it is none."""
    start = match.start()
    before = text[start - 1 : start] or "\n"
    group = match.lastgroup
    if group in ("rank", "suffix"):
        return _rank(text, match, before, previous)
    if group in ("front", "title"):
        return _front(text, match, before)
    if group == "doubled":
        return _draft(text, match, number(match["doubled"]), "番", match.end())
    if group == "over":
        return _fraction(text, match)
    if group in ("tenths", "most"):
        return _tenths(text, match, before)
    if group == "times":
        return _draft(text, match, number(match["times"]), "倍", match.end()) if before in _BEFORE_TIMES else None
    if group == "half":
        return _half(text, match, before)
    if group == "round":
        return _round(text, match, before)
    if _CIRCLE.match(text, match.end()) or before in "上下一":
        return None
    return _measured(text, start, match.end(), Decimal("0.5"))


def _draft(text: str, match: re.Match[str], value: Decimal | None, unit: str, stop: int) -> Draft | None:
    """A draft with a unit that is part of the match; the bounds around it are read."""
    if value is None:
        return None
    draft = Draft(match.start(), stop, text[match.start() : stop], match.start(), stop, "observation", value)
    measure(text, draft)
    draft.unit, draft.dimension, draft.chinese = unit, "ratio", True
    if draft.bound == "exact" and text[stop : stop + 1] in ("多", "余"):
        draft.bound, draft.phrase_stop = "over", stop + 1
    return draft


def _measured(text: str, start: int, stop: int, value: Decimal) -> Draft:
    """A draft whose unit stands behind it."""
    draft = Draft(start, stop, text[start:stop], start, stop, "observation", value, chinese=True)
    measure(text, draft)
    return draft


def _position(match: re.Match[str], digits: str, bound: str) -> Draft | None:
    value = number(digits)
    if value is None or value > 100:
        return None
    start, stop = match.span()
    draft = Draft(start, stop, match[0], start, stop, "observation", value, unit="位", bound=bound, chinese=True)
    draft.rank = True
    return draft


def _rank(text: str, match: re.Match[str], before: str, previous: Draft | None) -> Draft | None:
    """全国第四, 位居第二位, 广东第三大港; not 第一产业, 第一要务, 第一, ..."""
    if match["suffix"] == "个":
        nth = before in _BEFORE_NTH and match["rank"] != "一"
        return _position(match, match["rank"], "exact") if nth else None
    ends = match["suffix"] == "大" or _RANK_ENDS.match(text, match.end())
    backwards = text[max(0, match.start() - 12) : match.start()][::-1]
    if not ends or _NO_RANK.match(backwards):
        return None
    listed = before == "、" and previous is not None and previous.rank and previous.stop == match.start() - 1
    ranked = before in _BEFORE_RANK or match["suffix"] == "名" or _RANK_VERB.match(backwards)
    return _position(match, match["rank"], "exact") if ranked or listed else None


def _front(text: str, match: re.Match[str], before: str) -> Draft | None:
    """居前三, 全省前十名; not 前三季度, 前两个月."""
    if before not in _BEFORE_RANK or not _RANK_ENDS.match(text, match.end()):
        return None
    return _position(match, match["front"], "at_most")


def _fraction(text: str, match: re.Match[str]) -> Draft | None:
    """三分之一 is 0.3333 比例; 百分之五 is 5 %."""
    over, under = number(match["over"]), number(match["under"])
    if over is None or not under:
        return None
    if match["under"] == "百":
        return _draft(text, match, over, "%", match.end())
    return _draft(text, match, (over / under).quantize(FRACTION_PLACES), "比例", match.end())


def _half(text: str, match: re.Match[str], before: str) -> Draft | None:
    """占近一半; not 一半山水一半城."""
    draft = _draft(text, match, Decimal("0.5"), "比例", match.end()) if before in _BEFORE_HALF else None
    ends = _AFTER_ROUND.match(text, match.end()) or (before in "超过近" and text.startswith("的", match.end()))
    return draft if ends else None


def _tenths(text: str, match: re.Match[str], before: str) -> Draft | None:
    """七成以上, 两到三成; not 成为, 成果."""
    if text[match.end() : match.end() + 1] in _NO_TENTHS or before in _NO_TENTHS_BEFORE:
        return None
    draft = _draft(text, match, number(match["tenths"]), "成", match.end())
    if draft is not None and match["most"]:
        draft.value_max, draft.bound = number(match["most"]), "range"
    return draft


def _round(text: str, match: re.Match[str], before: str) -> Draft | None:
    """突破百亿元, 近千家, 二十四个; not 千亿级产业, 十大工程."""
    digits = match["round"]
    if digits[-1] in "百千万亿":
        return _large(text, match, digits)
    value = number(digits) if "十" in digits else None
    unit = unit_at(text, match.end()) if value is not None and value > 10 else ""
    if value is None or not unit or unit in _NO_COUNT or before in _BEFORE_NO_COUNT:
        return None
    draft = _measured(text, match.start(), match.end(), value)
    return draft if draft.dimension == "counted" else None


def _large(text: str, match: re.Match[str], digits: str) -> Draft | None:
    start = match.start()
    backwards = text[max(0, start - 16) : start][::-1]
    if not _BEFORE_ROUND.match(backwards) or _COUNTED_CLASS.match(backwards) or NOT_BOUND_BEFORE.match(backwards):
        return None
    plain = digits.rstrip("万亿") if digits[0] in _DIGITS else ""
    value = number(plain) if plain else Decimal(1)
    scale = digits[len(plain) :]
    if value is None:
        return None
    draft = _measured(text, start, match.end(), value)
    draft.unit = scale + draft.unit
    known = unit_at(text, draft.stop) and draft.dimension != "calendar"
    ends = _AFTER_ROUND.match(text, draft.phrase_stop) or draft.after
    # 突破千亿大关: the unit may be left out.
    bare = draft.text[-1] in "亿万" and _AFTER_ROUND.match(text, draft.stop)
    return draft if (known and ends) or bare else None
