"""HTML tables that become blocks on a narrow screen: each cell knows its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(kind: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table from cells that are HTML already. `kind` is its class."""
    body = "".join(table_row(heads, cells) for cells in rows)
    return f'<table class="{kind}"><thead>{table_head(heads)}</thead><tbody>{body}</tbody></table>'


def table_head(heads: Iterable[str]) -> str:
    """The line of headings."""
    return "<tr>" + "".join(f'<th scope="col">{title}</th>' for title in heads) + "</tr>"


def table_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    """A line; an empty cell takes no room on a narrow screen."""
    shown = (
        f'<td data-label="{head}"><div>{cell}</div></td>' if cell else '<td class="none"></td>'
        for head, cell in zip(heads, cells, strict=True)
    )
    return f"<tr>{''.join(shown)}</tr>"
