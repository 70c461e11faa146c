"""What the site shows: what things are called, with the ways to the rows about them, and the texts of the reports."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.documents.outline import outline
from pipeline.documents.profiles import is_read, kinds_quoted
from pipeline.documents.split import split
from pipeline.errors import BaogaoError
from pipeline.models import Report, Source
from pipeline.publish.descriptor import COLUMNS
from pipeline.publish.descriptor import files as files_of
from pipeline.publish.layout import part_of, table_of
from pipeline.regular import refuse_irregular
from pipeline.rows import RELATIONAL
from pipeline.site.settings import Settings
from pipeline.site.shelf import Shelf
from pipeline.site.stored import STORED, Stored
from pipeline.text.fold import fold
from pipeline.text.readers import Options
from pipeline.text.sources import below, read_source

if TYPE_CHECKING:
    import pyarrow as pa

Record = Mapping[str, Any]
# Press articles belong to their publishers: their pages quote sentences, not the text.
PRESS = kinds_quoted()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a report under one heading; offsets in the source file.

    `heading` is empty where the text goes on without one; `depth` counts from 1.
    """

    start: int
    stop: int
    heading: str
    heading_stop: int
    depth: int
    role: str
    period: str
    status: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package: its size in bytes, and how many rows it holds."""

    size: int
    rows: int


DESCRIPTOR = "datapackage.json"

# Above so many characters of government documents the search knows the names of things only, and not the sentences:
# a browser has to load its index whole.
SEARCHED = 500_000

# So many observations the explorer loads; the others are in the files.
EXPLORED = 50_000

# More rows than these make a page slow to load; the others follow on pages of their own.
ROWS_TOGETHER = 500


@dataclass(frozen=True)
class Data:
    """What the pages are made of.

    `tables` are the rows by table, but for those in `stored`; `descriptors` and `files` are by package, `files` then by path;
    `npm` are the parts of the site whose packages npm has installed.
    """

    tables: Mapping[str, list[Record]]
    descriptors: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, Mapping[str, File]]
    stored: Stored
    texts: Texts
    score: Mapping[str, Any]
    site_url: str
    settings: Settings = field(default_factory=Settings)
    npm: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """The version of the data."""
        return str(self.descriptors["work-reports"]["version"])

    @property
    def newest(self) -> str:
        """The day of the newest source; empty where no source has a date."""
        return str(self.descriptors["work-reports"].get("newest_source", ""))[:10]

    def rows(self, package: str, table: str) -> int:
        """How many rows a table of a package has."""
        files = self.files[package].items()
        return sum(file.rows for path, file in files if path.endswith(".parquet") and table_of(path) == table)

    def parted(self, package: str) -> list[str]:
        """The tables of a package that come in parts."""
        return sorted({table for path in self.files[package] if "/" in path and (table := table_of(path))})

    def by_id(self, table: str, column: str) -> dict[str, Record]:
        """The rows of a table by their key."""
        return {row[column]: row for row in self.tables[table]}

    def grouped(self, table: str, column: str) -> dict[str, list[Record]]:
        """The rows of a table by a column, those without a value left out."""
        return grouped(self.tables[table], column)

    @cached_property
    def searched(self) -> bool:
        """Whether the search finds words inside sentences."""
        documents = (row for row in self.reports.values() if row["kind"] not in PRESS)
        return sum(int(row["stop"] - row["start"]) for row in documents) <= SEARCHED

    @cached_property
    def observations(self) -> int:
        """How many observations there are."""
        return self.rows(RELATIONAL, "observations")

    def of_indicator(
        self, indicator_id: str, start: int = 0, stop: int | None = None, columns: Sequence[str] | None = None
    ) -> list[Record]:
        """Observations of an indicator in the order of place, period and text, with all columns or with these."""
        return [*self._of_indicator.rows(indicator_id, start, stop, columns)]

    @cached_property
    def _of_indicator(self) -> Shelf:
        return self.stored.shelf("observations", "indicator_id")

    def count(self, indicator_id: str) -> int:
        """How many observations an indicator has."""
        return self._of_indicator.count(indicator_id)

    def of_place(self, place_id: str, columns: Sequence[str] | None = None) -> list[Record]:
        """Observations of a place, with all columns or with these."""
        return [*self._of_place.rows(place_id, columns=columns)]

    @cached_property
    def _of_place(self) -> Shelf:
        return self.stored.shelf("observations", "place_id")

    def count_of_place(self, place_id: str) -> int:
        """How many observations a place has."""
        return self._of_place.count(place_id)

    @property
    def places_stated(self) -> set[str]:
        """The places with observations."""
        return set(self._of_place.spans)

    def of_report(self, report_id: str) -> list[Record]:
        """Observations of a report."""
        return self.of("observations", "report_id", report_id)

    def count_of_report(self, report_id: str) -> int:
        """How many observations a report has."""
        return self.stored.statuses.get(report_id, Counter()).total()

    def of(self, table: str, column: str, key: str, columns: Sequence[str] | None = None) -> list[Record]:
        """The rows of a table in `stored` with this value of a column, in their order."""
        return [*self.stored.shelf(table, column).rows(key, columns=columns)]

    def notes(self, rows: Sequence[Record]) -> Notes:
        """What is said elsewhere of these observations."""
        paired = [row["observation_id"] for row in rows if row["_paired"]]
        found = [row["observation_id"] for row in rows if row["_found"]]
        outcomes = self.outcomes_with(paired) if paired else []
        findings = self.stored.findings_with(found) if found else []
        return Notes(
            _by_each(outcomes, ("target_id", "result_id")),
            _by_each(findings, ("observation_id", "other_observation_id")),
        )

    def outcomes_with(self, observations: Sequence[str]) -> list[Record]:
        """The outcomes in which one of these observations is target or result, with both."""
        return self._with_sides(self.stored.outcomes_with(observations))

    def outcomes_of_place(self, place_id: str) -> list[Record]:
        """Outcomes by the place of the target, with both sides."""
        return self._with_sides(self.of("outcomes", "place_id", place_id))

    def _with_sides(self, outcomes: Iterable[Record]) -> list[Record]:
        """Outcomes with `target` and `result`: observations, or facts with the columns that both have."""
        rows = list(outcomes)
        keys = {row[column] for row in rows for column in ("target_id", "result_id") if row[column]}
        known = self.stored.observations("sides", sorted(keys)) if keys else {}
        return [
            {
                **row,
                "target": known.get(row["target_id"]) or self.facts[row["target_fact"]],
                "result": known.get(row["result_id"]) or self.facts[row["result_fact"]],
            }
            for row in rows
        ]

    @cached_property
    def indicators(self) -> dict[str, Record]:
        """Indicators by identifier."""
        return self.by_id("indicators", "indicator_id")

    @cached_property
    def places(self) -> dict[str, Record]:
        """Places by identifier."""
        return self.by_id("places", "place_id")

    @cached_property
    def children(self) -> dict[str, list[Record]]:
        """Places by the place above them."""
        return self.grouped("places", "parent_id")

    @cached_property
    def topics(self) -> dict[str, Record]:
        """Topics by identifier."""
        return self.by_id("topics", "topic_id")

    @cached_property
    def by_topic(self) -> dict[str, list[Record]]:
        """Indicators by topic, the most frequent first; those without one under an empty name."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.frequent:
            found[row["topic_id"] or ""].append(row)
        return found

    @cached_property
    def frequent(self) -> list[Record]:
        """Indicators, the most frequent first; among equals those written by hand."""
        ranks = {"core": 0, "composed": 1, "proposed": 2}
        return sorted(
            self.tables["indicators"],
            key=lambda row: (-self.count(row["indicator_id"]), ranks[row["curation"]], row["indicator_id"]),
        )

    @cached_property
    def things(self) -> dict[str, Record]:
        """Things by identifier."""
        return self.by_id("things", "thing_id")

    @cached_property
    def narrower_things(self) -> dict[str, list[Record]]:
        """Things by the thing above them."""
        return self.grouped("things", "parent_id")

    @cached_property
    def by_thing(self) -> dict[str, list[Record]]:
        """Indicators by thing, the most frequent first."""
        return grouped(self.frequent, "thing_id")

    @cached_property
    def narrower(self) -> dict[str, list[Record]]:
        """Indicators by their broader one, the most frequent first."""
        return grouped(self.frequent, "broader_id")

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Identifiers of indicators that were given up, and the one that each leads to in the end."""
        given_up = {row["old_id"]: row["new_id"] for row in self.tables["indicator_redirects"]}
        ends = {}
        for old in given_up:
            passed = [old]
            while passed[-1] in given_up and given_up[passed[-1]] not in passed:
                passed.append(given_up[passed[-1]])
            ends[old] = passed[-1]
        return ends

    @cached_property
    def things_by_topic(self) -> dict[str, list[Record]]:
        """Things by topic, in the order of the topics."""
        found = self.grouped("things", "topic_id")
        return {topic: found[topic] for topic in self.topics if topic in found}

    @cached_property
    def held(self) -> dict[str, dict[str, list[Record]]]:
        """The documents of governments by place, in the order of places, and by the year of their date."""
        found: dict[str, dict[str, list[Record]]] = {place: defaultdict(list) for place in self.places}
        for report in self.reports.values():
            if report["place_id"] and report["date"] and report["kind"] not in PRESS:
                found[report["place_id"]][str(report["date"])[:4]].append(report)
        return {place: dict(years) for place, years in found.items() if years}

    @cached_property
    def promises(self) -> dict[str, Counter[str]]:
        """How many livelihood projects and tasks each report has. Undertakings are headings of chapters, and not among them."""
        found = {
            report: Counter({kind: count for kind, count in kinds.items() if kind != "undertaking"})
            for report, kinds in self.stored.commitments.items()
            if report in self.reports
        }
        return {report: kinds for report, kinds in found.items() if kinds}

    @cached_property
    def agencies(self) -> dict[str, Record]:
        """Agencies by identifier."""
        return self.by_id("agencies", "agency_id")

    @cached_property
    def base_units(self) -> dict[str, Record]:
        """Base units by identifier."""
        return self.by_id("base_units", "unit_id")

    @cached_property
    def base_unit_names(self) -> dict[str, Record]:
        """Base units by their Chinese names."""
        return self.by_id("base_units", "name_zh")

    @cached_property
    def reports(self) -> dict[str, Record]:
        """Reports without residue, by identifier."""
        return {row["report_id"]: row for row in self.tables["reports"] if is_read(row["kind"])}

    @cached_property
    def facts(self) -> dict[str, Record]:
        """Figures from tables by identifier."""
        return self.by_id("facts", "fact_id")

    @cached_property
    def facts_of_indicator(self) -> dict[str, list[Record]]:
        """Figures from tables by indicator."""
        return self.grouped("facts", "indicator_id")

    @cached_property
    def corrections(self) -> dict[str, list[Record]]:
        """What readers put right, by observation."""
        return self.grouped("corrections", "observation_id")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said elsewhere of some observations, by each that it concerns."""

    outcomes: Mapping[str, list[Record]]
    findings: Mapping[str, list[Record]]


def _by_each(rows: Iterable[Record], columns: Sequence[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        for column in columns:
            if row[column]:
                found[row[column]].append(row)
    return found


def page_of(row: Record) -> int:
    """The page of its indicator's rows, from 1, that an observation stands on."""
    return int(row["_at"]) // ROWS_TOGETHER + 1


def grouped(rows: Iterable[Record], column: str) -> dict[str, list[Record]]:
    """Rows by the value of a column, those without a value left out."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            found[row[column]].append(row)
    return dict(found)


def load(
    datapackages: Path, reports: Path, score: Path, settings: Settings, *, npm: frozenset[str] = frozenset()
) -> Data:
    """Read the built packages and the sources. Raises BaogaoError where something is missing."""
    arrow: dict[str, pa.Table] = {}
    found: dict[str, list[Path]] = {}
    descriptors: dict[str, Mapping[str, Any]] = {}
    files: dict[str, dict[str, File]] = {}
    for package in schema.packages():
        folder = datapackages / package
        descriptor = folder / DESCRIPTOR
        if not descriptor.is_file():
            raise BaogaoError(f"{folder} is not a built package. Make it first: baogao build")
        refuse_irregular(folder)
        descriptors[package] = json.loads(descriptor.read_text(encoding="utf-8"))
        resources = list(files_of(descriptors[package]))
        stored = _parquet_files(resources)
        try:
            found |= {name: [folder / path for path in stored[name]] for name in schema.package_tables(package)}
            names = [name for name in schema.package_tables(package) if name not in STORED]
            arrow |= {name: _read_table(found[name]) for name in names}
            files[package] = _files(folder, resources)
        except (KeyError, OSError) as error:
            raise BaogaoError(f"{folder} is not complete. Build again: baogao build ({error})") from error
    for package in schema.all_packages().keys() - schema.packages().keys():
        # What readers made by hand is shown where it is at hand; the pages need none of its rows.
        descriptor = datapackages / package / DESCRIPTOR
        if descriptor.is_file():
            descriptors[package] = json.loads(descriptor.read_text(encoding="utf-8"))
            files[package] = _files(datapackages / package, files_of(descriptors[package]))
    tables = {name: records(rows) for name, rows in arrow.items()}
    texts = Texts(tables["reports"], reports, Options(descriptors["work-reports"].get(COLUMNS, {})))
    measured = json.loads(score.read_text(encoding="utf-8")) if score.is_file() else {}
    kept = Stored({name: found[name] for name in (*STORED, *_JOINED)})
    return Data(tables, descriptors, files, kept, texts, measured, settings.address, settings, npm)


# What observations are joined with in the database.
_JOINED = ("reports", "places", "indicators", "facts")


def records(table: pa.Table) -> list[Record]:
    """The rows of a table. Equal texts of a column are one object, of which large packages have many."""
    names = table.column_names
    columns = []
    for column in table.columns:
        known: dict[object, object] = {}
        columns.append([known.setdefault(value, value) for value in column.to_pylist()])
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _parquet_files(resources: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The Parquet files of each table, by the resources of a descriptor and in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for resource in resources:
        if resource["format"] == "parquet":
            found[table_of(resource["path"])].append(resource["path"])
    return dict(found)


def _read_table(files: Iterable[Path]) -> pa.Table:
    """One table from its files. Raises OSError and pyarrow's errors where one cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pa.concat_tables([pq.ParquetFile(file).read() for file in files])


def _files(folder: Path, resources: Iterable[Mapping[str, Any]]) -> dict[str, File]:
    import pyarrow.parquet as pq

    paths = [str(resource["path"]) for resource in resources]
    rows = {
        (table_of(path), part_of(path)): pq.read_metadata(folder / path).num_rows
        for path in paths
        if path.endswith(".parquet")
    }
    found = {path: File((folder / path).stat().st_size, rows.get((table_of(path), part_of(path)), 0)) for path in paths}
    return {**found, DESCRIPTOR: File((folder / DESCRIPTOR).stat().st_size, 0)}


class Texts:
    """The texts of reports and the parts of government documents, read when they are asked for.

    Raises BaogaoError where a source is missing or another than the packages were made from.
    """

    def __init__(self, rows: Iterable[Record], folder: Path, options: Options) -> None:
        self._folder, self._options = folder, options
        self._files: dict[str, str] = {}
        # Pages follow one another by report, and each report has two.
        self._read = lru_cache(maxsize=1)(self._source)
        self._cut = lru_cache(maxsize=1)(self._of_report)
        for row in rows:
            self._read(row["source_file"])
            if is_read(row["kind"]):
                self._files[row["report_id"]] = row["source_file"]
                self._report(row["report_id"])

    def text(self, report_id: str) -> str:
        """The text of the source of a report."""
        return self._read(self._files[report_id])[0].text

    def parts(self, report_id: str) -> list[Part]:
        """The parts of a report."""
        return self._cut(report_id)

    def _of_report(self, report_id: str) -> list[Part]:
        return _parts(self.text(report_id), self._report(report_id))

    def _report(self, report_id: str) -> Report:
        found = self._read(self._files[report_id])[1].get(report_id)
        if found is None:
            path = below(self._folder, self._files[report_id])
            raise BaogaoError(f"{path} is no longer what the packages were made from. Build again: baogao build")
        return found

    def _source(self, name: str) -> tuple[Source, dict[str, Report]]:
        path = below(self._folder, name)
        if not path.is_file():
            raise BaogaoError(f"{path} is not there, but the packages were made from it. Name its folder: --reports")
        source = read_source(path, name, self._options)
        return source, {report.report_id: report for report in split(source)}


def _parts(text: str, report: Report) -> list[Part]:
    folded = fold(text, report.start, report.stop)
    passages = [p for p in outline(folded.text, report) if p.start < p.stop]
    starts = [folded.span(p.start, p.stop)[0] for p in passages]
    result = []
    for number, passage in enumerate(passages):
        stop = starts[number + 1] if number + 1 < len(passages) else report.stop
        heading = passage.section.rsplit(" > ", 1)[-1]
        there = bool(heading) and folded.text.startswith(heading, passage.start)
        heading_stop = folded.span(passage.start, passage.start + len(heading))[1] if there else starts[number]
        if there and heading_stop < stop and text[heading_stop] in "。：:":
            heading_stop += 1  # it would begin the text otherwise
        result.append(
            Part(
                # Titles and blanks before the first passage belong to it.
                starts[number] if number else report.start,
                stop,
                heading if there else "",
                heading_stop,
                passage.section.count(" > ") + 1,
                passage.role,
                passage.period,
                passage.status,
            )
        )
    return result
