"""One form for the phrases that name an indicator."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from pipeline.knowledge import any_of, vocabulary

_SILENT = vocabulary("phrases")
_NOISE = re.compile(r"[\s“”\"'‘’《》「」的了]")
# What stands in brackets after a name and says on which basis it is counted, not what is counted.
_BASIS = re.compile(
    rf"\({any_of(_SILENT['basis'])}[^()]{{0,40}}\)|\([^()]{{0,20}}口径\)|(?:剔除|扣除)[^增达为]{{1,12}}(?:后|因素)|^同口径|^按可比口径"
)
# One of these is in all of them.
_OF_BASIS = re.compile(r"[(除]|口径").search
# Brackets behind a train say whose it is, unless they say where it goes or that several places run it:
# 中欧班列(甲乙), but 中欧(中亚)班列.
_OWNER = re.compile(rf"(?<=班列)\((?!{any_of(_SILENT['of_several'])}\))[^()亚欧]{{1,6}}\)")
# 生产总值(GDP): the same said twice, once both are in one form.
_TWICE = re.compile(r"([^()]{2,})\(\1\)")
# Of so many people and of so many of the population are one: 每千人 is 每千人口.
_PER_HEAD = ("千", "万", "10万", "十万")
# 床位万人拥有量 is 每万人口床位拥有量.
_OWNED = tuple(f"人{word}" for word in _SILENT["owned"])
_PER_THOUSANDS = re.compile(
    rf"^(?P<thing>[^每]{{2,12}}?)(?P<heads>{any_of(_PER_HEAD)})人(?P<owned>{any_of(_SILENT['owned'])})$"
)
# 时隔9年再次获批: when it was done before is no part of what was.
_SINCE_LAST = "时隔"
_AFTER_YEARS = re.compile(r"^时隔\d{1,3}年(?:再[次度]|重新)?(?=..)")
# Different words for one thing, put into one form before the lookup. Longer ones first.
_SAME = (
    ("国内生产总值", "生产总值"),
    ("地区生产总值", "生产总值"),
    ("国民生产总值", "生产总值"),
    ("区域生产总值", "生产总值"),
    ("全市生产总值", "生产总值"),
    ("GDP", "生产总值"),
    ("规模以上企业工业", "规模以上工业"),
    ("规模以上工业企业工业", "规模以上工业"),
    ("规上", "规模以上"),
    ("城镇老旧小区", "老旧小区"),
    ("城市老旧小区", "老旧小区"),
    ("高新技术企业后备", "高企后备"),
    ("研究与试验发展(R&D)经费", "研发"),
    ("研究与试验发展经费", "研发"),
    ("研究与试验发展(R&D)", "研发"),
    ("研究与试验发展", "研发"),
    ("R&D经费", "研发"),
    ("R&D", "研发"),
    ("研发经费支出", "研发投入"),
    ("研发经费投入", "研发投入"),
    ("研发支出", "研发投入"),
    ("研发经费", "研发投入"),
    ("比例", "比重"),
    ("(PM2.5)", ""),
    ("(PM_2.5)", ""),
    ("PM2·5", "PM2.5"),
    ("PM_2.5", "PM2.5"),
    ("PM₂.₅", "PM2.5"),
    ("PM2,5", "PM2.5"),
    ("规模工业", "规模以上工业"),
    ("社消零总额", "社会消费品零售总额"),
    ("社零总额", "社会消费品零售总额"),
    ("社消总额", "社会消费品零售总额"),
    ("社消零", "社会消费品零售总额"),
    ("全社会固定资产投资", "固定资产投资"),
    ("固投", "固定资产投资"),
    ("银行机构", "金融机构"),
    ("银行业机构", "金融机构"),
    ("银行业金融机构", "金融机构"),
    ("工业技改", "工业技术改造"),
    ("技改", "技术改造"),
    ("进出口贸易", "进出口"),
    ("亿级台阶", "亿元台阶"),
    ("亿级大关", "亿元台阶"),
    ("亿级关口", "亿元台阶"),
    ("亿元大关", "亿元台阶"),
    ("亿元关口", "亿元台阶"),
    ("省级及以上", "省级以上"),
    *((f"每{number}人口", f"每{number}人口") for number in _PER_HEAD),
    *((f"每{number}人", f"每{number}人口") for number in _PER_HEAD),
    ("国家级及以上", "国家级以上"),
)


# Whose budget pays does not change what livelihood spending is: 各级财政民生支出, 财政投入民生类支出.
_LIVELIHOOD = re.compile(
    f"{any_of(_SILENT['payers'])}?(?:财政)?{any_of(_SILENT['paying'])}?(?:社会)?民生{any_of(_SILENT['livelihood'])}?(?:财政)?(?:支出|投入)"
)
_WORDS = re.compile(rf"高企(?<![提新走较]高企)(?!业)|{any_of(word for word, _ in _SAME)}")
_MEANT = {**dict(_SAME), "高企": "高新技术企业"}


@lru_cache(maxsize=1 << 16)
def normalised(text: str) -> str:
    """A phrase in one typography and with one word for one thing; the form in which phrases are compared."""
    plain = _NOISE.sub("", normalize("NFKC", text))
    if _OF_BASIS(plain):
        plain = _OWNER.sub("", _BASIS.sub("", plain))
    plain = plain.strip("，,、；;：:。.-—·+*")
    if plain.startswith(_SINCE_LAST):
        plain = _AFTER_YEARS.sub("", plain)
    if plain.endswith(_OWNED):
        plain = _PER_THOUSANDS.sub(r"每\g<heads>人口\g<thing>\g<owned>", plain)
    if (meant := _WORDS.sub(_meant, plain)) != plain:
        # Twice, because 研究与试验发展经费支出 becomes 研发支出 and that 研发投入.
        plain = _WORDS.sub(_meant, meant)
        plain = _TWICE.sub(r"\1", plain) if "(" in plain else plain
    if "民生" in plain:
        plain = _LIVELIHOOD.sub("民生支出", plain)
    return plain.replace("投入投入", "投入")  # 研发经费投入 has become 研发投入投入


def _meant(match: re.Match[str]) -> str:
    return _MEANT[match[0]]
