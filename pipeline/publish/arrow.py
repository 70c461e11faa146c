"""Rows with the types of their tables, as Python values and as Arrow tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from pipeline import schema

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, object] | Sequence[object]


def to_arrow(name: str, rows: Iterable[Row] | pa.Table) -> pa.Table:
    """The table `name` with exactly the declared columns and types.

    Rows are mappings by column name (absent columns are missing values) or sequences in column order. Empty strings
    are missing values; numbers may be Decimal, dates ISO text. Raises ValueError naming table, row and column.
    """
    import pyarrow as pa

    target = schema.arrow_schema(name)
    if isinstance(rows, pa.Table):
        return rows.select(target.names).cast(target)
    arrays = [pa.array(values, type=field.type) for values, field in zip(typed(name, rows), target, strict=True)]
    return pa.Table.from_arrays(arrays, schema=target)


def typed(name: str, rows: Iterable[Row]) -> list[list[object]]:
    """The values of each column of the table `name`: str, float, int, bool and date, None for what is missing.

    Raises ValueError as `to_arrow`, which takes the same rows.
    """
    declared = schema.table(name).columns
    names = [column.name for column in declared]
    known = set(names)
    cells: list[list[object]] = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, Mapping):
            if unknown := row.keys() - known:
                raise ValueError(f"{name}, row {number}: columns that the schema does not have: {sorted(unknown)}")
            cells.append([row.get(column) for column in names])
        else:
            if len(row) != len(names):
                raise ValueError(f"{name}, row {number}: {len(row)} values for {len(names)} columns")
            cells.append(list(row))
    by_column = list(zip(*cells, strict=True)) if cells else [()] * len(names)
    return [_converted(name, column, values) for column, values in zip(declared, by_column, strict=True)]


def typed_rows(name: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows with all columns of the table `name`, in its types."""
    names = schema.columns(name)
    return [dict(zip(names, values, strict=True)) for values in zip(*typed(name, rows), strict=True)]


def _converted(name: str, column: schema.Column, values: Sequence[object]) -> list[object]:
    convert = _CONVERT[column.type]
    result: list[object] = []
    for number, value in enumerate(values, 1):
        try:
            result.append(None if value is None or value == "" else convert(value))
        except (TypeError, ValueError, OverflowError) as error:
            where = f"{name}, row {number}, column {column.name}"
            raise ValueError(f"{where}: {value!r:.80} is no {column.type}: {error}") from None
    return result


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: object) -> float:
    if not isinstance(value, Decimal | int | float) or isinstance(value, bool):
        raise TypeError("a number expected")
    result = float(value)
    if not isfinite(result):
        raise ValueError("too large or not a number")
    return result or 0.0  # no minus zero


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number expected")
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _date(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(str(value))


_CONVERT: Mapping[str, Callable[[Any], object]] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
}


def plain(value: float) -> str:
    """The shortest decimal of a double, without exponent: 8.2, 2600, 0.0000001."""
    text = repr(value)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")
