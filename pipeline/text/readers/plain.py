"""Plain text and Markdown: the layer is the decoded file."""

from __future__ import annotations

from pipeline.models import Layer
from pipeline.text.decode import decode
from pipeline.text.readers import Options


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a plain text in any encoding. Raises InputError for bytes that are no text."""
    text, encoding = decode(data, name)
    return Layer(text, encoding)
