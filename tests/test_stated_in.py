"""Of targets, where the report states them: its own list of main targets, elsewhere in its text, a table, a glossary."""

from pipeline.extract import extract_text

LIST = "今年经济社会发展主要预期目标是：地区生产总值增长6%左右，城镇新增就业3万人。粮食产量稳定在90万吨以上。"
REPORT = f"""2031年政府工作报告
——2031年1月9日在甲市第三届人民代表大会第一次会议上
甲市人民政府市长 王某
各位代表：
一、2030年工作回顾
全市地区生产总值增长5.5%，年初确定的主要预期目标是6%。
二、2031年工作安排
{LIST}
为实现上述目标，新建学校8所。
附表
2031年甲市主要预期目标表
序号 指标 单位 目标
1 出口总额 亿元 40
2 农村公路 公里 120
名词解释
1.两项计划：到2031年培训技工5000人。
"""


def test_stated_in() -> None:
    rows = extract_text(REPORT)["observations"]
    told = {str(row["text"]): row["stated_in"] for row in rows if row["status"] == "target"}
    assert told["3"] == told["90"] == "list"
    assert [row["stated_in"] for row in rows if row["indicator_id"] == "gdp" and row["period"] == "2031"] == ["list"]
    assert (told["8"], told["40"], told["5000"]) == ("body", "table", "glossary")
    assert not any(row["stated_in"] for row in rows if row["status"] != "target")
