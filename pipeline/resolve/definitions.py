"""What an indicator is: names, definition, topic and unit in two languages, for the tables of the dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.knowledge import catalogue
from pipeline.resolve.amounts import BASE_UNITS, unit
from pipeline.resolve.compose import Name, compose

_SOURCE = "按报告原文的指标名称由术语表组合"
# How a quantity of a dimension is introduced: Chinese (after the name), English (before the name).
_KINDS = {
    "money": ("，以货币计量", ", measured in money"),
    "ratio": ("，以百分数计量", ", as a percentage"),
    "area": ("，以面积计量", ", measured as an area"),
    "length": ("，以长度计量", ", measured as a length"),
    "mass": ("，以重量计量", ", measured by weight"),
    "volume": ("，以体积计量", ", measured by volume"),
    "power": ("，以功率计量", ", measured as power"),
    "electricity": ("，以电量计量", ", measured as electricity"),
    "energy": ("，以标准煤计量", ", in coal equivalent"),
    "duration": ("，以时间计量", ", measured as time"),
    "score": ("的得分、指数或位次", ", as a score, an index or a rank"),
    "concentration": ("，以浓度计量", ", as a concentration"),
    "": ("，计量单位以原文为准", ", in the unit that the text states"),
}
_SCOPE_ZH = "统计范围为报告所在地或原文指明的园区、单位、项目，口径由发布机关确定。"
_SCOPE_EN = (
    "It covers the place of the report, or the park, unit or project named, as delimited by the issuing authority."
)


class Use(NamedTuple):
    """How a report states an indicator: its phrase, the measure and the unit as written."""

    text: str
    measure: str
    unit: str


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
            "unit_id": unit(str(entry["unit"])).unit_id,
            "curation": "core",
        }
    use = _typical(uses)
    name = compose(*use)
    base = _base_unit(name, uses)
    return {
        "indicator_id": indicator_id,
        "name_zh": name.name_zh,
        "name_en": name.name_en or None,
        "definition_zh": _definition_zh(name) if name.composed else None,
        "definition_en": _definition_en(name) if name.composed else None,
        "definition_source": _SOURCE if name.composed else None,
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
    known = [(key, found[key]) for key in sorted(found) if found[key] or key in catalogue("indicators")]
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


def _definition_zh(name: Name) -> str:
    title = name.name_zh.split("（")[0]
    if name.whole:
        part = title.split("占", 1)[0]
        first = f"{part}占{name.whole}的百分比；是份额，{part}本身的数额另列。"
    elif announced := name.name_zh[len(title) :].strip("（）"):
        first = f"{title}的{announced}。"
    elif name.dimension == "count":
        first = f"{title}的数量。"
    else:
        first = f"{title}{_KINDS.get(name.dimension, _KINDS[''])[0]}。"
    parts = [first]
    if name.added:
        parts.append("只计报告所述时期内新增的部分，不是期末总数。")
    elif name.events and not name.whole:
        parts.append(f"只计报告所述时期内{'、'.join(name.events)}的部分。")
    elif name.dimension == "count" and not name.whole:
        parts.append("为原文所述时点或时期的总数，当期新增、建成的另列指标。")
    if name.limits:
        parts.append(f"限于{'、'.join(name.limits)}的。")
    return "".join(parts) + _SCOPE_ZH


def _definition_en(name: Name) -> str:
    title = name.name_en
    if "（" in name.name_zh:
        first = f"{title}."
    elif name.dimension == "count" and not title.startswith(("Number", "Share")):
        first = f"Number of {title[:1].lower()}{title[1:]}." if not _keeps_case(title) else f"Number of {title}."
    elif name.whole:
        first = f"{title}, in per cent; a share, the amount itself is another indicator."
    else:
        first = f"{title}{_KINDS.get(name.dimension, _KINDS[''])[1]}."
    parts = [first]
    if name.added:
        parts.append("Only what was added in the period that the report speaks of counts, not the stock at its end.")
    elif name.events and not name.whole:
        parts.append("Only what was done in the period that the report speaks of counts.")
    elif name.dimension == "count" and not name.whole:
        parts.append("A total at the time or over the period that the text speaks of; additions are other indicators.")
    if name.limits:
        parts.append("The limit in the name is part of the definition.")
    return " ".join([*parts, _SCOPE_EN])


def _keeps_case(title: str) -> bool:
    """Whether the first word is a name: PM2.5, Belt and Road."""
    return sum(letter.isupper() for letter in title[:12]) > 1 or title[:1].isdigit()
