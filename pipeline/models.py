"""The values that the steps of the pipeline hand to each other.

Those of which a report has thousands are records or tuples, which are made several times as fast as frozen dataclasses.

Offsets are Unicode code points, `stop` exclusive. Up to and including `resolve` they count in the *folded* text
of a report (see `pipeline.text.fold`); `Folded.span` turns them into offsets in the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pipeline.records import Record

Span = tuple[int, int]


class Location(NamedTuple):
    """Where `start:stop` of a text layer stands in its file: page from 1 or None, element by the reader's own address."""

    start: int
    stop: int
    page: int | None
    element: str


def within(locations: Sequence[Location], start: int, stop: int) -> Iterator[Location]:
    """The locations in `start:stop` of a layer, those at its edges cut."""
    for place in locations[bisect_left(locations, start, key=lambda location: location.stop) :]:
        if place.start >= stop:
            break
        cut = place._replace(start=max(place.start, start), stop=min(place.stop, stop))
        if cut.start < cut.stop:
            yield cut


class Part(NamedTuple):
    """A stretch of a text layer that is one report: a row of a file with one report a row, and what its columns say."""

    start: int
    stop: int
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Layer(Record):
    """The text of a file as a reader takes it out, with the way back.

    kind: text | html | docx | pdf | table. `plain`: the text is the decoded file itself. `locations` are in order and
    do not overlap; a plain text has none. `remarks` tell what is damaged or was left out, a sentence each without its
    full stop. `parts`: the reports, where the file itself tells them apart.
    """

    text: str
    encoding: str
    kind: str = "text"
    plain: bool = True
    locations: tuple[Location, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Correction(NamedTuple):
    """An entry of a file NAME.corrections.yaml.

    `file` and `place` are for messages. action: set | add | withdraw. The row is named by `observation_id`, or by `start` and
    `text` of its numeral. `fields` are what it is to say, `was` what it said when it was read.
    """

    file: str
    place: str
    action: str
    observation_id: str
    start: int | None
    text: str
    fields: Mapping[str, object]
    was: Mapping[str, object]
    reason: str
    date: str


class Review(NamedTuple):
    """A row that readers found right: the digest of what it said then, how many they were, and the day."""

    observation_id: str
    digest: str
    readers: int
    date: str


@dataclass(frozen=True, slots=True)
class Source(Record):
    """One input file, as its text layer. `facts` is what a `NAME.yaml` beside it states; the rest is as in `Layer`.

    `corrections` and `reviews` are what readers put right and found right, in the files beside it.
    """

    name: str
    text: str
    encoding: str
    facts: Mapping[str, object] = field(default_factory=dict)
    layer: str = "text"
    plain: bool = True
    locations: tuple[Location, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPeriod(Record):
    """A time that a report speaks of. role: review | review_years | plan | plan_years; period: 2017, 2013/2017."""

    role: str
    period: str


@dataclass(frozen=True, slots=True)
class Report(Record):
    """One report inside a source; the fields are the columns of the table `reports`.

    `start` and `stop` are offsets in the source; `spans` are the parts of the source that belong to the report (one,
    except for residue, which is what is left between the reports). `remarks` are those of the reader of the file.
    """

    report_id: str
    kind: str
    source_file: str
    start: int
    stop: int
    spans: tuple[Span, ...]
    sha256: str
    encoding: str
    place_id: str
    title: str = ""
    issuer: str = ""
    speaker: str = ""
    post: str = ""
    assembly: str = ""
    document_number: str = ""
    date: str = ""
    published: str = ""
    source_url: str = ""
    layer: str = "text"
    excerpt_of: str = ""
    complete: bool = True
    note: str = ""
    periods: tuple[ReportPeriod, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """Length in code points."""
        return sum(stop - start for start, stop in self.spans)

    def period(self, role: str) -> str:
        """The period of that role, or an empty string."""
        for stated in self.periods:
            if stated.role == role:
                return stated.period
        return ""


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """A stretch of a report that speaks of one time in one mood. Passages do not overlap and cover the report.

    role: front | review | review_years | problems | plan | plan_years | tasks | table | glossary | closing | body.
    period: the time of figures that name none themselves. status: actual | target, of unmarked statements.
    section: the headings above it, outermost first, joined by " > ". sure: how certain role, period and status are, 0-1.
    """

    start: int
    stop: int
    role: str
    period: str
    status: str
    section: str
    sure: float = 1.0


@dataclass(slots=True, unsafe_hash=True)
class Numeral(Record):
    """A numeral with what belongs to it.

    `start:stop` are the digits alone, as the ledger has them (8.8 of 约8.8万人以上); `phrase_start:phrase_stop` is the
    whole expression with its modifiers, multiplier and unit. `value` and `value_max` are as written, with their signs; `unit`
    as written, with the multiplier. kind as in the ledger: observation | threshold | context | time | name |
    observation_part | structure | unread. `chinese`: written in Chinese characters.
    """

    start: int
    stop: int
    text: str
    kind: str
    phrase_start: int
    phrase_stop: int
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    bound: str = "exact"
    chinese: bool = False
    rank: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Sentence(Record):
    """A sentence: up to 。！？ or the end of a paragraph. `clauses` cover it, split at commas, semicolons, colons."""

    start: int
    stop: int
    clauses: tuple[Span, ...]


class Step(NamedTuple):
    """One step of a trace: the rule that decided `field` of a row, and the words `start:stop` that it rested on.

    Where it rested on nothing that the sentence says, `start` equals `stop`.
    """

    field: str
    rule: str
    start: int = 0
    stop: int = 0


# The fields of a step, without their names: traces are made for every figure and read for few.
Bare = tuple[str, str, int, int]
Trace = tuple[Bare, ...]


@dataclass(slots=True, unsafe_hash=True)
class Fact(Record):
    """One quantity as its sentence states it, before it is tied to a time, a place and a catalogue entry.

    `value` carries the sign. `indicator` is the phrase for the thing measured, place names still in it;
    `head_start:head_stop` is where the phrase (or its last word) stands. `rule` found the head; `trace` has that and all
    other rules that had a part in the fact. `earlier`: the old value in 从…到…. `rank_of`, `pool`: of a rank, what of the
    thing is ranked (level, growth, change, share) and among whom, as written.
    """

    numeral: Numeral
    sentence: Sentence
    clause: int
    indicator: str
    head_start: int
    head_stop: int
    measure: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    bound: str
    comparison: str
    reference: str
    basis: str
    rule: str
    earlier: bool = False
    rank_of: str = ""
    pool: str = ""
    trace: Trace = ()


@dataclass(slots=True, unsafe_hash=True)
class Time(Record):
    """When a fact holds and how it is meant: the columns status, modality, period, reference_period and comparison."""

    status: str
    modality: str
    period: str
    reference_period: str
    comparison: str = ""
    trace: Trace = ()


@dataclass(slots=True, unsafe_hash=True)
class Where(Record):
    """Of what a fact speaks: place, narrower subject, and the indicator without the words for either."""

    place_id: str
    subject: str
    indicator: str
    trace: Trace = ()
