"""Names of places are whole words, and a document's own place is decided, or left open, by what it says."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipeline.documents.report_place import full_name, own_place, spoken_of, stated
from pipeline.documents.split import split
from pipeline.meaning.gazetteer import gazetteer
from pipeline.meaning.place_names import place_names
from pipeline.models import Report, Source

PLACES = gazetteer()


def shared_names() -> dict[str, list[str]]:
    """The full names that several districts and counties of today have, and those."""
    named = defaultdict(list)
    for place in PLACES:
        if place.level == "county" and not place.valid_to:
            named[place.name_zh].append(place.place_id)
    return {name: ids for name, ids in named.items() if len(ids) > 1}


SHARED = [(name, one) for name, ids in sorted(shared_names().items()) for one in ids]


def found(text: str) -> list[str]:
    return [PLACES.name(PLACES.nearest(name.ids)) for name in place_names(text) if name.ids]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A word runs across the left edge of what looks like a name.
        ("新增城市公园12个", []),
        ("新增城区绿地30公顷", []),
        ("建成都市农业示范点5处", []),
        ("形成都市圈通勤网", []),
        ("确定南部山区道路", []),
        ("推广安全用电知识", []),
        ("国营口岸企业", []),
        ("沿海口岸吞吐量", []),
        ("保障安全区域", []),
        # Or across the right edge.
        ("举行大庆祝活动", []),
        ("打通西南通道", []),
        # Those that are named.
        ("在增城市新建公园", ["增城市"]),
        ("推动成都都市农业发展", ["成都市"]),
        ("在成都市建成公园", ["成都市"]),
        ("大庆油田", ["大庆市"]),
        ("定南县道路", ["定南县"]),
        ("广安市用电量", ["广安市"]),
        ("海口市吞吐量", ["海口市"]),
        ("澳门首个项目", ["澳门特别行政区"]),
        ("朝阳市场", ["朝阳市"]),
        # 州 that belongs to the name of a city, and a prefecture
        ("泉州大学扩建", []),
        ("福州产值", ["福州市"]),
        ("恩施州大学生", ["恩施土家族苗族自治州"]),
        # One name of several, and one for a chain.
        ("河东区", [""]),
        ("铁西区新增停车位", [""]),
        ("山东济宁曲阜接待游客", ["曲阜市"]),
        ("云南省楚雄州大姚县", ["大姚县"]),
        ("广西百色田林", ["田林县"]),
        ("湖南湘西永顺", ["永顺县"]),
        ("贵州省务川县", ["务川仡佬族苗族自治县"]),
        ("山西省长治市城区", ["城区"]),
        ("湖北、湖南两省", ["湖北省", "湖南省"]),
        # One syllable and a level word: a name only behind a mark or the city's name.
        ("各市和县财政", []),
        ("马鞍山市和县", ["和县"]),
        ("和县、含山县", ["和县", "含山县"]),
        ("人文县情教育", []),
    ],
)
def test_names_are_whole_words(text: str, names: list[str]) -> None:
    assert found(text) == names


def report(text: str, name: str = "a.txt", **facts: object) -> Report:
    reports = [one for one in split(Source(name, text, "utf-8", facts)) if one.kind != "residue"]
    return reports[0]


def opening(name: str, body: str = "一年来，全区上下团结奋斗。") -> str:
    return (
        f"{name}2031年政府工作报告\n——2031年1月9日在{name}第九届人民代表大会第四次会议上\n{name}人民政府区长 某某\n各位代表：\n"
        f"现在，我代表{name}人民政府向大会报告工作，请予审议。\n一、2030年工作回顾\n{body}全区一般公共预算收入增长4.3%。\n"
    )


@pytest.mark.parametrize("name", sorted(shared_names()))
def test_a_shared_name_alone_stays_open(name: str) -> None:
    found = report(opening(name))
    assert found.place_id == ""
    assert all(full_name(one) in found.note for one in shared_names()[name]), "the choices are named"
    assert "place" in found.note
    assert found.issuer == ""


@pytest.mark.parametrize(("name", "place_id"), SHARED)
def test_a_shared_name_is_decided(name: str, place_id: str) -> None:
    city = PLACES.name(PLACES.parent(place_id))
    assert report(opening(name, f"在{city}委、{city}政府的坚强领导下，")).place_id == place_id
    assert report(opening(full_name(place_id))).place_id == place_id
    assert report(opening(name), f"{full_name(place_id)}2031年政府工作报告.txt").place_id == place_id
    for said in (place_id, place_id[3:], full_name(place_id)):
        assert report(opening(name), place=said).place_id == place_id


@pytest.mark.parametrize(
    ("names", "text", "stem", "name"),
    [
        # Zones and new areas that are no districts.
        (["江北新区第二届人民代表大会第一次会议"], "江北区有项目3个。", "", ""),
        (["", "西山开发区2031年政府工作报告"], "西山区有项目3个。", "", ""),
        (["大通湖区第五届人民代表大会第一次会议"], "", "", ""),
        (["上饶市婺源县清水镇第五届人民代表大会第一次会议"], "", "", ""),
        (["天津市滨海新区第四届人民代表大会第六次会议"], "", "", "滨海新区"),
        # A larger area in brackets before it.
        (["(内蒙古)阿拉善左旗2031年政府工作报告"], "", "", "阿拉善左旗"),
        (["青海省·格尔木市2031年政府工作报告"], "", "", "格尔木市"),
        # Of its time.
        (["上海市闸北区第十五届人民代表大会第三次会议"], "", "", "闸北区"),
        # By the file name alone; where it is a newspaper's, by nothing.
        (["政府工作报告"], "", "婺源县2031年政府工作报告", "婺源县"),
        (["政府工作报告"], "", "北京日报2031", ""),
        # 朝阳区 is a part of the city of 长春 and of no city of 朝阳.
        (["朝阳区第九届人民代表大会第一次会议"], "长春市委、市政府要求朝阳区加快发展。", "", "朝阳区"),
        (["朝阳区第九届人民代表大会第一次会议"], "朝阳产业加快发展。", "", ""),
    ],
)
def test_own_place(names: list[str], text: str, stem: str, name: str) -> None:
    assert PLACES.name(own_place(names, text, stem, "2014-01-08").place_id) == name


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("", "新华社济南3月2日电（记者 某某）国家统计局发布，全国粮食产量增长1.2%。", "全国"),
        ("", "海峡网讯（香港海峡网记者 上海报道）国家统计局今日公布数据，国内生产总值增长5.1%。", "全国"),
        ("西安前两月外贸开门红", "新华社北京3月2日电 西安进出口增长9%。", "西安市"),
        ("", "青海西宁接待游客30万人次。四川泸州合江接待游客20万人次。", ""),
        ("", "湖北省粮食产量增长1%。", "湖北省"),
        ("", "位于郑州的项目开工。", "郑州市"),
        ("", "今年河北新增企业90家。长江河北岸新建公园。", "河北省"),
        ("", "本港吞吐量居全国第5位。湖州市新增企业90家。", "湖州市"),
    ],
)
def test_news_speak_of(title: str, text: str, name: str) -> None:
    assert PLACES.name(spoken_of(title, text)) == name


def test_a_congress_of_the_party_is_that_of_its_place() -> None:
    text = "香港特别行政区政府依法施政。香港、澳门与内地交流合作。" * 9
    head = "在中国共产党{}代表大会上的报告\n（2031年10月16日）\n某某\n同志们：\n"
    assert report(head.format("第三十次全国") + text).place_id == "cn"
    assert report(head.format("湖北省第十五次") + text).place_id == "cn-420000"


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("cn-110105", ("cn-110105",)),
        ("361130", ("cn-361130",)),
        ("江西省上饶市婺源县", ("cn-361130",)),
        ("江西 婺源县", ("cn-361130",)),
        ("北京市/朝阳区", ("cn-110105",)),
        ("澳门特别行政区", ("cn-820000",)),
        ("全国", ("cn",)),
        ("三江县", ("cn-450226",)),
        ("朝阳区", ("cn-110105", "cn-220104")),
        ("某某县", ()),
    ],
)
def test_stated_places(said: str, ids: tuple[str, ...]) -> None:
    assert stated(said) == ids
