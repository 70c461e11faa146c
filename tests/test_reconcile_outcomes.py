"""Whether a target was met: every pair of bounds, and which results a target is judged by."""

from decimal import Decimal

import pytest

from pipeline.collection.outcomes import Region, judge, outcomes
from pipeline.extract import extract_text
from pipeline.meaning.amounts import amount_of
from pipeline.meaning.calendar import interval

REPORTS = [{"report_id": f"cn-990100-{year}-work-report", "date": f"{year}-01-15"} for year in (2018, 2019, 2020, 2021)]


def row(value, bound="exact", year=2018, **more):
    """A row of observations; `value` is a number or a range as a-b, `year` that of the report."""
    low, _, high = str(value).partition("~")
    number, most = Decimal(low), Decimal(high) if high else None
    found = {
        "report_id": f"cn-990100-{year}-work-report",
        "indicator_id": "gdp",
        "indicator_text": "地区生产总值",
        "place_id": "cn-990100",
        "subject": "",
        "measure": "growth",
        "value": number,
        "value_max": most,
        "unit": "%",
        "bound": "range" if most is not None else bound,
        "comparison": "yoy",
        "reference": "",
        "basis": "",
        "status": "actual",
        "modality": "",
        "period": "2018",
        "start": 100,
        "same_as": "",
        **more,
    }
    found["low"], found["high"] = interval_of(number, most, str(found["bound"]))
    found["amount"], found["amount_max"], found["base_unit"] = amount_of(found["measure"], number, most, found["unit"])
    found["period_start"], found["period_end"] = interval(found["period"])
    found.setdefault("observation_id", f"{found['report_id']}-{found['status']}-{found['start']}")
    return found


def interval_of(value, most, bound):
    """low and high; of a decrease the bound is of its size."""
    if bound == "range":
        return value, most
    low = None if bound in ("at_most", "under", "nearly") else value
    high = None if bound in ("at_least", "over") else value
    return (high, low) if value < 0 and None in (low, high) else (low, high)


def target(value, bound="exact", **more):
    return row(value, bound, **{"status": "target", "modality": "plain", **more})


def met(wanted, got, indicator="trade_volume_of_things", **more):
    """`wanted` and `got` are (value, bound)."""
    same = {"indicator_id": indicator, **more}
    return judge(target(*wanted, **same), row(*got, year=2019, **same))[0]


# For an indicator without a better direction: the target 5 in every wording, the result in every wording and below,
# at and above 5. y yes, n no, ? undecidable.
RESULTS = [
    (value, bound)
    for bound in ("exact", "about", "over", "at_least", "at_most", "under", "nearly")
    for value in ("4", "5", "6")
] + [("3~4", ""), ("3~5", ""), ("4~6", ""), ("5~6", ""), ("6~7", "")]
NEUTRAL = {
    # result:   exact about over  least most  under near  ranges
    "exact": "?y? ??? ??? ??? ??? ??? ??? ?????",
    "about": "?y? ?y? ??? ??? ??? ??? ??? ?????",
    "over": "nny ??? ?yy ??y nn? nn? nn? nn??y",
    "at_least": "nyy ??? ?yy ?yy n?? nn? nn? n??yy",
    "at_most": "yyn ??? ?nn ??n yy? yy? yy? yy??n",
    "under": "ynn ??? ?nn ?nn y?? yy? yy? y??nn",
    "nearly": "?nn ??? ?nn ?nn ??? ??? ??? ???nn",
}
HIGHER = {
    "exact": "nyy ??? ?yy ?yy n?? nn? nn? n??yy",
    "about": "?yy ?y? ?yy ?yy ??? ??? ??? ???yy",
    "nearly": "?yy ??? ?yy ?yy ??? ??? ??? ???yy",
    "over": NEUTRAL["over"],
    "at_least": NEUTRAL["at_least"],
    "at_most": NEUTRAL["at_most"],
    "under": NEUTRAL["under"],
}
LOWER = {
    "exact": "yyn ??? ?nn ??n yy? yy? yy? yy??n",
    "about": "yy? ?y? ??? ??? yy? yy? yy? yy???",
    "nearly": "yyn ??? ?nn ??n yy? yy? yy? yy??n",
    "over": NEUTRAL["over"],
    "at_least": NEUTRAL["at_least"],
    "at_most": NEUTRAL["at_most"],
    "under": NEUTRAL["under"],
}
ANSWERS = {"y": "yes", "n": "no", "?": "undecidable"}


@pytest.mark.parametrize(("indicator", "table"), [("things", NEUTRAL), ("gdp", HIGHER), ("pm25", LOWER)])
@pytest.mark.parametrize("bound", list(NEUTRAL))
def test_every_pair_of_bounds(indicator, table, bound):
    expected = [ANSWERS[sign] for sign in table[bound].replace(" ", "")]
    got = [met(("5", bound), result, indicator) for result in RESULTS]
    assert dict(zip(RESULTS, got, strict=True)) == dict(zip(RESULTS, expected, strict=True))


@pytest.mark.parametrize(("indicator", "expected"), [("things", "n?yyy?n"), ("gdp", "n?yyyyy"), ("pm25", "yyyyy?n")])
def test_a_range_is_wanted(indicator, expected):
    results = ["4", "4~6", "5", "5~6", "6", "6~7", "7"]
    assert [met(("5~6", ""), (value, "exact"), indicator) for value in results] == [ANSWERS[sign] for sign in expected]


@pytest.mark.parametrize(
    ("wanted", "got", "indicator", "answer"),
    [
        (("3", "at_most"), ("2.8", "exact"), "cpi", "yes"),
        (("5", "at_least"), ("5", "over"), "things", "yes"),
        (("7.5", "about"), ("7.4", "exact"), "gdp", "undecidable"),
        (("7.5", "about"), ("7.5", "about"), "things", "yes"),
        (("8", "exact"), ("8.2", "exact"), "gdp", "yes"),
        (("8", "exact"), ("7.9", "exact"), "gdp", "no"),
        (("8", "exact"), ("8.2", "exact"), "things", "undecidable"),
        # Of a decrease the bound is of its size.
        (("-3.5", "exact"), ("-4", "exact"), "energy_intensity", "yes"),
        (("-3.5", "exact"), ("-3", "exact"), "energy_intensity", "no"),
        (("-70", "at_least"), ("-75", "exact"), "things", "yes"),
        (("-70", "at_least"), ("-69", "exact"), "things", "no"),
        (("-5", "nearly"), ("-6", "exact"), "things", "no"),
        (("-5", "nearly"), ("-4", "exact"), "things", "undecidable"),
    ],
)
def test_single_pairs(wanted, got, indicator, answer):
    assert met(wanted, got, indicator) == answer


def test_a_better_rank_is_a_smaller_number():
    assert met(("5", "exact"), ("3", "exact"), measure="rank", unit="位", comparison="") == "yes"
    assert met(("3", "at_most"), ("4", "exact"), measure="rank", unit="位", comparison="") == "no"


def test_gap_and_note_say_what_was_compared():
    answer, gap, note = judge(target("8"), row("8.2", year=2019))
    assert (answer, gap) == ("yes", Decimal("0.2"))
    assert note == "8% was the target, 8.2% the result. Of this indicator, higher is better."
    assert judge(target("5~6"), row("7", year=2019))[1] is None


def test_gap_is_in_the_unit_of_the_target():
    wanted = target("2", measure="level", unit="万亿元", comparison="")
    got = row("16000", measure="level", unit="亿元", comparison="", year=2019)
    assert judge(wanted, got)[:2] == ("no", Decimal("-0.4"))


@pytest.mark.parametrize(
    "change",
    [
        {"indicator_id": "industrial_value_added_all", "indicator_text": "全部工业增加值"},
        {"basis": "名义"},
        {"measure": "level", "unit": "亿美元", "comparison": ""},
    ],
)
def test_another_scope_basis_or_currency_is_not_comparable(change):
    first = {"indicator_id": "industrial_value_added", "indicator_text": "规模以上工业增加值"}
    wanted = target(
        "8", **{**first, **({"measure": "level", "unit": "亿元", "comparison": ""} if "unit" in change else {})}
    )
    assert judge(wanted, row("9", year=2019, **{**first, **change}))[:2] == ("not_comparable", None)


def test_constant_prices_are_the_usual_basis_of_growth():
    assert judge(target("8"), row("8.1", year=2019, basis="按可比价计算"))[0] == "yes"
    revenue = {"indicator_id": "budget_revenue", "indicator_text": "一般公共预算收入"}
    assert judge(target("8", **revenue), row("8.1", year=2019, basis="可比", **revenue))[0] == "not_comparable"
    assert judge(target("8", basis="同口径", **revenue), row("8.1", year=2019, basis="可比", **revenue))[0] == "yes"


def test_what_is_told_for_each_year_meets_no_sum():
    jobs = {
        "indicator_id": "urban_jobs",
        "indicator_text": "城镇新增就业",
        "measure": "level",
        "unit": "万人",
        "comparison": "",
    }
    assert judge(target("5", **jobs), row("6", year=2019, **jobs))[0] == "yes"
    assert judge(target("5", basis="每年", **jobs), row("26", year=2019, **jobs))[0] == "not_comparable"
    assert judge(target("5", basis="每年", **jobs), row("6", year=2019, basis="年均", **jobs))[0] == "yes"


def found(*rows):
    return [(r["target_id"], r["result_id"], r["met"]) for r in outcomes(REPORTS, rows)]


def test_target_of_one_report_meets_the_result_of_the_next():
    wanted, got = target("8", "about"), row("8.1", year=2019)
    assert found(wanted, got) == [(wanted["observation_id"], got["observation_id"], "yes")]


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2017"},
        {"place_id": "cn-990200"},
        {"subject": "开发区"},
        {"measure": "level", "unit": "亿元", "comparison": ""},
        {"comparison": "annual_average"},
        {"indicator_id": "retail_sales", "indicator_text": "社会消费品零售总额"},
        {"period": ""},
    ],
)
def test_what_is_about_something_else_is_no_result(change):
    assert found(target("8"), row("8.1", **{"year": 2019, **change})) == []


def test_a_result_cannot_be_known_before_its_time():
    assert found(target("8"), row("8.1", year=2018, start=200)) == []
    assert found(target("8", year=2020), row("8.1", year=2019)) == []


def test_both_in_one_report():
    wanted, got = target("8", year=2019, start=10), row("7.9", year=2019, start=20)
    assert found(wanted, got) == [(wanted["observation_id"], got["observation_id"], "no")]


def test_a_measured_figure_goes_before_an_estimate_and_each_later_report_is_heard():
    wanted = target("8")
    estimate = row("8.3", year=2019, status="estimate", start=5)
    measured = row("8.1", year=2019, start=50)
    revised = row("7.9", year=2020)
    assert found(wanted, estimate, measured, revised) == [
        (wanted["observation_id"], measured["observation_id"], "yes"),
        (wanted["observation_id"], revised["observation_id"], "no"),
    ]


def test_a_target_stated_twice_in_a_report_has_one_outcome():
    once, again = target("8", start=10), target("8.0", start=900)
    assert len(found(once, again, row("8.1", year=2019))) == 1
    stretch = target("8.5", start=20, modality="stretch")
    assert [met for *_, met in found(once, stretch, row("8.1", year=2019))] == ["yes", "no"]


def test_changed_scope_is_told_where_nothing_else_is_stated():
    first = {"indicator_id": "industrial_value_added", "indicator_text": "规模以上工业增加值"}
    other = {"indicator_id": "all_industrial_value_added", "indicator_text": "全部工业增加值"}
    wanted, wider = target("8", **first), row("7", year=2019, **other)
    assert [answer for *_, answer in found(wanted, wider)] == ["not_comparable"]
    same = row("8", year=2019, start=300, **first)
    assert found(wanted, wider, same) == [(wanted["observation_id"], same["observation_id"], "yes")]


def test_what_is_promised_to_be_done_is_met_by_more():
    roads = {
        "measure": "level",
        "unit": "公里",
        "comparison": "",
        "indicator_text": "新建农村公路",
        "indicator_id": "a",
    }
    done = [
        (value, found(target("80", **roads), row(value, year=2019, **roads))[0][-1]) for value in ("92", "80", "72")
    ]
    assert done == [("92", "yes"), ("80", "yes"), ("72", "no")]
    stock = {**roads, "indicator_text": "事故隐患点", "unit": "处"}
    assert found(target("80", **stock), row("92", year=2019, **stock))[0][-1] == "undecidable"


def test_names_that_differ_in_words_that_say_nothing_are_one_indicator():
    count = {"measure": "level", "unit": "亩", "comparison": ""}
    wanted = target("500", indicator_id="a", indicator_text="整治河滩任务", **count)
    got = row("520", year=2019, indicator_id="b", indicator_text="整治提升河滩", **count)
    assert [answer for *_, answer in found(wanted, got)] == ["yes"]


def test_names_that_may_mean_several_things_are_left_out():
    count = {"measure": "level", "unit": "个", "comparison": ""}
    short = {"indicator_id": "projects", "indicator_text": "项目", **count}
    assert found(target("5", **short), row("5", year=2019, **short)) == []
    named = {"indicator_id": "parking", "indicator_text": "新建停车场", **count}
    wanted, got = target("5", **named), row("5", year=2019, **named)
    assert [answer for *_, answer in found(wanted, got)] == ["yes"]
    assert found(wanted, got, row("7", year=2019, start=500, **named)) == []
    assert found(wanted, target("6", start=500, **named), got) == []


def test_the_same_name_goes_before_another_of_the_same_indicator():
    first = {"indicator_id": "key_project_investment", "measure": "level", "unit": "亿元", "comparison": ""}
    wanted = target("100", indicator_text="市重点项目投资", **first)
    wider = row("300", year=2019, start=10, indicator_text="省重点项目投资", **first)
    same = row("90", year=2019, start=50, indicator_text="市重点项目投资", **first)
    assert found(wanted, wider, same) == [(wanted["observation_id"], same["observation_id"], "no")]


def test_cost_does_not_explode():
    many = [target(str(n), start=n) for n in range(3000)] + [row(str(n), year=2019, start=n) for n in range(3000)]
    assert len(outcomes(REPORTS, many)) == 3000


def test_regions():
    whole, upper = Region(), Region(low=Decimal(5))
    assert upper.within(whole)
    assert not whole.within(upper)
    assert Region(Decimal(5), None, True).within(upper)
    assert not upper.within(Region(Decimal(5), None, True))
    assert Region(high=Decimal(5), high_open=True).apart(upper)
    assert not Region(high=Decimal(5)).apart(upper)


def test_how_one_thing_moved_year_by_year_is_not_told_of_the_next():
    basis = [
        row["basis"] for row in extract_text("便利度逐年提升，经营主体突破62万户。逐年安排资金5亿元。")["observations"]
    ]
    assert basis == ["", "逐年"]
