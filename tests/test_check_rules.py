"""The pages on checks name every rule that a check can tell as broken, and no other."""

from __future__ import annotations

import re

import pytest

from pipeline.collection.findings import rules

_TOLD = re.compile(r'Violation\(\s*"([a-z_]+)"|yield "([a-z_]+)", |rule = "([a-z_]+)" if')
# Named by what pandera calls them (pipeline/check/keys.py, pipeline/schema.py).
_OF_SCHEMAS = {"required", "unique", "enum", "pattern", "minimum", "maximum"}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_pages_name_every_rule(root, code):
    page = (root / "docs" / code / "checks.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z_]+)` \|[^|]*\|$", page, re.MULTILINE)  # tables of columns have a third
    told = set(_OF_SCHEMAS)
    for path in (root / "pipeline" / "check").rglob("*.py"):
        told |= {name for names in _TOLD.findall(path.read_text(encoding="utf-8")) for name in names if name}
    seen = {name for name, rule in rules().items() if rule.looks_at == "rows"}
    assert sorted(listed) == sorted(told | seen)
