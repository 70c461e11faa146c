"""What the explorer's script loads: the columns that it filters by, the rows in chunks, and the words to find them by.

Every column of texts holds its different values once, and a row is a number in that list. `facets.json` is loaded first;
`rows-N.json` holds all columns of CHUNK rows, and is loaded when they are shown, searched or saved; `words.json` holds
what indicators, places and things are called, and is loaded when somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.codes import code_lists
from pipeline.publish.descriptor import LICENSE, RIGHTS
from pipeline.site.data import EXPLORED, ROWS_TOGETHER, Data, Record, page_of
from pipeline.site.html_text import script_json
from pipeline.site.row_pages import report_name
from pipeline.site.search import queries, simplifying
from pipeline.site.shown_values import meaning_text, measure_text, period_text, unit_name
from pipeline.site.stored import FLAT
from pipeline.site.templating import words
from pipeline.site.tongue import WORDS, Tongue

FOLDER = "explore"
# So many rows are a file.
CHUNK = 1_000
# What a row without a value is called in the address.
NONE = "-"
_EN, _ZH = Tongue("en"), Tongue("zh")
# Facets without anything above their values, and the columns that they have them from.
_COLUMNS = {
    "indicator": "indicator_id",
    "report": "report_id",
    "subject": "subject",
    "pool": "pool",
    "unit": "base_unit",
    **{name: name for name in ("status", "measure", "bound", "modality", "stated_in", "review")},
}
Pair = tuple[str, str]


# What the columns that are loaded first are made of.
_FIRST = (
    *dict.fromkeys(
        (*_COLUMNS.values(), "observation_id", "place_id", "period", "confidence", "value", "amount", "same_as", "_at")
    ),
)


def explored(data: Data) -> int:
    """How many observations the explorer has."""
    return min(data.observations, EXPLORED)


def explored_rows(data: Data, columns: Sequence[str] | None = None) -> Iterator[Record]:
    """The observations, those of the most frequent indicators first, as many as a browser takes."""
    left = EXPLORED
    for indicator in data.frequent:
        if not left:
            break
        for start in range(0, min(left, data.count(indicator["indicator_id"])), ROWS_TOGETHER):
            rows = data.of_indicator(indicator["indicator_id"], start, start + min(ROWS_TOGETHER, left), columns)
            left -= len(rows)
            yield from rows


def _columns(data: Data) -> dict[str, list[Any]]:
    """What the columns that are loaded first are made of. Equal values are one object."""
    found: dict[str, list[Any]] = {name: [] for name in _FIRST}
    known: dict[str, dict[object, object]] = {name: {} for name in _FIRST}
    for row in explored_rows(data, _FIRST):
        for name, column in found.items():
            column.append(known[name].setdefault(row[name], row[name]))
    return found


@dataclass(slots=True)
class Dimension:
    """The values of a facet: keys, names in English and Chinese (empty: not offered), and the values above each."""

    keys: list[str] = field(default_factory=list)
    names: list[Pair] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, names: Pair, above: Iterable[str] = ()) -> int:
        """The number of a value, which is added where it is new; those above it must be there."""
        if key not in self.at:
            self.at[key] = len(self.keys)
            self.keys.append(key)
            self.names.append(names)
            self.above.append([self.at[one] for one in above])
        return self.at[key]

    def with_selves(self) -> dict[int, int]:
        """Give each value that others stand below one for itself alone (KEY. in the address); their numbers."""
        parents = sorted({one for above in self.above for one in above})
        found = {}
        for number in parents:
            names = tuple(
                words(say, "explore.itself", name=name).unescape()
                for say, name in zip((_EN, _ZH), self.names[number], strict=True)
            )
            found[number] = self.add(f"{self.keys[number]}.", (names[0], names[1]), [self.keys[number]])
        return found

    def packed(self) -> dict[str, object]:
        """As JSON; `above` is left out where nothing stands above anything."""
        found: dict[str, object] = {"keys": self.keys, "names": self.names}
        return {**found, "above": self.above} if any(self.above) else found


def explore_files(data: Data) -> Iterator[tuple[str, str]]:
    """The files of the explorer by their names."""
    first = _columns(data)
    yield "facets.json", script_json(_facets(data, first))
    yield "words.json", script_json(_words(data, first["indicator_id"]))
    rows = explored_rows(data)
    for number in count():
        if not (some := list(islice(rows, CHUNK))):
            break
        yield f"rows-{number}.json", script_json(_chunk(data, some))


def write_rows(data: Data, output: Path) -> None:
    """Put the files of the explorer into the site."""
    folder = output / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in explore_files(data):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _facets(data: Data, given: Mapping[str, list[Any]]) -> dict[str, object]:
    """The columns that are filtered by, from those of the rows."""
    kinds = {row["report_id"]: str(row["kind"]) for row in data.reports.values()}
    reports = {key: (report_name(_EN, data, row), report_name(_ZH, data, row)) for key, row in data.reports.items()}
    of_rows: dict[str, Iterable[str | None]] = {name: given[column] for name, column in _COLUMNS.items()}
    of_rows["kind"] = (kinds[key] for key in given["report_id"])
    named: dict[str, Callable[[str], Pair]] = {
        "indicator": lambda key: _pair(data.indicators[key]),
        "report": lambda key: reports[key],
        "unit": lambda key: (unit_name(_EN, data, key) or key, key),
    }
    dimensions: dict[str, Dimension] = {}
    columns: dict[str, list[int]] = {}
    for name, values in of_rows.items():
        found = dimensions[name] = Dimension()
        names = named.get(name) or _labels(name)
        found.add(NONE, _said("explore.whole_place") if name == "subject" else ("", ""))
        columns[name] = [found.add(key, names(key)) if key else 0 for key in values]
    dimensions["place"], columns["place"] = _tree(data.places, given["place_id"])
    dimensions["period"], columns["period"] = _periods(given["period"])
    what, below = _subjects(data, dimensions["indicator"].keys)
    dimensions["what"] = what
    return {
        "count": len(given["observation_id"]),
        "chunk": CHUNK,
        "dimensions": {name: found.packed() for name, found in dimensions.items()},
        "columns": columns,
        # Topic and thing of each indicator, as numbers of the dimension `what`.
        "what": below,
        "confidence": given["confidence"],
        "size": [
            value if amount is None else amount for value, amount in zip(given["value"], given["amount"], strict=True)
        ],
        "repeated": [number for number, first in enumerate(given["same_as"]) if first],
        # Rows that do not stand on the first page of their indicator.
        "parts": {number: part for number, at in enumerate(given["_at"]) if (part := page_of({"_at": at})) > 1},
        "simplified": ["".join(map(chr, simplifying())), "".join(simplifying().values())],
        "about": {
            "version": data.version,
            "newest_source": data.newest,
            "licence": {**LICENSE, "note": RIGHTS},
            "site": [data.settings.title(_EN), data.settings.title(_ZH)],
        },
    }


def _labels(name: str) -> Callable[[str], Pair]:
    """The names of the codes of a list; what is no such list is named as it is written."""
    known = code_lists().get(name)
    if not known:
        return lambda key: (key, key)
    return lambda key: (known.codes[key].label_en, known.codes[key].label_zh)


def _pair(row: Mapping[str, Any]) -> Pair:
    return _EN.name(row), _ZH.name(row)


def _said(key: str) -> Pair:
    return str(words(_EN, key).unescape()), str(words(_ZH, key).unescape())


def _tree(known: Mapping[str, Record], keys: Sequence[str | None]) -> tuple[Dimension, list[int]]:
    """A dimension whose values have one above them, and the number of each row."""
    found = Dimension()

    def add(key: str) -> None:
        above = known[key]["parent_id"]
        if above in known and above not in found.at:
            add(above)
        found.add(key, _pair(known[key]), [above] if above in known else ())

    used = dict.fromkeys(keys)
    # In the order of the table, which is that of their codes.
    for key in known:
        if key in used:
            add(key)
    if None in used:
        found.add(NONE, _said("explore.no_place"))
    own = found.with_selves()
    numbers = [found.at[key or NONE] for key in keys]
    return found, [own.get(number, number) for number in numbers]


def _periods(periods: Sequence[str | None]) -> tuple[Dimension, list[int]]:
    """Periods below each year that they reach into, the newest first."""
    found = Dimension()
    years_of = {key: _years(key) for key in set(periods) if key}
    for year in sorted({year for years in years_of.values() for year in years}, reverse=True):
        found.add(year, (year, year))
    for key in sorted(years_of, reverse=True):
        found.add(key, (period_text(_EN, key), period_text(_ZH, key)), years_of[key])
    found.add(NONE, (period_text(_EN, None), period_text(_ZH, None)))
    own = found.with_selves()
    numbers = [found.at[key or NONE] for key in periods]
    return found, [own.get(number, number) for number in numbers]


def _years(period: str) -> list[str]:
    """The years that a period reaches into."""
    first, last = (int(part[:4]) for part in (period, period.rpartition("/")[2]))
    return [str(year) for year in range(first, last + 1)]


def _subjects(data: Data, indicators: Iterable[str]) -> tuple[Dimension, list[list[int]]]:
    """Topics with their things and what is narrower; and for each indicator its topic and its thing."""
    found = Dimension()

    def topic(key: str | None) -> str:
        if key not in data.topics:
            found.add(f"topic:{NONE}", _said("topic.unfiled"))
            return f"topic:{NONE}"
        above = data.topics[key]["parent_id"]
        found.add(f"topic:{key}", _pair(data.topics[key]), [topic(above)] if above else ())
        return f"topic:{key}"

    def thing(key: str) -> str:
        row = data.things[key]
        above = row["parent_id"]
        found.add(f"thing:{key}", _pair(row), [thing(above) if above in data.things else topic(row["topic_id"])])
        return f"thing:{key}"

    for key in data.topics:
        topic(key)
    below: list[list[int]] = []
    for indicator in indicators:
        if indicator == NONE:
            below.append([])
            continue
        row = data.indicators[indicator]
        ends = [topic(row["topic_id"])]
        if row["thing_id"] in data.things:
            ends.append(thing(row["thing_id"]))
        below.append([found.at[end] for end in ends])
    return found, below


def _words(data: Data, stated: Iterable[str]) -> dict[str, object]:
    """What indicators, places, measures and statuses are called beside their names."""
    aliases = data.grouped("indicator_aliases", "indicator_id")
    indicators = {}
    for key in dict.fromkeys(stated):
        row = data.indicators[key]
        thing = data.things.get(row["thing_id"] or "")
        names = [*_pair(row), key, *(one["alias"] for one in aliases.get(key, ())), *queries().get(key, ())]
        names += [*_pair(thing), *queries().get(row["thing_id"], ())] if thing else []
        indicators[key] = "\n".join(dict.fromkeys(names))
    measures = {
        key: "\n".join([*pair, *(str(words(say, f"search.{key}")) for say in (_EN, _ZH))])
        for key, pair in WORDS["measure"].items()
    }
    statuses = {key: "\n".join(pair) for key, pair in WORDS["status"].items()}
    return {
        "indicator": indicators,
        "measure": measures,
        "status": statuses,
    }


def _chunk(data: Data, rows: Sequence[Record]) -> dict[str, object]:
    """All columns of the flat table for some rows, and what is shown of them in both languages."""
    columns: dict[str, object] = {}
    for column in schema.table(FLAT).columns:
        values = [row[column.name] for row in rows]
        if column.type == "string":
            columns[column.name] = _coded(value or "" for value in values)
        else:
            columns[column.name] = {
                "rows": [value if value is None or isinstance(value, int | float) else str(value) for value in values]
            }
    return {
        "columns": columns,
        # Where the number stands in its sentence, in code points.
        "at": [row["start"] - row["quote_start"] for row in rows],
        "measure": _coded((measure_text(_EN, row), measure_text(_ZH, row)) for row in rows),
        "period": _coded((period_text(_EN, row["period"]), period_text(_ZH, row["period"])) for row in rows),
        "meaning": _coded((meaning_text(_EN, data, row), meaning_text(_ZH, data, row)) for row in rows),
    }


def _coded(values: Iterable[object]) -> dict[str, object]:
    order: dict[object, int] = {}
    rows = [order.setdefault(value, len(order)) for value in values]
    return {"keys": list(order), "rows": rows}
