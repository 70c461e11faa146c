"""The annotations: what is published is what readers wrote, stands off from the texts, and can be scored with."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "annotations"))

from score import agree, gold_rows  # noqa: E402

PACKAGE = ROOT / "datapackages" / "annotations"


def table(name: str) -> list[dict[str, str]]:
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def comparable(gold: list[dict]) -> list[str]:
    """Annotations as text: 1 and 1.0 are the same, and so are a field that is left out and one without a value."""
    rows = []
    for g in gold:
        kept = {k: v for k, v in g.items() if v is not None}
        kept |= {k: float(v) for k, v in kept.items() if k in ("value", "value_max")}
        if values := kept.get("alternatives", {}).get("value"):
            kept["alternatives"] = {**kept["alternatives"], "value": [float(v) for v in values]}
        rows.append(json.dumps(kept, ensure_ascii=False, sort_keys=True))
    return sorted(rows)


def test_the_package_says_of_the_sources_what_readers_wrote():
    written = [g for path in sorted((ROOT / "annotations").glob("*.jsonl")) for g in gold_rows(path)]
    assert len(written) > 2000
    assert comparable(gold_rows(PACKAGE, "sources")) == comparable(written)


def test_offsets_count_in_the_text_that_has_the_hash():
    texts = {row["text_id"]: row for row in table("annotation_texts") if row["set"] == "sources"}
    content = {}
    for text_id, row in texts.items():
        data = (ROOT / "reports" / row["file"]).read_bytes()
        assert sha256(data).hexdigest() == row["sha256"]
        content[text_id] = data.decode("utf-8")
        assert len(content[text_id]) == int(row["characters"])
    for row in table("annotations"):
        if row["text_id"] in content:
            assert content[row["text_id"]][int(row["start"]) : int(row["stop"])] == row["text"]


def test_no_sentence_is_in_it():
    for row in table("annotations"):
        assert all(
            len(row[field]) <= 70 and "。" not in row[field] for field in ("text", "indicator", "subject", "unit")
        )
    assert all(len(row["reading"]) <= 70 for row in table("annotation_alternatives"))


def test_made_anew_it_is_the_same(tmp_path):
    command = [sys.executable, "scripts/make_annotations.py", "--output", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    made, published = tmp_path / "annotations", [path for path in PACKAGE.rglob("*") if path.is_file()]
    assert {path.relative_to(PACKAGE) for path in published} == {
        path.relative_to(made) for path in made.rglob("*") if path.is_file()
    }
    for path in published:
        assert (made / path.relative_to(PACKAGE)).read_bytes() == path.read_bytes(), path.name


def test_the_scorer_reads_files_and_package_alike(packages):
    def score(*arguments: str) -> dict:
        command = [
            sys.executable,
            "-X",
            "utf8",
            "annotations/score.py",
            str(packages / "work-reports"),
            *arguments,
            "--json",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
        return json.loads(done.stdout)

    assert score() == score(str(PACKAGE), "--set", "sources")
    assert score()["numerals"] > 2000


@pytest.mark.parametrize(
    ("field", "gold", "out", "right"),
    [
        ("value", {"value": 2600, "unit": "亿元"}, {"value": "0.26", "unit": "万亿元"}, True),
        ("value", {"value": 2600, "unit": "亿元"}, {"value": "2600", "unit": "万元"}, False),
        ("period", {"period": "2021/2021"}, {"period": "2021"}, True),
        ("status", {"status": "actual"}, {"status": "target"}, False),
        ("status", {"status": "actual", "alternatives": {"status": ["target"]}}, {"status": "target"}, True),
    ],
)
def test_a_field_agrees(field, gold, out, right):
    assert agree(field, gold, out) == right
