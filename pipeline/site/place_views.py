"""The pages of places: what a place reported and what it aimed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.site.data import PRESS, Data, Record
from pipeline.site.html_tables import table, table_head, table_row
from pipeline.site.html_text import front_matter, heading, html_text, markdown_text
from pipeline.site.links import Here, crumbs, indicator_page, place_page, report_page
from pipeline.site.place_facts import became, figures
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.shown_values import measure_text, period_html, period_text, value_text
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
Line = tuple[str, str, str]


def place_pages(say: Tongue, data: Data) -> Pages:
    """A page for each place, and their tree."""
    yield "places/index.md", _tree(say, data)
    relations = data.grouped("qualitative_targets", "place_id")
    reports = data.grouped("reports", "place_id")
    facts = data.grouped("facts", "place_id")
    for place_id, place in data.places.items():
        said = (reports.get(place_id, []), relations.get(place_id, []), facts.get(place_id, []))
        yield place_page(place_id), _place(say, data, place, *said)


def _tree(say: Tongue, data: Data) -> str:
    here = Here("places/index.md", say.code)
    title = say("Places", "地区")
    intro = say(
        "The areas that the reports speak of, with the number of observations.",
        "报告所涉及的地区，按隶属关系排列，数字为数据条数。",
    )
    spoken = _spoken_of(data)
    out = [f"{front_matter(title)}# {title}\n\n{intro}\n\n{_held(say, data, here)}"]
    top = [place for place in data.places.values() if place["parent_id"] not in data.places]
    stack = [(0, place) for place in reversed(top)]
    while stack:
        depth, place = stack.pop()
        if place["place_id"] not in spoken:
            continue
        link = f"[{markdown_text(say.name(place))}]({here.md(place_page(place['place_id']))})"
        count = len(data.by_place.get(place["place_id"], []))
        out.append(f"{'    ' * depth}- {link} ({say.number(count)})\n")
        stack += [(depth + 1, child) for child in reversed(data.children.get(place["place_id"], []))]
    return "".join(out)


def _spoken_of(data: Data) -> set[str]:
    """The places with observations, reports or facts, and those above them."""
    found = set()
    stated = {row["place_id"] for row in (*data.reports.values(), *data.tables["facts"])}
    for place_id in data.by_place.keys() | stated:
        above = data.places.get(place_id or "")
        while above and above["place_id"] not in found:
            found.add(above["place_id"])
            above = data.places.get(above["parent_id"] or "")
    return found


def _held(say: Tongue, data: Data, here: Here) -> str:
    """Which documents of governments are here, by place and year, and how many targets can be compared."""
    held: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for report in data.reports.values():
        if report["place_id"] and report["date"] and report["kind"] not in PRESS:
            held[report["place_id"]][str(report["date"])[:4]].append(report)
    if not held:
        return ""
    years = sorted({year for found in held.values() for year in found})[-_MOST_YEARS:]
    rows = []
    for place_id in (place_id for place_id in data.places if place_id in held):
        link = here.url(place_page(place_id))
        row = [f'<a href="{link}">{html_text(say.name(data.places[place_id]))}</a>']
        for year in years:
            row.append(
                "<br>".join(
                    f'<a href="{here.url(report_page(one["report_id"]))}">{html_text(say.word("kind", one["kind"]))}</a>'
                    for one in held[place_id][year]
                )
            )
        rows.append(row)
    title = say("What is here", "收录范围")
    pairs = data.compared
    words = say(
        "Documents of governments, by place and by the year of their date; an empty field is a document that is not "
        f"here. Targets that can be compared with a later result: {pairs:,}.",
        f"政府文件，按地区和日期所在年份排列；空格表示未收录。可与其后结果比对的目标：{pairs:,} 对。",
    )
    return f"## {title} {{#held}}\n\n{words}\n\n{table('numbers', [say('Place', '地区'), *years], rows)}\n\n## {say('All places', '全部地区')} {{#all}}\n\n"


_MOST_YEARS = 12


def _place(
    say: Tongue, data: Data, place: Record, reports: list[Record], relations: list[Record], facts: list[Record]
) -> str:
    place_id = place["place_id"]
    here = Here(place_page(place_id), say.code)
    name = say.name(place)
    rows = data.by_place.get(place_id, [])
    other = place["name_en" if say.code == "zh" else "name_zh"]
    both = f"{name} {other}" if other and other != name else name
    description = say(
        f"What {name} reported and what it aimed at: {len(rows)} observations.",
        f"{name}的完成值与目标：{len(rows)} 条数据。",
    )
    parts = [
        front_matter(both, description=description),
        heading(say, name, str(other or "")),
        crumbs(here, [(say("Places", "地区"), "places/index.md"), *_above(say, data, place)]),
        _facts(say, data, here, place),
    ]
    shown = [report for report in reports if report["report_id"] in data.reports]
    if shown:
        parts.append(f"## {say('Reports', '报告')}\n\n")
        for report in shown:
            link = here.md(report_page(report["report_id"]))
            count = len(data.by_report.get(report["report_id"], []))
            parts.append(f"- [{markdown_text(report_name(say, data, report))}]({link}) ({say.number(count)})\n")
        parts.append("\n")
    if not rows and not shown and not relations and not facts:
        parts.append(
            say("No report here states anything of this place itself.\n", "所收报告未直接陈述该地区的数据。\n")
        )
    parts.append(became(say, data, here, place_id))
    parts.append(_relations(say, data, here, relations))
    parts.append(_observations(say, data, here, rows))
    parts.append(figures(say, data, here, facts))
    return "".join(parts)


def _above(say: Tongue, data: Data, place: Record) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    above = data.places.get(place["parent_id"] or "")
    while above and len(found) < _DEEPEST:
        found.insert(0, (say.name(above), place_page(above["place_id"])))
        above = data.places.get(above["parent_id"] or "")
    return found


_DEEPEST = 8


def _facts(say: Tongue, data: Data, here: Here, place: Record) -> str:
    pairs = [(say("Level", "级别"), html_text(say.word("level", place["level"])))]
    if place["gb_code"]:
        pairs.append((say("GB/T 2260 code", "行政区划代码"), html_text(place["gb_code"])))
    if place["parent_id"] in data.places:
        parent = data.places[place["parent_id"]]
        link = here.url(place_page(place["parent_id"]))
        pairs.append((say("Part of", "上级"), f'<a href="{link}">{html_text(say.name(parent))}</a>'))
    below = data.children.get(place["place_id"], [])
    if below:
        links = say(", ", "、").join(
            f'<a href="{here.url(place_page(child["place_id"]))}">{html_text(say.name(child))}</a>' for child in below
        )
        pairs.append((say("Consists of, in the data", "下辖（数据所及）"), links))
    if place["valid_to"]:
        pairs.append((say("Abolished", "撤并"), html_text(place["valid_to"])))
    body = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs)
    return f'<dl class="facts">{body}</dl>\n\n'


def _relations(say: Tongue, data: Data, here: Here, rows: list[Record]) -> str:
    if not rows:
        return ""
    items = "".join(
        f'<li><a href="{here.url(indicator_page(row["indicator_id"]))}">'
        f"{html_text(say.name(data.indicators[row['indicator_id']]))}</a> {html_text(period_text(say, row['period']))}: "
        f'{html_text(say.word("relation", row["relation"]))} <q lang="zh">{html_text(row["text"])}</q></li>'
        for row in rows
    )
    return f"## {say('Targets without a number', '没有数字的目标')}\n\n<ul>{items}</ul>\n\n"


def _observations(say: Tongue, data: Data, here: Here, rows: list[Record]) -> str:
    core = {row["indicator_id"] for row in data.tables["indicators"] if row["curation"] == "core"}
    by_topic: dict[str, list[Record]] = defaultdict(list)
    headline = []
    for row in rows:
        if row["same_as"]:
            continue
        if row["indicator_id"] in core and not row["subject"]:
            headline.append(row)
        else:
            by_topic[data.indicators[row["indicator_id"]]["topic_id"] or ""].append(row)
    parts = []
    if headline:
        parts.append(
            f"## {say('Main indicators', '主要指标')} {{#main data-search-exclude}}\n\n{_table(say, data, here, headline)}\n\n"
        )
    if by_topic:
        parts.append(
            f"## {say('All other quantities, by topic', '其他数量（按主题）')} {{#others data-search-exclude}}\n\n"
        )
    for topic_id in [*data.topics, ""]:
        members = by_topic.get(topic_id)
        if members:
            name = say.name(data.topics[topic_id]) if topic_id else say("Not filed yet", "尚未归类")
            summary = f"{html_text(name)} ({len(members):,})"
            shown = _table(say, data, here, members)
            parts.append(f'<details class="topic"><summary>{summary}</summary>\n{shown}\n</details>\n\n')
    return "".join(parts)


def _table(say: Tongue, data: Data, here: Here, rows: list[Record]) -> str:
    """A group for each indicator and subject; in it a line for each measure and period, with results beside targets."""
    groups: dict[tuple[str, str], dict[Line, dict[bool, list[Record]]]] = {}
    for row in rows:
        lines = groups.setdefault((row["indicator_id"], row["subject"] or ""), {})
        line = lines.setdefault((row["measure"], row["comparison"] or "", row["period"] or ""), {})
        line.setdefault(row["status"] == "target", []).append(row)
    heads = [
        say("Indicator", "指标"),
        say("Measure", "指标类型"),
        say("Period", "时期"),
        say("Reported", "完成值"),
        say("Aimed at", "目标"),
    ]
    body = []
    for (indicator_id, subject), lines in groups.items():
        name = html_text(say.name(data.indicators[indicator_id]))
        label = f'<a href="{here.url(indicator_page(indicator_id))}">{name}</a>'
        if subject:
            label += f'<span class="subject" lang="zh">{html_text(subject)}</span>'
        first = f'<th scope="rowgroup" rowspan="{len(lines)}">{label}</th>'
        for (_, _, period), line in sorted(lines.items()):
            any_row = next(iter(line.values()))[0]
            cells = [
                html_text(measure_text(say, any_row)),
                period_html(say, period),
                *(_values(say, data, here, line.get(aim, [])) for aim in (False, True)),
            ]
            body.append(table_row(heads[1:], cells).replace("<tr>", f"<tr>{first}", 1))
            first = ""
    return f'<table class="summary"><thead>{table_head(heads)}</thead><tbody>{"".join(body)}</tbody></table>'


def _values(say: Tongue, data: Data, here: Here, rows: list[Record]) -> str:
    links: dict[str, str] = {}
    for row in rows:
        link = observation_url(data, here, row)
        estimate = f" ({say.word('status', 'estimate')})" if row["status"] == "estimate" else ""
        text = html_text(value_text(say, row) + estimate)
        links.setdefault(text, f'<a href="{link}">{text}</a>')
    return "<br>".join(links.values())
