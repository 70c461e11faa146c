"""Names of zones, towns, organisations, works and programmes that a clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.knowledge import vocabulary

_WORDS = vocabulary("places")
# A subject's name is no longer than this before its last word.
_LONGEST = 20


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_QUOTED = "“[^”\n]{1,16}”"
_SUFFIX = re.compile(
    f"(?P<zone>{_either(_WORDS['zones'])})|(?P<event>{_either(_WORDS['events'])})"
    f"|(?P<org>{_either(_WORDS['organisations'])})|(?P<works>{_either([*_WORDS['works'], *_WORDS['programmes']])})"
    f"|(?P<town>{_either(_WORDS['towns'])})"
)
_GENERIC = re.compile(f"(?:{_either(_WORDS['generic'])})*")
_GROUP = re.compile(_either(_WORDS["groups"]))
_NOT_TOWN = tuple(_WORDS["not_towns"])
# Behind the last word of a name: a longer name that is another thing (试点城市, 工程师, 大学生, 大学××团队).
_TAIL = ("化", "类", "区", "城", "师", "生", "院", "部", "单", "库", "企", "团", "技", "总", "指")
# A name ends at punctuation and does not contain a verb or a number outside quotation marks.
_NAME = re.compile(f"(?:{_QUOTED}|[\u4e00-\u9fffA-Za-z·—+])+(?:\\([^)]{{1,8}}\\))?")
_VERB = re.compile(f"{_either(v for v in _WORDS['verbs'] if len(v) > 1)}|[将把为对被以从按让给由是在使与了]")
_BARE_VERB = re.compile(_either(_WORDS["verbs"]))
_PROGRAMME = re.compile(_either(_WORDS["programmes"]))


def subject_at(text: str, start: int, stop: int, place_names: bool) -> tuple[str, int, str]:
    """The name with which `text[start:stop]` begins, where it ends and its class; empty if it begins with none.

    Classes: zone, town, org, works, event, group. place_names: whether a place is named at `start`.
    """
    if group := _GROUP.match(text, start, stop):
        return group[0], group.end(), "group"
    run = _NAME.match(text, start, min(stop, start + _LONGEST + 8))
    if not run:
        return "", start, ""
    verb = _VERB.search(text, start, run.end())
    limit = verb.start() if verb else run.end()
    best = ("", start, "")
    for suffix in _SUFFIX.finditer(text, start, run.end()):
        kind = str(suffix.lastgroup)
        core = text[start : suffix.start()]
        if suffix.start() >= limit or len(core) > _LONGEST:
            break
        if text.startswith(("等", "个", "型"), suffix.end()) and not text.startswith("等级", suffix.end()):
            return "", start, ""
        if core and "(" not in core and _is_name(text, core, suffix, kind, place_names):
            best = (text[start : suffix.end()], suffix.end(), kind)
            if kind == "town":
                break
    return best


def _is_name(text: str, core: str, suffix: re.Match[str], kind: str, place_names: bool) -> bool:
    """Whether what stands before the last word makes it the name of one thing (or, of zones and towns, of a group)."""
    after = text[suffix.end() : suffix.end() + 1]
    if kind == "zone":
        return not (suffix[0] == "港" and after in ("口", "澳", "珠"))
    if kind == "town":
        name = core[-1:] + suffix[0]
        return (
            len(core) <= 6
            and not any(word in core + suffix[0] for word in _NOT_TOWN)
            and name not in _NOT_TOWN
            and (after not in ("级", "街", "村", "民", "企", "集", "委", "庄", "干"))
        )
    if after in _TAIL or (suffix[0] == "高速" and after == "公"):
        return False
    if "“" in core or place_names:
        return True
    return not _GENERIC.fullmatch(core) and len(core) > 1


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


_PROGRAMME_OBJECT = re.compile(f"([^,;:。]{{3,20}}?(?:{_either(_WORDS['programmes'])}))(?:建设|实施)?[,。]?")


def continues(text: str, start: int, stop: int, kind: str, name: str) -> bool:
    """Whether a clause without a name of its own still speaks of the last name of that class.

    Zones, towns and groups hold on, and programmes with their parts (“××”工程深入实施,80公里河道整治…); of an organisation
    or of works only what it does or has: 建成…, 占地面积….
    """
    if kind in ("zone", "town", "group"):
        return not text.startswith("“", start)
    if kind == "works" and text[start : start + 1].isdigit() and _PROGRAMME.search(name):
        return True
    return bool(_BARE_VERB.match(text, start, stop) or _ATTRIBUTE.match(text, start, stop))


_ATTRIBUTE = re.compile(_either(_WORDS["attributes"]))


def zone_in(text: str, start: int, stop: int) -> str:
    """The last zone with a name of its own that is named anywhere in `text[start:stop]` and not at its end, or nothing."""
    found = ""
    for suffix in _ZONE.finditer(text, start, stop):
        begin = max(start, suffix.start() - _LONGEST_ZONE)
        core = _BEFORE_ZONE.split(text[begin : suffix.start()])[-1]
        counted = text.startswith(("的", "等", "、"), suffix.end())
        found = "" if counted or len(core) < 2 or _GENERIC.fullmatch(core) else core + suffix[0]
    return found


_LONGEST_ZONE = 12
_ZONE = re.compile(_either(_WORDS["zones"]))
# What cannot be part of a zone's name: punctuation, verbs, particles.
_BEFORE_ZONE = re.compile(f"[^\u4e00-\u9fffA-Za-z·—]|{_VERB.pattern}|[等各和及]")


def built_in(text: str, start: int, stop: int) -> str:
    """The thing of whose building a clause speaks: 支持××铁路建设; empty if it is a list or a kind of thing."""
    match = _BUILT.fullmatch(text, start, stop)
    return match[1] if match and not _GENERIC.fullmatch(match[1]) else ""


_BUILT = re.compile(
    "(?:加快|推进|加快推进|支持|抓好|推动|保障|全力推进|继续推进|启动)([^,;:。、和与等“”\\d]{2,12}?)(?:项目)?(?:工程)?(?:建设|施工|开工建设)[,;]"
)
