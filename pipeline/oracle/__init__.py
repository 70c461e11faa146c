"""The oracle: what a second, independent reading of a quote says of an observation's value, sign, range, unit and amount.

It shares nothing with the extraction, so that a fault of one is not a fault of both. It judges what the words beside a
numeral decide; where they leave it open, it has no opinion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from math import isclose
from typing import Any, NamedTuple

from pipeline.oracle import metrology
from pipeline.oracle.numbers import NUMERALS, POWERS, Number, arabic_at, chinese_at, clean, scale_at

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
    before, behind = clean(f"{quote[max(0, at - _BEFORE) : at]}0")[:-1], clean(quote[at : at + _BEHIND])
    if str(row.get("rule")).startswith("table"):
        # The cells of a table may touch each other.
        behind = clean(text)
    elif _is_cut(before, behind, clean(text)):
        yield Difference("text", text, f"{before[-6:]}{behind[:12]}")
        return
    # Without a unit, what stands behind a blank is another numeral.
    alone = behind.partition(" ")[0]
    # What the row tells as its text may have blanks between thousands, and its unit elsewhere.
    whole = " " in clean(text)
    number = arabic_at(behind if row["unit"] or whole else alone)
    unit = _unit(str(row["unit"] or ""))
    spaced = number and not whole and number.stop > len(alone) and not number.scale == unit.scale > 1
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


# The end of a line, and the blanks before the next.
_BROKEN = re.compile("\n[^\\S\n]*")
# 1/3
_FRACTION = re.compile(r"[0-9]+/[0-9]+")
_PART_OF = re.compile("分之|半|[0-9]/[0-9]")
# What stands between a number and its multiplier or unit: 10多万人.
_MORE = re.compile("[多余几来]?")
_BOUNDING = "(?:[约近逾各破]|超过?|突破|将近|接近|至[少多]|不足|不[低少高多]于|不超过?)?"
_NEXT = re.compile(
    r"(?:左右|上下|[以之][上下内])?(?:[、和及与或~至到‐−—–―-]|以及|,(?![0-9]{3}(?![0-9])))"
    rf"{_BOUNDING}(?=[0-9])"
)
_RANGE = re.compile("[-‐−—–―~〜至到]{1,2}(?:(?<![至到])|(?![少多]))")
_RANGE_TO = re.compile(f"(?:左右|上下|[以之][上下内])?{_RANGE.pattern}(?:零下|负|[−-]|{_BOUNDING})")
_FROM_TO = re.compile("[从由自][^,。;]{0,20}$")
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
    if row["measure"] == "rank":
        size, stop, told = None, number.stop, True
    else:
        below = before[-1:] in ("-", "−", "负") and not _IN_RANGE.search(before[:-1])
        size, stop, told = _told(number, behind, unit, below)
    other = bool(_OTHER_UNIT.match(behind, stop))
    if not told and not _elsewhere(row, unit, size, other, f"{before[-4:]}{behind[: stop + 1]}"):
        yield Difference("unit", row["unit"], behind[number.stop : number.stop + 8])
    scale = unit.scale if size is None else number.scale if size == number.size else size / number.value
    read = number.size if size is None and number.scale > 1 else number.value * scale
    if not _same(abs(value) * unit.scale, read):
        yield Difference("value", f"{value} {row['unit']}", f"{read:f}")
    yield from _range(row, number, before, behind, unit, stop)
    yield from _bound(row, before, behind)
    yield from _sign(row, value, before, behind)
    yield from _amount(row, unit)


def _told(number: Number, behind: str, unit: _Unit, below: bool = False) -> tuple[Decimal | None, int, bool]:
    """The size, where the unit ends, and whether its word stands there.

    The size has the multiplier that the words behind the number tell; it is None if they tell none. `below`: the number
    is below zero.
    """
    if number.unit:
        return number.size, number.stop, number.unit == unit.word or not unit.word or _begins(behind, number.stop, unit)
    at = _more(behind, number.stop)
    if number.scale == 1:
        scale, end = scale_at(behind, at)
        # A multiplier alone (万) may stand behind another number of the list.
        if end > at or ((unit.word or unit.scale == 1) and _begins(behind, at, unit)):
            return number.value * scale, end, _begins(behind, _more(behind, end), unit)
    elif _begins(behind, at, unit):
        return number.size, at, True
    # 分别达1.2、3.4万亿元
    last, end, ranges, falls = number, number.stop, 0, False
    while last.scale == 1 and (mark := _NEXT.match(behind, end)) and (following := arabic_at(behind, mark.end())):
        if _RANGE.search(mark[0]):
            ranges += 1
            falls = falls or (last.value >= following.value and not (below and last is number))
        last, end = following, following.stop
    if ranges > 1:
        return None, number.stop, False  # 5~8~9万
    if last is not number and number.scale == 1:
        at = _more(behind, end)
        # 18到3408万1千: so large a number keeps its multipliers to itself
        scale, at = (last.scale if last.plain else Decimal(1), at) if last.scale > 1 else scale_at(behind, at)
        if (scale == 1 or unit.word) and not (unit.word and _begins(behind, _more(behind, at), unit)):
            return None, number.stop, False  # the number behind is of something else
        if falls:
            scale = Decimal(1)  # 500至1.2亿, 500至3、2亿: the multiplier is that of the last alone
        return number.value * scale, number.stop, _begins(behind, _more(behind, at), unit)
    return (number.size if number.scale > 1 else None), number.stop, False


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
        or word == "元"
        or (word[:1] == "个" and word[1:] in around)
    )


def _range(
    row: Mapping[str, Any], number: Number, before: str, behind: str, unit: _Unit, stop: int
) -> Iterator[Difference]:
    most = _decimal(row.get("value_max"))
    scale = number.scale if number.scale > 1 else scale_at(behind, _more(behind, number.stop))[0]
    second = number.most * scale if number.most is not None else None
    further: set[Decimal] = set()
    if second is None:
        ends = {number.stop, stop} if unit.word or most is not None else set()
        if ends and behind.startswith(unit.word, stop):
            ends.add(stop + len(unit.word))
        if _more_at(behind, number.stop):
            ends = set() if most is None else {scale_at(behind, number.stop + 1)[1]}
        for at in ends:
            if (mark := _RANGE_TO.match(behind, at)) and (
                other := arabic_at(behind, mark.end()) or _chinese_digits(behind, mark.end())
            ):
                end = other.stop
                if unit.word and (other.unit == unit.word or _begins(behind, _more(behind, end), unit)):
                    second = other.size
                elif most is not None:
                    second = _told(other, behind, unit)[0] or other.size
                    # 5—6和8亿: the multiplier may be that of both.
                    further = {_told(other, behind, unit._replace(word=word))[0] or second for word in ("□", "")}
                    if unit.word and (ratio := metrology.ratio(behind[_more(behind, end) :], unit.word)):
                        second = other.size * ratio
    if most is None:
        if second is not None and second > number.size and not _FROM_TO.search(before) and row["bound"] != "range":
            yield Difference("value_max", None, f"{second:f}")
    elif unit.word == "°":
        return  # 43°04′~45°26′: minutes stand between
    elif second is None or not any(_same(abs(most) * unit.scale, read) for read in (second, *further)):
        yield Difference("value_max", f"{most} {row['unit']}", second)


def _chinese_digits(text: str, at: int) -> Number | None:
    """The number in Chinese numerals at a place; a multiplier alone is none."""
    return None if _MULTIPLIER_ALONE.match(text, at) else chinese_at(text, at)


_MULTIPLIER_ALONE = re.compile(f"[{''.join(POWERS)}]+(?![{NUMERALS}]|分之)")


_MINUS = "-−"
# What units end in.
_UNIT_ENDS = "元吨亩人户个家所座条件项张倍位名年天时米克斤度分点里岁番折箱次方瓦煤卡顷月台套C"
# The mark stands between two numbers: 3家-5家, 三亿-5亿, ½-3.
_IN_RANGE = re.compile(
    rf"(?:(?:[0-9□]|(?!百分点)[{NUMERALS}])[{NUMERALS}多余几来]*(?:成[多余]?)?(?:[^,.。;、:()的增减降升长落到达为是至和与及或产浓成现上下]{{0,7}}?[半%‰{_UNIT_ENDS}](?:\([次套]\)|/升)?[多余]?)?"
    rf"(?:左右|上下|[以之][上下内])?\)?|[−~-])$"
)
_DOWN = "下降|减少|减量(?!产)|降低|压减|缩减|下滑|回落|下跌|缩短|压缩(?!空气|机)|精简|削减|收窄|放缓|低于|慢于|萎缩|缩小|负增长|下调|降价|节约|节省|减收|减支|少收|少支"
_UP = "增长|增加(?!值)|提高|上升|提升|增至|高于|快于|加快|扩大|上涨|延长|新增|攀升|上调|增幅|涨幅|增收|增支|多收"
_LEAD = "[了约近超过逾达为在各均平速幅度比例率额至少出将接不足突破]{0,5}$"
_NEAR = re.compile(f"(?:(?P<down>{_DOWN}|降幅?|减|少|低|慢|跌|缩)|(?P<up>{_UP}|增|升|涨|高|多|快|翻))(?:{_LEAD})")
# 降至: what follows is where it ends.
_TO = re.compile(f"[增减降升提高低落][到至为]{_LEAD}")
_DECREASE = re.compile(f"{_DOWN}|[降减跌]|[少低]$")
_FAR = re.compile(f"(?P<down>{_DOWN}|降幅)|(?P<up>{_UP})")
# Their 低 and 少 are no decrease.
_BOUND_WORDS = re.compile("不[低少高大小多短长]于|至少|最[低少高多]|至多")
_TWO_WAYS = re.compile("改善|优化|变化|变动")
_NUMERAL = re.compile(f"[0-9{NUMERALS}半]")
# 下降负3%, not 减负3亿元
_FALLS = re.compile("(?:[下升压缩削核调递锐][降减])$")


def _sign(row: Mapping[str, Any], value: Decimal, before: str, behind: str) -> Iterator[Difference]:
    """The sign is that of the mark before the numeral, or of a growth or change that of the words around it."""
    if not value:
        return
    last, rest = before[-1:], before[:-1]
    cold = not row["unit"] or str(row["unit"]).endswith(("℃", "度", "C"))
    signed = (cold and before.endswith("零下")) or (
        last == "负" and (rest[-1:] not in tuple("减降抱欠担肩胜背辜自亏正税重解卸轻总") or bool(_FALLS.search(rest)))
    )
    if last and last in _MINUS:
        if (
            not _OPENS_SIGN.search(rest)
            or _TWO_UNITS.search(rest)
            or (not row["unit"] and _NO_SIGN.match(behind) and row["measure"] == "level")
        ):
            return  # behind another mark or no unit, at the beginning, before a year or a proportion it may be a dash
        signed = not (_IN_RANGE.search(rest) or (rest[-1:].isascii() and rest[-1:].isalnum()))
    if row["unit"] == "番":
        right = value > 0  # nothing doubles less than once
    elif signed:
        # What is counted is not below zero, and the mark may be a dash: 企业-538座.
        right = value < 0 or (row["measure"] in ("level", "change") and _counts(str(row["unit"] or "")))
    elif value < 0 and last in ("—", "–", "―"):
        right = True
    elif row["measure"] in ("growth", "change") or (value < 0 and row["unit"] in ("%", "‰", "成", "比例")):
        # What bounds the value tells no decrease: 低于5%.
        lead = clean(str(row.get("phrase") or "")).partition(clean(str(row["text"])))[0]
        moves = _moves(_BOUND_WORDS.sub("", before.removesuffix(lead)), behind, bool(_REACHED_BEYOND.search(lead)))
        right = row["unit"] in ("番", "倍") or moves in (None, value < 0)
        # Where it is not told whose a word of decrease is, a decrease needs one.
        right = right and (value > 0 or moves or bool(_TWO_WAYS.search(before) or _DECREASE.search(before)))
    else:
        right = value > 0
    if not right:
        yield Difference("value", value, f"{before[-12:]}{behind[:6]}")


# 3千克个: whether a quantity ends here is open.
_TWO_UNITS = re.compile("[元吨亩人户克米瓦斤升时]个$")
# A year, a proportion, or what may number something: 2020, 3:5, 610号.
_NO_SIGN = re.compile(r"[0-9]{1,4}(?![0-9.,%‰])|[0-9.]+:[0-9]")
# A sign stands behind words, opening marks and numerals, or begins the text.
_OPENS_SIGN = re.compile(r"(?:[\u4e00-\u9fff0-9A-Za-z,、;:(“。−~)-]|[0-9][%‰])$")
_COUNTED = re.compile(
    "[百千万亿]*(?:[个家户所座条件项张位名台套间处辆箱艘架只头株期部本册次口眼匹枚颗栋幢宗起批门盏块支](?![分月])|人次?)"
)


def _counts(unit: str) -> bool:
    return bool(_COUNTED.match(clean(unit)))


# 下降3%、利用率突破90%: a thing of its own, and what it has reached.
_REACHED_BEYOND = re.compile("突破|超|破|逾|不足|不[低少高多]于")


def _moves(before: str, behind: str, beyond: bool = False) -> bool | None:
    """Whether the words around a numeral tell a decrease; None if they tell nothing.

    `beyond`: they are followed by a word for what has been reached.
    """
    if _TO.search(before) or before.endswith("不"):
        return None  # 降低不5个 is torn
    if near := _NEAR.search(before):
        # 减,少5个, 八少5个: cut off from what it is said of
        alone = len(near["down"] or near["up"]) == 1 and _CUT_OFF.search(before, 0, near.start())
        return None if alone else bool(near["down"])
    words = list(_FAR.finditer(before))
    if words and before[words[-1].end() : words[-1].end() + 1] in tuple("到至为"):
        return None
    # It reaches over the values of a list (分别下降5%、3%), but not over what else is said.
    if words and _reaches(before[words[-1].end() :], beyond) and not _TWO_WAYS.search(before, words[-1].end()):
        return bool(words[-1]["down"])
    return True if _FALL_BEHIND.search(behind) else None


# 5个百分点的降幅; a decrease with a number of its own behind it is another one.
_FALL_BEHIND = re.compile(f"^[^,。;()]{{0,12}}的[^,。;()]{{0,6}}(?:{_DOWN}|降幅)(?![^,。;]{{0,8}}[0-9{NUMERALS}])")


_CUT_OFF = re.compile(f"[,;。于超过不0-9{NUMERALS}]$")


def _reaches(between: str, beyond: bool) -> bool:
    """Whether a word of change holds across what stands behind it: other values of its list, but nothing else."""
    if (
        _REACHED.search(between)
        or _NO_NUMBER.search(between)
        or not all(map(_LISTED.search, _RUN.split(between)[1:-1]))
    ):
        return False
    *values, last = between.split(",")
    if values:
        return bool(_LIST_WORDS.fullmatch(last)) and all(
            _NUMERAL.search(said) and not said[-1:].isdigit() for said in values
        )
    *_, rest = _NUMERAL.split(last)
    if rest == last:
        # 缩减和突破8%: what follows is another verb
        return (
            not (beyond and _MARK.search(rest)) and _OTHER_MARK.search(rest) is None and not rest.endswith(("到", "至"))
        )
    *mark, thing = _MARK.split(rest)
    if rest.endswith(("到", "至")):
        return False  # 降低9百到3%: it may be what is reached
    return bool(mark) and (bool(_LIST_WORDS.fullmatch(thing)) or not (beyond or _BOUND_VERB.search(thing)))


# What may stand before a further value of a list: 分别下降5%,和约3%.
_LIST_WORDS = re.compile(
    "(?:[和及与或至到~-]|以及|分别|依次|[约近超逾各]|超过|至[少多]|不足|不[低少高多]于|不超过?|将近|接近)*"
)
# 失业率不超过: said of another thing.
_BOUND_VERB = re.compile("超|不足|不[低少高多]于|至[少多]|累计|共")
_OTHER_MARK = re.compile(r"[^\w、]")
_RUN = re.compile(f"[0-9.,{NUMERALS}]+")
_MARK = re.compile("[、和及与或~至到-]")
_LISTED = re.compile("[、,和及与或~至到-](?![少多])")
# Another predicate, another thing or time, or the end of a clause.
_REACHED = re.compile(
    "控制|稳定|保持|完成|实现|达|为|占|是|新|建|改造|投入|取消|突破|[增升提]|[0-9]年|期间|季度|今年|去年|[。;:()“”《》…]"
)
# Digits that make no number: .3万, 4876百19.
_NO_NUMBER = re.compile(r"(?<![0-9])\.[0-9]|[百千万亿][0-9]")


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
_REACH = 40


def _bound(row: Mapping[str, Any], before: str, behind: str) -> Iterator[Difference]:
    """A bound has its word in the phrase, or at least in the clauses around it; a value without one has none beside it."""
    bound = row["bound"] or "exact"
    if bound == "range":
        return
    left, found, right = clean(str(row.get("phrase") or "")).partition(clean(str(row["text"])))
    words = left + right.replace(_unit(str(row["unit"] or "")).word, "")
    said = {name for name, pattern in _WORDS.items() if pattern.search(words)} if found and words else set()
    if clean(str(row["text"])).startswith("上"):
        said = {"at_least"}  # 上千家
    if bound == "exact":
        text, told = clean(str(row["text"])), clean(str(row["unit"] or ""))
        rest = behind[len(text) :].removeprefix("" if text.endswith(told) or "分之" in text else told)
        wrong = bool(said or _BESIDE.search(before[-_LONGEST:]) or rest.startswith(_BEHIND_IT))
    else:
        clause = f"{before[-_REACH:]}{re.split('[。;]', behind, maxsplit=1)[0]}"
        wrong = bound not in said if said else not _WORDS[bound].search(clause)
    if wrong:
        yield Difference("bound", bound, f"{before[-6:]}{behind[:12]}")


def _amount(row: Mapping[str, Any], unit: _Unit) -> Iterator[Difference]:
    for column, of in (("amount", "value"), ("amount_max", "value_max")):
        stated, value = _decimal(row.get(column)), _decimal(row.get(of))
        factor = metrology.factor(unit.word, clean(str(row.get("base_unit") or "")))
        if stated is not None and value is not None and factor is not None:
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
