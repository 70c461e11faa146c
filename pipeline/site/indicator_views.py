"""The pages of indicators, and the lists that lead to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_uppercase
from typing import Any

from pipeline.site.chart import charts
from pipeline.site.data import ROWS_TOGETHER, Data, Record
from pipeline.site.html_text import front_matter, heading, html_text, markdown_text
from pipeline.site.links import Here, crumbs, indicator_page, report_page, topic_page
from pipeline.site.row_pages import observation_table, report_name, unsearched
from pipeline.site.shown_values import period_text
from pipeline.site.site_files import indicator_files
from pipeline.site.thing_views import LIST as THINGS
from pipeline.site.thing_views import thing_link
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
_MOST_RELATED = 10
_MOST_ALIASES = 24
# Who searches for a name wants the indicator itself, which is stated often, before its many variations.
_CORE_BOOST = 5.0


def indicator_pages(say: Tongue, data: Data) -> Pages:
    """A page for each indicator."""
    aliases = data.grouped("indicator_aliases", "indicator_id")
    codes = data.grouped("indicator_codes", "indicator_id")
    relations = data.grouped("qualitative_targets", "indicator_id")
    for indicator_id, row in data.indicators.items():
        more = (aliases.get(indicator_id, []), codes.get(indicator_id, []), relations.get(indicator_id, []))
        yield indicator_page(indicator_id), _indicator(say, data, row, *more)
        for part in range(2, _parts(data, indicator_id) + 1):
            yield indicator_page(indicator_id, part), _further(say, data, row, part)


def other_name(say: Tongue, row: Record) -> str:
    """The name in the other language, where there is one."""
    other = row["name_en" if say.code == "zh" else "name_zh"]
    return str(other) if other and other != say.name(row) else ""


def _indicator(
    say: Tongue, data: Data, row: Record, aliases: list[Record], codes: list[Record], relations: list[Record]
) -> str:
    indicator_id = row["indicator_id"]
    here = Here(indicator_page(indicator_id), say.code)
    rows = data.by_indicator.get(indicator_id, [])
    name, other = say.name(row), other_name(say, row)
    parts = [
        front_matter(
            f"{name} {other}".strip(),
            description=_description(say, row, rows),
            dataset=_dataset(say, data, row, rows),
            search={"boost": len(rows) + (_CORE_BOOST if row["curation"] == "core" else 1.0)},
        ),
        heading(say, name, other),
        crumbs(here, _above(say, data, row)),
        _definition(say, row),
        _facts(say, data, here, row, aliases, codes),
        _narrower(say, data, here, row),
        charts(say, data, rows),
        _relations(say, data, here, relations),
    ]
    if rows:
        parts += [
            f"## {say('Observations', '观测')} ({say.number(len(rows))}) {{#observations data-search-exclude}}\n\n",
            _downloads(say, here, indicator_id),
            observation_table(say, data, here, rows[:ROWS_TOGETHER]),
            _turn(say, data, here, indicator_id, 1),
            _snippet(say, data, indicator_id),
        ]
    parts.append(_related(say, data, here, row))
    return "".join(parts)


def _parts(data: Data, indicator_id: str) -> int:
    return max(1, -(-len(data.by_indicator.get(indicator_id, [])) // ROWS_TOGETHER))


def _further(say: Tongue, data: Data, row: Record, part: int) -> str:
    """A page with rows that do not fit on the indicator's own."""
    indicator_id = row["indicator_id"]
    here = Here(indicator_page(indicator_id, part), say.code)
    rows = data.by_indicator[indicator_id][(part - 1) * ROWS_TOGETHER : part * ROWS_TOGETHER]
    title = say(f"{say.name(row)}, part {part}", f"{say.name(row)}（第{part}部分）")
    above = [*_above(say, data, row), (say.name(row), indicator_page(indicator_id))]
    return (
        f"{front_matter(title, search={'exclude': True})}{heading(say, title, '')}{crumbs(here, above)}"
        f"{observation_table(say, data, here, rows)}{_turn(say, data, here, indicator_id, part)}"
    )


def _turn(say: Tongue, data: Data, here: Here, indicator_id: str, part: int) -> str:
    """Links to the parts before and after, if there are any."""
    words = ((part - 1, say("Rows before these", "前面的行")), (part + 1, say("More rows", "更多行")))
    links = [
        f'<a href="{here.url(indicator_page(indicator_id, other))}">{word}</a>'
        for other, word in words
        if 1 <= other <= _parts(data, indicator_id)
    ]
    return f"\n<p>{' · '.join(links)}</p>\n\n" if links else "\n"


def _above(say: Tongue, data: Data, row: Record) -> list[tuple[str, str]]:
    found = [(say("Indicators", "指标"), "indicators/index.md")]
    topic = data.topics.get(row["topic_id"] or "")
    if topic and topic["parent_id"]:
        found.append((say.name(data.topics[topic["parent_id"]]), topic_page(topic["parent_id"])))
    if topic:
        found.append((say.name(topic), topic_page(topic["topic_id"])))
    return found


def _description(say: Tongue, row: Record, rows: list[Record]) -> str:
    start = row["definition_zh" if say.code == "zh" else "definition_en"] or say.name(row)
    count = say(f"{len(rows)} observations from government reports.", f"政府报告中的 {len(rows)} 条数据。")
    return f"{start} {count}"


def _definition(say: Tongue, row: Record) -> str:
    text = row["definition_zh" if say.code == "zh" else "definition_en"]
    source = row["definition_source"]
    if not text:
        ending = say("The report gives no definition.", "报告未给出定义。")
    else:
        ending = (
            say("Definition after: ", "定义依据：") + f'<span lang="zh">{html_text(source)}</span>' if source else ""
        )
    shown = f"{markdown_text(text)}\n\n" if text else ""
    return shown + (f'<p class="definition-source" data-search-exclude>{ending}</p>\n\n' if ending else "")


def _facts(say: Tongue, data: Data, here: Here, row: Record, aliases: list[Record], codes: list[Record]) -> str:
    topic = data.topics.get(row["topic_id"] or "")
    unit = data.base_units.get(row["unit_id"] or "")
    topic_name = say.name(topic) if topic else say("not filed yet", "尚未归类")
    # What a reader may search for, and what would find every page of a topic or a unit.
    searched = [(say("Identifier", "标识"), f"<code>{html_text(row['indicator_id'])}</code>")]
    pairs = [
        (say("Topic", "主题"), f'<a href="{here.url(topic_page(row["topic_id"] or ""))}">{html_text(topic_name)}</a>'),
    ]
    if unit:
        text = say(f"{unit['name_en'] or ''} {unit['name_zh']}".strip(), unit["name_zh"])
        pairs.append((say("Unit", "单位"), html_text(text)))
    written = sorted({alias["alias"] for alias in aliases} - {row["name_zh"], row["name_en"]})
    if written:
        shown = say(", ", "、").join(html_text(text) for text in written[:_MOST_ALIASES])
        rest = len(written) - _MOST_ALIASES
        shown += say(f" and {rest} more", f" 等 {len(written)} 种") if rest > 0 else ""
        searched.append((say("Also written", "其他叫法"), shown))
    if codes:
        shown = "<br>".join(
            f"{html_text(code['system'])}: {html_text(code['code'])} "
            f"({html_text(say.word('measure', code['measure']))}, {html_text(say.word('match', code['match']))})"
            for code in codes
        )
        searched.append((say("Elsewhere", "其他体系代码"), shown))
    pairs.append((say("Entry", "条目来源"), html_text(say.word("curation", row["curation"]))))
    pairs = _made_of(say, data, here, row) + pairs
    return f'<dl class="facts">{_pairs(searched)}{_pairs(pairs, " data-search-exclude")}</dl>\n\n'


def _made_of(say: Tongue, data: Data, here: Here, row: Record) -> list[tuple[str, str]]:
    """What the indicator is composed of: the thing, what of it is measured, what was done with it, what narrows it."""
    pairs = []
    thing = data.things.get(row["thing_id"] or "")
    if thing:
        pairs.append((say("Thing", "事物"), thing_link(say, here, thing)))
    if row["property"]:
        pairs.append((say("What is measured", "计量属性"), html_text(say.word("property", row["property"]))))
    if row["event"]:
        pairs.append((say("What was done", "事件"), html_text(say.word("event", row["event"]))))
    if row["scope"]:
        pairs.append(
            (say("Scope, as written", "限定范围（原文）"), f'<span lang="zh">{html_text(row["scope"])}</span>')
        )
    broader = data.indicators.get(row["broader_id"] or "")
    if broader:
        link = here.url(indicator_page(broader["indicator_id"]))
        pairs.append((say("Broader indicator", "上位指标"), f'<a href="{link}">{html_text(say.name(broader))}</a>'))
    return pairs


def _narrower(say: Tongue, data: Data, here: Here, row: Record) -> str:
    """The indicators that a scope narrows; where nothing is stated of this one itself, that is said."""
    rows = data.narrower.get(row["indicator_id"], [])
    intro = ""
    if not data.count(row["indicator_id"]):
        intro = say("No report here states this indicator itself.", "所收报告未直接陈述该指标。")
        if rows:
            intro += say(" They state these narrower ones:", "报告陈述的是下列下位指标：")
        intro += "\n\n"
    if not rows:
        return intro
    items = "".join(
        f'<li><a href="{here.url(indicator_page(one["indicator_id"]))}">{html_text(say.name(one))}</a> '
        f"({say.number(data.count(one['indicator_id']))})</li>"
        for one in rows
    )
    title = say("Narrower indicators", "下位指标")
    return f"{intro}## {title} {{#narrower data-search-exclude}}\n\n<ul>{items}</ul>\n\n"


def _pairs(pairs: Iterable[tuple[str, str]], mark: str = "") -> str:
    return "".join(f"<div{mark}><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs)


def _relations(say: Tongue, data: Data, here: Here, rows: list[Record]) -> str:
    if not rows:
        return ""
    lines = []
    for row in rows:
        place = say.name(data.places[row["place_id"]]) if row["place_id"] else ""
        link = here.url(report_page(row["report_id"]))
        title = report_name(say, data, data.reports[row["report_id"]])
        lines.append(
            f"<li>{html_text(place)} {html_text(period_text(say, row['period']))}: "
            f"{html_text(say.word('relation', row['relation']))} "
            f'<q lang="zh">{html_text(row["text"])}</q> <a href="{link}">{html_text(title)}</a></li>'
        )
    title = say("Targets without a number", "没有数字的目标")
    return f"## {title} {{#relations{unsearched(data)}}}\n\n<ul>{''.join(lines)}</ul>\n\n"


def _downloads(say: Tongue, here: Here, indicator_id: str) -> str:
    plain, spreadsheet = indicator_files(indicator_id)
    return (
        f'<p class="downloads"><a class="md-button" href="{here.file(plain)}" download>'
        f"{say('These rows as CSV', '下载这些行（CSV）')}</a> "
        f'<a class="md-button" href="{here.file(spreadsheet)}" download>'
        f"{say('CSV for spreadsheets', '电子表格用 CSV')}</a></p>\n\n"
    )


def _snippet(say: Tongue, data: Data, indicator_id: str) -> str:
    intro = say("The same rows from the package:", "从数据包中取得这些行：")
    code = (
        "import pandas as pd\n\n"
        f'observations = pd.read_parquet("{_package_at(data)}observations.parquet")\n'
        f'rows = observations[observations["indicator_id"] == "{indicator_id}"]\n'
    )
    if "observations" in data.parted("work-reports"):
        code = (
            "import duckdb\n\n"
            "observations = \"'datapackages/work-reports/observations.parquet/*.parquet'\"\n"
            f"rows = duckdb.sql(f\"SELECT * FROM {{observations}} WHERE indicator_id = '{indicator_id}'\").df()\n"
        )
    return f"\n{intro}\n\n```python\n{code}```\n\n"


def _package_at(data: Data) -> str:
    """Where a program finds the package: on the site, or in a clone where the site's address is not known."""
    return f"{data.site_url}data/work-reports/" if data.site_url else "datapackages/work-reports/"


def _related(say: Tongue, data: Data, here: Here, row: Record) -> str:
    indicator_id = row["indicator_id"]
    counts = data.together.get(indicator_id, Counter())
    near = sorted(counts, key=lambda other: (-counts[other], other))[:_MOST_RELATED]
    if row["topic_id"]:
        near += [other["indicator_id"] for other in data.by_topic[row["topic_id"]][:_MOST_RELATED]]
    chosen = [other for other in dict.fromkeys(near) if other != indicator_id][:_MOST_RELATED]
    if not chosen:
        return ""
    items = [
        f"- [{markdown_text(say.name(data.indicators[other]))}]({here.md(indicator_page(other))}) "
        f"({say.number(data.count(other))})\n"
        for other in chosen
    ]
    title = say("Related indicators", "相关指标")
    return f"## {title} {{#related data-search-exclude}}\n\n" + "".join(items) + "\n"


def _dataset(say: Tongue, data: Data, row: Record, rows: list[Record]) -> dict[str, Any]:
    if not rows:
        return {}
    indicator_id = row["indicator_id"]
    plain, _ = indicator_files(indicator_id)
    years = sorted({str(o["period"])[:4] for o in rows if o["period"]})
    places = sorted({o["place_id"] for o in rows if o["place_id"]})
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": say.name(row),
        "alternateName": [other_name(say, row)] if other_name(say, row) else [],
        "description": row["definition_zh" if say.code == "zh" else "definition_en"]
        or say(
            f"What Chinese government reports state about {say.name(row)}, with the sentence of every figure.",
            f"政府报告中关于“{say.name(row)}”的全部数据，附原句。",
        ),
        "identifier": indicator_id,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
        "spatialCoverage": [say.name(data.places[place]) for place in places[:20]],
        "creator": {"@type": "Organization", "name": "Baogao"},
        **_distribution(data, plain),
    }


def _distribution(data: Data, path: str) -> dict[str, Any]:
    """Where machines find the file; left out where the site's address is not known."""
    if not data.site_url:
        return {}
    link = f"{data.site_url}{path}"
    return {"distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": link}]}


def list_pages(say: Tongue, data: Data) -> Pages:
    """The overview, a page for each topic, and the lists by alphabet and by frequency."""
    yield "indicators/index.md", _overview(say, data)
    for topic_id in ["", *data.topics]:
        yield topic_page(topic_id), _topic(say, data, topic_id)
    yield from _alphabetical(say, data)
    yield "lists/frequency.md", _frequency(say, data)


def _ways(say: Tongue, here: Here) -> str:
    links = [
        (say("By topic", "按主题"), "indicators/index.md"),
        (say("By alphabet", "按音序"), "lists/alphabetical.md"),
        (say("By frequency", "按频次"), "lists/frequency.md"),
        (say("By thing", "按事物"), THINGS),
    ]
    items = " · ".join(title if page == here.page else f"[{title}]({here.md(page)})" for title, page in links)
    return f"{items}\n\n"


def _overview(say: Tongue, data: Data) -> str:
    here = Here("indicators/index.md", say.code)
    count = len(data.indicators)
    intro = say(
        f"The reports speak of {say.number(count)} different quantities. Each has a page that says what it is made of, "
        "with a definition where a named source gives one, a chart where figures can be compared, and every sentence "
        "that states it.",
        f"所收报告共陈述 {say.number(count)} 种不同的量。每种都有专页：由哪些要素构成、定义（有明确出处者）、可比数据的图示，"
        "以及陈述它的每一个句子。",
    )
    parts = [front_matter(say("Indicators", "指标")), f"# {say('Indicators', '指标')}\n\n{intro}\n\n", _ways(say, here)]
    roots = [topic for topic in data.topics.values() if not topic["parent_id"]]
    cards = [_topic_card(say, data, here, root) for root in roots]
    other = data.by_topic.get("", [])
    if other:
        title = say("Not filed yet", "尚未归类")
        cards.append(
            f'<div class="card"><h3><a href="{here.url(topic_page(""))}">{title}</a></h3>'
            f"<p>{say(f'{len(other):,} indicators', f'{len(other):,} 个指标')}</p></div>"
        )
    parts.append(f'<div class="cards">{"".join(cards)}</div>\n\n')
    core = [row for row in data.frequent if row["curation"] == "core" and data.count(row["indicator_id"])]
    parts.append(f"## {say('The core indicators', '核心指标')} {{#core data-search-exclude}}\n\n")
    parts.append(_table(say, data, here, core))
    return "".join(parts)


def _topic_card(say: Tongue, data: Data, here: Here, root: Record) -> str:
    below = [topic for topic in data.topics.values() if topic["parent_id"] == root["topic_id"]]
    links = [
        f'<li><a href="{here.url(topic_page(topic["topic_id"]))}">{html_text(say.name(topic))}</a> '
        f"<small>{len(data.by_topic.get(topic['topic_id'], []))}</small></li>"
        for topic in below
    ]
    total = sum(len(data.by_topic.get(topic["topic_id"], [])) for topic in [root, *below])
    words = say(f"{total:,} indicators", f"{total:,} 个指标")
    return (
        f'<div class="card"><h3><a href="{here.url(topic_page(root["topic_id"]))}">{html_text(say.name(root))}</a></h3>'
        f"<p>{words}</p>" + (f"<ul>{''.join(links)}</ul>" if links else "") + "</div>"
    )


def _topic(say: Tongue, data: Data, topic_id: str) -> str:
    here = Here(topic_page(topic_id), say.code)
    topic = data.topics.get(topic_id)
    name = say.name(topic) if topic else say("Not filed yet", "尚未归类")
    above = [(say("Indicators", "指标"), "indicators/index.md")]
    if topic and topic["parent_id"]:
        above.append((say.name(data.topics[topic["parent_id"]]), topic_page(topic["parent_id"])))
    parts = [front_matter(name), f"# {markdown_text(name)}\n\n", crumbs(here, above)]
    below = [row for row in data.topics.values() if topic_id and row["parent_id"] == topic_id]
    if below:
        parts.append(
            "".join(f"- [{markdown_text(say.name(t))}]({here.md(topic_page(t['topic_id']))})\n" for t in below)
        )
        parts.append("\n")
    rows = data.by_topic.get(topic_id, [])
    if rows:
        # The names are in the search with the indicators' own pages.
        parts.append(f"## {say('Indicators', '指标')} {{#list data-search-exclude}}\n\n")
        parts.append(_table(say, data, here, rows))
    elif not below:
        parts.append(say("No indicators yet.\n", "尚无指标。\n"))
    return "".join(parts)


def _table(say: Tongue, data: Data, here: Here, rows: Iterable[Record]) -> str:
    heads = say("| Indicator | In Chinese | Observations |", "| 指标 | 英文名称 | 数据条数 |")
    lines = [f"{heads}\n| --- | --- | ---: |\n"]
    for row in rows:
        link = f"[{markdown_text(say.name(row))}]({here.md(indicator_page(row['indicator_id']))})"
        lines.append(f"| {link} | {markdown_text(other_name(say, row))} | {data.count(row['indicator_id'])} |\n")
    return "".join(lines) + "\n"


# Where the characters of each initial begin in GB 2312, whose first level is in the order of pinyin.
_INITIALS = [
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"),
    (0xB9FE, "H"), (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"),
    (0xC5BE, "P"), (0xC6DA, "Q"), (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"),
    (0xD1B9, "Y"), (0xD4D1, "Z"),
]  # fmt: skip
_LAST_OF_FIRST_LEVEL = 0xD7F9
_LETTER = re.compile(r"[A-Za-z]")


def initial(name: str) -> str:
    """The letter that a name is filed under: its first, or that of its first character's pinyin; # for the rest."""
    first = name[:1]
    if _LETTER.match(first):
        return first.upper()
    code = int.from_bytes(first.encode("gb2312", errors="ignore"), "big")
    if not _INITIALS[0][0] <= code <= _LAST_OF_FIRST_LEVEL:
        return "#"
    return next(letter for start, letter in reversed(_INITIALS) if code >= start)


def _alphabetical(say: Tongue, data: Data) -> Pages:
    """The list on one page; of very many indicators a page for each letter, the same ones in both languages."""
    here = Here("lists/alphabetical.md", say.code)
    title = say("Indicators by alphabet", "指标音序")
    found: dict[str, list[Record]] = {letter: [] for letter in f"{ascii_uppercase}#"}
    for row in data.indicators.values():
        found[initial(say.name(row))].append(row)
    parts = [front_matter(title, search={"exclude": True}), f"# {title}\n\n", _ways(say, here)]
    if len(data.indicators) <= LISTED:
        letters = [letter for letter, rows in found.items() if rows]
        jumps = " ".join(f'<a href="#{_letter_name(letter)}">{letter}</a>' for letter in letters)
        parts.append(f'<p class="letters">{jumps}</p>\n\n')
        for letter in letters:
            parts.append(f"## {markdown_text(letter)} {{#{_letter_name(letter)}}}\n\n")
            parts.append(_names(say, here, found[letter]))
    else:
        for letter, rows in found.items():
            page = f"lists/alphabetical/{_letter_name(letter)}.md"
            parts.append(f"- [{markdown_text(letter)}]({here.md(page)}) ({say.number(len(rows))})\n")
            head = f"{title}{say(': ', '：')}{letter}"
            above = [(say("Indicators", "指标"), "indicators/index.md"), (title, here.page)]
            there = Here(page, say.code)
            names = _names(say, there, rows) if rows else say("None.\n", "无。\n")
            yield (
                page,
                f"{front_matter(head, search={'exclude': True})}# {markdown_text(head)}\n\n{crumbs(there, above)}{names}",
            )
    yield here.page, "".join(parts)


# More names than these are too many for one page.
LISTED = 3000


def _names(say: Tongue, here: Here, rows: Iterable[Record]) -> str:
    ordered = sorted(rows, key=lambda row: say.name(row).casefold().encode("gb18030", errors="replace"))
    items = "".join(
        f'<li><a href="{here.url(indicator_page(row["indicator_id"]))}">{html_text(say.name(row))}</a></li>'
        for row in ordered
    )
    return f'<ul class="columns">{items}</ul>\n\n'


def _letter_name(letter: str) -> str:
    return "other" if letter == "#" else f"letter-{letter.lower()}"


def _frequency(say: Tongue, data: Data) -> str:
    here = Here("lists/frequency.md", say.code)
    title = say("Indicators by frequency", "指标频次")
    parts = [front_matter(title, search={"exclude": True}), f"# {title}\n\n", _ways(say, here)]
    often = [row for row in data.frequent if data.count(row["indicator_id"]) > 1]
    once = [row for row in data.frequent if data.count(row["indicator_id"]) <= 1]
    parts.append(_table(say, data, here, often))
    if once:
        words = say(f"{len(once):,} more are stated once; see them", f"另有 {len(once):,} 个指标只陈述一次，见")
        parts.append(
            f"{words} [{say('by alphabet', '音序')}]({here.md('lists/alphabetical.md')})。\n".replace(
                "。", say(".", "。")
            )
        )
    return "".join(parts)
