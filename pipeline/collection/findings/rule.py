"""What a finding is made of: a rule with its words in both languages, and what the rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from pipeline.rows import Row

Severity = Literal["error", "warning", "info"]
Record = Mapping[str, Any]
# For examples that need a report around them, which tells place and date.
HEAD = (
    "2022年政府工作报告\n（2022年1月23日在东莞市第十六届人民代表大会第四次会议上）\n东莞市人民政府市长 张三\n"
    "各位代表：\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n一、2021年工作回顾\n"
)


class Found(NamedTuple):
    """What a rule has found.

    `row` is the row concerned: an observation, or any row with `report_id`, `start` and `stop`; `other` is the
    observation that it disagrees with. `said` are further values for the words of the rule.
    """

    row: Record
    other: Record | None = None
    said: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one report. `first` are the observations without those that repeat another report.

    `usual` is the dimension that an indicator is usually measured in, by its identifier.
    """

    report: Record
    observations: Sequence[Row] = ()
    first: Sequence[Row] = ()
    numerals: Sequence[Row] = ()
    usual: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding.

    What the rule looks at tells when it runs and what `find` is given:

    - `document`: one report while it is read, as (`reading.result.Reading`, its rows by table);
    - `rows`: a `Page` as it is published, so that a check of packages can tell whether a finding is missing;
    - `report`: a `Page` whose figures still have the zeros that they are written with, which tell how exact they are;
    - `series`: observations of all reports with the same place, subject and indicator, by report and start.

    `en` and `zh` are templates: {row} and {other} are the rows of `Found`, its further values go by their names, and
    what a row says is taken with the formats of `wording`: {row:name}, {row:value}, {row:quote}. `example` is a text that the
    rule must find something in (two reports with a form feed between them; empty where it takes a fault of the program), `near_miss` one that it must leave alone.
    """

    id: str
    severity: Severity
    looks_at: Literal["document", "rows", "report", "series"]
    en: str
    zh: str
    find: Callable[..., Iterable[Found]]
    example: str
    near_miss: str
