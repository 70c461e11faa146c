"""Check the published packages and write what was looked at into docs/en/checks.md and docs/zh/checks.md.

The table stands between the marks `<!-- counts -->` and `<!-- /counts -->`. Exit code 1 if a rule is broken.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from pipeline import schema
from pipeline.check import check_package
from pipeline.publish.descriptor import files

ROOT = Path(__file__).parents[1]
PACKAGES, REPORTS = ROOT / "datapackages", ROOT / "reports"
_DIGIT = re.compile("[0-9０-９]")
_QUOTING = "observations observations numerals qualitative_targets commitments terms term_mentions reports"
# The rules in the order of the page, in both languages; {0} … are the counts.
_ROWS = (
    (
        "files",
        "Files: descriptor complete, hash and size right",
        "文件：描述文件完整，哈希与大小无误",
        "files",
        "个文件",
    ),
    ("same", "CSV and Parquet hold the same values", "CSV 与 Parquet 内容一致", "values", "个值"),
    ("constraints", "Constraints of the schemas", "字段约束", "values", "个值"),
    ("keys", "Primary keys", "主键", "rows", "行"),
    ("foreign", "Foreign keys", "外键", "references", "个引用"),
    ("provenance", "`source[start:stop]` is the recorded text", "`source[start:stop]` 即所记文字", "rows", "行"),
    ("digits", "Every digit of every source in exactly one row", "每个来源的每个数位恰属一行", "digits", "个数位"),
    ("rows", "Columns of an observation agree with each other", "观测各列互相一致", "rows", "行"),
    (
        "derived",
        "`analysis-ready` is what `work-reports` gives",
        "`analysis-ready` 由 `work-reports` 得出",
        "rows",
        "行",
    ),
)


def counts() -> dict[str, int]:
    """What each rule looks at in the packages as they are."""
    found: Counter[str] = Counter()
    for name in schema.packages():
        document = json.loads((PACKAGES / name / "datapackage.json").read_bytes())
        found["files"] += len(list(files(document)))
        for table in schema.package_tables(name):
            rows = pq.read_table(PACKAGES / name / f"{table}.parquet")
            declared = schema.table(table)
            found["same"] += rows.num_rows * rows.num_columns
            found["constraints"] += rows.num_rows * sum(bool(column.constraints) for column in declared.columns)
            found["keys"] += rows.num_rows
            for key in declared.foreign_keys:
                found["foreign"] += rows.num_rows - rows[key.columns[0]].null_count
            found["provenance"] += rows.num_rows * _QUOTING.split().count(table)
            found["rows"] += rows.num_rows * (table == "observations")
            found["derived"] += rows.num_rows * (name == "analysis-ready")
    reports = pq.read_table(PACKAGES / "work-reports" / "reports.parquet", columns=["source_file", "encoding"])
    for file, encoding in {(row["source_file"], row["encoding"]) for row in reports.to_pylist()}:
        found["digits"] += len(_DIGIT.findall((REPORTS / file).read_bytes().decode(encoding)))
    return dict(found)


def main() -> int:
    """Write the tables; the exit code."""
    violations = check_package(PACKAGES, REPORTS)
    for violation in violations:
        print(violation)
    found = counts()
    findings = Counter(pq.read_table(PACKAGES / "work-reports" / "findings.parquet")["rule"].to_pylist())
    doubts = ", ".join(f"`{rule}` {count}" for rule, count in sorted(findings.items()))
    for code, title, outcome in (
        ("en", "| rule | looked at | broken |", f"Findings recorded: {doubts or 'none'}."),
        ("zh", "| 规则 | 核对数量 | 违反 |", f"记录的疑点：{doubts or '无'}。"),
    ):
        lines = [title, "| --- | ---: | ---: |"]
        for name, english, chinese, thing, measure in _ROWS:
            text, unit = (english, f" {thing}") if code == "en" else (chinese, f" {measure}")
            lines.append(f"| {text} | {found[name]:,}{unit} | {len(violations) if violations else 0} |")
        path = ROOT / "docs" / code / "checks.md"
        page = path.read_text(encoding="utf-8")
        before, _, rest = page.partition("<!-- counts -->")
        _, _, after = rest.partition("<!-- /counts -->")
        block = "\n".join(["<!-- counts -->", "", *lines, "", outcome, "", "<!-- /counts -->"])
        path.write_text(before + block + after, encoding="utf-8")
    return int(bool(violations))


if __name__ == "__main__":
    sys.exit(main())
