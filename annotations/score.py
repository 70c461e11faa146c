#!/usr/bin/env python3
"""Score observations read from texts against annotations made by hand. Needs Python only.

usage: score.py PACKAGE_DIR [GOLD ...] [--set NAME] [--errors N] [--json]

PACKAGE_DIR holds observations.csv, numerals.csv, reports.csv and places.csv with the columns that the package
`work-reports` has; any program may write them, and README.md says which columns are looked at.
GOLD is a file of annotations (*.jsonl) or the folder of the package `annotations`, of which --set takes one set of
texts; it defaults to the *.jsonl beside this file. An output row and a gold row speak of the same numeral when
their source file and start offset agree. Where careful readers differed, a gold row lists the other readings
under `alternatives`; where one numeral states several facts it says how many under `joint`.
`strict` counts an observation as right when all of STRICT agree, `full` when subject and concept agree too; `names` is
the mean likeness of the indicators' names (1: the same characters). Only Arabic numerals count in `observation`
and `strict`; quantities in Chinese numerals are reported apart.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from pathlib import Path

FIELDS = ("value", "measure", "bound", "status", "comparison", "period", "place", "indicator", "concept", "subject")
STRICT = FIELDS[:8]
MULTIPLIER = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
FOLD = str.maketrans("％０１２３４５６７８９．", "%0123456789.")
REACH = 120  # an output row this near to a gold row lies in annotated text


def rows(path: Path) -> list[dict]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def known_concepts() -> set[str]:
    """The identifiers listed in section 4 of the guide."""
    guide = (Path(__file__).parent / "GUIDE.md").read_text(encoding="utf-8")
    return set(re.findall(r"`([a-z0-9_]+)`", guide.split("## 4.")[1]))


CONCEPTS = known_concepts()


def base(value, unit: str | None) -> tuple[float, str]:
    """A value and its unit without the multiplier: (2600, '亿元') -> (2.6e11, '元')."""
    unit = re.sub(r"\s", "", unit or "").translate(FOLD).removeprefix("个")
    if unit.startswith("百分点"):
        return float(value), unit
    for name in sorted(MULTIPLIER, key=len, reverse=True):
        if unit.startswith(name):
            return float(value) * MULTIPLIER[name], unit[len(name) :].removeprefix("个")
    return float(value), unit


def close(a: float, b: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return abs(a - b) <= 1e-6 * max(1.0, abs(a))


def same_value(gold: dict, out: dict) -> bool:
    """Whether value, upper end and unit agree, whatever the multiplier."""
    try:
        (gv, gu), (ov, ou) = base(gold["value"], gold.get("unit")), base(out["value"], out.get("unit"))
        if not close(gv, ov):
            return False
        if gold.get("value_max") is not None and not close(
            base(gold["value_max"], gold.get("unit"))[0], base(out["value_max"], out.get("unit"))[0]
        ):
            return False
    except (TypeError, ValueError, KeyError):
        return False
    return not gu or gu == ou or gold.get("measure") == "rank"


def bigrams(text: str) -> Counter:
    """The pairs of neighbouring characters of a name, without blanks and marks."""
    text = re.sub(r"[\s的“”\"、,，()（）]", "", text or "")
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter([text])


def alike(a: str, b: str) -> float:
    """Dice coefficient of the character bigrams."""
    x, y = bigrams(a), bigrams(b)
    total = sum(x.values()) + sum(y.values())
    return 2 * sum((x & y).values()) / total if total else 1.0


def period(text: str | None) -> str:
    """A period in one spelling."""
    a, _, b = (text or "").replace("--", "/").partition("/")
    return a if a == b or not b else f"{a}/{b}"


def meets(field: str, gold: dict, out: dict) -> bool:
    """Whether an output row meets one reading of a field."""
    g, o = gold.get(field) or "", out.get(field) or ""
    if field == "value":
        return same_value(gold, out)
    if field == "period":
        return period(g) == period(o)
    if field == "indicator":
        return g == o or alike(g, o) >= 0.6 or (bool(gold.get("concept")) and gold["concept"] == out["concept"])
    if field == "subject":
        return g == o or (bool(g) and bool(o) and (g in o or o in g))
    if field == "concept":
        return g == (o if o in CONCEPTS else "")
    return g == o


def agree(field: str, gold: dict, out: dict) -> bool:
    """Whether an output row meets a gold row in one field, in any accepted reading."""
    other = gold.get("alternatives", {})
    if field == "value":
        return any(
            meets(field, {**gold, "value": v, "unit": u, "value_max": m}, out)
            for v in [gold["value"], *other.get("value", [])]
            for u in [gold.get("unit"), *other.get("unit", [])]
            for m in [gold.get("value_max"), *other.get("value_max", [])]
        )
    if field == "indicator":
        return any(
            meets(field, {**gold, "indicator": i, "concept": c}, out)
            for i in [gold["indicator"], *other.get("indicator", [])]
            for c in [gold.get("concept"), *other.get("concept", [])]
        )
    return any(meets(field, {**gold, field: reading}, out) for reading in [gold.get(field), *other.get(field, [])])


def load_package(folder: Path):
    """The observations and numerals of a package by source file and start."""
    source = {r["report_id"]: Path(r["source_file"]).name for r in rows(folder / "reports.csv")}
    place = {r["place_id"]: r["name_zh"] for r in rows(folder / "places.csv")}
    observations, numerals = defaultdict(list), {}
    for r in rows(folder / "observations.csv"):
        r.update(place=place.get(r["place_id"], ""), indicator=r["indicator_text"], concept=r["indicator_id"])
        observations[source[r["report_id"]], int(r["start"])].append(r)
    for r in rows(folder / "numerals.csv"):
        numerals[source[r["report_id"]], int(r["start"])] = r
    return observations, numerals


def gold_rows(path: Path, chosen: str | None = None) -> list[dict]:
    """The annotations of a *.jsonl file, or of a set of texts in the package; without a set, of all."""
    if path.is_file():
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = {t["text_id"]: t for t in rows(path / "annotation_texts.csv") if chosen in (None, t["set"])}
    others: dict[tuple[str, str], dict] = defaultdict(lambda: defaultdict(list))
    for r in rows(path / "annotation_alternatives.csv"):
        reading = r["reading"] or None
        others[r["text_id"], r["start"]][r["field"]].append(
            float(reading) if reading and r["field"] == "value" else reading
        )
    found = []
    for r in rows(path / "annotations.csv"):
        if r["text_id"] not in texts:
            continue
        g = {
            "file": texts[r["text_id"]]["file"],
            "start": int(r["start"]),
            "end": int(r["stop"]),
            "text": r["text"],
            "kind": r["kind"],
        }
        if r["kind"] == "observation":
            g |= {f: r[f] or None for f in (*FIELDS, "unit")}
            g |= {f: number(r[f]) for f in ("value", "value_max")}
        if int(r["joint"]) > 1:
            g["joint"] = int(r["joint"])
        if r["optional"] == "true":
            g["optional"] = True
        if alternatives := others.get((r["text_id"], r["start"])):
            g["alternatives"] = dict(alternatives)
        found.append(g)
    return found


def number(text: str) -> float | int | None:
    """A number of a CSV cell; none where it is empty."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def prf(tp: float, fp: float, fn: float) -> dict:
    """Precision, recall and F1."""
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def main() -> None:
    """Score, and print the figures."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("package", type=Path)
    ap.add_argument("gold", type=Path, nargs="*")
    ap.add_argument("--set", help="sources | 2026 | new | other")
    ap.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N disagreements")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    paths = args.gold or sorted(Path(__file__).parent.glob("*.jsonl"))
    gold = [g for p in paths for g in gold_rows(p, args.set)]
    observations, numerals = load_package(args.package)

    arabic = [g for g in gold if re.match(r"[0-9０-９]", g["text"])]
    chinese = [g for g in gold if not re.match(r"[0-9０-９]", g["text"])]
    seen = kind_right = tp = fp = fn = strict = full = 0
    likeness = 0.0
    field_right, field_total, confusion, errors = Counter(), Counter(), Counter(), []
    for g in arabic:
        key = (g["file"], g["start"])
        outs, n = observations.get(key, []), numerals.get(key)
        kind = "observation" if outs else (n or {}).get("kind", "missing")
        right = kind in (g["kind"], *g.get("alternatives", {}).get("kind", []))
        seen += bool(outs) or n is not None
        kind_right += right
        if not right:
            confusion[g["kind"], kind] += 1
            errors.append((g, "kind", g["kind"], kind))
        if g["kind"] != "observation":
            fp += 0 if right else len(outs)
            continue
        if not outs:
            fn += not right
            continue
        tp += 1
        fp += max(0, len(outs) - g.get("joint", 1))
        wrong, best = min((([f for f in FIELDS if not agree(f, g, o)], o) for o in outs), key=lambda x: len(x[0]))
        for f in FIELDS:
            field_total[f] += 1
            field_right[f] += f not in wrong
        strict += not set(wrong) & set(STRICT)
        full += not wrong
        likeness += max(
            alike(name or "", best.get("indicator") or "")
            for name in [g["indicator"], *g.get("alternatives", {}).get("indicator", [])]
        )
        errors += [
            (
                g,
                f,
                f"{g.get(f)} {g.get('unit') if f == 'value' else ''}",
                f"{best.get(f)} {best.get('unit') if f == 'value' else ''}",
            )
            for f in wrong
        ]

    covered = defaultdict(list)
    for g in gold:
        covered[g["file"]].append(g["start"])
    for starts in covered.values():
        starts.sort()

    def annotated(file: str, start: int) -> bool:
        starts = covered.get(file, [])
        i = bisect_left(starts, start)
        return any(0 <= j < len(starts) and abs(starts[j] - start) <= REACH for j in (i - 1, i))

    wanted = [g for g in chinese if g["kind"] == "observation" and not g.get("optional")]
    accepted = {(g["file"], g["start"]) for g in chinese}
    found = [g for g in wanted if observations.get((g["file"], g["start"]))]
    extra = [
        k
        for k, outs in observations.items()
        if k not in accepted and annotated(*k) and not re.match(r"[0-9０-９]", outs[0].get("text") or "0")
    ]
    result = {
        "numerals": len(arabic),
        "accounted": round(seen / len(arabic), 4) if arabic else 0,
        "kind_accuracy": round(kind_right / len(arabic), 4) if arabic else 0,
        "observation": prf(tp, fp, fn),
        "strict": prf(strict, tp + fp - strict, tp + fn - strict),
        "full": prf(full, tp + fp - full, tp + fn - full),
        "names": round(likeness / tp, 4) if tp else 0,
        "fields": {f: round(field_right[f] / field_total[f], 4) for f in FIELDS if field_total[f]},
        "chinese_numerals": {
            "gold": len(wanted),
            "found": len(found),
            "extra": len(extra),
            "value_right": sum(any(agree("value", g, o) for o in observations[g["file"], g["start"]]) for g in found),
        },
    }
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        for k, v in result.items():
            print(f"{k:18} {v}")
        for (g, o), n in confusion.most_common(12):
            print(f"  kind {g} -> {o}: {n}")
    for g, f, want, got in errors[: args.errors]:
        print(f"{g['file']}:{g['start']} {g['text']} [{f}] want {want} got {got}")


if __name__ == "__main__":
    sys.exit(main())
