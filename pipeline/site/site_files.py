"""Files for download: the packages, their tables for spreadsheets, the schemas, and the rows of each page."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline import __version__, schema
from pipeline.publish.companions import paths as companions
from pipeline.publish.descriptor import LICENSE, RIGHTS
from pipeline.publish.layout import table_of
from pipeline.publish.sqlite import export
from pipeline.publish.writers import encoded
from pipeline.site.data import Data, Record
from pipeline.site.links import Here, indicator_page, page_name
from pipeline.site.links import folder as address
from pipeline.site.templating import filled, words
from pipeline.site.tongue import LANGUAGES, Tongue

# A spreadsheet takes a cell that begins with one of these for a formula (the full-width forms in some languages).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_FLAT = "observations_flat"
# A table of each package that the database is made from.
_WHOLE = {"work-reports": "observations", "analysis-ready": _FLAT}
# All tables in one file, and what Datasette shows of them.
DATABASE = ("data/baogao.db", "data/baogao.metadata.json")


def spreadsheet_csv(table: str, content: bytes) -> bytes:
    """A table's CSV in a form that spreadsheets open as it is: byte order mark, CRLF, no cell taken for a formula.

    Only text is changed, by an apostrophe before it; numbers keep their sign.
    """
    text = {number for number, column in enumerate(schema.table(table).columns) if column.type == "string"}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        writer.writerow([_disarmed(cell) if number in text else cell for number, cell in enumerate(row)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u3000\u00a0").startswith(_FORMULA) else cell


def series_file(kind: str, identifier: str, ending: str) -> str:
    """A file with the rows of an indicator, a thing, a place or a report; `kind` is the folder of its page."""
    return f"{kind}/{page_name(identifier)}.{ending}"


def file_links(
    say: Tongue, here: Here, kind: str, identifier: str, *, spreadsheet: bool = False
) -> list[tuple[Markup, str]]:
    """The files with the rows of a page: pairs of words and link."""
    endings = {"csv": "csv", "spreadsheet": "spreadsheet.csv", "json": "json", "metadata": "metadata.json"}
    return [
        (words(say, f"files.{name}"), here.file(series_file(kind, identifier, ending)))
        for name, ending in endings.items()
        if spreadsheet or name != "spreadsheet"
    ]


def schema_file(table: str, version: str = __version__) -> str:
    """The Table Schema of a table. Its address names the version, so that what it says never changes."""
    return f"schemas/{version}/{table}.json"


def package_file(package: str, name: str) -> str:
    """A file of a package."""
    return f"data/{package}/{name}"


def spreadsheet_name(name: str) -> str:
    """The copy of a CSV file for spreadsheets."""
    return f"{name.removesuffix('.csv')}.spreadsheet.csv"


def has_database(data: Data) -> bool:
    """Whether all tables are offered as one database: not of a package in parts, which people choose from."""
    return all(f"{name}.parquet" in data.files.get(package, ()) for package, name in _WHOLE.items())


def write_files(data: Data, datapackages: Path, output: Path) -> None:
    """Put the files for download into the site."""
    for package in data.files:
        target = output / "data" / package
        target.mkdir(parents=True, exist_ok=True)
        for path in companions(data.descriptors[package]):
            # An older build did not make all of them.
            if (datapackages / package / path).is_file():
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(datapackages / package / path, target / path)
        for path in data.files[package]:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(datapackages / package / path, target / path)
            if path.endswith(".csv"):
                content = spreadsheet_csv(table_of(path), (target / path).read_bytes())
                (target / spreadsheet_name(path)).write_bytes(content)
    if has_database(data):
        export(datapackages, output / DATABASE[0])
    _write_schemas(output)
    _write_series(data, output)


def _write_schemas(output: Path) -> None:
    names = {table for package in schema.all_packages() for table in schema.package_tables(package)}
    for name in sorted(names):
        target = output / schema_file(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_json(schema.table(name).descriptor), encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


class _Rows:
    """The rows of the flat table by observation: as cells of CSV, and as JSON."""

    def __init__(self, data: Data) -> None:
        content = encoded("csv", _FLAT, data.flat)
        lines = csv.reader(io.StringIO(content.decode(), newline=""))
        self.head = next(lines)
        key = self.head.index("observation_id")
        self.cells = {line[key]: line for line in lines}
        self.types = {column.name: column.type for column in schema.table(_FLAT).columns}

    def csv(self, rows: Iterable[Record]) -> bytes:
        """These rows as the package has them."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows(self.cells[row["observation_id"]] for row in rows)
        return buffer.getvalue().encode()

    def json(self, rows: Iterable[Record]) -> list[dict[str, object]]:
        """These rows with typed values; what a row does not have is left out."""
        return [
            {
                name: self._value(name, cell)
                for name, cell in zip(self.head, self.cells[row["observation_id"]], strict=True)
                if cell
            }
            for row in rows
        ]

    def _value(self, name: str, cell: str) -> object:
        kind = self.types[name]
        if kind == "integer":
            return int(cell)
        if kind == "number":
            return float(cell)
        return cell == "true" if kind == "boolean" else cell


def series(data: Data) -> Iterable[tuple[str, str, Record, Sequence[Record]]]:
    """Everything that has rows of its own: the folder of its page, its identifier, its row and its observations."""
    for key, row in data.indicators.items():
        yield "indicators", key, row, data.by_indicator.get(key, [])
    for key, row in data.things.items():
        indicators = data.by_thing.get(key, [])
        yield "things", key, row, [one for i in indicators for one in data.by_indicator.get(i["indicator_id"], ())]
    for key, row in data.places.items():
        yield "places", key, row, data.by_place.get(key, [])
    for key, row in data.reports.items():
        yield "reports", key, row, data.by_report.get(key, [])


def _write_series(data: Data, output: Path) -> None:
    found = _Rows(data)
    for kind, identifier, row, rows in series(data):
        (output / kind).mkdir(exist_ok=True)
        content = found.csv(rows)
        about = metadata(data, kind, identifier, row, rows)
        whole = {**about, "observations": found.json(rows)}
        (output / series_file(kind, identifier, "csv")).write_bytes(content)
        (output / series_file(kind, identifier, "json")).write_text(_json(whole), encoding="utf-8", newline="\n")
        (output / series_file(kind, identifier, "metadata.json")).write_text(
            _json(about), encoding="utf-8", newline="\n"
        )
        if kind == "indicators":
            (output / series_file(kind, identifier, "spreadsheet.csv")).write_bytes(spreadsheet_csv(_FLAT, content))


def metadata(
    data: Data, kind: str, identifier: str, row: Mapping[str, Any], rows: Sequence[Record]
) -> dict[str, object]:
    """What the rows of a page are, for machines."""
    periods = sorted(str(one["period"]) for one in rows if one["period"])
    top = data.site_url
    return {
        "id": identifier,
        "kind": {"indicators": "indicator", "things": "thing", "places": "place", "reports": "report"}[kind],
        "about": {name: value for name, value in row.items() if value is not None},
        "rows": len(rows),
        "periods": [periods[0], periods[-1]] if periods else [],
        "reports": sorted({one["report_id"] for one in rows}),
        "version": data.version,
        "newest_source": data.newest,
        "licence": {**LICENSE, "note": RIGHTS},
        "citation": f"{data.settings.title(Tongue('en'))}, {identifier}, version {data.version}"
        + (f", {top}{address(f'{kind}/{page_name(identifier)}.md')}" if top else ""),
        "page": f"{top}{address(f'{kind}/{page_name(identifier)}.md')}",
        "csv": f"{top}{series_file(kind, identifier, 'csv')}",
        "json": f"{top}{series_file(kind, identifier, 'json')}",
        "schema": f"{top}{schema_file(_FLAT)}",
    }


def write_redirects(data: Data, output: Path) -> None:
    """A small page in each language at the address of every indicator that was given up; it leads on without script."""
    for code in LANGUAGES:
        say = Tongue(code)
        top = output if code == LANGUAGES[0] else output / code
        for old_id, new_id in data.redirects.items():
            folder = top / address(indicator_page(old_id))
            if old_id not in data.indicators:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "index.html").write_text(_redirect(say, data, old_id, new_id), encoding="utf-8", newline="\n")


def _redirect(say: Tongue, data: Data, old_id: str, new_id: str) -> str:
    here = Here(indicator_page(old_id), say.code)
    row = data.indicators.get(new_id)
    # What it leads to may be stated in no report of this collection.
    page = indicator_page(new_id) if row else "indicators/index.md"
    prefix = "" if say.code == LANGUAGES[0] else f"{say.code}/"
    return filled(
        say,
        "redirect.html",
        old_id=old_id,
        new_id=new_id,
        stated=bool(row),
        link=here.url(page),
        title=say.name(row) if row else words(say, "indicators.title"),
        canonical=f"{data.site_url}{prefix}{address(page)}" if data.site_url else "",
    )
