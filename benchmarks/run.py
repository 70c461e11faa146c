"""The benchmark: every step, the whole extraction, a build from cold, memory, and with `--peers` the peers on the same text.

Each measurement runs in a process of its own, one after the other. The tables go into the pages docs/benchmark*.md
between their marks; what stands around them is written by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import __version__, is_compiled

HERE = Path(__file__).parent
ROOT = HERE.parent
REPORTS = ROOT / "reports"
RUNS = 3
Row = tuple[str, ...]

# Names of the rows in both languages.
STEPS = {
    "split": ("split: reports in a source, with their metadata", "split：切分来源文件并读取元数据"),
    "fold": ("fold: one typography", "fold：统一字形"),
    "outline": ("outline: parts and their periods", "outline：篇章结构与时期"),
    "lex": ("lex: numerals with unit and bound", "lex：数字及其单位、界限"),
    "sentences": ("sentences and clauses", "句与分句"),
    "parse": ("parse: indicator, measure, comparison", "parse：指标、度量与比较"),
    "resolve": ("resolve: time, place, subject, identifier", "resolve：时间、地点、主体与指标编码"),
    "all": ("**everything, to rows of all tables**", "**全部步骤，直至各表数据行**"),
}
PEERS = {
    "jionlp money": ("JioNLP: money", "JioNLP：金额"),
    "jionlp time": ("JioNLP: time", "JioNLP：时间"),
    "recognizers number": ("Recognizers-Text: number", "Recognizers-Text：数字"),
    "recognizers percentage": ("Recognizers-Text: percentage", "Recognizers-Text：百分比"),
    "recognizers currency": ("Recognizers-Text: currency", "Recognizers-Text：货币"),
    "recognizers dimension": ("Recognizers-Text: dimension", "Recognizers-Text：量纲"),
}
COMMANDS = {
    "help": ("`baogao --help`", "`baogao --help`"),
    "import": ("import of the extraction", "导入抽取模块"),
    "extract": ("`baogao extract`, one report", "`baogao extract`（一份报告）"),
    "build": ("`baogao build --workers 1`, all sources", "`baogao build --workers 1`（全部来源）"),
}
HEADS = {
    "steps": (("step", "characters a second", "share"), ("步骤", "字符/秒", "占比")),
    "peers": (
        (
            "what reads the text",
            "characters a second",
            "found",
            "slower than the same in Baogao",
            "slower than all of it",
        ),
        ("程序", "字符/秒", "识别数", "为本项目同类功能用时的倍数", "为本项目全部步骤用时的倍数"),
    ),
    "commands": (
        ("command", "seconds", "of the processor", "peak memory, MB"),
        ("命令", "秒", "其中处理器", "内存峰值（MB）"),
    ),
}


def child(*command: str | Path) -> Any:
    """The JSON on the last line of what a program prints."""
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def spent(*command: str | Path) -> tuple[float, float, float]:
    """Seconds and processor seconds of the fastest run of a command, and its peak memory in megabytes."""
    runs = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        with subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} failed")
        runs.append((time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return min(run[0] for run in runs), min(run[1] for run in runs), max(run[2] for run in runs)


def commands() -> dict[str, tuple[float, float, float]]:
    """What the commands take, from the start of the interpreter to its end."""
    # Of what is installed, which may be compiled, as in the other processes: not of the folder of the call.
    python = (sys.executable, "-P")
    baogao = (*python, "-m", "pipeline")
    report = min(REPORTS.glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        return {
            "help": spent(*baogao, "--help"),
            "import": spent(*python, "-c", "import pipeline.extract"),
            "extract": spent(*baogao, "extract", report, "--output", Path(folder) / "rows.csv", "--format", "csv"),
            "build": spent(
                *baogao, "build", "--workers", "1", "--reports", REPORTS, "--output", Path(folder) / "packages"
            ),
        }


def step_rows(steps: Any, say: int) -> list[Row]:
    """One row for each step."""
    total = steps["seconds"]["all"]
    rows = []
    for name, names in STEPS.items():
        seconds = steps["seconds"][name]
        rows.append((names[say], rate(steps["characters"], seconds), f"{seconds / total:.0%}"))
    return rows


def peer_rows(steps: Any, peers: Any, say: int) -> list[Row]:
    """The floor, our part that does what a peer does, the peer's functions and all of them together."""
    characters, ours = steps["characters"], steps["seconds"]
    numbers = ours["fold"] + ours["lex"]
    times = numbers + ours["sentences"] + ours["times"]
    own = ("Baogao: ", "Baogao：")[say]
    rows: list[Row] = [
        (
            ("the bare scan for numerals", "仅用正则扫描数字")[say],
            rate(characters, ours["floor"]),
            count(steps, "floor"),
            "",
            "",
        ),
        (
            own + ("numerals with unit and bound", "数字及其单位、界限")[say],
            rate(characters, numbers),
            count(steps, "lex"),
            "",
            "",
        ),
        (own + ("the same and time expressions", "同上，另加时间表达")[say], rate(characters, times), "", "", ""),
        (own + ("everything", "全部步骤")[say], rate(characters, ours["all"]), count(steps, "all"), "", ""),
    ]
    for peer, same in (("jionlp", times), ("recognizers", numbers)):
        used = {name: peers[name] for name in PEERS if name.startswith(peer)}
        for name, one in used.items():
            rows.append((PEERS[name][say], rate(characters, one["seconds"]), f"{one['found']:,}", "", ""))
        total = sum(one["seconds"] for one in used.values())
        name = PEERS[next(iter(used))][say].split((":", "：")[say])[0]
        rows.append(
            (
                f"**{name}{(', together', '：合计')[say]}**",
                rate(characters, total),
                "",
                f"**{total / same:.0f}×**",
                f"**{total / ours['all']:.1f}×**",
            )
        )
    return rows


def command_rows(measured: dict[str, tuple[float, float, float]], say: int) -> list[Row]:
    """One row for each command."""
    return [
        (COMMANDS[name][say], f"{seconds:.2f}", f"{processor:.2f}", f"{memory:,.0f}")
        for name, (seconds, processor, memory) in measured.items()
    ]


def rate(characters: int, seconds: float) -> str:
    """Characters a second, to three figures."""
    value = characters / seconds
    return f"{float(f'{value:.3g}'):,.0f}"


def count(steps: Any, name: str) -> str:
    """How much of something was found."""
    return f"{steps['found'][name]:,}"


def table(head: Row, rows: list[Row]) -> str:
    """A table in Markdown; numbers stand at the right."""
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def machine(steps: Any, say: int, beside: Sequence[str] = ()) -> str:
    """What was measured, beside what, and on what."""
    versions = "".join(f", {name}" for name in beside)
    how = ("interpreted", "解释执行"), ("compiled by mypyc", "mypyc 编译")
    run = how[is_compiled()][say]
    return (
        f"Baogao {__version__}, {run}{versions}; Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} CPUs; {steps['reports']} reports, {steps['characters']:,} characters.",
        f"Baogao {__version__}，{run}{versions.replace(', ', '，')}；Python {platform.python_version()}，{platform.system()} "
        f"{platform.machine()}，{os.cpu_count()} 个 CPU；{steps['reports']} 份报告，{steps['characters']:,} 个字符。",
    )[say]


def fill(page: Path, parts: dict[str, str]) -> None:
    """Put the parts between their marks: <!-- name --> … <!-- /name -->."""
    text = page.read_text(encoding="utf-8")
    for name, part in parts.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(\n?<!-- /{name} -->)", re.S)
        if not marks.search(text):
            raise SystemExit(f"{page.name} has no place for {name}")
        text = marks.sub(lambda found, part=part: f"{found[1]}\n{part}\n\n{found[2].lstrip()}", text)  # type: ignore[misc]
    page.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, print and write the pages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", type=Path, help="Python of the environment that has the peers")
    python = options.parse_args().peers
    steps = child(sys.executable, HERE / "steps.py", REPORTS)
    measured = commands()
    peers = child(python.absolute(), "-W", "ignore", HERE / "peers.py", REPORTS) if python else None
    for say, page in enumerate(("benchmark.md", "benchmark.zh.md")):
        parts = {
            "machine": machine(steps, say),
            "steps": table(HEADS["steps"][say], step_rows(steps, say)),
            "commands": table(HEADS["commands"][say], command_rows(measured, say)),
        }
        if peers:
            versions = f"JioNLP {peers['jionlp']}", f"Recognizers-Text {peers['recognizers-text-suite']}"
            rows = table(HEADS["peers"][say], peer_rows(steps, peers, say))
            parts["peers"] = f"{machine(steps, say, versions)}\n\n{rows}"
        fill(ROOT / "docs" / page, parts)
        if say == 0:
            print("\n\n".join(parts.values()))


if __name__ == "__main__":
    main()
