"""Find the structures of a report, and take what they hold into numerals and facts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Fact, Numeral, Passage, Report, Sentence
from pipeline.reading.structures import Structures, Table, TableCell, TableNumeral, list_numbers
from pipeline.reading.structures.commitments import find_commitments
from pipeline.reading.structures.glossary import find_glossary, find_mentions
from pipeline.reading.structures.qualitative import find_qualitative_targets, find_target_lists
from pipeline.reading.structures.tables import find_tables
from pipeline.text.even import even
from pipeline.text.fold import Folded
from pipeline.text.stretches import Stretches


def find_structures(folded: Folded, source: str, report: Report, passages: Sequence[Passage]) -> Structures:
    """Everything in one report that is more than sentences."""
    text = folded.text
    tables = find_tables(folded, even(source).text)
    terms = find_glossary(text)
    complete = [term for term in terms if term.complete]
    cut = [term.term for term in terms if not term.complete]
    lists = find_target_lists(text, passages)
    return Structures(
        tables,
        find_commitments(text, report, passages),
        complete,
        find_mentions(text, complete),
        find_qualitative_targets(text, passages, lists, tables),
        f"The glossary breaks off in the entry {cut[0]}" if cut else "",
        tuple(lists),
    )


def as_structured(text: str, numerals: Sequence[Numeral], structures: Structures) -> list[Numeral]:
    """The numerals of a text, with those of tables, lists and footnotes as their structure has them."""
    numbers = set(list_numbers(structures.commitments, structures.terms, structures.mentions))
    renumbered = [n._replace(kind="structure", value=None) if (n.start, n.stop) in numbers else n for n in numerals]
    return _with_tables(text, renumbered, structures.tables)


def _with_tables(text: str, numerals: list[Numeral], tables: Sequence[Table]) -> list[Numeral]:
    """The numerals, with those of the tables in the place of what the lexer found there."""
    if not tables:
        return numerals
    inside = Stretches((table.start, table.stop) for table in tables)
    kept = [n for n in numerals if n.start not in inside]
    cells = {cell.start: cell for table in tables for cell in table.cells}
    for table in tables:
        for found in table.numerals:
            cell = cells.get(found.start)
            kept.append(_numeral(cell) if cell else _plain(text, found))
    return sorted(kept, key=lambda n: n.start)


def table_facts(table: Table) -> list[Fact]:
    """One fact for each value of a table; its sentence is the row."""
    facts = []
    for row in table.rows:
        sentence = Sentence(row.start, row.stop, ((row.start, row.stop),))
        rule = f"table-{table.layout}"
        for cell in row.cells:
            facts.append(
                Fact(
                    numeral=_numeral(cell),
                    sentence=sentence,
                    clause=0,
                    indicator=cell.indicator,
                    head_start=cell.indicator_start,
                    head_stop=cell.indicator_stop,
                    measure=cell.measure,
                    value=cell.value,
                    value_max=None,
                    unit=cell.unit,
                    bound=cell.bound,
                    comparison=cell.comparison,
                    reference="",
                    basis="",
                    rule=rule,
                    trace=(("indicator", rule, cell.indicator_start, cell.indicator_stop),),
                )
            )
    return facts


def _numeral(cell: TableCell) -> Numeral:
    return Numeral(
        cell.start,
        cell.stop,
        cell.text,
        "observation",
        cell.start,
        cell.stop,
        abs(cell.value),
        None,
        cell.unit,
        cell.bound,
    )


def _plain(text: str, found: TableNumeral) -> Numeral:
    return Numeral(found.start, found.stop, text[found.start : found.stop], found.kind, found.start, found.stop)
