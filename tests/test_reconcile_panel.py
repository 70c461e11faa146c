"""The headline panel over several years: what each report sets, what the next one says, and what is said later."""

import pytest
import sample_package

from pipeline.arrow import to_arrow
from pipeline.publish.headline import headline_panel
from pipeline.schema import package_tables


@pytest.fixture
def tables():
    return sample_package.tables()


def panel(tables):
    arrow = {name: to_arrow(name, tables[name]) for name in package_tables("work-reports")}
    return {(row["year"], row["indicator_id"], row["measure"]): row for row in headline_panel(arrow)}


def gdp(tables, year, **changes):
    """A row on GDP growth in the report of that year."""
    report = next(row for row in tables["reports"] if row["report_id"] == f"cn-361000-{year}-work-report")
    first = next(row for row in tables["observations"] if row["indicator_id"] == "gdp")
    row = {**first, "report_id": report["report_id"], **changes}
    row["observation_id"] = f"{report['report_id']}-{row['status']}-{row['period']}-{row['start']}"
    row["low"] = row["high"] = row["value"]
    tables["observations"].append(row)


def with_report(tables, year, date):
    tables["reports"].append(
        {**tables["reports"][0], "report_id": f"cn-361000-{year}-work-report", "date": date, "kind": "work_report"}
    )


def test_one_report_is_never_beside_its_own_result(tables):
    rows = panel(tables)
    for (year, *_), row in rows.items():
        for part, expected in (("target", year), ("result", year + 1)):
            assert row[f"{part}_report"] in (None, f"cn-361000-{expected}-work-report")
            observation = row.get(f"{part}_observation", None)
            assert observation is None or observation.startswith(f"cn-361000-{expected}-")


def test_a_report_of_december_speaks_for_the_next_year(tables):
    with_report(tables, 2020, "2019-12-28")
    tables["report_periods"].append({"report_id": "cn-361000-2020-work-report", "role": "plan", "period": "2020"})
    gdp(tables, 2020, status="target", modality="expect", period="2020", value=6.0, bound="exact")
    gdp(tables, 2020, status="actual", modality=None, period="2019", value=6.6, bound="exact")
    rows = panel(tables)
    assert rows[2020, "gdp", "growth"]["target_value"] == 6.0
    assert rows[2019, "gdp", "growth"]["result_value"] == 6.6
    assert rows[2018, "gdp", "growth"]["target_value"] == 8


def test_a_repeated_statement_is_not_counted(tables):
    last = next(row for row in tables["observations"] if row["report_id"].endswith("2019-work-report"))
    gdp(tables, 2019, status="actual", modality=None, period="2018", value=9.9, start=0, same_as=last["observation_id"])
    assert panel(tables)[2018, "gdp", "growth"]["result_value"] == 8.1


def test_an_extract_does_not_speak_for_its_whole(tables):
    tables["reports"][0]["excerpt_of"] = "cn-361000-2019-work-report"
    assert (2018, "gdp", "growth") in panel(tables)
    assert panel(tables)[2018, "gdp", "growth"]["target_answer"] == "no_report"


def test_a_report_that_contradicts_itself_has_both_statements(tables):
    gdp(
        tables,
        2018,
        status="target",
        modality="ensure",
        stated_in="body",
        period="2018",
        value=12.0,
        bound="exact",
        start=600,
    )
    arrow = {name: to_arrow(name, tables[name]) for name in package_tables("work-reports")}
    rows = [r for r in headline_panel(arrow) if (r["year"], r["indicator_id"], r["measure"]) == (2018, "gdp", "growth")]
    assert [(row["choice"], row["target_value"], row["target_stated_in"]) for row in rows] == [
        (1, 8, "list"),
        (2, 12, "body"),
    ]
    assert {row["result_value"] for row in rows} == {8.1}
    assert rows[0]["target_quote"] == tables["observations"][1]["quote"]
