"""Web pages: the text as a browser shows it, without menus and lists of links.

The tree comes from justhtml, which is pure Python (it runs in a browser too), follows the HTML standard, and takes linear
time on hostile input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import InputError
from pipeline.models import Layer
from pipeline.text.decode import decode
from pipeline.text.readers import Options
from pipeline.text.readers.layers import LayerWriter, squeezed

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
    ]
)
_NOT_SHOWN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_POWER = re.compile(r"(?:[kcmdμ]?m|米)$", re.IGNORECASE)
_SENTENCE = re.compile("[。；！？]")
_NUMBERED = re.compile(r"[\s(（]*[\d一二三四五六七八九十]+[)）]?[.、．]")
# More than this is no page of a report; a tree takes a hundred times the bytes of its tags.
_MOST_BYTES = 30_000_000
_MOST_TAGS = 400_000
_MOST_NESTED = 400
_NESTED = re.compile(
    r"<(/?)(?:div|span|font|table|b|i|u|em|strong|section|article|ul|ol|dl|blockquote|center|sup|sub|a)\b", re.I
)
# A cell with more than this is a part of the page's layout.
_LONGEST_CELL = 240
_MOST_LINKED = 0.6
# Opens a raised text while it is gathered.
_RAISED = "\u0002"
_LONGEST_LINK = 80


@dataclass(slots=True)
class _Block:
    """A paragraph or a row: its cells as (text, element), and how many of its characters are links."""

    cells: list[tuple[str, str]]
    linked: int = 0

    @property
    def is_link(self) -> bool:
        text = "".join(cell for cell, _ in self.cells)
        short = len(text) <= _LONGEST_LINK * max(1, len(self.cells)) and not _SENTENCE.search(text)
        return bool(text) and short and self.linked >= _MOST_LINKED * len(text)


@dataclass(slots=True)
class _Open:
    """An element that the walk is in."""

    node: Any
    path: str
    children: Iterator[Any]
    counts: Counter[str] = field(default_factory=Counter)
    items: int = 0


def read(data: bytes, name: str, options: Options) -> Layer:
    """The layer of a web page. Raises InputError for bytes that are no text, and for pages without any or too large."""
    if len(data) > _MOST_BYTES or data.count(b"<") > _MOST_TAGS:
        remedy = "Save the report alone, without the rest of the page"
        raise InputError(name, "", "this page is too large to be that of a report", remedy)
    text, encoding = decode(data, name)
    if _depth(text) > _MOST_NESTED:
        problem = f"elements stand inside one another more than {_MOST_NESTED} deep"
        raise InputError(name, "", problem, "Save the report alone, without the rest of the page")
    return layer_of_markup(text, encoding, name)


def _depth(text: str) -> int:
    """How deep elements are nested that do not close themselves."""
    depth = deepest = 0
    for tag in _NESTED.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def layer_of_markup(text: str, encoding: str, name: str) -> Layer:
    """The layer of HTML that is decoded already. Raises InputError where no text is in it."""
    from justhtml import JustHTML

    writer = LayerWriter()
    blocks = list(_blocks(JustHTML(text, sanitize=False).root))
    if not all(block.is_link for block in blocks):
        blocks = [block for block in blocks if not block.is_link]
    for block in blocks:
        writer.row(block.cells)
    if not writer.text:
        raise InputError(name, "", "the page has no text", "Save the page after its text has appeared in the browser")
    return Layer(writer.text, encoding, "html", plain=False, locations=tuple(writer.locations))


def _blocks(root: Any) -> Iterator[_Block]:
    """The paragraphs and the rows of tables, in order."""
    stack = [_Open(root, "", iter(root.children or ()))]
    text: list[str] = []
    linked = anchors = 0
    while stack:
        top = stack[-1]
        node = next(top.children, None)
        if node is None:
            stack.pop()
            anchors -= top.node.name == "a"
            if top.node.name in _BLOCKS:
                yield _Block([("".join(text), top.path)], linked)
                text, linked = [], 0
            elif top.node.name == "sup":
                text.append(_closed_sup(text))
            continue
        if node.name == "#text":
            data = str(node.data or "")
            text.append(data)
            linked += len(squeezed(data)) if anchors else 0
            continue
        if node.name in _HIDDEN or node.name[0] in "#!" or _is_hidden(node):
            continue
        top.counts[node.name] += 1
        path = f"{top.path}/{node.name}" + (f"[{top.counts[node.name]}]" if node.name not in ("html", "body") else "")
        if node.name in _BLOCKS:
            yield _Block([("".join(text), top.path)], linked)
            text, linked = [], 0
        if node.name == "table" and _is_data(node):
            yield from _rows(node, path)
            continue
        if node.name == "li" and top.node.name == "ol":
            top.items += 1
            if not _NUMBERED.match(_text(node)[:20]):
                text.append(f"{top.items}. ")
        if node.name == "sup":
            text.append(_RAISED)
        anchors += node.name == "a"
        stack.append(_Open(node, path, iter(node.children or ())))
    yield _Block([("".join(text), "")], linked)


def _closed_sup(text: list[str]) -> str:
    """Close a raised text: a footnote's number gets brackets, so that it does not run into the figure before it."""
    if _RAISED not in text:
        return ""
    at = len(text) - 1 - text[::-1].index(_RAISED)
    before, raised = "".join(text[:at])[-4:], "".join(text[at + 1 :])
    mark = raised.strip()
    note = mark.isdigit() and not (mark in "23" and _POWER.search(before))
    del text[at:]
    return f"[{mark}]" if note else raised


def _is_hidden(node: Any) -> bool:
    attributes = node.attrs or {}
    return "hidden" in attributes or bool(_NOT_SHOWN.search(str(attributes.get("style") or "")[:2000]))


def _text(node: Any) -> str:
    """All text below a node."""
    pieces: list[str] = []
    stack = [node]
    while stack:
        at = stack.pop()
        if at.name == "#text":
            pieces.append(str(at.data or ""))
        elif at.name not in _HIDDEN:
            stack.extend(reversed(at.children or ()))
            if at.name in _BLOCKS:
                pieces.append(" ")
    return "".join(pieces)


def _below(node: Any, names: frozenset[str]) -> Iterator[tuple[Any, str]]:
    """The nearest elements of these names below a node, with their path from it."""
    stack = [(child, "") for child in reversed(_numbered(node))]
    while stack:
        (child, step), path = stack.pop()
        if child.name in names:
            yield child, f"{path}/{step}"
        else:
            stack.extend((inner, f"{path}/{step}") for inner in reversed(_numbered(child)))


def _numbered(node: Any) -> list[tuple[Any, str]]:
    """The child elements with their step of a path."""
    counts: Counter[str] = Counter()
    found = []
    for child in node.children or ():
        if child.name[0] not in "#!":
            counts[child.name] += 1
            found.append((child, f"{child.name}[{counts[child.name]}]"))
    return found


def _is_data(table: Any) -> bool:
    """Whether a table has data in its cells, and is not the layout of a page."""
    if any(True for _ in _below(table, frozenset({"table"}))):
        return False
    widths = []
    for row, _ in _below(table, frozenset({"tr"})):
        cells = [cell for cell, _ in _below(row, frozenset({"td", "th"}))]
        widths.append(len(cells))
        if any(len(squeezed(_text(cell))) > _LONGEST_CELL for cell in cells):
            return False
    return max(widths, default=0) > 1


def _rows(table: Any, path: str) -> Iterator[_Block]:
    """The rows of a table; a cell over several columns or rows stands in the first, the others are empty."""
    held: dict[int, int] = {}
    for row, step in _below(table, frozenset({"caption", "tr"})):
        if row.name == "caption":
            yield _Block([(_text(row), path + step)])
            continue
        cells: list[tuple[str, str]] = []
        for cell, inner in _below(row, frozenset({"td", "th"})):
            while held.get(len(cells), 0):
                held[len(cells)] -= 1
                cells.append(("", ""))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                held[column] = high - 1
            cells += [(_text(cell), path + step + inner), *[("", "")] * (wide - 1)]
        while held.get(len(cells), 0):
            held[len(cells)] -= 1
            cells.append(("", ""))
        yield _Block(cells)


def _span(cell: Any, name: str) -> int:
    value = str((cell.attrs or {}).get(name) or "1").strip()
    return min(max(int(value), 1), 60) if value.isascii() and value.isdigit() and len(value) < 4 else 1
