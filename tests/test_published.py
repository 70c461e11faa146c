"""The packages that are published: every rule, and the standard's own tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import schema
from pipeline.check import check_package


def test_every_rule_holds(packages: Path, root: Path) -> None:
    assert [str(violation) for violation in check_package(packages, root / "reports")] == []


@pytest.mark.parametrize("name", list(schema.all_packages()))
def test_frictionless_finds_the_package_valid(packages: Path, name: str) -> None:
    from frictionless import Package

    report = Package(str(packages / name / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])[:10]


@pytest.mark.parametrize("name", list(schema.all_packages()))
def test_descriptor_is_valid_data_package_v2(packages: Path, name: str) -> None:
    dplib = pytest.importorskip("dplib")
    from jsonschema.validators import validator_for

    profile = json.loads((Path(dplib.__file__).parent / "profiles/2.0/datapackage.json").read_bytes())
    document = json.loads((packages / name / "datapackage.json").read_bytes())
    assert [error.message for error in validator_for(profile)(profile).iter_errors(document)] == []
