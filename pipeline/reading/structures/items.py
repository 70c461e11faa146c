"""A numbered item as a commitment."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Passage
from pipeline.reading.structures import Commitment
from pipeline.reading.structures.numbered import Marker, first_clause, heading, section_at, stripped
from pipeline.reading.structures.responsible import agencies_in, closing_bracket


def commitment_of(
    kind: str, text: str, passages: Sequence[Passage], marker: Marker, stop: int, section: str | None = None
) -> Commitment:
    """The item that `marker` opens and that ends by `stop`, without parent and deadline."""
    stop = stripped(text, marker.stop, stop)
    bracket = closing_bracket(text, marker.stop, stop)
    return Commitment(
        kind,
        text[slice(*marker.number)],
        *marker.number,
        heading(marker, text, passages) or first_clause(text, marker.stop, bracket[0] - 1 if bracket else stop),
        text[marker.start : stop],
        section_at(passages, marker.start, marker.level <= 2) if section is None else section,
        marker.start,
        stop,
        agencies=tuple(agencies_in(text, *bracket)) if bracket else (),
    )
