"""What readers put right: the files beside a source, what they change in its rows, and what no longer fits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.extract import extract_source
from pipeline.run.parts import Parts
from pipeline.run.pieces import cut
from pipeline.text.corrections import corrections_of, fields_digest, reviews_of
from pipeline.text.sources import read_source

TEXT = (
    "2022年安吉县政府工作报告\n2021年，全县地区生产总值增长8.2%。粮食产量12.5万吨，下降1.5%。新建学校3所、公园5个。\n"
)
WHOLE = (
    "安吉县政府工作报告\n——2022年1月10日在安吉县第十七届人民代表大会第三次会议上\n"
    "各位代表：现在，我代表县人民政府向大会报告工作，请予审议。\n一、2021年工作回顾\n"
)
TAIL = "  reason: read again\n  date: 2026-11-29\n"
OTHER = "  observation: cn-330523-2022-work-report-00000000-1\n"


def source(tmp_path: Path, corrections: str = "", review: str = "", text: str = TEXT):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.corrections.yaml").write_text(corrections or "[]", encoding="utf-8")
    if review:
        (tmp_path / "a.review.csv").write_text(review, encoding="utf-8")
    return read_source(tmp_path / "a.txt")


def at(number: str, text: str = TEXT) -> str:
    return f"- start: {text.index(number)}\n  text: {number!r}\n"


def row(rows, number):
    [found] = [row for row in rows["observations"] if row["text"] == number]
    return found


def test_a_column_is_set_and_what_follows_from_it(tmp_path):
    said = at("12.5") + "  set: {unit: 吨, value: 13, bound: at_least, indicator_text: 油料产量, period: '2020'}\n"
    rows = extract_source(source(tmp_path, said + "  was: {unit: 万吨}\n" + TAIL))
    found = row(rows, "12.5")
    assert (found["amount"], found["low"], found["high"]) == (Decimal(13000), Decimal(13), None)
    assert (found["period_start"], found["period_end"]) == ("2020-01-01", "2020-12-31")
    assert (found["indicator_id"], found["review"]) == ("oil_crops.output", "corrected")
    assert [(one["field"], one["was"], one["is"]) for one in rows["corrections"]] == [
        ("bound", "exact", "at_least"),
        ("indicator_text", "粮食产量", "油料产量"),
        ("period", "2021", "2020"),
        ("unit", "万吨", "吨"),
        ("value", "12.5", "13"),
    ]
    assert row(rows, "8.2")["review"] == "none"


def test_columns_of_another_status_or_measure_are_emptied(tmp_path):
    text = TEXT + "2022年，力争地区生产总值增长9%。"
    said = f"- start: {text.rindex('9')}\n  text: '9'\n  set: {{status: actual, measure: level, period: '2021'}}\n"
    found = row(extract_source(source(tmp_path, said + TAIL, text=text)), "9")
    assert (found["modality"], found["comparison"], found["reference_period"]) == ("", "", "")
    assert found["amount"] == 9


def test_the_year_before_follows_the_year(tmp_path):
    rows = extract_source(source(tmp_path, at("8.2") + "  set: {period: '2019'}\n" + TAIL))
    assert row(rows, "8.2")["reference_period"] == "2018/2018"
    assert row(rows, "8.2")["reference_start"] == "2018-01-01"


def test_a_row_is_withdrawn_and_its_numeral_is_a_name(tmp_path):
    rows = extract_source(source(tmp_path, f"- start: {TEXT.index('3所')}\n  text: '3'\n  withdraw: name\n" + TAIL))
    assert "3" not in {row["text"] for row in rows["observations"]}
    assert [row["kind"] for row in rows["numerals"] if row["text"] == "3"] == ["name"]
    [entry] = rows["corrections"]
    assert (entry["observation_id"], entry["action"], entry["field"], entry["is"]) == (None, "withdraw", "kind", "name")


def test_a_row_is_added_where_none_was_read(tmp_path):
    text = TEXT + "“9+1”工程共有10类设施。"
    said = f"- start: {text.index('9+')}\n  text: '9'\n" + (
        "  add: {indicator_text: 设施种类, measure: level, value: 9, unit: 类, status: actual, period: '2021'}\n"
    )
    rows = extract_source(source(tmp_path, said + TAIL, text=text))
    found = row(rows, "9")
    assert found["observation_id"].startswith("cn-330523-2022-work-report-")
    assert (found["amount"], found["place_id"], found["rule"]) == (9, "cn-330523", "correction")
    assert [one["kind"] for one in rows["numerals"] if one["start"] == found["start"]] == ["observation"]
    assert {one["action"] for one in rows["corrections"]} == {"add"}


@pytest.mark.parametrize(
    ("before", "part"), [("", "body"), ("\n名词解释：\n1.校园“双百”工程：指新建学校。\n2.", "glossary")]
)
def test_an_added_target_is_stated_where_it_stands(tmp_path, before, part):
    text = f"{TEXT}{before}“9+1”工程：今年要建成9类设施。"
    said = f"- start: {text.index('9+')}\n  text: '9'\n" + (
        "  add: {indicator_text: 设施种类, measure: level, value: 9, unit: 类, status: target, period: '2022'}\n"
    )
    rows = extract_source(source(tmp_path, said + TAIL, text=text))["observations"]
    assert [one["stated_in"] for one in rows if one["rule"] == "correction"] == [part]


def test_what_is_read_by_now_is_checked_and_no_correction(tmp_path):
    rows = extract_source(source(tmp_path, at("8.2") + "  set: {period: '2021'}\n  was: {period: '2020'}\n" + TAIL))
    assert rows["corrections"] == []
    assert row(rows, "8.2")["review"] == "checked"


def test_an_addition_that_is_read_by_now_is_no_second_row(tmp_path):
    add = "  add: {indicator_text: 地区生产总值, measure: growth, value: 8.2, unit: '%', status: estimate}\n"
    found = row(extract_source(source(tmp_path, at("8.2") + add + TAIL)), "8.2")
    assert (found["status"], found["period"], found["review"]) == ("estimate", "2021", "corrected")
    both = extract_source(source(tmp_path, at("8.2") + add.replace("地区生产总值", "财政收入") + TAIL))
    assert [row["indicator_text"] for row in both["observations"] if row["text"] == "8.2"] == [
        "地区生产总值",
        "财政收入",
    ]


def test_an_indicator_that_is_named_stands(tmp_path):
    said = at("8.2") + "  set: {indicator_text: 经济规模, indicator_id: gdp}\n"
    assert row(extract_source(source(tmp_path, said + TAIL)), "8.2")["indicator_id"] == "gdp"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (at("8.2") + "  set: {period: '2019'}\n  was: {period: '2020'}\n", "period is “2021” by now, not “2020”"),
        ("- start: 3\n  text: '8.2'\n  set: {period: '2019'}\n", "It stands at 31 now"),
        ("- start: 300\n  text: '8.2'\n  set: {period: '2019'}\n", "no report of a.txt has character 300"),
        ("- observation: cn-330523-2022-work-report-00000000-1\n  withdraw: name\n", "there is no observation"),
        ("- observation: cn-110000-2022-work-report-00000000-1\n  withdraw: name\n", "no report of a.txt has"),
        (at("2022") + "  set: {period: '2019'}\n", "there is no observation at character 0"),
        (at("8.2") + "  set: {place_id: cn-999999}\n", "no place of the table places"),
        (at("8.2") + "  set: {bound: range}\n", "only a range"),
        (at("8.2") + "  set: {period: 2021-02-31}\n", "not in the calendar"),
        (at("8.2") + "  set: {phrase: 9%}\n", "does not stand in the sentence"),
        (at("8.2") + "  withdraw: observation\n", "no observation of the numeral is left"),
        (at("8.2") + OTHER + "  withdraw: name\n", "-2, not cn-330523-2022-work-report-00000000-1"),
        (at("2022") + OTHER + "  withdraw: name\n", "-…, not cn-330523-2022-work-report-00000000-1"),
        (at("8.2") + OTHER + "  set: {period: '2019'}\n", "-2, not cn-330523-2022-work-report-00000000-1"),
        (at("8.2") + "  set: {kind: name}\n", "Use `withdraw`"),
        (at("8.2") + "  set: {kind: name, period: '2019'}\n", "a kind is set for a numeral"),
        (
            at("8.2").replace("8.2", "8")
            + "  add: {indicator_text: 财政收入, measure: level, value: 8, status: actual}\n",
            "Give its whole text",
        ),
    ],
)
def test_what_does_not_fit_is_an_error_with_advice(tmp_path, entry, said):
    with pytest.raises(InputError, match=said) as error:
        extract_source(source(tmp_path, entry + TAIL))
    assert (error.value.name, error.value.place) == ("a.corrections.yaml", "entry 1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("set: 1", "not a list of corrections"),
        ("- observation: x\n  set: {period: 2019}\n", "`reason` is missing"),
        ("- set: {period: 2019}\n" + TAIL, "which row is meant"),
        ("- observation: x\n" + TAIL, "does one thing"),
        ("- observation: x\n  set: {amount: 3}\n" + TAIL, "unknown column `amount`"),
        ("- observation: x\n  set: {value: many}\n" + TAIL, "`many` is no number"),
        ("- observation: x\n  set: {value: 012}\n" + TAIL, "`012` is no number"),
        ("- observation: x\n  set: {value: 0o12}\n" + TAIL, "`0o12` is no number"),
        ("- observation: x\n  set: {value: 1_000}\n" + TAIL, "`1_000` is no number"),
        ("- observation: x\n  set: {value: 1:30:00}\n" + TAIL, "`1:30:00` is no number"),
        ("- observation: x\n  set: {value: １２}\n" + TAIL, "`１２` is no number"),
        ("- start: 012\n  text: '2'\n  set: {value: 3}\n" + TAIL, "no offset"),
        ("- observation: x\n  set: {bound: above}\n" + TAIL, "unknown code `above`. Known are exact"),
        ("- observation: x\n  set: {period: last year}\n" + TAIL, "not written as this column is"),
        ("- observation: x\n  set: {measure: ''}\n" + TAIL, "cannot be empty"),
        ("- observation: x\n  withdraw: nothing\n" + TAIL, "unknown code `nothing`"),
        ("- observation: x\n  add: {value: 3}\n" + TAIL, "has no row yet"),
        ("- start: 1\n  text: '2'\n  add: {value: 3}\n" + TAIL, "lacks indicator_text, measure, status"),
        ("- start: -1\n  text: '2'\n  set: {value: 3}\n" + TAIL, "no offset"),
        ("- observation: x\n  set: {value: 3}\n  reason: r\n  date: today\n", "`today` is no day"),
        ("- observation: x\n  observation: y\n", "stands there twice"),
        ("- observation: x\n  column: y\n", "unknown key `column`"),
    ],
)
def test_a_file_that_is_not_written_as_it_should_be(text, said):
    with pytest.raises(InputError, match=said):
        corrections_of(text.encode(), "a.corrections.yaml")


def test_a_review_holds_until_the_row_changes(tmp_path):
    first = extract_source(source(tmp_path))
    found = row(first, "8.2")
    review = f"observation_id,digest,readers,date\n{found['observation_id']},{fields_digest(found)},2,2026-11-29\n"
    again = row(extract_source(source(tmp_path, review=review)), "8.2")
    assert again["review"] == "checked"
    assert again["confidence"] >= found["confidence"]
    longer = row(extract_source(source(tmp_path, review=review, text="\n\n" + TEXT)), "8.2")
    assert longer["review"] == "checked", "it may stand elsewhere"
    void = review.replace(fields_digest(found), "0" * 16)
    assert row(extract_source(source(tmp_path, review=void)), "8.2")["review"] == "none"
    right = at("8.2") + "  set: {period: '2020'}\n" + TAIL
    assert row(extract_source(source(tmp_path, right, review)), "8.2")["review"] == "corrected"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,digest\n", "not the columns of a review"),
        ("observation_id,digest,readers,date\na,b,c\n", "missing or too many"),
        ("observation_id,digest,readers,date\na,b,none,2026-11-29\n", "no number of readers"),
        ("observation_id,digest,readers,date\na,b,02,2026-11-29\n", "no number of readers"),
        ("observation_id,digest,readers,date\na,b,2,soon\n", "is no day"),
    ],
)
def test_a_review_that_is_not_written_as_it_should_be(text, said):
    with pytest.raises(InputError, match=said):
        reviews_of(text.encode(), "a.review.csv")


def test_a_part_depends_on_what_is_put_right(tmp_path):
    plain = Parts.key(source(tmp_path))
    assert Parts.key(source(tmp_path, at("8.2") + "  set: {period: '2019'}\n" + TAIL)) != plain
    (tmp_path / "a.corrections.yaml").unlink()
    assert Parts.key(source(tmp_path, review="observation_id,digest,readers,date\na,b,1,2026-11-29\n")) != plain


def test_pieces_of_a_large_file_have_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.run.pieces.WHOLE", 10)
    monkeypatch.setattr("pipeline.run.pieces.PIECE", 10)
    one = WHOLE + TEXT.partition("\n")[2]
    text = one + "\f" + one.replace("安吉", "德清")
    start = text.rindex("8.2")
    given = source(tmp_path, f"- start: {start}\n  text: '8.2'\n  set: {{period: '2019'}}\n{TAIL}", text=text)
    pieces = cut(given)
    assert len(pieces) > 1
    rows = [one for piece in pieces for found in piece.rows() for one in found.get("observations", [])]
    assert [(one["start"], one["period"]) for one in rows if one["text"] == "8.2"] == [
        (text.index("8.2"), "2021"),
        (start, "2019"),
    ]


def test_rules_alone(tmp_path):
    source(tmp_path, at("8.2") + "  set: {period: '2019'}\n" + TAIL, "observation_id,digest,readers,date\n")
    alone = read_source(tmp_path / "a.txt", corrected=False)
    assert (alone.corrections, alone.reviews) == ((), ())
    assert row(extract_source(alone), "8.2")["period"] == "2021"
