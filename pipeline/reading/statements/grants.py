"""Money that a policy grants is named by whom it is for: 对省级智能工厂,分别给予… 奖励."""

from __future__ import annotations

import re

from pipeline.knowledge import any_of, vocabulary
from pipeline.models import Fact
from pipeline.reading.statements.phrase import clean, strip_lead

_WORDS = vocabulary("constructions")["grants"]
_KIND = any_of(_WORDS["kinds"])
_GIVEN = re.compile(rf"(?:{any_of(_WORDS['given'])}|{_KIND})(?![一-鿿]{{0,6}}{any_of(_WORDS['not_given'])})")
# What may stand between the word for the grant and its sum: bounds, of what share, other sums of the same list.
_BETWEEN = re.compile(rf"(?:{any_of(_WORDS['between'])}|[\d.、和及至~ -]|[万亿]?元)*")
_BEHIND = re.compile(
    rf"(?:[、和及]?[\d.]+ ?[万亿]?元)*{any_of(_WORDS['bounds'])}?,?的?(?:标准(?:给予)?)?((?:一次性)?(?:资金)?{_KIND})"
)
_GIVERS = rf",?{any_of(_WORDS['givers'])}*"
_SUMS = re.compile(r"[\d.]+ ?[万亿]?元")
# For whom: behind 对, or what ends in 的, up to the verb.
_FOR = re.compile(
    rf"(?:^|[,;:。条、)) ])对(?!于?此)(?P<whom>[^;。:]{{2,120}}?)的?(?:,?每[个家户人项辆][^,;。]{{0,6}})?{_GIVERS}\Z"
)
_WHO = re.compile(rf"(?:^|[;:。])(?P<whom>[^;。:]{{2,80}}?)的,{_GIVERS}\Z")
# A thing that has been awarded something: 认定为首版次软件的产品,一次性奖励企业9万元.
_WINNER = re.compile(rf"(?:^|[;:。])(?P<whom>[^,;。:]{{0,12}}{any_of(_WORDS['awarded'])}[^,;。:]{{2,40}}),{_GIVERS}\Z")
_EACH = re.compile(rf"(?:^|[,;:。])(?P<each>{any_of(_WORDS['each'])}[一-鿿]{{0,12}}?){any_of(_WORDS['at_most'])}*\Z")
_AWARDED = re.compile(rf"(?:{any_of(_WORDS['newly'])}?{any_of(_WORDS['awarded'])}(?:为|的)?)")
# The longest name of whom it is for, and how far back that may stand.
_LONGEST = 40
_LONGEST_LEVEL = 4
_REACH = 300
# One of these is in every sentence that grants something.
MAY_GRANT = re.compile(any_of([*_WORDS["given"], *_WORDS["kinds"]]))


def as_granted(fact: Fact, text: str, previous: str) -> str:
    """What a sum of money is called that a policy grants: for whom, and as what; empty if it is no grant.

    previous: the name of the sum before in the sentence, of which 单个项目最高 tells the bound.
    """
    at = fact.numeral.phrase_start
    before = text[max(fact.sentence.start, at - _REACH) : at]
    if not fact.unit.endswith("元") or fact.measure != "level":
        return ""
    given = max(_GIVEN.finditer(before), key=lambda one: one.start(), default=None)
    if given is None:
        return ""
    each = _EACH.search(before)
    if each and "," not in before[each.start("each") : given.start()]:
        if each.start() < given.start():
            return ""  # 单个企业年度奖励总额
        kind = next((kind for kind in _WORDS["kinds"] if previous.endswith(kind)), "")
        return (
            clean(strip_lead(each["each"])) + kind if kind and not each["each"].endswith(tuple(_WORDS["kinds"])) else ""
        )
    # The first of the words in a row: 给予一次性奖励9万元.
    for word in _GIVEN.finditer(before):
        between = before[word.end() :]
        if word.end() == len(before) or _BETWEEN.fullmatch(between):
            given = word
            break
    else:
        return ""
    if before.rpartition(",")[2].startswith("每", 0, 2) and "的" not in before.rpartition(",")[2]:
        return ""  # 每件补贴不超过9元
    begin = max(before.rfind(mark + "对", 0, given.start()) for mark in ",;:。")
    if found := _FOR.search(before, max(begin, 0), given.start()):
        whom = found["whom"]
    elif found := _WHO.search(before, 0, given.start()) or _WINNER.search(before, 0, given.start()):
        whom = found["whom"].rpartition(",")[2]
    else:
        return ""
    behind = _BEHIND.match(text, fact.numeral.phrase_stop)
    own = re.search(rf"(?:一次性)?{_KIND}", before[given.start() :])
    kind = behind[1] if behind else own[0] if own else ""
    if not kind:
        return ""
    count = len(_SUMS.findall(before[given.start() :]))
    after = re.match(r"(?:[、和及][\d.]+ ?[万亿]?元)*", text[fact.numeral.phrase_stop :])
    total = count + 1 + (len(_SUMS.findall(after[0])) if after else 0)
    name = _named(whom, count, total)
    return name + kind if name else ""


def _named(whom: str, nth: int, total: int) -> str:
    """For whom the `nth` of `total` sums is: the thing of a list of as many, else all of it, without the sums it depends on.

    Empty where nothing but sums is told.
    """
    whom = clean(strip_lead(whom)).rstrip(",")
    parts = [part for part in re.split("[、和及]", whom) if part]
    if total > 1 and len(parts) == total and not any(char.isdigit() for char in whom):
        part = _AWARDED.sub("", parts[nth], count=1) if nth == 0 else parts[nth]
        # 对国家级、省级园区,分别给予9万元、6万元奖励: each is a park.
        level = parts[-1].find("级", 0, _LONGEST_LEVEL)
        return part + parts[-1][level + 1 :] if part.endswith("级") and level > 0 else part
    # 软件企业,年收入突破9万元的: the sum is what it depends on, or another grant.
    pieces = [piece for piece in whom.split(",") if not _SUMS.search(piece)]
    if not pieces or len(whom) > _LONGEST:
        head = (pieces[-1] if pieces else whom).rpartition("的")[2]
        return head if len(head) > 1 and not _SUMS.search(head) else pieces[-1] if pieces else ""
    return pieces[-1] if len(pieces) < whom.count(",") + 1 else whom
