"""Find Arabic numerals and read what qualifies them: multiplier, unit, bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pipeline.knowledge import vocabulary
from pipeline.prefilter import Characters, filtered
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.patterns import ahead, behind
from pipeline.reading.numerals.signs import RANGE_MARKS, sign_of
from pipeline.reading.numerals.unit_phrases import MEASURED, Measure, measure_at
from pipeline.text.chinese_numbers import DIGITS, SCALES

_BOUNDS = vocabulary("bounds")
_NAMES = vocabulary("names")
_NOT_MORE = ahead(_BOUNDS["not_more"])
# More digits than this are a code, never a quantity.
LONGEST_VALUE = 18
# Words for bounds and cues stand within so many characters of the number.
REACH = 16

# What may follow behind 亿 and behind 万 in one number: 1亿5000万, 1亿零500万, 3万2千.
_BELOW_YI = "零?(?:[1-9][0-9]{0,3}|[1-9]千|[1-9]千[1-9]百)(?=万(?![万亿]|(?!(?:19|20)[0-9]{2}年)(?:[0-9]{3}|[0-9]+[.,百千万亿])))"
_BELOW_WAN = "(?:[1-9]千(?:[1-9]百)?|[1-9]百|[1-9][0-9]{2,3}|零[1-9][0-9]{0,2})(?![0-9.亿万百年月日强]|,[0-9]|千(?![瓦克米伏])|分[点之])"
# Points that tell a numeral into more than two: 3.2.1, 1,115.25.7.
_MORE_POINTS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+){2,}+(?![0-9.])"
# Thousands, and more behind a comma that is none: 1,063,1282.
_MORE_COMMAS = r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9,])(?:\.[0-9]+)?"
_NUMBER = re.compile(
    # a date
    r"(?P<date>(?:19|20)[0-9]{2}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9]))"
    # a date as others write it: 11/29/26
    r"|(?P<slashed>(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}(?![0-9/]))"
    # a version or an address: 0.1.2.3
    r"|(?P<parts>[0-9]+(?:\.[0-9]+){3,}+)"
    # two multipliers
    rf"|(?P<joined>[1-9][0-9]{{0,3}}(?:亿{_BELOW_YI}|万{_BELOW_WAN})|[1-9]千(?:[1-9]百|零[1-9][0-9]?)(?![0-9.百千万亿分])|[1-9]千[1-9]百(?=万(?![万亿])|亿(?![万亿次])))"
    # digits that go on behind a multiplier, and make no number with it: 3万亿400, 2万多500, not 390万65岁以上老人
    r"|(?P<glued>(?<![0-9.])[0-9]+(?:[, ][0-9]{3})*(?:\.[0-9]+)?[百千万亿]{1,2}(?:[多余几][百千万亿]{0,2})?(?!(?:19|20)[0-9]{2}年)"
    r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?![0-9])(?:[.,][0-9]+)*|[0-9]{3,}+(?:[.,][0-9]+)*(?!强)|[0-9]+[.,][0-9]+(?:[.,][0-9]+)*|[0-9]+[百千万亿](?!分(?:点|之(?![上下内间外])))"
    r"|(?<=[百千])[0-9]+(?:[.,][0-9]+)*)(?:[百千万亿]{0,2}(?!(?:19|20)[0-9]{2}年)[0-9]+(?:[.,][0-9]+)*+)*+)"
    # what is hundreds of points, or percent and cut short: 83百分以下, 7千分之内
    r"|(?P<points_or_percent>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?=[百千]分(?!点|之(?![上下内间外]))))"
    # blanks between thousands
    r"|(?P<spaced>(?<![0-9] )(?<![\n0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9 ])(?:\.[0-9]+)?)"
    rf"|(?P<commas>{_MORE_COMMAS})"
    # two points or more
    rf"|(?P<points>{_MORE_POINTS})"
    # a number with thousands separators
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    # the number of a heading before a year: 1.2022年
    r"|(?<![0-9.])(?:(?<![\u4e00-\u9fff])|(?<=[表件图]))[0-9]{1,2}(?=\.(?:19|20)[0-9]{2}年)"
    # the number of an annex before a year: 附表12018年
    r"|(?<=附[表件])[0-9](?=(?:19|20)[0-9]{2}年)"
    # a comma that separates no thousands
    r"|(?P<comma>(?<![第0-9,/])[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?(?![0-9.,]))"
    r"|[0-9]+(?:\.[0-9]+)?"
)
# What most numbers are: digits behind which nothing stands that may go on with them.
_ALONE = re.compile(r"(?<![表件])[0-9]++(?:\.[0-9]++(?!年))?(?![0-9., /百千万亿-])")
# Multipliers that make none together: 8万万亿元.
STACKED = re.compile("[多余]?(?:[十百千]?万[十百千]?(?=万)|亿万|[十百千]?万亿(?=万|亿(?!亿?次)))")
_STACKS = Characters(STACKED.pattern)
# 3 602或192家: the unit stands behind the second.
_LISTED = re.compile("(?:[、和及与或至到~—-]|以及)[0-9]")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PART = re.compile(r"([0-9]+)([百千万亿]*)")
_ITEM = re.compile(r"([0-9]{1,2})\.([1-9][0-9]{0,2})(?![0-9.])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_DIGIT = re.compile(r"[0-9]")
_DIGITS = re.compile(r"[0-9]+")

BOUND_BEFORE = {word: bound for bound, words in _BOUNDS["before"].items() for word in words}
BOUND_AFTER = {word: bound for bound, words in _BOUNDS["after"].items() for word in words}
_BEFORE = behind(BOUND_BEFORE)
_BOUNDS_BEFORE = Characters(_BEFORE.pattern)
NOT_BOUND_BEFORE = behind(_BOUNDS["not_bound_before"])
_CONTROL = behind(_BOUNDS["control"])
# 每镇至少建成1个; not 最多的县, 最多时.
_BEFORE_VERB = {
    bound: re.compile(rf"[^,。;、:\n0-9的时.或{''.join(DIGITS)}{''.join(SCALES)}—-]{{1,4}}?(?:{behind(words).pattern})")
    for bound, words in _BOUNDS["before_verb"].items()
}
_ANY_BEFORE_VERB = filtered("|".join(word.pattern for word in _BEFORE_VERB.values()))
_AFTER = ahead(BOUND_AFTER)
_BOUNDS_AFTER = Characters(_AFTER.pattern)
# The bounds behind a rank, of which the first is the best.
_OF_RANK: dict[str, str] = _BOUNDS["behind_rank"]
_INSIDE = _BOUNDS["at_most_inside"]
_ABOUT_SHARE = re.compile(r"[^,。;、:\n0-9]{0,8}占约")
# 超过全市总量50%
_OVER_SHARE = re.compile(r"[^,。;、:\n0-9]{0,8}[国省市区县州球]全(?:过超|超)")
_PER_PERSON = re.compile(r"[^,。;\n]{0,12}(月|年)每[\u4e00-\u9fff]每")
# 审批工作日压缩为20个
_WORKDAYS = re.compile(r"[^,。;\n0-9]{0,12}日作工")
# 每月880元, 每月提高65元
_PER_TIME = re.compile(rf"(?:{behind(_NAMES['paid']).pattern}){{0,2}}(月|年)每")
# 超每千人6.6批次
_PER_HEAD = re.compile(r"(?:[人户亩名]|米方立)[百千万]?每")
# 每立方米19微克, 每立方米低于19微克
_PER_VOLUME = "每立方米"
_OF_VOLUME = frozenset({"微克", "毫克"})
# 发行额(亿元):86.4, 收入(单位:万元)9600
_HEADED = re.compile(r":?[)\]〕]([^()\[\]〔〕:\n]{1,8})(?::?位单)?[(\[〔]")
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
        match = _ALONE.match(text, digit.start()) or _NUMBER.match(text, digit.start())
        assert match is not None  # the last alternative is any run of digits
        found = known.get(match.start()) or _drafts(text, match, drafts[-1].phrase_stop if drafts else -1)
        drafts.extend(found)
        at = found[-1].stop
    return drafts


def _drafts(text: str, match: re.Match[str], reached: int) -> list[Draft]:
    """The drafts of the digits that match, at least one; `reached` is where the phrase of the number before ends."""
    start, stop = match.span()
    group = match.lastgroup
    if group == "slashed" or (group and match["date"]):
        parts = _DIGITS.finditer(text, start, stop)
        return [Draft(part.start(), part.end(), part[0], start, stop, "time", Decimal(part[0])) for part in parts]
    if group == "parts":
        measured = measure_at(text, stop).dimension in MEASURED
        return [Draft(start, stop, match[0], start, stop, "unread" if measured else "name")]
    if group == "points":
        return _points(text, start, stop, reached)
    if group in ("glued", "commas", "points_or_percent"):
        return [Draft(start, stop, match[0], start, stop, "unread")]
    if group == "spaced" and not measure_at(text, stop).unit and not _LISTED.match(text, stop):
        stop = start + len(match[0].partition(" ")[0])
    if group == "comma":
        unit = measure_at(text, stop)
        first = match[0].partition(",")[0]
        told = unit.dimension in MEASURED or unit.dimension == "ratio" or unit.multiplier
        if (told or "." in match[0]) and not _YEAR.match(first):
            return [Draft(start, stop, match[0], start, stop, "unread")]
        stop = start + len(first)
    if "." in match[0] and text[start - 1 : start] in ("", "\n") and (item := _ITEM.match(text, start)):
        counted = measure_at(text, stop)
        if counted.dimension == "counted" and not counted.multiplier:
            # 3.10种金属: things are counted in whole numbers, and the first is that of the item
            heading, value = new_draft(text, start, item.end(1)), new_draft(text, item.start(2), item.end(2))
            heading.kind = "structure"
            measure(text, value, reached)
            return [heading, value]
    if _STACKS[text[stop : stop + 1]] and STACKED.match(text, stop):
        return [Draft(start, stop, match[0], start, stop, "unread")]
    draft = new_draft(text, start, stop)
    if group == "joined":
        draft.value = _joined(draft.text, text.startswith("万", stop))
    if draft.value is not None:
        measure(text, draft, reached)
    return [draft]


def _points(text: str, start: int, stop: int, reached: int) -> list[Draft]:
    """Digits with two points: 3.2.1 is a number of the document, 1.5.6万人 a number with its heading's before it."""
    first = _DIGITS.match(text, start)
    assert first is not None  # the pattern begins with digits
    opens = text[start - 1 : start] in ("", "\n", "。") and len(first[0]) <= 2
    unit = measure_at(text, stop)
    measured = bool(unit.unit) and unit.dimension != "calendar"
    if not measured or not opens:
        kind = "unread" if measured else "structure" if opens else "name"
        return [Draft(start, stop, text[start:stop], start, stop, kind)]
    heading = new_draft(text, start, first.end())
    heading.kind = "structure"
    value = new_draft(text, first.end() + 1, stop)
    measure(text, value, reached)
    return [heading, value]


def _joined(written: str, in_wan: bool) -> Decimal:
    """The value of a number in two multipliers; `in_wan`: 万 stands behind and is left to the unit."""
    total = Decimal(0)
    for digits, scales in _PART.findall(written):
        value = Decimal(digits)
        for scale in scales:
            value *= SCALES[scale]
        # Of 1亿5000 before 万 the 5000 counts ten thousands already.
        total += value / SCALES["万"] if in_wan and "亿" in scales else value
    return total


def new_draft(text: str, start: int, stop: int) -> Draft:
    """A draft for the digits `start:stop`; without a value where they are too many for a quantity."""
    digits = text[start:stop]
    plain = digits if digits.isdecimal() else digits.replace(",", "").replace(" ", "")
    value = Decimal(plain) if len(digits) <= LONGEST_VALUE and plain.replace(".", "", 1).isdecimal() else None
    return Draft(start, stop, digits, start, stop, value=value, unit_stop=stop)


def measure(text: str, draft: Draft, reached: int = -1, told: Measure | None = None) -> None:
    """Fill sign, unit, bound and phrase of a draft from the words around it; for `reached` see `_drafts`.

    `told`: what the numeral itself tells of its unit, where none is to be looked for behind it.
    """
    stop, draft.multiplier, draft.unit, draft.dimension, more = told or measure_at(text, draft.stop)
    draft.unit_stop = stop
    if more:
        draft.bound = more
    elif text[stop : stop + 1] in ("多", "余") and draft.unit and not _NOT_MORE.match(text, stop + 1):
        draft.bound = "over"
        stop += 1
    draft.phrase_stop = stop
    if reached < 0 or text[reached : draft.start] not in RANGE_MARKS:
        sign_of(text, draft)
    begin = draft.begin
    backwards = text[max(0, begin - REACH) : begin][::-1]
    before_verb = _bound_before(draft, backwards)
    _bound_after(text, draft, backwards, before_verb)
    if draft.unit == "个" and _WORKDAYS.match(backwards):
        draft.unit, draft.dimension = "个工作日", "duration"
    if draft.unit == "元" and "每" in backwards:
        per = _PER_PERSON.match(backwards) or _PER_TIME.match(backwards, begin - draft.phrase_start)
        if per:
            draft.unit += "/" + per[1]
    if draft.unit in _OF_VOLUME and _PER_VOLUME in text[max(0, draft.phrase_start - len(_PER_VOLUME)) : draft.start]:
        draft.unit, draft.dimension = draft.unit + "/立方米", "concentration"
        draft.phrase_start = min(draft.phrase_start, text.rindex(_PER_VOLUME, 0, draft.start))
    if not draft.unit and (head := _HEADED.match(backwards)):
        _headed(draft, head)


def _headed(draft: Draft, head: re.Match[str]) -> None:
    """Take the unit from the brackets before the number: 发行额(亿元):86.4."""
    unit = head[1][::-1]
    found = measure_at(unit, 0)
    if found.stop == len(unit) and found.dimension not in ("", "number", "calendar"):
        draft.unit, draft.dimension, draft.multiplier = found.unit, found.dimension, found.multiplier
        draft.phrase_start = draft.begin - head.end()


def _bound_before(draft: Draft, backwards: str) -> bool:
    """Fill the bound that the words before a number tell; whether it stands before a verb only: 至少建成1个."""
    per = _PER_HEAD.match(backwards) if "每" in backwards else None
    at = per.end() if per else 0
    match = _BEFORE.match(backwards, at) if _BOUNDS_BEFORE[backwards[at : at + 1]] else None
    if match and not NOT_BOUND_BEFORE.match(backwards):
        draft.before = match[0][::-1]
        draft.bound = BOUND_BEFORE[draft.before]
        draft.phrase_start = draft.begin - match.end()
    elif draft.bound == "exact" and _ANY_BEFORE_VERB.match(backwards):
        draft.bound = next(bound for bound, word in _BEFORE_VERB.items() if word.match(backwards))
        return True
    elif draft.bound == "exact" and "占约" in backwards and _ABOUT_SHARE.match(backwards):
        draft.bound = "about"
    elif draft.bound == "exact" and draft.unit in ("%", "成") and _OVER_SHARE.match(backwards):
        draft.bound = "over"
    return False


def bound_rank(text: str, draft: Draft) -> None:
    """No lower than 第5位, and 第5位以上, is that or better; what other bounds would say of a rank, they do not decide."""
    start = draft.phrase_start
    backwards = text[max(0, start - REACH) : start][::-1]
    match = _BEFORE.match(backwards)
    if draft.after:
        draft.bound = _OF_RANK.get(draft.after, draft.bound)
    elif _AFTER.match(text, draft.stop):
        draft.kind = "unread"  # 第三个以上
    if match is None or match[0].endswith("最") or NOT_BOUND_BEFORE.match(backwards):
        return  # 居全国最低第5位: the end of the ordering from which it counts
    if draft.bound == "exact" and BOUND_BEFORE[match[0][::-1]] == "at_least":
        draft.bound, draft.phrase_start = "at_most", start - match.end()
    else:
        draft.kind = "unread"


def _bound_after(text: str, draft: Draft, backwards: str, before_verb: bool) -> None:
    stop = draft.phrase_stop
    match = _AFTER.match(text, stop) if _BOUNDS_AFTER[text[stop : stop + 1]] else None
    if match and (len(match[0]) > 1 or _ENDS_HERE.match(text, match.end())):
        draft.after = match[0]
        if draft.bound in ("exact", "about") or before_verb:
            draft.bound = BOUND_AFTER[draft.after]
        draft.phrase_stop = match.end()
    elif text[stop : stop + 1] == _INSIDE and (draft.dimension == "duration" or _CONTROL.match(backwards)):
        draft.after = _INSIDE
        draft.bound = "at_most"
        draft.phrase_stop = stop + 1
