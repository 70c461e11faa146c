"""An extension of Python-Markdown: a page that is HTML already passes as it is, with its headings as table of contents."""

from __future__ import annotations

import html
import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import nest_toc_tokens
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

# The first line of such a page.
MARK = "<!-- HTML -->"
_HEADING = re.compile(r'<h([1-3]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>|<small.*?</small>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class _Take(Preprocessor):  # type: ignore[misc]
    body: str | None = None

    def run(self, lines: list[str]) -> list[str]:
        self.body = "\n".join(lines[1:]) if lines[:1] == [MARK] else None
        return lines if self.body is None else [""]


class _Give(Postprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, taken: _Take) -> None:
        super().__init__(md)
        self.taken = taken

    def run(self, text: str) -> str:
        body = self.taken.body
        if body is None:
            return text
        md: Any = self.md
        md.toc_tokens = headings(body)
        return body


def headings(body: str) -> list[Any]:
    """The headings with an identifier as Python-Markdown lists them."""
    found = []
    for level, identifier, content in _HEADING.findall(body):
        name = html.unescape(_TAG.sub("", _PERMALINK.sub("", content))).strip()
        shown = html.escape(name)
        found.append({"level": int(level), "id": identifier, "name": shown, "html": shown, "data-toc-label": ""})
    return nest_toc_tokens(found)  # type: ignore[no-any-return, no-untyped-call, unused-ignore]


class HtmlBody(Extension):  # type: ignore[misc]
    """What mkdocs.yml names."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take the body before anything else sees it, and give it back after everything else."""
        taken = _Take(md)
        md.preprocessors.register(taken, "html_body", 1000)
        md.postprocessors.register(_Give(md, taken), "html_body", -1000)


def makeExtension(**settings: Any) -> HtmlBody:  # noqa: N802
    """The extension, as Python-Markdown asks for it."""
    return HtmlBody(**settings)
