"""The rows of the tables for commitments, glossaries and targets without a number."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from pipeline.meaning.agencies import resolve_agency
from pipeline.meaning.indicators import resolve_indicator
from pipeline.reading.result import Reading
from pipeline.reading.structures import Commitment
from pipeline.rows import Row, Rows
from pipeline.text.chinese_numbers import small_number


def structure_rows(reading: Reading, observations: list[Row], source: str) -> Rows:
    """The rows of commitments, their agencies and observations, agencies, terms, mentions and qualitative targets."""
    return {**_commitments(reading, observations, source), **_terms(reading, source), **_targets(reading, source)}


def _commitments(reading: Reading, observations: list[Row], source: str) -> Rows:
    report, folded, found = reading.report, reading.folded, reading.structures.commitments
    names = _names(report.report_id, found)
    spans = [folded.span(item.start, item.stop) for item in found]
    rows: list[Row] = []
    agencies: dict[str, Row] = {}
    responsible: list[Row] = []
    for item, name, (start, stop) in zip(found, names, spans, strict=True):
        rows.append(
            {
                "commitment_id": name,
                "report_id": report.report_id,
                "parent_id": "" if item.parent is None else names[item.parent],
                "kind": item.kind,
                "number": item.number,
                "title": item.title,
                "text": source[start:stop],
                "section": item.section,
                "deadline": item.deadline,
                "deadline_text": item.deadline_text,
                "start": start,
                "stop": stop,
            }
        )
        for agency in item.agencies:
            known = resolve_agency(agency.name, report.place_id, report.date)
            agencies.setdefault(known.agency_id, known._asdict())
            responsible.append(
                {
                    "commitment_id": name,
                    "agency_id": known.agency_id,
                    "position": agency.position,
                    "open_ended": agency.open_ended,
                }
            )
    return {
        "commitments": rows,
        "commitment_agencies": responsible,
        "agencies": list(agencies.values()),
        "commitment_observations": _linked(names, spans, observations),
    }


def _names(report_id: str, found: list[Commitment]) -> list[str]:
    """Identifiers made of kind and number, below those of the parents; a number that repeats gets a count."""
    names: list[str] = []
    used: Counter[str] = Counter()
    for item in found:
        above = f"{report_id}-{item.kind}" if item.parent is None else names[item.parent]
        name = f"{above}-{small_number(item.number)}"
        used[name] += 1
        names.append(
            name if used[name] == 1 else f"{name}-{chr(96 + min(used[name], 26))}{max(used[name] - 26, 0) or ''}"
        )
    return names


def _linked(names: list[str], spans: list[tuple[int, int]], observations: list[Row]) -> list[Row]:
    """Every observation with the innermost commitment that contains it. Parents stand before their children."""
    links: list[Row] = []
    around: list[int] = []
    following = 0
    for row in observations:
        at = int(str(row["start"]))
        while following < len(spans) and spans[following][0] <= at:
            around.append(following)
            following += 1
        while around and spans[around[-1]][1] <= at:
            around.pop()
        if around:
            links.append({"commitment_id": names[around[-1]], "observation_id": row["observation_id"]})
    return links


def _terms(reading: Reading, source: str) -> Rows:
    report, folded, found = reading.report, reading.folded, reading.structures
    names: list[str] = []
    used: Counter[str] = Counter()
    rows: list[Row] = []
    for term in found.terms:
        name = f"{report.report_id}-term-{sha256(term.term.encode()).hexdigest()[:8]}"
        used[name] += 1
        names.append(name if used[name] == 1 else f"{name}-{used[name]}")
        if not term.definition:
            continue  # a heading that looks like an entry
        start, stop = folded.span(term.start, term.stop)
        rows.append(
            {
                "term_id": names[-1],
                "report_id": report.report_id,
                "number": term.number,
                "term": term.term,
                "definition": term.definition,
                "start": start,
                "stop": stop,
            }
        )
    mentions: list[Row] = []
    for mention in found.mentions:
        if not found.terms[mention.term].definition:
            continue
        start, stop = folded.span(mention.start, mention.stop)
        mentions.append({"term_id": names[mention.term], "start": start, "stop": stop})
    return {"terms": rows, "term_mentions": mentions}


def _targets(reading: Reading, source: str) -> Rows:
    report, folded = reading.report, reading.folded
    rows: list[Row] = []
    phrases: list[Row] = []
    seen: set[tuple[int, str]] = set()
    for target in reading.structures.targets:
        start, stop = folded.span(target.start, target.stop)
        indicator_id = resolve_indicator(target.indicator, "growth", "%")
        if (start, indicator_id) in seen:
            continue
        seen.add((start, indicator_id))
        phrases.append(
            {"indicator_id": indicator_id, "indicator_text": target.indicator, "measure": "growth", "unit": "%"}
        )
        rows.append(
            {
                "report_id": report.report_id,
                "indicator_id": indicator_id,
                "place_id": report.place_id,
                "period": target.period or reading.passage_at(target.start).period,
                "relation": target.relation,
                "reference": target.reference,
                "text": source[start:stop],
                "start": start,
                "stop": stop,
            }
        )
    # The table has no column for the phrase; the dictionary needs it.
    return {"qualitative_targets": rows, "_phrases": phrases}
