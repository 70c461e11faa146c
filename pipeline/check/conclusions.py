"""Whether what follows from the rows of the reports is what this program concludes from them: outcomes, findings, the dictionary.

A build concludes it from the same rows, in the same way; who alters a row, and nothing that follows from it, is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.arrow import to_arrow
from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection.compare import LINKS, conclude
from pipeline.collection.dictionary_rows import DICTIONARY, explain
from pipeline.collection.findings import rules
from pipeline.collection.findings.rules.growth_against_levels import GROWS_BY
from pipeline.collection.gather import comparable
from pipeline.collection.look import look_into
from pipeline.collection.outcomes import PAIRED_BY
from pipeline.collection.texts import Entry
from pipeline.meaning.gazetteer import gazetteer
from pipeline.progress import Tell
from pipeline.run.jobs import Run
from pipeline.run.parts import columns, restored, tables
from pipeline.text.fact_tables import read_facts

if TYPE_CHECKING:
    import duckdb

# What the user's own catalogue adds to and changes.
_OWN = ("things", "indicators", "indicator_aliases", "indicator_codes")
# Rows of one table that are named when they are others.
_MOST = 20
_ROWS = 50_000
_WORDS = ("note", "message_en", "message_zh")
_CATALOGUE = "by vocabulary and catalogue"
# A value as it is written, with the zeros that tell how exact it is, where it is written in digits.
_DIGITS = "replace(translate(text, '０１２３４５６７８９．，', '0123456789.,'), ',', '')"
_VALUE = (
    f"case when try_cast({_DIGITS} as double) = abs(value) then if(value < 0, '-', '') || {_DIGITS} "
    r"else regexp_replace(value::varchar, '\.0$', '') end"
)
# Phrases of targets without a number are published as aliases only.
_PHRASES = """
create view raw._phrases as
select 0::bigint as _text, 0::bigint as _ordinal, indicator_id, alias as indicator_text, 'growth' as measure, '%' as unit
from published.indicator_aliases semi join published.qualitative_targets using (indicator_id)
where language = 'zh' and (
    alias not in (select coalesce(indicator_text, '') from published.observations)
    or alias in (select alias from published.qualitative_targets where contains(text, alias))
)
"""


def otherwise(path: Path, entries: Sequence[Entry], run: Run, tell: Tell, sources: Path | None) -> list[Violation]:
    """Rows of outcomes, findings and the dictionary in the workspace at `path` that do not follow from the others.

    `sources` is the folder of the reports, whose facts the table of facts has; without it, what a catalogue beside them may
    change is not judged either. Raises InputError for facts that cannot be read.
    """
    own_known = sources is not None
    with store.opened(path) as database:
        found = [*_unknown_places(database)]
        if found:
            return found
        if sources is not None:
            store.create(database, "facts_found", to_arrow("facts", read_facts(sources)))
            found += _differences(database, "facts", "facts_found", "by the folder facts beside the reports")
        _as_gathered(database)
        explain(database, run, tell)
        names = [name for name in DICTIONARY if own_known or name not in _OWN]
        for name in names:
            found += _differences(database, name, f"main.{name}", _CATALOGUE, missing=own_known)
        if not own_known and any(_differences(database, name, f"main.{name}", "") for name in _OWN):
            return found
        conclude(database, entries, path.parent, run, tell)
    look_into(path, entries, run, tell)
    with store.opened(path, read_only=True) as database:
        found += _differences(database, "outcomes", "outcomes_found", "by its target and its result")
        again = store.literal(name for name, rule in rules().items() if rule.looks_at != "document")
        which = f"list_contains({again}::varchar[], rule)"
        found += _differences(database, "findings", "findings_found", "by the rows that it is about", which)
    return found


def _unknown_places(database: duckdb.DuckDBPyConnection) -> Iterator[Violation]:
    for row in store.rows(database, "select _ordinal, place_id from published.places order by _ordinal"):
        if row["place_id"] not in gazetteer():
            message = f"place_id is {row['place_id']!r:.60}, which the gazetteer does not have"
            yield Violation("dictionary", "places", row["_ordinal"], "", message)


def _as_gathered(database: duckdb.DuckDBPyConnection) -> None:
    """Show the rows of a package as those of parts stand in a workspace before anything is concluded from them."""
    database.execute("create schema raw")
    for name in (*tables(), "facts"):
        if name in schema.package_tables("work-reports"):
            kinds = columns(name).items()
            chosen = ", ".join(_written(name, column, kind) for column, kind in kinds)
            database.execute(f"create view raw.{name} as select _text, _ordinal, {chosen} from published.{name}")
    database.execute(_PHRASES)
    database.execute(LINKS)
    database.execute(
        "insert into same select report_id, observation_id, same_as from published.observations where same_as <> ''"
    )
    database.execute("create table comparable (_text bigint, _ordinal bigint, paired boolean, growing boolean)")
    read = ", ".join(sorted({*PAIRED_BY, *GROWS_BY}))
    stated = store.rows(database, f"select _text, _ordinal, {read} from raw.observations order by _text, _ordinal")
    while some := list(islice(stated, _ROWS)):
        places = [(row.pop("_text"), row.pop("_ordinal")) for row in some]
        store.insert(database, "comparable", comparable(places, restored("observations", some)))


def _written(table: str, column: str, kind: str) -> str:
    if kind in ("integer", "boolean"):
        return f'"{column}"'
    written = _VALUE if (table, column) == ("observations", "value") else f'"{column}"::varchar'
    if kind == "number" and (table, column) != ("observations", "value"):
        written = rf"""regexp_replace("{column}"::varchar, '\.0$', '')"""
    return f"coalesce({written}, '') as \"{column}\""


def _differences(
    database: duckdb.DuckDBPyConnection, name: str, true: str, by: str, which: str = "true", *, missing: bool = True
) -> list[Violation]:
    """Rows of a published table that are not in the table `true`, and with `missing` the other way round."""
    rule = {"outcomes": "outcome", "findings": "finding", "facts": "provenance"}.get(name, "dictionary")
    key = schema.table(name).primary_key
    stated = _without(database, name, f"(from published.{name} where {which})", true, "_ordinal")
    expected = _without(database, name, true, f"published.{name}", key[0])
    by_key = {tuple(row[column] for column in key): row for row in expected}
    found = []
    for row in islice(stated, _MOST):
        other = by_key.pop(tuple(row[column] for column in key), None)
        found.append(Violation(rule, name, int(str(row["_ordinal"])), "", _message(row, other, key, by)))
    if missing and len(stated) <= _MOST:
        for row in islice(by_key.values(), _MOST):
            message = f"the row {_shown(row, key)} is missing, {by} it is there"
            found.append(Violation(rule, name, 0, "", message))
    return found


def _without(
    database: duckdb.DuckDBPyConnection, name: str, one: str, other: str, order: str
) -> list[dict[str, object]]:
    """The rows of `one` that `other` does not have, some more than are named."""
    names = schema.columns(name)
    same = " and ".join(f"{_even('one', column)} is not distinct from {_even('other', column)}" for column in names)
    chosen = ", ".join(f'one."{column}"' for column in names) + (", one._ordinal" if order == "_ordinal" else "")
    query = f"select {chosen} from {one} one anti join {other} other on {same} order by one.{order} limit {5 * _MOST}"
    return list(store.rows(database, query))


def _even(table: str, column: str) -> str:
    """A column as it is compared: some zeros of figures that words tell are not kept in the tables."""
    told = f'{table}."{column}"'
    if column not in _WORDS:
        return told
    return rf"regexp_replace(regexp_replace({told}, '(\.[0-9]*?)0+([^0-9]|$)', '\1\2', 'g'), '\.([^0-9]|$)', '\1', 'g')"


def _message(row: Mapping[str, object], other: Mapping[str, object] | None, key: Sequence[str], by: str) -> str:
    if other is None:
        return f"there is no row {_shown(row, key)}, {by}"
    column = next(column for column in other if row[column] != other[column])
    return f"{column} of {_shown(row, key)} is {row[column]!r:.80}, {by} it is {other[column]!r:.80}"


def _shown(row: Mapping[str, object], key: Sequence[str]) -> str:
    return ", ".join(f"{row[column]!s:.60}" for column in key)
