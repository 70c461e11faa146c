"""What every process of a build needs, for the server that forks them: imported there, it is read once and shared by all.

An extraction reads all that is known of the language, the libraries are those of checking and writing.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import suppress

# Read by nothing here: a process that is forked has them at once.
import duckdb  # noqa: F401
import pandera.pandas  # noqa: F401
import pyarrow.parquet  # noqa: F401

from pipeline.errors import BaogaoError
from pipeline.extract import extract_text

_TEXT = "2017年,全市粮食产量达到20万吨以上,增长8%,全省第三。2018年,新建学校5所。"

# What is wrong with a user's catalogue is told by whoever uses it.
with suppress(BaogaoError):
    extract_text(_TEXT)
# The collector of cycles would write to what is shared, and so copy it for each process.
gc.collect()
gc.freeze()
# DuckDB complains at the end of a process of what was not collected.
atexit.register(gc.unfreeze)
