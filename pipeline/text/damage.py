"""Damage of a text: characters read in the wrong encoding, lost characters, a text that is not Chinese."""

from __future__ import annotations

import re

# UTF-8 read as GBK makes these of the commonest Chinese characters and marks (，。的 of 一中人在).
_GARBLED = re.compile("[锛銆鐨涓鍦浜鏄鍙鎴鍏鍥鏂鍙戝叕閲嶈鎬鍜璁鏀绗庡増闀骞]")
_LOST = ("\ufffd", "锟斤拷")
# Of characters that belong to some program alone a few are bullets.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LEAST_PRIVATE = 10
# In runs, which are counted faster.
_HAN = re.compile("[一-鿿㐀-䶿]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_GARBLED = 8
_LEAST_FORMS = 4
_GARBLED_SHARE = 12
_CHINESE_SHARE = 5
_SAMPLE = 200_000
_LEAST_LETTERS = 200


def mended(text: str) -> str:
    """The text with the lines put right that are UTF-8 read as GBK or as Latin-1, where nothing of a line is lost.

    That is certain: Chinese text in GBK is next to never well-formed UTF-8.
    """
    if len(_GARBLED.findall(text[:_SAMPLE])) < _LEAST_GARBLED and "å" not in text and "æ" not in text:
        return text
    return "\n".join(_mended(line) for line in text.split("\n"))


def _mended(line: str) -> str:
    for encoding in ("gb18030", "latin-1", "cp1252"):
        try:
            read = line.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if _count(_HAN, read) >= 2 and len(read) < len(line):
            return read
    return line


def remarks_on(text: str) -> tuple[str, ...]:
    """What is damaged in a text, a sentence each without its full stop."""
    sample = text[:_SAMPLE]
    found = []
    marks = _GARBLED.findall(sample)
    if (
        len(marks) >= _LEAST_GARBLED
        and len(set(marks)) >= _LEAST_FORMS
        and len(marks) * _GARBLED_SHARE > _count(_HAN, sample)
    ):
        found.append("much of the text is garbled: UTF-8 was read as GBK when it was saved, and characters are lost")
    private = len(_PRIVATE.findall(text))
    lost = sum(map(text.count, _LOST)) + (private if private >= _LEAST_PRIVATE else 0)
    if lost:
        found.append(f"{lost} characters are lost or private to some program")
    if not _is_chinese(sample):
        found.append("this is no Chinese text")
    return tuple(found)


def _is_chinese(text: str) -> bool:
    """Whether a fifth of the letters are Chinese, or there are too few to tell; of most texts the beginning has so many."""
    if _count(_HAN, text[: len(text) // 3]) * _CHINESE_SHARE >= len(text):
        return True
    letters = _count(_LETTERS, text)
    return letters < _LEAST_LETTERS or _count(_HAN, text) * _CHINESE_SHARE >= letters


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters the runs have together."""
    return sum(map(len, runs.findall(text)))
