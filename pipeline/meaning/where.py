"""Of what place and of what narrower subject a figure speaks.

A report speaks of its own place unless a sentence says otherwise. What a clause begins with is its topic: a county (the
figures are for it), or a zone, a town, an organisation or a programme (the figures are for that subject in the place).
The topic holds for the clauses behind it up to a semicolon or another topic. A short sentence without figures at the
head of a paragraph (推进××新区建设。) is the topic of those that follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.documents.profiles import profile
from pipeline.knowledge import any_of, common_words, vocabulary
from pipeline.meaning.gazetteer import Gazetteer, gazetteer
from pipeline.meaning.mentions import Mention, mentions
from pipeline.meaning.subjects import (
    ASSISTANCE,
    assistance_in,
    built_in,
    continues,
    doer_at,
    is_kind,
    is_scheme,
    named_in,
    object_in,
    subject_at,
    zone_in,
)
from pipeline.models import Bare, Fact, Report, Sentence, Span, Where
from pipeline.prefilter import Characters
from pipeline.records import Record

__all__ = ["Gazetteer", "PlaceReader", "gazetteer"]

_WORDS = vocabulary("places")
_TIMES = vocabulary("time")
# What may stand before the topic of a clause: numbering, a time, the year in the name of an event, an adverb.
_BEGINNING = re.compile(
    "(?:"
    r"[(\[]?[一二三四五六七八九十\d]{1,3}[)\].、]+|[一二三四五六七八九十]{1,3}是|[●◆■▲★·\s]+|第[一二三四五六七八九十]{1,2},"
    rf"|{any_of(_TIMES['up_to'])}?(?:\d{{4}}年(?:\d{{1,2}}月)?{any_of(_TIMES['of_year_place'])}?|\d{{1,2}}月{any_of(_TIMES['of_month'])}?"
    rf"|{any_of(_TIMES['around_place'])}?[一二三四五六七八九十两\d]{{1,2}}年{any_of(_TIMES['over_place'])}?|“?十[一二三四五六]五”?{any_of(_TIMES['of_plan_named'])})"
    "|20\\d\\d(?=[\u4e00-\u9fff]{2,14}[会节展])"
    f"|{any_of(_WORDS['lead_in'])}(?<!在(?=[校建册职园编岗])))*"
)
# What it begins with.
_BEGINS = Characters(
    "[(\\[一二三四五六七八九十两\\d●◆■▲★·\\s第到至截过未近这前“{}]".format(
        "".join({word[0] for word in _WORDS["lead_in"]})
    )
)
_START = attrgetter("start")
_BACK = re.compile(any_of(_WORDS["back_reference"]))
_ANY_ZONE = frozenset(_WORDS["any_zone"])
_NOT_BEFORE = tuple(_WORDS["not_place_before"])
_ATTRIBUTE = tuple(_WORDS["attribute_tail"])
_COUNTED = re.compile(r"\d+[个家条镇所](?:以上)?(?=[^\d,;。]{2,10})")
_AND = re.compile(r"[、和及与]|以及")
_PIVOT = re.compile("[将使]")
_PROVINCE = re.compile("(?<![全我各外跨本两])省$")
_ARRIVAL = re.compile(any_of(_WORDS["arrivals"]))
# Zones that firms settle in.
_EVENT_THERE = re.compile(rf"[\d.]*级?{any_of(_WORDS['events_there'])}")
_TOGETHER = re.compile(rf"等?[两二三四五六七八九十][个大]?[省市县区州旗镇地](?!{any_of(_WORDS['of_each'])})")
# 甲海、乙山分别建成学校9所、5所: of each, not of the first alone.
_EACH = re.compile("分别")
# 甲海、乙山各要新建学校9所; 全国各地 is an attribute.
_EACH_DOES = re.compile(rf"各{any_of(_WORDS['each_must'])}")
_RIVALS = re.compile(r"[一二三四五六七八九十\d]+[个座]?[省市县区城]|[省市县区城]中")
_GROUNDS: tuple[str, ...] = tuple(_WORDS["grounds"])
# Enterprises that belong to a province or a city are no part of a zone or a pilot that a clause before was about.
_OWNED = tuple(_WORDS["owned"])
_OF_ASSISTANCE = re.compile(any_of(_WORDS["assistance_given"]))
# 张村等3个村成为…: what stands first is an example of what is counted.
_BY_NAME = any_of(vocabulary("constructions")["names"]["by_name"])
_EXAMPLE = re.compile(r"[^,;:。]{1,40}?等(?=\d|[^,;:。\d等]{2,10}" + _BY_NAME + r"\d)")
# 甲县无人机、乙县光伏配套等协作项目: it stands among the examples before 等.
_AMONG_EXAMPLES = re.compile(r"[^,;:。、\d]{2,20}、[^,;:。\d]{2,50}?等[^,;:。\d等]{2,10}" + _BY_NAME + r"\d")
_NAMED_AFTER = re.compile(
    rf"(?!{any_of([*_WORDS['verbs'], *_WORDS['lead_in']])})[^,;:。、\d]{{0,14}}?"
    rf"{any_of([*_WORDS['organisations'], *_WORDS['works'], *_WORDS['named_after']])}(?![\u4e00-\u9fff]{{0,2}}(?:总量|数量))"
)
_SUPERLATIVE = re.compile("[最首唯]|第[一二三]|率先")
_INVESTMENT = re.compile(
    f"{any_of(_WORDS['investment_in'])}?(?:计划)?(?:完成)?{any_of(_WORDS['investment_of'])}?投资额?"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIGURES = re.compile(r"[\d,]")
_DIGIT = re.compile(r"\d")
# With these a sentence goes on about the place of the one before it.
_SAME_PLACE = re.compile(any_of(_WORDS["same_place"]))
# How far from a figure names matter to it.
# 全市生产总值, where it is not known of which city.
_OWN_AREA = re.compile(r"^[全我本][省市区县州盟旗镇乡](?![性域外内里区镇])(?:共|累计)?(?:完成|实现)?(?=..)")
_REACH = 200
# How much may follow the zone in the sentence that heads others: 建设发展。
_AFTER_ZONE = 8
# A sentence up to this long without a figure is the heading of those behind it.
_LEAD_SENTENCE = 28
_OF_PROGRAMME = re.compile(
    f"{any_of(_WORDS['money'])}(?:总?额|规模)?$|{any_of(_WORDS['fields'])}$|{any_of(_WORDS['of_programme'])}"
)
_ACTIONS: tuple[str, ...] = tuple(_WORDS["actions"])
# A value in brackets is that of whom the words before them name: 全省平均水平(7%).
_HUB = re.compile(any_of(_WORDS["hubs"]))
_OF_HUBS = frozenset(_WORDS["of_hubs"])
_REGIONS, _OF_REGIONS = tuple(_WORDS["regions"]), tuple(_WORDS["of_regions"])
_SHARE_OF = "占"
_BECOMING_ONE = re.compile(
    rf"(?:^|(?<=[,;:。]))(?!{any_of(_WORDS['not_becoming_one'])})([\u4e00-\u9fff]{{2,6}}?){any_of(_WORDS['becoming_one'])}[^,;:。\d]{{2,12}},"
)
_OF_OTHERS = "ellipsis.of-others"
_OTHER_VALUE = 6
# Properties that say too little without what they are of.
_BOUND = frozenset(_WORDS["bound_behind"])
_SAYS_LITTLE = frozenset(_WORDS["says_little"])
_BARE_RATE = re.compile(".{2}率")
# 食品基地面积: all of a kind, of which nothing else tells what the area is of.
_KINDS_OF_GROUND: tuple[str, ...] = tuple(_WORDS["kinds_of_ground"])
_NATION = frozenset(_WORDS["deictic"]["nation"])
_TITLES = tuple(_WORDS["titles"])
_WHOLE = tuple(word for words in _WORDS["deictic"].values() for word in words)
# What is done to a zone.
_WORK = re.compile(f"(?:“[^”]{{1,12}}”)?(?:[^,;:。]{{0,4}}{any_of(_WORDS['work'])}[^,;:。]{{0,4}}){{1,2}}[,:]")


@dataclass(slots=True, unsafe_hash=True)
class _Topic(Record):
    """What figures from `start` on are about. `places`: one, or those of a list; empty means the report's own."""

    start: int
    places: tuple[str, ...] = ()
    subject: str = ""
    # What the topic is called in the text, to be taken out of the indicator.
    name: str = ""
    # zone, town, org, firm, works, event, group, programme, building; place, or word for 全国 and the like.
    kind: str = ""

    def at(self, start: int) -> _Topic:
        """The same topic from there on."""
        return self if start == self.start else _Topic(start, self.places, self.subject, self.name, self.kind)


def _entries_explained(entries: Sequence[tuple[str, Span]], sentences: Sequence[Sentence]) -> dict[int, _Topic]:
    """The topics of sentences that explain what a named scheme consists of (“8822”公路工程:指8条…)."""
    found: dict[int, _Topic] = {}
    starts = [sentence.start for sentence in sentences] if entries else []
    for term, (start, stop) in entries:
        if is_scheme(term):
            inside = range(bisect_left(starts, start), bisect_left(starts, stop))
            found.update((starts[at], _Topic(starts[at], (), term, term, "entry")) for at in inside)
    return found


class PlaceReader:
    """Reads place and subject of the facts of one report. `text` is the folded text, `sentences` its sentences."""

    def __init__(
        self, text: str, report: Report, sentences: Sequence[Sentence], entries: Sequence[tuple[str, Span]] = ()
    ) -> None:
        """`entries`: the terms of a glossary and where their entries stand."""
        self._text = text
        self._own = report.place_id
        self._places = gazetteer()
        # A text of the whole nation goes from one place to the next; one of a place comes back to it.
        self._national = self._places.level(report.place_id) == "nation"
        # What is told goes from one place to the next, a report comes back to its own.
        self._told = profile(report.kind).times == "told"
        self._mentions = mentions(text, report.place_id, report.date)
        self._starts = [mention.start for mention in self._mentions]
        self._leads = self._read_leads(sentences) | _entries_explained(entries, sentences)
        # By the start of a sentence its topics as far as they were read, and those behind.
        self._topics: dict[int, tuple[list[_Topic], Iterator[_Topic]]] = {}

    def where(self, fact: Fact) -> Where:
        """Place, subject and the indicator without the words for them; the first of several places."""
        return self.wheres(fact)[0]

    def wheres(self, fact: Fact) -> tuple[Where, ...]:
        """The same for each place of a list that shares the figure (A区、B区均达到100亿元); mostly one."""
        topic = self._topic(fact)
        named = self._named(fact, topic)
        places = named or topic.places or (self._own,)
        if len(places) > 1 and (nth := self._nth(fact)) is not None:
            places = places[nth : nth + 1] or places[:1]
        elif (
            len(places) > 1
            and len(listed := _AND.split(topic.name)) == len(places)
            and not fact.indicator.startswith(topic.name)
        ):
            # 甲海、乙山收入分别完成9亿元、8亿元,增长5%、6%
            mine = next((nth for nth, name in enumerate(listed) if name and fact.indicator.startswith(name)), None)
            places = places if mine is None else places[mine : mine + 1]
        if topic.subject and topic.subject == topic.name and (parts := _AND.split(topic.subject))[1:]:
            # 甲镇、乙镇分别实现收入1亿元、2亿元
            nth = self._nth(fact)
            if nth is not None and nth < len(parts):
                topic = topic._replace(subject=parts[nth], name=parts[nth])
        indicator = self._strip(fact, topic)
        # A name that is all of the indicator is the thing counted: 国家级园区增至3家.
        subject = "" if topic.name and fact.indicator.endswith(topic.name) else topic.subject
        if len(places) > 1:
            indicator = indicator.removeprefix("各")  # 甲海、乙山各新建学校9所: a row for each
        trace = (self._step(fact, topic, bool(named)),)
        if len(places) == 1:
            return (Where(places[0], subject, indicator, trace),)
        return tuple(Where(place, subject, indicator, trace) for place in places)

    def _step(self, fact: Fact, topic: _Topic, named: bool) -> Bare:
        """What told the place: a name in the figure's own clause, a topic before it, or the report."""
        if named:
            return "place", "place.in-clause", self._clause_start(fact), fact.numeral.start
        if not (topic.places or topic.subject):
            return "place", "place.of-report", 0, 0
        at = self._text.find(topic.name, topic.start, fact.numeral.start) if topic.name else -1
        rule = f"place.{topic.kind or 'topic'}"
        return ("place", rule, at, at + len(topic.name)) if at >= 0 else ("place", rule, 0, 0)

    def _nth(self, fact: Fact) -> int | None:
        """Which of the figures behind 分别 this is, from 0; None if there is no 分别."""
        each = self._text.rfind("分别", self._clause_start(fact), fact.numeral.start)
        return None if each < 0 else len(_NUMBER.findall(self._text, each, fact.numeral.start))

    @staticmethod
    def _clause_start(fact: Fact) -> int:
        """Where the figure's clause begins, or as far before the figure as names matter."""
        return max(fact.sentence.clauses[fact.clause][0], fact.numeral.start - _REACH)

    # --- topics of clauses ---

    def _topic(self, fact: Fact) -> _Topic:
        topics = self._topics_to(fact.sentence, fact.numeral.start)
        topic = topics[bisect_right(topics, fact.numeral.start, key=_START) - 1]
        if topic.kind == "programme" and not _OF_PROGRAMME.search(fact.indicator):
            return _Topic(topic.start)
        if topic.kind == "works" and topic.subject.endswith(_ACTIONS) and not _OF_PROGRAMME.search(fact.indicator):
            return topic._replace(subject="")
        if topic.kind == "assistance" and not _OF_ASSISTANCE.search(fact.indicator):
            return _Topic(topic.start)
        if topic.kind == "building" and not _INVESTMENT.fullmatch(fact.indicator):
            return _Topic(topic.start)
        if topic.subject and fact.indicator.startswith(_OWNED):
            clause = self._text[self._clause_start(fact) : fact.numeral.start]
            return topic if topic.subject in clause else _Topic(topic.start)
        if not topic.subject and (earlier := self._named_before(fact, topics)):
            return earlier
        if not topic.subject and (name := self._in_indicator(fact)):
            return topic._replace(subject=name, kind="zone")
        if fact.indicator in _OF_HUBS and not (topic.subject or topic.places):
            return self._hub_before(fact) or topic
        if fact.indicator.startswith(_OF_REGIONS) and not (topic.subject or topic.places):
            return self._region_before(fact, topics) or topic
        return topic

    def _region_before(self, fact: Fact, topics: Sequence[_Topic]) -> _Topic | None:
        """The region that the clauses before are about and nothing else is: 甲乙都市圈建设提速,经济总量突破9万亿元,占全国7%."""
        stop = self._clause_start(fact)
        begin = max(self._text.rfind(";", fact.sentence.start, stop) + 1, fact.sentence.start)
        for topic in reversed(topics):
            if begin <= topic.start <= stop and (topic.subject or topic.places):
                levels = [self._places.level(place) for place in topic.places]
                if not topic.subject.endswith(_REGIONS) and levels != ["region"]:
                    return None
                told: _Topic | None = topic
                break
        else:
            *_, one = (None, *_BECOMING_ONE.finditer(self._text, begin, stop))
            told = _Topic(one.start(), (), one[1], "", "zone") if one else None
        own, *between = self._text[told.start : stop].rstrip(",").split(",") if told else ("",)
        if not told or _DIGIT.search(own) or not all(part.startswith((*_OF_REGIONS, _SHARE_OF)) for part in between):
            return None
        return told.at(fact.numeral.start)

    def _hub_before(self, fact: Fact) -> _Topic | None:
        """The one place of which a clause before says that it is a hub: 支持甲市打造航空枢纽,旅客吞吐量突破900万人次."""
        hub = _HUB.search(self._text, fact.sentence.start, self._clause_start(fact))
        if not hub:
            return None
        opens = max(self._text.rfind(mark, fact.sentence.start, hub.start()) for mark in ",;") + 1
        first = bisect_left(self._starts, max(opens, fact.sentence.start))
        named = {mention.place_id for mention in self._mentions[first : bisect_left(self._starts, hub.start())]}
        inside = named and all(self._own in self._places.ancestors(place) for place in named)
        return _Topic(fact.sentence.start, tuple(named), kind="place") if inside and len(named) == 1 else None

    def _topics_to(self, sentence: Sentence, at: int) -> list[_Topic]:
        """The topics of a sentence up to an offset; what clauses behind it are about is not asked."""
        known = self._topics.get(sentence.start)
        if known is None:
            known = self._topics[sentence.start] = [], self._read_topics(sentence)
        topics, behind = known
        while (not topics or topics[-1].start <= at) and (topic := next(behind, None)):
            topics.append(topic)
        return topics

    @staticmethod
    def _named_before(fact: Fact, topics: Sequence[_Topic]) -> _Topic | None:
        """An earlier topic of the sentence with whose name the indicator begins: ××园区新引进企业30家,投产12家."""
        for topic in reversed(topics):
            named = topic.subject and topic.name == topic.subject and topic.start <= fact.numeral.start
            if named and fact.indicator.startswith(topic.subject) and fact.indicator != topic.subject:
                return topic
        return None

    def _in_indicator(self, fact: Fact) -> str:
        """The zone or firm that the indicator names, unless it is what is counted or a place with a level of its own."""
        indicator = fact.indicator
        name = named_in(indicator)
        if not name:
            return ""
        near = self._text[fact.numeral.phrase_stop : fact.numeral.phrase_stop + len(name) + 1]
        area = any(self._places.level(place) != "zone" for place in self._places.full.get(name, ()))
        return "" if indicator.endswith(name) or name in near or area else name

    def _read_topics(self, sentence: Sentence) -> Iterator[_Topic]:
        """The topics of a sentence in order; the first begins with it."""
        text, lead = self._text, self._leads.get(sentence.start, _Topic(sentence.start))
        current = lead.at(sentence.start)
        yield current
        named_at = sentence.start
        zone = lead.subject if lead.kind == "zone" else ""
        shifts = _PIVOT.search(text, sentence.start, sentence.stop)
        helps = ASSISTANCE.search(text, sentence.start, sentence.stop)
        for start, stop in sentence.clauses:
            if text[start - 1 : start] == ";" and start > sentence.start:
                current, zone = lead, lead.subject if lead.kind == "zone" else ""
            at = self._beginning(start, stop)
            found = self._topic_at(at, stop, start) or (self._shifted(at, stop) if shifts else None)
            if current.kind == "zone":
                zone = current.subject
            if zone and (not found or found.kind == "group"):
                back = _BACK.match(text, at, stop)
                if back and (zone.endswith(back[0]) or back[0] in _ANY_ZONE):
                    found = _Topic(start, (), zone, back[0], "zone")
                elif not found and not current.subject and zone.endswith(_GROUNDS) and _ARRIVAL.match(text, at, stop):
                    found = current._replace(subject=zone, kind="zone")
            headed = self._object(at, stop) if start == sentence.start and not (found or current.name) else None
            if found:
                current, named_at = found, start
            elif headed:
                current = headed
            elif not current.name and (built := built_in(text, at, stop)):
                current = _Topic(stop, (), built, built, "building")
            elif helps and not current.name and (help_for := assistance_in(text, at, stop)):
                current = _Topic(stop, (), help_for, help_for, "assistance")
            elif current.name and not self._goes_on(at, stop, current, named_at):
                current = lead
            if found and found.start > start:
                yield lead.at(start)
            yield current.at(max(start, current.start) if found else start)
            zone = zone_in(text, start, stop) or zone

    def _goes_on(self, at: int, stop: int, topic: _Topic, named_at: int) -> bool:
        """Whether a clause that names no topic still speaks of the last one, which was named at `named_at`.

        In a text of the whole nation the figures behind one of a place are that place's too: 甲省粮食增产3%,出口增长5%.
        """
        if topic.kind == "assistance" or (self._national and topic.places and _DIGIT.search(self._text, named_at, at)):
            return True
        if topic.kind == "zone" and (_BACK.match(self._text, at, stop) or self._text.startswith(topic.name[:3], at)):
            return True
        return continues(self._text, at, stop, topic.kind, topic.subject)

    def _topic_at(self, at: int, stop: int, start: int) -> _Topic | None:
        """The topic that a clause names at its beginning `at`."""
        text = self._text
        listed = self._list_at(at)
        end = listed[-1].stop if listed else at
        if text.find("等", at, stop) > at and _EXAMPLE.match(text, at, stop):
            return None
        if listed and self._is_named_after(listed[-1], end, stop):
            return None
        if listed and self._has_no_level(listed[0]):
            if _RIVALS.match(text, end, stop):
                return None  # 在珠三角九市中排名第二
            name, _, _ = subject_at(text, at, stop, True)
            name = name if len(name) > end - at else text[at:end]
            return _Topic(start, (), name, name, "zone")
        if listed and listed[0].deictic:
            if not self._is_about(listed[0], end, stop):
                return None
            name, _, kind = subject_at(text, end, stop, False)
            if kind in ("zone", "group"):
                return _Topic(start, self._unless_own(listed), name, name, kind)
            return _Topic(start, self._unless_own(listed), "", text[at:end], "word")
        if listed and self._is_about(listed[0], end, stop):
            if len(listed) > 1 and (together := _TOGETHER.match(text, end, stop)):
                group = text[at : together.end()]  # 甲海、乙山两市新建学校9所: one sum
                return _Topic(start, (), group, group, "group")
            if not self._complete(end) and (len(listed) > 1 or _EACH.search(text, end, stop)):
                return None
            name, name_stop, kind = subject_at(text, at, stop, True)
            if name and name_stop > end and kind != "group":
                exact = [m for m in listed if self._is_part(m) and (m.full or self._national)]
                return _Topic(start, self._unless_own(exact[:1]), name, name, kind)
            return _Topic(start, self._unless_own(listed), "", text[at:end], "place")
        counted = _COUNTED.match(text, at, stop) if text[at : at + 1].isdigit() else None
        name, _, kind = subject_at(text, counted.end() if counted else at, stop, bool(listed))
        if not name and not counted:
            name, written = doer_at(text, at, stop)
            if name:
                return _Topic(start, (), name, written, "doer")
        if counted:
            # 8个次发达镇生产总值增长…: the group is the subject of what follows it.
            return _Topic(counted.end(), (), name, name, kind) if name and kind in ("town", "zone", "org") else None
        return _Topic(start, (), name, name, kind) if name else None

    def _is_named_after(self, mention: Mention, end: int, stop: int) -> bool:
        """Whether a place by its short name begins that of a thing of which no figure is told: 甲市博物馆建成开放."""
        if _EVENT_THERE.match(self._text, end, stop):
            return True
        if mention.full or mention.deictic or _DIGIT.search(self._text, end, stop):
            return False
        return bool(_NAMED_AFTER.match(self._text, end, stop))

    def _object(self, at: int, stop: int) -> _Topic | None:
        """The zone of whose work a clause without figures tells, for those behind it: 推进××新区开发建设,…."""
        name, end, kind = object_in(self._text, at, stop)
        work = kind == "zone" and not self._text.startswith(name, at) and _WORK.fullmatch(self._text, end, stop)
        general = is_kind(name) or name.startswith(_WHOLE)
        return _Topic(stop, (), name, name, kind) if work and not general else None

    def _shifted(self, at: int, stop: int) -> _Topic | None:
        """The zone that a clause takes as its topic behind 将 or 使: 将××新区面积扩大至…."""
        while pivot := _PIVOT.search(self._text, at, stop):
            name, _, kind = subject_at(self._text, pivot.end(), stop, False)
            if kind == "zone":
                return _Topic(
                    pivot.start() - self._text.startswith("并", max(at, pivot.start() - 1)), (), name, name, kind
                )
            at = pivot.end()
        return None

    def _is_about(self, first: Mention, end: int, stop: int) -> bool:
        """Whether a place at the beginning of a clause is what the clause is about, and not an attribute (全国首个)."""
        digit = self._text[end : end + 1].isdigit()
        if (first.place_id == self._own and not (digit and self._national)) or self._is_part(first):
            return True
        if digit or (self._text.startswith(_ATTRIBUTE, end) and not _EACH_DOES.match(self._text, end)):
            return False
        if first.deictic:
            return not _SUPERLATIVE.search(self._text, end, stop)
        # A higher place by its short name mostly begins a longer one: 广东电网.
        return first.full or first.place_id not in self._places.ancestors(self._own)

    def _unless_own(self, listed: list[Mention]) -> tuple[str, ...]:
        """The places named; of one alone, none if it is the report's own."""
        return tuple(m.place_id for m in listed if len(listed) > 1 or m.place_id != self._own)

    def _beginning(self, start: int, stop: int) -> int:
        """Where a clause begins behind its numbering, conjunctions and times."""
        match = _BEGINNING.match(self._text, start, stop) if _BEGINS[self._text[start : start + 1]] else None
        return match.end() if match else start

    # --- places named in the clause of the figure ---

    def _named(self, fact: Fact, topic: _Topic) -> tuple[str, ...]:
        """Parts of the report's place that the figure's own clause names before it, if any, or the 省 of 对接省20个集群."""
        if fact.rule == _OF_OTHERS:
            return self._other(fact)
        if fact.indicator.startswith("省") and _PROVINCE.search(
            self._text, max(0, fact.numeral.phrase_start - 2), fact.numeral.phrase_start
        ):
            province = [place for place in self._places.ancestors(self._own) if self._places.level(place) == "province"]
            return tuple(province[:1])
        if self._text.endswith("等", 0, fact.numeral.phrase_start):
            return ()
        at = bisect_right(self._starts, self._clause_start(fact) - 1)
        while at < len(self._mentions) and self._mentions[at].start < fact.numeral.start:
            listed = self._list_at(self._mentions[at].start)
            end = listed[-1].stop
            mine = [m for m in listed if fact.indicator.startswith(self._text[m.start : m.stop])]
            whole = self._text[listed[0].start : end]
            alone = len(listed) > 1 and mine and not fact.indicator.startswith(whole) and self._is_part(mine[0])
            if alone and self._nth(fact) is not None:
                return (mine[0].place_id,)  # 甲海、乙山地区生产总值分别增长6%、5%
            together = len(listed) > 1 and _TOGETHER.match(self._text, end)
            among = (
                together
                or self._text.startswith("等", end)
                or _AMONG_EXAMPLES.match(self._text, end, fact.numeral.stop)
            )
            if self._counts(listed[0], fact, topic) and len(listed) < 3 and not among:
                return self._unless_own(listed) if len(listed) == 1 or self._complete(end) else ()
            at += len(listed)
        return ()

    def _other(self, fact: Fact) -> tuple[str, ...]:
        """The place before the bracket in which its value stands: 比全省(7%)高0.8个百分点."""
        before = bisect_right(self._starts, fact.numeral.phrase_start) - 1
        if before < 0 or fact.numeral.phrase_start - self._mentions[before].stop > _OTHER_VALUE:
            return ()
        return (self._mentions[before].place_id,)

    def _counts(self, mention: Mention, fact: Fact, topic: _Topic) -> bool:
        """Whether a place named within a clause may be the figure's: no partner, direction or field of comparison."""
        text, start, stop = self._text, mention.start, mention.stop
        name = text[start:stop]
        if self._has_no_level(mention):
            return False
        in_full = self._is_part(mention) and mention.full
        if not (
            in_full or fact.indicator.startswith(name) or (self._is_part(mention) and text[start - 1 : start] == "在")
        ):
            return False
        if name in topic.subject and not in_full:
            return False
        if text.endswith(_NOT_BEFORE, max(0, start - 4), start) or text[stop : stop + 1].isdigit():
            return False
        return not (mention.deictic and text.startswith(_ATTRIBUTE, stop))

    def _list_at(self, at: int) -> list[Mention]:
        """The mentions of a list that begins at `at`: A、B和C."""
        index = bisect_right(self._starts, at - 1)
        listed: list[Mention] = []
        while index < len(self._mentions) and self._mentions[index].start == at:
            listed.append(self._mentions[index])
            joint = _AND.match(self._text, listed[-1].stop)
            if not joint or listed[-1].deictic:
                break
            at = joint.end()
            index += 1
        return listed

    def _complete(self, end: int) -> bool:
        """Whether a list of places that ends here is whole, and its places are not counted together (A、B3个园区)."""
        return not (self._text[end : end + 1].isdigit() or _AND.match(self._text, end))

    def _is_part(self, mention: Mention) -> bool:
        """Whether the mention is of a lower administrative area in the report's own."""
        own = mention.place_id == self._own
        return not own and self._inside(mention.place_id) and not self._has_no_level(mention)

    def _has_no_level(self, mention: Mention) -> bool:
        """Whether the mention is of a zone or of a region in one province, which are subjects."""
        place = self._places.place(mention.place_id)
        return place.level == "zone" or (place.level == "region" and place.parent_id != "cn")

    def _inside(self, place_id: str) -> bool:
        return not self._own or self._places.within(place_id, self._own)

    # --- sentences that head others ---

    def _read_leads(self, sentences: Sequence[Sentence]) -> dict[int, _Topic]:
        text = self._text
        leads: dict[int, _Topic] = {}
        topic: _Topic | None = None
        heading = whole_paragraph = False
        for sentence in sentences:
            new_paragraph = sentence.start == 0 or text[sentence.start - 1] == "\n"
            at = self._beginning(sentence.start, sentence.stop)
            body = text[at : sentence.stop]
            if len(body) <= _LEAD_SENTENCE and not _FIGURES.search(body):
                lead = self._lead(at, sentence.stop, new_paragraph)
                if lead or new_paragraph or not whole_paragraph:
                    # What heads a paragraph holds for all of it, what stands in the middle up to the next such sentence.
                    topic, heading, whole_paragraph = lead, not body.endswith("。"), new_paragraph
                continue
            if new_paragraph and not heading:
                topic = None
            heading = False
            topic = (self._label(at) if new_paragraph else None) or topic
            if topic:
                leads[sentence.start] = topic
                if topic.kind == "programme":
                    topic = None
        if self._national:
            self._carry(sentences, leads)
        return leads

    def _label(self, at: int) -> _Topic | None:
        """The place that labels a paragraph: 湖州市:前三季度生产总值9亿元."""
        first = bisect_left(self._starts, at)
        if first == len(self._starts) or self._starts[first] != at:
            return None
        mention = self._mentions[first]
        labels = self._text.startswith(":", mention.stop) and not mention.deictic
        return _Topic(at, (mention.place_id,), kind="place") if labels else None

    def _carry(self, sentences: Sequence[Sentence], leads: dict[int, _Topic]) -> None:
        """Let the place that a sentence speaks of hold for those behind it in the paragraph that go on about it (全省, 当地)."""
        last: _Topic | None = None
        for sentence in sentences:
            first = bisect_right(self._starts, sentence.start - 1)
            named = self._mentions[first : bisect_right(self._starts, sentence.stop - 1)]
            back = any(m.place_id == self._own and not self._text[m.stop : m.stop + 1].isdigit() for m in named)
            if back or sentence.start == 0 or self._text[sentence.start - 1] == "\n":
                last = None
            if last and not self._tells_on(last) and not _SAME_PLACE.match(self._text, sentence.start, sentence.stop):
                last = None
            if last:
                leads.setdefault(sentence.start, last)
            for start, stop in sentence.clauses:
                found = self._topic_at(self._beginning(start, stop), stop, start)
                if found and found.kind in ("place", "word"):
                    last = found if found.places else None

    def _tells_on(self, topic: _Topic) -> bool:
        """Whether sentences that do not say so may be about the place before."""
        single = len(topic.places) == 1 and self._places.level(topic.places[0]) != "region"
        return self._told and single

    def _lead(self, at: int, stop: int, new_paragraph: bool) -> _Topic | None:
        """The topic of a sentence that heads others."""
        name, end, kind = object_in(self._text, at, stop)
        begins_with_verb = not self._text.startswith(name, at)
        heads = new_paragraph or "发展" in self._text[end:stop]
        if kind == "zone" and begins_with_verb and heads and stop - end <= _AFTER_ZONE and not is_kind(name):
            return _Topic(at, (), name, name, kind)
        if kind == "programme" and not new_paragraph:
            return _Topic(at, (), name, name, kind)
        if not new_paragraph:
            return None
        index = bisect_right(self._starts, at - 1)
        near = (m for m in self._mentions[index : index + 3] if m.stop <= stop)
        parts = [m for m in near if self._is_part(m) and self._places.level(m.place_id) != "region"]
        return _Topic(at, (parts[0].place_id,)) if len(parts) == 1 else None

    # --- the indicator's own words ---

    def _strip(self, fact: Fact, topic: _Topic) -> str:
        """The indicator without the place and the subject in front of it."""
        summed = "累计" if fact.indicator.startswith("累计") else ""  # stands before the place too
        indicator = fact.indicator.removeprefix(summed)
        names = [topic.subject, topic.name, *(self._text[m.start : m.stop] for m in self._before(fact))]
        changed = True
        while changed:
            changed = False
            for name in names:
                if not name or not indicator.startswith(name):
                    continue
                rest = indicator[len(name) :].lstrip("的内、和")
                if len(rest) < 2 or (rest[0] in _BOUND and rest[:2] not in common_words()):
                    continue  # 甲省团成交额 is no 团成交额
                # 全市性检查 is no 性检查; 全国 before a title (全国重点实验室) is part of it.
                titled = name in _NATION and rest.startswith(_TITLES)
                little = topic.kind in ("works", "programme", "event") or name.endswith(_KINDS_OF_GROUND)
                bare = rest in _SAYS_LITTLE or bool(_BARE_RATE.fullmatch(rest))
                if not (titled or (bare and little)):
                    indicator, changed = rest, True
        if not self._own:
            indicator = _OWN_AREA.sub("", indicator)  # of a place that is not known
        return summed + indicator

    def _before(self, fact: Fact) -> list[Mention]:
        """The mentions of the fact's sentence up to the end of its clause, if they are near."""
        start, stop = fact.numeral.start - _REACH, fact.numeral.start + _REACH
        first = bisect_left(self._starts, start if start > fact.sentence.start else fact.sentence.start)
        if first == len(self._starts) or self._starts[first] > stop:
            return []
        last = bisect_right(self._starts, min(fact.sentence.clauses[fact.clause][1], stop))
        return self._mentions[first:last]
