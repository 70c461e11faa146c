"""The tables that say what the identifiers of the other tables stand for: only what is in use, and its parents."""

from __future__ import annotations

from pipeline.knowledge import catalogue
from pipeline.resolve.amounts import units
from pipeline.resolve.definitions import indicator_tables
from pipeline.resolve.gazetteer import gazetteer
from pipeline.rows import Row, Rows


def dictionary(tables: Rows) -> Rows:
    """`tables` with places, topics, indicators, their aliases and codes, and units."""
    return {
        **tables,
        **_indicators(tables),
        "agencies": _agencies(tables),
        "places": _places(tables),
        "topics": _topics(),
        "units": _units(tables),
    }


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
    return indicator_tables(row for table in ("observations", "_phrases") for row in tables.get(table, ()))


def _agencies(tables: Rows) -> list[Row]:
    """Every agency once: several reports may name it."""
    known = {str(row["agency_id"]): row for row in tables.get("agencies", ())}
    return [known[agency_id] for agency_id in sorted(known)]
