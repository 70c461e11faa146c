"""Texts of the language of numbers, drawn by chance: sentences as reports have them, bent and mixed with anything.

A text follows from its number alone, so that one that breaks a rule can be made again. Nothing here is taken from the
vocabulary: words that the extraction does not know are as good.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LONGEST = 200
_DIGITS = "〇一二三四五六七八九"
_TIMES = [
    "2021年",
    "去年",
    "今年",
    "全年",
    "上半年",
    "到2025年",
    "截至年底",
    "五年来",
    "“十四五”期间",
    "一季度",
    "1—9月",
    "2020年以来",
    "年内",
    "二〇二一年",
]
_THINGS = [
    "地区生产总值",
    "规模以上工业增加值",
    "粮食产量",
    "财政收入",
    "城镇新增就业",
    "新建学校",
    "水泥产量",
    "高速公路里程",
    "失业率",
    "居民消费价格",
    "进出口总额",
    "旅游收入",
    "绿地面积",
    "用电量",
    "森林覆盖率",
    "床位",
    "农村公路",
    "高标准农田",
    "研发投入",
    "专利授权量",
    "民间投资",
    "企业",
    "老旧小区",
    "PM2.5浓度",
    "万元GDP能耗",
    "人口自然增长率",
    "存款余额",
    "快递业务量",
    "集装箱吞吐量",
]
_RISES = [
    "增长",
    "下降",
    "提高",
    "减少",
    "上升",
    "回落",
    "增加",
    "降低",
    "增长了",
    "下降了",
    "同比增长",
    "比上年增长",
    "较上年下降",
    "年均增长",
    "增速为",
    "增幅达",
    "降幅为",
    "负增长",
    "缩减",
    "提升",
    "压减",
    "增长-",
    "下降-",
]
_REACHES = [
    "达到",
    "达",
    "为",
    "是",
    "完成",
    "实现",
    "突破",
    "超过",
    "增至",
    "降至",
    "提高到",
    "下降到",
    "控制在",
    "稳定在",
    "保持在",
    "不低于",
    "不超过",
    "力争达到",
    "新增",
    "新建",
    "建成",
    "累计",
    "共",
    "约",
    "占",
    "由",
    ":",
]
_BEFORE = [
    "",
    "",
    "",
    "",
    "约",
    "近",
    "超",
    "超过",
    "逾",
    "至少",
    "不少于",
    "不低于",
    "不超过",
    "不足",
    "突破",
    "将近",
    "各",
]
_SIGNS = ["负", "-", "－", "−", "+"]
_AFTER = ["", "", "", "", "左右", "以上", "以内", "以下", "上下", "之内", "的"]
_UNITS = ["%", "‰", "个百分点", "元", "亿元", "万元", "万亿元", "美元", "亿美元", "人", "万人", "户", "个", "家", "所", "座", "条", "件", "项", "吨", "万吨", "公里", "平方米", "万平方米", "平方公里", "亩", "万亩", "公顷", "立方米", "千瓦", "万千瓦", "亿千瓦时", "张", "倍", "位", "名", "年", "天", "小时", "元/人", "吨标准煤", "微克/立方米", "毫克/升", "℃", "标准箱", "万标准箱", "人次", "亿人次", "千克", "千米", "公斤", "斤", "米", "兆瓦", "个月", "分", "岁", "条(次)", "台(套)", "百分点", "折", "度"]  # fmt: skip
_MEASURED = ["%", "%", "%", "‰", "个百分点", "亿元", "万元", "元", "吨", "公里", "万千瓦", "倍", "平方米"]
_MARKS = [
    *"，，，。；、：（）()《》“”\n —-～/%·.,:",
    "\r\n",
    "\u3000",
    "……",
    "其中",
    "和",
    "及",
    "以及",
    "比",
    "与",
    "同",
    "分别为",
    "依次为",
]
_HEADS = [
    "",
    "",
    "",
    "",
    "政府工作报告\n",
    "一、2021年工作回顾\n",
    "（一）",
    "1．",
    "附表1：主要指标\n",
    "名词解释\n",
    "——",
    "●",
]
_WIDE = str.maketrans("0123456789.,-%+()", "０１２３４５６７８９．，－％＋（）")


class Draw:
    """Everything that is drawn for one text."""

    def __init__(self, number: int) -> None:
        self._random = random.Random(number)

    def of(self, words: Sequence[str]) -> str:
        """One of the words."""
        return self._random.choice(words)

    def chance(self, share: float) -> bool:
        """Whether something happens that does so in this share of cases."""
        return self._random.random() < share

    def upto(self, most: int) -> int:
        """A number from 0 to `most`, small ones more often."""
        return int(self._random.random() ** 3 * (most + 1))

    def digits(self) -> str:
        """An Arabic numeral: whole, with a decimal mark, with separators, or bent."""
        whole = self.upto(self._random.choice((10, 100, 10_000, 10_000_000)))
        text = f"{whole:,}" if self.chance(0.2) else str(whole)
        if self.chance(0.1):
            text = text.replace(",", self.of([" ", "\u00a0", "\u202f", "，", "'"]))
        if self.chance(0.4):
            text += self.of([*"......·•．。,"]) + str(self.upto(999))
        if self.chance(0.04):
            text = self.of(["0", ".", "00"]) + text
        return text

    def chinese(self) -> str:
        """A Chinese numeral, well formed or not."""
        match self.upto(6):
            case 0:
                return self.small() + self.of(["", "", "万", "亿", "多万", "余亿"])
            case 1:
                return self.of(["百分之", "千分之", "三分之", "万分之"]) + self.small()
            case 2:
                return self.small() + "点" + self.of(_DIGITS) + self.of(["", "万", "亿"])
            case 3:
                return self.of([*_DIGITS[1:], "两"]) + self.of(["成", "成五", "倍", "番", "倍半", "成多", "折"])
            case 4:
                return "".join(self.of([*_DIGITS, *"十百千万亿两"]) for _ in range(1 + self.upto(6)))
            case 5:
                return self.of(
                    [
                        "一半",
                        "翻番",
                        "翻一番",
                        "过半",
                        "第" + self.small(),
                        "前" + self.small(),
                        "半数",
                        "廿三",
                        "①",
                        "½",
                    ]
                )
            case _:
                return self.small() + self.of("万亿") + self.small() + self.of(["", "千", "万"])

    def small(self) -> str:
        """A Chinese numeral below ten thousand."""
        number = 1 + min(self.upto(9999), 9998)
        parts = []
        for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = number // power % 10
            if digit:
                parts.append(("" if mark == "十" and number < 20 else _DIGITS[digit]) + mark)
            elif parts and parts[-1] != "零" and number % power:
                parts.append("零")
        return "".join(parts)

    def numeral(self) -> str:
        """A numeral with a multiplier of its own, or two or three side by side."""
        text = (
            self.chinese()
            if self.chance(0.2)
            else self.digits() + self.of(["", "", "", "", "", "万", "亿", "万亿", "千", "百"])
        )
        if self.chance(0.06) and text[0] in "0123456789":
            text += self.digits() + self.of(["万", "千", ""])
        if self.chance(0.1):
            text += self.of(["-", "—", "～", "至", "到", "、", "/", ":", "至少", "或"]) + self.digits()
        return text

    def quantity(self, units: Sequence[str] = ()) -> str:
        """A numeral with what stands beside it."""
        numeral, unit = self.numeral(), self.of(units or _UNITS) if self.chance(0.9) else ""
        if numeral[-1] in "百千万亿":
            unit = unit.removeprefix("万").removeprefix("亿").replace("百分点", "个百分点")
        elif (
            numeral.startswith(("翻", "第", "前", "一半", "过半", "半数"))
            or "分之" in numeral
            or numeral[-2:-1] in tuple("成倍番折")
        ):
            unit = ""
        before, after = self.of(_BEFORE), self.of(_AFTER)
        if unit in ("%", "℃", "‰", "个百分点") and self.chance(0.1):
            before = "零下" if unit == "℃" and self.chance(0.5) else self.of(_SIGNS)
        elif self.chance(0.1) and not after:
            unit = self.of("多余") + unit if numeral[-1] in "万亿0" else unit + self.of("多余")
        return before + numeral + unit + after

    def clause(self) -> str:
        """A thing and what is said of it."""
        thing = self.of(_THINGS)
        match self.upto(11):
            case 0 | 1 | 2:
                return thing + self.of(_REACHES) + self.quantity()
            case 3 | 4:
                return thing + self.of(_RISES) + self.quantity(_MEASURED)
            case 5:
                return thing + self.quantity() + self.of("，、 ") + self.of(_RISES) + self.quantity(_MEASURED)
            case 6:
                return f"{thing}、{self.of(_THINGS)}分别{self.of(_REACHES)}{self.quantity()}{self.of('、和，')}{self.quantity()}"
            case 7:
                return (
                    thing
                    + self.of(["由", "从"])
                    + self.quantity()
                    + self.of(["提高到", "降到", "增加至", "下降为", "到"])
                    + self.quantity()
                )
            case 8:
                return self.of(["新建", "改造", "完成", "投入", "建成", "取消"]) + self.quantity() + thing
            case 9:
                return f"{thing}（{self.quantity()}）{self.of(_RISES)}{self.quantity(_MEASURED)}"
            case 10:
                return f"{thing}居{self.of(['全省', '全国', ''])}{self.of(['第', '前', ''])}{self.of((str(self.upto(99)), self.small()))}{self.of(['位', '名', ''])}"
            case _:
                return f"{thing} {self.digits()} {self.digits()} {self.of(['-', ''])}{self.digits()}。\n"

    def anything(self) -> str:
        """A mark, a character of any kind, or a numeral alone."""
        match self.upto(3):
            case 0:
                return self.of(_MARKS)
            case 1:
                return self.numeral()
            case 2:
                return self.of(_UNITS)
            case _:
                return chr(self._random.choice((self._random.randrange(32, 127), self._random.randrange(0x4E00, 0x9FA5), self._random.randrange(0x2000, 0x2100), self._random.randrange(0xFF00, 0xFFEF))))  # fmt: skip

    def text(self) -> str:
        """A text of up to LONGEST characters."""
        pieces = [self.of(_HEADS)]
        for _ in range(1 + self.upto(5)):
            if self.chance(0.5):
                pieces.append(self.of(_TIMES) + self.of(["，", ""]))
            pieces.append(self.clause())
            pieces += [self.anything() for _ in range(self.upto(4))] if self.chance(0.3) else []
            pieces.append(self.of(["，", "，", "。", "；", "、", "\n"]))
        text = "".join(pieces)
        if self.chance(0.1):
            text = text.translate(_WIDE)
        if self.chance(0.15):
            text = self.bent(text)
        return text[:LONGEST].replace("\r", "\n")

    def bent(self, text: str) -> str:
        """A text with a part left out, doubled, turned round, or with something put in."""
        one, other = sorted(self._random.randrange(len(text) + 1) for _ in range(2))
        change: Callable[[str], str] = self._random.choice(
            (lambda part: "", lambda part: part * 2, lambda part: part[::-1], lambda part: part + self.anything())
        )
        return text[:one] + change(text[one:other]) + text[other:]


def text_of(number: int) -> str:
    """The text with this number."""
    return Draw(number).text()
