"""Check packages: files, schemas, keys, values, and every row against its source.

The build runs the same checks on the new rows before it publishes them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.check.violation import Violation
from pipeline.errors import BaogaoError
from pipeline.own_catalogue import beside
from pipeline.regular import refuse_irregular

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.collection.texts import Entry
    from pipeline.run.jobs import Run

__all__ = ["CheckError", "Violation", "check_package", "check_tables", "raise_for"]

_SHOWN = 20
# Characters of reports above which processes are worth their start.
_MANY = 5_000_000


class CheckError(BaogaoError):
    """Packages broke a rule and are not published; `violations` has all of them."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = violations
        more = f"\n… and {len(violations) - _SHOWN} more" if len(violations) > _SHOWN else ""
        listed = "\n".join(str(violation) for violation in violations[:_SHOWN])
        super().__init__(f"The packages break {len(violations)} rules; nothing is published.\n{listed}{more}")

    def __reduce__(self) -> tuple[type[CheckError], tuple[list[Violation]]]:
        """Survive pickling, with the violations."""
        return type(self), (self.violations,)


def check_package(folder: Path, sources: Path | None = None) -> list[Violation]:
    """All broken rules of the package in `folder`, or of all packages in it.

    `sources` is the folder of the source files; without it the rows are compared with the text layers in the package, where it
    has them. Raises BaogaoError where there is no package.
    """
    with beside(*([sources] if sources else ())):
        return _broken(folder, sources)


def _broken(folder: Path, sources: Path | None) -> list[Violation]:
    from pipeline.check import conclusions, derived, package_files
    from pipeline.check.batches import check_rows
    from pipeline.check.provenance import Sources
    from pipeline.collection import database as store
    from pipeline.collection import workspace
    from pipeline.publish import text_layers
    from pipeline.publish.packages import facts_of, sources_in
    from pipeline.publish.publication import publication_of
    from pipeline.rows import RELATIONAL
    from pipeline.schema import package_tables
    from pipeline.text.readers import Options

    publication = publication_of(sources) if sources else None
    found: list[Violation] = []
    read: dict[str, dict[str, list[Path]]] = {}
    told: set[str] = set()
    of_this_version = True
    texts = Sources(sources)
    alone = (folder / "datapackage.json").is_file()
    if not alone:
        packages = _packages_in(folder)
        found += package_files.around(folder)
    for each in [folder] if alone else packages:
        refuse_irregular(each)
        name, paths, violations = package_files.check_files(each, publication)
        read[name] = paths
        found += violations
        if name == RELATIONAL:
            told = package_files.left_out(each)
            of_this_version = package_files.is_of_this_version(each)
            texts = Sources(sources, Options(package_files.source_columns(each)), each)
    with TemporaryDirectory(prefix="baogao-check-") as place:
        path = Path(place) / "workspace"
        with store.opened(path) as database:
            workspace.from_files(database, {name: files for paths in read.values() for name, files in paths.items()})
            entries = workspace.entries_of(database) if "reports" in read.get(RELATIONAL, {}) else []
            if entries:
                found += _without_rows(sources, {entry.source_file for entry in entries}, told)
                about = sources_in(database)
                texts = replace(texts, withheld=frozenset(text_layers.withheld(about)))
            if entries and {"observations", "places"} <= read[RELATIONAL].keys():
                facts = facts_of(database, about)
                for each in [folder] if alone else packages:
                    found += package_files.from_tables(each, facts)
        run = _engine(entries)
        for paths in read.values():
            found += check_rows(path, paths, entries if "reports" in paths else [], texts, run, _untold)
        if entries:
            for paths in read.values():
                found += derived.misplaced(paths, entries)
        both = all(
            set(package_tables(name)) <= read.get(name, {}).keys() for name in ("work-reports", "analysis-ready")
        )
        # What another hash says of the bytes says nothing of the rows.
        if both and all(violation.rule == "hash" for violation in found):
            found += derived.differing(path, read["analysis-ready"], run, _untold)
        # Another version may know more, and another name for it.
        if of_this_version and _is_sound(read.get(RELATIONAL, ()), found):
            found += conclusions.otherwise(path, entries, run, _untold, sources)
    return found


# Violations of files, which say nothing of what follows from their rows.
_OF_FILES = ("hash", "descriptor", "stray_file", "missing_package", "further_format", "csv_and_parquet", "derived")


def _is_sound(names: Collection[str], found: Sequence[Violation]) -> bool:
    """Whether all tables of reports are there, and their rows hold what they must by themselves."""
    from pipeline.rows import RELATIONAL
    from pipeline.schema import package_tables

    whole = set(package_tables(RELATIONAL)) <= set(names)
    return whole and all(violation.rule in _OF_FILES for violation in found)


def check_tables(package: str, tables: Mapping[str, pa.Table], sources: Path | None = None) -> list[Violation]:
    """All broken rules of the tables of a package, whatever files they come from."""
    from pipeline.check import conclusions
    from pipeline.check.batches import check_rows
    from pipeline.check.provenance import Sources
    from pipeline.collection import database as store
    from pipeline.collection import workspace
    from pipeline.run import run_here

    with beside(*([sources] if sources else ())), TemporaryDirectory(prefix="baogao-check-") as place:
        path = Path(place) / "workspace"
        with store.opened(path) as database:
            workspace.from_rows(database, tables)
            entries = workspace.entries_of(database) if "reports" in tables else []
        found = check_rows(path, tables.keys(), entries, Sources(sources), run_here, _untold)
        if _is_sound(tables.keys(), found):
            found += conclusions.otherwise(path, entries, run_here, _untold, sources)
        return found


def raise_for(folder: Path, sources: Path | None = None) -> None:
    """Raise CheckError if the packages in `folder` break a rule."""
    if violations := check_package(folder, sources):
        raise CheckError(violations)


def _packages_in(folder: Path) -> list[Path]:
    found = sorted(path.parent for path in folder.glob("*/datapackage.json"))
    if not found:
        raise BaogaoError(f"{folder}: there are no data packages here. Make them with `baogao build`.")
    return found


def _without_rows(sources: Path | None, read: set[str], told: set[str]) -> list[Violation]:
    """Sources that no report comes from, and of which the package does not say that they were left out; or says it of others."""
    from pipeline.text.folder import find_sources

    if sources is None:
        return []
    there = {file.name for file in find_sources(sources).files}
    without = "no report comes from it, and the package does not say that it was left out"
    found = [Violation("source", "reports", 0, name, without) for name in sorted(there - read - told)]
    return found + [
        Violation("source", "reports", 0, name, "it is said to be left out, and has reports")
        for name in sorted(told & read)
    ]


def _engine(entries: Sequence[Entry]) -> Run:
    from pipeline.run import run_here, run_processes

    if sum(entry.characters for entry in entries) < _MANY:
        return run_here
    return partial(run_processes, workers=os.cpu_count() or 1)


def _untold(step: str, done: int, total: int) -> None:
    """A check is silent."""
