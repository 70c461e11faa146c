"""Check built packages: files, schemas, keys, values, and every row against its source.

The build runs the same checks on the new packages before it publishes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.check.violation import Violation
from pipeline.errors import BaogaoError
from pipeline.models import Span

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["CheckError", "Violation", "check_batch", "check_package", "check_tables", "raise_for"]

_SHOWN = 20


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

    `sources` is the folder of the source files; without it the rows are not compared with their sources. Raises
    BaogaoError where there is no package.
    """
    from pipeline.check import in_parts, package_files

    found: list[Violation] = []
    read: dict[str, dict[str, list[Path]]] = {}
    for each in [folder] if (folder / "datapackage.json").is_file() else _packages_in(folder):
        name, paths, violations = package_files.check_files(each)
        read[name] = paths
        found += violations
    if any(in_parts.in_parts(paths) for paths in read.values()):
        return [*found, *in_parts.check_parts(read, sources)]
    tables = {name: {table: _read(files) for table, files in paths.items()} for name, paths in read.items()}
    for name, content in tables.items():
        found += check_tables(name, content, sources)
    if not found and {"work-reports", "analysis-ready"} <= tables.keys():
        found += _derived(tables["work-reports"], tables["analysis-ready"])
    return found


def _read(files: Sequence[Path]) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(files[0])


def raise_for(folder: Path, sources: Path | None = None) -> None:
    """Raise CheckError if the packages in `folder` break a rule."""
    if violations := check_package(folder, sources):
        raise CheckError(violations)


def _packages_in(folder: Path) -> list[Path]:
    found = sorted(path.parent for path in folder.glob("*/datapackage.json"))
    if not found:
        raise BaogaoError(f"{folder}: there are no data packages here. Make them with `baogao build`.")
    return found


def check_tables(package: str, tables: Mapping[str, pa.Table], sources: Path | None = None) -> list[Violation]:
    """All broken rules of the tables of a package, whatever files they come from."""
    from pipeline.check import keys
    from pipeline.schema import package_tables

    origin = _origin(tables)
    found: list[Violation] = []
    for table, content in tables.items():
        found += keys.constraints(table, content, origin)
    found += keys.foreign_keys(tables, origin)
    # The rules below rely on complete tables whose values keep to their schemas.
    if package == "work-reports" and not found and len(tables) == len(package_tables(package)):
        found += _said(tables, sources, None)
    return found


def check_batch(
    tables: Mapping[str, pa.Table], own: Iterable[str], sources: Path | None, stretches: Mapping[str, Sequence[Span]]
) -> list[Violation]:
    """The broken rules of some reports: of all tables of `work-reports`, those that are their `own`, and the values.

    `stretches` are the parts of the source files that these reports are. What points at other reports is not checked.
    """
    from pipeline.check import keys

    origin = _origin(tables)
    found = [violation for table in own for violation in keys.constraints(table, tables[table], origin)]
    # The rows are numbered as they lie here, and not as in the files.
    return [replace(violation, row=0) for violation in found or _said(tables, sources, stretches)]


def _origin(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """The source file of each report."""
    if "reports" not in tables:
        return {}
    reports = tables["reports"]
    return dict(zip(reports["report_id"].to_pylist(), reports["source_file"].to_pylist(), strict=True))


def _said(
    tables: Mapping[str, pa.Table], sources: Path | None, stretches: Mapping[str, Sequence[Span]] | None
) -> list[Violation]:
    """Rules on what the rows say."""
    from pipeline.check import provenance, values

    rows = {table: content.to_pylist() for table, content in tables.items()}
    found = [*values.contradictions(rows), *values.unrecorded(rows)]
    return found if sources is None else [*found, *provenance.against_sources(rows, sources, stretches)]


def _derived(relational: Mapping[str, pa.Table], ready: Mapping[str, pa.Table]) -> list[Violation]:
    """Whether the analysis-ready tables are what the relational ones give."""
    from pipeline.publish.analysis_ready import analysis_ready

    return [
        Violation("derived", name, 0, "", "is not what the tables of work-reports give")
        for name, table in analysis_ready(relational).items()
        if not table.equals(ready[name])
    ]
