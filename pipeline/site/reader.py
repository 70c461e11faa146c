"""The page that reads a report of the visitor's own in the browser, and the files that it loads.

Where npm has not installed what it needs, the page says that the command does the same.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.browser import MOST
from pipeline.site.browser_archive import EXAMPLE, archive_name, prepared
from pipeline.site.data import PRESS, Data
from pipeline.site.html_text import script_json
from pipeline.site.links import Here, page_name
from pipeline.site.npm import FOLDER as NPM
from pipeline.site.templating import page, words
from pipeline.site.tongue import WORDS, Tongue, locale

PAGE = "reader.md"
PART = "reader"
_FOLDER = f"{PART}/texts"
_EXAMPLES = 2
# Fields of the data whose codes the page shows by their words.
_FIELDS = ("kind", "measure", "comparison", "status", "modality", "bound", "numeral")
_SAID = (
    "comma", "trace", "no_trace", "confidence", "report", "document", "seconds", "refused", "fault", "stopped", "found", "found_one", "wrong", "range", "none", "nothing",
    "several", "pdf", "large",
)  # fmt: skip
_STAGES = ("load", "prepare", "read")
_KEYS = ("title", "kind", "place", "date", "review", "review_years", "plan", "plan_years")
_COLUMNS = ("indicator", "measure", "value", "comparison", "status", "modality", "period", "place")
_HEADS = ("number", "written", "indicator", "measure", "status", "period", "place", "sure")
_HEADLINE = ("place", "year", "indicator", "measure", "target", "force")
# In characters: an example is read at once.
_LONGEST = 60_000


def reader_page(say: Tongue, data: Data) -> str:
    """The page with its form; what was found stands in it when a text is read."""
    here = Here(PAGE, say.code)
    ready = PART in data.npm
    return page(
        say,
        "reader.html",
        str(words(say, "reader.title")),
        archive=here.file(f"{PART}/{archive_name()}") if ready else "",
        pyodide=here.file(f"{NPM}/pyodide/"),
        assets="../assets/reader/",
        commands=here.url("reference/commands.md", "baogao-extract"),
        script_words=script_json(_words(say)),
        examples=[
            {"file": here.file(f"{_FOLDER}/{name}"), "name": name, "title": title} for name, title, _ in examples(data)
        ],
        most=MOST,
        heads=[words(say, f"reader.{head}") for head in _HEADS],
        headline_heads=[words(say, f"reader.{head}") for head in _HEADLINE],
        kinds=[kind for kind in WORDS["numeral"] if kind != "observation"],
    )


def write_reader(data: Data, site: Path) -> None:
    """Put the archive and the examples into a site whose page loads them, and that has its files from npm."""
    if PART not in data.npm:
        return
    folder = site / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / archive_name()).write_bytes(prepared(site / NPM / "pyodide"))
    for name, _, text in examples(data):
        (folder / name).write_text(text, encoding="utf-8", newline="")


def examples(data: Data) -> list[tuple[str, str, str]]:
    """Name, title and text of documents that may be shown whole, those with most rows first; a made-up one where there are none."""
    shown = [row for row in data.reports.values() if row["kind"] not in PRESS]
    shown = [row for row in shown if row["complete"] and row["characters"] <= _LONGEST]
    shown.sort(key=lambda row: (-data.count_of_report(row["report_id"]), row["report_id"]))
    found = [
        (
            f"{page_name(row['report_id'])}.txt",
            f"{data.places[row['place_id']]['name_zh'] if row['place_id'] else ''}{(row['date'] or '')[:4]}",
            data.texts.text(row["report_id"])[row["start"] : row["stop"]],
        )
        for row in shown[:_EXAMPLES]
    ]
    return found or [("example.txt", "虚构示例", EXAMPLE.read_text(encoding="utf-8"))]


def _words(say: Tongue) -> dict[str, object]:
    """What the scripts of the page say."""
    return {
        "language": say.code,
        **{key: words(say, f"reader.{key}") for key in _SAID if f"reader.{key}" in locale(say.code)},
        "stages": {key: words(say, f"reader.stage_{key}") for key in _STAGES},
        "keys": {key: words(say, f"reader.key_{key}") for key in _KEYS},
        "fields": {key: words(say, f"reader.column_{key}") for key in _COLUMNS},
        **{field: {code: say(*pair) for code, pair in WORDS[field].items()} for field in _FIELDS},
    }
