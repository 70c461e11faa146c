"""The outline of a report: passages, each of one time and in one mood."""

from pipeline.documents.outline.passages import outline
from pipeline.documents.outline.years import given_year

__all__ = ["given_year", "outline"]
