"""When a fact holds and how it is meant: status, force, period, and the period it is compared with.

Time words are looked for in the fact's own clause and then in the clauses before it; what the sentence leaves unsaid
comes from the passage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.knowledge import vocabulary
from pipeline.models import Fact, Passage, Report, Time
from pipeline.outline import given_year

_T = vocabulary("time")
_S = vocabulary("status")
_PLANS: dict[str, list[int]] = _T["plans"]
_NUMBERS: dict[str, int] = _T["numbers"]
_YEARS: dict[str, int] = _T["years"]
_PARTS: dict[str, str] = _T["parts"]


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_Y = r"(?:19|20)\d\d"
_N = rf"(?:\d{{1,2}}|{_any(list(_NUMBERS))})"
_PART = rf"(?:第)?(?:{_any(list(_PARTS))})"
_WITHIN_YEAR = (
    rf"(?P<part>{_PART})|前(?P<first>{_N})个?月|(?<![\d.])1月?[—\-~至到](?P<last>\d{{1,2}})月|"
    rf"(?<![\d.])(?P<month>\d{{1,2}})月份?(?:(?P<day>\d{{1,2}})[日号])?"
)
_CUE = re.compile(
    rf"(?P<from>{_Y})年?度?(?:[—\-~至到](?P<to>{_Y})年|[、和](?P<and>{_Y})年?连续)|"
    rf"(?:(?P<year>{_Y})年度?|(?P<told>{_any(list(_YEARS))})|(?P<same>当年))(?:{_WITHIN_YEAR})?(?P<since>以来|来(?!的?[^,。]{{0,3}}发展))?|"
    rf"{_WITHIN_YEAR.replace('?P<', '?P<bare_')}|(?P<quarter>当季|当月)|"
    rf"“?(?P<plan>{_any(list(_PLANS))})”?(?P<of_plan>时期末|期末|末|时期|期间|内|以来|五年|前三年|前四年)|"
    rf"(?P<around>过去|未来|今后|近|最近|这|前|接下来)的?(?P<several>{_N})年(?:来|间|里|内)?|"
    rf"(?<!连续)(?<![\d.十])(?P<past>{_N})年(?:来|间)|(?<!连续)(?<![\d.十第])(?P<span>{_N})年(?:内|里)?(?={_T['durations']}|[,、]?年均)|"
    rf"(?P<term>本届政府(?:任期|成立以来|以来|履职以来)?|(?:本届|任期)内?以来|任期内)|"
    rf"(?P<whole>{_any(_T['passage_year'])})"
)
_COMPARING = re.compile(rf"{_T['comparing']}\Z")
_WITH_LAST = re.compile(_T["compared_with_last"])
_AGO = re.compile(rf"(?P<count>{_N})年前")
_NAMED = re.compile(r"《[^》]{0,80}》|\([^()]{0,40}\)")
_REACHED = re.compile(_T["reached"])
_LISTED = re.compile(r"(?:约|近|超过?|第|前|全[国省市][^,]{0,3}|)(?:[\d.].*[、和及])?\Z")
_STATE = re.compile(_T["state"])
_FLOW = re.compile(_T["flow"])
_EVENTS = re.compile(_T["events"])
_ADDED_UP = re.compile(_T["added_up"])
_LEVELS = re.compile(_T["levels"])
_DEADLINE = re.compile(_T["deadline"])
_LAST_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_SPANS = re.compile(rf"(?:个|多)?(?:{_T['spans']})\Z")
_PLAN_NAME = re.compile(rf"“?({_any(list(_PLANS))})”?")

_ESTIMATE = re.compile(_S["estimate"])
_ESTIMATE_NOTE = re.compile(rf"(?P<names>[^。;:\n]{{2,60}}?){_S['estimate_note']}")
_LEAD = re.compile(rf"(?:(?:{_Y}年|去年|全年|今年|[^\w]|全[省市区县州国]|我[省市区县州]|各位代表)+)?\Z")
_FUTURE = re.compile(re.sub(r"\s", "", _S["future"]))
_PLANNED = re.compile(_S["planned_amounts"])
_PAST = re.compile(_S["past"])
_UNDATED = re.compile(_S["undated"])
_MODALITY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _S["modality"].items()))

_NEAR = 400
_OPENS = 2
# Time expressions that hold for their own clause alone: a bare number of years, words for the passage's own year.
_CLAUSE_ONLY = frozenset({"span", "whole"})


@dataclass(frozen=True, slots=True)
class _Cue:
    """A time expression at `start:stop` of its sentence; `groups` are its parts that are there."""

    start: int
    stop: int
    groups: dict[str, str]
    compared: bool
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """What times are told from: the year the report is given in, the passage's first and last year."""

    given: int
    report: Report
    passage: Passage
    first: str
    last: str


@lru_cache(maxsize=256)
def _cues(sentence: str) -> tuple[_Cue, ...]:
    """The time expressions of a sentence in order, without those in names of documents."""
    names = [match.span() for match in _NAMED.finditer(sentence)]
    found = []
    for match in _CUE.finditer(sentence):
        if any(start <= match.start() < stop for start, stop in names):
            continue
        groups = {name.removeprefix("bare_"): value for name, value in match.groupdict().items() if value}
        before = sentence[max(0, match.start() - 4) : match.start()]
        compared = bool(_COMPARING.search(before)) and (
            before[-1] not in "是为与同" or sentence[match.end() : match.end() + 1] in ("的", "同", "末", "底", "相")
        )
        deadline = bool(_DEADLINE.match(sentence, match.end())) and "month" in groups
        found.append(_Cue(match.start(), match.end(), groups, compared, deadline))
    return tuple(found)


@lru_cache(maxsize=8)
def _estimated(text: str) -> tuple[str, ...]:
    """Indicators that a note somewhere in the report declares to be estimates."""
    names: list[str] = []
    for note in _ESTIMATE_NOTE.finditer(text):
        subject = re.split("注|说明|:", note["names"])[-1]
        names += [name for name in re.split("[和、及与,]", subject) if len(name) >= 4]
    return tuple(names)


def time_of(fact: Fact, text: str, passage: Passage, report: Report) -> Time:
    """Status, modality, period and reference period of `fact`; offsets and `text` are those of the folded report."""
    frame = _frame(passage, report)
    begin = fact.sentence.start
    sentence = text[begin : fact.sentence.stop]
    at = fact.numeral.start - begin
    clause_start, clause_stop = (edge - begin for edge in fact.sentence.clauses[fact.clause])
    cues = _cues(sentence)
    if fact.earlier:
        own = _own_year(sentence, cues, clause_start, at, frame)
        return Time("actual", "", own, "")
    segment = sentence.rfind(";", 0, at) + 1
    cue = _governing(cues, segment, clause_start, at)
    if cue and "quarter" in cue.groups:
        cue = _last_month(text, begin + cue.start, cue)
    period = _period(fact, sentence, cues, cue, clause_start, clause_stop, frame)
    status = _status(fact, text, sentence, at, segment, clause_start, cue, period, frame)
    if status == "target":
        period = _target_period(sentence, at, clause_start, cue, period, frame)
    modality = _modality(sentence, at, clause_start) if status == "target" else ""
    return Time(status, modality, period, _reference_period(fact, sentence, cues, clause_start, at, period, frame))


def _frame(passage: Passage, report: Report) -> _Frame:
    first, _, last = passage.period.partition("/")
    return _Frame(given_year(report), report, passage, first, last or first)


# --- period -------------------------------------------------------------------------------------------------------


def _governing(cues: tuple[_Cue, ...], segment: int, clause_start: int, at: int) -> _Cue | None:
    """The last time expression before the numeral whose reach includes it; `segment` is where its part up to ; begins."""
    for cue in reversed(cues):
        if cue.start >= at or cue.compared:
            continue
        if cue.start < clause_start and (cue.deadline or not _CLAUSE_ONLY.isdisjoint(cue.groups)):
            continue
        if cue.start < segment and "month" in cue.groups:
            continue
        return cue
    return None


def _period(
    fact: Fact, sentence: str, cues: tuple[_Cue, ...], cue: _Cue | None, clause_start: int, clause_stop: int, frame: _Frame
) -> str:
    stated = _meaning(cue, cues, sentence, frame) if cue else ""
    if fact.comparison == "annual_average" and "/" not in stated:
        # An average over years in a passage about them; the year named is that of the last value.
        if "/" in frame.passage.period and len(frame.passage.period) == 9:
            return frame.passage.period
        return stated or frame.passage.period
    period = stated or frame.passage.period
    last = period[5:]
    if len(period) != 9 or period[4] != "/":
        return period
    at = fact.numeral.start - fact.sentence.start
    return last if _is_last_value(fact, sentence, at, clause_start, clause_stop, cues) else period


def _meaning(cue: _Cue, cues: tuple[_Cue, ...], sentence: str, frame: _Frame) -> str:
    """The period that a time expression names in this passage, or empty."""
    parts = cue.groups
    if "from" in parts:
        return f"{parts['from']}/{parts.get('to') or parts['and']}"
    if "plan" in parts:
        return _of_plan(parts)
    if "term" in parts:
        return frame.report.period("review_years") or frame.passage.period
    if count := parts.get("several") or parts.get("past") or parts.get("span"):
        return _several(_number(count), parts.get("around", "过去" if "past" in parts else ""), cue, cues, frame)
    if "whole" in parts:
        return _of_whole(parts["whole"], frame)
    year = _year(cue, cues, frame)
    if not year:
        return ""
    if "quarter" in parts:
        month = int(parts["month"])
        return f"{year}-Q{(month + 2) // 3}" if parts["quarter"] == "当季" else f"{year}-{month:02d}"
    if "since" in parts:
        end = frame.last[:4] if frame.last[:4].isdigit() else year
        return f"{year}/{end}" if end > year else year
    return _within(year, parts)


def _year(cue: _Cue, cues: tuple[_Cue, ...], frame: _Frame) -> str:
    parts = cue.groups
    if "year" in parts:
        return parts["year"]
    if "told" in parts:
        return str(frame.given + _YEARS[parts["told"]]) if frame.given else ""
    for other in reversed(cues):
        # A month without its year belongs to the year named before it.
        if other.start < cue.start and not other.compared and ("year" in other.groups or "told" in other.groups):
            return _year(other, cues, frame)
    return frame.first[:4] if frame.passage.role == "plan_years" else frame.last[:4]


def _within(year: str, parts: dict[str, str]) -> str:
    """A year, or the part of it that is named."""
    if "part" in parts:
        part = _PARTS[parts["part"].removeprefix("第")]
        first, _, last = part.partition("/")
        return f"{year}-{first}/{year}-{last}" if last else f"{year}-{part}"
    if stated := parts.get("first") or parts.get("last"):
        last_month = _number(stated)
        if 1 < last_month < 12:
            return f"{year}-01/{year}-{last_month:02d}"
        return f"{year}-01" if last_month == 1 else year
    if "month" in parts and 1 <= int(parts["month"]) <= 12:
        month = f"{year}-{int(parts['month']):02d}"
        day = int(parts.get("day", "0"))
        return f"{month}-{day:02d}" if 1 <= day <= 31 else month
    return year


def _last_month(text: str, at: int, cue: _Cue) -> _Cue | None:
    """当季, 当月 with the month named last before it, or None if none is near."""
    months = [match[1] for match in _LAST_MONTH.finditer(text, max(0, at - _NEAR), at) if 1 <= int(match[1]) <= 12]
    return replace(cue, groups={**cue.groups, "month": months[-1]}) if months else None


def _of_plan(parts: dict[str, str]) -> str:
    first, last = _PLANS[parts["plan"]]
    if parts["of_plan"].endswith("末"):
        return str(last)
    if parts["of_plan"].startswith("前"):
        return f"{first}/{first + _number(parts['of_plan'][1]) - 1}"
    return f"{first}/{last}"


def _of_whole(word: str, frame: _Frame) -> str:
    """全年, 年底: the year of the passage; in the review of several years its last, in a plan of several its first."""
    if frame.passage.role == "plan_years":
        return ""
    return frame.last[:4]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _several(count: int, around: str, cue: _Cue, cues: tuple[_Cue, ...], frame: _Frame) -> str:
    """The interval meant by 过去五年, 未来三年, or a bare 五年."""
    ahead = around in ("未来", "今后", "接下来") or (not around and frame.passage.status == "target")
    role = "plan_years" if ahead else "review_years"
    stated = frame.report.period(role) or (frame.passage.period if frame.passage.role == role else "")
    first, _, last = stated.partition("/")
    if last and int(last) - int(first) + 1 == count:
        return stated
    if count < 2:
        return frame.passage.period
    if ahead:
        return f"{frame.given}/{frame.given + count - 1}" if frame.given else ""
    end = next(
        (
            _year(other, cues, frame)
            for other in reversed(cues)
            if other.start < cue.start and not other.compared and ("year" in other.groups or "told" in other.groups)
        ),
        last or frame.last[:4],
    )
    return f"{int(end) - count + 1}/{end}" if end.isdigit() else ""


def _is_last_value(
    fact: Fact, sentence: str, at: int, clause_start: int, clause_stop: int, cues: tuple[_Cue, ...]
) -> bool:
    """Whether a figure that stands among several years is its last value and not a total over them."""
    if fact.measure == "rank":
        return not any("from" in cue.groups and cue.start < at for cue in cues)
    if fact.measure in ("growth", "change"):
        return fact.comparison in ("yoy", "versus") and bool(_WITH_LAST.search(sentence, clause_start, at))
    if _ADDED_UP.search(fact.indicator) and not _LEVELS.search(fact.indicator):
        return False
    if _SPANS.search(fact.unit):
        return True
    if _is_reached(sentence, clause_start, at):
        return True
    if (last := _state_or_flow(sentence, clause_start, at)) is not None:
        return last
    if fact.unit.startswith("%"):
        return True
    if at - clause_start <= _OPENS:
        return not _EVENTS.search(sentence, at, clause_stop)
    return _state_or_flow(sentence, 0, clause_start) or False


def _is_reached(sentence: str, start: int, at: int) -> bool:
    """Whether a verb of reaching (达到, 增至) governs the figure, directly or as one of several values."""
    verbs = list(_REACHED.finditer(sentence, start, at))
    return bool(verbs) and bool(_LISTED.match(sentence[verbs[-1].end() : at]))


def _state_or_flow(sentence: str, start: int, stop: int) -> bool | None:
    """Of the words in `start:stop` the last decides: True for a state, False for a total, None if there are none."""
    state = max((match.start() for match in _STATE.finditer(sentence, start, stop)), default=-1)
    flow = max((match.start() for match in _FLOW.finditer(sentence, start, stop)), default=-1)
    return None if state == flow else state > flow


def _own_year(sentence: str, cues: tuple[_Cue, ...], clause_start: int, at: int, frame: _Frame) -> str:
    """The year of an old value (从2015年的3家增至9家), or empty."""
    begin = max(sentence.rfind("从", clause_start, at), sentence.rfind("由", clause_start, at))
    for cue in reversed(cues):
        if max(begin, clause_start) <= cue.start < at and begin >= 0:
            return _meaning(cue, cues, sentence, frame)
    return ""


# --- status -------------------------------------------------------------------------------------------------------


def _status(
    fact: Fact,
    text: str,
    sentence: str,
    at: int,
    segment: int,
    clause_start: int,
    cue: _Cue | None,
    period: str,
    frame: _Frame,
) -> str:
    if frame.passage.status == "target":
        past = _PAST.search(sentence, clause_start, at)
        if past and "的" not in sentence[past.end() : at]:
            return "actual"
        return "actual" if cue and _is_over(period, frame) else "target"
    if _is_ahead(cue, period, frame) or _is_meant(fact, sentence, segment, clause_start, at):
        return "target"
    if estimate := _ESTIMATE.search(sentence, 0, at):
        opening = _LEAD.match(sentence[: estimate.start()])
        if opening or _ESTIMATE.search(sentence, segment, at):
            return "estimate"
    if period[-4:] == frame.last[-4:] and any(name in fact.indicator for name in _estimated(text)):
        return "estimate"
    return "actual"


def _is_over(period: str, frame: _Frame) -> bool:
    last = period.rpartition("/")[2][:4]
    return bool(frame.given) and last.isdigit() and int(last) < frame.given


def _is_ahead(cue: _Cue | None, period: str, frame: _Frame) -> bool:
    """Whether the time named lies behind the report's own."""
    last = period.rpartition("/")[2][:4]
    if cue is None or not frame.given or not last.isdigit():
        return False
    limit = frame.given + (frame.report.kind != "work_report")
    return int(last) >= limit and "-" not in period and "whole" not in cue.groups


def _is_meant(fact: Fact, sentence: str, segment: int, clause_start: int, at: int) -> bool:
    """Whether a word of intention reaches the figure."""
    for match in _FUTURE.finditer(sentence, segment, at):
        if match.start() >= clause_start or not _ends_before(sentence, match.end(), clause_start):
            return not _PLANNED.search(sentence, max(clause_start, match.start() - 2), at)
    return False


def _ends_before(sentence: str, start: int, stop: int) -> bool:
    """Whether a result is reported between a word of intention and the clause in question."""
    return bool(re.search("[已了]", sentence[start:stop]))


def _target_period(sentence: str, at: int, clause_start: int, cue: _Cue | None, period: str, frame: _Frame) -> str:
    """A target takes the time it names or that of the plan; without a date it has none."""
    if cue is not None and not _is_over(period, frame):
        return period
    if frame.passage.role in ("body", "plan") and frame.report.kind != "work_report" and frame.report.kind != "plan":
        if _UNDATED.search(sentence, clause_start, at):
            return ""
        return str(frame.given) if frame.given else ""
    if frame.passage.status == "actual":
        return frame.report.period("plan") or (str(frame.given) if frame.given else "")
    return period


def _modality(sentence: str, at: int, clause_start: int) -> str:
    """Force of a target: the last word of intention before the figure."""
    for match in reversed(list(_MODALITY.finditer(sentence, 0, at))):
        if match.lastgroup == "stretch" and match.start() < clause_start:
            continue
        return match.lastgroup or "plain"
    return "plain"


# --- reference ----------------------------------------------------------------------------------------------------


def _reference_period(
    fact: Fact, sentence: str, cues: tuple[_Cue, ...], clause_start: int, at: int, period: str, frame: _Frame
) -> str:
    """The time that a growth, a change or a multiple is measured from; empty if none."""
    if fact.measure not in ("growth", "change", "multiple"):
        return ""
    for cue in reversed(cues):
        if cue.compared and clause_start <= cue.start < at:
            return _meaning(cue, cues, sentence, frame)
    first = period.partition("/")[0][:4]
    if ago := _AGO.search(sentence, clause_start, at):
        last = period.rpartition("/")[2][:4]
        return str(int(last) - _number(ago["count"])) if last.isdigit() else ""
    if not first.isdigit():
        return ""
    if fact.comparison == "since" and len(period) == 9:
        return str(int(first) - 1)
    if fact.comparison != "yoy":
        return ""
    if len(period) == 9:
        return ""
    return "/".join(f"{int(edge[:4]) - 1}{edge[4:]}" for edge in period.split("/"))
