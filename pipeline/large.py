"""Packages of collections that are larger than memory: made, checked and written one province after the other.

Above `LARGE` bytes of sources, reports are compared with those of their province, and the tables that grow fastest
(`PARTED`) are published in parts, one resource for each province and year. What stays in memory are the rows of one
province, and of all of them only the smaller tables, as Arrow, and the phrases that name indicators.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.progress import Tell
from pipeline.reconcile import reconcile
from pipeline.resolve.dictionary import dictionary
from pipeline.rows import Row, Rows, merged

if TYPE_CHECKING:
    import pyarrow as pa

LARGE = 30_000_000
PARTED = ("observations", "numerals", "observations_flat")
_PROVINCE = len("cn-44")
_DICTIONARY = ("places", "topics", "units", "indicators", "indicator_aliases", "indicator_codes", "agencies")
_YEAR = re.compile(r"-(\d{4})-")
_USE = ("indicator_id", "indicator_text", "measure", "unit")


def block_of(place_id: str) -> str:
    """The province of a place (cn-44), or cn."""
    return place_id[:_PROVINCE] if place_id.startswith("cn-") else "cn"


class Uses:
    """What the dictionary has to explain, gathered from one block after the other."""

    def __init__(self) -> None:
        self._phrases: Counter[tuple[object, ...]] = Counter()
        self._places: set[object] = set()
        self._agencies: dict[object, Row] = {}

    def add(self, tables: Rows) -> None:
        """Count what these tables use."""
        for name in ("observations", "_phrases"):
            self._phrases.update(tuple(row.get(column) for column in _USE) for row in tables.get(name, ()))
        self._places.update(row["place_id"] for rows in tables.values() for row in rows if row.get("place_id"))
        self._agencies.update((row["agency_id"], row) for row in tables.get("agencies", ()))

    def tables(self) -> Rows:
        """The tables of the dictionary."""
        used: dict[str, Any] = {
            "observations": _Repeated(self._phrases),
            "_places": [{"place_id": place_id} for place_id in self._places],
            "agencies": list(self._agencies.values()),
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


def write_large(
    blocks: Mapping[str, Iterable[Rows]], folder: Path, sources: Path, tell: Tell
) -> tuple[Counter[str], Counter[str]]:
    """Write both packages into `folder` from the rows of the reports of each block; the counts of rows, and of kinds.

    The blocks are checked as they are written. Raises CheckError for rows that break a rule.
    """
    import pyarrow.parquet as pq

    from pipeline.check import CheckError, check_tables
    from pipeline.publish.packages import RELATIONAL, with_doubts
    from pipeline.publish.parted import Package
    from pipeline.publish.ready import analysis_ready
    from pipeline.publish.tables import to_arrow

    names = schema.package_tables(RELATIONAL)
    uses = Uses()
    interim = folder / "interim"
    for done, (block, reports) in enumerate(sorted(blocks.items())):
        tell("Reconcile", done, len(blocks))
        found = reconcile(merged(reports))
        uses.add(found)
        (interim / block).mkdir(parents=True)
        for name in set(names) - set(_DICTIONARY):
            pq.write_table(to_arrow(name, found.get(name, ())), interim / block / f"{name}.parquet")
        del found
    tell("Reconcile", len(blocks), len(blocks))
    explained = {name: to_arrow(name, rows) for name, rows in uses.tables().items()}
    package, ready = Package(folder, RELATIONAL, PARTED), Package(folder, "analysis-ready", PARTED)
    broken = []
    for done, block in enumerate(sorted(blocks)):
        tell("Write", done, len(blocks))
        read = {path.stem: pq.read_table(path) for path in sorted((interim / block).iterdir())}
        tables = with_doubts({name: read[name] if name in read else explained[name] for name in names})
        broken += check_tables(RELATIONAL, tables, sources)
        years = _years(tables["reports"])
        for whole, written in ((tables, package), (analysis_ready(tables), ready)):
            for name, table in whole.items():
                if name in PARTED:
                    for year, part in _by_year(table, years):
                        written.write_part(name, f"{block}-{year}", part)
                elif name not in _DICTIONARY:
                    written.add(name, table)
        for path in (interim / block).iterdir():
            path.unlink()
        (interim / block).rmdir()
    if broken:
        raise CheckError(broken)
    interim.rmdir()
    for name, table in explained.items():
        package.add(name, table)
    reports_table: pa.Table = package.whole("reports")
    package.finish(reports_table)
    ready.finish(reports_table)
    tell("Write", len(blocks), len(blocks))
    return package.rows, Counter(reports_table["kind"].to_pylist())


def _years(reports: pa.Table) -> dict[str, str]:
    """The year in which each report was delivered, or `undated`."""
    rows = zip(reports["report_id"].to_pylist(), reports["date"].to_pylist(), strict=True)
    return {report_id: date[:4] if date else _year(report_id) for report_id, date in rows}


def _year(report_id: str) -> str:
    found = _YEAR.search(report_id)
    return found[1] if found else "undated"


def _by_year(table: pa.Table, years: Mapping[str, str]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of the reports of each year, in their order."""
    of_year: dict[str, list[int]] = defaultdict(list)
    for index, report_id in enumerate(table["report_id"].to_pylist()):
        of_year[years[report_id]].append(index)
    for year in sorted(of_year):
        yield year, table.take(of_year[year])
