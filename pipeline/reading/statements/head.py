"""The head of a quantity: the words that name it, and what the quantity before leaves to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.statements.measure import Comparison
from pipeline.reading.statements.phrase import Tail
from pipeline.records import Record

_WORDS = vocabulary("constructions")
_RATIO: frozenset[str] = frozenset(_WORDS["units"]["ratio"])
_COUNTERS: str = _WORDS["units"]["counters"]
_CLAUSE_END = re.compile(r"[,;:(]")
# 的情况下: a circumstance of what is said next.
CIRCUMSTANCE = re.compile(rf"^的{any_of(_WORDS['names']['circumstances'])}之?[下上]")


@dataclass(slots=True)
class Memory:
    """What the quantity before was about, for heads that are left out.

    `carried`: from the sentence before. `whole`: what the part is of that the quantity before told with 其中. `divided`: the whole whose parts 其中 opened last, here or in the sentence before. `said`: its
    names in full, where `heads` leaves out what it alone adds. `listed`:
    whether it stood in a list. `grew`: the sign of the growth in % told last, 0 where that was a level. `level_unit`: the unit of the amount of which a growth was told last. `titled`: the things that got a title there. `title_level`: at
    which level the titles of the list are conferred. `counted`: what the sentence
    counted last, with the unit `counted_in`. `in_turn`: the things of which the next values are, told
    before the first of them. `text`: the whole, in which the sentence begins at `start`.
    """

    heads: list[str] = field(default_factory=list)
    spans: tuple[int, int] = (0, 0)
    event: str = ""
    unit: str = ""
    measure: str = ""
    comparison: str = ""
    rule: str = ""
    sign: int = 1
    grew: int = 0
    recent: list[str] = field(default_factory=list)
    carried: bool = False
    earlier_unit: str = ""
    level_unit: str = ""
    rank_of: str = ""
    pool: str = ""
    before_rank: str = ""
    whole: list[str] = field(default_factory=list)
    divided: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    listed: bool = False
    titled: str = ""
    title_level: str = ""
    counted: str = ""
    counted_in: str = ""
    in_turn: list[str] = field(default_factory=list)
    text: str = ""
    start: int = 0


@dataclass(slots=True, unsafe_hash=True)
class Head(Record):
    """The names found for a run of values, with the words of change before the first value and the rule.

    `base` is the name without what this quantity alone adds to it (新增), for the quantities that leave it out.
    `rule` is the construction, `how` the branch of it that decided; `steps` are what was done to the name besides.
    `titled`: the things counted, where the name tells with what title (企业入选名录 → 企业).
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
    how: str = ""
    steps: tuple[str, ...] = ()
    titled: str = ""

    @property
    def rule_id(self) -> str:
        """The construction and its branch, as the trace has them."""
        return f"{self.rule}.{self.how}" if self.how else self.rule


def is_ratio(unit: str) -> bool:
    """Whether a value in this unit is a share or a rate."""
    return unit in _RATIO


def is_count(unit: str) -> bool:
    """Whether a value in this unit counts things; no unit does."""
    return not unit or unit[-1] in _COUNTERS


def last_clause(context: str) -> str:
    """The last clause that is not empty."""
    parts = [part for part in _CLAUSE_END.split(context) if part.strip()]
    return parts[-1] if parts else ""
