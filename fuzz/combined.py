"""Texts of every combination of what stands beside a number: bound, sign, writing, multiplier, unit, joint and a second one.

They are the product of short lists, walked in an order that follows from the number of the text alone; two parts that go wrong
only together are met within thousands of texts, three within some ten thousand.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

_OPENINGS = ["", "", "名词解释\n", "一、2021年工作回顾\n2021年，"]
_LEADS = [
    "水泥产量达到",
    "财政收入下降",
    "民间投资比上年增长",
    "人口由",
    "新建",
    "投入",
    "用电量、绿地面积分别为",
    "企业（",
    "失业率降至",
    "粮食产量",
    "增速回落",
    "压减-",
    "用电量减少",
    "价格下降了",
]
_BOUNDS = ["", "", "", "约", "不低于", "不足", "超过", "各", "至少"]
_SIGNS = ["", "", "", "", "-", "—", "负", "零下", "+"]
_NUMBERS = [
    *["5", "0.23", "1,483", "33833", "1 330", "3·5", "2万3千", "07", "12,34", "4.5.6", "8千", "130424"],
    *[
        "二十三",
        "三亿五千万",
        "三成",
        "百分之五",
        "翻两番",
        "六百四十八",
        "三四十",
        "十二点五",
        "三分之一",
        "一半",
        "百",
    ],
]
_MULTIPLIERS = ["", "", "", "百", "千", "万", "亿", "万亿", "多万", "余", "多", "余亿"]
_UNITS = [
    *["", "%", "‰", "个百分点", "百分点", "亿元", "元", "千克", "千瓦", "折", "天", "床", "人次", "℃", "个", "平方米"],
    *["倍", "番", "位", "度", "元/人", "公里", "标准箱", "岁"],
]
_AFTER = ["", "", "", "左右", "以内", "以上", "的"]
_JOINTS = [
    *[
        "、",
        "和",
        "或",
        "及",
        "以及",
        "至",
        "到",
        "-",
        "—",
        "～",
        "/",
        ":",
        "，",
        ",",
        " ",
        "\n",
        "\n-",
        "余",
        "百或",
        "比",
    ],
    *[
        "增长",
        "下降到",
        "提高到",
        "的",
        "下降",
        "，提高",
        "、减少",
        "，比上年下降",
        "的降幅",
        "，增幅达",
        "低",
        "，回落了",
    ],
]
_ENDS = ["。", "，", "；\n", "旅游收入。", "）"]


def text_of(number: int) -> str:
    """The text with this number: one to three numbers that are joined."""
    draw = random.Random(number)

    def one_of(*lists: Sequence[str]) -> str:
        return "".join(map(draw.choice, lists))

    quantity = (_BOUNDS, _SIGNS, _NUMBERS, _MULTIPLIERS, _UNITS, _AFTER)
    text = one_of(_OPENINGS, _LEADS, *quantity)
    for _ in range(draw.randrange(3)):
        text += one_of(_JOINTS, *quantity)
    return text + one_of(_ENDS)
