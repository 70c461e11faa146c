"""Cut an indicator's name out of the words around a numeral."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.prefilter import Characters, filtered
from pipeline.reading.statements import word_lists as w
from pipeline.records import Record

_NAMES = vocabulary("constructions")["names"]
_LEGISLATING: tuple[str, ...] = tuple(vocabulary("constructions")["lists"]["legislating"])
_SMALL = vocabulary("function_words")
_TIMES = vocabulary("time")
_NUMBER = r"[\d一二三四五六七八九十两]+"
_TIME = (
    rf"(?:\d{{4}}(?:[—\-~至到]\d{{2,4}}年?|年)(?:{any_of(_TIMES['of_year'])}|初(?![步级中次])|以来|度)?|“?十[一二三四五六]五”?{any_of(_TIMES['of_plan_phrase'])}?|“十五”{any_of(_TIMES['of_old_plan'])}"
    rf"|(?:{any_of(_TIMES['around'])}|(?<!提)前|头)?{_NUMBER}年{any_of(_TIMES['over_phrase'])}?|今年(?:以来)?|年初(?!步)"
    rf"|{any_of(_TIMES['quarter_of'])}?[一二三四两1-4]个?季度|前{_NUMBER}个月|前?\d{{1,2}}[—\-~至到]?\d{{0,2}}月{any_of(_TIMES['of_month'])}?(?:\d{{1,2}}日)?"
    rf"|本届政府(?:以来|任期)?|{any_of(_TIMES['named'])})"
)
# 用3年时间, 利用两年左右的时间: how long it takes.
_TAKING = r"[用花]了?(?:\d{1,2}|[一二两三四五六七八九十])(?:[至到~—-]\d{1,2})?个?[年月天](?:左右)?的?时间"
_LEAD_TIME = filtered(
    rf"{any_of(_TIMES['taking'])}?{_TAKING},?|{any_of(_TIMES['reaching'])}?{_TIME}(?:{any_of(_TIMES['bounded'])}|初(?![步级中次])|中(?![国心学医小央部型等欧外华共东西]))?,?的?"
)
_TAIL_TIME = re.compile(rf"{any_of(_TIMES['reaching_tail'])}?{_TIME}{any_of(_TIMES['bounded_tail'])}?$")
# What the patterns for ends of phrases may end in: most phrases are ruled out by their last character.
_TAIL_TIME_ENDS = frozenset("0123456789年底末初来度五”间期划内均计共中月份日府前今在下")
_LEAD_MARK = filtered(
    rf"(?:{any_of(_SMALL['bounding'])}[、,]|[\s,、;:。.·•●○▲★■◆—\-*)\]”’》的了是或]|和(?![美谐平睦顺])|及(?![时格])|与(?!会))+(?=.)"
)
_ORDINAL = filtered(
    r"(?:第[一二三四五六七八九十百]{1,4}条 ?|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[,、](?![一二三第])|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、])"
)
# What marks, ordinals and times begin with.
_MAY_LEAD = Characters(f"{_LEAD_MARK.pattern}|{_ORDINAL.pattern}|{_LEAD_TIME.pattern}")
_OPEN_BRACKET = re.compile(r"[(\[][^)\]]*$")
# 每人每年增加90元: the denominator is part of the unit.
_PER = re.compile(
    rf"(?:(?:{any_of(_SMALL['distributing_evenly'])}?(?:从|由))?(?:每[人户月年名生])+|在{any_of(_NAMES['whole_areas'])}|连续[\d一二三四五六七八九十两多]+(?:年|个{any_of(vocabulary('names')['seasons'])})"
    r"|(?:(?:19|20)\d\d年?[、和])+(?:19|20)\d\d年?)$"
)
_PER_ENDS = frozenset("0123456789人户月年名生国省市区内") | {word[-1] for word in vocabulary("names")["seasons"]}
# 每百元收入成本: the denominator belongs to the property.
_EACH = re.compile(r"每[百千万]?[元人户亩]$")
_FIRST = filtered(
    rf"[^,的]{{0,8}}?成为[^,]{{0,12}}?{any_of(_NAMES['only_one'])}的?(?=..)|[^,的]{{0,8}}?{any_of(_NAMES['setters'])}{any_of(_NAMES['set_verbs'])}了?,?|"
    rf"[^,;:]{{0,24}}?(?:{'|'.join(vocabulary('relations')['list_cues'])}){any_of(_NAMES['aim_set'])}?[是为](?=.{{4}})(?!{any_of(_NAMES['aim_verbs'])})|"
    rf"大(?={any_of(_NAMES['after_big'])})|{_NAMES['issued']}|{_NAMES['proposed']}(?={any_of(_NAMES['proposed_of'])}|(?:19|20)\d\d年)|"
    rf"(?:[^,;:]{{0,8}}讯)?\s?\([^()]{{0,8}}(?:记者|通讯员)[^()]{{0,20}}\)(?=..)|指(?![标数导定挥引向])|按(?:照)?{any_of(_NAMES['prices'])}价格?(?:计算)?的?,?|[^,]{{2,12}}?并[将使把对]|在{any_of([*_NAMES['whole_areas'], *_NAMES['parts_of_country']])}率先"
)
_TRAILING_AND_ENDS = frozenset("和及与或")
_TRAILING_AND = re.compile(r"(?<![缓温祥共饱总])和$|(?<![惠涉危波触遍顾普])及$|(?<![参赠授给])与$|或$")
_INNER_TIME = re.compile(
    rf"(?:近|过去)?{_NUMBER}年{any_of(_TIMES['over_inner'])}(?=.)|连续{_NUMBER}年(?=.)|(?:{any_of(_TIMES['half_years'])}|[一二三四]季度|前{_NUMBER}个月)(?=.{{2}})"
)
# 203个断面水质优良率: how many things a share covers is no part of its name.
_COUNTED = re.compile(r"\d+[个项条家所座名种类处批](?=.{3})")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]|[①-⑳]")
_BRACKETS = re.compile(r"[\[(\])①-⑳]")
LONGEST = 60  # characters of context that can belong to one name


@lru_cache(maxsize=1 << 14)
def strip_lead(text: str) -> str:
    """Drop marks, times and light words from the start of a phrase."""
    if text[:1] == "加" and (added := _ADDED_TO.match(text)):
        text = text[added.end() :]
    while text:
        before = text
        if match := _LEAD_MARK.match(text) if _MAY_LEAD[text[0]] else None:
            text = text[match.end() :]
        if match := _FIRST.match(text):
            text = text[match.end() :]
        if match := _ORDINAL.match(text) if _MAY_LEAD[text[:1]] else None:
            text = text[match.end() :]
        light = w.LEAD_IN.at_start(text)
        if light and light <= w.KEEP_START.at_start(text):
            light = 0  # 达产后 goes, 达产 stays
        # 已完成的任务: a verb inside a relative clause belongs to the name.
        kept = (
            _RELATIVE.match(text, light)
            or _MEETING.match(text)
            or _BROUGHT.fullmatch(text)
            or _TIMELY.fullmatch(text)
            or text in _TOO_LITTLE
        )
        if light and not kept:
            text = text[light:]
        time = _LEAD_TIME.match(text) if _MAY_LEAD[text[:1]] else None
        if time and not w.KEEP_START.at_start(text):
            text = text[time.end() :]
        if "下" in text and (condition := _CONDITION.match(text)):
            text = text[condition.end() :]
        if text == before:
            break
    return text


# 收入9亿元,加上级补助收入2亿元
_ADDED_TO = re.compile("加上?(?=上[级解年划])")
# 正常年景下粮食产量, 在不发生疫情的情况下生猪出栏: under what condition, and no part of a name.
_CONDITION = filtered(rf"(?:在[^,;]{{2,20}}?的?|[^,;的在]{{0,6}}?){any_of(_NAMES['conditions'])}之?下,?(?=..)")
# 带动就业: a bare noun says too little without what brought it.
_BROUGHT = re.compile(
    rf"{any_of(_NAMES['brought'])}(?:[^的、]{{2,3}}|(?!.{{0,4}}?[完实][成现]).{{0,6}}?{any_of(_NAMES['brought_part'])})"
)
# 按时办结率 is another rate than 办结率.
_TIMELY = re.compile(rf"{any_of(_NAMES['timely'])}[^,;、的]{{0,4}}率")
_RELATIVE = re.compile(any_unless(_NAMES["relative"]))
_MEETING = re.compile(rf"达到[^,;、的]{{1,10}}{any_of(_NAMES['met'])}的(?=.)")
# 支持项目: which projects they are nothing else tells.
_TOO_LITTLE = frozenset(_NAMES["too_little"])


@dataclass(slots=True, unsafe_hash=True)
class Tail(Record):
    """What stood between a phrase and its number: `change` is +1 for a rise, -1 for a fall, 0 for neither.

    `verb` is the word of change, `since` a time named before it, `average` whether a yearly average is meant.
    """

    text: str
    change: int = 0
    verb: str = ""
    time: str = ""
    average: bool = False
    respectively: bool = False
    each: bool = False
    reached: bool = False
    summed: bool = False


_MONEY = f"(?:{'|'.join(rf'(?<={word})' for word in _NAMES['arranged'])})"
_ARRANGED = re.compile(rf"{_MONEY}{any_of(_NAMES['arranging'])}?安排$")
# A name of so many characters with 完成 behind it: shorter ones are events of their own.
_LONG_NAME = 6
# The pace itself may be reached: 增长速度达到8%.
_PACES = frozenset(vocabulary("constructions")["changes"]["rates"])
# … and be held: 年均增长保持在8%.
_HELD = frozenset(vocabulary("constructions")["changes"]["held"])
_GROWING = "增长"
_SECOND_CHANGE: frozenset[str] = frozenset(vocabulary("constructions")["changes"]["second_change"])
_EACH_WORDS = frozenset(_SMALL["each"])
_RESPECTIVE: tuple[str, ...] = tuple(_SMALL["respective"])
_BY_SO_MUCH = frozenset(
    [
        *_SMALL["each"],
        *_SMALL["by_so_much"],
        *(word for words in vocabulary("bounds")["before"].values() for word in words),
    ]
)
# 下降幅度达3%, 降低率为3%: how far.
_EXTENTS: tuple[str, ...] = tuple(_SMALL["extents_of_falls"])
_FOR_THE_BETTER = frozenset(vocabulary("constructions")["compared"]["for_the_better"])
_PER_EACH = frozenset("户亩")
_AVERAGE = frozenset(_TIMES["yearly_average"])


@lru_cache(maxsize=1 << 14)
def strip_tail(text: str) -> Tail:
    """Take verbs of reaching and change, adverbs and times off the end of a phrase."""
    change, verb, time = 0, "", ""
    average = respectively = each = reached = summed = result = held = False
    while text:
        if text.endswith("安排") and (arranged := _ARRANGED.search(text)):
            text, reached = text[: arranged.start()], True  # 预算支出拟安排60亿元
            continue
        if w.KEEP_END.at_end(text):
            break
        length = w.REACH_OR_CHANGE.at_end(text)
        if length:
            if length > 1 and text[-length:][:1] == "均" and text[:-length][-1:] in _PER_EACH:
                length -= 1  # 户均达2861元: it is so much of each
            word = text[-length:]
            if word in w.RISE or word in w.FALL:
                if change or (result and word not in _PACES and not (held and word == _GROWING)):
                    # A second verb of change belongs to the name (降低成本下降…), unless it only names the rate.
                    if word not in _SECOND_CHANGE:
                        break
                else:
                    change, verb = (1 if word in w.RISE else -1), word
                    reached = reached and word in _PACES and not held
            else:
                if not change and word not in w.ADVERB:
                    reached = True
                    # 下降分别为3%, 下降超约3%: by so much, and not to it.
                    result = result or not (word.startswith(_RESPECTIVE) or word in _BY_SO_MUCH)
                    held = held or word in _HELD
                average = average or word in _AVERAGE
                respectively = respectively or word.startswith(_RESPECTIVE)
                each = each or word in _EACH_WORDS
                summed = summed or word.startswith("累计")
            text = text[:-length]
            continue
        if text[-1] == "过" and w.RISE_OR_FALL.at_end(text[:-1].rstrip("了")):
            text = text[:-1]  # 下降过|约3%
            continue
        if not change and text.endswith(_EXTENTS) and (extent := _extent(text)):
            text, reached, result = text[:-extent], False, False
            continue
        per = _PER.search(text) if text[-1] in _PER_ENDS else None
        if per:
            text = text[: per.start()]
            continue
        match = _TAIL_TIME.search(text, max(0, len(text) - 14)) if text[-1] in _TAIL_TIME_ENDS else None
        if match and match.start() > 0 and text[match.start() - 1].isdigit():
            match = None
        if match:
            time = match[0] + time
            average = average or "均" in match[0]
            text = text[: match.start()]
            towards = match[0][0] in "到至为" and not change
            verb_of_result = (w.RISE_OR_FALL.at_end(text) or w.REACH.at_end(text + match[0][0]) - 1) if towards else 0
            if verb_of_result > 0:
                # 提高到2030年的80%: the time stands inside the verb of reaching.
                text, reached = text[:-verb_of_result], True
            continue
        if text.endswith("完成") and len(text) >= _LONG_NAME:
            text, reached = text[:-2], True  # 预算收入完成60亿元
            continue
        stripped = text.rstrip(" ,、;:—-的“‘")
        if stripped == text:
            break
        text = stripped
    return Tail(text, change, verb, time, average, respectively, each, reached, summed)


def _extent(text: str) -> int:
    """The length of the word at the end that says how far something fell, directly behind the word of the fall."""
    extent = next(word for word in _EXTENTS if text.endswith(word))
    fall = w.FALL.at_end(text[: -len(extent)])
    # Of one character it is a part of another word (审减率).
    return len(extent) if fall > 1 and text[: -len(extent)][-fall:] not in _FOR_THE_BETTER else 0


def without_time(text: str) -> str:
    """A phrase without the time at its end (项目上半年 → 项目)."""
    time = _TAIL_TIME.search(text, max(0, len(text) - 14)) if text[-1:] in _TAIL_TIME_ENDS else None
    return text[: time.start()] if time and time.start() else text


def _without_inner_time(text: str) -> str:
    """A name without a time right before what is measured (园区2025年营收 → 园区营收)."""
    attribute = attribute_of(text)
    owner = text.removesuffix(attribute)
    summed = _SUMMED if attribute and owner.endswith(_SUMMED) else ""
    owner = owner.removesuffix(summed)
    kept = without_time(owner if attribute else text)
    if not kept or "均" in (owner if attribute else text)[len(kept) :]:
        return text  # 年均浓度
    return kept + summed + attribute if attribute else kept


_SUMMED = "累计"
# 【农业】 before a paragraph
_SUBJECT_TAG = re.compile(rf"\[[^\[\]\d]{{1,10}}\]\s?{any_of(_TIMES['of_paragraph'])}?")


@lru_cache(maxsize=1 << 14)
def clean(text: str) -> str:
    """A name without footnote marks, unbalanced brackets and stray marks."""
    if _BRACKETS.search(text):
        text = _FOOTNOTE.sub("", text)
        text = _OPEN_BRACKET.sub("", text)
        if text.count("(") < text.count(")"):
            text = text.rpartition(")")[2]
    if "年" in text or "季度" in text or "个月" in text:
        text = _INNER_TIME.sub("", text)
        text = _without_inner_time(text)
    text = at_contest(text)
    if text[:1] == "[":
        text = _SUBJECT_TAG.sub("", text)
    text = text.strip(" ,、.;:。·•●—-的了")
    if counted := _COUNTED.match(text):
        text = text[counted.end() :]
    if text[-1:] in _TRAILING_AND_ENDS:
        text = _TRAILING_AND.sub("", text)
    for opening, closing in (("“", "”"), ("《", "》")):
        if (opening in text or closing in text) and text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def at_contest(text: str) -> str:
    """A name without the words that a contest stands between: 在第9届运动会上金牌贡献率, 第2届大赛上共获得金牌."""
    found = _AT_CONTEST.match(text) if "上" in text else None
    return found[1] + text[found.end() :] if found else text


_AT_CONTEST = re.compile(
    rf"(?:在|(?=第))([^,;:。、在]{{0,16}}?{any_of(vocabulary('constructions')['narrowed']['contests'])})上(?!线)(?:一?共)?(?=..)"
)


@lru_cache(maxsize=1 << 14)
def attribute_of(phrase: str) -> str:
    """The longest property that a phrase ends with (…总投资 → 总投资), or an empty string."""
    length = w.ATTRIBUTE.at_end(phrase)
    return phrase[-length:] if length else ""


@lru_cache(maxsize=1 << 14)
def owner_of(phrase: str) -> str:
    """The phrase without the property at its end."""
    attribute = attribute_of(phrase)
    while attribute:
        phrase = _EACH.sub("", phrase[: -len(attribute)].rstrip("的"))
        attribute = attribute_of(phrase)
    return phrase


@lru_cache(maxsize=1 << 14)
def event_at_end(text: str) -> str:
    """The event, or the coordinated events (新建和改造提升), at the end of `text`."""
    length = w.EVENT.at_end(text)
    if not length:
        return ""
    rest = text[:-length]
    while rest and rest[-1] in "、和及并或":
        more = w.EVENT.at_end(rest[:-1])
        if not more:
            break
        length += more + 1
        rest = text[:-length]
    return text[-length:]


def is_event(text: str) -> bool:
    """Whether `text` is made of events alone (提标改造)."""
    at = 0
    while at < len(text):
        length = w.EVENT.at_start(text, at)
        if not length:
            return False
        at += length
    return bool(text)


_MAKES_NOUN = frozenset("业率者员")
# Things whose names begin with an event: 上市公司.
_LISTED_THINGS: tuple[str, ...] = tuple(_NAMES["named_by_event"])


@lru_cache(maxsize=1 << 14)
def event_at_start(text: str) -> str:
    """The event, or the coordinated events, at the start of `text`."""
    length = w.EVENT.at_start(text)
    if not length and text.startswith("累计") and (length := w.EVENT.at_start(text, 2)):
        length += 2
    while length and length < len(text):
        mark = text[length] in "、和及并或"
        if not mark and not (text[:length].endswith(_LEGISLATING) and text.startswith(_LEGISLATING, length)):
            break
        more = w.EVENT.at_start(text, length + mark)
        if not more:
            break
        length += mark + more
    # 新建改扩建及维修改造学校
    while length and w.BUILD.at_end(text[:length]):
        mark = text[length : length + 1] in ("及", "和", "、")
        more = w.BUILD.at_start(text, length + mark)
        if not more or length + mark + more == len(text):
            break
        length += mark + more
    # 种植业, 养殖者: the verb is part of a noun.
    if text.startswith(_LISTED_THINGS):
        return ""
    return "" if text[length : length + 1] in _MAKES_NOUN and length < len(text) else text[:length]
