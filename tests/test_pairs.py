"""Where words may begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.pairs import Pairs

WORDS = ["甲市", "甲市区", "乙县", "𠮷镇"]


@given(st.lists(st.sampled_from([*WORDS, *"甲乙市县，x𠮷\ud800"]), max_size=12).map("".join))
def test_no_beginning_is_missed(text: str) -> None:
    offsets = Pairs(WORDS).offsets(text)
    assert offsets == sorted(offsets)
    assert {at for at in range(len(text)) if text.startswith(tuple(WORDS), at)} <= set(offsets)


def test_hardly_anything_else_is_found() -> None:
    assert Pairs(WORDS).offsets("丙市甲县、乙县") == [5]


def test_short_texts_have_no_pairs() -> None:
    assert Pairs(WORDS).offsets("") == Pairs(WORDS).offsets("甲") == []


@given(st.lists(st.sampled_from([*WORDS, *"甲乙市县，x𠮷\ud800"]), max_size=12).map("".join))
def test_the_same_words_begin_without_numpy(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.text.pairs._NUMPY", False)
        offsets = Pairs(WORDS).offsets(text)
    assert offsets == [at for at in range(len(text) - 1) if text[at : at + 2] in {word[:2] for word in WORDS}]
