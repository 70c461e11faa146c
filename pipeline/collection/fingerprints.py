"""Fingerprints of a text that survive other punctuation, line breaks, widths of characters and dropped headings.

Every run of `WIDTH` letters, digits and Chinese characters is hashed, whatever stands between them, and one in `SAMPLE`
is kept by its hash alone. Two texts that share a passage keep the same ones, so that they meet in an inverted index.
"""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from pipeline.rows import Row

TABLE = "_fingerprints"
WIDTH = 8
SAMPLE = 8
# Characters that are hashed at once, which bounds the memory.
_PIECE = 1 << 20
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def fingerprints(report_id: str, text: str, start: int = 0) -> list[Row]:
    """One row: the report, `characters` that count, `hashes` (unsigned 64 bits) and `places`, their offsets.

    Offsets are those in `text` plus `start`, in order; `places` are where the runs begin.
    """
    characters = 0
    hashes, places = array("Q"), array("Q")
    # The last runs of a piece reach into the next one, so that what was left of it goes on before that.
    rest_codes, rest_places = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    for begin in range(0, len(text), _PIECE):
        codes, kept = _counting(text[begin : begin + _PIECE])
        characters += len(kept)
        codes = np.concatenate((rest_codes, codes))
        kept = np.concatenate((rest_places, kept + (begin + start)))
        found = _rolling(codes)
        chosen = np.flatnonzero(found % np.uint64(SAMPLE) == 0)
        hashes.frombytes(found[chosen].tobytes())
        places.frombytes(kept[chosen].astype(np.uint64).tobytes())
        rest_codes, rest_places = codes[len(found) :], kept[len(found) :]
    return [{"report_id": report_id, "characters": characters, "hashes": hashes, "places": places}]


def _counting(text: str) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The letters, digits and Chinese characters of a text in one width and case, and where they stand."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    wide = (codes >= 0xFF01) & (codes <= 0xFF5E)
    codes = np.where(wide, codes - 0xFEE0, codes)
    codes = np.where((codes >= 0x41) & (codes <= 0x5A), codes + 0x20, codes)
    digit = (codes >= 0x30) & (codes <= 0x39)
    letter = (codes >= 0x61) & (codes <= 0x7A)
    chinese = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    kept = np.flatnonzero(digit | letter | chinese)
    return codes[kept].astype(np.uint64), kept


def _rolling(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The hash of every run of WIDTH codes, by where it begins."""
    count = max(0, len(codes) - WIDTH + 1)
    sums = np.zeros(count, dtype=np.uint64)
    for offset in range(WIDTH):
        sums = sums * _BASE + codes[offset : offset + count]
    sums ^= sums >> np.uint64(31)
    sums *= _MIX
    return sums ^ (sums >> np.uint64(29))
