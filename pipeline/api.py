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
from typing import TYPE_CHECKING, Literal

from pipeline.errors import BaogaoError, InputError
from pipeline.own_catalogue import beside

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.models import Source
    from pipeline.rows import Row

__all__ = [
    "BaogaoError",
    "InputError",
    "build",
    "check",
    "curate",
    "diff",
    "explain",
    "export",
    "extract",
    "load",
    "read_text",
    "review",
    "rules",
    "score",
    "site",
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
    with beside(*map(Path, inputs)):
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

    with beside():
        return _frames([_told(Source(name, text, "utf-8"), _facts(place, year, kind))], exact=exact)


def build(
    reports: Place = "reports",
    output: Place = "datapackages",
    *,
    workers: int | None = None,
    keep_going: bool = False,
    resume: bool = False,
    layout: Literal["single", "parts"] = "single",
    formats: Sequence[str] | None = None,
    corrections: bool = True,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Make the packages of all sources in a folder, as `baogao build` does, and put them in place of those before.

    Args:
        reports: The folder of the sources.
        output: The folder for the packages.
        workers: Processes to use; all cores if left out. The result is the same.
        keep_going: Whether files that cannot be read are left out, and not the end of it.
        resume: Whether what an earlier build has read is not read again.
        layout: One file for each table, or the largest tables in files by province and year.
        formats: Of csv, parquet, xlsx and dta; all if left out.
        corrections: Whether what readers have put right goes in.
        columns: As in `extract`.

    Returns:
        A row for each table of the relational package, with `table` and the number of its `rows`. `attrs["left_out"]` says of each
            file that was left out why, `attrs["not_read"]` of each that is no source.

    Raises:
        BaogaoError: A source cannot be read, or the packages would break a rule; what was there before is left as it is.

    """
    import pandas as pd

    from pipeline.build import build as run

    done = run(
        str(reports),
        str(output),
        workers=workers,
        keep_going=keep_going,
        resume=resume,
        layout=layout,
        formats=formats,
        corrections=corrections,
        columns=columns,
    )
    frame = pd.DataFrame(sorted(done.rows.items()), columns=["table", "rows"])
    frame.attrs["left_out"] = [str(failure.error) for failure in done.failed]
    frame.attrs["not_read"] = [str(one) for one in done.skipped]
    return frame


def explain(path: Place, offset: int) -> str:
    """How the numeral at an offset (in code points, from 0) of a file was read, as `baogao explain` prints it.

    Raises:
        InputError: The file cannot be read, or there is no numeral there.

    """
    from pipeline.explain import explain as run
    from pipeline.text.sources import read_source

    with beside(Path(path)):
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


def site(
    datapackages: Place = "datapackages",
    reports: Place = "reports",
    output: Place = "build/site",
    *,
    settings: Place | None = None,
    strict: bool = False,
) -> Path:
    """Make the site of built packages; gives the path of its start page.

    Args:
        datapackages: The folder of the packages.
        reports: The folder of their sources.
        output: The folder for the site, which is put in place of the one before.
        settings: The file with title, address, licence, contact, logo and pages of your site.
        strict: Whether a warning fails the job.

    Raises:
        BaogaoError: Packages, sources or the extra `site` are missing.

    """
    from pipeline.site import build_site

    build_site(
        Path(datapackages), Path(reports), Path(output), settings=Path(settings) if settings else None, strict=strict
    )
    return Path(output) / "index.html"


def review(*files: Place, output: Place = "review.html") -> Path:
    """Make the page on which readers check the rows of sources, the most doubtful first; gives its path.

    Raises:
        InputError: A file cannot be read.

    """
    from pipeline.review import beside_source, review_page

    path = Path(output)
    with beside(*map(Path, files)):
        path.write_bytes(review_page(beside_source(Path(file)) for file in files).encode("utf-8", "replace"))
    return path


def score(gold: Place, datapackages: Place = "datapackages", reports: Place = "reports") -> pd.DataFrame:
    """How far built packages agree with annotations: shares between 0 and 1, and counts.

    Args:
        gold: The folder of the annotations (*.jsonl) and their `score.py`, which is run.
        datapackages: The folder of the packages.
        reports: The folder of their sources.

    Returns:
        A row for each `figure`, such as strict.f1, with its value for the rows as `published`. Where readers have put rows right,
            `rules_alone` has what the rules read without them.

    Raises:
        BaogaoError: There is no scorer or no package, or the scorer fails.

    """
    import pandas as pd

    from pipeline.scoring import score as run
    from pipeline.scoring import score_rules

    package = Path(datapackages) / "work-reports"
    told = {"published": run(package, Path(gold)), "rules_alone": score_rules(package, Path(reports), Path(gold))}
    columns = {name: pd.json_normalize(found).iloc[0] for name, found in told.items() if found}
    return pd.DataFrame(columns).rename_axis("figure").reset_index()


def rules() -> pd.DataFrame:
    """The rules that decide names, period, status, force and comparison, a row for each, with what their files say of them."""
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
    # What begins with _ is kept for the dictionary alone and is no table.
    tables = {name: found for name, found in rows.items() if name != "observations" and name[0] != "_"}
    frames = {name: _frame(name, found, exact=exact) for name, found in tables.items()}
    return {**frames, "observations": _frame(FLAT, flat_rows(rows), exact=exact)}


def _frame(name: str, rows: Sequence[Row], *, exact: bool) -> pd.DataFrame:
    import pandas as pd

    from pipeline import schema
    from pipeline.arrow import to_arrow

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
