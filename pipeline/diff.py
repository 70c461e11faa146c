"""What two builds of the packages say differently, observation by observation, and why."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import BaogaoError
from pipeline.regular import refuse_irregular

Row = Mapping[str, Any]
_OFFSETS = frozenset({"start", "stop", "quote_start", "quote_stop"})
# What the catalogue gives: identifiers, and amounts through the units.
_CATALOGUE = frozenset({"indicator_id", "place_id", "amount", "amount_max", "base_unit"})
_KINDS = ("added", "removed", "changed", "moved")
# A row with another identifier is the same where its numeral stands at the same place of the same text, or, in another text,
# where it is the only one that says the same of its thing, whatever the value. What agrees in more is matched first.
_SENTENCE = frozenset({"observation_id", "quote", "phrase", "text"})
_SUBJECT = ("report_id", "place_id", "subject", "indicator_id", "measure")
_SAME = (
    ("report_id", "start", "text", "indicator_id"),
    (*_SUBJECT, "comparison", "status", "period", "unit", "value", "value_max", "bound"),
    (*_SUBJECT, "comparison", "status", "period"),
    (*_SUBJECT, "status"),
)
_CSV = (
    "observation_id",
    "old_observation_id",
    "change",
    "why",
    "report_id",
    "indicator_text",
    "column",
    "old",
    "new",
    "difference",
)
_SHOWN = 200
_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One observation that differs.

    kind: added | removed | changed | moved (only its offsets differ). why: source (the report is new, gone, or has
    another text) | review (readers have read it) | correction (they put it right) | rule (another rule made the row, or the numeral is read where it was not) | catalogue (what the
    words stand for) | vocabulary (the same rule read the words differently). `columns` has the old and the new value of
    every column that differs; of added and removed rows, `row` says what they state. `old_id` is the identifier in the
    first build, which is another where the sentence has changed.
    """

    observation_id: str
    kind: str
    why: str
    columns: Mapping[str, tuple[Any, Any]]
    row: Row
    old_id: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one build to another, with the number of rows that are the same."""

    versions: tuple[str, str]
    same: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many observations, by kind of change and reason."""
        found = Counter((change.kind, change.why) for change in self.changes)
        return {
            kind: {why: n for (k, why), n in sorted(found.items()) if k == kind}
            for kind in _KINDS
            if any(k == kind for k, _ in found)
        }


def diff(old: Path, new: Path) -> Difference:
    """Compare the observations of two builds; each folder is the package `work-reports` or holds it.

    Raises BaogaoError where there is no such package or it cannot be read.
    """
    before, after = _Package(old), _Package(new)
    shared = [column for column in before.columns if column in set(after.columns)]
    partners = {name: name for name in after.observations if name in before.observations}
    gone = [row for name, row in before.observations.items() if name not in after.observations]
    come = [row for name, row in after.observations.items() if name not in before.observations]
    partners |= _matched(gone, come)
    changes: list[Change] = []
    same = 0
    for name, row in after.observations.items():
        if name not in partners:
            changes.append(Change(name, "added", before.why_absent(row, after), {}, row))
            continue
        old_id = partners[name]
        earlier = before.observations[old_id]
        columns = {column: (earlier[column], row[column]) for column in shared if earlier[column] != row[column]}
        if columns:
            kind = "moved" if columns.keys() <= _OFFSETS else "changed"
            changes.append(Change(name, kind, _why_changed(columns, before, after, row), columns, row, old_id))
        else:
            same += 1
    matched = set(partners.values())
    for name, row in before.observations.items():
        if name not in matched:
            changes.append(Change(name, "removed", after.why_absent(row, before), {}, row))
    changes.sort(key=lambda change: (_KINDS.index(change.kind), change.observation_id))
    return Difference(
        (before.version, after.version),
        same,
        tuple(column for column in after.columns if column not in shared),
        tuple(column for column in before.columns if column not in shared),
        tuple(changes),
    )


def _matched(gone: Sequence[Row], come: Sequence[Row]) -> dict[str, str]:
    """The rows whose sentence has changed: the identifiers in the second build, each with that in the first."""
    found: dict[str, str] = {}
    for columns in _SAME:
        taken = set(found.values())
        old = _by(columns, (row for row in gone if row["observation_id"] not in taken))
        new = _by(columns, (row for row in come if row["observation_id"] not in found))
        found |= {
            str(rows[0]["observation_id"]): str(old[key][0]["observation_id"])
            for key, rows in new.items()
            # Of several, nothing tells which is which.
            if len(rows) == 1 and len(old.get(key, ())) == 1
        }
    return found


def _by(columns: Sequence[str], rows: Iterable[Row]) -> dict[tuple[object, ...], list[Row]]:
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(column) for column in columns)].append(row)
    return found


class _Package:
    """The observations of a package by identifier, and the hash of every report's text."""

    def __init__(self, folder: Path) -> None:
        inner = folder / "work-reports"
        self.folder = inner if (inner / "datapackage.json").is_file() else folder
        refuse_irregular(self.folder)
        try:
            document = json.loads((self.folder / "datapackage.json").read_bytes())
            self.version = str(document.get("version", ""))
        except (OSError, ValueError, AttributeError) as error:
            message = f"{folder}: there is no data package `work-reports` here. Name a folder that `baogao build` made."
            raise BaogaoError(message) from error
        self.columns, rows = self._read("observations")
        self.observations = {str(row["observation_id"]): row for row in rows}
        self.texts = {row["report_id"]: (row["sha256"], row["start"]) for row in self._read("reports")[1]}

    def _read(self, table: str) -> tuple[list[str], list[dict[str, Any]]]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.folder / f"{table}.parquet"
        try:
            read = pq.read_table(io.BytesIO(path.read_bytes()))
        except (OSError, ValueError, pa.ArrowException) as error:
            raise BaogaoError(f"{path} cannot be read ({error}). Build the package again.") from error
        return read.column_names, read.to_pylist()

    def why_absent(self, row: Row, other: _Package) -> str:
        """Why this package lacks a row that the other one has."""
        report = row["report_id"]
        if row["rule"] == "correction":
            return "correction"
        return "rule" if self.text(report) == other.text(report) else "source"

    def text(self, report: str) -> str:
        """The hash of a report's text; empty for a report that is not there."""
        return str(self.texts[report][0]) if report in self.texts else ""


def _why_changed(columns: Mapping[str, object], before: _Package, after: _Package, row: Row) -> str:
    report = row["report_id"]
    if columns.keys() <= _OFFSETS or before.text(report) != after.text(report):
        return "source"
    if columns.keys() <= _OFFSETS | _SENTENCE:
        return "rule"  # the same words, in sentences that end elsewhere
    read = row.get("review") or "none"
    if columns.keys() <= {"review", "confidence"} and ("review" in columns or read != "none"):
        return "review"
    if read == "corrected":
        return "correction"
    if columns.keys() == {"same_as"} and before.texts != after.texts:
        return "source"
    if "rule" in columns:
        return "rule"
    return "catalogue" if columns.keys() - _OFFSETS <= _CATALOGUE else "vocabulary"


def encode(difference: Difference, form: str, width: int | None = None) -> bytes:
    """The difference as table | json | csv, in UTF-8; a table shows at most 200 changes in `width` columns."""
    if form == "table":
        return _readable(difference, width or _WIDTH)
    return _json(difference) if form == "json" else _lines(difference)


def _lines(difference: Difference) -> bytes:
    """CSV: a line for each column that differs, and one for each row that is added or removed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_CSV)
    for change in difference.changes:
        row = change.row
        head = (change.observation_id, change.old_id, change.kind, change.why, row["report_id"], row["indicator_text"])
        for column, (old, new) in change.columns.items() or {"": ("", "")}.items():
            said = ("" if value is None else value for value in (old, new, difference_of(old, new)))
            writer.writerow((*head, column, *said))
    return stream.getvalue().encode("utf-8", "replace")


def difference_of(old: object, new: object) -> float | None:
    """What a number has gained or lost; None for what is no number."""
    if isinstance(old, bool) or isinstance(new, bool):
        return None
    if isinstance(old, float | int) and isinstance(new, float | int):
        return float(Decimal(str(new)) - Decimal(str(old)))
    return None


def _json(difference: Difference) -> bytes:
    document = {
        "versions": list(difference.versions),
        "same": difference.same,
        "columns_added": list(difference.columns_added),
        "columns_removed": list(difference.columns_removed),
        "counts": difference.counts(),
        "changes": [
            {
                "observation_id": change.observation_id,
                "old_observation_id": change.old_id,
                "kind": change.kind,
                "why": change.why,
                "columns": {column: list(values) for column, values in change.columns.items()},
                "row": dict(change.row),
            }
            for change in difference.changes
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _readable(difference: Difference, width: int) -> bytes:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None)
    if difference.changes:
        shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("change", "why", "observation", "what"):
            shown.add_column(name, overflow="fold", no_wrap=name in ("change", "why"))
        for change in difference.changes[:_SHOWN]:
            cells = (change.kind, change.why, change.observation_id, "; ".join(_what(change)))
            shown.add_row(*(Text(_harmless(cell)) for cell in cells))
        console.print(shown, end="")
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    if len(difference.changes) > _SHOWN:
        lines.append(f"… and {len(difference.changes) - _SHOWN:,} more; --format json has all of them.")
    return "\n".join([*lines, *([""] if lines else []), *_summary(difference), ""]).encode()


def _summary(difference: Difference) -> Iterator[str]:
    old, new = difference.versions
    yield f"Version {old} to {new}: {difference.same:,} observations are the same."
    for kind, reasons in difference.counts().items():
        yield f"{sum(reasons.values()):,} {kind}: " + ", ".join(f"{n:,} by {why}" for why, n in reasons.items())
    for what, columns in (("New", difference.columns_added), ("Dropped", difference.columns_removed)):
        if columns:
            yield f"{what} columns: {', '.join(columns)}"


def _what(change: Change) -> Iterator[str]:
    if change.kind == "changed":
        for column, (old, new) in change.columns.items():
            gained = None if column in _OFFSETS else difference_of(old, new)
            yield f"{column}: {_cell(old)} → {_cell(new)}" + (f" ({_signed(gained)})" if gained else "")
    elif change.kind == "moved":
        yield f"now at {change.row['start']}"
    else:
        row = change.row
        yield " ".join(
            _cell(row[c]) for c in ("indicator_text", "text", "unit", "measure", "status", "period") if row[c]
        )


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{_cell(abs(value))}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        from pipeline.arrow import plain

        return plain(value)
    return "(none)" if value is None else f"{value!s:.60}"


def _harmless(text: str) -> str:
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
