"""Whether statements that are held together speak of the same: a target and its result, and a statement that repeats another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.check.violation import Violation
from pipeline.collection import database as store
from pipeline.collection.outcomes import READ, SHARED, judge
from pipeline.run.parts import restored

if TYPE_CHECKING:
    import duckdb

_SIDES = ("target", "result")


def otherwise(database: duckdb.DuckDBPyConnection) -> Iterator[Violation]:
    """Outcomes of a workspace whose two statements differ in what they must share, or are judged otherwise."""
    unlike = " or ".join(f"coalesce(target.{key}, '') <> coalesce(result.{key}, '')" for key in SHARED)
    statements = ", ".join(f"{side}.{column} as {side}_{column}" for side in _SIDES for column in READ)
    query = (
        f"select outcomes._text, outcomes._ordinal, outcome_id, met, gap, {unlike} as unlike, {statements} "
        "from published.outcomes join published.observations target on target_id = target.observation_id "
        "join published.observations result on result_id = result.observation_id"
    )
    # Sorted when they are found: the rows are wide, and next to none is wrong.
    found: list[tuple[int, int, Violation]] = []
    for row in store.rows(database, query):
        target, result = restored("observations", [{c: row[f"{s}_{c}"] for c in READ} for s in _SIDES])
        met, gap, _ = judge(target, result)
        stated = None if row["gap"] is None else float(row["gap"])
        same = (row["met"], stated) == (met, None if gap is None else float(gap))
        if row["unlike"] or not same:
            message = f"the outcome {row['outcome_id']} is not what its two statements give: {met}, {gap}"
            violation = Violation("outcome", "outcomes", 0, str(row["outcome_id"]), message)
            found.append((row["_text"], row["_ordinal"], violation))
    yield from (violation for *_, violation in sorted(found, key=lambda one: one[:2]))


# What readers have put right may have been put right in one of two reports.
_REPEATED = """
select one._text, one._ordinal, one.observation_id, one.same_as from published.observations one
join published.observations other on one.same_as = other.observation_id
where other.same_as is not null or one.report_id = other.report_id or (
    one.review <> 'corrected' and other.review <> 'corrected'
    and (one.value, one.unit, one.measure) is distinct from (other.value, other.unit, other.measure)
) order by one._text, one._ordinal
"""


def unlike(database: duckdb.DuckDBPyConnection) -> Iterator[Violation]:
    """Observations that are said to repeat one of the same report, one that says something else, or one that repeats another itself."""
    for row in store.rows(database, _REPEATED):
        message = f"{row['observation_id']} does not repeat {row['same_as']}"
        yield Violation("repeated", "observations", 0, str(row["observation_id"]), message)
