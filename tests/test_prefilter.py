"""Prefilters: what a pattern finds is found with and without them."""

import re

import pytest

from pipeline.meaning import time_words
from pipeline.prefilter import Characters, Signs, beginning, filtered, needed, signs_needed

TEXT = (
    "力争到2030年超过50家,今年1—9月比上年增长8%;“十四五”时期、过去五年年均增长6.5%,全市建成3家,其中(含2个)ab a\nc 近3年"
)


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("(?:争取|力争)|(?<!全)确保", "[争力确][争保取]"),
        ("a?b*[cd]", "[abcd]"),
        (r"(?P<year>\d{4})年|\s", r"[\d\s]"),
        ("a{1,3}c", "[a][ac]"),
        (r"(a)\1c", "[a]"),
        ("a?", ""),
        ("[^a]b", ""),
        ("(?i:a)b", ""),
        ("a.c", "[a]"),
    ],
)
def test_what_a_match_can_begin_with(pattern: str, begins: str) -> None:
    assert beginning(pattern) == begins


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("(?:争取|力争)|(?<!全)确保", "[争保取]"),
        ("[^,的]{0,8}?成为[^,]{0,12}?第[一二]", "[第]"),
        (r"\d+年?家(?=的)", "[家]"),
        ("a?b*c{1,2}|d", "[cd]"),
        ("a?b*", ""),
        ("a|[^b]", ""),
        ("(?i:a)", ""),
    ],
)
def test_what_a_match_needs(pattern: str, characters: str) -> None:
    assert needed(pattern) == characters


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("(?:争取|力争)|(?<!全)确保", {"争取", "力争", "确保"}),
        (r"预(?:计|期)[^,]{0,4}\d+家", {"预计", "预期"}),
        ("[比较]上(?:年)?", {"比上", "较上"}),
        (r"年?\d个", {"个"}),
        (r"\.a", {".a"}),
        (r"[\d一]|年", set()),
        ("a?b*", set()),
    ],
)
def test_signs_of_which_a_match_has_one(pattern: str, signs: set[str]) -> None:
    assert signs_needed(pattern) == signs


def test_one_look_tells_which_signs_a_text_has() -> None:
    sets = [frozenset({"力争", "争取"}), frozenset({"争"}), frozenset({"预计"}), frozenset({"争计", "]"})]
    signs = Signs([*sets, sets[0]])
    assert [signs.of(text) for text in ("争预", "力争取", "预计", "争计", "a]", "")] == [2, 3, 4, 10, 8, 0]
    assert signs.bits([sets[0], sets[2]]) == 5


def test_nothing_is_looked_for_where_re_does_so_itself() -> None:
    assert filtered("[ab]c").pattern == "[ab]c"
    assert filtered("(?:ab|cd)").pattern == "(?:ab|cd)"
    assert filtered("(?<!x)ab").pattern != "(?<!x)ab"


def test_a_pattern_is_compiled_when_a_text_is_first_held_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    monkeypatch.setattr(
        "pipeline.prefilter.re.compile", lambda text: compiled.append(text) or re.__dict__["_compile"](text, 0)
    )
    words = filtered("(?:甲乙|丙丁)戊?")
    assert not compiled
    assert words.match("丙丁戊")
    assert len(compiled) == 1
    assert words.search("甲乙")
    assert words.search("丙丁")
    assert len(compiled) == 3


@pytest.mark.parametrize(
    "pattern",
    [
        time_words._EXPRESSION,
        "(?:(?<![到0])年|五年)",
        r"(?:家|个)?\d(?:\.\d)?",
        r"\s|[(）]",
        "(?<=年).|a",
        "[^,]{1,4}年",
        "[^,]*年|(?:过去)?五年",
        "(?:力争)?",
    ],
)
def test_what_is_found_stays(pattern: str) -> None:
    plain, quick, may_begin = re.compile(pattern), filtered(pattern), Characters(pattern)
    assert [match.span() for match in quick.finditer(TEXT)] == [match.span() for match in plain.finditer(TEXT)]
    for start in range(len(TEXT)):
        pairs = ((quick.search, plain.search), (quick.match, plain.match), (quick.fullmatch, plain.fullmatch))
        for tried, found in pairs:
            one, other = tried(TEXT, start, start + 9), found(TEXT, start, start + 9)
            assert (one and one.span()) == (other and other.span())
        assert may_begin[TEXT[start]] or not plain.match(TEXT, start)


def test_time_expressions_are_found_behind_other_words() -> None:
    assert [cue.groups for cue in time_words.cues("其中力争全市2030年")] == [{"year": "2030"}]
