"""The lines of a PDF with their places, taken out in a process of its own: `python -m` reads the file from standard input.

PDFium is a library in C++, and what a hostile file makes it unpack is bounded by the memory and the time that the process
may have. The answer is a line of JSON for each page: {"pictures": n, "lines": [[left, bottom, right, top, text], …]}.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

_MEMORY = 1_500_000_000  # bytes
# Of the clock, and of the processor alone, where the system can tell.
_SECONDS = 120
_WORKED = 30
_MOST_PAGES = 3000
_MOST_CHARACTERS = 20_000_000
_NOT_DRAWN = frozenset("\r\n\0\u0002\ufffe\uffff")


class PdfError(Exception):
    """The file cannot be read; the message is a clause that says why."""


def pages_of(data: bytes) -> list[Any]:
    """The pages. Raises PdfError."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"it takes more than {_SECONDS} seconds to read") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise PdfError(
            said.removeprefix("PdfError: ")
            if said.startswith("PdfError: ")
            else "it takes too much memory or time, or is damaged"
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Read a PDF from standard input and write its pages."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_WORKED, _WORKED))
    try:
        import pypdfium2
    except ImportError:
        sys.exit("PdfError: PDF files need pypdfium2, which pip install 'baogao[pdf]' brings")
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        sys.exit("PdfError: it is locked with a password" if locked else "PdfError: it is damaged, or no PDF")
    if len(document) > _MOST_PAGES:
        sys.exit(f"PdfError: it has more than {_MOST_PAGES} pages")
    left = _MOST_CHARACTERS
    for page in document:
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            sys.exit("PdfError: it has more text than any report")
        pictures = sum(1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        print(json.dumps({"pictures": pictures, "lines": _lines(text, pypdfium2.raw)}))


def _lines(text: Any, raw: Any) -> list[list[Any]]:
    """Runs of characters on one base line without a wide gap, in the order of the file."""
    from ctypes import byref

    lines: list[list[Any]] = []
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index) or 0x20)
        # The loose box is as high as the font and as wide as the step to the next character.
        if character in _NOT_DRAWN or not raw.FPDFText_GetLooseCharBox(text, index, byref(box)):
            continue
        if character.isspace():
            if lines:
                lines[-1][4] += " "
            continue
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        size = max(y1 - y0, 1.0)
        last = lines[-1] if lines else None
        level = last is not None and min(last[3], y1) - max(last[1], y0) > 0.5 * min(last[3] - last[1], size)
        if last is not None and level and -0.5 * size <= x0 - last[2] <= size:
            last[:5] = [min(last[0], x0), min(last[1], y0), max(last[2], x1), max(last[3], y1), last[4] + character]
        else:
            lines.append([x0, y0, x1, y1, character])
    return [[round(value, 1) for value in line[:4]] + [line[4].strip()] for line in lines if line[4].strip()]


if __name__ == "__main__":
    main()
