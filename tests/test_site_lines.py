"""What stands on one axis of a chart, what makes a line, and the scales."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.lines import PART, SINCE, YEAR, YEARS, panels, slices, span
from pipeline.site.scale import Scale, years


def statement(period: str | None, value: float = 5.0, status: str = "actual", **more: object) -> dict[str, object]:
    """An observation of a province's growth."""
    given = dict.fromkeys(("same_as", "subject", "basis", "pool", "rank_of", "reference_end", "value_max"))
    given |= {"amount": None, "amount_max": None, "base_unit": None, "place_id": "cn-990000", "bound": "exact"}
    given |= {"measure": "growth", "comparison": "yoy", "unit": "%", "observation_id": f"{period}-{value}-{status}"}
    return {**given, "period": period, "value": value, "status": status, **more}


def fact(period: str, value: float, status: str = "actual", **more: object) -> dict[str, object]:
    """A figure from a table, which has fewer columns."""
    given = {"fact_id": f"f-{period}", "place_id": "cn-990000", "measure": "level", "comparison": None, "basis": None}
    given |= {"value_max": None, "unit": "亿元", "bound": "exact", "source": "某表", "source_url": None}
    return {**given, "period": period, "value": value, "status": status, **more}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021", (YEAR, 2020.5, 2021.5)),
        ("2021/2021", (YEAR, 2020.5, 2021.5)),
        ("2021-01/2021-12", (YEAR, 2020.5, 2021.5)),
        ("2018/2022", (YEARS, 2017.5, 2022.5)),
        ("2021-Q2", (PART, 2020.5 + 90 / 365, 2020.5 + 181 / 365)),
        ("2021-07/2022-06", (PART, 2020.5 + 181 / 365, 2021.5 + 181 / 365)),
        ("", None),
        ("2021-13", None),
    ],
)
def test_a_year_is_drawn_at_its_number(period, expected):
    found = span(period)
    assert found == expected or found == (expected[0], *map(pytest.approx, expected[1:]))


def test_years_parts_and_several_years_are_apart_and_what_has_no_date_is_nowhere():
    rows = [statement(period) for period in ("2020", "2021", "2018/2022", "2013/2017", "2021-H1", "2020-H1", None)]
    assert [(panel.time, len(panel.points)) for panel in panels(rows, [])] == [(YEAR, 2), (YEARS, 2), (PART, 2)]


def test_growth_since_an_earlier_year_reaches_from_it_and_needs_it():
    since = {"comparison": "since"}
    rows = [statement("2022", -40.0, **since, reference_end=date(2017, 12, 31)), statement("2021", -3.0, **since)]
    rows.append(statement("2020", -9.0, **since, reference_end=date(2015, 12, 31)))
    (panel,) = panels(rows, [])
    assert panel.time == SINCE
    assert not panel.lined
    assert [(point.start, point.end) for point in panel.points] == [(2015.5, 2020.5), (2017.5, 2022.5)]


def test_ranks_are_compared_within_one_list_of_one_thing():
    def rank(period, value, pool, of="level", place="cn-990100"):
        return statement(
            period, value, measure="rank", comparison=None, unit="位", pool=pool, rank_of=of, place_id=place
        )

    rows = [rank("2020", 3, "全省"), rank("2021", 2, "全省"), rank("2021", 4, "全省", "growth"), rank("2021", 9, None)]
    rows += [rank("2021", 7, "全国"), rank("2020", 1, "全省", place="cn-980100")]
    (panel,) = panels(rows, [])
    assert [point.low for point in panel.points] == [3, 2], "another list, thing or province is another axis"


def test_subjects_bases_and_places_are_lines_of_their_own():
    rows = [statement("2020"), statement("2021"), statement("2021", 9.0, subject="某镇")]
    rows += [statement("2021", 6.0, basis="可比"), statement("2021", 4.0, place_id="cn-980000")]
    (panel,) = panels(rows, [])
    assert [[point.low for point in one.points] for one in panel.series] == [[5, 5], [9], [6], [4]]


def test_units_are_brought_to_one_axis_and_kinds_of_units_are_not():
    money = {"measure": "level", "comparison": None, "amount": 2.1e12, "base_unit": "元", "unit": "万亿元"}
    rows = [statement("2021", 2.1, **money), statement("2021", 30.0, **{**money, "amount": 3e9, "base_unit": "美元"})]
    (panel,) = panels(rows, [fact("2020", 20_000.0)])
    assert [(point.row["period"], point.low, point.fact) for point in panel.points] == [
        ("2020", 2e12, True),
        ("2021", 2.1e12, False),
    ]


def test_a_line_takes_one_result_a_year_and_no_target():
    rows = [statement("2020", 4.0, "estimate"), statement("2020", 4.2), statement("2020", 4.0, bound="over")]
    rows += [statement("2021", 6.0, "target"), statement("2022", 3.0, "estimate")]
    (panel,) = panels(rows, [])
    assert [(point.row["period"], point.low) for point in panel.series[0].line] == [("2020", 4.2), ("2022", 3.0)]


def test_a_figure_that_a_report_states_too_is_drawn_once():
    table = {"measure": "growth", "comparison": "yoy", "unit": "%"}
    (panel,) = panels([statement("2020"), statement("2021")], [fact("2020", 5.0, **table), fact("2021", 5.5, **table)])
    assert [(point.low, point.fact) for point in panel.points] == [(5.0, False), (5.0, False), (5.5, True)]


def test_places_stand_beside_each_other_with_target_and_the_result_before():
    rows = [statement("2020", 5.0, place_id=f"cn-9{n}0000") for n in range(3)]
    rows += [statement("2021", 6.0, "target", place_id=f"cn-9{n}0000") for n in range(2)]
    (panel,) = panels(rows, [])
    first = slices(panel)[0]
    assert (first.results, first.targets, len(first.series)) == (2020, 2021, 3)


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_scales_hold_their_values(one, other):
    low, high = sorted((one, other))
    scale = Scale(low, high, zero=True)
    assert 0 <= scale.at(low) <= scale.at(high) <= 1
    assert 2 <= len(scale.values) <= 12


def test_wide_scales_are_logarithmic():
    assert Scale(1, 1e6, zero=True).logarithmic
    assert not Scale(-1, 1e6, zero=True).logarithmic


def test_years_are_round_and_few():
    assert years(2017.6, 2022.4, 9) == [2018, 2019, 2020, 2021, 2022]
    assert years(2003, 2026, 9) == [2005, 2010, 2015, 2020, 2025]
    assert len(years(1, 9998, 9)) < 10
