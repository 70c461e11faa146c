"""Observations as a table: a line of values, and below it the sentence with the number marked."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.profiles import profile
from pipeline.site.data import Data, Record
from pipeline.site.html_tables import table_head, table_row
from pipeline.site.html_text import html_text
from pipeline.site.links import Here, anchor, indicator_page, numeral_anchor, place_page, report_page
from pipeline.site.reasons import finding_text, outcome_reason
from pipeline.site.shown_values import (
    amount_text,
    confidence_text,
    measure_text,
    period_html,
    period_text,
    value_text,
    written_text,
)
from pipeline.site.tongue import Tongue

# A sentence longer than this is shown around its number; the whole one opens below.
_LONG = 200
_AROUND = 80


def observation_url(data: Data, here: Here, row: Record) -> str:
    """A link to the row of an observation on the page of its indicator."""
    return here.url(indicator_page(row["indicator_id"], data.part[row["observation_id"]]), anchor(row))


def observation_table(say: Tongue, data: Data, here: Here, rows: Iterable[Record]) -> str:
    """All columns that tell what an observation of one indicator means, with its sentence. HTML."""
    heads = [
        say("Place", "地区"),
        say("Period", "时期"),
        say("Measure", "指标类型"),
        say("As written", "原文数值"),
        say("Amount", "量值"),
        say("Status", "数据类型"),
    ]
    body = "\n".join(_row(say, data, here, row, heads) for row in rows)
    return f'<table class="observations"><thead>{table_head(heads)}</thead>\n{body}\n</table>\n'


def _row(say: Tongue, data: Data, here: Here, row: Record, heads: list[str]) -> str:
    place = ""
    if row["place_id"]:
        name = html_text(say.name(data.places[row["place_id"]]))
        place = f'<a href="{here.url(place_page(row["place_id"]))}">{name}</a>'
    if row["subject"]:
        place += f'<span class="subject">{html_text(row["subject"])}</span>'
    cells = [
        place,
        period_html(say, row["period"]),
        html_text(measure_text(say, row)),
        f"<strong>{html_text(written_text(say, row))}</strong>",
        html_text(amount_text(say, data, row)),
        status_badge(say, row),
    ]
    notes = _notes(say, data, here, row)
    source = here.url(report_page(row["report_id"]), numeral_anchor(row["start"]))
    report = data.reports[row["report_id"]]
    title = html_text(report_name(say, data, report))
    published = original_link(say, report, say("original", "原文网页"))
    if published:
        notes = f'<span class="note">{published}</span>{notes}'
    return (
        f'<tbody id="{anchor(row)}">{table_row(heads, cells)}<tr class="sentence"><td colspan="{len(heads)}">'
        f'{quotation(say, row)}<p class="source"><a href="{source}">{title}</a>{notes}</p></td></tr></tbody>'
    )


def unsearched(data: Data) -> str:
    """An attribute that keeps a heading with what follows it out of the search where that has no room for sentences."""
    return "" if data.searched else " data-search-exclude"


def report_name(say: Tongue, data: Data, report: Record) -> str:
    """A report by place, kind and date, which its title often does not tell; a press article by its title."""
    if profile(str(report["kind"])).identifier == "title":
        return str(report["title"] or report["report_id"])
    place = say.name(data.places[report["place_id"]]) if report["place_id"] else ""
    date = report["date"] or report["published"] or ""
    kind = say.word("kind", report["kind"])
    year = str(date)[:4]
    # The identifier of a whole report ends in its kind; an extract has a checksum behind it.
    whole = report["report_id"].endswith(str(report["kind"]).replace("_", "-"))
    excerpt = "" if whole else say(" (extract)", "（节选）")
    return say(f"{place}: {kind.lower()} {year}", f"{place}{year}年{kind}" if year else f"{place}{kind}") + excerpt


def original_link(say: Tongue, report: Record, words: str = "") -> str:
    """A link to where a report was published, as HTML; empty where that is not known or is no address of the web."""
    address = str(report["source_url"] or "")
    if not address.startswith(("https://", "http://")):
        return ""
    return f'<a href="{html_text(address)}" rel="external">{html_text(words or address)}</a>'


def status_badge(say: Tongue, row: Record) -> str:
    """The status, and of a target its force."""
    word = html_text(say.word("status", row["status"]))
    force = html_text(say.word("modality", row["modality"])) if row["modality"] else ""
    more = f' <span class="force">{force}</span>' if force else ""
    return f'<span class="badge {row["status"]}">{word}</span>{more}'


def quotation(say: Tongue, row: Record) -> str:
    """The sentence with its number marked."""
    quote = row["quote"]
    start, stop = row["start"] - row["quote_start"], row["stop"] - row["quote_start"]
    if not 0 <= start < stop <= len(quote):  # a cell of a table, whose quote is put together
        return f'<blockquote lang="zh">{html_text(quote)}</blockquote>'
    whole = _marked(quote, start, stop)
    if len(quote) <= _LONG:
        return f'<blockquote lang="zh">{whole}</blockquote>'
    first, last = max(0, start - _AROUND), min(len(quote), stop + _AROUND)
    part = _marked(quote[first:last], start - first, stop - first)
    lead, rest = "…" if first else "", "…" if last < len(quote) else ""
    more = say("the whole sentence", "全句")
    return (
        f'<blockquote lang="zh">{lead}{part}{rest}</blockquote>'
        f'<details class="whole"><summary>{more}</summary><blockquote lang="zh">{whole}</blockquote></details>'
    )


def _marked(text: str, start: int, stop: int) -> str:
    return f"{html_text(text[:start])}<mark>{html_text(text[start:stop])}</mark>{html_text(text[stop:])}"


def _notes(say: Tongue, data: Data, here: Here, row: Record) -> str:
    notes = [html_text(confidence_text(say, row))] if confidence_text(say, row) else []
    if row["reference"] or row["reference_period"]:
        # The period says what the words mean: 上年 of a report of 2017.
        written = f'<span lang="zh">{html_text(row["reference"])}</span>' if row["reference"] else ""
        period = html_text(period_text(say, row["reference_period"])) if row["reference_period"] else ""
        both = written + (say(f" ({period})", f"（{period}）") if written and period else period)
        notes.append(say("compared with ", "比较对象：") + both)
    if row["rank_of"]:
        notes.append(say("rank of ", "排位对象：") + html_text(say.word("rank_of", row["rank_of"])))
    if row["pool"]:
        notes.append(say("among ", "排位范围：") + f'<span lang="zh">{html_text(row["pool"])}</span>')
    if row["stated_in"]:
        notes.append(say("stated in ", "出处：") + html_text(say.word("stated_in", row["stated_in"])))
    if row["basis"]:
        notes.append(say("basis: ", "口径：") + f'<span lang="zh">{html_text(row["basis"])}</span>')
    if row["same_as"]:
        first = data.observation[row["same_as"]]
        link = observation_url(data, here, first)
        notes.append(f'<a href="{link}">{say("the same statement as elsewhere", "与另一处为同一陈述")}</a>')
    for outcome in data.outcomes.get(row["observation_id"], ()):
        target = outcome["target_id"] == row["observation_id"]
        other = data.sides(outcome)[1 if target else 0]
        words = say("later result", "其后的结果") if target else say("target", "此前的目标")
        met = say.word("met", outcome["met"])
        why = outcome_reason(say, data, outcome)
        answer = html_text(say("; ", "；").join(filter(None, (met, why))))
        told = f"{words}: {html_text(value_text(say, other))}"
        if "fact_id" in other:
            notes.append(f'{told} ({answer}; <span lang="zh">{html_text(other["source"])}</span>)')
        else:
            notes.append(f'<a href="{observation_url(data, here, other)}">{told}</a> ({answer})')
    if row["review"] == "checked":
        notes.append(say("checked by readers", "已经人工核对"))
    for one in data.corrections.get(row["observation_id"], ()):
        change = html_text(f"{one['field']}: {one['was'] or '–'} → {one['is'] or '–'}")
        why = f'<span lang="en">{html_text(one["reason"])}</span>'
        notes.append(f"{say('corrected by readers', '已经人工更正')}: {change} ({why})")
    for finding in data.findings.get(row["observation_id"], ()):
        severity = html_text(say.word("severity", finding["severity"]))
        notes.append(f'<span class="finding">{severity}: {html_text(finding_text(say, finding))}</span>')
    return "".join(f'<span class="note">{note}</span>' for note in notes)
