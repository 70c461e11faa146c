"""Alter one value of every column of every table, plausibly and with all hashes made anew, and tell what a check says of it.

    python fuzz/tamper.py [name …]

The packages are those of tests/sample_package.py. What no check can notice is listed here with its reason; exit code 1 if a column is
neither noticed nor listed, or listed and noticed. With names of tables of work-reports only these are altered, with those of packages their tables.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from pipeline import schema  # noqa: E402 (found beside this folder)
from pipeline.arrow import records, to_arrow  # noqa: E402

_TEXT, _OUTLINE, _SIDECAR = (
    "only the reading of the text tells it",
    "only the outline of the report tells it",
    "it may come from a file beside the source",
)
_BY_HAND = "annotated by hand: the files in annotations/ have it, and a test makes the package anew from them"
# By table the columns of which a change is not noticed, with the reason. `baogao check --rebuild` notices those of the packages that a build makes.
LISTED: Mapping[str, Mapping[str, str]] = {
    "reports": {
        **dict.fromkeys(
            (
                "title",
                "kind",
                "issuer",
                "speaker",
                "post",
                "assembly",
                "document_number",
                "place_id",
                "date",
                "published",
            ),
            _SIDECAR,
        ),
        **dict.fromkeys(("source_url", "complete", "note"), _SIDECAR),
        "excerpt_of": "which report has more of a text is told by the fingerprints of both, which are not published",
    },
    "report_periods": dict.fromkeys(("report_id", "role", "period"), _OUTLINE),
    "observations": {
        **dict.fromkeys(
            ("indicator_id", "indicator_text", "subject", "place_id"), "what a figure is about is the reading's"
        ),
        **dict.fromkeys(("status", "modality", "comparison", "basis"), "it is told by words far away as well"),
        **dict.fromkeys(("reference", "rank_of", "pool"), "it is told by words far away as well"),
        **dict.fromkeys(("reference_period", "period"), "its days agree: it is told by the passage"),
        "stated_in": _OUTLINE,
        "section": _OUTLINE,
        "rule": "only the reading knows it",
        "confidence": "only the model of confidence gives it",
        "review": "that readers checked a row stands in a file beside the source",
    },
    "numerals": {"kind": _TEXT},
    "qualitative_targets": dict.fromkeys(("indicator_id", "place_id", "period", "relation"), _TEXT),
    "commitments": {
        **dict.fromkeys(("kind", "section", "parent_id"), _OUTLINE),
        "title": "a shorter part of the same words is a title as well",
        "deadline": "it may be told by a heading",
    },
    "commitment_agencies": dict.fromkeys(
        ("agency_id", "position", "open_ended"), "only the reading of lists finds them"
    ),
    "agencies": dict.fromkeys(("name_zh", "name_en", "place_id"), "agencies are resolved from the words of the report"),
    "terms": {"start": "a little less of the entry holds the term as well"},
    "term_mentions": dict.fromkeys(
        ("start", "stop"), "a little more or less text holds the term or its number as well"
    ),
    "corrections": dict.fromkeys(("action", "was", "reason", "date"), "it stands in a file beside the source"),
    "annotations": dict.fromkeys(schema.columns("annotations"), _BY_HAND),
    "annotation_alternatives": dict.fromkeys(schema.columns("annotation_alternatives"), _BY_HAND),
    "annotation_texts": dict.fromkeys(schema.columns("annotation_texts"), _BY_HAND),
}
# What changes together, so that columns do not contradict each other.
_TOGETHER: Mapping[tuple[str, str], tuple[int, Mapping[str, Any]]] = {
    ("observations", "period"): (0, {"period": "2016", "period_start": "2016-01-01", "period_end": "2016-12-31"}),
    ("observations", "reference_period"): (
        0, {"reference_period": "2015/2016", "reference_start": "2015-01-01", "reference_end": "2016-12-31"}
    ),
    ("observations", "modality"): (2, {"modality": "ensure"}),
    ("observations", "place_id"): (0, {"place_id": "cn-360000"}),
    ("observations", "confidence"): (0, {"confidence": 0.1}),
    ("reports", "published"): (0, {"published": "2018-02-02"}),
    ("qualitative_targets", "indicator_id"): (0, {"indicator_id": "gdp"}),
    ("qualitative_targets", "place_id"): (0, {"place_id": "cn-360000"}),
    ("qualitative_targets", "period"): (0, {"period": "2019"}),
    ("observations", "review"): (0, {"review": "checked"}),
    ("observations", "stated_in"): (1, {"stated_in": "body"}),
    ("observations", "indicator_id"): (2, {"indicator_id": "urban_jobs"}),
    ("observations", "comparison"): (0, {"comparison": "annual_average"}),
    ("observations", "rank_of"): (0, {"rank_of": "level"}),
    ("observations", "same_as"): (5, {"same_as": "cn-361000-2018-work-report-ad1f8bdb-1"}),
    ("reports", "date"): (0, {"date": "2018-02-11"}),
    ("reports", "place_id"): (0, {"place_id": "cn-360000"}),
    ("reports", "excerpt_of"): (0, {"excerpt_of": "cn-361000-2019-work-report"}),
    ("numerals", "kind"): (9, {"kind": "time"}),
    ("commitments", "deadline"): (0, {"deadline": "2019"}),
    ("agencies", "place_id"): (0, {"place_id": "cn-360000"}),
    ("commitment_agencies", "agency_id"): (0, {"agency_id": "cn-361000-finance"}),
    ("commitments", "parent_id"): (0, {"parent_id": None}),
    ("commitments", "title"): (0, {"title": "新建学校"}),
    ("corrections", "date"): (0, {"date": "2026-02-03"}),
}  # fmt: skip
# Who changes these in reports makes the dictionary anew as well.
_NAMED = ("indicator_id", "indicator_text", "place_id", "unit")


class Tampering(NamedTuple):
    """In row `number` of `table` the columns of `change` get other values; `column` is the one that it is about."""

    table: str
    column: str
    number: int
    change: Mapping[str, Any]


def tamperings(table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Tampering]:
    """One for each column of a table that has rows."""
    for column in schema.table(table).columns if rows else ():
        number, change = _TOGETHER.get((table, column.name), (None, {}))
        if number is None:
            filled = (at for at, row in enumerate(rows) if row.get(column.name) not in (None, ""))
            number = next(filled, 0)
            change = {column.name: _other(column, rows, number)}
        yield Tampering(table, column.name, number, change)


def _other(column: schema.Column, rows: Sequence[Mapping[str, Any]], number: int) -> Any:
    """Another value of a column: one of another row, or one made up."""
    value = rows[number].get(column.name)
    if (allowed := column.constraints.get("enum")) and column.type == "string":
        return next(one for one in allowed if one != value)
    if column.type == "boolean":
        return not value
    if column.type in ("number", "integer"):
        return (value or 0) + 1
    if column.type == "date":
        return "2001-01-01"
    others = [row.get(column.name) for row in rows]
    return next((one for one in others if one not in (None, "", value)), f"{value or ''}x")


def said(tables: Mapping[str, list[dict[str, Any]]], one: Tampering, sources: Path) -> list[str]:
    """What a check of the tables says when they are tampered with."""
    import sample_package

    from pipeline.check import check_tables, provenance, put_right, values

    altered = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    altered[one.table][one.number] |= one.change
    if one.column in _NAMED and one.table in ("observations", "qualitative_targets"):
        altered |= sample_package.dictionary(altered["observations"], altered["qualitative_targets"])
    arrow = {name: to_arrow(name, rows) for name, rows in altered.items()}
    # Most show in single rows, without the database that a check of everything fills.
    rows = {name: list(records(table)) for name, table in arrow.items()}
    found = [*values.contradictions(rows), *values.unrecorded(rows), *put_right.otherwise(rows)]
    found = found or provenance.against_sources(rows, provenance.Sources(sources))
    return [str(violation) for violation in found or check_tables("work-reports", arrow, sources)]


def derived_differ(folder: Path) -> Iterator[tuple[Tampering, bool]]:
    """Every column of the tables for analysis below `folder`, and whether the comparison with those made anew notices a change."""
    import pyarrow.parquet as pq

    from pipeline.check import derived
    from pipeline.collection import database as store

    for name in schema.package_tables("analysis-ready"):
        true = pq.read_table(folder / f"analysis-ready/{name}.parquet")
        with store.opened() as database:
            store.create(database, "made_anew", true)
            for one in tamperings(name, rows := true.to_pylist()):
                altered = [{**row, **one.change} if at == one.number else row for at, row in enumerate(rows)]
                store.create(database, "stored", to_arrow(name, altered))
                yield one, derived.differs(database, name, "stored", "made_anew")
                database.execute("drop table stored")


def main(names: Sequence[str]) -> int:
    """Alter all columns, or those of some tables; the exit code."""
    import sample_package

    from pipeline.check import keys
    from pipeline.publish.packages import write_packages

    counts = {"noticed": 0, "listed": 0, "UNNOTICED": 0, "LISTED IN VAIN": 0}

    def tell(one: Tampering, answer: str) -> None:
        reason = LISTED.get(one.table, {}).get(one.column)
        verdict = ("LISTED IN VAIN" if answer else "listed") if reason else "noticed" if answer else "UNNOTICED"
        counts[verdict] += 1
        print(f"{verdict}: {one.table}.{one.column} {one.change}: {answer or reason}"[:300], flush=True)

    true = keys.constraints
    with tempfile.TemporaryDirectory() as place:
        sources = sample_package.write_sources(Path(place) / "reports")
        tables = sample_package.tables()
        for name in schema.package_tables("work-reports"):
            if names and name not in names:
                continue
            # The constraints of tables that are as they were hold.
            keys.constraints = lambda each, rows, files, name=name: true(each, rows, files) if each == name else []
            for one in tamperings(name, tables[name]):
                tell(one, next(iter(said(tables, one, sources)), ""))
        keys.constraints = true
        if not names or "analysis-ready" in names:
            write_packages(tables, Path(place) / "packages")
            for one, noticed in derived_differ(Path(place) / "packages"):
                tell(one, "derived" if noticed else "")
        if not names or "annotations" in names:
            for name in schema.package_tables("annotations"):
                for column in schema.columns(name):
                    tell(Tampering(name, column, 0, {}), "")
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()), f"of {sum(counts.values())} columns")
    return int(counts["UNNOTICED"] + counts["LISTED IN VAIN"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
