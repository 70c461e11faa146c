"""What reports say about each other: the database finds what may be compared, and pure functions judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from pipeline.arrow import records, to_arrow
from pipeline.collection import database as store
from pipeline.collection import dealt
from pipeline.collection.findings import of_series
from pipeline.collection.findings.rules.growth_against_levels import SERIES
from pipeline.collection.fingerprints import TABLE
from pipeline.collection.index import Candidate, Index
from pipeline.collection.outcomes import READ, SHARED, outcomes, outcomes_of_facts
from pipeline.collection.repeated import Links, Statement, Text, contained, in_order, leading, matched, rooted
from pipeline.collection.texts import Entry
from pipeline.documents.profiles import is_read
from pipeline.progress import Tell
from pipeline.rows import Row, Rows
from pipeline.run.jobs import Run, each
from pipeline.run.parts import Parts, columns, restored

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

T = TypeVar("T")
# Pairs of texts in one job, and parts that a job has in memory.
_PAIRS = 200
_PARTS = 8
# Statements in one job; those that are compared with each other are in the same.
_STATEMENTS = 2_000
# Rows that go into the database at once.
_ROWS = 100_000

# Observations that repeat another, and reports that are extracts of another.
LINKS = """
create table same (report_id varchar, observation_id varchar, first varchar);
create table excerpts (report_id varchar, whole varchar);
"""
_COMPARABLE = """
create view statements as
select * from raw.observations join comparable using (_text, _ordinal) anti join same using (observation_id);
"""
# Those that are compared with each other are in one pile.
_TOGETHER = """
with keyed as not materialized (select {read}, _text, _ordinal, {named} from statements where {which})
select *, (hash({short}) % {piles})::integer as {pile} from keyed
semi join (select {short} from keyed group by all having {having}) using ({short})
"""


def compare(
    database: duckdb.DuckDBPyConnection,
    index: Index,
    entries: Sequence[Entry],
    parts: Parts,
    folder: Path,
    run: Run,
    tell: Tell,
) -> None:
    """Fill the tables `same`, `excerpts`, `outcomes_found` and `findings_found` of the database; `folder` has room on disk."""
    database.execute(LINKS)
    _link(database, index, entries, parts, run, tell)
    conclude(database, entries, folder, run, tell)


def conclude(database: duckdb.DuckDBPyConnection, entries: Sequence[Entry], folder: Path, run: Run, tell: Tell) -> None:
    """Fill `outcomes_found` and `findings_found` with what follows from the rows of all reports and from their links."""
    store.create(database, "outcomes_found", to_arrow("outcomes", ()))
    store.create(database, "findings_found", to_arrow("findings", ()))
    database.execute(_COMPARABLE)
    dates = {entry.report_id: entry.date for entry in entries}
    both = "bool_or(status = 'target') and bool_or(status <> 'target')"
    # What is not read is not sorted: quotes are most of a row.
    for name, function, keys, having, which, read in (
        ("outcomes_found", _outcomes, SHARED, both, "paired", READ),
        ("findings_found", _series, SERIES, "count(*) > 1", "growing", columns("observations")),
    ):
        with TemporaryDirectory(prefix="together-", dir=folder) as place:
            rows = _together(database, Path(place), keys, having, which, read)
            jobs = (Figures(piece, _dates(piece, dates)) for piece in _whole(rows, keys))
            for _, found in each(run, function, jobs, f"Compare {name.partition('_')[0]}", tell):
                store.insert(database, name, found)
    store.insert(database, "outcomes_found", to_arrow("outcomes", _with_facts(database)))


def _together(
    database: duckdb.DuckDBPyConnection, folder: Path, keys: Sequence[str], having: str, which: str, read: Iterable[str]
) -> Iterator[Row]:
    """The columns `read` of statements that are compared with others, those with the same `keys` after each other."""
    # A missing value is the same as an empty one.
    named = ", ".join(f"coalesce({key}, '') as k_{key}" for key in keys)
    short = [f"k_{key}" for key in keys]
    [(count,)] = database.execute(f"select count(*) from comparable where {which}").fetchall()
    query = _TOGETHER.format(
        read=", ".join(f'"{column}"' for column in read),
        named=named,
        which=which,
        short=", ".join(short),
        having=having,
        piles=dealt.piles(count),
        pile=dealt.PILE,
    )
    with dealt.Piles(folder, which) as piles:
        for found in store.read(database, query):
            piles.add(found)
    for table in dealt.in_order(folder, which, dealt.piles(count), [*short, "_text", "_ordinal"]):
        yield from records(table.select(list(read)))


# Targets and results of whole places that a fact may meet.
_MET_BY_FACTS = """
select {read} from statements semi join (select distinct place_id, indicator_id, measure, period from raw.facts)
using (place_id, indicator_id, measure, period) where coalesce(subject, '') = '' order by _text, _ordinal
"""


def _with_facts(database: duckdb.DuckDBPyConnection) -> list[Row]:
    facts = restored(
        "facts", list(store.rows(database, "select * exclude (_text, _ordinal) from raw.facts order by _ordinal"))
    )
    if not facts:
        return []
    stated = store.rows(database, _MET_BY_FACTS.format(read=", ".join(f'"{column}"' for column in READ)))
    return outcomes_of_facts(facts, restored("observations", list(stated)))


def _link(
    database: duckdb.DuckDBPyConnection, index: Index, entries: Sequence[Entry], parts: Parts, run: Run, tell: Tell
) -> None:
    """Find extracts, and observations that are the same."""
    texts = sorted(
        (entry for entry in entries if is_read(entry.kind)),
        key=lambda entry: (-entry.characters, not entry.complete, entry.report_id),
    )
    index.rank([entry.text for entry in texts], [entry.place_id for entry in texts])
    candidates = (_job(parts, texts, piece) for piece in _pieces(index.contained(), _PAIRS))
    shares = (share for _, found in each(run, _contained, candidates, "Find extracts", tell) for share in found)
    wholes = rooted(shares)
    index.extracts(wholes)
    heads = [{"report_id": entry.report_id, "date": entry.date} for entry in texts]
    names = [entry.report_id for entry in texts]
    links = Links(leading(heads, names, {names[part] for part in wholes}))
    pairs = (_job(parts, texts, piece) for piece in _pieces(index.alike(), _PAIRS))
    for _, found in each(run, _matched, pairs, "Find repeats", tell):
        links.join_all(found)
    for piece in _pieces(links.first(), _ROWS):
        rows = [(name.report_id, name.observation_id, root.observation_id) for name, root in piece]
        _insert(
            database, "same", dict(zip(("report_id", "observation_id", "first"), zip(*rows, strict=True), strict=True))
        )
    whole = {names[part]: names[of] for part, of in wholes.items()}
    _insert(database, "excerpts", {"report_id": whole.keys(), "whole": whole.values()})


def _insert(database: duckdb.DuckDBPyConnection, name: str, rows: dict[str, Iterable[object]]) -> None:
    import pyarrow as pa

    columns = {column: list(values) for column, values in rows.items()}
    if any(columns.values()):
        store.insert(database, name, pa.table(columns))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts (tuples that begin with the ranks of part and whole), and where their rows are."""

    parts: Parts
    texts: dict[int, Entry]
    pairs: list[tuple[int, ...]]

    def reader(self, *tables: str) -> Callable[[int], Text]:
        """Gives the text of a rank; of the parts it has read last, it has the rows of these tables in memory."""

        @lru_cache(_PARTS)
        def read(key: str) -> list[Rows]:
            return self.parts.read(key, tables).rows()

        def text(rank: int) -> Text:
            entry = self.texts[rank]
            rows = read(entry.key)[entry.number]
            return Text(rows[TABLE][0], in_order(rows.get("observations", [])))

        return text


def _job(parts: Parts, texts: Sequence[Entry], pairs: Sequence[tuple[int, ...]]) -> Pairs:
    return Pairs(parts, {rank: texts[rank] for pair in pairs for rank in pair[:2]}, list(pairs))


def _contained(job: Pairs) -> list[tuple[int, int, float]]:
    read = job.reader(TABLE)
    return [contained(Candidate(*pair), read) for pair in job.pairs]


def _matched(job: Pairs) -> list[tuple[Statement, Statement]]:
    read = job.reader(TABLE, "observations")
    return [same for part, whole, extract in job.pairs for same in matched(read(part), read(whole), strict=not extract)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Statements in the order of their reports, and when those were delivered."""

    rows: list[Row]
    reports: list[Row]


def _outcomes(job: Figures) -> pa.Table:
    return to_arrow("outcomes", outcomes(job.reports, restored("observations", job.rows)))


def _series(job: Figures) -> pa.Table:
    return to_arrow("findings", of_series(restored("observations", job.rows)))


def _dates(rows: Iterable[Row], dates: dict[str, str]) -> list[Row]:
    reports = dict.fromkeys(str(row["report_id"]) for row in rows)
    return [{"report_id": name, "date": dates[name]} for name in reports]


def _pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def _whole(rows: Iterable[Row], keys: Sequence[str]) -> Iterator[list[Row]]:
    """Rows sorted by `keys`, several at a time; those with the same keys together."""
    piece: list[Row] = []
    for _, same in groupby(rows, key=lambda row: tuple(row[key] or "" for key in keys)):
        piece += same
        if len(piece) >= _STATEMENTS:
            yield piece
            piece = []
    if piece:
        yield piece
