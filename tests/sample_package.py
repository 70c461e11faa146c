"""A tiny valid package: two yearly reports of one invented city, every table with a row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.collection.findings import rules
from pipeline.collection.outcomes import outcomes
from pipeline.knowledge import catalogue
from pipeline.meaning.naming.definitions import indicator_tables
from pipeline.meaning.naming.dictionary import fixed_tables
from pipeline.text import identity

SOURCES = {
    "2018.txt": (
        "菜单 9\n2018年政府工作报告\n过去一年，地区生产总值增长7.6%。\n今年主要目标：地区生产总值增长８%左右，"
        "规模以上工业增加值增长9%以上，一般公共预算收入增长5%，居民收入与经济增长同步，粮食产量稳定在10-12万吨。\n"
        "（一）新建学校3所。责任单位：市教育局等。\n名词解释：\n[1]双减：减轻负担。"
    ),
    "2019.txt": '2019年政府工作报告\n去年地区生产总值增长8.1%，达到2600亿元；"=1+1"工程开工，\n城镇新增就业1.2万人。',
}
REPORT = {"2018.txt": "cn-361000-2018-work-report", "2019.txt": "cn-361000-2019-work-report"}
PLACE = "cn-361000"
AGENCIES: list[dict[str, object]] = [
    {"agency_id": "cn-361000-education", "name_zh": "市教育局", "place_id": PLACE},
    {"agency_id": "cn-361000-finance", "name_zh": "市财政局", "place_id": PLACE},
]
# What a target without a number is about.
TARGET = {"indicator_id": "disposable_income", "indicator_text": "居民收入", "measure": "growth", "unit": "%"}
RESIDUE = "cn-361000-2018-residue"
_NUMERAL = r"\d+(?:\.\d+)?"
_KINDS = {"2018": "time", "2019": "time", "9": "structure"}


def _report(name: str) -> dict[str, object]:
    text = SOURCES[name]
    start = text.index("20")
    return {
        "report_id": REPORT[name],
        "title": "政府工作报告",
        "kind": "work_report",
        "place_id": "cn-361000",
        "date": f"{name[:4]}-01-10",
        "date_precision": "day",
        "source_file": name,
        "start": start,
        "stop": len(text),
        "characters": len(text) - start,
        "sha256": hashlib.sha256(text[start:].encode()).hexdigest(),
        "encoding": "utf-8",
        "layer": "text",
        "complete": True,
    }


def _observation(name: str, quote: str, number: str, indicator: str, **more: object) -> dict[str, object]:
    text = SOURCES[name]
    quote_start = text.index(quote)
    start = text.index(number, quote_start)
    value = float(number.replace("８", "8"))
    digest = identity.digest(quote, identity.table_of(text))
    ordinal = len(re.findall(_NUMERAL, text[quote_start : start + len(number)]))
    row: dict[str, object] = {
        "observation_id": f"{REPORT[name]}-{digest}-{ordinal}",
        "report_id": REPORT[name],
        "text": number,
        "start": start,
        "stop": start + len(number),
        "indicator_id": indicator,
        "indicator_text": str(catalogue("indicators")[indicator]["name"]["zh"]),
        "place_id": "cn-361000",
        "measure": "growth",
        "value": value,
        "phrase": number,
        "unit": "%",
        "bound": "exact",
        "low": value,
        "high": value,
        "status": "actual",
        "comparison": "yoy",
        "period": str(int(name[:4]) - 1),
        "quote": quote,
        "quote_start": quote_start,
        "quote_stop": quote_start + len(quote),
        "rule": "sample",
        "confidence": 0.9,
        "review": "none",
    }
    row.update(more)
    for end, day in (("start", "01-01"), ("end", "12-31")):
        row.setdefault(f"period_{end}", f"{row['period']}-{day}")
    return row


def _observations() -> list[dict[str, object]]:
    past = "过去一年，地区生产总值增长7.6%。"
    plan = SOURCES["2018.txt"][SOURCES["2018.txt"].index("今年主要") : SOURCES["2018.txt"].index("\n（一）")]
    last = SOURCES["2019.txt"][SOURCES["2019.txt"].index("去年") :]
    target = {"status": "target", "modality": "expect", "stated_in": "list", "period": "2018"}
    level = {"measure": "level", "comparison": None}
    return [
        _observation("2018.txt", past, "7.6", "gdp"),
        _observation("2018.txt", plan, "８", "gdp", bound="about", **target),
        _observation("2018.txt", plan, "9", "industrial_value_added", bound="at_least", high=None, **target),
        _observation("2018.txt", plan, "5", "budget_revenue", **target),
        _observation(
            "2018.txt", plan, "10", "grain_output", value_max=12, high=12, bound="range", unit="万吨",
            amount=10**8, amount_max=12 * 10**7, base_unit="千克", **(target | level)
        ),
        _observation("2019.txt", last, "8.1", "gdp"),
        _observation("2019.txt", last, "2600", "gdp", unit="亿元", amount=2600e8, base_unit="元", **level),
        _observation("2019.txt", last, "1.2", "urban_jobs", unit="万人", amount=12000, base_unit="人", **level),
    ]  # fmt: skip


def _numerals(observations: list[dict[str, object]]) -> list[dict[str, object]]:
    stated = {(row["report_id"], row["start"]) for row in observations}
    rows = []
    for name, text in SOURCES.items():
        for found in re.finditer(_NUMERAL, text):
            report = REPORT[name] if found.start() >= text.index("20") else RESIDUE
            kind = "name" if text[found.start() - 1] in '=+"' else _KINDS.get(found[0], "structure")
            if (report, found.start()) in stated:
                kind = "observation"
            elif text[found.start() - 1] == "-":
                kind = "observation_part"
            rows.append(
                {"report_id": report, "text": found[0], "start": found.start(), "stop": found.end(), "kind": kind}
            )
    # What is left between the reports of a source stands behind them, as it is published.
    order = [REPORT["2018.txt"], RESIDUE, REPORT["2019.txt"]]
    return sorted(rows, key=lambda row: order.index(str(row["report_id"])))


def tables() -> dict[str, list[dict[str, object]]]:
    """The rows of all relational tables."""
    text = SOURCES["2018.txt"]
    observations = _observations()
    observations[1]["review"] = "corrected"
    first = observations[1]["observation_id"]
    residue = {
        "report_id": RESIDUE,
        "kind": "residue",
        "source_file": "2018.txt",
        "start": 0,
        "stop": text.index("20"),
        "characters": text.index("20"),
        "sha256": hashlib.sha256(text[: text.index("20")].encode()).hexdigest(),
        "encoding": "utf-8",
        "layer": "text",
        "complete": True,
    }
    same = text.index("居民收入与经济增长同步")
    task = text.index("（一）")
    aims = observations[1]
    term = text.index("[1]")
    return {
        "reports": [_report("2018.txt"), residue, _report("2019.txt")],
        "report_periods": [
            {"report_id": REPORT[name], "role": role, "period": str(int(name[:4]) - (role == "review"))}
            for name in REPORT
            for role in ("review", "plan")
        ],
        **dictionary(observations, [TARGET]),
        "locations": [],
        "observations": observations,
        "corrections": [
            {
                "correction_id": f"{first}.modality",
                **{name: observations[1][name] for name in ("report_id", "start", "stop", "text", "observation_id")},
                "action": "set",
                "field": "modality",
                "was": "plain",
                "is": "expect",
                "reason": "no word of its own",
                "date": "2026-01-02",
            }
        ],
        "numerals": _numerals(observations),
        "qualitative_targets": [
            {
                "report_id": REPORT["2018.txt"],
                "indicator_id": TARGET["indicator_id"],
                "place_id": "cn-361000",
                "period": "2018",
                "relation": "in_step_with",
                "reference": "经济增长",
                "text": "居民收入与经济增长同步",
                "start": same,
                "stop": same + len("居民收入与经济增长同步"),
            }
        ],
        "facts": [],
        "outcomes": [_as_published(row) for row in outcomes([_report(name) for name in REPORT], observations)],
        "findings": [
            {
                "finding_id": f"uncertain-parts-{first}",
                "rule": "uncertain_parts",
                "severity": rules()["uncertain_parts"].severity,
                **{name: observations[1][name] for name in ("report_id", "start", "stop", "observation_id")},
                "message_en": rules()["uncertain_parts"].en.replace("{row:report_id}", REPORT["2018.txt"]),
                "message_zh": rules()["uncertain_parts"].zh,
            }
        ],
        "commitments": [
            {
                "commitment_id": "cn-361000-2018-work-report-c1",
                "report_id": REPORT["2018.txt"],
                "kind": "task",
                "number": "一",
                "text": text[aims["quote_start"] : task + len("（一）新建学校3所。")],
                "deadline": "2018",
                "start": aims["quote_start"],
                "stop": task + len("（一）新建学校3所。"),
            }
        ],
        "commitment_agencies": [
            {
                "commitment_id": "cn-361000-2018-work-report-c1",
                "agency_id": "cn-361000-education",
                "position": 1,
                "open_ended": True,
            }
        ],
        "commitment_observations": [
            {"commitment_id": "cn-361000-2018-work-report-c1", "observation_id": row["observation_id"]}
            for row in observations
            if row["quote_start"] == aims["quote_start"] and row["report_id"] == aims["report_id"]
        ],
        "terms": [
            {
                "term_id": "cn-361000-2018-work-report-t1",
                "report_id": REPORT["2018.txt"],
                "number": "1",
                "term": "双减",
                "definition": "减轻负担。",
                "start": term,
                "stop": len(text),
            }
        ],
        "term_mentions": [{"term_id": "cn-361000-2018-work-report-t1", "start": term, "stop": term + 3}],
    }


def dictionary(
    observations: Iterable[Mapping[str, object]], targets: Iterable[Mapping[str, object]]
) -> dict[str, list[dict[str, object]]]:
    """The tables of the dictionary for these observations and targets without a number."""
    stated = list(observations)
    aims = [{**TARGET, "indicator_id": row["indicator_id"]} for row in targets]
    return {
        **fixed_tables([PLACE], (str(row["unit"]) for row in stated), AGENCIES),
        **indicator_tables([*stated, *aims]),
    }


def _as_published(outcome: dict[str, object]) -> dict[str, object]:
    gap = outcome["gap"]
    return {**outcome, "gap": None if gap is None else float(str(gap))}


def write_sources(folder: Path) -> Path:
    """The source files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SOURCES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
