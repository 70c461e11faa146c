"""Who gave or issued a report."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.documents import report_place as places
from pipeline.documents.profiles import Profile
from pipeline.documents.view import HAN, View, is_interviewer
from pipeline.knowledge import any_of, vocabulary

_WORDS = vocabulary("documents")
_NAME = rf"([{HAN}]{{2,6}}(?:·[{HAN}]{{1,8}}){{1,3}}|[{HAN}]\s{{1,2}}[{HAN}](?![{HAN}])|[{HAN}]{{2,4}}?)"
_SPEAKER = re.compile(rf"({_WORDS['posts']})\s{{0,4}}:?\s{{0,4}}{_NAME}(?=\2|\s|$|{_WORDS['after_name']})")
_CAPTION = re.compile(rf"(?:^|[。)）\s])([{HAN}]{{2,4}}?)作(?:了)?政府工作报告")
_BARE_NAME = re.compile(
    rf"^[^\S\n]*([{HAN}][^\S\n]{{0,2}}[{HAN}]{{1,2}}|[{HAN}]{{2,6}}(?:·[{HAN}]{{1,8}}){{1,3}})[^\S\n]*$", re.MULTILINE
)
_INTERVIEW_POST = re.compile(rf"([{HAN}]{{0,8}}{_WORDS['interview_posts']}(?:、[{HAN}]{{2,16}}?[长任记席]){{0,3}})$")
_ISSUER = re.compile(rf"{any_of(_WORDS['issuer_labels'])}[\s\]】:-]{{1,8}}([{HAN}]{{3,40}})")
_OFFICE = re.compile(rf"^([{HAN}]{{2,20}}?{any_of(_WORDS['issuing'])}(?:办公室|办公厅)?)(?:关于|印发)")
_BODY_LINE = re.compile(
    rf"^[^\S\n]*([{HAN}]{{2,20}}(?:{any_of(_WORDS['signing'])}|生态环境[局厅](?:[^\S\n]*[一-鿿]{{1,6}}分局)?|{any_of(_WORDS['signing_departments'])}[局厅]))"
    rf"(?:[^\S\n]+[^\n]{{4,20}})?[^\S\n]*$",
    re.MULTILINE,
)
_BYLINE = re.compile(_WORDS["byline"])
_LAST_LINE = 60


def ends_in_byline(text: str) -> bool:
    """Whether a journalist's name and paper stand at the end."""
    return bool(_BYLINE.search(text[-40:]))


def stated_issuer(view: View) -> str:
    """The body that the page or a line of the document names as its issuer."""
    return _header(view, "") or _line(view, "")


def issuer_of(view: View, profile: Profile, place_id: str) -> str:
    """The body or the medium from which the report comes, by the evidence that its kind has."""
    return next((found for found in (_EVIDENCE[name](view, place_id) for name in profile.issuer) if found), "")


def speaker_of(view: View, profile: Profile) -> tuple[str, str]:
    """Name and post of who gave the report or the interview; either may be empty."""
    return _SPEAKERS[profile.speaker](view) if profile.speaker else ("", "")


def _with_post(view: View) -> tuple[str, str]:
    match = _SPEAKER.search(view.front)
    if match:
        return re.sub(r"\s", "", match[2]), match[1]
    caption = _CAPTION.search(view.front)
    return (caption[1], "") if caption else ("", "")


def _bare(view: View) -> tuple[str, str]:
    """A name in a line of its own below the title."""
    below = view.front.split("\n", 1)[-1]
    match = _BARE_NAME.search(below)
    return (re.sub(r"\s", "", match[1]), "") if match else ("", "")


def _interviewed(view: View) -> tuple[str, str]:
    name = next((turn for turn in view.turns() if not is_interviewer(turn)), "")
    at = view.text.find(name) if name else -1
    post = _INTERVIEW_POST.search(view.text[max(at - 60, 0) : max(at, 0)])
    return name, post[1] if post else ""


_SPEAKERS: dict[str, Callable[[View], tuple[str, str]]] = {
    "post": _with_post,
    "bare": _bare,
    "interviewed": _interviewed,
}


def _government(view: View, place_id: str) -> str:
    return "" if not place_id else "国务院" if place_id == "cn" else f"{places.name(place_id)}人民政府"


def _party(view: View, place_id: str) -> str:
    return (
        ""
        if not place_id
        else "中国共产党中央委员会"
        if place_id == "cn"
        else f"中国共产党{places.name(place_id)}委员会"
    )


def _header(view: View, place_id: str) -> str:
    match = _ISSUER.search(view.header) or _ISSUER.search(view.front)
    return match[1] if match else ""


def _office(view: View, place_id: str) -> str:
    match = _OFFICE.search(view.headings[0]) if view.headings else None
    return match[1] if match else ""


def _line(view: View, place_id: str) -> str:
    match = _BODY_LINE.search(view.front)
    return match[1] if match else ""


def _interviewer(view: View, place_id: str) -> str:
    return next((turn for turn in view.turns() if is_interviewer(turn) and len(turn) > 2), "")


def _byline(view: View, place_id: str) -> str:
    match = _BYLINE.search(view.text[-_LAST_LINE:])
    return match[1] if match else ""


_EVIDENCE: dict[str, Callable[[View, str], str]] = {
    "government": _government,
    "party": _party,
    "header": _header,
    "office": _office,
    "line": _line,
    "interviewer": _interviewer,
    "byline": _byline,
}
