"""Where one of many words may begin: at two characters with which some word does, looked for in the whole text at once.

Several times as fast as a pattern of the first and the second characters, and as an automaton of all the words. Without
numpy, as in a browser, each pair of the text is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add
from typing import TYPE_CHECKING

try:
    import numpy as np
except ImportError:
    _NUMPY = False
else:
    _NUMPY = True

if TYPE_CHECKING:
    import numpy.typing as npt

_BITS = 20
_SPREAD = 0x9E37
_MASK = (1 << _BITS) - 1


class Pairs:
    """The pairs of characters with which words begin; words of one character are in none."""

    __slots__ = ("_known", "_pairs")

    def __init__(self, words: Iterable[str]) -> None:
        self._pairs = frozenset(word[:2] for word in words if len(word) > 1)
        if _NUMPY:
            self._known = np.zeros(1 << _BITS, dtype=np.bool_)
            for pair in self._pairs:
                self._known[_keys(pair)] = True

    def offsets(self, text: str) -> list[int]:
        """The offsets in `text`, in order, at which a word may begin; few others among them."""
        if not _NUMPY:
            pairs = self._pairs
            return [at for at, pair in enumerate(map(add, text, text[1:])) if pair in pairs]
        found: list[int] = np.flatnonzero(self._known[_keys(text)]).tolist()
        return found


def _keys(text: str) -> npt.NDArray[np.uint32]:
    """A number for each character with the one behind it; different pairs seldom have the same."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    keys: npt.NDArray[np.uint32] = (codes[:-1] * np.uint32(_SPREAD) + codes[1:]) & np.uint32(_MASK)
    return keys
