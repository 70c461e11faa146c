"""Whether a phrase that is cut into terms is one whose English can be put together without guessing.

A Chinese noun phrase has its head at the end; what stands before it may be a chain of nouns and qualifiers, and what was
done stands at its beginning or its end: 新建 | 省级 | 产业园, 老旧小区 | 改造. A verb between two nouns (a relative clause whose 的
is not written), a word that nobody knows, or a list of things unlike each other has several readings. Such phrases are
named by their head alone (see `definitions`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.knowledge import any_of, catalogue
from pipeline.meaning.naming.english import (
    AND_OTHERS,
    active,
    figures,
    has_object,
    is_active,
    is_begun,
    is_thing,
    names_work,
    such_as,
    told_behind,
    verbs_at,
    way_of_work,
)
from pipeline.meaning.naming.senses import JOINING, Token, is_event, is_noun, is_only, sense_of
from pipeline.meaning.naming.terms import SOUND

_WORDS = catalogue("naming")["grammar"]
_ADDED: frozenset[str] = frozenset(catalogue("naming")["added"])
# What may stand before another word for what is done: 新增认定, 投入完善.
_LEADING = _ADDED | frozenset(catalogue("naming")["put_in"])
_PREPOSITIONS: frozenset[str] = frozenset(catalogue("naming")["prepositions"])
_VERBS: frozenset[str] = frozenset(_WORDS["verbs"])
_FIGURATIVE: frozenset[str] = frozenset(_WORDS["figurative"])
_PERSONS = re.compile(rf"\b{any_of(_WORDS['persons'])}$")
_DONE_WITH_PERSONS: frozenset[str] = frozenset(_WORDS["done_with_persons"])
# Nouns for what is done for persons or places, which stand before those only where a verb is missing.
_ACTIVITIES = re.compile(rf"\b{any_of(_WORDS['activities'])}$")
_DOERS = re.compile(rf"\b{any_of(catalogue('naming')['agents'])}$")
_DONE_BY: frozenset[str] = frozenset(_WORDS["done_by"])
_PERSONS_ONLY: frozenset[str] = frozenset(_WORDS["persons_only"])
_NOT_WITH_BODIES: frozenset[str] = frozenset(_WORDS["not_with_bodies"])
_BODIES = re.compile(rf"\b{any_of(_WORDS['bodies'])}$")
_LIGHT: frozenset[str] = frozenset(_WORDS["light"])
_MOST_WORDS: int = _WORDS["most_words"]
_MOST_BEFORE: int = _WORDS["most_before"]
_MOST_ENGLISH: int = _WORDS["most_english"]
_MOST_IN_ROW: int = _WORDS["most_in_row"]
_LEVELS: frozenset[str] = frozenset(_WORDS["first"])
_NO_HEADS: frozenset[str] = frozenset(_WORDS["no_heads"])
_ADJECTIVES = frozenset(_WORDS["adjectives"])
_FREE: frozenset[str] = frozenset(_WORDS["free"])
_NOUNS_OF_WORK = re.compile(rf"{any_of(_WORDS['nouns_of_work'])}$")
_HEADS_OF_WORK = re.compile(rf"\b{any_of((*catalogue('naming')['kind_heads'], *_WORDS['heads_of_work']))}$")
_DEGREES: tuple[str, ...] = tuple(_WORDS["degrees"])
_HELD: frozenset[str] = frozenset(_WORDS["of_holders"]["measures"])
_HOLDERS = re.compile(rf"\b{any_of(_WORDS['of_holders']['ends'])}$")
_HOLDER_WORDS: frozenset[str] = frozenset(_WORDS["of_holders"]["words"])
_MOST_ATTRIBUTES = 2
_SHARE_OF, _AMONG = "占", "中"
_TO_DATE = "累计"
# Qualifiers that English has behind the noun.
_BEHIND = re.compile(any_of(_WORDS["behind"]))
# What nobody knows is a name where it ends as names of waters and hills do.
_PLACE_NAME = re.compile(rf"[\u4e00-\u9fff]{{1,3}}{any_of(_WORDS['place_names'])}$")
_BEHIND_HEAD = re.compile(r" (?:in|with|of|for|from|under) .*")
_PHRASE = re.compile(r"s (?:in|with|of|for|from|under|above|below|to|by|that|who|combining) |\w (?:of|for|in|whose) \w")
_NUMERAL = re.compile(r"\d+$|20\d\d")
# Denominators, which what is measured may have for its thing: income per miner.
_EACH = "per "
# A sum by which things are called names none: 创建千亿级.
_OF_MONEY = "-yuan"


def understood(tokens: list[Token]) -> bool:
    """Whether English puts the phrase in the places where Chinese has them, without guessing."""
    words = [word for word, _ in tokens]
    if _SHARE_OF in words[1:-1]:
        at = words.index(_SHARE_OF, 1)
        whole = _without_attributes(tokens[at + 1 :])
        return _clear(tokens[:at]) and (not whole or is_noun_phrase(whole))
    if _AMONG in words[1:-1]:
        at = words.index(_AMONG, 1)
        part = [token for token in tokens[at + 1 :] if not is_only(token, "drop")]
        return _clear(tokens[:at]) and (all(map(is_event, part)) or _clear(part))
    joint = figures(tokens)
    return all(map(understood, joint)) if joint else _clear(tokens)


def _clear(tokens: list[Token]) -> bool:
    kept = _kept(tokens)
    if kept is None:
        return False
    left = _without_attributes(kept)
    if len(kept) - len(left) > _MOST_ATTRIBUTES:
        return False
    if not left:
        return True
    if any(map(_is_held, kept[len(left) :])) and (any(map(_holds, left[:-1])) or _covers(left)):
        return False  # 公众环境满意度 is no satisfaction with a public environment
    if left[0][0] in _PREPOSITIONS:
        done = verbs_at(kept)
        if len(done) == 1 and 1 < done[0] < len(kept) - 1:
            what = _without_attributes(kept[done[0] + 1 :])
            return is_noun_phrase(kept[1 : done[0]]) and (not what or is_noun_phrase(what))  # 向甲群众发放补贴
        return len(left) < len(kept) and is_noun_phrase(left[1:])  # 对甲市场出口额
    if any(sense.english.startswith("per ") for _, senses in left for sense in senses) and verbs_at(left):
        return False
    doing = [at for at in range(1, len(left) - 1) if is_active(left[at])]
    if len(doing) == 1 and not any(map(is_event, left[: doing[0]])) and active(left):
        return is_noun_phrase(left[: doing[0]]) and is_noun_phrase(left[doing[0] + 1 :])
    done = verbs_at(left)
    if len(left) < len(kept) and len(done) <= 1 and all(map(_only_qualifies, left)):
        return True  # 新增产能, 省级财力
    if not done:
        return is_noun_phrase(left)
    first, last = done[0], done[-1]
    if first == 0 and last == len(done) - 1:
        what = left[last + 1 :]
        return _one(left[: last + 1]) and is_noun_phrase(what) and _fits(left[last], what[-1])
    if (way := way_of_work(left)) and done == [len(left) - 1]:
        return is_noun_phrase(left[:way]) and all(map(_only_qualifies, left[way:-1]))
    if last == len(left) - 1 and first == len(left) - len(done):
        return (
            _one(left[first:])
            and is_noun_phrase(left[:first])
            and not _does(left[first - 1], left[first])
            and _fits(left[first], left[first - 1])
        )
    if done == [0, len(left) - 1]:
        return (left[0][0] in _ADDED or (is_begun(left[0]) and names_work(left[-1]))) and is_noun_phrase(left[1:-1])
    if len(done) == 1:
        who, what = left[:first], left[first + 1 :]
        return has_object(who, left[first], what) and is_noun_phrase(who) and is_noun_phrase(what)
    return False


def _is_held(measure: Token) -> bool:
    """Whether it is measured of a thing in or by somebody: 覆盖率, 满意度."""
    attribute = sense_of(measure, "attribute")
    return bool(attribute and attribute.english in _HELD)


def _holds(token: Token) -> bool:
    """Whether a term before the head tells in or by whom a thing is measured, and not of which kind it is."""
    if token[0] in _HOLDER_WORDS or _PLACE_NAME.match(token[0]):
        return True
    return bool(_HOLDERS.search(_head_of(token))) and not sense_of(token, "qualifier")


def _covers(tokens: list[Token]) -> bool:
    """Whether a head that holds things stands behind the name of one: 甲服务行政村覆盖率 is the coverage of the service."""
    return bool(_HOLDERS.search(_head_of(tokens[-1]))) and any(map(_is_bare, tokens[:-1]))


def _does(who: Token, verb: Token) -> bool:
    """Whether who stands before the event is more likely its doer: 企业牵头."""
    return bool(_DOERS.search(_head_of(who))) and verb[0] in _DONE_BY


def _head_of(token: Token) -> str:
    noun = sense_of(token, "noun", "area")
    return _BEHIND_HEAD.sub("", noun.english.partition("|")[0]) if noun else ""


def _fits(verb: Token, what: Token) -> bool:
    event = sense_of(verb, "event")
    return not event or fits(event.english, _head_of(what))


def fits(event: str, head: str) -> bool:
    """Whether the thing is what the event was done with: 追回工资劳动者 are no workers who were recovered."""
    done, head = event.removeprefix("newly "), _BEHIND_HEAD.sub("", head)
    if _PERSONS.search(head):
        return done in _DONE_WITH_PERSONS
    return done not in _PERSONS_ONLY and not (done in _NOT_WITH_BODIES and _BODIES.search(head))


def _kept(tokens: list[Token]) -> list[Token] | None:
    """The tokens that say something; None where one that says nothing stands between others and may be their verb."""
    start, stop = 0, len(tokens)
    while start < stop and is_only(tokens[start], "drop"):
        start += 1
    while stop > start and is_only(tokens[stop - 1], "drop"):
        stop -= 1
    kept = []
    for token in tokens[start:stop]:
        if is_only(token, "drop") and not is_active(token):
            if token[0] == AND_OTHERS:
                kept.append(token)
            elif token[0] not in _LIGHT:
                return None
        elif token[0] != _TO_DATE:
            kept.append(token)
    return kept


def _one(verbs: list[Token]) -> bool:
    """Whether verbs side by side tell one thing done: 新增 | 认定, 新建 | 、 | 改造."""
    words = [word for word, _ in verbs if word not in JOINING]
    if len(words) == 1 or words[0] in _LEADING or 2 * len(words) - 1 == len(verbs):
        return True
    return all(map(names_work, verbs))  # 保护 | 修复


def _without_attributes(tokens: list[Token]) -> list[Token]:
    stop = len(tokens)
    while stop and (sense_of(tokens[stop - 1], "attribute") or is_only(tokens[stop - 1], "drop")):
        if sense_of(tokens[stop - 1], "noun") and all(map(is_event, tokens[: stop - 1])):
            break
        if stop > 1 and is_thing(tokens[stop - 1], tokens[stop - 2]):
            break
        stop -= 1
    return tokens[:stop]


def is_noun_phrase(tokens: list[Token]) -> bool:
    """[qualifiers, nouns] head, or several joined that are alike."""
    while len(tokens) > 1 and told_behind(tokens):
        tokens = tokens[:-1]
    if (at := such_as(tokens)) is not None:
        return is_noun_phrase(tokens[:at]) and is_noun_phrase(tokens[at + 1 :])
    if not tokens or not _is_head(tokens[-1]) or sum(word not in JOINING for word, _ in tokens) > _MOST_WORDS:
        return False
    if _PERSONS.search(_head_of(tokens[-1])) and any(_ACTIVITIES.search(_head_of(token)) for token in tokens[:-1]):
        return False  # 基本康复服务残疾人 get the services
    if not _in_order(tokens):
        return False
    joined = [at for at, (word, _) in enumerate(tokens) if word in JOINING]
    limited = [at for at, token in enumerate(tokens) if sense_of(token, "limit")]
    if limited and (joined or len(limited) > 1 or limited[0] == len(tokens) - 1):
        return False
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if at in joined or at in limited:
            continue
        if not _is_plain(token):
            return False
        if following and following[0] not in JOINING and _is_phrase(token):
            return False
        if is_only(token, "attribute") and not (following and _tells_degree(following)):
            return False
    return not joined or _alike(tokens, joined)


def _in_order(tokens: list[Token]) -> bool:
    """Whether English has what stands before each head in the same order, and little of it.

    An adjective behind a noun (水路 | 高等级 | 航道), a noun of work before what it is done with (检验 | 药店) and a list whose
    members may share their last word (机构及设施 | 床位) have other readings.
    """
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token[0] in JOINING:
            parts.append([])
        elif not sense_of(token, "limit"):
            parts[-1].append(token)
    if len(parts) > 1 and len(parts[0]) == 1 and len(parts[-1]) > 1 and is_noun(parts[0][0]) and is_noun(parts[-1][0]):
        return _head_of(parts[0][0]).rpartition(" ")[2] == _head_of(parts[-1][-1]).rpartition(" ")[2]
    if len(parts) > 1 and len(parts[-1]) > 1 and _is_work(parts[0][-1:]) and not _is_work(parts[-1][-1:]):
        return False  # 产业发展和赋能应用措施
    return all(map(_is_plain_stack, parts))


def _is_work(tokens: list[Token]) -> bool:
    return bool(tokens) and is_work(_before_head(tokens[0]))


def is_work(english: str) -> bool:
    """Whether the English of a noun tells work and no thing: technical upgrading."""
    return bool(_NOUNS_OF_WORK.search(english))


def _is_plain_stack(tokens: list[Token]) -> bool:
    before, words = 0, 0
    for at, token in enumerate(tokens[:-1]):
        english = _before_head(token)
        if not english or _BEHIND.match(english):
            continue
        if at and _is_bare(tokens[at - 1]) and sense_of(token, "qualifier") and not is_noun(token):
            return False
        if english.startswith("the ") or (before and english in _LEVELS):
            return False
        if english not in _FREE:
            before += 1
            words += len(english.split(" "))
    if before > _MOST_BEFORE or words > _MOST_ENGLISH:
        return False
    head = _head_of(tokens[-1]) if len(tokens) > 1 else ""
    row = sum(_words_of(_before_head(token)) for token in tokens[:-1] if _is_in_row(token))
    if row and row + _words_of(head) > _MOST_IN_ROW:
        return False  # a pile of nouns, in which nobody finds what belongs together
    if head and _is_bare(tokens[-2]) and head.split(" ")[0] in _ADJECTIVES and " " in head:
        return False
    if head and (
        head in _NO_HEADS or (_is_bare(tokens[-2]) and (_is_done(head) or _are_bodies(tokens[-2], tokens[-1])))
    ):
        return False
    first = _head_of(tokens[0]) if len(tokens) > 1 else ""
    return not (_NOUNS_OF_WORK.search(first) and not _HEADS_OF_WORK.search(_head_of(tokens[-1])))


def _is_in_row(token: Token) -> bool:
    return _is_bare(token) and not _BEHIND.match(_before_head(token))


def _words_of(head: str) -> int:
    """The words of a noun that weigh: small and medium-sized enterprises have three, the names of places none."""
    return sum(word != "and" and word[:1].islower() for word in head.split(" "))


def _is_done(head: str) -> bool:
    """Whether a head begins with what was done, which English has before all else: signed projects."""
    return head.split(" ")[0] in _participles() and " " in head


def _are_bodies(before: Token, head: Token) -> bool:
    """Whether one that does something stands before another: 高中 | 县中."""
    return bool(_BODIES.search(_head_of(before)) and _BODIES.search(_head_of(head)))


@lru_cache(maxsize=1)
def _participles() -> frozenset[str]:
    return frozenset(english for english in catalogue("terms")["events"].values() if english.endswith("ed"))


def _before_head(token: Token) -> str:
    """The English of a term where it stands before a noun."""
    sense = sense_of(token, "qualifier", "noun", "area", "attribute", "event")
    return sense.english.partition("|")[0] if sense else ""


def _is_bare(token: Token) -> bool:
    """Whether the term is a noun and no adjective besides."""
    return is_noun(token) and not sense_of(token, "qualifier", "area")


def _tells_degree(token: Token) -> bool:
    """Whether the term says how much of an attribute is meant: 超1亿元, AA级以上."""
    qualifier = sense_of(token, "qualifier")
    return bool(sense_of(token, "limit")) or bool(qualifier and qualifier.english.endswith(_DEGREES))


def _only_qualifies(token: Token) -> bool:
    return (is_event(token) or (bool(sense_of(token, "qualifier")) and not is_noun(token))) and _is_plain(token)


def _is_phrase(token: Token) -> bool:
    """Whether the English of a noun is a phrase that can't stand before another noun: enterprises above designated size."""
    noun = sense_of(token, "noun", "area")
    return bool(
        noun
        and not (sense_of(token, "qualifier") or _BEHIND.match(noun.english))
        and "|" not in noun.english
        and _PHRASE.search(noun.english)
    )


def _is_head(token: Token) -> bool:
    noun = sense_of(token, "noun", "area")
    if not noun or noun.english.endswith(_OF_MONEY):
        return False
    return noun.english.startswith(_EACH) or not _BEHIND.match(noun.english)


def _is_plain(token: Token) -> bool:
    """Whether a word has its English whatever stands around it."""
    word, senses = token
    if any(sense.extra == SOUND for sense in senses) and not _PLACE_NAME.match(word):
        return False
    if _NUMERAL.match(word):
        return False
    if word in _PREPOSITIONS or word in _VERBS or word in _FIGURATIVE:
        return False
    return bool(sense_of(token, "noun", "area", "qualifier", "attribute") or sense_of(token, "event"))


def _alike(tokens: list[Token], joined: list[int]) -> bool:
    """Whether what is joined is of one kind: nouns, or qualifiers right before and behind the mark."""
    if joined[0] == 0 or joined[-1] == len(tokens) - 1:
        return False
    for at in joined:
        before, behind = tokens[at - 1], tokens[at + 1]
        if before[0] in JOINING or behind[0] in JOINING or (_head_of(before) and _head_of(before) == _head_of(behind)):
            return False
        if is_noun(before):
            continue
        if at == len(tokens) - 2 and _PERSONS.search(_head_of(behind)):
            return False  # 高技能和工匠: a quality and those who have another
        senses = (sense_of(before, "qualifier"), sense_of(behind, "qualifier", "noun", "area"))
        if not all(sense and not _BEHIND.match(sense.english) for sense in senses):
            return False
    return True
