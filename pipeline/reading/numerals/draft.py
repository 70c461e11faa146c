"""A numeral while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Numeral


@dataclass(slots=True)
class Draft:
    """The fields of `Numeral`, still open to change, and what the reading rules need besides.

    `dimension`: what the unit measures; `before`: the word that bounds the value before it, `after`: behind it.
    `phrase_stop` is behind the unit at first and takes in the bound behind it later.
    """

    start: int
    stop: int
    text: str
    phrase_start: int
    phrase_stop: int
    kind: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    multiplier: str = ""
    unit: str = ""
    dimension: str = ""
    bound: str = "exact"
    before: str = ""
    after: str = ""
    chinese: bool = False
    rank: bool = False
    unit_stop: int = 0

    def done(self) -> Numeral:
        """The finished numeral."""
        return Numeral(
            self.start,
            self.stop,
            self.text,
            self.kind,
            self.phrase_start,
            self.phrase_stop,
            self.value,
            self.value_max,
            self.unit,
            self.bound,
            self.chinese,
            self.rank,
        )
