"""What the site shows: the rows of the packages with the ways through them, and the texts of the reports."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.documents.outline import outline
from pipeline.documents.profiles import is_read, kinds_quoted
from pipeline.documents.split import split
from pipeline.errors import BaogaoError
from pipeline.models import Report
from pipeline.publish.descriptor import COLUMNS
from pipeline.publish.descriptor import files as files_of
from pipeline.publish.layout import part_of, table_of
from pipeline.regular import refuse_irregular
from pipeline.site.settings import Settings
from pipeline.text.fold import fold
from pipeline.text.readers import Options
from pipeline.text.sources import below, read_source

if TYPE_CHECKING:
    import pyarrow as pa

Record = Mapping[str, Any]
RELATIONAL = "work-reports"
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

    `tables` are the rows by table; `descriptors` and `files` are by package, `files` then by path; `texts` and `parts`
    are the source text and the parts of each government document; `flat` is the table observations_flat;
    `npm` are the parts of the site whose packages npm has installed.
    """

    tables: Mapping[str, list[Record]]
    descriptors: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, Mapping[str, File]]
    texts: Mapping[str, str]
    parts: Mapping[str, list[Part]]
    score: Mapping[str, Any]
    site_url: str
    flat: pa.Table
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
        return sum(part.stop - part.start for parts in self.parts.values() for part in parts) <= SEARCHED

    @cached_property
    def observations(self) -> list[Record]:
        """All observations."""
        return self.tables["observations"]

    @cached_property
    def observation(self) -> dict[str, Record]:
        """Observations by identifier."""
        return self.by_id("observations", "observation_id")

    @cached_property
    def by_indicator(self) -> dict[str, list[Record]]:
        """Observations by indicator, in the order of place, period and text."""
        order = {row["place_id"]: number for number, row in enumerate(self.tables["places"])}
        rows = sorted(
            self.observations,
            key=lambda o: (order.get(o["place_id"], -1), o["period"] or "", o["report_id"], o["start"]),
        )
        return grouped(rows, "indicator_id")

    @cached_property
    def part(self) -> dict[str, int]:
        """For each observation, the part of its indicator's rows, from 1, that it stands in."""
        return {
            row["observation_id"]: number // ROWS_TOGETHER + 1
            for rows in self.by_indicator.values()
            for number, row in enumerate(rows)
        }

    @cached_property
    def by_place(self) -> dict[str, list[Record]]:
        """Observations by place."""
        return self.grouped("observations", "place_id")

    @cached_property
    def by_report(self) -> dict[str, list[Record]]:
        """Observations by report."""
        return self.grouped("observations", "report_id")

    @cached_property
    def numerals(self) -> dict[str, list[Record]]:
        """The ledger by report."""
        return self.grouped("numerals", "report_id")

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

    def count(self, indicator_id: str) -> int:
        """How many observations an indicator has."""
        return len(self.by_indicator.get(indicator_id, ()))

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
    def promises(self) -> dict[str, list[Record]]:
        """Livelihood projects and tasks by report. Undertakings are headings of chapters, and not among them."""
        found = (
            row
            for row in self.tables["commitments"]
            if row["kind"] != "undertaking" and row["report_id"] in self.reports
        )
        return grouped(found, "report_id")

    @cached_property
    def promised(self) -> dict[str, list[str]]:
        """The observations in each commitment."""
        rows = self.grouped("commitment_observations", "commitment_id")
        return {key: [row["observation_id"] for row in found] for key, found in rows.items()}

    @cached_property
    def commitments_below(self) -> dict[str, list[Record]]:
        """Commitments by the one that they are part of."""
        return self.grouped("commitments", "parent_id")

    def depth(self, commitment: Record) -> int:
        """How many commitments a commitment is part of."""
        above, depth = commitment["parent_id"], 0
        while above in self._commitment and depth < _DEEPEST:
            above, depth = self._commitment[above]["parent_id"], depth + 1
        return depth

    @cached_property
    def _commitment(self) -> dict[str, Record]:
        return self.by_id("commitments", "commitment_id")

    @cached_property
    def responsible(self) -> dict[str, list[Record]]:
        """The agencies responsible for each commitment."""
        return self.grouped("commitment_agencies", "commitment_id")

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
    def outcomes(self) -> dict[str, list[Record]]:
        """Outcomes by target, and by result."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.tables["outcomes"]:
            for observation in filter(None, (row["target_id"], row["result_id"])):
                found[observation].append(row)
        return found

    @cached_property
    def facts(self) -> dict[str, Record]:
        """Figures from tables by identifier."""
        return self.by_id("facts", "fact_id")

    @cached_property
    def facts_of_indicator(self) -> dict[str, list[Record]]:
        """Figures from tables by indicator."""
        return self.grouped("facts", "indicator_id")

    def sides(self, outcome: Record) -> tuple[Record, Record]:
        """Target and result of an outcome: observations, or facts with the columns that both have."""
        target = self.observation.get(outcome["target_id"]) or self.facts[outcome["target_fact"]]
        return target, self.observation.get(outcome["result_id"]) or self.facts[outcome["result_fact"]]

    @cached_property
    def outcomes_of_place(self) -> dict[str, list[Record]]:
        """Outcomes by the place of the target."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.tables["outcomes"]:
            found[self.sides(row)[0]["place_id"]].append(row)
        return found

    @cached_property
    def compared(self) -> int:
        """How many targets can be held against a later result."""
        return sum(row["met"] != "not_comparable" for row in self.tables["outcomes"])

    @cached_property
    def findings(self) -> dict[str, list[Record]]:
        """Findings by each observation that they concern."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.tables["findings"]:
            for column in ("observation_id", "other_observation_id"):
                if row[column]:
                    found[row[column]].append(row)
        return found

    @cached_property
    def corrections(self) -> dict[str, list[Record]]:
        """What readers put right, by observation."""
        return self.grouped("corrections", "observation_id")

    @cached_property
    def together(self) -> dict[str, Counter[str]]:
        """For each indicator those that stand in the same sentences, with how often."""
        sentences: dict[tuple[str, int], set[str]] = defaultdict(set)
        for row in self.observations:
            sentences[row["report_id"], row["quote_start"]].add(row["indicator_id"])
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for members in sentences.values():
            # The members of a very long list have little to do with each other.
            if len(members) <= _MOST_TOGETHER:
                for one in members:
                    found[one].update(other for other in members if other != one)
        return found


_MOST_TOGETHER = 12
# Data may nest as deep as they like; pages do not.
_DEEPEST = 8


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
            arrow |= {name: _read_table(folder, stored[name]) for name in schema.package_tables(package)}
            files[package] = _files(folder, resources)
        except (KeyError, OSError) as error:
            raise BaogaoError(f"{folder} is not complete. Build again: baogao build ({error})") from error
    for package in schema.all_packages().keys() - schema.packages().keys():
        # What readers made by hand is shown where it is at hand; the pages need none of its rows.
        descriptor = datapackages / package / DESCRIPTOR
        if descriptor.is_file():
            descriptors[package] = json.loads(descriptor.read_text(encoding="utf-8"))
            files[package] = _files(datapackages / package, files_of(descriptors[package]))
    tables = {name: records(rows) for name, rows in arrow.items() if name not in _AS_ARROW}
    options = Options(descriptors["work-reports"].get(COLUMNS, {}))
    texts, parts = _documents(tables["reports"], reports, options)
    measured = json.loads(score.read_text(encoding="utf-8")) if score.is_file() else {}
    flat = arrow["observations_flat"]
    return Data(tables, descriptors, files, texts, parts, measured, settings.address, flat, settings, npm)


# The columns of these are read, or nothing: their rows would take as much memory as everything else.
_AS_ARROW = ("observations_flat", "headline_panel_wide", "promises")


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


def _read_table(folder: Path, files: Iterable[str]) -> pa.Table:
    """One table from its files below `folder`. Raises OSError and pyarrow's errors where one cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pa.concat_tables([pq.ParquetFile(folder / file).read() for file in files])


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


def _documents(rows: Iterable[Record], folder: Path, options: Options) -> tuple[dict[str, str], dict[str, list[Part]]]:
    texts: dict[str, str] = {}
    parts: dict[str, list[Part]] = {}
    for name, members in grouped(rows, "source_file").items():
        path = below(folder, name)
        if not path.is_file():
            raise BaogaoError(f"{path} is not there, but the packages were made from it. Name its folder: --reports")
        source = read_source(path, name, options)
        found = {report.report_id: report for report in split(source)}
        for row in members:
            if not is_read(row["kind"]):
                continue
            if row["report_id"] not in found:
                raise BaogaoError(f"{path} is no longer what the packages were made from. Build again: baogao build")
            texts[row["report_id"]] = source.text
            if row["kind"] not in PRESS:
                parts[row["report_id"]] = _parts(source.text, found[row["report_id"]])
    return texts, parts


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
