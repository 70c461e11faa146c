"""Packages of collections that are larger than memory: made, checked and written province by province.

Above `LARGE` bytes of sources, reports are compared with those of their province, and the tables that grow fastest
(`PARTED`) are published in parts, one resource for each province and year. What stays in memory are the rows of one
province in each process, and of all of them the smaller tables, as Arrow, and the phrases that name indicators.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipeline import schema
from pipeline.engine import Died
from pipeline.errors import BaogaoError
from pipeline.progress import Tell
from pipeline.publish.packages import READY, RELATIONAL, with_doubts
from pipeline.publish.parted import Package, Part, write_part
from pipeline.publish.tables import to_arrow
from pipeline.reconcile import reconcile
from pipeline.resolve.dictionary import dictionary
from pipeline.rows import Row, Rows, merged

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.check import Violation

R = TypeVar("R")
LARGE = 30_000_000
PARTED = ("observations", "numerals", "observations_flat")
_NATION = "cn"
_PROVINCE = len("cn-44")
_DICTIONARY = ("places", "topics", "units", "indicators", "indicator_aliases", "indicator_codes", "agencies")
_YEAR = re.compile(r"-(\d{4})-")
_EXPLAINED = "dictionary"
_USE = ("indicator_id", "indicator_text", "measure", "unit")


def provinces_of(reports: Sequence[Row]) -> list[str]:
    """The provinces (cn-44) of the reports of a file, sorted; cn is the nation, and what has no place."""
    places = [str(row["place_id"] or "") for row in reports if row["kind"] != "residue"]
    return sorted({_province(place) for place in places}) or [_NATION]


def grouped(files: Iterable[Sequence[str]]) -> dict[str, str]:
    """For every province the name of its block: provinces that a file has reports of are in one.

    A file stays together, because the check that accounts for its digits needs all of it.
    """
    group: dict[str, str] = {}
    for provinces in files:
        names = {group.get(province, province) for province in provinces}
        first = min(names)
        group.update(dict.fromkeys(provinces, first))
        group.update({province: first for province, name in group.items() if name in names})
    return group


def _province(place_id: str) -> str:
    """A region across provinces counts as the nation."""
    return place_id[:_PROVINCE] if place_id[len("cn-") : _PROVINCE].isdigit() else _NATION


@dataclass(slots=True)
class Uses:
    """What the dictionary has to explain, gathered from one block after the other."""

    phrases: Counter[tuple[object, ...]] = field(default_factory=Counter)
    places: set[object] = field(default_factory=set)
    agencies: dict[object, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Rows) -> Uses:
        """What these tables use."""
        rows = (row for name in ("observations", "_phrases") for row in tables.get(name, ()))
        return cls(
            Counter(tuple(row.get(column) for column in _USE) for row in rows),
            {row["place_id"] for rows in tables.values() for row in rows if row.get("place_id")},
            {row["agency_id"]: row for row in tables.get("agencies", ())},
        )

    def add(self, other: Uses) -> None:
        """Count what another block uses."""
        self.phrases.update(other.phrases)
        self.places |= other.places
        self.agencies.update(other.agencies)

    def tables(self) -> Rows:
        """The tables of the dictionary."""
        used: dict[str, Any] = {
            "observations": _Repeated(self.phrases),
            "_places": [{"place_id": place_id} for place_id in self.places],
            "agencies": list(self.agencies.values()),
        }
        found = dictionary(used)
        return {name: found[name] for name in _DICTIONARY}


class _Repeated:
    """Rows made from a count when they are asked for, each as often as it was counted."""

    def __init__(self, counts: Counter[tuple[object, ...]]) -> None:
        self._counts = counts

    def __iter__(self) -> Iterator[Row]:
        for values, count in self._counts.items():
            row = dict(zip(_USE, values, strict=True))
            for _ in range(count):
                yield row


class Run(Protocol):
    """An engine of this machine (see `pipeline.engine`)."""

    def __call__(
        self, function: Callable[[Any], Any], items: Iterable[tuple[str, Any]]
    ) -> Iterator[tuple[str, Any | Died]]:
        """Run the function over the items."""


@dataclass(frozen=True, slots=True)
class Block:
    """The reports of a province, or of several, the folder for both packages, and that of the sources."""

    name: str
    reports: Iterable[Rows]
    folder: Path
    sources: Path

    @property
    def interim(self) -> Path:
        """Where the tables of the block are between the steps."""
        return self.folder / "interim" / self.name


def write_large(
    blocks: Mapping[str, Iterable[Rows]], folder: Path, sources: Path, run: Run, tell: Tell
) -> tuple[Counter[str], Counter[str]]:
    """Write both packages into `folder` from the rows of the reports of each block; the counts of rows, and of kinds.

    `run` works on several blocks at once. They are checked as they are written: raises CheckError for rows that break a
    rule, BaogaoError where memory does not suffice.
    """
    from pipeline.check import CheckError

    jobs = [(name, Block(name, reports, folder, sources)) for name, reports in sorted(blocks.items())]
    uses = Uses()
    for used in _all(run, reconcile_block, jobs, "Reconcile", tell):
        uses.add(used)
    _save(folder / "interim" / _EXPLAINED, {name: to_arrow(name, rows) for name, rows in uses.tables().items()})
    written = _all(run, write_block, jobs, "Write", tell)
    if broken := [violation for block in written for violation in block.broken]:
        raise CheckError(broken)
    explained = _saved(folder / "interim" / _EXPLAINED)
    packages = {name: Package(folder, name, PARTED) for name in schema.packages()}
    for name, package in packages.items():
        package.take(sorted((part for block in written for part in block.parts[name]), key=lambda part: part.name))
        for _, job in jobs:
            for table, rows in _saved(job.interim / name).items():
                package.add(table, rows)
        for table in schema.package_tables(name):
            if table in explained:
                package.add(table, explained[table])
    reports_table = packages[RELATIONAL].whole("reports")
    rmtree(folder / "interim")
    for package in packages.values():
        package.finish(reports_table)
    return packages[RELATIONAL].rows, Counter(reports_table["kind"].to_pylist())


def _all(run: Run, function: Callable[[Block], R], jobs: list[tuple[str, Block]], step: str, tell: Tell) -> list[R]:
    """The results for all blocks, in their order."""
    tell(step, 0, len(jobs))
    found: dict[str, R] = {}
    for name, result in run(function, jobs):
        if isinstance(result, Died):
            advice = "Give it more, or use fewer processes: --workers 1"
            raise BaogaoError(f"The process that worked on {name} died, perhaps for lack of memory. {advice}.")
        found[name] = result
        tell(step, len(found), len(jobs))
    return [found[name] for name, _ in jobs]


def reconcile_block(block: Block) -> Uses:
    """Compare the reports of a block and keep its tables in its interim folder; what the dictionary has to explain."""
    found = reconcile(merged(block.reports))
    names = set(schema.package_tables(RELATIONAL)) - set(_DICTIONARY)
    _save(block.interim, {name: to_arrow(name, found.get(name, ())) for name in sorted(names)})
    return Uses.of(found)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a block: the rules it breaks, and by package the resources of its parts."""

    broken: list[Violation]
    parts: dict[str, list[Part]]


def write_block(block: Block) -> Written:
    """Check a block, and write its parts; the other tables are left in its interim folder, by package."""
    from pipeline.check import check_tables
    from pipeline.publish.ready import analysis_ready

    explained = _saved(block.folder / "interim" / _EXPLAINED)
    tables = with_doubts(
        {name: {**explained, **_saved(block.interim)}[name] for name in schema.package_tables(RELATIONAL)}
    )
    names = _parts(tables["reports"])
    parts: dict[str, list[Part]] = {}
    for package, whole in ((RELATIONAL, tables), (READY, analysis_ready(tables))):
        parts[package] = [
            write_part(block.folder / package, name, part, rows, PARTED)
            for name in PARTED
            if name in whole
            for part, rows in _split(whole[name], names)
        ]
        rest = {name: rows for name, rows in whole.items() if name not in PARTED and name not in explained}
        _save(block.interim / package, rest)
    return Written(check_tables(RELATIONAL, tables, block.sources), parts)


def _save(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")


def _saved(folder: Path) -> dict[str, pa.Table]:
    import pyarrow.parquet as pq

    return {path.stem: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}


def _parts(reports: pa.Table) -> dict[str, str]:
    """The part that each report is in, by its province and year of delivery: cn-44-2018, or cn-44-undated.

    What is left between the reports of a file is with the first of their provinces.
    """
    rows = reports.select(["report_id", "place_id", "kind", "source_file", "date"]).to_pylist()
    of_file: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_file[row["source_file"]].append(row)
    result = {}
    for row in rows:
        rest = row["kind"] == "residue"
        province = provinces_of(of_file[row["source_file"]])[0] if rest else _province(row["place_id"] or "")
        year = row["date"][:4] if row["date"] else _year(row["report_id"])
        result[row["report_id"]] = f"{province}-{year}"
    return result


def _year(report_id: str) -> str:
    found = _YEAR.search(report_id)
    return found[1] if found else "undated"


def _split(table: pa.Table, parts: Mapping[str, str]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each part, in their order."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, report_id in enumerate(table["report_id"].to_pylist()):
        rows[parts[report_id]].append(index)
    for part in sorted(rows):
        yield part, table.take(rows[part])
