"""The parts of a report: headings, what is review and what is plan, and the time that each passage speaks of.

Many reports reach us as one line with their headings glued to the text, so nothing here relies on line breaks: a part
begins where a title of the known build, a number or an opening phrase stands at the beginning of a sentence.
"""

from __future__ import annotations

from pipeline.documents.outline.annexes import with_terms
from pipeline.documents.outline.other_kinds import of_other
from pipeline.documents.outline.work_report import of_work_report
from pipeline.documents.outline.years import years_of
from pipeline.models import Passage, Report


def outline(text: str, report: Report) -> list[Passage]:
    """Passages of `text`, the folded text of one report, in order and without gaps (none for an empty text)."""
    if not text:
        return []
    years = years_of(text, report)
    passages = of_work_report(text, years) if report.kind == "work_report" else of_other(text, report, years)
    return with_terms(text, passages)
