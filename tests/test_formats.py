"""One report in every format gives the same rows; hostile files give advice in bounded time."""

from __future__ import annotations

import sys
from importlib import import_module

import documents
import pytest
from documents import TEXT, document, zipped

from pipeline.errors import InputError
from pipeline.extract import extract_bytes
from pipeline.text import readers
from pipeline.text.readers import Options, read_layer

FILES = {
    "a.md": documents.markdown,
    "a.html": documents.html,
    "a.docx": documents.docx,
    "a.pdf": documents.printed,
    "a.csv": documents.csv_file,
    "a.jsonl": documents.jsonl,
    "a.xlsx": documents.xlsx,
}
MEANING = [
    "indicator_id",
    "indicator_text",
    "place_id",
    "measure",
    "value",
    "unit",
    "bound",
    "status",
    "period",
    "comparison",
]


@pytest.mark.parametrize("name", FILES)
def test_the_same_rows_from_every_format(name: str) -> None:
    expected = extract_bytes(TEXT.encode(), "a.txt")["observations"]
    found = extract_bytes(FILES[name](), name)
    meaning = [[row[column] for column in MEANING] for row in found["observations"]]
    assert meaning == [[row[column] for column in MEANING] for row in expected]
    layer = read_layer(FILES[name](), name)
    assert all(layer.text[int(str(r["start"])) : int(str(r["stop"]))] == r["text"] for r in found["observations"])
    assert [row["kind"] for row in found["reports"]] == ["work_report"]
    assert layer.plain == (name == "a.md")
    assert bool(layer.locations) != layer.plain


def test_places_in_the_file() -> None:
    layer = read_layer(documents.docx(), "a.docx")
    at = layer.text.index("301.4")
    assert next(place.element for place in layer.locations if place.start <= at < place.stop) == "tbl[1]/tr[3]/tc[3]"
    layer = read_layer(documents.printed(), "a.pdf")
    at = layer.text.index("301.4")
    assert next(place.page for place in layer.locations if place.start <= at < place.stop) == 3
    layer = read_layer(documents.html(), "a.html")
    at = layer.text.index("301.4")
    place = next(place.element for place in layer.locations if place.start <= at < place.stop)
    assert place == "/html/body/div[1]/table[1]/tbody[1]/tr[3]/td[3]"


def test_a_page_without_its_menus() -> None:
    text = read_layer(documents.html(), "a.html").text
    assert "首页" not in text
    assert "备案号" not in text
    assert "要闻" not in text
    assert text.startswith("政府工作报告\n——2031年")


def test_raised_numbers_and_merged_cells_of_a_page() -> None:
    page = "<p>粮食12万吨<sup>3</sup>，面积5km<sup>2</sup>。</p><table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert read_layer(page.encode(), "a.html").text == "粮食12万吨[3]，面积5km2。\n甲\t乙\t\n\t1\t2\n"


def test_columns_bound_the_place_and_the_text_refines_it() -> None:
    text = TEXT.replace("浙江省安吉县", "").replace("安吉县", "")
    rows = f'省份,城市,年份,全文\n浙江省,湖州市,2031,"{text}"\n浙江省,湖州市,2031,"{TEXT}"\n'
    reports = extract_bytes(rows.encode(), "a.csv")["reports"]
    assert [row["place_id"] for row in reports] == ["cn-330500", "cn-330523"]


def test_a_column_that_the_user_names() -> None:
    rows = f'甲,乙\n1,"{TEXT}"\n'.encode()
    layer = read_layer(rows, "a.csv", Options({"text": "乙"}))
    assert [layer.text[part.start : part.stop] for part in layer.parts] == [TEXT.strip()]
    with pytest.raises(InputError, match="no column 丙"):
        read_layer(rows, "a.csv", Options({"text": "丙"}))


def test_two_columns_are_said_and_read_one_after_the_other() -> None:
    left = [(60, 700 - 20 * row, 12, f"左栏的第{row}行写得很满没有标点符号") for row in range(10)]
    right = [(320, 700 - 20 * row, 12, f"右栏的第{row}行写得很满没有标点符号") for row in range(10)]
    both = [line for pair in zip(left, right, strict=True) for line in pair]
    layer = read_layer(documents.pdf([both]), "a.pdf")
    assert layer.remarks == ("page 1 is set in two columns, which are read one after the other",)
    assert layer.text.index("左栏的第9行") < layer.text.index("右栏的第0行")


def test_a_scan_is_said() -> None:
    with pytest.raises(InputError, match="has no text"):
        read_layer(documents.pdf([[]]), "a.pdf")


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", zipped({"word/document.xml": b" " * 50_000_000}), "unpacked"),
        (
            "a.docx",
            zipped({"word/document.xml": ENTITY + document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")}),
            "entities",
        ),
        ("a.docx", zipped({"word/document.xml": document("")[:-5]}), "no XML"),
        ("a.docx", zipped({"other.xml": "<a/>"}), "no Word file"),
        ("a.docx", b"PK\x03\x04 and no more", "no Office file"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "old or an encrypted"),
        ("a.xlsx", zipped({"xl/workbook.xml": b" " * 50_000_000}), "unpacked"),
        ("a.html", b"<div>" * 100_000, "deep"),
        ("a.html", b"<script>1</script>", "no text"),
        ("a.pdf", b"%PDF-1.4 and no more", "damaged"),
        ("a.jsonl", b"[" * 100_000, "no JSON"),
    ],
)
def test_hostile_and_damaged_files_give_advice(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        read_layer(data, name)
    assert raised.value.remedy


def test_parts_that_are_too_large_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.text.readers.archive._MOST_TOGETHER", 1000)
    with pytest.raises(InputError, match="unpacked"):
        read_layer(zipped({"xl/workbook.xml": " " * 800, "xl/other.xml": " " * 800}), "a.xlsx")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError, match="openpyxl"):
        read_layer(zipped({"xl/workbook.xml": "<a/>"}), "a.xlsx")


def test_every_format_has_a_reader() -> None:
    for name in sorted({*readers.FORMATS.values(), readers.PLAIN}):
        assert callable(import_module(f"pipeline.text.readers.{name}").read)
