"""The main job: from a folder of sources to published packages."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from pipeline.collection import reconcile
from pipeline.collection.findings import of_pages, pages
from pipeline.collection.large import Entry, File, Run, write_large
from pipeline.documents.profiles import is_read
from pipeline.errors import BaogaoError, InputError
from pipeline.meaning.naming.dictionary import dictionary
from pipeline.progress import Tell
from pipeline.rows import Row, Rows, merged
from pipeline.run import Died, Failure, Piece, cut, extract_part, run_here, run_processes
from pipeline.run.locations import Location, local_output, local_sources
from pipeline.run.parts import Parts, opened
from pipeline.text.folder import Skipped, SourceFile, find_sources
from pipeline.text.sources import read_source

Engine = Literal["local", "dask"]
Files = Sequence[SourceFile]
_Counts = tuple[Counter[str], Counter[str]]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build has published; `rows` by table of the relational package.

    `failed` are the files that were left out, and why (only with `keep_going`); `resumed` counts the files that an
    earlier build had read; `skipped` are the files of the folder that are no sources.
    """

    output: Location
    rows: dict[str, int]
    kinds: dict[str, int]
    failed: tuple[Failure, ...] = ()
    resumed: int = 0
    skipped: tuple[Skipped, ...] = ()

    def __str__(self) -> str:
        reports = sum(n for kind, n in self.kinds.items() if is_read(kind))
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(self.kinds.items()) if is_read(kind))
        counts = ", ".join(f"{self.rows.get(name, 0)} {name}" for name in ("numerals", "observations", "indicators"))
        return f"{reports} reports ({kinds}): {counts}\nPublished to {self.output}"


@dataclass(slots=True)
class _Progress:
    """What has become of the files so far: the keys of their parts by their number, and the failures."""

    tell: Tell
    keep_going: bool
    total: int
    keys: dict[int, list[str]] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    resumed: int = 0
    done: int = 0
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
) -> BuildSummary:
    """Make the packages of all sources in `reports` and publish them to `output` in one step.

    `workers` processes (default: all cores), or with `engine="dask"` the workers of the `scheduler`; the result is the
    same for every number. With `keep_going` files that cannot be used are left out and listed in the summary. With
    `resume` files that an earlier build has read, and that are the same, are not read again. Both places may be URLs
    that fsspec knows. Raises BaogaoError, and then leaves what was published before as it is.
    """
    from pipeline.publish.atomic import prepared

    tell = progress or (lambda step, done, total: None)
    with local_sources(reports) as folder, local_output(output) as target:
        found = find_sources(folder)
        paths = found.files
        run = _engine(engine, scheduler, workers, paths)
        target = target.resolve()
        with prepared(target), opened(target.with_name(f".{target.name}.parts"), resume=resume) as parts:
            state = _Progress(tell, keep_going, len(paths))
            _extract(paths, parts, run, state, resume=resume)
            rows, kinds = _published(paths, parts, state, folder, target, _local(workers))
            parts.keep_only({key for keys in state.keys.values() for key in keys})
    return BuildSummary(
        output,
        dict(rows),
        dict(sorted(kinds.items())),
        tuple(state.failures[index] for index in sorted(state.failures)),
        state.resumed,
        found.skipped,
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


def _local(workers: int | None) -> Run:
    """The engine for what is done on this machine in any case."""
    count = workers or os.cpu_count() or 1
    return run_here if count == 1 else partial(run_processes, workers=count)


_WORTH_PROCESSES = 6_000_000  # bytes
# Above so many bytes of sources, reports are compared on disk and the largest tables come in parts.
LARGE = 30_000_000


def _extract(paths: Files, parts: Parts, run: Any, state: _Progress, *, resume: bool) -> None:
    """Make the parts of all files."""
    state.tell("Extract", 0, len(paths))
    for (index, key), result in run(extract_part, _to_do(paths, parts, state, resume=resume)):
        if isinstance(result, Died):
            advice = "Leave it out with --keep-going, or give the job more memory"
            result = Failure(paths[index].name, BaogaoError(f"{paths[index].name}: {result.reason}. {advice}."))
        if isinstance(result, Failure):
            state.fail(index, result)
        else:
            parts.write(key, result)
            state.finish(index)


def _to_do(paths: Files, parts: Parts, state: _Progress, *, resume: bool) -> Iterator[tuple[tuple[int, str], Piece]]:
    """The pieces that have no part yet, with the number of their file and the key of their part.

    Files are read when they are asked for.
    """
    for index, path in enumerate(paths):
        try:
            source = read_source(path.path, path.name)
        except BaogaoError as error:
            state.fail(index, Failure(path.name, error))
            continue
        pieces = cut(source)
        keys = [parts.key(piece.source, piece.reports, piece.offset) for piece in pieces]
        state.begin(index, keys)
        missing = [(key, piece) for key, piece in zip(keys, pieces, strict=True) if not (resume and parts.has(key))]
        state.resumed += not missing
        for _ in range(len(pieces) - len(missing)):
            state.finish(index)
        yield from (((index, key), piece) for key, piece in missing)


def _published(paths: Files, parts: Parts, state: _Progress, reports: Path, output: Path, run: Run) -> _Counts:
    """Publish the packages; how many rows each table has. Files whose rows break a rule are failures too."""
    from pipeline.check import CheckError

    large = sum(paths[index].size for index in state.keys) > LARGE
    while True:
        try:
            if large:
                return _publish_large(paths, parts, state, reports, output, run)
            return _publish(_tables(paths, parts, state), reports, output, state.tell)
        except CheckError as error:
            _blame(error.violations, paths, state, error)


def _publish_large(paths: Files, parts: Parts, state: _Progress, reports: Path, output: Path, run: Run) -> _Counts:
    """The same for collections that do not fit into memory."""
    from pipeline.publish import publish

    counts: list[_Counts] = []

    def refuse(entries: Sequence[Entry]) -> set[int]:
        """The files that cannot be used beside the others."""
        read = set(state.keys)
        files = groupby(entries, key=lambda entry: entry.file)
        _refuse_repeated(((file, [asdict(entry) for entry in found]) for file, found in files), paths, state)
        return read - state.keys.keys()

    def fill(folder: Path) -> None:
        files = [
            File(index, number, key, parts)
            for index, keys in sorted(state.keys.items())
            for number, key in enumerate(keys)
        ]
        counts.append(write_large(files, parts, reports, folder, refuse, run, state.tell))

    publish(output, fill)
    return counts[0]


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


def _tables(paths: Files, parts: Parts, state: _Progress) -> Rows:
    """The rows of all tables, from the parts in the order of the files."""
    state.tell("Reconcile", 0, 1)
    read = {index: [rows for key in keys for rows in parts.read(key)] for index, keys in sorted(state.keys.items())}
    _refuse_repeated(((index, [rows["reports"][0] for rows in found]) for index, found in read.items()), paths, state)
    found = dictionary(reconcile(merged(rows for index in sorted(state.keys) for rows in read[index])))
    place = {row["report_id"]: number for number, row in enumerate(found["reports"])}
    found["findings"] = sorted(
        [*found["findings"], *of_pages(pages(found))],
        key=lambda row: (place[row["report_id"]], row["start"], row["finding_id"]),
    )
    state.tell("Reconcile", 1, 1)
    # What only one step tells the next is not published.
    return {name: rows for name, rows in found.items() if not name.startswith("_")}


def _refuse_repeated(files: Iterable[tuple[int, list[Row]]], paths: Files, state: _Progress) -> None:
    """Count as failed the files with a report that an earlier one has: rows of two reports must not mix.

    `files` are their numbers and their rows of the table `reports`. Raises BaogaoError where no file is left.
    """
    seen: dict[str, str] = {}
    for index, rows in files:
        twice = next((row for row in rows if row["report_id"] in seen), None)
        if twice is None:
            seen.update({str(row["report_id"]): paths[index].name for row in rows})
            continue
        error = _repeated(twice, seen)
        if not state.keep_going:
            raise error
        del state.keys[index]
        state.failures[index] = Failure(paths[index].name, error)
    if not state.keys:
        raise BaogaoError("No file could be used:\n" + "\n".join(str(f.error) for f in state.failures.values()))


def _repeated(row: dict[str, object], seen: dict[str, str]) -> InputError:
    return InputError(
        str(row["source_file"]),
        f"characters {row['start']} to {row['stop']}",
        f"gives the report {row['report_id']}, which {seen[str(row['report_id'])]} gives too",
        "Remove one of the two, or tell them apart in a .yaml file beside the source",
    )


def _publish(tables: Rows, reports: Path, output: Path, tell: Tell) -> _Counts:
    from pipeline.check import raise_for
    from pipeline.publish import publish, write_packages

    def fill(folder: Path) -> None:
        tell("Write", 0, 1)
        write_packages(tables, folder)
        tell("Write", 1, 1)
        tell("Check", 0, 1)
        raise_for(folder, reports)
        tell("Check", 1, 1)

    publish(output, fill)
    return Counter({name: len(rows) for name, rows in tables.items()}), Counter(
        str(r["kind"]) for r in tables["reports"]
    )
