"""Checks on the files of a package: the descriptor is complete, hashes are right, CSV and Parquet agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

from pipeline import __version__, schema
from pipeline.check.violation import Violation
from pipeline.publish import descriptor, text_layers
from pipeline.publish.companions import companions, paths
from pipeline.publish.layout import PARTED, file_of, part_of
from pipeline.publish.publication import Publication
from pipeline.publish.strangers import TRIFLES
from pipeline.publish.writers import encoded, writers
from pipeline.rows import RELATIONAL

_COMPLETE = ("$schema", "name", "title", "description", "version", "keywords", "rights", "sources", "resources")
# What the sources tell, which are not read here.
_TOLD = {"resources", descriptor.COLUMNS, descriptor.LEFT_OUT, "sources", "newest_source", "temporal", "spatial"}
_OF_PUBLISHER = {"id", "homepage", "created", "licenses", "rights", "rights_zh", "contributors"}

_VERSION = "version"
_OTHER_VERSION = (
    ": another version made the package, and what it gives may differ; what follows from the rows (dictionary, outcomes, findings) "
    "is not judged. Check it with that version: pip install baogao=={}"
)


def check_files(
    folder: Path, publication: Publication | None = None
) -> tuple[str, dict[str, list[Path]], list[Violation]]:
    """The package's name, the Parquet files of its tables as far as they can be read, and what is wrong with its files.

    One row group of one file is in memory at a time. What a descriptor says of its publisher is held against `publication`, if
    that is known.
    """
    path = folder / "datapackage.json"
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        return folder.name, {}, [Violation("descriptor", path.name, 0, "", f"cannot be read: {error}")]
    name = str(document.get("name")) if isinstance(document, dict) else ""
    if name not in schema.all_packages():
        return folder.name, {}, [Violation("descriptor", path.name, 0, "", f"{name!r:.60} is no package known here")]
    found = [
        Violation("descriptor", path.name, 0, "", f"the property {key} is missing")
        for key in _COMPLETE
        if not document.get(key)
    ]
    if not schema.package(name).by_hand:
        true = descriptor.descriptor(name, (), publication=publication or descriptor.NOBODY)
        for key in sorted((document.keys() | true.keys()) - _TOLD - (_OF_PUBLISHER if publication is None else set())):
            if (key in document or key not in _COMPLETE) and document.get(key) != true.get(key):
                message = f"{key} is {document.get(key)!r:.80}, it should be {true.get(key)!r:.80}"
                if key == _VERSION:
                    message += _OTHER_VERSION.format(document.get(key))
                found.append(Violation("descriptor", path.name, 0, "", message))
    stated = document.get("resources") or []
    if not isinstance(stated, list) or not all(isinstance(resource, dict) for resource in stated):
        return name, {}, [*found, Violation("descriptor", path.name, 0, "", "resources is not a list of resources")]
    texts = [each for each in stated if each.get("name") == text_layers.TEXTS] if name == RELATIONAL else []
    found += _texts(folder, texts)
    stated = [each for each in stated if each not in texts]
    resources = {str(file.get("path")): file for file in descriptor.files({"resources": stated})}
    first = {str(resource.get("path")) for resource in stated}
    expected = _expected(name, folder, resources)
    for file in sorted(expected.keys() ^ resources.keys()):
        missing = "the descriptor has no resource for it" if file in expected else "no table known here has this path"
        found.append(Violation("descriptor", file, 0, "", missing))
    files = {entry.relative_to(folder).as_posix() for entry in folder.rglob("*") if not entry.is_dir()}
    parted = PARTED if any(part_of(file) for file in expected) else ()
    beside = _companions(document, parted)
    for file in sorted(files - expected.keys() - beside.keys() - {path.name} - _paths(texts)):
        found.append(Violation("stray_file", file, 0, "", "belongs to no resource"))
    for file, content in beside.items():
        if not (folder / file).is_file():
            found.append(Violation("missing_file", file, 0, "", "it is missing"))
        elif content is not None and (folder / file).read_bytes() != content:
            found.append(Violation("descriptor", file, 0, "", "is not what the descriptor and the schemas give"))
    readable: dict[str, list[Path]] = {}
    for file, (table, form) in expected.items():
        try:
            stored = descriptor.file_at(folder / file)
        except OSError as error:
            found.append(Violation("missing_file", Path(file).name, 0, "", f"cannot be read: {error.strerror}"))
            continue
        if file in resources:
            about = (table, form, stored, part_of(file))
            true = descriptor.resource(*about) if file in first else descriptor.alternate(*about)
            if file in first:
                license = publication.license if publication else _license(document)
                true = descriptor.licensed(true, license)
            found += _described(file, resources[file], true)
        if form == "parquet":
            wrong = _parquet(table, file, folder / file)
            if not wrong:
                readable.setdefault(table, []).append(folder / file)
                wrong = _twins(table, folder / file, folder / file_of(table, "csv", part_of(file)))
            found += wrong
    for file, (table, form) in expected.items():
        if form not in ("csv", "parquet") and table in readable and (folder / file).is_file():
            found += _further(table, form, folder / file, readable[table][0], str(document.get("newest_source") or ""))
    return name, readable, found


def _texts(folder: Path, resources: Sequence[Mapping[str, Any]]) -> list[Violation]:
    """What is wrong with the resource of the text layers, and the files of it that are missing."""
    paths = _paths(resources)
    found = [
        Violation("missing_file", path, 0, "", "is no file") for path in sorted(paths) if not (folder / path).is_file()
    ]
    for resource in resources:
        found += _described(text_layers.TEXTS, resource, text_layers.resource(sorted(paths)))
    return found


def _paths(resources: Sequence[Mapping[str, Any]]) -> set[str]:
    """The paths of text layers that lie where they have to."""
    paths = [path for resource in resources for path in resource.get("path") or () if isinstance(path, str)]
    return {path for path in paths if path.startswith(f"{text_layers.TEXTS}/") and ".." not in path.split("/")}


def _expected(name: str, folder: Path, resources: Collection[str]) -> dict[str, tuple[str, str]]:
    """The files that a package should have, with table and form: a folder named as a table's file holds its parts.

    Of formats that a build can leave out, those that the descriptor has.
    """
    always = {form for form in ("csv", "parquet") if any(path.endswith(f".{form}") for path in resources)}
    result = {}
    for form, writer in writers().items():
        for table in schema.package_tables(name):
            whole = file_of(table, form)
            if (folder / whole).is_dir():
                for part in sorted(path.stem for path in (folder / whole).iterdir() if path.suffix == f".{form}"):
                    result[file_of(table, form, part)] = (table, form)
            elif form in always or whole in resources or (writer.tabular and writer.streams and not always):
                result[whole] = (table, form)
    return result


def _license(document: Mapping[str, Any]) -> Mapping[str, str]:
    """The licence that a package says it has."""
    licenses = document.get("licenses")
    first = licenses[0] if isinstance(licenses, list) and licenses else {}
    return first if isinstance(first, dict) else {}


def _companions(document: Mapping[str, Any], parted: Collection[str]) -> dict[str, bytes | None]:
    """What should stand beside the tables; with no content where the descriptor is too broken to tell, which is found elsewhere."""
    try:
        return {**companions(document, parted)}
    except (KeyError, TypeError, AttributeError, FileNotFoundError):
        pass
    try:
        return dict.fromkeys(paths(document))
    except (KeyError, TypeError, AttributeError):
        return {}


def _described(file: str, stated: Mapping[str, Any], true: Mapping[str, Any]) -> list[Violation]:
    """Where a resource in the descriptor differs from what its file and its schema give."""
    found = []
    for key in sorted(true.keys() | stated.keys()):
        if stated.get(key) != true.get(key):
            rule = "hash" if key in ("hash", "bytes") else "descriptor"
            message = f"{key} is {stated.get(key)!r:.80}, it should be {true.get(key)!r:.80}"
            found.append(Violation(rule, file, 0, "", message))
    return found


def _parquet(table: str, file: str, path: Path) -> list[Violation]:
    """Whether a file is Parquet, whole, and has the columns and types of the schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = schema.arrow_schema(table)
    try:
        with pq.ParquetFile(path) as content:
            read = content.schema_arrow
            for group in range(content.num_row_groups):
                content.read_row_group(group)
    except (OSError, ValueError, pa.ArrowException) as error:
        return [Violation("missing_file", file, 0, "", f"is no Parquet file: {error}")]
    if read.equals(target):
        return []
    wrong = [f"{f.name} {f.type}" for f in read if f not in set(target)]
    lacking = [name for name in target.names if name not in read.names]
    message = f"columns or types are not those of the schema (wrong {wrong[:5]}, lacking {lacking[:5]})"
    return [Violation("columns", table, 0, "", message)]


def _twins(table: str, path: Path, twin: Path) -> list[Violation]:
    """Whether the CSV file of a Parquet file, where there is one, holds the same."""
    import pyarrow.parquet as pq

    if not twin.is_file():
        return []
    with twin.open("rb") as text, pq.ParquetFile(path) as content:
        expected = _Comparison(text)
        writer = writers()["csv"](table, expected)  # type: ignore[arg-type]
        for group in range(content.num_row_groups):
            writer.add(content.read_row_group(group))
        equal = expected.equal and not text.read(1)
    return [] if equal else _same(table, twin.read_bytes(), encoded("csv", table, pq.read_table(path)))


def _further(table: str, form: str, path: Path, rows: Path, when: str) -> list[Violation]:
    """Whether a workbook or a Stata file holds the rows of its Parquet file."""
    import pyarrow.parquet as pq

    if form == "xlsx" and (find_spec("openpyxl") is None or find_spec("xlsxwriter") is None):
        return []
    content, expected = path.read_bytes(), encoded(form, table, pq.read_table(rows), when)
    if content == expected:
        return []
    # Another version of a library may write the same cells in other bytes.
    true = _READ[form](expected)
    try:
        stated = _READ[form](content)
    except Exception as error:  # whatever a reader says of bytes that are none of its own
        return [Violation("further_format", path.name, 0, "", f"cannot be read: {error!s:.120}")]
    for number, (one, other) in enumerate(zip_longest(stated, true)):
        if one != other:
            message = f"has {_shown_cells(one, other)}, Parquet has {_shown_cells(other, one)}"
            return [Violation("further_format", path.name, number, "", message)]
    return []


def _workbook(content: bytes) -> list[tuple[str, ...]]:
    """The rows of the first sheet, its head first."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    return [tuple(map(str, row)) for row in book.worksheets[0].iter_rows(values_only=True)]


def _stata(content: bytes) -> list[tuple[str, ...]]:
    """The columns as the head, and the rows."""
    import pandas as pd

    frame = pd.read_stata(io.BytesIO(content))
    return [tuple(map(str, row)) for row in [tuple(frame.columns), *frame.itertuples(index=False)]]


_READ = {"xlsx": _workbook, "dta": _stata}


def _shown_cells(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> str:
    return _shown(list(one) if one is not None else None, list(other) if other is not None else None)


def from_tables(folder: Path, facts: descriptor.Facts) -> list[Violation]:
    """What a descriptor says of the sources and their tables do not; `facts` is what these tell."""
    try:
        document = json.loads((folder / "datapackage.json").read_bytes())
    except (OSError, ValueError):
        return []
    name = str(document.get("name")) if isinstance(document, dict) else ""
    if name not in schema.packages():
        return []
    true = descriptor.descriptor(name, (), facts)
    found = []
    for key in sorted(_TOLD - {"resources", descriptor.COLUMNS, descriptor.LEFT_OUT}):
        if document.get(key) != true.get(key):
            message = f"{key} is {document.get(key)!r:.80}, it should be {true.get(key)!r:.80}"
            found.append(Violation("descriptor", "datapackage.json", 0, "", message))
    return found


class _Comparison:
    """Takes what is written and compares it with what stands in a file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.equal = True

    def write(self, data: bytes) -> int:
        """Compare the next bytes."""
        self.equal = self.equal and self._stream.read(len(data)) == data
        return len(data)


def _same(table: str, content: bytes, expected: bytes) -> list[Violation]:
    """Where the content of a CSV file differs from the expected one: the first row that does."""
    message = "the CSV file is written differently from how it is published (line ends, quotes or encoding)"
    row = 0
    rows = [csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")) for data in (content, expected)]
    csv.field_size_limit(max(len(content), len(expected), 131_072))
    for number, (one, other) in enumerate(zip_longest(*rows)):
        if one != other:
            row, message = number, f"CSV has {_shown(one, other)}, Parquet has {_shown(other, one)}"
            break
    return [Violation("csv_and_parquet", table, row, "", message)]


def _shown(one: list[str] | None, other: list[str] | None) -> str:
    if one is None:
        return "no such row"
    cells = [cell for cell, twin in zip(one, other or [], strict=False) if cell != twin]
    return repr(cells[:3] or one[:3])[:120]


def source_columns(folder: Path) -> dict[str, str]:
    """The columns of tables with one report a row that the user had named, by the descriptor."""
    try:
        stated = json.loads((folder / "datapackage.json").read_bytes()).get(descriptor.COLUMNS) or {}
    except (OSError, ValueError, AttributeError):
        return {}
    return {str(role): str(column) for role, column in stated.items()} if isinstance(stated, dict) else {}


def is_of_this_version(folder: Path) -> bool:
    """Whether the descriptor says that this version of the program made the package."""
    try:
        return bool(json.loads((folder / "datapackage.json").read_bytes()).get(_VERSION) == __version__)
    except (OSError, ValueError, AttributeError):
        return False


def left_out(folder: Path) -> set[str]:
    """The sources of which the descriptor says that the build left them out."""
    try:
        stated = json.loads((folder / "datapackage.json").read_bytes()).get(descriptor.LEFT_OUT) or []
    except (OSError, ValueError, AttributeError):
        return set()
    return {str(each.get("path")) for each in stated if isinstance(each, dict)} if isinstance(stated, list) else set()


def around(folder: Path) -> list[Violation]:
    """What a build puts into the folder of the packages and is not there, and what is there beside it."""
    made = {name for name, package in schema.all_packages().items() if not package.by_hand}
    there = {path.name for path in folder.iterdir()}
    found = [
        Violation("missing_package", name, 0, "", f"{'its datapackage.json is' if name in there else 'it is'} missing")
        for name in schema.all_packages()
        if not (folder / name / "datapackage.json").is_file() and (name in made or name in there)
    ]
    known = {*schema.all_packages(), *TRIFLES}
    return [*found, *(Violation("stray_file", name, 0, "", "belongs to no package") for name in sorted(there - known))]
