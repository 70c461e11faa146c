"""Compare built packages with annotations made by hand, and keep the result for the site.

The annotations are not part of the repository. They come in a folder with their own `score.py`, which prints the
comparison as JSON.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
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


def score_rules(package: Path, reports: Path, gold: Path) -> dict[str, Any]:
    """The same for what the rules alone read from the sources of the package, which are in `reports`.

    Empty where readers have put nothing right. Raises BaogaoError.
    """
    from pipeline.extract import extract_source
    from pipeline.text.sources import below, read_source

    if not _rows(package / "corrections.csv"):
        return {}
    names = sorted({row["source_file"] for row in _rows(package / "reports.csv")})
    found: dict[str, list[Mapping[str, object]]] = {"reports": [], "observations": [], "numerals": []}
    for name in names:
        rows = extract_source(read_source(below(reports, name), name, corrected=False))
        for table, kept in found.items():
            kept += rows.get(table, [])
    with tempfile.TemporaryDirectory(prefix="baogao-") as place:
        for table, kept in found.items():
            _write_rows(Path(place) / f"{table}.csv", kept)
        (Path(place) / "places.csv").write_bytes((package / "places.csv").read_bytes())
        return score(Path(place), gold)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
        writer.writeheader()
        writer.writerows(rows)


def write_score(result: dict[str, Any], path: Path) -> None:
    """Keep a score as JSON with the date of the commit that it was measured on, where there is one."""
    # The clock would change the file on every run; the commit says which code was measured.
    git = subprocess.run(["git", "log", "-1", "--format=%cs"], capture_output=True, text=True, cwd=path.parent)
    date = git.stdout.strip() if git.returncode == 0 else ""
    path.write_text(
        json.dumps({"date": date, **result}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
