"""Text that stands in two reports."""

import random
import re
import time
from unicodedata import normalize

import pytest
from collected import extracted, published

from pipeline.collection.fingerprints import fingerprints
from pipeline.meaning.gazetteer import gazetteer
from pipeline.models import Source

WORDS = (
    "全市工业投资企业项目建设农村学校医院道路水利生态环境科技创新金融贸易港口物流旅游文化体育社区养老就业收入税收财政"
    "改造提升新增完成推进加快实施发展培育引进开工投产治理保护服务保障改善巩固深化拓展优化统筹协调"
)


def sentence(rng):
    words = "".join(rng.choice(WORDS) for _ in range(rng.randint(14, 30)))
    return f"{words[:9]},{words[9:]}{rng.randint(2, 999)}个,{rng.choice(WORDS)}{words[3:8]}。"


def essay(seed, size):
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(size)]


def report(name, text, **more):
    """The rows of one report: itself, an observation for every number, and its fingerprints."""
    rows = []
    for match in re.finditer(r"[^。\n]+。?", text):
        for number in re.finditer(r"\d+", match[0]):
            start = match.start() + number.start()
            value = int(normalize("NFKC", number[0]))
            rows.append(
                {
                    "observation_id": f"{name}-{start}",
                    "report_id": name,
                    "text": number[0],
                    "start": start,
                    "stop": start + len(number[0]),
                    "quote": match[0],
                    "quote_start": match.start(),
                    "place_id": "cn-441900",
                    "indicator_id": "things",
                    "measure": "level",
                    "value": value,
                    "period": "2021",
                    "status": "actual",
                    **more.get("meaning", {}),
                }
            )
    place = rows[0]["place_id"] if rows else "cn-441900"
    head = {"report_id": name, "place_id": place, "date": more.get("date", ""), "complete": True, "kind": "other"}
    head |= {"source_file": f"{name}.txt", "start": 0, "stop": len(text), "characters": len(text), "published": ""}
    return head, rows, fingerprints(name, text)


def linked(*parts):
    """excerpt_of and same_as, by identifier."""
    tables = published(
        *([{"reports": [head], "observations": rows, "_fingerprints": prints}] for head, rows, prints in parts)
    )
    return (
        {r["report_id"]: r["excerpt_of"] for r in tables["reports"] if r["excerpt_of"]},
        {r["observation_id"]: r["same_as"] for r in tables["observations"] if r["same_as"]},
    )


def digits(parts, links):
    """Pairs of numerals that were linked, as (sentence, numeral) without marks."""
    rows = {r["observation_id"]: r for _, rows, _ in parts for r in rows}

    def plain(row):
        return re.sub(r"\W", "", normalize("NFKC", row["quote"]))[-12:], normalize("NFKC", row["text"])

    return [(plain(rows[one]), plain(rows[two])) for one, two in links.items()]


WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: "".join(lines),
        lambda lines: "\n".join(lines),
        lambda lines: "".join(lines).replace(",", "，").translate(WIDE),
        lambda lines: "".join(lines).replace(",", "、").replace("。", "；\n"),
        lambda lines: re.sub(r"(.{37})", r"\1\r\n  ", "".join(lines)),
        lambda lines: "".join(line.replace(line[4], "", 1) if i % 4 == 0 else line for i, line in enumerate(lines)),
    ],
    ids=["as it is", "a line each", "full width", "other marks", "broken lines", "words left out"],
)
def test_an_extract_is_linked_whatever_its_typography(change):
    lines = essay(1, 120)
    whole = report("cn-1-2022-work-report", "一、标题在此\n" + "\n".join(lines) + "\n二、结束")
    part = report("cn-1-2022-work-report-abcdef", change(lines[40:90]))
    excerpts, links = linked(whole, part)
    assert excerpts == {"cn-1-2022-work-report-abcdef": "cn-1-2022-work-report"}
    assert set(links) == {row["observation_id"] for row in part[1]}
    assert len(set(links.values())) == len(links), "one observation each"
    expected = [row["observation_id"] for row in whole[1] if any(row["quote"] in line for line in lines[40:90])]
    assert list(links.values()) == expected


def test_headings_dropped_and_passages_left_out():
    lines = essay(2, 120)
    whole = [f"第{i}部分标题文字在此\n{line}" if i % 5 == 0 else line for i, line in enumerate(lines)]
    one, two = report("a-2022", "\n".join(whole)), report("b-2022", "".join(lines[10:40] + lines[70:100]))
    excerpts, links = linked(one, two)
    assert excerpts == {"b-2022": "a-2022"}
    assert len(links) == 60
    assert all(here == there for here, there in digits([one, two], links))


def test_the_numeral_has_to_be_the_same():
    lines = essay(3, 60)
    changed = [re.sub(r"\d+", "1000", line) if i % 3 == 0 else line for i, line in enumerate(lines)]
    _, links = linked(report("a-2022", "\n".join(lines)), report("b-2022", "\n".join(changed[:50])))
    assert len(links) == len([i for i in range(50) if i % 3])


def test_the_same_sentence_twice_is_linked_in_its_order():
    lines = essay(4, 60)
    lines[30] = lines[20]
    whole, part = report("a-2022", "\n".join(lines)), report("b-2022", "".join(lines[10:40]))
    _, links = linked(whole, part)
    assert list(links.values()) == [row["observation_id"] for row in whole[1][10:40]]


def test_phrases_that_all_use_make_no_extract():
    phrases = essay(5, 40)
    parts = []
    for number, place in zip(range(30), gazetteer(), strict=False):
        own = essay(100 + number, 12)
        parts.append(report(f"r{number}-2022", "\n".join(phrases + own), meaning={"place_id": place.place_id}))
    assert linked(*parts) == ({}, {})


def test_a_text_that_many_reprint_is_still_found():
    lines = essay(6, 200)
    whole = report("whole-2022", "\n".join(lines))
    parts = [report(f"news{n:02}-2022", "\n".join(lines[n : n + 60])) for n in range(0, 30, 2)]
    excerpts, links = linked(whole, *parts)
    assert set(excerpts.values()) == {"whole-2022"}
    assert len(excerpts) == len(parts)
    assert len(links) == 60 * len(parts)
    assert {target.partition("-2022")[0] for target in links.values()} == {"whole"}


def test_a_copy_of_equal_length_has_one_that_leads():
    text = "\n".join(essay(7, 30))
    excerpts, links = linked(report("b-2022", text), report("a-2022", text))
    assert excerpts == {"b-2022": "a-2022"}
    assert len(links) == 30


def test_a_passage_in_two_reports_is_one_statement_if_it_means_the_same():
    lines = essay(8, 30)
    one = report("a-2022", "\n".join(essay(9, 80) + lines), date="2022-01-10")
    two = report("b-2022", "\n".join(essay(10, 90) + lines), date="2022-03-01")
    other = report("c-2023", "\n".join(essay(11, 90) + lines), date="2023-01-01", meaning={"period": "2022"})
    excerpts, links = linked(two, one, other)
    assert excerpts == {}
    assert {key.partition("-")[0] for key in links} == {"b"}
    assert {key.partition("-")[0] for key in links.values()} == {"a"}
    assert len(links) == 30


def test_unrelated_reports_share_nothing():
    assert linked(*(report(f"r{n}-2022", "\n".join(essay(20 + n, 40))) for n in range(5))) == ({}, {})


@pytest.mark.parametrize("text", ["", "短", "１２３", "\ud800" * 20, "啊" * 5000])
def test_any_text_has_fingerprints(text):
    (row,) = fingerprints("a", text)
    assert len(row["hashes"]) == len(row["places"])
    assert linked(report("a-2022", text), report("b-2022", text))[1] == {}


def test_fingerprints_do_not_depend_on_the_pieces(monkeypatch):
    text = "，\n".join(essay(50, 200))
    (whole,) = fingerprints("a", text, 7)
    for size in (1, 5, 64, 1000):
        monkeypatch.setattr("pipeline.collection.fingerprints._PIECE", size)
        assert fingerprints("a", text, 7) == [whole]


def test_cost_grows_with_the_text():
    def seconds(count):
        phrases = essay(30, 30)
        parts = [report(f"r{n:04}-2022", "\n".join(phrases + essay(1000 + n, 30))) for n in range(count)]
        begin = time.process_time()
        linked(*parts)
        return time.process_time() - begin

    seconds(5)
    # A machine that does something else for a moment is slow once; what is not in proportion is so each time.
    assert any(seconds(80) < 8 * seconds(10) * 4 + 0.5 for _ in range(3))


def test_from_source_to_rows():
    body = "".join(f"新建第{n}类学校{n + 3}所,改造{line}" for n, line in enumerate(essay(40, 40)))
    texts = {
        "whole.txt": f"2022年政府工作报告\n——2022年1月11日在某市人民代表大会上\n一、工作\n{body}",
        "part.txt": body[300:1500],
    }
    parts = []
    for name, text in texts.items():
        facts = {"kind": "news", "date": "2022-01-12"} if name == "part.txt" else {}
        parts.append(extracted(Source(name, text, "utf-8", facts)))
    tables = published(*parts)
    news = [row for row in tables["reports"] if row["source_file"] == "part.txt" and row["kind"] != "residue"]
    assert [bool(row["excerpt_of"]) for row in news] == [True]
    repeated = [row for row in tables["observations"] if row["report_id"] == news[0]["report_id"]]
    assert repeated
    assert all(row["same_as"] for row in repeated)
