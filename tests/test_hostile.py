"""Hostile texts: the work of a whole build grows with the length of the text, whatever is repeated in it.

Work is counted in calls of functions, which is the same on every machine; benchmarks/hostile.py measures time.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest
from invariants import broken, judged, tables_of_source

from pipeline.models import Source

_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).parents[1] / "benchmarks" / "hostile.py")
assert _SPEC is not None
assert _SPEC.loader is not None
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)
SHORT, LONG = 1_500, 6_000


def calls(text: str) -> int:
    """How many calls of Python and C functions it takes to make the tables of a text."""
    count = 0

    def tell(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        judged(Source("text.txt", text, "utf-8"))
    finally:
        sys.setprofile(None)
    return count


@cache
def constant() -> int:
    """The work that no text saves, after everything is loaded."""
    calls("增长8%。")
    return calls("增长8%。")


@pytest.mark.parametrize("name", hostile.PATTERNS)
def test_work_grows_in_proportion(name: str) -> None:
    pattern = hostile.PATTERNS[name]
    calls(pattern * (LONG // len(pattern) + 1))  # patterns that only such a text needs are made once
    short, long = (calls(pattern * (n // len(pattern))) - constant() for n in (SHORT, LONG))
    # Some work begins only at a certain length: two calls for a character are nothing.
    assert long <= 5 * short + 2 * LONG


MARKUP = (
    "<script>alert(1)</script>工业增长8%。\n| a | b |\n---\n```\n增长9%。\n{{ 7*7 }} ${x} [文](javascript:x) ![](x) &lt;"
    "\n&amp; 增长10%。\n!!python/object:os.system\n- a: b\n=cmd()增长11%。\n../../etc/passwd增长12%。\n"
)


def test_markup_stays_text() -> None:
    assert broken(MARKUP) == []
    rows = tables_of_source(Source("text.txt", MARKUP, "utf-8"))
    assert [row["text"] for row in rows["observations"] if row["measure"] == "growth"] == ["8", "9", "10", "11", "12"]
    for row in rows["reports"]:
        assert all(character in "abcdefghijklmnopqrstuvwxyz0123456789._-" for character in str(row["report_id"]))
