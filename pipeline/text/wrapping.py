"""Where the lines of a text were broken by its layout, in the middle of a sentence, a word or a number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.knowledge import any_of, vocabulary

# A line that stops short of this many characters is a heading or a cell, not a line broken by the layout.
_FULL_LINE = 18
_SENTENCE_ENDS = frozenset("。！？!?")
_ENDS = frozenset("。！？;:；：.!?”)）》】]")
# Chinese typography begins no line with these, nor a paragraph.
_NEVER_FIRST = frozenset("，、。；：！？）》」』”’％%‰")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_POINTS = frozenset(".．,，")
# A line on its own: a heading or an item with a number.
NUMBERED = re.compile(
    r"[ \t\u3000\u00a0]*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部条]"
    r"|\d{1,2}[、.．)）](?![\d]))"
)
# … of which these are no part of a coordination (一、二产业).
_HEADING = re.compile(
    r"[ \t\u3000\u00a0]*(?:第[一二三四五六七八九十]{1,3}(?:[章节篇]|部分)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十]))"
)
# A row of a table.
_CELLS = re.compile(r"[^\s][ \u3000]*(?:\t|[|｜│]|[ \u3000]{3,})[ \u3000]*[^\s]")
# What every such row has between its cells, which most lines have nothing of.
_GAP = re.compile(r"[\t|｜│ \u3000](?:(?<=[\t|｜│])|[ \u3000]{2})")
_LONGEST_HEADING = 40
# The caption of a chart or of a table: 图2：全市粮食产量
_CAPTION = re.compile(r"\s*[图表]\s?\d{1,2}[:：\s]")
# A paragraph that opens with its year.
_YEAR_BEGINS = re.compile(r"(?:19|20)\d\d年[^\n]{20}")
_YEAR_OPENS = re.compile(r"(?:19|20)\d\d年[^\n]{60}")
# … below a line that is called as documents and their parts are.
_TITLED = re.compile(
    rf"[^，,；;。\n]{{4,60}}{any_of(vocabulary('documents')['called'])}(?:[（(][^（）()\n]{{1,12}}[）)])?"
)
# The date of a document below its title: 某市统计局 2024-06-21
_DATED = re.compile(
    r"(?:(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*$"
)
# … and with it who published it: 2023-10-14 某某日报, 某某网 2023年10月14日; 来源：某某日报
_DATELINE = re.compile(
    r"(?:[一-鿿]{2,16}[ \u3000]{1,4})?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ \u3000|][^\n，,。；]{0,40})?(?:\n|$)"
    rf"|(?:{vocabulary('documents')['page_line']})"
)
# What no headline has, and by how much a paragraph is longer than the one above it.
_NO_HEADLINE = re.compile("[0-9０-９。；;：:]")
_LONGER = 10
_SAMPLE = 400
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a text are broken. `width` is the length of a full line in characters, or 0: not by the layout."""

    width: int = 0
    in_columns: bool = False

    def soft(self, source: str, line: int, before: int, after: int) -> bool:
        """Whether the break between `before` and `after` is the layout's; the line before it begins at `line`."""
        gap = source[before:after]
        if gap.count("\n") > 1 or gap.count("\r") > 1 or not gap:
            return False
        last, first = source[before - 1], source[after]
        if _GAP.search(source, line, before) and _CELLS.search(source, line, before):
            return False
        if first in _NEVER_FIRST:
            return last not in _SENTENCE_ENDS
        if first in _DIGITS and NUMBERED.match(source, after):
            return False
        if last in _POINTS and first in _DIGITS and source[before - 2 : before - 1] in _DIGITS:
            return True
        if last in _DIGITS and first in _POINTS and source[after + 1 : after + 2] in _DIGITS:
            return True
        if last in _SENTENCE_ENDS or source[line:before].isspace() or _CAPTION.match(source, line, before):
            return False
        if self.width:
            length = _columns(source[line:before]) if self.in_columns else before - line
            if length < self.width - self.width // 5:
                return False
            indented = gap.endswith(("\u3000\u3000", "    ")) or NUMBERED.match(source, after)
            return not (indented or _is_headline(source, line, before, after))
        if before - line < _FULL_LINE or last in _ENDS or _DATED.search(source, line, before):
            return False
        if _DATELINE.match(source, after):
            return False
        if last != "第" and _HEADING.match(source, after):
            return False
        if (
            before - line <= _LONGEST_HEADING
            and _HEADING.match(source, line)
            and _is_much_shorter(source, line, before, after)
        ):
            return False
        return not (
            before - line <= _LONGEST_HEADING
            and (NUMBERED.match(source, line) or _is_shorter(source, before - line, after))
            and not _has_comma(source, line, before)
        ) and not (_is_title(source, line, before, after) or _is_headline(source, line, before, after))


def wrapping(source: str, start: int, stop: int) -> Wrapping:
    """How `source[start:stop]` is wrapped, by the length that many of its lines have and few exceed."""
    lines = []
    at = start
    for _ in range(_SAMPLE):
        end = source.find("\n", at, stop)
        if end < 0:
            break
        line = source[at:end].rstrip()
        if line:
            lines.append(line)
        at = end + 1
    if len(lines) < _LEAST or 2 * sum(line[-1] in _SENTENCE_ENDS for line in lines) > len(lines):
        return Wrapping()
    for in_columns in (False, True):
        width = _width([_columns(line) if in_columns else len(line) for line in lines], lines, 16 if in_columns else 8)
        if width:
            return Wrapping(width, in_columns)
    return Wrapping()


def _width(lengths: list[int], lines: list[str], least: int) -> int:
    counts = Counter(length for length in lengths if length >= least)
    if not counts:
        return 0
    width = max(counts, key=lambda length: (counts[length] + counts[length - 1], length))
    full = [line for length, line in zip(lengths, lines, strict=True) if width - 2 <= length <= width + 1]
    longer = sum(length > width + 1 for length in lengths)
    open_ended = sum(line[-1] not in _SENTENCE_ENDS for line in full)
    if len(full) < max(_LEAST, len(lines) // 4) or longer * 8 > len(full) or 3 * open_ended < 2 * len(full):
        return 0
    return width


def _columns(line: str) -> int:
    """The width of a line in columns, of which a Chinese character takes two."""
    return len(line) + (len(line.encode("utf-8", "replace")) - len(line)) // 2


def _is_shorter(source: str, length: int, after: int) -> bool:
    """Whether a line is shorter than the one behind it, which no line is that the layout has broken."""
    end = source.find("\n", after, after + 4 * _LONGEST_HEADING)
    return source[after] not in _DIGITS and (end < 0 or end - after > length + 2) and after + length < len(source)


def _is_much_shorter(source: str, line: int, before: int, after: int) -> bool:
    """Whether the paragraph behind a numbered line is so long that the line is its heading, whatever commas it has."""
    end = source.find("\n", after)
    return (end if end >= 0 else len(source)) - after > 2 * (before - line)


def _has_comma(source: str, start: int, stop: int) -> bool:
    return any(source.find(mark, start, stop) >= 0 for mark in "，,；;。")


def _is_title(source: str, line: int, before: int, after: int) -> bool:
    """Whether a short line above a paragraph that opens with its year is a title, with whatever marks it has."""
    opens = line == 0 or source[:line].rstrip()[-1:] in _SENTENCE_ENDS if line < _SAMPLE else False
    if before - line > _LONGEST_HEADING:
        return False
    titled = _YEAR_BEGINS.match(source, after) and _TITLED.fullmatch(source, line, before)
    return bool(titled) or (opens and bool(_YEAR_OPENS.match(source, after)))


def _is_headline(source: str, line: int, before: int, after: int) -> bool:
    """Whether a numbered line with a comma stands above a whole paragraph: 二、工业加快恢复,新产业快速增长."""
    number = NUMBERED.match(source, line, before) if before - line <= _LONGEST_HEADING else None
    if not number or _NO_HEADLINE.search(source, number.end(), before):
        return False
    end = source.find("\n", after)
    end = len(source) if end < 0 else end
    return end - after > before - line + _LONGER and source[after:end].rstrip()[-1:] in _SENTENCE_ENDS
