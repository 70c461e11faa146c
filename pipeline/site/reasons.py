"""Why a finding was made and why a target counts as met or not, in both languages."""

from __future__ import annotations

from pipeline.collection.outcomes import as_statement, vague, verdict
from pipeline.rows import Row
from pipeline.site.data import Record
from pipeline.site.tongue import Tongue


def finding_text(say: Tongue, finding: Record) -> str:
    """What a finding says, without markup."""
    return str(say(finding["message_en"], finding["message_zh"]))


def outcome_reason(say: Tongue, outcome: Record) -> str:
    """What the answer of an outcome with both sides rests on beside the two figures, without markup; empty where they say it."""
    target, result = (_judged(outcome[side]) for side in ("target", "result"))
    reason = verdict(target, result).reason
    if not reason:
        return ""
    if reason in ("scope", "basis", "units"):
        column = {"scope": "indicator_text", "basis": "basis", "units": "unit"}[reason]
        pair = [str(row[column] or say("not stated", "未说明")) for row in (target, result)]
        return say(f"{_DIFFER[reason][0]}: {'; '.join(pair)}", f"{_DIFFER[reason][1]}：{'；'.join(pair)}")
    if reason == "vague":
        words = [say.word("bound", bound) for bound in vague(target, result)]
        return say(f"how far “{' and '.join(words)}” reaches is not said", f"“{'”“'.join(words)}”的幅度未作说明")
    return say(*_REASONS[reason])


def _judged(row: Record) -> Row:
    return as_statement(dict(row)) if "fact_id" in row else dict(row)


_DIFFER = {
    "scope": ("the scope differs", "统计范围不同"),
    "basis": ("the basis differs", "计算口径不同"),
    "units": ("the units differ", "计量单位不同"),
}
_REASONS = {
    "both_about": ("both are about the same value", "目标与结果均为约数，数值相同"),
    "direction": ("which direction is the better one is not said", "未说明数值以高为优还是以低为优"),
    "open": ("the result leaves both answers open", "结果的取值范围内，既有达到目标的值，也有未达到的值"),
    "higher": ("higher is better", "该指标以高为优"),
    "lower": ("lower is better", "该指标以低为优"),
}
