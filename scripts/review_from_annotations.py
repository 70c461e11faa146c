"""Write reports/NAME.review.csv: the rows of the sources that say what readers have annotated.

The annotations were made twice, from the texts alone, and audited. A row counts as checked where it agrees with them in every
field that they have; a line is void as soon as its row changes.

usage: python scripts/review_from_annotations.py DAY
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.extract import extract_source
from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Source
from pipeline.own_catalogue import beside as catalogue_beside
from pipeline.text.corrections import REVIEW, REVIEW_COLUMNS, beside, fields_digest
from pipeline.text.sources import read_source

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "annotations"))
from score import FIELDS, agree, gold_rows  # noqa: E402

READERS = 2


def confirmed(source: Source, annotations: dict[int, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows that agree with the annotations of their numerals in all fields."""
    places = gazetteer()
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in extract_source(source)["observations"]:
        rows[int(str(row["start"]))].append(row)
    for start, stated in rows.items():
        annotation = annotations.get(start, {})
        if annotation.get("kind") != "observation" or len(stated) > annotation.get("joint", 1):
            continue
        for row in stated:
            place = places.name(row["place_id"]) if row["place_id"] else ""
            read = {**row, "place": place, "indicator": row["indicator_text"], "concept": row["indicator_id"]}
            if row["review"] != "corrected" and all(agree(field, annotation, read) for field in FIELDS):
                yield row


def main(day: str) -> None:
    """Write the files."""
    for path in sorted((ROOT / "annotations").glob("*.jsonl")):
        annotations = {row["start"]: row for row in gold_rows(path)}
        source = read_source(ROOT / "reports" / f"{path.stem}.txt")
        target = ROOT / "reports" / beside(source.name, REVIEW)
        # What the rows are called is part of what is checked.
        with catalogue_beside(target), target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(REVIEW_COLUMNS)
            for row in confirmed(source, annotations):
                writer.writerow((row["observation_id"], fields_digest(row), READERS, day))


if __name__ == "__main__":
    main(sys.argv[1])
