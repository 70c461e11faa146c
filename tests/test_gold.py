"""The published observations against annotations made by hand, which are not part of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.scoring import score

# On the sources read whole. Two careful readers agree on every strict field in 98.6% of the observations.
LEAST_FIELD = 0.945
LEAST_SUBJECT = 0.93


@pytest.fixture(scope="module")
def result(gold: Path, packages: Path) -> dict[str, Any]:
    return score(packages / "work-reports", gold)


@pytest.mark.parametrize(("figure", "least"), [("accounted", 1.0), ("kind_accuracy", 0.985)])
def test_numerals(result: dict[str, Any], figure: str, least: float) -> None:
    assert result[figure] >= least


@pytest.mark.parametrize(("figure", "least"), [("observation", 0.985), ("strict", 0.94)])
def test_observations(result: dict[str, Any], figure: str, least: float) -> None:
    assert result[figure]["f1"] >= least


def test_each_field(result: dict[str, Any]) -> None:
    low = {
        field: share
        for field, share in result["fields"].items()
        if share < (LEAST_SUBJECT if field == "subject" else LEAST_FIELD)
    }
    assert low == {}


def test_quantities_in_chinese_characters(result: dict[str, Any]) -> None:
    figures = result["chinese_numerals"]
    assert figures["found"] >= 0.75 * figures["gold"]
    assert figures["value_right"] >= 0.95 * figures["found"]
    assert figures["extra"] <= 0.1 * figures["found"]
