"""What makes a site somebody's own: its title, address, licence, contact, logo and pages, from one `site.yaml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.site.tongue import LANGUAGES, Tongue

NAME = "site.yaml"
_KEYS = ("title", "address", "licence", "contact", "logo", "pages")
_DOCS = "See the page on your own site"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site; what the file does not say is empty or as here.

    titles: by language; contact: a mail address, or an address of the web that takes `title` and `body`;
    pages: folder with Markdown pages in `en` and `zh`, which stand beside the site's own or instead of them.
    """

    titles: Mapping[str, str] = field(default_factory=lambda: {"en": "Baogao", "zh": "Baogao 报告"})
    address: str = ""
    licence: str = "CC BY 4.0"
    contact: str = ""
    logo: Path | None = None
    pages: Path | None = None

    def title(self, say: Tongue) -> str:
        """The title in a language, or the one that there is."""
        return self.titles.get(say.code) or next(iter(self.titles.values()))


def read_settings(path: Path | None) -> Settings:
    """The settings in a file, SITE_URL before its address. Raises InputError for what is not one of them."""
    loaded: dict[str, Any] = {}
    if path is not None:
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise InputError(str(path), "", f"it cannot be read: {error}", "Write it as UTF-8 YAML") from error
        _check(path, loaded)
    title = loaded.get("title")
    known = {"titles": dict.fromkeys(LANGUAGES, title) if isinstance(title, str) else title} if title else {}
    address = str(os.environ.get("SITE_URL") or loaded.get("address") or "").rstrip("/")
    folder = path.parent if path else Path()
    return Settings(
        **known,
        address=f"{address}/" if address else "",
        licence=loaded.get("licence") or "CC BY 4.0",
        contact=loaded.get("contact") or "",
        logo=folder / loaded["logo"] if loaded.get("logo") else None,
        pages=folder / loaded["pages"] if loaded.get("pages") else None,
    )


def _check(path: Path, loaded: object) -> None:
    if not isinstance(loaded, dict):
        raise InputError(str(path), "", "it is no list of keys and values", f"Give some of: {', '.join(_KEYS)}")
    for key, value in loaded.items():
        if key not in _KEYS:
            raise InputError(str(path), str(key), "there is no such setting", f"The settings are: {', '.join(_KEYS)}")
        texts = isinstance(value, dict) and key == "title" and set(value) <= set(LANGUAGES)
        if not isinstance(value, str) and not (texts and all(isinstance(text, str) for text in value.values())):
            raise InputError(str(path), key, "it is not text", "Write one text, of the title also one for en and zh")
    for key in ("logo", "pages"):
        if key in loaded and not (path.parent / loaded[key]).exists():
            raise InputError(str(path), key, f"{loaded[key]} is not there", "Name it from the folder of the file")
    address = loaded.get("address", "https://")
    if not str(address).startswith(("https://", "http://")):
        raise InputError(str(path), "address", f"{address} is no address", "Begin it with https://")
