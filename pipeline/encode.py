"""Observations of one text in the form that someone asked for: a table to read, CSV, JSON or Parquet."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.arrow import Row, plain, to_arrow
from pipeline.publish.writers import encoded

if TYPE_CHECKING:
    import pyarrow as pa

# Wide enough for the main columns where the reader is a file and no terminal.
_WIDTH = 140
_SHOWN = ("at", "indicator", "value", "bound", "measure", "status", "period", "place")


def encode(
    rows: Iterable[Row], form: str, width: int | None = None, *, sure: bool = False, table: str = "observations"
) -> bytes:
    """Rows of `table`, observations or observations_flat, as table, json or in a format of `publish.writers`; text is UTF-8.

    `width` is that of the terminal, in columns, for form table; `sure` shows there how sure the rows are. Raises ValueError for rows that do not fit the schema.
    """
    found = to_arrow(table, rows)
    if form == "json":
        return _json(found)
    return _readable(found, width or _WIDTH, sure) if form == "table" else encoded(form, table, found)


def _json(table: pa.Table) -> bytes:
    lines = (json.dumps({k: _jsonable(v) for k, v in row.items()}, ensure_ascii=False) for row in table.to_pylist())
    return ("[" + ",\n ".join(lines) + "]\n").encode()


def _jsonable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # 2600 rather than 2600.0: as the text has it.
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _readable(table: pa.Table, width: int, sure: bool) -> bytes:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    if sure:
        shown.add_column("sure", justify="right", no_wrap=True)
    for name in _SHOWN:
        shown.add_column(
            name, justify="right" if name in ("at", "value") else "left", no_wrap=name != "indicator", overflow="fold"
        )
    for row in table.to_pylist():
        cells = (*([f"{row['confidence']:.3f}"] if sure else []), *_cells(row))
        shown.add_row(*(Text(_harmless(cell)) for cell in cells))
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(shown, end="")
    text = "\n".join(line.rstrip() for line in stream.getvalue().splitlines())
    return f"{text}\n\n{table.num_rows} observations\n".encode()


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = plain(row["value"])
    if row["value_max"] is not None:
        value += f"–{plain(row['value_max'])}"
    subject = f" ({row['subject']})" if row["subject"] else ""
    measure = f"{row['measure']}, {row['comparison']}" if row["comparison"] else row["measure"]
    return (
        str(row["start"]),
        row["indicator_text"] + subject,
        f"{value} {row['unit'] or ''}".rstrip(),
        row["bound"],
        measure,
        row["status"],
        row["period"] or "",
        row.get("place_zh") or row["place_id"] or "",
    )


def _harmless(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)
