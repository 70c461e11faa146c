"""The tables that say what the identifiers of the other tables stand for: only what is in use, and its parents."""

from __future__ import annotations

from collections import Counter, defaultdict

from pipeline.knowledge import catalogue
from pipeline.resolve.amounts import unit, units
from pipeline.resolve.gazetteer import gazetteer
from pipeline.rows import Rows


def dictionary(tables: Rows) -> Rows:
    """`tables` with places, topics, indicators, their aliases and codes, and units."""
    return {**tables, **_indicators(tables), "places": _places(tables), "topics": _topics(), "units": _units(tables)}


def _places(tables: Rows) -> list[dict[str, object]]:
    known = gazetteer()
    used = {str(row["place_id"]) for rows in tables.values() for row in rows if row.get("place_id")}
    used |= {ancestor for place_id in used for ancestor in known.ancestors(place_id)}
    used |= {known.place(place_id).successor_id for place_id in used} - {""}
    columns = [
        "place_id",
        "gb_code",
        "name_zh",
        "name_en",
        "level",
        "parent_id",
        "valid_from",
        "valid_to",
        "successor_id",
    ]
    return [{column: getattr(known.place(place_id), column) for column in columns} for place_id in sorted(used)]


def _topics() -> list[dict[str, object]]:
    return [
        {"topic_id": topic_id, "parent_id": parent, "name_zh": name_zh, "name_en": name_en}
        for topic_id, (parent, name_zh, name_en) in catalogue("topics").items()
    ]


def _units(tables: Rows) -> list[dict[str, object]]:
    texts = {str(row["unit"]) for row in tables.get("observations", ()) if row["unit"]}
    texts |= {str(entry["unit"]) for entry in catalogue("indicators").values()}
    return [
        {
            "unit_id": known.unit_id,
            "text": known.text,
            "factor": known.factor,
            "base_unit": known.base_unit,
            "dimension": known.dimension,
            "name_en": known.name_en,
        }
        for known in units(texts)
    ]


def _indicators(tables: Rows) -> Rows:
    """The tables indicators, indicator_aliases and indicator_codes."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for table in ("observations", "qualitative_targets"):
        for row in tables.get(table, ()):
            names[str(row["indicator_id"])][str(row.get("indicator_text") or "")] += 1
    indicators, aliases, codes = [], [], []
    core = catalogue("indicators")
    for indicator_id in sorted(names):
        entry = core.get(indicator_id)
        texts = names[indicator_id]
        if entry is None:
            name = min(texts, key=lambda text: (-texts[text], text))
            indicators.append({"indicator_id": indicator_id, "name_zh": name, "curation": "proposed"})
            continue
        indicators.append(
            {
                "indicator_id": indicator_id,
                "name_zh": entry["name"]["zh"],
                "name_en": entry["name"]["en"],
                "definition_zh": entry["definition"]["zh"],
                "definition_en": entry["definition"]["en"],
                "definition_source": entry.get("source", ""),
                "topic_id": entry["topic"],
                "unit_id": unit(str(entry["unit"])).unit_id,
                "curation": "core",
            }
        )
        for language in ("zh", "en"):
            aliases += [
                {"indicator_id": indicator_id, "alias": alias, "language": language}
                for alias in sorted(set(entry["aliases"].get(language, ())))
            ]
        codes += [
            {"indicator_id": indicator_id, "measure": measure, "system": system, "code": code, "match": match}
            for measure, system, code, match in entry.get("codes", ())
        ]
    return {"indicators": indicators, "indicator_aliases": aliases, "indicator_codes": codes}
