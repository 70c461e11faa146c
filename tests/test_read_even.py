"""What is not of a text is taken out of it, and every other character keeps its offset."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_text
from pipeline.oracle import differences
from pipeline.text.even import NOTHING, even
from pipeline.text.fold import fold


def folded(text: str) -> str:
    return fold(text, 0, len(text)).text


UNSEEN = ["\u00ad", "\u034f", "\u061c", "\u180e", *"\u200b\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff"]


@pytest.mark.parametrize("mark", UNSEEN, ids=[f"U+{ord(mark):04X}" for mark in UNSEEN])
def test_characters_that_take_no_room_change_nothing(mark: str) -> None:
    text = "临川市政府工作报告\n2021年，全市工业用电量增长8.2%，粮食产量12.5万吨。"
    plain, other = (extract_text(one, "a.txt") for one in (text, mark.join(text)))
    seen = ("indicator_text", "value", "unit", "measure", "period", "amount")
    assert [[row[name] for name in seen] for row in other["observations"]] == [
        [row[name] for name in seen] for row in plain["observations"]
    ]
    assert [one.replace(mark, "") for one in (row["text"] for row in other["numerals"])] == ["2021", "8.2", "12.5"]
    assert other["reports"][0]["title"] == "临川市政府工作报告"
    assert [list(differences(row)) for row in other["observations"]] == [[], []]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("全县⼯业增⻓5%，⾦融稳定。", "全县工业增长5%,金融稳定。"),
        ("<p style='line-height:24px'>全县<b>粮食</b>12万吨。</p>", "全县粮食12万吨。"),
        ("粮食&nbsp;12&nbsp;万吨，&ldquo;四好&rdquo;公路5公里。", "粮食12万吨,“四好”公路5公里。"),
        ("## 一、回顾\n全县增长**5.8%**。", "一、回顾\n全县增长5.8%。"),
        ("國(guó)家的經(jīng)濟(jì)發(fā)展了(le)。", "国家的经济发展了。"),
        ("粮食Zqx产量12万吨，棉花qRt产量3万吨。", "粮食产量12万吨,棉花产量3万吨。"),
        ("全县新增企业\n- 12 -\n30家，增长5%。", "全县新增企业30家,增长5%。"),
        ("全县新增企业30家。\n第 3 页 共 20 页\n粮食12万吨。", "全县新增企业30家。\n粮食12万吨。"),
    ],
)
def test_what_is_not_of_the_text(text: str, read: str) -> None:
    assert folded(text) == read
    assert len(even(text).text) == len(text)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["图3：2011至2015年全县粮食产量及增速", "2015年人均产量为400公斤，比上年增长2%。"], False),
        (
            [
                "上半年工业产值增长3%，商品房销售额下降9%",
                "2022年7月15日，有关负责人介绍了上半年经济运行的情况，" * 3 + "工业产值增长。",
            ],
            False,
        ),
        (["工业生产稳定。全县的规模以上工业企业实现增加值，", "2015年为90亿元，比上年增长2%。"], True),
    ],
)
def test_titles_and_captions_are_lines_of_their_own(lines: list[str], joined: bool) -> None:
    assert ("\n" not in folded("\n".join(lines))) is joined


@pytest.mark.parametrize(
    "text",
    [
        "推广LED、WiFi和pH计，建成AAAA级景区3家，新增App用户5万。",
        "企业利润a<b时不计，增速>5%。",
        "第三页的表格显示增长5%。\n2031年1月8日 10:20\n来源：甲报。",
        "粮食（小麦）12万吨，其中（a）类3万吨。",
        "1.新增企业3家；\n2.新增学校5所。",
    ],
)
def test_what_is_of_the_text_stays(text: str) -> None:
    assert even(text).removed == ()
    assert NOTHING not in even(text).text


def test_digits_of_what_is_taken_out_are_in_the_ledger() -> None:
    text = "<p style='width:95%'>全县新增企业\n- 12 -\n30家。</p>"
    found = {(row["text"], row["kind"]) for row in extract_text(text)["numerals"]}
    assert found == {("95", "structure"), ("12", "structure"), ("30", "observation")}


@pytest.mark.parametrize("width", [13, 17, 19, 24, 28, 31, 40])
def test_lines_broken_by_the_layout(width: int) -> None:
    paragraph = (
        "一年来，全县上下攻坚克难，一般公共预算收入完成12.36亿元（不含上级补助），增长3.1%；新增规模以上工业企业125家，"
        "粮食总产量达到8,052.4万吨，城镇登记失业率3.5%，建成高标准农田6.5万亩，改造老旧小区1650个。"
    )
    wrapped = "\n".join(paragraph[at : at + width] for at in range(0, len(paragraph), width))
    assert folded(f"{wrapped}\n{wrapped}") == folded(f"{paragraph}\n{paragraph}")


def test_headings_and_items_are_no_broken_lines() -> None:
    text = "二、2031年经济社会发展的总体要求和主要目标\n地区生产总值增长5%。\n（一）全力推动工业经济加快转型升级步伐\n新增企业3家。"
    assert folded(text).count("\n") == 3


def test_better_folding_changes_no_identifier() -> None:
    """The digest of a sentence is that of its first publication, whatever folding has learnt since."""
    rows = extract_text("甲县２０３０年新增企业１２家（含 ABC 公司），增长５％。", "a.txt")["observations"]
    assert [str(row["observation_id"]).rsplit("-", 2)[1] for row in rows] == ["a5d8ce9e"] * 2
