"""The rules as a list, and what each does on texts at hand: how often it fires, how often it is right, what it adds."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.documents.outline import passage_index
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.extract import read_report, resolve
from pipeline.meaning.when import frame_of, time_of
from pipeline.models import Source, Step, Time
from pipeline.reading.result import Reading
from pipeline.rules import stages, without

# Columns that are decided while a text is read, and not of what was read.
_READ = ("indicator", "measure")
# Fields of an annotation that are compared as they are; a name may be worded in several ways.
_COMPARED = ("status", "modality", "period", "comparison", "measure")

# Annotations of a source: by field, what is accepted of the figure at an offset.
Accepted = dict[tuple[str, int], dict[str, set[str]]]


class Fired(NamedTuple):
    """What one rule did: rows that it had a part in, those annotated, those right in its field, those it alone made."""

    field: str
    rows: int
    annotated: int
    right: int
    only: int


def listing() -> list[dict[str, Any]]:
    """Every rule as its file has it, in the order of the stages."""
    return [
        {
            "id": rule.id,
            "stage": stage.name,
            "field": stage.field,
            "about": stage.about,
            "why": rule.why,
            "makes": rule.makes,
            "when": dict(rule.when),
            "find": dict(rule.find),
            "unless": dict(rule.unless),
            "by": rule.by,
            "after": list(rule.after),
            "before": list(rule.before),
            "examples": [example._asdict() for example in rule.examples],
            "leaves": [example._asdict() for example in rule.leaves],
        }
        for stage in stages().values()
        for rule in stage.rules
    ]


def fired(sources: Iterable[Source], accepted: Accepted) -> dict[str, Fired]:
    """What each rule did on these sources, by its id; also rules that are still code, of which nothing is switched off.

    `accepted`: what annotations accept, where there are some.
    """
    rows: Counter[tuple[str, str]] = Counter()
    annotated: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    only: Counter[str] = Counter()
    for source in sources:
        for reading in _readings(source):
            for steps, values, start in _traced(reading):
                accepts = accepted.get((source.name, start), {})
                for field, rule in {(step.field, step.rule) for step in steps}:
                    rows[rule, field] += 1
                    if field in accepts:
                        annotated[rule, field] += 1
                        right[rule, field] += values[field] in accepts[field]
            only.update(_alone(reading))
            only.update(_named_alone(source, reading))
    return {
        rule: Fired(field, count, annotated[rule, field], right[rule, field], only[rule])
        for (rule, field), count in sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    }


def _readings(source: Source) -> Iterator[Reading]:
    for report in split(source):
        if is_read(report.kind):
            yield read_report(source, report)


def _traced(reading: Reading) -> Iterator[tuple[list[Step], dict[str, str], int]]:
    """For each row its trace, the values of its fields, and where it stands in the source."""
    for row in resolve(reading):
        fact, time, where = row.fact, row.time, row.where
        values = {field: str(getattr(time, field, "") or getattr(fact, field, "")) for field in _COMPARED}
        start, _ = reading.folded.span(fact.numeral.start, fact.numeral.stop)
        yield [*map(Step._make, (*fact.trace, *time.trace, *where.trace))], values, start


def _alone(reading: Reading) -> Counter[str]:
    """By rule, the rows that are others if it is switched off."""
    kept = _times(reading)
    changed: Counter[str] = Counter()
    for stage in stages().values():
        for rule in () if stage.field in _READ else stage.rules:
            with without(rule):
                pairs = zip(kept, _times(reading), strict=True)
                changed[rule.id] += sum(a._replace(trace=()) != b._replace(trace=()) for a, b in pairs)
    return changed


def _named_alone(source: Source, reading: Reading) -> Counter[str]:
    """By rule on names and measures, the rows that are read otherwise if it is switched off."""
    kept = _names(reading)
    had_a_part = {rule for fact in reading.facts for _, rule, *_ in fact.trace}
    changed: Counter[str] = Counter()
    for stage in stages().values():
        for rule in stage.rules if stage.field in _READ else ():
            if rule.id in had_a_part:
                with without(rule):
                    changed[rule.id] = (kept - _names(read_report(source, reading.report))).total()
    return changed


def _names(reading: Reading) -> Counter[tuple[int, str, str, Decimal]]:
    return Counter((fact.numeral.start, fact.indicator, fact.measure, fact.value) for fact in reading.facts)


def _times(reading: Reading) -> list[Time]:
    frames = [frame_of(passage, reading.report) for passage in reading.passages]
    text = reading.folded.text
    return [time_of(fact, text, frames[passage_index(reading.passages, fact.numeral.start)]) for fact in reading.facts]


def read_accepted(folder: Path) -> Accepted:
    """What the annotations (*.jsonl) below a folder accept."""
    found: Accepted = defaultdict(dict)
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("kind") == "observation" and "start" in row:
                other = row.get("alternatives") or {}
                found[row.get("file", f"{file.stem}.txt"), row["start"]] = {
                    field: {str(value or "") for value in (row[field], *other.get(field, ()))}
                    for field in _COMPARED
                    if field in row
                }
    return dict(found)


def as_text(rules: list[dict[str, Any]], counts: dict[str, Fired] | None) -> str:
    """The list for reading: a stage, its rules, and what each did where that was counted."""
    lines: list[str] = []
    stage = ""
    for rule in rules:
        if rule["stage"] != stage:
            stage = rule["stage"]
            lines += ["", f"{stage}: {rule['about']}"]
        lines.append(f"  {rule['id']:<32} {_did(counts, rule['id'])}{rule['makes']:<9} {_first(rule)}")
    if counts:
        known = {rule["id"] for rule in rules}
        lines += ["", "in code, with a trace and without a header yet"]
        lines += [f"  {name:<32} {_did(counts, name)}{did.field}" for name, did in counts.items() if name not in known]
    return "\n".join(lines).strip()


def _did(counts: dict[str, Fired] | None, name: str) -> str:
    if counts is None:
        return ""
    did = counts.get(name, Fired("", 0, 0, 0, 0))
    share = f"{did.right / did.annotated:6.1%}" if did.annotated else "     –"
    return f"{did.rows:>6} rows {share} right {did.only:>5} alone  "


def _first(rule: dict[str, Any]) -> str:
    example = rule["examples"][0]
    return f"{example['text']} → {example['gives'] or 'none'}"
