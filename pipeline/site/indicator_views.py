"""The pages of indicators, and the lists that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from pipeline.site.chart import chart_scripts, charts
from pipeline.site.compare_views import compare_link
from pipeline.site.data import ROWS_TOGETHER, Data, Record
from pipeline.site.links import Here, indicator_page, report_page, topic_page
from pipeline.site.row_pages import report_name, row_views
from pipeline.site.site_files import file_links, series_file
from pipeline.site.templating import filled, page, words
from pipeline.site.thing_views import LIST as THINGS
from pipeline.site.thing_views import topic_list
from pipeline.site.tongue import Tongue

Pages = Iterator[tuple[str, str]]
INDEX = "indicators/index.md"
_MOST_RELATED = 10
_MOST_ALIASES = 24


def indicator_pages(say: Tongue, data: Data) -> Pages:
    """A page for each indicator."""
    aliases = data.grouped("indicator_aliases", "indicator_id")
    codes = data.grouped("indicator_codes", "indicator_id")
    for indicator_id, row in data.indicators.items():
        more = (aliases.get(indicator_id, []), codes.get(indicator_id, []))
        yield indicator_page(indicator_id), _indicator(say, data, row, *more)
        for part in range(2, _parts(data, indicator_id) + 1):
            yield indicator_page(indicator_id, part), _further(say, data, row, part)


def other_name(say: Tongue, row: Record) -> str:
    """The name in the other language, where there is one."""
    other = row["name_en" if say.code == "zh" else "name_zh"]
    return str(other) if other and other != say.name(row) else ""


def _indicator(say: Tongue, data: Data, row: Record, aliases: list[Record], codes: list[Record]) -> str:
    indicator_id = row["indicator_id"]
    here = Here(indicator_page(indicator_id), say.code)
    count = data.count(indicator_id)
    name, other = say.name(row), other_name(say, row)
    definition = row["definition_zh" if say.code == "zh" else "definition_en"]
    drawn = charts(say, data, here, indicator_id)
    start = f"{definition or name}{say('', '' if definition else '：')}"
    return page(
        say,
        "indicator.html",
        f"{name} {other}".strip(),
        meta={
            "description": words(say, "indicator.description", start=start, n=count).unescape(),
            "dataset": _dataset(say, data, row),
            "scripts": chart_scripts(data) if drawn else [],
        },
        title=name,
        other=other,
        above=_above(say, data, here, row),
        definition=definition,
        source=row["definition_source"],
        core=row["curation"] == "core",
        facts=_facts(say, data, here, row, aliases, codes),
        count=count,
        narrower=_counted(say, data, here, data.narrower.get(indicator_id, [])),
        charts=drawn,
        compare=compare_link(say, data, here, indicator_id),
        relations=[
            _relation(say, data, here, one) for one in data.of("qualitative_targets", "indicator_id", indicator_id)
        ],
        files=file_links(say, here, "indicators", indicator_id, spreadsheet=True),
        rows=row_views(say, data, here, data.of_indicator(indicator_id, 0, ROWS_TOGETHER)),
        turn=_turn(say, data, here, indicator_id, 1),
        snippet=_snippet(data, indicator_id),
        related=_counted(say, data, here, _related(data, row)),
    )


def _counted(say: Tongue, data: Data, here: Here, rows: Iterable[Record]) -> list[tuple[str, str, int]]:
    return [
        (say.name(row), here.url(indicator_page(row["indicator_id"])), data.count(row["indicator_id"])) for row in rows
    ]


def _parts(data: Data, indicator_id: str) -> int:
    return max(1, -(-data.count(indicator_id) // ROWS_TOGETHER))


def _further(say: Tongue, data: Data, row: Record, part: int) -> str:
    """A page with rows that do not fit on the indicator's own."""
    indicator_id = row["indicator_id"]
    here = Here(indicator_page(indicator_id, part), say.code)
    rows = data.of_indicator(indicator_id, (part - 1) * ROWS_TOGETHER, part * ROWS_TOGETHER)
    title = words(say, "indicator.part", name=say.name(row), part=part).unescape()
    above = [*_above(say, data, here, row), (say.name(row), here.url(indicator_page(indicator_id)))]
    turn = _turn(say, data, here, indicator_id, part)
    return page(say, "further.html", title, title=title, above=above, rows=row_views(say, data, here, rows), turn=turn)


def _turn(say: Tongue, data: Data, here: Here, indicator_id: str, part: int) -> Markup:
    """Links to the parts before and after, if there are any."""
    links = [
        (words(say, key), here.url(indicator_page(indicator_id, other)))
        for key, other in (("indicator.before", part - 1), ("indicator.after", part + 1))
        if 1 <= other <= _parts(data, indicator_id)
    ]
    return filled(say, "turn.html", links=links)


def _above(say: Tongue, data: Data, here: Here, row: Record) -> list[tuple[str, str]]:
    return [(words(say, "indicators.title"), here.url(INDEX)), *topics_above(say, data, here, row["topic_id"])]


def topics_above(say: Tongue, data: Data, here: Here, topic_id: str | None) -> list[tuple[str, str]]:
    """The pages of a topic and the one above it, outermost first."""
    topic = data.topics.get(topic_id or "")
    chain = [topic] if topic else []
    if topic and topic["parent_id"]:
        chain.insert(0, data.topics[topic["parent_id"]])
    return [(say.name(one), here.url(topic_page(one["topic_id"]))) for one in chain]


def _facts(
    say: Tongue, data: Data, here: Here, row: Record, aliases: list[Record], codes: list[Record]
) -> list[tuple[Markup, object]]:
    topic = data.topics.get(row["topic_id"] or "")
    unit = data.base_units.get(row["unit_id"] or "")
    thing = data.things.get(row["thing_id"] or "")
    broader = data.indicators.get(row["broader_id"] or "")
    written = sorted({alias["alias"] for alias in aliases} - {row["name_zh"], row["name_en"]})
    names: str | Markup = say(", ", "、").join(written[:_MOST_ALIASES])
    if len(written) > _MOST_ALIASES:
        names = words(say, "indicator.more_aliases", names=names, n=len(written) - _MOST_ALIASES)
    link = Markup('<a href="{}">{}</a>')
    pairs: list[tuple[str, object]] = [
        ("identifier", Markup("<code>{}</code>").format(row["indicator_id"])),
        ("aliases", names),
        ("codes", Markup("<br>").join(_code(say, code) for code in codes)),
        ("thing", _thing_link(say, here, thing) if thing else ""),
        ("property", say.word("property", row["property"]) if row["property"] else ""),
        ("event", say.word("event", row["event"]) if row["event"] else ""),
        ("scope", Markup('<span lang="zh">{}</span>').format(row["scope"]) if row["scope"] else ""),
        (
            "broader",
            link.format(here.url(indicator_page(broader["indicator_id"])), say.name(broader)) if broader else "",
        ),
        (
            "topic",
            link.format(
                here.url(topic_page(row["topic_id"] or "")),
                say.name(topic) if topic else words(say, "indicator.unfiled"),
            ),
        ),
        ("unit", say(f"{unit['name_en'] or ''} {unit['name_zh']}".strip(), unit["name_zh"]) if unit else ""),
    ]
    return [(words(say, f"indicator.{key}"), text) for key, text in pairs]


def _thing_link(say: Tongue, here: Here, thing: Record) -> Markup:
    from pipeline.site.thing_views import thing_link

    return thing_link(say, here, thing)


# Where the codes of other systems are explained.
_SYSTEMS = {"WDI": "https://data.worldbank.org/indicator/{}"}


def _code(say: Tongue, code: Record) -> Markup:
    shown: object = code["code"]
    if code["system"] in _SYSTEMS:
        shown = Markup('<a href="{}" rel="external">{}</a>').format(
            _SYSTEMS[code["system"]].format(code["code"]), shown
        )
    kind = f"{say.word('measure', code['measure'])}{say(', ', '，')}{say.word('match', code['match'])}"
    return Markup("{}: {} ({})").format(code["system"], shown, kind)


def _relation(say: Tongue, data: Data, here: Here, row: Record) -> dict[str, object]:
    return {
        "place": say.name(data.places[row["place_id"]]) if row["place_id"] else "",
        "period": row["period"],
        "relation": row["relation"],
        "text": row["text"],
        "link": here.url(report_page(row["report_id"])),
        "title": report_name(say, data, data.reports[row["report_id"]]),
    }


def _snippet(data: Data, indicator_id: str) -> str:
    """A program that takes the rows from the site, or from a clone where the site's address is not known."""
    if data.site_url:
        return f'import pandas as pd\n\nrows = pd.read_csv("{data.site_url}{series_file("indicators", indicator_id, "csv")}")\n'
    if "observations" in data.parted("work-reports"):
        return (
            "import duckdb\n\n"
            "observations = \"'datapackages/work-reports/observations.parquet/*.parquet'\"\n"
            f"rows = duckdb.sql(f\"SELECT * FROM {{observations}} WHERE indicator_id = '{indicator_id}'\").df()\n"
        )
    return (
        "import pandas as pd\n\n"
        'observations = pd.read_parquet("datapackages/work-reports/observations.parquet")\n'
        f'rows = observations[observations["indicator_id"] == "{indicator_id}"]\n'
    )


def _related(data: Data, row: Record) -> list[Record]:
    """What is related by the thesaurus: the same thing, its kinds and what it is a kind of; then what stands with it."""
    indicator_id, thing_id = row["indicator_id"], row["thing_id"] or ""
    above = data.things.get(data.things.get(thing_id, {}).get("parent_id") or "")
    near = [other["indicator_id"] for other in data.by_thing.get(thing_id, [])]
    for one in [*data.narrower_things.get(thing_id, []), *([above] if above else [])]:
        near += [other["indicator_id"] for other in data.by_thing.get(one["thing_id"], [])[:2]]
    beside = data.of("together", "indicator_id", indicator_id)
    near += [one["other_id"] for one in sorted(beside, key=lambda one: (-one["times"], one["other_id"]))]
    chosen = [other for other in dict.fromkeys(near) if other != indicator_id and data.count(other)][:_MOST_RELATED]
    return [data.indicators[other] for other in chosen]


def _dataset(say: Tongue, data: Data, row: Record) -> dict[str, Any]:
    indicator_id = row["indicator_id"]
    rows = data.of_indicator(indicator_id, columns=("period", "place_id"))
    if not rows:
        return {}
    years = sorted({str(o["period"])[:4] for o in rows if o["period"]})
    places = sorted({o["place_id"] for o in rows if o["place_id"]})
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": say.name(row),
        "alternateName": [other_name(say, row)] if other_name(say, row) else [],
        "description": row["definition_zh" if say.code == "zh" else "definition_en"]
        or words(say, "indicator.dataset", name=say.name(row)).unescape(),
        "identifier": indicator_id,
        "version": data.version,
        "dateModified": data.newest,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
        "spatialCoverage": [say.name(data.places[place]) for place in places[:20]],
        "creator": {"@type": "Organization", "name": data.settings.title(say)},
        **_distribution(data, indicator_id),
    }


def _distribution(data: Data, indicator_id: str) -> dict[str, Any]:
    """Where machines find the files; left out where the site's address is not known."""
    if not data.site_url:
        return {}
    kinds = {"csv": "text/csv", "json": "application/json"}
    return {
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{data.site_url}{series_file('indicators', indicator_id, ending)}",
            }
            for ending, kind in kinds.items()
        ]
    }


def list_pages(say: Tongue, data: Data) -> Pages:
    """The overview, a page for each topic, and the lists by alphabet and by frequency."""
    yield INDEX, _overview(say, data)
    for topic_id in ["", *data.topics]:
        yield topic_page(topic_id), _topic(say, data, topic_id)
    yield from _alphabetical(say, data)
    yield "lists/frequency.md", _frequency(say, data)


def ways(say: Tongue, here: Here) -> Markup:
    """The ways to the indicators, of which the page itself is no link."""
    found = [
        ("topic", INDEX),
        ("alphabet", "lists/alphabetical.md"),
        ("frequency", "lists/frequency.md"),
        ("thing", THINGS),
    ]
    links = [(words(say, f"indicators.by_{key}"), "" if to == here.page else here.url(to)) for key, to in found]
    return filled(say, "ways.html", ways=links)


def _overview(say: Tongue, data: Data) -> str:
    here = Here(INDEX, say.code)
    cards: list[dict[str, object]] = []
    for root in (topic for topic in data.topics.values() if not topic["parent_id"]):
        below = [topic for topic in data.topics.values() if topic["parent_id"] == root["topic_id"]]
        cards.append(
            {
                "name": say.name(root),
                "link": here.url(topic_page(root["topic_id"])),
                "count": sum(len(data.by_topic.get(topic["topic_id"], [])) for topic in [root, *below]),
                "below": [
                    (
                        say.name(topic),
                        here.url(topic_page(topic["topic_id"])),
                        len(data.by_topic.get(topic["topic_id"], [])),
                    )
                    for topic in below
                ],
            }
        )
    other = data.by_topic.get("", [])
    if other:
        cards.append(
            {"name": words(say, "topic.unfiled"), "link": here.url(topic_page("")), "count": len(other), "below": []}
        )
    core: dict[str, list[list[object]]] = {}
    for row in data.frequent:
        if row["curation"] == "core" and data.count(row["indicator_id"]):
            topic = data.topics.get(row["topic_id"] or "")
            name = say.name(topic) if topic else words(say, "topic.unfiled")
            core.setdefault(name, []).append(_cells(say, data, here, row))
    title = words(say, "indicators.title")
    return page(
        say,
        "indicators.html",
        title,
        count=len(data.indicators),
        ways=ways(say, here),
        cards=cards,
        core=core.items(),
        heads=_heads(say),
    )


def _heads(say: Tongue) -> list[Markup]:
    return [words(say, f"indicators.{key}") for key in ("name", "other", "times")]


def _cells(say: Tongue, data: Data, here: Here, row: Record) -> list[object]:
    link = Markup('<a href="{}">{}</a>').format(here.url(indicator_page(row["indicator_id"])), say.name(row))
    other = (
        Markup('<span lang="{}">{}</span>').format(say("zh", "en"), other_name(say, row))
        if other_name(say, row)
        else ""
    )
    return [link, other, say.number(data.count(row["indicator_id"]))]


def _topic(say: Tongue, data: Data, topic_id: str) -> str:
    here = Here(topic_page(topic_id), say.code)
    topic = data.topics.get(topic_id)
    name = say.name(topic) if topic else words(say, "topic.unfiled")
    above: list[tuple[str, str]] = [(words(say, "indicators.title"), here.url(INDEX))]
    if topic and topic["parent_id"]:
        above += topics_above(say, data, here, topic["parent_id"])
    below = [row for row in data.topics.values() if topic_id and row["parent_id"] == topic_id]
    return page(
        say,
        "topic.html",
        name,
        title=name,
        above=above,
        below=[(say.name(one), here.url(topic_page(one["topic_id"]))) for one in below],
        things=here.url(topic_list(topic_id)) if topic_id in data.things_by_topic else "",
        heads=_heads(say),
        rows=[_cells(say, data, here, row) for row in data.by_topic.get(topic_id, [])],
    )


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


# More names than these are too many for one page.
LISTED = 3000


def _alphabetical(say: Tongue, data: Data) -> Pages:
    """The list on one page; of very many indicators a page for each letter, the same ones in both languages."""
    here = Here("lists/alphabetical.md", say.code)
    title = words(say, "indicators.alphabetical")
    found: dict[str, list[Record]] = {letter: [] for letter in f"{ascii_uppercase}#"}
    for row in data.indicators.values():
        found[initial(say.name(row))].append(row)
    shown: dict[str, Any]
    common: dict[str, Any] = {"intro": "", "rows": [], "heads": [], "more": ""}
    if len(data.indicators) <= LISTED:
        letters = [letter for letter, rows in found.items() if rows]
        groups = [(letter, _letter_name(letter), _names(say, here, found[letter])) for letter in letters]
        jumps = [(letter, f"#{_letter_name(letter)}") for letter in letters]
        shown = {"title": title, "above": [], "ways": ways(say, here), "jumps": jumps, "groups": groups}
        yield here.page, page(say, "names.html", title, **shown, **common)
        return
    jumps = []
    for letter, rows in found.items():
        there = Here(f"lists/alphabetical/{_letter_name(letter)}.md", say.code)
        jumps.append((f"{letter} ({say.number(len(rows))})", here.url(there.page)))
        head = f"{title}{say(': ', '：')}{letter}"
        above = [(words(say, "indicators.title"), there.url(INDEX)), (title, there.url(here.page))]
        groups = [("", "", _names(say, there, rows))]
        shown = {"title": head, "above": above, "ways": "", "jumps": [], "groups": groups}
        yield there.page, page(say, "names.html", head, **shown, **common)
    shown = {"title": title, "above": [], "ways": ways(say, here), "jumps": jumps, "groups": []}
    yield here.page, page(say, "names.html", title, **shown, **common)


def _names(say: Tongue, here: Here, rows: Iterable[Record]) -> list[tuple[str, str]]:
    ordered = sorted(rows, key=lambda row: say.name(row).casefold().encode("gb18030", errors="replace"))
    return [(say.name(row), here.url(indicator_page(row["indicator_id"]))) for row in ordered]


def _letter_name(letter: str) -> str:
    return "other" if letter == "#" else f"letter-{letter.lower()}"


def _frequency(say: Tongue, data: Data) -> str:
    here = Here("lists/frequency.md", say.code)
    title = words(say, "indicators.frequency")
    often = [row for row in data.frequent if data.count(row["indicator_id"]) > 1]
    once = len(data.frequent) - len(often)
    link = Markup('<a href="{}">{}</a>').format(here.url("lists/alphabetical.md"), words(say, "indicators.by_alphabet"))
    return page(
        say,
        "names.html",
        title,
        title=title,
        above=[],
        ways=ways(say, here),
        intro="",
        jumps=[],
        groups=[],
        heads=_heads(say),
        rows=[_cells(say, data, here, row) for row in often],
        more=words(say, "indicators.once", n=once, link=link) if once else "",
    )
