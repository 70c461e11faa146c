"""What a report is: kind, title, who gave it where and when, and the periods it speaks of, from its own text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.documents import report_place as places
from pipeline.documents.assemblies import assembly_of
from pipeline.documents.dates import date_of, published_of
from pipeline.documents.document_kind import kind_of
from pipeline.documents.identifiers import report_id
from pipeline.documents.people import ends_in_byline, issuer_of, speaker_of, stated_issuer
from pipeline.documents.profiles import Profile, profile
from pipeline.documents.report_periods import Years, periods
from pipeline.documents.titles import title_of
from pipeline.documents.view import FRONT, HAN, View, view_of
from pipeline.errors import InputError
from pipeline.knowledge import vocabulary
from pipeline.models import Report, ReportPeriod, Source

_WORDS = vocabulary("documents")
_OFTEN = 3
_LINE = 80

_DOCUMENT_NUMBER = re.compile(_WORDS["document_number"])
# The number of a document that this one speaks of: 《关于…的意见》(某政发〔2018〕20号).
_OF_ANOTHER = re.compile(r"》[(（]?\Z")
_GOVERNMENT = re.compile(rf"代表[{HAN}]{{0,16}}?([省市州县区旗盟])人民政府")
_NATION = re.compile(_WORDS["national_assembly"])
_NATION_SPEAKS = re.compile(_WORDS["national_voice"])
_PARTY = re.compile("(?:中国共产党|中共)")
_WHOLE = re.compile("全([省市州县区旗盟])")
_ANNEX_ANNOUNCED = re.compile(_WORDS["annex_announced"])
_BROKEN_OFF = re.compile(rf"[{HAN},，、;；:：]$")

# Facts that a text either says itself or leaves open.
_STATED = ("title", "issuer", "speaker", "post", "assembly", "document_number", "date", "published")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `outer_start:outer_stop` of a source, and the report in it without the residue of its web page."""

    outer_start: int
    outer_stop: int
    start: int
    stop: int


def describe(source: Source, piece: Piece, facts: Mapping[str, object]) -> Report:
    """The report in `piece`. What a person has stated beside the source goes before what is read from the text.

    Raises InputError for a place that nobody knows.
    """
    view = view_of(source, (piece.outer_start, piece.outer_stop), (piece.start, piece.stop))
    known = profile(str(facts["kind"])) if facts.get("kind") else kind_of(view)
    title = title_of(view, known)
    date = date_of(view, known)
    place_id, doubt = _place(source, facts) or _place_in_text(source, piece, view, known, title, date)
    speaker, post = speaker_of(view, known)
    said = {
        "title": title,
        "issuer": issuer_of(view, known, place_id),
        "speaker": speaker,
        "post": post,
        "assembly": assembly_of(view) if "congress" in known.date else "",
        "document_number": _document_number(view) if known.document_number else "",
        "date": date,
        "published": published_of(view),
    }
    values = {key: str(facts.get(key) or said[key]) for key in _STATED}
    given = str(facts.get("year") or "")
    found = periods(known, values["title"], values["date"] or given, view.text, values["published"])
    years = Years(**{role: str(facts.get(role) or period) for role, period in found.items()})
    whole = not known.address or view.opened or bool(title or said["assembly"])
    rights = f"Rights: {facts['rights']}" if facts.get("rights") else ""
    said_of_it = (str(facts["note"]),) if facts.get("note") else (_missing(view, whole), doubt)
    note = " ".join(part for part in (*said_of_it, rights) if part)
    digest = hashlib.sha256(source.text[piece.start : piece.stop].encode()).hexdigest()
    year = given or dict(years.items()).get(known.filed_under, "")[:4] or values["date"][:4] or years.main()
    return Report(
        report_id=str(facts.get("id") or report_id(known, place_id, year, values["title"], digest, whole)),
        kind=known.kind,
        source_file=source.name,
        start=piece.start,
        stop=piece.stop,
        spans=((piece.start, piece.stop),),
        sha256=digest,
        encoding=source.encoding,
        layer=source.layer,
        place_id=place_id,
        source_url=str(facts.get("url") or view.stated.get("source_url") or ""),
        complete=bool(facts.get("complete", not _missing(view, whole))),
        note=note,
        periods=tuple(ReportPeriod(role, period) for role, period in years.items() if period),
        title=values["title"],
        issuer=values["issuer"],
        speaker=values["speaker"],
        post=values["post"],
        assembly=values["assembly"],
        document_number=values["document_number"],
        date=values["date"],
        published=values["published"],
    )


def _document_number(view: View) -> str:
    for part in (view.header, view.front):
        for match in _DOCUMENT_NUMBER.finditer(part):
            if not _OF_ANOTHER.search(part, max(0, match.start() - 3), match.start()):
                return match[0]
    return ""


def _place(source: Source, facts: Mapping[str, object]) -> places.Decided | None:
    """The place that the file beside the source states. Raises InputError where that is no place or several."""
    name = str(facts.get("place") or "")
    if not name:
        return None
    found = places.stated(name)
    if len(found) == 1:
        return places.Decided(found[0])
    problem = f"{name} is not in the gazetteer"
    remedy = "Give its code of GB/T 2260 (110105), or its full name with those above it (北京市朝阳区)"
    if found:
        problem = f"{name} is the name of several places"
        remedy = f"Give one of {', '.join(f'{places.full_name(one)} ({one})' for one in found)}"
    raise InputError(_beside(source), "`place`", problem, remedy)


def _place_in_text(source: Source, piece: Piece, view: View, known: Profile, title: str, date: str) -> places.Decided:
    """The place that a report is of: by which it calls itself, else of which it speaks, by the evidence of its kind."""
    names: list[str] = []
    speaks = False
    for evidence in known.place:
        match evidence:
            case "nation" if _NATION.search(assembly_of(view)) or _NATION_SPEAKS.search(view.text, 0, FRONT):
                return places.Decided("cn")
            case "spoken_of" if found := places.spoken_of(title, view.text):
                return places.Decided(found)
            case "seated" if found := places.seated(view.text):
                return places.Decided(found)
            case "source" if found := places.of_source(view.text, date):
                return places.Decided(found)
            case "medium" if found := places.of_medium(view.text, f"{view.header}\n{view.front}\n{view.footer}", date):
                return places.Decided(found)
            case "paper" if found := places.of_paper(f"{view.header}\n{view.front}\n{view.footer}", date):
                return places.Decided(found)
            case "governed":
                speaks = True
            case "assembly":
                names.append(_PARTY.sub("", assembly_of(view)))
            case "title":
                names.append(title)
            case "issuer":
                names.append(stated_issuer(view))
            case "first_line":
                names.append(view.first_line[:_LINE])
            case "page":
                names += [line.strip()[:_LINE] for line in view.header.splitlines() if line.strip()][:1]
            case "speaker":
                names.append(speaker_of(view, known)[1])
            case "located":
                names += [match["name"] for match in places.LOCATED.finditer(view.text[:FRONT])][:1]
            case "opening" if view.opened:
                names += [re.sub(r"\s", "", view.front[-200:]), view.text[len(view.front) :][:_LINE]]
    alone = piece.outer_start == 0 and piece.outer_stop == len(source.text)
    stem = source.name.rsplit(".", 1)[0] if alone else ""
    decided = places.own_place([one for one in names if one], view.text, stem, date)
    if decided.place_id or decided.note:
        return decided
    named = places.governed(view.text, _level_word(view)) if speaks else ""
    if not named:
        named = places.spoken_of(title, view.text)
        if named == "cn" and "opening" in known.place and view.opened and _level_word(view):
            named = ""  # 我代表县人民政府: whatever is said of the nation
    return places.Decided(named, "" if named else "The text does not say of which place it is.")


def _level_word(view: View) -> str:
    """The last character of the name of the place whose government reports: 市 of 我代表市人民政府 or of 全市."""
    match = _GOVERNMENT.search(view.text, 0, FRONT)
    if match:
        return match[1]
    counts = Counter(_WHOLE.findall(view.text))
    word, count = counts.most_common(1)[0] if counts else ("", 0)
    return word if count >= _OFTEN else ""


def _missing(view: View, whole: bool) -> str:
    """What the source lacks of the report, as a note; empty if nothing."""
    if not whole:
        return "An extract: title and opening are missing."
    last = view.text[-200:].rsplit("\n", 1)[-1].strip()
    annex = _ANNEX_ANNOUNCED.fullmatch(last)
    if annex:
        return f"The annex is missing: {last}"
    bare = last.rstrip("”’」』)）\"'")
    broken = len(last) > 30 and _BROKEN_OFF.search(bare) and not ends_in_byline(last)
    return "The source breaks off in the middle of a sentence." if broken else ""


def _beside(source: Source) -> str:
    return f"{source.name.rsplit('.', 1)[0]}.yaml"
