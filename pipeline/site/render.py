"""MkDocs, called as a library: one build for each language."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from pipeline.errors import BaogaoError

CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}


def site_address(root: Path) -> str:
    """Where the site will be published, with a slash at its end: SITE_URL, or what mkdocs.yml says."""
    from mkdocs.config import load_config

    return str(load_config(str(root / CONFIGS["en"]), docs_dir=str(root / "docs")).site_url).rstrip("/") + "/"


def render(root: Path, language: str, pages: Path, output: Path, strict: bool) -> None:
    """Build the site of one language from its pages. Raises BaogaoError where MkDocs fails or, if strict, warns."""
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
    logging.getLogger("jieba").setLevel(logging.WARNING)
    try:
        config = load_config(
            str(root / CONFIGS[language]),
            docs_dir=str(pages),
            site_dir=str(output),
            site_url=site_address(root) + ("" if language == "en" else f"{language}/"),
            strict=strict,
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError) as error:
        raise BaogaoError(f"MkDocs could not build the {language} site: {error}") from error
