"""Write data packages into a folder: tables in every form, and the descriptor."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import schema
from pipeline.publish import descriptor
from pipeline.publish.arrow import Row, csv_bytes, parquet_bytes, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

_LOG = logging.getLogger("baogao")
RELATIONAL = "work-reports"
READY = "analysis-ready"


def write_packages(tables: Mapping[str, Iterable[Row] | pa.Table], folder: Path) -> None:
    """Write both packages below `folder` from the rows of the relational tables.

    `tables` has the rows by table name; a table that is not there is published empty. Raises ValueError for rows that do not fit their schema, OSError.
    """
    from pipeline.publish.analysis_ready import analysis_ready

    arrow = _all(RELATIONAL, tables)
    write_package(RELATIONAL, arrow, folder / RELATIONAL, arrow["reports"])
    write_package(READY, analysis_ready(arrow), folder / READY, arrow["reports"])


def write_package(
    package: str, tables: Mapping[str, Iterable[Row] | pa.Table], folder: Path, reports: pa.Table
) -> None:
    """Write one package into `folder`, which is made if need be; `reports` tells sources and date.

    Raises KeyError for a table that the package does not have, ValueError for rows that do not fit, OSError.
    """
    arrow = _all(package, tables)
    folder.mkdir(parents=True, exist_ok=True)
    rows = reports.select(["source_file", "date", "published"]).to_pylist()
    when = descriptor.created(rows)
    resources = []
    for form in ("csv", "parquet", *_further(package)):
        for name, table in arrow.items():
            content = _bytes(form, name, table, when)
            (folder / f"{name}.{form}").write_bytes(content)
            resources.append(descriptor.resource(name, form, descriptor.file_of(content)))
    document = descriptor.descriptor(package, resources, (row["source_file"] for row in rows), when)
    (folder / "datapackage.json").write_bytes(descriptor.to_bytes(document))


def _further(package: str) -> list[str]:
    """The further forms of a package that can be written here."""
    forms = list(schema.package(package).also)
    if "xlsx" in forms and find_spec("openpyxl") is None:
        _LOG.warning("XLSX files are left out: a plain install has no openpyxl. For them: pip install '.[excel]'")
        forms.remove("xlsx")
    return forms


def _all(package: str, tables: Mapping[str, Iterable[Row] | pa.Table]) -> dict[str, pa.Table]:
    names = schema.package_tables(package)
    if unknown := tables.keys() - set(names):
        raise KeyError(f"{package} has no tables {sorted(unknown)}")
    return {name: to_arrow(name, tables.get(name, ())) for name in names}


def _bytes(form: str, name: str, table: pa.Table, when: str) -> bytes:
    if form == "csv":
        return csv_bytes(name, table)
    if form == "parquet":
        return parquet_bytes(table)
    if form == "xlsx":
        from pipeline.publish.spreadsheet import xlsx_bytes

        return xlsx_bytes(name, table)
    from pipeline.publish.stata import stata_bytes

    return stata_bytes(name, table, when)
