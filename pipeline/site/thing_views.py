"""The pages of things: what is counted or measured, and the indicators of each by property and event."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from pipeline.site.data import Data, Record
from pipeline.site.links import Here, indicator_page, page_name, thing_page, topic_page
from pipeline.site.site_files import file_links
from pipeline.site.templating import page, words
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
LIST = "things/index.md"


def topic_list(topic_id: str) -> str:
    """The page with the things of a topic; a thing's own name never begins with a hyphen."""
    return f"things/-{page_name(topic_id)}.md"


def thing_pages(say: Tongue, data: Data) -> Pages:
    """A page for each thing, a list of them for each topic, and the list of these."""
    yield LIST, _list(say, data)
    for topic_id, rows in data.things_by_topic.items():
        yield topic_list(topic_id), _of_topic(say, data, topic_id, rows)
    for thing in data.things.values():
        yield thing_page(thing["thing_id"]), _thing(say, data, thing)


def _list(say: Tongue, data: Data) -> str:
    """The topics, with how many things each has."""
    from pipeline.site.indicator_views import ways

    here = Here(LIST, say.code)
    jumps = [
        (f"{say.name(topic)} ({say.number(len(data.things_by_topic[topic_id]))})", here.url(topic_list(topic_id)))
        for topic_id, topic in data.topics.items()
        if topic_id in data.things_by_topic
    ]
    title = words(say, "thing.title")
    return page(
        say,
        "things.html",
        title,
        title=title,
        above=_indicators(say, here),
        ways=ways(say, here),
        intro=words(say, "thing.intro"),
        topics=jumps,
    )


def _indicators(say: Tongue, here: Here) -> list[tuple[str, str]]:
    return [(words(say, "indicators.title"), here.url("indicators/index.md"))]


def _of_topic(say: Tongue, data: Data, topic_id: str, rows: list[Record]) -> str:
    here = Here(topic_list(topic_id), say.code)
    title = words(say, "thing.list", topic=say.name(data.topics[topic_id])).unescape()
    return page(
        say,
        "names.html",
        title,
        title=title,
        above=[*_indicators(say, here), (words(say, "thing.title"), here.url(LIST))],
        ways="",
        intro=words(say, "thing.count", n=len(rows)),
        jumps=[],
        groups=[("", "", [(say.name(row), here.url(thing_page(row["thing_id"]))) for row in rows])],
        heads=[],
        rows=[],
        more="",
    )


def thing_link(say: Tongue, here: Here, thing: Record) -> Markup:
    """A link to the page of a thing."""
    return Markup('<a href="{}">{}</a>').format(here.url(thing_page(thing["thing_id"])), say.name(thing))


def _thing(say: Tongue, data: Data, thing: Record) -> str:
    thing_id = thing["thing_id"]
    here = Here(thing_page(thing_id), say.code)
    name, other = say.name(thing), str(thing["name_en" if say.code == "zh" else "name_zh"] or "")
    topic = data.topics.get(thing["topic_id"] or "")
    parent = data.things.get(thing["parent_id"] or "")
    below = data.narrower_things.get(thing_id, [])
    indicators = data.by_thing.get(thing_id, [])
    above = [*_indicators(say, here), (words(say, "thing.title"), here.url(LIST))]
    if topic and topic["topic_id"] in data.things_by_topic:
        above.append((say.name(topic), here.url(topic_list(topic["topic_id"]))))
    topic_link = (
        Markup('<a href="{}">{}</a>').format(here.url(topic_page(topic["topic_id"])), say.name(topic)) if topic else ""
    )
    facts: list[tuple[Markup, object]] = [
        (words(say, "indicator.identifier"), Markup("<code>{}</code>").format(thing_id)),
        (words(say, "indicator.topic"), topic_link),
        (words(say, "thing.parent"), thing_link(say, here, parent) if parent else ""),
        (words(say, "thing.kinds"), Markup(say(", ", "、")).join(thing_link(say, here, one) for one in below)),
    ]
    ordered = sorted(indicators, key=lambda row: (row["property"] or "", row["event"] or "", row["scope"] or ""))
    return page(
        say,
        "thing.html",
        f"{name} {other}".strip() if other != name else name,
        meta={"description": words(say, "thing.description", n=len(indicators)).unescape()},
        title=name,
        other=other,
        above=above,
        facts=facts,
        files=file_links(say, here, "things", thing_id),
        heads=[words(say, f"indicator.{key}") for key in ("property", "event", "scope")]
        + [words(say, f"indicators.{key}") for key in ("name", "times")],
        rows=[_cells(say, data, here, row) for row in ordered],
    )


def _cells(say: Tongue, data: Data, here: Here, row: Record) -> list[object]:
    return [
        say.word("property", row["property"]),
        say.word("event", row["event"]) if row["event"] else "",
        Markup('<span lang="zh">{}</span>').format(row["scope"]) if row["scope"] else "",
        Markup('<a href="{}">{}</a>').format(here.url(indicator_page(row["indicator_id"])), say.name(row)),
        say.number(data.count(row["indicator_id"])),
    ]
