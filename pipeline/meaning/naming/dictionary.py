"""The tables that say what the identifiers of the other tables stand for: only what is in use, and its parents."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.codes import code_tables
from pipeline.knowledge import catalogue, catalogue_rows
from pipeline.meaning.amounts import base_units, units
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.naming.definitions import redirect_rows
from pipeline.rows import Row, Rows
from pipeline.schema import columns


def fixed_tables(used_places: Iterable[str], used_units: Iterable[str], named: Iterable[Row]) -> Rows:
    """The tables of the dictionary but those of indicators, for the places, units and agencies in use."""
    return {
        **code_tables(),
        "agencies": agencies(named),
        "indicator_redirects": redirect_rows(),
        "observation_redirects": [dict(row) for row in catalogue_rows("observation_redirects")],
        "places": places(used_places),
        "topics": topics(),
        **unit_rows(used_units),
    }


def places(used: Iterable[str]) -> list[Row]:
    """The rows of `places` for these identifiers."""
    known = gazetteer()
    wanted = set(used)
    wanted |= {ancestor for place_id in wanted for ancestor in known.ancestors(place_id)}
    wanted |= {known.place(place_id).successor_id for place_id in wanted} - {""}
    return [
        {column: getattr(known.place(place_id), column) for column in columns("places")} for place_id in sorted(wanted)
    ]


def topics() -> list[Row]:
    """The rows of `topics`."""
    return [
        {"topic_id": topic_id, "parent_id": parent, "name_zh": name_zh, "name_en": name_en}
        for topic_id, (parent, name_zh, name_en) in catalogue("topics").items()
    ]


def unit_rows(used: Iterable[str]) -> Rows:
    """The rows of `units` and `base_units` for units as written, and for those of the core indicators."""
    texts = {*used, *(str(entry["unit"]) for entry in catalogue("indicators").values() if entry["unit"])}
    return {
        "units": [
            {
                "unit": known.text,
                "unit_id": known.unit_id,
                "factor": known.factor,
                "base_unit_id": known.base_unit_id,
            }
            for known in units(texts)
        ],
        "base_units": [
            {
                "unit_id": known.unit_id,
                "dimension": known.dimension,
                "name_zh": known.text,
                "name_en": known.name_en,
                "ucum": known.ucum,
                "iso_4217": known.iso_4217,
            }
            for known in base_units(texts)
        ],
    }


def agencies(rows: Iterable[Row]) -> list[Row]:
    """Every agency once: several reports may name it."""
    known = {str(row["agency_id"]): row for row in rows}
    return [known[agency_id] for agency_id in sorted(known)]
