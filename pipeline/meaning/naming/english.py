"""English for a phrase that is cut into terms: 拆除 | 违建 | 面积 → area of illegal structures demolished."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.naming.senses import (
    HOLLOW,
    JOINING,
    Sense,
    Token,
    is_event,
    is_noun,
    is_only,
    sense_of,
    without_share,
)
from pipeline.meaning.naming.terms import all_terms

_WORDS = catalogue("naming")
_AGENTS = re.compile(rf"{any_of(_WORDS['agents'])}$")
_SECTORS = re.compile(rf"\b{any_of(_WORDS['sectors'])}$")
_WORKS = re.compile(rf"\b{any_of(_WORDS['works'])}$")
_SPENDERS = re.compile(rf"^(?:\w+ ){{0,2}}{any_of(_WORDS['spenders'])}\b")
_THINGS: frozenset[str] = frozenset(_WORDS["things"])
_HEADS = re.compile(rf"\b{any_of(_WORDS['kind_heads'])}$")
_KINDS: dict[str, str] = _WORDS["kinds_of_heads"]
_AWARDS = re.compile(rf"\b{any_of(_WORDS['awards'])}$", re.IGNORECASE)
_PAID = re.compile(rf"\b{any_of(_WORDS['paid_to_persons'])}$", re.IGNORECASE)
_SAID_OF = {
    event: [(word, re.compile(rf"\b{any_of(ends)}$", re.IGNORECASE)) for word, ends in words.items()]
    for event, words in _WORDS["said_of"].items()
}
# What stands behind a head: gold medals in judo, subsidies for orphans.
_BEHIND_HEAD = re.compile(r" (?:in|with|without|of|for|from|under|at|to|whose|turned) .*")
_LISTS = re.compile(rf"\b{any_of(_WORDS['lists'])}(?: of\b.*)?$", re.IGNORECASE)
_MADE_INTO: frozenset[str] = frozenset(_WORDS["made_into"])
_CHOSEN: frozenset[str] = frozenset(_WORDS["chosen"])
_BENEFITING: dict[str, str] = _WORDS["benefiting"]
_WITHIN: frozenset[str] = frozenset(_WORDS["within"])
_RETAIL = "retail sales"
_BY_SELLERS: dict[str, str] = _WORDS["by_sellers"]
_DRIVEN: frozenset[str] = frozenset(_WORDS["driven"])
_DOING: tuple[str, ...] = tuple(_WORDS["doing"])
_OF_PERSONS: dict[str, str] = _WORDS["of_persons"]
_EARNERS = re.compile(rf"\b{any_of(_WORDS['earners'])}$")
_PREPOSITIONS: dict[str, str] = _WORDS["prepositions"]
_TOTALS: dict[str, str] = _WORDS["totals"]
_ADDED: dict[str, str] = _WORDS["added"]
_PUT_IN: frozenset[str] = frozenset(_WORDS["put_in"])
_BEGUN: frozenset[str] = frozenset(_WORDS["begun"])
_NO_PLURAL: tuple[str, ...] = tuple(_WORDS["no_plural"])
# Money that is spent on what the phrase names.
_SPENT = re.compile(r"^(?:.*investment.*|.*\b(?:funds|funding|subsidies)(?: [a-z]+(?: out)?)?)$")
# Qualifiers that stand behind their noun: homes for the elderly, cases per 100,000 people.
_BEHIND = (
    *_WORDS["doing"],
    "raised by ",
    "per ",
    "for ",
    "of ",
    "in ",
    "to ",
    "from ",
    "with ",
    "on ",
    "by ",
    "under ",
    "at ",
)
_SHORT = re.compile(r"(?:(?:camp|b|vir|stat|foc|bon)uses|gases)$")
# 规模以上乳品企业: the size is the enterprises', and stands behind them.
_OF_SIZE = re.compile(r"^above-designated-size ([^,]*\b(?:enterprises|entities|manufacturing))$")
_OF_THOSE_OF_SIZE = re.compile(r"^above-designated-size ((?:[a-z]+ )?)enterprise ([^,]+)$")
_COMMAS = re.compile(r"(?:, )+(?:and, )?")
_ACTIVE: dict[str, str] = _WORDS["active"]
_STAYING = frozenset((*_ACTIVE, "等"))
_FIELDS: frozenset[str] = frozenset(_WORDS["fields"])
_DOERS: frozenset[str] = frozenset(_WORDS["doers"])
_FIGURES: tuple[str, ...] = tuple(_WORDS["figures"])
# What was done with money, and what says no more of it.
_MONEY_SAID, _MONEY_UNSAID = (frozenset(_WORDS["money_done"][key]) for key in ("said", "unsaid"))
_SHARE_AND_MEASURE = 2
_IN_ONE_WORD: dict[str, str] = _WORDS["in_one_word"]
# Money comes from them: from public finance.
_PURSES = ("budget", "finance")
# Groups of firms, of which what they make is no example: 灯具等产业集群.
_GROUPS = ("clusters", "chains", "parks", "networks")
# Work on something, of which the rate is: storage of grain, safe use of land.
_PROCESS = re.compile(r"(?P<work>(?:\S+ ){0,3}\S+) of (?P<what>(?!.* of ).+)")
_WITH_ARTICLE = frozenset(("industry", "economy", "sector"))
_GENITIVE, _GENITIVE_S = "'", "'s"
# Capacity that is told twice: grid-connected capacity of wind power, energy storage capacity.
_CAPABLE = re.compile(r"^(?:\S+ ){0,2}capacity(?P<of> of )|^(?P<what>.+) capacity$")
_LOANS = "loans"
_WORK_FOR_MONEY: frozenset[str] = frozenset(_WORDS["work_for_money"])
_HANDLED = re.compile(rf"\b{any_of(_WORDS['handled']['words'])}$")
_HANDLING_DONE = "handled"
# The handling of complaints handled.
_HANDLED_TWICE = re.compile(rf"({re.escape(_WORDS['handled']['en'])}.*) {_HANDLING_DONE}$")
_PAYERS = re.compile(rf"{any_of((*_WORDS['agents'], *_WORDS['payers']))}$")
# Characters of an amount that says what it is of: 工业总产值.
_WHOLE = 5
# A noun phrase of more than one noun.
_RELATION = re.compile(r"\b(?:of|with|for|in|under|from|to|by)\b")


# What is chosen in batches is not chosen as one.
_IN_BATCH = "first batch"
AND_OTHERS, _NEW = "等", "新"
# 投入使用或建设: either was done with each.
_EITHER, _OR = "或", "or"
_VERBS_FIRST: frozenset[str] = frozenset(_WORDS["verbs_first"])


def _english(tokens: list[Token]) -> str:
    """English for a phrase: shares first, then what stands among something, then the noun phrase."""
    words = [word for word, _ in tokens]
    if "占" in words[1:]:
        at = words.index("占", 1)
        whole, part = without_share(tokens[at + 1 :]), without_share(tokens[:at])
        if part:
            total = next((_TOTALS[word] for word in words[at + 1 :] if word in _TOTALS), "the total")
            of = _english(whole) if whole else total
            return f"{_english(part)} as a share of {of if of != _english(part) else 'that of the larger area'}"
    if "中" in words[1:-1]:
        at = words.index("中", 1)
        pool, part = tokens[:at], [token for token in tokens[at + 1 :] if not is_only(token, "drop")]
        if part and all(map(is_event, part)):
            # 新引进项目中开工: projects attracted and started.
            return _phrase([*pool, *part])
        bare = without_share(part)
        if bare and len(bare) < len(part):
            return f"share of {_english(bare)} in {_english(pool)}"
        return f"{_phrase(part)} among {_english(pool)}"
    return _joint(tokens) or _phrase(tokens)


def _joint(tokens: list[Token]) -> str:
    """Two figures that a list holds, each with its own measure: 生产总值和工业总产值. Empty where there is one figure."""
    if found := figures(tokens):
        return f"{_joint(found[0]) or _phrase(found[0])} and {_phrase(found[1])}"
    return ""


def figures(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """The last of the figures that a list holds, and what stands before it; None where there is one figure."""
    at = next((at for at in range(len(tokens) - 2, 0, -1) if tokens[at][0] in JOINING), 0)
    left, right = tokens[:at], tokens[at + 1 :]
    return (left, right) if at and _is_figure(left) and _is_figure(right) else None


def _is_figure(tokens: list[Token]) -> bool:
    """Whether a phrase names a thing and at its end an amount of it: 旅游收入, and neither 收入 nor 收入增速."""
    if not tokens[-1][0].endswith(_FIGURES):
        return False
    return is_noun(tokens[-1]) or len(tokens[-1][0]) >= _WHOLE or any(map(is_noun, tokens[:-1]))


def _phrase(tokens: list[Token]) -> str:
    """A noun phrase: [attribute of] [new] qualifiers nouns [built] [of limit] [by agent]."""
    kept = [token for at, token in enumerate(tokens) if not is_only(token, "drop") or (at and token[0] in _STAYING)]
    if len(kept) > 2 and kept[0][0] in _PUT_IN and (funds := sense_of(kept[-1], "noun")) and _for_work(funds.english):
        kept = kept[1:]  # 投入财政帮扶资金
    if (
        len(kept) > 2
        and kept[0][0] in _PUT_IN
        and (money := sense_of(kept[-1], "attribute"))
        and _for_work(money.english)
    ):
        kept = kept[1:]  # 投入安全生产资金
    while len(kept) > 1 and kept[-1][0] in HOLLOW and _has_head(kept[:-1]):
        kept.pop()
    attributes: list[str] = []
    while len(kept) > 1 and (found := sense_of(kept[-1], "attribute")) and _has_head(kept[:-1]):
        if is_thing(kept[-1], kept[-2]):
            break
        attributes.append(found.english)
        kept.pop()
        while kept and kept[-1][0] in JOINING:
            kept.pop()
    cumulative = any(word == "累计" for word, _ in kept)
    kept = [token for token in kept if token[0] != "累计"]
    added = ""
    if attributes and len(kept) > 1 and kept[0][0] in _ADDED and kept[0][0] != _NEW:
        # What is new is the length, the capacity or the money, not the thing that has it.
        added = _ADDED[kept[0][0]]
        kept = kept[1:]
    if attributes and kept and all(sense_of(token, "qualifier", "event") and not is_noun(token) for token in kept):
        # 省专项资金: special provincial funds, not funds of provinces.
        return _adjectival(kept, attributes, added, cumulative)
    if attributes and _for_work(attributes[-1]) and len(kept) > 1 and is_event(kept[0]):
        done = sense_of(kept[0], "event")
        if done and done.english in _MONEY_SAID and any(map(is_noun, kept[1:])):
            # 筹集图书馆资金: it is the money that was raised
            attributes[-1] = f"{attributes[-1]} {done.english}"
            kept = kept[1:]
        elif done and done.english in _MONEY_UNSAID:
            kept = kept[1:]
    elif attributes and _for_work(attributes[-1]) and len(kept) > 1 and is_event(kept[-1]) and is_noun(kept[-2]):
        done = sense_of(kept[-1], "event")
        if done and done.english in _MONEY_SAID:
            attributes[-1], kept = f"{attributes[-1]} {done.english}", kept[:-1]  # 图书馆安排资金
    if attributes and (driven := _driven(kept)):
        return f"{' of '.join(reversed(attributes))} {driven}"
    by = ""
    if attributes == [_RETAIL] and len(kept) > 1 and kept[0][0] in _BY_SELLERS:
        by, kept = _BY_SELLERS[kept[0][0]], kept[1:]  # 限额以上家电零售额: it is the sellers that are above
    if attributes == ["rate"] and (verbs_at(kept) or told_behind(kept)):
        attributes = ["share"]  # 提案办理率: share of proposals handled
    if attributes[:1] == ["share"] and len(attributes) == _SHARE_AND_MEASURE and kept and not verbs_at(kept):
        return _part_of(attributes[1], _body(kept))
    if len(attributes) == 1 and attributes[0].startswith("share of ") and kept and not verbs_at(kept):
        return _part_of(attributes[0].removeprefix("share of "), _body(kept))
    if len(attributes) > 1 and attributes[0] == "scale":
        attributes = attributes[1:]  # 营业收入规模: as much as the revenue
    text = active(kept) or _kind_of_work(kept) or (_process(kept) if any(map(_for_work, attributes)) else _body(kept))
    for attribute in reversed(attributes):
        if attribute.startswith("contribution to ") and text:
            text = f"contribution of {text} {attribute.removeprefix('contribution ')}"
        elif not text:
            text = attribute
        elif "…" in attribute:
            text = f"{_preposition(attribute)} {text}".join(attribute.split("…"))
        elif _for_work(attribute) and (whose := _whose(kept)):
            payer = _nouns(kept[:whose])
            source = f"from {'the ' if payer.endswith('budget') else ''}" if payer.endswith(_PURSES) else "of "
            text = f"{attribute} {source}{payer} for {_body(kept[whose:])}"
        elif attribute == "rate" and (rate := rate_of(text)):
            text = rate
        elif attribute.rpartition(" ")[2] == "capacity" and (capable := _CAPABLE.match(text)):
            text = text if capable["of"] else f"{attribute} of {capable['what']}"
        elif attribute == "revenue" and _EARNERS.search(text):
            text = f"income of {text}"
        elif text.rpartition(" ")[2] == attribute:
            continue  # 清洁能源装机 | 容量
        elif text.startswith(("to ", "for ", "from ", "per ")):
            text = f"{attribute} {text}"
        else:
            text = f"{attribute} {_preposition(attribute, text)} {text}"
    text = _HANDLED_TWICE.sub(r"\1", f"{text} {by}".strip())
    added = "additional" if added == "new" and text.startswith(("new ", "new-")) else added
    return f"{added} {text}".strip() + (", cumulative" if cumulative else "")


def _part_of(measure: str, thing: str) -> str:
    """Whose share of an amount it is: 梨产量占比 → pears' share of output."""
    if measure.endswith("generated"):
        return f"share of {measure} by {thing}"
    if _RELATION.search(thing) or thing.startswith("per "):
        return f"share of {measure} accounted for by {thing}"
    article = "the " if thing.rpartition(" ")[2] in _WITH_ARTICLE and not thing.startswith("the ") else ""
    measure = f"the {measure}" if measure == "stock" else measure
    return f"{article}{thing}{_GENITIVE if thing.endswith('s') else _GENITIVE_S} share of {measure}"


def rate_of(work: str) -> str:
    """The rate of work on something, without a chain: storage rate of grain. Empty where no work on something is told."""
    found = _PROCESS.fullmatch(work)
    return f"{found['work']} rate of {found['what']}" if found else ""


def active(tokens: list[Token]) -> str:
    """Somebody doing something, where the phrase says so: 甲机构开展乙服务 → institutions of A carrying out services of B.

    对甲开展乙 is B for A; 取得甲证书劳动者 are the workers with certificates of A.
    """
    for at in range(1, len(tokens) - 1):
        doing = _ACTIVE.get(tokens[at][0])
        who, what = tokens[:at], tokens[at + 1 :]
        if not doing or not any(map(is_noun, what)) or any(map(is_event, who)):
            continue
        if any(word in _FIELDS for word, _ in who):
            return ""  # 重点领域开展培训: no field carries out anything
        if who[0][0] in _PREPOSITIONS and any(map(is_noun, who[1:])):
            return f"{_body(what)} for {_nouns(who[1:])}"
        if is_noun(who[-1]):
            return f"{_nouns(who)} {doing} {_body(what)}"
    first = 1 if len(tokens) > 1 and tokens[0][0] in _ADDED else 0
    doing, what = _ACTIVE.get(tokens[first][0]) if len(tokens) > first else None, tokens[first + 1 : -1]
    head = _nouns(tokens[-1:]) if doing else ""
    # 实施民生项目 are projects that are carried out, and carry out nothing.
    if _AGENTS.search(head) and not _WORKS.search(head) and any(map(is_noun, what)) and not any(map(is_event, what)):
        return f"{_ADDED[tokens[0][0]] if first else ''} {head} {doing} {_nouns(what)}".strip()
    rest = tokens[first + 1 :]
    if doing and tokens[first][0] in _DOERS and rest and not any(map(is_event, rest)) and is_noun(rest[-1]):
        return f"{_ADDED[tokens[0][0]] if first else ''} those {doing} {_nouns(rest)}".strip()
    return ""


def is_thing(token: Token, before: Token) -> bool:
    """Whether a term that may be an attribute is a thing: 约束性指标 are indicators, and no indicators of something."""
    if not sense_of(token, "noun") or sense_of(before, "noun", "area", "attribute", "limit"):
        return False
    event = sense_of(before, "event")
    return token[0] in _THINGS if not event else bool(_tells_kind(event, token))


def _kind_of_work(tokens: list[Token]) -> str:
    """What was done in a way that stands between it and its thing: 锅炉超低排放改造, ultra-low emission renovation of boilers."""
    at = way_of_work(tokens)
    if not at:
        return ""
    event = sense_of(tokens[-1], "event")
    work = _works()[event.english] if event else ""
    done = f"{_nouns(tokens[at:-1])} {work}"
    return f"{_IN_ONE_WORD.get(done, done)} of {_nouns(tokens[:at])}"


def way_of_work(tokens: list[Token]) -> int:
    """Where the qualifiers begin that stand between a thing and the work on it at the end; 0 where there are none."""
    if not tokens or not names_work(tokens[-1]) or not is_event(tokens[-1]):
        return 0
    at = len(tokens) - 1
    while at > 1 and not is_noun(tokens[at - 1]) and sense_of(tokens[at - 1], "qualifier"):
        at -= 1
    qualified = at < len(tokens) - 1 and is_noun(tokens[at - 1]) and not any(map(is_event, tokens[:-1]))
    return at if qualified else 0


def _adjectival(tokens: list[Token], attributes: list[str], added: str, cumulative: bool) -> str:
    """Qualifiers before what is measured: provincial special funds received."""
    senses = [sense for token in tokens if (sense := sense_of(token, "event", "qualifier"))]
    before = [sense.english for sense in senses if sense.facet == "qualifier" or sense.extra == "^"]
    after = [sense.english for sense in senses if sense.facet == "event" and sense.extra != "^"]
    each = [word for word in before if word.startswith("per ")]
    before = [word for word in before if word not in each]
    text = " ".join([*before, " of ".join(attributes), *each, *([_join(_dedupe(after))] if after else [])])
    return f"{added} {text}".strip() + (", cumulative" if cumulative else "")


def _driven(tokens: list[Token]) -> str:
    """By what something was driven, where the phrase says so before it: 甲活动拉动消费."""
    event = sense_of(tokens[-1], "event") if len(tokens) > 1 else None
    if not event or event.english not in _DRIVEN or verbs_at(tokens[:-1]) or not is_noun(tokens[-2]):
        return ""
    return f"{event.english} by {_nouns(tokens[:-1])}"


def _whose(tokens: list[Token]) -> int:
    """Where the work begins that money of somebody is for: 企业 | 研发, and 0 where nobody's is told."""
    at = len(tokens) - 1
    told = at > 0 and not verbs_at(tokens) and not any(token[0] in JOINING for token in tokens)
    return at if told and tokens[at][0] in _WORK_FOR_MONEY and _PAYERS.search(_nouns(tokens[at - 1 : at])) else 0


def told_behind(tokens: list[Token]) -> bool:
    """Whether the last term tells in English, behind its noun, what those do who are counted: graduates staying in town."""
    sense = sense_of(tokens[-1], "qualifier", "noun") if len(tokens) > 1 else None
    return bool(sense and sense.english.startswith(_DOING))


def _for_work(attribute: str) -> bool:
    """Whether money of that kind is spent on work: investment in the upgrading of hospitals."""
    return bool(_SPENT.search(attribute))


def _preposition(attribute: str, spent_on: str = "") -> str:
    if "investment" in attribute or attribute.startswith("spending on"):
        return "in"
    if attribute == "satisfaction" and _HANDLED.search(spent_on.removesuffix(f" {_HANDLING_DONE}")):
        return f"with {_WORDS['handled']['en']}"
    if attribute == "satisfaction" and not _AGENTS.search(spent_on):
        return "with"
    if attribute.endswith("expenditure"):
        return "by" if _SPENDERS.search(spent_on) else "on"
    if attribute == "loans":
        return "to"
    if attribute.endswith("taken"):
        return "for"
    if attribute.endswith("generated"):
        return "by"
    if attribute.startswith("R&D "):
        return "of"
    return "for" if _SPENT.search(attribute) else "of"


def _process(tokens: list[Token]) -> str:
    """What is done, as a noun, where the phrase ends in it or begins with it: 医院改造 → renovation of hospitals."""
    if len(tokens) < 2:
        return _body(tokens)
    for event, rest in ((tokens[-1], tokens[:-1]), (tokens[0], tokens[1:])):
        noun = _works().get(sense.english) if is_event(event) and (sense := sense_of(event, "event")) else None
        if noun and any(map(is_noun, rest)) and not any(map(is_event, rest)):
            return f"{noun} of {_body(rest)}"
    return _body(tokens)


def announce(announced: str, tokens: list[Token]) -> str:
    """The name with what the unit adds to it: 投入完善基础设施, in yuan → funding for improvement of infrastructure."""
    if announced == "amount" and tokens[0][0] in _PUT_IN and len(tokens) > 1:
        return f"funding for {_process(tokens[1:])}"
    if announced == "time":
        return f"time for {_process([token for token in tokens if not is_only(token, 'drop')])}"
    return with_amount(announced, _english(tokens))


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
    verbs: list[int] = field(default_factory=list)  # the places of the events, and of what joins them
    joined: str = "and"  # what joins them in English

    def nouns(self) -> list[Token]:
        """Where the next noun goes."""
        if self.preposition and not (self.before or self.after):
            return self.aside
        return self.object if self.before or self.after else self.subject


def _body(tokens: list[Token]) -> str:
    parts = _sorted([token for token in tokens if not is_only(token, "drop") or token[0] == AND_OTHERS])
    before, after = parts.before, parts.after
    if before and after:
        new = [event for event in before if event in _ADDED.values()]
        before, after = new, [*(event for event in before if event not in new), *after]
        if new and all(" " not in event for event in after):
            # 新增投产项目 are those newly commissioned; what was started, was so in the period.
            before, after = ([f"newly {_join(_dedupe(after))}"], []) if after != ["started"] else ([], after)
        elif new == ["new"] and tokens[0][0] == _NEW:
            before, after = [], [f"newly {_join(_dedupe(after))}"]  # 新改造提升诊所: the clinics are not new
    head, other = (parts.object, parts.subject) if _content(parts.object) else (parts.subject, parts.object)
    text = _nouns(head)
    if other and not _content(other):
        text, other = f"{_nouns(other)} {text}".strip(), []
    if before == ["new"] and text.startswith(_IN_BATCH):
        before = []
    if before == ["new"] and text.startswith(("new ", "new-")):
        before = ["additional"]
    text = " ".join([*before, text, *_dedupe(parts.limits)]).strip()
    if other and after and _WORKS.search(text):
        # 乡道升级改造工程: it is the roads that are upgraded.
        text, other = f"{text} of {_nouns(other)}", []
    if len(after) > 1 and after[0] in _BEGUN and all(event in _works() for event in after[1:]):
        # 启动污水处理厂改造: what was begun is the work on them.
        text = f"{text} whose {_join([_works()[event] for event in after[1:]])} was {after[0]}"
    elif after and other and (clause := _clause(text, _nouns(other), _dedupe(after))):
        text, other = clause, []
    elif after:
        text = f"{text} {_join(won(text, _dedupe(after)), parts.joined)}".strip()
    if other:
        text = _relate(text, other, bool(after))
    if parts.aside:
        text = f"{text} {parts.preposition} {_nouns(parts.aside)}".strip()
    return text


def _clause(thing: str, who: str, after: list[str]) -> str:
    """What somebody was made into, chosen for or has from something; empty for other events.

    Cities recognised as model cities; works awarded prizes; people benefiting from subsidies.
    """
    done = after[0]
    if len(after) > 1:
        return ""
    if (done in _MADE_INTO | _CHOSEN or won(thing, after) == ["won"]) and _AWARDS.search(thing):
        return f"{who} awarded {thing}"
    if done in _CHOSEN and done.endswith("selected") and thing.endswith(("programme", "programmes")):
        article = "the " if thing.endswith("programme") and not thing.startswith("the ") else ""
        return f"{who} {done} for {article}{thing}"
    if (
        done not in _WITHIN
        and not thing.startswith(_IN_BATCH)
        and (done in _MADE_INTO or (done in _CHOSEN and not _LISTS.search(thing)))
    ):
        return f"{who} {'recognised' if done == 'awarded' else done} as {thing}"
    if done in _CHOSEN or done in _WITHIN or (done in _MADE_INTO and thing.startswith(_IN_BATCH)):
        return f"{who} {done} in {'the ' if thing.startswith(_IN_BATCH) else ''}{thing}"
    if done in _DRIVEN:
        return f"{thing} {won(thing, after)[0]} by {who}"
    return f"{thing} {_BENEFITING[done]} {who}" if done in _BENEFITING else ""


def won(thing: str, after: list[str]) -> list[str]:
    """What was done with the thing: awards are won, wages paid, and who is no award was recognised, not awarded."""
    head = _BEHIND_HEAD.sub("", thing)
    if _AWARDS.search(head):
        return ["won" if event in {"received", "obtained", "awarded", "granted"} else event for event in after]
    if _PAID.search(head):
        return ["paid" if event == "issued" else event for event in after]
    return ["recognised" if event == "awarded" else _said_of(head, event) for event in after]


def _said_of(head: str, event: str) -> str:
    """The word for what was done that goes with such a thing: jobs are secured, and not raised."""
    done = event.removeprefix("newly ")
    word = next((word for word, ends in _SAID_OF.get(done, ()) if ends.search(head)), done)
    return event.replace(done, word)


def _sorted(tokens: list[Token]) -> _Parts:
    parts = _Parts([], [], [], [], [], [])
    pending = ""
    for at, token in enumerate(tokens):
        word = token[0]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        limit, event = sense_of(token, "limit"), sense_of(token, "event")
        if limit:
            parts.limits.append(f"with {pending} {limit.english}" if pending else limit.english)
            pending = ""
        elif following and sense_of(following, "limit") and (attribute := sense_of(token, "attribute")):
            pending = attribute.english
        elif word in _PREPOSITIONS and following and sense_of(following, "noun", "area", "qualifier"):
            parts.preposition = _PREPOSITIONS[word]
        elif word in JOINING:
            beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
            if not beside or not all(sense_of(near, "event") and not sense_of(near, "noun") for near in beside):
                parts.nouns().append(token)
            elif at - 1 in parts.verbs:
                parts.verbs.append(at)
                parts.joined = _OR if word == _EITHER else parts.joined
        elif (
            event
            and following
            and event.english in _works()
            and _is_work(following)
            and (at or _is_bare_work(following))
        ):
            # 流域治理工程 are treatment works of river basins.
            parts.nouns().append((word, (Sense("qualifier", _works()[event.english]),)))
        elif (
            at
            and event
            and following
            and at - 1 not in parts.verbs
            and (kind := _tells_kind(event, _thing_ahead(tokens, at)))
        ):
            # 知识产权运营中心 are operation centres.
            parts.nouns().append((word, (Sense("qualifier", kind),)))
        elif event and not (
            not (at == 0 and following and word in _VERBS_FIRST)
            and (parts.after or following is None or sense_of(following, "noun") or _is_listed(tokens, at))
            and sense_of(token, *_beside_event(bool(following), _content(parts.nouns())))
        ):
            (parts.before if event.extra == "^" else parts.after).append(event.english)
            parts.verbs.append(at)
        else:
            parts.nouns().append(token)
    if pending:
        parts.limits.append(f"({pending})")
    return parts


def _is_listed(tokens: list[Token], at: int) -> bool:
    """Whether a mark and a noun stand behind the term: 技术改造和设备更新项目."""
    behind = tokens[at + 1 : at + 3]
    return len(behind) > 1 and behind[0][0] in JOINING and not is_event(behind[1])


def _beside_event(goes_on: bool, content: bool) -> tuple[str, ...]:
    """The facets in which a term is no event: at the end of a phrase that has a head already, it is no qualifier."""
    return (
        ("noun", "qualifier") if goes_on else ("noun", "attribute") if content else ("noun", "qualifier", "attribute")
    )


def verbs_at(tokens: list[Token]) -> list[int]:
    """The places of the terms that tell what was done, and of the marks that join them."""
    return _sorted(tokens).verbs


def has_object(who: list[Token], verb: Token, what: list[Token]) -> bool:
    """Whether somebody before the event has to do with what stands behind it: cities recognised as model cities."""
    event = sense_of(verb, "event")
    if not event or not who or not what:
        return False
    return bool(_clause(_nouns(what), _nouns(who), [event.english]) or _AGENTS.search(_nouns(who)))


def is_begun(token: Token) -> bool:
    """Whether the event says only that work was begun."""
    event = sense_of(token, "event")
    return bool(event and event.english in _BEGUN)


def names_work(token: Token) -> bool:
    """Whether the event is work that may be begun."""
    event = sense_of(token, "event")
    return bool(event and event.english in _works())


def is_active(token: Token) -> bool:
    """Whether the term is what somebody does with something (see `active`)."""
    return token[0] in _ACTIVE


def _thing_ahead(tokens: list[Token], at: int) -> Token:
    """The next term that is no event, where only such stand between: 湿地保护修复工程."""
    return next((token for token in tokens[at + 1 :] if not is_event(token)), tokens[at])


def _tells_kind(event: Sense, following: Token) -> str:
    """The noun for what is done where the next term is what it is done with or at; empty elsewhere."""
    noun = sense_of(following, "noun")
    return _KINDS.get(event.english, "") if noun and _HEADS.search(noun.english) else ""


def _is_bare_work(token: Token) -> bool:
    """Whether it is works and nothing else: 改造工程, but 维修养护供水工程 tells what was done with them."""
    return not token[0].replace("工程", "").replace("项目", "")


def _is_work(token: Token) -> bool:
    noun = sense_of(token, "noun")
    return bool(noun and _WORKS.search(noun.english))


def _relate(text: str, other: list[Token], done: bool) -> str:
    """Tie the nouns before an event to those after it: in a place, by somebody, with something."""
    nouns = _nouns(other)
    if text.endswith(_LOANS) and _PAYERS.search(nouns):
        return f"{text} to {nouns}"
    if all(sense_of(token, "area", "qualifier", "link") for token in other):
        return f"{text} in {nouns}"
    if done and text.rpartition(" ")[2] in _DRIVEN:
        return f"{text} by {nouns}"
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
    return any(sense_of(token, "noun", "area", "attribute") for token in tokens)


def such_as(tokens: list[Token]) -> int | None:
    """The place of 等 between examples and what they are examples of: 原油等商品, goods such as crude oil."""
    return next((at for at in range(1, len(tokens) - 1) if tokens[at][0] == AND_OTHERS), None)


def _nouns(tokens: list[Token]) -> str:
    if (at := such_as(tokens)) is not None:
        first = at + 1
        while first < len(tokens) - 1 and not is_noun(tokens[first]):
            first += 1
        kind, those = _nouns(tokens[at + 1 : first + 1]), _nouns(tokens[:at])
        like = "those for " if kind.endswith(_GROUPS) and not those.endswith(_GROUPS) else ""
        examples = f"{kind} such as {like}{those}"
        # 石化等产业先进产能: advanced capacity of industries such as petrochemicals.
        return f"{_nouns(tokens[first + 1 :])} of {examples}" if first + 1 < len(tokens) else examples
    if len(tokens) > 1 and tokens[-1][0] in _OF_PERSONS and _EARNERS.search(_nouns(tokens[-2:-1])):
        return f"{_OF_PERSONS[tokens[-1][0]]} of {_nouns(tokens[:-1])}"
    words: list[str] = []
    each: list[str] = []
    for at, token in enumerate(tokens):
        last = all(map(_stands_behind, tokens[at + 1 : _next_mark(tokens, at)])) and not _shares_head(tokens, at)
        if token[0] in JOINING:
            link = sense_of(token, "link")
            words.append("," if token[0] == "、" else (link.english if link else "and"))
            continue
        sense = (
            sense_of(token, "noun", "attribute", "area", "event", "qualifier", "link")
            if last
            else sense_of(token, "qualifier", "noun", "area", "attribute", "event", "link")
        )
        if sense is None:
            continue
        (each if sense.english.startswith(_BEHIND) else words).append(_number_of(sense, last))
    commas = [at for at, word in enumerate(words) if word == ","]
    if commas and "and" not in words[commas[-1] :]:
        words[commas[-1]] = "and"
    text = _COMMAS.sub(", ", " ".join([*_once(words), *each]).replace(" ,", ",")).strip(", ")
    text = _OF_SIZE.sub(r"\1 above designated size", text)
    text = _OF_THOSE_OF_SIZE.sub(r"\2 of \1enterprises above designated size", text)
    return text.removeprefix("and ").removesuffix(" and")


def _next_mark(tokens: list[Token], at: int) -> int:
    return next((mark for mark in range(at + 1, len(tokens)) if tokens[mark][0] in JOINING), len(tokens))


def _shares_head(tokens: list[Token], at: int) -> bool:
    """Whether the head behind the next member of a list is that of this one besides: 乡镇、街道养老中心."""
    mark = _next_mark(tokens, at)
    behind = tokens[mark + 1 : _next_mark(tokens, mark)]
    return (
        mark == at + 1
        and len(behind) > 1
        and bool((sense_of(tokens[at], "area") and sense_of(behind[0], "area")) or _is_branch(behind[-1]))
        and is_noun(behind[-1])
    )


def _is_branch(token: Token) -> bool:
    """Whether the term is a branch of the economy, which is called after what it makes: toy and furniture industries."""
    noun = sense_of(token, "noun")
    return bool(noun and noun.english.startswith("industries"))


def _stands_behind(token: Token) -> bool:
    """Whether the term stands behind its noun in English, wherever it stands in Chinese."""
    sense = sense_of(token, "qualifier", "noun")
    return bool(sense and sense.english.startswith(_DOING if is_noun(token) else _BEHIND))


def _once(words: list[str]) -> list[str]:
    """The words without a noun that the next one begins with or is: white-listed enterprise enterprises."""
    kept: list[str] = []
    for word in words:
        if kept and (before := kept[-1].split()) and _stem(before[-1]) == _stem(word.split(" ")[0]):
            kept[-1] = " ".join(before[:-1])
        kept.append(word)
    return [word for word in kept if word]


def _stem(word: str) -> str:
    return _singular(word.lower())


def _number_of(sense: Sense, plural: bool) -> str:
    many, _, one = sense.english.partition("|")
    if plural or sense.facet not in {"noun", "area"}:
        return many
    return one or _singular(many)


def _singular(words: str) -> str:
    """The form in which a noun stands before another: enterprises → enterprise."""
    if words.endswith(_NO_PLURAL) or _RELATION.search(words):
        return words
    if " and " in words and words.count(" ") == len(("", "")):
        return " and ".join(map(_singular, words.split(" and ")))  # town and subdistrict centres
    if _SHORT.search(words):
        return words[:-2]
    if words.endswith("ies") and len(words) > 5:
        return words[:-3] + "y"
    if words.endswith(("sses", "xes", "ches", "shes")):
        return words[:-2]
    return words[:-1] if words.endswith("s") else words


def _join(words: list[str], link: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {link} {words[-1]}"


def _dedupe(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


def with_amount(announced: str, english: str) -> str:
    """The name of an amount of something: area, parks built → area of parks built."""
    if not announced or english.lower().startswith(announced):
        return english
    return f"{announced} of {lowered(english)}"


def lowered(english: str) -> str:
    """The name as it stands inside another: a hand-written one begins with a capital, VAT and Guangdong keep it."""
    return english if is_proper(english) else english[:1].lower() + english[1:]


def is_proper(title: str) -> bool:
    """Whether a name begins with a word that is always written with a capital: PM2.5, A-level, Guangdong."""
    first, _, _ = title.partition(" ")
    return not first[1:].replace("-", "a").islower() or first.removesuffix("'s") in _proper_words()


@lru_cache(maxsize=1)
def _works() -> dict[str, str]:
    """Nouns for the work that an event is: renovated → renovation."""
    return dict(catalogue("terms")["works"])


@lru_cache(maxsize=1)
def _proper_words() -> frozenset[str]:
    """First words of terms and places that begin with a capital."""
    first = {sense.english.partition(" ")[0] for _, found in all_terms()[0].values() for sense in found}
    return frozenset(word for word in first if word[:1].isupper() and word.lower() not in first)
