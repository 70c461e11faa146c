"""Files for download: the packages, their tables for spreadsheets, the schemas, and the rows of each page."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

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
from pipeline.site.shelf import Shelf
from pipeline.site.templating import filled, words
from pipeline.site.tongue import LANGUAGES, Tongue

if TYPE_CHECKING:
    import pyarrow as pa

# A spreadsheet takes a cell that begins with one of these for a formula (the full-width forms in some languages).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_FLAT = "observations_flat"
# A table of each package that the database is made from.
_WHOLE = {"work-reports": "observations", "analysis-ready": _FLAT}
# All tables in one file, and what Datasette shows of them.
DATABASE = ("data/baogao.db", "data/baogao.metadata.json")


class _Spreadsheet:
    """Writes the rows of a table as CSV that spreadsheets open as it is: byte order mark, CRLF, no cell taken for a formula.

    Only text is changed, by an apostrophe before it; numbers keep their sign.
    """

    def __init__(self, table: str, stream: IO[bytes]) -> None:
        self._text = {number for number, column in enumerate(schema.table(table).columns) if column.type == "string"}
        self._stream = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        self._stream.write("\ufeff")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write rows, the first of which are the names of the columns."""
        text = self._text
        for row in rows:
            self._writer.writerow([_disarmed(cell) if number in text else cell for number, cell in enumerate(row)])


def write_spreadsheet(table: str, source: Path, target: Path) -> None:
    """A copy of a CSV file of a table for spreadsheets."""
    with source.open(encoding="utf-8", newline="") as lines, target.open("wb") as stream:
        _Spreadsheet(table, stream).add(csv.reader(lines))


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
                write_spreadsheet(table_of(path), target / path, target / spreadsheet_name(path))
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
    """Observations as rows of the flat table: as cells of CSV, and as JSON."""

    def __init__(self) -> None:
        self.target = schema.arrow_schema(_FLAT)
        self.types = {column.name: column.type for column in schema.table(_FLAT).columns}
        self.head = list(self.types)

    def cells(self, rows: pa.RecordBatch) -> list[list[str]]:
        """The cells of rows as the package has them."""
        import pyarrow as pa

        content = encoded("csv", _FLAT, pa.table(rows.select(self.head)).cast(self.target))
        return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]

    def json(self, cells: Iterable[str]) -> dict[str, object]:
        """A row with typed values; what it does not have is left out."""
        return {name: self._value(name, cell) for name, cell in zip(self.head, cells, strict=True) if cell}

    def _value(self, name: str, cell: str) -> object:
        kind = self.types[name]
        if kind == "integer":
            return int(cell)
        if kind == "number":
            return float(cell)
        return cell == "true" if kind == "boolean" else cell


@dataclass(frozen=True, slots=True)
class Series:
    """What has rows of its own: the folder of its page, its identifier, its row, and where its observations are."""

    kind: str
    identifier: str
    row: Record
    shelf: Shelf
    keys: Sequence[str]

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Its observations, some hundreds at a time."""
        for key in self.keys:
            yield from self.shelf.tables(key, columns=columns)


def series(data: Data) -> Iterator[Series]:
    """Everything that has rows of its own."""
    by_indicator, by_place, by_report = (
        data.stored.shelf("observations", f"{key}_id") for key in ("indicator", "place", "report")
    )
    for key, row in data.indicators.items():
        yield Series("indicators", key, row, by_indicator, [key])
    for key, row in data.things.items():
        yield Series("things", key, row, by_indicator, [one["indicator_id"] for one in data.by_thing.get(key, [])])
    for key, row in data.places.items():
        yield Series("places", key, row, by_place, [key])
    for key, row in data.reports.items():
        yield Series("reports", key, row, by_report, [key])


def _write_series(data: Data, output: Path) -> None:
    found = _Rows()
    for one in series(data):
        (output / one.kind).mkdir(exist_ok=True)
        files = {
            ending: output / series_file(one.kind, one.identifier, ending)
            for ending in ("csv", "json", "metadata.json", "spreadsheet.csv")
        }
        about = metadata(data, one)
        files["metadata.json"].write_text(_json(about), encoding="utf-8", newline="\n")
        with ExitStack() as opened:
            plain = opened.enter_context(files["csv"].open("w", encoding="utf-8", newline=""))
            lines = csv.writer(plain, lineterminator="\n")
            lines.writerow(found.head)
            spread = None
            if one.kind == "indicators":
                spread = _Spreadsheet(_FLAT, opened.enter_context(files["spreadsheet.csv"].open("wb")))
                spread.add([found.head])
            typed = opened.enter_context(files["json"].open("w", encoding="utf-8", newline="\n"))
            # The members of a list are written one by one, with the blanks that `_json` would give them.
            head, foot = _json({**about, "observations": []}).rsplit("]", 1)
            typed.write(head)
            between = "\n"
            for rows in one.tables():
                cells = found.cells(rows)
                lines.writerows(cells)
                if spread:
                    spread.add(cells)
                for row in cells:
                    member = json.dumps(found.json(row), ensure_ascii=False, indent=1)
                    typed.write(between + "\n".join(f"  {line}" for line in member.split("\n")))
                    between = ",\n"
            typed.write(("\n ]" if between != "\n" else "]") + foot)


def metadata(data: Data, one: Series) -> dict[str, object]:
    """What the rows of a page are, for machines."""
    kind, identifier = one.kind, one.identifier
    count, periods, reports = 0, set(), set()
    for rows in one.tables(("period", "report_id")):
        count += rows.num_rows
        periods |= set(filter(None, rows["period"].unique().to_pylist()))
        reports |= set(rows["report_id"].unique().to_pylist())
    top = data.site_url
    return {
        "id": identifier,
        "kind": {"indicators": "indicator", "things": "thing", "places": "place", "reports": "report"}[kind],
        "about": {name: value for name, value in one.row.items() if value is not None},
        "rows": count,
        "periods": [min(periods), max(periods)] if periods else [],
        "reports": sorted(reports),
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
