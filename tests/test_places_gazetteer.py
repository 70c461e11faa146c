from __future__ import annotations

import csv
import re

import pytest

from pipeline.knowledge import HERE
from pipeline.meaning.gazetteer import gazetteer, short_name

PLACES = gazetteer()


def test_table_is_sound() -> None:
    with (HERE / "catalogue" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["place_id"] for row in rows]
    assert len(ids) == len(set(ids))
    known = set(ids)
    for row in rows:
        assert re.fullmatch(r"[a-z0-9-]+", row["place_id"])
        assert row["name_zh"]
        assert row["name_en"]
        assert row["level"] in {"nation", "region", "province", "prefecture", "county", "township", "zone"}
        assert row["place_id"] == "cn" or row["parent_id"] in known
        assert not row["successor_id"] or (row["successor_id"] in known and row["valid_to"])
        assert bool(row["valid_to"]) == bool(row["successor_id"])
        assert not row["valid_from"] or not row["valid_to"] or row["valid_from"] < row["valid_to"]


def test_whole_of_the_standard() -> None:
    today = [place for place in PLACES if place.gb_code and not place.valid_to]
    assert sum(place.level == "province" for place in today) == 34
    assert 330 <= sum(place.level == "prefecture" for place in today) <= 340
    assert 2840 <= sum(place.level == "county" for place in today) <= 2880


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("西藏自治区", "Xizang Autonomous Region"),
        ("陕西省", "Shaanxi Province"),
        ("西安市", "Xi'an"),
        ("滨海新区", "Binhai New Area"),
        ("怀集县", "Huaiji County"),
        ("恩施土家族苗族自治州", "Enshi Tujia and Miao Autonomous Prefecture"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ("锡林郭勒盟", "Xilingol League"),
        ("番禺区", "Panyu District"),
        ("闵行区", "Minhang District"),
        ("单县", "Shanxian County"),
        ("万柏林区", "Wanbailin District"),
        ("沙县区", "Shaxian District"),
    ],
)
def test_english_names(name: str, english: str) -> None:
    assert PLACES.place(PLACES.by_name(name)).name_en == english


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("四会市", "四会"),
        ("单县", "单县"),
        ("恩施土家族苗族自治州", "恩施"),
        ("神农架林区", "神农架"),
        ("东乡族自治县", "东乡族"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "within", "on", "place_id"),
    [
        ("高要", "cn-441200", "", "cn-441204"),
        ("高要", "cn-441200", "2013-01-20", "cn-441283"),
        ("高要", "cn-441200", "2016-03-01", "cn-441204"),
        ("高要市", "", "", "cn-441283"),
        ("鼓楼区", "cn-320100", "", "cn-320106"),
        ("鼓楼区", "cn-410200", "", "cn-410204"),
        ("鼓楼区", "", "", ""),
        ("朝阳", "cn-110000", "", "cn-110105"),
        ("朝阳", "", "", "cn-211300"),
        ("海南", "", "", "cn-460000"),
        ("海南", "cn-630000", "", "cn-632500"),
        ("中山", "", "", "cn-442000"),
        ("黔东南州", "", "", "cn-522600"),
        ("大湾区", "cn-440000", "", "cn-greater-bay-area"),
        ("全国", "", "", "cn"),
        ("不在册的地方", "", "", ""),
    ],
)
def test_by_name(name: str, within: str, on: str, place_id: str) -> None:
    assert PLACES.by_name(name, within, on) == place_id


def test_relations() -> None:
    assert PLACES.ancestors("cn-441284") == ("cn-441200", "cn-440000", "cn")
    assert "cn-441284" in PLACES.children("cn-441200")
    assert "cn-441283" not in PLACES.children("cn-441200")
    assert PLACES.place("cn-441283").successor_id == "cn-441204"
    assert PLACES.within("cn-441284", "cn-440000")
    assert not PLACES.within("cn-441284", "cn-450000")
    assert PLACES.parent("cn") == ""
    assert PLACES.name("cn") == "全国"
    assert PLACES.name("cn-000000") == ""
