"""Of what place and of what narrower subject a figure speaks."""

from __future__ import annotations

from pipeline.resolve.gazetteer import Gazetteer, gazetteer

__all__ = ["Gazetteer", "gazetteer"]
