"""The pages of things: what is counted or measured, and the indicators of each by property and event."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.site.data import Data, Record
from pipeline.site.html_tables import table
from pipeline.site.html_text import front_matter, heading, html_text, markdown_text
from pipeline.site.links import Here, crumbs, indicator_page, thing_page, topic_page
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
LIST = "things/index.md"


def thing_pages(say: Tongue, data: Data) -> Pages:
    """A page for each thing, and their list."""
    yield LIST, _list(say, data)
    for thing in data.things.values():
        yield thing_page(thing["thing_id"]), _thing(say, data, thing)


def _list(say: Tongue, data: Data) -> str:
    """The things by topic, those below another behind it."""
    here = Here(LIST, say.code)
    title = say("Things", "事物")
    intro = say(
        "What the reports count and measure. Each thing leads to its indicators: what of it is measured, and what was "
        "done with it.",
        "报告所计数、计量的事物。每种事物列出其各项指标：计量它的什么，对它做了什么。",
    )
    parts = [f"{front_matter(title)}# {title}\n\n{intro}\n\n", crumbs(here, [_indicators(say)])]
    by_topic = data.grouped("things", "topic_id")
    for topic_id, topic in data.topics.items():
        if topic_id in by_topic:
            # The names are in the search with the things' own pages.
            parts.append(f"## {markdown_text(say.name(topic))} {{#{topic_id} data-search-exclude}}\n\n")
            parts.append(
                f'<ul class="columns">{"".join(_item(say, here, thing) for thing in by_topic[topic_id])}</ul>\n\n'
            )
    return "".join(parts)


def _indicators(say: Tongue) -> tuple[str, str]:
    return say("Indicators", "指标"), "indicators/index.md"


def _item(say: Tongue, here: Here, thing: Record) -> str:
    return f"<li>{thing_link(say, here, thing)}</li>"


def thing_link(say: Tongue, here: Here, thing: Record) -> str:
    """A link to the page of a thing. HTML."""
    return f'<a href="{here.url(thing_page(thing["thing_id"]))}">{html_text(say.name(thing))}</a>'


def _thing(say: Tongue, data: Data, thing: Record) -> str:
    thing_id = thing["thing_id"]
    here = Here(thing_page(thing_id), say.code)
    name, other = say.name(thing), str(thing["name_en" if say.code == "zh" else "name_zh"] or "")
    topic = data.topics.get(thing["topic_id"] or "")
    parent = data.things.get(thing["parent_id"] or "")
    below = data.narrower_things.get(thing_id, [])
    indicators = data.by_thing.get(thing_id, [])
    pairs = [(say("Identifier", "标识"), f"<code>{html_text(thing_id)}</code>")]
    if topic:
        link = here.url(topic_page(topic["topic_id"]))
        pairs.append((say("Topic", "主题"), f'<a href="{link}">{html_text(say.name(topic))}</a>'))
    if parent:
        pairs.append((say("A kind of", "属于"), thing_link(say, here, parent)))
    if below:
        links = say(", ", "、").join(thing_link(say, here, one) for one in below)
        pairs.append((say("Its kinds", "包括"), links))
    facts = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs)
    description = say(f"{len(indicators)} indicators of this thing.", f"该事物的 {len(indicators)} 个指标。")
    parts = [
        front_matter(f"{name} {other}".strip() if other != name else name, description=description),
        heading(say, name, other),
        crumbs(here, [_indicators(say), (say("Things", "事物"), LIST)]),
        f'<dl class="facts" data-search-exclude>{facts}</dl>\n\n',
    ]
    if indicators:
        parts.append(f"## {say('Indicators', '指标')} {{#indicators data-search-exclude}}\n\n")
        parts.append(_table(say, data, here, indicators))
    else:
        words = say(
            "It has no indicator of its own here; its kinds have.", "该事物在本数据中没有自己的指标，见所包括的各类。"
        )
        parts.append(f"{words}\n")
    return "".join(parts)


def _table(say: Tongue, data: Data, here: Here, indicators: list[Record]) -> str:
    heads = [
        say("What is measured", "计量属性"),
        say("What was done", "事件"),
        say("Scope", "限定范围"),
        say("Indicator", "指标"),
        say("Observations", "数据条数"),
    ]
    ordered = sorted(indicators, key=lambda row: (row["property"] or "", row["event"] or "", row["scope"] or ""))
    cells = (
        [
            html_text(say.word("property", row["property"])),
            html_text(say.word("event", row["event"])) if row["event"] else "",
            f'<span lang="zh">{html_text(row["scope"])}</span>' if row["scope"] else "",
            f'<a href="{here.url(indicator_page(row["indicator_id"]))}">{html_text(say.name(row))}</a>',
            say.number(data.count(row["indicator_id"])),
        ]
        for row in ordered
    )
    return f"{table('summary', heads, cells)}\n\n"
