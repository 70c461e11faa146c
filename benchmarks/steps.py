"""Characters a second of each step of the extraction and of all of it, on one core.

Prints a Markdown table. The text is that of the sources in reports/; the best of several runs counts, because what
disturbs a run can only make it slower.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from pipeline.extract import extract_source, read_report, resolve
from pipeline.fold import fold
from pipeline.lex import lex
from pipeline.outline import outline
from pipeline.parse import parse
from pipeline.read import read_source, split
from pipeline.sentences import sentences

RUNS = 5


def measure(job: Callable[[], object]) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        job()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Measure and print."""
    sources = [read_source(path) for path in sorted((Path(__file__).parents[1] / "reports").glob("*.txt"))]
    reports = [(s, report) for s in sources for report in split(s) if report.kind != "residue"]
    readings = [read_report(source, report) for source, report in reports]
    steps: list[tuple[str, Callable[[], object]]] = [
        ("split", lambda: [split(s) for s in sources]),
        ("fold", lambda: [fold(s.text, r.start, r.stop) for s, r in reports]),
        ("outline", lambda: [outline(r.folded.text, r.report) for r in readings]),
        ("lex", lambda: [lex(r.folded.text) for r in readings]),
        ("sentences", lambda: [sentences(r.folded.text) for r in readings]),
        ("parse", lambda: [parse(r.folded.text, r.sentences, r.numerals, r.passages) for r in readings]),
        ("resolve", lambda: [resolve(r) for r in readings]),
        ("all, to rows", lambda: [extract_source(s) for s in sources]),
    ]
    characters = sum(len(s.text) for s in sources)
    print(f"{len(reports)} reports, {characters:,} characters; best of {RUNS} runs\n")
    print("| step | seconds | characters a second |\n| --- | ---: | ---: |")
    for name, job in steps:
        seconds = measure(job)
        print(f"| {name} | {seconds:.3f} | {characters / seconds:,.0f} |")


if __name__ == "__main__":
    main()
