"""Decide what a numeral is: the kinds of the ledger, from the words around it."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.knowledge import any_of, vocabulary
from pipeline.prefilter import Characters, filtered
from pipeline.reading.numerals.draft import Draft
from pipeline.reading.numerals.patterns import ahead, behind
from pipeline.reading.numerals.scan import BOUND_BEFORE, REACH
from pipeline.reading.numerals.unit_phrases import MEASURED, MEASURED_OR_NUMBER, unit_at
from pipeline.text.chinese_numbers import DIGITS, SCALES

_NAMES = vocabulary("names")
_SMALL = vocabulary("function_words")
_RANK = _NAMES["rank"]
_CJK = "\u4e00-\u9fff"

_HEADING = re.compile(r"[.、)](?![0-9])|\.(?=(?:19|20)[0-9]{2}年)")
_LINE_STARTS = frozenset("\n。;:!？！●")
_DOCUMENT = behind(_NAMES["document"]["before"])
_DOCUMENT_ORDINAL = ahead(_NAMES["document"]["after_ordinal"])
_KIND_UNITS = frozenset(_NAMES["number_of"]["units"])
_NUMBER_OF = ahead(_NAMES["number_of"]["after"])
_NUMBERS_OF = Characters(_NUMBER_OF.pattern)
_NAMED_DRIVE = ahead(_NAMES["drives"])
_NUMBER_OF_ORDINAL = ahead(_NAMES["number_of"]["after_ordinal"])
_NUMBER_OF_BEFORE = behind(_NAMES["number_of"]["before"])
_GENERATION = ahead(_NAMES["generation"])
# “城内1小时、甲乙2小时”交通圈
_IN_CIRCLE = re.compile(r"(?:、[^“”\d\n]{1,10}[\d.]+小时)*”[^,;。“\d]{0,4}圈")
_CIRCLE = re.compile(rf"[{_CJK}]{{0,6}}?" + ahead(_NAMES["circle"]).pattern)
_NAMED_SPAN = ahead(_NAMES["named_spans"])
_BUILT = behind(_NAMES["built"])
_AROUND = ahead(_NAMES["around_the_clock"])
_RESULT_SPAN = behind(_NAMES["result_span"])
_REFERENCE_SPAN = behind(_NAMES["reference_span"])
# How rare the flood is that a dyke withstands; 20年或50年一遇.
RETURNS = "年一遇"
_OR_RETURNS = re.compile(rf"年(?:[或、和及至到—-]|以及)(?:[0-9]+|[{''.join(DIGITS)}{''.join(SCALES)}]+){RETURNS}")
_STANDARD = re.compile(rf"[^,。;\n]{{0,30}}?{behind(_NAMES['withstanding']).pattern}")
_CLOCK = re.compile(rf"[时点](?=[0-9]{{1,2}}分|{any_of(_NAMES['clock_ends'])}|[,。、)]|$)")
_CLOCK_COLON = re.compile(r":[0-5][0-9](?::[0-5][0-9])?(?![0-9.:])")
# The volume of a yearbook: 2022卷
_VOLUME_YEAR = re.compile("(?:19|20)[0-9]{2}")
# 20XX年 of a text that is to serve as a model; Tue, 24 Aug 2021
_UNNAMED_YEAR = re.compile(r"[XxＸ×*]{2}年")
_UNNAMED = frozenset("XxＸ×* ")
_MONTH = r" (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?,? "
_ENGLISH_DATE, _ENGLISH_MONTH = re.compile(_MONTH + r"(?:19|20)\d\d"), re.compile(_MONTH + r"\Z")
_CLOCK_COLON_BEFORE = re.compile(r":(?:[0-9]{2}:)?[0-9]{1,2}(?![0-9.:])")
_PLANT = re.compile(rf"(?!{any_of(_NAMES['not_in_a_name'])})[{_CJK}“”]{{0,12}}?" + ahead(_NAMES["plant"]).pattern)
_PLANT_LIST = re.compile(
    rf"(?!{any_of(_NAMES['not_in_a_name'])})[{_CJK}]{{2,10}}(?:、[^,。;\n]{{2,24}})?等[^,。;\n]{{0,14}}?(?:项目|工程)"
)
# 9万吨甲材料和8万吨乙材料项目
_PLANT_NEXT = re.compile(
    rf"(?!{any_of(_NAMES['not_in_a_name'])})[{_CJK}]{{2,12}}[、和及]\d[\d.]*万?{any_of(_NAMES['capacity_units'])}[{_CJK}]{{2,14}}?{any_of(_NAMES['capacity_ends'])}"
)
_CLASS = (
    f"(?:{ahead(_NAMES['classed']).pattern}"
    f"|{ahead(_NAMES['classed_short']).pattern}(?=[0-9,。;、!)\n达有数均增超占的]|$))"
)
_CLASSED = re.compile(rf"的?[^,。;:、\n的和在是由0-9]{{0,12}}?{_CLASS}")
_CLASSED_NEXT = re.compile(rf"(?:{ahead(_NAMES['class_adjectives']).pattern}){{0,2}}{_CLASS}")
_NTH = re.compile(rf"{any_of(_NAMES['only_one'])}[一二三四五六七八九十]{{0,2}}[个座家]$")
_VERB = ahead(_NAMES["verbs"])
_LIST_OF_SIZES = re.compile(rf"(?:[、和或][0-9][0-9.]*[百千万亿]*{any_of(_NAMES['sizes_listed'])})+(?=的)")
_OPENS_LINE = re.compile(r"[-—－]?(?:\n|\Z)")
# 对年产值突破10亿元、50亿元的企业: whom a rule is for, and the next of several such sizes.
_FOR_THOSE = re.compile(r"[^,。;:\n]{0,20}?对(?:[,。;:、\n \)条]|\Z)")
_AND_THOSE = re.compile(
    rf"(?:[、和或]{behind(_NAMES['sizes_listed']).pattern}?[百千万亿]*[0-9.]+)+{behind(BOUND_BEFORE).pattern}{_FOR_THOSE.pattern}"
)
# Money for a class of things is no class: 1亿元产业发展资金.
_FUND = re.compile(rf"[{_CJK}“”]{{2,12}}?{any_of(_NAMES['funds'])}")
_COUNT_LATER = re.compile(r"[^,。;:、\n0-9]{1,16}[0-9]")
_FIRST_ONE = re.compile(rf"的[{_CJK}]{{2,8}}?(?:实现|取得)[“‘]?(?:破零|零的?突破)")
_COUNT_EARLIER = re.compile(rf"[^,。;:、\n0-9]{{0,16}}[{_CJK}][0-9]")
_COUNT_DIRECTLY = re.compile(r"[0-9][个条家座所项处片只艘]\Z")
_THING = re.compile(rf"的[{_CJK}]{{2}}")
_COUNT_NEXT = re.compile(rf"{any_of(_SMALL['amounting'])}?[0-9]{{1,5}}[家个户宗](?![0-9])")
_THOSE_THAT = re.compile(rf"的{any_of(_SMALL['amounting'])}?[0-9]+[家个户条种项所座镇村只名]")
# The things of a class with their number: 的河流36条
_COUNTED_THINGS = re.compile(
    rf"的([{_CJK}]{{2,6}}?){any_of(_SMALL['amounting_or_more'])}?[0-9]{{1,6}}[多余]?[个家户名项条所座支处艘辆台株栋]"
)
# Units that count the members of a class: 2家以上的企业 is a number of them, 10人以上的企业 a class.
_CLASS_UNITS = frozenset("个家户名项条所座只支")
_SHARE = behind(_NAMES["shares_reached"])
_RATE_LATER = re.compile(
    rf"[^,。;:、\n0-9]{{2,20}}?{any_of(_NAMES['shares'])}(?:连续[0-9]+年)?[^,。;:、\n0-9]{{0,6}}[0-9.]+%"
)
# 9市PM2.5浓度下降6%, 9市优良率达90%: of so many places without a classifier
_RATE_OF_PLACES = re.compile(
    r"[市县区州旗镇乡](?:[^,。;:、\n0-9]{0,8}PM(?:2\.5|10))?"
    rf"[^,。;:、\n0-9]{{0,12}}?{any_of(_NAMES['rates_of_places'])}[^,。;:、\n0-9]{{0,8}}[0-9.]+(?:%|微克)"
)
_RATE_OF = re.compile(rf"的[^,。;:、\n0-9]{{1,6}}{any_of(_NAMES['shares'])}")
_POOL = re.compile(
    rf"[^,。;:、\n0-9中(居列排位全]{{0,8}}[市县区州省镇](?:\([^)\n]{{0,10}}\))?第[0-9一二三四五六七八九十]"
    rf"|[^,。;:、\n0-9中(]{{0,14}}(?:\([^)\n]{{0,10}}\))?(?<![高初集其空途])中(?![小心医国学央期部等型专高职草])[,]?(?:[0-9]|{ahead(_NAMES['pool_after']).pattern}|[^,。;\n0-9]{{0,4}}{any_of(_NAMES['placed_in_pool'])})"
    # 在90项经验中,我市超过五分之一
    rf"|[^,。;:、\n0-9中]{{1,14}}中,[^,。;\n0-9]{{1,12}}?{any_of(_NAMES['shares_taken'])}(?:[一二三四五六七八九]成|[二三四五六七八九十百]+分之|半数)"
    # 全市9个县、市、区中居第2位
    r"|[个座]?[市县区州旗镇乡](?:[、(][市县区州旗镇乡]\)?){1,3}中(?=[排位居列名第])"
    # 90种产品中,占比超过10%的有40种
    rf"|[^,。;:、\n0-9中(]{{1,14}}中,[^,。;\n0-9]{{0,16}}[0-9.]+[^,。;\n0-9]{{1,4}}的有[0-9]"
)
_PART_LATER = re.compile(rf"[^,。;:、\n0-9]{{2,24}}的[{_CJK}]{{2,8}},(?:其中)?([0-9]{{1,9}})")
_PART_VERB = ahead(_NAMES["part_verbs"])
_CLAUSE_STARTS = frozenset("\n。;,:")
# 全国90个监测城市前10位
_POOL_OF_RANK = re.compile(
    r"[^,。;:、\n0-9入进获评]{0,8}(?:(?<![学目此提之以])前(?:\d+|[一二三四五六七八九十]+)[位名强]?"
    r"|(?<=[^最今以之])“?后(?:\d+|[一二三四五六七八九十]+)[位名](?![^,。;:、\n”]))"
)
_HAVE = re.compile(r"[^,。;:、\n0-9中有]{2,14}(?:已经?)?有([0-9]{1,9})(?![0-9.])")
_AMONG = re.compile(r"[^,。;:、\n0-9中]{1,16}中,")
_POOL_END = re.compile(r"[^,。;:、\n0-9]{1,16}?(?<!分)" + ahead(_NAMES["pool_ends"]).pattern)
_RANK_TO = behind(_RANK["to"])
_NOT_FRONT = behind(_RANK["not_front"])
_RANK_CUE = re.compile(r"[^,。;\n]{0,8}?" + behind(_RANK["cue"]).pattern)
_RANK_ORDINAL = ahead(_RANK["ordinal_units"])
_OF_ITS_KIND: tuple[str, ...] = tuple(_RANK["nth_units"])
_RANK_ENDS = re.compile(rf"(?:[,。;、!)(\n“”和及与的]|$|[^{_CJK}])")
_AGE_REACHED = re.compile(r"[至到](?![0-9])|[达超加了]|高提|[^,。;\n]{0,30}(?:命寿|龄年)")
_PEOPLE_OF_AGE = re.compile(rf"的?[^,。;:、\n的0-9]{{0,8}}?{any_of(_NAMES['people_of_age'])}")
_OF_SPEED = re.compile(rf"[{_CJK}]{{0,8}}?" + ahead(_NAMES["of_speed"]).pattern)
# 0—14岁、15—59岁、60岁及以上人口: who they are stands behind the last.
_AGES_LISTED = re.compile(r"(?:[、和及与][0-9]{1,3}(?:周?岁?[-—~至到][0-9]{1,3})?周?岁(?:及?以[上下])?)+")
_YEARS_OF_SCHOOL = re.compile(r"[^,。;\n]{0,6}限年")
_ROUND_THE_CLOCK = re.compile(r"天每|天全")
_FESTIVAL = re.compile(rf"个[{_CJK}“”]{{2,14}}[日节]")
_POPULOUS = re.compile(rf"人口?(?:以上|及以上)的?[^,。;、\n]{{0,6}}?{any_of(_NAMES['places_of_people'])}")
_POPULOUS_COUNT = re.compile(r"[0-9][个座]人口\Z")
_SETTLEMENT = re.compile(rf"[^,。;、\n0-9]{{0,10}}?(?:{ahead(_NAMES['settlements']).pattern})")
_OF_WHOEVER = MEASURED_OR_NUMBER | {"counted", "ratio"}
# A condition on which money is granted, or one of several in their order.
_WHOEVER = filtered(
    rf"(?:、[0-9.]{{1,8}}[万亿]?[元吨亩人家%]{{1,2}}){{0,12}}(?:\(含\))?{any_of(_NAMES['bounds_of_condition'])}?(?:\(含\))?的[,,](?:{any_of(_NAMES['granted_each'])}|每[家个户人亩])?(?:一次性)?(?:[按以][^,;。]{{2,24}}?)?{any_of(_NAMES['granting'])}"
)
_PART_OF_THEM = re.compile(f"的(?:部分(?=[,。;、:)]|占)|{any_of(_NAMES['shares_of_class'])}|占[^地用])")
# 海拔1500米以上学校
_TIMES = frozenset(_NAMES["times"])
# 连续9个榨季
_SEASONS = ahead(["个" + word for word in _NAMES["seasons"]])
_HEIGHT = re.compile("[上及]?拔海")
# “3个100万”: a slogan that is nothing but numbers.
_SLOGAN = re.compile(r"“(?:[0-9一二三四五六七八九十两]{1,3}[个大项条]|[0-9.%万亿千百—+-]{1,8})\Z")
_POLICY_HEAD = behind(_NAMES["policy_heads"])
_RULES_OF = behind(_NAMES["rule_givers"])
_POLICY_VERB = re.compile(rf"[{_CJK}]{{3,12}}" + behind(_NAMES["policy_verbs"]).pattern)
_POLICY_PARTS = frozenset(_NAMES["policy_parts"])
_MAKER = re.compile(rf"的[{_CJK}]{{2,16}}{any_of(_NAMES['makers'])}")
_OUTPUT = re.compile("产[年日]")
_POLICY_END = re.compile(r"(?:[”》,。;、)\n]|$|等|政策(?!措施|举措)|意见|新政)")
_QUOTE_SHORT = re.compile(r"[^“”\n。,]{0,6}”")
_VALUE_BEFORE = re.compile(r"[为达至到于占是约超增了成比数率值量额分度名破居近：:]")
_ENDS = re.compile(r"[,。;、!?)(\n“”和及与]|$")
# 由1.9缩小到…, 由上年的1.9缩小到…: an old value.
_OLD_VALUE = re.compile(r"(?:的[年底末初前期季][^,。;、\n]{0,8}?)?[从由]")
_INDEX = re.compile(r"(?:在制控|[在至到为达])?" + behind(_NAMES["indices"]).pattern)
_CLASSES_IN_LETTERS: frozenset[str] = frozenset(_NAMES["classes_in_letters"])
_BARE = frozenset(_NAMES["bare_nouns"])
_BARE_WORDS: tuple[str, ...] = tuple(_NAMES["bare_words"])
_YEAR_CUE = frozenset("比较自从到至(于在截—-~、")
# 透过2025回望五年; 告别2025,迎来2026
_YEAR_SPOKEN_OF = behind(_NAMES["years_spoken_of"])
_AFTER_YEAR = re.compile(r"[,。、;!？]|回[望顾看首]|展望")
# “护航2025年某某行动”: in the name of a drive, behind other words of it
_NAMED_YEAR = re.compile(rf"年[{_CJK}]{{2,8}}{any_of(_NAMES['drives_of_a_year'])}”")
_YEAR_ON = re.compile(r"[)—~-]|连续|以来|(?:、|和)(?:19|20)[0-9]{2}(?![0-9])|与?同期")
# Dimensions in which the size of a plant is told.
_CAPACITY = frozenset(["mass", "volume", "power", "apparent_power", "electricity", "energy", "energy_oil", "heat"])
_COUNTED = rf"(?<![\d.第])\d[\d,]*[多余]?[{''.join(sorted(_CLASS_UNITS))}](?:以上|左右)?"
_ENTERED = re.compile(rf"{_COUNTED}[^,。;:、\n\d]{{1,12}}?{ahead(_NAMES['entered']).pattern}[^,。;:、\n\d]{{0,10}}前\Z")
_EACH_OVER = re.compile(rf"{_COUNTED}([^,。;:、\n\d]{{1,12}}?){ahead(_NAMES['sizes']).pattern}\Z")
_COUNT_ALONE = re.compile(r"[,、;][0-9]+[个家][镇县区市]?\Z")
# 车站300米内停车比例; along or around what is counted
_REACH_OF = re.compile(rf"范围内|(?:以|之)?内(?=[{_CJK}]{{2,10}}{any_of(_NAMES['shares'])})")
_ALONG = behind(_NAMES["along"])
_DAYS_OVER = re.compile(r"[0-9][天次]\Z")
_SHARE_OF_SIZE = re.compile(rf"的?[{_CJK}]{{1,8}}?{any_of(_NAMES['shares_of_class'])}[^,。;:、\n0-9]{{0,6}}[0-9.]+%")
_SHARE_OVER = re.compile(rf"(?<![^,。;:、\n])[^,。;:、\n0-9]{{0,6}}[0-9.]+%(?:以上)?的[{_CJK}]{{2,16}}\Z")
# 为90位老人, 为90位65岁以上老人: people, and no rank
_PERSONS = re.compile(rf"[{_CJK}]*?[0-9]*(?:周?岁)?(?:以上)?[{_CJK}]{{0,10}}?{any_of(_NAMES['persons'])}")
_TOGETHER = re.compile(ahead(_NAMES["together"]).pattern)
# … unless more is told of them: 9家企业产值超5亿元,增长6%.
_TOLD_ON = re.compile(
    rf"[,、]{any_of(_NAMES['told_of_before'])}?(?:{any_of(_NAMES['told_on'])}|{ahead(_NAMES['sizes']).pattern})"
)
_FIRST_AMONG, _FIRST_BY = tuple(_NAMES["first_among"]), _NAMES["first_by"]
_FINE_UNITS = frozenset(_NAMES["fine_units"])
_FINE_THING = re.compile(rf"[{_CJK}]{{0,8}}?{any_of(_NAMES['fine_things'])}")
_LIMITED_IN: tuple[str, ...] = tuple(_NAMES["limited_in"])
# How far before a size the things stand that are counted.
_FAR = 32
_STREAKS = frozenset("增丰降升优冠涨快跃")
_AGO = ("前的", "前,", "前相")
_TIME_ONLY = frozenset(_NAMES["time_units"])


def structure(text: str, draft: Draft, previous: Draft | None) -> bool:
    """Whether the number counts the parts of the document itself: headings, notes, annexes, document numbers."""
    start, stop = draft.start, draft.stop
    before, behind_it = text[start - 1 : start] or "\n", text[stop : stop + 1] or "\n"
    if before == "[" and behind_it == "]":
        return True
    if before == "]" and behind_it == "号":
        return True
    # The beginning of the text is the beginning of a line.
    backwards = (text[start - REACH : start] if start >= REACH else "\n" + text[:start])[::-1]
    if _DOCUMENT.match(backwards):
        return True
    if previous is not None and previous.kind == "structure" and text[previous.stop : start] in ("/", "-", "—"):
        return True
    if behind_it == "卷" and _VOLUME_YEAR.fullmatch(draft.text):
        return True
    if len(draft.text) > 3 or "." in draft.text:
        return False
    if before in _LINE_STARTS and _HEADING.match(text, stop):
        return True
    if before == "(" and behind_it == ")":
        return True
    if before == "第" and _DOCUMENT_ORDINAL.match(text, stop):
        return True
    return before == "\n" and behind_it == "\n"


def kind(text: str, draft: Draft, following: Draft | None) -> str:
    """The kind of a number that is no date and no structure. Sets `rank` and the unit of ranks on the way.

    `following` is the next numeral, already decided.
    """
    start, stop = draft.begin, draft.stop
    before = text[start - 1 : start] or "\n"
    after = text[stop : stop + 1] or "\n"
    backwards = text[max(0, start - REACH) : start][::-1]
    if draft.value is None:
        return "name"
    if after == "年" and _NAMED_YEAR.match(text, stop) and _inside_a_name(text, start):
        return "name"
    if _is_year(text, draft, before, after, following):
        return "time"
    if found := _joined(text, draft, before, after, following):
        return found
    if after == "连" and text[stop + 1 : stop + 2] in _STREAKS:
        return "time"  # 实现9连增
    if before == "第":
        return _ordinal(text, draft)
    front = before == "前" and not _NOT_FRONT.match(backwards)
    if front and (draft.unit in ("位", "名", "") or draft.dimension == "calendar"):
        return _front(text, draft)
    if draft.unit == "年" and _OR_RETURNS.match(text, stop):
        draft.unit, draft.dimension = RETURNS, "duration"
    if draft.unit == RETURNS:
        # 防洪标准达到50年一遇; not 遭遇50年一遇的洪水
        return "observation" if _STANDARD.match(text[max(0, start - 2 * REACH) : start][::-1]) else "name"
    if _is_name(text, draft, before, backwards):
        return "name"
    if backwards.startswith("续连") and (draft.unit in _TIMES or _SEASONS.match(text, draft.stop)):
        return "time"  # 连续3次获奖
    if before == "每" and draft.dimension != "calendar":
        return "context"
    if front and draft.unit in ("%", "‰"):
        return "threshold"
    if draft.unit == "分" and before in "时点":
        return "time"
    if (draft.dimension in ("calendar", "duration") or after in "时点") and (found := _time(text, draft, backwards)):
        return found
    if (
        draft.unit == "位"
        and _RANK_TO.match(backwards)
        and not (before == "为" and _PERSONS.match(text, draft.unit_stop))
    ):
        draft.rank = True
        return "observation"
    if _is_context(text, draft, before):
        return "context"
    if _is_threshold(text, draft, backwards):
        return "threshold"
    if not draft.unit:
        return _without_unit(text, draft, before, after, backwards)
    return "observation"


def _is_year(text: str, draft: Draft, before: str, after: str, following: Draft | None) -> bool:
    """A year of the calendar: four digits before 年, in a span of years or alone in brackets."""
    if len(draft.text) != 4 or draft.text[:2] not in ("19", "20", "18", "21"):
        return False
    if after == "年":
        return True
    if _AFTER_YEAR.match(text, draft.stop) and _YEAR_SPOKEN_OF.match(
        text[max(0, draft.start - REACH) : draft.start][::-1]
    ):
        return True
    if draft.unit:
        return False
    if following is not None and following.kind == "time" and following.start - draft.stop <= 2:
        return True
    return before in _YEAR_CUE and bool(_YEAR_ON.match(text, draft.stop))


def _inside_a_name(text: str, at: int) -> bool:
    """Whether other words of a name in quotation marks stand directly before that place."""
    opened = text.rfind("“", max(0, at - _FAR), at)
    return 0 <= opened < at - 1 and "”" not in text[opened:at] and text[at - 1] not in "在于到至从自"


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _joined(text: str, draft: Draft, before: str, after: str, following: Draft | None) -> str:
    """What letters, signs and quotation marks that touch the digits tell."""
    if before in "+×·*" or (after in "+×·*" and text[draft.stop + 1 : draft.stop + 2] != "\n"):
        return "name"
    if after in _UNNAMED and (_UNNAMED_YEAR.match(text, draft.stop) or _ENGLISH_DATE.match(text, draft.stop)):
        return "time"
    if before == " " and len(draft.text) == 4 and _ENGLISH_MONTH.search(text, max(0, draft.start - 14), draft.start):
        return "time"
    if (
        after == ":"
        and _CLOCK_COLON.match(text, draft.stop)
        and len(draft.text) <= 2
        and draft.text.isdecimal()
        and int(draft.text) < 25
    ):
        return "time"
    two_digits = before == ":" and len(draft.text) == 2
    if two_digits and _CLOCK_COLON_BEFORE.match(text[max(0, draft.start - 7) : draft.start][::-1]):
        return "time"
    if _is_letter(before) or (before in "_ " and _is_letter(text[max(0, draft.start - 2)])):
        strong = draft.dimension in MEASURED or draft.dimension == "ratio" or bool(draft.multiplier)
        long = len(draft.unit) > 0 and _is_letter(text[max(0, draft.start - 3)])
        weak = draft.dimension in ("calendar", "") or draft.unit in _CLASSES_IN_LETTERS
        if strong or (long and not weak):
            return ""
        draft.unit, draft.unit_stop, draft.phrase_stop = "", draft.stop, draft.stop
        return "name"
    if not draft.unit and _is_letter(after):
        return "name"
    if before == "“":
        if after in "”+" or draft.unit_stop == draft.stop:
            return "name"
        if _QUOTE_SHORT.match(text, draft.unit_stop):
            return "name"
    if after == "”":
        return "name"
    if text.startswith("”", draft.unit_stop) and _SLOGAN.search(text, max(0, draft.start - 10), draft.start):
        return "name"
    if not draft.unit and after in "-—" and following is not None and following.start == draft.stop + 1:
        return following.kind if following.kind in ("time", "name") else ""
    return ""


def _ordinal(text: str, draft: Draft) -> str:
    """第N: a rank, a part of a series of events or of a calendar."""
    if draft.dimension == "calendar" or draft.unit == "天":
        return "time"
    if draft.bound == "over" and not draft.before:
        return "name"  # 第5余个: nothing has a place of more than so many
    if _NUMBER_OF_ORDINAL.match(text, draft.stop) or _FESTIVAL.match(text, draft.stop):
        return "name"
    if text.startswith(_OF_ITS_KIND, draft.stop) and text[draft.stop + 1 : draft.stop + 2] == "“":
        return "name"  # 第2个“三年行动”
    if text.startswith(_OF_ITS_KIND, draft.stop):
        # 全省第6个示范城市: it is the sixth, so there are six.
        draft.unit = text[draft.stop]
        draft.phrase_start = min(draft.phrase_start, draft.start - 1)
        return "observation"
    if _RANK_ORDINAL.match(text, draft.unit_stop - len(draft.unit)) or _RANK_ENDS.match(text, draft.stop):
        draft.rank = True
        draft.unit = "位"
        draft.phrase_start = min(draft.phrase_start, draft.start - 1)
        return "observation"
    return "name"


def _front(text: str, draft: Draft) -> str:
    """前N: the first months, or the upper end of a ranking."""
    if draft.dimension == "calendar":
        return "time"
    if text.startswith("强", draft.stop):
        return "name"
    if _ENTERED.search(text, max(0, draft.start - _FAR), draft.start):
        return "threshold"
    draft.rank = True
    draft.unit = "位"
    draft.bound = "at_most"
    draft.phrase_start = min(draft.phrase_start, draft.start - 1)
    return "observation"


def _is_name(text: str, draft: Draft, before: str, backwards: str) -> bool:
    """Whether the words around a number make it part of a name: 3号线, 500强, a plant with its capacity."""
    stop, unit_stop = draft.stop, draft.unit_stop
    if (_NUMBERS_OF[text[stop : stop + 1]] and _NUMBER_OF.match(text, stop)) or (
        not draft.unit and _NUMBER_OF_BEFORE.match(backwards)
    ):
        return True
    if len(draft.text) == 2 and _GENERATION.match(text, stop):
        return True
    if draft.dimension in MEASURED and not draft.before and _NAMED_DRIVE.match(text, unit_stop):
        return True
    if draft.dimension == "length" and _names_by_size(text, draft):
        return True
    if draft.dimension in ("duration", "calendar"):
        return bool(
            _NAMED_SPAN.match(text, stop)
            or (draft.unit != "年" and (_CIRCLE.match(text, unit_stop) or _IN_CIRCLE.match(text, unit_stop)))
        )
    if draft.dimension == "ratio" and not draft.before and text.startswith("所得税", unit_stop):
        return True  # 企业15%所得税优惠
    if draft.dimension == "voltage" or draft.unit in _KIND_UNITS:
        stated = _VALUE_BEFORE.match(before) and _ENDS.match(text, unit_stop)
        return not (stated or (draft.after and draft.dimension == "voltage"))
    if draft.dimension in _CAPACITY and not draft.before and _OUTPUT.match(backwards) and _MAKER.match(text, unit_stop):
        return True  # 年产3万吨的大米加工企业
    if draft.dimension in _CAPACITY and not draft.after and not draft.before:
        if text.startswith("级", unit_stop):
            return False
        if before == "的" or _BUILT.match(backwards):
            return False
        return bool(
            _PLANT.match(text, unit_stop) or _PLANT_LIST.match(text, unit_stop) or _PLANT_NEXT.match(text, unit_stop)
        )
    if draft.dimension == "counted" and not draft.before and _OUTPUT.match(backwards) and _PLANT.match(text, unit_stop):
        return True  # 年产5000台机器人项目
    if draft.unit == "条" and text.startswith("规定", unit_stop) and _RULES_OF.match(backwards):
        return True  # 自治区9条规定
    if draft.unit == "条" and not draft.before and _POLICY_END.match(text, unit_stop):
        named = _POLICY_VERB.match(backwards) and before not in _POLICY_PARTS
        return bool(named or text.startswith("”", unit_stop) or _POLICY_HEAD.match(backwards))
    return False


def _names_by_size(text: str, draft: Draft) -> bool:
    """Whether a length is the size by which a thing is called: 全球最高9米起重机, 2微米铜箔."""
    if draft.unit in _FINE_UNITS and not draft.before:
        return bool(_FINE_THING.match(text, draft.unit_stop))
    first = draft.before == _FIRST_BY and text[: draft.phrase_start].endswith(_FIRST_AMONG)
    return first and not _ENDS.match(text, draft.unit_stop) and text[draft.unit_stop : draft.unit_stop + 1] != "的"


def _time(text: str, draft: Draft, backwards: str) -> str:
    """A span or point of time, or the empty string where it is something else."""
    if not draft.unit:
        return "time" if _CLOCK.match(text, draft.stop) and float(draft.value or 99) < 25 else ""
    if draft.unit in _TIME_ONLY:
        return "time"
    if draft.dimension == "calendar":
        ago = text.startswith(_AGO, draft.unit_stop)  # 由5年前的30家增加到90家
        measured = "." in draft.text or (not ago and _RESULT_SPAN.match(backwards)) or _YEARS_OF_SCHOOL.match(backwards)
        return "observation" if measured else "time"
    all_day = _AROUND.match(text, draft.unit_stop) or _ROUND_THE_CLOCK.match(backwards)
    if draft.text == "24" and draft.unit.endswith("小时") and all_day:
        return "time"
    return "time" if draft.unit == "天" and _REFERENCE_SPAN.match(backwards) else "observation"


# 比2010年的103.2|降低1.4
_MOVED = re.compile(
    rf"{any_of([word for way in ('rise', 'fall') for word in vocabulary('predicates')[way]])}[了为到至]?(?=\d)|相比"
)
# 现将我市|12个|镇人口情况公布如下
_ANNOUNCED = re.compile(f"[^,;。]{{1,40}}?{any_of(_NAMES['announced'])}(?:予以)?公布如下")
# What a ratio or an index is counted on: 以女性为100, (上年=100).
_BASES = frozenset({"1", "100", "1000"})
_BASE = re.compile(r"(?:以[^,;。()]{1,12}为|[(=,]?[^,;。()=]{0,10}=)\Z")
_BASE_FAR = 16


def _is_context(text: str, draft: Draft, before: str) -> bool:
    """The pool of a rank or of a part, or what a rate covers."""
    if draft.dimension not in ("counted", "number", "position", "") or draft.bound != "exact":
        return False
    at = draft.unit_stop
    if draft.dimension == "counted" and _ANNOUNCED.match(text, at):
        return True
    if not draft.unit and draft.text in _BASES and _BASE.search(text, max(0, draft.start - _BASE_FAR), draft.start):
        return True
    if not draft.unit:
        if _RATE_OF_PLACES.match(text, at):
            return True
        return text[at : at + 1] == "大" and bool(_POOL_END.match(text, at))
    if before in _CLAUSE_STARTS and (part := _PART_LATER.match(text, at)):
        # 12条列入计划的河流,5条已完成整治
        same = unit_at(text, part.end(1)) == draft.unit and Decimal(part[1]) < (draft.value or 0)
        return same and bool(_PART_VERB.match(text, part.end(1) + len(draft.unit)))
    if (
        (have := _HAVE.match(text, at))
        and unit_at(text, have.end()) == draft.unit
        and Decimal(have[1]) < (draft.value or 0)
    ):
        return True  # 9项指标有8项提前完成
    if before == "在" and _AMONG.match(text, at):
        return True  # 在16个合作社中,成功申报2个
    if _POOL.match(text, at) or _POOL_END.match(text, at) or _POOL_OF_RANK.match(text, at):
        return True
    return bool(_RATE_LATER.match(text, at))


def _end_of_ages(text: str, at: int) -> int:
    listed = _AGES_LISTED.match(text, at)
    return listed.end() if listed else at


def _is_next_size(text: str, draft: Draft) -> bool:
    """Whether it is one more of the sizes of those that a rule is for (对年产值突破10亿元、50亿元的企业)."""
    start = draft.start
    return text[start - 1 : start] in ("、", "和", "或") and bool(
        _AND_THOSE.match(text[max(0, start - 48) : start][::-1])
    )


def _is_threshold(text: str, draft: Draft, backwards: str) -> bool:
    """The size that defines a class of things: 产值超10亿元企业2家, 60周岁以上老人."""
    at = draft.phrase_stop
    unit, dimension = draft.unit, draft.dimension
    bounded = draft.before in BOUND_BEFORE or bool(draft.after)
    if dimension == "age":
        if (draft.after or _AGES_LISTED.match(text, at)) and _PEOPLE_OF_AGE.match(text, _end_of_ages(text, at)):
            return True  # 扩大到60周岁以上的老人: who they are
        reached = _AGE_REACHED.match(backwards)
        return not (reached or ((not draft.after or draft.bound == "about") and _ENDS.match(text, at)))
    if unit and text.startswith("级", draft.unit_stop) and dimension in MEASURED_OR_NUMBER:
        return True
    if _POPULOUS.match(text, draft.unit_stop - (unit[-1:] == "人")):
        return True
    if draft.after and _POPULOUS_COUNT.search(text, max(0, draft.phrase_start - 8), draft.phrase_start):
        return True  # 9个人口20万以上的县
    if unit == "公里" and backwards.startswith("速时") and _OF_SPEED.match(text, at):
        return True
    if unit.endswith("户") and draft.after and _SETTLEMENT.match(text, at):
        return True
    if dimension == "length" and _HEIGHT.match(backwards) and not _ENDS.match(text, at):
        return True
    if dimension == "length" and (_REACH_OF.match(text, at) or (not draft.after and _ALONG.match(backwards))):
        return not _ENDS.match(text, at)  # 沿江1公里范围内企业, 车站300米内停车比例, 沿线1公里地块
    if draft.before and _DAYS_OVER.search(text, max(0, draft.phrase_start - 6), draft.phrase_start):
        return dimension in MEASURED  # 负荷90天超9亿千瓦
    if bounded and dimension in MEASURED_OR_NUMBER and _SHARE_OF_SIZE.match(text, at):
        return True  # 超9万元村集体占比达到60%
    if (
        bounded
        and dimension in MEASURED
        and _ENDS.match(text, at)
        and _SHARE_OVER.search(text, max(0, draft.phrase_start - _FAR), draft.phrase_start)
    ):
        return True  # 90%以上的村收入超过9万元
    if draft.after and unit and text.startswith(_LIMITED_IN, at):
        return True  # 600大卡以上热值煤泥
    if bounded and _THOSE_THAT.match(text, at) and (dimension == "ratio" or dimension in MEASURED_OR_NUMBER):
        return True  # 产值超50亿元的有12家
    if bounded and draft.bound != "about" and dimension in MEASURED_OR_NUMBER and _COUNT_NEXT.match(text, at):
        return True  # 引进亿元以上项目52个,其中10亿元以上11个; 其中产值超10亿元8家
    if bounded and text.startswith("的", at) and _PART_OF_THEM.match(text, at) and dimension in MEASURED_OR_NUMBER:
        return True  # 单户500万元及以下的占比60%; 超过9000元的部分
    if dimension in _OF_WHOEVER and _WHOEVER.match(text, at):
        return True  # 投资超过9000万元的,给予补助90万元
    if dimension == "ratio":
        # 占比未达25%的镇; 25%以上的镇 is a share of them.
        share = backwards[len(draft.before) :]
        return bool(draft.before and text.startswith("的", at) and _SHARE.match(share) and _CLASSED.match(text, at))
    if dimension == "number":
        return bounded and bool(_CLASSED_NEXT.match(text, at))
    if bounded and dimension not in MEASURED:
        sized = unit[-1:] not in _CLASS_UNITS or unit == "只"
        if draft.after and sized and _CLASSED.match(text, at) and _COUNT_LATER.match(text, at):
            return not _VERB.match(text, at)  # 50头以上养殖大户23户
        loose = unit[-1:] not in _CLASS_UNITS and text.startswith("的", at)
        return bool(_RATE_OF.match(text, at)) or (loose and bool(_CLASSED_NEXT.match(text, at + 1)))
    if dimension not in MEASURED or not unit:
        return False
    if draft.after and (things := _COUNTED_THINGS.match(text, at)) and not _VERB.search(things[1]):
        return True  # 面积50平方公里以下的河流36条
    later = text.startswith("且", at) or (_COUNT_LATER.match(text, at) and not _VERB.match(text, at))
    if draft.after and draft.bound != "about" and later:
        return True
    if (
        draft.before
        and _COUNT_DIRECTLY.search(text, max(0, draft.phrase_start - 6), draft.phrase_start)
        and _THING.match(text, at)
    ):
        return True  # 1条不少于10公里的绿道
    if (
        draft.before
        and draft.bound == "over"
        and _ENDS.match(text, at)
        and (each := _EACH_OVER.search(text, max(0, draft.phrase_start - _FAR), draft.phrase_start))
        and not (_TOGETHER.search(each[1]) or _TOLD_ON.match(text, at))
    ):
        return True  # 9家企业产值超5亿元
    if (
        draft.before
        and draft.bound == "over"
        and _ENDS.match(text, at)
        and _COUNT_ALONE.search(text, max(0, draft.phrase_start - 8), draft.phrase_start)
    ):
        return True  # 9个县财政收入超6亿元,3个突破10亿元
    if listed := _LIST_OF_SIZES.match(text, at):
        if not draft.before and _is_next_size(text, draft) and _CLASSED.match(text, listed.end()):
            return True
        at = listed.end() if draft.before else at  # 产值首次突破10亿元、50亿元的企业
    if draft.bound == "exact" and _FUND.match(text, at):
        return False  # 安排1亿元产业发展资金
    if not _CLASSED.match(text, at) or _VERB.match(text, at + (text[at : at + 1] == "的")):
        return False
    if text.startswith("的", at) and _is_next_size(text, draft):
        return True
    if draft.after or draft.bound == "exact":
        # 3000万元以上项目, 10亿元企业; with 的 an exact amount is the sum of what follows.
        return bool(draft.after) or (dimension == "money" and bool(_CLASSED_NEXT.match(text, at)))
    if draft.before and _FIRST_ONE.match(text, at):
        return True  # 产值超500亿元的企业实现“破零”
    if _COUNT_LATER.match(text, at) or _COUNT_EARLIER.match(
        text[max(0, draft.phrase_start - 20) : draft.phrase_start][::-1]
    ):
        return True
    if draft.before and _NTH.search(text, max(0, draft.phrase_start - 6), draft.phrase_start):
        return True  # 首个超2万亿元的城市
    # 对年产值突破10亿元的企业,奖励…: whom a rule is for.
    return text[at : at + 1] != "的" or bool(_FOR_THOSE.match(backwards))


def _without_unit(text: str, draft: Draft, before: str, after: str, backwards: str) -> str:
    """A bare number is a name unless the words around it say that it is a value."""
    if after == "\n" and not draft.before and (backwards[:1] or "\n") in "\n-—－" and _OPENS_LINE.match(backwards):
        return "unread"  # a cell of a table whose rows are lost
    if text.startswith(_BARE_WORDS, draft.stop) and len(draft.text) < 3:
        return "observation"  # 从5方面提出
    if after in _BARE and (len(draft.text) < 4 or after == "人"):
        return "observation"
    if draft.before and draft.before != "近":
        return "observation"
    if draft.after and "." in draft.text:
        return "observation"  # 收入比缩小到1.6以内
    if draft.after and _INDEX.match(backwards):
        return "observation"  # 价格指数102左右
    if not _ENDS.match(text, draft.stop):
        old = _OLD_VALUE.match(backwards) or (before in "的查" and _MOVED.match(text, draft.stop))
        return "observation" if "." in draft.text and old else "name"
    if _RANK_CUE.match(backwards) and len(draft.text) <= 3 and before in "第列居名":
        draft.rank = True
        draft.unit = "位"
        return "observation"
    if "." in draft.text or _VALUE_BEFORE.match(before):
        return "observation"
    return "name"
