"""Kill whole builds, of packages or of the site, with SIGKILL at random moments, and look at what they leave.

    python fuzz/kill_builds.py [kills] [packages | site]

Builds of two sets of sources, each with two workers, follow each other into one folder. Only the main process is
killed, as by a system that is out of memory, after a share of the processor time that the whole build takes (Linux). After every kill the folder must hold, byte for byte, what one of the two sets gives,
no worker may be left some seconds later, and the next build must work. Prints how many kills came before and after the
exchange.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
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


PATIENCE = 20.0  # seconds
LIST = ".baogao-site"  # the names of the files of a site


def begin(what: str, given: Path, output: Path) -> int:
    """A build in a process group of its own, by its id: of packages from reports, or of the site from both.

    It is forked from this process, which has imported everything, so that the time goes into what is to be killed.
    """
    options = ["build", "--workers", "2", "--reports", str(given), "--output", str(output)]
    options += ["--format", "csv", "--format", "parquet"]
    if what == "site":
        packages = ["--datapackages", str(given.with_name(f"packages-{given.name}"))]
        options = ["site", "--reports", str(given), *packages, "--output", str(output)]
    process = os.fork()
    if process:
        return process
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    code = 1
    try:
        from pipeline.cli import main as baogao

        baogao(options)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def done(process: int) -> None:
    """Wait for a build that must succeed."""
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "a build that nobody killed has failed"


def cost(group: int) -> float:
    """The seconds of processor that a process group has taken so far: a clock that a busy machine does not bend."""
    spent = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = path.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue
        if int(values[2]) == group:
            spent += sum(map(int, values[11:15]))
    return spent / os.sysconf("SC_CLK_TCK")


def killed(process: int, after: float) -> bool:
    """Kill the main process of a build after so many seconds of processor; whether it was still at work."""
    while cost(process) < after:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


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
    """One hash of everything that is published in a folder; empty where a file is missing or too many.

    Pagefind writes its index in another order every time: of its files only the number is compared, and that the site
    lists them.
    """
    digest = hashlib.sha256()
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    listed = folder / LIST
    if listed.is_file() and sorted([*listed.read_text(encoding="utf-8").splitlines(), LIST]) != files:
        return ""
    search = [file for file in files if file.startswith("pagefind/")]
    for file in [file for file in files if file != LIST and file not in search]:
        digest.update(f"{file}\n".encode() + hashlib.sha256((folder / file).read_bytes()).digest())
    return f"{digest.hexdigest()} {len(search)}"


def main(kills: int, what: str) -> int:
    """Kill that many builds; the exit code is 1 where one left anything but whole packages."""
    draw = random.Random(7)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        expected = {}
        costs = []
        for key, sources in SETS.items():
            (top / key).mkdir()
            for file, text in sources.items():
                (top / key / file).write_text(text, encoding="utf-8")
            done(begin("packages", top / key, top / f"packages-{key}"))
            process = begin(what, top / key, top / f"{what}-{key}")
            spent = 0.0
            while not os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                spent = max(spent, cost(process))
                time.sleep(0.1)
            done(process)
            costs.append(spent)
            expected[hashes(top / f"{what}-{key}")] = key
        output = top / "published"
        done(begin(what, top / "a", output))
        number = 0
        while sum(seen.values()) < kills:
            number += 1
            key = "ba"[number % 2]
            before = expected[hashes(output)]
            process = begin(what, top / key, output)
            # Half of the kills in the last quarter, where files are written and exchanged.
            ended = killed(process, draw.uniform(0 if number % 4 < 2 else 0.75, 1) * min(costs))
            if ended and orphans(process):
                print(f"kill {number}: a worker was left", file=sys.stderr)
                return 1
            found = expected.get(hashes(output))
            if found is None:
                print(f"kill {number}: the {what} is not whole", file=sys.stderr)
                return 1
            if ended:  # else it was quicker than the kill
                seen["before the exchange" if found == before else "after the exchange"] += 1
                print(f"kill {number}: whole, {seen.total()} of {kills}", flush=True)
        for key in "ab":
            done(begin(what, top / key, output))
            assert expected[hashes(output)] == key
        print(f"{kills} kills: " + ", ".join(f"{count} {when}" for when, count in seen.most_common()))
        left = sorted(path.name for path in top.iterdir() if path.name.startswith(".published."))
        print(f"all left the {what} whole and no worker; beside it are {left}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import pipeline.build
    import pipeline.check.standard
    import pipeline.publish.packages
    import pipeline.site

    # Workers are started even for these few texts.
    pipeline.build._WORTH_PROCESSES = 0
    sys.exit(main(int((sys.argv[1:2] or [60])[0]), (sys.argv[2:3] or ["packages"])[0]))
