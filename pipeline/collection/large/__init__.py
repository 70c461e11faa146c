"""Packages of collections that are larger than memory.

What reports say about each other is found by a database on disk (`gather`, `compare`), the dictionary is made from what
it has counted (`explain`), and rows are checked and written a batch of reports at a time (`write`, `panel`). The tables
that grow fastest come in parts, one resource for each province and year. What is in memory does not grow with the
number of reports, but for a line for each report and one for each repeated statement.
"""

from __future__ import annotations

from pipeline.collection.large.gather import File
from pipeline.collection.large.jobs import Run
from pipeline.collection.large.large_packages import write_large
from pipeline.collection.large.texts import Entry

__all__ = ["Entry", "File", "Run", "write_large"]
