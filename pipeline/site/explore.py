"""The explorer: one page with a table of observations, and the rows that its script filters in the browser."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pipeline.site.data import EXPLORED, Data, Record
from pipeline.site.html_tables import table_row
from pipeline.site.html_text import front_matter, html_text, script_json
from pipeline.site.links import Here, package_page, page_name
from pipeline.site.row_pages import observation_url, status_badge
from pipeline.site.shown_values import measure_text, period_html, period_text, written_text
from pipeline.site.tongue import WORDS, Tongue

# What a reader without JavaScript sees; the script shows the rest page by page.
_STATIC_ROWS = 50
# The least confidence that a reader may ask for.
_STEPS = ("0.95", "0.9", "0.8", "0.5")
ROWS_FILE = "explore/observations.json"


def explore_page(say: Tongue, data: Data) -> str:
    """The page with its controls, and the first rows as a plain table."""
    here = Here("explore.md", say.code)
    title = say("Explore", "浏览数据")
    rows, total = _explored(data), len(data.observations)
    intro = say(
        "Filter all observations, sort them, and take away what you found. Everything happens in your browser.",
        "筛选、排序全部观测，并下载所得结果。一切在浏览器内完成。",
    )
    if len(rows) < total:
        intro = say(
            f"Filter, sort and take away {len(rows):,} of the {total:,} observations: those of the indicators that are "
            f"stated most often. Everything happens in your browser. [All of them are files]({here.md('data/index.md')}).",
            f"可筛选、排序并下载 {total:,} 条观测中的 {len(rows):,} 条（陈述次数最多的指标），一切在浏览器内完成；"
            f"全部观测见[数据文件]({here.md('data/index.md')})。",
        )
    flat = here.url(package_page("analysis-ready"))
    fallback = say(
        f'Without JavaScript the first {_STATIC_ROWS} rows are shown; <a href="{flat}">all of them are files</a>.',
        f'未启用 JavaScript 时只显示前 {_STATIC_ROWS} 行；<a href="{flat}">全部数据可下载</a>。',
    )
    return (
        f"{front_matter(title, hide=['navigation', 'toc'], search={'exclude': True})}# {title}\n\n{intro}\n\n"
        f"<noscript><p>{fallback}</p></noscript>\n\n"
        f'<div id="explorer" data-rows="{here.file(ROWS_FILE)}" data-words="{html_text(script_json(_words(say)))}" '
        f'data-up="{here.url("index.md")}">\n'
        f"{_controls(say, data, rows)}\n{_table(say, data, here, rows[:_STATIC_ROWS])}\n"
        f'<p class="pager"><button type="button" id="before" disabled>{say("Previous", "上一页")}</button> '
        f'<span id="range"></span> <button type="button" id="after" disabled>{say("Next", "下一页")}</button></p>\n</div>\n'
    )


def _controls(say: Tongue, data: Data, rows: Iterable[Record]) -> str:
    used = {row["place_id"] for row in rows}
    used_places = [place for place_id, place in data.places.items() if place_id in used]
    periods = sorted({row["period"] for row in rows if row["period"]}, reverse=True)
    selects = [
        ("topic_id", say("Topic", "主题"), [(key, say.name(row)) for key, row in data.topics.items()]),
        ("place_id", say("Place", "地区"), [(row["place_id"], say.name(row)) for row in used_places]),
        ("period", say("Period", "时期"), [(period, period_text(say, period)) for period in periods]),
        ("status", say("Status", "性质"), [(key, say(*pair)) for key, pair in WORDS["status"].items()]),
        ("measure", say("Measure", "量度"), [(key, say(*pair)) for key, pair in WORDS["measure"].items()]),
        ("confidence", say("Sure", "可信度"), [(step, say(f"{step} or more", f"不低于 {step}")) for step in _STEPS]),
    ]
    fields = "".join(
        f'<label>{title}<select name="{name}"><option value="">{say("all", "全部")}</option>'
        + "".join(f'<option value="{html_text(key)}">{html_text(word)}</option>' for key, word in options)
        + "</select></label>"
        for name, title, options in selects
    )
    wide = (
        f'<label class="wide">{say("Indicator", "指标")}<input name="indicator" type="search" autocomplete="off"></label>'
        f'<label class="wide">{say("Words in the sentence", "句中文字")}'
        f'<input name="text" type="search" autocomplete="off"></label>'
    )
    buttons = (
        f'<button type="button" id="csv" class="md-button" disabled>{say("Download CSV", "下载 CSV")}</button>'
        f'<button type="button" id="sheet" class="md-button" disabled>'
        f"{say('CSV for spreadsheets', '电子表格用 CSV')}</button>"
        f'<button type="reset" class="md-button">{say("Clear", "清除")}</button>'
    )
    return (
        f'<form id="filters">{wide}{fields}<p class="buttons">{buttons}</p></form>\n'
        f'<p id="found" role="status" aria-live="polite"></p>'
    )


def _table(say: Tongue, data: Data, here: Here, rows: Iterable[Record]) -> str:
    heads = [
        ("place", say("Place", "地区")),
        ("indicator", say("Indicator", "指标")),
        ("period", say("Period", "时期")),
        ("measure", say("Measure", "量度")),
        ("value", say("As written", "原文数值")),
        ("status", say("Status", "性质")),
        ("confidence", say("Sure", "可信度")),
        ("quote", say("Sentence", "原句")),
    ]
    head = "".join(f'<th scope="col" data-key="{key}">{title}</th>' for key, title in heads)
    body = "".join(_row(say, data, here, row, heads) for row in rows)
    return f'<table class="explorer"><thead><tr>{head}</tr></thead><tbody id="rows">{body}</tbody></table>'


def _row(say: Tongue, data: Data, here: Here, row: Record, heads: list[tuple[str, str]]) -> str:
    place = html_text(say.name(data.places[row["place_id"]])) if row["place_id"] else ""
    if row["subject"]:
        place += f'<span class="subject" lang="zh">{html_text(row["subject"])}</span>'
    indicator = html_text(say.name(data.indicators[row["indicator_id"]]))
    link = observation_url(data, here, row)
    start, stop = _mark(row)
    quote = row["quote"]
    sentence = f"{html_text(quote[:start])}<mark>{html_text(quote[start:stop])}</mark>{html_text(quote[stop:])}"
    cells = [
        place,
        f'<a href="{link}">{indicator}</a>',
        period_html(say, row["period"]),
        html_text(measure_text(say, row)),
        html_text(written_text(say, row)),
        status_badge(say, row),
        "" if row["confidence"] is None else f"{row['confidence']:.2f}",
        f'<span lang="zh">{sentence}</span>',
    ]
    return table_row([title for _, title in heads], cells)


def _explored(data: Data) -> list[Record]:
    """The observations, those of the most frequent indicators first, as many as a browser takes."""
    ordered = (row for indicator in data.frequent for row in data.by_indicator.get(indicator["indicator_id"], ()))
    return list(islice(ordered, EXPLORED))


def _mark(row: Record) -> tuple[int, int]:
    """Where the number stands in its sentence, in code points."""
    return row["start"] - row["quote_start"], row["stop"] - row["quote_start"]


def _words(say: Tongue) -> dict[str, object]:
    return {
        "language": say.code,
        "found": say("{n} of {all} observations", "{all} 条观测中的 {n} 条"),
        "range": say("{a} to {b}", "第 {a} 至 {b} 条"),
        "none": say("Nothing fits. Take a filter away.", "没有符合条件的观测，请减少筛选条件。"),
        "failed": say("The rows could not be loaded.", "数据未能载入。"),
        "no_date": period_text(say, None),
        "status": {key: say(*pair) for key, pair in WORDS["status"].items()},
        "measure": {key: say(*pair) for key, pair in WORDS["measure"].items()},
        "modality": {key: say(*pair) for key, pair in WORDS["modality"].items()},
        "comparison": {key: say(*pair) for key, pair in WORDS["comparison"].items()},
    }


def explore_rows(data: Data) -> str:
    """The rows for the script: the columns of the flat table, and the texts shown in both languages, as JSON."""
    rows = _explored(data)
    at = {key: number for number, key in enumerate(data.flat["observation_id"].to_pylist())}
    flat = data.flat.take([at[row["observation_id"]] for row in rows])
    en, zh = Tongue("en"), Tongue("zh")
    packed: list[list[object]] = []
    index: list[list[str]] = []
    for column in flat.columns:
        values = column.to_pylist()
        if column.type == "string":
            # Text repeats itself: each column holds its different values once, and every row points at one of them.
            order = {value: number for number, value in enumerate(dict.fromkeys(value or "" for value in values))}
            index.append(list(order))
            packed.append([order[value or ""] for value in values])
        else:
            index.append([])
            packed.append(
                [value if value is None or isinstance(value, int | float) else str(value) for value in values]
            )
    shown = [[written_text(en, row), written_text(zh, row), *_mark(row)] for row in rows]
    pages = {row["indicator_id"]: page_name(row["indicator_id"]) for row in rows}
    renamed = {key: name for key, name in pages.items() if key != name}
    # Rows that do not stand on the first page of their indicator.
    parts = {number: part for number, row in enumerate(rows) if (part := data.part[row["observation_id"]]) > 1}
    columns = flat.column_names
    return script_json(
        {"columns": columns, "index": index, "rows": packed, "shown": shown, "renamed": renamed, "parts": parts}
    )
