"""Patterns made from lists of words."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.knowledge import HERE, any_of, any_unless
from pipeline.text import strict_yaml
from pipeline.yaml_events import NotPlainError, plain_content, typed


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


def test_every_file_says_each_thing_once_and_is_read_as_by_its_own_parser() -> None:
    files = [*HERE.rglob("*.yaml")]
    assert len(files) > 50
    for path in files:
        text = path.read_text(encoding="utf-8")
        # A key that stands twice, an alias or an error raises here.
        content = plain_content(text, typed)
        # Of 1, 1.0 and true only their names differ.
        assert repr(content) == repr(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))), path


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: [x, 'y', \"z\\n\", ~]\nc: {d: 2018-01-02, e: }\n",
        "- |\n  two\n  lines\n- >\n  folded\n  text\n- no\n",
        "甲: 乙 # 丙\n丁: '戊: 己'\n",
        "only text",
        "a: 1\na: 2\n",
        "a: &x [1]\nb: *x\n",
        "a: 1\n---\nb: 2\n",
        "a: !!int 1\n",
        "a:\tb\n",
        "[a]: b\n",
        "? {a: b}\n: c\n",
        "a: [b\n",
        "a: b: c\n",
        "# nothing\n",
        "[" * 60 + "]" * 60,
        "[" * 1_000,
    ],
)
def test_what_users_write_is_read_as_by_the_strict_loader(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [_read(text)]
    monkeypatch.setattr(strict_yaml, "plain_content", _not_plain)
    assert [_read(text)] == found


def _read(text: str) -> object:
    try:
        return strict_yaml.read_yaml(text.encode(), "a.yaml")
    except InputError as error:
        return str(error)


def _not_plain(text: str, scalar: object) -> object:
    raise NotPlainError
