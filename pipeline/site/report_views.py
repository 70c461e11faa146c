"""The pages of reports: what a report is, its words with every numeral marked, its tasks and its glossary."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.site.data import PRESS, Data, Part, Record, grouped
from pipeline.site.html_text import front_matter, html_text, markdown_text
from pipeline.site.links import Here, crumbs, numeral_anchor, place_page, report_page
from pipeline.site.row_pages import observation_url, original_link, report_name, status_badge, unsearched
from pipeline.site.shown_values import amount_text, confidence_text, measure_text, period_text, written_text
from pipeline.site.tongue import WORDS, Tongue

Pages = Iterator[tuple[str, str]]
# Sources often come as one endless line: after about so many characters the next sentence begins a new paragraph.
_PARAGRAPH = 160
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]*[”’）)]*")


def report_pages(say: Tongue, data: Data) -> Pages:
    """A page for each report, and their list."""
    yield "reports/index.md", _list(say, data)
    mine = _Owned(
        data.grouped("report_periods", "report_id"),
        data.grouped("commitments", "report_id"),
        data.grouped("terms", "report_id"),
        data.grouped("commitment_agencies", "commitment_id"),
        data.by_id("agencies", "agency_id"),
    )
    for report_id, report in data.reports.items():
        yield report_page(report_id), _report(say, data, report, mine)


@dataclass(frozen=True, slots=True)
class _Owned:
    periods: dict[str, list[Record]]
    commitments: dict[str, list[Record]]
    terms: dict[str, list[Record]]
    responsible: dict[str, list[Record]]
    agencies: dict[str, Record]


def _list(say: Tongue, data: Data) -> str:
    here = Here("reports/index.md", say.code)
    title = say("Reports", "报告")
    intro = say(
        "Government documents are shown in full, with every numeral marked. Press articles belong to their publishers "
        "and are quoted by the sentence.",
        "政府文件全文展示并标出每一个数字；新闻报道版权归其发布单位所有，只引用含有数字的句子。",
    )
    if not data.searched:
        intro += say(
            " There are too many reports here for the search to know their sentences: it finds reports, places and "
            f"indicators by their names. Words in sentences with numbers are found by [Explore]({here.md('explore.md')}).",
            "本站收录报告较多，搜索框只检索报告、地区和指标的名称；"
            f"含数字的句子可在[数据查询]({here.md('explore.md')})页按句中文字筛选。",
        )
    head = say(
        "| Report | Kind | Date | Numerals | Observations |\n| --- | --- | --- | ---: | ---: |\n",
        "| 报告 | 种类 | 日期 | 数字 | 数据 |\n| --- | --- | --- | ---: | ---: |\n",
    )
    lines = []
    for report in sorted(data.reports.values(), key=lambda row: (row["kind"] in PRESS, row["report_id"])):
        report_id = report["report_id"]
        link = f"[{markdown_text(report_name(say, data, report))}]({here.md(report_page(report_id))})"
        cells = [
            link,
            say.word("kind", report["kind"]),
            _date(report)
            or (say(f"listed {report['published']}", f"{report['published']}上网") if report["published"] else ""),
            str(len(data.numerals.get(report_id, []))),
            str(len(data.by_report.get(report_id, []))),
        ]
        lines.append(f"| {' | '.join(cells)} |\n")
    return f"{front_matter(title)}# {title}\n\n{intro}\n\n{head}{''.join(lines)}"


def _report(say: Tongue, data: Data, report: Record, mine: _Owned) -> str:
    report_id = report["report_id"]
    here = Here(report_page(report_id), say.code)
    name = report_name(say, data, report)
    rows = data.by_report.get(report_id, [])
    press = report["kind"] in PRESS
    description = say(
        f"{name}: {len(rows)} quantities, each marked in its sentence.", f"{name}：{len(rows)} 个数量，逐一标在原句中。"
    )
    parts = [
        front_matter(name, description=description),
        f"# {markdown_text(name)}\n\n",
        crumbs(here, [(say("Reports", "报告"), "reports/index.md")]),
        _facts(say, data, here, report, mine.periods.get(report_id, [])),
        _ledger(say, data.numerals.get(report_id, [])),
    ]
    painter = _Painter(say, data, here, data.texts[report_id], data.numerals.get(report_id, []), rows)
    if press:
        parts.append(_quotations(say, painter, rows))
    else:
        parts.append(_legend(say))
        spoken = ("", "")
        for number, part in enumerate(data.parts[report_id], 1):
            told = (part.role, part.period) != spoken
            parts.append(_part(say, painter, part, number, told))
            spoken = (part.role, part.period)
    parts.append(_commitments(say, data, mine, report_id))
    parts.append(_terms(say, data, mine.terms.get(report_id, [])))
    return "".join(parts)


def _facts(say: Tongue, data: Data, here: Here, report: Record, periods: list[Record]) -> str:
    pairs: list[tuple[str, str]] = []

    def add(term: str, text: object, *, chinese: bool = False) -> None:
        if text:
            shown = html_text(text)
            pairs.append((term, f'<span lang="zh">{shown}</span>' if chinese else shown))

    add(say("Title", "标题"), report["title"], chinese=True)
    add(say("Kind", "种类"), say.word("kind", report["kind"]))
    if report["place_id"]:
        name = html_text(say.name(data.places[report["place_id"]]))
        link = here.url(place_page(report["place_id"]))
        pairs.append((say("Place", "地区"), f'<a href="{link}">{name}</a>'))
    add(say("Issued by", "发布机关"), report["issuer"], chinese=True)
    add(say("Given by", "报告人"), " ".join(filter(None, (report["post"], report["speaker"]))), chinese=True)
    add(say("Assembly", "会议"), report["assembly"], chinese=True)
    add(say("Document number", "文号"), report["document_number"], chinese=True)
    add(say("Date", "日期"), _date(report))
    add(say("Listed on the web", "网页发布日期"), report["published"])
    spoken = say(", ", "，").join(
        f"{period_text(say, row['period'])} ({say.word('role', row['role'])})" for row in periods
    )
    add(say("Speaks of", "所述时期"), spoken)
    if report["excerpt_of"] in data.reports:
        whole = html_text(report_name(say, data, data.reports[report["excerpt_of"]]))
        link = here.url(report_page(report["excerpt_of"]))
        pairs.append((say("Extract of", "摘自"), f'<a href="{link}">{whole}</a>'))
    add(
        say("Source", "来源"),
        say(
            f"{report['source_file']}, characters {report['start']:,} to {report['stop']:,}",
            f"{report['source_file']}，第 {report['start']:,} 至 {report['stop']:,} 字符",
        ),
    )
    published = original_link(say, report)
    if published:
        pairs.append((say("Original address", "原文网址"), published))
    if not report["complete"]:
        add(say("Completeness", "完整性"), say("the source is not complete", "来源不完整"))
    add(say("Note", "备注"), report["note"])
    body = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs)
    return f'<dl class="facts">{body}</dl>\n\n'


def _date(report: Record) -> str:
    """The date of a report as far as it is known: a day, a month or a year."""
    return str(report["date"] or "")[: {"year": 4, "month": 7}.get(report["date_precision"], 10)]


def _ledger(say: Tongue, numerals: Sequence[Record]) -> str:
    counts = Counter(row["kind"] for row in numerals)
    items = "".join(
        f'<li><span class="num {kind}">{counts[kind]:,}</span> {html_text(say.word("numeral", kind))}</li>'
        for kind in WORDS["numeral"]
        if counts[kind]
    )
    total = say(
        f"All {len(numerals):,} numerals of this report are accounted for:",
        f"本篇共 {len(numerals):,} 个数字，去向如下：",
    )
    return f'<div class="ledger" data-search-exclude><p>{total}</p><ul>{items}</ul></div>\n\n'


def _legend(say: Tongue) -> str:
    words = say(
        "Every numeral in the text is marked by what it is, as in the list above. Press one that states a quantity to "
        "see its row. Long paragraphs are broken at the end of a sentence; no character is changed.",
        "正文中的每个数字按上面的种类标出。点按陈述数量的数字可查看对应的数据行。过长的段落在句末分段，文字未作改动。",
    )
    return f'<p class="hint" data-search-exclude>{words}</p>\n\n'


def _part(say: Tongue, painter: _Painter, part: Part, number: int, told: bool) -> str:
    """A part with its heading; `told`: whether its time and role are new and are said."""
    out = []
    start = part.start
    if part.heading:
        start = part.heading_stop
        level = "#" * min(part.depth + 1, 4)
        text = markdown_text(painter.text[part.start : start])
        out.append(f"{level} {painter.anchors(part.start, start)}{text} {{#s{number}{unsearched(painter.data)}}}\n\n")
        if told:
            speaks = say(", ", "，").join(filter(None, (say.word("role", part.role), period_text(say, part.period))))
            out.append(f'<p class="speaks" data-search-exclude>{html_text(speaks)}</p>\n\n')
    out.append(painter.paragraphs(start, part.stop))
    return "".join(out)


def _quotations(say: Tongue, painter: _Painter, rows: Iterable[Record]) -> str:
    words = say(
        "This is a press article. Only its sentences that state a quantity are quoted.",
        "本篇为新闻报道，只引用其中陈述数量的句子。",
    )
    title = say("Sentences with numbers", "含有数字的句子")
    spans = sorted({(row["quote_start"], row["quote_stop"]) for row in rows})
    quotes = "".join(painter.quotation(start, stop) for start, stop in spans)
    return f"## {title} {{#sentences{unsearched(painter.data)}}}\n\n{words}\n\n{quotes}"


class _Painter:
    """Writes stretches of one source text as HTML, with the numerals of one report marked."""

    def __init__(
        self, say: Tongue, data: Data, here: Here, text: str, numerals: Iterable[Record], rows: Iterable[Record]
    ) -> None:
        self.say, self.data, self.here, self.text = say, data, here, text
        self.numerals = sorted(numerals, key=lambda row: row["start"])
        self.starts = [row["start"] for row in self.numerals]
        self.rows: dict[int, list[Record]] = defaultdict(list)
        for row in rows:
            self.rows[row["start"]].append(row)

    def between(self, start: int, stop: int) -> list[Record]:
        """The numerals that begin in a span."""
        return self.numerals[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]

    def anchors(self, start: int, stop: int) -> str:
        """Places to jump to for the observations in a heading, which bears no marks."""
        return "".join(
            f'<span id="{numeral_anchor(row["start"])}"></span>'
            for row in self.between(start, stop)
            if row["start"] in self.rows
        )

    def paragraphs(self, start: int, stop: int) -> str:
        """A span as paragraphs, followed by the cards of its observations."""
        found = "\n".join(f"<p>{self._marked(*span)}</p>" for span in paragraph_spans(self.text, start, stop))
        if not found:
            return ""
        mark = unsearched(self.data)
        return f'<div class="report-text" lang="zh"{mark}>\n{found}\n</div>\n\n{self._cards(start, stop)}'

    def quotation(self, start: int, stop: int) -> str:
        """A span as a quotation, followed by the cards of its observations."""
        quote = f'<blockquote class="report-text" lang="zh">{self._marked(start, stop)}</blockquote>'
        return f"{quote}\n\n{self._cards(start, stop)}"

    def _marked(self, start: int, stop: int) -> str:
        out, last = [], start
        for row in self.between(start, stop):
            end = min(row["stop"], stop)
            out.append(html_text(self.text[last : row["start"]]))
            out.append(self._mark(row, html_text(self.text[row["start"] : end])))
            last = end
        out.append(html_text(self.text[last:stop]))
        return "".join(out)

    def _mark(self, numeral: Record, text: str) -> str:
        rows = self.rows.get(numeral["start"])
        if not rows:
            return f'<span class="num {numeral["kind"]}">{text}</span>'
        start = numeral["start"]
        return (
            f'<button type="button" class="num {numeral["kind"]} {rows[0]["status"]}" id="{numeral_anchor(start)}" '
            f'popovertarget="r{start}">{text}</button>'
        )

    def _cards(self, start: int, stop: int) -> str:
        cards = "\n".join(
            f'<div popover class="row-card" id="r{numeral["start"]}">'
            f"{''.join(self._card(row) for row in self.rows[numeral['start']])}</div>"
            for numeral in self.between(start, stop)
            if numeral["start"] in self.rows
        )
        # Not a div: the first one that ends inside would end what is kept out of the search.
        return f"<section data-search-exclude>\n{cards}\n</section>\n\n" if cards else ""

    def _card(self, row: Record) -> str:
        say, data = self.say, self.data
        name = html_text(say.name(data.indicators[row["indicator_id"]]))
        link = observation_url(data, self.here, row)
        place = html_text(say.name(data.places[row["place_id"]])) if row["place_id"] else ""
        about = [place, html_text(row["subject"] or ""), html_text(period_text(say, row["period"]))]
        about.append(html_text(confidence_text(say, row)))
        amount = html_text(amount_text(say, data, row))
        return (
            f'<div><p><a href="{link}">{name}</a></p><p><strong>{html_text(written_text(say, row))}</strong> '
            f"{f'<small>= {amount}</small> ' if amount else ''}{status_badge(say, row)}</p>"
            f"<p>{html_text(measure_text(say, row))} · {' · '.join(filter(None, about))}</p></div>"
        )


def paragraph_spans(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a span: its lines, and of long lines as many sentences as make a readable paragraph."""
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        first = last = start
        for match in _SENTENCE.finditer(text, start, end):
            last = match.end()
            if last - first >= _PARAGRAPH:
                yield first, last
                first = last
        if text[first:end].strip():
            yield first, end
        start = end + 1


def _commitments(say: Tongue, data: Data, mine: _Owned, report_id: str) -> str:
    rows = mine.commitments.get(report_id, [])
    if not rows:
        return ""
    below = grouped(rows, "parent_id")
    known = {row["commitment_id"] for row in rows}
    top = [row for row in rows if row["parent_id"] not in known]
    title = say("Commitments", "承诺事项")
    words = say(
        "Numbered tasks, livelihood projects and undertakings, with the agencies named as responsible.",
        "编号的任务、民生实事与工作举措，以及所列责任单位。",
    )
    return (
        f"## {title} ({len(rows)}) {{#commitments{unsearched(data)}}}\n\n{words}\n\n{_tree(say, mine, top, below)}\n\n"
    )


def _tree(say: Tongue, mine: _Owned, top: list[Record], below: dict[str, list[Record]]) -> str:
    """Nested lists, written without recursion because hostile input may nest as deep as it likes."""
    out: list[str] = ['<ul class="commitments">']
    stack = [iter(top)]
    while stack:
        row = next(stack[-1], None)
        if row is None:
            stack.pop()
            out.append("</ul>" + ("</li>" if stack else ""))
            continue
        out.append(f"<li>{_commitment(say, mine, row)}")
        inner = below.get(row["commitment_id"], [])
        if inner:
            out.append("<ul>")
            stack.append(iter(inner))
        else:
            out.append("</li>")
    return "".join(out)


def _commitment(say: Tongue, mine: _Owned, row: Record) -> str:
    title, text = row["title"] or "", row["text"] or ""
    shown = f'<span lang="zh">{html_text(" ".join(filter(None, (row["number"], title or text))))}</span>'
    if title and text and text != title:
        shown = f'<details><summary>{shown}</summary><p lang="zh">{html_text(text)}</p></details>'
    more = []
    if row["deadline"] or row["deadline_text"]:
        when = period_text(say, row["deadline"]) if row["deadline"] else row["deadline_text"]
        more.append(say("by ", "时限：") + html_text(when))
    listed = sorted(mine.responsible.get(row["commitment_id"], []), key=lambda entry: entry["position"])
    if listed:
        names = say(", ", "、").join(html_text(say.name(mine.agencies[entry["agency_id"]])) for entry in listed)
        more.append(names + (say(" and others", " 等") if any(entry["open_ended"] for entry in listed) else ""))
    return shown + (f'<p class="agencies">{" · ".join(more)}</p>' if more else "")


def _terms(say: Tongue, data: Data, rows: list[Record]) -> str:
    if not rows:
        return ""
    items = "".join(
        f"<div><dt>{html_text(row['term'])}</dt><dd>{html_text(row['definition'])}</dd></div>" for row in rows
    )
    return (
        f"## {say('Glossary', '名词解释')} ({len(rows)}) {{#glossary{unsearched(data)}}}\n\n"
        f'<dl class="facts" lang="zh">{items}</dl>\n\n'
    )
