"""When a report was delivered or issued, and when its page was put up."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.documents.assemblies import assembly_span
from pipeline.documents.front_matter import DATE, dates, stated_date
from pipeline.documents.profiles import Profile
from pipeline.documents.view import HAN, View
from pipeline.knowledge import any_of, vocabulary
from pipeline.text.chinese_numbers import small_number

_WORDS = vocabulary("documents")
_CONGRESS = _WORDS["national_congress"]
_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"
_SESSION = re.compile(rf"({_NUMBER})届{_CONGRESS['assembly']}(?:第)?({_NUMBER})次会议")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_ISO = r"((?:19|20)\d\d(?:-|年|/|\.)\d{1,2}(?:-|月|/|\.)\d{1,2})"
_PUBLISHED = re.compile(_WORDS["published"] + _ISO)
_CLOCK = r"(?:[^\S\n]*\d{1,2}[:时]\d\d(?::\d\d|分)?)?"
_ISSUER = rf"[{HAN}]{{2,16}}{any_of(_WORDS['issuers'])}"
_MEDIUM = rf"[{HAN}]{{2,8}}{any_of(_WORDS['media'])}"
_BARE_DATE = re.compile(
    rf"^[^\S\n]*(?:(?:{_MEDIUM}|{_ISSUER})[^\S\n]+)?{_ISO}日?{_CLOCK}[^\S\n]*(?:[|｜丨][^\S\n]*)?(?:来源.{{0,40}}|{_MEDIUM}[^\S\n]*)?$",
    re.MULTILINE,
)
# At the very top, whatever stands behind it in its line: 2024-06-14 653 0; date 2025-11-07 某某社…电.
_AT_TOP = re.compile(rf"\s*(?:date[:\s]{{1,3}})?{_ISO}(?![\d日号]){_CLOCK}(?=\s)")
# At the end of a short line: 某某客户端济宁7月18日讯 2025-07-18 15:32.
_AT_END = re.compile(
    rf"^[^\n。,，;；]{{1,40}}[\s|]{_ISO}日?[^\S\n]{{1,4}}\d{{1,2}}:\d\d(?::\d\d)?[^\S\n]*$", re.MULTILINE
)
_BEHIND_SOURCE = re.compile(rf"^[^\S\n]*来源[:：][^\n]{{1,40}}?\s{_ISO}日?{_CLOCK}[^\S\n]*$", re.MULTILINE)
_OFFICE = rf"(?:[{HAN}]{{2,24}}{any_of(_WORDS['offices'])}[^\S\n]+)?"
_SIGNED = re.compile(rf"^[^\S\n]*{_OFFICE}(?P<date>{DATE})[^\S\n]*$", re.MULTILINE)
_BRACKETED = re.compile(rf"[(（]\s*(?P<date>{DATE})(?:\s{{0,3}}[{HAN}]{{2,4}}|[{HAN}“”]{{4,60}}(?:批准|通过))?\s*[)）]")
_ISSUED = re.compile(rf"{any_of(_WORDS['date_labels'])}[\s\]】:-]{{1,8}}{_ISO}")
_DATELINE = re.compile(_WORDS["dated_line"])
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!以来)")
_COMPARED = re.compile(rf"{_WORDS['compared_year']}\Z")
_BEGINNING = 300
_END = 200
_NAMED = 1500


def date_of(view: View, profile: Profile) -> str:
    """The day on which the report was delivered or issued, by the evidence that its kind has; empty if none tells it."""
    return next((found for found in (_EVIDENCE[name](view) for name in profile.date) if found), "")


def published_of(view: View) -> str:
    """The date of the web page, from its header, the report's front matter, or the line below it."""
    for part in (view.header, view.front, view.footer):
        match = _PUBLISHED.search(part) or _BEHIND_SOURCE.search(part) or _BARE_DATE.search(part)
        match = match or _AT_TOP.match(part) or _AT_END.search(part, 0, _BEGINNING)
        if match and not (part is view.front and _is_signature(match[0])):
            return _first(match[1])
    return ""


def _is_signature(line: str) -> bool:
    """Whether a line is a date with 日, which a document has of its own; a page writes 2018-01-18."""
    return line.strip().endswith("日") and bool(_SIGNED.fullmatch(line.strip()))


def _first(text: str) -> str:
    return (dates(text) or [""])[0]


def _congress(view: View) -> str:
    """The last date shortly before the congress is named, else a full date behind it."""
    front = re.sub(r"\s", "", view.front)
    at = assembly_span(front)
    return (dates(front[max(at[0] - 20, 0) : at[0]]) or [""])[-1] if at else ""


def _bracketed(view: View) -> str:
    match = _BRACKETED.search(view.front)
    return _first(match["date"]) if match else ""


def _signed(view: View) -> str:
    match = _SIGNED.search(view.front) or _SIGNED.search(view.text[-_END:])
    return _first(match["date"]) if match else ""


def _headed(view: View) -> str:
    """The date on a line of its own above the text: 2011年1月8日; a page writes 2011-01-08."""
    match = _SIGNED.search(view.front)
    return _first(match["date"]) if match and _is_signature(match[0]) else ""


def _issued(view: View) -> str:
    match = _ISSUED.search(view.header) or _ISSUED.search(view.front)
    return _first(match[1]) if match else ""


def _dateline(view: View) -> str:
    """The date with which an article begins; its year may stand there, in the congress it names, or on the page."""
    beginning = view.text[:_BEGINNING]
    line = _DATELINE.search(beginning)
    if line and (full := _first(line[0])):
        return full
    day = _MONTH_DAY.search(line[0] if line else beginning)
    if not day:
        return ""
    month_day = f"{int(day[1]):02}-{int(day[2]):02}"
    session = _SESSION.search(beginning)
    if session and (printed := _first(beginning[: session.end()])):
        return printed
    if session:
        term, sitting = small_number(session[1]), small_number(session[2])
        year = int(_CONGRESS["year"]) + 5 * (term - int(_CONGRESS["term"])) + sitting - 1
        return f"{year}-{month_day}"
    page = (stated_date(view.stated) or _page(view))[:4]
    return f"{page}-{month_day}" if line and page else ""


def _page(view: View) -> str:
    """When the page was put up, unless the text speaks of years so far back that it was put up again."""
    published = published_of(view)
    put_up = int(published[:4] or 0)
    # A year ahead is one that is aimed at.
    # … and one that others are compared with (比2019年增长) is not spoken of.
    text = view.text[:_NAMED]
    years = _YEAR.finditer(text)
    told = (int(year[1]) for year in years if not _COMPARED.search(text[max(year.start() - 2, 0) : year.start()]))
    named = max((year for year in told if year <= put_up), default=put_up)
    return published if put_up - named <= 1 else ""


def _front_matter(view: View) -> str:
    return stated_date(view.stated)


_EVIDENCE: dict[str, Callable[[View], str]] = {
    "congress": _congress,
    "bracketed": _bracketed,
    "signed": _signed,
    "headed": _headed,
    "issued": _issued,
    "dateline": _dateline,
    "page": _page,
    "front_matter": _front_matter,
}
