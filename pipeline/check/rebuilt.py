"""Make the packages anew from their sources, and compare them byte by byte: what no rule can tell shows here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import schema
from pipeline.check.package_files import left_out, source_columns
from pipeline.check.violation import Violation
from pipeline.publish import descriptor
from pipeline.publish.layout import PARTED, Layout
from pipeline.publish.strangers import TRIFLES, files_below
from pipeline.publish.writers import FORMATS
from pipeline.rows import RELATIONAL


def differing(folder: Path, sources: Path) -> list[Violation]:
    """The files of the packages in `folder` (or of the one that it is) that a build from `sources` does not give.

    The build has the layout, formats and named columns of these packages. Raises BaogaoError where it fails.
    """
    from pipeline.build import build

    alone = (folder / "datapackage.json").is_file()
    packages = [folder] if alone else [folder / name for name in schema.packages() if (folder / name).is_dir()]
    with TemporaryDirectory(prefix="baogao-check-") as place:
        made = Path(place) / "packages"
        first = packages[0]
        parts = any((first / f"{name}.parquet").is_dir() for name in PARTED)
        columns = source_columns(first) if first.name == RELATIONAL else {}
        layout: Layout = "parts" if parts else "single"
        without = bool(left_out(first))
        build(sources, made, layout=layout, formats=_formats(packages), columns=columns, keep_going=without)
        return [violation for package in packages for violation in _between(package, made)]


def _formats(packages: list[Path]) -> list[str] | None:
    """The formats that the packages are written in."""
    found = {path.suffix[1:] for package in packages for path in package.rglob("*")}
    return [form for form in FORMATS if form in found] or None


def _between(package: Path, made: Path) -> Iterator[Violation]:
    try:
        name = str(json.loads((package / "datapackage.json").read_bytes())["name"])
    except (OSError, ValueError, KeyError, TypeError):
        name = package.name
    stored, fresh = ({path for path in files_below(each) if _counts(path)} for each in (package, made / name))
    for path in sorted(stored ^ fresh):
        yield Violation(
            "rebuild", f"{name}/{path}", 0, "", "a build makes no such file" if path in stored else "is missing"
        )
    for path in sorted(stored & fresh):
        if descriptor.file_at(package / path) != descriptor.file_at(made / name / path):
            row = _row(package / path, made / name / path) if path.endswith((".csv", ".json")) else 0
            what = "line" if path.endswith(".json") else "row"
            where = f", from {what} {row} on" if row else ""
            yield Violation("rebuild", f"{name}/{path}", 0, "", f"is not what a build from the sources gives{where}")


def _counts(path: str) -> bool:
    return path.rpartition("/")[2] not in TRIFLES


def _row(one: Path, other: Path) -> int:
    """The first line that differs; the head of a table is line 0 and its first row, if it has no line breaks, line 1."""
    with one.open("rb") as first, other.open("rb") as second:
        return next((number for number, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
