"""The site in a real browser: what a visitor does. Skipped where no Chromium is found."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium fonts-noto-cjk")
PAGES = [
    "", "indicators/", "indicators/gdp/", "things/", "topics/output/", "lists/alphabetical/", "places/", "places/cn-441224/",
    "reports/", "reports/cn-441224-2019-work-report/", "explore/", "data/", "data/work-reports/", "reuse/", "quality/",
    "benchmark/", "scale/", "method/", "changes/", "reference/commands/", "commitments/", "api/", "search/?q=GDP",
    "things/-output/", "things/gdp/", "404.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def built(sample_site: Path) -> Path:
    return sample_site


@pytest.fixture(scope="module")
def address(built) -> Iterator[str]:
    from site_sample import served

    with served(built / "site") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as tool:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
        # A machine that does much else at the same time is slow.
        playwright.expect.set_options(timeout=60_000)
        found = tool.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


class Watch:
    """What went wrong on the pages of one visit."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.wrong: list[str] = []

    def page(self, page: playwright.Page) -> playwright.Page:
        page.on("console", lambda message: message.type == "error" and self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("response", lambda answer: answer.status >= 400 and self.wrong.append(f"{answer.status} {answer.url}"))
        page.on("request", lambda request: self._host(request.url))
        return page

    def _host(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"another host: {url}")


@pytest.fixture
def visit(browser, address) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address, accept_downloads=True)
    context.set_default_timeout(60_000)
    watch = Watch(address)
    yield watch.page(context.new_page())
    context.close()
    assert not watch.wrong


def test_no_page_breaks_overflows_or_asks_another_host(browser, address):
    """Every kind of page: the English ones on a desk by day, the Chinese ones on a phone by night."""
    wide = []
    for width, scheme, language in ((1280, "light", ""), (390, "dark", "zh/")):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, base_url=address, reduced_motion="reduce"
        )
        watch = Watch(address)
        page = watch.page(context.new_page())
        for path in PAGES:
            page.goto(language + path)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                wide.append((width, language + path, over))
            assert page.evaluate("window.broken") is None, path
        context.close()
        assert not watch.wrong
    assert not wide


def test_start_page_leads_from_a_number_to_its_words_and_back(visit):
    visit.goto("")
    assert visit.locator("ul.counts strong").first.inner_text().replace(",", "").isdigit()
    row = visit.locator("table.summary tbody tr").first
    number = row.locator("mark").inner_text()
    row.locator("a").click()
    visit.wait_for_url("**/indicators/**")
    target = visit.locator("tbody:target")
    assert target.locator("mark").inner_text() == number
    target.locator("p.source a").first.click()
    visit.wait_for_url("**/reports/**")
    mark = visit.locator("button.num:target")
    assert mark.inner_text() == number
    mark.click()
    card = visit.locator(".row-card:popover-open")
    card.locator("a").first.click()
    visit.wait_for_url("**/indicators/**")


def test_cards_open_by_keyboard_and_close(visit):
    visit.goto("reports/cn-441224-2019-work-report/")
    mark = visit.locator("button.num").first
    mark.focus()
    visit.keyboard.press("Enter")
    assert visit.locator(".row-card:popover-open").count() == 1
    visit.keyboard.press("Escape")
    assert visit.locator(".row-card:popover-open").count() == 0


def test_everything_can_be_read_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("reports/cn-441224-2019-work-report/")
    page.locator("button.num").first.click()
    assert page.locator(".row-card:popover-open").count() == 1
    page.goto("explore/")
    assert page.locator("#rows tr").count() >= 30
    page.goto("indicators/gdp/")
    assert page.locator("table.observations mark").count() > 1
    context.close()


def test_indicator_page_has_a_chart_and_its_rows_as_a_file(visit, tmp_path):
    visit.goto("indicators/gdp/")
    assert visit.locator("figure.chart svg.mark.target").count() >= 1
    assert visit.locator("figure.chart svg.mark.actual").count() >= 1
    with visit.expect_download() as waiting:
        visit.locator(".downloads a").first.click()
    waiting.value.save_as(tmp_path / "gdp.csv")
    with (tmp_path / "gdp.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == visit.locator("table.observations tbody").count()
    assert {row["indicator_id"] for row in rows} == {"gdp"}


@pytest.mark.parametrize(
    ("start", "query", "expected"),
    [
        ("", "gross domestic product", "/indicators/gdp/"),
        ("", "生产总值", "/indicators/gdp/"),
        ("zh/", "生产总值", "/zh/indicators/gdp/"),
        ("zh/", "列席", "/zh/reports/cn-441224-"),
        ("", "列席", "/reports/cn-441224-"),
    ],
)
def test_search_finds_names_and_words_inside_sentences(visit, start, query, expected):
    visit.goto(start)
    visit.locator(".site-search input").click()
    visit.keyboard.insert_text(query)  # as pasted text: no key is pressed
    links = visit.locator(".site-hits a")
    playwright.expect(links.locator(f"xpath=self::*[contains(@href, '{expected}')]").first).to_be_attached()
    assert visit.evaluate("window.broken") is None


def test_a_row_is_cited_by_its_card(browser, address):
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    page = Watch(address).page(context.new_page())
    page.goto("indicators/gdp/")
    card = page.locator("details.cite").first
    card.locator("summary").click()
    assert "Huaiji County" in card.locator(".statement").inner_text()
    row = page.locator("table.observations tbody").first.get_attribute("id")
    card.get_by_role("button", name="Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}indicators/gdp/#{row}"
    card.get_by_role("button", name="Copy BibTeX").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"@misc{{{row},")
    context.close()


def test_a_page_that_is_not_there_offers_a_search(visit):
    visit.goto("404.html")
    visit.locator(".page-search input").fill("GDP")
    assert visit.locator(".page-search").get_attribute("action").endswith("/search/")


def test_language_switch_stays_on_the_page(visit):
    for path in ("", "indicators/gdp/", "data/work-reports/"):
        visit.goto(path)
        start = visit.url
        visit.get_by_role("button", name=re.compile("language|语言|语言", re.I)).hover()
        visit.locator(".md-select__link[hreflang=zh]").click()
        visit.wait_for_url(f"**/zh/{path}")
        assert visit.locator("html").get_attribute("lang") == "zh"
        visit.locator(".md-select__link[hreflang=en]").evaluate("one => one.click()")
        visit.wait_for_url(start)


def test_explorer_filters_sorts_and_saves(visit, built, tmp_path):
    visit.goto("explore/")
    visit.wait_for_function("document.querySelector('#found').textContent")
    with (built / "datapackages/work-reports/observations.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    visit.select_option("[name=status]", "target")
    visit.fill("[name=indicator]", "gdp")
    expected = [row for row in rows if row["status"] == "target" and row["indicator_id"] == "gdp"]
    visit.wait_for_function(f"document.querySelectorAll('#rows tr').length === {len(expected)}")
    assert "status=target" in visit.url, "a selection can be shared"
    visit.get_by_role("button", name="Period").click()
    periods = visit.locator("#rows td:nth-child(3)").all_inner_texts()
    assert periods == sorted(periods)
    for button, name in (("#csv", "plain.csv"), ("#sheet", "sheet.csv")):
        with visit.expect_download() as waiting:
            visit.locator(button).click()
        waiting.value.save_as(tmp_path / name)
    with (tmp_path / "plain.csv").open(newline="", encoding="utf-8") as file:
        saved = list(csv.DictReader(file))
    assert {row["observation_id"] for row in saved} == {row["observation_id"] for row in expected}
    assert {row["value"] for row in saved} == {row["value"] for row in expected}
    assert (tmp_path / "sheet.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    visit.reload()
    visit.wait_for_function(f"document.querySelectorAll('#rows tr').length === {len(expected)}")
    surest = max(float(row["confidence"]) for row in expected)
    least = next(step for step in ("0.95", "0.9", "0.8", "0.5", "") if not step or surest >= float(step))
    sure = [row for row in expected if not least or float(row["confidence"]) >= float(least)]
    visit.select_option("[name=confidence]", least)
    visit.wait_for_function(f"document.querySelectorAll('#rows tr').length === {len(sure)}")
    visit.fill("[name=text]", "没有这样的句子")
    visit.wait_for_function("document.querySelectorAll('#rows tr').length === 0")


def test_explorer_saves_no_formula_for_spreadsheets(visit, tmp_path):
    visit.goto("explore/")
    visit.wait_for_function("document.querySelector('#found').textContent")
    visit.fill("[name=text]", "=1+1")
    visit.wait_for_timeout(400)
    with visit.expect_download() as waiting:
        visit.locator("#sheet").click()
    waiting.value.save_as(tmp_path / "sheet.csv")
    with (tmp_path / "sheet.csv").open(newline="", encoding="utf-8-sig") as file:
        found = [row for row in csv.DictReader(file) if row["quote"].lstrip("'").startswith("=1+1")]
    assert found
    assert all(row["quote"].startswith("'=") for row in found)


def test_pages_are_accessible(browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    problems = []
    pages = ["indicators/gdp/", "zh/reports/cn-441224-2019-work-report/", "explore/"]
    others = ["", "zh/places/cn-441224/", "quality/", "data/work-reports/", "zh/indicators/", "zh/things/gdp/"]
    others += ["zh/commitments/", "reports/", "api/", "zh/search/?q=GDP", "404.html"]
    for scheme, paths in (("light", pages + others), ("dark", pages)):
        context = browser.new_context(color_scheme=scheme, base_url=address, reduced_motion="reduce")
        page = context.new_page()
        for path in paths:
            page.goto(path)
            page.wait_for_timeout(300)
            for violation in axe.run(page).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                problems.append((scheme, path, violation["id"], violation["impact"], nodes))
        context.close()
    assert not problems
