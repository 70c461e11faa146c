"""The outline of a report: passages, each of one time and in one mood."""

from pipeline.documents.outline.at_offset import passage_at, passage_index
from pipeline.documents.outline.passages import doubt, outline
from pipeline.documents.outline.years import given_year

__all__ = ["doubt", "given_year", "outline", "passage_at", "passage_index"]
