"""The database of the workspace: readers that share a connection see no tables of one another."""

import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.collection import database as store
from pipeline.collection import dealt
from pipeline.errors import BaogaoError


def test_readers_share_what_is_kept_open(tmp_path: Path) -> None:
    path = tmp_path / "workspace"
    with store.opened(path) as database:
        store.create(database, "places", pa.table({"place_id": ["a", "b"]}))
    with store.kept_open(path):
        with store.opened(path, read_only=True) as one, store.opened(path, read_only=True) as other:
            store.replace(one, "chosen", pa.table({"place_id": ["a"]}))
            assert one.execute("select * from chosen").fetchall() == [("a",)]
            with pytest.raises(duckdb.CatalogException):
                other.execute("select * from chosen")
        with pytest.raises(BaogaoError), store.opened(path, read_only=True) as database:
            database.execute("insert into places values ('c')")
    with store.opened(path) as database:
        database.execute("insert into places values ('c')")


def test_rows_that_were_dealt_out_come_in_order(tmp_path):
    numbers = [7, 3, 11, 0, 8, 5, 2, 9]
    whole = pa.table({dealt.PILE: [number // 4 for number in numbers], "at": numbers, "said": list(map(str, numbers))})
    with dealt.Piles(tmp_path, "rows") as piles:
        for begin in range(0, len(numbers), 3):
            piles.add(whole.slice(begin, 3))
    # A pile without rows is passed over.
    found = list(dealt.in_order(tmp_path, "rows", 4, ["at"]))
    assert [table["said"].to_pylist() for table in found] == [["0", "2", "3"], ["5", "7"], ["8", "9", "11"]]
    assert dealt.pile(tmp_path, "rows", 3) is None
    assert {dealt.piles(count) for count in (0, 1, dealt.ROWS)} == {1}
    assert dealt.piles(dealt.ROWS * dealt.MOST_PILES * 9) == dealt.MOST_PILES


def test_want_of_memory_is_told_before_duckdb_ends_the_process(monkeypatch):
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (900_000_000, resource.RLIM_INFINITY))
    monkeypatch.delitem(sys.modules, "duckdb")
    with pytest.raises(BaogaoError, match="not enough memory"), store.opened():
        pass
