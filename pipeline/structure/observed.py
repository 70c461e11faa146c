"""The values of tables as facts, beside those of sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Fact, Numeral, Sentence
from pipeline.structure import Table, TableCell, TableNumeral


def with_tables(text: str, numerals: Sequence[Numeral], tables: Sequence[Table]) -> list[Numeral]:
    """The numerals of a text, with those of the tables in the place of what the lexer found there."""
    if not tables:
        return list(numerals)
    spans = [(table.start, table.stop) for table in tables]
    kept = [n for n in numerals if not any(start <= n.start < stop for start, stop in spans)]
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
                    comparison="yoy" if cell.measure in ("growth", "change") else "",
                    reference="",
                    basis="",
                    rule=f"table-{table.layout}",
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
