"""Place and subject of figures, in sentences made for the purpose."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pipeline.extract import extract_text
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.where import PlaceReader
from pipeline.models import Fact, Numeral, Report, Sentence, Where
from pipeline.text.sentences import sentences

ZHAOQING, FOSHAN, TIANJIN, GUANGDONG, GUANGXI = "cn-441200", "cn-440600", "cn-120000", "cn-440000", "cn-450000"


def report(place_id: str, kind: str = "work_report") -> Report:
    return Report("r", kind, "s.txt", 0, 1, ((0, 1),), "", "utf-8", place_id, date="2018-01-20")


def fact(sentence: Sentence, start: int, stop: int, text: str, indicator: str) -> Fact:
    numeral = Numeral(start, stop, text[start:stop], "observation", start, stop, Decimal(1))
    clause = next(i for i, (first, last) in enumerate(sentence.clauses) if first <= start < last)
    return Fact(
        numeral, sentence, clause, indicator, start, start, "level", Decimal(1), None, "", "exact", "", "", "", "t"
    )


def wheres(marked: str, place_id: str, indicator: str | None = None, kind: str = "work_report") -> tuple[Where, ...]:
    """Read the figure in ⟦⟧; without an indicator, what stands before it in its clause is taken as one."""
    at, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    found = sentences(text)
    sentence = next(s for s in found if s.start <= at < s.stop)
    if indicator is None:
        indicator = re.split(r"[,;:]", text[sentence.start : at])[-1].rstrip("达到超过增长约")
    return PlaceReader(text, report(place_id, kind), found).wheres(fact(sentence, at, end, text, indicator))


def place_and_subject(
    marked: str, place_id: str, indicator: str | None = None, kind: str = "work_report"
) -> tuple[str, str]:
    where = wheres(marked, place_id, indicator, kind)[0]
    return gazetteer().name(where.place_id), where.subject


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("地区生产总值增长⟦8⟧%。", "肇庆市"),
        ("全市新建公园⟦12⟧个。", "肇庆市"),
        # a county, with its full or its short name, at the beginning or behind a verb
        ("四会市新建公园⟦12⟧个。", "四会市"),
        ("到2020年,高要生产总值达到⟦600⟧亿元。", "高要区"),
        ("其中,德庆县完成投资⟦3⟧亿元。", "德庆县"),
        ("支持怀集县改造道路⟦40⟧公里。", "怀集县"),
        ("在端州区新增公办学位⟦3000⟧个。", "端州区"),
        ("四会市工业加快发展,完成技改投资⟦5⟧亿元。", "四会市"),
        # a short name that begins that of a thing, which the next clause is not about; near: what the place does or has
        ("四会博物馆建成开放,新建公园⟦2⟧个。", "肇庆市"),
        ("四会科技中心加快建设,新增企业⟦2⟧家。", "肇庆市"),
        ("四会加快建设科技中心,新增企业⟦2⟧家。", "四会市"),
        ("四会经济总量迈上新台阶,新增企业⟦2⟧家。", "四会市"),
        # counted together, by their full names; near: each of them; a title
        ("四会市、怀集县两地新建公园⟦3⟧个。", "肇庆市"),
        ("四会市、怀集县分别新建公园2个、⟦3⟧个。", "怀集县"),
        ("全国精品旅游线路达到⟦17⟧条。", "肇庆市"),
        # what happened or is in a place; near: what the place does
        ("怀集县5.1级地震危房得到加固,改造公路⟦9⟧公里。", "肇庆市"),
        ("怀集县最后一个乡通电,新建户厕⟦9⟧座。", "肇庆市"),
        ("怀集县加固危房,改造公路⟦9⟧公里。", "怀集县"),
        # among the examples of what is counted
        ("实施四会无人机、高要光伏配套、怀集电商配送等协作项目⟦87⟧个。", "肇庆市"),
        # back again
        ("四会市新建公园2个;新改建公厕⟦30⟧座。", "肇庆市"),
        ("四会市新建公园2个。新改建公厕⟦30⟧座。", "肇庆市"),
        # the nation and the province, when the figure is theirs
        ("全国居民消费价格上涨⟦2⟧%。", "全国"),
        ("全省完成造林⟦20⟧万亩。", "广东省"),
        # fields of comparison, attributes and partners
        ("在全国⟦168⟧个城市中排名靠前。", "肇庆市"),
        ("经济增速高于全省⟦1.2⟧个百分点。", "肇庆市"),
        ("农产品产量占全省⟦9⟧%。", "肇庆市"),
        ("全国首个碳中和园区投产,引进企业⟦7⟧家。", "肇庆市"),
        ("与四会市共建项目⟦3⟧个。", "肇庆市"),
        ("出口澳门的水产增长⟦6⟧%。", "肇庆市"),
        # names that only begin like a place
        ("与中山大学合作设立研究院⟦2⟧家。", "肇庆市"),
        ("怀集至四会公路完成投资⟦3⟧亿元。", "肇庆市"),
        ("提出更高要求,新增订单⟦3⟧亿元。", "肇庆市"),
        ("陈村等⟦5⟧个村通了自来水。", "肇庆市"),
    ],
)
def test_place(sentence: str, place: str) -> None:
    assert place_and_subject(sentence, ZHAOQING)[0] == place


def test_firms_of_the_province_are_no_part_of_a_pilot() -> None:
    told = "甲港综合改革试点形成9项成果,⟦6⟧家{}实现重组。"
    assert place_and_subject(told.format("省属国企"), GUANGDONG, "省属国企实现重组")[1] == ""
    assert place_and_subject(told.format("企业"), GUANGDONG, "企业实现重组")[1] == "甲港综合改革试点"


def test_the_province_before_a_count() -> None:
    assert place_and_subject("主动对接省⟦20⟧个产业集群。", ZHAOQING, "省产业集群")[0] == "广东省"
    assert place_and_subject("学习外省⟦20⟧个县的做法。", ZHAOQING, "省县")[0] == "肇庆市"


def test_nanhai_is_a_district_or_a_sea() -> None:
    assert place_and_subject("南海区新增企业⟦9⟧家。", FOSHAN)[0] == "南海区"
    assert place_and_subject("南海新增高新技术企业⟦9⟧家。", FOSHAN)[0] == "南海区"
    assert place_and_subject("南海海域新增气田⟦2⟧个。", FOSHAN)[0] == "佛山市"
    assert place_and_subject("南海新增气田⟦2⟧个。", GUANGDONG)[0] == "广东省"


def test_whole_district_or_whole_region() -> None:
    assert place_and_subject("全区新增就业⟦40⟧万人。", GUANGXI)[0] == "广西壮族自治区"
    assert place_and_subject("全市新增就业⟦40⟧万人。", TIANJIN)[0] == "天津市"
    assert place_and_subject("全市新增就业⟦4⟧万人。", "cn-441284")[0] == "四会市"


def test_what_each_of_a_list_of_places_did() -> None:
    found = wheres("高要、四会各要新建学校⟦6⟧所。", ZHAOQING, "各要新建学校")
    assert [gazetteer().name(where.place_id) for where in found] == ["高要区", "四会市"]
    found = wheres("高要、四会各新建学校⟦6⟧所。", "cn-441284", "各新建学校")
    assert [(gazetteer().name(w.place_id), w.indicator) for w in found] == [
        ("高要区", "新建学校"),
        ("四会市", "新建学校"),
    ]
    assert place_and_subject("即在广东省选择⟦6⟧个市作为试点。", "cn-441284")[0] == "广东省"


def test_list_of_places() -> None:
    names = [w.place_id for w in wheres("西青区、武清区均达到⟦500⟧亿元。", TIANJIN)]
    assert names == ["cn-120111", "cn-120114"]
    assert place_and_subject("西青区、武清区分别达到500亿元、⟦300⟧亿元。", TIANJIN)[0] == "武清区"
    # counted together
    assert place_and_subject("推动西青区、武清区⟦3⟧个园区扩容。", TIANJIN)[0] == "天津市"


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("规模以上工业企业达到⟦800⟧家。", ""),
        ("临江新区完成投资⟦60⟧亿元。", "临江新区"),
        ("临江新区总体规划获批,完成投资60亿元,建成道路⟦7⟧条。", "临江新区"),
        ("临江新区完成投资60亿元;新增学位⟦900⟧个。", ""),
        ("推进临江新区扩园,园区引进项目⟦9⟧个。", "临江新区"),
        ("将临江新区面积扩大到⟦90⟧平方公里。", "临江新区"),
        ("中心城区新增车位⟦3000⟧个。", "中心城区"),
        ("甲山镇、乙水镇分别实现收入⟦6⟧亿元、2亿元。", "甲山镇"),
        ("甲山镇、乙水镇分别实现收入6亿元、⟦2⟧亿元。", "乙水镇"),
        ("县域内就诊率达⟦90⟧%。", ""),
        ("县域二级医院全面达标,人均预期寿命提高到⟦79⟧岁。", ""),
        ("县域二级医院全面达标,人均支出提高到⟦900⟧元。", "县域"),
        ("每个街道建成⟦2⟧所学校。", ""),
        ("甲山学院新增硕士点5个,在校生达⟦2⟧万人。", "甲山学院"),
        ("丰交会促成⟦90⟧项签约。", "丰交会"),
        ("加快甲山高新区开发建设,全年新开发土地⟦6⟧平方公里。", "甲山高新区"),
        # a zone whose work the sentence names first
        ("加快甲山高新区开发建设,新增道路⟦6⟧公里。", "甲山高新区"),
        ("完成甲山合作区“一园三区”布局调整,新增投资⟦6⟧亿元。", "甲山合作区"),
        ("编制全市产业园区规划,新建厂房⟦6⟧栋。", ""),
        ("6个重点镇之外,4个欠发达镇生产总值增长⟦9⟧%,快于全市2个百分点。", "欠发达镇"),
        ("清泉镇新建水厂⟦2⟧座。", "清泉镇"),
        ("肇庆港货物吞吐量突破⟦3000⟧万吨。", "肇庆港"),
        ("望江人民医院整体搬迁,床位从⟦300⟧张增至800张。", "望江人民医院"),
        ("广利高速建成通车,新增学位⟦900⟧个。", ""),
        ("“百河”治理工程深入实施,⟦80⟧公里河道完成清淤。", "“百河”治理工程"),
        ("支持兴达石化建设,年内完成投资⟦20⟧亿元。", "兴达石化"),
        ("支持兴达石化建设,新增学位⟦900⟧个。", ""),
        ("开展甲市乙县对口帮扶,新签约项目⟦17⟧个。", "甲市乙县对口帮扶"),
        ("2019中国茶博会吸引⟦40⟧个国家参展。", ""),
        ("2019中国茶叶博览会吸引⟦40⟧个国家参展。", "中国茶叶博览会"),
        # what is counted is no subject
        ("重点项目完成投资⟦300⟧亿元。", ""),
        ("上市公司达⟦28⟧家。", ""),
        ("国家级旅游度假区增至⟦3⟧家。", ""),
        ("沿海港口货物吞吐量增长⟦5⟧%。", ""),
        ("城镇新增就业⟦5⟧万人。", ""),
        ("新型城镇化率提高到⟦60⟧%。", ""),
        ("复制推广⟦12⟧项自贸试验区经验。", ""),
        ("推动新区、口岸等⟦3⟧个平台升级。", ""),
        ("建设占地3000亩的临江产业园，引进企业⟦2⟧家。", "临江产业园"),
        # a region that reaches beyond the place, and what becomes one; a figure or another topic ends it
        ("甲海都市圈建设提速,经济总量突破⟦9⟧万亿元。", "甲海都市圈"),
        ("甲乙一体化格局加速形成,地区生产总值突破⟦9⟧万亿元。", "甲乙"),
        ("城乡一体化格局加速形成,地区生产总值突破⟦9⟧万亿元。", ""),
        ("甲海都市圈新建道路90公里,经济总量突破⟦9⟧万亿元。", ""),
        ("甲海都市圈建设提速;经济总量突破⟦9⟧万亿元。", ""),
        ("甲海都市圈建设提速,城镇化率达到⟦60⟧%。", ""),
        # a corridor, and a way by which goods go
        ("南部陆海新通道扩面提质,辐射⟦75⟧个城市。", "南部陆海新通道"),
        ("肇庆经南部陆海新通道货运量达到⟦5⟧万标箱。", "南部陆海新通道"),
    ],
)
def test_subject(sentence: str, subject: str) -> None:
    assert place_and_subject(sentence, ZHAOQING)[1] == subject


def test_places_by_their_short_names_share_a_name() -> None:
    head = "政府工作报告\n——2022年1月10日在肇庆市第十四届人民代表大会第一次会议上\n肇庆市市长 某人\n"
    rows = extract_text(head + "一、2021年工作回顾\n四会、怀集公路单日最高客运量分别达14万、13万人次。\n")[
        "observations"
    ]
    assert [(row["place_id"], row["indicator_text"]) for row in rows] == [
        ("cn-441284", "公路单日最高客运量"),
        ("cn-441224", "公路单日最高客运量"),
    ]


def test_the_field_of_a_rank_is_no_subject() -> None:
    assert place_and_subject("空气质量指数排甲山片区第⟦1⟧。", ZHAOQING, "空气质量指数")[1] == ""


def test_indicator_of_a_zone() -> None:
    assert place_and_subject("年内⟦3⟧家企业落户。", ZHAOQING, "临江新区新增企业")[1] == "临江新区"
    assert place_and_subject("投入⟦2⟧亿元完善临江产业园路网。", ZHAOQING, "投入完善临江产业园路网")[1] == "临江产业园"
    assert place_and_subject("支持远行汽车产能达⟦9⟧万辆。", ZHAOQING, "远行汽车产能")[1] == "远行汽车"
    assert place_and_subject("新能源汽车产能达⟦9⟧万辆。", ZHAOQING, "新能源汽车产能")[1] == ""


def test_sentence_that_heads_others() -> None:
    text = "(三)推进临江新区建设发展。完善路网。抓好总投资⟦90⟧亿元的项目。\n新增学位900个。"
    assert place_and_subject(text, ZHAOQING, "项目总投资") == ("肇庆市", "临江新区")
    text = "(三)推进临江新区建设发展。完善路网。\n新增学位⟦900⟧个。"
    assert place_and_subject(text, ZHAOQING, "新增学位") == ("肇庆市", "")


@pytest.mark.parametrize(
    ("sentence", "indicator", "stripped"),
    [
        ("全市地区生产总值增长⟦8⟧%。", "全市地区生产总值", "地区生产总值"),
        ("全市性检查事项减少⟦8⟧%。", "全市性检查事项", "全市性检查事项"),
        ("甘肃籍学生增长⟦8⟧%。", "甘肃籍学生", "甘肃籍学生"),
        ("甘肃团队增长⟦8⟧%。", "甘肃团队", "团队"),
        ("四会市工业投资增长⟦8⟧%。", "四会市工业投资", "工业投资"),
        ("临江新区工业投资增长⟦8⟧%。", "临江新区工业投资", "工业投资"),
        ("清理城区烟囱⟦8⟧根。", "清理城区烟囱", "清理城区烟囱"),
        ("县域生产总值占全市⟦40⟧%。", "县域生产总值占全市比重", "生产总值占全市比重"),
        ("四会市工业投资累计⟦8⟧亿元。", "累计四会市工业投资", "累计工业投资"),
        ("全国先进集体达到⟦8⟧个。", "全国先进集体", "全国先进集体"),
    ],
)
def test_indicator_without_its_place(sentence: str, indicator: str, stripped: str) -> None:
    assert wheres(sentence, ZHAOQING, indicator)[0].indicator == stripped


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("会上,绵阳市企业增加到30万户,居全国城市第九位。常住人口增长⟦2⟧%。", "绵阳市"),
        ("会上,绵阳市企业增加到30万户,占比下降,其中个体户达⟦20⟧万户。", "绵阳市"),
        ("会上,绵阳市企业增加到30万户。过去五年,我国居民收入增长⟦6⟧%。", "全国"),
        ("会上,绵阳市企业增加到30万户。\n常住人口增长⟦2⟧%。", "全国"),
        ("去年,绵阳市制造业加快发展。全国⟦15⟧%的机床由这里生产。", "绵阳市"),
    ],
)
def test_news_of_the_nation_go_from_place_to_place(text: str, place: str) -> None:
    assert place_and_subject(text, "cn", kind="news")[0] == place


def test_report_without_place() -> None:
    assert place_and_subject("新增学位⟦900⟧个。", "") == ("", "")


def test_long_text_is_read_to_its_end() -> None:
    text = "四会市完成投资3亿元、" * 20000
    reader = PlaceReader(text, report(ZHAOQING), sentences(text))
    sentence = sentences(text)[-1]
    at = text.rindex("3")
    assert reader.where(fact(sentence, at, at + 1, text, "投资")).place_id == "cn-441284"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        # What is told of regions without figures is not what the figures behind are about.
        ("京津冀协同治理深入推进,长三角一体化取得新进展。单位产值能耗下降⟦3⟧%。", "全国"),
        ("长三角一体化取得新进展,单位产值能耗下降⟦3⟧%。", "全国"),
        ("成渝地区双城经济圈加快建设。新建铁路里程⟦900⟧公里。", "全国"),
        ("湖北、湖南、江西等地的工厂扩大了生产。钢产量达到⟦200⟧万吨。", "全国"),
        # Figures behind one of a place are its own, and those of a sentence that says so.
        ("湖北粮食产量增长3%,油料产量增长⟦2⟧%。", "湖北省"),
        ("湖北粮食产量增长3%。当地油料产量增长⟦2⟧%。", "湖北省"),
        ("湖北粮食产量增长3%。油料产量增长⟦2⟧%。", "全国"),
        # The field of a rank.
        ("国内生产总值在全国的位次提升⟦1⟧位。", "全国"),
    ],
)
def test_places_in_a_report_of_the_nation(sentence: str, place: str) -> None:
    assert place_and_subject(sentence, "cn")[0] == place


def test_rank_among_the_nation() -> None:
    assert place_and_subject("总产值达到2万亿元,在全国的位次提升⟦1⟧位。", ZHAOQING)[0] == "肇庆市"
    assert place_and_subject("在全国新建分厂⟦3⟧家。", ZHAOQING)[0] == "全国"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        # services and vehicles that do something
        ("“12345”热线受理诉求<9>万件。", "12345热线"),
        ("“惠企通”兑现资金<9>亿元。", "惠企通"),
        ("检验互认平台服务群众<9>万人次。", "检验互认平台"),
        ("平台服务企业<90>家。", ""),
        # what is achieved with the help of a drive is not its own; kinds of places are no names
        ("找矿增储行动取得突破,累计查明煤炭资源量<9>亿吨。", ""),
        ("“暖心民政”三年行动安排资金<9>亿元。", "“暖心民政”三年行动"),
        ("新增有机食品基地面积<9>万亩。", ""),
        ("确保贫困村内<90>%的贫困户脱贫。", ""),
        ("援疆援藏进展顺利,援建资金<100>%到位。", "援疆援藏"),
        ("对口援藏和东西部协作持续深化,实施项目<90>个。", "对口援藏和东西部协作"),
        ("闽宁协作走深走实,投入资金<9>亿元。", "闽宁协作"),
        ("闽宁协作走深走实,粮食产量<9>万吨。", ""),
        # sections of roads, and parks for founders
        ("甲乙高速公路安仁段完成投资<9>亿元。", "甲乙高速公路安仁段"),
        ("公路阶段性改造完成<9>公里。", ""),
        ("甲山农民创业园产值达到<9>亿元。", "甲山农民创业园"),
        ("市民热线受理满意率达到<90>%。", ""),
        ("推进热线受理诉求<90>件。", ""),
    ],
)
def test_what_does_something_is_the_subject(text: str, subject: str) -> None:
    start = text.index("<")
    plain = text.replace("<", "").replace(">", "")
    row = next(row for row in extract_text(plain)["observations"] if row["start"] == start)
    assert (row["subject"] or "") == subject


def test_the_parts_of_a_scheme_are_its_own_in_a_glossary() -> None:
    text = (
        "政府工作报告\n各位代表：现在报告工作。新建学校9所。\n名词解释\n"
        "1.“八八二二”公路工程：指8条高速公路、8条国道。\n2.“一窗”登记改革：指选择2个县试点。\n3.甲山科学城：规划面积9平方公里。\n"
    )
    rows = extract_text(text)["observations"]
    assert [row["subject"] or "" for row in rows] == ["", "“八八二二”公路工程", "“八八二二”公路工程", "", "甲山科学城"]
