"""One HTML page with which readers check the rows of sources: it needs no server and asks no other host.

The most doubtful rows come first, each with its sentence, its reading and its trace. What readers say is kept by the browser, and
the page gives the two files that go beside the source: NAME.corrections.yaml and NAME.review.csv, what stands in them already included.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.assemble import observation_rows
from pipeline.documents.profiles import is_read
from pipeline.documents.split import split
from pipeline.explain import SHOWN, trace_of
from pipeline.extract import extract_source, read_report, resolve
from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Source
from pipeline.site.tongue import WORDS
from pipeline.text.corrections import CORRECTIONS, KIND, REVIEW, beside, fields_digest, readings
from pipeline.text.decode import decode
from pipeline.text.sources import read_source

_HERE = Path(__file__).parent
# What follows from other columns and is not asked for on the page; a file of corrections may set it all the same.
_UNASKED = ("indicator_id",)


@dataclass(frozen=True, slots=True)
class Beside:
    """A source with the texts of the files beside it, as far as they are there."""

    source: Source
    corrections: str = ""
    review: str = ""


def beside_source(file: Path) -> Beside:
    """The source `file` with what stands beside it. Raises InputError."""
    source = read_source(file)
    texts = []
    for ending in (CORRECTIONS, REVIEW):
        path = file.with_name(beside(file.name, ending))
        texts.append(decode(path.read_bytes(), path.name)[0] if path.is_file() else "")
    return Beside(source, *texts)


def review_page(sources: Iterable[Beside]) -> str:
    """The page for all rows of the sources, by their confidence. Raises InputError."""
    files: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(sources):
        name = each.source.name
        files.append(
            {
                "name": name,
                "corrections": {"name": beside(name, CORRECTIONS), "text": each.corrections},
                "review": {"name": beside(name, REVIEW), "text": each.review},
            }
        )
        rows += _rows(each.source, number)
    rows.sort(key=lambda row: (row["review"] != "none", row["confidence"]))
    document = {"files": files, "rows": rows, "columns": list(_columns()), "kinds": _codes(KIND, _KINDS)}
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    # What readers have said is kept for these rows, and for no others.
    key = sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    page = (_HERE / "page.html").read_text(encoding="utf-8")
    for mark, text in (
        ("@style", (_HERE / "review.css").read_text(encoding="utf-8")),
        ("@script", (_HERE / "review.js").read_text(encoding="utf-8")),
        ("@key", key),
        # A text must not end the element that it stands in.
        ("@data", data.replace("<", "\\u003c").encode("utf-8", "replace").decode()),
    ):
        page = page.replace(mark, text, 1)
    return page


# What a numeral is that is no observation.
_KINDS = ("name", "time", "threshold", "context", "observation_part", "structure", "unread")


def _columns() -> Iterator[dict[str, Any]]:
    """The columns that are shown and may be mended, with their words and codes."""
    group = {column: name for name, columns in SHOWN.items() for column in columns}
    for name, column in readings().items():
        if name not in _UNASKED:
            yield {
                "name": name,
                "title": [column.title, column.title_zh],
                "about": [column.description, column.description_zh],
                "number": column.type == "number",
                "codes": _codes(name, column.constraints.get("enum", ())),
                "required": column.required,
                "group": group.get(name, name),
            }


def _codes(column: str, codes: Sequence[str]) -> list[tuple[str, str, str]]:
    words = WORDS.get("numeral" if column == KIND else column, {})
    return [(code, *words.get(code, (code, code))) for code in codes]


def _rows(source: Source, number: int) -> Iterator[dict[str, Any]]:
    """The rows of a source as the page has them."""
    traces = dict(_traces(source))
    places = gazetteer()
    for row in extract_source(source).get("observations", []):
        start, begin = _int(row["start"]), _int(row["quote_start"])
        name = str(row["observation_id"])
        yield {
            "id": name,
            "file": number,
            "start": start,
            "at": [start - begin, _int(row["stop"]) - begin],
            "quote": row["quote"],
            "section": row["section"],
            "place": places.name(str(row["place_id"])) if row["place_id"] else "",
            "confidence": float(str(row["confidence"])),
            "review": row["review"],
            "digest": fields_digest(row),
            "values": {column: _plain(row.get(column)) for column in readings() if column not in _UNASKED},
            "trace": traces.get(name, {}),
        }


def _traces(source: Source) -> Iterator[tuple[str, Mapping[str, list[tuple[str, str]]]]]:
    """How each row was read, by its identifier; rows that readers added have no trace."""
    for report in split(source):
        if is_read(report.kind):
            reading = read_report(source, report)
            resolved = resolve(reading)
            for found, row in zip(resolved, observation_rows(reading, resolved, source.text), strict=True):
                yield str(row["observation_id"]), trace_of(reading, found)


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _int(value: Any) -> int:
    return int(value)
