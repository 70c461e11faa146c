"""Look for texts that break a rule, among as many drawn texts as asked for; the second reading is one of the rules.

    python fuzz/many.py [texts] [number of the first] [minutes]

Each text of `texts.py` has a number and is made again from it. Prints the rate, and what breaks a rule as it is found;
exit code 1 if anything does. Cut the text down, mend the cause, and add it to FOUND in tests/test_properties.py.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

_TOGETHER = 250


def main(count: int, first: int, minutes: float) -> int:
    """Look at so many texts, or for so long; the exit code."""
    from invariants import broken_of
    from texts import text_of

    begin, done, bad = time.monotonic(), 0, 0
    while done < count and time.monotonic() - begin < minutes * 60:
        numbers = range(first + done, first + min(done + _TOGETHER, count))
        for at, found in sorted(broken_of([text_of(number) for number in numbers]).items()):
            bad += 1
            print(f"{numbers[at]}: {text_of(numbers[at])!r}\n    {'; '.join(found[:3])}", flush=True)
        done += len(numbers)
    passed = time.monotonic() - begin
    print(
        f"{done:,} texts from number {first:,} on in {passed:.0f} s ({done / passed:.0f} a second): {bad} break a rule"
    )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(
        main(
            int((sys.argv[1:2] or [1_000_000])[0]), int((sys.argv[2:3] or [0])[0]), float((sys.argv[3:4] or ["inf"])[0])
        )
    )
