"""On the page of a place: what became of its targets, and the figures on it that come from tables."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.site.data import Data, Record
from pipeline.site.links import Here, indicator_page
from pipeline.site.reasons import outcome_reason
from pipeline.site.row_pages import observation_url
from pipeline.site.shown_values import meaning_text, measure_text, period_text
from pipeline.site.tongue import Tongue


def became(say: Tongue, data: Data, here: Here, place_id: str) -> list[list[object]]:
    """The targets of a place beside their results, with the verdict: the cells of a table."""
    rows: list[list[object]] = []
    for outcome in sorted(data.outcomes_of_place(place_id), key=lambda outcome: str(outcome["target"]["period"])):
        target, result = outcome["target"], outcome["result"]
        why = outcome_reason(say, outcome)
        note = Markup(' <span class="note">{}</span>').format(why) if why else Markup()
        rows.append(
            [
                _indicator(say, data, here, target),
                measure_text(say, target),
                period_text(say, target["period"]),
                *(_value(say, data, here, row) for row in (target, result)),
                Markup.escape(say.word("met", outcome["met"])) + note,
            ]
        )
    return rows


def figures(say: Tongue, data: Data, here: Here, facts: Sequence[Record]) -> list[list[object]]:
    """The facts on a place, each with its source: the cells of a table."""
    return [
        [
            _indicator(say, data, here, fact),
            measure_text(say, fact),
            period_text(say, fact["period"]),
            meaning_text(say, data, _full(fact)),
            say.word("status", fact["status"]),
            _source(fact),
        ]
        for fact in facts
    ]


def _indicator(say: Tongue, data: Data, here: Here, row: Record) -> Markup:
    link = here.url(indicator_page(row["indicator_id"]))
    return Markup('<a href="{}">{}</a>').format(link, say.name(data.indicators[row["indicator_id"]]))


def _value(say: Tongue, data: Data, here: Here, row: Record) -> Markup:
    text = meaning_text(say, data, _full(row))
    if "fact_id" in row:
        return Markup("{} {}").format(text, _source(row))
    return Markup('<a href="{}">{}</a>').format(observation_url(here, row), text)


def _full(row: Record) -> Record:
    """A fact with the columns that only observations have; its value is shown in the unit that its table has."""
    return {"amount": None, "amount_max": None, "base_unit": None, **row}


def _source(fact: Record) -> Markup:
    text = Markup('<span lang="zh">{}</span>').format(fact["source"])
    address = str(fact["source_url"] or "")
    if not address.startswith(("https://", "http://")):
        return text
    return Markup('<a href="{}" rel="external">{}</a>').format(address, text)
