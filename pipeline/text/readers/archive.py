"""The parts of Office files, read within bounds: a small file may unpack to more than any machine has."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from pipeline.errors import InputError

_MOST_BYTES = 40_000_000
_MOST_TOGETHER = 120_000_000
_SAVE = "Open it in an office program and save it again, or copy the report's text into a .txt file"


class Archive:
    """An Office file. Raises InputError, also later, for what is none, is encrypted, or is too large unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            problem = "this is an old or an encrypted Office file"
            raise InputError(name, "", problem, "Save it without a password in today's format (.docx, .xlsx)")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise InputError(name, "", f"this is no Office file ({error})", _SAVE) from error

    def part(self, path: str) -> bytes:
        """The content of a part, empty where there is none."""
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            return b""
        try:
            with self._zip.open(info) as part:
                content = part.read(_MOST_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise InputError(self._name, path, f"this part cannot be unpacked ({error})", _SAVE) from error
        if len(content) > _MOST_BYTES:
            problem = f"this part has more than {_MOST_BYTES // 1_000_000} MB unpacked, which no report has"
            raise InputError(self._name, path, problem, _SAVE)
        return content

    def bounded(self) -> None:
        """Refuse a file whose parts are too large together, for readers that unpack it themselves."""
        left = _MOST_TOGETHER
        for info in self._zip.infolist():
            left -= len(self.part(info.filename))
            if left < 0:
                problem = f"its parts have more than {_MOST_TOGETHER // 1_000_000} MB unpacked, which no report has"
                raise InputError(self._name, "", problem, _SAVE)

    def elements(self, path: str) -> Iterator[tuple[str, Any]]:
        """The beginnings and ends of the elements of an XML part; it must not define entities."""
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import iterparse

        content = self.part(path)
        if not content:
            return
        try:
            yield from iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True)
        except DefusedXmlException as error:
            problem = "this part defines entities, which Office files do not"
            raise InputError(self._name, path, problem, _SAVE) from error
        except (ParseError, ValueError) as error:
            raise InputError(self._name, path, f"this part is no XML ({error})", _SAVE) from error
