"""What an indicator is made of: thing × property × event × scope.

A phrase is cut into the fewest known words: things, properties, events, and words that narrow or say nothing. What is in
no list stays in the scope as written and never makes the thing unknown, so that 新增公办学前教育学位 is school places
(学前教育学位), count, new, scope 公办, whatever else stands in the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from operator import add
from typing import NamedTuple

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.amounts import dimension, unit
from pipeline.meaning.naming.limits import LIMIT_BEGINS, limit_at
from pipeline.meaning.naming.phrases import normalised
from pipeline.own_entries import Named, phrases
from pipeline.records import Record

_WORDS = catalogue("facets")
_LONGEST = 120
# Prices of the cut: a known word, a known single character, a limit, a character in no list.
_WORD, _SIGN, _LIMIT, _UNKNOWN = 2, 3, 1, 5
_NEVER = 10**6
# The measures whose unit says what is measured.
_STATED = frozenset({"level"})
_OF_CHANGES = frozenset({"percentage_points", "ratio", "multiple", "score"})
# Properties of which a phrase may name one of the kind: of sums 投资, of lengths 水深.
_GENERIC = frozenset(("amount", "length", "area"))
_SIZE, _PARTNERED = "size", frozenset(("trade", "exports", "imports"))
_SPENDING: dict[str, str] = _WORDS["named"]
# What is sold, exported or imported may be told in money or in pieces, tonnes and the like.
_VOLUMES = {"sales": "sales_volume", "exports": "export_volume", "imports": "import_volume"}
_OF_PIECES = frozenset(("count", "mass", "volume", "electricity"))
_SIZES = frozenset(
    {"persons", "person_times", "trips", "area", "length", "electricity", "computing_power", "mass", "households"}
)
_SHARE_OF, _AMONG = "占", "中"
# What stands for the thing in a scope.
IN_PLACE = "～"
_RATES = ("率", "度")
_STAGES = frozenset(_WORDS["stages"])
_LEVEL: dict[str, str] = _WORDS["same"]
_TITLES = tuple(_WORDS["designations"]["ends"])
_CONFERRING = frozenset(_WORDS["designations"]["events"])
_NEW: str = _WORDS["designations"]["as"]
_GOING_ON = frozenset(_WORDS["designations"]["going_on"])
_PRIZES, _GUESTS, _WORKS = _WORDS["prizes"], _WORDS["guests"], _WORDS["works"]
_OF_INDUSTRIES = _WORDS["of_industries"]
_INDUSTRY_NAMES = tuple(_OF_INDUSTRIES["ends"])
_INDUSTRY_SIZE = _WORDS["industry_size"]
_RANKED: dict[str, str] = _WORDS["ranked"]
_NO_RATES, _PLACES = tuple(_WORDS["no_rates"]), "位"
_ALIKE: dict[str, dict[str, str]] = _WORDS["alike"]
_OF_THINGS = [(kind["event"], tuple(kind["ends"]), kind["as"]) for kind in _WORDS["of_things"]]
_LEADING = {word: (led["event"], tuple(led["ends"])) for word, led in _WORDS["leading"].items()}
_DONE, _TEMPERATURE, _BY_DEGREES = _WORDS["done"], "temperature", "electricity"
_INSURED, _OF_DOERS = _WORDS["insured"], frozenset(_WORDS["of_doers"])
_INSURANCES, _OF_PROJECTS = tuple(_INSURED["ends"]), _WORDS["attributive"]["of_projects"]
_WORKS_ON, _DWELLINGS = _WORDS["works_on"], _WORDS["dwellings"]
_HOMES_IN, _FIRST_SERVED = tuple(_DWELLINGS["ends"]), frozenset(_WORDS["first_served"])
_PRIZE_NAMES, _GUEST_NAMES = tuple(_PRIZES["ends"]), tuple(_GUESTS["ends"])
_HOMES = _WORDS["homes"]
# 外国人来琼工作: where they do goes without saying.
_THERE = re.compile(f"[在来][{_WORDS['provinces']}](?=工作|就业)")
# 入规企业 have grown above the threshold; 建便民桥 is 建设便民桥.
_ENTERED, _ENTERED_AS = re.compile(rf"^{any_of(_WORDS['entered']['words'])}(?!.*规)"), str(_WORDS["entered"]["as"])
_BUILD_ALONE = re.compile(rf"^建(?!{any_of(_WORDS['not_to_build'])})")
_OF_HOMES = re.compile(rf"({any_of(_HOMES['of'])}(?:改造)?){_HOMES['for']}{any_of(_HOMES['whom'])}?$")
_KINDS = frozenset(_WORDS["attributive"]["events"])
_GENERAL = frozenset(_WORDS["attributive"]["before"])
_KIND_WORDS = frozenset(_WORDS["attributive"]["words"])
_BUILDING, _BUILT_UP = "建设", frozenset((*_WORDS["attributive"]["before"], *_WORDS["attributive"]["built"]))
_PLANS = frozenset(_WORDS["attributive"]["plans"])
_NAMED_PLANS = frozenset(_WORDS["attributive"]["named"])
_EACH, _EACH_HAS = "每", re.compile(rf"(?<=人|口){any_of(_WORDS['each_has'])}")
_NOUGHT = "零"
_TITLE, _OF_TITLE = re.compile("《[^《》]{1,20}》"), "\ue000"
_SETTLED = frozenset(("resolved", "handled"))
_STATES = frozenset(_WORDS["clauses"]["states"])
_OF_STATES = frozenset(_WORDS["of_states"])
_OF_SUPPORT = frozenset(("standard", "subsidy", "funding"))
_SUPPORTED = frozenset(("assisted", "supported", "benefited"))
_AND_ABOVE, _GRADES = ("以上", "及以上"), tuple(_WORDS["grades"])
_PLAIN_VERBS, _SPENT = (frozenset(_WORDS["clauses"][verbs]) for verbs in ("verbs", "spent"))
_VERBS = _PLAIN_VERBS | _SPENT
_MONEY_DIMENSION = "money"
_MONEY, _PERSONS = "元", "人"
_HOUSEHOLDS = "户"
_PIECES = "个"
_COUNTED: dict[str, tuple[str, ...]] = {base: tuple(ends) for base, ends in _WORDS["clauses"]["counted"].items()}
_CERTIFIED, _BROKEN = "certified", "broken_through"
_ADDED = tuple(_WORDS["added"])
_NO_PERSONS = frozenset(("volume", "mass", "length", "installed_capacity"))
_HELD, _WHO, _SITES = "held", tuple(_WORDS["who"]), tuple(_WORDS["sites"])
_TOWARDS = frozenset("为对向给")
_FOR = frozenset("为向")
_LED = frozenset("为向给在从由")
_LOOSE = frozenset(_WORDS["clauses"]["loose"])
_SETTLERS, _SETTLED_AT = (tuple(_WORDS["clauses"]["settling"][key]) for key in ("who", "where"))
_BRANCHES, _TELLING = tuple(_WORDS["clauses"]["branches"]), frozenset(_WORDS["clauses"]["telling"])
_BUILDERS, _CHOSEN_AS = frozenset(_WORDS["clauses"]["building"]), frozenset(_WORDS["clauses"]["chosen_as"])
_MADE = frozenset(("built", "operating", "established"))
_WITH, _KEY, _LANDED = "与", "重点", "landed"
_OWN: dict[str, tuple[str, ...]] = {base: tuple(ends) for base, ends in _WORDS["clauses"]["own"].items()}
_OBJECTS = tuple(_WORDS["clauses"]["objects"])
_BELONGINGS = tuple(_WORDS["clauses"]["belongings"])
_SUMS = frozenset(_WORDS["clauses"]["sums"])
_REACHED = frozenset(_WORDS["clauses"]["reached"])
_PERCENT = "%"
_HOLLOW = frozenset((*catalogue("naming")["hollow"], *_WORDS["tasks"]))
_OF_TASKS = frozenset("项件")
_UNCOUNTED = frozenset(_WORDS["clauses"]["uncounted"])
_BOUND = frozenset(_WORDS["bound"])
_IN_RATES = frozenset(_WORDS["in_rates"])
_KEPT: dict[str, str] = _WORDS["kept"]
_SENSES: dict[str, dict[str, str]] = _WORDS["senses"]
_IMPLIED: dict[str, dict[str, list[str]]] = _WORDS["implied"]
_BY_EVENT: dict[str, dict[str, str]] = _WORDS["by_event"]
_OWNERS, _GENERAL_THINGS, _CHOOSING, _BEGUN = (
    frozenset(_WORDS[key]) for key in ("owners", "general", "choosing", "begun")
)
_CHOSEN = tuple(_WORDS["chosen"])
_AIMED, _NOUNS = frozenset(_WORDS["aimed"]), frozenset(_WORDS["nouns"])
_SERVED = tuple(_WORDS["served"])
_OPEN, _OPEN_PLACES = frozenset(_WORDS["states_of_places"]["words"]), tuple(_WORDS["states_of_places"]["ends"])
_ACTED, _ACTIONS = frozenset(_WORDS["actions"]["events"]), tuple(_WORDS["actions"]["ends"])
_SERVED_WITH = tuple(_WORDS["served_with"])
_TIMES, _TIMES_WORD, _TIMES_DONE, _TIMES_DONE_AS = (_WORDS["times"][key] for key in ("unit", "word", "done", "as"))
_STRIVING = frozenset(_WORDS["striving"])
_BY, _LED_WORDS, _FITTING = _WORDS["led"]["by"], frozenset(_WORDS["led"]["done"]), tuple(_WORDS["fitting"])
_SUM_OF_PLACES, _PLACES_WITH_SUMS = _WORDS["sums_of_places"]["thing"], frozenset(_WORDS["sums_of_places"]["places"])
_COMPLETION, _FUNDING = "completion_rate", "funding"
_PAID_BY = frozenset(("investment", "total_investment"))
_REACHED_AIM = tuple(_WORDS["reached"])
_IN_PART = tuple(_WORDS["completed_in_part"])
_UNLISTED = _WORDS["unlisted"]
_PAID, _PER_TIME = tuple(_WORDS["paid"]), "money/duration"
_PIECEWISE = frozenset(("persons", "person_times", "households"))
_PRODUCED = _WORDS["produced"]
_OF_GOODS, _TRADE_WITH = _WORDS["of_goods"], _WORDS["trade_with"]
_ABOVE, _NO_EVENTS = frozenset(_WORDS["above"]), frozenset(_WORDS["no_event"])
_PARTNERS = tuple(catalogue("naming")["partners"]["ends"])
_CAPACITY = tuple(catalogue("properties")["installed_capacity"][3])
_MEASURED: dict[str, str] = {
    kind: prop for kind, prop in _WORDS["by_unit"].items() if kind in ("money", "area", "length", "mass", "electricity")
}
# Who is counted: words that say nothing where a unit says it.
_HEADS = frozenset(("persons", "person_times", "households"))
_TOTALS = frozenset(catalogue("naming")["totals"])
_PLAIN = frozenset(_WORDS["plain"])
# Of 提高津贴标准、覆盖5万人 it is the persons whom the allowance reaches that are counted.
_REACHING = frozenset(_WORDS["reaching"])
_CHAINS, _OF_CHAIN = frozenset(_WORDS["chains"]["words"]), _WORDS["chains"]["told"]
_MEANS_OF, _PARTS = frozenset(_WORDS["means"]), frozenset(_WORDS["parts"])
# What counts up to now is a stock after these events.
_TO_DATE = "累计"
_STOCKS = frozenset(_WORDS["to_date"])
_FIRMS: tuple[str, ...] = tuple(_WORDS["usual"]["count"])
# Multipliers that stand without a classifier say nothing of what is counted.
_BARE = frozenset("十百千万亿")
# The level that a thing has in its name: 国家级 before 国家重点实验室.
_OWN_LEVEL = {"国家级": ("国家", "全国"), "省级": ("省",)}
# Shares of value added in industries whose value added goes without saying, and in GDP.
_OF_INDUSTRY = "value_added"
_INDUSTRIES = ("工业", "制造业", "服务业")
_WHOLES = ("生产总值", "经济总量")
_TIES = frozenset(map(str, _WORDS["ties"]))
_MARKS = frozenset("、，,")
_LEFTOVERS = frozenset(catalogue("naming")["leftovers"])
_HOLDING = frozenset(_WORDS["holding"])
_HOLDS = tuple(_WORDS["holds"])
_CAPABLE = frozenset(("mass", "volume"))
_LAST = frozenset(_WORDS["last"])
_LISTS, _OF_LISTS = (frozenset(_WORDS["lists"][key]) for key in ("words", "units"))
_EXTENTS = frozenset(("area", "length", "floor_area", "site_area", "capacity", "installed_capacity"))
_PLANNED, _NUMBERS = (frozenset(_WORDS[key]) for key in ("extents", "numbers"))
_POINTS = "percentage_points"
_COUNTED_THINGS = frozenset(("count", "persons", "households"))
# 通过新建和扩建实现扩容学校: what was done by which means is no other thing. Persons have something from what is begun, too.
_BY_MEANS, _BENEFITED, _GENERATED = "通过", "benefited", "generated"
_MEANS = re.compile(r"通过[^,，]{2,30}?实现(?=[\u4e00-\u9fff]{3})")
_ANCILLARY = "配套"
_LISTED, _AND_OTHERS = "、", "等"
_EXAMPLES = _WORDS["examples"]
_AS_EXAMPLES = re.compile(rf"(?:{any_of(_EXAMPLES['parts'])}[、和]?){{2,}}{_AND_OTHERS}(?={any_of(_EXAMPLES['of'])})")
# 灯会、庙会等民俗活动: the examples narrow nothing where a word behind them tells which kind is meant.
_LED_BY_EXAMPLES = re.compile(
    rf"(?<=^[举开]办)[^、]{{2,8}}(?:、[^、]{{2,8}})*{_AND_OTHERS}(?=[^{_AND_OTHERS}]{{2,}}{any_of(_EXAMPLES['kinds'])}$)"
)
_INVESTED, _ALL_OF_THEM = (tuple(_WORDS["of_all_investment"][key]) for key in ("ends", "wholes"))
_JOINING = frozenset(catalogue("naming")["joining"])
_JOINT: dict[str, tuple[str, ...]] = {general: tuple(ends) for general, ends in _WORDS["joint"].items()}
_ANY_TOPIC, _TOPICS = frozenset(_WORDS["any_topic"]["things"]), _WORDS["any_topic"]["properties"]
_TELLS_NO_TOPIC, _VAGUE_TOPICS, _WEAK = (frozenset(_WORDS["any_topic"][key]) for key in ("nothing", "vague", "weak"))
# Words for a field, and properties that tell one whatever is sold or valued.
_FIELDS: dict[str, str] = {
    word: topic for topic, words in _WORDS["any_topic"]["words"].items() for word in map(normalised, words)
}
_OF_FIELDS = re.compile(f"(?=({any_of(_FIELDS)}))")
# 农(牧)事 is 农事 besides.
_BRACKETED = re.compile(r"\([^()]\)")
_ALWAYS_OF: dict[str, str] = _WORDS["any_topic"]["always"]
_UNSAID_OF: dict[str, str] = _WORDS["any_topic"]["unsaid"]


class Thing(NamedTuple):
    """What is counted or measured. `broader` is the thing above it, or empty."""

    thing_id: str
    name_zh: str
    name_en: str
    topic_id: str
    broader: str
    words: tuple[str, ...]


class Facets(NamedTuple):
    """What a phrase is made of. `thing` is empty where no thing is known; `event` is empty for a stock."""

    thing: str
    property: str
    event: str
    scope: str

    def identifier(self) -> str:
        """The identifier of an indicator that none was issued for: thing.property[.event][-hash of the scope]."""
        tail = f"-{sha256(self.scope.encode()).hexdigest()[:8]}" if self.scope else ""
        return ".".join(part for part in (self.thing, self.property, self.event) if part) + tail


@dataclass(slots=True, unsafe_hash=True)
class _Word(Record):
    """A known word with what it may be; several at once where it is used in several ways."""

    text: str
    thing: str = ""
    property: str = ""
    event: str = ""
    empty: bool = False
    # Kept only to tell who does something.
    only_verb: bool = False


@lru_cache(maxsize=1 << 16)
def facets(text: str, measure: str, stated_unit: str) -> Facets:
    """The facets of a phrase of a report; `stated_unit` as written, `measure` as in the table `observations`."""
    plain = normalised(text)[:_LONGEST]
    if (own := own_phrase(plain, measure, stated_unit)) and own.facets:
        return Facets(*own.facets)
    if of_title := _TITLE.search(text):
        plain = normalised(text.replace(of_title[0], _OF_TITLE))[:_LONGEST]  # no word in 《家里》 is one of the phrase
    if plain.startswith(_EACH):
        plain = _EACH_HAS.sub("", plain)
    for end, head in _INSURED["heads"].items():
        plain = plain.removesuffix(end) + head if plain.endswith(end) else plain
    if plain.startswith(_TIMES_DONE) and unit(stated_unit).base_unit == _TIMES:
        plain = _TIMES_DONE_AS + plain[len(_TIMES_DONE) :]  # 4次提高甲养老金
    if plain.startswith(_BY_MEANS):
        plain = _MEANS.sub("", plain)
    if _AND_OTHERS in plain:
        plain = _LED_BY_EXAMPLES.sub("", _AS_EXAMPLES.sub("", plain))
    plain = _BUILD_ALONE.sub(_BUILDING, _ENTERED.sub(_ENTERED_AS, _THERE.sub("", plain)))
    if _HOMES["for"] in plain and unit(stated_unit).base_unit == _HOUSEHOLDS:
        plain = _OF_HOMES.sub(r"\1", plain)
    words = _graded(_cut(plain)) if _AND_ABOVE[0] in plain else list(_cut(plain))
    if of_title:
        words = [word._replace(text=word.text.replace(_OF_TITLE, of_title[0])) for word in words]
    if len(words) > 1 and (led := _LEADING.get(words[0].text)) and plain.endswith(led[1]):
        words[0] = words[0]._replace(event=led[0])
    words = _among(words) if _AMONG in plain else words
    words = _of_industry(words) if plain.endswith(_INDUSTRY_SIZE["word"]) else words
    words, whole = _share(words) if any(word.text == _SHARE_OF for word in words) else (words, None)
    kept = {_TO_DATE, *(_IN_RATES if plain.endswith("率") else ())}
    last = len(words) - 1
    counted = bool(words) and words[last].text in _NUMBERS
    words = [
        word
        for index, word in enumerate(words)
        if not word.empty
        or (word.thing or word.event or word.text in kept or word.text in _VERBS or _holds(words, index))
        or (index == last and word.property in _HEADS and (measure not in _STATED or _BARE.issuperset(stated_unit)))
    ]
    words, said, said_word = _property(_above_first(words))
    words, said = _trade_with(words, said)
    words = _without_task(words, _PERSONS if said in _HEADS else stated_unit if measure in _STATED else "")
    at = _of_list(words, _head(words, said), stated_unit)
    if at is not None and (clause := _clause(words, at, said, stated_unit)):
        if said and not clause[2]:
            words = [*words, _Word(said_word)]  # 达到甲医院水平: what is reached, and no property of who reached it
        at, last, said = clause
    else:
        others = [
            word
            for index, word in enumerate(words)
            if not word.only_verb or (word.text in _REACHED and _between(words, index))
        ]
        if len(others) < len(words):
            words = others
            at = _of_list(words, _head(words, said), stated_unit)
        last = len(words)
        if said == "share":
            at = _of_share(words, at)
    at = _behind_general(words, at, "" if said else _extent(measure, stated_unit))
    if at and not said and measure in _STATED and _by_unit(stated_unit) in ("", "count"):
        words, at, last = _towards(words, at, last)
    at = _of_size(words, at, "" if said else _extent(measure, stated_unit))
    title = things()[words[at].thing].name_zh if at is not None and words[at].thing else ""
    words, at, last = _common_head(words, at, last)
    if at and said in _OF_INDUSTRIES["properties"] and words[at].thing == _OF_INDUSTRIES["firms"]:
        before_firms = words[at - 1].thing
        if before_firms and things()[before_firms].name_zh.endswith(_INDUSTRY_NAMES):
            words, at = [*words[:at], *words[at + 1 :]], at - 1
            last -= last > at
    if said == _COMPLETION and at and words[at].text in _AIMED and words[at - 1].thing:
        at -= 1
    if at:
        is_sum = not said and measure in _STATED and _by_unit(stated_unit) == "amount"
        at = _before_another(words, at, plain, is_share=said == "share")
        if is_sum and words[at - 1].thing == _SUM_OF_PLACES and words[at].text in _PLACES_WITH_SUMS:
            words = [*words[: at - 1], words[at], words[at - 1], *words[at + 1 :]]
    if said in _OF_SUPPORT and at is not None and words[-1].text == _AND_OTHERS and at + 1 < len(words):
        at = None  # 甲、乙等资金
    if at is not None and words[at].text in _OWNERS and said in _OF_SUPPORT:
        at = None
    thing = words[at].thing if at is not None else ""
    if at is None and said_word and _lexicon()[0].get(said_word, _Word("")).thing:
        thing, said = _lexicon()[0][said_word].thing, ""
    if not thing and said in _OF_GOODS["properties"]:
        thing = _OF_GOODS["thing"]
    done = [index for index in _events(words, at, said) if index < last]
    by_somebody = bool(at and done and 0 < done[0] < at - 1 and _by_somebody(words, done[0], at))
    if at and by_somebody:
        done = [at - 1]
    elif at and done and 1 < done[0] == at - 1 and words[done[0]].event == "carried_out":
        by_somebody = not any(word.event or word.empty for word in words[:2])
    if done and _joined(words, done):
        done = []  # 建成和在建: neither is what was done with all of them
    if at and at - 1 in done[1:] and words[at - 1].text in _REACHING and words[done[0]].event == _GENERATED:
        done = [at - 1, *(index for index in done if index != at - 1)]  # 带动消费惠及居民: they have something from it
    event = stated = words[done[0]].event if done else ""
    goes_on = bool(done) and words[done[0]].text in _GOING_ON
    to_date = _TO_DATE in plain and any(word.text == _TO_DATE for word in words)
    if thing and not to_date:
        event = _same_event(thing, event)
    if event in _WORKS["events"] and any(words[index].text in _WORKS["begun"] for index in done):
        event = _WORKS["as"]
    strives = bool(done) and words[done[0]].text in _STRIVING and done[0] > (at or 0)
    if strives and said and properties()[said].dimension == "money":
        event, done = "", []  # money for 文明城市创建 is spent whether the title was won or not
    out = {at}
    for index in () if by_somebody else done:
        if (index == done[0] or words[index].event in _STAGES) and not _between(words, index):
            out.add(index)
    before: list[str] = []
    after: list[str] = []
    for index, word in enumerate(words):
        if index not in out and not (word.only_verb and not (at is not None and at < index and _between(words, index))):
            (before if at is None or index < at else after).append(_plain(words, index))
    prop = "share" if whole is not None else _measured(thing, said, measure, stated_unit)
    if (
        not said
        and whole is None
        and plain.endswith(_RATES)
        and (prop == "share" or plain[-1] == "率")
        and prop != "growth_rate"
        and not plain.endswith(_NO_RATES)
    ):
        prop = "rate"
    if not said and prop in _GENERIC and usual(thing) not in _GENERIC:
        prop = next((known for known in _named(words, at) if dimension_of(known) == dimension_of(prop)), prop)
    if not said and counted and measure not in _STATED and properties()[prop].dimension == "money":
        prop = "count"  # the number of funds grew, not their sum
    unlisted = done and words[done[0]].text == _UNLISTED["word"] and thing
    if unlisted and not things()[thing].name_zh.endswith(tuple(_UNLISTED["but"])):
        event = _UNLISTED["as"]
    if done and words[done[0]].text in _KEPT and properties()[prop].dimension != "money":
        event = _KEPT[words[done[0]].text]
    if event in _SUPPORTED and not said and prop == "amount" and usual(thing) in _COUNTED_THINGS:
        prop = "funding"  # 支持企业 of so much money
    if event and prop in _HEADS and usual(thing) not in _HEADS:
        for index in done[1:]:
            if (
                words[index].event == _BENEFITED
            ):  # 开工惠及甲工程, in persons: they have something from it once it is built
                event = _BENEFITED
                before = [words[done[0]].text, *(text for text in before if text != words[index].text)]
    if event == _HELD and prop in _HEADS and not said and thing and is_served(thing, "".join(before)):
        event = _BENEFITED
    if event in _ACTED and not said and prop == "amount" and thing and things()[thing].name_zh.endswith(_ACTIONS):
        event = ""
    if said in _PAID_BY and prop == "count" and event == "attracted":
        after = [*after, said_word]  # 吸引国家和地区投资
    if said and prop == "count" != said and unit(stated_unit).base_unit == _TIMES and measure in _STATED:
        after = [*after, said_word, _TIMES_WORD]
    elif said in _OF_STATES and prop == "count":
        after = [*after, said_word]
    if said_word in _CHAINS and prop == said:
        after = [*after, _OF_CHAIN]
    of_task = thing and whole is None and things()[thing].name_zh.endswith(_IN_PART)
    if not said and prop == "share" and (of_task or plain.endswith(_REACHED_AIM)):
        prop = _COMPLETION
    if not said and prop == "amount" and thing and dimension(stated_unit).startswith(_PER_TIME):
        prop = "standard" if usual(thing) == "persons" or things()[thing].name_zh.endswith(_PAID) else prop
    if not said and prop == "count" and _ranks(measure, stated_unit):
        prop = _ranked(words, thing)
    prop = "amount" if prop == thing == _FUNDING else prop  # 投入民生资金 is funding, and so much of it
    thing = _SENSES.get(thing, {}).get(prop, thing)
    if thing and not event and prop == "persons" and things()[thing].name_zh.endswith(_INSURANCES):
        if "".join(after) in _INSURED["reached"]:
            event, after = _INSURED["event"], []
        elif before and before[-1] in _INSURED["joined"]:
            event, before = _INSURED["event"], before[:-1]
    if event in _OF_DOERS and at is not None and done[:1] > [at] and _thing_behind(words, done[0]):
        event = ""
    if thing in _WORKS_ON["things"] and prop in _WORKS_ON["properties"]:
        thing, event = _WORKS_ON["things"][thing], event or _WORKS_ON["event"]
    if thing and not event and prop == "count" and things()[thing].name_zh.endswith(_PRIZE_NAMES):
        event = "" if holds_verb("".join(before)) else _PRIZES["as"]
    if not event and prop == "persons" and not _FIRST_SERVED.isdisjoint(before[:2]):
        event = _BENEFITED
    if not said and prop in _PRODUCED["properties"] and before[:1] == [_PRODUCED["word"]]:
        prop, before = "output", before[1:]
    before = _narrowing(before, thing, prop) if before else before
    after = _narrowing(after, thing, prop) if after else after
    known = _lexicon()[0]
    told = {event, stated} - {""}
    if before and all(text in _HOLDING or (text in known and known[text].event in told) for text in before):
        before = []  # whoever was awarded it goes without saying
    if (
        thing
        and event in _CONFERRING
        and not (goes_on or to_date)
        and (things()[thing].name_zh.endswith(_TITLES) or title.endswith(_TITLES))
    ):
        who = any(text in known and known[text].event in told for text in before)
        event = event if who else _NEW  # 企业入选甲工厂 tells who was named
    if event in _STOCKS and to_date:
        before.insert(0, _TO_DATE)  # what was built to date is a stock, what was newly built is not
    if (
        said
        and prop == "share" != said
        and thing
        and whole is None
        and (properties()[said].dimension == _MONEY_DIMENSION or said in _PARTS)
    ):
        after = [*after, properties()[said].words[0]]  # 物流成本 in per cent is a share of costs
    if whole and whole.endswith(_CAPACITY):
        whole, after = None, [*after, _CAPACITY[0]]  # 占电力装机比重 is 装机占比
    if whole is not None and said:
        whole, named = _whole(whole, said)
        after += [named] if named else []
    if at and thing and thing == words[at].thing and (joint := _joint_thing(words, at)):
        listed = [_LISTED if text in _JOINING else text for text in before]
        thing, before = joint, [*listed, things()[thing].name_zh]
    if thing and "".join(before) in _PRIZES["words"] and things()[thing].name_zh.endswith(_PRIZE_NAMES):
        event, before = _PRIZES["as"], []
    if whole is not None and not said and before[:1] == [_PRODUCED["word"]]:
        before, after = before[1:], [*after, properties()["output"].words[0]]  # 生产原盐占全国
    if whole and thing and things()[thing].name_zh.endswith(_INVESTED) and whole in _ALL_OF_THEM:
        whole = ""  # 民间投资占比 is the share in all investment
    scope = _scope(before, after) if before or after else ""
    if event == _DONE["event"] and thing and (scope or thing not in _DONE["bare"]):
        event = "" if things()[thing].name_zh.endswith(tuple(_DONE["ends"])) else event
    thing = thing if scope else _BY_EVENT.get(thing, {}).get(event, thing)
    return Facets(thing, prop, event, scope + (f"{_SHARE_OF}{whole}" if whole else ""))


def _thing_behind(words: list[_Word], index: int) -> bool:
    """Whether a word for what is done has a thing of its own right behind it: 学校建设厨房."""
    return index + 1 < len(words) and any(word.thing and len(word.text) > 1 for word in words[index + 1 :])


def _ranks(measure: str, stated_unit: str) -> bool:
    """Whether a place in an order is told, or a change of it."""
    return measure == "rank" or (measure == "change" and stated_unit == _PLACES)


def _ranked(words: list[_Word], thing: str) -> str:
    """What is ranked of things that are usually counted: an assessment that is told of, the value of an indicator."""
    found = next((word.property for word in words if word.property in _OF_STATES), "")
    name = things()[thing].name_zh if thing else ""
    return found or next((prop for end, prop in _RANKED.items() if name.endswith(end)), "count")


def _same_event(thing: str, event: str) -> str:
    """The event that tells the same of that thing: beds and places are added, and whoever comes is received."""
    name = things()[thing].name_zh
    if event == "built" and name.endswith(_ADDED):
        return _NEW
    if thing in _ALIKE:
        return _ALIKE[thing].get(event, event)
    event = next((as_event for kind, ends, as_event in _OF_THINGS if kind == event and name.endswith(ends)), event)
    return "" if event == _GUESTS["event"] and name.endswith(_GUEST_NAMES) else event


def _extent(measure: str, stated_unit: str) -> str:
    """The property that a unit alone tells of a level, if it is no count of things."""
    found = _by_unit(stated_unit) if stated_unit and measure in _STATED else ""
    return found if found in _EXTENTS or found in _CAPABLE or found in _PIECEWISE else ""


def _behind_general(words: list[_Word], head: int | None, extent: str) -> int | None:
    """The place of the thing right before a general word, where an extent is measured: 应急通道工程 in 公里."""
    if not extent or not head or words[head].text not in _GENERAL_THINGS:
        return head
    before = words[head - 1]
    return head - 1 if before.thing and len(before.text) > 1 else head


def _of_size(words: list[_Word], head: int | None, extent: str) -> int | None:
    """The place of what has a size that no person has, in cubic metres or kilowatts: 滑坡未造成人员伤亡."""
    if not head or extent not in _NO_PERSONS or usual(words[head].thing) not in _HEADS:
        return head
    found = [index for index in range(head) if words[index].thing and len(words[index].text) > 1]
    return next((index for index in reversed(found) if usual(words[index].thing) not in _HEADS), head)


def _before_another(words: list[_Word], head: int, plain: str, *, is_share: bool) -> int:
    """The place of what is measured before something or somebody else: 课程与岗位匹配度, 研究由企业承担."""
    found = [index for index in range(head) if words[index].thing and len(words[index].text) > 1]
    if not found:
        return head
    between = [word.text for word in words[found[-1] + 1 : head]]
    if plain.endswith(_FITTING) and len(between) == 1 and between[0] in _JOINING:
        return found[-1]
    if (
        head + 1 == len(words)
        or words[head + 1].text not in _LED_WORDS
        or between not in ([_BY], [] if is_share else [_BY])
    ):
        return head
    first = next((index for index in range(found[-1]) if words[index].text in _MARKS), head)
    return max((index for index in found if index < first), default=head)


def _of_list(words: list[_Word], head: int | None, stated_unit: str) -> int | None:
    """The place of what a list holds, where the unit counts such things: 693项许可事项清单."""
    if not head or words[head].text not in _LISTS or not words[head - 1].thing or len(words[head - 1].text) == 1:
        return head
    return head - 1 if not _BARE.issuperset(stated_unit) and _counter(stated_unit) in _OF_LISTS else head


def _joined(words: list[_Word], done: list[int]) -> bool:
    """Whether two words for different things done stand in a list."""
    first = min(done)
    second = first + 2
    return second in done and words[first + 1].text in _JOINING and words[first].event != words[second].event


def own_phrase(text: str, measure: str, stated_unit: str) -> Named | None:
    """What the user says of a phrase, where the unit of its level is that of the entry or says nothing."""
    if not _own_phrases():
        return None
    level = stated_unit if measure in _STATED else ""
    for own in _own_phrases().get(normalised(text)[:_LONGEST], ()):
        if not (own.unit and level) or unit(own.unit).base_unit == unit(level).base_unit:
            return own
    return None


@lru_cache(maxsize=1)
def _own_phrases() -> dict[str, tuple[Named, ...]]:
    return {normalised(phrase)[:_LONGEST]: own for phrase, own in phrases().items()}


@lru_cache(maxsize=1)
def own_names() -> dict[Facets, Named]:
    """What the user calls indicators, by what they are made of."""
    found: dict[Facets, Named] = {}
    for phrase, entries in _own_phrases().items():
        for own in entries:
            made = Facets(*own.facets) if own.facets else facets(phrase, "level" if own.unit else "growth", own.unit)
            found.setdefault(made, own)
    return found


def _named(words: list[_Word], head: int | None) -> list[str]:
    """The properties that words name elsewhere than at the end: 首期投资建设甲基地."""
    named = [(_SPENDING.get(word.text) or word.property) for index, word in enumerate(words) if index != head]
    return [known for known in named if known]


def _tells_kind(words: list[_Word], index: int, head: int | None) -> bool:
    """Whether what is done is no event but tells the kind of the thing right behind it: 高价值专利培育中心."""
    word = words[index]
    if index and head is not None and index < head and words[head].text in _NAMED_PLANS and words[index - 1].thing:
        return True  # 村庄建设品质提升行动
    if (
        index
        and head == index + 2
        and words[index + 1].text == _KEY
        and (words[index - 1].thing or words[index - 1].property)
    ):
        return True  # 粮食产能提升重点县
    if word.text in _OF_PROJECTS["words"] and index + 1 == head and words[head].text in _OF_PROJECTS["before"]:
        return True
    if index and word.event in _KINDS and index + 1 < len(words):
        before, behind = words[index - 1], words[index + 1]
        nouns = before.thing or before.text not in _lexicon()[0]
        if behind.text in _PLANS or (nouns and behind.text == _LISTED):
            return True  # 医疗强基、扩容、下沉项目
        if nouns and behind.text in _JOINING and head is not None and words[head].text in _GENERAL:
            return index < head and not any(other.event for other in words[index + 1 : head])  # 人才培养和研究项目
        if nouns and head is not None and index + 1 < head and words[head].text in _GENERAL:
            return not any(other.event or other.text in _TIES for other in words[index + 1 : head])
        if before.text.endswith(_LISTED) and behind.text == _AND_OTHERS and not (index > 1 and words[index - 2].event):
            return True  # 心理、调解等服务
        if before.text == _LISTED and index > 1 and not words[index - 2].event:
            return head is not None and index < head and words[head].text in _GENERAL
    if not index or index + 1 != head:
        return word.text == _BUILDING and head is not None and index + 1 < head and words[index + 1].text in _BUILT_UP
    return word.text in _KIND_WORDS or (
        (word.event in _KINDS and words[head].text in _GENERAL)
        or (word.text == _BUILDING and words[head].text in _BUILT_UP)
    )


def _graded(words: Sequence[_Word]) -> list[_Word]:
    """以上 says something behind a grade, and 及以上 the same: 省级以上."""
    return [
        word._replace(text=_AND_ABOVE[0], empty=False)
        if word.text in _AND_ABOVE and index and words[index - 1].text.endswith(_GRADES)
        else word
        for index, word in enumerate(words)
    ]


def _counter(text: str) -> str:
    """The classifier of a count, which tells what may be counted with it; of what is measured the base unit."""
    found = unit(text)
    return found.word if found.dimension == "count" else found.base_unit


def _clause(words: list[_Word], head: int, said: str, stated_unit: str) -> tuple[int, int, str] | None:
    """Of 盟市接通高铁 the place of 盟市, where the words end that may say what was done with it, and what is measured.

    Where the unit counts who does something and not what is done; None where it fits the thing behind the verb, or where
    no thing stands before one.
    """
    base = "人" if _BARE.issuperset(stated_unit) else _counter(stated_unit)
    ends = _COUNTED.get(base)
    if base == _PIECES and head and words[head].text in _UNCOUNTED and (found := _polluted(words, head, said)):
        return found
    if ends is None:
        return None
    if base != _PERCENT and (beside := _beside(words, head, base, ends)):
        return (*beside, said)
    fits = base != _PERCENT and things()[words[head].thing].name_zh.endswith(ends)
    fits = fits and not _done_for(words, head)
    behind = head + 1
    if fits and not said and [word.event for word in words[behind:] if word.event] == [_HELD] and words[behind].event:
        return (head, behind, said) if behind + 1 < len(words) else None
    titled = things()[words[head].thing].name_zh.endswith(_TITLES)  # 村镇建成示范区 in per cent
    verb, reached = 0, False
    for index in range(head, -1, -1):
        word = words[index]
        towards = index and words[index - 1].text in _TOWARDS
        whose = verb or (base != _PERCENT and index < head and words[head].text in _UNCOUNTED)
        if whose and word.thing and not towards and (base == _PERCENT or things()[word.thing].name_zh.endswith(ends)):
            if not verb:
                return index, len(words), said
            conferred = words[verb].event == _CERTIFIED or (
                words[verb].text not in _VERBS and words[head].text in _GENERAL
            )
            return index, verb + conferred, "" if reached else said
        conferring = base == _PERCENT and index < head and word.event in _CONFERRING and titled
        if conferring or _is_verb(words, index, base):
            verb, reached = index, reached or word.text in _REACHED
        if index <= head and verb and not reached and (fits or (said not in ("", "share") and base == _PERCENT)):
            verb = 0
    return None if fits or said else _doer(words, head, base) or _whose(words, head, base, ends)


def _beside(words: list[_Word], head: int, base: str, ends: tuple[str, ...]) -> tuple[int, int] | None:
    """The place of who is counted beside another thing, behind a verb or a word that ties them, and where the words end.

    项目落户产业园, 企业设立分支机构, 县与三甲医院建立协作, and of two things that which the unit counts: 座电站和中心.
    """
    names = {at: things()[words[at].thing].name_zh for at in range(head + 1) if words[at].thing}
    done = [at for at, word in enumerate(words) if word.event and not word.thing]
    for at in reversed(sorted(names)[:-1]):
        between = words[at + 1 : head]
        tie = next((word.text for word in between if not word.text.startswith("(")), "")
        event = next((place for place in done if at < place < head), 0)
        landed = event and words[event].event == _LANDED and names[at].endswith(_SETTLERS)
        if landed and names[head].endswith(_SETTLED_AT):
            return at, len(words)
        branch = event and (words[head - 1].text + words[head].text).startswith(_BRANCHES)
        if branch and names[at].endswith(ends):
            return at, event
        builds = event and base == _PIECES and words[event].event in _MADE and names[at] in _BUILDERS
        if (
            builds
            and not names[head].endswith(ends)
            and all(word.text in (_KEY, names[at]) for word in words[: at + 1])
        ):
            return at, event
        chosen = event and words[event].event == _CERTIFIED and words[head].text in _CHOSEN_AS
        if chosen and names[at].endswith(_FIRMS):
            return at, len(words)
        later = next((place for place in done if place > head), 0)
        if tie == _WITH and later and names[at].endswith(ends) and not names[head].endswith(ends):
            return at, later
        listed = tie in _JOINING and base in _TELLING
        if listed and names[at].endswith(ends) and not names[head].endswith(ends):
            return at, len(words)
    return None


def _polluted(words: list[_Word], head: int, said: str) -> tuple[int, int, str] | None:
    """Whose air or water it is, where so many pieces are told: 产业集群大气污染治理 in 个 are clusters."""
    found = [
        index
        for index, word in enumerate(words[:head])
        if word.thing and len(word.text) > 1 and word.text not in _UNCOUNTED and usual(word.thing) == "count"
    ]
    usually = [index for index in found if things()[words[index].thing].name_zh.endswith(_COUNTED[_PIECES])]
    return ((usually or found)[-1], len(words), said) if found else None  # 市断面水质: cities


def _done_for(words: list[_Word], head: int) -> bool:
    """Whether the thing is one for which another does something: 优质高中对薄弱高中结对帮扶."""
    return any(words[at].text in _TOWARDS and words[at - 1].thing for at in range(max(head - 2, 1), head))


def _doer(words: list[_Word], head: int, base: str) -> tuple[int, int, str] | None:
    """Who does it, where the unit counts such and not the thing that it is done with: 企业签署协议 in 家, 项目获批贷款 in 个."""
    ends = _OWN.get(base, ())
    towards = _done_for(words, head)
    done = [index for index, word in enumerate(words) if (word.event and not word.thing) or word.text in _PLAIN_VERBS]
    for index in range(head - 1, -1, -1):
        word = words[index]
        has = index + 1 == head and words[head].text.endswith(_OBJECTS)
        later = [place for place in done if place > index] or ([len(words)] if towards or has else [])
        if not word.thing or len(word.text) == 1 or not later:
            continue
        if things()[word.thing].name_zh.endswith(ends or "\n"):
            verb = later[0]
            if base in _LOOSE and verb < head:
                continue
            return index, len(words) if verb > head else verb + (words[verb].event == _CERTIFIED), ""
        if base == _PIECES and later[0] < head and usual(words[head].thing) in _SUMS and usual(word.thing) not in _SUMS:
            return index, len(words), ""
    return None


def _whose(words: list[_Word], head: int, base: str, ends: tuple[str, ...]) -> tuple[int, int, str] | None:
    """Whose it is, where the unit counts such and not what they have: 改善小学办学条件 in 所 are schools."""
    if base not in _LOOSE or not things()[words[head].thing].name_zh.endswith(_BELONGINGS):
        return None
    who = next(
        (at for at in range(head - 1, -1, -1) if words[at].thing and things()[words[at].thing].name_zh.endswith(ends)),
        None,
    )
    return None if who is None else (who, len(words), "")


def _is_verb(words: list[_Word], index: int, base: str) -> bool:
    """Whether a word says what someone does with what stands behind it."""
    word = words[index]
    if index + 1 < len(words) and words[index + 1].text in _MARKS:
        return False
    if base in _LOOSE and word.event and word.event != _CERTIFIED:
        return True
    if base == _MONEY:
        return word.text in _SPENT
    return word.text in _PLAIN_VERBS or (base not in _LOOSE and word.event == _CERTIFIED)


def _without_task(words: list[_Word], stated_unit: str) -> list[_Word]:
    """The words without the one for a task at the end, where the unit does not count tasks: 水田垦造任务 in 亩."""
    stop = len(words)
    while stop and words[stop - 1].only_verb:
        stop -= 1
    if not stop or words[stop - 1].text not in _HOLLOW or not stated_unit:
        return words
    if _counter(stated_unit) in _OF_TASKS or dimension(stated_unit) == "ratio":
        return words
    left = words[: stop - 1]
    at = _head(left)
    return left if at is not None and len(left[at].text) > 1 else words


def _holds(words: list[_Word], index: int) -> bool:
    """Whether a word that says nothing holds together what stands around it: 等 in 甲、乙等产业, 以上 in 中型以上水库."""
    return words[index].text in _HOLDING and 0 < index < len(words) - 1


def _between(words: list[_Word], index: int) -> bool:
    """Whether what is done stands between somebody and something, where it can't be taken out: 甲中心获批乙基地."""
    known = _lexicon()[0]
    before, after = words[:index], words[index + 1 :]
    return any(word.thing or word.text not in known for word in before) and any(
        word.thing or not (word.event or word.property or word.empty or word.text in _TIES) for word in after
    )


def _by_somebody(words: list[_Word], index: int, head: int) -> bool:
    """Whether what is done right before the thing is done by somebody whom an earlier word for what is done belongs to.

    省级支持组团实施项目 are carried out by the groups that give support.
    """
    known = _lexicon()[0]
    between = words[index + 1 : head - 1]
    built = words[head - 1].text == _BUILDING and _tells_kind(words, head - 1, head)  # 农田建设报酬
    return bool(words[head - 1].event) and not built and any(word.thing or word.text not in known for word in between)


def says_event(scope: str, event: str) -> bool:
    """Whether a scope holds the word for what was done in its place."""
    return any(word.event == event for word in _cut(scope.replace(IN_PLACE, "")))


def names_others(front: str) -> bool:
    """Whether what stands before a thing is a list of other bodies and sites beside it: 甲公园和乙花园, of which it is the last."""
    words = _cut(front)
    joined = (words[index - 1] for index, word in enumerate(words) if index and word.text in _JOINING)
    return any(word.thing and len(word.text) > 1 and word.text.endswith(_SITES) for word in joined)


def is_body(thing: str) -> bool:
    """Whether a thing is a body that does something: of its persons so many are no group of bodies."""
    return things()[thing].name_zh.endswith(_WHO)


def holds_verb(scope: str) -> bool:
    """Whether a scope holds any word for what is done."""
    verbs = catalogue("terms")["events"]
    return any(word.event or word.text in verbs for word in _cut(scope.replace(IN_PLACE, "")))


def first_word(scope: str) -> str:
    """The first known word of a scope, or what stands before it."""
    words = _cut(scope)
    return words[0].text if words else ""


def is_verb(scope: str) -> bool:
    """Whether a part of a scope is nothing but a word for what is done."""
    return scope in catalogue("terms")["events"] or any(scope in event.words for event in events().values())


def names_something(scope: str) -> bool:
    """Whether a part of a scope names a thing, or holds a word that nobody knows and that may name one."""
    return any(
        word.thing or not (word.text in _lexicon()[0] or word.text in _LEFTOVERS or word.text in _TIES)
        for word in _cut(scope)
    )


def is_served(thing: str, before: str) -> bool:
    """Whether persons are counted who get what is organised: 免费筛查妇女, 家庭医生签约服务."""
    name = things()[thing].name_zh
    return name.endswith(_SERVED_WITH) or (usual(thing) == "persons" and before.endswith(_SERVED_WITH))


def begins_with_verb(scope: str) -> bool:
    """Whether a part of a scope begins with a word for what somebody does: 入选甲名单."""
    words = _cut(scope)
    return (
        bool(words)
        and not words[0].property
        and (
            words[0].text in _LED
            or bool(words[0].event)
            or words[0].text in _VERBS
            or words[0].text in catalogue("terms")["events"]
        )
    )


def _narrowing(words: list[str], thing: str, prop: str) -> list[str]:
    return [text for text in words if text != _TO_DATE and not _goes_without_saying(text, thing, prop)]


def _scope(before: list[str], after: list[str]) -> str:
    """What stands before the thing and behind it; where something stands behind it, ～ is in its place.

    Of several things in a list the others are told with a mark: 水稻、 of 水稻和油茶.
    """
    front, back = _trimmed(before), _trimmed(after)
    if back and after[0] in _LED and not back.startswith(after[0]):
        back = after[0] + back  # 甲医院为老年人设立门诊
    if back and len(before) == 1 and before[0] in _TOWARDS:
        front = before[0]  # 对～开展体检: for whom it is done
    if front and before[0] in _FOR and len(before) > 1 and not front.startswith(before[0]):
        front = before[0] + front  # 为群众挽回损失
    front += _LISTED if front and before[-1] in _JOINING else ""
    if back and after[0] in _JOINING and back not in _REACHING:
        known = _lexicon()[0]
        together = after[0] == _WITH and any(text in known and known[text].event for text in after)
        back = (_WITH if together else _LISTED) + back  # 县与医院建立协作 is no list
    return f"{front}{IN_PLACE}{back}" if back else front


def _plain(words: list[_Word], index: int) -> str:
    """A word of the scope in the form that stands for all others of its meaning: 装机 and 装机规模 are 装机容量.

    What is part of a name or the noun behind an adjective is no level: 重点县 are counties.
    """
    word = words[index]
    if word.property in _PLAIN:
        return properties()[word.property].words[0]
    if len(word.text) == 1 and index + 1 < len(words) and words[index + 1].text.startswith("("):
        return word.text  # 市(州)
    if len(word.text) == 1 and index:
        before = words[index - 1]
        led = before.event or before.empty or any(before.text in known for known in (_LEVEL, _TIES, _VERBS, _NO_EVENTS))
        if not led and not before.text.endswith(_AND_ABOVE):
            return word.text
    return _LEVEL.get(word.text, word.text)


def _whole(whole: str, said: str) -> tuple[str, str]:
    """The whole of a share, and the property of the part where that of the whole does not say it.

    增加值占规模以上工业 and 占规模以上工业增加值 are one share.
    """
    word = properties()[said].words[0]
    if said == _OF_INDUSTRY and whole.endswith(_INDUSTRIES):
        whole += word
    return whole, "" if whole.endswith((word, *(_WHOLES if said == _OF_INDUSTRY else ()))) else word


def _above_first(words: list[_Word]) -> list[_Word]:
    """空调限额以上零售额 in the order of 限额以上空调零售额."""
    at = next((at for at in range(1, len(words) - 1) if words[at].text in _ABOVE), 0)
    if not at or not words[at - 1].thing or not words[at + 1].property or words[at + 1].thing:
        return words
    first = next(index for index, word in enumerate(words) if not (word.event or word.empty))
    return [*words[:first], words[at], *words[first:at], *words[at + 1 :]]


def _trade_with(words: list[_Word], said: str) -> tuple[list[_Word], str]:
    """对欧洲贸易 is what is imported from and exported to it."""
    if said or len(words) < 2 or words[-1].thing != _TRADE_WITH["thing"] or not words[-2].thing:
        return words, said
    partner = things()[words[-2].thing].name_zh.endswith(_PARTNERS)
    return (words[:-1], str(_TRADE_WITH["property"])) if partner else (words, said)


def _of_industry(words: list[_Word]) -> list[_Word]:
    """轴承产业规模 is the size of an industry, and not that of what it makes."""
    before = next((word.thing for word in reversed(words[:-1]) if not word.empty), "")
    if words[-1].text != _INDUSTRY_SIZE["word"] or (
        before and things()[before].name_zh.endswith(tuple(_INDUSTRY_SIZE["but"]))
    ):
        return words
    return [*words[:-1], *(_lexicon()[0][text] for text in _INDUSTRY_SIZE["as"])]


def _among(words: list[_Word]) -> list[_Word]:
    """丙中丁占比 in the order of 丁占丙比重: both are one share."""
    at = next((at for at in range(1, len(words) - 2) if words[at].text == _AMONG), 0)
    if not at or words[-1].property != "share" or not any(word.thing or word.property for word in words[:at]):
        return words
    return [*words[at + 1 : -1], _Word(_SHARE_OF), *words[:at], words[-1]]


def _share(words: list[_Word]) -> tuple[list[_Word], str | None]:
    """甲占乙比重: the words for the part, and the whole as written; None where nothing is a share of another."""
    for at in range(1, len(words)):
        if words[at].text == _SHARE_OF:
            parts = [word for word in words[at + 1 :] if word.property != "share"]
            whole = "".join(word.text for word in parts if not word.empty)
            # A share in the total or the mean of a larger place is another than one in what the place has itself.
            total = "".join(word.text for word in parts if word.text in _TOTALS)
            return words[:at], total + whole if whole in _MEANS_OF else whole or total
    return words, None


def _property(words: list[_Word]) -> tuple[list[_Word], str, str]:
    """The words without the one at the end that says what is measured, that property, and its word."""
    stop = len(words)
    while stop > 1 and words[stop - 1].event and not words[stop - 1].property and not words[stop - 1].thing:
        stop -= 1
    last = words[stop - 1] if stop else None
    if last is not None and last.property == _SIZE and stop > 1 and words[stop - 2].property in _PARTNERED:
        return words[: stop - 2] + words[stop:], words[stop - 2].property, words[stop - 2].text  # 进出口规模
    if last is not None and last.property and (stop > 1 or not last.thing):
        before = [word for word in words[: stop - 1] if word.thing or not (word.event or word.empty)]
        if before or not last.thing:
            return words[: stop - 1] + words[stop:], last.property, last.text
    if last is not None and last.property and stop >= 1:
        return words, "", last.text
    return words, "", ""


def _head(words: list[_Word], said: str = "") -> int | None:
    """The place of the thing: the last word that can be one; one of a single character only at the end of a noun phrase.

    `said`: what is measured, which leaves 规划 of 规划面积 no thing.
    """
    known = _lexicon()[0]
    # 院 behind a word in no list is part of it, and no thing of its own.
    found = [
        index
        for index, word in enumerate(words)
        if word.thing
        and not (index and word.text in _BOUND and words[index - 1].text not in known)
        and not (index + 1 < len(words) and (words[index + 1].text == "化" or word.text in _LAST))  # 公交化 is no bus
        and not (index > 1 and words[index - 1].text == _NOUGHT and words[index - 2].thing)  # 会议零投诉
        and not (said and word.text in _LAST)
        and not (said in _EXTENTS and word.text in _PLANNED and index + 1 == len(words))
    ]
    if len(found) < 2:
        return found[0] if found else None
    for left_out in (_in_brackets(words), {index for index in found if words[index].text in _STATES}):
        found = [index for index in found if index not in left_out] or found
    others = [index for index in found if words[index].property not in _PLAIN]
    found = others or found
    ends = [index for index in found if len(words[index].text) > 1 or _ends_phrase(words, index)]
    head = next(reversed(ends or found), None)
    if head and words[head].text.startswith(_ANCILLARY) and head - 2 in ends and words[head - 1].text in _JOINING:
        return head - 2  # 污水处理厂及配套管网
    return head


def _towards(words: list[_Word], head: int, last: int) -> tuple[list[_Word], int, int]:
    """Of 甲集群对乙产业, where things are counted, the words for the clusters: the industry is what they do something for."""
    if head + 1 < len(words) or words[head - 1].text not in _TOWARDS:
        return words, head, last
    if any(word.event for word in words[:head]):
        return words, head, last
    who = next((at for at in range(head - 2, -1, -1) if words[at].thing and len(words[at].text) > 1), None)
    return (words, head, last) if who is None or who != head - 2 else (words[: who + 1], who, who + 1)


def _common_head(words: list[_Word], head: int | None, last: int) -> tuple[list[_Word], int | None, int]:
    """The words with the last member of a list cut before the noun that all share: 高新技术、科技型 | 企业.

    They share it where the member before the mark and that noun are a thing; 水稻和油茶 are two of their own.
    """
    mark = head - 1 if head else 0
    while head and mark > 0 and words[mark].text not in _JOINING:
        if words[mark].thing or words[mark].event or words[mark].property:
            return words, head, last
        mark -= 1
    if not head or mark < 1:
        return words, head, last
    known, text, member = _lexicon()[0], words[head].text, words[mark - 1].text
    for start in range(1, len(text) - 1):
        shared = known.get(text[start:])
        joint = known.get(member + text[start:])
        if shared and shared.thing and joint and joint.thing:
            front = known.get(text[:start], _Word(text[:start]))
            before = [*words[:mark], _Word(_LISTED), *words[mark + 1 : head]]  # 和 as 、
            return [*before, _Word(front.text), shared, *words[head + 1 :]], head + 1, last + (last > head)
    return words, head, last


def _joint_thing(words: Sequence[_Word], head: int) -> str:
    """What the members of a list are all of, of which the word at `head` is the last; empty where it is none, or nothing is.

    老旧小区和危旧房 are housing, and no dilapidated houses.
    """
    members, mark = [words[head].thing], head - 1
    while mark > 0:
        if words[mark].text in _JOINING:
            member = words[mark - 1]
            together = words[mark].text == _WITH and head + 1 < len(words) and not words[head + 1].property
            if together:
                return ""  # 甲校与乙校结对 is no list
            if not member.thing or len(member.text) == 1:
                break
            members.append(member.thing)
            mark -= 2
        elif words[mark].event or words[mark].property or words[mark].text in _TOWARDS:
            break
        else:
            mark -= 1
    if len(members) == 1:
        return ""
    broader = [_with_broader(member) for member in members]
    found = next((thing for thing in broader[0] if all(thing in others for others in broader)), "")
    names = [things()[member].name_zh for member in members]
    found = found or next((thing for thing, ends in _JOINT.items() if all(name.endswith(ends) for name in names)), "")
    return "" if found == members[0] else found


def _with_broader(thing: str) -> list[str]:
    """A thing with those above it, from the nearest on."""
    found: list[str] = []
    while thing and thing not in found:
        found.append(thing)
        thing = things()[thing].broader
    return found


def names_all(made: Facets) -> bool:
    """Whether what stands before the thing names all of them already: 老旧小区、危旧房 of housing."""
    words = _cut(made.scope.partition(_SHARE_OF)[0].partition(IN_PLACE)[0])
    return len(words) > 1 and bool(words[-1].thing) and _joint_thing(words, len(words) - 1) == made.thing


def _of_share(words: list[_Word], head: int | None) -> int | None:
    """研发投入占比 is a share of research: what is measured stands behind the thing, and is one only where none does."""
    while head and words[head].property and words[head - 1].thing and len(words[head - 1].text) > 1:
        head -= 1
    return head


def _in_brackets(words: list[_Word]) -> set[int]:
    """The places of the words that stand in brackets: 甲平台(基地) are platforms."""
    inside, depth = set(), 0
    for index, word in enumerate(words):
        if depth and word.text != ")":
            inside.add(index)
        depth += word.text.count("(") - word.text.count(")")
    return inside


def _ends_phrase(words: list[_Word], index: int) -> bool:
    if index + 1 == len(words):
        return True
    behind = words[index + 1]
    if behind.text in ("内", "外"):
        return False
    return bool(behind.event or behind.property) or behind.text in _TIES or not behind.text[0].isalnum()


def _events(words: list[_Word], head: int | None, said: str) -> list[int]:
    """The places of the words for what was done, the one that counts first.

    What is done behind the thing goes before what stands in front of it, and stages of work come last.
    """
    if said in _OF_STATES:
        return []  # 平安建设考核 is no building
    found = [
        index
        for index, word in enumerate(words)
        if word.event and index != head and not _tells_kind(words, index, head) and not _is_noun(words, index)
    ]
    if not found:
        return found
    found = [index for index in found if words[index].event != _BROKEN or not _before_limit(words, index)]
    if head is not None and things()[words[head].thing].name_zh.endswith(_WHO):
        found = [index for index in found if words[index].event != _HELD]  # 开展技术改造的企业 are not held
    if said in _OF_SUPPORT and len(words) - 1 in found and words[-1].event in _SUPPORTED:
        found.remove(len(words) - 1)  # 集中供养孤儿保障标准: 保障 tells which
    if head is not None and things()[words[head].thing].name_zh.endswith(_OPEN_PLACES):
        found = [index for index in found if not (words[index].text in _OPEN and index + 1 == head)]
    if len(found) > 1 and found[0] == 0 and words[0].event == _BENEFITED and head is not None:
        later = [index for index in found[1:] if index < head and words[index].event in _SETTLED]
        if later and any(word.thing for word in words[1 : later[0]]):
            return later  # 服务企业走访解决诉求
    others = [index for index in found if words[index].text not in _CHOOSING]
    if len(others) < len(found) and not any(word.text.endswith(_CHOSEN) for word in words):
        found = others  # 纳入集团化管理
    if len(found) < 2:
        return found
    begun = {index for index in found if words[index].event in _BEGUN or words[index].text in _CHOOSING}
    done = {index for index in found if head is not None and index > head and begun and words[index].event in _STAGES}
    return sorted(
        found,
        key=lambda index: (
            words[index].text in _CHOOSING,
            words[index].event in _STAGES and index not in done,
            head is None or index < head,
            index,
        ),
    )


def _before_limit(words: list[_Word], index: int) -> bool:
    """Whether a number stands behind a word: 突破100亿元 passes a mark, and breaks through nothing."""
    return index + 1 < len(words) and words[index + 1].text[0] in LIMIT_BEGINS


def _is_noun(words: list[_Word], index: int) -> bool:
    """Whether a word that may be a thing stands before another word for what is done: 金融服务发放贷款, 审计整改事项."""
    if not words[index].thing or index + 1 == len(words):
        return False
    before = words[index - 1] if index else None
    led = before is None or before.event or before.empty or before.text == _TO_DATE
    served = words[index + 1].text.endswith(_SERVED)
    return bool(words[index + 1].event) or (words[index].text in _NOUNS and not led and not served)


def _goes_without_saying(text: str, thing: str, prop: str) -> bool:
    if text in _OWN_LEVEL and (known := things().get(thing)) and known.name_zh.startswith(_OWN_LEVEL[text]):
        return True
    implied = _IMPLIED.get(text)
    if implied is None or thing in implied.get("but", ()):
        return False
    return thing in implied.get("things", ()) or prop in implied.get("properties", ())


def _trimmed(scope: list[str]) -> str:
    """The words of a scope without those that tie it to what was taken out.

    One character before a word that nobody knows is part of it: 中 in 中欧.
    """
    known = _lexicon()[0]
    start, stop = 0, len(scope)
    while start < stop and scope[start] in _TIES:
        if scope[start] not in _MARKS and start + 1 < stop and scope[start + 1] not in known:
            break
        start += 1
    while start < stop and scope[stop - 1] in _TIES and not (stop - start > 1 and scope[stop - 1] in _HOLDING):
        stop -= 1
    return "".join(scope[start:stop])


def _measured(thing: str, said: str, measure: str, stated_unit: str) -> str:
    """The property: what the phrase says, unless the unit says another; without either that which the thing usually has."""
    by_unit = (
        _by_unit(stated_unit) if stated_unit and (measure in _STATED or _tells_level(measure, stated_unit)) else ""
    )
    firms = thing and usual(thing) == "count" and things()[thing].name_zh.endswith(_FIRMS)
    if by_unit == "households" and firms:
        by_unit = "count"  # 3万户企业 are enterprises, not households
    if said == "households" and firms:
        said = "count"
    if not said and by_unit == "count" and usual(thing) == "persons" and unit(stated_unit).base_unit == _TIMES:
        return "person_times"  # 服务群众 so many times
    if said == _SIZE and (by_unit or usual(thing)) in _SIZES:
        return by_unit or usual(thing)  # 招生规模 of so many persons
    if said == "count" and not by_unit and usual(thing) in _HEADS:
        return usual(thing)  # 劳模数量 is how many persons they are
    if said in _PARTS and by_unit == "share":
        return by_unit  # 产量 of a third of that of a larger place
    if said == _TEMPERATURE and by_unit == _BY_DEGREES:
        return said  # so many 度
    if said:
        own = properties()[said].dimension
        if said in _VOLUMES and by_unit in (_OF_PIECES if said != "sales" else ("count",)):
            return _VOLUMES[said]
        if said == "traffic" and by_unit == "amount":
            return "transactions"  # 业务量 of so much money
        if said in _OF_STATES and by_unit == "count" and measure in _STATED and stated_unit != _PLACES:
            return "count"
        if not by_unit or own in {"", "score"} or own == dimension_of(by_unit):
            return said
        return by_unit
    if by_unit in _CAPABLE and thing and things()[thing].name_zh.endswith(_HOLDS):
        return "capacity"
    if by_unit == "count" and thing and unit(stated_unit).word == _DWELLINGS["unit"]:
        return "dwellings" if things()[thing].name_zh.endswith(_HOMES_IN) else by_unit
    known = by_unit or usual(thing)
    return "share" if measure == "change" and known in _COUNTED_THINGS and dimension(stated_unit) == _POINTS else known


def _tells_level(measure: str, stated_unit: str) -> bool:
    """Whether a change is stated in the unit of the level: by 3万吨, and neither in points nor in ranks."""
    return measure == "change" and stated_unit != _PLACES and dimension(stated_unit) not in _OF_CHANGES


def topic_of(made: Facets) -> str:
    """The topic of an indicator: of a general thing that of the word nearest to it that tells what it is for.

    康复中心 is health. Where the thing is unknown, what is done or measured may tell it: 产值.
    """
    if made.property in _ALWAYS_OF:
        return _ALWAYS_OF[made.property]
    thing = things().get(made.thing)
    if thing and thing.thing_id not in _ANY_TOPIC:
        return thing.topic_id
    if made.property in _TOPICS:
        return str(_TOPICS[made.property])
    front, _, back = (made.scope.partition(_SHARE_OF)[0] if thing else made.scope).partition(IN_PLACE)
    for weakly in (False, True):
        for part in (front, back):
            if told := _told_topic(part, weakly=weakly):
                return told
    if thing:
        return thing.topic_id
    return _UNSAID_OF.get(made.event) or ("" if made.scope else _UNSAID_OF.get(made.property, ""))


def _told_topic(part: str, *, weakly: bool) -> str:
    """The topic that the last word of a scope that tells one has; of two that end together the longer one's.

    Weakly such words tell as well as only say where or how much: 乡村, 产业. The last of a list of several fields tells none.
    """
    part = _BRACKETED.sub("", part)
    found = [(match.end(1), len(match[1]), True, _FIELDS[match[1]]) for match in _OF_FIELDS.finditer(part)]
    at = 0
    for word in _cut(part):
        at += len(word.text)
        if not word.thing or len(word.text) == 1 or word.thing in _TELLS_NO_TOPIC:
            continue
        topic = things()[word.thing].topic_id
        if weakly if word.thing in _WEAK else topic not in _VAGUE_TOPICS and word.thing not in _ANY_TOPIC:
            found.append((at, len(word.text), False, topic))
    if not found:
        return ""
    end, _, _, told = max(found)
    listed = part.rfind(_LISTED, 0, end)
    if listed >= 0 and part[end : end + 1] in ("", _LISTED, _AND_OTHERS):
        others = [word for word in found if word[0] <= listed]
        if others and max(others)[-1] != told:
            return ""
    return told


def dimension_of(prop: str) -> str:
    """The dimension of a property's level, empty where several are usual."""
    return properties()[prop].dimension


@lru_cache(maxsize=4096)
def _by_unit(text: str) -> str:
    """The property that a unit tells of a phrase that names none."""
    if _BARE.issuperset(text):
        return ""
    kinds: dict[str, str] = _WORDS["by_unit"]
    base = unit(text).base_unit
    kind = dimension(text)
    return kinds.get(base) or kinds.get(kind) or kinds.get(kind.split("/")[0]) or "count"


@cache
def usual(thing: str) -> str:
    """The property that is measured of a thing where neither phrase nor unit says it."""
    found = things().get(thing)
    if found:
        for prop, ends in _WORDS["usual"].items():
            if found.name_zh.endswith(tuple(ends)):
                return str(prop)
        for known in properties().values():
            # 建安产值 is an amount of money, whether a level or its growth is stated.
            if known.dimension in _MEASURED and known.words and found.name_zh.endswith(known.words):
                return _MEASURED[known.dimension]
    return "count"


class Property(NamedTuple):
    """What of a thing is measured; `dimension` is empty where several are usual. `{}` of the English is the thing."""

    property_id: str
    name_zh: str
    name_en: str
    dimension: str
    words: tuple[str, ...]


class Event(NamedTuple):
    """What was done with a thing. `before`: the English word stands before the thing."""

    event_id: str
    name_zh: str
    name_en: str
    before: bool
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def properties() -> dict[str, Property]:
    """The closed list of properties."""
    return {
        key: Property(key, zh, en, kind, tuple(words)) for key, (zh, en, kind, words) in catalogue("properties").items()
    }


@lru_cache(maxsize=1)
def events() -> dict[str, Event]:
    """The closed list of events."""
    return {
        key: Event(key, zh, en, place == "before", tuple(words))
        for key, (zh, en, place, words) in catalogue("events").items()
    }


@lru_cache(maxsize=1)
def things() -> dict[str, Thing]:
    """The thesaurus. A thing's broader one is the longest other name at the end of its own, where none is given."""
    names: dict[str, str] = {}
    for entries in catalogue("things").values():
        for key, entry in entries.items():
            for name in str(entry[0]).split("|"):
                names.setdefault(name, key)
    found: dict[str, Thing] = {}
    for topic, entries in catalogue("things").items():
        for key, entry in entries.items():
            words = tuple(str(entry[0]).split("|"))
            broader = entry[2] if len(entry) > 2 else _broader(words[0], key, names)
            found[key] = Thing(key, words[0], str(entry[1]), topic, broader, words)
    return found


def _broader(name: str, key: str, names: dict[str, str]) -> str:
    for start in range(1, len(name) - 1):
        other = names.get(name[start:])
        if other and other != key:
            return other
    return ""


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, _Word], dict[str, tuple[int, ...]]]:
    """All known words, and the lengths of those that begin with two characters, longest first."""
    words: dict[str, _Word] = {}

    def add(text: str, **facet: str | bool) -> None:
        form = normalised(text)
        if form:
            words[form] = words.get(form, _Word(form))._replace(**facet)

    terms = catalogue("terms")
    for group in ("qualifiers", "areas", "links"):
        for text in terms[group]:
            add(str(text))
    for text in terms["drop"]:
        add(str(text), empty=True)
    for text in _WORDS["empty"]:
        add(text, empty=True)
    for text in (*_WORDS["whole"], *_VERBS):
        add(text)
    for sign in _WORDS["provinces"]:
        for link in "在来":
            for behind in ("", *_WORDS["placed"]):
                add(link + sign + behind, empty=True)
    for text in terms["events"]:
        add(str(text))
    for event in events().values():
        for text in event.words:
            add(text, event=event.event_id)
    for prop in properties().values():
        for text in prop.words:
            add(text, property=prop.property_id)
    for thing in things().values():
        for text in thing.words:
            add(text, thing=thing.thing_id)
    for text in _WORDS["no_event"]:
        if text in words:
            words[text] = words[text]._replace(event="")
    for text in (_VERBS - _HOLDING).intersection(words):
        word = words[text]
        words[text] = word._replace(only_verb=word.empty and not (word.thing or word.event))
    lengths: dict[str, set[int]] = {}
    for text in words:
        if len(text) > 1:
            lengths.setdefault(text[:2], set()).add(len(text))
    return words, {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}


@lru_cache(maxsize=1 << 14)
def _cut(plain: str) -> tuple[_Word, ...]:
    """The phrase cut into the fewest known words; what is in no list is a word of its own."""
    words, lengths = _lexicon()
    size = len(plain)
    limited = not LIMIT_BEGINS.isdisjoint(plain)
    cost = [_NEVER] * size + [0]
    stops, found_at = [0] * size, list(map(words.get, plain))
    begins = [*map(lengths.get, map(add, plain, plain[1:])), None]
    for start in range(size - 1, -1, -1):
        best, end = (_UNKNOWN if found_at[start] is None else _SIGN) + cost[start + 1], start + 1
        for length in begins[start] or ():
            stop = start + length
            if stop <= size and _WORD + cost[stop] < best and (word := words.get(plain[start:stop])):
                best, end, found_at[start] = _WORD + cost[stop], stop, word
        if (
            limited
            and plain[start] in LIMIT_BEGINS
            and (limit := limit_at(plain, start))
            and _LIMIT + cost[limit[0]] < best
        ):
            best, end = _LIMIT + cost[limit[0]], limit[0]
            found_at[start] = _Word(plain[start:end])
        cost[start], stops[start] = best, end
    found: list[_Word] = []
    at = 0
    while at < size:
        stop, word = stops[at], found_at[at]
        text = plain[at:stop]
        # A light character inside words that nobody knows is part of them: 质量 in 质量月. So is a thing of one character
        # before a character that nobody knows: 人 in 人参.
        goes_on = stop < size and found_at[stop] is None
        if word is not None and word.thing and len(text) == 1 and goes_on:
            word = None
        loose = word is None or (word.empty and len(text) == 1)
        if loose and found and found[-1].text not in words and (word is None or goes_on):
            found[-1] = _Word(found[-1].text + text)
        else:
            found.append(word or _Word(text))
        at = stop
    return tuple(found)
