"""The flat table of observations, as a query makes it of the relational ones."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline import schema

# What each column of observations_flat is that the observations do not have.
_JOINED = {
    "report_title": "report.title",
    "report_kind": "report.kind",
    # The first day where only the month or the year is known.
    "report_date": "report.date || substr('-01-01', length(report.date) - 3)",
    "report_date_precision": "report.date_precision",
    "source_file": "report.source_file",
    "place_zh": "place.name_zh",
    "place_en": "place.name_en",
    "place_level": "place.level",
    "indicator_zh": "indicator.name_zh",
    "indicator_en": "indicator.name_en",
    "topic_id": "indicator.topic_id",
    "curation": "indicator.curation",
}


def flat_columns(written: Mapping[str, str] | None = None) -> str:
    """The columns of the flat table as a query chooses them; `written` has those of which a database has its own writing."""
    joined = {**_JOINED, **(written or {})}
    return ", ".join(f"{joined.get(name, f'stated.{name}')} as {name}" for name in schema.columns("observations_flat"))


def typed_columns() -> str:
    """The same with the types that are published."""
    return flat_columns({"report_date": f"try_cast({_JOINED['report_date']} as date)"})


def flat_query(where: str = "true") -> str:
    """The observations of a workspace, in their order, with the names of place, indicator and report."""
    return (
        f"select {typed_columns()} from (select * from published.observations where {where}) stated "
        "left join published.reports report on report.report_id = stated.report_id "
        "left join published.places place on place.place_id = stated.place_id "
        "left join published.indicators indicator on indicator.indicator_id = stated.indicator_id "
        "order by stated._text, stated._ordinal"
    )
