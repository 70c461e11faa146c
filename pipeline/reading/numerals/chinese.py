"""Quantities that are written in Chinese characters: 八成, 三分之一, 翻一番, 突破百亿元, 全省第二, 前三名.

Only patterns that state a value are read. Most Chinese numbers name, count loosely or number something, and counts from
one to ten are left out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.kinds import RETURNS, kind
from pipeline.reading.numerals.patterns import ahead, behind
from pipeline.reading.numerals.scan import NOT_BOUND_BEFORE, STACKED, measure
from pipeline.reading.numerals.unit_phrases import DIMENSION, MEASURED, MEASURED_OR_NUMBER, Measure, measure_at, unit_at
from pipeline.text.chinese_numbers import DIGITS, POINT, SCALES, chinese_number

_NAMES = vocabulary("names")
_WORDS = vocabulary("chinese-numerals")
# No number in use is longer; it also bounds the work on hostile text.
_LONGEST = 16
_DIGIT = "[" + "".join(DIGITS) + "]"
_COUNT = f"[{''.join(DIGITS)}{''.join(SCALES)}]{{1,{_LONGEST}}}"
_DECIMALS = f"{POINT}{_DIGIT}{{1,4}}"

_CANDIDATE = re.compile(
    rf"第(?P<rank>{_COUNT})(?P<suffix>[位名大个]?)"
    rf"|前(?P<front>{_COUNT})(?P<title>[位名强]?)"
    rf"|翻了?(?P<doubled>{_DIGIT}?)番(?P<doubled_half>半?)"
    rf"|(?P<grown>{_DIGIT})番(?P<grown_half>半?)"
    rf"|(?P<under>{_COUNT})分之(?P<over>{_COUNT}(?:{_DECIMALS})?)"
    rf"|(?P<tenths>{_DIGIT})(?:[到至、—-]?(?P<most>{_DIGIT}))?成(?P<hundredths>{_DIGIT}?)"
    rf"|(?P<times>{_DIGIT}|十)倍(?P<half_more>半?)"
    rf"|半(?=个?小时)"
    rf"|(?P<half>一半)"
    rf"|(?P<sign>[{_WORDS['unread']}]{_DIGIT}?)"
    rf"|(?P<number>{_COUNT}(?:{_DECIMALS}[万亿]{{0,2}})?)"
)
_D, _S = "".join(DIGITS), "".join(SCALES)
_LOOSE = "".join(word for words in vocabulary("bounds")["within"].values() for word in words)
# What goes on with a numeral of one character: other digits and scales, 三分之一, 七到八成, 两倍, 五多万, 一点五, 五十年一遇.
_MORE = f"[{_D}{_S}分成倍番{POINT}半年{_LOOSE}]|[到至、—-][{_D}]成"
# Where a candidate may begin that is no lone digit (一批) and no multiplier of Arabic digits (5万元); most are.
_START = re.compile(
    f"[第前翻半{_WORDS['unread']}{_D}{_S}]"
    f"(?:(?<=[翻半{_WORDS['unread']}])|(?<=[第前])(?=[{_D}{_S}])|(?<=[{_D}{_S}])(?={_MORE})"
    f"|(?<=[{_S}])(?<![0-9].)|(?<=[:)][{_D}]))"
)
_BEFORE_RANK = frozenset(_WORDS["before_rank"])
_RANK_VERB = re.compile(r"[^,。;、\n0-9]{0,8}?" + behind(_WORDS["rank_verbs"]).pattern)
_BEFORE_NTH = frozenset(_WORDS["before_nth"])
_KIND_FOLLOWS = ("、", ",")
_BEFORE_HALF = frozenset(_WORDS["before_half"])
# 第三、第四季度; 第二、第三产业
_IN_SERIES = re.compile(rf"(?:[、和及与]第?[一二三四五])+{any_of(_NAMES['series'])}")
_NO_RANK = behind(_WORDS["no_rank"])
_RANK_ENDS = re.compile(r"[,。;、!！？)\n和及与的(]|$|(?:之列|行列)")
_NO_TENTHS = frozenset(_WORDS["no_tenths"])
_NO_TENTHS_BEFORE = frozenset(_WORDS["no_tenths_before"])
_BEFORE_TIMES = frozenset(_WORDS["before_times"])
_BEFORE_ROUND = behind(_WORDS["before_round"])
_AFTER_ROUND = re.compile(r"[,。;、!！？)\n]|$|的(?=[0-9])|" + ahead(_WORDS["after_round"]).pattern)
# 2个产值超千亿: a class of things, written backwards
_COUNTED_CLASS = re.compile(r"(?:[^,。;、\n0-9]{2,8}|过)[个家][0-9一二两三四五六七八九十]")
_NO_COUNT = frozenset(_WORDS["no_count"])
_BEFORE_NO_COUNT = frozenset(_WORDS["before_no_count"])
_NAMED_DOUBLING = ahead(_WORDS["named_doubling"])
_ENDS = re.compile(r"[,。;、!！？)\n的左右以上之多余…]|\.(?!\d)|$")
_GOES_ON = re.compile(f"[{''.join(DIGITS)}{''.join(SCALES)}]")
_POINT_AGAIN = re.compile(f"{POINT}{_DIGIT}")
# With what a multiplier that stands behind a number may begin.
_STACKING = frozenset(["多", "余", *SCALES])
_PER = {"百": "%", "千": "‰"}
# 三四十, 二十七八
_SCALE = re.compile("[十百千]?万?亿{0,2}")
_PAIR = re.compile(
    rf"(?P<before>{_COUNT}(?<=十)|{_COUNT}(?<=[百千])(?=..[十百千])|)(?P<low>{_DIGIT})(?P<high>{_DIGIT})(?P<scale>[{''.join(SCALES)}]*)"
)
# Counts up to this are optional, and mostly no results.
_OPTIONAL = 10
# Before a round number of things: 举办千场活动, 指百个村庄; 上千家.
_BEFORE_COUNT = behind([*vocabulary("predicates")["event"], *_WORDS["before_round_count"]])
_UP_TO = re.compile(rf"上(?![{_WORDS['not_up_to']}])")
# What stands before the multiplier of a number in digits: 2000万元, 30多万吨.
_OF_DIGITS = re.compile(r"[\d.多余几来数]")
# Which way a sum is only: 向百亿迈进, 向千亿元目标冲刺.
_TOWARD = re.compile(rf"[^,。;、\n]{{0,4}}?(?:{ahead(_WORDS['toward']).pattern})")
# 新增千万吨产能: what is new; no programme, and no class of things.
_ADDED = behind(_WORDS["before_added"])
_CLASSES = ahead([*_WORDS["programmes"], *_WORDS["classes"]]).pattern
_ADDED_OF = re.compile(rf"(?![^,。;、\n]{{0,12}}?(?:{_CLASSES}))[^,。;、\n\d级的]{{2,8}}(?=[,。;、\n])")
# 完成普查和百部志书编修
_AND_COUNT = re.compile(rf"[和及与][^,。;、\n]{{2,16}}?(?:{behind(vocabulary('predicates')['event']).pattern})")
_COUPLE = re.compile(f"[^,。;、\\n]?[{''.join(SCALES)}]")
_PROGRAMME = re.compile(rf"[^,。;、\n]{{2,16}}?{ahead(_WORDS['programmes']).pattern}")
_PERSONS = frozenset({"名", "位"})
# 成为产值超千亿元的县: who it is that has reached so much.
_BECOMES = re.compile(r"[^,。;、\n]{0,14}?为长?成")
_WHO = re.compile(r"的?[^,。;、\n\d]{1,8}(?=[,。;、\n]|$)")
# How long a thing in a list of them is, in characters.
_LISTED = 14
_SPANS = frozenset({"calendar", "duration", "position"})
_CIRCLE = re.compile(r"个?小时[^,。;\n]{0,6}圈")
# How often something doubles has no sign.
_TWICE = "番"
_HALF = Decimal("0.5")
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


def _read(text: str, match: re.Match[str], previous: Draft | None) -> Draft | None:
    """The quantity of one candidate, or None where it is none."""
    start = match.start()
    before = text[start - 1 : start] or "\n"
    if match["number"]:
        return _number(text, match, before, previous) or _ill_formed(text, match, before)
    if match["rank"]:
        return _rank(text, match, before, previous)
    if match["front"]:
        return _front(text, match, before)
    if match["doubled"] is not None:
        return _doubled(text, match, before)
    if match["grown"]:
        grown = before in _BEFORE_TIMES and before != "翻"  # 增长两番; not 三番五次
        return _twice(text, match, match["grown"], match["grown_half"]) if grown else None
    if match["over"]:
        return _fraction(text, match)
    if match["tenths"]:
        return _tenths(text, match, before)
    if match["times"]:
        return _times(text, match, before)
    if match["half"]:
        return _half(text, match, before)
    if match["sign"]:
        return _unread(text, match, match.end())
    if _CIRCLE.match(text, match.end()) or before in "上下一":
        return None
    return _measured(text, start, match.end(), Decimal("0.5"))


def _draft(text: str, match: re.Match[str], value: Decimal | None, unit: str, stop: int) -> Draft | None:
    """A draft with a unit that is part of the match; the bounds around it are read."""
    if value is None:
        return None
    draft = Draft(match.start(), stop, text[match.start() : stop], match.start(), stop, "observation", value)
    measure(text, draft, told=Measure(stop, "", unit, "multiple" if unit == _TWICE else "ratio", ""))
    draft.dimension, draft.chinese = "ratio", True
    if draft.bound == "exact" and text[stop : stop + 1] in ("多", "余"):
        draft.bound, draft.phrase_stop = "over", stop + 1
    return draft


def _measured(text: str, start: int, stop: int, value: Decimal, scale: str = "") -> Draft:
    """A draft whose unit stands behind it; `scale`: the multiplier that its numeral has."""
    draft = Draft(start, stop, text[start:stop], start, stop, "observation", value, chinese=True)
    told = measure_at(text, stop)
    measure(text, draft, told=told if told.dimension or not scale else told._replace(dimension="number"))
    return draft


def _position(match: re.Match[str], digits: str, bound: str) -> Draft | None:
    value = chinese_number(digits)
    if value is None or value > 100:
        return None
    start, stop = match.span()
    draft = Draft(start, stop, match[0], start, stop, "observation", value, unit="位", bound=bound, chinese=True)
    draft.rank = True
    return draft


def _rank(text: str, match: re.Match[str], before: str, previous: Draft | None) -> Draft | None:
    """全国第四, 位居第二位, 广东第三大港; not 第一产业, 第一要务, 第一, ...; 全国第三个、全省首个…: no place in an order."""
    if match["suffix"] == "个":
        nth = before in _BEFORE_NTH and match["rank"] != "一" and not text.startswith(_KIND_FOLLOWS, match.end())
        return _position(match, match["rank"], "exact") if nth else None
    ends = match["suffix"] == "大" or _RANK_ENDS.match(text, match.end())
    backwards = text[max(0, match.start() - 12) : match.start()][::-1]
    if not ends or _NO_RANK.match(backwards) or _IN_SERIES.match(text, match.end()):
        return None
    listed = before == "、" and previous is not None and previous.rank and previous.stop == match.start() - 1
    ranked = before in _BEFORE_RANK or match["suffix"] == "名" or _RANK_VERB.match(backwards)
    return _position(match, match["rank"], "exact") if ranked or listed else None


def _front(text: str, match: re.Match[str], before: str) -> Draft | None:
    """居前三, 全省前十名; not 前三季度, 前两个月."""
    if before not in _BEFORE_RANK or not _RANK_ENDS.match(text, match.end()):
        return None
    return _position(match, match["front"], "at_most")


def _doubled(text: str, match: re.Match[str], before: str) -> Draft | None:
    """翻一番, 翻两番; 翻番 is once, unless a programme is called so."""
    if not match["doubled"] and (before == "个" or _NAMED_DOUBLING.match(text, match.end())):
        return None
    return _twice(text, match, match["doubled"] or "一", match["doubled_half"])


def _twice(text: str, match: re.Match[str], digit: str, half: str) -> Draft | None:
    """翻一番半, 增长两番; 翻两番番 is none."""
    if text.startswith(_TWICE, match.end()):
        return Draft(match.start(), match.end(), match[0], match.start(), match.end(), "unread", chinese=True)
    value = chinese_number(digit)
    return _draft(text, match, value + _HALF if half and value is not None else value, _TWICE, match.end())


def _fraction(text: str, match: re.Match[str]) -> Draft | None:
    """三分之一 is 0.3333 比例; 百分之五点六 is 5.6 %, 千分之二 is 2 ‰."""
    over, under = chinese_number(match["over"]), chinese_number(match["under"])
    if over is None or not under:
        return None
    if text[match.start() - 1 : match.start()].isdecimal():
        return Draft(
            match.start(), match.end(), match[0], match.start(), match.end(), "unread", chinese=True
        )  # 5万分之三
    if unit := _PER.get(match["under"].removeprefix("一")):
        return _draft(text, match, over, unit, match.end())
    value = over / under
    return _draft(text, match, value if under > 1000 else value.quantize(FRACTION_PLACES), "比例", match.end())


def _times(text: str, match: re.Match[str], before: str) -> Draft | None:
    """增长两倍, 一倍半."""
    value = chinese_number(match["times"])
    if value is None or before not in _BEFORE_TIMES:
        return None
    return _draft(text, match, value + Decimal("0.5") if match["half_more"] else value, "倍", match.end())


def _half(text: str, match: re.Match[str], before: str) -> Draft | None:
    """占近一半; not 一半山水一半城."""
    draft = _draft(text, match, Decimal("0.5"), "比例", match.end()) if before in _BEFORE_HALF else None
    ends = _AFTER_ROUND.match(text, match.end()) or (before in "超过近" and text.startswith("的", match.end()))
    return draft if ends else None


def _tenths(text: str, match: re.Match[str], before: str) -> Draft | None:
    """七成以上, 两到三成, 六成五; not 成为, 成果."""
    stop = match.end() - len(match["hundredths"])
    if text[stop : stop + 1] in _NO_TENTHS or before in _NO_TENTHS_BEFORE:
        return None
    value = chinese_number(match["tenths"])
    half = match["hundredths"] and DIGITS[match["hundredths"]] and match["hundredths"] != "两"  # no 五成两
    if half and value is not None and not match["most"] and _ENDS.match(text, match.end()):
        stop = match.end()
        value += Decimal(DIGITS[match["hundredths"]]) / 10
    most = chinese_number(match["most"]) if match["most"] else None
    if value is not None and most is not None and (most <= value or half):
        return Draft(
            match.start(), stop, text[match.start() : stop], match.start(), stop, "unread", chinese=True
        )  # 八七成, 七八成五
    draft = _draft(text, match, value, "成", stop)
    if draft is not None and most is not None:
        draft.value_max, draft.bound = most, "range"
    return draft


def _number(text: str, match: re.Match[str], before: str, previous: Draft | None) -> Draft | None:
    """突破百亿元, 近千家, 二十四个, 一亿二千万吨, 一点五个百分点, 三四十家; not 千亿级产业, 十大工程."""
    written = match["number"]
    if written[-1] in "百千万亿" and not any(character in DIGITS for character in written):
        if not _SCALE.fullmatch(written):
            return None  # 十万亿十万亿
        return _round(text, match, written, previous)
    stop = match.end()
    if written[-1] in "百千" and written[-2:-1] in SCALES and unit_at(text, stop - 1):
        written, stop = written[:-1], stop - 1  # 二千亿千瓦时
    cut = POINT in written or len(written) == _LONGEST
    if _stacked(text, stop, written) or (cut and _GOES_ON.match(text, stop) and not unit_at(text, stop)):
        return None  # 七点二十, 五多万万
    if POINT in written and _POINT_AGAIN.match(text, stop):
        return None  # 二十六点〇点五
    low, high = _values(written)
    if low is None or before in _BEFORE_NO_COUNT or before.isdecimal():
        return None
    if text.startswith("年", stop) and RETURNS in text[stop : stop + _LONGEST]:
        draft = _measured(text, match.start(), stop, low)
        draft.kind = kind(text, draft, None)
        return draft if draft.kind == "observation" and draft.unit == RETURNS else None
    scale = written[len(written.rstrip("万亿")) :]
    small = low <= _OPTIONAL and not scale and POINT not in written
    if small and before not in ":)" and not measure_at(text, stop).multiplier:
        return None  # most of them; a unit before the number stands in brackets
    power = chinese_number(scale) or Decimal(1)
    draft = _measured(text, match.start(), stop, low / power, scale)
    plain = draft.unit[len(draft.multiplier) :]
    # A character before a mark that no list has (党的二十大) is no unit here.
    known = bool(plain) and (plain.partition("(")[0] in DIMENSION or draft.dimension != "counted")
    if not known:
        if not scale and not draft.multiplier:
            return None
        draft.unit, draft.dimension = draft.multiplier, "number"
    if plain == "倍" and text.startswith("半", draft.unit_stop):
        if high is not None:  # 二十三四倍半
            return Draft(match.start(), stop, text[match.start() : stop], match.start(), stop, "unread", chinese=True)
        whole = low / power + _HALF  # 十二倍半
        draft.value = -whole if draft.value is not None and draft.value < 0 else whole
        draft.phrase_stop = max(draft.phrase_stop, draft.unit_stop + 1)
    if high is not None:
        draft.value_max, draft.bound = high / power, "range"
    draft.unit, draft.multiplier = scale + draft.unit, scale + draft.multiplier
    if not draft.dimension:
        draft.dimension = "number"
    exact = POINT in written or bool(scale or draft.multiplier)
    if not exact and (low <= _OPTIONAL or plain in _NO_COUNT):
        return None
    if draft.dimension in _SPANS and POINT not in written:
        return None
    backwards = text[max(0, draft.start - 16) : draft.start][::-1]
    draft.kind = "threshold" if _COUNTED_CLASS.match(backwards) else kind(text, draft, None)
    return draft if draft.kind in ("observation", "threshold", "context") else None


def _stacked(text: str, stop: int, written: str) -> bool:
    """Whether multipliers that make none stand behind a number that is written so: 五万万亩, 五点八万余万元."""
    if text[stop : stop + 1] not in _STACKING:
        return False
    scale = written[len(written.rstrip("万亿")) :]
    apart = scale and text[stop : stop + 1] in ("多", "余")
    return bool(STACKED.match(text, stop) or (apart and STACKED.match(scale + text[stop + 1 : stop + 3])))


def _ill_formed(text: str, match: re.Match[str], before: str) -> Draft | None:
    """A number before a unit of measurement that is none (三亿二亿元, 零万吨) is told and not read; not 一二三产业, 百亿元企业."""
    written = match["number"]
    if _stacked(text, match.end(), written):
        return _unread(text, match, match.end())
    if len(written) == 1 or before in _BEFORE_NO_COUNT or _OF_DIGITS.match(before):
        return None  # 2300余亿千瓦: the multiplier and the unit of the number before
    digits = any(character in DIGITS for character in written)
    sound = _values(written)[0] is not None if digits else _SCALE.fullmatch(written)
    return None if sound else _unread(text, match, match.end())


def _unread(text: str, match: re.Match[str], stop: int) -> Draft | None:
    """The draft of a numeral that states a quantity and cannot be read; None where no unit of measurement follows."""
    if measure_at(text, stop).dimension not in MEASURED | {"ratio"}:
        return None
    return Draft(match.start(), stop, text[match.start() : stop], match.start(), stop, "unread", chinese=True)


@lru_cache(maxsize=1 << 12)
def _values(written: str) -> tuple[Decimal | None, Decimal | None]:
    """The value of a number, and the upper one of two: 三四十 is 30 to 40."""
    value = chinese_number(written)
    if value is not None or not (pair := _PAIR.fullmatch(written)):
        return value, None
    first, second = (chinese_number(pair["before"] + pair[name] + pair["scale"]) for name in ("low", "high"))
    return (first, second) if DIGITS[pair["low"]] + 1 == DIGITS[pair["high"]] else (None, None)


def _round(text: str, match: re.Match[str], written: str, previous: Draft | None) -> Draft | None:
    """A round sum without digits: its scale is told in the unit (1 百亿元)."""
    return _round_value(text, match, written, previous) or _round_size(text, match, written)


def _round_size(text: str, match: re.Match[str], written: str) -> Draft | None:
    """A round sum that is no result: what things are (亿元以上项目, 万吨级泊位), or per how many (每千人)."""
    start = match.start()
    draft = _measured(text, start, match.end(), Decimal(1))
    per = text[start - 1 : start] == "每" and draft.dimension == "counted"
    sized = draft.dimension in MEASURED and (draft.bound != "exact" or text.startswith("级", draft.unit_stop))
    if not (per or sized) or _OF_DIGITS.match(text, start - 1):
        return None
    draft.unit = written + draft.unit
    draft.kind = kind(text, draft, None)
    return draft if draft.kind == ("context" if per else "threshold") else None


def _round_value(text: str, match: re.Match[str], written: str, previous: Draft | None) -> Draft | None:
    """A round sum that is a result: 突破百亿元, 新增千万吨产能, 成为超千亿元的县; not 实施百亿斤产能工程."""
    start = match.start()
    backwards = text[max(0, start - 16) : start][::-1]
    if counted := _counted(text, match, written, backwards, previous):
        return counted
    toward = backwards.startswith("向") and _TOWARD.match(text, match.end())
    added = _ADDED.match(backwards)
    if (
        not (toward or added or _BEFORE_ROUND.match(backwards))
        or _COUNTED_CLASS.match(backwards)
        or NOT_BOUND_BEFORE.match(backwards)
    ):
        return None
    draft = _measured(text, start, match.end(), Decimal(1))
    draft.unit = written + draft.unit
    if toward and draft.dimension in MEASURED_OR_NUMBER | {""}:
        draft.phrase_start, draft.phrase_stop = start - 1, toward.end()
        return draft
    known = unit_at(text, draft.stop) and draft.dimension != "calendar"
    if added and not _AFTER_ROUND.match(text, draft.phrase_stop):
        what = draft.dimension in MEASURED and draft.dimension != "money" and _ADDED_OF.match(text, draft.phrase_stop)
        return draft if known and what else None
    ends = bool(_AFTER_ROUND.match(text, draft.phrase_stop) or draft.after)
    became = bool(_BECOMES.match(backwards) and _WHO.match(text, draft.phrase_stop))  # 成为产值超千亿元的县
    # 突破千亿大关: the unit may be left out.
    bare = written[-1] in "亿万" and (became or _AFTER_ROUND.match(text, draft.stop))
    return draft if (known and (ends or became)) or bare else None


def _counted(text: str, match: re.Match[str], written: str, backwards: str, previous: Draft | None) -> Draft | None:
    """A round number of things: 上千家企业, 百余项标准, 举办千场活动; not 千家万户, 实施百名人才培养工程."""
    start, stop = match.span()
    unit = unit_at(text, stop) or (unit_at(text, stop + 1) if text[stop : stop + 1] in ("余", "多") else "")
    if (DIMENSION.get(unit) != "counted" and unit not in _PERSONS) or len(unit) > 1 or backwards[:1].isdecimal():
        return None
    draft = _measured(text, start, stop, Decimal(1))
    if _COUPLE.match(text, draft.phrase_stop) or (_PROGRAMME.match(text, draft.phrase_stop) and draft.bound == "exact"):
        return None
    more = draft.bound == "over" and text[stop : stop + 1] in ("余", "多")
    if _UP_TO.match(backwards):
        draft.start, draft.text, draft.phrase_start = start - 1, text[start - 1 : stop], start - 1
        draft.bound = "over" if more else "at_least"
    elif not (more or _BEFORE_COUNT.match(backwards) or _AND_COUNT.match(backwards) or _goes_on(text, start, previous)):
        return None
    draft.unit = written + unit
    return draft


def _goes_on(text: str, start: int, previous: Draft | None) -> bool:
    """Whether a round number of things stands in a list behind another: 百个市场、百条街道."""
    if previous is None or previous.unit[:1] not in SCALES or not 0 < start - previous.phrase_stop < _LISTED:
        return False
    between = text[previous.phrase_stop : start]
    return between[-1] in "、和及" and not any(mark in between for mark in ",。;")
