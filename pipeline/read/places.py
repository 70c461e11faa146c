"""Which administrative area a name in a title or in a text stands for."""

from __future__ import annotations

import csv
import re
from functools import cache

from pipeline.knowledge import HERE

_TAIL = re.compile(r"^(.{2,}?)(?:维吾尔|蒙古|哈萨克|柯尔克孜|.{1,3}族)*(?:特别行政区|自治[区州县旗]|省|市|地区|盟)$")
_COUNTED = 50_000
_ALIASES = {"我国": "cn", "中国": "cn", "全国": "cn", "大湾区": "cn-greater-bay-area"}
_REGIONS = {"cn-greater-bay-area", "cn-beijing-tianjin-hebei"}


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    with (HERE / "catalogue" / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["name_zh"], row["place_id"])
            short = _TAIL.match(row["name_zh"])
            if short and row["level"] in ("province", "prefecture"):
                names.setdefault(short[1], row["place_id"])
    return names


@cache
def _official() -> dict[str, str]:
    with (HERE / "catalogue" / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["place_id"]: row["name_zh"] for row in csv.DictReader(file)}


def by_name(name: str) -> str:
    """The identifier of a place by its full or short name, else empty."""
    return _names().get(name, "")


def name(place_id: str) -> str:
    """The full official name."""
    return _official()[place_id]


def leading(text: str) -> str:
    """The place with the longest name that stands first in `text`."""
    for start in range(min(len(text), 60)):
        for length in range(min(14, len(text) - start), 1, -1):
            place_id = by_name(text[start : start + length])
            if place_id:
                return place_id
    return ""


def most_named(title: str, text: str) -> str:
    """The place named most often: among those in the title, areas before regions, if it names any, else in the text."""
    text = text[:_COUNTED]
    counts: dict[str, int] = {}
    titled = set()
    for known, place_id in (_names() | _ALIASES).items():
        count = text.count(known)
        if count:
            counts[place_id] = counts.get(place_id, 0) + count
            titled |= {place_id} if known in title else set()
    best = {place for place in titled if place not in _REGIONS} or titled or counts.keys()
    return max(best, key=lambda place_id: (counts[place_id], place_id)) if best else ""
