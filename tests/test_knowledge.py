"""Patterns made from lists of words."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, any_unless


def test_the_longest_word_is_tried_first() -> None:
    assert re.match(any_of(["提高", "提", "提高到"]), "提高到8%")[0] == "提高到"  # type: ignore[index]


def test_words_are_not_patterns() -> None:
    assert not re.fullmatch(any_of(["a.c"]), "abc")


def test_a_word_that_begins_another_one_is_none() -> None:
    pattern = re.compile(any_unless({"居": ["民", "住"], "列": ["车"]}))
    assert pattern.findall("居民居第3列车列") == ["居", "列"]
