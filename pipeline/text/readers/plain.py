"""Plain text and Markdown: the layer is the decoded file, or that mended where it was saved in the wrong encoding."""

from __future__ import annotations

from pipeline.models import Layer
from pipeline.text.damage import mended, remarks_on
from pipeline.text.decode import decode
from pipeline.text.readers import Options


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a plain text in any encoding. Raises InputError for bytes that are no text."""
    text, encoding = decode(data, name)
    whole = mended(text)
    remarks = remarks_on(whole)
    if whole != text:
        remarks = ("the text was saved in the wrong encoding and has been mended", *remarks)
    return Layer(whole, encoding, plain=whole == text, remarks=remarks)
