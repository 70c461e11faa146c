"""The measured parts of the pages on quality and checks, which speak of the data that were built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from pipeline.documents.profiles import is_read
from pipeline.site.data import PRESS, Data, Record
from pipeline.site.links import Here, report_page
from pipeline.site.reasons import finding_text
from pipeline.site.row_pages import observation_url, report_name
from pipeline.site.templating import block, words
from pipeline.site.tongue import WORDS, Tongue, locale

_PAGE = "quality.md"
_MOST_FINDINGS = 200
# Where in the file each share stands.
_SHARES: dict[str, tuple[str, ...]] = {
    "accounted": ("accounted",),
    "kind": ("kind_accuracy",),
    "recall": ("observation", "recall"),
    "precision": ("observation", "precision"),
    "strict": ("strict", "f1"),
}


def accounting(say: Tongue, data: Data) -> str:
    """Every numeral by what it is, for each report."""
    kinds = list(WORDS["numeral"])
    here = Here(_PAGE, say.code)
    lines: list[tuple[object, Counter[str]]] = []
    totals: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for report in sorted(data.tables["reports"], key=lambda row: row["kind"] in PRESS):
        counts = data.stored.numerals.get(report["report_id"], Counter())
        totals.update(counts)
        if not is_read(report["kind"]):
            rest.update(counts)
            continue
        link = here.url(report_page(report["report_id"]))
        lines.append((Markup('<a href="{}">{}</a>').format(link, report_name(say, data, report)), counts))
    if rest:
        lines.append((words(say, "quality.between"), rest))
    lines.append((Markup("<strong>{}</strong>").format(words(say, "quality.all_sources")), totals))
    rows = [
        [name, *(f"{counts[kind]:,}" if counts[kind] else "" for kind in kinds), f"{sum(counts.values()):,}"]
        for name, counts in lines
    ]
    heads = [words(say, "quality.report"), *(say.word("numeral", kind) for kind in kinds), words(say, "quality.all")]
    return block(say, "table.html", kind="numbers", heads=heads, rows=rows)


def accuracy(say: Tongue, data: Data) -> str:
    """The measured accuracy, from `docs/score.json`."""
    score = data.score
    if not score:
        return str(words(say, "quality.not_measured"))
    alone = score.get("rules_alone")
    scores = [score, alone] if alone else [score]
    known = locale(say.code)
    lines: list[tuple[object, list[object]]] = [
        (words(say, f"quality.{key}"), [_inner(each, *where) for each in scores]) for key, where in _SHARES.items()
    ]
    for name in score.get("fields", {}):
        shown = Markup.escape(known.get(f"quality.field_{name}", name))
        lines.append((shown, [_inner(each, "fields", name) for each in scores]))
    heads = ("what", "published", "alone") if alone else ("what", "share")
    return block(
        say,
        "accuracy.html",
        numerals=int(score.get("numerals", 0)),
        date=score.get("date", ""),
        alone=bool(alone),
        heads=[words(say, f"quality.{key}") for key in heads],
        lines=[(name, shares) for name, shares in lines if isinstance(shares[0], int | float)],
    )


def _inner(score: Mapping[str, Any], name: str, field: str = "") -> object:
    return score.get(name, {}).get(field) if field else score.get(name)


def headline(say: Tongue, data: Data) -> str:
    """How the headline targets are answered, apart from the long tail."""
    counts = data.stored.answers
    core = {row["indicator_id"] for row in data.tables["indicators"] if row["curation"] == "core"}
    in_core = sum(data.count(indicator) for indicator in core)
    answers = ("stated", "relation", "not_stated", "list_not_found", "no_report", "fact")
    return block(
        say,
        "headline.html",
        answers=[(words(say, f"quality.{key}"), counts[key]) for key in answers if counts[key]],
        tail=words(say, "quality.tail", core=in_core, indicators=len(core), rest=data.observations - in_core),
    )


def findings(say: Tongue, data: Data) -> str:
    """Where figures contradict each other or look unusual."""
    rows = data.stored.first_findings(_MOST_FINDINGS)
    known = data.stored.observations("stated", {key for row in rows for key in _stated(row) if key})
    here = Here(_PAGE, say.code)
    counts = data.stored.findings
    shown = []
    for row in rows:
        stated = [known.get(key or "") for key in _stated(row)]
        links = [(say.name(data.indicators[one["indicator_id"]]), observation_url(here, one)) for one in stated if one]
        shown.append((finding_text(say, row), links))
    summary = [(say.word("severity", severity), rule, count) for (severity, rule), count in sorted(counts.items())]
    return block(say, "findings.html", summary=summary, findings=shown, left=counts.total() - len(shown))


def _stated(finding: Record) -> tuple[str | None, str | None]:
    return finding["observation_id"], finding["other_observation_id"]


def built(say: Tongue, data: Data) -> str:
    """What the site was built from: packages with their tables, rows and files."""
    rows = []
    for name, descriptor in data.descriptors.items():
        files = data.files[name].values()
        count = say.number(sum(file.rows for path, file in data.files[name].items() if path.endswith(".parquet")))
        rows.append(
            [
                name,
                str(descriptor["version"]),
                str(descriptor.get("newest_source", ""))[:10],
                count,
                say.number(len(files)),
            ]
        )
    heads = [words(say, f"quality.{key}") for key in ("package", "version", "newest", "rows", "files")]
    return block(say, "table.html", kind="numbers", heads=heads, rows=rows)
