"""What the readers of marked-up formats have in common: a layer put together line by line, with the way back."""

from __future__ import annotations

import re

from pipeline.models import Location

_BLANKS = re.compile(r"[\s\u00a0]+")
# Characters that have no place in a text: control characters, and what XML forbids.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class LayerWriter:
    """Puts a text layer together. Lines end with a line feed, cells of a row are parted by tabs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.locations: list[Location] = []

    def line(self, text: str, element: str, page: int | None = None) -> None:
        """Add a paragraph; one without content is left out."""
        self.row([(text, element)], page)

    def row(self, cells: list[tuple[str, str]], page: int | None = None) -> None:
        """Add a line of cells, each with the element that it stands in; a line without content is left out."""
        cells = [(squeezed(text), element) for text, element in cells]
        if not any(text for text, _ in cells):
            return
        for number, (text, element) in enumerate(cells):
            if number:
                self._add("\t")
            if text:
                self.locations.append(Location(self._length, self._length + len(text), page, element))
                self._add(text)
        self._add("\n")

    def gap(self) -> None:
        """An empty line, which ends a paragraph in any case."""
        if self._pieces and self._pieces[-1] != "\n\n":
            self._add("\n")

    @property
    def text(self) -> str:
        """The layer as far as it is written."""
        return "".join(self._pieces)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def squeezed(text: str) -> str:
    """The text with single blanks and without characters that have no place in one."""
    return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()
