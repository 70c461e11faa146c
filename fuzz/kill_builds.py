"""Kill whole builds with SIGKILL at random moments, and look at what they leave.

    python fuzz/kill_builds.py [kills]

Builds of two sets of sources follow each other into one folder. After every kill the packages must be, byte for byte,
those of one of the two sets, and the next build must work. Prints how many kills came before and after the exchange.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SETS = {
    "a": {"one.txt": "临川市政府工作报告\n2021年，全市地区生产总值增长8.2%，粮食产量12.5万吨。\n" * 20},
    "b": {
        "one.txt": "临川市政府工作报告\n2021年，全市地区生产总值增长7.9%。\n" * 20,
        "two.txt": "全县新建学校3所，投资1.2亿元。\n",
    },
}


def start(reports: Path, output: Path) -> subprocess.Popen[bytes]:
    """A build in a process group of its own."""
    command = [sys.executable, "-m", "pipeline", "build", "--reports", str(reports), "--output", str(output)]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=Path(__file__).parents[1],
    )


def hashes(folder: Path) -> str:
    """One hash of everything that is published in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main(kills: int) -> int:
    """Kill that many builds; the exit code is 1 where one left anything but whole packages."""
    draw = random.Random(7)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        expected = {}
        times = []
        for key, sources in SETS.items():
            (top / key).mkdir()
            for file, text in sources.items():
                (top / key / file).write_text(text, encoding="utf-8")
            begin = time.monotonic()
            assert start(top / key, top / f"packages-{key}").wait() == 0
            times.append(time.monotonic() - begin)
            expected[hashes(top / f"packages-{key}")] = key
        output = top / "packages"
        assert start(top / "a", output).wait() == 0
        number = 0
        while sum(seen.values()) < kills:
            number += 1
            key = "ba"[number % 2]
            before = expected[hashes(output)]
            process = start(top / key, output)
            # Half of the kills in the last quarter, where files are written and exchanged.
            time.sleep(draw.uniform(0, 1) * min(times) if number % 4 < 2 else draw.uniform(0.6, 1) * min(times))
            over = process.poll() is not None
            if not over:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            found = expected.get(hashes(output))
            if found is None:
                print(f"kill {number}: the packages are not whole", file=sys.stderr)
                return 1
            if not over:  # else it was quicker than the kill
                seen["before the exchange" if found == before else "after the exchange"] += 1
        for key in "ab":
            assert start(top / key, output).wait() == 0
            assert expected[hashes(output)] == key
        print(f"{kills} kills: " + ", ".join(f"{count} {when}" for when, count in seen.most_common()))
        left = sorted(path.name for path in top.iterdir() if path.name.startswith(".packages."))
        print(f"all left whole packages; beside them are {left}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
