"""Put right the rows of a report where readers have said so, and mark those that they have checked.

A correction is held against what it was made for: where the row, the numeral or the words are not there any more, it is an
error, and nothing is put right by guess. What already says what a correction asks for stays as it is. Columns that follow from others
are made anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from pipeline.documents.profiles import is_read
from pipeline.errors import InputError
from pipeline.meaning.amounts import amount_of, interval_of
from pipeline.meaning.calendar import interval
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.indicators import indicator_of, told_in
from pipeline.meaning.when import usual_reference
from pipeline.models import Correction, Report, Sentence, Source
from pipeline.reading.result import Reading
from pipeline.rows import Row, Rows
from pipeline.text import identity
from pipeline.text.corrections import KIND, fields_digest, readings

# How often two careful readers of a sentence agree on all strict fields: a row that was read is at least so sure.
_READ = Decimal("0.986")
_START: Callable[[Row], Any] = itemgetter("start")
_IDENTIFIER = re.compile(r"-[0-9a-f]{8}-[0-9]+(?:-[0-9]+)?")
# What an indicator, an amount and an interval follow from.
_NAMES = ("indicator_text", "place_id", "measure", "unit", "subject", "comparison")
_AMOUNTS = ("measure", "value", "value_max", "unit")
_BOUNDS = ("value", "value_max", "bound")
# What tells the facts apart that one numeral states.
_FACT = ("indicator_text", "measure", "place_id", "subject")
_MEASURED = ("measure", "period", "comparison")
# Columns that only a row of some status or measure has: where a correction gives it another, they are emptied.
_ONLY = (
    ("status", ("target",), ("modality", "stated_in")),
    ("measure", ("growth", "change"), ("comparison",)),
    ("measure", ("rank",), ("rank_of", "pool")),
)


def refuse_strays(source: Source, reports: Sequence[Report]) -> None:
    """Raise InputError for a correction that is of none of the reports of its source."""
    for correction in source.corrections:
        if not any(_is_of(correction, report) for report in reports):
            named = correction.observation_id or f"character {correction.start}"
            raise _stale(correction, f"no report of {source.name} has {named}", "Correct what it names, or remove it")


def _is_of(correction: Correction, report: Report) -> bool:
    if not is_read(report.kind):
        return False
    if correction.start is not None:
        return report.start <= correction.start < report.stop
    name = correction.observation_id
    return name.startswith(report.report_id) and bool(_IDENTIFIER.fullmatch(name, len(report.report_id)))


def corrected(source: Source, reading: Reading, observations: list[Row], numerals: list[Row]) -> Rows:
    """The rows of observations, numerals and corrections of a report, with what its readers put right and checked.

    Raises InputError for a correction that does not fit.
    """
    work = _Work(source, reading, observations, numerals)
    for correction in source.corrections:
        if _is_of(correction, reading.report):
            work.apply(correction)
    return work.rows()


class _Work:
    """The rows of a report while they are put right."""

    def __init__(self, source: Source, reading: Reading, observations: list[Row], numerals: list[Row]) -> None:
        self._text = source.text
        self._reviews = source.reviews
        self._reading = reading
        self._observations = observations
        self._numerals = numerals
        self._table: dict[str, Row] = {}
        self._corrected: set[str] = set()
        self._checked: set[str] = set()

    def rows(self) -> Rows:
        """The rows, in the order of the text."""
        report_id = self._reading.report.report_id
        digests = {one.observation_id: one.digest for one in self._reviews if one.observation_id.startswith(report_id)}
        for row in self._observations:
            name = str(row["observation_id"])
            right = name in self._checked or (name in digests and digests[name] == fields_digest(row))
            row["review"] = "corrected" if name in self._corrected else "checked" if right else "none"
            if row["review"] != "none":
                row["confidence"] = max(Decimal(str(row["confidence"])), _READ)
        table = sorted(self._table.values(), key=lambda row: (_int(row["start"]), str(row["correction_id"])))
        return {
            "observations": sorted(self._observations, key=_START),
            "numerals": sorted(self._numerals, key=_START),
            "corrections": table,
        }

    def apply(self, correction: Correction) -> None:
        """Put one thing right."""
        if correction.start is not None and correction.text:
            stands = self._text[correction.start : correction.start + len(correction.text)]
            if stands != correction.text:
                problem = f"at character {correction.start} stands “{stands}”, not “{correction.text}”"
                at = self._nearest(correction.text, correction.start)
                remedy = f"It stands at {at} now" if at >= 0 else "Take `start` and `text` anew from the observations"
                raise _stale(correction, problem, f"{remedy}, or else remove the entry")
        if correction.action == "add":
            self._add(correction)
        elif correction.action == "withdraw":
            self._withdraw(correction)
        elif KIND in correction.fields:
            self._set_kind(correction)
        else:
            self._set(correction)

    def _nearest(self, text: str, start: int) -> int:
        """Where a text stands that is nearest to an offset, or -1."""
        found = (self._text.rfind(text, 0, start + len(text)), self._text.find(text, start))
        return min((at for at in found if at >= 0), key=lambda at: abs(at - start), default=-1)

    def _set(self, correction: Correction) -> None:
        row = self._named(correction)
        if row is None:
            problem = f"there is no observation {correction.observation_id or f'at character {correction.start}'}"
            raise _stale(correction, problem, "Add it, name the row that is meant, or remove the entry")
        self._say(correction, row)

    def _say(self, correction: Correction, row: Row) -> None:
        """Give a row what a correction says; what it says already is no change."""
        changes = {}
        for column, value in correction.fields.items():
            if _same(row.get(column), value):
                continue
            if column in correction.was and not _same(row.get(column), correction.was[column]):
                problem = f"{column} is {_shown(row.get(column))} by now, not {_shown(correction.was[column])}"
                raise _stale(
                    correction, problem, "Read the sentence again; give the new value under `was`, or remove the entry"
                )
            changes[column] = value
        name = str(row["observation_id"])
        if not changes:
            self._checked.add(name)
            return
        for column, value in changes.items():
            self._note(correction, row, name, column, row.get(column), value)
        # An indicator that is named stands, also where only what it follows from has changed.
        named = {"indicator_id": correction.fields["indicator_id"]} if correction.fields.get("indicator_id") else {}
        _change(row, {**changes, **named})
        self._place(row)
        self._refuse(correction, row)
        self._corrected.add(name)

    def _named(self, correction: Correction) -> Row | None:
        """The row that a correction means, by its identifier or by its numeral and what it said."""
        here = [row for row in self._observations if row["start"] == correction.start]
        if correction.observation_id:
            name = correction.observation_id
            named = next((row for row in self._observations if row["observation_id"] == name), None)
            if correction.start is not None and (named is not None or here) and named not in here:
                self._refuse_two(correction, [str(row["observation_id"]) for row in here])
            return named
        if len(here) > 1:
            wanted = (correction.was, {**correction.was, **correction.fields})
            fitting = [
                row
                for row in here
                if any(all(_same(row.get(c), v) for c, v in said.items()) for said in wanted if said)
            ]
            if len(fitting) != 1:
                problem = f"{len(here)} observations stand at character {correction.start}"
                raise _stale(correction, problem, "Name one by `observation`, or by what it says under `was`")
            return fitting[0]
        return here[0] if here else None

    def _refuse_two(self, correction: Correction, here: Sequence[str]) -> None:
        """Raise InputError for a correction whose identifier is not of the place that it tells as well."""
        stands = " and ".join(here) or "no observation"
        problem = f"at character {correction.start} stands {stands}, not {correction.observation_id}"
        raise _stale(correction, problem, "Give the identifier of the row that is meant, or `start` and `text` alone")

    def _withdraw(self, correction: Correction) -> None:
        kind = str(correction.fields[KIND])
        row = self._named(correction)
        if row is None and correction.start is None:
            problem = f"there is no observation {correction.observation_id}"
            raise _stale(correction, problem, "If its sentence is read otherwise by now, remove the entry")
        if row is None:
            self._set_kind(correction)
            if correction.observation_id and (numeral := self._numeral(_int(correction.start))):
                first, last, _ = self._span_at(correction)
                if not correction.observation_id.startswith(f"{self._sentence_name(first, last)}-"):
                    self._refuse_two(correction, [f"{self._sentence_name(first, last)}-…"])
                # The rules read it no more; who has the identifier of the published row is told so all the same.
                name = correction.observation_id
                self._note(correction, numeral, name, KIND, "observation", kind, withdrawn=True)
            return
        start = _int(row["start"])
        self._observations.remove(row)
        self._note(correction, row, str(row["observation_id"]), KIND, "observation", kind, withdrawn=True)
        left = any(other["start"] == start for other in self._observations)
        if left != (kind == "observation"):
            problem = "another observation of the numeral stays" if left else "no observation of the numeral is left"
            remedy = "Write `withdraw: observation`" if left else "Say what the numeral is: `withdraw: name`"
            raise _stale(correction, problem, remedy)
        numeral = self._numeral(start)
        if numeral is None:
            raise _stale(correction, f"no numeral begins at character {start}", "Take `start` from the table numerals")
        numeral[KIND] = kind

    def _set_kind(self, correction: Correction) -> None:
        """Another kind for a numeral that has no observation."""
        numeral = self._numeral(correction.start) if correction.start is not None else None
        if numeral is None or len(correction.fields) > 1:
            problem = "a kind is set for a numeral, and for nothing else"
            raise _stale(correction, problem, "Give `start` and `text` of a row of the table numerals")
        kind = str(correction.fields[KIND])
        read = any(row["start"] == correction.start for row in self._observations)
        if read != (kind == "observation"):
            problem = "the numeral has an observation" if read else "the numeral has no observation"
            raise _stale(correction, problem, "Use `withdraw`" if read else "Use `add`")
        if numeral[KIND] != kind:
            name = f"{self._reading.report.report_id}-{correction.start}"
            self._note(correction, numeral, name, KIND, numeral[KIND], kind, withdrawn=True)
            numeral[KIND] = kind

    def _add(self, correction: Correction) -> None:
        start = _int(correction.start)
        said = correction.fields
        for row in self._observations:
            # What is read by now need not be added; another fact that the numeral states is another row.
            if row["start"] == start and all(_same(row[column], said.get(column, row[column])) for column in _FACT):
                self._say(correction, row)
                return
        numeral = self._numeral(start)
        if numeral is None:
            numeral = self._new_numeral(correction)
        elif numeral["text"] != correction.text:
            raise _stale(correction, f"the numeral there is “{numeral['text']}”", "Give its whole text")
        numeral[KIND] = "observation"
        row = self._blank(correction)
        _change(row, {**row, **said})
        self._place(row)
        self._refuse(correction, row)
        self._observations.append(row)
        name = str(row["observation_id"])
        self._corrected.add(name)
        for column, value in said.items():
            self._note(correction, row, name, column, None, value)

    def _new_numeral(self, correction: Correction) -> Row:
        start = _int(correction.start)
        stop = start + len(correction.text)
        if any(_int(row["start"]) < stop and start < _int(row["stop"]) for row in self._numerals):
            raise _stale(
                correction, "it begins inside another numeral", "Take `start` and `text` from the table numerals"
            )
        numeral: Row = {
            "report_id": self._reading.report.report_id,
            "text": correction.text,
            "start": start,
            "stop": stop,
        }
        self._numerals.append(numeral)
        return numeral

    def _blank(self, correction: Correction) -> Row:
        """A row that says where a numeral stands, and nothing of what it means."""
        start = _int(correction.start)
        report = self._reading.report
        first, last, sentence = self._span_at(correction)
        order = sum(first <= _int(row["start"]) <= start for row in self._numerals)
        name = f"{self._sentence_name(first, last)}-{order}"
        used = {row["observation_id"] for row in self._observations}
        name = next(each for each in (name, *(f"{name}-{n}" for n in range(2, len(used) + 3))) if each not in used)
        unit = str(correction.fields.get("unit") or "")
        stop = start + len(correction.text)
        return {
            **{column.name: None if column.type == "number" else "" for column in readings().values()},
            "observation_id": name,
            "report_id": report.report_id,
            "text": correction.text,
            "start": start,
            "stop": stop,
            "place_id": report.place_id,
            "phrase": correction.text + (unit if self._text.startswith(unit, stop) else ""),
            "bound": "exact",
            "section": self._reading.passage_at(sentence.start).section,
            "quote": self._text[first:last],
            "quote_start": first,
            "quote_stop": last,
            "rule": "correction",
            "confidence": _READ,
        }

    @cached_property
    def _spans(self) -> list[tuple[int, int, Sentence]]:
        """The sentences, with where they stand in the text layer."""
        span = self._reading.folded.span
        return [(*span(sentence.start, sentence.stop), sentence) for sentence in self._reading.sentences]

    def _span_at(self, correction: Correction) -> tuple[int, int, Sentence]:
        """The sentence in which a correction's numeral stands, and where in the text layer."""
        start = _int(correction.start)
        found = next((span for span in self._spans if span[0] <= start < span[1]), None)
        if found is None:
            raise _stale(correction, f"character {start} stands in no sentence", "Take `start` from the table numerals")
        return found

    def _sentence_name(self, first: int, last: int) -> str:
        """With what the identifiers of a sentence's rows begin."""
        report = self._reading.report
        table = identity.table_of(self._text[report.start : report.stop])
        return f"{report.report_id}-{identity.digest(self._text[first:last], table)}"

    def _place(self, row: Row) -> None:
        """Say where a row that is a target by now is stated."""
        if row["status"] == "target" and not row["stated_in"]:
            at = bisect_left(self._reading.folded.offsets, _int(row["start"]))
            row["stated_in"] = self._reading.stated_in(at, str(row["rule"]))

    def _numeral(self, start: int | None) -> Row | None:
        return next((row for row in self._numerals if row["start"] == start), None)

    def _note(
        self,
        correction: Correction,
        row: Row,
        name: str,
        column: str,
        was: object,
        value: object,
        *,
        withdrawn: bool = False,
    ) -> None:
        identifier = f"{name}.{column}"
        # A later entry goes before an earlier one.
        earlier = self._table.pop(identifier, {"was": _plain(was), "action": correction.action})
        if withdrawn:
            self._table = {key: entry for key, entry in self._table.items() if entry["observation_id"] != name}
        self._table[identifier] = {
            "correction_id": identifier,
            **{key: row[key] for key in ("report_id", "start", "stop", "text")},
            "observation_id": None if withdrawn else name,
            "action": earlier["action"],
            "field": column,
            "was": earlier["was"],
            "is": _plain(value),
            "reason": correction.reason,
            "date": correction.date,
        }

    def _refuse(self, correction: Correction, row: Row) -> None:
        """Raise InputError for a row that no text can mean."""
        problem = ""
        if row["place_id"] and str(row["place_id"]) not in gazetteer():
            problem = f"{row['place_id']} is no place of the table places"
        elif (row["bound"] == "range") != (row["value_max"] is not None):
            problem = "only a range has both `bound: range` and a `value_max`"
        elif any(row[column] and not interval(str(row[column]))[0] for column in ("period", "reference_period")):
            problem = "the period is not in the calendar"
        elif str(row["phrase"]) not in str(row["quote"]):
            problem = f"“{row['phrase']}” does not stand in the sentence"
        if problem:
            raise _stale(correction, problem, "Give values that fit each other and the sentence")


def _change(row: Row, changes: Row) -> None:
    """Give columns other values, and those that follow from them."""
    usual = usual_reference(*(str(row[column] or "") for column in _MEASURED))
    follows = "reference_period" not in changes and _same(row["reference_period"], usual)
    row.update(changes)
    for deciding, having, only in _ONLY:
        if deciding in changes and row[deciding] not in having:
            row.update({column: "" for column in only if column in row})
    if row["status"] == "target" and not row["modality"]:
        row["modality"] = "plain"
    if row["bound"] != "range" and "bound" in changes and "value_max" not in changes:
        row["value_max"] = None
    value: Any = row["value"]
    value_max: Any = row["value_max"]
    if any(column in changes for column in _BOUNDS):
        row["low"], row["high"] = interval_of(value, value_max, str(row["bound"]))
    if follows or row["measure"] in ("level", "rank"):
        row["reference_period"] = usual_reference(*(str(row[column] or "") for column in _MEASURED))
    for column, prefix in (("period", "period"), ("reference_period", "reference")):
        row[f"{prefix}_start"], row[f"{prefix}_end"] = interval(str(row[column] or ""))
    if not changes.get("indicator_id") and any(column in changes for column in _NAMES):
        name, place, measure, unit, subject, comparison = (str(row[column] or "") for column in _NAMES)
        row["indicator_id"] = indicator_of(name, place, measure, unit, subject, comparison)
    if any(column in changes for column in (*_AMOUNTS, *_NAMES, "indicator_id")):
        found = amount_of(
            str(row["measure"]),
            value,
            value_max,
            told_in(str(row["indicator_id"]), str(row["unit"] or ""), str(row["measure"])),
        )
        row["amount"], row["amount_max"], row["base_unit"] = found


def _stale(correction: Correction, problem: str, remedy: str) -> InputError:
    return InputError(correction.file, correction.place, problem, remedy)


def _same(one: object, other: object) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))


def _shown(value: object) -> str:
    return f"“{_plain(value)}”" if value not in (None, "") else "empty"


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _int(value: Any) -> int:
    return int(value)


def moved(corrections: Iterable[Correction], offset: int, reports: Sequence[Report]) -> tuple[Correction, ...]:
    """The corrections of these reports, for a text that begins at `offset` of the one that they count in."""
    return tuple(
        correction if correction.start is None else correction._replace(start=correction.start - offset)
        for correction in corrections
        if any(_is_of(correction, report) for report in reports)
    )
