"""Where pages are, and how one leads to another. Links are relative, so that the site works wherever it is put.

A page is named by its path in the folder of one language, such as `indicators/gdp.md`; MkDocs shows it at
`indicators/gdp/`. English stands at the top of the site, Chinese below `zh/`; files stand at the top for both.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

# Names that a web server or MkDocs takes for a folder's own page.
_TAKEN = {"index", "readme"}


def page_name(identifier: str) -> str:
    """The name of a page from an identifier."""
    return f"{identifier}-" if identifier in _TAKEN else identifier


def indicator_page(indicator_id: str, part: int = 1) -> str:
    """The page of an indicator; from its second part on, a page with further rows."""
    return f"indicators/{page_name(indicator_id)}{f'/{part}' if part > 1 else ''}.md"


def topic_page(topic_id: str) -> str:
    """The page of a topic; the indicators without one have a page too."""
    return f"topics/{page_name(topic_id) if topic_id else 'other-'}.md"


def thing_page(thing_id: str) -> str:
    """The page of a thing."""
    return f"things/{page_name(thing_id)}.md"


def place_page(place_id: str) -> str:
    """The page of a place."""
    return f"places/{page_name(place_id)}.md"


def report_page(report_id: str) -> str:
    """The page of a report."""
    return f"reports/{page_name(report_id)}.md"


def commitments_page(report_id: str) -> str:
    """The page of the commitments of a report."""
    return f"commitments/{page_name(report_id)}.md"


def compare_page(indicator_id: str) -> str:
    """The page that compares places and years of a headline target."""
    return f"compare/{page_name(indicator_id)}.md"


def package_page(package: str) -> str:
    """The page of a package."""
    return f"data/{package}/index.md"


def folder(page: str) -> str:
    """The folder that a page is shown at, with a slash at its end; empty for the start page."""
    stem = page.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        stem = stem[: -len("index")].rstrip("/")
    return f"{stem}/" if stem else ""


@dataclass(frozen=True, slots=True)
class Here:
    """A page of one language, from which links lead elsewhere."""

    page: str
    language: str

    def md(self, page: str, anchor: str = "") -> str:
        """A link to a page for Markdown, which MkDocs checks."""
        path = posixpath.relpath(page, posixpath.dirname(self.page) or ".")
        return quote(path) + (f"#{quote(anchor)}" if anchor else "")

    def url(self, page: str, anchor: str = "") -> str:
        """A link to a page for HTML: the address where it is shown."""
        if page == self.page and anchor:
            return f"#{quote(anchor)}"
        path = posixpath.relpath(folder(page) or ".", folder(self.page) or ".")
        return quote(f"{path}/") + (f"#{quote(anchor)}" if anchor else "")

    def file(self, path: str) -> str:
        """A link to a file at the top of the site, for HTML."""
        up = "../" * (folder(self.page).count("/") + (self.language != "en"))
        return quote(f"{up}{path}") if up else quote(path)


def anchor(observation: Mapping[str, Any]) -> str:
    """The anchor of a row on the page of its indicator."""
    return str(observation["observation_id"])


def numeral_anchor(start: int) -> str:
    """The anchor of a numeral on the page of its report: its offset in the source file."""
    return f"n{start}"
