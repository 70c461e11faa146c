"""Names of zones, towns, organisations, works and programmes that a clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import Characters, filtered

_WORDS = vocabulary("places")
# A subject's name is no longer than this before its last word.
_LONGEST = 20

# 港 is a port only where it is not the beginning of another word or short for Hong Kong.
_ZONES = any_of(word for word in _WORDS["zones"] if word != "港") + "|港(?![口澳珠股资商人币元车区籍航台])"
_QUOTED = "“[^”\n]{1,16}”"
# 甲乙高速安仁段: a section of a road.
_SECTION = rf"{any_of(_WORDS['roads'])}[^,;:。、\d]{{0,6}}段(?!{any_of(_WORDS['not_section'])})"
_SUFFIX = re.compile(
    f"(?P<zone>{_ZONES})|(?P<event>{any_of(_WORDS['events'])})"
    f"|(?P<org>{any_of(_WORDS['organisations'])})|(?P<works>{_SECTION}|{any_of([*_WORDS['works'], *_WORDS['programmes']])})"
    f"|(?P<firm>{any_of(_WORDS['firms'])}(?=[一二三四]期|{any_of(_WORDS['attributes'])}))"
    f"|(?P<town>{any_of(_WORDS['towns'])})"
)
# The same words whatever their class, which are found faster.
_CLASSES = ("zones", "events", "organisations", "works", "programmes", "firms", "towns")
_ANY_SUFFIX = re.compile(any_of([*(word for name in _CLASSES for word in _WORDS[name]), *_WORDS["roads"]]))
_GENERIC = re.compile(f"{any_of(_WORDS['generic'])}*")
# 县域内就诊率, 县域经济: words of their own.
_GROUPS = rf"{any_of(_WORDS['groups'])}(?!及?以[上下])(?!(?<=县域){any_of(_WORDS['not_group_behind']['县域'])})|{any_of(_WORDS['budget_levels'])}(?={any_of(_WORDS['budget_events'])})"
_GROUP, _GROUP_BEGINS = filtered(_GROUPS), Characters(_GROUPS)
_NOT_TOWN = re.compile(any_of(_WORDS["not_towns"]))
_LONGEST_TOWN = 5
_NOT_BEHIND_TOWN = tuple("级街村镇民企集委庄干组道")
# A class of things that is itself counted: 上市公司达288家, 综合保税区数量.
_COUNTED = re.compile(
    rf"{any_of(_WORDS['counts'])}|(?:累计|分别)?{any_of(_WORDS['counting_verbs'])}?[近约超]?[\d.]+[万亿]?[多余]?[\u4e00-\u9fff]{{1,2}}(?=[、,;。])"
)
_SHORT_EVENT = 2
_CROSSING: tuple[str, ...] = tuple(_WORDS["crossing"])
_NO_NAME_BEFORE: tuple[str, ...] = tuple(_WORDS["no_name_before"])
# Behind the field of a rank: 指数居甲片区第一.
_PLACED: tuple[str, ...] = tuple(_WORDS["placed"])
# Behind the last word of a name: a longer name that is another thing (试点城市, 工程师, 大学生, 大学××团队).
_TAIL = tuple(_WORDS["subject_tail"])
# A name ends at punctuation and does not contain a verb or a number outside quotation marks.
_NAME = re.compile(f"(?:[\u4e00-\u9fffA-Za-z·—+]++|{_QUOTED})++(?:\\([^)]{{1,8}}\\))?")
_VERB = re.compile(
    any_of([*(verb for verb in _WORDS["verbs"] if len(verb) > 1), *"由将把为对被以从按让给是在使与了"]) + "(?<!自由)"
)
_BARE_VERB = re.compile(any_of(_WORDS["verbs"]))
# 经, where it is no part of another word (经济, 经开).
_BY_WAY = re.compile("(?<=.)经(?![济开营贸纬络典])")
_PROGRAMME = re.compile(any_of(_WORDS["programmes"]))


def subject_at(text: str, start: int, stop: int, place_names: bool) -> tuple[str, int, str]:
    """The name with which `text[start:stop]` begins or the list of such names, where it ends and its class.

    See `_one_at`. Of a list that goes on with something else nothing is the subject.
    """
    name, end, kind = _one_at(text, start, stop, place_names)
    at = end
    while name and (joint := _JOINT.match(text, at, stop)):
        other, at, _ = _one_at(text, joint.end(), stop, place_names)
        if not other:
            return "", start, ""
        name = text[start:at]
    return name, at, kind


_JOINT = re.compile("[、和与及]")


def _one_at(text: str, start: int, stop: int, place_names: bool) -> tuple[str, int, str]:
    """The name with which `text[start:stop]` begins, where it ends and its class; empty if it begins with none.

    Classes: zone, town, org, firm, works, event, group. place_names: whether a place is named at `start`.
    """
    if _GROUP_BEGINS[text[start : start + 1]] and (group := _GROUP.match(text, start, stop)):
        return group[0], group.end(), "group"
    far = start + _LONGEST + 8
    far = far if far < stop else stop
    # Most clauses have no such word, which is seen sooner than how far a name could reach.
    run = _NAME.match(text, start, far) if _ANY_SUFFIX.search(text, start, far) else None
    if not run:
        return "", start, ""
    limit = -1
    best = ("", start, "")
    for suffix in _suffixes(text, start, run.end()):
        kind = str(suffix.lastgroup)
        core = text[start : suffix.start()]
        if limit < 0:
            limit = _verb_in(text, start, run.end())
        if suffix.start() >= limit or len(core) > _LONGEST:
            break
        if text.startswith(_NO_NAME_BEFORE, suffix.end()) and not text.startswith("等级", suffix.end()):
            return "", start, ""
        if _COUNTED.match(text, suffix.end()) or text.startswith(_PLACED, suffix.end()):
            continue
        if (
            core
            and "(" not in core
            and core.count("“") == core.count("”")
            and _is_name(text, core, suffix, kind, place_names)
        ):
            best = (text[start : suffix.end()], suffix.end(), kind)
    return best


def _suffixes(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The last words of names in `text[start:stop]`, in order and without overlaps."""
    while word := _ANY_SUFFIX.search(text, start, stop):
        suffix = _SUFFIX.match(text, word.start(), stop)
        start = suffix.end() if suffix else word.start() + 1
        if suffix:
            yield suffix


def _verb_in(text: str, start: int, stop: int) -> int:
    """Where the first verb stands, or `stop`; in a name that begins with quotation marks its last word may be one."""
    for verb in _VERB.finditer(text, start, stop):
        if text[start] != "“" or not _SUFFIX.match(text, verb.end(), stop):
            return verb.start()
    return stop


def _is_name(text: str, core: str, suffix: re.Match[str], kind: str, place_names: bool) -> bool:
    """Whether what stands before the last word makes it the name of one thing (or, of zones and towns, of a group)."""
    after = text[suffix.end() : suffix.end() + 1]
    if kind == "zone":
        if _BY_WAY.search(core):
            return False  # 甲市经乙通道货运量
        # Of 产业集群和园区 nothing is a name; 副中心和平原新城 is a list of names.
        return "和" not in core or not _GENERIC.fullmatch(core.rpartition("和")[2])
    if core.startswith("每"):
        return False
    if kind == "town":
        name = core + suffix[0]
        return len(core) <= _LONGEST_TOWN and not _NOT_TOWN.search(name) and after not in _NOT_BEHIND_TOWN
    if after in _TAIL or (suffix[0] == "高速" and after == "公"):
        return False
    if "“" in core or place_names:
        return True
    if kind == "event" and len(suffix[0]) == _SHORT_EVENT:
        return len(core) == 1 and not text.startswith(_CROSSING, suffix.end())  # 广交会, 进博会
    return not _GENERIC.fullmatch(core) and len(core) > 1


def owner_in(indicator: str) -> str:
    """The firm, organisation or works whose attribute the indicator is (××汽车产能), or nothing."""
    name, end, kind = subject_at(indicator, 0, len(indicator), False)
    return name if kind in ("firm", "org", "works") and _ATTRIBUTE.match(indicator, end) else ""


def object_in(text: str, start: int, stop: int) -> tuple[str, int, str]:
    """The name behind the verbs with which `text[start:stop]` begins, where it ends and its class: 推进××新区建设.

    A programme keeps the verbs in its name: 实施品质提升计划.
    """
    at = start
    while verb := _BARE_VERB.match(text, at, stop):
        if programme := _PROGRAMME_OBJECT.fullmatch(text, verb.end(), stop):
            return programme[1], programme.end(1), "programme"
        at = verb.end()
    return subject_at(text, at, stop, False)


_PROGRAMME_OBJECT = re.compile(f"([^,;:。]{{3,20}}?{any_of(_WORDS['programmes'])})(?:建设|实施)?[,。]?")


def continues(text: str, start: int, stop: int, kind: str, name: str) -> bool:
    """Whether a clause without a name of its own still speaks of the last name of that class.

    It does if it tells what the thing does or has: 建成…, 占地面积…. The parts of a zone or a programme may be counted:
    “××”工程深入实施,80公里河道整治….
    """
    counts = bool(_COUNT.match(text, start, stop))
    if kind == "zone":
        return counts or bool(_ANY_VERB.match(text, start, stop))
    if kind == "works" and counts and _PROGRAMME.search(name):
        return True
    return bool(
        _GOES_ON.match(text, start, stop)
        or (kind in ("place", "town", "building") and _BARE_VERB.match(text, start, stop))
    )


_ATTRIBUTE = re.compile(any_of(_WORDS["attributes"]))
_GOES_ON = re.compile(rf"(?!{any_of(_WORDS['of_population'])}){any_of([*_WORDS['attributes'], *_WORDS['goes_on']])}")
# A number, but not that of a name: 5G.
_COUNT = re.compile(r"[\d.]+(?![\dA-Za-z.])")
_ANY_VERB = re.compile(f"{_GOES_ON.pattern}|新?(?:{_BARE_VERB.pattern}|{any_of(_WORDS['land_verbs'])})")


def zone_in(text: str, start: int, stop: int) -> str:
    """The last zone with a name of its own that is named anywhere in `text[start:stop]` and not at its end, or nothing."""
    found = ""
    if not _ZONE_HINT.search(text, start, stop):
        return found
    for suffix in _ZONE.finditer(text, start, stop):
        begin = max(start, suffix.start() - _LONGEST_ZONE)
        core = _BEFORE_ZONE.split(text[begin : suffix.start()])[-1]
        first = suffix.start() - len(core)
        if first and text[first - 1].isdigit():
            core = core.partition("的")[2]  # 占地3000亩的××产业园
        counted = text.startswith(("的", "等", "、"), suffix.end()) or _COUNTED.match(text, suffix.end())
        found = "" if counted or len(core) < 2 or _GENERIC.fullmatch(core) else core + suffix[0]
    return found


_LONGEST_ZONE = 12
_ZONE = filtered(_ZONES)
# The last characters of such words; most clauses have none of them, which is quickly seen.
_ZONE_HINT = re.compile("[{}]".format("".join(sorted({word[-1] for word in _WORDS["zones"]}))))
# What cannot be part of a zone's name: punctuation, verbs, particles.
_BEFORE_ZONE = re.compile(
    f"[^\u4e00-\u9fffA-Za-z·—-]|{_VERB.pattern}|{_BY_WAY.pattern}|[等各和及]|[全我本][国省市县区州]"
)


@lru_cache(maxsize=1 << 14)
def named_in(indicator: str) -> str:
    """The zone, firm, organisation or works that an indicator names, or nothing."""
    return zone_in(indicator, 0, len(indicator)) or owner_in(indicator)


def is_kind(name: str) -> bool:
    """Whether the name of a zone is that of a kind of zone: 数字园区."""
    zone = _ZONE.search(name)
    return zone is not None and bool(_GENERIC.fullmatch(name[: zone.start()]))


def doer_at(text: str, start: int, stop: int) -> tuple[str, str]:
    """The service or vehicle of a name of its own that does something at `start` (××热线受理诉求): its name, and as written."""
    doer = _DOER.match(text, start, stop)
    if (
        not doer
        or _GENERIC.fullmatch(doer["core"])
        or doer["core"].startswith(_OF_WHOLE)
        or _BARE_VERB.match(doer["core"])
    ):
        return "", ""
    written = doer["core"] + doer["kind"]
    return _QUOTED_NUMBER.sub(r"\1", written) if doer["kind"] != "”" else written.strip("“”"), written


_DOING = vocabulary("constructions")["names"]
_SO_FAR: list[str] = vocabulary("constructions")["narrowed"]["so_far"]
_DOER = filtered(
    rf"(?P<core>(?:“[^”\d]{{2,12}}(?=”)|(?:{_QUOTED}|[^,;:。、的\d“”\n]){{1,18}}?))(?P<kind>{any_of(_DOING['doers'])})"
    rf"{any_of(vocabulary('constructions')['narrowed']['so_far'])}?{any_of(_DOING['doing'])}(?!{any_of(_DOING['not_doing_before'])}|[^,;:。、\d]{{0,6}}率)"
)
_QUOTED_NUMBER = re.compile(r"“(\d+)”")
_OF_WHOLE = tuple(word for words in _WORDS["deictic"].values() for word in words)


def is_scheme(term: str) -> bool:
    """Whether a term of a glossary names a scheme that has parts, or a zone: “8822”公路工程, ××科学城."""
    if "“" in term:
        return bool(_SCHEME.search(term)) and not _JOINT.search(term)
    name, end, kind = subject_at(term, 0, len(term), False)
    return kind == "zone" and end == len(term) and not is_kind(name)


_SCHEME = re.compile(rf"{any_of([*_WORDS['programmes'], *_WORDS['schemes']])}”?$")


def built_in(text: str, start: int, stop: int) -> str:
    """The thing of whose building a clause speaks: 支持××铁路建设; empty if it is a list or a kind of thing."""
    match = _BUILT.fullmatch(text, start, stop) if _BUILT_BEGINS[text[start : start + 1]] else None
    return match[1] if match and not _GENERIC.fullmatch(match[1]) else ""


_BUILT = re.compile(
    rf"{any_of(_WORDS['work_verbs'])}([^,;:。、和与等“”\d]{{2,12}}?)(?:项目)?(?:工程)?{any_of(_WORDS['building'])}[,;]"
)
_BUILT_BEGINS = Characters(_BUILT.pattern)


def assistance_in(text: str, start: int, stop: int) -> str:
    """The help for another region of which a clause speaks (开展××市××县对口帮扶,), or nothing."""
    match = _ASSISTANCE.fullmatch(text, start, stop)
    return match[1] if match else ""


# Several may stand as one: 援疆援青.
_HELP = f"{any_of(_WORDS['assistance'])}+"
# A sentence without it speaks of none.
ASSISTANCE = re.compile(any_of(_WORDS["assistance"]))

_ASSISTANCE = re.compile(
    f"(?:{any_of(_WORDS['verbs'])}(?!口)){{0,4}}([^,;:。]{{0,14}}?{_HELP}){any_of(_WORDS['assistance_goes_on'])}?[,;]"
)
