"""What statistical offices write beside a figure: other places, other years, bases and remarks; all texts are made up."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_text
from pipeline.reading.numerals import lex

RELEASE = "青阳县2024年上半年经济运行情况\n青阳县统计局 2024年7月25日\n"
CENSUS = "湖州市第七次全国人口普查公报（第二号）\n湖州市统计局\n2021年6月3日\n"

COLUMNS = ("text", "indicator_text", "measure", "place_id", "comparison", "reference_period", "period")


def told(text: str) -> list[str]:
    """The fields of each row that are looked at here, joined by bars."""
    rows = extract_text(text)["observations"]
    return ["|".join("" if row[column] is None else str(row[column]) for column in COLUMNS) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # values of others in brackets are theirs, and grow as ours do
        (
            RELEASE + "上半年，全县生产总值增长6%，比全省（5.3%）和全国（5%）分别高0.7、1个百分点。\n",
            [
                "6|生产总值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "5.3|生产总值|growth|cn-340000|yoy|2023-H1/2023-H1|2024-H1",
                "5|生产总值|growth|cn|yoy|2023-H1/2023-H1|2024-H1",
                "0.7|生产总值|change|cn-341723|versus||2024-H1",
                "1|生产总值|change|cn-341723|versus||2024-H1",
            ],
        ),
        (
            RELEASE + "上半年，城镇调查失业率5%，低于全国平均水平（5.2%）0.2个百分点。\n",
            [
                "5|城镇调查失业率|level|cn-341723|||2024-H1",
                "5.2|城镇调查失业率|level|cn|||2024-H1",
                "0.2|城镇调查失业率|change|cn-341723|versus||2024-H1",
            ],
        ),
        # what the brackets say of the thing itself stays ours
        (
            RELEASE + "上半年，全县工业投资9亿元（占全部投资的40%），增长6%。\n",
            [
                "9|工业投资|level|cn-341723|||2024-H1",
                "40|工业投资占全部投资比重|level|cn-341723|||2024-H1",
                "6|工业投资|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # values of another year, and what is measured from it
        (
            CENSUS + "全市常住人口为90000人，与2010年第六次全国人口普查的80000人相比，增加10000人，增长12.5%。\n",
            [
                "90000|常住人口|level|cn-330500|||2020",
                "80000|常住人口|level|cn-330500|||2010",
                "10000|常住人口|change|cn-330500|since|2010/2010|2020",
                "12.5|常住人口|growth|cn-330500|since|2010/2010|2020",
            ],
        ),
        (
            CENSUS + "出生人口性别比为105.1，较第六次全国人口普查的107.3下降2.2。\n",
            [
                "105.1|出生人口性别比|level|cn-330500|||2020",
                "107.3|出生人口性别比|level|cn-330500|||2010",
                "2.2|出生人口性别比|change|cn-330500|since|2010/2010|2020",
            ],
        ),
        (
            CENSUS + "与2010年相比，城镇人口增加9人，城镇人口比重上升3个百分点。\n",
            [
                "9|城镇人口|change|cn-330500|since|2010/2010|2020",
                "3|城镇人口比重|change|cn-330500|since|2010/2010|2020",
            ],
        ),
        # 性别比 compares with nothing; an index may have an old value
        (
            CENSUS + "总人口性别比（以女性为100，男性对女性的比例）由2010年第六次全国人口普查的100.7上升为104.1。\n",
            ["100.7|总人口性别比|level|cn-330500|||2010", "104.1|总人口性别比|level|cn-330500|||2020"],
        ),
        # firms by type have the value added that the first of them has; others have their own
        (
            RELEASE
            + "分经济类型看，国有控股企业增加值增长1%，股份制企业增长7%。国有企业增加值增长3%，高新技术企业增长9%。\n",
            [
                "1|国有控股企业增加值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "7|股份制企业增加值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "3|国有企业增加值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "9|高新技术企业|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # a numbered headline with a comma ends with its line; one whose line was broken goes on
        (
            RELEASE
            + "一、农业生产稳定，秋粮长势较好\n全县夏粮产量9万吨，同比增长2%，为近年来较好水平，粮食生产形势好。\n",
            [
                "9|夏粮产量|level|cn-341723|||2024-H1",
                "2|夏粮产量|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # figures reported before are no time
        (
            RELEASE + "与年初报告的执行数相比，收入总计增加9亿元，支出增加3亿元。\n",
            [
                "9|收入总计|change|cn-341723|versus||2024-H1",
                "3|支出|change|cn-341723|versus||2024-H1",
            ],
        ),
        # consumer prices against the year before are their rise
        (
            RELEASE + "上半年，居民消费价格比上年同期上涨0.4%，工业生产者出厂价格比上年同期下降1.2%。\n",
            [
                "0.4|居民消费价格|level|cn-341723|||2024-H1",
                "1.2|工业生产者出厂价格|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # what the rate before has risen by is a rate; the next figures are again of the thing
        (
            RELEASE + "上半年，工业投资增长6%，比一季度回落0.3个百分点，高于全市1个百分点，占全部投资的比重为40%。\n",
            [
                "6|工业投资|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "0.3|工业投资增速|change|cn-341723|previous|2024-Q1/2024-Q1|2024-H1",
                "1|工业投资|change|cn-341723|versus||2024-H1",
                "40|工业投资占全部投资比重|level|cn-341723|||2024-H1",
            ],
        ),
        # near: a share that rose is no rate of growth
        (
            RELEASE + "上半年，服务业占比为40%，比一季度提高0.3个百分点。\n",
            [
                "40|服务业占比|level|cn-341723|||2024-H1",
                "0.3|服务业占比|change|cn-341723|previous|2024-Q1/2024-Q1|2024-H1",
            ],
        ),
        # the pace of others without brackets; the same part of another year
        (
            RELEASE + "上半年，工业投资增长7%，高于全国同期3%的增速。一季度就业300人，去年同期为290人。\n",
            [
                "7|工业投资|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "3|工业投资|growth|cn|yoy|2023-H1/2023-H1|2024-H1",
                "300|就业|level|cn-341723|||2024-Q1",
                "290|就业|level|cn-341723|||2023-Q1",
            ],
        ),
        # what became what it is now did not change by that; parts by their like
        (
            CENSUS
            + "与2010年相比，文盲率由4%下降为2%，男性人口比重上升1个百分点，女性下降1个百分点。女性人口占49%，男性占51%。\n",
            [
                "4|文盲率|level|cn-330500|||",
                "2|文盲率|level|cn-330500|||2020",
                "1|男性人口比重|change|cn-330500|since|2010/2010|2020",
                "1|女性人口比重|change|cn-330500|since|2010/2010|2020",
                "49|女性人口占比|level|cn-330500|||2020",
                "51|男性人口占比|level|cn-330500|||2020",
            ],
        ),
        # near: another thing keeps its own name
        (
            CENSUS + "工业用地占比上升1个百分点，服务业下降1个百分点。\n",
            [
                "1|工业用地占比|change|cn-330500|yoy|2019/2019|2020",
                "1|服务业|change|cn-330500|yoy|2019/2019|2020",
            ],
        ),
        # the line with the date of a page ends the headline above it; a sum of what was added; shares of a plan
        (
            "前三季度青阳县固定资产投资完成9亿元\n青阳网 2024年10月14日\n前三季度，新增规上企业4家，累计新增90家。"
            "30个市重点项目完成投资6亿元，完成年度投资计划的60%。\n",
            [
                "9|固定资产投资|level|cn-341723|||2024-01/2024-09",
                "4|新增规上企业|level|cn-341723|||2024-01/2024-09",
                "90|累计新增规上企业|level|cn-341723|||2024-01/2024-09",
                "30|市重点项目|level|cn-341723|||2024-01/2024-09",
                "6|市重点项目完成投资|level|cn-341723|||2024-01/2024-09",
                "60|市重点项目投资完成年度投资计划|level|cn-341723|||2024-01/2024-09",
            ],
        ),
        # a heading whose line break was lost is no part of a name; 一、二产业 is none
        (
            RELEASE
            + "二、农业 全年粮食产量9吨。产品情况 三、工业和建筑业 年末全县企业126家。一、二产业全年投资9亿元。一、工业全年增长7%。\n",
            [
                "9|粮食产量|level|cn-341723|||2024",
                "126|企业|level|cn-341723|||2024",
                "9|一、二产业投资|level|cn-341723|||2024",
                "7|工业|growth|cn-341723|yoy|2023/2023|2024",
            ],
        ),
        # parts of what the sentence before told of, and at what prices it grew
        (
            RELEASE
            + "上半年，粮食总产量9吨，增长2%。其中，玉米6吨，增长3%；小麦2吨。种植面积9亩，其中：夏粮4亩，增长1%；秋粮5亩。"
            "农业产值9亿元，现价增长8%。\n",
            [
                "9|粮食总产量|level|cn-341723|||2024-H1",
                "2|粮食总产量|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "6|玉米总产量|level|cn-341723|||2024-H1",
                "3|玉米总产量|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "2|小麦总产量|level|cn-341723|||2024-H1",
                "9|种植面积|level|cn-341723|||2024-H1",
                "4|夏粮种植面积|level|cn-341723|||2024-H1",
                "1|夏粮种植面积|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "5|秋粮种植面积|level|cn-341723|||2024-H1",
                "9|农业产值|level|cn-341723|||2024-H1",
                "8|农业产值|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
            ],
        ),
        # by how much a plan with a number was passed; so much for each household
        (
            RELEASE + "2023年，全县生产总值9亿元，超“十五”计划目标2亿元，年均增长8%。补助贫困户6万户，户均达200元。\n",
            [
                "9|生产总值|level|cn-341723|||2023",
                "2|生产总值|change|cn-341723|versus||2023",
                "8|生产总值|growth|cn-341723|annual_average||2023",
                "6|补助贫困户|level|cn-341723|||2024-H1",
                "200|户均|level|cn-341723|||2024-H1",
            ],
        ),
        # the end of the year before is compared with; a page from which a year is compared with is of its own date
        (
            "上半年青阳县工业投资增长9%\n2024-07-20 来源：某某网\n截至6月底，企业达90家，比上年底增加5家，比2021年底增加8家。\n",
            [
                "9|工业投资|growth|cn-341723|yoy|2023-H1/2023-H1|2024-H1",
                "90|企业|level|cn-341723|||2024-06",
                "5|企业|change|cn-341723|yoy|2023/2023|2024-06",
                "8|企业|change|cn-341723|since|2021/2021|2024-06",
            ],
        ),
        # near: another amount of the sentence is not measured as the whole is
        (
            RELEASE + "上半年，公路里程9公里。其中，投资2亿元。\n",
            ["9|公路里程|level|cn-341723|||2024-H1", "2|投资|level|cn-341723|||2024-H1"],
        ),
    ],
)
def test_what_figures_are_compared_with(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("人口性别比(以女性为100)为105.1。", ["context", "observation"]),
        ("居民消费价格指数(上年=100)为102.1。", ["context", "observation"]),
        ("现将我市12个镇人口情况公布如下。", ["context"]),
        ("学校以民办为主,增至100所。", ["observation"]),
        # parts of a whole, and a time of day behind its date
        ("三次产业结构为12:58:30。", ["observation"] * 3),
        ("2020-03-14 12:58:30 来源", ["time"] * 6),
    ],
)
def test_what_an_index_is_counted_on(text: str, kinds: list[str]) -> None:
    assert [numeral.kind for numeral in lex(text)] == kinds


BUDGET = (
    "（安徽省）关于安庆市怀宁县2023年财政预算执行情况和2024年财政预算（草案）的报告\n怀宁县财政局\n"
    "一、2023年预算执行情况\n"
)
DEPARTMENT = "怀宁县教育局2024年部门预算公开说明\n三、收支预算总体情况\n"
MONEY = ("text", "indicator_text", "measure", "status", "period")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # departments take in what was divided before; what one of its parts says is no whole
        (
            BUDGET
            + "一般公共预算收入9亿元。其中：税收收入6亿元，非税收入3亿元。分部门看，税务部门完成7亿元，为预算的99%。\n",
            [
                "9|一般公共预算收入|level|actual|2023",
                "6|税收收入|level|actual|2023",
                "3|非税收入|level|actual|2023",
                "7|税务部门一般公共预算收入|level|actual|2023",
                "99|税务部门一般公共预算收入完成预算|level|actual|2023",
            ],
        ),
        # of which budget a bare 支出 is
        (
            BUDGET + "政府性基金预算收入9亿元。其中土地出让收入8亿元。支出完成7亿元。\n国有资本经营预算\n收入3亿元。\n",
            [
                "9|政府性基金预算收入|level|actual|2023",
                "8|土地出让收入|level|actual|2023",
                "7|政府性基金预算支出|level|actual|2023",
                "3|国有资本经营预算收入|level|actual|2023",
            ],
        ),
        # 加上级补助 adds what comes from above; a year before is no share of the whole
        (
            BUDGET
            + "一般公共预算收入9亿元，加上级补助收入8亿元、再融资债券收入2亿元。教育支出5亿元，为上年决算数的106%。\n",
            [
                "9|一般公共预算收入|level|actual|2023",
                "8|上级补助收入|level|actual|2023",
                "2|再融资债券收入|level|actual|2023",
                "5|教育支出|level|actual|2023",
                "106|教育支出|multiple|actual|2023",
            ],
        ),
        # what was reported before and the year before
        (
            BUDGET + "一般公共预算收入9亿元，比上年执行数增长6%。与向人代会报告的执行数相比，增加1亿元。\n",
            [
                "9|一般公共预算收入|level|actual|2023",
                "6|一般公共预算收入|growth|actual|2023",
                "1|一般公共预算收入|change|actual|2023",
            ],
        ),
        # a department's budget is a plan from beginning to end, but for years that are over
        (
            DEPARTMENT
            + "2024年收入总预算9万元。其中：事业收入3万元，与2023年持平；基本支出6万元。2023年共有车辆2辆。\n",
            [
                "9|收入总预算|level|target|2024",
                "3|事业收入|level|target|2024",
                "6|基本支出|level|target|2024",
                "2|车辆|level|actual|2023",
            ],
        ),
    ],
)
def test_budgets_and_accounts(text: str, expected: list[str]) -> None:
    rows = extract_text(text)["observations"]
    assert ["|".join(str(row[column]) for column in MONEY) for row in rows] == expected


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        (BUDGET + "收入9亿元。\n", "cn-340822", "budget"),
        ("昨日，记者从望江县统计局了解到，上半年全县产值9亿元，增幅高于全国，与全国一样。\n", "cn-340827", "news"),
        (
            "中国乡村网 | 乡村人的门户网站\n怀宁县实现合作社全覆盖\n2018-08-28 来源：乡村网\n全国各地都来学习，全县合作社90个。\n",
            "cn-340822",
            "news",
        ),
        ("记者从国家统计局获悉，上半年全国粮食产量9亿吨。\n", "cn", "news"),
        ("第七次全国人口普查公报\n与2010年第六次全国人口普查相比，全区人口增加9人。\n", "", "communique"),
        ("怀宁县2024年1-5月主要经济指标\n怀宁县统计局\n指标\t单位\t本月\n产值\t亿元\t9\n", "cn-340822", "communique"),
        ("怀宁县2023年财政收支决算总表\n单位：万元\n项目\t决算数\n收入\t9\n", "cn-340822", "budget"),
        ("2020年怀宁县国民经济和社会发展统计公报 2020\n全年生产总值9亿元。\n", "cn-340822", "communique"),
        (
            "2020年怀宁县国民经济和社会发展统计公报 2020年在县委领导下发展。一、综合\n产值9亿元。\n",
            "cn-340822",
            "communique",
        ),
        ("2023年怀宁县生态环境状况公报\n怀宁县生态环境局\n优良天数比例为88%。\n", "cn-340822", "communique"),
    ],
)
def test_of_which_place_and_kind(text: str, place: str, kind: str) -> None:
    [report] = extract_text(text)["reports"]
    assert (report["place_id"] or "", report["kind"]) == (place, kind)


def test_what_a_file_states_above_its_text_is_no_row_and_the_months_of_the_headline_hold_below_a_heading() -> None:
    text = (
        "---\ntitle: '1-2月安徽数据出炉：工业增长三成'\ndate: Wed, 24 Mar 2021 03:46:53 GMT\n---\n\n"
        "1-2月安徽数据出炉\n工业投资增长9%。\n"
    )
    tables = extract_text(text, "a.md")
    assert [(row["text"], row["period"]) for row in tables["observations"]] == [("9", "2021-01/2021-02")]
    assert [row["kind"] for row in tables["numerals"] if row["text"] == "三成"] == ["structure"]


def test_what_a_policy_grants_to_each_level_and_on_what_it_depends() -> None:
    text = (
        "怀宁县人民政府关于印发若干政策的通知\n怀政〔2024〕5号\n2024年2月10日\n第一条 对国家级、省级示范园区，分别给予9万元、6万元奖励。\n"
        "第二条 设备投资达到500万元以上的，按设备投资额的8%给予补助。\n"
    )
    tables = extract_text(text)
    names = [(row["text"], row["indicator_text"]) for row in tables["observations"]]
    assert names[:2] == [("9", "国家级示范园区奖励"), ("6", "省级示范园区奖励")]
    assert [name for name, _ in names] == ["9", "6", "8"]


def test_places_told_one_after_the_other_have_what_the_first_has_and_a_label_is_the_place_of_its_paragraph() -> None:
    text = (
        "前三季度各省数据出炉\n2021-11-01 来源：某某社\n全国经济平稳。前三季度，广东收入9亿元，居第一；江苏收入8亿元；山东也达到7亿元，居第三。\n"
        "浙江：前三季度产值5亿元。\n前三季度，全国产值90亿元。\n安徽新建学校3所。\n"
    )
    rows = [(row["text"], row["indicator_text"], row["place_id"]) for row in extract_text(text)["observations"]]
    assert rows == [
        ("9", "收入", "cn-440000"),
        ("第一", "收入", "cn-440000"),
        ("8", "收入", "cn-320000"),
        ("7", "收入", "cn-370000"),
        ("第三", "收入", "cn-370000"),
        ("5", "产值", "cn-330000"),
        ("90", "产值", "cn"),
        ("3", "新建学校", "cn-340000"),
    ]


def test_a_growth_or_a_rank_is_one_of_what_the_level_told_with_it_measures() -> None:
    text = "2025年，全县推广柑橘良种30万亩、增长5%、居全市第二。柑橘良种增长9%。水稻良种3个，柑橘良种增长7%。\n"
    rows = [(row["text"], row["indicator_id"].split(".")[1]) for row in extract_text(text)["observations"]]
    properties = [prop.partition("-")[0] for _, prop in rows]
    assert properties == ["area", "area", "area", "count", "count", "count"]


def test_a_total_so_far_says_so_under_an_indicator_of_what_is_added_in_a_year() -> None:
    text = "2025年，全县建成高标准农田2万亩，高标准农田增至50万亩。造林面积达到3万亩。森林覆盖率达到54%。\n"
    rows = [(row["text"], row["basis"]) for row in extract_text(text)["observations"]]
    assert rows == [("2", ""), ("50", "增至"), ("3", ""), ("54", "")]


def test_where_something_settled_is_told_by_the_place_of_the_figure() -> None:
    text = "安徽省2026年政府工作报告\n一、2025年工作回顾\n9家国家级检测中心落户安徽，2个航天项目落地安徽省，3家药企落户江苏。\n"
    names = [row["indicator_text"] for row in extract_text(text)["observations"]]
    assert names == ["国家级检测中心落户", "航天项目落地", "药企落户江苏"]


def test_a_class_of_waters_is_nothing_to_compare_with_and_what_is_met_tells_who_meets_it() -> None:
    text = "国控断面好于Ⅳ类水体比例优于年度目标9个百分点。达到环保标准的养殖场占比提高到90%。达到小康标准30户。\n"
    rows = [(row["indicator_text"], row["reference"]) for row in extract_text(text)["observations"]]
    assert rows == [
        ("国控断面好于Ⅳ类水体比例", "年度目标"),
        ("达到环保标准的养殖场占比", ""),
        ("小康标准", ""),
    ]


def test_what_is_done_for_a_list_is_told_of_all_of_them() -> None:
    text = "为90家左右养老院、托育园配备呼叫终端。为9万名老人免费体检，新建3所学校。\n"
    names = [row["indicator_text"] for row in extract_text(text)["observations"]]
    assert names == ["配备呼叫终端养老院、托育园", "免费体检老人", "新建学校"]
