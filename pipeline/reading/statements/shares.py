"""Shares and multiples of a whole: 甲占乙的比重, 收入不低于全省平均的45%, 相当于上年的2倍."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.coordination import distribute, split_list
from pipeline.reading.statements.ellipsis import of_owner_before
from pipeline.reading.statements.head import Head, Memory, last_clause
from pipeline.reading.statements.measure import RESTORED, Comparison
from pipeline.reading.statements.phrase import Tail, clean, strip_lead, strip_tail

_SMALL = vocabulary("function_words")
_WORDS = vocabulary("constructions")["shares"]
_TOLD_AS_PROPORTION: tuple[str, ...] = tuple(_WORDS["proportions"])
_LIMITS: dict[str, str] = {word: bound for bound, words in _WORDS["limits"].items() for word in words}
_SHARE = re.compile(
    rf"^(?P<part>.*?)(?:(?<!经济){any_of(_WORDS['totals'])})?约?{any_unless(_WORDS['verb'])}{any_of(_WORDS['particles'])}?"
    rf"(?P<whole>[^占]*?)的?{any_of(_WORDS['nouns'])}?$"
)
# 投入相当于生产总值的比例
_RATIO_TO = re.compile(rf"{any_of(_WORDS['ratio_to'])}([^,占与]{{2,}})(?:之比|的(比例|比重))$")
_OF_WHOLE = re.compile(rf"^([^,]*?)({any_of([*_LIMITS, *_WORDS['equals']])})([^,]{{3,30}})的$")
# 研发经费96亿元,与生产总值之比为2%
_RATIO_WITH = re.compile(rf"[与同和]([^,占]{{2,14}}){any_of(_WORDS['ratio_nouns'])}{any_of(_SMALL['equalling'])}?$")
# 恢复至2019年的115%: a multiple of what it was.
_OF_PAST = re.compile(
    rf"^(?P<part>[^,]*?)(?:{any_of(_WORDS['of_past'])}(?P<time>(?:19|20)\d\d年(?:同期|水平)?|[上去前]年(?:同期)?|疫情前)(?:水平)?的?"
    rf"|{any_of(_WORDS['equals_past'])}(?P<before>(?:(?:19|20)\d\d|[上去前])年(?:同期)?(?:实际)?{any_of(_WORDS['past_figures'])}?)的)$"
)
_TIMES = re.compile(
    rf"^([^,]*?)(?:({any_of([*_LIMITS, *_WORDS['equals_times']])})(?![0-9.]+[^0-9.年])((?:[^,()]|\([^()]{{0,16}}\)){{2,30}}?)(?<![-—~])的?"
    rf"|{any_of(_WORDS['equals_times_of'])}((?:[^,()]|\([^()]{{0,16}}\)){{2,30}}?)(?<![-—~])的)$"
)
_WHOLE = re.compile(rf"{any_of(_WORDS['wholes'])}的?$")
_PULLS = vocabulary("constructions")["pulls"]
_PULLED = re.compile(
    rf"^(?P<part>[^,]*?)(?P<verb>{any_of([*_PULLS['up'], *_PULLS['down']])})(?:了)?(?P<whole>[^,]*?{any_of(_PULLS['pulled'])}[^,]*?)"
    rf"{any_of(_SMALL['nearing_or_more'])}?$"
)
# 消费对经济增长的贡献率为60%、拉动…
_CONTRIBUTES = re.compile(rf"对[^,]*{_PULLS['contributes']}率?$")
_PLANS: tuple[str, ...] = tuple(vocabulary("constructions")["changes"]["planned"])
# 税收占一般公共预算收入的80%
_OF_REVENUE: tuple[str, ...] = tuple(_WORDS["of_revenue"])
# 甲、乙出口分别占
_EACH = re.compile(rf"{any_of(_SMALL['distributing'])}$")
# 工业增加值仅占生产总值的15%
_ONLY = re.compile(rf"{any_of(_SMALL['limiting'])}$")
_SECTORS: list[str] = _WORDS["sectors"]
_ALL_SECTORS = re.compile(any_of(_WORDS["all_sectors"]))
_SECTOR_RATIO = re.compile(rf"{any_of(_WORDS['sector_names'])}(?P<as>{any_of(_WORDS['sector_ratios'])})$")
_STRUCTURE = re.compile(r"结构(?:比例|比)$|比例结构$")
_PROPORTIONS: frozenset[str] = frozenset(_WORDS["proportions"])


def share_of_whole(
    lead: str, values: int, versus: Comparison | None, memory: Memory, span: tuple[int, int]
) -> Head | None:
    """The share of a whole that the words before a percentage name without 占, if they do; one for each of `values`."""
    if versus:
        if memory.heads and _WHOLE.search(versus.reference):
            return Head([f"{memory.heads[-1]}占{clean(versus.reference)}比重"], Tail(""), "share", span)
        return None
    if memory.heads and not memory.carried and (ratio := _RATIO_WITH.match(lead)):
        return Head([f"{memory.heads[-1]}占{clean(ratio[1])}比重"], Tail(""), "share", span, how="ratio-with")
    if past := _OF_PAST.match(lead):
        before = strip_tail(past["part"])
        name = clean(strip_lead(before.text)) or (memory.heads[-1] if memory.heads else "")
        names = list(memory.heads) if name in memory.heads and len(memory.heads) == values else [name]
        if not clean(strip_lead(before.text)) and before.respectively and 1 < values <= len(memory.recent):
            names = memory.recent[-values:]  # 接待游客90万人次,收入8亿元,分别恢复到2019年的108%、112%
        versus = Comparison(past["part"], "since", past["time"] or past["before"], 1, RESTORED)
        return Head(names, Tail(""), "multiple", span, versus, how="of-past") if name else None
    found = _OF_WHOLE.match(lead)
    if not found:
        return None
    part = clean(strip_lead(strip_tail(found[1]).text)) or (memory.heads[-1] if memory.heads else "")
    parts = distribute(split_list(part)) if values > 1 else [part]
    names = [f"{one}占{clean(found[3])}比重" for one in (parts if len(parts) == values else [part])]
    return Head(names, Tail(""), "share", span, bound=_LIMITS.get(found[2], ""))


def multiple_of(lead: str, context: str, memory: Memory, span: tuple[int, int]) -> Head | None:
    """The multiple of another thing that the words before 倍 name, if they do."""
    found = _TIMES.match(lead)
    if not found:
        return None
    before = strip_tail(found[1])
    other = found[3] or found[4]
    versus = Comparison(found[1], "versus", clean(other), 1, found[2] or "")
    stated = clean(strip_lead(strip_tail(last_clause(context)).text))
    stated = stated[w.RISE.at_start(stated) :]
    name = clean(strip_lead(before.text)) or (memory.heads[-1] if memory.heads else stated or clean(other))
    return Head([name], before, "multiple", span, versus, bound=_LIMITS.get(found[2] or "", ""))


def contribution(lead: str, memory: Memory, span: tuple[int, int]) -> Head | None:
    """What the words before percentage points say was pulled, by the part that pulls (消费拉动经济增长), if they do."""
    pulled = _PULLED.match(lead)
    if not pulled:
        return None
    before = memory.heads[-1] if memory.heads else ""
    # 制造业占工业的60%,拉动工业增长3个百分点: the part pulls, not its share.
    part = clean(strip_lead(pulled["part"])) or _CONTRIBUTES.sub("", part_of_share(before) or before)
    falls = pulled["verb"] in _PULLS["down"]
    name = f"{part}{pulled['verb']}{clean(strip_tail(pulled['whole']).text)}增长"
    return Head([name], Tail("", change=-1 if falls else 0), "contribution", span, base=part)


def share_taken(
    body: str, tail: Tail, values: int, memory: Memory, span: tuple[int, int], versus: Comparison | None
) -> Head | None:
    """The shares that a phrase with 占 names, one for each of `values` where it is a list, if it is such a phrase."""
    if body.endswith(_TOLD_AS_PROPORTION):
        body = _RATIO_TO.sub(r"占\1\2", body)
    share = _SHARE.match(body) if "占" in body else None
    if share and not share["whole"] and body.endswith("占"):
        part = clean(strip_lead(share["part"])) or (memory.heads[-1] if memory.heads else "")
        return Head([part + "占比"], tail, "share", span, versus)
    if not share or not share["whole"]:
        return None
    part = clean(strip_lead(_EACH.sub("", _ONLY.sub("", share["part"])))) or (memory.heads[0] if memory.heads else "")
    whole = f"占{clean(share['whole'])}比重"
    if not clean(strip_lead(_EACH.sub("", share["part"]))) and 1 < values == len(memory.heads):
        # 甲、乙增加值分别增长8%、6%,占工业比重分别为20%、30%
        return Head([one + whole for one in memory.heads], tail, "share", span, versus, how="in-order")
    if values == 1 and _EACH.search(share["part"]) and len(listed := split_list(part)) > 1:
        # 甜瓜面积9万亩,产量、产值均占全国30%
        names = [_owned(one, memory) + whole for one in distribute(listed)]
        return Head(names, tail, "share", span, versus, each=True, how="each")
    if not (part in _OF_REVENUE and share["whole"].rstrip("的").endswith(_WORDS["revenue"])):
        part = _owned(part, memory)
    parts = split_list(part) if values > 1 else [part]
    parts = [p + whole for p in distribute(parts)] if len(parts) == values else [part + whole]
    of_plan = share["whole"].rstrip("的").endswith(_PLANS)  # 占预算的98%、增长2%: what grew is no share
    return Head(parts, tail, "share", span, versus, base=part if of_plan else "")


def _owned(part: str, memory: Memory) -> str:
    """A bare property with the owner of what the quantity before states (甜瓜面积9万亩,产量占全国30%)."""
    told = part in w.ATTRIBUTE and memory.heads and not memory.carried
    return of_owner_before(part, memory.heads[-1]) if told else part


def part_of_share(name: str) -> str:
    """The part whose share of a whole the name is (甲占乙比重 → 甲), or an empty string."""
    part, of, _ = name.partition("占")
    return part if of else ""


def sector_shares(heads: Sequence[str], values: int) -> list[str]:
    """The names for values of the sectors (三次产业结构为7:40:53, 三次产业增加值分别…); empty where they are others."""
    if values != len(_SECTORS) or len(heads) != 1:
        return []
    if ratio := _SECTOR_RATIO.search(heads[0]):
        if ratio["as"] in _PROPORTIONS:
            return [f"{sector}比重" for sector in _SECTORS]
        return [f"{_STRUCTURE.sub('结构', heads[0])}中{sector}" for sector in _SECTORS]
    if sectors := _ALL_SECTORS.match(heads[0]):
        return [sector + heads[0][sectors.end() :] for sector in _SECTORS]
    return []
