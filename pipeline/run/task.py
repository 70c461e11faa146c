"""What the engines run: the extraction of one file, or of a piece of it. Pure, and what goes in and out can be sent to another machine."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SHORT_OF_MEMORY, BaogaoError, is_short_of_memory
from pipeline.run.parts import pack
from pipeline.run.pieces import Piece


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, by the name of its file, and why."""

    name: str
    error: BaogaoError


def extract_part(piece: Piece) -> bytes | Failure:
    """The rows of all reports of a piece, packed; any error becomes a Failure, so that it cannot stop other files."""
    try:
        return pack(piece.rows())
    except BaogaoError as error:
        return Failure(piece.name, error)
    except Exception as error:
        if is_short_of_memory(error):
            return Failure(piece.name, BaogaoError(f"{piece.name}: {SHORT_OF_MEMORY}"))
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}, line {last.lineno}"
        problem = f"{piece.name}: a fault of the program ({type(error).__name__}: {error!s:.200}; {place})"
        advice = "Leave the file out with --keep-going, and report the fault"
        return Failure(piece.name, BaogaoError(f"{problem}. {advice}."))
