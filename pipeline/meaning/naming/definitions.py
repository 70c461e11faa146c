"""What an indicator is: names, definition, topic and unit in two languages, for the tables of the dictionary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.knowledge import catalogue
from pipeline.meaning.amounts import BASE_UNITS, unit
from pipeline.meaning.naming.compose import ANNOUNCED, Name, compose
from pipeline.meaning.naming.english import is_proper

_SOURCE = "指标名称按报告原文"
# What a quantity of a dimension is called, in Chinese after the thing that has it.
_QUANTITIES = {
    "count": "数量",
    "money": "金额",
    "area": "面积",
    "length": "长度",
    "mass": "重量",
    "volume": "体积",
    "power": "功率（能力）",
    "electricity": "电量",
    "energy": "能耗",
    "duration": "时间",
    "concentration": "浓度",
}
# Words at the end of a name that already say what quantity of it is meant.
_SAYS_QUANTITY = re.compile(
    r"(?:数量|人数|人次|户数|家数|宗数|起数|件数|个数|总数|总量|数|量|面积|里程|长度|金额|额|时间|时限|规模|率|比重|比例|占比|标准|水平|价格|指数)$"
)
_HOLLOW = re.compile(r"(?:数量|户数|家数|宗数|起数|件数|个数|总数|总量|任务数|任务|工作|目标)$")
# Attributes of a moment, not of a period.
_AT_A_TIME = re.compile(
    r"(?:余额|资产|存款|债务|负债|注册资本|总规模|里程|面积|能力|产能|标准|价格|容量|存量|储备|浓度)$"
)
_ADDED_BY_UNIT = re.compile(rf"（(?:{'|'.join(re.escape(chinese) for _, chinese in ANNOUNCED.values())})）$")
_IN_PERIOD = ("新", "累计")
# Of money and time only some events say which part of it counts: what was added, attracted or paid out.
_PAID = frozenset({"money", "duration", "ratio", "score"})
_PAYABLE = frozenset({"新增", "引进", "发放"})
_SCOPE_ZH = "统计范围为报告所在地或原文指明的园区、单位、项目，口径以发布机关为准。"
_SCOPE_EN = (
    "It covers the place of the report, or the park, unit or project named, as delimited by the issuing authority."
)
# More explanations than these make a definition long, not clear.
_MOST_WORDS = 2


class Use(NamedTuple):
    """How a report states an indicator: its phrase, the measure and the unit as written."""

    text: str
    measure: str
    unit: str


class Meaning(NamedTuple):
    """A sentence of a definition in both languages and where it comes from; the source may be empty."""

    zh: str
    en: str
    source: str


def describe(indicator_id: str, uses: Mapping[Use, int]) -> dict[str, object]:
    """The row of the table `indicators`.

    `uses` counts how reports state it; for a core indicator it may be empty. `curation` is core for the entries of
    `catalogue/indicators.yaml`, composed where the name is made from the list of terms or written by hand in
    `catalogue/entries.yaml`, proposed where words are missing in the list.
    """
    entry = catalogue("indicators").get(indicator_id)
    if entry:
        return {
            "indicator_id": indicator_id,
            "name_zh": entry["name"]["zh"],
            "name_en": entry["name"]["en"],
            "definition_zh": entry["definition"]["zh"],
            "definition_en": entry["definition"]["en"],
            "definition_source": entry["source"],
            "topic_id": entry["topic"],
            "unit_id": unit(str(entry["unit"])).base_unit_id,
            "curation": "core",
        }
    name = compose(*_typical(uses))
    base = _base_unit(name, uses)
    meanings = _meanings(name) if name.composed else []
    return {
        "indicator_id": indicator_id,
        "name_zh": name.name_zh,
        "name_en": name.name_en or None,
        "definition_zh": _definition_zh(name, base, meanings) if name.composed else None,
        "definition_en": _definition_en(name, base, meanings) if name.composed else None,
        "definition_source": _source(meanings) if name.composed else None,
        "topic_id": name.topic_id,
        "unit_id": unit(base).unit_id if base else None,
        "curation": "composed" if name.composed else "proposed",
    }


def aliases(indicator_id: str, texts: Iterable[str]) -> list[dict[str, object]]:
    """The rows of `indicator_aliases`: those of the catalogue, and for other indicators the phrases of the reports."""
    entry = catalogue("indicators").get(indicator_id)
    if not entry:
        return [_alias(indicator_id, text, "zh") for text in sorted(set(texts)) if text]
    return [
        _alias(indicator_id, alias, language)
        for language in ("zh", "en")
        for alias in sorted(set(entry["aliases"].get(language, ())))
    ]


def codes(indicator_id: str) -> list[dict[str, object]]:
    """The rows of `indicator_codes`: what other systems call it, by measure, with the quality of the match."""
    entry = catalogue("indicators").get(indicator_id) or {}
    columns = ("measure", "system", "code", "match")
    return [{"indicator_id": indicator_id, **dict(zip(columns, code, strict=True))} for code in entry.get("codes", ())]


def indicator_tables(rows: Iterable[Mapping[str, object]]) -> dict[str, list[dict[str, object]]]:
    """The tables indicators, indicator_aliases and indicator_codes for the indicators that the rows name.

    `rows` are rows of observations or of other tables with an indicator_id; those without a phrase count only for
    core indicators.
    """
    found: dict[str, Counter[Use]] = {}
    for row in rows:
        uses = found.setdefault(str(row["indicator_id"]), Counter())
        if text := row.get("indicator_text"):
            uses[Use(str(text), str(row.get("measure") or ""), str(row.get("unit") or ""))] += 1
    return described((key, found[key]) for key in sorted(found))


def described(used: Iterable[tuple[str, Mapping[Use, int]]]) -> dict[str, list[dict[str, object]]]:
    """The same tables for indicators, in their order, and how often reports state each in which words."""
    known = [(key, uses) for key, uses in used if uses or key in catalogue("indicators")]
    return {
        "indicators": [describe(key, uses) for key, uses in known],
        "indicator_aliases": [row for key, uses in known for row in aliases(key, (use.text for use in uses))],
        "indicator_codes": [row for key, _ in known for row in codes(key)],
    }


def _alias(indicator_id: str, alias: str, language: str) -> dict[str, object]:
    return {"indicator_id": indicator_id, "alias": alias, "language": language}


def _typical(uses: Mapping[Use, int]) -> Use:
    """The most frequent phrase, the shortest of several; with a level, if there is one, because its unit tells more."""
    counts = Counter[str]()
    for use, count in uses.items():
        counts[use.text] += count
    text = min(counts, key=lambda phrase: (-counts[phrase], len(phrase), phrase))
    return min((use for use in uses if use.text == text), key=lambda use: (use.measure != "level", -uses[use], use))


def _base_unit(name: Name, uses: Mapping[Use, int]) -> str:
    """The base unit in which most of its levels are stated."""
    stated = Counter[str]()
    for use, count in uses.items():
        if use.measure == "level" and use.unit:
            stated[unit(use.unit).base_unit] += count
    return min(stated, key=lambda base: (-stated[base], base)) if stated else BASE_UNITS.get(name.dimension, "")


def _meanings(name: Name) -> list[Meaning]:
    """What is measured, which cases count, what the things in the name are: as far as the glossary tells."""
    glossary = catalogue("glossary")
    title = _title(name)
    found: list[Meaning] = []
    if name.attribute:
        measured = next((key for key in _measures() if name.attribute.endswith(key)), "")
        if measured:
            zh, en = glossary["measures"][measured]
            found.append(Meaning(zh, en, ""))
    if name.events and not name.whole:
        # 新建 and 改造 together are 新建改造.
        verbs = "".join(name.events)
        groups = (group for group in glossary["events"] if name.dimension not in _PAID or _PAYABLE & set(group[0]))
        fitting = next((group for group in groups if any(part in verbs for part in group[0])), None)
        if fitting:
            found.append(Meaning(fitting[1], fitting[2], ""))
    things = list(dict.fromkeys(match[0] for match in _things().finditer(title)))[:_MOST_WORDS]
    for thing in things:
        zh, en, source = glossary["things"][thing]
        found.append(Meaning(zh, en, glossary["sources"].get(source, "")))
    return list(dict.fromkeys(found))


def _definition_zh(name: Name, base: str, meanings: list[Meaning]) -> str:
    """What is counted, by which unit, which cases count, what the words mean, and the scope."""
    title = _title(name)
    said = bool(_SAYS_QUANTITY.search(title)) or bool(name.attribute and name.dimension not in {"area", "length"})
    quantity = "" if said else f"的{_QUANTITIES.get(name.dimension, '数值')}"
    if name.whole:
        part = title.split("占", 1)[0]
        lead = f"{part}与{name.whole}之比，以百分数表示；{part}的绝对额另列。"
    elif name.dimension == "ratio":
        lead = f"{title if said else title + '的比例'}，以百分数表示。"
    elif name.dimension in {"score", "percentage_points"}:
        lead = f"{title}在监测、考核或评比中的得分、指数或位次。"
    elif name.events or name.by_hand or title.startswith(_IN_PERIOD):
        lead = f"报告所述时期内（含计划）{name.headed or title}{_measured(name, base, quantity)}。"
    elif name.dimension == "count":
        lead = (
            f"报告所述时点或时期的{_HOLLOW.sub('', title) or title}{_measured(name, base, '的数量')}，当期新增的另列。"
        )
    else:
        lead = f"{_when(name)[0]}{title}{_measured(name, base, quantity)}。"
    parts = [lead, *(f"{meaning.zh}。" for meaning in meanings)]
    if name.limits:
        parts.append(f"“{'、'.join(name.limits)}”是计数的条件，不符合的不计。")
    return "".join(parts) + _SCOPE_ZH


def _measured(name: Name, base: str, quantity: str) -> str:
    """The quantity and its unit: 的数量，按家计."""
    return f"{quantity}，按{base}计" if base else quantity


def _when(name: Name) -> tuple[str, str]:
    """Whether a quantity is one of a moment or of a period, in both languages, as far as its name tells."""
    if _AT_A_TIME.search(_title(name)) or (name.dimension == "length" and not name.events):
        return "报告所述时点的", "at the time that the report speaks of"
    return "报告所述时期的", "in the period that the report speaks of"


def _definition_en(name: Name, base: str, meanings: list[Meaning]) -> str:
    """The same in English."""
    title = name.name_en
    in_unit = f", in {unit(base).name_en}" if base and name.dimension not in {"count", "score", ""} else ""
    if name.dimension == "count" and not title.startswith(("Number", "Share")):
        title = f"Number of {title if is_proper(title) else title[:1].lower() + title[1:]}"
    if name.whole:
        lead = f"{title}, in per cent; the amount itself is another indicator."
    elif name.dimension == "ratio":
        lead = f"{title}, in per cent."
    elif name.dimension in {"score", "percentage_points"}:
        lead = f"{title}: the score, index or rank in an assessment."
    elif name.events or name.by_hand or _title(name).startswith(_IN_PERIOD):
        lead = f"{title} in the period that the report speaks of, done or planned{in_unit}."
    elif name.dimension == "count":
        lead = f"{title} at the time or in the period that the report speaks of; additions are another indicator."
    else:
        lead = f"{title} {_when(name)[1]}{in_unit}."
    parts = [lead, *(meaning.en for meaning in meanings)]
    if name.limits:
        parts.append("The limit in the name is a condition: what does not meet it is not counted.")
    return " ".join([*parts, _SCOPE_EN])


def _source(meanings: list[Meaning]) -> str:
    """Where the definition comes from: the report's own name, and the sources of the words explained."""
    sources = list(dict.fromkeys(meaning.source for meaning in meanings if meaning.source))
    return f"{_SOURCE}；词义参照{'、'.join(sources)}" if sources else _SOURCE


def _title(name: Name) -> str:
    """The name without what the unit adds to it."""
    return _ADDED_BY_UNIT.sub("", name.name_zh)


@lru_cache(maxsize=1)
def _things() -> re.Pattern[str]:
    """The words that the glossary explains, longest first."""
    return re.compile(
        "|".join(re.escape(word) for word in sorted(catalogue("glossary")["things"], key=len, reverse=True))
    )


@lru_cache(maxsize=1)
def _measures() -> tuple[str, ...]:
    """What the glossary says of measures, longest first."""
    return tuple(sorted(catalogue("glossary")["measures"], key=lambda word: (-len(word), word)))
