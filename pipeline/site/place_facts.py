"""On the page of a place: what became of its targets, and the figures on it that come from tables."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.site.data import Data, Record
from pipeline.site.html_tables import table
from pipeline.site.html_text import html_text
from pipeline.site.links import Here, indicator_page
from pipeline.site.reasons import outcome_reason
from pipeline.site.row_pages import observation_url
from pipeline.site.shown_values import measure_text, period_html, value_text
from pipeline.site.tongue import Tongue


def became(say: Tongue, data: Data, here: Here, place_id: str) -> str:
    """The targets of a place beside their results, with the verdict; empty where no result is known."""
    outcomes = data.outcomes_of_place.get(place_id, ())
    if not outcomes:
        return ""
    rows = []
    for outcome in sorted(outcomes, key=lambda outcome: str(data.sides(outcome)[0]["period"])):
        target, result = data.sides(outcome)
        verdict = say.word("met", outcome["met"])
        why = outcome_reason(say, data, outcome)
        rows.append(
            [
                _indicator(say, data, here, target),
                html_text(measure_text(say, target)),
                period_html(say, target["period"]),
                *(_value(say, data, here, row) for row in (target, result)),
                html_text(verdict) + (f' <span class="note">{html_text(why)}</span>' if why else ""),
            ]
        )
    title = say("What became of the targets", "目标与兑现")
    heads = [
        say("Indicator", "指标"),
        say("Measure", "指标类型"),
        say("Period", "时期"),
        say("Aimed at", "目标"),
        say("Reported", "完成值"),
        say("Met", "是否实现"),
    ]
    return f"## {title} {{#became data-search-exclude}}\n\n{table('summary', heads, rows)}\n\n"


def figures(say: Tongue, data: Data, here: Here, facts: Sequence[Record]) -> str:
    """The facts on a place, each with its source; empty where there are none."""
    if not facts:
        return ""
    rows = [
        [
            _indicator(say, data, here, fact),
            html_text(measure_text(say, fact)),
            period_html(say, fact["period"]),
            html_text(value_text(say, fact)),
            html_text(say.word("status", fact["status"])),
            _source(fact),
        ]
        for fact in facts
    ]
    title = say("Figures from tables", "表列数据")
    intro = say(
        "These come from official statistics, other reports or hand-coded data, and not from a text of this collection.",
        "以下数据来自官方统计、其他报告或手工编码数据，并非出自所收文本。",
    )
    heads = [
        say("Indicator", "指标"),
        say("Measure", "指标类型"),
        say("Period", "时期"),
        say("Value", "数值"),
        say("Status", "数据类型"),
        say("Source", "来源"),
    ]
    return f"## {title} {{#figures data-search-exclude}}\n\n{intro}\n\n{table('summary', heads, rows)}\n\n"


def _indicator(say: Tongue, data: Data, here: Here, row: Record) -> str:
    name = html_text(say.name(data.indicators[row["indicator_id"]]))
    return f'<a href="{here.url(indicator_page(row["indicator_id"]))}">{name}</a>'


def _value(say: Tongue, data: Data, here: Here, row: Record) -> str:
    text = html_text(value_text(say, row))
    if "fact_id" in row:
        return f"{text} {_source(row)}"
    return f'<a href="{observation_url(data, here, row)}">{text}</a>'


def _source(fact: Record) -> str:
    text = f'<span lang="zh">{html_text(fact["source"])}</span>'
    return f'<a href="{html_text(fact["source_url"])}">{text}</a>' if fact["source_url"] else text
