"""Read the tables of a published package, whole or in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def table_of(path: str) -> str:
    """The table that a file of a package belongs to: observations of observations/cn-44-2018.csv and observations.csv."""
    return path.partition("/")[0] if "/" in path else path.rpartition(".")[0]


def parquet_files(resources: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The Parquet files of each table, by the resources of a descriptor and in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for resource in resources:
        if resource["format"] == "parquet":
            found[table_of(resource["path"])].append(resource["path"])
    return dict(found)


def read_table(folder: Path, files: Iterable[str]) -> pa.Table:
    """One table from its files below `folder`. Raises OSError and pyarrow's errors where one cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pa.concat_tables([pq.read_table(folder / file) for file in files])
