"""Read the examples of rules: one sentence in a passage of some role, the figure in <>."""

from __future__ import annotations

from typing import Any

from pipeline.meaning.when import frame_of, time_of
from pipeline.models import Passage, Report, ReportPeriod
from pipeline.reading.numerals import lex
from pipeline.reading.statements import parse
from pipeline.rules import Example
from pipeline.text.sentences import sentences

# Role, period and status of the passage: a report given in 2022 on 2021 and, for several years, on 2017 to 2021.
PASSAGES = {
    "review": ("review", "2021", "actual"),
    "years": ("review_years", "2017/2021", "actual"),
    "plan": ("plan", "2022", "target"),
    "plan_years": ("plan_years", "2022/2026", "target"),
    "glossary": ("glossary", "2022", "target"),
    "news": ("body", "2021", "actual"),
}
PERIODS = {"review": "2021", "review_years": "2017/2021", "plan": "2022", "plan_years": "2022/2026"}


def read(example: Example) -> dict[str, Any]:
    """The fields of the figure of an example that rules decide, and the rules that had a part in it."""
    start = example.text.index("<")
    text = example.text.replace("<", "").replace(">", "")
    role, period, status = PASSAGES[example.role]
    passage = Passage(0, len(text), role, period, status, "")
    facts = [fact for fact in parse(text, sentences(text), lex(text), [passage]) if fact.numeral.start == start]
    assert facts, example.text
    news = example.role == "news"
    kind, periods = ("news", ()) if news else ("work_report", tuple(ReportPeriod(*item) for item in PERIODS.items()))
    date = "2021-08-10" if news else "2022-01-11"
    report = Report("r", kind, "f", 0, 0, ((0, 0),), "", "utf-8", "cn-000000", date=date, periods=periods)
    time = time_of(facts[0], text, frame_of(passage, report))
    return {
        "indicator": facts[0].indicator,
        "measure": facts[0].measure,
        "status": time.status,
        "modality": time.modality,
        "period": time.period,
        "comparison": time.comparison,
        "rules": {rule for _, rule, *_ in (*facts[0].trace, *time.trace)},
    }
