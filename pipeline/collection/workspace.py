"""The workspace: a database of the rows of all reports, and of what is found out about them together.

`raw.TABLE` holds the rows of the parts as they were extracted, with the number of their report (`_text`) and their place
in it (`_ordinal`). `published.TABLE` is the table as it is published; whoever checks or writes reads that, and a package that is
already published is opened under the same names (`from_files`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.collection import database as store
from pipeline.collection.dictionary_rows import DICTIONARY, explain
from pipeline.collection.gather import GATHERED, File, Gathered, gather, together
from pipeline.collection.index import INDEXED, Index
from pipeline.collection.look import look
from pipeline.collection.texts import Entry
from pipeline.documents.profiles import is_read
from pipeline.progress import Tell
from pipeline.rows import Row
from pipeline.run.jobs import Run, each
from pipeline.run.parts import columns

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Refuse = Callable[[Sequence[Entry]], set[int]]
# Files whose rows go into the database at once.
_FILES = 100
OWN = schema.of_reports()
_KINDS = {"string": "varchar", "number": "varchar", "date": "varchar", "integer": "bigint", "boolean": "boolean"}


def collect(
    path: Path, files: Sequence[File], refuse: Refuse, run: Run, tell: Tell, facts: Sequence[Row] = ()
) -> list[Entry]:
    """Make the workspace in the file `path` from the parts of the files; the reports in the order of their files.

    `refuse` is given the reports of all files and gives the numbers of the files that are left out. `facts` are the rows of
    that table.
    """
    from pipeline.collection.compare import compare

    with store.opened(path) as database:
        _prepare(database)
        index = Index(database)
        gathered = (found for _, found in each(run, gather, files, "Gather", tell, len(files)))
        entries = sorted(_keep(database, gathered), key=lambda entry: entry.text)
        refused = refuse(entries)
        gone = [entry.text for entry in entries if entry.file in refused]
        if gone:
            for name in ("comparable", *(f"raw.{name}" for name in GATHERED)):
                database.execute(f"delete from {name} where _text in (select unnest(?))", [gone])
        entries = [entry for entry in entries if entry.file not in refused]
        _add_facts(database, facts)
        compare(database, index, entries, files[0].parts, path.parent, run, tell)
        explain(database, run, tell)
        _publish(database)
    look(path, entries, run, tell)
    return entries


def _keep(database: duckdb.DuckDBPyConnection, gathered: Iterable[Gathered]) -> Iterator[Entry]:
    """Put what was gathered from files into the database, many files at a time; gives the lines of their reports."""
    source = iter(gathered)
    while some := list(islice(source, _FILES)):
        for name in ("comparable", *INDEXED, *(f"raw.{name}" for name in GATHERED)):
            if (rows := together(some, name)) is not None:
                store.insert(database, name, rows)
        for each_file in some:
            yield from each_file.entries


def _prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Make the tables for what is gathered from the parts."""
    database.execute("create table comparable (_text bigint, _ordinal bigint, paired boolean, growing boolean)")
    database.execute("create schema raw")
    for name in (*GATHERED, "facts"):
        declared = ", ".join(f'"{c}" {_KINDS[kind]}' for c, kind in columns(name).items())
        database.execute(f"create table raw.{name} (_text bigint, _ordinal bigint, {declared})")


def _add_facts(database: duckdb.DuckDBPyConnection, facts: Sequence[Row]) -> None:
    """Bring the facts into the database, as the rows of the parts are there."""
    import pyarrow as pa

    names = schema.columns("facts")
    if facts:
        texts = [[None if row[name] is None else str(row[name]) for row in facts] for name in names]
        columns = [pa.array([0] * len(facts)), pa.array(range(len(facts))), *(pa.array(t, pa.string()) for t in texts)]
        store.insert(database, "raw.facts", pa.table(columns, names=["_text", "_ordinal", *names]))


def _publish(database: duckdb.DuckDBPyConnection) -> None:
    """Make the tables as they are published, but for what is found in each report."""
    database.execute("create schema published")
    for name in (*OWN, "facts"):
        replaced = {"reports": {"excerpt_of": "whole"}, "observations": {"same_as": "first"}}.get(name, {})
        chosen = ", ".join(_typed(column, replaced.get(column.name)) for column in schema.table(name).columns)
        source = {
            "reports": "raw.reports one left join excerpts using (report_id)",
            "observations": "raw.observations one left join same using (report_id, observation_id)",
        }.get(name, f"raw.{name} one")
        kind = "table findings_read" if name == "findings" else f"view published.{name}"
        database.execute(f"create {kind} as select _text, _ordinal, {chosen} from {source}")
    for name in DICTIONARY:
        database.execute(f"create view published.{name} as select 0::bigint as _text, * from main.{name}")
    database.execute(_OUTCOMES)


# The targets in the order of their reports; a report without a date has at least a year in its name.
_OUTCOMES = """
create table published.outcomes as
with dated as (
    select _text, report_id, coalesce(nullif(date, ''), regexp_extract(report_id, '-(\\d{4})-', 1)) as day from raw.reports
)
select coalesce(target._text, 0) as _text, row_number() over (
    order by one.day nulls last, target.report_id, target.start, target._ordinal, target_fact,
        other.day nulls last, result.report_id, result.start, result_fact
) as _ordinal, found.*
from outcomes_found found
left join raw.observations target on target.observation_id = target_id left join dated one on one._text = target._text
left join raw.observations result on result.observation_id = result_id left join dated other on other._text = result._text
"""


def _typed(column: schema.Column, other: str | None) -> str:
    """A column of a part with its type."""
    name = f'one."{column.name}"'
    given = other or {
        "string": f"nullif({name}, '')",
        # No minus zero.
        "number": f"cast(nullif({name}, '') as double) + 0.0",
        "date": f"cast(nullif({name}, '') as date)",
    }.get(column.type, name)
    return f'{given} as "{column.name}"'


def from_files(database: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> None:
    """Open the tables of a package that is already published, by name the Parquet files of each."""
    from_tables(
        database,
        {
            name: f"(select * exclude (filename, file_row_number), row_number() over (order by filename, file_row_number) "
            f"as _ordinal from read_parquet({store.files(paths)}, filename = true, file_row_number = true))"
            for name, paths in files.items()
        },
    )


def from_tables(database: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> None:
    """The same from queries with a column `_ordinal`; reports are numbered in the order of their sources."""
    database.execute("create schema if not exists published")
    numbered = "reports" in sources
    if numbered:
        # On this connection, which may have them as a table of its own.
        kinds = [kind for (kind,) in database.execute(f"select distinct kind from {sources['reports']}").fetchall()]
        # What is left between the reports of a source stands behind them.
        behind = store.literal(kind for kind in kinds if not is_read(kind))
        order = f"order by source_file, list_contains({behind}::varchar[], kind), start"
        database.execute(
            f"create table published.reports as select row_number() over ({order}) - 1 as _text, * from {sources['reports']}"
        )
    for name, source in sources.items():
        if name == "reports":
            continue
        text, joined = "0::bigint", ""
        chosen = ", ".join(f'"{column}"' for column in schema.columns(name))
        if numbered and "report_id" in schema.columns(name):
            text, joined = (
                "coalesce(_text, 0)",
                "left join (select report_id, _text from published.reports) using (report_id)",
            )
        elif numbered and name == "term_mentions" and "terms" in sources:
            text, joined = (
                "coalesce(_text, 0)",
                (
                    f"left join (select term_id, _text from {sources['terms']} join published.reports using (report_id)) "
                    "using (term_id)"
                ),
            )
        database.execute(
            f"create table published.{name} as select {text} as _text, _ordinal, {chosen} "
            f"from {source} {joined} order by _text, _ordinal"
        )


def from_rows(database: duckdb.DuckDBPyConnection, rows: Mapping[str, Any]) -> None:
    """The same from the rows of tables, by their names."""
    sources = {}
    for name, given in rows.items():
        table = to_arrow(name, given)
        # No temporary tables: the cursors that read rows would not see them.
        store.create(database, f"_{name}", table.append_column("_ordinal", [range(1, table.num_rows + 1)]))
        sources[name] = f"_{name}"
    from_tables(database, sources)
    for source in sources.values():
        database.execute(f"drop table {source}")


def entries_of(database: duckdb.DuckDBPyConnection) -> list[Entry]:
    """A line for each report of `published.reports`, in the order of the sources."""
    columns = ("source_file", "start", "stop", "characters", "complete")
    words = ("report_id", "kind", "place_id", "date", "published")
    texts = ", ".join(f"coalesce({column}, '') as {column}" for column in words)
    rows = list(
        store.rows(
            database, f"select _text as text, {', '.join(columns)}, {texts} from published.reports order by _text"
        )
    )
    files = {name: number for number, name in enumerate(dict.fromkeys(row["source_file"] for row in rows))}
    return [Entry(file=files[row["source_file"]], key="", number=0, **row) for row in rows]


def batches(database: duckdb.DuckDBPyConnection, name: str, where: str = "true") -> Iterator[pa.Table]:
    """The rows of a published table in their order, some thousands at a time."""
    yield from store.batches(database, query(name, where), schema.arrow_schema(name))


def query(name: str, where: str = "true", order: str = "_text, _ordinal") -> str:
    """The rows of a published table in their order."""
    chosen = ", ".join(f'"{column}"' for column in schema.columns(name))
    return f"select {chosen} from published.{name} where {where} order by {order}"
