"""Changes and what is passed on the way: 增加教育投入30%, 从5%提高到8%, 跨过5000亿元大关."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.head import Head, Memory
from pipeline.reading.statements.measure import Comparison
from pipeline.reading.statements.phrase import Tail, clean, strip_lead, strip_tail
from pipeline.reading.statements.slots import Slot

_WORDS = vocabulary("constructions")["changes"]
_HOW_FAR: frozenset[str] = frozenset(vocabulary("constructions")["changes"]["how_far"])
_INSIDE_UNITS: frozenset[str] = frozenset(vocabulary("constructions")["units"]["change_inside"])
_INSIDE = re.compile(rf"^(.{{0,24}}?)({any_of(_WORDS['inside'])})(?!{any_of(_WORDS['inside_not_before'])})(.{{2,12}})$")
# 提高低保标准30元: an allowance and by how much it rose.
_RAISED = re.compile(rf"({any_of(_WORDS['raised'])})(?!到|至)(.{{2,}}{any_of(_WORDS['allowances'])})$")
_MONEY = ("元", "元/月", "元/年")
# … with what they become before its number (16支基金整合为产业、科创|2支基金).
_MERGED = re.compile(rf"{any_of(_WORDS['merged'])}[为成到至][^,;:。]{{0,12}}$")
_PACE = re.compile(rf"{any_of(_WORDS['paces'])}$")
_PART_OF_YEAR = re.compile(_WORDS["part_of_year"])
# 快于上年3个百分点: only a rate is faster or slower.
_PACE_VERBS = frozenset(_WORDS["pace_verbs"])
_COMPARED = re.compile(rf"^([^,]{{2,}}?){any_of(_WORDS['compared_nouns'])}?{any_of(_WORDS['compared'])}[^,、\d]*、$")
_PAST = re.compile(rf"{any_of(_WORDS['past'])}了?$")
_BARRIERS: tuple[str, ...] = tuple(_WORDS["barriers"])
_BEYOND = re.compile(
    rf"^(.{{2,}}?)(?:连续)?{any_of([*_WORDS['past'], *_WORDS['onto']])}[^,]*{any_of(_WORDS['barriers'])}$"
)
_DONE = re.compile(rf"^[、和及与]?{any_of(_WORDS['done'])}")
# 农房风貌提升6万户: an improvement that is carried out, and so many are done.
_IMPROVED = re.compile(rf"{any_of(_WORDS['improved'])}$")
_ADDED: tuple[str, ...] = tuple(_WORDS["added"])
_ADDED_ENDS: tuple[str, ...] = tuple(_WORDS["added_behind"])
_USED: tuple[str, ...] = tuple(_WORDS["used"])
_PLANNED: tuple[str, ...] = tuple(_WORDS["planned"])
_ADDED_BEHIND = re.compile(rf"^(.{{2,}}?){any_of(_WORDS['added_adverbs'])}?({any_of(_WORDS['added_behind'])})$")
# 累计新增90家: whose sum stands before.
_SUMS = frozenset(_WORDS["sums_added"])
_FROM_WORDS: tuple[str, ...] = tuple(_WORDS["from"])
_AREA = rf"(?:{any_of(vocabulary('constructions')['ranks']['areas'])}[^,;、\d]{{0,6}})?"
_FROM = re.compile(
    rf"{any_of(_WORDS['before_from'])}*{any_of(_WORDS['from'])}(?:[^,;]{{1,8}}[年月前初末底期]的?)?(?:第?[一二三四五六]次(?:全国)?{any_of(vocabulary('time')['censuses'])}?普查时?的?)?"
    rf"(?:每[人户月年名生]|{any_of(_WORDS['told_as'])})*(?:{_AREA}第?)?$"
)
# 由1名领导牵头 is no old value: that has a new one after it.
_TO = re.compile(any_of(_WORDS["to"]))
# How far behind an old value the word stands that leads to the new one, in characters.
_NEAR = 30


# 下降57或3%, where the 57 was not read
_LIST_MARKS = frozenset("、和及与或至到~—-")
_UNREAD = re.compile(
    rf"(?P<said>.*{any_of([*vocabulary('predicates')['rise'], *vocabulary('predicates')['fall']])})了?(?![到至为])"
    rf"[^,。;、\d“]{{0,4}}?[+-]?[\d一二三四五六七八九十百千万亿〇零两][\d.,·•一二三四五六七八九十百千万亿〇零两点成番]*"
    rf"[^,。;、\d”]{{0,4}}[{''.join(sorted(_LIST_MARKS))}]"
)


# 缩减六元、绿地面积; 缩减½亩
_NUMERALS = vocabulary("chinese-numerals")
_COUNT = "".join([*_NUMERALS["digits"], *_NUMERALS["scales"]])
_OWN_NUMBER = re.compile(
    f"(?:[了负各约近逾超-]|{any_of(_WORDS['own_bounds'])}){{0,2}}(?:[0-9{_NUMERALS['unread']}]|[{_COUNT}]{{3}}|[{_COUNT}]+[^、]{{1,2}}、)"
)
# 减少用地、人口增长率
_OWN_PACE = re.compile(rf"、[^、]*{any_of(_WORDS['own_paces'])}$")


def has_own_change(thing: str) -> bool:
    """Whether a verb of change before these words reaches a number of theirs, or a pace that tells its own way, and no value behind."""
    return bool(_OWN_NUMBER.match(thing) or ("、" in thing and _OWN_PACE.search(thing)))


def without_unread(lead: str) -> str:
    """The words before a value without a number before it in its list that was not read: the verb holds for both."""
    unread = _UNREAD.fullmatch(lead) if lead[-1:] in _LIST_MARKS else None
    return unread["said"] if unread else lead


def is_earlier(text: str, lead: str, stop: int) -> bool:
    """Whether the value between `lead` and `stop` is an old one that a new one follows (从5%提高到8%)."""
    if not _has_from(lead):
        return False
    return bool(_FROM.search(lead.rstrip("约近")) and _TO.search(text, stop, stop + _NEAR))


def _has_from(words: str) -> bool:
    return any(map(words.__contains__, _FROM_WORDS))


def is_merged(trail: str) -> bool:
    """Whether the words between a count and the next say that its things became fewer or more (90个园区整合为|40个)."""
    return bool(_MERGED.search(trail))


def without_from(body: str) -> str:
    """The words before an old value without those that lead to it."""
    return _FROM.sub("", body) if _has_from(body) else body


def without_comparison(lead: str) -> str:
    """The words before a value without a comparison told beside it (收入增速快于经济增速、超过 → 收入)."""
    compared = _COMPARED.match(lead) if lead.endswith("、") else None
    return compared[1] if compared else lead


def passed(lead: str, trail: str, memory: Memory, span: tuple[int, int]) -> Head | None:
    """What passed a barrier that the value names (产值跨过|5000亿元|大关), if it did."""
    verb = _PAST.search(lead) if trail.startswith(_BARRIERS) else None
    if not verb:
        return None
    tail = strip_tail(lead[: verb.start()])
    name = clean(strip_lead(tail.text)) or (memory.heads[-1] if memory.heads else "")
    return Head([name or clean(lead)], tail._replace(change=0), "crossed", span, bound="over")


def without_barrier(name: str) -> str:
    """A name without a barrier passed before the value is told (产值迈上新台阶 → 产值)."""
    beyond = _BEYOND.match(name) if name.endswith(_BARRIERS) else None
    return beyond[1] if beyond else name


def is_done(lead: str) -> bool:
    """Whether the words say that something was carried out (完成能效提升6万千瓦)."""
    return bool(_DONE.match(lead) or _IMPROVED.search(lead))


def of_the_rate(head: Head, versus: Comparison, memory: Memory, unit: str) -> Head:
    """增速高于上年3个百分点: what changed is the rate itself; so is 增长5%,比一季度回落0.3个百分点."""
    grew = memory.grew and memory.unit == "%" and "百分点" in unit and not memory.carried and head.rule == "ellipsis"
    other = versus.versus and not (grew and _PART_OF_YEAR.match(versus.reference))
    if other or not (_PACE.search(versus.before) or versus.verb in _PACE_VERBS or grew):
        return head
    rate = "降幅" if grew and memory.grew < 0 else "增速"
    names = [name if _PACE.search(name) else name + rate for name in head.names]
    # 增长5%,比一季度回落0.3个百分点,高于全省1个百分点: what comes next is again of the thing.
    return head._replace(names=names, base=head.names[-1] if grew and len(names) == 1 else head.base)


def of_the_pace(head: Head, lead: str, unit: str) -> Head:
    """产值增速提高3个百分点: what changed is the rate itself."""
    words = lead.rstrip("了 ")
    length = w.RISE_OR_FALL.at_end(words) if head.tail.change and unit.endswith("百分点") else 0
    if not length or not _PACE.search(words[:-length]):
        return head
    names = [name if _PACE.search(name) else name + "增速" for name in head.names]
    return head._replace(names=names, base=head.names[-1] if len(names) == 1 else head.base)


def change_inside(name: str, tail: Tail, unit: str, span: tuple[int, int], versus: Comparison | None) -> Head | None:
    """The thing before which its verb of change stands (增加教育投入30%), if it does."""
    if tail.change or tail.reached:
        return None
    if unit.endswith(_MONEY):
        inside = _RAISED.match(name)
        return (
            Head([inside[2]], tail._replace(change=1, verb=inside[1]), "change-inside", span, versus)
            if inside
            else None
        )
    if unit not in _INSIDE_UNITS:
        return None
    inside = _INSIDE.match(name)
    if not inside or (inside[3] in w.ATTRIBUTE and inside[2] not in w.FALL) or has_own_change(inside[3]):
        return None
    tail = tail._replace(change=1 if inside[2] in w.RISE else -1, verb=inside[2])
    # 支出压减比例超5%: how far it was cut
    thing = inside[1] if inside[1] and inside[3] in _HOW_FAR else inside[1] + inside[3]
    return Head([thing], tail, "change-inside", span, versus)


def added_behind(name: str, tail: Tail, span: tuple[int, int]) -> Head | None:
    """The thing behind which its event stands (企业新增50家), if it does."""
    added = _ADDED_BEHIND.match(name) if name.endswith(_ADDED_ENDS) else None
    if not added or added[1] in _SUMS:
        return None
    return Head([added[2] + added[1]], tail, "head-before", span, event=added[2], base=added[1], how="added-behind")


def is_total_after(one: Slot, other: Slot) -> bool:
    """Whether the second of two values side by side is what the first has led to: 里程新增30公里、突破500公里."""
    added = one.lead.endswith(_ADDED) and "分别" not in one.lead and one.numeral.bound == "exact"
    return added and other.numeral.bound == "over" and other.numeral.phrase_start < other.numeral.start


def is_used(trail: str) -> bool:
    """Whether the words behind a share of what was added say what it is used for (新增用地60%用于工业)."""
    return trail.startswith(_USED)


def is_addition(name: str) -> bool:
    """Whether the name tells what was added, and not how much of a plan was done."""
    return any(word in name for word in _ADDED) and not any(word in name for word in _PLANNED)
