"""The two languages of the site, and the words for the values of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.documents.profiles import profiles
from pipeline.knowledge import catalogue, vocabulary

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: `say(english, chinese)` gives the one that is meant."""

    code: str

    def __call__(self, en: str, zh: str) -> str:
        """The text in this language."""
        return zh if self.code == "zh" else en

    def name(self, row: Mapping[str, Any]) -> str:
        """The name of a place, topic, unit, agency or indicator in this language, or the one that it has."""
        other = "en" if self.code == "zh" else "zh"
        return str(row.get(f"name_{self.code}") or row.get(f"name_{other}") or "")

    def word(self, field: str, value: object) -> str:
        """The word for a value of a column with a fixed list of values; the value itself where it has none."""
        pair = WORDS.get(field, {}).get(str(value))
        return self(*pair) if pair else str(value or "")

    def number(self, count: int) -> str:
        """A count with separators."""
        return f"{count:,}"


WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "kind": {one.kind: one.label for one in profiles()},
    "numeral": {
        "observation": ("Observation", "观测值"),
        "observation_part": ("Second end of a range", "区间另一端"),
        "unread": ("Could not be read", "无法解读"),
        "threshold": ("Threshold", "门槛"),
        "context": ("Denominator or pool", "分母或范围"),
        "time": ("Time", "时间"),
        "name": ("Part of a name", "名称的一部分"),
        "structure": ("Numbering", "文件编号"),
    },
    "review": {
        "none": ("Not read by anybody", "未经审核"),
        "checked": ("Checked", "已核对"),
        "corrected": ("Corrected", "已更正"),
    },
    "action": {
        "set": ("Changed", "更改"),
        "add": ("Added", "补录"),
        "withdraw": ("Withdrawn", "撤回"),
    },
    "status": {
        "actual": ("Result", "完成值"),
        "estimate": ("Estimate", "预计"),
        "target": ("Target", "目标"),
    },
    "measure": {
        "level": ("Level", "总量"),
        "growth": ("Growth", "增速"),
        "change": ("Change", "增减量"),
        "rank": ("Rank", "位次"),
        "multiple": ("Multiple", "倍数"),
    },
    "bound": {
        "exact": ("exactly", "确数"),
        "about": ("about", "左右"),
        "over": ("more than", "超过"),
        "at_least": ("at least", "以上"),
        "at_most": ("at most", "以内"),
        "under": ("less than", "不足"),
        "nearly": ("nearly", "接近"),
        "range": ("range", "区间"),
    },
    "modality": {
        "ensure": ("ensure 确保", "确保"),
        "strive": ("strive for 力争", "力争"),
        "plan": ("plan 计划", "计划"),
        "expect": ("expect 预期", "预期"),
        "stretch": ("stretch 争取", "争取"),
        "plain": ("", ""),
    },
    "comparison": {
        "yoy": ("on the year before", "同比"),
        "previous": ("on the period before", "环比"),
        "annual_average": ("annual average", "年均"),
        "since": ("over several years", "累计"),
        "versus": ("against another", "与其他对象比较"),
    },
    "rank_of": {
        "level": ("the level", "总量"),
        "growth": ("the growth", "增速"),
        "change": ("the change", "增减量"),
        "share": ("the share", "占比"),
    },
    "stated_in": {
        "list": ("the report's list of main targets", "主要目标清单"),
        "body": ("the text", "正文"),
        "table": ("a table", "表格"),
        "glossary": ("the glossary", "名词解释"),
    },
    "level": {
        "nation": ("Nation", "全国"),
        "region": ("Region", "跨省区域"),
        "province": ("Province", "省级"),
        "prefecture": ("Prefecture", "地级"),
        "county": ("County", "县级"),
        "township": ("Township", "乡级"),
        "zone": ("Zone", "功能区"),
    },
    "role": {
        "front": ("opening", "开头"),
        "review": ("review of the year", "上年回顾"),
        "review_years": ("review of several years", "多年回顾"),
        "problems": ("problems", "存在问题"),
        "plan": ("plan for the year", "当年计划"),
        "plan_years": ("plan for several years", "多年计划"),
        "tasks": ("tasks", "任务分工"),
        "table": ("table", "附表"),
        "glossary": ("glossary", "名词解释"),
        "closing": ("closing", "结语"),
        "body": ("text", "正文"),
    },
    "commitment": {
        "task": ("Task", "任务"),
        "livelihood": ("Livelihood project", "民生实事"),
        "undertaking": ("Undertaking", "工作举措"),
    },
    "met": {
        "yes": ("met", "实现"),
        "no": ("missed", "未实现"),
        "undecidable": ("cannot be decided", "无法判定"),
        "not_comparable": ("not comparable", "口径不同"),
    },
    "relation": {row["id"]: (row["name_en"], row["name_zh"]) for row in vocabulary("relations")["relations"]},
    "curation": {
        "core": ("written by hand", "人工编写"),
        "composed": ("name put together from known parts", "名称由程序按已知要素拟定"),
        "proposed": ("name taken from the report, waiting for review", "名称取自报告，待审"),
    },
    "match": {"exact": ("same", "相同"), "close": ("close", "相近"), "broad": ("wider", "更宽")},
    "severity": {"error": ("error", "错误"), "warning": ("warning", "存疑"), "info": ("note", "须知")},
    "property": {name: (name.replace("_", " "), words[0]) for name, words in catalogue("properties").items()},
    "event": {name: (words[1], words[0]) for name, words in catalogue("events").items()},
    "dimension": {name: (en, zh) for name, (en, zh) in catalogue("dimensions").items()},
    "type": {
        "string": ("text", "文字"),
        "number": ("number", "数值"),
        "integer": ("whole number", "整数"),
        "boolean": ("true or false", "真或假"),
        "date": ("date", "日期"),
    },
}
