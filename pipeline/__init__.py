"""Baogao: every quantity that a Chinese government work report states, as open data.

What the commands do, as functions that give data frames, is `pipeline.api`:

    from pipeline.api import read_text
    read_text("2023年,全县地区生产总值增长6.2%左右。")["observations"]

The functions named here are the steps below it. They are loaded when they are first asked for, so that `import pipeline` costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import ExtensionFileLoader
from importlib.util import find_spec
from typing import Any

__version__ = "0.2.0"

_FUNCTIONS = {
    "build_packages": ("pipeline.build", "build"),
    "build_site": ("pipeline.site", "build_site"),
    "check_package": ("pipeline.check", "check_package"),
    "extract_source": ("pipeline.extract", "extract_source"),
    "extract_text": ("pipeline.extract", "extract_text"),
    "model": ("pipeline.schema", "model"),
    "score": ("pipeline.scoring", "score"),
}

__all__ = ["__version__", "is_compiled", *sorted(_FUNCTIONS)]


def is_compiled() -> bool:
    """Whether the modules that read text are compiled here (`make wheel-compiled`), which changes no row."""
    found = find_spec("pipeline.records")
    return found is not None and isinstance(found.loader, ExtensionFileLoader)


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _FUNCTIONS[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    return getattr(import_module(module), attribute)
