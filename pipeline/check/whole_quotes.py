"""Whether a quote is a sentence as a whole, by marks and line ends alone."""

from __future__ import annotations

import re

# A page that was saved as it is keeps its tags, and Markdown its marks of headings.
_BEGINS = re.compile("(?:>|[。！？!?｡](?:\\s*[”’」』)）])*|[\n\r\f\v\u0085\u2028\u2029]\\s*(?:#{1,6}\\s+)?)\\s*\\Z")
_ENDS = re.compile("[。！？!?｡](?:\\s*[”’」』)）])*\\s*\\Z")
_LINE_ENDS = re.compile("[^\\S\n\r\f\v]*(?:<|[\n\r\f\v\u0085\u2028\u2029]|\\Z)")
_MARK = re.compile("[。！？!?｡]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_REACH = 80
# Longer sentences are quoted in parts.
_LONG = 1_000


def is_whole(text: str, start: int, stop: int, report: tuple[int, int]) -> bool:
    """Whether the sentence at `start:stop` begins and ends where marks or lines do; `report` is where its report lies."""
    if stop - start >= _LONG:
        return True
    before = _UNSEEN.sub("", text[max(report[0], start - _REACH) : start])
    begins = not before.strip() or _BEGINS.search(before) or _is_rest(text, start, report[0])
    behind = _UNSEEN.sub("", text[stop : min(report[1], stop + _REACH)])
    ends = not behind.strip() or _ENDS.search(text[max(start, stop - _REACH) : stop]) or _LINE_ENDS.match(behind)
    return bool(begins and ends)


def _is_rest(text: str, start: int, first: int) -> bool:
    """Whether so much without a mark stands before that the sentence was cut there."""
    return start - first >= _LONG and not _MARK.search(text, start - _LONG, start)
