"""Train the model of confidence on annotated documents, each left out in turn.

    python scripts/train_confidence.py collect OUT.jsonl --scorer annotations/score.py TEXTS=ANNOTATIONS...
    python scripts/train_confidence.py fit A.jsonl B.jsonl:2 --unread B.jsonl

`collect` reads texts and annotations (folders, or a file and a file) and writes for every row what holds for it and whether
all of its strict fields are right. Of a report that was scored before anybody read it, collect with the code of that day:
its rows are then as they were, with the errors of texts that nobody has read, of which it has to tell. `fit` prints how well the
model does on documents that it was not trained on, and writes that, for the page on quality, and the coefficients. `--unread` names
the files whose documents were unread, by which it is judged. How far the coefficients may go is chosen anew for every document that
is left out, by the other unread ones, each left out beside it: a document has no part in anything that it is judged by.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "pipeline" / "meaning" / "coefficients.yaml"
MEASURED = ROOT / "docs" / "confidence.json"
# What holds for fewer rows says nothing of others. How far coefficients may go: the inverse of the penalty.
LEAST = 8
STRENGTHS = (0.05, 0.1, 0.2, 0.4)


def module(path: Path) -> Any:
    """A module from its file, so that features of today can be taken with the code of another day."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def collect(output: Path, scorer: Path, pairs: list[str]) -> None:
    """Write one line for each annotated row."""
    from pipeline.assemble import observation_rows
    from pipeline.documents.split import split
    from pipeline.extract import read_report, resolve
    from pipeline.meaning.gazetteer import gazetteer
    from pipeline.text.sources import read_source

    features = module(ROOT / "pipeline" / "meaning" / "confidence.py").features
    score = module(scorer)
    names = {place.place_id: place.name_zh for place in gazetteer()}
    lines = []
    for pair in pairs:
        texts, _, annotations = pair.partition("=")
        gold: dict[tuple[str, int], dict[str, Any]] = {}
        for path in [Path(annotations)] if Path(annotations).is_file() else sorted(Path(annotations).glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                gold[row["file"], row["start"]] = row
        for path in [Path(texts)] if Path(texts).is_file() else sorted(Path(texts).glob("*.txt")):
            source = read_source(path)
            for report in split(source):
                if report.kind == "residue":
                    continue
                reading = read_report(source, report)
                resolved = resolve(reading)
                rows = observation_rows(reading, resolved, source.text)
                for row, found in zip(rows, features(reading, resolved), strict=True):
                    wanted = gold.get((path.name, row["start"]))
                    if wanted is None:
                        continue
                    row = {key: "" if value is None else str(value) for key, value in row.items()}
                    row |= {
                        "place": names.get(row["place_id"], ""),
                        "indicator": row["indicator_text"],
                        "concept": row["indicator_id"],
                    }
                    right = wanted["kind"] == "observation" and all(score.agree(f, wanted, row) for f in score.STRICT)
                    lines.append(
                        json.dumps(
                            {"document": path.stem, "right": right, "features": sorted(found)}, ensure_ascii=False
                        )
                    )
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} rows")


def fit(files: dict[Path, float], unread: list[Path]) -> None:
    """Train, tell how well it does on documents left out, and write that and the coefficients."""
    import numpy as np
    import yaml
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [
        {**json.loads(line), "unread": path in unread, "weight": weight}
        for path, weight in files.items()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    right = np.array([row["right"] for row in rows])
    documents = np.array([row["document"] for row in rows])
    new = np.array([row["unread"] for row in rows])
    counts = Counter(name for row in rows for name in row["features"])
    kept = [{name: 1.0 for name in row["features"] if counts[name] >= LEAST} for row in rows]
    vectors = DictVectorizer().fit(kept)
    matrix = vectors.transform(kept)
    weight = np.array([row["weight"] for row in rows])

    def trained(mask: Any, strength: float) -> Any:
        model = LogisticRegression(C=strength, max_iter=1000)
        return model.fit(matrix[mask], right[mask], sample_weight=weight[mask])

    def told_without(left: set[str], asked: Any, strength: float) -> Any:
        """What a model that does not know the documents `left` adds up for the rows `asked`, in log-odds."""
        return trained(~np.isin(documents, sorted(left)), strength).decision_function(matrix[asked])

    # Of two documents left out at once, what is told of each serves to choose for the other, and to learn from it how far the
    # rows beside a row tell of it.
    unknown = sorted({str(name) for name in documents[new]})
    beside: dict[tuple[str, str, float], Any] = {}
    for one, two in combinations(unknown, 2):
        for strength in STRENGTHS:
            told_of_both = told_without({one, two}, new, strength)
            for mine, other in ((one, two), (two, one)):
                beside[mine, other, strength] = told_of_both[documents[new] == mine]

    def loss(told: Any, is_right: Any) -> float:
        return float(np.logaddexp(0, np.where(is_right, -told, told)).sum())

    def chosen(left: str) -> float:
        """The strength with the least loss on the unread documents but `left`, which no model has seen."""
        others = [name for name in unknown if name != left]
        return min(
            STRENGTHS,
            key=lambda strength: sum(
                loss(beside[name, left, strength], right[new & (documents == name)]) for name in others
            ),
        )

    def learned(told: dict[str, Any]) -> Any:
        """What own weight and that of the neighbours are worth, from unread documents: intercept, own, neighbours."""
        found = LogisticRegression(C=1e6, max_iter=1000).fit(
            np.concatenate([with_neighbours(weights) for weights in told.values()]),
            np.concatenate([right[new & (documents == name)] for name in told]),
        )
        return np.concatenate([found.intercept_, found.coef_[0]])

    # Each document that was unread is left out alone, of the others a fifth at a time.
    told = np.zeros(len(rows))
    strengths = {name: chosen(name) for name in unknown}
    usual = float(np.median(list(strengths.values())))
    known = sorted(set(documents) - set(unknown))
    alone = {}
    for name in unknown:
        out = documents == name
        strength = strengths[name]
        worth = learned({other: beside[other, name, strength] for other in unknown if other != name})
        told[out] = at_worth(told_without({name}, out, strength), worth)
        alone[name] = told_without({name}, out & new, usual)
    worth = learned(alone)
    for number in range(5):
        fold = known[number::5]
        of_fold = told_without(set(fold), np.isin(documents, fold), usual)
        for name in fold:
            told[documents == name] = at_worth(of_fold[documents[np.isin(documents, fold)] == name], worth)
    print("strengths", strengths, "of the model", usual, "worth", worth)
    measured = {"unread": report("unread", told[new], right[new]), "known": report("known", told[~new], right[~new])}
    measured["unread"]["documents"] = len(unknown)
    for name in unknown:
        mine = new & (documents == name)
        report(name, told[mine], right[mine])
    MEASURED.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    model = trained(np.ones(len(rows), bool), usual)
    weights = {
        name: round(float(value), 3)
        for name, value in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(value) >= 0.0005
    }
    text = "# Made by scripts/train_confidence.py. What holds for a row, and how much it adds to the log-odds that all its\n# strict fields are right.\n"
    # The intercept of the features goes into that of the whole.
    start = float(model.intercept_[0])
    first, own, neighbours = (float(value) for value in worth)
    content = {
        "intercept": round(first + (own + neighbours) * start, 3),
        "own": round(own, 3),
        "neighbours": round(neighbours, 3),
        "weights": weights,
    }
    MODEL.write_text(text + yaml.safe_dump(content, allow_unicode=True, sort_keys=True), encoding="utf-8")
    print(f"{len(weights)} coefficients in {MODEL.name}")


def with_neighbours(weights: Any) -> Any:
    """Beside the weight of each row of a document the mean of those around it, as `of_neighbours` of the program has it."""
    import numpy as np

    from pipeline.meaning.confidence import of_neighbours

    return np.column_stack([weights, of_neighbours(list(weights))])


def at_worth(weights: Any, worth: Any) -> Any:
    """The probabilities of the rows of a document, from own weights and those of the neighbours."""
    import numpy as np

    return 1 / (1 + np.exp(-(worth[0] + with_neighbours(weights) @ worth[1:])))


def report(label: str, told: Any, right: Any) -> dict[str, Any]:
    """Area under the curve, calibration error in ten bins, how right the surest 60 % are, and the bins; printed too."""
    import numpy as np
    from sklearn.metrics import roc_auc_score

    order = np.argsort(told, kind="stable")
    bins = np.array_split(order, 10)
    found = {
        "rows": len(told),
        "right": round(float(right.mean()), 3),
        "auc": round(float(roc_auc_score(right, told)), 3),
        "error": round(float(sum(len(b) * abs(told[b].mean() - right[b].mean()) for b in bins) / len(told)), 3),
        "surest": round(float(right[order[int(0.4 * len(order)) :]].mean()), 3),
        "told_tenths": [round(float(told[b].mean()), 2) for b in bins],
        "right_tenths": [round(float(right[b].mean()), 2) for b in bins],
    }
    print(label, *(f"{name} {value}" for name, value in found.items()), sep="  ")
    return found


def main() -> None:
    """Run one of the two steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    first = steps.add_parser("collect")
    first.add_argument("output", type=Path)
    first.add_argument("--scorer", type=Path, required=True)
    first.add_argument("pairs", nargs="+")
    second = steps.add_parser("fit")
    second.add_argument("files", nargs="+", help="a file, with :WEIGHT if its rows do not count once")
    second.add_argument("--unread", nargs="*", type=Path, default=[])
    args = parser.parse_args()
    if args.step == "collect":
        collect(args.output, args.scorer, args.pairs)
    else:
        named = [file.partition(":") for file in args.files]
        fit({Path(file): float(weight or 1) for file, _, weight in named}, args.unread)


if __name__ == "__main__":
    sys.exit(main())
