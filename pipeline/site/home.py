"""The measured and chosen parts of the start page and the method page."""

from __future__ import annotations

from collections import defaultdict

from pipeline.site.data import PRESS, Data, Record
from pipeline.site.html_tables import table
from pipeline.site.html_text import html_text
from pipeline.site.links import Here, numeral_anchor, package_page, report_page
from pipeline.site.row_pages import observation_url, report_name, status_badge
from pipeline.site.shown_values import amount_text, measure_text, period_html, value_text
from pipeline.site.site_files import package_file, spreadsheet_name
from pipeline.site.tongue import Tongue

_EXAMPLE_LENGTH = (30, 110)
_EXAMPLE_ROWS = (3, 6)


def counts(say: Tongue, data: Data, here: Here) -> str:
    """The numbers of what is inside, each with a link."""
    years = sorted({str(row["period"])[:4] for row in data.observations if row["period"]})
    pairs = [
        (len(data.observations), say("observations", "数据"), "explore.md"),
        (len(data.indicators), say("indicators", "指标"), "indicators/index.md"),
        (sum(1 for place in data.places if data.by_place.get(place)), say("places", "地区"), "places/index.md"),
        (len(data.reports), say("reports", "报告"), "reports/index.md"),
        (len(data.tables["numerals"]), say("numerals accounted for", "已逐一标注的数字"), "quality.md"),
    ]
    items = "".join(
        f'<li><a href="{here.url(page)}"><strong>{number:,}</strong> {word}</a></li>' for number, word, page in pairs
    )
    span = f"{years[0]}–{years[-1]}" if years else ""
    more = f"<li><span><strong>{span}</strong> {say('years spoken of', '所述年份')}</span></li>" if span else ""
    return f'<ul class="counts">{items}{more}</ul>'


def chosen_sentence(data: Data) -> list[Record]:
    """The rows of a sentence that shows much: several core indicators, targets and words that bound a number."""
    sentences: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for row in data.observations:
        report = data.reports[row["report_id"]]
        if report["kind"] not in PRESS and _within(len(row["quote"]), _EXAMPLE_LENGTH):
            sentences[row["report_id"], row["quote_start"]].append(row)

    def worth(rows: list[Record]) -> tuple[float, str, int]:
        core = {r["indicator_id"] for r in rows if data.indicators[r["indicator_id"]]["curation"] == "core"}
        bounds = {r["bound"] for r in rows}
        targets = any(r["status"] == "target" for r in rows)
        in_range = _within(len(rows), _EXAMPLE_ROWS)
        return in_range * 10 + len(core) + 2 * len(bounds) + 3 * targets, rows[0]["report_id"], -rows[0]["start"]

    return max(sentences.values(), key=worth, default=[])


def _within(number: int, ends: tuple[int, int]) -> bool:
    return ends[0] <= number <= ends[1]


def example(say: Tongue, data: Data, here: Here) -> str:
    """A sentence of a report with its numbers marked, and the rows that they became."""
    rows = chosen_sentence(data)
    if not rows:
        return ""
    first = rows[0]
    quote, offset = first["quote"], first["quote_start"]
    out, last = [], 0
    for row in sorted({r["start"]: r for r in rows}.values(), key=lambda r: r["start"]):
        start, stop = row["start"] - offset, row["stop"] - offset
        out.append(f"{html_text(quote[last:start])}<mark>{html_text(quote[start:stop])}</mark>")
        last = stop
    out.append(html_text(quote[last:]))
    report = data.reports[first["report_id"]]
    link = here.url(report_page(first["report_id"]), numeral_anchor(first["start"]))
    heads = [
        say("Number", "数字"),
        say("Indicator", "指标"),
        say("Measure", "指标类型"),
        say("Period", "时期"),
        say("Value", "数值"),
        say("Status", "数据类型"),
    ]
    return (
        f'<blockquote class="example" lang="zh">{"".join(out)}</blockquote>\n'
        f'<p class="source"><a href="{link}">{html_text(report_name(say, data, report))}</a></p>\n'
        f"{table('summary', heads, (_cells(say, data, here, row) for row in rows))}"
    )


def _cells(say: Tongue, data: Data, here: Here, row: Record) -> list[str]:
    link = observation_url(data, here, row)
    name = html_text(say.name(data.indicators[row["indicator_id"]]))
    return [
        f"<mark>{html_text(row['text'])}</mark>",
        f'<a href="{link}">{name}</a>',
        html_text(measure_text(say, row)),
        period_html(say, row["period"]),
        html_text(value_text(say, row)) + _amount(say, data, row),
        status_badge(say, row),
    ]


def _amount(say: Tongue, data: Data, row: Record) -> str:
    amount = amount_text(say, data, row)
    return f" <small>= {html_text(amount)}</small>" if amount else ""


def downloads(say: Tongue, data: Data, here: Here) -> str:
    """The files that most people want; of a package in parts, the page that lists them."""
    flat = "observations_flat.csv"
    if flat not in data.files["analysis-ready"]:
        title = say("CSV and Parquet, by province and year", "CSV 和 Parquet（按省份和年份）")
        return f'<p class="downloads"><a class="md-button" href="{here.url(package_page("analysis-ready"))}">{title}</a></p>'
    files = [
        (package_file("analysis-ready", "observations_flat.xlsx"), say("Excel", "Excel")),
        (package_file("analysis-ready", flat), "CSV"),
        (package_file("analysis-ready", spreadsheet_name(flat)), say("CSV for spreadsheets", "电子表格用 CSV")),
        (package_file("analysis-ready", "observations_flat.parquet"), "Parquet"),
        (package_file("analysis-ready", "observations_flat.dta"), "Stata"),
    ]
    links = " ".join(
        f'<a class="md-button" href="{here.file(path)}" download>{html_text(title)}</a>' for path, title in files
    )
    return f'<p class="downloads">{links}</p>'


def compared(say: Tongue, data: Data, here: Here) -> str:
    """What is offered on targets and results, with how many can be compared so far."""
    pairs = data.compared
    places = f"[{say('Places', '地区')}]({here.md('places/index.md')})"
    if not pairs:
        return say(
            f"- **See what a place reported and what it aimed at**: {places}. No target here has met its result yet.",
            f"- **查看各地的完成情况与目标**：见{places}。目前尚无目标可与其结果比对。",
        )
    targets = say("target can" if pairs == 1 else "targets can", "")
    return say(
        f"- **Compare a place's targets with its results**: {places}. {pairs:,} {targets} be compared so far.",
        f"- **比对目标与完成情况**：见{places}。目前有 {pairs:,} 对目标与结果可以比对。",
    )


def in_parts(say: Tongue, data: Data, here: Here) -> str:
    """What is another way where tables come in parts; empty where none does."""
    parted = [table for package in data.files for table in data.parted(package)]
    if not parted:
        return ""
    tables = say(", ", "、").join(f"`{table}`" for table in parted)
    return say(
        f"**In this collection {tables} come in parts**, one for each province and year. Write `observations.parquet/*.parquet` "
        "where the snippets say `observations.parquet`, or name one part; the files are listed under "
        f"[Data]({here.md('data/index.md')}). There are no files for Excel and Stata.",
        f"**本站数据中 {tables} 按省份和年份分件发布**：下文示例中的 `observations.parquet` 请改为 `observations.parquet/*.parquet`，"
        f"或指定其中一件；文件清单见[数据]({here.md('data/index.md')})。不提供 Excel 和 Stata 文件。",
    )
