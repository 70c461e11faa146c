"""Text from reports made safe for the places it goes to: Markdown, HTML, titles, scripts, front matter.

Report text is untrusted. Nothing from it may become markup, a script or a directive of the generator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# Control characters are not allowed in HTML; some of them are placeholders inside Python-Markdown.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# Every ASCII mark that means something to Markdown or one of its extensions, as an entity, which Markdown leaves alone.
_MARKDOWN = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<>\"'\\`*_{}[]()#+!|~^=:@$-"})
_ORDERED = re.compile(r"\A(\d+)\.")
# A title ends up in places that templates fill without escaping, so it holds no marks that could need it.
_TITLE = str.maketrans({"<": "＜", ">": "＞", "&": "＆", '"': "＂", "`": "｀", "\\": "＼", "{": "｛", "}": "｝"})


def html_text(text: object) -> str:
    """Text as the content of an HTML element or of a quoted attribute."""
    return _CONTROL.sub("", str(text)).translate(_HTML)


def markdown_text(text: object) -> str:
    """Text as running text of a Markdown line: one line, nothing in it read as markup."""
    line = _BLANK.sub(" ", _CONTROL.sub("", str(text))).strip().translate(_MARKDOWN)
    return _ORDERED.sub(r"\1&#46;", line)


def title_text(text: object) -> str:
    """Text as a page title: one line without the characters of markup, which become their full-width forms."""
    return _BLANK.sub(" ", _CONTROL.sub("", str(text))).strip().translate(_TITLE)


def script_json(value: object) -> str:
    """A value as JSON that may stand inside a `script` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def front_matter(title: object, description: str = "", **more: object) -> str:
    """The head of a generated Markdown page. What is empty is left out."""
    import yaml

    meta: dict[str, object] = {"title": title_text(title)}
    if description:
        meta["description"] = title_text(description)
    # The navigation holds sections only, so these pages have nothing to show at their side.
    meta["hide"] = ["navigation"]
    meta.update((key, value) for key, value in more.items() if value)
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return f"---\n{yaml.dump(meta, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def filled(template: str, values: Mapping[str, str]) -> str:
    """A hand-written page with every `{{ name }}` replaced. Raises KeyError for a name that there is no value for."""
    return _SLOT.sub(lambda match: values[match[1]], template)


def slots(template: str) -> set[str]:
    """The names that a hand-written page has slots for."""
    return set(_SLOT.findall(template))


_SLOT = re.compile(r"\{\{ ([a-z_]+) \}\}")
