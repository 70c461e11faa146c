"""Whose figure it is, where an earlier clause of the sentence or the quantity before names it: functions behind the rules `heads`."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.coordination import split_list
from pipeline.reading.statements.ellipsis import joined
from pipeline.reading.statements.head import Head, Memory, is_count, last_clause
from pipeline.reading.statements.named import Lead
from pipeline.reading.statements.phrase import attribute_of, clean, event_at_start, is_event, strip_lead
from pipeline.reading.statements.slots import Slot
from pipeline.rules import Answer, deciding

_V = vocabulary("constructions")
_WORDS = _V["owners"]
_CLAUSES = re.compile("[,;:]")
_FURTHERED = re.compile(
    rf"[^,;:、]{{0,4}}?{any_of(_WORDS['furthered'])}(?P<owner>[^,;:、的和与及等“”]{{1,10}}?{any_of(_WORDS['industries'])})(?![^,;:]{{0,3}}{any_of(_WORDS['not_industry'])})"
)
_OF_PRODUCT: frozenset[str] = frozenset(_WORDS["of_product"])
_INDUSTRY: str = _WORDS["industry"]
# The last characters of a word for firms, which tell what they are.
_END = 2
_BENEFITS: frozenset[str] = frozenset(_WORDS["benefits"])
_CARED_FOR = re.compile(
    rf"[^,;:、]{{0,4}}?{any_of(_WORDS['cared_for'])}(?P<owner>[^,;:、]{{2,14}}?{any_of(_WORDS['insured'])}){any_of(_WORDS['arrangements'])}?"
)
_STAGE = re.compile(rf"{any_of(_WORDS['stages'])}(?P<noun>..)")
_AMONG_LEAD, _AMONG_CONTEXT = re.compile("其中[,:]?"), ("其中", "其中,", "其中:")
_STAGES_OF = "stage-of-whole"
_PRODUCT_TOLD = re.compile(rf"(?<=..){any_of(_WORDS['product_told'])}$")
_FLOWS: frozenset[str] = frozenset(_WORDS["flows"])
_NO_PRODUCT: tuple[str, ...] = tuple(_WORDS["no_product"])
_CAPACITY = re.compile(rf"(?<=..){any_of(_WORDS['capacities'])}$")
_CONNECTED: frozenset[str] = frozenset(_WORDS["connected"])
_BROUGHT = re.compile(rf"(.*?{any_of(_V['names']['brought'])})[^,;:、]{{2,6}}$")
_TASKS: frozenset[str] = frozenset(_WORDS["tasks"])
_SET_FOR = re.compile(rf"{any_of(_WORDS['set_for'])}的?$")
_KIND = any_of(_WORDS["kinds"])
_KIND_ALONE = re.compile(rf"(?P<event>.*?)(?P<kind>{_KIND}|)")
_KIND_TOLD = re.compile(
    rf"(?P<which>[^,;:、的和与及等]{{2,8}}?)(?P<kind>{_KIND}){any_of(_WORDS['work'])}*{any_of(_V['left_out']['programmes'])}?$"
)


_AGAIN = re.compile(rf".*?{any_of(_WORDS['again'])}")
# 深化省属国企改革,营业收入增长9%: firms of the state, and what is told of firms alone.
_STATE_FIRMS = re.compile(rf"{any_of(_WORDS['whose_firms'])}?{any_of(_WORDS['state_firms'])}")
# 优化重大项目推进机制,完成投资90亿元
_PROJECTS, _INVESTED = re.compile(any_of(_WORDS["projects"])), frozenset(_WORDS["invested"])
# 开展项目评审、压减资金
_LESS_BY = re.compile(rf"{any_of(_WORDS['done_for_money'])}([^,;:、]{{3,20}})、({any_of(_WORDS['money_less'])})资金$")
_MONEY = "资金"
_OF_FIRMS: frozenset[str] = frozenset(_WORDS["of_firms"])
# 开展遗留纠纷攻坚行动,问题化解率达85%
_SETTLED: frozenset[str] = frozenset(_WORDS["settled"])
_FOUGHT = re.compile(
    rf"{any_of(_V['left_out']['work_verbs'])}(?P<owner>[^,;:、]{{2,16}}?{any_of(_WORDS['troubles'])}){any_of(_WORDS['fought'])}*{any_of(_V['left_out']['programmes'])}?$"
)
_FIGHT = re.compile(rf"(“[^“”]{{2,12}}”){any_of(_WORDS['fights'])}$")
_GROWN = re.compile(
    rf"(?P<crop>[^,;:、的]{{2,6}}?){any_of(_WORDS['grown_by'])}[^,;:、]{{0,10}}{any_of(_WORDS['grown_well'])}$"
)
_WORKING = re.compile(rf"([^,;:、“”]{{3,20}}?){any_of(_V['names']['opening_manners'])}?{any_of(_WORDS['working'])}$")
_LED = re.compile(rf"[^的占]{{2,6}}?{any_of(_WORDS['led'])}的?{any_of(_V['shares']['proportions'])}")
# 毕业生就业率, and what is told of the same people: 市场就业率.
_GROUP = any_of(_WORDS["groups"])
_RATE_OF_GROUP = re.compile(rf"(?P<group>.{{2,}}?{_GROUP})(?P<rate>[^率]{{2,4}})率")
_OTHERS_MEANT = re.compile(rf"{_GROUP}|[人户者]")


@deciding("industry_told")
def _industry_told(lead: Lead) -> Answer | None:
    told = {
        found["owner"]: None for clause in _CLAUSES.split(lead.first.context) if (found := _FURTHERED.match(clause))
    }
    if len(told) != 1:
        return None
    owner = clean(strip_lead(next(iter(told))))
    if lead.name in _OF_PRODUCT:
        owner = owner.removesuffix(_INDUSTRY)
    return lead.named(owner + lead.name, "property-of-topic", "industry") if len(owner) > 1 else None


@deciding("state_firms_told")
def _state_firms_told(lead: Lead) -> Answer | None:
    if not _OF_FIRMS.issuperset(split_list(lead.name)):
        return None
    memory = lead.memory
    told = {found[0] for found in _STATE_FIRMS.finditer(memory.text, memory.start, lead.first.lead_start)}
    owner = max(told, key=len, default="")
    alike = owner and all(other in owner or other[-_END:] == owner[-_END:] for other in told)
    if not alike or (memory.heads and not memory.carried and owner not in lead.told):
        return None  # another figure has told of something else
    return lead.named(owner + lead.name, "property-of-topic", "state-firms")


@deciding("projects_told")
def _projects_told(lead: Lead) -> Answer | None:
    if lead.name not in _INVESTED:
        return None
    told = _PROJECTS.findall(last_clause(lead.first.context.rstrip(",:")))
    return lead.named(told[0] + lead.name, "property-of-topic", "projects") if len(told) == 1 else None


@deciding("money_by_work")
def _money_by_work(lead: Lead) -> Answer | None:
    told = _LESS_BY.search(lead.first.lead) if lead.name == _MONEY else None
    if not told:
        return None
    tail = lead.tail._replace(change=-1, verb=told[2])
    return lead.found(Head([clean(told[1]) + lead.name], tail, "property-of-topic", lead.span, how="work"))


@deciding("trouble_told")
def _trouble_told(lead: Lead) -> Answer | None:
    told = _FOUGHT.search(last_clause(lead.first.context.rstrip(",:"))) if lead.name in _SETTLED else None
    return lead.named(joined(clean(told["owner"]), lead.name), "property-of-topic", "trouble") if told else None


@deciding("fight_told")
def _fight_told(lead: Lead) -> Answer | None:
    fight = _FIGHT.search(last_clause(lead.first.context.rstrip(",:"))) if is_event(lead.name) else None
    return lead.named(fight[1] + lead.name, "property-of-topic", "fight") if fight else None


@deciding("crop_told")
def _crop_told(lead: Lead) -> Answer | None:
    grown = _GROWN.fullmatch(strip_lead(last_clause(lead.first.context.rstrip(",:"))))
    if not grown:
        return None
    crop = clean(grown["crop"])
    names = [crop + part for part in split_list(lead.name)]
    return lead.found(Head(names, lead.tail, "property-of-topic", lead.span, lead.versus, each=True, how="crop"))


@deciding("working_told")
def _working_told(lead: Lead) -> Answer | None:
    memory, lead_start = lead.memory, lead.first.lead_start
    told = _CLAUSES.split(memory.text[memory.start : lead_start].rstrip(",:"))[-1]
    working = _WORKING.fullmatch(strip_lead(told))
    if not working:
        return None
    return lead.named(joined(clean(working[1]), attribute_of(lead.name)), "property-of-topic", "working")


@deciding("part_led")
def _part_led(lead: Lead) -> Answer | None:
    if not is_count(lead.memory.unit) or not _LED.fullmatch(lead.name):
        return None
    whole = lead.told.removeprefix("累计")
    return lead.named(whole.removeprefix(event_at_start(whole)) + lead.name, "property-of-before", "led", lead.told)


@deciding("group_told")
def _group_told(lead: Lead) -> Answer | None:
    name = of_group(lead.name, lead.told) if lead.name.endswith("率") else lead.name
    return lead.named(name, "property-of-before", "group", lead.told) if name != lead.name else None


def of_group(name: str, told: str) -> str:
    """A rate or share of the kind told of a group, with the group (毕业生就业率90%,其中省外就业占20%); any other as it is."""
    rate = _RATE_OF_GROUP.fullmatch(told)
    if not rate or name.startswith(rate["rate"]) or rate["rate"] not in name or _OTHERS_MEANT.search(name):
        return name
    return rate["group"] + name


@deciding("benefit_told")
def _benefit_told(lead: Lead) -> Answer | None:
    told = _CARED_FOR.fullmatch(last_clause(lead.first.context.rstrip(",:"))) if lead.name in _BENEFITS else None
    return lead.named(clean(told["owner"]) + lead.name, "property-of-topic", "benefit") if told else None


@deciding("stage_of_whole")
def _stage_of_whole(lead: Lead) -> Answer | None:
    stage = _STAGE.fullmatch(lead.name)
    first = lead.first
    among = _AMONG_LEAD.match(first.lead) or first.context.endswith(_AMONG_CONTEXT) or lead.memory.rule == _STAGES_OF
    if not stage or not among or not lead.told.endswith(stage["noun"]) or not w.EVENT.first(lead.told):
        return None
    return lead.named(f"{lead.told}中{lead.name}", _STAGES_OF, base=lead.told)


@deciding("export_of_product")
def _export_of_product(lead: Lead) -> Answer | None:
    owner = _PRODUCT_TOLD.sub("", lead.told) if lead.name in _FLOWS and lead.tail.change else lead.told
    if owner == lead.told or owner.endswith(_NO_PRODUCT):
        return None
    return lead.named(owner + lead.name, "property-of-before", "export")


@deciding("brought_too")
def _brought_too(lead: Lead) -> Answer | None:
    brought = _BROUGHT.match(lead.told)
    if not brought or event_at_start(lead.name) or lead.first.lead != lead.name:
        return None
    return lead.named(brought[1] + lead.name, "property-of-before", "brought", lead.told)


@deciding("connected")
def _connected(lead: Lead) -> Answer | None:
    owner = _CAPACITY.sub("", lead.told) if lead.name in _CONNECTED else lead.told
    return lead.named(owner + lead.name, "property-of-before", "connected", lead.told) if owner != lead.told else None


def task_of(trail: str, slot: Slot, memory: Memory) -> str:
    """What a task is set for (引进项目投资90亿元,超额完成市下达的80亿元任务 → 引进项目投资), or nothing."""
    if trail not in _TASKS or not memory.heads or memory.carried or not _SET_FOR.search(slot.lead):
        return ""
    alike = slot.numeral.unit == memory.unit or (slot.numeral.unit.endswith("元") and memory.unit.endswith("元"))
    return memory.heads[-1] if alike else ""


def of_kind_told(name: str, slot: Slot, memory: Memory) -> str:
    """A bare thing of the kind that the clause before tells (推进农村公路建设,新建公路9公里); any other name as it is."""
    if slot.link not in ("none", "clause") or not slot.context or (memory.heads and not memory.carried):
        return name
    alone = _KIND_ALONE.fullmatch(name)
    if not alone or not is_event(alone["event"]):
        return name
    told = _KIND_TOLD.search(last_clause(slot.context.rstrip(",:")))
    kind = alone["kind"] or ("" if is_count(slot.numeral.unit) or not told else told["kind"])
    if not told or told["kind"] != kind or slot.numeral.unit.endswith("元"):
        return name
    which = clean(strip_lead(_AGAIN.sub("", told["which"])))
    while done := w.EVENT.first(which):
        which = which[sum(done) :]  # 引入资本设立绿色产业基金
    return alone["event"] + joined(which, kind) if len(which) > 1 and not attribute_of(which) else name
