"""Decoding, bad input, and the facts that stand beside a source."""

import codecs
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.split import split
from pipeline.errors import BaogaoError, InputError
from pipeline.text.decode import decode
from pipeline.text.sources import read_source

TEXT = "2020年，全市地区生产总值增长3.5%。\n财政收入达到120亿元，城镇新增就业2.1万人。\n"
TRADITIONAL = "二○二三年，全縣農業總產值達到三百億元，較上年增長百分之五。\n財政收入較去年增加。\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_encodings_are_recognised(codec: str, encoding: str) -> None:
    assert decode(TEXT.encode(codec), "a.txt") == (TEXT, encoding)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "big5"])
def test_traditional_characters(codec: str) -> None:
    text = TRADITIONAL.replace("○", "０") if codec == "big5" else TRADITIONAL
    assert decode(text.encode(codec), "a.txt")[0] == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(end: str) -> None:
    text = TEXT.replace("\n", end)
    assert decode(text.encode(), "a.txt")[0] == text


def test_marks_are_left_out() -> None:
    assert decode(codecs.BOM_UTF8 + TEXT.encode(), "a.txt")[0] == TEXT
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "a.txt")[0] == TEXT


@pytest.mark.parametrize(
    ("data", "place", "problem"),
    [
        (b"", "", "empty"),
        (b" \n\t\r\n", "", "white space"),
        ("\u3000\u3000\n\u00a0".encode(), "", "white space"),
        (codecs.BOM_UTF8, "", "empty"),
        ("第一行\n第二\x00行".encode(), "line 2, character 3", "NUL"),
        ("第一行\r\n\r\n\x07".encode(), "line 3, character 1", "U+0007"),
        ("增长\x1b[1m5%".encode(), "line 1, character 3", "U+001B"),
        (TEXT.encode() + b"\xff\xfe\xfd", "line 3", "0xff"),
        (bytes(range(128, 256)) * 20, "line 1", "not text"),
        (b"%PDF-1.7\n...", "", "PDF"),
        (b"PK\x03\x04....", "", "ZIP"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "byte", "UTF-16"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, place: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "bad.txt")
    message = str(caught.value)
    assert message.startswith("bad.txt")
    assert place in message
    assert problem in message
    assert message.count(".") >= 2, "what to do is missing"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_an_input_error(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x")
    except InputError:
        return
    assert text
    assert data.decode(encoding) == text


def test_errors_survive_pickling() -> None:
    error = InputError("a.txt", "line 1", "something is wrong", "Mend it")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, BaogaoError)
    assert str(copy) == str(error) == "a.txt, line 1: something is wrong. Mend it."


def source_with(tmp_path: Path, facts: str | bytes) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "report.yaml").write_bytes(facts.encode() if isinstance(facts, str) else facts)
    return path


def test_facts_beside_a_source(tmp_path: Path) -> None:
    source = read_source(
        source_with(tmp_path, "date: 2021-01-08\nreview: 2020\nplan_years: 2021/2025\ncomplete: false\n")
    )
    assert source.name == "report.txt"
    assert source.facts == {"date": "2021-01-08", "review": "2020", "plan_years": "2021/2025", "complete": False}


def test_facts_are_read_as_they_are_written(tmp_path: Path) -> None:
    """What YAML would read as octal, as seconds, as a number, a date or a truth stays the text that it is."""
    facts = "document_number: 012\ntitle: 1:30:00\nissuer: 1_000\npost: yes\nyear: 2031\ndate: 2031-01\nnote: |\n  甲\n  乙\n"
    assert read_source(source_with(tmp_path, facts)).facts == {
        "document_number": "012",
        "title": "1:30:00",
        "issuer": "1_000",
        "post": "yes",
        "year": "2031",
        "date": "2031-01",
        "note": "甲 乙",
    }


def test_facts_set_a_reading_right(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "甲县2031年政府工作报告\n——2031年1月9日在甲县第九届人民代表大会第四次会议上\n各位代表：\n现在，我代表县人民政府向大会报告工作。\n"
        "一、2030年工作回顾\n粮食产量增长3%。\n",
        encoding="utf-8",
    )
    facts = {"title": "另一标题", "issuer": "另一机关", "date": "2031-02-01", "place": "江西省婺源县", "id": "own-1"}
    facts |= {"url": "https://www.example.com/a", "rights": "转载须注明来源"}
    (tmp_path / "a.yaml").write_text("".join(f"{key}: {value}\n" for key, value in facts.items()), encoding="utf-8")
    found = split(read_source(path))[0]
    assert (found.title, found.issuer, found.date) == ("另一标题", "另一机关", "2031-02-01")
    assert (found.place_id, found.report_id, found.source_url) == ("cn-361130", "own-1", "https://www.example.com/a")
    assert "转载须注明来源" in found.note


def test_facts_that_end_in_yml_are_not_overlooked(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "report.yml").write_text("place: 江西省婺源县\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.yml.*report\.yaml"):
        read_source(path)


def test_facts_of_several_reports(tmp_path: Path) -> None:
    source = read_source(source_with(tmp_path, "reports:\n  - number: 2\n    date: 2021-01\n"))
    assert source.facts == {"reports": [{"number": 2, "date": "2021-01"}]}


def test_no_facts(tmp_path: Path) -> None:
    path = tmp_path / "报告 一.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_source(path).facts == {}


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ("date: [2021", "not YAML"),
        ("\tdate: 2021", "not YAML"),
        ("- date", "key: value"),
        ("just words", "key: value"),
        ("dat: 2021-01-01", "unknown key `dat`"),
        ("date: January", "not a date"),
        ("date: 2021-13-01", "not a date"),
        ("date: '2021-13-01'", "not a date"),
        ("date: 2021", "not a date"),
        ("date: 2021-W05-1", "not a date"),
        ("year: 2０21", "not such a period"),
        ("date:", "not a text"),
        ("title: {a: b}", "not a text"),
        ("kind: speech", "unknown kind"),
        ("complete: perhaps", "neither true nor false"),
        ("review: 2017/2021", "not such a period"),
        ("plan_years: 2021/2017", "not such a period"),
        ("reports: 1", "list of facts"),
        ("reports: []\ndate: 2021-01-01", "only key"),
        ("reports:\n  - date: 2021-01-01", "`number`"),
        ("reports:\n  - number: 0", "`number`"),
        ("reports:\n  - number: 012", "`number`"),
        ("reports:\n  - number: 0o12", "`number`"),
        ("reports:\n  - number: 1_0", "`number`"),
        ("reports:\n  - number: 1\n    dat: 1", "unknown key"),
        (b"title: \x00", "NUL"),
        ("a: &a [*a]", "refers to another place"),
        ("title: 甲\ntitle: 乙", "stands there twice"),
        ("reports:\n  - number: 1\n  - number: 1", "has facts above"),
        ('title: "a\\0b"', "U+0000"),
        ('speaker: "x\\ry"', "U+000D"),
        ('title: "a\\u202eb"', "U+202E"),
        ('issuer: "临\\u200b川市"', "U+200B"),
        ('title: "\\ud83d"', "U+D83D"),
        ("title: " + "长" * 2_001, "2,001 characters"),
        ("note: " + "长" * 400_000, "bytes"),
        ("url: www.example.com", "no address"),
        ("id: 甲", "no identifier"),
        ("year: 26", "not such a period"),
    ],
)
def test_bad_facts(tmp_path: Path, facts: str | bytes, problem: str) -> None:
    with pytest.raises(InputError, match=r"report\.yaml") as caught:
        read_source(source_with(tmp_path, facts))
    assert problem in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_source(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="folder"):
        read_source(tmp_path)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "locked.txt").write_bytes(b"")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"Permission denied.*permissions"):
        read_source(tmp_path / "locked.txt")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8", "utf-16-le", "utf-16-be"])
def test_the_byte_that_is_no_text_is_named_in_every_encoding(encoding: str) -> None:
    content = ("二〇二一年，全市生糧食八万五千公斤，比上年多。\n" * 20).replace("万", "").encode(encoding, "ignore")
    at = content.index("\n".encode(encoding), len(content) // 2) + len("\n".encode(encoding))
    with pytest.raises(InputError) as told:
        decode(content[:at] + b"\xff" + content[at:], "a.txt")
    # Shifted by a byte, UTF-16 gives other characters, of which some are Chinese.
    assert at < int(re.search(r"byte (\d+)", str(told.value))[1]) <= at + 1 + 8 * encoding.startswith("utf-16")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_that_breaks_off_names_its_end(encoding: str) -> None:
    content = ("二〇二一年，全市粮食八万五千公斤，比上年多。\n" * 20).encode(encoding)
    assert decode(content, "a.txt")[1] == encoding
    with pytest.raises(InputError, match=f"byte {len(content) - 1} "):
        decode(content[:-1], "a.txt")
