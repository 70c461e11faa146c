"""Why a finding was made and why a target counts as met or not, in both languages.

The tables hold one text, in English. The Chinese is made here from the rule and the rows that it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from pipeline.collection.arithmetic import clipped
from pipeline.collection.outcomes import vague, verdict
from pipeline.site.data import Data, Record
from pipeline.site.shown_values import period_text, value_text
from pipeline.site.tongue import Tongue

_ZH = Tongue("zh")


def finding_text(say: Tongue, data: Data, finding: Record) -> str:
    """What a finding says, without markup."""
    make = _FINDINGS.get(finding["rule"])
    row = data.observation.get(finding["observation_id"] or "")
    other = data.observation.get(finding["other_observation_id"] or "")
    return say(finding["message"], make(data, finding, row or {}, other or {}) if make else finding["message"])


def outcome_reason(say: Tongue, data: Data, outcome: Record) -> str:
    """What the answer rests on beside the two figures, without markup; empty where they say it."""
    target, result = data.observation[outcome["target_id"]], data.observation[outcome["result_id"]]
    reason = verdict(dict(target), dict(result)).reason
    if not reason:
        return ""
    if reason in ("scope", "basis", "units"):
        column = {"scope": "indicator_text", "basis": "basis", "units": "unit"}[reason]
        pair = [str(row[column] or say("not stated", "未说明")) for row in (target, result)]
        return say(f"{_DIFFER[reason][0]}: {'; '.join(pair)}", f"{_DIFFER[reason][1]}：{'；'.join(pair)}")
    if reason == "vague":
        words = [say.word("bound", bound) for bound in vague(dict(target), dict(result))]
        return say(f"how far “{' and '.join(words)}” reaches is not said", f"“{'”“'.join(words)}”的幅度未作说明")
    return say(*_REASONS[reason])


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


def _quoted(row: Record) -> str:
    return f"“{clipped(row)}”"


def _said(row: Record) -> str:
    return f"{row['indicator_text']}{value_text(_ZH, row)}"


def _share(data: Data, finding: Record, row: Record, other: Record) -> str:
    return f"{row['indicator_text']}为{value_text(_ZH, row)}，而比重不应超过100%。"


def _rate(data: Data, finding: Record, row: Record, other: Record) -> str:
    return (
        f"原文称{row['indicator_text']}为{value_text(_ZH, row)}，与按所列数量（{value_text(_ZH, other)}）计算的比率不符："
        f"{_quoted(other)}{_quoted(row)}"
    )


def _part(data: Data, finding: Record, row: Record, other: Record) -> str:
    return f"“其中”项大于总项：{_said(row)}，而其所属的{other['indicator_text']}仅为{value_text(_ZH, other)}：{_quoted(row)}"


def _sum(data: Data, finding: Record, row: Record, other: Record) -> str:
    return f"分项之和与总量不符：总量为{_said(row)}，首个分项为{_said(other)}：{_quoted(row)}"


def _growth(data: Data, finding: Record, row: Record, other: Record) -> str:
    same = ("report_id", "place_id", "subject", "indicator_id", "period")
    levels = (
        level
        for level in data.by_indicator[row["indicator_id"]]
        if level["measure"] == "level" and level["amount"] and all(level[name] == row[name] for name in same)
    )
    now = next(levels, None)
    between = ""
    if now and other["amount"]:
        rate = f"{100 * (now['amount'] / other['amount'] - 1):.1f}".replace("-", "−")
        between = f"，{period_text(_ZH, now['period'])}年为{value_text(_ZH, now)}，按此计算约增长{rate}%"
    return (
        f"{row['indicator_text']}{period_text(_ZH, other['period'])}年为{value_text(_ZH, other)}{between}，"
        f"而原文称增长{value_text(_ZH, row)}，差距超出价格变动或数据修订所能解释的范围：{_quoted(other)}{_quoted(row)}"
    )


def _range(data: Data, finding: Record, row: Record, other: Record) -> str:
    return f"区间两端的次序或符号异常：{value_text(_ZH, row)}。"


def _reach(data: Data, finding: Record, row: Record, other: Record) -> str:
    report = data.reports[row["report_id"]]
    year, period = str(report["date"])[:4], period_text(_ZH, row["period"])
    if row["status"] != "target" and str(row["period_start"])[:4] > year:
        return f"{year}年的报告给出了尚未到来的{period}年的结果。"
    return f"{year}年的报告所述时期为{period}年，相距过远。"


def _impossible(data: Data, finding: Record, row: Record, other: Record) -> str:
    return f"{row['indicator_text']}的{_ZH.word('measure', row['measure'])}为{value_text(_ZH, row)}，不合常理。"


def _dimension(data: Data, finding: Record, row: Record, other: Record) -> str:
    unit = data.units.get(data.indicators[row["indicator_id"]]["unit_id"] or "")
    usual = unit["dimension"] if unit else _most_used(data, row)
    name = data.indicators[row["indicator_id"]]["name_zh"]
    own = _dimension_word(_dimension_of(data, row))
    return f"单位“{row['unit']}”计量的是{own}，而“{name}”通常以{_dimension_word(usual)}计量。"


def _dimension_of(data: Data, row: Record) -> str:
    return str(data.unit_names.get(row["unit"] or "", {}).get("dimension") or "")


def _most_used(data: Data, row: Record) -> str:
    levels = [each for each in data.by_indicator[row["indicator_id"]] if each["measure"] == "level"]
    counts = Counter(found for each in levels if (found := _dimension_of(data, each)))
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _dimension_word(name: str) -> str:
    upper, _, lower = name.partition("/")
    words = [_ZH.word("dimension", part) for part in (upper, lower) if part]
    return f"单位{words[1]}的{words[0]}" if len(words) == 2 else "".join(words) or "其他量"


def _lost(data: Data, finding: Record, row: Record, other: Record) -> str:
    """The only rule about a numeral without a row: its report and place are in the identifier."""
    report_id, _, start = finding["finding_id"].removeprefix("numeral-without-observation-").rpartition("-")
    text = next((n["text"] for n in data.numerals.get(report_id, ()) if str(n["start"]) == start), "")
    return f"{report_id} 第 {start} 字符处的“{text}”陈述了一个数量，但未能识别。"


_FINDINGS: Mapping[str, Callable[[Data, Record, Record, Record], str]] = {
    "share_above_whole": _share,
    "rate_against_counts": _rate,
    "part_above_whole": _part,
    "sum_against_parts": _sum,
    "growth_against_levels": _growth,
    "range_order": _range,
    "period_reach": _reach,
    "percent_range": _impossible,
    "rank_range": _impossible,
    "multiple_range": _impossible,
    "unit_dimension": _dimension,
    "numeral_without_observation": _lost,
}
