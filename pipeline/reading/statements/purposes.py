"""Money that is named by what it is for: 投入10亿元解决60万人饮水问题, 投资20亿元,用于改造管网."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.statements.head import Head
from pipeline.reading.statements.phrase import Tail, clean, event_at_start, strip_lead
from pipeline.reading.statements.slots import Slot

_WORDS = vocabulary("constructions")["money"]
_SPENT = re.compile(rf"({any_of(_WORDS['spent'])})(?:资金)?{any_of(_WORDS['about'])}?$")
_PARTS: tuple[str, ...] = tuple(_WORDS["parts"])
_EVENTS: frozenset[str] = frozenset(_WORDS["events"])
_PURPOSE = re.compile(rf"^,({any_of(_WORDS['purposes'])}[^,;。、]{{3,20}})")
_CLAUSE_END = re.compile(r"[,;。、]")
# 实施企业找人、人找企业“双找”计划: the marks tell that it is one.
_PROGRAMME = re.compile(r"[^,;。\d“”]{3,30}“[^,;。“”]{2,10}”[^,;。、\d]{0,6}(?=[,;。]|$)")
_AMOUNTS = re.compile(rf"\d[\d.,]*[万亿]?(?:{any_of(_WORDS['measures'])}|[人户家个条座所项栋处台套])?的?")


def spent_on(run: list[Slot], span: tuple[int, int]) -> Head | None:
    """Money spent, named by the purpose that follows it without a mark, if one does."""
    last = run[-1]
    spent = _SPENT.search(run[0].lead) if last.numeral.unit.endswith("元") else None
    if not spent or run[0].lead.endswith(_PARTS, 0, spent.start()) or not event_at_start(last.trail):
        return None
    told = last.trail + last.after
    whole = _PROGRAMME.match(told)
    purpose = _AMOUNTS.sub("", whole[0] if whole else _CLAUSE_END.split(told)[0])
    return Head([clean(purpose) + spent[1]], Tail(""), "purpose", span)


def with_purpose(name: str, slot: Slot) -> str:
    """The name of money spent with the purpose that the next clause tells, if it does."""
    if slot.trail or not slot.numeral.unit.endswith("元"):
        return name
    if name not in _EVENTS and not (name.endswith("投入") and len(name) <= 6):
        return name
    purpose = _PURPOSE.match(slot.after)
    return clean(strip_lead(_AMOUNTS.sub("", purpose[1]))) + name if purpose else name
