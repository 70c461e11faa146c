"""The measured parts of the quality page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pipeline.documents.profiles import is_read
from pipeline.site.data import PRESS, Data
from pipeline.site.html_tables import table
from pipeline.site.html_text import html_text
from pipeline.site.links import Here, report_page
from pipeline.site.reasons import finding_text
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.tongue import WORDS, Tongue

_PAGE = "quality.md"
_MOST_FINDINGS = 200


def accounting(say: Tongue, data: Data) -> str:
    """Every numeral by what it is, for each report."""
    kinds = list(WORDS["numeral"])
    here = Here(_PAGE, say.code)
    heads = [say("Report", "报告"), *(say.word("numeral", kind) for kind in kinds), say("All", "合计")]
    body = []
    totals: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for report in sorted(data.tables["reports"], key=lambda row: row["kind"] in PRESS):
        counts = Counter(row["kind"] for row in data.numerals.get(report["report_id"], []))
        totals.update(counts)
        if not is_read(report["kind"]):
            rest.update(counts)
            continue
        name = html_text(report_name(say, data, report))
        body.append(_line(f'<a href="{here.url(report_page(report["report_id"]))}">{name}</a>', counts, kinds))
    if rest:
        body.append(_line(say("Between the reports", "报告之间的残余文字"), rest, kinds))
    body.append(_line(f"<strong>{say('All sources', '全部来源')}</strong>", totals, kinds))
    return table("numbers", heads, body)


def _line(name: str, counts: Counter[str], kinds: list[str]) -> list[str]:
    return [name, *(f"{counts[kind]:,}" if counts[kind] else "" for kind in kinds), f"{sum(counts.values()):,}"]


def accuracy(say: Tongue, data: Data) -> str:
    """The measured accuracy, from `docs/score.json`."""
    score = data.score
    if not score:
        return say("Not measured yet for this version.", "本版本尚未测量。")
    date = html_text(score.get("date", ""))
    intro = say(
        f"Measured on {int(score.get('numerals', 0)):,} numerals annotated by hand ({date}).",
        f"以人工标注的 {int(score.get('numerals', 0)):,} 个数字测量（{date}）。",
    )
    alone = score.get("rules_alone")
    scores = [score, alone] if alone else [score]
    lines = [
        (say("Numerals that have a row in the ledger", "台账已收的数字"), "accounted", ""),
        (say("Their kind is right", "种类判定正确"), "kind_accuracy", ""),
        (say("Observations found (recall)", "观测值查全率"), "observation", "recall"),
        (say("Observations that are ones (precision)", "观测值查准率"), "observation", "precision"),
        (say("All fields right at once (F1)", "各字段同时正确（F1）"), "strict", "f1"),
    ]
    names = {
        "value": say("Value", "数值"),
        "measure": say("Measure", "指标类型"),
        "bound": say("Bound", "界限"),
        "status": say("Status", "数据类型"),
        "comparison": say("Comparison", "比较方式"),
        "period": say("Period", "时期"),
        "place": say("Place", "地区"),
        "indicator": say("Indicator name", "指标名称"),
        "concept": say("Core indicator", "核心指标"),
        "subject": say("Subject", "对象"),
    }
    lines += [(names.get(name, html_text(name)), "fields", name) for name in score.get("fields", {})]
    body = "".join(
        f"<tr><td>{name}</td>{''.join(_share(value) for value in values)}</tr>"
        for name, field, inner in lines
        if isinstance((values := [_inner(each, field, inner) for each in scores])[0], int | float)
    )
    titles = [say("What", "项目"), say("As published", "发布数据"), say("Rules alone", "仅凭规则")]
    if not alone:
        titles = [titles[0], say("Share", "比例")]
    heads = "".join(f'<th scope="col">{title}</th>' for title in titles)
    more = ""
    if alone:
        more = say(
            " The published rows have been put right by readers (table <code>corrections</code>); the rules alone are what "
            "to expect of texts that nobody has checked.",
            "发布的数据经人工更正（见表 <code>corrections</code>）；未经核对的文本，应以“仅凭规则”一列为准。",
        )
    return f'<p>{intro}{more}</p>\n<table class="score"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _share(value: object) -> str:
    if not isinstance(value, int | float):
        return "<td></td>"
    return f'<td><meter min="0" max="1" value="{float(value):.4f}" aria-hidden="true"></meter> {float(value):.1%}</td>'


def _inner(score: Mapping[str, Any], name: str, field: str) -> object:
    return score.get(name, {}).get(field) if field else score.get(name)


def headline(say: Tongue, data: Data) -> str:
    """How the headline targets are answered, apart from the long tail."""
    panel = data.tables["headline_panel"]
    counts = Counter(row["target_answer"] for row in panel)
    words = {
        "stated": say("stated with a number", "有数字"),
        "relation": say("stated as a relation, without a number", "只说关系，没有数字"),
        "not_stated": say("not in the report's list of targets", "目标清单未提及"),
        "list_not_found": say("no list of targets found", "未找到目标清单"),
        "fact": say(
            "not in a report that is held, but in a table from elsewhere", "所收报告未载，由其他来源的表列数据提供"
        ),
        "no_report": say("no report of that year", "无当年报告"),
    }
    items = "".join(f"<li>{word}{say(': ', '：')}{counts[key]:,}</li>" for key, word in words.items() if counts[key])
    core = {row["indicator_id"] for row in data.tables["indicators"] if row["curation"] == "core"}
    in_core = sum(row["indicator_id"] in core for row in data.observations)
    tail = len(data.observations) - in_core
    return (
        f"<ul>{items}</ul>\n<p>"
        + say(
            f"{in_core:,} observations belong to the {len(core)} core indicators, {tail:,} to the long tail of others.",
            f"{in_core:,} 条数据属于 {len(core)} 个核心指标，{tail:,} 条属于其余长尾指标。",
        )
        + "</p>"
    )


def findings(say: Tongue, data: Data) -> str:
    """Where figures contradict each other or look unusual."""
    rows = data.tables["findings"]
    if not rows:
        return f"<p>{say('None.', '无。')}</p>"
    here = Here(_PAGE, say.code)
    counts = Counter((row["severity"], row["rule"]) for row in rows)
    summary = "".join(
        f"<li>{html_text(say.word('severity', severity))} <code>{html_text(rule)}</code> {count:,}</li>"
        for (severity, rule), count in sorted(counts.items())
    )
    items = []
    for row in rows[:_MOST_FINDINGS]:
        places = []
        for column in ("observation_id", "other_observation_id"):
            observation = data.observation.get(row[column] or "")
            if observation:
                link = observation_url(data, here, observation)
                name = html_text(say.name(data.indicators[observation["indicator_id"]]))
                places.append(f'<a href="{link}">{name}</a>')
        items.append(f"<li>{html_text(finding_text(say, row))} {' / '.join(places)}</li>")
    more = len(rows) - len(items)
    rest = (
        f"<p>{say(f'{more:,} more are in the table', f'另有 {more:,} 条见表')} <code>findings</code>.</p>"
        if more > 0
        else ""
    )
    title = say("all findings", "全部疑点")
    return f"<ul>{summary}</ul>\n<details><summary>{title}</summary><ul>{''.join(items)}</ul>{rest}</details>"
