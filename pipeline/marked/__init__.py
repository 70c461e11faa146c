"""A document as one page on which every numeral is marked and its reading stands beside it.

The page is whole in itself, without a script and without anything to load, so that it can be sent and opened anywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Source
from pipeline.rows import Row, Rows
from pipeline.site.html_text import html_text
from pipeline.site.tongue import WORDS

_CSS = (Path(__file__).parent / "marked.css").read_text(encoding="utf-8")
# Below this a reading is marked as doubtful.
_DOUBTFUL = 0.8
_COLUMNS = (
    ("No.", "序号"),
    ("Figure", "数值"),
    ("Indicator", "指标"),
    ("Measure", "类型"),
    ("Status", "性质"),
    ("Period", "时期"),
    ("Place and subject", "地区与对象"),
    ("Sure", "可信度"),
    ("Rule", "规则"),
)


class Mark(NamedTuple):
    """A numeral at `start:stop` of its source: its kind in the ledger and the observations that stand on it."""

    start: int
    stop: int
    kind: str
    rows: tuple[tuple[int, Row], ...]


def marked_page(read: Sequence[tuple[Source, Rows]]) -> bytes:
    """The page (HTML, UTF-8) of sources with the rows that `extract_source` gives for them."""
    numbers = count(1)
    parts = [_document(source, rows, numbers) for source, rows in read]
    shown = sum(len(rows.get("observations", [])) for _, rows in read)
    told = f"<p>{_both(f'{shown:,} observations', f'共 {shown:,} 个观测值')}</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>Every numeral and its reading 数字与读法</title>\n"
        f"<style>\n{_CSS}</style>\n</head>\n<body>\n<header>\n"
        f"<h1>{_both('Every numeral and its reading', '数字与读法')}</h1>\n{told}\n{_legend()}</header>\n<main>\n"
        f"{''.join(parts)}</main>\n</body>\n</html>\n"
    ).encode()


def _legend() -> str:
    statuses = "".join(
        f'<li><span class="{status}">{_word("status", status)}</span></li>\n'
        for status in ("actual", "estimate", "target")
    )
    other = _both("a numeral that states no quantity, with its kind", "不是数量的数字，附其类别")
    doubt = _both(f"a reading less sure than {_DOUBTFUL}", f"可信度低于 {_DOUBTFUL} 的读法")
    return (
        f'<ul class="legend">\n{statuses}<li><span class="other">12<small>{_both("name", "名称")}</small></span> '
        f'{other}</li>\n<li><span class="doubtful">0.750</span> {doubt}</li>\n</ul>\n'
    )


def _document(source: Source, rows: Rows, numbers: Iterator[int]) -> str:
    """The text of a source, line by line, each with a table of its readings."""
    found = marks(rows, numbers)
    starts = [mark.start for mark in found]
    titles = [str(report["title"]) for report in rows.get("reports", []) if report["title"]] or [source.name]
    heads = "".join(f'<h2 lang="zh">{html_text(title)}</h2>\n' for title in titles)
    parts, at = [heads], 0
    for line in source.text.splitlines(keepends=True):
        inside = found[bisect_right(starts, at - 1) : bisect_right(starts, at + len(line) - 1)]
        if line.strip():
            parts.append(f'<p class="text" lang="zh">{_line(line, at, inside)}</p>\n{_readings(inside)}')
        at += len(line)
    return f"<section>\n{''.join(parts)}</section>\n"


def marks(rows: Rows, numbers: Iterator[int]) -> list[Mark]:
    """The numerals of a source in order; those that the text has twice at one place are one."""
    observed: dict[int, list[Row]] = {}
    for row in sorted(rows.get("observations", []), key=lambda row: int(str(row["start"]))):
        observed.setdefault(int(str(row["start"])), []).append(row)
    ledger = {int(str(row["start"])): row for row in rows.get("numerals", [])}
    found: list[Mark] = []
    for start in sorted({*ledger, *observed}):
        mine = observed.get(start, [])
        one: Mapping[str, Any] = mine[0] if mine else ledger[start]
        kind = str(ledger[start]["kind"]) if start in ledger else "observation"
        if not found or start >= found[-1].stop:
            found.append(Mark(start, int(one["stop"]), kind, tuple((next(numbers), row) for row in mine)))
    return found


def _line(line: str, begin: int, marks: Sequence[Mark]) -> str:
    parts, at = [], 0
    for mark in marks:
        start, stop = mark.start - begin, min(mark.stop - begin, len(line))
        parts.append(html_text(line[at:start]))
        parts.append(_figure(mark, html_text(line[start:stop])))
        at = stop
    return "".join((*parts, html_text(line[at:]).rstrip()))


def _figure(mark: Mark, text: str) -> str:
    if not mark.rows:
        kind = _word("numeral", mark.kind)
        return f'<span class="other">{text}<small>{kind}</small></span>'
    first = mark.rows[0][0]
    status = html_text(mark.rows[0][1]["status"])
    ids = "、".join(str(number) for number, _ in mark.rows)
    return f'<a class="figure {status}" id="n{first}" href="#r{first}">{text}<sup>{ids}</sup></a>'


def _readings(marks: Sequence[Mark]) -> str:
    """The table of the readings of a line; nothing where it states no quantity."""
    body = "".join(_row(number, mark.rows[0][0], row) for mark in marks for number, row in mark.rows)
    if not body:
        return ""
    heads = "".join(f'<th scope="col">{_both(en, zh)}</th>' for en, zh in _COLUMNS)
    frame = '<div class="readings" role="region" tabindex="0" aria-label="Readings of the line above 上文数字的读法">'
    return f"{frame}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"


def _row(number: int, figure: int, row: Row) -> str:
    value = str(row["value"]) + (f"–{row['value_max']}" if row.get("value_max") not in (None, "") else "")
    sure = float(str(row["confidence"]))
    doubt = f'<span class="doubtful">{sure:.3f}</span>' if sure < _DOUBTFUL else f"{sure:.3f}"
    compared = f" · {_word('comparison', row['comparison'])}" if row.get("comparison") else ""
    force = f" · {_word('modality', row['modality'])}" if row.get("modality") not in (None, "", "plain") else ""
    bound = f" {_word('bound', row['bound'])}" if row["bound"] != "exact" else ""
    place_id = str(row.get("place_id") or "")
    place = html_text(gazetteer().place(place_id).name_zh) if place_id else ""
    if row.get("subject"):
        place += f"<br>{html_text(row['subject'])}"
    ranked = f"<br>{html_text(row['pool'])}" if row.get("pool") else ""
    return (
        f'<tr id="r{number}"><td class="number"><a href="#n{figure}">{number}</a></td>'
        f'<td class="number">{html_text(value)} <span lang="zh">{html_text(row["unit"] or "")}</span>{bound}</td>'
        f'<td><span lang="zh">{html_text(row["indicator_text"])}</span><br><code>{html_text(row["indicator_id"])}</code></td>'
        f"<td>{_word('measure', row['measure'])}{compared}{ranked}</td>"
        f'<td class="{html_text(row["status"])}">{_word("status", row["status"])}{force}</td>'
        f'<td>{html_text(row["period"] or "")}</td><td lang="zh">{place}</td>'
        f'<td class="number">{doubt}</td><td><code>{html_text(row["rule"])}</code></td></tr>\n'
    )


def _word(field: str, value: object) -> str:
    """The value of a column in both languages; those of no list as they are."""
    known = WORDS.get(field, {}).get(str(value))
    return _both(*known) if known else html_text(value or "")


def _both(en: str, zh: str) -> str:
    return f'{html_text(en)} <span lang="zh">{html_text(zh)}</span>'
