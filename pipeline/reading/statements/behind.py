"""Heads behind the numeral: 新建9座污水处理厂."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.models import Numeral
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.changes import without_from
from pipeline.reading.statements.coordination import split_list
from pipeline.reading.statements.drivers import brought_by, driver_told
from pipeline.reading.statements.ellipsis import joined, of_work, reached_by, side_told
from pipeline.reading.statements.head import CIRCUMSTANCE, Head, Memory, is_count, is_ratio
from pipeline.reading.statements.narrowed import (
    among_best,
    contest_of,
    entered_in,
    fund_for,
    in_ranking,
    of_effort,
    reach_of,
    side_of,
)
from pipeline.reading.statements.owners import of_kind_told, task_of
from pipeline.reading.statements.phrase import (
    Tail,
    at_contest,
    attribute_of,
    clean,
    event_at_end,
    event_at_start,
    is_event,
    strip_lead,
    strip_tail,
    without_time,
)
from pipeline.reading.statements.slots import Slot
from pipeline.unit_table import MULTIPLIER_WORDS

_WORDS = vocabulary("constructions")
_BEHIND = _WORDS["behind"]
_SMALL = vocabulary("function_words")
_NOT_COUNTING: frozenset[str] = frozenset(_WORDS["units"]["not_counting"])
_NOMINAL: frozenset[str] = frozenset(_BEHIND["nominal"])
_COMPLEMENT = re.compile(rf"^{any_of(_BEHIND['becoming'])}(.{{2,24}})$")
# 9个县被认定为示范县: they are so from now on.
_RECOGNISED: tuple[str, ...] = tuple(_BEHIND["recognised"])
_TAKING = re.compile("[仅只]?[用花]了?")
_POOL_END = re.compile(rf"{any_of(_BEHIND['pool_ends'])}$")
_VAGUE = re.compile(any_of(_BEHIND["vague"]))
_NUMBERED_BARRIER = re.compile(rf"[一两二三四五六七八九]个(?:新)?{any_of(_WORDS['changes']['barriers'])}")
_PASSED = any_of([*_WORDS["changes"]["past"], *_WORDS["changes"]["onto"]])
_CROSSED = re.compile(rf"^(.{{2,}}?)(?:[一二三四五六七八九十两\d]+年)?(?:连续)?{_PASSED}了?$")
_LEVEL_WORD = rf"[^,、]{{0,8}}{any_of(_BEHIND['levels'])}"
_LEVEL = re.compile(rf"^{_LEVEL_WORD}$")
_LEVEL_NOUN = re.compile(rf"^{_LEVEL_WORD}的?([^,、]{{2,16}})$")
_WORK = re.compile(rf"{any_of(_BEHIND['work_modifiers'])}?{any_of(_BEHIND['work'])}(?:提升)?$")
_OTHER_WORK = re.compile(
    rf"^([^和及]{{2,16}}?{any_of(_BEHIND['first_work'])})(?:和|以及)[^的]{{4,}}(?<!项目)(?<!工程)(?<!行动)(?<!试点)$"
)
_LINKING = re.compile(rf"^{any_of(_WORDS['narrowed']['linking'])}[^的]{{2,12}}的(?=..)")
_PREPOSITION = re.compile(rf"^(?:{any_of(_BEHIND['prepositions'])}|{any_unless(_BEHIND['guarded_prepositions'])})+")
_NO_QUALIFIER: tuple[str, ...] = tuple(_BEHIND["no_qualifier"])
_AFTER_ONE: tuple[str, ...] = tuple(_BEHIND["after_one"])
_PREDICATES: tuple[str, ...] = tuple(_BEHIND["predicates"])
_MODIFIES = re.compile(any_of(_BEHIND["modified"]))
_FIRST_NAMED = re.compile(rf"[^和及与,、的]{{4,}}?{any_of(_BEHIND['modified'])}(?=[和及与])")
# 12个产业园新签约项目45个: the parks are counted, and in them the projects.
_WITHIN = any_of(_BEHIND["within"])
_HELD = re.compile(rf"{any_of(_BEHIND['holders'])}(?={_WITHIN}(?!{any_of(_BEHIND['one_thing'])}(?:$|{_WITHIN})))")
_NOT_PREDICATE = re.compile(any_of(_BEHIND["no_predicate"]))
_REMARK = re.compile(r"^\([^()]*\)")
_BUILDING = re.compile("(?:项目|工程)建设")
_NO_NOUN: tuple[str, ...] = tuple(_BEHIND["no_noun"])
_AND = re.compile(any_unless({"和": _SMALL["joining_unless"]["和"]}))
_AIM = re.compile(rf"^的[^,、]{{0,4}}(?:{any_of(_BEHIND['aims'])}|{any_of(_BEHIND['champions'])}$)")
_POOL_BEFORE = re.compile(r"\d[个条项家座所处宗件户名]的?([^,;:。\d]{2,24}),(?:其中)?,?$")
_POOL_IN_LEAD = re.compile(r"\d[个条项家所座处宗件户名]的?([^,;:。\d]{2,24})中(?:已?有)?$")
_LEVELS = re.compile(r"[^、]{1,8}[级型类]、[^、]{1,8}[级型类]")
# 高龄、失能老人
_NEEDY = re.compile(rf"[^、]{{0,4}}{any_of(_BEHIND['needy'])}、")
# 荣获部级、厅级奖项: what was won or entered may be a list.
_PRIZES: tuple[str, ...] = tuple(_BEHIND["prizes"])
_AWARDS = re.compile(rf"、[^,;:。\d]{{1,20}}?{any_of(_BEHIND['entered'])}(?=[,;。]|$)")
_PEOPLE = frozenset(_BEHIND["people"])
_SPANS = ("小时", "分钟")
_FIRST_ITEM = re.compile(r"(?:“[^”]*”|《[^》]*》|[^、])*")
# 不少于10公里的绿道: a size of the thing.
_SIZED = re.compile(rf"{any_of(_BEHIND['sized'])}[\d.]+[^,;:。、\d]{{1,6}}的.")
_AS = re.compile("^([^,;:。]{2,}?)(?:作?为)[^,;:。]+$")
_LED_TOO = re.compile(r"以[^,;:。]{2,}?为[^,;:。、]{2,4}[,、][^,;:。、\d]{0,2}$")
# 9个方面的任务: the sides are how they are counted.
_SIDES = re.compile(r"^(?:大?方面)(?:的|(?=.{2}))")
_PEOPLE_OF = re.compile(rf"[^,;:。、\d的]{{0,8}}?{any_of(_BEHIND['peoples'])}(?!{any_of(_BEHIND['not_peoples'])})")
# 9次寒潮等困难: what they are examples of is not counted.
_AND_TROUBLES = re.compile(rf"(?<=..)等{any_of(_BEHIND['troubles'])}[^,;:。、等]{{0,6}}$")
_ALL_OF = re.compile(rf"{any_of([*_WORDS['names']['whole_areas'], *_WORDS['ranks']['areas']])}$")
_SERVED_LIST = re.compile(r"(?:、[^,;:。、\d“”《》等]{2,20})+(?=[,;。]|$)")
_MORE_OF_THEM = re.compile(r"(?:、[^,;:。、\d“”《》]{1,16})+(?=[,;。]|$)")
# 9所高校、职校和30所中学: what stands before the next number is counted by the one before.
_BEFORE_NEXT = re.compile(rf"(?:、[^,;:。、\d“”《》]{{1,16}}?)+(?={any_of(_SMALL['joining'])}\d)")
# 新建9家以上中试平台、验证中心
_SITES = rf"(?:[^,;:。、\d等]{{0,24}}{any_of(_BEHIND['listed_sites'])})"
_NAMED_BEFORE = re.compile(r"(?:[^,;:。、\d]{1,8}、)+$")
_LONGEST_LIST = 60
_MORE_SITES = re.compile(rf"(?:、{_SITES})+(?=[,;。]|$)")
_SITE = re.compile(rf"{_SITES}$")
# 9个项目落地甲园、乙园: where they settled may be a list.
_SETTLES: tuple[str, ...] = tuple(_BEHIND["settles"])
# 开展9场次讲座、展览等活动: the activities are counted.
_SHOWS = re.compile(r"[^等]+、[^等]+等[^等]{0,6}活动")
_SHOWN = "场"
# 新增3个产值近百亿、9个过五十亿的镇: what has a size, the size, and behind the next number what is of that size.
_SIZED_FIRST = re.compile(r"([^,;:。、的近超过破]{2,8})[近超过破][^,;:。、的]{2,6}")
_SIZED_NEXT = re.compile(r"([近超过破][^,;:。、的]{2,6}的?)([^,;:。、的]+)")
# 新开、加密9条航线: verbs side by side, of one and the same object.
_DONE = frozenset(_BEHIND["done_side_by_side"])
_VERBS = re.compile(r"([^,;、]{2,3}(?:、[^,;、]{2,3})*)、([^,;、]{2,3})")
# 9条公路和甲线等3条铁路, 9个公园和甲馆、乙馆2个场馆: what stands before a number is counted by it.
_AND_OF_NEXT = re.compile(rf"([^“”《》、]{{2,16}}?(?!的)){any_of(_SMALL['joining'])}[^“”的、]{{2,16}}(?:等|(?=$))")
_LISTED_NEXT = re.compile(r"(?:、[^,;:。、\d“”的]{2,16})+\d[\d.]*[余多]?[个家座条项所处支]")
# 推动3个园区高质量发展
_AND_NAMED = re.compile(
    rf"([^“”《》、]{{2,16}}){any_of(_SMALL['joining'])}(?:[“《].+[”》][^“”《》]*$|[一两二三四五六七八九十]+[个家座条项所处支批])"
)
_ADVANCING = re.compile(rf"(?<=..){any_of(_BEHIND['advancing_manners'])}*{any_of(_BEHIND['advancing'])}$")
_BRINGS = re.compile(any_of(_WORDS["names"]["brought"]))
# 9个村实现宽带全覆盖: with what they are covered, where nothing else tells which they are.
_COVERED = re.compile("实现[^,;:。]{2,}全覆盖$")
_SECURED, _SECURING = tuple(_BEHIND["secured"]), tuple(_BEHIND["securing"])
_SETTLEMENTS = re.compile(rf"{any_of(_BEHIND['settlements'])}(?:\([^()]*\))?")
_SETTLED = re.compile(rf"{any_of(_BEHIND['settlements'])}(?:\([^()]*\))?([^(,;:。、][^,;:。、]{{2,}})")
# 9个部件全覆盖的产业集群: what covers them all is not what is counted.
_CHANGED = re.compile(rf"{any_of(_BEHIND['changed'])}$")
_CHANGED_THINGS: tuple[str, ...] = tuple(_BEHIND["changed_things"])
_WHOLLY = "全"
_COVERING = re.compile(rf"{any_of(_BEHIND['covering'])}的")
_CHAMPION, _BECAME = re.compile(any_of(_BEHIND["champions"])), re.compile(r"成为([^,;:、的]{2,12})$")
# 围绕产业需求建设9条道路: what for or by what is told of the work, and not of the roads.
_IN_VIEW_OF = re.compile(rf"(?:^|[,;]|其中){any_of(_BEHIND['in_view_of'])}[^,;、]{{2,14}}$")
_VIEWED = tuple(_BEHIND["in_view_of"])
# 抓好农业等9个领域节能工作
_WORK_IN = re.compile(rf"领域[^的、和与及]{{2,10}}{any_of(_WORDS['left_out']['work_nouns'])}")
_FIELD_FIRST = re.compile(rf"({any_of(_BEHIND['fields'])})([^的、和与及]{{4,}})$")
_CAUSING = re.compile(f"让|{any_unless(_BEHIND['causing'])}")
_LISTED = re.compile(r"[^、\d]+(?:、[^、\d]+)+")
# 发挥3个试点作用: the part that they play.
_GIVEN, _ROLE = re.compile(rf"{_BEHIND['given']}[^,;:。]{{0,8}}$"), _BEHIND["role"]
_GROWING = tuple(_BEHIND["growing"])
_SIZES, _SIZES_OF = tuple(_BEHIND["sizes"]), re.compile(any_of(_BEHIND["sizes"]))
_OTHER_BATCH = re.compile(r"第[二三四五六七八九]批$")
# In characters.
_LONGEST_PREDICATE = 24
# 重点事项审批|时限: a step of what is counted.
_STEP = re.compile(rf"(?<=事项){any_of(_WORDS['left_out']['steps'])}$")
# How near the thing stands that a verb before it qualifies (入选项目).
_NEAR = 6
_FOR_PEOPLE = re.compile(f"为{any_of(_BEHIND['served_people'])}")
_CHOSEN = re.compile(rf"{_BEHIND['chosen_as']}([^,;、]{{2,16}})$")
_PAID: tuple[str, ...] = tuple(_BEHIND["paid"])
_CONTRIBUTES = _WORDS["pulls"]["contributes"]
_FOR: tuple[str, ...] = tuple(vocabulary("function_words")["for_whom"])
_REACHING: frozenset[str] = frozenset(
    [
        *_BEHIND["joining"],
        *_WORDS["left_out"]["reached_by"],
        *("累计" + word for word in _WORDS["left_out"]["reached_by"]),
    ]
)
_SERVED = re.compile(any_of(_WORDS["names"]["served"]))
_OF_PEOPLE = re.compile(any_of(_BEHIND["of_people"]))
_SERVICES = re.compile(rf"、[^,;。]*?等([^,;。、]{{0,8}}{any_of(_WORDS['names']['services'])})(?=[,;。]|$)")
_GENERAL: frozenset[str] = frozenset(_WORDS["left_out"]["general"])
_TITLED: tuple[str, ...] = tuple(_BEHIND["titled"])
_REACH: frozenset[str] = frozenset(_BEHIND["reach"])
_STEADILY, _STEADY_AT = _BEHIND["steady"], tuple(_BEHIND["steady_at"])
# 科学技术奖获评|2个一等奖
_PRIZE: str = _BEHIND["prize"]
_DEGREE = re.compile(rf"{any_of(_BEHIND['degrees'])}{_PRIZE}$")
_AWARD = re.compile(rf"([^,;:、]{{2,}}{_PRIZE}){any_of(_BEHIND['won'])}?了?$")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}是")
# 二期工程圆满收官、90户居民实现…: nothing of what is told before.
_CLOSED = re.compile(rf"{any_of(_BEHIND['closed'])}、$")
# The longest words before a number that belong to the thing behind it; before one that says little alone (33条措施).
_LONGEST_QUALIFIER, _LONGEST_OF_GENERAL = 14, 24
_MEDALS = re.compile(r"([金银铜])牌?$")
_GAMES = re.compile(r"在(?:第[^,;:届]{1,4}届)?([^,;:在]{2,14}?(?:会|赛))上")


def head_behind(run: list[Slot], following: Sequence[Slot], memory: Memory) -> Head:
    """新建9座污水处理厂: the thing counted stands behind its number."""
    slot, last = run[0], run[-1]
    if numbered := _NUMBERED.match(slot.lead):
        slot = slot._replace(lead=slot.lead[numbered.end() :])  # 二是为90名老人体检
        run = [slot, *run[1:]]
        last = run[-1]
    tail = strip_tail(slot.lead)
    steps: list[str] = []
    does = event_at_start(last.trail) or w.RISE_OR_FALL.at_start(last.trail)
    closed = _CLOSED.search(slot.lead) or (slot.lead.endswith("、") and does)  # 提高甲标准、9次提高乙标准
    before = strip_lead("" if closed else tail.text.rpartition("、")[2])
    stop = last.numeral.phrase_stop
    span = (stop, stop + max(1, len(last.trail)))
    event = event_at_end(_end_of_lead(slot.lead)) or event_at_end(before)
    if event in _NOMINAL and len(before) > len(event) + 2 and (event_at_start(before) or last.trail in _GENERAL):
        event = ""  # 高质量发展20项措施: a noun here
    # After a verb the list goes on with other things done (新增5万辆指标、减税等政策).
    whole = bool(not event or "的" in last.trail or _LEVELS.match(last.trail) or _NEEDY.match(last.trail))
    whole = whole or bool(_SHOWN in last.numeral.unit and _SHOWS.fullmatch(last.trail))
    trail = last.trail if whole else _FIRST_ITEM.match(last.trail)[0]  # type: ignore[index]
    if not last.numeral.unit and len(trail) > 2:
        trail = trail.removeprefix("大")  # 7大片区
    if last.after[:1] == "、" and not last.trail_open and trail == last.trail:
        trail += _more_of_them(slot, last, event)
    if (slot.lead.endswith("以") or _LED_TOO.search(slot.context + slot.lead)) and (led := _AS.match(trail)):
        trail = led[1]  # 以9件实事为引领的工程; 以甲公司为龙头、90家企业为支撑
        before = ""
    apart = True
    if parted := _AND_NAMED.match(trail):
        trail = parted[1]  # 壮大9条产业链和“5+5”集群
    elif counted := _counted_apart(last, trail):
        trail = counted
    else:
        apart = False
    if _GIVEN.search(slot.lead):
        trail = trail.removesuffix(_ROLE)  # 发挥3个试点作用
    if sized := _of_size(event, trail, slot, following, memory):
        return Head([sized[0]], Tail(""), "head-behind", span, event=event or memory.event, base=sized[1], how="sized")
    if narrow := side_of(trail, before, slot, following):
        return Head([narrow], Tail(""), "head-behind", span, how="side")
    if narrow := reach_of(trail, slot):
        return Head([narrow], Tail(""), "head-behind", span, event=event, how="reach")
    if narrow := task_of(trail, slot, memory):
        return Head([narrow], Tail(""), "head-behind", span, how="task")
    if last.trail_open and (narrow := among_best(slot, following, memory)):
        return Head([narrow], Tail(""), "head-behind", span, how="among-best")
    trail = _AND_TROUBLES.sub("", _SIDES.sub("", _ADVANCING.sub("", trail)))
    if slot.lead.endswith(_FOR) and not last.trail_open and (served := _served(trail, last.after)):
        return Head([_by_driver(served, slot, memory)], tail, "for-whom", span)
    if slot.lead.endswith("为") and last.trail_open and (done := _deed(trail)):
        # 为90名工人追回工资|8万元
        told = w.PREDICATE_START.first(trail[: done[0]], 2)
        event = _by_driver(strip_tail(trail[done[0] :]).text, slot, memory)
        return Head([event + trail[: told[0] if told else done[0]]], tail, "for-whom", span, event=event)
    if not slot.numeral.unit and (medal := _MEDALS.match(trail)):
        return Head([_medals(medal[1], event, slot, memory)], Tail(""), "head-behind", span, how="medals")
    if (degree := _DEGREE.match(trail)) and (award := _AWARD.search(slot.lead)):
        return Head([award[1] + degree[0]], Tail(""), "head-behind", span, event=award[1], how="prize")
    if degree and slot.link in ("list", "joined") and memory.event.endswith(_PRIZE) and not memory.carried:
        return Head([memory.event + degree[0]], Tail(""), "head-behind", span, event=memory.event, how="prize")
    if slot.numeral.unit in MULTIPLIER_WORDS and not event and (people := _PEOPLE_OF.match(trail)):
        return Head([people[0]], Tail(""), "head-behind", span, how="people")  # 4000万甲省人民拼出了速度
    if slot.numeral.unit.endswith("元") and _CHAMPION.fullmatch(trail) and (became := _BECAME.search(slot.lead)):
        return Head([clean(became[1])], Tail(""), "head-behind", span, how="became")  # 甲县成为产值超百亿元县
    viewed = slot.lead.endswith(_VIEWED) or (slot.lead.endswith("等") and _WORK_IN.fullmatch(trail))
    if viewed and not last.trail_open and (field := _FIELD_FIRST.match(trail)):
        trail = field[2] + field[1]  # 围绕6个领域部署任务: the fields are counted
        return Head([trail], Tail(""), "head-behind", span, how="side")
    thing, predicate = _split_trail(trail, last.trail_open and not apart)
    own_verb = w.LEAD_IN.at_start(slot.lead.lstrip("、和及与并"))
    if event and _are_counted(tail.text, event, slot):
        event = ""  # 道路建设、管网改造2个项目: they are what is counted
    if not event and _shares_event(slot, memory) and not own_verb:
        event = memory.event
        steps.append("event-of-list")
    if not event and is_ratio(slot.numeral.unit) and before.endswith(_CONTRIBUTES) and last.trail.startswith("的"):
        event, before = clean(before), clean(before)  # 民营经济贡献了65%的税收、80%的就业
    attribute = attribute_of(clean(before))
    names_them = (
        (_LISTED.fullmatch(slot.lead) or slot.lead.endswith("等"))
        and is_count(slot.numeral.unit)
        and not w.LEAD_IN.at_end(before)
    )
    if not event and not attribute and names_them:
        # 建成甲港、乙港2个码头: the things counted are named before, behind what was done; not 停征、减征2项费用.
        first = strip_lead(tail.text.partition("、")[0])
        if not is_event(first):
            before = event = event_at_start(first)
            steps.append("named-before")
    elif not event and "、" in tail.text and len(split_list(tail.text)) == slot.numeral.value:
        before = ""  # 围绕甲、乙和丙3个方向: they are what is counted
    elif not event and slot.link == "list" and (items := _named_before(memory.text, slot.lead_start)):
        before = "" if items.count("、") + 1 == slot.numeral.value else before  # 整合为农业、工业2支基金
    measured = not is_count(slot.numeral.unit) or attribute.endswith("能力")
    if attribute and not event and measured and last.trail.startswith("的"):
        more = None if trail == last.trail and last.trail_open else _MORE_OF_THEM.match(last.after)
        if more and thing == last.trail.removeprefix("的"):
            thing = _split_trail(thing + more[0], False)[0]  # 总投资9亿元的甲、乙风电基地
        owner = clean(thing)
        return Head([owner + attribute], tail, "property-of-behind", span)
    if (
        trail == last.trail
        and not last.trail_open
        and predicate.startswith(_PREDICATES)
        and (more := _AWARDS.match(last.after))
    ):
        predicate += more[0]
    elif trail == last.trail and not last.trail_open and predicate.startswith(_SETTLES) and _SITE.search(predicate):
        sites = _MORE_SITES.match(last.after)
        predicate += sites[0] if sites else ""
    base = titled = ""
    chosen = _CHOSEN.search(predicate) or _CHOSEN.search(_end_of_list(following))
    complement = None if predicate.endswith(_PRIZES) else _COMPLEMENT.match(predicate)
    if chosen and thing:
        name, how = clean(chosen[1]) + clean(thing), "chosen-as"  # 选择2个市、5个县作为试点
    elif complement and thing.endswith(_GROWING):
        name, how = (
            clean(predicate.replace(predicate.removesuffix(complement[1]), thing[-2:] + "成为", 1)) + clean(thing[:-2]),
            "become",
        )  # 支持9个镇发展成为小城市
    elif complement:
        named = next((word for word in _RECOGNISED if predicate.startswith(word)), "")
        name, how = named + clean(complement[1]), "become"
    elif thing in w.ATTRIBUTE and predicate and (pool := _POOL_IN_LEAD.search(slot.lead)):
        name, how = clean(pool[1]) + "中" + clean(thing + predicate), "of-pool"  # 18项指标中有10项增速高于全国
    elif not thing and not before and (pool := _POOL_BEFORE.search(slot.context)):
        # 9条纳入计划的河道,4条完成整治
        name, how = clean(pool[1]) + "中" + clean(predicate), "of-pool"
    elif not thing and not before and (base := _counted_before(slot, memory)):
        name, how = base + clean(predicate), "of-counted"  # 案例90项,其中40项获推广
    elif not thing:
        before = "" if _TAKING.fullmatch(before) else before  # 仅用9天建成
        name, how = clean(_POOL_END.sub("", before).removesuffix("在")) + clean(predicate), "predicate"
    else:
        how = "thing"
        covered = bool(_COVERED.match(predicate) and _SETTLEMENTS.fullmatch(thing))
        covered = covered or (thing.endswith(_SECURED) and predicate.startswith(_SECURING))
        predicate, shared = predicate if covered else _told(predicate), _shared_noun(thing, following)
        if shared:
            steps.append("noun-of-next")
        if not (predicate or shared or event):
            predicate = (
                "" if _within(last, following) else _shared_works(thing, following) + _shared_predicate(following)
            )
            steps += ["predicate-of-last"] * bool(predicate)
        elif predicate:
            how = "told"
        if _COVERING.match(last.trail, len(thing) - 1):
            thing = thing.removesuffix(_WHOLLY)
        if not predicate and _BUILDING.fullmatch(thing):
            thing = thing.removesuffix("建设")  # 推进9个项目建设
        if predicate:
            thing = without_time(thing)  # 30个项目上半年开工
        if event in w.EVENT_ALONE:
            thing = _LINKING.sub("", thing)  # 推出9条串联古村的线路
        held = "人口" if thing.startswith("人口的") else thing  # of a population only the word itself is the thing
        name = clean(held + shared) + clean(predicate)
        if how == "told" and predicate.startswith(_TITLED):
            titled = clean(held + shared)
        if event in w.LIGHT_EVENT and (work := _shared_work(name, following)):
            name += work
            steps.append("work-of-last")
        if event in w.LIGHT_EVENT and len(name) <= 2:
            name = event + name  # 推出20条措施: a bare noun says too little alone
            how = "light-event"
        elif qualifiers := _qualifiers(
            "" if slot.link == "joined" else event if event and _IN_VIEW_OF.search(slot.lead) else before,
            event,
            _LONGEST_OF_GENERAL if thing in _GENERAL else _LONGEST_QUALIFIER,
        ):
            name = qualifiers + name
            how = "event" if qualifiers == event else "qualified"
        if thing in _GENERAL and name in (thing, event + thing) and (side := side_told(memory, slot.lead_start)):
            name = (event or event_at_start(before)) + side + thing  # 公路方面,新开工2个项目
            steps.append("field-told")
        name = at_contest(name)
        if contest := contest_of(slot, name):
            name = contest + name
            steps.append("contest-told")
        if (entered := entered_in(slot, memory)) and entered not in name:
            name = entered + name
            steps.append("entered-in")
        if name in (thing, event + thing) and (owner := of_effort(thing, slot, memory)):
            name = joined(owner, thing)
            steps.append("effort-told")
        if not event and thing.endswith(_CHANGED_THINGS) and (changed := _CHANGED.search(slot.lead)):
            name = changed[0] + name
            steps.append("changed")
        if fund := fund_for(name, slot, memory):
            name = fund + thing
            steps.append("fund-for")
    if (
        (verbs := _VERBS.fullmatch(slot.lead))
        and name.startswith(verbs[2])
        and all(item in _DONE or is_event(item) for item in verbs[1].split("、"))
    ):
        name = verbs[1] + "、" + name  # 新建、扩建9条航线
        steps.append("verbs-of-list")
    if (work := of_work(name, slot, memory)) != name:
        name = work
        steps.append("work-told")
    if (kind := of_kind_told(name, slot, memory)) != name:
        name = kind
        steps.append("kind-told")
    if (reaching := reached_by(name, slot, memory)) != name:
        name = reaching
        steps.append("reached-by")
    if (ranked := in_ranking(name, memory)) != name:
        name = ranked
        steps.append("ranking-told")
    if (brought := brought_by(name, slot, memory)) != name:
        name = brought
        steps.append("brought-by")
    if tail.reached and memory.heads and not memory.carried and slot.numeral.unit == memory.unit:
        earlier = memory.heads[-1]
        if name and earlier != name and earlier.endswith(name):
            name = earlier  # 救助试点从9个县扩大到30个县
            steps.append("reached")
    # 较上年下降3个百分点的用电量, 下降4百或3个百分点的用电量
    listed = memory.sign if slot.link == "value" and not slot.lead and memory.measure in ("growth", "change") else 0
    points = is_ratio(slot.numeral.unit) or "百分点" in slot.numeral.unit or slot.numeral.unit in ("成", "比例")
    if crossed := _CROSSED.match(slot.lead):
        base = clean(crossed[1])
    return Head(
        [name or clean(last.trail)],
        Tail("", min(tail.change or listed, 0) if points else 0),
        "head-behind",
        span,
        event=event or _reaching_all(before),
        base=base,
        how=how,
        steps=tuple(steps),
        titled=titled,
    )


def _of_size(event: str, trail: str, slot: Slot, following: Sequence[Slot], memory: Memory) -> tuple[str, str] | None:
    """The things of one of several sizes, and what has the size, which the next number leaves out; None for all else."""
    sized = _SIZED_FIRST.fullmatch(trail) if following and following[0].link == "list" else None
    of_next = _SIZED_NEXT.fullmatch(following[0].trail) if sized and attribute_of(sized[1]) else None
    if sized and of_next:
        return f"{event}{trail}的{of_next[2]}", event + sized[1]
    listed = slot.link == "list" and memory.heads and not memory.carried and memory.unit == slot.numeral.unit
    own = _SIZED_NEXT.fullmatch(trail) if listed and attribute_of(memory.heads[-1]) else None
    return (f"{memory.heads[-1]}{own[1].removesuffix('的')}的{own[2]}", "") if own else None


def _counted_apart(last: Slot, trail: str) -> str:
    """The thing behind a number without what the next number counts (9条公路和甲线等3条铁路), or an empty string."""
    parted = _AND_OF_NEXT.fullmatch(trail)
    if not parted or event_at_start(trail[len(parted[1]) + 1 :]):
        return ""
    if trail.endswith("等"):
        return parted[1] if last.trail_open else ""
    listed = _LISTED_NEXT.match(last.after)
    return parted[1] if listed and not any(event_at_start(item) for item in listed[0].split("、")) else ""


def _are_counted(told: str, event: str, slot: Slot) -> bool:
    """Whether so many items as the number says are named before it, the last of which ends like a word for what is done."""
    items = split_list(told) if "、" in told and is_count(slot.numeral.unit) and _LISTED.fullmatch(slot.lead) else []
    first, last = (strip_lead(items[0]), items[-1]) if items else ("", "")
    return 1 < len(items) == slot.numeral.value and not event_at_start(first) and len(last) > len(event) + 1


def _reaching_all(before: str) -> str:
    """The verb that reaches the next thing too, with all of what it does (通达全球9个国家的90个港口), or an empty string."""
    whole = _ALL_OF.search(before)
    verb = event_at_end(before[: whole.start()]) if whole else ""
    return verb if verb in _REACHING else ""


def _by_driver(deed: str, slot: Slot, memory: Memory) -> str:
    """What is done for those who are counted, with the policy that does it."""
    return driver_told(slot, memory) + deed


def _named_before(text: str, stop: int) -> str:
    """The members of a list directly before `stop`, or an empty string; of a very long one the last of them."""
    items = _NAMED_BEFORE.search(text, max(0, stop - _LONGEST_LIST), stop)
    return items[0] if items else ""


def _deed(trail: str) -> tuple[int, int] | None:
    """Where the words say what was done for those who are counted; no event is that tells who they are (灵活就业人员)."""
    done = w.EVENT.first(trail, 2)
    if not done and (served := _SERVED.search(trail, 2)):
        return served.start(), len(served[0])
    while done and _OF_PEOPLE.match(trail, sum(done)):
        done = w.EVENT.first(trail, sum(done))
    return done


def _more_of_them(slot: Slot, last: Slot, event: str) -> str:
    """The rest of a list behind a number that counts all of it, or an empty string.

    2个绿茶、红茶产品获得金奖, 100%的镇、村通硬化路; not 新建9个车站、码头.
    """
    if before_next := _BEFORE_NEXT.match(last.after):
        return "" if any(map(event_at_start, before_next[0].split("、"))) else before_next[0]
    if event:
        sites = _MORE_SITES.match(last.after) if _SITE.fullmatch(last.trail) else None
        return "" if not sites or any(map(_does_something, sites[0][1:].split("、"))) else sites[0]
    more = _MORE_OF_THEM.match(last.after)
    if not more:
        return ""
    told = not strip_lead(slot.lead) and w.PREDICATE_START.first(more[0], 2)
    return more[0] if told or is_ratio(last.numeral.unit) else ""


def _does_something(item: str) -> bool:
    """Whether an item of a list is something done, and no name that begins like it: 推广新平台, and not 检测中心."""
    event = event_at_start(item)
    return bool(event) and item.removeprefix(event) not in _BEHIND["listed_sites"]


def _medals(metal: str, event: str, slot: Slot, memory: Memory) -> str:
    """Medals with the games in which they were won, or what was done to get them: 在亚运会上夺得4金1银."""
    if slot.link in ("joined", "list") and not memory.carried and memory.heads and _MEDALS.search(memory.heads[-1]):
        return f"{memory.heads[-1][:-2]}{metal}牌"
    games = _GAMES.search(slot.context + slot.lead)
    return f"{games[1] if games else event}{metal}牌"


def _shares_event(slot: Slot, memory: Memory) -> bool:
    """Whether what was done with the thing before was done with this one too (惠及9个镇近3万人)."""
    joined = slot.link == "joined" and memory.event in _REACHING
    return bool(memory.event) and not memory.carried and (slot.link == "list" or joined)


def _served(trail: str, after: str) -> str:
    """What is done for those who are counted (为9万名|老人免费体检 → 免费体检老人), or an empty string."""
    deed = _SERVED.search(trail, 2)
    if not deed and (list_of := _SERVED_LIST.match(after)):
        # 为9家养老院、托育园配备呼叫终端
        trail, after = trail + list_of[0], after[list_of.end() :]
        deed = _SERVED.search(trail, 2)
    if not deed:
        return ""
    whom, what = trail[: deed.start()].rpartition("等")[2], trail[deed.start() :]
    if more := _SERVICES.match(after):
        what = deed[0] + more[1]  # 免费提供训练、手术等服务
    return clean(what) + clean(whom)


def _counted_before(slot: Slot, memory: Memory) -> str:
    """The thing counted before of which a part is told now, or an empty string; of people others may be meant."""
    if memory.carried or not memory.heads or slot.numeral.unit != memory.unit or memory.unit in _PEOPLE:
        return ""
    # 90个项目开工,60个投产: of the projects; 累计推出90项成果,其中6项为首创: of the results.
    told = memory.heads[-1].removeprefix("累计")
    return _split_trail(told.removeprefix(event_at_start(told)), False)[0]


def thing_behind(slot: Slot, following: Sequence[Slot]) -> str:
    """The thing that properties before it belong to: 总投资294亿元、年度投资75.2亿元的20项重点项目."""
    for other in following:
        if is_ratio(other.numeral.unit):
            return ""  # 95%的企业: a share of other things
        if not slot.trail and other.link in ("list", "value") and other.trail.startswith("的") and len(other.trail) > 2:
            return clean(_split_trail(other.trail, other.trail_open)[0])
        if slot.trail == "的" and other.link == "joined":
            return clean(_split_trail(other.trail, other.trail_open)[0])
        if slot.trail or other.link != "list":
            return ""
        slot = other
    return ""


def _shared_noun(thing: str, following: Sequence[Slot]) -> str:
    """What a level leaves to the next item of the list: 3家市级、5家镇级试点企业; or of the next clause: 3个百亿级,食品等2个千亿级集群."""
    if not following or not _LEVEL.match(thing):
        return ""
    beside = following[0].link == "clause" and thing.endswith(_SIZES) and _SIZES_OF.match(following[0].trail)
    if following[0].link != "list" and not beside:
        return ""
    trail = following[0].trail
    if following[0].trail_open:
        trail = _split_trail(trail, True)[0]  # 6个市级、9个县级重点项目完成投资|9亿元
    other = _LEVEL_NOUN.match(trail)
    return other[1] if other else ""


def noun_of_batch(following: Sequence[Slot]) -> str:
    """What the next number counts, where one batch leaves it to another: 首批9项及第二批6项改革."""
    other = following[0] if following else None
    if other is None or other.link not in ("joined", "list") or not _OTHER_BATCH.search(other.lead):
        return ""
    return clean(_split_trail(other.trail, other.trail_open)[0])


def _told(predicate: str) -> str:
    """A predicate that says something of the thing counted, or an empty string."""
    light = w.LIGHT_PREDICATE.at_start(predicate) == len(predicate) or _VAGUE.search(predicate)
    light = light or _CAUSING.match(predicate) or _COVERING.match(predicate)
    return "" if light or len(predicate) > _LONGEST_PREDICATE else predicate


def _within(last: Slot, following: Sequence[Slot]) -> bool:
    """Whether the next number counts what belongs to the things of this one: 9项规划的80个项目."""
    return last.trail.endswith("的") or (not last.trail_open and last.after.startswith("的") and bool(following))


def _shared_predicate(following: Sequence[Slot]) -> str:
    """What the last of a list says of all of them: 3所小学、2所中学入选示范学校."""
    last = _last_listed(following)
    return _told(_split_trail(last.trail, last.trail_open)[1]) if last else ""


def _shared_works(thing: str, following: Sequence[Slot]) -> str:
    """What the places of a list have of which the last says something: 3个县、9个乡镇垃圾处理设施建成使用."""
    last = _last_listed(following) if _SETTLEMENTS.fullmatch(thing) else None
    works = _SETTLED.match(_split_trail(last.trail, last.trail_open)[0]) if last else None
    return works[1] if works else ""


def _last_listed(following: Sequence[Slot]) -> Slot | None:
    """The last quantity of a list, or the second of two side by side, whose things stand behind their numbers."""
    last = None
    for slot in following:
        beside = slot.link == "joined" and last is None and slot.lead and is_count(slot.numeral.unit)
        if not (slot.link == "list" or beside) or not slot.trail:
            break
        last = slot
    return last


def _end_of_list(following: Sequence[Slot]) -> str:
    """What stands behind the last quantity of a list whose things stand behind their numbers."""
    last = _last_listed(following)
    return last.trail if last else ""


def _shared_work(thing: str, following: Sequence[Slot]) -> str:
    """The work that stands behind the last of a list: 完成9户危房、4户棚户区改造."""
    if _WORK.search(thing):
        return ""
    last = _last_listed(following)
    work = _WORK.search(last.trail) if last else None
    return work[0] if work else ""


def _qualifiers(before: str, event: str, longest: int = _LONGEST_QUALIFIER) -> str:
    """What of the words before a number belongs to the name of the thing behind it."""
    if event in w.LIGHT_EVENT:
        return ""
    rest = before if not event else before.removesuffix(event) if before.endswith(event) else ""
    if event in w.EVENT_ALONE:
        return "累计" + event if rest.endswith("累计") else event  # 自贸区累计推出30项成果
    rest = without_from(_PREPOSITION.sub("", rest))
    if len(rest) > longest or rest.endswith(_NO_QUALIFIER):
        rest = ""
    return clean(rest) + event


def _end_of_lead(lead: str) -> str:
    """The lead without aspect particles at its end (建成了9座 → 建成)."""
    return lead.rstrip("了约近超达各共")


def _split_trail(trail: str, is_open: bool) -> tuple[str, str]:
    """Divide what follows a number into the thing counted and its predicate (科技型企业|上市)."""
    trail = trail.removeprefix("的")
    if "分别在" in trail:
        trail = trail.partition("分别在")[0]  # 2座电站分别在甲县、乙县开工
    work = _OTHER_WORK.match(trail)
    if work:
        trail = work[1]
    found = w.PREDICATE_START.first(trail, 1 if trail[1:].startswith(_AFTER_ONE) else 2)
    if trail.startswith(_PREDICATES) and not _MODIFIES.search(trail, 2, _NEAR):
        return "", trail
    while found and (_MODIFIES.match(trail, found[0] + found[1]) or _no_predicate(trail, found[0])):
        found = w.PREDICATE_START.first(trail, found[0] + found[1])
    if is_open:
        if first := _FIRST_NAMED.match(trail):
            return first[0], ""  # 9个产能提升重点县和甲平原|90万亩农田
        if brought := _BRINGS.search(trail, 2):
            trail = trail[: brought.start()]  # 20亿元补贴拉动消费|90亿元
        held = _HELD.search(trail)
        ends = (found[0] if found else None, _first_property(trail), held.end() if held else None)
        at = min((end for end in ends if end is not None), default=len(trail))
        if found_step := _STEP.search(trail[:at]):
            at = found_step.start()  # 9个重点事项审批时限压缩…
        return trail[: at - (w.REACH.at_end(trail) if at == len(trail) else 0)].rstrip("共约达计"), ""
    if found and not trail[: found[0]].endswith("的"):
        return trail[: found[0]], trail[found[0] :]
    return trail, ""


def _no_predicate(trail: str, at: int) -> bool:
    """Whether what begins like a predicate at `at` is part of another word (地级以上市, 集聚区)."""
    return bool(_NOT_PREDICATE.match(trail, at - 1) or _NOT_PREDICATE.match(trail, at))


def _first_property(trail: str) -> int | None:
    found = w.ATTRIBUTE.first(trail, 2)
    return found[0] if found else None


def is_noun(trail: str, numeral: Numeral) -> bool:
    """Whether what follows the number begins with the thing counted."""
    if not trail:
        return False
    rest = _REMARK.sub("", trail.removeprefix("的"))
    if _NUMBERED_BARRIER.match(rest):
        return False  # 连跨5万亿元、6万亿元两个台阶
    if not rest or not rest.strip(" )”》"):
        return False
    if _SIZED.match(rest) and is_count(numeral.unit):
        return True
    if rest[0] == "到" and numeral.unit.endswith(_SPANS) and not rest[1:2].isdigit():
        return True  # 1小时到省城
    if numeral.rank or (numeral.unit in _NOT_COUNTING and not trail.startswith("的")):
        return False
    if (
        rest.startswith(_NO_NOUN)
        or _AND.match(rest)
        or says_value(rest)
        or CIRCUMSTANCE.match(trail)
        or _AIM.match(trail)
    ):
        return False
    verb = strip_lead(rest)  # 由2.1逐步降到2.0
    changed = w.RISE_OR_FALL.at_start(verb)
    return not (changed and len(verb) <= changed + 1)


def is_told(lead: str, slot: Slot) -> bool:
    """Whether a property stands before a measured value and a predicate behind it: 产能90万吨建成投产."""
    if slot.numeral.unit.endswith("元") and slot.trail.startswith(_PAID) and not slot.trail_open:
        return bool(lead)
    if is_count(slot.numeral.unit) or slot.numeral.unit.endswith("元") or not w.PREDICATE_START.at_start(slot.trail):
        return False
    return bool(attribute_of(clean(strip_tail(lead).text)))


def is_aim(trail: str) -> bool:
    """Whether the words behind a value only say what kind of result it is (的目标, 的唯一省份)."""
    return bool(_AIM.match(trail))


def says_value(words: str) -> bool:
    """Whether these words only say that a value is reached (达到, 分别提高到)."""
    words = words.removeprefix("分别") or words
    if _FOR_PEOPLE.match(words):
        return False  # 30项为民办实事项目
    if words.startswith(_STEADILY) and not words.startswith(_STEADY_AT):
        return False  # 3万人稳定消除返贫风险
    if words[0] in _REACH and not w.KEEP_START.at_start(words):
        return True
    # 3万元预计提高到5万元
    return w.VALUE_REACHED.at_start(words) > 1 or w.VALUE_REACHED.at_start(words[w.ADVERB.at_start(words) :]) > 1
