"""The database of the workspace: readers that share a connection see no tables of one another."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.collection import database as store
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
