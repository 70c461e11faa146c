"""Decoding, bad input, and the facts that stand beside a source."""

import codecs
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("date: 2021-13-01", "month must be in 1..12"),
        ("date: '2021-13-01'", "not a date"),
        ("date: 2021", "not a date"),
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
        ("reports:\n  - number: 1\n    dat: 1", "unknown key"),
        (b"title: \x00", "NUL"),
        ("a: &a [*a]", "unknown key"),
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
