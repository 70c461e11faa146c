"""Tables of indicators in a text, also where their cells run together without separators.

Reports reach us as plain text, and a table in them as whatever the web page made of it: cells with tabs or bars, one
cell in a line, or one run of characters. For the last kind the cells are recovered by what holds for any such
table: the column heads say how many values a row has, row numbers count up, units are known words, and a run of digits
must split so that its row is complete. A run that splits in several ways is decided by figures that the text states
for the same indicator, then by the decimals of the rows that are certain. A row that stays open is reported as
undecidable, and nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.knowledge import any_of, vocabulary
from pipeline.reading.structures import Table
from pipeline.reading.structures.table_glued import glued_table
from pipeline.reading.structures.table_grids import separated_tables
from pipeline.reading.structures.table_open import open_tables
from pipeline.reading.structures.table_words import COLUMN
from pipeline.text.fold import Folded

_WORDS = vocabulary("structure")["table"]
_FIRST_HEADS = any_of([*_WORDS["heads"]["row_number"], *_WORDS["heads"]["indicator"]])
_FIRST_HEAD = re.compile(_FIRST_HEADS)
_HEADER = re.compile(rf"(?:{_FIRST_HEADS})(?:\n?{COLUMN}){{1,8}}")
_MOST_TABLES = 200


def find_tables(folded: Folded, source: str) -> list[Table]:
    """The tables of indicators in one folded report, in order of the text; `source` is the text it was folded from.

    Offsets of the tables count in `folded.text`. Never raises on any input.
    """
    tables = sorted(separated_tables(folded, source), key=lambda table: table.start)
    tables += list(open_tables(folded, source, tables))
    tables.sort(key=lambda table: table.start)
    starts = [table.start for table in tables]
    glued: list[Table] = []
    at = 0
    for header in _HEADER.finditer(folded.text):
        before = bisect_left(starts, header.end()) - 1
        if header.start() < at or (before >= 0 and header.start() < tables[before].stop):
            continue
        if len(glued) >= _MOST_TABLES:
            break
        # The title may begin like a head (主要指标完成情况序号指标…): try every word that opens one.
        for opening in _FIRST_HEAD.finditer(folded.text, header.start(), header.end()):
            head = _HEADER.match(folded.text, opening.start())
            table = glued_table(folded.text, *head.span(), at) if head else None
            if table:
                glued.append(table)
                at = table.stop
                break
    return sorted([*tables, *glued], key=lambda table: table.start)
