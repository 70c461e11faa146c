"""Heads before the numeral: 生产总值增长8%, 新增企业50家."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.behind import is_aim, noun_of_batch, says_value, thing_behind
from pipeline.reading.statements.changes import (
    added_behind,
    change_inside,
    has_own_change,
    is_addition,
    is_done,
    of_the_pace,
    of_the_rate,
    passed,
    without_barrier,
    without_comparison,
    without_from,
)
from pipeline.reading.statements.coordination import distribute, is_complete, split_list
from pipeline.reading.statements.drivers import brought_by
from pipeline.reading.statements.ellipsis import (
    continues,
    is_bare,
    joined,
    lacks_thing,
    left_out,
    measured_alike,
    money_in_place,
    of_owner_before,
    of_sibling,
    of_thing_before,
    of_work,
    paired,
    prefixed,
    reached_by,
    shares_owner,
)
from pipeline.reading.statements.head import CIRCUMSTANCE, Head, Memory, is_count, is_ratio
from pipeline.reading.statements.measure import Comparison, compare, is_less, money_changed
from pipeline.reading.statements.named import PLAN_OF, Lead, told_elsewhere
from pipeline.reading.statements.narrowed import fund_for, in_ranking, of_effort
from pipeline.reading.statements.owners import of_group, of_kind_told
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
_BROUGHT: tuple[str, ...] = tuple(_NAMES["brought"])
_VERB, _PACE_UNITS = 2, ("%", "倍", "番")
_AND_OTHERS = r"(?<![高初中平同优均对何一])等(?![级候待于额边离同效])"
_EXAMPLES = re.compile(rf"^(?:[^等]+、[^等]+{_AND_OTHERS}(?=..)|[^等]+{_AND_OTHERS}(?=...))([^等]+)$")
_PROPER = re.compile(rf"[\d“”]|{any_of(_NAMES['proper'])}")
# A name with all its examples is no longer than this, in characters.
_LONGEST_LISTED, _BARE = 24, 2
_BUNDLE = re.compile(r"^[^等]{4,}等一[批系]列?([^等]{3,})$")
# 甲县无人机、乙县光伏配套、丙县配送等协作项目: projects by their names.
_PROJECTS = re.compile(
    rf"^(?=.{{12}})[^等]{{4,}}、[^等]{{4,}}{_AND_OTHERS}([^等、和及]{{2,}}{any_of(_NAMES['by_name'])})$"
)
_EXAMPLES_COUNTED = re.compile(r"^[^等]+等\d+[个项条家所座]([^等]{3,})$")
_INNER_EVENT = re.compile(
    rf"[^新建]{{2,12}}?({any_of(_NAMES['inner_events'])})(?!{any_of(_NAMES['inner_events_not_before'])}).{{2,}}"
)
# 新机制推动办结率提高到…: who made it so.
_CAUSED = re.compile(rf"[^,;:]{{2,}}{any_of(_NAMES['causes'])}([^,;:的]{{2,}})$")
_EACH_OF_THEM = re.compile(r"分别[^,;:分]{1,6}$")
_THEN_LESS = filtered(
    rf"^([^、]{{4,}}(?:、[^、]{{4,}})*)、({any_of(vocabulary('predicates')['fall_transitive'])}[^、到至]{{2,}})$"
)
_SEVERAL_DONE = re.compile(rf"^([^、]{{4,}}(?:、[^、]{{4,}})*)、({any_of(_NAMES['manners'])}[^、]{{4,}})$")
_OPENED = filtered(rf"(.{{2,}}?){any_of(_NAMES['opening_manners'])}?{any_of(_NAMES['opened'])}、(.{{2,4}})$")
_AMONG = ("其中", ",其中")
_TO_DATE_OF = re.compile(
    rf"(?:{any_of([*_WORDS['left_out']['work_verbs'], *_WORDS['left_out']['work_starts']])})+([^、]{{3,}})、(?:近?[一二三四五六七八九十]年)?(累计[^、]{{2,}})()$"
)
_SIGNED_AT = re.compile(
    rf"([^、]{{2,12}}{any_of(_NAMES['fairs'])})、(?=[^、]{{2,4}}({any_of(_NAMES['signed_at'])})$)([^、]{{2,4}})\2$"
)
# 甲系统、乙系统整合分别完成30%、40%
_DONE_IN_PART = re.compile(rf"(.+[、和与].+?)({any_of(_WORDS['behind']['done_in_part'])})")
_QUOTED_FIRST = re.compile(r"([^“”、]{2,12})“(?=[^“”]*\d)[^“”]{2,12}”、([^“”、]{2,})$")
_FRACTION, _OF_AREA = "比例", re.compile(rf"({any_of(_WORDS['ranks']['areas'])})的?$")
_BATCH = re.compile("首批|第[一二三四五六七八九]批")
# 耗材平均降价60%: it is the price that fell.
_PRICES_MOVED, _PRICE = tuple(_WORDS["changes"]["prices_moved"]), "价格"
# 软件产业“甲”行动新增企业9家: of which industry.
_BY_ACTION = re.compile(
    rf"([^“”的]{{2,8}}{_NAMES['industry']})“[^“”]{{1,12}}”{any_of(_WORDS['left_out']['programmes'])}(?={any_of(_NAMES['inner_events'])})"
)
_OF_INDUSTRY = re.compile(rf"[^“”的]{{2,8}}{_NAMES['industry']}(?={any_of(_NAMES['inner_events'])})")
_SUMMED = re.compile("(?:[全我][国省市区县州])?累计")
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
# 控制在100%警戒线以内
_BARRIERS: tuple[str, ...] = tuple(_WORDS["changes"]["barriers"])
_LIMIT_NOUNS: tuple[str, ...] = tuple(_WORDS["shares"]["limit_nouns"])
# 失业率目标定在: a share whose aim was set.
_PROPERTIES: tuple[str, ...] = tuple(_WORDS["shares"]["properties"])
_SUMS = frozenset(word for word in _WORDS["left_out"]["of_whole"] if word.startswith("总"))
# 工业增加值的预期目标为增长6%
_AIM_OF = re.compile(
    rf"([^,;:]{{2,}}?)的?{any_of(_WORDS['changes']['kinds_of_aim'])}*{any_of(_WORDS['changes']['aims'])}[是为]?$"
)
_BOTH_OF = ("双", "均")
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
_MOVED_BY = re.compile(
    rf"的?(?:(?P<up>{any_of(_WORDS['changes']['moved_up'])})|(?P<down>{any_of(_WORDS['changes']['moved_down'])}))(?=[,;。、]|$)"
)
_GO_UP = ("提高", "下降")
_AMOUNT = re.compile(rf"{any_of(_WORDS['changes']['amounts'])}{any_of(_WORDS['changes']['totals'])}?$")
_GROWTH = "增长"
_SET = re.compile(rf"左?右?{any_of(_WORDS['changes']['set'])}")
# 增长5%,力争6%: nothing but a further aim.
_FURTHER = filtered(rf"[,、并]?(?:{any_of(_WORDS['changes']['further'])})+{any_of(_WORDS['changes']['aimed'])}?")
_MORE_ALONE = re.compile(rf"(?:平均(?:水平)?)?(?:分别|均)?({any_of(_WORDS['changes']['more_alone'])})")
_LAST_AIM = re.compile(rf".+、{any_of(_WORDS['changes']['achieving'])}([^、]{{2,}})$")
_DOERS = re.compile(any_of(_NAMES["doers"]))
_DOER = re.compile(
    rf"([^、的]{{2,20}}?{any_of(_NAMES['doers'])})({any_of(_NAMES['doing'])})(?!{any_of(_NAMES['not_doing_before'])})([^、的]{{2,}})$"
)
# What such words end in, for most leads to be passed over at once.
_AIM_ENDS = tuple({word[-1] for word in (*_WORDS["changes"]["aims"], *_WORDS["changes"]["set"])})
_PARTS = _WORDS["parts"]
_INNER_VERB = re.compile(rf"^([^,;:]{{2,24}}?){any_of(_NAMES['totals'])}?实现([^,;:]{{2,}})$")
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
    if unit == "番" and lead.endswith(_BOTH_OF[0]):
        lead = lead[:-1] + _BOTH_OF[1]  # 机架和算力规模双翻番
    if lead[:1] == "含":
        lead = lead[1:]  # 公路9公里(含农村公路3公里)
    if lead.endswith("在") and (kept := _KEPT.match(lead)):
        lead = kept[1]  # 稳定参保率在97%以上
    elif lead.endswith("在") and attribute_of(lead[:-1]):
        lead = lead[:-1]  # 价格涨幅在2%左右
    if "、" in lead:
        lead = _RANKED_BESIDE.sub("", lead)
    if "除" in lead:
        lead = _WITHOUT.sub("", lead)
    versus = compare(lead, unit)
    if not versus and memory.heads and not memory.carried and memory.heads[-1].endswith(_MONEY_TOLD):
        if unit.endswith(_IN_MONEY) and (versus := money_changed(lead)):
            return Head([PLAN_OF.sub("", memory.heads[-1])], Tail(""), "ellipsis", memory.spans, versus, how="money")
        if lead in _CARRIED_OUT:
            return Head([PLAN_OF.sub("", memory.heads[-1])], Tail(""), "ellipsis", memory.spans, how="carried-out")
    if (
        not versus
        and lead in _OF_TASK
        and memory.heads
        and not memory.carried
        and memory.heads[-1] != (thing := PLAN_OF.sub("", memory.heads[-1]))
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
    elif "按" in lead and unit == "%" and by and not by["change"] and (moved := _MOVED_BY.match(run[-1].trail)):
        # 低保标准按3%提标
        lead = lead[: by.start()] + _GO_UP[moved["down"] is not None]
        run = [*run[:-1], run[-1]._replace(trail=run[-1].trail[moved.end() :])]
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
    if unit != "个":  # 跨过3个台阶: so many were passed
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
    return of_the_rate(head, versus, memory, unit) if versus else of_the_pace(head, lead, unit)


_LEFT = re.compile("[到至](?![少多])")
_LEFT_OF = re.compile(rf"(.{{2,12}}?)[到至](?:{any_of(_WORDS['changes']['left_of'])}|[0-9]{{4}}年)[^,、到至]*$")


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
                if kin := of_sibling(head.names[0], memory.heads[-1], run[0], tail, memory):
                    return head._replace(names=[kin], how="sibling")
                if run[0].lead.startswith(_AMONG):
                    return head._replace(names=[of_group(head.names[0], memory.heads[-1])])
                return head
            return head
        # 产值增长3%失业率下降1%: what changes behind it is another thing, though no comma stands between.
        another = tail.change and w.RISE_OR_FALL.at_end(trail.rstrip("了"))
        body += "" if another else _predicate_behind(trail, body)
    name = "" if _FURTHER.fullmatch(run[0].lead) else clean(body)
    if _BASIS_ALONE.fullmatch(name) or (name in _PRICES_OF and run[0].link == "clause"):
        name = ""  # 剔除一次性因素后增长9%: how it was counted, and no name
    taken_away, steps = False, []
    if name.endswith("中") and is_count(unit) and (became := clean(trail)):
        return Head([name[:-1] + became], tail, "head-before", span, versus, how="of-pool")  # 40个行业中有30个增长
    if "、" in name and (then := _THEN_LESS.match(name)) and event_at_start(then[1]):
        name = then[2]  # 开展财政评审、压减资金9亿元
        steps.append("last-of-several")
    fall = w.FALL_TRANSITIVE.at_start(name)
    if (
        fall
        and not tail.change
        and len(name) > fall + 1
        and not has_own_change(name[fall:])
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
    if _BATCH.fullmatch(name) and (batch := noun_of_batch(following)):
        name += batch
        steps.append("noun-of-next")
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
    in_part = _DONE_IN_PART.fullmatch(name) if len(run) > 1 and unit == "%" and tail.respectively else None
    if in_part and len(parts := split_list(in_part[1])) == len(run):
        return Head([part + in_part[2] for part in parts], tail, "respectively", span, versus, how="in-part")
    if not taken_away and (head := change_inside(name, tail, unit, span, versus)):
        return head
    if memory.rule == "change-inside" and run[0].link == "list" and unit == memory.unit and not tail.change:
        # 压减时间58%、材料52%: the verb of change holds for the whole list.
        return Head([name], tail._replace(change=memory.sign), "change-inside", span, versus, how="carried")
    if head := added_behind(name, tail, span):
        return head
    if tail.change and name.startswith(_BROUGHT) and unit in _PACE_UNITS:
        name = strip_lead(name[_VERB:]) or name  # 带动消费增长8%: it is consumption that grew
        steps.append("bringing-dropped")
    if memory.rule == "for-whom" and run[0].link == "joined" and memory.event:
        name = memory.event + name.partition(memory.event)[2]
        steps.append("event-of-whom")
    name, pruned = _pruned(name)
    steps += pruned
    if unit == _FRACTION and not tail.change and attribute_of(name) and (area := _OF_AREA.search(run[0].lead)):
        parts = distribute(split_list(name)) if len(run) > 1 else [name]
        return Head([f"{part}占{area[1]}比重" for part in parts], tail, "share", span, versus)  # 产量稳定在全国1/4
    if tail.change and tail.verb.endswith(_PRICES_MOVED) and not attribute_of(name):
        name += _PRICE
        steps.append("price-told")
    passes = run[0].numeral.bound in ("over", "nearly")
    if (tail.change or tail.reached or passes) and (caused := _CAUSED.match(name)) and is_complete(caused[1]):
        name = caused[1]
        steps.append("cause-dropped")
    if head := told_elsewhere(Lead(name, tail, run, following, memory, span, versus, run[0], unit)):
        return head
    name, rule, how, event = _completed(name, tail, run, following, memory)
    if (work := of_work(name, run[0], memory)) != name:
        name = work
        steps.append("work-told")
    if (kind := of_kind_told(name, run[0], memory)) != name:
        name = kind
        steps.append("kind-told")
    if (reaching := reached_by(name, run[0], memory)) != name:
        name = reaching
        steps.append("reached-by")
    if owner := of_effort(name, run[0], memory):
        name = joined(owner, name)
        steps.append("effort-told")
    if fund := fund_for(name, run[0], memory):
        name = fund + name.removeprefix(event_at_start(name))
        steps.append("fund-for")
    if (ranked := in_ranking(name, memory)) != name:
        name = ranked
        steps.append("ranking-told")
    if (brought := brought_by(name, run[0], memory)) != name:
        name = brought
        steps.append("brought-by")
    if (purpose := with_purpose(name, run[-1])) != name:
        name = purpose
        steps.append("purpose")
    # 贷款余额90亿元,新增2亿元,增长5%: it is the balance that grew.
    base = memory.heads[-1] if rule == "event-of-before" and is_addition(event) else ""
    return Head([name], tail, rule, span, versus, taken_away, tail.each, event, base, how=how, steps=tuple(steps))


def _predicate_behind(trail: str, body: str) -> str:
    """水质100%达标, 资金100%到位: the predicate behind a share that says what it is of, or an empty string."""
    if (
        not trail
        or trail[0] in "(/"
        or is_aim(trail)
        or trail.startswith(_LIMIT_NOUNS)
        or trail.startswith(_BARRIERS)
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
        elif (listed := _EXAMPLES.match(name)) and (event := event_at_start(name)) and _may_go(name, listed[1]):
            name = event + listed[1]
            steps.append("examples-dropped")
        elif projects := _PROJECTS.match(name):
            name = projects[1]
            steps.append("examples-dropped")
    if "”、" in name and (numbered := _QUOTED_FIRST.match(name)):
        name = numbered[1] + numbered[2]  # 建成“9桥6隧”、城市道路
        steps.append("last-of-several")
    if "“" in name and (action := _BY_ACTION.match(name)):
        name = action[1] + name[action.end() :]
        steps.append("action-dropped")
    if "、" in name and (to_date := _TO_DATE_OF.match(name) or _SIGNED_AT.match(name)):
        name = to_date[1] + to_date[2] + to_date[3]  # 推进“甲工程”、累计投入; 办好农展会、项目签约
        steps.append("first-of-several")
    if "、" in name and (opened := _OPENED.match(name)) and opened[2] in w.ATTRIBUTE:
        name = opened[1] + opened[2]  # 甲高速建成通车、里程86公里
        steps.append("opening-dropped")
    if (without := without_barrier(name)) != name:
        name = without
        steps.append("barrier-dropped")
    if "、" in name and (several := _SEVERAL_DONE.match(name)) and event_at_start(several[1]):
        name = several[2]  # 建设仓库、精准服务企业
        steps.append("last-of-several")
    if _DOERS.search(name) and (doer := _DOER.match(name)) and not name.startswith(doer[2]):
        name = doer[2] + doer[3]  # ××热线受理诉求
        steps.append("doer-dropped")
    if "、" in name and (last := _LAST_AIM.match(name)):
        return strip_lead(last[1]), [*steps, "last-achieved"]  # 实现产业升级、实现产值
    inner = _INNER_VERB.match(name) if "实现" in name else None
    return (inner[1] + inner[2], [*steps, "verb-dropped"]) if inner else (name, steps)


def _may_go(name: str, kind: str) -> bool:
    """Whether the examples before what they are examples of say nothing that it leaves open.

    They do where they are several kinds, or where it is bare (改造供水、供热等管网), and not if they are things by their names.
    """
    examples = name[: -len(kind)]
    if len(name) > _LONGEST_LISTED or _PROPER.search(examples) or kind[-2:] in examples:
        return True
    return "、" not in examples and len(kind) > _BARE


def _completed(
    name: str, tail: Tail, run: list[Slot], following: Sequence[Slot], memory: Memory
) -> tuple[str, str, str, str]:
    """A name with what other quantities of the sentence say for it; the rule, its branch, and the event in the name."""
    event = name if is_event(name) else event_at_start(name)
    if not event and (inner := _INNER_EVENT.match(name)):
        industry = _OF_INDUSTRY.match(name)  # 软件产业新增人员90人、企业2家; but 市区新增公交车90辆、站点20个
        return name, "head-before", "inner-event", (industry[0] if industry else "") + inner[1]
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
        if memory.counted and is_ratio(run[0].numeral.unit) and money_in_place(before, name):
            before = memory.counted  # 引进项目90个,到位资金9亿元,投产率60%: the rate is of the projects
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
