"""Time expressions: where a sentence has them and what period each names."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.knowledge import any_of, vocabulary
from pipeline.meaning.calendar import within
from pipeline.models import Passage, Report
from pipeline.prefilter import filtered
from pipeline.records import Record
from pipeline.text.chinese_numbers import small_number

_T = vocabulary("time")
_PLANS: dict[str, list[int]] = _T["plans"]
_NUMBERS: list[str] = _T["numbers"]
_YEARS: dict[str, int] = _T["years"]
_PARTS: dict[str, str] = _T["parts"]

_Y = r"(?<!\d)(?:19|20)\d\d"
NUMBER = rf"(?:\d{{1,2}}|{any_of(_NUMBERS)})"
_WITHIN_YEAR = (
    rf"第?(?P<part>{any_of(_PARTS)})|(?<![提此目以之])前(?P<first>{NUMBER})个?月|"
    rf"(?<![\d.])1月?[—\-~至到](?P<last>\d{{1,2}})月|(?:(?<=元[—\-~至到])|(?<=元月[—\-~至到]))(?P<until>\d{{1,2}})月|"
    rf"(?<![\d.])(?P<month>\d{{1,2}})月份?(?:(?P<day>\d{{1,2}})[日号])?"
)
_SOME_YEARS = (
    rf"(?P<around>{any_of(_T['around'])}|(?<![学提])前|接下来)的?(?P<several>{NUMBER})年{any_of(_T['over'])}?(?!{_T['records']})",
    rf"(?<!连续)(?<![\d.十])(?P<past>{NUMBER})年(?:来|间)(?!{_T['records']})",
    rf"(?<!连续)(?<!提前)(?<![\d.十第])(?P<span>{NUMBER})年(?:[内里]|时间(?![节点表])|(?={_T['durations']}|[,、]?年均))",
)
_EXPRESSION = "|".join(
    (
        rf"(?P<from>{_Y})年?度?(?:[—\-~至到](?P<to>{_Y})年|[、和](?P<and>{_Y})年?连续)",
        rf"(?:(?P<year>{_Y})年度?|(?P<told>(?!后年(?<=[{_T['not_before_year']}]后年)){any_of(_YEARS)})|(?P<same>当年))(?:{_WITHIN_YEAR})?(?P<since>以来|来(?!的))?",
        _WITHIN_YEAR.replace("?P<", "?P<bare_"),
        "(?P<quarter>当季|当月)",
        rf"[“‘]?(?P<plan>{any_of(_PLANS)})[”’]?(?P<of_plan>{any_of(_T['of_plan'])})",
        rf"(?<=[比较])[“‘](?P<bare_plan>{any_of(_PLANS)})[”’](?:{any_of(_T['of_plan_alike'])})?",
        *_SOME_YEARS,
        f"(?P<term>本届政府{any_of(_T['of_term'])}?|(?:本届|任期)内?以来|任期内)",
        rf"(?P<whole>{any_of(_T['passage_year'])})",
    )
)
_CUE = filtered(_EXPRESSION)
_COMPARED_BY: tuple[str, ...] = tuple(_T["compared_by"])
_SINCE_DONE = re.compile(r"[^,。;\d]{1,20}以来")
# 与2020年人口普查相比
_SET_BESIDE = re.compile("[^,;:。]{1,20}?相[比较]")
_REACHING: tuple[str, ...] = tuple(_T["reaching_then"])
_TIMES_OF = re.compile(_T["times_of"])
_COMPARING = re.compile(rf"{_T['comparing']}\Z")
_LISTED = re.compile(rf"份?{any_of(_T['of_month_listed'])}?[、和及与]")
# 与2010年(普查数,下同)的90万人相比
_WITH: frozenset[str] = frozenset(_T["set_beside"])
_COMPARED_WITH = re.compile(r"(?:[^,;。()]|\([^()]{0,30}\)){1,48}相比[,;:]")
_DEADLINE = re.compile(_T["deadline"])
# … but 今天(5月3日) says which day it was.
_NAMED = re.compile(r"《[^》]{0,80}》|(?<![今昨][天日晚晨])\([^()]{0,40}\)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_PRICES = re.compile(f"的?{any_of(_T['priced'])}")
_LEADS = 8
# 据市统计局数据显示,11月末…: what is told opens behind who tells it.
_SOURCES: tuple[str, ...] = tuple(_T["sources"])
_LONGEST_SOURCE = 48
_NEAR = 400


class Cue(NamedTuple):
    """A time expression at `start:stop` of its sentence; `groups` are its parts that are there.

    compared: another value is measured against it (比2015年); deadline: 9月底前; old: it belongs to the old value of
    从2015年的…增至…; leads: it opens the sentence or is a horizon (到2030年).
    """

    start: int
    stop: int
    groups: dict[str, str]
    compared: bool
    deadline: bool
    old: bool
    leads: bool

    @property
    def own_clause_only(self) -> bool:
        """A deadline, a bare number of years, and words for the passage's own year hold for their clause alone."""
        return self.deadline or "span" in self.groups or "whole" in self.groups


@dataclass(slots=True, unsafe_hash=True)
class Frame(Record):
    """What times are told from: the year the report is given in (0: unknown), the passage's first and last year.

    `years`: whether the passage speaks of `one` year or of `several`.
    """

    given: int
    report: Report
    passage: Passage
    first: str
    last: str
    years: str


def is_interval_of_years(period: str) -> bool:
    """2013/2017, but not 2021-01/2021-02."""
    return len(period) == 9 and period[4] == "/"


@lru_cache(maxsize=256)
def cues(sentence: str) -> tuple[Cue, ...]:
    """The time expressions of a sentence in order, without those in names of documents and in brackets."""
    names = [match.span() for match in _NAMED.finditer(sentence)] if "《" in sentence or "(" in sentence else []
    found: list[Cue] = []
    passed = 0
    told = sentence.find(",", 0, _LONGEST_SOURCE)
    opens = told + 1 if told > 0 and sentence.endswith(_SOURCES, 0, told) else 0
    for match in _CUE.finditer(sentence):
        while passed < len(names) and names[passed][1] <= match.start():
            passed += 1
        if passed < len(names) and names[passed][0] <= match.start():
            continue
        if "year" in match.groupdict() and match["year"] and _PRICES.match(sentence, match.end()):
            continue  # 按2020年可比价格计算
        groups = {name.removeprefix("bare_"): value for name, value in match.groupdict().items() if value}
        before = sentence[max(0, match.start() - 4) : match.start()]
        if before.endswith("自") and not groups.get("since") and _SINCE_DONE.match(sentence, match.end()):
            groups["since"] = "以来"  # 自2020年活动启动以来
        found.append(
            Cue(
                match.start(),
                match.end(),
                groups,
                compared=_is_compared(before, sentence, match.end())
                or (before[-1:] in _WITH and bool(_COMPARED_WITH.match(sentence, match.end())))
                or _is_listed(sentence, found, match.start()),
                deadline="month" in groups and bool(_DEADLINE.match(sentence, match.end())),
                old=before[-1:] in ("从", "由")
                and "since" not in groups
                and sentence[match.end() : match.end() + 1] != "起",
                leads=match.start() <= _LEADS
                or opens <= match.start() <= opens + _LEADS * bool(opens)
                or before[-1:] in ("到", "至"),
            )
        )
    return tuple(found)


def _is_compared(before: str, sentence: str, stop: int) -> bool:
    if before.endswith(_REACHING):
        return bool(_TIMES_OF.match(sentence, stop))
    if not _COMPARING.search(before):
        return False
    weak = before[-1] in _T["weakly_comparing"]
    return not weak or sentence.startswith(_COMPARED_BY, stop) or bool(_SET_BESIDE.match(sentence, stop))


def _is_listed(sentence: str, found: list[Cue], start: int) -> bool:
    """Whether it is one more of the times that others are measured against (分别较一季度、上半年和去年回落)."""
    return bool(found) and found[-1].compared and bool(_LISTED.fullmatch(sentence, found[-1].stop, start))


def meaning(cue: Cue, among: tuple[Cue, ...], frame: Frame) -> str:
    """The period that a time expression names in this passage, or empty. `among`: all those of its sentence."""
    parts = cue.groups
    if "from" in parts:
        first, last = parts["from"], parts.get("to") or parts["and"]
        return f"{first}/{last}" if first <= last else ""  # 2025年至2021年 is no time
    if "plan" in parts:
        return _of_plan(parts, frame)
    if "term" in parts:
        return frame.report.period("review_years") or frame.passage.period
    if count := parts.get("several") or parts.get("past") or parts.get("span"):
        return _several(small_number(count), cue, among, frame)
    if "whole" in parts:
        # In a plan of several years 年底 names none of them.
        return "" if frame.passage.role == "plan_years" else frame.last[:4]
    year = _year(cue, among, frame)
    if not year:
        return ""
    if "since" in parts:
        end = frame.last[:4]
        return f"{year}/{end}" if end.isdigit() and end > year else year
    return _within(year, parts)


def with_month(cue: Cue, text: str, at: int) -> Cue | None:
    """当季, 当月 at `at` of `text` with the month named last before it, or None if none is near."""
    months = [match[1] for match in _MONTH.finditer(text, max(0, at - _NEAR), at) if 1 <= int(match[1]) <= 12]
    return cue._replace(groups={**cue.groups, "month": months[-1]}) if months else None


def _year(cue: Cue, among: tuple[Cue, ...], frame: Frame) -> str:
    parts = cue.groups
    if "year" in parts:
        return parts["year"]
    if "told" in parts:
        return str(frame.given + _YEARS[parts["told"]]) if frame.given else ""
    # A month without its year belongs to the year named before it.
    before = _year_before(cue, among, frame)
    return before or (frame.first[:4] if frame.passage.role == "plan_years" else frame.last[:4])


def _year_before(cue: Cue, among: tuple[Cue, ...], frame: Frame) -> str:
    """The year that the nearest earlier expression of the sentence names, or empty."""
    for other in reversed(among):
        if other.start < cue.start and not other.compared and ("year" in other.groups or "told" in other.groups):
            return _year(other, among, frame)
    return ""


def _within(year: str, parts: dict[str, str]) -> str:
    """A year, or the part of it that is named."""
    if "part" in parts:
        return within(year, _PARTS[parts["part"]])
    if stated := parts.get("first") or parts.get("last") or parts.get("until"):
        month = small_number(stated)
        if 1 < month < 12:
            return f"{year}-01/{year}-{month:02d}"
        return f"{year}-01" if month == 1 else year
    month = int(parts.get("month", "0"))
    if not 1 <= month <= 12:
        return year
    if parts.get("quarter") == "当季":
        return f"{year}-Q{(month + 2) // 3}"
    day = int(parts.get("day", "0"))
    # 9月31日 is no day: no more than the month is told.
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(int(year), month)[1] else f"{year}-{month:02d}"


def _of_plan(parts: dict[str, str], frame: Frame) -> str:
    first, last = _PLANS[parts["plan"]]
    of_plan = parts.get("of_plan", "")
    if of_plan == "以来" and frame.last[:4].isdigit():
        last = max(first, min(last, int(frame.last[:4])))  # a plan that is still running
    if of_plan.endswith("末"):
        return str(last)
    if of_plan.startswith("前"):
        return f"{first}/{first + small_number(of_plan[1]) - 1}"
    return f"{first}/{last}"


def _several(count: int, cue: Cue, among: tuple[Cue, ...], frame: Frame) -> str:
    """The interval meant by 过去五年, 未来三年, or a bare 五年."""
    around = cue.groups.get("around", "")
    bare = not around and "past" not in cue.groups
    ahead = around in _T["ahead"] or (bare and frame.passage.status == "target")
    role = "plan_years" if ahead else "review_years"
    stated = frame.report.period(role) or (frame.passage.period if frame.passage.role == role else "")
    first, _, last = stated.partition("/")
    if is_interval_of_years(stated) and int(last) - int(first) + 1 == count:
        return stated
    if count < 2:
        return frame.passage.period
    if ahead:
        return f"{frame.given}/{frame.given + count - 1}" if frame.given else ""
    end = _year_before(cue, among, frame) or last or frame.last[:4]
    return f"{int(end) - count + 1}/{end}" if end.isdigit() else ""
