"""Processor seconds of each step of the extraction and of all of it, on one core, as JSON.

What the pipeline remembers of phrases is forgotten before every run; the knowledge it reads once stays. The best of
several runs counts, because what disturbs a run can only make it slower.
"""

from __future__ import annotations

import functools
import gc
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.documents.outline import outline
from pipeline.documents.split import split
from pipeline.extract import extract_source, read_report, resolve
from pipeline.meaning.time_words import cues, meaning
from pipeline.meaning.when import frame_of
from pipeline.reading.numerals import lex
from pipeline.reading.result import Reading
from pipeline.reading.statements import parse
from pipeline.text.fold import fold
from pipeline.text.sentences import sentences
from pipeline.text.sources import read_source

RUNS = 7
_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千万亿]+")
# Caches of one entry, or without a bound, hold the knowledge and are filled once.
_KNOWLEDGE = (1, None)


def measure(job: Callable[[], object], forget: Callable[[], None]) -> float:
    """Processor seconds of the fastest run."""
    times = []
    for _ in range(RUNS):
        forget()
        begin = time.process_time()
        job()
        times.append(time.process_time() - begin)
    return min(times)


def times_of(reading: Reading) -> list[str]:
    """The period of every time expression of a report."""
    report, found = reading.report, []
    passages = iter(reading.passages)
    passage = next(passages)
    for sentence in reading.sentences:
        while sentence.start >= passage.stop:
            passage = next(passages)
        frame = frame_of(passage, report)
        among = cues(reading.folded.text[sentence.start : sentence.stop])
        found += [meaning(cue, among, frame) for cue in among]
    return found


def main(folder: Path) -> None:
    """Measure the sources of a folder and print."""
    sources = [read_source(path) for path in sorted(folder.glob("*.txt"))]
    reports = [(s, report) for s in sources for report in split(s) if report.kind != "residue"]
    readings = [read_report(source, report) for source, report in reports]
    resolved = [resolve(reading) for reading in readings]
    caches = [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)]
    bounded = [cache for cache in caches if cache.cache_parameters()["maxsize"] not in _KNOWLEDGE]

    def forget() -> None:
        for cache in bounded:
            cache.cache_clear()

    jobs: dict[str, Callable[[], object]] = {
        "floor": lambda: [_NUMERAL.findall(s.text) for s in sources],
        "split": lambda: [split(s) for s in sources],
        "fold": lambda: [fold(s.text, r.start, r.stop) for s, r in reports],
        "outline": lambda: [outline(r.folded.text, r.report) for r in readings],
        "lex": lambda: [lex(r.folded.text) for r in readings],
        "sentences": lambda: [sentences(r.folded.text) for r in readings],
        "parse": lambda: [parse(r.folded.text, r.sentences, r.numerals, r.passages) for r in readings],
        "times": lambda: [times_of(r) for r in readings],
        "resolve": lambda: [resolve(r) for r in readings],
        "all": lambda: [extract_source(s) for s in sources],
    }
    result = {
        "reports": len(reports),
        "characters": sum(len(s.text) for s in sources),
        "found": {
            "floor": sum(len(_NUMERAL.findall(s.text)) for s in sources),
            "lex": sum(len(r.numerals) for r in readings),
            "times": sum(len(times_of(r)) for r in readings),
            "all": sum(map(len, resolved)),
        },
        "seconds": {name: measure(job, forget) for name, job in jobs.items()},
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
