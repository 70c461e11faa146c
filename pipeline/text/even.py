"""A text without what is not of it: markup, marks of Markdown, remarks of converters, letters of watermarks, page numbers.

What goes is overwritten, so that every other character keeps its offset. What stands in its place tells the readers
what it meant: nothing (`NOTHING`), a blank, a tab between the cells of a table, or a break.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.text.characters import exchange, exchanged
from pipeline.text.wrapping import NUMBERED

_WORDS = vocabulary("typography")
# A word joiner: no reader takes it for a character, and folding drops it without a trace.
NOTHING = "\u2060"
RADICALS = {
    **dict(zip(_WORDS["radicals"], _WORDS["characters"], strict=True)),
    **{chr(code): form for code, form in zip(range(0x2F00, 0x2FD6), _WORDS["kangxi"], strict=True)},
}
# Characters that take no room and say nothing of the text: directions, variants of a form, joiners. Between digits they would end a number.
_UNSEEN = [
    *"\u034f\u061c\u115f\u1160\u200e\u200f\u3164\uffa0",
    *(
        chr(code)
        for first, last in ((0x180B, 0x180F), (0x202A, 0x202E), (0x2061, 0x206F), (0xFE00, 0xFE0F))
        for code in range(first, last + 1)
    ),
]
_EXCHANGED = exchange({**RADICALS, **dict.fromkeys(_UNSEEN, NOTHING)})

_BLOCKS = "p|div|br|tr|table|tbody|thead|tfoot|caption|h[1-6]|ul|ol|li|dl|dt|dd|section|article|header|footer|nav|hr|blockquote|pre|form|html|head|body|title|center|address|main|aside|figure|option"
_INLINE = "span|font|b|strong|em|i|u|a|sup|sub|img|o:p|st1:[a-z]+|small|big|label|input|button|meta|link|base|col|colgroup|iframe|time|mark|s|del|ins|wbr|area|map|object|embed|param"
_MARKUP = re.compile(rf"</(?:{_BLOCKS}|td|th|span|font|b|strong|em|i|u|a)\s{{0,5}}>|<br\s{{0,5}}/?>", re.IGNORECASE)
_TAG = re.compile(
    rf"<(?P<hidden>script|style)\b[^<>]{{0,2000}}>|</?(?:(?P<block>{_BLOCKS})|(?P<cell>td|th)|(?:{_INLINE}))(?![\w:-])[^<>]{{0,4000}}>|<!--|<[!?][^<>]{{0,2000}}>|</(?:script|style)\s{{0,5}}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")
# Marks of Markdown: emphasis around words, headings, quotations and bullets at the beginning of a line, links.
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}(?=[ \t])|>[ \t]?|[*+-](?=[ \t]+[^\s\d—–-]))", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\](\((?:https?:|/|\.|#)[^()\s]{0,400}\))")
# The sound of the character before, in brackets; one without a mark of tone only among others.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_TONED = re.compile(rf"[(（](?<=[㐀-鿿].)[a-z]{{0,5}}[{_TONES}][a-z{_TONES}]{{0,4}}[)）]")
_SOUND = re.compile(rf"[(（](?<=[㐀-鿿].)[a-z{_TONES}]{{1,6}}[)）]")
_LETTERS = re.compile(r"[A-Za-z](?<=[㐀-鿿].)[A-Za-z]{1,4}(?=[㐀-鿿\d])")
_KNOWN_LETTERS = re.compile(any_of(_WORDS["mixed_case"]))
_VOWEL = re.compile("[aeiouyAEIOUY]")
_FURNITURE = re.compile(
    rf"[ \t\u3000\u00a0]*(?:{'|'.join(_WORDS['furniture'])})[ \t\u3000\u00a0]*(?:\r?\n|\Z)", re.MULTILINE
)
_BARE_NUMBER = re.compile(r"[ \t\u3000\u00a0]*(\d{1,3})[ \t\u3000\u00a0]*(?:\r?\n|\Z)")
_LEAST_PAGES = 3
_SHORTEST_PAGE = 150
_SENTENCE_END = frozenset("。！？!?：:")
_INDENT = re.compile(r"\u3000\u3000|    |\r?\n")
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Even:
    """The text as long as it was; `removed` are the spans that were overwritten, in order, without overlap."""

    text: str
    removed: tuple[Span, ...] = ()


@lru_cache(maxsize=4)
def even(text: str) -> Even:
    """The text with everything overwritten that is not of it. Linear in its length."""
    found: list[tuple[int, int, str]] = []
    if "<" in text and _MARKUP.search(text):
        found += _tags(text)
    if "&" in text:
        found += [(m.start(), m.end(), _entity(m[0])) for m in _ENTITY.finditer(text) if _entity(m[0])]
    found += _markdown(text)
    found += _converters(text)
    found += _pages(text)
    spans = []
    pieces: list[str] = []
    at = 0
    for start, stop, instead in sorted(found):
        if start < at:
            continue
        pieces += (text[at:start], instead[: stop - start].ljust(stop - start, _filler(instead)))
        spans.append((start, stop))
        at = stop
    whole = "".join([*pieces, text[at:]]) if spans else text
    return Even(exchanged(whole, _EXCHANGED), tuple(spans))


def is_markup(text: str) -> bool:
    """Whether the text has tags of HTML."""
    return "<" in text and bool(_MARKUP.search(text))


def _filler(instead: str) -> str:
    """What fills up the place of something longer: blanks behind a break, else nothing."""
    return " " if instead[:1].isspace() else NOTHING


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Tags, comments and what is never shown."""
    at = 0
    unclosed: set[str] = set()
    while tag := _TAG.search(text, at):
        start, at = tag.span()
        closing = "-->" if tag[0] == "<!--" else f"</{tag['hidden']}" if tag["hidden"] else ""
        if closing and closing not in unclosed:
            end = text.find(closing, at)
            at = end + len("-->") * (closing == "-->") if end >= 0 else at
            if end < 0:
                unclosed.add(closing)
        yield start, at, "\n\n" if tag["block"] else "\t" if tag["cell"] and tag[0][1] != "/" else NOTHING


@lru_cache(maxsize=256)
def _entity(entity: str) -> str:
    """The one character that an entity stands for, else an empty string."""
    character = html.unescape(entity)
    return (" " if character.isspace() else character) if len(character) == 1 else ""


def _markdown(text: str) -> Iterator[tuple[int, int, str]]:
    strong = list(_STRONG.finditer(text)) if "**" in text or "__" in text else []
    for mark in strong:
        yield mark.start(), mark.start() + 2, NOTHING
        yield mark.end() - 2, mark.end(), NOTHING
    if strong or ("#" in text and _HEADING.search(text)):
        yield from ((mark.start(), mark.end(), " ") for mark in _LINE_MARK.finditer(text))
    if "](" in text:
        for link in _LINK.finditer(text):
            yield link.start(), link.start(1), NOTHING
            yield link.end(1), link.end(), NOTHING


def _converters(text: str) -> Iterator[tuple[int, int, str]]:
    """Sounds in brackets, and letters of a watermark that stand between the words."""
    if len(_first(_TONED, text, 3)) == 3:
        yield from ((sound.start(), sound.end(), NOTHING) for sound in _SOUND.finditer(text))
    letters = [mark for mark in _LETTERS.finditer(text) if _of_watermark(mark[0])]
    if len({mark[0] for mark in letters}) > 1:
        yield from ((mark.start(), mark.end(), NOTHING) for mark in letters)


def _first(pattern: re.Pattern[str], text: str, count: int) -> list[str]:
    found: list[str] = []
    for match in pattern.finditer(text):
        found.append(match[0])
        if len(found) == count:
            break
    return found


def _of_watermark(letters: str) -> bool:
    """Letters in both cases that make no word and no unit: small before capital, or without a vowel."""
    if letters.isupper() or letters.islower() or _KNOWN_LETTERS.fullmatch(letters):
        return False
    return letters[0].islower() or not _VOWEL.search(letters)


def _pages(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines of page numbers and running titles. Where one stands in a sentence, its line break goes too."""
    lines = [line.span() for line in _lines_of(_FURNITURE, text)]
    bare = list(_lines_of(_BARE_NUMBER, text))
    if len(bare) >= _LEAST_PAGES:
        lines += [
            line.span()
            for before, line, after in zip([None, *bare], bare, [*bare[1:], None], strict=False)
            if _counts(before, line) or _counts(line, after)
        ]
    for start, stop in sorted(lines):
        before = text[max(0, start - _LONGEST_LINE) : start]
        gap = len(before) - len(before.rstrip())
        line = before.rstrip().rpartition("\n")[2]
        ends = not line or line[-1] in _SENTENCE_END or NUMBERED.match(line) or _INDENT.match(text, stop)
        yield start, stop, " " if ends else NOTHING
        if not ends:
            yield start - gap, start, NOTHING


def _lines_of(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern of whole lines, at whose beginnings alone it is tried; each ends where a line begins."""
    at = 0
    while 0 <= at < len(text):
        match = pattern.match(text, at)
        if match:
            yield match
        at = match.end() if match else text.find("\n", at) + 1 or -1


def _counts(line: re.Match[str] | None, following: re.Match[str] | None) -> bool:
    """Whether two lines with a number alone are those of one page and of the next."""
    if line is None or following is None:
        return False
    return int(following[1]) == int(line[1]) + 1 and following.start() - line.end() >= _SHORTEST_PAGE
