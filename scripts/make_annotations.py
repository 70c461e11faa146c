"""Write the package `annotations` from what readers have annotated.

The sources' annotations are taken from annotations/*.jsonl, all others from the package as it is published. With
--gold and --texts other sets are taken from files instead: GOLD/SET/*.jsonl, and the texts that they count in from
TEXTS/SET/. No text goes into the package, only its hash.

usage: python scripts/make_annotations.py [--gold GOLD --texts TEXTS] [--output DIR]
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "annotations"))

from score import FIELDS, gold_rows  # noqa: E402

PACKAGE = ROOT / "datapackages" / "annotations"
ABOUT = ROOT / "annotations" / "texts.yaml"
Row = dict[str, Any]


def texts_of(folder: Path) -> dict[str, tuple[str, int]]:
    """The hash and the length of each text in a folder, by file name."""
    from pipeline.text.sources import read_source

    found = {}
    for path in sorted(folder.glob("*.txt")):
        found[path.name] = (sha256(path.read_bytes()).hexdigest(), len(read_source(path).text))
    return found


def published_texts() -> dict[str, tuple[str, int]]:
    """The same of the texts in the published package."""
    path = PACKAGE / "annotation_texts.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: (row["sha256"], int(row["characters"])) for row in csv.DictReader(file)}


def text_row(name: str, chosen: str, known: dict[str, tuple[str, int]], count: int, about: Row) -> Row:
    """A row of annotation_texts."""
    digest, characters = known[name]
    row: Row = {"text_id": name.removesuffix(".txt"), "set": chosen, "file": name, "sha256": digest}
    row |= {"characters": characters, "annotations": count}
    return row | {key: about.get(key) for key in ("kind", "place", "date", "source_url", "note")}


def annotation_rows(gold: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of annotations and of annotation_alternatives."""
    rows, others = [], []
    for g in sorted(gold, key=lambda g: (g["file"], g["start"])):
        key = {"text_id": g["file"].removesuffix(".txt"), "start": g["start"]}
        row = key | {"stop": g["end"], "text": g["text"], "kind": g["kind"]}
        row |= {name: g.get(name) for name in (*FIELDS, "unit", "value_max")}
        rows.append(row | {"joint": g.get("joint", 1), "optional": bool(g.get("optional"))})
        for field, readings in sorted(g.get("alternatives", {}).items()):
            for number, reading in enumerate(readings, 1):
                said = None if reading is None else f"{reading:.15g}" if isinstance(reading, float) else str(reading)
                others.append(key | {"field": field, "number": number, "reading": said})
    return rows, others


def main() -> None:
    """Write the package."""
    from pipeline.check import check_package
    from pipeline.publish.atomic import publish
    from pipeline.publish.packages import write_package
    from pipeline.publish.publication import publication_of

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path)
    options.add_argument("--texts", type=Path)
    options.add_argument("--output", type=Path, default=PACKAGE.parent)
    given = options.parse_args()
    about = yaml.safe_load(ABOUT.read_text(encoding="utf-8"))
    known = published_texts() | texts_of(ROOT / "reports")
    texts: list[Row] = []
    gold: list[Row] = []
    for chosen, files in about.items():
        if chosen == "sources":
            found = [g for path in sorted((ROOT / "annotations").glob("*.jsonl")) for g in gold_rows(path)]
        elif given.gold and (given.gold / chosen).is_dir():
            found = [g for path in sorted((given.gold / chosen).glob("*.jsonl")) for g in gold_rows(path)]
            known |= texts_of(given.texts / chosen)
        else:
            found = gold_rows(PACKAGE, chosen)
        counts = Counter(g["file"] for g in found)
        texts += [text_row(f"{name}.txt", chosen, known, counts[f"{name}.txt"], row) for name, row in files.items()]
        gold += found
    rows, others = annotation_rows(gold)

    tables = {"annotation_texts": texts, "annotations": rows, "annotation_alternatives": others}
    publisher = publication_of(ROOT / "reports")
    sources = [{"source_file": text["file"], "date": text["date"], "published": None} for text in texts]
    publish(given.output, lambda folder: write_package("annotations", tables, folder, sources, publisher))
    if violations := check_package(given.output / "annotations"):
        sys.exit("\n".join(map(str, violations)))
    print(f"{len(texts)} texts, {len(rows)} annotations, {len(others)} other readings in {given.output}")


if __name__ == "__main__":
    main()
