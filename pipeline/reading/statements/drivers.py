"""What brought about what is counted, where an earlier clause names it: 落实贴息政策,为90家合作社减免利息30万元."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.head import Memory, last_clause
from pipeline.reading.statements.phrase import clean, strip_lead
from pipeline.reading.statements.slots import Slot

_WORDS = vocabulary("constructions")["drivers"]
_EFFECT = filtered(rf"(?:累计)?{any_of(_WORDS['effects'])}[^,;:、的]{{0,4}}")
_DRIVER = filtered(
    rf"(?P<verb>.*?{any_of(_WORDS['verbs'])})?([^,;:]{{2,24}}?{any_of(_WORDS['nouns'])}”?)(?P<acts>{any_of(_WORDS['acting'])})?"
)
_ANY = re.compile(rf"{any_of(_WORDS['any'])}+")
# What nothing but a noun of a kind is left of names no driver, in characters.
_SHORTEST = 4


def driver_told(slot: Slot, memory: Memory) -> str:
    """The policy, the service or the like that the clause before names, for the first figure behind it, or nothing."""
    opens = slot.link == "none" or (slot.link == "clause" and (memory.carried or not memory.heads or slot.context))
    clause = last_clause(slot.context.rstrip(",:")) if opens and slot.context else ""
    driver = _DRIVER.fullmatch(clause) if clause else None
    if not driver or not (driver["verb"] or driver["acts"]):
        return ""
    name = _ANY.sub("", clean(strip_lead(driver[2].rpartition("等")[2])), count=1)
    return "" if len(name) < _SHORTEST or w.EVENT.at_start(name) else name


def brought_by(name: str, slot: Slot, memory: Memory) -> str:
    """An effect with what brought it about (实施家电下乡政策,拉动消费3亿元); any other name as it is."""
    if not _EFFECT.fullmatch(name):
        return name
    return driver_told(slot, memory) + name
