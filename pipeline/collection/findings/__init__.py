"""Findings: what may be wrong in a text or in how it was read; rows of the table `findings`. Nothing is corrected.

Each rule is a file in `rules/` with its identifier, its words in both languages, and an example that it must find; it
is found there by itself. Packages and pages alike take the words from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from pipeline.collection.findings import rules as _rules
from pipeline.collection.findings.rule import Found, Page, Rule
from pipeline.collection.findings.wording import Wording
from pipeline.rows import Row, Rows

__all__ = ["Found", "Page", "Rule", "of_document", "of_pages", "of_series", "pages", "rules"]

_ENGLISH, _CHINESE = Wording("en"), Wording("zh")


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its identifier, which is the name of its file."""
    names = sorted(module.name for module in iter_modules(_rules.__path__))
    return {name: import_module(f"{_rules.__name__}.{name}").RULE for name in names}


def of_document(reading: Any, rows: Rows) -> list[Row]:
    """What shows while a report is read: `reading` (`pipeline.reading.result.Reading`), and the rows made of it."""
    return _rows(_looking_at("document"), reading, rows)


def of_pages(found: Iterable[Page], looking_at: Sequence[str] = ("report", "rows")) -> list[Row]:
    """What shows in single reports."""
    chosen = [rule for name in looking_at for rule in _looking_at(name)]
    return [row for page in found for row in _rows(chosen, page)]


def of_series(rows: Sequence[Row]) -> list[Row]:
    """What shows between reports; `rows` are observations without repeated ones, by report and start."""
    return _rows(_looking_at("series"), rows)


def pages(tables: Mapping[str, Sequence[Any]]) -> Iterator[Page]:
    """The reports of tables, by table: reports, observations, numerals, base_units, indicators."""
    dimensions = {row["unit_id"]: row["dimension"] for row in tables.get("base_units", ())}
    usual = {row["indicator_id"]: dimensions.get(row.get("unit_id"), "") for row in tables.get("indicators", ())}
    observations, numerals = (_by_report(tables.get(name, ())) for name in ("observations", "numerals"))
    for report in tables.get("reports", ()):
        stated = sorted(observations[report["report_id"]], key=lambda row: int(row["start"]))
        first = [row for row in stated if not row.get("same_as")]
        yield Page(report, stated, first, numerals[report["report_id"]], usual)


def _by_report(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["report_id"]].append(row)
    return found


@cache
def _looking_at(what: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules().values() if rule.looks_at == what)


def _rows(chosen: Iterable[Rule], *seen: Any) -> list[Row]:
    """What rules find, each finding once."""
    found: dict[object, Row] = {}
    for rule in chosen:
        for one in rule.find(*seen):
            row = _row(rule, one)
            found.setdefault(row["finding_id"], row)
    return list(found.values())


def _row(rule: Rule, found: Found) -> Row:
    row, other = found.row, found.other
    name = rule.id.replace("_", "-")
    observation = row.get("observation_id")
    about = observation or f"{row['report_id']}-{row['start']}"
    said = {"row": row, "other": other, **found.said}
    return {
        "finding_id": f"{name}-{about}.{other['observation_id']}" if other else f"{name}-{about}",
        "rule": rule.id,
        "severity": rule.severity,
        "report_id": row["report_id"],
        "start": row["start"],
        "stop": row["stop"],
        "observation_id": observation,
        "other_observation_id": other["observation_id"] if other else None,
        "message_en": _ENGLISH.filled(rule.en, said),
        "message_zh": _CHINESE.filled(rule.zh, said),
    }
