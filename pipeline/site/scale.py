"""Scales of charts: from values to a share of the width or height."""

from __future__ import annotations

import math

# On a linear scale the smaller ones of amounts this far apart could not be told from nothing.
_WIDE = 50


class Scale:
    """From values to shares between 0 and 1, with ticks at round values; logarithmic where positive values lie far apart.

    With `zero` the scale begins at nothing, or ends there.
    """

    def __init__(self, low: float, high: float, *, zero: bool) -> None:
        self.logarithmic = low > 0 and high / low > _WIDE
        if self.logarithmic:
            powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            values = [10.0**power for power in powers]
            self.low, self.high = values[0], values[-1]
            step = max(1, math.ceil((len(values) - 1) / 4))
            values = values[::step]
        else:
            if zero:
                low, high = min(low, 0.0), max(high, 0.0)
            if low == high:
                low, high = low - 1, high + 1
            size = _nice((high - low) / 4)
            first = math.floor(low / size + 1e-9)
            last = math.ceil(high / size - 1e-9)
            values = [number * size for number in range(first, last + 1)]
            self.low, self.high = values[0], values[-1]
        self.values = values

    def at(self, value: float) -> float:
        """Where a value stands."""
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        # The last digit of a double is not always right.
        return min(1.0, max(0.0, share))


def _nice(size: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that is at least `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= size * (1 - 1e-9))


def years(start: float, end: float, most: int) -> list[int]:
    """Round years from `start` to `end`, at most so many."""
    first, last = math.ceil(start - 1e-9), math.floor(end + 1e-9)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if (last - first) // step < most)
    return [year for year in range(first, last + 1) if year % step == 0]
