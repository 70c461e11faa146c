"""Patterns made from lists of words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import HERE, any_of, any_unless


def test_the_longest_word_is_tried_first() -> None:
    assert re.match(any_of(["提高", "提", "提高到"]), "提高到8%")[0] == "提高到"  # type: ignore[index]


def test_words_are_not_patterns() -> None:
    assert not re.fullmatch(any_of(["a.c"]), "abc")


def test_a_word_that_begins_another_one_is_none() -> None:
    pattern = re.compile(any_unless({"居": ["民", "住"], "列": ["车"]}))
    assert pattern.findall("居民居第3列车列") == ["居", "列"]


@given(st.lists(st.text("甲乙丙丁.", min_size=1, max_size=4), min_size=1), st.text("甲乙丙丁.", max_size=12))
def test_shared_beginnings_change_nothing(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert re.findall(any_of(words), text) == re.findall(plain, text)
    assert re.findall(f"{any_of(words)}(?=丙)", text) == re.findall(f"(?:{plain})(?=丙)", text)


# Three Chinese words or more beside each other, as alternatives of a pattern or as a literal.
_LISTED = re.compile(r'[一-鿿?]+(?:\|[一-鿿?]+){2,}|"[一-鿿]+"(?:,\s*"[一-鿿]+"){2,}')
# So many lists of words are left in the code. The number may only fall: a new list belongs to the vocabulary.
_LEFT = 3


def test_lists_of_words_stand_in_the_vocabulary() -> None:
    """Particles and classes of characters are grammar. `oracle` reads a second time, with words of its own."""
    files = chain(*((HERE / room).rglob("*.py") for room in ("text", "documents", "reading", "meaning")))
    found = [f"{file}: {words}" for file in files for words in _LISTED.findall(file.read_text(encoding="utf-8"))]
    assert len(found) <= _LEFT, "\n".join(sorted(found))


def test_every_file_says_each_thing_once() -> None:
    files = [*HERE.rglob("*.yaml")]
    assert len(files) > 50
    twice = [f"{path.name}: {key}" for path in files for key in keys_twice(path.read_text(encoding="utf-8"))]
    assert twice == []
    assert keys_twice("a: {b: 1, c: 2, b: 3}\nd: [{e: 1, e: 1}]\n") == ["b", "e"]


def keys_twice(text: str) -> list[str]:
    """Keys that stand twice in a mapping of YAML, of which its loader keeps the last alone."""
    nodes, found = [yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))], []
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, yaml.MappingNode):
            found += [key for key, count in Counter(key.value for key, _ in node.value).items() if count > 1]
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    return found
