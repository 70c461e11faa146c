"""Kinds of documents. All that depends on the kind is data, one file each in `vocabulary/profiles/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.knowledge import vocabulary, vocabulary_names
from pipeline.prefilter import Filtered, filtered

_FOLDER = "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """What depends on the kind of a document; the keys are explained in `vocabulary/profiles/README.md`.

    title and opening match on simplified, half-width text; `must` are least shares (0-1) of the body by role.
    """

    kind: str
    label: tuple[str, str]
    rank: int
    title: re.Pattern[str] | None
    weak: bool
    opening: Filtered | None
    address: bool
    turns: bool
    signs: tuple[Filtered, ...]
    least_signs: int
    layout: str
    begins: tuple[str, str]
    headings: Mapping[str, list[str]]
    must: Mapping[str, float]
    times: str
    title_year: str
    this_year: str
    filed_under: str
    opens_year: bool
    plans: bool
    leading_period: bool
    date: tuple[str, ...]
    issuer: tuple[str, ...]
    speaker: str
    document_number: bool
    place: tuple[str, ...]
    reproduced: str
    perhaps_press: bool
    identifier: str
    commitments: str
    targets: int

    @property
    def may_be_shown(self) -> bool:
        """Whether the whole text may be shown; else it is quoted by the sentence."""
        return self.reproduced == "text"


@cache
def profile(kind: str) -> Profile:
    """The profile of a kind. Raises FileNotFoundError for a kind that has none."""
    data: dict[str, Any] = vocabulary(f"{_FOLDER}/{kind}")
    signs = data.get("signs", {"least": 0, "any": []})
    return Profile(
        kind=kind,
        label=(data["label"]["en"], data["label"]["zh"]),
        rank=data["rank"],
        title=re.compile(data["title"]) if "title" in data else None,
        weak=data.get("weak", False),
        opening=filtered(data["opening"]) if "opening" in data else None,
        address="address" in data,
        turns=data.get("turns", False),
        signs=tuple(map(filtered, signs["any"])),
        least_signs=signs["least"],
        layout=data["layout"],
        begins=(data["begins"]["role"], data["begins"]["status"]),
        headings=data.get("headings", {}),
        must=data.get("must", {}),
        times=data["times"],
        title_year=data["title_year"],
        this_year=data["this_year"],
        filed_under=data.get("filed_under", "date"),
        opens_year=data.get("opens_year", False),
        plans=data.get("plans", False),
        leading_period=data.get("leading_period", False),
        date=tuple(data.get("date", ())),
        issuer=tuple(data.get("issuer", ())),
        speaker=data.get("speaker", ""),
        document_number=data.get("document_number", False),
        place=tuple(data.get("place", ())),
        reproduced=data["reproduced"],
        perhaps_press=data.get("perhaps_press", False),
        identifier=data["identifier"],
        commitments=data.get("commitments", ""),
        targets=data.get("targets", 0),
    )


def is_read(kind: str) -> bool:
    """Whether documents of a kind are read: what is left between the reports of a source is not."""
    return kind not in vocabulary_names(_FOLDER) or profile(kind).layout != "none"


def kind_named(name: str) -> str:
    """The kind of documents that a user means, by its identifier or its label in either language; empty if it is none."""
    wanted = name.strip().lower()
    return next((one.kind for one in profiles() if wanted in (one.kind, *(text.lower() for text in one.label))), "")


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles in the order in which they are asked for a document."""
    return tuple(sorted((profile(kind) for kind in vocabulary_names(_FOLDER)), key=lambda one: (one.rank, one.kind)))


@cache
def kinds_that_speak_for_a_year() -> tuple[str, ...]:
    """The kinds whose targets and results stand for a place and a year, the one that is preferred first."""
    found = sorted((one for one in profiles() if one.targets), key=lambda one: one.targets)
    return tuple(one.kind for one in found)


@cache
def kinds_quoted() -> tuple[str, ...]:
    """The kinds that belong to a publisher and are quoted by the sentence."""
    return tuple(one.kind for one in profiles() if not one.may_be_shown)
