"""Sentences of our own for each way in which a quantity is stated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import fold
from pipeline.lex import lex
from pipeline.models import Fact
from pipeline.parse import parse
from pipeline.sentences import sentences


def facts(text: str) -> list[Fact]:
    folded = fold(text, 0, len(text)).text
    return parse(folded, sentences(folded), lex(folded), [])


def said(text: str) -> list[tuple[str, str, str, str]]:
    """Indicator, measure, signed value and unit of each fact."""
    return [(f.indicator, f.measure, f"{f.value.normalize():f}", f.unit) for f in facts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # heads before the number
        ("地区生产总值达到500亿元。", [("地区生产总值", "level", "500", "亿元")]),
        ("全年完成水利投资12亿元。", [("水利投资", "level", "12", "亿元")]),
        ("力争森林覆盖率提高到61%。", [("森林覆盖率", "level", "61", "%")]),
        ("PM2.5平均浓度为23微克/立方米。", [("PM2.5平均浓度", "level", "23", "微克/立方米")]),
        ("PM2.5平均浓度降至23微克每立方米。", [("PM2.5平均浓度", "level", "23", "微克每立方米")]),
        ("铁路运营里程新增80公里。", [("新增铁路运营里程", "level", "80", "公里")]),
        # heads behind the number
        ("新建6座污水处理站。", [("新建污水处理站", "level", "6", "座")]),
        ("规划建设5大片区。", [("规划建设片区", "level", "5", "")]),
        ("水质2018、2019连续两年进入全国前10位。", [("水质", "rank", "10", "位")]),
        ("淘汰30台燃煤锅炉。", [("淘汰燃煤锅炉", "level", "30", "台")]),
        ("推动15家科技型企业上市。", [("科技型企业上市", "level", "15", "家")]),
        ("3个镇成为全国重点镇。", [("全国重点镇", "level", "3", "个")]),
        ("设立总规模20亿元的产业基金。", [("产业基金总规模", "level", "20", "亿元")]),
        (
            "抓好总投资90亿元、年度投资30亿元的12个交通项目。",
            [
                ("交通项目总投资", "level", "90", "亿元"),
                ("交通项目年度投资", "level", "30", "亿元"),
                ("交通项目", "level", "12", "个"),
            ],
        ),
        # growth and change
        ("外贸出口增长7%。", [("外贸出口", "growth", "7", "%")]),
        ("单位能耗下降3.2%。", [("单位能耗", "growth", "-3.2", "%")]),
        ("优良天数比例提高2.5个百分点。", [("优良天数比例", "change", "2.5", "个百分点")]),
        ("压减煤炭消费量40万吨。", [("煤炭消费量", "change", "-40", "万吨")]),
        ("为企业减负3亿元。", [("为企业减负", "level", "3", "亿元")]),
        ("教育投入增加10%以上。", [("教育投入", "growth", "10", "%")]),
        ("市财政增加教育投入10%以上。", [("市财政教育投入", "growth", "10", "%")]),
        ("发明专利拥有量增长1.5倍。", [("发明专利拥有量", "growth", "1.5", "倍")]),
        ("居民消费价格上涨2%。", [("居民消费价格", "level", "2", "%")]),
        (
            "全年接待游客、旅游总收入分别增长10%、12%。",
            [("接待游客", "growth", "10", "%"), ("旅游总收入", "growth", "12", "%")],
        ),
        # heads left out
        (
            "累计新增民宿30家、总量达90家。",
            [("累计新增民宿", "level", "30", "家"), ("民宿总量", "level", "90", "家")],
        ),
        (
            "工业投资120亿元，增长15%。",
            [("工业投资", "level", "120", "亿元"), ("工业投资", "growth", "15", "%")],
        ),
        (
            "新引进项目30个，总投资85亿元。",
            [("新引进项目", "level", "30", "个"), ("新引进项目总投资", "level", "85", "亿元")],
        ),
        (
            "电子商务企业发展到60家，销售额突破9亿元。",
            [("电子商务企业", "level", "60", "家"), ("电子商务企业销售额", "level", "9", "亿元")],
        ),
        (
            "取消审批事项20项、下放8项。",
            [("取消审批事项", "level", "20", "项"), ("下放审批事项", "level", "8", "项")],
        ),
        (
            "新建公园4个、停车场7处。",
            [("新建公园", "level", "4", "个"), ("新建停车场", "level", "7", "处")],
        ),
        (
            "旅游收入75亿元，占服务业增加值的12%。",
            [("旅游收入", "level", "75", "亿元"), ("旅游收入占服务业增加值比重", "level", "12", "%")],
        ),
        # lists
        (
            "进口、出口分别增长5%和9%。",
            [("进口", "growth", "5", "%"), ("出口", "growth", "9", "%")],
        ),
        (
            "水稻、玉米种植面积分别达到40万亩、12万亩。",
            [("水稻种植面积", "level", "40", "万亩"), ("玉米种植面积", "level", "12", "万亩")],
        ),
        (
            "交通事故起数、死亡人数分别下降8%、11%。",
            [("交通事故起数", "growth", "-8", "%"), ("交通事故死亡人数", "growth", "-11", "%")],
        ),
        (
            "城乡居民收入分别增长6%、8%。",
            [("城镇居民收入", "growth", "6", "%"), ("农村居民收入", "growth", "8", "%")],
        ),
        (
            "本外币存、贷款余额分别为900亿元、700亿元。",
            [("本外币存款余额", "level", "900", "亿元"), ("本外币贷款余额", "level", "700", "亿元")],
        ),
        (
            "污水处理率、垃圾处理率均达到98%。",
            [("污水处理率", "level", "98", "%"), ("垃圾处理率", "level", "98", "%")],
        ),
        # from … to
        (
            "办理时限由20个工作日压减至5个工作日。",
            [("办理时限", "level", "20", "个工作日"), ("办理时限", "level", "5", "个工作日")],
        ),
        # ranks and multiples
        ("空气质量在全国168个城市中排名第9。", [("空气质量", "rank", "9", "位")]),
        ("人均可支配收入居全省第三。", [("人均可支配收入", "rank", "3", "位")]),
        ("出口额是十年前的4倍。", [("出口额", "multiple", "4", "倍")]),
        # words that only look like light words, bounds or conjunctions
        ("养老资金安排90亿元。", [("养老资金安排", "level", "90", "亿元")]),
        ("项目签约310亿元。", [("项目签约", "level", "310", "亿元")]),
        ("助餐补贴惠及20万人。", [("助餐补贴惠及", "level", "20", "万人")]),
        ("实现以下7个方面目标。", [("方面目标", "level", "7", "个")]),
        ("居民收入实际增长6%。", [("居民收入", "growth", "6", "%")]),
        # a year inside the verb of reaching
        (
            "人均产值从2019年的3万元提高到2024年的5万元。",
            [("人均产值", "level", "3", "万元"), ("人均产值", "level", "5", "万元")],
        ),
        (
            "每千人医师数、护士数分别达到3名、4名。",
            [("每千人医师数", "level", "3", "名"), ("每千人护士数", "level", "4", "名")],
        ),
        # the things counted are named before their number, behind what was done
        ("建成东山、西湖、南岭3座码头。", [("建成码头", "level", "3", "座")]),
        ("取消、停征8项收费。", [("停征收费", "level", "8", "项")]),
        ("建设东山书院等创新平台16家。", [("建设创新平台", "level", "16", "家")]),
        # what the last of a list says holds for all of it
        (
            "3所小学、2所中学入选示范学校名单。",
            [("小学入选示范学校名单", "level", "3", "所"), ("中学入选示范学校名单", "level", "2", "所")],
        ),
        (
            "新增3条国际、5条国内航线。",
            [("新增国际航线", "level", "3", "条"), ("新增国内航线", "level", "5", "条")],
        ),
        (
            "新建图书馆、体育馆各2座。",
            [("新建图书馆", "level", "2", "座"), ("新建体育馆", "level", "2", "座")],
        ),
        (
            "办理人大议案3件、建议80件和政协提案60件。",
            [
                ("办理人大议案", "level", "3", "件"),
                ("办理人大建议", "level", "80", "件"),
                ("办理政协提案", "level", "60", "件"),
            ],
        ),
        ("15个地级以上市达标。", [("地级以上市达标", "level", "15", "个")]),
        ("5万名职工实现培训全覆盖。", [("职工", "level", "5", "万名")]),
        # what an amount added leads to is no second amount added
        (
            "通车里程新增30公里、突破500公里。",
            [("新增通车里程", "level", "30", "公里"), ("通车里程", "level", "500", "公里")],
        ),
        (
            "发放补助资金2亿元、惠及6万人。",
            [("发放补助资金", "level", "2", "亿元"), ("发放补助资金惠及", "level", "6", "万人")],
        ),
        ("9条纳入计划的河道，4条完成整治。", [("纳入计划的河道中完成整治", "level", "4", "条")]),
        ("煤矿产能90万吨建成投产。", [("煤矿产能", "level", "90", "万吨")]),
        (
            "登记船舶80艘、总吨位居全国第二。",
            [("登记船舶", "level", "80", "艘"), ("登记船舶总吨位", "rank", "2", "位")],
        ),
        (
            "新增800处信号灯、累计达5000处。",
            [("新增信号灯", "level", "800", "处"), ("信号灯", "level", "5000", "处")],
        ),
        (
            "示范园、示范村分别增加2个。",
            [("示范园", "change", "2", "个"), ("示范村", "change", "2", "个")],
        ),
        (
            "对东亚、南亚进出口分别增长8%、9%。",
            [("对东亚进出口", "growth", "8", "%"), ("南亚进出口", "growth", "9", "%")],
        ),
        (
            "发放补贴3亿元、带动2万农户增收。",
            [("发放补贴", "level", "3", "亿元"), ("农户增收", "level", "2", "万")],
        ),
        ("开展培训7万人次（牵头单位：某局）。", [("开展培训", "level", "7", "万人次")]),
        ("力争数字经济占生产总值比重达9%。", [("数字经济占生产总值比重", "level", "9", "%")]),
        ("和美乡村建成率达到60%。", [("和美乡村建成率", "level", "60", "%")]),
        ("成为水质优良率保持100%的唯一省份。", [("水质优良率", "level", "100", "%")]),
        ("生产总值迈上6万亿元新台阶。", [("生产总值", "level", "6", "万亿元")]),
        # what was won or entered, levels, and what a thing brought about
        ("6部剧目获得国家、国际大奖。", [("剧目获得国家、国际大奖", "level", "6", "部")]),
        ("45万群众纳入低保、特困救助范围。", [("群众纳入低保、特困救助范围", "level", "45", "万")]),
        ("培育90个行业级、场景级大模型。", [("培育行业级、场景级大模型", "level", "90", "个")]),
        (
            "收入从300元和200元分别提高到400元和250元。",
            [("收入", "level", value, "元") for value in ("300", "200", "400", "250")],
        ),
        # properties and their owners
        ("参保人数达600万人。", [("参保人数", "level", "600", "万人")]),
        (
            "新增学位4万个，67%的毕业生就读高中。",
            [("新增学位", "level", "4", "万个"), ("毕业生就读高中", "level", "67", "%")],
        ),
        ("成为首个经济总量超过3万亿元的城市。", [("首个经济总量", "level", "3", "万亿元")]),
        (
            "新增运营里程30公里，总里程达500公里。",
            [("新增运营里程", "level", "30", "公里"), ("运营总里程", "level", "500", "公里")],
        ),
        (
            "风电装机占比达60%、规模增长9%。",
            [("风电装机占比", "level", "60", "%"), ("风电装机规模", "growth", "9", "%")],
        ),
        (
            "建成养老设施80个、养老床位5万张。",
            [("建成养老设施", "level", "80", "个"), ("建成养老床位", "level", "5", "万张")],
        ),
        ("新增就业完成年计划的110%。", [("新增就业完成年计划", "level", "110", "%")]),
        # sectors, and classes of which the last member is one too
        (
            "一、二、三产业增加值分别增长4%、5%、6%。",
            [(f"第{n}产业增加值", "growth", value, "%") for n, value in (("一", "4"), ("二", "5"), ("三", "6"))],
        ),
        (
            "三次产业投资分别增长4%、5%、6%。",
            [(f"第{n}产业投资", "growth", value, "%") for n, value in (("一", "4"), ("二", "5"), ("三", "6"))],
        ),
        (
            "市级、县级财政收入分别增长4%、5%。",
            [("市级财政收入", "growth", "4", "%"), ("县级财政收入", "growth", "5", "%")],
        ),
        (
            "新增上市企业2个、达到29个。",
            [("新增上市企业", "level", "2", "个"), ("上市企业", "level", "29", "个")],
        ),
        (
            "经济总量占全国比重达7%，在北方占比达20%。",
            [("经济总量占全国比重", "level", "7", "%"), ("经济总量在北方占比", "level", "20", "%")],
        ),
        ("一般公共预算收入完成60亿元。", [("一般公共预算收入", "level", "60", "亿元")]),
        # levels, parts, plans and totals of the thing before
        (
            "新增示范企业9家，其中国家级2家、省级7家。",
            [
                ("新增示范企业", "level", "9", "家"),
                ("新增国家级示范企业", "level", "2", "家"),
                ("新增省级示范企业", "level", "7", "家"),
            ],
        ),
        (
            "形成典型案例90项，40项获全国推广。",
            [("典型案例", "level", "90", "项"), ("典型案例获全国推广", "level", "40", "项")],
        ),
        (
            "水利投资2亿美元，完成年度目标的105%。",
            [("水利投资", "level", "2", "亿美元"), ("水利投资完成年度目标", "level", "105", "%")],
        ),
        (
            "新认定试点企业35家，总数达156家。",
            [("新认定试点企业", "level", "35", "家"), ("试点企业总数", "level", "156", "家")],
        ),
        ("规上企业达到90家，净增8家。", [("规上企业", "level", "90", "家"), ("净增规上企业", "level", "8", "家")]),
        (
            "举办招聘会86场，提供岗位3万个。",
            [("举办招聘会", "level", "86", "场"), ("岗位", "level", "3", "万个")],
        ),
        (
            "总投资56亿元、占地900亩的产业园投产，年产值可达80亿元。",
            [
                ("产业园总投资", "level", "56", "亿元"),
                ("产业园占地", "level", "900", "亩"),
                ("产业园年产值", "level", "80", "亿元"),
            ],
        ),
        ("用于产业的资金占60%以上。", [("用于产业的资金占比", "level", "60", "%")]),
        (
            "群众安全感和满意度分别达98%、97%。",
            [("群众安全感", "level", "98", "%"), ("群众满意度", "level", "97", "%")],
        ),
        ("打造2条不少于9公里的绿道。", [("不少于9公里的绿道", "level", "2", "条")]),
        ("开展30个村“三清理、三拆除”。", [("村“三清理、三拆除”", "level", "30", "个")]),
        ("孕产妇死亡率为8.5/10万。", [("孕产妇死亡率", "level", "8.5", "/10万")]),
        # percentages with a predicate behind
        ("70%村卫生室实现一体化管理。", [("村卫生室一体化管理", "level", "70", "%")]),
        ("饮用水水源水质100%达标。", [("饮用水水源水质达标", "level", "100", "%")]),
    ],
)
def test_what_is_measured(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "comparison", "reference", "value"),
    [
        ("财政收入增长8%。", "yoy", "", "8"),
        ("财政收入比上年增长8%。", "yoy", "上年", "8"),
        ("财政收入年均增长8%。", "annual_average", "", "8"),
        ("二氧化碳排放比2015年下降18%。", "since", "2015年", "-18"),
        ("工业增加值增速高于全省平均水平2个百分点。", "versus", "全省平均水平", "2"),
        ("农民收入增速比城镇居民快1.5个百分点。", "versus", "城镇居民", "1.5"),
        ("投资增速低于计划3个百分点。", "versus", "计划", "-3"),
    ],
)
def test_with_what_it_is_compared(text: str, comparison: str, reference: str, value: str) -> None:
    (fact,) = facts(text)
    assert (fact.comparison, fact.reference, fact.value) == (comparison, reference, Decimal(value))


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("一般公共预算收入同口径增长6%。", "同口径"),
        ("税收收入剔除减税因素增长4%。", "剔除减税因素增长"),
        ("居民收入实际增长5%。", "实际"),
        ("居民收入增长5%。", ""),
    ],
)
def test_stated_basis(text: str, basis: str) -> None:
    (fact,) = facts(text)
    assert fact.basis.startswith(basis) if basis else fact.basis == ""


def test_stretch_target_keeps_what_is_measured() -> None:
    first, second = facts("生产总值增长6%左右，实际工作按6.5%争取。")
    assert second.indicator == first.indicator
    assert (second.measure, second.comparison) == ("growth", "yoy")


def test_old_value_is_marked() -> None:
    old, new = facts("床位由500张增加到800张。")
    assert old.earlier
    assert not new.earlier


def test_every_quantity_yields_a_fact_with_a_name() -> None:
    text = "5。共7个。增长3%。，，8家！达到9%、10%、11%。"
    found = facts(text)
    quantities = [n for n in lex(fold(text, 0, len(text)).text) if n.kind == "observation"]
    assert [f.numeral for f in found] == quantities


@given(
    st.text(alphabet="增长为占比和、，。；：的%0123456789万亿元家个市县新建从由至到（）“”第名其中分别均", max_size=200)
)
@settings(max_examples=300, deadline=None)
def test_never_raises_and_loses_nothing(text: str) -> None:
    folded = fold(text, 0, len(text)).text
    numerals = lex(folded)
    found = parse(folded, sentences(folded), numerals, [])
    wanted = {n.start for n in numerals if n.kind == "observation" and n.value is not None}
    assert {f.numeral.start for f in found} == wanted
