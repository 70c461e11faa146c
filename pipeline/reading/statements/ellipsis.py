"""Heads that are left out, in part or altogether: that of the quantity before holds, or an earlier clause names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.changes import without_barrier
from pipeline.reading.statements.coordination import distribute, is_complete, split_list
from pipeline.reading.statements.head import Head, Memory, is_count, is_ratio, last_clause
from pipeline.reading.statements.measure import Comparison, set_against
from pipeline.reading.statements.phrase import (
    Tail,
    attribute_of,
    clean,
    event_at_end,
    event_at_start,
    is_event,
    owner_of,
    strip_lead,
    strip_tail,
)
from pipeline.reading.statements.slots import Slot

_WORDS = vocabulary("constructions")["left_out"]
_PARTS = vocabulary("constructions")["parts"]
# 分季度看,一季度下降6%: the side from which it is told is no name.
_SEEN = re.compile(rf"(?:^|[,;:])[分按从就][^,;:]{{0,10}}{any_of(_WORDS['seen'])}[,:]?$")
_STATED = re.compile(rf"^(.{{2,24}}?){any_of(_WORDS['stated'])}")
_CLAUSES = re.compile("[,;:]")
_SIDE = re.compile(rf"(?:^|[,;:])([^,;:、]{{2,12}}?){any_of(_WORDS['fields'])}?方面,")
_TOPIC = re.compile(rf"^([^,、]{{2,12}}?{any_of(_WORDS['owners'])}){any_of(_WORDS['owners_before'])}")
# The thing that an item of a list of projects is about, before its colon.
_ITEM = re.compile(r"(?:^|[。;\n.])([^,;:。、.\d\n]{3,20}):$")
_NO_ITEM: tuple[str, ...] = tuple(_WORDS["no_items"])
_BASIS = re.compile(rf"{any_of(_WORDS['bases'])}.*$")
_NO_OWNER = frozenset({"", *_WORDS["no_owner"]})
_RATES: frozenset[str] = frozenset(vocabulary("constructions")["changes"]["rates"])
_SHARES: tuple[str, ...] = tuple(_WORDS["shares"])
_PLACES_TO_HAVE: tuple[str, ...] = tuple(_WORDS["places_to_have"])
_OWN_NAMES: frozenset[str] = frozenset(_WORDS["own_names"])
_OF_WHOLE: frozenset[str] = frozenset(_WORDS["of_whole"])
_OWN_EVENT: tuple[str, ...] = tuple(_WORDS["own_event"])
_RECEIVED: frozenset[str] = frozenset(_WORDS["received"])
_BROUGHT: tuple[str, ...] = tuple(vocabulary("constructions")["names"]["brought"])
_EVENT_NOUN = re.compile(rf"^(.+?)(新?..)({any_of(_WORDS['event_nouns'])})$")
_PAIRED: list[list[str]] = _WORDS["paired"]
# 全国示范县2个、单位3个: a title and the kind of those that bear it.
_TITLED = re.compile(rf"^(.{{2,}}{any_of(_WORDS['titles'])}).{{1,4}}$")
_KINDS: frozenset[str] = frozenset(_WORDS["titled"])
_IN_PLACE: tuple[str, ...] = tuple(_WORDS["in_place"])
_YEARLY = ("年度", "当年")
_NEW = re.compile(rf"再|{any_unless(_WORDS['new'])}")
_POOL = re.compile(r"^(.{2,}?中)(?:完成|实现)?.{2,}$")
_ADDED = re.compile(rf"^(?:累计)?{any_of(vocabulary('constructions')['changes']['added'])}")
_ADDED_INSIDE = re.compile(rf"^.{{0,12}}?{any_of(vocabulary('constructions')['changes']['added'])}(?=..)")
_INDUSTRY_ADDED = re.compile(
    rf"[^“”的]{{2,8}}{vocabulary('constructions')['names']['industry']}(?={any_of(vocabulary('constructions')['changes']['added'])})"
)
# 推出30项成果,其中6项|为全国首创: what some of them are.
_SOME_ARE = re.compile(rf"{any_of(_WORDS['being'])}([^,;:。]{{0,6}}{any_of(_WORDS['done_to'])})")
_TO_TOTAL = re.compile(rf"{any_of(_WORDS['to_total'])}|^[、,]?{any_of(_WORDS['reached'])}$")
# What was added, by any verb with 新 (新认定).
_ADDED_AT_END = re.compile(rf"(?<=..)(?:{any_of(_WORDS['added_at_end'])}|新{any_of(_WORDS['newly'])})$")
_NEWLY = re.compile(rf"{_ADDED.pattern}|^(?:累计)?新{any_of(_WORDS['newly'])}")
# 产量大幅增长
_TOLD = re.compile(rf"^([^,;:]{{4,24}}?){any_of(_WORDS['told'])}{any_of(_WORDS['rises'])}$")
# 主要产品产量:水泥90万吨,发电量9亿千瓦时: of each item.
_LISTED = filtered(rf"[^,;:。\d]{{2,16}}?({any_of(_WORDS['listed'])}):")
_ITEMS_TOLD: frozenset[str] = frozenset(_WORDS["listed"])
_FUNDS: tuple[str, ...] = tuple(vocabulary("constructions")["money"]["kinds"])
_AMONG = re.compile("[,;、]?其中[,:]?")
_AMONG_TOLD = ("其中:", "其中,", "其中")
_NUMBERS: tuple[str, ...] = tuple(_WORDS["numbers"])
_PRODUCT = "生产总值"
# The word for a kind at the end of a name (产业, 企业), in characters.
_KIND = 2
# 采矿业增加值增长9%,制造业增长8%
_VALUE_ADDED, _BRANCHES = "增加值", tuple(_WORDS["branches"])
_WHOLES: tuple[str, ...] = tuple(_WORDS["wholes"])
_REACHED: tuple[str, ...] = tuple(_WORDS["reached_by"])
_SO_FAR = "累计"
_SUPPORTED: tuple[str, ...] = tuple(_WORDS["supported_by"])
# 心理关爱项目惠及|9万儿童: who reached them stands with the verb.
_DOER = re.compile(
    rf"[,;、]?([^,;:、]{{4,}}?{any_of(_WORDS['reaching'])}){any_of(_WORDS['so_far'])}?{any_of(_WORDS['reached_by'])}"
)
_CONTRIBUTION: tuple[str, ...] = tuple(_WORDS["contributions"])
_AREAS: tuple[str, ...] = tuple(vocabulary("constructions")["parts"]["areas"])
_WORK_TOLD = re.compile(rf"{any_of(_WORDS['work_verbs'])}([^,;:]{{4,16}})$")
_PROGRAMME = re.compile(rf"{any_of(_WORDS['work_verbs'])}([^,;:、]{{2,16}}{any_of(_WORDS['programmes'])})$")
_SPREAD = re.compile(rf"{any_of(_WORDS['spreads'])}([^,;:、]{{3,14}})$")
_TASK = re.compile(rf"{any_of(_WORDS['work_nouns'])}$")
_HEADED = re.compile(rf"([^,;:、。\d的“”]{{2,10}}?){any_of(_WORDS['headed'])}[^,;:、。\d]{{0,8}}")
_SEVERAL = re.compile("[、等和与及]")
_BRANCH = re.compile(rf"([^,;:、。的]{{2,10}}?{any_of(_WORDS['topics'])})(?!{any_of(_WORDS['not_topic'])})")
# How far back, in characters and in sentences, the owner of a bare property may stand; the longest name of a programme.
_BACK = 200
_SENTENCES = 2
_LONGEST_PROGRAMME = 20
# 审批制度改革, 登记流程: what a step is part of; a step and its time, in characters.
_SYSTEMS: frozenset[str] = frozenset(_WORDS["systems"])
_WORK_VERBS = re.compile(rf"^.*?{any_of([*_WORDS['work_verbs'], *_WORDS['reform_verbs']])}")
_LONGEST_STEP = 6
_PRODUCED = "生产"
# The longest bare noun that carries on an event across a comma, in characters.
_SHORT_NOUN = 6


def _alike(names: Sequence[str]) -> bool:
    """Whether the same is told of each: 甲户收入90元、乙户收入60元,实际增长8%和6%."""
    attributes = {attribute_of(name) for name in names}
    return len(names) == 2 and len(attributes) == 1 and "" not in attributes


def left_out(
    tail: Tail, run: list[Slot], memory: Memory, span: tuple[int, int], versus: Comparison | None, body: str
) -> Head:
    """The head is left out: it is that of the quantity before, or stands in the clause before."""
    if memory.in_turn:
        # A、B分别增长3%、下降5%
        return Head(memory.in_turn[:1], tail, "ellipsis", memory.spans, versus, how="in-turn")
    told = "" if _SEEN.search(run[0].context) else last_clause(run[0].context)
    if "相" in told and set_against(told + ","):
        told = ""  # 与报告的执行数相比,增加9万元
    context = clean(strip_lead(strip_tail(_BASIS.sub("", told)).text))
    if (memory.carried or not memory.heads or ";" in run[0].context) and context:
        name = without_barrier(owner_of(context) + attribute_of(context) if attribute_of(context) else context)
        if (stated := _STATED.match(name)) and is_complete(stated[1]):
            name = clean(stated[1])  # 产业结构进一步优化,调整为…
        return Head([name], tail, "context", span, versus, each=tail.each, how="clause")
    stated = _STATED.match(strip_lead(last_clause(run[0].context))) if run[0].link == "clause" else None
    if stated and is_complete(stated[1]):
        return Head([clean(stated[1])], tail, "context", span, versus, how="stated")
    in_order = tail.respectively or (tail.change and _alike(memory.recent[-len(run) :]))
    if in_order and 1 < len(run) <= len(memory.recent) and len(memory.heads) < len(run):
        # 产值90亿元、增加值30亿元,分别增长8%和6%: the quantities before, in their order.
        names = memory.recent[-len(run) :]
        if _TO_TOTAL.search(run[0].lead):
            names = [_not_added(name) for name in names]  # 甲、乙分别新增4部、10部,累计分别达到22部、31部
        return Head(names, tail, "ellipsis", memory.spans, versus, how="in-order")
    if memory.heads and _TO_TOTAL.search(run[0].lead):
        # 新增车位100个、累计达2000个: the total is no amount added.
        names = [_not_added(head) for head in memory.heads]
        return Head(names, tail, "ellipsis", memory.spans, versus, each=tail.each, how="total")
    if memory.heads:
        how = "carried" if memory.carried else run[0].link
        names = list(memory.heads)
        if len(names) == 1 and _AMONG.fullmatch(run[-1].lead) and (are := _SOME_ARE.fullmatch(run[-1].trail)):
            told = names[0].removeprefix("累计")
            names = [are[1] + told.removeprefix(event_at_start(told))]
        return Head(names, tail, "ellipsis", memory.spans, versus, each=tail.each, event=memory.event, how=how)
    name = clean(body) or clean(run[-1].trail) or clean(run[0].lead) or context
    return Head([name], tail, "fallback", span, versus)


def _not_added(name: str) -> str:
    """A name without the event by which more of the thing came (新增车位, 法规新增)."""
    return _ADDED_AT_END.sub("", _NEWLY.sub("", name)) or name


def lacks_thing(event: str, slot: Slot, memory: Memory, tail: Tail) -> bool:
    """Whether an event alone is one of the thing that was counted before."""
    if not memory.heads or memory.carried or tail.reached or event in w.COMPLETE_EVENT:
        return False
    if event in _RECEIVED and slot.link in ("list", "clause"):
        return True
    if is_count(slot.numeral.unit) and is_count(memory.unit):
        return True
    # 新建道路9公里、改造3公里、累计通车90公里: what is built, worked on or done to date is measured in the same unit.
    built = (event in w.BUILD or event.startswith("累计")) and bool(event_at_start(memory.heads[-1]))
    if _ADDED.fullmatch(event) and slot.numeral.unit.endswith("元") and memory.unit.endswith("元"):
        return True  # 贷款余额90亿元,新增2亿元
    # 灌溉面积90万亩,新增2万亩
    return (built or bool(_ADDED.fullmatch(event))) and measured_alike(slot.numeral.unit, memory.unit)


def measured_alike(unit: str, other: str, money: bool = False) -> bool:
    """Whether two units, of money only where it is said, are the same but for their multipliers, and no ratios."""
    same = unit.lstrip("万千百亿") == other.lstrip("万千百亿")
    return same and (money or not unit.endswith("元")) and not is_ratio(unit)


def of_thing_before(event: str, before: str) -> str:
    """An event without a thing is one of the thing before: 取消审批20项、下放5项; 新引进项目中完成供地9个、开工3个."""
    pool = _POOL.match(before)
    if pool:
        return pool[1] + event
    last = event_at_end(before)
    if last and last != before:
        return before.removesuffix(last) + event
    first = event_at_start(before)
    if _ADDED.fullmatch(event):
        if not first and (added := _ADDED_INSIDE.search(before)):
            return event + before[added.end() :]  # 全县10月份新增企业4家,累计新增90家
        return event + before.removeprefix(first)  # 企业达到90家、净增8家
    if first and event not in _RECEIVED:
        return event + before.removeprefix(first)
    inside = _EVENT_NOUN.match(before)
    if inside and event_at_start(inside[2]) == inside[2]:
        return inside[1] + event + inside[3]
    return before + event


def continues(slot: Slot, name: str, tail: Tail) -> bool:
    """Whether a bare noun carries on the event of the item before: 新增省名牌产品4个,著名商标2件."""
    lead = slot.lead.removeprefix("其中").lstrip(",:")
    if tail.reached or tail.change or tail.time or clean(lead) != name or _NEW.match(name):
        return False
    numeral = slot.numeral
    modified = numeral.phrase_start < numeral.start
    if name.startswith(_BROUGHT):
        return False  # 发展合作社90个,带动农户6户
    if is_ratio(numeral.unit) or (modified and numeral.bound not in ("about", "nearly")):
        return False
    if slot.link == "list":
        return not name.endswith(_OWN_EVENT)
    plain = not modified and is_count(numeral.unit) and len(name) <= _SHORT_NOUN
    # Across a comma only a plain noun carries on, not one with a property, a verb or a modifier of its own.
    return plain and not slot.context.strip(",;") and not attribute_of(name) and w.EVENT.first(name, 1) is None


@lru_cache(maxsize=1 << 14)
def is_bare(name: str, lead: str) -> bool:
    """Whether the name is a property without an owner; `lead` is what it was taken from."""
    if name in _OWN_NAMES or (name.endswith(_PLACES_TO_HAVE) and clean(lead) != name):
        return False
    if name in w.ATTRIBUTE:
        return True
    return bool(attribute_of(name)) and owner_of(name) in _NO_OWNER


def shares_owner(name: str, before: str) -> bool:
    """Whether a short property speaks of the thing before: 运营线路14条、运营里程580公里."""
    owner = owner_of(name)
    return (
        len(name) <= 4
        and not name.endswith(_PLACES_TO_HAVE)
        and len(owner) == 2
        and attribute_of(name) != ""
        and not before.startswith(owner)
        and owner in before
    )


# 支出完成9亿元, 收入总计9亿元: of which budget stands before.
_BARE_FLOW = re.compile(rf"((?:总|本级)?(?:收入|支出)(?:总计|合计)?)(?:{any_of(_PARTS['done'])}|安排|预算)?")
_FUND = re.compile(any_of(_PARTS["funds"]))
_LONGEST_HEADING = 30


def owner_stated(context: str) -> str:
    """Whose property comes next, where the clause before speaks of it (林果业后劲日益充足 → 林果业)."""
    if context.endswith(":") and (item := _ITEM.search(context)) and not item[1].endswith(_NO_ITEM):
        return clean(strip_lead(item[1]))  # 1.县医院新院区:占地90亩
    if side := _SIDE.search(context):
        return clean(strip_lead(side[1]))
    if spread := _SPREAD.search(last_clause(context.rstrip(",:"))):
        return clean(spread[1])  # 推广普通话,普及率提高至90%
    topic = _TOPIC.match(strip_lead(last_clause(context).rpartition("等")[2]))
    return clean(strip_tail(topic[1]).text) if topic else ""


def contributor(name: str, context: str, memory: Memory) -> str:
    """Who contributes, where the name only tells to what (服务业加快发展,对经济增长的贡献率达到60%), or nothing."""
    if not name.startswith("对") or not name.endswith(_CONTRIBUTION):
        return ""
    if memory.heads and not memory.carried:
        before = memory.heads[-1]
        return owner_of(before.partition("占")[0]) if attribute_of(before) or "占" in before else ""
    return owner_stated(context)


def fund_told(name: str, memory: Memory) -> str:
    """The revenue or spending of the budget that the paragraph, or the heading above it, is about, or nothing.

    政府性基金预算收入完成9亿元。支出完成8亿元; (三)国有资本经营预算 with 收入9亿元 below it.
    """
    flow = _BARE_FLOW.fullmatch(name)
    if not flow:
        return ""
    begin = memory.text.rfind("\n", 0, memory.start) + 1
    told = memory.text[max(begin, memory.start - _BACK) : memory.start]
    if not told.strip():
        told = memory.text[memory.text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin]
        told = told if len(told) <= _LONGEST_HEADING else ""
    funds = _FUND.findall(told)
    return f"{funds[-1]}{flow[1]}" if funds else ""


def side_told(memory: Memory, stop: int) -> str:
    """The field that X方面 names in the sentence before `stop` (公路方面,新开工2个项目 → 公路), or nothing."""
    if "方面," not in memory.text[memory.start : stop]:
        return ""
    sides = _SIDE.findall(memory.text[memory.start : stop])
    return clean(strip_lead(sides[-1])) if sides else ""


def programme_told(context: str) -> str:
    """The programme that the clause before names (实施电网升级行动,完成投资9亿元), or nothing."""
    programme = _PROGRAMME.search(last_clause(context.rstrip(",:")))
    return clean(programme[1]) if programme else ""


def topic_told(memory: Memory) -> str:
    """The branch with which one of the last sentences of the paragraph begins (石化产业…。产值突破9亿元), or nothing."""
    begin = max(memory.text.rfind("\n", 0, memory.start) + 1, memory.start - _BACK)
    told = [part for part in memory.text[begin : memory.start].split("。")[-_SENTENCES - 1 :] if part.strip()]
    if told and (headed := _HEADED.fullmatch(told[-1].strip())):
        return clean(strip_lead(headed[1]))  # 经营主体持续壮大。总量达90万户
    for sentence in reversed(told):
        if topic := _BRANCH.match(sentence.strip()):
            return clean(strip_lead(topic[1]))
    return ""


def of_work(name: str, slot: Slot, memory: Memory) -> str:
    """A bare event with the work that the clause before names (推进生态搬迁,完成安置9万人)."""
    if slot.link not in ("none", "clause") or not slot.context or (memory.heads and not memory.carried):
        return name
    event = _TASK.sub("", name)
    work = _WORK_TOLD.search(last_clause(slot.context.rstrip(",:"))) if is_event(event) else None
    return joined(clean(work[1]), name) if work and work[1].endswith(event) and work[1] != event else name


def reached_by(name: str, slot: Slot, memory: Memory) -> str:
    """What reaches people, with the programme or the work that the clause before names (实施补贴政策,惠及9万人)."""
    if name.startswith(_SUPPORTED) and len(name) <= _SHORT_NOUN and slot.link in ("none", "clause"):
        to_date = _SO_FAR if slot.lead.startswith(_SO_FAR) and not name.startswith(_SO_FAR) else ""
        programme = programme_told(slot.context)  # 实施研发扶持计划,累计支持企业90家
        return programme + to_date + name if programme else name
    if not name.startswith(_REACHED) or slot.link not in ("none", "clause", "list"):
        return name
    doer = _DOER.fullmatch(slot.lead)
    if doer and clean(doer[1]):
        return name
    part, _, rest = slot.lead.rpartition("、")
    told = part if part and rest.startswith(_REACHED) else last_clause(slot.context)  # 实施补贴政策、惠及9万人
    stated = clean(strip_lead(told))
    if not stated and memory.heads and not (memory.carried or memory.listed):
        stated = memory.heads[-1]
    return name if len(stated) > _LONGEST_PROGRAMME or _SEVERAL.search(stated) else stated + name


def system_told(name: str, context: str) -> str:
    """Whose procedure the clause before reforms (改革商事登记制度,登记时间… → 商事), or nothing."""
    if len(name) > _LONGEST_STEP:
        return ""
    clause = last_clause(context.rstrip(",:"))
    at = clause.rfind(name[:_KIND])
    if at < _KIND or clause[at + _KIND :] not in _SYSTEMS:
        return ""
    owner = clean(strip_lead(_WORK_VERBS.sub("", clause[:at])))
    return owner if len(owner) >= _KIND and not _SEVERAL.search(owner) else ""


def thing_stated(context: str) -> str:
    """What an earlier clause says something of without a value (粮食产量再创新高,连续9年居首,增量…), or nothing."""
    for clause in reversed(_CLAUSES.split(context)):
        stated = _STATED.match(strip_lead(clause))
        if stated and stated[1].endswith(_PRODUCED) and len(stated[1]) > _KIND + 1:
            return stated[1].removesuffix(_PRODUCED)  # 粮食生产再获丰收,总产90万吨
        if stated and is_complete(stated[1]):
            parts = split_list(stated[1])
            if len(parts) > 1 and all(map(attribute_of, parts)):
                return owner_of(parts[0]) or clean(stated[1])  # 粮食面积、单产实现增长,总产90万吨
            return clean(stated[1])
    return ""


def money_in_place(before: str, name: str) -> bool:
    """Whether the quantity before is money by what it did (到位资金), and this rate is not that of the money."""
    return owner_of(before) in _IN_PLACE and name.removesuffix("率") not in _IN_PLACE


def subject_stated(context: str) -> str:
    """What the clause before says something of without a value, whatever it is (规上企业保持增长), or nothing."""
    stated = _STATED.match(strip_lead(last_clause(context)))
    name = clean(stated[1]) if stated else ""
    return "" if len(name) <= _KIND or event_at_start(name) else name


def of_owner_before(name: str, before: str, alike: bool = False) -> str:
    """A property, with the owner of what the quantity before states; `alike`: in units that are."""
    of_sum = name[:1] == "总" and len(name) > _KIND and (before.endswith(name[1:]) or alike)
    if name in _OF_WHOLE or of_sum or name == "总" + attribute_of(before):
        # 净增企业20家、总量达90家; 新增里程30公里,总里程达500公里; 新植果园3万亩,总面积达60万亩
        before = (_NEWLY if name.startswith("总") else _ADDED).sub("", before) or before
    if attribute_of(name) and (industry := _INDUSTRY_ADDED.match(before)):
        return joined(industry[0], name)  # 软件产业新增企业9家,营收规模超9亿元
    if before.endswith(_SHARES) and not name.endswith(_SHARES):
        # 装机占比达60%、规模翻一番; 产值占全国30%,品牌价值90亿元
        before = before.partition("占全")[0] if "占全" in before else owner_of(before)
    of_before = name in _OF_WHOLE or name in _RATES or not attribute_of(before)
    owner = before.removesuffix(name) if of_before else owner_of(before)
    if owner in _IN_PLACE and name.startswith(attribute_of(before)):
        return name  # 到位资金90亿元,资金到位率60%
    if name.startswith(_YEARLY) and owner.startswith("累计"):
        owner = owner.removeprefix(event_at_start(owner))  # 累计实施项目90个,年度投资…
    return joined(owner, name)


def of_kinds_told(name: str, slot: Slot, tail: Tail, memory: Memory) -> list[str]:
    """Names with the property that a statement without a value tells of the whole, or nothing.

    电子产品产量大幅增长,芯片增长9%,电池增长8%.
    """
    goes_on = memory.rule == "property-told" and not memory.carried and slot.link == "clause"
    reached = goes_on and not tail.change and not is_ratio(slot.numeral.unit)  # …,汽车超过90万辆
    if (tail.change <= 0 and not reached) or is_complete(name) or event_at_start(name) or "占" in name:
        return []
    told = _TOLD.match(strip_lead(last_clause(slot.context)))
    property_ = attribute_of(told[1] if told else memory.heads[-1] if goes_on else "")
    if not property_ or property_.endswith(_NUMBERS) or (told and name in told[1]):
        return []
    return [part + property_ for part in distribute(split_list(name))]


def of_list(name: str, memory: Memory, unit: str) -> str:
    """An item of a list with the property told of all of them before the colon; one with its own stays, or nothing."""
    if is_ratio(unit) or event_at_start(name):
        return ""
    listed = _LISTED.match(memory.text, memory.start)
    if not listed:
        return ""
    return name if is_complete(name) else name + listed[1]


def share_in(name: str, before: str, slot: Slot) -> str:
    """A share with the whole that the quantity before names: 引进项目90个,其中工业项目占比60%."""
    share = next(filter(name.endswith, _SHARES), "")
    if not share or name in _OWN_NAMES or len(name) < len(share) + _KIND or slot.link == "value":
        return ""
    if not _AMONG.match(slot.lead) and not (slot.link == "list" and before.endswith(_WHOLES)):
        return ""
    return "" if before.endswith(_SHARES) or "占" in name.removesuffix(share) else f"{before}中{name}"


def of_kind_before(name: str, before: str, slot: Slot, memory: Memory) -> list[str]:
    """Names with the property that the quantity before states of a like thing, or of the whole; empty if there is none.

    汽车保有量90万辆,其中新能源汽车8万辆; 有色金属产业产值9亿元,轻工、建材产业6亿元: one name for each.
    What 其中 begins goes on: 保费收入9亿元,其中财产险3亿元,人身险6亿元.
    """
    property_ = attribute_of(before)
    if not property_ or property_.endswith(_NUMBERS) or slot.numeral.rank or is_complete(name) or name in _OWN_NAMES:
        return []
    if name.endswith(_FUNDS) and property_.endswith("资金"):
        return []
    mine = slot.numeral.unit
    alike = any(
        mine == unit or (mine.endswith("元") and unit.endswith("元")) for unit in (memory.unit, memory.level_unit)
    )
    if not alike or event_at_start(name) or "占" in name:
        return []
    goes_on = memory.whole and slot.link == "clause" and slot.lead.startswith(name)
    if (
        _AMONG.match(slot.lead)
        or slot.context.endswith(_AMONG_TOLD)
        or (goes_on and attribute_of(memory.whole[-1]) == property_)
    ):
        if before.endswith(_PRODUCT) and name.endswith(_BRANCHES):
            return [name + _VALUE_ADDED]  # 地区生产总值增长9%,其中第一产业增长3%
        event = next((flow for flow in _FLOWS if owner_of(before).endswith(flow)), "") or event_at_end(owner_of(before))
        return [name + event + property_]  # 商品房销售面积9万平方米,其中住宅7万平方米
    grew = slot.link == "list" and mine == "%" == memory.unit and memory.measure == "growth" and property_ in _GROWN
    if grew and not name.endswith(_NOT_GROWN) and strip_tail(slot.lead).change:
        return [part + property_ for part in distribute(split_list(name))]  # 汽车产量增长9%、船舶增长6%
    if slot.link == "list" and property_ in _ITEMS_TOLD and mine == memory.unit and slot.lead == name:
        return [name + property_]  # 原盐产量300万吨、纯碱360万吨
    owner = owner_of(before)
    if mine == "%" and property_ == _VALUE_ADDED and slot.link == "clause" and owner.endswith(_BRANCHES):
        return [name + property_] if name.endswith(_BRANCHES) else []
    firms = mine == "%" and property_ == _VALUE_ADDED and owner.endswith(_FIRMS) and name.endswith(_FIRMS)
    if firms and slot.link == "clause" and _BY_TYPE in memory.text[memory.start : slot.lead_start]:
        return [name + property_]  # 分经济类型看,国有企业增加值增长3%,股份制企业增长5%
    # Only money: 工业企业利润增长8%,高新技术企业增长9% tells of their number.
    if mine.endswith("元") and slot.link == "clause" and len(owner) > _KIND and owner[-_KIND:] == name[-_KIND:] != name:
        return [part + property_ for part in distribute(split_list(name))]
    return []


def of_sibling(name: str, before: str, slot: Slot, tail: Tail, memory: Memory) -> str:
    """A part with the share that the quantity before tells of another: 东部人口比重上升2个百分点,中部下降1个; nothing else."""
    share = next((word for word in _SHARES if name.endswith(word)), "")
    other = name.removesuffix(share)
    if slot.link not in ("clause", "list", "value") or not 2 <= len(other) <= _LONGEST_SIBLING or attribute_of(other):
        return ""
    alike = memory.unit == slot.numeral.unit
    if not alike or not before.endswith(_SHARES) or not (share or (tail.change and "百分点" in memory.unit)):
        return ""
    first, rest = before[: len(other)], before[len(other) :]
    kin = first[-1:] == other[-1:] and first != other and not other.startswith(first[:1])
    return other + rest if kin and len(rest) > len(share) and not _OF_OTHER.search(rest) else ""


_LONGEST_SIBLING = 6
# A share with what it is of: 占生产总值比重.
_OF_OTHER = re.compile("占(?!比)")
_GROWN: frozenset[str] = frozenset(_WORDS["grown"])
_NOT_GROWN: tuple[str, ...] = tuple(_WORDS["not_grown"])
# 进出口总值增长9%,其中对甲国增长8%: both ways.
_FLOWS = ("进出口",)
_FIRMS, _BY_TYPE = ("企业", "公司"), "类型看,"


def of_kind_seen(name: str, slot: Slot, memory: Memory) -> str:
    """A branch with the property that the sentence before tells of all of them (工业增加值增长7%。分门类看,采矿业下降5%), or nothing."""
    goes_on = memory.rule == "property-seen" and not memory.carried and slot.link == "clause" and not is_complete(name)
    opens = memory.carried and _SEEN.search(slot.context.rstrip(",:"))
    property_ = attribute_of(memory.heads[-1]) if memory.heads and (opens or goes_on) else ""
    if property_ != _VALUE_ADDED or slot.numeral.unit != "%" or not name.endswith(_BRANCHES):
        return ""
    return name if name.endswith(property_) else name + property_


def paired(name: str, before: str) -> str:
    """The second of two nouns made for each other, with what stands before the first: 人大议案1件、建议9件."""
    for first, second in _PAIRED:
        if name.removesuffix("完成") == second and before.endswith(first):
            return before.removesuffix(first) + second
    titled = _TITLED.match(before) if name in _KINDS else None
    return titled[1] + name if titled else name


def prefixed(name: str, before: str) -> str:
    """A rate that shares its first word with the rate before shares what stands before it there as well."""
    if name.startswith(_AREAS):
        return name  # 常住人口城镇化率69%,城镇失业率5%
    at = before.find(name[:2], 1)
    return before[:at] + name if at > 1 and name.endswith("率") and before.endswith("率") else name


def joined(owner: str, name: str) -> str:
    """Owner and property, without saying twice what both say."""
    for length in range(min(len(owner), len(name)), 1, -1):
        if owner.endswith(name[:length]):
            return owner + name[length:]
    return owner + name
