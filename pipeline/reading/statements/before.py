"""Heads before the numeral: 生产总值增长8%, 新增企业50家."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.behind import is_aim, says_value, thing_behind
from pipeline.reading.statements.changes import (
    added_behind,
    change_inside,
    is_addition,
    is_done,
    of_the_rate,
    passed,
    without_barrier,
    without_comparison,
    without_from,
)
from pipeline.reading.statements.coordination import PLACE_END, is_complete, split_list
from pipeline.reading.statements.ellipsis import (
    continues,
    contributor,
    fund_told,
    is_bare,
    lacks_thing,
    left_out,
    measured_alike,
    of_kind_before,
    of_kind_seen,
    of_kinds_told,
    of_list,
    of_owner_before,
    of_sibling,
    of_thing_before,
    of_work,
    owner_stated,
    paired,
    prefixed,
    programme_told,
    reached_by,
    share_in,
    shares_owner,
    system_told,
    thing_stated,
    topic_told,
)
from pipeline.reading.statements.head import CIRCUMSTANCE, Head, Memory, is_count, is_ratio, last_clause
from pipeline.reading.statements.measure import Comparison, compare, is_less, money_changed
from pipeline.reading.statements.phrase import (
    Tail,
    attribute_of,
    clean,
    event_at_start,
    is_event,
    strip_lead,
    strip_tail,
)
from pipeline.reading.statements.purposes import with_purpose
from pipeline.reading.statements.shares import contribution, multiple_of, part_of_share, share_of_whole, share_taken
from pipeline.reading.statements.slots import Slot
from pipeline.unit_table import MULTIPLIER_WORDS

_WORDS = vocabulary("constructions")
_NAMES = _WORDS["names"]
_SMALL = vocabulary("function_words")
# 工作中力争按7%: nothing but how the work is done.
_STRETCH = re.compile(rf"^(?:实际)?{any_of(_WORDS['changes']['stretch'])}?中?按照?$")
_COMPLETED = rf"{_NAMES['completed']}(?!{any_of(_NAMES['completed_nouns'])})"
_RESPECTIVELY = re.compile(rf"^(.+?[、和与].+?)分别(?:{_COMPLETED}|{any_of(_NAMES['shared_verbs'])})?(.{{2,}})$")
# 引进甲公司、乙公司等超10亿元项目: examples are no part of the name.
_AND_OTHERS = r"(?<![高初中平同优均对何一])等(?![级候待于额边离同效])"
_EXAMPLES = re.compile(rf"^(?:[^等]+、[^等]+{_AND_OTHERS}(?=..)|[^等]+{_AND_OTHERS}(?=...))([^等]+)$")
_BUNDLE = re.compile(r"^[^等]{4,}等一[批系]列?([^等]{3,})$")
# 甲县无人机、乙县光伏配套、丙县配送等协作项目: projects by their names.
_PROJECTS = re.compile(
    rf"^(?=.{{12}})[^等]{{4,}}、[^等]{{4,}}{_AND_OTHERS}([^等、和及]{{2,}}{any_of(_NAMES['by_name'])})$"
)
_EXAMPLES_COUNTED = re.compile(r"^[^等]+等\d+[个项条家所座]([^等]{3,})$")
_INNER_EVENT = re.compile(
    rf"[^新建]{{2,12}}?({any_of(_NAMES['inner_events'])})(?!{any_of(_NAMES['inner_events_not_before'])}).{{2,}}"
)
_LEVEL = re.compile(rf"(?:[1-5][Aa]|{any_of(_NAMES['ranks_of_level'])})级")
# What the level takes the place of: 全市A级以上景区.
_OF_LEVEL = re.compile(
    rf"^(?:[全我][国省市区县州])?{any_of(_SMALL['having'])}?(?:(?:[1-5]?A|{any_of(_NAMES['ranks_of_level'])})级(?:以上|及以上)?)?"
)
# 产值超9亿元的有5家: a size and not a name; and the class told before.
_THOSE_THAT = filtered(
    rf"([^,;:、]*(?:{any_of(_NAMES['sizes_told'])}[\d.]+[^,;:、\d年]{{1,4}}|\d[^,;:、\d年]{{1,4}}以[上下]))的{any_of(_SMALL['amounting'])}?$"
)
_HOW_MANY = re.compile(r"\d+[个家种项所座镇村]")
_HOLDER = re.compile(rf"^(?:[全我][国省市区县州])?{any_of(_SMALL['having'])}?")
_CLASS_BEFORE = re.compile(r"(?:\d+[家个户条种项所座镇村只名])?(.{2,20})[中里]$")
# 其中10亿元以上9个, 其中产值超10亿元8家: nothing but a size; and what is of a size.
_SIZE = re.compile(
    r"(?:[^,;:、的\d]{0,6}?(?=[\d.十百千万亿])[\d.]*[十百千万亿]*[^,;:、的\d]{0,3}?及?以[上下]"
    rf"|[^,;:、的\d]{{0,6}}?{any_of(_NAMES['sizes_passed'])}(?=[\d.百千万亿])[\d.]*[十百千万亿]*美?元)"
)
_OF_SIZE = re.compile(rf"^(?:{_SIZE.pattern})的?")
# 新机制推动办结率提高到…: who made it so.
_CAUSED = re.compile(rf"[^,;:]{{2,}}{any_of(_NAMES['causes'])}([^,;:的]{{2,}})$")
_EACH_OF_THEM = re.compile(r"分别[^,;:分]{1,6}$")
_SEVERAL_DONE = re.compile(rf"^([^、]{{4,}}(?:、[^、]{{4,}})*)、({any_of(_NAMES['manners'])}[^、]{{4,}})$")
_OPENED = filtered(rf"(.{{2,}}?){any_of(_NAMES['opening_manners'])}?{any_of(_NAMES['opened'])}、(.{{2,4}})$")
_SUMMED = re.compile("(?:[全我][国省市区县州])?累计")
_OF_PLAN = re.compile(rf"{any_of(_WORDS['changes']['plan_times'])}*{any_of(_WORDS['changes']['planned'])}")
# 完成预算的98%, 为年初预算数的98%
_SHARE_OF_PLAN = re.compile(rf"{any_of(_WORDS['changes']['of_plan'])}?({_OF_PLAN.pattern})")
_INVESTED = re.compile("已?(?:累计)?完成投资$")
# 收入任务9亿元,实际完成10亿元、超收1亿元: what came in is no longer what was planned.
_PLAN_OF = re.compile(rf"{any_of(_WORDS['changes']['plan_years'])}?{any_of(_WORDS['changes']['planned'])}$")
_BUDGET = tuple(word + plan for word in _WORDS["changes"]["budget"] for plan in ("", *_WORDS["changes"]["planned"]))
# … and other money that is got and given (争取资金9亿元,同比多争取2亿元).
_MONEY_TOLD = (*_BUDGET, *_WORDS["changes"]["money"])
_IN_MONEY = ("元", *MULTIPLIER_WORDS)
_OF_TASK: frozenset[str] = frozenset(_WORDS["changes"]["of_task"])
_CARRIED_OUT: frozenset[str] = frozenset(_WORDS["changes"]["carried_out"])
_PRICES_OF: frozenset[str] = frozenset(_WORDS["left_out"]["prices_of"])
_BASIS_ALONE = re.compile(
    rf"{any_of(_WORDS['left_out']['bases'])}[^,;、]{{0,20}}?{any_of(_WORDS['left_out']['basis_ends'])}"
)
# 产值剔除停产因素增长9%: how it was counted.
_WITHOUT = re.compile(r"(?<=.)(?:剔除|扣除)[^,;:、剔扣]{1,24}?(?:因素|影响)(?:后|外)?(?=.)")
_DONE_TO: tuple[str, ...] = tuple(_WORDS["left_out"]["done_to"])
# 控制在100%警戒线以内
_LIMIT_NOUNS: tuple[str, ...] = tuple(_WORDS["shares"]["limit_nouns"])
# 失业率目标定在: a share whose aim was set.
_PROPERTIES = ("率", "比重", "占比")
_SUMS = frozenset(word for word in _WORDS["left_out"]["of_whole"] if word.startswith("总"))
# 工业增加值的预期目标为增长6%
_AIM_OF = re.compile(
    rf"([^,;:]{{2,}}?)的?{any_of(_WORDS['changes']['kinds_of_aim'])}*{any_of(_WORDS['changes']['aims'])}[是为]?$"
)
_GAPS: frozenset[str] = frozenset(_NAMES["gaps"])
_RESIDENTS, _BOTH = "居民", "城乡居民"
_SET_ENDS: tuple[str, ...] = tuple(_NAMES["aims_told"])
# 稳定参保率在, 保持失业率在
_KEPT = re.compile(rf"[,、]?{any_of(_NAMES['kept_before'])}*{any_of(_NAMES['kept_at'])}([^,;:、在]{{3,}})在$")
# 增长目标确定为
_AIMED = re.compile(
    rf"(?:年均|年度)?{any_of(_WORDS['changes']['aims'])}(?P<set>{any_of(_WORDS['changes']['set'])}?)[为在是]?$"
)
# 达到9万亿元、稳居全国前列、增长5%: where it stands beside the value.
_RANKED_BESIDE = re.compile(rf"^[、,]?(?:{any_of(_WORDS['ranks']['beside'])}[^、,\d占]{{2,14}}、)+(?=.)")
_BY = re.compile(rf"按照?(?P<change>{any_of(_WORDS['changes']['grow'])}?)$")
_AMOUNT = re.compile(rf"{any_of(_WORDS['changes']['amounts'])}{any_of(_WORDS['changes']['totals'])}?$")
_GROWTH = "增长"
_SET = re.compile(rf"左?右?{any_of(_WORDS['changes']['set'])}")
# 增长5%,力争6%: nothing but a further aim.
_FURTHER = filtered(rf"[,、并]?(?:{any_of(_WORDS['changes']['further'])})+{any_of(_WORDS['changes']['aimed'])}?")
_MORE_ALONE = re.compile(rf"(?:平均(?:水平)?)?(?:分别|均)?({any_of(_WORDS['changes']['more_alone'])})")
_LAST_AIM = re.compile(rf".+、{any_of(_WORDS['changes']['achieving'])}([^、]{{2,}})$")
_SUM_DONE = frozenset(_WORDS["left_out"]["sums_done"])
# 生产总值突破90亿元,人均突破6万元
_PER_PERSON: tuple[str, ...] = tuple(_WORDS["left_out"]["per_person"])
# 合同利用外资9亿美元,实际到账6亿美元
_ARRIVED: frozenset[str] = frozenset(_WORDS["money"]["arrived"])
_FUNDS = re.compile(rf"{any_of(_WORDS['money']['funds'])}$")
# 班列通达9个国家,全年开行90列
_RUNS: frozenset[str] = frozenset(_NAMES["runs"])
_RUNNER = re.compile(rf"[^,;:、的\d]{{0,12}}?{any_of(_NAMES['runners'])}")
_DOERS: tuple[str, ...] = tuple(_NAMES["doers"])
_DOER = re.compile(
    rf"([^、的]{{2,20}}?{any_of(_NAMES['doers'])})({any_of(_NAMES['doing'])})(?!{any_of(_NAMES['not_doing_before'])})([^、的]{{2,}})$"
)
# What such words end in, for most leads to be passed over at once.
_AIM_ENDS = tuple({word[-1] for word in (*_WORDS["changes"]["aims"], *_WORDS["changes"]["set"])})
_PARTS = _WORDS["parts"]
_PART = re.compile(rf"(?P<level>{any_of([*_PARTS['levels'], *_PARTS['areas']])}){any_of(_PARTS['done'])}?$")
_BUDGET_PART = re.compile(rf"(?P<level>{any_of(_PARTS['budget_levels'])}){any_of(_PARTS['done'])}?$")
_PART_OF = re.compile(rf"{any_of([*_PARTS['levels'], *_PARTS['areas']])}(?=..)")
_INNER_VERB = re.compile(rf"^([^,;:]{{2,24}}?){any_of(_NAMES['totals'])}?实现([^,;:]{{2,}})$")
# A list of districts alone: the head is that of the quantity before.
_PLACE = re.compile(rf"^(?!{any_of(_NAMES['not_place'])})[^,、的]{{1,4}}{PLACE_END}$")
_PLACE_ENDS = ("区", *_NAMES["place_levels"], *_NAMES["long_place_levels"])
_KIND_OF_PLACE: tuple[str, ...] = tuple(_NAMES["not_place_ends"])
# 缩减六元、绿地面积
_OWN_NUMBER = re.compile(
    f"(?:[了负各约近逾超-]|{any_of(_WORDS['changes']['own_bounds'])})?(?:[0-9]|[一二三四五六七八九十百千万亿两]+[^、]{{1,2}}、)"
)
_STEPS: frozenset[str] = frozenset(_WORDS["left_out"]["steps"])
_AMONG_OPENS = re.compile("其中[,:]?")
# 由下降6%转为增长2%
_TURNED: tuple[str, ...] = tuple(_WORDS["changes"]["turned"])
# The longest predicate that says what a share is of, and the longest property that keeps its own words, in characters.
_LONGEST_PREDICATE = 12
_LONGEST_CLAUSE = 30
_SHORT = 8
_PER_HEAD = re.compile(rf"每[百千万]?{any_of(_PARTS['heads'])}(?:拥有)?")


def head_before(lead: str, run: list[Slot], following: Sequence[Slot], memory: Memory, span: tuple[int, int]) -> Head:
    """The head that the words before the values of a run name. `following`: the quantities of the sentence behind it."""
    unit = run[0].numeral.unit
    lead = without_comparison(lead)
    if lead[:1] == "含":
        lead = lead[1:]  # 公路9公里(含农村公路3公里)
    if lead.endswith("在") and (kept := _KEPT.match(lead)):
        lead = kept[1]  # 稳定参保率在97%以上
    if "、" in lead:
        lead = _RANKED_BESIDE.sub("", lead)
    if "除" in lead:
        lead = _WITHOUT.sub("", lead)
    versus = compare(lead, unit)
    if not versus and memory.heads and not memory.carried and memory.heads[-1].endswith(_MONEY_TOLD):
        if unit.endswith(_IN_MONEY) and (versus := money_changed(lead)):
            return Head([_PLAN_OF.sub("", memory.heads[-1])], Tail(""), "ellipsis", memory.spans, versus, how="money")
        if lead in _CARRIED_OUT:
            return Head([_PLAN_OF.sub("", memory.heads[-1])], Tail(""), "ellipsis", memory.spans, how="carried-out")
    if (
        not versus
        and lead in _OF_TASK
        and memory.heads
        and not memory.carried
        and memory.heads[-1] != (thing := _PLAN_OF.sub("", memory.heads[-1]))
        and measured_alike(unit, memory.unit, money=True)
        and thing
    ):
        # 就业任务900人,完成1000人
        return Head([thing], Tail(""), "ellipsis", memory.spans, how="of-task")
    if "按" in lead and (by := _BY.search(lead)) and (set_at := _SET.match(run[-1].trail)):
        # 增长按5%安排, 收入按增长5%安排; 生产总值按5%安排: of an amount it is the growth that was set.
        amount = unit == "%" and not by["change"] and _AMOUNT.search(lead, 0, by.start())
        lead = lead[: by.start()] + (by["change"] or _GROWTH * bool(amount))
        run = [*run[:-1], run[-1]._replace(trail=run[-1].trail[set_at.end() :])]
    if (
        not versus
        and lead.rstrip("为在是").endswith(_AIM_ENDS)
        and (aim := _AIMED.search(lead))
        and (
            w.RISE_OR_FALL.at_end(lead[: aim.start()])
            or (aim["set"] and attribute_of(lead[: aim.start()]).endswith(_PROPERTIES))
        )
    ):
        lead = lead[: aim.start()]
    if memory.heads and not memory.carried and unit.endswith("百分点") and (alone := _MORE_ALONE.fullmatch(lead)):
        # 比全省(7%)、全国(6%)分别高2、3个百分点: what it is compared with has values of its own
        compared = Comparison("", "versus", "", -1 if is_less(alone[1]) else 1, alone[1])
        return Head([memory.heads[-1]], Tail(""), "ellipsis", memory.spans, compared, how="more-than-those")
    head = None
    if unit == "%":
        head = share_of_whole(lead, len(run), versus, memory, span)
    elif unit == "倍" and versus is None:
        head = multiple_of(lead, run[0].context, memory, span)
    elif unit.endswith("百分点") and versus is None:
        head = contribution(lead, memory, span)
    head = head or passed(lead, run[-1].trail, memory, span)
    if head:
        return head
    tail = strip_tail(versus.before if versus else lead)
    if versus and _EACH_OF_THEM.search(lead):
        tail = tail._replace(respectively=True)  # 较上年分别增长
    if versus and versus.versus:
        tail = Tail(tail.text, versus.sign, versus.verb, tail.time)
    if tail.change and not versus and not is_ratio(unit) and is_done(lead):
        tail = Tail(lead)  # 完成能效提升6万千瓦: the rise is what was done
    body = without_from(strip_lead(tail.text))
    if tail.change and "目标" in body and (aim_of := _AIM_OF.match(body)):
        body = aim_of[1]
    head = _named(body, tail, run, following, memory, span, versus)
    return of_the_rate(head, versus, memory, unit) if versus else head


_LEFT = re.compile("[到至](?![少多])")
_LEFT_OF = re.compile("(.{2,12}?)[到至](?:原[来先有]?|法定|规定|现有|上年|去年|[0-9]{4}年)[^,、到至]*$")


def _named(
    body: str,
    tail: Tail,
    run: list[Slot],
    following: Sequence[Slot],
    memory: Memory,
    span: tuple[int, int],
    versus: Comparison | None,
) -> Head:
    unit, trail = run[0].numeral.unit, run[-1].trail
    if is_ratio(unit):
        if head := share_taken(body, tail, len(run), memory, span, versus):
            if len(run) == len(head.names) == 1 and memory.heads and not memory.carried:
                kin = of_sibling(head.names[0], memory.heads[-1], run[0], tail, memory)
                return head._replace(names=[kin], how="sibling") if kin else head
            return head
        body += _predicate_behind(trail, body)
    name = "" if _FURTHER.fullmatch(run[0].lead) else clean(body)
    if _BASIS_ALONE.fullmatch(name) or (name in _PRICES_OF and run[0].link == "clause"):
        name = ""  # 剔除一次性因素后增长9%: how it was counted, and no name
    taken_away, steps = False, []
    if name.endswith("中") and is_count(unit) and (became := clean(trail)):
        return Head([name[:-1] + became], tail, "head-before", span, versus, how="of-pool")  # 40个行业中有30个增长
    fall = w.FALL_TRANSITIVE.at_start(name)
    if (
        fall
        and not tail.change
        and len(name) > fall + 1
        and not _OWN_NUMBER.match(name, fall)
        and not any(word in name for word in w.BURDEN)
    ):
        # 压减审批时限至3天, 至法定时限的30%: so much is left
        name, of = name[fall:].lstrip("了"), _LEFT_OF.match(name[fall:]) if run[0].lead.endswith("的") else None
        left = of or (_LEFT.match(run[0].lead, len(tail.text)) and not tail.time and versus is None)
        name, taken_away = of[1] if of else name, not left
        steps.append("left" if left else "taken-away")
    if _STRETCH.match(name) and memory.heads:
        return Head(list(memory.heads), tail, "stretch", memory.spans, versus)
    if name.endswith(_SET_ENDS) and not (is_ratio(unit) or unit.endswith("元")) and is_complete(name[:-2]):
        name = name[:-2]  # 新增就业计划9万人
        steps.append("aim-dropped")
    if not name and not tail.change and (behind := thing_behind(run[-1], following)):
        return Head([behind], tail, "head-behind", span, how="of-list")
    if not name and unit == "%" and memory.rule == "of-plan" and run[0].link == "joined":
        # 完成预算数60亿元的40%
        whole = memory.heads[-1]
        done = f"{whole}完成{memory.said[-1].removeprefix(whole)}"
        return Head([done], tail, "of-plan", memory.spans, base=whole, how="amount-told")
    if (
        not name
        and memory.measure == "growth"
        and not memory.carried
        and is_ratio(unit)
        and _FURTHER.fullmatch(run[0].lead)
    ):
        return Head(list(memory.heads), tail, "stretch", memory.spans, versus, how="further")
    if not name:
        return left_out(tail, run, memory, span, versus, body)
    shared = _RESPECTIVELY.match(name) if len(run) > 1 else None
    if shared:
        return Head([part + shared[2] for part in split_list(shared[1])], tail, "respectively", span, versus)
    if not taken_away and (head := change_inside(name, tail, unit, span, versus)):
        return head
    if memory.rule == "change-inside" and run[0].link == "list" and unit == memory.unit and not tail.change:
        # 压减时间58%、材料52%: the verb of change holds for the whole list.
        return Head([name], tail._replace(change=memory.sign), "change-inside", span, versus, how="carried")
    if head := added_behind(name, tail, span):
        return head
    if memory.rule == "for-whom" and run[0].link == "joined" and memory.event:
        name = memory.event + name.partition(memory.event)[2]
        steps.append("event-of-whom")
    name, pruned = _pruned(name)
    steps += pruned
    if (tail.change or tail.reached) and (caused := _CAUSED.match(name)) and is_complete(caused[1]):
        name = caused[1]
        steps.append("cause-dropped")
    part = _PART.match(name) or (_BUDGET_PART.match(name) if unit.endswith("元") else None)
    if memory.heads and part:
        # 支出90亿元,其中市本级完成40亿元
        # …,其中税收8亿元。分部门看,税务部门完成7亿元: of the whole that was divided before
        again = memory.carried and memory.divided and run[0].context.rstrip(",:").endswith("看")
        whole = (memory.divided if again else memory.heads)[-1]
        whole = part_of_share(whole) or _HOLDER.sub("", whole)
        if other := _PART_OF.match(whole):
            whole = whole[other.end() :]
        return Head([part["level"] + whole], tail, "part-of-before", span, versus)
    if (memory.carried or not memory.heads) and unit.endswith("元") and (fund := fund_told(name, memory)):
        return Head([fund], tail, "property-of-topic", span, versus, how="fund")
    if (
        memory.heads
        and name.endswith(_PLACE_ENDS)
        and not name.endswith(_KIND_OF_PLACE)
        and all(_PLACE.match(place) for place in split_list(name))
    ):
        # The places are read with the others, in resolve.
        return Head([memory.heads[-1]], tail, "ellipsis-place", span, versus)
    if CIRCUMSTANCE.match(trail) and name.rfind("在") > 1:
        # 出口在对美贸易下降3成的情况下增长5%: what comes next is about the thing before 在.
        base, _, name = name.rpartition("在")
        return Head([name], tail, "circumstance", span, versus, base=base)
    if tail.respectively and len(run) > 1 and is_bare(name, run[0].lead):
        owners = split_list(strip_lead(last_clause(run[0].context)))
        if len(owners) == len(run):
            # 规范节庆、论坛、展会,数量分别压减75%、95%、73%
            owners[0] = owners[0].removeprefix(event_at_start(owners[0]))
            return Head([owner + name for owner in owners], tail, "property-of-topic", span, versus, how="each")
    if tail.respectively and 1 < len(run) <= len(memory.recent) and memory.listed and not memory.carried:
        # 9条产业链、8个专业镇营业收入分别增长6%、4%
        owners = [owner.removeprefix(event_at_start(owner)) for owner in memory.recent[-len(run) :]]
        if (had := name.removeprefix(owners[-1])) in w.ATTRIBUTE and run[0].link == "joined":
            return Head([owner + had for owner in owners], tail, "property-of-before", span, versus, how="each")
    if name[:1] == "对" and (owner := contributor(name, run[0].context, memory)):
        return Head([owner + name], tail, "property-of-topic", span, versus, how="contributor")
    if is_bare(name, run[0].lead) and run[0].link in ("none", "clause") and (owner := owner_stated(run[0].context)):
        return Head([owner + name], tail, "property-of-topic", span, versus)
    if is_count(unit) and (those := _THOSE_THAT.search(run[0].lead)):
        return _those_that(those[1], run[0], memory, span)
    plan = _SHARE_OF_PLAN.fullmatch(name) if memory.heads and not memory.carried else None
    if plan and paired(name, memory.heads[-1]) == name:
        # 完成年度目标的105%; 完成预算数60亿元
        whole = memory.heads[-1] if unit == "%" else _PLAN_OF.sub("", memory.heads[-1]) or memory.heads[-1]
        whole = _INVESTED.sub("投资", whole)  # 完成投资9亿元,完成年度投资计划的60%
        done = whole + (f"完成{plan[1]}" if unit == "%" else plan[1])
        return Head([done], tail, "of-plan", span, versus, base=whole)
    if memory.heads and not memory.carried and unit == memory.unit and is_count(unit) and name.endswith(_DONE_TO):
        # 形成成果90项,其中全国首创9项: so many of them
        before = memory.heads[-1]
        return Head([f"{before}中{name}"], tail, "property-of-before", span, base=before, how="done-to")
    if _LEVEL.fullmatch(name) and memory.heads and not memory.carried and unit == memory.unit:
        # 新增示范企业9家,其中国家级2家
        before, event = memory.heads[-1], event_at_start(memory.heads[-1])
        thing = _OF_LEVEL.sub("", before.removeprefix(event))
        return Head([event + name + thing], tail, "property-of-before", span, base=before, how="level")
    if is_count(unit) and memory.heads and not memory.carried and unit == memory.unit and _SIZE.fullmatch(name):
        # 招引亿元以上项目90个,其中10亿元以上9个
        before, event = memory.heads[-1], event_at_start(memory.heads[-1])
        thing = _OF_SIZE.sub("", before.removeprefix(event))
        return Head([event + name + thing], tail, "property-of-before", span, base=before, how="size")
    if is_bare(name, run[0].lead) and (memory.carried or not memory.heads) and (owner := thing_stated(run[0].context)):
        return Head([owner + name], tail, "property-of-topic", span, versus, how="stated")
    opens = memory.carried or not memory.heads
    if opens and unit.endswith("元") and is_bare(name, run[0].lead) and (owner := programme_told(run[0].context)):
        return Head([owner + name], tail, "property-of-topic", span, versus, how="programme")
    if opens and (system := system_told(name, run[0].context)):
        return Head([system + name], tail, "system", span, versus)
    if (
        not opens
        and name[:2] in _STEPS
        and run[0].lead.startswith(name)
        and (at := memory.heads[-1].find(name[:2], 2)) > 0
    ):
        return Head([memory.heads[-1][:at] + name], tail, "system", span, versus, how="carried")
    opens = run[0].lead == name and (opens or ";" in run[0].context + run[0].lead)
    if opens and (purpose := with_purpose(name, run[-1])) != name:
        return Head([purpose], tail, "purpose", span, versus, how="told-next")
    if memory.heads and not memory.carried:
        if share := share_in(name, memory.heads[-1], run[0]):
            return Head([share], tail, "property-of-before", span, versus, how="share")
        if len(run) == 1 and (sibling := of_sibling(name, memory.heads[-1], run[0], tail, memory)):
            return Head([sibling], tail, "property-of-before", span, versus, how="sibling")
        if like := of_kind_before(name, memory.heads[-1], run[0], memory):
            return Head(like, tail, "property-of-before", span, versus, each=True, how="like-thing")
    among = memory.heads and memory.carried and _AMONG_OPENS.match(memory.text, memory.start)
    if among and (like := of_kind_before(name, memory.heads[-1], run[0], memory)):
        # 粮食产量9万吨,增长2%。其中,玉米6万吨
        return Head(like, tail, "property-of-before", span, versus, each=True, how="like-thing")
    if seen := of_kind_seen(name, run[0], tail, memory):
        return Head([seen], tail, "property-seen", span, versus)
    if item := of_list(name, memory, unit):
        return Head([item], tail, "property-told", span, versus, how="list")
    if kinds := of_kinds_told(name, run[0], tail, memory):
        return Head(kinds, tail, "property-told", span, versus, each=True)
    if is_bare(name, run[0].lead) and run[0].link == "none" and not run[0].context and (topic := topic_told(memory)):
        return Head([topic + name], tail, "property-of-topic", span, versus, how="branch")
    if name in _SUM_DONE and memory.heads and not memory.carried and run[0].link == "clause":
        # 生产总值从90亿元提高到120亿元,累计完成500亿元
        whole = memory.heads[-1].removeprefix("累计")
        return Head(["累计" + whole], tail, "property-of-before", span, base=whole, how="summed-alone")
    if name in _GAPS and memory.heads and not memory.carried and _RESIDENTS in memory.heads[-1]:
        return Head([_BOTH + name], tail, "property-of-before", span, how="gap")  # 农村、城镇居民收入…,收入比为2.4
    if name == "人均" and memory.heads and not memory.carried and memory.heads[-1].endswith(_PER_PERSON):
        return Head([name + memory.heads[-1].removeprefix("累计")], tail, "property-of-before", span, how="per-person")
    if (
        run[0].link == "joined"
        and unit.endswith("元")
        and memory.heads
        and not memory.carried
        and len(name) > 1
        and not attribute_of(name)
        and memory.heads[-1].endswith(name)
    ):
        return Head([memory.heads[-1]], tail, "property-of-before", span, how="paid-to")  # 奖励90家企业600万元
    if not opens and name in _ARRIVED and (money := _FUNDS.search(memory.heads[-1])):
        return Head([name + money[0]], tail, "property-of-before", span, how="arrived")
    if not opens and name in _RUNS and (runs := _RUNNER.match(memory.heads[-1])):
        return Head([runs[0] + name], tail, "property-of-before", span, base=memory.heads[-1], how="runner")
    name, rule, how, event = _completed(name, tail, run, following, memory)
    if (work := of_work(name, run[0], memory)) != name:
        name = work
        steps.append("work-told")
    if (reaching := reached_by(name, run[0], memory)) != name:
        name = reaching
        steps.append("reached-by")
    if (purpose := with_purpose(name, run[-1])) != name:
        name = purpose
        steps.append("purpose")
    # 贷款余额90亿元,新增2亿元,增长5%: it is the balance that grew.
    base = memory.heads[-1] if rule == "event-of-before" and is_addition(event) else ""
    return Head([name], tail, rule, span, versus, taken_away, tail.each, event, base, how=how, steps=tuple(steps))


def _those_that(size: str, slot: Slot, memory: Memory, span: tuple[int, int]) -> Head:
    """Those of a class that have a size (工业企业中,产值超9亿元的有5家): the class stands before."""
    whole = _CLASS_BEFORE.match(strip_lead(last_clause(slot.context)))
    if whole:
        thing = clean(whole[1])
    elif memory.rule == "of-size":
        thing = memory.event
    else:
        thing = _HOLDER.sub("", memory.heads[-1]).rstrip("中里") if memory.heads and not memory.carried else ""
    thing = _HOW_MANY.sub("", thing)
    return Head([clean(strip_lead(size)) + thing], Tail(""), "of-size", span, event=thing)


def _predicate_behind(trail: str, body: str) -> str:
    """水质100%达标, 资金100%到位: the predicate behind a share that says what it is of, or an empty string."""
    if (
        not trail
        or trail[0] in "(/"
        or is_aim(trail)
        or trail.startswith(_LIMIT_NOUNS)
        or CIRCUMSTANCE.match(trail)
        or trail.startswith(_TURNED)
        or w.RISE_OR_FALL.at_start(strip_lead(trail))
    ):
        return ""
    predicate = clean(trail)
    # 70%村卫生室实现…: with nothing before it the trail is a whole clause.
    longest = _LONGEST_CLAUSE if not body and w.PREDICATE_START.first(predicate, 2) else _LONGEST_PREDICATE
    if not predicate or len(predicate) > longest or says_value(predicate) or _STRETCH.match(body):
        return ""
    return predicate


def _pruned(name: str) -> tuple[str, list[str]]:
    """A name without examples, without a barrier passed and without the verb between a thing and what it reached.

    With the steps that were taken.
    """
    steps = []
    if "等" in name:
        if counted := _EXAMPLES_COUNTED.match(name):
            name = counted[1]
            steps.append("examples-dropped")
        elif bundled := _BUNDLE.match(name):
            name = bundled[1]  # 甲、乙等一批项目
            steps.append("examples-dropped")
        elif (listed := _EXAMPLES.match(name)) and (event := event_at_start(name)):
            name = event + listed[1]
            steps.append("examples-dropped")
        elif projects := _PROJECTS.match(name):
            name = projects[1]
            steps.append("examples-dropped")
    if "、" in name and (opened := _OPENED.match(name)) and opened[2] in w.ATTRIBUTE:
        name = opened[1] + opened[2]  # 甲高速建成通车、里程86公里
        steps.append("opening-dropped")
    if (without := without_barrier(name)) != name:
        name = without
        steps.append("barrier-dropped")
    if "、" in name and (several := _SEVERAL_DONE.match(name)) and event_at_start(several[1]):
        name = several[2]  # 建设仓库、精准服务企业
        steps.append("last-of-several")
    if any(word in name for word in _DOERS) and (doer := _DOER.match(name)) and not name.startswith(doer[2]):
        name = doer[2] + doer[3]  # ××热线受理诉求
        steps.append("doer-dropped")
    if "、" in name and (last := _LAST_AIM.match(name)):
        return strip_lead(last[1]), [*steps, "last-achieved"]  # 实现产业升级、实现产值
    inner = _INNER_VERB.match(name) if "实现" in name else None
    return (inner[1] + inner[2], [*steps, "verb-dropped"]) if inner else (name, steps)


def _completed(
    name: str, tail: Tail, run: list[Slot], following: Sequence[Slot], memory: Memory
) -> tuple[str, str, str, str]:
    """A name with what other quantities of the sentence say for it; the rule, its branch, and the event in the name."""
    event = name if is_event(name) else event_at_start(name)
    if not event and (inner := _INNER_EVENT.match(name)):
        return name, "head-before", "inner-event", inner[1]  # 市区新增公交车90辆、站点20个
    behind = thing_behind(run[-1], following) if attribute_of(name) else ""
    if behind:
        return behind + (name if len(name) <= _SHORT else attribute_of(name)), "property-of-behind", "", event
    before = memory.heads[-1] if memory.heads and not memory.carried else ""
    in_money = run[0].numeral.unit.endswith("元")
    if memory.whole and in_money and run[0].link == "clause" and is_bare(name, run[0].lead):
        before = memory.whole[-1]  # 在建项目90个,其中大项目9个,完成投资60亿元: of all of them
    if memory.whole and name in _SUMS and run[0].link == "clause":
        before = memory.whole[-1]  # 新登记经营主体90户,其中企业20户,总量突破9万户: of all of them
    if memory.titled and in_money and before:
        before = memory.titled  # 9家企业入选名录,纳税60亿元: of the things, not of their title
    if before:
        if name.startswith("在") and (part := part_of_share(before)) and attribute_of(name):
            return part + name, "property-of-before", "part-of-share", event
        if (longer := paired(name, before)) != name:
            return longer, "property-of-before", "paired", memory.event
        if is_bare(name, run[0].lead) or (run[0].link == "list" and shares_owner(name, before)):
            alike = measured_alike(run[0].numeral.unit, memory.unit)
            return of_owner_before(name, before, alike), "property-of-before", "owner", event
        if (
            run[0].link == "list"
            and (per := _PER_HEAD.match(before))
            and is_count(run[0].numeral.unit)
            and name[:1] != "每"
        ):
            return per[0] + name, "property-of-before", "per-head", event  # 每千人口医师3名、护士4名
        longer = prefixed(name, before)
        if longer != name:
            return longer, "property-of-before", "prefixed", event
        if event == name and lacks_thing(event, run[0], memory, tail):
            return of_thing_before(event, before), "event-of-before", "", event
    unit = run[0].numeral.unit
    if memory.counted and event == name and unit and unit == memory.counted_in and not is_count(memory.unit):
        # 重点项目90个,计划投资60亿元,新开工20个
        return of_thing_before(event, memory.counted), "event-of-before", "counted", event
    if _SUMMED.match(before) and run[0].link == "list" and not memory.event and not name.startswith("累计"):
        return "累计" + name, "property-of-before", "summed", event  # 累计减税5亿元、降费2亿元
    carries = memory.event and not event and not memory.carried and run[0].link in ("list", "clause")
    if run[0].link == "clause" and memory.event == "完成":
        carries = False  # 完成投资9亿元,其中大项目5个
    if carries and continues(run[0], name, tail):
        return memory.event + name, "event-carried", "", memory.event
    if tail.change:
        return name, "head-before", "changes", event
    if tail.reached:
        return name, "head-before", "reaches", event
    return name, "head-before", "event" if event else "property" if attribute_of(name) else "thing", event
