"""The agencies that a closing bracket makes responsible for an item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Span
from pipeline.reading.structures import Commitment, CommitmentAgency
from pipeline.reading.structures.numbered import stripped

_AGENCIES = vocabulary("structure")["agencies"]
_ENDING = re.compile(rf"{any_of(_AGENCIES['endings'])}(?:\([^()]*\))?$")
_SHARED = re.compile(rf"{any_of(_AGENCIES['shared'])}$")
_LABEL = re.compile(_AGENCIES["labels"])
_SUPPORT, _LEAD = re.compile(_AGENCIES["support"]), re.compile(_AGENCIES["lead"])
_VERB = re.compile(rf"(?:等)?{any_of(_AGENCIES['verbs'])}$")
_OPEN = re.compile(rf"{any_of(_AGENCIES['open_ended'])}$")
_ONWARDS: str = _AGENCIES["onwards"]
_LONGEST_NAME = 30
_LONGEST_BRACKET = 1500


def closing_bracket(text: str, start: int, stop: int) -> Span | None:
    """The inside of the brackets that close an item and name agencies, or None."""
    stop = stripped(text, start, stop)
    while stop > start and text[stop - 1] in "。;":
        stop -= 1
    if stop - start < 4 or text[stop - 1] not in ")]":
        return None
    depth = 0
    for at in range(stop - 1, max(start, stop - _LONGEST_BRACKET) - 1, -1):
        if text[at] in ")]":
            depth += 1
        elif text[at] in "([":
            depth -= 1
            if depth == 0:
                inside = (at + 1, stop - 1)
                return inside if _names_agencies(text, *inside) else None
    return None


def _names_agencies(text: str, start: int, stop: int) -> bool:
    names = [agency.name for agency in agencies_in(text, start, stop)]
    good = sum(bool(_ENDING.search(name)) and len(name) <= _LONGEST_NAME for name in names)
    return good > 0 and 2 * good > len(names)


def agencies_in(text: str, start: int, stop: int) -> list[CommitmentAgency]:
    """The agencies named in `text[start:stop]`, in order, with shared endings restored."""
    pieces = [_piece(text, *span) for span in _outer_pieces(text, start, stop)]
    pieces = [piece for piece in pieces if piece.name]
    # 甲区、乙县政府: from the last to the first, a bare name takes the ending of the one behind it.
    ending = ""
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        shared = _SHARED.search(piece.name)
        if shared:
            ending = shared[0]
        elif ending and not _ENDING.search(piece.name) and not piece.closes:
            pieces[index] = replace(piece, name=piece.name + ending)
        else:
            ending = ""
    roles: list[str] = []
    role = ""
    for piece in reversed(pieces):
        role = piece.verb_role or (role if not piece.closes else "")
        roles.append(role)
    roles.reverse()
    found: list[CommitmentAgency] = []
    label = ""
    for piece, role in zip(pieces, roles, strict=True):
        label = piece.label_role or label
        open_ended = piece.open_ended
        found.append(
            CommitmentAgency(
                piece.name, len(found) + 1, label or role or "responsible", open_ended, piece.start, piece.stop
            )
        )
    # 等 closes the whole list, whichever name it stands behind last.
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """One name of a list. `closes`: a verb stands behind it, which ends a group of names."""

    name: str
    start: int
    stop: int
    label_role: str = ""
    verb_role: str = ""
    closes: bool = False
    open_ended: bool = False


def _outer_pieces(text: str, start: int, stop: int) -> list[Span]:
    """The span cut at 、 , ; outside of inner brackets."""
    spans: list[Span] = []
    depth, at = 0, start
    for index in range(start, stop):
        char = text[index]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char in "、,;。" and depth <= 0:
            spans.append((at, index))
            at = index + 1
    spans.append((at, stop))
    return spans


def _piece(text: str, start: int, stop: int) -> _Piece:
    """A name without label, verb and 等."""
    label_role = ""
    while start < stop and text[start] == "\n":
        start += 1
    label = _LABEL.match(text, start, stop)
    if label:
        start = label.end()
        label_role = _role(label[0]) or "responsible"
    content = text[start:stop]
    if content in (_ONWARDS, ""):
        return _Piece("", start, start)
    verb = _VERB.search(content)
    verb_role = ""
    if verb and verb.start() > 0:
        verb_role = _role(verb[0]) or "responsible"
        content = content[: verb.start() + (verb[0].startswith("等"))]
    opened = _OPEN.search(content)
    if opened and opened.start() > 0:
        content = content[: opened.start()]
    name = content.replace("\n", "")
    return _Piece(name, start, start + len(content), label_role, verb_role, bool(verb_role), bool(opened))


def _role(words: str) -> str:
    """Lead or support, where the words say so."""
    if _SUPPORT.search(words):
        return "support"
    return "lead" if _LEAD.search(words) else ""


def with_inherited(items: list[Commitment]) -> list[Commitment]:
    """Give the items after “甲局、乙局,下同” those agencies, up to the next that names its own.

    Where a verb stands before 下同 (甲局落实,下同), only that verb is left out from there on, and nothing is handed on.
    """
    found: list[Commitment] = []
    handed: tuple[CommitmentAgency, ...] = ()
    for item in items:
        if item.agencies:
            tail = item.text[-30:]
            bare = _ONWARDS in tail and not _VERB.search(tail[: tail.find(_ONWARDS)].rstrip(",、"))
            handed = item.agencies if bare else ()
        elif handed and item.kind == "task":
            item = item._replace(agencies=handed)
        found.append(item)
    return found
