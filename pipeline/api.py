"""What the commands do, as functions for Python and notebooks.

Paths may be text or `pathlib.Path`. Tables come as pandas data frames: numbers are floats, days are `datetime.date`, missing values
are None or NaN. With `exact=True` numbers are `decimal.Decimal`, as they are written. What cannot be done raises `BaogaoError`, whose
text says why and what to do; input that cannot be read raises `InputError`, which is one and has `name`, `place`, `problem` and `remedy`.

    from pipeline.api import extract
    tables = extract("report.docx", place="浙江省安吉县", year=2026)
    tables["observations"][["indicator_zh", "place_zh", "value", "unit", "quote"]]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import BaogaoError, InputError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.models import Source
    from pipeline.rows import Row

__all__ = [
    "BaogaoError",
    "InputError",
    "check",
    "curate",
    "diff",
    "explain",
    "export",
    "extract",
    "load",
    "read_text",
    "rules",
]

Place = Path | str


def extract(
    *inputs: Place,
    place: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    exact: bool = False,
) -> dict[str, pd.DataFrame]:
    """The rows of documents, as `baogao extract` finds them.

    Args:
        inputs: Files of any kind that is read, and folders with such files.
        place: Where the documents are of: a full name, or a code of GB/T 2260.
        year: The year that dates without one are of.
        kind: What they are, such as work_report, plan or news.
        columns: Of tables with one document a row, which columns are what: {"text": "正文", "place": "地区"}.
        exact: Whether numbers are `Decimal` and not float.

    Returns:
        A frame for each table of the relational package that is made from documents alone, by its name. `observations` has one
            row for each quantity and the columns of `observations_flat`, with the names of place, indicator and report; offsets
            count Unicode code points of the text layer; `value` is in `unit`, `amount` in `base_unit`.

    Raises:
        InputError: A file cannot be read, or what is said of it is no place, year or kind.

    """
    facts = _facts(place, year, kind)
    return _frames((_told(source, facts) for source in _sources(inputs, columns or {})), exact=exact)


def read_text(
    text: str,
    name: str = "text",
    *,
    place: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> dict[str, pd.DataFrame]:
    """The rows of a text; like `extract`, which reads files.

    Args:
        text: The whole text of one document or of several.
        name: What stands for the file in identifiers and messages.
        place: As in `extract`.
        year: As in `extract`.
        kind: As in `extract`.
        exact: As in `extract`.

    Returns:
        The same frames as `extract`.

    Raises:
        InputError: What is said of the text is no place, year or kind.

    """
    from pipeline.models import Source

    return _frames([_told(Source(name, text, "utf-8"), _facts(place, year, kind))], exact=exact)


def explain(path: Place, offset: int) -> str:
    """How the numeral at an offset (in code points, from 0) of a file was read, as `baogao explain` prints it.

    Raises:
        InputError: The file cannot be read, or there is no numeral there.

    """
    from pipeline.explain import explain as run
    from pipeline.text.sources import read_source

    return run(read_source(Path(path)), offset)


def load(table: str, datapackages: Place = "datapackages") -> pd.DataFrame:
    """A table of built packages, whole, with the types that its schema declares.

    Args:
        table: Its name, such as observations, headline_panel or places.
        datapackages: The folder of the packages.

    Raises:
        BaogaoError: There is no such table, or the package is not built or has no Parquet files.

    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipeline import schema
    from pipeline.publish.layout import file_of

    package = next((name for name, about in schema.all_packages().items() if table in about.tables), None)
    if package is None:
        known = sorted(name for about in schema.all_packages().values() for name in about.tables)
        raise BaogaoError(f"There is no table {table!r}. Tables are: {', '.join(known)}.")
    path = Path(datapackages) / package / file_of(table, "parquet")
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not parts or not all(part.is_file() for part in parts):
        raise BaogaoError(f"{path} is not there. Make it first: baogao build.")
    frame: pd.DataFrame = pa.concat_tables([pq.ParquetFile(part).read() for part in parts]).to_pandas()
    return frame


def check(datapackages: Place = "datapackages", reports: Place | None = "reports") -> pd.DataFrame:
    """What is wrong with built packages: a row for each broken rule, with rule, table, row, place and message.

    Args:
        datapackages: A package, or a folder of packages.
        reports: The folder of their sources; with None, rows are not held against them.

    Raises:
        BaogaoError: There are no packages.

    """
    import pandas as pd

    from pipeline.check import check_package

    found = check_package(Path(datapackages), Path(reports) if reports is not None else None)
    return pd.DataFrame([asdict(one) for one in found], columns=["rule", "table", "row", "place", "message"])


def diff(old: Place, new: Place) -> pd.DataFrame:
    """Which observations two builds of the packages have different, and why: a row for each changed column, as the CSV of `baogao diff`.

    Raises:
        BaogaoError: One of the folders has no packages.

    """
    import io

    import pandas as pd

    from pipeline.diff import diff as run
    from pipeline.diff import encode

    return pd.read_csv(io.BytesIO(encode(run(Path(old), Path(new)), "csv")), dtype={"old": str, "new": str})


def export(datapackages: Place = "datapackages", output: Place = "baogao.db") -> Path:
    """Write one SQLite database of built packages; gives the path of what Datasette shows of it.

    Raises:
        BaogaoError: A package is missing, or the database cannot be written.

    """
    from pipeline.publish.sqlite import export as run

    return run(Path(datapackages), Path(output))


def rules() -> pd.DataFrame:
    """The rules that decide period, status, force and comparison, a row for each, with what their files say of them."""
    import pandas as pd

    from pipeline.rule_report import listing

    return pd.DataFrame(listing())


def curate(datapackages: Place = "datapackages") -> str:
    """The indicators that have no entry in the catalogue yet, as entries to complete (YAML).

    Raises:
        BaogaoError: The packages are not built.

    """
    from pipeline.curate import proposals

    return proposals(Path(datapackages) / "work-reports")[1]


def _facts(place: str | None, year: int | None, kind: str | None) -> dict[str, str]:
    from pipeline.documents.profiles import profiles

    if kind and kind not in (known := [one.kind for one in profiles()]):
        raise InputError("kind", "", f"{kind} is no kind of documents", f"Known are {', '.join(known)}")
    given = {"place": place, "kind": kind, "year": str(year) if year else None}
    return {key: value for key, value in given.items() if value}


def _told(source: Source, facts: Mapping[str, str]) -> Source:
    """A source with what the user says of it; of several documents in one file nothing can be said together."""
    return replace(source, facts={**source.facts, **facts}) if facts and not source.parts else source


def _sources(inputs: Iterable[Place], columns: Mapping[str, str]) -> Iterator[Source]:
    from pipeline.text.folder import find_sources
    from pipeline.text.readers import Options
    from pipeline.text.sources import read_source

    options = Options(dict(columns))
    for path in map(Path, inputs):
        if path.is_dir():
            yield from (read_source(file.path, file.name, options) for file in find_sources(path).files)
        else:
            yield read_source(path, options=options)


def _frames(sources: Iterable[Source], *, exact: bool) -> dict[str, pd.DataFrame]:
    from pipeline.extract import extract_source
    from pipeline.names import FLAT, flat_rows
    from pipeline.rows import merged

    rows = merged(extract_source(source) for source in sources)
    frames = {name: _frame(name, found, exact=exact) for name, found in rows.items() if name != "observations"}
    return {**frames, "observations": _frame(FLAT, flat_rows(rows), exact=exact)}


def _frame(name: str, rows: Sequence[Row], *, exact: bool) -> pd.DataFrame:
    import pandas as pd

    from pipeline import schema
    from pipeline.publish.arrow import to_arrow

    frame: pd.DataFrame = to_arrow(name, rows).to_pandas()
    if exact:
        for column in schema.table(name).columns:
            if column.type == "number":
                frame[column.name] = pd.Series([_decimal(row.get(column.name)) for row in rows], dtype=object)
    return frame


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))
