"""Look for texts that make the extraction fail, guided by which code they reach (atheris, libFuzzer).

    python fuzz/fuzz_extract.py -max_total_time=600 -max_len=2000 build/fuzz fuzz/corpus

New inputs are kept in the first folder; fuzz/corpus holds the seeds. What breaks a rule is written to a file
`crash-…`. Cut it down, mend the cause, and add the text to FOUND in tests/test_properties.py.

The bytes choose words: one byte is a character of UTF-8 as it stands, or, from 0x80 on, a word of the vocabulary with the
byte behind it; so mutations change words and not halves of characters.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

# Only the steps that read texts guide the search: what comes behind them does the same for all rows.
_GUIDES = "documents extract meaning reading text"

with atheris.instrument_imports(include=[f"pipeline.{name}" for name in _GUIDES.split()]):
    from invariants import broken
    from test_properties import LEADS, MARKS, NUMERALS, UNITS, words

_WORDS = sorted({*words(), *LEADS, *MARKS, *NUMERALS, *UNITS} - {""})


def text_of(data: bytes) -> str:
    """The text that some bytes stand for: UTF-8 if they are that, else words by number."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    pieces = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            pieces.append(chr(byte))
            at += 1
        else:
            pieces.append(_WORDS[((byte & 0x7F) << 8 | (data[at + 1] if at + 1 < len(data) else 0)) % len(_WORDS)])
            at += 2
    return "".join(pieces)


def one(data: bytes) -> None:
    """Check one input."""
    text = text_of(data)
    if found := broken(text):
        raise AssertionError(f"{text!r}: {found[:3]}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
