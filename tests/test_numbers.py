"""How numbers are written: signs, points, blanks, multipliers, ranges, Chinese characters."""

from decimal import Decimal

import pytest

from pipeline.extract import extract_text
from pipeline.reading.numerals import lex
from pipeline.text.chinese_numbers import chinese_number, small_number
from pipeline.text.fold import fold


def stated(text: str) -> list[tuple[str, str, str, str]]:
    """Value, upper value, unit and bound of the quantities of a text."""
    found = [n for n in lex(fold(text, 0, len(text)).text) if n.kind == "observation"]
    return [(f"{n.value:f}", "" if n.value_max is None else f"{n.value_max:f}", n.unit, n.bound) for n in found]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(numeral.text, numeral.kind) for numeral in lex(fold(text, 0, len(text)).text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("技改投资同比增长-5.8%。", "-5.8"),
        ("技改投资增速为－10.3％。", "-10.3"),
        ("人口自然增长率−0.34‰。", "-0.34"),
        ("外贸进口增长﹣2%。", "-2"),
        ("外贸进口增长负3.2%。", "-3.2"),
        ("最低气温零下12℃。", "-12"),
        ("盆地海拔-154米。", "-154"),
        ("企业利润-2.4亿元。", "-2.4"),
        ("工业用电量增长+8.5%。", "8.5"),
        ("为企业减负46亿元。", "46"),
        ("同比负增长3.2%。", "3.2"),
    ],
)
def test_a_sign_belongs_to_the_value(text: str, value: str) -> None:
    assert stated(text)[0][0] == value


def test_a_mark_between_two_numbers_or_in_a_name_is_no_sign() -> None:
    assert stated("新增企业10-20家。") == [("10", "20", "家", "range")]
    assert stated("收入增长3%—5%。") == [("3", "5", "%", "range")]
    assert stated("收入增长-3%—5%。") == [("-3", "5", "%", "range")]
    assert kinds("推进“4-4”工程,4-5月完成。") == [("4", "name"), ("4", "name"), ("4", "time"), ("5", "time")]


def test_a_sign_decides_before_the_verb() -> None:
    rows = extract_text("2021年,全市进口增长-3.2%，出口下降-4.1%，税收负增长2%。")["observations"]
    assert [(row["measure"], str(row["value"]), row["text"]) for row in rows] == [
        ("growth", "-3.2", "3.2"),
        ("growth", "-4.1", "4.1"),
        ("growth", "-2", "2"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("覆盖率达到8。5%。", "8.5", "%"),
        ("覆盖率达到8·5%。", "8.5", "%"),
        ("覆盖率达到8﹒5%。", "8.5", "%"),
        ("覆盖率达到8\u00ad.5%。", "8.5", "%"),
        ("覆盖率达到8\u2060.5%。", "8.5", "%"),
        ("进出口总值1 234.5亿元。", "1234.5", "亿元"),
        ("进出口总值1\u00a0234.5亿元。", "1234.5", "亿元"),
        ("产量7\u2009832\u2009500吨。", "7832500", "吨"),
        ("人均收入3万2千元。", "32000", "元"),
        ("总投资1亿2千万元。", "12000", "万元"),
        ("贷款3亿5000万元。", "35000", "万元"),
        ("耕地8万4500亩。", "84500", "亩"),
        ("新增3千5百人。", "3500", "人"),
        ("长1778·6公里。", "1778.6", "公里"),
        ("长8•625公里。", "8.625", "公里"),
        ("发行额(亿元):12.00。", "12.00", "亿元"),
        ("常住人口（万人）461.5。", "461.5", "万人"),
    ],
)
def test_one_numeral(text: str, value: str, unit: str) -> None:
    assert stated(text) == [(value, "", unit, "exact")]


def test_numbers_that_only_stand_side_by_side() -> None:
    assert [text for text, _ in kinds("建成“3·15”基地5个。")] == ["3", "15", "5"]
    assert [text for text, _ in kinds("收入3万2025年实现。")] == ["3", "2025"]
    assert [text for text, _ in kinds("负责人12 345 678。")] == ["12", "345", "678"]
    assert [text for text, _ in kinds("慰问390万65岁以上老人。")] == ["390", "65"]
    assert [text for text, _ in kinds("补贴100万500强企业。")] == ["100", "500"]
    assert kinds("\n1.5.6万人就业。") == [("1", "structure"), ("5.6", "observation")]


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("收入增长8.5.6%。", "8.5.6"),
        ("完成投资.5亿元。", "5"),
        ("完成投资12,34亿元。", "12,34"),
        ("产值1234，567亿元。", "1234,567"),
        ("贷款3万亿400元。", "3万亿400"),
        ("产值1,200亿3500元。", "1,200亿3500"),
        ("贷款501.97万亿11万元。", "501.97万亿11万"),
        ("新增3千50人。", "3千50"),
        ("补助5百20元。", "5百20"),
        ("收入1.5千6.2元。", "1.5千6.2"),
        ("收入1,234.5.6亿元。", "1,234.5.6"),
        ("新增12,34万人。", "12,34"),
        ("得分83百分以上。", "83"),
        ("收入36万799,918.5元。", "36万799,918.5"),
        ("收入8万亿1,775.455万元。", "8万亿1,775.455"),
        ("收入1,063,1282万元。", "1,063,1282"),
    ],
)
def test_a_number_with_something_left_over_is_not_read_in_part(text: str, numeral: str) -> None:
    assert kinds(text) == [(numeral, "unread")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("奖励500万元至1.2亿元。", ("500", "12000", "万元", "range")),
        ("补助5000元至1万元。", ("5000", "10000", "元", "range")),
        ("投资5000万—1亿元。", ("5000", "10000", "万元", "range")),
        ("补助5000至1万元之间。", ("5000", "10000", "元", "range")),
        ("新增5—6万人。", ("5", "6", "万人", "range")),
        ("工期30分钟至1小时。", ("30", "60", "分钟", "range")),
        ("补助三万至五万元。", ("3", "5", "万元", "range")),
        ("奖励五百万元到二亿元。", ("500", "20000", "万元", "range")),
    ],
)
def test_the_ends_of_a_range_may_have_units_of_their_own(text: str, expected: tuple[str, ...]) -> None:
    value, most, unit, bound = stated(text)[0]
    assert (value, most, unit, bound) == expected


def test_fractions_names_and_dates_with_a_slash() -> None:
    assert stated("2/3以上的社区达标。") == [("0.6667", "", "比例", "at_least")]
    assert stated("约占全国1/10,居首位。") == [("0.1000", "", "比例", "about")]
    assert kinds("新建4/5G基站。") == [("4", "name"), ("5", "name")]
    assert kinds("发布于11/29/26。") == [("11", "time"), ("29", "time"), ("26", "time")]


@pytest.mark.parametrize("colon", ":：∶︰﹕")
def test_ratios_with_every_colon(colon: str) -> None:
    assert [value for value, *_ in stated(f"三次产业比调整为11.8{colon}48.3{colon}39.9。")] == ["11.8", "48.3", "39.9"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("失业率控制在百分之四点五以内。", ("4.5", "", "%", "at_most")),
        ("自然增长率为千分之二点六。", ("2.6", "", "‰", "exact")),
        ("死亡率降到万分之零点九。", ("0.00009", "", "比例", "exact")),
        ("总值达到二十六点一万亿元。", ("26.1", "", "万亿元", "exact")),
        ("提高一点五个百分点。", ("1.5", "", "个百分点", "exact")),
        ("产量达到一亿零四百万吨。", ("10400", "", "万吨", "exact")),
        ("新修公路两千三百公里。", ("2300", "", "公里", "exact")),
        ("帮扶三四十家企业。", ("30", "40", "家", "range")),
        ("覆盖六成五以上。", ("6.5", "", "成", "at_least")),
        ("产量增长一倍半。", ("1.5", "", "倍", "exact")),
        ("投资二十余亿元。", ("20", "", "亿元", "over")),
        ("新增三千多家。", ("3000", "", "家", "over")),
        ("增长百分之五至百分之八。", ("5", "8", "%", "range")),
        ("产值实现翻番。", ("1", "", "番", "exact")),
        ("拨付五百八万元。", ("580", "", "万元", "exact")),
        ("投产二亿三万吨。", ("20003", "", "万吨", "exact")),
        ("覆盖三成五上下。", ("3.5", "", "成", "about")),
    ],
)
def test_chinese_numerals(text: str, expected: tuple[str, ...]) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "贯彻党的二十大精神。",
        "实施收入翻番计划。",
        "下午三点二十分开会。",
        "建设百亿级园区。",
        "两点一线。",
        "三年行动,五一假期,十大工程。",
        "三百万二百万元。",
        "两亿三亿元。",
        "一万二点五吨。",
        "约七点二十五百家。",
    ],
)
def test_chinese_numbers_that_state_nothing(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十", 320), ("二〇二六", 2026), ("一万零十二", 10012), ("一亿零四百万", 104_000_000), ("十三亿五千万", 1_350_000_000),
        ("二万八千亿", 2_800_000_000_000), ("百亿", 10_000_000_000), ("万亿", 10**12), ("一万二", 12_000), ("十", 10), ("两", 2), ("12", 12),
    ],
)  # fmt: skip
def test_the_reader_of_chinese_numbers(text: str, value: int) -> None:
    assert chinese_number(text) == Decimal(value)


def test_what_is_no_chinese_number() -> None:
    assert [chinese_number(text) for text in ("三四十", "点五", "五点", "十年", "")] == [None] * 5
    assert (small_number("第十二"), small_number("甲"), small_number("七")) == (12, 0, 7)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("经济增长力争达到5%左右。", "5%左右"),
        ("总产值超２６００亿元。", "超２６００亿元"),
        ("技改投资增长－5.8%。", "－5.8%"),
        ("新增就业3万人以上。", "3万人以上"),
        ("新建泊位10—20个。", "10—20个"),
        ("失业率控制在百分之五以内。", "百分之五以内"),
        ("发行额（亿元）：12.00。", "12.00"),
        ("农机总量居全省第3位。", "第3位"),
    ],
)
def test_the_phrase_is_the_value_with_its_modifiers_as_written(text: str, phrase: str) -> None:
    [row] = extract_text(text)["observations"]
    assert row["phrase"] == phrase


def test_the_phrase_of_a_cell_has_sign_unit_and_bound() -> None:
    text = "附表1\n2030年主要指标序号指标名称2030年预期目标\n1地区生产总值增长6%左右\n2城镇新增就业3万人以上\n3PM2.5浓度控制在25微克/立方米以内"
    rows = extract_text(text)["observations"]
    assert [row["phrase"] for row in rows] == ["6%左右", "3万人以上", "25微克/立方米以内"]


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("年出栏50头以上养殖大户达到23户。", "50", "threshold"),
        ("年出栏50头以上养殖大户达到23户。", "23", "observation"),
        ("治理面积30平方公里以下的河流36条。", "30", "threshold"),
        ("新增面积200平方米以上的超市45个。", "200", "threshold"),
        ("争取5亿元以上的资金支持3个项目。", "5", "observation"),
        ("服务20家以上企业。", "20", "observation"),
    ],
)
def test_a_size_that_tells_what_is_counted(text: str, number: str, kind: str) -> None:
    assert dict(kinds(text))[number] == kind


def test_money_without_its_unit() -> None:
    rows = extract_text("2021年,争取专项资金3650万，偿还债务1.2亿，服务群众8.8万，用户达到2亿。")["observations"]
    assert [(row["unit"], row["base_unit"]) for row in rows] == [
        ("万元", "元"),
        ("亿元", "元"),
        ("万", "人"),
        ("亿", "个"),
    ]


def test_a_line_that_ends_in_a_number() -> None:
    begin = "全市上下迎难而上奋力拼搏，完成一般公共预算收入"
    assert stated(f"{begin}318.\n64亿元。")[0] == ("318.64", "", "亿元", "exact")
    assert [text for text, _ in kinds(f"1.{begin}（万元）：98115\n2.税收占比（%）：61.1")] == [
        "1",
        "98115",
        "2",
        "61.1",
    ]


def test_nothing_is_zero_times_a_scale() -> None:
    assert chinese_number("零万") is None
    assert chinese_number("〇百") is None
    assert chinese_number("一万零十五") == 10015


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("人口净变动-1.2万。", ["-1.2"]),
        ("用电量增长-9或-8%。", ["-9", "-8"]),
        ("产值达三亿-5亿元。", ["3"]),
        ("产值1万亿-35%。", ["1"]),
        ("引进甲——1.2万。", ["1.2"]),
        ("气温零下9至零下5℃。", ["-9"]),
        ("净流入负1.2万。", ["-1.2"]),
        ("减税降负1.2万亿。", ["1.2"]),
        ("产值两成多-7元。", ["2"]),
        ("贷款9万和2万亿元。", ["9", "2"]),
    ],
)
def test_signs_and_marks_that_are_none(text: str, values: list[str]) -> None:
    assert [value for value, *_ in stated(text)] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入1万和3万亿元。", [("1", "万元"), ("3", "万亿元")]),
        ("收入4537亿分之内。", [("4537", "亿")]),
        ("每16百万分之十八。", []),
        ("受益9690\n1—9月。", []),
    ],
)
def test_a_multiplier_is_that_of_its_own_number(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(value, unit) for value, _, unit, _ in stated(text) if unit and unit != "比例"]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贫困人口由9.6万人减少到700。", [("9.6", "万人"), ("700", "人")]),
        ("贫困户由9.6万户减少到7.5。", [("9.6", "万户"), ("7.5", "万户")]),
        ("时限由90个工作日压缩到7个。", [("90", "个工作日"), ("7", "个工作日")]),
    ],
)
def test_a_multiplier_is_not_left_out_as_a_unit_is(text: str, expected: list[tuple[str, str]]) -> None:
    found = extract_text(text, "a.txt")["observations"]
    assert [(f"{row['value']:f}", row["unit"]) for row in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贷款三亿二亿元。", [("三亿二亿", "unread")]),
        ("投资十万亿十万亿元。", [("十万亿十万亿", "unread")]),
        ("产量零万吨。", [("零万", "unread")]),
        ("面积廿三亩。", [("廿三", "unread")]),
        ("产值翻两番番。", [("翻两番", "unread")]),
        ("补助2万多500元。", [("2万多500", "unread")]),
        ("存款7亿3000万6千元。", [("7亿3000万6", "unread")]),
        ("增长½倍。", [("½", "unread")]),
        ("长五六七公里。", [("五六七", "unread")]),
        ("长一百五六十公里。", [("一百五六十", "observation")]),
        ("一二三产业融合,万千气象,五六七项。", []),
    ],
)
def test_numbers_in_chinese_characters_that_are_not_well_formed_are_told(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert kinds(text) == expected
