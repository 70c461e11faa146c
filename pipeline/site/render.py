"""MkDocs, called as a library: one build for each language."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import BaogaoError
from pipeline.site.html_body import MARK
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
        config.plugins["bodies"] = _bodies()
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


def _bodies() -> Any:
    """A plugin that keeps the bodies of pages out of memory: MkDocs reads all pages before it writes the first."""
    from mkdocs.plugins import BasePlugin

    class Bodies(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
        def on_page_content(self, html: str, *, page: Any, **_: Any) -> str:
            """A body that is HTML already is in its file as well."""
            if not page.markdown.startswith(MARK):
                return html
            page.markdown = ""
            return ""

        def on_page_context(self, context: Any, *, page: Any, **_: Any) -> Any:
            """Read the body for the template."""
            if not page.markdown:
                page.content = body_of(page.file.content_string)
            return context

        def on_post_page(self, output: str, *, page: Any, **_: Any) -> str:
            """The page is made."""
            page.content = ""
            return output

    return Bodies()


def body_of(source: str) -> str:
    """What stands behind the head of a page whose body is HTML."""
    return source.partition(f"\n---\n\n{MARK}\n")[2].strip()
