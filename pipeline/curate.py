"""What a curator does: complete the indicators that the catalogue lacks, and issue identifiers."""

from __future__ import annotations

import csv
from collections import Counter
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import yaml

from pipeline import __version__
from pipeline.errors import BaogaoError
from pipeline.knowledge import catalogue
from pipeline.meaning.naming.issued import Issued, issued

_HEAD = """\
# Indicators without an entry in the catalogue, the most frequent first. Complete the entries that matter, remove the
# others, and give the folder of this file to `baogao build --catalogue`. Where an entry means the same as an indicator
# that is there, put its Chinese names under that one's identifier: `gdp: {aliases: {zh: [本级经济总量]}}`. A thing that is
# missing goes into things.yaml beside this file.
"""


def proposals(package: Path) -> tuple[int, str]:
    """The number of proposed indicators, and a YAML file with an entry to complete for each.

    `package` is the folder of the built package work-reports. Raises BaogaoError where there is none.
    """
    indicators = {row["indicator_id"]: row for row in _rows(package, "indicators") if row["curation"] == "proposed"}
    units: dict[str, Counter[str]] = {name: Counter() for name in indicators}
    quotes: dict[str, str] = {}
    for row in _rows(package, "observations"):
        if row["indicator_id"] in indicators:
            # A growth rate says nothing about the unit of the level.
            units[row["indicator_id"]][row["base_unit"] or "" if row["measure"] == "level" else ""] += 1
            quotes.setdefault(row["indicator_id"], row["quote"].strip())
    order = sorted(indicators, key=lambda name: (-units[name].total(), name))
    entries = [_entry(indicators[name], units[name], quotes.get(name, "")) for name in order]
    return len(entries), _HEAD + "".join(f"\n{entry}" for entry in entries)


def issue(package: Path, register: Path) -> int:
    """Append to a register (`issued.csv`) the identifiers of a built package that were never issued; gives their number.

    `package` is the folder of the built package work-reports. An identifier stands with the phrase and the base unit that
    it was met with first in the order of its phrases. Raises BaogaoError where there is no package.
    """
    known = {*issued(), *catalogue("indicators")}
    if register.is_file():
        with register.open(encoding="utf-8-sig", newline="") as file:
            known |= {row["indicator_id"] for row in csv.DictReader(file)}
    uses: dict[str, set[tuple[int, str, bool, str]]] = {}
    for row in _rows(package, "observations"):
        if row["indicator_id"] not in known and row["indicator_text"]:
            base = row["base_unit"] or "" if row["measure"] == "level" else ""
            text = row["indicator_text"]
            uses.setdefault(row["indicator_id"], set()).add((len(text), text, not base, base))
    with BytesIO() as buffer, TextIOWrapper(buffer, encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not register.is_file():
            writer.writerow(Issued._fields)
        for name in sorted(uses):
            _, text, _, base = min(uses[name])
            writer.writerow([name, text, base, __version__])
        file.flush()
        register.parent.mkdir(parents=True, exist_ok=True)
        with register.open("ab") as out:
            out.write(buffer.getvalue())
    return len(uses)


def _entry(indicator: dict[str, Any], units: Counter[str], quote: str) -> str:
    count = units.pop("", 0) + units.total()
    entry = {
        indicator["indicator_id"]: {
            "name": {"zh": indicator["name_zh"], "en": indicator["name_en"] or ""},
            "definition": {"zh": indicator["definition_zh"] or "", "en": indicator["definition_en"] or ""},
            "topic": indicator["topic_id"] or "",
            "unit": max(units, key=lambda unit: (units[unit], unit), default=""),
            "aliases": {"zh": [indicator["name_zh"]], "en": []},
            # For the curator only; an entry in the catalogue has neither.
            "count": count,
            "example": quote,
        }
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=120)


def _rows(package: Path, table: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    path = package / f"{table}.parquet"
    if not path.is_file():
        raise BaogaoError(f"{package} is not a built package. Make it first: baogao build")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows
