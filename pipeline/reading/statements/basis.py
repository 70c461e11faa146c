"""On what basis a value is told: at what prices, for each of several years, as a total so far, of how many of its kind."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import filtered
from pipeline.reading.statements.head import is_ratio
from pipeline.reading.statements.phrase import event_at_start

_WORDS = vocabulary("constructions")["compared"]
_EACH_YEAR = re.compile(any_of(set(_WORDS["each_year"]) - set(_WORDS["moving_by_year"])))
_OF_CLAUSE = re.compile(any_of(_WORDS["moving_by_year"]))
_MEAN_OF_YEARS = re.compile(
    rf"{any_of(_WORDS['mean_of_years'])}(?!{any_of([*_WORDS['mean_within_year'], *_WORDS['mean_of_change']])})"
)
_TO_DATE = re.compile(any_of(_WORDS["to_date"]))
_COVERAGE = filtered(rf"(?<!跨境){any_of(_WORDS['coverages'])}")
# What is left out is told up to the word that closes it (扣除价格因素, 剔除减税后). Nothing optional at a beginning, so that
# only places with one of few characters are tried.
_LEFT_OUT = rf"(?<!加计)(?:剔除|扣除)[^,;:。\d]{{1,20}}?(?:{any_of(_WORDS['left_out_ends'])}|(?=[,;:。\d]))"
_BASIS = filtered(
    rf"{_LEFT_OUT}|按可比{any_of(_WORDS['comparable'])}?|可比{any_of(_WORDS['comparable'])}?|{any_of(_WORDS['bases'])}|实际(?=增长|增速)|名义(?=增长|增速)"
)


def basis_of(name: str, measure: str, unit: str, before: str) -> str:
    """On what basis a value is told, in the words of the text, joined by 、; empty where it does not say so.

    `name` is what is measured; `before` what stands before the number since the number before it, from its clause on.
    """
    said = _stated(before) or _each_year(measure, unit, before)
    found = [said] if said else []
    if measure == "level" and not is_ratio(unit) and (total := _to_date(name, before)):
        found.append(total)
    if narrow := _COVERAGE.search(name):
        found.append(narrow[0])
    return "、".join(found)


def _stated(before: str) -> str:
    """The statistical basis that the words before a number state (可比, 同口径, 剔除…), as written."""
    found = _BASIS.findall(before)
    return "、".join(dict.fromkeys(found)) if found else ""


def _each_year(measure: str, unit: str, before: str) -> str:
    """What says that a level is told for each of several years (每年, 年均), as written; `before` begins with the clause."""
    if measure != "level" or "年" not in before or unit.endswith("/年"):
        return ""
    mean = _MEAN_OF_YEARS.search(before, max(map(before.rfind, "0123456789")) + 1)
    found = mean or _OF_CLAUSE.search(before, before.rfind(",") + 1) or _EACH_YEAR.search(before)
    return found[0] if found else ""


def _to_date(name: str, before: str) -> str:
    """What says that a level is a total so far: in its name, or before the list that the number stands in."""
    if said := _TO_DATE.search(name):
        return said[0]
    listed = _TO_DATE.search(before, before.rfind(",") + 1)
    return listed[0] if listed and event_at_start(name) else ""  # 累计建成甲9个、乙6个; not 累计新增9个、总量达60个
