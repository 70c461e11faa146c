"""The index of the search, made by Pagefind from what things are called, and not from the rendered pages.

Pagefind tells words apart by blanks, which Chinese has none of. So both the index and the query (assets/search.js) are
written in terms: pairs of neighbouring Chinese characters, simplified, and words of letters and digits without the
marks inside them (R&D is rd). A name as a whole is a term too, so that who types it finds it first. One index serves both
languages.
"""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from pipeline.errors import BaogaoError
from pipeline.knowledge import vocabulary
from pipeline.site.compare_views import INDEX as COMPARISONS
from pipeline.site.compare_views import comparisons
from pipeline.site.data import PRESS, Data, Record
from pipeline.site.links import (
    commitments_page,
    compare_page,
    folder,
    indicator_page,
    place_page,
    report_page,
    thing_page,
    topic_page,
)
from pipeline.site.report_views import paragraph_spans
from pipeline.site.row_pages import report_name
from pipeline.site.templating import words
from pipeline.site.tongue import WORDS, Tongue

FOLDER = "pagefind"
_EN, _ZH = Tongue("en"), Tongue("zh")
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_]+(?:[&.'’+-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN_OR_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff\U00020000-\U0003ffff]+")
_INSIDE = re.compile(r"[&.'’+-]")
# Pagefind holds a word to be worth up to ten times another.
_NAME, _ALIAS, _ABOUT, _SENTENCE = 10.0, 6.0, 2.0, 0.5
# Who types a name that several have means the indicator or the place before what is like it.
_FIRST = {
    "indicator": 6.0,
    "comparison": 6.0,
    "place": 10.0,
    "commitment": 10.0,
    "thing": 5.0,
    "report": 5.0,
    "topic": 3.0,
}
_CORE = 10.0
# So many characters of a report are a document of their own: the words around a hit are what a result shows.
_PASSAGE = 320


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found: `titles` and `abouts` in English and Chinese, then words by their weight."""

    url: str
    kind: str
    titles: tuple[str, str]
    abouts: tuple[str, str] = ("", "")
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    text: str = ""
    places: tuple[str, ...] = ()
    topic: str = ""
    core: bool = False


def terms(text: str) -> list[str]:
    """The terms of a text, in its order."""
    found: list[str] = []
    for run in _RUN.findall(_simplified(unicodedata.normalize("NFKC", text).lower())):
        for piece in _LATIN_OR_HAN.findall(run):
            if not _HAN.match(piece):
                found.append(_INSIDE.sub("", piece))
            elif len(piece) == 1:
                found.append(piece)
            else:
                found += [piece[at : at + 2] for at in range(len(piece) - 1)]
    return [one for one in found if one]


def whole(text: str) -> str:
    """The term for a name as a whole: a checksum of its terms (FNV-1a, 32 bits), which no word begins with."""
    value = 0x811C9DC5
    for byte in " ".join(terms(text)).encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"qz{value:08x}"


def _simplified(text: str) -> str:
    return text.translate(simplifying())


@cache
def simplifying() -> dict[int, str]:
    """The simplified character for each traditional one."""
    table = vocabulary("traditional")
    pairs = zip("".join(table["traditional"]), "".join(table["simplified"]), strict=True)
    return {ord(one): other for one, other in pairs}


@cache
def queries() -> dict[str, list[str]]:
    """What people type who mean an indicator or a thing, beside its names and aliases."""
    loaded = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))
    return {key: [str(one) for one in found] for key, found in loaded.items()}


def documents(data: Data) -> Iterator[Document]:
    """Everything that can be found."""
    aliases = data.grouped("indicator_aliases", "indicator_id")
    for key, row in data.indicators.items():
        rows = data.of_indicator(key, columns=("measure", "status", "place_id"))
        names = tuple(alias["alias"] for alias in aliases.get(key, ())) + tuple(queries().get(key, ()))
        yield Document(
            folder(indicator_page(key)),
            "indicator",
            _both(row),
            (row["definition_en"] or "", row["definition_zh"] or ""),
            (*names, key.replace("_", " ")),
            _measured(rows) + _places(data, rows),
            "",
            tuple(dict.fromkeys(one["place_id"] for one in rows if one["place_id"])),
            row["topic_id"] or "",
            row["curation"] == "core",
        )
    for key, row in data.things.items():
        found = data.by_thing.get(key, [])
        yield Document(
            folder(thing_page(key)), "thing", _both(row), names=tuple(queries().get(key, ())), topic=row["topic_id"] or "",
            also=tuple(name for one in found[:8] for name in _both(one)),
        )  # fmt: skip
    yield from _comparison_documents(data)
    yield from _place_documents(data)
    for key, row in data.topics.items():
        yield Document(folder(topic_page(key)), "topic", _both(row), names=tuple(queries().get(key, ())), topic=key)
    yield from _report_documents(data)


def _both(row: Record) -> tuple[str, str]:
    return _EN.name(row), _ZH.name(row)


def _measured(rows: Iterable[Record]) -> tuple[str, ...]:
    """The words for what is said of an indicator: its growth, its rank, its target."""
    found: list[str] = []
    for measure in dict.fromkeys(row["measure"] for row in rows):
        found += [
            *WORDS["measure"][measure],
            *words(_EN, f"search.{measure}").split(),
            *words(_ZH, f"search.{measure}").split(),
        ]
    for status in dict.fromkeys(row["status"] for row in rows):
        found += WORDS["status"][status]
    return tuple(found)


def _places(data: Data, rows: Iterable[Record]) -> tuple[str, ...]:
    found = dict.fromkeys(row["place_id"] for row in rows if row["place_id"])
    return tuple(name for place in found for name in _both(data.places[place]))


def _comparison_documents(data: Data) -> Iterator[Document]:
    """The comparisons of places and years; they are meant where a word for comparing stands beside the name of an indicator."""
    for number, one in enumerate(comparisons(data)):
        if not number:
            yield Document(
                folder(COMPARISONS),
                "comparison",
                _said("compare.title"),
                _said("compare.about"),
                tuple(queries()["compare"]),
            )
        row = data.indicators[one.indicator_id]
        called = tuple(dict.fromkeys((*_both(row), *queries().get(one.indicator_id, ()))))
        yield Document(
            folder(compare_page(one.indicator_id)),
            "comparison",
            (words(_EN, "compare.of", name=_EN.name(row)).unescape(), words(_ZH, "compare.of", name=_ZH.name(row)).unescape()),
            # Who types the name of an indicator alone means its page.
            names=tuple(words(say, "compare.by", name=name).unescape() for name in called for say in (_EN, _ZH)),
            also=_said("compare.asked"),
            places=tuple(dict.fromkeys(place.place_id for _, _, chosen in one.places for place, _ in chosen.series)),
            topic=row["topic_id"] or "",
        )  # fmt: skip


def _said(key: str) -> tuple[str, str]:
    return words(_EN, key).unescape(), words(_ZH, key).unescape()


def _place_documents(data: Data) -> Iterator[Document]:
    for key, row in data.places.items():
        rows = data.of_place(key, ("indicator_id",))
        if not rows and not any(report["place_id"] == key for report in data.reports.values()):
            continue
        core = {one["indicator_id"]: None for one in rows if data.indicators[one["indicator_id"]]["curation"] == "core"}
        short = row["name_zh"].rstrip("省市区县镇乡") if len(row["name_zh"]) > 2 else ""
        yield Document(
            folder(place_page(key)),
            "place",
            _both(row),
            (words(_EN, "place.description", name=_EN.name(row), n=len(rows)).unescape(),
             words(_ZH, "place.description", name=_ZH.name(row), n=len(rows)).unescape()),
            (short, row["gb_code"] or ""),
            tuple(name for one in core for name in _both(data.indicators[one])),
            places=(key,),
        )  # fmt: skip


def _report_documents(data: Data) -> Iterator[Document]:
    for key, row in data.reports.items():
        titles = (report_name(_EN, data, row), report_name(_ZH, data, row))
        places = (row["place_id"],) if row["place_id"] else ()
        glossary = tuple(term["term"] for term in data.of("terms", "report_id", key, ("term",)))
        names = (str(row["title"] or ""), row["issuer"] or "", row["speaker"] or "")
        yield Document(folder(report_page(key)), "report", titles, names=names, also=glossary, places=places)
        if key in data.promises:
            promises = [one for one in data.of("commitments", "report_id", key) if one["kind"] in data.promises[key]]
            called = (
                words(_EN, "commitment.of", name=titles[0]).unescape(),
                words(_ZH, "commitment.of", name=titles[1]).unescape(),
            )
            text = " ".join(str(one["title"] or one["text"]) for one in promises)
            livelihood = tuple(queries()["livelihood"]) if any(one["kind"] == "livelihood" for one in promises) else ()
            yield Document(
                folder(commitments_page(key)), "commitment", called, names=livelihood, text=text, places=places
            )
        if data.searched:
            for number, part in enumerate(() if row["kind"] in PRESS else data.texts.parts(key), 1):
                for text in _passages(data.texts.text(key), part.start, part.stop):
                    yield Document(
                        f"{folder(report_page(key))}#s{number}", "sentence", titles, text=text, places=places
                    )


def _passages(text: str, start: int, stop: int) -> Iterator[str]:
    """The paragraphs of a span, short ones together."""
    held = ""
    for first, last in paragraph_spans(text, start, stop):
        if held and len(held) + last - first > _PASSAGE:
            yield held
            held = ""
        held += text[first:last]
    if held:
        yield held


def _html(data: Data, one: Document) -> str:
    weighted = [
        (_NAME, one.titles),
        (_ALIAS, one.names),
        (_ABOUT, (*one.abouts, *one.also)),
        (_SENTENCE, (one.text,)),
    ]
    if one.kind == "sentence":  # found by its words; the report by its name
        weighted = [(_SENTENCE, (one.text,))]
    body = "".join(
        f'<p data-pagefind-weight="{weight}">{escape(" ".join(term for text in dict.fromkeys(texts) for term in terms(text)))}</p>'
        for weight, texts in weighted
    )
    if one.kind != "sentence":
        first = _CORE if one.core else _FIRST[one.kind]
        known = dict.fromkeys(whole(name) for name in (*one.titles, *one.names) if name)
        body += f'<p data-pagefind-weight="{first}">{" ".join(known)}</p>'
    meta = {"url": one.url, "en": one.titles[0], "zh": one.titles[1], "kind": one.kind}
    meta |= {f"about_{code}": text for code, text in zip(("en", "zh"), one.abouts, strict=True) if text}
    if one.text:
        meta["text"] = " ".join(one.text.split())
    meta_html = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">' for key, value in meta.items()
    )
    filters = [("kind", one.kind), *(("place", place) for place in one.places)]
    topic = data.topics.get(one.topic)
    if topic:
        filters += [("topic", key) for key in (topic["topic_id"], topic["parent_id"]) if key]
    filter_html = "".join(
        f'<meta data-pagefind-filter="{key}[content]" content="{escape(value)}">' for key, value in filters
    )
    return f'<!doctype html><html lang="en"><head></head><body data-pagefind-body>{meta_html}{filter_html}{body}</body></html>'


def write_index(data: Data, output: Path) -> None:
    """Make the index in a folder of the site, with what the search page needs to know beside it.

    Pagefind is run as a program: its interface for Python ends the program before all files are written.
    """
    from pagefind_bin import get_executable

    folder = output / FOLDER
    with TemporaryDirectory(prefix="baogao-search-") as name:
        for number, one in enumerate(documents(data)):
            (Path(name) / f"{number}.html").write_text(_html(data, one), encoding="utf-8", newline="\n")
        command = [get_executable(), "--site", name, "--output-path", folder, "--force-language", "en", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BaogaoError(f"Pagefind could not make the index of the search: {done.stderr or done.stdout}")
    # Pagefind's own interfaces; the site has one.
    for pattern in ("*-ui.*", "*-highlight.js"):
        for path in folder.glob(pattern):
            path.unlink()
    known: dict[str, Any] = {
        "simplified": ["".join(map(chr, simplifying())), "".join(simplifying().values())],
        "places": {key: _both(row) for key, row in data.places.items()},
        "topics": {key: _both(row) for key, row in data.topics.items()},
    }
    content = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    (folder / "known.json").write_text(content, encoding="utf-8", newline="\n")
