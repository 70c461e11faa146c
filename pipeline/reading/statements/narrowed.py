"""Things counted that words around them narrow: what they are entered in, ranked in, reached by, a side or a step of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.head import Memory, is_count, last_clause
from pipeline.reading.statements.phrase import attribute_of, clean, event_at_start, is_event, strip_lead, strip_tail
from pipeline.reading.statements.slots import Slot

_V = vocabulary("constructions")
_WORDS = _V["narrowed"]
_ENTERED = re.compile(rf"(?:^|[,;:。、\n])({any_of(_WORDS['entered'])}[^,;:。\n]{{2,24}})的$")
_ENTERED_FAR = 32
_AT_CONTEST = re.compile(rf"在([^,;:。、\n在]{{0,16}}?{any_of(_WORDS['contests'])})[上中]")
_PRIZES: tuple[str, ...] = tuple(_WORDS["prizes"])
_POOL = rf"{any_of(_WORDS['stands'])}?{any_of(_V['ranks']['areas'])}"
_AMONG_BEST = filtered(rf"([^,;:。]{{2,}}?)({_POOL})的?")
_SIDE = any_of(_WORDS["sides"])
_SIDE_SET = re.compile(rf"大?({_SIDE})(?P<set_out>{any_of(_WORDS['set_out'])}了?)?")
_IN_SIDES = re.compile(rf"大?({_SIDE})的([^,;:。、]{{2,}})")
_OVER_THINGS = re.compile(any_of(_WORDS["over_things"]))
_REACHED = re.compile(rf"({any_of(_WORDS['reaching'])})([^,;:。、的]{{0,6}})$")
_LINKED = re.compile(rf"{any_of(_WORDS['linking'])}$")
_PEOPLE = frozenset(_WORDS["reached_in"])
_RANGE = filtered(rf"(?:{any_of(_WORDS['got_into'])}|^|(?<=新增))前(?=\d)")
_GOT_INTO = re.compile(any_of(_WORDS["got_into"]))
_RANKING = re.compile(any_of(_WORDS["rankings"]))
_QUOTED_ACTS = re.compile(rf"(“[^”]{{2,14}}”)(?P<acts>(?:{any_of(_WORDS['acts'])})+)")
_BARE: frozenset[str] = frozenset(_WORDS["bare"])
_EFFORT = re.compile(rf".*?{any_of(_V['left_out']['work_verbs'])}([^,;:、“”]{{2,18}}{any_of(_WORDS['efforts'])})")
_FUNDS: frozenset[str] = frozenset(_WORDS["funds"])
_FUND_ENDS = tuple({word[-2:] for word in _FUNDS})
_FURTHERED = re.compile(rf"{any_of(_WORDS['manners'])}?({any_of(_WORDS['furthered'])}[^,;:。、\n]{{2,16}})。?$")
_LONGEST_OWNER = 8


def entered_in(slot: Slot, memory: Memory) -> str:
    """In what the things counted are entered, where the words before their number say so (纳入规划的9个水库), or nothing."""
    if not slot.lead.endswith("的"):
        return ""
    stop = slot.numeral.phrase_start
    found = _ENTERED.search(memory.text[max(memory.start, stop - _ENTERED_FAR) : stop])
    return found[1] if found else ""


def contest_of(slot: Slot, name: str) -> str:
    """The contest in which prizes are won, where the words before their number say it (在甲运动会上获得9枚金牌), or nothing."""
    found = _AT_CONTEST.search(slot.lead) if name.endswith(_PRIZES) else None
    return found[1] if found and found[1] not in name else ""


def among_best(slot: Slot, following: Sequence[Slot], memory: Memory) -> str:
    """Things that are counted by the place that they take, or nothing.

    9项指标居全省第一 → 居全省第一指标; 9种产品产量全国第一 → 产品产量全国第一.
    """
    other = following[0] if following else None
    if other is None or other.link != "joined" or not other.numeral.rank or not is_count(slot.numeral.unit):
        return ""
    told = _AMONG_BEST.fullmatch(slot.trail)
    if not told:
        return ""
    place = told[2] + memory.text[other.numeral.phrase_start : other.numeral.phrase_stop]
    return clean(told[1] + place) if attribute_of(told[1]) else clean(place + told[1])


def side_of(trail: str, before: str, slot: Slot, following: Sequence[Slot]) -> str:
    """The sides of something, with what they are sides of, or nothing.

    5个方面提出20项指标 → 指标方面; 争取省里在9个领域的资金支持 → 省里资金支持领域; 园区建设9个方面30条经验 → 园区建设经验方面.
    """
    if not trail.startswith(_SIDE_STARTS):
        return ""
    if slot.lead.endswith("在") and (inside := _IN_SIDES.fullmatch(trail)):
        whole = slot.lead[:-1]
        owner = clean(strip_lead(whole.removeprefix(event_at_start(whole))))
        return (owner if len(owner) <= _LONGEST_OWNER else "") + _thing(inside[2]) + inside[1]
    side = _SIDE_SET.fullmatch(trail)
    other = following[0] if following else None
    if not side or other is None or other.link != "joined" or not other.trail or not is_count(other.numeral.unit):
        return ""
    owns = not (side["set_out"] or is_event(before) or "、" in slot.lead or before.endswith("等"))
    whole = clean(before) if owns and len(before) <= _LONGEST_OWNER else ""
    return whole + _thing(other.trail.partition("、")[0]) + side[1]


def _thing(words: str) -> str:
    """A thing without what is told of it."""
    told = w.PREDICATE_START.first(words, 2)
    return clean(strip_tail(words[: told[0]] if told else words).text)


_SIDE_STARTS: tuple[str, ...] = (*_WORDS["sides"], *("大" + side for side in _WORDS["sides"]))


def reach_of(trail: str, slot: Slot) -> str:
    """Whom a thing named behind them reaches, or what it links, or nothing.

    惠及9万人的引水工程, 惠及9万名儿童的阅读项目 → 阅读项目惠及儿童; 串联9个古村的骑行线路 → 串联古村.
    """
    if "的" not in trail:
        return ""
    lead = slot.lead.rstrip("了约近超达")
    whom, _, by = trail.partition("的")
    reached = _REACHED.search(lead) if slot.numeral.unit in _PEOPLE else None
    if reached and (not whom or (_OVER_THINGS.search(by) and not reached[2])):
        return _thing(by) + reached[1] + reached[2] + clean(whom)
    if whom and _OVER_THINGS.search(by) and (linked := _LINKED.search(lead)):
        return linked[0] + clean(whom)
    return ""


def in_ranking(name: str, memory: Memory) -> str:
    """A name with 前N alone, of the ranking that the quantity before names (镇入围前100名); any other name as it is."""
    if "前" not in name or not memory.heads or memory.carried or not (part := _RANGE.search(name)):
        return name
    before = memory.heads[-1]
    at = before.find("前")
    if at > 0 and before[at + 1 : at + 2].isdigit():
        before = before[:at]
        before = before.removeprefix(event_at_start(before))
    elif not _RANKING.search(before):
        return name
    ranking = _GOT_INTO.split(before)[-1]
    at = part.end() - 1
    return name[:at] + ranking + name[at:] if ranking and ranking not in name else name


def of_effort(thing: str, slot: Slot, memory: Memory) -> str:
    """Whose tasks or matters they are, where their name says too little, or nothing.

    深化农村产权改革,落实9项改革任务; “一窗通办”推出90项重点事项.
    """
    if thing not in _BARE:
        return ""
    if acts := _QUOTED_ACTS.match(slot.lead):
        return acts["acts"] + acts[1]
    if not slot.context or (memory.heads and not memory.carried):
        return ""
    effort = _EFFORT.fullmatch(last_clause(slot.context.rstrip(",:")))
    return clean(strip_lead(effort[1])) if effort else ""


def fund_for(name: str, slot: Slot, memory: Memory) -> str:
    """What the sentence before says is to be furthered, for money that does it (扶持山区发展。设立9亿元的专项资金), or nothing."""
    if slot.context or slot.link != "none" or not name.endswith(_FUND_ENDS):
        return ""
    if name.removeprefix(event_at_start(name)) not in _FUNDS:
        return ""
    begin = memory.text.rfind("\n", 0, memory.start) + 1
    told = memory.text[max(begin, memory.start - _ENTERED_FAR) : memory.start].rstrip("。").rpartition("。")[2]
    furthered = _FURTHERED.fullmatch(told.strip())
    return furthered[1] if furthered else ""
