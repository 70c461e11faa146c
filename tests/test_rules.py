"""Rules as things: every example, what each rule is needed for, and an order that nobody declared."""

from __future__ import annotations

import pytest
from rule_examples import read

import pipeline.meaning.when  # noqa: F401  the functions behind the headers
from pipeline.rules import Example, Rule, shuffled, stages, without

RULES = [rule for stage in stages().values() for rule in stage.rules]
IDS = [rule.id for rule in RULES]


def _wrong(rule: Rule) -> list[str]:
    """The examples of a rule that do not give what they should."""
    field = stages()[rule.stage].field
    found = [(example, read(example)[field]) for example in rule.examples]
    return [f"{example.text}: {got!r}" for example, got in found if got != example.gives]


def test_rules_have_names_of_their_own() -> None:
    assert len(IDS) == len(set(IDS)) >= 30
    for rule in RULES:
        assert len(rule.examples) >= 2 or rule.stage == "target_list", rule.id
        assert rule.leaves, rule.id
        assert rule.find or rule.by or rule.when, rule.id


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_examples(rule: Rule) -> None:
    assert _wrong(rule) == []
    assert [e.text for e in rule.examples if rule.id not in read(e)["rules"]] == []


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_near_misses_are_left_alone(rule: Rule) -> None:
    field = stages()[rule.stage].field
    for example in rule.leaves:
        got = read(example)
        assert rule.id not in got["rules"], example.text
        assert example.gives in ("", got[field]), example.text


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_witness(rule: Rule) -> None:
    """Without the rule its own examples fail; a rule that nothing needs is none."""
    with without(rule):
        assert len(_wrong(rule)) == len(rule.examples)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_that_is_not_declared_changes_nothing(seed: int) -> None:
    with shuffled(seed):
        assert [wrong for rule in RULES for wrong in _wrong(rule)] == []


def test_a_plan_that_says_soon_has_no_date() -> None:
    assert read(Example("plan", "尽快实现企业<90>%使用绿电。", ""))["period"] == ""
    assert read(Example("plan", "加快改造企业<90>家。", ""))["period"] == "2022"


def test_rules_declare_only_rules_of_their_stage() -> None:
    for stage in stages().values():
        known = {rule.id for rule in stage.rules}
        for rule in stage.rules:
            assert {*rule.after, *rule.before} <= known - {rule.id}, rule.id
