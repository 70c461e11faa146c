"""Read the quantities of each sentence as facts.

The two ways in which a sentence names a quantity are the head before it (生产总值增长8%, 新增企业50家) and the head behind
it (新建9座污水处理厂). Heads left out are taken from the quantity before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.documents.outline import passage_at
from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Bare, Fact, Numeral, Passage, Sentence, Trace
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.basis import basis_of
from pipeline.reading.statements.before import head_before
from pipeline.reading.statements.behind import head_behind, is_noun, is_told
from pipeline.reading.statements.changes import (
    is_addition,
    is_earlier,
    is_merged,
    is_total_after,
    is_used,
    without_unread,
)
from pipeline.reading.statements.coordination import crossed, distribute, is_complete, split_list, with_event
from pipeline.reading.statements.grants import MAY_GRANT, as_granted
from pipeline.reading.statements.head import CIRCUMSTANCE, Head, Memory, is_count, is_ratio
from pipeline.reading.statements.measure import (
    is_for_the_better,
    is_less,
    measure_of,
    set_against,
    with_comparison,
)
from pipeline.reading.statements.narrowed import reach_of
from pipeline.reading.statements.others import (
    is_of_another_year,
    more_than_others,
    pace_alone,
    pace_of_others,
    value_beside,
    value_of_another_year,
    value_of_others,
)
from pipeline.reading.statements.phrase import Tail, attribute_of, event_at_start, is_event, strip_tail
from pipeline.reading.statements.purposes import spent_on
from pipeline.reading.statements.ranks import (
    before_rank,
    contest_told,
    is_contestant,
    is_kept,
    is_pool,
    rank_told,
    thing_ranked,
)
from pipeline.reading.statements.shares import sector_shares
from pipeline.reading.statements.slots import Slot, slots
from pipeline.unit_table import MULTIPLIER_WORDS, without_multiplier

_WORDS = vocabulary("constructions")
_RATES: frozenset[str] = frozenset(_WORDS["changes"]["rates"])
# Rules by which the words before the value name it.
_NAMED_HERE = frozenset({"head-before", "respectively"})
_IN_MONEY = re.compile(
    f"{any_of(_WORDS['units']['in_money'])}{any_of(_WORDS['changes']['plan_times'])}?{any_of(_WORDS['changes']['planned'])}?$"
)
# The longest adverb before what was done (相继出台), in characters.
_MANNER = 2
_EACH_GIVEN: tuple[str, ...] = tuple(_WORDS["grants"]["each_given"])
_SUMMED: tuple[str, ...] = tuple(_WORDS["left_out"]["summed"])
_AT_EACH_LEVEL: tuple[str, ...] = tuple(_WORDS["left_out"]["at_each_level"])
_TITLE_LEVEL = re.compile(any_of(_WORDS["left_out"]["title_levels"]))
_OWN_LEVEL = re.compile(any_of(_WORDS["left_out"]["own_levels"]))
_AVERAGE = "年均"
_YEARLY = filtered(rf"[,、;]?(?:[全我][国省市区县州])?({any_of(_WORDS['names']['yearly'])})(?=.)")
_EACH = filtered(
    rf"[,、;]?([各每]个?{any_of(_WORDS['names']['each_place'])}[市区县州旗)(、]{{0,5}}){any_of(_WORDS['names']['each_must'])}?(?=.)"
)
# 全国第9个、全省首个观测点: the thing is told once
_AND_FIRST = re.compile(
    rf"[、,][^,;:、\d]{{0,8}}?{any_of(_WORDS['behind']['first_of_kind'])}的?(?P<thing>[^,;:、\d]{{2,}})"
)
# 甲海、乙山各要新建: what each of them does
_EACH_DOES = re.compile(rf"各{any_of(_WORDS['names']['each_must'])}?(?P<event>[^,;:、各\d]{{2,4}}?)$")
# 投资9亿元(含贷款2亿元),增长8%: the remark is not gone on with.
_INCLUDED = re.compile(rf"[(,]?{any_of(_WORDS['names']['included'])}")
_SIZES = frozenset({"规模"})
_BECAME = re.compile(rf"成为[^,;:、的]{{0,6}}?({any_of(_WORDS['behind']['champions_of'])}[^,;:、的]{{0,3}})$")
_CHAMPIONS = re.compile(rf"的?{any_of(_WORDS['behind']['champions'])}")
_BATCHES: tuple[str, ...] = tuple(_WORDS["units"]["batches"])
_PERCENT = ("%", "‰")
# 五年增量9亿元: since the beginning of the years that are told.
_INCREMENT = re.compile(rf"(?<=[^新的])年?{any_of(_WORDS['changes']['increments'])}$")
_INCREMENT_OF_YEARS = re.compile(
    rf"[两三四五六七八九十\d]年{any_of(_WORDS['changes']['increments'])}[为约近超达到过突破]*$"
)
# A size that is reached is that of all, and not of those that were added in the clause before.
_SIZE_OF_NEW = re.compile(rf"{any_of(_WORDS['changes']['newly_added'])}(.+{any_of(_WORDS['changes']['sizes'])})")
_BESIDE_LAST_YEAR = re.compile(rf"{any_of(_WORDS['changes']['beside_last_year'])}[为约近超]?$")
_GAINS: frozenset[str] = frozenset(_WORDS["changes"]["gains"])
_CROSSED = tuple(
    word + done for word in (*_WORDS["changes"]["past"], *_WORDS["changes"]["onto"]) for done in ("", "了")
)
_OF_BEFORE = frozenset({"ellipsis", "property-of-before", "part-of-before"})
# 排名前移6位,居全省第9位: what moved is the rank.
_FROM = ("从", "由")
_PLACES, _RANKED_CHANGES = frozenset({"位", "名"}), ("growth", "change")
_PACE = re.compile(any_of(_RATES))
# The natural growth rate of a population and the change of consumer prices are quantities of their own.
_OWN_PACE = re.compile(rf"^(?!.*(?:价格|物价|CPI)).*(?<!自然){any_of(_WORDS['changes']['paces'])}")
_PRICES = re.compile("消费(?:者)?(?:价格|物价)(?:总水平|指数)?$|CPI$")
_REMARK = re.compile(rf"\([^()]*{any_of(_WORDS['names']['remarks'])}[^()]*\)")
_SPAN_OF_YEARS = re.compile(rf"(?:[2-9]|1\d|[二三四五六七八九十两])年|“?十[{_WORDS['names']['plan_years']}]五")


def parse(
    text: str, sentences: Iterable[Sentence], numerals: Sequence[Numeral], passages: Sequence[Passage]
) -> list[Fact]:
    """Facts of all quantities (numerals of kind observation), in order; every one of them yields at least one fact."""
    quantities = [n for n in numerals if n.kind == "observation" and n.value is not None]
    starts = [n.start for n in quantities]
    # A footnote mark ([1]) stands inside a name, other numbers of the document's structure between names.
    numbering = [n.stop for n in numerals if n.kind == "structure" and text[n.stop : n.stop + 1] != "]"]
    facts: list[Fact] = []
    memory: Memory | None = None
    last = 0
    for sentence in sentences:
        if last == len(starts) or starts[last] >= sentence.stop:
            first = last
        else:
            first = bisect_left(starts, sentence.start, last)
            last = bisect_left(starts, sentence.stop, first)
        if first == last:
            memory = None
            continue
        passage = passage_at(passages, sentence.start)
        before, memory = memory, Memory(carried=True, text=text, start=sentence.start)
        if before:
            memory.spans, memory.level_unit = before.spans, before.level_unit
            # What a paragraph leaves out does not stand in the one before.
            if text[sentence.start - 1] != "\n":
                memory.heads, memory.divided = before.heads, before.divided
        facts += _read_sentence(text, sentence, quantities[first:last], numbering, passage, memory)
    return facts


def _read_sentence(
    text: str,
    sentence: Sentence,
    numerals: list[Numeral],
    numbering: Sequence[int],
    passage: Passage | None,
    memory: Memory,
) -> list[Fact]:
    places = slots(text, sentence, numerals, numbering)
    against = set_against(text[sentence.start : sentence.stop])
    facts: list[Fact] = []
    granting = bool(MAY_GRANT.search(text, sentence.start, sentence.stop))
    index, earlier = 0, False
    while index < len(places):
        stop = index + 1
        while stop < len(places) and _same_run(text, places[stop - 1], places[stop]):
            stop += 1
        run = places[index:stop]
        compared = [what for at, what in against if sentence.start + at <= run[0].lead_start]
        head = _head(run, places[stop:], memory, compared[-1] if compared else "")
        names, shared = _names(head, run, memory)
        if len(names) == 1 and (turns := _in_turn(head, names[0], places[stop:])):
            names, memory.in_turn = [turns[:1]], turns[1:]
        # 由90户300人减至8户20人: the second count is of the same time.
        bundled = earlier and not run[0].lead and run[0].numeral.phrase_start == places[index - 1].numeral.phrase_stop
        earlier = bundled or is_earlier(text, run[0].lead, run[-1].numeral.phrase_stop) or is_merged(run[-1].trail)
        numeral = run[-1].numeral
        earlier = earlier or is_of_another_year(text, sentence.start, numeral.phrase_start, numeral.phrase_stop)
        for slot, of_value in zip(run, names, strict=True):
            led_to = slot is not run[0] and text[slot.numeral.phrase_start - 1] in "至到"
            # 从0至60%: only the first is the old value; 从209元、280元提高到…: both are.
            earlier = earlier and not led_to
            said = _led_to(head) if led_to else head
            found = [_fact(text, sentence, slot, name, said, shared, earlier, passage, memory) for name in of_value]
            if slot.numeral.rank:
                found = _ranked(found, run, slot, memory)
            if granting and (name := as_granted(found[0], text, facts[-1].indicator if facts else "")):
                found = [found[0]._replace(indicator=name, rule="grant")]
            facts += found
        _remember(memory, head, names, run)
        index = stop
    return facts


def _led_to(head: Head) -> Head:
    """The head of a value that a change has led to: 失业率下降0.3个百分点至3.1%."""
    return head._replace(tail=head.tail._replace(change=0, reached=True), versus=None) if head.tail.change else head


def _ranked(facts: list[Fact], run: list[Slot], slot: Slot, memory: Memory) -> list[Fact]:
    """The facts of a rank with what is ranked and its pool; what is left out is that of the rank before."""
    rank_of, pool = rank_told(run[0].lead, run.index(slot))
    if not rank_of and run[0].lead.startswith(_FROM) and facts and facts[0].rule.startswith("ellipsis"):
        rank_of = "level"  # 增长3倍、从全国第9位升至第5位: it is the thing that moved up
    elif not rank_of and facts and facts[0].rule.startswith("ellipsis"):
        moved = memory.before_rank == "change" and (memory.unit in _PLACES or is_kept(run[0].lead))
        rank_of = memory.rank_of or ("" if moved or memory.before_rank not in _RANKED_CHANGES else memory.before_rank)
    memory.rank_of = rank_of
    # 在全省由第9位上升至第6位: the pool is told once.
    pool = pool or (memory.pool if slot is not run[0] or slot.link == "joined" else "")
    memory.pool = pool
    return [fact._replace(rank_of=rank_of or "level", pool=pool) for fact in facts]


def _head(run: list[Slot], following: Sequence[Slot], memory: Memory, against: str) -> Head:
    """The head of a run of values; `against`: what an earlier clause says that its changes are compared with."""
    lead = without_unread(run[0].lead)
    if against or "相" in lead:
        lead = with_comparison(lead, against)
    if lead != run[0].lead:
        run = [run[0]._replace(lead=lead), *run[1:]]
    first, last = run[0], run[-1]
    slot = last if last.trail and not first.lead else first
    span = (slot.lead_start, slot.numeral.phrase_start)
    if head := spent_on(run, span):
        return head
    if head := value_of_another_year(first.numeral, memory):
        return head
    if len(run) == 1 and (head := pace_of_others(first.numeral, memory) or pace_alone(first, memory, span)):
        return head
    if (
        first.numeral.unit.endswith("元")
        and (became := _BECAME.search(first.lead))
        and _CHAMPIONS.fullmatch(last.trail)
    ):
        run = [first._replace(lead=became[1], trail="")]  # 甲县成为生产总值超千亿元的县
        return head_before(became[1], run, following, memory, span)
    if len(run) == 1 and last.trail in _SIZES and (told := strip_tail(first.lead)).reached and told.text:
        lead = told.text + last.trail + first.lead[len(told.text) :]  # 甲、乙产业均达到90亿元规模
        run = [first._replace(lead=lead, trail="")]
        return head_before(lead, run, following, memory, span)
    if (is_noun(last.trail, last.numeral) or reach_of(last.trail, last)) and not is_told(first.lead, last):
        return head_behind(run, following, memory)
    if not last.trail and (listed := _thing_of_list(last, following)):
        event, thing = listed  # 甲海、乙山各要新建9所,丙川要新建8所学校
        return head_behind([*run[:-1], last._replace(trail=thing, lead=event)], following, memory)
    if (
        not last.trail
        and memory.text.startswith("第", last.numeral.start - 1)
        and (one := _AND_FIRST.match(last.after))
    ):
        return head_behind([*run[:-1], last._replace(trail=one["thing"], lead="", after="")], following, memory)
    if not last.trail and (thing := _thing_of_next(last, following)):
        return head_behind([*run[:-1], last._replace(trail=thing)], following, memory)  # 出台9条、16条措施
    lead = _REMARK.sub("", first.lead) if "(" in first.lead else first.lead
    lead = CIRCUMSTANCE.sub("", lead) if lead.startswith("的") else lead
    closed = memory.text.startswith(")", first.numeral.phrase_stop)
    if closed and (head := value_beside(first.numeral, memory)):
        return head
    if memory.text[first.numeral.phrase_start - 1] in "()" and (
        head := value_of_others(first.numeral, memory) or more_than_others(first.numeral, lead, memory)
    ):
        return head
    if first.numeral.rank:
        if first.context and (contest := contest_told(first.context)) and is_contestant(before_rank(lead)):
            return Head([contest], Tail(""), "context", span, how="contest")
        lead = "" if is_pool(lead) and memory.measure == "rank" else before_rank(lead)
        if thing := thing_ranked(last.trail):
            stop = last.numeral.phrase_stop
            return Head([thing], Tail(""), "rank-behind", (stop, stop + len(last.trail)))
    return head_before(lead, run, following, memory, span)


def _thing_of_next(slot: Slot, following: Sequence[Slot]) -> str:
    """What stands behind the next of two like counts, of which the first has nothing but what was done with it."""
    other = following[0] if following else None
    alone = (
        not slot.lead
        and other is not None
        and other.link == "value"
        # 发展合作社90家,9000户3万人加入合作社: nothing but a comma before the two of them.
        and (slot.link in ("none", "clause") or other.numeral.phrase_start == slot.numeral.phrase_stop)
        and is_count(slot.numeral.unit)
    )
    if alone and is_count(other.numeral.unit) and is_noun(other.trail, other.numeral):  # type: ignore[union-attr]
        return other.trail  # type: ignore[union-attr]
    if other is None or other.link not in ("list", "value") or other.numeral.unit != slot.numeral.unit:
        return ""
    if slot.link not in ("none", "clause") or w.PREDICATE_START.at_start(other.trail):
        return ""
    if other.lead and not (is_event(other.lead) or other.lead in _SUMMED):
        return ""
    lead = slot.lead.rstrip("了")
    told = is_count(slot.numeral.unit) and w.EVENT.at_end(lead)
    return other.trail if told and len(lead) - told <= _MANNER and is_noun(other.trail, other.numeral) else ""


def _thing_of_list(slot: Slot, following: Sequence[Slot]) -> tuple[str, str] | None:
    """What each of some places did and the thing, told behind the last of like counts (甲、乙各新建9所,丙、丁各新建8所学校)."""
    own = _EACH_DOES.search(slot.lead) if "各" in slot.lead and is_count(slot.numeral.unit) else None
    if not own or own["event"] not in w.EVENT:
        return None
    for other in following:
        next_does = _EACH_DOES.search(other.lead)
        if other.numeral.unit != slot.numeral.unit or not next_does or next_does["event"] != own["event"]:
            return None
        if is_noun(other.trail, other.numeral):
            return own["event"], other.trail
        if other.trail:
            return None
    return None


def _same_run(text: str, one: Slot, other: Slot) -> bool:
    """Whether two values with nothing but a separator between them share their heads."""
    if other.link != "value" or one.trail:
        return False
    mark = text[one.numeral.phrase_stop : other.numeral.phrase_start]
    if not mark:
        return one.numeral.unit.endswith(_BATCHES)  # 推出12批181项政策: both count the policies
    if is_ratio(one.numeral.unit) != is_ratio(other.numeral.unit) and other.numeral.unit.endswith("元"):
        return False  # 生产总值增长6%、突破9万亿元
    if mark == "、" and is_total_after(one, other):
        return False
    if is_noun(other.trail, other.numeral):
        # 对企业分别给予90万元、30万元奖励: each of them; not 新建学校9所、30所医院.
        return mark in ("、", "和") and one.lead.endswith(_EACH_GIVEN) and one.numeral.unit == other.numeral.unit
    return mark not in (",", ";") or one.numeral.unit == other.numeral.unit


def _names(head: Head, run: list[Slot], memory: Memory) -> tuple[list[list[str]], str]:
    """The names that each value of the run is for, and the rule by which several names or values were shared out.

    One each, several heads shared out, or all heads for one value.
    """
    heads, count = head.names, len(run)
    if count > 1 and run[1].numeral.phrase_start == run[0].numeral.phrase_stop:
        return [heads for _ in run], "list.bundles"  # 12批181项政策
    if sectors := sector_shares(heads, count):
        return [[name] for name in sectors], "list.sectors"
    if count > 1:
        if len(heads) == 1 and not (head.tail.respectively and len(memory.heads) == count and head.rule == "ellipsis"):
            listed = split_list(heads[0])
            if len(rates := crossed(listed)) == count:
                return rates, "list.crossed"
            if len(listed) > count == len(pieces := heads[0].split("、")) and head.tail.respectively:
                listed = pieces  # 粮食、肉类及制品、蛋类分别上涨: no more things than values
            parts = distribute(listed)
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
                parts = _shares_alike(parts, head, run)
                if head.tail.respectively and is_count(run[0].numeral.unit):
                    parts = with_event(parts)
                return [[name] for name in parts], "list.one-each"
            return [heads for _ in run], "list.all-of-one"
        if len(heads) == count:
            return [[name] for name in heads], "list.one-each"
        return [heads[:1] for _ in run], "list.first"
    # A、B分别增加2个: one value for each of them.
    each = head.each or head.tail.respectively
    if len(heads) == 1 and (each or _may_be_of_each(heads[0], head, run[0])):
        listed = split_list(heads[0])
        if rates := crossed(listed):
            return [[name for names in rates for name in names]], "list.crossed"
        parts = distribute(listed)
        if len(parts) > 1 and (each or all(is_complete(part) for part in listed) or _share_property(heads[0], listed)):
            return [with_event(parts) if each and is_count(run[0].numeral.unit) else parts], "list.each"
    if len(heads) > 1:
        return [heads if head.each else heads[-1:]], "list.each" if head.each else "list.last"
    return [heads], ""


def _may_be_of_each(name: str, head: Head, slot: Slot) -> bool:
    """Whether a value holds for each of several things, and is no sum of them: a change, a rank, a rate."""
    unit = slot.numeral.unit
    return bool(head.tail.change or slot.numeral.rank) or unit in _TIMES_OVER or (unit == "%" and name.endswith("率"))


def _share_property(name: str, listed: list[str]) -> bool:
    """Whether nothing but marks stand between things of which the last tells what is measured: 甲、乙产量.

    Not where it may tell more that holds for all of them (甲、乙、丙患者规范管理服务率), nor where they are firms.
    """
    if any(map(_FIRM_IN_LETTERS.fullmatch, listed)):
        return False  # 甲、ABCD手机销量
    attribute = attribute_of(listed[-1])
    if any(
        listed[-1].removesuffix(attribute).endswith(kind) and not listed[0].endswith(kind) for kind in _INSTITUTIONS
    ):
        return False  # 甲类、乙类企业数量: the noun is shared too
    longest = max(map(len, listed[:-1]), default=0) + _LITTLE_MORE
    alike = bool(attribute) and len(listed[-1]) - len(attribute) <= longest and "等" not in listed[-1]
    alike = alike and not w.FALL_TRANSITIVE.at_start(name)
    return alike and name.split("、") == listed and not any(map(attribute_of, listed[:-1]))


def _in_turn(head: Head, names: list[str], following: Sequence[Slot]) -> list[str]:
    """The names of several values, each with a verb of its own (A、B分别增长|3%、下降|5%), or nothing."""
    if not head.tail.respectively or not head.tail.change:
        return []
    parts = names if len(names) > 1 else distribute(split_list(names[0]))
    own = following[: len(parts) - 1]
    alone = len(own) == len(parts) - 1 > 0 and all(
        slot.link == "list" and (slot.lead in w.RISE or slot.lead in w.FALL) for slot in own
    )
    return parts if alone else []


def _shares_alike(parts: list[str], head: Head, run: list[Slot]) -> list[str]:
    """Amounts told in per cent are shares like the last of them (增加值、销售额、出口占比分别为20%、30%、40%)."""
    share = next(filter(parts[-1].endswith, _SHARES), "")
    if not share or head.tail.change or any(slot.numeral.unit != "%" for slot in run):
        return parts
    return [part if part.endswith((share, "率")) else part + share for part in parts]


_SHARES = ("占比", "比重")
_INSTITUTIONS: tuple[str, ...] = tuple(_WORDS["lists"]["institutions"])
_LITTLE_MORE = 4
_FIRM_IN_LETTERS = re.compile("[A-Za-z]{4,}")
_TIMES_OVER = frozenset({"番"})
# So many names told last are remembered.
_RECENT = 8
_PART = "其中"
# What stands between 其中 and the first part: a mark.
_OPENS = 4
# 至, / and others behind a number: another number tells its unit.
_GOES_ON = frozenset("至到~—-/")


def _remember(memory: Memory, head: Head, names: list[list[str]], run: list[Slot]) -> None:
    if head.how == "in-turn":
        memory.in_turn = memory.in_turn[1:]
    last = run[-1].numeral
    remark = memory.text.startswith(")", last.phrase_stop)
    if memory.heads and not memory.carried and remark and (last.unit == "%" or _INCLUDED.match(run[0].lead)):
        return  # 投资9亿元(占总投资的30%),增长8%: what a remark tells is not gone on with
    if _PART in run[0].lead or _PART in run[0].context[-_OPENS:]:
        memory.divided = memory.heads
    if _PART in run[0].lead or (head.how == "like-thing" and _PART in run[0].context[-_OPENS:]):
        memory.whole = memory.heads
    elif run[0].link == "clause" and head.rule not in ("ellipsis", "property-of-before"):
        memory.whole = []
    heads = [name for of_value in names for name in of_value] if len(run) > 1 else names[0]
    memory.heads = [head.base] if head.base else heads[:] if len(heads) < 2 else list(dict.fromkeys(heads))
    memory.said, memory.listed = names[-1], run[0].link == "list"
    if new := [name for name in memory.heads if name not in memory.recent]:
        memory.recent = [*memory.recent, *new][-_RECENT:]
    memory.spans = head.span
    memory.event, memory.titled = head.event, head.titled
    if head.rule != "ellipsis" or not is_ratio(run[-1].numeral.unit):
        memory.level_unit = run[-1].numeral.unit
    memory.unit = run[-1].numeral.unit
    if memory.unit and is_count(memory.unit) and head.rule != "ellipsis":
        memory.counted, memory.counted_in = memory.heads[-1], memory.unit
    memory.rule, memory.sign = head.rule, head.tail.change
    memory.carried = False


def _fact(
    text: str,
    sentence: Sentence,
    slot: Slot,
    name: str,
    head: Head,
    shared: str,
    earlier: bool,
    passage: Passage | None,
    memory: Memory,
) -> Fact:
    numeral = slot.numeral
    measure, sign, decided = measure_of(numeral, head.tail, slot.trail, head.versus, head.taken_away, earlier)
    if sign < 0 and is_for_the_better(name, head.versus.verb if head.versus else head.tail.verb):
        sign, decided = 1, "measure.for-the-better"  # 优良天数比例改善2个百分点
    if decided == "measure.points" and head.rule != "head-behind" and not head.tail.change and is_less(name):
        sign = -1  # 压减9个、2个百分点: no thing is told, only that it became less
    comparison, reference, compared = "", "", ""
    steps = list(head.steps)
    if head.rule == "stretch" and memory.measure and measure == "level":
        measure, comparison, decided = memory.measure, memory.comparison, "measure.stretch"
    elif head.rule == "contribution":
        measure, decided = "level", "measure.contribution"
    elif measure in ("growth", "change"):
        comparison, reference, compared = _comparison(head, passage)
    if measure != "rank":
        # 增速高于全省2个百分点、居第3位: the gap is one of the growth.
        gap = comparison == "versus" and (memory.before_rank == "growth" or bool(_PACE.search(slot.lead)))
        memory.before_rank, memory.rank_of = "growth" if gap and measure == "change" else measure, ""
    if numeral.unit == "%" and not text.startswith("(", numeral.phrase_start - 1):
        memory.grew = head.tail.change if measure == "growth" and not head.versus else 0
    memory.measure, memory.comparison = measure, comparison
    unit = numeral.unit
    alone = numeral.value_max is None and text[numeral.phrase_stop : numeral.phrase_stop + 1] not in _GOES_ON
    if memory.earlier_unit and not earlier and unit in ("", "个") and alone:
        # 由1.2万人减少到800: the multiplier is that of the first number, unless the second counts parts of it (9.5).
        known = memory.earlier_unit if "." in numeral.text else without_multiplier(memory.earlier_unit)
        unit = known if known.startswith(unit) else unit
    if memory.earlier_unit and not earlier and unit and memory.earlier_unit.startswith(unit + "/"):
        unit = memory.earlier_unit  # 由每月150元调整为163元
    # 由三分之一降到2, 由5万降到2.4: of shares no unit is left out, and a multiplier alone is none.
    kept = earlier and numeral.value_max is None and not is_ratio(unit) and unit not in MULTIPLIER_WORDS
    memory.earlier_unit = unit if kept else ""
    if measure in ("level", "change") and unit in MULTIPLIER_WORDS and _IN_MONEY.search(name):
        unit += "元"  # 发放小额信贷1.2亿
    if measure == "level" and unit == "%" and is_addition(name) and not (attribute_of(name) or is_used(slot.trail)):
        measure, comparison, decided = "growth", "yoy", "measure.addition"  # 新增供地8%以上
    if head.rule == "property-of-before" and (whole := _SIZE_OF_NEW.fullmatch(name)):
        name = whole[1]  # 新增企业9家,营收规模突破9亿元
    if measure == "level" and not is_ratio(unit) and (added := _INCREMENT.search(name)):
        name, measure, decided = name[: added.start()], "change", "measure.increment"
        comparison = "since" if _INCREMENT_OF_YEARS.search(slot.lead) else "yoy"
    if measure == "level" and head.tail.change and head.tail.verb in _RATES:
        name = name if name.endswith(head.tail.verb) else name + head.tail.verb
        steps.append("rate")
    if (
        measure == "level"
        and head.tail.summed
        and head.rule in _NAMED_HERE
        and not is_ratio(unit)
        and "累计" not in name
    ):
        name = "累计" + name  # 专利授权量累计9万件
        steps.append("summed")
    if measure == "level" and not is_ratio(unit) and "/" not in unit and "均" not in name and "每" not in name:
        if average := _YEARLY.match(slot.lead):
            name = average[1] + name  # 年均新增就业9万人: no sum
            steps.append("yearly")
        elif head.tail.average and head.rule in _NAMED_HERE:
            name = _AVERAGE + name  # 接待游客年均9万人次
            steps.append("yearly")
    if (levelled := _at_level(name, slot, memory)) != name:
        name = levelled
        steps.append("level-of-list")
    if (
        measure == "level"
        and is_count(unit)
        and "各" not in name
        and "每" not in name
        and (each := _EACH.match(slot.lead))
    ):
        name = each[1] + name  # 各县打造1条产业链: in each of them
        steps.append("each-place")
    if measure == "level" and unit in _PERCENT and not head.versus and _BESIDE_LAST_YEAR.search(slot.lead):
        measure, comparison, decided = "growth", "yoy", "measure.beside-last-year"  # 财政收入同比-3%
    if (
        measure == "level"
        and unit in _PERCENT
        and (earlier or head.tail.reached or head.rule == "ellipsis")
        and _of_pace(head, slot)
    ):
        measure, comparison, decided = "growth", "yoy", "measure.pace-before"  # 增速由-3%转为5%; 增速转负为正,达到0.8%
    if measure == "growth" and unit == "%" and head.rule in _OF_BEFORE and _PRICES.search(name):
        measure, comparison, decided = "level", "", "measure.prices"  # 消费价格上涨2%,其中9月上涨1%
    value = numeral.value if numeral.value is not None else Decimal(0)
    if value < 0:
        sign = 1  # 下降-3%: the sign says it already
    item = _item(text, sentence, slot)
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
        bound=numeral.bound if numeral.bound != "exact" else head.bound or _crossed(slot, unit),
        comparison=comparison,
        reference=reference,
        basis=basis_of(name, measure, unit, item),
        rule=head.rule_id,
        earlier=earlier,
        trace=_trace(head, steps, shared, decided, compared, numeral),
    )


def _at_level(name: str, slot: Slot, memory: Memory) -> str:
    """A title with the level that those before it in a list have: 新增省级以上绿色工厂9家、绿色园区6家."""
    listed = memory.title_level if slot.link == "list" else ""
    memory.title_level = ""
    if not is_count(slot.numeral.unit):
        return name
    event = event_at_start(name)
    if level := _TITLE_LEVEL.match(name, len(event)):
        memory.title_level = level[0]
    elif listed and name.endswith(_AT_EACH_LEVEL) and not _OWN_LEVEL.search(name):
        memory.title_level = listed
        return event + listed + name.removeprefix(event)
    return name


def _crossed(slot: Slot, unit: str) -> str:
    """What a barrier that was passed says of a value: 生产总值跨过3000亿元, 跃上2000亿元台阶."""
    return "over" if unit.endswith("元") and slot.lead.endswith(_CROSSED) else "exact"


def _trace(head: Head, steps: Sequence[str], shared: str, measure: str, comparison: str, numeral: Numeral) -> Trace:
    """The rules that named the head, shared it out, completed it, and told the measure and the comparison."""
    start, stop = head.span
    trace: list[Bare] = [("indicator", head.rule_id, start, stop)]
    for step in steps:
        trace.append(("indicator", f"name.{step}", start, stop))
    if shared:
        trace.append(("indicator", shared, start, stop))
    trace.append(("measure", measure, start, numeral.phrase_stop))
    if comparison:
        trace.append(("comparison", comparison, start, numeral.phrase_start))
    return tuple(trace)


def _of_pace(head: Head, slot: Slot) -> bool:
    """Whether the words that name a percentage speak of a pace."""
    if head.rule == "ellipsis":
        return bool(_OWN_PACE.search(head.names[-1]))  # 增速由12%回落至|8%
    return bool(_OWN_PACE.search(slot.context if head.rule == "context" else slot.lead))


def _item(text: str, sentence: Sentence, slot: Slot) -> str:
    """What stands before the number since the number before it: 预算收入剔除一次性因素,可比增长10%."""
    start = max(sentence.clauses[slot.clause][0], slot.numeral.start - 60)
    return slot.context.rpartition(";")[2][-60:] + text[start : slot.numeral.start]


def _comparison(head: Head, passage: Passage | None) -> tuple[str, str, str]:
    """The kind of comparison, what with, and the rule that decided."""
    if head.tail.verb in _GAINS and not head.versus:
        return "versus", "", "comparison.gain"  # 资产成交9亿元,增值6%: on what it was before the sale
    if head.versus:
        return head.versus.kind, head.versus.reference, "comparison.named"
    if head.tail.average:
        return "annual_average", "", "comparison.average"
    if _SPAN_OF_YEARS.search(head.tail.time):
        return "since", "", "comparison.years-named"
    if passage is not None and passage.role in ("review_years", "plan_years"):
        return "since", "", "comparison.passage-of-years"
    return "yoy", "", "comparison.unsaid"
