"""The oracle: what a second, independent reading of a quote says of an observation's value, sign, range, unit and amount.

It shares nothing with the extraction but the definition of a numeral (docs/en/method.md), so that a fault of one is not a fault
of both. It judges what the words beside a numeral decide by that definition; of what is not well formed it has no opinion
but that the digits are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from math import isclose
from typing import Any, NamedTuple

from pipeline.oracle import metrology
from pipeline.oracle.numbers import NUMERALS, POWERS, Number, arabic_at, chinese_at, clean, flat, scale_at

__all__ = ["Difference", "differences"]


class Difference(NamedTuple):
    """A column whose content is not what the second reading gives."""

    column: str
    stated: object
    read: object


# Characters around a numeral that are looked at.
_BEFORE, _BEHIND = 80, 120
_TENTH = Decimal("0.0001")
_THOUSAND = Decimal(1000)


def differences(row: Mapping[str, Any]) -> Iterator[Difference]:
    """Where an observation is not what its quote says."""
    at = int(row["start"]) - int(row["quote_start"])
    quote, text = str(row["quote"]), str(row["text"])
    if "\n" in text or "\n" in str(row.get("phrase") or ""):
        # A number that a line breaks in two is one all the same.
        quote = quote[: max(at, 0)] + _BROKEN.sub("", quote[max(at, 0) :])
        text = _BROKEN.sub("", text)
    if at < 0 or quote[at : at + len(text)] != text:
        yield Difference("text", text, quote[max(at, 0) : max(at, 0) + len(text)])
        return
    # Blanks before the numeral are left where another one stands before them.
    if (whole := flat(quote)) is not None:
        before, behind = whole[max(0, at - _BEFORE) : at], whole[at : at + _BEHIND]
    else:
        before, behind = clean(f"{quote[max(0, at - _BEFORE) : at]}0")[:-1], clean(quote[at : at + _BEHIND])
    digits = clean(text)
    if str(row.get("rule")).startswith("table"):
        # The cells of a table may touch each other.
        behind = digits
    elif "," not in digits and _BROKEN_BEHIND.match(quote, at):
        behind = digits  # the line may end in the middle of another number
    elif _is_cut(before, behind, digits):
        yield Difference("text", text, f"{before[-6:]}{behind[:12]}")
        return
    # Without a unit, what stands behind a blank is another numeral.
    alone = behind.partition(" ")[0]
    # What the row tells as its text may have blanks between thousands, and its unit elsewhere.
    spread = " " in digits
    number = arabic_at(behind if row["unit"] or spread else alone)
    unit = _unit(str(row["unit"] or ""))
    spaced = number and not spread and number.stop > len(alone) and not number.scale == unit.scale > 1
    if number and spaced and not _follows(behind, number.stop, unit):
        number = arabic_at(alone)  # the unit stands elsewhere
    number = number or chinese_at(behind)
    if number is None:
        yield Difference("value", row["value"], behind[:12])
        return
    if fraction := _FRACTION.match(behind):
        over, under = (Decimal(part) for part in fraction[0].split("/"))
        if under and row["unit"] == "比例":
            number = Number(over / under, Decimal(1), fraction.end(), unit="比例")
    yield from _compared(row, number, before, behind)


# 3,480 at the end of a line, and digits at the beginning of the next, which may be of the same number.
_BROKEN_BEHIND = re.compile("[1-9][0-9]{0,2}(?:[,，][0-9]{3})+[^\\S\n]*\n[^\\S\n]*[0-9]")
# The end of a line, and the blanks around it.
_BROKEN = re.compile("[^\\S\n]*\n[^\\S\n]*")
# 1/3
_FRACTION = re.compile(r"[0-9]+/[0-9]+")
_PART_OF = re.compile("分之|半|[0-9]/[0-9]")
# What stands between a number and its multiplier or unit: 10多万人.
_MORE = re.compile("[多余几来]?")
_BOUNDING = "(?:[约近逾超破各上]|超过|突破|将近|接近|至[少多]|不足|不[低少高多]于|不超过?)"
_BOUNDED = "(?:左右|上下|[或及]?[以之][上下内])"
_RANGE = re.compile("[-‐−—–―~〜]{1,2}|(?<![小大高低少加长升降增减短])[至到](?![少多])")
_LIST_MARK = re.compile("[、和及与或]|以及")
_SIGN = "(?:零下|负|[+−‐—–-])?"
_NUMERAL = f"(?:[0-9]|[{NUMERALS}半](?!年))"
# A number that is joined to the one before, directly or with words of its own between: 5以内和8, 5或超8, 5个左右到不足8.
_FEW = f"[^,。;:、()\\s0-9{NUMERALS}]{{1,5}}?"
_MARK = rf"(?:{_LIST_MARK.pattern}|{_RANGE.pattern})"
# The mark of a thousand, of a fraction and of a proportion; 2.5:1 is one number.
_OTHER_MARK = "(?:[,/]|:(?!1(?![0-9.])))"
_NEXT_NUMERAL = rf"{_BOUNDING}*{_SIGN}{_NUMERAL}"
_TOUCHING = re.compile(rf"{_BOUNDED}?(?:{_MARK}|{_OTHER_MARK}){_NEXT_NUMERAL}")
_TOUCHING_BEFORE = re.compile(rf"[0-9{NUMERALS}半]{_BOUNDED}?(?:{_MARK}|{_OTHER_MARK}){_BOUNDING}*{_SIGN}$")
_JOINED = re.compile(rf"{_TOUCHING.pattern}|{_FEW}{_BOUNDED}?{_MARK}{_NEXT_NUMERAL}")
_JOINED_BEFORE = re.compile(
    rf"{_TOUCHING_BEFORE.pattern}|[0-9{NUMERALS}半]{_FEW}{_BOUNDED}?{_MARK}{_BOUNDING}*{_SIGN}$"
)
_RANGED = re.compile(rf"(?:{_FEW})?{_BOUNDED}?(?:{_RANGE.pattern}){_NEXT_NUMERAL}")
_RANGED_BEFORE = re.compile(rf"[0-9{NUMERALS}半](?:{_FEW})?{_BOUNDED}?(?:{_RANGE.pattern}){_BOUNDING}*{_SIGN}$")
# The numbers of a list or range that share what stands behind the last of them, which is the group.
_DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_LIST_OF_PLAIN = re.compile(rf"(?:{_DIGITS}(?:[、和及与或]|以及))+({_DIGITS})(?![0-9.])")
_RANGE_OF_PLAIN = re.compile(rf"{_DIGITS}(?:{_RANGE.pattern}){_SIGN}({_DIGITS})(?![0-9.])")
_PLAIN_BEFORE = re.compile(rf"(?:(?<![0-9.,]){_DIGITS}(?:[、和及与或]|以及))+$")
_ALIKE_BEFORE = re.compile(rf"(?:(?<![0-9.,]){_DIGITS}[{''.join(POWERS)}]+(?:[、和及与或]|以及))+$")
# 快3.4个、1个百分点
_POINTS_SHARED = re.compile(rf"{_DIGITS}个(?:[、和及与或]|以及)(?={_DIGITS}个百分点)")
_SIGNED = re.compile("(?:零下|[负+−‐—–-])[0-9]*$")
_SIGNED_RANGE = re.compile(rf"[^0-9]{{0,8}}(?:{_RANGE.pattern})(?:零下|[负−‐—–-])")
# Behind a blank the mark is a dash or a sign.
_APART = re.compile(r"\s(?![至到])[^\w\s]")
_LONGEST_UNIT = 12
_RANGE_TO = re.compile(rf"(?:{_RANGE.pattern})(?:零下|负|[−-])?")
_FROM_TO = re.compile("[从由自][^,。;]{0,20}$")
_OWN_WORD = re.compile(rf"(?!{_BOUNDED}|{_MARK}|[多余几来百千万亿])[^,。;:/、()\s0-9]")
# Units that stand behind their number and nowhere else.
_OTHER_UNIT = re.compile("[%‰元吨亩]|个?百分点")


class _Unit(NamedTuple):
    """A unit: its multiplier and the word behind it."""

    scale: Decimal
    word: str


@lru_cache(maxsize=4096)
def _unit(text: str) -> _Unit:
    flat = clean(text)
    scale, stop = scale_at(flat, 0)
    return _Unit(scale, flat[stop:])


def _is_cut(before: str, behind: str, text: str) -> bool:
    """Whether the numeral goes on before or behind the text of a row."""
    last, rest = before[-1:], behind[len(text) :]
    if text[:1].isdigit() and text[:1].isascii():
        if last.isdigit() and last.isascii():
            return True
        thousands = _MORE_THOUSANDS.match(behind)
        return bool(
            (_POINT_BEFORE.search(before) and not _HEADING_BEFORE.search(before))
            or _MORE_DIGITS.match(rest)
            or (thousands and thousands.end() > len(text))
        )
    return bool(re.match(r"点[一二三四五六七八九零〇]", rest))


# Not behind the number of a heading.
_POINT_BEFORE = re.compile(r"[0-9]\.$")
_HEADING_BEFORE = re.compile(r"(?:^|。)[0-9]{1,2}\.$")
_MORE_DIGITS = re.compile(r"[0-9]|\.[0-9]")
_MORE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")


def _compared(row: Mapping[str, Any], number: Number, before: str, behind: str) -> Iterator[Difference]:
    unit = _unit(str(row["unit"] or ""))
    value = _decimal(row["value"])
    assert value is not None
    begun = number.scale == _THOUSAND and unit.scale == 1 and unit.word.startswith("千")
    if begun and not (_begins(behind, number.stop, unit) or _same(abs(value), number.size)):
        unit = _Unit(unit.scale * _THOUSAND, unit.word[1:])  # 0.9千到95米
    told = _Told(None, number.stop, True) if row["measure"] == "rank" else _told(number, before, behind, unit)
    size, stop = told.size, told.stop
    other = bool(_OTHER_UNIT.match(behind, stop))
    if told.open:
        # What others share with it is open; its digits are not.
        if not _of_same_digits(value, number):
            yield Difference("value", f"{value} {row['unit']}", f"{number.value:f}")
        # A word that stands behind a number before it is joined is of its own.
        own = _OWN_WORD.match(behind, number.stop)
        size = number.size if number.scale > 1 else None
        if own and not _elsewhere(row, unit, size, other, f"{before[-4:]}{behind[: number.stop + 1]}"):
            yield Difference("unit", row["unit"], behind[number.stop : number.stop + 8])
    else:
        if not told.beside and not _elsewhere(row, unit, size, other, f"{before[-4:]}{behind[: stop + 1]}"):
            yield Difference("unit", row["unit"], behind[number.stop : number.stop + 8])
        scale = unit.scale if size is None else number.scale if size == number.size else size / number.value
        read = number.size if size is None and number.scale > 1 else number.value * scale
        if not _same(abs(value) * unit.scale, read):
            yield Difference("value", f"{value} {row['unit']}", f"{read:f}")
        yield from _range(row, number, before, behind, unit, stop)
    yield from _bound(row, before, behind)
    yield from _sign(row, value, before, behind)
    yield from _amount(row, unit)


def _of_same_digits(value: Decimal, number: Number) -> bool:
    """Whether a value is a number, but for the multiplier."""
    return any(_same(abs(value), number.value.scaleb(power)) for power in range(-12, 17))


class _Told(NamedTuple):
    """What the words behind a number tell.

    `size`: the number with its multiplier, None if they tell none; `stop`: where the unit ends; `beside`: whether its
    word stands there; `open`: whether it is joined to other numbers in no form that the definition knows, so that it is
    open what they share.
    """

    size: Decimal | None
    stop: int
    beside: bool
    open: bool = False


def _told(number: Number, before: str, behind: str, unit: _Unit) -> _Told:
    """What is told of a number by the words behind it: its own unit, that of its list or range, or none."""
    if number.unit:
        beside = number.unit == unit.word or not unit.word or _begins(behind, number.stop, unit)
        return _Told(number.size, number.stop, beside, open=not beside and _is_joined(before, behind, number.stop))
    scale, end = number.scale, number.stop
    at = _more(behind, end)
    if scale == 1:
        scale, end = scale_at(behind, at)
        at = _more(behind, end)
    elif at > end and scale_at(behind, at)[0] > 1:
        return _Told(None, end, False, open=True)  # 2万3千余亿, 三亿五千万余亿
    if unit.word and _begins(behind, at, unit):
        return _Told(number.value * scale, at, True)
    if not unit.word:
        # A multiplier of its own holds in a list too.
        free = scale > 1 and not _RANGED.match(behind, at) and not _RANGED_BEFORE.search(before)
        if free or not (_TOUCHING.match(behind, at) or _TOUCHING_BEFORE.search(before)):
            return _Told(number.value * scale, at, True)
    elif not _is_joined(before, behind, at):
        # The unit stands elsewhere, and the multiplier too where none stands here.
        return _Told(number.value * scale if scale > 1 else None, at, False)
    return _shared(number, before, behind, unit) or _Told(None, number.stop, False, open=True)


def _shared(number: Number, before: str, behind: str, unit: _Unit) -> _Told | None:
    """What a number shares with those behind it: 分别达1.2、3.4万亿元, 10-20家, 900万、700万人次; None in no such form."""
    listed = _LIST_OF_PLAIN.match(behind)
    ranged = None if listed else _RANGE_OF_PLAIN.match(behind)
    if (form := listed or ranged) and form.start(1) >= number.stop:
        last = arabic_at(behind, form.start(1))
        signed = _SIGNED.search(f"{before}0") or _SIGNED_RANGE.match(behind, number.stop)
        if (
            last is None
            or (ranged and signed)
            or not (last.plain and number.plain)
            or _goes_on_before(before, _PLAIN_BEFORE if listed else None)
        ):
            return None
        scale, at = (last.scale, last.stop) if last.scale > 1 else scale_at(behind, _more(behind, last.stop))
        at = _more(behind, at)
        if not (unit.word and _begins(behind, at, unit)) or _JOINED.match(behind, at + len(unit.word)):
            return None
        if ranged and number.value >= last.value:
            scale = Decimal(1)  # 500至1.2亿: the multiplier is that of the last alone
        return _Told(number.value * scale, number.stop, True)
    if unit.word == "个百分点" and _POINTS_SHARED.match(behind) and not _goes_on_before(before):
        return _Told(number.value, number.stop, True)
    end = _alike(behind, number.stop)
    if number.scale > 1 and end > number.stop and _begins(behind, _more(behind, end), unit):
        if _goes_on_before(before, _ALIKE_BEFORE) or _JOINED.match(behind, end + len(unit.word)):
            return None
        return _Told(number.size, number.stop, True)
    return None


def _is_joined(before: str, behind: str, at: int) -> bool:
    """Whether a mark joins a number to another one before it or behind its words."""
    return _JOINED.match(behind, at) is not None or _goes_on_before(before)


def _goes_on_before(before: str, alike: re.Pattern[str] | None = None) -> bool:
    """Whether what is joined begins before, and not with numbers that are alike."""
    if alike and (plain := alike.search(before)):
        before = before[: plain.start()]
    return _JOINED_BEFORE.search(before) is not None


def _alike(behind: str, at: int) -> int:
    """Where a list goes on to whose numbers have a multiplier each."""
    while (mark := _LIST_MARK.match(behind, at)) and (next_one := arabic_at(behind, mark.end())) and next_one.scale > 1:
        at = next_one.stop
    return at


def _more(text: str, at: int) -> int:
    return _MORE.match(text, at).end()  # type: ignore[union-attr]


def _more_at(text: str, at: int) -> bool:
    return _more(text, at) > at


def _begins(text: str, at: int, unit: _Unit) -> bool:
    word = unit.word.partition("/")[0]
    return not word or text.startswith(word, at) or text.startswith(unit.word, at)


def _follows(text: str, at: int, unit: _Unit) -> bool:
    """Whether a unit stands behind a number, with a multiplier or not."""
    return _begins(text, _more(text, scale_at(text, at)[1]), unit)


def _elsewhere(row: Mapping[str, Any], unit: _Unit, size: Decimal | None, other: bool, near: str) -> bool:
    """Whether the unit may stand in another place: in the head of a table, or before the numeral in its sentence."""
    if row["measure"] == "rank":
        return unit.word in ("位", "名", "")
    if str(row.get("rule")).startswith("table"):
        return True
    if other:
        return False
    if unit.word in ("比例", "%", "‰") and _PART_OF.search(near):
        return True
    word = unit.word.partition("/")[0]
    # The multiplier stands behind the numeral, and 元 may be left out.
    sought = clean(str(row["unit"])).partition("/")[0] if size is None else word
    around = clean(f"{row['quote']} {row.get('section') or ''}")
    return (
        sought in around
        or sought in re.sub("[多余几来]", "", around)
        or (word == "元" and (size is not None or sought.removesuffix(word) in around))
        or (word[:1] == "个" and word[1:] in around)
    )


def _range(
    row: Mapping[str, Any], number: Number, before: str, behind: str, unit: _Unit, stop: int
) -> Iterator[Difference]:
    """A range is two numbers with the mark of one between them, each with its unit or both with that of the second."""
    most = _decimal(row.get("value_max"))
    if unit.word == "°":
        return  # 43°04′~45°26′: minutes stand between
    upper = _upper(row, number, before, behind, unit, stop)
    if most is None:
        if upper is None:
            return
        signed = _SIGNED.search(f"{before}{behind[: number.stop]}") or _SIGNED_RANGE.match(behind, number.stop)
        raw = str(row["quote"])[int(row["start"]) - int(row["quote_start"]) :]
        signed = signed or _APART.search(raw, 0, len(str(row["text"])) + _LONGEST_UNIT)
        falls = upper <= number.value * _scale_of(number, behind)
        if not falls and not signed and not _FROM_TO.search(before) and row["bound"] != "range":
            yield Difference("value_max", None, f"{upper:f}")
    elif upper is not None:
        if not _same(abs(most) * unit.scale, upper):
            yield Difference("value_max", f"{most} {row['unit']}", upper)
    elif not _ANY_RANGE.search(behind, number.stop, number.stop + _BEFORE):
        yield Difference("value_max", f"{most} {row['unit']}", None)


def _scale_of(number: Number, behind: str) -> Decimal:
    """The multiplier of a number, its own or one behind 多 and the like: 0.2余亿个."""
    return number.scale if number.scale > 1 else scale_at(behind, _more(behind, number.stop))[0]


def _upper(row: Mapping[str, Any], number: Number, before: str, behind: str, unit: _Unit, stop: int) -> Decimal | None:
    """The upper end of the well-formed range that begins with the number; None if none does."""
    scale = number.scale if number.unit else _scale_of(number, behind)
    if number.most is not None:
        return number.most * scale
    at = stop + len(unit.word) if behind.startswith(unit.word, stop) else number.stop
    mark = _RANGE_TO.match(behind, at) if unit.word else None
    if mark is None or _goes_on_before(before):
        return None
    other = arabic_at(behind, mark.end()) or _chinese_digits(behind, mark.end())
    if other is None or "万万" in behind[mark.end() : other.stop]:
        return None
    end = _more(behind, other.stop)
    most = row.get("value_max")
    beside = _begins(behind, end, unit) and not (unit.word == "个" and behind.startswith("个百分点", end))
    apart = not behind.startswith(unit.word, end) or behind.startswith("/", end + len(unit.word))
    if most in (None, "") and not other.unit and (apart or not other.plain):
        return None  # -8亿元～12万亿元/人, 5亿元-八百万十六万元
    if other.unit == unit.word or (not other.unit and beside):
        return None if _JOINED.match(behind, end + len(unit.word)) else other.size
    if most in (None, "") or _JOINED.match(behind, end):
        return None
    ratio = metrology.ratio(other.unit or behind[end:], unit.word)  # 2‰至三分之一
    return ratio and (other.size.quantize(_TENTH) if other.unit else other.size) * ratio


_ANY_RANGE = re.compile(_RANGE.pattern)


def _chinese_digits(text: str, at: int) -> Number | None:
    """The number in Chinese numerals at a place; a multiplier alone is none."""
    return None if _MULTIPLIER_ALONE.match(text, at) else chinese_at(text, at)


_MULTIPLIER_ALONE = re.compile(f"[{''.join(POWERS)}]+(?![{NUMERALS}]|分之)")


_MINUS = "-−‐"
# A mark before a number is its sign behind a mark that opens, and behind a word that is no unit; at the beginning of a line
# it may mark an item.
_OPENS_SIGN = re.compile(
    rf"(?:[,、;:(“。]|(?![{NUMERALS}□半元吨亩人户个家所座条件项张倍位名年月日天时米克斤度分点里岁番成折箱次方瓦煤卡顷台套多余几来右上下内强级号]|零下)[\u4e00-\u9fff])$"
)
_DOWN = "下降|减少|减量(?!产)|降低|压减|缩减|下滑|回落|下跌|缩短|压缩(?!空气|机)|精简|削减|收窄|放缓|萎缩|缩小|负增长|下调|降价|节约|节省|减收|减支|少收|少支"
_UP = "增长|增加(?!值)|提高|上升|提升|增至|加快|扩大|上涨|延长|新增|攀升|上调|增幅|涨幅|增收|增支|多收"
_LEAD_WORDS = "[了约近超过逾达为在各均]|将近|接近|不足|突破|至少|分别|依次|平均|(?<!了)(?:幅度|速度|比例|率|额)"
_LEAD = f"(?:{_LEAD_WORDS}){{0,5}}$"
# One character is a word of change only behind a word of comparison.
_COMPARED_WITH = "(?<=比上年)|(?<=比去年)|(?<=同比)|(?<=环比)"
_NEAR = re.compile(
    rf"(?:(?P<down>{_DOWN}|(?:{_COMPARED_WITH})[降减少低慢跌])|(?P<up>{_UP}|(?:{_COMPARED_WITH})[增升涨高多快]))(?:{_LEAD})"
)
# 降至: what follows is where it ends.
_TO = re.compile(f"[增减降升提高低落少多加][到至为]{_LEAD}")
_DECREASE = re.compile(f"{_DOWN}|[降减跌少低慢负缩]")
# Their 低 and 少 are no decrease.
_BOUND_WORDS = re.compile("不[低少高大小多短长]于|至少|最[低少高多]|至多")
_TWO_WAYS = re.compile("改善|优化|变化|变动")
# 倍, 百倍/公斤, 倍(次): how often something doubles, or is had, has no sign of its own.
_TIMES = re.compile("[^/(]*[番倍](?:[/(].*)?")
# 增长-3亿元、5%的降幅: which of both it is, is open
_RISES_BEFORE = re.compile(rf"(?:{_UP})[^。;]{{0,60}}$")
# 下降负3%, not 减负3亿元
_FALLS = re.compile("(?:[下升压缩削核调递锐][降减])$")


def _sign(row: Mapping[str, Any], value: Decimal, before: str, behind: str) -> Iterator[Difference]:
    """The sign is that of the mark before the numeral, or of a growth or change that of the words around it.

    A mark that may as well be a dash or that of a range (3千克-2, 企业-538座) decides nothing.
    """
    unit = str(row["unit"])
    if not before:
        return  # what the sentence before says of it is not in the quote
    if not value or (unit.endswith("番") and (unit != "番" or "番" not in str(row.get("phrase")))):
        return  # nothing doubles by the thousand
    last, rest = before[-1:], before[:-1]
    if row["unit"] == "番":
        right = value > 0  # nothing doubles less than once
    elif (mark := last if last in ("负", *_MINUS) else "") or before.endswith("零下"):
        right = value < 0 or not _is_sign(row, mark, rest)
    elif last in ("—", "–", "―", "‒", "─", "+"):
        return
    elif row["measure"] in ("growth", "change") or (value < 0 and row["unit"] in ("%", "‰", "成", "比例")):
        # What bounds the value tells no decrease: 低于5%.
        lead = clean(str(row.get("phrase") or "")).partition(clean(str(row["text"])))[0]
        moves = _moves(_BOUND_WORDS.sub("", before.removesuffix(lead)), behind)
        right = _TIMES.fullmatch(unit) is not None or moves in (None, value < 0)
        # Where it is not told whose a word of decrease is, a decrease needs one.
        right = right and (value > 0 or moves or bool(_TWO_WAYS.search(before) or _DECREASE.search(before + behind)))
    else:
        right = value > 0
    if not right:
        yield Difference("value", value, f"{before[-12:]}{behind[:6]}")


def _is_sign(row: Mapping[str, Any], mark: str, rest: str) -> bool:
    """Whether a mark before a number can only be its sign: before a measure, behind a word or a mark that opens."""
    unit = clean(str(row["unit"] or ""))
    if mark == "负":
        return not _NUMBER_ENDS.search(rest) and (
            rest[-1:] not in tuple("减降抱欠担肩胜背辜自亏正税重解卸轻总身承所") or bool(_FALLS.search(rest))
        )
    if not mark:
        return not unit or unit.endswith("°C") or _unit(unit).word == "度"
    raw = str(row["quote"])[: int(row["start"]) - int(row["quote_start"])].rstrip(" \u3000")
    return bool(_MEASURED.fullmatch(unit) and _OPENS_SIGN.search(rest) and raw[-2:-1] != "\n")


_NUMBER_ENDS = re.compile("[0-9][.·•∙‧・]?$")
_MEASURED = re.compile("[百千万亿]*(?:[%‰元吨亩]|个?百分点|公里|平方米|公顷|千瓦时?)")


def _moves(before: str, behind: str) -> bool | None:
    """Whether a word of change says that a value is a decrease; None if none says either.

    It is the word directly before the numeral (下降约3%), or before the list of which it is one (下降3%、5%和约8%).
    """
    if _TO.search(before) or before.endswith("不"):
        return None  # 降低不5个 is torn
    if near := _NEAR.search(before):
        if near["up"] and (_FALLS_OF.match(behind) or _OF_PACE.search(before)):
            return None  # 增长不低于5‰的降幅, 降低增长率3个百分点
        return None if _AMBIGUOUS.search(before, 0, near.start()) else bool(near["down"])
    if listed := _LISTED.search(before):
        to = before[listed.end(listed.lastgroup or 0)] in "到至为"  # 下降为6或8个百分点: where it ends
        open_ = to or _THING_BEHIND.match(behind) or _AMBIGUOUS.search(before, 0, listed.start())
        return None if open_ else bool(listed["down"])
    falls = _FALL_BEHIND.match(behind) and before[-1:] not in "由从自" and not _RISES_BEFORE.search(before)
    return True if falls else None


# Another word of change before it (增下降), or one of not.
_AMBIGUOUS = re.compile("(?:增(?!加值)|[减升降涨跌落不未非]|低(?![保碳收]))[^,。;:、]{0,2}$")
_COUNTED_FEW = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|(?<!,)[0-9]+)(?:\.[0-9]+)?[百千]?万?亿?[多余]?(?:[%‰元吨亩人户个家所座]|个?百分点|公里)?(?:左右|以上|以内)?"
_LISTED = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:{_LEAD_WORDS}){{0,3}}(?:{_COUNTED_FEW}(?:[、和及与或]|以及){_BOUNDING}?)+$"
)
# 降低人口增长率: which of both the value is of, is open
_OF_PACE = re.compile(rf"(?:{_DOWN})[^,。;、]{{0,16}}(?:增长率|[增涨]幅)(?:{_LEAD})")
# 回落3‰和5‰旅游收入: the last has a thing of its own.
_THING_BEHIND = re.compile(rf"{_COUNTED_FEW}(?:以下|上下|之内)?(?![的等和及与或以])[\u4e00-\u9fff]")
# 5个百分点的降幅
_FALLS_OF = re.compile(rf"(?:[^,。;:、()]|,(?=[0-9]{{3}})){{1,24}}?的(?:{_DOWN}|降幅)")
_FALL_BEHIND = re.compile(
    rf"[0-9.{NUMERALS}]+(?:,[0-9]{{3}})*[^,。;:、()0-9{NUMERALS}的]{{0,8}}的(?:{_DOWN}|降幅)[,。;]"
)

# What bounds a value, before it or behind it.
_BOUNDS = {
    "about": "约|大致|大概|近似|左右|上下|前后|许|来",
    "over": "超|破|逾|愈|高于|大于|多于|过|跨|迈(?!进$)|站上|跃上|登上|多|余|几|>|以上",
    "at_least": "不[得应能]?(?:少于|低于)|不小于|不下|不短于|至少|最少|最低|起|以上|之上|≥",
    "at_most": "不[得应能]?(?:超|高于|多于)|不大于|不突破|不长于|最多|最高|至多|前|控制|限制|以内|之内|以下|之下|内|≤",
    "under": "不足|低于|少于|小于|不到|不及|未满|不满|未达|以下|<",
    "nearly": "近|逼近|几乎",
}
_WORDS = {bound: re.compile(words) for bound, words in _BOUNDS.items()}
_BESIDE = re.compile(r"(?:超过?|突破|逾|不少于|不低于|至少|不超过|不高于|不足|将近|接近)$")
_LONGEST = 3
_BEHIND_IT = ("左右", "以上", "以内", "以下")
# Below a place in an ordering.
_WORSE = re.compile("[以之]下")
_REACH = 40


def _bound(row: Mapping[str, Any], before: str, behind: str) -> Iterator[Difference]:
    """A bound has its word in the phrase, or at least in the clauses around it; a value without one has none beside it."""
    bound = row["bound"] or "exact"
    if bound == "range":
        return
    text = clean(str(row["text"]))
    left, found, right = clean(str(row.get("phrase") or "")).partition(text)
    words = left + right.replace(_unit(str(row["unit"] or "")).word, "")
    said = {name for name, pattern in _WORDS.items() if pattern.search(words)} if found and words else set()
    if text.startswith("上"):
        said = {"at_least"}  # 上千家
    ordinal = row["measure"] == "rank" and "第" in left[-1:] + text[:1]
    if ordinal and said & {"at_least", "at_most"}:
        said = {"at_least" if _WORSE.search(words) else "at_most"}  # 不低于第五位, 第五位以上: no worse
    if bound == "exact":
        told = clean(str(row["unit"] or ""))
        rest = behind[len(text) :].removeprefix("" if text.endswith(told) or "分之" in text else told)
        wrong = bool(said or _BESIDE.search(before[-_LONGEST:]) or rest.startswith(_BEHIND_IT))
    else:
        clause = f"{before[-_REACH:]}{re.split('[。;]', behind, maxsplit=1)[0]}"
        # What a bound inside a list says of the others is open.
        own = said and not _goes_on_before(before)
        wrong = bound not in said if own else not _WORDS[bound].search(clause)
    if wrong:
        yield Difference("bound", bound, f"{before[-6:]}{behind[:12]}")


def _amount(row: Mapping[str, Any], unit: _Unit) -> Iterator[Difference]:
    for column, of in (("amount", "value"), ("amount_max", "value_max")):
        stated, value = _decimal(row.get(column)), _decimal(row.get(of))
        if stated is None or value is None:
            continue
        factor = metrology.factor(unit.word, clean(str(row.get("base_unit") or "")))
        if factor is not None:
            read = value * unit.scale * factor
            if stated != read and not isclose(stated, read, rel_tol=1e-9):
                yield Difference(column, stated, read)


def _same(stated: Decimal, read: Decimal) -> bool:
    """Whether two values agree; a fraction has four places."""
    return stated == read or isclose(stated, read, rel_tol=1e-12) or abs(stated - read) <= _TENTH / 2


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    return None if value in (None, "") else Decimal(str(value))
