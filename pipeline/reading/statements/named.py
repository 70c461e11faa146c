"""Heads that the words before a value leave in part to what was told elsewhere: the functions behind the rules `heads`.

新增示范企业9家,其中国家级2家: of the second count the words before it say only which level, and the rest stands before. Each
rule of `vocabulary/rules/heads.yaml` says when it is asked, with examples and near misses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.coordination import PLACE_END, split_list
from pipeline.reading.statements.ellipsis import (
    contributor,
    fund_told,
    is_bare,
    of_kind_before,
    of_kind_seen,
    of_kinds_told,
    of_list,
    of_sibling,
    owner_stated,
    paired,
    programme_told,
    share_in,
    subject_stated,
    system_told,
    thing_stated,
    topic_told,
)
from pipeline.reading.statements.head import CIRCUMSTANCE, Head, Memory, is_count, last_clause
from pipeline.reading.statements.measure import Comparison
from pipeline.reading.statements.phrase import Tail, attribute_of, clean, event_at_start, owner_of, strip_lead
from pipeline.reading.statements.purposes import with_purpose
from pipeline.reading.statements.shares import part_of_share
from pipeline.reading.statements.slots import Slot
from pipeline.rules import Answer, Words, deciding, stage

_WORDS = vocabulary("constructions")
_NAMES = _WORDS["names"]
_PARTS = _WORDS["parts"]
_HAVING = any_of(vocabulary("function_words")["having"])
_PART = re.compile(rf"(?P<level>{any_of([*_PARTS['levels'], *_PARTS['areas']])}){any_of(_PARTS['done'])}?$")
_BUDGET_PART = re.compile(rf"(?P<level>{any_of(_PARTS['budget_levels'])}){any_of(_PARTS['done'])}?$")
_PART_OF = re.compile(rf"{any_of([*_PARTS['levels'], *_PARTS['areas']])}(?=..)")
_HOLDER = re.compile(rf"^(?:[全我][国省市区县州])?{_HAVING}?")
# A list of districts alone: the head is that of the quantity before.
_PLACE = re.compile(rf"^(?!{any_of(_NAMES['not_place'])})[^,、的]{{1,4}}{PLACE_END}$")
_PLACE_ENDS = ("区", *_NAMES["place_levels"], *_NAMES["long_place_levels"])
_KIND_OF_PLACE: tuple[str, ...] = tuple(_NAMES["not_place_ends"])
# 产值超9亿元的有5家: a size and not a name; and the class told before.
_THOSE_THAT = filtered(
    rf"([^,;:、]*(?:{any_of(_NAMES['sizes_told'])}[\d.]+[^,;:、\d年]{{1,4}}|\d[^,;:、\d年]{{1,4}}以[上下]))的{any_of(vocabulary('function_words')['amounting'])}?$"
)
_SIZE_TOLD = re.compile(any_of(_NAMES["sizes_told"]))
_HOW_MANY = re.compile(r"\d+[个家种项所座镇村]")
_CLASS_BEFORE = re.compile(r"(?:\d+[家个户条种项所座镇村只名])?(.{2,20})[中里]$")
_OF_PLAN = re.compile(rf"{any_of(_WORDS['changes']['plan_times'])}*{any_of(_WORDS['changes']['planned'])}")
# 完成预算的98%, 为年初预算数的98%
_SHARE_OF_PLAN = re.compile(rf"{any_of(_WORDS['changes']['of_plan'])}?({_OF_PLAN.pattern})")
# 收入任务9亿元,实际完成10亿元、超收1亿元: what came in is no longer what was planned.
PLAN_OF = re.compile(rf"{any_of(_WORDS['changes']['plan_years'])}?{any_of(_WORDS['changes']['planned'])}$")
_EACH: tuple[str, ...] = tuple(vocabulary("function_words")["distributing"])
_INVESTED = re.compile("已?(?:累计)?完成投资$")
_DONE_TO: tuple[str, ...] = tuple(_WORDS["left_out"]["done_to"])
_LEVEL = re.compile(rf"(?:[1-5][Aa]|{any_of(_NAMES['ranks_of_level'])})级")
# What the level takes the place of: 全市A级以上景区.
_OF_LEVEL = re.compile(
    rf"^(?:[全我][国省市区县州])?{_HAVING}?(?:(?:[1-5]?A|{any_of(_NAMES['ranks_of_level'])})级(?:以上|及以上)?)?"
)
# 其中10亿元以上9个, 其中产值超10亿元8家: nothing but a size; and what is of a size.
_SIZE = re.compile(
    r"(?:[^,;:、的\d]{0,6}?(?=[\d.十百千万亿])[\d.]*[十百千万亿]*[^,;:、的\d]{0,3}?及?以[上下]"
    rf"|[^,;:、的\d]{{0,6}}?{any_of(_NAMES['sizes_passed'])}(?=[\d.百千万亿])[\d.]*[十百千万亿]*美?元)"
)
_OF_SIZE = re.compile(rf"^(?:{_SIZE.pattern})的?")
_STEPS: frozenset[str] = frozenset(_WORDS["left_out"]["steps"])
_SUM_DONE = frozenset(_WORDS["left_out"]["sums_done"])
# 生产总值突破90亿元,人均突破6万元
_PER_PERSON: tuple[str, ...] = tuple(_WORDS["left_out"]["per_person"])
# 合同利用外资9亿美元,实际到账6亿美元
_ARRIVED: frozenset[str] = frozenset(_WORDS["money"]["arrived"])
_FUNDS = re.compile(rf"{any_of(_WORDS['money']['funds'])}$")
# 班列通达9个国家,全年开行90列
_RUNS: frozenset[str] = frozenset(_NAMES["runs"])
_RUNNER = re.compile(rf"[^,;:、的\d]{{0,12}}?{any_of(_NAMES['runners'])}")
# 农村、城镇居民收入…,收入比为2.4: the gap between both.
_GAPS: frozenset[str] = frozenset(_NAMES["gaps"])
_RESIDENTS, _BOTH = "居民", "城乡居民"
# Words that say all that they say of the quantity before.
_EACH_PERSON = "人均"
_ALONE = _SUM_DONE | _GAPS | _ARRIVED | _RUNS | {_EACH_PERSON}
_AMONG_OPENS = re.compile("其中[,:]?")
_LEFT_OUT = _WORDS["left_out"]
_REVENUE_SHARES: dict[str, str] = {name: kind for kind, names in _LEFT_OUT["revenue_shares"].items() for name in names}
_REVENUE: str = _WORDS["shares"]["revenue"]
_INSIDERS: frozenset[str] = frozenset(_LEFT_OUT["insiders"])
_INSIDE_OF: tuple[str, ...] = tuple(_LEFT_OUT["insides"])
_DEALT_WITH: frozenset[str] = frozenset(_LEFT_OUT["dealt_with"])
_FOUND_OUT = re.compile(rf"(?:累计|共)?{any_of(_LEFT_OUT['found_out'])}(?=..)")
_MORE = re.compile(rf"{any_of(_WORDS['changes']['added'])}(?=.)")


@dataclass(slots=True)
class Lead:
    """The words before a run of values, as the rules look at them: `name` is what they name, `head` what was found.

    `following`: the quantities of the sentence behind the run. `before` is whether the sentence has told a quantity, the
    sentence before has (`carried`), or neither.
    """

    name: str
    tail: Tail
    run: list[Slot]
    following: Sequence[Slot]
    memory: Memory
    span: Span
    versus: Comparison | None
    first: Slot
    unit: str
    head: Head | None = None
    # Any words of rules may stand here.
    signs = -1

    def known(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What is known of the value under the names that rules use in `when`: those of `_KNOWN`, in that order."""
        assert names == _KNOWN
        memory, unit = self.memory, self.unit
        return (
            "yes" if unit == memory.unit else "no",
            "yes" if self.name in _ALONE else "no",
            "yes" if all(is_bare(part, self.first.lead) for part in split_list(self.name) or [""]) else "no",
            "none" if not memory.heads else "carried" if memory.carried else "told",
            "yes" if self.tail.change else "no",
            self.first.link,
            "money" if unit.endswith("元") else "count" if is_count(unit) else "other",
        )

    def find(self, region: str, words: Words) -> Span | None:
        """Where a head is found, if the words stand in what the region of the sentence says."""
        return self.span if words.look(_REGIONS[region](self)) else None

    @property
    def told(self) -> str:
        """The name of the quantity before; asked only where there is one."""
        return self.memory.heads[-1]

    def named(self, name: str, rule: str, how: str = "", base: str = "", compared: bool = True) -> Answer:
        """What a rule answers: a head of that name is found."""
        return self.found(
            Head([name], self.tail, rule, self.span, self.versus if compared else None, base=base, how=how)
        )

    def found(self, head: Head) -> Answer:
        """What a rule answers: that head is found."""
        self.head = head
        return "", *head.span


_KNOWN = ("alike", "alone", "bare", "before", "changes", "link", "unit")

_REGIONS: dict[str, Callable[[Lead], str]] = {
    "name": lambda lead: lead.name,
    "trail": lambda lead: lead.run[-1].trail,
    "context": lambda lead: lead.first.context,
}


def told_elsewhere(lead: Lead) -> Head | None:
    """The head of words that leave a part of it to others, if a rule finds it."""
    return lead.head if stage("heads").decide(lead) else None


@deciding("part_of_before")
def _part_of_before(lead: Lead) -> Answer | None:
    part = _PART.match(lead.name) or (_BUDGET_PART.match(lead.name) if lead.unit.endswith("元") else None)
    if not part:
        return None
    # …,其中税收8亿元。分部门看,税务部门完成7亿元: of the whole that was divided before
    memory = lead.memory
    again = memory.carried and memory.divided and lead.first.context.rstrip(",:").endswith("看")
    whole = (memory.divided if again else memory.heads)[-1]
    whole = part_of_share(whole) or _HOLDER.sub("", whole)
    if other := _PART_OF.match(whole):
        whole = whole[other.end() :]
    return lead.named(part["level"] + whole, "part-of-before")


@deciding("fund")
def _fund(lead: Lead) -> Answer | None:
    fund = fund_told(lead.name, lead.memory)
    return lead.named(fund, "property-of-topic", "fund") if fund else None


@deciding("place_alone")
def _place_alone(lead: Lead) -> Answer | None:
    if not lead.name.endswith(_PLACE_ENDS) or lead.name.endswith(_KIND_OF_PLACE):
        return None
    # The places are read with the others, in resolve.
    places = all(_PLACE.match(place) for place in split_list(lead.name))
    return lead.named(lead.told, "ellipsis-place") if places else None


@deciding("circumstance")
def _circumstance(lead: Lead) -> Answer | None:
    if not CIRCUMSTANCE.match(lead.run[-1].trail) or lead.name.rfind("在") <= 1:
        return None
    base, _, name = lead.name.rpartition("在")
    return lead.named(name, "circumstance", base=base)


@deciding("each_of_topic")
def _each_of_topic(lead: Lead) -> Answer | None:
    if not lead.tail.respectively or len(lead.run) < 2:
        return None
    owners = split_list(strip_lead(last_clause(lead.first.context)))
    if len(owners) != len(lead.run):
        return None
    owners[0] = owners[0].removeprefix(event_at_start(owners[0]))
    names = [owner + lead.name for owner in owners]
    return lead.found(Head(names, lead.tail, "property-of-topic", lead.span, lead.versus, how="each"))


@deciding("each_of_before")
def _each_of_before(lead: Lead) -> Answer | None:
    recent = lead.memory.recent
    if not lead.tail.respectively or not 1 < len(lead.run) <= len(recent) or not lead.memory.listed:
        return None
    owners = [owner.removeprefix(event_at_start(owner)) for owner in recent[-len(lead.run) :]]
    had = lead.name.removeprefix(owners[-1])
    if had not in w.ATTRIBUTE:
        return None
    names = [owner + had for owner in owners]
    return lead.found(Head(names, lead.tail, "property-of-before", lead.span, lead.versus, how="each"))


@deciding("contributor")
def _contributor(lead: Lead) -> Answer | None:
    owner = contributor(lead.name, lead.first.context, lead.memory)
    return lead.named(owner + lead.name, "property-of-topic", "contributor") if owner else None


@deciding("owner_stated")
def _owner_stated(lead: Lead) -> Answer | None:
    owner = owner_stated(lead.first.context)
    return lead.named(owner + lead.name, "property-of-topic") if owner else None


@deciding("those_of_a_size")
def _those_of_a_size(lead: Lead) -> Answer | None:
    those = _THOSE_THAT.search(lead.first.lead)
    if not those:
        return None
    memory = lead.memory
    whole = _CLASS_BEFORE.match(strip_lead(last_clause(lead.first.context)))
    if whole:
        thing = clean(whole[1])
    elif memory.rule == "of-size":
        thing = memory.event
    else:
        thing = _HOLDER.sub("", lead.told).rstrip("中里") if memory.heads and not memory.carried else ""
    thing = _HOW_MANY.sub("", thing)
    size = clean(strip_lead(those[1]))
    if memory.rule == "of-size" and not memory.carried and (alone := _SIZE_TOLD.match(size)):
        before = lead.told.find(alone[0])
        size = lead.told[: max(before, 0)] + size  # 占比超过10%的有9种、超过20%的有4种
    return lead.found(Head([size + thing], Tail(""), "of-size", lead.span, event=thing))


@deciding("of_plan")
def _of_plan(lead: Lead) -> Answer | None:
    plan = _SHARE_OF_PLAN.fullmatch(lead.name)
    recent = lead.memory.recent
    if (
        plan
        and lead.unit == "%"
        and lead.first.lead.lstrip(",、").startswith(_EACH)
        and 1 < len(lead.run) <= len(recent)
    ):
        # 新增企业9家、项目6个,分别完成目标的120%和110%
        names = [f"{name}完成{plan[1]}" for name in recent[-len(lead.run) :]]
        return lead.found(Head(names, lead.tail, "of-plan", lead.span, base=recent[-1], how="in-order"))
    if not plan or paired(lead.name, lead.told) != lead.name:
        return None
    whole = lead.told if lead.unit == "%" else PLAN_OF.sub("", lead.told) or lead.told
    whole = _INVESTED.sub("投资", whole)  # 完成投资9亿元,完成年度投资计划的60%
    done = whole + (f"完成{plan[1]}" if lead.unit == "%" else plan[1])
    return lead.named(done, "of-plan", base=whole)


@deciding("done_to_some")
def _done_to_some(lead: Lead) -> Answer | None:
    if not lead.name.endswith(_DONE_TO):
        return None
    return lead.named(f"{lead.told}中{lead.name}", "property-of-before", "done-to", lead.told, compared=False)


@deciding("level_alone")
def _level_alone(lead: Lead) -> Answer | None:
    return _in_its_place(lead, _OF_LEVEL, "level") if _LEVEL.fullmatch(lead.name) else None


@deciding("size_alone")
def _size_alone(lead: Lead) -> Answer | None:
    return _in_its_place(lead, _OF_SIZE, "size") if _SIZE.fullmatch(lead.name) else None


def _in_its_place(lead: Lead, replaced: re.Pattern[str], how: str) -> Answer:
    """The quantity before, with what the words say in the place of what it says of that kind."""
    event = event_at_start(lead.told)
    name = event + lead.name + replaced.sub("", lead.told.removeprefix(event))
    return lead.named(name, "property-of-before", how, lead.told, compared=False)


@deciding("thing_stated")
def _thing_stated(lead: Lead) -> Answer | None:
    owner = thing_stated(lead.first.context)
    return lead.named(owner + lead.name, "property-of-topic", "stated") if owner else None


@deciding("added_of_topic")
def _added_of_topic(lead: Lead) -> Answer | None:
    thing = subject_stated(lead.first.context)
    if not thing:
        return None
    added = lead.name.removeprefix("累计")
    name = lead.name.removesuffix(added) + thing if added in thing else lead.name + thing
    return lead.named(name, "property-of-topic", "added")


@deciding("programme")
def _programme(lead: Lead) -> Answer | None:
    owner = programme_told(lead.first.context)
    return lead.named(owner + lead.name, "property-of-topic", "programme") if owner else None


@deciding("system")
def _system(lead: Lead) -> Answer | None:
    system = system_told(lead.name, lead.first.context)
    return lead.named(system + lead.name, "system") if system else None


@deciding("system_before")
def _system_before(lead: Lead) -> Answer | None:
    step = lead.name[:2]
    at = lead.told.find(step, 2) if step in _STEPS and lead.first.lead.startswith(lead.name) else 0
    return lead.named(lead.told[:at] + lead.name, "system", "carried") if at > 0 else None


@deciding("purpose_next")
def _purpose_next(lead: Lead) -> Answer | None:
    opens = lead.memory.carried or not lead.memory.heads or ";" in lead.first.context + lead.first.lead
    purpose = with_purpose(lead.name, lead.run[-1]) if opens and lead.first.lead == lead.name else lead.name
    return lead.named(purpose, "purpose", "told-next") if purpose != lead.name else None


@deciding("share_of_before")
def _share_of_before(lead: Lead) -> Answer | None:
    share = share_in(lead.name, lead.told, lead.first)
    return lead.named(share, "property-of-before", "share") if share else None


@deciding("sibling")
def _sibling(lead: Lead) -> Answer | None:
    if len(lead.run) > 1:
        return None
    sibling = of_sibling(lead.name, lead.told, lead.first, lead.tail, lead.memory)
    return lead.named(sibling, "property-of-before", "sibling") if sibling else None


@deciding("like_thing")
def _like_thing(lead: Lead) -> Answer | None:
    memory = lead.memory
    if memory.carried and not _AMONG_OPENS.match(memory.text, memory.start):
        return None
    like = of_kind_before(lead.name, lead.told, lead.first, lead.memory)
    return _each(lead, like, "property-of-before", "like-thing")


def _each(lead: Lead, names: list[str], rule: str, how: str = "") -> Answer | None:
    if not names:
        return None
    return lead.found(Head(names, lead.tail, rule, lead.span, lead.versus, each=True, how=how))


@deciding("kind_seen")
def _kind_seen(lead: Lead) -> Answer | None:
    seen = of_kind_seen(lead.name, lead.first, lead.memory)
    return lead.named(seen, "property-seen") if seen else None


@deciding("item_of_list")
def _item_of_list(lead: Lead) -> Answer | None:
    item = of_list(lead.name, lead.memory, lead.unit)
    return lead.named(item, "property-told", "list") if item else None


@deciding("kinds_told")
def _kinds_told(lead: Lead) -> Answer | None:
    return _each(lead, of_kinds_told(lead.name, lead.first, lead.tail, lead.memory), "property-told")


@deciding("branch_told")
def _branch_told(lead: Lead) -> Answer | None:
    topic = "" if lead.first.context else topic_told(lead.memory)
    return lead.named(topic + lead.name, "property-of-topic", "branch") if topic else None


@deciding("sum_alone")
def _sum_alone(lead: Lead) -> Answer | None:
    whole = lead.told.removeprefix("累计")
    told = lead.name in _SUM_DONE
    return lead.named("累计" + whole, "property-of-before", "summed-alone", whole, compared=False) if told else None


@deciding("per_person")
def _per_person(lead: Lead) -> Answer | None:
    if lead.name != _EACH_PERSON or not lead.told.endswith(_PER_PERSON):
        return None
    return lead.named(lead.name + lead.told.removeprefix("累计"), "property-of-before", "per-person", compared=False)


@deciding("gap")
def _gap(lead: Lead) -> Answer | None:
    if lead.name not in _GAPS or _RESIDENTS not in lead.told:
        return None
    return lead.named(_BOTH + lead.name, "property-of-before", "gap", compared=False)


@deciding("paid_to")
def _paid_to(lead: Lead) -> Answer | None:
    again = len(lead.name) > 1 and not attribute_of(lead.name) and lead.told.endswith(lead.name)
    return lead.named(lead.told, "property-of-before", "paid-to", compared=False) if again else None


@deciding("people_there")
def _people_there(lead: Lead) -> Answer | None:
    people = lead.unit.endswith("人") and lead.told.endswith(lead.name)
    return lead.named(lead.told + "人口", "property-of-before", "people-there", compared=False) if people else None


@deciding("arrived")
def _arrived(lead: Lead) -> Answer | None:
    money = _FUNDS.search(lead.told) if lead.name in _ARRIVED else None
    return lead.named(lead.name + money[0], "property-of-before", "arrived", compared=False) if money else None


@deciding("runner")
def _runner(lead: Lead) -> Answer | None:
    runner = _RUNNER.match(lead.told) if lead.name in _RUNS else None
    return (
        lead.named(runner[0] + lead.name, "property-of-before", "runner", lead.told, compared=False) if runner else None
    )


@deciding("revenue_share")
def _revenue_share(lead: Lead) -> Answer | None:
    kind = _REVENUE_SHARES.get(lead.name) if lead.told.endswith(_REVENUE) else None
    return lead.named(f"{kind}占{lead.told}比重", "property-of-before", "revenue-share") if kind else None


@deciding("insider")
def _insider(lead: Lead) -> Answer | None:
    if lead.name not in _INSIDERS:
        return None
    told = _HOLDER.sub("", owner_of(lead.told))
    owner = told.removeprefix(event_at_start(told))
    inside = owner.endswith(_INSIDE_OF)
    return lead.named(owner + lead.name, "property-of-before", "inside", lead.told) if inside else None


@deciding("dealt_with")
def _dealt_with(lead: Lead) -> Answer | None:
    found = _FOUND_OUT.match(lead.told) if lead.name in _DEALT_WITH else None
    if not found:
        return None
    return lead.named(lead.told[found.end() :] + lead.name, "property-of-before", "dealt-with", lead.told)


@deciding("more_of_it")
def _more_of_it(lead: Lead) -> Answer | None:
    more = _MORE.match(lead.name) if lead.memory.measure == "growth" else None
    noun = lead.name[more.end() :] if more else ""
    if not noun or noun == lead.told or not lead.told.endswith(noun):
        return None
    return lead.named(lead.told.removesuffix(noun) + lead.name, "property-of-before", "more-of-it", lead.told)
