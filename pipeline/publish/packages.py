"""Write data packages into a folder: tables in every format, and the descriptor."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.arrow import Row, to_arrow
from pipeline.collection import database as store
from pipeline.collection import workspace
from pipeline.collection.texts import Entry
from pipeline.progress import Tell
from pipeline.publish import descriptor, text_layers
from pipeline.publish.analysis_ready import flat_query
from pipeline.publish.companions import companions
from pipeline.publish.layout import PARTED, Layout, file_of, stretches
from pipeline.publish.panel import panels_of
from pipeline.publish.publication import Publication
from pipeline.publish.writers import MOST, Writer, writers
from pipeline.rows import READY, RELATIONAL
from pipeline.run.jobs import Run
from pipeline.run.local import run_here
from pipeline.text.readers import Options

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_LOG = logging.getLogger("baogao")
# The table that each report has rows in and that a query makes of others.
_FLAT = "observations_flat"
# Of the tables by place the one whose rows come behind those of the others.
_LAST = "promises"
# What one report says of another is published whole.
_BY_REPORT = (*workspace.OWN, _FLAT)


class _Files:
    """The files of one table, in every format: rows go to those of their part."""

    def __init__(self, folder: Path, name: str, forms: Iterable[str], when: str) -> None:
        self._folder, self._name, self._forms, self._when = folder, name, tuple(forms), when
        self._part: str | None = None
        self._open = ExitStack()
        self._writers: list[Writer] = []
        self.rows = 0
        self.written: list[tuple[str, str]] = []

    def add(self, part: str, rows: pa.Table) -> None:
        """Add rows; those of a part follow one another."""
        self.begin(part)
        for writer in self._writers:
            writer.add(rows)
        self.rows += rows.num_rows

    def begin(self, part: str) -> None:
        """Go on with a part."""
        if part == self._part:
            return
        self.close()
        self._part = part
        for form in self._forms:
            path = self._folder / file_of(self._name, form, part)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers.append(writers()[form](self._name, self._open.enter_context(path.open("wb")), self._when))
            self.written.append((form, part))

    def close(self) -> None:
        """Write what waits."""
        for writer in self._writers:
            writer.close()
        self._open.close()
        self._writers = []


def write(
    path: Path,
    entries: Sequence[Entry],
    folder: Path,
    run: Run,
    tell: Tell,
    layout: Layout = "single",
    formats: Sequence[str] | None = None,
    layers: Mapping[str, Path] | None = None,
    options: Options | None = None,
    publication: Publication = descriptor.NOBODY,
    left_out: Mapping[str, str] | None = None,
) -> Counter[str]:
    """Write both packages below `folder` from the workspace at `path`; how many rows each table has.

    `entries` are its reports, `layers` the files with the text layers of sources that are no plain text, by their names,
    `options` how the sources were read, `publication` says who publishes, `left_out` why of which
    sources there are no rows. `formats` leaves out all others of those that a package is published in; a table with more
    rows than a format holds is not there in that format.
    """
    rows: Counter[str] = Counter()
    tables = [(package, name) for package in schema.packages() for name in schema.package_tables(package)]
    resources: dict[str, list[dict[str, Any]]] = {}
    with store.opened(path, read_only=True) as database:
        about = sources_in(database)
        facts = facts_of(database, about)
        when = facts.newest
        tell("Write", 0, len(tables))
        for done, (package, name) in enumerate(tables, 1):
            if package == RELATIONAL or name == _FLAT:
                count = database.execute(f"select count(*) from published.{_source(name)}").fetchall()[0][0]
                files = _Files(folder / package, name, _forms(package, name, layout, formats, count), when)
                for part, table in _stream(database, name, layout, entries):
                    files.add(part, table)
                _finish(files, folder / package, name, resources)
                rows[name] = files.rows
            tell("Write", done, len(tables))
    names = [name for name in schema.package_tables(READY) if name != _FLAT]
    panels = {name: _Files(folder / READY, name, _forms(READY, name, layout, formats), when) for name in names}

    def finish(over: Iterable[str]) -> None:
        for name in over:
            _finish(panels[name], folder / READY, name, resources)
            rows[name] = panels.pop(name).rows

    for name, found in panels_of(path, run, tell):
        if name == _LAST:
            # What waits of the others is written before its rows wait.
            finish([other for other in panels if other != name])
        panels[name].add("", found)
    finish([*panels])
    withheld = text_layers.withheld(about)
    shown = {name: kept for name, kept in (layers or {}).items() if name not in withheld}
    texts = text_layers.write(shown, folder / RELATIONAL)
    for package in schema.packages():
        listed = [resource for name in schema.package_tables(package) for resource in resources.get(name, ())]
        if package == RELATIONAL and texts:
            listed.append(text_layers.resource(texts))
        document = descriptor.descriptor(package, listed, facts, publication)
        if package == RELATIONAL and options and options.columns:
            document[descriptor.COLUMNS] = dict(options.columns)
        if package == RELATIONAL and left_out:
            document[descriptor.LEFT_OUT] = [{"path": name, "reason": said} for name, said in sorted(left_out.items())]
        _describe(folder / package, document, layout)
    return rows


_SOURCES = "select source_file, date, published, kind, layer, source_url from published.reports order by _text"
_STATED = "select min(period_start)::varchar as first, max(period_end)::varchar as last from published.observations"
_PLACES = """
select place_id, gb_code, iso_3166_2, name_en, name_zh from published.places
where place_id in (select place_id from published.reports) order by place_id
"""


def sources_in(database: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What the reports of a workspace say of their sources, a row each."""
    return [{**row, "date": str(row["date"] or "")} for row in store.rows(database, _SOURCES)]


def facts_of(database: duckdb.DuckDBPyConnection, about: Sequence[Mapping[str, Any]]) -> descriptor.Facts:
    """What the descriptors say of the sources of a workspace, by its reports."""
    [stated] = store.rows(database, _STATED)
    places = [
        {
            "place_id": row["place_id"],
            **{name: row[name] for name in ("gb_code", "iso_3166_2") if row[name]},
            "title": row["name_en"] or row["name_zh"],
            "title_zh": row["name_zh"],
        }
        for row in store.rows(database, _PLACES)
    ]
    first, last = (str(stated[end] or "")[:10] for end in ("first", "last"))
    return descriptor.Facts(descriptor.sources_of(about), descriptor.newest(about), first, last, places)


def _describe(folder: Path, document: Mapping[str, Any], layout: Layout = "single") -> None:
    """Write the descriptor of a package and what is made from it."""
    for path, content in companions(document, PARTED if layout == "parts" else ()).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "datapackage.json").write_bytes(descriptor.to_bytes(document))


def _source(name: str) -> str:
    return "observations" if name == _FLAT else name


def _forms(package: str, name: str, layout: Layout, formats: Sequence[str] | None, rows: int = 0) -> list[str]:
    """The formats that a table is written in."""
    known = ("csv", "parquet", *_further(package))
    whole = rows <= MOST and not (layout == "parts" and name in PARTED)
    return [form for form in known if (formats is None or form in formats) and (whole or writers()[form].streams)]


def _further(package: str) -> list[str]:
    """The further formats of a package that can be written here."""
    forms = list(schema.package(package).also)
    if "xlsx" in forms and find_spec("xlsxwriter") is None:
        _warn_of_xlsx()
        forms.remove("xlsx")
    return forms


@cache
def _warn_of_xlsx() -> None:
    _LOG.warning("XLSX files are left out: a plain install has no XlsxWriter. For them: pip install '.[excel]'")


def _stream(
    database: duckdb.DuckDBPyConnection, name: str, layout: Layout, entries: Sequence[Entry]
) -> Iterator[tuple[str, pa.Table]]:
    """The rows of a table in their order, with the parts that they belong to."""
    where = stretches(layout, name, entries) if name in _BY_REPORT else [("", "true")]
    for part, which in where:
        query = flat_query(which) if name == _FLAT else workspace.query(name, which)
        yield part, schema.arrow_schema(name).empty_table()
        for table in store.batches(database, query, schema.arrow_schema(name)):
            yield part, table


def _finish(files: _Files, folder: Path, name: str, resources: dict[str, list[dict[str, Any]]]) -> None:
    if not files.written:
        files.begin("")
    files.close()
    written = [(form, part, descriptor.file_at(folder / file_of(name, form, part))) for form, part in files.written]
    resources[name] = descriptor.together(name, written)


def write_package(
    package: str,
    tables: Mapping[str, Iterable[Row]],
    folder: Path,
    sources: Sequence[Mapping[str, Any]],
    publication: Publication = descriptor.NOBODY,
) -> None:
    """Write a package that no build makes below `folder` from its rows.

    `sources` has source_file, date and published of what it was made from. Raises KeyError for a table that is missing,
    ValueError for rows that do not fit their schema, OSError.
    """
    when = descriptor.newest(sources)
    resources: dict[str, list[dict[str, Any]]] = {}
    names = schema.package_tables(package)
    for name in names:
        files = _Files(folder / package, name, _forms(package, name, "single", None), when)
        files.add("", to_arrow(name, tables[name]))
        _finish(files, folder / package, name, resources)
    listed = [resource for name in names for resource in resources[name]]
    facts = descriptor.Facts(descriptor.sources_of(sources), when)
    _describe(folder / package, descriptor.descriptor(package, listed, facts, publication))


def write_packages(tables: Mapping[str, Iterable[Row] | pa.Table], folder: Path) -> None:
    """Write both packages below `folder` from the rows of the relational tables.

    `tables` has the rows by table name; a table that is not there is published empty. Raises KeyError for an unknown table,
    ValueError for rows that do not fit their schema, OSError.
    """
    names = schema.package_tables(RELATIONAL)
    if unknown := tables.keys() - set(names):
        raise KeyError(f"{RELATIONAL} has no tables {sorted(unknown)}")
    with TemporaryDirectory(prefix="baogao-") as place:
        path = Path(place) / "workspace"
        with store.opened(path) as database:
            workspace.from_rows(database, {name: tables.get(name, ()) for name in names})
            entries = workspace.entries_of(database)
        write(path, entries, folder, run_here, lambda step, done, total: None)
