"""Ranks: 增速居全省第3位, 全国第2大港口."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.changes import without_from
from pipeline.reading.statements.phrase import clean, strip_tail

_SMALL = vocabulary("function_words")
_WORDS = vocabulary("constructions")["ranks"]
# 总吨位居第二: 位 belongs to the word before.
_VERB = re.compile(
    rf"(?:(?<![{_WORDS['not_place_before']}](?=位)){any_of(_WORDS['verbs'])}|{any_unless(_WORDS['short_verbs'])})(?P<pool>[^,;:]{{0,24}})$"
)
_CONTEST = re.compile(rf"{any_of(_WORDS['contests'])}$")
_AREA = rf"(?:{any_of(_WORDS['areas'])}|(?:(?!全[国省市区县州])[^,;:、的在]){{1,4}}[省市区县州])"
_DIRECTION = re.compile(rf"[^,;:、的在]{{0,2}}{any_of(_WORDS['directions'])}{any_of(_WORDS['direction_ends'])}?第?$")
_POOL = re.compile(rf"{_AREA}的?(?:同类|[^,;:、的]{{0,8}}{any_of(_WORDS['rivals'])})?[中里内]?第?$")
_IN_POOL = re.compile(rf"在{_AREA}[^,;:的]{{0,16}}$")
# Who took part in a contest is told by a few characters: 我县, 某某县.
_IN_CONTEST = re.compile(
    rf"(?P<rest>[^,;:在]*)在{_AREA}的?(?P<contest>[^,;:的]{{2,16}}?{any_of(_WORDS['contests'])})[中里]?$"
)
_CONTEST_MARKS = ("中,", "上,")
_CONTEST_TOLD = re.compile(
    rf"在[^,;:]{{0,24}}?(?:{any_of(_WORDS['held'])}的)?(?:{_AREA}的?)?"
    rf"(?P<contest>[^,;:的在]{{2,16}}?{any_of([*_WORDS['contests'], *_WORDS['lists']])})[中上],$"
)
_CONTESTANT = re.compile(r"[我全][国省市区县州旗镇]|[^,;:的]{1,4}[省市县区州旗镇]")
_FROM_POOL = re.compile(rf"[由从](?P<pool>{_AREA})的?$")
_PLACE = 4
_RATE = re.compile(rf"{any_of(_WORDS['rates'])}$")
_KEPT = re.compile(any_of(_WORDS["kept"]))
_STREAK = re.compile(rf"连续[\d一二三四五六七八九十两多]+{any_of(_WORDS['spans'])}$")
_TIED = re.compile(rf"{any_of(_WORDS['tied'])}$")
_THING = re.compile(r"^[大个家座条批]?(?![位名的,、和(])([^,;、]{3,24})$")


def before_rank(lead: str) -> str:
    """The words before a rank without its verb and its pool (增速排名全省并列 → 增速)."""
    lead = without_from(_TIED.sub("", lead))
    verb = _VERB.search(lead)
    if verb and _CONTEST.search(verb["pool"]):
        return verb["pool"]
    if verb:
        lead = lead[: verb.start()]
        if (contest := _IN_CONTEST.match(lead)) and len(contest["rest"]) <= _PLACE:
            return contest["contest"]  # 我县在全省营商环境评价中列第9位
    lead = _IN_POOL.sub("", lead) if "在" in lead else lead
    pool = _POOL.search(strip_tail(lead).text)
    if pool:
        lead = lead[: pool.start()]
    return _RATE.sub("", _STREAK.sub("", lead)).rstrip("和与及并、")


def contest_told(context: str) -> str:
    """The contest in which a rank was reached, where the clause before names it (在全省营商环境评价中,我县排名第9), or nothing."""
    told = _CONTEST_TOLD.search(context) if context.endswith(_CONTEST_MARKS) else None
    return clean(told["contest"]) if told else ""


def is_contestant(name: str) -> bool:
    """Whether the words before a rank only tell who took part: 我县, 全市."""
    return not name or bool(_CONTESTANT.fullmatch(name))


_RANKED: dict[str, str] = {word: kind for kind, words in _WORDS["ranked"].items() for word in words}
_KINDS = re.compile(rf"{any_of(_RANKED)}(?:[、和及与]{any_of(_RANKED)})*(?={any_of(_SMALL['distributing_ranks'])}?$)")
_KIND = re.compile(any_of(_RANKED))
_BEFORE_POOL = re.compile(r"在(?P<pool>[^,;:]{1,20}?)[中里内]?$")
_ABOUT_POOL = re.compile(rf"^{any_of(_WORDS['moving'])}?{any_of(_WORDS['at'])}+|{any_of(_WORDS['behind_pool'])}+$")


def rank_told(lead: str, nth: int) -> tuple[str, str]:
    """What of a thing the words before a rank say is ranked, and its pool as written; empty where they say nothing.

    nth: which of several ranks behind the words it is (总量和增速分别居全省第6位和第5位).
    """
    whole = _TIED.sub("", lead.rstrip("第前"))
    lead = without_from(whole)
    verb = _VERB.search(lead)
    named = lead[: verb.start()] if verb else lead
    pool = _ABOUT_POOL.sub("", verb["pool"]) if verb else ""
    if _CONTEST.search(pool):
        pool = ""
    if before := _BEFORE_POOL.search(named):
        named = named[: before.start()]
        pool = pool or before["pool"]
    elif not pool and (area := _POOL.search(named) or _DIRECTION.search(named)):
        named, pool = named[: area.start()], _ABOUT_POOL.sub("", area[0])
    if _CONTESTANT.fullmatch(pool) and pool[0] == "我":
        pool = ""  # 我县排名第9: who took part
    if not pool and (old := _FROM_POOL.search(whole)):
        pool = old["pool"]  # 由全市第8位升至第3位
    kinds = _KINDS.search(_STREAK.sub("", named))
    if not kinds:
        return "", pool
    told = _KIND.findall(kinds[0])
    return _RANKED[told[nth if nth < len(told) else -1]], pool


def is_kept(lead: str) -> bool:
    """Whether the words before a rank say that the thing has had it for long: 覆盖率提高3个百分点、稳居全省第一."""
    return bool(_KEPT.search(lead))


def is_pool(lead: str) -> bool:
    """Whether the words before a rank are another pool alone, of what was ranked before (居全省第3、桂东南第1)."""
    return bool(_DIRECTION.fullmatch(lead))


def thing_ranked(trail: str) -> str:
    """The thing that stands behind its rank (第2大港口 → 港口), or an empty string."""
    thing = None if w.REACH_OR_CHANGE.at_start(trail) > 1 else _THING.match(trail)
    return clean(thing[1]) if thing else ""
