"""The two languages of the site, and the words for the values of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.codes import code_lists
from pipeline.knowledge import knowledge

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: `say(english, chinese)` gives the one that is meant."""

    code: str

    def __call__(self, en: str, zh: str) -> str:
        """The text in this language."""
        return zh if self.code == "zh" else en

    def name(self, row: Mapping[str, Any]) -> str:
        """The name of a place, topic, unit, agency or indicator in this language, or the one that it has."""
        other = "en" if self.code == "zh" else "zh"
        return str(row.get(f"name_{self.code}") or row.get(f"name_{other}") or "")

    def word(self, field: str, value: object) -> str:
        """The word for a value of a column with a fixed list of values; the value itself where it has none."""
        pair = WORDS.get(field, {}).get(str(value))
        return self(*pair) if pair else str(value or "")

    def number(self, count: int) -> str:
        """A count with separators."""
        return f"{count:,}"


@cache
def locale(language: str) -> dict[str, str]:
    """The words of a language by their keys: `page.word`."""
    loaded = knowledge(f"site/locale/{language}")
    return {f"{page}.{key}": str(text) for page, words in loaded.items() for key, text in words.items()}


_OWN = {
    "modality": ("ensure", "strive", "plan", "expect", "stretch", "plain"),
    "type": ("string", "number", "integer", "boolean", "date"),
}
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    **{
        name: {code: (one.label_en, one.label_zh) for code, one in known.codes.items()}
        for name, known in code_lists().items()
    },
    # Beside a figure, the word that the report has; and what the columns of a table hold.
    **{
        name: {key: (locale("en")[f"{name}.{key}"], locale("zh")[f"{name}.{key}"]) for key in keys}
        for name, keys in _OWN.items()
    },
}
