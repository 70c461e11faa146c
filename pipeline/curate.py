"""List the indicators of a built package that no curator has looked at, the most frequent first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import BaogaoError

_HEAD = """\
# Indicators without an entry in the catalogue, the most frequent first. Complete an entry and move it to
# pipeline/catalogue/indicators.yaml, under an identifier of its own; or add the Chinese name to the aliases of the
# entry that means the same thing; or add the missing words to pipeline/catalogue/terms.yaml, from which names are composed.
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
