"""Which kind of document a report is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.profiles import Profile, profiles
from pipeline.documents.view import FRONT, View
from pipeline.knowledge import vocabulary

LONGEST_LINE = 80
# A weak title counts in the first of so many headings, a dateline or a reporter's name within so many characters.
_TOP = 3
_LEAD = 250
# A title that the layout has broken stands on so many lines at most.
_BROKEN = 3
_OFFICES: tuple[str, ...] = tuple(vocabulary("documents")["issuing"])
_OFFICE = 20
# A heading inside a document is no title, nor is a sentence.
_NUMBERED = re.compile(vocabulary("documents")["numbering"])
_NO_END = frozenset(",，;；:：。")


def kind_of(view: View) -> Profile:
    """The profile that fits, by the best evidence: title, opening words, turns of an interview, what the body has."""
    return next(profile for profile in _by_evidence(view) if profile is not None)


def _by_evidence(view: View) -> Iterator[Profile | None]:
    """What each piece of evidence tells, the best first; the last always tells something."""
    known = [profile for profile in profiles() if profile.layout != "none"]
    strong = [profile for profile in known if profile.title and not profile.weak]
    weak = [profile for profile in known if profile.title and profile.weak]
    top = (*view.headings[:1], *filter(None, [view.first_words]))
    yield _titled(top, strong)
    yield _titled(top, weak)
    yield _titled(view.headings, strong)
    front = view.text[:FRONT]
    formal = [profile for profile in known if profile.title]
    yield next((one for one in formal if (one.address and view.opened) or _opens([one], front)), None)
    yield next((profile for profile in known if profile.turns and view.turns()), None)
    # An office alone stands above its title: 某市人民政府 / 关于…的 / 实施意见.
    office = bool(view.headings) and view.headings[0].endswith(_OFFICES) and len(view.headings[0]) < _OFFICE
    yield _titled(view.headings[: _TOP + office], weak)
    told = [profile for profile in known if profile.opening and not profile.title]
    yield _opens(told, view.text[:_LEAD])
    yield next((profile for profile in known if profile.signs and _signs(profile, view.text)), None)
    yield _opens(told, view.text[-_LEAD:] + view.footer[:_LEAD])
    yield known[-1]


def _opens(asked: list[Profile], text: str) -> Profile | None:
    return next((profile for profile in asked if profile.opening and profile.opening.search(text)), None)


def _signs(profile: Profile, text: str) -> bool:
    return sum(bool(sign.search(text)) for sign in profile.signs) >= profile.least_signs


def _titled(lines: tuple[str, ...], asked: list[Profile]) -> Profile | None:
    """The profile that has one of the lines as its title, the first line that is one deciding."""
    possible = filter(_can_be_title, _candidates(lines))
    return next((one for line in possible for one in asked if one.title and one.title.fullmatch(line)), None)


def _candidates(lines: tuple[str, ...]) -> Iterator[str]:
    yield from lines
    for count in range(2, _BROKEN + 1):
        for at in range(len(lines) - count + 1):
            yield "".join(lines[at : at + count])


def is_title(line: str, profile: Profile) -> bool:
    """Whether the line is a title of that kind."""
    return bool(profile.title and profile.title.fullmatch(line) and _can_be_title(line))


def _can_be_title(line: str) -> bool:
    return len(line) <= LONGEST_LINE and line[-1:] not in _NO_END and not _NUMBERED.fullmatch(line)
