"""What pages load from npm: `npm.yaml` lists it, npm installs and checks it, and a site is made without it as well."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = "assets/npm"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site that needs files from npm.

    `without` says what a site is like that lacks it; `files` are, by package, the names in the package and in the site.
    """

    without: str
    files: Mapping[str, Mapping[str, str]]


@cache
def parts() -> Mapping[str, Part]:
    """The parts by their names."""
    loaded = yaml.safe_load((_HERE / "npm.yaml").read_text(encoding="utf-8"))
    return {name: Part(**one) for name, one in loaded.items()}


def at_hand(root: Path, node_modules: Path) -> frozenset[str]:
    """The parts whose packages are installed below `node_modules`, in the versions of `root`/package.json."""
    manifest = root / "package.json"
    pinned = json.loads(manifest.read_text(encoding="utf-8"))["dependencies"] if manifest.is_file() else {}
    return frozenset(
        name
        for name, part in parts().items()
        if all(_version(node_modules / package) == pinned.get(package, "") for package in part.files)
        and all(source.is_file() for source, _ in _files(part, node_modules))
    )


def _version(package: Path) -> str | None:
    """The version of an installed package; none where it is not there."""
    try:
        return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _files(part: Part, node_modules: Path) -> Iterator[tuple[Path, str]]:
    for package, files in part.files.items():
        for source, target in files.items():
            yield node_modules / package / source, target


def copy(found: frozenset[str], node_modules: Path, site: Path) -> None:
    """Put the files of these parts into a site."""
    for name in sorted(found):
        for source, target in _files(parts()[name], node_modules):
            (site / FOLDER / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, site / FOLDER / target)


def lacking(root: Path, node_modules: Path) -> str:
    """What a site is like that is made without the parts that are not at hand, and the remedy; empty where none lacks."""
    left = [part.without for name, part in parts().items() if name not in at_hand(root, node_modules)]
    if not left:
        return ""
    return (
        f"{node_modules} lacks packages of npm, so the site is made without them: {'; '.join(left)}. To have that too,"
        f" run `npm ci` in a folder with {root / 'package.json'} and its lock file, and name that folder's node_modules"
        " by --node-modules."
    )
