"""The page on which readers check rows: what stands in it, and, in a real browser, what it gives back."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.extract import extract_source
from pipeline.review import beside_source, review_page
from pipeline.text.sources import read_source

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
TEXT = (
    "2022年安吉县政府工作报告\n2021年，全县地区生产总值增长8.2%。粮食产量12.5万吨，下降1.5%。"
    "新建学校3所、公园5个。“</script>”工程投资6亿元。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.txt"


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_doubtful_rows_come_first_with_sentence_reading_and_trace(report: Path) -> None:
    found = data_of(review_page([beside_source(report)]))
    sure = [row["confidence"] for row in found["rows"]]
    assert sure == sorted(sure)
    assert len(sure) == len(extract_source(read_source(report))["observations"]) == 6
    for row in found["rows"]:
        assert TEXT[row["start"] :].startswith(row["quote"][slice(*row["at"])])
        assert row["trace"]["value"]
        assert row["values"]["indicator_text"]


def test_the_page_asks_no_other_host(report: Path) -> None:
    page = review_page([beside_source(report)])
    assert not re.search(r"(?:src|href)=[\"'](?!data:)|@import|url\(|fetch\(|https?:", page)
    assert "default-src 'none'" in page
    assert page.count("</script>") == 2, "no text ends a script"
    assert "@" not in re.sub(r'id="data">.*?</script>', "", page, flags=re.S), "no mark is left"


def test_rows_that_were_read_come_last(report: Path) -> None:
    [first, *_] = data_of(review_page([beside_source(report)]))["rows"]
    line = f"{first['id']},{first['digest']},1,2026-11-29\n"
    report.with_name("a.review.csv").write_text(f"observation_id,digest,readers,date\n{line}", encoding="utf-8")
    again = data_of(review_page([beside_source(report)]))
    assert (again["rows"][-1]["id"], again["rows"][-1]["review"]) == (first["id"], "checked")
    assert line in again["files"][0]["review"]["text"]


def test_command(report: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["review", str(report), "--output", str(tmp_path / "review.html")])
    assert result.exit_code == 0, result.output
    assert len(data_of((tmp_path / "review.html").read_text(encoding="utf-8"))["rows"]) == 6
    assert CliRunner().invoke(main, ["review", str(report), "--output", str(report)]).exit_code == 1


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium fonts-noto-cjk")
def test_in_a_browser_rows_are_accepted_mended_and_withdrawn_by_keyboard(report: Path, tmp_path: Path) -> None:
    """What the page gives is read with the source, and means what was said."""
    playwright = pytest.importorskip("playwright.sync_api")
    page_file = tmp_path / "review.html"
    page_file.write_text(review_page([beside_source(report)]), encoding="utf-8")
    rows = data_of(page_file.read_text(encoding="utf-8"))["rows"]
    wrong: list[str] = []
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(accept_downloads=True, locale="en-GB")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(page_file.as_uri())
        assert page.locator("mark").inner_text() == TEXT[rows[0]["start"] :][: len(page.locator("mark").inner_text())]
        page.keyboard.press("a")
        page.keyboard.press("m")
        page.fill("[name=period]", "2020")
        page.keyboard.press("Enter")
        assert page.locator("#wrong").inner_text(), "a reason is asked for"
        page.fill("#reason", 'the “year” before: "2020"')
        page.keyboard.press("Enter")
        page.keyboard.press("w")
        page.select_option("#kind", "threshold")
        page.fill("#reason", "tells what is counted")
        page.keyboard.press("Enter")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("a")
        page.keyboard.press("a")
        page.keyboard.press("k")
        page.keyboard.press("u")
        page.reload()
        said = page.locator("#done").inner_text()
        for kind, name in (("corrections", "a.corrections.yaml"), ("review", "a.review.csv")):
            with page.expect_download() as waiting:
                page.locator(f".save-{kind}").click()
            assert waiting.value.suggested_filename == name
            waiting.value.save_as(report.with_name(name))
        browser.close()
    assert not wrong
    after = {row["observation_id"]: row for row in extract_source(read_source(report))["observations"]}
    assert after[rows[0]["id"]]["review"] == "checked"
    assert (after[rows[1]["id"]]["period"], after[rows[1]["id"]]["review"]) == ("2020", "corrected")
    assert rows[2]["id"] not in after
    with report.with_name("a.review.csv").open(encoding="utf-8", newline="") as file:
        accepted = list(csv.DictReader(file))
    assert f"{len(accepted) + 2} of 6" in said
    assert {row["digest"] for row in accepted} <= {row["digest"] for row in rows}
