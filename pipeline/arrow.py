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
    cells: list[Mapping[str, object]] = []
    for number, row in enumerate(rows, 1):
        if type(row) is dict or isinstance(row, Mapping):
            if not row.keys() <= known:
                unknown = sorted(row.keys() - known)
                raise ValueError(f"{name}, row {number}: columns that the schema does not have: {unknown}")
            cells.append(row)
        else:
            if len(row) != len(names):
                raise ValueError(f"{name}, row {number}: {len(row)} values for {len(names)} columns")
            cells.append(dict(zip(names, row, strict=True)))
    by_column = [[row.get(column) for row in cells] for column in names]
    return [_converted(name, column, values) for column, values in zip(declared, by_column, strict=True)]


def typed_rows(name: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows with all columns of the table `name`, in its types."""
    names = schema.columns(name)
    return [dict(zip(names, values, strict=True)) for values in zip(*typed(name, rows), strict=True)]


def _converted(name: str, column: schema.Column, values: Sequence[object]) -> list[object]:
    types = set(map(type, values))
    if types <= _AS_THEY_ARE.get(column.type, _NOTHING):
        return [None if value == "" else value for value in values] if column.type == "string" else list(values)
    if column.type == "number" and types <= _DOUBLES and all(isfinite(value or 0) for value in values):  # type: ignore[arg-type]
        return [None if value is None else value or 0.0 for value in values]
    convert = _CONVERT[column.type]
    result: list[object] = []
    for number, value in enumerate(values, 1):
        try:
            # A Decimal is not held against a text: that takes longer than to convert it.
            nothing = value is None or (isinstance(value, str) and not value)
            result.append(None if nothing else convert(value))
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


_NOTHING = {type(None)}
_DOUBLES = {float, type(None)}
# Values of these types need no conversion: looked at all together, which is most of what there is.
_AS_THEY_ARE: Mapping[str, set[type]] = {
    "string": {str, type(None)},
    "integer": {int, type(None)},
    "boolean": {bool, type(None)},
    "date": {date, type(None)},
}
_CONVERT: Mapping[str, Callable[[Any], object]] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
}


def values(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    """The values of a column as Python has them, None for what is missing; all at once where a type allows it."""
    import pyarrow as pa

    kind = column.type
    at_once = pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_date32(kind)
    numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    if not at_once and (column.null_count or not numbers):
        found: list[Any] = column.to_pylist()
    elif isinstance(column, pa.ChunkedArray):
        found = column.to_numpy().tolist()
    else:
        found = column.to_numpy(zero_copy_only=False).tolist()
    return found


def records(table: pa.Table | pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a table by the names of its columns, as Python has their values."""
    names = table.schema.names
    return [dict(zip(names, cells, strict=True)) for cells in zip(*map(values, table.columns), strict=True)]


def plain(value: float) -> str:
    """The shortest decimal of a double, without exponent: 8.2, 2600, 0.0000001."""
    text = repr(value)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")
