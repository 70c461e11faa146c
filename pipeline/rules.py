r"""Rules that are things: `vocabulary/rules/*.yaml`, one file for each stage, each rule with the examples that hold it.

A stage decides one thing about a figure. Its rules are asked in the declared order, and the first that applies decides;
in a stage of the nearest word, the rule whose word stands last before the figure. A rule has

- `id`; `makes`, what it decides; `why`, where the words do not say it;
- `when`: what must be known of the figure, by name (measure: rank);
- `find`: a pattern for each region of the sentence in which it must be found (\A: at its beginning, \Z: at its end);
  `unless`: in which it must not be found.
  `{role}` stands for the words of a role of the file `roles`;
- `by`: the name of a function registered with `deciding`, where patterns cannot say it;
- `after`, `before`: the rules of its stage that it must follow or precede; others may stand in any order;
- `examples` that it must get right, and `leaves`: near misses that hold its words and that it must leave alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, reduce
from graphlib import TopologicalSorter
from operator import itemgetter, or_
from typing import Any, NamedTuple, Protocol

from pipeline.knowledge import any_of, vocabulary, vocabulary_names
from pipeline.models import Span
from pipeline.prefilter import Filtered, Signs, filtered, signs_needed

_ROLE = re.compile(r"\{([a-z_]+)\}")
_START = itemgetter(2)


class Words:
    """Words to look for; `anchored` where they must stand at the beginning of a region.

    `look(text, start, stop)` gives the first match in that stretch of a text, or None.
    """

    __slots__ = ("look", "pattern")

    def __init__(self, pattern: Filtered, anchored: bool = False) -> None:
        self.pattern = pattern
        self.look = pattern.anchored() if anchored else pattern.searching()


class Context(Protocol):
    """What a rule looks at: a figure in its sentence."""

    @property
    def signs(self) -> int:
        """Which words of rules may stand in the sentence (see `signs_of`)."""
        ...

    def known(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What is known of the figure under these names."""
        ...

    def find(self, region: str, words: Words) -> Span | None:
        """Where the words stand in a region of the sentence, as offsets in the report; None if they do not."""
        ...


# What a rule made of a figure, its id, and the words `start:stop` that it rested on.
Decision = tuple[str, str, int, int]


class Example(NamedTuple):
    """A sentence in a passage of some role, the figure in <>, and what it must give; empty if nothing is asked."""

    role: str
    text: str
    gives: str


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a stage, as its file has it."""

    id: str
    stage: str
    makes: str
    why: str
    when: Mapping[str, Sequence[str]]
    find: Mapping[str, str]
    unless: Mapping[str, str]
    by: str
    after: tuple[str, ...]
    before: tuple[str, ...]
    examples: tuple[Example, ...]
    leaves: tuple[Example, ...]


# What a function answers for a figure: what it makes of it and the words it rested on, or None if it does not apply.
Answer = tuple[str, int, int]
Deciding = Callable[[Any], Answer | None]
_FUNCTIONS: dict[str, Deciding] = {}


def deciding(name: str) -> Callable[[Deciding], Deciding]:
    """Register the function that the header of a rule names with `by`."""

    def register(function: Deciding) -> Deciding:
        _FUNCTIONS[name] = function
        return function

    return register


class Stage:
    """The rules that decide one thing, in an order that keeps what they declare.

    field: the column that they decide; nearest: whether the rule decides whose words stand last before the figure.
    """

    def __init__(self, name: str, about: str, field: str, nearest: bool, rules: tuple[Rule, ...]) -> None:
        self.name, self.about, self.field, self.nearest, self.rules = name, about, field, nearest, rules
        self._known = tuple(sorted({name for rule in rules for name in rule.when}))
        self.ask(_ordered(rules))

    def ask(self, rules: Sequence[Rule]) -> None:
        """Ask these rules from now on, in this order; tests leave one out, or ask in another order."""
        self.asked = tuple(rules)
        # The rules that may apply, by what is known of a figure, each with the signs that its words need; and those of them
        # whose signs a sentence has.
        self._may_apply: dict[tuple[str, ...], _Asked] = {}

    def decide(self, context: Context) -> Decision | None:
        """What the first rule that applies makes of the figure, or None if none does."""
        known = context.known(self._known)
        asked = self._may_apply.get(known)
        if asked is None:
            values = dict(zip(self._known, known, strict=True))
            rules = [r for r in self.asked if all(values[name] in allowed for name, allowed in r.when.items())]
            asked = self._may_apply[known] = _Asked(rules)
        signs = context.signs & asked.needed
        tests = asked.by_signs.get(signs)
        if tests is None:
            tests = asked.of(signs)
        if self.nearest:
            decided = [_decision(rule, answer) for rule, test in tests if (answer := test(context))]
            return max(decided, key=_START, default=None)
        for rule, test in tests:
            if answer := test(context):
                return _decision(rule, answer)
        return None


class _Asked:
    """Rules that are asked of figures of which the same is known."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._tests = [(_signs().bits(_needed(rule)), (rule, _test(rule))) for rule in rules]
        self.needed = reduce(or_, (needs for needs, _ in self._tests), 0)
        self.by_signs: dict[int, list[tuple[Rule, Deciding]]] = {}

    def of(self, signs: int) -> list[tuple[Rule, Deciding]]:
        """The rules whose signs are among these, with their tests."""
        tests = [test for needs, test in self._tests if needs & signs == needs]
        if len(self.by_signs) < _MOST_KEPT:
            self.by_signs[signs] = tests
        return tests


# So many sets of signs are kept for each of what is known; few are ever met.
_MOST_KEPT = 1024


@cache
def stages() -> dict[str, Stage]:
    """All stages by name."""
    return {name: _stage(name) for name in vocabulary_names("rules") if name != "roles"}


@cache
def stage(name: str) -> Stage:
    """The stage of that name."""
    return stages()[name]


def _stage(name: str) -> Stage:
    written = vocabulary(f"rules/{name}")
    rules = tuple(_rule(name, entry) for entry in written["rules"])
    return Stage(name, written["about"], written["field"], written.get("nearest", False), rules)


def _rule(stage_name: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        entry["id"],
        stage_name,
        entry.get("makes", ""),
        entry.get("why", ""),
        {name: [values] if isinstance(values, str) else values for name, values in entry.get("when", {}).items()},
        entry.get("find", {}),
        entry.get("unless", {}),
        entry.get("by", ""),
        tuple(entry.get("after", ())),
        tuple(entry.get("before", ())),
        tuple(map(_example, entry["examples"])),
        tuple(map(_example, entry["leaves"])),
    )


def _example(line: str) -> Example:
    role, text, *gives = (part.strip() for part in line.split("|"))
    return Example(role, text, gives[0] if gives else "")


def _ordered(rules: Sequence[Rule], shuffle: random.Random | None = None) -> list[Rule]:
    """The rules in an order that keeps what they declare: that of their file as far as may be, or another."""
    known = {rule.id: rule for rule in rules}
    ids = list(known)
    if shuffle:
        shuffle.shuffle(ids)
    graph: dict[str, set[str]] = {name: set() for name in ids}
    for rule in rules:
        graph[rule.id].update(name for name in rule.after if name in known)
        for name in rule.before:
            if name in known:
                graph[name].add(rule.id)
    return [known[name] for name in _sorted(ids, graph)]


def _sorted(ids: Sequence[str], graph: Mapping[str, set[str]]) -> Iterator[str]:
    """The ids, each as early as what it must follow allows. Raises CycleError where they follow each other."""
    TopologicalSorter(graph).prepare()
    left, done = list(ids), set[str]()
    while left:
        following = next(name for name in left if graph[name] <= done)
        left.remove(following)
        done.add(following)
        yield following


# What is told of a figure beside its sentence, so that signs of the sentence say nothing of it.
_BESIDE = ("name", "reference", "unit")


@cache
def _needed(rule: Rule) -> list[frozenset[str]]:
    """The signs that the words of a rule need: one of each set."""
    told = [signs_needed(_written(text)) for region, text in rule.find.items() if region not in _BESIDE]
    return [signs for signs in told if signs]


@cache
def _signs() -> Signs:
    return Signs(signs for stage in stages().values() for rule in stage.rules for signs in _needed(rule))


def signs_of(sentence: str) -> int:
    """Which signs that rules need a sentence has."""
    return _signs().of(sentence)


@cache
def pattern(text: str) -> Filtered:
    """A pattern of a rule, the roles in it replaced by their words."""
    return filtered(_written(text))


def _written(text: str) -> str:
    return _ROLE.sub(lambda match: _words(match[1]), text)


def _words(role: str) -> str:
    """The words of a role as a pattern; a role may use others, or be a list of another file `but` for some words."""
    words = vocabulary("rules/roles")[role]
    if isinstance(words, dict):
        file, name = words["words_of"].split(".")
        words = [word for word in vocabulary(file)[name] if word not in words["but"]]
    written = words if isinstance(words, str) else any_of(words)
    return f"(?:{_ROLE.sub(lambda match: _words(match[1]), written)})"


def _looked_for(text: str) -> Words:
    # In a stretch of a text \A would stand for the beginning of the whole.
    return Words(pattern(text.removeprefix("\\A")), text.startswith("\\A"))


@cache
def _test(rule: Rule) -> Deciding:
    """What the rule looks for, as a function from a figure to its answer; None where it does not find it."""
    find = [(region, _looked_for(text)) for region, text in rule.find.items()]
    unless = [(region, _looked_for(text)) for region, text in rule.unless.items()]
    function = _FUNCTIONS[rule.by] if rule.by else None
    if function and not find and not unless:
        return function

    def test(context: Context) -> Answer | None:
        start = stop = 0
        for region, words in find:
            if (found := context.find(region, words)) is None:
                return None
            start, stop = found
        for region, words in unless:
            if context.find(region, words):
                return None
        return function(context) if function else ("", start, stop)

    return test


def _decision(rule: Rule, answer: Answer) -> Decision:
    makes, start, stop = answer
    return makes or rule.makes, rule.id, start, stop


@contextmanager
def without(rule: Rule) -> Iterator[None]:
    """Switch a rule off, for the test that its examples need it."""
    at = stage(rule.stage)
    kept = at.asked
    at.ask([other for other in kept if other.id != rule.id])
    try:
        yield
    finally:
        at.ask(kept)


@contextmanager
def shuffled(seed: int) -> Iterator[None]:
    """Ask the rules of each stage in another order that keeps what they declare."""
    kept = {name: at.asked for name, at in stages().items()}
    order = random.Random(seed)
    for at in stages().values():
        at.ask(_ordered(at.rules, order))
    try:
        yield
    finally:
        for name, at in stages().items():
            at.ask(kept[name])
