"""Where a work report is put before its congress: 现在，我代表市人民政府，向大会报告工作，请予审议."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.knowledge import vocabulary

_WORDS = vocabulary("profiles/work_report")["address"]
_ADDRESS = re.compile(_WORDS["to"])
_BEFORE = re.compile(_WORDS["before"])
_AFTER = re.compile(_WORDS["after"])
_OR_AFTER = re.compile(_WORDS["or_after"])


def opening_marks(text: str, stop: int | None = None) -> list[int]:
    """Offsets of the words 向大会 of such openings in `text[:stop]`."""
    found = []
    for address in _ADDRESS.finditer(text, 0, len(text) if stop is None else stop):
        at = address.start()
        after = text[address.end() : address.end() + 80]
        if (_AFTER if _BEFORE.search(text[max(at - 60, 0) : at]) else _OR_AFTER).match(after):
            found.append(at)
    return found


def followed(text: str, marks: list[int], body: int) -> list[int]:
    """The marks behind which at least `body` characters stand up to the next or the end; else the first.

    So captions and a beginning that a page repeats below the report are left out.
    """
    kept = [at for at, following in pairwise([*marks, len(text)]) if following - at >= body]
    return kept or marks[:1]
