"""What a report is: kind, title, who gave it where and when, and the periods it speaks of, from its own text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.documents import report_place as places
from pipeline.documents.front_matter import chinese_number, dates, half_width
from pipeline.documents.openings import opening_marks
from pipeline.documents.report_periods import Years, periods
from pipeline.errors import InputError
from pipeline.knowledge import vocabulary
from pipeline.models import Report, ReportPeriod, Source

_WORDS = vocabulary("documents")
_FRONT = 3000
_OFTEN = 3
_TITLE = 60
_LINE = 80
_HAN = "一-鿿"
_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"

_SALUTATION = re.compile(_WORDS["salutation"])
_REPORT_TITLE = re.compile(f".{{0,40}}{_WORDS['titles']['work_report']}")
_PLAN_TITLE = re.compile(_WORDS["titles"]["plan"])
_TAG = re.compile(r"^[【\[][^【】\[\]]{1,20}[】\]]\s*")
_ANNOUNCED = re.compile(f"{_WORDS['item_opening']}\\s*$")
_TITLE_END = re.compile(r"[。!！?？]|—{2}|―{2}|\s{2}|(?<=[报])告(?=[(（\d])")
_ASSEMBLY = re.compile(
    rf"在\s?([{_HAN}]{{0,24}}?)(第?{_NUMBER}届(?:全国)?人(?:民代表大会|大)(?:第)?{_NUMBER}次(?:全体)?会议)"
)
_CONGRESS = _WORDS["national_congress"]
_SESSION = re.compile(rf"({_NUMBER})届{_CONGRESS['assembly']}(?:第)?({_NUMBER})次会议")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_DOCUMENT_NUMBER = re.compile(_WORDS["document_number"])
_ISO = r"((?:19|20)\d\d(?:-|年|/|\.)\d{1,2}(?:-|月|/|\.)\d{1,2})"
_PUBLISHED = re.compile(_WORDS["published"] + _ISO)
_CLOCK = r"(?:[^\S\n]*\d{1,2}[:时]\d\d(?::\d\d|分)?)?"
_BARE_DATE = re.compile(rf"^[^\S\n]*{_ISO}日?{_CLOCK}[^\S\n]*(?:来源.{{0,40}})?$", re.MULTILINE)
_SIGNED = re.compile(rf"^[^\S\n]*{_ISO}日[^\S\n]*$", re.MULTILINE)
_ISSUED = re.compile(rf"(?:成文日期|生成日期|发文日期)\s{{0,4}}:\s{{0,4}}{_ISO}")
_ISSUER = re.compile(rf"(?:发布机构|发文机关|公开主体|制发机关)\s{{0,4}}:\s{{0,4}}([{_HAN}]{{3,40}})")
_OFFICE = re.compile(rf"^([{_HAN}]{{2,20}}?(?:人民政府|政府|委员会|厅|局)(?:办公室|办公厅)?)(?:关于|印发)")
_NAME = rf"([{_HAN}]{{2,6}}(?:·[{_HAN}]{{1,8}}){{1,3}}|[{_HAN}]\s{{1,2}}[{_HAN}](?![{_HAN}])|[{_HAN}]{{2,4}}?)"
_SPEAKER = re.compile(rf"({_WORDS['posts']})\s{{0,4}}:?\s{{0,4}}{_NAME}(?=\2|\s|$|{_WORDS['after_name']})")
_CAPTION = re.compile(rf"(?:^|[。)）\s])([{_HAN}]{{2,4}}?)作(?:了)?政府工作报告")
_TURN = re.compile(rf"^[^\S\n]*([{_HAN}·]{{1,10}})\s?:", re.MULTILINE)
_INTERVIEWER = re.compile(_WORDS["interviewers"])
_INTERVIEW_POST = re.compile(rf"([{_HAN}]{{0,8}}{_WORDS['interview_posts']}(?:、[{_HAN}]{{2,16}}?[长任记席]){{0,3}})$")
_BYLINE = re.compile(_WORDS["byline"])
_MATTERS = [re.compile(pattern) for pattern in _WORDS["work_report_matters"]["patterns"]]
_GOVERNMENT = re.compile(rf"代表[{_HAN}]{{0,16}}?([省市州县区旗盟])人民政府")
_STATE_COUNCIL = re.compile("我代表国务院")
_PARTY_CONGRESS = re.compile(_WORDS["party_congress"])
_WHOLE = re.compile("全([省市州县区旗盟])")
_ANNEX_ANNOUNCED = re.compile(_WORDS["annex_announced"])
_BROKEN_OFF = re.compile(rf"[{_HAN},，、;；:：]$")

# Facts that a text either says itself or leaves open.
_STATED = ("title", "issuer", "speaker", "post", "assembly", "document_number", "date", "published")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `outer_start:outer_stop` of a source, and the report in it without the residue of its web page."""

    outer_start: int
    outer_stop: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _View:
    """What is read of a report, in half-width characters.

    `text` is all of it, `front` its beginning up to the salutation, `header` and `footer` the residue around it.
    """

    text: str
    front: str
    header: str
    footer: str
    opened: bool

    @property
    def first_line(self) -> str:
        return self.text[:_FRONT].split("\n", 1)[0].strip()


def describe(source: Source, piece: Piece, facts: Mapping[str, object]) -> Report:
    """The report in `piece`. Facts fill what the text leaves open.

    Raises InputError where a fact contradicts what the text says.
    """
    view = _view(source, piece)
    kind = str(facts.get("kind") or _kind(view))
    title = _title(view, kind)
    place_id, doubt = _place(source, facts) or _place_in_text(source, piece, view, kind, title)
    speaker, post = _speaker(view, kind)
    said = {
        "title": title,
        "issuer": _issuer(view, kind, place_id),
        "speaker": speaker,
        "post": post,
        "assembly": _assembly(view) if kind == "work_report" else "",
        "document_number": _document_number(view) if kind == "plan" else "",
        "date": _date(view, kind),
        "published": _published(view),
    }
    values = {key: _settled(source, facts, key, said[key]) for key in _STATED}
    found = periods(kind, values["title"], values["date"], view.text, values["published"])
    years = Years(**{role: str(facts.get(role) or period) for role, period in found.items()})
    whole = kind != "work_report" or view.opened or bool(title or said["assembly"])
    note = str(facts.get("note") or " ".join(part for part in (_missing(view, whole), doubt) if part))
    digest = hashlib.sha256(source.text[piece.start : piece.stop].encode()).hexdigest()
    year = values["date"][:4] or years.main()
    return Report(
        report_id=_report_id(kind, place_id, year, digest if kind in ("news", "interview") or not whole else ""),
        kind=kind,
        source_file=source.name,
        start=piece.start,
        stop=piece.stop,
        spans=((piece.start, piece.stop),),
        sha256=digest,
        encoding=source.encoding,
        place_id=place_id,
        complete=bool(facts.get("complete", not _missing(view, whole))),
        note=note,
        periods=tuple(ReportPeriod(role, period) for role, period in years.items() if period),
        **values,
    )


def _view(source: Source, piece: Piece) -> _View:
    text = half_width(source.text[piece.start : piece.stop]).replace("\r", "\n")
    salutation = _SALUTATION.search(text, 0, _FRONT)
    front = text[: salutation.start() if salutation else _FRONT // 2]
    header = half_width(source.text[max(piece.outer_start, piece.start - _FRONT) : piece.start])
    footer = half_width(source.text[piece.stop : min(piece.outer_stop, piece.stop + _FRONT)])
    return _View(text, front, header, footer, bool(opening_marks(text, _FRONT)))


def _kind(view: _View) -> str:
    lines = [_TAG.sub("", line) for line in _heading(view)][:3]
    planned = [bool(len(line) <= _LINE and _PLAN_TITLE.fullmatch(line)) for line in lines]
    if planned[:1] == [True] and not _REPORT_TITLE.fullmatch(lines[0]):
        return "plan"
    if view.opened or any(_REPORT_TITLE.fullmatch(line) for line in lines):
        return "work_report"
    if _turns(view):
        return "interview"
    if any(planned):
        return "plan"
    matters = sum(bool(pattern.search(view.text)) for pattern in _MATTERS)
    return "work_report" if matters >= _WORDS["work_report_matters"]["least"] else "news"


def _heading(view: _View) -> list[str]:
    """The first lines with content of the front matter."""
    return [line.strip() for line in view.front.splitlines() if line.strip()][:8]


def _turns(view: _View) -> list[str]:
    """The names before the colons where two or more take turns to speak, the most frequent first."""
    counts = Counter(turn[1] for turn in _TURN.finditer(view.text))
    names = [name for name, count in counts.most_common(4) if count >= 2]
    return names if len(names) >= 2 and any(_INTERVIEWER.fullmatch(name) for name in names) else []


def _title(view: _View, kind: str) -> str:
    """The title as it stands at the beginning, without the tag of the column it appeared in; else empty."""
    lines = [_TAG.sub("", line) for line in _heading(view)]
    pattern = {"work_report": _REPORT_TITLE, "plan": _PLAN_TITLE}.get(kind)
    for line in lines if pattern else []:
        if len(line) <= _LINE and pattern and pattern.fullmatch(line):
            return line
    announced = bool(_ANNOUNCED.search(view.header))
    alone = len(lines) < 2 or len(lines[0]) > _TITLE
    if not lines or (alone and not announced and not view.opened) or _TURN.match(lines[0]):
        return ""
    # Where line breaks were lost, the title ends at the first mark that titles do not have.
    end = _TITLE_END.search(lines[0], 0, 2 * _TITLE)
    line = lines[0][: end.end() if end and end[0] == "告" else end.start()] if end else lines[0]
    if kind == "work_report":
        return line if _REPORT_TITLE.fullmatch(line) else ""
    return line if len(line) <= _TITLE and line[-1:] not in "，,；;:" else ""


def _assembly(view: _View) -> str:
    """The full name of the congress before which the report was given."""
    match = _ASSEMBLY.search(re.sub(r"\s", "", view.front))
    return match[1] + match[2] if match else ""


def _document_number(view: _View) -> str:
    match = _DOCUMENT_NUMBER.search(view.header) or _DOCUMENT_NUMBER.search(view.front)
    return match[0] if match else ""


def _date(view: _View, kind: str) -> str:
    """The day on which the report was delivered or issued."""
    if kind in ("work_report", "plan"):
        signed = _ISSUED.search(view.header) or _SIGNED.search(view.front) or _SIGNED.search(view.text[-200:])
        if kind == "plan" and signed:
            return (dates(signed[0]) or [""])[0]
        front = re.sub(r"\s", "", view.front)
        assembly = _ASSEMBLY.search(front)
        return (dates(front[max(assembly.start() - 20, 0) : assembly.start()]) or [""])[-1] if assembly else ""
    session, day = _SESSION.search(view.front[:300]), _MONTH_DAY.search(view.front[:300])
    if not session or not day:
        return ""
    term, sitting = chinese_number(session[1]), chinese_number(session[2])
    year = int(_CONGRESS["year"]) + 5 * (term - int(_CONGRESS["term"])) + sitting - 1
    return f"{year}-{int(day[1]):02}-{int(day[2]):02}"


def _published(view: _View) -> str:
    """The date of the web page, from its header, the report's front matter, or the line below it."""
    for part in (view.header, view.front, view.footer):
        match = _PUBLISHED.search(part) or _BARE_DATE.search(part)
        if match and not (part is view.front and _SIGNED.fullmatch(match[0].strip())):
            return (dates(match[1]) or [""])[0]
    return ""


def _speaker(view: _View, kind: str) -> tuple[str, str]:
    """Name and post of who gave the report or the interview."""
    if kind == "interview":
        name = next((turn for turn in _turns(view) if not _INTERVIEWER.fullmatch(turn)), "")
        at = view.text.find(name) if name else -1
        post = _INTERVIEW_POST.search(view.text[max(at - 60, 0) : max(at, 0)])
        return name, post[1] if post else ""
    if kind != "work_report":
        return "", ""
    match = _SPEAKER.search(view.front)
    if match:
        return re.sub(r"\s", "", match[2]), match[1]
    caption = _CAPTION.search(view.front)
    return (caption[1], "") if caption else ("", "")


def _issuer(view: _View, kind: str, place_id: str) -> str:
    """The government or the medium from which the report comes."""
    if kind == "work_report":
        return "" if not place_id else "国务院" if place_id == "cn" else f"{places.name(place_id)}人民政府"
    if kind == "plan":
        match = _ISSUER.search(view.header) or _ISSUER.search(view.front) or _OFFICE.search(view.first_line)
        return match[1] if match else ""
    if kind == "interview":
        return next((turn for turn in _turns(view) if _INTERVIEWER.fullmatch(turn) and len(turn) > 2), "")
    match = _BYLINE.search(view.text[-60:])
    return match[1] if match else ""


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


def _place_in_text(source: Source, piece: Piece, view: _View, kind: str, title: str) -> places.Decided:
    """The place that a report is of: by which it calls itself, else of which it speaks."""
    assembly = _assembly(view)
    congress = _PARTY_CONGRESS.search(re.sub(r"\s", "", view.front[:_FRONT]))
    if kind == "work_report" and ("全国人" in assembly or _STATE_COUNCIL.search(view.text, 0, _FRONT)):
        return places.Decided("cn")
    if congress and not view.opened and (congress[2] or not congress[1]):
        return places.Decided("cn")
    if kind == "news" and not congress:
        return places.Decided(places.spoken_of(title, view.text))
    names = [title, view.first_line[:80]]
    if kind == "work_report":
        names = [assembly, title]
        if view.opened:
            names += [re.sub(r"\s", "", view.front[-200:]), view.text[len(view.front) :][:80]]
    elif kind == "plan":
        issuer = _ISSUER.search(view.header)
        names = [issuer[1] if issuer else "", *names]
    elif kind == "interview":
        names = [_speaker(view, kind)[1], *names]
    if congress:
        names = [congress[1], *names]
    alone = piece.outer_start == 0 and piece.outer_stop == len(source.text)
    stem = source.name.rsplit(".", 1)[0] if alone else ""
    decided = places.own_place([one for one in names if one], view.text, stem, _date(view, kind))
    if decided.place_id or decided.note:
        return decided
    named = places.governed(view.text, _level_word(view)) if kind == "work_report" else ""
    named = named or places.spoken_of(title, view.text)
    return places.Decided(named, "" if named else "The text does not say of which place it is.")


def _level_word(view: _View) -> str:
    """The last character of the name of the place whose government reports: 市 of 我代表市人民政府 or of 全市."""
    match = _GOVERNMENT.search(view.text, 0, _FRONT)
    if match:
        return match[1]
    counts = Counter(_WHOLE.findall(view.text))
    word, count = counts.most_common(1)[0] if counts else ("", 0)
    return word if count >= _OFTEN else ""


def _missing(view: _View, whole: bool) -> str:
    """What the source lacks of the report, as a note; empty if nothing."""
    if not whole:
        return "An extract: title and opening are missing."
    last = view.text[-200:].rsplit("\n", 1)[-1].strip()
    annex = _ANNEX_ANNOUNCED.fullmatch(last)
    if annex:
        return f"The annex is missing: {last}"
    bare = last.rstrip("”’」』)）\"'")
    broken = len(last) > 30 and _BROKEN_OFF.search(bare) and not _BYLINE.search(last[-40:])
    return "The source breaks off in the middle of a sentence." if broken else ""


def _settled(source: Source, facts: Mapping[str, object], key: str, said: str) -> str:
    """What the text says, else the fact; the two must not contradict each other."""
    fact = str(facts.get(key) or "")
    if fact and said and fact != said:
        problem = f"the text itself says {said}, not {fact}"
        raise InputError(_beside(source), f"`{key}`", problem, "State there only what the text does not say")
    return said or fact


def _beside(source: Source) -> str:
    return f"{source.name.rsplit('.', 1)[0]}.yaml"


def _report_id(kind: str, place_id: str, year: str, digest: str) -> str:
    return "-".join(part for part in (place_id, year, kind.replace("_", "-"), digest[:6]) if part)
