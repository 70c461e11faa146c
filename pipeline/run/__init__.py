"""Run one function over many inputs: here, in several processes, or on a cluster.

An engine is a function `run(function, items)`. `items` are pairs of a key and an argument, which it takes only as fast
as they are worked off, so that memory does not grow with their number. It yields pairs of a key and a result as they
come, in any order. Where the process that worked on an item died, as of too little memory, the result is `Died`.
"""

from __future__ import annotations

from pipeline.run.local import Died, run_here, run_processes
from pipeline.run.pieces import Piece, cut
from pipeline.run.task import Failure, extract_part

__all__ = ["Died", "Failure", "Piece", "cut", "extract_part", "run_here", "run_processes"]
