"""When a fact holds and how it is meant: status, force, period, comparison, and the period it is compared with.

The rules are those of the stages period, several, status, modality, target_list and comparison (`vocabulary/rules`);
here are the functions behind their headers, and what holds where no rule speaks: what the passage says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from pipeline.documents.outline import given_year
from pipeline.documents.profiles import profile
from pipeline.knowledge import any_of, vocabulary
from pipeline.meaning.calendar import census_year
from pipeline.meaning.spot import Spot, spot_of
from pipeline.meaning.time_words import NUMBER, Cue, Frame, cues, is_interval_of_years, meaning, with_month
from pipeline.models import Fact, Passage, Report, Span, Time
from pipeline.prefilter import Filtered, filtered
from pipeline.reading.structures.qualitative import opened_lists
from pipeline.rules import Answer, Decision, deciding, pattern, stage
from pipeline.text.anchors import around
from pipeline.text.chinese_numbers import small_number

_TIMES = vocabulary("time")
_JOINING = any_of(vocabulary("function_words")["joining"])
_CENSUS = any_of(_TIMES["censuses"])
_AGO = filtered(rf"(?P<count>{NUMBER})年前")
_YEAR_BEFORE = re.compile(any_of(_TIMES["year_before"]))
_SUMMED = pattern("{summed}")
_STATE = pattern(r"(?:{reached}|{passed})(?=[约近超]?\d)|{state}")
_FLOW = pattern("{flow}")
_RUNNING = pattern(r"{running}[^,;:、\d]{0,16}\Z")
_ONE_YEAR = pattern("{one_year}")
_ALL_YEARS = pattern("{all_years}")
_ESTIMATE = pattern("{estimate}")
_THROUGHOUT = pattern(r"{estimate}(?:完成)?数?[(,、]{1,2}下同")
_ESTIMATE_NOTE = pattern("{estimate_note}")
_LEAD = pattern(r"{estimate_lead}\Z")
_FUTURE = pattern("{future}")
_PLANNED = pattern("{planned_amounts}")
_DONE = pattern("{done}")
_PAST = pattern("{past}")
_UNDATED = pattern("{undated}")
_ONCE_BUILT = pattern("{once_built}")
_SOON = pattern("{soon}")
_PACE_TOLD = pattern("{pace_told}")
_OPENING = pattern("{opening}")
_GOES_ON = pattern("{goes_on}")
_NEW_UNDERTAKING = pattern("{new_undertaking}")
_SINCE_YEAR = re.compile(r"((?:19|20)\d\d)年")
_YEAR = re.compile(r"\d{4}")
_YEARS_TOLD = re.compile(rf"{NUMBER}年(?={any_of(_TIMES['over_told'])})")
_JOINT = re.compile(f"、|{_JOINING}")
_OF_LAST = frozenset("上去前")
_LAST_YEARS_END = re.compile("[上去]年年?[底末]")
_AS_OF = "截至"
_YEARS_END: tuple[str, ...] = tuple(_TIMES["years_end"])
_UP_TO = re.compile("[至到—~-]{1,2}")
_TOLD_ON = re.compile(any_of(_TIMES["telling"]))
_VALUE = re.compile(r"\d+(?:\.\d+)?")
# A part of one year: 2021-Q1, 2021-01/2021-09.
_IN_YEAR = re.compile(r"(\d{4})-[^/]+(?:/\1-[^/]+)?")

# Rules that name an interval which the figure holds for as a whole.
_OF_ALL_YEARS = frozenset({"period.running", "period.average", "period.average-since", "period.kept-over-years"})
# 2010年第六次全国人口普查
_YEAR_TOLD = re.compile(rf"(?P<year>(?:19|20)\d\d)年|第(?P<nth>[一二三四五六])次(?:全国)?(?P<kind>{_CENSUS})普查")
# 2021年执行数
_FIGURES = re.compile("((?:19|20)\\d\\d)年[^,;。]{0,12}数$")
# 比2010年的3.1人减少|0.5人
_VALUE_OF_YEAR = re.compile(
    rf"[比较](?:(?P<year>(?:19|20)\d\d)年|第(?P<nth>[一二三四五六])次(?:全国)?(?P<kind>{_CENSUS})普查)"
    r"[^,;。()\d]{0,12}(?:\([^()]{0,24}\))?的[\d,.]+"
)
# 与2010年(普查数,下同)的|90万人|相比
_OF_ANOTHER_YEAR = re.compile(
    rf"[与同和比较](?:(?:(?P<first>(?:19|20)\d\d)年?[到至—~-])?(?P<year>(?:19|20)\d\d)年|{any_of(_TIMES['last_years'])}"
    rf"|第(?P<nth>[一二三四五六])次(?:全国)?(?P<kind>{_CENSUS})普查)"
    r"[^,;。()\d]{0,12}(?:\([^()]{0,24}\))?的[^,;。()\d]{0,8}[+-]?\Z"
)
# In brackets: of which year the value there is.
_YEAR_OPENS = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年|(?P<back>[上去前])年)")
_YEARS_BACK = {"上": 1, "去": 1, "前": 2}
_OF_PLAN = re.compile(rf"{any_of(_TIMES['of_whole_year'])}")
# How far back the names in a note on estimates begin.
_NOTE = 60
# The year aimed at where it opens a sentence or a paragraph; another time behind it.
_HORIZON = re.compile(
    rf"(?:^|[。\n;:)])[^\S\n]{{0,4}}{any_of(_TIMES['aiming'])}?[到至](?:(?P<year>20\d\d)年{any_of(_TIMES['of_year_aimed'])}?|“(?P<plan>十[一二三四五])五”(?:期)?末),",
    re.MULTILINE,
)
_YEAR_AIMED = re.compile("[到至](?:20\\d\\d年|“十)")
_AIMED = 24
_OTHER_TIME = re.compile(rf"(?:19|20)\d\d年|“十[一二三四五]五”{any_of(_TIMES['of_plan_named'])}|[上去今明]年")
_ITEM = re.compile(r"[^\S\n]*(?:—{1,2}|[-·•●◆▪■]|[(（]?\d{1,2}[)）.、]|[一二三四五六七八九十]是)")
_SECTION = re.compile(r"[^\S\n]*\d{1,2}[.、]")
_FAR_BACK = 1200
# A year so near to the beginning of its sentence opens it, in characters.
_OPENS = 3
# How far back the sentence is looked for that another one goes on with.
_FAR = 400


def frame_of(passage: Passage, report: Report) -> Frame:
    """What times are told from in a passage of a report."""
    first, _, last = passage.period.partition("/")
    years = "several" if is_interval_of_years(passage.period) else "one"
    return Frame(given_year(report), report, passage, first, last or first, years)


def time_of(fact: Fact, text: str, frame: Frame) -> Time:
    """When `fact` holds and how it is meant; its offsets and `text` are those of the folded report."""
    spot = spot_of(fact, text, frame)
    if spot.cues:
        spot.governing, spot.behind = _governing(spot), _behind(spot)
    passage, report = frame.passage, frame.report
    told, rule, start, stop = stage("period").decide(spot) or (passage.period, "period.of-passage", 0, 0)
    trace = [("period", rule, start, stop)]
    if fact.earlier:
        return Time("actual", "", told, "", "", (("status", "status.old-value", 0, 0), *trace))
    cue = spot.cue = spot.governing or spot.behind
    spot.period = told
    if rule not in _OF_ALL_YEARS and is_interval_of_years(told):
        if several := stage("several").decide(spot):
            trace.append(("period", *several[1:]))
            if several[0] == "last":
                spot.period = told[5:]
        else:
            trace.append(("period", "several.whole", 0, 0))
    status, why, start, stop = stage("status").decide(spot) or (passage.status, "status.of-passage", 0, 0)
    trace.append(("status", why, start, stop))
    modality = ""
    if status == "target":
        period, why = (spot.period, "") if _goes_on_to(spot, rule) else _target_period(spot, why)
        modality, why_so, start, stop = _modality(spot)
        trace.append(("modality", why_so, start, stop))
    elif passage.status == "target" and cue is None and rule != "period.of-others" and profile(report.kind).opens_year:
        # What a plan says of today is the state at the end of the year reviewed.
        period, why = report.period("review") or spot.period, "period.of-review"
    else:
        period, why = spot.period, ""
    if period != spot.period:
        trace.append(("period", why, 0, 0))
    spot.period, spot.status = period, status
    comparison = fact.comparison
    if comparison and (compared := stage("comparison").decide(spot)):
        comparison = compared[0]
        trace.append(("comparison", *compared[1:]))
    return Time(status, modality, period, _reference_period(spot, comparison), comparison, tuple(trace))


# --- period -------------------------------------------------------------------------------------------------------


@deciding("named")
def _named(spot: Spot) -> Answer | None:
    return _told(spot, spot.governing)


@deciding("named_behind")
def _named_behind(spot: Spot) -> Answer | None:
    return _told(spot, spot.behind)


def _told(spot: Spot, cue: Cue | None) -> Answer | None:
    if cue and "quarter" in cue.groups:
        cue = with_month(cue, spot.text, spot.begin + cue.start)
    stated = meaning(cue, spot.cues, spot.frame) if cue else ""
    if not cue or not stated:
        return None
    if _YEAR.fullmatch(stated) and "同期" in spot.sentence[cue.start : cue.stop + 2]:
        stated = _same_part(stated, cue, spot)
    if "day" in cue.groups and (first := _first_day(cue, spot)):
        return f"{first}/{stated}", *spot.place(cue.start, cue.stop)
    return _summed_to(stated, cue, spot.sentence, spot.at, spot.frame), *spot.place(cue.start, cue.stop)


def _first_day(last: Cue, spot: Spot) -> str:
    """The day from which on days are told up to the `last` (1月1日至11月10日); empty if only one is told."""
    for cue in spot.cues:
        if "day" in cue.groups and _UP_TO.fullmatch(spot.sentence, cue.stop, last.start):
            return meaning(cue, spot.cues, spot.frame)
    return ""


def _same_part(year: str, cue: Cue, spot: Spot) -> str:
    """The part of a year that is told of before (一季度就业3000人,去年同期为2900人), in that year."""
    others = (meaning(other, spot.cues, spot.frame) for other in reversed(spot.cues) if other.start < cue.start)
    part = next((told for told in others if told), spot.frame.passage.period)
    return part.replace(part[:4], year) if _IN_YEAR.fullmatch(part) else year


def _summed_to(stated: str, cue: Cue, sentence: str, at: int, frame: Frame) -> str:
    """The months up to the one stated, where a figure adds them up (4月,收入累计完成…); not the end of a stock (4月末)."""
    if cue.groups.keys() - {"year", "told"} != {"month"} or sentence[cue.stop : cue.stop + 1] in ("末", "底"):
        return stated
    summed = "/" not in frame.passage.period and stated[5:] > "01" and _SUMMED.search(sentence, cue.stop, at)
    return f"{stated[:4]}-01/{stated}" if summed else stated


def _governing(spot: Spot) -> Cue | None:
    """The last time expression before the figure that reaches it."""
    for cue in reversed(spot.cues):
        if cue.start >= spot.at or cue.compared:
            continue
        if "day" in cue.groups and _TOLD_ON.search(spot.sentence, cue.stop, spot.at):
            # 5月3日,记者从市统计局获悉,…: the day on which it is told; what January tells is of the year before.
            if "year" in cue.groups and int(cue.groups["month"]) > 1:
                return cue._replace(groups={"year": cue.groups["year"]})
            continue
        if "whole" in cue.groups and spot.sentence[cue.start - 1 : cue.start] in _OF_LAST:
            continue  # 比上年|底增加9家
        if "whole" in cue.groups and _OF_PLAN.match(spot.sentence, cue.stop):
            continue  # 一季度投资完成|全年的|25%
        if "whole" in cue.groups and any(other.compared and other.stop == cue.start for other in spot.cues):
            continue  # 比2022年|全年快3个百分点
        if "quarter" in cue.groups and not with_month(cue, spot.text, spot.begin + cue.start):
            continue  # 当季地膜回收率: of no month
        if cue.start < spot.clause and cue.own_clause_only:
            if cue.groups.get("whole", "").startswith("全"):
                return None  # 三季度回落,全年产值增长5%,利润增长6%: the year goes on
            continue
        # A month holds up to ; and so does a year, unless it opens the sentence or there is no other it could be. The
        # date of stocks (9月末) holds for all of the sentence that it opens.
        if cue.start < spot.segment and (
            ("month" in cue.groups and not (cue.leads and spot.sentence[cue.stop] in "末底,"))
            or (spot.frame.years == "several" and not cue.leads)
        ):
            continue
        if cue.old and any(char.isdigit() for char in spot.sentence[cue.stop : spot.at]):
            continue
        return _one_of(cue, spot)
    return None


def _one_of(cue: Cue, spot: Spot) -> Cue:
    """Of times in a list the one for this value, where each has its own (一、二季度分别增长5%、6%)."""
    each = spot.sentence.find("分别", cue.stop, spot.at)
    if each < 0:
        return cue
    times = [cue]
    for other in reversed(spot.cues[: spot.cues.index(cue)]):
        if not _JOINT.fullmatch(spot.sentence, other.stop, times[0].start):
            break
        times.insert(0, other)
    nth = len(_VALUE.findall(spot.sentence, each, spot.at))
    return times[nth] if nth < len(times) else cue


def _behind(spot: Spot) -> Cue | None:
    """A time behind the figure in its clause (20项工程于2017年完工, 20项工程3年内完工)."""
    for cue in spot.cues:
        if not spot.at < cue.start < spot.clause_stop or cue.compared:
            continue
        within = "span" in cue.groups and spot.sentence[cue.stop - 1] == "内"
        if within or spot.sentence[cue.start - 1] in "于在":
            return cue
    return None


@deciding("own_year")
def _own_year(spot: Spot) -> Answer | None:
    """The year of an old value (从2015年的3家增至9家), or that of the old value before it in the sentence."""
    begin = max(spot.sentence.rfind(word, spot.clause, spot.at) for word in "从由")
    if begin < 0 and (told := _OF_ANOTHER_YEAR.search(spot.sentence, 0, spot.at)):
        year = told["year"] or (told["nth"] and census_year(told["kind"], told["nth"]))
        last = spot.frame.last[:4]
        if told["first"]:
            year = f"{told['first']}/{year}"
        return year or (str(int(last) - 1) if last.isdigit() else ""), *spot.place(*told.span())
    for cue in reversed(spot.cues):
        # 去年同期 is counted from the new value and not from the day of the report.
        if 0 <= begin <= cue.start < spot.at and not _YEAR_BEFORE.match(spot.sentence, cue.start):
            return meaning(cue, spot.cues, spot.frame), *spot.place(cue.start, cue.stop)
    last = spot.frame.last[:4]
    if begin >= 0 and last.isdigit():
        if ago := _AGO.search(spot.sentence, begin, spot.at):
            return str(int(last) - small_number(ago["count"])), *spot.place(*ago.span())
        if before := _YEAR_BEFORE.search(spot.sentence, begin, spot.at):
            return str(int(last) - 1), *spot.place(*before.span())
    for cue in spot.cues:
        if "to" in cue.groups and cue.start < spot.clause and spot.sentence.startswith(",", cue.stop):
            return cue.groups["from"], *spot.place(cue.start, cue.stop)  # 2020年到2025年,占比从5%提高到8%
    for cue in reversed(spot.cues):
        if cue.start < spot.at and cue.old:
            return meaning(cue, spot.cues, spot.frame), *spot.place(cue.start, cue.stop)
    return "", 0, 0


@deciding("year_beside")
def _year_beside(spot: Spot) -> Answer | None:
    """The year that opens the bracket in which the value stands: 失业率为5%(上年6%)."""
    opened = spot.sentence.rfind("(", 0, spot.at)
    told, last = _YEAR_OPENS.match(spot.sentence, opened + 1), spot.frame.last[:4]
    if told is None:
        return None
    if told["year"]:
        return told["year"], *spot.place(*told.span())
    back = _YEARS_BACK[told["back"]]
    return (str(int(last) - back), *spot.place(*told.span())) if last.isdigit() else None


@deciding("average_of_years")
def _average_of_years(spot: Spot) -> Answer | None:
    """The years of the passage, unless the sentence names years of its own."""
    cue = spot.governing or spot.behind
    if cue and "/" in meaning(cue, spot.cues, spot.frame):
        return None
    return spot.frame.passage.period, 0, 0


@deciding("average_since")
def _average_since(spot: Spot) -> Answer | None:
    """The years from a year compared with in the same segment (是2016年的2倍,年均增长15%), or those of a plan that ends."""
    cue = spot.governing
    if cue and cue.groups.get("of_plan", "").endswith("末"):
        return meaning(cue._replace(groups={**cue.groups, "of_plan": "期间"}), spot.cues, spot.frame), *spot.place(
            *cue[:2]
        )
    last = (meaning(cue, spot.cues, spot.frame) if cue else "") or spot.frame.last
    for other in reversed(spot.cues):
        if other.compared and spot.segment <= other.start < spot.at:
            first = meaning(other, spot.cues, spot.frame)
            if _YEAR.fullmatch(first) and _YEAR.fullmatch(last) and first < last:
                return f"{int(first) + 1}/{last}", *spot.place(other.start, other.stop)
    # 一、2021年和过去五年工作回顾: an average told with the values of the year is one of the years.
    reviewed = spot.frame.report.period("review_years")
    if spot.frame.passage.role == "review" and reviewed[5:] == last and not spot.before(_YEARS_TOLD):
        return reviewed, 0, 0
    return None


@deciding("years_running")
def _years_running(spot: Spot) -> Answer | None:
    """The years up to the last in each of which it was so (连续6年)."""
    running = _RUNNING.search(spot.sentence, spot.clause, spot.at)
    told = _told(spot, spot.governing)
    last = (told[0] if told else spot.frame.passage.period).rpartition("/")[2]
    if not running or not _YEAR.fullmatch(last) or not (count := _count(running["running"])):
        return None
    return f"{int(last) - count + 1}/{last}", *spot.place(*running.span())


def _count(text: str) -> int:
    """A number of years in digits or Chinese; 0 if it is none or one."""
    count = small_number(text)
    return count if count > 1 else 0


@deciding("kept_over_years")
def _kept_over_years(spot: Spot) -> Answer | None:
    """The years of the passage, unless the figure's own clause names a time."""
    own = any(spot.clause <= cue.start < spot.clause_stop for cue in spot.cues)
    return None if own else (spot.frame.passage.period, 0, 0)


@deciding("year_spoken_of")
def _year_spoken_of(spot: Spot) -> Answer | None:
    """The one year of several that a sentence before has named, where this one goes on with it."""
    passage = spot.frame.passage
    for start, stop, year in _single_years(spot.text, passage.start, passage.stop):
        if start <= spot.fact.numeral.start < stop and _is_within(year, passage.period):
            return year, start, start + 4
    return None


@lru_cache(maxsize=64)
def _single_years(text: str, start: int, stop: int) -> tuple[tuple[int, int, str], ...]:
    """From where to where a passage speaks of one year that it names."""
    found = []
    for match in _ONE_YEAR.finditer(text, start, stop):
        end = _ALL_YEARS.search(text, match.end(), stop)
        found.append((match.start("year"), end.start() if end else stop, match["year"]))
    return tuple(found)


def _is_within(year: str, period: str) -> bool:
    return period[:4] <= year <= period[5:9]


@deciding("goes_on")
def _goes_on(spot: Spot) -> Answer | None:
    """The part of a year that opens a sentence before, where this one names no time and goes on with it."""
    if spot.cues and any(not cue.compared for cue in spot.cues):
        return None
    divides = bool(_GOES_ON.match(spot.sentence))
    is_body = spot.frame.passage.role == "body" and not profile(spot.frame.report.kind).plans
    if not (is_body or divides):
        return None
    balance = is_body and "余额" in spot.fact.indicator
    # What a report on half a year tells of a whole one is an aside.
    within_year = "-" in spot.frame.passage.period
    start = max(spot.text.rfind("\n", 0, spot.begin) + 1, spot.begin - _FAR)
    stop = spot.begin
    while stop > start:
        begin = max(start, spot.text.rfind("。", start, stop - 1) + 1)
        sentence = spot.text[begin:stop]
        if not _GOES_ON.match(sentence):
            for cue in cues(sentence):
                stated = meaning(cue, cues(sentence), spot.frame) if cue.leads and not cue.compared else ""
                dated = "month" in cue.groups and not (balance and sentence[cue.stop : cue.stop + 1] in ("末", "底"))
                part = bool(stated) and "plan" in cue.groups and is_body and not dated
                # 2023年产值9亿元。其中,…; 去年产值9亿元。新增企业9家
                whole = bool(_YEAR.fullmatch(stated)) and (
                    divides or (not within_year and (cue.start < _OPENS or sentence[cue.start - 1] == ":"))
                )
                if part or whole or ("-" in stated and "day" not in cue.groups and (divides or not dated)):
                    stated = _summed_to(stated, cue, sentence, len(sentence), spot.frame)
                    return stated, begin + cue.start, begin + cue.stop
                if stated:
                    return None
        stop = begin
    return None


@deciding("horizon_goes_on")
def _horizon_goes_on(spot: Spot) -> Answer | None:
    """The year aimed at that opens a sentence before, in a plan, where this one names no time (到2030年,…。产值达到9亿元)."""
    passage, times = spot.frame.passage, profile(spot.frame.report.kind).times
    if passage.role != "plan_years" and times not in ("window", "told"):
        return None
    if spot.cues and any(not cue.compared and "quarter" not in cue.groups for cue in spot.cues):
        return None
    start, every = _passage_start(spot.text, spot.begin), _horizons(spot.text)
    # One that opens the paragraph begins with the line break before it.
    first = bisect_left(every, start - 1, key=re.Match.start)
    horizons = every[first : bisect_right(every, spot.begin, key=re.Match.end)]
    if _SECTION.match(spot.text, own := spot.text.rfind("\n", 0, spot.begin) + 1):
        # Of numbered sections each has a time of its own, and what opens the list holds for all of them.
        opening = spot.text.find("\n", start, own)
        horizons = tuple(one for one in horizons if one.start() < opening or one.start() >= own - 1)
    if not horizons or _OTHER_TIME.search(spot.text, horizons[-1].end(), spot.begin):
        return None
    last = horizons[-1]
    year = last["year"] or meaning(cues(f"“{last['plan']}五”末")[0], (), spot.frame)
    return year, *last.span()


@lru_cache(maxsize=8)
def _horizons(text: str) -> tuple[re.Match[str], ...]:
    """The years aimed at that open a sentence or a paragraph of a report."""
    return tuple(around(_HORIZON, _YEAR_AIMED, text, _AIMED))


def _passage_start(text: str, at: int) -> int:
    """Where the paragraph begins, for an item of a list the one that opens the list."""
    start = text.rfind("\n", 0, at) + 1
    while start and at - start < _FAR_BACK and _ITEM.match(text, start):
        start = text.rfind("\n", 0, start - 1) + 1
    return start


# --- several years ------------------------------------------------------------------------------------------------


# What may stand between a thing and its number, and how long the words before it are that say nothing (全省).
_MODIFIED = re.compile(rf"{any_of(_TIMES['modifiers'])}+$")
_ADVERB = 3


@deciding("state_or_flow")
def _state_or_flow(spot: Spot) -> Answer | None:
    return _last_word(spot, spot.clause, spot.at)


@deciding("state_or_flow_before")
def _state_or_flow_before(spot: Spot) -> Answer | None:
    return _last_word(spot, 0, spot.clause)


@deciding("bare_noun")
def _bare_noun(spot: Spot) -> Answer | None:
    """The thing alone before the figure, with no verb for what was done (规上企业90家): as many as there are now."""
    name = spot.fact.indicator
    if spot.fact.unit.startswith("%"):
        return None
    before = spot.sentence[spot.item : spot.at].strip(" 、,“”").removesuffix(spot.fact.numeral.text)
    before = _MODIFIED.sub("", before).rstrip("”")
    told = before.replace("“", "").replace("”", "")
    plain = name.replace("“", "").replace("”", "")
    # 甜瓜种植面积52万亩,年产量60万吨: what is left out stands before.
    whole = told.endswith(plain) and len(told) - len(plain) <= _ADVERB
    if not plain or not (whole or (len(told) > 1 and plain.endswith(told))) or _FLOW.search(name):
        return None
    return "last", *spot.place(spot.item, spot.at)


def _last_word(spot: Spot, start: int, stop: int) -> Answer | None:
    """The last word for a state (last) or for what was done (whole) in that stretch of the sentence."""
    state = max((match.span() for match in _STATE.finditer(spot.sentence, start, stop)), default=(-1, -1))
    flow = max((match.span() for match in _FLOW.finditer(spot.sentence, start, stop)), default=(-1, -1))
    if state[0] == flow[0]:
        return None
    return ("last", *spot.place(*state)) if state > flow else ("whole", *spot.place(*flow))


# --- status -------------------------------------------------------------------------------------------------------


@deciding("done_before")
def _done_before(spot: Spot) -> Answer | None:
    past = spot.before(_PAST)
    if not past or "的" in spot.sentence[past.end() : spot.at]:
        return None
    return "", *spot.place(*past.span())


@deciding("is_over")
def _is_over(spot: Spot) -> Answer | None:
    return _of_cue(spot) if _has_passed(spot.period, spot.frame) else None


@deciding("is_ahead")
def _is_ahead(spot: Spot) -> Answer | None:
    """Whether the year named is still to come: for a report that opens its year, that year too."""
    frame, cue = spot.frame, spot.cue
    if not frame.given or "-" in spot.period or cue is None or "whole" in cue.groups:
        return None
    last = _last_year(spot.period)
    ahead = last >= frame.given + (not profile(frame.report.kind).opens_year)
    return _of_cue(spot) if ahead or (last == frame.given and _by_its_end(spot, cue)) else None


def _by_its_end(spot: Spot, cue: Cue) -> bool:
    """Whether the end of the year is aimed at in which the document was given (到2024年底, told in May)."""
    before = spot.sentence[max(cue.start - 2, 0) : cue.start]
    told_before = "" < spot.frame.report.date[5:7] < "12"
    towards = before[-1:] in ("到", "至") and before != _AS_OF
    return told_before and towards and spot.sentence.startswith(_YEARS_END, cue.stop)


def _of_cue(spot: Spot) -> Answer:
    assert spot.cue is not None
    return "", *spot.place(spot.cue.start, spot.cue.stop)


@deciding("is_meant")
def _is_meant(spot: Spot) -> Answer | None:
    """A word of intention that reaches the figure."""
    for word in _FUTURE.finditer(spot.sentence, spot.segment, spot.at):
        if word[0] == "要" and spot.frame.passage.role == "glossary":
            continue  # What a decision asked for has the time of the part that uses the term.
        # A result reported in between ends its reach.
        if word.start() >= spot.clause or not _DONE.search(spot.sentence, word.end(), spot.clause):
            if _PLANNED.search(spot.sentence, max(spot.clause, word.start() - 2), spot.at):
                return None
            return "", *spot.place(*word.span())
    return None


@deciding("is_granted")
def _is_granted(spot: Spot) -> Answer | None:
    """The most that a policy grants, as `grants` has named it."""
    fact = spot.fact
    return ("", fact.head_start, fact.numeral.start) if fact.rule == "grant" and fact.bound == "at_most" else None


@deciding("estimate_opens")
def _estimate_opens(spot: Spot) -> Answer | None:
    estimate = _ESTIMATE.search(spot.sentence, 0, spot.at)
    if not estimate or not _LEAD.match(spot.sentence[: estimate.start()]):
        return None
    return "", *spot.place(*estimate.span())


@deciding("estimate_throughout")
def _estimate_throughout(spot: Spot) -> Answer | None:
    if spot.period[-4:] != spot.frame.last[-4:]:
        return None
    noted = _throughout(spot.text)
    return ("", *noted) if noted and noted[0] < spot.fact.numeral.start else None


@lru_cache(maxsize=8)
def _throughout(text: str) -> Span | None:
    """Where a report says that what follows are estimates (预计,下同); None if it doesn't."""
    note = _THROUGHOUT.search(text) if "下同" in text else None
    return note.span() if note else None


@deciding("estimate_noted")
def _estimate_noted(spot: Spot) -> Answer | None:
    if spot.period[-4:] != spot.frame.last[-4:]:
        return None
    noted = next((span for name, span in _estimated(spot.text) if name in spot.fact.indicator), None)
    return ("", *noted) if noted else None


@lru_cache(maxsize=8)
def _estimated(text: str) -> tuple[tuple[str, Span], ...]:
    """Indicators that a note somewhere in the report declares to be estimates, with the place of the note."""
    names: list[tuple[str, Span]] = []
    for note in _ESTIMATE_NOTE.finditer(text):
        subject = re.split("[。;:\n]|注|说明", text[max(0, note.start() - _NOTE) : note.start()])[-1]
        names += [(name, note.span()) for name in re.split("[和、及与,]", subject) if len(name) >= 4]
    return tuple(names)


def _last_year(period: str) -> int:
    year = period.rpartition("/")[2][:4]
    return int(year) if year.isdigit() else 0


def _has_passed(period: str, frame: Frame) -> bool:
    return 0 < _last_year(period) < frame.given


def _is_undated(spot: Spot) -> bool:
    return bool(spot.before(_UNDATED) or _ONCE_BUILT.search(spot.sentence, spot.segment, spot.at))


def _goes_on_to(spot: Spot, rule: str) -> bool:
    """Whether a target has the time of a sentence before."""
    return rule == "period.horizon-goes-on" or (rule == "period.goes-on" and not _is_undated(spot))


def _target_period(spot: Spot, rule: str) -> tuple[str, str]:
    """The period of a target and the rule that told it: what it names, or the plan's; without a date it has none."""
    frame = spot.frame
    if rule.startswith(("status.set-f", "status.set-approved")):
        return spot.period.rpartition("/")[2][:4], "period.of-budget"
    if spot.cue and not _has_passed(spot.period, frame):
        return spot.period, ""
    # 项目建成后,新增产能9万吨、产值9亿元: for all that the sentence goes on with.
    undated = _is_undated(spot)
    given = str(frame.given) if frame.given else ""
    if not profile(frame.report.kind).plans:
        return ("", "period.undated") if undated else (given, "period.of-document")
    if frame.passage.status == "actual":
        return ("", "period.undated") if undated else (frame.report.period("plan") or given, "period.of-plan")
    if spot.before(_SOON):
        return "", "period.undated"  # 尽快实现…: as a plan it has no date either
    return spot.period, ""


# A value, and no year or number of years.
_TOLD_VALUE = re.compile(r"\d(?![\d.]*个?[年月日届])")


# --- modality -----------------------------------------------------------------------------------------------------


def _modality(spot: Spot) -> Decision:
    """The force of a target: the nearest word that reaches it, or that of the list in which it stands."""
    return stage("modality").decide(spot) or stage("target_list").decide(spot) or ("plain", "modality.none", 0, 0)


@deciding("stretched")
def _stretched(spot: Spot) -> Answer | None:
    word = spot.before(pattern("{stretch}"))
    return ("", *spot.place(*word.span())) if word else None


@deciding("ensured")
def _ensured(spot: Spot) -> Answer | None:
    return _reaching(spot, pattern("{ensure}"))


@deciding("striven")
def _striven(spot: Spot) -> Answer | None:
    return _reaching(spot, pattern("{strive}"))


@deciding("planned")
def _planned(spot: Spot) -> Answer | None:
    return _reaching(spot, pattern("{plan}"))


@deciding("expected")
def _expected(spot: Spot) -> Answer | None:
    return _reaching(spot, pattern("{expect}"))


def _reaching(spot: Spot, words: Filtered) -> Answer | None:
    """The last of the words that reaches the figure: those in its clause first, then those that open one before."""
    found = None
    for word in words.finditer(spot.sentence, spot.segment, spot.at):
        if _reaches(spot, word):
            found = word
    return ("", *spot.place(*found.span())) if found else None


def _reaches(spot: Spot, word: re.Match[str]) -> bool:
    """Whether the figure shares the predicate of a word of force.

    A word that opens its clause holds for what the sentence goes on with, except in a list of targets; one behind a
    name, for the values of that name.
    """
    between = spot.sentence[word.end() : spot.at]
    begin = max(spot.sentence.rfind(mark, 0, word.start()) for mark in ",;:") + 1
    if _OPENING.match(spot.sentence[begin : word.start()]):
        if "," not in between:
            return True
        if any(_NEW_UNDERTAKING.match(clause) for clause in between.split(",")[1:]):
            return False
        # In a list that tells other aims before it, the word holds for its own item.
        listed = _TOLD_VALUE.search(spot.sentence, spot.segment, begin) or _target_list(spot)
        return not listed or (spot.fact.rule.startswith("ellipsis") and between.count(",") == 1)
    if "," in between:
        return False
    rest = between.rpartition("、")[2]
    return rest == between or not any(map(str.isdigit, between))


@deciding("in_target_list")
def _in_target_list(spot: Spot) -> Answer | None:
    found = _target_list(spot)
    return ("", *found) if found else None


def _target_list(spot: Spot) -> Span | None:
    """Where the words stand that open the list of targets in which the figure stands; None if it stands in none."""
    at = spot.fact.numeral.start
    for opened, stop in _target_lists(spot.text):
        if opened[1] <= at < stop:
            return opened
    return None


@lru_cache(maxsize=8)
def _target_lists(text: str) -> tuple[tuple[Span, int], ...]:
    """The words that open a list of targets, and where each list ends."""
    return tuple(((begin, start), stop) for begin, start, stop in opened_lists(text, least=1))


# --- comparison ---------------------------------------------------------------------------------------------------


@deciding("against_year_before")
def _against_year_before(spot: Spot) -> Answer | None:
    """The year named is the one before the figure's."""
    named = _SINCE_YEAR.match(spot.fact.reference)
    if not named or not _YEAR.fullmatch(spot.period) or int(named[1]) != int(spot.period) - 1:
        return None
    return "", spot.fact.head_start, spot.fact.numeral.start


@deciding("pace_told_before")
def _pace_told_before(spot: Spot) -> Answer | None:
    """What the pace told before was measured from (增速较7月加快0.3个百分点,投资加快5.9个百分点)."""
    told = max(_PACE_TOLD.finditer(spot.sentence, 0, spot.clause), key=lambda match: match.start(), default=None)
    cue = next((one for one in spot.cues if told and told.start() < one.start < told.end()), None)
    since = meaning(cue, spot.cues, spot.frame) if cue else ""
    if told is None or not since:
        return None
    return "previous" if since == _period_before(spot.period) else "since", *spot.place(*told.span())


@deciding("against_figures")
def _against_figures(spot: Spot) -> Answer | None:
    """What the figure is compared with was told of the same year (与2021年执行数相比)."""
    told = _FIGURES.match(spot.fact.reference)
    if not told or told[1] != spot.period[:4]:
        return None
    return "", spot.fact.head_start, spot.fact.numeral.start


@deciding("against_value")
def _against_value(spot: Spot) -> Answer | None:
    """The value before in the clause is that of a year which is not the one directly before (比2010年的3.1人减少0.5人)."""
    told = _value_told(spot)
    if told is None or (_YEAR.fullmatch(spot.period) and int(told[0]) == int(spot.period) - 1):
        return None
    return "", *told[1:]


def _value_told(spot: Spot) -> Answer | None:
    """The year of the value before in the clause that is compared with, and where that stands."""
    told = max(_VALUE_OF_YEAR.finditer(spot.sentence, spot.clause, spot.at), key=lambda one: one.start(), default=None)
    year = told and (told["year"] or census_year(told["kind"], told["nth"]))
    return (year, *spot.place(*told.span())) if told and year else None


def _year_told(reference: str) -> str:
    """The year of what a value is compared with, of a census that in which it was taken; empty if it names none."""
    told = _YEAR_TOLD.match(reference)
    return (told["year"] or census_year(told["kind"], told["nth"])) if told else ""


@deciding("against_month_before")
def _against_month_before(spot: Spot) -> Answer | None:
    """The month that the value is measured from is the one before the figure's (8月,产值比7月增长2%)."""
    cue = next((cue for cue in reversed(spot.cues) if cue.compared and spot.clause <= cue.start < spot.at), None)
    if cue is None or cue.groups.keys() - {"year", "told"} != {"month"}:
        return None
    if meaning(cue, spot.cues, spot.frame) != _period_before(spot.period):
        return None
    return "", *spot.place(cue.start, cue.stop)


def _reference_period(spot: Spot, comparison: str) -> str:
    """The time that a growth, a change or a multiple is measured from, as an interval a/b; empty if none."""
    return _as_interval(_measured_from(spot, comparison))


def _as_interval(period: str) -> str:
    return period if "/" in period or not period else f"{period}/{period}"


def _measured_from(spot: Spot, comparison: str) -> str:
    fact, period = spot.fact, spot.period
    if fact.measure not in _MEASURED_FROM:
        return ""
    for cue in reversed(spot.cues):
        if cue.compared and spot.clause <= cue.start < spot.at:
            stated = meaning(_one_of_compared(cue, spot), spot.cues, spot.frame)
            same = _YEAR.fullmatch(stated) and _IN_YEAR.fullmatch(period)
            if same and "同期" in spot.sentence[cue.start : cue.stop + 2]:
                return period.replace(period[:4], stated)  # 比去年同期增长5%: the same part of that year
            if "told" in cue.groups and stated == period and _YEAR.fullmatch(period):
                return str(int(period) - 1)  # a report on 2021 from 2022, 比去年增加6天: than in 2020
            return stated
    if fact.reference and fact.reference not in spot.sentence[spot.clause : spot.at]:
        # 与2019年相比,企业增加60家、产值增长9%: told in a clause before.
        for cue in reversed(spot.cues):
            if cue.compared and cue.start < spot.clause and spot.sentence.startswith(fact.reference[:2], cue.start):
                return meaning(cue, spot.cues, spot.frame)
    if comparison == "since" and (year := _year_told(fact.reference)):
        return year
    if comparison == "since" and (told := _value_told(spot)):
        return told[0]
    if _LAST_YEARS_END.match(fact.reference) and (last := _last_year(period[:4])):
        return str(last - 1)
    if (ago := spot.before(_AGO)) and (last := _last_year(period)):
        return str(last - small_number(ago["count"]))
    return _before(period, comparison)


def _one_of_compared(cue: Cue, spot: Spot) -> Cue:
    """Of times in a list the one that this value is measured from (较一季度、上半年分别回落1.4和0.1个百分点)."""
    listed = [other for other in spot.cues if other.compared and spot.clause <= other.start <= cue.start]
    if len(listed) < 2 or "分别" not in spot.sentence[spot.clause : spot.at]:
        return cue
    nth = len(_VALUE.findall(spot.sentence, cue.stop, spot.at))
    # 较去年同期和全年: that of the year before.
    return next((one for one in reversed(listed[: nth + 1]) if "whole" not in one.groups), cue)


_MEASURED_FROM = ("growth", "change", "multiple")


def usual_reference(measure: str, period: str, comparison: str) -> str:
    """The time that a figure is measured from where its sentence does not say it, as an interval a/b; empty if none."""
    return _as_interval(_before(period, comparison)) if measure in _MEASURED_FROM else ""


def _before(period: str, comparison: str) -> str:
    first = period[:4]
    if not first.isdigit():
        return ""
    if comparison == "previous":
        return _period_before(period)
    if is_interval_of_years(period):
        return str(int(first) - 1) if comparison == "since" else ""
    if comparison != "yoy":
        return ""
    # The year before a leap year has no 29 February.
    return "/".join(f"{int(edge[:4]) - 1}{edge[4:].replace('-02-29', '-02-28')}" for edge in period.split("/"))


def _period_before(period: str) -> str:
    """The month, quarter, half or year directly before a period; empty for others."""
    year, _, part = period.partition("-")
    if not year.isdigit():
        return ""
    before = int(year) - 1
    if not part:
        return str(before) if year == period else ""
    if part in ("H1", "Q1", "01"):
        return f"{before}-{ {'H1': 'H2', 'Q1': 'Q4', '01': '12'}[part] }"
    if re.fullmatch(r"[HQ]\d", part):
        return f"{year}-{part[0]}{int(part[1]) - 1}"
    return f"{year}-{int(part) - 1:02d}" if re.fullmatch(r"\d\d", part) else ""
