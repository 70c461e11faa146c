"""The tables as `schemas/` declares them, and what is made from that: Arrow and pandera schemas.

`schemas/NAME.json` (Frictionless Table Schema) is the only source of column names, types, constraints and descriptions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import BaogaoError
from pipeline.knowledge import knowledge
from pipeline.rows import RELATIONAL

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa

HERE = Path(__file__).parent
# A wheel carries the schemas inside the package; in a clone they stand at the top.
_FOLDERS = (HERE / "_schemas", HERE.parent / "schemas")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is that of Table Schema: string | number | integer | boolean | date."""

    name: str
    type: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    constraints: Mapping[str, Any]

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(self.constraints.get("required"))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` point at `other_columns` of the table `table` (of the same package)."""

    columns: tuple[str, ...]
    table: str
    other_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `descriptor` is the Table Schema as it stands in the file."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A published package; `also` names the further formats of its tables.

    `by_hand`: its rows were made by readers, and no build makes it anew.
    """

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    keywords: tuple[str, ...]
    keywords_zh: tuple[str, ...]
    tables: tuple[str, ...]
    also: tuple[str, ...]
    by_hand: bool


def packages() -> Mapping[str, Package]:
    """The packages that a build makes from sources, by name."""
    return {name: package for name, package in all_packages().items() if not package.by_hand}


def package(name: str) -> Package:
    """The package of that name. Raises KeyError."""
    return all_packages()[name]


@cache
def all_packages() -> Mapping[str, Package]:
    """All published packages by name."""
    return {
        name: Package(
            name,
            entry["title"],
            entry["title_zh"],
            entry["description"],
            entry["description_zh"],
            tuple(entry["keywords"]),
            tuple(entry["keywords_zh"]),
            tuple(entry["tables"]),
            tuple(entry.get("also", ())),
            bool(entry.get("by_hand")),
        )
        for name, entry in knowledge("publish/packages").items()
    }


def package_tables(package: str) -> tuple[str, ...]:
    """The names of a package's tables, in the order of publication. Raises KeyError."""
    return all_packages()[package].tables


@cache
def of_reports() -> tuple[str, ...]:
    """The tables of a build whose rows belong each to one report: they point at it, or their key at a row that does."""
    found: list[str] = []
    for name in package_tables(RELATIONAL):
        own = set(table(name).primary_key)
        if any(
            key.table == "reports" or (key.table in found and own >= set(key.columns))
            for key in table(name).foreign_keys
        ):
            found.append(name)
    return tuple(found)


@cache
def table(name: str) -> Table:
    """The declaration of a table. Raises FileNotFoundError for an unknown name."""
    folder = next((f for f in _FOLDERS if f.is_dir()), _FOLDERS[-1])
    raw = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    keys = tuple(
        ForeignKey(tuple(key["fields"]), key["reference"]["resource"] or name, tuple(key["reference"]["fields"]))
        for key in raw.get("foreignKeys", ())
    )
    return Table(
        raw["name"],
        raw["title"],
        raw["title_zh"],
        raw["description"],
        raw["description_zh"],
        tuple(_column(field) for field in raw["fields"]),
        tuple(raw["primaryKey"]),
        keys,
        raw,
    )


@cache
def columns(name: str) -> tuple[str, ...]:
    """The column names of a table, in order."""
    return tuple(column.name for column in table(name).columns)


def quotes(name: str) -> bool:
    """Whether a table has columns with words of the reports beyond names and numbers."""
    return any(field.get("quoted") for field in table(name).descriptor["fields"])


def _column(field: Mapping[str, Any]) -> Column:
    return Column(
        field["name"],
        field["type"],
        field["title"],
        field["title_zh"],
        field["description"],
        field["description_zh"],
        field.get("constraints", {}),
    )


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The table's Arrow schema, which is also that of its Parquet file.

    Numbers are doubles, which every tool reads; the shortest decimal of a double is the number as written up to 15
    digits, and that is what the CSV shows.
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema([pa.field(column.name, types[column.type]) for column in table(name).columns])


def frame(arrow: pa.Table) -> pd.DataFrame:
    """A table as a data frame with the column types of Arrow, as `pandera_schema(…, arrow=True)` expects them."""
    import pandas as pd

    result: pd.DataFrame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
    return result


@cache
def pandera_schema(name: str, *, arrow: bool = False) -> pandera.DataFrameSchema:
    """The table's constraints as a pandera schema, for a frame with the types of pandas that hold missing values, or those of `frame`.

    Made here and not by pandera's reader of Table Schemas, which reads dates as strings and rejects missing integers. With the
    types of Arrow pandera takes half the time: it looks at each value of a column of `StringDtype`.
    """
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa

    kinds: dict[str, Any] = {
        "string": pd.StringDtype(),
        "number": pd.Float64Dtype(),
        "integer": pd.Int64Dtype(),
        "boolean": pd.BooleanDtype(),
        "date": pd.ArrowDtype(pa.date32()),
    }
    declared, types = table(name), arrow_schema(name)
    return pandera.DataFrameSchema(
        {
            column.name: pandera.Column(
                pd.ArrowDtype(types.field(column.name).type) if arrow else kinds[column.type],
                checks=_checks(column),
                nullable=not column.required,
                unique=bool(column.constraints.get("unique")),
                title=column.title,
                description=column.description,
            )
            for column in declared.columns
        },
        unique=list(declared.primary_key),
        strict=True,
        ordered=True,
        name=name,
    )


def model(name: str) -> pandera.DataFrameSchema:
    """The table's declaration as a pandera schema, which validates a frame of yours and gives it the declared types.

    The frame may come from CSV or Parquet, by pandas or with the types of Arrow. Raises BaogaoError for an unknown table.

        from pipeline import model
        observations = model("observations").validate(pd.read_csv("observations.csv"), lazy=True)
    """
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa

    try:
        declared = pandera_schema(name)
    except FileNotFoundError:
        known = sorted({table for package in packages().values() for table in package.tables})
        raise BaogaoError(f"There is no table {name!r}. Tables are: {', '.join(known)}.") from None
    texts = [column.name for column in table(name).columns if column.type == "string"]
    days = [column.name for column in table(name).columns if column.type == "date"]

    def as_text(frame: pd.DataFrame) -> pd.DataFrame:
        """A column of codes and empty cells is read as numbers from CSV: 2017.0 for 2017."""
        whole = [column for column in texts if column in frame and frame[column].dtype == "float64"]
        # pandera cannot name the rows that repeat a key where the index repeats too.
        frame = frame if frame.index.is_unique else frame.reset_index(drop=True)
        # A column of days without a day is read as numbers too.
        empty = [column for column in days if column in frame and frame[column].isna().all()]
        no_days = pd.Series(index=frame.index, dtype=pd.ArrowDtype(pa.date32()))
        return frame.astype(dict.fromkeys(whole, "Int64")).assign(**dict.fromkeys(empty, no_days))

    return pandera.DataFrameSchema(
        declared.columns,
        unique=declared.unique,
        parsers=pandera.Parser(as_text),
        coerce=True,
        strict=True,
        ordered=True,
        name=name,
    )


def _each_fits(fits: Callable[[Any], bool], values: pd.Series[Any]) -> pd.Series[bool]:
    """Whether each value fits; those that repeat are looked at once, and next to none does not."""
    return ~values.isin([value for value in values.unique().tolist() if not fits(value)])


def _checks(column: Column) -> list[pandera.Check]:
    import pandera.pandas as pandera

    constraints = column.constraints
    checks = []
    if "enum" in constraints:
        checks.append(pandera.Check.isin(constraints["enum"], error="enum"))
    if "pattern" in constraints:
        # A function of ours: the pattern must meet the whole value, whichever engine holds the strings.
        match = re.compile(constraints["pattern"]).fullmatch
        fits = partial(_each_fits, lambda value: bool(match(value)))
        checks.append(pandera.Check(fits, error="pattern"))
    if "minimum" in constraints:
        checks.append(pandera.Check.ge(constraints["minimum"], error="minimum"))
    if "maximum" in constraints:
        checks.append(pandera.Check.le(constraints["maximum"], error="maximum"))
    return checks
