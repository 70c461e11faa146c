"""How many rows are in memory while the pages of a site are made: those of one page, however many there are."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.arrow import records
from pipeline.site import load
from pipeline.site.data import Data
from pipeline.site.explore_rows import explore_files
from pipeline.site.indicator_views import indicator_pages
from pipeline.site.place_views import place_pages
from pipeline.site.report_views import report_pages
from pipeline.site.search import documents
from pipeline.site.settings import Settings
from pipeline.site.tongue import Tongue


class Held:
    """Counts the rows that are in memory, now and at most."""

    def __init__(self) -> None:
        self.now = self.most = 0
        held = self

        class Counted(dict[str, Any]):
            def __init__(self, row: dict[str, Any]) -> None:
                super().__init__(row)
                held.now += 1
                held.most = max(held.most, held.now)

            def __del__(self) -> None:
                held.now -= 1

        self.row = Counted

    def records(self, table: Any) -> list[dict[str, Any]]:
        return [self.row(row) for row in records(table)]


def largest(data: Data, key: str) -> int:
    """Most rows of one key, in all tables that its pages ask for."""
    tables = {
        "report_id": ("observations", "numerals", "terms", "report_periods"),
        "place_id": ("observations", "qualitative_targets", "outcomes"),
        # Values for the charts, and then the rows themselves.
        "indicator_id": ("observations", "observations", "qualitative_targets", "together"),
    }[key]
    shelves = [data.stored.shelf(table, key) for table in tables]
    return max(sum(one.count(name) for one in shelves) for name in shelves[0].spans)


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (report_pages, "report_id"),
        (place_pages, "place_id"),
        (indicator_pages, "indicator_id"),
    ],
)
def test_a_page_holds_its_own_rows_and_no_others(
    sample_site, monkeypatch, made: Callable[[Tongue, Data], Iterator[tuple[str, str]]], key
):
    held = Held()
    monkeypatch.setattr("pipeline.site.shelf.records", held.records)
    data = load(sample_site / "datapackages", sample_site / "reports", sample_site / "none.json", Settings())
    assert sum(1 for _ in made(Tongue("en"), data)) > 1
    assert held.now == 0
    assert 0 < held.most <= largest(data, key)


def test_the_explorer_and_the_search_hold_some_rows_at_a_time(sample_site, monkeypatch):
    held = Held()
    monkeypatch.setattr("pipeline.site.shelf.records", held.records)
    monkeypatch.setattr("pipeline.site.explore_rows.CHUNK", 10)
    data = load(sample_site / "datapackages", sample_site / "reports", sample_site / "none.json", Settings())
    assert sum(1 for _ in explore_files(data)) > 3
    assert 0 < held.most <= 10 + largest(data, "indicator_id") < data.observations
    held.most = 0
    assert any(one.kind == "place" for one in documents(data))
    # Those of one place go when those of the next have come.
    assert 0 < held.most <= 2 * largest(data, "place_id")
    assert held.now == 0
