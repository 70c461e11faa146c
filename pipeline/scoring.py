"""Compare built packages with annotations made by hand, and keep the result for the site.

The annotations are not part of the repository. They come in a folder with their own `score.py`, which prints the
comparison as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.errors import BaogaoError


def score(package: Path, gold: Path) -> dict[str, Any]:
    """How far the package agrees with the annotations in `gold`: shares between 0 and 1, and counts.

    Raises BaogaoError if there is no scorer, no package, or the scorer fails.
    """
    scorer = gold / "score.py"
    if not scorer.is_file():
        raise BaogaoError(f"{gold} has no score.py. Name the folder that holds the annotations and their scorer.")
    if not (package / "observations.csv").is_file():
        raise BaogaoError(f"{package} is not a built package. Make it first: baogao build")
    command = [sys.executable, "-X", "utf8", str(scorer), str(package), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise BaogaoError(f"{scorer} failed on {package}:\n{done.stderr.strip()}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def write_score(result: dict[str, Any], path: Path) -> None:
    """Keep a score as JSON with the date of the commit that it was measured on, where there is one."""
    # The clock would change the file on every run; the commit says which code was measured.
    git = subprocess.run(["git", "log", "-1", "--format=%cs"], capture_output=True, text=True, cwd=path.parent)
    date = git.stdout.strip() if git.returncode == 0 else ""
    path.write_text(
        json.dumps({"date": date, **result}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
