"""The command line. Each command hands over to one function, loaded when the command runs.

What a command finds goes to standard output, everything else to standard error. An error that the user can mend is
one line of advice and exit code 1.
"""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__, is_compiled
from pipeline.errors import SHORT_OF_MEMORY, BaogaoError, is_short_of_memory
from pipeline.publish.writers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.build import Engine
    from pipeline.models import Source
    from pipeline.publish.layout import Layout

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
ANY = click.Path(allow_dash=True, path_type=Path)
INPUT = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
PACKAGES = click.option(
    "--datapackages", type=FOLDER, default="datapackages", show_default=True, help="Folder of the packages."
)
_LEFT_OUT = 3
# New objects after which Python looks for cycles.
_OBJECTS = 50_000
_TRACEBACK = "BAOGAO_TRACEBACK"
# Lines on damaged texts.
_SHOWN = 20
COLUMNS = click.option(
    "--column", "columns", multiple=True, metavar="ROLE=NAME", help="Column of a table: text=正文, place=地区."
)


def _tell_catalogue(folder: str) -> None:
    if folder:
        click.echo(f"With the things and indicators in {folder}.", err=True)


def _use_catalogue(context: click.Context, option: click.Parameter, folder: Path | None) -> None:
    if folder:
        from pipeline.own_catalogue import use

        use(folder)


# Read before all others: what reads the catalogue keeps it.
CATALOGUE = click.option(
    "--catalogue",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="BAOGAO_CATALOGUE",
    is_eager=True,
    expose_value=False,
    callback=_use_catalogue,
    help="Folder with things and indicators of your own; if left out, `catalogue` beside the sources.",
)
REPORTS = click.option("--reports", type=FOLDER, default="reports", show_default=True, help="Folder with the sources.")


class Command(click.Command):
    """A command whose help ends with examples, given as (command line, what it does)."""

    def __init__(self, *args: Any, examples: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(formatter, self.examples)


class Commands(click.Group):
    """The commands in the order of their definition; the pipeline's own errors come out as advice."""

    command_class = Command
    examples = (
        ("baogao extract report.txt", "what one report says, as a table"),
        ("baogao build", "packages from everything in reports/"),
        ("baogao check", "whether they are in order"),
    )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        for stream in (sys.stdout, sys.stderr):
            # Windows gives files and pipes an encoding of its own, which lacks Chinese.
            if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8", newline="\n")
        try:
            return super().invoke(ctx)
        except BaogaoError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if is_short_of_memory(error):
                raise click.ClickException(SHORT_OF_MEMORY) from error
            if error.errno == errno.EPIPE:
                raise  # who reads has read enough, which click knows
            raise click.ClickException(_told(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get(_TRACEBACK):
                raise
            if is_short_of_memory(error):
                raise click.ClickException(SHORT_OF_MEMORY) from error
            raise click.ClickException(
                f"A fault of the program ({type(error).__name__}: {error}). Please report it with the command and, if it may be "
                f"passed on, the file; with {_TRACEBACK}=1 in the environment the command tells where it happened."
            ) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as they are defined below."""
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(formatter, self.examples)


def _to_terminal(output: Path | None) -> bool:
    """Whether results go to a terminal, and not into `output` or another program."""
    if output is None and sys.stdout is None:  # as in `>&-`
        raise BaogaoError("Standard output is closed. Name a file with --output.")
    return output is None and sys.stdout.isatty()


def _told(error: OSError) -> str:
    """What the system refuses, and what helps: no command ends in a traceback because of a disk."""
    where = error.filename if isinstance(error.filename, str) else "standard output or a temporary file"
    remedy = {
        errno.ENOSPC: "Make room, or name another disk with TMPDIR and --output",
        errno.EROFS: "Name a place that can be written, with --output or TMPDIR",
        errno.EMFILE: "Allow the job more open files: ulimit -n 1024",
    }.get(error.errno or 0, "Check the permissions and the disk")
    outer = next(
        (str(one) for one in reversed(Path(where).parents) if one.is_dir() and not os.access(one, os.X_OK)), ""
    )
    if error.errno == errno.EACCES and outer:
        where, remedy = outer, "Give yourself the right to look into the folder, or name another"
    temporary = where.startswith(tempfile.tempdir) if tempfile.tempdir else error.filename is None
    if temporary and "TMPDIR" not in remedy:
        remedy += ", or name another folder for temporary files with TMPDIR"
    return f"{where}: {error.strerror or error}. {remedy}."


def _write_examples(formatter: click.HelpFormatter, examples: Any) -> None:
    with formatter.section("Examples"):
        for line, purpose in examples:
            formatter.write_text(f"# {purpose}")
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(f"{__version__} (compiled)" if is_compiled() else __version__, prog_name="baogao")
def main() -> None:
    """Turn Chinese government work reports into open data.

    Every quantity that a report states becomes a row with its meaning and its exact place in the text.

    Exit codes: 0 all is done; 1 it cannot be done, or a check has failed, and the last line says why; 2 the command is written
    wrongly; 3 it is done but for files that were left out (--keep-going).
    """
    # Most of what a command reads and imports stays to its end: Python need not look through it again and again for cycles.
    gc.set_threshold(_OBJECTS)


@main.command(
    examples=[
        ("baogao build", "from reports/ to datapackages/"),
        ("baogao build --reports my-reports --output my-packages --workers 4", "from elsewhere to elsewhere"),
        ("baogao build --reports my-reports --keep-going --resume", "a large collection, day by day"),
        ("baogao build --column text=正文 --column place=地区", "from tables with one report a row"),
        ("baogao build --engine dask --scheduler tcp://10.0.0.1:8786", "on a cluster"),
    ]
)
@click.option("--reports", default="reports", show_default=True, help="Folder with the sources, or its URL.")
@click.option("--output", default="datapackages", show_default=True, help="Folder for the packages, or its URL.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes to use; all cores if left out. The result is the same."
)
@click.option("--keep-going", is_flag=True, help="Leave out files that cannot be used, and list them; exit code 3.")
@click.option("--resume", is_flag=True, help="Do not read again what an earlier build has read; keep what is read.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="This machine, or a cluster of Dask workers (extra `cluster`).",
)
@click.option("--scheduler", help="Address of the cluster's scheduler.")
@click.option(
    "--layout",
    type=click.Choice(["single", "parts"]),
    default="single",
    show_default=True,
    help="One file for each table, or the largest tables in files by province and year.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Write this format; give it several times. All formats if left out.",
)
@click.option("--no-corrections", is_flag=True, help="Leave out what readers have put right and checked.")
@COLUMNS
@CATALOGUE
def build(
    reports: str,
    output: str,
    workers: int | None,
    keep_going: bool,
    resume: bool,
    engine: Engine,
    scheduler: str | None,
    layout: Layout,
    formats: tuple[str, ...],
    no_corrections: bool,
    columns: tuple[str, ...],
) -> None:
    """Make the data packages from a folder of sources.

    A source is a file with one report or several, also in a folder below. What its text does not say may stand beside
    it in a file of the same name that ends in .yaml, and what readers have put right in one that ends in
    .corrections.yaml. Packages already there are replaced only when the new ones are complete and have
    passed every check.
    """
    from pipeline.build import build as run
    from pipeline.progress import shown
    from pipeline.text.folder import listed

    with shown() as tell:
        summary = run(
            reports,
            output,
            workers=workers,
            progress=tell,
            keep_going=keep_going,
            resume=resume,
            engine=engine,
            scheduler=scheduler,
            layout=layout,
            formats=formats or None,
            corrections=not no_corrections,
            columns=_named(columns),
        )
    click.echo(str(summary))
    _tell_catalogue(summary.catalogue)
    if summary.skipped:
        click.echo(f"Not read: {listed(summary.skipped)}", err=True)
    for remark in summary.remarks[:_SHOWN]:
        click.echo(f"{remark}.", err=True)
    if len(summary.remarks) > _SHOWN:
        click.echo(f"And {len(summary.remarks) - _SHOWN} more: see the findings text_damaged.", err=True)
    for failure in summary.failed:
        click.echo(str(failure.error), err=True)
    if summary.failed:
        click.echo(f"{len(summary.failed)} files were left out.", err=True)
        sys.exit(_LEFT_OUT)


@main.command(
    examples=[
        ("baogao extract report.txt", "read it as a table"),
        ("baogao extract report.docx plans/ --output observations.csv", "files and folders, all columns, as a file"),
        ("baogao extract reports.csv --column text=正文 --column place=地区", "a file with one report a row"),
        ("baogao extract report.txt --output observations.xlsx", "a workbook, with names"),
        ("baogao extract report.txt --doubtful", "what to check first"),
        ("baogao extract report.txt --output report.html", "the text with every numeral marked and its reading"),
        ("cat report.txt | baogao extract - --format json", "from a pipe to a pipe"),
    ]
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=ANY)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "html", "json", *FORMATS]),
    help="A table has the main columns, for reading; html is a page of the whole text with every numeral marked and its "
    "reading; the others have all columns. If left out: by the name of the output, else a table.",
)
@click.option("--output", type=FILE, help="File to write; standard output if left out.")
@click.option("--place", help="Place of the documents: full name or code of GB/T 2260.")
@click.option("--year", type=click.IntRange(1949, 2100), help="Year that dates without one are of.")
@click.option("--kind", help="Kind of the documents, such as work_report, plan or news.")
@COLUMNS
@CATALOGUE
@click.option("--doubtful", is_flag=True, help="The least sure rows first, and how sure they are.")
@click.option(
    "--names", is_flag=True, help="Names of place, indicator and report beside codes; xlsx and dta have them always."
)
def extract(
    inputs: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    place: str | None,
    year: int | None,
    kind: str | None,
    columns: tuple[str, ...],
    doubtful: bool,
    names: bool,
) -> None:
    """Show the quantities that documents state.

    INPUT is a file of any kind that is read (text, Markdown, HTML, Word, PDF, CSV, Excel, JSON lines), a folder with
    such files, or - for standard input.
    """
    from pipeline.documents.profiles import profiles
    from pipeline.encode import encode
    from pipeline.extract import extract_source
    from pipeline.names import FLAT, flat_rows
    from pipeline.own_catalogue import beside
    from pipeline.text.folder import find_sources

    if form is None:
        form = output.suffix[1:].lower() if output is not None else "table"
        if form not in ("table", "html", "json", *FORMATS):
            raise click.UsageError(f"{output} does not tell the format by its ending. Name it with --format.")
    terminal = _to_terminal(output)
    if form in ("parquet", "xlsx", "dta") and terminal:
        raise click.UsageError(f"{form} is not for reading. Name a file: --output observations.{form}")
    for file in inputs:
        _spare(output, file)
        if output is not None and file.is_dir():
            for found in find_sources(file).files:
                _spare(output, found.path)
    if kind and kind not in (known := [one.kind for one in profiles()]):
        raise click.UsageError(f"{kind} is no kind of documents. Known are {', '.join(known)}.")
    facts = {key: value for key, value in (("place", place), ("kind", kind)) if value}
    # Spreadsheets and Stata are for people, who do not look codes up.
    names = names or form in ("xlsx", "dta")
    read = []
    with beside(*(file for file in inputs if str(file) != "-")) as own:
        _tell_catalogue(own)
        for source in _sources(inputs, {**facts, **({"year": str(year)} if year else {})}, columns):
            for remark in source.remarks:
                click.echo(f"{source.name}: {remark}.", err=True)
            read.append((source, extract_source(source)))
        if form == "html":
            from pipeline.marked import marked_page

            data = marked_page(read)
        else:
            rows = [row for _, found in read for row in (flat_rows(found) if names else found.get("observations", []))]
            if doubtful:
                rows.sort(key=lambda row: float(str(row["confidence"])))
            width = shutil.get_terminal_size().columns if terminal else None
            data = encode(rows, form, width, sure=doubtful, table=FLAT if names else "observations")
    if output is None:
        _show(data)
    else:
        _write(output, data)


@main.command(examples=[("baogao explain report.txt --at 5210", "the numeral at character 5210")])
@click.argument("file", type=INPUT)
@click.option("--at", "offset", type=click.IntRange(min=0), required=True, help="A character of the text, from 0.")
@CATALOGUE
def explain(file: Path, offset: int) -> None:
    """Show how the numeral at an offset was read.

    Offsets are those of the column `start`: characters of the decoded FILE, counted from 0. What is shown: the passage
    with its period and status, the sentence with the numeral marked, and for each column of its rows the rules that
    decided it and the words that they rested on.
    """
    from pipeline.explain import explain as run
    from pipeline.own_catalogue import beside

    with beside(*([file] if str(file) != "-" else ())) as own:
        _tell_catalogue(own)
        click.echo(run(_source(file), offset))


@main.command(
    examples=[
        ("baogao review report.txt", "a page for one report"),
        ("baogao review reports/*.txt --output build/review.html", "one for several"),
    ]
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--output", type=FILE, default="review.html", show_default=True, help="File to write.")
@CATALOGUE
def review(files: tuple[Path, ...], output: Path) -> None:
    """Make a page on which readers check the rows of sources.

    It is one file without a server: open it in a browser. The most doubtful rows come first, each with its sentence, its
    reading and what decided it; you accept, mend or withdraw it by keyboard. The page gives NAME.corrections.yaml and
    NAME.review.csv to save beside the source, for the next build.
    """
    from pipeline.own_catalogue import beside
    from pipeline.review import beside_source, review_page

    for file in files:
        _spare(output, file)
    with beside(*files) as own:
        _tell_catalogue(own)
        _write(output, review_page(beside_source(file) for file in files).encode("utf-8", "replace"))
    click.echo(str(output))


@main.command(
    examples=[
        ("baogao check", "every package in datapackages/"),
        ("baogao check my-packages/work-reports --reports my-reports", "one package"),
        ("baogao check --rebuild", "and whether the sources give every byte of them"),
    ]
)
@click.argument("folder", metavar="[DIR]", type=FOLDER, default="datapackages")
@REPORTS
@click.option("--rebuild", is_flag=True, help="Extract again, and compare the packages byte by byte as well.")
@CATALOGUE
def check(folder: Path, reports: Path, rebuild: bool) -> None:
    """Check built packages: schemas, keys, provenance, values, files.

    DIR is a package or a folder of packages. A failed check is one line with its rule, table, row and source place.
    """
    from pipeline.check import check_package

    violations = check_package(folder, reports)
    if rebuild:
        from pipeline.check.rebuilt import differing

        violations += differing(folder, reports)
    for violation in violations:
        click.echo(str(violation))
    if violations:
        raise BaogaoError(f"{folder} breaks {len(violations)} rules. Build it again, or mend what they name.")
    click.echo(f"{folder} is in order.")


@main.command(
    examples=[
        ("baogao diff old/datapackages datapackages", "what a build has changed"),
        ("baogao diff old/datapackages datapackages --format csv --output changes.csv", "every change, as a file"),
    ]
)
@click.argument("old", metavar="OLD", type=FOLDER)
@click.argument("new", metavar="NEW", type=FOLDER)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table shows up to 200 changes and their counts; JSON and CSV have all of them with both values.",
)
@click.option("--output", type=FILE, help="File to write; standard output if left out.")
def diff(old: Path, new: Path, form: str, output: Path | None) -> None:
    """Show which observations two builds of the packages have different, and why.

    OLD and NEW are folders of packages. An observation is added, removed, changed, or moved (only its offsets differ); one
    whose sentence has changed is matched with what it said before.
    Why: source (its report is new, gone or has another text), review (readers have read it), correction (they put it
    right), rule (another rule read it), catalogue (identifiers and amounts only) or vocabulary (the same rule read the
    words differently).
    """
    from pipeline.diff import diff as run
    from pipeline.diff import encode

    terminal = _to_terminal(output)
    data = encode(run(old, new), form, shutil.get_terminal_size().columns if terminal else None)
    if output is None:
        _show(data)
    else:
        _write(output, data)


@main.command(
    examples=[
        ("baogao export sqlite", "all tables in baogao.db"),
        ("baogao export sqlite --datapackages my-packages --output my.db", "from elsewhere to elsewhere"),
    ]
)
@click.argument("form", metavar="sqlite", type=click.Choice(["sqlite"]))
@PACKAGES
@click.option("--output", type=FILE, default="baogao.db", show_default=True, help="File to write.")
def export(form: str, datapackages: Path, output: Path) -> None:
    """Make one database of all tables of the built packages.

    It has their keys, indexes and views (observations_flat, panel, labels of all codes). What Datasette shows of it is written
    beside it: datasette baogao.db --metadata baogao.metadata.json
    """
    from pipeline.publish.sqlite import export as run

    about = run(datapackages, output)
    click.echo(f"{output}\n{about}")


@main.command(
    examples=[
        ("baogao site --strict", "the site in build/site"),
        ("baogao site --settings my/site.yaml", "under your title and address"),
        ("baogao site --node-modules my/node_modules", "with what npm has installed there"),
    ]
)
@click.option("--strict", is_flag=True, help="Let a warning fail the job.")
@click.option(
    "--settings",
    type=FILE,
    help="Title, address, licence, contact, logo and pages of your site.  [default: site.yaml, where it is there]",
)
@PACKAGES
@REPORTS
@click.option(
    "--node-modules",
    type=FOLDER,
    default="node_modules",
    show_default=True,
    help="Where npm has put what some pages load; the site is made without it, too.",
)
@click.option("--output", type=FOLDER, default="build/site", show_default=True, help="Folder for the site.")
@CATALOGUE
def site(
    strict: bool, settings: Path | None, datapackages: Path, reports: Path, node_modules: Path, output: Path
) -> None:
    """Make the site from built packages."""
    from pipeline.site import ROOT, build_site, npm
    from pipeline.site.settings import NAME

    if settings is None and Path(NAME).is_file():
        settings = Path(NAME)
    if note := npm.lacking(ROOT, node_modules):
        click.echo(note, err=True)
    if not build_site(datapackages, reports, output, settings=settings, node_modules=node_modules, strict=strict):
        note = (
            "The site has no address yet, so its pages and snippets name none and there is no sitemap. For a site that"
        )
        click.echo(f"{note} is published, write `address: https://…` in site.yaml, or set SITE_URL.", err=True)
    click.echo(str(output / "index.html"))


@main.command(examples=[("baogao score ../annotations", "compare, and keep the result")])
@click.argument("gold", metavar="GOLD_DIR", type=FOLDER)
@PACKAGES
@REPORTS
@click.option("--output", type=FILE, default="docs/score.json", show_default=True, help="File to write.")
def score(gold: Path, datapackages: Path, reports: Path, output: Path) -> None:
    """Compare built packages with annotations made by hand.

    GOLD_DIR holds the annotations (*.jsonl) and the program that compares (score.py), which is run. Where readers have put
    rows right, what the rules alone read is scored beside that. The result is printed and kept in a file, from which the
    site shows it.
    """
    from pipeline.scoring import score as run
    from pipeline.scoring import score_rules, write_score

    result = run(datapackages / "work-reports", gold)
    alone = score_rules(datapackages / "work-reports", reports, gold)
    write_score({**result, **({"rules_alone": alone} if alone else {})}, output)
    for name, value in result.items():
        click.echo(f"{name:<17} {value}")
    if alone:
        click.echo("\nRules alone, without what readers have put right:")
    for name, value in alone.items():
        click.echo(f"{name:<17} {value}")


@main.command(
    examples=[
        ("baogao rules", "every rule with its first example"),
        ("baogao rules --reports my-reports", "and what each did on my reports"),
        ("baogao rules --json", "everything that their files say of them"),
    ]
)
@click.option("--json", "as_json", is_flag=True, help="Everything that the files of the rules say, as JSON.")
@click.option("--reports", type=FOLDER, help="Count on the sources of this folder how often each rule fires.")
@click.option("--gold", type=FOLDER, help="Folder with annotations (*.jsonl) of these sources.")
def rules(as_json: bool, reports: Path | None, gold: Path | None) -> None:
    """List the rules that decide names, period, status, force and comparison.

    With --reports, what each did: the rows that it had a part in, how many of them are right in its column where they
    are annotated, and how many rows are others if it is switched off.
    """
    from pipeline import rule_report

    found = rule_report.listing()
    counts = None
    if reports is not None:
        from pipeline.text.folder import find_sources
        from pipeline.text.sources import read_source

        sources = [read_source(file.path, file.name) for file in find_sources(reports).files]
        counts = rule_report.fired(sources, rule_report.read_accepted(gold) if gold else {})
    if as_json:
        listed = [
            {**rule, **(counts[rule["id"]]._asdict() if counts and rule["id"] in counts else {})} for rule in found
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        click.echo(rule_report.as_text(found, counts))


@main.command(
    examples=[
        ("baogao curate --output mine/indicators.yaml", "what the catalogue lacks, as a file to complete"),
        ("baogao curate --issue mine/issued.csv", "keep the identifiers of what was built"),
    ]
)
@PACKAGES
@click.option("--output", type=FILE, help="File to write; standard output if left out.")
@click.option("--issue", "register", type=FILE, help="Append the identifiers not issued yet to this file instead.")
@REPORTS
@CATALOGUE
def curate(datapackages: Path, output: Path | None, register: Path | None, reports: Path) -> None:
    """List the indicators that have no entry in the catalogue yet, or issue their identifiers.

    They come as entries to complete, the most frequent first, each with a sentence that names it. An identifier that was
    issued stays with what it was issued for, however names and things are improved.
    """
    from pipeline.curate import issue, proposals
    from pipeline.own_catalogue import beside

    with beside(reports):
        if register is not None:
            click.echo(f"{issue(datapackages / 'work-reports', register)} identifiers issued in {register}.", err=True)
            return
        count, text = proposals(datapackages / "work-reports")
    if output is None:
        _show(text.encode())
    else:
        _write(output, text.encode())
    click.echo(f"{count} indicators have no entry.", err=True)


def _source(file: Path) -> Source:
    from pipeline.text.readers import read_layer
    from pipeline.text.sources import as_source, read_source

    return read_source(file) if str(file) != "-" else as_source(read_layer(sys.stdin.buffer.read(), "-"), "-")


def _sources(inputs: tuple[Path, ...], facts: dict[str, str], columns: tuple[str, ...]) -> Iterator[Source]:
    """The documents of files and folders, with what the user says of all of them."""
    from dataclasses import replace

    from pipeline.text.folder import find_sources, listed
    from pipeline.text.readers import Options, read_layer
    from pipeline.text.sources import as_source, read_source

    options = Options(_named(columns))
    for path in inputs:
        if str(path) == "-":
            found = [as_source(read_layer(sys.stdin.buffer.read(), "-", options), "-")]
        elif path.is_dir():
            folder = find_sources(path)
            if folder.skipped:
                click.echo(f"Not read: {listed(folder.skipped)}", err=True)
            found = [read_source(file.path, file.name, options) for file in folder.files]
        else:
            found = [read_source(path, options=options)]
        for source in found:
            yield replace(source, facts={**source.facts, **facts}) if facts else source


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    """The names of columns by what they hold."""
    from pipeline.text.readers.tabular import ROLES

    named = dict(column.partition("=")[::2] for column in columns)
    if any(role not in ROLES or not name for role, name in named.items()):
        known = ", ".join(ROLES)
        raise click.UsageError(
            f"--column wants a role and the name of its column: --column text=正文. Roles are {known}."
        )
    return named


def _spare(output: Path | None, source: Path) -> None:
    """Refuse to write over what is read."""
    if output is not None and output.exists() and source.exists() and output.samefile(source):
        raise BaogaoError(f"{output} is the text that is read. Name another file with --output.")


def _show(data: bytes) -> None:
    """Write to standard output; whoever reads it may have had enough (`| head`)."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Windows calls a pipe that is closed an invalid argument.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        # What is left in the buffer must not be tried again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BaogaoError(f"{path} cannot be written ({error.strerror}). Name another place with --output.") from error
