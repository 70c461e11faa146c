"""From sentences and numerals to facts: what is measured, how, and compared with what."""

from pipeline.reading.statements.facts import parse

__all__ = ["parse"]
