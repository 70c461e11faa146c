"""The rows of packages that a site shows: in a database on disk, of which each page asks for its own.

What grows with the observations is here; what things are called is in memory (data.py).
"""

from __future__ import annotations

import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.collection import database as store
from pipeline.errors import BaogaoError
from pipeline.publish.analysis_ready import typed_columns
from pipeline.site.shelf import Shelf, shelve

FLAT = "observations_flat"
# The tables that have more rows the more is stated.
STORED = (
    "report_periods", "observations", "numerals", "locations", "qualitative_targets", "outcomes", "findings", "commitments",
    "commitment_agencies", "commitment_observations", "terms", "term_mentions", FLAT, "headline_panel",
    "headline_panel_wide", "promises",
)  # fmt: skip
# What values, charts and links are made of: an observation without its words.
FIGURES = (
    "observation_id", "report_id", "start", "indicator_id", "indicator_text", "subject", "place_id", "measure", "value",
    "value_max", "phrase", "unit", "bound", "status", "modality", "comparison", "reference_end", "basis", "rank_of", "pool",
    "period", "amount", "amount_max", "base_unit", "confidence", "same_as", "_at",
)  # fmt: skip
# The members of a very long list have little to do with each other; standing together once is chance.
_MOST_TOGETHER, _TOGETHER = 12, 2

# Where each observation stands among those of its indicator, from 0: by place, period and text.
_PLACED = """
create table at_indicator as select observation_id, indicator_id, row_number() over (
    partition by indicator_id
    order by coalesce(place._ordinal, -1), coalesce(period, ''), report_id, start, one._ordinal
) - 1 as _at from published.observations one left join published.places place using (place_id)
"""
_STATED = f"""
create table stated as select stated._ordinal, {typed_columns()}, stated.quote_start, stated.quote_stop,
own._at, first.indicator_id as _first, first._at as _first_at,
paired.observation_id is not null as _paired, found.observation_id is not null as _found
from published.observations stated
left join at_indicator own on own.observation_id = stated.observation_id
left join at_indicator first on first.observation_id = stated.same_as
left join (
    select target_id as observation_id from outcomes where target_id is not null
    union select result_id from outcomes where result_id is not null
) paired on paired.observation_id = stated.observation_id
left join (
    select observation_id from findings where observation_id is not null
    union select other_observation_id from findings where other_observation_id is not null
) found on found.observation_id = stated.observation_id
left join published.reports report on report.report_id = stated.report_id
left join published.places place on place.place_id = stated.place_id
left join published.indicators indicator on indicator.indicator_id = stated.indicator_id
"""
_TOGETHER_IN_SENTENCES = f"""
create table together as
with said as (select distinct report_id, coalesce(quote_start, -1) as quote_start, indicator_id from stated),
few as (select report_id, quote_start from said group by all having count(*) <= {_MOST_TOGETHER})
select one.indicator_id, other.indicator_id as other_id, count(*) as times, row_number() over () as _ordinal
from few join said one using (report_id, quote_start) join said other using (report_id, quote_start)
where one.indicator_id <> other.indicator_id group by all having times >= {_TOGETHER}
"""
# What belongs to the commitments of a report.
_OF_COMMITMENTS = """
create table {name} as select one.*, report_id
from published.{name} one join published.commitments using (commitment_id)
"""
_OUTCOMES = """
create table outcomes_placed as select one.*, coalesce(target.place_id, fact.place_id) as place_id
from outcomes one left join published.observations target on target.observation_id = target_id
left join published.facts fact on fact.fact_id = target_fact
"""
_COMPARABLE = "where met <> 'not_comparable'"


class Stored:
    """The tables of built packages, by name the Parquet files of each in their order. Gone with the last who has it.

    Raises BaogaoError where they cannot be read.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]]) -> None:
        with ExitStack() as stack:
            self._folder = Path(stack.enter_context(TemporaryDirectory(prefix="baogao-site-")))
            self._database = stack.enter_context(store.opened(self._folder / "workspace"))
            self._shelves: dict[tuple[str, str], Shelf] = {}
            with _told():
                self._open(files)
                for query in (_PLACED, _STATED, _TOGETHER_IN_SENTENCES, _OUTCOMES):
                    self._database.execute(query)
                for name in ("commitment_agencies", "commitment_observations"):
                    self._database.execute(_OF_COMMITMENTS.format(name=name))
                self._database.execute("create table sides as from stated where _paired")
            weakref.finalize(self, stack.pop_all().close)

    def _open(self, files: Mapping[str, Sequence[Path]]) -> None:
        self._database.execute("create schema published")
        for name, paths in files.items():
            if name == FLAT:
                continue  # it is the observations with what other tables say of them
            begins, rows = [], 0
            for path in paths:
                begins.append(rows)
                rows += _rows_of(path)
            listed = store.literal([path.name for path in paths])
            begin = f"{begins}[list_position({listed}, parse_filename(filename, false, 'both_slash'))]"
            self._database.execute(
                f"create view published.{name} as select * exclude (filename, file_row_number), "
                f"{begin} + file_row_number as _ordinal "
                f"from read_parquet({store.files(paths)}, filename = true, file_row_number = true)"
            )
        for name in ("outcomes", "findings"):
            # Many pages ask for some of their rows.
            self._database.execute(f"create table {name} as from published.{name}")

    def shelf(self, name: str, key: str) -> Shelf:
        """The rows of a table by a column, those of a key in the order of the table."""
        if (name, key) not in self._shelves:
            at = {
                "observations": "stated",
                "together": "together",
                "outcomes": "outcomes_placed",
                "commitment_agencies": "commitment_agencies",
                "commitment_observations": "commitment_observations",
            }.get(name, f"published.{name}")
            with _told():
                given = self._database.execute(f"describe {at}").fetchall()
                columns = [column for column, *_ in given if column != "_ordinal"]
                order = "_at" if (name, key) == ("observations", "indicator_id") else "_ordinal"
                made = shelve(self._database, self._folder, at, columns, key, order)
            self._shelves[name, key] = made
        return self._shelves[name, key]

    def _asked(self, query: str, *values: object) -> list[dict[str, Any]]:
        with _told():
            return list(store.rows(self._database, query, *values))

    def observations(self, table: str, found: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Observations by their identifiers, of all (`stated`) or of those in an outcome (`sides`)."""
        asked = f"select * from {table} where observation_id in (select unnest(?::varchar[]))"
        return {row["observation_id"]: row for row in self._asked(asked, list(found))}

    def outcomes_with(self, found: Sequence[str]) -> list[dict[str, Any]]:
        """The outcomes in which one of these observations is target or result."""
        listed = "(select unnest(?::varchar[]))"
        query = f"select * from outcomes where target_id in {listed} or result_id in {listed} order by _ordinal"
        return self._asked(query, found, found)

    def verdicts(self, targets: Sequence[str]) -> dict[str, str]:
        """Whether these targets, observations or facts, were met."""
        listed = "(select unnest(?::varchar[]))"
        query = (
            "select coalesce(target_id, target_fact) as target, met from outcomes "
            f"where target_id in {listed} or target_fact in {listed} order by _ordinal"
        )
        return {row["target"]: row["met"] for row in self._asked(query, targets, targets)}

    def findings_with(self, found: Sequence[str]) -> list[dict[str, Any]]:
        """The findings that concern one of these observations."""
        listed = "(select unnest(?::varchar[]))"
        query = f"select * from findings where observation_id in {listed} or other_observation_id in {listed} order by _ordinal"
        return self._asked(query, found, found)

    def first_findings(self, most: int) -> list[dict[str, Any]]:
        """The first findings of all."""
        return self._asked("select * from findings order by _ordinal limit ?", most)

    @cached_property
    def findings(self) -> Counter[tuple[str, str]]:
        """How many findings there are, by severity and rule."""
        rows = self._asked("select severity, rule, count(*) as times from findings group by all")
        return Counter({(row["severity"], row["rule"]): row["times"] for row in rows})

    @cached_property
    def statuses(self) -> Mapping[str, Counter[str]]:
        """How many observations each report has, by status."""
        return self._counted("report_id", "status", "stated")

    @cached_property
    def numerals(self) -> Mapping[str, Counter[str]]:
        """How many numerals each report has, by kind."""
        return self._counted("report_id", "kind", "published.numerals")

    @cached_property
    def commitments(self) -> Mapping[str, Counter[str]]:
        """How many commitments each report makes, by kind; reports in the order in which they come first."""
        return self._counted("report_id", "kind", "published.commitments")

    @cached_property
    def answers(self) -> Counter[str]:
        """How the targets of the headline panel are answered."""
        rows = self._asked("select target_answer, count(*) as times from published.headline_panel group by all")
        return Counter({row["target_answer"]: row["times"] for row in rows})

    @cached_property
    def comparable(self) -> int:
        """How many targets can be held against a later result."""
        return int(self._asked(f"select count(*) as times from outcomes {_COMPARABLE}")[0]["times"])

    @cached_property
    def pairs_of_place(self) -> Counter[str]:
        """The same, by place."""
        rows = self._asked(f"select place_id, count(*) as times from outcomes_placed {_COMPARABLE} group by all")
        return Counter({row["place_id"]: row["times"] for row in rows})

    @cached_property
    def pairs_of_report(self) -> Counter[str]:
        """The same, by the report of the target."""
        query = f"select report_id, count(*) as times from outcomes join sides on observation_id = target_id {_COMPARABLE} group by all"
        return Counter({row["report_id"]: row["times"] for row in self._asked(query)})

    @cached_property
    def years(self) -> list[str]:
        """The years in which the periods of observations begin."""
        query = "select distinct left(period, 4) as year from stated where coalesce(period, '') <> '' order by year"
        return [row["year"] for row in self._asked(query)]

    def of_indicators(self, chosen: Sequence[str]) -> int:
        """How many observations these indicators have."""
        query = "select count(*) as times from stated where indicator_id in (select unnest(?::varchar[]))"
        return int(self._asked(query, chosen)[0]["times"])

    def telling(
        self, *, kinds: Sequence[str], lengths: tuple[int, int], rows: tuple[int, int]
    ) -> tuple[str, int, int] | None:
        """The report, the begin and the length of a sentence that shows much: several core indicators, targets and bounds.

        It is of such a length, in a document of none of these kinds, and best has so many rows.
        """
        query = f"""
        select report_id, quote_start, length from (
            select report_id, quote_start, any_value(length(quote)) as length, arg_min(start, _ordinal) as begin,
                10 * (count(*) between {rows[0]} and {rows[1]})::int
                + count(distinct indicator_id) filter (curation = 'core')
                + 2 * count(distinct bound) + 3 * bool_or(status = 'target')::int as worth
            from stated where length(quote) between {lengths[0]} and {lengths[1]}
            and report_kind not in (select unnest(?::varchar[])) group by report_id, quote_start
        ) order by worth desc, report_id desc, begin limit 1
        """
        found = self._asked(query, list(kinds))
        return (found[0]["report_id"], found[0]["quote_start"], found[0]["length"]) if found else None

    def _counted(self, of: str, what: str, table: str) -> Mapping[str, Counter[str]]:
        query = f"select {of} as _of, {what} as _what, count(*) as times, min(_ordinal) as first from {table} group by all order by first"
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self._asked(query):
            found[row["_of"]][row["_what"]] = row["times"]
        return dict(found)


@contextmanager
def _told() -> Iterator[None]:
    """Raise BaogaoError where the database cannot read a package."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        problem = f"The packages cannot be read ({str(error).splitlines()[0]:.200})"
        raise BaogaoError(f"{problem}. Build again: baogao build") from error


def _rows_of(path: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)
