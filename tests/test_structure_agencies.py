"""Agencies by the names that plans use for them."""

from __future__ import annotations

import pytest

from pipeline.knowledge import catalogue
from pipeline.meaning.agencies import resolve_agency


@pytest.mark.parametrize(
    ("name", "place", "identifier", "name_zh"),
    [
        ("市发展改革局", "cn-440600", "cn-440600-development-and-reform", "佛山市发展和改革局"),
        ("省发改委", "cn-440600", "cn-440000-development-and-reform", "广东省发展和改革委员会"),
        ("住建局", "cn-440600", "cn-440600-housing-and-construction", "佛山市住房和城乡建设局"),
        ("市国资委", "cn-440600", "cn-440600-state-assets", "佛山市国有资产监督管理委员会"),
        ("市委宣传部", "cn-440600", "cn-440600-party-publicity", "中共佛山市委宣传部"),
        ("顺德区政府", "cn-440600", "cn-440606-peoples-government", "顺德区人民政府"),
        ("市政府", "cn-440600", "cn-440600-peoples-government", "佛山市人民政府"),
        ("各区政府", "cn-440600", "cn-440600-county-governments", "佛山市各区政府"),
        ("佛山海关", "cn-440600", "cn-440600-customs", "佛山海关"),
        ("人行佛山市中心支行", "cn-440600", "cn-440600-peoples-bank", "中国人民银行佛山市中心支行"),
    ],
)
def test_known(name: str, place: str, identifier: str, name_zh: str) -> None:
    agency = resolve_agency(name, place)
    assert (agency.agency_id, agency.name_zh) == (identifier, name_zh)
    assert agency.name_en
    assert identifier.startswith(agency.place_id)


def test_unknown_names_have_stable_identifiers() -> None:
    agency = resolve_agency("市奇石管理处", "cn-440600")
    assert agency == resolve_agency("市奇石管理处", "cn-440600")
    assert agency.agency_id.startswith("cn-440600-agency-")
    assert (agency.name_zh, agency.name_en) == ("佛山市奇石管理处", "")
    assert resolve_agency("", "cn-440600").place_id == "cn-440600"
    assert resolve_agency("某局", "unknown").place_id == "unknown"


def test_no_stem_stands_for_two_types() -> None:
    seen: dict[str, str] = {}
    for slug, entry in catalogue("agencies")["types"].items():
        for stem in {entry["zh"], *entry.get("aliases", ()), *entry.get("also", ()), *entry.get("whole", ())}:
            assert seen.setdefault(stem, slug) == slug, stem
