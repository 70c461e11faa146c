"""Time, memory and size of a build by the number of reports.

    python benchmarks/growth.py 10 100 1000 5000
    python benchmarks/growth.py 1000 --workers 1      # what each step takes, in one process

Reports are made from the paragraphs of the sources in reports/, recombined with a fixed seed, with other places, years
and digits, about 20,000 characters each. Prints a Markdown table and, for every size, what the steps take for a report:
on the clock, or with one worker of the processor; and of each step the largest memory of the process that runs the command,
and what it has at the end (Linux; elsewhere the largest until then). What is done between two steps counts with the one before.
Packages are written as CSV and Parquet.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LENGTH = 20_000
YEARS = range(2001, 2026)
ROOT = Path(__file__).parents[1]
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")


def paragraphs() -> list[str]:
    """The paragraphs of the work reports among the sources, without titles and headings."""
    from pipeline.documents.split import split
    from pipeline.text.sources import read_source

    sources = [read_source(path) for path in sorted((ROOT / "reports").glob("*.txt"))]
    found = [
        line.strip()
        for source in sources
        for report in split(source)
        if report.kind == "work_report"
        for line in source.text[report.start : report.stop].splitlines()
    ]
    return [line for line in found if len(line) >= 60 and "各位代表" not in line]


def other_digits(text: str, chance: random.Random) -> str:
    """The text with other figures of the same size; years stay."""

    def other(match: re.Match[str]) -> str:
        numeral = match[0]
        if re.fullmatch(r"(19|20)\d\d", numeral):
            return numeral
        return "".join(chance.choice("123456789") if digit.isdigit() else digit for digit in numeral)

    return _NUMERAL.sub(other, text)


def made(count: int) -> Iterator[tuple[str, str]]:
    """`count` reports as (name of the file, text), each of another place or year."""
    from pipeline.meaning.gazetteer import gazetteer

    chance = random.Random(20_260)
    places = [
        place
        for place in gazetteer()
        if place.level in ("prefecture", "county") and place.gb_code and not place.valid_to
    ]
    chance.shuffle(places)
    material = paragraphs()
    for number in range(count):
        place, year = places[number // len(YEARS) % len(places)], YEARS[number % len(YEARS)]
        name = place.name_zh
        text = [
            f"{name}{year}年政府工作报告",
            f"——{year}年1月10日在{name}第十届人民代表大会第一次会议上",
            "各位代表:",
            "现在,我代表市人民政府,向大会作政府工作报告,请予审议。",
            f"一、{year - 1}年工作回顾",
        ]
        half = False
        size = 0
        while size < LENGTH:
            if not half and size > LENGTH // 2:
                text.append(f"二、{year}年工作安排")
                half = True
            text.append(other_digits(chance.choice(material), chance))
            size += len(text[-1])
        yield f"{place.place_id}-{year}.txt", "\n".join(text) + "\n"


class Watch(threading.Thread):
    """Watches the processes that this one has started: their processor time and their largest memory."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[str, float] = {}
        self.memory = 0

    def run(self) -> None:
        """Look twice a second."""
        while True:
            self.look()
            time.sleep(0.5)

    def look(self) -> None:
        """Look at /proc, which Linux has."""
        parents: dict[str, str] = {}
        fields: dict[str, list[str]] = {}
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields[path.name] = (path / "stat").read_text().rpartition(")")[2].split()
                parents[path.name] = fields[path.name][1]
        found = {str(os.getpid())}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        for pid in found - {str(os.getpid())}:
            user, system = fields[pid][11:13]
            self.seconds[pid] = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        self.memory = max(self.memory, int(line.split()[1]) * 1024)


class Steps:
    """What each step of a build takes: time by the clock that is given, and memory of this process, largest and last."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._step, self._since = "Begin", clock()
        self.seconds: dict[str, float] = {}
        self.memory: dict[str, tuple[int, int]] = {}

    def tell(self, step: str, done: int, total: int) -> None:
        """A step goes on, or another begins: then the one before is over."""
        if step == self._step:
            return
        now = self._clock()
        self.seconds[self._step] = self.seconds.get(self._step, 0) + now - self._since
        self.memory[self._step] = memory_now()
        self._step, self._since = step, now
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # the largest memory counts from here


def memory_now() -> tuple[int, int]:
    """The largest memory of this process in bytes, since it was last cleared, and what it has now."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    except OSError:
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,) * 2
    largest, now = (int(lines[name].split()[0]) * 1024 for name in ("VmHWM", "VmRSS"))
    return largest, now


def measure(count: int, workers: int | None) -> dict[str, object]:
    """Build packages of `count` reports in this process; what it took."""
    from pipeline.build import build

    steps = Steps(time.process_time if workers == 1 else time.perf_counter)

    with tempfile.TemporaryDirectory(prefix="baogao-growth-") as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        characters = 0
        for file, text in made(count):
            (folder / "reports" / file).write_text(text, encoding="utf-8")
            characters += len(text)
        watch = Watch()
        watch.start()
        begin = time.perf_counter()
        summary = build(
            folder / "reports", folder / "packages", workers=workers, progress=steps.tell, formats=["csv", "parquet"]
        )
        steps.tell("End", 0, 0)
        seconds = time.perf_counter() - begin
        used = resource.getrusage(resource.RUSAGE_SELF)
        size = sum(path.stat().st_size for path in (folder / "packages").rglob("*") if path.is_file())
    return {
        "reports": count,
        "recognised": summary.kinds.get("work_report", 0),
        "characters": characters,
        "seconds": seconds,
        "steps": steps.seconds,
        "memory_of_steps": steps.memory,
        "main": used.ru_utime + used.ru_stime,
        "processor": used.ru_utime + used.ru_stime + sum(watch.seconds.values()),
        "memory": max(largest for largest, _ in steps.memory.values()),
        "worker_memory": watch.memory,
        "bytes": size,
        "rows": summary.rows,
    }


def main() -> None:
    """Measure each size in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--workers", type=int)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.sizes[0], given.workers)))
        return
    heads = "reports", "million characters", "seconds", "processor seconds", "of them a report"
    heads += "memory, MB", "of a worker, MB", "output, MB"
    print(f"| {' | '.join(heads)} |\n|{' ---: |' * len(heads)}", flush=True)
    steps = []
    for size in given.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        command += ["--workers", str(given.workers)] if given.workers else []
        result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        assert result["recognised"] == size, f"{result['recognised']} of {size} are recognised as work reports"
        figures = [
            f"{size:,}",
            f"{result['characters'] / 1e6:,.1f}",
            f"{result['seconds']:,.1f}",
            f"{result['processor']:,.1f}",
            f"{result['processor'] / size:.3f}",
            *(f"{result[name] / 1e6:,.0f}" for name in ("memory", "worker_memory", "bytes")),
        ]
        print(f"| {' | '.join(figures)} |", flush=True)
        shares = ", ".join(f"{name} {1000 * seconds / size:,.1f}" for name, seconds in result["steps"].items())
        rows = ", ".join(
            f"{result['rows'].get(name, 0):,} {name}" for name in ("observations", "numerals", "indicators")
        )
        alone = f"{1000 * result['main'] / size:,.1f} of the processor in the process that runs the command"
        largest = ", ".join(
            f"{name} {most / 1e6:,.0f} → {last / 1e6:,.0f}" for name, (most, last) in result["memory_of_steps"].items()
        )
        steps.append(
            f"{size:,} reports: {shares} milliseconds a report, {alone}; {rows}; memory, largest → last: {largest} MB"
        )
    print("\n" + "\n".join(steps))


if __name__ == "__main__":
    main()
