"""Whether rows agree with what is said of them elsewhere in the package: corrections, findings, how exact a date is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from pipeline.check.violation import Violation, place_of
from pipeline.collection.findings import Rule, rules

Rows = Sequence[Mapping[str, Any]]
_PRECISION = {0: None, 4: "year", 7: "month", 10: "day"}
_CORRECTED = "corrected"


def otherwise(tables: Mapping[str, Rows]) -> Iterator[Violation]:
    """Rows of which another table of the same reports says something else."""
    files = {row["report_id"]: row["source_file"] for row in tables["reports"]}
    yield from _dates(tables["reports"])
    yield from _corrections(tables, files)
    yield from _findings(tables, files)


def _dates(reports: Rows) -> Iterator[Violation]:
    for number, row in enumerate(reports, 1):
        if row["date_precision"] != (true := _PRECISION.get(len(row["date"] or ""))):
            message = f"date_precision is {row['date_precision']}, and date is {row['date']}: {true}"
            yield Violation("provenance", "reports", number, place_of(row, {}), message)


def _corrections(tables: Mapping[str, Rows], files: Mapping[str, str]) -> Iterator[Violation]:
    """A row is called corrected if there is a correction of it, and says what the correction does."""
    made: dict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(tables["corrections"], 1):
        about = row["observation_id"] or row["correction_id"].removesuffix(f".{row['field']}")
        if row["correction_id"] != f"{about}.{row['field']}":
            message = f"{row['correction_id']} is not made of its observation and its field {row['field']}"
            yield Violation("correction", "corrections", number, place_of(row, files), message)
        made[row["observation_id"] or ""].append((number, row))
    for number, row in enumerate(tables["observations"], 1):
        found = made.get(row["observation_id"], [])
        if (row["review"] == _CORRECTED) != bool(found):
            message = f"review is {row['review']}, and there are {len(found)} corrections of it"
            yield Violation("correction", "observations", number, place_of(row, files), message)
        for at, one in found:
            if one["action"] == "set" and (stated := _text(row.get(one["field"]))) != _text(one["is"]):
                message = f"{one['field']} was put right to {one['is']!r:.60}, and the observation has {stated!r:.60}"
                yield Violation("correction", "corrections", at, place_of(one, files), message)


def _text(value: Any) -> str:
    """A value as corrections write it."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _findings(tables: Mapping[str, Rows], files: Mapping[str, str]) -> Iterator[Violation]:
    """A finding has the severity, the name and the words of its rule, and stands where its observation does."""
    places = {row["observation_id"]: (row["start"], row["stop"]) for row in tables["observations"]}
    for number, row in enumerate(tables["findings"], 1):
        rule = rules().get(row["rule"])
        message = f"there is no rule {row['rule']!r:.60}" if rule is None else _unlike(rule, row)
        here = row["start"], row["stop"]
        if not message and places.get(row["observation_id"], here) != here:
            message = f"it stands at {here}, its observation at {places[row['observation_id']]}"
        if message:
            yield Violation("finding", "findings", number, place_of(row, files), message)


def _unlike(rule: Rule, row: Mapping[str, Any]) -> str:
    about = row["observation_id"] or f"{row['report_id']}-{row['start']}"
    other = f".{row['other_observation_id']}" if row["other_observation_id"] else ""
    for column, true in (
        ("severity", rule.severity),
        ("finding_id", f"{rule.id.replace('_', '-')}-{about}{other}"),
    ):
        if row[column] != true:
            return f"{column} is {row[column]!r:.80}, it should be {true!r:.80}"
    for column, template in (("message_en", rule.en), ("message_zh", rule.zh)):
        fixed = [
            re.escape(text) + (".*" if field is not None else "") for text, field, *_ in Formatter().parse(template)
        ]
        if not re.fullmatch("".join(fixed), row[column], re.DOTALL):
            return f"{column} is {row[column]!r:.80}, and the rule says {template!r:.80}"
    return ""
