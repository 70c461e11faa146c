"""Figures from tables: how they are read, and how they meet the targets and results of reports."""

from pathlib import Path

import pytest
import sample_package

from pipeline.arrow import to_arrow
from pipeline.collection.outcomes import outcomes_of_facts
from pipeline.errors import InputError
from pipeline.publish.headline import headline_panel
from pipeline.publish.promises import promises, renewal
from pipeline.schema import package_tables
from pipeline.text.fact_tables import facts_of, read_facts

HEADER = "place,indicator,measure,period,value,unit,bound,status,source,issuer,date,address"
LINE = "cn-440300,gdp,growth,2018,7.6,%,,,2018年统计公报,某市统计局,2019-04,https://example.org/a"


def csv(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def test_a_line_is_a_fact() -> None:
    (row,) = facts_of(csv(LINE), "facts/communique-2018.csv")
    assert str(row["fact_id"]).startswith("communique-2018-")
    assert (row["place_id"], row["comparison"], row["bound"], row["status"]) == ("cn-440300", "yoy", "exact", "actual")
    (named,) = facts_of(csv(LINE.replace("cn-440300", "深圳市").replace("7.6", "7.5")), "facts/communique-2018.csv")
    assert (named["place_id"], named["fact_id"]) == (row["place_id"], row["fact_id"])  # whatever the value is


@pytest.mark.parametrize(
    ("line", "place", "problem"),
    [
        (LINE.replace("cn-440300", "朝阳区"), "line 2, `place`", "several places"),
        (LINE.replace("gdp", "gpd"), "line 2, `indicator`", "no core indicator"),
        (LINE.replace("7.6", "7,6"), "line 2", "13 values for 12 columns"),
        (LINE.replace("7.6", "about 8"), "line 2, `value`", "is no number"),
        (LINE.replace("growth", "pace"), "line 2, `measure`", "unknown code"),
        (LINE.replace("2018,7.6", "FY18,7.6"), "line 2, `period`", "not of the form"),
        (LINE.replace("某市统计局", ""), "line 2", "`issuer` is empty"),
        (LINE.replace("%,,", "%,range,"), "line 2", "a range and nothing else"),
        (f"{LINE}\n{LINE.replace('7.6', '7.7')}", "line 3", "what line 2 states"),
    ],
)
def test_errors_name_the_line(line: str, place: str, problem: str) -> None:
    with pytest.raises(InputError) as error:
        facts_of(csv(line), "facts/a.csv")
    assert (error.value.name, error.value.place) == ("facts/a.csv", place)
    assert problem in error.value.problem


def test_the_facts_of_this_repository_are_read(root: Path) -> None:
    rows = read_facts(root / "reports")
    assert len({row["fact_id"] for row in rows}) == len(rows) > 500


def fact(value: float, status: str = "actual", period: str = "2018", **more: object) -> dict[str, object]:
    common = {"dataset": "d", "place_id": "cn-361000", "indicator_id": "industrial_value_added", "measure": "growth"}
    name = {"fact_id": f"d-{status}-{period}", "comparison": "yoy", "period": period, "unit": "%", "bound": "exact"}
    said = {"source": "公报", "issuer": "统计局", "source_date": "2019-04"}
    return {**common, **name, **said, "status": status, "value": value, **more}


def tables() -> dict[str, list[dict[str, object]]]:
    found = sample_package.tables()
    found["facts"] = [fact(9.3), fact(8.0, "target", "2016"), fact(8.4, period="2016"), fact(7.0, "target", "2017")]
    found["outcomes"] += outcomes_of_facts(found["facts"], found["observations"])
    return found


def test_a_fact_is_the_result_of_a_target() -> None:
    stated = sample_package.tables()
    found = outcomes_of_facts(tables()["facts"], stated["observations"])
    made = {(row["target_id"] or row["target_fact"], row["result_fact"]): row["met"] for row in found}
    target = next(row for row in stated["observations"] if row["value"] == 9)
    assert made[target["observation_id"], "d-actual-2018"] == "yes"
    assert made["d-target-2016", "d-actual-2016"] == "yes"


def test_facts_in_the_panel_are_marked() -> None:
    arrow = {name: to_arrow(name, rows) for name, rows in tables().items()}
    arrow |= {name: to_arrow(name, ()) for name in package_tables("work-reports") if name not in arrow}
    rows = {row["year"]: row for row in headline_panel(arrow) if row["indicator_id"] == "industrial_value_added"}
    assert (rows[2018]["target_answer"], rows[2018]["result_answer"], rows[2018]["result_value"]) == (
        "stated",
        "fact",
        9.3,
    )
    assert (rows[2018]["result_fact"], rows[2018]["result_observation"]) == ("d-actual-2018", None)
    assert (rows[2016]["target_answer"], rows[2016]["target_value"], rows[2016]["target_report"]) == ("fact", 8.0, None)


def test_promises() -> None:
    arrow = {name: to_arrow(name, rows) for name, rows in tables().items()}
    arrow |= {name: to_arrow(name, ()) for name in package_tables("work-reports") if name not in arrow}
    rows = {(row["indicator_id"], row["period"]): row for row in promises(arrow)}
    to_arrow("promises", rows.values())
    industry, revenue = rows["industrial_value_added", "2018"], rows["budget_revenue", "2018"]
    assert (industry["verdict"], industry["gap"], industry["result_source"]) == ("met", 0.3, "公报（统计局）")
    assert industry["target_quote"] == sample_package.tables()["observations"][2]["quote"]
    assert revenue["verdict"] == "not_reported"  # the report of 2019 is held and says nothing of it
    assert rows["gdp", "2018"]["verdict"] == "met"
    assert rows["gdp", "2018"]["result_quote"]
    assert rows["industrial_value_added", "2016"]["renewal"] == "softened"
    assert rows["industrial_value_added", "2017"]["verdict"] == "not_reported"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (("gdp", 6, "exact"), ("gdp", 6, "exact"), "kept"),
        (("gdp", 6, "at_least"), ("gdp", 6, "about"), "softened"),
        (("gdp", 6, "about"), ("gdp", 7, "about"), "raised"),
        (("gdp", 6, "about"), ("gdp", 5.5, "at_least"), "softened"),
        (("surveyed_unemployment", 5, "at_most"), ("surveyed_unemployment", 5.5, "at_most"), "softened"),
        (("trade_structure", 5, "exact"), ("trade_structure", 6, "exact"), "changed"),
        (("population", 5, "exact", "level"), ("population", 6, "exact", "level"), "changed"),
    ],
)
def test_what_the_next_report_makes_of_a_target(one, two, expected) -> None:
    target, later = (
        {
            "indicator_id": name,
            "value": float(value),
            "bound": bound,
            "unit": "%",
            "measure": "".join(measure) or "growth",
        }
        for name, value, bound, *measure in (one, two)
    )
    assert renewal(target, later) == expected
