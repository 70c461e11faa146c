"""Who publishes packages and on which terms: `publication.yaml` beside the sources, one place for all that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.text.folder import PUBLICATION

_KEYS = ("creators", "homepage", "released", "license", "ids")
_LICENSE = ("name", "title", "path")
_ADDRESS = re.compile(r"https?://\S+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is said of a publisher; all of it may be lacking.

    `creators` are names, `homepage` an address, `released` a day, `license` has name, title and path, `ids` are URIs by
    package.
    """

    creators: tuple[str, ...] = ()
    homepage: str = ""
    released: str = ""
    license: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)


def publication_of(folder: Path) -> Publication:
    """What the folder of the sources says of the publisher. Raises InputError."""
    path = folder / PUBLICATION
    if not path.is_file():
        return Publication()
    try:
        # All values as the text that stands there.
        stated = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InputError(
            str(path), "", f"cannot be read ({error})".replace("\n", " "), "See the manual on it"
        ) from error
    if not isinstance(stated, dict) or (unknown := sorted(stated.keys() - set(_KEYS))):
        problem = (
            f"unknown keys {', '.join(map(str, unknown))}" if isinstance(stated, dict) else "no `key: value` lines"
        )
        raise InputError(str(path), "", problem, f"Known are {', '.join(_KEYS)}")
    given = {key: value for key, value in stated.items() if value}
    for key, kind in (("creators", list), ("homepage", str), ("released", str), ("license", dict), ("ids", dict)):
        if key in given and not _fits(given[key], kind):
            raise InputError(str(path), "", f"`{key}` is not written as it should be", _REMEDY[key])
    wrong = {
        "homepage": not _ADDRESS.fullmatch(given.get("homepage", "https://x")),
        "released": not _DAY.fullmatch(given.get("released", "2000-01-01")),
        "license": given.get("license", dict.fromkeys(_LICENSE)).keys() != set(_LICENSE),
        "ids": not all(_URI.fullmatch(uri) for uri in given.get("ids", {}).values()),
    }
    for key, is_wrong in wrong.items():
        if is_wrong:
            raise InputError(str(path), "", f"`{key}` is not written as it should be", _REMEDY[key])
    return Publication(**{**given, "creators": tuple(given.get("creators", ()))})


_REMEDY = {
    "creators": "Write a list of names: [A, B]",
    "homepage": "Write an address from https:// on",
    "released": "Write a day: 2026-01-31",
    "license": "Write its name (an SPDX identifier), title and path (an address)",
    "ids": "Write a URI for each package, such as a DOI: https://doi.org/…",
}


def _fits(value: Any, kind: type) -> bool:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, kind) and all(isinstance(member, str) for member in members)
