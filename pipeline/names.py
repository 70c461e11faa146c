"""Names beside codes: observations with what their place, indicator and report are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from pipeline import schema
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.naming.definitions import Use, described
from pipeline.rows import Row, Rows

FLAT = "observations_flat"
_OF_REPORT = {"report_title": "title", "report_kind": "kind", "source_file": "source_file"}


def flat_rows(rows: Rows) -> list[Row]:
    """The observations of the rows of reports, in their order, with the columns of `observations_flat`."""
    reports = {str(row["report_id"]): row for row in rows.get("reports", ())}
    observations = rows.get("observations", [])
    uses: dict[str, Counter[Use]] = defaultdict(Counter)
    for row in observations:
        uses[str(row["indicator_id"])][
            Use(*(str(row.get(n) or "") for n in ("indicator_text", "measure", "unit")))
        ] += 1
    indicators = {str(row["indicator_id"]): row for row in described(sorted(uses.items()))["indicators"]}
    return [_named(row, reports[str(row["report_id"])], indicators) for row in observations]


def _named(row: Row, report: Row, indicators: Mapping[str, Mapping[str, object]]) -> Row:
    date = str(report.get("date") or "")
    indicator = indicators.get(str(row["indicator_id"]), {})
    known: Row = {
        **row,
        **{name: report.get(column) for name, column in _OF_REPORT.items()},
        # The first day where only the month or the year is known.
        "report_date": (date + "-01-01")[:10] if date else None,
        "report_date_precision": report.get("date_precision"),
        "indicator_zh": indicator.get("name_zh"),
        "indicator_en": indicator.get("name_en"),
        "topic_id": indicator.get("topic_id"),
        "curation": indicator.get("curation"),
    }
    if place_id := str(row.get("place_id") or ""):
        place = gazetteer().place(place_id)
        known |= {"place_zh": place.name_zh, "place_en": place.name_en, "place_level": place.level}
    return {name: known.get(name) for name in schema.columns(FLAT)}
