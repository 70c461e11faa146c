"""What is looked at of a report to tell what it is: its text, the heading lines, what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.documents.front_matter import half_width, simplified, stated_before
from pipeline.documents.openings import opening_marks
from pipeline.knowledge import vocabulary
from pipeline.models import Source
from pipeline.text.fold import without_unseen

FRONT = 3000
HAN = "一-鿿"

_WORDS = vocabulary("documents")
_SALUTATION = re.compile(_WORDS["salutation"])
_TAG = re.compile(r"^[【\[][^【】\[\]]{1,20}[】\]]\s*")
_MARKUP = re.compile(r"<[^<>]{0,200}>|&[a-z]{2,6};|^[#>\s]+|^\*+|\*+$|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+$")
_SPACED = re.compile(rf"(?:[{HAN}“”《》\d()]\s+){{3,}}[{HAN}“”《》\d()]+")
_NAVIGATION = re.compile("|".join([*_WORDS["residue"]["head"], *_WORDS["navigation"]]))
_DATELINE = re.compile(_WORDS["dateline"])
# A number alone stands above a title.
_DOCUMENT_NUMBER = re.compile(rf"(?:文号\s?:?\s?)?{_WORDS['document_number']}")
_TURN = re.compile(rf"^[^\S\n]*([{HAN}·]{{1,10}})\s?:", re.MULTILINE)
# One question and its answer.
_ONE_TURN = re.compile(
    rf"^[^\S\n]*(?P<asks>[{HAN}]{{1,10}})\s?:(?=[^\n]{{0,300}}[?？。])[^\n]{{8,400}}\n+"
    rf"[^\S\n]*(?!(?P=asks)\s?:)(?P<asked>[{HAN}·]{{1,16}})\s?:[^\n]{{30,}}",
    re.MULTILINE,
)
_INTERVIEWER = re.compile(_WORDS["interviewers"])
_HEADINGS = 8
_SHORT_NAME = 4
_LONGEST = 120
# Where line breaks were lost, a title ends at the first mark that titles do not have.
TITLE_END = re.compile(r"[。!！?？]|—{2}|―{2}|-{2}|\s{2}|(?<=报)告(?=[(（\d]|一、)")


@dataclass(frozen=True, slots=True)
class View:
    """A report in half-width, simplified characters.

    `text` is all of it without a block of stated facts (YAML front matter), which `stated` has; `front` its beginning up
    to the salutation, `headings` the first lines of that without markup, menus and column tags, `written` the same as
    they stand; `header` and `footer` are the residue around the report.
    """

    text: str
    front: str
    headings: tuple[str, ...]
    written: tuple[str, ...]
    header: str
    footer: str
    opened: bool
    stated: Mapping[str, str]

    @property
    def first_words(self) -> str:
        """What a line that goes on without breaks begins with, up to a mark that titles do not have; else empty."""
        line = self.headings[0] if self.headings else ""
        end = TITLE_END.search(line, 0, _LONGEST) if len(line) > _LONGEST // 2 else None
        return line[: end.end() if end[0] == "告" else end.start()] if end else ""

    @property
    def first_line(self) -> str:
        """The first line as it stands."""
        return self.text[:FRONT].split("\n", 1)[0].strip()

    def turns(self) -> list[str]:
        """The names before the colons where two or more take turns to speak, the most frequent first."""
        counts = Counter(turn[1] for turn in _TURN.finditer(self.text))
        # Who answers is called by office and name first, by name alone later.
        for name in [name for name in counts if len(name) <= _SHORT_NAME]:
            for longer in [other for other in counts if other != name and other.endswith(name)]:
                counts[longer] += counts.pop(name, 0)
        names = [name for name, count in counts.most_common(4) if count >= 2]
        if len(names) >= 2 and any(map(is_interviewer, names)):
            return names
        once = _ONE_TURN.search(self.text)
        return [once["asked"], once["asks"]] if once and is_interviewer(once["asks"]) else []


def is_interviewer(name: str) -> bool:
    """Whether who speaks under this name asks the questions."""
    return bool(_INTERVIEWER.fullmatch(name))


def begins_turn(line: str) -> bool:
    """Whether a line begins with the name of who speaks."""
    return bool(_TURN.match(line))


def view_of(source: Source, outer: tuple[int, int], inner: tuple[int, int]) -> View:
    """The view of the report at `inner`, whose web page is at `outer` of the source."""
    written = without_unseen(source.text[slice(*inner)]).replace("\r", "\n")
    narrow = half_width(written)
    stated, begins = stated_before(narrow)
    written = written[begins:]
    text = simplified(half_width(written) if begins else narrow)
    salutation = _SALUTATION.search(text, 0, FRONT)
    front = text[: salutation.start() if salutation else FRONT // 2]
    header = simplified(half_width(without_unseen(source.text[max(outer[0], inner[0] - FRONT) : inner[0]])))
    footer = simplified(half_width(without_unseen(source.text[inner[1] : min(outer[1], inner[1] + FRONT)])))
    lines = _headings(written[: len(front)])
    headings = tuple(simplified(half_width(line)) for line in lines)
    return View(text, front, headings, tuple(lines), header, footer, bool(opening_marks(text, FRONT)), stated)


def _headings(front: str) -> list[str]:
    """The first lines with content, as a reader sees them."""
    lines: list[str] = []
    for line in front.splitlines():
        plain = _MARKUP.sub("", _MARKUP.sub("", line.strip())).strip()
        plain = _TAG.sub("", re.sub(r"\s", "", plain) if _SPACED.fullmatch(plain) else plain)
        even = simplified(half_width(plain))
        if plain and not (_NAVIGATION.fullmatch(even) or _DOCUMENT_NUMBER.fullmatch(even)):
            dateline = _DATELINE.match(even)
            lines.append(plain[dateline.end() if dateline else 0 :] or plain)
        if len(lines) == _HEADINGS:
            break
    return lines
