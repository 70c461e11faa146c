"""Identifiers of observations that were published lead to those that stand in their place."""

from hashlib import sha256

import pytest

from pipeline.knowledge import catalogue_rows

# Of version 0.1.0: 101 identifiers changed with those of eight reports. Add lines behind these; none goes away or leads elsewhere.
FIRST = 101
DIGEST = "bd103524d000e628"


def test_what_was_given_up_is_kept() -> None:
    rows = catalogue_rows("observation_redirects")
    first = "\n".join(",".join(row.values()) for row in rows[:FIRST])
    assert sha256(first.encode()).hexdigest()[:16] == DIGEST
    old = [row["old_id"] for row in rows]
    assert len(set(old)) == len(old)
    assert not {row["new_id"] for row in rows} & set(old), "a redirect leads to the last one"


def known(packages) -> set[str]:
    """The identifiers of the published rows, and of those that a correction has withdrawn, with its reason."""
    import pyarrow.parquet as pq

    folder = packages / "work-reports"
    ids = set(pq.read_table(folder / "observations.parquet", columns=["observation_id"])[0].to_pylist())
    if (folder / "corrections.parquet").is_file():
        for row in pq.read_table(folder / "corrections.parquet").to_pylist():
            ids |= {row["correction_id"].rpartition(".")[0]} if row["action"] == "withdraw" else set()
    return ids


def test_redirects_of_this_repository_lead_to_rows(packages) -> None:
    """Those of reports that are published here; the packages may be those of the build before."""
    ids = known(packages)
    assert all(row["new_id"] in ids or row["old_id"] in ids for row in catalogue_rows("observation_redirects"))


def test_every_identifier_of_the_first_version_resolves(packages, root) -> None:
    """Where the history is at hand: the packages of version 0.1.0 are those of this commit."""
    import csv
    import subprocess

    path = "d8602ca:datapackages/work-reports/observations.csv"
    shown = subprocess.run(
        ["git", "show", path], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if shown.returncode:
        pytest.skip("the history is not at hand")
    old = {row["observation_id"] for row in csv.DictReader(shown.stdout.splitlines(keepends=True))}
    ids = known(packages)
    given_up = {row["old_id"]: row["new_id"] for row in catalogue_rows("observation_redirects")}
    assert len(old) == 1645
    assert not {name for name in old if name not in ids and given_up.get(name) not in ids}
