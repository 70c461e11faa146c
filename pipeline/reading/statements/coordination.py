"""Coordinations: their members, and what the members share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.phrase import attribute_of, event_at_end, event_at_start, owner_of

_SMALL = vocabulary("function_words")
_WORDS = vocabulary("constructions")["lists"]
_NAMES = vocabulary("constructions")["names"]
# How the full name of an administrative area ends.
PLACE_END = (
    rf"(?:(?<!{_NAMES['not_place_before']}){any_of(_NAMES['place_levels'])}"
    rf"|(?<![{_NAMES['not_district_before']}])区|{any_of(_NAMES['long_place_levels'])})"
)
_AREA = re.compile(rf"[^,、的省市县区]{{1,4}}?{PLACE_END}")
_CONJUNCTION = re.compile(rf"[(\[“《)\]”》]|、|{any_of(_SMALL['joining'])}|,")
_JOINING = re.compile("[、和及与,]")
_AGED = re.compile(r"\d{1,3}(?:周?岁?[-—~至到]\d{1,3})?周?岁(?:及?以[上下])?")
# Words in which these characters are no conjunction.
_NOT_AND: frozenset[str] = frozenset(_WORDS["no_conjunction"])
_UNDIVIDED = re.compile(any_of(_WORDS["undivided"]))
_LIMITS = ("以上", "以下")
_NUMERALS = frozenset("一二三")
_SECTOR = re.compile("第?[一二三]次?产业?")
_OF_EACH: frozenset[str] = frozenset(_WORDS["of_each"])
# How long a place's short name is, or the name of a branch.
_NAMED_SHORT = (2, 3)
_CLASSES: frozenset[str] = frozenset(_WORDS["classes"])
_AVERAGES: tuple[str, ...] = tuple(_WORDS["averages"])
_VERB_LENGTH = 2
_MUCH = ("量", "额")
# A rate by its verb alone: 办结率.
_RATE = 3
_SHORT = 4
_AMOUNTS: tuple[str, ...] = tuple(_WORDS["amounts"])
# How far into the last member the word for the class stands.
_NEAR = 8
# The longest word for a class of which all members are.
_LONGEST_CLASS = 4
# A member of a list that ends in such a word of its own does not take another from the last.
_INSTITUTIONS: list[str] = _WORDS["institutions"]
_INSTITUTION = re.compile(rf"(?:{any_of(_INSTITUTIONS)}|(?<![社地城])区|[馆院站厂])$")
_COUNTED_THINGS = frozenset([*_INSTITUTIONS, *_WORDS["counted"]])
# 接待游客、旅游收入: visitors received are a figure of their own.
_VISITORS = re.compile(r"接待.{0,6}[游旅]客$")
_SHARES: tuple[str, ...] = tuple(vocabulary("constructions")["left_out"]["shares"])
_OWN_NAMES: frozenset[str] = frozenset(vocabulary("constructions")["left_out"]["own_names"])
_WITH_PROPERTY: tuple[str, ...] = tuple(_WORDS["with_property"])
_OWN_KIND: tuple[str, ...] = tuple(_WORDS["own_kind"])
_COMPLETE: tuple[str, ...] = tuple(_WORDS["complete"])
_COUNTED_IN: tuple[str, ...] = tuple(_WORDS["counted_in"])
_RECEIVED = re.compile(rf"(?<=.){any_of(_WORDS['receiving'])}")
# 信息等产业增加值
_SUCH_AS = re.compile(
    rf"(?P<one>[^等、]{{2,10}}?)(?<![高初中平同优均对何一])等(?P<kind>{any_of(_WORDS['kinds_of_examples'])}[^等、]{{0,8}})"
)
_QUOTED = re.compile(r"“[^“”]{1,8}”(?=[^“”]{2,6}$)")
_SHARED = re.compile(rf"的?({any_of(_WORDS['shared'])})$")


def split_list(text: str) -> list[str]:
    """Split a coordination at 、 和 及 以及 与, outside brackets and quotes, where both sides can be names."""
    if not _JOINING.search(text):
        return [text] if text else []
    parts: list[str] = []
    depth, at = 0, 0
    whole = [name.span() for name in _UNDIVIDED.finditer(text)]
    for match in _CONJUNCTION.finditer(text):
        mark = match[0]
        if any(start < match.start() < stop for start, stop in whole):
            continue
        if mark in "([“《":
            depth += 1
        elif mark in ")]”》":
            depth = max(0, depth - 1)
        elif depth == 0 and match.start() - at >= 1 and len(text) - match.end() >= 2:
            i = match.start()
            if mark in "和与" and "、" in text[match.end() :] and not attribute_of(text[at:i]):
                continue  # 造纸与印刷、机械: the last member alone has a conjunction before it
            if mark in "和及与" and (text[i - 1 : i + 1] in _NOT_AND or text[i : i + 2] in _NOT_AND):
                continue
            if mark == "及" and text.startswith(_LIMITS, i + 1):
                continue  # 60岁及以上人口
            parts.append(text[at : match.start()])
            at = match.end()
    parts.append(text[at:])
    return [part for part in parts if part]


def distribute(heads: list[str]) -> list[str]:
    """Give every member of a coordination the parts it shares with its neighbours.

    油菜、棉花种植面积 → 油菜种植面积, 棉花种植面积; 案件起数、涉案人数 → 案件起数, 案件涉案人数.
    """
    if len(heads) < 2:
        return heads
    heads = _of_class(_examples(heads))
    last = heads[-1]
    tail = attribute_of(last)
    if tail:
        body = last[: -len(tail)]
        alike = any(head.endswith(_AVERAGES) for head in heads[:-1])  # 各项存款、贷款余额 share 余额 alone
        tail = (attribute_of(body) or ("" if alike else next(filter(body.endswith, _AVERAGES), ""))) + tail
        if tail == last[-1] and tail == "率" and len(last) > _RATE + 1:
            tail = last[-_RATE:]  # 光纤、移动网络通达率: what the rate is of
        body = last[: -len(tail)]
        kind = next((word for word in _WITH_PROPERTY if body.endswith(word) and body != word), "")
        if kind and not any(kind in head or is_complete(head) or head.endswith(_OWN_KIND) for head in heads[:-1]):
            tail = kind + tail
    heads = _parallel(heads)
    if (share := next(filter(tail.endswith, _SHARES), "")) and _amount(heads[0]) == _amount(last.removesuffix(share)):
        heads = [head if head.endswith(share) else head + share for head in heads]  # 存货量、进货量占比
    bare = not owner_of(last)
    scope = 0 if is_complete(heads[0]) else w.SHARED_SCOPE.at_start(heads[0])
    # Where the first says by itself what is measured, so do the others.
    suffix = "" if bare or is_complete(heads[0]) else tail or _shared_head(last) or _built_alike(heads)
    owner = owner_of(heads[0]) or ("" if attribute_of(heads[0]) else heads[0])
    if len(owner) > len(end := next(filter(owner.endswith, _COUNTED_IN), "")):
        owner = owner.removesuffix(end)  # 门诊人次、费用
    if received := _RECEIVED.search(owner):
        owner = owner[: received.start()]  # 景区接待游客人次、经营收入
    if owner == heads[0] and owner.endswith(_MUCH):
        owner = ""  # 发货箱量、货值: so much of something owns nothing
    if heads[0].endswith("率") and len(owner) <= _VERB_LENGTH:
        owner = ""  # 办结率、满意率: a verb
    prefix = heads[0][: scope or w.SHARED_MODIFIER.at_start(heads[0])]
    if not prefix and tail and (quoted := _QUOTED.match(heads[0])) and all(map(_is_short_rate, heads[1:])):
        prefix = quoted[0]  # “三类”警情数、立案数
    # 原煤产量、天然气产量、发电量: where each names its own thing, so does a name that can stand alone.
    alone = _OWN_NAMES if any(map(owner_of, heads[1:])) else ()
    done: list[str] = []
    for index, head in enumerate(heads):
        named = is_complete(head) or head.endswith(suffix) or (suffix in _COUNTED_THINGS and _INSTITUTION.search(head))
        if index < len(heads) - 1 and suffix and not named:
            # 户厕、垃圾设施覆盖率和污水治理率: the property of the next that has one
            nearest = next((one for one in heads[index + 1 : -1] if is_complete(one)), "")
            head = head.removesuffix(suffix[:-1]) + (attribute_of(nearest) or suffix)
        elif 0 < index < len(heads) - 1 and tail.endswith("率") and not (is_complete(head) or owner_of(head) != head):
            head = head + last[-_RATE:]  # 厕所普及率、生活垃圾和污水治理率
        elif index and owner and owner != head and not (owner_of(head) or head in alone or _built_like(head, heads[0])):
            head = owner + head
        own = prefix[:1] == "每" and _INSTITUTION.search(owner_of(head))  # 每万人口专利数、科技企业数: no such firms
        done_first = event_at_start(head)
        alone_too = is_complete(head) and done_first in w.COMPLETE_EVENT  # 贷款余额
        opens = prefix[:1] == "“" or not done_first or alone_too
        if index and prefix and opens and not (own or head.startswith(prefix)):
            head = prefix + head
        done.append(head)
    return done


def _examples(heads: list[str]) -> list[str]:
    """Members each told alone, of which the last names what they are: 食品、石化等产业增加值; 营业收入、利润等主要指标."""
    last = _SUCH_AS.fullmatch(heads[-1])
    if not last:
        return heads
    if all(map(is_complete, (*heads[:-1], last["one"]))):
        return [*heads[:-1], last["one"]]
    if any(map(is_complete, (*heads[:-1], last["one"]))):
        return heads
    return [one + last["kind"] for one in (*heads[:-1], last["one"])]


def _of_class(heads: list[str]) -> list[str]:
    """Members that end in the word for a class of which the last is one too: 市级、县级财政收入; 一、二、三产业产值; 甲县、乙县产值."""
    last = heads[-1]
    sector = _SECTOR.match(last)
    if sector and all(head.removeprefix("第") in _NUMERALS for head in heads[:-1]):
        return [f"第{head.removeprefix('第')[0]}产业{last[sector.end() :]}" for head in heads]
    place = _AREA.match(last)
    if place and all(_AREA.fullmatch(head) for head in heads[:-1]):
        return [*(head + last[place.end() :] for head in heads[:-1]), last]
    aged = _AGED.match(last)
    if aged and all(_AGED.fullmatch(head) for head in heads[:-1]):
        return [*(head + last[aged.end() :] for head in heads[:-1]), last]  # 0—14岁、60岁及以上人口
    size = len(heads[0])
    if size in _NAMED_SHORT and last[size:] in _OF_EACH and all(len(head) == size for head in heads[:-1]):
        return [head[:size] + last[size:] for head in (*heads[:-1], last)]  # 甲海、乙山地区生产总值
    for length in range(min(_LONGEST_CLASS, len(heads[0]) - 1), 1, -1):
        # 高技术制造业、装备制造业采购经理指数
        at = last.find(heads[0][-length:], 1)
        if at > 0 and len(last) > at + length + 1 and all(head.endswith(heads[0][-length:]) for head in heads[:-1]):
            return [*(head + last[at + length :] for head in heads[:-1]), last]
    mark = heads[0][-1]
    at = last.find(mark, 1)
    if mark not in _CLASSES or not 0 < at < _NEAR or not all(head.endswith(mark) for head in heads[:-1]):
        return heads
    return [*(head + last[at + 1 :] for head in heads[:-1]), last]


def _built_like(head: str, first: str) -> bool:
    """Whether both end in the same property with something before it: 项目总量、投资总量."""
    attribute = attribute_of(first)
    return len(first) > len(attribute) and any(
        head != end and head.endswith(end) and first.endswith(end) for end in _AMOUNTS
    )


def _is_short_rate(head: str) -> bool:
    """Whether a member is a property and little more, so that a qualifier in quotes before the first holds for it."""
    return len(head) <= _SHORT and bool(attribute_of(head))


def _amount(head: str) -> str:
    """The last character of the amount that a name ends with (发电量 → 量), or the name where it ends with none."""
    return head[-1:] if attribute_of(head) and not head.endswith("率") else head


def crossed(heads: Sequence[str]) -> list[list[str]]:
    """Several things with several rates of each, as the names for each rate; empty if it is no such coordination.

    来信和来访办结率、满意率 → [来信办结率, 来访办结率], [来信满意率, 来访满意率].
    """
    first = next((index for index, head in enumerate(heads) if _is_rate(head)), 0)
    rates = heads[first:]
    if not first or len(rates) < 2 or not all(_is_rate(rate) and len(rate) == _RATE for rate in rates[1:]):
        return []
    last, rate = rates[0][:-_RATE], rates[0][-_RATE:]
    return [[thing + each for thing in (*heads[:first], last)] for each in (rate, *rates[1:])] if last else []


def _is_rate(head: str) -> bool:
    return head.endswith("率") and len(head) >= _RATE


def with_event(heads: list[str]) -> list[str]:
    """Members of a coordination with the event that stands before the first of them (新建学校、医院)."""
    event = event_at_start(heads[0])
    if not event or event == heads[0] or any(event_at_start(head) or event_at_end(head) for head in heads[1:]):
        return heads
    return [heads[0], *(event + head for head in heads[1:])]


def is_complete(head: str) -> bool:
    """Whether a member of a coordination says by itself what is measured."""
    return bool(attribute_of(head)) or head.endswith(_COMPLETE) or bool(_VISITORS.match(head))


def _parallel(heads: list[str]) -> list[str]:
    """Complete heads that differ in one of two words made for each other: 城镇、农村居民收入, 本外币存、贷款余额."""
    last = heads[-1]
    other = next((b for group in w.PARALLEL for b in group if last.startswith(b)), "")
    if not other:
        return heads
    group = next(group for group in w.PARALLEL if other in group)
    done, before = [], ""
    for head in heads[:-1]:
        mine = next((a for a in group if a != other and head.endswith(a)), "")
        before = before or (head.removesuffix(mine) if mine else "")
        done.append(head + last[len(other) :] if mine else head)
    return [*done, before + last]


def _built_alike(heads: list[str]) -> str:
    """What the last member has over one that is built like it: 涉诈、涉毒警情."""
    one, last = heads[-2], heads[-1]
    alike = 2 <= len(one) < len(last) - 1 and one[0] == last[0]
    return last[len(one) :] if alike and not event_at_start(last) else ""


def _shared_head(phrase: str) -> str:
    match = _SHARED.search(phrase)
    return match[1] if match and match.start() > 0 else ""
