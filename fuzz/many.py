"""Look for texts that break a rule, among as many drawn texts as asked for; the second reading is one of the rules.

    python fuzz/many.py [texts] [number of the first] [minutes] [drawn | combined]

Each text of `drawn.py` and `combined.py` has a number and is made again from it. One in twenty is a document of its own; of the others fifty
are the paragraphs of one, which is looked at several times as fast, and apart where it breaks a rule. Prints the rate,
and what breaks a rule as it is found; exit code 1 if anything does. Cut the text down, mend the cause, and add it to FOUND
in tests/test_properties.py.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

# So many texts are checked together, so many of them as documents of their own, and so many are one document.
_TOGETHER, _ALONE, _PARAGRAPHS = 4000, 200, 50
_BETWEEN = "\n\n"


def main(count: int, first: int, minutes: float, strategy: str) -> int:
    """Look at so many texts of a strategy, or for so long; the exit code."""
    text_of = import_module(strategy).text_of
    begin, done, bad = time.monotonic(), 0, 0
    while done < count and time.monotonic() - begin < minutes * 60:
        numbers = range(first + done, first + min(done + _TOGETHER, count))
        for name, text, found in broken_among(numbers, text_of):
            bad += 1
            print(f"{name}: {text!r}\n    {'; '.join(found[:3])}", flush=True)
        done += len(numbers)
    passed = time.monotonic() - begin
    print(
        f"{done:,} texts from number {first:,} on in {passed:.0f} s ({done / passed:.0f} a second): {bad} break a rule"
    )
    return int(bad > 0)


def broken_among(numbers: range, text_of: Callable[[int], str]) -> list[tuple[str, str, list[str]]]:
    """Of the texts with these numbers, those that break a rule: number, text and what is broken.

    A document that breaks one though none of its paragraphs does alone is told whole, by their numbers.
    """
    from invariants import broken_of

    alone = numbers[:_ALONE]
    documents = [numbers[at : at + _PARAGRAPHS] for at in range(_ALONE, len(numbers), _PARAGRAPHS)]
    made = [text_of(number) for number in alone]
    made += [_BETWEEN.join(map(text_of, document)) for document in documents]
    told = []
    for at, found in sorted(broken_of(made).items()):
        if at < len(alone):
            told.append((str(alone[at]), made[at], found))
            continue
        document = documents[at - len(alone)]
        apart = broken_of([text_of(number) for number in document])
        singly = [(str(document[one]), text_of(document[one]), broken) for one, broken in sorted(apart.items())]
        told += singly or [(f"{document[0]} to {document[-1]}", made[at], found)]
    return told


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    sys.exit(
        main(int(given.get(1, 1_000_000)), int(given.get(2, 0)), float(given.get(3, "inf")), str(given.get(4, "drawn")))
    )
