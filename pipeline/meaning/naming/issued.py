"""The identifiers of indicators outside the core: issued once, and from then on kept.

`catalogue/issued.csv` is only ever added to. A phrase has the identifier that was issued for what it is made of; where
none was, it has one made from its facets, which does not depend on the wording of names. Names and facets may be improved
freely: identifiers that come to mean the same are tied by `catalogue/redirects.csv`.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from pipeline.knowledge import catalogue, catalogue_rows
from pipeline.meaning.amounts import dimension
from pipeline.meaning.naming.facets import Facets, facets
from pipeline.meaning.naming.phrases import normalised
from pipeline.own_entries import issued_rows


class Issued(NamedTuple):
    """An identifier and the phrase that it was issued for; the phrase is empty for the core.

    `unit`: the base unit of its level, empty where only growth or ranks were known. `since`: the version.
    """

    indicator_id: str
    phrase: str
    unit: str
    since: str

    @property
    def facets(self) -> Facets:
        """What the phrase is made of, as the catalogue has it today."""
        return facets(self.phrase, "level" if self.unit else "growth", self.unit)


@lru_cache(maxsize=1 << 16)
def identify(text: str, measure: str, unit: str) -> str:
    """The identifier of a phrase outside the core; never empty. x_… where no thing is known."""
    found = facets(text, measure, unit)
    if not found.thing:
        key = _phrase_key(text, measure, unit)
        return _known()[1].get(key) or f"x_{sha256(key.encode()).hexdigest()[:8]}"
    return known_as(found)


def known_as(made: Facets) -> str:
    """The identifier of what is made of these facets: that of the core, the one that was issued for it, or its own."""
    return _core().get(made) or _known()[0].get(made) or made.identifier()


@lru_cache(maxsize=1)
def _core() -> dict[Facets, str]:
    """The core indicators by what they are made of: a phrase that is no alias of one may still say the same."""
    return {core_facets(key): key for key in catalogue("indicators")}


def core_facets(indicator_id: str) -> Facets:
    """What a core indicator is made of: as given, or as its Chinese name tells it."""
    entry = catalogue("indicators")[indicator_id]
    given = entry.get("facets")
    return Facets(*given) if given else facets(entry["name"]["zh"], "level", str(entry["unit"]))


@lru_cache(maxsize=1)
def issued() -> dict[str, Issued]:
    """All identifiers that were issued, by the project or by the user."""
    return {row["indicator_id"]: Issued(**row) for row in (*issued_rows(), *catalogue_rows("issued"))}


@lru_cache(maxsize=1)
def redirects() -> dict[str, tuple[str, str]]:
    """Identifiers that gave way: the one that stands in their place, and since which version."""
    return {row["old_id"]: (row["new_id"], row["since"]) for row in catalogue_rows("redirects")}


@lru_cache(maxsize=1)
def _known() -> tuple[dict[Facets, str], dict[str, str]]:
    """Issued identifiers by what they are made of, and by phrase and dimension where no thing is known."""
    by_facets: dict[Facets, str] = {}
    by_phrase: dict[str, str] = {}
    for entry in issued().values():
        if not entry.phrase or entry.indicator_id in redirects():
            continue
        found = entry.facets
        if found.thing:
            by_facets.setdefault(found, entry.indicator_id)
        else:
            key = _phrase_key(entry.phrase, "level" if entry.unit else "growth", entry.unit)
            by_phrase.setdefault(key, entry.indicator_id)
    return by_facets, by_phrase


def _phrase_key(text: str, measure: str, unit: str) -> str:
    """What tells bare 产能 in kilowatt-hours from one in vehicles."""
    kind = dimension(unit) if measure == "level" and unit else ""
    return f"{normalised(text)}|{'' if kind == 'count' else kind}"
