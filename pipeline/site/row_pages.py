"""Observations as pages show them: a line of values, the sentence with the number marked, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from markupsafe import Markup

from pipeline import __version__
from pipeline.documents.profiles import profile
from pipeline.site.data import Data, Notes, Record, page_of
from pipeline.site.links import Here, anchor, folder, indicator_page, numeral_anchor, place_page, report_page
from pipeline.site.reasons import finding_text, outcome_reason
from pipeline.site.shown_values import confidence_text, meaning_text, measure_text, period_text, value_text
from pipeline.site.templating import words
from pipeline.site.tongue import Tongue

# A sentence longer than this is shown around its number; the whole one opens below.
_LONG = 200
_AROUND = 80


def observation_url(here: Here, row: Record) -> str:
    """A link to the row of an observation on the page of its indicator."""
    return here.url(indicator_page(row["indicator_id"], page_of(row)), anchor(row))


def row_views(say: Tongue, data: Data, here: Here, rows: Sequence[Record]) -> list[dict[str, Any]]:
    """What the macro `observations` shows of each row."""
    said = data.notes(rows)
    return [_view(say, data, here, row, said) for row in rows]


def _view(say: Tongue, data: Data, here: Here, row: Record, said: Notes) -> dict[str, Any]:
    report = data.reports[row["report_id"]]
    place = data.places.get(row["place_id"] or "")
    return {
        "id": anchor(row),
        "place": {"name": say.name(place), "link": here.url(place_page(row["place_id"]))} if place else None,
        "subject": row["subject"],
        "period": Markup('<span class="period">{}</span>').format(period_text(say, row["period"])),
        "measure": measure_text(say, row),
        "written": row["phrase"],
        "meaning": meaning_text(say, data, row),
        "status": row["status"],
        "modality": row["modality"],
        "quote": quotation(row),
        "source": {
            "link": here.url(report_page(row["report_id"]), numeral_anchor(row["start"])),
            "title": report_name(say, data, report),
        },
        "notes": _notes(say, data, here, row, said),
        "cite": _cite(say, data, here, row),
    }


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


def original_address(report: Record) -> str:
    """Where a report was published; empty where that is not known or is no address of the web."""
    address = str(report["source_url"] or "")
    return address if address.startswith(("https://", "http://")) else ""


def original_link(report: Record, text: str = "") -> Markup:
    """A link to where a report was published; empty where that is not known."""
    address = original_address(report)
    link = Markup('<a href="{}" rel="external">{}</a>')
    return link.format(address, text or address) if address else Markup()


def quotation(row: Record, long: int = _LONG, around: int = _AROUND) -> dict[str, Any]:
    """The sentence around its number: `lead`, `before`, `number`, `after`, `rest`, and the `whole` of a long one."""
    text = str(row["quote"])
    start, stop = row["start"] - row["quote_start"], row["stop"] - row["quote_start"]
    if not 0 <= start < stop <= len(text):  # a cell of a table, whose quote is put together
        return {"lead": "", "before": text, "number": "", "after": "", "rest": "", "whole": None}
    if len(text) <= long:
        first, last, whole = 0, len(text), None
    else:
        first, last = max(0, start - around), min(len(text), stop + around)
        whole = (text[:start], text[start:stop], text[stop:])
    return {
        "lead": "…" if first else "",
        "before": text[first:start],
        "number": text[start:stop],
        "after": text[stop:last],
        "rest": "…" if last < len(text) else "",
        "whole": whole,
    }


def _chinese(text: object) -> Markup:
    return Markup('<span lang="zh">{}</span>').format(text)


def _notes(say: Tongue, data: Data, here: Here, row: Record, said: Notes) -> list[Markup]:
    report = data.reports[row["report_id"]]
    notes: list[Markup] = []
    if original_address(report):
        notes.append(original_link(report, words(say, "row.original")))
    if confidence_text(say, row):
        notes.append(Markup.escape(confidence_text(say, row)))
    if row["reference"] or row["reference_period"]:
        # The period says what the words mean: 上年 of a report of 2017.
        written = _chinese(row["reference"]) if row["reference"] else Markup()
        period = period_text(say, row["reference_period"]) if row["reference_period"] else ""
        both = words(say, "row.reference_both", written=written, period=period) if written and period else None
        notes.append(words(say, "row.compared", what=both or written or period))
    if row["rank_of"]:
        notes.append(words(say, "row.rank_of", what=say.word("rank_of", row["rank_of"])))
    if row["pool"]:
        notes.append(words(say, "row.pool", what=_chinese(row["pool"])))
    if row["basis"]:
        notes.append(words(say, "row.basis", what=_chinese(row["basis"])))
    link = Markup('<a href="{}">{}</a>')
    if row["stated_in"]:
        notes.append(words(say, "row.stated_in", what=say.word("stated_in", row["stated_in"])))
    if row["same_as"]:
        first = {"observation_id": row["same_as"], "indicator_id": row["_first"], "_at": row["_first_at"]}
        notes.append(link.format(observation_url(here, first), words(say, "row.same_as")))
    for outcome in said.outcomes.get(row["observation_id"], ()):
        target = outcome["target_id"] == row["observation_id"]
        other = outcome["result" if target else "target"]
        text = words(say, "row.later_result" if target else "row.earlier_target", value=value_text(say, other))
        why = filter(None, (say.word("met", outcome["met"]), outcome_reason(say, outcome)))
        if "fact_id" in other:
            source = Markup('<span lang="zh">{}</span>').format(other["source"])
            notes.append(text + Markup(" ({}; {})").format(say("; ", "；").join(why), source))
        else:
            answer = Markup(" ({})").format(say("; ", "；").join(why))
            notes.append(link.format(observation_url(here, other), text) + answer)
    if row["review"] == "checked":
        notes.append(words(say, "row.checked"))
    for one in data.corrections.get(row["observation_id"], ()):
        change = f"{one['field']}: {one['was'] or '–'} → {one['is'] or '–'}"
        reason = Markup('<span lang="en">{}</span>').format(one["reason"])
        notes.append(words(say, "row.corrected", change=change, why=reason))
    for finding in said.findings.get(row["observation_id"], ()):
        severity = say.word("severity", finding["severity"])
        told = say(f"{severity}: {finding_text(say, finding)}", f"{severity}：{finding_text(say, finding)}")
        notes.append(Markup('<span class="finding">{}</span>').format(told))
    return notes


def statement(say: Tongue, data: Data, row: Record) -> str:
    """A row as a sentence: GDP of Tianjin, target for 2027: about 2 trillion yuan."""
    indicator: str = say.name(data.indicators[row["indicator_id"]])
    place = say.name(data.places[row["place_id"]]) if row["place_id"] else ""
    if row["measure"] != "level":
        indicator = words(say, f"statement.{row['measure']}", indicator=indicator)
    if row["comparison"]:
        compared = say.word("comparison", row["comparison"])
        indicator += say(f" {compared}", f"（{compared}）")
    where = words(say, "statement.place", place=place) if place else ""
    if row["subject"]:
        where += words(say, "statement.subject", subject=row["subject"])
    when = words(say, "statement.period", period=period_text(say, row["period"])) if row["period"] else ""
    status = words(say, f"statement.{row['status']}")
    value = meaning_text(say, data, row)
    said = words(say, "statement.all", indicator=indicator, where=where, when=when, status=status, value=value)
    return Markup(said).unescape()


def citation(say: Tongue, data: Data, row: Record) -> str:
    """The text to cite a number by: what it says, the report, its place in it, and this site with the row's address."""
    report = data.reports[row["report_id"]]
    return words(
        say,
        "cite.citation",
        title=report["title"] or report_name(say, data, report),
        issuer=report["issuer"] or (say.name(data.places[report["place_id"]]) if report["place_id"] else ""),
        date=report["date"] or report["published"] or say("no date", "无日期"),
        start=str(row["start"]),
        stop=str(row["stop"]),
        site=data.settings.title(say),
        version=__version__,
        address=row_address(say, data, row) or row["observation_id"],
    ).unescape()


def status_badge(say: Tongue, row: Record) -> str:
    """The status, and of a target its force, as HTML."""
    force = (
        Markup(' <span class="force">{}</span>').format(say.word("modality", row["modality"]))
        if row["modality"]
        else ""
    )
    badge = Markup('<span class="badge {}">{}</span>').format(row["status"], say.word("status", row["status"]))
    return str(badge + force)


def row_address(say: Tongue, data: Data, row: Record) -> str:
    """The address of a row for other places; empty where the site's is not known."""
    if not data.site_url:
        return ""
    page = folder(indicator_page(row["indicator_id"], page_of(row)))
    return f"{data.site_url}{say('', 'zh/')}{url_quote(page)}#{url_quote(anchor(row))}"


def _cite(say: Tongue, data: Data, here: Here, row: Record) -> dict[str, Any]:
    report = data.reports[row["report_id"]]
    original = original_link(report)
    facts: list[tuple[object, object]] = [
        (words(say, "cite.identifier"), Markup("<code>{}</code>").format(row["observation_id"])),
        (
            words(say, "cite.characters"),
            words(say, "cite.from_to", file=report["source_file"], start=row["start"], stop=row["stop"]),
        ),
        (words(say, "cite.original"), original),
        (words(say, "cite.hash"), Markup("<code>{}</code>").format(report["sha256"])),
        (words(say, "cite.trace"), Markup("<code>{}</code>").format(row["rule"])),
        (words(say, "cite.confidence"), "" if row["confidence"] is None else f"{row['confidence']:.3f}"),
    ]
    return {
        "statement": statement(say, data, row),
        "facts": facts,
        "text": citation(say, data, row),
        "bibtex": _bibtex(say, data, row),
        "report": error_link(say, data, row),
    }


def _bibtex(say: Tongue, data: Data, row: Record) -> str:
    report = data.reports[row["report_id"]]
    fields = {
        "title": f"{{{statement(say, data, row)}}}",
        "author": f"{{{report['issuer'] or report['speaker'] or data.settings.title(say)}}}",
        "howpublished": data.settings.title(say),
        "note": f"{report['title'] or report['report_id']}, {row['observation_id']}",
        "year": str(report["date"] or report["published"] or "")[:4],
        "url": row_address(say, data, row),
    }
    body = ",\n".join(f"  {key} = {{{_tex(value)}}}" for key, value in fields.items() if value)
    return f"@misc{{{row['observation_id']},\n{body}\n}}"


def _tex(text: str) -> str:
    return text.translate(_TEX)


_TEX = str.maketrans({mark: f"\\{mark}" for mark in "%&#$_"})


def error_link(say: Tongue, data: Data, row: Mapping[str, Any]) -> str:
    """Where a reader tells of an error, filled in; empty where the settings name no contact."""
    contact = data.settings.contact
    subject = words(say, "cite.error_subject", id=row["observation_id"]).unescape()
    body = words(
        say,
        "cite.error_body",
        statement=statement(say, data, row),
        address=row_address(say, data, row),
        quote=row["quote"],
    ).unescape()
    if contact.startswith(("https://", "http://")):
        return f"{contact}?{urlencode({'title': subject, 'body': body})}"
    if contact:
        return f"mailto:{contact}?{urlencode({'subject': subject, 'body': body}, quote_via=url_quote)}"
    return ""
