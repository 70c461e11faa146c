"""Kill whole builds, of packages or of the site, with SIGKILL at random moments, and look at what they leave.

    python fuzz/kill_builds.py [kills] [packages | site]

Builds of two sets of sources, each with two workers, follow each other into one folder. Only the main process is
killed, as by a system that is out of memory. After every kill the folder must hold, byte for byte, what one of the two sets gives,
no worker may be left some seconds later, and the next build must work. Prints how many kills came before and after the
exchange.
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


# Workers are started even for these few texts.
BUILD = """
import sys
import pipeline.build
from pipeline.cli import main
if __name__ == "__main__":
    pipeline.build._WORTH_PROCESSES = 0
    main(sys.argv[1:])
"""
PATIENCE = 20.0  # seconds


def start(what: str, given: Path, output: Path) -> subprocess.Popen[bytes]:
    """A build in a process group of its own: of packages from reports, or of the site from both below `given`."""
    options = ["build", "--workers", "2", "--reports", str(given), "--output", str(output)]
    if what == "site":
        packages = ["--datapackages", str(given.with_name(f"packages-{given.name}"))]
        options = ["site", "--reports", str(given), *packages, "--output", str(output)]
    command = [sys.executable, "-c", BUILD, *options]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=Path(__file__).parents[1],
    )


def orphans(group: int) -> bool:
    """Whether processes of a group are left some seconds after the first of it was killed; they are ended then."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return True


def hashes(folder: Path) -> str:
    """One hash of everything that is published in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main(kills: int, what: str) -> int:
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
            assert start("packages", top / key, top / f"packages-{key}").wait() == 0
            if what == "site":
                begin = time.monotonic()
                assert start(what, top / key, top / f"site-{key}").wait() == 0
            times.append(time.monotonic() - begin)
            expected[hashes(top / f"{what}-{key}")] = key
        output = top / "published"
        assert start(what, top / "a", output).wait() == 0
        number = 0
        while sum(seen.values()) < kills:
            number += 1
            key = "ba"[number % 2]
            before = expected[hashes(output)]
            process = start(what, top / key, output)
            # Half of the kills in the last quarter, where files are written and exchanged.
            time.sleep(draw.uniform(0, 1) * min(times) if number % 4 < 2 else draw.uniform(0.6, 1) * min(times))
            over = process.poll() is not None
            if not over:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                if orphans(process.pid):
                    print(f"kill {number}: a worker was left", file=sys.stderr)
                    return 1
            found = expected.get(hashes(output))
            if found is None:
                print(f"kill {number}: the packages are not whole", file=sys.stderr)
                return 1
            if not over:  # else it was quicker than the kill
                seen["before the exchange" if found == before else "after the exchange"] += 1
        for key in "ab":
            assert start(what, top / key, output).wait() == 0
            assert expected[hashes(output)] == key
        print(f"{kills} kills: " + ", ".join(f"{count} {when}" for when, count in seen.most_common()))
        left = sorted(path.name for path in top.iterdir() if path.name.startswith(".published."))
        print(f"all left {what} whole and no worker; beside it are {left}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:2] or [60])[0]), (sys.argv[2:3] or ["packages"])[0]))
