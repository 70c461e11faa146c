"""Names for indicators that nobody has described yet, composed from a bilingual list of terms.

A phrase is cut into the fewest terms of `catalogue/terms.yaml`; each has a facet (event, qualifier, area, noun,
attribute, link) that says where it goes in English: 拆除 | 违建 | 面积 → area of illegal structures demolished. The English
name gives the identifier, so that phrases which say the same share it. What the list does not cover gets an identifier
from its hash and stays `proposed` until a curator names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from pipeline.knowledge import catalogue
from pipeline.resolve.amounts import dimension
from pipeline.resolve.gazetteer import gazetteer, short_name
from pipeline.resolve.phrases import normalised

_PLACE_WORD = re.compile(r" (?:City|Municipality|Province|County|District|Autonomous .*|Special .*)$")
_NEVER = 10**6
_LONGEST_PHRASE = 120
_LONGEST_ID = 72
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+\-]*")
_LETTER = re.compile("[a-z]")
_SLUG = re.compile(r"[a-z0-9]+")
# 投资超1亿元, 5000平方米以上: a limit that belongs to what is counted.
_LIMIT = re.compile(
    r"(?P<before>超过|超|达到|达|不低于|不少于|大于|高于|低于|不足)?(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九])?"
    r"(?P<multiplier>[十百千万亿]*)"
    r"(?P<unit>美元|港元|元|平方米|平方公里|公顷|亩|立方米|公里|米|吨|千瓦时|千瓦|蒸吨|千伏|人|家|张|套|辆|头|户|周岁|岁|年|层|个|%|(?<=亿)级?)"
    r"(?P<after>及以上|以上|以下|以内)?"
)
_LIMIT_ENGLISH = {
    "超过": "over", "超": "over", "大于": "over", "高于": "over", "达到": "of", "达": "of", "不低于": "of at least",
    "不少于": "of at least", "低于": "under", "不足": "under", "及以上": "of at least", "以上": "of at least",
    "以下": "of at most", "以内": "of at most",
}  # fmt: skip
_LIMIT_UNITS = {
    "元": "yuan", "美元": "US dollars", "港元": "Hong Kong dollars", "平方米": "square metres", "平方公里": "square kilometres",
    "公顷": "hectares", "亩": "mu", "立方米": "cubic metres", "公里": "kilometres", "米": "metres", "吨": "tonnes",
    "千瓦时": "kilowatt-hours", "千瓦": "kilowatts", "蒸吨": "steam tonnes", "千伏": "kilovolts", "人": "persons",
    "家": "units", "张": "beds", "套": "sets", "辆": "vehicles", "头": "head", "户": "households", "周岁": "years of age",
    "岁": "years of age", "年": "years", "层": "floors", "个": "items", "%": "per cent", "": "yuan", "级": "yuan",
}  # fmt: skip
# Chinese digits occur in round sums only: 超五百亿元.
_LIMIT_SIGNS = frozenset("超达不大高低0123456789一二三四五六七八九十百千万亿")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
# What a figure in a dimension is that the phrase itself does not announce: (English, Chinese).
ANNOUNCED = {
    "money": ("amount", "金额"),
    "area": ("area", "面积"),
    "length": ("length", "长度"),
    "mass": ("tonnage", "重量"),
    "volume": ("volume", "体积"),
    "ratio": ("share", "比例"),
    "percentage_points": ("share", "比例"),
    "duration": ("time", "时间"),
    "count": ("number", "数量"),
    "electricity": ("electricity", "电量"),
    "power": ("capacity", "功率"),
    "energy": ("energy", "能耗"),
    "score": ("score", "得分"),
    "concentration": ("concentration", "浓度"),
}
_AGENTS = re.compile(
    r"(?:enterprises|companies|institutions|hospitals|government|departments|households|banks|universities|colleges|"
    r"schools|residents|people|farmers|units|groups|persons|teams|enterprises above designated size|volunteers|families|workers|citizens|public finance|funds)$"
)
_JOINING = frozenset({"和", "与", "及", "、", "以及", "或", "及其"})
_PREPOSITIONS = {"对": "to", "给": "to", "向": "to", "赴": "to", "为": "for", "用于": "for", "来自": "from"}
_SECTORS = re.compile(r"\b(?:industry|industries|sector|manufacturing|agriculture|services)$")
# Events that may belong to the length, the capacity or the money of a thing instead of the thing.
# 占全国比重 is a share in the same thing of a larger place.
_TOTALS = {
    "全国": "the national total", "全省": "the provincial total", "全区": "the regional total", "全市": "the municipal total",
    "全县": "the county total", "全球": "the world total",
}  # fmt: skip
# Nouns that are amounts of money in themselves.
_MONEY = re.compile(
    r"(?:投资|贷款|资金|经费|支出|收入|税收|债务|补贴|补助|津贴|资产|费用|存款|产值|低保|保障标准|低保标准|最低生活保障|养老金|津贴|租金|奖金|工资)$"
)
_WORKS = re.compile(r"\b(?:projects|works|matters|work)$")
# Money that is spent on what the phrase names.
_SPENT = re.compile(r"^(?:.*investment.*|.*\b(?:funds|funding|subsidies))$")
_LEVELS = frozenset({"国家", "省", "市", "县", "镇", "村", "自治区", "城市", "城镇", "城乡", "农村", "上级"})
# A noun phrase of more than one noun, and nouns that end like plurals.
_RELATION = re.compile(r"\b(?:of|with|for|in|under|from|to|by)\b")
_NO_PLURAL = (
    "ss",
    "us",
    "is",
    "ics",
    "gas",
    "news",
    "goods",
    "works",
    "means",
    "series",
    "textiles",
    "chemicals",
    "finance",
)
_BEGUN = frozenset({"launched", "started", "rolled out"})
_PER = re.compile(r"每(?P<number>\d{1,6})?(?P<multiplier>[百千万亿]*)(?P<unit>人口|人|户|公里|平方公里|亩|元)")
_PER_UNITS = {
    "人": "people", "人口": "people", "户": "households", "公里": "kilometres", "平方公里": "square kilometres", "亩": "mu",
    "元": "yuan",
}  # fmt: skip
_PUT_IN = frozenset({"投入", "安排", "投资"})
# Words that add nothing at the end: 水田垦造任务 is what was reclaimed.
_HOLLOW = frozenset({"任务", "工作", "工作任务", "建设任务", "目标任务"})
# Topics of words that say little: projects, reforms, totals.
_GENERAL = frozenset({"governance", "investment", "output"})
_SURE = frozenset("新和与及、占中对向为省市县区镇村")
_ADDED = {"新增": "new", "净增": "net new", "新": "new"}


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a term. `extra` is the topic of a noun or the dimension of an attribute; ^: an event before its thing."""

    facet: str
    english: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A composed name. `dimension` is that of the level, empty where the phrase leaves it open (能力).

    `headed` is the phrase with the thing at its end (建成的公园), empty where that cannot be told; `attribute` is what
    of the thing is measured (面积), empty for things that are only counted.
    """

    indicator_id: str
    name_zh: str
    name_en: str
    topic_id: str
    dimension: str
    events: tuple[str, ...]
    headed: str
    attribute: str
    limits: tuple[str, ...]
    whole: str
    composed: bool
    by_hand: bool = False


Token = tuple[str, tuple[Sense, ...]]


class _Reading(NamedTuple):
    """How a phrase was understood. `own` is the dimension of its level; `english` is empty where a term is unknown."""

    plain: str
    entry: dict[str, str] | None
    tokens: list[Token] | None
    announced: tuple[str, str, str]
    own: str
    kind: str
    english: str


@lru_cache(maxsize=1 << 16)
def _read(text: str, measure: str, unit: str) -> _Reading:
    """What the identifier needs; the rest of a name is made once for each indicator and not for each phrase."""
    plain = normalised(text)
    entry = _entries().get(plain)
    if entry and entry.get("when", dimension(unit)) != dimension(unit):
        entry = None
    tokens = segment(plain) if len(plain) <= _LONGEST_PHRASE else None
    if tokens and _is_guess(tokens):
        tokens = None
    natural = entry.get("dimension", "count") if entry else _dimension(tokens or [], plain)
    announced = _announced(natural, measure, unit)
    own = announced[2] or natural
    kind = "" if natural or len(tokens or []) > 1 else _kind(measure, unit)
    if entry and "zh" in entry:
        # What was done and what is measured is read from the name that was written by hand.
        tokens = segment(normalised(entry["zh"]))
    if entry:
        english = _capital(_with(announced[0], entry["en"]))
    elif tokens:
        english = _capital(_announce(announced[0], tokens)) + (f" ({kind})" if kind else "")
    else:
        english = ""
    if not _LETTER.search(english.lower()):
        english = ""
    return _Reading(plain, entry, tokens, announced, own, kind, english)


@lru_cache(maxsize=1 << 16)
def compose(text: str, measure: str, unit: str) -> Name:
    """The name of the indicator that a phrase states. `composed` is false where the list of terms does not cover it."""
    plain, entry, tokens, announced, own, kind, english = _read(text, measure, unit)
    title = plain.removesuffix(tokens[-1][0]) if tokens and len(tokens) > 1 and tokens[-1][0] in _HOLLOW else plain
    shown = (entry or {}).get("zh", title or text) + (
        f"（{announced[1] or ANNOUNCED[kind][1]}）" if announced[1] or kind else ""
    )
    if not english:
        return Name(_fallback(plain, announced[0]), shown, "", "governance", own, (), "", "", (), "", False)
    return Name(
        indicator_id=_identifier(english),
        name_zh=shown,
        name_en=english,
        topic_id=(entry or {}).get("topic") or _topic(tokens or [], plain, own),
        dimension=own,
        events=tuple(token[0] for token in tokens or [] if _is_event(token)),
        headed="" if entry else _headed(tokens or []),
        attribute=_attribute(tokens or []),
        limits=tuple(word for word, senses in tokens or [] if senses and senses[0].facet == "limit"),
        whole=_whole(tokens or []),
        composed=True,
        by_hand=bool(entry),
    )


def composed_id(text: str, measure: str, unit: str) -> str:
    """The identifier of a phrase outside the core; lower-case ASCII, the same for phrases with the same English name."""
    read = _read(text, measure, unit)
    return _identifier(read.english) if read.english else _fallback(read.plain, read.announced[0])


def segment(plain: str) -> list[Token] | None:
    """A normalised phrase cut into the fewest terms, or None where some of it is in no term."""
    tokens = _cut(plain)
    if tokens is None and "(" in plain:
        # 新增(恢复)灌溉面积: what stands in brackets stands beside what is before them.
        tokens = _cut(plain.replace("(", "、").replace(")", "").strip("、"))
    return tokens


def _cut(plain: str) -> list[Token] | None:
    # From the end to the beginning, so that of two ways with equally many terms the one with the longer first term wins.
    terms, lengths = _terms()
    size = len(plain)
    steps: list[tuple[int, Token] | None] = [None] * size
    cost = [_NEVER] * size + [0]
    for start in range(size - 1, -1, -1):
        sign, best = plain[start], _NEVER
        # One term costs less than two; a single character costs more than a word, so that words win.
        for length in lengths.get(plain[start : start + 2], ()):
            stop = start + length
            price = 2 + cost[stop] if stop <= size else _NEVER
            if price < best and (token := terms.get(plain[start:stop])):
                best, steps[start] = price, (stop, token)
        if 3 + cost[start + 1] < best and (token := terms.get(sign)):
            best, steps[start] = 3 + cost[start + 1], (start + 1, token)
        if sign in _LIMIT_SIGNS and (limit := _limit(plain, start)) and 1 + cost[limit[0]] < best:
            best, steps[start] = 1 + cost[limit[0]], limit
        if sign == "每" and (each := _each(plain, start)) and 1 + cost[each[0]] < best:
            best, steps[start] = 1 + cost[each[0]], each
        if sign.isascii() and (latin := _LATIN.match(plain, start)) and 3 + cost[latin.end()] < best:
            best = 3 + cost[latin.end()]
            steps[start] = (latin.end(), (latin[0], (Sense("qualifier", latin[0]),)))
        cost[start] = best
    tokens: list[Token] = []
    at = 0
    while at < size:
        step = steps[at]
        if step is None:
            return None
        at = step[0]
        tokens.append(step[1])
    return tokens or None


def _is_guess(tokens: list[Token]) -> bool:
    """Whether the cut rests on single characters, which mean too many things to be sure of their meaning."""
    return sum(len(word) == 1 and not _only((word, senses), "drop") for word, senses in tokens if word not in _SURE) > 1


def _limit(plain: str, start: int) -> tuple[int, Token] | None:
    match = _LIMIT.match(plain, start)
    if not match or not (match["number"] or match["multiplier"]) or not (match["before"] or match["after"]):
        return None
    number = Decimal("一二三四五六七八九".find(match["number"]) + 1 or match["number"] if match["number"] else 1)
    for sign in match["multiplier"]:
        number = number.scaleb(_POWERS[sign])
    word = _LIMIT_ENGLISH[match["before"] or match["after"]]
    if match["before"] in {"达", "达到"} and match["after"]:
        word = _LIMIT_ENGLISH[match["after"]]
    english = f"{word} {_number(number)} {_LIMIT_UNITS[match['unit']]}"
    return match.end(), (match[0], (Sense("limit", english),))


def _each(plain: str, start: int) -> tuple[int, Token] | None:
    """每10万人: per 100,000 people."""
    match = _PER.match(plain, start)
    if not match or not (match["number"] or match["multiplier"]):
        return None
    number = Decimal(match["number"] or 1)
    for sign in match["multiplier"]:
        number = number.scaleb(_POWERS[sign])
    return match.end(), (match[0], (Sense("qualifier", f"per {number:,f} {_PER_UNITS[match['unit']]}"),))


def _number(number: Decimal) -> str:
    for power, name in _WORDS:
        if number >= Decimal(10) ** power:
            return f"{(number / Decimal(10) ** power).normalize():f} {name}"
    return f"{number.normalize():f}"


def _english(tokens: list[Token]) -> str:
    """English for a phrase: shares first, then what stands among something, then the noun phrase."""
    words = [word for word, _ in tokens]
    if "占" in words[1:]:
        at = words.index("占", 1)
        whole, part = _without_share(tokens[at + 1 :]), _without_share(tokens[:at])
        if part:
            total = next((_TOTALS[word] for word in words[at + 1 :] if word in _TOTALS), "the total")
            of = _english(whole) if whole else total
            return f"{_english(part)} as a share of {of if of != _english(part) else 'that of the larger area'}"
    if "中" in words[1:-1]:
        at = words.index("中", 1)
        pool, part = tokens[:at], [token for token in tokens[at + 1 :] if not _only(token, "drop")]
        if part and all(map(_is_event, part)):
            # 新引进项目中开工: projects attracted and started.
            return _phrase([*pool, *part])
        bare = _without_share(part)
        if bare and len(bare) < len(part):
            return f"share of {_english(bare)} in {_english(pool)}"
        return f"{_phrase(part)} among {_english(pool)}"
    return _phrase(tokens)


def _without_share(tokens: list[Token]) -> list[Token]:
    """The tokens without a final word for a share."""
    stop = len(tokens)
    while stop and (_is_share(tokens[stop - 1]) or _only(tokens[stop - 1], "drop")):
        stop -= 1
    return tokens[:stop]


def _is_share(token: Token) -> bool:
    return any(sense.facet == "attribute" and sense.english == "share" for sense in token[1])


def _is_event(token: Token) -> bool:
    """Whether the term can be nothing but an event."""
    return _only(token, "event")


def _only(token: Token, facet: str) -> bool:
    for sense in token[1]:  # noqa: SIM110 (asked most often of all; a generator takes twice as long)
        if sense.facet != facet:
            return False
    return True


def _sense(token: Token, *facets: str) -> Sense | None:
    for facet in facets:
        for sense in token[1]:
            if sense.facet == facet:
                return sense
    return None


def _phrase(tokens: list[Token]) -> str:
    """A noun phrase: [attribute of] [new] qualifiers nouns [built] [of limit] [by agent]."""
    kept = [token for token in tokens if not _only(token, "drop")]
    while len(kept) > 1 and kept[-1][0] in _HOLLOW and _has_head(kept[:-1]):
        kept.pop()
    attributes: list[str] = []
    while len(kept) > 1 and (found := _sense(kept[-1], "attribute")) and _has_head(kept[:-1]):
        attributes.append(found.english)
        kept.pop()
        while kept and kept[-1][0] in _JOINING:
            kept.pop()
    cumulative = any(word == "累计" for word, _ in kept)
    kept = [token for token in kept if token[0] != "累计"]
    added = ""
    if attributes and len(kept) > 1 and kept[0][0] in _ADDED:
        # What is new is the length, the capacity or the money, not the thing that has it.
        added = _ADDED[kept[0][0]]
        kept = kept[1:]
    if attributes and kept and all(_sense(token, "qualifier", "event") and not _is_noun(token) for token in kept):
        # 省专项资金: special provincial funds, not funds of provinces.
        return _adjectival(kept, attributes, added, cumulative)
    text = _process(kept) if any(map(_for_work, attributes)) else _body(kept)
    for attribute in reversed(attributes):
        if not text:
            text = attribute
        elif text.startswith(("to ", "for ", "from ")):
            text = f"{attribute} {text}"
        else:
            text = f"{attribute} {_preposition(attribute)} {text}"
    return f"{added} {text}".strip() + (", cumulative" if cumulative else "")


def _adjectival(tokens: list[Token], attributes: list[str], added: str, cumulative: bool) -> str:
    """Qualifiers before what is measured: provincial special funds received."""
    senses = [sense for token in tokens if (sense := _sense(token, "event", "qualifier"))]
    before = [sense.english for sense in senses if sense.facet == "qualifier" or sense.extra == "^"]
    after = [sense.english for sense in senses if sense.facet == "event" and sense.extra != "^"]
    each = [word for word in before if word.startswith("per ")]
    before = [word for word in before if word not in each]
    text = " ".join([*before, " of ".join(attributes), *each, *([_join(_dedupe(after))] if after else [])])
    return f"{added} {text}".strip() + (", cumulative" if cumulative else "")


def _is_noun(token: Token) -> bool:
    """Whether the term is a thing and not only a word before one: 省 is provincial before 资金."""
    return bool(_sense(token, "noun", "area")) and not (token[0] in _LEVELS and _sense(token, "qualifier"))


def _for_work(attribute: str) -> bool:
    """Whether money of that kind is spent on work: investment in the upgrading of hospitals."""
    return bool(_SPENT.search(attribute))


def _preposition(attribute: str) -> str:
    if "investment" in attribute or attribute.startswith("spending on"):
        return "in"
    if attribute.endswith("expenditure"):
        return "on"
    return "for" if _SPENT.search(attribute) else "of"


def _process(tokens: list[Token]) -> str:
    """What is done, as a noun, where the phrase ends in it or begins with it: 医院改造 → renovation of hospitals."""
    if len(tokens) < 2:
        return _body(tokens)
    for event, rest in ((tokens[-1], tokens[:-1]), (tokens[0], tokens[1:])):
        noun = _works().get(sense.english) if _is_event(event) and (sense := _sense(event, "event")) else None
        if noun and any(map(_is_noun, rest)) and not any(map(_is_event, rest)):
            return f"{noun} of {_body(rest)}"
    return _body(tokens)


def _announce(announced: str, tokens: list[Token]) -> str:
    """The name with what the unit adds to it: 投入完善基础设施, in yuan → funding for improvement of infrastructure."""
    if announced == "amount" and tokens[0][0] in _PUT_IN and len(tokens) > 1:
        return f"funding for {_process(tokens[1:])}"
    if announced == "time":
        return f"time for {_process([token for token in tokens if not _only(token, 'drop')])}"
    return _with(announced, _english(tokens))


@dataclass(slots=True)
class _Parts:
    """The words of a noun phrase in the places where English has them."""

    before: list[str]  # events that stand before the thing
    after: list[str]  # events that stand after it
    subject: list[Token]  # nouns before the first event
    object: list[Token]  # nouns after it
    aside: list[Token]  # nouns after a preposition
    limits: list[str]
    preposition: str = ""

    def nouns(self) -> list[Token]:
        """Where the next noun goes."""
        if self.preposition and not (self.before or self.after):
            return self.aside
        return self.object if self.before or self.after else self.subject


def _body(tokens: list[Token]) -> str:
    parts = _sorted(tokens)
    before, after = parts.before, parts.after
    if before and after:
        new = [event for event in before if event in _ADDED.values()]
        before, after = new, [*(event for event in before if event not in new), *after]
        if new and all(" " not in event for event in after):
            # 新增投产项目 are those newly commissioned; what was started, was so in the period.
            before, after = ([f"newly {_join(_dedupe(after))}"], []) if after != ["started"] else ([], after)
    head, other = (parts.object, parts.subject) if _content(parts.object) else (parts.subject, parts.object)
    text = _nouns(head)
    if other and not _content(other):
        text, other = f"{_nouns(other)} {text}".strip(), []
    text = " ".join([*before, text, *_dedupe(parts.limits)]).strip()
    if other and after and _WORKS.search(text):
        # 国省道升级改造项目: it is the roads that are upgraded.
        text, other = f"{text} of {_nouns(other)}", []
    if len(after) > 1 and after[0] in _BEGUN and all(event in _works() for event in after[1:]):
        # 启动污水处理厂改造: what was begun is the work on them.
        text = f"{text} whose {_join([_works()[event] for event in after[1:]])} was {after[0]}"
    elif after:
        text = f"{text} {_join(_dedupe(after))}".strip()
    if other:
        text = _relate(text, other, bool(after))
    if parts.aside:
        text = f"{text} {parts.preposition} {_nouns(parts.aside)}".strip()
    return text


def _sorted(tokens: list[Token]) -> _Parts:
    parts = _Parts([], [], [], [], [], [])
    pending = ""
    for at, token in enumerate(tokens):
        word = token[0]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        limit, event = _sense(token, "limit"), _sense(token, "event")
        if limit:
            parts.limits.append(f"with {pending} {limit.english}" if pending else limit.english)
            pending = ""
        elif following and _sense(following, "limit") and (attribute := _sense(token, "attribute")):
            pending = attribute.english
        elif word in _PREPOSITIONS and following and _sense(following, "noun", "area", "qualifier"):
            parts.preposition = _PREPOSITIONS[word]
        elif word in _JOINING:
            beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
            if not beside or not all(_sense(near, "event") and not _sense(near, "noun") for near in beside):
                parts.nouns().append(token)
        elif event and following and event.english in _works() and _is_work(following):
            # 流域治理工程 are treatment works of river basins.
            parts.nouns().append((word, (Sense("qualifier", _works()[event.english]),)))
        elif event and not (
            (parts.after or following is None or _sense(following, "noun"))
            and _sense(token, "noun", "qualifier", *(() if following else ("attribute",)))
        ):
            (parts.before if event.extra == "^" else parts.after).append(event.english)
        else:
            parts.nouns().append(token)
    if pending:
        parts.limits.append(f"({pending})")
    return parts


def _is_work(token: Token) -> bool:
    noun = _sense(token, "noun")
    return bool(noun and _WORKS.search(noun.english))


def _relate(text: str, other: list[Token], done: bool) -> str:
    """Tie the nouns before an event to those after it: in a place, by somebody, with something."""
    nouns = _nouns(other)
    if all(_sense(token, "area", "qualifier", "link") for token in other):
        return f"{text} in {nouns}"
    if _SECTORS.search(nouns):
        return f"{text} in {nouns}" if nouns.endswith("s") else f"{text} in the {nouns}"
    if _AGENTS.search(nouns):
        return f"{text} by {nouns}" if done else f"{text} of {nouns}"
    return f"{text} ({nouns})"


def _has_head(tokens: list[Token]) -> bool:
    """Whether something is left that an attribute can be one of: 新增 + 投资 leaves nothing."""
    parts = _sorted(tokens)
    return bool(parts.limits) or any(map(_content, (parts.subject, parts.object))) or not (parts.before or parts.after)


def _content(tokens: list[Token]) -> bool:
    """Whether there is something that can be the head of a noun phrase."""
    return any(_sense(token, "noun", "area", "attribute") for token in tokens)


def _nouns(tokens: list[Token]) -> str:
    words: list[str] = []
    each: list[str] = []
    for at, token in enumerate(tokens):
        last = at == len(tokens) - 1 or tokens[at + 1][0] in _JOINING
        if token[0] in _JOINING:
            link = _sense(token, "link")
            words.append("," if token[0] == "、" else (link.english if link else "and"))
            continue
        sense = (
            _sense(token, "noun", "attribute", "area", "event", "qualifier", "link")
            if last
            else _sense(token, "qualifier", "noun", "area", "attribute", "event", "link")
        )
        if sense is None:
            continue
        (each if sense.english.startswith("per ") else words).append(_number_of(sense, last))
    commas = [at for at, word in enumerate(words) if word == ","]
    if commas and "and" not in words[commas[-1] :]:
        words[commas[-1]] = "and"
    return " ".join([*words, *each]).replace(" ,", ",").removeprefix("and ").removesuffix(" and")


def _number_of(sense: Sense, plural: bool) -> str:
    many, _, one = sense.english.partition("|")
    if plural or sense.facet not in {"noun", "area"}:
        return many
    return one or _singular(many)


def _singular(words: str) -> str:
    """The form in which a noun stands before another: enterprises → enterprise."""
    if words.endswith(_NO_PLURAL) or _RELATION.search(words):
        return words
    if words.endswith("ies") and len(words) > 5:
        return words[:-3] + "y"
    if words.endswith(("sses", "xes", "ches", "shes")):
        return words[:-2]
    return words[:-1] if words.endswith("s") else words


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _dedupe(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _announced(natural: str, measure: str, unit: str) -> tuple[str, str, str]:
    """English, Chinese and dimension of what the unit adds to the phrase; empty where the phrase says it itself."""
    if measure not in {"level", "change"} or not unit or not natural:
        return "", "", ""
    stated = dimension(unit)
    top = stated.split("/")[0]
    if (
        top == natural
        or stated == "multiple"
        or (measure == "change" and unit == "位")
        or (stated == "percentage_points" and measure == "change")
    ):
        return "", "", ""
    english, chinese = ANNOUNCED.get(top, (top.replace("_", " "), unit))
    return english, chinese, top


def _kind(measure: str, unit: str) -> str:
    """What tells a bare 产能 in kilowatt-hours from one in tonnes or in vehicles."""
    stated = dimension(unit) if measure in {"level", "change"} and unit else ""
    return stated if stated in {"electricity", "power", "mass", "volume", "area", "energy"} else ""


def _with(announced: str, english: str) -> str:
    if not announced:
        return english
    # A hand-written name begins with a capital; VAT keeps it.
    return f"{announced} of {english if is_proper(english) else english[:1].lower() + english[1:]}"


def is_proper(title: str) -> bool:
    """Whether a name begins with a word that is always written with a capital: PM2.5, A-level, Guangdong."""
    first, _, _ = title.partition(" ")
    return not first[1:].replace("-", "a").islower() or first.removesuffix("'s") in _proper_words()


def _dimension(tokens: list[Token], plain: str) -> str:
    """The dimension of the level that a phrase announces: that of its last attribute, otherwise a count."""
    if any(word == "占" for word, _ in tokens[1:]):
        return "ratio"
    for token in reversed(tokens):
        if _only(token, "drop"):
            continue
        found = _sense(token, "attribute")
        if found:
            return "" if found.extra == "any" else found.extra
        if _sense(token, "noun") and _MONEY.search(token[0]):
            return "money"
        break
    return "ratio" if plain.endswith(("率", "比重", "占比")) else "count"


def _topic(tokens: list[Token], plain: str, own: str) -> str:
    """The topic of the last noun that has one of its own; projects and reforms are of the field that they serve."""
    found = [sense.extra for token in reversed(tokens) if (sense := _sense(token, "noun")) and not _measured(token)]
    for topic in found:
        if topic not in _GENERAL:
            return topic
    for topic, words in catalogue("terms")["topics"].items():
        if any(word in plain for word in words):
            return str(topic)
    return found[0] if found else "finance" if own == "money" else "output"


def _measured(token: Token) -> bool:
    return bool(_sense(token, "attribute"))


def _attribute(tokens: list[Token]) -> str:
    """The word for what is measured, where the phrase ends in one."""
    for token in reversed(tokens):
        if _only(token, "drop"):
            continue
        return token[0] if _measured(token) else ""
    return ""


def _headed(tokens: list[Token]) -> str:
    """The phrase with the thing last: 建成公园 and 公园建成 → 建成的公园; empty where the thing cannot be told."""
    kept = [token for token in tokens if not _only(token, "drop")]
    words = [word for word, _ in kept]
    done = [_is_event(token) or word in _JOINING for token, word in zip(kept, words, strict=True)]
    if not kept or all(done) or "占" in words or "中" in words:
        return ""
    first, last = done.index(False), len(done) - done[::-1].index(False)
    if first and not any(done[first:last]):
        return f"{''.join(words[:first])}的{''.join(words[first:])}" if last == len(done) else ""
    if last < len(done) and not first and _is_noun(kept[last - 1]) and not _measured(kept[last - 1]):
        return f"{''.join(words[last:])}的{''.join(words[:last])}"
    return ""


def _whole(tokens: list[Token]) -> str:
    words = [word for word, _ in tokens]
    if "占" not in words[1:]:
        return ""
    return "".join(word for word, _ in _without_share(tokens[words.index("占", 1) + 1 :]))


def _identifier(english: str) -> str:
    slug = "_".join(_SLUG.findall(english.lower().replace("'", "")))
    if len(slug) > _LONGEST_ID:
        cut = slug[:_LONGEST_ID].rsplit("_", 1)[0]
        slug = f"{cut}_{sha256(slug.encode()).hexdigest()[:6]}"
    return f"{slug}_stated" if slug in catalogue("indicators") or slug.isdigit() else slug


def _fallback(plain: str, announced: str) -> str:
    return "x_" + sha256(f"{plain}|{announced}".encode()).hexdigest()[:8]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def _works() -> dict[str, str]:
    """Nouns for the work that an event is: renovated → renovation."""
    return dict(catalogue("terms")["works"])


@lru_cache(maxsize=1)
def _proper_words() -> frozenset[str]:
    """First words of terms and places that begin with a capital."""
    first = {sense.english.partition(" ")[0] for _, found in _terms()[0].values() for sense in found}
    return frozenset(word for word in first if word[:1].isupper() and word.lower() not in first)


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, str]]:
    """Hand-written names by normalised phrase."""
    return {normalised(phrase): entry for phrase, entry in (catalogue("entries") or {}).items()}


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, Token], dict[str, tuple[int, ...]]]:
    """All terms, each with its senses, and the lengths of those that begin with two characters, longest first."""
    source = catalogue("terms")
    terms: dict[str, list[Sense]] = {}

    def add(word: str, sense: Sense) -> None:
        form = normalised(word)
        if form:
            terms.setdefault(form, []).append(sense)

    for word, english in source["events"].items():
        add(word, Sense("event", english.lstrip("^"), "^" if english.startswith("^") else ""))
    for topic, words in source["nouns"].items():
        for word, english in words.items():
            add(word, Sense("noun", english, topic))
    for kind, words in source["attributes"].items():
        for word, english in words.items():
            add(word, Sense("attribute", english, kind))
    for word, english in source["qualifiers"].items():
        add(word, Sense("qualifier", english))
    for word, english in source["areas"].items():
        add(word, Sense("area", english))
    for word, english in source["links"].items():
        add(word, Sense("link", english))
    for word in source["drop"]:
        add(word, Sense("drop", ""))
    terms["、"] = [Sense("link", ",")]
    for word, english in _place_names().items():
        if word not in terms:
            terms[word] = [Sense("qualifier", english)]
    lengths: dict[str, set[int]] = {}
    for word in terms:
        if len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    return (
        {word: (word, tuple(senses)) for word, senses in terms.items()},
        {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()},
    )


def _place_names() -> dict[str, str]:
    """Names of places, as a phrase may still hold one; short names of counties are too often common words."""
    names: dict[str, str] = {}
    for place in gazetteer():
        english = _PLACE_WORD.sub("", place.name_en)
        names.setdefault(normalised(place.name_zh), english)
        if place.level in {"region", "province", "prefecture"}:
            names.setdefault(normalised(short_name(place.name_zh)), english)
    return {name: english for name, english in names.items() if len(name) > 1}
