"""The parts of a report that are more than sentences: tables, lists of commitments, glossaries, lists of targets.

The values that their readers return. All offsets count in the folded text of a report, `stop` exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.models import Span


@dataclass(frozen=True, slots=True)
class TableNumeral:
    """A run of digits inside a table and what it is, a kind of the ledger."""

    start: int
    stop: int
    kind: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """One value of a table; `start:stop` are its digits, sign and decimals (not the % behind them).

    `value` carries its sign. measure: level | growth | change | rank. status: actual | estimate | target, or empty
    where neither header nor note says it, `title_status` what the title says. `told` are the words that tell the time, those
    of the head or of the row, `shift` the years to go from it; `comparison` as in the table of observations, or empty.
    `added` are words of the head at the end of `indicator`, which the row does not have.
    """

    start: int
    stop: int
    text: str
    value: Decimal
    indicator: str
    indicator_start: int
    indicator_stop: int
    unit: str
    measure: str
    status: str
    title_status: str
    told: str
    shift: int = 0
    comparison: str = ""
    bound: str = "exact"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row. `words` is a target in words that stands in place of a number.

    state: complete | words | undecidable (the digits can be split in more than one way; nothing is guessed).
    """

    start: int
    stop: int
    number: str
    indicator: str
    indicator_start: int
    indicator_stop: int
    cells: tuple[TableCell, ...] = ()
    words: str = ""
    words_start: int = 0
    words_stop: int = 0
    state: str = "complete"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and notes in `start:stop`.

    `numerals` are all digits of that stretch with their kind, in order: they replace what the lexer finds there.
    layout: run_together | separated | lines | html.
    """

    start: int
    stop: int
    title: str
    layout: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    numerals: tuple[TableNumeral, ...]
    note: str = ""

    @property
    def cells(self) -> tuple[TableCell, ...]:
        """The values of all rows."""
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class CommitmentAgency:
    """An agency as the text names it. role: lead | support | responsible."""

    name: str
    position: int
    role: str
    open_ended: bool
    start: int
    stop: int


class Commitment(NamedTuple):
    """Something promised: a task of a plan, a livelihood project, or a numbered undertaking of a report.

    kind: task | livelihood | undertaking. `number` as written, without its punctuation; `number_start:number_stop`
    are its characters (an empty span where the item has no number). `parent` is the index of the parent in the list of
    commitments, or None; a parent's span holds its children. `text` is the whole, `start:stop`, with number, title and
    the brackets that name the agencies. `deadline` is a period (2016, 2016-09, 2016-H1), `deadline_text` the words.
    """

    kind: str
    number: str
    number_start: int
    number_stop: int
    title: str
    text: str
    section: str
    start: int
    stop: int
    parent: int | None = None
    deadline: str = ""
    deadline_text: str = ""
    agencies: tuple[CommitmentAgency, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a glossary. `complete` is false where the text breaks off in it.

    `number` is empty, and `number_start` equals `number_stop`, in a glossary without numbers.
    """

    number: str
    number_start: int
    number_stop: int
    term: str
    definition: str
    start: int
    stop: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class TermMention:
    """A footnote mark. `start:stop` is its number, without the brackets; `term` the index in the list of terms."""

    term: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class QualitativeTarget:
    """A target stated without a number. `text` is the item of the list; `relation` from vocabulary/relations.yaml."""

    indicator: str
    indicator_start: int
    indicator_stop: int
    relation: str
    reference: str
    period: str
    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Structures:
    """All of these in one report. `terms` are complete; `note` tells of an entry in which the text breaks off.

    `lists` is where the report lists its main targets, in order.
    """

    tables: list[Table]
    commitments: list[Commitment]
    terms: list[Term]
    mentions: list[TermMention]
    targets: list[QualitativeTarget]
    note: str = ""
    lists: tuple[Span, ...] = ()


def list_numbers(
    commitments: Sequence[Commitment], terms: Sequence[Term], mentions: Sequence[TermMention]
) -> list[Span]:
    """Spans of the Arabic numbers that only count items: of lists, of glossary entries, of footnote marks.

    In order and without doubles; in the ledger they are of kind `structure`. (Tables have their own `numerals`.)
    """
    spans = {(item.number_start, item.number_stop) for item in commitments if item.number.isdigit()}
    spans.update((term.number_start, term.number_stop) for term in terms if term.number)
    spans.update((mention.start, mention.stop) for mention in mentions)
    return sorted(spans)
