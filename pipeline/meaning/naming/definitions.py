"""What an indicator is: its facets, names, definition, topic and unit, for the tables of the dictionary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.amounts import BASE_UNITS, unit
from pipeline.meaning.naming.compose import Name, compose, in_english, with_done
from pipeline.meaning.naming.english import lowered, rate_of, won
from pipeline.meaning.naming.facets import (
    IN_PLACE,
    Event,
    Facets,
    Property,
    begins_with_verb,
    dimension_of,
    events,
    facets,
    first_word,
    holds_verb,
    is_body,
    is_served,
    is_verb,
    names_all,
    names_others,
    names_something,
    own_names,
    own_phrase,
    properties,
    says_event,
    things,
    topic_of,
    usual,
)
from pipeline.meaning.naming.grammar import fits, is_work
from pipeline.meaning.naming.issued import core_facets, issued, known_as, redirects
from pipeline.meaning.naming.limits import denominator_at
from pipeline.meaning.naming.phrases import normalised
from pipeline.meaning.naming.terms import LONGEST_SOUND, romanised

_NARROW = frozenset(catalogue("facets")["narrow"])
_TO_DATE = "累计"
# Events told before their thing whatever stands behind it; what was only just done.
_FIRST, _JUST, _LISTING = frozenset(("new", "built", "built_or_renovated")), "新", "(、"
_PERSONS = "persons"
_HEADS = frozenset(("persons", "person_times"))
# Events told behind another verb: 甲实验室揭牌运行.
_AT_END = frozenset(("operating", "opened"))
_CAPACITY, _EACH, _OUTPUT, _PLANNED = "capacity", ("日", "年"), "产能", "planned"
_WITH = "与"
_COMPLETION, _CONTRIBUTION, _TO = "completion_rate", "contribution", "对"
_COUNTS = frozenset({"count", "persons", "households", "person_times"})
# Properties of those who do something, and not of what they do.
_OF_DOERS = _COUNTS | {"share"}
# Properties that are only supposed, and not where something stands behind the thing: 甲产业发展评价.
_UNSAID = frozenset({"value_added"})
# Properties that a thing names itself where they are its usual ones: 到位资金 is an amount, 供电量 is electricity.
_IN_NAMES = frozenset({"amount", "electricity", "volume", "mass", "duration", "share"})
# The base unit of properties that are counted in units of their own.
_OWN_UNITS = {"persons": "人", "households": "户", "person_times": "人次"}
_WORDS = catalogue("naming")
_HELPING = frozenset(_WORDS["helping"])
# Words for events and for what is measured by the end of the thing's or the name's Chinese.
_VERBS: dict[str, dict[str, list[str]]] = _WORDS["verbs"]
_SUFFIXES: dict[str, dict[str, list[str]]] = _WORDS["suffixes"]
_PARTNERS: dict[str, list[str]] = _WORDS["partners"]
_FROM: dict[str, list[str]] = _WORDS["benefiting_from"]
_TREATMENT = tuple(_SUFFIXES["capacity"])
_IN_CLAUSES: dict[str, str] = _WORDS["in_clauses"]
_MEASURES: tuple[str, ...] = tuple(_WORDS["measures"])
_ALWAYS = frozenset(_WORDS["always"])
# What is left of 县(区) when the level is taken out.
# 在津 in the phrase of one report is no part of an indicator of all.
_PLACED = re.compile(f"[在来][{''.join(catalogue('facets')['provinces'])}](?!所)")
_ORPHAN = re.compile(r"^\([^()]*\)")
# 在全国 stands in a pool and not in a name.
_AT = re.compile(r"^在(?=全[国省市县区球]|[一-龥]{1,3}[省市])")
# 国家级部委 is one form with 国家部委 in the facets, and no word of the language.
_BARE = {key: any_of(words) for key, words in _WORDS["no_level"].items()}
_NO_LEVEL = re.compile(rf"{_BARE['of']}级(?={_BARE['before']})|{_BARE['behind']}级")
# 企业企业, where the scope ends as the thing begins.
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,})\1")
# Titles in marks of quotation that hold a word which says nothing elsewhere.
_TITLES = re.compile("“([^“”]*[的了][^“”]*)”")
_OWN_LEVEL = frozenset(catalogue("facets")["own_level"])
_LEVEL = re.compile("^[省市县]级$")
# Who is counted by households is no household.
_FIRMS: tuple[str, ...] = tuple(_WORDS["firms"])
_WORKS = frozenset(catalogue("terms")["works"].values())
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_CHOSEN, _NEW = "certified", "new"
# What tells no more of a general thing alone: who was chosen for what stands in the text.
_SAYING_NOTHING = frozenset(("", _CHOSEN))
_CONFERRED: tuple[str, ...] = tuple(_WORDS["conferred"])
_COUNTED_SO: tuple[str, ...] = tuple(_WORDS["counted_so"])
_CAPACITY_SHARE = ("装机容量占比", "装机占比")
# What is counted besides things, where a thing is usually counted otherwise: 改造危房户数.
_OTHER_COUNTS = {"households": ("户数", "households"), "person_times": ("人次", "person-times")}
# An article behind a word that does not lead to a noun.
_MISPLACED = re.compile(rf"\b(?!(?:{any_of(_WORDS['before_articles'])})\b)[a-z]+ the ")
# Revenue of the exhibition industry.
_ARTICLE = re.compile(
    r"\b(of|in|with) ((?!the |above)(?:(?!of |in |with |for )[A-Za-z0-9-]+ ){1,4}"
    r"(?:industry|economy|sector|environment|market|network|corridor|budget|campaign))(?=$| as a share| \()",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\b(?:of|by|in|for|with|from|to)\b")
_COVERED = frozenset(_WORDS["insured"]["words"])
_INSURANCES: tuple[str, ...] = tuple(_WORDS["insured"]["ends"])
_COVERED_ZH: str = _WORDS["insured"]["name"]
_ALLOWANCES: tuple[str, ...] = tuple(_WORDS["reached"]["ends"])
_REACHED = frozenset(_WORDS["reached"]["words"])
_POLLUTED: tuple[str, ...] = tuple(catalogue("facets")["clauses"]["polluted"])
_REACHED_ZH: str = _WORDS["reached"]["name"]
# Ends of the English of things that are quantities themselves: grain production capacity, in tonnes.
_QUANTITIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mass", "volume", "capacity", "installed_capacity", "energy"), ("capacity", "equivalent")),
    "index": ("indicators",),
}
_EARNERS = re.compile(rf"\b{any_of(_WORDS['earners'])}$")
_INCOME = "income of {}"
_ADVERBS, _AFTER_VERBS = tuple(_WORDS["adverbs"]), frozenset(_WORDS["after_verbs"])
_TOGETHER: dict[str, dict[str, str]] = _WORDS["together"]
_PUT_IN: dict[str, str] = _WORDS["put_in_for"]
_RATES, _SUPPORTED = tuple(_WORDS["rates"]), tuple(_SUFFIXES["standard"]["补助标准"])
_CALLED: dict[str, dict[str, list[str]]] = _WORDS["called"]
_SUMS = tuple(_SUFFIXES["amount"][""])
_PAID_FOR = tuple(_SUFFIXES["amount"]["资金"])
_SPENT, _OF_MONEY, _EXTENTS = (frozenset(_WORDS[key]) for key in ("spent", "of_money", "extents"))
_CARRIED_OUT: str = _WORDS["carried_out"]
_TIMES: str = catalogue("facets")["times"]["word"]
_TRAINED, _TRAINING = "trained", str(_WORDS["training"])
_ACTIVITIES = frozenset(_WORDS["activities_of_persons"])
_GOT, _GETTING = _WORDS["got"]
# 开展性能测定等: what it stands for was left out.
_DANGLING = re.compile("(?<=..[^高初中平同优均对何一同相])等$")
# A service at the beginning of a scope, and who among those that get it.
_SERVICE = re.compile(rf"(.+{any_of(catalogue('facets')['served_with'])})(.*)$")
_SAVED = frozenset(_WORDS["saved"])
_HANDLED: tuple[str, ...] = tuple(_WORDS["handled"]["ends"])
_HANDLING: str = _WORDS["handled"]["en"]
# Whose congress it is differs from report to report, and is no part of an indicator of all.
_CONGRESS = re.compile(rf"{any_of(_WORDS['congresses'])}(?=人大)")
# Words behind which the thing is where or with whom something is done: 子女在甲学校就读.
_LEADING: tuple[str, ...] = tuple(_WORDS["leading"])
_FOR: tuple[str, ...] = ("为", "向")
_WITH_PERSONS = frozenset(("trained", "employed"))
_SPENDERS = re.compile(rf"\b{any_of(_WORDS['spenders'])}$")
_EMPLOYMENT: dict[str, str] = _WORDS["employment"]
_BEHIND_WORDS: dict[str, str] = _WORDS["behind_words"]
_BARE_THINGS = frozenset(_WORDS["bare"])
_WHOLES, _BARE_SUMS = frozenset(_WORDS["wholes"]), frozenset(_WORDS["bare_sums"])
_BY_PROGRAMME = re.compile(any_of(_WORDS["by_programme"]))
_NEVER_COMPOSED, _CONCERNED = frozenset(_WORDS["never_composed"]), tuple(_WORDS["concerned"])
# 发放高龄津贴老人: of those who get what stands between.
_GIVEN = re.compile(
    rf"^({any_of(_WORDS['given']['verbs'])}[^、的]{{0,14}}{any_of(_WORDS['given']['what'])})(?=[^的]{{0,18}}?{any_of(_WORDS['given']['whom'])}$)"
)
_GOT_FREE = re.compile(rf"^{_WORDS['got_free']['begins']}(免费[^的]{{0,8}}?{any_of(_WORDS['got_free']['what'])})(?=..)")
_IN_TEXT, _OF_TEXT, _BY_TEXT = _WORDS["in_text"], _WORDS["of_text"], _WORDS["by_text"]
_BY_SOMEBODY: tuple[str, ...] = tuple(_WORDS["by_somebody"])
_EVERYWHERE: str = _WORDS["everywhere"]
_NEVER_ALONE, _ONLY_HOW = frozenset(_WORDS["never_alone"]), frozenset(_WORDS["only_how"])
_GROUP, _WHOSE, _SEE, _MEASURED = (_WORDS["narrower"][key] for key in ("group", "whose", "see", "measured"))
_BRANCH = re.compile(rf"\b(of|in) (?!the )(?!{any_of(_WORDS['several'])} )((?:[\w–-]+ ){{1,6}})industries$")
_AND = " and "
# How a figure is tied to what it concerns, and people to what they have to do with.
_ABOUT, _OF_THOSE = "concerning", "connected with"
_MEASURED_OF_THOSE = frozenset(("persons", "households", "person_times"))
_SHARED: tuple[str, ...] = tuple(_WORDS["narrower"]["shared"])
_ONE = frozenset(("environment", "market", "zone", "network", "level", "allowance"))
_FIGURE = str(_MEASURED["count"]).capitalize()
_Row = dict[str, object]


class Use(NamedTuple):
    """How a report states an indicator: its phrase, the measure and the unit as written."""

    text: str
    measure: str
    unit: str


def describe(indicator_id: str, uses: Mapping[Use, int]) -> _Row:
    """The row of the table `indicators`: what it is made of, its names, topic and unit.

    `uses` counts how reports state it; for a core or issued indicator it may be empty. Nothing in the row depends on
    which of several phrases are used. `curation` is core for the entries of `catalogue/indicators.yaml`, composed where
    the thing is known, proposed where it is not.
    """
    entry = catalogue("indicators").get(indicator_id)
    if entry:
        return {
            **_made_of(indicator_id, core_facets(indicator_id)),
            "name_zh": entry["name"]["zh"],
            "name_en": entry["name"]["en"] or None,
            "definition_zh": entry["definition"]["zh"] or None,
            "definition_en": entry["definition"]["en"] or None,
            "definition_source": entry["source"] or None,
            "topic_id": entry["topic"] or None,
            "unit_id": unit(str(entry["unit"])).base_unit_id if entry["unit"] else None,
            "curation": "core",
        }
    known = issued().get(indicator_id)
    text, measure, stated = (
        (known.phrase, "level" if known.unit else "growth", known.unit) if known else min(uses, key=_typical)
    )
    made = facets(text, measure, stated)
    if not known and made.thing in _OWN_LEVEL and known_as(made) != indicator_id:
        # 省级重点项目 of a province are its key projects, and so is the indicator.
        bare = made._replace(scope=_LEVEL.sub("", made.scope))
        made = bare if known_as(bare) == indicator_id else made
    if made.thing and (not known or made in own_names() or _PLACED.search(text)):
        zh, en = _names(made)
        zh = _DANGLING.sub("", _as_quoted(zh, text))
        if marker := _left_to_text(made, zh):
            zh, en = zh + marker[0], (en + marker[1]).replace(") (", "; ")
        return _composed(indicator_id, made, zh, en)
    if not made.thing and made.property == "count" and measure != "level":
        made = made._replace(property="")  # neither thing nor unit tells that it is counted
    if own := own_phrase(text, measure, stated):
        return _composed(indicator_id, made, own.name_zh, own.name_en)
    name = compose(_CONGRESS.sub("", text) if known else text, measure, stated)
    if made.thing and name.name_zh in _BARE_THINGS:
        return _composed(indicator_id, made, name.name_zh + _IN_TEXT[0], name.name_en + _IN_TEXT[1])
    if made.thing and name.name_zh in _BARE_SUMS:
        return _composed(indicator_id, made, name.name_zh + _OF_TEXT[0], name.name_en + _OF_TEXT[1])
    if not made.thing and (untold := _of_nothing_told(made, name, bool(known))):
        return _composed(indicator_id, made, *untold)
    of_thing = _narrower if made.scope else _english
    english = name.name_en or (of_thing(made) if made.thing else in_english(name.name_zh) or _unnamed(made))
    return _composed(indicator_id, made, _with_number(name.name_zh, made.property), english)


def _with_number(zh: str, prop: str) -> str:
    """A name that ends in what befell persons or households, with their number: 拆迁涉及户数, 避免伤亡人数."""
    if prop not in _OWN_UNITS or not zh.endswith(_CONCERNED):
        return zh
    return zh + _OTHER_COUNTS.get(prop, (properties()[prop].name_zh,))[0]


def _left_to_text(made: Facets, zh: str) -> list[str] | None:
    """What the name of something that says little alone adds, because only the text tells which, whose or by what."""
    told_alone = _BARE_THINGS if made.property in ("count", "index") else _WHOLES if made.property == "share" else None
    names = {zh, things()[made.thing].name_zh}
    if not made.scope and told_alone and made.event in _SAYING_NOTHING and names & told_alone:
        return list(_IN_TEXT)
    if not made.scope and made.event and names & _NEVER_ALONE:
        return list(_IN_TEXT)
    if zh.startswith(_BY_SOMEBODY) and ((not made.scope and made.event) or made.scope in _BY_SOMEBODY):
        return list(_BY_TEXT)
    if made.scope == IN_PLACE + _EVERYWHERE or (made.event and zh.startswith(_BY_SOMEBODY) and made.scope in _ONLY_HOW):
        return list(_BY_TEXT)
    return list(_OF_TEXT) if zh in _BARE_SUMS else None


def _of_nothing_told(made: Facets, name: Name, known: bool) -> tuple[str, str] | None:
    """The names of what is measured of nothing that the phrase tells: 平均时间, 销售金额, 交付比例."""
    if not made.property:
        return None
    if name.name_zh.startswith(_BY_SOMEBODY) and made.event and not made.scope:
        return name.name_zh + _BY_TEXT[0], (name.name_en or _what_is_measured(made)) + _BY_TEXT[1]
    if made.property in _COUNTS:
        return (
            (name.name_zh + _OF_TEXT[0], (name.name_en or _FIGURE) + _OF_TEXT[1])
            if name.name_zh in _BARE_SUMS
            else None
        )
    measured, bare = properties()[made.property].name_zh, name.name_zh.partition("（")[0]
    if not made.scope and made.event in ("", _NEW) and not known:
        word = measured if bare != name.name_zh else bare
        what = f"New {_what_is_measured(made).lower()}" if made.event else _what_is_measured(made)
        return word + _OF_TEXT[0], what + _OF_TEXT[1]
    told = made.scope.partition("占")[0].replace(IN_PLACE, "") if made.scope else bare
    if told not in _ONLY_HOW and name.name_zh not in _BARE_SUMS:
        return None
    word = bare + (measured if bare != name.name_zh and not bare.endswith(measured) else "")
    return word + _OF_TEXT[0], (name.name_en or _what_is_measured(made)) + _OF_TEXT[1]


def _composed(indicator_id: str, made: Facets, name_zh: str, name_en: str) -> _Row:
    thing = things().get(made.thing)
    base = _usual_unit(made.property)
    return {
        **_made_of(indicator_id, made),
        "name_zh": _AT.sub("", name_zh),
        "name_en": _ARTICLE.sub(r"\1 the \2", _of_one_industry(made, name_en)) or None,
        "definition_zh": None,
        "definition_en": None,
        "definition_source": None,
        "topic_id": topic_of(made) or None,
        "unit_id": unit(base).unit_id if base else None,
        "curation": "composed" if thing else "proposed",
    }


def _of_one_industry(made: Facets, name_en: str) -> str:
    """What is measured of a branch of the economy is that of one industry: 玩具产业产值, output value of the toy industry."""
    if made.thing != "industries" or made.property in _COUNTS:
        return name_en
    return _BRANCH.sub(
        lambda found: f"{found[1]} the {found[2]}{'industry' if _AND not in found[2] else 'industries'}", name_en
    )


def _as_quoted(name_zh: str, text: str) -> str:
    """The name with its titles as the report writes them: what says nothing elsewhere is part of “我的家乡”."""
    for title in _TITLES.findall(text):
        name_zh = name_zh.replace(normalised(title), title) if normalised(title) else name_zh
    return name_zh


def _typical(use: Use) -> tuple[int, str, bool, Use]:
    """The order of uses: of one phrase a level goes first, because its unit tells what is measured."""
    return len(use.text), use.text, use.measure != "level", use


def _made_of(indicator_id: str, made: Facets) -> _Row:
    """The columns for the facets; `broader_id` is the indicator without the scope."""
    broader = ""
    if made.thing and made.scope and made.property not in _NARROW:
        broader = known_as(made._replace(scope=""))
    return {
        "indicator_id": indicator_id,
        "thing_id": made.thing or None,
        "property": made.property or None,
        "event": made.event or None,
        "scope": made.scope or None,
        "broader_id": broader if broader != indicator_id else None,
    }


def _names(made: Facets) -> tuple[str, str]:
    """The names in Chinese and English, put together from the facets: the same whichever phrase was met first."""
    if own := own_names().get(made):
        return own.name_zh, own.name_en
    thing, prop = things()[made.thing], properties()[made.property]
    if names_all(made):
        thing = thing._replace(name_zh="")
    of_people = usual(made.thing) in _FROM or thing.name_zh.endswith((*_COUNTED_SO, *_FIRMS))
    if made.event == "benefited" and made.property in _FROM and not of_people:
        return _benefiting(made)
    if found := _insured(made) or _chosen(made):
        return found
    verb = _verb(made)[0]
    part, _, whole = made.scope.partition("占") if made.property == "share" else (made.scope, "", "")
    front, _, back = part.partition(IN_PLACE)
    front = _ORPHAN.sub("", front)
    if made.event and says_event(part, made.event):
        verb = ""  # 甲中心获批乙基地 has it in its place
    if front.startswith(_TO_DATE):
        verb, front = f"{_TO_DATE}{verb}", front.removeprefix(_TO_DATE)
    if prop.words[:1] == ("率",) or (verb and not back and made.event != "new" and made.property == _COMPLETION):
        chinese = f"{front}{thing.name_zh}{back}{verb}"  # 信访积案解决率
    else:
        chinese = f"{verb}{front}{thing.name_zh}{back}"
    goes_on = back and back[0] not in _LISTING and made.event not in _FIRST
    goes_on = goes_on and (not holds_verb(back) or (made.event in _AT_END and is_verb(back)))
    if verb and ((front in _HELPING and made.event in _WITH_PERSONS) or goes_on):
        chinese = f"{front}{thing.name_zh}{back}{verb}"  # 帮扶困难人员就业, 农产品定量抽检
    ahead = _ahead(front, made.event) if verb and not back else ""
    if ahead:
        chinese = f"{ahead}{verb}{front.removeprefix(ahead)}{thing.name_zh}"
    if verb and front.startswith(_FOR) and not back:
        chinese = f"{front}{verb}{thing.name_zh}"  # 为群众挽回损失
    if verb and made.event in _WITH_PERSONS and not fits(made.event, thing.name_en.split("|")[0]):
        verb = _EMPLOYMENT["zh"] if made.event == "employed" else verb
        chinese = f"{front}{thing.name_zh}{back}{verb}"  # 企业资本市场培训
    if made.event == "held" and front and usual(made.thing) == _PERSONS and not back:
        chinese = f"{_CARRIED_OUT}{front}的{thing.name_zh}"  # 开展体检的老年人
    gets = made.event == "benefited" and usual(made.thing) == _PERSONS and not back and is_served(made.thing, front)
    if gets and front:
        chinese = f"{_GOT}{front}的{thing.name_zh}"  # 接受免费筛查的妇女
    if (
        made.event == "supplied"
        and usual(made.thing) == _PERSONS
        and not back
        and (got := _SERVICE.match(front))
        and got[1]
    ):
        chinese = f"{_GOT}{got[1]}的{got[2]}{thing.name_zh}"  # 接受免费培训的失业人员
    if front in _ACTIVITIES and not (verb or back) and usual(made.thing) == _PERSONS:
        chinese = f"{front}的{thing.name_zh}"
    if verb and front == _JUST:
        chinese = f"{front}{verb}{thing.name_zh}{back}"  # 新实施项目 are no 新项目
    if made.thing == _PUT_IN["thing"] and back and not (front or verb):
        chinese = f"{_PUT_IN['before']}{back}{thing.name_zh}"  # 投入民生改善资金
    chinese = _TWICE.sub(r"\1", chinese)
    if front and thing.name_zh in _BEHIND_WORDS:
        chinese = chinese.replace(front + thing.name_zh, front + _BEHIND_WORDS[thing.name_zh])
    if whole:
        chinese += f"占{whole}比重"
    elif made.property not in _COUNTS and not _says_itself(made) and not (back and made.property in _UNSAID):
        word = _measured_by(chinese, prop, clause=holds_verb(part))
        chinese += prop.name_zh if word == _OUTPUT and made.event == _PLANNED else word  # 储备能力
    if (partner := _partner(made)) and chinese[0] not in "对自从":
        chinese = partner[0] + chinese
    others, english_others = _OTHER_COUNTS.get(made.property, ("", ""))
    if made.property == _PERSONS and thing.name_zh.endswith(_CONFERRED):
        others, english_others = properties()[_PERSONS].name_zh, _PERSONS  # 获评甲奖人数
    if made.property == usual(made.thing) or chinese.endswith((*_FIRMS, *_COUNTED_SO, others)):
        others = ""
    chinese += others
    chinese = _with_number(chinese, made.property)
    chinese = _GOT_FREE.sub(rf"{_GOT}\1的", chinese)
    chinese = _GIVEN.sub(r"\1的", chinese.replace(*_CAPACITY_SHARE))
    for word, props in _CALLED.get(made.thing, {}).items():
        if made.property in props and not (made.event and made.property == "count"):
            chinese = chinese.replace(thing.name_zh, word)
    composed = ""
    if (made.scope or chinese.endswith(_TREATMENT)) and (made.scope or not partner):
        unsaid = (
            ahead in _ADVERBS
            or made.thing in _NEVER_COMPOSED
            or _BY_PROGRAMME.search(chinese)
            or _counts_no_such(made, back)
        )
        composed = "" if unsaid else compose(chinese, "growth", "").name_en or in_english(chinese)
    of_work = made.property in _QUANTITIES and made.event and any(f" {work} of " in composed for work in _WORKS)
    in_brackets = _IN_BRACKETS.fullmatch(back) and not compose(back[1:-1], "growth", "").name_en  # 班列(甲乙)
    if of_work or in_brackets or (made.property == "count" and back and back in properties()["investment"].words):
        composed = ""  # the capacity of plants, and not of work on them; who invests is no investment
    if composed and _MISPLACED.search(composed):
        composed = ""  # a place that stands between nouns has another role in Chinese
    if back.startswith(_WITH) and made.property in _COUNTS and not _leads(composed, thing.name_en):
        composed = ""  # 县与医院建立协作: counties are counted, and not what they agreed on
    if gets and (service := in_english(front)):
        composed = f"{thing.name_en.split('|')[0].capitalize()} {_GETTING} {lowered(service)}"
    of_persons = made.property == _PERSONS and usual(made.thing) == _PERSONS
    firms = made.property == "count" and thing.name_zh.endswith(_FIRMS)
    does = back and (of_persons or firms or (made.property in _OF_DOERS and begins_with_verb(back)))
    if does and not _leads(composed, thing.name_en):
        composed = _doing(made, front, back)
    english = composed or ("" if made.scope else _english(made))
    chinese = _NO_LEVEL.sub(lambda found: found[0][:-1], chinese)
    if not english:
        return chinese, _narrower(made, english_others if others else "")
    return chinese, f"{english} ({english_others})" if others else english


def _counts_no_such(made: Facets, back: str) -> bool:
    """Whether what is told in pieces can't be counted: 重点区域环境整治, 产业集群大气污染治理."""
    return made.property == "count" and bool(made.event) and (back or things()[made.thing].name_zh).endswith(_POLLUTED)


def _ahead(front: str, event: str) -> str:
    """The word at the beginning of a scope that stands before what was done: how it was done, or what was done besides."""
    adverb = next((word for word in _ADVERBS if front.startswith(word)), "")
    if adverb or event not in _AFTER_VERBS or not front:
        return adverb
    first = first_word(front)
    return first if len(first) > 1 and is_verb(first) else ""


def _doing(made: Facets, front: str, back: str) -> str:
    """The English name of those who do something, which is told with what they have done."""
    name = with_done(front + things()[made.thing].name_zh, back)
    if not name or made.property in _COUNTS:
        return name
    return f"Share of {lowered(name)}" if made.property == "share" else ""


def _leads(name: str, thing: str) -> bool:
    """Whether an English name is one of the thing, and not of what the thing does or has."""
    before, found, _ = name.lower().partition(thing.split("|")[0].lower())
    return bool(found) and not _RELATED.search(before.removeprefix("share of "))


def _benefiting(made: Facets) -> tuple[str, str]:
    """The names of those who have something from the thing: 甲工程惠及人数, people benefiting from works."""
    behind, english = _FROM[made.property]
    thing, told = things()[made.thing], english.partition("{}")[0].strip()
    front, _, back = made.scope.partition(IN_PLACE)
    chinese = _TWICE.sub(r"\1", f"{front}{thing.name_zh}{back}")
    what = compose(chinese, "growth", "").name_en or in_english(chinese)
    if not what:
        narrow = f" ({_GROUP}{_SEE})" if made.scope else ""
        name = english.format(lowered(thing.name_en.split("|")[0])).capitalize() + narrow
        return chinese + behind, name.replace(") (", "; ")
    sounds = (romanised(chinese[at:stop]) for at in range(len(chinese)) for stop in range(at + 2, at + LONGEST_SOUND))
    name = english.format(what if what.split(" ")[0] in set(sounds) else lowered(what))
    return chinese + behind, name[: len(told)].capitalize() + name[len(told) :]


def _insured(made: Facets) -> tuple[str, str] | None:
    """The names of persons who have an insurance or an allowance: 基本养老保险参保人数, people covered by basic pension insurance."""
    thing = things()[made.thing]
    front, _, back = made.scope.partition(IN_PLACE)
    told = made.event in ("insured", "") and (back in _COVERED or (not back and made.event))
    reached = not made.event and back in _REACHED and thing.name_zh.endswith(_ALLOWANCES)
    if made.property not in _COUNTS or not (reached or (told and thing.name_zh.endswith(_INSURANCES))):
        return None
    what = compose(front + thing.name_zh, "growth", "").name_en
    group = "" if what else f" ({_GROUP}{_SEE})"
    name = lowered(what or thing.name_en.split("|")[0])
    return f"{front}{thing.name_zh}{_REACHED_ZH if reached else _COVERED_ZH}", f"People covered by {name}{group}"


def _chosen(made: Facets) -> tuple[str, str] | None:
    """The names of persons who were chosen for a programme or won a prize: 入选甲计划人数, people selected for programmes."""
    thing = things()[made.thing]
    front, _, back = made.scope.partition(IN_PLACE)
    if (made.property, made.event, back) != (_PERSONS, "certified", "") or not thing.name_zh.endswith(_CONFERRED):
        return None
    what = compose(front + thing.name_zh, "growth", "").name_en
    group = "" if what or not front else f" ({_GROUP}{_SEE})"
    name = lowered(what or thing.name_en.split("|")[0])
    done = "awarded" if won(name, ["awarded"]) == ["won"] else "selected for"
    return f"{_verb(made)[0]}{front}{thing.name_zh}{properties()[_PERSONS].name_zh}", f"People {done} {name}{group}"


def _partner(made: Facets) -> tuple[str, str] | None:
    """The Chinese word before those with whom the trade is, and the English for it; None for trade in goods."""
    if made.property in _PARTNERS and things()[made.thing].name_zh.endswith(tuple(_PARTNERS["ends"])):
        before, english = _PARTNERS[made.property]
        return before, english
    return None


def _verb(made: Facets) -> tuple[str, bool]:
    """The word for what was done with such a thing, and whether it is another than the usual one: 修复湿地, 处置废物."""
    event = events().get(made.event)
    if not event:
        return "", False
    words = _VERBS.get(made.event, {})
    front, _, back = made.scope.partition(IN_PLACE)
    name = front + things()[made.thing].name_zh
    verb = _by_end(words, name + back) if back else None  # 班线公交化改造, and no 优化
    verb = _by_end(words, name) if verb is None else verb
    if verb is None and made.event == _CHOSEN:
        verb = _by_end(words, made.scope.partition("占")[0])  # 纳入白名单企业
    return (event.name_zh, False) if verb is None else (verb, True)


def _by_end(words: Mapping[str, Iterable[str]], name: str) -> str | None:
    """The word with the longest end that the name has; None where it has none of them."""
    fit = [(len(end), word) for word, ends in words.items() for end in ends if name.endswith(end)]
    return max(fit)[1] if fit else None


def _measured_by(chinese: str, prop: Property, *, clause: bool) -> str:
    """The word for what is measured, as the name needs it; empty where its end says it already: 保费, 施工面积."""
    if chinese.endswith((prop.name_zh, *prop.words)) or (chinese.endswith(_RATES) and prop.dimension == "ratio"):
        return ""
    if prop.property_id not in _ALWAYS and chinese.endswith(_MEASURES):
        return ""
    word = _by_end(_SUFFIXES.get(prop.property_id, {}), chinese)
    if word is None and prop.property_id == _CAPACITY and chinese.endswith(_EACH):
        return _OUTPUT  # 日产能
    if word is None or (clause and prop.property_id in _IN_CLAUSES and word):
        word = _IN_CLAUSES.get(prop.property_id, prop.name_zh) if clause else prop.name_zh
    return word


def _says_itself(made: Facets) -> bool:
    return made.property in _IN_NAMES and made.property == usual(made.thing)


def _usual_unit(prop: str) -> str:
    """The base unit of a property; empty where its levels have several dimensions."""
    return _OWN_UNITS.get(prop) or BASE_UNITS.get(dimension_of(prop) if prop else "", "")


def _english(made: Facets) -> str:
    """A plain English name from the facets, of the thing without what narrows it."""
    name = things()[made.thing].name_en.split("|")[0]
    event = events().get(made.event)
    if not event and (together := _TOGETHER.get(made.thing, {}).get(made.property)):
        return together[:1].upper() + together[1:]
    paid = made.property == "amount" and things()[made.thing].name_zh.endswith(_PAID_FOR)
    if paid or (made.property in _SPENT and event):
        told = f" {event.name_en}" if event and made.event in _OF_MONEY else ""
        name = properties()["funding" if paid else made.property].name_en.partition(" ")[0] + told + f" for {name}"
        return name[:1].upper() + name[1:]
    if event and event.before and made.property in _EXTENTS:
        return f"{event.name_en.capitalize()} {properties()[made.property].name_en.format(name)}"
    if event:
        done = won(name, [_done(made, event)])[0]
        if done == "new" and name.startswith(("new ", "new-")):
            done = "additional"
        name = f"{done} {name}" if event.before else f"{name} {done}"
        if made.event == "employed" and not fits(made.event, things()[made.thing].name_en):
            name = _EMPLOYMENT["en"].format(lowered(things()[made.thing].name_en.split("|")[0]))
    if partner := _partner(made):
        name = partner[1].format(name)
    elif not _says_itself(made) and not (
        things()[made.thing].name_zh.endswith(properties()[made.property].words or "\n")
    ):
        measured = properties()[made.property].name_en
        if made.property == "expenditure" and _SPENDERS.search(name):
            measured = measured.replace(" on ", " by ")
        said = measured.partition(" of {}")[0] in name or name.endswith(_QUANTITIES.get(made.property, "\n"))
        if made.property == "standard" and things()[made.thing].name_zh.endswith(_SUPPORTED):
            measured = _WORDS["support_for"]
        if made.property == "satisfaction" and usual(made.thing) == _PERSONS:
            measured = measured.replace("with", "of")
        if made.property == "satisfaction" and things()[made.thing].name_zh.endswith(_HANDLED):
            measured = measured.replace("{}", f"{_HANDLING} {{}}")
        if made.property == "rate" and event:
            measured = properties()["share"].name_en  # of suggestions handled
        if made.property == "revenue" and _EARNERS.search(name):
            measured = _INCOME
        if made.property == "rate" and not event and (rate := rate_of(name)):
            measured, name = "{}", rate
        name = name if said else measured.format(name)
    return name[:1].upper() + name[1:]


def _done(made: Facets, event: Event) -> str:
    """The English for what was done with such a thing: measures are carried out, and projects secured."""
    verb, special = _verb(made)
    told = catalogue("terms")["events"].get(verb, "") if special else ""
    return told.lstrip("^") or event.name_en


def _narrower(made: Facets, counted: str = "") -> str:
    """The English name of a phrase that English cannot follow: its head, and that a narrower group is meant.

    Where a noun stands behind the thing, it is not the head, and the name tells only what the figure concerns. `counted`:
    what is counted besides things.
    """
    front, _, back = made.scope.partition(IN_PLACE)
    counted = f"{counted}; " if counted else ""
    sum_itself = things()[made.thing].name_zh.endswith((*_PAID_FOR, *_SUMS))
    uncounted = made.property in _COUNTS and things()[made.thing].name_en.startswith("the ")
    uncounted = uncounted or _counts_no_such(made, back)
    of_work = made.property in _QUANTITIES and is_work(things()[made.thing].name_en.split("|")[0])
    of_nobody = made.property == "amount" and usual(made.thing) in _COUNTS and not sum_itself
    behind = back and (not begins_with_verb(back) or front.endswith(_LEADING))
    if behind and made.property == "count" and not holds_verb(front) and not any(word in front for word in _LEADING):
        behind = names_something(back)  # 指标不及预期: the thing is what is counted
    if made.property == "count" and behind and things()[made.thing].name_zh.endswith(_FIRMS):
        behind = False  # 企业技术改造, in 家: they do it, whatever it is
    behind = behind and not (made.property in _COUNTS and back.startswith(_WITH))  # 县与医院建立协作
    behind = behind or (back and front.startswith(_FOR))  # 为企业提供服务
    if made.property == _CONTRIBUTION and front.endswith(_TO):
        behind = True
    if _IN_BRACKETS.fullmatch(back):
        behind = False
    # So many persons of a school are no group of schools, and 甲园和乙园 are more than 乙园.
    of_others = made.property in _HEADS and is_body(made.thing) and made.event != "benefited"
    beside = not back and made.property in _COUNTS and names_others(front)
    # No rate of persons in need: of what, only the Chinese name tells.
    event = events().get(made.event)
    told = not back and not holds_verb(front) and made.event not in _WITH_PERSONS
    told = (
        (told or made.event in _SAVED)
        and event is not None
        and fits(event.name_en, things()[made.thing].name_en.split("|")[0])
    )
    of_counted = made.property == "rate" and not told and usual(made.thing) in _COUNTS
    of_counted = of_counted or (made.property == _COMPLETION and usual(made.thing) in _HEADS)
    of_counted = of_counted and made.property not in _TOGETHER.get(made.thing, {})
    # A share of what is no number of things is as little told by its head: of what, and of how much.
    of_amount = made.property == "share" and not things()[made.thing].name_en.split("|")[0].endswith(_SHARED)
    if behind or of_nobody or of_work or uncounted or of_others or beside or of_counted or of_amount:
        counted = "" if made.property in _MEASURED and made.property != "count" else counted
        about = lowered(things()[made.thing].name_en.split("|")[0])
        if made.property == _CONTRIBUTION and front.endswith(_TO):
            what = compose(things()[made.thing].name_zh + back, "growth", "").name_en
            return f"{_what_is_measured(made)} to {lowered(what) if what else about} ({counted}{_WHOSE}{_SEE})"
        measured = _WORDS["times"] if back.endswith(_TIMES) else _what_is_measured(made)
        about = f"the {about}" if about.rpartition(" ")[2] in _ONE and not about.startswith("the ") else about
        return f"{measured} {_OF_THOSE if made.property in _MEASURED_OF_THOSE else _ABOUT} {about} ({counted}{_SEE})"
    if made.event == _TRAINED and not fits(made.event, things()[made.thing].name_en.split("|")[0]):
        return f"{_TRAINING} concerning {lowered(things()[made.thing].name_en.split('|')[0])} ({counted}{_GROUP}{_SEE})"
    name = _english(made._replace(scope="", event=made.event if told else ""))
    if each := denominator_at(front, 0):
        name = f"{name} {each[1][1][0].english}"  # so many per 100,000 people are no group of them
    return f"{name} ({counted}{_GROUP}{_SEE})"


def _unnamed(made: Facets) -> str:
    """The English name where no thing is known and English cannot follow the phrase: only what is measured."""
    return f"{_what_is_measured(made) if made.property else _FIGURE} ({_SEE})"


def _what_is_measured(made: Facets) -> str:
    """What is measured, without the thing: share, length."""
    measured = _MEASURED.get(made.property) or re.sub(
        " (?:of|for|on|in|from) {}", "", properties()[made.property].name_en
    )
    measured = measured.replace("{}", "").strip()
    return measured[:1].upper() + measured[1:]


def aliases(indicator_id: str, texts: Iterable[str]) -> list[dict[str, object]]:
    """The rows of `indicator_aliases`: those of the catalogue, and for other indicators the phrases of the reports."""
    entry = catalogue("indicators").get(indicator_id)
    if not entry:
        return [_alias(indicator_id, text, "zh") for text in sorted(set(texts)) if text]
    return [
        _alias(indicator_id, alias, language)
        for language in ("zh", "en")
        for alias in sorted(set(entry["aliases"].get(language, ())))
    ]


def codes(indicator_id: str) -> list[dict[str, object]]:
    """The rows of `indicator_codes`: what other systems call it, by measure, with the quality of the match."""
    entry = catalogue("indicators").get(indicator_id) or {}
    columns = ("measure", "system", "code", "match")
    return [{"indicator_id": indicator_id, **dict(zip(columns, code, strict=True))} for code in entry.get("codes", ())]


def indicator_tables(rows: Iterable[Mapping[str, object]]) -> dict[str, list[dict[str, object]]]:
    """The tables things, indicators, indicator_aliases, indicator_codes for the indicators that the rows name.

    `rows` are rows of observations or of other tables with an indicator_id; those without a phrase count only for
    core indicators.
    """
    found: dict[str, Counter[Use]] = {}
    for row in rows:
        uses = found.setdefault(str(row["indicator_id"]), Counter())
        if text := row.get("indicator_text"):
            uses[Use(str(text), str(row.get("measure") or ""), str(row.get("unit") or ""))] += 1
    tables = described((key, found[key]) for key in sorted(found))
    made = [*tables["indicators"], *broader_rows(tables["indicators"])]
    return {
        **tables,
        "things": thing_rows(str(row["thing_id"]) for row in made if row["thing_id"]),
        "indicators": sorted(made, key=lambda row: str(row["indicator_id"])),
    }


def broader_rows(rows: Iterable[Mapping[str, object]]) -> list[_Row]:
    """The rows of the broader indicators that `rows` of `indicators` name and do not hold, by identifier.

    They depend on the rows alone that name them, so that an indicator has its broader one whatever else is there.
    """
    held = set()
    named: dict[str, Facets] = {}
    for row in rows:
        held.add(row["indicator_id"])
        if row["broader_id"]:
            made = Facets(str(row["thing_id"]), str(row["property"]), str(row["event"] or ""), "")
            named[str(row["broader_id"])] = made
    return [
        describe(key, {}) if key in issued() else _composed(key, named[key], *_names(named[key]))
        for key in sorted(named.keys() - held)
    ]


def thing_rows(used: Iterable[str]) -> list[_Row]:
    """The rows of `things` for these identifiers and for the things above them."""
    known = things()
    wanted: set[str] = set()
    for key in used:
        while key and key not in wanted:
            wanted.add(key)
            key = known[key].broader
    return [
        {
            "thing_id": key,
            "parent_id": known[key].broader or None,
            "name_zh": known[key].name_zh,
            "name_en": known[key].name_en.split("|")[0],
            "topic_id": known[key].topic_id,
        }
        for key in sorted(wanted)
    ]


def redirect_rows() -> list[_Row]:
    """The rows of `indicator_redirects`: every identifier that was given up."""
    return [{"old_id": old, "new_id": new, "since": since} for old, (new, since) in sorted(redirects().items())]


def described(used: Iterable[tuple[str, Mapping[Use, int]]]) -> dict[str, list[dict[str, object]]]:
    """The same tables for indicators, in their order, and how often reports state each in which words."""
    known = [(key, uses) for key, uses in used if uses or key in catalogue("indicators")]
    return {
        "indicators": [describe(key, uses) for key, uses in known],
        "indicator_aliases": [row for key, uses in known for row in aliases(key, (use.text for use in uses))],
        "indicator_codes": [row for key, _ in known for row in codes(key)],
    }


def _alias(indicator_id: str, alias: str, language: str) -> dict[str, object]:
    return {"indicator_id": indicator_id, "alias": alias, "language": language}
