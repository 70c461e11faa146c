"""Build the texts of every set that are at hand and score them.

usage: python annotations/score_sets.py FOLDER [FOLDER ...]

Texts are known by their hash, whatever they are called and wherever below the folders they lie; a .yaml of the same
name goes with its text. A set of which no text is found is left out.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "datapackages" / "annotations"


def at_hand(folders: list[Path]) -> dict[str, dict[str, Path]]:
    """The texts by set and by the name that the annotations have for them."""
    with (PACKAGE / "annotation_texts.csv").open(encoding="utf-8", newline="") as file:
        known = {row["sha256"]: (row["set"], row["file"]) for row in csv.DictReader(file)}
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
        if text := known.get(sha256(path.read_bytes()).hexdigest()):
            found[text[0]][text[1]] = path
    return found


def measured(name: str, texts: dict[str, Path]) -> dict:
    """What score.py prints on the packages that are built from the texts."""
    from pipeline import build_packages

    with tempfile.TemporaryDirectory() as place:
        reports = Path(place) / "reports"
        reports.mkdir()
        for file, path in texts.items():
            (reports / file).write_bytes(path.read_bytes())
            if (sidecar := path.with_suffix(".yaml")).is_file():
                (reports / file).with_suffix(".yaml").write_bytes(sidecar.read_bytes())
        build_packages(reports, Path(place) / "packages")
        package = Path(place) / "packages" / "work-reports"
        command = [sys.executable, "-X", "utf8", HERE / "score.py", package, PACKAGE, "--set", name, "--json"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout)


def main() -> None:
    """Print a line for each set."""
    print(f"{'set':8} {'texts':>5} {'numerals':>8} {'kind':>6} {'found':>6} {'strict':>6} {'full':>6}")
    for name, texts in at_hand([Path(folder) for folder in sys.argv[1:]]).items():
        got = measured(name, texts)
        shares = (got["kind_accuracy"], got["observation"]["f1"], got["strict"]["f1"], got["full"]["f1"])
        print(f"{name:8} {len(texts):5} {got['numerals']:8}", *(f"{share:6.3f}" for share in shares))


if __name__ == "__main__":
    main()
