"""Which texts share passages, and which may state the same: an inverted index in a database, which works on disk.

Texts are numbered by `rank`, the one that leads first; `Index.pairs` counts what two of them share. Of the many that
share a common phrase, each is compared only with those few that lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.collection import database as store

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# An extract has this share of its fingerprints in the whole, and at least so many.
CONTAINED = 0.6
FEWEST = 5
# What texts of more places than this say is a phrase in use, unless nearly nothing else stands in a text.
_COMMON = 8
_OWN_WORDS = 0.1
# How many of the leading texts with a fingerprint the others are compared with.
_LEADERS = 3

# The tables that `rows_of_text` fills.
INDEXED = ("prints", "meanings")
_TABLES = """
create table prints (text bigint, hash ubigint);
create table meanings (text bigint, meaning ubigint);
create table texts (text bigint, rank integer, place varchar);
create table extracts (part integer, whole integer);
"""
_PAIRS = f"""
create table common as
    select hash, count(distinct place) <= {_COMMON} as uncommon
    from prints join texts using (text) group by hash having count(*) > 1;
create table sizes as
    select rank, count(*) as every, count(*) filter (uncommon is not false) as uncommon
    from prints join texts using (text) left join common using (hash) group by rank;
create table shared as
    select hash, rank, uncommon, row_number() over (partition by hash order by rank) as place
    from prints join common using (hash) join texts using (text);
create table pairs as
    select part.rank as part, whole.rank as whole, count(*) filter (part.uncommon) as uncommon, count(*) as every
    from shared part join shared whole on whole.hash = part.hash and whole.place < part.place
    where whole.place <= {_LEADERS} group by all having count(*) >= {FEWEST};
drop table shared;
drop table common;
"""
_CONTAINED = f"""
select part, whole, shared, possible from (
    select part, whole,
        case when own then pairs.uncommon else pairs.every end as shared,
        case when own then sizes.uncommon else sizes.every end as possible
    from pairs join (select *, uncommon >= {_OWN_WORDS} * every as own from sizes) sizes on rank = part
) where shared >= {FEWEST} and shared >= {CONTAINED} * possible order by part, whole
"""
_ALIKE = """
select part, whole, extracts.part is not null as extract from (
    select distinct one.rank as part, other.rank as whole
    from (select * from meanings join texts using (text)) one
    join (select * from meanings join texts using (text)) other
    on one.meaning = other.meaning and other.rank < one.rank
    union select part, whole from extracts
) semi join pairs using (part, whole) left join extracts using (part, whole) order by part, whole
"""


class Candidate(NamedTuple):
    """A text that may be an extract: it shares `shared` fingerprints of the `possible` ones with the whole."""

    part: int
    whole: int
    shared: int
    possible: int


def rows_of_text(text: int, hashes: npt.NDArray[np.uint64], meanings: npt.NDArray[np.uint64]) -> dict[str, pa.Table]:
    """What the index has to know of a text, by its number.

    `hashes` are its fingerprints, and `meanings` what its statements mean, as hashes; both without repeats.
    """
    import pyarrow as pa

    return {
        name: pa.table({"text": np.full(len(values), text, dtype=np.int64), column: values})
        for name, column, values in (("prints", "hash", hashes), ("meanings", "meaning", meanings))
    }


class Index:
    """The index, in a database that is open and has none yet. Fill it, rank the texts, then ask."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        database.execute(_TABLES)

    def add(self, rows: Mapping[str, pa.Table]) -> None:
        """Add texts, by what `rows_of_text` gives for them."""
        for name, table in rows.items():
            store.insert(self._database, name, table)

    def rank(self, texts: Sequence[int], places: Sequence[str]) -> None:
        """The numbers of the texts, the one that leads first, and their places; counts what they share."""
        import pyarrow as pa

        rows = {"text": texts, "rank": range(len(texts)), "place": places}
        types = {"text": pa.int64(), "rank": pa.int32(), "place": pa.string()}
        store.insert(self._database, "texts", pa.table({n: pa.array(v, types[n]) for n, v in rows.items()}))
        self._database.execute(_PAIRS)

    def contained(self) -> Iterator[Candidate]:
        """Texts that may be extracts, by the rank of the part and of the whole."""
        yield from (Candidate(**row) for row in store.rows(self._database, _CONTAINED))

    def extracts(self, wholes: dict[int, int]) -> None:
        """State which text is an extract of which."""
        import pyarrow as pa

        columns = {"part": pa.array(list(wholes), pa.int32()), "whole": pa.array(list(wholes.values()), pa.int32())}
        store.insert(self._database, "extracts", pa.table(columns))

    def alike(self) -> Iterator[tuple[int, int, bool]]:
        """Pairs (part, whole) with text in common that may state the same, and whether one is an extract of the other.

        Most texts that share phrases speak of different places or years, and state nothing that is the same.
        """
        yield from ((row["part"], row["whole"], row["extract"]) for row in store.rows(self._database, _ALIKE))
