"""The site in a real browser: what a visitor does. Skipped where no Chromium is found."""

from __future__ import annotations

import csv
import io
import json
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
    "things/-output/", "things/gdp/", "compare/", "compare/gdp/", "404.html", "reader/", "own-site/",
    "indicators/gdp/?places=cn-430000", "explore/?status=target&sort=-size",
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
    context.set_default_timeout(20_000)
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


@pytest.fixture
def charting(built) -> None:
    if not (built / "site" / "assets" / "npm" / "plot.js").is_file():
        pytest.skip("npm has installed nothing here: charts are pictures (npm ci)")


def test_a_chart_chooses_places_keeps_the_address_and_is_saved(visit, charting, tmp_path):
    visit.goto("indicators/gdp/")
    figure = visit.locator("figure.chart").first
    figure.scroll_into_view_if_needed()
    live = figure.locator(".chart-live svg[role=img]")
    playwright.expect(live).to_be_visible()
    assert figure.locator(".chart-still").is_hidden()
    figure.get_by_role("button", name="Over time").click()
    figure.locator(".pick summary").click()
    figure.get_by_label("Hunan").check()
    playwright.expect(live.locator("text.name", has_text="Hunan")).to_be_visible()
    assert "places=" in visit.url
    assert "cn-430000" in visit.url
    live.press("ArrowRight")
    assert figure.locator(".chart-readout strong").inner_text()
    for kind in ("png", "svg"):
        with visit.expect_download() as waiting:
            figure.get_by_role("button", name=kind.upper()).click()
        waiting.value.save_as(tmp_path / f"chart.{kind}")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "Hunan" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    visit.reload()
    playwright.expect(live.locator("text.name", has_text="Hunan")).to_be_visible()
    figure.get_by_role("button", name="Table").click()
    assert figure.locator("table.figures tr[data-point]").first.is_visible()
    assert visit.evaluate("window.broken") is None


def test_places_are_compared_in_a_chart_and_a_table(visit, charting):
    visit.goto("compare/gdp/")
    rows = visit.locator(".chart-live text.row:not(.value)")
    playwright.expect(rows).to_have_text(["China", "Hunan Province", "Guangdong Province"])
    visit.locator("figure.chart select").nth(1).select_option("name")
    playwright.expect(rows).to_have_text(["China", "Guangdong Province", "Hunan Province"])
    table = visit.locator("table.sortable").first
    table.get_by_role("button", name="Result for 2018").click()
    assert table.locator("th[scope=row]").all_inner_texts() == ["Hunan Province", "Guangdong Province", "China"]


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


def ready(page: playwright.Page, query: str) -> None:
    """Wait until the explorer shows what an address asks for."""
    page.wait_for_function("query => document.querySelector('#explorer').dataset.ready === query", arg=query)


def ticked(page: playwright.Page, facet: str, name: str) -> None:
    """Choose a value of a facet by its name."""
    details = page.locator(f"details[data-facet={facet}]")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_label(re.compile(rf"^{re.escape(name)} [\d,]+$")).click()


def saved(page: playwright.Page, button: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(button).click()
    waiting.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def flat(built) -> list[dict[str, str]]:
    with (built / "datapackages/analysis-ready/observations_flat.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_explorer_counts_and_takes_several_values_at_once(visit, flat):
    """Counts of a facet are those of the rows that fit all others, and places hold the places in them."""
    visit.goto("explore/")
    ready(visit, "?")
    ticked(visit, "status", "Target")
    ready(visit, "?status=target")
    targets = [row for row in flat if row["status"] == "target"]
    estimates = [row for row in flat if row["status"] == "estimate"]
    counts = visit.locator("details[data-facet=status] label").all_inner_texts()
    assert f"Target {len(targets)}" in {" ".join(one.split()) for one in counts}
    assert f"{len(targets)} of {len(flat)} observations" in visit.locator("#found").inner_text().replace(",", "")
    place = visit.locator("details[data-facet=place] label").first
    assert int(place.locator(".count").inner_text()) == len(targets), "all of them are in China"
    if estimates:
        ticked(visit, "status", "Estimate")
        ready(visit, "?status=target&status=estimate")
    visit.go_back()
    ready(visit, "?status=target" if estimates else "?")
    visit.goto("explore/?place=cn-441200&topic=economy&place=cn-440200")
    ready(visit, "?place=cn-441200&place=cn-440200&topic=economy")
    below = [row for row in flat if row["place_id"].startswith("cn-4412")]
    assert below, "the county is below the city"
    assert 0 < int(visit.locator("#found").inner_text().split(" of ")[0].replace(",", "")) < len(below)
    visit.goto("explore/?place=cn-999999")
    ready(visit, "?place=cn-999999")
    assert visit.locator("#rows tr").count() == 0, "what is not there is not left out of the question"
    visit.locator("#chips button").first.click()
    ready(visit, "?")


def test_explorer_state_is_the_address_in_both_languages(visit):
    address = "?q=%E5%A2%9E%E9%80%9F&status=target&sort=-size"
    visit.goto(f"explore/{address}")
    ready(visit, address)
    first = visit.locator("#rows strong").first.inner_text()
    visit.locator(".md-select__link[hreflang=zh]").evaluate("one => one.click()")
    visit.wait_for_url(f"**/zh/explore/{address}")
    ready(visit, address)
    assert visit.locator("#rows strong").first.inner_text() == first
    assert visit.locator("#chips button").first.inner_text().startswith("数据类型: 目标")


def test_explorer_finds_names_other_names_and_sentences(visit):
    visit.goto("explore/")
    ready(visit, "?")
    for query in (
        "生产总值", "生產總值", "ＧＤＰ", "gdp 增速", "GDP增速", "Huaiji gdp growth", "gross domestic", '"地区生产总值增长"'
    ):  # fmt: skip
        visit.fill("#q", query)
        playwright.expect(visit.locator("#chips button").first).to_contain_text(query)
        names = visit.locator("#rows td:nth-child(2)").all_inner_texts()
        assert names.count("Gross domestic product") >= 2, query
    visit.fill("#q", "没有这样的句子")
    playwright.expect(visit.locator("#rows tr")).to_have_count(0)


def test_explorer_saves_what_fits(visit, flat, tmp_path):
    visit.goto("explore/?indicator=gdp&status=target&sort=period")
    ready(visit, "?indicator=gdp&status=target&sort=period")
    expected = {
        row["observation_id"]: row for row in flat if row["status"] == "target" and row["indicator_id"] == "gdp"
    }
    assert visit.locator("#rows tr").count() == len(expected)
    periods = visit.locator("#rows td:nth-child(3)").all_inner_texts()
    assert periods == sorted(periods)
    with saved(visit, "#csv", tmp_path / "plain.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["observation_id"] for row in rows} == expected.keys()
    for row in rows:
        assert row.items() >= expected[row["observation_id"]].items(), "the columns of the flat table, cell by cell"
        assert row["topic_zh"]
        assert row["thing_en"]
        assert row["address"].endswith(f"/indicators/gdp/#{row['observation_id']}")
    whole = json.loads(saved(visit, "#json", tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert {row["observation_id"]: str(row["period"]) for row in whole["observations"]} == {
        key: row["period"] for key, row in expected.items()
    }
    assert whole["selection"] == visit.url
    visit.locator("#rows a", has_text="Cite this number").first.click()
    visit.wait_for_url("**/indicators/gdp/#*")


def test_explorer_saves_no_formula_for_spreadsheets(visit, tmp_path):
    visit.goto("explore/?text=%3D1%2B1")
    ready(visit, "?q=%3D1%2B1")
    content = saved(visit, "#sheet", tmp_path / "sheet.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    found = [
        row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")) if "=1+1" in row["quote"]
    ]
    assert found
    assert any(row["quote"].startswith("'=") for row in found)
    assert not any(cell.startswith("=") for row in found for cell in row.values())


def test_explorer_on_a_phone_and_by_keyboard(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    page = Watch(address).page(context.new_page())
    page.goto("explore/")
    ready(page, "?")
    panel = page.locator("#panel > summary")
    panel.focus()
    page.keyboard.press("Enter")
    page.locator("details[data-facet=status] input").first.focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('#explorer').dataset.ready.startsWith('?status=')")
    assert page.evaluate("document.activeElement.type") == "checkbox", "who chose stays where they were"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.select_option("#sort", "-size")
    page.wait_for_function("document.querySelector('#explorer').dataset.ready.endsWith('sort=-size')")
    context.close()


def test_pages_are_accessible(browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    problems = []
    pages = ["indicators/gdp/", "zh/reports/cn-441224-2019-work-report/", "explore/"]
    others = ["", "zh/places/cn-441224/", "quality/", "data/work-reports/", "zh/indicators/", "zh/things/gdp/"]
    others += ["zh/commitments/", "reports/", "api/", "zh/search/?q=GDP", "404.html", "compare/gdp/"]
    others += ["zh/explore/?status=target&place=cn-440000&q=增长"]
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
