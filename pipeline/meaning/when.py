"""When a fact holds and how it is meant: status, force, period, and the period it is compared with.

Time words are looked for in the fact's own clause and then in the clauses before it; what the sentence leaves unsaid
comes from the passage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.documents.outline import given_year
from pipeline.documents.profiles import profile
from pipeline.knowledge import vocabulary
from pipeline.meaning.time_words import NUMBER, Cue, Frame, cues, is_interval_of_years, meaning, with_month
from pipeline.models import Fact, Passage, Report, Time
from pipeline.text.chinese_numbers import small_number

_T = vocabulary("time")
_S = vocabulary("status")

_WITH_LAST = re.compile(_T["compared_with_last"])
_AGO = re.compile(rf"(?P<count>{NUMBER})年前")
_REACHED = re.compile(_T["reached"])
_PASSED = re.compile(_T["passed"])
_KEPT = re.compile(rf"{_T['kept']}[约近超]?\Z")
_SUMMED = re.compile(_T["summed"])
_EVERY = re.compile(_T["every"])
# Between a verb and the figure it governs: a modifier, or the values that share the verb.
_LISTED = re.compile(r"(?:每[人月年]{1,3})?(?:约|近|超过?|第|前|全[国省市][^,]{0,3}|)(?:[\d.].*[、和及])?\Z")
# Words for a state, and verbs of reaching with the value of something else behind them.
_STATE = re.compile(rf"(?:{_T['reached']}|{_T['passed']})(?=[约近超]?\d)|{_T['state']}")
_FLOW = re.compile(_T["flow"])
_STATE_BEHIND = re.compile(_T["state_behind"])
_EVENTS = re.compile(_T["events"])
_ADDED_UP = re.compile(_T["added_up"])
_LEVELS = re.compile(_T["levels"])
_SPANS = re.compile(rf"(?:个|多)?(?:{_T['spans']})\Z")

_ESTIMATE = re.compile(_S["estimate"])
_ESTIMATE_NOTE = re.compile(_S["estimate_note"])
_LEAD = re.compile(rf"{_S['lead']}\Z")
_FUTURE = re.compile(re.sub(r"\s", "", _S["future"]))
_PLANNED = re.compile(_S["planned_amounts"])
_DONE = re.compile(_S["done"])
_PAST = re.compile(_S["past"])
_UNDATED = re.compile(_S["undated"])
_MODALITY = re.compile("|".join(_S["modality"].values()))
_FORCE = {name: re.compile(words) for name, words in _S["modality"].items()}

# A figure this near to the beginning of its clause opens it.
_OPENS = 2
# Of a sentence that does not end only this much around the figure is read.
_WINDOW = 2000
# How far back the names in a note on estimates begin.
_NOTE = 60


class _Spot(NamedTuple):
    """A fact in its sentence. Offsets count in `sentence`.

    at: the figure; segment: where its part of the sentence between ; begins; clause, clause_stop: its clause;
    begin: offset of the sentence in `text`.
    """

    fact: Fact
    text: str
    begin: int
    sentence: str
    at: int
    segment: int
    clause: int
    clause_stop: int
    cues: tuple[Cue, ...]
    frame: Frame

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match in the clause before the figure."""
        return pattern.search(self.sentence, self.clause, self.at)


def frame_of(passage: Passage, report: Report) -> Frame:
    """What times are told from in a passage of a report."""
    first, _, last = passage.period.partition("/")
    return Frame(given_year(report), report, passage, first, last or first)


def time_of(fact: Fact, text: str, frame: Frame) -> Time:
    """Status, modality, period and reference period of `fact`; offsets and `text` are those of the folded report."""
    spot = _spot(fact, text, frame)
    passage, report = frame.passage, frame.report
    if fact.earlier:
        return Time("actual", "", _own_year(spot), "")
    cue = _governing(spot) or _behind(spot)
    if cue and "quarter" in cue.groups:
        cue = with_month(cue, text, spot.begin + cue.start)
    period = _period(spot, cue)
    status = _status(spot, cue, period)
    if status != "target":
        if passage.status == "target" and cue is None and profile(report.kind).opens_year:
            # What a plan says of today is the state at the end of the year reviewed.
            period = report.period("review") or period
        return Time(status, "", period, _reference_period(spot, period))
    period = _target_period(spot, cue, period)
    return Time(status, _modality(spot), period, _reference_period(spot, period))


def _spot(fact: Fact, text: str, frame: Frame) -> _Spot:
    clause_start, clause_stop = fact.sentence.clauses[fact.clause]
    begin = max(fact.sentence.start, fact.numeral.start - _WINDOW)
    sentence = text[begin : min(fact.sentence.stop, fact.numeral.stop + _WINDOW)]
    at = fact.numeral.start - begin
    return _Spot(
        fact,
        text,
        begin,
        sentence,
        at,
        segment=sentence.rfind(";", 0, at) + 1,
        clause=max(0, clause_start - begin),
        clause_stop=min(clause_stop - begin, len(sentence)),
        cues=cues(sentence),
        frame=frame,
    )


# --- period -------------------------------------------------------------------------------------------------------


def _governing(spot: _Spot) -> Cue | None:
    """The last time expression before the figure that reaches it."""
    for cue in reversed(spot.cues):
        if cue.start >= spot.at or cue.compared:
            continue
        if cue.start < spot.clause and cue.own_clause_only:
            continue
        # A month holds up to ; and so does a year, unless it opens the sentence or there is no other it could be.
        if cue.start < spot.segment and ("month" in cue.groups or (spot.frame.several and not cue.leads)):
            continue
        if cue.old and any(char.isdigit() for char in spot.sentence[cue.stop : spot.at]):
            continue
        return cue
    return None


def _behind(spot: _Spot) -> Cue | None:
    """A time behind the figure in its clause (20项工程于2017年完工, 20项工程3年内完工)."""
    for cue in spot.cues:
        if not spot.at < cue.start < spot.clause_stop or cue.compared:
            continue
        within = "span" in cue.groups and spot.sentence[cue.stop - 1] == "内"
        if within or spot.sentence[cue.start - 1] in "于在":
            return cue
    return None


def _period(spot: _Spot, cue: Cue | None) -> str:
    passage = spot.frame.passage.period
    stated = meaning(cue, spot.cues, spot.frame) if cue else ""
    if spot.fact.comparison == "annual_average" and spot.frame.several and "/" not in stated:
        # An average in a passage about several years; the year named is that of a value beside it.
        return passage
    period = stated or passage
    return period[5:] if is_interval_of_years(period) and _is_last_value(spot, cue) else period


def _is_last_value(spot: _Spot, cue: Cue | None) -> bool:
    """Whether a figure that stands among several years is its last value and not a total over them."""
    fact = spot.fact
    if fact.measure == "rank":
        return cue is None or "from" not in cue.groups
    if fact.measure in ("growth", "change"):
        return fact.comparison in ("yoy", "versus") and bool(spot.before(_WITH_LAST))
    if _ADDED_UP.search(fact.indicator) and not _LEVELS.search(fact.indicator):
        return False
    if _is_total_beside(spot):
        return True
    if spot.before(_SUMMED) or spot.before(_KEPT):
        return False
    if _governs(_REACHED, spot):
        return True
    if spot.before(_EVERY):
        return False
    if _SPANS.search(fact.unit) or _LEVELS.search(fact.indicator):
        return True
    if _governs(_PASSED, spot) and not spot.before(_FLOW):
        return True
    if (last := _state_or_flow(spot.sentence, spot.clause, spot.at)) is not None:
        return last
    if fact.unit.startswith("%") or _STATE_BEHIND.match(spot.sentence, spot.at, spot.clause_stop):
        return True
    if spot.at - spot.clause <= _OPENS:
        return not _EVENTS.search(spot.sentence, spot.at, spot.clause_stop)
    return _state_or_flow(spot.sentence, 0, spot.clause) or False


def _is_total_beside(spot: _Spot) -> bool:
    """Whether the figure is the stock that the sum told before it has led to: 累计新增企业9万户、总量达40万户."""
    summed = spot.before(_SUMMED)
    between = spot.sentence[summed.end() : spot.at] if summed else ""
    is_share = "占" in spot.fact.indicator
    return any(map(str.isdigit, between)) and not is_share and bool(_LEVELS.search(spot.fact.indicator))


def _governs(verb: re.Pattern[str], spot: _Spot) -> bool:
    """Whether such a verb stands before the figure, directly or before the first of several values."""
    verbs = list(verb.finditer(spot.sentence, spot.clause, spot.at))
    return bool(verbs) and bool(_LISTED.match(spot.sentence[verbs[-1].end() : spot.at]))


def _state_or_flow(sentence: str, start: int, stop: int) -> bool | None:
    """Of the words in `start:stop` the last decides: True for a state, False for a total, None if there are none."""
    state = max((match.start() for match in _STATE.finditer(sentence, start, stop)), default=-1)
    flow = max((match.start() for match in _FLOW.finditer(sentence, start, stop)), default=-1)
    return None if state == flow else state > flow


def _own_year(spot: _Spot) -> str:
    """The year of an old value (从2015年的3家增至9家), or empty."""
    begin = max(spot.sentence.rfind(word, spot.clause, spot.at) for word in "从由")
    for cue in reversed(spot.cues):
        if 0 <= begin <= cue.start < spot.at:
            return meaning(cue, spot.cues, spot.frame)
    ago = _AGO.search(spot.sentence, begin, spot.at) if begin >= 0 else None
    last = spot.frame.last[:4]
    return str(int(last) - small_number(ago["count"])) if ago and last.isdigit() else ""


# --- status -------------------------------------------------------------------------------------------------------


def _status(spot: _Spot, cue: Cue | None, period: str) -> str:
    frame = spot.frame
    if frame.passage.status == "target":
        past = spot.before(_PAST)
        # 已动工的30个项目全部建成 is no result.
        if past and "的" not in spot.sentence[past.end() : spot.at]:
            return "actual"
        return "actual" if cue and _is_over(period, frame) else "target"
    if (cue and _is_ahead(cue, period, frame)) or _is_meant(spot):
        return "target"
    if estimate := _ESTIMATE.search(spot.sentence, 0, spot.at):
        opening = _LEAD.match(spot.sentence[: estimate.start()])
        if opening or _ESTIMATE.search(spot.sentence, spot.segment, spot.at):
            return "estimate"
    noted = period[-4:] == frame.last[-4:] and any(name in spot.fact.indicator for name in _estimated(spot.text))
    return "estimate" if noted else "actual"


@lru_cache(maxsize=8)
def _estimated(text: str) -> tuple[str, ...]:
    """Indicators that a note somewhere in the report declares to be estimates."""
    names: list[str] = []
    for note in _ESTIMATE_NOTE.finditer(text):
        subject = re.split("[。;:\n]|注|说明", text[max(0, note.start() - _NOTE) : note.start()])[-1]
        names += [name for name in re.split("[和、及与,]", subject) if len(name) >= 4]
    return tuple(names)


def _last_year(period: str) -> int:
    year = period.rpartition("/")[2][:4]
    return int(year) if year.isdigit() else 0


def _is_over(period: str, frame: Frame) -> bool:
    return 0 < _last_year(period) < frame.given


def _is_ahead(cue: Cue, period: str, frame: Frame) -> bool:
    """Whether the year named is still to come: for a report that opens its year, that year too."""
    if not frame.given or "-" in period or "whole" in cue.groups:
        return False
    return _last_year(period) >= frame.given + (not profile(frame.report.kind).opens_year)


def _is_meant(spot: _Spot) -> bool:
    """Whether a word of intention reaches the figure."""
    for word in _FUTURE.finditer(spot.sentence, spot.segment, spot.at):
        # A result reported in between ends its reach.
        if word.start() >= spot.clause or not _DONE.search(spot.sentence, word.end(), spot.clause):
            return not _PLANNED.search(spot.sentence, max(spot.clause, word.start() - 2), spot.at)
    return False


def _target_period(spot: _Spot, cue: Cue | None, period: str) -> str:
    """A target takes the time it names or that of the plan; without a date it has none."""
    frame = spot.frame
    if cue and not _is_over(period, frame):
        return period
    given = str(frame.given) if frame.given else ""
    if not profile(frame.report.kind).plans:
        return "" if spot.before(_UNDATED) else given
    if frame.passage.status == "actual":
        return "" if spot.before(_UNDATED) else frame.report.period("plan") or given
    return period


def _modality(spot: _Spot) -> str:
    """Force of a target: the last word of intention before the figure."""
    force = "plain"
    for word in _MODALITY.finditer(spot.sentence, 0, spot.at):
        meant = next(name for name, words in _FORCE.items() if words.match(spot.sentence, word.start(), spot.at))
        if meant != "stretch" or word.start() >= spot.clause:
            force = meant
    return force


# --- reference ----------------------------------------------------------------------------------------------------


def _reference_period(spot: _Spot, period: str) -> str:
    """The time that a growth, a change or a multiple is measured from; empty if none."""
    fact = spot.fact
    if fact.measure not in ("growth", "change", "multiple"):
        return ""
    for cue in reversed(spot.cues):
        if cue.compared and spot.clause <= cue.start < spot.at:
            return meaning(cue, spot.cues, spot.frame)
    if (ago := spot.before(_AGO)) and (last := _last_year(period)):
        return str(last - small_number(ago["count"]))
    first = period[:4]
    if not first.isdigit():
        return ""
    if is_interval_of_years(period):
        return str(int(first) - 1) if fact.comparison == "since" else ""
    if fact.comparison != "yoy":
        return ""
    return "/".join(f"{int(edge[:4]) - 1}{edge[4:]}" for edge in period.split("/"))
