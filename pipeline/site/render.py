"""MkDocs, called as a library: one build for each language."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import BaogaoError
from pipeline.site.settings import Settings
from pipeline.site.tongue import Tongue

CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}


def render(
    root: Path, language: str, pages: Path, output: Path, settings: Settings, words: Mapping[str, Any], strict: bool
) -> None:
    """Build the site of one language from its pages; `words` are those of the theme.

    Raises BaogaoError where MkDocs fails or, if strict, warns.
    """
    # Material prints an advertisement for its successor otherwise.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(f"{language}: %(levelname)s %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    address = settings.address
    try:
        config = load_config(
            str(root / CONFIGS[language]),
            docs_dir=str(pages),
            site_dir=str(output),
            site_name=settings.title(Tongue(language)),
            site_url=address and address + ("" if language == "en" else f"{language}/"),
            strict=strict,
        )
        config.extra["words"] = words
        if settings.logo:
            config.theme["logo"] = config.theme["favicon"] = f"assets/{settings.logo.name}"
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        # The theme's scripts, which no page loads: docs/theme/main.html.
        shutil.rmtree(output / "assets" / "javascripts")
        if not address:
            # A list of addresses is worth nothing without the first part of them.
            for name in ("sitemap.xml", "sitemap.xml.gz"):
                (output / name).unlink(missing_ok=True)
    except (Abort, BuildError, ConfigurationError) as error:
        raise BaogaoError(f"MkDocs could not build the {language} site: {error}") from error
