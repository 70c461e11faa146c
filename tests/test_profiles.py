"""Kinds of documents: their profiles are the only place that knows them."""

import json
import re
from pathlib import Path

import pytest

from pipeline.documents.profiles import is_read, profile, profiles

ROOT = Path(__file__).parent.parent
KINDS = [one.kind for one in profiles()]
_ASKED = re.compile(
    r"""kind["'\])]*\s*(?:==|!=|(?:not )?in)\s*[("'\[{]*(?:%s)\b|["'](?:%s)["']\s*(?:==|!=)"""
    % (("|".join(KINDS),) * 2)
)


def test_no_code_asks_for_a_kind_by_name() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "pipeline").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _ASKED.search(line) and "documents" not in path.parts
    ]
    assert asked == []


@pytest.mark.parametrize("line", ['if report.kind == "plan":', 'row["kind"] in ("news", "other")', "kind = 'residue'"])
def test_that_would_be_noticed(line: str) -> None:
    assert bool(_ASKED.search(line)) == ("==" in line or " in " in line)


def test_every_kind_may_stand_in_the_tables() -> None:
    for name in ("reports", "observations_flat"):
        fields = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))["fields"]
        stated = next(field for field in fields if field["name"] in ("kind", "report_kind"))["constraints"]["enum"]
        assert {*stated, "residue"} == set(KINDS)


def test_every_key_is_explained() -> None:
    guide = (ROOT / "pipeline/vocabulary/profiles/README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"\w+", " ".join(row.split("|")[1] for row in guide.splitlines() if row[:1] == "|")))
    stated = set()
    for path in (ROOT / "pipeline/vocabulary/profiles").glob("*.yaml"):
        stated |= set(re.findall(r"^(\w+):", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert stated <= explained


def test_only_what_is_left_over_is_not_read() -> None:
    assert [kind for kind in KINDS if not is_read(kind)] == ["residue"]
    assert not profile("news").may_be_shown
    assert profile("budget").may_be_shown
