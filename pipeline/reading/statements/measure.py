"""What kind of number it is: level, growth, change, rank or multiple; and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.knowledge import any_of, any_unless, vocabulary
from pipeline.models import Numeral, Span
from pipeline.prefilter import filtered
from pipeline.reading.statements import word_lists as w
from pipeline.reading.statements.phrase import Tail
from pipeline.rules import Answer, Words, deciding, stage


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison before a number. `before` is what stands before it; `versus`: with a thing, not with a time.

    kind: yoy | since | versus. sign: -1 where less. reference: what it is compared with, as written.
    """

    before: str
    kind: str
    reference: str
    sign: int
    verb: str

    @property
    def versus(self) -> bool:
        """Whether it is with another thing."""
        return self.kind == "versus"


_SMALL = vocabulary("function_words")
_TIMES = vocabulary("time")
_CHANGES = vocabulary("constructions")["changes"]
_WORDS = vocabulary("constructions")["compared"]
_MORE = filtered(
    # 好于Ⅲ类水体: a class of waters is no other figure.
    rf"(?<!不)(?P<verb>{any_of([*_WORDS['more'], *_WORDS['less']])}|{any_unless(_WORDS['more_short'])})(?![ⅠⅡⅢⅣⅤIV]+类)"
    # The thing may have brackets of its own; of (产值超过9亿元的)下降 the comparison ends in them.
    r"(?P<thing>(?:[^,;:高低快慢超落()]|\([^()]{0,16}\)){1,24})$"
)
_AGAINST_WORDS = re.compile(any_of(("相比", "相较", *_CHANGES["against"])))
_MORE_MONEY = any_of([*_CHANGES["more_money"], *("多" + verb for verb in _CHANGES["got_and_given"])])
_LESS_WORDS = (*_CHANGES["less_money"], *("少" + verb for verb in _CHANGES["got_and_given"]))
_LESS_MONEY = any_of(_LESS_WORDS)
_THAN_VERBS = (
    rf"(?<![负最至])(?P<verb>{_MORE_MONEY}|{_LESS_MONEY}|{any_of(_WORDS['by'])}){any_of(_SMALL['behind_change'])}?$"
)
_THAN_THING = rf"(?<![同环可占对相正反])(?:{any_unless(_WORDS['than'])}|较)(?P<thing>[^,;:比较]{{1,24}}?)"
_THAN = filtered(rf"{_THAN_THING}{any_of(_WORDS['adverbs'])}?{_THAN_VERBS}")
_CHANGED = re.compile(_THAN_VERBS)
# 与2019年相比,企业增加60家: what all that follows in the sentence is compared with; and with no mark behind it.
_AGAINST = (
    rf"(?:{any_of(_CHANGES['set_beside'])}(?P<thing>(?:同期|[^,;:相与和同]){{1,20}}?)(?:的?情况)?相(?:比较?|较){any_of(_SMALL['regarding'])}?"
    rf"|{any_of(_CHANGES['against'])}(?P<other>[^,;:]{{1,20}}?)(?:的?情况)?)"
)
# A year or a census may have a remark and its value (与2015年(普查数,下同)的90家相比), and its thing before it.
_AGAINST_YEAR = (
    rf"[^,;:。\n与同和]{{0,12}}[与同和](?P<since>(?:(?:19|20)\d\d年(?!同期)|第[一二三四五六]次(?:全国)?{any_of(_TIMES['censuses'])}普查)"
    r"(?:[^,;:。()]|\([^()]{0,30}\)){0,48}?)相比"
)
_AGAINST_OPENS = re.compile(rf"(?:^|[,;:。\n])(?:(?:但|而)?{_AGAINST}|{_AGAINST_YEAR}),")
_AGAINST_INSIDE = re.compile(_AGAINST + "(?=.)")
_COMPARED_ALREADY = re.compile(f"{any_unless(_WORDS['than_at_all'])}|较")
# 同比增收9亿元, 增收9亿元: a change of the revenue or spending told before; 超收 is more than was planned.
_MONEY_CHANGED = re.compile(
    rf"^(?:绝对[额值])?(?P<thing>同比)?(?P<verb>{_MORE_MONEY}|{_LESS_MONEY}|超收|(?<=同比)[多少]){any_of(_WORDS['behind_change_of_money'])}?$"
)
_THAN_END = re.compile(rf"{_THAN_THING}$")
# 退出企业90家、超计划8家: by how many more than planned.
_OVER_PLAN = filtered(
    rf"(?:^|(?<=[、,]))超{any_of(_WORDS['over'])}?((?:“?[一二三四五六七八九十]{{1,2}}五”?|年度?)?{any_of(_WORDS['over_plan'])}{{1,2}})$"
)
_LESS = frozenset({*_WORDS["less"], *_WORDS["by_less"], *_LESS_WORDS})
_SHARES: tuple[str, ...] = tuple(_CHANGES["shares_told"])
_LOW: tuple[str, ...] = tuple(_WORDS["low"])
_LEAST: tuple[str, ...] = tuple(_WORDS["least"])
_LAST_YEAR = re.compile(any_of(_TIMES["last_year"]))
# 前三季度比上半年加快
_HALF = re.compile(r"^上半年")
# 比1-6月加快, 比7月份加快: up to a month before, or one.
_MONTHS = re.compile(r"^(?:[1一元]月?(?:份)?[-—–－~～至到]{1,2})?\d{1,2}月(?!末|底)")
_TIME = re.compile(
    rf"^(?:\d{{4}}年?{any_of(_TIMES['of_year_compared'])}?|(?:\d+|[一二三四五六七八九十两]+)年前|“?十[一二三四五六]五”?{any_of(_TIMES['of_plan_compared'])}?"
    rf"|“[六七八九十]五”{any_of(_TIMES['of_old_plan_compared'])}?|年初(?!{any_of(_TIMES['planned_then'])}|[批核])|上一?个?[三四五]年|前[三四五]年|{any_of(_TIMES['named_bases'])}"
    rf"|{any_of(_WORDS['base_times'])}|“?[一二三四五六七]经普”?|第[一二三四五六七]次(?:全国)?{any_of(_TIMES['censuses'])}普查|近[三五十]年(?:平均|均值)?|疫情前|[^,;、\d]{{2,10}}{any_of(_CHANGES['beginnings'])})"
)
_GROWTH_UNITS: frozenset[str] = frozenset(_CHANGES["growth_units"])
_RATIO = frozenset({*vocabulary("constructions")["units"]["ratio"], "个千分点"})


def is_less(word: str) -> bool:
    """Whether a word alone tells a decrease (压减, 少), or it ends what is said of a thing: 失业率低9个百分点."""
    return word in _LESS or word in w.FALL or (word.endswith(_LOW) and not word.endswith(_LEAST))


def compare(lead: str, unit: str) -> Comparison | None:
    """The comparison at the end of `lead` (…高出全省平均水平, …比上年), if there is one."""
    match = _THAN.search(lead)
    if match:
        thing, verb = match["thing"], match["verb"]
        if verb in w.RISE or verb in w.FALL:
            kind = _kind(thing)
            # 比上年增长: the verb of change is read again by the caller.
            return Comparison(lead[: match.start()] + verb, kind, thing, 1 if verb in w.RISE else -1, verb)
        return Comparison(lead[: match.start()], _kind(thing), thing, -1 if verb in _LESS else 1, verb)
    if unit in ("番", "倍") and (end := _THAN_END.search(lead)):
        return Comparison(lead[: end.start()], _kind(end["thing"]), end["thing"], 1, "翻" if unit == "番" else "")
    if match := _OVER_PLAN.search(lead):
        return Comparison(lead[: match.start()], "versus", match[1], 1, "超")
    if unit in _RATIO or "位" in unit or "倍" in unit:
        match = _MORE.search(lead)
        # 降至超九公斤、进出口下降: what fell is no thing to compare with.
        # Of 收入超过9万元的村占比 the share is what is told.
        own = match and unit == "%" and match["thing"].endswith(_SHARES)
        # 下降超过约3%, 下降超各3%: nothing is compared.
        nothing = match and (match["thing"] in w.ADVERB or match["verb"] + match["thing"] in w.REACH)
        if match and not (own or nothing) and not w.FALL.at_end(match["thing"].rstrip("为达了各约近")):
            verb, thing = match["verb"], match["thing"]
            return Comparison(lead[: match.start()], _kind(thing), thing, -1 if verb in _LESS else 1, verb)
    return None


def set_against(sentence: str) -> list[tuple[int, str]]:
    """What the figures behind an offset of a sentence are compared with, where a clause says nothing else."""
    if not _AGAINST_WORDS.search(sentence):
        return []
    return [
        (found.end(), found["thing"] or found["other"] or found["since"]) for found in _AGAINST_OPENS.finditer(sentence)
    ]


def with_comparison(lead: str, against: str) -> str:
    """The words before a number with what they are compared with beside the verb (企业增加 → 企业比2019年增加).

    `against`: what the clause before says of it; empty if the words themselves may say so (与上年相比增长).
    """
    if not against and "相" in lead and (inside := _AGAINST_INSIDE.search(lead)):
        lead, against = lead[: inside.start()] + lead[inside.end() :], inside["thing"] or inside["other"]
    # 文盲率由5%下降为3%: what it became is no change.
    changed = against and not lead.endswith("为") and not _COMPARED_ALREADY.search(lead) and _CHANGED.search(lead)
    return f"{lead[: changed.start()]}比{against}{lead[changed.start() :]}" if changed else lead


def money_changed(lead: str) -> Comparison | None:
    """By how much more or less money came in or went out (同比增收), where the words before a number say only that."""
    match = _MONEY_CHANGED.match(lead)
    if not match:
        return None
    verb = match["verb"]
    return Comparison("", "versus" if verb == "超收" else "yoy", match["thing"] or "", -1 if verb in _LESS else 1, verb)


def _kind(thing: str) -> str:
    if _TIME.match(thing) or _MONTHS.match(thing):
        return "since"
    if _HALF.match(thing):
        return "previous"
    return "yoy" if _LAST_YEAR.search(thing) else "versus"


# 恢复至2019年的115%
RESTORED = "恢复"


@dataclass(slots=True)
class Measured:
    """A value and the words beside it, as the rules of the stage `measure` look at them; `sign` is what they found."""

    numeral: Numeral
    tail: Tail
    trail: str
    versus: Comparison | None
    taken_away: bool
    earlier: bool
    sign: int = 1
    # Any words of rules may stand here.
    signs = -1

    def known(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What is known of the value under the names that rules use in `when`: those of `_KNOWN`, in that order."""
        assert names == _KNOWN
        versus, tail = self.versus, self.tail
        if self.numeral.rank:
            state = "rank"
        elif self.earlier:
            state = "old"
        else:
            state = "plain" if versus is None else "versus"
        verb = "change" if tail.change and not tail.reached else "rate" if tail.verb in _RATE_WORDS else "none"
        return (
            "no" if versus is None else versus.kind,
            _SCALES.get(self.numeral.unit, "times" if "倍" in self.numeral.unit else "other"),
            state,
            "yes" if self.taken_away else "no",
            verb,
        )

    def find(self, region: str, words: Words) -> Span | None:
        """Whether the words stand in what the region says; the value has no place of its own."""
        return (0, 0) if words.look(_REGIONS[region](self)) else None


_KNOWN = ("compared", "scale", "state", "taken", "verb")
_REGIONS: dict[str, Callable[[Measured], str]] = {
    "against": lambda value: value.versus.verb if value.versus else "",
}
_RATE_WORDS: frozenset[str] = frozenset(_WORDS["rates"])
_FALLING_RATES: frozenset[str] = frozenset(_WORDS["falling_rates"])
_SCALES: dict[str, str] = {unit: scale for scale, units in _WORDS["scales"].items() for unit in units}


def measure_of(
    numeral: Numeral, tail: Tail, trail: str, versus: Comparison | None, taken_away: bool, earlier: bool
) -> tuple[str, int, str]:
    """The measure, the sign of the value (+1 or -1), and the rule that decided; a value is a level where none speaks."""
    value = Measured(numeral, tail, trail, versus, taken_away, earlier)
    if told := stage("measure").decide(value):
        return told[0], value.sign, told[1]
    if earlier:
        return "level", 1, "measure.old-value"
    if numeral.unit not in _RATIO:
        return "level", 1, "measure.amount"
    fallen = tail.change < 0 and not tail.reached  # 消费价格下降0.1%
    return "level", -1 if fallen else 1, "measure.fall-of-prices" if fallen else "measure.share"


def _found(value: Measured, sign: int, makes: str = "") -> Answer:
    value.sign = sign
    return makes, 0, 0


@deciding("compared_multiple")
def _compared_multiple(value: Measured) -> Answer | None:
    assert value.versus is not None
    return None if value.versus.verb in w.RISE else _found(value, 1)


@deciding("compared_prices")
def _compared_prices(value: Measured) -> Answer | None:
    assert value.versus is not None
    return _found(value, value.versus.sign) if _OF_PRICES.search(value.versus.before) else None


@deciding("compared_change")
def _compared_change(value: Measured) -> Answer | None:
    assert value.versus is not None
    unit = value.numeral.unit
    return _found(value, 1 if unit == "番" else value.versus.sign, "growth" if unit in _GROWTH_UNITS else "change")


@deciding("change_in_points")
def _change_in_points(value: Measured) -> Answer | None:
    return _found(value, -1 if value.tail.change < 0 or value.taken_away else 1)


@deciding("times_more")
def _times_more(value: Measured) -> Answer | None:
    return _found(value, 1, "growth" if value.tail.change else "multiple")


@deciding("amount_taken_away")
def _amount_taken_away(value: Measured) -> Answer | None:
    return _found(value, -1, "growth" if value.numeral.unit in _RATIO else "change")


@deciding("noun_of_change")
def _noun_of_change(value: Measured) -> Answer | None:
    noun = _NOUN_OF_CHANGE.match(value.trail)
    return _found(value, -1 if noun[1][0] in "降跌减" or value.tail.change < 0 else 1) if noun else None


@deciding("verb_of_change")
def _verb_of_change(value: Measured) -> Answer | None:
    if value.numeral.unit not in _RATIO:
        return _found(value, value.tail.change, "change")
    prices = _LEVEL_OF_PRICES.search(value.tail.text + value.tail.verb)
    return None if prices else _found(value, value.tail.change, "growth")


@deciding("rate_of_change")
def _rate_of_change(value: Measured) -> Answer | None:
    if value.tail.verb not in _RATE_WORDS or (value.tail.change < 0 and not value.tail.reached):
        return None
    return _found(value, value.tail.change or (-1 if value.tail.verb in _FALLING_RATES else 1))


# 优良天数比例改善2个百分点 is a rise, PM2.5浓度改善6% a fall.
_FOR_THE_BETTER: frozenset[str] = frozenset(_WORDS["for_the_better"])
_GOOD_RATE = re.compile(rf"{any_of(_WORDS['better_when_more'])}$")
_NOUN_OF_CHANGE = re.compile(
    rf"^的?{any_of(_WORDS['manners_of_change'])}?({any_of(_WORDS['nouns_of_change'])})(?![为是达])"
)
# The change of consumer prices is the indicator itself, so its value is a level.
_OF_PRICES = re.compile(rf"居民消费(?:价格|物价){any_of(_WORDS['price_levels'])}?(?:\(CPI\))?[^,;:。消]{{0,2}}$")
_LEVEL_OF_PRICES = re.compile(r"消费(?:者)?(?:价格|物价)|CPI|涨幅$")


def is_for_the_better(name: str, verb: str) -> bool:
    """Whether the verb says that there is more of what is good: 优良天数比例改善2个百分点."""
    return verb in _FOR_THE_BETTER and bool(_GOOD_RATE.search(name))
