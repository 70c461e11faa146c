"""The main job: from a folder of sources to published packages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from pipeline import schema
from pipeline.collection import database as store
from pipeline.collection.gather import File
from pipeline.collection.texts import Entry
from pipeline.collection.workspace import collect
from pipeline.documents.profiles import is_read
from pipeline.errors import BaogaoError, InputError
from pipeline.own_catalogue import beside
from pipeline.progress import Tell
from pipeline.publish.layout import Layout
from pipeline.rows import RELATIONAL
from pipeline.run import Died, Failure, Piece, cut, extract_part, run_here, run_processes
from pipeline.run.jobs import Run
from pipeline.run.locations import Location, local_output, local_sources
from pipeline.run.parts import Parts, opened
from pipeline.text.fact_tables import read_facts
from pipeline.text.folder import Skipped, SourceFile, find_sources
from pipeline.text.readers import Options
from pipeline.text.sources import read_source

Engine = Literal["local", "dask"]
Files = Sequence[SourceFile]
_Counts = tuple[Counter[str], Counter[str]]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build has published; `rows` by table of the relational package.

    `failed` are the files that were left out, and why (only with `keep_going`); `resumed` counts the files that an
    earlier build had read; `skipped` are the files of the folder that are no sources; `remarks` tell
    of damaged texts and of what was not read of a file; `catalogue` is the folder with the user's own things and indicators.
    """

    output: Location
    rows: dict[str, int]
    kinds: dict[str, int]
    failed: tuple[Failure, ...] = ()
    resumed: int = 0
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    catalogue: str = ""

    def __str__(self) -> str:
        reports = sum(n for kind, n in self.kinds.items() if is_read(kind))
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(self.kinds.items()) if is_read(kind))
        counts = ", ".join(f"{self.rows.get(name, 0)} {name}" for name in ("numerals", "observations", "indicators"))
        return f"{reports} reports ({kinds}): {counts}\nPublished to {self.output}"


class Form(NamedTuple):
    """How packages are written, and what the user says of the files that they are made from."""

    layout: Layout
    formats: Sequence[str] | None
    options: Options


@dataclass(slots=True)
class _Progress:
    """What has become of the files so far: the keys of their parts by their number, and the failures.

    `corrections`: whether they are read with what readers have put right.
    """

    tell: Tell
    keep_going: bool
    total: int
    corrections: bool
    keys: dict[int, list[str]] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    resumed: int = 0
    done: int = 0
    remarks: list[str] = field(default_factory=list)
    _left: dict[int, int] = field(default_factory=dict)

    def begin(self, index: int, keys: list[str]) -> None:
        self.keys[index] = keys
        self._left[index] = len(keys)

    def finish(self, index: int) -> None:
        """One of the parts of the file is there."""
        self._left[index] -= 1
        if index in self.keys and not self._left[index]:
            self._count()

    def fail(self, index: int, failure: Failure) -> None:
        if not self.keep_going:
            raise failure.error
        if index not in self.failures:
            self.keys.pop(index, None)
            self.failures[index] = failure
            self._count()

    def _count(self) -> None:
        self.done += 1
        self.tell("Extract", self.done, self.total)


def build(
    reports: Location,
    output: Location,
    *,
    workers: int | None = None,
    progress: Tell | None = None,
    keep_going: bool = False,
    resume: bool = False,
    engine: Engine = "local",
    scheduler: str | None = None,
    layout: Layout = "single",
    formats: Sequence[str] | None = None,
    corrections: bool = True,
    columns: Mapping[str, str] | None = None,
) -> BuildSummary:
    """Make the packages of all sources in `reports` and publish them to `output` in one step.

    `workers` processes (default: all cores), or with `engine="dask"` the workers of the `scheduler`; the result is the
    same for every number. With `keep_going` files that cannot be used are left out and listed in the summary. With
    `resume` files that an earlier build has read, and that are the same, are not read again. `layout` parts writes the
    largest tables in files by province and year, `formats` fewer formats than all. `columns` names the columns of tables with one
    report a row: text, place, year and so on. Without `corrections` the rows are what the rules alone read. The folder `catalogue` of
    `reports` has things and indicators of the user's own, where the user has named no other. Both places may be URLs that fsspec knows. Raises BaogaoError, and then leaves what was published before as it is.
    """
    from pipeline.publish.atomic import prepared

    tell = progress or (lambda step, done, total: None)
    with local_sources(reports) as folder, beside(folder) as own, local_output(output) as target:
        found = find_sources(folder)
        paths = found.files
        run = _engine(engine, scheduler, workers, paths)
        target = target.resolve()
        with prepared(target), opened(target.with_name(f".{target.name}.parts"), resume=resume) as parts:
            state = _Progress(tell, keep_going, len(paths), corrections)
            form = Form(layout, formats, Options(columns or {}))
            _extract(paths, parts, run, state, form.options, resume=resume)
            local = _local(workers, run)
            rows, kinds = _published(paths, parts, state, folder, target, local, form)
            parts.keep_only({key for keys in state.keys.values() for key in keys})
    return BuildSummary(
        output,
        dict(rows),
        dict(sorted(kinds.items())),
        tuple(state.failures[index] for index in sorted(state.failures)),
        state.resumed,
        found.skipped,
        tuple(state.remarks),
        own.replace(str(folder), str(reports), 1),
    )


def _engine(engine: Engine, scheduler: str | None, workers: int | None, paths: Files) -> Any:
    if engine == "dask":
        from pipeline.run.cluster import run_dask

        if not scheduler:
            raise BaogaoError("--engine dask needs the address of a scheduler. Give it with --scheduler.")
        return partial(run_dask, scheduler=scheduler)
    count = workers or os.cpu_count() or 1
    # Starting processes costs more than it saves on a few reports.
    if count == 1 or sum(path.size for path in paths) < _WORTH_PROCESSES:
        return run_here
    return partial(run_processes, workers=count)


def _local(workers: int | None, run: Any) -> Run:
    """The engine for what is done on this machine in any case."""
    count = workers or os.cpu_count() or 1
    return run_here if count == 1 or run is run_here else partial(run_processes, workers=count)


_WORTH_PROCESSES = 6_000_000  # bytes


def _extract(paths: Files, parts: Parts, run: Any, state: _Progress, options: Options, *, resume: bool) -> None:
    """Make the parts of all files."""
    state.tell("Extract", 0, len(paths))
    for (index, key), result in run(extract_part, _to_do(paths, parts, state, options, resume=resume)):
        if isinstance(result, Died):
            advice = "Leave it out with --keep-going, or give the job more memory"
            result = Failure(paths[index].name, BaogaoError(f"{paths[index].name}: {result.reason}. {advice}."))
        if isinstance(result, Failure):
            state.fail(index, result)
        else:
            parts.write(key, result)
            state.finish(index)


def _to_do(
    paths: Files, parts: Parts, state: _Progress, options: Options, *, resume: bool
) -> Iterator[tuple[tuple[int, str], Piece]]:
    """The pieces that have no part yet, with the number of their file and the key of their part.

    Files are read when they are asked for; a text layer that is no file yet is kept beside the first part.
    """
    for index, path in enumerate(paths):
        try:
            source = read_source(path.path, path.name, options, corrected=state.corrections)
        except BaogaoError as error:
            state.fail(index, Failure(path.name, error))
            continue
        state.remarks += [f"{source.name}: {remark}" for remark in source.remarks]
        pieces = cut(source)
        keys = [parts.key(piece.source, piece.reports, piece.offset) for piece in pieces]
        state.begin(index, keys)
        if not source.plain:
            parts.keep_layer(keys[0], source.text)
        missing = [(key, piece) for key, piece in zip(keys, pieces, strict=True) if not (resume and parts.has(key))]
        state.resumed += not missing
        for _ in range(len(pieces) - len(missing)):
            state.finish(index)
        yield from (((index, key), piece) for key, piece in missing)


def _published(
    paths: Files, parts: Parts, state: _Progress, reports: Path, output: Path, run: Run, form: Form
) -> _Counts:
    """Publish the packages; how many rows each table has. Files whose rows break a rule are failures too."""
    from pipeline.check import CheckError
    from pipeline.publish.atomic import publish

    counts: list[_Counts] = []

    def fill(folder: Path) -> None:
        counts.append(_filled(folder, paths, parts, state, reports, run, form))

    while True:
        try:
            publish(output, fill)
            return counts[-1]
        except CheckError as error:
            _blame(error.violations, paths, state, error)


def _filled(folder: Path, paths: Files, parts: Parts, state: _Progress, reports: Path, run: Run, form: Form) -> _Counts:
    """Write the packages of all files into a folder, checked."""
    from pipeline.check import CheckError
    from pipeline.check.batches import check_rows
    from pipeline.check.provenance import Sources
    from pipeline.check.standard import check_files
    from pipeline.publish.packages import write
    from pipeline.publish.publication import publication_of

    publication = publication_of(reports)

    def refuse(entries: Sequence[Entry]) -> set[int]:
        """The files that cannot be used beside the others."""
        read = set(state.keys)
        _refuse_repeated(groupby(entries, key=lambda entry: entry.file), paths, state)
        return read - state.keys.keys()

    files = [
        File(index, number, key, parts) for index, keys in sorted(state.keys.items()) for number, key in enumerate(keys)
    ]
    with TemporaryDirectory(prefix=".workspace-", dir=folder) as place:
        workspace = Path(place) / "workspace"
        entries = collect(workspace, files, refuse, run, state.tell, read_facts(reports))
        with store.kept_open(workspace):
            names = schema.package_tables(RELATIONAL)
            sources = Sources(reports, form.options)
            if broken := check_rows(workspace, names, entries, sources, run, state.tell, looked=True):
                raise CheckError(broken)
            layers = {
                paths[file].name: kept for file, keys in state.keys.items() if (kept := parts.layer(keys[0])).is_file()
            }
            rows = write(
                workspace,
                entries,
                folder,
                run,
                state.tell,
                form.layout,
                form.formats,
                layers,
                form.options,
                publication,
                {failure.name: str(failure.error) for failure in state.failures.values()},
            )
    if broken := check_files(folder, state.tell):
        raise CheckError(broken)
    return rows, Counter(entry.kind for entry in entries)


def _blame(violations: Iterable[Any], paths: Files, state: _Progress, error: BaogaoError) -> None:
    """Count the files whose rows broke a rule as failed. Raises the error where that does not help."""
    index = {path.name: number for number, path in enumerate(paths)}
    found: dict[int, str] = {}
    for violation in violations:
        number = index.get(violation.place.rpartition(":")[0] or violation.place)
        if number is None or number not in state.keys:
            raise error
        found.setdefault(number, str(violation))
    if not state.keep_going or not found:
        raise error
    for number, message in found.items():
        del state.keys[number]
        state.failures[number] = Failure(paths[number].name, BaogaoError(f"{paths[number].name}: {message}."))


def _refuse_repeated(files: Iterable[tuple[int, Iterable[Entry]]], paths: Files, state: _Progress) -> None:
    """Count as failed the files with a report that an earlier one has: rows of two reports must not mix.

    `files` are their numbers and their reports. Raises BaogaoError where no file is left.
    """
    seen: dict[str, str] = {}
    for index, found in files:
        reports = list(found)
        twice = next((entry for entry in reports if entry.report_id in seen), None)
        if twice is None:
            seen.update({entry.report_id: paths[index].name for entry in reports})
            continue
        error = InputError(
            twice.source_file,
            f"characters {twice.start} to {twice.stop}",
            f"gives the report {twice.report_id}, which {seen[twice.report_id]} gives too",
            "Remove one of the two, or give one an identifier of its own, `id: …`, in a .yaml file beside the source",
        )
        if not state.keep_going:
            raise error
        del state.keys[index]
        state.failures[index] = Failure(paths[index].name, error)
    if not state.keys:
        raise BaogaoError("No file could be used:\n" + "\n".join(str(f.error) for f in state.failures.values()))
