"""The site: pages as files on disk, then MkDocs, then the files for download and the index of the search."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.errors import BaogaoError, lacking
from pipeline.own_catalogue import beside, held
from pipeline.publish.atomic import publish
from pipeline.publish.strangers import SITE, mark_site, refuse_strangers
from pipeline.run.local import begin
from pipeline.site import npm
from pipeline.site.data import Data, load
from pipeline.site.settings import Settings, read_settings
from pipeline.site.tongue import LANGUAGES, Tongue

_HERE = Path(__file__).resolve().parents[1]
# A wheel carries docs/ and the settings of MkDocs inside the package; in a clone they stand at the top.
ROOT = next((folder for folder in (_HERE / "_site", _HERE.parent) if (folder / "mkdocs.yml").is_file()), _HERE.parent)
__all__ = ["Settings", "build_site", "load", "pages", "read_settings", "write_pages"]
_NEEDED = ("jinja2", "material", "mkdocs", "pagefind", "pagefind_bin")


def build_site(
    datapackages: Path,
    reports: Path,
    output: Path,
    *,
    settings: Path | None = None,
    node_modules: Path | None = None,
    strict: bool = False,
) -> str:
    """Make the site of built packages in `output`, which is replaced when the new site is complete.

    Gives the address that the pages name, from SITE_URL or the file with the settings; empty where it is not known.

    What pages load from npm is taken from `node_modules`, that of a clone where none is named; parts of the site whose
    packages are not there are left out. The pages are written beside it, to a folder of the same name that ends in `-pages`, and stay there. With `strict` a
    warning fails the job. Raises BaogaoError where packages, sources or the pages of `docs/` are missing.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise lacking("The site", "site")
    if not (ROOT / "mkdocs.yml").is_file():
        raise BaogaoError("The site needs docs/ and mkdocs.yml. Run this in a clone, or install the wheel anew.")
    from pipeline.site.explore_rows import write_rows
    from pipeline.site.reader import write_reader
    from pipeline.site.search import write_index
    from pipeline.site.site_files import write_files, write_redirects

    modules = node_modules or ROOT / "node_modules"
    at_hand = npm.at_hand(ROOT, modules)
    output = output.resolve()
    with beside(reports):
        data = load(datapackages, reports, ROOT / "docs" / "score.json", read_settings(settings), npm=at_hand)

        def fill(folder: Path) -> None:
            pages_folder = output.with_name(f"{output.name}-pages")
            write_pages(data, pages_folder)
            _render_all(data.settings, pages_folder, folder, strict=strict)
            write_files(data, datapackages, folder)
            write_redirects(data, folder)
            npm.copy(at_hand, modules, folder)
            write_reader(data, folder)
            write_index(data, folder)
            write_rows(data, folder)
            mark_site(folder)

        publish(output, fill)
    return data.site_url


def _render_all(settings: Settings, pages_folder: Path, output: Path, *, strict: bool) -> None:
    jobs = [
        (ROOT, code, pages_folder / code, output / code, settings, theme_words(Tongue(code)), strict)
        for code in LANGUAGES
    ]
    if (os.cpu_count() or 1) > 1:
        # A fork would take the rows of this process along, which the pages are made of already.
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(len(jobs), spawned, initializer=begin, initargs=(held(),)) as pool:
            list(pool.map(_render, jobs))
    else:
        for job in jobs:
            _render(job)
    _place_languages(output)


def theme_words(say: Tongue) -> dict[str, Any]:
    """The words of the theme's own templates and scripts, by page and key."""
    from pipeline.site.tongue import locale

    found: dict[str, Any] = {}
    for key, text in locale(say.code).items():
        page, _, name = key.partition(".")
        if page in ("search", "kinds", "missing", "cite"):
            found.setdefault(page, {})[name] = text
    return found


def _render(job: tuple[Path, str, Path, Path, Settings, dict[str, Any], bool]) -> None:
    from pipeline.site.render import render

    render(*job)


def _place_languages(output: Path) -> None:
    """English moves to the top of the site; Chinese stays below it."""
    english = output / LANGUAGES[0]
    for path in sorted(english.iterdir()):
        shutil.move(path, output / path.name)
    english.rmdir()


def pages(say: Tongue, data: Data) -> Iterator[tuple[str, str]]:
    """Every page of one language: its path in the folder of that language, and its text."""
    from pipeline.site.commitment_views import commitment_pages
    from pipeline.site.compare_views import compare_pages
    from pipeline.site.data_page import package_pages
    from pipeline.site.explore import PAGE, explore_page
    from pipeline.site.hand import hand_pages
    from pipeline.site.indicator_views import indicator_pages, list_pages
    from pipeline.site.place_views import place_pages
    from pipeline.site.reader import PAGE as READER
    from pipeline.site.reader import reader_page
    from pipeline.site.report_views import report_pages
    from pipeline.site.thing_views import thing_pages

    yield from hand_pages(say, data, ROOT)
    yield from list_pages(say, data)
    yield from indicator_pages(say, data)
    yield from thing_pages(say, data)
    yield from compare_pages(say, data)
    yield from place_pages(say, data)
    yield from report_pages(say, data)
    yield from commitment_pages(say, data)
    yield from package_pages(say, data)
    yield PAGE, explore_page(say, data)
    yield READER, reader_page(say, data)


def write_pages(data: Data, folder: Path) -> None:
    """Write the pages of both languages, and what they share, below `folder`, which is emptied first."""
    _empty(folder)
    for code in LANGUAGES:
        _write(pages(Tongue(code), data), folder / code)
        shutil.copytree(ROOT / "docs" / "assets", folder / code / "assets")
        if data.settings.logo:
            shutil.copyfile(data.settings.logo, folder / code / "assets" / data.settings.logo.name)
    mark_site(folder)


def _write(found: Iterable[tuple[str, str]], folder: Path) -> None:
    for path, text in found:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _empty(folder: Path) -> None:
    """Make way for new pages. What no build of the site has made is not removed."""
    refuse_strangers(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / SITE).touch()
