"""Bytes to text, or an error that says where the bytes are no text."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import InputError

# Longest marks first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP or Office file", ".docx, .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", ".docx after saving it in today's format"),
    (b"{\\rtf", "an RTF file", ".docx after saving it so"),
)
# Tab, line feed, vertical tab, form feed, carriage return and next line are blanks; the rest has no place in a text.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CHINESE_OR_ASCII = re.compile("[\t\n\r -~\u2010-\u2026\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e]+")
_NEITHER = re.compile("[^\t\n\r -~\u2010-\u2026\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e]")
# So many characters are enough to know UTF-16 by, and so near to each other others show that it is none any more.
_BEGUN, _NEAR = 16, 12
_SAMPLE = 200_000
_PLAUSIBLE = 0.7
_PLANES = 0x10
_SAVE_AS = "Save it as plain text in UTF-8"


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` and the encoding it is in; `name` is what errors call the input.

    Line ends stay as they are, a byte order mark is left out. Encodings: UTF-8, UTF-16 and UTF-32 with a mark or
    without one, GB18030 (with GBK and GB2312), Big5, then whatever charset-normalizer is sure of.
    Raises InputError for bytes that are no text, control characters, and texts without content.
    """
    for magic, what, ends in _NO_TEXT:
        if data.startswith(magic):
            raise InputError(
                name, "", f"this is {what}, not a text", f"Give it its own ending ({ends}), or save it as plain text"
            )
    text, encoding = _decoded(data, name)
    control = _CONTROL.search(text)
    if control:
        code = ord(control[0])
        what = "a NUL character" if code == 0 else f"the control character U+{code:04X}"
        remedy = "Remove it; if the file is full of them it is no text, or in an encoding that was not recognised"
        raise InputError(name, line_and_column(text, control.start()), f"{what} stands here", remedy)
    if not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\x85\u3000\xa0") or text.isspace():
        raise InputError(name, "", "the file is empty or has only white space", "Put the report's text into it")
    return text, encoding


def line_and_column(text: str, at: int) -> str:
    """Where `at` is, as people count: lines and characters from 1."""
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return f"line {before.count(chr(10)) + 1}, character {len(before) - before.rfind(chr(10))}"


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    if widest := _widest(data):
        return _strict(data, widest, name), widest
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    wide = _wide(data)
    if wide:
        return _strict(data, wide, name), wide
    best = max(("gb18030", "big5"), key=lambda encoding: _plausibility(data, encoding))
    if _plausibility(data, best) < _PLAUSIBLE:
        best = _guess(data)
    if best and not _sound_wide(data):
        try:
            return data.decode(best), best
        except UnicodeDecodeError as error:
            # A file that is nearly all UTF-8 has its fault where UTF-8 fails, not where another encoding does.
            first_bad = max(first_bad, error.start)
    else:
        first_bad = max(first_bad, _sound_wide(data), *(_sound(data, encoding) for encoding in ("gb18030", "big5")))
    line = data.count(b"\n", 0, first_bad) + 1
    problem = f"the byte {data[first_bad]:#04x} is not text in any encoding known here"
    raise InputError(name, f"byte {first_bad + 1} (line {line})", problem, _SAVE_AS)


def _sound(data: bytes, encoding: str) -> int:
    """How many bytes at the beginning are plausible text of an encoding that the whole is not; 0 if they are none."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start if _plausibility(data[: error.start], encoding) >= _PLAUSIBLE else 0
    return 0


def _sound_wide(data: bytes) -> int:
    """How many bytes at the beginning are UTF-16 without a mark, of a text that goes on as none or breaks off; 0 if none are."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "replace")
        odd = [character.start() for character in _NEITHER.finditer(text)]
        begun = odd[0] if odd else len(text)
        if begun >= _BEGUN:
            # One odd character may be rare, of two in three the bytes have shifted.
            torn = [one for one, third in zip(odd, odd[2:], strict=False) if third - one <= _NEAR]
            return 2 * (torn[0] if torn else len(data) // 2) if torn or len(data) % 2 else 0
    return 0


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"the bytes here are not {encoding.upper()}, which the file's beginning announces"
        raise InputError(name, f"byte {error.start + 1}", problem, _SAVE_AS) from error


def _widest(data: bytes) -> str:
    """UTF-32 without a mark: of four bytes one is nil, and the one beside it a plane of Unicode; empty if they are not."""
    if len(data) % 4 or not data:
        return ""
    for encoding, nil, plane in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if not any(data[nil:_SAMPLE:4]) and max(data[plane:_SAMPLE:4]) <= _PLANES:
            return encoding
    return ""


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: as that, nearly all characters are ASCII, Chinese or full-width; empty if they are not."""
    if len(data) % 2:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "replace")
        if len(_CHINESE_OR_ASCII.sub("", text)) <= len(text) * 0.03:
            return encoding
    return ""


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that are everyday ones if the bytes are in that encoding; 0 if they are not.

    Nearly any bytes are GB18030 or Big5 to a decoder, but only the right one gives common characters.
    """
    sample = data[:_SAMPLE]
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample, final=len(sample) == len(data))
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    common = "gb2312" if encoding == "gb18030" else "big5"
    encoded = "".join(foreign).encode(common, "ignore")
    # Level 1, the everyday characters, and punctuation have lead bytes up to D7 in GB 2312 and C6 in Big5.
    last = 0xD7 if common == "gb2312" else 0xC6
    return sum(lead <= last for lead in encoded[0::2]) / len(foreign)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(data[:_SAMPLE]).best()
    return codecs.lookup(best.encoding).name if best and best.percent_chaos == 0 and best.percent_coherence > 0 else ""
