"""The measured and chosen parts of the start page and the method page."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from pipeline.rows import RELATIONAL
from pipeline.site import compare_views
from pipeline.site.data import PRESS, Data, Record
from pipeline.site.links import Here, numeral_anchor, package_page, place_page, report_page
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.shown_values import meaning_text, measure_text, period_text
from pipeline.site.site_files import DATABASE, has_database, package_file, spreadsheet_name
from pipeline.site.templating import block, words
from pipeline.site.tongue import Tongue

_EXAMPLE_LENGTH = (30, 110)
_EXAMPLE_ROWS = (3, 6)


def counts(say: Tongue, data: Data, here: Here) -> str:
    """The numbers of what is inside, each with a link."""
    years = data.stored.years
    pairs = [
        (data.observations, "observations", "explore.md"),
        (len(data.indicators), "indicators", "indicators/index.md"),
        (sum(1 for place in data.places if data.count_of_place(place)), "places", "places/index.md"),
        (len(data.reports), "reports", "reports/index.md"),
        (data.rows(RELATIONAL, "numerals"), "numerals", "quality.md"),
    ]
    items = [(number, words(say, f"home.{key}"), here.url(to)) for number, key, to in pairs]
    return block(say, "counts.html", items=items, span=f"{years[0]}–{years[-1]}" if years else "")


def chosen_sentence(data: Data) -> list[Record]:
    """The rows of a sentence that shows much: several core indicators, targets and words that bound a number."""
    found = data.stored.telling(kinds=sorted(PRESS), lengths=_EXAMPLE_LENGTH, rows=_EXAMPLE_ROWS)
    if found is None:
        return []
    report_id, start, length = found
    return [row for row in data.of_report(report_id) if (row["quote_start"], len(row["quote"])) == (start, length)]


def example(say: Tongue, data: Data, here: Here) -> str:
    """A sentence of a report with its numbers marked, and the rows that they became."""
    rows = chosen_sentence(data)
    if not rows:
        return ""
    first = rows[0]
    quote, offset = first["quote"], first["quote_start"]
    parts, last = [], 0
    for row in sorted({r["start"]: r for r in rows}.values(), key=lambda r: r["start"]):
        start, stop = row["start"] - offset, row["stop"] - offset
        parts.append((quote[last:start], quote[start:stop]))
        last = stop
    report = data.reports[first["report_id"]]
    return block(
        say,
        "example.html",
        parts=parts,
        rest=quote[last:],
        link=here.url(report_page(first["report_id"]), numeral_anchor(first["start"])),
        title=report_name(say, data, report),
        rows=[
            {
                "text": row["text"],
                "link": observation_url(here, row),
                "name": say.name(data.indicators[row["indicator_id"]]),
                "measure": measure_text(say, row),
                "period": period_text(say, row["period"]),
                "meaning": meaning_text(say, data, row),
                "status": row["status"],
                "modality": row["modality"],
            }
            for row in rows
        ],
    )


def download_files(say: Tongue, data: Data, here: Here) -> list[tuple[str, str]]:
    """The files that most people want: pairs of words and link; empty of a package in parts."""
    flat = "observations_flat.csv"
    if flat not in data.files["analysis-ready"]:
        return []
    files = [
        ("Excel", "observations_flat.xlsx"),
        ("CSV", flat),
        (words(say, "files.spreadsheet"), spreadsheet_name(flat)),
        ("Parquet", "observations_flat.parquet"),
        ("Stata", "observations_flat.dta"),
    ]
    found = [(text, here.file(package_file("analysis-ready", name))) for text, name in files]
    return [*found, *([(words(say, "files.database"), here.file(DATABASE[0]))] if has_database(data) else [])]


def downloads(say: Tongue, data: Data, here: Here) -> str:
    """The files that most people want; of a package in parts, the page that lists them."""
    page = here.url(package_page("analysis-ready"))
    return block(say, "downloads.html", files=download_files(say, data, here), page=page)


def compared(say: Tongue, data: Data, here: Here) -> str:
    """What is offered on targets and results, with how many can be compared so far."""
    places = f"[{words(say, 'home.places_link')}]({here.md('places/index.md')})"
    key = "home.compared" if data.stored.comparable else "home.nothing_compared"
    return str(words(say, key, places=Markup(places), n=data.stored.comparable))


def comparisons(say: Tongue, data: Data, here: Here) -> str:
    """What can be set side by side: empty where there is nothing yet."""
    count = sum(1 for _ in compare_views.comparisons(data))
    return str(words(say, "home.comparisons", n=count, link=Markup(here.md(compare_views.INDEX)))) if count else ""


def matrix(say: Tongue, data: Data, here: Here) -> str:
    """The documents that are here by place and year, with their targets, results and pairs of both."""
    return block(say, "matrix.html", **matrix_values(say, data, here, list(data.held)))


def matrix_values(say: Tongue, data: Data, here: Here, places: list[str]) -> dict[str, object]:
    """What the template `matrix.html` shows of these places."""
    years = sorted({year for place in places for year in data.held[place]})[-_MOST_YEARS:]
    chosen = sorted(places, key=lambda place: -sum(map(len, data.held[place].values())))[:_MOST_PLACES]
    lines = []
    for place_id in (place for place in data.places if place in set(chosen)):
        cells = [[_held(say, data, here, report) for report in data.held[place_id].get(year, ())] for year in years]
        lines.append((say.name(data.places[place_id]), here.url(place_page(place_id)), cells))
    return {
        "years": years,
        "lines": lines,
        "left": len(places) - len(chosen),
        "all": here.url("places/index.md"),
        "reports": sum(len(held) for place in places for held in data.held[place].values()),
        "pairs": sum(data.stored.pairs_of_place[place] for place in places),
    }


# What a screen and a start page have room for.
_MOST_YEARS = 12
_MOST_PLACES = 40


def _held(say: Tongue, data: Data, here: Here, report: Record) -> dict[str, object]:
    statuses = data.stored.statuses.get(report["report_id"], Counter())
    return {
        "kind": say.word("kind", report["kind"]),
        "link": here.url(report_page(report["report_id"])),
        "targets": statuses["target"],
        "results": statuses["actual"] + statuses["estimate"],
        "pairs": data.stored.pairs_of_report[report["report_id"]],
    }


def in_parts(say: Tongue, data: Data, here: Here) -> str:
    """What is another way where tables come in parts; empty where none does."""
    parted = [table for package in data.files for table in data.parted(package)]
    if not parted:
        return ""
    tables = Markup(say(", ", "、").join(f"`{table}`" for table in parted))
    return str(words(say, "home.in_parts", tables=tables, link=Markup(here.md("data/index.md"))))
