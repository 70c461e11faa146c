"""MkDocs, called as a library: one build for each language."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path

from pipeline.errors import BaogaoError

CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}


def site_address(root: Path) -> str:
    """Where the site will be published, with a slash at its end: SITE_URL, or what mkdocs.yml says; empty if unknown."""
    from mkdocs.config import load_config

    address = str(load_config(str(root / CONFIGS["en"]), docs_dir=str(root / "docs")).site_url or "").rstrip("/")
    return f"{address}/" if address else ""


def render(root: Path, language: str, pages: Path, output: Path, strict: bool) -> None:
    """Build the site of one language from its pages. Raises BaogaoError where MkDocs fails or, if strict, warns."""
    # Material prints an advertisement for its successor otherwise.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    import jieba
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(f"{language}: %(levelname)s %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    address = site_address(root)
    cache = tempfile.TemporaryDirectory(prefix="baogao-")
    # It unpickles what it finds in the shared folder for temporary files, where anybody may put something.
    jieba.dt.tmp_dir = cache.name
    try:
        config = load_config(
            str(root / CONFIGS[language]),
            docs_dir=str(pages),
            site_dir=str(output),
            site_url=address and address + ("" if language == "en" else f"{language}/"),
            strict=strict,
        )
        # Loaded by now, which sets its own level.
        logging.getLogger("jieba").setLevel(logging.WARNING)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        mend_search(output)
        if not address:
            # A list of addresses is worth nothing without the first part of them.
            for name in ("sitemap.xml", "sitemap.xml.gz"):
                (output / name).unlink(missing_ok=True)
    except (Abort, BuildError, ConfigurationError) as error:
        raise BaogaoError(f"MkDocs could not build the {language} site: {error}") from error
    finally:
        cache.cleanup()


def mend_search(output: Path) -> None:
    """Mend what Material's search makes of Chinese.

    A query is split into words, of which all but the last end in two asterisks; they then count as missing in every
    page. The index writes each character as six, which doubles what the reader has to fetch. Raises BaogaoError where
    the theme's script is another than the one this was written for.
    """
    workers = list((output / "assets" / "javascripts" / "workers").glob("search.*.min.js"))
    if not workers:
        raise BaogaoError(f"{_THEME} has no script of the search. {_LOCKED}")
    for worker in workers:
        text = worker.read_text(encoding="utf-8")
        if text.count(_TWO_ASTERISKS) != 1:
            raise BaogaoError(f"{_THEME} searches Chinese words in another way than before. {_LOCKED}")
        worker.write_text(text.replace(_TWO_ASTERISKS, _ONE_ASTERISK), encoding="utf-8", newline="\n")
    index = output / "search" / "search_index.json"
    content = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


_THEME = "This version of mkdocs-material"
_LOCKED = "Install the one in requirements/, or change pipeline/site/render.py."
_TWO_ASTERISKS = 'this.index.invertedIndex)].join("* ")'
_ONE_ASTERISK = 'this.index.invertedIndex)].join(" ")'
