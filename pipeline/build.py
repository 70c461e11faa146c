"""The main job: from a folder of sources to published packages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.extract import extract_report
from pipeline.models import Report, Source
from pipeline.progress import Tell
from pipeline.read import read_source, split
from pipeline.reconcile import reconcile
from pipeline.resolve.dictionary import dictionary
from pipeline.rows import Rows, merged


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build has published; `rows` by table of the relational package."""

    output: Path
    rows: dict[str, int]
    kinds: dict[str, int]

    def __str__(self) -> str:
        reports = sum(n for kind, n in self.kinds.items() if kind != "residue")
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(self.kinds.items()) if kind != "residue")
        counts = ", ".join(f"{self.rows.get(name, 0)} {name}" for name in ("numerals", "observations", "indicators"))
        return f"{reports} reports ({kinds}): {counts}\nPublished to {self.output}"


def build(reports: Path, output: Path, *, workers: int | None = None, progress: Tell | None = None) -> BuildSummary:
    """Make the packages of all sources (*.txt) in `reports` and publish them to `output` in one step.

    `workers` processes (default: all cores); the result is the same for every number. Raises BaogaoError, and then
    leaves what was published before as it is.
    """
    sources = read_folder(reports)
    tell = progress or (lambda step, done, total: None)
    jobs = [(source, report) for source in sources for report in split(source)]
    _refuse_repeats(jobs)
    parts = list(_extracted(jobs, workers, tell))
    tell("Reconcile", 0, 1)
    found = dictionary(reconcile(merged(parts)))
    # What only one step tells the next is not published.
    tables = {name: rows for name, rows in found.items() if not name.startswith("_")}
    tell("Reconcile", 1, 1)
    _publish(tables, reports, output, tell)
    kinds = [str(row["kind"]) for row in tables["reports"]]
    return BuildSummary(
        output, {name: len(rows) for name, rows in tables.items()}, {k: kinds.count(k) for k in sorted(set(kinds))}
    )


def read_folder(folder: Path) -> list[Source]:
    """All sources of a folder, by name. Raises InputError where there are none or one cannot be read."""
    if not folder.is_dir():
        raise InputError(str(folder), "", "there is no such folder", "Name the folder of your reports with --reports")
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".txt" and not path.name.startswith("."))
    if not paths:
        raise InputError(str(folder), "", "no reports here", "Put text files that end in .txt into it")
    return [read_source(path) for path in paths]


def _refuse_repeats(jobs: Iterable[tuple[Source, Report]]) -> None:
    """Two reports with one identifier would mix their rows."""
    seen: dict[str, str] = {}
    for source, report in jobs:
        other = seen.get(report.report_id)
        if other is not None:
            raise InputError(
                source.name,
                f"characters {report.start} to {report.stop}",
                f"gives the report {report.report_id}, which {other} gives too",
                "Remove one of the two, or tell them apart in a .yaml file beside the source",
            )
        seen[report.report_id] = source.name


def _extracted(jobs: list[tuple[Source, Report]], workers: int | None, tell: Tell) -> Iterator[Rows]:
    """The rows of every report, in the order of the jobs."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    tell("Extract", 0, len(jobs))
    # Starting processes costs more than it saves on a few reports.
    characters = sum(report.characters for _, report in jobs)
    if count == 1 or characters < _WORTH_PROCESSES:
        for done, (source, report) in enumerate(jobs, 1):
            yield extract_report(source, report)
            tell("Extract", done, len(jobs))
        return
    with ProcessPoolExecutor(count) as pool:
        for done, rows in enumerate(pool.map(_extract_job, jobs, chunksize=4), 1):
            yield rows
            tell("Extract", done, len(jobs))


_WORTH_PROCESSES = 2_000_000


def _extract_job(job: tuple[Source, Report]) -> Rows:
    return extract_report(*job)


def _publish(tables: Rows, reports: Path, output: Path, tell: Tell) -> None:
    from pipeline.check import raise_for
    from pipeline.publish import publish, write_packages

    def fill(folder: Path) -> None:
        tell("Write", 0, 1)
        write_packages(tables, folder)
        tell("Write", 1, 1)
        tell("Check", 0, 1)
        raise_for(folder, reports)
        tell("Check", 1, 1)

    publish(output, fill)
