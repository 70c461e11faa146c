"""The title of a report, as it stands."""

from __future__ import annotations

import re

from pipeline.documents.document_kind import is_title
from pipeline.documents.profiles import Profile
from pipeline.documents.view import TITLE_END, View, begins_turn
from pipeline.knowledge import vocabulary

_WORDS = vocabulary("documents")
_TITLE = 60
_ANNOUNCED = re.compile(f"{_WORDS['item_opening']}\\s*$")
_NUMBERED = re.compile(_WORDS["numbering"])
_SUBTITLE = re.compile(r"^[-—–―]{1,4}")
_ABOUT = re.compile("^关于|^[一-鿿]{2,12}关于")
_SENTENCE = re.compile(r"[。,，;；:]")
_GOES_ON = re.compile("[和与及暨、的并]")
_LINES = 3


def title_of(view: View, profile: Profile) -> str:
    """The title at the beginning, its lines joined where the layout has broken it; empty if there is none."""
    if stated := view.stated.get("title"):
        return stated
    return _of_its_kind(view, profile) or _first_line(view, profile)


def _of_its_kind(view: View, profile: Profile) -> str:
    if not profile.title:
        return ""
    lines, written = view.headings, view.written
    opens = profile.opening and profile.opening.match(view.headings[0]) if view.first_words else None
    if opens and is_title(lines[0][: opens.end()], profile):
        return written[0][: opens.end()]  # …统计公报 2020年,全县…: with no mark behind it
    if is_title(view.first_words, profile) or opens:
        return written[0][: len(view.first_words)]
    for at, line in enumerate(lines):
        if is_title(line, profile):
            if _SUBTITLE.match(line) and at:
                # What a report is called stands above the line that says before whom it was given.
                return (
                    "".join(written[max(at - 2, 0) : at])
                    if at > 1 and len(written[at - 2]) < _TITLE
                    else written[at - 1]
                )
            begins = at
            for above in range(at - 1, max(at - _LINES, -1), -1):
                if _SENTENCE.search(lines[above]) or "报告" in lines[above]:
                    break
                if _ABOUT.match(lines[above]):
                    begins = above
            stop = at + 1
            while (
                stop < len(lines)
                and _GOES_ON.match(lines[stop])
                and is_title("".join(lines[begins : stop + 1]), profile)
            ):
                stop += 1
            return "".join(written[begins:stop])
    for count in range(2, _LINES + 1):
        for at in range(len(lines) - count + 1):
            if is_title("".join(lines[at : at + count]), profile):
                return "".join(written[at : at + count])
    return ""


def _first_line(view: View, profile: Profile) -> str:
    lines, written = view.headings, view.written
    announced = bool(_ANNOUNCED.search(view.header))
    alone = len(lines) < 2 or len(lines[0]) > _TITLE
    if not lines or (alone and not announced and not view.opened) or (begins_turn(lines[0]) and view.turns()):
        return ""
    # A headline may have a mark in its middle: 开通了!某市建成…
    whole = len(lines) > 1 and len(lines[0]) <= _TITLE and lines[0][-1:] not in "。,，;；:"
    end = None if whole else TITLE_END.search(lines[0], 0, 2 * _TITLE)
    stop = (end.end() if end[0] == "告" else end.start()) if end else len(lines[0])
    line, shown = lines[0][:stop], written[0][:stop]
    if profile.title and not profile.weak and profile.layout == "parts":
        return shown if is_title(line, profile) else ""
    return shown if len(line) <= _TITLE and line[-1:] not in "，,；;:" and not _NUMBERED.fullmatch(line) else ""
