"""The explorer: one page with the first observations as a table, and the facets that its script filters all of them by."""

from __future__ import annotations

from itertools import islice
from typing import Any

from markupsafe import Markup

from pipeline.site.data import Data, Record
from pipeline.site.explore_rows import FOLDER, explored, explored_rows
from pipeline.site.html_text import script_json
from pipeline.site.links import Here, numeral_anchor, package_page, place_page, report_page
from pipeline.site.row_pages import observation_url, quotation, report_name
from pipeline.site.shown_values import meaning_text, measure_text, period_html
from pipeline.site.templating import page, words
from pipeline.site.tongue import WORDS, Tongue, locale

PAGE = "explore.md"
# What a reader without JavaScript sees; the script shows the rest page by page.
_STATIC_ROWS = 50
# The least confidence that a reader may ask for.
_STEPS = ("0.95", "0.9", "0.8", "0.5")
# The first ones are unfolded.
_FACETS = (
    "what", "place", "period", "status", "measure", "indicator", "modality", "stated_in", "bound", "subject", "pool",
    "unit", "kind", "report", "review",
)  # fmt: skip
_OPEN = 4
# A sentence longer than this is shown around its number; explore/table.js says the same.
_LONG, _AROUND = 160, 60
_HEADS = ("place", "indicator", "period", "measure", "size", "status", "confidence", "quote")
_ORDERS = ("", "-size", "size", "-period", "period", "place", "indicator", "-confidence", "confidence")
_SCRIPT = (
    "found", "range", "none", "failed", "wait", "cite", "copy", "copied", "clear", "without", "more", "below", "seek",
    "seek_short", "no_value", "once",
)  # fmt: skip


def explore_page(say: Tongue, data: Data) -> str:
    """The page with its controls, and the first rows as a plain table."""
    here = Here(PAGE, say.code)
    count, total = explored(data), data.observations
    link = Markup('<a href="{}">{}</a>')
    files = link.format(here.url("data/index.md"), words(say, "explore.files"))
    flat = link.format(here.url(package_page("analysis-ready")), words(say, "explore.files"))
    intro = words(say, "explore.intro")
    if count < total:
        intro = words(say, "explore.intro_some", n=count, all=total, files=files)
    script_words = {name: locale(say.code)[f"explore.{name}"] for name in _SCRIPT}
    coded = {name: {key: say(*pair) for key, pair in WORDS[name].items()} for name in ("status", "modality")}
    return page(
        say,
        "explore.html",
        words(say, "explore.title"),
        meta={
            "hide": ["navigation", "toc"],
            "styles": [f"{FOLDER}/explore.css"],
            "scripts": [f"{FOLDER}/main.js"],
        },
        intro=intro,
        fallback=words(say, "explore.fallback", n=_STATIC_ROWS, files=flat),
        folder=here.file(f"{FOLDER}/"),
        up=here.url("index.md"),
        script_words=script_json({"language": say.code, **script_words, **coded}),
        facets=_FACETS,
        open=_OPEN,
        steps=_STEPS,
        orders=[(key, words(say, f"explore.sort_{key.replace('-', 'down_') or 'none'}")) for key in _ORDERS],
        heads=[(key, words(say, f"explore.head_{key}")) for key in _HEADS],
        rows=[_view(say, data, here, row) for row in islice(explored_rows(data), _STATIC_ROWS)],
    )


def _view(say: Tongue, data: Data, here: Here, row: Record) -> dict[str, Any]:
    place = data.places.get(row["place_id"] or "")
    return {
        "place": {"name": say.name(place), "link": here.url(place_page(row["place_id"]))} if place else None,
        "subject": row["subject"],
        "indicator": say.name(data.indicators[row["indicator_id"]]),
        "link": Markup(observation_url(here, row)),
        "period": Markup(period_html(say, row["period"])),
        "measure": measure_text(say, row),
        "phrase": row["phrase"],
        "meaning": meaning_text(say, data, row),
        "status": row["status"],
        "modality": row["modality"],
        "confidence": "" if row["confidence"] is None else f"{row['confidence']:.2f}",
        "quote": quotation(row, _LONG, _AROUND),
        "source": {
            "link": here.url(report_page(row["report_id"]), numeral_anchor(row["start"])),
            "title": report_name(say, data, data.reports[row["report_id"]]),
        },
    }
