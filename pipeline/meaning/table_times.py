"""When the figures of a table hold: by the heads of their columns or rows, its title, then its place in the report."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.knowledge import vocabulary
from pipeline.meaning.time_words import Frame, cues, meaning
from pipeline.meaning.when import usual_reference
from pipeline.models import Time
from pipeline.reading.structures import TableCell

_WORDS = vocabulary("structure")["table"]
_CUMULATIVE = re.compile(_WORDS["cumulative"])
_THIS_MONTH = re.compile(_WORDS["this_month"])
_LAST_MONTH = {"H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}
_YEAR = re.compile(r"(?:19|20)\d\d")


def time_of_cell(cell: TableCell, title: str, time: Time, frame: Frame) -> Time:
    """What heads, title and notes of a table say goes before what its place in the report says."""
    base = _base(title, frame)
    period = _moved(_told(cell.told, base, frame), cell.shift) or time.period
    if cell.comparison == "annual_average" and (plan := frame.report.period("plan_years")) and len(period) == 4:
        period = plan
    status = cell.status
    last = period.rpartition("/")[2][:4]
    if not status and cell.told and frame.given and last.isdigit() and _YEAR.search(cell.told):
        # What lies before the year of the report is done, what lies behind it is meant.
        status = "actual" if int(last) < frame.given else "target" if int(last) > frame.given else ""
    status = status or cell.title_status or time.status
    modality = time.modality or "plain" if status == "target" else ""
    since = usual_reference(cell.measure, period, cell.comparison) or time.reference_period
    return time._replace(status=status, modality=modality, period=period, reference_period=since)


@lru_cache(maxsize=64)
def _base(title: str, frame: Frame) -> str:
    """The time that the whole table is about: of its title, of the report's title, of its passage."""
    named = _first(title, frame)
    passage = frame.passage.period
    if len(passage) == len("2018-01-18"):
        passage = frame.report.period("review") or passage[:4]
    base = named or passage
    if len(base) == 4:
        # A title may name a part of its year (2019年上半年), and so may what the report is about.
        parts = [_meant(f"{base}年,{title}", frame), passage, _meant(frame.report.title, frame)]
        base = next((part for part in parts if _inside(part, base)), base)
    return base


def _first(title: str, frame: Frame) -> str:
    year = _YEAR.findall(title)
    found = [meaning(cue, told, frame) for told in [cues(title)] for cue in told if not cue.compared]
    # A day above a table is the date of the document.
    return next((period for period in found if 0 < len(period) != len("2018-01-18")), "") if year else ""


def _meant(words: str, frame: Frame) -> str:
    """The last time that words name, with a part of a year before a whole one."""
    told = cues(words)
    found = [period for cue in told if not cue.compared and (period := meaning(cue, told, frame))]
    return max(found, key=lambda period: len(period) > 4, default="")


@lru_cache(maxsize=256)
def _told(words: str, base: str, frame: Frame) -> str:
    """The time that the head of a column, or a row, names in a table about `base`."""
    year = base[:4]
    sentence = f"{year}年,{words}" if year.isdigit() else words
    offset = len(sentence) - len(words)
    told = cues(sentence)
    for cue in told:
        if cue.start >= offset and not cue.compared:
            if "whole" in cue.groups:
                return year
            if period := meaning(cue, told, frame):
                return period
    month = base[5:7]
    if _THIS_MONTH.search(words):
        # 本月 in a table of several months is the last of them.
        last = base.rpartition("/")[2]
        return f"{last[:5]}{_LAST_MONTH.get(last[5:], last[5:])}" if len(last) == len("2018-01") else base
    if _CUMULATIVE.search(words) and len(base) == len("2018-01") and month.isdigit():
        return f"{year}-01/{base}" if month != "01" else base
    return base


def _moved(period: str, years: int) -> str:
    return _YEAR.sub(lambda year: str(int(year[0]) + years), period) if years else period


def _inside(period: str, year: str) -> bool:
    """Whether a period is a part of a year: 2019-Q1, 2019-01/2019-09."""
    first, _, last = period.partition("/")
    return len(period) > 4 and first[:5] == f"{year}-" and last[:5] in ("", f"{year}-")
