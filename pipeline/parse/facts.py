"""Read the quantities of each sentence as facts.

The two ways in which a sentence names a quantity are the head before it (生产总值增长8%, 新增企业50家) and the head behind
it (新建9座污水处理厂). Heads left out are taken from the quantity before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pipeline.models import Fact, Numeral, Passage, Sentence
from pipeline.parse import words as w
from pipeline.parse.measure import Comparison, compare, measure_of, stated_basis
from pipeline.parse.phrase import (
    Tail,
    attribute_of,
    clean,
    distribute,
    event_at_end,
    event_at_start,
    is_complete,
    is_event,
    owner_of,
    split_list,
    strip_lead,
    strip_tail,
)
from pipeline.parse.slots import Slot, slots


def parse(
    text: str, sentences: Sequence[Sentence], numerals: Sequence[Numeral], passages: Sequence[Passage]
) -> list[Fact]:
    """Facts of all quantities (numerals of kind observation), in order; every one of them yields at least one fact."""
    quantities = [n for n in numerals if n.kind == "observation" and n.value is not None]
    starts = [n.start for n in quantities]
    # A footnote mark ([1]) stands inside a name, other numbers of the document's structure between names.
    numbering = [n.stop for n in numerals if n.kind == "structure" and text[n.stop : n.stop + 1] != "]"]
    passage_starts = [p.start for p in passages]
    facts: list[Fact] = []
    memory, fresh = _Memory(), True
    for sentence in sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.stop)
        if first == last:
            if not fresh:
                memory, fresh = _Memory(), True
            continue
        at = bisect_left(passage_starts, sentence.start + 1) - 1
        passage = passages[at] if at >= 0 else None
        memory, fresh = _Memory(heads=memory.heads, spans=memory.spans, carried=True), False
        facts += _read_sentence(text, sentence, quantities[first:last], numbering, passage, memory)
    return facts


@dataclass(slots=True)
class _Memory:
    """What the quantity before was about, for heads that are left out. `carried`: from the sentence before."""

    heads: list[str] = field(default_factory=list)
    spans: tuple[int, int] = (0, 0)
    event: str = ""
    unit: str = ""
    measure: str = ""
    comparison: str = ""
    rule: str = ""
    sign: int = 1
    recent: list[str] = field(default_factory=list)
    carried: bool = False
    earlier_unit: str = ""


class _Head(NamedTuple):
    """The names found for a run of values, with the words of change before the first value and the rule.

    `base` is the name without what this quantity alone adds to it (新增), for the quantities that leave it out.
    """

    names: list[str]
    tail: Tail
    rule: str
    span: tuple[int, int]
    versus: Comparison | None = None
    taken_away: bool = False
    each: bool = False
    event: str = ""
    base: str = ""
    bound: str = ""


def _read_sentence(
    text: str,
    sentence: Sentence,
    numerals: list[Numeral],
    numbering: Sequence[int],
    passage: Passage | None,
    memory: _Memory,
) -> list[Fact]:
    places = slots(text, sentence, numerals, numbering)
    facts: list[Fact] = []
    index = 0
    while index < len(places):
        stop = index + 1
        while stop < len(places) and _same_run(text, places[stop - 1], places[stop]):
            stop += 1
        run = places[index:stop]
        head = _head(run, places[stop:], memory)
        names = _names(head, run, memory)
        last = run[-1].numeral.phrase_stop
        earlier = bool(_FROM.search(run[0].lead.rstrip("约近")) and _TO.search(text, last, last + _NEAR))
        for slot, of_value in zip(run, names, strict=True):
            # 从0至60%: only the first is the old value; 从209元、280元提高到…: both are.
            earlier = earlier and (slot is run[0] or text[slot.numeral.phrase_start - 1] not in "至到")
            facts += [_fact(text, sentence, slot, name, head, earlier, passage, memory) for name in of_value]
        _remember(memory, head, names, run)
        index = stop
    return facts


def _same_run(text: str, one: Slot, other: Slot) -> bool:
    """Whether two values with nothing but a separator between them share their heads."""
    if other.link != "value" or one.trail:
        return False
    mark = text[one.numeral.phrase_stop : other.numeral.phrase_start]
    if not mark:
        return False
    if _is_noun(other.trail, other.numeral):
        return False
    return mark not in (",", ";") or one.numeral.unit == other.numeral.unit


def _names(head: _Head, run: list[Slot], memory: _Memory) -> list[list[str]]:
    """The names that each value of the run is for: one each, several heads shared out, or all heads for one value."""
    heads, count = head.names, len(run)
    if count == len(_SECTORS) and len(heads) == 1 and _SECTOR_RATIO.search(heads[0]):
        return [[f"{heads[0]}中{sector}"] for sector in _SECTORS]
    if count > 1:
        if len(heads) == 1 and not (head.tail.respectively and len(memory.heads) == count and head.rule == "ellipsis"):
            parts = distribute(split_list(heads[0]))
            if len(parts) == 1 and count == 2:
                parts = next(
                    (
                        [heads[0].replace(pair, word, 1) for word in both]
                        for pair, both in w.PAIRS.items()
                        if pair in heads[0]
                    ),
                    parts,
                )
            if len(parts) == count:
                return [[name] for name in parts]
            return [heads for _ in run]
        if len(heads) == count:
            return [[name] for name in heads]
        return [heads[:1] for _ in run]
    if len(heads) == 1 and (head.each or head.tail.change):
        parts = distribute(split_list(heads[0]))
        if len(parts) > 1 and (head.each or all(is_complete(part) for part in split_list(heads[0]))):
            return [parts]
    if len(heads) > 1:
        return [heads if head.each else heads[-1:]]
    return [heads]


def _remember(memory: _Memory, head: _Head, names: list[list[str]], run: list[Slot]) -> None:
    memory.heads = [name for of_value in names for name in of_value] if len(run) > 1 else names[0]
    memory.heads = [head.base] if head.base else list(dict.fromkeys(memory.heads))
    memory.recent = [*memory.recent, *(name for name in memory.heads if name not in memory.recent)][-8:]
    memory.spans = head.span
    memory.event = head.event
    memory.unit = run[-1].numeral.unit
    memory.rule, memory.sign = head.rule, head.tail.change
    memory.carried = False


def _head(run: list[Slot], following: Sequence[Slot], memory: _Memory) -> _Head:
    slot = run[-1] if run[-1].trail and not run[0].lead else run[0]
    last = run[-1]
    span = (slot.lead_start, slot.numeral.phrase_start)
    spent = _SPENT.search(run[0].lead) if last.numeral.unit.endswith("元") else None
    if spent and event_at_start(last.trail):
        purpose = _AMOUNTS.sub("", re.split("[,;。、]", last.trail + last.after)[0])
        return _Head([clean(purpose) + spent[1]], Tail(""), "purpose", span)
    if _is_noun(last.trail, last.numeral):
        return _head_behind(run, following, memory)
    lead = _CIRCUMSTANCE.sub("", _ASIDE.sub("", run[0].lead))
    if run[0].numeral.rank:
        lead = _before_rank(lead)
        thing = _RANKED_BEHIND.match(last.trail)
        if thing:
            return _Head(
                [clean(thing[1])], Tail(""), "rank-behind", (last.numeral.phrase_stop, last.numeral.phrase_stop + 1)
            )
    if faster := _FASTER.match(lead):
        lead = faster[1]
    versus = compare(lead, run[0].numeral.unit)
    if versus and memory.heads and run[0].numeral.unit == "%" and _WHOLE.search(versus.reference):
        return _Head([f"{memory.heads[-1]}占{clean(versus.reference)}比重"], Tail(""), "share", span)
    floor = _SHARE_OF.match(lead) if run[0].numeral.unit == "%" and versus is None else None
    if floor:
        part = clean(strip_lead(floor[1])) or (memory.heads[-1] if memory.heads else "")
        return _Head([f"{part}占{clean(floor[3])}比重"], Tail(""), "share", span, bound=_FLOOR.get(floor[2], ""))
    times = _TIMES_OF.match(lead) if run[0].numeral.unit == "倍" and versus is None else None
    if times:
        before = strip_tail(times[1])
        compared = Comparison(times[1], "versus", clean(times[3]), 1, times[2])
        stated = clean(strip_lead(strip_tail(_last_clause(run[0].context)).text))
        stated = stated[w.RISE.at_start(stated) :]
        name = clean(strip_lead(before.text)) or (memory.heads[-1] if memory.heads else stated or clean(times[3]))
        return _Head([name], before, "multiple", span, compared, bound=_FLOOR.get(times[2], ""))
    crossed = _CROSSING.search(lead)
    if crossed and _BARRIER.match(last.trail):
        tail = strip_tail(lead[: crossed.start()])
        name = clean(strip_lead(tail.text)) or (memory.heads[-1] if memory.heads else "")
        return _Head([name or clean(lead)], tail._replace(change=0), "crossed", span, bound="over")
    tail = strip_tail(versus.before if versus else lead)
    if versus and versus.versus:
        tail = Tail(tail.text, versus.sign, versus.verb, tail.time)
    if tail.change and not versus and not _is_ratio(run[0].numeral.unit) and _DONE.match(lead):
        tail = Tail(lead)  # 完成能效提升6万千瓦: the rise is what was done
    body = _drop_from(strip_lead(tail.text))
    head = _named_before(body, tail, run, following, memory, span, versus)
    if versus and not versus.versus and _PACE.search(versus.before):
        # 增速高于上年3个百分点: what changed is the rate itself.
        return head._replace(names=[name if _PACE.search(name) else name + "增速" for name in head.names])
    return head


def _named_before(
    body: str,
    tail: Tail,
    run: list[Slot],
    following: Sequence[Slot],
    memory: _Memory,
    span: tuple[int, int],
    versus: Comparison | None,
) -> _Head:
    unit = run[0].numeral.unit
    share = _SHARE.match(body) if _is_ratio(unit) else None
    if share and share["whole"]:
        part = clean(strip_lead(share["part"])) or (memory.heads[0] if memory.heads else "")
        whole = f"占{clean(share['whole'])}比重"
        parts = split_list(part) if len(run) > 1 else [part]
        parts = [p + whole for p in distribute(parts)] if len(parts) == len(run) else [part + whole]
        return _Head(parts, tail, "share", span, versus)
    trail = run[-1].trail
    if (
        trail
        and trail[0] != "("
        and not _CIRCUMSTANCE.match(trail)
        and _is_ratio(unit)
        and not w.RISE.at_start(trail)
        and not w.FALL.at_start(trail)
    ):
        # 水质100%达标, 资金100%到位: the predicate behind says what the share is of.
        predicate = clean(trail)
        if predicate and len(predicate) <= 12 and not _says_value(predicate) and not _STRETCH.match(body):
            body = body + predicate
    name = clean(body)
    taken_away = False
    fall = w.FALL_TRANSITIVE.at_start(name)
    if fall and not tail.change and len(name) > fall + 1 and not any(word in name for word in w.BURDEN):
        name, taken_away = name[fall:].lstrip("了"), True
    if _STRETCH.match(name) and memory.heads:
        return _Head(list(memory.heads), tail, "stretch", memory.spans, versus)
    if not name and not tail.change and (behind := _thing_behind(run[-1], following)):
        return _Head([behind], tail, "head-behind", span)
    if not name:
        return _left_out(tail, run, memory, span, versus, body)
    shared = _RESPECTIVELY.match(name) if len(run) > 1 else None
    if shared:
        return _Head([part + shared[2] for part in split_list(shared[1])], tail, "respectively", span, versus)
    inside = (
        _CHANGE_INSIDE.match(name) if unit in ("%", "成", "比例") and not tail.change and not tail.reached else None
    )
    if inside and not taken_away and (inside[3] not in w.ATTRIBUTE or inside[2] in w.FALL):
        tail = tail._replace(change=1 if inside[2] in w.RISE else -1, verb=inside[2])
        return _Head([inside[1] + inside[3]], tail, "change-inside", span, versus)
    if memory.rule == "change-inside" and run[0].link == "list" and unit == memory.unit and not tail.change:
        # 压减时间58%、材料52%: the verb of change holds for the whole list.
        return _Head([name], tail._replace(change=memory.sign), "change-inside", span, versus)
    added = _ADDED_BEHIND.match(name)
    if added:
        return _Head([added[2] + added[1]], tail, "head-before", span, event=added[2], base=added[1])
    listed = _EXAMPLES.match(name)
    if counted := _EXAMPLES_COUNTED.match(name):
        name = counted[1]
    elif listed and event_at_start(name):
        name = event_at_start(name) + listed[1]
    beyond = _BEYOND.match(name)
    if beyond:
        name = beyond[1]
    inner = _INNER_VERB.match(name)
    if inner:
        name = inner[1] + inner[2]
    places = split_list(name)
    if memory.heads and all(_PLACE.match(place) for place in places):
        # The places are read with the others, in resolve.
        return _Head([_LEADING_PLACE.sub("", memory.heads[-1])], tail, "ellipsis-place", span, versus)
    if _CIRCUMSTANCE.match(run[-1].trail) and name.rfind("在") > 1:
        # 出口在对美贸易下降3成的情况下增长5%: what comes next is about the thing before 在.
        base, _, name = name.rpartition("在")
        return _Head([name], tail, "circumstance", span, versus, base=base)
    if _is_bare(name) and (memory.carried or not memory.heads):
        topic = _TOPIC.match(strip_lead(_last_clause(run[0].context)))
        if topic and (owner := clean(strip_tail(topic[1]).text)):
            return _Head([owner + name], tail, "property-of-topic", span, versus)
    event = name if is_event(name) else event_at_start(name)
    rule = "head-before"
    behind = _thing_behind(run[-1], following) if attribute_of(name) else ""
    if behind:
        name, rule = behind + (name if len(name) <= _SHORT else attribute_of(name)), "property-of-behind"
    elif (
        memory.heads
        and not memory.carried
        and (_is_bare(name) or (run[0].link == "list" and _shares_owner(name, memory.heads[-1])))
    ):
        before = memory.heads[-1]
        if name in _OF_WHOLE:
            before = _ADDED_FIRST.sub("", before) or before  # 净增企业20家、总量达90家
        owner = owner_of(before) if attribute_of(before) and name not in _OF_WHOLE else before.removesuffix(name)
        name, rule = _joined(owner, name), "property-of-before"
    elif memory.heads and not memory.carried and _prefixed(name, memory.heads[-1]) != name:
        name, rule = _prefixed(name, memory.heads[-1]), "property-of-before"
    elif event == name and _lacks_thing(event, run[0], memory, tail):
        name, rule = _of_thing_before(event, memory.heads[-1]), "event-of-before"
    elif (
        memory.event
        and not event
        and not memory.carried
        and run[0].link in ("list", "clause")
        and _continues(run[0], name, tail)
    ):
        name, event, rule = memory.event + name, memory.event, "event-carried"
    if (
        (name in _MONEY_EVENT or (name.endswith("投入") and len(name) <= 6))
        and trail == ""
        and run[0].numeral.unit.endswith("元")
    ):
        purpose = _PURPOSE.match(run[-1].after)
        if purpose:
            name = clean(strip_lead(purpose[1])) + name
    return _Head([name], tail, rule, span, versus, taken_away, tail.each, event)


def _thing_behind(slot: Slot, following: Sequence[Slot]) -> str:
    """The thing that properties before it belong to: 总投资294亿元、年度投资75.2亿元的20项重点项目."""
    for other in following:
        if not slot.trail and other.link in ("list", "value") and other.trail.startswith("的") and len(other.trail) > 2:
            return clean(_split_trail(other.trail, other.trail_open)[0])
        if slot.trail == "的" and other.link == "joined":
            return clean(_split_trail(other.trail, other.trail_open)[0])
        if slot.trail or other.link != "list":
            return ""
        slot = other
    return ""


def _lacks_thing(event: str, slot: Slot, memory: _Memory, tail: Tail) -> bool:
    """Whether an event alone is one of the thing that was counted before."""
    if not memory.heads or memory.carried or tail.reached or event in w.COMPLETE_EVENT:
        return False
    return _is_count(slot.numeral.unit) and _is_count(memory.unit)


def _of_thing_before(event: str, before: str) -> str:
    """An event without a thing is one of the thing before: 取消审批20项、下放5项; 新引进项目中完成供地9个、开工3个."""
    pool = _POOL_IN_NAME.match(before)
    if pool:
        return pool[1] + event
    last = event_at_end(before)
    if last and last != before:
        return before.removesuffix(last) + event
    first = event_at_start(before)
    if first and event not in _RECEIVED:
        return event + before.removeprefix(first)
    inside = _EVENT_NOUN.match(before)
    if inside and event_at_start(inside[2]) == inside[2]:
        return inside[1] + event + inside[3]
    return before + event


_RECEIVED = frozenset({"惠及", "受益", "覆盖", "吸引", "带动", "服务"})


def _continues(slot: Slot, name: str, tail: Tail) -> bool:
    """Whether a bare noun carries on the event of the item before: 新增省名牌产品4个,著名商标2件."""
    lead = slot.lead.removeprefix("其中").lstrip(",:")
    if tail.reached or tail.change or tail.time or clean(lead) != name or name.startswith(("新", "再")):
        return False
    numeral = slot.numeral
    modified = numeral.phrase_start < numeral.start
    if _is_ratio(numeral.unit) or (modified and numeral.bound not in ("about", "nearly")):
        return False
    if slot.link == "list":
        return not name.endswith(_OWN_EVENT)
    plain = not modified and _is_count(numeral.unit) and len(name) <= _SHORT_NOUN
    # Across a comma only a plain noun carries on, not one with a property, a verb or a modifier of its own.
    return plain and not slot.context.strip(",;") and not attribute_of(name) and w.EVENT.first(name, 1) is None


def _left_out(
    tail: Tail, run: list[Slot], memory: _Memory, span: tuple[int, int], versus: Comparison | None, body: str
) -> _Head:
    """The head is left out: it is that of the quantity before, or stands in the clause before."""
    context = clean(strip_lead(strip_tail(_WITHOUT.sub("", _last_clause(run[0].context))).text))
    if (memory.carried or not memory.heads or ";" in run[0].context) and context:
        name = owner_of(context) + attribute_of(context) if attribute_of(context) else context
        return _Head([name], tail, "context", span, versus, each=tail.each)
    stated = _STATED.match(strip_lead(_last_clause(run[0].context))) if run[0].link == "clause" else None
    if stated and is_complete(stated[1]):
        return _Head([clean(stated[1])], tail, "context", span, versus)
    if tail.respectively and 1 < len(run) <= len(memory.recent) and len(memory.heads) < len(run):
        # 产值90亿元、增加值30亿元,分别增长8%和6%: the quantities before, in their order.
        return _Head(memory.recent[-len(run) :], tail, "ellipsis", memory.spans, versus)
    if memory.heads:
        return _Head(list(memory.heads), tail, "ellipsis", memory.spans, versus, each=tail.each, event=memory.event)
    name = clean(body) or clean(run[-1].trail) or clean(run[0].lead) or context
    return _Head([name], tail, "fallback", span, versus)


def _last_clause(context: str) -> str:
    parts = [part for part in re.split(r"[,;:(]", context) if part.strip()]
    return parts[-1] if parts else ""


def _head_behind(run: list[Slot], following: Sequence[Slot], memory: _Memory) -> _Head:
    """新建9座污水处理厂: the thing counted stands behind its number."""
    slot, last = run[0], run[-1]
    tail = strip_tail(slot.lead)
    before = strip_lead(tail.text.rpartition("、")[2])
    stop = last.numeral.phrase_stop
    span = (stop, stop + max(1, len(last.trail)))
    event = event_at_end(_end_of_lead(slot.lead)) or event_at_end(before)
    if event in _NOMINAL and len(before) > len(event) + 2 and event_at_start(before):
        event = ""  # 高质量发展20项措施: a noun here
    # After a verb the list goes on with other things done (新增5万辆指标、减税等政策).
    trail = last.trail if not event or "的" in last.trail else last.trail.partition("、")[0]
    if not last.numeral.unit and len(trail) > 2:
        trail = trail.removeprefix("大")  # 7大片区
    thing, predicate = _split_trail(trail, last.trail_open)
    if not event and slot.link == "list" and memory.event and not memory.carried:
        event = memory.event
    attribute = attribute_of(clean(before))
    if attribute and not event and not _is_count(slot.numeral.unit) and last.trail.startswith("的"):
        owner = clean(thing)
        return _Head([owner + attribute], tail, "property-of-behind", span)
    complement = _COMPLEMENT.match(predicate)
    if complement:
        name = clean(complement[1])
    elif not thing:
        name = clean(_POOL_END.sub("", before)) + clean(predicate)
    else:
        light = w.LIGHT_PREDICATE.at_start(predicate) == len(predicate) or _VAGUE.search(predicate)
        if light or len(predicate) > 16:
            predicate = ""
        thing = _HELD.sub(r"\1", thing) + _shared_noun(thing, following)
        name = clean(thing) + clean(predicate)
        if event in w.LIGHT_EVENT:
            name += _shared_work(name, following)
        if event in w.LIGHT_EVENT and len(name) <= 2:
            name = event + name  # 推出20条措施: a bare noun says too little alone
        else:
            name = _qualifiers("" if slot.link == "joined" else before, event) + name
    crossed = _CROSSED.match(before)
    base = clean(crossed[1]) if crossed else ""
    return _Head([name or clean(last.trail)], Tail("", 0), "head-behind", span, event=event, base=base)


def _shared_noun(thing: str, following: Sequence[Slot]) -> str:
    """What a level leaves to the next item of the list: 3家市级、5家镇级试点企业."""
    if not following or following[0].link != "list" or not _LEVEL.match(thing):
        return ""
    other = _LEVEL_NOUN.match(following[0].trail)
    return other[1] if other else ""


def _shared_work(thing: str, following: Sequence[Slot]) -> str:
    """The work that stands behind the last of a list: 完成9户危房、4户棚户区改造."""
    if _WORK.search(thing):
        return ""
    last = None
    for slot in following:
        if slot.link != "list" or not slot.trail:
            break
        last = slot
    work = _WORK.search(last.trail) if last else None
    return work[0] if work else ""


def _qualifiers(before: str, event: str) -> str:
    """What of the words before a number belongs to the name of the thing behind it."""
    if event in w.LIGHT_EVENT:
        return ""
    rest = before if not event else before.removesuffix(event) if before.endswith(event) else ""
    rest = _PREPOSITION.sub("", rest)
    if len(rest) > 14 or rest.endswith(_NO_QUALIFIER):
        rest = ""
    return clean(rest) + event


def _end_of_lead(lead: str) -> str:
    """The lead without aspect particles at its end (建成了9座 → 建成)."""
    return lead.rstrip("了约近超达各共")


def _split_trail(trail: str, is_open: bool) -> tuple[str, str]:
    """Divide what follows a number into the thing counted and its predicate (科技型企业|上市)."""
    trail = trail.removeprefix("的")
    work = _OTHER_WORK.match(trail)
    if work:
        trail = work[1]
    found = w.PREDICATE_START.first(trail, 1 if trail[1:].startswith(_AFTER_ONE) else 2)
    if w.PREDICATE_START.at_start(trail) and not trail[:1].isdigit() and _starts_predicate(trail):
        return "", trail
    while found and _MODIFIES.match(trail, found[0] + found[1]):
        found = w.PREDICATE_START.first(trail, found[0] + found[1])
    if is_open:
        other = _first_property(trail)
        at = min((x for x in (found[0] if found else None, other) if x is not None), default=len(trail))
        return trail[:at].rstrip("共约达计"), ""
    if found and not trail[: found[0]].endswith("的"):
        return trail[: found[0]], trail[found[0] :]
    return trail, ""


# Predicates that may stand behind a thing of one character (3个镇|成为…, 20人|获…).
_AFTER_ONE = ("成为", "入选", "获", "被", "通过", "实现", "入围", "全部", "均")


def _starts_predicate(trail: str) -> bool:
    return any(
        trail.startswith(word) for word in ("实现", "达到", "达标", "到位", "进入", "获", "成为", "通过", "被", "已")
    )


def _first_property(trail: str) -> int | None:
    found = w.ATTRIBUTE.first(trail, 2)
    return found[0] if found else None


def _is_noun(trail: str, numeral: Numeral) -> bool:
    """Whether what follows the number begins with the thing counted."""
    rest = trail.removeprefix("的")
    if not rest or not rest.strip(" )”》"):
        return False
    if numeral.rank or (numeral.unit in ("%", "个百分点", "‰", "倍", "番") and not trail.startswith("的")):
        return False
    if (
        rest.startswith(_NO_NOUN)
        or _AND.match(rest)
        or _says_value(rest)
        or _CIRCUMSTANCE.match(trail)
        or _AIM.match(trail)
    ):
        return False
    changed = w.RISE.at_start(rest) or w.FALL.at_start(rest)
    return not (changed and len(rest) <= changed + 1)


# Properties of what the quantity before states itself, not of its owner.
_OF_WHOLE = frozenset({"总量", "总数", "总额", "总规模", "规模", "占比", "比重", "增量"})
_OWN_EVENT = ("就业", "脱贫", "创业")
_NOMINAL = frozenset({"发展", "服务", "保护", "管理", "治理", "贸易", "就业", "创业", "培训"})
_ADDED = ("新增", "净增", "增加")
_ADDED_FIRST = re.compile(f"^(?:累计)?(?:{'|'.join(_ADDED)})")
_SHORT = 8
_SHORT_NOUN = 6


def _says_value(words: str) -> bool:
    """Whether these words only say that a value is reached."""
    if words[0] in _SHORT_REACH and not w.KEEP_START.at_start(words):
        return True
    return w.VALUE_REACHED.at_start(words) > 1


_NO_NOUN = (
    ")",
    "”",
    "》",
    "并",
    "或",
    "、",
    "左右",
    "以上",
    "以下",
    "以内",
    "上下",
    "元",
    "及其他",
    "台阶",
    "关口",
    "大关",
    "门槛",
    "规模大关",
)
_AND = re.compile(r"和(?!美|谐|平|睦|顺|田|县)")
_SHORT_REACH = "为达至到是"


def _is_ratio(unit: str) -> bool:
    return unit in ("%", "个百分点", "成", "比例", "‰", "百分点")


def _is_count(unit: str) -> bool:
    return not unit or unit[-1] in "个家项座所条名人户台辆件宗只对批处间支套艘架列班场次种类款届张份位片块栋幢村镇县"


def _is_bare(name: str) -> bool:
    """Whether the name is a property without an owner."""
    if name in w.ATTRIBUTE:
        return True
    owner = owner_of(name)
    return bool(attribute_of(name)) and owner in (
        "",
        "总",
        "实际",
        "累计",
        "年",
        "平均",
        "其",
        "全年",
        "协议",
        "计划",
        "合同",
    )


def _shares_owner(name: str, before: str) -> bool:
    """Whether a short property speaks of the thing before: 运营线路14条、运营里程580公里."""
    owner = owner_of(name)
    return (
        len(name) <= 4
        and len(owner) == 2
        and attribute_of(name) != ""
        and not before.startswith(owner)
        and owner in before
    )


def _prefixed(name: str, before: str) -> str:
    """A rate that shares its first word with the rate before shares what stands before it there as well."""
    at = before.find(name[:2], 1)
    return before[:at] + name if at > 1 and name.endswith("率") and before.endswith("率") else name


def _joined(owner: str, name: str) -> str:
    """Owner and property, without saying twice what both say."""
    for length in range(min(len(owner), len(name)), 1, -1):
        if owner.endswith(name[:length]):
            return owner + name[length:]
    return owner + name


_SHARE = re.compile(
    r"^(?P<part>.*?)(?:总量|总数)?(?:约)?占(?!有|比|用|地|道|补|先)(?:到|了|据)?(?P<whole>[^占]*?)(?:的)?(?:比重|比例|份额|总量的?比重)?$"
)
_CROSSED = re.compile(
    r"^(.{2,}?)(?:[一二三四五六七八九十两\d]+年)?(?:连续)?(?:跨过|连跨|跨越|跨上|迈上|跃上|站上|迈过|登上)了?$"
)
_CROSSING = re.compile(r"(?:连续)?(?:跨过|连跨|跨越|迈过|越过)了?$")
_BARRIER = re.compile(r"^(?:大关|关口|台阶|门槛)")
_CIRCUMSTANCE = re.compile(r"^的(?:情况|基础|背景|前提|条件|形势)之?[下上]")
# 进出口总值创历史新高,达到500亿元: the clause before names what the next number is.
_STATED = re.compile(
    r"^(.{2,24}?)(?:再?创|屡创|刷新|保持|持续|进一步|不断|更加|优化|稳步|稳定|快速|平稳|大幅|显著|明显|首次|实现|逆势|较快|加快)"
)
_OTHER_WORK = re.compile(r"^([^和及]{2,16}?(?:建设|改造|整治|治理|开发|修复))(?:和|以及)[^的]{4,}$")
_BEYOND = re.compile(r"^(.{2,}?)(?:连续)?(?:跨过|连跨|跨越|迈过|跨上|迈上|跃上|站上)[^,]*(?:大关|关口|台阶|门槛)$")
# 服务业支撑作用更加明显,增加值达到…: the clause before says whose property it is.
_TOPIC = re.compile(
    r"^([^,、]{2,12}?(?:业|产业|经济|农业|工业|商务|贸易|旅游))(?:支撑|发展|规模|实力|质效|运行|加快|稳步|快速|持续|不断|提质)"
)
# 引进甲公司、乙公司等超10亿元项目: examples are no part of the name.
_EXAMPLES = re.compile(r"^[^等]+?、[^等]+等([^级][^等]+)$")
_LEVEL = re.compile(r"^[^,、]{1,8}(?:级|[万亿]元?|以上)$")
_LEVEL_NOUN = re.compile(r"^[^,、]{1,8}(?:级|[万亿]元?|以上)的?([^,、]{2,16})$")
# A verb directly before one of these is an attribute (签约项目, 上市企业).
_MODIFIES = re.compile(r"项目|企业|单位|工程|产品|机构|公司|园区|人员|资金|任务")
_DONE = re.compile(r"^[、和及与]?(?:完成|实施|开展)")
_AIM = re.compile(r"^的[^,、]{0,4}(?:目标|任务|要求|水平|成绩|佳绩)")
_EVENT_NOUN = re.compile(r"^(.+?)(新?..)(项目|企业|平台|机构|基地|工程|产品)$")
_EXAMPLES_COUNTED = re.compile(r"^[^等]+等\d+[个项条家所座]([^等]{3,})$")
_VAGUE = re.compile(r"持续|不断|日益|更加|进一步|明显|显著|凸显|显现|有力|有效")
# 三次产业结构为7:40:53: one value for each sector.
_SECTORS = ("第一产业", "第二产业", "第三产业")
_SECTOR_RATIO = re.compile(r"(?:三次产业|三产|产业)(?:结构|比例|比重|比)$")
_PACE = re.compile(r"(?:增速|增幅)$")
# 收入增速快于经济增速、超过4万元: the comparison is told beside the value.
_FASTER = re.compile(r"^([^,]{2,}?)(?:增速|增幅|增长)?(?:高于|快于|低于|好于|优于)[^,、\d]*、$")
_WORK = re.compile(
    r"(?:超低排放|标准化|规范化|升级|提标|综合|节能)?(?:改造|整治|治理|修复|编制|更新|扩建|拆除|划定)(?:提升)?$"
)
# 投入10亿元解决60万人饮水问题: money is named by what it is for.
_SPENT = re.compile(r"(投入|投资|安排|筹措|筹集)(?:资金)?(?:约|近|超|超过)?$")
_AMOUNTS = re.compile(r"\d[\d.,]*[万亿]?[人户家个条座所项]?")
_HELD = re.compile(r"^(人口)的.*$")
_NO_QUALIFIER = ("等", "为", "有", "中", "向", "对", "与", "将", "把", "在", "和", "及", "或")
_PREPOSITION = re.compile(r"^(?:为|向|对(?!口|外)|与|把|将|在|从|作为|使|让|由)+")
_WITHOUT = re.compile(r"(?:剔除|扣除|按可比|按同口径).*$")
_ASIDE = re.compile(r"\([^()]*(?:下同|以下|简称|口径)[^()]*\)")
# 收入不低于全省平均的45%: a share, with a bound before the whole.
_SHARE_OF = re.compile(r"^([^,]*?)(不低于|不少于|不超过|达到|相当于|控制在)([^,]{3,30})的$")
_TIMES_OF = re.compile(r"^([^,]*?)(不低于|不少于|不超过|相当于)([^,]{2,30}?)的?$")
_FLOOR = {"不低于": "at_least", "不少于": "at_least", "不超过": "at_most"}
_WHOLE = re.compile(r"(?:总量|总额|总数|总和|总产值|总值)的?$")
_POOL_END = re.compile(r"(?:共?有|中|里|当中|之中)$")
_COMPLEMENT = re.compile(r"^(?:成为|被评为|被认定为|被列为|被授予|荣获|晋升为|升级为)(.{2,24})$")
_RANKED_BEHIND = re.compile(r"^(?:大|个|家|座|条|批)?(?![位名的,、和(])([^,;、]{3,24})$")
_CONTEST = re.compile(r"(?:评估|考核|评价|测评|评比|竞赛|大赛)$")
_RANK_VERB = re.compile(
    r"(?:位居|位列|居于|稳居|跃居|升居|居(?!民|住|家|委|所|室)|位次|排名|排在|排位|排(?!水|污|放|查|涝|球)|列(?!车|入)|名列|升至|上升至|上升到|提升至|提升到|跃升至|前移至|跻身|进入|成为|保持|升为|上升为)(?P<pool>[^,;:]{0,24})$"
)
_AREA = r"(?:全球|世界|全国|国内|全省|全市|全区|全县|省内|国家|亚洲|[^,;:、的在]{1,4}[省市区县州]|珠三角|长三角|粤东西北|中西部|西部|东部|中部)"
_POOL = re.compile(
    _AREA
    + r"(?:的)?(?:同类|[^,;:、的]{0,8}(?:市|县|区|城市|地区|省份|省市|各省|各市|高校|大学|园区|行业))?(?:中|里|内)?(?:第)?$"
)
_IN_POOL = re.compile(r"在" + _AREA + r"[^,;:的]{0,16}$")
_RATE_END = re.compile(r"(?:增速|增幅|涨幅)$")
# A list of districts alone: the head is that of the quantity before.
_PLACE = re.compile(
    r"^(?!改造|新建|建设)[^,、的]{1,4}(?:(?<!城)[省市县旗]|(?<![棚小社园片景校库灾山城牧老户街厂发])区|自治州|街道)$"
)
_LEADING_PLACE = re.compile(
    r"^[^,、的]{1,4}?(?:(?<!城)[省市县旗]|(?<![棚小社园片景校库灾山城牧老户街厂发])区|自治州|街道)(?=.{2})"
)
_RESPECTIVELY = re.compile(r"^(.+?[、和与].+?)分别(?:完成(?!年|计划|目标|任务)|实现|获得|取得|新增)?(.{2,})$")
# 增加教育投入30%: the verb of change before the thing.
_CHANGE_INSIDE = re.compile(
    r"^(.{0,24}?)(增加(?!值)|提高|提升|减少|降低|压减|削减|压缩|缩短|缩减)(?![到至了])(.{2,12})$"
)
_ADDED_BEHIND = re.compile(r"^(.{2,}?)(?:累计)?(新增|净增|新增加)$")
_POOL_IN_NAME = re.compile(r"^(.{2,}?中)(?:完成|实现)?.{2,}$")
_MONEY_EVENT = frozenset({"投入", "投资", "安排资金", "投入资金", "总投资"})
_PURPOSE = re.compile(r"^,((?:用于|加快|推进|实施|建设|完善|支持|解决|改造|开展|提升)[^,;。、]{3,20})")
_STRETCH = re.compile(r"^(?:实际)?(?:工作|工作中|力争)?(?:中)?按(?:照)?$")
_INNER_VERB = re.compile(r"^([^,;:]{2,24}?)(?:共|累计|全年|预计)?实现([^,;:]{2,})$")
# 由1名领导牵头 is no old value: that has a new one after it.
_TO = re.compile(r"[到至增升提扩压缩减降调]|为|发展|延|跃|翻|改善")
_NEAR = 30
_FROM = re.compile(r"(?:分别)?(?:从|由)(?:[^,;]{1,8}[年月前初末底]的?)?(?:每[人户月年名生])*$")


def _before_rank(lead: str) -> str:
    """The words before a rank without its verb and its pool (增速排名全省并列 → 增速)."""
    lead = lead.removesuffix("并列").removesuffix("并列第")
    verb = _RANK_VERB.search(lead)
    if verb and _CONTEST.search(verb["pool"]):
        return verb["pool"]
    if verb:
        lead = lead[: verb.start()]
        lead = _IN_POOL.sub("", lead) if lead.rfind("在") > 0 else lead
    pool = _POOL.search(strip_tail(lead).text)
    if pool:
        lead = lead[: pool.start()]
    return _RATE_END.sub("", lead).rstrip("和与及、")


def _drop_from(body: str) -> str:
    return _FROM.sub("", body)


def _fact(
    text: str,
    sentence: Sentence,
    slot: Slot,
    name: str,
    head: _Head,
    earlier: bool,
    passage: Passage | None,
    memory: _Memory,
) -> Fact:
    numeral = slot.numeral
    measure, sign = measure_of(numeral, head.tail, slot.trail, head.versus, head.taken_away, earlier)
    comparison, reference = ("", "")
    if head.rule == "stretch" and memory.measure and measure == "level":
        measure, comparison = memory.measure, memory.comparison
    elif measure in ("growth", "change"):
        comparison, reference = _comparison(head, passage)
    memory.measure, memory.comparison = measure, comparison
    unit = numeral.unit
    if memory.earlier_unit and not earlier and unit in ("", "个") and memory.earlier_unit.startswith(unit):
        unit = memory.earlier_unit
    memory.earlier_unit = unit if earlier else ""
    if measure == "level" and unit == "%" and any(word in name for word in _ADDED) and not attribute_of(name):
        measure, comparison = "growth", "yoy"  # 新增供地8%以上
    if measure == "level" and head.tail.change and head.tail.verb in ("增速", "增幅", "涨幅", "降幅"):
        name = name if name.endswith(head.tail.verb) else name + head.tail.verb
    value = numeral.value if numeral.value is not None else Decimal(0)
    return Fact(
        numeral=numeral,
        sentence=sentence,
        clause=slot.clause,
        indicator=name,
        head_start=head.span[0],
        head_stop=head.span[1],
        measure=measure,
        value=sign * value,
        value_max=None if numeral.value_max is None else sign * numeral.value_max,
        unit=unit,
        bound=head.bound or numeral.bound,
        comparison=comparison,
        reference=reference,
        basis=stated_basis(_item(text, sentence, slot)),
        rule=head.rule,
        earlier=earlier,
    )


def _item(text: str, sentence: Sentence, slot: Slot) -> str:
    """What stands before the number since the number before it: 预算收入剔除一次性因素,可比增长10%."""
    start = max(sentence.clauses[slot.clause][0], slot.numeral.start - 60)
    return slot.context.rpartition(";")[2][-60:] + text[start : slot.numeral.start]


def _comparison(head: _Head, passage: Passage | None) -> tuple[str, str]:
    if head.versus:
        return head.versus.kind, head.versus.reference
    if head.tail.average:
        return "annual_average", ""
    if _SPAN_OF_YEARS.search(head.tail.time):
        return "since", ""
    if passage is not None and passage.role in ("review_years", "plan_years"):
        return "since", ""
    return "yoy", ""


_SPAN_OF_YEARS = re.compile(r"(?:[2-9]|1\d|[二三四五六七八九十两])年|“?十[一二三四五六]五")
