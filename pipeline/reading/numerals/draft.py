"""A numeral while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Numeral


@dataclass(slots=True)
class Draft:
    """The fields of `Numeral`, still open to change, and what the reading rules need besides.

    `dimension`: what the unit measures; `before`: the word that bounds the value before it, `after`: behind it.
    `phrase_stop` is behind the unit at first and takes in the bound behind it later. `sign_start`: where the sign
    before the first digit begins, if there is one; the value has it.
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
    sign_start: int = -1

    @property
    def begin(self) -> int:
        """Where the number begins with its sign: what stands before it tells what it is."""
        return self.start if self.sign_start < 0 else self.sign_start

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
