"""Splitting into reports and what is inferred of them, on texts made for the rule."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.split import split
from pipeline.errors import InputError
from pipeline.models import Report, Source

REVIEWED = "过去一年，全面完成各项任务，地区生产总值增长7.1%，一般公共预算收入增长5%。\n" * 20
PLANNED = "今年，预期地区生产总值增长7%左右，城镇新增就业3万人。\n" * 20
CLOSING = "各位代表，让我们为完成全年目标任务而努力奋斗！\n"


def body(government: str, year: int = 2019) -> str:
    opening = f"各位代表：\n现在，我代表{government}，向大会报告政府工作，请予审议，并请列席人员提出意见。\n"
    return f"{opening}一、{year - 1}年工作回顾\n{REVIEWED}二、{year}年工作安排\n{PLANNED}{CLOSING}"


def read(text: str, name: str = "some.txt", **facts: object) -> list[Report]:
    return split(Source(name, text, "utf-8", facts))


def only(text: str, **facts: object) -> Report:
    reports = [report for report in read(text, **facts) if report.kind != "residue"]
    assert len(reports) == 1
    return reports[0]


def residue(text: str) -> list[str]:
    return [text[start:stop] for report in read(text) if report.kind == "residue" for start, stop in report.spans]


COUNTY = (
    "2019年政府工作报告\n（2019年1月23日在怀集县第十六届人民代表大会第四次会议上）\n怀集县人民政府县长 张三\n"
    + body("县人民政府")
)


def test_what_a_work_report_says_of_itself() -> None:
    report = only(COUNTY)
    assert report.report_id == "cn-441224-2019-work-report"
    assert (report.kind, report.place_id, report.date) == ("work_report", "cn-441224", "2019-01-23")
    assert report.title == "2019年政府工作报告"
    assert report.assembly == "怀集县第十六届人民代表大会第四次会议"
    assert (report.issuer, report.speaker, report.post) == ("怀集县人民政府", "张三", "县长")
    assert [(period.role, period.period) for period in report.periods] == [("review", "2018"), ("plan", "2019")]
    assert report.complete
    assert report.note == ""


@pytest.mark.parametrize(
    ("head", "government", "expected"),
    [
        (
            "政府工作报告\n——2019年3月5日在第十三届全国人民代表大会第二次会议上\n国务院总理 李某某\n",
            "国务院",
            ("cn", "2019-03-05", "国务院总理", "李某某", "国务院"),
        ),
        (
            "政府工作报告\n二〇一九年一月十三日在恩施土家族苗族自治州第八届人民代表大会第四次会议上\n州长 刘某\n",
            "州人民政府",
            ("cn-422800", "2019-01-13", "州长", "刘某", "恩施土家族苗族自治州人民政府"),
        ),
        (
            "政府工作报告\n2019年1月10日\n在新疆维吾尔自治区第十三届人民代表大会\n第二次会议上\n自治区主席 艾某·吐某某\n",
            "自治区人民政府",
            ("cn-650000", "2019-01-10", "自治区主席", "艾某·吐某某", "新疆维吾尔自治区人民政府"),
        ),
        (
            "朝阳区政府工作报告\n——２０１９年１月８日在北京市朝阳区第十六届人民代表大会第五次会议上\n代区长　王　某\n",
            "朝阳区人民政府",
            ("cn-110105", "2019-01-08", "代区长", "王某", "朝阳区人民政府"),
        ),
        (
            "政府工作报告——2019年1月11日在佛山市第十五届人民代表大会第四次会议上佛山市市长 李某某李某某作政府工作报告。",
            "市人民政府",
            ("cn-440600", "2019-01-11", "市长", "李某某", "佛山市人民政府"),
        ),
    ],
)
def test_heads_of_work_reports(head: str, government: str, expected: tuple[str, ...]) -> None:
    report = only(head + body(government))
    assert (report.place_id, report.date, report.post, report.speaker, report.issuer) == expected


def test_a_place_that_only_the_text_names() -> None:
    head = "政府工作报告\n——2019年1月8日在市第十五届人民代表大会第四次会议上\n"
    assert only(head + body("市人民政府").replace("过去一年", "过去一年，佛山")).place_id == "cn-440600"


def test_a_report_at_the_end_of_the_year_is_on_the_next() -> None:
    head = "2017年政府工作报告\n——2016年12月28日在常熟市第十六届人民代表大会第一次会议上\n"
    report = only(head + body("市人民政府", 2017))
    assert report.report_id == "cn-320581-2016-work-report"
    assert (report.period("review"), report.period("plan")) == ("2016", "2017")


def test_periods_of_several_years() -> None:
    head = "政府工作报告\n——2017年1月8日在佛山市第十五届人民代表大会第一次会议上\n"
    text = body("市人民政府", 2017).replace("2016年工作回顾", "2016年和本届政府工作回顾")
    report = only(head + text.replace("2017年工作安排", "今后五年的目标任务和2017年工作安排"))
    assert report.period("review_years") == "2012/2016"
    assert report.period("plan_years") == "2017/2021"


def test_five_year_plans() -> None:
    head = "政府工作报告\n——2021年1月18日在佛山市第十五届人民代表大会第六次会议上\n"
    text = body("市人民政府", 2021).replace("2020年工作回顾", "2020年和“十三五”时期工作回顾")
    report = only(head + text.replace("2021年工作安排", "“十四五”时期主要目标和2021年工作安排"))
    assert report.period("review_years") == "2016/2020"
    assert report.period("plan_years") == "2021/2025"


PAGE = (
    "首页\n>\n政务公开\n【字号：\n大\n中\n小\n】\n分享:\n{head}来源：某某日报\n发布时间：2019-02-01\n{body}"
    "责任编辑：王五\n扫一扫在手机打开当前页\n相关链接>>\n关于政府工作报告的解读\n打印本页\n关闭窗口\n版权所有：某某市人民政府 京ICP备12345号\n"
)


def test_residue_of_a_web_page() -> None:
    head = "2019年佛山市政府工作报告\n——2019年1月11日在佛山市第十五届人民代表大会第四次会议上\n"
    text = PAGE.format(head=head, body=body("市人民政府"))
    report = only(text)
    assert text[report.start : report.stop].startswith(head)
    assert text[report.start : report.stop].endswith(CLOSING.strip())
    assert report.published == "2019-02-01"
    top, bottom = residue(text)
    assert top.startswith("首页")
    assert bottom.startswith("责任编辑")


def test_an_annex_below_the_closing_belongs_to_the_report() -> None:
    text = COUNTY + "\n----\n附件1\n名词解释\n" + "1.“一张网”：指覆盖全县的服务网络，共有12个站点。\n" * 20
    assert only(text).stop == len(text.rstrip())


def test_the_beginning_repeated_below_is_residue() -> None:
    text = COUNTY + "关闭窗口\n" + COUNTY[:150]
    assert only(text).stop == len(COUNTY.rstrip())


def test_reports_without_separators() -> None:
    second = COUNTY.replace("2019", "2020").replace("2018", "2019").replace("第四次", "第五次")
    ids = [report.report_id for report in read(COUNTY + second)]
    assert ids == ["cn-441224-2019-work-report", "cn-441224-2020-work-report"]


@pytest.mark.parametrize("change", ["\r\n", "\r", "\n\n", " ", ""])
def test_line_breaks_do_not_matter(change: str) -> None:
    report = only(COUNTY.replace("\n", change))
    assert (report.report_id, report.date, report.speaker) == ("cn-441224-2019-work-report", "2019-01-23", "张三")


@pytest.mark.parametrize("width", [15, 31])
def test_lines_broken_by_the_layout(width: int) -> None:
    text = PAGE.format(head=COUNTY[: COUNTY.index("各位")], body=COUNTY[COUNTY.index("各位") :])
    broken = "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width))
    report, whole = only(broken), only(text)
    assert (report.report_id, report.date, report.periods) == (whole.report_id, whole.date, whole.periods)
    assert re.sub(r"\s", "", broken[report.start : report.stop])[-200:] == re.sub(r"\s", "", COUNTY)[-200:]


def test_the_same_report_twice_has_two_identifiers() -> None:
    reports = read(COUNTY + COUNTY.replace("7.1", "7.2"))
    assert len({report.report_id for report in reports}) == 2


ARTICLE = "2021年前三个月，佛山市进出口总额1200亿元，增长12%，其中出口800亿元。" + "佛山企业开拓市场，订单饱满。" * 20


def test_a_collection() -> None:
    items = "".join(
        f"-\n【招商】佛山外贸开门红{number}\n{ARTICLE}第{number}条。\n2023-05-0{number}\n" for number in (1, 2, 3)
    )
    text = items + f"-\n【投资】{COUNTY}2023-05-04\n有想补充的信息?点我投稿\n- 联系我们\n"
    *reports, rest = read(text)
    assert [report.kind for report in reports] == ["news"] * 3 + ["work_report"]
    assert [report.published for report in reports] == [f"2023-05-0{number}" for number in (1, 2, 3, 4)]
    assert reports[0].title == "佛山外贸开门红1"
    assert reports[0].period("review") == "2021"
    assert re.fullmatch("cn-440600-2021-news-[0-9a-f]{6}", reports[0].report_id)
    assert reports[3].report_id == "cn-441224-2019-work-report"
    assert reports[3].title == "2019年政府工作报告"
    assert rest.kind == "residue"
    assert rest.report_id == "some-residue"
    assert "联系我们" in text[slice(*rest.spans[-1])]


def test_an_article_with_its_original_title() -> None:
    text = f"猜你想看\n原标题:坚定信心谋发展!3月6日,出席十四届全国人大一次会议的代表审议报告。{ARTICLE}□川报集团特派记者 张某某(责编:李某、王某)分享让更多人看到\n}}\n"
    report = only(text)
    assert (report.kind, report.title, report.date) == ("news", "坚定信心谋发展", "2023-03-06")
    assert report.issuer == "川报集团"
    assert text[report.start : report.stop].endswith("张某某")
    assert report.complete


def test_a_plan() -> None:
    heading = "佛山市人民政府办公室关于印发2016年重点工作安排的通知"
    text = (
        f"政府信息公开\n索引号: 0071/2016-141\n发布机构: 佛山市人民政府 成文日期: 2016-06-20\n文号: 佛府办〔2016〕9号\n"
        f"{heading}\n发布日期:2016-06-22\n各区人民政府：\n现印发给你们。\n{PLANNED}附件:2016年项目表.doc"
    )
    report = only(text)
    assert report.report_id == "cn-440600-2016-plan"
    assert (report.title, report.issuer) == (heading, "佛山市人民政府")
    assert (report.document_number, report.date, report.published) == ("佛府办〔2016〕9号", "2016-06-20", "2016-06-22")
    assert [(period.role, period.period) for period in report.periods] == [("plan", "2016")]
    assert not report.complete
    assert "2016年项目表.doc" in report.note


def test_an_interview() -> None:
    text = (
        "佛山市委书记李某某接受采访。\n"
        + "某某日报:今年情况如何?\n李某某:全市地区生产总值增长5%,“十四五”开好局。\n" * 4
    )
    report = only(text)
    assert (report.kind, report.speaker, report.issuer, report.post) == (
        "interview",
        "李某某",
        "某某日报",
        "佛山市委书记",
    )
    assert report.period("review") == "2021"
    assert report.report_id.startswith("cn-440600-2021-interview-")


def test_an_extract_of_a_work_report() -> None:
    parts = (
        "一、推动产业发展\n我们将培育佛山产业集群，全市工业投资增长10%。扎实推进乡村振兴，全市新建农田2万亩。\n"
        "二、加强自身建设\n全面从严治党，建设法治政府，自觉接受市人大及其常委会的法律监督。加强国防动员和双拥工作。\n"
        "办好年度民生实事，做好妇女儿童工作，全市新增学位1万个。\n"
    )
    report = only(parts, date="2020-01-10")
    assert report.kind == "work_report"
    assert re.fullmatch("cn-440600-2020-work-report-[0-9a-f]{6}", report.report_id)
    assert not report.complete
    assert report.period("plan") == "2020"


def test_a_text_that_breaks_off() -> None:
    report = only(COUNTY + "名词解释：七大计划：创新团队引育“领航计划”，以及为了使各项工作更好地推进而制定的“人才")
    assert not report.complete
    assert "breaks off" in report.note


@pytest.mark.parametrize("text", ["2023年，佛山市出口增长5%。", "No numbers here.", "42"])
def test_any_text_is_a_report(text: str) -> None:
    report = only(text)
    assert (report.kind, report.start, report.stop) == ("news", 0, len(text))
    assert not report.report_id.isdigit()


def test_facts_fill_what_the_text_leaves_open() -> None:
    report = only(body("市人民政府"), date="2019-01-08", place="佛山市", speaker="李某某", note="Without its heading.")
    assert report.report_id == "cn-440600-2019-work-report"
    assert (report.speaker, report.note) == ("李某某", "Without its heading.")


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"place": "某某市"}, "not in the gazetteer"),
        ({"reports": [{"number": 2, "date": "2019-01"}]}, "there is no report 2"),
    ],
)
def test_facts_must_fit_the_text(facts: dict[str, object], problem: str) -> None:
    with pytest.raises(InputError, match=r"some\.yaml") as caught:
        read(COUNTY, **facts)
    assert problem in str(caught.value)


def test_what_a_person_states_goes_before_what_is_read() -> None:
    report = only(COUNTY, date="2019-01-24", speaker="李四", issuer="怀集县政府")
    assert (report.date, report.speaker, report.issuer) == ("2019-01-24", "李四", "怀集县政府")


def test_facts_of_several_reports_are_numbered() -> None:
    second = COUNTY.replace("2019", "2020").replace("2018", "2019")
    reports = read(COUNTY + second, reports=[{"number": 2, "published": "2020-02-01"}])
    assert [report.published for report in reports] == ["", "2020-02-01"]
    with pytest.raises(InputError, match="list `reports`"):
        read(COUNTY + second, published="2020-02-01")


@pytest.mark.parametrize(
    "unit",
    [
        "我向 大会",
        "-\n",
        "}",
        "记者:\n",
        "政府工作报告\n",
        "2018年1月18日在",
        "向   ",
        "相关报道:\n",
        "广东省肇庆市",
        "十五",
        "(((",
        "\t",
    ],
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + "完"
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 10  # what is not in proportion takes minutes


PIECES = st.sampled_from(
    [
        COUNTY,
        ARTICLE,
        "-\n",
        "}",
        "原标题:",
        "佛山外贸开门红\n",
        "2025-07-16\n",
        "打印\n",
        "相关报道：\n",
        "附件1\n",
        " \n",
        "增长5%",
        "各位代表：\n",
        "{",
        "现在，我代表市人民政府，向大会报告工作。",
        "\r",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join) | st.text(min_size=1, max_size=200))
def test_every_character_is_in_one_report_or_blank(text: str) -> None:
    if not text.strip():
        return
    spans = sorted(span for report in read(text) for span in report.spans)
    at = 0
    for start, stop in [*spans, (len(text), len(text))]:
        assert at <= start
        assert not text[at:start].strip()
        at = stop
    assert at == len(text)
    ids = [report.report_id for report in read(text)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z0-9]+(?:[._-][a-z0-9]+)*", name) and not name.isdigit() for name in ids)
